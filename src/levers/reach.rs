//! What a lever reaches: schools, and the schedules whose days it moves in each of their years.
//!
//! Has the ground and what is asked, gives places. Knows no values.

use crate::levers::Ground;
use crate::levers::Moved;
use crate::levers::Unmoved;
use crate::levers::blocks::last_of_all;
use crate::levers::blocks::longest_day;
use crate::levers::blocks::pupils_day;
use crate::levers::told;
use crate::levers::usual::WEEKDAYS;
use crate::levers::usual::attended;
use crate::levers::usual::short_schedules;
use crate::levers::usual::usual_on;
use crate::timetable::Day;
use crate::timetable::Year;
use crate::units::Weekday;

/// Minutes after midnight of the last time of a day.
const LAST_MINUTE: i64 = 24 * 60 - 1;

/// What a lever reaches.
#[derive(Debug, Clone)]
pub struct Reach {
    /// The schools in which something is moved, by place.
    pub schools: Vec<usize>,
    /// For each of them and each of its years, the schedules that are moved.
    schedules: Vec<Vec<Vec<usize>>>,
    /// Only days of this weekday are moved, where there is one.
    weekday: Option<Weekday>,
}

impl Reach {
    /// Everything that rings on days of attendance.
    ///
    /// # Errors
    /// When pupils never come, in words.
    pub fn of_attendance(ground: &Ground, moved: &Moved) -> Result<Reach, Unmoved> {
        let with_pupils = |s: &usize| pupils_day(&ground.timetable.schedules[*s]).is_some();
        let of_year = |_: usize, year: &Year| {
            let mut all: Vec<usize> = attended(year).map(|(_, s)| s).filter(with_pupils).collect();
            all.sort_unstable();
            all.dedup();
            all
        };
        Reach::with(ground, &moved.schools, None, &of_year)
            .ok_or_else(|| Unmoved("Pupils never come to these schools, so there is nothing to move.".into()))
    }

    /// The short schedules, of one weekday if one is asked for, or where no school has one what usually rings on the
    /// weekday; with what it is now.
    ///
    /// # Errors
    /// When nothing rings on the weekday, in words.
    pub fn of_release(ground: &Ground, moved: &Moved) -> Result<(Reach, Vec<String>), Unmoved> {
        let grades = |school: usize| &ground.district.schools[school].grades;
        let on_weekday = |day: &Day| moved.weekday.is_none_or(|weekday| day.date.weekday() == weekday);
        let short = |school: usize, year: &Year| {
            let mut all = short_schedules(ground.timetable, grades(school), year);
            all.retain(|short| attended(year).any(|(day, schedule)| schedule == *short && on_weekday(day)));
            all
        };
        if let Some(reach) = Reach::with(ground, &moved.schools, moved.weekday, &short) {
            let now = told::release(ground, moved, &reach);
            return Ok((reach, now));
        }
        let weekday = moved.weekday.unwrap_or(Weekday::Monday);
        let usual = |_: usize, year: &Year| usual_on(year, weekday).into_iter().collect();
        let reach = Reach::with(ground, &moved.schools, Some(weekday), &usual)
            .ok_or_else(|| Unmoved(told::nothing_rings(weekday)))?;
        let now = told::release_without_short_days(ground, &reach, weekday);
        Ok((reach, now))
    }

    fn with(
        ground: &Ground,
        asked: &[usize],
        weekday: Option<Weekday>,
        of_year: &dyn Fn(usize, &Year) -> Vec<usize>,
    ) -> Option<Reach> {
        let of_school = |school: &usize| -> Vec<Vec<usize>> {
            ground.timetable.schools[*school].years.iter().map(|year| of_year(*school, year)).collect()
        };
        let mut reach = Reach { schools: Vec::new(), schedules: Vec::new(), weekday };
        for school in asked {
            let schedules = of_school(school);
            if schedules.iter().any(|s| !s.is_empty()) {
                reach.schools.push(*school);
                reach.schedules.push(schedules);
            }
        }
        (!reach.schools.is_empty()).then_some(reach)
    }

    /// Whether a day of attendance is moved.
    pub fn moves(&self, school: usize, year: usize, day: &Day, schedule: usize) -> bool {
        let place = self.schools.iter().position(|s| *s == school);
        let listed = place.is_some_and(|place| self.schedules[place][year].contains(&schedule));
        listed && self.weekday.is_none_or(|weekday| day.date.weekday() == weekday)
    }

    /// Every schedule that is moved, with the schools in which it is.
    pub fn by_schedule(&self) -> Vec<(usize, Vec<usize>)> {
        let mut all: Vec<(usize, Vec<usize>)> = Vec::new();
        for (school, years) in self.schools.iter().zip(&self.schedules) {
            for schedule in years.iter().flatten() {
                match all.iter_mut().find(|(known, _)| known == schedule) {
                    Some((_, schools)) if schools.last() != Some(school) => schools.push(*school),
                    Some(_) => {}
                    None => all.push((*schedule, vec![*school])),
                }
            }
        }
        all
    }

    /// The longest day of any pupils whose day is moved \[min\].
    pub fn longest_day(&self, ground: &Ground) -> i64 {
        let all = self.by_schedule().into_iter();
        all.filter_map(|(s, _)| longest_day(&ground.timetable.schedules[s])).max().unwrap_or(0)
    }

    /// Minutes by which all bells can ring later with the last of them before midnight.
    pub fn until_midnight(&self, ground: &Ground) -> i64 {
        let all = self.by_schedule().into_iter();
        LAST_MINUTE - all.filter_map(|(s, _)| last_of_all(&ground.timetable.schedules[s])).max().unwrap_or(LAST_MINUTE)
    }
}

/// The weekday on which short schedules ring most often, the first of those that are as frequent.
pub fn release_weekday(ground: &Ground, moved: &Moved) -> Option<Weekday> {
    let count = |weekday: Weekday| -> usize {
        let of_school = |school: &usize| {
            let grades = &ground.district.schools[*school].grades;
            let of_year = |year: &Year| {
                let short = short_schedules(ground.timetable, grades, year);
                attended(year).filter(|(d, s)| d.date.weekday() == weekday && short.contains(s)).count()
            };
            ground.timetable.schools[*school].years.iter().map(of_year).sum::<usize>()
        };
        moved.schools.iter().map(of_school).sum()
    };
    let counted = WEEKDAYS.into_iter().map(|weekday| (weekday, count(weekday)));
    counted.filter(|(_, n)| *n > 0).rev().max_by_key(|(_, n)| *n).map(|(weekday, _)| weekday)
}
