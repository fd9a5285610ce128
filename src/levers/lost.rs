//! Days lost, and days that make them up.
//!
//! Has a school year, gives it with closed days and with further days after its last. Knows no clauses and no luck.

use crate::calendar::DayKind;
use crate::calendar::days_later;
use crate::district::District;
use crate::levers::usual::attended;
use crate::levers::usual::usual_on;
use crate::timetable::Day;
use crate::timetable::Timetable;
use crate::timetable::Whose;
use crate::timetable::Year;
use crate::units::Date;
use serde::Serialize;

/// No district makes up days for longer than this after its last day \[days\].
const SUMMER_DAYS: i64 = 92;

/// Days are lost to snow from this month on, where they are lost in order of date.
const DECEMBER: i8 = 12;

/// In which order days are lost.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub enum Order {
    /// Those on which the pupils of all grades together have most minutes, the latest of equal ones first.
    LongestFirst,
    /// One after the other from the first of December on, and then those before it.
    FromDecember,
}

/// A day that may make up a lost one: its date, and the schedule that rings on it.
pub type Spare = (Date, usize);

/// The days of attendance of a year in the order in which they are lost.
pub fn in_order(timetable: &Timetable, district: &District, school: usize, year: &Year, order: Order) -> Vec<Date> {
    match order {
        Order::LongestFirst => {
            let grades = &district.schools[school].grades;
            let minutes =
                |day: &Day| -> i64 { grades.iter().map(|g| timetable.minutes(day, &Whose::Pupils(g)).total().0).sum() };
            let mut days: Vec<(i64, Date)> = attended(year).map(|(day, _)| (minutes(day), day.date)).collect();
            days.sort_unstable_by(|a, b| b.cmp(a));
            days.into_iter().map(|(_, date)| date).collect()
        }
        Order::FromDecember => {
            let dates: Vec<Date> = attended(year).map(|(day, _)| day.date).collect();
            let from = dates.iter().position(|d| d.month() == DECEMBER).unwrap_or(0);
            dates[from..].iter().chain(&dates[..from]).copied().collect()
        }
    }
}

/// The first so many days that may make up lost ones: weekdays after the last day of attendance on which nothing
/// else is laid out, each with what usually rings on its weekday. There are fewer where the next year begins.
pub fn spare_days(years: &[Year], place: usize, n: u32) -> Vec<Spare> {
    let year = &years[place];
    let Some(last) = attended(year).map(|(day, _)| day.date).last() else { return Vec::new() };
    let next = years.get(place + 1).and_then(|y| y.days.first()).map(|d| d.date);
    let is_free = |date: &Date| {
        let laid = year.days.binary_search_by_key(date, |d| d.date).ok().map(|n| &year.days[n]);
        laid.is_none_or(|day| day.kind == DayKind::Weekend) && next.is_none_or(|next| *date < next)
    };
    let after = (1..=SUMMER_DAYS).map(|n| days_later(last, n)).filter(is_free);
    after.filter_map(|date| Some((date, usual_on(year, date.weekday())?))).take(n as usize).collect()
}

