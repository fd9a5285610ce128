//! Random districts: one to three schools, grades and roles, bells and calendars with everything that calendars have.

use crate::bells::BellSchedule;
use crate::bells::Block;
use crate::bells::Kind;
use crate::bells::PupilDay;
use crate::bells::StaffDay;
use crate::calendar::DayKind;
use crate::calendar::days_later;
use crate::clauses::examples;
use crate::clauses::obvious::choices::Choices;
use crate::clauses::obvious::everybody::World;
use crate::district::District;
use crate::district::School;
use crate::findings::Place;
use crate::timetable::Day;
use crate::timetable::SchoolTimetable;
use crate::timetable::Timetable;
use crate::timetable::Year;
use crate::units::Date;
use crate::units::Grades;
use jiff::civil::date;

pub const SCHOOLS: [&str; 3] = ["oak", "elm", "ash"];
pub const ROLES: [&str; 3] = ["teacher", "coach", "aide"];

/// A random district with its timetable.
pub fn world(choose: &mut Choices) -> World {
    let schedules: Vec<BellSchedule> = (0..choose.between(3, 4)).map(|n| schedule(choose, n)).collect();
    let staff_only = staff_only(choose);
    let schedules = [schedules, vec![staff_only]].concat();
    let n_calendars = choose.between(1, 2) as usize;
    let n_years = choose.one_of(&[1, 1, 1, 1, 2]);
    let calendars: Vec<Vec<Year>> = (0..n_calendars).map(|_| years(choose, n_years, schedules.len())).collect();
    let n_schools = choose.one_of(&[1, 1, 2, 2, 3]);
    let coaches_are_shared = choose.happens(50);
    let schools: Vec<School> = (0..n_schools).map(|n| school(choose, n, coaches_are_shared)).collect();
    let timetables = schools.iter().map(|_| SchoolTimetable { years: choose.one_of(&calendars) }).collect();
    let mut roles: Vec<_> = ROLES.iter().map(|id| examples::role(id)).collect();
    for role in &mut roles[1..] {
        role.takes_up_practice = false;
    }
    if coaches_are_shared {
        roles[1].one_per_educators = Some(choose.one_of(&[10.0, 3.0, 7.0, 25.0]));
    }
    World {
        district: District { name: "Any".into(), roles, schools },
        timetable: Timetable { schedules, schools: timetables },
    }
}

fn school(choose: &mut Choices, n: usize, coaches_are_shared: bool) -> School {
    let grades = Grades::from_text(choose.one_of(&["3", "3-4", "2-3", "4-5", "2-4"])).unwrap();
    let mut pupils = Vec::new();
    for grade in grades.iter() {
        if !choose.happens(10) {
            pupils.push((grade, choose.one_of(&[10, 25, 0, 40, 17, 33])));
        }
    }
    let mut positions = vec![(0, choose.one_of(&[5, 12, 1, 7, 0]))];
    if !coaches_are_shared {
        positions.push((1, choose.one_of(&[1, 0, 2, 3])));
    }
    if choose.happens(40) {
        positions.push((2, choose.one_of(&[1, 4, 0])));
    }
    School {
        id: SCHOOLS[n].into(),
        name: SCHOOLS[n].into(),
        state: if choose.happens(15) { "WI".into() } else { "IL".into() },
        grades,
        pupils,
        positions,
        ..examples::district("3", &[]).schools.remove(0)
    }
}

/// Blocks one after the other from a minute on, now and then with time between them.
fn line(choose: &mut Choices, kinds: &[Kind], from: i64, n: i64) -> Vec<Block> {
    let mut at = from;
    let mut blocks = Vec::new();
    for _ in 0..n {
        let length = choose.between(3, 30);
        blocks.push(examples::minutes_block(choose.one_of(kinds), at, length));
        at += length + choose.one_of(&[0, 0, 0, 0, 4]);
    }
    blocks
}

fn ends(blocks: &[Block]) -> i64 {
    blocks.last().map_or(0, |b| b.rings_out().after_midnight().0 - 480)
}

const LESSONS: [Kind; 6] =
    [Kind::Instruction, Kind::Instruction, Kind::Recess, Kind::Passing, Kind::Homeroom, Kind::Recess];
const WORK: [Kind; 5] =
    [Kind::Preparation, Kind::Instruction, Kind::Duty, Kind::Preparation, Kind::ProfessionalDevelopment];

