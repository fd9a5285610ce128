//! Help: who gets how many hours of scarce support.

use crate::kernel::Block;
use crate::kernel::Sharing;
use crate::kernel::capacities::community_of;
use crate::kernel::capacities::community_worth;
use crate::kernel::capacities::team_routine;
use crate::kernel::draws::FOUR;
use crate::kernel::draws::Words;
use crate::kernel::person::bits;
use crate::kernel::view::At;

/// Somebody who can use help with a practice.
#[derive(Debug, Clone, Copy)]
pub(super) struct Asking {
    place: usize,
    disposition: f32,
    /// Hours she still needs, and her lot among equals.
    unmet: f32,
    lot: u32,
}

/// Lots that break ties between equal needs: another order every week, the same in every scenario.
pub(super) struct Lots<'a> {
    pub(super) words: &'a Words,
    pub(super) week: usize,
}

impl Lots<'_> {
    /// The lot of somebody in a practice: her draws of the week, mixed so that it says nothing of whether she steps up
    /// (the finaliser of MurmurHash3).
    #[inline]
    fn of(&self, i: usize, practice: usize) -> u32 {
        let leading = self.words.leading(practice / FOUR, self.week).get(i).copied().unwrap_or_default();
        let mut word = u32::from_le_bytes(leading) ^ 0x9e37_79b9u32.rotate_left(practice as u32);
        word = (word ^ word >> 16).wrapping_mul(0x85eb_ca6b);
        word = (word ^ word >> 13).wrapping_mul(0xc2b2_ae35);
        word ^ word >> 16
    }
}

/// Finds everybody in a school who can use help of one kind, given what others have given already.
pub(super) fn find_asking(
    block: &Block,
    at: &At,
    kind: usize,
    lots: &Lots,
    given: Option<&[f32]>,
    asking: &mut Vec<Asking>,
) {
    let people = block.schools[at.school].people.clone();
    let support = &at.setting.weeks.supports[kind];
    asking.clear();
    for (number, asks) in block.asks[people.clone()].iter().enumerate() {
        let can_be = asks & support.knows;
        if can_be == 0 {
            continue;
        }
        let i = people.start + number;
        let person = &block.people[i];
        if person.helped_by >> kind & 1 == 0 {
            continue;
        }
        let worth = community_of(person, at);
        for practice in bits(can_be) {
            let place = practice * people.len() + number;
            let community = if worth > 0.0 { worth * team_routine(block, person, practice) } else { 0.0 };
            let help = given.map_or(0.0, |given| given[place]) + community;
            let has = (at.rules.expertise_alone + help / at.rules.expertise_need).clamp(0.0, 1.0);
            let unmet = (1.0 - has) * at.rules.expertise_need;
            if unmet > 0.0 {
                asking.push(Asking { place, disposition: person.disposition, unmet, lot: lots.of(i, practice) });
            }
        }
    }
}

/// A kind of supporting people whose hours are enough for all who may ask them, however much they need: whoever they
/// help has full help, whatever the others give.
#[inline]
pub(super) fn kind_with_plenty(block: &Block, at: &At) -> Option<usize> {
    let most = (1.0 - at.rules.expertise_alone) * at.rules.expertise_need;
    let asking = &block.schools[at.school].asking;
    let is_plenty = |kind: &usize| {
        let support = &at.setting.weeks.supports[*kind];
        let n_asking: u32 = bits(support.knows).map(|practice| asking[practice]).sum();
        n_asking as f32 * most <= support.hours[at.week] * at.support_scale * (1.0 - 1e-5)
    };
    // Equal parts are not more where some need less.
    let may_be = at.rules.sharing != Sharing::Even;
    (0..at.setting.weeks.supports.len()).filter(|_| may_be).find(is_plenty)
}

/// Whether supporting people of a kind help somebody with a practice.
#[inline]
pub(super) fn helps(block: &Block, at: &At, kind: usize, i: usize, practice: usize) -> bool {
    let knows = at.setting.weeks.supports[kind].knows;
    block.people[i].helped_by >> kind & 1 == 1 && knows >> practice & 1 == 1
}

/// Hours that somebody needs for full expertise in a practice.
#[inline]
pub(super) fn unmet_of(block: &Block, at: &At, i: usize, practice: usize) -> f32 {
    let help = community_worth(block, at, i, practice);
    let has = (at.rules.expertise_alone + help / at.rules.expertise_need).clamp(0.0, 1.0);
    (1.0 - has) * at.rules.expertise_need
}

/// The hours that the one in a place gets, when the largest need comes first and lots decide between equals.
#[inline]
pub(super) fn just_in_time(at: &At, asking: &[Asking], place: usize) -> f32 {
    let hours = at.setting.weeks.supports[0].hours[at.week] * at.support_scale;
    let Some(mine) = asking.iter().find(|one| one.place == place) else { return 0.0 };
    let order = |one: &Asking| (one.lot, one.place);
    let comes_before = |one: &&Asking| one.unmet > mine.unmet || one.unmet == mine.unmet && order(one) < order(mine);
    let before: f32 = asking.iter().filter(comes_before).map(|one| one.unmet).sum();
    (hours - before).clamp(0.0, mine.unmet)
}

/// Shares out the hours of all supporting people in a school.
pub(super) fn share_out_support(block: &Block, at: &At, lots: &Lots, asking: &mut Vec<Asking>, support: &mut Vec<f32>) {
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
pub(super) fn allocate(sharing: Sharing, hours: f32, asking: &mut [Asking], support: &mut [f32]) {
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
