//! The command: one file per subcommand; arguments in, text and an exit code out.
//!
//! Exit codes: 0 done, 1 done and a clause is not met or a case fails, 2 the scenario is wrong, 3 the machine
//! failed.

mod breakeven;
mod calibrate;
mod check;
mod clauses;
mod clauses_list;
mod clauses_test;
mod common;
mod compare;
mod diff;
mod effects;
mod experiment;
mod explain;
mod explain_clause;
mod explain_day;
mod graph;
mod levers;
mod merge;
mod nation;
mod new;
mod propose;
mod run;
mod run_units;
mod sensitivity;
mod snow;
mod sweep;
mod trace;
mod trace_clause;
mod trace_week;
mod validate;
mod verify;

use clap::CommandFactory;
use clap::Parser;
use clap::Subcommand;
use common::Ended;
use std::path::PathBuf;
use std::process::ExitCode;

/// What a school schedule or policy change would do before anybody signs it.
///
/// Without a subcommand it runs scenarios/ccsd93.
#[derive(Debug, Parser)]
#[command(name = "earlybell", version, about, long_about = None, after_help = EXIT_CODES)]
struct Arguments {
    #[command(subcommand)]
    command: Option<Command>,
}

const EXIT_CODES: &str = "Exit codes: 0 done, 1 done and a clause is not met or a case fails, 2 the scenario is wrong, 3 the machine failed.";

/// The scenario that is run when none is named.
const MAIN_SCENARIO: &str = "scenarios/ccsd93";

#[derive(Debug, Subcommand)]
enum Command {
    /// Check the clauses, simulate the rollout and write the report
    Run(run::Options),
    /// Read the scenario and check its clauses, without simulating anything
    Check(check::Options),
    /// Two or more scenarios side by side under the same luck: law, minutes, money, dates, curves, and who differs
    Compare(compare::Options),
    /// What proposals change, old and new, with sources
    Diff(diff::Options),
    /// What each item of a package of proposals contributes, whatever the order
    Effects(effects::Options),
    /// How far a release, lost days or later bells go before a clause breaks
    Breakeven(breakeven::Options),
    /// How often days lost to snow break a clause, and how many must be made up
    Snow(snow::Options),
    /// What makes the spread through a nation broader, faster and smoother: each proposal alone, under the same luck
    Levers(levers::Options),
    /// Look for other schedules: what is lawful, what gives and takes what, who would have to concede what
    Propose(propose::Options),
    /// Outcomes over the values of levers, on a grid or another design, with uncertain values beside them
    Sweep(sweep::Options),
    /// What the outcome hangs on, where the plan fails, and how much is luck
    Sensitivity(sensitivity::Options),
    /// Join units of a run, sweep or sensitivity that were computed apart, and write what they make
    Merge(merge::Options),
    /// Fit the built-in model, or parameters of a scenario, to a curve that was observed
    Calibrate(calibrate::Options),
    /// Show what must hold before what, or why something does not hold yet
    Graph(graph::Options),
    /// Explain a clause, a school, a date or a condition
    Explain(explain::Options),
    /// Follow the chain from a clause to the curve, or from a week on the curve back to what held it
    Trace(trace::Options),
    /// List packs of clauses, or run the cases beside them
    Clauses(clauses::Options),
    /// Begin a scenario of your own from the template
    New(new::Options),
    /// Check the engines against theory, each other and observed curves, and write docs/validation.md
    Validate(validate::Options),
    /// Run a receipt again and compare every file
    Verify(verify::Options),
    /// Print completions for a shell
    Completions {
        /// The shell
        shell: clap_complete::Shell,
    },
}

/// Where a scenario is named after the subcommand.
#[derive(Debug, clap::Args)]
struct ScenarioArgument {
    /// Folder with a scenario.ron, or a .ron file
    #[arg(default_value = MAIN_SCENARIO)]
    scenario: PathBuf,
}

/// Where the scenario is named by a flag, because the subcommand asks about something in it.
#[derive(Debug, clap::Args)]
struct ScenarioFlag {
    /// Folder with a scenario.ron, or a .ron file
    #[arg(long, default_value = MAIN_SCENARIO, global = true)]
    scenario: PathBuf,
}

/// Reads the command line, does what it says, and gives the exit code.
pub fn main() -> ExitCode {
    let arguments = Arguments::parse();
    let ended = match arguments.command.unwrap_or_else(|| Command::Run(run::Options::of_main_scenario())) {
        Command::Run(options) => run::run(&options),
        Command::Check(options) => check::run(&options),
        Command::Compare(options) => compare::run(&options),
        Command::Diff(options) => diff::run(&options),
        Command::Effects(options) => effects::run(&options),
        Command::Breakeven(options) => breakeven::run(&options),
        Command::Snow(options) => snow::run(&options),
        Command::Levers(options) => levers::run(&options),
        Command::Propose(options) => propose::run(&options),
        Command::Sweep(options) => sweep::run(&options),
        Command::Sensitivity(options) => sensitivity::run(&options),
        Command::Merge(options) => merge::run(&options),
        Command::Calibrate(options) => calibrate::run(&options),
        Command::Graph(options) => graph::run(&options),
        Command::Explain(options) => explain::run(&options),
        Command::Trace(options) => trace::run(&options),
        Command::Clauses(options) => clauses::run(&options),
        Command::New(options) => new::run(&options),
        Command::Validate(options) => validate::run(&options),
        Command::Verify(options) => verify::run(&options),
        Command::Completions { shell } => print_completions(shell),
    };
    let code = match ended {
        Ok(Ended::Well) => 0,
        Ok(Ended::ClauseNotMet | Ended::CaseFailed) => 1,
        Err(failure) => {
            eprint!("{failure}");
            failure.exit_code()
        }
    };
    ExitCode::from(code)
}

fn print_completions(shell: clap_complete::Shell) -> Result<Ended, common::Failure> {
    let mut script = Vec::new();
    clap_complete::generate(shell, &mut Arguments::command(), "earlybell", &mut script);
    common::print(&String::from_utf8_lossy(&script))?;
    Ok(Ended::Well)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_arguments_are_well_formed() {
        Arguments::command().debug_assert();
    }
}
