//! What experiments print: readable in a hundred columns.

use crate::experiments::Analysis;
use crate::experiments::Summary;
use crate::report::experiments::discovered::discovered;
use crate::report::experiments::told;
use crate::report::words::counted;
use crate::report::words::percent;
use crate::report::words::wrap;
use crate::scenario::Scenario;

/// Characters of a line.
const WIDTH: usize = 98;
/// Points of levers, and inputs, that are told; all of them stand in the tables.
const TOLD: usize = 20;
/// Inputs of each way of asking that are told.
const TOLD_INPUTS: usize = 6;

fn paragraph(text: &str, indent: usize) -> String {
    let blanks = " ".repeat(indent);
    wrap(text, WIDTH - indent).iter().map(|line| format!("{blanks}{line}\n")).collect()
}

/// What was run.
pub fn ran(summary: &Summary) -> String {
    let (points, replicates) = (summary.plan.points.len(), summary.plan.asked.replicates as usize);
    format!(
        "{}, {} of each under the same luck: {}.",
        counted(points, "point"),
        counted(replicates, "run"),
        counted(told::n_runs(summary), "run")
    )
}

/// A sweep.
pub fn sweep(scenario: &Scenario, summary: &Summary) -> String {
    let mut out = format!("{}\n{}\n", scenario.title, paragraph(&ran(summary), 0));
    let levers = told::levers(summary);
    let places: Vec<usize> = levers.iter().filter_map(|l| summary.plan.inputs.iter().position(|i| i == *l)).collect();
    let measures = told::charted(summary);
    let mut rows: Vec<Vec<String>> = vec![levers.iter().map(|l| l.name.clone()).collect()];
    rows[0].extend(measures.iter().map(|m| summary.plan.measures.list[*m].key.clone()));
    for n in 0..summary.n_lever_points().min(TOLD) {
        let futures = n * summary.plan.n_futures..(n + 1) * summary.plan.n_futures;
        let values = &summary.plan.points[futures.start].values;
        let mut row: Vec<String> = places.iter().map(|p| told::value(&summary.plan.inputs[*p], &values[*p])).collect();
        row.extend(measures.iter().map(|measure| {
            let (m, of) = (summary.over_futures(*measure, n), &summary.plan.measures.list[*measure]);
            format!("{} ({} to {})", of.told(m.median), of.told(m.low), of.told(m.high))
        }));
        if futures.into_iter().any(|p| summary.breaks_a_clause(p)) {
            row.push("a clause is not met".into());
        }
        rows.push(row);
    }
    out.push_str(&aligned(&rows));
    let rest = summary.n_lever_points().saturating_sub(TOLD);
    if rest > 0 {
        out.push_str(&format!("{rest} more points stand in the tables.\n"));
    }
    for lever in levers.iter().filter(|l| !l.unit.is_empty()) {
        out.push_str(&paragraph(&format!("{}: {} [{}]", lever.name, lever.words, lever.unit), 0));
    }
    out.push_str("Outcomes are medians; in brackets 8 of 10 runs.\n");
    out
}

/// Rows of cells in columns, two blanks apart.
fn aligned(rows: &[Vec<String>]) -> String {
    let n_columns = rows.iter().map(Vec::len).max().unwrap_or(0);
    let letters = |row: &Vec<String>, column: usize| row.get(column).map_or(0, |cell| cell.chars().count());
    let widths: Vec<usize> =
        (0..n_columns).map(|c| rows.iter().map(|row| letters(row, c)).max().unwrap_or(0)).collect();
    let line = |row: &Vec<String>| {
        let cells = row.iter().zip(&widths).map(|(cell, width)| format!("{cell:<width$}"));
        cells.collect::<Vec<_>>().join("  ").trim_end().to_string() + "\n"
    };
    rows.iter().map(line).collect()
}

