//! Groups that gain and lose alike, told as one.

use crate::ledger::Gains;
use crate::ledger::GroupGain;
use crate::ledger::Measure;
use crate::ledger::Per;
use crate::timetable::Whose;
use serde::Serialize;

/// Means that add up leave a rest of this size by the rounding of numbers alone \[min\].
const ROUNDING_MINUTES: f64 = 1e-6;

/// Groups of pupils, or of staff, whose every measure changes by the same.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Alike {
    /// The groups, by place in [`Gains::groups`].
    pub groups: Vec<usize>,
    /// How many people they are together \[people\].
    pub people: f64,
    /// Minutes gained of each measure; below zero, lost \[min\].
    pub changes: Vec<(Measure, f64)>,
}

impl Alike {
    /// Minutes gained of a measure, if it is counted for them \[min\].
    pub fn of(&self, measure: Measure) -> Option<f64> {
        self.changes.iter().find(|(m, _)| *m == measure).map(|(_, by)| *by)
    }

    /// The parts into which their day falls, with the minutes gained of each \[min\]: they add up to the change of the
    /// whole day. What is in none of the measures is `None`: of pupils lunch, recess, homeroom and passing, of
    /// staff time between blocks.
    pub fn parts(&self) -> Vec<(Option<Measure>, f64)> {
        let is_whole = |m: Measure| matches!(m, Measure::SchoolDay | Measure::Workday);
        let (whole, parts): (Vec<_>, Vec<_>) = self.changes.iter().copied().partition(|(m, _)| is_whole(*m));
        let known: f64 = parts.iter().map(|(_, by)| by).sum();
        let all: f64 = whole.iter().map(|(_, by)| by).sum();
        let rest = Some(all - known).filter(|rest| rest.abs() > ROUNDING_MINUTES).unwrap_or(0.0);
        parts.into_iter().map(|(m, by)| (Some(m), by)).chain([(None, rest)]).collect()
    }

    /// All minutes lost of any part, as a number below zero \[min\].
    fn lost(&self) -> f64 {
        self.parts().iter().map(|(_, by)| by.min(0.0)).sum()
    }
}

/// Groups of a school year that change alike over a stretch: pupils first, of each those who lose most first.
pub fn alike(gains: &Gains, year: &str, per: Per) -> Vec<Alike> {
    let is_staff = |g: &GroupGain| matches!(g.whose, Whose::Staff(_));
    let mut found: Vec<Alike> = Vec::new();
    for (place, group) in gains.groups.iter().enumerate().filter(|(_, g)| g.year == year) {
        let changes: Vec<(Measure, f64)> = group.changes.iter().map(|c| (c.measure, c.by(per))).collect();
        match found.iter_mut().find(|a| a.changes == changes) {
            Some(alike) => {
                alike.groups.push(place);
                alike.people += group.people_on_both();
            }
            None => found.push(Alike { groups: vec![place], people: group.people_on_both(), changes }),
        }
    }
    found.sort_by(|a, b| {
        let staff = |alike: &Alike| alike.groups.first().is_some_and(|g| is_staff(&gains.groups[*g]));
        staff(a).cmp(&staff(b)).then(a.lost().total_cmp(&b.lost())).then(a.groups.cmp(&b.groups))
    });
    found
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
    fn schools_with_the_same_change_are_one_and_who_loses_most_comes_first() {
        let school = |id, monday, pupils| Small { id, monday, full: 300, pupils, teachers: 2 };
        let before = [school("oak", 300, 10), school("elm", 300, 20), school("ash", 300, 40)];
        let after = [school("oak", 270, 10), school("elm", 210, 20), school("ash", 270, 40)];
        let [before, after] = [before, after].map(|schools| Made::new(&schools, examples::four_weeks()));
        let gains = gains(&before.side(), &after.side(), CYCLE_DAYS);
        let found = alike(&gains, "2025-26", Per::Week);
        // by hand: elm's pupils lose 90 a week; those of oak and ash 30, 10 + 40 pupils; then teachers likewise
        let told: Vec<(f64, Option<f64>)> = found.iter().map(|a| (a.people, a.of(Measure::SchoolDay))).collect();
        assert_eq!(told, [(20.0, Some(-90.0)), (50.0, Some(-30.0)), (2.0, None), (4.0, None)]);
        // by hand: a teacher of elm has 90 min of contact less, and development begins and ends as much earlier
        let parts = found[2].parts();
        assert_eq!(parts[0], (Some(Measure::Contact), -90.0));
        assert_eq!(found[2].of(Measure::Workday), Some(-90.0));
        assert_eq!(parts.iter().map(|(_, by)| by).sum::<f64>(), -90.0);
    }
}
