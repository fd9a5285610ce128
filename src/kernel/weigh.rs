//! Weighing: of those whose draw does not rule out a step, who takes one.

use crate::kernel::Block;
use crate::kernel::GateRule;
use crate::kernel::Rules;
use crate::kernel::Sharing;
use crate::kernel::StepRule;
use crate::kernel::capacities::expertise;
use crate::kernel::capacities::resources;
use crate::kernel::capacities::team_routine;
use crate::kernel::capacities::will;
use crate::kernel::draws::edge;
use crate::kernel::draws::exact;
use crate::kernel::help::Lots;
use crate::kernel::help::find_asking;
use crate::kernel::help::helps;
use crate::kernel::help::just_in_time;
use crate::kernel::help::kind_with_plenty;
use crate::kernel::help::share_out_support;
use crate::kernel::help::unmet_of;
use crate::kernel::needs;
use crate::kernel::person::asks_for_help;
use crate::kernel::step::Found;
use crate::kernel::step::LEAVES;
use crate::kernel::step::Move;
use crate::kernel::step::STAYS;
use crate::kernel::step::Scratch;
use crate::kernel::view::At;
use std::ops::Range;

/// Somebody who may take a step, as far as what is weighed so far tells.
#[derive(Debug, Clone, Copy)]
pub(super) struct Chance {
    i: usize,
    practice: usize,
    level: u8,
    /// The leading byte of her draw.
    leading: u8,
    /// Her draw among those who do not leave this week; the least that it can be until it is known.
    luck: f32,
    is_known: bool,
    /// Her will, where the step or a fall asks for it.
    will: f32,
    /// The capacities that the step needs, but for expertise.
    needed: Needed,
    /// Hours of support that she gets \[h\].
    support: f32,
    /// Whether her step hangs on how much support she gets.
    waits: bool,
}

impl Chance {
    fn new(found: &Found, leaves: f32) -> Chance {
        let Found { i, practice, leading, level } = *found;
        let (i, practice) = (i as usize, usize::from(practice));
        Chance {
            i,
            practice,
            level,
            leading,
            luck: of_those_who_stay(edge(leading), practice, leaves),
            is_known: false,
            will: 0.0,
            needed: Needed::NONE,
            support: 0.0,
            waits: false,
        }
    }

    /// What her draw is at most.
    fn luck_at_most(&self, at: &At) -> f32 {
        let luck = edge(self.leading) + 1.0 / 256.0;
        of_those_who_stay(luck, self.practice, at.rules.leaves_weekly)
    }

    /// Her draw.
    fn draw(&mut self, block: &Block, at: &At) -> f32 {
        if !self.is_known {
            let draw = exact(at.luck, block.key(self.i), self.leading, self.practice, at.week);
            self.luck = of_those_who_stay(draw, self.practice, at.rules.leaves_weekly);
            self.is_known = true;
        }
        self.luck
    }
}

/// Some of the capacities that a step needs.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Needed {
    least: f32,
    product: f32,
    n: u32,
}

impl Needed {
    const NONE: Needed = Needed { least: 1.0, product: 1.0, n: 0 };

    #[inline]
    fn and(self, value: f32) -> Needed {
        Needed { least: self.least.min(value), product: self.product * value, n: self.n + 1 }
    }

    #[inline]
    fn gate(self, gate: GateRule) -> f32 {
        match gate {
            GateRule::Min => self.least,
            GateRule::Product => self.product,
            GateRule::GeometricMean if self.n == 0 => 1.0,
            GateRule::GeometricMean => libm::powf(self.product, 1.0 / self.n as f32),
        }
    }
}

