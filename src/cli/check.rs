//! `earlybell check`: read the scenario, judge its clauses, simulate nothing.

use crate::clauses::AtRisk;
use crate::clauses::Outcome;
use crate::clauses::Verdict;
use crate::clauses::Verdicts;
use crate::cli::ScenarioArgument;
use crate::cli::common::Ended;
use crate::cli::common::Failure;
use crate::cli::common::print;
use crate::cli::common::print_json;
use crate::cli::common::read;
use crate::pipeline;
use crate::pipeline::Checked;
use crate::report::json::at_risk_json;
use crate::report::json::notes_json;
use crate::report::words::counted;
use crate::scenario::Scenario;
use crate::units::thousands;
use serde_json::Value;
use serde_json::json;

#[derive(Debug, clap::Args)]
pub struct Options {
    #[command(flatten)]
    scenario: ScenarioArgument,
    /// Print the verdicts as JSON
    #[arg(long)]
    json: bool,
}

/// Checks a scenario.
pub fn run(options: &Options) -> Result<Ended, Failure> {
    let scenario = read(&options.scenario.scenario)?;
    let checked = pipeline::check(&scenario).map_err(|f| Failure::from_findings(&f, &scenario.files))?;
    if options.json {
        print_json(&as_json(&scenario, &checked))?;
    } else {
        print(&as_text(&scenario, &checked))?;
    }
    Ok(Ended::after(&checked.verdicts))
}

/// The worst verdict of a clause, over schools, grades or roles, and years.
fn worst(verdicts: &Verdicts, clause: usize) -> Option<&Verdict> {
    Verdicts::worst(verdicts.of_clause(clause))
}

fn as_text(scenario: &Scenario, checked: &Checked) -> String {
    let mut text = format!("{}\n{}\n\n", scenario.title, reads_as(scenario, checked));
    text.push_str(&format!("{:<28} {:<15} {:>11}  tightest\n", "clause", "verdict", "slack"));
    for (place, clause) in scenario.clauses.iter().enumerate() {
        let Some(verdict) = worst(&checked.verdicts, place) else { continue };
        let slack = verdict.slack.map(|s| s.to_string()).unwrap_or_default();
        let why = match verdict.outcome {
            Outcome::NotComputable | Outcome::NotApplicable | Outcome::NotInForce => verdict.reasons.join(" "),
            Outcome::Holds | Outcome::Fails | Outcome::Waived => place_of(scenario, verdict),
        };
        let line = format!("{:<28} {:<15} {:>11}  {}", clause.id, verdict.outcome.name(), slack, why);
        text.push_str(line.trim_end());
        text.push('\n');
    }
    let failing = checked.verdicts.n_clauses_failing();
    let last = match failing {
        0 => "No clause fails.".to_string(),
        1 => "1 clause fails.".to_string(),
        n => format!("{n} clauses fail."),
    };
    text.push_str(&format!("\n{last} Reasons: earlybell explain clause ID\n"));
    let book = scenario.lawbook();
    let sentences: Vec<String> =
        money(scenario, checked).into_iter().chain(checked.notes.iter().map(|note| note.sentence(&book))).collect();
    if !sentences.is_empty() {
        text.push_str("\nTo know:\n");
        sentences.iter().for_each(|s| text.push_str(&format!("- {s}\n")));
    }
    text
}

/// What is lost where clauses with a penalty fail, a sentence a sum.
fn money(scenario: &Scenario, checked: &Checked) -> Vec<String> {
    let one = |risk: &AtRisk| {
        let clause = &scenario.clauses[risk.clause].title;
        let school = risk.school.map(|s| format!(", {}", scenario.district.schools[s].name)).unwrap_or_default();
        let whose = risk.whose.as_ref().map(|w| format!(", {w}")).unwrap_or_default();
        match &risk.dollars {
            Ok(dollars) => {
                format!("{clause}, {}{school}{whose}: {dollars} at risk ({}).", risk.year, risk.reckoning)
            }
            Err(why) => format!("{clause}, {}{school}{whose}: money at risk, not reckoned. {why}", risk.year),
        }
    };
    checked.at_risk.iter().map(one).collect()
}

fn reads_as(scenario: &Scenario, checked: &Checked) -> String {
    format!(
        "{}, {} educators who take up the practice, {} pupils, {} clauses, {} conditions, {} weeks. Reads without an error.",
        counted(scenario.district.schools.len(), "school"),
        checked.roster.educators.len(),
        thousands(scenario.district.schools.iter().map(|s| i64::from(s.n_pupils())).sum()),
        scenario.clauses.len(),
        scenario.nodes.len(),
        checked.horizon.n_weeks(),
    )
}

/// Where a verdict is tightest, in words.
pub fn place_of(scenario: &Scenario, verdict: &Verdict) -> String {
    let tells = matches!(verdict.outcome, Outcome::Holds | Outcome::Fails | Outcome::Waived);
    let Some(date) = verdict.tightest.filter(|_| tells) else { return String::new() };
    if verdict.of_district {
        return format!("{date}, the whole district");
    }
    let school = &scenario.district.schools[verdict.school].name;
    let whose = verdict.whose.as_ref().map(|w| format!(", {w}")).unwrap_or_default();
    format!("{date}, {school}{whose}")
}

/// Verdicts as JSON: one entry a clause with its worst verdict, and every verdict in full.
pub fn as_json(scenario: &Scenario, checked: &Checked) -> Value {
    let verdicts = &checked.verdicts;
    let clauses: Vec<Value> = scenario
        .clauses
        .iter()
        .enumerate()
        .map(|(place, clause)| {
            let verdicts_of: Vec<Value> = verdicts.of_clause(place).map(|v| verdict_json(scenario, v)).collect();
            json!({
                "id": clause.id,
                "title": clause.title,
                "section": clause.section,
                "text": clause.text,
                "worst": worst(verdicts, place).map(|v| verdict_json(scenario, v)),
                "verdicts": verdicts_of,
            })
        })
        .collect();
    json!({
        "scenario": scenario.name,
        "clauses_failing": verdicts.n_clauses_failing(),
        "clauses": clauses,
        "at_risk": at_risk_json(scenario, &checked.at_risk),
        "notes": notes_json(scenario, &checked.notes),
    })
}

/// One verdict with the names of what it is about.
pub fn verdict_json(scenario: &Scenario, verdict: &Verdict) -> Value {
    json!({
        "clause": scenario.clauses[verdict.clause].id,
        "school": scenario.district.schools[verdict.school].id,
        "whose": verdict.whose.as_ref().map(ToString::to_string),
        "school_year": verdict.year,
        "verdict": verdict.outcome.name(),
        "have": verdict.have,
        "need": verdict.need,
        "slack": verdict.slack,
        "tightest": verdict.tightest,
        "of_district": verdict.of_district,
        "alternative": verdict.alternative,
        "waiver": verdict.waiver.map(|w| scenario.waivers[w].id.as_str()),
        "exceptions": verdict.uses,
        "failures": verdict.failures,
        "windows": verdict.n_windows,
        "reasons": verdict.reasons,
        "would_change": verdict.would_change,
    })
}
