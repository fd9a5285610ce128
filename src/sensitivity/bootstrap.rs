//! The bootstrap (Efron 1979): how sure a number is, from drawing its own data again with replacement.

use crate::designs::lot_below;
use rayon::prelude::*;

/// Resamples behind each interval.
pub const BOOTSTRAP_ROUNDS: u64 = 1_000;

/// Share of the resamples below a 90 % interval, and above it.
const OUTSIDE: f64 = 0.05;

/// What a statistic gives on each resample of n rows, in order; a resample is how often each row was drawn.
pub(crate) fn resampled<T: Send>(n: usize, seed: u64, statistic: impl Fn(&[f64]) -> T + Sync) -> Vec<T> {
    let one = |round: u64| {
        let mut times = vec![0.0; n];
        (0..n as u64).for_each(|draw| times[lot_below(seed, round, draw, n)] += 1.0);
        statistic(&times)
    };
    (0..BOOTSTRAP_ROUNDS).into_par_iter().map(one).collect()
}

/// The 90 % interval by percentiles; nothing where there are no values.
pub(crate) fn interval_90(mut values: Vec<f64>) -> Option<[f64; 2]> {
    values.sort_by(f64::total_cmp);
    let last = values.len().checked_sub(1)?;
    let below = (OUTSIDE * last as f64).round() as usize;
    Some([values[below], values[last - below]])
}

/// The sum of numbers, each as often as it was drawn.
pub(crate) fn weighted_sum(times: &[f64], numbers: &[f64]) -> f64 {
    times.iter().zip(numbers).map(|(times, number)| times * number).sum()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::designs::inverse_normal;
    use crate::designs::lot_unit;

    #[test]
    fn each_resample_draws_as_many_rows_as_there_are() {
        let counts = resampled(17, 3, |times| times.iter().sum::<f64>());
        assert!(counts.len() == 1_000 && counts.iter().all(|c| *c == 17.0));
        assert!(resampled(0, 3, <[f64]>::len).iter().all(|n| *n == 0));
    }

    #[test]
    fn the_interval_leaves_out_a_twentieth_on_either_side() {
        assert_eq!(interval_90((0..=100).map(f64::from).collect()), Some([5.0, 95.0]));
        assert_eq!(interval_90(vec![2.0]), Some([2.0, 2.0]));
        assert_eq!(interval_90(vec![]), None);
    }

    #[test]
    fn about_nine_of_ten_intervals_of_a_mean_hold_it() {
        let holds = |seed: u64| {
            let data: Vec<f64> = (0..40).map(|row| inverse_normal(lot_unit(seed, row, 5))).collect();
            let means = resampled(40, seed, |times| weighted_sum(times, &data) / 40.0);
            interval_90(means).is_some_and(|[low, high]| low <= 0.0 && 0.0 <= high)
        };
        let held = (0..300).filter(|seed| holds(*seed)).count();
        // by hand: 270 of 300 less a little for so few rows, five standard deviations of sqrt(300 * .9 * .1) about it
        assert!((240..=296).contains(&held), "{held}");
    }
}
