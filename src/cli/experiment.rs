//! What sweeps, sensitivities and merges share: units are computed or read, joined, and told of when all are there.

use crate::cli::common::Ended;
use crate::cli::common::Failure;
use crate::cli::common::print;
use crate::cli::common::print_json;
use crate::cli::common::warn;
use crate::cli::run::progress_bar;
use crate::experiments::Asked;
use crate::experiments::Joined;
use crate::experiments::Plan;
use crate::experiments::Runner;
use crate::experiments::Summary;
use crate::experiments::Unit;
use crate::experiments::UnitError;
use crate::experiments::plan;
use crate::experiments::unit_ranges;
use crate::findings::Findings;
use crate::report::OutputFile;
use crate::report::experiments as told;
use crate::scenario;
use crate::scenario::Scenario;
use crate::scenario::Settable;
use crate::scenario::Stack;
use crate::scenario::Unread;
use crate::store;
use crate::store::Kept;
use crate::store::Receipt;
use crate::store::UNITS;
use rayon::prelude::*;
use std::ops::Range;
use std::path::Path;
use std::path::PathBuf;

/// Sets of findings that are shown; more of them say the same again.
const MOST_SHOWN: usize = 4;

/// Which units are computed.
#[derive(Debug, Clone)]
pub enum Compute {
    /// All that are not kept yet.
    All,
    /// These, where they are not kept yet.
    Some(Range<usize>),
    /// None: only what is kept counts.
    Nothing,
}

/// Where units are kept, and where others may lie.
#[derive(Debug, Clone)]
pub struct Keeping {
    /// The folder of the experiment.
    pub folder: PathBuf,
    /// Further folders whose units are joined.
    pub others: Vec<PathBuf>,
    /// Which units are computed.
    pub compute: Compute,
}

/// What came of it.
struct Made {
    scenario: Scenario,
    n_units: usize,
    missing: Vec<usize>,
    told: Option<Told>,
}

struct Told {
    files: Vec<OutputFile>,
    receipt: Receipt,
    text: String,
    json: serde_json::Value,
}

/// The units that a text such as `3..7` means.
pub fn units_asked(text: &str) -> Result<Range<usize>, String> {
    let shape = || "write the first unit and the one behind the last: 0..10".to_string();
    let (from, to) = text.split_once("..").ok_or_else(shape)?;
    let (from, to) = (from.trim().parse().map_err(|_| shape())?, to.trim().parse().map_err(|_| shape())?);
    if from < to { Ok(from..to) } else { Err(format!("the range {text} holds no unit; {}", shape())) }
}

/// Runs an experiment whose units are kept, and writes it once all are there.
pub fn run(path: &Path, asked: &Asked, seed: Option<u64>, keeping: &Keeping, as_json: bool) -> Result<Ended, Failure> {
    let made = make(path, asked, seed, Some(keeping))?;
    let folder = &keeping.folder;
    let Some(told) = made.told else {
        tell_kept(&made.scenario.title, made.n_units, &made.missing, folder, as_json)?;
        return Ok(Ended::Well);
    };
    store::write_run(folder, &told.files, told.receipt)?;
    if as_json {
        print_json(&told.json)?;
    } else {
        print(&told.text)?;
        let page = folder.join(format!("{}.html", asked.name()));
        print(&format!("\nWritten to {}: open {}\n", folder.display(), page.display()))?;
    }
    Ok(Ended::Well)
}

/// Tells which units are kept in a folder and what to do next.
pub fn tell_kept(title: &str, n_units: usize, missing: &[usize], folder: &Path, as_json: bool) -> Result<(), Failure> {
    let (there, kept) = (n_units - missing.len(), folder.join(UNITS));
    if as_json {
        let kept = kept.to_string_lossy().replace('\\', "/");
        return print_json(
            &serde_json::json!({ "scenario": title, "units": n_units, "there": there, "missing": missing, "kept_in": kept }),
        );
    }
    let merge = format!("`earlybell merge {}` joins them.", folder.display());
    let next = match missing.is_empty() {
        true => format!("All are there: {merge}"),
        false => format!("Missing: {}. Once all are there, {merge}", unit_ranges(missing)),
    };
    print(&format!("{title}: {there} of {n_units} units are kept in {}.\n{next}\n", kept.display()))
}

/// The same again for a receipt, without keeping units.
pub fn again(path: &Path, asked: &Asked, seed: u64) -> Result<(Vec<OutputFile>, Receipt), Failure> {
    let made = make(path, asked, Some(seed), None)?;
    let told = made.told.ok_or_else(|| Failure::Machine("units are missing although all were computed".into()))?;
    Ok((told.files, told.receipt))
}

