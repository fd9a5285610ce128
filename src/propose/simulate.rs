//! Simulating candidates: how far the practice spreads with each, all under the same luck.
//!
//! Candidates that differ only in what the simulation does not look at share one simulation.

use crate::adoption::Lots;
use crate::candidates::Choice;
use crate::candidates::Space;
use crate::candidates::axes::STARTS;
use crate::ensemble::Job;
use crate::ensemble::low_median_high;
use crate::findings::Findings;
use crate::pipeline;
use crate::pipeline::Checked;
use crate::propose::apply;
use crate::scenario::Scenario;
use crate::timetable::Timetable;
use rayon::prelude::*;
use serde::Serialize;

/// The share of educators who use the practice at the end of the simulation, over the replicates.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Adoption {
    /// Mean.
    pub mean: f64,
    /// A tenth of the replicates lies below this.
    pub low: f64,
    /// A tenth lies above this.
    pub high: f64,
}

/// What was simulated.
#[derive(Debug, Clone, Default)]
pub struct Simulated {
    /// For each choice.
    pub adoption: Vec<Adoption>,
    /// For the proposal as read.
    pub as_read: Option<Adoption>,
    /// How many simulations it took.
    pub n_distinct: usize,
}

/// Simulates candidates of one scenario.
pub struct Simulator<'a> {
    scenario: &'a Scenario,
    timetable: &'a Timetable,
    space: &'a Space,
}

impl<'a> Simulator<'a> {
    /// Candidates of a scenario.
    pub fn new(scenario: &'a Scenario, timetable: &'a Timetable, space: &'a Space) -> Simulator<'a> {
        Simulator { scenario, timetable, space }
    }

    /// Simulates choices, and the proposal as read, so many times each.
    ///
    /// # Errors
    /// When conditions need one another in a circle.
    pub fn run(
        &mut self,
        choices: &[Choice],
        replicates: u32,
        after_each: &(dyn Fn(u64) + Sync),
    ) -> Result<Simulated, Findings> {
        let as_read = pipeline::check(self.scenario)?;
        let checked: Vec<(Scenario, Checked)> = (choices.par_iter())
            .map(|choice| {
                let other = apply(self.scenario, self.timetable, self.space, choice);
                pipeline::check_without_words(&other).map(|checked| (other, checked))
            })
            .collect::<Result<_, _>>()?;
        let mut jobs: Vec<(Job, &[usize])> =
            vec![(pipeline::job(self.scenario, &as_read), self.seen(&self.space.as_read))];
        for ((scenario, checked), choice) in checked.iter().zip(choices) {
            jobs.push((pipeline::job(scenario, checked), self.seen(choice)));
        }
        let (distinct, of) = distinct(&jobs);
        let total = distinct.len() as u64 * u64::from(replicates);
        // Candidates meet the same luck, so that each replicate finds out once for all whose draws matter when.
        let by_replicate: Vec<Vec<f64>> = (0..replicates)
            .into_par_iter()
            .map(|number| {
                let mut lots = Lots::kept();
                let mut share = |job: &usize| {
                    let share = share_using(&jobs[*job].0, number, &mut lots);
                    after_each(total);
                    share
                };
                distinct.iter().map(&mut share).collect()
            })
            .collect();
        let of_job = |n: usize| by_replicate.iter().map(|shares| shares[n]).collect::<Vec<f64>>();
        let adoption: Vec<Adoption> = (0..distinct.len()).map(|n| adoption(&of_job(n))).collect();
        let each: Vec<Adoption> = of.iter().map(|n| adoption[*n]).collect();
        Ok(Simulated { as_read: Some(each[0]), adoption: each[1..].to_vec(), n_distinct: distinct.len() })
    }

    /// The choices that the simulation looks at besides hours and clauses: roles and dates.
    fn seen<'c>(&self, choice: &'c Choice) -> &'c [usize] {
        &choice[STARTS + self.space.n_tiers..]
    }
}

/// Places of the jobs with inputs of their own, and for each job the place of its like among those.
fn distinct(jobs: &[(Job, &[usize])]) -> (Vec<usize>, Vec<usize>) {
    let mut own: Vec<usize> = Vec::new();
    let of = (0..jobs.len()).map(|n| {
        let same = |known: &usize| {
            let (a, b) = (&jobs[*known], &jobs[n]);
            a.1 == b.1 && a.0.clause_spans == b.0.clause_spans && a.0.hours == b.0.hours
        };
        own.iter().position(same).unwrap_or_else(|| {
            own.push(n);
            own.len() - 1
        })
    });
    let of = of.collect();
    (own, of)
}

/// The share of all educators who use some practice in the last week of a replicate.
fn share_using(job: &Job, number: u32, lots: &mut Lots) -> f64 {
    f64::from(job.using_at_the_end(number, lots)) / job.world.n_educators().max(1) as f64
}

fn adoption(shares: &[f64]) -> Adoption {
    let mean = shares.iter().sum::<f64>() / shares.len().max(1) as f64;
    let [low, _, high] = low_median_high(shares.to_vec());
    Adoption { mean, low, high }
}
