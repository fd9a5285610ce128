//! A curve fitted to a series, and what it says of other times.

use crate::series::Quantity;
use crate::series::Series;
use crate::series::null_models::Ceiling;
use crate::series::null_models::Model;
use crate::series::null_models::Origin;
use crate::series::null_models::Shape;
use crate::series::null_models::curves;
use crate::series::null_models::intervals;
use crate::series::null_models::least_squares::Bounds;
use crate::series::null_models::least_squares::Minimum;
use crate::series::null_models::least_squares::Search;
use crate::series::null_models::least_squares::minimise;
use serde::Serialize;

/// Why there is no fit.
#[derive(Debug, Clone, PartialEq, Serialize, thiserror::Error)]
pub enum NotFitted {
    /// There are fewer points than parameters, or as many.
    #[error(
        "the {shape} curve has {parameters} free parameters and needs more points than that; the series has {points}"
    )]
    TooFewPoints {
        /// Name of the shape.
        shape: &'static str,
        /// Free parameters.
        parameters: usize,
        /// Points.
        points: usize,
    },
    /// All values are 0, or all times are the same.
    #[error("the series never leaves 0, or has no length: no curve can be fitted to it")]
    Flat,
    /// No start of the search led anywhere.
    #[error("the search for the {shape} curve failed from every start")]
    NoStart {
        /// Name of the shape.
        shape: &'static str,
    },
}

/// A parameter as it was fitted.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Estimate {
    /// Its name.
    pub name: &'static str,
    /// Its value; times in years since the first row, rates per year, ceilings in the unit of the series.
    pub value: f64,
    /// Its standard error; none for what was fixed or lies at a bound.
    pub standard_error: Option<f64>,
}

/// What a fit says of one time.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Forecast {
    /// Years since the first row.
    pub years: f64,
    /// The likeliest value.
    pub value: f64,
    /// The lower end of the interval in which an observation is expected.
    pub low: f64,
    /// The upper end.
    pub high: f64,
}

/// A curve fitted to a series.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Fit {
    /// What was fitted.
    pub model: Model,
    /// Ceiling first.
    pub parameters: Vec<Estimate>,
    /// The curve at the times of the series.
    pub fitted: Vec<f64>,
    /// Root of the mean squared deviation, in the unit of the series.
    pub rmse: f64,
    /// Akaike's criterion for small samples; none where the points are too few for it.
    pub aicc: Option<f64>,
    /// Standard deviation of an observation from the curve, in the unit of the series.
    pub residual_deviation: f64,
    /// Points less free parameters.
    pub freedom: usize,
    /// The most a value can be.
    most: Option<f64>,
    covariance: Vec<f64>,
}

/// The curve of a kind that comes nearest to a series, by least squares on its cumulative values; squares are
/// weighted by the errors where the series has them.
///
/// # Errors
/// When the points do not suffice.
pub fn fit(series: &Series, model: &Model) -> Result<Fit, NotFitted> {
    let (peak, span) = (series.peak(), series.span());
    if peak <= 0.0 || span <= 0.0 {
        return Err(NotFitted::Flat);
    }
    let bounds = bounds(series, model);
    let n_free = bounds.iter().filter(|b| b.low < b.high).count();
    let n = series.n_points();
    if n <= n_free {
        return Err(NotFitted::TooFewPoints { shape: model.shape.name(), parameters: n_free, points: n });
    }
    let weights = weights(series, peak);
    let deviations = |parameters: &[f64], out: &mut [f64]| {
        for (i, deviation) in out.iter_mut().enumerate() {
            let curve = curves::value(model.shape, parameters, series.years[i]);
            *deviation = (series.values[i] / peak - curve) * weights[i];
        }
    };
    let minimum = minimise(&starts(model, span, &bounds), &bounds, n, Search { step: 0.0, rounds: 400 }, deviations);
    let minimum = minimum.ok_or(NotFitted::NoStart { shape: model.shape.name() })?;
    Ok(told(series, model, minimum, &bounds))
}

/// Bounds for values that are scaled to a peak of 1, ceiling first.
fn bounds(series: &Series, model: &Model) -> Vec<Bounds> {
    let peak = series.peak();
    let fixed = |value: f64| Bounds { low: value, high: value };
    let ceiling = match (model.ceiling, series.quantity) {
        (Ceiling::Fixed(m), _) => fixed(m / peak),
        (Ceiling::Free, Quantity::Share) => Bounds { low: 0.01, high: (1.0 / peak).max(1.0) },
        (Ceiling::Free, Quantity::Count) => Bounds { low: 0.01, high: 10.0 },
    };
    let ranges = curves::ranges(model.shape, series.span());
    let mut bounds: Vec<Bounds> = ranges.iter().map(|(low, high)| Bounds { low: *low, high: *high }).collect();
    if let (Shape::Bass, Origin::Fixed(years)) = (model.shape, model.origin) {
        bounds[2] = fixed(years);
    }
    // A line that is given no ceiling ends at everybody; to search for one would only cut off its last points.
    let line_ends = Bounds { low: ceiling.high, high: ceiling.high };
    bounds.insert(0, if model.shape == Shape::Line { line_ends } else { ceiling });
    bounds
}

