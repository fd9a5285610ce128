//! Small districts, bells and clauses for the tests of this room.

use crate::bells::BellSchedule;
use crate::bells::Block;
use crate::bells::Kind;
use crate::bells::PupilDay;
use crate::bells::StaffDay;
use crate::calendar::Calendar;
use crate::calendar::DayKind;
use crate::calendar::Special;
use crate::calendar::YearRules;
use crate::calendar::lay_days;
use crate::clauses::Amount;
use crate::clauses::Applies;
use crate::clauses::Cap;
use crate::clauses::Clause;
use crate::clauses::DatedValue;
use crate::clauses::Exception;
use crate::clauses::Figure;
use crate::clauses::Government;
use crate::clauses::Lawbook;
use crate::clauses::Limit;
use crate::clauses::MakeUpDays;
use crate::clauses::Measure;
use crate::clauses::Order;
use crate::clauses::Requirement;
use crate::clauses::Rule;
use crate::clauses::Side;
use crate::clauses::Verdict;
use crate::clauses::When;
use crate::clauses::Window;
use crate::clauses::judge;
use crate::district::Backfill;
use crate::district::District;
use crate::district::Level;
use crate::district::Role;
use crate::district::School;
use crate::findings::Place;
use crate::luck::Uncertain;
use crate::timetable;
use crate::timetable::Timetable;
use crate::units::ClockTime;
use crate::units::Date;
use crate::units::Dollars;
use crate::units::Grade;
use crate::units::Grades;
use crate::units::Minutes;
use crate::units::Share;
use jiff::civil::date;

pub fn block(kind: Kind, from: &str, to: &str) -> Block {
    Block::new(None, kind, ClockTime::from_text(from).unwrap(), ClockTime::from_text(to).unwrap()).unwrap()
}

/// A block that begins so many minutes after 8:00 and lasts so long.
pub fn minutes_block(kind: Kind, begins: i64, minutes: i64) -> Block {
    let at = |m: i64| format!("{}:{:02}", 8 + m / 60, m % 60);
    block(kind, &at(begins), &at(begins + minutes))
}

pub fn grade(text: &str) -> Grade {
    Grade::from_text(text).unwrap()
}

/// A schedule for all grades and for teachers.
pub fn schedule(id: &str, pupils: Vec<Block>, staff: Vec<Block>) -> BellSchedule {
    let day = PupilDay { grades: Grades::ALL, blocks: pupils };
    let staff = StaffDay { roles: vec!["teacher".into()], blocks: staff };
    BellSchedule {
        id: id.into(),
        title: id.into(),
        pupils: if day.blocks.is_empty() { vec![] } else { vec![day] },
        staff: if staff.blocks.is_empty() { vec![] } else { vec![staff] },
        written: Place::nowhere(),
    }
}

/// A schedule with so many minutes of instruction, and development of staff for so long afterwards.
pub fn plain(id: &str, instruction: i64, development: i64) -> BellSchedule {
    let mut staff = vec![minutes_block(Kind::Instruction, 0, instruction)];
    if development > 0 {
        staff.push(minutes_block(Kind::ProfessionalDevelopment, instruction, development));
    }
    schedule(id, vec![minutes_block(Kind::Instruction, 0, instruction)], staff)
}

/// A year in which `monday` rings on Mondays and `full` from Tuesday to Friday.
pub fn year(id: &str, first: Date, last: Date) -> YearRules {
    let full = || Some("full".to_string());
    YearRules {
        id: id.into(),
        first,
        last,
        terms: vec![],
        week: [Some("monday".into()), full(), full(), full(), full(), None, None],
        alternate: vec![],
        special: vec![],
        emergency_days: 0,
        written: Place::nowhere(),
    }
}

/// Four full weeks: Monday 1 September to Friday 26 September 2025.
pub fn four_weeks() -> YearRules {
    year("2025-26", date(2025, 9, 1), date(2025, 9, 26))
}

pub fn special(kind: DayKind, dates: &[Date], rings: Option<&str>) -> Special {
    Special { kind, name: None, dates: dates.to_vec(), rings: rings.map(Into::into), written: Place::nowhere() }
}

pub fn role(id: &str) -> Role {
    Role {
        id: id.into(),
        title: id.into(),
        takes_up_practice: true,
        one_per_educators: None,
        hours_per_week: 0.0,
        travel: Share::new(0.0).unwrap(),
        knows: vec![],
        grades: Grades::ALL,
        strengths: vec![],
        retooling_hours: Uncertain::Fixed(0.0),
        retooling_hours_per_week: 0.0,
        cost_per_year: Dollars::new(0.0),
        backfill: Backfill::Nobody,
        duty_hours_per_week: 0.0,
        needs: None,
        written: Place::nowhere(),
    }
}

