//! What happens between weeks: families, engagement, people who leave and move, new principals.

use crate::adoption::Parameters;
use crate::adoption::State;
use crate::adoption::World;
use crate::adoption::YearCounts;
use crate::adoption::tally::SchoolTally;
use crate::luck::Decision;
use crate::luck::Key;
use crate::luck::Luck;
use crate::plan::SchoolSupply;
use crate::plan::Supply;

/// Families move towards what their children live through, and engagement raises where they rest.
pub fn step_families(
    world: &World,
    supply: &Supply,
    parameters: &Parameters,
    week: usize,
    tallies: &[SchoolTally],
    state: &mut State,
) {
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
    for (school, tally) in tallies.iter().enumerate() {
        let rest = state.families_rest[school];
        let drawn_to = rest + (1.0 - rest) * tally.experience;
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
        let starting = |s: &SchoolSupply| s.support[role].taken_from_teachers.filter(|(at, _)| *at == week);
        if !supply.schools.iter().any(|s| starting(s).is_some()) {
            continue;
        }
        let people: f64 = supply.schools.iter().filter_map(|s| starting(s).map(|(_, fte)| fte)).sum();
        let mut candidates: Vec<usize> = (0..world.n_educators())
            .filter(|i| starting(&supply.schools[world.roster.educators[*i].school]).is_some())
            .collect();
        let lot = |i: &usize| luck.draw(state.person[*i], Decision::Move, role as u8, week as u16);
        // Lots are not negative, so that their bits stand in the same order as they do.
        candidates.sort_by_cached_key(|i| (lot(i).to_bits(), *i));
        for i in candidates.into_iter().take(people.round() as usize) {
            state.replace(world, parameters, luck, i, week);
            anybody = true;
        }
    }
    anybody
}

/// People who leave in the middle of a year, in school weeks, are replaced by newcomers at the end of the week.
///
/// Gives how many.
pub fn leave_weekly(
    world: &World,
    supply: &Supply,
    parameters: &Parameters,
    luck: &Luck,
    week: usize,
    state: &mut State,
) -> u32 {
    let chance = world.rules.variants.leaves_weekly;
    if chance <= 0.0 {
        return 0;
    }
    let mut n = 0;
    for i in 0..world.n_educators() {
        let is_school = supply.schools[world.roster.educators[i].school].school_week[week] > 0.0;
        if is_school && luck.draw(state.person[i], Decision::LeavesWeekly, 0, week as u16) < chance {
            state.replace(world, parameters, luck, i, week);
            n += 1;
        }
    }
    n
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
        state.held_so_far[i] = [0; 5];
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
    let Some(band) = world.rules.band_of(experience) else { return Fate::Stays };
    let band = &world.rules.turnover[band];
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
    state.refilled.extend([a, b]);
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pipeline;
    use crate::scenario;
    use crate::scenario::Scenario;
    use proptest::prelude::*;
    use std::collections::BTreeSet;
    use std::path::Path;

    fn scenario() -> Scenario {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios/template.ron");
        scenario::read(&path).unwrap_or_else(|unread| panic!("{}", unread.findings))
    }

    /// A state in which everybody has a level of her own kind, so that it can be followed.
    fn marked(world: &World, parameters: &Parameters, luck: &Luck) -> State {
        let mut state = State::new(world, parameters, luck);
        for i in 0..world.n_educators() {
            state.hours[world.slot(0, i)] = i as f64;
        }
        state
    }

    /// Who there is, with what she knows.
    fn everybody(world: &World, state: &State) -> BTreeSet<(Key, u64)> {
        (0..world.n_educators()).map(|i| (state.person[i], state.hours[world.slot(0, i)].to_bits())).collect()
    }

    #[test]
    fn those_who_leave_are_replaced_by_newcomers_and_nobody_is_lost() {
        let mut scenario = scenario();
        scenario.rules.turnover.iter_mut().for_each(|b| (b.leaves, b.moves) = (0.5, 0.0));
        let checked = pipeline::check(&scenario).unwrap();
        let world = pipeline::job(&scenario, &checked).world;
        let (luck, parameters) = (Luck::new(5, 0), scenario.rules.typical());
        let mut state = marked(&world, &parameters, &luck);
        let before = everybody(&world, &state);
        let mut year = YearCounts::default();
        end_year(&world, &parameters, &luck, 40, &mut state, &mut year);
        let after = everybody(&world, &state);
        assert_eq!(after.len(), world.n_educators());
        assert_eq!(before.difference(&after).count() as u32, year.leavers);
        assert!(year.leavers > 5 && year.movers == 0, "{year:?}"); // of 24, half expected
    }

    #[test]
    fn a_heavy_load_raises_the_odds_of_leaving_and_changes_nobody_who_moves() {
        let scenario = scenario();
        let checked = pipeline::check(&scenario).unwrap();
        let world = pipeline::job(&scenario, &checked).world;
        let parameters = Parameters { leaving_load: 20.0, ..scenario.rules.typical() };
        let count = |load: f64, is: fn(&Fate) -> bool| {
            let of = |n: u64| fate(&world, &parameters, &Luck::new(1, 0), 40, Key::from_name("x").part(n), 2.0, load);
            (0..4000).filter(|n| is(&of(*n))).count()
        };
        let leaves = |f: &Fate| matches!(f, Fate::Leaves);
        let moves = |f: &Fate| matches!(f, Fate::MovesAway | Fate::MovesWithin);
        // by hand: 7.1 % of 4000 are 284; with odds 20 times as high 0.0764 * 20 = 1.53, 60 % of 4000
        assert!((count(1.0, leaves) as f64 - 284.0).abs() < 65.0, "{}", count(1.0, leaves));
        assert!((count(2.0, leaves) as f64 - 2420.0).abs() < 125.0, "{}", count(2.0, leaves));
        assert_eq!(count(1.0, moves), count(2.0, moves));
    }

    proptest! {
        #[test]
        fn movers_change_places_and_take_along_what_they_know(moving in prop::collection::btree_set(0usize..24, 0..24), week in 0usize..100) {
            let scenario = scenario();
            let checked = pipeline::check(&scenario).unwrap();
            let world = pipeline::job(&scenario, &checked).world;
            let (luck, parameters) = (Luck::new(5, 0), scenario.rules.typical());
            let mut state = marked(&world, &parameters, &luck);
            let (before, people) = (everybody(&world, &state), state.person.clone());
            let moved = swap_places(&world, &luck, week, &mut state, moving.iter().copied().collect());
            prop_assert_eq!(everybody(&world, &state), before, "the same people with the same hours");
            let elsewhere = (0..24).filter(|i| state.person[*i] != people[*i]).count();
            prop_assert_eq!(moved as usize, elsewhere);
            prop_assert_eq!(moved as usize, if moving.len() < 2 { 0 } else { moving.len() });
        }
    }
}
