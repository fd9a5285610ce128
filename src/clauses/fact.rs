//! Facts that a scenario states because no bell and no calendar says them: dates, money, shares, ratios.
//!
//! Has dated values, gives the one in force. Knows no clauses.

use crate::clauses::Amount;
use crate::findings::Place;
use crate::units::Date;

/// Something a clause asks about that no timetable says.
#[derive(Debug, Clone)]
pub struct Fact {
    /// Its id.
    pub id: String,
    /// What it is, in words.
    pub title: String,
    /// What is stated, by date and school.
    pub values: Vec<FactValue>,
    /// Where it is written.
    pub written: Place,
}

/// One stated value.
#[derive(Debug, Clone)]
pub struct FactValue {
    /// What is stated.
    pub is: Said,
    /// First day for which it is stated; always before, when there is none.
    pub from: Option<Date>,
    /// Last day for which it is stated; for good, when there is none.
    pub until: Option<Date>,
    /// Schools of which it is stated, by id; all when empty.
    pub schools: Vec<String>,
}

/// What a fact says.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Said {
    /// An amount.
    Amount(Amount),
    /// A date.
    On(Date),
}
