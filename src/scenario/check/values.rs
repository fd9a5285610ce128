//! Single values: dates, times, grades, numbers and their units, each inside what makes sense.

use crate::clauses::Amount;
use crate::clauses::PARTS_OF_A_SHARE;
use crate::clauses::PARTS_OF_ONE;
use crate::findings::Finding;
use crate::findings::Findings;
use crate::findings::Place;
use crate::luck::Uncertain;
use crate::scenario::raw;
use crate::units::ClockTime;
use crate::units::Date;
use crate::units::Dollars;
use crate::units::Grades;
use crate::units::Minutes;
use crate::units::Share;

/// Years outside these are slips of the pen, and inside them no reckoning with dates can fail.
const YEARS: std::ops::RangeInclusive<i16> = 1900..=2200;

/// Nothing in a scenario comes near this number; beyond it, sums could lose their last digits.
const LARGEST: f64 = 1e9;

/// A value that may be left out: nothing when it is, and nothing at all when it is wrong.
pub fn maybe<T, R>(value: Option<T>, read: impl FnOnce(T) -> Option<R>) -> Option<Option<R>> {
    match value {
        None => Some(None),
        Some(value) => read(value).map(Some),
    }
}

/// A date such as `2026-08-19`.
pub fn date(text: &str, place: &Place, out: &mut Findings) -> Option<Date> {
    let shape = |(n, c): (usize, char)| if n == 4 || n == 7 { c == '-' } else { c.is_ascii_digit() };
    if text.len() != 10 || !text.chars().enumerate().all(shape) {
        out.push(
            Finding::error("date::shape", format!("\"{text}\" is not a date"))
                .at(place, "")
                .help("write year, month and day: \"2026-08-19\""),
        );
        return None;
    }
    match text.parse::<Date>() {
        Ok(date) if YEARS.contains(&date.year()) => Some(date),
        Ok(_) => {
            let (first, last) = (YEARS.start(), YEARS.end());
            let finding = Finding::error("date::far", format!("{text} is not between the years {first} and {last}"));
            out.push(finding.at(place, "").help("correct the year"));
            None
        }
        Err(_) => {
            out.push(
                Finding::error("date::impossible", format!("the date {text} does not exist"))
                    .at(place, why_impossible(text))
                    .help("correct the day or the month"),
            );
            None
        }
    }
}

/// Why a date of the right shape does not exist, in words that need no knowledge of calendars as programs.
fn why_impossible(text: &str) -> String {
    let part = |range| text.get(range).and_then(|t: &str| t.parse::<i16>().ok()).unwrap_or(0);
    let (year, month) = (part(0..4), part(5..7));
    let first = i8::try_from(month).ok().and_then(|m| Date::new(year, m, 1).ok());
    match first {
        Some(first) => format!("this month has {} days", first.days_in_month()),
        None => "there are months 01 to 12".to_string(),
    }
}

/// Two dates, of which the second may not come before the first; either may be left out.
pub fn dates_in_order(from: Option<Date>, until: Option<Date>, what: &str, at: &Place, last: &str, out: &mut Findings) {
    if let (Some(from), Some(until)) = (from, until)
        && until < from
    {
        out.push(
            Finding::error("date::backwards", format!("{what} ends on {until}, before it begins on {from}"))
                .at(&at.field(last), "the end")
                .at(at, "of this")
                .help("swap the two dates, or correct the year of one of them"),
        );
    }
}

/// Grades such as `K-5`.
pub fn grades(text: &str, place: &Place, out: &mut Findings) -> Option<Grades> {
    match Grades::from_text(text) {
        Ok(grades) => Some(grades),
        Err(why) => {
            let finding = Finding::error("grades::unknown", why.to_string()).at(place, "");
            out.push(finding.help("write a grade or a run of grades: \"K-5\", \"6-8\", \"PK\""));
            None
        }
    }
}

/// A number, or a distribution whose parts stand in order.
pub fn number(number: &raw::Number, place: &Place, out: &mut Findings) -> Option<Uncertain> {
    let read = uncertain(number.0.trim());
    if let Err(finding) = &read {
        out.push(finding.clone().at(place, ""));
    }
    read.ok()
}

