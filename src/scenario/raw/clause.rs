//! Clauses as written.

use crate::scenario::raw::number::Number;
use crate::scenario::raw::number::Quantity;
use crate::scenario::raw::shape::provenance;
use crate::scenario::raw::words::CapPer;
use crate::scenario::raw::words::CountedIn;
use crate::scenario::raw::words::DayKind;
use crate::scenario::raw::words::Direction;
use crate::scenario::raw::words::Figure;
use crate::scenario::raw::words::Government;
use crate::scenario::raw::words::Kind;
use crate::scenario::raw::words::MakeUpDays;
use crate::scenario::raw::words::OnceFor;
use crate::scenario::raw::words::Order;
use crate::scenario::raw::words::RoundedFigure;
use crate::scenario::raw::words::Weight;
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
    #[serde(default)]
    pub waivable_by: Vec<Government>,
    pub checked_on: Option<String>,
    pub text: String,
    #[serde(default)]
    pub applies: Applies,
    pub requires: Requires,
    #[serde(default)]
    pub unless: Vec<Exception>,
    pub penalty: Option<Penalty>,
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
    NoEarlierThan(Limit),
    NoLaterThan(Limit),
    All(Vec<Requires>),
    Any(Vec<Requires>),
    NotComputable(String),
}

/// A quantity, a stretch of time, and amounts with their dates.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Limit {
    pub of: Of,
    #[serde(default)]
    pub credits: Vec<Credit>,
    pub per: Per,
    pub figure: Option<Figure>,
    pub averaged: Option<Averaged>,
    pub rounded: Option<Rounded>,
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
        in_blocks_of: Option<Quantity>,
        between: Option<(String, String)>,
    },
    StaffMinutes {
        counts: Vec<Kind>,
        in_blocks_of: Option<Quantity>,
        between: Option<(String, String)>,
    },
    PupilBlocks {
        counts: Vec<Kind>,
        in_blocks_of: Option<Quantity>,
    },
    StaffBlocks {
        counts: Vec<Kind>,
        in_blocks_of: Option<Quantity>,
    },
    PupilRun {
        counts: Vec<Kind>,
    },
    StaffRun {
        counts: Vec<Kind>,
    },
    CommonMinutes {
        counts: Vec<Kind>,
        with: Vec<String>,
        in_blocks_of: Option<Quantity>,
    },
    Workday,
    PupilsArrive,
    PupilsLeave,
    StaffArrive,
    StaffLeave,
    PupilDays,
    StaffDays,
    Ratio {
        of: Heads,
        to: Heads,
    },
    Fact(String),
    Spending(Vec<String>),
    Notice {
        of: String,
        before: String,
        counted: CountedIn,
    },
}

/// A kind that counts only so far, in a day where nothing else is said.
#[derive(Debug, Deserialize)]
pub struct Cap(pub Kind, pub Quantity, #[serde(default)] pub Option<CapPer>);

/// Heads that are counted.
#[derive(Debug, Deserialize)]
pub enum Heads {
    Pupils,
    Staff(String),
}

/// Time that is credited up to a cap.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Credit {
    pub of: Vec<Credited>,
    pub up_to: Quantity,
}

/// What may be credited.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub enum Credited {
    StaffTime { counts: Vec<Kind>, role: String },
    DaysOf(Vec<DayKind>),
}

/// The grades of a district that are averaged.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub enum Averaged {
    DistrictMean { grades: String, by: Weight },
}

/// Rounding as a rule: direction, step, and what is rounded.
#[derive(Debug, Deserialize)]
pub enum Rounded {
    Round(Direction, Step, RoundedFigure),
}

/// The step of a rounding.
#[derive(Debug, Deserialize)]
pub enum Step {
    Digits(Number),
    Minutes(Number),
}

/// The stretch of time.
#[derive(Debug, Deserialize)]
pub enum Per {
    Day,
    Week,
    FullWeek,
    Month,
    Cycle(Number),
    Consecutive(Number),
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
    pub at_most: Option<Allowance>,
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
    DayIs(Vec<DayKind>),
}

/// On how many days an exception may be used.
#[derive(Debug, Deserialize)]
pub enum Allowance {
    Days(Number, Per),
    Unlimited,
}

/// A penalty.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Penalty {
    pub text: String,
    pub once_for: OnceFor,
    pub dollars: Formula,
}

/// A formula in dollars.
#[derive(Debug, Deserialize)]
pub enum Formula {
    Number(Number),
    Fact(String),
    Have,
    Need,
    Short,
    ShortInAll,
    WindowsFailing,
    Windows,
    Pupils,
    Plus(Vec<Formula>),
    Times(Vec<Formula>),
    Minus(Box<Formula>, Box<Formula>),
    Over(Box<Formula>, Box<Formula>),
    Least(Vec<Formula>),
    Most(Vec<Formula>),
    Rounded(Direction, Number, Box<Formula>),
}

/// A waiver of one clause.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Waiver {
    pub id: String,
    pub title: String,
    pub source: Option<String>,
    pub section: String,
    pub text: String,
    pub order: Order,
    pub waives: String,
    pub granted_by: Government,
    pub from: String,
    pub until: String,
    #[serde(default)]
    pub schools: Vec<String>,
    pub only_if: Option<Requires>,
    pub needs: Option<String>,
    #[serde(default)]
    pub assumed: Vec<String>,
}

/// Something that no bell and no calendar says.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Fact {
    pub title: String,
    pub values: Vec<Said>,
    pub source: Option<String>,
    #[serde(default)]
    pub assumed: Vec<String>,
}

/// What a fact says, from when until when, and of which schools.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Said {
    pub is: Stated,
    pub from: Option<String>,
    pub until: Option<String>,
    #[serde(default)]
    pub schools: Vec<String>,
}

/// What may be stated.
#[derive(Debug, Deserialize)]
pub enum Stated {
    On(String),
    Minutes(Number),
    Hours(Number),
    Days(Number),
    Dollars(Number),
    Share(Number),
    PerOne(Number),
}

provenance!(Clause Waiver Fact);
