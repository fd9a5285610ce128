//! How much of the variance of an outcome is luck, and how much comes from the inputs.
//!
//! The law of total variance: the whole variance is the mean of the variances within points and the variance of the
//! means between points. Means of a few replicates still hold luck, which is taken off by an analysis of variance.

use crate::sensitivity::Unmeasured;
use crate::sensitivity::unmeasured::check_count;
use crate::sensitivity::unmeasured::check_finite;
use serde::Serialize;

/// Fewest points, and fewest replicates of each, that have a spread.
const FEWEST: usize = 2;

/// Spread of this share of the size of outcomes is rounding.
const ROUNDING: f64 = 1e-12;

/// Whether replicates of different points share their luck.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub enum Numbers {
    /// Replicate k has the same luck at every point: what it does to all points alike is not a difference between them.
    Common,
    /// Every point has luck of its own.
    Independent,
}

/// Components of the variance of one replicate's outcome, in the square of the outcome's unit, and shares of it.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct LuckShare {
    /// Points.
    pub n_points: usize,
    /// Replicates of each.
    pub n_replicates: usize,
    /// Variance between points that their inputs explain. What luck leaves in the means is taken off; never below 0.
    pub of_inputs: f64,
    /// Mean variance within a point: luck.
    pub of_luck: f64,
    /// The part of luck that moves every point alike and so cancels in comparisons; 0 where numbers are independent.
    /// Where it comes out below 0 by chance it is 0.
    pub of_shared_luck: f64,
    /// Share of luck in the variance of a single replicate; nothing where the outcome does not vary at all.
    pub share: Option<f64>,
    /// Share of luck in the variance between the means of points: what no input can explain in an analysis of means.
    /// Nothing where the means do not vary; luck alone may come out above all there is, and then the share is 1.
    pub share_of_means: Option<f64>,
}

/// The share of luck, from the outcomes of every replicate: point by replicate.
///
/// # Errors
/// When there are fewer than two points or replicates, points have different numbers of them, or one is not finite.
pub fn luck_share(outcomes: &[Vec<f64>], numbers: Numbers) -> Result<LuckShare, Unmeasured> {
    let (n_points, n_replicates) = check(outcomes)?;
    let (k, n) = (n_points as f64, n_replicates as f64);
    let of_points: Vec<f64> = outcomes.iter().map(|replicates| mean(replicates)).collect();
    let within = outcomes.iter().map(|replicates| variance(replicates)).sum::<f64>() / k;
    let between = variance(&of_points);
    let (own, shared) = match numbers {
        Numbers::Independent => (within, 0.0),
        Numbers::Common => {
            let shared_square = variance(&of_replicates(outcomes)) * k;
            // Sums of squares of luck: all of it, less what all points share, is what each has of its own.
            let own = ((k * within - shared_square) / (k - 1.0)).max(0.0);
            (own, ((shared_square - own) / k).max(0.0))
        }
    };
    let nothing = rounding(outcomes);
    let of_inputs = (between - own / n).max(0.0);
    let share = |part: f64, whole: f64| (whole > nothing).then(|| (part / whole).min(1.0));
    Ok(LuckShare {
        n_points,
        n_replicates,
        of_inputs,
        of_luck: within,
        of_shared_luck: shared,
        share: share(within, of_inputs + within),
        share_of_means: share(own / n, between),
    })
}

fn check(outcomes: &[Vec<f64>]) -> Result<(usize, usize), Unmeasured> {
    let too_few = |what, have| Unmeasured::TooFew { what, have, fewest: FEWEST };
    let n_replicates = outcomes.first().map_or(0, Vec::len);
    if outcomes.len() < FEWEST {
        return Err(too_few("points", outcomes.len()));
    }
    if n_replicates < FEWEST {
        return Err(too_few("replicates of a point", n_replicates));
    }
    for replicates in outcomes {
        check_count("replicates of a point", replicates.len(), n_replicates)?;
        check_finite("replicate", replicates)?;
    }
    Ok((outcomes.len(), n_replicates))
}

/// The mean of each replicate over all points.
fn of_replicates(outcomes: &[Vec<f64>]) -> Vec<f64> {
    let of_one = |replicate: usize| outcomes.iter().map(|point| point[replicate]).sum::<f64>() / outcomes.len() as f64;
    (0..outcomes[0].len()).map(of_one).collect()
}

fn rounding(outcomes: &[Vec<f64>]) -> f64 {
    let size = ROUNDING * outcomes.iter().flatten().fold(0.0, |most: f64, y| most.max(y.abs()));
    size * size
}

fn mean(values: &[f64]) -> f64 {
    values.iter().sum::<f64>() / values.len() as f64
}

