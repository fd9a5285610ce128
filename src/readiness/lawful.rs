//! When a clause does not fail, as stretches of time.

use crate::clauses::Verdicts;
use crate::clauses::holding_spans;
use crate::readiness::Span;
use crate::timetable::Timetable;
use crate::units::Date;

/// The stretches of time in which a clause does not fail in a school.
///
/// Between school years they are those of [`holding_spans`]; before the first year and after the last, the
/// nearest year's verdict stands.
pub fn spans_of_clause(verdicts: &Verdicts, timetable: &Timetable, clause: usize, school: usize) -> Vec<Span> {
    let years = &timetable.schools[school].years;
    let begin = years.iter().find_map(|y| y.days.first()).map(|d| d.date);
    let end = years.iter().rev().find_map(|y| y.days.last()).map(|d| d.date);
    let open_ended = |(first, last): (Date, Date)| Span {
        from: if Some(first) == begin { Date::MIN } else { first },
        until: Some(last).filter(|_| Some(last) != end),
    };
    holding_spans(verdicts, clause, school, years).into_iter().map(open_ended).collect()
}
