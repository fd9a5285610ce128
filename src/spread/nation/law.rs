//! The law of each state: whether the schedules of the scenario's schools may be in force there.
//!
//! The clauses of the scenario, those of all packs that it includes, are judged on its schools as if they stood in
//! the state. States in which the same clauses apply share the answer.

use crate::clauses::Clause;
use crate::clauses::Lawbook;
use crate::clauses::Order;
use crate::clauses::Tell;
use crate::clauses::Verdict;
use crate::clauses::Verdicts;
use crate::clauses::judge_each_school;
use crate::district::District;
use crate::nation::atlas;
use crate::readiness::Need;
use crate::readiness::Node;
use crate::readiness::NodeKind;
use crate::readiness::Span;
use crate::readiness::spans_of_clause;
use crate::timetable::Timetable;
use rayon::prelude::*;

/// What the law of some states says to the scenario's schools.
#[derive(Debug, Clone)]
pub struct StateLaw {
    /// The states, by place in the atlas.
    pub states: Vec<usize>,
    /// When each clause does not fail, by clause and school of the scenario.
    pub spans: Vec<Vec<Vec<Span>>>,
    /// By school of the scenario: clauses, by place, that fail in some year.
    pub failing: Vec<Vec<usize>>,
    /// Clauses that bind in these states and in no other way, by place; none where nobody has written the law down.
    pub clauses: Vec<usize>,
}

/// The law of every state, states with the same law together; those without clauses of their own come first.
pub fn laws(book: &Lawbook, district: &District, timetable: &Timetable) -> Vec<StateLaw> {
    let mut groups: Vec<(Vec<usize>, Vec<usize>)> = vec![(Vec::new(), Vec::new())];
    for (state, tile) in atlas::TILES.iter().enumerate() {
        let own: Vec<usize> = (0..book.clauses.len()).filter(|c| names(&book.clauses[*c], tile.code)).collect();
        match groups.iter_mut().find(|(clauses, _)| *clauses == own) {
            Some((_, states)) => states.push(state),
            None => groups.push((own, vec![state])),
        }
    }
    groups.retain(|(_, states)| !states.is_empty());
    groups.into_par_iter().map(|(clauses, states)| law(book, district, timetable, clauses, states)).collect()
}

/// Whether a clause is written for a state.
fn names(clause: &Clause, code: &str) -> bool {
    clause.applies.states.iter().any(|state| state == code)
}

fn law(
    book: &Lawbook,
    district: &District,
    timetable: &Timetable,
    clauses: Vec<usize>,
    states: Vec<usize>,
) -> StateLaw {
    let mut district = district.clone();
    for school in &mut district.schools {
        school.state = atlas::TILES[states[0]].code.to_string();
    }
    let of_schools = judge_each_school(book, &district, timetable, Tell::Outcomes, |_, verdicts| verdicts);
    let mut list: Vec<Verdict> = of_schools.into_iter().flatten().collect();
    list.sort_by_key(|verdict| verdict.clause);
    let verdicts = Verdicts { list };
    let n_schools = district.schools.len();
    let spans: Vec<Vec<Vec<Span>>> = (0..book.clauses.len())
        .map(|clause| (0..n_schools).map(|s| spans_of_clause(&verdicts, timetable, clause, s)).collect())
        .collect();
    let always =
        |spans: &[Span]| spans.len() == 1 && spans[0].until.is_none() && spans[0].from == crate::units::Date::MIN;
    let failing = (0..n_schools)
        .map(|s| clauses.iter().copied().filter(|clause| !always(&spans[*clause][s])).collect())
        .collect();
    StateLaw { states, spans, failing, clauses }
}

/// The conditions of a nation: a schedule comes into force only where and while no law or rule stands against it.
pub fn with_law(nodes: &[Node], clauses: &[Clause]) -> Vec<Node> {
    let binds = |node: &Node| match node.kind {
        NodeKind::Clause(clause) => matches!(clauses[clause].order, Order::Statute | Order::Regulation),
        _ => false,
    };
    let laws: Vec<usize> = (0..nodes.len()).filter(|place| binds(&nodes[*place])).collect();
    let mut nodes = nodes.to_vec();
    for node in nodes.iter_mut().filter(|node| matches!(node.kind, NodeKind::ScheduleInForce(_))) {
        for law in &laws {
            if node.needs.iter().all(|need| need.node != *law) {
                node.needs.push(Need { node: *law, written: node.written.clone() });
            }
        }
    }
    nodes
}
