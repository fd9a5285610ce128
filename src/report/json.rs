//! Results as JSON, for programs: a stable shape, numbers with six decimals at most.

use crate::clauses::AtRisk;
use crate::clauses::Note;
use crate::pipeline::Outcome;
use crate::report::answer::answer;
use crate::scenario::Scenario;
use serde_json::Value;
use serde_json::json;

/// The answer alone: what the terminal prints, for programs.
pub fn summary(scenario: &Scenario, outcome: &Outcome, receipt_id: &str) -> Value {
    let said: Vec<Value> = answer(scenario, outcome)
        .iter()
        .map(|p| json!({ "about": p.about, "short": p.short, "more": p.more }))
        .collect();
    json!({
        "scenario": scenario.name,
        "title": scenario.title,
        "receipt": receipt_id,
        "clauses_failing": outcome.verdicts.n_clauses_failing(),
        "answer": said,
        "milestones": outcome.results.milestones,
        "year_ends": outcome.results.year_ends,
        "weeks": outcome.results.weeks,
    })
}

/// The money at risk, with the ids of what it is reckoned for.
pub fn at_risk_json(scenario: &Scenario, all: &[AtRisk]) -> Vec<Value> {
    let one = |risk: &AtRisk| {
        json!({
            "clause": scenario.clauses.get(risk.clause).map(|c| c.id.as_str()),
            "school_year": risk.year,
            "school": risk.school.and_then(|s| scenario.district.schools.get(s)).map(|s| s.id.as_str()),
            "whose": risk.whose.as_ref().map(ToString::to_string),
            "dollars": risk.dollars.as_ref().ok().map(|d| d.as_f64()),
            "why_not": risk.dollars.as_ref().err(),
            "reckoning": risk.reckoning,
        })
    };
    all.iter().map(one).collect()
}

/// Notes on clauses, with whether they say that something is wrong.
pub fn notes_json(scenario: &Scenario, all: &[Note]) -> Vec<Value> {
    all.iter().map(|n| json!({ "grave": n.is_grave(), "note": n.sentence(&scenario.lawbook()) })).collect()
}

/// Everything a run answers, with the words of the answer, verdicts, conditions and curves.
pub fn results(scenario: &Scenario, outcome: &Outcome) -> String {
    let said: Vec<Value> = answer(scenario, outcome)
        .iter()
        .map(|p| json!({ "about": p.about, "short": p.short, "more": p.more }))
        .collect();
    let clauses: Vec<Value> = scenario
        .clauses
        .iter()
        .map(|c| json!({ "id": c.id, "title": c.title, "section": c.section, "assumed": c.assumed }))
        .collect();
    let conditions: Vec<Value> = outcome
        .graph
        .nodes
        .iter()
        .map(|n| {
            let needs: Vec<&str> = n
                .comes_after()
                .filter_map(|(before, _)| outcome.graph.nodes.get(before))
                .map(|n| n.id.as_str())
                .collect();
            json!({ "id": n.id, "title": n.title, "area": n.area.name(), "kind": n.kind.name(), "needs": needs })
        })
        .collect();
    let schools: Vec<Value> = scenario.district.schools.iter().map(|s| json!({ "id": s.id, "name": s.name })).collect();
    let practices: Vec<&str> = scenario.resources.practices.iter().map(|p| p.id.as_str()).collect();
    let models: Vec<&str> = scenario.resources.models.iter().map(|m| m.id.as_str()).collect();
    let lines: Vec<&str> = scenario.resources.budget.iter().map(|l| l.id.as_str()).collect();
    let whole = json!({
        "scenario": {
            "name": scenario.name,
            "title": scenario.title,
            "question": scenario.question,
            "from": scenario.from,
            "school_years": scenario.school_years,
            "goal_share_using": scenario.goal.using,
            "seed": scenario.seed,
            "replicates": outcome.results.replicates,
            "earlybell_version": env!("CARGO_PKG_VERSION"),
        },
        "answer": said,
        "places": {
            "note": "numbers under `clause`, `school`, `practice`, `model`, `node` and `line` are places in these lists, from 0",
            "clauses": clauses,
            "schools": schools,
            "practices": practices,
            "models": models,
            "conditions": conditions,
            "lines": lines,
        },
        "verdicts": outcome.verdicts.list,
        "at_risk": at_risk_json(scenario, &outcome.at_risk),
        "clause_notes": notes_json(scenario, &outcome.notes),
        "results": outcome.results,
        "ledger": outcome.ledger,
        "snow": outcome.snow,
        "assumptions": scenario.sources.assumptions,
        "sources": scenario.sources.documents,
    });
    let mut text = String::new();
    write(&rounded(whole), 0, &mut text);
    text.push('\n');
    text
}

