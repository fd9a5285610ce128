//! `earlybell explain clause`: reasons first, then the text, then every verdict.

use crate::clauses::AtRisk;
use crate::clauses::Outcome;
use crate::clauses::Rule;
use crate::clauses::Traced;
use crate::clauses::Verdict;
use crate::clauses::Verdicts;
use crate::clauses::describe_requirement;
use crate::clauses::trace;
use crate::cli::check::place_of;
use crate::cli::check::verdict_json;
use crate::cli::common::Ended;
use crate::cli::common::Failure;
use crate::cli::common::print;
use crate::cli::common::print_json;
use crate::cli::common::schools_asked;
use crate::pipeline::Checked;
use crate::report::json::at_risk_json;
use crate::report::words::capital;
use crate::report::words::list;
use crate::scenario::Scenario;
use crate::timetable::Whose;
use serde_json::json;

/// Failing windows that are listed before the rest are only counted.
const FAILURES_SHOWN: usize = 5;

/// How deep an explanation goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Depth {
    /// Reasons.
    Reasons,
    /// Reasons, and every window behind them.
    Trace,
}

/// What is asked about a clause.
#[derive(Debug)]
pub struct ClauseAsked<'a> {
    /// Its id.
    pub id: &'a str,
    /// Only this school.
    pub school: Option<&'a str>,
    /// Only this school year.
    pub year: Option<&'a str>,
    /// Only this grade or role.
    pub whose: Option<&'a str>,
    /// How deep.
    pub depth: Depth,
}

/// Explains one clause, in all schools or one.
pub fn explain_clause(
    scenario: &Scenario,
    checked: &Checked,
    asked: &ClauseAsked,
    json: bool,
) -> Result<Ended, Failure> {
    let id = asked.id;
    let Some(place) = scenario.clauses.iter().position(|c| c.id == id) else {
        return Err(Failure::unknown("clause", id, scenario.clauses.iter().map(|c| c.id.as_str())));
    };
    let verdicts = verdicts_asked(scenario, checked, place, asked)?;
    if json {
        let clause = &scenario.clauses[place];
        let one = |v: &&Verdict| {
            let mut value = verdict_json(scenario, v);
            if asked.depth == Depth::Trace {
                value["trace"] = json!(traced(scenario, checked, v));
            }
            value
        };
        let all: Vec<_> = verdicts.iter().map(one).collect();
        let told = |r: &AtRisk| verdicts.iter().any(|v| v.year == r.year);
        let risks: Vec<AtRisk> = checked.at_risk.iter().filter(|r| r.clause == place && told(r)).cloned().collect();
        print_json(&json!({
            "id": clause.id, "title": clause.title, "section": clause.section, "text": clause.text,
            "order": clause.order.name(), "changed_by": clause.changed_by.name(),
            "waivable_by": clause.waivable_by.iter().map(|g| g.name()).collect::<Vec<_>>(),
            "checked_on": clause.checked_on, "assumed": clause.assumed,
            "at_risk": at_risk_json(scenario, &risks), "verdicts": all,
        }))?;
    } else {
        print(&as_text(scenario, checked, place, &verdicts, asked.depth))?;
    }
    let fails = verdicts.iter().any(|v| v.outcome == Outcome::Fails);
    Ok(if fails { Ended::ClauseNotMet } else { Ended::Well })
}

/// The verdicts of a clause in the school and year, and about the grade or role, that are asked for.
fn verdicts_asked<'a>(
    scenario: &Scenario,
    checked: &'a Checked,
    clause: usize,
    asked: &ClauseAsked,
) -> Result<Vec<&'a Verdict>, Failure> {
    let schools = schools_asked(scenario, asked.school)?;
    let of_schools = |v: &&Verdict| schools.contains(&v.school);
    let all: Vec<&Verdict> = checked.verdicts.of_clause(clause).filter(of_schools).collect();
    let is_whose = |v: &Verdict, name: &str| match &v.whose {
        Some(Whose::Pupils(grade)) => grade.to_string() == name || format!("grade {grade}") == name,
        Some(Whose::Staff(role)) => role == name,
        None => false,
    };
    if let Some(year) = asked.year.filter(|year| !all.iter().any(|v| v.year == **year)) {
        return Err(Failure::unknown("school year", year, all.iter().map(|v| v.year.as_str())));
    }
    if let Some(name) = asked.whose.filter(|name| !all.iter().any(|v| is_whose(v, name))) {
        let mut known: Vec<String> = all.iter().filter_map(|v| v.whose.as_ref()).map(|w| w.to_string()).collect();
        known.sort();
        known.dedup();
        return Err(Failure::unknown("grade or role", name, known.iter().map(String::as_str)));
    }
    let of_year = |v: &Verdict| asked.year.is_none_or(|year| v.year == year);
    let of_whose = |v: &Verdict| asked.whose.is_none_or(|name| is_whose(v, name));
    Ok(all.into_iter().filter(|v| of_year(v) && of_whose(v)).collect())
}

