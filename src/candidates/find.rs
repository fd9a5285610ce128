//! The search from end to end: axes, classes, tables, region, frontier, concessions.

use crate::candidates::Terrain;
use crate::candidates::classes::Class;
use crate::candidates::classes::classes;
use crate::candidates::concede::Way;
use crate::candidates::concede::ways;
use crate::candidates::frontier::frontier;
use crate::candidates::judged::Parts;
use crate::candidates::judged::Tables;
use crate::candidates::objectives::Objectives;
use crate::candidates::objectives::Weigher;
use crate::candidates::objectives::cost;
use crate::candidates::objectives::educator_weeks;
use crate::candidates::objectives::with_roles;
use crate::candidates::pattern::Days;
use crate::candidates::pattern::Pattern;
use crate::candidates::region::Cell;
use crate::candidates::region::Look;
use crate::candidates::region::Region;
use crate::candidates::region::region;
use crate::candidates::sample::sample;
use crate::candidates::sets::Set;
use crate::candidates::sets::hitting;
use crate::candidates::space::ADDED;
use crate::candidates::space::Choice;
use crate::candidates::space::EVERY;
use crate::candidates::space::RELEASE;
use crate::candidates::space::STARTS;
use crate::candidates::space::Space;
use crate::candidates::space::WEEKDAY;
use crate::candidates::space::choice_of;
use crate::candidates::space::number_of;
use crate::candidates::starts::allowed_starts;
use crate::candidates::starts::number_of_starts;
use rayon::prelude::*;
use std::collections::BTreeMap;

/// How many times a school may be judged, and a candidate looked at, before a search takes a sample instead of all.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Budget {
    /// Judgements of one school under one choice of days and start time.
    pub judgements: u64,
    /// Candidates, those that differ only in dates counted once.
    pub looks: u64,
}

impl Budget {
    /// What takes about a minute on two cores.
    pub const USUAL: Budget = Budget { judgements: 1_500_000, looks: 500_000_000 };
}

/// A candidate of the frontier.
#[derive(Debug, Clone, PartialEq)]
pub struct Point {
    /// The choice: of all candidates with these objectives, the nearest to the proposal as read.
    pub choice: Choice,
    /// What it gives and takes.
    pub objectives: Objectives,
    /// How many lawful candidates have the same objectives, roles and dates.
    pub shared_by: u64,
}

/// The lawful candidate nearest to the proposal as read.
#[derive(Debug, Clone, PartialEq)]
pub struct Near {
    /// The choice.
    pub choice: Choice,
    /// Axes that move.
    pub axes: u32,
    /// Steps on them together.
    pub steps: u32,
    /// How many candidates are as near.
    pub n_as_near: u64,
}

/// A way to make a candidate lawful by changing clauses, with an example.
#[derive(Debug, Clone, PartialEq)]
pub struct Concession {
    /// The changes and how many candidates need no others.
    pub way: Way,
    /// An example.
    pub example: Choice,
}

/// What a search found.
#[derive(Debug, Clone)]
pub struct Found {
    /// The axes.
    pub space: Space,
    /// How many candidates there are.
    pub n_candidates: u64,
    /// How many were looked at; all of them, or a sample.
    pub n_seen: u64,
    /// How many times a school was judged.
    pub n_judged: u64,
    /// No candidate has more development than this, lawful or not, whether it was looked at or not \[min\].
    pub most_development: i64,
    /// Counts.
    pub region: Region,
    /// The frontier of each choice of roles, from the most development on.
    pub frontier: Vec<Point>,
    /// The lawful candidate nearest to the proposal.
    pub nearest: Option<Near>,
    /// The nearest lawful one that keeps the goals, where there are goals.
    pub nearest_keeping: Option<Near>,
    /// How many candidates keep the goals.
    pub n_keeping: u64,
    /// Smallest concessions among the candidates that keep the goals.
    pub concessions: Vec<Concession>,
    /// Smallest sets of clauses that no candidate that keeps the goals satisfies together.
    pub conflicts: Vec<Set>,
    /// The same of all candidates, whatever the goals.
    pub conflicts_of_all: Vec<Set>,
    /// Weeks with school of all educators who take up the practice, to tell development a week.
    pub educator_weeks: i64,
    /// The objectives of the proposal as read.
    pub as_read: Objectives,
}

