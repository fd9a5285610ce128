//! The timetable: what each school, grade and role gets on each date.
//!
//! Has calendars, bells and schools, gives days with their bell schedule and minutes by kind for a day, a
//! week, a term or a year; the student day and the staff day stay apart. Knows no rules and no people.

use crate::bells::BellSchedule;
use crate::bells::Block;
use crate::bells::MinutesByKind;
use crate::bells::minutes_by_kind;
use crate::calendar::Calendar;
use crate::calendar::DayKind;
use crate::calendar::monday_of;
use crate::district::District;
use crate::units::Date;
use crate::units::Grade;

/// Whose day it is: pupils of a grade, or staff of a role.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Whose {
    /// Pupils of a grade.
    Pupils(Grade),
    /// Staff of a role, by its id.
    Staff(String),
}

impl std::fmt::Display for Whose {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Whose::Pupils(grade) => write!(f, "grade {grade}"),
            Whose::Staff(role) => write!(f, "{role}"),
        }
    }
}

/// One day of one school.
#[derive(Debug, Clone, PartialEq)]
pub struct Day {
    /// The date.
    pub date: Date,
    /// What kind of day it is.
    pub kind: DayKind,
    /// Place of the bell schedule that rings, if one does.
    pub schedule: Option<usize>,
}

/// One school year of one school.
#[derive(Debug, Clone)]
pub struct Year {
    /// Such as `2025-26`.
    pub id: String,
    /// Every day in order.
    pub days: Vec<Day>,
    /// Terms as (id, first, last).
    pub terms: Vec<(String, Date, Date)>,
}

/// One school's years.
#[derive(Debug, Clone)]
pub struct SchoolTimetable {
    /// School years in order.
    pub years: Vec<Year>,
}

/// What each school gets on each date.
#[derive(Debug, Clone)]
pub struct Timetable {
    /// The bell schedules that days refer to.
    pub schedules: Vec<BellSchedule>,
    /// One entry a school, in the district's order.
    pub schools: Vec<SchoolTimetable>,
}

impl Timetable {
    /// The blocks that somebody has on a day; none when nothing rings for them.
    pub fn blocks(&self, day: &Day, whose: &Whose) -> &[Block] {
        let Some(schedule) = day.schedule else { return &[] };
        match whose {
            Whose::Pupils(grade) => self.schedules[schedule].pupil_blocks(*grade),
            Whose::Staff(role) => self.schedules[schedule].staff_blocks(role),
        }
    }

    /// Minutes by kind that somebody has on a day.
    pub fn minutes(&self, day: &Day, whose: &Whose) -> MinutesByKind {
        minutes_by_kind(self.blocks(day, whose))
    }

    /// Minutes by kind over all the days that `included` accepts.
    pub fn total(&self, year: &Year, whose: &Whose, included: impl Fn(&Day) -> bool) -> MinutesByKind {
        let mut sum = MinutesByKind::default();
        for day in year.days.iter().filter(|d| included(d)) {
            sum.add(&self.minutes(day, whose));
        }
        sum
    }

    /// Minutes by kind in the week (Monday to Sunday) of a date.
    pub fn week_total(&self, year: &Year, whose: &Whose, date: Date) -> MinutesByKind {
        let monday = monday_of(date);
        self.total(year, whose, |day| monday_of(day.date) == monday)
    }

    /// The day of a school on a date, with its year, if the date lies in one.
    pub fn day(&self, school: usize, date: Date) -> Option<(&Year, &Day)> {
        self.schools[school].years.iter().find_map(|year| {
            let place = year.days.binary_search_by_key(&date, |d| d.date).ok()?;
            Some((year, &year.days[place]))
        })
    }
}

/// Joins calendars, bells and schools.
///
/// The scenario room has checked that each school maps every name its calendar rings to a schedule; a name
/// that is not mapped means that nothing rings for that school on that day.
pub fn build(calendars: &[Calendar], schedules: &[BellSchedule], district: &District) -> Timetable {
    let schools = district
        .schools
        .iter()
        .map(|school| {
            let schedule_of = |rings: &Option<String>| rings.as_ref().and_then(|name| school.bells.get(name)).copied();
            let years = calendars[school.calendar]
                .years
                .iter()
                .map(|year| Year {
                    id: year.id.clone(),
                    days: year
                        .days
                        .iter()
                        .map(|d| Day { date: d.date, kind: d.kind, schedule: schedule_of(&d.rings) })
                        .collect(),
                    terms: year.terms.iter().map(|t| (t.id.clone(), t.first, t.last)).collect(),
                })
                .collect();
            SchoolTimetable { years }
        })
        .collect();
    Timetable { schedules: schedules.to_vec(), schools }
}
