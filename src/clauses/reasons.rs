//! Reasons: what was found, in sentences: the days that hold by themselves, what saved others, why the rest fail.
//!
//! Has weighed windows and fates, gives text. Decides nothing.

use crate::clauses::Exception;
use crate::clauses::Figure;
use crate::clauses::Limit;
use crate::clauses::Quantity;
use crate::clauses::Side;
use crate::clauses::Unit;
use crate::clauses::Waiver;
use crate::clauses::Window;
use crate::clauses::amount::unit_of_limit;
use crate::clauses::comparison::Answer;
use crate::clauses::comparison::Comparison;
use crate::clauses::comparison::least;
use crate::clauses::exception_words::margin_words;
use crate::clauses::exception_words::misses_in_words;
use crate::clauses::exceptions::Fate;
use crate::clauses::exceptions::Miss;
use crate::clauses::weigh::Scales;
use crate::clauses::weigh::Weighed;
use crate::clauses::words::date_range;
use crate::clauses::words::describe;
use crate::clauses::words::describe_requirement;
use crate::clauses::words::list;
use crate::clauses::words::n_windows;
use crate::clauses::words::window_name;
use crate::units::Weekday;
use crate::units::thousands;
use std::cmp::Ordering;

/// The sentences about one limit.
pub fn of_limit(
    limit: &Limit,
    unless: &[Exception],
    scales: &Scales,
    fates: &[Fate],
    compared: &[Comparison],
) -> Vec<String> {
    let mut sentences: Vec<String> = by_themselves(limit, unless, scales, fates).into_iter().collect();
    sentences.extend((0..unless.len()).filter_map(|n| excepted(limit, unless, n, scales, fates, compared)));
    sentences.extend(waived(limit, scales, fates));
    sentences.extend(failed(limit, unless, scales, fates, compared));
    sentences.extend(cut_short(limit, scales));
    sentences.extend(changing(limit, scales));
    if scales.n_not_in_force > 0 {
        let skipped = n_windows(limit.per, scales.n_not_in_force);
        let (lie, are) = if scales.n_not_in_force == 1 { ("lies", "is") } else { ("lie", "are") };
        sentences.push(format!("{skipped} {lie} outside the dates in which it is in force and {are} not judged."));
    }
    sentences
}

/// Why a window failed, exception by exception.
pub fn why_failed(limit: &Limit, unless: &[Exception], c: &Comparison, misses: &[(usize, Miss)]) -> String {
    if misses.is_empty() {
        let asked = match limit.side {
            Side::AtLeast if is_clock(limit) => "the earliest",
            Side::AtMost if is_clock(limit) => "the latest",
            Side::AtLeast => "asked",
            Side::AtMost => "allowed",
        };
        return format!("{} where {} {} {asked}", c.quantity(c.have), c.quantity(c.need), are(limit, c.need));
    }
    misses_in_words(limit, unless, misses)
}

/// Why a limit has no window in a year.
pub fn nothing_counts(limit: &Limit) -> String {
    format!("No {} of this year counts for: {}.", window_noun(limit.per), describe(limit))
}

/// That a limit is not in force in a year.
pub fn not_in_force(limit: &Limit) -> String {
    let dates: Vec<String> = limit.values.iter().map(date_range).collect();
    let in_force = if dates.is_empty() { "never".into() } else { list(&dates) };
    let window = window_noun(limit.per);
    let first_day = match limit.per {
        Window::Day => "any day".to_string(),
        Window::Year => "the first day".to_string(),
        _ => format!("the first day of any {window}"),
    };
    format!("Not in force on {first_day} of this year ({}; in force {in_force}).", describe(limit))
}

/// Who has let go of a clause, for how long, and on what condition.
pub fn waived_by(waiver: &Waiver) -> String {
    let Waiver { title, section, from, until, .. } = waiver;
    let only_if = waiver.only_if.as_ref();
    let only_if = only_if.map(|r| format!(", on condition of {}, which is met", describe_requirement(r)));
    let needs = waiver.needs.map(|_| ", as soon as the condition it rests on is in place".to_string());
    format!(
        "Waived by {} from {from} to {until}: {title} ({section}){}{}.",
        waiver.granted_by.name(),
        only_if.unwrap_or_default(),
        needs.unwrap_or_default()
    )
}

