//! The part of the page about clauses: each with its text, its limit and how close it is.

use crate::clauses::Clause;
use crate::clauses::Outcome as Answered;
use crate::clauses::Rule;
use crate::clauses::Verdict;
use crate::pipeline::Outcome;
use crate::report::lawful::kind_of_clause;
use crate::report::lawful::slack_words;
use crate::report::lawful::worst_by_clause;
use crate::report::page::Column::Numbers;
use crate::report::page::Column::Words;
use crate::report::page::Drawn;
use crate::report::page::figures;
use crate::report::page::part;
use crate::report::page::school_name;
use crate::report::page::table;
use crate::report::words::counted;
use crate::report::words::day;
use crate::report::words::list;
use crate::scenario::Scenario;
use maud::Markup;
use maud::html;

/// Clauses with their worst verdict, failures, and clauses that cannot be computed.
pub fn clauses(scenario: &Scenario, outcome: &Outcome, drawn: &[Drawn]) -> Markup {
    let worst = worst_by_clause(scenario, &outcome.verdicts);
    let columns = [
        Words("Clause"),
        Words("Result"),
        Numbers("Has"),
        Numbers("Limit"),
        Numbers("Slack"),
        Words("Tightest at"),
        Words("Exception or alternative used"),
    ];
    html! {
        (part("clauses"))
        p {
            "Each clause is judged for every school, every grade or role it speaks of, and every school year. "
            "The table shows the tightest of these; all are in " code { "tables/verdicts.csv" } "."
        }
        (figures(drawn, "clauses"))
        (table("Clauses, each at its tightest", &columns, html! {
            @for (clause, verdict) in scenario.clauses.iter().zip(&worst) { (row(scenario, outcome, clause, *verdict)) }
        }))
        (failing(scenario, outcome))
        (money_at_risk(scenario, outcome))
        (notes(scenario, outcome))
        (texts(scenario, &worst))
    }
}

fn row(scenario: &Scenario, outcome: &Outcome, clause: &Clause, verdict: Option<&Verdict>) -> Markup {
    let answered = verdict.map(|v| v.outcome);
    html! {
        tr {
            th scope="row" {
                (clause.title) br;
                span class="small" { (kind_of_clause(clause.order)) ", " (section(scenario, clause)) }
            }
            td {
                @match answered {
                    Some(Answered::Fails) => span class="tag fails" { "fails" },
                    Some(Answered::Holds) => span class="tag holds" { "holds" },
                    Some(Answered::Waived) => span class="tag" { "waived" },
                    Some(Answered::NotApplicable | Answered::NotInForce | Answered::NotComputable) => (verdict.map_or("", |v| v.outcome.name())),
                    None => "not judged",
                }
                br; span class="small" { (checks(outcome, verdict)) }
            }
            td class="n" { (verdict.and_then(|v| v.have).map(|q| q.to_string()).unwrap_or_default()) }
            td class="n" { (verdict.and_then(|v| v.need).map(|q| q.to_string()).unwrap_or_default()) }
            td class="n" { (verdict.filter(|v| v.slack.is_some()).map(slack_words).unwrap_or_default()) }
            td { (verdict.map(|v| place(scenario, v)).unwrap_or_default()) }
            td { (verdict.map(saved_by).unwrap_or_default()) }
        }
    }
}

/// The section, linked when the scenario names where it can be read.
fn section(scenario: &Scenario, clause: &Clause) -> Markup {
    let source = clause.source.as_ref().and_then(|key| scenario.sources.documents.get(key));
    match source.and_then(|s| s.link.as_deref()).filter(|l| is_web_address(l)) {
        Some(link) => html! { a href=(link) { (clause.section) } },
        None => html! { (clause.section) },
    }
}

/// Whether a link may be followed: the web, and nothing that runs.
pub fn is_web_address(link: &str) -> bool {
    link.starts_with("https://") || link.starts_with("http://")
}

fn checks(outcome: &Outcome, worst: Option<&Verdict>) -> String {
    let Some(worst) = worst else { return String::new() };
    let count = |answered: Answered| outcome.verdicts.of_clause(worst.clause).filter(|v| v.outcome == answered).count();
    let (fails, holds) = (count(Answered::Fails), count(Answered::Holds));
    match (fails, holds) {
        (0, 0) => String::new(),
        (0, n) => format!("in {}", counted(n, "check")),
        (n, _) => format!("in {n} of {}", counted(fails + holds, "check")),
    }
}

