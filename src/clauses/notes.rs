//! Notes: what a reader of the verdicts would miss: clauses that never applied or never bound, pairs that cannot both
//! hold, contracts below the law, waivers that were not needed.
//!
//! Has clauses and verdicts, gives notes. Changes no verdict.

use crate::clauses::Lawbook;
use crate::clauses::Order;
use crate::clauses::Outcome;
use crate::clauses::Quantity;
use crate::clauses::Verdict;
use crate::clauses::Verdicts;
use crate::clauses::dominance::cannot_both_hold;
use crate::clauses::dominance::falls_behind;
use crate::timetable::Timetable;

/// Something about clauses that no single verdict says. Numbers are places of clauses or waivers.
#[derive(Debug, Clone, PartialEq)]
pub enum Note {
    /// It spoke of nobody here in any year.
    NeverApplied(usize),
    /// It was not in force in any year.
    NeverInForce(usize),
    /// It holds everywhere by itself with room to spare, at least so much: nothing here is held back by it.
    NeverBound(usize, Quantity),
    /// The first asks less than the second, which stands above it: the second binds all the same.
    BelowLaw(usize, usize),
    /// No timetable can meet both.
    CannotBothHold(usize, usize),
    /// The waiver let nothing go.
    WaiverNotNeeded(usize),
}

impl Note {
    /// Whether it says that something is wrong, and not only that something had no effect.
    pub fn is_grave(&self) -> bool {
        match self {
            Note::BelowLaw(..) | Note::CannotBothHold(..) => true,
            Note::NeverApplied(_) | Note::NeverInForce(_) | Note::NeverBound(..) | Note::WaiverNotNeeded(_) => false,
        }
    }

    /// The note as a sentence.
    pub fn sentence(&self, book: &Lawbook) -> String {
        let name = |clause: usize| format!("{} ({})", book.clauses[clause].title, book.clauses[clause].id);
        match self {
            Note::NeverApplied(clause) => format!("{} never applied: it speaks of nobody here.", name(*clause)),
            Note::NeverInForce(clause) => format!("{} was not in force in any year.", name(*clause)),
            Note::NeverBound(clause, slack) => {
                format!("{} never bound: it holds everywhere by itself, with at least {slack} to spare.", name(*clause))
            }
            Note::BelowLaw(lower, higher) => {
                let (order, above) = (book.clauses[*lower].order.name(), book.clauses[*higher].order.name());
                format!(
                    "{} asks less than {}: a {order} stands below a {above}, which binds all the same.",
                    name(*lower),
                    name(*higher)
                )
            }
            Note::CannotBothHold(one, other) => {
                format!("{} and {} cannot both hold, whatever the timetable.", name(*one), name(*other))
            }
            Note::WaiverNotNeeded(waiver) => {
                let waiver = &book.waivers[*waiver];
                format!(
                    "The waiver {} ({}) let nothing go: the clause holds without it, nothing that fails lies wholly inside its dates, or its own condition is not met.",
                    waiver.title, waiver.id
                )
            }
        }
    }
}

impl Order {
    /// The word for it in sentences.
    pub fn name(self) -> &'static str {
        match self {
            Order::Statute => "statute",
            Order::Regulation => "regulation",
            Order::Contract => "contract",
            Order::Memorandum => "memorandum",
            Order::Policy => "policy",
        }
    }
}

/// All notes, the grave ones first, then in the order of clauses.
pub fn notes(book: &Lawbook, timetable: &Timetable, verdicts: &Verdicts) -> Vec<Note> {
    let mut found = Vec::new();
    let silent = [Outcome::NotApplicable, Outcome::NotInForce];
    let speaks = |clause: usize| verdicts.of_clause(clause).any(|v| !silent.contains(&v.outcome));
    let days = || timetable.schools.iter().flat_map(|s| &s.years).flat_map(|y| &y.days).map(|d| d.date);
    let (Some(first), Some(last)) = (days().min(), days().max()) else { return found };
    let time = (first, last);
    for one in 0..book.clauses.len() {
        for other in one + 1..book.clauses.len() {
            let (a, b) = (&book.clauses[one], &book.clauses[other]);
            if !(speaks(one) && speaks(other)) {
                continue;
            }
            if cannot_both_hold(a, b, time) {
                found.push(Note::CannotBothHold(one, other));
            }
            if a.order > b.order && falls_behind(a, b, time) {
                found.push(Note::BelowLaw(one, other));
            }
            if b.order > a.order && falls_behind(b, a, time) {
                found.push(Note::BelowLaw(other, one));
            }
        }
    }
    found.extend((0..book.clauses.len()).filter_map(|clause| of_clause(clause, verdicts)));
    let used = |waiver: usize| verdicts.list.iter().any(|v| v.waiver == Some(waiver));
    found.extend((0..book.waivers.len()).filter(|w| !used(*w)).map(Note::WaiverNotNeeded));
    found
}

