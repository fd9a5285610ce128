//! Sobol' indices: the share of an outcome's variance that each input explains.
//!
//! First order by the estimator of Saltelli and others (2010), table 2 (b); total by that of Jansen (1999).

use crate::sensitivity::Unmeasured;
use crate::sensitivity::bootstrap::interval_90;
use crate::sensitivity::bootstrap::resampled;
use crate::sensitivity::bootstrap::weighted_sum;
use crate::sensitivity::unmeasured::check_count;
use crate::sensitivity::unmeasured::check_finite;
use serde::Serialize;

/// Outcomes that differ by no more than this share of their size differ by rounding only.
const ROUNDING: f64 = 1e-12;

/// Two rows are the fewest that have a spread.
const FEWEST_ROWS: usize = 2;

/// A number and how sure it is.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Estimate {
    /// Share of the variance. Small ones may come out a little below 0; they are not cut off, which would bias them.
    pub value: f64,
    /// Its 90 % bootstrap interval over rows of the design. Rows of a Sobol' sequence are more even than rows drawn
    /// freely, so that it is rather too wide than too narrow. Nothing where no resample has any spread.
    pub interval: Option<[f64; 2]>,
}

/// The indices of one input.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct InputIndices {
    /// Number of the input, from 0.
    pub input: usize,
    /// Share of the variance that would go if this input alone were known.
    pub first: Estimate,
    /// Share of the variance that would stay if all inputs but this one were known: with its interactions.
    pub total: Estimate,
}

/// What a Saltelli design tells about an outcome.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct SobolIndices {
    /// Rows of the design.
    pub n_rows: usize,
    /// Mean of the outcome.
    pub mean: f64,
    /// Variance of the outcome, in the square of its unit.
    pub variance: f64,
    /// The indices of each input, in order; nothing where the outcome does not vary, so that there is nothing to share.
    pub inputs: Option<Vec<InputIndices>>,
}

/// The indices of d inputs from the outcomes of [`saltelli_design`](crate::designs::saltelli_design), block by block.
///
/// # Errors
/// When the outcomes are not d + 2 equal blocks of at least two rows, or one is not finite.
pub fn sobol_indices(outcomes: &[f64], d: usize, seed: u64) -> Result<SobolIndices, Unmeasured> {
    let n = outcomes.len() / (d + 2);
    if n < FEWEST_ROWS {
        return Err(Unmeasured::TooFew { what: "rows", have: n, fewest: FEWEST_ROWS });
    }
    check_count("outcomes", outcomes.len(), n * (d + 2))?;
    check_finite("outcome", outcomes)?;
    let mean = outcomes[..2 * n].iter().sum::<f64>() / (2 * n) as f64;
    let rows = Rows::of(outcomes, n, mean);
    let variance = rows.variance(&vec![1.0; n]);
    let inputs = if is_constant(outcomes) { None } else { indices(&rows, variance, seed) };
    Ok(SobolIndices { n_rows: n, mean, variance: if inputs.is_some() { variance } else { 0.0 }, inputs })
}

/// What each row adds to the sums behind the indices; outcomes are taken from their mean.
struct Rows {
    sums: Vec<f64>,
    squares: Vec<f64>,
    /// For each input: B times the crossed block less A (Saltelli and others).
    first: Vec<Vec<f64>>,
    /// For each input: half the square of A less the crossed block (Jansen).
    total: Vec<Vec<f64>>,
}

impl Rows {
    fn of(outcomes: &[f64], n: usize, mean: f64) -> Rows {
        // From the difference of a crossed block and A the mean drops out by itself; B is centred to lose noise.
        let (a, rest) = outcomes.split_at(n);
        let (b, crossed) = rest.split_at(n);
        let both = || a.iter().zip(b).map(|(a, b)| (a - mean, b - mean));
        let first = |c: &[f64]| (0..n).map(|row| (b[row] - mean) * (c[row] - a[row])).collect();
        let total = |c: &[f64]| (0..n).map(|row| 0.5 * (a[row] - c[row]) * (a[row] - c[row])).collect();
        Rows {
            sums: both().map(|(a, b)| 0.5 * (a + b)).collect(),
            squares: both().map(|(a, b)| 0.5 * (a * a + b * b)).collect(),
            first: crossed.chunks(n).map(first).collect(),
            total: crossed.chunks(n).map(total).collect(),
        }
    }

