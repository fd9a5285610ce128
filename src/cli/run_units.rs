//! `earlybell run --units`: blocks of replicates that are computed apart, on whatever machine, and joined to the bytes of
//! one run.

use crate::cli::common::Ended;
use crate::cli::common::Failure;
use crate::cli::common::read;
use crate::cli::experiment::of_file;
use crate::cli::experiment::tell_kept;
use crate::cli::nation;
use crate::cli::run;
use crate::cli::run::progress_bar;
use crate::ensemble::Replicate;
use crate::experiments::Cut;
use crate::experiments::Joined;
use crate::experiments::Record;
use crate::experiments::Unit;
use crate::experiments::UnitError;
use crate::pipeline;
use crate::scenario::Scenario;
use crate::spread::nation::NationCourse;
use crate::spread::nation::NationJob;
use crate::spread::nation::Tiles;
use crate::store;
use crate::store::KeptRun;
use rayon::prelude::*;
use std::ops::Range;
use std::path::Path;
use std::path::PathBuf;

/// Replicates of a district in a unit: a few seconds of work, a few megabytes.
const OF_A_UNIT: u32 = 10;

/// How a run is cut: a nation's replicate is a unit of its own.
fn cut_of(scenario: &Scenario, replicates: u32) -> Cut {
    Cut::of_replicates(replicates, if scenario.nation.is_some() { 1 } else { OF_A_UNIT })
}

/// Computes some units of a run and keeps them; those that are there already stay.
pub fn compute(
    scenario: &Scenario,
    path: &Path,
    replicates: Option<u32>,
    units: &Range<usize>,
    folder: &Path,
    as_json: bool,
) -> Result<Ended, Failure> {
    let usual = if scenario.nation.is_some() { nation::REPLICATES } else { run::REPLICATES };
    let replicates = replicates.unwrap_or(usual);
    let named = path.to_string_lossy().replace('\\', "/");
    let id = store::receipt(&named, scenario.seed, replicates, &scenario.files).id;
    let cut = cut_of(scenario, replicates);
    let n_units = cut.n_units();
    if units.end > n_units {
        return Err(Failure::Wrong(format!(
            "error: there is no unit {}: the {n_units} units of {replicates} replicates are 0..{n_units}\n  help: name units below {n_units}\n",
            units.end - 1
        )));
    }
    let mut there = joined(&[folder], &id, &cut)?;
    let wanted: Vec<usize> = units.clone().filter(|unit| !there.has(*unit)).collect();
    store::write_kept_run(folder, &KeptRun { run: id.clone(), scenario: named, seed: scenario.seed, replicates })?;
    for unit in wanted {
        let records = records(scenario, cut.replicates(unit))?;
        let n_words = records.first().map_or(0, Vec::len);
        let unit = Unit {
            experiment: id.clone(),
            unit,
            of: n_units,
            educators: vec![0],
            clauses_failing: vec![0],
            counts: vec![records],
        };
        store::write_unit(folder, &unit)?;
        let one = Joined::one(unit, &id, &cut, n_words).and_then(|one| there.join(one));
        there = one.map_err(|e| of_file(folder, &e))?;
    }
    tell_kept(&scenario.title, n_units, &there.missing(&cut), folder, as_json)?;
    Ok(Ended::Well)
}

/// Runs replicates and gives each as a list of numbers.
fn records(scenario: &Scenario, replicates: Range<u32>) -> Result<Vec<Record>, Failure> {
    let bar = progress_bar(replicates.len() as u32 * scenario.nation.as_ref().map_or(1, |_| scenario.school_years));
    let failed = |findings| Failure::from_findings(&findings, &scenario.files);
    let records = if let Some(plan) = &scenario.nation {
        let run = |job: &NationJob| replicates.map(|number| job.replicate(number, &|| bar.inc(1))).collect();
        let outcome = pipeline::nation_with(scenario, plan, Tiles::default(), run).map_err(failed)?;
        outcome.courses.iter().map(NationCourse::pack).collect()
    } else {
        let checked = pipeline::check_without_words(scenario).map_err(failed)?;
        let job = pipeline::job(scenario, &checked);
        let one = |number: u32| {
            let record = job.replicate(number).track.pack();
            bar.inc(1);
            record
        };
        replicates.into_par_iter().map(one).collect()
    };
    bar.finish_and_clear();
    Ok(records)
}

