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
use serde::Serialize;

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

impl Serialize for Whose {
    fn serialize<S: serde::Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
        s.collect_str(self)
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

    /// Minutes by kind in a term of the year, by the term's place.
    pub fn term_total(&self, year: &Year, whose: &Whose, term: usize) -> MinutesByKind {
        let Some((_, first, last)) = year.terms.get(term) else { return MinutesByKind::default() };
        self.total(year, whose, |day| (*first..=*last).contains(&day.date))
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::bells::Kind;
    use crate::bells::PupilDay;
    use crate::bells::StaffDay;
    use crate::findings::Place;
    use crate::units::ClockTime;
    use crate::units::Grades;
    use crate::units::Minutes;
    use jiff::civil::date;
    use proptest::prelude::*;

    fn block(kind: Kind, from: &str, to: &str) -> Block {
        Block::new(None, kind, ClockTime::from_text(from).unwrap(), ClockTime::from_text(to).unwrap()).unwrap()
    }

    fn grade() -> Whose {
        Whose::Pupils(Grade::from_text("3").unwrap())
    }

    /// A Wednesday and the Monday after it, the Monday shorter; staff stay on for development on Monday.
    fn timetable() -> Timetable {
        let schedule = |id: &str, ends: &str, staff_kind: Kind| BellSchedule {
            id: id.into(),
            title: id.into(),
            pupils: vec![PupilDay {
                grades: Grades::from_text("K-5").unwrap(),
                blocks: vec![block(Kind::Instruction, "9:00", ends)],
            }],
            staff: vec![StaffDay {
                roles: vec!["teacher".into()],
                blocks: vec![block(Kind::Instruction, "9:00", ends), block(staff_kind, ends, "16:00")],
            }],
            written: Place::nowhere(),
        };
        let day = |on: Date, schedule: Option<usize>, kind: DayKind| Day { date: on, kind, schedule };
        let days = vec![
            day(date(2026, 9, 2), Some(0), DayKind::Attendance),
            day(date(2026, 9, 3), None, DayKind::Holiday),
            day(date(2026, 9, 7), Some(1), DayKind::Attendance),
        ];
        let terms = vec![("first".into(), date(2026, 9, 1), date(2026, 9, 4))];
        let year = Year { id: "2026-27".into(), days, terms };
        Timetable {
            schedules: vec![
                schedule("full", "15:00", Kind::Preparation),
                schedule("short", "13:30", Kind::ProfessionalDevelopment),
            ],
            schools: vec![SchoolTimetable { years: vec![year] }],
        }
    }

    #[test]
    fn the_student_day_and_the_staff_day_stay_apart() {
        let timetable = timetable();
        let (year, monday) = timetable.day(0, date(2026, 9, 7)).unwrap();
        assert_eq!(timetable.minutes(monday, &grade()).total(), Minutes(270)); // by hand: 9:00 to 13:30
        let staff = timetable.minutes(monday, &Whose::Staff("teacher".into()));
        assert_eq!(staff.of(Kind::ProfessionalDevelopment), Minutes(150)); // by hand: 13:30 to 16:00
        assert_eq!(staff.total(), Minutes(420));
        assert_eq!(year.id, "2026-27");
    }

    #[test]
    fn weeks_terms_and_years_add_up_their_days() {
        let timetable = timetable();
        let year = &timetable.schools[0].years[0];
        assert_eq!(timetable.total(year, &grade(), |_| true).total(), Minutes(630)); // by hand: 360 + 270
        assert_eq!(timetable.week_total(year, &grade(), date(2026, 9, 9)).total(), Minutes(270));
        assert_eq!(timetable.term_total(year, &grade(), 0).total(), Minutes(360));
        assert_eq!(timetable.term_total(year, &grade(), 1).total(), Minutes(0), "there is no second term");
    }

    #[test]
    fn nobody_has_minutes_on_a_day_without_bells_or_outside_the_year() {
        let timetable = timetable();
        let (_, holiday) = timetable.day(0, date(2026, 9, 3)).unwrap();
        assert!(timetable.blocks(holiday, &grade()).is_empty());
        assert!(timetable.day(0, date(2026, 9, 4)).is_none());
        let (_, day) = timetable.day(0, date(2026, 9, 2)).unwrap();
        assert!(timetable.blocks(day, &Whose::Pupils(Grade::from_text("9").unwrap())).is_empty());
    }

    proptest! {
        #[test]
        fn the_weeks_of_a_year_add_up_to_the_year(kept in prop::collection::vec(any::<bool>(), 3)) {
            let mut timetable = timetable();
            let mut keep = kept.iter();
            timetable.schools[0].years[0].days.retain(|_| *keep.next().unwrap());
            let year = timetable.schools[0].years[0].clone();
            let mondays: std::collections::BTreeSet<Date> = year.days.iter().map(|d| monday_of(d.date)).collect();
            let by_week: i64 = mondays.iter().map(|m| timetable.week_total(&year, &grade(), *m).total().0).sum();
            prop_assert_eq!(by_week, timetable.total(&year, &grade(), |_| true).total().0);
        }
    }
}
