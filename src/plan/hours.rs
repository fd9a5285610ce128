//! Hours that the timetable delivers, week by week; the same in every replicate.

use crate::bells::Kind;
use crate::calendar::DayKind;
use crate::district::District;
use crate::plan::Delivered;
use crate::plan::Horizon;
use crate::plan::LearningTime;
use crate::plan::WeeklyHours;
use crate::timetable::Day;
use crate::timetable::Timetable;
use crate::timetable::Whose;
use std::sync::Arc;

/// Days of a full school week.
pub const DAYS_OF_A_WEEK: f64 = 5.0;

/// Hours of one role in one school, by week of the horizon.
struct RoleHours {
    /// By learning time and week.
    learning: Vec<Vec<f64>>,
    contact: Vec<f64>,
    non_contact: Vec<f64>,
}

/// Hours of one school.
#[derive(Debug, Clone, PartialEq)]
pub struct SchoolHours {
    /// Part of a full school week that each week is: attendance days over five.
    pub school_week: Arc<[f64]>,
    /// The week in which each school year ends, with the year's id.
    pub year_ends: Vec<(String, usize)>,
    /// Place of each role that takes up the practice.
    pub roles: Vec<usize>,
    /// Hours of each learning time, by week, learning time and role \[h\], before anybody is asked whether it is given.
    pub learning: Arc<WeeklyHours>,
    /// Hours with pupils, by week and role, in a single list \[h\].
    pub contact: WeeklyHours,
    /// Hours at work without pupils, duty or lunch, likewise \[h\].
    pub non_contact: Arc<WeeklyHours>,
}

/// Hours that the timetable delivers, by school. What is the same in several schools is one list.
#[derive(Debug, Clone, PartialEq)]
pub struct TimetabledHours {
    /// One entry a school.
    pub schools: Vec<SchoolHours>,
}

/// Reads the hours of every school, week and role that takes up the practice from the timetable.
pub fn timetabled_hours(
    district: &District,
    timetable: &Timetable,
    learning: &[LearningTime],
    horizon: &Horizon,
) -> TimetabledHours {
    let mut schools: Vec<SchoolHours> = Vec::with_capacity(district.schools.len());
    for place in 0..district.schools.len() {
        let mut school = school_hours(district, timetable, learning, horizon, place);
        share(&mut school.school_week, schools.iter().map(|before| &before.school_week));
        share(&mut school.learning, schools.iter().map(|before| &before.learning));
        share(&mut school.non_contact, schools.iter().map(|before| &before.non_contact));
        schools.push(school);
    }
    TimetabledHours { schools }
}

/// Takes one that is there before in place of an equal one.
fn share<'a, T: PartialEq + ?Sized + 'a>(own: &mut Arc<T>, mut before: impl Iterator<Item = &'a Arc<T>>) {
    if let Some(equal) = before.find(|other| **other == *own) {
        *own = equal.clone();
    }
}

fn school_hours(
    district: &District,
    timetable: &Timetable,
    learning: &[LearningTime],
    horizon: &Horizon,
    school: usize,
) -> SchoolHours {
    let days: Vec<(usize, &Day)> = timetable.schools[school]
        .years
        .iter()
        .flat_map(|year| &year.days)
        .filter_map(|day| Some((horizon.week_of(day.date)?, day)))
        .collect();
    let mut attendance_days = vec![0u32; horizon.n_weeks()];
    for (week, day) in &days {
        attendance_days[*week] += u32::from(day.kind == DayKind::Attendance);
    }
    let school_week: Vec<f64> = attendance_days.iter().map(|d| f64::from(*d) / DAYS_OF_A_WEEK).collect();
    let positions = district.schools[school].positions.iter().map(|(role, _)| *role);
    let roles: Vec<usize> = positions.filter(|role| district.roles[*role].takes_up_practice).collect();
    let each: Vec<RoleHours> = (roles.iter())
        .map(|role| role_hours(district, timetable, learning, horizon, &days, &school_week, *role))
        .collect();
    let weekly = |n_lists: usize, of: &dyn Fn(&RoleHours, usize, usize) -> f64| {
        WeeklyHours::new(horizon.n_weeks(), (n_lists, roles.len()), |week, list, role| of(&each[role], list, week))
    };
    let year_ends = timetable.schools[school]
        .years
        .iter()
        .filter_map(|year| {
            let last = year.days.iter().rev().find(|d| d.kind == DayKind::Attendance)?;
            Some((year.id.clone(), horizon.week_of(last.date)?))
        })
        .collect();
    SchoolHours {
        school_week: school_week.into(),
        year_ends,
        learning: Arc::new(weekly(learning.len(), &|role, list, week| role.learning[list][week])),
        contact: weekly(1, &|role, _, week| role.contact[week]),
        non_contact: Arc::new(weekly(1, &|role, _, week| role.non_contact[week])),
        roles,
    }
}

