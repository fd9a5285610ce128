//! The one set of parameters that agrees best with data and priors.

use crate::calibration::Parameter;
use crate::calibration::numbers::Draw;
use crate::luck::Uncertain;
use crate::series::Series;
use crate::series::null_models::Bounds;
use crate::series::null_models::Search;
use crate::series::null_models::minimise;
use serde::Serialize;

/// The best single set of parameters.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct PointFit {
    /// Parameters in the order of the list.
    pub parameters: Vec<f64>,
    /// The mean of the simulations at the times of the series.
    pub fitted: Vec<f64>,
    /// Root of the mean squared deviation, in the unit of the series.
    pub rmse: f64,
}

/// Starts of the search: the middle of the priors and draws from them.
const STARTS: usize = 6;

/// The parameters whose mean simulation over the seeds comes nearest to the series, in units of `deviation` (a
/// typical distance of an observation from the curve), without leaving normal priors further than the data pay for.
///
/// Every set of parameters is simulated under the same seeds, so that luck does not look like a slope. Nothing where
/// no start leads to finite numbers.
pub fn point_fit<S: Fn(&[f64], u64) -> Vec<f64> + Sync>(
    series: &Series,
    parameters: &[Parameter],
    deviation: f64,
    seeds: &[u64],
    simulate: &S,
) -> Option<PointFit> {
    let n = series.n_points();
    let bounds: Vec<Bounds> = parameters.iter().map(Parameter::range).map(|(low, high)| Bounds { low, high }).collect();
    let natural = |at: &[f64]| -> Vec<f64> { parameters.iter().zip(at).map(|(p, x)| p.scale.from_scale(*x)).collect() };
    let mean = |at: &[f64]| mean_simulation(&natural(at), n, seeds, simulate);
    let away = |i: usize| series.errors.as_ref().map_or(deviation, |errors| errors[i].max(deviation));
    let search = Search { step: 1e-4, rounds: 60 };
    let minimum = minimise(&starts(parameters), &bounds, n + parameters.len(), search, |at, out| {
        let simulated = mean(at);
        for i in 0..n {
            out[i] = (series.values[i] - simulated[i]) / away(i);
        }
        for (j, parameter) in parameters.iter().enumerate() {
            out[n + j] = match parameter.prior {
                Uncertain::Normal { mean, sd } => (at[j] - mean) / sd,
                Uncertain::Fixed(_)
                | Uncertain::Triangular { .. }
                | Uncertain::Uniform { .. }
                | Uncertain::Choice(_) => 0.0,
            };
        }
    })?;
    let fitted = mean(&minimum.at);
    let squares: f64 = fitted.iter().zip(&series.values).map(|(f, y)| (f - y) * (f - y)).sum();
    Some(PointFit { parameters: natural(&minimum.at), fitted, rmse: libm::sqrt(squares / n as f64) })
}

fn starts(parameters: &[Parameter]) -> Vec<Vec<f64>> {
    let middle = parameters.iter().map(|parameter| parameter.quantile(0.5)).collect();
    let drawn = (1..STARTS as u64).map(|i| {
        let chance = |j: usize| Draw { seed: 0, generation: 0, particle: i }.uniform(j as u64);
        parameters.iter().enumerate().map(|(j, parameter)| parameter.quantile(0.1 + 0.8 * chance(j))).collect()
    });
    std::iter::once(middle).chain(drawn).collect()
}

fn mean_simulation(values: &[f64], n: usize, seeds: &[u64], simulate: &impl Fn(&[f64], u64) -> Vec<f64>) -> Vec<f64> {
    let mut sum = vec![0.0; n];
    for seed in seeds {
        sum.iter_mut().zip(simulate(values, *seed)).for_each(|(sum, value)| *sum += value);
    }
    sum.iter().map(|sum| sum / seeds.len().max(1) as f64).collect()
}
