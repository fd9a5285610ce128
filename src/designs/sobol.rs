//! The Sobol' sequence, plain or scrambled.
//!
//! The recurrence of direction numbers is that of Bratley and Fox (ACM TOMS Algorithm 659, 1988), the order of points
//! the Gray code of Antonov and Saleev (1979).

use crate::designs::Undesigned;
use crate::designs::directions::DIRECTIONS;
use crate::designs::lot;
use crate::designs::undesigned::check_size;
use serde::Serialize;

/// The most dimensions there are direction numbers for.
pub const MOST_DIMENSIONS: usize = DIRECTIONS.len() + 1;

/// Binary digits of a coordinate; also the log of how many points there could be.
const BITS: usize = 32;

/// What is done to the digits of the sequence. All keep its balance; the last two make it unbiased.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub enum Scramble {
    /// Nothing. The first point is the corner where every input is at its least.
    Plain,
    /// Each dimension has its digits flipped by one pattern (Cranley and Patterson's shift, in digits).
    Shift {
        /// Seed of the patterns.
        seed: u64,
    },
    /// Each digit is flipped by a lot that depends on all digits before it (Owen 1995). The one to take when in doubt.
    Owen {
        /// Seed of the lots.
        seed: u64,
    },
}

/// The first n points of the sequence in [0, 1)^d, which are best balanced where n is a power of two.
///
/// # Errors
/// When there are more than [`MOST_DIMENSIONS`] dimensions, or more points than can be held.
pub fn sobol_sequence(n: usize, d: usize, scramble: Scramble) -> Result<Vec<Vec<f64>>, Undesigned> {
    if d > MOST_DIMENSIONS {
        return Err(Undesigned::TooManyDimensions { need: d, most: MOST_DIMENSIONS });
    }
    let n = check_size(Some(n))?;
    let directions: Vec<[u32; BITS]> = (0..d).map(directions_of).collect();
    let mut digits = vec![0u32; d];
    let mut points = Vec::with_capacity(n);
    for number in 0..n {
        points.push(digits.iter().enumerate().map(|(dimension, x)| scramble_one(*x, dimension, scramble)).collect());
        // The Gray codes of neighbours differ in one digit: the lowest zero of the number.
        let digit = number.trailing_ones() as usize;
        digits.iter_mut().zip(&directions).for_each(|(x, v)| *x ^= v[digit]);
    }
    Ok(points)
}

/// The direction numbers of a dimension, as 32-bit fractions.
fn directions_of(dimension: usize) -> [u32; BITS] {
    if dimension == 0 {
        return std::array::from_fn(|digit| 1 << (BITS - 1 - digit));
    }
    let (inner, first) = DIRECTIONS[dimension - 1];
    let degree = first.len();
    let mut v = [0u32; BITS];
    for digit in 0..BITS {
        v[digit] = if digit < degree {
            first[digit] << (BITS - 1 - digit)
        } else {
            let ends = v[digit - degree] ^ v[digit - degree] >> degree;
            let is_in = |k: &usize| inner >> (degree - 1 - k) & 1 == 1;
            (1..degree).filter(is_in).fold(ends, |sum, k| sum ^ v[digit - k])
        };
    }
    v
}

fn scramble_one(digits: u32, dimension: usize, scramble: Scramble) -> f64 {
    // Half a unit centres scrambled points in their cell: none is 0, and their mean is exactly as it should be.
    match scramble {
        Scramble::Plain => fraction(digits, 0.0),
        Scramble::Shift { seed } => fraction(digits ^ lot(seed, dimension as u64, 0) as u32, 0.5),
        Scramble::Owen { seed } => fraction(owen(digits, lot(seed, dimension as u64, 1)), 0.5),
    }
}

fn fraction(digits: u32, within_cell: f64) -> f64 {
    (f64::from(digits) + within_cell) / 4_294_967_296.0
}

