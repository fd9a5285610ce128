//! What may move, as written.

use crate::scenario::raw::number::Number;
use crate::scenario::raw::number::Quantity;
use crate::scenario::raw::shape::provenance;
use crate::scenario::raw::words::Weekday;
use serde::Deserialize;

/// What may move, and what a candidate has to keep.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Search {
    pub release: Option<Release>,
    #[serde(default)]
    pub added: Vec<Added>,
    #[serde(default)]
    pub tiers: Vec<Tier>,
    #[serde(default)]
    pub gaps: Vec<Gap>,
    #[serde(default)]
    pub one_per: Vec<OnePer>,
    #[serde(default)]
    pub dates: Vec<Earliest>,
    pub keeps: Option<Keeps>,
    pub source: Option<String>,
    #[serde(default)]
    pub assumed: Vec<String>,
}

/// A release.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Release {
    pub minutes: Steps,
    pub on: Vec<Weekday>,
    pub every_weeks: Vec<Number>,
    pub schools: Option<Vec<String>>,
}

/// Values from one to another, a step apart.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Steps {
    pub first: Quantity,
    pub last: Quantity,
    pub step: Quantity,
}

/// Where minutes are added.
#[derive(Debug, Deserialize)]
pub enum Added {
    AtEnd(Quantity),
    AtStart(Quantity),
    FromRecess(Quantity),
}

/// Schools whose bells move together.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Tier {
    pub id: String,
    pub schools: Vec<String>,
    pub starts: Steps,
}

/// Tiers that share buses.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Gap {
    pub between: Vec<String>,
    pub at_least: Quantity,
}

/// How many educators one person of a role may serve.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, rename = "Ratio")]
pub struct OnePer {
    pub role: String,
    pub one_per: Vec<Quantity>,
}

/// Before which dates a condition may not begin.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Earliest {
    pub condition: String,
    pub not_before: Vec<String>,
}

/// What a candidate has to keep.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Keeps {
    pub development_per_week: Option<Quantity>,
    pub release_at_least: Option<Quantity>,
    pub cost_per_year_at_most: Option<Quantity>,
}

provenance!(Search);
