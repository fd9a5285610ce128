//! Comparisons: both sides of a limit in a window, and the answer that many of them add up to.
//!
//! Has amounts, gives them with their unit, and the tightest of many. Knows neither days nor words.

use crate::clauses::ExceptionUse;
use crate::clauses::Failure;
use crate::clauses::Outcome;
use crate::clauses::Quantity;
use crate::clauses::Unit;
use crate::units::Date;

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
    /// Windows that failed.
    pub failures: Vec<Failure>,
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
    /// The unit of all three.
    pub unit: Unit,
}

impl Comparison {
    /// A number of its unit.
    pub fn quantity(&self, amount: i64) -> Quantity {
        Quantity { amount, unit: self.unit }
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
            failures: Vec::new(),
            n_windows: 0,
            reasons: vec![reason],
        }
    }
}

/// The comparison with the least slack, the first one where several have it.
pub fn least<'a>(all: impl Iterator<Item = &'a Comparison>) -> Option<Comparison> {
    all.copied().min_by_key(|c| c.slack)
}
