//! `earlybell breakeven`: how far each lever goes before a clause breaks, and which clause it is.

use crate::clauses::Outcome;
use crate::clauses::Quantity;
use crate::clauses::Verdict;
use crate::cli::ScenarioArgument;
use crate::cli::check::place_of;
use crate::cli::check::verdict_json;
use crate::cli::common::Ended;
use crate::cli::common::Failure;
use crate::cli::common::print;
use crate::cli::common::print_json;
use crate::cli::common::read;
use crate::cli::common::schools_asked;
use crate::levers::Answered;
use crate::levers::Lever;
use crate::levers::Moved;
use crate::levers::Now;
use crate::levers::Tried;
use crate::levers::Unmoved;
use crate::levers::Way;
use crate::levers::breakeven;
use crate::pipeline;
use crate::report::lawful::slack_words;
use crate::report::words::capital;
use crate::report::words::list;
use crate::scenario::Scenario;
use crate::units::Weekday;
use serde_json::Value;
use serde_json::json;

/// The letters by which the ways of moving one lever are told apart.
const MARKS: [char; 4] = ['A', 'B', 'C', 'D'];

#[derive(Debug, Clone, Copy, clap::ValueEnum)]
enum Asked {
    /// Pupils leave earlier on release days
    Release,
    /// So many days of a school year ring the short schedule
    ReleaseDays,
    /// So many days of attendance are lost
    SnowDays,
    /// Pupils begin later and end as now
    LaterStart,
    /// All bells ring later
    LaterBells,
}

impl From<Asked> for Lever {
    fn from(asked: Asked) -> Lever {
        match asked {
            Asked::Release => Lever::Release,
            Asked::ReleaseDays => Lever::ReleaseDays,
            Asked::SnowDays => Lever::SnowDays,
            Asked::LaterStart => Lever::LaterStart,
            Asked::LaterBells => Lever::LaterBells,
        }
    }
}

#[derive(Debug, Clone, Copy, clap::ValueEnum)]
enum AskedDay {
    Monday,
    Tuesday,
    Wednesday,
    Thursday,
    Friday,
}

impl From<AskedDay> for Weekday {
    fn from(asked: AskedDay) -> Weekday {
        match asked {
            AskedDay::Monday => Weekday::Monday,
            AskedDay::Tuesday => Weekday::Tuesday,
            AskedDay::Wednesday => Weekday::Wednesday,
            AskedDay::Thursday => Weekday::Thursday,
            AskedDay::Friday => Weekday::Friday,
        }
    }
}

#[derive(Debug, clap::Args)]
pub struct Options {
    #[command(flatten)]
    scenario: ScenarioArgument,
    /// Which lever is moved [default: all of them, one after the other]
    #[arg(long, value_enum)]
    lever: Option<Asked>,
    /// Move it in this school only, and look at its clauses only
    #[arg(long)]
    school: Option<String>,
    /// The weekday of release [default: the one on which short days fall, or Monday]
    #[arg(long, value_enum)]
    weekday: Option<AskedDay>,
    /// Print it as JSON
    #[arg(long)]
    json: bool,
}

/// Moves one lever or all of them.
pub fn run(options: &Options) -> Result<Ended, Failure> {
    let scenario = read(&options.scenario.scenario)?;
    let checked = pipeline::check(&scenario).map_err(|f| Failure::from_findings(&f, &scenario.files))?;
    let schools = schools_asked(&scenario, options.school.as_deref())?;
    let moved = Moved { schools, weekday: options.weekday.map(Weekday::from) };
    let levers = options.lever.map_or(Lever::ALL.to_vec(), |lever| vec![lever.into()]);
    let ground = pipeline::ground(&scenario, &checked.timetable);
    let answers: Vec<(Lever, Result<Answered, Unmoved>)> =
        levers.into_iter().map(|lever| (lever, breakeven(&ground, lever, &moved))).collect();
    if options.json {
        let levers: Vec<Value> = answers.iter().map(|(lever, answer)| as_json(&scenario, *lever, answer)).collect();
        print_json(&json!({ "scenario": scenario.name, "levers": levers }))?;
    } else {
        let told = answers.iter().map(|(lever, answer)| as_text(&scenario, *lever, answer));
        print(&format!("{}\n{}", scenario.title, told.collect::<String>()))?;
    }
    let fails = |v: &Verdict| v.outcome == Outcome::Fails && moved.schools.contains(&v.school);
    Ok(if checked.verdicts.list.iter().any(fails) { Ended::ClauseNotMet } else { Ended::Well })
}

