//! Why not yet: what a condition waits for, down to the conditions that nothing else holds up.
//!
//! Has the graph and how everything stands in one school, gives a tree of reasons in words. A reason reads
//! after the name of its condition: `the board approves the plan` + `takes 6 weeks from 2026-08-01`.

use crate::calendar::days_between;
use crate::readiness::Graph;
use crate::readiness::Node;
use crate::readiness::NodeKind;
use crate::readiness::Readiness;
use crate::readiness::Standing;
use crate::readiness::spans::first_from;
use crate::readiness::spans::last_to;
use crate::readiness::spans::stretch_at;
use crate::units::Date;
use std::collections::BTreeSet;

/// Why a condition does not hold on a date, down to the conditions that nothing else holds up.
#[derive(Debug, Clone, PartialEq)]
pub struct WhyNotYet {
    /// The condition, by place.
    pub node: usize,
    /// In words, to be read after the name of the condition: `takes 12 weeks from 2026-09-01`.
    pub reason: String,
    /// The same for each need that does not hold on that date. A condition that several others wait for
    /// is told in full where it first comes up.
    pub because: Vec<WhyNotYet>,
}

/// Says why a condition does not hold in a school on a date; nothing when it does.
pub fn why_not_yet(graph: &Graph, readiness: &Readiness, school: usize, node: usize, date: Date) -> Option<WhyNotYet> {
    let asked = Asked { graph, standings: &readiness.schools[school], date };
    tell(&asked, node, &mut BTreeSet::new())
}

/// The reasons as indented lines for a terminal.
pub fn why_in_words(graph: &Graph, why: &WhyNotYet) -> String {
    let mut text = String::new();
    write_lines(graph, why, 0, &mut text);
    text
}

fn write_lines(graph: &Graph, why: &WhyNotYet, depth: usize, text: &mut String) {
    let node = &graph.nodes[why.node];
    let name = if node.title == node.id { node.id.clone() } else { format!("{} ({})", node.title, node.id) };
    text.push_str(&format!("{:indent$}{name}: {}\n", "", why.reason, indent = 2 * depth));
    for reason in &why.because {
        write_lines(graph, reason, depth + 1, text);
    }
}

struct Asked<'a> {
    graph: &'a Graph,
    standings: &'a [Standing],
    date: Date,
}

fn tell(asked: &Asked, place: usize, told: &mut BTreeSet<usize>) -> Option<WhyNotYet> {
    let standing = &asked.standings[place];
    if stretch_at(&standing.holds, asked.date).is_some() {
        return None;
    }
    let missing = missing_needs(asked, place);
    let reason = reason(asked, place, &missing);
    if !told.insert(place) && !missing.is_empty() {
        return Some(WhyNotYet { node: place, reason: format!("{reason} (told above)"), because: Vec::new() });
    }
    let because = missing.into_iter().filter_map(|need| tell(asked, need, told)).collect();
    Some(WhyNotYet { node: place, reason, because })
}

/// Needs that do not hold on the date, each once, where they could make a difference.
fn missing_needs(asked: &Asked, place: usize) -> Vec<usize> {
    let standing = &asked.standings[place];
    let ended = asked.graph.nodes[place].until.is_some_and(|last| last < asked.date);
    if !standing.applies || ended {
        return Vec::new();
    }
    let open = |need: &usize| {
        asked.standings[*need].applies && stretch_at(&asked.standings[*need].holds, asked.date).is_none()
    };
    let needs: BTreeSet<usize> = asked.graph.nodes[place].needs.iter().map(|need| need.node).collect();
    needs.into_iter().filter(open).collect()
}

