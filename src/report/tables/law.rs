//! Tables of law and contract: verdicts, failures, money at risk, notes.

use crate::clauses::Verdict;
use crate::pipeline::Outcome;
use crate::report::OutputFile;
use crate::report::tables::Table;
use crate::report::tables::amount;
use crate::report::tables::date;
use crate::report::tables::number;
use crate::report::tables::school_id;
use crate::scenario::Scenario;

/// Every verdict: both sides with their unit, where it is tightest, and what would change it.
pub fn verdicts(scenario: &Scenario, outcome: &Outcome) -> OutputFile {
    let mut table = Table::new(
        "verdicts",
        &[
            "clause_id",
            "school_id",
            "whose",
            "school_year",
            "outcome",
            "have",
            "need",
            "slack",
            "unit",
            "tightest_date",
            "alternative",
            "exception",
            "waiver",
            "n_windows",
            "n_windows_failing",
            "reasons",
            "what_would_change_it",
        ],
    );
    for v in &outcome.verdicts.list {
        let unit = v.slack.or(v.have).map_or("", |q| q.unit.name());
        let exceptions: Vec<&str> = v.uses.iter().map(|u| u.exception.as_str()).collect();
        table.row(vec![
            scenario.clauses.get(v.clause).map(|c| c.id.clone()).unwrap_or_default(),
            school_id(scenario, v.school),
            whose(v),
            v.year.clone(),
            v.outcome.name().into(),
            amount(v.have),
            amount(v.need),
            amount(v.slack),
            unit.into(),
            date(v.tightest),
            v.alternative.clone().unwrap_or_default(),
            exceptions.join(" "),
            v.waiver.and_then(|w| scenario.waivers.get(w)).map(|w| w.id.clone()).unwrap_or_default(),
            v.n_windows.to_string(),
            v.n_failing.to_string(),
            v.reasons.join(" "),
            v.would_change.join(" "),
        ]);
    }
    table.file()
}

/// Every window that fails.
pub fn failures(scenario: &Scenario, outcome: &Outcome) -> OutputFile {
    let columns =
        ["clause_id", "school_id", "whose", "school_year", "window_start", "have", "need", "slack", "unit", "why"];
    let mut table = Table::new("failures", &columns);
    for v in &outcome.verdicts.list {
        for failure in &v.failures {
            table.row(vec![
                scenario.clauses.get(v.clause).map(|c| c.id.clone()).unwrap_or_default(),
                school_id(scenario, v.school),
                whose(v),
                v.year.clone(),
                failure.date.to_string(),
                amount(Some(failure.have)),
                amount(Some(failure.need)),
                amount(Some(failure.slack)),
                failure.slack.unit.name().into(),
                failure.why.clone(),
            ]);
        }
    }
    table.file()
}

/// What is lost where a clause with a penalty fails, by its own formula.
pub fn at_risk(scenario: &Scenario, outcome: &Outcome) -> OutputFile {
    let columns = ["clause_id", "school_year", "school_id", "whose", "at_risk_usd", "reckoning", "why_not_reckoned"];
    let mut table = Table::new("money_at_risk", &columns);
    for risk in &outcome.at_risk {
        table.row(vec![
            scenario.clauses.get(risk.clause).map(|c| c.id.clone()).unwrap_or_default(),
            risk.year.clone(),
            risk.school.map(|s| school_id(scenario, s)).unwrap_or_default(),
            risk.whose.as_ref().map(ToString::to_string).unwrap_or_default(),
            risk.dollars.as_ref().map(|d| number(d.as_f64())).unwrap_or_default(),
            risk.reckoning.clone(),
            risk.dollars.as_ref().err().cloned().unwrap_or_default(),
        ]);
    }
    table.file()
}

/// What no single verdict says: clauses without effect, contradictions, contracts below the law.
pub fn notes(scenario: &Scenario, outcome: &Outcome) -> OutputFile {
    let mut table = Table::new("clause_notes", &["grave", "note"]);
    for note in &outcome.notes {
        table.row(vec![note.is_grave().to_string(), note.sentence(&scenario.lawbook())]);
    }
    table.file()
}

fn whose(verdict: &Verdict) -> String {
    match &verdict.whose {
        Some(whose) => whose.to_string(),
        None if verdict.of_district => "the whole district".into(),
        None => String::new(),
    }
}
