//! Tidy tables: parameters, curves, and who forecast how well.

use crate::calibration::Band;
use crate::observed::Belongs;
use crate::observed::Fitted;
use crate::report::OutputFile;
use crate::report::calibrate::told::model_name;
use crate::report::calibrate::told::time;
use crate::report::tables::Table;
use crate::report::tables::number;

/// All of them.
pub fn all(fitted: &Fitted) -> Vec<OutputFile> {
    let mut files = vec![parameters(fitted), curve(fitted)];
    if !fitted.judged.is_empty() {
        files.push(judged(fitted));
    }
    files
}

fn parameters(fitted: &Fitted) -> OutputFile {
    let columns = [
        "parameter",
        "belongs_to",
        "unit",
        "before_low_90",
        "before_median",
        "before_high_90",
        "after_low_90",
        "after_median",
        "after_high_90",
        "after_mean",
        "narrower_by",
        "told_by_the_data",
    ];
    let mut table = Table::new("parameters", &columns);
    let silent = &fitted.calibration.identified.not_told;
    for told in &fitted.parameters {
        let (after, belongs) = (&told.after, told.belongs);
        table.row(vec![
            after.name.clone(),
            match belongs {
                Belongs::Simulator => "simulator".into(),
                Belongs::Errors => "errors".into(),
            },
            told.unit.clone(),
            precise(told.before.0),
            precise(after.prior_median),
            precise(told.before.1),
            precise(after.low),
            precise(after.median),
            precise(after.high),
            precise(after.mean),
            number(after.contraction),
            if silent.contains(&after.name) { "no".into() } else { "yes".into() },
        ]);
    }
    table.beside()
}

/// A number of any size with its first digits.
fn precise(x: f64) -> String {
    if x.abs() < 1e-3 && x != 0.0 { format!("{x:.4e}") } else { number(x) }
}

fn curve(fitted: &Fitted) -> OutputFile {
    let columns = ["time", "years", "part", "model", "observed", "low_90", "low_80", "median", "high_80", "high_90"];
    let mut table = Table::new("curve", &columns);
    let n = fitted.fitted_points;
    let observed = |i: usize| fitted.series.values.get(i).map(|value| number(*value)).unwrap_or_default();
    let part = |i: usize| match i {
        i if i < n => "fitted",
        i if i < fitted.series.n_points() => "held out",
        _ => "ahead",
    };
    let mut row = |i: usize, model: &str, years: f64, band: [String; 5]| {
        let mut cells = vec![number(time(fitted, years)), number(years), part(i).into(), model.into(), observed(i)];
        cells.extend(band);
        table.row(cells);
    };
    let own = model_name(fitted, "calibrated");
    for (i, band) in fitted.calibration.fitted.iter().chain(&fitted.calibration.forecast).enumerate() {
        row(i, &own, band.years, cells(band));
    }
    for beside in &fitted.beside {
        for (i, value) in beside.fitted.iter().enumerate() {
            let empty = String::new;
            row(i, &beside.name, fitted.series.years[i], [empty(), empty(), number(*value), empty(), empty()]);
        }
        for (i, band) in beside.forecast.iter().enumerate() {
            row(n + i, &beside.name, band.years, cells(band));
        }
    }
    table.beside()
}

fn cells(band: &Band) -> [String; 5] {
    [band.low_90, band.low_80, band.median, band.high_80, band.high_90].map(number)
}

fn judged(fitted: &Fitted) -> OutputFile {
    let columns = [
        "model",
        "points",
        "root_mean_square_error",
        "mean_absolute_error",
        "coverage_80",
        "coverage_90",
        "simulator_error_over_its",
    ];
    let mut table = Table::new("judged", &columns);
    let points = fitted.series.n_points() - fitted.fitted_points;
    for judged in &fitted.judged {
        table.row(vec![
            model_name(fitted, &judged.name),
            points.to_string(),
            number(judged.rmse),
            number(judged.mean_absolute_error),
            number(judged.coverage_80),
            number(judged.coverage_90),
            fitted.ratio_to(&judged.name).map(number).unwrap_or_default(),
        ]);
    }
    table.beside()
}
