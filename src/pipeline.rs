//! The whole story in one short function: read it first.

use crate::clauses::Verdicts;
use crate::ensemble::Results;
use crate::ledger::Ledger;
use crate::readiness::Graph;
use crate::readiness::Readiness;
use crate::timetable::Timetable;

/// Everything a run answers.
#[derive(Debug, Clone)]
pub struct Outcome {
    /// What each school, grade and role gets on each date.
    pub timetable: Timetable,
    /// What the clauses say to it.
    pub verdicts: Verdicts,
    /// What must hold before what.
    pub graph: Graph,
    /// From when each condition holds, with every duration at its typical value.
    pub readiness: Readiness,
    /// How far the practice spreads.
    pub results: Results,
    /// Minutes and dollars.
    pub ledger: Ledger,
}
