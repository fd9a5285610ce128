//! What usually rings in a school year, and which of its days are short.
//!
//! Has a timetable, gives places of bell schedules. Knows no clauses.

use crate::calendar::DayKind;
use crate::levers::blocks::last_bell;
use crate::timetable::Day;
use crate::timetable::Timetable;
use crate::timetable::Year;
use crate::units::Grades;
use crate::units::Minutes;
use crate::units::Weekday;

/// All weekdays in order.
pub const WEEKDAYS: [Weekday; 7] = [
    Weekday::Monday,
    Weekday::Tuesday,
    Weekday::Wednesday,
    Weekday::Thursday,
    Weekday::Friday,
    Weekday::Saturday,
    Weekday::Sunday,
];

/// Days of attendance on which something rings, with the schedule that does.
pub fn attended(year: &Year) -> impl Iterator<Item = (&Day, usize)> {
    year.days.iter().filter(|d| d.kind == DayKind::Attendance).filter_map(|d| Some((d, d.schedule?)))
}

/// The one that is there most often; the first of those that are there as often.
fn most_frequent(all: impl Iterator<Item = usize>) -> Option<usize> {
    let mut counts: Vec<(usize, u32)> = Vec::new();
    for one in all {
        match counts.iter_mut().find(|(known, _)| *known == one) {
            Some((_, n)) => *n += 1,
            None => counts.push((one, 1)),
        }
    }
    counts.into_iter().rev().max_by_key(|(_, n)| *n).map(|(one, _)| one)
}

/// The schedule that rings on most days of attendance of a year.
pub fn usual(year: &Year) -> Option<usize> {
    most_frequent(attended(year).map(|(_, schedule)| schedule))
}

/// The schedule that rings on most days of attendance of a year that fall on a weekday.
pub fn usual_on(year: &Year, weekday: Weekday) -> Option<usize> {
    most_frequent(attended(year).filter(|(day, _)| day.date.weekday() == weekday).map(|(_, schedule)| schedule))
}

/// By how much pupils of the grades leave earlier under one schedule than under another, where some do \[min\].
pub fn earlier_by(timetable: &Timetable, grades: &Grades, schedule: usize, than: usize) -> Option<Minutes> {
    let leave = |schedule: usize, grade| {
        let blocks = timetable.schedules[schedule].pupil_blocks(grade);
        (!blocks.is_empty()).then(|| last_bell(blocks))
    };
    let by = |grade| Some(leave(than, grade)? - leave(schedule, grade)?);
    grades.iter().filter_map(by).max().filter(|by| *by > 0).map(Minutes)
}

/// The short schedules of a year: those that ring on days of attendance and let pupils leave earlier than usual.
pub fn short_schedules(timetable: &Timetable, grades: &Grades, year: &Year) -> Vec<usize> {
    let Some(usual) = usual(year) else { return Vec::new() };
    let mut short: Vec<usize> = attended(year).map(|(_, schedule)| schedule).collect();
    short.sort_unstable();
    short.dedup();
    short.retain(|schedule| earlier_by(timetable, grades, *schedule, usual).is_some());
    short
}

/// The short schedule that rings most often on a weekday of a year.
pub fn short_on(timetable: &Timetable, grades: &Grades, year: &Year, weekday: Weekday) -> Option<usize> {
    let short = short_schedules(timetable, grades, year);
    let of_weekday = attended(year).filter(|(day, _)| day.date.weekday() == weekday).map(|(_, schedule)| schedule);
    most_frequent(of_weekday.filter(|schedule| short.contains(schedule)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::levers::made::four_weeks;
    use crate::levers::made::grades;

    #[test]
    fn the_usual_schedule_is_the_one_of_most_days_and_the_monday_is_short() {
        let made = four_weeks(285, 310, vec![]);
        let year = &made.timetable.schools[0].years[0];
        let name = |schedule: Option<usize>| schedule.map(|s| made.timetable.schedules[s].id.as_str());
        assert_eq!(name(usual(year)), Some("full")); // by hand: 16 days to 4
        assert_eq!(name(usual_on(year, Weekday::Monday)), Some("monday"));
        assert_eq!(usual_on(year, Weekday::Sunday), None);
        let short = short_schedules(&made.timetable, &grades(), year);
        assert_eq!(short.len(), 1);
        assert_eq!(earlier_by(&made.timetable, &grades(), short[0], usual(year).unwrap()), Some(Minutes(25)));
        assert_eq!(short_on(&made.timetable, &grades(), year, Weekday::Tuesday), None);
    }
}
