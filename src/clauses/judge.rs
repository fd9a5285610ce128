//! Judging: clauses against the timetable.

use crate::clauses::Clause;
use crate::clauses::Verdicts;
use crate::district::District;
use crate::timetable::Timetable;

/// Judges every clause for every school, every grade or role it speaks of, and every school year.
pub fn judge(_clauses: &[Clause], _district: &District, _timetable: &Timetable) -> Verdicts {
    todo!()
}