fn role_hours(
    district: &District,
    timetable: &Timetable,
    learning: &[LearningTime],
    horizon: &Horizon,
    days: &[(usize, &Day)],
    school_week: &[f64],
    role: usize,
) -> RoleHours {
    let whose = Whose::Staff(district.roles[role].id.clone());
    let mut hours = RoleHours {
        learning: learning.iter().map(|l| fixed_hours(l, horizon, school_week)).collect(),
        contact: vec![0.0; horizon.n_weeks()],
        non_contact: vec![0.0; horizon.n_weeks()],
    };
    for (week, day) in days {
        let minutes = timetable.minutes(day, &whose);
        for kind in Kind::ALL {
            let h = minutes.of(kind).as_hours();
            match kind {
                Kind::Instruction | Kind::Homeroom | Kind::Passing => hours.contact[*week] += h,
                Kind::Preparation | Kind::DirectedPreparation | Kind::ProfessionalDevelopment | Kind::Meeting => {
                    hours.non_contact[*week] += h;
                }
                Kind::Lunch | Kind::Recess | Kind::DutyFreeLunch | Kind::Duty => {}
            }
        }
        for (place, time) in learning.iter().enumerate() {
            hours.learning[place][*week] += time.on_practice.as_f64() * timetabled(timetable, day, &whose, time);
        }
    }
    hours
}

/// Hours that a learning time has whatever the bells say: on its own dates, or in every school week.
fn fixed_hours(time: &LearningTime, horizon: &Horizon, school_week: &[f64]) -> Vec<f64> {
    let part = time.on_practice.as_f64();
    let mut hours = vec![0.0; horizon.n_weeks()];
    match &time.delivered {
        Delivered::OnDates { dates, hours_each } => {
            for week in dates.iter().filter_map(|d| horizon.week_of(*d)) {
                hours[week] += part * hours_each;
            }
        }
        Delivered::Weekly(h) => {
            for (week, of_full) in school_week.iter().enumerate() {
                hours[week] = part * h * of_full.min(1.0);
            }
        }
        Delivered::InBlocks(_) | Delivered::OnDays(_) | Delivered::OfKind(_) => {}
    }
    hours
}

fn timetabled(timetable: &Timetable, day: &Day, whose: &Whose, time: &LearningTime) -> f64 {
    match &time.delivered {
        Delivered::InBlocks(id) => {
            let named = timetable.blocks(day, whose).iter().filter(|b| b.id.as_deref() == Some(id.as_str()));
            named.map(|b| b.length().as_hours()).sum()
        }
        Delivered::OnDays(kind) if day.kind == *kind => {
            timetable.minutes(day, whose).of(Kind::ProfessionalDevelopment).as_hours()
        }
        Delivered::OfKind(kind) if day.kind == DayKind::Attendance => {
            timetable.minutes(day, whose).of(*kind).as_hours()
        }
        Delivered::OnDays(_) | Delivered::OfKind(_) | Delivered::OnDates { .. } | Delivered::Weekly(_) => 0.0,
    }
}
