//! `earlybell levers`: what makes the spread through a nation broader, faster and smoother.

use crate::cli::ScenarioArgument;
use crate::cli::common::Ended;
use crate::cli::common::Failure;
use crate::cli::common::print;
use crate::cli::common::print_json;
use crate::cli::common::read;
use crate::cli::compare::inputs;
use crate::cli::run::progress_bar;
use crate::nation::plan::NationPlan;
use crate::pipeline;
use crate::report::OutputFile;
use crate::report::nation::levers;
use crate::report::nation::levers::Levers;
use crate::report::nation::levers::Reach;
use crate::scenario::Scenario;
use crate::spread::nation::Tiles;
use crate::store;
use crate::store::Receipt;
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
    let folder = options.output.clone().unwrap_or_else(|| Path::new("output").join(&base.name).join("levers"));
    let (found, files, receipt) = make(base, path, &names, options.seed, options.replicates)?;
    store::write_run(&folder, &files, receipt)?;
    if options.json {
        print_json(&levers::json(&found))?;
    } else {
        print(&levers::text(&found))?;
        print(&format!("\nWritten to {}\n", folder.display()))?;
    }
    Ok(Ended::Well)
}

/// Tries proposals, and gives everything that is to be written with a receipt that does not know it yet.
pub fn make(
    base: Scenario,
    path: &Path,
    names: &[String],
    seed: Option<u64>,
    replicates: u32,
) -> Result<(Levers, Vec<OutputFile>, Receipt), Failure> {
    let stacked = |name: &String| PathBuf::from(format!("{}+{name}", path.display()));
    // All are read before any is run, so that a mistake in the last is told at once.
    let mut scenarios = vec![base];
    for name in names {
        scenarios.push(read(&stacked(name))?);
    }
    let seed = seed.unwrap_or(scenarios[0].seed);
    scenarios.iter_mut().for_each(|scenario| scenario.seed = seed);
    let (base, sides) = scenarios.split_first().expect("the first is the nation without levers");
    let bar = progress_bar(scenarios.len() as u32 * replicates * base.school_years);
    let simulate = |scenario: &Scenario| {
        pipeline::nation(scenario, plan_of(scenario)?, replicates, Tiles::default(), &|| bar.inc(1))
            .map_err(|findings| Failure::from_findings(&findings, &scenario.files))
    };
    let outcome = simulate(base)?;
    let plan = plan_of(base)?;
    let ends = levers::reaches(plan, &outcome, |_| 0.0);
    let half = |replicate: usize| ends[replicate].using / 2.0;
    let reaches: Vec<Reach> = levers::reaches(plan, &outcome, half);
    let mut list = Vec::new();
    for (name, scenario) in names.iter().zip(sides) {
        let own = levers::reaches(plan_of(scenario)?, &simulate(scenario)?, half);
        let title = scenario.proposals.last().map_or(name.as_str(), |proposal| &proposal.title);
        list.push(levers::lever(name, title, &reaches, &own));
    }
    bar.finish_and_clear();
    let named = path.to_string_lossy().replace('\\', "/");
    let receipt = store::receipt_of_levers(&named, names, seed, replicates, &inputs(&scenarios));
    let found = levers::ranked(reaches, list);
    let files = levers::files(&found);
    Ok((found, files, receipt))
}

fn plan_of(scenario: &Scenario) -> Result<&NationPlan, Failure> {
    scenario.nation.as_ref().ok_or_else(|| Failure::Wrong(NO_NATION.to_string()))
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
