//! The answer in sentences: lawful or not, when, what holds it back, what comes first, what is assumed.
//!
//! Has a scenario and its outcome, gives sentences that the page and the terminal share. Knows no markup.

use crate::clauses::AtRisk;
use crate::clauses::Outcome as Answered;
use crate::clauses::Verdicts;
use crate::ensemble::Milestone;
use crate::ensemble::ModelReach;
use crate::ensemble::Results;
use crate::ledger::Ledger;
use crate::ledger::LineYear;
use crate::pipeline::Outcome;
use crate::report::lawful::lawful;
use crate::report::lawful::worst_by_clause;
use crate::report::point::Point;
use crate::report::point::Tone;
use crate::report::words::capital;
use crate::report::words::count;
use crate::report::words::counted;
use crate::report::words::list;
use crate::report::words::month;
use crate::report::words::percent;
use crate::report::words::school_year;
use crate::scenario::Scenario;
use crate::units::Date;
use crate::units::Dollars;

/// The names of the four capacities, in the order of results.
pub const CAPACITIES: [&str; 4] = ["will", "authority", "expertise", "resources"];

/// The answer to the scenario's question, most important part first.
pub fn answer(scenario: &Scenario, outcome: &Outcome) -> Vec<Point> {
    let spread = [when_reached(scenario, &outcome.results, 3), when_reached(scenario, &outcome.results, 4)];
    let rest = [held_back(&outcome.results), comes_first(scenario, outcome), not_known(scenario, &outcome.verdicts)];
    std::iter::once(lawful(scenario, &outcome.verdicts))
        .chain(money_at_risk(scenario, outcome))
        .chain(spread)
        .chain(whole_models(scenario, &outcome.results))
        .chain(rest)
        .chain(money_short(scenario, &outcome.ledger))
        .collect()
}

/// What is lost by the clauses' own formulas; nothing where no clause with a formula fails.
fn money_at_risk(scenario: &Scenario, outcome: &Outcome) -> Option<Point> {
    let sum: Dollars = outcome.at_risk.iter().filter_map(|r| r.dollars.as_ref().ok().copied()).sum();
    let unknown = outcome.at_risk.iter().filter(|r| r.dollars.is_err()).count();
    if outcome.at_risk.is_empty() {
        return None;
    }
    let mut short = format!("{sum} over {}, by the clauses' own formulas.", counted(outcome.at_risk.len(), "sum"));
    if unknown > 0 {
        short.push_str(&format!(" {} could not be reckoned.", counted(unknown, "sum")));
    }
    let say = |risk: &AtRisk| {
        let title = scenario.clauses.get(risk.clause).map_or("", |c| c.title.as_str());
        match &risk.dollars {
            Ok(dollars) => format!("“{title}”, {}: {dollars} = {}.", risk.year, risk.reckoning),
            Err(why) => format!("“{title}”, {}: not reckoned. {why}", risk.year),
        }
    };
    let more = outcome.at_risk.iter().map(say).collect();
    Some(Point { about: "Money at risk", tone: Tone::Fails, short, more })
}

/// The words for a level of use that counts.
pub fn level_words(level: u8) -> &'static str {
    match level {
        0 | 1 => "have heard of it",
        2 => "are preparing",
        3 => "are really using it",
        4 => "use it as routine",
        _ => "use it together with colleagues",
    }
}

/// The words for a share of the educators.
pub fn share_words(share: f64) -> String {
    if (share - 0.5).abs() < 1e-9 {
        "half".into()
    } else if (share - 0.8).abs() < 1e-9 {
        "four fifths".into()
    } else {
        percent(share)
    }
}

/// When a milestone is reached, with its band: `October 2027 (8 of 10 runs: May 2027 to June 2028)`.
pub fn reached_words(scenario: &Scenario, weeks: &[Date], milestone: &Milestone) -> String {
    let reached = &milestone.reached;
    let at = |week: Option<usize>| week.and_then(|w| weeks.get(w)).map(|d| month(*d));
    let never = format!("not within the {}", years_words(scenario));
    let runs = format!("reached in {} of runs", percent(reached.share_reaching));
    match (at(reached.low), at(reached.median), at(reached.high)) {
        (Some(low), Some(median), Some(high)) => format!("{median} (8 of 10 runs: {low} to {high})"),
        (Some(low), Some(median), None) => format!("{median} (from {low}; {runs})"),
        (Some(low), None, _) => format!("{never} in half of the runs (earliest tenth: {low}; {runs})"),
        (None, Some(median), _) => format!("{median} ({runs})"),
        (None, None, _) if reached.share_reaching > 0.0 => format!("{never} ({runs})"),
        (None, None, _) => format!("{never} in any run"),
    }
}

fn years_words(scenario: &Scenario) -> String {
    match scenario.school_years {
        1 => "one year".into(),
        n => format!("{} years", count(n as usize)),
    }
}