/// Weighs the capacities of all whose draw does not rule out a step, and notes who takes one.
///
/// First without expertise, which somebody's help decides: how much help she gets depends on everybody's need, and is
/// asked only where it can decide something.
pub(super) fn weigh(block: &Block, at: &At, found: Range<usize>, scratch: &mut Scratch) {
    let Scratch { chances, words, support, asking, moves, .. } = scratch;
    let lots = Lots { words, week: at.week };
    likely(block, at, &scratch.found[found], chances, moves);
    let mut plenty = None;
    let mut n_waiting = 0;
    for chance in chances.iter_mut().filter(|chance| asks_for_support(at.rules, chance.level)) {
        let plenty = *plenty.get_or_insert_with(|| kind_with_plenty(block, at));
        if plenty.is_some_and(|kind| helps(block, at, kind, chance.i, chance.practice)) {
            chance.support = unmet_of(block, at, chance.i, chance.practice);
        } else {
            chance.waits = !is_settled(block, at, chance);
            #[cfg(test)]
            {
                chance.waits |= scratch.nothing_is_settled;
            }
            n_waiting += usize::from(chance.waits);
        }
    }
    // Where one kind of people helps, the hours of one are found without sharing out those of all.
    let each = at.setting.weeks.supports.len() == 1 && at.rules.sharing == Sharing::JustInTime;
    if n_waiting > 0 && each {
        find_asking(block, at, 0, &lots, None, asking);
    } else if n_waiting > 0 {
        share_out_support(block, at, &lots, asking, support);
    }
    let people = block.schools[at.school].people.clone();
    for chance in chances.iter_mut() {
        if chance.waits {
            let place = chance.practice * people.len() + chance.i - people.start;
            chance.support = if each { just_in_time(at, asking, place) } else { support[place] };
        }
        take(block, at, chance, moves);
    }
}

/// Those who may move however much help they get.
fn likely(block: &Block, at: &At, found: &[Found], chances: &mut Vec<Chance>, moves: &mut Vec<Move>) {
    chances.clear();
    for one in found {
        if one.level == LEAVES {
            moves.push(Move::Leaves(one.i as usize));
        }
        // Whoever leaves is found in her first practice first; what her draws say of the others is no newcomer's.
        let is_gone = || moves.iter().any(|other| matches!(other, Move::Leaves(i) if *i == one.i as usize));
        if one.level >= STAYS || is_gone() {
            continue;
        }
        let mut chance = Chance::new(one, at.rules.leaves_weekly);
        let most_likely = at.most_likely[usize::from(one.level)] * at.part;
        if chance.luck < most_likely && may(block, at, &mut chance) {
            chances.push(chance);
        }
    }
}

/// Whether somebody on a level has her step hang on support. Whoever is past asking for help has her own expertise and
/// that of her team.
fn asks_for_support(rules: &Rules, level: u8) -> bool {
    rules.sharing != Sharing::Crowd && asks_for_help(level) && asks_for_expertise(rules, level)
}

fn asks_for_expertise(rules: &Rules, level: u8) -> bool {
    level == 3 || rules.steps[usize::from(level)].needs & needs::EXPERTISE != 0
}

/// Whether somebody may move however much help she gets; what she needs besides is kept.
///
/// Capacities are asked one after the other, those first that the whole school has, and no more of them than are needed
/// to rule her step out: of the least and of a product, each further one only makes less.
fn may(block: &Block, at: &At, chance: &mut Chance) -> bool {
    let rules = at.rules;
    let step = &rules.steps[usize::from(chance.level)];
    let (i, practice) = (chance.i, chance.practice);
    let given = at.setting.given(practice, at.week);
    let falls = rules.gate != GateRule::GeometricMean;
    let luck = chance.luck;
    let rules_out = |needed: Needed, down: f32| luck >= (most_up(at, step, needed) + down * at.part) * (1.0 + 1e-5);
    let most_down = match chance.level {
        3 => rules.fall_mechanical,
        4 => rules.fall_routine,
        _ => 0.0,
    };
    let authority = if step.needs & needs::AUTHORITY != 0 { Some(given.authority) } else { None };
    if falls && authority.is_some_and(|value| rules_out(Needed::NONE.and(value), most_down)) {
        return false;
    }
    let mut needed = Needed::NONE;
    if step.needs & needs::WILL != 0 || chance.level == 4 {
        chance.will = will(block, at, i, practice);
    }
    let down = if chance.level == 4 { fall_from_routine(rules, chance.will) } else { most_down };
    if step.needs & needs::WILL != 0 {
        needed = needed.and(chance.will);
    }
    needed = authority.map_or(needed, |value| needed.and(value));
    if falls && rules_out(needed, down) {
        return false;
    }
    if step.needs & needs::RESOURCES != 0 {
        needed = needed.and(resources(block, at, i, practice, step.hours));
    }
    if step.needs & needs::TEAM != 0 {
        needed = needed.and(team_routine(block, &block.people[i], practice));
    }
    chance.needed = needed;
    let most = if step.needs & needs::EXPERTISE != 0 { needed.and(given.expertise_cap.min(1.0)) } else { needed };
    !rules_out(most, down)
}

