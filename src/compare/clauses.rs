//! Clauses side by side: what each asks, how it stands on both sides, and by how much its slack changes.

use crate::clauses::Clause;
use crate::clauses::Order;
use crate::clauses::Outcome;
use crate::clauses::Quantity;
use crate::clauses::Rule;
use crate::clauses::Verdict;
use crate::clauses::Verdicts;
use crate::clauses::describe_requirement;
use crate::scenario::Scenario;
use crate::timetable::Whose;
use crate::units::Date;

/// How a clause stands on one side, where it is tightest.
#[derive(Debug, Clone, PartialEq)]
pub struct Cell {
    /// The outcome.
    pub outcome: Outcome,
    /// What there is.
    pub have: Option<Quantity>,
    /// What there must be.
    pub need: Option<Quantity>,
    /// By how much it holds or fails.
    pub slack: Option<Quantity>,
    /// The date on which it is tightest.
    pub tightest: Option<Date>,
    /// The school, by place.
    pub school: usize,
    /// The grade or role.
    pub whose: Option<Whose>,
    /// The school year.
    pub year: String,
    /// Schools in which it fails.
    pub schools_failing: usize,
    /// Why, in words.
    pub reasons: Vec<String>,
}

/// A clause on both sides: the baseline's and the other's; nothing on a side that does not have it.
#[derive(Debug, Clone, PartialEq)]
pub struct ClauseRow {
    /// Its id.
    pub id: String,
    /// Article and section, as far as told.
    pub section: Option<String>,
    /// What it belongs to.
    pub order: Order,
    /// Its title.
    pub titles: [Option<String>; 2],
    /// Its text.
    pub texts: [Option<String>; 2],
    /// What it asks, in the words of the program.
    pub asks: [Option<String>; 2],
    /// How it stands.
    pub cells: [Option<Cell>; 2],
}

impl ClauseRow {
    /// Its title, of the side that has it.
    pub fn title(&self) -> &str {
        let [before, after] = &self.titles;
        after.as_deref().or(before.as_deref()).unwrap_or(&self.id)
    }

    /// The slack of the other side less that of the baseline; nothing where one has none or units differ.
    pub fn change(&self) -> Option<Quantity> {
        let [before, after] = &self.cells;
        difference(before.as_ref()?.slack?, after.as_ref()?.slack?)
    }

    /// Whether text, limit, outcome or slack differ.
    pub fn differs(&self) -> bool {
        let [before, after] = &self.cells;
        let stands = |cell: &Option<Cell>| cell.as_ref().map(|c| (c.outcome, c.have, c.need, c.slack));
        stands(before) != stands(after) || self.asks[0] != self.asks[1] || self.texts[0] != self.texts[1]
    }
}

/// The second less the first, exactly; nothing where their units differ.
fn difference(first: Quantity, second: Quantity) -> Option<Quantity> {
    if first.unit != second.unit {
        return None;
    }
    if first.of == second.of {
        return Some(Quantity { amount: second.amount.checked_sub(first.amount)?, ..first });
    }
    let amount = second.amount.checked_mul(first.of)?.checked_sub(first.amount.checked_mul(second.of)?)?;
    Some(Quantity { amount, of: first.of.checked_mul(second.of)?, unit: first.unit })
}

/// Every clause that one of two sides has, those of the baseline first; of one school where it is named.
pub fn rows(sides: [(&Scenario, &Verdicts); 2], school: Option<usize>) -> Vec<ClauseRow> {
    let [(before, _), (after, _)] = sides;
    let mut ids: Vec<&str> = before.clauses.iter().map(|c| c.id.as_str()).collect();
    ids.extend(after.clauses.iter().map(|c| c.id.as_str()).filter(|id| !before.clauses.iter().any(|c| c.id == *id)));
    ids.into_iter().filter_map(|id| row(sides, id, school)).collect()
}

fn row(sides: [(&Scenario, &Verdicts); 2], id: &str, school: Option<usize>) -> Option<ClauseRow> {
    let places = sides.map(|(scenario, _)| scenario.clauses.iter().position(|c| c.id == id));
    let clauses: [Option<&Clause>; 2] = [0, 1].map(|n| places[n].map(|place| &sides[n].0.clauses[place]));
    let any = clauses[1].or(clauses[0])?;
    Some(ClauseRow {
        id: id.to_string(),
        section: Some(any.section.clone()).filter(|s| !s.is_empty()),
        order: any.order,
        titles: clauses.map(|c| c.map(|c| c.title.clone())),
        texts: clauses.map(|c| c.map(|c| c.text.clone())),
        asks: clauses.map(|c| c.map(asks)),
        cells: [0, 1].map(|n| places[n].and_then(|place| cell(sides[n].1, place, school))),
    })
}

fn asks(clause: &Clause) -> String {
    match &clause.rule {
        Rule::Computable { requires, .. } => describe_requirement(requires),
        Rule::NotComputable(why) => format!("not computable: {why}"),
    }
}

fn cell(verdicts: &Verdicts, clause: usize, school: Option<usize>) -> Option<Cell> {
    let of = || verdicts.of_clause(clause).filter(|v| school.is_none_or(|s| v.school == s));
    let worst: &Verdict = Verdicts::worst(of())?;
    let mut failing: Vec<usize> = of().filter(|v| v.outcome == Outcome::Fails).map(|v| v.school).collect();
    failing.sort_unstable();
    failing.dedup();
    Some(Cell {
        outcome: worst.outcome,
        have: worst.have,
        need: worst.need,
        slack: worst.slack,
        tightest: worst.tightest,
        school: worst.school,
        whose: worst.whose.clone(),
        year: worst.year.clone(),
        schools_failing: failing.len(),
        reasons: worst.reasons.clone(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clauses::Unit;

    #[test]
    fn slack_of_thirds_and_sevenths_is_subtracted_exactly() {
        let of = |amount, of| Quantity { amount, of, unit: Unit::Minutes };
        // by hand: 5/7 - 1/3 = 15/21 - 7/21 = 8/21
        assert_eq!(difference(of(1, 3), of(5, 7)), Some(of(8, 21)));
        assert_eq!(difference(of(10, 1), of(-5, 1)), Some(of(-15, 1)));
        assert_eq!(difference(of(10, 1), Quantity::whole(1, Unit::Days)), None);
    }
}
