//! Settling: from when each condition holds, in each school.

use crate::readiness::Graph;
use crate::units::Date;

/// A stretch of time in which a condition holds, both days included.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Span {
    /// First day.
    pub from: Date,
    /// Last day; for good when there is none.
    pub until: Option<Date>,
}

/// How one condition stands in one school.
#[derive(Debug, Clone, PartialEq)]
pub struct Standing {
    /// Whether the condition is about this school at all; what needs it elsewhere then does not wait for it.
    pub applies: bool,
    /// When work on it begins: everything it needs holds.
    pub begins: Option<Date>,
    /// When it first holds.
    pub holds_from: Option<Date>,
    /// All stretches of time in which it holds.
    pub holds: Vec<Span>,
    /// The need that it waits for longest, by place.
    pub waits_for: Option<usize>,
    /// How many days it may be late before the last practice or model begins later [days]; nothing when
    /// nothing depends on it, or when it never holds.
    pub slack_days: Option<i64>,
    /// Whether it is on the critical path.
    pub critical: bool,
}

/// How every condition stands in every school.
#[derive(Debug, Clone)]
pub struct Readiness {
    /// By school, then by condition.
    pub schools: Vec<Vec<Standing>>,
}

/// Why a condition does not hold on a date, down to the conditions that nothing else holds up.
#[derive(Debug, Clone, PartialEq)]
pub struct WhyNotYet {
    /// The condition, by place.
    pub node: usize,
    /// In words: `takes 12 weeks from 2026-09-01`, `clause il-clock-hours fails in 2026-27`.
    pub reason: String,
    /// The same for each need that does not hold on that date.
    pub because: Vec<WhyNotYet>,
}

/// Finds from when each condition holds in each school.
///
/// `clause_holds` says in which stretches of time a clause (by place) does not fail in a school (by place);
/// `takes_weeks` is the duration of a condition (by place) in this replicate [weeks].
pub fn settle(
    _graph: &Graph,
    _n_schools: usize,
    _start: Date,
    _end: Date,
    _clause_holds: &dyn Fn(usize, usize) -> Vec<Span>,
    _takes_weeks: &dyn Fn(usize) -> f64,
) -> Readiness {
    todo!()
}

/// Says why a condition does not hold in a school on a date; nothing when it does.
pub fn why_not_yet(
    _graph: &Graph,
    _readiness: &Readiness,
    _school: usize,
    _node: usize,
    _date: Date,
) -> Option<WhyNotYet> {
    todo!()
}