fn reason(asked: &Asked, place: usize, missing: &[usize]) -> String {
    let (node, standing, date) = (&asked.graph.nodes[place], &asked.standings[place], asked.date);
    if !standing.applies {
        return "is not about this school".to_string();
    }
    if let Some(last) = node.until.filter(|&last| last < date) {
        return format!("ended on {last}");
    }
    if matches!(node.kind, NodeKind::Clause(_)) && missing.is_empty() {
        return format!("{}{}", clause_fails(standing, date), who_must_act(asked, node));
    }
    match (standing.begins, standing.holds_from) {
        (None, _) => never_begins(asked, node),
        (Some(begins), _) if date < begins => not_begun(node, begins, missing, date),
        (Some(begins), None) => match node.until {
            Some(last) => format!("begins on {begins}, and would not hold by {last}, its last day"),
            None => format!("begins on {begins}, but never comes to hold"),
        },
        (Some(begins), Some(holds)) if date < holds => under_way(asked, node, begins, holds),
        (Some(_), Some(_)) => lapsed(standing, date),
    }
}

/// Who could change a clause that fails, and the conditions by which it would be changed or waived.
fn who_must_act(asked: &Asked, node: &Node) -> String {
    let ways: Vec<&str> = node.instead.iter().map(|i| asked.graph.nodes[i.node].id.as_str()).collect();
    match (ways.as_slice(), node.changed_by) {
        ([], None) => String::new(),
        ([], Some(by)) => format!("; {} must change it, or the schedule changes", by.name()),
        (ways, _) => format!("; {} would lift it", ways.join(" or ")),
    }
}

fn clause_fails(standing: &Standing, date: Date) -> String {
    match (last_to(&standing.holds, date), first_from(&standing.holds, date)) {
        (_, Some(next)) => format!("fails on {date}; does not fail from {next}"),
        (Some(last), None) => format!("fails on {date}; did not fail until {last}"),
        (None, None) => "fails throughout".to_string(),
    }
}

fn never_begins(asked: &Asked, node: &Node) -> String {
    let never = |need: usize| asked.standings[need].applies && asked.standings[need].holds.is_empty();
    let needs: BTreeSet<usize> = node.needs.iter().map(|need| need.node).filter(|&need| never(need)).collect();
    let names: Vec<&str> = needs.iter().map(|&need| asked.graph.nodes[need].id.as_str()).collect();
    match (names.is_empty(), node.not_before) {
        (false, _) => format!("cannot begin: {} never holds", names.join(" and ")),
        (true, Some(earliest)) => {
            format!("cannot begin: from {earliest} on, what it needs never holds all at once")
        }
        (true, None) => "cannot begin: what it needs never holds all at once".to_string(),
    }
}

fn not_begun(node: &Node, begins: Date, missing: &[usize], date: Date) -> String {
    match (missing.is_empty(), node.not_before) {
        (false, _) => format!("cannot begin before {begins}, when everything it needs holds"),
        (true, Some(earliest)) if date < earliest => format!("is not to begin before {earliest}"),
        (true, _) => format!("begins on {begins}"),
    }
}

fn under_way(asked: &Asked, node: &Node, begins: Date, holds: Date) -> String {
    let unbroken = |need: usize| {
        !asked.standings[need].applies
            || stretch_at(&asked.standings[need].holds, begins).is_some_and(|span| span.contains(holds))
    };
    if node.needs.iter().all(|need| unbroken(need.node)) {
        format!("takes {} from {begins}, and holds from {holds}", length(days_between(begins, holds)))
    } else {
        format!("begins on {begins}, but what it needs lapses in between: holds from {holds}")
    }
}

fn lapsed(standing: &Standing, date: Date) -> String {
    let last = last_to(&standing.holds, date).map_or(String::new(), |last| format!("held until {last}, "));
    match first_from(&standing.holds, date) {
        Some(next) => format!("{last}as long as everything it needs did; holds again from {next}"),
        None => format!("{last}as long as everything it needs did; does not hold again"),
    }
}

