//! Calendars as written.

use crate::scenario::raw::number::Number;
use crate::scenario::raw::number::Table;
use crate::scenario::raw::shape::provenance;
use crate::scenario::raw::words::Weekday;
use serde::Deserialize;

/// A calendar that schools share.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Calendar {
    pub id: String,
    pub week: Table<String, Weekday>,
    #[serde(default)]
    pub alternate: Vec<Every>,
    pub years: Vec<SchoolYear>,
}

/// A weekday that rings something else every so many weeks.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Every {
    pub weeks: Number,
    pub on: Weekday,
    pub starting: String,
    pub rings: String,
}

/// A school year.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SchoolYear {
    pub id: String,
    pub first: String,
    pub last: String,
    #[serde(default)]
    pub terms: Vec<Term>,
    #[serde(default)]
    pub days: Vec<Special>,
    pub emergency_days: Number,
    pub source: Option<String>,
    #[serde(default)]
    pub assumed: Vec<String>,
}

/// A part of a school year.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Term {
    pub id: String,
    pub first: String,
    pub last: String,
}

/// Days that are not as the week would have them, by what they are.
#[derive(Debug, Deserialize)]
pub enum Special {
    Attendance(SpecialDays),
    Institute(SpecialDays),
    Conference(SpecialDays),
    Emergency(SpecialDays),
    Holiday(SpecialDays),
    Break(SpecialDays),
}

/// Which days, and what rings on them.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SpecialDays {
    pub name: Option<String>,
    #[serde(default)]
    pub on: Vec<String>,
    pub from: Option<String>,
    pub until: Option<String>,
    pub rings: Option<String>,
}

/// Days lost to snow and the like, by month.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Closures {
    pub by_month: Table<Lost>,
    pub source: Option<String>,
    #[serde(default)]
    pub assumed: Vec<String>,
}

/// How many days of a month are lost.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub enum Lost {
    Poisson(Number),
    NegativeBinomial { mean: Number, dispersion: Number },
    Observed(Vec<Number>),
}

provenance!(SchoolYear Closures);
