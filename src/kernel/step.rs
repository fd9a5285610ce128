//! One week of a block: who takes a step, and what it changes.
//!
//! Shares at the start of the week drive everybody in it. Draws are made for all educators at once; capacities are
//! weighed only for those whose draw, as far as it is known, does not rule out a step. `crate::adoption` weighs
//! everybody, one after the other: it is the slow twin of this.

use crate::kernel::Block;
use crate::kernel::Hours;
use crate::kernel::Shared;
use crate::kernel::dose::learn_by_luck;
use crate::kernel::draws::Asked;
use crate::kernel::draws::FOUR;
use crate::kernel::draws::Keys;
use crate::kernel::draws::Words;
use crate::kernel::draws::each_marked;
use crate::kernel::draws::edge;
use crate::kernel::draws::exact;
use crate::kernel::draws::may_move;
use crate::kernel::help::Asking;
use crate::kernel::person::bits;
use crate::kernel::view::look;
use crate::kernel::weigh::Chance;
use crate::kernel::weigh::weigh;
use pulp::Arch;
use std::ops::Range;

/// Room that the weeks of many blocks share, one on each thread.
#[derive(Debug, Clone, Default)]
pub struct Scratch {
    pub(super) words: Words,
    /// By fours of practices, then educator: those whose draw does not rule out a step, as a set of bits.
    marked: [Vec<u8>; 2],
    pub(super) found: Vec<Found>,
    /// Where those of each school end among those found.
    ends: Vec<usize>,
    pub(super) chances: Vec<Chance>,
    pub(super) moves: Vec<Move>,
    /// Hours of support by practice, then place in the school.
    pub(super) support: Vec<f32>,
    pub(super) asking: Vec<Asking>,
    pub(super) arch: Option<Arch>,
    /// Asks how much help everybody gets, even where it decides nothing.
    #[cfg(test)]
    pub(crate) nothing_is_settled: bool,
}

impl Scratch {
    /// Another block comes.
    pub fn forget(&mut self) {
        self.words.forget();
    }
}

/// Somebody whose draw does not rule out a step.
#[derive(Debug, Clone, Copy)]
pub(super) struct Found {
    pub(super) i: u32,
    pub(super) practice: u8,
    /// The leading byte of her draw.
    pub(super) leading: u8,
    /// Her level, or [`LEAVES`] or [`STAYS`].
    pub(super) level: u8,
}

/// In place of a level: she leaves this week.
pub(super) const LEAVES: u8 = u8::MAX;
/// In place of a level: she neither leaves nor may take a step.
pub(super) const STAYS: u8 = LEAVES - 1;

#[derive(Debug, Clone, Copy)]
pub(super) enum Move {
    To(usize, usize, u8),
    Leaves(usize),
}

/// Takes a block from the start of a week to its end.
pub fn week(block: &mut Block, shared: &Shared, week: usize, scratch: &mut Scratch) {
    let is_school = |s: &crate::kernel::School| shared.settings[s.setting].weeks.part[week] > 0.0;
    let drawn_hours = shared.rules.hours == Hours::DrawnWeekly;
    if !drawn_hours && !block.schools.iter().any(is_school) {
        return;
    }
    let arch = *scratch.arch.get_or_insert_with(Arch::new);
    let k = block.n_practices;
    let keys = Keys { low: &block.key_low, high: &block.key_high };
    scratch.words.make(arch, &shared.luck, keys, week, Asked { n_practices: k, hours: drawn_hours });
    if drawn_hours {
        learn_by_luck(arch, block, shared, week, scratch.words.hours(week, k));
    }
    for ((four, reach), marked) in block.reach.iter().enumerate().zip(&mut scratch.marked) {
        may_move(arch, scratch.words.leading(four, week), reach, marked);
    }
    find(block, shared, week, scratch);
    let mut first = 0;
    for school in 0..block.schools.len() {
        let setting = &shared.settings[block.schools[school].setting];
        let part = setting.weeks.part[week];
        let end = scratch.ends[school];
        if part > 0.0 {
            take_steps(block, shared, (school, week, part), first..end, scratch);
        }
        first = end;
    }
    block.end_of_week();
}

/// Everybody whose draw does not rule out a step, and who leaves this week.
fn find(block: &Block, shared: &Shared, week: usize, scratch: &mut Scratch) {
    let leaves = shared.rules.leaves_weekly;
    let Scratch { words, marked, found, ends, .. } = scratch;
    found.clear();
    ends.clear();
    for school in &block.schools {
        let people = school.people.clone();
        let n_fours = if shared.settings[school.setting].weeks.part[week] > 0.0 { block.reach.len() } else { 0 };
        for (four, marked) in marked.iter().enumerate().take(n_fours) {
            let words = words.leading(four, week);
            let marked = &marked[people.clone()];
            each_marked(marked, |place| {
                let i = people.start + place;
                for practice in bits(marked[place]) {
                    let leading = words[i][practice];
                    let practice = (FOUR * four + practice) as u8;
                    found.push(Found { i: i as u32, practice, leading, level: 0 });
                }
            });
        }
        ends.push(found.len());
    }
    // A loop of its own, so short that many records far apart in memory are on their way at the same time.
    for one in found.iter_mut() {
        one.level = block.people[one.i as usize].level[usize::from(one.practice)];
    }
    if leaves > 0.0 {
        for one in found.iter_mut().filter(|one| one.practice == 0) {
            let (i, leading) = (one.i as usize, one.leading);
            if edge(leading) < leaves && exact(&shared.luck, block.key(i), leading, 0, week) < leaves {
                one.level = LEAVES;
            } else if block.people[i].agenda & 1 == 0 {
                // Found only because she might have left.
                one.level = STAYS;
            }
        }
    }
}

fn take_steps(
    block: &mut Block,
    shared: &Shared,
    (school, week, part): (usize, usize, f32),
    found: Range<usize>,
    scratch: &mut Scratch,
) {
    scratch.moves.clear();
    let rules = shared.rules;
    if !found.is_empty() {
        let at = look(block, shared, (school, week));
        weigh(block, &at, found, scratch);
    }
    for n in 0..scratch.moves.len() {
        match scratch.moves[n] {
            Move::To(i, practice, level) => {
                block.settle(shared, school, i, week + 1);
                block.happened.stopped_using += u32::from(block.people[i].level[practice] > level);
                block.set_level(rules, school, i, practice, level);
                block.renew(shared, school, i);
            }
            Move::Leaves(i) => {
                block.happened.leavers += 1;
                block.replace(shared, school, i, week);
            }
        }
    }
    let of = &mut block.schools[school];
    let drawn_to = of.families_rest + (1.0 - of.families_rest) * of.experience as f32;
    of.families += rules.families_rate * part * (drawn_to - of.families);
}
