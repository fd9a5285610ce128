//! The calibration against curves that were observed, and against parameters that are known.

use crate::calibration;
use crate::calibration::ErrorModel;
use crate::calibration::Parameter;
use crate::calibration::Recovery;
use crate::calibration::Split;
use crate::calibration::aggregate;
use crate::calibration::aggregate::Priors;
use crate::calibration::benchmark::Benchmark;
use crate::calibration::benchmark::leave_one_out;
use crate::calibration::published;
use crate::calibration::recover;
use crate::luck::Uncertain;
use crate::series::Quantity;
use crate::series::Series;
use crate::series::null_models::Ceiling;
use crate::series::null_models::Model;
use crate::series::null_models::Origin;
use crate::series::null_models::Shape;
use crate::series::null_models::fit;
use crate::validate::Effort;

/// How many series the default priors weigh beside those that they learn from.
const DEFAULT_COUNTS: f64 = 5.0;

/// Forecasts of observed curves.
#[derive(Debug, Clone, PartialEq)]
pub struct Real {
    /// Errors and coverage.
    pub benchmark: Benchmark,
    /// Series that were asked for.
    pub n_series: usize,
}

/// Two thirds of each series are fitted, and the rest is judged.
fn judge(all: &[Series], effort: Effort) -> Real {
    let effort = calibration::Effort { particles: effort.particles, ..calibration::Effort::default() };
    let benchmark = leave_one_out(all, Split::Share(2.0 / 3.0), &published::rivals, DEFAULT_COUNTS, &effort);
    Real { benchmark, n_series: all.len() }
}

/// The curves of education that come along.
pub fn education(effort: Effort) -> Real {
    judge(&published::education(), effort)
}

/// Published curves that show diffusion, with those of education.
pub fn with_published(series: &[Series], effort: Effort) -> Real {
    let mut all: Vec<Series> = series.iter().filter(|series| published::diffuses(series)).cloned().collect();
    all.extend(published::education());
    judge(&all, effort)
}

/// Rows of the series that are made to be fitted again.
const ROWS: usize = 16;

/// How often intervals of 90 % hold parameters that are known, for a plain Bass curve and for the built-in model.
pub fn recovery(effort: Effort) -> Vec<(String, Vec<Recovery>)> {
    let years: Vec<f64> = (0..ROWS).map(|year| year as f64).collect();
    let work = calibration::Effort { particles: effort.particles, moves: 4, seed: 3 };
    let bass = [
        Parameter::positive("p", 0.03, 1.0),
        Parameter::positive("q", 0.38, 0.7),
        Parameter::plain("ceiling", Uncertain::Uniform { low: 0.2, high: 1.0 }),
    ];
    let simulate = |values: &[f64], _: u64| -> Vec<f64> {
        let (p, q, ceiling) = (values[0], values[1], values[2]);
        let at = |t: &f64| {
            let decay = libm::exp(-(p + q) * (t + 1.0));
            ceiling * (1.0 - decay) / (1.0 + q / p * decay)
        };
        years.iter().map(at).collect()
    };
    let made = Series::from_values("made", Quantity::Share, &years, &simulate(&[0.03, 0.4, 0.8], 0));
    let errors = ErrorModel::usual(&made);
    let of_bass = recover(&years, &bass, &errors, effort.trials, &work, &simulate);
    let built_in = Priors::default().parameters(&made);
    let of_built_in = recover(&years, &built_in, &errors, effort.trials, &work, &aggregate::simulator(&years));
    let named = [("Bass curve", of_bass), ("built-in model", of_built_in)];
    named.into_iter().filter_map(|(name, found)| Some((name.to_string(), found.ok()?))).collect()
}

/// A least-squares fit beside one of another program.
#[derive(Debug, Clone, PartialEq)]
pub struct PlainFit {
    /// The series, with what was fixed.
    pub series: &'static str,
    /// Ceiling, p and q of another program.
    pub theirs: [f64; 3],
    /// Ours.
    pub ours: [f64; 3],
    /// Root of the mean squared deviation, over the ceiling.
    pub off_by: f64,
}

/// Bass curves fitted by another program (scipy's simplex), in shares of the given whole; the first row is year 1.
const THEIRS: [Theirs; 3] = [
    Theirs {
        series: "Modern math, ceiling fixed",
        place: 0,
        whole: 38.0,
        fixed: Some(38.0),
        found: [38.0, 0.0135, 1.388],
    },
    Theirs { series: "Charter laws, ceiling free", place: 1, whole: 51.0, fixed: None, found: [38.5, 0.020, 0.680] },
    Theirs {
        series: "Charter laws, ceiling fixed",
        place: 1,
        whole: 51.0,
        fixed: Some(45.0),
        found: [45.0, 0.044, 0.345],
    },
];

/// What another program found for a series of education.
struct Theirs {
    series: &'static str,
    place: usize,
    whole: f64,
    fixed: Option<f64>,
    found: [f64; 3],
}

/// Ours beside theirs.
pub fn plain_fits() -> Vec<PlainFit> {
    let all = published::education();
    let one = |of: &Theirs| {
        let ceiling = of.fixed.map_or(Ceiling::Free, |m| Ceiling::Fixed(m / of.whole));
        let model = Model { shape: Shape::Bass, ceiling, origin: Origin::Fixed(-1.0) };
        let found = fit(&all[of.place], &model).ok()?;
        let value = |name: &str| found.parameter(name).unwrap_or(f64::NAN);
        let ours = [value("m") * of.whole, value("p"), value("q")];
        Some(PlainFit { series: of.series, theirs: of.found, ours, off_by: found.rmse / value("m") })
    };
    THEIRS.iter().filter_map(one).collect()
}

/// The plain curve that comes nearest to a whole series.
#[derive(Debug, Clone, PartialEq)]
pub struct Nearest {
    /// Name of the series.
    pub series: String,
    /// How near Bass, logistic, Gompertz and line come: root of the mean squared deviation over the largest value.
    pub off_by: [Option<f64>; 4],
}

/// How near each plain curve comes to each series of education as a whole.
pub fn nearest_curves() -> Vec<Nearest> {
    let one = |series: &Series| Nearest {
        series: series.name.clone(),
        off_by: Shape::ALL.map(|shape| fit(series, &Model::free(shape)).ok().map(|fit| fit.rmse / series.peak())),
    };
    published::education().iter().map(one).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn our_least_squares_are_those_of_another_program() {
        for fit in plain_fits() {
            for (ours, theirs) in fit.ours.iter().zip(fit.theirs) {
                assert!((ours / theirs - 1.0).abs() < 0.05, "{fit:?}");
            }
        }
        assert_eq!(plain_fits().len(), 3);
    }
}
