//! Schools and roles as written.

use crate::scenario::raw::number::Number;
use crate::scenario::raw::number::Quantity;
use crate::scenario::raw::number::Table;
use crate::scenario::raw::shape::provenance;
use crate::scenario::raw::words::Backfill;
use crate::scenario::raw::words::Level;
use serde::Deserialize;

/// A school.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct School {
    pub id: String,
    pub name: String,
    pub state: Option<String>,
    pub level: Level,
    pub grades: String,
    pub pupils: Table<Number>,
    pub staff: Table<Number>,
    pub team_size: Number,
    pub calendar: String,
    pub bells: Table<String>,
    pub leaders_support: Quantity,
    pub families_support: Quantity,
    pub source: Option<String>,
    #[serde(default)]
    pub assumed: Vec<String>,
}

/// A role.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Role {
    pub id: String,
    pub title: Option<String>,
    #[serde(default)]
    pub takes_up_practice: bool,
    pub one_per: Option<Quantity>,
    pub hours_per_week: Option<Quantity>,
    pub travel: Option<Quantity>,
    pub knows: Option<Vec<String>>,
    pub grades: Option<String>,
    #[serde(default)]
    pub strengths: Vec<String>,
    pub retooling: Option<Quantity>,
    pub retooling_per_week: Option<Quantity>,
    pub cost: Quantity,
    pub backfill: Option<Backfill>,
    pub duty: Option<Quantity>,
    pub needs: Option<String>,
    pub source: Option<String>,
    #[serde(default)]
    pub assumed: Vec<String>,
}

provenance!(School Role);
