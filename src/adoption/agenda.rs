//! Agendas: what each educator works on, and what that asks of her.
//!
//! Follows from her levels of use and her preferences alone, so it stays the same from one week to the next
//! until she takes a step or somebody else fills her position.

use crate::adoption::Parameters;
use crate::adoption::State;
use crate::adoption::World;
use crate::adoption::lots::bit_of;

/// What everybody works on.
#[derive(Debug, Clone, PartialEq)]
pub struct Agendas {
    n_practices: usize,
    /// Room for all practices of each educator; the first of them are filled.
    practices: Vec<u8>,
    n_practices_of: Vec<u8>,
    /// Room for the slots of all practices of each educator; the first of them, as many as are in progress, are filled.
    slots_in_progress: Vec<u32>,
    n_in_progress: Vec<u8>,
    /// The practices of each educator's agenda on her levels, as a set of [`bit_of`] each.
    pub stands: Vec<u32>,
    /// Hours a week that each educator's practices ask for in a full school week \[h\].
    pub asks_hours: Vec<f64>,
}

/// Whether an educator is learning a practice on this level, so that hours of learning go to it.
pub fn is_in_progress(level: u8) -> bool {
    (1..=3).contains(&level)
}

impl Agendas {
    /// Empty agendas for everybody.
    pub fn new(world: &World) -> Agendas {
        let (n, k) = (world.n_educators(), world.n_practices());
        Agendas {
            n_practices: k,
            practices: vec![0; n * k],
            n_practices_of: vec![0; n],
            slots_in_progress: vec![0; n * k],
            n_in_progress: vec![0; n],
            stands: vec![0; n],
            asks_hours: vec![0.0; n],
        }
    }

    /// How many practices an educator works on or keeps up at routine.
    pub fn n_of(&self, i: usize) -> usize {
        usize::from(self.n_practices_of[i])
    }

    /// The practice in a place of an educator's agenda, which is in her order of preference.
    pub fn at(&self, i: usize, place: usize) -> usize {
        usize::from(self.practices[i * self.n_practices + place])
    }

    /// The slots of the practices that an educator has in progress, all of which stand on her agenda.
    pub fn in_progress(&self, i: usize) -> &[u32] {
        let first = i * self.n_practices;
        &self.slots_in_progress[first..first + usize::from(self.n_in_progress[i])]
    }

    /// Writes an educator's agenda anew: practices in progress, those at routine, and, while those in
    /// progress are fewer than her focus, the next ones she prefers.
    pub fn renew(&mut self, world: &World, parameters: &Parameters, state: &State, i: usize) {
        let k = self.n_practices;
        let level = |practice: usize| state.level[world.slot(practice, i)];
        let mut n_in_progress = 0;
        for practice in (0..k).filter(|p| is_in_progress(level(*p))) {
            self.slots_in_progress[i * k + n_in_progress] = world.slot(practice, i) as u32;
            n_in_progress += 1;
        }
        let mut room = (parameters.focus as usize).saturating_sub(n_in_progress);
        self.stands[i] = 0;
        let mut n = 0;
        for place in 0..k {
            let practice = state.preference[i * k + place];
            let on = level(usize::from(practice));
            let taken = match on {
                0 if room > 0 && is_open(world, state, usize::from(practice), i) => {
                    room -= 1;
                    true
                }
                level => is_in_progress(level) || level == 4,
            };
            if taken {
                self.practices[i * k + n] = practice;
                n += 1;
                self.stands[i] |= bit_of(usize::from(practice), on);
            }
        }
        self.n_practices_of[i] = n as u8;
        self.n_in_progress[i] = n_in_progress as u8;
        self.asks_hours[i] = (0..k).map(|p| hours_asked(parameters, level(p))).sum();
    }
}

/// Whether an educator may take up a practice that she has not begun.
fn is_open(world: &World, state: &State, practice: usize, i: usize) -> bool {
    let after = &world.resources.practices[practice].after;
    world.suits(practice, i) && after.iter().all(|p| state.level[world.slot(*p, i)] >= 3)
}

