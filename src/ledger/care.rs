//! Hours of care that families find for their children on days that are shorter than usual, or not held.

use crate::bells::elapsed;
use crate::calendar::monday_of;
use crate::ledger::On;
use crate::ledger::Side;
use crate::ledger::lived::FullWeeks;
use crate::ledger::lived::full_weeks;
use crate::timetable::Whose;
use crate::timetable::Year;
use crate::units::Date;
use crate::units::Grade;
use crate::units::Minutes;
use serde::Serialize;
use std::collections::BTreeMap;

/// What families of one school and grade find in one school year, on both sides.
///
/// The usual day is the length, from first to last bell, that most of the first side's days of that school year
/// have for that grade; the longer one where two are as frequent. It is the same for both sides.
///
/// On each side, families find:
/// - on a day on which their children come, the minutes by which it is shorter than the usual day; a longer day takes
///   nothing off;
/// - on a date on which their children come on the other side only, the whole usual day.
///
/// So a school day that moves to another date costs nothing on balance, and a day less costs a usual day. When school
/// begins is not looked at, only how long it lasts; nor whether anybody is at home anyway.
///
/// A typical week is the mean over the first side's full weeks (those with as many days as most weeks have), the same
/// weeks on both sides.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct CareRow {
    /// Place of the school in the first side's district.
    pub school: usize,
    /// The grade.
    pub grade: Grade,
    /// The school year.
    pub year: String,
    /// Pupils on each side.
    pub pupils: [u32; 2],
    /// The usual day \[min\].
    pub usual: Minutes,
    /// On how many days each side is shorter than usual.
    pub shorter_days: [u32; 2],
    /// By how much they are shorter together \[min\].
    pub shorter: [Minutes; 2],
    /// On how many dates the children come on the other side only.
    pub missing_days: [u32; 2],
    /// Usual days of these dates together \[min\].
    pub missing: [Minutes; 2],
    /// How many full weeks there are.
    pub full_weeks: u32,
    /// Both kinds of minutes in the full weeks together \[min\].
    pub in_full_weeks: [Minutes; 2],
}

impl CareRow {
    /// Hours that the family of one pupil finds in the year \[h\].
    pub fn hours_each(&self, on: On) -> f64 {
        (self.shorter[on as usize] + self.missing[on as usize]).as_hours()
    }

    /// Hours that all families find together in the year \[h\].
    pub fn hours(&self, on: On) -> f64 {
        f64::from(self.pupils[on as usize]) * self.hours_each(on)
    }

    /// Hours that the family of one pupil finds in a typical week \[h\].
    pub fn hours_each_week(&self, on: On) -> f64 {
        self.in_full_weeks[on as usize].as_hours() / f64::from(self.full_weeks)
    }

    /// Hours that all families find together in a typical week \[h\].
    pub fn hours_a_week(&self, on: On) -> f64 {
        f64::from(self.pupils[on as usize]) * self.hours_each_week(on)
    }
}

/// How long the children come on each date.
type Lengths = BTreeMap<Date, Minutes>;

fn lengths(side: &Side, year: &Year, whose: &Whose) -> Lengths {
    let length = |day| Some(elapsed(side.timetable.blocks(day, whose))).filter(|length| length.0 > 0);
    year.days.iter().filter_map(|day| Some((day.date, length(day)?))).collect()
}

/// The most frequent length; the longer one of two that are as frequent.
fn usual(lengths: &Lengths) -> Option<Minutes> {
    let mut counts: BTreeMap<Minutes, u32> = BTreeMap::new();
    for length in lengths.values() {
        *counts.entry(*length).or_default() += 1;
    }
    counts.into_iter().max_by_key(|(length, days)| (*days, *length)).map(|(length, _)| length)
}

/// The hours of care of one side against its own usual day.
pub fn care_of(side: &Side) -> Vec<CareRow> {
    care(side, side)
}

/// The hours of care of two sides against the first side's usual day: every school, grade and school year that both have.
pub fn care(before: &Side, after: &Side) -> Vec<CareRow> {
    let mut rows = Vec::new();
    for (school, spec) in before.district.schools.iter().enumerate() {
        let Some(other) = after.district.school(&spec.id) else { continue };
        let others = &after.district.schools[other].pupils;
        for (grade, pupils) in spec.pupils.iter().filter(|(_, n)| *n > 0) {
            let Some((_, n)) = others.iter().find(|(g, n)| g == grade && *n > 0) else { continue };
            for year in &before.timetable.schools[school].years {
                let theirs = after.timetable.schools[other].years.iter().find(|y| y.id == year.id);
                let whose = Whose::Pupils(*grade);
                let both = theirs.map(|theirs| [lengths(before, year, &whose), lengths(after, theirs, &whose)]);
                rows.extend(both.and_then(|both| row(school, *grade, &year.id, [*pupils, *n], &both)));
            }
        }
    }
    rows
}

