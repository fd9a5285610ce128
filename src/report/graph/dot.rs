//! The picture as DOT, for Graphviz and the tools that read its files.
//!
//! Has a picture, gives text. Knows no places: the reading tool arranges.

use crate::report::graph::Arrow;
use crate::report::graph::Card;
use crate::report::graph::Picture;
use crate::report::graph::Status;
use crate::report::graph::area_letters;
use crate::report::graph::svg::colours;

/// The picture as a DOT file: ids as names, the date and the area in the label, the critical path heavy.
pub fn dot(picture: &Picture) -> String {
    let mut out = String::from("digraph readiness {\n");
    out.push_str(&format!("  label={};\n  labelloc=t;\n  rankdir=LR;\n", quoted(&picture.title)));
    out.push_str(
        "  node [shape=box, style=\"rounded,filled\", fontname=\"Inter, Helvetica, sans-serif\", fontsize=11];\n",
    );
    out.push_str("  edge [color=\"#6b7686\"];\n");
    for card in &picture.cards {
        out.push_str(&card_line(card));
    }
    for arrow in &picture.arrows {
        out.push_str(&arrow_line(picture, arrow));
    }
    for note in &picture.notes {
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
        colours.fill,
        if card.critical { "#14171c" } else { colours.line },
    )
}

fn arrow_line(picture: &Picture, arrow: &Arrow) -> String {
    let style = if arrow.critical { " [penwidth=3, color=\"#14171c\"]" } else { "" };
    format!("  {} -> {}{style};\n", quoted(&picture.cards[arrow.from].id), quoted(&picture.cards[arrow.to].id))
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
        let picture = made::rollout();
        let text = dot(&picture);
        let lines = |with: &str| text.lines().filter(|line| line.contains(with)).count();
        assert_eq!(lines("[label="), picture.cards.len());
        assert_eq!(lines(" -> "), picture.arrows.len());
        assert!(text.contains("\"board-approval\" -> \"agreement\" [penwidth=3"));
        assert!(text.contains("// Not shown: 4 clauses that nothing needs."));
        assert_eq!(text, dot(&made::rollout()));
    }
}
