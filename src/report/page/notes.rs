//! The part of the page that says what is assumed, what was left out, and how the numbers came about.

use crate::findings::Finding;
use crate::pipeline::Outcome;
use crate::report::page::Column::Numbers;
use crate::report::page::Column::Words;
use crate::report::page::clauses::is_web_address;
use crate::report::page::part;
use crate::report::page::table;
use crate::report::words::day;
use crate::scenario::Scenario;
use crate::source::Assumption;
use crate::source::Mark;
use crate::source::Source;
use maud::Markup;
use maud::html;

/// Warnings, assumptions, sources, method and limits.
pub fn notes(scenario: &Scenario, outcome: &Outcome) -> Markup {
    html! {
        (part("notes"))
        (not_computed(scenario))
        (warnings(scenario))
        (assumptions(scenario))
        (sources(scenario))
        (method(scenario, outcome))
        h3 { "What this is not" }
        p {
            "It is not a master scheduler: it builds no timetable for a pupil or a teacher. It is not a bus router. It is not legal advice: "
            "it compares numbers with limits that somebody typed in from a text, and the text is what binds."
        }
    }
}

fn not_computed(scenario: &Scenario) -> Markup {
    use crate::clauses::Rule;
    let words: Vec<(&str, &str, &str)> = scenario
        .clauses
        .iter()
        .filter_map(|c| match &c.rule {
            Rule::NotComputable(why) => Some((c.title.as_str(), c.section.as_str(), why.as_str())),
            Rule::Computable { .. } => None,
        })
        .collect();
    html! {
        h3 { "Clauses that are not computable" }
        @if words.is_empty() { p { "None: every clause of the scenario can be computed." } }
        @else { ul { @for (title, section, why) in words { li { (title) " (" (section) "): " (why) "." } } } }
    }
}

fn warnings(scenario: &Scenario) -> Markup {
    let say = |w: &Finding| w.help.as_ref().map(|h| format!(" ({h})")).unwrap_or_default();
    html! {
        @if !scenario.warnings.is_empty() {
            h3 { "Warnings" }
            ul { @for w in scenario.warnings.iter() { li { (w.message) (say(w)) } } }
        }
    }
}

fn assumptions(scenario: &Scenario) -> Markup {
    let list = &scenario.sources.assumptions;
    html! {
        h3 { "What is assumed" }
        @if list.is_empty() { p { "Nothing: every value names its source." } }
        @else {
            p { "Values that nobody published: whoever wrote the scenario, or this program's authors, chose them." }
            (table("Assumed values, by item", &[Words("Item"), Words("What of it"), Words("Written in")], html! {
                @for (item, fields, file) in by_item(list) { tr { th scope="row" { (item) } td { (fields) } td { (file) } } }
            }))
        }
        h3 { "The rules of the adoption model" }
        (table("Parameters: value, or typical value of a distribution", &[Words("Parameter"), Numbers("Value"), Words("Unit"), Words("May be varied from, to"), Words("How well known")], html! {
            @for (name, spec) in &scenario.rules.parameters {
                tr {
                    th scope="row" { (name) }
                    td class="n" { (spec.value.typical()) }
                    td { (spec.unit) }
                    td { @if let Some((low, high)) = spec.range { (low) " to " (high) } }
                    td { (mark_words(spec.mark)) }
                }
            }
        }))
    }
}

/// Items with all their assumed fields in a row; parameters have a table of their own.
fn by_item(list: &[Assumption]) -> Vec<(&str, String, &str)> {
    let mut rows: Vec<(&str, String, &str)> = Vec::new();
    for a in list.iter().filter(|a| !a.item.starts_with("parameters ")) {
        let field = if a.field == "*" { "all of it" } else { a.field.as_str() };
        match rows.last_mut() {
            Some((item, fields, file)) if *item == a.item && *file == a.file => {
                fields.push_str(", ");
                fields.push_str(field);
            }
            Some(_) | None => rows.push((&a.item, field.to_string(), &a.file)),
        }
    }
    rows
}

fn mark_words(mark: Mark) -> &'static str {
    match mark {
        Mark::Found => "found in a source",
        Mark::Computed => "computed",
        Mark::Assumed => "assumed",
    }
}

fn sources(scenario: &Scenario) -> Markup {
    let title = |s: &Source| match s.link.as_deref().filter(|l| is_web_address(l)) {
        Some(link) => html! { a href=(link) { (s.title) } },
        None => html! { (s.title) @if let Some(link) = &s.link { " (" (link) ")" } },
    };
    html! {
        h3 { "Sources" }
        (table("Documents that values were read from", &[Words("Key"), Words("Document"), Words("Publisher"), Words("Read on"), Words("Note")], html! {
            @for (key, s) in &scenario.sources.documents {
                tr {
                    th scope="row" { (key) }
                    td { (title(s)) }
                    td { (s.publisher.as_deref().unwrap_or("")) }
                    td { (s.read.map(day).unwrap_or_default()) }
                    td { (s.note.as_deref().unwrap_or("")) }
                }
            }
        }))
    }
}

fn method(scenario: &Scenario, outcome: &Outcome) -> Markup {
    html! {
        h3 { "How the numbers came about" }
        p {
            "Calendars and bell schedules give every school, grade and role its minutes on every date. Clauses are held against these minutes. "
            "Conditions, each with what it needs and how long it takes, give the dates from which time, roles and agreements are there. "
            "Week by week every educator then moves up or down the levels of use; a step is likelier the more of the capacities it needs are there: "
            "will, authority, expertise, resources. This was done " (outcome.results.replicates)
            " times under different luck; uncertain values are drawn anew each time. Medians and the middle 80 % of the runs are shown. "
            "Seed " (scenario.seed) " gives the same numbers again."
        }
    }
}
