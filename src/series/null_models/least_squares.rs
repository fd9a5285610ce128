//! The search for the least sum of squares within bounds.
//!
//! The optimiser is `rmpfit`, a Rust port of MPFIT (Markwardt 2009): it keeps bounds, tells the covariance, has no
//! dependencies of its own, and takes no randomness.

use rmpfit::MPConfig;
use rmpfit::MPFitter;
use rmpfit::MPPar;
use rmpfit::MPResult;
use rmpfit::MPSide;

/// The range of a parameter; a range without width holds it fixed.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Bounds {
    /// The least value.
    pub low: f64,
    /// The greatest value.
    pub high: f64,
}

/// How finely a search looks.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Search {
    /// Step of a parameter when slopes are taken, as a part of its range. A simulator with luck needs a coarse
    /// one, a formula none (0: chosen by the precision of numbers).
    pub step: f64,
    /// Most rounds of the search.
    pub rounds: usize,
}

/// The best point of a search.
#[derive(Debug, Clone, PartialEq)]
pub struct Minimum {
    /// Parameters.
    pub at: Vec<f64>,
    /// Sum of squared deviations.
    pub sum_of_squares: f64,
    /// Covariance of the parameters if each deviation has a variance of 1, row by row; 0 for what is fixed.
    pub covariance: Vec<f64>,
}

/// The least sum of squares that any start leads to; nothing where no start leads anywhere.
///
/// `deviations` fills its second argument, `n` long.
pub fn minimise(
    starts: &[Vec<f64>],
    bounds: &[Bounds],
    n: usize,
    search: Search,
    mut deviations: impl FnMut(&[f64], &mut [f64]),
) -> Option<Minimum> {
    let mut problem = Problem {
        deviations: &mut deviations,
        n,
        parameters: bounds.iter().map(|bounds| parameter(bounds, search)).collect(),
        config: MPConfig { max_iter: search.rounds, ..MPConfig::new() },
    };
    let mut best: Option<Minimum> = None;
    for start in starts {
        let mut at: Vec<f64> = start.iter().zip(bounds).map(|(x, b)| x.clamp(b.low, b.high)).collect();
        let Ok(status) = problem.mpfit(&mut at) else { continue };
        if best.as_ref().is_none_or(|best| status.best_norm < best.sum_of_squares) {
            best = Some(Minimum { at, sum_of_squares: status.best_norm, covariance: status.covar });
        }
    }
    best
}

fn parameter(bounds: &Bounds, search: Search) -> MPPar {
    MPPar {
        fixed: bounds.low >= bounds.high,
        limited_low: true,
        limited_up: true,
        limit_low: bounds.low,
        limit_up: bounds.high,
        step: search.step * (bounds.high - bounds.low),
        side: MPSide::Auto,
        ..MPPar::new()
    }
}

struct Problem<'a, D> {
    deviations: &'a mut D,
    n: usize,
    parameters: Vec<MPPar>,
    config: MPConfig,
}

impl<D: FnMut(&[f64], &mut [f64])> MPFitter for Problem<'_, D> {
    fn eval(&mut self, params: &[f64], deviates: &mut [f64]) -> MPResult<()> {
        (self.deviations)(params, deviates);
        Ok(())
    }

    fn number_of_points(&self) -> usize {
        self.n
    }

    fn config(&self) -> &MPConfig {
        &self.config
    }

    fn parameters(&self) -> &[MPPar] {
        &self.parameters
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const FINE: Search = Search { step: 0.0, rounds: 200 };

    #[test]
    fn the_valley_of_rosenbrock_is_walked_to_its_end() {
        let bounds = [Bounds { low: -5.0, high: 5.0 }; 2];
        let found = minimise(&[vec![-1.2, 1.0]], &bounds, 2, FINE, |x, out| {
            out[0] = 10.0 * (x[1] - x[0] * x[0]);
            out[1] = 1.0 - x[0];
        });
        let found = found.unwrap();
        assert!((found.at[0] - 1.0).abs() < 1e-6 && (found.at[1] - 1.0).abs() < 1e-6);
    }

    #[test]
    fn bounds_are_kept_and_fixed_parameters_stay() {
        let bounds = [Bounds { low: 0.0, high: 2.0 }, Bounds { low: 3.0, high: 3.0 }];
        let found = minimise(&[vec![1.0, 9.0]], &bounds, 2, FINE, |x, out| {
            out[0] = x[0] - 5.0;
            out[1] = x[1];
        });
        assert_eq!(found.unwrap().at, [2.0, 3.0]);
    }

    #[test]
    fn without_a_start_nothing_is_found() {
        assert_eq!(minimise(&[], &[], 0, FINE, |_, _| {}), None);
    }
}
