//! `earlybell propose`: what the scenario could be instead, and what it would take.

use crate::candidates::Budget;
use crate::cli::ScenarioArgument;
use crate::cli::common::Ended;
use crate::cli::common::Failure;
use crate::cli::common::print;
use crate::cli::common::print_json;
use crate::cli::common::read;
use crate::cli::run::progress_bar;
use crate::findings::Findings;
use crate::pipeline;
use crate::propose;
use crate::propose::Proposed;
use crate::report::OutputFile;
use crate::report::proposals;
use crate::scenario::Scenario;
use crate::store;
use crate::store::Receipt;
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
    let path = &options.scenario.scenario;
    let asked = Asked { seed: options.seed, simulate: options.simulate, replicates: options.replicates };
    let (scenario, proposed, files, receipt) = make(path, asked)?;
    let folder = options.output.clone().unwrap_or_else(|| Path::new("output").join(&scenario.name).join("propose"));
    store::write_run(&folder, &files, receipt)?;
    if options.json {
        print_json(&proposals::json(&scenario, &proposed, options.replicates))?;
    } else {
        print(&proposals::text(&scenario, &proposed, options.replicates))?;
        print(&format!("\nWritten to {}\n", folder.display()))?;
    }
    Ok(if proposed.found.region.total.lawful == 0 { Ended::ClauseNotMet } else { Ended::Well })
}

/// What a search is asked for.
#[derive(Debug, Clone, Copy)]
pub struct Asked {
    /// The seed, where it is not the scenario's.
    pub seed: Option<u64>,
    /// Candidates of the frontier that are simulated at most.
    pub simulate: u32,
    /// How many times each.
    pub replicates: u32,
}

/// Searches, and gives everything that is to be written with a receipt that does not know it yet.
pub fn make(path: &Path, asked: Asked) -> Result<(Scenario, Proposed, Vec<OutputFile>, Receipt), Failure> {
    let mut scenario = read(path)?;
    scenario.seed = asked.seed.unwrap_or(scenario.seed);
    let wrong = |f: Findings| Failure::from_findings(&f, &scenario.files);
    let checked = pipeline::check(&scenario).map_err(wrong)?;
    let Asked { simulate, replicates, .. } = asked;
    let options = propose::Options { simulate: simulate as usize, replicates, budget: Budget::USUAL };
    let bar = progress_bar(0);
    let told = |total: u64| {
        bar.set_length(total);
        bar.inc(1);
    };
    let proposed = propose::propose(&scenario, &checked, &options, &told).map_err(wrong)?;
    bar.finish_and_clear();
    let Some(proposed) = proposed else { return Err(Failure::Wrong(NO_SEARCH.into())) };
    let named = path.to_string_lossy().replace('\\', "/");
    let receipt = store::receipt_of_search(&named, simulate, scenario.seed, replicates, &scenario.files);
    let files = proposals::files(&scenario, &proposed, replicates);
    Ok((scenario, proposed, files, receipt))
}
