//! `earlybell explain`: reasons for one clause, school, date or condition.

use crate::cli::ScenarioFlag;
use crate::cli::common::Ended;
use crate::cli::common::Failure;
use crate::cli::common::date_asked;
use crate::cli::common::read;
use crate::cli::explain_clause::ClauseAsked;
use crate::cli::explain_clause::Depth;
use crate::cli::explain_clause::explain_clause;
use crate::cli::explain_day::explain_date;
use crate::cli::explain_day::explain_school;
use crate::cli::graph::explain_condition;
use crate::pipeline;
use crate::units::Date;

#[derive(Debug, clap::Args)]
pub struct Options {
    #[command(flatten)]
    scenario: ScenarioFlag,
    /// Only this school, by its id
    #[arg(long, global = true)]
    school: Option<String>,
    /// Print as JSON
    #[arg(long, global = true)]
    json: bool,
    #[command(subcommand)]
    about: About,
}

#[derive(Debug, clap::Subcommand)]
enum About {
    /// What a clause asks, whether it holds, by how much, where it is tightest and what saved it
    Clause {
        /// Its id
        id: String,
        /// Show every window that was judged, with what was counted in it
        #[arg(long)]
        trace: bool,
        /// Only this school year, such as 2025-26
        #[arg(long)]
        year: Option<String>,
        /// Only this grade or role, such as 3 or teacher
        #[arg(long)]
        whose: Option<String>,
    },
    /// A school's days, minutes and clauses
    School {
        /// Its id
        id: String,
    },
    /// What rings on a date, and the minutes of each kind
    Date {
        /// The date, such as 2026-09-14
        #[arg(value_parser = date_asked)]
        date: Date,
    },
    /// From when a condition holds, and why not yet
    Condition {
        /// Its id
        id: String,
        /// The date to ask about [default: the first day of the simulation]
        #[arg(long, value_parser = date_asked)]
        on: Option<Date>,
    },
}

/// Explains what was asked.
pub fn run(options: &Options) -> Result<Ended, Failure> {
    let scenario = read(&options.scenario.scenario)?;
    let checked = pipeline::check(&scenario).map_err(|f| Failure::from_findings(&f, &scenario.files))?;
    let school = options.school.as_deref();
    match &options.about {
        About::Clause { id, trace, year, whose } => {
            let asked = ClauseAsked {
                id,
                school,
                year: year.as_deref(),
                whose: whose.as_deref(),
                depth: if *trace { Depth::Trace } else { Depth::Reasons },
            };
            explain_clause(&scenario, &checked, &asked, options.json)
        }
        About::School { id } => explain_school(&scenario, &checked, id, options.json),
        About::Date { date } => explain_date(&scenario, &checked, *date, school, options.json),
        About::Condition { id, on } => {
            explain_condition(&scenario, &checked, id, school, on.unwrap_or(scenario.from), options.json)
        }
    }
}