fn starts(model: &Model, span: f64, bounds: &[Bounds]) -> Vec<Vec<f64>> {
    let ceilings = [1.05, 2.0];
    let with = |m: f64| curves::starts(model.shape, span).into_iter().map(move |rest| [vec![m], rest].concat());
    if bounds[0].low >= bounds[0].high {
        with(bounds[0].low).collect()
    } else {
        ceilings.into_iter().flat_map(with).collect()
    }
}

/// Weights of deviations: their mean square is 1, so that sums of squares keep their size.
fn weights(series: &Series, peak: f64) -> Vec<f64> {
    let Some(errors) = &series.errors else { return vec![1.0; series.n_points()] };
    let raw: Vec<f64> = errors.iter().map(|error| peak / error).collect();
    let mean_square = raw.iter().map(|w| w * w).sum::<f64>() / raw.len() as f64;
    raw.iter().map(|w| w / libm::sqrt(mean_square)).collect()
}

fn told(series: &Series, model: &Model, minimum: Minimum, bounds: &[Bounds]) -> Fit {
    let (peak, n) = (series.peak(), series.n_points());
    let n_free = bounds.iter().filter(|b| b.low < b.high).count();
    let freedom = n - n_free;
    let variance = minimum.sum_of_squares / freedom as f64;
    let scales: Vec<f64> = (0..bounds.len()).map(|i| unit(model.shape, i, peak)).collect();
    let k = bounds.len();
    let covariance: Vec<f64> =
        (0..k * k).map(|i| minimum.covariance[i] * variance * scales[i / k] * scales[i % k]).collect();
    let at: Vec<f64> = minimum.at.iter().zip(&scales).map(|(x, scale)| x * scale).collect();
    let error = |i: usize| Some(libm::sqrt(covariance[i * k + i])).filter(|error| *error > 0.0);
    let names = curves::names(model.shape).iter();
    let parameters =
        names.enumerate().map(|(i, name)| Estimate { name, value: at[i], standard_error: error(i) }).collect();
    let fitted: Vec<f64> = series.years.iter().map(|t| curves::value(model.shape, &at, *t)).collect();
    let squares: f64 = fitted.iter().zip(&series.values).map(|(f, y)| (f - y) * (f - y)).sum();
    Fit {
        model: *model,
        parameters,
        fitted,
        rmse: libm::sqrt(squares / n as f64),
        aicc: aicc(minimum.sum_of_squares * peak * peak, n, n_free),
        residual_deviation: libm::sqrt(variance) * peak,
        freedom,
        most: (series.quantity == Quantity::Share).then_some(1.0),
        covariance,
    }
}

/// How many units of the series one scaled unit of a parameter is.
fn unit(shape: Shape, parameter: usize, peak: f64) -> f64 {
    let in_values = parameter == 0 || shape == Shape::Line;
    if in_values { peak } else { 1.0 }
}

/// Akaike's criterion for small samples (Hurvich and Tsai 1989); the variance counts as a parameter.
fn aicc(sum_of_squares: f64, n: usize, n_free: usize) -> Option<f64> {
    let (n, k) = (n as f64, n_free as f64 + 1.0);
    // A perfect fit would have no logarithm.
    let mean = (sum_of_squares / n).max(1e-30);
    (n > k + 1.0).then(|| n * libm::log(mean) + 2.0 * k + 2.0 * k * (k + 1.0) / (n - k - 1.0))
}

impl Fit {
    /// The curve at a time in years since the first row.
    pub fn value_at(&self, years: f64) -> f64 {
        curves::value(self.model.shape, &self.values(), years)
    }

    /// A parameter by its name.
    pub fn parameter(&self, name: &str) -> Option<f64> {
        self.parameters.iter().find(|parameter| parameter.name == name).map(|parameter| parameter.value)
    }

    /// What is to be observed at these times, with the interval that holds an observation with the chance
    /// `level`: by the delta method for the parameters and the residual variance for the observation.
    pub fn forecasts(&self, years: &[f64], level: f64) -> Vec<Forecast> {
        let quantile = intervals::student_quantile(0.5 + level / 2.0, self.freedom as f64);
        years.iter().map(|years| self.forecast(*years, quantile)).collect()
    }

    fn forecast(&self, years: f64, quantile: f64) -> Forecast {
        let value = self.value_at(years);
        let gradient = self.gradient(years);
        let k = gradient.len();
        let of_curve: f64 = (0..k * k).map(|i| gradient[i / k] * self.covariance[i] * gradient[i % k]).sum();
        let half = quantile * libm::sqrt(of_curve.max(0.0) + self.residual_deviation * self.residual_deviation);
        let most = self.most.unwrap_or(f64::INFINITY);
        Forecast { years, value, low: (value - half).max(0.0), high: (value + half).min(most) }
    }

    fn gradient(&self, years: f64) -> Vec<f64> {
        let at = self.values();
        (0..at.len())
            .map(|i| {
                let step = 1e-6 * at[i].abs().max(1e-6);
                let (mut up, mut down) = (at.clone(), at.clone());
                up[i] += step;
                down[i] -= step;
                let difference =
                    curves::value(self.model.shape, &up, years) - curves::value(self.model.shape, &down, years);
                difference / (2.0 * step)
            })
            .collect()
    }

    fn values(&self) -> Vec<f64> {
        self.parameters.iter().map(|parameter| parameter.value).collect()
    }
}