/// One row; nothing where the children of either side come on no day of the year.
fn row(school: usize, grade: Grade, year: &str, pupils: [u32; 2], both: &[Lengths; 2]) -> Option<CareRow> {
    let usual = usual(&both[0]).filter(|_| !both[1].is_empty())?;
    let weeks = full_weeks(both[0].keys().copied());
    let mut row = CareRow {
        school,
        grade,
        year: year.into(),
        pupils,
        usual,
        shorter_days: [0; 2],
        shorter: [Minutes::ZERO; 2],
        missing_days: [0; 2],
        missing: [Minutes::ZERO; 2],
        full_weeks: weeks.mondays.len() as u32,
        in_full_weeks: [Minutes::ZERO; 2],
    };
    for date in both[0].keys().chain(both[1].keys().filter(|date| !both[0].contains_key(date))) {
        for on in [On::Before, On::After] {
            add(&mut row, on, *date, both[on as usize].get(date), &weeks);
        }
    }
    Some(row)
}

fn add(row: &mut CareRow, on: On, date: Date, length: Option<&Minutes>, weeks: &FullWeeks) {
    let on = on as usize;
    let found = match length {
        None => {
            row.missing_days[on] += 1;
            row.missing[on] += row.usual;
            row.usual
        }
        Some(length) if *length < row.usual => {
            row.shorter_days[on] += 1;
            row.shorter[on] += row.usual - *length;
            row.usual - *length
        }
        Some(_) => Minutes::ZERO,
    };
    if weeks.mondays.binary_search(&monday_of(date)).is_ok() {
        row.in_full_weeks[on] += found;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::calendar::DayKind;
    use crate::clauses::examples;
    use crate::ledger::made::Made;
    use crate::ledger::made::Small;
    use crate::ledger::made::oak;
    use jiff::civil::date;

    #[test]
    fn a_release_against_its_own_usual_day_costs_what_its_mondays_are_shorter() {
        let made = oak(210, 300);
        let [row] = &care_of(&made.side())[..] else { panic!("one school, one grade, one year") };
        // by hand: four Mondays of 300 - 210 = 90 min: 6 h each; 50 pupils: 300 h
        assert_eq!((row.usual, row.shorter_days, row.shorter[0]), (Minutes(300), [4, 4], Minutes(360)));
        assert_eq!((row.hours_each(On::Before), row.hours(On::Before)), (6.0, 300.0));
        // by hand: 90 min in each of four full weeks: 1.5 h, for 50 pupils 75 h
        assert_eq!((row.hours_each_week(On::Before), row.hours_a_week(On::Before)), (1.5, 75.0));
        assert_eq!(row.missing_days, [0, 0]);
    }

    #[test]
    fn the_first_side_says_what_is_usual() {
        let (release, full) = (oak(210, 300), oak(300, 300));
        let [row] = &care(&release.side(), &full.side())[..] else { panic!("one row") };
        assert_eq!([row.hours_each(On::Before), row.hours_each(On::After)], [6.0, 0.0]);
        let longer = oak(210, 320);
        let [row] = &care(&release.side(), &longer.side())[..] else { panic!("one row") };
        // by hand: days of 320 min are longer than the usual 300 and take nothing off the Mondays
        assert_eq!([row.hours_each(On::Before), row.hours_each(On::After)], [6.0, 6.0]);
    }

    #[test]
    fn a_day_that_one_side_does_not_hold_costs_a_usual_day_there() {
        let schools = [Small { id: "oak", monday: 210, full: 300, pupils: 50, teachers: 10 }];
        let mut rules = examples::four_weeks();
        rules.special.push(examples::special(DayKind::Holiday, &[date(2025, 9, 3), date(2025, 9, 8)], None));
        let (held, closed) = (oak(210, 300), Made::new(&schools, rules));
        let [row] = &care(&held.side(), &closed.side())[..] else { panic!("one row") };
        // by hand: a Wednesday and a release Monday are not held, each a usual day of 5 h; three Mondays are left
        assert_eq!((row.missing_days, row.missing), ([0, 2], [Minutes(0), Minutes(600)]));
        assert_eq!((row.shorter_days, row.shorter), ([4, 3], [Minutes(360), Minutes(270)]));
        // by hand: the first side's four full weeks: 360 min there, 870 min on the other: 14.5 h / 4
        assert_eq!(row.hours_each_week(On::After), 3.625);
        let [back] = &care(&closed.side(), &held.side())[..] else { panic!("one row") };
        assert_eq!((back.missing_days, back.missing), ([2, 0], [Minutes(600), Minutes(0)]));
    }

    #[test]
    fn of_two_lengths_as_frequent_the_longer_is_usual() {
        let lengths: Lengths = [(1, 300), (2, 210), (3, 300), (4, 210)]
            .map(|(day, minutes)| (date(2025, 9, day), Minutes(minutes)))
            .into();
        assert_eq!(usual(&lengths), Some(Minutes(300)));
        assert_eq!(usual(&Lengths::new()), None);
    }
}
