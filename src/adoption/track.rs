//! The track of one replicate: what is counted at the end of each week and year.

use crate::adoption::Parameters;
use crate::adoption::State;
use crate::adoption::TurnoverBand;
use crate::adoption::World;
use crate::people::grades_have_their_own_teachers;
use crate::plan::Voice;
use crate::units::Grade;

/// What holds an educator back, as places in [`WeekCounts::held_by`].
pub const HELD_BY: [&str; 5] = ["will", "authority", "expertise", "resources", "nothing"];

/// Kinds of educators by their disposition towards new practice, the most open first, as places in
/// [`Ending::category`]. The parts are Rogers': 2.5, 13.5, 34, 34 and 16 % of a normal distribution.
pub const CATEGORIES: [&str; 5] = ["innovators", "early adopters", "early majority", "late majority", "late adopters"];

/// Where the categories end, in standard deviations from the mean: the normal quantiles of their parts.
const CATEGORY_ENDS: [f64; 4] = [1.959_964, 0.994_458, 0.0, -0.994_458];

/// How one educator ends a school year.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Ending {
    /// Her highest level over all practices.
    pub level: u8,
    /// What held her back in her last full school week, as a place in [`HELD_BY`].
    pub held: u8,
    /// Her category, as a place in [`CATEGORIES`].
    pub category: u8,
    /// Her band of experience, as a place among the rules' bands of turnover.
    pub experience_band: u8,
}

/// What is counted in one school at the end of a week.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct WeekCounts {
    /// Educators whose highest level is at least 1, 2, 3, 4, 5.
    pub at_least: [u32; 5],
    /// Educators held back by each capacity, and by nothing.
    pub held_by: [u32; 5],
    /// Share of the pupils' time with educators at routine.
    pub experience: f32,
    /// Families' support.
    pub families: f32,
    /// Mean load.
    pub load: f32,
}

/// What happened in one school year.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct YearCounts {
    /// Educators who left the district.
    pub leavers: u32,
    /// Educators who moved to another school.
    pub movers: u32,
    /// Times somebody who was using a practice stopped.
    pub stopped_using: u32,
    /// Experience and voice by school and grade, in the order of schools and their grades.
    pub students: Vec<(f32, f32)>,
}

/// Everything that one replicate is asked for afterwards.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Track {
    /// By week and school: `week * n_schools + school`.
    pub weeks: Vec<WeekCounts>,
    /// Educators using each practice: `(week * n_schools + school) * n_practices + practice`.
    pub using: Vec<u32>,
    /// Educators at routine in each practice, in the same order.
    pub routine: Vec<u32>,
    /// Educators using all practices of each model: `(week * n_schools + school) * n_models + model`.
    pub using_model: Vec<u32>,
    /// By school year.
    pub years: Vec<YearCounts>,
    /// By school year, every educator in the roster's order, just before turnover.
    pub endings: Vec<Vec<Ending>>,
}

/// What pupils of a grade live through: experience and voice, each in [0, 1].
///
/// Experience is the share of their educators at routine in at least one practice; voice the mean over
/// their educators of the furthest step that a routine practice reaches, as far as the grade allows.
pub fn students_of(world: &World, state: &State, school: usize, grade: Grade) -> (f64, f64) {
    let own = grades_have_their_own_teachers(&world.district.schools[school]);
    let teaches = |i: &usize| !own || world.roster.educators[*i].grade == grade;
    let limit = voice_limit(world, grade);
    let (mut n, mut experience, mut voice) = (0usize, 0usize, 0.0);
    for i in world.roster.schools[school].clone().filter(teaches) {
        n += 1;
        let furthest = (0..world.n_practices())
            .filter(|p| state.level[world.slot(*p, i)] >= 4)
            .map(|p| world.resources.practices[p].voice.min(limit))
            .max();
        if let Some(step) = furthest {
            experience += 1;
            voice += step.part();
        }
    }
    if n == 0 { (0.0, 0.0) } else { (experience as f64 / n as f64, voice / n as f64) }
}

fn voice_limit(world: &World, grade: Grade) -> Voice {
    let of_grade = world.resources.voice_limits.iter().find(|(g, _)| *g == grade);
    of_grade.map_or(Voice::StudentLed, |(_, voice)| *voice)
}

/// Experience of a school's pupils, each grade by the number of its pupils.
pub fn school_experience(world: &World, state: &State, school: usize) -> f64 {
    let pupils = &world.district.schools[school].pupils;
    let all: f64 = pupils.iter().map(|(_, n)| f64::from(*n)).sum();
    if all <= 0.0 {
        return 0.0;
    }
    if !grades_have_their_own_teachers(&world.district.schools[school]) {
        return pupils.first().map_or(0.0, |(grade, _)| students_of(world, state, school, *grade).0);
    }
    pupils.iter().map(|(grade, n)| f64::from(*n) / all * students_of(world, state, school, *grade).0).sum()
}

