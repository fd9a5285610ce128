//! Regularity: whether days come on the same weekday every so many weeks.
//!
//! Has dates, gives those that lie in a regular series. Knows no minutes.

use crate::calendar::days_between;
use crate::units::Date;

/// Which of the wanted days come at regular intervals, in their order.
///
/// The wanted days of one weekday form a series. It is regular when it has two days or more and one number of
/// weeks lies between each and the next. Weeks without school on that weekday do not break it, whichever way
/// the district counts on from them: by school weeks (the next such day comes after so many days of that
/// weekday with school) or by the calendar (it comes in every so manieth week, and drops out where there is
/// no school). One day has no interval, and two have one whatever they are: fewer than three are not regular.
///
/// Both lists are in order of time; `school` holds every day with school, the wanted ones among them.
pub fn regular(wanted: &[Date], school: &[Date]) -> Vec<bool> {
    let mut answer = vec![false; wanted.len()];
    let mut open: Vec<usize> = (0..wanted.len()).collect();
    while let Some(&first) = open.first() {
        let weekday = wanted[first].weekday();
        let (series, rest): (Vec<usize>, Vec<usize>) = open.iter().partition(|n| wanted[**n].weekday() == weekday);
        let dates: Vec<Date> = series.iter().map(|n| wanted[*n]).collect();
        let held: Vec<Date> = school.iter().copied().filter(|d| d.weekday() == weekday).collect();
        let is_regular =
            dates.len() >= FEWEST_OF_A_SERIES && (by_school_weeks(&dates, &held) || by_calendar(&dates, &held));
        series.iter().for_each(|n| answer[*n] = is_regular);
        open = rest;
    }
    answer
}

/// The day that keeps the weekday of `day` from being regular: the first with school that the usual interval
/// of the series would have and it has not, or the first of the series that comes too early.
pub fn breaks(day: Date, wanted: &[Date], school: &[Date]) -> Option<Date> {
    let same = |d: &&Date| d.weekday() == day.weekday();
    let series: Vec<Date> = wanted.iter().filter(same).copied().collect();
    let held: Vec<Date> = school.iter().filter(same).copied().collect();
    let places: Vec<usize> = series.iter().map(|d| held.partition_point(|h| h < d)).collect();
    let gaps: Vec<usize> = places.windows(2).map(|p| p[1] - p[0]).collect();
    let how_often = |gap: usize| gaps.iter().filter(|g| **g == gap).count();
    let usual = gaps.iter().copied().max_by_key(|gap| (how_often(*gap), usize::MAX - gap))?;
    let odd = gaps.iter().position(|gap| *gap != usual)?;
    match gaps[odd] < usual {
        true => series.get(odd + 1).copied(),
        false => held.get(places[odd] + usual).copied(),
    }
}

/// From three days on, an interval that is always the same says something.
const FEWEST_OF_A_SERIES: usize = 3;

fn by_school_weeks(series: &[Date], held: &[Date]) -> bool {
    let places: Vec<usize> = series.iter().map(|d| held.partition_point(|h| h < d)).collect();
    let mut gaps = places.windows(2).map(|p| p[1] - p[0]);
    let first = gaps.next();
    gaps.all(|gap| Some(gap) == first)
}

/// Every turn of the longest interval that fits them all either is in the series or has no school.
fn by_calendar(series: &[Date], held: &[Date]) -> bool {
    let (begins, ends) = (series[0], series[series.len() - 1]);
    let interval = series.windows(2).map(|p| days_between(p[0], p[1])).fold(0, greatest_common_divisor);
    let in_turn = |date: &&Date| (begins..=ends).contains(*date) && days_between(begins, **date) % interval == 0;
    held.iter().filter(in_turn).all(|d| series.binary_search(d).is_ok())
}

