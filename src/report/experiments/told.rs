//! What tables, charts, pages and words share: inputs and measures as readers meet them.

use crate::experiments::Design;
use crate::experiments::Input;
use crate::experiments::Kind;
use crate::experiments::Purpose;
use crate::experiments::Summary;
use crate::experiments::Value;
use crate::report::words::capital;

/// The levers, in order.
pub fn levers<'a>(summary: &'a Summary) -> Vec<&'a Input> {
    summary.plan.inputs.iter().filter(|input| input.kind == Kind::Lever).collect()
}

/// Whether every value of each lever meets every value of the others.
pub fn is_grid(summary: &Summary) -> bool {
    matches!(summary.plan.asked.purpose, Purpose::Sweep { design: Design::Grid, .. })
}

/// The measures that charts of a sweep show: using and routine at the end.
pub fn charted(summary: &Summary) -> Vec<usize> {
    ["using", "routine"].iter().filter_map(|name| summary.plan.measures.place_of(name)).collect()
}

/// The value of an input at a point; empty where it is left as written.
pub fn value(input: &Input, value: &Option<Value>) -> String {
    value.as_ref().map(|v| input.told(v)).unwrap_or_default()
}

/// The name of a column: the path with the unit behind it.
pub fn column(input: &Input) -> String {
    let plain = |text: &str| {
        let letters: String = text.chars().map(|c| if c.is_alphanumeric() { c } else { '_' }).collect();
        letters.trim_matches('_').to_lowercase()
    };
    if input.unit.is_empty() { input.name.clone() } else { format!("{}_{}", input.name, plain(&input.unit)) }
}

/// The values of the levers at one of their points, in words.
pub fn lever_point(summary: &Summary, lever_point: usize) -> String {
    let point = &summary.plan.points[lever_point * summary.plan.n_futures];
    let of_levers = summary.plan.inputs.iter().zip(&point.values).filter(|(input, _)| input.kind == Kind::Lever);
    let told: Vec<String> = of_levers
        .filter_map(|(input, value)| Some(format!("{} {}", input.words, input.told_with_unit(value.as_ref()?))))
        .collect();
    if told.is_empty() { "as written".into() } else { told.join(", ") }
}

/// A measure's name with a capital.
pub fn measure(summary: &Summary, measure: usize) -> String {
    capital(&summary.plan.measures.list[measure].words)
}

/// What counts as failure, in words.
pub fn failure(summary: &Summary) -> String {
    let fails = &summary.plan.fails;
    let of = &summary.plan.measures.list[fails.measure];
    let side = match fails.side {
        crate::experiments::Side::Below => "below",
        crate::experiments::Side::Above => "above",
    };
    format!("{} {side} {}, on average over the runs of a point", of.words, of.told(fails.limit))
}

/// Runs in all.
pub fn n_runs(summary: &Summary) -> usize {
    summary.plan.points.len() * summary.plan.asked.replicates as usize
}
