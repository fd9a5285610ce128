//! Observed: a simulator held against a curve that was observed.
//!
//! Has a series and either the small built-in model or a district of a scenario, gives what the data say of its
//! parameters, the curve with bands, plain curves fitted beside it and, where a part is held out, who forecast it
//! better. Knows no files.

mod built_in;
mod check;
mod district;

pub use built_in::fit_built_in;
pub use check::LEAST_FITTED;
pub use check::points_to_fit;
pub use district::DistrictQuestion;
pub use district::Measure;
pub use district::fit_district;

use crate::calibration::Band;
use crate::calibration::Calibration;
use crate::calibration::Effort;
use crate::calibration::ErrorModel;
use crate::calibration::Judged;
use crate::calibration::Marginal;
use crate::calibration::Parameter;
use crate::calibration::Split;
use crate::calibration::Uncalibrated;
use crate::calibration::bands;
use crate::calibration::calibrate;
use crate::calibration::hold_out;
use crate::findings::Finding;
use crate::findings::Findings;
use crate::findings::Place;
use crate::series::Series;
use crate::series::null_models::Estimate;
use crate::series::null_models::Rival;
use crate::units::Date;
use serde::Serialize;
use std::sync::Arc;

/// What is asked of a fit.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Asked {
    /// Share of the points, from the end, that is not fitted but judged by.
    pub hold_out: Option<f64>,
    /// How much work it may be.
    pub effort: Effort,
}

/// What was simulated.
#[derive(Debug, Clone, PartialEq)]
pub enum Simulated {
    /// The small built-in model.
    BuiltIn,
    /// A district of a scenario.
    District {
        /// Name of the scenario.
        name: String,
        /// Its title.
        title: String,
        /// What was held against the series.
        measure: Measure,
        /// Educators whose share it is.
        educators: usize,
        /// First day of the simulation.
        from: Date,
        /// Last day of the simulation.
        until: Date,
    },
}

/// Which part of the whole a parameter belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub enum Belongs {
    /// To what is simulated.
    Simulator,
    /// To how observations differ from the curve.
    Errors,
}

/// A parameter with what is known of it before and after the data.
#[derive(Debug, Clone, PartialEq)]
pub struct Told {
    /// What is known after the data.
    pub after: Marginal,
    /// What it means.
    pub meaning: String,
    /// Its unit.
    pub unit: String,
    /// The interval of 90 % before the data.
    pub before: (f64, f64),
    /// Whose it is.
    pub belongs: Belongs,
}

/// A plain curve beside the simulator.
#[derive(Debug, Clone, PartialEq)]
pub struct Beside {
    /// Its name.
    pub name: String,
    /// The curve at the fitted points.
    pub fitted: Vec<f64>,
    /// What it says of later times.
    pub forecast: Vec<Band>,
    /// What was fitted.
    pub parameters: Vec<Estimate>,
    /// Root of the mean squared deviation, in the unit of the series.
    pub rmse: f64,
    /// Akaike's criterion for small samples, where there are points enough.
    pub aicc: Option<f64>,
}

/// A series with what was fitted to it.
#[derive(Debug, Clone, PartialEq)]
pub struct Fitted {
    /// The whole series.
    pub series: Series,
    /// How many of its points were fitted; the others were judged by.
    pub fitted_points: usize,
    /// What was simulated.
    pub simulated: Simulated,
    /// Parameters that were fitted, those of the simulator first.
    pub parameters: Vec<Told>,
    /// The calibration.
    pub calibration: Calibration,
    /// Plain curves.
    pub beside: Vec<Beside>,
    /// Rivals that could not be fitted, with the reason.
    pub left_out: Vec<String>,
    /// Who forecast the held-out points how well, the simulator first; empty where nothing was held out.
    pub judged: Vec<Judged>,
    /// The work that was done.
    pub effort: Effort,
}

impl Fitted {
    /// Root of the mean squared deviation of the fitted points from the simulated median, in the unit of the series.
    pub fn rmse(&self) -> f64 {
        let squares: f64 =
            self.calibration.fitted.iter().zip(&self.series.values).map(|(b, y)| (b.median - y) * (b.median - y)).sum();
        libm::sqrt(squares / self.fitted_points.max(1) as f64)
    }

    /// The error of the simulator over that of a rival out of sample; below 1 the simulator was better.
    pub fn ratio_to(&self, name: &str) -> Option<f64> {
        let own = self.judged.first()?.rmse;
        let rival = self.judged.iter().skip(1).find(|judged| judged.name == name)?;
        (rival.rmse > 0.0).then(|| own / rival.rmse)
    }
}