impl Found {
    /// Whether every candidate was looked at.
    pub fn is_exhaustive(&self) -> bool {
        self.n_seen == self.n_candidates
    }

    /// Development of an educator in a week with school, on average \[min\].
    pub fn development_per_week(&self, objectives: &Objectives) -> f64 {
        objectives.development as f64 / self.educator_weeks.max(1) as f64
    }
}

/// What is reckoned once: objectives by choice of days, cost by choice of roles.
struct Weighed {
    days: Vec<Objectives>,
    cost: Vec<i64>,
}

impl Weighed {
    fn objectives(&self, days: usize, heads: usize) -> Objectives {
        Objectives { cost: self.cost[heads], ..self.days[days] }
    }
}

/// Searches; the seed matters only where a sample is taken.
pub fn find(terrain: &Terrain, budget: Budget, seed: u64) -> Found {
    let space = Space::new(terrain.search, terrain.district, terrain.timetable, terrain.nodes);
    let starts = allowed_starts(terrain.search, &space, terrain.timetable);
    let classes = classes(terrain);
    let patterns: Vec<Pattern> = classes.iter().map(|c| Pattern::new(terrain, &space, c)).collect();
    let numbers = sample(&space, &patterns, starts.len(), budget, seed);
    let (days, places) = judged_once(&space, &numbers);
    let parts = Parts {
        terrain: *terrain,
        space: &space,
        classes: &classes,
        patterns: &patterns,
        starts: &starts,
        days: &days,
    };
    let weighed = weigh(&parts);
    let tables = Tables::new(&parts);
    let start_values: Vec<Choice> = starts.iter().map(|n| choice_of(space.tiers(), *n)).collect();
    let weeks = educator_weeks(terrain);
    let keeps =
        |place: usize, heads: usize| keeps(terrain, &space, &days[place], &weighed.objectives(place, heads), weeks);
    let look = Look { parts: &parts, tables: &tables, days: &places, keeps: &keeps, starts: &start_values };
    let region = region(&look);
    let choice = |cell: &Cell| full_choice(&space, cell.days, &start_values[cell.start], cell.heads);
    let keeping = |cell: &&Cell| place_of(&places, cell.days).is_some_and(|place| keeps(place, cell.heads));
    let all: Vec<&Cell> = region.cells.iter().collect();
    let kept: Vec<&Cell> = region.cells.iter().filter(keeping).collect();
    let goals = !terrain.search.keeps.is_empty();
    let concessions = ways(&look, &region.failing_keeping)
        .into_iter()
        .map(|way| {
            let (days, start, heads) = way.example;
            Concession { example: full_choice(&space, days, &start_values[start], heads), way }
        })
        .collect();
    let n_dates: u64 = space.dates().iter().map(|a| a.len() as u64).product();
    let n_of_days = (space.n_days() as u64) * (look.n_heads() * starts.len()) as u64;
    let n_keeping =
        places.iter().map(|(_, p)| (0..look.n_heads()).filter(|h| keeps(*p, *h)).count() as u64).sum::<u64>();
    Found {
        n_candidates: n_of_days * n_dates,
        n_seen: region.total.all,
        n_judged: tables.n_judged,
        most_development: most_development(&parts),
        frontier: points(&region, &weighed, &places, &choice),
        nearest: nearest(&all, &choice),
        nearest_keeping: goals.then(|| nearest(&kept, &choice)).flatten(),
        n_keeping: n_keeping * starts.len() as u64 * n_dates,
        concessions,
        conflicts: hitting(&region.failing_keeping),
        conflicts_of_all: hitting(&region.failing),
        educator_weeks: weeks,
        as_read: as_read(&parts, &weighed),
        region,
        space,
    }
}

