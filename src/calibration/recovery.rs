//! The check of the calibration itself: are known parameters found again as often as the intervals say?

use crate::calibration::Effort;
use crate::calibration::ErrorModel;
use crate::calibration::Parameter;
use crate::calibration::Uncalibrated;
use crate::calibration::calibrate;
use crate::calibration::error_model;
use crate::calibration::numbers::Draw;
use crate::calibration::population::errors_of;
use crate::series::Quantity;
use crate::series::Series;
use rayon::prelude::*;
use serde::Serialize;

/// How often a parameter lay within its interval of 90 %.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Recovery {
    /// Its name.
    pub name: String,
    /// Share of the trials in which it did.
    pub coverage_90: f64,
    /// Trials.
    pub trials: usize,
}

/// Draws parameters from their priors, simulates a series from them with error, fits it, and tells how often the
/// intervals hold what was drawn: 90 % of the time, if all is as it should be, whatever the simulator.
///
/// # Errors
/// When a trial cannot be calibrated.
pub fn recover<S: Fn(&[f64], u64) -> Vec<f64> + Sync>(
    years: &[f64],
    parameters: &[Parameter],
    error_model: &ErrorModel,
    trials: usize,
    effort: &Effort,
    simulate: &S,
) -> Result<Vec<Recovery>, Uncalibrated> {
    let all = [parameters, &error_model.parameters()].concat();
    let trial = |i: usize| {
        let draw = Draw { seed: effort.seed, generation: 1 << 40, particle: i as u64 };
        let truth: Vec<f64> = all
            .iter()
            .enumerate()
            .map(|(j, parameter)| parameter.scale.from_scale(parameter.quantile(draw.uniform(j as u64))))
            .collect();
        let series = observed(years, &truth, draw, simulate);
        let effort = Effort { seed: draw.word(1 << 20), ..*effort };
        let found = calibrate(&series, &[], parameters, error_model, &effort, simulate)?;
        Ok(found.parameters.iter().zip(&truth).map(|(m, x)| m.low <= *x && *x <= m.high).collect())
    };
    let within: Result<Vec<Vec<bool>>, Uncalibrated> = (0..trials).into_par_iter().map(trial).collect();
    let within = within?;
    let coverage = |j: usize| within.iter().filter(|trial| trial[j]).count() as f64 / trials.max(1) as f64;
    let free = all.iter().enumerate().filter(|(_, parameter)| parameter.is_free());
    Ok(free.map(|(j, p)| Recovery { name: p.name.clone(), coverage_90: coverage(j), trials }).collect())
}

/// A series as the error model says that it would be observed.
fn observed<S: Fn(&[f64], u64) -> Vec<f64>>(years: &[f64], truth: &[f64], draw: Draw, simulate: &S) -> Series {
    let errors = errors_of(truth);
    let own = &truth[..truth.len() - error_model::N_ERROR_PARAMETERS];
    let simulated = simulate(own, draw.word(1 << 21));
    let mut series = Series::from_values("", Quantity::Share, &[], &[]);
    let mut known = error_model::Known::nothing();
    for (i, at) in years.iter().enumerate() {
        let ahead = at - series.years.last().copied().unwrap_or(*at);
        let size = error_model::size(&series, simulated[i], &errors);
        known = error_model::drawn(
            &known,
            ahead,
            &errors,
            [draw.normal(100 + 3 * i as u64), draw.normal(101 + 3 * i as u64)],
        );
        series.years.push(*at);
        series.values.push(simulated[i] + size * known.level() + errors.noise * draw.normal(102 + 3 * i as u64));
    }
    series
}
