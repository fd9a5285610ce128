//! Comparison: two or more scenarios side by side, under the same luck, with every difference and its reason.
//!
//! Has scenarios, any of which may be the baseline, gives what each answers and, for every other against the
//! baseline: clauses, minutes, money, dates, curves with their paired difference, schools and kinds of educators.
//! Refuses what cannot be compared and says why. Knows no files and no pictures.

mod clauses;
mod dates;
mod effects;
mod idle;
mod meaning;

pub use clauses::Cell;
pub use clauses::ClauseRow;
pub use dates::DateRow;
pub use effects::PackageEffects;
pub use effects::PackageItem;
pub use effects::Yardstick;
pub use effects::package_effects;
pub use idle::IdleItem;
pub use idle::idle_items;

use crate::ensemble::Job;
use crate::ensemble::Paired;
use crate::ensemble::Replicate;
use crate::ensemble::Side as EnsembleSide;
use crate::ensemble::compare as compare_pairwise;
use crate::ensemble::summarise;
use crate::ensemble::why_not_comparable;
use crate::findings::Findings;
use crate::ledger::Gains;
use crate::ledger::Side as LedgerSide;
use crate::ledger::gains;
use crate::pipeline;
use crate::pipeline::Checked;
use crate::pipeline::Outcome;
use crate::scenario::Scenario;

/// What a scenario is called beside proposals on it.
const AS_IT_IS: &str = "As it is";

/// One of the scenarios that are compared.
#[derive(Debug, Clone)]
pub struct Side {
    /// What it is called beside the others.
    pub name: String,
    /// The scenario.
    pub scenario: Scenario,
    /// What it answers.
    pub outcome: Outcome,
}

/// A scenario against the baseline.
#[derive(Debug, Clone)]
pub struct Against {
    /// Its place among the sides.
    pub side: usize,
    /// Curves, schools and kinds of educators, replicate by replicate.
    pub paired: Paired,
    /// Minutes, dollars, hours of care.
    pub gains: Gains,
    /// Clauses of the whole district.
    pub clauses: Vec<ClauseRow>,
    /// Clauses by school, in the district's order.
    pub by_school: Vec<Vec<ClauseRow>>,
    /// From when conditions hold.
    pub dates: Vec<DateRow>,
}

/// Everything that a comparison answers. The first side is the baseline.
#[derive(Debug, Clone)]
pub struct Comparison {
    /// The scenarios.
    pub sides: Vec<Side>,
    /// Each but the first against the first.
    pub against: Vec<Against>,
}

impl Comparison {
    /// The baseline.
    pub fn baseline(&self) -> &Side {
        &self.sides[0]
    }

    /// The two names of a pair.
    pub fn names(&self, against: &Against) -> [&str; 2] {
        [&self.sides[0].name, &self.sides[against.side].name]
    }
}

/// Why scenarios were not compared.
#[derive(Debug)]
pub enum Refused {
    /// The conditions of one of them, by place, need one another in a circle.
    Circle(usize, Findings),
    /// One of them, by place, cannot be compared with the first.
    NotComparable(usize, Vec<String>),
}

/// Compares scenarios with the first of them.
///
/// `after_each` is told of every replicate that ends.
///
/// # Errors
/// When conditions need one another in a circle, or people, years or luck differ.
pub fn compare(
    scenarios: Vec<Scenario>,
    replicates: u32,
    cycle_days: u32,
    after_each: &(dyn Fn() + Sync),
) -> Result<Comparison, Refused> {
    let mut all: Vec<Checked> = Vec::new();
    for (place, scenario) in scenarios.iter().enumerate() {
        all.push(pipeline::check(scenario).map_err(|findings| Refused::Circle(place, findings))?);
    }
    let names = names(&scenarios);
    let jobs: Vec<Job> = scenarios.iter().zip(&all).map(|(s, c)| pipeline::job(s, c)).collect();
    for (place, job) in jobs.iter().enumerate().skip(1) {
        let reasons = why_not_comparable(&jobs[0], job);
        if !reasons.is_empty() {
            return Err(Refused::NotComparable(place, reasons));
        }
    }
    let runs: Vec<Vec<Replicate>> = jobs.iter().map(|job| job.replicates(replicates, after_each)).collect();
    let mut against = Vec::new();
    for place in 1..jobs.len() {
        let pair = |n: usize| Ran { scenario: &scenarios[n], checked: &all[n], job: &jobs[n], replicates: &runs[n] };
        against.push(one_against(&pair(0), &pair(place), place, cycle_days)?);
    }
    let results: Vec<_> =
        jobs.iter().zip(&runs).map(|(job, run)| (job.settle_typically(), summarise(job, run))).collect();
    drop((runs, jobs));
    let mut sides = Vec::new();
    for (((name, scenario), checked), (readiness, results)) in names.into_iter().zip(scenarios).zip(all).zip(results) {
        let outcome = pipeline::outcome(&scenario, checked, readiness, results, replicates);
        sides.push(Side { name, scenario, outcome });
    }
    let mut comparison = Comparison { sides, against };
    dates::add(&mut comparison);
    Ok(comparison)
}

/// A scenario that was run.
struct Ran<'a> {
    scenario: &'a Scenario,
    checked: &'a Checked,
    job: &'a Job<'a>,
    replicates: &'a [Replicate],
}

fn one_against(baseline: &Ran, other: &Ran, place: usize, cycle_days: u32) -> Result<Against, Refused> {
    let paired = compare_pairwise(
        &EnsembleSide { job: baseline.job, replicates: baseline.replicates },
        &EnsembleSide { job: other.job, replicates: other.replicates },
    )
    .map_err(|reasons| Refused::NotComparable(place, reasons))?;
    let gains = gains(&ledger_side(baseline), &ledger_side(other), cycle_days);
    let judged = [(baseline.scenario, &baseline.checked.verdicts), (other.scenario, &other.checked.verdicts)];
    let schools = 0..baseline.scenario.district.schools.len();
    Ok(Against {
        side: place,
        paired,
        gains,
        clauses: clauses::rows(judged, None),
        by_school: schools.map(|school| clauses::rows(judged, Some(school))).collect(),
        dates: Vec::new(),
    })
}

fn ledger_side<'a>(ran: &Ran<'a>) -> LedgerSide<'a> {
    LedgerSide {
        district: &ran.scenario.district,
        timetable: &ran.checked.timetable,
        resources: &ran.scenario.resources,
        n_years: ran.checked.horizon.n_years,
    }
}

/// What the scenarios are called: by their proposals; one without any by its title, or as it is where all others are
/// proposals on it. Equal names are told apart.
fn names(scenarios: &[Scenario]) -> Vec<String> {
    let base = |s: &Scenario| s.name.split('+').next().unwrap_or_default().to_string();
    let same_base = scenarios.iter().all(|s| base(s) == base(&scenarios[0]));
    let plain = |s: &Scenario| match s.proposals.iter().map(|p| p.title.clone()).collect::<Vec<_>>().as_slice() {
        [] if same_base && scenarios.len() > 1 => AS_IT_IS.to_string(),
        [] => s.title.clone(),
        titles => titles.join(" + "),
    };
    let all: Vec<String> = scenarios.iter().map(plain).collect();
    let is_alone = |name: &String| all.iter().filter(|other| *other == name).count() == 1;
    let told = |(n, name): (usize, &String)| match is_alone(name) {
        true => name.clone(),
        false => format!("{name} ({}, no. {})", scenarios[n].name, n + 1),
    };
    all.iter().enumerate().map(told).collect()
}
