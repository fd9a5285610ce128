//! Conditions made up for tests.

use crate::findings::Place;
use crate::luck::Uncertain;
use crate::readiness::Area;
use crate::readiness::Need;
use crate::readiness::Node;
use crate::readiness::NodeKind;
use crate::readiness::Span;
use crate::readiness::Standing;
use crate::readiness::build;
use crate::readiness::settle;
use crate::units::Date;
use crate::units::Share;
use proptest::prelude::*;
use std::sync::Arc;

/// Approvals `c0`, `c1`, … with the needs given by place.
pub fn nodes(needs: &[&[usize]]) -> Vec<Node> {
    let file: Arc<str> = Arc::from("rollout.ron");
    let made = |(place, needs): (usize, &&[usize])| {
        let written = Place::at(&file, format!("conditions[{place}]"));
        let need = |(i, &node): (usize, &usize)| Need { node, written: written.field("needs").item(i) };
        Node {
            id: format!("c{place}"),
            title: format!("Condition {place}"),
            area: Area::StructureAndPolicy,
            kind: NodeKind::Approval,
            needs: needs.iter().enumerate().map(need).collect(),
            instead: vec![],
            changed_by: None,
            takes_weeks: Uncertain::Fixed(1.0),
            not_before: None,
            until: None,
            schools: None,
            floor: Share::new(0.1).unwrap(),
            written: written.clone(),
        }
    };
    needs.iter().enumerate().map(made).collect()
}

/// A date from its text.
pub fn date(text: &str) -> Date {
    text.parse().unwrap()
}

/// Needs that point only at conditions written earlier, so that there is no loop.
pub fn any_needs(n: usize) -> impl Strategy<Value = Vec<Vec<usize>>> {
    prop::collection::vec(prop::collection::vec(0usize..1000, 0..4), n).prop_map(|lists| {
        let earlier = |(place, list): (usize, Vec<usize>)| {
            list.into_iter().filter(|_| place > 0).map(|pick| pick % place.max(1)).collect()
        };
        lists.into_iter().enumerate().map(earlier).collect()
    })
}

/// First day of made-up scenarios.
pub const START: Date = jiff::civil::date(2026, 7, 1);
/// Last day of made-up scenarios.
pub const END: Date = jiff::civil::date(2027, 6, 30);

/// Conditions for one school with clauses and durations of their own. Conditions with a list of schools are
/// about another school.
#[derive(Debug, Clone)]
pub struct Rollout {
    /// The conditions, needed ones first.
    pub nodes: Vec<Node>,
    /// When each clause does not fail.
    pub clauses: Vec<Vec<Span>>,
    /// How long each condition takes \[days\].
    pub days: Vec<i64>,
}

impl Rollout {
    /// How everything stands in the one school.
    pub fn settle(&self) -> Vec<Standing> {
        let graph = build(&self.nodes).unwrap();
        let clauses = |clause: usize, _: usize| self.clauses[clause].clone();
        let weeks = |place: usize| self.days[place] as f64 / 7.0;
        settle(&graph, 1, START, END, &clauses, &weeks).schools[0].to_vec()
    }
}

/// Any rollout: clauses that lapse, practices, dates of their own, conditions about other schools.
pub fn any_rollout(n: usize) -> impl Strategy<Value = Rollout> {
    let day = |n: i64| START.checked_add(jiff::Span::new().days(n)).unwrap();
    let span = (-40i64..300, prop::option::weighted(0.8, 0i64..150))
        .prop_map(move |(from, len)| Span { from: day(from), until: len.map(|len| day(from + len)) });
    let clauses = prop::collection::vec(prop::collection::vec(span, 0..4), n);
    let about = (0u8..10, prop::option::weighted(0.2, -30i64..200), prop::option::weighted(0.2, 50i64..500), 0u8..12);
    let abouts = prop::collection::vec(about, n);
    let days = prop::collection::vec(0i64..60, n);
    (any_needs(n), clauses, abouts, days).prop_map(move |(needs, clauses, abouts, days)| {
        let lists: Vec<&[usize]> = needs.iter().map(Vec::as_slice).collect();
        let mut nodes = nodes(&lists);
        for (place, (node, (kind, not_before, until, elsewhere))) in nodes.iter_mut().zip(abouts).enumerate() {
            match kind {
                0..=2 => node.kind = NodeKind::Clause(place),
                3..=6 => node.kind = NodeKind::Practice(place),
                _ => {}
            }
            node.not_before = not_before.map(day);
            node.until = until.map(day);
            node.schools = (elsewhere == 0).then(|| vec![1]);
        }
        Rollout { nodes, clauses, days }
    })
}
