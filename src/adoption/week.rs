//! One week of levels of use.
//!
//! Shares at the start of the week drive everybody in it, so the order of people does not matter.

use crate::adoption::Capacity;
use crate::adoption::Dose;
use crate::adoption::Parameters;
use crate::adoption::PartnerState;
use crate::adoption::Policy;
use crate::adoption::State;
use crate::adoption::Step;
use crate::adoption::World;
use crate::adoption::capacities::Around;
use crate::adoption::capacities::above;
use crate::adoption::capacities::binding;
use crate::adoption::capacities::chance_down_mechanical;
use crate::adoption::capacities::chance_down_routine;
use crate::adoption::capacities::chance_up;
use crate::adoption::capacities::chance_up_at_most;
use crate::adoption::capacities::community_worth;
use crate::adoption::capacities::expertise;
use crate::adoption::capacities::gate;
use crate::adoption::capacities::most_likely;
use crate::adoption::capacities::resources;
use crate::adoption::capacities::will;
use crate::adoption::helping::find_crowds;
use crate::adoption::helping::partners_effect;
use crate::adoption::helping::share_out_support;
use crate::adoption::helping::step_partners;
use crate::adoption::workspace::At;
use crate::adoption::workspace::Tells;
use crate::adoption::workspace::Workspace;
use crate::adoption::workspace::lay_out_learning;
use crate::luck::Decision;
use crate::luck::Luck;
use crate::plan::SchoolSupply;
use crate::plan::Supply;
use std::ops::Range;

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
    step_partners(world, supply, luck, week, state);
    work.stopped_using = 0;
    for (school, people) in world.roster.schools.iter().enumerate() {
        let at = look(world, &supply.schools[school], parameters, luck, (school, week), &state.partners);
        learn(&at, people.clone(), state, work);
        if at.part > 0.0 {
            if world.rules.policy == Policy::Crowd {
                find_crowds(&at, people.clone(), state, work);
            }
            find_chances(&at, people.clone(), state, work);
            // Help is shared out only where somebody's expertise is asked for: nothing else looks at it.
            let crowd = world.rules.policy == Policy::Crowd;
            if !crowd && work.chances.iter().any(|chance| asks_for_expertise(world, chance.level)) {
                share_out_support(&at, people.clone(), state, work);
            }
            take_chances(&at, state, work);
        }
    }
    work.follow_moved(world, parameters, state);
}

/// A school in a week.
fn look<'a>(
    world: &'a World,
    supply: &'a SchoolSupply,
    parameters: &'a Parameters,
    luck: &'a Luck,
    (school, week): (usize, usize),
    partners: &[PartnerState],
) -> At<'a> {
    let part = supply.school_week[week].min(1.0);
    At {
        world,
        supply,
        parameters,
        luck,
        school,
        week,
        part,
        partners: partners_effect(world, supply, week, partners),
        most_likely: most_likely(&world.rules.ladder, parameters, part),
        new_schedule: new_schedule_hours(supply, parameters, week),
        keeps: libm::exp2(-1.0 / parameters.hours_half_life),
    }
}

/// What a week brings to everybody in a school before anybody takes a step.
fn learn(at: &At, people: Range<usize>, state: &mut State, work: &mut Workspace) {
    lay_out_learning(at, people.clone(), work);
    weigh_loads(at, people.clone(), state, work);
    for i in people {
        study(at, i, state, work);
    }
}

