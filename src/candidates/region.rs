//! The lawful region: every candidate looked at once, counted along each axis, and the nearest lawful ones kept.
//!
//! Has tables of what fails, gives counts and, for each choice of days and roles, the lawful candidate nearest to the
//! proposal as read. Dates of conditions change no clause: they multiply the counts.

use crate::candidates::judged::Parts;
use crate::candidates::judged::Tables;
use crate::candidates::sets::Set;
use crate::candidates::sets::minimal;
use crate::candidates::space::EVERY;
use crate::candidates::space::RELEASE;
use crate::candidates::space::STARTS;
use crate::candidates::space::choice_of;
use rayon::prelude::*;
use std::collections::BTreeSet;

/// Choices of days that one thread looks at one after the other.
const CHUNK: usize = 64;

/// How many candidates there are, how many are lawful, and how many of those keep the goals.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Count {
    /// All of them.
    pub all: u64,
    /// Those that fail no clause.
    pub lawful: u64,
    /// Those that fail no clause and keep the goals.
    pub keeping: u64,
}

impl Count {
    fn add(&mut self, other: Count) {
        self.all += other.all;
        self.lawful += other.lawful;
        self.keeping += other.keeping;
    }

    fn times(self, n: u64) -> Count {
        Count { all: self.all * n, lawful: self.lawful * n, keeping: self.keeping * n }
    }
}

/// A choice of days and roles with lawful candidates.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Cell {
    /// The choice of days, by number.
    pub days: usize,
    /// The choice of roles, by number.
    pub heads: usize,
    /// How many combinations of start times are lawful.
    pub n_lawful: u64,
    /// The nearest of those to the proposal as read, by place among the allowed.
    pub start: usize,
    /// How far the candidate with it is from the proposal as read: axes moved, and steps.
    pub distance: (u32, u32),
    /// How many combinations of start times are as near.
    pub n_as_near: u64,
}

/// What was counted.
#[derive(Debug, Clone, Default)]
pub struct Region {
    /// All candidates that were looked at.
    pub total: Count,
    /// By axis and value.
    pub by_axis: Vec<Vec<Count>>,
    /// By minutes of release and frequency.
    pub by_release_and_every: Vec<Vec<Count>>,
    /// Choices of days and roles with lawful candidates, in order.
    pub cells: Vec<Cell>,
    /// The smallest sets of clauses that a candidate fails, of all candidates.
    pub failing: Vec<Set>,
    /// The same of those that keep the goals; nothing where no candidate keeps them.
    pub failing_keeping: Vec<Set>,
}

/// What the loop below looks at.
pub struct Look<'a> {
    /// Classes, patterns, and the choices of days by place.
    pub parts: &'a Parts<'a>,
    /// What fails.
    pub tables: &'a Tables,
    /// The choices of days that are looked at: number, and place among those that were judged.
    pub days: &'a [(usize, usize)],
    /// Whether a choice of days (by place among those that were judged) and of roles keeps the goals.
    pub keeps: &'a (dyn Fn(usize, usize) -> bool + Sync),
    /// Start times of each allowed combination.
    pub starts: &'a [Vec<usize>],
}

impl Look<'_> {
    /// How many combinations of the axes of roles there are.
    pub fn n_heads(&self) -> usize {
        self.parts.space.roles().iter().map(|a| a.len()).product()
    }

    /// Looks at every combination of start times of a choice of days and roles: what each fails.
    ///
    /// Where no clause looks at the clock, all fail the same.
    pub fn each_start(&self, days: usize, heads: usize, mut see: impl FnMut(usize, &Set)) {
        let of = |start: usize| self.tables.fails(self.parts, days, (start, &self.starts[start]), heads);
        if self.starts.is_empty() {
            return;
        }
        let first = of(0);
        let differ = self.tables.looks_at_the_clock();
        for start in 0..self.starts.len() {
            if differ && start > 0 { see(start, &of(start)) } else { see(start, &first) }
        }
    }
}

/// Looks at every candidate.
pub fn region(look: &Look) -> Region {
    let chunks: Vec<Region> = look.days.par_chunks(CHUNK).map(|chunk| of_chunk(look, chunk)).collect();
    let mut all = empty(look);
    for chunk in chunks {
        all.total.add(chunk.total);
        add_table(&mut all.by_axis, &chunk.by_axis);
        add_table(&mut all.by_release_and_every, &chunk.by_release_and_every);
        all.cells.extend(chunk.cells);
        all.failing.extend(chunk.failing);
        all.failing_keeping.extend(chunk.failing_keeping);
    }
    all.failing = minimal(all.failing);
    all.failing_keeping = minimal(all.failing_keeping);
    all.times_dates(look);
    all
}

