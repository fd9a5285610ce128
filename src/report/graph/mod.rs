//! The picture of what must hold before what.
//!
//! Has the dependency graph and how it stands in one school; gives a scene as data, and that as a picture or as
//! DOT for Graphviz. Knows no files.

mod arrows;
mod cards;
mod colours;
mod dot;
mod draw;
mod layout;

pub use dot::dot;
pub use draw::draw;

use crate::readiness::Area;
use crate::readiness::Graph;
use crate::readiness::Node;
use crate::readiness::NodeKind;
use crate::readiness::Readiness;
use crate::readiness::Standing;
use crate::units::Date;

/// What the picture shows, before it has a place on paper.
#[derive(Debug, Clone, PartialEq)]
pub struct Scene {
    /// Written above the picture.
    pub title: String,
    /// The conditions that are shown, needed ones first.
    pub cards: Vec<Card>,
    /// What needs what.
    pub arrows: Vec<Arrow>,
    /// What the picture leaves out, in words.
    pub notes: Vec<String>,
}

/// One condition in the picture.
#[derive(Debug, Clone, PartialEq)]
pub struct Card {
    /// Id of the condition.
    pub id: String,
    /// What people call it.
    pub title: String,
    /// What kind of condition it is, in words.
    pub kind: String,
    /// The area it belongs to.
    pub area: Area,
    /// When it holds, in words.
    pub when: String,
    /// How late it may be, in words, where that is anything.
    pub spare: Option<String>,
    /// Whether it is on the critical path.
    pub critical: bool,
    /// Whether it holds within the scenario.
    pub status: Status,
}

/// Whether a condition holds within the scenario.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Status {
    /// From some day on, perhaps with gaps.
    Holds,
    /// Not on any day up to the last one.
    Never,
}

/// An arrow from a condition to one that needs it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Arrow {
    /// The condition that is needed, by place among the cards.
    pub from: usize,
    /// The condition that needs it, by place among the cards; it stands later.
    pub to: usize,
    /// Whether the second begins on the day the first comes to hold, and both are critical.
    pub critical: bool,
}

/// Makes the scene of one school (by place) in a scenario that lasts up to and including `end`.
///
/// Conditions that nothing needs and that need nothing are left out, and so are those that are about other
/// schools; a note says how many.
pub fn scene(graph: &Graph, readiness: &Readiness, school: usize, end: Date, title: &str) -> Scene {
    let standings = &readiness.schools[school];
    let needs = needs_here(graph, standings);
    let needed: Vec<bool> = (0..needs.len()).map(|place| needs.iter().any(|list| list.contains(&place))).collect();
    let joined = |place: &usize| !needs[*place].is_empty() || needed[*place];
    let shown: Vec<usize> = graph.order.iter().copied().filter(joined).collect();
    let cards = shown.iter().map(|&place| card(&graph.nodes[place], &standings[place], end)).collect();
    Scene {
        title: title.to_string(),
        cards,
        arrows: arrows(&shown, &needs, standings),
        notes: notes(graph, standings, &|place| !joined(&place)),
    }
}

/// The two letters that stand for an area, so that colour is never the only sign.
pub fn area_letters(area: Area) -> &'static str {
    match area {
        Area::LearningAndTeaching => "LT",
        Area::RelationshipsAndRoles => "RR",
        Area::StructureAndPolicy => "SP",
    }
}

/// For each condition, the needs that count in this school, each once.
fn needs_here(graph: &Graph, standings: &[Standing]) -> Vec<Vec<usize>> {
    let about = |place: usize| standings[place].applies;
    let list = |(place, node): (usize, &Node)| {
        let mut needs: Vec<usize> = node.comes_after().map(|(before, _)| before).filter(|&need| about(need)).collect();
        needs.sort_unstable();
        needs.dedup();
        if about(place) { needs } else { Vec::new() }
    };
    graph.nodes.iter().enumerate().map(list).collect()
}