/// Everybody's load in a school; none in a week without school.
fn weigh_loads(at: &At, people: Range<usize>, state: &mut State, work: &mut Workspace) {
    let loads = &mut work.load[people.clone()];
    if at.part <= 0.0 {
        loads.fill(0.0);
        return;
    }
    let duties = at.supply.roles.iter().map(|role| at.world.district.roles[*role].duty_hours_per_week);
    work.duties_and_there.clear();
    work.duties_and_there.extend(duties.zip(at.supply.non_contact.of(at.week, 0).iter().copied()));
    let so_far = &mut state.load_so_far[people.clone()];
    let asks_hours = &work.agendas.asks_hours[people.clone()];
    let roles = &work.role_slots[people];
    for (((load, so_far), role), asks) in loads.iter_mut().zip(so_far).zip(roles).zip(asks_hours) {
        let (duties, there) = work.duties_and_there[usize::from(*role)];
        *load = load_of(at.part * (asks + duties + at.new_schedule), there);
        so_far.0 += *load;
        so_far.1 += 1;
    }
}

/// Hours of learning go to what is in progress, in equal parts; in a week without any, some are forgotten.
///
/// Only what is in progress has hours to forget: nobody has hours before she begins, nobody falls back to the
/// beginning, and from level 3 on what she knows is used.
fn study(at: &At, i: usize, state: &mut State, work: &Workspace) {
    let hours = work.learning[i] + at.partners.learning;
    if at.world.rules.variants.dose == Dose::DrawnWeekly {
        let drawn = hours * at.luck.draw(state.person[i], Decision::Dose, 0, at.week as u16);
        (0..at.world.n_practices()).for_each(|practice| state.hours[at.world.slot(practice, i)] += drawn);
        return;
    }
    let slots = work.agendas.in_progress(i).iter().map(|slot| *slot as usize);
    if hours > 0.0 {
        let hours_each = hours / slots.len() as f64;
        slots.for_each(|slot| state.hours[slot] += hours_each);
    } else {
        slots.filter(|slot| state.level[*slot] < 3).for_each(|slot| state.hours[slot] *= at.keeps);
    }
}

/// A step that somebody may take this week, or whose capacities tell what holds her back.
#[derive(Debug, Clone, Copy)]
pub struct Chance {
    i: usize,
    practice: usize,
    slot: usize,
    level: u8,
    /// Whether this is what she prefers of what she has not come to do by routine: what holds her back in it is told.
    looks: bool,
    /// Her draws for a step up and for one down.
    luck: (f64, f64),
}

impl Chance {
    fn case<'a>(&self, at: &'a At<'a>, state: &'a State, work: &'a Workspace) -> Case<'a> {
        Case { at, i: self.i, practice: self.practice, slot: self.slot, level: self.level, state, work }
    }

    /// Whether the draws may move her, however much help she gets: a step up with all of it, one down with none. How
    /// much it is depends on everybody's need, and is not asked yet.
    fn may_move(&self, at: &At, state: &State, work: &Workspace) -> bool {
        let most = &at.most_likely[usize::from(self.level)];
        let (u, v) = self.luck;
        let case = self.case(at, state, work);
        let up = || {
            let step = &at.world.rules.ladder.steps[usize::from(self.level)];
            let (values, n_values) = case.values(step, || case.expertise(f64::INFINITY));
            chance_up_at_most(step.median_weeks, gate(at.world.rules.gate, &values[..n_values]) * at.part)
        };
        // No chance up falls as expertise rises, none down rises, but for rounding.
        u < most.up && u < above(up()) || v < most.down && v < above(case.chance_down(|| case.expertise(0.0)))
    }
}

