//! Windows: the stretches of a school year over which a limit is judged.
//!
//! Has the counted days of somebody, gives runs of them with a first date. Knows no amounts.

use crate::calendar::monday_of;
use crate::clauses::Window;
use crate::clauses::subject::CountedDay;
use crate::clauses::subject::Subject;
use crate::units::Date;
use std::ops::Range;

/// A week with at least so many counted days is a full one.
const DAYS_OF_A_FULL_WEEK: usize = 5;

/// A stretch of a school year: a run of counted days, by place in [`Subject::days`].
#[derive(Debug, Clone, PartialEq)]
pub struct Stretch {
    /// Its first counted day; its first day when none counts.
    pub first: Date,
    /// The counted days in it.
    pub days: Range<usize>,
    /// Whether it has fewer counted days than its name promises.
    pub cut_short: bool,
}

/// The windows of a year, in order.
///
/// Days, weeks, months and cycles exist only where days count; terms and the year exist all the same, so that
/// a floor over a year without a single day is missed rather than forgotten.
///
/// # Errors
/// When the calendar has no terms to judge by, in words.
pub fn stretches(window: Window, subject: &Subject) -> Result<Vec<Stretch>, String> {
    let days = &subject.days;
    match window {
        Window::Day => Ok(runs(days, |d| d.date)),
        Window::Week => Ok(mark_short_weeks(runs(days, |d| monday_of(d.date)))),
        Window::FullWeek => Ok(mark_short_weeks(runs(days, |d| monday_of(d.date)))
            .into_iter()
            .filter(|week| week.days.len() >= DAYS_OF_A_FULL_WEEK)
            .collect()),
        Window::Month => Ok(runs(days, |d| (d.date.year(), d.date.month()))),
        Window::Cycle(length) => Ok(cycles(days, length)),
        Window::Consecutive(length) => Ok(consecutive(days, length)),
        Window::Term => terms(subject),
        Window::Year => Ok(whole_year(subject).into_iter().collect()),
    }
}

/// The stretches that a counted day lies in, by place: several where terms overlap.
pub fn stretches_of(stretches: &[Stretch], day: usize) -> impl Iterator<Item = usize> {
    stretches.iter().enumerate().filter(move |(_, s)| s.days.contains(&day)).map(|(place, _)| place)
}

fn runs<K: PartialEq>(days: &[CountedDay], key: impl Fn(&CountedDay) -> K) -> Vec<Stretch> {
    let mut all: Vec<Stretch> = Vec::new();
    for (n, day) in days.iter().enumerate() {
        match all.last_mut() {
            Some(last) if key(&days[last.days.start]) == key(day) => last.days.end = n + 1,
            _ => all.push(Stretch { first: day.date, days: n..n + 1, cut_short: false }),
        }
    }
    all
}

fn mark_short_weeks(mut weeks: Vec<Stretch>) -> Vec<Stretch> {
    for week in &mut weeks {
        week.cut_short = week.days.len() < DAYS_OF_A_FULL_WEEK;
    }
    weeks
}

fn cycles(days: &[CountedDay], length: u32) -> Vec<Stretch> {
    let length = length.max(1) as usize;
    let starts = (0..days.len()).step_by(length);
    starts
        .map(|n| {
            let end = (n + length).min(days.len());
            Stretch { first: days[n].date, days: n..end, cut_short: end - n < length }
        })
        .collect()
}

/// Every run of so many counted days; none where the year has fewer.
fn consecutive(days: &[CountedDay], length: u32) -> Vec<Stretch> {
    let length = length.max(1) as usize;
    let last = (days.len() + 1).saturating_sub(length);
    (0..last).map(|n| Stretch { first: days[n].date, days: n..n + length, cut_short: false }).collect()
}

fn terms(subject: &Subject) -> Result<Vec<Stretch>, String> {
    let year = subject.year;
    if year.terms.is_empty() {
        return Err(format!("School year {} has no terms in its calendar.", year.id));
    }
    let term = |(_, first, last): &(String, Date, Date)| {
        let begins = subject.days.partition_point(|d| d.date < *first);
        let ends = subject.days.partition_point(|d| d.date <= *last).max(begins);
        let first = if begins < ends { subject.days[begins].date } else { *first };
        Stretch { first, days: begins..ends, cut_short: false }
    };
    Ok(year.terms.iter().map(term).collect())
}

fn whole_year(subject: &Subject) -> Option<Stretch> {
    let first = subject.days.first().map(|d| d.date).or_else(|| subject.year.days.first().map(|d| d.date))?;
    Some(Stretch { first, days: 0..subject.days.len(), cut_short: false })
}