fn as_text(scenario: &Scenario, lever: Lever, answer: &Result<Answered, Unmoved>) -> String {
    let mut text = format!("\n{}\n", lever.title());
    match answer {
        Err(Unmoved(why)) => text.push_str(&format!("  {why}\n")),
        Ok(answered) => {
            answered.now.iter().for_each(|line| text.push_str(&format!("  {line}\n")));
            for (way, mark) in answered.ways.iter().zip(MARKS) {
                text.push_str(&way_in_words(scenario, lever, way, mark));
            }
            text.push('\n');
            text.push_str(&table(scenario, lever, &answered.ways));
        }
    }
    text
}

fn way_in_words(scenario: &Scenario, lever: Lever, way: &Way, mark: char) -> String {
    let mut text = String::new();
    if !way.name.is_empty() {
        text.push_str(&format!("\n  {mark}. {}\n", capital(way.name)));
    }
    text.push_str(&format!("  {}\n", furthest(lever, way)));
    for tried in way.breaking() {
        text.push_str(&format!("  {}\n", breaks(scenario, lever, tried)));
    }
    way.notes.iter().for_each(|note| text.push_str(&format!("  {note}\n")));
    let (first, last) = (way.range.0, lever.quantity(way.range.1));
    text.push_str(&format!("  Every value from {first} to {last} was tried.\n"));
    let left_out: Vec<String> = way.left_out().map(|c| scenario.clauses[c].id.clone()).collect();
    if !left_out.is_empty() {
        text.push_str(&format!("  Left out, because they fail already: {}.\n", list(&left_out)));
    }
    text
}

/// One row a clause: with one way where it first fails, with several only at which values of each.
fn table(scenario: &Scenario, lever: Lever, ways: &[Way]) -> String {
    let Some(first) = ways.first() else { return String::new() };
    let one = ways.len() == 1;
    let mut rows: Vec<Vec<String>> = vec![vec!["clause".into(), "slack now".into()]];
    if one {
        rows[0].extend(["fails at".into(), "where it first fails, and by how much".into()]);
    } else {
        rows[0].extend(MARKS.iter().take(ways.len()).map(|mark| format!("fails at, {mark}")));
    }
    for tried in first.tried.iter().filter(|t| !matches!(t.now, Now::Fails)) {
        let mut cells = vec![scenario.clauses[tried.clause].id.clone(), now_in_words(tried)];
        cells.extend(ways.iter().map(|way| fails_at(lever, &way.tried[tried.clause], way.range.1)));
        if let Some(worst) = tried.worst.as_ref().filter(|_| one) {
            cells.push(worst_in_words(scenario, worst));
        }
        rows.push(cells);
    }
    let width = |column: usize| rows.iter().filter_map(|r| r.get(column)).map(|c| c.chars().count()).max().unwrap_or(0);
    let line = |cells: &Vec<String>| {
        let padded = cells.iter().enumerate().map(|(n, cell)| format!("{cell:<w$}", w = width(n)));
        format!("  {}\n", padded.collect::<Vec<_>>().join("  ").trim_end())
    };
    rows.iter().map(line).collect()
}

fn furthest(lever: Lever, way: &Way) -> String {
    let words = |value: u32| lever.words(value);
    match (way.furthest(), way.breaks_at()) {
        (Some(value), Some(_)) => format!("Furthest: {}; up to there no clause fails that holds now.", words(value)),
        (Some(value), None) => {
            format!("Furthest: {}, the end of the range; no clause fails that holds now.", words(value))
        }
        (None, _) => format!("Furthest: none; at {} a clause fails that holds now.", words(way.range.0)),
    }
}

