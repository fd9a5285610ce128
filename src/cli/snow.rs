//! `earlybell snow`: how often lost days break a clause, and how many must be made up.

use crate::cli::ScenarioArgument;
use crate::cli::common::Ended;
use crate::cli::common::Failure;
use crate::cli::common::print;
use crate::cli::common::print_json;
use crate::cli::common::read;
use crate::cli::run::REPLICATES;
use crate::levers::Breach;
use crate::levers::ClauseBreach;
use crate::levers::Estimate;
use crate::levers::Snow;
use crate::levers::SnowYear;
use crate::pipeline;
use crate::report::snow_words;
use crate::report::words::counted;
use crate::report::words::list;
use crate::scenario::Scenario;
use serde_json::Value;
use serde_json::json;

const NO_CLOSURES: &str = "error: the scenario does not say how many days are lost
  help: add `closures: Closures(by_month: { \"Jan\": Poisson(0.7) }, assumed: [\"*\"])`; template.ron shows every form\n";

#[derive(Debug, clap::Args)]
pub struct Options {
    #[command(flatten)]
    scenario: ScenarioArgument,
    /// Seed of all luck [default: the scenario's]
    #[arg(long)]
    seed: Option<u64>,
    /// How many times every school year is drawn
    #[arg(long, default_value_t = REPLICATES, value_parser = clap::value_parser!(u32).range(1..=1_000_000))]
    replicates: u32,
    /// Print it as JSON
    #[arg(long)]
    json: bool,
}

/// Draws lost days and judges what is left.
pub fn run(options: &Options) -> Result<Ended, Failure> {
    let mut scenario = read(&options.scenario.scenario)?;
    scenario.seed = options.seed.unwrap_or(scenario.seed);
    let checked = pipeline::check(&scenario).map_err(|f| Failure::from_findings(&f, &scenario.files))?;
    let Some(snow) = pipeline::snow_days(&scenario, &checked.timetable, options.replicates) else {
        return Err(Failure::Wrong(NO_CLOSURES.into()));
    };
    if options.json {
        print_json(&as_json(&scenario, &snow))?;
    } else {
        print(&as_text(&scenario, &snow))?;
    }
    Ok(Ended::after(&checked.verdicts))
}

fn as_text(scenario: &Scenario, snow: &Snow) -> String {
    let runs = counted(snow.replicates as usize, "replicate");
    let mut text = format!(
        "{}\nDays lost to snow and other closures: {runs}, seed {}. Shares with the interval that holds the true chance with 90 % confidence.\n",
        scenario.title, scenario.seed
    );
    for year in &snow.years {
        text.push_str(&year_in_words(scenario, year));
    }
    text
}

fn year_in_words(scenario: &Scenario, year: &SnowYear) -> String {
    let mut text = format!("\n{}\n", year.year);
    for line in [snow_words::lost(year), snow_words::any(year), snow_words::needed(year)] {
        text.push_str(&format!("  {line}\n"));
    }
    let (breaking, holding): (Vec<&ClauseBreach>, Vec<&ClauseBreach>) =
        year.clauses.iter().partition(|c| c.breach.without.share > 0.0 || c.breach.after.share > 0.0);
    if !breaking.is_empty() {
        text.push_str(&format!("  {:<28} {:<24} after emergency days\n", "clause breaks", "nothing made up"));
    }
    for one in breaking {
        let Breach { without, after } = one.breach;
        let (without, after) = (snow_words::share(&without), snow_words::share(&after));
        text.push_str(&format!("  {:<28} {without:<24} {after}\n", scenario.clauses[one.clause].id));
    }
    if !holding.is_empty() {
        let ids: Vec<String> = holding.iter().map(|c| scenario.clauses[c.clause].id.clone()).collect();
        text.push_str(&format!("  Never broken: {}.\n", list(&ids)));
    }
    let left_out: Vec<String> = year.left_out.iter().map(|c| scenario.clauses[*c].id.clone()).collect();
    if !left_out.is_empty() {
        text.push_str(&format!("  Left out, because they fail already: {}.\n", list(&left_out)));
    }
    text
}

fn as_json(scenario: &Scenario, snow: &Snow) -> Value {
    let id = |clause: usize| scenario.clauses[clause].id.as_str();
    let shares = |e: &Estimate| json!({ "share": e.share, "low": e.low, "high": e.high });
    let breach =
        |b: &Breach| json!({ "nothing_made_up": shares(&b.without), "after_emergency_days": shares(&b.after) });
    let years: Vec<Value> = (snow.years.iter())
        .map(|year| {
            let clauses: Vec<Value> =
                year.clauses.iter().map(|c| json!({ "clause": id(c.clause), "breaks": breach(&c.breach) })).collect();
            json!({
                "school_year": year.year, "emergency_days_proposed": year.proposed, "days_lost": year.lost,
                "by_days_lost": year.fates, "some_clause_breaks": breach(&year.any), "clauses": clauses,
                "left_out_because_they_fail_now": year.left_out.iter().map(|c| id(*c)).collect::<Vec<_>>(),
                "make_up_days_needed": year.needed,
            })
        })
        .collect();
    json!({ "scenario": scenario.name, "seed": scenario.seed, "replicates": snow.replicates, "confidence": 0.9, "school_years": years })
}
