//! What every block and week of a replicate shares.

use crate::kernel::GateRule;
use crate::kernel::Rules;
use crate::kernel::Setting;
use crate::kernel::draws::reach_of;
use crate::kernel::needs;
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
    /// The part of that which is a step up, and whether authority holds it down in proportion.
    up: [(f32, bool); 6],
}

impl<'a> Shared<'a> {
    /// Joins them.
    pub fn new(rules: &'a Rules, settings: &'a [Setting], luck: Luck, attends: &'a [Vec<f32>]) -> Shared<'a> {
        let most_likely: [f32; 6] = std::array::from_fn(|level| rules.most_likely(level as u8));
        let in_proportion = rules.gate != GateRule::GeometricMean;
        let up = std::array::from_fn(|level| match rules.steps.get(level) {
            Some(step) => {
                let held = in_proportion && step.rate.is_finite() && step.needs & needs::AUTHORITY != 0;
                (most_likely[level] - rules.most_likely_down(level as u8), held)
            }
            None => (0.0, false),
        });
        Shared { rules, settings, luck, attends, most_likely, up }
    }

    /// In how many 256ths of the draws somebody on a level may take a step, or leave, at an authority.
    #[inline]
    pub(super) fn reach(&self, level: u8, authority: f32, leaves: f32) -> u8 {
        let (up, held) = self.up[usize::from(level)];
        let down = self.most_likely[usize::from(level)] - up;
        // A chance at most in proportion to the gate, and a little more for rounding.
        let rate = || self.rules.steps[usize::from(level)].rate;
        let up = if held { (rate() * authority * (1.0 + 1e-5)).min(up) } else { up };
        reach_of(up + down + leaves)
    }
}