/// Hours a week that a practice asks for on a level \[h\].
fn hours_asked(parameters: &Parameters, level: u8) -> f64 {
    match level {
        1 => parameters.load_orientation,
        2 => parameters.load_preparation,
        3 => parameters.load_mechanical,
        _ => 0.0,
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

    fn ccsd93() -> Scenario {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios/ccsd93");
        scenario::read(&path).unwrap_or_else(|unread| panic!("{}", unread.findings))
    }

    /// The slow twin: marks practice after practice, and begins again with every one that is taken up.
    fn one_after_the_other(world: &World, focus: usize, state: &State, i: usize) -> Vec<u8> {
        let k = world.n_practices();
        let order = &state.preference[i * k..(i + 1) * k];
        let level = |p: u8| state.level[world.slot(usize::from(p), i)];
        let mut works_on: Vec<u8> = order.iter().copied().filter(|p| matches!(level(*p), 1..=3)).collect();
        while works_on.len() < focus {
            let after = |p: u8| &world.resources.practices[usize::from(p)].after;
            let mut open = order.iter().copied().filter(|p| {
                let ready = after(*p).iter().all(|before| level(*before as u8) >= 3);
                level(*p) == 0 && ready && world.suits(usize::from(*p), i) && !works_on.contains(p)
            });
            let Some(next) = open.next() else { break };
            works_on.push(next);
        }
        order.iter().copied().filter(|p| works_on.contains(p) || level(*p) == 4).collect()
    }

    fn listed(agendas: &Agendas, i: usize) -> Vec<u8> {
        (0..agendas.n_of(i)).map(|place| agendas.at(i, place) as u8).collect()
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(24))]

        #[test]
        fn an_agenda_is_what_marking_one_after_the_other_gives(
            levels in prop::collection::vec(0u8..=5, 4 * 317),
            focus in 1usize..5,
            after in prop::option::of((0usize..4, 0usize..4)),
        ) {
            let mut scenario = ccsd93();
            if let Some((practice, before)) = after {
                scenario.resources.practices[practice].after = vec![before];
            }
            let checked = pipeline::check(&scenario).unwrap();
            let world = pipeline::job(&scenario, &checked).world;
            let parameters = Parameters { focus: focus as f64, ..scenario.rules.typical() };
            let mut state = State::new(&world, &parameters, &Luck::new(3, 0));
            state.level = levels.into_iter().cycle().take(state.level.len()).collect();
            let mut agendas = Agendas::new(&world);
            for i in 0..world.n_educators() {
                agendas.renew(&world, &parameters, &state, i);
                prop_assert_eq!(listed(&agendas, i), one_after_the_other(&world, focus, &state, i));
                let mine = |p: &usize| state.level[world.slot(*p, i)];
                let learning = (0..world.n_practices()).filter(|p| is_in_progress(mine(p)));
                let slots: Vec<u32> = learning.map(|p| world.slot(p, i) as u32).collect();
                prop_assert_eq!(agendas.in_progress(i), slots.as_slice());
                let on_agenda = |(p, level): &(usize, u8)| agendas.stands[i] & bit_of(*p, *level) != 0;
                let all = (0..world.n_practices()).flat_map(|p| (0..5).map(move |level| (p, level)));
                let mut stands: Vec<(usize, u8)> = all.filter(on_agenda).collect();
                let mut listed: Vec<(usize, u8)> = listed(&agendas, i).into_iter().map(usize::from).map(|p| (p, mine(&p))).collect();
                stands.sort_unstable();
                listed.sort_unstable();
                prop_assert_eq!(stands, listed);
            }
        }
    }

    #[test]
    fn an_agenda_asks_for_the_hours_of_its_levels() {
        let scenario = ccsd93();
        let checked = pipeline::check(&scenario).unwrap();
        let world = pipeline::job(&scenario, &checked).world;
        let parameters = scenario.rules.typical();
        let mut state = State::new(&world, &parameters, &Luck::new(3, 0));
        for (practice, level) in [1, 2, 3, 4].into_iter().enumerate() {
            state.level[world.slot(practice, 0)] = level;
        }
        let mut agendas = Agendas::new(&world);
        agendas.renew(&world, &parameters, &state, 0);
        assert_eq!(agendas.asks_hours[0], 2.75); // by hand: 0.25 + 1.0 + 1.5, and nothing at routine
        assert_eq!(agendas.n_of(0), 4);
    }
}
