//! Lots: random numbers of designs and resamples as a pure function of a seed, a row and a column.
//!
//! The mixer is that of splitmix64 (Steele, Lea, Flood: "Fast splittable pseudorandom number generators", OOPSLA
//! 2014). Designs are laid before any replicate is run, so their lots share nothing with the luck of people.

use crate::luck::mix;

const GOLDEN: u64 = 0x9e37_79b9_7f4a_7c15;

/// 64 random bits that belong to a row and a column under a seed, and to nothing else.
#[inline]
pub fn lot(seed: u64, row: u64, column: u64) -> u64 {
    let with_row = mix(mix(seed.wrapping_add(GOLDEN)).wrapping_add(row.wrapping_mul(GOLDEN)).wrapping_add(GOLDEN));
    mix(with_row.wrapping_add(column.wrapping_mul(GOLDEN)).wrapping_add(GOLDEN))
}

/// A number strictly between 0 and 1.
///
/// It has 32 bits, so that a whole number below a million can be added to it without rounding it up to the next.
#[inline]
pub fn lot_unit(seed: u64, row: u64, column: u64) -> f64 {
    ((lot(seed, row, column) >> 32) as f64 + 0.5) / 4_294_967_296.0
}

/// One of the whole numbers 0 to n - 1; 0 where n is 0.
#[inline]
pub fn lot_below(seed: u64, row: u64, column: u64, n: usize) -> usize {
    ((u128::from(lot(seed, row, column)) * n as u128) >> 64) as usize
}

/// The whole numbers 0 to n - 1 in an order drawn by lot for a column (Fisher and Yates, Durstenfeld 1964).
pub fn shuffled(seed: u64, column: u64, n: usize) -> Vec<usize> {
    let mut order: Vec<usize> = (0..n).collect();
    for place in (1..n).rev() {
        order.swap(place, lot_below(seed, place as u64, column, place + 1));
    }
    order
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn the_mixer_gives_the_published_first_outputs_of_splitmix64() {
        // The reference generator of Vigna, seed 0: states are multiples of the golden constant.
        assert_eq!(mix(GOLDEN), 0xe220_a839_7b1d_cdaf);
        assert_eq!(mix(GOLDEN.wrapping_mul(2)), 0x6e78_9e6a_a1b9_65f4);
    }

    #[test]
    fn lots_differ_by_seed_row_and_column() {
        let base = lot(1, 2, 3);
        assert_eq!(base, lot(1, 2, 3));
        for other in [lot(2, 2, 3), lot(1, 3, 3), lot(1, 2, 4), lot(1, 3, 2), lot(2, 1, 3)] {
            assert_ne!(base, other);
        }
    }

    #[test]
    fn each_of_six_numbers_comes_up_about_as_often() {
        let mut counts = [0i32; 6];
        (0..60_000).for_each(|row| counts[lot_below(5, row, 0, 6)] += 1);
        // by hand: the standard deviation of a count is sqrt(60000 * 1/6 * 5/6) = 91
        assert!(counts.iter().all(|c| (c - 10_000).abs() < 460), "{counts:?}");
    }

    proptest! {
        #[test]
        fn a_shuffle_keeps_every_number(seed: u64, column: u64, n in 0usize..200) {
            let mut order = shuffled(seed, column, n);
            order.sort_unstable();
            prop_assert_eq!(order, (0..n).collect::<Vec<usize>>());
        }

        #[test]
        fn a_lot_lies_strictly_between_0_and_1(seed: u64, row: u64, column: u64) {
            let u = lot_unit(seed, row, column);
            prop_assert!(0.0 < u && u < 1.0);
        }
    }
}
