//! The answer in sentences: lawful or not, when, what holds it back, what comes first, what is assumed.
//!
//! Has a scenario and its outcome, gives sentences that the page and the terminal share. Knows no markup.

use crate::clauses::Order;
use crate::clauses::Outcome as Answered;
use crate::clauses::Unit;
use crate::clauses::Verdict;
use crate::clauses::Verdicts;
use crate::ensemble::Milestone;
use crate::ensemble::Results;
use crate::pipeline::Outcome;
use crate::report::words::capital;
use crate::report::words::count;
use crate::report::words::counted;
use crate::report::words::day;
use crate::report::words::list;
use crate::report::words::month;
use crate::report::words::percent;
use crate::report::words::school_year;
use crate::scenario::Scenario;
use crate::units::Date;
use crate::units::thousands;

/// How an answer turned out, for marks beside it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tone {
    /// A clause fails.
    Fails,
    /// Every clause holds.
    Holds,
    /// Something to know.
    Fact,
}

/// One part of the answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Point {
    /// What it is about, in a word or two.
    pub about: &'static str,
    /// How it turned out.
    pub tone: Tone,
    /// The shortest form, for one line or two.
    pub short: String,
    /// Further sentences.
    pub more: Vec<String>,
}

/// The names of the four capacities, in the order of results.
pub const CAPACITIES: [&str; 4] = ["will", "authority", "expertise", "resources"];

/// The answer to the scenario's question, most important part first.
pub fn answer(scenario: &Scenario, outcome: &Outcome) -> Vec<Point> {
    vec![
        lawful(scenario, &outcome.verdicts),
        when_reached(scenario, &outcome.results, 3),
        when_reached(scenario, &outcome.results, 4),
        held_back(&outcome.results),
        comes_first(scenario, outcome),
        not_known(scenario, &outcome.verdicts),
    ]
}

/// A clause with the worst of its verdicts, in the order of clauses; nothing where no verdict was given.
pub fn worst_by_clause<'a>(scenario: &Scenario, verdicts: &'a Verdicts) -> Vec<Option<&'a Verdict>> {
    (0..scenario.clauses.len()).map(|clause| Verdicts::worst(verdicts.of_clause(clause))).collect()
}

/// The word for what a clause belongs to.
pub fn kind_of_clause(order: Order) -> &'static str {
    match order {
        Order::Statute => "law",
        Order::Regulation => "regulation",
        Order::Contract => "contract",
        Order::Memorandum => "memorandum",
        Order::Policy => "board policy",
    }
}

/// Slack in words: `15 min short`, `2 days to spare`, `exactly at the limit`.
pub fn slack_words(verdict: &Verdict) -> String {
    let Some(slack) = verdict.slack else { return verdict.outcome.name().to_string() };
    let unit = match (slack.unit, slack.amount.abs()) {
        (Unit::Minutes, _) => "min",
        (Unit::Days, 1) => "day",
        (Unit::Days, _) => "days",
        (Unit::Blocks, 1) => "block",
        (Unit::Blocks, _) => "blocks",
    };
    match slack.amount {
        0 if verdict.outcome == Answered::Fails => "fails".into(),
        0 => "exactly at the limit".into(),
        n if n < 0 => format!("{} {unit} short", thousands(-n)),
        n => format!("{} {unit} to spare", thousands(n)),
    }
}

/// Slack as a part of what is needed, so that a day of minutes and a year of days can be put in order.
fn relative(verdict: &Verdict) -> f64 {
    let need = verdict.need.map_or(1, |n| n.amount.abs().max(1));
    verdict.slack.map_or(f64::INFINITY, |s| s.amount as f64 / need as f64)
}

fn tightest_of<'a>(worst: &[&'a Verdict]) -> Option<&'a Verdict> {
    worst.iter().copied().min_by(|a, b| relative(a).total_cmp(&relative(b)).then(a.clause.cmp(&b.clause)))
}

fn where_and_when(scenario: &Scenario, verdict: &Verdict) -> String {
    let school = scenario.district.schools.get(verdict.school).map(|s| s.name.clone());
    let whose = verdict.whose.as_ref().map(ToString::to_string);
    let when = verdict.tightest.map(day);
    let parts: Vec<String> = [school, whose, when].into_iter().flatten().collect();
    parts.join(", ")
}

