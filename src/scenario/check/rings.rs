//! What rings where: calendars, schools and bells held against one another and against the years simulated.

use crate::bells::BellSchedule;
use crate::calendar::Calendar;
use crate::calendar::DayKind;
use crate::calendar::days_later;
use crate::district::District;
use crate::district::School;
use crate::findings::Finding;
use crate::findings::Findings;
use crate::scenario::check::header::Header;
use crate::units::Date;
use std::collections::BTreeMap;
use std::collections::BTreeSet;

/// Days of one simulated year: 52 weeks.
const DAYS_A_YEAR: i64 = 364;

/// A name that rings: the first date on which it does, and the first on which pupils attend.
#[derive(Debug, Clone, Copy)]
struct Rings {
    first: Date,
    attendance: Option<Date>,
}

/// Checks that every name that rings leads to bells, and that the calendars cover the years simulated.
pub fn check(
    header: &Header,
    calendars: &[Calendar],
    schedules: &[BellSchedule],
    district: &District,
    out: &mut Findings,
) {
    for (n, calendar) in calendars.iter().enumerate() {
        if district.schools.iter().any(|s| s.calendar == n) {
            check_horizon(header, calendar, out);
        } else {
            let finding =
                Finding::warning("calendar::unused", format!("no school follows the calendar `{}`", calendar.id));
            out.push(
                finding.at(&calendar.written.field("id"), "").help("name it as a school's `calendar`, or remove it"),
            );
        }
        let names = ringing(calendar);
        for school in district.schools.iter().filter(|s| s.calendar == n) {
            check_school(school, calendar, &names, schedules, out);
        }
        never(calendar, district.schools.iter().filter(|s| s.calendar == n), &names, out);
    }
}

/// Bells that a calendar never rings, one finding for all schools that have them.
fn never<'a>(
    calendar: &Calendar,
    schools: impl Iterator<Item = &'a School>,
    names: &BTreeMap<&str, Rings>,
    out: &mut Findings,
) {
    let mut idle: BTreeMap<&str, Vec<&School>> = BTreeMap::new();
    for school in schools {
        for name in school.bells.keys().filter(|name| !names.contains_key(name.as_str())) {
            idle.entry(name).or_default().push(school);
        }
    }
    for (name, schools) in idle {
        let more = match schools.len() - 1 {
            0 => String::new(),
            1 => " and one more school".to_string(),
            n => format!(" and {n} more schools"),
        };
        let message = format!("`{name}` never rings at `{}`{more}", schools[0].id);
        out.push(
            Finding::warning("rings::never", message)
                .at(&schools[0].written.field("bells").field(name), "these bells are not used")
                .help(format!("the calendar `{}` does not name it; remove it, or correct the name", calendar.id)),
        );
    }
}

fn ringing(calendar: &Calendar) -> BTreeMap<&str, Rings> {
    let mut names: BTreeMap<&str, Rings> = BTreeMap::new();
    for day in calendar.years.iter().flat_map(|y| &y.days) {
        let Some(name) = &day.rings else { continue };
        let rings = names.entry(name).or_insert(Rings { first: day.date, attendance: None });
        if day.kind == DayKind::Attendance && rings.attendance.is_none() {
            rings.attendance = Some(day.date);
        }
    }
    names
}

fn check_school(
    school: &School,
    calendar: &Calendar,
    names: &BTreeMap<&str, Rings>,
    schedules: &[BellSchedule],
    out: &mut Findings,
) {
    let place = school.written.field("bells");
    let known: BTreeSet<&str> = school.bells.keys().map(String::as_str).collect();
    for (name, rings) in names {
        match school.bells.get(*name) {
            None => out.push(
                Finding::error(
                    "rings::no_bells",
                    format!("`{name}` rings at `{}` on {}, but the school has no bells for it", school.id, rings.first),
                )
                .at(&place, format!("`{name}` is missing here"))
                .at(&calendar.written.field("id"), "this calendar rings it")
                .help(match crate::findings::nearest(name, known.iter().copied()) {
                    Some(near) => {
                        format!("add `\"{name}\": \"…\"` with the id of a bell schedule, or did you mean `{near}`?")
                    }
                    None => format!("add `\"{name}\": \"…\"` with the id of a bell schedule"),
                }),
            ),
            Some(schedule) => check_pupils(school, name, *rings, &schedules[*schedule], out),
        }
    }
}

/// On a day of attendance every grade of the school has something to attend.
fn check_pupils(school: &School, name: &str, rings: Rings, schedule: &BellSchedule, out: &mut Findings) {
    let Some(date) = rings.attendance else { return };
    let idle: Vec<String> =
        school.grades.iter().filter(|g| schedule.pupil_blocks(*g).is_empty()).map(|g| g.to_string()).collect();
    if idle.is_empty() {
        return;
    }
    out.push(
        Finding::error(
            "rings::no_pupils",
            format!(
                "pupils of grade {} attend `{}` on {date}, but have no blocks in `{}`",
                idle.join(", "),
                school.id,
                schedule.id
            ),
        )
        .at(&school.written.field("bells").field(name), "rings on days of attendance")
        .at(&schedule.written.field("pupils"), "has no blocks for them")
        .help("add `Pupils(…)` for these grades, or let another schedule ring"),
    );
}

/// Each simulated year should meet a school year, and one of them must.
fn check_horizon(header: &Header, calendar: &Calendar, out: &mut Findings) {
    let meets = |n: i64| {
        let from = days_later(header.from, n * DAYS_A_YEAR);
        let until = days_later(from, DAYS_A_YEAR - 1);
        calendar.years.iter().any(|y| y.first <= until && from <= y.last)
    };
    let n_years = i64::from(header.school_years);
    let without: Vec<String> =
        (0..n_years).filter(|n| !meets(*n)).map(|n| days_later(header.from, n * DAYS_A_YEAR).to_string()).collect();
    if without.is_empty() {
        return;
    }
    let place = calendar.written.field("years");
    let last = days_later(header.from, n_years * DAYS_A_YEAR - 1);
    out.push(if without.len() == header.school_years as usize {
        Finding::error(
            "rings::no_school_year",
            format!("the calendar `{}` has no school year between {} and {last}", calendar.id, header.from),
        )
        .at(&place, "no year here lies in that time")
        .at(&header.place.field("from"), "the scenario begins here")
        .help("add the school years, or correct `from`")
    } else {
        Finding::warning(
            "rings::year_missing",
            format!(
                "the calendar `{}` has no school year in the 52 weeks from {}",
                calendar.id,
                without.join(" and from ")
            ),
        )
        .at(&place, "nothing is learned in that time")
        .at(&header.place.field("school_years"), "though the scenario lasts so long")
        .help("add the school year, or simulate fewer years")
    });
}
