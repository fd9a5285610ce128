//! Minutes of one person over each stretch, and how they change.

use crate::ledger::Measure;
use crate::ledger::Per;
use serde::Serialize;

/// Minutes of one measure that one person has over each stretch \[min\].
///
/// For the people of one school, the year is a whole number, and the others are quotients of whole numbers; nothing is
/// rounded before it is shown.
#[derive(Debug, Clone, Copy, Default, PartialEq, Serialize)]
pub struct Amounts {
    /// On a day on which they come, on average \[min\].
    pub day: f64,
    /// In a full week, on average \[min\].
    pub week: f64,
    /// In a cycle: the average day so many times \[min\].
    pub cycle: f64,
    /// In the school year \[min\].
    pub year: f64,
}

impl Amounts {
    /// Minutes over one stretch \[min\].
    pub fn per(&self, per: Per) -> f64 {
        match per {
            Per::Day => self.day,
            Per::Week => self.week,
            Per::Cycle => self.cycle,
            Per::Year => self.year,
        }
    }

    /// The mean of several, each weighing as much as it has people.
    ///
    /// It is reckoned as the distance from the first, so that the mean of equal amounts is exactly that amount.
    pub fn mean(all: &[(f64, Amounts)]) -> Amounts {
        let Some((_, first)) = all.first() else { return Amounts::default() };
        let people: f64 = all.iter().map(|(people, _)| people).sum();
        let of = |per: Per| {
            let off: f64 = all.iter().map(|(people, amounts)| people * (amounts.per(per) - first.per(per))).sum();
            first.per(per) + off / people
        };
        Amounts { day: of(Per::Day), week: of(Per::Week), cycle: of(Per::Cycle), year: of(Per::Year) }
    }
}

/// One measure of one group on both sides.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Change {
    /// What is counted.
    pub measure: Measure,
    /// On the first side.
    pub before: Amounts,
    /// On the second side.
    pub after: Amounts,
}

impl Change {
    /// Minutes gained over a stretch; below zero, minutes lost \[min\].
    pub fn by(&self, per: Per) -> f64 {
        self.after.per(per) - self.before.per(per)
    }

    /// Whether anything is gained or lost over any stretch.
    pub fn is_any(&self) -> bool {
        self.before != self.after
    }
}
