//! Changed timetables: other bells on some days of some schools.
//!
//! Has a timetable and what is moved, gives another timetable. Knows no clauses.

use crate::calendar::DayKind;
use crate::district::District;
use crate::levers::blocks::Change;
use crate::levers::blocks::changed;
use crate::levers::usual::attended;
use crate::levers::usual::short_on;
use crate::levers::usual::usual;
use crate::timetable::Day;
use crate::timetable::Timetable;
use crate::timetable::Year;
use crate::units::Weekday;

/// Whether a day of attendance is moved: asked of a school and a year by place, the day, and what rings on it.
pub type IsMoved<'a> = dyn Fn(usize, usize, &Day, usize) -> bool + Sync + 'a;

/// The timetable with changed bells on those days of attendance of the schools that `is_moved` names.
///
/// Every schedule is kept and stands beside its changed form, so that days that are not moved ring as before.
pub fn with_bells(timetable: &Timetable, schools: &[usize], change: Change, is_moved: &IsMoved) -> Timetable {
    let n = timetable.schedules.len();
    let mut other = timetable.clone();
    other.schedules.extend(timetable.schedules.iter().map(|s| changed(s, change)));
    for &school in schools {
        for (place, year) in other.schools[school].years.iter_mut().enumerate() {
            for day in year.days.iter_mut().filter(|d| d.kind == DayKind::Attendance) {
                if let Some(schedule) = day.schedule.filter(|s| is_moved(school, place, day, *s)) {
                    day.schedule = Some(schedule + n);
                }
            }
        }
    }
    other
}

/// The timetable in which the first so many days of a weekday in each year ring the short schedule, and the
/// others of that weekday the usual one; days of that weekday that ring something else stay as they are.
pub fn with_release_days(
    timetable: &Timetable,
    district: &District,
    schools: &[usize],
    weekday: Weekday,
    n: u32,
) -> Timetable {
    let mut other = timetable.clone();
    for &school in schools {
        let grades = &district.schools[school].grades;
        for (year, before) in other.schools[school].years.iter_mut().zip(&timetable.schools[school].years) {
            let Some((short, usual)) = short_on(timetable, grades, before, weekday).zip(usual(before)) else {
                continue;
            };
            let on_weekday = |day: &&mut Day| {
                let rings = day.schedule.is_some_and(|s| s == short || s == usual);
                day.kind == DayKind::Attendance && day.date.weekday() == weekday && rings
            };
            for (place, day) in year.days.iter_mut().filter(on_weekday).enumerate() {
                day.schedule = Some(if place < n as usize { short } else { usual });
            }
        }
    }
    other
}

/// Days of a weekday in a year that ring the short schedule now, and those that could.
pub fn release_days(
    timetable: &Timetable,
    district: &District,
    school: usize,
    year: &Year,
    weekday: Weekday,
) -> Option<(u32, u32)> {
    let grades = &district.schools[school].grades;
    let (short, usual) = short_on(timetable, grades, year, weekday).zip(usual(year))?;
    let of_weekday = || attended(year).filter(|(day, _)| day.date.weekday() == weekday);
    let now = of_weekday().filter(|(_, s)| *s == short).count();
    let most = of_weekday().filter(|(_, s)| *s == short || *s == usual).count();
    Some((u32::try_from(now).ok()?, u32::try_from(most).ok()?))
}
