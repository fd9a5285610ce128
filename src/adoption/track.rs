//! The track of one replicate: what is counted at the end of each week and year.

use crate::adoption::State;
use crate::adoption::World;
use crate::people::grades_have_their_own_teachers;
use crate::plan::Voice;
use crate::units::Grade;

/// What holds an educator back, as places in [`WeekCounts::held_by`].
pub const HELD_BY: [&str; 5] = ["will", "authority", "expertise", "resources", "nothing"];

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
