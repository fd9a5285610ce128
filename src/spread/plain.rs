//! A plain population on the kernel: one practice, one role, every week a school week, nothing scarce, nobody who
//! comes or goes. Whatever is to be studied alone is switched on in its rules.

use crate::kernel;
use crate::kernel::Block;
use crate::kernel::Learning;
use crate::kernel::Position;
use crate::kernel::PracticeWeeks;
use crate::kernel::RoleWeeks;
use crate::kernel::Rules;
use crate::kernel::SchoolStart;
use crate::kernel::Scratch;
use crate::kernel::Setting;
use crate::kernel::Shared;
use crate::kernel::StepRule;
use crate::kernel::Support;
use crate::kernel::Weeks;
use crate::luck::Key;
use crate::luck::Luck;
use std::sync::Arc;

/// How many people there are, and how they stand together.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Population {
    /// Schools.
    pub schools: usize,
    /// Educators in each.
    pub of_school: usize,
    /// Educators in each team; it divides those of a school.
    pub of_team: usize,
    /// Schools of one district, which is run by itself.
    pub of_district: usize,
}

impl Population {
    /// Educators in all.
    pub fn n(&self) -> usize {
        self.schools * self.of_school
    }
}

/// Rules under which nothing happens.
pub fn rules() -> Rules {
    let step = StepRule { rate: 0.0, needs: 0, hours: 0.0 };
    Rules {
        steps: [step; 5],
        chance: kernel::Chance::Exponential,
        gate: kernel::GateRule::Min,
        sharing: kernel::Sharing::Even,
        answer: kernel::Answer::Linear,
        spread: kernel::Spread::Normal,
        hours: kernel::Hours::Attended,
        practices: vec![kernel::PracticeRule::default()],
        models: Vec::new(),
        starts_at: 0,
        disposition_mean: 0.5,
        disposition_sd: 0.0,
        will_team: 0.0,
        will_school: 0.0,
        will_district: 0.0,
        will_leaders: 0.0,
        will_families: 0.0,
        will_load: 0.0,
        expertise_alone: 0.0,
        expertise_community: 0.0,
        expertise_need: 1.0,
        keeps: 1.0,
        focus: 1,
        fall_mechanical: 0.0,
        fall_routine: 0.0,
        load_hours: [0.0; 3],
        leaving_load: 1.0,
        moves_within: 0.0,
        principal_changes: 0.0,
        principal_mean: 0.5,
        principal_sd: 0.0,
        families_rate: 0.0,
        start_share: 0.0,
        leaves_weekly: 0.0,
        turnover: Vec::new(),
    }
}

/// So many school weeks in which all is given, with hours of learning and of support in each.
pub fn weeks(n: usize, learning_hours: f32, support_hours: f32) -> Weeks {
    let learning = Learning { hours: vec![learning_hours; n], community: false, voluntary: None };
    Weeks {
        part: vec![1.0; n],
        new_schedule: vec![0.0; n],
        practices: Arc::new([PracticeWeeks {
            authority: vec![1.0; n],
            expertise_cap: vec![1.0; n],
            resources_cap: vec![1.0; n],
        }]),
        roles: Arc::new([RoleWeeks { non_contact: vec![10.0; n], duty: 0.0, learning: vec![learning] }]),
        supports: vec![Support { hours: vec![support_hours; n], knows: 1 }],
        n_voluntary: 0,
    }
}

/// Runs the population for all weeks; gives how many educators are at level 1, 2, 3, 4, 5 or higher after each.
pub fn run(population: &Population, rules: &Rules, weeks: Weeks, luck: Luck) -> Vec<[u32; 5]> {
    let n_weeks = weeks.part.len();
    let settings = Setting::all(vec![weeks], rules);
    let shared = Shared::new(rules, &settings, luck, &[]);
    let mut counts = vec![[0u32; 5]; n_weeks];
    let mut scratch = Scratch::default();
    for first in (0..population.schools).step_by(population.of_district) {
        let until = (first + population.of_district).min(population.schools);
        let mut block = district(population, first, until);
        block.begin(&shared);
        scratch.forget();
        for (week, counts) in counts.iter_mut().enumerate() {
            kernel::week(&mut block, &shared, week, &mut scratch);
            for (level, count) in counts.iter_mut().enumerate() {
                *count += block.schools.iter().map(|school| school.at_least[level]).sum::<u32>();
            }
        }
    }
    counts
}