/// How much is luck, in a sentence.
pub fn luck(summary: &Summary, found: &Analysis) -> Option<String> {
    let shown = summary.plan.fails.measure;
    let luck = found.measures[shown].luck.as_ref()?;
    let words = &summary.plan.measures.list[shown].words;
    let Some(share) = luck.share else {
        return Some(format!("{} do not vary at all.", crate::report::words::capital(words)));
    };
    let means = luck.share_of_means.map_or_else(String::new, |share| {
        format!(
            " Of the differences between points, each the mean of {}, luck makes {}.",
            counted(luck.n_replicates, "run"),
            percent(share)
        )
    });
    Some(format!(
        "Of all that varies in “{words}” from run to run within these ranges, {} is luck and {} comes from the values.{means}",
        percent(share),
        percent(1.0 - share)
    ))
}

/// A sensitivity.
pub fn sensitivity(scenario: &Scenario, summary: &Summary, found: &Analysis) -> String {
    let mut out = format!("{}\n{}", scenario.title, paragraph(&ran(summary), 0));
    let shown = summary.plan.fails.measure;
    out.push_str(&paragraph(&format!("Outcome: {}.", summary.plan.measures.list[shown].words), 0));
    if let Some(luck) = luck(summary, found) {
        out.push_str(&paragraph(&luck, 0));
    }
    for (title, lines) in ways(summary, found, shown) {
        out.push_str(&format!("\n{title}\n"));
        lines.iter().take(TOLD_INPUTS).for_each(|line| out.push_str(&paragraph(line, 2)));
    }
    if let Some(discovered) = discovered(summary, found) {
        out.push_str("\nWhere it fails\n");
        discovered.sentences.iter().for_each(|s| out.push_str(&paragraph(s, 2)));
        discovered
            .rows
            .iter()
            .for_each(|[input, condition, _]| out.push_str(&paragraph(&format!("{input}: {condition}"), 4)));
    }
    out
}

/// Each way of asking with its inputs, those that matter most first.
fn ways(summary: &Summary, found: &Analysis, shown: usize) -> Vec<(&'static str, Vec<String>)> {
    let of = &summary.plan.measures.list[shown];
    let words = |input: usize| &summary.plan.inputs[input].words;
    let found = &found.measures[shown];
    let mut ways = Vec::new();
    if let Some(tornado) = &found.tornado {
        let line = |b: &crate::sensitivity::Bar| {
            let input = &summary.plan.inputs[b.input];
            format!("{}: {} to {} over {}", words(b.input), of.told(b.at_low), of.told(b.at_high), input.told_range())
        };
        ways.push(("One value at a time, from the low to the high end", tornado.bars.iter().map(line).collect()));
    }
    if let Some(morris) = &found.morris {
        let mut order: Vec<_> = morris.iter().collect();
        order.sort_by(|a, b| b.mu_star.total_cmp(&a.mu_star).then(a.input.cmp(&b.input)));
        let line = |e: &&crate::sensitivity::ElementaryEffects| format!("{}: {}", words(e.input), of.told(e.mu_star));
        ways.push(("Mean size of a step through the whole range (Morris)", order.iter().map(line).collect()));
    }
    if let Some(all) = found.sobol.as_ref().and_then(|s| s.inputs.as_ref()) {
        let mut order: Vec<_> = all.iter().collect();
        order.sort_by(|a, b| b.total.value.total_cmp(&a.total.value).then(a.input.cmp(&b.input)));
        let share = |e: crate::sensitivity::Estimate| {
            let interval = e
                .interval
                .map_or_else(String::new, |[low, high]| format!(" ({:.0} to {:.0} %)", low * 100.0, high * 100.0));
            format!("{:.0} %{interval}", e.value * 100.0)
        };
        let line = |i: &&crate::sensitivity::InputIndices| {
            format!("{}: alone {}, with interactions {}", words(i.input), share(i.first), share(i.total))
        };
        ways.push(("Shares of the variance between points (Sobol')", order.iter().map(line).collect()));
    }
    ways
}
