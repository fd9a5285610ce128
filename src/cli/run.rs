//! `earlybell run`: the main job.

use crate::cli::MAIN_SCENARIO;
use crate::cli::ScenarioArgument;
use crate::cli::common::Ended;
use crate::cli::common::Failure;
use crate::cli::common::print;
use crate::cli::common::print_json;
use crate::cli::common::read;
use crate::cli::experiment::units_asked;
use crate::cli::nation;
use crate::cli::run_units;
use crate::pipeline;
use crate::pipeline::Outcome;
use crate::report;
use crate::report::OutputFile;
use crate::scenario::Scenario;
use crate::store;
use crate::store::Receipt;
use indicatif::ProgressBar;
use indicatif::ProgressStyle;
use std::ops::Range;
use std::path::Path;
use std::path::PathBuf;

/// Replicates when nobody says how many.
pub const REPLICATES: u32 = 200;

#[derive(Debug, clap::Args)]
pub struct Options {
    #[command(flatten)]
    scenario: ScenarioArgument,
    /// Folder for the results [default: output/<scenario>]
    #[arg(long, value_name = "DIR")]
    output: Option<PathBuf>,
    /// Seed of all luck [default: the scenario's]
    #[arg(long)]
    seed: Option<u64>,
    /// How many times the rollout is simulated, each under its own luck
    /// [default: 200; 1 for a nation]
    #[arg(long, value_parser = clap::value_parser!(u32).range(1..=1_000_000))]
    replicates: Option<u32>,
    /// Compute only these units of work, such as 0..10, and keep them; `earlybell merge` joins them
    #[arg(long, value_name = "I..J", value_parser = units_asked)]
    units: Option<Range<usize>>,
    /// Print the summary as JSON
    #[arg(long)]
    json: bool,
}

impl Options {
    /// What the command does when no subcommand is given.
    pub fn of_main_scenario() -> Options {
        let scenario = ScenarioArgument { scenario: PathBuf::from(MAIN_SCENARIO) };
        Options { scenario, output: None, seed: None, replicates: None, units: None, json: false }
    }
}

/// Runs a scenario and writes everything it answers.
pub fn run(options: &Options) -> Result<Ended, Failure> {
    let path = &options.scenario.scenario;
    let mut scenario = read(path)?;
    scenario.seed = options.seed.unwrap_or(scenario.seed);
    let folder = options.output.clone().unwrap_or_else(|| Path::new("output").join(&scenario.name));
    if let Some(units) = &options.units {
        return run_units::compute(&scenario, path, options.replicates, units, &folder, options.json);
    }
    if let Some(plan) = &scenario.nation {
        let shown = if options.json { nation::Print::Json } else { nation::Print::Words };
        let replicates = options.replicates.unwrap_or(nation::REPLICATES);
        return nation::run(&scenario, plan, path, replicates, &folder, shown);
    }
    let made = make(&scenario, path, options.replicates.unwrap_or(REPLICATES))?;
    write(&scenario, made, &folder, options.json)
}

/// Writes a run and tells of it.
pub fn write(
    scenario: &Scenario,
    (outcome, files, receipt): (Outcome, Vec<OutputFile>, Receipt),
    folder: &Path,
    as_json: bool,
) -> Result<Ended, Failure> {
    let receipt = store::write_run(folder, &files, receipt)?;
    if as_json {
        print_json(&report::json::summary(scenario, &outcome, &receipt.id))?;
    } else {
        print(&report::summary(scenario, &outcome))?;
        print(&format!("\nWritten to {}: open {}\n", folder.display(), folder.join("report.html").display()))?;
    }
    Ok(Ended::after(&outcome.verdicts))
}

/// Runs a scenario and gives everything that is to be written, with a receipt that does not know it yet.
pub fn make(scenario: &Scenario, path: &Path, replicates: u32) -> Result<(Outcome, Vec<OutputFile>, Receipt), Failure> {
    let bar = progress_bar(replicates);
    let outcome = pipeline::run(scenario, replicates, &|| bar.inc(1))
        .map_err(|findings| Failure::from_findings(&findings, &scenario.files))?;
    bar.finish_and_clear();
    Ok(render(scenario, path, outcome))
}

/// Everything that is to be written of an outcome.
pub fn render(scenario: &Scenario, path: &Path, outcome: Outcome) -> (Outcome, Vec<OutputFile>, Receipt) {
    let named = path.to_string_lossy().replace('\\', "/");
    let receipt = store::receipt(&named, scenario.seed, outcome.results.replicates, &scenario.files);
    let files = report::render(scenario, &outcome, &receipt.id);
    (outcome, files, receipt)
}

/// A bar on stderr; it hides itself when stderr is not a terminal.
pub fn progress_bar(replicates: u32) -> ProgressBar {
    let bar = ProgressBar::new(u64::from(replicates));
    let style = ProgressStyle::with_template("{msg} {wide_bar} {pos}/{len} {eta}");
    bar.with_style(style.unwrap_or_else(|_| ProgressStyle::default_bar())).with_message("Simulating")
}
