//! Rivals: what a forecast is held against, from the plain curves to no forecast at all.
//!
//! A curve that is shifted to its last deviation begins where the series ended, as a simulator does that knows it
//! has been wrong the same way for some time: it is the fairer rival, and often the stronger one.

use crate::series::Quantity;
use crate::series::Series;
use crate::series::null_models::Fit;
use crate::series::null_models::Forecast;
use crate::series::null_models::Model;
use crate::series::null_models::NotFitted;
use crate::series::null_models::Shape;
use crate::series::null_models::fit;
use crate::series::null_models::intervals;
use serde::Serialize;

/// What forecasts without simulating anything.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub enum Rival {
    /// A curve.
    Curve(Model),
    /// A curve, moved up or down to the last observation.
    Shifted(Model),
    /// The last value, for ever.
    LastValue,
}

/// A rival that has seen a series.
#[derive(Debug, Clone, PartialEq)]
pub struct Followed {
    kind: Kind,
    /// The most that can be observed.
    most: f64,
}

#[derive(Debug, Clone, PartialEq)]
enum Kind {
    Curve { fit: Fit, shift: f64 },
    Last { value: f64, years: f64, deviation_a_year: f64, freedom: f64 },
}

impl Rival {
    /// The four curves, three of them shifted, and the last value.
    pub fn usual() -> Vec<Rival> {
        let curves = Shape::ALL.iter().map(|shape| Rival::Curve(Model::free(*shape)));
        let shifted = [Shape::Bass, Shape::Logistic, Shape::Gompertz];
        let shifted = shifted.into_iter().map(|shape| Rival::Shifted(Model::free(shape)));
        curves.chain(shifted).chain([Rival::LastValue]).collect()
    }

    /// Its name in a table.
    pub fn name(&self) -> String {
        match self {
            Rival::Curve(model) => model.name(),
            Rival::Shifted(model) => format!("{}, shifted", model.name()),
            Rival::LastValue => "last value".to_string(),
        }
    }

    /// Fits it.
    ///
    /// # Errors
    /// When the points do not suffice for the curve.
    pub fn follow(&self, series: &Series) -> Result<Followed, NotFitted> {
        let most = match series.quantity {
            Quantity::Share => 1.0,
            Quantity::Count => f64::INFINITY,
        };
        let last = series.values.last().copied().unwrap_or(0.0);
        let kind = match self {
            Rival::Curve(model) => Kind::Curve { fit: fit(series, model)?, shift: 0.0 },
            Rival::Shifted(model) => {
                let fit = fit(series, model)?;
                let shift = last - fit.fitted.last().copied().unwrap_or(last);
                Kind::Curve { fit, shift }
            }
            Rival::LastValue => last_value(series, last),
        };
        Ok(Followed { kind, most })
    }
}

/// The last value, with the spread of the steps that the series took: a walk without a direction.
fn last_value(series: &Series, value: f64) -> Kind {
    let steps = series.values.windows(2).zip(series.years.windows(2));
    let squares: Vec<f64> =
        steps.map(|(v, t)| (v[1] - v[0]) * (v[1] - v[0]) / (t[1] - t[0]).max(f64::MIN_POSITIVE)).collect();
    let mean = squares.iter().sum::<f64>() / squares.len().max(1) as f64;
    let freedom = squares.len().max(1) as f64;
    Kind::Last { value, years: series.span(), deviation_a_year: libm::sqrt(mean), freedom }
}

impl Followed {
    /// What is to be observed at times after the last observation, with the interval that holds it with the chance
    /// `level`.
    pub fn forecasts(&self, years: &[f64], level: f64) -> Vec<Forecast> {
        match &self.kind {
            Kind::Curve { fit, shift } => {
                let moved = |x: f64| (x + shift).clamp(0.0, self.most);
                let one = |f: Forecast| Forecast { value: moved(f.value), low: moved(f.low), high: moved(f.high), ..f };
                fit.forecasts(years, level).into_iter().map(one).collect()
            }
            Kind::Last { value, years: last, deviation_a_year, freedom } => {
                let quantile = intervals::student_quantile(0.5 + level / 2.0, *freedom);
                let one = |years: &f64| {
                    let half = quantile * deviation_a_year * libm::sqrt((years - last).max(0.0));
                    let (low, high) = ((value - half).max(0.0), (value + half).min(self.most));
                    Forecast { years: *years, value: *value, low, high }
                };
                years.iter().map(one).collect()
            }
        }
    }

    /// The curve, where it is one.
    pub fn curve(&self) -> Option<&Fit> {
        match &self.kind {
            Kind::Curve { fit, .. } => Some(fit),
            Kind::Last { .. } => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn series() -> Series {
        Series::from_values("a", Quantity::Share, &[0.0, 1.0, 2.0, 3.0, 4.0], &[0.1, 0.2, 0.35, 0.4, 0.55])
    }

    #[test]
    fn a_shifted_curve_begins_at_the_last_observation() {
        let shifted = Rival::Shifted(Model::free(Shape::Logistic)).follow(&series()).unwrap();
        assert!((shifted.forecasts(&[4.0], 0.9)[0].value - 0.55).abs() < 1e-12);
        let plain = Rival::Curve(Model::free(Shape::Logistic)).follow(&series()).unwrap();
        let apart = |years: f64| shifted.forecasts(&[years], 0.9)[0].value - plain.forecasts(&[years], 0.9)[0].value;
        assert!((apart(5.0) - apart(6.0)).abs() < 1e-12, "it is as far from the curve everywhere");
    }

    #[test]
    fn the_last_value_stays_and_its_band_grows_with_the_root_of_time() {
        let last = Rival::LastValue.follow(&series()).unwrap();
        let at = last.forecasts(&[5.0, 8.0], 0.8);
        assert_eq!((at[0].value, at[1].value), (0.55, 0.55));
        let half = |i: usize| at[i].value - at[i].low;
        assert!((half(1) / half(0) - 2.0).abs() < 1e-9); // by hand: four years against one, root of 4
    }

    #[test]
    fn there_are_eight_rivals_with_names_of_their_own() {
        let mut names: Vec<String> = Rival::usual().iter().map(Rival::name).collect();
        names.sort();
        names.dedup();
        assert_eq!(names.len(), 8);
    }
}
