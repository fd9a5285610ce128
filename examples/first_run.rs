//! Reads a scenario, runs it, and prints the week in which half of the educators are using the practice.
//!
//! `cargo run --release --example first_run -- scenarios/late-start`

use earlybell::pipeline;
use earlybell::scenario;
use std::path::PathBuf;
use std::process::ExitCode;

fn main() -> ExitCode {
    let path = std::env::args().nth(1).map_or_else(|| PathBuf::from("scenarios/ccsd93"), PathBuf::from);
    let scenario = match scenario::read(&path) {
        Ok(scenario) => scenario,
        Err(unread) => {
            eprint!("{}", scenario::picture(&unread.findings, &unread.files));
            return ExitCode::from(2);
        }
    };
    let outcome = match pipeline::run(&scenario, 100, &|| ()) {
        Ok(outcome) => outcome,
        Err(findings) => {
            eprint!("{}", scenario::picture(&findings, &scenario.files));
            return ExitCode::from(2);
        }
    };
    let half = outcome.results.milestones.iter().find(|m| m.level == 3 && m.share == 0.5);
    match half.and_then(|m| m.reached.median) {
        Some(week) => println!("Half are using it in week {week}, the one of {}.", outcome.results.weeks[week]),
        None => println!("Half are not using it within {} years.", scenario.school_years),
    }
    ExitCode::SUCCESS
}
