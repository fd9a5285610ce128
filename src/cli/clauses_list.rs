//! `earlybell clauses list`: what packs of clauses say, and how well each clause is known.

use crate::clauses::Clause;
use crate::clauses::Rule;
use crate::clauses::describe_requirement;
use crate::cli::clauses::PacksArgument;
use crate::cli::clauses::end;
use crate::cli::clauses::read_packs;
use crate::cli::common::Ended;
use crate::cli::common::Failure;
use crate::cli::common::print;
use crate::cli::common::print_json;
use crate::scenario::Pack;
use crate::units::Date;
use serde_json::Value;
use serde_json::json;
use std::path::Path;
use std::path::PathBuf;

#[derive(Debug, clap::Args)]
pub struct ListOptions {
    #[command(flatten)]
    packs: PacksArgument,
    /// Only clauses that bind in this state, in two letters
    #[arg(long, value_parser = state_asked)]
    state: Option<String>,
    /// Only clauses that were last held against their source before this: 2y, 6m, or a date such as 2024-01-01
    #[arg(long, value_name = "AGE", value_parser = older_than_asked)]
    older_than: Option<Date>,
    /// Only clauses with figures that are assumed
    #[arg(long)]
    assumed: bool,
    /// Print every clause as JSON
    #[arg(long)]
    json: bool,
}

fn state_asked(text: &str) -> Result<String, String> {
    let letters = text.len() == 2 && text.bytes().all(|b| b.is_ascii_uppercase());
    letters.then(|| text.to_string()).ok_or_else(|| "write the two capital letters of the mail: IL".into())
}

/// A date, or the date so long before today.
fn older_than_asked(text: &str) -> Result<Date, String> {
    let wrong = || "write years, months or a date: 2y, 6m, 2024-01-01".to_string();
    if let Ok(date) = text.parse::<Date>() {
        return Ok(date);
    }
    let number = |unit| text.strip_suffix(unit).and_then(|n: &str| n.parse::<u16>().ok()).map(i64::from);
    let age = match (number('y'), number('m')) {
        (Some(years), _) => jiff::Span::new().try_years(years),
        (None, Some(months)) => jiff::Span::new().try_months(months),
        (None, None) => return Err(wrong()),
    };
    let today = jiff::Zoned::now().date();
    age.and_then(|age| today.checked_sub(age)).map_err(|_| wrong())
}

/// Lists the clauses that are asked for, pack by pack.
pub fn run(options: &ListOptions) -> Result<Ended, Failure> {
    let read = read_packs(&options.packs.packs)?;
    if read.packs.is_empty() {
        return end(read.wrong, Ended::Well);
    }
    let listed: Vec<Listed> = read.packs.iter().map(|(path, pack)| listed(path, pack, options)).collect();
    if options.json {
        print_json(&as_json(&listed))?;
    } else {
        print(&as_text(&listed, &read.others))?;
    }
    end(read.wrong, Ended::Well)
}

/// The clauses of a pack that are asked for.
struct Listed<'a> {
    path: &'a Path,
    clauses: Vec<&'a Clause>,
}

/// Clauses of included files are listed with their own pack.
fn listed<'a>(path: &'a Path, pack: &'a Pack, options: &ListOptions) -> Listed<'a> {
    let own = |c: &&Clause| *c.written.file == *pack.name;
    let clauses = pack.clauses.iter().filter(own).filter(|c| is_asked(c, options)).collect();
    Listed { path, clauses }
}

fn is_asked(clause: &Clause, options: &ListOptions) -> bool {
    let states = &clause.applies.states;
    let state = options.state.as_ref().is_none_or(|s| states.is_empty() || states.contains(s));
    let old = options.older_than.is_none_or(|limit| clause.checked_on.is_none_or(|checked| checked < limit));
    state && old && (clause.assumed || !options.assumed)
}

/// How many clauses there are, and how many of them somebody should look at.
struct Totals {
    clauses: usize,
    assumed: usize,
    never_checked: usize,
    not_computable: usize,
}