fn in_full(scenario: &Scenario, verdict: &Verdict) -> String {
    let title = title_of(scenario, verdict);
    let place = where_and_when(scenario, verdict);
    let amounts = match (verdict.have, verdict.need) {
        (Some(have), Some(need)) => format!(" (has {have}, limit {need})"),
        _ => String::new(),
    };
    let saved: Vec<String> =
        verdict.uses.iter().map(|u| format!("exception {} on {} days", u.exception, u.days)).collect();
    let saved = if saved.is_empty() { String::new() } else { format!("; uses {}", list(&saved)) };
    format!("{title}: {}{amounts} at {place}{saved}.", slack_words(verdict))
}

fn title_of(scenario: &Scenario, verdict: &Verdict) -> String {
    scenario.clauses.get(verdict.clause).map_or_else(|| "a clause".to_string(), |c| c.title.clone())
}

fn lawful(scenario: &Scenario, verdicts: &Verdicts) -> Point {
    let worst: Vec<&Verdict> = worst_by_clause(scenario, verdicts).into_iter().flatten().collect();
    let with =
        |outcome: Answered| -> Vec<&Verdict> { worst.iter().copied().filter(|v| v.outcome == outcome).collect() };
    let (mut failing, holding) = (with(Answered::Fails), with(Answered::Holds));
    failing.sort_by(|a, b| relative(a).total_cmp(&relative(b)).then(a.clause.cmp(&b.clause)));
    let judged = failing.len() + holding.len();
    let about = "Law and contract";
    if judged == 0 {
        let short = "No clause could be judged: none applies, is in force and can be computed.".to_string();
        return Point { about, tone: Tone::Fact, short, more: Vec::new() };
    }
    let tightest = tightest_of(&holding).map(|v| format!("Tightest of those that hold: {}", in_full(scenario, v)));
    if failing.is_empty() {
        return all_hold(scenario, verdicts, &holding);
    }
    let by_kind = fails_by_kind(scenario, &failing);
    let first = failing.first().map(|v| format!(" Worst: {}, {}.", title_of(scenario, v), slack_words(v)));
    let verb = if failing.len() == 1 { "fails" } else { "fail" };
    let short =
        format!("{} of {} {verb} ({by_kind}).{}", failing.len(), counted(judged, "clause"), first.unwrap_or_default());
    let more = failing.iter().map(|v| in_full(scenario, v)).chain(tightest).collect();
    Point { about, tone: Tone::Fails, short, more }
}

/// The answer when nothing fails: how many clauses have nothing to spare, and the closest of the others.
fn all_hold(scenario: &Scenario, verdicts: &Verdicts, holding: &[&Verdict]) -> Point {
    let nothing_to_spare = |v: &&&Verdict| v.slack.is_some_and(|s| s.amount == 0);
    let at_limit: Vec<&Verdict> = holding.iter().filter(nothing_to_spare).copied().collect();
    let others: Vec<&Verdict> = holding.iter().filter(|v| !nothing_to_spare(v)).copied().collect();
    let is_law = |v: &&Verdict| scenario.clauses.get(v.clause).is_some_and(|c| c.order <= Order::Regulation);
    let of_law: Vec<&Verdict> = others.iter().copied().filter(is_law).collect();
    let closest = tightest_of(&of_law).map(|v| ("law", v)).or(tightest_of(&others).map(|v| ("contract or policy", v)));
    let mut short = format!("All {} hold", counted(holding.len(), "clause"));
    match at_limit.len() {
        0 => short.push('.'),
        n => short.push_str(&format!(", {n} of them exactly at the limit.")),
    }
    if let Some((kind, v)) = closest {
        short.push_str(&format!(" Closest to its limit in {kind}: “{}”, {}.", title_of(scenario, v), slack_words(v)));
    }
    let mut more: Vec<String> = closest.map(|(_, v)| in_full(scenario, v)).into_iter().collect();
    if !at_limit.is_empty() {
        let titles: Vec<String> = at_limit.iter().map(|v| format!("“{}”", title_of(scenario, v))).collect();
        more.push(format!("Exactly at the limit: {}.", list(&titles)));
    }
    more.extend(saved_by_exceptions(scenario, verdicts));
    Point { about: "Law and contract", tone: Tone::Holds, short, more }
}

