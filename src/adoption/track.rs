//! The track of one replicate: what is counted at the end of each week and year.

use crate::adoption::CATEGORIES;
use crate::adoption::Ending;
use crate::adoption::State;
use crate::adoption::World;
use crate::adoption::tally::Part;
use crate::adoption::workspace::Workspace;
use crate::packed::Packer;
use crate::packed::Unpacker;
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
    /// How everybody ended each school year, before anybody left: by school year, then in the order of the roster.
    pub endings: Vec<Vec<Ending>>,
}

impl Track {
    /// An empty track with room for all that is counted.
    pub fn with_room(world: &World) -> Track {
        let records = world.horizon.n_weeks() * world.roster.schools.len();
        Track {
            weeks: Vec::with_capacity(records),
            using: Vec::with_capacity(records * world.n_practices()),
            routine: Vec::with_capacity(records * world.n_practices()),
            using_model: Vec::with_capacity(records * world.resources.models.len()),
            years: Vec::with_capacity(world.year_ends.len()),
            endings: Vec::with_capacity(world.year_ends.len()),
        }
    }
}

impl Track {
    /// All of it as one list of whole numbers.
    pub fn pack(&self) -> Vec<u32> {
        let mut packer = Packer::default();
        packer.list(&self.weeks, |packer, week| {
            packer.add(week.at_least).add(week.held_by).add_fractions([week.experience, week.families, week.load]);
        });
        for counts in [&self.using, &self.routine, &self.using_model] {
            packer.list(counts, |packer, n| {
                packer.add([*n]);
            });
        }
        packer.list(&self.years, |packer, year| {
            packer.add([year.leavers, year.movers, year.stopped_using]).list(
                &year.students,
                |packer, (lives, voice)| {
                    packer.add_fractions([*lives, *voice]);
                },
            );
        });
        packer.list(&self.endings, |packer, year| {
            packer.list(year, |packer, e| {
                packer.add([u32::from_le_bytes([e.level, e.held, e.category, e.experience_band])]);
            });
        });
        packer.done()
    }

    /// The track that was packed; nothing where the list is not one of this world.
    pub fn unpack(words: &[u32], world: &World) -> Option<Track> {
        let mut unpacker = Unpacker::new(words);
        let count = |u: &mut Unpacker| u.take::<1>().map(|[n]| n);
        let track = Track {
            weeks: unpacker.list(|u| {
                let (at_least, held_by) = (u.take()?, u.take()?);
                let [experience, families, load] = u.take_fractions()?;
                Some(WeekCounts { at_least, held_by, experience, families, load })
            })?,
            using: unpacker.list(count)?,
            routine: unpacker.list(count)?,
            using_model: unpacker.list(count)?,
            years: unpacker.list(|u| {
                let [leavers, movers, stopped_using] = u.take()?;
                let students = u.list(|u| u.take_fractions().map(|[lives, voice]| (lives, voice)))?;
                Some(YearCounts { leavers, movers, stopped_using, students })
            })?,
            endings: unpacker.list(|u| {
                u.list(|u| {
                    let [level, held, category, experience_band] = u.take::<1>()?[0].to_le_bytes();
                    Some(Ending { level, held, category, experience_band })
                })
            })?,
        };
        unpacker.end(track).filter(|track| track.is_of(world))
    }

    fn is_of(&self, world: &World) -> bool {
        let records = world.horizon.n_weeks() * world.roster.schools.len();
        let n_students = world.district.schools.iter().map(|school| school.pupils.len()).sum::<usize>();
        let n_bands = world.rules.turnover.len().max(1);
        let is_ending = |e: &Ending| {
            e.level <= 5
                && usize::from(e.held) < HELD_BY.len()
                && usize::from(e.category) < CATEGORIES.len()
                && usize::from(e.experience_band) < n_bands
        };
        [self.weeks.len(), self.using.len(), self.routine.len(), self.using_model.len()]
            == [1, world.n_practices(), world.n_practices(), world.resources.models.len()].map(|of| of * records)
            && [self.years.len(), self.endings.len()] == [world.year_ends.len(); 2]
            && self.years.iter().all(|year| year.students.len() == n_students)
            && self.endings.iter().all(|year| year.len() == world.n_educators() && year.iter().all(is_ending))
    }
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

/// Counts every school at the end of a week.
pub fn count_week(world: &World, state: &State, work: &Workspace, track: &mut Track) {
    let n_schools = world.roster.schools.len();
    for (school, people) in world.roster.schools.iter().enumerate() {
        let tally = &work.tally.schools[school];
        let mut held_by = [0; 5];
        for held in &work.held[people.clone()] {
            held_by[usize::from(*held)] += 1;
        }
        let load: f64 = work.load[people.clone()].iter().sum();
        track.weeks.push(WeekCounts {
            at_least: tally.at_least,
            held_by,
            experience: tally.experience as f32,
            families: state.families[school] as f32,
            load: (load / people.len().max(1) as f64) as f32,
        });
        let of_school = |parts: &[Part], practice: usize| parts[practice * n_schools + school].there;
        let practices = 0..world.n_practices();
        track.using.extend(practices.clone().map(|practice| of_school(&work.tally.using_school, practice)));
        track.routine.extend(practices.map(|practice| of_school(&work.tally.routine_school, practice)));
        track.using_model.extend(&tally.using_model);
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
