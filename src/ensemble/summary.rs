//! What replicates have in common.

use crate::adoption::WeekCounts;
use crate::ensemble::Band;
use crate::ensemble::ConditionDates;
use crate::ensemble::GroupCurves;
use crate::ensemble::Job;
use crate::ensemble::Milestone;
use crate::ensemble::ModelReach;
use crate::ensemble::PracticeCurves;
use crate::ensemble::Reached;
use crate::ensemble::Replicate;
use crate::ensemble::Results;
use crate::ensemble::StudentOutcome;
use crate::ensemble::YearEnd;
use crate::ensemble::statistics::QUANTILES;
use crate::ensemble::statistics::band;
use crate::ensemble::statistics::low_median_high;
use crate::ensemble::statistics::mean;
use crate::ensemble::statistics::reached;
use crate::units::Date;
use rayon::prelude::*;

/// Levels whose first week is reported: using and routine.
const MILESTONE_LEVELS: [u8; 2] = [3, 4];

/// Sums up replicates.
pub fn summarise(job: &Job, replicates: &[Replicate]) -> Results {
    let all = All { job, replicates };
    let n_schools = job.world.district.schools.len();
    let groups: Vec<Group> =
        std::iter::once(Group::district(job)).chain((0..n_schools).map(|s| Group::school(job, s))).collect();
    let mut curves: Vec<GroupCurves> = groups.par_iter().map(|group| all.curves(group)).collect();
    let schools = curves.split_off(1);
    let district = curves.swap_remove(0);
    let whole = &groups[0];
    let milestone = |level: u8, share: f64| Milestone { share, level, reached: all.milestone(whole, level, share) };
    let milestones = MILESTONE_LEVELS
        .iter()
        .flat_map(|level| job.milestones.iter().map(|share| milestone(*level, *share)).collect::<Vec<_>>())
        .collect();
    let n_weeks = job.world.horizon.n_weeks();
    Results {
        weeks: job.world.horizon.mondays.clone(),
        school_week: (0..n_weeks)
            .map(|w| job.hours.schools.iter().map(|s| s.school_week[w]).sum::<f64>() / n_schools.max(1) as f64)
            .collect(),
        replicates: replicates.len() as u32,
        milestones,
        models: (0..job.world.resources.models.len()).map(|m| all.model(m)).collect(),
        students: all.students(),
        conditions: all.conditions(),
        year_ends: all.year_ends(whole),
        district,
        schools,
    }
}

/// Some schools together, under a name.
struct Group {
    name: String,
    schools: Vec<usize>,
    n: f64,
}

impl Group {
    fn district(job: &Job) -> Group {
        let all = 0..job.world.district.schools.len();
        Group { name: job.world.district.name.clone(), schools: all.collect(), n: job.world.n_educators() as f64 }
    }

    fn school(job: &Job, school: usize) -> Group {
        let n = job.world.roster.schools[school].len() as f64;
        Group { name: job.world.district.schools[school].name.clone(), schools: vec![school], n }
    }
}

struct All<'a> {
    job: &'a Job<'a>,
    replicates: &'a [Replicate],
}

