//! Calendars: dates that exist, school years in order, every day laid out.

use crate::calendar;
use crate::calendar::Alternate;
use crate::calendar::Calendar;
use crate::calendar::DayKind;
use crate::calendar::SchoolYear;
use crate::calendar::Special;
use crate::calendar::Term;
use crate::calendar::YearRules;
use crate::calendar::days_between;
use crate::calendar::days_later;
use crate::findings::Finding;
use crate::findings::Findings;
use crate::findings::Place;
use crate::scenario::check::ids::twice;
use crate::scenario::check::sections::Sections;
use crate::scenario::check::sections::Written;
use crate::scenario::check::values;
use crate::scenario::raw;
use crate::units::Date;
use crate::units::Weekday;

/// Checks all calendars.
pub fn check(all: &Sections, out: &mut Findings) -> Option<Vec<Calendar>> {
    let calendars: Vec<_> = all.calendars.iter().map(|c| one(c, out)).collect();
    calendars.into_iter().collect()
}

fn one(item: &Written<raw::Calendar>, out: &mut Findings) -> Option<Calendar> {
    let mut week: [Option<String>; 7] = Default::default();
    for (weekday, rings) in &item.raw.week.0 {
        let weekday: Weekday = (*weekday).into();
        week[weekday.to_monday_zero_offset() as usize] = Some(rings.clone());
    }
    let place = item.place.field("alternate");
    let alternate: Vec<_> = item.raw.alternate.iter().enumerate().map(|(n, a)| every(a, &place.item(n), out)).collect();
    let alternate: Option<Vec<Alternate>> = alternate.into_iter().collect();
    let place = item.place.field("years");
    let mut years: Vec<Option<SchoolYear>> = Vec::new();
    for (n, raw) in item.raw.years.iter().enumerate() {
        let place = place.item(n);
        if let Some(first) = item.raw.years[..n].iter().position(|y| y.id == raw.id) {
            out.push(twice("school year", &raw.id, &item.place.field("years").item(first), &place));
        }
        let alternate = alternate.clone().unwrap_or_default();
        years.push(year(raw, &place, week.clone(), alternate, out));
    }
    let years: Vec<SchoolYear> = years.into_iter().collect::<Option<_>>()?;
    check_order(&years, out);
    alternate?;
    Some(Calendar { id: item.id.to_string(), years, written: item.place.clone() })
}

fn every(raw: &raw::Every, place: &Place, out: &mut Findings) -> Option<Alternate> {
    let every_weeks = values::whole(&raw.weeks, 1..=52, "the number of weeks", &place.field("weeks"), out);
    let starting = values::date(&raw.starting, &place.field("starting"), out);
    let weekday: Weekday = raw.on.into();
    if let Some(date) = starting.filter(|d| d.weekday() != weekday) {
        out.push(
            Finding::error("calendar::other_weekday", format!("{date} is a {:?}, not a {weekday:?}", date.weekday()))
                .at(&place.field("starting"), "starts here")
                .at(&place.field("on"), "but rings on this day")
                .help("write the first date on which it rings"),
        );
        return None;
    }
    let written = place.clone();
    Some(Alternate { weekday, every_weeks: every_weeks?, starting: starting?, rings: raw.rings.clone(), written })
}

fn year(
    raw: &raw::SchoolYear,
    place: &Place,
    week: [Option<String>; 7],
    alternate: Vec<Alternate>,
    out: &mut Findings,
) -> Option<SchoolYear> {
    let first = values::date(&raw.first, &place.field("first"), out);
    let last = values::date(&raw.last, &place.field("last"), out);
    let terms = terms(raw, &place.field("terms"), out);
    let days = place.field("days");
    let special: Vec<_> = raw.days.iter().enumerate().map(|(n, s)| special(s, &days.item(n), out)).collect();
    let special: Option<Vec<Special>> = special.into_iter().collect();
    let emergency =
        values::whole(&raw.emergency_days, 0..=60, "the number of emergency days", &place.field("emergency_days"), out);
    let rules = YearRules {
        id: raw.id.clone(),
        first: first?,
        last: last?,
        terms: terms?,
        week,
        alternate,
        special: special?,
        emergency_days: emergency?,
        written: place.clone(),
    };
    match calendar::lay_days(&rules) {
        Ok(year) => {
            idle_days(&rules, out);
            Some(year)
        }
        Err(findings) => {
            out.extend(findings);
            None
        }
    }
}

/// Days that change nothing. `lay_days` keeps its warnings to itself when it finds no error.
fn idle_days(rules: &YearRules, out: &mut Findings) {
    for entry in rules.special.iter().filter(|s| s.rings.is_none() && s.kind != DayKind::Break) {
        for date in &entry.dates {
            if rules.week[date.weekday().to_monday_zero_offset() as usize].is_none() {
                out.push(
                    Finding::warning(
                        "calendar::weekend",
                        format!("{date} is a {:?}, on which nothing rings anyway", date.weekday()),
                    )
                    .at(&entry.written, format!("this {} day changes nothing", entry.kind.name()))
                    .help("check the date, or leave it out"),
                );
            }
        }
    }
}

