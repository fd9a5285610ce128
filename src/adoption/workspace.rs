//! Room for a week's work, and what an educator has and sees in it.

use crate::adoption::Lots;
use crate::adoption::Parameters;
use crate::adoption::State;
use crate::adoption::World;
use crate::adoption::agenda::Agendas;
use crate::adoption::capacities::MostLikely;
use crate::adoption::helping::Candidate;
use crate::adoption::helping::PartnersEffect;
use crate::adoption::support::Asking;
use crate::adoption::tally::Tally;
use crate::adoption::week::Chance;
use crate::luck::Decision;
use crate::luck::Luck;
use crate::people::Educator;
use crate::plan::LearningKind;
use crate::plan::SchoolSupply;
use crate::plan::Supply;
use std::ops::Range;

/// What is told of a week besides the levels of use.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tells {
    /// Counts of every week, and what holds everybody back.
    Everything,
    /// Nothing: a search asks only where a rollout ends. Levels are the same.
    Levels,
}

/// What the week's work needs room for; made once for a replicate.
#[derive(Debug, Clone)]
pub struct Workspace {
    /// What is told of a week.
    pub tells: Tells,
    /// Draws that other rollouts of the replicate share.
    pub lots: Lots,
    /// Counts and shares at the start of the week.
    pub tally: Tally,
    /// What everybody works on at the start of the week.
    pub agendas: Agendas,
    /// Who took a step this week.
    pub moved: Vec<usize>,
    /// Who may take a step this week in the school at hand.
    pub chances: Vec<Chance>,
    /// Hours of support that each educator gets this week with each practice \[h\].
    pub support: Vec<f64>,
    /// Who in a school can use help this week.
    pub candidates: Vec<Candidate>,
    /// Those of them whom somebody can help, with what they need.
    pub asking: Vec<Asking>,
    /// Hours of a learning time this week, by role \[h\].
    pub hours_by_role: Vec<f64>,
    pub attends: Vec<bool>,
    /// Hours of learning that each educator gets this week \[h\], without those of partners.
    pub learning: Vec<f64>,
    /// Those of them in a community of practice \[h\].
    pub community: Vec<f64>,
    /// What held each educator back in her last full school week, as a place in [`crate::adoption::HELD_BY`].
    pub held: Vec<u8>,
    /// Each educator's load this week.
    pub load: Vec<f64>,
    /// Times somebody who was using a practice stopped, this week.
    pub stopped_using: u32,
}

impl Workspace {
    /// Room for a world's people; nobody is held by anything but will before the first week.
    pub fn new(world: &World, parameters: &Parameters, state: &State, tells: Tells) -> Workspace {
        let (n, k) = (world.n_educators(), world.n_practices());
        let mut work = Workspace {
            tells,
            lots: Lots::none(),
            tally: Tally::new(world),
            agendas: Agendas::new(world),
            moved: Vec::with_capacity(n),
            chances: Vec::with_capacity(n),
            support: vec![0.0; n * k],
            candidates: Vec::with_capacity(n),
            asking: Vec::with_capacity(n),
            hours_by_role: Vec::new(),
            attends: vec![false; n * world.resources.learning.len()],
            learning: vec![0.0; n],
            community: vec![0.0; n],
            held: vec![0; n],
            load: vec![0.0; n],
            stopped_using: 0,
        };
        work.follow_everybody(world, parameters, state);
        work
    }

    /// Counts everybody as they stand, and writes their agendas anew.
    pub fn follow_everybody(&mut self, world: &World, parameters: &Parameters, state: &State) {
        self.moved.clear();
        self.moved.extend(0..world.n_educators());
        self.follow_moved(world, parameters, state);
    }

    /// Counts those who took a step as they stand now, and writes their agendas anew.
    pub fn follow_moved(&mut self, world: &World, parameters: &Parameters, state: &State) {
        for i in self.moved.drain(..) {
            self.tally.follow(world, state, i);
            self.agendas.renew(world, parameters, state, i);
        }
    }

    /// Draws who attends what is voluntary in a year of the simulation.
    pub fn draw_attendance(&mut self, world: &World, supply: &Supply, state: &State, luck: &Luck, year: usize) {
        let n = world.n_educators();
        for (place, time) in world.resources.learning.iter().enumerate() {
            let part = time.attends.as_f64() * supply.attendance_paid[place][year];
            for i in 0..n {
                // A draw lies between 0 and 1, so that it need not be asked where all attend or nobody does.
                let drawn = || luck.draw(state.person[i], Decision::Attendance, place as u8, year as u16);
                self.attends[place * n + i] = part > 0.0 && (part >= 1.0 || drawn() < part);
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
    /// Part of a full school week that this week is.
    pub part: f64,
    /// What partners do here.
    pub partners: PartnersEffect,
    /// The chances of a step that nobody exceeds, by level.
    pub most_likely: [MostLikely; 5],
    /// Hours that a new schedule asks for \[h\].
    pub new_schedule: f64,
    /// Part of the hours of learning that somebody who learns nothing keeps over a week.
    pub keeps: f64,
}

impl At<'_> {
    /// Share of an educator's team at routine in a practice, at the start of the week.
    pub fn team_at_routine(&self, practice: usize, i: usize, work: &Workspace) -> f64 {
        let roster = self.world.roster;
        work.tally.routine_team[practice * roster.teams.len() + roster.educators[i].team].share
    }
}

/// Hours of learning that everybody in a school gets this week.
pub fn lay_out_learning(at: &At, people: Range<usize>, work: &mut Workspace) {
    let n = at.world.n_educators();
    let educators = &at.world.roster.educators[people.clone()];
    let learning = &mut work.learning[people.clone()];
    let community = &mut work.community[people.clone()];
    learning.fill(0.0);
    community.fill(0.0);
    for (place, time) in at.world.resources.learning.iter().enumerate() {
        let by_role = &mut work.hours_by_role;
        by_role.clear();
        by_role.extend(at.supply.roles.iter().map(|role| role.learning[place][at.week]));
        if by_role.iter().all(|hours| *hours <= 0.0) {
            continue;
        }
        let attends = &work.attends[place * n + people.start..place * n + people.end];
        let gets = |(educator, attends): (&Educator, &bool)| if *attends { by_role[educator.role_slot] } else { 0.0 };
        let hours = || educators.iter().zip(attends).map(gets);
        learning.iter_mut().zip(hours()).for_each(|(sum, h)| *sum += h);
        if time.kind == LearningKind::CommunityOfPractice {
            community.iter_mut().zip(hours()).for_each(|(sum, h)| *sum += h);
        }
    }
}