/// A length of time as people say it.
fn length(days: i64) -> String {
    match (days / 7, days % 7) {
        (1, 0) => "1 week".to_string(),
        (weeks, 0) if weeks > 0 => format!("{weeks} weeks"),
        _ if days == 1 => "1 day".to_string(),
        _ => format!("{days} days"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::readiness::Span;
    use crate::readiness::build;
    use crate::readiness::made;
    use crate::readiness::made::date;
    use crate::readiness::settle;
    use proptest::prelude::*;

    /// 0 clause, 1 board > 2 agreement > 3 release (needs 0 too) > 4 practice (needs 2 too)
    fn release() -> (Graph, Readiness) {
        let mut nodes = made::nodes(&[&[], &[], &[1], &[0, 2], &[3, 2]]);
        for (node, id) in nodes.iter_mut().zip(["clause:hours", "board", "agreement", "release", "practice:goals"]) {
            node.id = id.into();
            node.title = id.into();
        }
        nodes[0].kind = NodeKind::Clause(0);
        nodes[1].title = "The board approves".into();
        nodes[1].not_before = Some(date("2026-08-03"));
        nodes[2].until = Some(date("2027-12-31"));
        let clause = |_: usize, _: usize| {
            let from = date("2026-10-01");
            vec![
                Span { from, until: Some(date("2027-06-30")) },
                Span { from: date("2027-08-01"), until: Some(date("2027-09-30")) },
            ]
        };
        let weeks = [0.0, 6.0, 12.0, 0.0, 0.0];
        let graph = build(&nodes).unwrap();
        let readiness = settle(&graph, 1, made::START, date("2028-06-30"), &clause, &|place| weeks[place]);
        (graph, readiness)
    }

    fn told(day: &str) -> String {
        let (graph, readiness) = release();
        why_not_yet(&graph, &readiness, 0, 4, date(day)).map_or(String::new(), |why| why_in_words(&graph, &why))
    }

    #[test]
    fn the_whole_chain_is_told_and_what_is_shared_only_once() {
        // by hand: 3 August + 6 weeks = 14 September; + 12 weeks = 7 December
        let text = "\
practice:goals: cannot begin before 2026-12-07, when everything it needs holds
  agreement: cannot begin before 2026-09-14, when everything it needs holds
    The board approves (board): takes 6 weeks from 2026-08-03, and holds from 2026-09-14
  release: cannot begin before 2026-12-07, when everything it needs holds
    clause:hours: fails on 2026-08-20; does not fail from 2026-10-01
    agreement: cannot begin before 2026-09-14, when everything it needs holds (told above)
";
        assert_eq!(told("2026-08-20"), text);
    }

    #[test]
    fn what_holds_needs_no_reason() {
        assert_eq!(told("2027-01-04"), "");
    }

    #[test]
    fn a_lapse_is_told_with_the_days_around_it() {
        let text = "\
practice:goals: held until 2027-06-30, as long as everything it needs did; holds again from 2027-08-01
  release: held until 2027-06-30, as long as everything it needs did; holds again from 2027-08-01
    clause:hours: fails on 2027-07-05; does not fail from 2027-08-01
";
        assert_eq!(told("2027-07-05"), text);
        assert!(told("2028-02-01").contains("agreement: ended on 2027-12-31\n"));
    }

    #[test]
    fn before_its_own_date_a_condition_says_that_date() {
        assert!(told("2026-07-06").contains("(board): is not to begin before 2026-08-03\n"));
    }

    proptest! {
        #[test]
        fn there_is_a_reason_exactly_when_it_does_not_hold(rollout in made::any_rollout(8), node in 0usize..8, day in 0i64..500) {
            let graph = build(&rollout.nodes).unwrap();
            let readiness = Readiness { schools: vec![rollout.settle().into()] };
            let date = made::START.checked_add(jiff::Span::new().days(day)).unwrap();
            let why = why_not_yet(&graph, &readiness, 0, node, date);
            let holds = readiness.schools[0][node].holds.iter().any(|span| span.contains(date));
            prop_assert_eq!(why.is_none(), holds);
            if let Some(why) = why {
                prop_assert!(why_in_words(&graph, &why).lines().all(|line| line.contains(": ") && line.len() < 300));
            }
        }
    }
}
