//! `earlybell compare`: two or more scenarios side by side, under the same luck.

use crate::cli::common::Ended;
use crate::cli::common::Failure;
use crate::cli::common::print;
use crate::cli::common::print_json;
use crate::cli::common::warn;
use crate::cli::run::REPLICATES;
use crate::cli::run::progress_bar;
use crate::compare::Comparison;
use crate::compare::Refused;
use crate::compare::compare;
use crate::findings::Finding;
use crate::findings::Place;
use crate::ledger::CYCLE_DAYS;
use crate::report::OutputFile;
use crate::report::compare as told;
use crate::scenario;
use crate::scenario::InputFile;
use crate::scenario::Scenario;
use crate::scenario::Stack;
use crate::store;
use crate::store::Receipt;
use std::collections::BTreeMap;
use std::path::Path;
use std::path::PathBuf;
use std::sync::Arc;

/// More sides than this make a page that nobody can read.
const MOST_SIDES: usize = 6;

/// Longer names of folders are cut.
const LONGEST_NAME: usize = 100;

#[derive(Debug, clap::Args)]
pub struct Options {
    /// Scenarios, each with its proposals behind a plus; `+NAME` alone stands for the first scenario with that proposal
    #[arg(required = true, num_args = 1.., value_name = "SCENARIO")]
    sides: Vec<String>,
    /// Which of them is the baseline, by number from 1 or as it is named
    #[arg(long, default_value = "1")]
    baseline: String,
    /// Folder for the results [default: output/compare/<the scenarios>]
    #[arg(long, value_name = "DIR")]
    output: Option<PathBuf>,
    /// Seed of all luck, the same for every side [default: the baseline's]
    #[arg(long)]
    seed: Option<u64>,
    /// How many times each side is simulated
    #[arg(long, default_value_t = REPLICATES, value_parser = clap::value_parser!(u32).range(1..=100_000))]
    replicates: u32,
    /// School days of a cycle, for minutes per cycle
    #[arg(long, default_value_t = CYCLE_DAYS, value_parser = clap::value_parser!(u32).range(1..=200))]
    cycle: u32,
    /// Write the paper for the table too: current, proposed, change, one page for each school
    #[arg(long)]
    paper: bool,
    /// Print the comparison as JSON
    #[arg(long)]
    json: bool,
}

/// Whether the page for paper is made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum WithPaper {
    /// It is.
    Yes,
    /// It is not.
    No,
}

/// Compares and writes everything.
pub fn run(options: &Options) -> Result<Ended, Failure> {
    let named = in_order(options)?;
    let paper = if options.paper { WithPaper::Yes } else { WithPaper::No };
    let (comparison, files, receipt) = make(&named, options.seed, options.replicates, options.cycle, paper)?;
    let folder = options.output.clone().unwrap_or_else(|| folder_of(&comparison));
    let receipt = store::write_run(&folder, &files, receipt)?;
    if options.json {
        print_json(&told::as_json(&comparison, &receipt.id))?;
    } else {
        print(&told::text(&comparison))?;
        print(&format!("\nWritten to {}: open {}\n", folder.display(), folder.join("compare.html").display()))?;
        if options.paper {
            print(&format!("For the table: {}, to be printed from a browser\n", folder.join(told::PAPER).display()))?;
        }
    }
    let failing = comparison.sides.iter().any(|s| s.outcome.verdicts.n_clauses_failing() > 0);
    Ok(if failing { Ended::ClauseNotMet } else { Ended::Well })
}

/// The scenarios as named, the baseline first.
fn in_order(options: &Options) -> Result<Vec<String>, Failure> {
    let first = options.sides.first().map(|s| s.split('+').next().unwrap_or(s)).unwrap_or_default();
    let whole = |side: &String| if side.starts_with('+') { format!("{first}{side}") } else { side.clone() };
    let mut named: Vec<String> = options.sides.iter().map(whole).collect();
    let wrong = |message: String, help: &str| Err(Failure::Wrong(format!("error: {message}\n  help: {help}\n")));
    if named.len() < 2 {
        return wrong(
            "a comparison has two sides at least".into(),
            "name another: earlybell compare scenarios/ccsd93 +sixty-minutes +counter-offer",
        );
    }
    if named.len() > MOST_SIDES {
        let n = named.len();
        return wrong(format!("{n} sides are more than the {MOST_SIDES} that fit on a page"), "compare fewer at once");
    }
    let by_number = options.baseline.parse::<usize>().ok().filter(|n| (1..=named.len()).contains(n)).map(|n| n - 1);
    let by_name = || {
        options
            .sides
            .iter()
            .position(|s| *s == options.baseline)
            .or_else(|| named.iter().position(|s| *s == options.baseline))
    };
    match by_number.or_else(by_name) {
        Some(place) => {
            let baseline = named.remove(place);
            named.insert(0, baseline);
            Ok(named)
        }
        None => Err(Failure::unknown("side", &options.baseline, options.sides.iter().map(String::as_str))),
    }
}

