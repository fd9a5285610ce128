//! One side of a comparison: numbers of each replicate, by week, school and kind of educator.

use crate::adoption::WeekCounts;
use crate::ensemble::Job;
use crate::ensemble::Replicate;
use crate::ensemble::held::Held;
use crate::ensemble::statistics::low_median_high;

/// At level 3 an educator uses the practice.
pub const USING: u8 = 3;
/// At level 4 it is her routine.
pub const ROUTINE: u8 = 4;

/// One side: what its replicates share, and the replicates in the order of their numbers.
#[derive(Debug, Clone, Copy)]
pub struct Side<'a> {
    /// What they share.
    pub job: &'a Job<'a>,
    /// The replicates.
    pub replicates: &'a [Replicate],
}

impl Side<'_> {
    /// Schools.
    pub fn n_schools(&self) -> usize {
        self.job.world.district.schools.len()
    }

    /// Weeks.
    pub fn n_weeks(&self) -> usize {
        self.job.world.horizon.n_weeks()
    }

    fn counts<'r>(&self, replicate: &'r Replicate, week: usize, school: usize) -> &'r WeekCounts {
        &replicate.track.weeks[week * self.n_schools() + school]
    }

    /// Educators of some schools.
    fn n_educators(&self, schools: &[usize]) -> f64 {
        schools.iter().map(|s| self.job.world.roster.schools[*s].len()).sum::<usize>() as f64
    }

    /// Share of the educators of some schools at a level or higher, in one week of one replicate.
    pub fn share(&self, replicate: &Replicate, week: usize, schools: &[usize], level: u8) -> f64 {
        let n = self.n_educators(schools);
        let there: u32 =
            schools.iter().map(|s| self.counts(replicate, week, *s).at_least[usize::from(level) - 1]).sum();
        if n > 0.0 { f64::from(there) / n } else { 0.0 }
    }

    /// The same of every replicate.
    pub fn shares(&self, week: usize, schools: &[usize], level: u8) -> Vec<f64> {
        self.replicates.iter().map(|r| self.share(r, week, schools, level)).collect()
    }

    /// Share at a level or higher in a week, in one practice or in any: 10 %, 50 % and 90 % of the replicates lie
    /// below these.
    pub fn band_in_week(&self, week: usize, schools: &[usize], practice: Option<usize>, level: u8) -> [f64; 3] {
        let Some(practice) = practice else { return low_median_high(self.shares(week, schools, level)) };
        let k = self.job.world.n_practices();
        let of = |r: &Replicate| {
            let counts = if level >= ROUTINE { &r.track.routine } else { &r.track.using };
            let there = schools.iter().map(|s| counts[(week * self.n_schools() + s) * k + practice]);
            f64::from(there.sum::<u32>()) / self.n_educators(schools).max(1.0)
        };
        low_median_high(self.replicates.iter().map(of).collect())
    }

    /// The share in each week of every replicate, averaged over the weeks.
    pub fn mean_shares(&self, schools: &[usize], level: u8) -> Vec<f64> {
        let weeks = self.n_weeks();
        let mean = |r: &Replicate| (0..weeks).map(|w| self.share(r, w, schools, level)).sum::<f64>() / weeks as f64;
        self.replicates.iter().map(mean).collect()
    }

    /// Share of the pupils' time with educators at routine in the last week.
    pub fn experience_at_end(&self) -> Vec<f64> {
        let schools = &self.job.world.district.schools;
        let all: f64 = schools.iter().map(|s| f64::from(s.n_pupils())).sum();
        let of = |r: &Replicate| {
            let felt = |(s, school): (usize, &crate::district::School)| {
                f64::from(school.n_pupils()) * f64::from(self.counts(r, self.n_weeks() - 1, s).experience)
            };
            schools.iter().enumerate().map(felt).sum::<f64>() / all.max(1.0)
        };
        self.replicates.iter().map(of).collect()
    }

    fn using_model(&self, replicate: &Replicate, model: usize, school: usize) -> f64 {
        let n_models = self.job.world.resources.models.len();
        let place = ((self.n_weeks() - 1) * self.n_schools() + school) * n_models + model;
        f64::from(replicate.track.using_model[place])
    }

    /// Share of all educators who use every practice of a model in the last week.
    pub fn using_all(&self, model: usize) -> Vec<f64> {
        let n = self.job.world.n_educators().max(1) as f64;
        let of = |r: &Replicate| (0..self.n_schools()).map(|s| self.using_model(r, model, s)).sum::<f64>() / n;
        self.replicates.iter().map(of).collect()
    }

    /// Number of schools that have reached a model in the last week.
    pub fn schools_at_scale(&self, model: usize) -> Vec<f64> {
        let world = &self.job.world;
        let least = world.resources.models[model].at_scale.as_f64();
        let is_there = |r: &Replicate, s: &usize| {
            let n = world.roster.schools[*s].len();
            n > 0 && self.using_model(r, model, *s) / n as f64 >= least
        };
        let of = |r: &Replicate| (0..self.n_schools()).filter(|s| is_there(r, s)).count() as f64;
        self.replicates.iter().map(of).collect()
    }

    /// What holds the educators of some schools back in a week: mean shares over the replicates.
    pub fn held_in_week(&self, week: usize, schools: &[usize]) -> Held {
        self.held(schools, |w| if w == week { 1.0 } else { 0.0 }, week..week + 1)
    }

    /// The same over the school weeks of a year of the simulation, or of all years, each week as far as it is one.
    pub fn held_over(&self, schools: &[usize], year: Option<usize>) -> Held {
        let of_year = |week: usize| year.is_none_or(|year| self.job.world.year_of_week[week] == year);
        let weight = |week: usize| {
            let school_week = |s: &usize| self.job.hours.schools[*s].school_week[week].min(1.0);
            let sum: f64 = schools.iter().map(school_week).sum();
            if of_year(week) { sum } else { 0.0 }
        };
        self.held(schools, weight, 0..self.n_weeks())
    }

    fn held(&self, schools: &[usize], weight: impl Fn(usize) -> f64, weeks: std::ops::Range<usize>) -> Held {
        let n = self.n_educators(schools);
        let (mut sums, mut weights) = ([0.0; 5], 0.0);
        for week in weeks {
            let part = weight(week);
            if part <= 0.0 || n <= 0.0 {
                continue;
            }
            weights += part;
            for replicate in self.replicates {
                for school in schools {
                    let held = self.counts(replicate, week, *school).held_by;
                    sums.iter_mut().zip(held).for_each(|(sum, there)| *sum += part * f64::from(there));
                }
            }
        }
        let all = weights * n * self.replicates.len() as f64;
        sums.map(|sum| if all > 0.0 { sum / all } else { 0.0 })
    }
}