/// The number or distribution that a text is, with its parts in order; a finding when it is neither.
pub fn uncertain(text: &str) -> Result<Uncertain, Finding> {
    let is_spread = text.starts_with(|c: char| c.is_alphabetic()) && !["inf", "NaN"].contains(&text);
    if !is_spread {
        let plain = raw::options().from_str::<f64>(text).ok().filter(|x| x.is_finite() && x.abs() <= LARGEST);
        return plain.map(Uncertain::Fixed).ok_or_else(|| {
            Finding::error("unit::not_a_number", format!("`{text}` is not a number that makes sense here")).help(
                "write a number such as 20 or 0.5, without quotes, or a distribution such as Triangular(12, 20, 40)",
            )
        });
    }
    let spread = raw::options().from_str::<raw::Spread>(text).map_err(|_| {
        Finding::error("unit::spread", format!("`{text}` is not a distribution")).help(
            "the distributions are Triangular(least, likeliest, most), Uniform(least, most), Normal(mean, deviation) and Choice([one, another])",
        )
    })?;
    in_order(spread, text)
}

fn in_order(spread: raw::Spread, text: &str) -> Result<Uncertain, Finding> {
    let wrong = |why: &str| Err(Finding::error("unit::spread", format!("`{text}` is not in order")).help(why));
    let fits = |all: &[f64]| all.iter().all(|x| x.is_finite() && x.abs() <= LARGEST);
    match spread {
        raw::Spread::Triangular(low, mode, high) if !(fits(&[low, mode, high]) && low <= mode && mode <= high) => {
            wrong("write the least, the likeliest and the most, in this order: Triangular(12, 20, 40)")
        }
        raw::Spread::Uniform(low, high) if !(fits(&[low, high]) && low <= high) => {
            wrong("write the least and then the most: Uniform(12, 40)")
        }
        raw::Spread::Normal(mean, sd) if !(fits(&[mean, sd]) && sd >= 0.0) => {
            wrong("write the mean and a standard deviation of 0 or more: Normal(20, 4)")
        }
        raw::Spread::Choice(all) if all.is_empty() || !fits(&all) => {
            wrong("write at least one value: Choice([12, 20, 40])")
        }
        raw::Spread::Triangular(low, mode, high) => Ok(Uncertain::Triangular { low, mode, high }),
        raw::Spread::Uniform(low, high) => Ok(Uncertain::Uniform { low, high }),
        raw::Spread::Normal(mean, sd) => Ok(Uncertain::Normal { mean, sd }),
        raw::Spread::Choice(all) => Ok(Uncertain::Choice(all)),
    }
}

/// A number that is known: no distribution.
pub fn known(value: &raw::Number, place: &Place, out: &mut Findings) -> Option<f64> {
    match number(value, place, out)? {
        Uncertain::Fixed(x) => Some(x),
        Uncertain::Triangular { .. } | Uncertain::Uniform { .. } | Uncertain::Normal { .. } | Uncertain::Choice(_) => {
            out.push(
                Finding::error("unit::uncertain", "a distribution cannot stand here")
                    .at(place, "")
                    .help("write one number; durations of conditions, retooling and parameters may be uncertain"),
            );
            None
        }
    }
}

/// A whole number inside a range.
pub fn whole(
    value: &raw::Number,
    range: std::ops::RangeInclusive<u32>,
    what: &str,
    place: &Place,
    out: &mut Findings,
) -> Option<u32> {
    let x = known(value, place, out)?;
    let (least, most) = (f64::from(*range.start()), f64::from(*range.end()));
    if x.fract() == 0.0 && (least..=most).contains(&x) {
        return Some(x as u32);
    }
    let help = format!("write a whole number from {least} to {most}");
    out.push(Finding::error("unit::whole", format!("{what} cannot be {x}")).at(place, "").help(help));
    None
}