/// One sentence for each exception that some school relies on: in how many schools, on how many days at most,
/// with how much to spare.
fn saved_by_exceptions(scenario: &Scenario, verdicts: &Verdicts) -> Vec<String> {
    let mut told: Vec<(usize, &str)> = Vec::new();
    let mut sentences = Vec::new();
    for use_of in verdicts.list.iter().flat_map(|v| v.uses.iter().map(move |u| (v.clause, u))) {
        let key = (use_of.0, use_of.1.exception.as_str());
        if told.contains(&key) {
            continue;
        }
        told.push(key);
        let same = |v: &&Verdict| v.clause == key.0 && v.uses.iter().any(|u| u.exception == key.1);
        let relying: Vec<&Verdict> = verdicts.list.iter().filter(same).collect();
        let mut schools: Vec<usize> = relying.iter().map(|v| v.school).collect();
        schools.sort_unstable();
        schools.dedup();
        let uses = || relying.iter().flat_map(|v| &v.uses).filter(|u| u.exception == key.1);
        let days = uses().map(|u| u.days).max().unwrap_or(0);
        let least = uses().min_by_key(|u| u.slack.amount).map(|u| format!(", with at least {} to spare", u.slack));
        let title = scenario.clauses.get(key.0).map_or("", |c| c.title.as_str());
        sentences.push(format!(
            "“{title}”: {} on up to {} a year by exception {}{}.",
            if schools.len() == 1 { "1 school relies".to_string() } else { format!("{} schools rely", schools.len()) },
            counted(days as usize, "day"),
            key.1,
            least.unwrap_or_default()
        ));
    }
    sentences
}

fn fails_by_kind(scenario: &Scenario, failing: &[&Verdict]) -> String {
    let orders = [Order::Statute, Order::Regulation, Order::Contract, Order::Memorandum, Order::Policy];
    let of =
        |order: Order| failing.iter().filter(move |v| scenario.clauses.get(v.clause).is_some_and(|c| c.order == order));
    let parts = orders.iter().map(|o| (of(*o).count(), kind_of_clause(*o))).filter(|(n, _)| *n > 0);
    let parts: Vec<String> = parts.map(|(n, kind)| format!("{n} of {kind}")).collect();
    list(&parts)
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

fn when_reached(scenario: &Scenario, results: &Results, level: u8) -> Point {
    let about = if level == 3 { "Really using it" } else { "Routine" };
    let of_level: Vec<&Milestone> = results.milestones.iter().filter(|m| m.level == level).collect();
    let said: Vec<String> = of_level
        .iter()
        .map(|m| format!("{}: {}", share_words(m.share), reached_words(scenario, &results.weeks, m)))
        .collect();
    let short = match said.is_empty() {
        true => "no milestone was asked for.".to_string(),
        false => capital(&format!("{}.", said.join("; "))),
    };
    let more = at_the_end(results, level).into_iter().collect();
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

fn not_known(scenario: &Scenario, verdicts: &Verdicts) -> Point {
    let worst = worst_by_clause(scenario, verdicts);
    let with = |outcome: Answered| worst.iter().flatten().filter(|v| v.outcome == outcome).count();
    let (words_only, out_of_force) = (with(Answered::NotComputable), with(Answered::NotInForce));
    let assumed = scenario.sources.assumptions.len();
    let mut said = vec![format!("{} {} assumed", counted(assumed, "entry").replace("entrys", "entries"), are(assumed))];
    said.push(format!("{} cannot be computed", counted(words_only, "clause")));
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
    use crate::clauses::Quantity;
    use crate::report::sample::sample;

    #[test]
    fn the_worst_failing_clause_is_named_with_its_shortfall() {
        let (scenario, outcome) = sample();
        let law = &answer(&scenario, &outcome)[0];
        assert_eq!(law.tone, Tone::Fails);
        // by hand: 15 of 240 min (6.3 %) is missed by more than 15 of 300 min (5 %)
        assert_eq!(
            law.short,
            "2 of 11 clauses fail (1 of law and 1 of contract). Worst: Preparation time in each week, 15 min short."
        );
        assert!(law.more[0].contains("Jay Stream Middle School, teacher, August 31, 2026"), "{}", law.more[0]);
    }

    #[test]
    fn slack_is_said_in_words_with_its_unit() {
        let (_, outcome) = sample();
        let mut verdict = outcome.verdicts.list[0].clone();
        let mut say = |amount: i64, unit: Unit, answered: Answered| {
            (verdict.slack, verdict.outcome) = (Some(Quantity { amount, unit }), answered);
            slack_words(&verdict)
        };
        assert_eq!(say(1_055, Unit::Minutes, Answered::Holds), "1,055 min to spare");
        assert_eq!(say(-1, Unit::Days, Answered::Fails), "1 day short");
        assert_eq!(say(0, Unit::Blocks, Answered::Holds), "exactly at the limit");
    }

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
