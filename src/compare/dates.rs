//! From when conditions hold, side by side.

use crate::compare::Comparison;
use crate::compare::Side;
use crate::units::Date;

/// A condition on both sides: the baseline's and the other's.
#[derive(Debug, Clone, PartialEq)]
pub struct DateRow {
    /// Its id.
    pub id: String,
    /// Its title.
    pub title: String,
    /// Whether each side has it.
    pub is_there: [bool; 2],
    /// 10 %, 50 % and 90 % of the dates from which it holds in the school where it holds last; nothing for never.
    pub holds_from: [[Option<Date>; 3]; 2],
    /// The share of the replicates in which it is on the critical path of some school.
    pub critical: [f64; 2],
}

impl DateRow {
    /// Days by which it holds later in half of the replicates; nothing where one side never has it.
    pub fn days_later(&self) -> Option<i32> {
        let [before, after] = [self.holds_from[0][1]?, self.holds_from[1][1]?];
        before.until(after).ok().map(|span| span.get_days())
    }

    /// Whether the dates differ, or only one side has it.
    pub fn differs(&self) -> bool {
        self.is_there[0] != self.is_there[1] || self.holds_from[0] != self.holds_from[1]
    }
}

/// Adds the dates of both sides to every pair.
pub fn add(comparison: &mut Comparison) {
    let sides = &comparison.sides;
    for against in &mut comparison.against {
        against.dates = rows([&sides[0], &sides[against.side]]);
    }
}

fn rows(sides: [&Side; 2]) -> Vec<DateRow> {
    let ids = |side: &Side| side.outcome.graph.nodes.iter().map(|n| n.id.clone()).collect::<Vec<_>>();
    let mut all = ids(sides[0]);
    all.extend(ids(sides[1]).into_iter().filter(|id| !all.contains(id)).collect::<Vec<_>>());
    all.iter().map(|id| row(sides, id)).collect()
}

fn row(sides: [&Side; 2], id: &str) -> DateRow {
    let places = sides.map(|side| side.outcome.graph.nodes.iter().position(|n| n.id == id));
    let title = |n: usize| places[n].map(|place| sides[n].outcome.graph.nodes[place].title.clone());
    let last = |n: usize| {
        let place = places[n];
        let conditions = sides[n].outcome.results.conditions.iter().filter(move |c| Some(c.node) == place);
        // Never is later than any date.
        let last = conditions.clone().max_by_key(|c| (c.holds_from[1].is_none(), c.holds_from[1]));
        let critical = conditions.map(|c| c.critical).fold(0.0, f64::max);
        (last.map_or([None; 3], |c| c.holds_from), critical)
    };
    let (before, after) = (last(0), last(1));
    DateRow {
        id: id.to_string(),
        title: title(1).or_else(|| title(0)).unwrap_or_default(),
        is_there: places.map(|p| p.is_some()),
        holds_from: [before.0, after.0],
        critical: [before.1, after.1],
    }
}
