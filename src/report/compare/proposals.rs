//! What proposals change: header, items, and every value with what stood there before.

use crate::report::words::wrap;
use crate::scenario::Change;
use crate::scenario::Deed;
use crate::scenario::Proposal;
use crate::scenario::Scenario;
use maud::Markup;
use maud::html;
use serde_json::Value;
use serde_json::json;

const COLUMNS: usize = 100;

/// The word for what is done.
fn deed(deed: Deed) -> &'static str {
    match deed {
        Deed::Set => "set",
        Deed::Add => "add",
        Deed::Remove => "remove",
    }
}

/// Every change as text for a terminal.
pub fn changes_text(scenario: &Scenario) -> String {
    if scenario.proposals.is_empty() {
        return format!(
            "{}\nNo proposal is named, so nothing changes: earlybell diff scenarios/ccsd93+sixty-minutes\n",
            scenario.title
        );
    }
    scenario.proposals.iter().map(|proposal| one_text(scenario, proposal)).collect::<Vec<_>>().join("\n")
}

fn one_text(scenario: &Scenario, proposal: &Proposal) -> String {
    let mut lines = vec![format!("“{}” by {}, {}", proposal.title, proposal.by, proposal.date)];
    if let Some(note) = &proposal.note {
        lines.extend(wrap(note, COLUMNS));
    }
    if !proposal.leaves_out.is_empty() {
        lines.extend(wrap(&format!("Leaves out: {}.", proposal.leaves_out.join("; ")), COLUMNS));
    }
    for item in &proposal.items {
        lines.push(String::new());
        let clause = item.clause.as_ref().map(|c| format!(" [{c}]")).unwrap_or_default();
        let value = item.value.as_ref().map(|v| format!(": {v}")).unwrap_or_default();
        lines.extend(wrap(&format!("{} – {}{clause}{value}", item.id, item.title), COLUMNS));
        for change in &item.changes {
            lines.push(format!("  {} {}", deed(change.deed), change.path));
            let told = [
                ("was", change.old.as_ref(), old_source(scenario, change)),
                ("now", change.new.as_ref(), new_source(proposal, item)),
            ];
            for (word, value, source) in told {
                let Some(value) = value else { continue };
                let whole = format!("{value}   ({source})");
                let indented = wrap(&whole, COLUMNS - 8).into_iter().enumerate();
                lines.extend(
                    indented.map(
                        |(n, line)| {
                            if n == 0 { format!("    {word} {line}") } else { format!("        {line}") }
                        },
                    ),
                );
            }
        }
    }
    lines.join("\n") + "\n"
}

/// Where what stood there comes from.
fn old_source(scenario: &Scenario, change: &Change) -> String {
    let key = change.old_source.as_deref();
    let document = key.and_then(|key| scenario.sources.documents.get(key));
    match (key, document) {
        (Some(key), Some(document)) => format!("source {key}: {}", document.title),
        (Some(key), None) => format!("source {key}"),
        (None, _) => "no source named there: assumed".into(),
    }
}

fn new_source(proposal: &Proposal, item: &crate::scenario::Item) -> String {
    match &item.source {
        Some(source) => format!("source {source}, proposed by {}", proposal.by),
        None => format!("proposed by {}", proposal.by),
    }
}

/// Every change as JSON.
pub fn changes_json(scenario: &Scenario) -> Value {
    let change = |c: &Change| json!({ "does": deed(c.deed), "path": c.path, "old": c.old, "old_source": c.old_source, "new": c.new });
    let item = |i: &crate::scenario::Item| {
        json!({
            "id": i.id, "title": i.title, "clause": i.clause, "value": i.value, "source": i.source,
            "changes": i.changes.iter().map(change).collect::<Vec<_>>(),
        })
    };
    let proposal = |p: &Proposal| {
        json!({
            "name": p.name, "title": p.title, "by": p.by, "date": p.date, "note": p.note, "leaves_out": p.leaves_out,
            "items": p.items.iter().map(item).collect::<Vec<_>>(),
        })
    };
    Value::Array(scenario.proposals.iter().map(proposal).collect())
}

/// Every proposal of a scenario, for the page: its header, and item, clause and value with what changes.
pub fn markup(scenario: &Scenario) -> Markup {
    html! {
        @for proposal in &scenario.proposals {
            h4 { "“" (proposal.title) "”" }
            p class="small" {
                "By " (proposal.by) ", " (crate::report::words::day(proposal.date)) ". "
                @if let Some(note) = &proposal.note { (note) " " }
                @if !proposal.leaves_out.is_empty() { "It leaves out: " (proposal.leaves_out.join("; ")) "." }
            }
            div class="scroll" tabindex="0" role="region" aria-label={ "What “" (proposal.title) "” changes" } {
                table {
                    caption { "What “" (proposal.title) "” changes" }
                    thead { tr { th scope="col" { "Item" } th scope="col" { "Clause" } th scope="col" { "Value" } th scope="col" { "Changes" } } }
                    tbody { @for item in &proposal.items { tr {
                        th scope="row" { (item.title) }
                        td { (item.clause.as_deref().unwrap_or("–")) }
                        td { (item.value.as_deref().unwrap_or("–")) }
                        td { details { summary { (crate::report::words::counted(item.changes.len(), "value")) }
                            ul { @for change in &item.changes { li {
                                code { (change.path) } ": "
                                @if let Some(old) = &change.old { del { (old) } " " }
                                @if let Some(new) = &change.new { ins { (new) } }
                            } } }
                        } }
                    } } }
                }
            }
        }
    }
}
