//! The worst-off and the best-off group, and how gains and losses fall on people.

use crate::ledger::Gains;
use crate::ledger::GroupGain;
use crate::ledger::Measure;
use crate::ledger::Per;
use serde::Serialize;

/// A loss or a gain, and everybody who has exactly it.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Extreme {
    /// Minutes gained; below zero, lost \[min\].
    pub change: f64,
    /// The groups, by place in [`Gains::groups`].
    pub groups: Vec<usize>,
    /// How many people that are \[people\].
    pub people: f64,
}

/// The largest loss and the largest gain of one measure.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Extremes {
    /// What is counted.
    pub measure: Measure,
    /// The largest loss; nothing when nobody loses.
    pub loss: Option<Extreme>,
    /// The largest gain; nothing when nobody gains.
    pub gain: Option<Extreme>,
}

/// How the change of one measure falls on people.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Spread {
    /// What is counted.
    pub measure: Measure,
    /// Each change that anybody has \[min\], the largest loss first, with how many have it \[people\].
    pub steps: Vec<(f64, f64)>,
}

impl Spread {
    /// How many lose \[people\].
    pub fn losing(&self) -> f64 {
        self.people(|change| change < 0.0)
    }

    /// How many neither gain nor lose \[people\].
    pub fn staying(&self) -> f64 {
        self.people(|change| change == 0.0)
    }

    /// How many gain \[people\].
    pub fn gaining(&self) -> f64 {
        self.people(|change| change > 0.0)
    }

    fn people(&self, of: impl Fn(f64) -> bool) -> f64 {
        self.steps.iter().filter(|(change, _)| of(*change)).map(|(_, people)| people).sum()
    }
}

/// Groups of a year with the change of one measure.
fn changed<'a>(gains: &'a Gains, year: &'a str, measure: Measure, per: Per) -> Vec<(usize, &'a GroupGain, f64)> {
    let of_year = gains.groups.iter().enumerate().filter(|(_, g)| g.year == year);
    let by = |g: &GroupGain| g.changes.iter().find(|c| c.measure == measure).map(|c| c.by(per));
    of_year.filter_map(|(place, g)| Some((place, g, by(g)?))).collect()
}

/// The largest loss and gain of each measure in a school year, over one stretch.
///
/// These are groups and not means: a mean of zero may hide a school that loses what another gains.
pub fn extremes(gains: &Gains, year: &str, per: Per) -> Vec<Extremes> {
    let of = |measure: Measure| {
        let changes = changed(gains, year, measure, per);
        let all = || changes.iter().map(|(_, _, by)| *by);
        let least = all().min_by(f64::total_cmp).filter(|by| *by < 0.0);
        let most = all().max_by(f64::total_cmp).filter(|by| *by > 0.0);
        let who = |change: f64| {
            let alike = || changes.iter().filter(|(_, _, by)| *by == change);
            Extreme {
                change,
                groups: alike().map(|(place, _, _)| *place).collect(),
                people: alike().map(|(_, g, _)| g.people_on_both()).sum(),
            }
        };
        Extremes { measure, loss: least.map(who), gain: most.map(who) }
    };
    Measure::all().map(of).collect()
}

/// How the change of each measure falls on people in a school year, over one stretch.
pub fn spread(gains: &Gains, year: &str, per: Per) -> Vec<Spread> {
    let of = |measure: Measure| {
        let mut changes = changed(gains, year, measure, per);
        changes.sort_by(|a, b| a.2.total_cmp(&b.2));
        let mut steps: Vec<(f64, f64)> = Vec::new();
        for (_, group, by) in changes {
            match steps.last_mut() {
                Some((last, people)) if *last == by => *people += group.people_on_both(),
                Some(_) | None => steps.push((by, group.people_on_both())),
            }
        }
        Spread { measure, steps }
    };
    Measure::all().map(of).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clauses::examples;
    use crate::ledger::CYCLE_DAYS;
    use crate::ledger::gains;
    use crate::ledger::made::Made;
    use crate::ledger::made::Small;

    #[test]
    fn a_mean_of_nothing_does_not_hide_who_loses() {
        let school = |id, full, pupils| Small { id, monday: 240, full, pupils, teachers: 0 };
        let before = [school("oak", 300, 10), school("elm", 300, 10)];
        let after = [school("oak", 310, 10), school("elm", 290, 10)];
        let [before, after] = [before, after].map(|schools| Made::new(&schools, examples::four_weeks()));
        let gains = gains(&before.side(), &after.side(), CYCLE_DAYS);
        // by hand: four days a week of 10 min more at oak and 10 less at elm, as many pupils at either
        assert_eq!(gains.district[0].changes[0].by(Per::Week), 0.0);
        let week = extremes(&gains, "2025-26", Per::Week);
        let instruction = week.iter().find(|e| e.measure == Measure::Instruction).unwrap();
        let told = |e: &Option<Extreme>| e.as_ref().map(|e| (e.change, e.groups.clone(), e.people));
        assert_eq!(told(&instruction.loss), Some((-40.0, vec![1], 10.0)));
        assert_eq!(told(&instruction.gain), Some((40.0, vec![0], 10.0)));
        let spread = spread(&gains, "2025-26", Per::Week);
        assert_eq!(spread[0].steps, [(-40.0, 10.0), (40.0, 10.0)]);
    }
}
