//! The first change of a clause at which its answer turns somewhere.

use crate::clauses::Clause;
use crate::clauses::Lawbook;
use crate::clauses::Outcome;
use crate::clauses::Tell;
use crate::clauses::Verdict;
use crate::clauses::Waiver;
use crate::clauses::judge_each_school;
use crate::scenario::Scenario;
use crate::timetable::Timetable;
use crate::trace::Change;
use crate::trace::changed;
use rayon::prelude::*;
use serde::Serialize;

/// At how many units an answer first turns.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct FirstFlip {
    /// The units.
    pub units: u32,
    /// Whether every smaller number was tried; else it was found by halving, and a smaller one may do as well
    /// where an exception comes and goes.
    pub every_value_tried: bool,
}

/// Up to here every number of units is tried.
pub const TRIED_ONE_BY_ONE: u32 = 600;
/// Further than this nobody looks: more minutes than a school year has.
const FURTHEST: u32 = 1 << 20;
/// Tried at once.
const BATCH: u32 = 16;

/// One clause with what it is judged by.
pub struct Judging<'a> {
    scenario: &'a Scenario,
    timetable: &'a Timetable,
    clause: &'a Clause,
    waivers: Vec<Waiver>,
    now: Vec<bool>,
}

impl<'a> Judging<'a> {
    /// Judges a clause (by place) as it is written.
    pub fn new(scenario: &'a Scenario, timetable: &'a Timetable, clause: usize) -> Judging<'a> {
        let of_clause = scenario.waivers.iter().filter(|w| w.clause == clause);
        // The clause is judged by itself, so it stands first.
        let waivers = of_clause.map(|w| Waiver { clause: 0, ..w.clone() }).collect();
        let clause = &scenario.clauses[clause];
        let mut judging = Judging { scenario, timetable, clause, waivers, now: Vec::new() };
        judging.now = judging.fails(clause);
        judging
    }

    /// Whether it fails, by school, grade or role, and year.
    fn fails(&self, clause: &Clause) -> Vec<bool> {
        let book =
            Lawbook { clauses: std::slice::from_ref(clause), waivers: &self.waivers, facts: &self.scenario.facts };
        let fails = |_: usize, verdicts: Vec<Verdict>| -> Vec<bool> {
            verdicts.iter().map(|v| v.outcome == Outcome::Fails).collect()
        };
        judge_each_school(&book, &self.scenario.district, self.timetable, Tell::Outcomes, fails).concat()
    }

    /// Whether a change turns an answer; nothing where it cannot be made.
    fn turns(&self, change: Change) -> Option<bool> {
        changed(self.clause, change).map(|clause| self.fails(&clause) != self.now)
    }

    /// The fewest units at which an answer turns in some school; nothing where none does.
    pub fn first(&self, direction: fn(u32) -> Change) -> Option<FirstFlip> {
        let mut tried = 0;
        while tried < TRIED_ONE_BY_ONE {
            let batch: Vec<u32> = (tried + 1..=tried + BATCH).collect();
            let answers: Vec<Option<bool>> = batch.par_iter().map(|units| self.turns(direction(*units))).collect();
            for (units, answer) in batch.into_iter().zip(answers) {
                match answer {
                    None => return None,
                    Some(true) => return Some(FirstFlip { units, every_value_tried: true }),
                    Some(false) => tried = units,
                }
            }
        }
        self.by_halving(direction, tried)
    }

    fn by_halving(&self, direction: fn(u32) -> Change, tried: u32) -> Option<FirstFlip> {
        // An amount that cannot be moved so far counts as turning, so that the search ends where it ends.
        let turns = |units: u32| self.turns(direction(units)).unwrap_or(true);
        let (mut low, mut high) = (tried, 2 * tried);
        while !turns(high) {
            (low, high) = (high, 2 * high);
            if high > FURTHEST {
                return None;
            }
        }
        while high - low > 1 {
            let middle = low + (high - low) / 2;
            if turns(middle) { high = middle } else { low = middle }
        }
        self.turns(direction(high)).map(|_| FirstFlip { units: high, every_value_tried: false })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clauses::Amount;
    use crate::clauses::Requirement;
    use crate::clauses::Rule;
    use crate::clauses::Window;
    use crate::pipeline;
    use crate::scenario;
    use std::path::Path;

    #[test]
    fn a_cap_of_a_whole_year_is_found_by_halving_to_the_minute() {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios/ccsd93");
        let mut scenario = scenario::read(&path).unwrap_or_else(|unread| panic!("{}", unread.findings));
        let place = scenario.clauses.iter().position(|c| c.id == "contact-time").unwrap();
        let Rule::Computable { requires: Requirement::Limit(limit), .. } = &mut scenario.clauses[place].rule else {
            panic!("it is one limit")
        };
        limit.per = Window::Year;
        limit.values[0].amount = Amount::Minutes(100_000);
        let checked = pipeline::check(&scenario).unwrap();
        let slack = checked.verdicts.of_clause(place).filter_map(|v| v.slack).map(|s| s.amount).min().unwrap();
        assert!(slack > i64::from(TRIED_ONE_BY_ONE), "{slack}");
        let judging = Judging::new(&scenario, &checked.timetable, place);
        let first = judging.first(Change::Tighter).unwrap();
        assert_eq!((i64::from(first.units), first.every_value_tried), (slack + 1, false));
        assert_eq!(judging.first(Change::Looser), None);
    }
}