/// The units that are kept in some folders.
fn joined(folders: &[&Path], id: &str, cut: &Cut) -> Result<Joined, Failure> {
    let mut joined = Joined::default();
    let mut n_words = None;
    for folder in folders {
        for (path, unit) in store::read_units(folder)
            .map_err(|e| Failure::Wrong(format!("error: {e}\n  help: remove the file, and it is computed anew\n")))?
        {
            // Whatever the first record holds, all others hold as much.
            let own = unit.counts.first().and_then(|records| records.first()).map_or(0, Vec::len);
            let one = Joined::one(unit, id, cut, *n_words.get_or_insert(own));
            joined = one.and_then(|one| joined.join(one)).map_err(|e| of_file(&path, &e))?;
        }
    }
    Ok(joined)
}

/// Joins the units of a run and writes what they make into the first folder.
pub fn merge(kept: &KeptRun, scenario: Option<&Path>, folders: &[&Path], as_json: bool) -> Result<Ended, Failure> {
    let path = scenario.map_or_else(|| PathBuf::from(&kept.scenario), Path::to_path_buf);
    let mut scenario = read(&path)?;
    scenario.seed = kept.seed;
    let named = path.to_string_lossy().replace('\\', "/");
    let id = store::receipt(&named, kept.seed, kept.replicates, &scenario.files).id;
    let cut = cut_of(&scenario, kept.replicates);
    let joined = joined(folders, &id, &cut)?;
    let whole = joined.whole(&cut).map_err(|e| {
        Failure::Wrong(format!(
            "error: {e}\n  help: compute them with `earlybell run --units`, into {} or a folder of their own\n",
            folders[0].display()
        ))
    })?;
    let records = whole.first().map(|(_, records)| records.as_slice()).unwrap_or_default();
    let broken = |number: usize| of_file(folders[0], &UnitError::Misshapen { unit: cut.unit_of(number) });
    let failed = |findings| Failure::from_findings(&findings, &scenario.files);
    if let Some(plan) = &scenario.nation {
        let courses: Vec<Option<NationCourse>> = records.iter().map(|words| NationCourse::unpack(words)).collect();
        let mut of_another = courses.iter().position(Option::is_none);
        let outcome = pipeline::nation_with(&scenario, plan, Tiles::default(), |job| {
            let is_of = |course: &NationCourse| course.is_of(&job.job.world, plan);
            of_another = of_another.or(courses.iter().flatten().position(|course| !is_of(course)));
            if of_another.is_some() { Vec::new() } else { courses.into_iter().flatten().collect() }
        });
        let outcome = outcome.map_err(failed)?;
        if let Some(number) = of_another {
            return Err(broken(number));
        }
        let shown = if as_json { nation::Print::Json } else { nation::Print::Words };
        return nation::write(&scenario, plan, nation::render(&scenario, plan, &path, outcome), folders[0], shown);
    }
    let checked = pipeline::check(&scenario).map_err(failed)?;
    let job = pipeline::job(&scenario, &checked);
    let replicates: Vec<Option<Replicate>> =
        (0..kept.replicates).into_par_iter().zip(records).map(|(number, words)| job.unpack(number, words)).collect();
    if let Some(number) = replicates.iter().position(Option::is_none) {
        return Err(broken(number));
    }
    let replicates: Vec<Replicate> = replicates.into_iter().flatten().collect();
    let outcome = pipeline::told(&scenario, checked, &replicates);
    run::write(&scenario, run::render(&scenario, &path, outcome), folders[0], as_json)
}
