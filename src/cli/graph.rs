//! `earlybell graph`: what must hold before what, drawn or told, and why something does not hold yet.

use crate::clauses::Government;
use crate::cli::ScenarioArgument;
use crate::cli::common::Ended;
use crate::cli::common::Failure;
use crate::cli::common::date_asked;
use crate::cli::common::print;
use crate::cli::common::print_json;
use crate::cli::common::read;
use crate::cli::common::schools_asked;
use crate::pipeline;
use crate::pipeline::Checked;
use crate::readiness::Graph;
use crate::readiness::Readiness;
use crate::readiness::Standing;
use crate::readiness::WhyNotYet;
use crate::readiness::why_in_words;
use crate::readiness::why_not_yet;
use crate::readiness::without_edge;
use crate::report;
use crate::report::paint;
use crate::scenario::Scenario;
use crate::store::write_whole;
use crate::units::Date;
use serde_json::Value;
use serde_json::json;
use std::path::PathBuf;

const NO_PIXELS_ON_A_TERMINAL: &str = "error: a PNG cannot be shown in a terminal
  help: name a file for it: --format png --output graph.png\n";

#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
enum Format {
    /// A table of dates, for the terminal
    Text,
    /// A picture
    Svg,
    /// The same picture as pixels; needs --output
    Png,
    /// The Graphviz language
    Dot,
    /// Every condition with its dates
    Json,
}

#[derive(Debug, clap::Args)]
pub struct Options {
    #[command(flatten)]
    scenario: ScenarioArgument,
    /// The school whose dates are shown [default: the one that is ready last]
    #[arg(long)]
    school: Option<String>,
    /// Tell why this condition does not hold yet instead
    #[arg(long, value_name = "CONDITION")]
    why: Option<String>,
    /// The date that --why asks about [default: the first day of the simulation]
    #[arg(long, value_parser = date_asked)]
    on: Option<Date>,
    /// Show what it would be if the condition did not need this one
    #[arg(long, num_args = 2, value_names = ["CONDITION", "NEED"])]
    without: Option<Vec<String>>,
    /// How to show it
    #[arg(long, value_enum, default_value = "text")]
    format: Format,
    /// The same as --format json
    #[arg(long)]
    json: bool,
    /// Write it to this file instead of the terminal
    #[arg(long, value_name = "FILE")]
    output: Option<PathBuf>,
}

/// Shows the graph of a scenario.
pub fn run(options: &Options) -> Result<Ended, Failure> {
    let format = if options.json { Format::Json } else { options.format };
    if format == Format::Png && options.output.is_none() && options.why.is_none() {
        return Err(Failure::Wrong(NO_PIXELS_ON_A_TERMINAL.to_string()));
    }
    let scenario = read(&options.scenario.scenario)?;
    let mut checked = pipeline::check(&scenario).map_err(|f| Failure::from_findings(&f, &scenario.files))?;
    if let Some([condition, need]) = options.without.as_deref() {
        checked.graph = without(&checked, condition, need)?;
    }
    if let Some(id) = &options.why {
        if !matches!(options.format, Format::Text | Format::Json) {
            return Err(Failure::Wrong(
                "error: --why is told in words\n  help: leave --format out, or write --json\n".into(),
            ));
        }
        let date = options.on.unwrap_or(scenario.from);
        return explain_condition(
            &scenario,
            &checked,
            id,
            options.school.as_deref(),
            date,
            options.json || options.format == Format::Json,
        );
    }
    let readiness = pipeline::job(&scenario, &checked).settle_typically();
    let school = match &options.school {
        Some(id) => schools_asked(&scenario, Some(id))?[0],
        None => report::last_school(&checked.graph, &readiness),
    };
    let bytes = in_format(format, &scenario, &checked, &readiness, school)?;
    match &options.output {
        Some(file) => write_whole(file, &bytes)?,
        None => print(&String::from_utf8_lossy(&bytes))?,
    }
    Ok(Ended::Well)
}

fn in_format(
    format: Format,
    scenario: &Scenario,
    checked: &Checked,
    readiness: &Readiness,
    school: usize,
) -> Result<Vec<u8>, Failure> {
    let end = checked.horizon.last_day();
    let picture = || report::graph_picture(scenario, &checked.graph, readiness, school, end);
    Ok(match format {
        Format::Text => as_text(scenario, checked, readiness, school).into_bytes(),
        Format::Svg => paint::svg(&picture()).into_bytes(),
        Format::Png => paint::png(&picture()),
        Format::Dot => report::graph_dot(scenario, &checked.graph, readiness, school, end).into_bytes(),
        Format::Json => {
            let value = as_json(scenario, checked, readiness, school);
            let text = serde_json::to_string_pretty(&value).map_err(|e| Failure::Machine(e.to_string()))?;
            format!("{text}\n").into_bytes()
        }
    })
}

/// The graph without one need.
fn without(checked: &Checked, condition: &str, need: &str) -> Result<Graph, Failure> {
    let place = |id: &str, known: &[&str]| match checked.graph.nodes.iter().position(|n| n.id == id) {
        Some(place) if known.contains(&id) => Ok(place),
        Some(_) | None => Err(Failure::unknown("need", id, known.iter().copied())),
    };
    let all: Vec<&str> = checked.graph.nodes.iter().map(|n| n.id.as_str()).collect();
    let from = place(condition, &all)?;
    let needs: Vec<&str> = checked.graph.nodes[from].comes_after().map(|(before, _)| all[before]).collect();
    Ok(without_edge(&checked.graph, from, place(need, &needs)?))
}

