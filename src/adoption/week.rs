//! One week of levels of use.
//!
//! Shares at the start of the week drive everybody in it, so the order of people does not matter.

use crate::adoption::Capacity;
use crate::adoption::Parameters;
use crate::adoption::State;
use crate::adoption::World;
use crate::adoption::capacities::Around;
use crate::adoption::capacities::binding;
use crate::adoption::capacities::chance_down_mechanical;
use crate::adoption::capacities::chance_down_routine;
use crate::adoption::capacities::chance_up;
use crate::adoption::capacities::expertise;
use crate::adoption::capacities::gate;
use crate::adoption::capacities::resources;
use crate::adoption::capacities::will;
use crate::adoption::helping::partners_effect;
use crate::adoption::helping::share_out_support;
use crate::adoption::helping::step_partners;
use crate::adoption::workspace::At;
use crate::adoption::workspace::Workspace;
use crate::adoption::workspace::community_hours;
use crate::adoption::workspace::learning_hours;
use crate::adoption::workspace::share_out_what_is_seen;
use crate::adoption::workspace::team_at_routine;
use crate::luck::Decision;
use crate::luck::Luck;
use crate::plan::Supply;

/// Takes the state from the start of a week to its end.
pub fn step(
    world: &World,
    supply: &Supply,
    parameters: &Parameters,
    luck: &Luck,
    week: usize,
    state: &mut State,
    work: &mut Workspace,
) {
    share_out_what_is_seen(world, state, work);
    step_partners(world, supply, luck, week, state);
    work.support.fill(0.0);
    work.stopped_using = 0;
    for (school, people) in world.roster.schools.iter().enumerate() {
        let place = At { world, supply: &supply.schools[school], parameters, luck, school, week };
        if place.part() > 0.0 {
            share_out_support(&place, people.clone(), state, work);
        }
        for i in people.clone() {
            step_educator(&place, i, state, work);
        }
    }
}

fn step_educator(at: &At, i: usize, state: &mut State, work: &mut Workspace) {
    let part = at.part();
    let load = load_of(at, i, state);
    work.load[i] = load;
    if part > 0.0 {
        state.load_so_far[i].0 += load;
        state.load_so_far[i].1 += 1;
    }
    mark_active(at, i, state, work);
    let partners = partners_effect(at, state);
    let hours = learning_hours(at, i, work, |_| true) + partners.learning;
    let learning = (0..at.world.n_practices()).filter(|p| work.active[*p] && state.level[at.world.slot(*p, i)] >= 1);
    let hours_each = hours / learning.count().max(1) as f64;
    let k = at.world.n_practices();
    let mut held = None;
    for place in 0..k {
        let practice = usize::from(state.preference[i * k + place]);
        let slot = at.world.slot(practice, i);
        let level = state.level[slot];
        let takes_hours = work.active[practice] && level >= 1 && hours_each > 0.0;
        if takes_hours {
            state.hours[slot] += hours_each;
        } else if level < 3 && state.hours[slot] > 0.0 {
            state.hours[slot] *= libm::exp2(-1.0 / at.parameters.hours_half_life);
        }
        if part <= 0.0 || !(work.active[practice] || level == 4) {
            continue;
        }
        let capacities = Capacities {
            will: will(
                state.disposition[i],
                &around(at, practice, i, load, state, work),
                at.parameters,
                at.world.rules.response,
            ),
            authority: at.supply.practices[practice].authority[at.week],
            expertise: expertise(
                work.support[slot] / part,
                community_hours(at, i, work) / part,
                team_at_routine(at, practice, i, work),
                at.parameters,
            )
            .min(at.supply.practices[practice].expertise_cap[at.week])
            .min(partners.expertise_cap),
            resources_cap: at.supply.practices[practice].resources_cap[at.week].min(partners.resources_cap),
            team: team_at_routine(at, practice, i, work),
        };
        let binds = move_on_the_ladder(at, i, practice, &capacities, state, work);
        if work.active[practice] && held.is_none() {
            held = Some(binds);
        }
    }
    // A week without its Monday has no community of practice: what binds in it is not what binds.
    if part >= FULL_WEEK {
        work.held[i] = match held {
            Some(Some(Capacity::Will)) => 0,
            Some(Some(Capacity::Authority)) => 1,
            Some(Some(Capacity::Expertise | Capacity::Team)) => 2,
            Some(Some(Capacity::Resources)) => 3,
            Some(None) | None => 4,
        };
    }
}

