//! One week of a block: who takes a step, and what it changes.
//!
//! Shares at the start of the week drive everybody in it. Draws are made for all educators at once; capacities are
//! weighed only for those whose draw does not rule out a step. `crate::adoption` weighs everybody, one after the
//! other: it is the slow twin of this.

use crate::kernel::Block;
use crate::kernel::GateRule;
use crate::kernel::Hours;
use crate::kernel::Rules;
use crate::kernel::Setting;
use crate::kernel::Shared;
use crate::kernel::Sharing;
use crate::kernel::StepRule;
use crate::kernel::capacities::expertise;
use crate::kernel::capacities::resources;
use crate::kernel::capacities::team_routine;
use crate::kernel::capacities::will;
use crate::kernel::dose::learn_by_luck;
use crate::kernel::draws::Keys;
use crate::kernel::draws::Words;
use crate::kernel::draws::each_marked;
use crate::kernel::draws::may_move;
use crate::kernel::draws::unit;
use crate::kernel::help::Asking;
use crate::kernel::help::Lots;
use crate::kernel::help::find_asking;
use crate::kernel::help::helps;
use crate::kernel::help::just_in_time;
use crate::kernel::help::kind_with_plenty;
use crate::kernel::help::share_out_support;
use crate::kernel::help::unmet_of;
use crate::kernel::needs;
use crate::kernel::person::asks_for_help;
use crate::kernel::person::bits;
use pulp::Arch;

/// Room that the weeks of many blocks share, one on each thread.
#[derive(Debug, Clone, Default)]
pub struct Scratch {
    pub(super) words: Words,
    pub(super) found: Vec<u8>,
    chances: Vec<Chance>,
    moves: Vec<Move>,
    /// Hours of support by practice, then place in the school.
    pub(super) support: Vec<f32>,
    pub(super) asking: Vec<Asking>,
    pub(super) arch: Option<Arch>,
}

impl Scratch {
    /// Another block comes.
    pub fn forget(&mut self) {
        self.words.forget();
    }
}

/// Somebody whose draw does not rule out a step.
#[derive(Debug, Clone, Copy)]
struct Chance {
    i: usize,
    luck: f32,
    practice: usize,
    level: u8,
    /// Her will, where the step or a fall asks for it.
    will: f32,
    /// The capacities that the step needs, but for expertise.
    needed: Needed,
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

#[derive(Debug, Clone, Copy)]
enum Move {
    To(usize, usize, u8),
    Leaves(usize),
}

/// A school in a week.
pub(super) struct At<'a> {
    pub(super) rules: &'a Rules,
    pub(super) setting: &'a Setting,
    pub(super) school: usize,
    pub(super) week: usize,
    pub(super) part: f32,
    /// What everybody's will is moved by, by practice.
    pub(super) pull: [f32; 8],
    pub(super) learning_scale: f32,
    pub(super) support_scale: f32,
    /// Expertise that everybody finds by practice, where support is shared by the crowd.
    pub(super) crowd: [f32; 8],
    /// The place of the words of the first practice.
    pub(super) first_word: usize,
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
    let n_words = k + usize::from(drawn_hours);
    let keys = Keys { low: &block.key_low, high: &block.key_high };
    let first = scratch.words.make(arch, &shared.luck, keys, week, n_words);
    if drawn_hours {
        learn_by_luck(arch, block, shared, week, &scratch.words.of[first + k]);
    }
    scratch.found.resize(block.n(), 0);
    let reach: [&[u8]; 8] = std::array::from_fn(|p| block.reach.get(p).map_or(&[][..], |of| of.as_slice()));
    may_move(arch, &scratch.words.of[first..first + k], &reach[..k], &mut scratch.found);
    for school in 0..block.schools.len() {
        let setting = &shared.settings[block.schools[school].setting];
        let part = setting.weeks.part[week];
        if part > 0.0 {
            take_steps(block, shared, (school, week, part), first, scratch);
        }
    }
    block.end_of_week();
}

