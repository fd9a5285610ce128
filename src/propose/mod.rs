//! Proposals: what a scenario could be instead, searched, applied and simulated.
//!
//! Has a scenario that says what may move, gives the lawful region, the frontier with adoption, the least changes and
//! the concessions. The search itself is in `candidates`.

mod apply;
mod simulate;
#[cfg(test)]
mod twin;

pub use apply::apply;
pub use simulate::Adoption;
pub use simulate::Simulated;

use crate::candidates::Axis;
use crate::candidates::Budget;
use crate::candidates::Change;
use crate::candidates::Choice;
use crate::candidates::Found;
use crate::candidates::Objectives;
use crate::candidates::Part;
use crate::candidates::Terrain;
use crate::candidates::change;
use crate::candidates::find;
use crate::candidates::frontier;
use crate::candidates::spread;
use crate::clauses::Outcome;
use crate::findings::Findings;
use crate::pipeline::Checked;
use crate::scenario::Scenario;
use crate::timetable::Timetable;
use simulate::Simulator;

/// How a proposal is looked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Options {
    /// At most so many candidates of the frontier are simulated.
    pub simulate: usize,
    /// How many times each, under the same luck.
    pub replicates: u32,
    /// When a search takes a sample.
    pub budget: Budget,
}

/// A candidate of the frontier.
#[derive(Debug, Clone, PartialEq)]
pub struct Offer {
    /// The choice on each axis.
    pub choice: Choice,
    /// What it gives and takes.
    pub objectives: Objectives,
    /// Lawful candidates with the same objectives, roles and dates.
    pub shared_by: u64,
    /// How far the practice spreads with it; nothing where it was not simulated.
    pub adoption: Option<Adoption>,
}

/// Everything that `propose` answers.
#[derive(Debug, Clone)]
pub struct Proposed {
    /// What the search found.
    pub found: Found,
    /// Clauses that the proposal as read fails, with the least change of each.
    pub as_read_fails: Vec<Change>,
    /// Whether the proposal as read is one of the candidates.
    pub as_read_is_candidate: bool,
    /// How far the practice spreads with the proposal as read; nothing where nothing was simulated.
    pub as_read_adoption: Option<Adoption>,
    /// The frontier; where it was simulated, those that none dominates in all objectives and adoption.
    pub offers: Vec<Offer>,
    /// How many candidates no other with the same roles and dates exceeds in the reckoned objectives.
    pub n_frontier: usize,
    /// How many of them were simulated.
    pub n_simulated: usize,
    /// How many simulations that took, candidates with the same inputs counted once.
    pub n_distinct: usize,
    /// How many of these, or of the simulated ones once adoption counts as well, another dominates.
    pub n_dominated: usize,
}

/// What a search in a scenario looks at; nothing where the scenario does not say what may move.
pub fn terrain<'a>(scenario: &'a Scenario, timetable: &'a Timetable) -> Option<Terrain<'a>> {
    let Scenario { district, resources, nodes, .. } = scenario;
    let search = scenario.search.as_ref()?;
    Some(Terrain { search, book: scenario.lawbook(), district, timetable, resources, nodes })
}

/// Searches and simulates; `after_each` is told of every replicate that ends, with how many there will be.
///
/// # Errors
/// When conditions need one another in a circle.
pub fn propose(
    scenario: &Scenario,
    checked: &Checked,
    options: &Options,
    after_each: &(dyn Fn(u64) + Sync),
) -> Result<Option<Proposed>, Findings> {
    let Some(terrain) = terrain(scenario, &checked.timetable) else { return Ok(None) };
    let found = find(&terrain, options.budget, scenario.seed);
    let all = with_dates(&found);
    let n_frontier = all.len();
    let vectors: Vec<Vec<i64>> = all.iter().map(|o| vector(&found, o)).collect();
    let first: Vec<usize> = all.iter().position(|o| o.choice == found.space.as_read).into_iter().collect();
    let chosen = spread(&vectors, &first, options.simulate);
    let mut offers: Vec<Offer> = chosen.iter().map(|place| all[*place].clone()).collect();
    let mut simulator = Simulator::new(scenario, &checked.timetable, &found.space);
    let choices: Vec<Choice> = offers.iter().map(|o| o.choice.clone()).collect();
    let n_simulated = offers.len();
    let simulated = match options.simulate {
        0 => Simulated::default(),
        _ => simulator.run(&choices, options.replicates, after_each)?,
    };
    offers.iter_mut().zip(&simulated.adoption).for_each(|(offer, adoption)| offer.adoption = Some(*adoption));
    let offers = if options.simulate == 0 { all } else { offers };
    let kept = best(&offers);
    let n_dominated = offers.len() - kept.len();
    let offers = kept.into_iter().map(|n| offers[n].clone()).collect();
    Ok(Some(Proposed {
        as_read_fails: as_read_fails(&terrain, checked),
        as_read_is_candidate: is_candidate(scenario, checked, &found),
        as_read_adoption: simulated.as_read,
        offers,
        n_frontier,
        n_simulated,
        n_distinct: simulated.n_distinct,
        n_dominated,
        found,
    }))
}