/// Loses days of attendance and holds school on others instead.
///
/// Nothing rings on a lost day any more. A term that lasts until the last day lasts until the last made-up one.
pub fn lose(year: &mut Year, lost: &[Date], made_up: &[Spare]) {
    let last = attended(year).map(|(day, _)| day.date).last();
    for date in lost {
        if let Ok(place) = year.days.binary_search_by_key(date, |d| d.date) {
            (year.days[place].kind, year.days[place].schedule) = (DayKind::Emergency, None);
        }
    }
    let Some((until, _)) = made_up.last() else { return };
    while let Some(end) = year.days.last().map(|d| d.date).filter(|end| end < until) {
        year.days.push(Day { date: days_later(end, 1), kind: DayKind::Weekend, schedule: None });
    }
    for (date, schedule) in made_up {
        if let Ok(place) = year.days.binary_search_by_key(date, |d| d.date) {
            (year.days[place].kind, year.days[place].schedule) = (DayKind::Attendance, Some(*schedule));
        }
    }
    for term in year.terms.iter_mut().filter(|t| last.is_some_and(|last| t.2 >= last)) {
        term.2 = term.2.max(*until);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clauses::examples;
    use crate::clauses::examples::special;
    use crate::levers::made::Made;
    use crate::levers::made::four_weeks;
    use jiff::civil::date;
    use proptest::prelude::*;

    fn held(year: &Year) -> Vec<Date> {
        attended(year).map(|(day, _)| day.date).collect()
    }

    fn year_of(made: &Made) -> &Year {
        &made.timetable.schools[0].years[0]
    }

    #[test]
    fn the_longest_days_are_lost_first_and_of_equal_ones_the_latest() {
        let made = four_weeks(285, 310, vec![]);
        let order = in_order(&made.timetable, &made.district, 0, year_of(&made), Order::LongestFirst);
        assert_eq!(order[0], date(2025, 9, 26)); // the last Friday
        assert_eq!(order[15], date(2025, 9, 2)); // the first Tuesday, the 16th of 16 full days
        assert_eq!(order[16..], [22, 15, 8, 1].map(|day| date(2025, 9, day))); // Mondays, the latest first
    }

    #[test]
    fn from_december_on_days_are_lost_one_after_the_other_and_earlier_ones_last() {
        let bells = [examples::plain("monday", 285, 75), examples::plain("full", 310, 0)];
        let made = Made::new(&[examples::year("2025-26", date(2025, 11, 27), date(2025, 12, 3))], &bells, vec![]);
        let order = in_order(&made.timetable, &made.district, 0, year_of(&made), Order::FromDecember);
        let days = [(12, 1), (12, 2), (12, 3), (11, 27), (11, 28)];
        assert_eq!(order, days.map(|(month, day)| date(2025, month, day)));
    }

    #[test]
    fn days_are_made_up_on_free_weekdays_after_the_last_and_the_last_term_goes_on() {
        let bells = [examples::plain("monday", 285, 75), examples::plain("full", 310, 0)];
        let mut rules = examples::four_weeks();
        // a day for staff on the Monday after the last Friday
        rules.special = vec![special(DayKind::Institute, &[date(2025, 9, 29)], Some("full"))];
        let mut made = Made::new(&[rules], &bells, vec![]);
        let year = &mut made.timetable.schools[0].years[0];
        year.terms = vec![("fall".into(), date(2025, 9, 1), date(2025, 9, 26))];
        let spare = spare_days(std::slice::from_ref(year), 0, 6);
        // by hand: Tuesday 30 September to Friday 3 October, Monday 6 (short), Tuesday 7
        let dates: Vec<Date> = spare.iter().map(|s| s.0).collect();
        let expected = [(9, 30), (10, 1), (10, 2), (10, 3), (10, 6), (10, 7)];
        assert_eq!(dates, expected.map(|(month, day)| date(2025, month, day)));
        assert_eq!(spare.iter().map(|s| s.1).collect::<Vec<_>>(), [1, 1, 1, 1, 0, 1]);
        lose(year, &[date(2025, 9, 4), date(2025, 9, 26)], &spare[..5]);
        assert_eq!(held(year).len(), 23); // by hand: 20 less 2 and 5 more
        assert_eq!(year.terms[0].2, date(2025, 10, 6));
        assert_eq!(year.days.last().map(|d| d.date), Some(date(2025, 10, 6)));
        assert!(year.days.windows(2).all(|pair| days_later(pair[0].date, 1) == pair[1].date), "a day is missing");
    }

    #[test]
    fn nothing_is_made_up_in_the_next_school_year() {
        let bells = [examples::plain("monday", 285, 75), examples::plain("full", 310, 0)];
        let years = [examples::four_weeks(), examples::year("2026", date(2025, 10, 1), date(2025, 10, 31))];
        let made = Made::new(&years, &bells, vec![]);
        assert_eq!(spare_days(&made.timetable.schools[0].years, 0, 60).len(), 2); // by hand: 29 and 30 September
    }

    proptest! {
        #[test]
        fn more_lost_days_never_leave_more_days_of_attendance(n in 0usize..25, more in 0usize..5, spare in 0u32..4) {
            let made = four_weeks(285, 310, vec![]);
            for order in [Order::LongestFirst, Order::FromDecember] {
                let lost = in_order(&made.timetable, &made.district, 0, year_of(&made), order);
                let spare = spare_days(&made.timetable.schools[0].years, 0, spare);
                let left = |n: usize| {
                    let mut year = year_of(&made).clone();
                    lose(&mut year, &lost[..n.min(lost.len())], &spare);
                    held(&year).len()
                };
                prop_assert!(left(n + more) <= left(n));
                prop_assert_eq!(left(n), 20 - n.min(20) + spare.len());
            }
        }
    }
}
