//! Lots: the draws for steps that several rollouts of one replicate share, each drawn once.
//!
//! Has the people who are there at the start, gives each of their draws as [`Luck`] gives it. Scenarios under the
//! same luck ask for the same draws, so that hundreds of candidates need not draw them anew.

use crate::adoption::World;
use crate::luck::Decision;
use crate::luck::Key;
use crate::luck::Luck;
use crate::luck::unit;

/// Draws that are kept; they belong to the luck of one replicate.
#[derive(Debug, Clone, Default)]
pub struct Lots {
    /// The people whose draws are kept, by place in the roster.
    keys: Vec<Key>,
    n_practices: usize,
    /// By week, place and practice. Nothing drawn yet is nought, which as a draw is as rare as it is harmless.
    words: Vec<[u32; 2]>,
}

impl Lots {
    /// Keeps nothing: every draw is drawn.
    pub fn none() -> Lots {
        Lots::default()
    }

    /// Keeps the draws of the people in a roster.
    pub fn of(world: &World) -> Lots {
        let keys: Vec<Key> = world.roster.educators.iter().map(|e| e.key).collect();
        let n_practices = world.n_practices();
        let words = vec![[0; 2]; world.horizon.n_weeks() * keys.len() * n_practices];
        Lots { keys, n_practices, words }
    }

    /// The two draws of somebody for a step in a practice and week, strictly between 0 and 1.
    #[inline]
    pub fn step(&mut self, luck: &Luck, (i, person): (usize, Key), practice: usize, week: usize) -> (f64, f64) {
        let drawn = || luck.two_words(person, Decision::StepUp, practice as u8, week as u16);
        let words = match self.keys.get(i) {
            Some(key) if *key == person && practice < self.n_practices => {
                match self.words.get_mut((week * self.keys.len() + i) * self.n_practices + practice) {
                    Some(kept) => {
                        if *kept == [0; 2] {
                            *kept = drawn();
                        }
                        *kept
                    }
                    None => drawn(),
                }
            }
            Some(_) | None => drawn(),
        };
        (unit(words[0]), unit(words[1]))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pipeline;
    use crate::scenario;
    use std::path::Path;

    #[test]
    fn a_kept_draw_is_the_one_that_luck_gives() {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios/late-start");
        let scenario = scenario::read(&path).unwrap_or_else(|unread| panic!("{}", unread.findings));
        let checked = pipeline::check(&scenario).unwrap();
        let job = pipeline::job(&scenario, &checked);
        let luck = Luck::new(7, 3);
        let (mut kept, mut none) = (Lots::of(&job.world), Lots::none());
        let someone_new = Key::from_name("somebody new");
        for round in 0..2 {
            for i in 0..job.world.n_educators() {
                for who in [job.world.roster.educators[i].key, someone_new] {
                    for (practice, week) in [(0, 0), (1, 5), (0, job.world.horizon.n_weeks() - 1)] {
                        let drawn = luck.draw_two(who, Decision::StepUp, practice as u8, week as u16);
                        assert_eq!(kept.step(&luck, (i, who), practice, week), drawn, "round {round}");
                        assert_eq!(none.step(&luck, (i, who), practice, week), drawn);
                    }
                }
            }
        }
    }
}
