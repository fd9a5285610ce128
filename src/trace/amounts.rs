//! A clause with other amounts: tighter or looser by units of its own text, or left out.

use crate::clauses::Amount;
use crate::clauses::Clause;
use crate::clauses::Limit;
use crate::clauses::PARTS_OF_A_SHARE;
use crate::clauses::PARTS_OF_ONE;
use crate::clauses::Requirement;
use crate::clauses::Rule;
use crate::clauses::Side;
use crate::units::ClockTime;
use crate::units::Dollars;
use crate::units::Minutes;
use serde::Serialize;

/// How a clause is changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub enum Change {
    /// It asks so many units more: a floor is higher, a cap lower.
    Tighter(u32),
    /// It asks so many units less.
    Looser(u32),
    /// It is left out.
    LeftOut,
}

/// Minutes of the unit of a text in hours.
const MINUTES_OF_AN_HOUR: i64 = 60;
/// A text in percent moves by one percent.
const PERCENTS_OF_A_SHARE: i64 = 100;
/// Cents of the unit of a text in dollars.
const CENTS_OF_A_DOLLAR: i64 = 100;

/// The clause after a change; nothing where an amount would fall below zero or out of its range, or where there
/// is no amount to change.
///
/// Every limit of the clause is moved by its own unit; its exceptions stay as they are written.
pub fn changed(clause: &Clause, change: Change) -> Option<Clause> {
    let mut other = clause.clone();
    match change {
        Change::LeftOut => other.rule = Rule::NotComputable("it is left out to see what it does".into()),
        Change::Tighter(units) => move_rule(&mut other.rule, i64::from(units))?,
        Change::Looser(units) => move_rule(&mut other.rule, -i64::from(units))?,
    }
    Some(other)
}

fn move_rule(rule: &mut Rule, units: i64) -> Option<()> {
    match rule {
        Rule::Computable { requires, .. } => move_requirement(requires, units),
        Rule::NotComputable(_) => None,
    }
}

fn move_requirement(requires: &mut Requirement, units: i64) -> Option<()> {
    match requires {
        Requirement::Limit(limit) => move_limit(limit, units),
        Requirement::All(parts) | Requirement::Any(parts) => {
            parts.iter_mut().try_for_each(|part| move_requirement(part, units))
        }
    }
}

fn move_limit(limit: &mut Limit, units: i64) -> Option<()> {
    let units = match limit.side {
        Side::AtLeast => units,
        Side::AtMost => -units,
    };
    for value in &mut limit.values {
        value.amount = moved(value.amount, units)?;
    }
    (!limit.values.is_empty()).then_some(())
}

fn moved(amount: Amount, units: i64) -> Option<Amount> {
    let not_below_zero = |n: i64| (n >= 0).then_some(n);
    Some(match amount {
        Amount::Minutes(n) => Amount::Minutes(not_below_zero(n + units)?),
        Amount::Hours(m) => Amount::Hours(Minutes(not_below_zero(m.0 + MINUTES_OF_AN_HOUR * units)?)),
        Amount::Days(n) => Amount::Days(not_below_zero(n + units)?),
        Amount::Blocks(n) => Amount::Blocks(not_below_zero(n + units)?),
        Amount::Clock(time) => Amount::Clock(ClockTime::from_minutes(time.after_midnight() + Minutes(units))?),
        Amount::PerOne(n) => Amount::PerOne(not_below_zero(n + PARTS_OF_ONE as i64 * units)?),
        Amount::Share(n) => {
            let parts = PARTS_OF_A_SHARE as i64;
            let share = not_below_zero(n + parts / PERCENTS_OF_A_SHARE * units)?;
            Amount::Share(Some(share).filter(|n| *n <= parts)?)
        }
        Amount::Dollars(d) => {
            Amount::Dollars(Dollars::from_cents(not_below_zero(d.cents() + CENTS_OF_A_DOLLAR * units)?))
        }
    })
}

