//! The words and numbers that page, text and tables share.

use crate::observed::Fitted;
use crate::observed::Simulated;
use crate::report::words::counted;
use crate::series::Quantity;
use crate::series::Series;
use crate::units::thousands;

/// Name of the series, or what stands for it.
pub fn name(fitted: &Fitted) -> &str {
    if fitted.series.name.is_empty() { "the series" } else { &fitted.series.name }
}

/// What was fitted, in a sentence.
pub fn what(fitted: &Fitted) -> String {
    let points = counted(fitted.fitted_points, "point");
    let held = match fitted.series.n_points() - fitted.fitted_points {
        0 => String::new(),
        n => format!("; the last {n} were not seen"),
    };
    match &fitted.simulated {
        Simulated::BuiltIn => format!("The small built-in model, fitted to {points} of {}{held}.", name(fitted)),
        Simulated::District { name: scenario, measure, educators, .. } => format!(
            "The scenario {scenario}, fitted to {points} of {}{held}. Measure: {}, of {educators}.",
            name(fitted),
            measure.words()
        ),
    }
}

/// A value in the unit of the series: a percentage, or a count.
pub fn value(series: &Series, x: f64) -> String {
    match series.quantity {
        Quantity::Share => format!("{:.1} %", x * 100.0),
        Quantity::Count if x.abs() < 10.0 => format!("{x:.1}"),
        Quantity::Count => thousands(libm::round(x) as i64),
    }
}

/// A distance in the unit of the series: percentage points, or a count.
pub fn distance(series: &Series, x: f64) -> String {
    match series.quantity {
        Quantity::Share => format!("{:.2} points", x * 100.0),
        Quantity::Count if x.abs() < 10.0 => format!("{x:.2}"),
        Quantity::Count => thousands(libm::round(x) as i64),
    }
}

/// A number with three digits that count.
pub fn three_digits(x: f64) -> String {
    if x == 0.0 || !x.is_finite() {
        return "0".to_string();
    }
    let digits = (2 - libm::floor(libm::log10(x.abs())) as i32).clamp(0, 9) as usize;
    format!("{x:.digits$}")
}

/// A time of the series as a year with its part, or as years since the start of a scenario.
pub fn time(fitted: &Fitted, years: f64) -> f64 {
    fitted.series.first_year + years
}

/// A time for a table: without a point where it has no part.
pub fn time_words(fitted: &Fitted, years: f64) -> String {
    let time = time(fitted, years);
    if (time - libm::round(time)).abs() < 1e-9 { format!("{time:.0}") } else { format!("{time:.2}") }
}

/// Who forecast better, in sentences; empty where nothing was held out.
pub fn verdict(fitted: &Fitted) -> Vec<String> {
    let Some(own) = fitted.judged.first() else { return Vec::new() };
    let series = &fitted.series;
    let n = series.n_points() - fitted.fitted_points;
    let ratio = |of: &str| fitted.ratio_to(of).unwrap_or(f64::NAN);
    let rivals = &fitted.judged[1..];
    let better = rivals.iter().filter(|judged| judged.rmse < own.rmse).count();
    let mut words = vec![format!(
        "On the {} that it had not seen it is off by {} (root mean square); {:.0} % of them lie within its band of 90 %, \
         {:.0} % within that of 80 %.",
        counted(n, "point"),
        distance(series, own.rmse),
        own.coverage_90 * 100.0,
        own.coverage_80 * 100.0
    )];
    if let Some(best) = rivals.iter().min_by(|a, b| a.rmse.total_cmp(&b.rmse)) {
        words.push(format!(
            "The best of {} rivals is {}, off by {}: {}. {} better.",
            rivals.len(),
            quoted(&best.name),
            distance(series, best.rmse),
            ratio_words(ratio(&best.name)),
            match better {
                0 => "None of them is".to_string(),
                1 => "One of them is".to_string(),
                n => format!("{n} of them are"),
            }
        ));
    }
    words.push(
        "One series held out once says little: which model is ahead on one curve is luck to a good part. docs/validation.md has many."
            .to_string(),
    );
    words
}

fn quoted(name: &str) -> String {
    format!("“{name}”")
}

/// Names between backticks, as they stand in a terminal, between the quotes of a page.
pub fn in_quotes(sentence: &str) -> String {
    let pieces = sentence.split('`').enumerate();
    pieces.map(|(place, piece)| if place % 2 == 1 { quoted(piece) } else { piece.to_string() }).collect()
}

/// A ratio of errors in words.
pub fn ratio_words(ratio: f64) -> String {
    if !ratio.is_finite() {
        return "it is exact".to_string();
    }
    format!("the simulator's error is {ratio:.2} times as large")
}

/// The name of a model as readers know it.
pub fn model_name(fitted: &Fitted, name: &str) -> String {
    match (name, &fitted.simulated) {
        ("calibrated", Simulated::BuiltIn) => "built-in model".to_string(),
        ("calibrated", Simulated::District { name, .. }) => format!("scenario {name}"),
        _ => name.to_string(),
    }
}

/// What to keep in mind, in sentences.
pub fn notes(fitted: &Fitted) -> Vec<String> {
    let mut notes = vec![
        "Bands to the left, where points were fitted, are those of the simulated curve alone; bands to the right hold what may be \
         observed: the curve, how far it has been off lately, and the error of one observation."
            .to_string(),
        "A forecast begins at the last observation, because a simulator that is off now will be off the same way for a while. Much of \
         what it gains over a plain curve comes from that and not from what is simulated: the shifted rivals have the same advantage."
            .to_string(),
        "A parameter is what agrees with this curve, given what was thought of it beforehand. Curves of the same shape come from \
         different causes: a good fit does not show that the model is right."
            .to_string(),
    ];
    if let Simulated::District { from, until, .. } = &fitted.simulated {
        notes.push(format!(
            "Each particle is one district from {from} to {until} with luck of its own; values that the scenario gives as distributions \
             and that were not named are drawn anew for each."
        ));
    }
    notes.extend(fitted.left_out.iter().map(|why| format!("Not fitted: {why}.")));
    notes
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_a_terminal_become_names_of_a_page() {
        assert_eq!(in_quotes("tell `a` and `b` apart"), "tell “a” and “b” apart");
        assert_eq!(in_quotes("nothing"), "nothing");
    }

    #[test]
    fn three_digits_count_whatever_the_size() {
        assert_eq!(
            [0.0, 0.000123456, 0.0123456, 1.23456, 123.456, 123456.0].map(three_digits),
            ["0", "0.000123", "0.0123", "1.23", "123", "123456"]
        );
    }
}
