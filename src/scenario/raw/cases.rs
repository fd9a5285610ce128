//! Cases of clauses as written, in a file beside their pack.

use crate::scenario::raw::clause::Fact;
use crate::scenario::raw::clause::Waiver;
use crate::scenario::raw::number::Number;
use crate::scenario::raw::number::Quantity;
use crate::scenario::raw::number::Table;
use crate::scenario::raw::words::DayKind;
use crate::scenario::raw::words::Kind;
use crate::scenario::raw::words::Outcome;
use serde::Deserialize;

/// The cases of one pack.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Cases {
    pub pack: String,
    pub cases: Vec<Case>,
}

/// A case of one clause.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Case {
    pub clause: String,
    pub says: String,
    pub given: Given,
    pub expect: Expect,
    pub because: String,
}

/// A made-up district.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Given {
    pub state: String,
    pub school: Option<String>,
    pub grades: String,
    pub from: String,
    pub days: Vec<DayRun>,
    pub bells: Table<Bells>,
    #[serde(default)]
    pub roles: Table<Number>,
    #[serde(default)]
    pub pupils: Table<Number>,
    #[serde(default)]
    pub terms: Vec<CaseTerm>,
    #[serde(default)]
    pub others: Vec<OtherSchool>,
    #[serde(default)]
    pub facts: Table<Fact>,
    #[serde(default)]
    pub waivers: Vec<Waiver>,
}

/// Days from Monday to Friday, one after the other.
#[derive(Debug, Deserialize)]
pub enum DayRun {
    /// So many weeks, each from Monday to Friday.
    Weeks(Number, Vec<String>),
    /// So many days of attendance.
    Days(Number, String),
    /// So many days without school.
    Off(Number),
    /// So many days of another kind, and what rings on them.
    Special(DayKind, Number, #[serde(default)] Option<String>),
}

/// What rings on one kind of day.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Bells {
    pub pupils: Vec<CaseBlock>,
    pub staff: Table<Vec<CaseBlock>>,
}

/// A stretch of the day.
#[derive(Debug, Deserialize)]
pub enum CaseBlock {
    /// From where the one before ended; the first from 8:00.
    Lasts(Kind, Quantity),
    /// From bell to bell.
    Block(Kind, String, String),
    /// Nothing.
    Gap(Quantity),
}

/// A part of the year: its id, first and last day.
#[derive(Debug, Deserialize)]
#[serde(rename = "Term")]
pub struct CaseTerm(pub String, pub String, pub String);

/// A further school of the district.
#[derive(Debug, Deserialize)]
#[serde(rename = "School", deny_unknown_fields)]
pub struct OtherSchool {
    pub id: String,
    pub grades: String,
    #[serde(default)]
    pub pupils: Table<Number>,
    #[serde(default)]
    pub roles: Table<Number>,
    pub days: Vec<DayRun>,
}

/// The answer that is expected.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Expect {
    pub outcome: Outcome,
    pub slack: Option<Quantity>,
    pub on: Option<String>,
    pub by: Option<String>,
    pub at_risk: Option<Quantity>,
}

/// A number that no digits after a point can tell, as a division.
#[derive(Debug, Deserialize)]
pub enum Fraction {
    Over(i64, i64),
}
