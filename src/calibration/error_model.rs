//! How observations differ from a simulated curve.
//!
//! A simulator is never quite right, and is wrong the same way for some time. So an observation is the curve, plus
//! a discrepancy that fades with a memory (a Matérn process of order 3/2, larger where the curve is in its
//! middle), plus an error of the observation alone. Kennedy and O'Hagan (2001) say why the discrepancy must be
//! there: without it intervals are too narrow, and a forecast jumps off the last observation. It is smooth because
//! what a simulator leaves out moves smoothly; a rough one takes every smooth series for one that is well known.

use crate::calibration::Parameter;
use crate::series::Quantity;
use crate::series::Series;
use serde::Serialize;

/// Priors of the error model. All three are positive and stated by their logarithm.
#[derive(Debug, Clone, PartialEq)]
pub struct ErrorModel {
    /// Standard deviation of an observation, in shares (of the largest value, for counts); not used where the
    /// series has errors of its own.
    pub noise: Parameter,
    /// Standard deviation of the discrepancy where the curve is half-way, in shares as well.
    pub discrepancy: Parameter,
    /// Years after which a discrepancy has faded to 1/e.
    pub memory: Parameter,
}

impl ErrorModel {
    /// What is usual: half a point of noise, a discrepancy of some points, and a memory about as long as the series.
    pub fn usual(series: &Series) -> ErrorModel {
        ErrorModel {
            noise: Parameter::positive("noise", 0.005, 0.7),
            discrepancy: Parameter::positive("discrepancy", 0.08, 0.5),
            memory: Parameter::positive("memory", series.span().max(1e-3), 0.7),
        }
    }

    /// The three of them.
    pub(crate) fn parameters(&self) -> [Parameter; N_ERROR_PARAMETERS] {
        [self.noise.clone(), self.discrepancy.clone(), self.memory.clone()]
    }
}

/// How many parameters an error model has.
pub(crate) const N_ERROR_PARAMETERS: usize = 3;

/// Values of the error model.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub(crate) struct Errors {
    pub(crate) noise: f64,
    pub(crate) discrepancy: f64,
    pub(crate) memory: f64,
}

/// What is known of the discrepancy after the last observation, in its own standard deviations: its level, and its
/// pace in units that give it the same variance.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Known {
    pub(crate) log_likelihood: f64,
    level: f64,
    pace: f64,
    level_variance: f64,
    covariance: f64,
    pace_variance: f64,
}

impl Known {
    /// Before any observation.
    pub(crate) fn nothing() -> Known {
        Known { log_likelihood: 0.0, level: 0.0, pace: 0.0, level_variance: 1.0, covariance: 0.0, pace_variance: 1.0 }
    }

    /// After observations that cannot be.
    pub(crate) fn impossible() -> Known {
        Known { log_likelihood: f64::NEG_INFINITY, ..Known::nothing() }
    }

    /// The likeliest discrepancy, in its own standard deviations.
    pub(crate) fn level(&self) -> f64 {
        self.level
    }
}

/// A mean and a variance of an observation to come.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Expected {
    pub(crate) mean: f64,
    pub(crate) variance: f64,
}

/// Follows the discrepancy through the observations (a Kalman filter with one number as its state).
pub(crate) fn follow(series: &Series, simulated: &[f64], errors: &Errors) -> Known {
    let mut known = Known::nothing();
    for (i, observed) in series.values.iter().enumerate() {
        let step = if i == 0 { 0.0 } else { series.years[i] - series.years[i - 1] };
        known = faded(known, step, errors);
        let size = size(series, simulated[i], errors);
        let noise = noise(series, i, errors);
        known = seen(&known, observed - simulated[i], size, noise);
    }
    if known.log_likelihood.is_finite() { known } else { Known { log_likelihood: f64::NEG_INFINITY, ..known } }
}

/// What is to be observed so many years after the last observation.
pub(crate) fn expect(series: &Series, known: &Known, ahead: f64, simulated: f64, errors: &Errors) -> Expected {
    let then = faded(*known, ahead, errors);
    let size = size(series, simulated, errors);
    let noise = series.n_points().checked_sub(1).map_or(0.0, |last| noise(series, last, errors));
    Expected { mean: simulated + size * then.level, variance: size * size * then.level_variance + noise * noise }
}

/// The standard deviation of the discrepancy where the curve has this value.
pub(crate) fn size(series: &Series, simulated: f64, errors: &Errors) -> f64 {
    errors.discrepancy * whole(series) * shape(simulated, series)
}

/// A discrepancy drawn anew, so many years after one that is known exactly, from two standard normal numbers.
pub(crate) fn drawn(known: &Known, years: f64, errors: &Errors, normals: [f64; 2]) -> Known {
    let then = faded(*known, years, errors);
    let root = libm::sqrt(then.level_variance.max(0.0));
    let shared = if root > 0.0 { then.covariance / root } else { 0.0 };
    let rest = libm::sqrt((then.pace_variance - shared * shared).max(0.0));
    Known {
        level: then.level + root * normals[0],
        pace: then.pace + shared * normals[0] + rest * normals[1],
        level_variance: 0.0,
        covariance: 0.0,
        pace_variance: 0.0,
        ..then
    }
}

