//! The search: every value of a range is tried, and every clause judged at each.
//!
//! Has the timetable of each value, gives for each clause the values at which it fails. Guesses nothing: a clause
//! that fails at one value may hold at a further one.

use crate::clauses::Outcome;
use crate::clauses::Quantity;
use crate::clauses::Tell;
use crate::clauses::Verdict;
use crate::clauses::Verdicts;
use crate::clauses::judge;
use crate::clauses::judge_each_school;
use crate::levers::Ground;
use crate::timetable::Timetable;
use rayon::prelude::*;
use std::ops::RangeInclusive;

/// How a clause stands before a lever is moved.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Now {
    /// It holds, with so much to spare.
    Holds(Option<Quantity>),
    /// It fails somewhere already, so it cannot break; it is left out and named.
    Fails,
    /// It neither holds nor fails.
    Neither(Outcome),
}

/// What became of one clause over a range of values.
#[derive(Debug, Clone)]
pub struct Tried {
    /// The clause, by place.
    pub clause: usize,
    /// How it stands now.
    pub now: Now,
    /// The values at which it fails, as runs in order, both ends included.
    pub fails: Vec<(u32, u32)>,
    /// The worst answer at the first of them.
    pub worst: Option<Verdict>,
}

impl Tried {
    /// The first value at which it fails.
    pub fn first(&self) -> Option<u32> {
        self.fails.first().map(|run| run.0)
    }
}

/// How every clause stands in some schools of the timetable as it is.
pub fn standing(ground: &Ground, schools: &[usize]) -> Vec<Now> {
    let verdicts = judge_in(ground, ground.timetable, schools);
    let of_clause = |clause: usize| match Verdicts::worst(verdicts.of_clause(clause)) {
        None => Now::Neither(Outcome::NotApplicable),
        Some(worst) => match worst.outcome {
            Outcome::Fails => Now::Fails,
            Outcome::Holds | Outcome::Waived => Now::Holds(worst.slack),
            Outcome::NotApplicable | Outcome::NotInForce | Outcome::NotComputable => Now::Neither(worst.outcome),
        },
    };
    (0..ground.book.clauses.len()).map(of_clause).collect()
}

/// Tries every value of a range.
pub fn try_all(
    ground: &Ground,
    schools: &[usize],
    now: &[Now],
    values: RangeInclusive<u32>,
    changed: &(dyn Fn(u32) -> Timetable + Sync),
) -> Vec<Tried> {
    let list: Vec<u32> = values.collect();
    let failing: Vec<Vec<bool>> = list.par_iter().map(|value| failing(ground, &changed(*value), schools)).collect();
    let mut tried: Vec<Tried> = (now.iter().enumerate())
        .map(|(clause, now)| {
            let counts = !matches!(now, Now::Fails);
            let at =
                list.iter().zip(&failing).filter(|(_, failing)| counts && failing[clause]).map(|(value, _)| *value);
            Tried { clause, now: *now, fails: runs(at), worst: None }
        })
        .collect();
    add_words(ground, schools, &mut tried, changed);
    tried
}

/// Judges once more, with reasons, at each value at which some clause first fails.
fn add_words(ground: &Ground, schools: &[usize], tried: &mut [Tried], changed: &(dyn Fn(u32) -> Timetable + Sync)) {
    let mut firsts: Vec<u32> = tried.iter().filter_map(Tried::first).collect();
    firsts.sort_unstable();
    firsts.dedup();
    for value in firsts {
        let verdicts = judge_in(ground, &changed(value), schools);
        for one in tried.iter_mut().filter(|t| t.first() == Some(value)) {
            one.worst = Verdicts::worst(verdicts.of_clause(one.clause)).cloned();
        }
    }
}

fn judge_in(ground: &Ground, timetable: &Timetable, schools: &[usize]) -> Verdicts {
    let mut verdicts = judge(&ground.book, ground.district, timetable);
    verdicts.list.retain(|v| schools.contains(&v.school));
    verdicts
}

/// Which clauses fail somewhere in some schools.
fn failing(ground: &Ground, timetable: &Timetable, schools: &[usize]) -> Vec<bool> {
    let n = ground.book.clauses.len();
    let of_school = |school: usize, verdicts: Vec<Verdict>| {
        let fails = |v: &&Verdict| v.outcome == Outcome::Fails && schools.contains(&school);
        verdicts.iter().filter(fails).map(|v| v.clause).collect::<Vec<usize>>()
    };
    let mut failing = vec![false; n];
    for clause in
        judge_each_school(&ground.book, ground.district, timetable, Tell::Outcomes, of_school).into_iter().flatten()
    {
        failing[clause] = true;
    }
    failing
}

/// Values in order as runs of neighbours.
fn runs(values: impl Iterator<Item = u32>) -> Vec<(u32, u32)> {
    let mut all: Vec<(u32, u32)> = Vec::new();
    for value in values {
        match all.last_mut() {
            Some(last) if last.1 + 1 == value => last.1 = value,
            _ => all.push((value, value)),
        }
    }
    all
}