/// One school `oak` in Illinois with these grades and ten teachers, on the first calendar; each schedule rings
/// under its own id.
pub fn district(grades: &str, schedules: &[BellSchedule]) -> District {
    let school = School {
        id: "oak".into(),
        name: "Oak".into(),
        state: "IL".into(),
        level: Level::Elementary,
        grades: Grades::from_text(grades).unwrap(),
        pupils: vec![],
        positions: vec![(0, 10)],
        team_size: 4,
        calendar: 0,
        bells: schedules.iter().enumerate().map(|(n, s)| (s.id.clone(), n)).collect(),
        leaders_support: Share::new(0.5).unwrap(),
        families_support: Share::new(0.5).unwrap(),
        written: Place::nowhere(),
    };
    District { name: "Example".into(), roles: vec![role("teacher"), role("principal")], schools: vec![school] }
}

pub fn timetable(years: &[YearRules], schedules: &[BellSchedule], district: &District) -> Timetable {
    let years = years.iter().map(|y| lay_days(y).unwrap()).collect();
    let calendar = Calendar { id: "district".into(), years, written: Place::nowhere() };
    timetable::build(&[calendar], schedules, district)
}

pub fn limit(measure: Measure, side: Side, per: Window, amount: Amount) -> Limit {
    let values = vec![DatedValue { from: None, until: None, amount, source: None }];
    Limit {
        measure,
        credits: vec![],
        side,
        per,
        figure: Figure::Total,
        averaged: None,
        rounding: None,
        values,
        written: Place::nowhere(),
    }
}

pub fn applies() -> Applies {
    Applies { states: vec![], schools: vec![], grades: Grades::ALL, roles: vec![], days: vec![] }
}

pub fn clause(requires: Requirement, unless: Vec<Exception>) -> Clause {
    Clause {
        id: "clause".into(),
        title: "A clause".into(),
        source: None,
        section: String::new(),
        text: String::new(),
        order: Order::Statute,
        changed_by: Government::State,
        waivable_by: vec![],
        checked_on: None,
        applies: applies(),
        rule: Rule::Computable { requires, unless },
        penalty: None,
        assumed: false,
        written: Place::nowhere(),
    }
}

pub fn limit_clause(limit: Limit) -> Clause {
    clause(Requirement::Limit(limit), vec![])
}

pub fn instruction() -> Measure {
    pupil_minutes(vec![Kind::Instruction, Kind::Homeroom, Kind::Passing], vec![])
}

pub fn pupil_minutes(counts: Vec<Kind>, caps: Vec<Cap>) -> Measure {
    Measure::PupilMinutes { counts, caps, in_blocks_of: None, between: None }
}

pub fn hours_a_day(hours: i64) -> Limit {
    limit(instruction(), Side::AtLeast, Window::Day, Amount::Hours(Minutes(60 * hours)))
}

pub fn development() -> When {
    When::RemainderIs { kinds: vec![Kind::ProfessionalDevelopment], role: "teacher".into() }
}

/// Regular short days of three hours, the rest of the day for staff, made up until the next one.
pub fn d3() -> Exception {
    Exception {
        id: "d-3".into(),
        text: String::new(),
        when: vec![When::Limit(hours_a_day(3)), development(), When::Regular],
        at_most_days: None,
        makes_up: Some(MakeUpDays::UntilNext),
        written: Place::nowhere(),
    }
}

/// Short days of three hours, the rest of the day for staff, on ten days a year.
pub fn d1() -> Exception {
    Exception {
        id: "d-1".into(),
        text: String::new(),
        when: vec![When::Limit(hours_a_day(3)), development()],
        at_most_days: Some((10, Window::Year)),
        makes_up: None,
        written: Place::nowhere(),
    }
}

/// The five clock hours of Illinois with both exceptions.
pub fn illinois() -> Clause {
    clause(Requirement::Limit(hours_a_day(5)), vec![d1(), d3()])
}

/// The answers for one clause in the example school.
pub fn verdicts(clause: Clause, years: &[YearRules], schedules: &[BellSchedule], grades: &str) -> Vec<Verdict> {
    let district = district(grades, schedules);
    let timetable = timetable(years, schedules, &district);
    judge(&Lawbook::of_clauses(&[clause]), &district, &timetable).list
}
