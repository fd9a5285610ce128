//! A proposal as written: what it changes in a scenario, item by item.

use crate::scenario::raw::file::Source;
use crate::scenario::raw::number::Table;
use serde::Deserialize;
use serde::Deserializer;

/// A whole file with a proposal.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Proposal {
    pub title: String,
    pub by: String,
    pub date: String,
    #[serde(default)]
    pub note: Option<String>,
    #[serde(default)]
    pub leaves_out: Vec<String>,
    #[serde(default)]
    pub sources: Table<Source>,
    pub items: Vec<Item>,
}

/// One thing that is bargained about.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Item {
    pub id: String,
    pub title: String,
    pub clause: Option<String>,
    pub value: Option<String>,
    #[serde(default)]
    pub set: Table<Anything>,
    #[serde(default)]
    pub add: Table<Anything>,
    #[serde(default)]
    pub remove: Vec<String>,
    pub source: Option<String>,
}

/// A value of any form: where it goes says what it must be, and it is read there.
#[derive(Debug)]
pub struct Anything;

impl<'de> Deserialize<'de> for Anything {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Anything, D::Error> {
        let _text: &'de ron::value::RawValue = Deserialize::deserialize(from)?;
        Ok(Anything)
    }
}
