//! `earlybell propose`: what the scenario could be instead, and what it would take.

use crate::candidates::Budget;
use crate::cli::ScenarioArgument;
use crate::cli::common::Ended;
use crate::cli::common::Failure;
use crate::cli::common::print;
use crate::cli::common::print_json;
use crate::cli::common::read;
use crate::pipeline;
use crate::propose;
use crate::report::proposals;
use crate::store;
use indicatif::ProgressBar;
use indicatif::ProgressStyle;
use std::path::Path;
use std::path::PathBuf;

const NO_SEARCH: &str = "error: the scenario does not say what may move
  help: add `search: Search(…)`; template.ron shows every key, docs/propose.md says what each does\n";

#[derive(Debug, clap::Args)]
pub struct Options {
    #[command(flatten)]
    scenario: ScenarioArgument,
    /// Folder for the results [default: output/<scenario>/propose]
    #[arg(long, value_name = "DIR")]
    output: Option<PathBuf>,
    /// Simulate so many candidates of the frontier at most; 0 for none
    #[arg(long, value_name = "N", default_value_t = 100, value_parser = clap::value_parser!(u32).range(0..=10_000))]
    simulate: u32,
    /// How many times each of them, all under the same luck
    #[arg(long, default_value_t = 100, value_parser = clap::value_parser!(u32).range(1..=1_000_000))]
    replicates: u32,
    /// Seed of all luck [default: the scenario's]
    #[arg(long)]
    seed: Option<u64>,
    /// Print it as JSON
    #[arg(long)]
    json: bool,
}

/// Searches, simulates and writes what was found.
pub fn run(options: &Options) -> Result<Ended, Failure> {
    let mut scenario = read(&options.scenario.scenario)?;
    scenario.seed = options.seed.unwrap_or(scenario.seed);
    let wrong = |f: crate::findings::Findings| Failure::from_findings(&f, &scenario.files);
    let checked = pipeline::check(&scenario).map_err(wrong)?;
    let asked =
        propose::Options { simulate: options.simulate as usize, replicates: options.replicates, budget: Budget::USUAL };
    let bar = progress_bar();
    let told = |total: u64| {
        bar.set_length(total);
        bar.inc(1);
    };
    let proposed = propose::propose(&scenario, &checked, &asked, &told).map_err(wrong)?;
    bar.finish_and_clear();
    let Some(proposed) = proposed else { return Err(Failure::Wrong(NO_SEARCH.into())) };
    let folder = options.output.clone().unwrap_or_else(|| Path::new("output").join(&scenario.name).join("propose"));
    for file in proposals::files(&scenario, &proposed, options.replicates) {
        store::write_whole(&folder.join(&file.name), &file.bytes)?;
    }
    if options.json {
        print_json(&proposals::json(&scenario, &proposed, options.replicates))?;
    } else {
        print(&proposals::text(&scenario, &proposed, options.replicates))?;
        print(&format!("\nWritten to {}\n", folder.display()))?;
    }
    Ok(if proposed.found.region.total.lawful == 0 { Ended::ClauseNotMet } else { Ended::Well })
}

/// A bar on stderr; it hides itself when stderr is not a terminal.
fn progress_bar() -> ProgressBar {
    let style = ProgressStyle::with_template("{msg} {wide_bar} {pos}/{len} {eta}");
    let bar = ProgressBar::new(0).with_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()));
    bar.with_message("Simulating")
}
