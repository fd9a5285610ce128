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
use crate::luck::Decision;
use crate::luck::Key;
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
}

#[derive(Debug, Clone, Copy)]
enum Move {
    To(usize, usize, u8),
    Leaves(usize),
}

#[derive(Debug, Clone, Copy)]
struct Asking {
    place: usize,
    practice: usize,
    disposition: f32,
    /// Hours she still needs, and her lot among equals.
    unmet: f32,
    lot: f32,
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
        add_drawn(arch, &words[people.clone()], most, &mut block.hours[0][people]);
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
        let at = look(block, shared, school, week);
        weigh(block, shared, &at, scratch);
    }
    for n in 0..scratch.moves.len() {
        match scratch.moves[n] {
            Move::To(i, practice, level) => {
                block.settle(shared, school, i, week + 1);
                block.happened.stopped_using += u32::from(block.level[practice][i] > level);
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
    let most_likely = shared.most_likely.map(|chance| chance * part);
    let Scratch { words, found, chances, moves, .. } = scratch;
    let found = &found[people.clone()];
    each_marked(found, |place| {
        let i = people.start + place;
        for practice in bits(found[place]) {
            let mut luck = unit(words.of[first + practice][i]);
            if practice == 0 && leaves > 0.0 {
                if luck < leaves {
                    moves.push(Move::Leaves(i));
                    continue;
                }
                luck = (luck - leaves) / (1.0 - leaves);
            }
            let level = block.level[practice][i];
            if block.agenda[i] >> practice & 1 == 1 && luck < most_likely[usize::from(level)] {
                chances.push(Chance { i, practice, level, luck });
            }
        }
    });
}

fn look<'a>(block: &Block, shared: &Shared<'a>, school: usize, week: usize) -> At<'a> {
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
fn weigh(block: &Block, shared: &Shared, at: &At, scratch: &mut Scratch) {
    // First with all the help there could be: how much it is depends on everybody's need, and is asked only where it
    // decides something.
    let rules = at.rules;
    let waits = |level: u8| {
        rules.sharing != Sharing::Crowd && (level == 3 || rules.steps[usize::from(level)].needs & needs::EXPERTISE != 0)
    };
    let may = |chance: &Chance| {
        !waits(chance.level) || {
            let up = rules.chance_up(chance.level, gate_of(block, at, chance, f32::INFINITY) * at.part);
            let down = at.part * chance_down(block, at, chance, 0.0);
            chance.luck < (up + down) * (1.0 + 1e-5)
        }
    };
    if scratch.chances.iter().any(|chance| waits(chance.level)) {
        scratch.chances.retain(may);
    }
    let any_waits = scratch.chances.iter().any(|chance| waits(chance.level));
    let people = block.schools[at.school].people.clone();
    if any_waits {
        share_out_support(block, shared, at, scratch);
    }
    for chance in &scratch.chances {
        let support = if any_waits && waits(chance.level) {
            scratch.support[chance.practice * people.len() + chance.i - people.start]
        } else {
            0.0
        };
        let up = rules.chance_up(chance.level, gate_of(block, at, chance, support) * at.part);
        if chance.luck < up {
            scratch.moves.push(Move::To(chance.i, chance.practice, chance.level + 1));
        } else if chance.luck < up + (1.0 - up) * at.part * chance_down(block, at, chance, support) {
            scratch.moves.push(Move::To(chance.i, chance.practice, 1));
        }
    }
}

/// The gate of the step that somebody may take, with hours of support.
fn gate_of(block: &Block, at: &At, chance: &Chance, support: f32) -> f32 {
    let step = &at.rules.steps[usize::from(chance.level)];
    let (mut least, mut product, mut n) = (1.0f32, 1.0f32, 0u32);
    let mut take = |value: f32| {
        least = least.min(value);
        product *= value;
        n += 1;
    };
    let (i, practice) = (chance.i, chance.practice);
    if step.needs & needs::WILL != 0 {
        take(will(block, at, i, practice));
    }
    if step.needs & needs::AUTHORITY != 0 {
        take(at.setting.weeks.practices[practice].authority[at.week]);
    }
    if step.needs & needs::EXPERTISE != 0 {
        take(expertise(block, at, i, practice, support));
    }
    if step.needs & needs::RESOURCES != 0 {
        take(resources(block, at, i, practice, step.hours));
    }
    if step.needs & needs::TEAM != 0 {
        take(team_routine(block, i, practice));
    }
    match at.rules.gate {
        GateRule::Min => least,
        GateRule::Product => product,
        GateRule::GeometricMean if n == 0 => 1.0,
        GateRule::GeometricMean => libm::powf(product, 1.0 / n as f32),
    }
}

/// The chance that somebody falls back to level 1 in a full school week.
fn chance_down(block: &Block, at: &At, chance: &Chance, support: f32) -> f32 {
    let (i, practice) = (chance.i, chance.practice);
    match chance.level {
        3 => at.rules.fall_mechanical * (1.0 - expertise(block, at, i, practice, support)),
        4 => at.rules.fall_routine * (0.5 - will(block, at, i, practice)).max(0.0) * 2.0,
        _ => 0.0,
    }
}

fn will(block: &Block, at: &At, i: usize, practice: usize) -> f32 {
    let rules = at.rules;
    let team = block.team[i] as usize;
    let share =
        f32::from(block.team_using[team * block.n_practices + practice]) / f32::from(block.team_size[team].max(1));
    let mut raw = block.disposition[i] + rules.will_team * share + at.pull[practice];
    if rules.will_load > 0.0 {
        raw -= rules.will_load * (at.setting.load(block.role[i], block.asks[i], at.week) - 1.0).max(0.0);
    }
    match rules.answer {
        Answer::Linear => raw.clamp(0.0, 1.0),
        Answer::Threshold => f32::from(u8::from(raw >= 0.5)),
    }
}

fn team_routine(block: &Block, i: usize, practice: usize) -> f32 {
    let team = block.team[i] as usize;
    f32::from(block.team_routine[team * block.n_practices + practice]) / f32::from(block.team_size[team].max(1))
}

/// Expertise with hours of support; infinitely many make all that is possible.
fn expertise(block: &Block, at: &At, i: usize, practice: usize, support: f32) -> f32 {
    let given = &at.setting.weeks.practices[practice];
    let raw = if at.rules.sharing == Sharing::Crowd {
        at.crowd[practice]
    } else {
        let community = community_worth(block, at, i, practice) / at.part;
        at.rules.expertise_alone + (support / at.part + community) / at.rules.expertise_need
    };
    raw.clamp(0.0, 1.0).min(given.expertise_cap[at.week])
}

/// The hours of support that a community of practice is worth to somebody this week \[h\].
fn community_worth(block: &Block, at: &At, i: usize, practice: usize) -> f32 {
    let hours = at.setting.community(block.role[i], block.attends[i], at.week) * at.learning_scale;
    if hours > 0.0 { at.rules.expertise_community * hours * team_routine(block, i, practice) } else { 0.0 }
}

fn resources(block: &Block, at: &At, i: usize, practice: usize, hours_of_step: f32) -> f32 {
    let cap = at.setting.weeks.practices[practice].resources_cap[at.week];
    if hours_of_step <= 0.0 {
        return cap.min(1.0);
    }
    let hours = match at.rules.hours {
        Hours::Attended => block.hours_before(at.setting, at.learning_scale, i, practice, at.week + 1),
        Hours::DrawnWeekly => block.hours[0][i],
    };
    (hours / hours_of_step).min(1.0).min(cap)
}

/// Shares out the hours of all supporting people in a school.
fn share_out_support(block: &Block, shared: &Shared, at: &At, scratch: &mut Scratch) {
    let people = block.schools[at.school].people.clone();
    let n = people.len();
    scratch.support.clear();
    scratch.support.resize(n * block.n_practices, 0.0);
    for (bit, support) in at.setting.weeks.supports.iter().enumerate() {
        let hours = support.hours[at.week] * at.support_scale;
        if hours <= 0.0 {
            continue;
        }
        scratch.asking.clear();
        for i in people.clone() {
            if block.helped_by[i] >> bit & 1 == 0 {
                continue;
            }
            for practice in bits(block.in_progress[i] & support.knows) {
                if !asks_for_help(block.level[practice][i]) {
                    continue;
                }
                let place = practice * n + i - people.start;
                let help = scratch.support[place] + community_worth(block, at, i, practice);
                let has = (at.rules.expertise_alone + help / at.rules.expertise_need).clamp(0.0, 1.0);
                let unmet = (1.0 - has) * at.rules.expertise_need;
                if unmet > 0.0 {
                    let disposition = block.disposition[i];
                    scratch.asking.push(Asking { place, practice, disposition, unmet, lot: 0.0 });
                }
            }
        }
        let lot = |asking: &Asking| {
            let i = people.start + asking.place % n;
            let person = Key::from_halves(block.key_low[i], block.key_high[i]);
            shared.luck.draw(person, Decision::Turn, asking.practice as u8, at.week as u16) as f32
        };
        allocate(at.rules.sharing, hours, &mut scratch.asking, &lot, &mut scratch.support);
    }
}

/// Gives hours to those who ask, by the policy; nobody gets more than she needs.
fn allocate(sharing: Sharing, hours: f32, asking: &mut [Asking], lot: &impl Fn(&Asking) -> f32, support: &mut [f32]) {
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
        Sharing::JustInTime => {
            asking.iter_mut().for_each(|one| one.lot = lot(one));
            let by_need = |a: &Asking, b: &Asking| {
                b.unmet.total_cmp(&a.unmet).then(a.lot.total_cmp(&b.lot)).then(a.place.cmp(&b.place))
            };
            asking.sort_unstable_by(by_need);
        }
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
    let at = look(block, shared, school, week);
    share_out_support(block, shared, &at, scratch);
    for i in people.clone() {
        let looked_at = order(block.preference[i], block.n_practices)
            .find(|practice| block.agenda[i] >> practice & 1 == 1 && block.level[*practice][i] <= 3);
        let place = looked_at.map_or(4, |practice| {
            let support = scratch.support[practice * people.len() + i - people.start];
            binding(block, &at, &Chance { i, practice, level: block.level[practice][i], luck: 0.0 }, support)
        });
        held[place] += 1;
    }
    held
}

/// The smallest of the capacities that a step needs, the first of equals; the last place when all are full.
fn binding(block: &Block, at: &At, chance: &Chance, support: f32) -> usize {
    let step = &at.rules.steps[usize::from(chance.level)];
    let (i, practice) = (chance.i, chance.practice);
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
    take(needs::AUTHORITY, 1, &|| at.setting.weeks.practices[practice].authority[at.week]);
    take(needs::EXPERTISE, 2, &|| expertise(block, at, i, practice, support));
    take(needs::RESOURCES, 3, &|| resources(block, at, i, practice, step.hours));
    take(needs::TEAM, 2, &|| team_routine(block, i, practice));
    least.1
}

/// Above this a capacity holds nobody back.
const FULL: f32 = 0.999;