fn district(population: &Population, first: usize, until: usize) -> Block {
    let mut block = Block::new(1);
    block.add_district(1.0, 1.0);
    let n = population.of_school;
    for school in first..until {
        let key = Key::from_name("plain").part(school as u64);
        let start = SchoolStart { key, setting: 0, leaders: 0.5, families: 0.5 };
        let position = |i: u64| Position { key: key.part(i), role: 0, suits: 1, helped_by: 1, weight: 1.0 / n as f32 };
        let teams = std::iter::repeat_n(population.of_team, n / population.of_team);
        block.add_school(start, teams, (0..n as u64).map(position));
    }
    block
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::kernel::needs;

    #[test]
    fn nothing_happens_until_something_is_switched_on() {
        let population = Population { schools: 2, of_school: 20, of_team: 5, of_district: 2 };
        let counts = run(&population, &rules(), weeks(30, 1.0, 0.0), Luck::new(1, 0));
        assert!(counts.iter().all(|count| *count == [0; 5]));
        let mut open = rules();
        open.steps[0] = StepRule { rate: f32::INFINITY, needs: needs::WILL, hours: 0.0 };
        let counts = run(&population, &open, weeks(30, 1.0, 0.0), Luck::new(1, 0));
        assert_eq!(counts[0], [40, 0, 0, 0, 0]);
    }

    #[test]
    fn whoever_takes_the_place_of_a_leaver_takes_none_of_her_steps() {
        let mut rules = Rules { practices: vec![kernel::PracticeRule::default(); 8], focus: 8, ..rules() };
        rules.steps[0] = StepRule { rate: f32::INFINITY, needs: 0, hours: 0.0 };
        rules.leaves_weekly = 0.5;
        let mut weeks = weeks(1, 1.0, 0.0);
        weeks.practices = vec![weeks.practices[0].clone(); 8].into();
        let settings = Setting::all(vec![weeks], &rules);
        let shared = Shared::new(&rules, &settings, Luck::new(1, 0), &[]);
        let mut block = Block::new(8);
        block.add_district(1.0, 1.0);
        let key = Key::from_name("plain");
        let start = SchoolStart { key, setting: 0, leaders: 0.5, families: 0.5 };
        let position = |i: u64| Position { key: key.part(i), role: 0, suits: u8::MAX, helped_by: 1, weight: 0.01 };
        block.add_school(start, std::iter::repeat_n(5, 20), (0..100).map(position));
        block.begin(&shared);
        kernel::week(&mut block, &shared, 0, &mut Scratch::default());
        // Whoever stays takes the first step in all eight, and a newcomer in none.
        for i in 0..100 {
            let levels: Vec<u8> = (0..8).map(|practice| block.level_of(practice, i)).collect();
            assert!([[0; 8], [1; 8]].iter().any(|all| levels == all), "{i}: {levels:?}");
        }
        let leavers = (0..100).filter(|i| block.level_of(7, *i) == 0).count();
        assert_eq!(leavers as u32, block.happened.leavers);
        assert!((30..70).contains(&leavers), "{leavers} of 100 leave");
    }

    #[test]
    fn districts_run_one_after_the_other_are_those_run_at_once() {
        let mut rules = rules();
        rules.steps[0] = StepRule { rate: 0.1, needs: needs::WILL, hours: 0.0 };
        rules.will_team = 0.3;
        let all = Population { schools: 6, of_school: 20, of_team: 5, of_district: 6 };
        let apart = Population { of_district: 2, ..all };
        let of = |population: &Population| run(population, &rules, weeks(20, 1.0, 0.0), Luck::new(3, 0));
        assert_eq!(of(&all), of(&apart));
    }
}