/// The same with every number cut to six decimals, so that the text does not carry noise.
fn rounded(value: Value) -> Value {
    match value {
        Value::Number(n) if n.is_f64() => n.as_f64().map_or(Value::Null, |x| json!((x * 1e6).round() / 1e6)),
        Value::Array(list) => Value::Array(list.into_iter().map(rounded).collect()),
        Value::Object(map) => Value::Object(map.into_iter().map(|(k, v)| (k, rounded(v))).collect()),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => value,
    }
}

/// Objects over several lines; lists of plain values on one.
fn write(value: &Value, depth: usize, text: &mut String) {
    let inner = "  ".repeat(depth + 1);
    let outer = "  ".repeat(depth);
    match value {
        Value::Object(map) if !map.is_empty() => {
            text.push_str("{\n");
            for (n, (key, field)) in map.iter().enumerate() {
                text.push_str(if n > 0 { ",\n" } else { "" });
                text.push_str(&format!("{inner}{}: ", Value::String(key.clone())));
                write(field, depth + 1, text);
            }
            text.push_str(&format!("\n{outer}}}"));
        }
        Value::Array(list) if list.iter().any(|v| v.is_object() || v.is_array()) => {
            text.push_str("[\n");
            for (n, item) in list.iter().enumerate() {
                text.push_str(if n > 0 { ",\n" } else { "" });
                text.push_str(&inner);
                write(item, depth + 1, text);
            }
            text.push_str(&format!("\n{outer}]"));
        }
        plain => text.push_str(&plain.to_string()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::sample::sample;

    #[test]
    fn the_text_is_json_that_says_what_was_run() {
        let (scenario, outcome) = sample();
        let value: Value = serde_json::from_str(&results(&scenario, &outcome)).unwrap();
        assert_eq!(value["scenario"]["seed"], 93);
        assert_eq!(value["scenario"]["title"], "Monday release <b>& more</b>");
        assert_eq!(value["results"]["weeks"].as_array().unwrap().len(), 262);
        assert_eq!(value["results"]["milestones"][0]["reached"]["median"], 71);
        assert_eq!(value["verdicts"][0]["slack"]["amount"], -15);
    }

    #[test]
    fn a_curve_stands_on_one_line() {
        let (scenario, outcome) = sample();
        let text = results(&scenario, &outcome);
        let line = text.lines().find(|l| l.trim_start().starts_with("\"median\": [")).unwrap();
        assert!(line.trim_end().ends_with(']') || line.trim_end().ends_with("],"));
    }

    #[test]
    fn no_number_has_more_than_six_decimals() {
        let (scenario, outcome) = sample();
        let text = results(&scenario, &outcome);
        let long = text.split(|c: char| !(c.is_ascii_digit() || c == '.' || c == 'e' || c == '-')).find(|t| {
            t.parse::<f64>().is_ok()
                && t.split_once('.').is_some_and(|(_, decimals)| decimals.len() > 6 && !decimals.contains('e'))
        });
        assert_eq!(long, None);
    }
}
