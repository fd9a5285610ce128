//! Stretches of time: where they meet, what is first and last in them.
//!
//! Has lists of spans, gives lists that are tidy: in order, none empty, no two touching. Knows no conditions.

use crate::units::Date;
use jiff::SignedDuration;

/// A stretch of time in which a condition holds, both days included.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Span {
    /// First day.
    pub from: Date,
    /// Last day; for good when there is none.
    pub until: Option<Date>,
}

impl Span {
    /// Whether a date lies in it.
    pub fn contains(&self, date: Date) -> bool {
        self.from <= date && self.until.is_none_or(|last| date <= last)
    }
}

/// The same days as a tidy list.
pub fn tidy(mut spans: Vec<Span>) -> Vec<Span> {
    spans.retain(|span| span.until.is_none_or(|last| span.from <= last));
    spans.sort_by_key(|span| span.from);
    let mut tidy: Vec<Span> = Vec::with_capacity(spans.len());
    for span in spans {
        match tidy.last_mut() {
            Some(last) if touches(last, span.from) => last.until = last.until.zip(span.until).map(|(a, b)| a.max(b)),
            _ => tidy.push(span),
        }
    }
    tidy
}

/// Whether a span that begins on a date would leave no day between.
fn touches(span: &Span, from: Date) -> bool {
    span.until.is_none_or(|last| last.tomorrow().map_or(true, |next| from <= next))
}

/// The days that lie in both of two tidy lists.
pub fn meet(one: &[Span], other: &[Span]) -> Vec<Span> {
    let (mut i, mut j) = (0, 0);
    let mut both = Vec::new();
    while let (Some(a), Some(b)) = (one.get(i), other.get(j)) {
        let from = a.from.max(b.from);
        let until = earlier_end(a.until, b.until);
        if until.is_none_or(|last| from <= last) {
            both.push(Span { from, until });
        }
        if until == a.until {
            i += 1;
        } else {
            j += 1;
        }
    }
    both
}

fn earlier_end(a: Option<Date>, b: Option<Date>) -> Option<Date> {
    match (a, b) {
        (Some(a), Some(b)) => Some(a.min(b)),
        (Some(end), None) | (None, Some(end)) => Some(end),
        (None, None) => None,
    }
}

/// The days of a tidy list between two dates, both included.
pub fn within(spans: &[Span], from: Date, until: Option<Date>) -> Vec<Span> {
    meet(spans, &tidy(vec![Span { from, until }]))
}

/// The first day on or after a date.
pub fn first_from(spans: &[Span], date: Date) -> Option<Date> {
    spans.iter().find(|span| span.until.is_none_or(|last| date <= last)).map(|span| span.from.max(date))
}

/// The last day on or before a date.
pub fn last_to(spans: &[Span], date: Date) -> Option<Date> {
    let span = spans.iter().rev().find(|span| span.from <= date)?;
    Some(span.until.map_or(date, |last| last.min(date)))
}

/// The stretch in which a date lies.
pub fn stretch_at(spans: &[Span], date: Date) -> Option<Span> {
    spans.iter().copied().find(|span| span.contains(date))
}

/// The date so many days later, if the calendar goes that far.
pub fn days_after(date: Date, days: i64) -> Option<Date> {
    let hours = days.checked_mul(24)?;
    date.checked_add(SignedDuration::try_from_hours(hours)?).ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::readiness::made::date;
    use proptest::prelude::*;

    fn span(from: &str, until: &str) -> Span {
        Span { from: date(from), until: Some(date(until)) }
    }

    #[test]
    fn touching_stretches_become_one_and_backward_ones_vanish() {
        let untidy = vec![
            span("2026-09-01", "2026-09-30"),
            span("2026-08-01", "2026-08-31"),
            span("2026-12-02", "2026-12-01"),
            span("2026-10-02", "2026-10-05"),
        ];
        // by hand: August and September touch; 1 October is missing before the last
        assert_eq!(tidy(untidy), [span("2026-08-01", "2026-09-30"), span("2026-10-02", "2026-10-05")]);
    }

    #[test]
    fn the_last_day_there_is_does_not_overflow() {
        let ever = Span { from: Date::MIN, until: Some(Date::MAX) };
        assert_eq!(tidy(vec![ever, Span { from: Date::MAX, until: None }]).len(), 1);
    }

    fn any_days() -> impl Strategy<Value = Vec<Span>> {
        prop::collection::vec((0i64..60, prop::option::of(-3i64..20)), 0..5).prop_map(|list| {
            let day = |n: i64| date("2026-01-01").checked_add(jiff::Span::new().days(n)).unwrap();
            list.into_iter().map(|(from, len)| Span { from: day(from), until: len.map(|l| day(from + l)) }).collect()
        })
    }

    proptest! {
        #[test]
        fn lists_agree_with_asking_day_by_day(a in any_days(), b in any_days()) {
            let (one, other) = (tidy(a.clone()), tidy(b.clone()));
            let both = meet(&one, &other);
            prop_assert_eq!(tidy(both.clone()), both.clone());
            let days: Vec<Date> = date("2025-12-30").series(jiff::Span::new().days(1)).take(100).collect();
            let in_a = |day: Date| a.iter().any(|span| span.contains(day));
            let in_b = |day: Date| b.iter().any(|span| span.contains(day));
            for (i, &day) in days.iter().enumerate() {
                prop_assert_eq!(stretch_at(&one, day).is_some(), in_a(day));
                prop_assert_eq!(stretch_at(&both, day).is_some(), in_a(day) && in_b(day));
                prop_assert_eq!(first_from(&one, day).filter(|d| d <= &days[99]), days[i..].iter().copied().find(|&d| in_a(d)));
                prop_assert_eq!(last_to(&one, day), days[..=i].iter().copied().rev().find(|&d| in_a(d)));
            }
        }
    }
}
