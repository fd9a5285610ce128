//! `earlybell validate`: the validation book, written anew.

use crate::calibration::published;
use crate::cli::common::Ended;
use crate::cli::common::Failure;
use crate::cli::common::print;
use crate::cli::common::read;
use crate::report::validation;
use crate::series::Series;
use crate::store;
use crate::validate;
use crate::validate::Effort;
use std::path::Path;
use std::path::PathBuf;

/// The scenarios on which the two engines are compared.
const SCENARIOS: [&str; 3] = ["scenarios/ccsd93", "scenarios/late-start", "scenarios/template.ron"];

/// A distance in standard errors beyond which a check fails: by luck alone once in 150,000 checks.
const FAILS: f64 = 4.5;

#[derive(Debug, clap::Args)]
pub struct Options {
    /// Folder with published curves; without it the book says that they are left out
    #[arg(long, value_name = "DIR", default_value = "../shared/data/diffusion")]
    data: PathBuf,
    /// Where the book is written
    #[arg(long, value_name = "FILE", default_value = "docs/validation.md")]
    output: PathBuf,
}

/// Checks everything and writes the book.
pub fn run(options: &Options) -> Result<Ended, Failure> {
    let scenarios = SCENARIOS.iter().map(|path| read(Path::new(path))).collect::<Result<Vec<_>, _>>()?;
    let series = published_series(&options.data)?;
    let told = |done: &str| eprintln!("done: {done}");
    let numbers = validate::numbers(&scenarios, &series, Effort::USUAL, &told)
        .map_err(|findings| Failure::from_findings(&findings, &[]))?;
    store::write_whole(&options.output, validation::book(&numbers).as_bytes())?;
    print(&format!("{}\n\nWritten to {}\n", validation::summary(&numbers), options.output.display()))?;
    let miscounted = numbers.twins.iter().any(|twin| twin.miscounted > 0);
    Ok(if numbers.worst_z() > FAILS || miscounted { Ended::CaseFailed } else { Ended::Well })
}

/// The curves of the files that are there.
fn published_series(folder: &Path) -> Result<Vec<Series>, Failure> {
    let mut all = Vec::new();
    for file in published::FILES {
        let path = folder.join(file);
        if !path.exists() {
            eprintln!("not there, left out: {}", path.display());
            continue;
        }
        let text =
            std::fs::read_to_string(&path).map_err(|cause| Failure::Machine(format!("{}: {cause}", path.display())))?;
        all.extend(published::series_of(file, &text));
    }
    Ok(all)
}
