//! `earlybell trace`: the chain from a clause to the curve, and from a week on the curve back to what held it.

use crate::clauses::Outcome;
use crate::cli::ScenarioFlag;
use crate::cli::common::Ended;
use crate::cli::common::Failure;
use crate::cli::common::date_asked;
use crate::cli::common::print;
use crate::cli::common::print_json;
use crate::cli::common::read;
use crate::cli::common::schools_asked;
use crate::cli::trace_clause::clause_in_words;
use crate::cli::trace_week::week_in_words;
use crate::pipeline;
use crate::scenario::Scenario;
use crate::trace::ClauseAsked;
use crate::trace::WeekAsked;
use crate::trace::trace_clause;
use crate::trace::trace_week;
use crate::units::Date;
use serde_json::Value;
use serde_json::json;

/// Replicates when nobody says how many: enough for shares to whole percents.
const REPLICATES: u32 = 100;

#[derive(Debug, clap::Args)]
pub struct Options {
    #[command(flatten)]
    scenario: ScenarioFlag,
    /// How many times the rollout is simulated on each side
    #[arg(long, global = true, default_value_t = REPLICATES, value_parser = clap::value_parser!(u32).range(1..=1_000_000))]
    replicates: u32,
    /// Print as JSON
    #[arg(long, global = true)]
    json: bool,
    #[command(subcommand)]
    from: From,
}

#[derive(Debug, clap::Subcommand)]
enum From {
    /// From a clause to the curve: change it by one unit of its own text, and show each link's change
    Clause {
        /// Its id
        id: String,
        /// Change it by so many units instead
        #[arg(long, default_value_t = 1, value_parser = clap::value_parser!(u32).range(1..=1_000_000))]
        by: u32,
    },
    /// From a week on the curve back to what held it
    Week {
        /// A date in the week, such as 2027-01-11
        #[arg(value_parser = date_asked)]
        date: Date,
        /// Only this school, by its id
        #[arg(long)]
        school: Option<String>,
        /// Only this practice, by its id
        #[arg(long)]
        practice: Option<String>,
    },
}

/// Follows the chain from where it was asked.
pub fn run(options: &Options) -> Result<Ended, Failure> {
    let scenario = read(&options.scenario.scenario)?;
    match &options.from {
        From::Clause { id, by } => from_clause(&scenario, id, *by, options),
        From::Week { date, school, practice } => {
            from_week(&scenario, *date, school.as_deref(), practice.as_deref(), options)
        }
    }
}

fn from_clause(scenario: &Scenario, id: &str, by: u32, options: &Options) -> Result<Ended, Failure> {
    let Some(clause) = scenario.clauses.iter().position(|c| c.id == id) else {
        return Err(Failure::unknown("clause", id, scenario.clauses.iter().map(|c| c.id.as_str())));
    };
    let asked = ClauseAsked { clause, by, replicates: options.replicates };
    let trace = trace_clause(scenario, &asked, &|| ()).map_err(|f| Failure::from_findings(&f, &scenario.files))?;
    if options.json {
        print_json(&with_scenario(scenario, serde_json::to_value(&trace)))?;
    } else {
        print(&clause_in_words(scenario, clause, &trace))?;
    }
    let fails = trace.now.is_some_and(|now| now.outcome == Outcome::Fails);
    Ok(if fails { Ended::ClauseNotMet } else { Ended::Well })
}

fn from_week(
    scenario: &Scenario,
    date: Date,
    school: Option<&str>,
    practice: Option<&str>,
    options: &Options,
) -> Result<Ended, Failure> {
    let school = school.map(|id| schools_asked(scenario, Some(id)).map(|s| s[0])).transpose()?;
    let practices = &scenario.resources.practices;
    let of_id = |id: &str| match practices.iter().position(|p| p.id == id) {
        Some(place) => Ok(place),
        None => Err(Failure::unknown("practice", id, practices.iter().map(|p| p.id.as_str()))),
    };
    let practice = practice.map(of_id).transpose()?;
    let checked = pipeline::check(scenario).map_err(|f| Failure::from_findings(&f, &scenario.files))?;
    let Some(week) = checked.horizon.week_of(date) else {
        let (from, last) = (scenario.from, checked.horizon.last_day());
        return Err(Failure::Wrong(format!(
            "error: {date} is outside the simulation\n  help: ask about a date from {from} to {last}\n"
        )));
    };
    let job = pipeline::job(scenario, &checked);
    let replicates = job.replicates(options.replicates, &|| ());
    let trace = trace_week(scenario, &checked, &job, &replicates, &WeekAsked { week, school, practice });
    if options.json {
        print_json(&with_scenario(scenario, serde_json::to_value(&trace)))?;
    } else {
        print(&week_in_words(&trace))?;
    }
    Ok(Ended::after(&checked.verdicts))
}

fn with_scenario(scenario: &Scenario, trace: Result<Value, serde_json::Error>) -> Value {
    let trace = trace.expect("traces hold nothing that JSON cannot");
    json!({ "scenario": scenario.name, "trace": trace })
}