/// What is known after an observation that lies so far from the curve.
fn seen(known: &Known, apart: f64, size: f64, noise: f64) -> Known {
    let variance = size * size * known.level_variance + noise * noise;
    let surprise = apart - size * known.level;
    let (gain, pace_gain) = (size * known.level_variance / variance, size * known.covariance / variance);
    Known {
        log_likelihood: known.log_likelihood - 0.5 * (libm::log(variance) + surprise * surprise / variance),
        level: known.level + gain * surprise,
        pace: known.pace + pace_gain * surprise,
        level_variance: known.level_variance * (1.0 - gain * size),
        covariance: known.covariance * (1.0 - gain * size),
        pace_variance: known.pace_variance - pace_gain * size * known.covariance,
    }
}

/// What is known so many years later: the state of a Matérn process of order 3/2, whose variance is 1.
fn faded(known: Known, years: f64, errors: &Errors) -> Known {
    let a = libm::sqrt(3.0) * years / errors.memory;
    let left = libm::exp(-a);
    let (ll, lp, pl, pp) = (left * (1.0 + a), left * a, -left * a, left * (1.0 - a));
    // Whatever the process has forgotten comes back as its own variance.
    let (v, c, w) = (known.level_variance - 1.0, known.covariance, known.pace_variance - 1.0);
    Known {
        level: ll * known.level + lp * known.pace,
        pace: pl * known.level + pp * known.pace,
        level_variance: 1.0 + ll * ll * v + 2.0 * ll * lp * c + lp * lp * w,
        covariance: ll * pl * v + (ll * pp + lp * pl) * c + lp * pp * w,
        pace_variance: 1.0 + pl * pl * v + 2.0 * pl * pp * c + pp * pp * w,
        ..known
    }
}

/// What shares are shares of: 1, or the largest count.
fn whole(series: &Series) -> f64 {
    match series.quantity {
        Quantity::Share => 1.0,
        Quantity::Count => series.peak().max(f64::MIN_POSITIVE),
    }
}

fn noise(series: &Series, i: usize, errors: &Errors) -> f64 {
    series.errors.as_ref().map_or(errors.noise * whole(series), |given| given[i])
}

/// How large a discrepancy is at a value, against half-way: small near the ends, where there is little room to
/// be wrong, and never nothing.
fn shape(simulated: f64, series: &Series) -> f64 {
    const LEAST: f64 = 0.04;
    let part = simulated / whole(series);
    let room = match series.quantity {
        Quantity::Share => 4.0 * part * (1.0 - part),
        // Nobody knows how near the ceiling a count is.
        Quantity::Count => part.min(1.0),
    };
    libm::sqrt(room.max(LEAST))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn series() -> Series {
        Series::from_values("a", Quantity::Share, &[0.0, 1.0, 3.0], &[0.5, 0.55, 0.5])
    }

    const ERRORS: Errors = Errors { noise: 0.01, discrepancy: 0.05, memory: 4.0 };

    #[test]
    fn the_filter_agrees_with_the_whole_covariance() {
        let (series, simulated) = (series(), [0.5, 0.5, 0.5]);
        // The slow twin: a Gaussian in three dimensions, its determinant and its inverse by cofactors.
        let c = |i: usize, j: usize| {
            let apart = (series.years[i] - series.years[j]).abs();
            0.0025 * (1.0 + 3f64.sqrt() * apart / 4.0) * (-3f64.sqrt() * apart / 4.0).exp()
                + if i == j { 0.0001 } else { 0.0 }
        };
        let cofactor = |i: usize, j: usize| {
            let (a, b) = ((i + 1) % 3, (i + 2) % 3);
            let (d, e) = ((j + 1) % 3, (j + 2) % 3);
            c(a, d) * c(b, e) - c(a, e) * c(b, d)
        };
        let determinant: f64 = (0..3).map(|j| c(0, j) * cofactor(0, j)).sum();
        let r = [0.0, 0.05, 0.0];
        let form: f64 = (0..9).map(|k| r[k / 3] * cofactor(k / 3, k % 3) / determinant * r[k % 3]).sum();
        let slow = -0.5 * (determinant.ln() + form);
        assert!((follow(&series, &simulated, &ERRORS).log_likelihood - slow).abs() < 1e-9);
    }

    #[test]
    fn a_forecast_starts_at_the_last_observation_and_goes_back_to_the_curve() {
        let known = follow(&series(), &[0.45, 0.45, 0.45], &ERRORS);
        let soon = expect(&series(), &known, 0.01, 0.45, &ERRORS).mean;
        let late = expect(&series(), &known, 50.0, 0.45, &ERRORS).mean;
        assert!((soon - 0.5).abs() < 0.01 && (late - 0.45).abs() < 1e-3, "{soon} {late}");
    }

    #[test]
    fn a_simulator_that_says_nothing_sensible_is_impossible() {
        let known = follow(&series(), &[f64::NAN, 0.5, 0.5], &ERRORS);
        assert_eq!(known.log_likelihood, f64::NEG_INFINITY);
    }
}