/// How many educators use all practices of each model at the end of the last school year.
fn whole_models(scenario: &Scenario, results: &Results) -> Option<Point> {
    let end = &results.year_ends.last()?.year;
    let say = |reach: &ModelReach| {
        let title = &scenario.resources.models.get(reach.model)?.title;
        Some(format!("“{title}” {}", percent(*reach.using_all.median.last()?)))
    };
    let said: Vec<String> = results.models.iter().filter_map(say).collect();
    let short = format!("Educators using all practices of a model at the end of {end}: {}.", said.join("; "));
    let more = vec!["A model asks for several practices; educators take them up one after another.".to_string()];
    (!said.is_empty()).then_some(Point { about: "All of a model", tone: Tone::Fact, short, more })
}

fn when_reached(scenario: &Scenario, results: &Results, level: u8) -> Point {
    let about = if level == 3 { "Really using it" } else { "Routine" };
    let of_level: Vec<&Milestone> = results.milestones.iter().filter(|m| m.level == level).collect();
    let said: Vec<String> = of_level
        .iter()
        .map(|m| {
            let first = if m.reached.median.is_some() { "first in " } else { "" };
            format!("{} {first}{}", share_words(m.share), reached_words(scenario, &results.weeks, m))
        })
        .collect();
    let short = match said.is_empty() {
        true => "no milestone was asked for.".to_string(),
        false => format!("At least one practice: {}.", said.join("; ")),
    };
    let mut more: Vec<String> = at_the_end(results, level).into_iter().collect();
    if level == 3 {
        more.push("At the end of each school year the share steps down: leavers are replaced by newcomers.".into());
    }
    Point { about, tone: Tone::Fact, short, more }
}

fn at_the_end(results: &Results, level: u8) -> Option<String> {
    let end = results.year_ends.last()?;
    let [low, median, high] = if level == 3 { end.using } else { end.routine };
    Some(format!(
        "At the end of {}, {} of the educators {} (8 of 10 runs: {} to {}).",
        end.year,
        percent(median),
        level_words(level),
        percent(low),
        percent(high)
    ))
}

/// Mean share held back by each capacity in each school year, over weeks with school.
pub fn held_by_year(results: &Results) -> Vec<(String, [f64; 5])> {
    let mut years: Vec<(String, [f64; 5], f64)> = Vec::new();
    for (week, date) in results.weeks.iter().enumerate() {
        let weight = results.school_week.get(week).copied().unwrap_or(0.0);
        if weight <= 0.0 {
            continue;
        }
        let id = school_year(*date);
        if years.last().is_none_or(|(last, ..)| *last != id) {
            years.push((id, [0.0; 5], 0.0));
        }
        if let Some((_, sums, total)) = years.last_mut() {
            *total += weight;
            for (sum, held) in sums.iter_mut().zip(&results.district.held_by) {
                *sum += weight * held.get(week).copied().unwrap_or(0.0);
            }
        }
    }
    years.into_iter().map(|(id, sums, total)| (id, sums.map(|s| s / total))).collect()
}

fn held_back(results: &Results) -> Point {
    let largest: Vec<(String, &str, f64)> = held_by_year(results)
        .into_iter()
        .filter_map(|(year, shares)| {
            let most = (0..4).max_by(|a, b| shares[*a].total_cmp(&shares[*b]).then(b.cmp(a)))?;
            (shares[most] > 0.0).then(|| (year, CAPACITIES[most], shares[most]))
        })
        .collect();
    let said = spells(&largest);
    let short = match said.is_empty() {
        true => "Nothing holds anybody back.".to_string(),
        false => format!("{}.", capital(&list(&said))),
    };
    let more = vec![
        "The largest of the four capacities in each school year, with the mean share of educators it holds back."
            .into(),
    ];
    Point { about: "What holds it back", tone: Tone::Fact, short, more }
}

/// Years in a row with the same capacity, said together: `expertise from 2028-29 to 2030-31 (30 % to 1 %)`.
fn spells(largest: &[(String, &str, f64)]) -> Vec<String> {
    let runs = largest.chunk_by(|a, b| a.1 == b.1);
    let say = |run: &[(String, &str, f64)]| match run {
        [] => String::new(),
        [(year, what, part)] => format!("{what} in {year} ({})", percent(*part)),
        [(first, what, from), .., (last, _, to)] => {
            format!("{what} from {first} to {last} ({} to {})", percent(*from), percent(*to))
        }
    };
    runs.map(say).collect()
}

/// A condition on the critical path with the date from which it holds, where it does.
#[derive(Debug, Clone, PartialEq)]
pub struct Critical {
    /// Place of the condition.
    pub node: usize,
    /// Typical date on the latest of the schools for which it is critical; nothing for never.
    pub holds_from: Option<Date>,
}

/// Conditions on the critical path of some school that do not hold on the first day, earliest first.
pub fn critical_path(scenario: &Scenario, outcome: &Outcome) -> Vec<Critical> {
    let mut path = Vec::new();
    for node in 0..outcome.graph.nodes.len() {
        let standings =
            outcome.readiness.schools.iter().filter_map(|s| s.get(node)).filter(|s| s.applies && s.critical);
        let dates: Vec<Option<Date>> = standings.map(|s| s.holds_from).collect();
        let open = dates.iter().any(|d| d.is_none_or(|d| d > scenario.from));
        if !open {
            continue;
        }
        let holds_from = if dates.contains(&None) { None } else { dates.iter().flatten().max().copied() };
        path.push(Critical { node, holds_from });
    }
    path.sort_by_key(|c| (c.holds_from.is_none(), c.holds_from, c.node));
    path
}