/// Choices of days that are judged, each once, and for each number that is looked at its place among them.
///
/// Without a release, its weekday and frequency change nothing.
fn judged_once(space: &Space, numbers: &[usize]) -> (Vec<Days>, Vec<(usize, usize)>) {
    let mut known: BTreeMap<Days, usize> = BTreeMap::new();
    let mut days: Vec<Days> = Vec::new();
    let places = numbers.iter().map(|number| {
        let choice = choice_of(&space.axes[..STARTS], *number);
        let mut own: Days = [choice[0], choice[1], choice[2], choice[3]];
        if space.release(own[RELEASE]) == 0 {
            (own[WEEKDAY], own[EVERY]) = (0, 0);
        }
        let place = *known.entry(own).or_insert_with(|| {
            days.push(own);
            days.len() - 1
        });
        (*number, place)
    });
    let places = places.collect();
    (days, places)
}

fn place_of(places: &[(usize, usize)], number: usize) -> Option<usize> {
    places.binary_search_by_key(&number, |(n, _)| *n).ok().map(|at| places[at].1)
}

fn weigh(parts: &Parts) -> Weighed {
    let Parts { terrain, space, classes, patterns, days, .. } = parts;
    let of_classes: Vec<(&Class, &Pattern)> = classes.iter().zip(*patterns).collect();
    let weighers: Vec<Weigher> = of_classes.iter().map(|(c, p)| Weigher::new(terrain, space, c, p)).collect();
    let one = |days: &Days| {
        let mut sum = Objectives { development: 0, longest: 0, cost: 0, staff: 0, pupils: 0 };
        let (mut staff, mut pupils): (Option<i64>, Option<i64>) = (None, None);
        for part in weighers.iter().map(|w| w.weigh(days)) {
            sum.development += part.development;
            sum.longest = sum.longest.max(part.longest);
            staff = staff.into_iter().chain(part.staff).min();
            pupils = pupils.into_iter().chain(part.pupils).min();
        }
        (sum.staff, sum.pupils) = (staff.unwrap_or(0), pupils.unwrap_or(0));
        sum
    };
    let of_heads = |n: usize| {
        let district = with_roles(terrain.district, space.roles(), &choice_of(space.roles(), n));
        cost(&district, terrain.resources, space.roles())
    };
    let n_heads: usize = space.roles().iter().map(|a| a.len()).product();
    Weighed { days: days.par_iter().map(one).collect(), cost: (0..n_heads).map(of_heads).collect() }
}

fn keeps(terrain: &Terrain, space: &Space, days: &Days, objectives: &Objectives, weeks: i64) -> bool {
    let goals = &terrain.search.keeps;
    goals.development_per_week.is_none_or(|least| objectives.development >= least.0 * weeks)
        && goals.release.is_none_or(|least| space.release(days[RELEASE]) >= least.0)
        && goals.cost_per_year.is_none_or(|most| objectives.cost <= most.cents())
}

/// A choice on every axis; dates stay as read.
fn full_choice(space: &Space, days: usize, starts: &[usize], heads: usize) -> Choice {
    let mut choice = choice_of(&space.axes[..STARTS], days);
    choice.extend(starts);
    choice.extend(choice_of(space.roles(), heads));
    let n = choice.len();
    choice.extend(&space.as_read[n..]);
    choice
}

/// The frontier over the objectives of the lawful candidates of each choice of roles, equal ones together: what people of
/// shared roles are worth is for the simulation to tell.
fn points(
    region: &Region,
    weighed: &Weighed,
    places: &[(usize, usize)],
    choice: &dyn Fn(&Cell) -> Choice,
) -> Vec<Point> {
    let mut by_heads: BTreeMap<usize, BTreeMap<Objectives, (&Cell, u64)>> = BTreeMap::new();
    for cell in &region.cells {
        let Some(place) = place_of(places, cell.days) else { continue };
        let of_heads = by_heads.entry(cell.heads).or_default();
        let entry = of_heads.entry(weighed.objectives(place, cell.heads)).or_insert((cell, 0));
        entry.1 += cell.n_lawful;
        if cell.distance < entry.0.distance {
            entry.0 = cell;
        }
    }
    let mut points: Vec<Point> = Vec::new();
    for of_heads in by_heads.into_values() {
        let all: Vec<(Objectives, (&Cell, u64))> = of_heads.into_iter().rev().collect();
        let vectors: Vec<Vec<i64>> = all.iter().map(|(o, _)| o.as_more().to_vec()).collect();
        points.extend(frontier(&vectors).into_iter().map(|place| {
            let (objectives, (cell, shared_by)) = all[place];
            Point { choice: choice(cell), objectives, shared_by }
        }));
    }
    points.sort_by_key(|p| std::cmp::Reverse(p.objectives));
    points
}

