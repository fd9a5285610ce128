//! What must hold before anything is fitted.

use crate::findings::Finding;
use crate::findings::Findings;
use crate::findings::Place;
use crate::series::Series;
use std::sync::Arc;

/// Fewer points than this say nothing about the shape of a curve.
pub const LEAST_FITTED: usize = 4;

/// How many points are fitted when a share of them is held out.
///
/// # Errors
/// When too few are left, or none is held out.
pub fn points_to_fit(series: &Series, hold_out: Option<f64>, file: &Arc<str>) -> Result<usize, Findings> {
    let n = series.n_points();
    let Some(share) = hold_out else { return Ok(n) };
    let held = libm::round(share * n as f64) as usize;
    let wrong = |told: String, help: String| {
        let finding = Finding::error("observed::hold_out", told);
        Err(finding.at(&Place::at(file, ""), "the series").help(help).into())
    };
    let percent = share * 100.0;
    if held == 0 {
        let least = libm::ceil(50.0 / n as f64);
        let help = format!("hold out more: --hold-out {:.2} leaves one out", (least / 100.0).max(0.01));
        return wrong(format!("{percent:.0} % of {n} points is not one point to judge by"), help);
    }
    let left = n - held;
    if left < LEAST_FITTED {
        let told = format!(
            "holding {held} of {n} points out leaves {left} to fit; the shape of a curve needs at least {LEAST_FITTED}"
        );
        let most = n.saturating_sub(LEAST_FITTED);
        let help = if most == 0 {
            "add observations; this series is too short for anything to be held out".to_string()
        } else {
            // Rounded down, so that the help does not fail in its turn.
            let share = libm::floor(most as f64 / n as f64 * 100.0) / 100.0;
            format!("hold out {most} at most: --hold-out {share:.2}")
        };
        return wrong(told, help);
    }
    Ok(left)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::series::Quantity;

    fn of(n: usize, share: f64) -> Result<usize, String> {
        let times: Vec<f64> = (0..n).map(|i| i as f64).collect();
        let series = Series::from_values("a", Quantity::Share, &times, &vec![0.5; n]);
        points_to_fit(&series, Some(share), &Arc::from("a.csv")).map_err(|findings| findings.to_string())
    }

    #[test]
    fn a_third_of_twelve_points_is_four() {
        assert_eq!(of(12, 0.33), Ok(8)); // by hand: 3.96 is 4
        assert_eq!(of(6, 0.33), Ok(4)); // by hand: 1.98 is 2
    }

    #[test]
    fn too_few_points_to_fit_and_none_to_judge_by_are_told() {
        let told =
            "holding 3 of 6 points out leaves 3 to fit; the shape of a curve needs at least 4 [observed::hold_out]";
        assert_eq!(of(6, 0.5), Err(told.to_string()));
        assert_eq!(of(6, 0.05), Err("5 % of 6 points is not one point to judge by [observed::hold_out]".to_string()));
    }
}