fn holds_from(standing: &Standing, last_day: Date) -> String {
    match standing.holds_from {
        _ if !standing.applies => "not here".to_string(),
        Some(date) if date <= last_day => date.to_string(),
        Some(_) | None => "never".to_string(),
    }
}

fn as_text(scenario: &Scenario, checked: &Checked, readiness: &Readiness, school: usize) -> String {
    let last_day = checked.horizon.last_day();
    let mut text = format!(
        "{}: from when each condition holds, every duration at its typical value\n* on the critical path\n\n",
        scenario.district.schools[school].name
    );
    text.push_str(&format!("  {:<30} {:<11} {:>6} {:>10}  waits for\n", "condition", "holds from", "weeks", "slack"));
    for &place in &checked.graph.order {
        let (node, standing) = (&checked.graph.nodes[place], &readiness.schools[school][place]);
        let waits = standing.waits_for.map(|n| checked.graph.nodes[n].id.as_str()).unwrap_or_default();
        let slack = standing.slack_days.map(|d| format!("{d} days")).unwrap_or_default();
        let mark = if standing.critical { "*" } else { " " };
        let from = holds_from(standing, last_day);
        let line =
            format!("{mark} {:<30} {from:<11} {:>6.0} {slack:>10}  {waits}", node.id, node.takes_weeks.typical());
        text.push_str(line.trim_end());
        text.push('\n');
    }
    text.push_str("\nWhy not yet: earlybell graph --why CONDITION --on DATE\n");
    text
}

fn as_json(scenario: &Scenario, checked: &Checked, readiness: &Readiness, school: usize) -> Value {
    let nodes: Vec<Value> = (checked.graph.order.iter())
        .map(|&place| {
            let (node, standing) = (&checked.graph.nodes[place], &readiness.schools[school][place]);
            json!({
                "id": node.id, "title": node.title, "area": node.area.name(), "kind": node.kind.name(),
                "needs": node.needs.iter().map(|n| checked.graph.nodes[n.node].id.as_str()).collect::<Vec<_>>(),
                "lifted_by": node.instead.iter().map(|i| checked.graph.nodes[i.node].id.as_str()).collect::<Vec<_>>(),
                "changed_by": node.changed_by.map(Government::name),
                "takes_weeks": node.takes_weeks.typical(),
                "applies": standing.applies, "begins": standing.begins, "holds_from": standing.holds_from,
                "holds": standing.holds.iter().map(|s| json!({"from": s.from, "until": s.until})).collect::<Vec<_>>(),
                "slack_days": standing.slack_days, "critical": standing.critical,
                "waits_for": standing.waits_for.map(|n| checked.graph.nodes[n].id.as_str()),
            })
        })
        .collect();
    json!({ "scenario": scenario.name, "school": scenario.district.schools[school].id, "conditions": nodes })
}

/// Explains from when a condition holds, and why it does not on a date.
pub fn explain_condition(
    scenario: &Scenario,
    checked: &Checked,
    id: &str,
    school: Option<&str>,
    date: Date,
    json: bool,
) -> Result<Ended, Failure> {
    let Some(node) = checked.graph.nodes.iter().position(|n| n.id == id) else {
        return Err(Failure::unknown("condition", id, checked.graph.nodes.iter().map(|n| n.id.as_str())));
    };
    let last_day = checked.horizon.last_day();
    if date < scenario.from || date > last_day {
        let from = scenario.from;
        return Err(Failure::Wrong(format!(
            "error: {date} is outside the simulation\n  help: ask about a date from {from} to {last_day}\n"
        )));
    }
    let readiness = pipeline::job(scenario, checked).settle_typically();
    let mut text = format!("{} ({id})\n", checked.graph.nodes[node].title);
    let mut values = Vec::new();
    let mut told: Vec<(String, Vec<String>)> = Vec::new();
    for school in schools_asked(scenario, school)? {
        let why = why_not_yet(&checked.graph, &readiness, school, node, date);
        let from = holds_from(&readiness.schools[school][node], last_day);
        let words = match &why {
            None => format!("  holds on {date}, from {from}\n"),
            Some(why) => {
                format!("  holds from: {from}; not yet on {date}:\n{}", indented(&why_in_words(&checked.graph, why)))
            }
        };
        let spec = &scenario.district.schools[school];
        match told.iter_mut().find(|(known, _)| *known == words) {
            Some((_, names)) => names.push(spec.name.clone()),
            None => told.push((words, vec![spec.name.clone()])),
        }
        values.push(
            json!({ "school": spec.id, "holds_from": from, "why_not_yet": why.as_ref().map(|w| why_json(checked, w)) }),
        );
    }
    for (words, names) in told {
        text.push_str(&format!("\n{}\n{words}", names.join(", ")));
    }
    if json {
        print_json(&json!({ "condition": id, "on": date, "schools": values }))?
    } else {
        print(&text)?
    }
    Ok(Ended::Well)
}

fn why_json(checked: &Checked, why: &WhyNotYet) -> Value {
    let because: Vec<Value> = why.because.iter().map(|w| why_json(checked, w)).collect();
    json!({ "condition": checked.graph.nodes[why.node].id, "reason": why.reason, "because": because })
}

fn indented(text: &str) -> String {
    text.lines().map(|line| format!("    {line}\n")).collect()
}
