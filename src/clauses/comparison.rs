//! Comparisons: both sides of a limit in a window, and the answer that many of them add up to.
//!
//! Has amounts, gives them with their unit, and the tightest of many. Knows neither days nor words.

use crate::clauses::ExceptionUse;
use crate::clauses::Failure;
use crate::clauses::Outcome;
use crate::clauses::Quantity;
use crate::clauses::Unit;
use crate::clauses::Window;
use crate::units::Date;
use std::cmp::Ordering;

/// The answer to a requirement.
#[derive(Debug, Clone, PartialEq)]
pub struct Answer {
    /// Holds, fails, or why neither.
    pub outcome: Outcome,
    /// Both sides where it is tightest.
    pub tightest: Option<Comparison>,
    /// The alternative that held.
    pub alternative: Option<String>,
    /// Exceptions that were used.
    pub uses: Vec<ExceptionUse>,
    /// The waiver (by place) that lets failing windows go.
    pub waiver: Option<usize>,
    /// Windows that failed.
    pub failures: Vec<Failure>,
    /// How many windows failed.
    pub n_failing: usize,
    /// What is missing in all windows that failed, in whole parts of the tightest one's unit.
    pub short_in_all: Quantity,
    /// How many windows were judged.
    pub n_windows: usize,
    /// Sentences.
    pub reasons: Vec<String>,
}

/// Both sides of one comparison, exceptions included.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Comparison {
    /// First date of its window.
    pub date: Date,
    /// What there is, with what makes up for it.
    pub have: i64,
    /// What is asked, or the lower amount that an exception asks.
    pub need: i64,
    /// How far the lawful side is.
    pub slack: i64,
    /// How many of these parts make one of the unit.
    pub of: i64,
    /// The unit of both sides.
    pub unit: Unit,
    /// The stretch of time that its figures are told by.
    pub pace: Window,
    /// Units of the limit in one unit of its text, for formulas: 60 where it is written in hours.
    pub per_written: i64,
}

impl Comparison {
    /// A side of it.
    pub fn quantity(&self, amount: i64) -> Quantity {
        Quantity { amount, of: self.of, unit: self.unit }
    }

    /// The difference of its sides.
    pub fn difference(&self) -> Quantity {
        Quantity { amount: self.slack, of: self.of, unit: self.unit.of_difference() }
    }
}

impl Answer {
    /// An answer that is neither yes nor no, with its reason.
    pub fn neither(outcome: Outcome, reason: String) -> Answer {
        Answer {
            outcome,
            tightest: None,
            alternative: None,
            uses: Vec::new(),
            waiver: None,
            failures: Vec::new(),
            n_failing: 0,
            short_in_all: Quantity::whole(0, Unit::Minutes),
            n_windows: 0,
            reasons: vec![reason],
        }
    }
}

/// Whether slack means the same in both: so many of one unit in one stretch of time.
pub fn is_alike(a: &Comparison, b: &Comparison) -> bool {
    (a.unit.of_difference(), a.pace) == (b.unit.of_difference(), b.pace)
}

/// Which of two has less slack, exactly.
pub fn by_slack(a: &Comparison, b: &Comparison) -> Ordering {
    if a.of == b.of { a.slack.cmp(&b.slack) } else { a.difference().order(b.difference()) }
}

/// The comparison with the least slack, the first one where several have it.
pub fn least<'a>(all: impl Iterator<Item = &'a Comparison>) -> Option<Comparison> {
    all.copied().min_by(by_slack)
}