fn place(scenario: &Scenario, verdict: &Verdict) -> String {
    if !matches!(verdict.outcome, Answered::Fails | Answered::Holds | Answered::Waived) {
        return String::new();
    }
    let whose = verdict.whose.as_ref().map(ToString::to_string);
    let school = Some(school_name(scenario, verdict.school).to_string());
    let parts: Vec<String> = [verdict.tightest.map(day), school, whose].into_iter().flatten().collect();
    parts.join("; ")
}

fn saved_by(verdict: &Verdict) -> String {
    let uses = verdict.uses.iter().map(|u| {
        let cap = u.cap_days.map(|c| format!(" of {c}")).unwrap_or_default();
        format!("exception {} on {}{cap} days ({} to spare)", u.exception, u.days, u.slack)
    });
    let said: Vec<String> = verdict.alternative.clone().into_iter().chain(uses).collect();
    said.join("; ")
}

/// Failing rows that the page shows; all of them are in a table of their own.
const FAILING_ROWS: usize = 40;

/// Failing verdicts of one clause that differ only in school and school year.
struct Alike<'a> {
    verdict: &'a Verdict,
    schools: Vec<usize>,
    years: Vec<&'a str>,
}

fn alike(verdicts: &[Verdict]) -> Vec<Alike<'_>> {
    let mut found: Vec<Alike> = Vec::new();
    for verdict in verdicts.iter().filter(|v| v.outcome == Answered::Fails) {
        let same = |a: &&mut Alike| {
            let key = |v: &Verdict| (v.clause, v.whose.clone(), v.slack, v.failures.len(), v.n_windows);
            key(a.verdict) == key(verdict)
        };
        match found.iter_mut().find(same) {
            Some(alike) => {
                alike.schools.push(verdict.school);
                alike.years.push(&verdict.year);
            }
            None => found.push(Alike { verdict, schools: vec![verdict.school], years: vec![&verdict.year] }),
        }
    }
    for alike in &mut found {
        alike.schools.sort_unstable();
        alike.schools.dedup();
        alike.years.sort_unstable();
        alike.years.dedup();
    }
    found
}

fn failing(scenario: &Scenario, outcome: &Outcome) -> Markup {
    let rows = alike(&outcome.verdicts.list);
    if rows.is_empty() {
        return html! {};
    }
    let columns = [
        Words("Clause"),
        Words("Schools"),
        Words("Grade or role"),
        Words("School years"),
        Numbers("Windows that fail"),
        Words("Worst"),
        Words("Why"),
    ];
    html! {
        h3 { "Where clauses fail" }
        (table("Failing checks; those that differ only in school or year share a row, with the date and reason of the first", &columns, html! {
            @for row in rows.iter().take(FAILING_ROWS) { (failing_row(scenario, row)) }
        }))
        @if rows.len() > FAILING_ROWS {
            p { (counted(rows.len() - FAILING_ROWS, "further row")) " in " code { "tables/failures.csv" } "." }
        }
    }
}

fn failing_row(scenario: &Scenario, row: &Alike) -> Markup {
    let v = row.verdict;
    let schools = match row.schools.len() {
        n if n > 1 && n == scenario.district.schools.len() => format!("all {n} schools"),
        _ => list(&row.schools.iter().map(|s| school_name(scenario, *s).to_string()).collect::<Vec<_>>()),
    };
    let years: Vec<String> = row.years.iter().map(ToString::to_string).collect();
    let why = match v.failures.first() {
        Some(failure) if v.reasons.is_empty() => failure.why.clone(),
        Some(_) | None => v.reasons.join(" "),
    };
    html! {
        tr {
            th scope="row" { (scenario.clauses.get(v.clause).map_or("", |c| c.title.as_str())) }
            td { (schools) }
            td { (v.whose.as_ref().map(ToString::to_string).unwrap_or_default()) }
            td { (list(&years)) }
            td class="n" { (v.failures.len()) " of " (v.n_windows) }
            td { (slack_words(v)) @if let Some(date) = v.tightest { ", " (day(date)) } }
            td { (why) }
        }
    }
}

