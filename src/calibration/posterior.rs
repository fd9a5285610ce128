//! What the particles say: of each parameter, of each time, and of what the data leave open.

use crate::calibration::Generation;
use crate::calibration::Parameter;
use crate::calibration::error_model;
use crate::calibration::error_model::Expected;
use crate::calibration::identify;
use crate::calibration::identify::Identified;
use crate::calibration::population::Particle;
use crate::calibration::population::Problem;
use crate::calibration::population::errors_of;
use crate::series::Quantity;
use serde::Serialize;

/// What is known of one parameter.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Marginal {
    /// Its name; `noise`, `discrepancy` and `memory` are those of the error model.
    pub name: String,
    /// Mean.
    pub mean: f64,
    /// Median.
    pub median: f64,
    /// A twentieth of the posterior lies below.
    pub low: f64,
    /// A twentieth of the posterior lies above.
    pub high: f64,
    /// Median of the prior.
    pub prior_median: f64,
    /// How much narrower the posterior is than the prior, on the scale of the parameter: 0 where the data said
    /// nothing, 1 where they said all.
    pub contraction: f64,
}

/// What is expected at one time, model, luck and error of observation together.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Band {
    /// Years since the first row.
    pub years: f64,
    /// A twentieth of what may be observed lies below.
    pub low_90: f64,
    /// A tenth lies below.
    pub low_80: f64,
    /// Half lies below.
    pub median: f64,
    /// A tenth lies above.
    pub high_80: f64,
    /// A twentieth lies above.
    pub high_90: f64,
}

/// The outcome of a calibration.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Calibration {
    /// Parameters of the simulator in their order, then those of the error model.
    pub parameters: Vec<Marginal>,
    /// The simulated curve alone at the times of the series.
    pub fitted: Vec<Band>,
    /// What may be observed at the later times.
    pub forecast: Vec<Band>,
    /// What the data tell and what they cannot.
    pub identified: Identified,
    /// The steps from the prior to the posterior.
    pub generations: Vec<Generation>,
    /// Particles at the end that differ from each other.
    pub distinct: usize,
    /// Simulations in all.
    pub simulations: usize,
    /// The parameters of every particle, in the order of the list: for what else is to be simulated.
    pub particles: Vec<Vec<f64>>,
}

impl Calibration {
    pub(crate) fn from_particles<S: Fn(&[f64], u64) -> Vec<f64> + Sync>(
        problem: &Problem<'_, S>,
        particles: &[Particle],
        generations: Vec<Generation>,
        simulations: usize,
    ) -> Calibration {
        let natural: Vec<Vec<f64>> = particles.iter().map(|p| problem.natural(&p.scaled)).collect();
        let parameters: Vec<Marginal> =
            problem.parameters.iter().enumerate().map(|(i, parameter)| marginal(parameter, i, &natural)).collect();
        Calibration {
            identified: identify::identify(&problem.parameters, &natural, &parameters),
            fitted: fitted(problem, particles),
            forecast: forecast(problem, particles, &natural),
            parameters,
            generations,
            distinct: distinct(particles),
            simulations,
            particles: natural,
        }
    }

    /// A parameter by its name.
    pub fn parameter(&self, name: &str) -> Option<&Marginal> {
        self.parameters.iter().find(|parameter| parameter.name == name)
    }

    /// The effective number of particles, the least over all generations.
    pub fn effective_size(&self) -> f64 {
        self.generations.iter().map(|generation| generation.effective_size).fold(f64::INFINITY, f64::min)
    }
}

fn distinct(particles: &[Particle]) -> usize {
    let mut firsts: Vec<f64> = particles.iter().map(|p| p.scaled[0]).collect();
    firsts.sort_by(f64::total_cmp);
    firsts.dedup();
    firsts.len()
}

fn marginal(parameter: &Parameter, i: usize, natural: &[Vec<f64>]) -> Marginal {
    let mut values: Vec<f64> = natural.iter().map(|values| values[i]).collect();
    let mean = values.iter().sum::<f64>() / values.len() as f64;
    let contraction = contraction(parameter, &values);
    values.sort_by(f64::total_cmp);
    Marginal {
        name: parameter.name.clone(),
        mean,
        median: quantile(&values, 0.5),
        low: quantile(&values, 0.05),
        high: quantile(&values, 0.95),
        prior_median: parameter.scale.from_scale(parameter.quantile(0.5)),
        contraction,
    }
}

