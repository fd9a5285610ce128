//! Words: limits and lengths of time as people say them.
//!
//! Has limits, gives plain sentences and parts of them. Knows no verdicts.

use crate::bells::Kind;
use crate::clauses::Amount;
use crate::clauses::Cap;
use crate::clauses::CapPer;
use crate::clauses::CountedIn;
use crate::clauses::Credit;
use crate::clauses::Credited;
use crate::clauses::DatedValue;
use crate::clauses::Direction;
use crate::clauses::Figure;
use crate::clauses::Heads;
use crate::clauses::Limit;
use crate::clauses::Measure;
use crate::clauses::PartOfDay;
use crate::clauses::Quantity;
use crate::clauses::Requirement;
use crate::clauses::Rounded;
use crate::clauses::Side;
use crate::clauses::Step;
use crate::clauses::Weight;
use crate::clauses::Window;
use crate::clauses::amount::InUnit;
use crate::clauses::amount::in_unit;
use crate::units::Minutes;
use crate::units::thousands;

/// A limit in plain words: `at least 5 h of instruction, homeroom and passing a day`.
///
/// An amount that changed is told with its dates, one that did not without.
pub fn describe(limit: &Limit) -> String {
    let (side, amount, of) = (side_name(limit.side), amounts(limit), of_what(&limit.measure));
    let per = per_words(limit);
    let what = match &limit.measure {
        Measure::Workday => format!("a workday of {side} {amount} {per}"),
        Measure::PupilMinutes { caps, in_blocks_of, between, .. } => {
            let (blocks, part) = (block_words(*in_blocks_of), part_words(*between));
            format!("{side} {amount} of {of}{blocks}{part} {per}{}", cap_words(caps))
        }
        Measure::StaffMinutes { in_blocks_of, between, .. } => {
            format!("{side} {amount} of {of}{}{} {per}", block_words(*in_blocks_of), part_words(*between))
        }
        Measure::CommonMinutes { with, in_blocks_of, .. } => {
            let (with, blocks) = (list(with), block_words(*in_blocks_of));
            format!("{side} {amount} of {of} in common with {with}{blocks} {per}")
        }
        Measure::PupilBlocks { in_blocks_of, .. } | Measure::StaffBlocks { in_blocks_of, .. } => {
            format!("{side} {amount} of {of}{} {per}", block_words(*in_blocks_of))
        }
        Measure::PupilRun { .. } | Measure::StaffRun { .. } => {
            format!("{side} {amount} of {of} without a break {per}")
        }
        Measure::PupilsArrive | Measure::PupilsLeave | Measure::StaffArrive | Measure::StaffLeave => {
            let when = match limit.side {
                Side::AtLeast => "no earlier than",
                Side::AtMost => "no later than",
            };
            format!("{of} {when} {amount}")
        }
        Measure::PupilDays | Measure::StaffDays => format!("{side} {amount} {of} {per}"),
        Measure::Ratio { of, to } => {
            let amount = amount.replace(" to 1", "");
            format!("{side} {amount} {} for each {}", heads_name(of, 2), heads_name(to, 1))
        }
        Measure::Stated(ids) => format!("{side} {amount} in what is stated as {}", list(ids)),
        Measure::Notice { of: from, before, counted } => {
            let days = match counted {
                CountedIn::CalendarDays => "of the calendar",
                CountedIn::SchoolDays => "of school",
            };
            format!("{side} {amount} {days} from {from} until {before}")
        }
    };
    format!("{what}{}{}{}", credit_words(&limit.credits), average_words(limit), rounding_words(limit))
}

fn per_words(limit: &Limit) -> String {
    match (limit.figure, limit.per) {
        (Figure::Total, per) => window_name(per),
        (Figure::DailyMean, per) => format!("a day, on average {}", over_words(per)),
        (Figure::WeeklyMean, per) => format!("a week, on average {}", over_words(per)),
    }
}

fn over_words(window: Window) -> String {
    match window {
        Window::Consecutive(days) => format!("over any {days} consecutive days"),
        Window::Cycle(days) => format!("over a cycle of {days} days"),
        Window::Day | Window::Week | Window::FullWeek | Window::Month | Window::Term | Window::Year => {
            format!("over {}", window_name(window))
        }
    }
}

fn part_words(between: Option<PartOfDay>) -> String {
    between.map_or_else(String::new, |part| format!(" between {} and {}", part.from, part.to))
}

