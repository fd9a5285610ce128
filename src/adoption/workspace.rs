//! Room for a week's work, and what an educator has and sees in it.

use crate::adoption::Lots;
use crate::adoption::Parameters;
use crate::adoption::State;
use crate::adoption::World;
use crate::adoption::agenda::Agendas;
use crate::adoption::capacities::MostLikely;
use crate::adoption::capacities::most_likely;
use crate::adoption::helping::Candidate;
use crate::adoption::helping::PartnersEffect;
use crate::adoption::helping::helped;
use crate::adoption::lots::bit_of;
use crate::adoption::support::Asking;
use crate::adoption::tally::Tally;
use crate::adoption::week::Chance;
use crate::luck::Decision;
use crate::luck::Luck;
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
    /// Whose draws may move her when, which other rollouts of the replicate share.
    pub lots: Lots,
    /// The row in the lots of whoever fills each position.
    rows: Vec<u32>,
    /// Those of a school whose draws may move them this week.
    pub movable: Vec<usize>,
    /// Whom each supporting role can help with what, by role, practice and educator.
    pub helped: Vec<bool>,
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
    /// Hours of support that everybody in the school at hand finds with each practice, where nobody comes first \[h\].
    pub crowd: Vec<f64>,
    /// Who in a school can use help this week.
    pub candidates: Vec<Candidate>,
    /// Those of them whom somebody can help, with what they need.
    pub asking: Vec<Asking>,
    /// Place of everybody's role among the roles of her school's supply.
    pub role_slots: Vec<u16>,
    pub attends: Vec<bool>,
    /// Hours of learning that each educator gets this week \[h\], without those of partners.
    pub learning: Vec<f64>,
    /// Those of them in a community of practice \[h\].
    pub community: Vec<f64>,
    /// What held each educator back in her last full school week, as a place in [`crate::adoption::HELD_BY`].
    pub held: Vec<u8>,
    /// Hours of duties in a full school week and hours without pupils this week, by role, in a school \[h\].
    pub duties_and_there: Vec<(f64, f64)>,
    /// Each educator's load this week.
    pub load: Vec<f64>,
    /// Times somebody who was using a practice stopped, this week.
    pub stopped_using: u32,
}

impl Workspace {
    /// Room for a world's people; nobody is held by anything but will before the first week.
    pub fn new(
        world: &World,
        parameters: &Parameters,
        luck: &Luck,
        state: &State,
        tells: Tells,
        mut lots: Lots,
    ) -> Workspace {
        let (n, k) = (world.n_educators(), world.n_practices());
        lots.prepare(world, most_likely(&world.rules.ladder, parameters, 1.0));
        let rows = state.person.iter().map(|person| lots.row(luck, *person)).collect();
        let mut work = Workspace {
            tells,
            lots,
            rows,
            movable: Vec::new(),
            helped: helped(world),
            tally: match tells {
                Tells::Everything => Tally::new(world),
                Tells::Levels => Tally::without_models(world),
            },
            agendas: Agendas::new(world),
            moved: Vec::with_capacity(n),
            chances: Vec::with_capacity(n),
            support: vec![0.0; n * k],
            crowd: Vec::with_capacity(k),
            candidates: Vec::with_capacity(n),
            asking: Vec::with_capacity(n),
            role_slots: world.roster.educators.iter().map(|e| e.role_slot as u16).collect(),
            attends: vec![false; n * world.resources.learning.len()],
            learning: vec![0.0; n],
            community: vec![0.0; n],
            held: vec![0; n],
            duties_and_there: Vec::new(),
            load: vec![0.0; n],
            stopped_using: 0,
        };
        work.moved.extend(0..n);
        work.follow_moved(world, parameters, state);
        work
    }

    /// Counts those who fill a position that was somebody else's, and writes their agendas.
    pub fn follow_newcomers(&mut self, world: &World, parameters: &Parameters, luck: &Luck, state: &mut State) {
        for i in state.refilled.drain(..) {
            self.rows[i] = self.lots.row(luck, state.person[i]);
            self.moved.push(i);
        }
        self.follow_moved(world, parameters, state);
    }

