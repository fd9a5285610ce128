//! Making up: the minutes above a daily floor, each of which makes up for a short day only once.
//!
//! Has weighed days, gives what is left of their surplus. Knows no exceptions and no dates.

use crate::clauses::weigh::Weighed;
use std::ops::Range;

/// What an interval of days offers to a short day.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct MadeUp {
    /// Minutes above the floor on those days, as far as no other short day has taken them.
    pub adds: i64,
    /// Minutes that the short day lacks.
    pub lacks: i64,
    /// How many of those days have minutes above the floor.
    pub n_days: usize,
}

impl MadeUp {
    /// Minutes more than needed; negative when they do not suffice.
    pub fn slack(&self) -> i64 {
        self.adds - self.lacks
    }
}

/// Minutes above the floor that are left, by day.
pub struct Surplus {
    left: Vec<i64>,
}

impl Surplus {
    /// Everything above the floor; a day that misses the floor offers nothing.
    pub fn of(days: &[Weighed]) -> Surplus {
        Surplus { left: days.iter().map(|d| d.slack.max(0)).collect() }
    }

    /// What the days of an interval offer to a day that lacks so many minutes.
    pub fn offer(&self, interval: Range<usize>, lacks: i64) -> MadeUp {
        let days = &self.left[interval];
        MadeUp { adds: days.iter().sum(), lacks, n_days: days.iter().filter(|d| **d > 0).count() }
    }

    /// Takes minutes from an interval that offers them, from its first day on.
    pub fn take(&mut self, interval: Range<usize>, minutes: i64) {
        let mut wanted = minutes;
        for left in &mut self.left[interval] {
            let taken = wanted.min(*left);
            *left -= taken;
            wanted -= taken;
        }
    }
}
