//! `earlybell sensitivity`: what the outcome hangs on.

use crate::cli::ScenarioArgument;
use crate::cli::common::Ended;
use crate::cli::common::Failure;
use crate::cli::experiment;
use crate::cli::experiment::Compute;
use crate::cli::experiment::Keeping;
use crate::cli::experiment::units_asked;
use crate::cli::sweep::usual_folder;
use crate::experiments::Asked;
use crate::experiments::Method;
use crate::experiments::Purpose;
use std::ops::Range;
use std::path::PathBuf;

#[derive(Debug, clap::Args)]
pub struct Options {
    #[command(flatten)]
    scenario: ScenarioArgument,
    /// How it is asked
    #[arg(long, value_enum, default_value_t = Method::All)]
    method: Method,
    /// What is varied: PATH=0.1..0.5, or PATH alone [default: every parameter of the model with a range]
    #[arg(long, value_name = "PATH=RANGE")]
    vary: Vec<String>,
    /// What counts as failure, such as "using<0.8", "routine<0.3" or "weeks>120" [default: below the scenario's goal]
    #[arg(long, value_name = "TEST")]
    fails: Option<String>,
    /// Trajectories of Morris
    #[arg(long, value_name = "N", default_value_t = 20, value_parser = clap::value_parser!(u32).range(2..=100_000))]
    trajectories: u32,
    /// Rows of Saltelli's design, best a power of two
    #[arg(long, value_name = "N", default_value_t = 64, value_parser = clap::value_parser!(u32).range(2..=1_000_000))]
    rows: u32,
    /// Points among which failures are looked for
    #[arg(long, value_name = "N", default_value_t = 512, value_parser = clap::value_parser!(u32).range(2..=1_000_000))]
    points: u32,
    /// How many times each point is simulated, all under the same luck
    #[arg(long, default_value_t = 10, value_parser = clap::value_parser!(u32).range(1..=1_000_000))]
    replicates: u32,
    /// Seed of all luck [default: the scenario's]
    #[arg(long)]
    seed: Option<u64>,
    /// Compute only these units of work, such as 0..10, and keep them; `earlybell merge` joins them
    #[arg(long, value_name = "I..J", value_parser = units_asked)]
    units: Option<Range<usize>>,
    /// Folder for the results [default: output/<scenario>/sensitivity]
    #[arg(long, value_name = "DIR")]
    output: Option<PathBuf>,
    /// Print it as JSON
    #[arg(long)]
    json: bool,
}

/// Asks.
pub fn run(options: &Options) -> Result<Ended, Failure> {
    let path = &options.scenario.scenario;
    let Options { method, trajectories, rows, points, .. } = *options;
    let asked = Asked {
        purpose: Purpose::Sensitivity { method, trajectories, rows, points },
        levers: Vec::new(),
        uncertain: options.vary.clone(),
        fails: options.fails.clone(),
        replicates: options.replicates,
    };
    let folder = options.output.clone().unwrap_or_else(|| usual_folder(path, asked.name()));
    let compute = options.units.clone().map_or(Compute::All, Compute::Some);
    experiment::run(path, &asked, options.seed, &Keeping { folder, others: Vec::new(), compute }, options.json)
}