/// What became of an alternative that was not the deciding one.
pub fn other_alternative(words: &str, part: &Answer) -> String {
    let name = part.outcome.name();
    match part.tightest {
        Some(t) if t.slack < 0 => {
            let (have, need, missed) = (t.quantity(t.have), t.quantity(t.need), t.difference().size());
            let side = if t.have > t.need { "over" } else { "short" };
            format!("The alternative `{words}` {name}: {have} against {need}, {missed} {side} on {}.", t.date)
        }
        Some(t) => format!("The alternative `{words}` {name}, with {} to spare.", t.difference()),
        None => format!("The alternative `{words}`: {name}. {}", part.reasons.join(" ")),
    }
}

/// Words with a capital letter in front.
pub fn sentence_case(words: &str) -> String {
    let mut letters = words.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

fn by_themselves(limit: &Limit, unless: &[Exception], scales: &Scales, fates: &[Fate]) -> Option<String> {
    let own: Vec<&Weighed> =
        scales.windows.iter().zip(fates).filter(|(_, f)| **f == Fate::ByItself).map(|(w, _)| w).collect();
    let all = scales.windows.len();
    let themselves = if unless.is_empty() { "" } else { " by themselves" };
    let Some(tightest) = own.iter().min_by(|a, b| by_part(a, b)) else {
        // of one year there is nothing to count: the sentence about its failure says it all
        let none = || format!("None of {} {}.", n_windows(limit.per, all), meets(limit, "what is asked", 1));
        return (limit.per != Window::Year).then(none);
    };
    let (have, need) = (side_of(limit, tightest.have, tightest.of), side_of(limit, tightest.need, tightest.of));
    if limit.per == Window::Year {
        let asked = match limit.side {
            Side::AtLeast => "asked",
            Side::AtMost => "allowed",
        };
        let (spare, is_spare) = (gap_of(limit, tightest.slack, tightest.of), are(limit, tightest.slack));
        let asked = format!("{need} {} {asked}", are(limit, tightest.need));
        return Some(format!("The year has {have}{}; {asked}, so {spare} {is_spare} to spare.", on_average(limit)));
    }
    let one_need = scales.windows.iter().all(|w| (w.need, w.of) == (tightest.need, tightest.of));
    let meet = meets(limit, if one_need { &need } else { "what is asked" }, own.len());
    let by = match tightest.slack {
        0 => "with nothing to spare".to_string(),
        slack => format!("by {}", gap_of(limit, slack, tightest.of)),
    };
    let (n, of_all) = (thousands(own.len() as i64), n_windows(limit.per, all));
    Some(format!("{n} of {of_all} {meet}{themselves}, the tightest {by} on {}.", tightest.first))
}

fn meets(limit: &Limit, asked: &str, n: usize) -> String {
    let verb = match (limit.side, n) {
        (Side::AtLeast, 1) if is_clock(limit) => "is no earlier than",
        (Side::AtLeast, _) if is_clock(limit) => "are no earlier than",
        (Side::AtMost, 1) if is_clock(limit) => "is no later than",
        (Side::AtMost, _) if is_clock(limit) => "are no later than",
        (Side::AtLeast, 1) => "reaches",
        (Side::AtLeast, _) => "reach",
        (Side::AtMost, 1) => "stays within",
        (Side::AtMost, _) => "stay within",
    };
    format!("{verb} {asked}")
}

fn excepted(
    limit: &Limit,
    unless: &[Exception],
    place: usize,
    scales: &Scales,
    fates: &[Fate],
    compared: &[Comparison],
) -> Option<String> {
    let by_it = |f: &Fate| matches!(f, Fate::Excepted { exception, .. } if *exception == place);
    let used: Vec<usize> = (0..fates.len()).filter(|n| by_it(&fates[*n])).collect();
    let tightest = least(used.iter().map(|n| &compared[*n]))?;
    let at = *used.iter().find(|n| compared[**n].date == tightest.date)?;
    let Fate::Excepted { margin, .. } = &fates[at] else { return None };
    let day = &scales.windows[at];
    let exception = &unless[place];
    let who = days_name(&used.iter().map(|n| scales.windows[*n].first.weekday()).collect::<Vec<_>>());
    let missed = missed_by(limit);
    let lead = match used.len() {
        1 => format!("{} has", day.first),
        _ => format!("{who} have, where it is tightest ({}),", day.first),
    };
    let cap = exception
        .at_most_days
        .map_or_else(String::new, |(cap, window)| format!(" of at most {cap} {}", window_name(window)));
    let n = n_windows(Window::Day, used.len());
    Some(format!(
        "{lead} {}, {} {missed} {}; {} (exception {}, used on {n}{cap}).",
        of(limit, day.have),
        gap_of(limit, day.slack.abs(), 1),
        bare(limit, day.need, 1),
        margin_words(limit, exception.makes_up, *margin),
        exception.id
    ))
}

fn failed(
    limit: &Limit,
    unless: &[Exception],
    scales: &Scales,
    fates: &[Fate],
    compared: &[Comparison],
) -> Option<String> {
    let failing: Vec<usize> = (0..fates.len()).filter(|n| matches!(fates[*n], Fate::Failed(_))).collect();
    let worst = least(failing.iter().map(|n| &compared[*n]))?;
    let at = *failing.iter().find(|n| compared[**n].date == worst.date)?;
    let Fate::Failed(misses) = &fates[at] else { return None };
    let window = &scales.windows[at];
    let have = side_of(limit, window.have, window.of);
    let short = gap_of(limit, -window.slack, window.of);
    let missed = missed_by(limit);
    let why = match misses.as_slice() {
        [] => String::new(),
        _ => format!(" ({})", why_failed(limit, unless, &worst, misses)),
    };
    let what = format!("{have}, {short} {missed} {}{why}.", bare(limit, window.need, window.of));
    Some(match failing.len() {
        1 if limit.per == Window::Year => {
            format!("The year has {what}").replacen(&have, &format!("{have}{}", on_average(limit)), 1)
        }
        n => {
            let verb = if n == 1 { "fails" } else { "fail" };
            format!("{} {verb}, the worst on {}: {what}", n_windows(limit.per, n), worst.date)
        }
    })
}

/// A week with a holiday is held to the same floor as any other, because the clause says no more than `a week`.
fn cut_short(limit: &Limit, scales: &Scales) -> Option<String> {
    let short = scales.windows.iter().filter(|w| w.cut_short);
    let failing = short.clone().filter(|w| w.slack < 0).count();
    let short = short.count();
    let fail =
        if failing == 1 { "one of them fails".into() } else { format!("{} of them fail", thousands(failing as i64)) };
    (limit.per == Window::Week && limit.side == Side::AtLeast && failing > 0).then(|| {
        let weeks = n_windows(limit.per, short);
        let they = if short == 1 {
            "has fewer than five counted days and is"
        } else {
            "have fewer than five counted days and are"
        };
        format!("{weeks} {they} judged as written, without a share for holidays; {fail}.")
    })
}

/// A whole amount in the limit's unit.
pub fn of(limit: &Limit, amount: i64) -> String {
    side_of(limit, amount, 1)
}

/// A side of a comparison in its unit.
pub fn side_of(limit: &Limit, amount: i64, of: i64) -> String {
    Quantity { amount, of, unit: unit_of_limit(limit) }.to_string()
}

/// A difference in its unit: between two times of day lie minutes.
pub fn gap_of(limit: &Limit, amount: i64, of: i64) -> String {
    Quantity { amount, of, unit: unit_of_limit(limit).of_difference() }.to_string()
}

/// A side without its unit, where the other side stands beside it with one.
fn bare(limit: &Limit, amount: i64, of: i64) -> String {
    match unit_of_limit(limit) {
        Unit::Minutes | Unit::Days | Unit::Blocks if of == 1 => thousands(amount),
        Unit::Minutes | Unit::Days | Unit::Blocks | Unit::Clock | Unit::PerOne | Unit::Share | Unit::Dollars => {
            side_of(limit, amount, of)
        }
    }
}

/// Failing windows that waivers let go.
fn waived(limit: &Limit, scales: &Scales, fates: &[Fate]) -> Option<String> {
    let waived: Vec<&Weighed> =
        scales.windows.iter().zip(fates).filter(|(_, f)| matches!(f, Fate::Waived(_))).map(|(w, _)| w).collect();
    let worst = waived.iter().min_by(|a, b| by_part(a, b))?;
    let (have, short) = (side_of(limit, worst.have, worst.of), gap_of(limit, -worst.slack, worst.of));
    let (missed, need) = (missed_by(limit), bare(limit, worst.need, worst.of));
    let n = n_windows(limit.per, waived.len());
    let is = if waived.len() == 1 { "is" } else { "are" };
    Some(format!("{n} {is} waived, at worst {have} on {}, {short} {missed} {need}.", worst.first))
}

/// A window in which the amount changes is held to the amount of its first day.
fn changing(limit: &Limit, scales: &Scales) -> Option<String> {
    let n = scales.windows.iter().filter(|w| w.changes).count();
    let (has, is) = if n == 1 { ("has", "is") } else { ("have", "are") };
    (n > 0).then(|| {
        format!(
            "{} {has} a change of the amount inside and {is} judged by that of the first day.",
            n_windows(limit.per, n)
        )
    })
}

/// Which of two windows has less slack, exactly.
fn by_part(a: &Weighed, b: &Weighed) -> Ordering {
    let quantity = |w: &Weighed| Quantity { amount: w.slack, of: w.of, unit: Unit::Minutes };
    quantity(a).order(quantity(b))
}

/// What the figure of a year is, where it is no sum.
fn on_average(limit: &Limit) -> &'static str {
    match limit.figure {
        Figure::Total => "",
        Figure::DailyMean => " a day on average",
        Figure::WeeklyMean => " a week on average",
    }
}

