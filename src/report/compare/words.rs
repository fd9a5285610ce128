//! Differences as people say them: percentage points, intervals, days, slack.
//!
//! Has numbers, gives words. Knows no markup.

use crate::clauses::Outcome as Answered;
use crate::clauses::Quantity;
use crate::compare::Cell;
use crate::compare::ClauseRow;
use crate::ensemble::Counts;
use crate::ensemble::Difference;
use crate::ensemble::MeasureDifference;
use crate::report::words::capital;
use crate::report::words::percent;
use crate::units::Date;
use crate::units::thousands;

/// The minus sign of printed numbers.
pub const MINUS: char = '−';

/// A signed number with so many digits; what rounds to nothing has no sign.
pub fn signed(x: f64, digits: usize) -> String {
    let text = format!("{:.digits$}", x.abs());
    let is_nothing = text.bytes().all(|b| matches!(b, b'0' | b'.'));
    match (is_nothing, x > 0.0) {
        (true, _) => text,
        (false, true) => format!("+{text}"),
        (false, false) => format!("{MINUS}{text}"),
    }
}

/// A signed whole number with its thousands apart.
pub fn signed_thousands(x: f64) -> String {
    let size = thousands(x.abs().round() as i64);
    match x.round() {
        0.0 => size,
        x if x > 0.0 => format!("+{size}"),
        _ => format!("{MINUS}{size}"),
    }
}

/// A difference of shares in percentage points: `−15.2`.
pub fn points(share: f64) -> String {
    signed(share * 100.0, 1)
}

/// A value of a measure: a percentage, or a number of schools.
pub fn value(counts: Counts, x: f64) -> String {
    match counts {
        Counts::Share => format!("{:.1} %", x * 100.0),
        Counts::Schools => format!("{x:.1}"),
    }
}

/// A difference of a measure: percentage points, or schools.
pub fn change(counts: Counts, x: f64) -> String {
    match counts {
        Counts::Share => points(x),
        Counts::Schools => signed(x, 1),
    }
}

/// An interval of a measure's difference: `−17.0 to −13.5`; a dash where there is none.
pub fn interval(counts: Counts, interval: Option<[f64; 2]>) -> String {
    interval.map_or_else(|| "–".into(), |[low, high]| format!("{} to {}", change(counts, low), change(counts, high)))
}

/// How wide the paired interval is beside the unpaired one: `8.2 times narrower`.
pub fn narrower(difference: &Difference) -> String {
    match difference.times_narrower {
        Some(times) if times >= 1.05 => format!("{times:.1} times narrower"),
        Some(times) if times <= 0.95 => format!("{:.1} times wider", 1.0 / times),
        Some(_) => "as wide".into(),
        None => "no width".into(),
    }
}

/// A measure's difference as a sentence.
pub fn sentence(measure: &MeasureDifference, names: [&str; 2]) -> String {
    let d = &measure.difference;
    let unit = if measure.counts == Counts::Share { "points" } else { "schools" };
    if d.ahead == 0.0 && d.behind == 0.0 {
        let same = value(measure.counts, d.baseline);
        return format!("{}: {same} on both sides, in every run.", capital(&measure.name));
    }
    format!(
        "{}: {} with “{}”, {} with “{}”: {} {unit} (90 % interval {}; unpaired {}). Ahead in {} of the runs, behind in {}.",
        capital(&measure.name),
        value(measure.counts, d.baseline),
        names[0],
        value(measure.counts, d.other),
        names[1],
        change(measure.counts, d.mean),
        interval(measure.counts, d.interval),
        interval(measure.counts, d.unpaired_interval),
        percent(d.ahead),
        percent(d.behind),
    )
}

/// How a clause stands: its outcome with the slack, `holds, 15 min to spare`.
pub fn stands(cell: &Cell) -> String {
    match (cell.outcome, cell.slack) {
        (Answered::Holds | Answered::Fails | Answered::Waived, Some(slack)) => {
            format!("{}, {}", cell.outcome.name(), spare(cell, slack))
        }
        (outcome, _) => outcome.name().to_string(),
    }
}

/// Slack in words, without the outcome.
pub fn spare(cell: &Cell, slack: Quantity) -> String {
    let above = cell.have.zip(cell.need).is_some_and(|(have, need)| need.is_less_than(have));
    match slack.amount {
        0 => "exactly at the limit".into(),
        n if n < 0 && above => format!("{} over", slack.size()),
        n if n < 0 => format!("{} short", slack.size()),
        _ => format!("{} to spare", slack),
    }
}

/// A signed quantity: `+15 min`.
pub fn signed_quantity(q: Quantity) -> String {
    match q.amount {
        0 => q.to_string(),
        n if n > 0 => format!("+{q}"),
        _ => format!("{MINUS}{}", q.size()),
    }
}

/// The change of a clause's slack: `−25 min`; what changed otherwise where units differ or a side has none.
pub fn change_of_slack(row: &ClauseRow) -> String {
    match (&row.cells, row.change()) {
        ([None, _], _) => "new clause".into(),
        ([_, None], _) => "left out".into(),
        (_, Some(change)) => signed_quantity(change),
        ([Some(a), Some(b)], None) if a.outcome == b.outcome => "0".into(),
        ([Some(a), Some(b)], None) => format!("{} to {}", a.outcome.name(), b.outcome.name()),
    }
}

/// Days between two dates as people say them: `12 weeks later`, `the same day`.
pub fn later(days: i32) -> String {
    let size = days.abs();
    let way = if days > 0 { "later" } else { "earlier" };
    match size {
        0 => "the same day".into(),
        1 => format!("1 day {way}"),
        2..=13 => format!("{size} days {way}"),
        _ => format!("{} weeks {way}", (f64::from(size) / 7.0).round()),
    }
}

/// A date, or never.
pub fn when(date: Option<Date>) -> String {
    date.map_or_else(|| "never".into(), crate::report::words::day)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_rounds_to_nothing_has_no_sign() {
        assert_eq!(signed(-0.04, 1), "0.0");
        assert_eq!(points(-0.1523), "−15.2"); // by hand: 0.1523 of a whole are 15.23 points
        assert_eq!(signed(2.0, 0), "+2");
    }

    #[test]
    fn days_are_told_in_weeks_from_a_fortnight_on() {
        assert_eq!(later(-13), "13 days earlier");
        assert_eq!(later(84), "12 weeks later"); // by hand: 84 / 7
        assert_eq!(later(0), "the same day");
    }
}
