//! The pages: a sweep's and a sensitivity's, each one file.

use crate::experiments::Analysis;
use crate::experiments::Input;
use crate::experiments::Kind;
use crate::experiments::Summary;
use crate::report::experiments::discovered::discovered;
use crate::report::experiments::text;
use crate::report::experiments::told;
use crate::report::page::Column::Numbers;
use crate::report::page::Column::Words;
use crate::report::page::Drawn;
use crate::report::page::figure;
use crate::report::page::figures;
use crate::report::page::head;
use crate::report::page::table;
use crate::report::words::capital;
use crate::report::words::percent;
use crate::scenario::Scenario;
use maud::DOCTYPE;
use maud::Markup;
use maud::html;

/// Points of levers on the page; all of them stand in the tables.
const MOST_ROWS: usize = 200;

fn page(title: &str, question: &str, scenario: &Scenario, receipt_id: &str, body: Markup) -> String {
    let markup = html! {
        (DOCTYPE)
        html lang="en" {
            (head(&format!("{title}: {} – Earlybell", scenario.title), ""))
            body {
                a class="skip" href="#main" { "Skip to the answer" }
                header {
                    h1 { (title) ": " (scenario.title) }
                    p class="question" { (question) }
                }
                main id="main" { (body) }
                footer {
                    p { "Scenario " (scenario.name) ", seed " (scenario.seed) ". Made with Earlybell " (env!("CARGO_PKG_VERSION")) "." }
                    p { "Receipt: " (receipt_id) ". The same files, seed and version give the same bytes; " code { "earlybell verify" } " runs them again." }
                }
            }
        }
    };
    markup.into_string().replace(" %", "\u{a0}%")
}

/// The page of a sweep.
pub fn sweep(scenario: &Scenario, summary: &Summary, receipt_id: &str, drawn: &[Drawn]) -> String {
    let levers = told::levers(summary);
    let names: Vec<String> = levers.iter().map(|l| format!("“{}”", l.words)).collect();
    let question = match names.len() {
        0 => "How far does the practice spread, given what nobody knows?".to_string(),
        _ => format!("How far does the practice spread with other values of {}?", crate::report::words::list(&names)),
    };
    let body = html! {
        section class="answer" aria-label="What was run" {
            p class="short" { (text::ran(summary)) }
            @for sentence in extremes(summary) { p { (sentence) } }
        }
        h2 id="charts" { "The outcome over the levers" }
        @for d in drawn { (figure(d)) }
        (lever_table(summary))
        (inputs(summary))
        (notes(summary))
    };
    page("Sweep", &question, scenario, receipt_id, body)
}

/// The least and the most of what charts show.
fn extremes(summary: &Summary) -> Vec<String> {
    let told = |measure: &usize| {
        let of = &summary.plan.measures.list[*measure];
        let medians: Vec<f64> =
            (0..summary.n_lever_points()).map(|n| summary.over_futures(*measure, n).median).collect();
        let most = (0..medians.len()).rev().max_by(|a, b| medians[*a].total_cmp(&medians[*b]))?;
        let least = (0..medians.len()).min_by(|a, b| medians[*a].total_cmp(&medians[*b]))?;
        Some(format!(
            "{}: from {} ({}) to {} ({}), medians.",
            capital(&of.words),
            of.told(medians[least]),
            told::lever_point(summary, least),
            of.told(medians[most]),
            told::lever_point(summary, most)
        ))
    };
    let mut all: Vec<String> = told::charted(summary).iter().filter_map(told).collect();
    let n = (0..summary.plan.points.len()).filter(|p| summary.breaks_a_clause(*p)).count();
    if n > 0 {
        all.push(format!("At {n} of {} points at least one clause is not met.", summary.plan.points.len()));
    }
    all
}

fn lever_table(summary: &Summary) -> Markup {
    let levers = told::levers(summary);
    let places: Vec<usize> =
        (0..summary.plan.inputs.len()).filter(|n| summary.plan.inputs[*n].kind == Kind::Lever).collect();
    let heads: Vec<String> = levers.iter().map(|l| capital(&l.words)).collect();
    let measures: Vec<usize> = (0..summary.plan.measures.list.len())
        .filter(|n| {
            let key = &summary.plan.measures.list[*n].key;
            ["using_at_end", "routine_at_end", "weeks_until_half_use", "leavers", "clauses_failing"]
                .contains(&key.as_str())
                || key.starts_with("schools_at_scale")
        })
        .collect();
    let names: Vec<String> = measures.iter().map(|m| told::measure(summary, *m)).collect();
    let columns: Vec<_> = heads.iter().map(|h| Words(h)).chain(names.iter().map(|n| Numbers(n))).collect();
    let n = summary.n_lever_points();
    let caption = format!(
        "Medians over all runs of a point{}; in brackets 8 of 10 runs",
        if summary.plan.n_futures > 1 { " and its futures" } else { "" }
    );
    html! {
        h2 id="points" { "Every point of the levers" }
        (table(&caption, &columns, html! {
            @for point in 0..n.min(MOST_ROWS) { tr {
                @let values = &summary.plan.points[point * summary.plan.n_futures].values;
                @for place in &places { th scope="row" { (told::value(&summary.plan.inputs[*place], &values[*place])) } }
                @for measure in &measures {
                    @let of = &summary.plan.measures.list[*measure];
                    @let m = summary.over_futures(*measure, point);
                    td class="n" { (of.told(m.median)) @if of.has_luck() { br; span class="small" { "(" (of.told(m.low)) " to " (of.told(m.high)) ")" } } }
                }
            } }
        }))
        @if n > MOST_ROWS { p class="small" { (n - MOST_ROWS) " more points stand in outcomes.csv." } }
    }
}

