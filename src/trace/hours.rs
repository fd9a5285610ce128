//! Hours of learning and of support that a run delivers, by year of the simulation.

use crate::ensemble::Job;
use crate::ensemble::Replicate;
use crate::luck::Luck;
use crate::plan::Supply;
use rayon::prelude::*;
use serde::Serialize;

/// Hours in one year of the simulation: means over the replicates.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct HoursOfYear {
    /// The year of the simulation, from 0.
    pub year: usize,
    /// Hours of learning on the practice for each educator, by learning time; those who attend count alone
    /// \[h\].
    pub learning_for_each: Vec<f64>,
    /// Hours that people of each supporting role give, all schools together, with the role's id \[h\].
    pub support: Vec<(String, f64)>,
}

impl HoursOfYear {
    /// Hours of learning of all kinds for each educator \[h\].
    pub fn learning(&self) -> f64 {
        self.learning_for_each.iter().sum()
    }

    /// Hours of support from all roles \[h\].
    pub fn support_of_all(&self) -> f64 {
        self.support.iter().map(|(_, hours)| hours).sum()
    }
}

/// Hours by year, averaged over replicates.
pub fn hours_by_year(job: &Job, replicates: &[Replicate]) -> Vec<HoursOfYear> {
    let one = |(number, replicate): (usize, &Replicate)| {
        let supply = job.supply(&replicate.readiness, &Luck::new(job.seed, number as u32));
        (0..job.world.horizon.n_years).map(|year| of_year(job, &supply, year)).collect::<Vec<HoursOfYear>>()
    };
    let all: Vec<Vec<HoursOfYear>> = replicates.par_iter().enumerate().map(one).collect();
    (0..job.world.horizon.n_years).map(|year| mean(&all, year)).collect()
}

fn mean(all: &[Vec<HoursOfYear>], year: usize) -> HoursOfYear {
    let n = all.len().max(1) as f64;
    let mut sum = all.first().map_or(empty(year), |first| first[year].clone());
    for other in all.iter().skip(1).map(|one| &one[year]) {
        sum.learning_for_each.iter_mut().zip(&other.learning_for_each).for_each(|(sum, h)| *sum += h);
        sum.support.iter_mut().zip(&other.support).for_each(|((_, sum), (_, h))| *sum += h);
    }
    sum.learning_for_each.iter_mut().for_each(|h| *h /= n);
    sum.support.iter_mut().for_each(|(_, h)| *h /= n);
    sum
}

fn empty(year: usize) -> HoursOfYear {
    HoursOfYear { year, learning_for_each: Vec::new(), support: Vec::new() }
}

fn of_year(job: &Job, supply: &Supply, year: usize) -> HoursOfYear {
    let weeks: Vec<usize> = (0..job.world.horizon.n_weeks()).filter(|w| job.world.year_of_week[*w] == year).collect();
    let all: Vec<usize> = (0..supply.schools.len()).collect();
    let learning_for_each = learning_for_each(job, supply, &all, &weeks);
    let given = |role: usize| {
        let of_role = supply.schools.iter().flat_map(|s| &s.support).filter(|s| s.role == role);
        of_role.map(|s| weeks.iter().map(|w| s.hours[*w]).sum::<f64>()).sum::<f64>()
    };
    let support = job.world.district.support_roles();
    let support = support.map(|role| (job.world.district.roles[role].id.clone(), given(role))).collect();
    HoursOfYear { year, learning_for_each, support }
}

/// Hours of each learning time for an educator of some schools in some weeks, on average \[h\].
pub fn learning_for_each(job: &Job, supply: &Supply, schools: &[usize], weeks: &[usize]) -> Vec<f64> {
    let world = &job.world;
    let n: usize = schools.iter().map(|s| world.roster.schools[*s].len()).sum();
    let of_time = |(place, time): (usize, &crate::plan::LearningTime)| {
        let mut sum = 0.0;
        for school in schools {
            let supply_of = &supply.schools[*school];
            for (slot, role) in supply_of.roles.iter().enumerate() {
                let positions = world.district.schools[*school].positions.iter().find(|(r, _)| r == role);
                let people = f64::from(positions.map_or(0, |(_, n)| *n));
                let attending = |week: &usize| {
                    let paid = supply.attendance_paid[place][world.year_of_week[*week]];
                    supply_of.learning.of(*week, place)[slot] * time.attends.as_f64() * paid
                };
                sum += people * weeks.iter().map(attending).sum::<f64>();
            }
        }
        sum / n.max(1) as f64
    };
    world.resources.learning.iter().enumerate().map(of_time).collect()
}
