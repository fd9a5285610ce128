//! The first part of the answer: lawful or not, by how many minutes, where, and what saved it.
//!
//! Has clauses and verdicts, gives sentences. Knows no markup.

use crate::clauses::Order;
use crate::clauses::Outcome as Answered;
use crate::clauses::Verdict;
use crate::clauses::Verdicts;
use crate::report::point::Point;
use crate::report::point::Tone;
use crate::report::words::counted;
use crate::report::words::day;
use crate::report::words::list;
use crate::scenario::Scenario;

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

/// Slack in words: `15 min short` of a floor, `15 min over` a cap, `2 days to spare`, `exactly at the limit`.
pub fn slack_words(verdict: &Verdict) -> String {
    let Some(slack) = verdict.slack else { return verdict.outcome.name().to_string() };
    let size = slack.size();
    match slack.amount {
        0 if verdict.outcome == Answered::Fails => "fails".into(),
        0 => "exactly at the limit".into(),
        n if n < 0 && is_above(verdict) => format!("{size} over"),
        n if n < 0 => format!("{size} short"),
        _ => format!("{size} to spare"),
    }
}

/// Whether there is more than the limit: then a cap is missed, and not a floor.
fn is_above(verdict: &Verdict) -> bool {
    verdict.have.zip(verdict.need).is_some_and(|(have, need)| need.is_less_than(have))
}

