//! Running replicates, each a pure function of its number.

use crate::adoption::Lots;
use crate::adoption::Parameters;
use crate::adoption::Track;
use crate::adoption::World;
use crate::adoption::run as run_replicate;
use crate::adoption::using_at_the_end;
use crate::luck::Luck;
use crate::plan::Supply;
use crate::plan::TimetabledHours;
use crate::plan::lay;
use crate::readiness::Graph;
use crate::readiness::Readiness;
use crate::readiness::Span;
use crate::readiness::settle;
use rayon::prelude::*;

/// Everything that the replicates of a run share.
#[derive(Debug, Clone)]
pub struct Job<'a> {
    /// People, practices, rules and weeks.
    pub world: World<'a>,
    /// Hours that the timetable delivers.
    pub hours: TimetabledHours,
    /// What must hold before what.
    pub graph: &'a Graph,
    /// When each clause does not fail, by clause and school.
    pub clause_spans: Vec<Vec<Vec<Span>>>,
    /// The seed of all luck.
    pub seed: u64,
    /// Shares of educators whose first week is reported, in rising order.
    pub milestones: Vec<f64>,
}

/// What one replicate leaves behind.
#[derive(Debug, Clone)]
pub struct Replicate {
    /// From when each condition holds.
    pub readiness: Readiness,
    /// What was counted.
    pub track: Track,
}

impl Job<'_> {
    /// Settles the graph with durations that `takes_weeks` gives by place of the condition.
    pub fn settle(&self, takes_weeks: &dyn Fn(usize) -> f64) -> Readiness {
        let horizon = self.world.horizon;
        let holds = |clause: usize, school: usize| self.clause_spans[clause][school].clone();
        let n_schools = self.world.district.schools.len();
        settle(self.graph, n_schools, horizon.from, horizon.last_day(), &holds, takes_weeks)
    }

    /// The readiness with every duration at its typical value.
    pub fn settle_typically(&self) -> Readiness {
        self.settle(&|node| self.graph.nodes[node].takes_weeks.typical())
    }

    /// Hours, help and money by week, given when conditions hold.
    pub fn supply(&self, readiness: &Readiness, luck: &Luck) -> Supply {
        let world = &self.world;
        lay(world.district, &self.hours, world.resources, self.graph, readiness, world.horizon, luck)
    }

    /// Runs one replicate.
    pub fn replicate(&self, number: u32) -> Replicate {
        let (luck, parameters, readiness) = self.drawn(number);
        let supply = self.supply(&readiness, &luck);
        let track = run_replicate(&self.world, &supply, &parameters, &luck);
        Replicate { readiness, track }
    }

    /// A replicate whose track was packed; when conditions hold follows from its number. Nothing where the list is not
    /// a track of this job.
    pub fn unpack(&self, number: u32, track: &[u32]) -> Option<Replicate> {
        let (_, _, readiness) = self.drawn(number);
        Track::unpack(track, &self.world).map(|track| Replicate { readiness, track })
    }

    /// How many educators use at least one practice in the last week of a replicate: the same number as its track
    /// has, and nothing else, for less. `lots` belong to this replicate.
    pub fn using_at_the_end(&self, number: u32, lots: &mut Lots) -> u32 {
        let (luck, parameters, readiness) = self.drawn(number);
        let supply = self.supply(&readiness, &luck);
        using_at_the_end(&self.world, &supply, &parameters, &luck, lots)
    }

    /// The luck of a replicate, its parameters, and from when each condition holds.
    pub fn drawn(&self, number: u32) -> (Luck, Parameters, Readiness) {
        let luck = Luck::new(self.seed, number);
        let (parameters, readiness) = self.drawn_under(&luck);
        (luck, parameters, readiness)
    }

    /// The parameters that come with some luck, and from when each condition holds under it.
    pub fn drawn_under(&self, luck: &Luck) -> (Parameters, Readiness) {
        let takes = |node: usize| {
            let node = &self.graph.nodes[node];
            node.takes_weeks.draw(luck, &format!("takes:{}", node.id)).max(0.0)
        };
        (self.world.rules.draw(luck), self.settle(&takes))
    }

    /// Runs replicates 0 to n over all cores, in order of their numbers; `after_each` is told of each that ends.
    pub fn replicates(&self, n: u32, after_each: &(dyn Fn() + Sync)) -> Vec<Replicate> {
        let one = |number: u32| {
            let replicate = self.replicate(number);
            after_each();
            replicate
        };
        (0..n).into_par_iter().map(one).collect()
    }
}