/// A chance of the step that nobody exceeds who has these capacities: 1 - exp(-x) is at most x.
#[inline]
fn most_up(at: &At, step: &StepRule, needed: Needed) -> f32 {
    let gate = needed.gate(at.rules.gate) * at.part;
    if step.rate.is_infinite() { f32::from(u8::from(gate > 0.0)) } else { step.rate * gate }
}

fn fall_from_routine(rules: &Rules, will: f32) -> f32 {
    rules.fall_routine * (0.5 - will).max(0.0) * 2.0
}

/// The chances of somebody with hours of support to step up and, if she does not, to fall.
fn up_and_down(block: &Block, at: &At, chance: &Chance, support: f32) -> (f32, f32) {
    let rules = at.rules;
    let step = &rules.steps[usize::from(chance.level)];
    let (mut needed, mut down) = (chance.needed, 0.0);
    if asks_for_expertise(rules, chance.level) {
        let expertise = expertise(block, at, chance.i, chance.practice, support);
        if step.needs & needs::EXPERTISE != 0 {
            needed = needed.and(expertise);
        }
        if chance.level == 3 {
            down = rules.fall_mechanical * (1.0 - expertise);
        }
    }
    if chance.level == 4 {
        down = fall_from_routine(rules, chance.will);
    }
    (rules.chance_up(chance.level, needed.gate(rules.gate) * at.part), at.part * down)
}

/// Whether somebody's step is the same whatever support she gets: more of it makes a step up likelier and a fall less
/// likely, so that none and all that anybody needs stand at the ends.
fn is_settled(block: &Block, at: &At, chance: &mut Chance) -> bool {
    let luck = chance.draw(block, at);
    let (least_up, most_down) = up_and_down(block, at, chance, 0.0);
    if luck < least_up {
        return true;
    }
    let (most_up, _) = up_and_down(block, at, chance, at.rules.expertise_need);
    luck >= most_up + (1.0 - most_up) * most_down
}

/// The step that somebody takes, if any.
fn take(block: &Block, at: &At, chance: &mut Chance, moves: &mut Vec<Move>) {
    let (up, down) = up_and_down(block, at, chance, chance.support);
    let up_or_down = up + (1.0 - up) * down;
    if chance.luck >= up_or_down {
        return;
    }
    let luck = if chance.luck_at_most(at) <= up { chance.luck } else { chance.draw(block, at) };
    if luck < up {
        moves.push(Move::To(chance.i, chance.practice, chance.level + 1));
    } else if luck < up_or_down {
        moves.push(Move::To(chance.i, chance.practice, 1));
    }
}

/// Whoever may leave in any week does so in the first part of the draws of her first practice; the rest decides of steps.
#[inline]
fn of_those_who_stay(luck: f32, practice: usize, leaves: f32) -> f32 {
    if practice == 0 && leaves > 0.0 { (luck - leaves) / (1.0 - leaves) } else { luck }
}