fn nearest(cells: &[&Cell], choice: &dyn Fn(&Cell) -> Choice) -> Option<Near> {
    let least = cells.iter().map(|c| c.distance).min()?;
    let as_near: Vec<&&Cell> = cells.iter().filter(|c| c.distance == least).collect();
    let n_as_near = as_near.iter().map(|c| c.n_as_near).sum();
    Some(Near { choice: choice(as_near[0]), axes: least.0, steps: least.1, n_as_near })
}

/// A bound on the development of every candidate: days of release and other days add up, so that the most of each,
/// under the same weekday and frequency, is never exceeded.
fn most_development(parts: &Parts) -> i64 {
    let space = parts.space;
    let weighers: Vec<Weigher> =
        parts.classes.iter().zip(parts.patterns).map(|(c, p)| Weigher::new(&parts.terrain, space, c, p)).collect();
    let n = |axis: usize| space.axes[axis].len();
    let last = n(RELEASE) - 1;
    let mut most = 0;
    for weekday in 0..n(WEEKDAY) {
        for every in 0..n(EVERY) {
            let of = |w: &Weigher, release: usize, added: usize| w.weigh(&[release, weekday, every, added]).development;
            let of_class = |w: &Weigher| {
                let by_release = (0..n(RELEASE)).filter(|r| space.release(*r) > 0).map(|r| of(w, r, 0)).max();
                let by_added = (0..n(ADDED)).map(|a| of(w, last, a)).max();
                let with = by_release.zip(by_added).map(|(r, a)| r + a - of(w, last, 0));
                let without = (0..n(ADDED)).map(|a| of(w, 0, a)).max();
                with.into_iter().chain(without).max().unwrap_or(0)
            };
            most = most.max(weighers.iter().map(of_class).sum());
        }
    }
    most
}

/// What the proposal as read gives: its release and minutes added, wherever it stands among the choices.
fn as_read(parts: &Parts, weighed: &Weighed) -> Objectives {
    let space = parts.space;
    let days = [space.as_read[0], space.as_read[1], space.as_read[2], space.as_read[3]];
    let place = parts
        .days
        .iter()
        .position(|d| *d == days || (space.release(days[0]) == 0 && d[0] == days[0] && d[3] == days[3]));
    let roles = &space.as_read[STARTS + space.n_tiers..STARTS + space.n_tiers + space.n_roles];
    weighed.objectives(place.unwrap_or(0), number_of(space.roles(), roles))
}

/// What some choices fail and what they give, looked up as in a search; nothing for start times that are not allowed.
pub fn look_up(terrain: &Terrain, space: &Space, choices: &[Choice]) -> Vec<Option<(Set, Objectives)>> {
    let starts = allowed_starts(terrain.search, space, terrain.timetable);
    let classes = classes(terrain);
    let patterns: Vec<Pattern> = classes.iter().map(|c| Pattern::new(terrain, space, c)).collect();
    let numbers: Vec<usize> = choices.iter().map(|c| number_of(&space.axes[..STARTS], &c[..STARTS])).collect();
    let (days, places) = judged_once(space, &numbers);
    let parts =
        Parts { terrain: *terrain, space, classes: &classes, patterns: &patterns, starts: &starts, days: &days };
    let (weighed, tables) = (weigh(&parts), Tables::new(&parts));
    let one = |(choice, (_, place)): (&Choice, &(usize, usize))| {
        let start = starts.iter().position(|n| *n == number_of_starts(space, choice))?;
        let values = &choice[STARTS..STARTS + space.n_tiers];
        let heads = number_of(space.roles(), &choice[STARTS + space.n_tiers..STARTS + space.n_tiers + space.n_roles]);
        let fails = tables.fails(&parts, *place, (start, values), heads);
        Some((fails, weighed.objectives(*place, heads)))
    };
    choices.iter().zip(&places).map(one).collect()
}
