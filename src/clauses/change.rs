//! What would change an answer, and by how much.
//!
//! Has a comparison, gives a sentence for each way: the time that is held, or the amount that is asked.

use crate::clauses::Limit;
use crate::clauses::Outcome;
use crate::clauses::Quantity;
use crate::clauses::Requirement;
use crate::clauses::Side;
use crate::clauses::Unit;
use crate::clauses::Window;
use crate::clauses::amount::unit_of_limit;
use crate::clauses::comparison::Answer;
use crate::clauses::words::hours;
use crate::units::Minutes;
use crate::units::thousands;

/// What would turn an answer round; nothing for answers that are neither yes nor no.
pub fn would_change(requires: &Requirement, answer: &Answer, year: &str) -> Vec<String> {
    let Some(t) = answer.tightest else { return Vec::new() };
    let (have, missing) = (t.quantity(t.have), t.difference());
    let side = side_of(requires, &answer.tightest.map(|t| t.unit));
    let when = if is_yearly(requires) { format!("in {year}") } else { format!("on {}", t.date) };
    match answer.outcome {
        Outcome::Fails | Outcome::Waived => {
            let (more, amount) = match side {
                Some(Side::AtMost) => ("less", "more than it allows"),
                Some(Side::AtLeast) | None => ("more", "less than it asks"),
            };
            let short = missing.size();
            let each = match answer.n_failing.max(1) {
                1 => format!("It would hold with {short} {more} {when}."),
                n => {
                    let n = thousands(i64::try_from(n).unwrap_or(i64::MAX));
                    let all = answer.short_in_all.size();
                    format!(
                        "It would hold with {short} {more} where it is worst ({}), and {all} {more} over all {n} windows that fail.",
                        t.date
                    )
                }
            };
            let value = as_written(have, t.per_written);
            vec![each, format!("Or if its amount were {value}, {short} {amount} now.")]
        }
        Outcome::Holds => {
            let less = match side {
                Some(Side::AtMost) => "more",
                Some(Side::AtLeast) | None => "less",
            };
            match missing.amount {
                0 => vec![format!("It would fail with anything {less} {when}.")],
                _ => vec![format!("It would fail with more than {missing} {less} {when}.")],
            }
        }
        Outcome::NotApplicable | Outcome::NotInForce | Outcome::NotComputable => Vec::new(),
    }
}

/// Whether every limit speaks of the school year as a whole.
fn is_yearly(requires: &Requirement) -> bool {
    match requires {
        Requirement::Limit(limit) => limit.per == Window::Year,
        Requirement::All(parts) | Requirement::Any(parts) => parts.iter().all(is_yearly),
    }
}

/// An amount in the unit that its text uses.
fn as_written(quantity: Quantity, per_written: i64) -> String {
    match (quantity.unit, per_written, quantity.of) {
        (Unit::Minutes, 60, 1) => hours(Minutes(quantity.amount)),
        _ => quantity.to_string(),
    }
}

/// The side of the limits in a unit, where all of them have the same.
fn side_of(requires: &Requirement, unit: &Option<Unit>) -> Option<Side> {
    fn collect<'a>(requires: &'a Requirement, found: &mut Vec<&'a Limit>) {
        match requires {
            Requirement::Limit(limit) => found.push(limit),
            Requirement::All(parts) | Requirement::Any(parts) => parts.iter().for_each(|p| collect(p, found)),
        }
    }
    let mut limits = Vec::new();
    collect(requires, &mut limits);
    let mut sides = limits.iter().filter(|l| Some(unit_of_limit(l)) == *unit).map(|l| l.side);
    let first = sides.next()?;
    sides.all(|s| s == first).then_some(first)
}

#[cfg(test)]
mod tests {
    use crate::clauses::examples::four_weeks;
    use crate::clauses::examples::hours_a_day;
    use crate::clauses::examples::illinois;
    use crate::clauses::examples::limit_clause;
    use crate::clauses::examples::plain;
    use crate::clauses::examples::verdicts;

    #[test]
    fn a_failing_floor_says_how_much_more_or_how_much_lower() {
        let bells = [plain("monday", 290, 0), plain("full", 310, 0)];
        let verdict = &verdicts(limit_clause(hours_a_day(5)), &[four_weeks()], &bells, "3")[0];
        // by hand: 4 Mondays lack 10 each
        assert_eq!(
            verdict.would_change,
            [
                "It would hold with 10 min more where it is worst (2025-09-01), and 40 min more over all 4 windows that fail.",
                "Or if its amount were 4 h 50 min, 10 min less than it asks now."
            ]
        );
    }

    #[test]
    fn a_clause_that_holds_says_how_far_it_is_from_failing() {
        let bells = [plain("monday", 285, 75), plain("full", 310, 0)];
        let verdict = &verdicts(illinois(), &[four_weeks()], &bells, "3")[0];
        assert_eq!(verdict.would_change, ["It would fail with more than 10 min less on 2025-09-02."]);
    }
}