/// Compares, and gives everything that is to be written with a receipt that does not know it yet.
pub fn make(
    named: &[String],
    seed: Option<u64>,
    replicates: u32,
    cycle_days: u32,
    paper: WithPaper,
) -> Result<(Comparison, Vec<OutputFile>, Receipt), Failure> {
    let scenarios = read_all(named, seed)?;
    let inputs = inputs(&scenarios);
    let seed = scenarios.first().map_or(0, |s| s.seed);
    let files: Vec<Vec<InputFile>> = scenarios.iter().map(|s| s.files.clone()).collect();
    let bar = progress_bar(replicates * u32::try_from(scenarios.len()).unwrap_or(1));
    let comparison = compare(scenarios, replicates, cycle_days, &|| bar.inc(1));
    bar.finish_and_clear();
    let comparison = comparison.map_err(|refused| refusal(refused, named, &files))?;
    let receipt = store::receipt_of_comparison(named, cycle_days, seed, replicates, &inputs);
    let mut files = told::render(&comparison, &receipt.id);
    if paper == WithPaper::Yes {
        files.push(OutputFile::text(told::PAPER, told::paper(&comparison, &receipt.id)));
    }
    Ok((comparison, files, receipt))
}

/// Reads every side; what is wrong with any of them is told of all together.
fn read_all(named: &[String], seed: Option<u64>) -> Result<Vec<Scenario>, Failure> {
    let mut scenarios: Vec<Scenario> = Vec::new();
    let mut wrong = String::new();
    for name in named {
        let read = Stack::open(Path::new(name)).and_then(|stack| stack.read(&|_| true).map(|whole| (stack, whole)));
        match read {
            Ok((stack, scenario)) => {
                warn(&stack, &scenario);
                scenarios.push(scenario);
            }
            Err(unread) => {
                wrong.push_str(&format!(
                    "`{name}` does not read:\n{}",
                    scenario::picture(&unread.findings, &unread.files)
                ));
            }
        }
    }
    if !wrong.is_empty() {
        return Err(Failure::Wrong(wrong));
    }
    // The same luck on every side: a seed of a proposal's own would make the difference one of luck.
    let seed = seed.or_else(|| scenarios.first().map(|s| s.seed)).unwrap_or_default();
    scenarios.iter_mut().for_each(|s| s.seed = seed);
    Ok(scenarios)
}

/// Files of all sides, each once.
pub fn inputs(scenarios: &[Scenario]) -> Vec<InputFile> {
    let mut all: BTreeMap<&str, &InputFile> = BTreeMap::new();
    for file in scenarios.iter().flat_map(|s| &s.files) {
        all.entry(&file.name).or_insert(file);
    }
    all.into_values().cloned().collect()
}

fn refusal(refused: Refused, named: &[String], files: &[Vec<InputFile>]) -> Failure {
    match refused {
        Refused::Circle(place, findings) => Failure::from_findings(&findings, &files[place]),
        Refused::NotComparable(place, reasons) => {
            let (first, other) = (&named[0], &named[place]);
            let message = format!("`{other}` cannot be compared with `{first}`:\n  - {}", reasons.join("\n  - "));
            let finding = Finding::error("compare::not_comparable", message)
                .at(&Place::at(&Arc::from(other.as_str()), ""), "")
                .help("compare scenarios with the same schools, educators who take up the practice, years and practices; everything else may differ");
            Failure::from_findings(&finding.into(), &[])
        }
    }
}

/// The folder of a comparison: its sides by name.
fn folder_of(comparison: &Comparison) -> PathBuf {
    let names: Vec<&str> = comparison.sides.iter().map(|s| s.scenario.name.as_str()).collect();
    let mut name = names.join("_");
    if name.len() > LONGEST_NAME {
        let hash = store::sha256(name.as_bytes());
        name = format!("{}_{}", names[0], &hash[..12]);
    }
    Path::new("output").join("compare").join(name)
}
