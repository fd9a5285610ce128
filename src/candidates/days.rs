//! Days that may move: which days of a school may be days of release, and what rings on them as read.
//!
//! Has a timetable, gives places of days. Knows no clauses.

use crate::calendar::DayKind;
use crate::calendar::days_between;
use crate::calendar::monday_of;
use crate::district::District;
use crate::levers::WEEKDAYS;
use crate::levers::attended;
use crate::levers::earlier_by;
use crate::levers::short_on;
use crate::levers::short_schedules;
use crate::levers::usual;
use crate::timetable::Day;
use crate::timetable::Timetable;
use crate::timetable::Year;
use crate::units::Date;
use crate::units::Weekday;

/// What rings in a school year on the days that may move, by place of the bell schedule.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Pair {
    /// On the usual day.
    pub usual: usize,
    /// On days of release, where there are any.
    pub short: Option<usize>,
    /// By how much pupils leave earlier on those \[min\].
    pub earlier: i64,
}

/// The release as it is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct AsRead {
    /// By how much pupils leave earlier in most schools \[min\]; 0 without a release.
    pub minutes: i64,
    /// The weekday with most days of release.
    pub weekday: Weekday,
    /// Every so many weeks.
    pub every: u32,
}

/// The usual and the short schedule of a school in a year.
pub fn pair(timetable: &Timetable, district: &District, school: usize, year: &Year, weekday: Weekday) -> Option<Pair> {
    let grades = &district.schools[school].grades;
    let usual = usual(year)?;
    let short = short_on(timetable, grades, year, weekday);
    let earlier = short.and_then(|s| earlier_by(timetable, grades, s, usual)).map_or(0, |m| m.0);
    Some(Pair { usual, short, earlier })
}

/// Whether a day may move: it rings the usual schedule, or the short one on the weekday of release.
pub fn may_move(day: &Day, pair: &Pair, weekday: Weekday) -> bool {
    let short = day.schedule.is_some() && day.schedule == pair.short && day.date.weekday() == weekday;
    day.kind == DayKind::Attendance && (day.schedule == Some(pair.usual) || short)
}

/// The week that a date lies in, from 0, the week of the first release as read, or else of the first day with school;
/// weeks before it are below zero.
pub fn week_of(year: &Year, pair: &Pair, weekday: Weekday, date: Date) -> i64 {
    let school = |d: &&Day| d.kind == DayKind::Attendance;
    let short = |d: &&Day| school(d) && d.schedule == pair.short && d.date.weekday() == weekday;
    let released = year.days.iter().find(|d| pair.short.is_some() && short(d));
    let first = released.or_else(|| year.days.iter().find(school)).map_or(date, |d| d.date);
    days_between(monday_of(first), monday_of(date)).div_euclid(7)
}

/// The release as most schools have it; nothing where no day is short.
pub fn as_read(timetable: &Timetable, district: &District, schools: &[usize]) -> Option<AsRead> {
    let years = || schools.iter().flat_map(|s| timetable.schools[*s].years.iter().map(move |y| (*s, y)));
    let short_days = |weekday: Weekday| -> usize {
        let of_year = |(school, year): (usize, &Year)| {
            let short = short_schedules(timetable, &district.schools[school].grades, year);
            attended(year).filter(|(d, s)| d.date.weekday() == weekday && short.contains(s)).count()
        };
        years().map(of_year).sum()
    };
    let weekday = WEEKDAYS.into_iter().rev().max_by_key(|w| short_days(*w)).filter(|w| short_days(*w) > 0)?;
    let pairs: Vec<(&Year, Pair)> = years()
        .filter_map(|(s, y)| Some((y, pair(timetable, district, s, y, weekday)?)))
        .filter(|(_, pair)| pair.short.is_some())
        .collect();
    let often = |minutes: i64| pairs.iter().filter(|(_, p)| p.earlier == minutes).count();
    let minutes = pairs.iter().map(|(_, p)| p.earlier).max_by_key(|m| (often(*m), *m))?;
    let fits = |every: &i64| pairs.iter().all(|(year, pair)| rings_every(year, pair, weekday, *every));
    let every = (1..=MOST_WEEKS).find(fits).unwrap_or(1);
    Some(AsRead { minutes, weekday, every: u32::try_from(every).unwrap_or(1) })
}

/// A release less often than this is not one that comes at intervals \[weeks\].
const MOST_WEEKS: i64 = 20;

fn rings_every(year: &Year, pair: &Pair, weekday: Weekday, every: i64) -> bool {
    let of_weekday = year.days.iter().filter(|d| may_move(d, pair, weekday) && d.date.weekday() == weekday);
    of_weekday
        .into_iter()
        .all(|d| (d.schedule == pair.short) == (week_of(year, pair, weekday, d.date).rem_euclid(every) == 0))
}
