//! One week of a block: who takes a step, and what it changes.
//!
//! Shares at the start of the week drive everybody in it. Draws are made for all educators at once; capacities are
//! weighed only for those whose draw does not rule out a step. `crate::adoption` weighs everybody, one after the
//! other: it is the slow twin of this.

use crate::kernel::Answer;
use crate::kernel::Block;
use crate::kernel::GateRule;
use crate::kernel::Hours;
use crate::kernel::Rules;
use crate::kernel::Setting;
use crate::kernel::Shared;
use crate::kernel::Sharing;
use crate::kernel::block::asks_for_help;
use crate::kernel::block::bits;
use crate::kernel::block::order;
use crate::kernel::draws::Keys;
use crate::kernel::draws::Words;
use crate::kernel::draws::add_drawn;
use crate::kernel::draws::each_marked;
use crate::kernel::draws::may_move;
use crate::kernel::draws::unit;
use crate::kernel::needs;
use pulp::Arch;

/// Room that the weeks of many blocks share, one on each thread.
#[derive(Debug, Clone, Default)]
pub struct Scratch {
    words: Words,
    found: Vec<u8>,
    chances: Vec<Chance>,
    moves: Vec<Move>,
    /// Hours of support by practice, then place in the school.
    support: Vec<f32>,
    asking: Vec<Asking>,
    arch: Option<Arch>,
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
    practice: usize,
    level: u8,
    luck: f32,
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

#[derive(Debug, Clone, Copy)]
struct Asking {
    place: usize,
    disposition: f32,
    /// Hours she still needs, and her lot among equals.
    unmet: f32,
    lot: u32,
}

/// A school in a week.
struct At<'a> {
    rules: &'a Rules,
    setting: &'a Setting,
    school: usize,
    week: usize,
    part: f32,
    /// What everybody's will is moved by, by practice.
    pull: [f32; 8],
    learning_scale: f32,
    support_scale: f32,
    /// Expertise that everybody finds by practice, where support is shared by the crowd.
    crowd: [f32; 8],
    /// The place of the words of the first practice.
    first_word: usize,
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

/// Everybody learns a drawn part of the hours of the week, on the practice as a whole.
fn learn_by_luck(arch: Arch, block: &mut Block, shared: &Shared, week: usize, words: &[u32]) {
    for school in &block.schools {
        let setting = &shared.settings[school.setting];
        let people = school.people.clone();
        let most = setting.learning(0, 0, week) * block.districts[school.district].learning_scale;
        add_drawn(arch, &words[people.clone()], most, &mut block.drawn_hours[people]);
    }
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
                block.renew(shared, i);
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

fn look<'a>(block: &Block, shared: &Shared<'a>, (school, week): (usize, usize), first_word: usize) -> At<'a> {
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
    // The help of one is found without sharing out that of all, where one kind of people gives it.
    let alone = at.setting.weeks.supports.len() == 1;
    let plenty = n_waiting > 0 && alone && is_plenty(block, at);
    let each = n_waiting > 0 && alone && !plenty && at.rules.sharing == Sharing::JustInTime;
    if each {
        find_asking(block, at, 0, &lots, None, asking);
    } else if n_waiting > 0 && !plenty {
        share_out_support(block, at, &lots, asking, support);
    }
    for chance in chances.iter() {
        let place = chance.practice * people.len() + chance.i - people.start;
        let hours = if !waits(chance) {
            0.0
        } else if plenty {
            unmet_of(block, at, chance.i, chance.practice, 0)
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
fn may(block: &Block, at: &At, chance: &mut Chance) -> bool {
    let rules = at.rules;
    let step = &rules.steps[usize::from(chance.level)];
    let (i, practice) = (chance.i, chance.practice);
    let given = at.setting.given(practice, at.week);
    if step.needs & needs::WILL != 0 || chance.level == 4 {
        chance.will = will(block, at, i, practice);
    }
    let mut needed = Needed::NONE;
    if step.needs & needs::WILL != 0 {
        needed = needed.and(chance.will);
    }
    if step.needs & needs::AUTHORITY != 0 {
        needed = needed.and(given.authority);
    }
    if step.needs & needs::RESOURCES != 0 {
        needed = needed.and(resources(block, at, i, practice, step.hours));
    }
    if step.needs & needs::TEAM != 0 {
        needed = needed.and(team_routine(block, i, practice));
    }
    chance.needed = needed;
    let most = if step.needs & needs::EXPERTISE != 0 { needed.and(given.expertise_cap.min(1.0)) } else { needed };
    let gate = most.gate(rules.gate) * at.part;
    // 1 - exp(-x) is at most x: it spares the exponential.
    let up = if step.rate.is_infinite() { f32::from(u8::from(gate > 0.0)) } else { step.rate * gate };
    let down = match chance.level {
        3 => rules.fall_mechanical,
        4 => fall_from_routine(rules, chance.will),
        _ => 0.0,
    };
    chance.luck < (up + down * at.part) * (1.0 + 1e-5)
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

fn will(block: &Block, at: &At, i: usize, practice: usize) -> f32 {
    let rules = at.rules;
    let person = &block.people[i];
    let team = person.team as usize;
    let using = f32::from(block.team_using[team * block.n_practices + practice]);
    let share = using / f32::from(block.team_size[team].max(1));
    let mut raw = person.disposition + rules.will_team * share + at.pull[practice];
    if rules.will_load > 0.0 {
        raw -= rules.will_load * (at.setting.load(person.role, person.asks, at.week) - 1.0).max(0.0);
    }
    match rules.answer {
        Answer::Linear => raw.clamp(0.0, 1.0),
        Answer::Threshold => f32::from(u8::from(raw >= 0.5)),
    }
}

fn team_routine(block: &Block, i: usize, practice: usize) -> f32 {
    let team = block.people[i].team as usize;
    f32::from(block.team_routine[team * block.n_practices + practice]) / f32::from(block.team_size[team].max(1))
}

/// Expertise with hours of support.
fn expertise(block: &Block, at: &At, i: usize, practice: usize, support: f32) -> f32 {
    let raw = if at.rules.sharing == Sharing::Crowd {
        at.crowd[practice]
    } else {
        let community = community_worth(block, at, i, practice) / at.part;
        at.rules.expertise_alone + (support / at.part + community) / at.rules.expertise_need
    };
    raw.clamp(0.0, 1.0).min(at.setting.given(practice, at.week).expertise_cap)
}

/// The hours of support that a community of practice is worth to somebody this week \[h\].
fn community_worth(block: &Block, at: &At, i: usize, practice: usize) -> f32 {
    let person = &block.people[i];
    let hours = at.setting.community(person.role, person.attends, at.week) * at.learning_scale;
    if hours > 0.0 { at.rules.expertise_community * hours * team_routine(block, i, practice) } else { 0.0 }
}

fn resources(block: &Block, at: &At, i: usize, practice: usize, hours_of_step: f32) -> f32 {
    let cap = at.setting.given(practice, at.week).resources_cap;
    if hours_of_step <= 0.0 {
        return cap.min(1.0);
    }
    let hours = match at.rules.hours {
        Hours::Attended => block.hours_before(at.setting, at.learning_scale, i, practice, at.week + 1),
        Hours::DrawnWeekly => block.drawn_hours[i],
    };
    (hours / hours_of_step).min(1.0).min(cap)
}

/// Lots that break ties between equal needs: another order every week, the same in every scenario.
struct Lots<'a> {
    words: &'a Words,
    /// The place of the words of the first practice.
    first: usize,
}

impl Lots<'_> {
    /// The lot of somebody in a practice: her draw of the week, mixed so that it says nothing of whether she steps up
    /// (the finaliser of MurmurHash3).
    #[inline]
    fn of(&self, i: usize, practice: usize) -> u32 {
        let mut word = self.words.of[self.first + practice].get(i).copied().unwrap_or(0) ^ 0x9e37_79b9;
        word = (word ^ word >> 16).wrapping_mul(0x85eb_ca6b);
        word = (word ^ word >> 13).wrapping_mul(0xc2b2_ae35);
        word ^ word >> 16
    }
}

/// Finds everybody in a school who can use help of one kind, given what others have given already.
fn find_asking(block: &Block, at: &At, kind: usize, lots: &Lots, given: Option<&[f32]>, asking: &mut Vec<Asking>) {
    let people = block.schools[at.school].people.clone();
    let support = &at.setting.weeks.supports[kind];
    asking.clear();
    for (number, person) in block.people[people.clone()].iter().enumerate() {
        let can_be = person.in_progress & support.knows;
        if can_be == 0 || person.helped_by >> kind & 1 == 0 {
            continue;
        }
        for practice in bits(can_be).filter(|practice| asks_for_help(person.level[*practice])) {
            let place = practice * people.len() + number;
            let i = people.start + number;
            let help = given.map_or(0.0, |given| given[place]) + community_worth(block, at, i, practice);
            let has = (at.rules.expertise_alone + help / at.rules.expertise_need).clamp(0.0, 1.0);
            let unmet = (1.0 - has) * at.rules.expertise_need;
            if unmet > 0.0 {
                asking.push(Asking { place, disposition: person.disposition, unmet, lot: lots.of(i, practice) });
            }
        }
    }
}

/// Whether the hours of the only supporting people are enough for all who may ask, however much they need.
fn is_plenty(block: &Block, at: &At) -> bool {
    let support = &at.setting.weeks.supports[0];
    let asking: u32 = bits(support.knows).map(|practice| block.schools[at.school].asking[practice]).sum();
    let most = (1.0 - at.rules.expertise_alone) * at.rules.expertise_need;
    let each_is_given_in_full = at.rules.sharing != Sharing::Even;
    each_is_given_in_full && asking as f32 * most <= support.hours[at.week] * at.support_scale * (1.0 - 1e-5)
}

/// Hours that somebody needs for full expertise in a practice, if the supporting people of a kind help her with it.
fn unmet_of(block: &Block, at: &At, i: usize, practice: usize, kind: usize) -> f32 {
    let helps =
        block.people[i].helped_by >> kind & 1 == 1 && at.setting.weeks.supports[kind].knows >> practice & 1 == 1;
    let help = community_worth(block, at, i, practice);
    let has = (at.rules.expertise_alone + help / at.rules.expertise_need).clamp(0.0, 1.0);
    if helps { (1.0 - has) * at.rules.expertise_need } else { 0.0 }
}

/// The hours that the one in a place gets, when the largest need comes first and lots decide between equals.
fn just_in_time(at: &At, asking: &[Asking], place: usize) -> f32 {
    let hours = at.setting.weeks.supports[0].hours[at.week] * at.support_scale;
    let Some(mine) = asking.iter().find(|one| one.place == place) else { return 0.0 };
    let order = |one: &Asking| (one.lot, one.place);
    let comes_before = |one: &&Asking| one.unmet > mine.unmet || one.unmet == mine.unmet && order(one) < order(mine);
    let before: f32 = asking.iter().filter(comes_before).map(|one| one.unmet).sum();
    (hours - before).clamp(0.0, mine.unmet)
}

/// Shares out the hours of all supporting people in a school.
fn share_out_support(block: &Block, at: &At, lots: &Lots, asking: &mut Vec<Asking>, support: &mut Vec<f32>) {
    let n = block.schools[at.school].people.len();
    support.clear();
    support.resize(n * block.n_practices, 0.0);
    for kind in 0..at.setting.weeks.supports.len() {
        let hours = at.setting.weeks.supports[kind].hours[at.week] * at.support_scale;
        if hours > 0.0 {
            find_asking(block, at, kind, lots, Some(support), asking);
            allocate(at.rules.sharing, hours, asking, support);
        }
    }
}

/// Gives hours to those who ask, by the policy; nobody gets more than she needs.
fn allocate(sharing: Sharing, hours: f32, asking: &mut [Asking], support: &mut [f32]) {
    let plenty = asking.iter().map(|one| one.unmet).sum::<f32>() <= hours * (1.0 - 1e-5);
    match sharing {
        Sharing::Even | Sharing::Crowd => {
            let each = hours / asking.len().max(1) as f32;
            asking.iter().for_each(|one| support[one.place] += each.min(one.unmet));
            return;
        }
        _ if plenty => {
            asking.iter().for_each(|one| support[one.place] += one.unmet);
            return;
        }
        Sharing::JustInTime => asking
            .sort_unstable_by(|a, b| b.unmet.total_cmp(&a.unmet).then(a.lot.cmp(&b.lot)).then(a.place.cmp(&b.place))),
        Sharing::EarlyAdoptersFirst => {
            asking.sort_unstable_by(|a, b| b.disposition.total_cmp(&a.disposition).then(a.place.cmp(&b.place)));
        }
        Sharing::StragglersFirst => {
            asking.sort_unstable_by(|a, b| a.disposition.total_cmp(&b.disposition).then(a.place.cmp(&b.place)));
        }
    }
    let mut left = hours;
    for one in asking {
        if left <= 0.0 {
            break;
        }
        let given = one.unmet.min(left);
        support[one.place] += given;
        left -= given;
    }
}

/// What holds the educators of a school back in a week, in what they prefer of what they have not come to do by
/// routine: how many are held by will, authority, expertise, resources, and by nothing.
pub fn held_by(block: &Block, shared: &Shared, school: usize, week: usize, scratch: &mut Scratch) -> [u32; 5] {
    let mut held = [0; 5];
    let people = block.schools[school].people.clone();
    let part = shared.settings[block.schools[school].setting].weeks.part[week];
    if part <= 0.0 {
        return held;
    }
    let at = look(block, shared, (school, week), 0);
    // No draws have been made for this week: equals come in the order of their places.
    scratch.forget();
    scratch.words.of.iter_mut().for_each(Vec::clear);
    let Scratch { words, asking, support, .. } = scratch;
    share_out_support(block, &at, &Lots { words, first: 0 }, asking, support);
    for i in people.clone() {
        let person = &block.people[i];
        let looked_at = order(person.preference, block.n_practices)
            .find(|practice| person.agenda >> practice & 1 == 1 && person.level[*practice] <= 3);
        let place = looked_at.map_or(4, |practice| {
            let hours = scratch.support[practice * people.len() + i - people.start];
            binding(block, &at, (i, practice), hours)
        });
        held[place] += 1;
    }
    held
}

/// The smallest of the capacities that a step needs, the first of equals; the last place when all are full.
fn binding(block: &Block, at: &At, (i, practice): (usize, usize), support: f32) -> usize {
    let step = &at.rules.steps[usize::from(block.people[i].level[practice])];
    let mut least = (FULL, 4);
    let mut take = |needed: u8, place: usize, value: &dyn Fn() -> f32| {
        if step.needs & needed != 0 {
            let value = value();
            if value < least.0 {
                least = (value, place);
            }
        }
    };
    take(needs::WILL, 0, &|| will(block, at, i, practice));
    take(needs::AUTHORITY, 1, &|| at.setting.given(practice, at.week).authority);
    take(needs::EXPERTISE, 2, &|| expertise(block, at, i, practice, support));
    take(needs::RESOURCES, 3, &|| resources(block, at, i, practice, step.hours));
    take(needs::TEAM, 2, &|| team_routine(block, i, practice));
    least.1
}

/// Above this a capacity holds nobody back.
const FULL: f32 = 0.999;
