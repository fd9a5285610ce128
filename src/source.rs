//! Sources: where a value comes from.
//!
//! Has titles, links and marks, gives every later room a way to say who published a number and who
//! merely assumed it. Knows no files.

use crate::units::Date;
use serde::Serialize;
use std::collections::BTreeMap;

/// How well a value is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub enum Mark {
    /// Seen in the source that is named.
    Found,
    /// Reckoned from values that were found; the note shows the arithmetic.
    Computed,
    /// Nobody published it: somebody who wrote the scenario chose it.
    Assumed,
}

/// A document that values were read from.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Source {
    /// Title of the document or page.
    pub title: String,
    /// Who published it.
    pub publisher: Option<String>,
    /// Where it can be read.
    pub link: Option<String>,
    /// The day it was read on.
    pub read: Option<Date>,
    /// What to keep in mind when using it.
    pub note: Option<String>,
}

/// One value that somebody assumed, as every report lists it.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Assumption {
    /// The item, such as `bells elementary-monday`.
    pub item: String,
    /// The field of that item, such as `pupils`; `*` for all of it.
    pub field: String,
    /// The file it is written in.
    pub file: String,
}

/// All sources by key and all assumptions in the order they are written.
#[derive(Debug, Clone, Default, Serialize)]
pub struct Sources {
    /// Documents by the key that `source:` names.
    pub documents: BTreeMap<String, Source>,
    /// Values nobody published.
    pub assumptions: Vec<Assumption>,
}
