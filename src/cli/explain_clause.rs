//! `earlybell explain clause`: reasons first, then the text, then every verdict.

use crate::clauses::Outcome;
use crate::clauses::Rule;
use crate::clauses::Verdict;
use crate::clauses::Verdicts;
use crate::clauses::describe_requirement;
use crate::cli::check::place_of;
use crate::cli::check::verdict_json;
use crate::cli::common::Ended;
use crate::cli::common::Failure;
use crate::cli::common::print;
use crate::cli::common::print_json;
use crate::cli::common::schools_asked;
use crate::pipeline::Checked;
use crate::report::words::capital;
use crate::scenario::Scenario;
use crate::timetable::Whose;
use serde_json::json;

/// Failing windows that are listed before the rest are only counted.
const FAILURES_SHOWN: usize = 5;

/// Explains one clause, in all schools or one.
pub fn explain_clause(
    scenario: &Scenario,
    checked: &Checked,
    id: &str,
    school: Option<&str>,
    json: bool,
) -> Result<Ended, Failure> {
    let Some(place) = scenario.clauses.iter().position(|c| c.id == id) else {
        return Err(Failure::unknown("clause", id, scenario.clauses.iter().map(|c| c.id.as_str())));
    };
    let schools = schools_asked(scenario, school)?;
    let verdicts: Vec<&Verdict> = checked.verdicts.of_clause(place).filter(|v| schools.contains(&v.school)).collect();
    if json {
        let clause = &scenario.clauses[place];
        let all: Vec<_> = verdicts.iter().map(|v| verdict_json(scenario, v)).collect();
        print_json(&json!({ "id": clause.id, "title": clause.title, "text": clause.text, "verdicts": all }))?;
    } else {
        print(&as_text(scenario, place, &verdicts))?;
    }
    let fails = verdicts.iter().any(|v| v.outcome == Outcome::Fails);
    Ok(if fails { Ended::ClauseNotMet } else { Ended::Well })
}

fn as_text(scenario: &Scenario, place: usize, verdicts: &[&Verdict]) -> String {
    let clause = &scenario.clauses[place];
    let mut text = format!("{} ({})\n", clause.title, clause.section);
    match Verdicts::worst(verdicts.iter().copied()) {
        Some(worst) => text.push_str(&format!("{}.\n", in_short(scenario, worst))),
        None => text.push_str("It was never judged.\n"),
    }
    text.push_str(&format!("\nThe clause: {}\n", clause.text));
    if let Rule::Computable { requires, unless } = &clause.rule {
        text.push_str(&format!("Computed as: {}.\n", describe_requirement(requires)));
        for exception in unless {
            text.push_str(&format!("Exception {}: {}\n", exception.id, exception.text));
        }
    }
    if let Some(source) = clause.source.as_ref().and_then(|key| scenario.sources.documents.get(key)) {
        let link = source.link.as_ref().map(|l| format!(" {l}")).unwrap_or_default();
        text.push_str(&format!("Source: {}{link}\n", source.title));
    }
    match clause.checked_on {
        Some(date) => text.push_str(&format!("Last held against its source on {date}.\n")),
        None => text.push_str("Nobody has said when it was last held against its source.\n"),
    }
    if clause.assumed {
        text.push_str("Some of its figures are assumed: nobody has found them in a source.\n");
    }
    for group in groups(verdicts) {
        text.push_str(&group_in_words(scenario, &group));
    }
    text
}

fn in_short(scenario: &Scenario, worst: &Verdict) -> String {
    match (worst.outcome, worst.slack) {
        (Outcome::Holds, Some(slack)) => {
            format!("Holds, with {slack} to spare where it is tightest: {}", place_of(scenario, worst))
        }
        (Outcome::Fails, Some(slack)) => {
            let short = slack.size();
            format!("Fails by {short} where it is worst: {}", place_of(scenario, worst))
        }
        (outcome, _) => capital(outcome.name()),
    }
}

/// Schools and grades or roles whose worst year reads the same.
struct Group<'a> {
    worst: &'a Verdict,
    schools: Vec<usize>,
    whose: Vec<String>,
}

/// The worst year of each school and grade or role, with those that read the same put together.
fn groups<'a>(verdicts: &[&'a Verdict]) -> Vec<Group<'a>> {
    let mut groups: Vec<Group<'a>> = Vec::new();
    let mut done: Vec<(usize, &Option<Whose>)> = Vec::new();
    for verdict in verdicts {
        if done.contains(&(verdict.school, &verdict.whose)) {
            continue;
        }
        done.push((verdict.school, &verdict.whose));
        let alike = |v: &&&'a Verdict| v.school == verdict.school && v.whose == verdict.whose;
        let Some(worst) = Verdicts::worst(verdicts.iter().filter(alike).copied()) else { continue };
        let whose = worst.whose.as_ref().map(ToString::to_string).unwrap_or_default();
        let same = |g: &&mut Group| {
            let w = g.worst;
            w.outcome == worst.outcome
                && w.slack == worst.slack
                && w.tightest == worst.tightest
                && w.reasons == worst.reasons
        };
        match groups.iter_mut().find(same) {
            Some(group) => {
                if !group.schools.contains(&worst.school) {
                    group.schools.push(worst.school);
                }
                if !group.whose.contains(&whose) {
                    group.whose.push(whose);
                }
            }
            None => groups.push(Group { worst, schools: vec![worst.school], whose: vec![whose] }),
        }
    }
    groups
}

fn group_in_words(scenario: &Scenario, group: &Group) -> String {
    let names: Vec<&str> = group.schools.iter().map(|s| scenario.district.schools[*s].name.as_str()).collect();
    let worst = group.worst;
    let mut text = format!("\n{}\n", names.join(", "));
    let whose: Vec<&str> = group.whose.iter().map(String::as_str).filter(|w| !w.is_empty()).collect();
    let whose = if whose.is_empty() { String::new() } else { format!("{}: ", whose.join(", ")) };
    let slack = worst.slack.map(|s| format!(", slack {s}")).unwrap_or_default();
    let tightest =
        worst.tightest.filter(|_| worst.slack.is_some()).map(|d| format!(", tightest on {d}")).unwrap_or_default();
    text.push_str(&format!("  {whose}{}{slack}{tightest}\n", worst.outcome.name()));
    for reason in &worst.reasons {
        text.push_str(&format!("  - {reason}\n"));
    }
    for failure in worst.failures.iter().take(FAILURES_SHOWN) {
        let crate::clauses::Failure { date, have, need, why, .. } = failure;
        text.push_str(&format!("  - {date}: {have} instead of {need}. {why}\n"));
    }
    if worst.failures.len() > FAILURES_SHOWN {
        text.push_str(&format!("  - and {} more like these\n", worst.failures.len() - FAILURES_SHOWN));
    }
    text
}
