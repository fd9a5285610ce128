//! The page of a fit: the answer first, then the chart, parameters and who forecast better.

use crate::observed::Belongs;
use crate::observed::Fitted;
use crate::observed::Simulated;
use crate::report::calibrate::told;
use crate::report::page::Column::Numbers;
use crate::report::page::Column::Words;
use crate::report::page::Drawn;
use crate::report::page::figure;
use crate::report::page::head;
use crate::report::page::table;
use crate::report::words::capital;
use maud::DOCTYPE;
use maud::Markup;
use maud::html;

/// The page.
pub fn page(fitted: &Fitted, receipt_id: &str, drawn: &Drawn) -> String {
    let title = capital(told::name(fitted));
    let markup = html! {
        (DOCTYPE)
        html lang="en" {
            (head(&format!("{title} – Earlybell calibration"), ""))
            body {
                a class="skip" href="#main" { "Skip to the answer" }
                header {
                    h1 { (title) }
                    p class="question" { (told::what(fitted)) }
                }
                main id="main" {
                    (opening(fitted))
                    (figure(drawn))
                    h2 id="parameters" { "What the curve says of the parameters" }
                    (parameters(fitted))
                    h2 id="beside" { "Plain curves beside it" }
                    (beside(fitted))
                    @if !fitted.judged.is_empty() {
                        h2 id="judged" { "Who forecast what was held out" }
                        (judged(fitted))
                    }
                    h2 id="curve" { "The curve in numbers" }
                    (curve(fitted))
                    h2 id="notes" { "What to keep in mind" }
                    ul { @for note in told::notes(fitted) { li { (note) } } }
                }
                (footer(fitted, receipt_id))
            }
        }
    };
    markup.into_string().replace(" %", "\u{a0}%")
}

fn opening(fitted: &Fitted) -> Markup {
    let verdict = told::verdict(fitted);
    html! {
        section class="answer" aria-label="The answer" {
            dl {
                dt { "How near it comes" }
                dd class="short" { "Off by " (told::distance(&fitted.series, fitted.rmse())) " on the points it was fitted to (root mean square)." }
                @if let Some((first, more)) = verdict.split_first() {
                    dt { "How well it forecasts" }
                    dd class="short" { (first) }
                    @for sentence in more { dd class="more" { (sentence) } }
                }
                dt { "What the data tell" }
                @for sentence in &fitted.calibration.identified.words { dd class="short" { (told::in_quotes(sentence)) } }
            }
        }
    }
}

fn parameters(fitted: &Fitted) -> Markup {
    let columns = [
        Words("Parameter"),
        Words("Meaning"),
        Words("Unit"),
        Numbers("Before, 90 %"),
        Numbers("After, median"),
        Numbers("After, 90 %"),
        Numbers("Narrower by"),
    ];
    let band = |low: f64, high: f64| format!("{} to {}", told::three_digits(low), told::three_digits(high));
    let errors = fitted.parameters.iter().position(|told| told.belongs == Belongs::Errors);
    table(
        "Parameters before and after the data. The last three say how observations differ from the curve.",
        &columns,
        html! {
            @for (place, told) in fitted.parameters.iter().enumerate() { tr {
                th scope="row" { (told.after.name) @if Some(place) == errors { br; span class="small" { "from here on: errors" } } }
                td { (told.meaning) }
                td { (told.unit) }
                td class="n" { (band(told.before.0, told.before.1)) }
                td class="n" { (told::three_digits(told.after.median)) }
                td class="n" { (band(told.after.low, told.after.high)) }
                td class="n" { (format!("{:.0} %", (told.after.contraction * 100.0).max(0.0))) }
            } }
        },
    )
}

fn beside(fitted: &Fitted) -> Markup {
    let columns = [Words("Curve"), Numbers("Off by (root mean square)"), Numbers("AICc"), Words("Parameters")];
    let list = |beside: &crate::observed::Beside| {
        let each = beside.parameters.iter().map(|p| format!("{} {}", p.name, told::three_digits(p.value)));
        each.collect::<Vec<String>>().join(", ")
    };
    table(
        "Fitted by least squares to the same points; times in years since the first row",
        &columns,
        html! {
            tr { th scope="row" { (capital(&told::model_name(fitted, "calibrated"))) } td class="n" { (told::distance(&fitted.series, fitted.rmse())) } td {} td {} }
            @for beside in &fitted.beside { tr {
                th scope="row" { (beside.name) }
                td class="n" { (told::distance(&fitted.series, beside.rmse)) }
                td class="n" { (beside.aicc.map_or("–".to_string(), |x| format!("{x:.1}"))) }
                td { (list(beside)) }
            } }
        },
    )
}

fn judged(fitted: &Fitted) -> Markup {
    let columns = [
        Words("Model"),
        Numbers("Off by (root mean square)"),
        Numbers("Mean distance"),
        Numbers("Within 80 %"),
        Numbers("Within 90 %"),
        Numbers("Simulator's error over its"),
    ];
    table(
        "Forecasts of the points that were held out",
        &columns,
        html! {
            @for judged in &fitted.judged { tr {
                th scope="row" { (told::model_name(fitted, &judged.name)) }
                td class="n" { (told::distance(&fitted.series, judged.rmse)) }
                td class="n" { (told::distance(&fitted.series, judged.mean_absolute_error)) }
                td class="n" { (format!("{:.0} %", judged.coverage_80 * 100.0)) }
                td class="n" { (format!("{:.0} %", judged.coverage_90 * 100.0)) }
                td class="n" { (fitted.ratio_to(&judged.name).map_or("–".to_string(), |ratio| format!("{ratio:.2}"))) }
            } }
        },
    )
}

fn curve(fitted: &Fitted) -> Markup {
    let columns = [
        Words("Time"),
        Words("Part"),
        Numbers("Observed"),
        Numbers("Simulated, median"),
        Numbers("80 %"),
        Numbers("90 %"),
    ];
    let n = fitted.fitted_points;
    let series = &fitted.series;
    let bands = fitted.calibration.fitted.iter().chain(&fitted.calibration.forecast);
    let part = |i: usize| {
        if i < n {
            "fitted"
        } else if i < series.n_points() {
            "held out"
        } else {
            "ahead"
        }
    };
    let to = |low: f64, high: f64| format!("{} to {}", told::value(series, low), told::value(series, high));
    table(
        "Observed and simulated",
        &columns,
        html! {
            @for (i, band) in bands.enumerate() { tr {
                th scope="row" { (told::time_words(fitted, band.years)) }
                td { (part(i)) }
                td class="n" { (series.values.get(i).map_or("–".to_string(), |value| told::value(series, *value))) }
                td class="n" { (told::value(series, band.median)) }
                td class="n" { (to(band.low_80, band.high_80)) }
                td class="n" { (to(band.low_90, band.high_90)) }
            } }
        },
    )
}

fn footer(fitted: &Fitted, receipt_id: &str) -> Markup {
    let what = match &fitted.simulated {
        Simulated::BuiltIn => "Built-in model".to_string(),
        Simulated::District { name, .. } => format!("Scenario {name}"),
    };
    html! {
        footer {
            p {
                (what) ", seed " (fitted.effort.seed) ", " (fitted.effort.particles) " particles, " (fitted.calibration.simulations)
                " simulations. Made with Earlybell " (env!("CARGO_PKG_VERSION")) "."
            }
            p { "Receipt: " (receipt_id) ". The same files, seed and version give the same bytes; " code { "earlybell verify" } " runs them again." }
        }
    }
}
