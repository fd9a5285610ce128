//! Expected answers of cases: that a clause could give them at all.

use crate::calendar::CalendarDay;
use crate::clauses::Clause;
use crate::clauses::Expected;
use crate::clauses::Outcome;
use crate::clauses::Quantity;
use crate::clauses::Unit;
use crate::clauses::exceptions_of;
use crate::clauses::units_of_slack;
use crate::findings::Finding;
use crate::findings::Findings;
use crate::findings::Place;
use crate::scenario::check::values;
use crate::scenario::raw;
use crate::units::Date;
use crate::units::Dollars;

/// Digits after the point that are kept; a number with more is written as a division.
const MOST_DIGITS: usize = 9;

/// No slack comes near this.
const LARGEST: i64 = 1_000_000_000_000;

/// Checks what a case expects of its clause, on the days of its first school.
pub fn expected(
    raw: &raw::Expect,
    clause: &Clause,
    days: Option<&[CalendarDay]>,
    place: &Place,
    out: &mut Findings,
) -> Option<Expected> {
    let at = |field: &str| place.field(field);
    let outcome: Outcome = raw.outcome.into();
    let slack = values::maybe(raw.slack.as_ref(), |q| slack(q, clause, &at("slack"), out));
    match slack {
        Some(Some(slack)) => agrees(outcome, slack, &at("slack"), out),
        Some(None) => asks_for_slack(outcome, clause, place, out),
        None => {}
    }
    let on = values::maybe(raw.on.as_ref(), |text| on(text, days, &at("on"), out));
    let by = values::maybe(raw.by.as_ref(), |id| by(id, clause, &at("by"), out));
    let at_risk = values::maybe(raw.at_risk.as_ref(), |q| at_risk(q, clause, &at("at_risk"), out));
    Some(Expected { outcome, slack: slack?, on: on?, by: by?, at_risk: at_risk? })
}

/// A clause with one unit has one slack, and a case that does not reckon it tries little.
fn asks_for_slack(outcome: Outcome, clause: &Clause, place: &Place, out: &mut Findings) {
    let tells = match outcome {
        Outcome::Holds | Outcome::Fails => true,
        Outcome::NotApplicable | Outcome::NotInForce | Outcome::NotComputable | Outcome::Waived => false,
    };
    let units = units_of_slack(clause);
    if let ([unit], true) = (units.as_slice(), tells) {
        let name = outcome.name();
        let message = format!("`{}` is expected to answer \"{name}\", and not by how much", clause.id);
        let finding = Finding::error("cases::no_slack", message).at(place, "`slack` is missing");
        out.push(finding.help(format!("add `slack: {}(…)`; what is missing is below zero", written_as(*unit))));
    }
}

fn agrees(outcome: Outcome, slack: Quantity, place: &Place, out: &mut Findings) {
    let wrong = match outcome {
        Outcome::Holds => slack.amount < 0,
        Outcome::Fails => slack.amount >= 0,
        Outcome::NotApplicable | Outcome::NotInForce | Outcome::NotComputable | Outcome::Waived => false,
    };
    if wrong {
        let message = format!("\"{}\" with a slack of {slack} contradicts itself", outcome.name());
        let finding = Finding::error("cases::contradiction", message).at(place, "");
        out.push(finding.help("what holds has a slack of 0 or more, what fails one below 0: Minutes(-15)"));
    }
}

fn slack(raw: &raw::Quantity, clause: &Clause, place: &Place, out: &mut Findings) -> Option<Quantity> {
    let slack = quantity(raw, place, out)?;
    let units = units_of_slack(clause);
    if units.contains(&slack.unit) {
        return Some(slack);
    }
    let finding = if units.is_empty() {
        let message = format!("`{}` is not computable and has no slack", clause.id);
        Finding::error("cases::unit", message).help("leave `slack` out, and write `outcome: NotComputable`")
    } else {
        let names: Vec<&str> = units.iter().map(|u| u.name()).collect();
        let message =
            format!("the slack of `{}` is in {}, not in {}", clause.id, names.join(" or "), slack.unit.name());
        let written: Vec<String> = units.iter().map(|u| format!("{}(…)", written_as(*u))).collect();
        Finding::error("cases::unit", message).help(format!("write {}", written.join(" or ")))
    };
    out.push(finding.at(place, ""));
    None
}

/// The word that files write for a unit of slack.
fn written_as(unit: Unit) -> &'static str {
    match unit {
        Unit::Minutes | Unit::Clock => "Minutes",
        Unit::Days => "Days",
        Unit::Blocks => "Blocks",
        Unit::PerOne => "PerOne",
        Unit::Share => "Share",
        Unit::Dollars => "Dollars",
    }
}