    fn variance(&self, times: &[f64]) -> f64 {
        let n = times.len() as f64;
        let mean = weighted_sum(times, &self.sums) / n;
        weighted_sum(times, &self.squares) / n - mean * mean
    }

    /// First and total index of each input; nothing where the variance is not above the least.
    fn shares(&self, times: &[f64], least_variance: f64) -> Option<Vec<[f64; 2]>> {
        let variance = Some(self.variance(times)).filter(|v| *v > least_variance)?;
        let share = |products: &[f64]| weighted_sum(times, products) / (times.len() as f64 * variance);
        Some(self.first.iter().zip(&self.total).map(|(first, total)| [share(first), share(total)]).collect())
    }
}

fn indices(rows: &Rows, variance: f64, seed: u64) -> Option<Vec<InputIndices>> {
    let n = rows.sums.len();
    let values = rows.shares(&vec![1.0; n], 0.0)?;
    // A resample may by chance hold equal outcomes only: it says nothing about shares.
    let resamples = resampled(n, seed, |times| rows.shares(times, ROUNDING * variance));
    let resamples: Vec<Vec<[f64; 2]>> = resamples.into_iter().flatten().collect();
    let estimate = |input: usize, order: usize| Estimate {
        value: values[input][order],
        interval: interval_90(resamples.iter().map(|shares| shares[input][order]).collect()),
    };
    Some(
        (0..values.len())
            .map(|input| InputIndices { input, first: estimate(input, 0), total: estimate(input, 1) })
            .collect(),
    )
}