fn arrows(shown: &[usize], needs: &[Vec<usize>], standings: &[Standing]) -> Vec<Arrow> {
    let mut arrows = Vec::new();
    for (to, &user) in shown.iter().enumerate() {
        for (from, &need) in shown.iter().enumerate().filter(|(_, need)| needs[user].contains(need)) {
            let decides = standings[need].holds.iter().any(|span| Some(span.from) == standings[user].begins);
            arrows.push(Arrow { from, to, critical: decides && standings[need].critical && standings[user].critical });
        }
    }
    arrows
}

fn card(node: &Node, standing: &Standing, end: Date) -> Card {
    let kind = match &node.kind {
        NodeKind::Agreement { with } => format!("{} with {with}", node.kind.name()),
        other => other.name().to_string(),
    };
    let (status, when) = when(standing, end);
    let spare = match standing.slack_days {
        Some(1) => Some("1 day to spare".to_string()),
        Some(days) if days > 0 => Some(format!("{days} days to spare")),
        Some(_) | None => None,
    };
    let (id, title) = (node.id.clone(), node.title.clone());
    Card { id, title, kind, area: node.area, when, spare, critical: standing.critical, status }
}

fn when(standing: &Standing, end: Date) -> (Status, String) {
    let Some(first) = standing.holds.first() else { return (Status::Never, "never within the scenario".to_string()) };
    if first.from > end {
        return (Status::Never, format!("only from {}, after the end", first.from));
    }
    let words = match (standing.holds.len(), first.until.filter(|&last| last < end)) {
        (1, Some(last)) => format!("{} to {last}", first.from),
        (1, None) => format!("from {}", first.from),
        _ => format!("from {}, with gaps", first.from),
    };
    (Status::Holds, words)
}

fn notes(graph: &Graph, standings: &[Standing], alone: &dyn Fn(usize) -> bool) -> Vec<String> {
    let is_clause = |place: &usize| matches!(graph.nodes[*place].kind, NodeKind::Clause(_));
    let places = || 0..graph.nodes.len();
    let here = |place: &usize| standings[*place].applies;
    let clauses = places().filter(here).filter(|&place| alone(place)).filter(is_clause).count();
    let others = places().filter(here).filter(|&place| alone(place)).filter(|place| !is_clause(place)).count();
    let elsewhere = places().filter(|place| !here(place)).count();
    [
        (clauses, "clause", "that nothing needs"),
        (others, "condition", "that nothing needs and that need nothing"),
        (elsewhere, "condition", "about other schools"),
    ]
    .into_iter()
    .filter(|(count, _, _)| *count > 0)
    .map(|(count, noun, what)| format!("Not shown: {count} {noun}{} {what}.", if count == 1 { "" } else { "s" }))
    .collect()
}

#[cfg(test)]
mod made;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_nothing_needs_is_left_out_and_counted() {
        let scene = made::rollout();
        assert!(scene.cards.iter().all(|card| card.id != "clause:il-recess"));
        assert_eq!(scene.notes[0], "Not shown: 4 clauses that nothing needs.");
    }

    #[test]
    fn arrows_lead_from_what_is_needed_to_what_stands_later() {
        let scene = made::rollout();
        assert!(scene.arrows.iter().all(|arrow| arrow.from < arrow.to));
        let critical = |arrow: &&Arrow| arrow.critical;
        assert!(scene.arrows.iter().any(|arrow| critical(&arrow)));
        assert!(!scene.arrows.iter().all(|arrow| critical(&arrow)));
    }

    #[test]
    fn dates_are_told_in_words() {
        let scene = made::rollout();
        let when = |id: &str| scene.cards.iter().find(|card| card.id == id).unwrap().when.as_str();
        assert_eq!(when("board-approval"), "from 2026-09-12"); // by hand: 1 August + 6 weeks
        assert_eq!(when("state-waiver"), "never within the scenario");
        assert_eq!(when("partner"), "2026-10-10 to 2028-06-30"); // by hand: board + 4 weeks, until its last day
    }
}
