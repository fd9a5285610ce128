//! Bell schedules as written.

use crate::scenario::raw::shape::provenance;
use crate::scenario::raw::words::Kind;
use serde::Deserialize;

/// What rings on one kind of day.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Schedule {
    pub id: String,
    pub title: Option<String>,
    #[serde(default)]
    pub pupils: Vec<Pupils>,
    #[serde(default)]
    pub staff: Vec<Staff>,
    pub source: Option<String>,
    #[serde(default)]
    pub assumed: Vec<String>,
}

/// The day of the pupils of some grades.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Pupils {
    pub grades: String,
    pub blocks: Vec<Block>,
}

/// The day of the staff of some roles.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Staff {
    pub roles: Vec<String>,
    pub blocks: Vec<Block>,
}

/// Kind, bell in, bell out, and perhaps an id.
#[derive(Debug, Deserialize)]
pub struct Block(pub Kind, pub String, pub String, #[serde(default)] pub Option<String>);

provenance!(Schedule);
