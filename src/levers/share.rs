//! Shares of replicates with their intervals, and numbers of days over replicates.
//!
//! Has counts, gives statistics. Knows no clauses.

use serde::Serialize;

/// The standard normal quantile that leaves 5 % on each side, for intervals of 90 %.
const Z_90: f64 = 1.644_853_626_951_472_2;

/// The parts of the replicates below the figures that are told.
const QUANTILES: [f64; 3] = [0.1, 0.5, 0.9];

/// A share of the replicates with the interval in which the true chance lies, with 90 % confidence.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Estimate {
    /// The share.
    pub share: f64,
    /// Low end of the interval.
    pub low: f64,
    /// High end of the interval.
    pub high: f64,
}

/// How often something breaks.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Breach {
    /// When nothing is made up.
    pub without: Estimate,
    /// After the proposed emergency days are used.
    pub after: Estimate,
}

/// A number of days over the replicates.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Days {
    /// Mean.
    pub mean: f64,
    /// A tenth of the replicates has at most so many.
    pub low: u32,
    /// Half of them has.
    pub median: u32,
    /// Nine tenths have.
    pub high: u32,
    /// None has more.
    pub most: u32,
}

/// Days that must be made up, over the replicates. A replicate in which no number of them helps counts as more than
/// any number, so that a figure may be missing.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Needed {
    /// Mean over the replicates in which some number helps; nothing where there is none.
    pub mean: Option<f64>,
    /// Half of the replicates needs at most so many.
    pub median: Option<u32>,
    /// Nine tenths do.
    pub high: Option<u32>,
    /// None needs more.
    pub most: Option<u32>,
    /// How often no number of made-up days up to those lost helps.
    pub never: Estimate,
}

impl Estimate {
    /// So many of so many (Wilson 1927).
    pub fn new(hits: usize, of: usize) -> Estimate {
        if of == 0 {
            return Estimate { share: 0.0, low: 0.0, high: 1.0 };
        }
        let (n, share) = (of as f64, hits as f64 / of as f64);
        let z2 = Z_90 * Z_90;
        let middle = (share + z2 / (2.0 * n)) / (1.0 + z2 / n);
        let half = Z_90 / (1.0 + z2 / n) * libm::sqrt(share * (1.0 - share) / n + z2 / (4.0 * n * n));
        let low = if hits == 0 { 0.0 } else { middle - half };
        let high = if hits == of { 1.0 } else { middle + half };
        Estimate { share, low, high }
    }
}

impl Days {
    /// Of numbers in any order; nothing but zeros where there are none.
    pub fn new(mut all: Vec<u32>) -> Days {
        all.sort_unstable();
        let [low, median, high] = QUANTILES.map(|q| at(&all, q).copied().unwrap_or(0));
        let mean = all.iter().map(|n| f64::from(*n)).sum::<f64>() / all.len().max(1) as f64;
        Days { mean, low, median, high, most: all.last().copied().unwrap_or(0) }
    }
}

impl Needed {
    /// Of numbers in any order; nothing for never.
    pub fn new(mut all: Vec<Option<u32>>) -> Needed {
        all.sort_unstable_by_key(|n| n.unwrap_or(u32::MAX));
        let [_, median, high] = QUANTILES.map(|q| at(&all, q).copied().flatten());
        let some: Vec<f64> = all.iter().flatten().map(|n| f64::from(*n)).collect();
        let mean = (!some.is_empty()).then(|| some.iter().sum::<f64>() / some.len() as f64);
        let never = Estimate::new(all.len() - some.len(), all.len());
        Needed { mean, median, high, most: all.last().copied().flatten(), never }
    }
}

/// The least of sorted values that so large a part of them does not exceed.
fn at<T>(sorted: &[T], part: f64) -> Option<&T> {
    let needed = (part * sorted.len() as f64).ceil().max(1.0) as usize;
    sorted.get(needed - 1)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn the_interval_of_nothing_out_of_ten_begins_at_nothing() {
        let none = Estimate::new(0, 10);
        // by hand: z squared is 2.7055, and 2.7055 / (10 + 2.7055) is 0.2129
        assert!(none.share == 0.0 && none.low == 0.0 && (none.high - 0.2129).abs() < 1e-4, "{none:?}");
        let half = Estimate::new(50, 100);
        // by hand: the middle is a half, and half the width 1.6449 / 1.02706 * sqrt(0.0025 + 0.0000676) = 0.0812
        assert!((half.high - 0.5812).abs() < 1e-4 && (half.low - 0.4188).abs() < 1e-4, "{half:?}");
    }

    #[test]
    fn quantiles_are_numbers_of_days_that_occur() {
        let days = Days::new(vec![3, 0, 1, 0, 2, 0, 1, 0, 8, 0]);
        assert_eq!((days.low, days.median, days.high, days.most, days.mean), (0, 0, 3, 8, 1.5)); // by hand: 15 of 10
        let needed = Needed::new(vec![Some(2), None, Some(0), Some(1)]);
        assert_eq!((needed.mean, needed.median, needed.high, needed.most), (Some(1.0), Some(1), None, None));
        assert_eq!(needed.never.share, 0.25);
        assert_eq!(Needed::new(vec![None]).mean, None);
    }

    proptest! {
        #[test]
        fn the_share_lies_in_its_interval(hits in 0usize..400, more in 0usize..400) {
            let n = hits + more;
            prop_assume!(n > 0);
            let e = Estimate::new(hits, n);
            prop_assert!(0.0 <= e.low && e.low <= e.share && e.share <= e.high && e.high <= 1.0, "{:?}", e);
        }
    }
}