/// Counts every school at the end of a week.
pub fn count_week(world: &World, state: &State, held: &[u8], load: &[f64], track: &mut Track) {
    for (school, people) in world.roster.schools.iter().enumerate() {
        let mut counts = WeekCounts {
            experience: school_experience(world, state, school) as f32,
            families: state.families[school] as f32,
            ..WeekCounts::default()
        };
        for i in people.clone() {
            for reached in 0..state.highest_level(world, i).min(5) {
                counts.at_least[usize::from(reached)] += 1;
            }
            counts.held_by[usize::from(held[i])] += 1;
        }
        let sum: f64 = load[people.clone()].iter().sum();
        counts.load = (sum / people.len().max(1) as f64) as f32;
        track.weeks.push(counts);
        for practice in 0..world.n_practices() {
            let levels =
                &state.level[world.slot(practice, people.start)..world.slot(practice, people.start) + people.len()];
            track.using.push(levels.iter().filter(|l| **l >= 3).count() as u32);
            track.routine.push(levels.iter().filter(|l| **l >= 4).count() as u32);
        }
        for model in &world.resources.models {
            let uses_all = |i: &usize| {
                let mut suited = model.of.iter().filter(|p| world.suits(**p, *i)).peekable();
                suited.peek().is_some() && suited.all(|p| state.level[world.slot(*p, *i)] >= 3)
            };
            track.using_model.push(people.clone().filter(uses_all).count() as u32);
        }
    }
}

/// Counts what pupils live through at the end of a school year.
pub fn count_students(world: &World, state: &State, year: &mut YearCounts) {
    for (school, spec) in world.district.schools.iter().enumerate() {
        for (grade, _) in &spec.pupils {
            let (experience, voice) = students_of(world, state, school, *grade);
            year.students.push((experience as f32, voice as f32));
        }
    }
}

/// How everybody ends a school year; asked before anybody leaves.
pub fn endings(world: &World, parameters: &Parameters, state: &State, held: &[u8]) -> Vec<Ending> {
    let one = |i: usize| Ending {
        level: state.highest_level(world, i),
        held: held[i],
        category: category(state.disposition[i], parameters),
        experience_band: band_of(&world.rules.turnover, state.experience[i]),
    };
    (0..world.n_educators()).map(one).collect()
}

/// Where everybody has the same disposition, all are of the category that begins at the mean.
fn category(disposition: f64, parameters: &Parameters) -> u8 {
    let (beyond, sd) = (disposition - parameters.disposition_mean, parameters.disposition_sd);
    let deviations = if sd > 0.0 { beyond / sd } else { 0.0 };
    CATEGORY_ENDS.iter().take_while(|end| deviations < **end).count() as u8
}

fn band_of(bands: &[TurnoverBand], experience: f64) -> u8 {
    bands.iter().rposition(|b| f64::from(b.from_years) <= experience).unwrap_or(0) as u8
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pipeline;
    use crate::scenario;
    use std::path::Path;

    #[test]
    fn categories_have_the_parts_of_a_normal_distribution_and_endings_agree_with_the_counts() {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios/template.ron");
        let mut scenario = scenario::read(&path).unwrap_or_else(|unread| panic!("{}", unread.findings));
        scenario.district.schools[0].positions[0].1 = 4_000;
        let checked = pipeline::check(&scenario).unwrap();
        let track = pipeline::job(&scenario, &checked).replicate(0).track;
        let n = track.endings[0].len() as f64;
        let part = |c: u8| track.endings[0].iter().filter(|e| e.category == c).count() as f64 / n;
        // by hand: five standard errors of a part of 4,000 people are at most 5 * sqrt(0.34 * 0.66 / 4000) = 0.037
        for (category, expected) in [0.025, 0.135, 0.34, 0.34, 0.16].into_iter().enumerate() {
            let found = part(category as u8);
            assert!((found - expected).abs() < 0.037, "{}: {found} instead of {expected}", CATEGORIES[category]);
        }
        assert_eq!(track.endings.len(), track.years.len());
        let bands: Vec<usize> =
            (0..3).map(|b| track.endings[0].iter().filter(|e| e.experience_band == b).count()).collect();
        assert!(bands.iter().filter(|n| **n > 0).count() > 1, "{bands:?}");
    }

    #[test]
    fn with_one_disposition_for_all_nobody_is_an_innovator() {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios/template.ron");
        let scenario = scenario::read(&path).unwrap_or_else(|unread| panic!("{}", unread.findings));
        let mut parameters = scenario.rules.typical();
        parameters.disposition_sd = 0.0;
        assert_eq!(category(parameters.disposition_mean, &parameters), 2);
        parameters.disposition_sd = 0.1;
        // by hand: two standard deviations above the mean lie beyond 1.96, one below lies beyond -0.99
        assert_eq!(category(parameters.disposition_mean + 0.2, &parameters), 0);
        assert_eq!(category(parameters.disposition_mean - 0.1, &parameters), 4);
    }
}
