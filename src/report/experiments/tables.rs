//! Tables of a sensitivity: one fact a row.

use crate::experiments::Analysis;
use crate::experiments::Summary;
use crate::report::OutputFile;
use crate::report::experiments::sweep_tables::design;
use crate::report::experiments::sweep_tables::outcomes;
use crate::report::tables::Table;
use crate::report::tables::number;
use crate::sensitivity::Discovery;
use crate::sensitivity::Estimate;

/// Every table of a sensitivity.
pub fn all(summary: &Summary, found: &Analysis) -> Vec<OutputFile> {
    let mut tables = vec![design(summary), outcomes(summary)];
    let has = |pick: fn(&crate::experiments::OfMeasure) -> bool| found.measures.iter().any(pick);
    if has(|m| m.tornado.is_some()) {
        tables.push(tornado(summary, found));
    }
    if has(|m| m.morris.is_some()) {
        tables.push(morris(summary, found));
    }
    if has(|m| m.sobol.is_some()) {
        tables.push(sobol(summary, found));
    }
    if has(|m| m.luck.is_some()) {
        tables.push(luck(summary, found));
    }
    if let Some(discovery) = &found.discovery {
        tables.push(boxes(summary, discovery));
    }
    tables.into_iter().map(Table::beside).collect()
}

/// The measure, its unit and the input, as every table begins.
fn head(summary: &Summary, measure: usize, input: usize) -> [String; 4] {
    let (of, input) = (&summary.plan.measures.list[measure], &summary.plan.inputs[input]);
    [of.key.clone(), of.unit.to_string(), input.name.clone(), input.unit.clone()]
}

const HEAD: [&str; 4] = ["measure", "measure_unit", "input", "input_unit"];

fn with_head<const N: usize>(own: [&'static str; N]) -> Vec<&'static str> {
    HEAD.into_iter().chain(own).collect()
}

fn tornado(summary: &Summary, found: &Analysis) -> Table {
    let own = ["input_low", "input_high", "baseline", "outcome_at_low", "outcome_at_high", "swing"];
    let mut table = Table::new("tornado", &with_head(own));
    for of in &found.measures {
        let Some(tornado) = &of.tornado else { continue };
        for bar in &tornado.bars {
            let input = &summary.plan.inputs[bar.input];
            let (low, high) = input.domain.ends();
            let own = [
                input.told(&low),
                input.told(&high),
                number(tornado.baseline),
                number(bar.at_low),
                number(bar.at_high),
                number(bar.swing),
            ];
            table.row(head(summary, of.measure, bar.input).into_iter().chain(own).collect());
        }
    }
    table
}

fn interval(interval: Option<[f64; 2]>) -> [String; 2] {
    interval.map_or_else(|| [String::new(), String::new()], |[low, high]| [number(low), number(high)])
}

fn morris(summary: &Summary, found: &Analysis) -> Table {
    let own = ["mean_effect", "mean_size_of_effect", "low_90", "high_90", "spread_of_effects"];
    let mut table = Table::new("morris", &with_head(own));
    for of in &found.measures {
        for effect in of.morris.iter().flatten() {
            let [low, high] = interval(effect.mu_star_interval);
            let spread = effect.sigma.map(number).unwrap_or_default();
            let own = [number(effect.mu), number(effect.mu_star), low, high, spread];
            table.row(head(summary, of.measure, effect.input).into_iter().chain(own).collect());
        }
    }
    table
}

fn sobol(summary: &Summary, found: &Analysis) -> Table {
    let own = [
        "variance_of_outcome",
        "first_order_share",
        "first_low_90",
        "first_high_90",
        "total_share",
        "total_low_90",
        "total_high_90",
    ];
    let mut table = Table::new("sobol", &with_head(own));
    let estimate = |e: &Estimate| {
        let [low, high] = interval(e.interval);
        [number(e.value), low, high]
    };
    for of in &found.measures {
        let Some(indices) = &of.sobol else { continue };
        for one in indices.inputs.iter().flatten() {
            let own = [vec![number(indices.variance)], estimate(&one.first).to_vec(), estimate(&one.total).to_vec()];
            table.row(head(summary, of.measure, one.input).into_iter().chain(own.into_iter().flatten()).collect());
        }
    }
    table
}

fn luck(summary: &Summary, found: &Analysis) -> Table {
    let columns = [
        "measure",
        "measure_unit",
        "points",
        "replicates",
        "variance_of_inputs",
        "variance_of_luck",
        "variance_of_luck_common_to_all_points",
        "share_of_luck_in_one_run",
        "share_of_luck_in_means_of_points",
    ];
    let mut table = Table::new("luck", &columns);
    for of in &found.measures {
        let Some(luck) = &of.luck else { continue };
        let measure = &summary.plan.measures.list[of.measure];
        let share = |x: Option<f64>| x.map(number).unwrap_or_default();
        table.row(vec![
            measure.key.clone(),
            measure.unit.to_string(),
            luck.n_points.to_string(),
            luck.n_replicates.to_string(),
            number(luck.of_inputs),
            number(luck.of_luck),
            number(luck.of_shared_luck),
            share(luck.share),
            share(luck.share_of_means),
        ]);
    }
    table
}

/// Every box of the peeling, and the chosen one, a row for each restriction.
fn boxes(summary: &Summary, discovery: &Discovery) -> Table {
    let columns = [
        "box",
        "points_in_box",
        "of_them_fail",
        "coverage_share",
        "density_share",
        "mass_share",
        "input",
        "input_unit",
        "at_least",
        "at_most",
        "chance_share",
    ];
    let mut table = Table::new("discovery", &columns);
    let Discovery::Found(found) = discovery else { return table };
    let named = found.trajectory.iter().enumerate().map(|(n, b)| (format!("peel {n}"), b));
    for (name, of) in std::iter::once(("chosen".to_string(), &found.best)).chain(named) {
        let head = || {
            let shares = [of.coverage, of.density, of.mass].map(number);
            [name.clone(), of.n_points.to_string(), of.n_fails.to_string()].into_iter().chain(shares)
        };
        if of.restrictions.is_empty() {
            table.row(head().chain(["", "", "", "", ""].map(String::from)).collect());
        }
        for restriction in &of.restrictions {
            let input = &summary.plan.inputs[restriction.input];
            let edge = |e: Option<crate::sensitivity::Edge>| e.map(|e| number(e.at)).unwrap_or_default();
            let own = [
                input.name.clone(),
                input.unit.clone(),
                edge(restriction.low),
                edge(restriction.high),
                number(restriction.quasi_p),
            ];
            table.row(head().chain(own).collect());
        }
    }
    table
}
