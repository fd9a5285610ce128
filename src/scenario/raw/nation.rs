//! A nation as written.

use crate::scenario::raw::number::Number;
use crate::scenario::raw::number::Quantity;
use crate::scenario::raw::number::Table;
use crate::scenario::raw::shape::provenance;
use serde::Deserialize;

/// A nation whose schools are those of the scenario, many times over.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Nation {
    pub counts: Option<Counts>,
    pub districts_from: Option<String>,
    pub template: Table<String>,
    #[serde(default)]
    pub waves: Vec<Wave>,
    pub follows: Option<Follows>,
    pub hears: Option<Hears>,
    pub varies: Option<Varies>,
    pub at_scale: Option<Quantity>,
}

/// Published counts.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Counts {
    pub districts: Number,
    pub pupils: Number,
    pub teachers: Number,
    pub schools: Table<Number>,
    pub relative_size: Table<Number>,
    pub classes: Vec<Class>,
    pub districts_per_region: Number,
    pub states: Vec<StateCounts>,
    pub scaled_to_districts: Option<Number>,
    pub source: Option<String>,
    #[serde(default)]
    pub assumed: Vec<String>,
}

/// Districts of about one size.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Class {
    pub from: Number,
    pub to: Option<Number>,
    pub districts: Number,
    pub pupils: Option<Quantity>,
}

/// One state.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct StateCounts {
    pub code: String,
    pub districts: Number,
    pub pupils: Number,
    pub teachers: Number,
    pub schools: Option<Number>,
    #[serde(default)]
    pub by_level: Table<Number>,
}

/// Districts that begin together.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Wave {
    pub share: Quantity,
    pub in_year: Number,
    pub states: Option<Vec<String>>,
    pub source: Option<String>,
    #[serde(default)]
    pub assumed: Vec<String>,
}

/// How districts that are in no wave begin.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Follows {
    pub alone: Number,
    pub neighbours: Number,
    pub region: Number,
    pub state: Number,
    pub source: Option<String>,
    #[serde(default)]
    pub assumed: Vec<String>,
}

/// What districts hear of one another.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Hears {
    pub neighbours: Number,
    pub region: Number,
    pub state: Number,
    pub each_side: Option<Number>,
    pub source: Option<String>,
    #[serde(default)]
    pub assumed: Vec<String>,
}

/// How districts differ.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Varies {
    pub learning: Number,
    pub support: Number,
    pub source: Option<String>,
    #[serde(default)]
    pub assumed: Vec<String>,
}

provenance!(Counts Wave Follows Hears Varies);