struct Capacities {
    will: f64,
    authority: f64,
    expertise: f64,
    resources_cap: f64,
    team: f64,
}

/// One practice of one educator: up, down or neither; gives the capacity that binds her next step.
fn move_on_the_ladder(
    at: &At,
    i: usize,
    practice: usize,
    has: &Capacities,
    state: &mut State,
    work: &mut Workspace,
) -> Option<Capacity> {
    let slot = at.world.slot(practice, i);
    let level = state.level[slot];
    let step = at.world.rules.ladder.steps.get(usize::from(level))?;
    let mut values = [(Capacity::Will, 0.0); 5];
    let mut bare = [0.0; 5];
    for (place, capacity) in step.needs.iter().enumerate() {
        bare[place] = match capacity {
            Capacity::Will => has.will,
            Capacity::Authority => has.authority,
            Capacity::Expertise => has.expertise,
            Capacity::Resources => resources(state.hours[slot], step.hours, has.resources_cap),
            Capacity::Team => has.team,
        };
        values[place] = (*capacity, bare[place]);
    }
    let n = step.needs.len();
    let up = chance_up(step.median_weeks, gate(at.world.rules.gate, &bare[..n]), at.part());
    let down = at.part()
        * match level {
            3 => chance_down_mechanical(has.expertise, at.parameters),
            4 => chance_down_routine(has.will, at.parameters),
            _ => 0.0,
        };
    if up > 0.0 || down > 0.0 {
        let (u, v) = at.luck.draw_two(state.person[i], Decision::StepUp, practice as u8, at.week as u16);
        if u < up {
            state.level[slot] = level + 1;
        } else if v < down {
            state.level[slot] = 1;
            work.stopped_using += 1;
        }
    }
    binding(&values[..n])
}

fn around(at: &At, practice: usize, i: usize, load: f64, state: &State, work: &Workspace) -> Around {
    let roster = at.world.roster;
    Around {
        team: work.using_team[practice * roster.teams.len() + roster.educators[i].team],
        school: work.using_school[practice * roster.schools.len() + at.school],
        district: work.using_district[practice],
        leaders: state.leaders[at.school],
        families: state.families[at.school],
        load,
    }
}

/// Marks the practices that an educator works on: those in progress, and, while they are fewer than her
/// focus, the next ones she prefers.
fn mark_active(at: &At, i: usize, state: &State, work: &mut Workspace) {
    let k = at.world.n_practices();
    let mut in_progress = 0;
    for practice in 0..k {
        work.active[practice] = (1..=3).contains(&state.level[at.world.slot(practice, i)]);
        in_progress += usize::from(work.active[practice]);
    }
    let focus = at.parameters.focus as usize;
    for place in 0..k {
        if in_progress >= focus {
            return;
        }
        let practice = usize::from(state.preference[i * k + place]);
        let open = state.level[at.world.slot(practice, i)] == 0 && at.world.suits(practice, i);
        let after = &at.world.resources.practices[practice].after;
        if open && after.iter().all(|p| state.level[at.world.slot(*p, i)] >= 3) {
            work.active[practice] = true;
            in_progress += 1;
        }
    }
}

/// Hours that practices, duties and a new schedule ask for over the hours there are; none in a week without
/// school.
fn load_of(at: &At, i: usize, state: &State) -> f64 {
    let part = at.part();
    if part <= 0.0 {
        return 0.0;
    }
    let p = at.parameters;
    let of_level = [0.0, p.load_orientation, p.load_preparation, p.load_mechanical, 0.0, 0.0];
    let levels = (0..at.world.n_practices()).map(|k| usize::from(state.level[at.world.slot(k, i)]));
    let educator = &at.world.roster.educators[i];
    let duties = at.world.district.roles[educator.role].duty_hours_per_week;
    let is_new = |since: &usize| *since <= at.week && at.week < since + p.load_new_schedule_weeks as usize;
    let schedule = if at.supply.new_schedules.iter().any(is_new) { p.load_new_schedule } else { 0.0 };
    let asked = part * (levels.map(|l| of_level[l]).sum::<f64>() + duties + schedule);
    let there = at.supply.roles[educator.role_slot].non_contact[at.week];
    if asked <= 0.0 { 0.0 } else { (asked / there.max(f64::MIN_POSITIVE)).min(MOST_LOAD) }
}

/// Only a full school week tells what holds an educator back; the last one's record stands until the next.
const FULL_WEEK: f64 = 1.0;

/// Where the timetable leaves no hours at all, any work is this much too much.
const MOST_LOAD: f64 = 4.0;
