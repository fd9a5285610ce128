//! Facts that no bell and no calendar says, and the amounts of budget lines among them.

use crate::calendar::days_later;
use crate::clauses::Amount;
use crate::clauses::Fact;
use crate::clauses::FactValue;
use crate::clauses::Said;
use crate::findings::Finding;
use crate::findings::Findings;
use crate::findings::Place;
use crate::findings::nearest;
use crate::plan::BudgetLine;
use crate::scenario::check::ids::Ids;
use crate::scenario::check::sections::Sections;
use crate::scenario::check::sections::Written;
use crate::scenario::check::values;
use crate::scenario::raw;
use crate::units::Date;
use crate::units::Dollars;

/// Checks all facts.
pub fn check(all: &Sections, ids: &Ids, out: &mut Findings) -> Option<Vec<Fact>> {
    let facts: Vec<_> = all.facts.iter().map(|f| fact(f, ids, out)).collect();
    facts.into_iter().collect()
}

/// Checks one fact.
pub fn fact(item: &Written<raw::Fact>, ids: &Ids, out: &mut Findings) -> Option<Fact> {
    let at = item.place.field("values");
    if item.raw.values.is_empty() {
        let finding = Finding::error("facts::nothing_said", format!("the fact `{}` says nothing", item.id));
        out.push(finding.at(&at, "").help("add `values: [Said(is: Dollars(1000))]`"));
    }
    let values: Vec<_> = item.raw.values.iter().enumerate().map(|(n, v)| said(v, &at.item(n), ids, out)).collect();
    let values: Vec<FactValue> = values.into_iter().collect::<Option<_>>()?;
    twice(&values, &at, out);
    Some(Fact { id: item.id.to_string(), title: item.raw.title.clone(), values, written: item.place.clone() })
}

fn said(raw: &raw::Said, place: &Place, ids: &Ids, out: &mut Findings) -> Option<FactValue> {
    let from = values::maybe(raw.from.as_ref(), |t| values::date(t, &place.field("from"), out));
    let until = values::maybe(raw.until.as_ref(), |t| values::date(t, &place.field("until"), out));
    values::dates_in_order(from.flatten(), until.flatten(), "this value", place, "until", out);
    ids.schools.find_all(&raw.schools, &place.field("schools"), out);
    let is = what(&raw.is, &place.field("is"), out);
    Some(FactValue { is: is?, from: from?, until: until?, schools: raw.schools.clone() })
}

fn what(raw: &raw::Stated, place: &Place, out: &mut Findings) -> Option<Said> {
    let quantity = match raw {
        raw::Stated::On(date) => return values::date(date, place, out).map(Said::On),
        raw::Stated::Minutes(n) => raw::Quantity::Minutes(n.clone()),
        raw::Stated::Hours(n) => raw::Quantity::Hours(n.clone()),
        raw::Stated::Days(n) => raw::Quantity::Days(n.clone()),
        raw::Stated::Dollars(n) => raw::Quantity::Dollars(n.clone()),
        raw::Stated::Share(n) => raw::Quantity::Share(n.clone()),
        raw::Stated::PerOne(n) => raw::Quantity::PerOne(n.clone()),
    };
    values::amount(&quantity, place, out).map(Said::Amount)
}

/// Two values of one fact that are stated of the same school for the same day, and differ.
fn twice(values: &[FactValue], place: &Place, out: &mut Findings) {
    for (n, second) in values.iter().enumerate() {
        for (k, first) in values[..n].iter().enumerate() {
            let schools = first.schools.is_empty() == second.schools.is_empty()
                && (first.schools.is_empty() || first.schools.iter().any(|s| second.schools.contains(s)));
            let from = first.from.max(second.from);
            let until = [first.until, second.until].into_iter().flatten().min();
            let meet = from.is_none_or(|from| until.is_none_or(|until| from <= until));
            if schools && meet && first.is != second.is {
                out.push(
                    Finding::error("facts::contradiction", "one fact says two things of the same school and day")
                        .at(&place.item(n), "this one")
                        .at(&place.item(k), "and this one")
                        .help("end the earlier one with `until`, or name the schools of each"),
                );
            }
        }
    }
}

/// Warns of a fact that a clause asks for and that nothing states: what depends on it cannot be computed.
pub fn stated(id: &str, place: &Place, ids: &Ids, out: &mut Findings) {
    if ids.facts.get(id).is_some() || ids.is_open() {
        return;
    }
    let near = nearest(id, ids.facts.list().iter().map(String::as_str)).map(|n| format!("did you mean `{n}`?"));
    let help = near.unwrap_or_else(|| format!("add it: facts: {{ \"{id}\": Fact(title: …, values: [Said(is: …)]) }}"));
    out.push(
        Finding::warning("facts::unstated", format!("nobody states `{id}`, so what asks for it is not computable"))
            .at(place, "")
            .help(help),
    );
}

/// What each budget line has in each year of the simulation, as facts that clauses about spending ask for.
pub fn of_budget(lines: &[BudgetLine], from: Date) -> Vec<Fact> {
    let fact = |line: &BudgetLine| {
        let year = |(n, dollars): (usize, &Dollars)| FactValue {
            is: Said::Amount(Amount::Dollars(*dollars)),
            from: Some(days_later(from, DAYS_OF_A_YEAR * n as i64)),
            until: Some(days_later(from, DAYS_OF_A_YEAR * (n as i64 + 1) - 1)),
            schools: Vec::new(),
        };
        Fact {
            id: format!("budget:{}", line.id),
            title: line.title.clone(),
            values: line.by_year.iter().enumerate().map(year).collect(),
            written: line.written.clone(),
        }
    };
    lines.iter().map(fact).collect()
}

/// Years of the simulation have 52 weeks.
const DAYS_OF_A_YEAR: i64 = 364;
