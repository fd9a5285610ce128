//! Judged: which clauses fail, looked up instead of reckoned for every candidate.
//!
//! Each clause is judged where its answers can differ: once for each combination of the axes of roles, once for each
//! class of schools and choice of days, or for the whole district at once. A candidate fails what its parts fail.

use crate::candidates::Terrain;
use crate::candidates::change::Change;
use crate::candidates::change::change;
use crate::candidates::classes::Class;
use crate::candidates::objectives::with_roles;
use crate::candidates::pattern::Days;
use crate::candidates::pattern::Pattern;
use crate::candidates::sets::Set;
use crate::candidates::space::Choice;
use crate::candidates::space::Space;
use crate::candidates::space::choice_of;
use crate::candidates::touches::Judged as Where;
use crate::candidates::touches::Part;
use crate::candidates::touches::Touches;
use crate::clauses::Lawbook;
use crate::clauses::Outcome;
use crate::clauses::Tell;
use crate::clauses::Verdict;
use crate::clauses::judge_each_school;
use crate::district::District;
use crate::timetable::SchoolTimetable;
use crate::timetable::Timetable;
use rayon::prelude::*;

/// Choices of days that one thread judges one after the other: enough to make its timetable worth while.
const CHUNK: usize = 32;

/// Everything that is looked up.
pub struct Tables {
    /// What each combination of the axes of roles fails.
    pub by_heads: Vec<Set>,
    /// What each class fails, by place of the choice of days.
    pub by_days: Vec<Vec<Set>>,
    /// The same by start time: place of the choice times the number of starts, plus the start.
    pub by_starts: Vec<Vec<Set>>,
    /// What the district fails as a whole, where some clause asks so.
    pub together: Option<Together>,
    /// How many times schools were judged.
    pub n_judged: u64,
}

/// What the district fails as a whole, by choice of days, combination of starts and combination of roles; axes that
/// none of its clauses looks at have one value.
pub struct Together {
    sets: Vec<Set>,
    n_starts: usize,
    n_heads: usize,
}

/// What is judged: classes with their patterns.
pub struct Parts<'a> {
    /// The district and its clauses.
    pub terrain: Terrain<'a>,
    /// The axes.
    pub space: &'a Space,
    /// Classes of schools.
    pub classes: &'a [Class],
    /// What each may ring.
    pub patterns: &'a [Pattern],
    /// Allowed combinations of start times, as numbers.
    pub starts: &'a [usize],
    /// The choices of days that are looked at.
    pub days: &'a [Days],
}

impl Tables {
    /// Judges every clause wherever its answers can differ.
    pub fn new(parts: &Parts) -> Tables {
        let book = &parts.terrain.book;
        let part = |judged: Where| Part::judged(book, judged);
        let (heads, days, starts, together) =
            (part(Where::ByHeads), part(Where::ByDays), part(Where::ByStarts), part(Where::Together));
        let mut tables = Tables {
            by_heads: by_heads(parts, &heads),
            by_days: parts.classes.iter().map(|_| Vec::new()).collect(),
            by_starts: parts.classes.iter().map(|_| Vec::new()).collect(),
            together: None,
            n_judged: 0,
        };
        for class in 0..parts.classes.len() {
            let n_starts = parts.patterns[class].n_starts;
            tables.by_days[class] = by_days(parts, class, &days, &[parts.patterns[class].start_as_read]);
            tables.by_starts[class] = by_days(parts, class, &starts, &(0..n_starts).collect::<Vec<_>>());
            tables.n_judged += (tables.by_days[class].len() + tables.by_starts[class].len()) as u64;
        }
        tables.together = (!together.clauses.is_empty()).then(|| Together::new(parts, &together));
        tables
    }

    /// What a candidate fails: a choice of days by place, start times by number and choice, roles by number.
    pub fn fails(&self, parts: &Parts, days: usize, starts: (usize, &[usize]), heads: usize) -> Set {
        let mut fails = self.by_heads[heads];
        for (class, spec) in parts.classes.iter().enumerate() {
            let start = spec.tier.map_or(0, |tier| starts.1[tier]);
            if let Some(set) = self.by_days[class].get(days) {
                fails = fails.with(set);
            }
            if let Some(set) = self.by_starts[class].get(days * parts.patterns[class].n_starts + start) {
                fails = fails.with(set);
            }
        }
        match &self.together {
            Some(together) => fails.with(&together.sets[together.place(days, starts.0, heads)]),
            None => fails,
        }
    }

    /// Whether start times change what anything fails.
    pub fn looks_at_the_clock(&self) -> bool {
        self.by_starts.iter().any(|t| !t.is_empty()) || self.together.as_ref().is_some_and(|t| t.n_starts > 1)
    }
}

fn by_heads(parts: &Parts, part: &Part) -> Vec<Set> {
    let Parts { terrain, space, .. } = parts;
    let n: usize = space.roles().iter().map(|a| a.len()).product();
    let one = |number: usize| {
        let district = with_roles(terrain.district, space.roles(), &choice_of(space.roles(), number));
        failing(part, &terrain.book, &district, terrain.timetable)
    };
    if part.clauses.is_empty() { vec![Set::default(); n] } else { (0..n).map(one).collect() }
}