/// Flips each digit by a lot of its own for every string of digits before it.
fn owen(digits: u32, seed: u64) -> u32 {
    (0..BITS).fold(0, |flipped, place| {
        // The digits before this one, and none before the first.
        let before = u64::from(digits) >> (BITS - place);
        let flip = (lot(seed, place as u64, before) >> 63) as u32;
        flipped | flip << (BITS - 1 - place)
    }) ^ digits
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn plain(n: usize, d: usize) -> Vec<Vec<f64>> {
        sobol_sequence(n, d, Scramble::Plain).unwrap()
    }

    /// The discrepancy of Warnock (1972) from the anchored boxes, in the mean of squares.
    fn discrepancy(points: &[Vec<f64>]) -> f64 {
        let (n, d) = (points.len() as f64, points[0].len() as i32);
        let one: f64 = points.iter().map(|p| p.iter().map(|x| (1.0 - x * x) / 2.0).product::<f64>()).sum();
        let pair = |p: &Vec<f64>, q: &Vec<f64>| p.iter().zip(q).map(|(a, b)| 1.0 - a.max(*b)).product::<f64>();
        let two: f64 = points.iter().map(|p| points.iter().map(|q| pair(p, q)).sum::<f64>()).sum();
        (3f64.powi(-d) - 2.0 / n * one + two / (n * n)).sqrt()
    }

    #[test]
    fn the_first_eight_points_of_three_dimensions_are_the_published_ones() {
        // by hand, dimension 2: m = 1, 3, 5, so v = .1, .11, .101 in binary; Gray codes add v1, v2, v1, v3, v1, v2, v1
        let by_hand = [
            [0.0, 0.0, 0.0],
            [0.5, 0.5, 0.5],
            [0.75, 0.25, 0.25],
            [0.25, 0.75, 0.75],
            [0.375, 0.375, 0.625],
            [0.875, 0.875, 0.125],
            [0.625, 0.125, 0.875],
            [0.125, 0.625, 0.375],
        ];
        assert!(plain(8, 3).iter().zip(by_hand).all(|(found, known)| found[..] == known));
    }

    #[test]
    fn a_late_point_of_high_dimensions_is_that_of_another_implementation() {
        // Point 1000 of the sequence of SciPy 1.17, which has the same direction numbers.
        let point = &plain(1001, 128)[1000];
        let known = [(0, 0.21972656), (1, 0.09667969), (5, 0.90722656), (20, 0.52246094)];
        let higher = [(63, 0.44628906), (64, 0.12988281), (100, 0.76855469), (127, 0.54394531)];
        assert!(known.iter().chain(&higher).all(|(dimension, x): &(usize, f64)| (point[*dimension] - x).abs() < 1e-8));
    }

    #[test]
    fn the_gray_code_agrees_with_the_slow_twin_that_adds_up_all_digits() {
        let directions: Vec<[u32; BITS]> = (0..20).map(directions_of).collect();
        for (number, point) in plain(300, 20).iter().enumerate() {
            let gray = number ^ number >> 1;
            for (x, v) in point.iter().zip(&directions) {
                let digits = (0..BITS).filter(|digit| gray >> digit & 1 == 1).fold(0, |sum, digit| sum ^ v[digit]);
                assert_eq!(*x, fraction(digits, 0.0));
            }
        }
    }

    #[test]
    fn it_fills_the_cube_more_evenly_than_points_drawn_freely() {
        assert!((discrepancy(&plain(256, 5)) - 0.004787772).abs() < 1e-8); // SciPy 1.17, L2-star
        // by hand: the mean square over points drawn freely is (1/2^d - 1/3^d) / n, here (1/32 - 1/243) / 256
        let freely = ((1.0 / 32.0 - 1.0 / 243.0) / 256.0f64).sqrt();
        for scramble in [Scramble::Plain, Scramble::Shift { seed: 4 }, Scramble::Owen { seed: 4 }] {
            let evenly = discrepancy(&sobol_sequence(256, 5, scramble).unwrap());
            assert!(evenly * 2.0 < freely, "{scramble:?} {evenly}");
        }
    }

    #[test]
    fn too_many_dimensions_are_refused() {
        let refused = sobol_sequence(1, MOST_DIMENSIONS + 1, Scramble::Plain);
        assert_eq!(refused, Err(Undesigned::TooManyDimensions { need: 129, most: 128 }));
        assert!(sobol_sequence(0, 3, Scramble::Plain).unwrap().is_empty());
    }

    proptest! {
        #[test]
        fn every_dimension_of_a_power_of_two_has_one_point_a_stratum(log in 0u32..9, seed: u64) {
            let n = 1usize << log;
            for scramble in [Scramble::Plain, Scramble::Shift { seed }, Scramble::Owen { seed }] {
                let points = sobol_sequence(n, 128, scramble).unwrap();
                for dimension in 0..128 {
                    let mut strata: Vec<usize> = points.iter().map(|p| (p[dimension] * n as f64) as usize).collect();
                    strata.sort_unstable();
                    prop_assert_eq!(strata, (0..n).collect::<Vec<usize>>());
                }
            }
        }

        #[test]
        fn scrambling_keeps_the_balance_of_the_first_two_dimensions(seed: u64) {
            // Sixteen points: one in each cell of every grid of 2^a by 2^(4 - a).
            let points = sobol_sequence(16, 2, Scramble::Owen { seed }).unwrap();
            for (rows, columns) in [(1, 16), (2, 8), (4, 4), (8, 2), (16, 1)] {
                let cell = |p: &Vec<f64>| (p[0] * rows as f64) as usize * columns + (p[1] * columns as f64) as usize;
                let mut cells: Vec<usize> = points.iter().map(cell).collect();
                cells.sort_unstable();
                prop_assert_eq!(cells, (0..16).collect::<Vec<usize>>());
            }
        }
    }
}
