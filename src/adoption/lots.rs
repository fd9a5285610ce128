//! Lots: in which weeks somebody's draws may move her, found once for all rollouts of a replicate.
//!
//! Has people and the chances of a step that nobody exceeds, gives the practices and levels on which a person's draws
//! of a week may let her take a step. Such draws are rare, and scenarios under the same luck draw the same, so that
//! hundreds of candidates need not draw all the others anew.

use crate::adoption::World;
use crate::adoption::capacities::MostLikely;
use crate::luck::Decision;
use crate::luck::Key;
use crate::luck::Luck;
use std::collections::BTreeMap;

/// Sets of practices and levels, one bit each, by week and person; they belong to the luck of one replicate.
#[derive(Debug, Clone)]
pub struct Lots {
    keeps: bool,
    /// The chances that nobody exceeds in a full week, for which the sets were found.
    limits: Option<[MostLikely; 5]>,
    n_weeks: usize,
    n_practices: usize,
    /// The row of each person.
    rows: BTreeMap<Key, u32>,
    /// Rows that there is room for in each week.
    room: usize,
    /// Sets by week and row.
    sets: Vec<u32>,
    /// What every week holds where nothing is kept: a single row of everything.
    everything: [u32; 1],
}

/// The bit of a practice on a level in a set; nobody leaves the highest level, which has none. Practices that lie six
/// apart share one: what a set does not hold cannot be, what it holds may be.
pub fn bit_of(practice: usize, level: u8) -> u32 {
    1 << (practice % PRACTICES * LEVELS + usize::from(level))
}

/// All practices on a level.
pub fn all_on(level: u8) -> u32 {
    (0..PRACTICES).map(|practice| bit_of(practice, level)).fold(0, |all, bit| all | bit)
}

const LEVELS: usize = 5;
const PRACTICES: usize = 32 / LEVELS;

impl Lots {
    /// Keeps nothing: anybody may move in any week, and her draws tell.
    pub fn none() -> Lots {
        Lots {
            keeps: false,
            limits: None,
            n_weeks: 0,
            n_practices: 0,
            rows: BTreeMap::new(),
            room: 0,
            sets: Vec::new(),
            everything: [u32::MAX],
        }
    }

    /// Keeps what it finds for the next rollout of the same replicate.
    pub fn kept() -> Lots {
        Lots { keeps: true, ..Lots::none() }
    }

    /// Gets ready for a rollout; what was kept for other chances, weeks or practices is forgotten.
    pub fn prepare(&mut self, world: &World, limits: [MostLikely; 5]) {
        let (n_weeks, n_practices) = (world.horizon.n_weeks(), world.n_practices());
        if !self.keeps || self.limits == Some(limits) && self.n_weeks == n_weeks && self.n_practices == n_practices {
            return;
        }
        let room = world.n_educators();
        let sets = vec![0; n_weeks * room];
        *self = Lots { limits: Some(limits), n_weeks, n_practices, room, sets, ..Lots::kept() };
    }

    /// The row of a person; everybody shares one where nothing is kept.
    pub fn row(&mut self, luck: &Luck, person: Key) -> u32 {
        let Some(limits) = self.limits else { return 0 };
        if let Some(row) = self.rows.get(&person) {
            return *row;
        }
        let row = self.rows.len();
        if row >= self.room {
            self.make_room();
        }
        for week in 0..self.n_weeks {
            let set = &mut self.sets[week * self.room + row];
            for practice in 0..self.n_practices {
                let drawn = luck.draw_two(person, Decision::StepUp, practice as u8, week as u16);
                for (level, limit) in limits.iter().enumerate() {
                    if !limit.rules_out(drawn) {
                        *set |= bit_of(practice, level as u8);
                    }
                }
            }
        }
        self.rows.insert(person, row as u32);
        row as u32
    }

    /// Twice the room for rows.
    fn make_room(&mut self) {
        let mut sets = vec![0; 2 * self.sets.len()];
        for (old, new) in self.sets.chunks_exact(self.room).zip(sets.chunks_exact_mut(2 * self.room)) {
            new[..self.room].copy_from_slice(old);
        }
        (self.room, self.sets) = (2 * self.room, sets);
    }

    /// By row: the practices and levels on which her draws may move somebody in a week.
    pub fn of_week(&self, week: usize) -> &[u32] {
        match self.keeps {
            true => &self.sets[week * self.room..(week + 1) * self.room],
            false => &self.everything,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::adoption::capacities::most_likely;
    use crate::pipeline;
    use crate::scenario;
    use std::path::Path;

    #[test]
    fn kept_sets_hold_just_the_draws_that_no_limit_rules_out() {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios/late-start");
        let scenario = scenario::read(&path).unwrap_or_else(|unread| panic!("{}", unread.findings));
        let checked = pipeline::check(&scenario).unwrap();
        let world = pipeline::job(&scenario, &checked).world;
        let luck = Luck::new(7, 3);
        let mut lots = Lots::kept();
        let mut sizes = Vec::new();
        for weeks in [10.0, 2.0] {
            let mut rules = scenario.rules.clone();
            rules.ladder.steps[1].median_weeks = weeks;
            let limits = most_likely(&rules.ladder, &rules.typical(), 1.0);
            lots.prepare(&world, limits);
            let mut size = 0;
            // More newcomers than there is room for at first, and everybody twice.
            let there = world.roster.educators.iter().map(|e| e.key);
            let new = world.roster.educators.iter().flat_map(|e| [e.key.part(1), e.key.part(2)]);
            let people: Vec<Key> = there.chain(new).collect();
            for key in people.iter().chain(&people).copied() {
                let row = lots.row(&luck, key);
                for week in 0..world.horizon.n_weeks() {
                    for practice in 0..world.n_practices() {
                        let drawn = luck.draw_two(key, Decision::StepUp, practice as u8, week as u16);
                        for level in 0..5 {
                            let held = lots.of_week(week)[row as usize] & bit_of(practice, level) != 0;
                            assert_eq!(held, !limits[usize::from(level)].rules_out(drawn));
                            size += usize::from(held);
                        }
                    }
                }
            }
            assert_eq!(lots.rows.len(), people.len());
            sizes.push(size);
        }
        assert!(sizes[0] > 0 && sizes[0] < sizes[1], "{sizes:?}");
    }

    #[test]
    fn where_nothing_is_kept_everybody_may_move() {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios/late-start");
        let scenario = scenario::read(&path).unwrap_or_else(|unread| panic!("{}", unread.findings));
        let checked = pipeline::check(&scenario).unwrap();
        let world = pipeline::job(&scenario, &checked).world;
        let mut none = Lots::none();
        none.prepare(&world, most_likely(&scenario.rules.ladder, &scenario.rules.typical(), 1.0));
        let row = none.row(&Luck::new(7, 3), world.roster.educators[5].key);
        assert_eq!(none.of_week(100)[row as usize], u32::MAX);
    }

    #[test]
    fn six_practices_have_bits_of_their_own_on_every_level() {
        let all: std::collections::BTreeSet<u32> =
            (0..6).flat_map(|practice| (0..5).map(move |level| bit_of(practice, level))).collect();
        assert_eq!(all.len(), 6 * 5);
        assert_eq!(bit_of(7, 3), bit_of(1, 3), "those further on share them");
        assert!((0..30).all(|practice| all_on(2) & bit_of(practice, 2) != 0 && all_on(2) & bit_of(practice, 3) == 0));
    }
}