fn take_steps(
    block: &mut Block,
    shared: &Shared,
    (school, week, part): (usize, usize, f32),
    first: usize,
    scratch: &mut Scratch,
) {
    scratch.moves.clear();
    scratch.chances.clear();
    let rules = shared.rules;
    find_chances(block, shared, (school, part), first, scratch);
    if !scratch.chances.is_empty() {
        let at = look(block, shared, (school, week), first);
        weigh(block, &at, scratch);
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

/// Everybody in a school whose draw does not rule out a step, and who leaves this week.
fn find_chances(block: &Block, shared: &Shared, (school, part): (usize, f32), first: usize, scratch: &mut Scratch) {
    let people = block.schools[school].people.clone();
    let leaves = shared.rules.leaves_weekly;
    let Scratch { words, found, chances, moves, .. } = scratch;
    let found = &found[people.clone()];
    each_marked(found, |place| {
        let i = people.start + place;
        for practice in bits(found[place]) {
            let mut luck = unit(words.of[first + practice][i]);
            let person = &block.people[i];
            // Somebody whose agenda it is not on is found in her first practice only, where she might have left.
            if practice == 0 && leaves > 0.0 {
                if luck < leaves {
                    moves.push(Move::Leaves(i));
                    continue;
                }
                luck = (luck - leaves) / (1.0 - leaves);
                if person.agenda & 1 == 0 {
                    continue;
                }
            }
            let level = person.level[practice];
            chances.push(Chance { i, practice, level, luck, will: 0.0, needed: Needed::NONE });
        }
    });
    let most_likely = shared.most_likely.map(|chance| chance * part);
    if part < 1.0 {
        chances.retain(|chance| chance.luck < most_likely[usize::from(chance.level)]);
    }
}

/// A school as everybody in it sees it in a week.
pub(super) fn look<'a>(
    block: &Block,
    shared: &Shared<'a>,
    (school, week): (usize, usize),
    first_word: usize,
) -> At<'a> {
    let of = &block.schools[school];
    let district = &block.districts[of.district];
    let rules = shared.rules;
    let setting = &shared.settings[of.setting];
    let (n, n_district) = (of.people.len().max(1) as f32, district.people.len().max(1) as f32);
    let support = rules.will_leaders * (2.0 * of.leaders - 1.0) + rules.will_families * (2.0 * of.families - 1.0);
    let mut at = At {
        rules,
        setting,
        school,
        week,
        part: setting.weeks.part[week],
        pull: [0.0; 8],
        learning_scale: district.learning_scale,
        support_scale: district.support_scale,
        crowd: [0.0; 8],
        first_word,
    };
    for practice in 0..rules.n_practices() {
        at.pull[practice] = rules.will_school * (of.using[practice] as f32 / n)
            + rules.will_district * (district.using[practice] as f32 / n_district)
            + district.outside[practice]
            + support;
    }
    if rules.sharing == Sharing::Crowd {
        at.crowd = crowd(block, &at);
    }
    at
}

/// Expertise by practice where hours are divided by the number of those who ask for them.
fn crowd(block: &Block, at: &At) -> [f32; 8] {
    let mut expertise = [0.0; 8];
    for (practice, expertise) in expertise.iter_mut().enumerate().take(at.rules.n_practices()) {
        let asking = block.schools[at.school].asking[practice];
        let knows = at.setting.weeks.supports.iter().filter(|support| support.knows >> practice & 1 == 1);
        let hours: f32 = knows.map(|support| support.hours[at.week]).sum::<f32>() * at.support_scale;
        *expertise = at.rules.expertise_alone + hours / at.part / at.rules.expertise_need / asking.max(1) as f32;
    }
    expertise
}

/// Weighs the capacities of all whose draw does not rule out a step, and notes who takes one.
///
/// First without expertise, which somebody's help decides: how much help she gets depends on everybody's need, and is
/// asked only where it can decide something.
fn weigh(block: &Block, at: &At, scratch: &mut Scratch) {
    let Scratch { chances, words, support, asking, moves, .. } = scratch;
    let lots = Lots { words, first: at.first_word };
    chances.retain_mut(|chance| may(block, at, chance));
    // Whoever is past asking for help has her own expertise and that of her team.
    let waits = |chance: &Chance| {
        let level = chance.level;
        at.rules.sharing != Sharing::Crowd && asks_for_help(level) && asks_for_expertise(at.rules, level)
    };
    let n_waiting = chances.iter().filter(|chance| waits(chance)).count();
    let people = block.schools[at.school].people.clone();
    // The help of one is found without sharing out that of all where there is enough for everybody, or where one kind
    // of people gives it.
    let alone = at.setting.weeks.supports.len() == 1;
    let plenty = if n_waiting > 0 { kind_with_plenty(block, at) } else { None };
    let in_full = |chance: &Chance| plenty.filter(|kind| helps(block, at, *kind, chance.i, chance.practice));
    let n_waiting = chances.iter().filter(|chance| waits(chance) && in_full(chance).is_none()).count();
    let each = n_waiting > 0 && alone && at.rules.sharing == Sharing::JustInTime;
    if each {
        find_asking(block, at, 0, &lots, None, asking);
    } else if n_waiting > 0 {
        share_out_support(block, at, &lots, asking, support);
    }
    for chance in chances.iter() {
        let place = chance.practice * people.len() + chance.i - people.start;
        let hours = if !waits(chance) {
            0.0
        } else if in_full(chance).is_some() {
            unmet_of(block, at, chance.i, chance.practice)
        } else if each {
            just_in_time(at, asking, place)
        } else {
            support[place]
        };
        take(block, at, chance, hours, moves);
    }
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
        needed = needed.and(team_routine(block, i, practice));
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

/// The step of somebody with hours of support, if she takes one.
fn take(block: &Block, at: &At, chance: &Chance, support: f32, moves: &mut Vec<Move>) {
    let rules = at.rules;
    let step = &rules.steps[usize::from(chance.level)];
    let (i, practice) = (chance.i, chance.practice);
    let expertise = || expertise(block, at, i, practice, support);
    let (mut needed, mut down) = (chance.needed, 0.0);
    if asks_for_expertise(rules, chance.level) {
        let expertise = expertise();
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
    let up = rules.chance_up(chance.level, needed.gate(rules.gate) * at.part);
    if chance.luck < up {
        moves.push(Move::To(i, practice, chance.level + 1));
    } else if chance.luck < up + (1.0 - up) * at.part * down {
        moves.push(Move::To(i, practice, 1));
    }
}
