//! The fit as JSON.

use crate::observed::Fitted;
use crate::observed::Simulated;
use crate::report::calibrate::told::model_name;
use serde_json::Value;
use serde_json::json;

/// Everything but the particles.
pub fn as_json(fitted: &Fitted, receipt_id: &str) -> Value {
    let parameters: Vec<Value> = (fitted.parameters.iter())
        .map(|told| {
            json!({
                "name": told.after.name, "belongs_to": told.belongs, "meaning": told.meaning, "unit": told.unit,
                "before_90": [told.before.0, told.before.1], "before_median": told.after.prior_median,
                "after_90": [told.after.low, told.after.high], "median": told.after.median, "mean": told.after.mean,
                "narrower_by": told.after.contraction,
            })
        })
        .collect();
    let beside: Vec<Value> = (fitted.beside.iter())
        .map(|beside| json!({ "name": beside.name, "rmse": beside.rmse, "aicc": beside.aicc, "parameters": beside.parameters }))
        .collect();
    let judged: Vec<Value> = (fitted.judged.iter())
        .map(|judged| {
            json!({
                "model": model_name(fitted, &judged.name), "rmse": judged.rmse,
                "mean_absolute_error": judged.mean_absolute_error, "coverage_80": judged.coverage_80,
                "coverage_90": judged.coverage_90, "simulator_error_over_its": fitted.ratio_to(&judged.name),
            })
        })
        .collect();
    json!({
        "receipt": receipt_id,
        "series": fitted.series,
        "fitted_points": fitted.fitted_points,
        "simulated": simulated(&fitted.simulated),
        "parameters": parameters,
        "not_told_by_the_data": fitted.calibration.identified.not_told,
        "known_only_together": fitted.calibration.identified.ridges,
        "in_words": fitted.calibration.identified.words,
        "rmse": fitted.rmse(),
        "fitted": fitted.calibration.fitted,
        "forecast": fitted.calibration.forecast,
        "null_models": beside,
        "left_out": fitted.left_out,
        "judged": judged,
        "simulations": fitted.calibration.simulations,
        "effort": fitted.effort,
    })
}

fn simulated(simulated: &Simulated) -> Value {
    match simulated {
        Simulated::BuiltIn => json!({ "model": "built-in" }),
        Simulated::District { name, title, measure, educators, from, until } => json!({
            "model": "scenario", "scenario": name, "title": title, "measure": measure, "educators": educators,
            "from": from.to_string(), "until": until.to_string(),
        }),
    }
}