fn parts(quantity: &raw::Quantity) -> (&'static str, &raw::Number) {
    match quantity {
        raw::Quantity::Minutes(n) => ("Minutes", n),
        raw::Quantity::Hours(n) => ("Hours", n),
        raw::Quantity::Weeks(n) => ("Weeks", n),
        raw::Quantity::Days(n) => ("Days", n),
        raw::Quantity::Blocks(n) => ("Blocks", n),
        raw::Quantity::Clock(n) => ("Clock", n),
        raw::Quantity::PerOne(n) => ("PerOne", n),
        raw::Quantity::Dollars(n) => ("Dollars", n),
        raw::Quantity::Share(n) => ("Share", n),
        raw::Quantity::Educators(n) => ("Educators", n),
    }
}

fn in_unit<'a>(quantity: &'a raw::Quantity, unit: &str, place: &Place, out: &mut Findings) -> Option<&'a raw::Number> {
    let (written, number) = parts(quantity);
    if written == unit {
        return Some(number);
    }
    out.push(
        Finding::error("unit::wrong", format!("{written}(…) stands where {unit}(…) belongs"))
            .at(place, "")
            .help(format!("write {unit}(…)")),
    );
    None
}

/// An amount in a unit, never below zero, perhaps uncertain.
pub fn uncertain_in(quantity: &raw::Quantity, unit: &str, place: &Place, out: &mut Findings) -> Option<Uncertain> {
    let value = number(in_unit(quantity, unit, place, out)?, place, out)?;
    let least = match &value {
        Uncertain::Normal { mean, .. } => *mean,
        Uncertain::Fixed(_) | Uncertain::Triangular { .. } | Uncertain::Uniform { .. } | Uncertain::Choice(_) => {
            value.range().0
        }
    };
    not_negative(least, unit, place, out).then_some(value)
}

fn amount_in(quantity: &raw::Quantity, unit: &str, place: &Place, out: &mut Findings) -> Option<f64> {
    let x = known(in_unit(quantity, unit, place, out)?, place, out)?;
    not_negative(x, unit, place, out).then_some(x)
}

fn not_negative(x: f64, unit: &str, place: &Place, out: &mut Findings) -> bool {
    if x < 0.0 {
        out.push(
            Finding::error("unit::negative", format!("{unit} cannot be negative, and here they are {x}"))
                .at(place, "")
                .help("write 0 or more"),
        );
    }
    x >= 0.0
}

/// Hours \[h\].
pub fn hours(quantity: &raw::Quantity, place: &Place, out: &mut Findings) -> Option<f64> {
    amount_in(quantity, "Hours", place, out)
}

/// Weeks \[weeks\].
pub fn weeks(quantity: &raw::Quantity, place: &Place, out: &mut Findings) -> Option<f64> {
    amount_in(quantity, "Weeks", place, out)
}

/// Educators that one person serves: at least one.
pub fn educators(quantity: &raw::Quantity, place: &Place, out: &mut Findings) -> Option<f64> {
    let n = amount_in(quantity, "Educators", place, out)?;
    if n < 1.0 {
        let finding = Finding::error("unit::too_small", format!("one person cannot serve {n} educators"));
        out.push(finding.at(place, "").help("write at least Educators(1)"));
        return None;
    }
    Some(n)
}

/// Dollars.
pub fn dollars(quantity: &raw::Quantity, place: &Place, out: &mut Findings) -> Option<Dollars> {
    amount_in(quantity, "Dollars", place, out).map(Dollars::new)
}

/// A share from 0 to 1.
pub fn share(quantity: &raw::Quantity, place: &Place, out: &mut Findings) -> Option<Share> {
    let x = known(in_unit(quantity, "Share", place, out)?, place, out)?;
    let share = Share::new(x);
    if share.is_none() {
        let help = if x > 1.0 && x <= 100.0 {
            format!("a share lies between 0 and 1: write {x} % as Share({})", x / 100.0)
        } else {
            "a share lies between 0 and 1".to_string()
        };
        out.push(Finding::error("unit::share", format!("a share cannot be {x}")).at(place, "").help(help));
    }
    share
}

/// Whole minutes, written as minutes.
pub fn minutes(quantity: &raw::Quantity, place: &Place, out: &mut Findings) -> Option<Minutes> {
    let x = amount_in(quantity, "Minutes", place, out)?;
    whole_amount(x, "Minutes", place, out).map(Minutes)
}

