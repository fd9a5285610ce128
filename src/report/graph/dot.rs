//! The scene as DOT, for Graphviz and the tools that read its files.
//!
//! Has a scene, gives text. Knows no places: the reading tool arranges.

use crate::report::graph::Arrow;
use crate::report::graph::Card;
use crate::report::graph::Scene;
use crate::report::graph::Status;
use crate::report::graph::area_letters;
use crate::report::graph::colours::ARROW;
use crate::report::graph::colours::colours;
use crate::report::graph::colours::hex;
use crate::report::picture::DARK;

/// The scene as a DOT file: ids as names, the date and the area in the label, the critical path heavy.
pub fn dot(scene: &Scene) -> String {
    let mut out = String::from("digraph readiness {\n");
    out.push_str(&format!("  label={};\n  labelloc=t;\n  rankdir=LR;\n", quoted(&scene.title)));
    out.push_str(
        "  node [shape=box, style=\"rounded,filled\", fontname=\"Inter, Helvetica, sans-serif\", fontsize=11];\n",
    );
    out.push_str(&format!("  edge [color=\"{}\"];\n", hex(ARROW)));
    for card in &scene.cards {
        out.push_str(&card_line(card));
    }
    for arrow in &scene.arrows {
        out.push_str(&arrow_line(scene, arrow));
    }
    for note in &scene.notes {
        out.push_str(&format!("  // {}\n", note.replace(['\n', '\r'], " ")));
    }
    out.push_str("}\n");
    out
}

fn card_line(card: &Card) -> String {
    let mut lines = vec![format!("{} [{}]", card.title, area_letters(card.area)), card.kind.clone(), card.when.clone()];
    lines.extend(card.spare.clone());
    let colours = colours(card.area);
    let style = match card.status {
        Status::Holds => "rounded,filled",
        Status::Never => "rounded,filled,dashed",
    };
    let width = if card.critical { 3 } else { 1 };
    format!(
        "  {} [label={}, fillcolor=\"{}\", color=\"{}\", style=\"{style}\", penwidth={width}];\n",
        quoted(&card.id),
        quoted(&lines.join("\n")),
        hex(colours.fill),
        hex(if card.critical { DARK } else { colours.line }),
    )
}

fn arrow_line(scene: &Scene, arrow: &Arrow) -> String {
    let style = if arrow.critical { format!(" [penwidth=3, color=\"{}\"]", hex(DARK)) } else { String::new() };
    format!("  {} -> {}{style};\n", quoted(&scene.cards[arrow.from].id), quoted(&scene.cards[arrow.to].id))
}

fn quoted(text: &str) -> String {
    let inside = text.replace('\\', "\\\\").replace('"', "\\\"").replace('\r', " ").replace('\n', "\\n");
    format!("\"{inside}\"")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::graph::made;

    #[test]
    fn quotes_and_backslashes_stay_inside_the_label() {
        assert_eq!(quoted("a \"b\" \\ c\nd"), r#""a \"b\" \\ c\nd""#);
    }

    #[test]
    fn each_card_and_each_arrow_is_one_line() {
        let scene = made::rollout();
        let text = dot(&scene);
        let lines = |with: &str| text.lines().filter(|line| line.contains(with)).count();
        assert_eq!(lines("[label="), scene.cards.len());
        assert_eq!(lines(" -> "), scene.arrows.len());
        assert!(text.contains("\"board-approval\" -> \"agreement\" [penwidth=3"));
        assert!(text.contains("// Not shown: 4 clauses that nothing needs."));
        assert_eq!(text, dot(&made::rollout()));
    }
}