fn comes_first(scenario: &Scenario, outcome: &Outcome) -> Point {
    let about = "What comes first";
    let path = critical_path(scenario, outcome);
    let say = |c: &Critical| {
        let title = outcome.graph.nodes.get(c.node).map_or("", |n| n.title.as_str());
        match c.holds_from {
            Some(date) => format!("“{title}” ({})", month(date)),
            None => format!("“{title}” (never within the {})", years_words(scenario)),
        }
    };
    let first: Vec<String> = path.iter().take(3).map(say).collect();
    if first.is_empty() {
        let short = "No open condition stands on the critical path.".to_string();
        return Point { about, tone: Tone::Fact, short, more: Vec::new() };
    }
    let short = format!("{}.", first.join(", then "));
    let more = vec![format!(
        "The critical path has {} that {} open on the first day; a delay of one delays the last practice.",
        counted(path.len(), "condition"),
        if path.len() == 1 { "is" } else { "are" }
    )];
    Point { about, tone: Tone::Fact, short, more }
}

/// Lines that do not pay for all they are asked for, in the year in which most is missing.
fn money_short(scenario: &Scenario, ledger: &Ledger) -> Option<Point> {
    let mut worst: Vec<&LineYear> = Vec::new();
    for row in ledger.lines.iter().filter(|row| row.available < row.asked) {
        match worst.iter_mut().find(|known| known.line == row.line) {
            Some(known) if row.available < known.available => *known = row,
            Some(_) => {}
            None => worst.push(row),
        }
    }
    let say = |row: &&LineYear| {
        let title = scenario.resources.budget.get(row.line).map_or("", |l| l.title.as_str());
        let part = row.available.as_f64() / row.asked.as_f64();
        format!("“{title}” has {} of the {} it pays for in a full year ({})", row.available, row.asked, percent(part))
    };
    let short = format!("{}.", worst.iter().map(say).collect::<Vec<_>>().join("; "));
    let more = vec!["Everything that such a line pays for shrinks alike.".to_string()];
    (!worst.is_empty()).then_some(Point { about: "Money short", tone: Tone::Fact, short, more })
}

fn not_known(scenario: &Scenario, verdicts: &Verdicts) -> Point {
    let worst = worst_by_clause(scenario, verdicts);
    let with = |outcome: Answered| worst.iter().flatten().filter(|v| v.outcome == outcome).count();
    let (words_only, out_of_force) = (with(Answered::NotComputable), with(Answered::NotInForce));
    let assumed = scenario.sources.assumptions.len();
    let mut said = vec![format!("{} {} assumed", counted(assumed, "entry").replace("entrys", "entries"), are(assumed))];
    said.push(format!("{} cannot be computed", counted(words_only, "clause")));
    let never = with(Answered::NotApplicable);
    if never > 0 {
        said.push(format!("{} never {}", counted(never, "clause"), if never == 1 { "applies" } else { "apply" }));
    }
    if out_of_force > 0 {
        said.push(format!("{} {} not in force", counted(out_of_force, "clause"), are(out_of_force)));
    }
    let short = format!("{}.", capital(&list(&said)));
    let more = vec![
        "An assumed entry is one that nobody published: whoever wrote the scenario chose it. All are listed below."
            .into(),
    ];
    Point { about: "Not known", tone: Tone::Fact, short, more }
}

fn are(n: usize) -> &'static str {
    if n == 1 { "is" } else { "are" }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::sample::sample;

    #[test]
    fn a_milestone_that_is_not_reached_says_so() {
        let (scenario, outcome) = sample();
        let weeks = &outcome.results.weeks;
        let said: Vec<String> = outcome.results.milestones.iter().map(|m| reached_words(&scenario, weeks, m)).collect();
        // by hand: week 71 begins 497 days after Monday 2026-06-29, on 2027-11-08
        assert_eq!(said[0], "November 2027 (8 of 10 runs: August 2027 to March 2028)");
        assert_eq!(said[3], "not within the five years (reached in 3 % of runs)");
    }

    #[test]
    fn weeks_without_school_do_not_count_in_what_holds_back() {
        let (_, outcome) = sample();
        let mut results = outcome.results.clone();
        let before = held_by_year(&results);
        for (week, part) in results.school_week.iter().enumerate() {
            if *part == 0.0 {
                results.district.held_by[0][week] = 1.0;
            }
        }
        assert_eq!(held_by_year(&results), before);
    }

    #[test]
    fn an_outcome_without_verdicts_or_milestones_still_answers() {
        let (scenario, mut outcome) = sample();
        outcome.verdicts.list.clear();
        outcome.results.milestones.clear();
        outcome.results.weeks.clear();
        outcome.results.year_ends.clear();
        outcome.readiness.schools.clear();
        let points = answer(&scenario, &outcome);
        assert!(points[0].short.starts_with("No clause could be judged"));
        assert!(points.iter().all(|p| !p.short.is_empty()));
    }
}