/// Everything that anybody in a school works on in which her draws do not leave her where she is, in the order of
/// people and of their agendas. Levels stay as they are until all are found.
fn find_chances(at: &At, people: Range<usize>, state: &mut State, work: &mut Workspace) {
    let mut chances = std::mem::take(&mut work.chances);
    chances.clear();
    // A week without its Monday has no community of practice: what binds in it is not what binds.
    let tells_hold = at.part >= FULL_WEEK && work.tells == Tells::Everything;
    let mut movable = std::mem::take(&mut work.movable);
    movable.clear();
    match tells_hold {
        true => movable.extend(people),
        false => work.find_movable(people, at.week, &mut movable),
    }
    for i in movable.iter().copied() {
        let mut looks_for_hold = tells_hold;
        for place in 0..work.agendas.n_of(i) {
            let practice = work.agendas.at(i, place);
            let slot = at.world.slot(practice, i);
            let level = state.level[slot];
            let looks = looks_for_hold && level <= 3;
            if !looks && !work.may_move(i, at.week, practice, level) {
                continue;
            }
            looks_for_hold &= !looks;
            let luck = at.luck.draw_two(state.person[i], Decision::StepUp, practice as u8, at.week as u16);
            chances.push(Chance { i, practice, slot, level, looks, luck });
        }
        if looks_for_hold {
            tell_hold(i, None, state, work);
        }
    }
    // After all are drawn, so that no draw waits for what becomes of the one before.
    chances.retain(|chance| chance.looks || chance.may_move(at, state, work));
    work.movable = movable;
    work.chances = chances;
}

/// Whether a step from a level, up or down, depends on expertise.
fn asks_for_expertise(world: &World, level: u8) -> bool {
    level == 3 || world.rules.ladder.steps[usize::from(level)].needs.contains(&Capacity::Expertise)
}

/// The steps of a school, and what holds people back in what they prefer.
fn take_chances(at: &At, state: &mut State, work: &mut Workspace) {
    for n in 0..work.chances.len() {
        let chance = work.chances[n];
        let Chance { i, slot, level, looks, luck, .. } = chance;
        let case = chance.case(at, state, work);
        let step = &at.world.rules.ladder.steps[usize::from(level)];
        let (values, n_values) = case.values(step, || case.expertise(work.support[slot]));
        let to = case.goes_to(step, &values[..n_values], luck);
        if looks {
            tell_hold(i, binding(&step.needs, &values[..n_values]), state, work);
        }
        if to != level {
            state.level[slot] = to;
            work.moved.push(i);
            work.stopped_using += u32::from(to < level);
        }
    }
}

/// Keeps what holds somebody back this week.
fn tell_hold(i: usize, held: Option<Capacity>, state: &mut State, work: &mut Workspace) {
    let held = place_in_held_by(held);
    work.held[i] = held;
    state.held_so_far[i][usize::from(held)] += 1;
}

fn place_in_held_by(held: Option<Capacity>) -> u8 {
    match held {
        Some(Capacity::Will) => 0,
        Some(Capacity::Authority) => 1,
        Some(Capacity::Expertise | Capacity::Team) => 2,
        Some(Capacity::Resources) => 3,
        None => 4,
    }
}

/// One practice of one educator in one week.
struct Case<'a> {
    at: &'a At<'a>,
    i: usize,
    practice: usize,
    slot: usize,
    level: u8,
    state: &'a State,
    work: &'a Workspace,
}

