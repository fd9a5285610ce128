//! Words: limits and lengths of time as people say them.
//!
//! Has limits, gives plain sentences and parts of them. Knows no verdicts.

use crate::bells::Kind;
use crate::clauses::Amount;
use crate::clauses::Cap;
use crate::clauses::DatedValue;
use crate::clauses::Limit;
use crate::clauses::Measure;
use crate::clauses::Requirement;
use crate::clauses::Side;
use crate::clauses::Window;
use crate::units::Minutes;
use crate::units::thousands;

/// A limit in plain words: `at least 5 h of instruction, homeroom and passing a day`.
///
/// An amount that changed is told with its dates, one that did not without.
pub fn describe(limit: &Limit) -> String {
    let (side, amount, of) = (side_name(limit.side), amounts(limit), of_what(&limit.measure));
    let per = window_name(limit.per);
    match &limit.measure {
        Measure::Workday => format!("a workday of {side} {amount} {per}"),
        Measure::PupilMinutes { caps, .. } => format!("{side} {amount} of {of} {per}{}", cap_words(caps)),
        Measure::StaffMinutes { in_blocks_of, .. } | Measure::StaffBlocks { in_blocks_of, .. } => {
            format!("{side} {amount} of {of}{} {per}", block_words(*in_blocks_of))
        }
        Measure::PupilDays | Measure::StaffDays => format!("{side} {amount} {of} {per}"),
    }
}

/// A requirement in plain words, its parts joined by `and` or `or`.
pub fn describe_requirement(requirement: &Requirement) -> String {
    let parts = |parts: &[Requirement], word: &str| {
        let part = |p: &Requirement| match p {
            Requirement::Limit(limit) => describe(limit),
            Requirement::All(_) | Requirement::Any(_) => format!("({})", describe_requirement(p)),
        };
        parts.iter().map(part).collect::<Vec<_>>().join(word)
    };
    match requirement {
        Requirement::Limit(limit) => describe(limit),
        Requirement::All(all) => parts(all, " and "),
        Requirement::Any(any) => parts(any, " or "),
    }
}

/// Minutes as hours where they are whole or half hours: `5 h`, `5.5 h`, `1 h 40 min`.
pub fn hours(minutes: Minutes) -> String {
    let (whole, rest) = (minutes.0.div_euclid(60), minutes.0.rem_euclid(60));
    match rest {
        0 => format!("{} h", thousands(whole)),
        30 => format!("{}.5 h", thousands(whole)),
        rest => format!("{} h {rest} min", thousands(whole)),
    }
}

/// The dates between which a value is in force: `until 2017-08-31`, `from 2019-07-01`.
pub fn date_range(value: &DatedValue) -> String {
    match (value.from, value.until) {
        (Some(from), Some(until)) => format!("from {from} to {until}"),
        (Some(from), None) => format!("from {from}"),
        (None, Some(until)) => format!("until {until}"),
        (None, None) => "always".into(),
    }
}

/// What one window is called: `1 day`, `38 weeks`.
pub fn n_windows(window: Window, n: usize) -> String {
    let name = match window {
        Window::Day => "day",
        Window::Week => "week",
        Window::FullWeek => "full week",
        Window::Month => "month",
        Window::Cycle(days) => {
            let cycles = if n == 1 { "cycle" } else { "cycles" };
            return format!("{} {cycles} of {days} days", thousands(n as i64));
        }
        Window::Term => "term",
        Window::Year => "year",
    };
    format!("{} {name}{}", thousands(n as i64), if n == 1 { "" } else { "s" })
}

/// Words joined as people do: `a, b and c`.
pub fn list(words: &[String]) -> String {
    match words {
        [] => "nothing".into(),
        [one] => one.clone(),
        [first @ .., last] => format!("{} and {last}", first.join(", ")),
    }
}

/// Kinds of minutes as people list them.
pub fn kinds(kinds: &[Kind]) -> String {
    list(&kinds.iter().map(|k| k.name().to_string()).collect::<Vec<_>>())
}

fn side_name(side: Side) -> &'static str {
    match side {
        Side::AtLeast => "at least",
        Side::AtMost => "at most",
    }
}

fn amounts(limit: &Limit) -> String {
    let amount = |v: &DatedValue| amount_name(v.amount);
    match limit.values.as_slice() {
        [] => "an amount nobody has set".into(),
        [first, rest @ ..] if rest.iter().all(|v| v.amount == first.amount) => amount(first),
        several => several.iter().map(|v| format!("{} ({})", amount(v), date_range(v))).collect::<Vec<_>>().join(", "),
    }
}