fn contraction(parameter: &Parameter, values: &[f64]) -> f64 {
    if !parameter.is_free() {
        return 0.0;
    }
    let scaled: Vec<f64> = values.iter().map(|value| parameter.scale.to_scale(*value)).collect();
    let mean = scaled.iter().sum::<f64>() / scaled.len() as f64;
    let variance = scaled.iter().map(|x| (x - mean) * (x - mean)).sum::<f64>() / scaled.len() as f64;
    1.0 - libm::sqrt(variance) / parameter.prior_deviation()
}

/// The quantile of sorted values, between neighbours in proportion.
pub(crate) fn quantile(sorted: &[f64], chance: f64) -> f64 {
    let at = chance * (sorted.len() - 1) as f64;
    let below = at as usize;
    let above = (below + 1).min(sorted.len() - 1);
    sorted[below] + (at - below as f64) * (sorted[above] - sorted[below])
}

fn fitted<S>(problem: &Problem<'_, S>, particles: &[Particle]) -> Vec<Band> {
    let at = |i: usize| {
        let mut values: Vec<f64> = particles.iter().map(|p| p.simulated[i]).collect();
        values.sort_by(f64::total_cmp);
        band(problem.series.years[i], |chance| quantile(&values, chance))
    };
    (0..problem.series.n_points()).map(at).collect()
}

fn forecast<S>(problem: &Problem<'_, S>, particles: &[Particle], natural: &[Vec<f64>]) -> Vec<Band> {
    let (series, n) = (problem.series, problem.series.n_points());
    let last = series.span();
    let most = match series.quantity {
        Quantity::Share => 1.0,
        Quantity::Count => f64::INFINITY,
    };
    let at = |(i, years): (usize, &f64)| {
        let expected: Vec<Expected> = particles
            .iter()
            .zip(natural)
            .map(|(p, values)| {
                error_model::expect(series, &p.known, years - last, p.simulated[n + i], &errors_of(values))
            })
            .collect();
        band(*years, |chance| mixture_quantile(&expected, chance).clamp(0.0, most))
    };
    problem.later.iter().enumerate().map(at).collect()
}

fn band(years: f64, quantile: impl Fn(f64) -> f64) -> Band {
    Band {
        years,
        low_90: quantile(0.05),
        low_80: quantile(0.1),
        median: quantile(0.5),
        high_80: quantile(0.9),
        high_90: quantile(0.95),
    }
}

/// The quantile of what all particles expect, each with the same weight: exact, where a draw for each would add
/// luck of its own.
fn mixture_quantile(expected: &[Expected], chance: f64) -> f64 {
    let deviation = |e: &Expected| libm::sqrt(e.variance).max(1e-300);
    let below = |x: f64| {
        let one = |e: &Expected| 0.5 * libm::erfc((e.mean - x) / (deviation(e) * std::f64::consts::SQRT_2));
        expected.iter().map(one).sum::<f64>() / expected.len() as f64
    };
    let mut low = expected.iter().map(|e| e.mean - 9.0 * deviation(e)).fold(f64::INFINITY, f64::min);
    let mut high = expected.iter().map(|e| e.mean + 9.0 * deviation(e)).fold(f64::NEG_INFINITY, f64::max);
    for _ in 0..50 {
        let middle = 0.5 * (low + high);
        if below(middle) < chance { low = middle } else { high = middle }
    }
    0.5 * (low + high)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quantiles_lie_between_neighbours() {
        assert_eq!(quantile(&[1.0, 2.0, 4.0], 0.75), 3.0); // by hand: half-way from 2 to 4
        assert_eq!(quantile(&[7.0], 0.9), 7.0);
    }

    #[test]
    fn a_mixture_of_one_is_a_normal() {
        let one = [Expected { mean: 2.0, variance: 9.0 }];
        assert!((mixture_quantile(&one, 0.975) - (2.0 + 3.0 * 1.959963985)).abs() < 1e-6);
    }

    #[test]
    fn a_mixture_of_two_has_its_middle_between_them() {
        let two = [Expected { mean: 0.0, variance: 1.0 }, Expected { mean: 4.0, variance: 1.0 }];
        assert!((mixture_quantile(&two, 0.5) - 2.0).abs() < 1e-6);
    }
}
