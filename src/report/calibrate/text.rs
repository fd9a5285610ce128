//! What `calibrate` prints: readable in a hundred columns.

use crate::observed::Belongs;
use crate::observed::Fitted;
use crate::observed::Told;
use crate::report::calibrate::told;
use crate::report::words::capital;
use crate::report::words::wrap;

const WIDTH: usize = 98;

/// The fit in words and small tables.
pub fn text(fitted: &Fitted) -> String {
    let mut out = format!("{}\n\n", capital(told::name(fitted)));
    out += &paragraph(&told::what(fitted));
    out += &parameters(fitted);
    out += &data(fitted);
    out += &beside(fitted);
    out += &judged(fitted);
    out
}

fn paragraph(words: &str) -> String {
    wrap(words, WIDTH).iter().map(|line| format!("{line}\n")).collect()
}

fn parameters(fitted: &Fitted) -> String {
    let mut out = format!("\n{:<30} {:>26} {:>12} {:>26}\n", "Parameter", "before (90 %)", "after", "after (90 %)");
    for told in fitted.parameters.iter().filter(|told| told.belongs == Belongs::Simulator) {
        out += &row(told);
    }
    out
}

fn row(told: &Told) -> String {
    let band = |low: f64, high: f64| format!("{} to {}", told::three_digits(low), told::three_digits(high));
    let (before, after) = (band(told.before.0, told.before.1), band(told.after.low, told.after.high));
    format!("{:<30} {before:>26} {:>12} {after:>26}\n", told.after.name, told::three_digits(told.after.median))
}

fn data(fitted: &Fitted) -> String {
    let words = &fitted.calibration.identified.words;
    "\n".to_string() + &words.iter().map(|sentence| paragraph(sentence)).collect::<String>()
}

fn beside(fitted: &Fitted) -> String {
    let mut out = format!("\n{:<30} {:>26}\n", "How near to the fitted points", "off by (root mean square)");
    let mut row = |name: &str, rmse: f64| {
        out += &format!("{name:<30} {:>26}\n", told::distance(&fitted.series, rmse));
    };
    row(&told::model_name(fitted, "calibrated"), fitted.rmse());
    for beside in &fitted.beside {
        row(&beside.name, beside.rmse);
    }
    for why in &fitted.left_out {
        out += &paragraph(&format!("Not fitted: {why}."));
    }
    out
}

fn judged(fitted: &Fitted) -> String {
    if fitted.judged.is_empty() {
        return String::new();
    }
    let mut out = format!(
        "\n{:<30} {:>16} {:>16} {:>10} {:>10} {:>10}\n",
        "On points it had not seen", "off by (rms)", "mean distance", "in 80 %", "in 90 %", "ratio"
    );
    for judged in &fitted.judged {
        let ratio = fitted.ratio_to(&judged.name).map_or(String::new(), |ratio| format!("{ratio:.2}"));
        let off = |x: f64| told::distance(&fitted.series, x);
        out += format!(
            "{:<30} {:>16} {:>16} {:>8.0} % {:>8.0} % {ratio:>10}",
            told::model_name(fitted, &judged.name),
            off(judged.rmse),
            off(judged.mean_absolute_error),
            judged.coverage_80 * 100.0,
            judged.coverage_90 * 100.0
        )
        .trim_end();
        out += "\n";
    }
    out += "ratio: the simulator's error over that of this rival; below 1 the simulator was nearer\n\n";
    out + &told::verdict(fitted).iter().map(|sentence| paragraph(sentence)).collect::<String>()
}