fn variance(values: &[f64]) -> f64 {
    let mean = mean(values);
    values.iter().map(|x| (x - mean) * (x - mean)).sum::<f64>() / (values.len() as f64 - 1.0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::designs::inverse_normal;
    use crate::designs::lot_unit;
    use proptest::prelude::*;

    fn normal(row: usize, column: usize) -> f64 {
        inverse_normal(lot_unit(77, row as u64, column as u64))
    }

    /// Points with variance 4, shared luck with variance 9, and luck of their own with variance 1.
    fn made(points: usize, replicates: usize) -> Vec<Vec<f64>> {
        let one = |p: usize, r: usize| 2.0 * normal(p, 0) + 3.0 * normal(r, 1) + normal(p, 2 + r);
        (0..points).map(|p| (0..replicates).map(|r| one(p, r)).collect()).collect()
    }

    #[test]
    fn two_points_of_two_replicates_by_hand() {
        // by hand: variances within are 2 and 2, means 1 and 5 with variance 8; independent: 8 - 2/2 = 7 of inputs
        let outcomes = [vec![0.0, 2.0], vec![4.0, 6.0]];
        let independent = luck_share(&outcomes, Numbers::Independent).unwrap();
        assert_eq!((independent.of_luck, independent.of_inputs, independent.share), (2.0, 7.0, Some(2.0 / 9.0)));
        assert_eq!(independent.share_of_means, Some(1.0 / 8.0));
        // by hand: both points rise by 2 from replicate to replicate: all luck is shared, and means are compared purely
        let common = luck_share(&outcomes, Numbers::Common).unwrap();
        assert_eq!((common.of_luck, common.of_shared_luck, common.of_inputs), (2.0, 2.0, 8.0));
        assert_eq!((common.share, common.share_of_means), (Some(0.2), Some(0.0)));
    }

    #[test]
    fn the_components_of_a_made_outcome_are_found() {
        let found = luck_share(&made(600, 600), Numbers::Common).unwrap();
        assert!((found.of_inputs - 4.0).abs() < 0.7, "{found:?}");
        assert!((found.of_luck - 10.0).abs() < 1.6 && (found.of_luck - found.of_shared_luck - 1.0).abs() < 0.05);
    }

    #[test]
    fn a_few_replicates_do_not_turn_luck_into_inputs() {
        // Only luck: the means of three replicates vary, and the correction takes it off again.
        let outcomes: Vec<Vec<f64>> = (0..2_000).map(|p| (0..3).map(|r| normal(p, 10 + r)).collect()).collect();
        for numbers in [Numbers::Common, Numbers::Independent] {
            let found = luck_share(&outcomes, numbers).unwrap();
            assert!(found.of_inputs < 0.05 && found.share.unwrap() > 0.95 && found.share_of_means.unwrap() > 0.9);
        }
    }

    #[test]
    fn an_outcome_that_does_not_vary_has_no_share() {
        let found = luck_share(&vec![vec![0.1; 7]; 9], Numbers::Common).unwrap();
        assert_eq!((found.share, found.share_of_means), (None, None));
        let sure = luck_share(&[vec![1.0; 3], vec![2.0; 3]], Numbers::Common).unwrap();
        assert_eq!((sure.share, sure.share_of_means), (Some(0.0), Some(0.0)));
    }

    #[test]
    fn too_few_or_uneven_outcomes_are_refused() {
        let refused = |outcomes: &[Vec<f64>]| luck_share(outcomes, Numbers::Common).unwrap_err();
        assert!(matches!(refused(&[]), Unmeasured::TooFew { what: "points", .. }));
        assert!(matches!(refused(&[vec![1.0, 2.0]]), Unmeasured::TooFew { what: "points", .. }));
        assert!(matches!(refused(&[vec![1.0], vec![1.0]]), Unmeasured::TooFew { have: 1, .. }));
        assert!(matches!(refused(&[vec![1.0; 2], vec![1.0; 3]]), Unmeasured::NotTheDesign { .. }));
        assert!(matches!(refused(&[vec![1.0; 2], vec![1.0, f64::NAN]]), Unmeasured::NotFinite { .. }));
    }

    proptest! {
        #[test]
        fn common_luck_agrees_with_the_slow_twin_of_residuals(outcomes in (2usize..6, 2usize..6).prop_flat_map(|(k, n)| prop::collection::vec(prop::collection::vec(-5.0..5.0f64, n), k))) {
            let (k, n) = (outcomes.len(), outcomes[0].len());
            let all = mean(&outcomes.iter().flatten().copied().collect::<Vec<f64>>());
            let columns = of_replicates(&outcomes);
            let residual = |p: usize, r: usize| outcomes[p][r] - mean(&outcomes[p]) - columns[r] + all;
            let squares: f64 = (0..k).flat_map(|p| (0..n).map(move |r| (p, r))).map(|(p, r)| residual(p, r).powi(2)).sum();
            let own = squares / ((k - 1) * (n - 1)) as f64;
            let found = luck_share(&outcomes, Numbers::Common).unwrap();
            let between = variance(&outcomes.iter().map(|point| mean(point)).collect::<Vec<f64>>());
            prop_assert!((found.of_inputs - (between - own / n as f64).max(0.0)).abs() < 1e-9);
            prop_assert!(found.share.is_some_and(|share| (0.0..=1.0).contains(&share)));
        }
    }
}
