//! What happens between weeks: families, engagement, people who leave and move, new principals.

use crate::adoption::Parameters;
use crate::adoption::State;
use crate::adoption::TurnoverBand;
use crate::adoption::World;
use crate::adoption::track::YearCounts;
use crate::adoption::track::school_experience;
use crate::luck::Decision;
use crate::luck::Key;
use crate::luck::Luck;
use crate::plan::Supply;

/// Families move towards what their children live through, and engagement raises where they rest.
pub fn step_families(world: &World, supply: &Supply, parameters: &Parameters, week: usize, state: &mut State) {
    for event in &world.resources.engagement {
        let times = event.dates.iter().filter(|d| world.horizon.week_of(**d) == Some(week)).count();
        for school in 0..state.families.len() {
            if event.schools.is_empty() || event.schools.contains(&school) {
                for _ in 0..times {
                    let raises = event.raises.as_f64();
                    state.families[school] += raises * (1.0 - state.families[school]);
                    state.families_rest[school] += raises * (1.0 - state.families_rest[school]);
                }
            }
        }
    }
    for school in 0..state.families.len() {
        let rest = state.families_rest[school];
        let drawn_to = rest + (1.0 - rest) * school_experience(world, state, school);
        let part = supply.schools[school].school_week[week].min(1.0);
        state.families[school] += parameters.families_rate * part * (drawn_to - state.families[school]);
    }
}

/// Teachers who move into a supporting role leave their classes to newcomers.
///
/// Gives whether anybody was replaced.
pub fn backfill(
    world: &World,
    supply: &Supply,
    parameters: &Parameters,
    luck: &Luck,
    week: usize,
    state: &mut State,
) -> bool {
    let n_roles = supply.schools.first().map_or(0, |s| s.support.len());
    let mut anybody = false;
    for role in 0..n_roles {
        let starting =
            |s: &crate::plan::SchoolSupply| s.support[role].taken_from_teachers.filter(|(at, _)| *at == week);
        let people: f64 = supply.schools.iter().filter_map(|s| starting(s).map(|(_, fte)| fte)).sum();
        let mut candidates: Vec<usize> = (0..world.n_educators())
            .filter(|i| starting(&supply.schools[world.roster.educators[*i].school]).is_some())
            .collect();
        let lot = |i: &usize| luck.draw(state.person[*i], Decision::Move, role as u8, week as u16);
        candidates.sort_by(|a, b| lot(a).total_cmp(&lot(b)).then(a.cmp(b)));
        for i in candidates.into_iter().take(people.round() as usize) {
            state.replace(world, parameters, luck, i, week);
            anybody = true;
        }
    }
    anybody
}

/// The end of a school year: who leaves is replaced by a newcomer, who moves takes along what she knows.
pub fn end_year(
    world: &World,
    parameters: &Parameters,
    luck: &Luck,
    week: usize,
    state: &mut State,
    year: &mut YearCounts,
) {
    let mut moving: Vec<usize> = Vec::new();
    for i in 0..world.n_educators() {
        state.experience[i] += 1.0;
        let (sum, weeks) = std::mem::take(&mut state.load_so_far[i]);
        let load = sum / f64::from(weeks.max(1));
        match fate(world, parameters, luck, week, state.person[i], state.experience[i], load) {
            Fate::Stays => {}
            Fate::Leaves => {
                state.replace(world, parameters, luck, i, week);
                year.leavers += 1;
            }
            Fate::MovesAway => {
                state.replace(world, parameters, luck, i, week);
                year.movers += 1;
            }
            Fate::MovesWithin => moving.push(i),
        }
    }
    year.movers += swap_places(world, luck, week, state, moving);
    change_principals(world, parameters, luck, week, state);
}

enum Fate {
    Stays,
    Leaves,
    MovesAway,
    MovesWithin,
}

fn fate(
    world: &World,
    parameters: &Parameters,
    luck: &Luck,
    week: usize,
    person: Key,
    experience: f64,
    load: f64,
) -> Fate {
    let Some(band) = band_of(&world.rules.turnover, experience) else { return Fate::Stays };
    let odds = band.leaves / (1.0 - band.leaves).max(f64::MIN_POSITIVE);
    let odds = odds * libm::pow(parameters.leaving_load, (load - 1.0).max(0.0));
    let leaves = odds / (1.0 + odds);
    let (u, v) = luck.draw_two(person, Decision::Turnover, 0, week as u16);
    if u < leaves {
        Fate::Leaves
    } else if u >= 1.0 - band.moves {
        // Movers stand at the other end of the draw, so that more leavers do not make other people move.
        if v < parameters.moves_within { Fate::MovesWithin } else { Fate::MovesAway }
    } else {
        Fate::Stays
    }
}

fn band_of(bands: &[TurnoverBand], experience: f64) -> Option<&TurnoverBand> {
    bands.iter().rev().find(|b| f64::from(b.from_years) <= experience).or(bands.first())
}

/// Movers of a role take each other's positions, in an order drawn by lot; one alone finds none and stays.
fn swap_places(world: &World, luck: &Luck, week: usize, state: &mut State, mut moving: Vec<usize>) -> u32 {
    let lot = |i: &usize| luck.draw(state.person[*i], Decision::Move, 0, week as u16);
    let role = |i: &usize| world.roster.educators[*i].role;
    moving.sort_by(|a, b| role(a).cmp(&role(b)).then(lot(a).total_cmp(&lot(b))).then(a.cmp(b)));
    let mut moved = 0;
    for group in moving.chunk_by(|a, b| role(a) == role(b)) {
        if group.len() < 2 {
            continue;
        }
        moved += group.len() as u32;
        for pair in group.windows(2) {
            exchange(world, state, pair[0], pair[1]);
        }
    }
    moved
}

/// Two people change positions with all that is theirs.
fn exchange(world: &World, state: &mut State, a: usize, b: usize) {
    let k = world.n_practices();
    state.person.swap(a, b);
    state.disposition.swap(a, b);
    state.experience.swap(a, b);
    for place in 0..k {
        state.preference.swap(a * k + place, b * k + place);
        state.level.swap(world.slot(place, a), world.slot(place, b));
        state.hours.swap(world.slot(place, a), world.slot(place, b));
    }
}

fn change_principals(world: &World, parameters: &Parameters, luck: &Luck, week: usize, state: &mut State) {
    for (school, spec) in world.district.schools.iter().enumerate() {
        let key = Key::from_name(&spec.id);
        if luck.draw(key, Decision::Leadership, 0, week as u16) < parameters.principal_changes {
            let normal = luck.draw_normal(key, Decision::Leadership, 1, week as u16);
            state.leaders[school] = (parameters.principal_mean + parameters.principal_sd * normal).clamp(0.0, 1.0);
        }
    }
}