fn amount_name(amount: Amount) -> String {
    let many = |n: i64, unit: &str| format!("{} {unit}{}", thousands(n), if n == 1 { "" } else { "s" });
    match amount {
        Amount::Minutes(n) => Minutes(n).to_string(),
        Amount::Hours(minutes) => hours(minutes),
        Amount::Days(n) => many(n, "day"),
        Amount::Blocks(n) => many(n, "block"),
    }
}

fn of_what(measure: &Measure) -> String {
    match measure {
        Measure::PupilMinutes { counts, caps } => {
            let capped = caps.iter().map(|c| c.kind).filter(|k| !counts.contains(k));
            let all: Vec<Kind> = counts.iter().copied().chain(capped).collect();
            kinds(&all)
        }
        Measure::StaffMinutes { counts, .. } | Measure::StaffBlocks { counts, .. } => kinds(counts),
        Measure::Workday => "from the first bell in to the last bell out".into(),
        Measure::PupilDays => "of attendance".into(),
        Measure::StaffDays => "at work".into(),
    }
}

fn cap_words(caps: &[Cap]) -> String {
    caps.iter().map(|c| format!(", {} counted up to {} a day", c.kind.name(), c.per_day)).collect()
}

fn block_words(least: Option<Minutes>) -> String {
    least.map_or_else(String::new, |least| format!(" in blocks of {least} or more"))
}

/// A window as amounts are told by it: `a day`, `in 10 days`.
pub fn window_name(window: Window) -> String {
    match window {
        Window::Day => "a day".into(),
        Window::Week => "a week".into(),
        Window::FullWeek => "a full week".into(),
        Window::Month => "a month".into(),
        Window::Cycle(days) => format!("in {days} days"),
        Window::Term => "a term".into(),
        Window::Year => "a year".into(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clauses::examples::limit;
    use jiff::civil::date;

    #[test]
    fn limits_read_like_sentences() {
        let counts = vec![Kind::Instruction, Kind::Homeroom, Kind::Passing];
        let day = limit(
            Measure::PupilMinutes { counts, caps: vec![Cap { kind: Kind::Recess, per_day: Minutes(30) }] },
            Side::AtLeast,
            Window::Day,
            Amount::Hours(Minutes(300)),
        );
        assert_eq!(
            describe(&day),
            "at least 5 h of instruction, homeroom, passing and recess a day, recess counted up to 30 min a day"
        );
        let year = limit(Measure::PupilDays, Side::AtLeast, Window::Year, Amount::Days(176));
        assert_eq!(describe(&year), "at least 176 days of attendance a year");
        let work = limit(Measure::Workday, Side::AtMost, Window::Day, Amount::Hours(Minutes(450)));
        assert_eq!(describe(&work), "a workday of at most 7.5 h a day");
        let measure = Measure::StaffBlocks { counts: vec![Kind::Preparation], in_blocks_of: Some(Minutes(25)) };
        let plans = limit(measure, Side::AtLeast, Window::FullWeek, Amount::Blocks(4));
        assert_eq!(
            describe(&plans),
            "at least 4 blocks of preparation (self-directed) in blocks of 25 min or more a full week"
        );
        let either = Requirement::Any(vec![Requirement::Limit(year), Requirement::All(vec![Requirement::Limit(work)])]);
        assert_eq!(
            describe_requirement(&either),
            "at least 176 days of attendance a year or (a workday of at most 7.5 h a day)"
        );
    }

    #[test]
    fn an_amount_that_changed_is_told_with_its_dates() {
        let mut days = limit(Measure::PupilDays, Side::AtLeast, Window::Year, Amount::Days(176));
        days.values[0].until = Some(date(2017, 8, 31));
        days.values.push(DatedValue {
            from: Some(date(2019, 7, 1)),
            until: None,
            amount: Amount::Days(176),
            source: None,
        });
        assert_eq!(describe(&days), "at least 176 days of attendance a year");
        days.values[1].amount = Amount::Days(185);
        assert_eq!(
            describe(&days),
            "at least 176 days (until 2017-08-31), 185 days (from 2019-07-01) of attendance a year"
        );
    }

    #[test]
    fn whole_and_half_hours_are_hours() {
        let words: Vec<String> = [300, 330, 100, 59_400].map(|m| hours(Minutes(m))).to_vec();
        assert_eq!(words, ["5 h", "5.5 h", "1 h 40 min", "990 h"]);
    }
}