impl Case<'_> {
    /// The capacities that a step needs, and how many they are.
    fn values(&self, step: &Step, expertise: impl Fn() -> f64) -> ([f64; 5], usize) {
        let mut values = [0.0; 5];
        for (value, capacity) in values.iter_mut().zip(&step.needs) {
            *value = match capacity {
                Capacity::Will => self.will(),
                Capacity::Authority => self.at.supply.practices[self.practice].authority[self.at.week],
                Capacity::Expertise => expertise(),
                Capacity::Resources => self.resources(step),
                Capacity::Team => self.at.team_at_routine(self.practice, self.i, self.work),
            };
        }
        (values, step.needs.len())
    }

    /// The level on which she ends the week: one up, back to 1, or the same.
    fn goes_to(&self, step: &Step, values: &[f64], (u, v): (f64, f64)) -> u8 {
        let most = &self.at.most_likely[usize::from(self.level)];
        if u < most.up && u < self.chance_up(step, values) {
            return self.level + 1;
        }
        let down = || self.chance_down(|| self.expertise(self.work.support[self.slot]));
        if v < most.down && v < down() { 1 } else { self.level }
    }

    /// The chance that she takes the step.
    fn chance_up(&self, step: &Step, values: &[f64]) -> f64 {
        let rules = self.at.world.rules;
        chance_up(rules.variants.chance, step.median_weeks, gate(rules.gate, values), self.at.part)
    }

    /// The chance that she falls back to level 1.
    fn chance_down(&self, expertise: impl Fn() -> f64) -> f64 {
        let part = self.at.part;
        match self.level {
            3 => part * chance_down_mechanical(expertise(), self.at.parameters),
            4 => part * chance_down_routine(self.will(), self.at.parameters),
            _ => 0.0,
        }
    }

    fn will(&self) -> f64 {
        let (roster, tally) = (self.at.world.roster, &self.work.tally);
        let team = self.practice * roster.teams.len() + roster.educators[self.i].team;
        let around = Around {
            team: tally.using_team[team].share,
            school: tally.using_school[self.practice * roster.schools.len() + self.at.school].share,
            district: tally.using_district[self.practice].share,
            leaders: self.state.leaders[self.at.school],
            families: self.state.families[self.at.school],
            load: self.work.load[self.i],
        };
        will(self.state.disposition[self.i], &around, self.at.parameters, self.at.world.rules.response)
    }

    /// Expertise with hours of support.
    fn expertise(&self, support: f64) -> f64 {
        if self.at.world.rules.policy == Policy::Crowd {
            return self.capped(expertise(self.work.crowd[self.practice] / self.at.part, 0.0, self.at.parameters));
        }
        let team = self.at.team_at_routine(self.practice, self.i, self.work);
        let community = community_worth(self.work.community[self.i] / self.at.part, team, self.at.parameters);
        self.capped(expertise(support / self.at.part, community, self.at.parameters))
    }

    /// No more expertise than what is there of roles and partners allows.
    fn capped(&self, expertise: f64) -> f64 {
        expertise
            .min(self.at.supply.practices[self.practice].expertise_cap[self.at.week])
            .min(self.at.partners.expertise_cap)
    }

    fn resources(&self, step: &Step) -> f64 {
        let cap = self.at.supply.practices[self.practice].resources_cap[self.at.week];
        resources(self.state.hours[self.slot], step.hours, cap.min(self.at.partners.resources_cap))
    }
}

/// Hours that a new schedule asks for in a school this week \[h\].
pub fn new_schedule_hours(supply: &SchoolSupply, parameters: &Parameters, week: usize) -> f64 {
    let is_new = |since: &usize| *since <= week && week < since + parameters.load_new_schedule_weeks as usize;
    if supply.new_schedules.iter().any(is_new) { parameters.load_new_schedule } else { 0.0 }
}

/// Hours that practices, duties and a new schedule ask for over the hours there are.
fn load_of(asked: f64, there: f64) -> f64 {
    (asked / there.max(f64::MIN_POSITIVE)).min(MOST_LOAD)
}

/// Only a full school week tells what holds an educator back; the last one's record stands until the next.
const FULL_WEEK: f64 = 1.0;

/// Where the timetable leaves no hours at all, any work is this much too much.
const MOST_LOAD: f64 = 4.0;

#[cfg(test)]
mod tests {
    use super::*;
    use crate::adoption::Gate;
    use crate::adoption::Lots;
    use crate::pipeline;
    use crate::scenario;
    use std::path::Path;

