//! The test that counts: fit on what came first, judge on what came after.

use crate::calibration::Band;
use crate::calibration::Calibration;
use crate::calibration::Effort;
use crate::calibration::ErrorModel;
use crate::calibration::Parameter;
use crate::calibration::Uncalibrated;
use crate::calibration::calibrate;
use crate::series::Series;
use crate::series::null_models::Followed;
use crate::series::null_models::Forecast;
use crate::series::null_models::Rival;
use serde::Serialize;

/// How much of a series is fitted.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub enum Split {
    /// So many points.
    First(usize),
    /// This share of the points, rounded up.
    Share(f64),
}

impl Split {
    /// How many points that is; at least one is left to judge by.
    pub fn n_points(self, series: &Series) -> usize {
        let n = series.n_points();
        let wanted = match self {
            Split::First(points) => points,
            // Two thirds of 12 must be 8, whatever the last bit of two thirds.
            Split::Share(share) => libm::ceil(share * n as f64 - 1e-9) as usize,
        };
        wanted.min(n.saturating_sub(1))
    }
}

/// How well one model forecast what it had not seen.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Judged {
    /// Its name.
    pub name: String,
    /// Root of the mean squared error, in the unit of the series.
    pub rmse: f64,
    /// Mean absolute error.
    pub mean_absolute_error: f64,
    /// Share of the points within the band of 80 %.
    pub coverage_80: f64,
    /// Share of the points within the band of 90 %.
    pub coverage_90: f64,
    /// What it forecast.
    pub forecast: Vec<Band>,
}

/// A series held out from some point on.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct HoldOut {
    /// Name of the series.
    pub series: String,
    /// Points that were fitted.
    pub fitted_points: usize,
    /// Points that were judged.
    pub judged_points: usize,
    /// The simulator first, then the null models that could be fitted.
    pub models: Vec<Judged>,
    /// The calibration on the fitted points.
    pub calibration: Calibration,
}

impl HoldOut {
    /// The error of the simulator over that of a null model; below 1 the simulator was better.
    pub fn ratio_to(&self, name: &str) -> Option<f64> {
        let own = self.models.first()?.rmse;
        self.models.iter().find(|judged| judged.name == name).map(|judged| own / judged.rmse.max(f64::MIN_POSITIVE))
    }
}

/// Fits the first part of a series and judges the forecast of the rest, for a simulator and for null models.
///
/// `parameters` and `error_model` are made from the first part alone by the function that is handed in, and the
/// simulator gives values at all times of the whole series.
///
/// # Errors
/// When the simulator cannot be calibrated; a null model that cannot be fitted is left out.
pub fn hold_out<S: Fn(&[f64], u64) -> Vec<f64> + Sync>(
    series: &Series,
    split: Split,
    rivals: &[Rival],
    priors: impl Fn(&Series) -> (Vec<Parameter>, ErrorModel),
    effort: &Effort,
    simulate: &S,
) -> Result<HoldOut, Uncalibrated> {
    let n = split.n_points(series);
    let seen = series.first_points(n);
    let later = &series.years[n..];
    let (parameters, error_model) = priors(&seen);
    let calibration = calibrate(&seen, later, &parameters, &error_model, effort, simulate)?;
    let mut models = vec![judge("calibrated", &series.values[n..], calibration.forecast.clone())];
    for rival in rivals {
        if let Ok(followed) = rival.follow(&seen) {
            models.push(judge(&rival.name(), &series.values[n..], bands(&followed, later)));
        }
    }
    let judged_points = series.n_points() - n;
    Ok(HoldOut { series: series.name.clone(), fitted_points: n, judged_points, models, calibration })
}

/// The forecasts of a null model in the form of those of the simulator.
pub fn bands(followed: &Followed, years: &[f64]) -> Vec<Band> {
    let (wide, narrow) = (followed.forecasts(years, 0.9), followed.forecasts(years, 0.8));
    let band = |(wide, narrow): (&Forecast, &Forecast)| Band {
        years: wide.years,
        low_90: wide.low,
        low_80: narrow.low,
        median: wide.value,
        high_80: narrow.high,
        high_90: wide.high,
    };
    wide.iter().zip(&narrow).map(band).collect()
}

fn judge(name: &str, observed: &[f64], forecast: Vec<Band>) -> Judged {
    let n = observed.len() as f64;
    let pairs = || forecast.iter().zip(observed);
    let share = |within: &dyn Fn(&Band, f64) -> bool| pairs().filter(|(band, y)| within(band, **y)).count() as f64 / n;
    Judged {
        name: name.to_string(),
        rmse: libm::sqrt(pairs().map(|(band, y)| (band.median - y) * (band.median - y)).sum::<f64>() / n),
        mean_absolute_error: pairs().map(|(band, y)| (band.median - y).abs()).sum::<f64>() / n,
        coverage_80: share(&|band, y| band.low_80 <= y && y <= band.high_80),
        coverage_90: share(&|band, y| band.low_90 <= y && y <= band.high_90),
        forecast,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::series::Quantity;

    #[test]
    fn two_thirds_of_twelve_points_are_eight() {
        let times: Vec<f64> = (0..12).map(f64::from).collect();
        let series = Series::from_values("a", Quantity::Share, &times, &times);
        assert_eq!(Split::Share(2.0 / 3.0).n_points(&series), 8);
        assert_eq!(Split::First(40).n_points(&series), 11);
    }

    #[test]
    fn errors_and_coverage_are_those_reckoned_by_hand() {
        let band = |median: f64| Band { years: 0.0, low_90: 0.0, low_80: 0.2, median, high_80: 0.6, high_90: 0.8 };
        let judged = judge("a", &[0.5, 0.7], vec![band(0.5), band(0.4)]);
        assert!((judged.mean_absolute_error - 0.15).abs() < 1e-12); // by hand: (0 + 0.3) / 2
        assert!((judged.rmse - 0.045f64.sqrt()).abs() < 1e-12); // by hand: 0.09 / 2
        assert_eq!((judged.coverage_80, judged.coverage_90), (0.5, 1.0));
    }
}