impl All<'_> {
    fn n_schools(&self) -> usize {
        self.job.world.district.schools.len()
    }

    fn n_weeks(&self) -> usize {
        self.job.world.horizon.n_weeks()
    }

    fn counts(&self, replicate: usize, week: usize, school: usize) -> &WeekCounts {
        &self.replicates[replicate].track.weeks[week * self.n_schools() + school]
    }

    /// Share of a group's educators that a count speaks of.
    fn share(&self, group: &Group, count: impl Fn(usize) -> u32) -> f64 {
        let there: u32 = group.schools.iter().map(|s| count(*s)).sum();
        if group.n > 0.0 { f64::from(there) / group.n } else { 0.0 }
    }

    fn at_least(&self, group: &Group, level: u8, replicate: usize, week: usize) -> f64 {
        self.share(group, |s| self.counts(replicate, week, s).at_least[usize::from(level) - 1])
    }

    fn band(&self, at: impl Fn(usize, usize) -> f64) -> Band {
        band(self.replicates.len(), self.n_weeks(), at)
    }

    fn mean(&self, at: impl Fn(usize, usize) -> f64) -> Vec<f64> {
        mean(self.replicates.len(), self.n_weeks(), at)
    }

    fn curves(&self, group: &Group) -> GroupCurves {
        let by_educators = |value: &dyn Fn(&WeekCounts) -> f32, r: usize, w: usize| {
            let sum =
                |s: &usize| self.job.world.roster.schools[*s].len() as f64 * f64::from(value(self.counts(r, w, *s)));
            if group.n > 0.0 { group.schools.iter().map(sum).sum::<f64>() / group.n } else { 0.0 }
        };
        GroupCurves {
            name: group.name.clone(),
            n_educators: group.n as u32,
            at_least: [1, 2, 3, 4, 5].map(|level| self.band(|r, w| self.at_least(group, level, r, w))),
            held_by: [0, 1, 2, 3, 4]
                .map(|what| self.mean(|r, w| self.share(group, |s| self.counts(r, w, s).held_by[what]))),
            practices: (0..self.job.world.n_practices()).map(|p| self.practice(group, p)).collect(),
            students_experience: self.band(|r, w| self.experience(group, r, w)),
            families_support: self.mean(|r, w| by_educators(&|c| c.families, r, w)),
            load: self.mean(|r, w| by_educators(&|c| c.load, r, w)),
        }
    }

    fn experience(&self, group: &Group, replicate: usize, week: usize) -> f64 {
        let pupils = |s: usize| f64::from(self.job.world.district.schools[s].n_pupils());
        let all: f64 = group.schools.iter().map(|s| pupils(*s)).sum();
        let felt = group.schools.iter().map(|s| pupils(*s) * f64::from(self.counts(replicate, week, *s).experience));
        if all > 0.0 { felt.sum::<f64>() / all } else { 0.0 }
    }

    fn practice(&self, group: &Group, practice: usize) -> PracticeCurves {
        let k = self.job.world.n_practices();
        let place = |w: usize, s: usize| (w * self.n_schools() + s) * k + practice;
        PracticeCurves {
            practice,
            using: self.band(|r, w| self.share(group, |s| self.replicates[r].track.using[place(w, s)])),
            routine: self.band(|r, w| self.share(group, |s| self.replicates[r].track.routine[place(w, s)])),
        }
    }

    fn milestone(&self, group: &Group, level: u8, share: f64) -> Reached {
        let first = |r: usize| (0..self.n_weeks()).find(|w| self.at_least(group, level, r, *w) >= share);
        reached(&(0..self.replicates.len()).map(first).collect::<Vec<_>>())
    }

    fn model(&self, model: usize) -> ModelReach {
        let world = &self.job.world;
        let n_models = world.resources.models.len();
        let at_scale = world.resources.models[model].at_scale.as_f64();
        let using = |r: usize, w: usize, s: usize| {
            f64::from(self.replicates[r].track.using_model[(w * self.n_schools() + s) * n_models + model])
        };
        let is_there = |r: usize, w: usize, s: usize| {
            let n = world.roster.schools[s].len();
            n > 0 && using(r, w, s) / n as f64 >= at_scale
        };
        let schools = (0..self.n_schools()).map(|s| {
            let first = |r: usize| (0..self.n_weeks()).find(|w| is_there(r, *w, s));
            reached(&(0..self.replicates.len()).map(first).collect::<Vec<_>>())
        });
        ModelReach {
            model,
            schools: schools.collect(),
            using_all: band(self.replicates.len(), world.year_ends.len(), |r, year| {
                let all: f64 = (0..self.n_schools()).map(|s| using(r, world.year_ends[year].1, s)).sum();
                all / (world.n_educators().max(1) as f64)
            }),
            schools_at_scale: band(self.replicates.len(), world.year_ends.len(), |r, year| {
                (0..self.n_schools()).filter(|s| is_there(r, world.year_ends[year].1, *s)).count() as f64
            }),
        }
    }

    fn students(&self) -> Vec<StudentOutcome> {
        let world = &self.job.world;
        let classes: Vec<(usize, crate::units::Grade, u32)> = (world.district.schools.iter().enumerate())
            .flat_map(|(s, school)| school.pupils.iter().map(move |(grade, n)| (s, *grade, *n)))
            .collect();
        let mut outcomes = Vec::new();
        for (place, (year, _)) in world.year_ends.iter().enumerate() {
            for (class, (school, grade, n_pupils)) in classes.iter().enumerate() {
                let of = |which: fn(&(f32, f32)) -> f32| {
                    let values =
                        self.replicates.iter().map(|r| f64::from(which(&r.track.years[place].students[class])));
                    low_median_high(values.collect())
                };
                outcomes.push(StudentOutcome {
                    school: *school,
                    grade: *grade,
                    year: year.clone(),
                    n_pupils: *n_pupils,
                    experience: of(|s| s.0),
                    voice: of(|s| s.1),
                });
            }
        }
        outcomes
    }

    fn conditions(&self) -> Vec<ConditionDates> {
        let end = self.job.world.horizon.last_day();
        let mut dates = Vec::new();
        for node in 0..self.job.graph.nodes.len() {
            for school in 0..self.n_schools() {
                let standing = |r: &Replicate| r.readiness.schools[school][node].clone();
                if !self.replicates.first().is_some_and(|r| standing(r).applies) {
                    continue;
                }
                let mut from: Vec<Date> = (self.replicates.iter())
                    .filter_map(|r| r.readiness.schools[school][node].holds_from.filter(|d| *d <= end))
                    .collect();
                from.sort_unstable();
                let n = self.replicates.len();
                let by = |q: f64| from.get(((q * n as f64).ceil().max(1.0) as usize) - 1).copied();
                let critical = self.replicates.iter().filter(|r| r.readiness.schools[school][node].critical).count();
                dates.push(ConditionDates {
                    node,
                    school,
                    holds_from: QUANTILES.map(by),
                    critical: critical as f64 / n.max(1) as f64,
                });
            }
        }
        dates
    }

    fn year_ends(&self, whole: &Group) -> Vec<YearEnd> {
        let n = self.replicates.len().max(1) as f64;
        let of_year = |(place, (year, week)): (usize, &(String, usize))| {
            let share = |level| {
                low_median_high((0..self.replicates.len()).map(|r| self.at_least(whole, level, r, *week)).collect())
            };
            let mean = |count: fn(&crate::adoption::YearCounts) -> u32| {
                self.replicates.iter().map(|r| f64::from(count(&r.track.years[place]))).sum::<f64>() / n
            };
            YearEnd {
                year: year.clone(),
                week: *week,
                using: share(3),
                routine: share(4),
                leavers: mean(|y| y.leavers),
                movers: mean(|y| y.movers),
                stopped_using: mean(|y| y.stopped_using),
            }
        };
        self.job.world.year_ends.iter().enumerate().map(of_year).collect()
    }
}