/// Slack as a part of what is needed, so that a day of minutes and a year of days can be put in order.
fn relative(verdict: &Verdict) -> f64 {
    let need = verdict.need.map_or(1.0, |n| n.as_f64().abs().max(1.0));
    verdict.slack.map_or(f64::INFINITY, |s| s.as_f64() / need)
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

/// Whether every clause holds, and by how much.
pub fn lawful(scenario: &Scenario, verdicts: &Verdicts) -> Point {
    let worst: Vec<&Verdict> = worst_by_clause(scenario, verdicts).into_iter().flatten().collect();
    let with =
        |outcome: Answered| -> Vec<&Verdict> { worst.iter().copied().filter(|v| v.outcome == outcome).collect() };
    let (mut failing, holding) = (with(Answered::Fails), with(Answered::Holds));
    failing.sort_by(|a, b| relative(a).total_cmp(&relative(b)).then(a.clause.cmp(&b.clause)));
    let waived = with(Answered::Waived);
    let judged = failing.len() + holding.len() + waived.len();
    let about = "Law and contract";
    if judged == 0 {
        let short = "No clause could be judged: none applies, is in force and can be computed.".to_string();
        return Point { about, tone: Tone::Fact, short, more: Vec::new() };
    }
    let tightest = tightest_of(&holding).map(|v| format!("Tightest of those that hold: {}", in_full(scenario, v)));
    if failing.is_empty() {
        return with_waived(scenario, all_hold(scenario, verdicts, &holding), &waived);
    }
    let by_kind = fails_by_kind(scenario, &failing);
    let first = failing.first().map(|v| format!(" Worst: {}, {}.", title_of(scenario, v), slack_words(v)));
    let verb = if failing.len() == 1 { "fails" } else { "fail" };
    let stands = how_it_stands(scenario, &failing);
    let of_all = format!("{} of {}", failing.len(), counted(judged, "clause"));
    let short = format!("{stands}: {of_all} {verb} ({by_kind}).{}", first.unwrap_or_default());
    let more = failing.iter().map(|v| in_full(scenario, v)).chain(tightest).collect();
    with_waived(scenario, Point { about, tone: Tone::Fails, short, more }, &waived)
}

/// Adds the clauses that are not met and waived.
fn with_waived(scenario: &Scenario, mut point: Point, waived: &[&Verdict]) -> Point {
    if waived.is_empty() {
        return point;
    }
    let verb = if waived.len() == 1 { "is" } else { "are" };
    point.short.push_str(&format!(" {} {verb} not met and waived.", counted(waived.len(), "further clause")));
    point.more.extend(waived.iter().map(|v| format!("Waived: {}", in_full(scenario, v))));
    point
}

/// The answer when nothing fails: how many clauses have nothing to spare, and the closest of the others.
fn all_hold(scenario: &Scenario, verdicts: &Verdicts, holding: &[&Verdict]) -> Point {
    let nothing_to_spare = |v: &&&Verdict| v.slack.is_some_and(|s| s.amount == 0);
    let at_limit: Vec<&Verdict> = holding.iter().filter(nothing_to_spare).copied().collect();
    let others: Vec<&Verdict> = holding.iter().filter(|v| !nothing_to_spare(v)).copied().collect();
    let is_law = |v: &&Verdict| scenario.clauses.get(v.clause).is_some_and(|c| c.order <= Order::Regulation);
    let of_law: Vec<&Verdict> = others.iter().copied().filter(is_law).collect();
    let closest = tightest_of(&of_law).map(|v| ("law", v)).or(tightest_of(&others).map(|v| ("contract or policy", v)));
    let mut short = match holding.len() {
        0 => "Lawful, as far as computed, by waivers alone".to_string(),
        1 => "Lawful, as far as computed: the one clause holds".to_string(),
        n => format!("Lawful, as far as computed: all {n} clauses hold"),
    };
    match at_limit.len() {
        0 => short.push('.'),
        n => short.push_str(&format!(", {n} exactly at the limit.")),
    }
    if let Some((kind, v)) = closest {
        let closest = if at_limit.is_empty() { "Closest to its limit" } else { "Closest beyond it" };
        short.push_str(&format!(" {closest} in {kind}: “{}”, {}.", title_of(scenario, v), slack_words(v)));
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
        let least =
            uses().min_by(|a, b| a.slack.order(b.slack)).map(|u| format!(", with at least {} to spare", u.slack));
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

/// The answer in a few words, by the highest source that is not met.
fn how_it_stands(scenario: &Scenario, failing: &[&Verdict]) -> &'static str {
    match failing.iter().filter_map(|v| scenario.clauses.get(v.clause)).map(|c| c.order).min() {
        Some(Order::Statute | Order::Regulation) => "Not lawful as it stands",
        Some(Order::Contract | Order::Memorandum) => "Lawful, but not within the contract",
        Some(Order::Policy) | None => "Lawful and within the contract, but against policy",
    }
}

fn fails_by_kind(scenario: &Scenario, failing: &[&Verdict]) -> String {
    let orders = [Order::Statute, Order::Regulation, Order::Contract, Order::Memorandum, Order::Policy];
    let of =
        |order: Order| failing.iter().filter(move |v| scenario.clauses.get(v.clause).is_some_and(|c| c.order == order));
    let parts = orders.iter().map(|o| (of(*o).count(), kind_of_clause(*o))).filter(|(n, _)| *n > 0);
    let parts: Vec<String> = parts.map(|(n, kind)| format!("{n} of {kind}")).collect();
    list(&parts)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clauses::Quantity;
    use crate::clauses::Unit;
    use crate::report::sample::sample;

    #[test]
    fn the_worst_failing_clause_is_named_with_its_shortfall() {
        let (scenario, outcome) = sample();
        let law = lawful(&scenario, &outcome.verdicts);
        assert_eq!(law.tone, Tone::Fails);
        // by hand: 15 of 240 min (6.3 %) is missed by more than 15 of 300 min (5 %)
        assert_eq!(
            law.short,
            "Not lawful as it stands: 2 of 11 clauses fail (1 of law and 1 of contract). Worst: Preparation time in each week, 15 min short."
        );
        assert!(law.more[0].contains("Jay Stream Middle School, teacher, August 31, 2026"), "{}", law.more[0]);
    }

    #[test]
    fn slack_is_said_in_words_with_its_unit() {
        let (_, outcome) = sample();
        let mut verdict = outcome.verdicts.list[0].clone();
        let mut say = |amount: i64, unit: Unit, answered: Answered| {
            (verdict.slack, verdict.outcome) = (Some(Quantity::whole(amount, unit)), answered);
            slack_words(&verdict)
        };
        assert_eq!(say(1_055, Unit::Minutes, Answered::Holds), "1,055 min (17.58 h) to spare");
        assert_eq!(say(-1, Unit::Days, Answered::Fails), "1 day short");
        assert_eq!(say(0, Unit::Blocks, Answered::Holds), "exactly at the limit");
    }
}