/// What the clauses of a part fail in a class under each choice of days and some of its starts; nothing where the
/// part has no clause.
fn by_days(parts: &Parts, class: usize, part: &Part, starts: &[usize]) -> Vec<Set> {
    if part.clauses.is_empty() {
        return Vec::new();
    }
    let alone = Alone::new(parts, class);
    let of_chunk = |chunk: &[Days]| {
        let mut timetable = alone.timetable.clone();
        let mut sets = Vec::with_capacity(chunk.len() * starts.len());
        for days in chunk {
            for start in starts {
                sets.push(alone.fails(parts, part, days, *start, &mut timetable));
            }
        }
        sets
    };
    let chunks: Vec<Vec<Set>> = parts.days.par_chunks(CHUNK).map(of_chunk).collect();
    chunks.into_iter().flatten().collect()
}

/// The first school of a class as a district of its own.
pub struct Alone<'a> {
    pattern: &'a Pattern,
    district: District,
    timetable: Timetable,
}

impl<'a> Alone<'a> {
    /// The first school of a class.
    pub fn new(parts: &Parts<'a>, class: usize) -> Alone<'a> {
        let school = parts.classes[class].schools[0];
        let whole = parts.terrain.district;
        let schools = vec![whole.schools[school].clone()];
        let district = District { name: whole.name.clone(), roles: whole.roles.clone(), schools };
        let pattern = &parts.patterns[class];
        let own: SchoolTimetable = parts.terrain.timetable.schools[school].clone();
        let timetable = Timetable { schedules: pattern.schedules.clone(), schools: vec![own] };
        Alone { pattern, district, timetable }
    }

    /// A timetable of its own to write days into.
    pub fn timetable(&self) -> Timetable {
        self.timetable.clone()
    }

    /// The clauses of a part that fail under a choice.
    pub fn fails(&self, parts: &Parts, part: &Part, days: &Days, start: usize, timetable: &mut Timetable) -> Set {
        self.pattern.ring(parts.space, days, start, 0, &mut timetable.schools[0]);
        failing(part, &parts.terrain.book, &self.district, timetable)
    }

    /// How far the one clause of a part would have to move under a choice.
    pub fn change(
        &self,
        parts: &Parts,
        part: &Part,
        days: &Days,
        start: usize,
        timetable: &mut Timetable,
    ) -> Option<Change> {
        self.pattern.ring(parts.space, days, start, 0, &mut timetable.schools[0]);
        change(part, &parts.terrain.book, &self.district, timetable)
    }
}

/// The clauses of a part that fail anywhere.
fn failing(part: &Part, whole: &Lawbook, district: &District, timetable: &Timetable) -> Set {
    let fails = |list: Vec<Verdict>| -> Vec<usize> {
        list.iter().filter(|v| v.outcome == Outcome::Fails).map(|v| part.places[v.clause]).collect()
    };
    let all = judge_each_school(&part.book(whole), district, timetable, Tell::Outcomes, |_, list| fails(list));
    all.into_iter().flatten().collect()
}

impl Together {
    fn new(parts: &Parts, part: &Part) -> Together {
        let all = (0..part.clauses.len()).map(|n| Touches::of(&part.book(&parts.terrain.book), n));
        let (clock, heads) = all.fold((false, false), |(clock, heads), t| (clock || t.clock, heads || t.heads));
        // A mean over a district weighs by pupils, whose number no axis moves.
        let n_starts = if clock { parts.starts.len() } else { 1 };
        let n_heads = if heads { parts.space.roles().iter().map(|a| a.len()).product() } else { 1 };
        let districts: Vec<District> = (0..n_heads)
            .map(|n| {
                let choice = if heads { choice_of(parts.space.roles(), n) } else { Choice::new() };
                with_roles(parts.terrain.district, parts.space.roles(), &choice)
            })
            .collect();
        let of_chunk = |chunk: &[Days]| {
            let (mut timetable, offsets) = whole_timetable(parts);
            let mut sets = Vec::new();
            for days in chunk {
                for start in 0..n_starts {
                    ring_all(parts, days, clock.then_some(start), &offsets, &mut timetable);
                    sets.extend(districts.iter().map(|d| failing(part, &parts.terrain.book, d, &timetable)));
                }
            }
            sets
        };
        let chunks: Vec<Vec<Set>> = parts.days.par_chunks(CHUNK).map(of_chunk).collect();
        Together { sets: chunks.into_iter().flatten().collect(), n_starts, n_heads }
    }

    fn place(&self, days: usize, start: usize, heads: usize) -> usize {
        let (start, heads) = (start % self.n_starts, heads % self.n_heads);
        (days * self.n_starts + start) * self.n_heads + heads
    }
}

/// A timetable of all schools over the schedules of all patterns, and where those of each class begin.
pub fn whole_timetable(parts: &Parts) -> (Timetable, Vec<usize>) {
    let (mut schedules, mut offsets) = (Vec::new(), Vec::new());
    for pattern in parts.patterns {
        offsets.push(schedules.len());
        schedules.extend(pattern.schedules.iter().cloned());
    }
    (Timetable { schedules, schools: parts.terrain.timetable.schools.clone() }, offsets)
}

/// Writes a choice into the timetable of all schools; start times by place among the allowed, or as read.
pub fn ring_all(parts: &Parts, days: &Days, start: Option<usize>, offsets: &[usize], timetable: &mut Timetable) {
    let starts = start.map(|s| choice_of(parts.space.tiers(), parts.starts[s]));
    for ((class, pattern), offset) in parts.classes.iter().zip(parts.patterns).zip(offsets) {
        let start = match (&starts, class.tier) {
            (Some(starts), Some(tier)) => starts[tier],
            (None, Some(_)) => pattern.start_as_read,
            (_, None) => 0,
        };
        for school in &class.schools {
            pattern.ring(parts.space, days, start, *offset, &mut timetable.schools[*school]);
        }
    }
}
