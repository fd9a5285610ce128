//! Courses: how a condition stands in a school, and how it came to.
//!
//! Has no rules; settling fills these in, slack is written into them.

use crate::readiness::Span;
use crate::units::Date;

/// How one condition stands in one school.
#[derive(Debug, Clone, PartialEq)]
pub struct Standing {
    /// Whether the condition is about this school at all; what needs it elsewhere then does not wait for it.
    pub applies: bool,
    /// When work on it begins: everything it needs holds.
    pub begins: Option<Date>,
    /// When it first holds. The date may lie after the end of the scenario; who asks compares.
    pub holds_from: Option<Date>,
    /// All stretches of time in which it holds.
    pub holds: Vec<Span>,
    /// The need that it waits for longest, by place. For a condition that never begins: the first need that
    /// never holds, or else the last to hold. Nothing when no need holds it up.
    pub waits_for: Option<usize>,
    /// How many days it may be late before the last practice or model begins later \[days\]; nothing when
    /// nothing depends on it, or when it never holds.
    pub slack_days: Option<i64>,
    /// Whether it is on the critical path.
    pub critical: bool,
}

/// How one condition came to stand as it does.
pub struct Course {
    /// Where it arrives.
    pub standing: Standing,
    /// The days on which it could begin: everything it needs holds, and its own date has come.
    pub could_begin: Vec<Span>,
    /// The day on which the work on it is done.
    pub ready: Option<Date>,
}