fn of_clause(clause: usize, verdicts: &Verdicts) -> Option<Note> {
    let all: Vec<&Verdict> = verdicts.of_clause(clause).collect();
    let every = |outcomes: &[Outcome]| !all.is_empty() && all.iter().all(|v| outcomes.contains(&v.outcome));
    if every(&[Outcome::NotApplicable]) {
        return Some(Note::NeverApplied(clause));
    }
    if every(&[Outcome::NotApplicable, Outcome::NotInForce]) {
        return Some(Note::NeverInForce(clause));
    }
    let by_itself = |v: &&Verdict| v.uses.is_empty() && v.alternative.is_none();
    let judged: Vec<&Verdict> =
        all.iter().copied().filter(|v| !matches!(v.outcome, Outcome::NotApplicable | Outcome::NotInForce)).collect();
    let holds_freely =
        judged.iter().all(|v| v.outcome == Outcome::Holds && by_itself(v) && v.slack.is_some_and(|s| s.amount > 0));
    let least = Verdicts::worst(judged.iter().copied())?;
    holds_freely.then_some(Note::NeverBound(clause, least.slack?))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clauses::Clause;
    use crate::clauses::Unit;
    use crate::clauses::examples::district;
    use crate::clauses::examples::four_weeks;
    use crate::clauses::examples::hours_a_day;
    use crate::clauses::examples::limit_clause;
    use crate::clauses::examples::plain;
    use crate::clauses::examples::timetable;
    use crate::clauses::judge;
    use jiff::civil::date;

    fn noted(clauses: &[Clause]) -> Vec<Note> {
        let bells = [plain("monday", 310, 0), plain("full", 320, 0)];
        let district = district("3", &bells);
        let book = Lawbook::of_clauses(clauses);
        let timetable = timetable(&[four_weeks()], &bells, &district);
        notes(&book, &timetable, &judge(&book, &district, &timetable))
    }

    #[test]
    fn a_clause_with_room_to_spare_never_bound_and_one_at_its_limit_did() {
        // by hand: 310 - 300 = 10
        assert_eq!(noted(&[limit_clause(hours_a_day(5))]), [Note::NeverBound(0, Quantity::whole(10, Unit::Minutes))]);
        let mut exact = hours_a_day(5);
        exact.values[0].amount = crate::clauses::Amount::Minutes(310);
        assert_eq!(noted(&[limit_clause(exact)]), []);
    }

    #[test]
    fn clauses_of_other_states_and_other_years_are_named() {
        let mut elsewhere = limit_clause(hours_a_day(5));
        elsewhere.applies.states = vec!["WI".into()];
        let mut later = hours_a_day(5);
        later.values[0].from = Some(date(2030, 1, 1));
        assert_eq!(noted(&[elsewhere, limit_clause(later)]), [Note::NeverApplied(0), Note::NeverInForce(1)]);
    }

    #[test]
    fn a_contract_below_the_law_is_reported_with_both() {
        let mut contract = limit_clause(hours_a_day(4));
        contract.order = Order::Contract;
        let all = [contract, limit_clause(hours_a_day(5))];
        let found = noted(&all);
        assert_eq!(found[0], Note::BelowLaw(0, 1));
        assert!(found[0].is_grave() && !found[1].is_grave());
        assert_eq!(
            found[0].sentence(&Lawbook::of_clauses(&all)),
            "A clause (clause) asks less than A clause (clause): a contract stands below a statute, which binds all the same."
        );
    }
}
