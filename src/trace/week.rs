//! From a point on the curve back to what held it.

use crate::adoption::HELD_BY;
use crate::ensemble::Held;
use crate::ensemble::Job;
use crate::ensemble::ROUTINE;
use crate::ensemble::Replicate;
use crate::ensemble::Side;
use crate::ensemble::USING;
use crate::luck::Luck;
use crate::pipeline::Checked;
use crate::plan::Supply;
use crate::readiness::Readiness;
use crate::scenario::Scenario;
use crate::trace::Cause;
use crate::trace::expertise::behind_expertise;
use crate::trace::supplies::behind_authority;
use crate::trace::supplies::behind_resources;
use crate::trace::will::behind_will;
use crate::units::Date;
use serde::Serialize;

/// What is asked about a week.
#[derive(Debug, Clone, Copy)]
pub struct WeekAsked {
    /// The week, by place.
    pub week: usize,
    /// One school (by place), or the district.
    pub school: Option<usize>,
    /// One practice (by place), or all of them.
    pub practice: Option<usize>,
}

/// One capacity, and what stands behind it.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Behind {
    /// The capacity.
    pub capacity: &'static str,
    /// Share of the educators that it holds back in the week.
    pub share: f64,
    /// What stands behind it.
    pub causes: Vec<Cause>,
}

/// A point on the curve, and what held it.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct WeekTrace {
    /// The Monday of the week.
    pub monday: Date,
    /// Part of a full school week that it is, averaged over the schools.
    pub school_week: f64,
    /// The school's or the district's name.
    pub of: String,
    /// Educators in it who take up the practice.
    pub n_educators: usize,
    /// The practice (by id) that is asked about; all together when there is none.
    pub practice: Option<String>,
    /// Share using it: 10 %, 50 % and 90 % of the replicates lie below.
    pub using: [f64; 3],
    /// Share at routine.
    pub routine: [f64; 3],
    /// Shares held back by will, authority, expertise, resources and nothing: means over the replicates, as of the
    /// last full school week.
    pub held: Held,
    /// The capacity that holds most educators back; nothing where none holds anybody.
    pub binding: Option<&'static str>,
    /// The capacities that hold anybody back, the one that holds most of them first.
    pub behind: Vec<Behind>,
    /// Replicates.
    pub replicates: u32,
}

/// Everything that is looked at together.
pub struct Looking<'a> {
    /// The scenario.
    pub scenario: &'a Scenario,
    /// What stands before any luck.
    pub checked: &'a Checked,
    /// What the replicates share.
    pub job: &'a Job<'a>,
    /// The replicates.
    pub replicates: &'a [Replicate],
    /// From when conditions hold, every duration at its typical value.
    pub readiness: &'a Readiness,
    /// Hours, help and money with those dates.
    pub supply: &'a Supply,
    /// The schools, by place.
    pub schools: Vec<usize>,
    /// The practices, by place.
    pub practices: Vec<usize>,
    /// The week, by place.
    pub week: usize,
    /// The last full school week up to it: what is told of a week of school is told of that one.
    pub full_week: usize,
    /// Its Monday.
    pub monday: Date,
}

/// Follows a week of the curve back to what held it.
pub fn trace_week(
    scenario: &Scenario,
    checked: &Checked,
    job: &Job,
    replicates: &[Replicate],
    asked: &WeekAsked,
) -> WeekTrace {
    let readiness = job.settle_typically();
    let supply = job.supply(&readiness, &Luck::new(job.seed, 0));
    let all: Vec<usize> = (0..scenario.district.schools.len()).collect();
    let schools = asked.school.map_or(all, |school| vec![school]);
    let looking = Looking {
        scenario,
        checked,
        job,
        replicates,
        readiness: &readiness,
        supply: &supply,
        practices: asked.practice.map_or((0..scenario.resources.practices.len()).collect(), |p| vec![p]),
        week: asked.week,
        full_week: last_full_week(job, &schools, asked.week),
        monday: checked.horizon.mondays[asked.week],
        schools,
    };
    told(&looking, asked)
}

fn told(looking: &Looking, asked: &WeekAsked) -> WeekTrace {
    let side = Side { job: looking.job, replicates: looking.replicates };
    let schools = &looking.schools;
    let held = side.held_in_week(looking.week, schools);
    let mut order: Vec<usize> = (0..CAPACITIES).filter(|c| held[*c] > 0.0).collect();
    order.sort_by(|a, b| held[*b].total_cmp(&held[*a]).then(a.cmp(b)));
    let name = |school: usize| looking.scenario.district.schools[school].name.clone();
    let practices = &looking.scenario.resources.practices;
    WeekTrace {
        monday: looking.monday,
        school_week: school_week(looking.job, schools, looking.week),
        of: asked.school.map_or(looking.scenario.district.name.clone(), name),
        n_educators: schools.iter().map(|s| looking.checked.roster.schools[*s].len()).sum(),
        practice: asked.practice.map(|p| practices[p].id.clone()),
        using: side.band_in_week(looking.week, schools, asked.practice, USING),
        routine: side.band_in_week(looking.week, schools, asked.practice, ROUTINE),
        held,
        binding: order.first().map(|capacity| HELD_BY[*capacity]),
        behind: order.into_iter().map(|capacity| behind(looking, capacity, held[capacity])).collect(),
        replicates: looking.replicates.len() as u32,
    }
}

/// The last of [`HELD_BY`] is no capacity.
const CAPACITIES: usize = 4;

fn behind(looking: &Looking, capacity: usize, share: f64) -> Behind {
    let causes = match capacity {
        0 => behind_will(looking),
        1 => behind_authority(looking),
        2 => behind_expertise(looking),
        _ => behind_resources(looking),
    };
    Behind { capacity: HELD_BY[capacity], share, causes }
}

fn school_week(job: &Job, schools: &[usize], week: usize) -> f64 {
    let sum: f64 = schools.iter().map(|s| job.hours.schools[*s].school_week[week]).sum();
    sum / schools.len().max(1) as f64
}

fn last_full_week(job: &Job, schools: &[usize], week: usize) -> usize {
    (0..=week).rev().find(|w| school_week(job, schools, *w) >= 1.0).unwrap_or(week)
}