fn terms(raw: &raw::SchoolYear, place: &Place, out: &mut Findings) -> Option<Vec<Term>> {
    let mut terms: Vec<Option<Term>> = Vec::new();
    for (n, raw) in raw.terms.iter().enumerate() {
        let (first, last) = (place.item(n).field("first"), place.item(n).field("last"));
        let written = [(raw.first.as_str(), first), (raw.last.as_str(), last)];
        terms.push(term(&raw.id, written, terms.last().and_then(Option::as_ref), out));
    }
    terms.into_iter().collect()
}

/// A term from its first day to its last, each with its place; it begins after the one before has ended.
pub fn term(
    id: &str,
    [(first, first_at), (last, last_at)]: [(&str, Place); 2],
    before: Option<&Term>,
    out: &mut Findings,
) -> Option<Term> {
    let (first, last) = (values::date(first, &first_at, out), values::date(last, &last_at, out));
    if let (Some(before), Some(first)) = (before, first)
        && first <= before.last
    {
        out.push(
            Finding::error(
                "calendar::terms_overlap",
                format!("term `{id}` begins on {first}, when `{}` has not ended", before.id),
            )
            .at(&first_at, "begins here")
            .help(format!("`{}` ends on {}; terms stand in order and do not overlap", before.id, before.last)),
        );
    }
    Some(Term { id: id.to_string(), first: first?, last: last? })
}

fn special(raw: &raw::Special, place: &Place, out: &mut Findings) -> Option<Special> {
    let (kind, days) = match raw {
        raw::Special::Attendance(days) => (DayKind::Attendance, days),
        raw::Special::Institute(days) => (DayKind::Institute, days),
        raw::Special::Conference(days) => (DayKind::Conference, days),
        raw::Special::Emergency(days) => (DayKind::Emergency, days),
        raw::Special::Holiday(days) => (DayKind::Holiday, days),
        raw::Special::Break(days) => (DayKind::Break, days),
    };
    check_rings(kind, days, place, out);
    let listed: Vec<_> =
        days.on.iter().enumerate().map(|(n, text)| values::date(text, &place.field("on").item(n), out)).collect();
    let run = run_of_weekdays(days, place, out);
    let mut dates: Vec<Date> = listed.into_iter().collect::<Option<_>>()?;
    dates.extend(run?);
    Some(Special { kind, name: days.name.clone(), dates, rings: days.rings.clone(), written: place.clone() })
}

fn check_rings(kind: DayKind, days: &raw::SpecialDays, place: &Place, out: &mut Findings) {
    let staff_work = matches!(kind, DayKind::Institute | DayKind::Conference);
    let closed = matches!(kind, DayKind::Emergency | DayKind::Holiday | DayKind::Break);
    if staff_work && days.rings.is_none() {
        out.push(
            Finding::error("calendar::nothing_rings", format!("on this {} day nothing rings", kind.name()))
                .at(place, "`rings` is missing")
                .help("add `rings: \"…\"`, a name that each school maps to the bells of its staff"),
        );
    }
    if closed && days.rings.is_some() {
        out.push(
            Finding::error(
                "calendar::rings_when_closed",
                format!("a {} day is closed, and nothing rings on it", kind.name()),
            )
            .at(&place.field("rings"), "")
            .help("leave `rings` out, or make it Attendance(…) or Institute(…)"),
        );
    }
}

fn run_of_weekdays(days: &raw::SpecialDays, place: &Place, out: &mut Findings) -> Option<Vec<Date>> {
    let from = values::maybe(days.from.as_ref(), |t| values::date(t, &place.field("from"), out));
    let until = values::maybe(days.until.as_ref(), |t| values::date(t, &place.field("until"), out));
    let problem = |code, message: &str, help: &str| Finding::error(code, message).at(place, "").help(help);
    let (from, until) = match (from?, until?) {
        (Some(from), Some(until)) => (from, until),
        (None, None) if days.on.is_empty() => {
            out.push(problem(
                "calendar::no_date",
                "this day has no date",
                "add `on: [\"2026-09-07\"]`, or `from` and `until`",
            ));
            return None;
        }
        (None, None) => return Some(Vec::new()),
        _ => {
            out.push(problem(
                "calendar::half_a_run",
                "a run of days needs both `from` and `until`",
                "add the other one, or write the dates in `on`",
            ));
            return None;
        }
    };
    values::dates_in_order(Some(from), Some(until), "this run of days", place, "until", out);
    let n_days = days_between(from, until) + 1;
    if n_days > 366 {
        out.push(problem(
            "calendar::long_run",
            "this run of days is longer than a year",
            "correct the year of one of the dates",
        ));
    }
    if !(1..=366).contains(&n_days) {
        return None;
    }
    let weekday = |d: &Date| !matches!(d.weekday(), Weekday::Saturday | Weekday::Sunday);
    Some((0..n_days).map(|n| days_later(from, n)).filter(weekday).collect())
}

/// School years stand in order, and no date lies in two of them.
fn check_order(years: &[SchoolYear], out: &mut Findings) {
    for pair in years.windows(2) {
        let (Some(ends), Some(begins)) = (pair[0].days.last(), pair[1].days.first()) else { continue };
        if begins.date <= ends.date {
            out.push(
                Finding::error(
                    "calendar::years_overlap",
                    format!(
                        "school year `{}` has its first day on {}, when `{}` has not ended ({})",
                        pair[1].id, begins.date, pair[0].id, ends.date
                    ),
                )
                .at(&pair[1].written, "this year")
                .at(&pair[0].written, "stands after this one")
                .help("school years stand in order of time and share no day, institute days included"),
            );
        }
    }
}