/// Pupils' lessons by grades, and staff at work before, during and after them; now and then somebody is absent.
fn schedule(choose: &mut Choices, n: i64) -> BellSchedule {
    let mut pupils = Vec::new();
    for grades in choose.one_of(&[vec!["PK-12"], vec!["PK-3", "4-12"], vec!["PK-2", "3-12"]]) {
        let (from, n_blocks) = (choose.between(10, 20), choose.between(2, 4));
        let blocks = line(choose, &LESSONS, from, n_blocks);
        if !choose.happens(6) {
            pupils.push(PupilDay { grades: Grades::from_text(grades).unwrap(), blocks });
        }
    }
    let pupils_leave = pupils.iter().map(|d| ends(&d.blocks)).max().unwrap_or(0);
    let mut staff = Vec::new();
    for roles in choose.one_of(&[vec![vec!["teacher"], vec!["coach"]], vec![vec!["teacher", "coach"], vec!["aide"]]]) {
        let (from, n_blocks) = (choose.between(0, 25), choose.between(1, 3));
        let mut blocks = line(choose, &WORK, from, n_blocks);
        if choose.happens(70) {
            let after = ends(&blocks).max(pupils_leave - 5);
            blocks.push(examples::minutes_block(Kind::ProfessionalDevelopment, after, choose.between(2, 40)));
        }
        if !choose.happens(6) {
            staff.push(StaffDay { roles: roles.into_iter().map(Into::into).collect(), blocks });
        }
    }
    BellSchedule { id: format!("bells-{n}"), title: String::new(), pupils, staff, written: Place::nowhere() }
}

/// What rings on days without pupils; now and then the older grades come all the same.
fn staff_only(choose: &mut Choices) -> BellSchedule {
    let roles = choose.one_of(&[vec!["teacher", "coach"], vec!["teacher"], vec!["teacher", "coach", "aide"]]);
    let blocks = line(choose, &[Kind::ProfessionalDevelopment, Kind::Meeting, Kind::Preparation], 0, 2);
    let staff = vec![StaffDay { roles: roles.into_iter().map(Into::into).collect(), blocks }];
    let pupils = match choose.happens(25) {
        true => vec![PupilDay { grades: Grades::from_text("4-12").unwrap(), blocks: line(choose, &LESSONS, 5, 2) }],
        false => vec![],
    };
    BellSchedule { id: "staff-only".into(), title: String::new(), pupils, staff, written: Place::nowhere() }
}

fn years(choose: &mut Choices, n_years: usize, n_schedules: usize) -> Vec<Year> {
    let first = days_later(date(2025, 9, 1), choose.between(0, 6));
    let mut years = vec![year(choose, "2025-26", first, n_schedules)];
    if n_years == 2 {
        let last = years[0].days[years[0].days.len() - 1].date;
        let next = days_later(last, choose.between(1, 25));
        years.push(year(choose, "2026-27", next, n_schedules));
    }
    years
}

/// Mostly one thing rings all week but for one weekday, as districts with a short day have it.
fn year(choose: &mut Choices, id: &str, first: Date, n_schedules: usize) -> Year {
    let usual = choose.below(n_schedules - 1);
    let mut week = [Some(usual); 5];
    match choose.one_of(&["one", "one", "one", "any"]) {
        "one" => week[choose.below(5)] = Some(choose.below(n_schedules - 1)),
        _ => week.iter_mut().for_each(|ring| *ring = Some(choose.below(n_schedules - 1)).filter(|n| *n != 2)),
    }
    let (n_days, every_other_week) = (choose.one_of(&[28, 18, 33, 12, 40, 61]), choose.happens(20));
    let mut days = Vec::new();
    for n in 0..n_days {
        let date = days_later(first, n);
        let weekday = date.weekday().to_monday_zero_offset() as usize;
        let usual = if every_other_week && (n / 7) % 2 == 1 { Some(usual) } else { None };
        let ring = week.get(weekday).copied().flatten().map(|ring| usual.unwrap_or(ring));
        let kind = if ring.is_some() { DayKind::Attendance } else { DayKind::Weekend };
        days.push(Day { date, kind, schedule: ring });
    }
    let staff_only = n_schedules - 1;
    for _ in 0..choose.between(0, 6) {
        let day = choose.below(days.len());
        let special = choose.one_of(&[
            (DayKind::Holiday, None),
            (DayKind::Holiday, None),
            (DayKind::Institute, Some(staff_only)),
            (DayKind::Institute, None),
            (DayKind::Conference, Some(staff_only)),
            (DayKind::Conference, Some(usual)),
            (DayKind::Conference, None),
            (DayKind::Emergency, None),
            (DayKind::Attendance, Some(0)),
            (DayKind::Attendance, Some(n_schedules - 2)),
        ]);
        (days[day].kind, days[day].schedule) = special;
    }
    let terms = terms(choose, &days);
    Year { id: id.into(), days, terms }
}

/// No terms, halves, halves with days between them, or terms of two kinds that overlap.
fn terms(choose: &mut Choices, days: &[Day]) -> Vec<(String, Date, Date)> {
    let at = |n: usize| days[n.min(days.len() - 1)].date;
    let (half, third, end) = (days.len() / 2, days.len() / 3, days.len());
    let all = |all: &[(usize, usize)]| {
        let term = |(n, (from, to)): (usize, &(usize, usize))| (format!("term-{n}"), at(*from), at(*to));
        all.iter().enumerate().map(term).collect::<Vec<_>>()
    };
    match choose.below(8) {
        0..=2 => all(&[(0, half), (half + 1, end)]),
        3 | 4 => all(&[(0, third), (half, end)]),
        5 => all(&[(0, end)]),
        6 => all(&[(0, half), (half + 1, end), (0, third), (third + 1, end)]),
        _ => vec![],
    }
}
