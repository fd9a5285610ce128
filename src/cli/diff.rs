//! `earlybell diff`: what proposals change, old and new, with sources.

use crate::cli::common::Ended;
use crate::cli::common::Failure;
use crate::cli::common::print;
use crate::cli::common::print_json;
use crate::cli::common::read_stack;
use crate::report::compare::changes_json;
use crate::report::compare::changes_text;
use std::path::PathBuf;

#[derive(Debug, clap::Args)]
pub struct Options {
    /// A scenario with proposals behind a plus: scenarios/ccsd93+sixty-minutes
    scenario: PathBuf,
    /// Print the changes as JSON
    #[arg(long)]
    json: bool,
}

/// Shows what the proposals of a scenario change. Warns of items that change nothing that is reckoned with.
pub fn run(options: &Options) -> Result<Ended, Failure> {
    let (_, scenario) = read_stack(&options.scenario)?;
    if options.json {
        print_json(&changes_json(&scenario))?;
    } else {
        print(&changes_text(&scenario))?;
    }
    Ok(Ended::Well)
}