/// What is lost by the clauses' own formulas, if anything is.
fn money_at_risk(scenario: &Scenario, outcome: &Outcome) -> Markup {
    if outcome.at_risk.is_empty() {
        return html! {};
    }
    let columns = [Words("Clause"), Words("School year"), Words("For"), Numbers("At risk"), Words("Reckoning")];
    html! {
        h3 { "Money at risk" }
        (table("What is lost by each clause's own formula and rounding if nothing changes", &columns, html! {
            @for risk in &outcome.at_risk {
                tr {
                    th scope="row" { (scenario.clauses.get(risk.clause).map_or("", |c| c.title.as_str())) }
                    td { (risk.year) }
                    td {
                        (risk.school.map_or("the whole district", |s| school_name(scenario, s)))
                        @if let Some(whose) = &risk.whose { ", " (whose) }
                    }
                    td class="n" { @match &risk.dollars { Ok(dollars) => (dollars), Err(_) => "not reckoned" } }
                    td { @match &risk.dollars { Ok(_) => (risk.reckoning), Err(why) => (why) } }
                }
            }
        }))
    }
}

/// What no single verdict says.
fn notes(scenario: &Scenario, outcome: &Outcome) -> Markup {
    let book = scenario.lawbook();
    let (grave, others): (Vec<_>, Vec<_>) = outcome.notes.iter().partition(|n| n.is_grave());
    html! {
        @if !grave.is_empty() {
            h3 { "Clauses that do not fit one another" }
            ul { @for note in &grave { li { (note.sentence(&book)) } } }
        }
        @if !others.is_empty() {
            h3 { "Clauses without effect here" }
            p { "These hold nothing back in this scenario: changing the schedule a little would not be noticed by them." }
            ul { @for note in &others { li { (note.sentence(&book)) } } }
        }
    }
}

fn texts(scenario: &Scenario, worst: &[Option<&Verdict>]) -> Markup {
    let columns = [
        Words("Clause"),
        Words("Text"),
        Words("Why, where it is tightest"),
        Words("Who must act to change it"),
        Words("Checked on"),
    ];
    html! {
        h3 { "What the clauses say" }
        (table("Text of each clause, with the reasons of its tightest answer beside it", &columns, html! {
            @for (clause, worst) in scenario.clauses.iter().zip(worst) {
                tr {
                    th scope="row" { (clause.title) br; span class="small" { (section(scenario, clause)) } }
                    td {
                        (clause.text)
                        @if let Rule::NotComputable(why) = &clause.rule { br; span class="small" { "Not computed: " (why) "." } }
                        @if let Rule::Computable { unless, .. } = &clause.rule {
                            @for exception in unless { br; span class="small" { "Exception " (exception.id) ": " (exception.text) } }
                        }
                        @if clause.assumed { br; span class="small" { "Its figures are assumed." } }
                    }
                    td class="reasons" { (why(*worst)) }
                    td {
                        (clause.changed_by.name())
                        @if !clause.waivable_by.is_empty() {
                            br; span class="small" { "may be waived by " (list(&clause.waivable_by.iter().map(|g| g.name().to_string()).collect::<Vec<_>>())) }
                        }
                    }
                    td { (clause.checked_on.map_or_else(|| "never".to_string(), day)) }
                }
            }
        }))
    }
}

fn why(worst: Option<&Verdict>) -> Markup {
    let Some(verdict) = worst else { return html! {} };
    html! {
        @for reason in verdict.reasons.iter().chain(&verdict.would_change) { span class="small" { (reason) } br; }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::sample::sample;

    #[test]
    fn failures_that_differ_only_in_school_or_year_share_a_row() {
        let (_, outcome) = sample();
        let rows = alike(&outcome.verdicts.list);
        // by hand: clock hours for grades PK, K and 6; preparation for teachers
        assert_eq!(rows.len(), 4);
        assert_eq!((rows[1].schools.len(), rows[3].schools.len(), rows[3].years.len()), (6, 2, 5));
    }

    #[test]
    fn only_links_to_the_web_become_links() {
        assert!(is_web_address("https://www.ilga.gov"));
        assert!(!is_web_address("javascript:alert(1)") && !is_web_address("docs/model.md"));
    }
}
