//! When a clause does not fail, as stretches of time.

use crate::clauses::Verdicts;
use crate::readiness::Span;
use crate::timetable::Timetable;

/// The stretches of time in which a clause does not fail in a school.
///
/// A verdict speaks of a school year; the year stands for all days from its first one to the day before the
/// next year's first one. Before the first year and after the last, the nearest year's verdict stands.
pub fn spans_of_clause(verdicts: &Verdicts, timetable: &Timetable, clause: usize, school: usize) -> Vec<Span> {
    let years = &timetable.schools[school].years;
    let mut spans: Vec<Span> = Vec::new();
    let mut last_held = false;
    for (place, year) in years.iter().enumerate() {
        let first = year.days.first().map(|d| d.date);
        let next = years.get(place + 1).and_then(|y| y.days.first()).map(|d| crate::calendar::days_later(d.date, -1));
        let holds = verdicts.does_not_fail(clause, school, &year.id);
        if holds && last_held {
            if let Some(span) = spans.last_mut() {
                span.until = next;
            }
        } else if holds {
            let from = if place == 0 { Some(crate::units::Date::MIN) } else { first };
            if let Some(from) = from {
                spans.push(Span { from, until: next });
            }
        }
        last_held = holds;
    }
    spans
}
