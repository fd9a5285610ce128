//! Medians, bands and first weeks, over replicates.

use crate::ensemble::Band;
use crate::ensemble::Reached;

/// Ends of the band that holds the middle 80 %, and the middle.
pub const QUANTILES: [f64; 3] = [0.1, 0.5, 0.9];

/// A quantile of sorted values, linear between neighbours (type 7 of Hyndman and Fan 1996); 0 of none.
pub fn quantile(sorted: &[f64], q: f64) -> f64 {
    let Some(last) = sorted.len().checked_sub(1) else { return 0.0 };
    let place = q * last as f64;
    let (below, part) = (place.floor() as usize, place - place.floor());
    let above = (below + 1).min(last);
    sorted[below] + part * (sorted[above] - sorted[below])
}

/// Low, median and high of values in any order.
pub fn low_median_high(mut values: Vec<f64>) -> [f64; 3] {
    values.sort_by(f64::total_cmp);
    QUANTILES.map(|q| quantile(&values, q))
}

/// The band of a quantity over so many points; `at(replicate, point)` is its value.
pub fn band(n_replicates: usize, n_points: usize, at: impl Fn(usize, usize) -> f64) -> Band {
    let mut band = Band::default();
    for point in 0..n_points {
        let [low, median, high] = low_median_high((0..n_replicates).map(|r| at(r, point)).collect());
        band.low.push(low);
        band.median.push(median);
        band.high.push(high);
    }
    band
}

/// The mean of a quantity over the replicates, at each of so many points.
pub fn mean(n_replicates: usize, n_points: usize, at: impl Fn(usize, usize) -> f64) -> Vec<f64> {
    let of_point = |point| (0..n_replicates).map(|r| at(r, point)).sum::<f64>() / n_replicates.max(1) as f64;
    (0..n_points).map(of_point).collect()
}

/// When something is reached: the week of each replicate, `None` for never, in any order.
///
/// A quantile is the first week by which at least that part of the replicates has reached it.
pub fn reached(weeks: &[Option<usize>]) -> Reached {
    let mut sorted: Vec<usize> = weeks.iter().flatten().copied().collect();
    sorted.sort_unstable();
    let by = |q: f64| {
        let needed = (q * weeks.len() as f64).ceil().max(1.0) as usize;
        sorted.get(needed - 1).copied()
    };
    Reached {
        low: by(QUANTILES[0]),
        median: by(QUANTILES[1]),
        high: by(QUANTILES[2]),
        share_reaching: sorted.len() as f64 / weeks.len().max(1) as f64,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn quantiles_lie_between_their_neighbours() {
        let values = [1.0, 2.0, 4.0, 8.0, 16.0];
        assert_eq!(quantile(&values, 0.5), 4.0);
        assert!((quantile(&values, 0.1) - 1.4).abs() < 1e-12); // by hand: place 0.4 between 1 and 2
        assert!((quantile(&values, 0.9) - 12.8).abs() < 1e-12); // by hand: place 3.6 between 8 and 16
        assert_eq!(quantile(&[], 0.5), 0.0);
    }

    #[test]
    fn a_replicate_that_never_gets_there_counts_as_later_than_all_others() {
        let result = reached(&[Some(30), None, Some(10), Some(20)]);
        assert_eq!((result.low, result.median, result.high), (Some(10), Some(20), None));
        assert_eq!(result.share_reaching, 0.75);
    }

    proptest! {
        #[test]
        fn the_band_holds_the_median(values in prop::collection::vec(-1e3..1e3f64, 1..60)) {
            let [low, median, high] = low_median_high(values);
            prop_assert!(low <= median && median <= high);
        }
    }
}