fn greatest_common_divisor(a: i64, b: i64) -> i64 {
    if b == 0 { a } else { greatest_common_divisor(b, a % b) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::calendar::days_later;
    use jiff::civil::date;
    use proptest::prelude::*;

    /// Mondays from 25 August 2025, by number of weeks.
    fn mondays(weeks: impl IntoIterator<Item = i64>) -> Vec<Date> {
        weeks.into_iter().map(|w| days_later(date(2025, 8, 25), 7 * w)).collect()
    }

    #[test]
    fn a_holiday_monday_does_not_break_a_weekly_series() {
        assert_eq!(regular(&mondays([0, 2, 3]), &mondays([0, 2, 3, 4])), [true, true, true]);
    }

    #[test]
    fn a_monday_with_school_that_is_left_out_breaks_it() {
        assert_eq!(regular(&mondays([0, 2, 3]), &mondays([0, 1, 2, 3])), [false, false, false]);
    }

    #[test]
    fn a_fortnightly_series_may_be_counted_by_the_calendar_or_by_school_weeks() {
        // by the calendar, weeks 0, 2, 4, 6, while week 3 is a holiday that falls between two of them
        assert!(regular(&mondays([0, 2, 4, 6]), &mondays([0, 1, 2, 4, 5, 6])).iter().all(|r| *r));
        // by school weeks, the holiday in week 3 moves the next ones to weeks 5 and 7
        assert!(regular(&mondays([0, 2, 5, 7]), &mondays([0, 1, 2, 4, 5, 6, 7])).iter().all(|r| *r));
        // week 4 has school and is left out
        assert!(regular(&mondays([0, 2, 6]), &mondays(0..8)).iter().all(|r| !*r));
    }

    #[test]
    fn fewer_than_three_on_a_weekday_are_not_regular_and_do_not_break_the_others() {
        let school: Vec<Date> = (0..21).map(|n| days_later(date(2025, 8, 25), n)).collect();
        let wanted = [date(2025, 8, 25), date(2025, 8, 29), date(2025, 9, 1), date(2025, 9, 5), date(2025, 9, 8)];
        assert_eq!(regular(&wanted, &school), [true, false, true, false, true]);
    }

    proptest! {
        #[test]
        fn every_nth_school_day_of_a_weekday_is_regular(every in 1usize..5, held in prop::collection::btree_set(0i64..40, 2..40)) {
            let school = mondays(held);
            let wanted: Vec<Date> = school.iter().copied().step_by(every).collect();
            let is = regular(&wanted, &school);
            prop_assert_eq!(is.iter().all(|r| *r), wanted.len() >= FEWEST_OF_A_SERIES);
        }
    }

    #[test]
    fn the_day_that_breaks_a_series_is_named() {
        let all = mondays(0..9);
        // weeks 0, 2, 4 and 7: every second week, and week 6 has school and is left out
        assert_eq!(breaks(all[0], &mondays([0, 2, 4, 7]), &all), Some(all[6]));
        // weeks 0, 2, 3, 5, 7: week 3 comes too early
        assert_eq!(breaks(all[0], &mondays([0, 2, 3, 5, 7]), &all), Some(all[3]));
        // weeks 0, 1, 3, 4: week 2 is left out
        assert_eq!(breaks(all[4], &mondays([0, 1, 3, 4]), &all), Some(all[2]));
    }

    #[test]
    fn a_holiday_breaks_nothing_and_too_few_days_have_no_interval() {
        let held = mondays([0, 1, 3, 4]);
        assert_eq!(breaks(held[0], &held, &held), None, "week 2 has no school");
        assert_eq!(breaks(held[0], &held[..1], &held), None);
        assert_eq!(breaks(held[0], &held[..2], &held), None, "two days have one interval, whatever it is");
    }

    #[test]
    fn only_days_of_the_same_weekday_are_looked_at() {
        let school: Vec<Date> = (0..28).map(|n| days_later(date(2025, 8, 25), n)).collect();
        let friday = date(2025, 8, 29);
        let wanted = [mondays([0, 1, 3]), vec![friday]].concat();
        assert_eq!(breaks(mondays([0])[0], &wanted, &school), Some(mondays([2])[0]));
        assert_eq!(breaks(friday, &wanted, &school), None);
    }
}
