//! What a rollout has to work with and what must hold before what, as written.

use crate::scenario::raw::number::Quantity;
use crate::scenario::raw::shape::provenance;
use crate::scenario::raw::words::Area;
use crate::scenario::raw::words::DayKind;
use crate::scenario::raw::words::Kind;
use crate::scenario::raw::words::LearningKind;
use crate::scenario::raw::words::Voice;
use serde::Deserialize;

/// A practice.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Practice {
    pub id: String,
    pub title: String,
    pub grades: Option<String>,
    pub voice: Voice,
    #[serde(default)]
    pub needs: Vec<String>,
    #[serde(default)]
    pub after: Vec<String>,
    pub source: Option<String>,
    #[serde(default)]
    pub assumed: Vec<String>,
}

/// A set of practices.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Model {
    pub id: String,
    pub title: String,
    pub of: Vec<String>,
    pub at_scale: Quantity,
    pub source: Option<String>,
    #[serde(default)]
    pub assumed: Vec<String>,
}

/// The furthest step of student voice in some grades.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, rename = "Limit")]
pub struct VoiceLimit {
    pub grades: String,
    pub voice: Voice,
    pub source: Option<String>,
    #[serde(default)]
    pub assumed: Vec<String>,
}

/// Learning time.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Learning {
    pub id: String,
    pub title: Option<String>,
    pub kind: LearningKind,
    pub hours: HoursFrom,
    pub on_practice: Option<Quantity>,
    pub attends: Option<Quantity>,
    pub cost_per_participant: Option<Quantity>,
    pub line: Option<String>,
    pub needs: Option<String>,
    pub source: Option<String>,
    #[serde(default)]
    pub assumed: Vec<String>,
}

/// Where learning hours come from.
#[derive(Debug, Deserialize)]
pub enum HoursFrom {
    InBlocks(String),
    OnDays(DayKind),
    OfKind(Kind),
    OnDates(Vec<String>, Quantity),
    Weekly(Quantity),
}

/// An outside partner.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Partner {
    pub id: String,
    pub title: String,
    pub adds: Adds,
    pub fails_per_year: Quantity,
    pub harm: Quantity,
    pub noticed_after: Quantity,
    pub cost: Quantity,
    pub line: Option<String>,
    pub needs: Option<String>,
    pub source: Option<String>,
    #[serde(default)]
    pub assumed: Vec<String>,
}

/// What a partner adds.
#[derive(Debug, Deserialize)]
pub enum Adds {
    SupportHours(Quantity),
    LearningHours(Quantity),
}

/// An event for families.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Event {
    pub id: String,
    pub title: String,
    pub on: Vec<String>,
    pub schools: Option<Vec<String>>,
    pub raises: Quantity,
    pub source: Option<String>,
    #[serde(default)]
    pub assumed: Vec<String>,
}

/// A condition.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Condition {
    pub id: String,
    pub title: Option<String>,
    pub area: Area,
    pub kind: ConditionKind,
    #[serde(default)]
    pub needs: Vec<String>,
    pub takes: Quantity,
    pub not_before: Option<String>,
    pub until: Option<String>,
    pub schools: Option<Vec<String>>,
    pub floor: Option<Quantity>,
    pub source: Option<String>,
    #[serde(default)]
    pub assumed: Vec<String>,
}

/// What kind of condition it is, and what it is about.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub enum ConditionKind {
    Approval,
    Agreement { with: String },
    ScheduleInForce(String),
    RoleFilled(String),
    RoleReady(String),
    LearningTime(String),
    Infrastructure,
    Funding(String),
    Partner(String),
    Engagement,
    Change(String),
}

/// A budget line.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Line {
    pub id: String,
    pub title: Option<String>,
    pub every_year: Option<Quantity>,
    pub by_year: Option<Vec<Quantity>>,
    #[serde(default)]
    pub pays: Vec<String>,
    pub source: Option<String>,
    #[serde(default)]
    pub assumed: Vec<String>,
}

provenance!(Practice Model VoiceLimit Learning Partner Event Condition Line);