    /// Counts those who took a step as they stand now, and writes their agendas anew.
    pub fn follow_moved(&mut self, world: &World, parameters: &Parameters, state: &State) {
        for i in self.moved.drain(..) {
            self.tally.follow(world, state, i);
            self.agendas.renew(world, parameters, state, i);
        }
    }

    /// Whether somebody's draws in a week may move her in a practice on a level.
    pub fn may_move(&self, i: usize, week: usize, practice: usize, level: u8) -> bool {
        self.lots.of_week(week)[self.rows[i] as usize] & bit_of(practice, level) != 0
    }

    /// Finds those among some people whose draws in a week may move them in something on their agendas.
    pub fn find_movable(&self, people: Range<usize>, week: usize, movable: &mut Vec<usize>) {
        movable.resize(people.len(), 0);
        let lots = self.lots.of_week(week);
        let mut n = 0;
        let (stands, rows) = (&self.agendas.stands[people.clone()], &self.rows[people.clone()]);
        for (i, (stands, row)) in people.zip(stands.iter().zip(rows)) {
            // Who they are cannot be foreseen, so that nothing branches on it.
            movable[n] = i;
            n += usize::from(stands & lots[*row as usize] != 0);
        }
        movable.truncate(n);
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
    let roles = &work.role_slots[people.clone()];
    let learning = &mut work.learning[people.clone()];
    let community = &mut work.community[people.clone()];
    learning.fill(0.0);
    community.fill(0.0);
    for (place, time) in at.world.resources.learning.iter().enumerate() {
        let by_role = at.supply.learning.of(at.week, place);
        if by_role.iter().all(|hours| *hours <= 0.0) {
            continue;
        }
        let attends = &work.attends[place * n + people.start..place * n + people.end];
        let gets = |(role, attends): (&u16, &bool)| if *attends { by_role[usize::from(*role)] } else { 0.0 };
        let hours = roles.iter().zip(attends).map(gets);
        match time.kind {
            LearningKind::CommunityOfPractice => {
                for ((learning, community), hours) in learning.iter_mut().zip(community.iter_mut()).zip(hours) {
                    *learning += hours;
                    *community += hours;
                }
            }
            _ => learning.iter_mut().zip(hours).for_each(|(learning, hours)| *learning += hours),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pipeline;
    use crate::scenario;
    use std::path::Path;

    #[test]
    fn a_position_that_is_filled_twice_in_one_week_is_followed_both_times() {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios/template.ron");
        let scenario = scenario::read(&path).unwrap_or_else(|unread| panic!("{}", unread.findings));
        let checked = pipeline::check(&scenario).unwrap();
        let world = pipeline::job(&scenario, &checked).world;
        let (luck, parameters) = (Luck::new(5, 0), Parameters { start_share: 0.0, ..scenario.rules.typical() });
        let mut state = State::new(&world, &parameters, &luck);
        let mut work = Workspace::new(&world, &parameters, &luck, &state, Tells::Levels, Lots::kept());
        let begun = |work: &Workspace| work.tally.schools[0].at_least[0];
        // Backfilled at the start of a week; the newcomer begins, and leaves at the end of the year in the same week.
        state.replace(&world, &parameters, &luck, 3, 40);
        work.follow_newcomers(&world, &parameters, &luck, &mut state);
        state.level[world.slot(0, 3)] = 1;
        work.moved.push(3);
        work.follow_moved(&world, &parameters, &state);
        assert_eq!((begun(&work), work.agendas.in_progress(3).len()), (1, 1));
        state.replace(&world, &parameters, &luck, 3, 40);
        work.follow_newcomers(&world, &parameters, &luck, &mut state);
        assert_eq!((begun(&work), work.agendas.in_progress(3).len()), (0, 0));
        let fresh = Workspace::new(&world, &parameters, &luck, &state, Tells::Levels, Lots::kept());
        assert!(work.tally == fresh.tally && work.agendas.stands == fresh.agendas.stands);
    }
}
