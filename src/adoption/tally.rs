//! The tally: what follows from levels of use alone, kept up as educators take steps.
//!
//! Has the levels, gives counts by school and the shares that educators see around them. A step is rare, a
//! week is not: only what a step changes is counted anew. The tests count everything from the beginning.

use crate::adoption::State;
use crate::adoption::World;
use crate::people::grades_have_their_own_teachers;

/// How many of a group there are, and the share that they make.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Part {
    /// How many.
    pub there: u32,
    /// Of all in the group.
    pub share: f64,
}

impl Part {
    fn step(&mut self, step: Step, of: usize) {
        step.count(&mut self.there);
        self.share = f64::from(self.there) / of.max(1) as f64;
    }
}

#[derive(Clone, Copy)]
enum Step {
    Joins,
    Leaves,
}

impl Step {
    fn count(self, there: &mut u32) {
        match self {
            Step::Joins => *there += 1,
            Step::Leaves => *there -= 1,
        }
    }
}

/// What is counted in one school.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct SchoolTally {
    /// Educators whose highest level is at least 1, 2, 3, 4, 5.
    pub at_least: [u32; 5],
    /// Educators using all practices of each model that suit them.
    pub using_model: Vec<u32>,
    /// Share of the pupils' time with educators at routine in any practice.
    pub experience: f64,
    /// Educators whom each grade meets, and those of them at routine.
    grades: Vec<(u32, u32)>,
}

/// What is counted everywhere.
#[derive(Debug, Clone, PartialEq)]
pub struct Tally {
    /// By educator and practice: the levels that are counted.
    levels: Vec<u8>,
    /// Educators using each practice, by practice and team.
    pub using_team: Vec<Part>,
    /// Educators at routine in each practice, by practice and team.
    pub routine_team: Vec<Part>,
    /// Educators using each practice, by practice and school.
    pub using_school: Vec<Part>,
    /// Educators at routine in each practice, by practice and school.
    pub routine_school: Vec<Part>,
    /// Educators using each practice.
    pub using_district: Vec<Part>,
    /// By school.
    pub schools: Vec<SchoolTally>,
}

impl Tally {
    /// The tally when nobody has begun anything.
    pub fn new(world: &World) -> Tally {
        let (n, k) = (world.n_educators(), world.n_practices());
        let parts = |n: usize| vec![Part::default(); n * k];
        let (n_teams, n_schools) = (world.roster.teams.len(), world.roster.schools.len());
        Tally {
            levels: vec![0; n * k],
            using_team: parts(n_teams),
            routine_team: parts(n_teams),
            using_school: parts(n_schools),
            routine_school: parts(n_schools),
            using_district: parts(1),
            schools: (0..n_schools).map(|school| SchoolTally::new(world, school)).collect(),
        }
    }

    /// Counts an educator as she stands now.
    pub fn follow(&mut self, world: &World, state: &State, i: usize) {
        let k = world.n_practices();
        let before = self.highest(k, i);
        self.count_models(world, i, Step::Leaves);
        for practice in 0..k {
            let level = state.level[world.slot(practice, i)];
            let was = std::mem::replace(&mut self.levels[i * k + practice], level);
            if was != level {
                self.count_practice(world, i, practice, was, level);
            }
        }
        self.count_models(world, i, Step::Joins);
        let now = self.highest(k, i);
        if before != now {
            self.schools[world.roster.educators[i].school].count_highest(world, i, before, now);
        }
    }

    fn highest(&self, n_practices: usize, i: usize) -> u8 {
        self.levels[i * n_practices..(i + 1) * n_practices].iter().copied().max().unwrap_or(0)
    }

    fn count_practice(&mut self, world: &World, i: usize, practice: usize, was: u8, level: u8) {
        let roster = world.roster;
        let educator = &roster.educators[i];
        let team = practice * roster.teams.len() + educator.team;
        let school = practice * roster.schools.len() + educator.school;
        let (of_team, of_school) = (roster.teams[educator.team].len(), roster.schools[educator.school].len());
        if let Some(step) = crosses(USING, was, level) {
            self.using_team[team].step(step, of_team);
            self.using_school[school].step(step, of_school);
            self.using_district[practice].step(step, world.n_educators());
        }
        if let Some(step) = crosses(ROUTINE, was, level) {
            self.routine_team[team].step(step, of_team);
            self.routine_school[school].step(step, of_school);
        }
    }

    fn count_models(&mut self, world: &World, i: usize, step: Step) {
        let k = world.n_practices();
        let levels = &self.levels[i * k..(i + 1) * k];
        let using = &mut self.schools[world.roster.educators[i].school].using_model;
        for (model, using) in world.resources.models.iter().zip(using) {
            let mut suited = model.of.iter().filter(|p| world.suits(**p, i)).peekable();
            if suited.peek().is_some() && suited.all(|p| levels[*p] >= USING) {
                step.count(using);
            }
        }
    }
}

/// The levels from which an educator uses a practice, and is at routine in it.
const USING: u8 = 3;
const ROUTINE: u8 = 4;

/// What a step from one level to another is for those who have reached a certain one.
fn crosses(reached: u8, was: u8, level: u8) -> Option<Step> {
    match (was >= reached, level >= reached) {
        (false, true) => Some(Step::Joins),
        (true, false) => Some(Step::Leaves),
        (false, false) | (true, true) => None,
    }
}

impl SchoolTally {
    fn new(world: &World, school: usize) -> SchoolTally {
        let people = &world.roster.schools[school];
        let grades = match grades_have_their_own_teachers(&world.district.schools[school]) {
            true => world.district.schools[school]
                .pupils
                .iter()
                .map(|(grade, _)| people.clone().filter(|i| world.roster.educators[*i].grade == *grade).count())
                .map(|n| (n as u32, 0))
                .collect(),
            false => vec![(people.len() as u32, 0)],
        };
        SchoolTally { using_model: vec![0; world.resources.models.len()], grades, ..SchoolTally::default() }
    }

    fn count_highest(&mut self, world: &World, i: usize, before: u8, now: u8) {
        for (place, count) in self.at_least.iter_mut().enumerate() {
            if let Some(step) = crosses(place as u8 + 1, before, now) {
                step.count(count);
            }
        }
        if let Some(step) = crosses(ROUTINE, before, now) {
            self.count_experience(world, i, step);
        }
    }

    fn count_experience(&mut self, world: &World, i: usize, step: Step) {
        let educator = &world.roster.educators[i];
        let school = &world.district.schools[educator.school];
        let share = |(n, there): &(u32, u32)| if *n == 0 { 0.0 } else { f64::from(*there) / f64::from(*n) };
        let all: f64 = school.pupils.iter().map(|(_, n)| f64::from(*n)).sum();
        if !grades_have_their_own_teachers(school) {
            step.count(&mut self.grades[0].1);
            self.experience = if all > 0.0 { share(&self.grades[0]) } else { 0.0 };
            return;
        }
        for ((grade, _), (_, there)) in school.pupils.iter().zip(&mut self.grades) {
            if *grade == educator.grade {
                step.count(there);
            }
        }
        let parts = school.pupils.iter().zip(&self.grades).map(|((_, n), grade)| f64::from(*n) / all * share(grade));
        self.experience = if all > 0.0 { parts.sum() } else { 0.0 };
    }
}