/// Whole minutes, written as minutes or as hours.
pub fn minutes_or_hours(quantity: &raw::Quantity, place: &Place, out: &mut Findings) -> Option<Minutes> {
    match amount(quantity, place, out)? {
        Amount::Minutes(n) => Some(Minutes(n)),
        Amount::Hours(minutes) => Some(minutes),
        Amount::Days(_)
        | Amount::Blocks(_)
        | Amount::Clock(_)
        | Amount::PerOne(_)
        | Amount::Share(_)
        | Amount::Dollars(_) => {
            let (written, _) = parts(quantity);
            let finding = Finding::error("unit::wrong", format!("{written}(…) stands where Minutes(…) belongs"));
            out.push(finding.at(place, "").help("write Minutes(…) or Hours(…)"));
            None
        }
    }
}

/// A number of minutes, days or blocks, which come whole.
pub fn whole_amount(x: f64, unit: &str, place: &Place, out: &mut Findings) -> Option<i64> {
    if x.fract() != 0.0 {
        let finding = Finding::error("unit::whole", format!("{unit} come whole, and here they are {x}"));
        out.push(finding.at(place, "").help("write a whole number"));
        return None;
    }
    Some(x as i64)
}

/// An amount in the unit of its text; the check of its clause says whether that unit fits.
pub fn amount(quantity: &raw::Quantity, place: &Place, out: &mut Findings) -> Option<Amount> {
    let (unit, number) = parts(quantity);
    match quantity {
        raw::Quantity::Clock(text) => clock(text, place, out).map(Amount::Clock),
        raw::Quantity::Hours(_) => hours_amount(amount_in(quantity, unit, place, out)?, place, out),
        raw::Quantity::Minutes(_) | raw::Quantity::Days(_) | raw::Quantity::Blocks(_) => {
            let whole = whole_amount(amount_in(quantity, unit, place, out)?, unit, place, out)?;
            Some(match quantity {
                raw::Quantity::Minutes(_) => Amount::Minutes(whole),
                raw::Quantity::Days(_) => Amount::Days(whole),
                _ => Amount::Blocks(whole),
            })
        }
        raw::Quantity::PerOne(_) => in_parts(number, PARTS_OF_ONE, "PerOne", place, out).map(Amount::PerOne),
        raw::Quantity::Share(_) => {
            share(quantity, place, out)?;
            in_parts(number, PARTS_OF_A_SHARE, "Share", place, out).map(Amount::Share)
        }
        raw::Quantity::Dollars(_) => dollars(quantity, place, out).map(Amount::Dollars),
        raw::Quantity::Weeks(_) | raw::Quantity::Educators(_) => {
            let finding = Finding::error("unit::wrong", format!("a clause cannot be about {unit}"));
            out.push(finding.at(place, "").help(
                "write Minutes(…), Hours(…), Days(…), Blocks(…), Clock(\"8:00\"), PerOne(…), Share(…) or Dollars(…)",
            ));
            None
        }
    }
}

fn hours_amount(hours: f64, place: &Place, out: &mut Findings) -> Option<Amount> {
    let minutes = Minutes::from_hours(hours);
    if minutes.is_none() {
        let finding = Finding::error("unit::whole", format!("{hours} hours are not a whole number of minutes"));
        out.push(finding.at(place, "").help("write them as Minutes(…)"));
    }
    minutes.map(Amount::Hours)
}

/// A number with few enough digits to be kept exactly, as a whole number of its parts.
fn in_parts(number: &raw::Number, parts: f64, unit: &str, place: &Place, out: &mut Findings) -> Option<i64> {
    let x = known(number, place, out)?;
    not_negative(x, unit, place, out).then_some(())?;
    let whole = (x * parts).round();
    if (whole / parts - x).abs() > f64::EPSILON * x.abs() * 4.0 {
        let finding = Finding::error("unit::digits", format!("{unit}({x}) has more digits than are kept"));
        out.push(finding.at(place, "").help(format!("write it in whole parts of {parts}")));
        return None;
    }
    Some(whole as i64)
}

