//! The ledger: minutes and dollars, by role, school and budget line.
//!
//! Has the timetable, the roles and the budget, gives what a year of the scenario takes and costs. Knows no
//! adoption.

use crate::units::Dollars;
use serde::Serialize;

/// Staff minutes of one role in one school in one school year.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct StaffYear {
    /// Place of the school.
    pub school: usize,
    /// The role's id.
    pub role: String,
    /// The school year.
    pub year: String,
    /// Hours of each kind of minutes, in the order of [`crate::bells::Kind::ALL`] [h].
    pub hours_by_kind: Vec<f64>,
    /// Days at work.
    pub days: u32,
}

/// A budget line in one school year of the scenario.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct LineYear {
    /// Place of the line.
    pub line: usize,
    /// School year of the scenario, from 0.
    pub year: usize,
    /// What there is.
    pub available: Dollars,
    /// What everything it pays for would cost.
    pub asked: Dollars,
}

/// The ledger.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct Ledger {
    /// Staff time.
    pub staff: Vec<StaffYear>,
    /// Money.
    pub lines: Vec<LineYear>,
}
