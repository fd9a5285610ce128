//! What one group lives through in a school year.

use crate::calendar::monday_of;
use crate::ledger::Amounts;
use crate::ledger::Measure;
use crate::timetable::Timetable;
use crate::timetable::Whose;
use crate::timetable::Year;
use crate::units::Date;
use crate::units::Minutes;
use std::collections::BTreeMap;

/// Days of a cycle when nobody says how many: two weeks, as collective agreements often count.
pub const CYCLE_DAYS: u32 = 10;

/// The weeks that count as full, by their Mondays.
#[derive(Debug, Clone, PartialEq)]
pub struct FullWeeks {
    /// On how many days somebody comes in each of them.
    pub days: u32,
    /// Their Mondays in order.
    pub mondays: Vec<Date>,
}

/// The full weeks among dates: those with as many dates as most weeks have, the more where two numbers are as frequent.
///
/// In a district that teaches from Monday to Friday these are the weeks with five days. In one with a four-day
/// week they are the weeks with four, and a single week with a fifth day does not stand for the year.
pub fn full_weeks(dates: impl Iterator<Item = Date>) -> FullWeeks {
    let mut weeks: BTreeMap<Date, u32> = BTreeMap::new();
    for date in dates {
        *weeks.entry(monday_of(date)).or_default() += 1;
    }
    let mut frequent: BTreeMap<u32, u32> = BTreeMap::new();
    for days in weeks.values() {
        *frequent.entry(*days).or_default() += 1;
    }
    let days = frequent.into_iter().max_by_key(|(days, weeks)| (*weeks, *days)).map_or(0, |(days, _)| days);
    FullWeeks { days, mondays: weeks.into_iter().filter(|(_, n)| *n == days).map(|(monday, _)| monday).collect() }
}

/// Minutes of one person in a school year, all of them whole.
#[derive(Debug, Clone, PartialEq)]
pub struct Lived {
    /// Days on which she comes.
    pub days: u32,
    /// The full weeks among them.
    pub weeks: FullWeeks,
    /// Minutes of each measure in the year, in the order of [`Measure::of`].
    pub year: Vec<Minutes>,
    /// Minutes of each measure in all full weeks together, in the same order.
    pub in_weeks: Vec<Minutes>,
}

/// Adds up a year of somebody; nothing where nothing rings for her on any day.
pub fn lived(timetable: &Timetable, year: &Year, whose: &Whose) -> Option<Lived> {
    let come = || year.days.iter().filter(|day| !timetable.blocks(day, whose).is_empty());
    let weeks = full_weeks(come().map(|day| day.date));
    let measures = Measure::of(whose);
    let mut lived = Lived {
        days: come().count() as u32,
        year: vec![Minutes::ZERO; measures.len()],
        in_weeks: vec![Minutes::ZERO; measures.len()],
        weeks,
    };
    for day in come() {
        let is_full = lived.weeks.mondays.binary_search(&monday_of(day.date)).is_ok();
        for (place, measure) in measures.iter().enumerate() {
            let minutes = measure.minutes(timetable.blocks(day, whose));
            lived.year[place] += minutes;
            if is_full {
                lived.in_weeks[place] += minutes;
            }
        }
    }
    (lived.days > 0).then_some(lived)
}

impl Lived {
    /// The minutes of a measure, by its place, over each stretch; a cycle has so many days.
    pub fn amounts(&self, place: usize, cycle_days: u32) -> Amounts {
        let (year, days) = (self.year[place].0, i64::from(self.days));
        let quotient = |minutes: i64, by: i64| minutes as f64 / by as f64;
        Amounts {
            day: quotient(year, days),
            week: quotient(self.in_weeks[place].0, self.weeks.mondays.len() as i64),
            cycle: quotient(year * i64::from(cycle_days), days),
            year: year as f64,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::calendar::days_later;
    use jiff::civil::date;

    #[test]
    fn full_weeks_are_those_with_as_many_days_as_most() {
        let monday = date(2026, 9, 7);
        let week = |n: i64, days: i64| (0..days).map(move |d| days_later(monday, 7 * n + d));
        // by hand: three weeks of four days, one of five
        let four = full_weeks(week(0, 4).chain(week(1, 4)).chain(week(2, 5)).chain(week(3, 4)));
        assert_eq!((four.days, four.mondays.len()), (4, 3));
        // by hand: one week of four and one of five are as frequent, so the five count
        assert_eq!(full_weeks(week(0, 4).chain(week(1, 5))).days, 5);
        assert_eq!(full_weeks(std::iter::empty()), FullWeeks { days: 0, mondays: vec![] });
    }
}
