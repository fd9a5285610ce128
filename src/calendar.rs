//! Calendars: school years as dated days, each of a kind.
//!
//! Has the rules of a school year (first and last day, what rings on which weekday, special days), gives
//! one entry a day. Knows no bells: a day says only the name of what rings.

use crate::findings::Finding;
use crate::findings::Findings;
use crate::findings::Place;
use crate::units::Date;
use crate::units::Weekday;
use serde::Serialize;
use std::collections::BTreeMap;

/// What kind of day it is for pupils and staff.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
pub enum DayKind {
    /// Pupils and staff are at school.
    Attendance,
    /// Staff only: a teachers' institute or in-service day.
    Institute,
    /// Staff meet families; pupils have no classes.
    Conference,
    /// School was to be held and was not: snow, power, flood.
    Emergency,
    /// A legal or local holiday.
    Holiday,
    /// A break of several days.
    Break,
    /// Saturday or Sunday, or any day of the week on which nothing rings.
    Weekend,
}

impl DayKind {
    /// The word for it on charts and in files.
    pub fn name(self) -> &'static str {
        match self {
            DayKind::Attendance => "attendance",
            DayKind::Institute => "institute",
            DayKind::Conference => "conference",
            DayKind::Emergency => "emergency",
            DayKind::Holiday => "holiday",
            DayKind::Break => "break",
            DayKind::Weekend => "weekend",
        }
    }
}

/// A day or days that are not as the week would have them.
#[derive(Debug, Clone)]
pub struct Special {
    /// What these days are.
    pub kind: DayKind,
    /// What people call them.
    pub name: Option<String>,
    /// The dates.
    pub dates: Vec<Date>,
    /// What rings on them, where something does.
    pub rings: Option<String>,
    /// Where it is written.
    pub written: Place,
}

/// Every so many weeks a weekday rings something else.
#[derive(Debug, Clone)]
pub struct Alternate {
    /// The weekday.
    pub weekday: Weekday,
    /// Every so many weeks, counted from `starting` \[weeks\].
    pub every_weeks: u32,
    /// The first date on which it rings.
    pub starting: Date,
    /// What rings instead.
    pub rings: String,
    /// Where it is written.
    pub written: Place,
}

/// A part of the school year: semester, trimester, quarter.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Term {
    /// Its id.
    pub id: String,
    /// First day.
    pub first: Date,
    /// Last day.
    pub last: Date,
}

/// The rules that a school year's days follow.
#[derive(Debug, Clone)]
pub struct YearRules {
    /// Such as `2025-26`.
    pub id: String,
    /// First day of attendance.
    pub first: Date,
    /// Last day of attendance.
    pub last: Date,
    /// Parts of the year, if it has any.
    pub terms: Vec<Term>,
    /// What rings on each weekday, Monday first; nothing on a weekend.
    pub week: [Option<String>; 7],
    /// Weekdays that alternate.
    pub alternate: Vec<Alternate>,
    /// Days that are not as the week would have them.
    pub special: Vec<Special>,
    /// Emergency days proposed after the last day, to be used only if days are lost.
    pub emergency_days: u32,
    /// Where it is written.
    pub written: Place,
}

/// One day of a school year.
#[derive(Debug, Clone, PartialEq)]
pub struct CalendarDay {
    /// The date.
    pub date: Date,
    /// What kind of day it is.
    pub kind: DayKind,
    /// The name of what rings, which each school maps to a bell schedule.
    pub rings: Option<String>,
    /// What people call it, for special days.
    pub name: Option<String>,
}

/// A school year with all its days, from the first special or attendance day to the last.
#[derive(Debug, Clone)]
pub struct SchoolYear {
    /// Such as `2025-26`.
    pub id: String,
    /// First day of attendance.
    pub first: Date,
    /// Last day of attendance.
    pub last: Date,
    /// Parts of the year.
    pub terms: Vec<Term>,
    /// Every day in order, without gaps.
    pub days: Vec<CalendarDay>,
    /// Emergency days proposed after the last day.
    pub emergency_days: u32,
    /// Where it is written.
    pub written: Place,
}

/// A calendar that schools share.
#[derive(Debug, Clone)]
pub struct Calendar {
    /// Its id.
    pub id: String,
    /// School years in order of time.
    pub years: Vec<SchoolYear>,
    /// Where it is written.
    pub written: Place,
}

impl SchoolYear {
    /// How many days of a kind the year has.
    pub fn n_days(&self, kind: DayKind) -> usize {
        self.days.iter().filter(|d| d.kind == kind).count()
    }
}

/// The Monday of the week that a date lies in.
pub fn monday_of(date: Date) -> Date {
    let back = i64::from(date.weekday().to_monday_zero_offset());
    days_later(date, -back)
}

