//! Tables of a sweep: the design, and one row for each point and measure.

use crate::experiments::Kind;
use crate::experiments::Measured;
use crate::experiments::Summary;
use crate::report::OutputFile;
use crate::report::experiments::told;
use crate::report::tables::Table;
use crate::report::tables::number;

/// Columns that tell of a measure at a point.
const MEASURED: [&str; 8] = ["measure", "unit", "runs", "mean", "standard_deviation", "low_10", "median", "high_90"];

/// Every table of a sweep.
pub fn all(summary: &Summary) -> Vec<OutputFile> {
    let mut tables = vec![design(summary), outcomes(summary)];
    if summary.plan.n_futures > 1 {
        tables.push(levers(summary));
    }
    tables.into_iter().map(Table::beside).collect()
}

/// The values of every input at every point.
pub fn design(summary: &Summary) -> Table {
    let names: Vec<String> = summary.plan.inputs.iter().map(told::column).collect();
    let own = ["point", "part", "lever_point", "future"];
    let columns: Vec<&str> = own.into_iter().chain(names.iter().map(String::as_str)).collect();
    let mut table = Table::new("design", &columns);
    for (n, point) in summary.plan.points.iter().enumerate() {
        let part = summary.plan.sections.iter().find(|s| s.points.contains(&n)).and_then(|s| s.method);
        let part = part.map_or_else(|| "sweep".to_string(), |method| format!("{method:?}").to_lowercase());
        let futures = summary.plan.n_futures.max(1);
        let head = [n.to_string(), part, (n / futures).to_string(), (n % futures).to_string()];
        let values = summary.plan.inputs.iter().zip(&point.values).map(|(input, value)| told::value(input, value));
        table.row(head.into_iter().chain(values).collect());
    }
    table
}

/// One row for each point and measure, with the values of the levers.
pub fn outcomes(summary: &Summary) -> Table {
    let levers: Vec<usize> = lever_places(summary);
    let names: Vec<String> = levers.iter().map(|n| told::column(&summary.plan.inputs[*n])).collect();
    let columns: Vec<&str> = ["point"].into_iter().chain(names.iter().map(String::as_str)).chain(MEASURED).collect();
    let mut table = Table::new("outcomes", &columns);
    for (n, point) in summary.plan.points.iter().enumerate() {
        let values: Vec<String> =
            levers.iter().map(|lever| told::value(&summary.plan.inputs[*lever], &point.values[*lever])).collect();
        for measure in 0..summary.plan.measures.list.len() {
            let cells = std::iter::once(n.to_string()).chain(values.iter().cloned());
            table.row(cells.chain(measured(summary, measure, summary.at(measure, n))).collect());
        }
    }
    table
}

fn levers(summary: &Summary) -> Table {
    let levers: Vec<usize> = lever_places(summary);
    let names: Vec<String> = levers.iter().map(|n| told::column(&summary.plan.inputs[*n])).collect();
    let own = ["least_mean_of_a_future", "largest_mean_of_a_future"];
    let columns: Vec<&str> =
        ["lever_point"].into_iter().chain(names.iter().map(String::as_str)).chain(MEASURED).chain(own).collect();
    let mut table = Table::new("levers", &columns);
    let n_futures = summary.plan.n_futures;
    for lever_point in 0..summary.n_lever_points() {
        let point = &summary.plan.points[lever_point * n_futures];
        let values: Vec<String> =
            levers.iter().map(|lever| told::value(&summary.plan.inputs[*lever], &point.values[*lever])).collect();
        for measure in 0..summary.plan.measures.list.len() {
            let means = summary.means(measure, lever_point * n_futures..(lever_point + 1) * n_futures);
            let least = means.iter().copied().fold(f64::INFINITY, f64::min);
            let largest = means.iter().copied().fold(f64::NEG_INFINITY, f64::max);
            let cells = std::iter::once(lever_point.to_string()).chain(values.iter().cloned());
            let over = summary.over_futures(measure, lever_point);
            table.row(cells.chain(measured(summary, measure, &over)).chain([number(least), number(largest)]).collect());
        }
    }
    table
}

fn lever_places(summary: &Summary) -> Vec<usize> {
    (0..summary.plan.inputs.len()).filter(|n| summary.plan.inputs[*n].kind == Kind::Lever).collect()
}

fn measured(summary: &Summary, measure: usize, m: &Measured) -> [String; 8] {
    let of = &summary.plan.measures.list[measure];
    let sd = m.sd.map(number).unwrap_or_default();
    let numbers = [number(m.low), number(m.median), number(m.high)];
    let [low, median, high] = numbers;
    [of.key.clone(), of.unit.to_string(), m.n.to_string(), number(m.mean), sd, low, median, high]
}