fn add_table(sums: &mut [Vec<Count>], others: &[Vec<Count>]) {
    for (sums, others) in sums.iter_mut().zip(others) {
        sums.iter_mut().zip(others).for_each(|(sum, other)| sum.add(*other));
    }
}

fn empty(look: &Look) -> Region {
    let axes = &look.parts.space.axes;
    let zeros = |n: usize| vec![Count::default(); n];
    Region {
        by_axis: axes.iter().map(|a| zeros(a.len())).collect(),
        by_release_and_every: (0..axes[RELEASE].len()).map(|_| zeros(axes[EVERY].len())).collect(),
        ..Region::default()
    }
}

fn of_chunk(look: &Look, chunk: &[(usize, usize)]) -> Region {
    let space = look.parts.space;
    let mut sum = empty(look);
    let near: Vec<(u32, u32)> = look.starts.iter().map(|s| space.distance(STARTS, s)).collect();
    let (mut failing, mut failing_keeping) = (BTreeSet::new(), BTreeSet::new());
    for (number, place) in chunk {
        let days = choice_of(&space.axes[..STARTS], *number);
        for heads in 0..look.n_heads() {
            let keeps = (look.keeps)(*place, heads);
            let roles = choice_of(space.roles(), heads);
            let mut of_pair = Count::default();
            let mut nearest: Option<(usize, (u32, u32), u64)> = None;
            let mut last: Option<Set> = None;
            look.each_start(*place, heads, |start, fails| {
                let lawful = u64::from(fails.is_empty());
                let count = Count { all: 1, lawful, keeping: if keeps { lawful } else { 0 } };
                of_pair.add(count);
                for (tier, at) in look.starts[start].iter().enumerate() {
                    sum.by_axis[STARTS + tier][*at].add(count);
                }
                if last.as_ref() != Some(fails) {
                    last = Some(*fails);
                    failing.insert(*fails);
                    if keeps {
                        failing_keeping.insert(*fails);
                    }
                }
                if lawful == 1 {
                    nearest = Some(match nearest {
                        Some((_, least, _)) if near[start] < least => (start, near[start], 1),
                        Some((first, least, n)) => (first, least, n + u64::from(near[start] == least)),
                        None => (start, near[start], 1),
                    });
                }
            });
            count_pair(&mut sum, look, &days, &roles, of_pair);
            if let Some((start, starts, n_as_near)) = nearest {
                let (of_days, of_roles) = (space.distance(0, &days), space.distance(STARTS + space.n_tiers, &roles));
                let distance = (of_days.0 + of_roles.0 + starts.0, of_days.1 + of_roles.1 + starts.1);
                let n_lawful = of_pair.lawful;
                sum.cells.push(Cell { days: *number, heads, n_lawful, start, distance, n_as_near });
            }
        }
    }
    sum.failing = minimal(failing.into_iter().collect());
    sum.failing_keeping = minimal(failing_keeping.into_iter().collect());
    sum
}

fn count_pair(sum: &mut Region, look: &Look, days: &[usize], roles: &[usize], of_pair: Count) {
    let space = look.parts.space;
    sum.total.add(of_pair);
    days.iter().enumerate().for_each(|(axis, at)| sum.by_axis[axis][*at].add(of_pair));
    for (role, at) in roles.iter().enumerate() {
        sum.by_axis[STARTS + space.n_tiers + role][*at].add(of_pair);
    }
    sum.by_release_and_every[days[RELEASE]][days[EVERY]].add(of_pair);
}

impl Region {
    /// Every candidate so far stands for as many as there are combinations of dates.
    fn times_dates(&mut self, look: &Look) {
        let space = look.parts.space;
        let n: u64 = space.dates().iter().map(|a| a.len() as u64).product();
        let dates = STARTS + space.n_tiers + space.n_roles;
        let one = self.total;
        self.total = one.times(n);
        for (axis, counts) in self.by_axis.iter_mut().enumerate() {
            let n_values = counts.len() as u64;
            if axis >= dates {
                counts.iter_mut().for_each(|c| *c = one.times(n / n_values));
            } else {
                counts.iter_mut().for_each(|c| *c = c.times(n));
            }
        }
        self.by_release_and_every.iter_mut().flatten().for_each(|c| *c = c.times(n));
    }
}