    /// The slow twin of the chances that are found: help is shared out for everybody, and everybody's draws are asked.
    fn nobody_is_passed_over(at: &At, people: Range<usize>, state: &State, work: &Workspace) -> usize {
        let (mut all, mut n_moving) = (work.clone(), 0);
        share_out_support(at, people.clone(), state, &mut all);
        for i in people {
            for practice in (0..all.agendas.n_of(i)).map(|place| all.agendas.at(i, place)) {
                let slot = at.world.slot(practice, i);
                let luck = at.luck.draw_two(state.person[i], Decision::StepUp, practice as u8, at.week as u16);
                let level = state.level[slot];
                let chance = Chance { i, practice, slot, level, looks: false, luck };
                let case = chance.case(at, state, &all);
                let step = &at.world.rules.ladder.steps[usize::from(level)];
                let (values, n_values) = case.values(step, || case.expertise(all.support[slot]));
                let moves = case.goes_to(step, &values[..n_values], luck) != level;
                let found = work.may_move(i, at.week, practice, level) && chance.may_move(at, state, work);
                assert!(found || !moves, "educator {i}, practice {practice}, week {}", at.week);
                n_moving += usize::from(moves);
            }
        }
        n_moving
    }

    #[test]
    fn nobody_is_passed_over_who_would_move_with_the_help_she_gets() {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios/ccsd93");
        let mut scenario = scenario::read(&path).unwrap_or_else(|unread| panic!("{}", unread.findings));
        for gate in [Gate::Min, Gate::Product, Gate::GeometricMean] {
            scenario.rules.gate = gate;
            let checked = pipeline::check(&scenario).unwrap();
            let job = pipeline::job(&scenario, &checked);
            let luck = Luck::new(scenario.seed, 5);
            let supply = job.supply(&job.settle_typically(), &luck);
            let parameters = Parameters { fall_mechanical: 0.1, fall_routine: 0.1, ..scenario.rules.typical() };
            let mut state = State::new(&job.world, &parameters, &luck);
            let mut work = Workspace::new(&job.world, &parameters, &luck, &state, Tells::Levels, Lots::kept());
            work.draw_attendance(&job.world, &supply, &state, &luck, 0);
            let mut n_moving = 0;
            for week in 0..110 {
                for school in [0, 4] {
                    let (mut state, mut work) = (state.clone(), work.clone());
                    let of_school = &supply.schools[school];
                    let at = look(&job.world, of_school, &parameters, &luck, (school, week), &state.partners.clone());
                    let people = job.world.roster.schools[school].clone();
                    learn(&at, people.clone(), &mut state, &mut work);
                    if at.part > 0.0 {
                        n_moving += nobody_is_passed_over(&at, people, &state, &work);
                    }
                }
                step(&job.world, &supply, &parameters, &luck, week, &mut state, &mut work);
            }
            assert!(n_moving > 100, "{gate:?}: {n_moving} steps are enough to see whether any is missed");
        }
    }

    #[test]
    fn nobody_has_hours_to_forget_before_she_begins_or_falls_back_to_the_beginning() {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios/ccsd93");
        let scenario = scenario::read(&path).unwrap_or_else(|unread| panic!("{}", unread.findings));
        let checked = pipeline::check(&scenario).unwrap();
        let job = pipeline::job(&scenario, &checked);
        let luck = Luck::new(scenario.seed, 2);
        let supply = job.supply(&job.settle_typically(), &luck);
        let parameters = Parameters { fall_mechanical: 0.2, fall_routine: 0.2, ..scenario.rules.typical() };
        let mut state = State::new(&job.world, &parameters, &luck);
        let mut work = Workspace::new(&job.world, &parameters, &luck, &state, Tells::Everything, Lots::none());
        work.draw_attendance(&job.world, &supply, &state, &luck, 0);
        let mut stopped = 0;
        for week in 0..120 {
            let before = state.level.clone();
            step(&job.world, &supply, &parameters, &luck, week, &mut state, &mut work);
            let without = |slot: &usize| state.level[*slot] == 0 && state.hours[*slot] != 0.0;
            assert_eq!((0..state.level.len()).find(without), None);
            assert!(before.iter().zip(&state.level).all(|(before, now)| *before == 0 || *now >= 1));
            stopped += work.stopped_using;
        }
        assert!(stopped > 20, "{stopped} times somebody fell: enough to see where she falls to");
    }
}