/// So many units of a clause's own text, in words: `1 hour`; nothing where it has no amount.
pub fn unit_of_text(clause: &Clause, units: u32) -> Option<String> {
    let Rule::Computable { requires, .. } = &clause.rule else { return None };
    let mut words: Vec<String> = Vec::new();
    name_units(requires, units, &mut words);
    (!words.is_empty()).then(|| words.join(" and "))
}

fn name_units(requires: &Requirement, units: u32, words: &mut Vec<String>) {
    match requires {
        Requirement::Limit(limit) => {
            let word = limit.values.first().map(|value| unit_in_words(value.amount, units));
            words.extend(word.filter(|word| !words.contains(word)));
        }
        Requirement::All(parts) | Requirement::Any(parts) => {
            parts.iter().for_each(|part| name_units(part, units, words));
        }
    }
}

fn unit_in_words(amount: Amount, units: u32) -> String {
    let plural = if units == 1 { "" } else { "s" };
    match amount {
        Amount::Minutes(_) | Amount::Clock(_) => format!("{units} minute{plural}"),
        Amount::Hours(_) => format!("{units} hour{plural}"),
        Amount::Days(_) => format!("{units} day{plural}"),
        Amount::Blocks(_) => format!("{units} block{plural}"),
        Amount::PerOne(_) => format!("{units} for each one"),
        Amount::Share(_) => format!("{units} percent"),
        Amount::Dollars(_) => format!("{units} dollar{plural}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scenario;
    use std::path::Path;

    fn clause(id: &str) -> Clause {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios/ccsd93");
        let scenario = scenario::read(&path).unwrap_or_else(|unread| panic!("{}", unread.findings));
        scenario.clauses.into_iter().find(|c| c.id == id).unwrap()
    }

    fn amount(clause: &Clause) -> Amount {
        let Rule::Computable { requires: Requirement::Limit(limit), .. } = &clause.rule else { panic!("one limit") };
        limit.values[0].amount
    }

    #[test]
    fn a_tighter_floor_is_higher_and_a_tighter_cap_lower_by_the_unit_of_the_text() {
        let contact = clause("contact-time");
        assert_eq!(amount(&changed(&contact, Change::Tighter(1)).unwrap()), Amount::Minutes(359));
        assert_eq!(amount(&changed(&contact, Change::Looser(5)).unwrap()), Amount::Minutes(365));
        assert_eq!(unit_of_text(&contact, 1).unwrap(), "1 minute");
        let workday = clause("workday");
        // by hand: seven and a half hours less one are 6.5 h, 390 min
        assert_eq!(amount(&changed(&workday, Change::Tighter(1)).unwrap()), Amount::Hours(Minutes(390)));
        assert_eq!(unit_of_text(&workday, 2).unwrap(), "2 hours");
        let plans = clause("elementary-plan-times");
        assert_eq!(amount(&changed(&plans, Change::Tighter(1)).unwrap()), Amount::Blocks(5));
        assert!(changed(&plans, Change::Looser(4)).is_some() && changed(&plans, Change::Looser(5)).is_none());
    }

    #[test]
    fn every_amount_moves_by_one_of_its_own_and_stays_in_its_range() {
        assert_eq!(moved(Amount::Share(500_000), 1), Some(Amount::Share(510_000)));
        assert_eq!(moved(Amount::Share(995_000), 1), None);
        assert_eq!(moved(Amount::PerOne(25_000), -1), Some(Amount::PerOne(24_000)));
        assert_eq!(moved(Amount::Dollars(Dollars::new(2.0)), -2), Some(Amount::Dollars(Dollars::new(0.0))));
        let midnight = ClockTime::from_text("0:00").unwrap();
        assert_eq!(moved(Amount::Clock(midnight), -1), None);
        assert_eq!(moved(Amount::Days(0), -1), None);
    }

    #[test]
    fn a_clause_that_is_left_out_asks_nothing_and_one_without_amounts_cannot_be_moved() {
        let left_out = changed(&clause("contact-time"), Change::LeftOut).unwrap();
        assert!(matches!(left_out.rule, Rule::NotComputable(_)));
        assert!(changed(&left_out, Change::Tighter(1)).is_none() && unit_of_text(&left_out, 1).is_none());
    }
}