fn heads_name(heads: &Heads, n: usize) -> &str {
    match heads {
        Heads::Pupils if n == 1 => "pupil",
        Heads::Pupils => "pupils",
        Heads::Staff(role) => role,
    }
}

fn credit_words(credits: &[Credit]) -> String {
    let one = |credit: &Credit| {
        let of: Vec<String> = credit.of.iter().map(credited_words).collect();
        format!(", with up to {} of {} credited", amount_name(credit.up_to), list(&of))
    };
    credits.iter().map(one).collect()
}

fn credited_words(credited: &Credited) -> String {
    match credited {
        Credited::StaffTime { counts, role } => format!("{} of {role} while pupils are away", kinds(counts)),
        Credited::DaysOf(days) => {
            let names: Vec<String> = days.iter().map(|k| k.name().to_string()).collect();
            format!("{} days", list(&names))
        }
    }
}

fn average_words(limit: &Limit) -> String {
    let Some(mean) = limit.averaged else { return String::new() };
    let by = match mean.by {
        Weight::Pupils => "each weighed by its pupils",
        Weight::Grades => "each weighed the same",
    };
    format!(", averaged over grades {} of the district, {by}", mean.grades)
}

fn rounding_words(limit: &Limit) -> String {
    let Some(rounding) = limit.rounding else { return String::new() };
    let way = match rounding.direction {
        Direction::Down => "down",
        Direction::Up => "up",
        Direction::HalfUp => "to the nearest, halves up,",
        Direction::HalfEven => "to the nearest, halves to even,",
    };
    let to = match rounding.step {
        Step::Digits(0) => "to whole units".to_string(),
        Step::Digits(1) => "to one digit after the point".to_string(),
        Step::Digits(n) => format!("to {n} digits after the point"),
        Step::Minutes(minutes) => format!("to steps of {minutes}"),
    };
    match rounding.of {
        Rounded::EachDay => format!(", each day rounded {way} {to}"),
        Rounded::Figure => format!(", rounded {way} {to}"),
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
        Window::Consecutive(days) => {
            let runs = if n == 1 { "run" } else { "runs" };
            return format!("{} {runs} of {days} consecutive days", thousands(n as i64));
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
        Amount::Clock(_) | Amount::PerOne(_) | Amount::Share(_) | Amount::Dollars(_) => {
            let InUnit { n, of, unit } = in_unit(amount);
            Quantity { amount: n, of, unit }.to_string()
        }
    }
}

fn of_what(measure: &Measure) -> String {
    match measure {
        Measure::PupilMinutes { counts, caps, .. } => {
            let mut all: Vec<Kind> = counts.clone();
            caps.iter().map(|c| c.kind).for_each(|kind| {
                if !all.contains(&kind) {
                    all.push(kind);
                }
            });
            kinds(&all)
        }
        Measure::StaffMinutes { counts, .. }
        | Measure::PupilBlocks { counts, .. }
        | Measure::StaffBlocks { counts, .. }
        | Measure::PupilRun { counts }
        | Measure::StaffRun { counts }
        | Measure::CommonMinutes { counts, .. } => kinds(counts),
        Measure::Workday => "from the first bell in to the last bell out".into(),
        Measure::PupilsArrive => "pupils' first bell".into(),
        Measure::PupilsLeave => "pupils' last bell".into(),
        Measure::StaffArrive => "staff's first bell".into(),
        Measure::StaffLeave => "staff's last bell".into(),
        Measure::PupilDays => "of attendance".into(),
        Measure::StaffDays => "at work".into(),
        Measure::Ratio { .. } | Measure::Stated(_) | Measure::Notice { .. } => String::new(),
    }
}

fn cap_words(caps: &[Cap]) -> String {
    let per = |cap: &Cap| match cap.per {
        CapPer::Block => "a block",
        CapPer::Day => "a day",
        CapPer::Window => "in all",
    };
    caps.iter().map(|c| format!(", {} counted up to {} {}", c.kind.name(), c.up_to, per(c))).collect()
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
        Window::Consecutive(days) => format!("in any {days} consecutive days"),
        Window::Term => "a term".into(),
        Window::Year => "a year".into(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clauses::examples::limit;
    use crate::clauses::examples::pupil_minutes;
    use jiff::civil::date;

    #[test]
    fn limits_read_like_sentences() {
        let counts = vec![Kind::Instruction, Kind::Homeroom, Kind::Passing];
        let day = limit(
            pupil_minutes(counts, vec![Cap { kind: Kind::Recess, up_to: Minutes(30), per: CapPer::Day }]),
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
