//! The validation book: what was checked, what came out, and what the model gets wrong, as Markdown.
//!
//! Has numbers, gives text. Parts stand between marks, so that a test can hold one of them against the book.

mod curves;
mod engines;
mod wrong;

use crate::report::words::capital;
use crate::validate::Check;
use crate::validate::Numbers;

const ODD: &str = include_str!("odd.md");

/// A part of the book.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Part {
    /// Its name in the marks.
    pub name: &'static str,
    /// Its heading.
    pub title: &'static str,
    /// Its text.
    pub text: String,
}

/// The parts that need no simulation.
pub fn without_numbers() -> Vec<Part> {
    let part = |name, title, text| Part { name, title, text };
    vec![
        part("odd", "The model, described", ODD.to_string()),
        part("sources", "Curves of education and where they come from", curves::sources()),
        part("plain-fits", "Least squares against another program", curves::plain_fits()),
    ]
}

/// The parts that are simulated, in the order of the book.
fn with_numbers(numbers: &Numbers) -> Vec<Part> {
    let part = |name, title, text| Part { name, title, text };
    let mut parts = vec![
        part("bass", "Bass diffusion", engines::bass(numbers)),
        part("logistic", "Logistic growth", engines::logistic(numbers)),
        part("threshold", "Thresholds", engines::threshold(numbers)),
        part("waits", "Waits on the ladder", engines::waits(numbers)),
        part("reference", "The reference model", engines::reference(numbers)),
        part("twins", "The kernel and its slow twin", engines::twins(numbers)),
        part("recovery", "Known parameters, found again", curves::recovery(numbers)),
        part("education", "Curves of education, forecast", curves::education(numbers)),
        part("published", "Published curves, forecast", curves::published(numbers)),
        part("wrong", "What the model gets wrong", wrong::wrong(numbers)),
    ];
    let mut still = without_numbers();
    parts.insert(0, still.remove(0));
    let place = parts.iter().position(|part| part.name == "education").unwrap_or(parts.len());
    parts.splice(place..place, still);
    parts
}

/// The whole book.
pub fn book(numbers: &Numbers) -> String {
    let mut text = format!(
        "# Validation\n\nWritten by `earlybell validate`; do not edit it by hand. What is simulated here is the same on every machine: \
         seeds are fixed. A distance in standard errors (z) beyond 3 is rare by luck alone, one beyond 4.5 would fail the command.\n\n{}\n",
        summary(numbers)
    );
    for part in with_numbers(numbers) {
        text += &marked(&part);
    }
    text
}

/// A part with its heading between its marks.
pub fn marked(part: &Part) -> String {
    format!(
        "\n<!-- begin {} -->\n## {}\n\n{}\n<!-- end {} -->\n",
        part.name,
        part.title,
        part.text.trim_end(),
        part.name
    )
}

/// The outcome in a few lines, for the head of the book and for a terminal.
pub fn summary(numbers: &Numbers) -> String {
    let real = numbers.published.as_ref().unwrap_or(&numbers.education);
    let ratio = |name: &str| {
        let found = real.benchmark.against.iter().find(|against| against.name == name);
        found.map_or("not compared".to_string(), |against| format!("{:.2}", against.median_ratio))
    };
    let twins: Vec<&str> = numbers.twins.iter().map(|twin| twin.scenario.as_str()).collect();
    let covered: Vec<f64> =
        numbers.recovery.iter().flat_map(|(_, all)| all.iter().map(|one| one.coverage_90)).collect();
    let mean = covered.iter().sum::<f64>() / covered.len().max(1) as f64;
    format!(
        "- {} distances from theory, from another implementation and between the two engines ({}): the largest is {:.1} standard errors.\n\
         - Intervals of 90 % hold known parameters in {:.0} % of the trials, on average over {} parameters.\n\
         - Out of sample on {} curves the median ratio of the built-in model's error to a rival's is {} for Bass, {} for logistic, {} for Gompertz, \
         {} for Gompertz shifted to the last observation, {} for the last value repeated. Its bands of 80 and 90 % hold {:.0} and {:.0} % of what came.",
        numbers.n_checks(),
        twins.join(", "),
        numbers.worst_z(),
        mean * 100.0,
        covered.len(),
        real.benchmark.series.len(),
        ratio("Bass"),
        ratio("logistic"),
        ratio("Gompertz"),
        ratio("Gompertz, shifted"),
        ratio("last value"),
        real.benchmark.coverage_80 * 100.0,
        real.benchmark.coverage_90 * 100.0,
    )
}

/// A table of checks, in per cent of everybody where `unit` says so.
fn checks(all: &[Check], heading: &str, unit: Unit) -> String {
    let number = |x: f64| match unit {
        Unit::Percent(digits) => format!("{:.digits$} %", x * 100.0),
        Unit::Weeks => format!("{x:.2}"),
    };
    let mut text = format!("| {heading} | expected | found | standard error | z |\n|---|---|---|---|---|\n");
    for check in all {
        let Check { about, expected, found, error, z } = check;
        text += &format!(
            "| {} | {} | {} | {} | {z:+.1} |\n",
            capital(about),
            number(*expected),
            number(*found),
            number(*error)
        );
    }
    text
}

/// How a number is written.
#[derive(Debug, Clone, Copy)]
enum Unit {
    /// As a percentage with so many digits.
    Percent(usize),
    /// As weeks.
    Weeks,
}

#[cfg(test)]
mod tests;
