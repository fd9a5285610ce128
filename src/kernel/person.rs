//! A person, as far as the kernel keeps her.

use crate::kernel::Rules;
use crate::kernel::block::USING;
use crate::luck::Decision;
use crate::luck::Key;
use crate::luck::Luck;

/// Practices whose hours stand in the record itself.
pub(super) const NEAR: usize = 4;

/// Somebody, as far as it is looked at only for the few who may take a step: one record, side by side in memory. It fills
/// one line of the cache, so that looking somebody up costs one way to the memory.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
#[repr(align(64))]
pub(super) struct Person {
    pub level: [u8; 8],
    /// Hours of learning in her account, of the first practices \[h\].
    pub hours: [f32; NEAR],
    pub disposition: f32,
    /// Hours a week that her practices ask for \[h/week\].
    pub asks: f32,
    pub team: u32,
    /// Practices in her order of preference, in fours of bits.
    pub preference: u32,
    pub load_sum: f32,
    pub experience: f32,
    pub weight: f32,
    /// The week up to which hours and load are in the accounts.
    pub since: u16,
    pub load_since: u16,
    pub role: u8,
    pub suits: u8,
    pub helped_by: u8,
    pub attends: u8,
    /// Practices on levels 1 to 3, as a set of bits.
    pub in_progress: u8,
    /// Practices in which she may take a step, as a set of bits.
    pub agenda: u8,
}

impl Person {
    /// Her highest level over all practices.
    #[inline]
    pub fn highest(&self) -> u8 {
        self.level.iter().copied().fold(0, u8::max)
    }
}

/// Models of which somebody uses all practices that suit her, as a set of bits.
#[inline]
pub(super) fn models_of(rules: &Rules, person: &Person) -> u8 {
    let mut all = 0;
    for (model, of) in rules.models.iter().enumerate() {
        let suited = of & person.suits;
        let uses = suited != 0 && bits(suited).all(|practice| person.level[practice] >= USING);
        all |= u8::from(uses) << model;
    }
    all
}

/// Whether somebody may take up a practice that she has not begun.
#[inline]
pub(super) fn is_open(rules: &Rules, person: &Person, practice: usize) -> bool {
    let after = rules.practices[practice].after;
    person.suits >> practice & 1 == 1 && bits(after).all(|before| person.level[before] >= USING)
}

/// Whether an educator can use help on a level: before and while she begins to use the practice.
#[inline]
pub(super) fn asks_for_help(level: u8) -> bool {
    level == 2 || level == 3
}

/// The places of the bits that are set.
#[inline]
pub(super) fn bits(mut set: u8) -> impl Iterator<Item = usize> {
    std::iter::from_fn(move || {
        (set != 0).then(|| {
            let place = set.trailing_zeros() as usize;
            set &= set - 1;
            place
        })
    })
}

/// Practices in an order of preference that is packed in fours of bits.
#[inline]
pub(super) fn order(packed: u32, n_practices: usize) -> impl Iterator<Item = usize> {
    (0..n_practices).map(move |place| (packed >> (4 * place) & 15) as usize)
}

/// Years of experience of somebody who is there at the start: a band by its share, then a year inside it.
pub(super) fn experience_at_start(rules: &Rules, luck: &Luck, person: Key) -> f32 {
    let (which, inside) = luck.draw_two(person, Decision::Experience, 0, 0);
    let (which, inside) = (which as f32, inside as f32);
    let total: f32 = rules.turnover.iter().map(|band| band.share_of_staff).sum();
    let mut below = 0.0;
    for (place, band) in rules.turnover.iter().enumerate() {
        below += band.share_of_staff;
        if which * total <= below || place + 1 == rules.turnover.len() {
            let to = rules.turnover.get(place + 1).map_or(band.from_years + LAST_BAND_YEARS, |next| next.from_years);
            return band.from_years + (to - band.from_years) * inside;
        }
    }
    0.0
}

/// The last band has no end; only its beginning matters to turnover.
const LAST_BAND_YEARS: f32 = 20.0;
