//! `earlybell levers`: what makes the spread through a nation broader, faster and smoother.

use crate::cli::ScenarioArgument;
use crate::cli::common::Ended;
use crate::cli::common::Failure;
use crate::cli::common::print;
use crate::cli::common::print_json;
use crate::cli::common::read;
use crate::cli::run::progress_bar;
use crate::pipeline;
use crate::pipeline::NationOutcome;
use crate::report::nation::levers;
use crate::report::nation::levers::Reach;
use crate::scenario::Scenario;
use crate::spread::nation::Tiles;
use crate::store;
use std::path::Path;
use std::path::PathBuf;

#[derive(Debug, clap::Args)]
pub struct Options {
    #[command(flatten)]
    scenario: ScenarioArgument,
    /// Proposals to try, each alone [default: all in the scenario's folder that are not on it already]
    #[arg(value_name = "PROPOSAL")]
    proposals: Vec<String>,
    /// Folder for the results [default: output/<scenario>/levers]
    #[arg(long, value_name = "DIR")]
    output: Option<PathBuf>,
    /// How many runs of each, all under the same luck
    #[arg(long, default_value_t = 1, value_parser = clap::value_parser!(u32).range(1..=10_000))]
    replicates: u32,
    /// Seed of all luck [default: the scenario's]
    #[arg(long)]
    seed: Option<u64>,
    /// Print it as JSON
    #[arg(long)]
    json: bool,
}

const NO_NATION: &str = "error: the scenario has no nation
  help: levers are tried on a nation, such as scenarios/nation+tenth; `earlybell compare` sets proposals for a district side by side\n";

/// Proposals that make a nation smaller, to try things with.
const SMALLER: [&str; 2] = ["forty", "tenth"];

/// Runs the nation with each proposal alone.
pub fn run(options: &Options) -> Result<Ended, Failure> {
    let path = &options.scenario.scenario;
    let base = read(path)?;
    let names = names(path, &options.proposals);
    if names.is_empty() {
        return Err(Failure::Wrong(format!(
            "error: there are no proposals beside `{}`\n  help: name some, or write them in its folder `proposals`\n",
            path.display()
        )));
    }
    let stacked = |name: &String| PathBuf::from(format!("{}+{name}", path.display()));
    // All are read before any is run, so that a mistake in the last is told at once.
    let sides: Vec<(String, Scenario)> =
        names.iter().map(|name| Ok((name.clone(), read(&stacked(name))?))).collect::<Result<_, Failure>>()?;
    let bar = progress_bar((sides.len() as u32 + 1) * options.replicates * base.school_years);
    let simulate = |scenario: &Scenario| simulate(scenario, options, &|| bar.inc(1));
    let (outcome, plan) = (simulate(&base)?, base.nation.as_ref().expect("simulated nations have a plan"));
    let ends = levers::reaches(plan, &outcome, |_| 0.0);
    let half = |replicate: usize| ends[replicate].using / 2.0;
    let reaches: Vec<Reach> = levers::reaches(plan, &outcome, half);
    let mut list = Vec::new();
    for (name, scenario) in &sides {
        let outcome = simulate(scenario)?;
        let plan = scenario.nation.as_ref().expect("simulated nations have a plan");
        let title = scenario.proposals.last().map_or(name.as_str(), |proposal| &proposal.title);
        list.push(levers::lever(name, title, &reaches, &levers::reaches(plan, &outcome, half)));
    }
    bar.finish_and_clear();
    let found = levers::ranked(reaches, list);
    let folder = options.output.clone().unwrap_or_else(|| Path::new("output").join(&base.name).join("levers"));
    for file in levers::files(&found) {
        store::write_whole(&folder.join(&file.name), &file.bytes)?;
    }
    if options.json {
        print_json(&levers::json(&found))?;
    } else {
        print(&levers::text(&found))?;
        print(&format!("\nWritten to {}\n", folder.display()))?;
    }
    Ok(Ended::Well)
}

fn simulate(scenario: &Scenario, options: &Options, after: &(dyn Fn() + Sync)) -> Result<NationOutcome, Failure> {
    let mut scenario = scenario.clone();
    scenario.seed = options.seed.unwrap_or(scenario.seed);
    let Some(plan) = scenario.nation.take() else { return Err(Failure::Wrong(NO_NATION.to_string())) };
    pipeline::nation(&scenario, &plan, options.replicates, Tiles::default(), after)
        .map_err(|findings| Failure::from_findings(&findings, &scenario.files))
}

/// The proposals that are tried: those named, or all in the folder that the scenario does not have on it.
fn names(path: &Path, named: &[String]) -> Vec<String> {
    if !named.is_empty() {
        return named.iter().map(|name| name.trim_start_matches('+').to_string()).collect();
    }
    let text = path.to_string_lossy().into_owned();
    let mut parts = text.split('+');
    let folder = Path::new(parts.next().unwrap_or_default()).join("proposals");
    let there: Vec<&str> = parts.collect();
    let Ok(entries) = std::fs::read_dir(folder) else { return Vec::new() };
    let files = entries.flatten().map(|entry| entry.path()).filter(|p| p.extension().is_some_and(|e| e == "ron"));
    let mut names: Vec<String> =
        files.filter_map(|p| p.file_stem().map(|n| n.to_string_lossy().into_owned())).collect();
    // A smaller nation is another nation, not a lever.
    names.retain(|name| !there.contains(&name.as_str()) && !SMALLER.contains(&name.as_str()));
    names.sort();
    names
}