fn make(path: &Path, asked: &Asked, seed: Option<u64>, keeping: Option<&Keeping>) -> Result<Made, Failure> {
    let stack = Stack::open(path).map_err(pictured)?;
    let mut scenario = stack.read(&|_| true).map_err(pictured)?;
    warn(&stack, &scenario);
    scenario.seed = seed.unwrap_or(scenario.seed);
    let settable = Settable::open(&stack).map_err(pictured)?;
    let runner = Runner::new(&settable, &scenario).map_err(pictured)?;
    let named = path.to_string_lossy().replace('\\', "/");
    let receipt = store::receipt_of_experiment(&named, asked, scenario.seed, &scenario.files);
    let hash = store::receipt(&named, scenario.seed, 0, &scenario.files).id;
    let plan = plan(asked, &settable, &scenario, runner.measures(), &hash).map_err(pictured)?;
    let n_units = plan.cut.n_units();
    let joined = joined(&runner, &plan, &named, scenario.seed, keeping)?;
    let missing = joined.missing(&plan.cut);
    let only_some = keeping.is_some_and(|k| matches!(k.compute, Compute::Some(_)));
    if only_some {
        return Ok(Made { scenario, n_units, missing, told: None });
    }
    let summary = Summary::of(&plan, &joined).map_err(|e| unit_failure(&e, keeping))?;
    let told = told::tell(&scenario, &summary, &receipt.id).map_err(|e| Failure::Machine(e.to_string()))?;
    let told = Told { files: told.files, receipt, text: told.text, json: told.json };
    Ok(Made { scenario, n_units, missing, told: Some(told) })
}

/// The units that are kept, and those that are computed now.
fn joined(runner: &Runner, plan: &Plan, named: &str, seed: u64, keeping: Option<&Keeping>) -> Result<Joined, Failure> {
    let n_units = plan.cut.n_units();
    let mut joined = Joined::default();
    for folder in keeping.iter().flat_map(|k| std::iter::once(&k.folder).chain(&k.others)) {
        for (path, unit) in store::read_units(folder)
            .map_err(|e| Failure::Wrong(format!("error: {e}\n  help: remove the file, and it is computed anew\n")))?
        {
            let one = Joined::one(unit, &plan.id, &plan.cut, plan.measures.n_fields());
            joined = one.and_then(|one| joined.join(one)).map_err(|e| of_file(&path, &e))?;
        }
    }
    let wanted: Vec<usize> = match keeping.map(|k| &k.compute) {
        None | Some(Compute::All) => (0..n_units).filter(|n| !joined.has(*n)).collect(),
        Some(Compute::Some(range)) if range.end > n_units => {
            return Err(Failure::Wrong(format!(
                "error: there is no unit {}: the {n_units} units are 0..{n_units}\n  help: name units below {n_units}\n",
                range.end - 1
            )));
        }
        Some(Compute::Some(range)) => range.clone().filter(|n| !joined.has(*n)).collect(),
        Some(Compute::Nothing) => Vec::new(),
    };
    if wanted.is_empty() {
        return Ok(joined);
    }
    runner.check(plan, &wanted).map_err(|all| several(&all))?;
    if let Some(keeping) = keeping {
        let (experiment, scenario, asked) = (plan.id.clone(), named.to_string(), plan.asked.clone());
        store::write_kept(&keeping.folder, &Kept { experiment, scenario, seed, asked })?;
    }
    for unit in compute(runner, plan, &wanted, keeping)? {
        let one = Joined::one(unit, &plan.id, &plan.cut, plan.measures.n_fields());
        joined = one.and_then(|one| joined.join(one)).map_err(|e| unit_failure(&e, keeping))?;
    }
    Ok(joined)
}

fn compute(runner: &Runner, plan: &Plan, wanted: &[usize], keeping: Option<&Keeping>) -> Result<Vec<Unit>, Failure> {
    let runs = wanted.iter().map(|n| plan.cut.points(*n).len() * plan.cut.replicates(*n).len()).sum::<usize>();
    let bar = progress_bar(u32::try_from(runs).unwrap_or(u32::MAX));
    let one = |number: &usize| -> Result<Unit, Failure> {
        let of_point = plan.cut.replicates(*number).len() as u64;
        let unit = runner.unit(plan, *number, &|| bar.inc(of_point)).map_err(pictured)?;
        if let Some(keeping) = keeping {
            store::write_unit(&keeping.folder, &unit)?;
        }
        Ok(unit)
    };
    let units = wanted.par_iter().map(one).collect::<Result<Vec<Unit>, Failure>>();
    bar.finish_and_clear();
    units
}

fn pictured(unread: Unread) -> Failure {
    Failure::from_findings(&unread.findings, &unread.files)
}

/// Findings of several points, each once.
fn several(all: &[Unread]) -> Failure {
    let mut seen: Vec<String> = Vec::new();
    let mut pictures: Vec<String> = Vec::new();
    for unread in all {
        let mut new = Findings::new();
        for finding in unread.findings.iter() {
            if !seen.contains(&finding.message) {
                seen.push(finding.message.clone());
                new.push(finding.clone());
            }
        }
        if new.has_errors() {
            pictures.push(scenario::picture(&new, &unread.files));
        }
    }
    let more = pictures.len().saturating_sub(MOST_SHOWN);
    pictures.truncate(MOST_SHOWN);
    let mut text = pictures.join("\n");
    if more > 0 {
        text.push_str(&format!("\nand {more} more sets of values with findings of their own\n"));
    }
    Failure::Wrong(text)
}

/// A unit in a file that does not belong where it lies.
pub fn of_file(path: &Path, error: &UnitError) -> Failure {
    let path = path.display();
    Failure::Wrong(format!(
        "error: {path}: {error}\n  help: remove what the folder keeps in `{UNITS}`, or name another folder with --output\n"
    ))
}

fn unit_failure(error: &UnitError, keeping: Option<&Keeping>) -> Failure {
    let folder = keeping.map(|k| k.folder.display().to_string()).unwrap_or_default();
    Failure::Wrong(format!(
        "error: {error}\n  help: compute them with the command of the experiment and --units, into {folder} or a folder of their own\n"
    ))
}
