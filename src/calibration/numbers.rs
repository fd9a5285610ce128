//! Counter-based numbers: each is a function of what it is for, so that threads and order change nothing.
//!
//! The mixer is that of splitmix64 (Steele, Lea, Flood 2014). The rounds of a calibration have no person and no
//! week, hence no draw of the room of luck.

use crate::luck::mix;

/// What a number is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Draw {
    pub(crate) seed: u64,
    pub(crate) generation: u64,
    pub(crate) particle: u64,
}

impl Draw {
    /// The word of this draw with this number.
    pub(crate) fn word(self, number: u64) -> u64 {
        [self.seed, self.generation, self.particle, number].into_iter().fold(0x9e37_79b9_7f4a_7c15, |hash, part| {
            mix((hash ^ mix(part.wrapping_add(0x9e37_79b9_7f4a_7c15))).wrapping_add(0x9e37_79b9_7f4a_7c15))
        })
    }

    /// A number strictly between 0 and 1.
    pub(crate) fn uniform(self, number: u64) -> f64 {
        ((self.word(number) >> 12) as f64 + 0.5) / 4_503_599_627_370_496.0
    }

    /// A draw from the standard normal distribution (Box and Muller 1958).
    pub(crate) fn normal(self, number: u64) -> f64 {
        let (a, b) = (self.uniform(2 * number), self.uniform(2 * number + 1));
        libm::sqrt(-2.0 * libm::log(a)) * libm::cos(std::f64::consts::TAU * b)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_fill_the_interval_evenly() {
        let draw = |particle| Draw { seed: 1, generation: 2, particle }.uniform(0);
        let mean = (0..10_000).map(draw).sum::<f64>() / 10_000.0;
        assert!((mean - 0.5).abs() < 0.01, "{mean}"); // by hand: four standard errors are 4 * 0.289 / 100
    }

    #[test]
    fn normal_numbers_have_a_variance_of_one() {
        let draw = |particle| Draw { seed: 1, generation: 2, particle }.normal(3);
        let variance = (0..10_000).map(draw).map(|x| x * x).sum::<f64>() / 10_000.0;
        assert!((variance - 1.0).abs() < 0.06, "{variance}");
    }

    #[test]
    fn what_a_number_is_for_changes_it() {
        let words: Vec<u64> = [(1, 0, 0), (0, 1, 0), (0, 0, 1)]
            .into_iter()
            .map(|(seed, generation, particle)| Draw { seed, generation, particle }.word(0))
            .collect();
        assert!(words[0] != words[1] && words[1] != words[2] && words[0] != words[2]);
    }
}
