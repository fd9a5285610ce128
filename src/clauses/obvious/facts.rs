//! Random facts, by school and by date, and limits on what is stated.

use crate::calendar::days_later;
use crate::clauses::CountedIn;
use crate::clauses::Fact;
use crate::clauses::FactValue;
use crate::clauses::Heads;
use crate::clauses::Limit;
use crate::clauses::Measure;
use crate::clauses::Said;
use crate::clauses::Unit;
use crate::clauses::Window;
use crate::clauses::obvious::choices::Choices;
use crate::clauses::obvious::limits::parts;
use crate::clauses::obvious::limits::plain;
use crate::clauses::obvious::limits::with_rounding;
use crate::clauses::obvious::limits::without_amount;
use crate::clauses::obvious::worlds::ROLES;
use crate::clauses::obvious::worlds::SCHOOLS;
use crate::findings::Place;
use jiff::civil::date;

/// A limit on a ratio, on facts or on a notice, without an amount.
pub fn stated_limit(choose: &mut Choices, facts: &mut Vec<Fact>) -> Limit {
    let measure = match choose.below(4) {
        0 => Measure::Ratio { of: heads(choose), to: Heads::Staff(choose.one_of(&ROLES).into()) },
        1 | 2 => {
            let unit = choose.one_of(&[Unit::Share, Unit::Dollars, Unit::PerOne, Unit::Days, Unit::Minutes]);
            let n_facts = choose.one_of(&[1, 1, 2]);
            let ids: Vec<String> = (0..n_facts).map(|_| amount_fact(choose, unit, facts)).collect();
            let mut limit = without_amount(choose, Measure::Stated(ids), Window::Year);
            limit.values[0].amount = plain(unit, 0);
            return if choose.happens(25) { with_rounding(choose, limit) } else { limit };
        }
        _ => {
            let of = date_fact(choose, (0, 25), facts);
            let before = date_fact(choose, (15, 50), facts);
            let counted = choose.one_of(&[CountedIn::CalendarDays, CountedIn::SchoolDays]);
            Measure::Notice { of, before, counted }
        }
    };
    let limit = without_amount(choose, measure, Window::Year);
    if choose.happens(25) { with_rounding(choose, limit) } else { limit }
}

fn heads(choose: &mut Choices) -> Heads {
    if choose.happens(30) { Heads::Staff(choose.one_of(&ROLES).into()) } else { Heads::Pupils }
}

fn new_fact(values: Vec<FactValue>, facts: &mut Vec<Fact>) -> String {
    let id = format!("fact-{}", facts.len());
    facts.push(Fact { id: id.clone(), title: id.clone(), values, written: Place::nowhere() });
    id
}

/// What one school says, if it says something of its own, and what is said of all; now and then nobody says it.
fn of_schools(choose: &mut Choices, mut said: impl FnMut(&mut Choices) -> Said) -> Vec<FactValue> {
    let mut values = Vec::new();
    if !choose.happens(15) {
        values.push(FactValue { is: said(choose), from: None, until: None, schools: vec![] });
    }
    if choose.happens(40) {
        let schools = choose.some_of(&SCHOOLS).into_iter().map(Into::into).collect();
        let own = FactValue { is: said(choose), from: None, until: None, schools };
        values.insert(choose.below(values.len() + 1), own);
    }
    values
}

/// A fact that states an amount of a unit; now and then nobody states it, or it is of another unit.
pub fn amount_fact(choose: &mut Choices, unit: Unit, facts: &mut Vec<Fact>) -> String {
    if choose.happens(3) {
        return "nobody-says-this".into();
    }
    let mut values = of_schools(choose, |choose| {
        let unit = if choose.happens(2) { Unit::Days } else { unit };
        Said::Amount(plain(unit, choose.between(1, 40) * parts(unit) / 7))
    });
    if let Some(first) = values.first_mut()
        && choose.happens(50)
    {
        // It changes on some day, before, in or after a school year, and either of the two is written first.
        let changes = days_later(date(2025, 8, 25), choose.between(0, 70));
        let mut later = first.clone();
        (first.until, later.from) = (Some(days_later(changes, -1)), Some(changes));
        later.is = Said::Amount(plain(unit, choose.between(1, 40) * parts(unit) / 7));
        values.insert(choose.below(values.len() + 1), later);
    }
    new_fact(values, facts)
}

fn date_fact(choose: &mut Choices, (from, to): (i64, i64), facts: &mut Vec<Fact>) -> String {
    let values = of_schools(choose, |choose| Said::On(days_later(date(2025, 8, 28), choose.between(from, to))));
    new_fact(values, facts)
}
