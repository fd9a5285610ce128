//! Changes of clauses: the least by which a limit would have to move for what fails it to hold.
//!
//! Has a clause and a timetable, gives the old and the new value in the clause's own unit. Knows no candidates.

use crate::candidates::touches::Part;
use crate::clauses::Amount;
use crate::clauses::Clause;
use crate::clauses::Lawbook;
use crate::clauses::Limit;
use crate::clauses::Outcome;
use crate::clauses::Quantity;
use crate::clauses::Requirement;
use crate::clauses::Rule;
use crate::clauses::Side;
use crate::clauses::Tell;
use crate::clauses::Verdict;
use crate::clauses::judge_each_school;
use crate::district::District;
use crate::timetable::Timetable;
use crate::units::ClockTime;
use crate::units::Minutes;
use std::cmp::Ordering;

/// The farthest that the limit of a clause with exceptions is moved, in its unit: a day of minutes.
const FARTHEST: i64 = 24 * 60;

/// How far one clause would have to move.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Change {
    /// The clause, by place.
    pub clause: usize,
    /// By how much, without a sign.
    pub by: Quantity,
    /// What it asks where it is missed by most.
    pub now: Quantity,
    /// What it would ask.
    pub new: Quantity,
}

/// The larger of two changes of one clause.
pub fn larger(one: Option<Change>, other: Option<Change>) -> Option<Change> {
    match (one, other) {
        (Some(a), Some(b)) => Some(if b.by.order(a.by) == Ordering::Greater { b } else { a }),
        (a, b) => a.or(b),
    }
}

/// The least change of the one clause of a part with which nothing fails it; nothing where nothing does.
///
/// A limit without exceptions moves to what there is where it is missed by most. With exceptions every value is tried,
/// one unit after the other, because a day that is missed by less may be excepted.
pub fn change(part: &Part, whole: &Lawbook, district: &District, timetable: &Timetable) -> Option<Change> {
    let worst = worst(part, whole, district, timetable)?;
    let (now, new, slack) = (worst.need?, worst.have?, worst.slack?);
    let plain = Change { clause: part.places[0], by: slack.size(), now, new };
    let Rule::Computable { requires: Requirement::Limit(limit), unless } = &part.clauses[0].rule else {
        return Some(plain);
    };
    if unless.is_empty() {
        return Some(plain);
    }
    let holds = |by: &i64| {
        let moved = moved(&part.clauses[0], *by);
        moved.is_some_and(|clause| {
            let other = Part { clauses: vec![clause], ..part.clone() };
            self::worst(&other, whole, district, timetable).is_none()
        })
    };
    let by = (1..=FARTHEST).find(holds)?;
    let unit = now.unit;
    let signed = if limit.side == Side::AtLeast { -by } else { by };
    let new = Quantity { amount: now.amount + signed * now.of, ..now };
    Some(Change { clause: part.places[0], by: Quantity::whole(by, unit.of_difference()), now, new })
}

/// The answer that misses its limit by most.
fn worst(part: &Part, whole: &Lawbook, district: &District, timetable: &Timetable) -> Option<Verdict> {
    let least = |list: Vec<Verdict>| {
        let failing = list.into_iter().filter(|v| v.outcome == Outcome::Fails);
        failing.reduce(|a, b| if is_less(&b, &a) { b } else { a })
    };
    let all = judge_each_school(&part.book(whole), district, timetable, Tell::Outcomes, |_, list| least(list));
    all.into_iter().flatten().reduce(|a, b| if is_less(&b, &a) { b } else { a })
}

fn is_less(one: &Verdict, other: &Verdict) -> bool {
    one.slack.zip(other.slack).is_some_and(|(a, b)| a.is_less_than(b))
}

/// The clause with every value of its one limit moved by so many units to the side that lets more pass; nothing where a
/// value cannot move so far.
pub fn moved(clause: &Clause, by: i64) -> Option<Clause> {
    let Rule::Computable { requires: Requirement::Limit(limit), unless } = &clause.rule else { return None };
    let signed = if limit.side == Side::AtLeast { -by } else { by };
    let values = limit.values.iter().map(|v| {
        let amount = match v.amount {
            Amount::Minutes(n) => Amount::Minutes(n + signed),
            Amount::Hours(minutes) => Amount::Hours(Minutes(minutes.0 + signed)),
            Amount::Days(n) => Amount::Days(n + signed),
            Amount::Blocks(n) => Amount::Blocks(n + signed),
            Amount::Clock(time) => Amount::Clock(ClockTime::from_minutes(Minutes(time.after_midnight().0 + signed))?),
            Amount::PerOne(_) | Amount::Share(_) | Amount::Dollars(_) => return None,
        };
        Some(crate::clauses::DatedValue { amount, ..v.clone() })
    });
    let values = values.collect::<Option<Vec<_>>>()?;
    let limit = Limit { values, ..limit.clone() };
    let rule = Rule::Computable { requires: Requirement::Limit(limit), unless: unless.clone() };
    Some(Clause { rule, ..clause.clone() })
}

/// Whether no change of one vector is larger than that of another, clause by clause; the units are the same.
pub fn is_at_most(one: &[Change], other: &[Change]) -> bool {
    one.iter().zip(other).all(|(a, b)| a.by.unit == b.by.unit && a.by.order(b.by) != Ordering::Greater)
}
