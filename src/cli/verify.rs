//! `earlybell verify`: run a receipt again and compare every file.

use crate::cli::calibrate::make as make_calibration;
use crate::cli::common::Ended;
use crate::cli::common::Failure;
use crate::cli::common::print;
use crate::cli::common::print_json;
use crate::cli::common::read;
use crate::cli::compare::WithPaper;
use crate::cli::compare::make as make_comparison;
use crate::cli::levers::make as make_levers;
use crate::cli::nation;
use crate::cli::propose::Asked;
use crate::cli::propose::make as make_search;
use crate::cli::run::make;
use crate::report::OutputFile;
use crate::report::compare::PAPER;
use crate::store;
use crate::store::Hashed;
use crate::store::RECEIPT;
use crate::store::Receipt;
use std::path::Path;
use std::path::PathBuf;

#[derive(Debug, clap::Args)]
pub struct Options {
    /// The receipt.json of a run, or the folder it lies in
    receipt: PathBuf,
    /// Where the scenario lies now [default: where the receipt says]
    #[arg(long)]
    scenario: Option<PathBuf>,
    /// Print the comparison as JSON
    #[arg(long)]
    json: bool,
}

/// Runs the scenario of a receipt again; every input, every output and the engine must be the same.
pub fn run(options: &Options) -> Result<Ended, Failure> {
    let file = if options.receipt.is_dir() { options.receipt.join(RECEIPT) } else { options.receipt.clone() };
    let old = store::read_receipt(&file).map_err(|e| {
        Failure::Wrong(format!("error: {e}\n  help: name the receipt.json of a finished run, or its folder\n"))
    })?;
    let (files, mut new) = again(options, &old)?;
    new.outputs = store::hashes(&files);
    let folder = file.parent().unwrap_or(Path::new("."));
    let differences = compare(&old, &new, folder);
    if options.json {
        let verdict =
            serde_json::json!({ "receipt": old.id, "same": differences.is_empty(), "differences": differences });
        print_json(&verdict)?;
    }
    if differences.is_empty() {
        if !options.json {
            let (n, m) = (old.inputs.len(), old.outputs.len());
            print(&format!("Receipt {}: the same. {n} input files, {m} output files, byte for byte.\n", old.id))?;
        }
        return Ok(Ended::Well);
    }
    let list: String = differences.iter().map(|d| format!("  - {d}\n")).collect();
    Err(Failure::Wrong(format!("error: receipt {} is not what this scenario and program make\n{list}", old.id)))
}

/// Makes again what the receipt says.
fn again(options: &Options, old: &Receipt) -> Result<(Vec<OutputFile>, Receipt), Failure> {
    let path = options.scenario.clone().unwrap_or_else(|| PathBuf::from(&old.scenario));
    let begins = path.to_string_lossy().split('+').next().map(PathBuf::from).unwrap_or_default();
    let needs_none = old.scenario.is_empty();
    if !needs_none && !path.exists() && !begins.exists() {
        let path = begins.display();
        return Err(Failure::Wrong(format!(
            "error: the receipt was made from `{path}`, which is not here\n  help: run this from the folder the run was made in, or say where the scenario lies now with --scenario\n"
        )));
    }
    if let Some(asked) = &old.experiment {
        return crate::cli::experiment::again(&path, asked, old.seed);
    }
    if let Some(simulate) = old.simulate {
        let asked = Asked { seed: Some(old.seed), simulate, replicates: old.replicates };
        let (_, _, files, receipt) = make_search(&path, asked)?;
        return Ok((files, receipt));
    }
    if !old.levers.is_empty() {
        let (_, files, receipt) = make_levers(read(&path)?, &path, &old.levers, Some(old.seed), old.replicates)?;
        return Ok((files, receipt));
    }
    if let Some(asked) = &old.calibrated {
        let scenario = (!old.scenario.is_empty()).then_some(path);
        let (_, files, receipt) = make_calibration(asked, scenario.as_deref(), Some(old.seed))?;
        return Ok((files, receipt));
    }
    if let Some(cycle_days) = old.cycle_days {
        let paper = if old.outputs.iter().any(|o| o.name == PAPER) { WithPaper::Yes } else { WithPaper::No };
        let mut named = vec![path.to_string_lossy().replace('\\', "/")];
        named.extend(old.compared_with.iter().cloned());
        let (_, files, receipt) = make_comparison(&named, Some(old.seed), old.replicates, cycle_days, paper)?;
        return Ok((files, receipt));
    }
    let mut scenario = read(&path)?;
    scenario.seed = old.seed;
    if let Some(plan) = &scenario.nation {
        let (_, files, receipt) = nation::make(&scenario, plan, &path, old.replicates)?;
        return Ok((files, receipt));
    }
    let (_, files, receipt) = make(&scenario, &path, old.replicates)?;
    Ok((files, receipt))
}

fn compare(old: &Receipt, new: &Receipt, folder: &Path) -> Vec<String> {
    let mut differences = Vec::new();
    if old.version != new.version || old.engine != new.engine {
        differences.push(format!("made by version {} of another source; this is version {}", old.version, new.version));
    }
    compare_lists("input", &old.inputs, &new.inputs, &mut differences);
    compare_lists("output", &old.outputs, &new.outputs, &mut differences);
    for written in &old.outputs {
        match store::hash_of(&folder.join(&written.name)) {
            Some(hash) if hash == written.sha256 => {}
            Some(_) => differences.push(format!("{} in the folder was changed after the run", written.name)),
            None => differences.push(format!("{} is missing from the folder", written.name)),
        }
    }
    differences
}

fn compare_lists(what: &str, old: &[Hashed], new: &[Hashed], differences: &mut Vec<String>) {
    for was in old {
        match new.iter().find(|n| n.name == was.name) {
            Some(is) if is.sha256 == was.sha256 => {}
            Some(_) => differences.push(format!("{what} {} is not the same", was.name)),
            None => differences.push(format!("{what} {} is no longer there", was.name)),
        }
    }
    for is in new.iter().filter(|n| !old.iter().any(|o| o.name == n.name)) {
        differences.push(format!("{what} {} is new", is.name));
    }
}