fn totals(listed: &[Listed]) -> Totals {
    let count =
        |is: fn(&Clause) -> bool| listed.iter().flat_map(|l| l.clauses.iter()).filter(|clause| is(clause)).count();
    Totals {
        clauses: count(|_| true),
        assumed: count(|c| c.assumed),
        never_checked: count(|c| c.checked_on.is_none()),
        not_computable: count(|c| why_not(c).is_some()),
    }
}

fn why_not(clause: &Clause) -> Option<&str> {
    match &clause.rule {
        Rule::NotComputable(why) => Some(why),
        Rule::Computable { .. } => None,
    }
}

/// What a clause asks, with the exceptions it has.
fn asks(clause: &Clause) -> String {
    match &clause.rule {
        Rule::NotComputable(why) => format!("not computed: {why}"),
        Rule::Computable { requires, unless } => {
            let ids: Vec<&str> = unless.iter().map(|e| e.id.as_str()).collect();
            let unless = if ids.is_empty() { String::new() } else { format!(", unless {}", ids.join(" or ")) };
            format!("{}{unless}", describe_requirement(requires))
        }
    }
}

fn marks(clause: &Clause) -> Vec<&'static str> {
    let all = [(clause.assumed, "assumed"), (why_not(clause).is_some(), "not computable")];
    all.into_iter().filter(|(is, _)| *is).map(|(_, mark)| mark).collect()
}

fn as_text(listed: &[Listed], others: &[PathBuf]) -> String {
    let width = listed.iter().flat_map(|l| &l.clauses).map(|c| c.id.len()).max().unwrap_or(0).max("clause".len());
    let row = |id: &str, order: &str, changed_by: &str, checked: &str, marks: &str| {
        let line = format!("{id:<width$}  {order:<10}  {changed_by:<10}  {checked:<10}  {marks}");
        format!("{}\n", line.trim_end())
    };
    let mut text = row("clause", "order", "changed by", "checked on", "marks");
    for pack in listed.iter().filter(|l| !l.clauses.is_empty()) {
        text.push_str(&format!("\n{}\n", shown(pack.path)));
        for clause in &pack.clauses {
            let (order, changed_by) = (format!("{:?}", clause.order), format!("{:?}", clause.changed_by));
            let checked = clause.checked_on.map_or_else(|| "never".to_string(), |date| date.to_string());
            text.push_str(&row(&clause.id, &order, &changed_by, &checked, &marks(clause).join(", ")));
            text.push_str(&format!("    {} ({})\n    {}\n", clause.title, clause.section, asks(clause)));
        }
    }
    let Totals { clauses, assumed, never_checked, not_computable } = totals(listed);
    let word = if clauses == 1 { "clause" } else { "clauses" };
    text.push_str(&format!(
        "\n{clauses} {word}: {assumed} assumed, {never_checked} never checked, {not_computable} not computable.\n"
    ));
    if !others.is_empty() {
        let names: Vec<String> = others.iter().map(|path| shown(path)).collect();
        text.push_str(&format!("Without clauses: {}\n", names.join(", ")));
    }
    text
}

fn shown(path: &Path) -> String {
    path.to_string_lossy().replace('\\', "/")
}

fn as_json(listed: &[Listed]) -> Value {
    let of_clause = |clause: &&Clause| {
        json!({
            "id": clause.id,
            "title": clause.title,
            "section": clause.section,
            "text": clause.text,
            "asks": asks(clause),
            "order": clause.order,
            "changed_by": clause.changed_by,
            "waivable_by": clause.waivable_by,
            "states": clause.applies.states,
            "checked_on": clause.checked_on,
            "assumed": clause.assumed,
            "not_computable": why_not(clause),
        })
    };
    let packs: Vec<Value> = listed
        .iter()
        .map(|l| json!({ "pack": shown(l.path), "clauses": l.clauses.iter().map(of_clause).collect::<Vec<Value>>() }))
        .collect();
    let Totals { clauses, assumed, never_checked, not_computable } = totals(listed);
    json!({
        "packs": packs,
        "clauses": clauses,
        "assumed": assumed,
        "never_checked": never_checked,
        "not_computable": not_computable,
    })
}
