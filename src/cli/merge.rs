//! `earlybell merge`: joins units that were computed apart, and writes what they make.

use crate::cli::common::Ended;
use crate::cli::common::Failure;
use crate::cli::experiment;
use crate::cli::experiment::Compute;
use crate::cli::experiment::Keeping;
use crate::cli::run_units;
use crate::store;
use std::path::Path;
use std::path::PathBuf;

#[derive(Debug, clap::Args)]
pub struct Options {
    /// The folder of a run, sweep or sensitivity; results are written here
    folder: PathBuf,
    /// Further folders with units of the same run or experiment
    others: Vec<PathBuf>,
    /// Where the scenario lies now [default: where the units were made from]
    #[arg(long)]
    scenario: Option<PathBuf>,
    /// Print it as JSON
    #[arg(long)]
    json: bool,
}

/// Joins units.
pub fn run(options: &Options) -> Result<Ended, Failure> {
    let folders = std::iter::once(&options.folder).chain(&options.others);
    let of_runs = folders.clone().find_map(|folder| store::read_kept_run(folder).transpose()).transpose().map_err(|e| {
        Failure::Wrong(format!(
            "error: {e}\n  help: write it again with `earlybell run --units 0..1`, the scenario and the replicates of the other units\n"
        ))
    })?;
    if let Some(kept) = of_runs {
        let folders: Vec<&Path> = folders.map(PathBuf::as_path).collect();
        return run_units::merge(&kept, options.scenario.as_deref(), &folders, options.json);
    }
    let kept = folders.map(|folder| store::read_kept(folder)).reduce(|first, next| first.or(next));
    let kept = match kept {
        Some(Ok(kept)) => kept,
        Some(Err(error)) => {
            return Err(Failure::Wrong(format!(
                "error: {error}\n  help: name a folder that `earlybell run --units`, `sweep` or `sensitivity` keeps units in\n"
            )));
        }
        None => unreachable!("there is one folder at least"),
    };
    let path = options.scenario.clone().unwrap_or_else(|| PathBuf::from(&kept.scenario));
    let keeping = Keeping { folder: options.folder.clone(), others: options.others.clone(), compute: Compute::Nothing };
    experiment::run(&path, &kept.asked, Some(kept.seed), &keeping, options.json)
}
