//! Room for a week's work, and what is seen at the start of the week.

use crate::adoption::Parameters;
use crate::adoption::State;
use crate::adoption::World;
use crate::adoption::support::Asking;
use crate::luck::Decision;
use crate::luck::Luck;
use crate::plan::LearningKind;
use crate::plan::SchoolSupply;
use crate::plan::Supply;

/// What the week's work needs room for; made once for a replicate.
#[derive(Debug, Clone)]
pub struct Workspace {
    pub using_team: Vec<f64>,
    pub routine_team: Vec<f64>,
    pub using_school: Vec<f64>,
    pub using_district: Vec<f64>,
    pub support: Vec<f64>,
    pub asking: Vec<Asking>,
    pub attends: Vec<bool>,
    pub active: Vec<bool>,
    /// What held each educator back in her last full school week, as a place in [`crate::adoption::HELD_BY`].
    pub held: Vec<u8>,
    /// Each educator's load this week.
    pub load: Vec<f64>,
    /// Times somebody who was using a practice stopped, this week.
    pub stopped_using: u32,
}

impl Workspace {
    /// Room for a world's people; nobody is held by anything but will before the first week.
    pub fn new(world: &World) -> Workspace {
        let (n, k) = (world.n_educators(), world.n_practices());
        Workspace {
            using_team: vec![0.0; k * world.roster.teams.len()],
            routine_team: vec![0.0; k * world.roster.teams.len()],
            using_school: vec![0.0; k * world.roster.schools.len()],
            using_district: vec![0.0; k],
            support: vec![0.0; n * k],
            asking: Vec::with_capacity(n),
            attends: vec![false; n * world.resources.learning.len()],
            active: vec![false; k],
            held: vec![0; n],
            load: vec![0.0; n],
            stopped_using: 0,
        }
    }

    /// Draws who attends what is voluntary in a year of the simulation.
    pub fn draw_attendance(&mut self, world: &World, supply: &Supply, state: &State, luck: &Luck, year: usize) {
        let n = world.n_educators();
        for (place, time) in world.resources.learning.iter().enumerate() {
            let part = time.attends.as_f64() * supply.attendance_paid[place][year];
            for i in 0..n {
                let u = luck.draw(state.person[i], Decision::Attendance, place as u8, year as u16);
                self.attends[place * n + i] = u < part;
            }
        }
    }
}

/// Where and when, with everything that does not change there and then.
pub struct At<'a> {
    pub world: &'a World<'a>,
    pub supply: &'a SchoolSupply,
    pub parameters: &'a Parameters,
    pub luck: &'a Luck,
    pub school: usize,
    pub week: usize,
}

impl At<'_> {
    /// Part of a full school week that this week is.
    pub fn part(&self) -> f64 {
        self.supply.school_week[self.week].min(1.0)
    }
}

/// Shares of teams, schools and the district that use a practice, at the start of the week.
pub fn share_out_what_is_seen(world: &World, state: &State, work: &mut Workspace) {
    let (n_teams, n_schools) = (world.roster.teams.len(), world.roster.schools.len());
    for practice in 0..world.n_practices() {
        let levels = &state.level[world.slot(practice, 0)..world.slot(practice, 0) + world.n_educators()];
        let share = |people: &std::ops::Range<usize>, least: u8| {
            let there = levels[people.clone()].iter().filter(|l| **l >= least).count();
            there as f64 / people.len().max(1) as f64
        };
        for (team, people) in world.roster.teams.iter().enumerate() {
            work.using_team[practice * n_teams + team] = share(people, 3);
            work.routine_team[practice * n_teams + team] = share(people, 4);
        }
        for (school, people) in world.roster.schools.iter().enumerate() {
            work.using_school[practice * n_schools + school] = share(people, 3);
        }
        work.using_district[practice] = share(&(0..world.n_educators()), 3);
    }
}

/// Share of an educator's team at routine in a practice, at the start of the week.
pub fn team_at_routine(at: &At, practice: usize, i: usize, work: &Workspace) -> f64 {
    work.routine_team[practice * at.world.roster.teams.len() + at.world.roster.educators[i].team]
}

/// Hours of learning that an educator gets this week, of the kinds that `counts` accepts.
pub fn learning_hours(at: &At, i: usize, work: &Workspace, counts: impl Fn(LearningKind) -> bool) -> f64 {
    let role = &at.supply.roles[at.world.roster.educators[i].role_slot];
    let n = at.world.n_educators();
    let times = at.world.resources.learning.iter().enumerate();
    times
        .filter(|(place, time)| {
            counts(time.kind) && role.learning[*place][at.week] > 0.0 && work.attends[place * n + i]
        })
        .map(|(place, _)| role.learning[place][at.week])
        .sum()
}

/// Hours of community of practice that an educator gets this week \[h\].
pub fn community_hours(at: &At, i: usize, work: &Workspace) -> f64 {
    learning_hours(at, i, work, |kind| kind == LearningKind::CommunityOfPractice)
}