fn is_constant(outcomes: &[f64]) -> bool {
    let most = outcomes.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    let least = outcomes.iter().copied().fold(f64::INFINITY, f64::min);
    most - least <= ROUNDING * most.abs().max(least.abs())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::designs::Scramble;
    use crate::designs::saltelli_design;
    use proptest::prelude::*;
    use std::f64::consts::PI;

    fn outcomes(n: usize, d: usize, f: impl Fn(&[f64]) -> f64) -> Vec<f64> {
        saltelli_design(n, d, Scramble::Owen { seed: 6 }).unwrap().iter().map(|point| f(point)).collect()
    }

    fn check(found: &SobolIndices, known: &[[f64; 2]], tolerance: f64) {
        for (input, known) in found.inputs.as_ref().unwrap().iter().zip(known) {
            for (estimate, known) in [input.first, input.total].iter().zip(known) {
                assert!((estimate.value - known).abs() < tolerance, "input {}: {estimate:?}", input.input);
                let [low, high] = estimate.interval.unwrap();
                assert!(low <= *known && *known <= high, "input {}: {estimate:?} without {known}", input.input);
            }
        }
    }

    fn ishigami(point: &[f64]) -> f64 {
        let [x, y, z] = [0, 1, 2].map(|i: usize| PI * (2.0 * point[i] - 1.0));
        x.sin() + 7.0 * y.sin() * y.sin() + 0.1 * z.powi(4) * x.sin()
    }

    #[test]
    fn the_function_of_ishigami_has_its_known_indices() {
        let found = sobol_indices(&outcomes(4096, 3, ishigami), 3, 1).unwrap();
        check(&found, &[[0.3139, 0.5576], [0.4424, 0.4424], [0.0, 0.2437]], 0.02);
        // by hand: mean a / 2; variance a^2/8 + b pi^4 / 5 + b^2 pi^8 / 18 + 1/2
        let variance = 49.0 / 8.0 + 0.1 * PI.powi(4) / 5.0 + 0.01 * PI.powi(8) / 18.0 + 0.5;
        assert!((found.mean - 3.5).abs() < 0.02 && (found.variance / variance - 1.0).abs() < 0.02);
    }

    #[test]
    fn the_g_function_of_sobol_has_its_known_indices() {
        let weights = [0.0, 1.0, 4.5, 9.0, 99.0, 99.0];
        let one = |(x, a): (&f64, &f64)| ((4.0 * x - 2.0).abs() + a) / (1.0 + a);
        let found = sobol_indices(&outcomes(4096, 6, |p| p.iter().zip(&weights).map(one).product()), 6, 1).unwrap();
        // by hand: each factor has mean 1 and variance v = 1/3 / (1 + a)^2, and the factors are independent
        let of_factor: Vec<f64> = weights.iter().map(|a| 1.0 / 3.0 / (1.0 + a) / (1.0 + a)).collect();
        let squares: f64 = of_factor.iter().map(|v| 1.0 + v).product();
        let known = |v: &f64| [v / (squares - 1.0), v * squares / (1.0 + v) / (squares - 1.0)];
        check(&found, &of_factor.iter().map(known).collect::<Vec<_>>(), 0.02);
    }

    #[test]
    fn an_outcome_that_does_not_vary_says_so() {
        for constant in [0.0, 0.1, 1e9] {
            let found = sobol_indices(&outcomes(64, 4, |_| constant), 4, 1).unwrap();
            assert_eq!((found.inputs, found.variance), (None, 0.0));
        }
    }

    #[test]
    fn a_rare_outcome_gives_no_number_that_is_none() {
        // One row of 64 differs: four of ten resamples do not draw it and have no variance.
        let mut rare = vec![0.0; 64 * 4];
        rare[5] = 1.0;
        let found = sobol_indices(&rare, 2, 1).unwrap().inputs.unwrap();
        let all = found.iter().flat_map(|i| [i.first, i.total]);
        assert!(all.flat_map(|e| [e.value, e.interval.unwrap()[0], e.interval.unwrap()[1]]).all(f64::is_finite));
    }

    #[test]
    fn outcomes_of_no_design_are_refused() {
        assert!(matches!(sobol_indices(&[1.0; 5], 2, 0), Err(Unmeasured::TooFew { have: 1, .. })));
        assert!(matches!(sobol_indices(&[1.0; 9], 2, 0), Err(Unmeasured::NotTheDesign { have: 9, need: 8, .. })));
        assert!(matches!(sobol_indices(&[f64::NAN; 8], 2, 0), Err(Unmeasured::NotFinite { number: 0, .. })));
    }

    #[test]
    fn the_same_seed_gives_the_same_intervals() {
        let outcomes = outcomes(128, 3, ishigami);
        assert_eq!(sobol_indices(&outcomes, 3, 9), sobol_indices(&outcomes, 3, 9));
        assert_ne!(sobol_indices(&outcomes, 3, 9), sobol_indices(&outcomes, 3, 10));
    }

    /// The slow twin: indices of the first input from two nested loops over a grid of a function of two inputs.
    fn by_brute_force(f: impl Fn(f64, f64) -> f64) -> [f64; 2] {
        let grid: Vec<f64> = (0..200).map(|k| (f64::from(k) + 0.5) / 200.0).collect();
        let mean = |values: &[f64]| values.iter().sum::<f64>() / values.len() as f64;
        let variance = |values: &[f64]| mean(&values.iter().map(|v| v * v).collect::<Vec<_>>()) - mean(values).powi(2);
        let along_y = |x: f64| grid.iter().map(|y| f(x, *y)).collect::<Vec<f64>>();
        let along_x = |y: f64| grid.iter().map(|x| f(*x, y)).collect::<Vec<f64>>();
        let whole = variance(&grid.iter().flat_map(|x| along_y(*x)).collect::<Vec<f64>>());
        let first = variance(&grid.iter().map(|x| mean(&along_y(*x))).collect::<Vec<f64>>());
        let total = mean(&grid.iter().map(|y| variance(&along_x(*y))).collect::<Vec<f64>>());
        [first / whole, total / whole]
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(12))]
        #[test]
        fn they_agree_with_the_slow_twin_of_nested_loops(a in -2.0..2.0f64, b in 0.5..2.0f64, c in -3.0..3.0f64) {
            let f = |x: f64, y: f64| a * x + b * y * y + c * x * y;
            let found = sobol_indices(&outcomes(2048, 2, |p| f(p[0], p[1])), 2, 1).unwrap().inputs.unwrap();
            let [first, total] = by_brute_force(f);
            prop_assert!((found[0].first.value - first).abs() < 0.02, "{} {first}", found[0].first.value);
            prop_assert!((found[0].total.value - total).abs() < 0.02, "{} {total}", found[0].total.value);
        }

        #[test]
        fn shifting_and_stretching_an_outcome_changes_no_share(shift in -1e3..1e3f64, stretch in 0.1..10.0f64) {
            let plain = outcomes(64, 3, ishigami);
            let moved: Vec<f64> = plain.iter().map(|y| shift + stretch * y).collect();
            let of = |outcomes: &[f64]| sobol_indices(outcomes, 3, 1).unwrap().inputs.unwrap();
            for (a, b) in of(&plain).iter().zip(of(&moved)) {
                prop_assert!((a.first.value - b.first.value).abs() < 1e-8 && (a.total.value - b.total.value).abs() < 1e-8);
            }
        }
    }
}
