//! The rules of the adoption model as written.

use crate::scenario::raw::number::Number;
use crate::scenario::raw::number::Quantity;
use crate::scenario::raw::shape::provenance;
use crate::scenario::raw::words::Capacity;
use serde::Deserialize;

/// A number of the model.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Parameter {
    pub is: Number,
    pub unit: String,
    pub range: Option<(Number, Number)>,
    pub source: Option<String>,
    #[serde(default)]
    pub assumed: Vec<String>,
}

/// The ladder of levels of use.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Ladder {
    pub starts_at: Number,
    pub steps: Vec<Step>,
    pub source: Option<String>,
    #[serde(default)]
    pub assumed: Vec<String>,
}

/// A step of the ladder.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Step {
    pub median: Quantity,
    pub needs: Vec<Capacity>,
    pub hours: Option<Quantity>,
}

/// Turnover of educators with so many years of experience.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Band {
    pub from_years: Number,
    pub share: Quantity,
    pub moves: Quantity,
    pub leaves: Quantity,
    pub source: Option<String>,
    #[serde(default)]
    pub assumed: Vec<String>,
}

provenance!(Parameter Ladder Band);