/// A quantity that may lie below zero, kept exactly.
fn quantity(raw: &raw::Quantity, place: &Place, out: &mut Findings) -> Option<Quantity> {
    let (number, times, unit) = match raw {
        raw::Quantity::Minutes(n) => (n, 1, Unit::Minutes),
        raw::Quantity::Hours(n) => (n, 60, Unit::Minutes),
        raw::Quantity::Days(n) => (n, 1, Unit::Days),
        raw::Quantity::Blocks(n) => (n, 1, Unit::Blocks),
        raw::Quantity::PerOne(n) => (n, 1, Unit::PerOne),
        raw::Quantity::Share(n) => (n, 1, Unit::Share),
        raw::Quantity::Dollars(n) => (n, 1, Unit::Dollars),
        raw::Quantity::Clock(_) | raw::Quantity::Weeks(_) | raw::Quantity::Educators(_) => {
            let finding = Finding::error("unit::wrong", "no slack is told in this unit").at(place, "");
            out.push(finding.help(
                "write Minutes(…), Hours(…), Days(…), Blocks(…), PerOne(…), Share(…) or Dollars(…); between times of day lie Minutes",
            ));
            return None;
        }
    };
    match fraction(number.0.trim()) {
        Some((amount, of)) => Some(Quantity { amount: amount * times, of, unit }),
        None => {
            let finding = Finding::error("unit::not_a_number", format!("`{}` is not an exact number", number.0.trim()));
            out.push(finding.at(place, "").help(format!(
                "write -15 or 0.25, with at most {MOST_DIGITS} digits after the point, or a division: Over(-10, 3)"
            )));
            None
        }
    }
}

/// A decimal number or a division, as two whole numbers.
fn fraction(text: &str) -> Option<(i64, i64)> {
    if let Ok(raw::Fraction::Over(n, of)) = raw::options().from_str(text) {
        let fits = n.abs() <= LARGEST && (1..=LARGEST).contains(&of);
        return fits.then_some((n, of));
    }
    let (sign, digits) = match text.strip_prefix('-') {
        Some(rest) => (-1, rest),
        None => (1, text.strip_prefix('+').unwrap_or(text)),
    };
    let (whole, part) = digits.split_once('.').unwrap_or((digits, ""));
    let plain = |s: &str| s.bytes().all(|b| b.is_ascii_digit());
    if !plain(whole) || !plain(part) || whole.is_empty() && part.is_empty() || part.len() > MOST_DIGITS {
        return None;
    }
    let of = 10_i64.pow(u32::try_from(part.len()).ok()?);
    let n: i64 = format!("{whole}{part}").parse().ok()?;
    (n <= LARGEST).then_some((sign * n, of))
}

fn on(text: &str, days: Option<&[CalendarDay]>, place: &Place, out: &mut Findings) -> Option<Date> {
    let date = values::date(text, place, out)?;
    let Some([first, .., last]) = days else { return Some(date) };
    if (first.date..=last.date).contains(&date) {
        return Some(date);
    }
    let message = format!("{date} is no day of this case, which lasts from {} to {}", first.date, last.date);
    let finding = Finding::error("cases::other_date", message).at(place, "");
    out.push(finding.help("correct the date; it is the first day of the tightest window"));
    None
}

fn by(id: &str, clause: &Clause, place: &Place, out: &mut Findings) -> Option<String> {
    let known: Vec<&str> = exceptions_of(clause).iter().map(|e| e.id.as_str()).collect();
    if known.contains(&id) {
        return Some(id.to_string());
    }
    let message = format!("`{}` has no exception `{id}`", clause.id);
    let finding = Finding::error("ids::unknown", message).at(place, "no exception has this id");
    out.push(if known.is_empty() {
        finding.help("leave `by` out; this clause has no exceptions")
    } else {
        finding.near(id, known)
    });
    None
}

fn at_risk(raw: &raw::Quantity, clause: &Clause, place: &Place, out: &mut Findings) -> Option<Dollars> {
    if clause.penalty.is_none() {
        let finding = Finding::error("cases::no_penalty", format!("`{}` has no penalty", clause.id)).at(place, "");
        out.push(finding.help("leave `at_risk` out, or write the `penalty` of the clause"));
        return None;
    }
    values::dollars(raw, place, out)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn numbers_are_kept_exactly() {
        assert_eq!(fraction("-15"), Some((-15, 1)));
        assert_eq!(fraction("135828.14"), Some((13_582_814, 100)));
        assert_eq!(fraction("-0.85"), Some((-85, 100)));
        assert_eq!(fraction(".5"), Some((5, 10)));
        assert_eq!(fraction("Over(-10, 3)"), Some((-10, 3)));
        for wrong in ["", "-", ".", "1e3", "1.0000000001", "Over(1, 0)", "--1", "NaN", "\"4\"", "99999999999999999999"]
        {
            assert_eq!(fraction(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn hours_are_expected_in_minutes() {
        let mut out = Findings::new();
        let hours = raw::Quantity::Hours(raw::Number("-1.5".into()));
        let minutes = quantity(&hours, &Place::nowhere(), &mut out).unwrap();
        assert_eq!((minutes.as_f64(), minutes.unit), (-90.0, Unit::Minutes)); // by hand: -1.5 * 60
        let clock = raw::Quantity::Clock(raw::Number("\"8:00\"".into()));
        assert_eq!(quantity(&clock, &Place::nowhere(), &mut out), None);
    }

    proptest! {
        #[test]
        fn any_text_for_a_number_has_an_answer(text in "[A-Za-z0-9(),. +-]{0,24}") {
            let _ = fraction(&text);
        }

        #[test]
        fn a_written_number_is_the_number_that_is_meant(n in -1_000_000i64..1_000_000, digits in 0usize..4) {
            let text = format!("{:.*}", digits, n as f64 / 1_000.0);
            let (amount, of) = fraction(&text).unwrap();
            let meant: f64 = text.parse().unwrap();
            prop_assert!((amount as f64 / of as f64 - meant).abs() < 1e-9);
        }
    }
}
