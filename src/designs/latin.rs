//! The Latin hypercube (McKay, Beckman, Conover 1979): every stratum of every input is met once.

use crate::designs::lot_unit;
use crate::designs::shuffled;

/// n points in [0, 1)^d. Of the n equal strata of each input exactly one point lies in each; where in it, and which
/// strata meet, is drawn by lot.
///
/// An input's column depends on the seed, n and its own number only: adding inputs changes no earlier column.
pub fn latin_hypercube(n: usize, d: usize, seed: u64) -> Vec<Vec<f64>> {
    let mut points = vec![vec![0.0; d]; n];
    for input in 0..d {
        // Even columns order the strata and odd ones place the point within, so that the two share no lots.
        let column = 2 * input as u64;
        let strata = shuffled(seed, column, n);
        for (row, (point, stratum)) in points.iter_mut().zip(strata).enumerate() {
            point[input] = (stratum as f64 + lot_unit(seed, row as u64, column + 1)) / n as f64;
        }
    }
    points
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn more_inputs_leave_the_first_ones_as_they_were() {
        let (few, many) = (latin_hypercube(20, 2, 7), latin_hypercube(20, 5, 7));
        assert!(few.iter().zip(&many).all(|(a, b)| a[..] == b[..2]));
    }

    #[test]
    fn another_seed_gives_other_points_and_the_same_seed_the_same() {
        assert_eq!(latin_hypercube(9, 3, 1), latin_hypercube(9, 3, 1));
        assert_ne!(latin_hypercube(9, 3, 1), latin_hypercube(9, 3, 2));
    }

    #[test]
    fn its_mean_is_surer_than_that_of_points_drawn_freely() {
        let error = |mean: f64| (mean - 0.5) * (mean - 0.5);
        let mean = |points: &[Vec<f64>]| points.iter().map(|p| p[0]).sum::<f64>() / points.len() as f64;
        let free = |seed| (0..50).map(|row| vec![lot_unit(seed, row, 9)]).collect::<Vec<_>>();
        let latin: f64 = (0..50).map(|seed| error(mean(&latin_hypercube(50, 1, seed)))).sum();
        let freely: f64 = (0..50).map(|seed| error(mean(&free(seed)))).sum();
        // by hand: the variance of the mean is 1 / (12 n^3) against 1 / (12 n)
        assert!(latin * 100.0 < freely, "{latin} {freely}");
    }

    proptest! {
        #[test]
        fn every_stratum_of_every_input_has_exactly_one_point(n in 0usize..300, d in 0usize..8, seed: u64) {
            let points = latin_hypercube(n, d, seed);
            prop_assert_eq!(points.len(), n);
            for input in 0..d {
                let mut strata: Vec<usize> = points.iter().map(|p| (p[input] * n as f64) as usize).collect();
                strata.sort_unstable();
                prop_assert_eq!(strata, (0..n).collect::<Vec<usize>>());
            }
        }
    }
}