/// The frontier with every combination of dates: they change no clause and no reckoned objective, but adoption.
fn with_dates(found: &Found) -> Vec<Offer> {
    let dates = found.space.axes.len() - found.space.dates().len();
    let mut choices: Vec<Vec<usize>> = vec![Vec::new()];
    for axis in found.space.dates() {
        let longer =
            |c: &Vec<usize>| (0..axis.len()).map(|at| c.iter().copied().chain([at]).collect()).collect::<Vec<_>>();
        choices = choices.iter().flat_map(longer).collect();
    }
    let offers = found.frontier.iter().flat_map(|point| {
        choices.iter().map(|own| {
            let choice = point.choice[..dates].iter().chain(own).copied().collect();
            Offer { choice, objectives: point.objectives, shared_by: point.shared_by, adoption: None }
        })
    });
    offers.collect()
}

/// Objectives and dates as numbers, to be spread over.
fn vector(found: &Found, offer: &Offer) -> Vec<i64> {
    let dates = found.space.axes.len() - found.space.dates().len();
    let dates = offer.choice[dates..].iter().map(|at| i64::try_from(*at).unwrap_or(i64::MAX));
    offer.objectives.as_more().into_iter().chain(dates).collect()
}

/// Places of the offers that none dominates, adoption counted to a tenth of a percentage point.
fn best(offers: &[Offer]) -> Vec<usize> {
    let vector = |offer: &Offer| {
        let adoption = offer.adoption.map_or(0, |a| (a.mean * 1_000.0).round() as i64);
        offer.objectives.as_more().into_iter().chain([adoption]).collect::<Vec<i64>>()
    };
    let vectors: Vec<Vec<i64>> = offers.iter().map(vector).collect();
    frontier(&vectors)
}

fn as_read_fails(terrain: &Terrain, checked: &Checked) -> Vec<Change> {
    let mut failing: Vec<usize> =
        checked.verdicts.list.iter().filter(|v| v.outcome == Outcome::Fails).map(|v| v.clause).collect();
    failing.dedup();
    let one = |clause: &usize| {
        change(&Part::new(&terrain.book, vec![*clause]), &terrain.book, terrain.district, terrain.timetable)
    };
    failing.iter().filter_map(one).collect()
}

/// Whether the choice as read gives the timetable as read.
fn is_candidate(scenario: &Scenario, checked: &Checked, found: &Found) -> bool {
    let other = apply(scenario, &checked.timetable, &found.space, &found.space.as_read);
    let timetable = crate::timetable::build(&other.calendars, &other.schedules, &other.district);
    let starts = crate::candidates::allowed_starts;
    let in_space = scenario.search.as_ref().is_some_and(|search| {
        let own = crate::candidates::number_of_starts(&found.space, &found.space.as_read);
        starts(search, &found.space, &checked.timetable).contains(&own)
    });
    in_space && same_bells(&timetable, &checked.timetable)
}

/// Whether two timetables ring the same on every day of every school.
pub fn same_bells(one: &Timetable, other: &Timetable) -> bool {
    let days = |t: &'_ Timetable, school: usize| -> Vec<Option<usize>> {
        t.schools[school].years.iter().flat_map(|y| &y.days).map(|d| d.schedule).collect()
    };
    (0..one.schools.len()).all(|school| {
        days(one, school).iter().zip(days(other, school)).all(|(a, b)| match (a, b) {
            (Some(a), Some(b)) => one.schedules[*a].same_blocks(&other.schedules[b]),
            (None, None) => true,
            (Some(_), None) | (None, Some(_)) => false,
        })
    })
}

/// What moves from one choice to another: the axis, the old value and the new one.
pub fn differences(scenario: &Scenario, found: &Found, choice: &Choice) -> Vec<(String, String, String)> {
    let Some(search) = &scenario.search else { return Vec::new() };
    let space = &found.space;
    let moved = |n: &usize| space.axes[*n].steps(choice[*n], space.as_read[*n]) > 0;
    let told = |n: usize| {
        let axis: &Axis = &space.axes[n];
        let name = axis.name(search, &scenario.district, &scenario.nodes);
        (name, axis.value(space.as_read[n]), axis.value(choice[n]))
    };
    (0..space.axes.len()).filter(moved).map(told).collect()
}