fn inputs(summary: &Summary) -> Markup {
    let columns = [
        Words("Value"),
        Words("What may be done"),
        Words("Taken from"),
        Words("As the scenario has it"),
        Words("Path"),
    ];
    let kind = |input: &Input| match input.kind {
        Kind::Lever => "a lever: somebody can choose it",
        Kind::Uncertain => "uncertain: nobody knows it",
    };
    html! {
        h2 id="inputs" { "What was varied" }
        (table("Values that differ from point to point; everything else is as the scenario has it", &columns, html! {
            @for input in &summary.plan.inputs { tr {
                th scope="row" { (capital(&input.words)) }
                td { (kind(input)) }
                td { (input.told_range()) }
                td { (input.as_written.as_ref().map_or_else(|| "not written".to_string(), |v| input.told_with_unit(v))) }
                td { code { (input.path) } }
            } }
        }))
    }
}

fn notes(summary: &Summary) -> Markup {
    let weeks = summary.plan.measures.n_weeks;
    html! {
        h2 id="notes" { "What to keep in mind" }
        ul {
            li { "All points meet the same luck, so that a difference between two points is one of their values as far as it can be. Means of few runs still hold some luck." }
            li { "Every number holds within the ranges that were asked for, and for this model. A value outside them was not looked at." }
            li { "Runs in which half of the educators never use the practice count as " (weeks) " weeks, all of the simulation; the tables tell how many do." }
            li { "Ranges of the model’s parameters are assumed where the scenario says so." }
        }
    }
}

/// The page of a sensitivity.
pub fn sensitivity(
    scenario: &Scenario,
    summary: &Summary,
    found: &Analysis,
    receipt_id: &str,
    drawn: &[Drawn],
) -> String {
    let of = &summary.plan.measures.list[summary.plan.fails.measure];
    let question = format!("What does “{}” hang on, and when does the plan fail?", of.words);
    let part = |id: &str, title: &str, begins: &str| {
        html! { @if drawn.iter().any(|d| d.picture.name.starts_with(begins)) { h2 id=(id) { (title) } (figures(drawn, begins)) } }
    };
    let body = html! {
        section class="answer" aria-label="What was run" {
            p class="short" { (text::ran(summary)) }
            @if let Some(luck) = text::luck(summary, found) { p { (luck) } }
        }
        (part("tornado", "One value at a time", "tornado"))
        (part("morris", "Steps from many starting points", "morris"))
        (part("sobol", "Shares of what varies", "sobol"))
        (failures(summary, found))
        (luck_table(summary, found))
        (inputs(summary))
        (notes(summary))
    };
    page("Sensitivity", &question, scenario, receipt_id, body)
}

fn failures(summary: &Summary, found: &Analysis) -> Markup {
    let Some(discovered) = discovered(summary, found) else { return html! {} };
    let columns = [Words("Value"), Words("Condition"), Numbers("As dense by chance")];
    html! {
        h2 id="fails" { "Where the plan fails" }
        @for sentence in &discovered.sentences { p { (sentence) } }
        @if !discovered.rows.is_empty() {
            (table("Conditions that hold together where most points fail", &columns, html! {
                @for [input, condition, chance] in &discovered.rows { tr {
                    th scope="row" { (input) } td { (condition) } td class="n" { (chance) }
                } }
            }))
            p class="small" { "The last column: how likely the points within would fail as often if this condition alone were drawn by chance. The conditions were chosen as the best of many, so that it is no true probability." }
        }
    }
}

fn luck_table(summary: &Summary, found: &Analysis) -> Markup {
    let columns = [Words("Outcome"), Numbers("Luck, in one run"), Numbers("Luck, in the mean of a point")];
    let share = |x: Option<f64>| x.map_or_else(|| "does not vary".to_string(), percent);
    let all: Vec<_> = found.measures.iter().filter_map(|of| Some((of.measure, of.luck.as_ref()?))).collect();
    html! { @if !all.is_empty() {
        h2 id="luck" { "How much is luck" }
        (table("Shares of the variance within these ranges that no value explains", &columns, html! {
            @for (measure, luck) in &all { tr {
                th scope="row" { (told::measure(summary, *measure)) }
                td class="n" { (share(luck.share)) }
                td class="n" { (share(luck.share_of_means)) }
            } }
        }))
    } }
}