/// The date so many days later, or earlier for a negative number.
///
/// The scenario room keeps all dates between the years 1900 and 2200, so this cannot run off the calendar.
#[inline]
pub fn days_later(date: Date, days: i64) -> Date {
    date.saturating_add(jiff::Span::new().days(days))
}

/// How many days the second date is after the first \[days\].
pub fn days_between(first: Date, second: Date) -> i64 {
    let span = second.since(first).map(|s| s.get_days());
    i64::from(span.expect("two civil dates always have a distance in days"))
}

/// Lays out every day of a year.
///
/// # Errors
/// When the year ends before it begins, a special day lies outside it, two special days claim the same
/// date, a date is given on which nothing rings anyway, or a term is not inside the year.
pub fn lay_days(rules: &YearRules) -> Result<SchoolYear, Findings> {
    let mut findings = check_year(rules);
    let mut special: BTreeMap<Date, &Special> = BTreeMap::new();
    for entry in &rules.special {
        for &date in &entry.dates {
            check_special(rules, entry, date, &mut findings);
            if let Some(other) = special.insert(date, entry) {
                findings.push(
                    Finding::error(
                        "calendar::two_kinds",
                        format!("{date} is given twice in school year `{}`", rules.id),
                    )
                    .at(&entry.written, format!("here it is {}", entry.kind.name()))
                    .at(&other.written, format!("here it is {}", other.kind.name()))
                    .help("keep the one that is meant"),
                );
            }
        }
    }
    if findings.has_errors() {
        return Err(findings);
    }
    let begins = special.keys().next().map_or(rules.first, |d| (*d).min(rules.first));
    let ends = special.keys().next_back().map_or(rules.last, |d| (*d).max(rules.last));
    let n_days = days_between(begins, ends) + 1;
    let days = (0..n_days).map(|n| day_of(rules, days_later(begins, n), &special)).collect();
    Ok(SchoolYear {
        id: rules.id.clone(),
        first: rules.first,
        last: rules.last,
        terms: rules.terms.clone(),
        days,
        emergency_days: rules.emergency_days,
        written: rules.written.clone(),
    })
}

fn day_of(rules: &YearRules, date: Date, special: &BTreeMap<Date, &Special>) -> CalendarDay {
    if let Some(entry) = special.get(&date) {
        let usual = || usual_ring(rules, date);
        let rings = match entry.kind {
            DayKind::Attendance => entry.rings.clone().or_else(usual),
            _ => entry.rings.clone(),
        };
        return CalendarDay { date, kind: entry.kind, rings, name: entry.name.clone() };
    }
    let rings = if (rules.first..=rules.last).contains(&date) { usual_ring(rules, date) } else { None };
    let kind = if rings.is_some() { DayKind::Attendance } else { DayKind::Weekend };
    CalendarDay { date, kind, rings, name: None }
}

fn usual_ring(rules: &YearRules, date: Date) -> Option<String> {
    let weekday = date.weekday();
    let turn = |a: &&Alternate| {
        let days = days_between(monday_of(a.starting), monday_of(date));
        a.weekday == weekday && date >= a.starting && days % (7 * i64::from(a.every_weeks)) == 0
    };
    let alternate = rules.alternate.iter().find(turn).map(|a| a.rings.clone());
    alternate.or_else(|| rules.week[weekday.to_monday_zero_offset() as usize].clone())
}

fn check_year(rules: &YearRules) -> Findings {
    let mut findings = Findings::new();
    if rules.last <= rules.first {
        findings.push(
            Finding::error(
                "calendar::year_backwards",
                format!("school year `{}` ends on {}, not after its first day {}", rules.id, rules.last, rules.first),
            )
            .at(&rules.written.field("last"), "the last day")
            .at(&rules.written.field("first"), "the first day")
            .help("swap the two dates, or correct the year of one of them"),
        );
    } else if days_between(rules.first, rules.last) > 366 {
        findings.push(
            Finding::error(
                "calendar::year_too_long",
                format!("school year `{}` lasts {} days", rules.id, days_between(rules.first, rules.last) + 1),
            )
            .at(&rules.written.field("last"), "the last day")
            .help("a school year is at most 366 days; split it, or correct the year of one of the dates"),
        );
    }
    for term in &rules.terms {
        if term.last < term.first || term.first < rules.first || term.last > rules.last {
            findings.push(
                Finding::error(
                    "calendar::term_outside",
                    format!(
                        "term `{}` ({} to {}) is not inside school year `{}`",
                        term.id, term.first, term.last, rules.id
                    ),
                )
                .at(&rules.written.field("terms"), "")
                .help(format!("the year runs from {} to {}", rules.first, rules.last)),
            );
        }
    }
    findings
}

