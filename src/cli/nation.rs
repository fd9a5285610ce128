//! `earlybell run` where the scenario has a nation.

use crate::cli::common::Ended;
use crate::cli::common::Failure;
use crate::cli::common::print;
use crate::cli::common::print_json;
use crate::cli::run::progress_bar;
use crate::nation::plan::NationPlan;
use crate::pipeline;
use crate::pipeline::NationOutcome;
use crate::report::OutputFile;
use crate::report::nation;
use crate::scenario::Scenario;
use crate::spread::nation::Tiles;
use crate::store;
use crate::store::Receipt;
use std::path::Path;

/// Millions of people even out their luck; one run of a nation is the usual.
pub const REPLICATES: u32 = 1;

/// What is printed in the end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Print {
    /// Words.
    Words,
    /// JSON.
    Json,
}

/// Runs a nation and writes everything it answers.
pub fn run(
    scenario: &Scenario,
    plan: &NationPlan,
    path: &Path,
    replicates: u32,
    folder: &Path,
    shown: Print,
) -> Result<Ended, Failure> {
    write(scenario, plan, make(scenario, plan, path, replicates)?, folder, shown)
}

/// Writes a nation and tells of it.
pub fn write(
    scenario: &Scenario,
    plan: &NationPlan,
    (outcome, files, receipt): (NationOutcome, Vec<OutputFile>, Receipt),
    folder: &Path,
    shown: Print,
) -> Result<Ended, Failure> {
    store::write_run(folder, &files, receipt)?;
    match shown {
        Print::Json => print_json(&nation::json(scenario, plan, &outcome))?,
        Print::Words => {
            print(&nation::text(scenario, plan, &outcome))?;
            print(&format!("\nWritten to {}: open {}\n", folder.display(), folder.join("report.html").display()))?;
        }
    }
    Ok(Ended::Well)
}

/// Runs a nation and gives everything that is to be written, with a receipt that does not know it yet.
pub fn make(
    scenario: &Scenario,
    plan: &NationPlan,
    path: &Path,
    replicates: u32,
) -> Result<(NationOutcome, Vec<OutputFile>, Receipt), Failure> {
    let bar = progress_bar(replicates * scenario.school_years);
    let outcome = pipeline::nation(scenario, plan, replicates, Tiles::default(), &|| bar.inc(1))
        .map_err(|findings| Failure::from_findings(&findings, &scenario.files))?;
    bar.finish_and_clear();
    Ok(render(scenario, plan, path, outcome))
}

/// Everything that is to be written of an outcome.
pub fn render(
    scenario: &Scenario,
    plan: &NationPlan,
    path: &Path,
    outcome: NationOutcome,
) -> (NationOutcome, Vec<OutputFile>, Receipt) {
    let replicates = u32::try_from(outcome.courses.len()).unwrap_or(u32::MAX);
    let named = path.to_string_lossy().replace('\\', "/");
    let receipt = store::receipt(&named, scenario.seed, replicates, &scenario.files);
    let files = nation::render(scenario, plan, &outcome, &receipt.id);
    (outcome, files, receipt)
}