/// A simulator with all that is to be known of it.
struct Simulator<P, D, S> {
    simulated: Simulated,
    /// Parameters and error model, made from the points that may be seen.
    priors: P,
    /// Meaning and unit of a parameter.
    describe: D,
    /// Values at the times of the series, then at the later ones.
    simulate: S,
}

/// Fits a simulator to a series; `later` are times after it, where nothing is held out.
fn fit<P, D, S>(
    series: &Series,
    file: &Arc<str>,
    asked: &Asked,
    later: &[f64],
    simulator: Simulator<P, D, S>,
) -> Result<Fitted, Findings>
where
    P: Fn(&Series) -> (Vec<Parameter>, ErrorModel),
    D: Fn(&str) -> (String, String),
    S: Fn(&[f64], u64) -> Vec<f64> + Sync,
{
    let n = points_to_fit(series, asked.hold_out, file)?;
    let seen = series.first_points(n);
    let (parameters, errors) = (simulator.priors)(&seen);
    let rivals = Rival::usual();
    let no = |cause: Uncalibrated| refused(&cause, file);
    let (calibration, judged, later) = if n < series.n_points() {
        let held = hold_out(series, Split::First(n), &rivals, &simulator.priors, &asked.effort, &simulator.simulate)
            .map_err(no)?;
        (held.calibration, held.models, series.years[n..].to_vec())
    } else {
        let found = calibrate(series, later, &parameters, &errors, &asked.effort, &simulator.simulate).map_err(no)?;
        (found, Vec::new(), later.to_vec())
    };
    let (beside, left_out) = beside(&seen, &later);
    Ok(Fitted {
        parameters: told(&parameters, &errors, &calibration, &simulator.describe),
        series: series.clone(),
        fitted_points: n,
        simulated: simulator.simulated,
        calibration,
        beside,
        left_out,
        judged,
        effort: asked.effort,
    })
}

fn refused(cause: &Uncalibrated, file: &Arc<str>) -> Findings {
    let finding = Finding::error("observed::not_calibrated", cause.to_string());
    finding.at(&Place::at(file, ""), "held against this series").into()
}

/// The plain curves; of a shifted one there is no fit of its own.
fn beside(seen: &Series, later: &[f64]) -> (Vec<Beside>, Vec<String>) {
    let (mut all, mut left_out) = (Vec::new(), Vec::new());
    for rival in Rival::usual() {
        match (rival.follow(seen), rival) {
            (Ok(followed), Rival::Curve(_)) => {
                let Some(curve) = followed.curve() else { continue };
                all.push(Beside {
                    name: rival.name(),
                    fitted: curve.fitted.clone(),
                    forecast: bands(&followed, later),
                    parameters: curve.parameters.clone(),
                    rmse: curve.rmse,
                    aicc: curve.aicc,
                });
            }
            (Err(cause), Rival::Curve(_)) => left_out.push(format!("{}: {cause}", rival.name())),
            (_, Rival::Shifted(_) | Rival::LastValue) => {}
        }
    }
    (all, left_out)
}

fn told(
    parameters: &[Parameter],
    errors: &ErrorModel,
    calibration: &Calibration,
    describe: &impl Fn(&str) -> (String, String),
) -> Vec<Told> {
    let own = parameters.iter().map(|parameter| (parameter.clone(), Belongs::Simulator));
    let all = own.chain(errors.parameters().into_iter().map(|parameter| (parameter, Belongs::Errors)));
    let told = |((parameter, belongs), after): ((Parameter, Belongs), &Marginal)| {
        let at = |chance: f64| parameter.scale.from_scale(parameter.quantile(chance));
        let (meaning, unit) = match belongs {
            Belongs::Simulator => describe(&parameter.name),
            Belongs::Errors => of_errors(&parameter.name),
        };
        parameter.is_free().then(|| Told { after: after.clone(), meaning, unit, before: (at(0.05), at(0.95)), belongs })
    };
    all.zip(&calibration.parameters).filter_map(told).collect()
}

fn of_errors(name: &str) -> (String, String) {
    let (meaning, unit) = match name {
        "noise" => ("standard deviation of one observation", "part of the whole"),
        "discrepancy" => ("how far the simulated curve is off, for some time, half-way up", "part of the whole"),
        "memory" => ("years after which being off is forgotten", "years"),
        _ => ("", ""),
    };
    (meaning.to_string(), unit.to_string())
}

#[cfg(test)]
mod tests;
