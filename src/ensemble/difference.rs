//! The difference of two means under the same luck, and how sure it is.
//!
//! Has one number a replicate from each side, gives the paired difference and, beside it, what the same
//! numbers would say had the sides not shared their luck.

use crate::ensemble::statistics::low_median_high;
use crate::ensemble::student::t_factor;
use serde::Serialize;

/// A number on both sides, and the other less the baseline.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Difference {
    /// Mean of the baseline.
    pub baseline: f64,
    /// Mean of the other side.
    pub other: f64,
    /// Mean of the replicates' differences, the other less the baseline.
    pub mean: f64,
    /// 10 %, 50 % and 90 % of the replicates' differences lie below these.
    pub quantiles: [f64; 3],
    /// The paired 90 % interval of the mean difference: d +- t(n - 1) s / sqrt(n), where d and s are mean and
    /// standard deviation of the n differences and t is the 95 % quantile of Student's distribution. Nothing
    /// of fewer than two replicates.
    pub interval: Option<[f64; 2]>,
    /// The 90 % interval of the same difference had the sides not shared their luck (Welch 1947):
    /// d +- t(v) sqrt(a / n + b / n) with the variances a and b of the sides, and Welch's degrees of freedom v.
    pub unpaired_interval: Option<[f64; 2]>,
    /// How many times as wide the unpaired interval is; nothing where the paired one has no width.
    pub times_narrower: Option<f64>,
    /// Share of the replicates in which the other side has more.
    pub ahead: f64,
    /// Share of the replicates in which both have the same.
    pub level: f64,
    /// Share of the replicates in which the other side has less.
    pub behind: f64,
    /// Replicates that are compared.
    pub n_replicates: u32,
}

impl Difference {
    /// Compares two sides; the numbers at the same place have the same luck. Nothing of no numbers.
    pub fn of(baseline: &[f64], other: &[f64]) -> Option<Difference> {
        let differences: Vec<f64> = baseline.iter().zip(other).map(|(a, b)| b - a).collect();
        let n = differences.len();
        if n == 0 {
            return None;
        }
        let (a, b, d) = (Moments::of(&baseline[..n]), Moments::of(&other[..n]), Moments::of(&differences));
        let (interval, unpaired_interval) = (d.interval(), welch(&a, &b, d.mean));
        let share = |keep: fn(&f64) -> bool| differences.iter().filter(|d| keep(d)).count() as f64 / n as f64;
        let width = |interval: &Option<[f64; 2]>| interval.map(|[low, high]| high - low);
        Some(Difference {
            baseline: a.mean,
            other: b.mean,
            mean: d.mean,
            times_narrower: width(&interval)
                .zip(width(&unpaired_interval))
                .filter(|(paired, _)| *paired > 0.0)
                .map(|(paired, unpaired)| unpaired / paired),
            interval,
            unpaired_interval,
            ahead: share(|d| *d > 0.0),
            level: share(|d| *d == 0.0),
            behind: share(|d| *d < 0.0),
            quantiles: low_median_high(differences),
            n_replicates: n as u32,
        })
    }

    /// Whether the paired interval leaves nothing out: it lies on one side of no difference.
    pub fn is_clear(&self) -> bool {
        self.interval.is_some_and(|[low, high]| low > 0.0 || high < 0.0)
    }
}

/// Mean and variance of so many numbers.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Moments {
    /// How many.
    pub n: f64,
    /// Their mean.
    pub mean: f64,
    /// Their variance, with n - 1 below the line; nothing of one number.
    pub variance: f64,
}

impl Moments {
    /// Of numbers, summed in their order.
    pub fn of(values: &[f64]) -> Moments {
        let n = values.len() as f64;
        let mean = values.iter().sum::<f64>() / n.max(1.0);
        let squares = values.iter().map(|x| (x - mean) * (x - mean)).sum::<f64>();
        Moments { n, mean, variance: squares / (n - 1.0).max(1.0) }
    }

    /// Standard error of the mean.
    pub fn error(&self) -> f64 {
        libm::sqrt(self.variance / self.n.max(1.0))
    }

    /// The 90 % interval of the mean by Student's t; nothing of fewer than two numbers.
    pub fn interval(&self) -> Option<[f64; 2]> {
        let reach = |moments: &Moments| t_factor(moments.n - 1.0) * moments.error();
        (self.n >= 2.0).then(|| around(self.mean, if self.variance > 0.0 { reach(self) } else { 0.0 }))
    }
}