/// Staff may come before pupils do and stay after they leave, but not by more than a summer.
const STAFF_DAYS_AROUND_THE_YEAR: i64 = 75;

fn check_special(rules: &YearRules, entry: &Special, date: Date, findings: &mut Findings) {
    let around = match entry.kind {
        DayKind::Institute => STAFF_DAYS_AROUND_THE_YEAR,
        _ => 0,
    };
    if date < days_later(rules.first, -around) || date > days_later(rules.last, around) {
        findings.push(
            Finding::error(
                "calendar::outside_year",
                format!("{date} is outside school year `{}` ({} to {})", rules.id, rules.first, rules.last),
            )
            .at(&entry.written, format!("this {} day", entry.kind.name()))
            .help("move it to the year it belongs to, or correct the date"),
        );
    }
    let weekday = rules.week[date.weekday().to_monday_zero_offset() as usize].as_ref();
    if weekday.is_none() && entry.rings.is_none() && !matches!(entry.kind, DayKind::Break) {
        findings.push(
            Finding::warning(
                "calendar::weekend",
                format!("{date} is a {:?}, on which nothing rings anyway", date.weekday()),
            )
            .at(&entry.written, format!("this {} day changes nothing", entry.kind.name()))
            .help("check the date, or leave it out"),
        );
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;
    use proptest::prelude::*;

    fn rules() -> YearRules {
        let full = || Some("full".to_string());
        YearRules {
            id: "2025-26".into(),
            first: date(2025, 8, 20),
            last: date(2025, 9, 12),
            terms: vec![],
            week: [Some("monday".into()), full(), full(), full(), full(), None, None],
            alternate: vec![],
            special: vec![],
            emergency_days: 5,
            written: Place::nowhere(),
        }
    }

    fn special(kind: DayKind, on: Date) -> Special {
        Special { kind, name: None, dates: vec![on], rings: None, written: Place::nowhere() }
    }

    #[test]
    fn a_year_without_special_days_follows_the_week() {
        let year = lay_days(&rules()).unwrap();
        // by hand: Wed 20 Aug to Fri 12 Sep 2025 is 3 + 5 + 5 + 5 school days
        assert_eq!(year.n_days(DayKind::Attendance), 18);
        assert_eq!(year.days.iter().filter(|d| d.rings.as_deref() == Some("monday")).count(), 3);
    }

    #[test]
    fn a_holiday_takes_its_day_away_and_an_institute_day_may_come_before_the_first() {
        let mut rules = rules();
        rules.special =
            vec![special(DayKind::Holiday, date(2025, 9, 1)), special(DayKind::Institute, date(2025, 8, 18))];
        let year = lay_days(&rules).unwrap();
        assert_eq!(year.n_days(DayKind::Attendance), 17);
        assert_eq!(year.days[0].date, date(2025, 8, 18));
        assert_eq!(year.days[0].kind, DayKind::Institute);
        assert_eq!(year.days[1].kind, DayKind::Weekend, "nothing rings between the institute and the first day");
    }

    #[test]
    fn every_other_monday_rings_something_else() {
        let mut rules = rules();
        rules.alternate = vec![Alternate {
            weekday: Weekday::Monday,
            every_weeks: 2,
            starting: date(2025, 8, 25),
            rings: "full".into(),
            written: Place::nowhere(),
        }];
        let year = lay_days(&rules).unwrap();
        let mondays: Vec<&str> = year
            .days
            .iter()
            .filter(|d| d.date.weekday() == Weekday::Monday)
            .filter_map(|d| d.rings.as_deref())
            .collect();
        assert_eq!(mondays, ["full", "monday", "full"]);
    }

    #[test]
    fn a_holiday_outside_the_year_and_a_date_given_twice_are_both_found() {
        let mut rules = rules();
        let labor = special(DayKind::Holiday, date(2025, 9, 1));
        rules.special = vec![special(DayKind::Holiday, date(2026, 9, 7)), labor.clone(), labor];
        let codes: Vec<_> = lay_days(&rules).unwrap_err().iter().map(|f| f.code).collect();
        assert_eq!(codes, ["calendar::outside_year", "calendar::two_kinds"]);
    }

    proptest! {
        #[test]
        fn mondays_are_mondays_and_no_more_than_six_days_back(days in 0i64..20_000) {
            let date = days_later(date(1990, 1, 1), days);
            let monday = monday_of(date);
            prop_assert_eq!(monday.weekday(), Weekday::Monday);
            prop_assert!((0..7).contains(&days_between(monday, date)));
        }
    }
}
