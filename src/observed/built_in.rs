//! The small built-in model against a series.

use crate::calibration::aggregate;
use crate::calibration::aggregate::Priors;
use crate::findings::Findings;
use crate::observed::Asked;
use crate::observed::Fitted;
use crate::observed::Simulated;
use crate::observed::Simulator;
use crate::observed::fit;
use crate::series::Quantity;
use crate::series::Series;
use std::sync::Arc;

/// Fits the small built-in model to a series.
///
/// # Errors
/// When it cannot be fitted, or too few points are left.
pub fn fit_built_in(series: &Series, file: &Arc<str>, asked: &Asked) -> Result<Fitted, Findings> {
    let later = if asked.hold_out.is_some() { Vec::new() } else { ahead(series) };
    let times = [series.years.clone(), later.clone()].concat();
    let simulator = Simulator {
        simulated: Simulated::BuiltIn,
        priors: |seen: &Series| Priors::default().for_series(seen),
        describe: |name: &str| describe(name, series.quantity),
        simulate: aggregate::simulator(&times),
    };
    fit(series, file, asked, &later, simulator)
}

/// Times after the series: a third as many as it has, in its usual step.
fn ahead(series: &Series) -> Vec<f64> {
    let mut steps: Vec<f64> = series.years.windows(2).map(|pair| pair[1] - pair[0]).collect();
    steps.sort_by(f64::total_cmp);
    let step = steps[steps.len() / 2];
    let n = series.n_points().div_ceil(3).clamp(2, 12);
    (1..=n).map(|i| series.span() + step * i as f64).collect()
}

fn describe(name: &str, quantity: Quantity) -> (String, String) {
    let of_series = match quantity {
        Quantity::Share => "share",
        Quantity::Count => "count",
    };
    let (meaning, unit) = match name {
        "own_pull" => ("pull of one's own: who adopts though nobody has", "1/year"),
        "peers_pull" => ("pull of those who have adopted", "1/year"),
        "spread" => ("how much people differ in disposition (variance, mean 1)", "-"),
        "ceiling" => ("the most that is ever reached", of_series),
        "start" => ("what is reached at the first row", of_series),
        "slowdown" => ("part of the pull that is lost a year", "1/year"),
        _ => ("", ""),
    };
    (meaning.to_string(), unit.to_string())
}