fn traced(scenario: &Scenario, checked: &Checked, verdict: &Verdict) -> Vec<Traced> {
    trace(&scenario.lawbook(), &scenario.district, &checked.timetable, verdict)
}

fn as_text(scenario: &Scenario, checked: &Checked, place: usize, verdicts: &[&Verdict], depth: Depth) -> String {
    let clause = &scenario.clauses[place];
    let mut text = format!("{} ({})\n", clause.title, clause.section);
    match Verdicts::worst(verdicts.iter().copied()) {
        Some(worst) => text.push_str(&format!("{}.\n", in_short(scenario, worst))),
        None => text.push_str("It was never judged.\n"),
    }
    let told = |r: &&AtRisk| r.clause == place && verdicts.iter().any(|v| v.year == r.year);
    for risk in checked.at_risk.iter().filter(told) {
        let school = risk.school.map(|s| format!(", {}", scenario.district.schools[s].name)).unwrap_or_default();
        match &risk.dollars {
            Ok(dollars) => {
                text.push_str(&format!("At risk in {}{school}: {dollars} = {}.\n", risk.year, risk.reckoning))
            }
            Err(why) => text.push_str(&format!("Money at risk in {}{school}, not reckoned: {why}\n", risk.year)),
        }
    }
    for group in groups(verdicts) {
        text.push_str(&group_in_words(scenario, &group));
        if depth == Depth::Trace {
            text.push_str(&trace_in_words(&traced(scenario, checked, group.worst)));
        }
    }
    text.push_str(&format!("\nThe clause ({}): {}\n", clause.order.name(), clause.text));
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
    let may_waive = match clause.waivable_by.as_slice() {
        [] => "its text does not say who may waive it".to_string(),
        some => format!("{} may waive it", list(&some.iter().map(|g| g.name().to_string()).collect::<Vec<_>>())),
    };
    text.push_str(&format!("To change it, {} must act; {may_waive}.\n", clause.changed_by.name()));
    text
}

/// A trace as lines, windows in a row that are alike put together.
fn trace_in_words(traced: &[Traced]) -> String {
    let mut text = String::new();
    let mut limit = "";
    let mut rows = traced.iter().peekable();
    while let Some(one) = rows.next() {
        if one.limit != limit {
            limit = &one.limit;
            text.push_str(&format!("    {}\n", capital(limit)));
        }
        let mut last = one;
        while let Some(next) = rows.next_if(|next| alike(one, next)) {
            last = next;
        }
        let until = if last.last > one.first { format!(" to {}", last.last) } else { String::new() };
        let counted = if one.counted.is_empty() { String::new() } else { format!(" [{}]", one.counted.join("; ")) };
        let need = &one.need;
        text.push_str(&format!("    {}{until}: {} against {need}, {}{counted}\n", one.first, one.have, one.fate));
    }
    text
}

fn alike(one: &Traced, next: &Traced) -> bool {
    let same = one.limit == next.limit && one.have == next.have && one.need == next.need;
    same && one.counted == next.counted && one.fate == next.fate
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
        (Outcome::Waived, Some(slack)) => {
            let short = slack.size();
            format!("Waived, {short} from what it asks where it is worst: {}", place_of(scenario, worst))
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
    for change in &worst.would_change {
        text.push_str(&format!("  - {change}\n"));
    }
    for failure in worst.failures.iter().take(FAILURES_SHOWN) {
        let crate::clauses::Failure { date, have, need, why, .. } = failure;
        // Without exceptions the reason names both sides already.
        let sides =
            if why.starts_with(&have.to_string()) { String::new() } else { format!("{have} instead of {need}; ") };
        text.push_str(&format!("  - {date}: {sides}{why}\n"));
    }
    if worst.failures.len() > FAILURES_SHOWN {
        text.push_str(&format!("  - and {} more like these\n", worst.failures.len() - FAILURES_SHOWN));
    }
    text
}
