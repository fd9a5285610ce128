//! What every block and week of a replicate shares.

use crate::kernel::Rules;
use crate::kernel::Setting;
use crate::kernel::draws::reach_of;
use crate::luck::Luck;

/// What every block and week shares.
#[derive(Debug)]
pub struct Shared<'a> {
    /// The rules of the replicate.
    pub rules: &'a Rules,
    /// The settings.
    pub settings: &'a [Setting],
    /// The luck of the replicate.
    pub luck: Luck,
    /// Who attends a voluntary learning time: the chance by bit and year.
    pub attends: &'a [Vec<f32>],
    /// The chance of leaving a level in a full school week that nobody exceeds.
    pub(super) most_likely: [f32; 6],
    /// In how many 256ths of the draws somebody on a level may take a step, or leave as well, or leave only.
    pub(super) reach: [u8; 6],
    pub(super) reach_and_leaving: [u8; 6],
    pub(super) reach_of_leaving: u8,
}

impl<'a> Shared<'a> {
    /// Joins them.
    pub fn new(rules: &'a Rules, settings: &'a [Setting], luck: Luck, attends: &'a [Vec<f32>]) -> Shared<'a> {
        let most_likely: [f32; 6] = std::array::from_fn(|level| rules.most_likely(level as u8));
        let leaves = rules.leaves_weekly;
        Shared {
            rules,
            settings,
            luck,
            attends,
            most_likely,
            reach: most_likely.map(reach_of),
            reach_and_leaving: most_likely.map(|chance| reach_of(chance + leaves)),
            reach_of_leaving: reach_of(leaves),
        }
    }
}
