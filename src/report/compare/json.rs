//! A comparison as JSON, for programs.

use crate::compare::Against;
use crate::compare::Cell;
use crate::compare::Comparison;
use crate::report::compare::answer::answer;
use crate::report::compare::proposals::changes_json;
use serde_json::Value;
use serde_json::json;

/// Everything a comparison answers, with the words of the answer.
pub fn comparison(comparison: &Comparison, receipt_id: &str) -> Value {
    let sides: Vec<Value> = (comparison.sides.iter())
        .map(|s| {
            json!({
                "name": s.name, "scenario": s.scenario.name, "title": s.scenario.title,
                "clauses_failing": s.outcome.verdicts.n_clauses_failing(),
                "proposals": changes_json(&s.scenario),
                "year_ends": s.outcome.results.year_ends, "milestones": s.outcome.results.milestones,
            })
        })
        .collect();
    let against: Vec<Value> = comparison.against.iter().map(|a| one(comparison, a)).collect();
    json!({
        "receipt": receipt_id,
        "seed": comparison.baseline().scenario.seed,
        "replicates": comparison.baseline().outcome.results.replicates,
        "earlybell_version": env!("CARGO_PKG_VERSION"),
        "sides": sides,
        "baseline": 0,
        "against_the_baseline": against,
    })
}

fn one(comparison: &Comparison, against: &Against) -> Value {
    let said: Vec<Value> = (answer(comparison, against).iter())
        .map(|p| json!({ "about": p.about, "short": p.short, "more": p.more }))
        .collect();
    let clauses: Vec<Value> = (against.clauses.iter())
        .map(|r| {
            json!({
                "id": r.id, "title": r.title(), "section": r.section, "texts": r.texts, "asks": r.asks,
                "baseline": cell(&r.cells[0]), "other": cell(&r.cells[1]), "slack_change": r.change(),
            })
        })
        .collect();
    let dates: Vec<Value> = (against.dates.iter())
        .map(|d| json!({ "id": d.id, "title": d.title, "holds_from": d.holds_from, "days_later": d.days_later(), "critical": d.critical }))
        .collect();
    json!({ "side": against.side, "answer": said, "clauses": clauses, "dates": dates, "paired": against.paired })
}

fn cell(cell: &Option<Cell>) -> Value {
    cell.as_ref().map_or(Value::Null, |c| {
        json!({
            "outcome": c.outcome, "have": c.have, "need": c.need, "slack": c.slack, "tightest": c.tightest, "school": c.school,
            "whose": c.whose.as_ref().map(ToString::to_string), "school_year": c.year, "schools_failing": c.schools_failing,
            "reasons": c.reasons,
        })
    })
}