fn around(mean: f64, reach: f64) -> [f64; 2] {
    [mean - reach, mean + reach]
}

fn welch(a: &Moments, b: &Moments, difference: f64) -> Option<[f64; 2]> {
    if a.n < 2.0 || b.n < 2.0 {
        return None;
    }
    let (of_a, of_b) = (a.variance / a.n, b.variance / b.n);
    let both = of_a + of_b;
    if both <= 0.0 {
        return Some(around(difference, 0.0));
    }
    let degrees = both * both / (of_a * of_a / (a.n - 1.0) + of_b * of_b / (b.n - 1.0));
    Some(around(difference, t_factor(degrees) * libm::sqrt(both)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn the_intervals_agree_with_their_arithmetic() {
        let baseline = [0.10, 0.20, 0.30, 0.40];
        let other = [0.12, 0.24, 0.36, 0.40];
        let d = Difference::of(&baseline, &other).unwrap();
        // by hand: differences 0.02 0.04 0.06 0.00, mean 0.03, variance (1 + 1 + 9 + 9) e-4 / 3 = 6.6667e-4,
        // error sqrt(6.6667e-4 / 4) = 0.0129099; t with 3 degrees is 2.353363, so the reach is 0.0303818
        let [low, high] = d.interval.unwrap();
        assert!((d.mean - 0.03).abs() < 1e-12);
        assert!((low + 0.000_381_8).abs() < 1e-6 && (high - 0.060_381_8).abs() < 1e-6, "{low} {high}");
        // by hand: variances 0.05 / 3 and (0.16² + 0.04² + 0.08² + 0.12²) / 3 = 0.016; both over 4 and added are
        // 0.0081667; degrees 0.0081667² / ((0.0041667² + 0.004²) / 3) = 5.9975; t of those is 1.943253
        let [low, high] = d.unpaired_interval.unwrap();
        assert!((high - low - 2.0 * 1.943_25 * 0.008_166_67f64.sqrt()).abs() < 2e-5, "{low} {high}");
        assert_eq!((d.ahead, d.level, d.behind), (0.75, 0.25, 0.0));
        assert!(d.times_narrower.unwrap() > 5.0 && !d.is_clear());
    }

    #[test]
    fn one_replicate_has_a_difference_and_no_interval() {
        let d = Difference::of(&[0.5], &[0.75]).unwrap();
        assert_eq!((d.mean, d.interval, d.unpaired_interval, d.times_narrower), (0.25, None, None, None));
        assert_eq!(Difference::of(&[], &[]), None);
    }

    proptest! {
        #[test]
        fn the_same_on_both_sides_differs_by_nothing_at_all(values in prop::collection::vec(-1e3..1e3f64, 2..40)) {
            let d = Difference::of(&values, &values).unwrap();
            prop_assert_eq!((d.mean, d.interval, d.level), (0.0, Some([0.0, 0.0]), 1.0));
            prop_assert_eq!(d.quantiles, [0.0; 3]);
        }

        #[test]
        fn swapping_the_sides_negates(pairs in prop::collection::vec((-1.0..1.0f64, -1.0..1.0f64), 2..40)) {
            let (a, b): (Vec<f64>, Vec<f64>) = pairs.into_iter().unzip();
            let (there, back) = (Difference::of(&a, &b).unwrap(), Difference::of(&b, &a).unwrap());
            prop_assert_eq!(there.mean, -back.mean);
            let ([low, high], [back_low, back_high]) = (there.interval.unwrap(), back.interval.unwrap());
            prop_assert_eq!((low, high), (-back_high, -back_low));
            prop_assert_eq!((there.ahead, there.level, there.behind), (back.behind, back.level, back.ahead));
        }

        #[test]
        fn a_constant_gain_is_known_without_doubt(values in prop::collection::vec(-64i32..64, 2..40), gain in 1i32..9) {
            let base: Vec<f64> = values.iter().map(|v| f64::from(*v)).collect();
            let other: Vec<f64> = base.iter().map(|v| v + f64::from(gain)).collect();
            let d = Difference::of(&base, &other).unwrap();
            let sure = f64::from(gain);
            prop_assert_eq!((d.mean, d.interval, d.ahead), (sure, Some([sure, sure]), 1.0));
        }
    }
}