/// A time of day such as `"8:45"`.
fn clock(text: &raw::Number, place: &Place, out: &mut Findings) -> Option<ClockTime> {
    let Ok(inner) = raw::options().from_str::<String>(&text.0) else {
        let finding = Finding::error("time::shape", format!("{} is not a time of day", text.0));
        out.push(finding.at(place, "").help("write it in quotes on a 24-hour clock: Clock(\"8:45\")"));
        return None;
    };
    clock_time(&inner, place, out)
}

/// A time of day such as `8:45`.
pub fn clock_time(text: &str, place: &Place, out: &mut Findings) -> Option<ClockTime> {
    match ClockTime::from_text(text) {
        Ok(time) => Some(time),
        Err(why) => {
            let said = why.to_string();
            let (what, _) = said.split_once("; ").unwrap_or((&said, ""));
            let finding = Finding::error("time::shape", what).at(place, "");
            out.push(finding.help("write hours and minutes on a 24-hour clock: \"8:45\", \"13:05\""));
            None
        }
    }
}

/// The two letters of a state.
pub fn state(text: &str, place: &Place, out: &mut Findings) -> Option<String> {
    if text.len() == 2 && text.bytes().all(|b| b.is_ascii_uppercase()) {
        return Some(text.to_string());
    }
    let finding = Finding::error("state::letters", format!("\"{text}\" is not a state in two letters"));
    out.push(finding.at(place, "").help("write the two capital letters of the mail: \"IL\""));
    None
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn found<T>(read: impl FnOnce(&Place, &mut Findings) -> Option<T>) -> Result<T, Vec<&'static str>> {
        let mut out = Findings::new();
        let value = read(&Place::nowhere(), &mut out);
        value.ok_or_else(|| out.iter().map(|f| f.code).collect())
    }

    fn written(text: &str) -> raw::Number {
        raw::Number(text.to_string())
    }

    #[test]
    fn dates_are_read_and_impossible_ones_say_why() {
        assert_eq!(found(|p, o| date("2028-02-29", p, o)).map(|d| d.day()), Ok(29));
        assert_eq!(found(|p, o| date("2026-02-29", p, o)), Err(vec!["date::impossible"]));
        assert_eq!(why_impossible("2026-02-29"), "this month has 28 days");
        assert_eq!(found(|p, o| date("2026-2-28", p, o)), Err(vec!["date::shape"]));
        assert_eq!(found(|p, o| date("1899-12-31", p, o)), Err(vec!["date::far"]));
    }

    #[test]
    fn hours_become_the_minutes_of_their_clause() {
        let amount = |q| found(|p, o| amount(&q, p, o));
        let five_and_a_half = raw::Quantity::Hours(written("5.5"));
        assert_eq!(amount(five_and_a_half), Ok(crate::clauses::Amount::Hours(Minutes(330)))); // by hand: 5 * 60 + 30
        assert_eq!(amount(raw::Quantity::Days(written("0.5"))), Err(vec!["unit::whole"]));
        assert_eq!(amount(raw::Quantity::Weeks(written("0.5"))), Err(vec!["unit::wrong"]));
    }

    #[test]
    fn numbers_that_are_none_are_refused() {
        for text in ["NaN", "inf", "-inf", "1e300", "\"4\"", "", "Some(4)", "Uniform(NaN, 4)", "Uniform(1)", "()"] {
            assert!(found(|p, o| number(&written(text), p, o)).is_err(), "{text} was accepted");
        }
    }

    proptest! {
        #[test]
        fn a_share_is_accepted_exactly_between_nothing_and_all(x in -2.0..3.0f64) {
            let read = found(|p, o| share(&raw::Quantity::Share(written(&format!("{x}"))), p, o));
            prop_assert_eq!(read.is_ok(), (0.0..=1.0).contains(&x));
        }

        #[test]
        fn any_text_for_a_number_has_an_answer(text in "[A-Za-z0-9(),.\\[\\]+-]{0,24}") {
            let _ = found(|p, o| number(&written(&text), p, o));
        }
    }
}