/// Minutes, days and blocks are many; a time of day, a ratio, a share or a sum of money is one.
fn are(limit: &Limit, amount: i64) -> &'static str {
    match unit_of_limit(limit) {
        Unit::Minutes | Unit::Days | Unit::Blocks if amount.abs() != 1 => "are",
        Unit::Minutes | Unit::Days | Unit::Blocks | Unit::Clock | Unit::PerOne | Unit::Share | Unit::Dollars => "is",
    }
}

/// The word for missing a side.
pub fn missed_by(limit: &Limit) -> &'static str {
    match limit.side {
        Side::AtLeast if is_clock(limit) => "before",
        Side::AtMost if is_clock(limit) => "after",
        Side::AtLeast => "short of",
        Side::AtMost => "over",
    }
}

fn is_clock(limit: &Limit) -> bool {
    unit_of_limit(limit) == Unit::Clock
}

fn days_name(weekdays: &[Weekday]) -> &'static str {
    match weekdays {
        [first, rest @ ..] if rest.iter().all(|w| w == first) => match first {
            Weekday::Monday => "Mondays",
            Weekday::Tuesday => "Tuesdays",
            Weekday::Wednesday => "Wednesdays",
            Weekday::Thursday => "Thursdays",
            Weekday::Friday => "Fridays",
            Weekday::Saturday => "Saturdays",
            Weekday::Sunday => "Sundays",
        },
        _ => "Such days",
    }
}

fn window_noun(window: Window) -> &'static str {
    match window {
        Window::Day => "day",
        Window::Week => "week",
        Window::FullWeek => "full week",
        Window::Month => "month",
        Window::Cycle(_) => "full cycle",
        Window::Consecutive(_) => "such run of days",
        Window::Term => "term",
        Window::Year => "day",
    }
}
