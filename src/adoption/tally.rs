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

    /// The same, which does not count who uses all practices of a model: only what is told looks at that.
    pub fn without_models(world: &World) -> Tally {
        let mut tally = Tally::new(world);
        tally.schools.iter_mut().for_each(|school| school.using_model.clear());
        tally
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::luck::Luck;
    use crate::pipeline;
    use crate::scenario;
    use crate::scenario::Scenario;
    use proptest::prelude::*;
    use std::path::Path;

    fn scenario(name: &str) -> Scenario {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios").join(name);
        scenario::read(&path).unwrap_or_else(|unread| panic!("{}", unread.findings))
    }

    /// The slow twin: how many of some people have reached a level, asked one by one.
    fn part(world: &World, state: &State, practice: usize, people: std::ops::Range<usize>, reached: u8) -> Part {
        let of = people.len().max(1) as f64;
        let there = people.filter(|i| state.level[world.slot(practice, *i)] >= reached).count() as u32;
        Part { there, share: f64::from(there) / of }
    }

    /// The slow twin: share of a grade's educators at routine in any practice.
    fn experience_of_grade(world: &World, state: &State, school: usize, grade: crate::units::Grade) -> f64 {
        crate::adoption::track::students_of(world, state, school, grade).0
    }

    /// The slow twin: experience of a school's pupils, each grade by the number of its pupils.
    fn experience(world: &World, state: &State, school: usize) -> f64 {
        let pupils = &world.district.schools[school].pupils;
        let all: f64 = pupils.iter().map(|(_, n)| f64::from(*n)).sum();
        if !grades_have_their_own_teachers(&world.district.schools[school]) {
            return pupils.first().map_or(0.0, |(grade, _)| experience_of_grade(world, state, school, *grade));
        }
        pupils.iter().map(|(grade, n)| f64::from(*n) / all * experience_of_grade(world, state, school, *grade)).sum()
    }

    fn uses_all(world: &World, state: &State, model: usize, i: usize) -> bool {
        let suited: Vec<usize> =
            world.resources.models[model].of.iter().copied().filter(|p| world.suits(*p, i)).collect();
        !suited.is_empty() && suited.iter().all(|p| state.level[world.slot(*p, i)] >= 3)
    }

    fn agrees_with_counting_from_the_beginning(world: &World, state: &State, tally: &Tally) {
        let (n_teams, n_schools) = (world.roster.teams.len(), world.roster.schools.len());
        for practice in 0..world.n_practices() {
            for (team, people) in world.roster.teams.iter().enumerate() {
                let place = practice * n_teams + team;
                assert_eq!(tally.using_team[place], part(world, state, practice, people.clone(), 3));
                assert_eq!(tally.routine_team[place], part(world, state, practice, people.clone(), 4));
            }
            for (school, people) in world.roster.schools.iter().enumerate() {
                let place = practice * n_schools + school;
                assert_eq!(tally.using_school[place], part(world, state, practice, people.clone(), 3));
                assert_eq!(tally.routine_school[place], part(world, state, practice, people.clone(), 4));
            }
            assert_eq!(tally.using_district[practice], part(world, state, practice, 0..world.n_educators(), 3));
        }
        for (school, people) in world.roster.schools.iter().enumerate() {
            let counted = &tally.schools[school];
            let at_least = |level: u8| people.clone().filter(|i| state.highest_level(world, *i) >= level).count();
            assert_eq!(counted.at_least, [1, 2, 3, 4, 5].map(|level| at_least(level) as u32));
            assert_eq!(counted.experience, experience(world, state, school));
            for model in 0..world.resources.models.len() {
                let using = people.clone().filter(|i| uses_all(world, state, model, *i)).count();
                assert_eq!(counted.using_model[model], using as u32);
            }
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(12))]

        #[test]
        fn steps_one_by_one_count_the_same_as_everybody_from_the_beginning(
            name in prop::sample::select(vec!["ccsd93", "late-start", "template.ron"]),
            steps in prop::collection::vec((any::<prop::sample::Index>(), 0u8..=5), 1..400),
        ) {
            let scenario = scenario(name);
            let checked = pipeline::check(&scenario).unwrap();
            let world = pipeline::job(&scenario, &checked).world;
            let mut state = State::new(&world, &scenario.rules.typical(), &Luck::new(3, 0));
            let mut tally = Tally::new(&world);
            (0..world.n_educators()).for_each(|i| tally.follow(&world, &state, i));
            agrees_with_counting_from_the_beginning(&world, &state, &tally);
            for (slot, level) in steps {
                let slot = slot.index(state.level.len());
                state.level[slot] = level;
                tally.follow(&world, &state, slot % world.n_educators());
            }
            agrees_with_counting_from_the_beginning(&world, &state, &tally);
        }
    }
}