fn breaks(scenario: &Scenario, lever: Lever, tried: &Tried) -> String {
    let title = &scenario.clauses[tried.clause].title;
    let at = tried.first().map(|value| lever.words(value)).unwrap_or_default();
    let worst = tried.worst.as_ref().map(|v| format!(": {}", worst_in_words(scenario, v))).unwrap_or_default();
    format!("With {at}, “{title}” fails{worst}.")
}

/// Where an answer is worst and by how much: `1 min over (76 min, limit 75 min), 2025-08-25, Oak, teacher`.
fn worst_in_words(scenario: &Scenario, verdict: &Verdict) -> String {
    let sides = match (verdict.have, verdict.need) {
        (Some(have), Some(need)) => format!(" ({have}, limit {need})"),
        _ => String::new(),
    };
    format!("{}{sides}, {}", slack_words(verdict), place_of(scenario, verdict))
}

fn now_in_words(tried: &Tried) -> String {
    match tried.now {
        Now::Holds(slack) => slack.map_or("holds".into(), |s: Quantity| s.to_string()),
        Now::Fails => "fails".into(),
        Now::Neither(outcome) => outcome.name().into(),
    }
}

/// The values at which a clause fails: `16 min`, `1 to 3 min`, `from 6 days on`; several runs are all named.
fn fails_at(lever: Lever, tried: &Tried, last: u32) -> String {
    let run = |(from, to): &(u32, u32)| match (*from, *to) {
        (from, to) if to == last => format!("from {} on", lever.quantity(from)),
        (from, to) if from == to => lever.quantity(from).to_string(),
        (from, to) => format!("{from} to {}", lever.quantity(to)),
    };
    let runs: Vec<String> = tried.fails.iter().map(run).collect();
    match (runs.is_empty(), &tried.now) {
        (true, Now::Neither(_)) => String::new(),
        (true, Now::Holds(_) | Now::Fails) => "not within the range".into(),
        (false, _) => list(&runs),
    }
}

fn as_json(scenario: &Scenario, lever: Lever, answer: &Result<Answered, Unmoved>) -> Value {
    match answer {
        Err(Unmoved(why)) => json!({ "lever": lever.name(), "not_moved": why }),
        Ok(answered) => {
            let ways: Vec<Value> = answered.ways.iter().map(|way| way_json(scenario, way)).collect();
            json!({
                "lever": lever.name(), "title": lever.title(), "unit": lever.quantity(0).unit.name(),
                "now": answered.now, "ways": ways,
            })
        }
    }
}

fn way_json(scenario: &Scenario, way: &Way) -> Value {
    let id = |clause: usize| scenario.clauses[clause].id.as_str();
    let clauses: Vec<Value> = (way.tried.iter())
        .map(|tried| {
            let (now, slack) = match tried.now {
                Now::Holds(slack) => ("holds", slack),
                Now::Fails => ("fails", None),
                Now::Neither(outcome) => (outcome.name(), None),
            };
            let fails: Vec<Value> = tried.fails.iter().map(|(from, to)| json!({ "from": from, "to": to })).collect();
            json!({
                "clause": id(tried.clause), "now": now, "slack_now": slack,
                "first_fails_at": tried.first(), "fails_at": fails,
                "verdict_there": tried.worst.as_ref().map(|v| verdict_json(scenario, v)),
            })
        })
        .collect();
    json!({
        "way": way.name, "every_value_tried_from": way.range.0, "to": way.range.1,
        "furthest": way.furthest(), "breaks_at": way.breaks_at(),
        "breaking": way.breaking().map(|t| id(t.clause)).collect::<Vec<_>>(),
        "left_out_because_they_fail_now": way.left_out().map(id).collect::<Vec<_>>(),
        "notes": way.notes, "clauses": clauses,
    })
}
