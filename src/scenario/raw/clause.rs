//! Clauses as written.

use crate::scenario::raw::number::Number;
use crate::scenario::raw::number::Quantity;
use crate::scenario::raw::shape::provenance;
use crate::scenario::raw::words::DayKind;
use crate::scenario::raw::words::Government;
use crate::scenario::raw::words::Kind;
use crate::scenario::raw::words::MakeUpDays;
use crate::scenario::raw::words::Order;
use serde::Deserialize;

/// A clause of law or contract.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Clause {
    pub id: String,
    pub title: String,
    pub source: Option<String>,
    pub section: String,
    pub order: Order,
    pub changed_by: Government,
    pub checked_on: Option<String>,
    pub text: String,
    #[serde(default)]
    pub applies: Applies,
    pub requires: Requires,
    #[serde(default)]
    pub unless: Vec<Exception>,
    #[serde(default)]
    pub assumed: Vec<String>,
}

/// What a clause speaks of.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Applies {
    pub states: Vec<String>,
    pub schools: Vec<String>,
    pub grades: Option<String>,
    pub roles: Vec<String>,
    pub days: Vec<DayKind>,
}

/// What must hold.
#[derive(Debug, Deserialize)]
pub enum Requires {
    AtLeast(Limit),
    AtMost(Limit),
    All(Vec<Requires>),
    Any(Vec<Requires>),
    NotComputable(String),
}

/// A quantity, a stretch of time, and amounts with their dates.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Limit {
    pub of: Of,
    pub per: Per,
    pub values: Vec<Value>,
}

/// What is measured.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub enum Of {
    PupilMinutes {
        counts: Vec<Kind>,
        #[serde(default)]
        caps: Vec<Cap>,
    },
    StaffMinutes {
        counts: Vec<Kind>,
        in_blocks_of: Option<Quantity>,
    },
    StaffBlocks {
        counts: Vec<Kind>,
        in_blocks_of: Option<Quantity>,
    },
    Workday,
    PupilDays,
    StaffDays,
}

/// A kind that counts only so far in a day.
#[derive(Debug, Deserialize)]
pub struct Cap(pub Kind, pub Quantity);

/// The stretch of time.
#[derive(Debug, Deserialize)]
pub enum Per {
    Day,
    Week,
    FullWeek,
    Month,
    Cycle(Number),
    Term,
    Year,
}

/// An amount with the dates between which it is in force.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Value {
    pub is: Quantity,
    pub from: Option<String>,
    pub until: Option<String>,
    pub source: Option<String>,
}

/// What counts all the same.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Exception {
    pub id: String,
    pub text: String,
    pub when: Vec<When>,
    pub at_most: Option<Days>,
    pub makes_up: Option<MakeUpDays>,
}

/// A condition of an exception.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub enum When {
    AtLeast(Limit),
    AtMost(Limit),
    RemainderIs { kinds: Vec<Kind>, role: String },
    Regular,
}

/// So many days in a stretch of time.
#[derive(Debug, Deserialize)]
pub struct Days(pub Number, pub Per);

provenance!(Clause);
