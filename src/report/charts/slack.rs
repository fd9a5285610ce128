//! Clause slack: one bar a clause, in the clause's own unit and window.

use crate::clauses::Outcome as Answered;
use crate::clauses::Requirement;
use crate::clauses::Rule;
use crate::clauses::Unit;
use crate::clauses::Verdict;
use crate::clauses::Window;
use crate::pipeline::Outcome;
use crate::report::charts::WIDTH;
use crate::report::lawful::kind_of_clause;
use crate::report::lawful::slack_words;
use crate::report::lawful::worst_by_clause;
use crate::report::picture::BLUE;
use crate::report::picture::DARK;
use crate::report::picture::FAINT;
use crate::report::picture::Frame;
use crate::report::picture::GREY;
use crate::report::picture::Hatch;
use crate::report::picture::MARGIN;
use crate::report::picture::Picture;
use crate::report::picture::RED;
use crate::report::picture::WHITE;
use crate::report::picture::words;
use crate::scenario::Scenario;
use std::collections::BTreeMap;

/// Height of a row whose title stands on one line \[px\].
const ROW: f64 = 38.0;
/// Height of a further line of a title \[px\].
const LINE: f64 = 16.0;
/// Room for a title \[px\].
const ROOM: f64 = ZERO - HALF - MARGIN - 14.0;
const ZERO: f64 = 520.0;
const HALF: f64 = 175.0;

/// Bars from zero: to the right what a clause has to spare, to the left by how much it is missed.
pub fn slack(scenario: &Scenario, outcome: &Outcome) -> Picture {
    let how = "One bar a clause, at its worst school, grade or role, and school year. Right: to spare. Left, hatched: missed. \
               Each group of bars has its own scale.";
    let (mut picture, top) = Picture::titled("clauses", "How close each clause is to its limit", how, WIDTH);
    let worst = worst_by_clause(scenario, &outcome.verdicts);
    let mut groups: BTreeMap<(Unit, u32, String), Vec<&Verdict>> = BTreeMap::new();
    let mut others: Vec<(usize, &str)> = Vec::new();
    for (clause, verdict) in worst.iter().enumerate() {
        let measured = verdict.filter(|v| matches!(v.outcome, Answered::Holds | Answered::Fails));
        match measured.and_then(|v| v.slack.map(|s| (v, s.unit))) {
            Some((verdict, unit)) => {
                let (rank, per) = window(&scenario.clauses[clause].rule);
                groups.entry((unit, rank, format!("{} {per}", unit_words(unit)))).or_default().push(verdict);
            }
            None => others.push((clause, verdict.map_or("not judged", |v| v.outcome.name()))),
        }
    }
    let mut y = top + 12.0;
    for ((.., heading), verdicts) in &groups {
        y = group(&mut picture, scenario, heading, verdicts, y);
    }
    y = unmeasured(&mut picture, scenario, &others, y);
    picture.height = y + 8.0;
    let said: Vec<String> =
        worst.iter().flatten().map(|v| format!("{}: {}", scenario.clauses[v.clause].title, slack_words(v))).collect();
    picture.description = format!("Slack of each clause at its tightest. {}.", said.join("; "));
    picture
}

fn unit_words(unit: Unit) -> &'static str {
    match unit {
        Unit::Minutes => "Minutes",
        Unit::Days => "Days",
        Unit::Blocks => "Blocks of time",
        Unit::Clock => "Times of day",
        Unit::PerOne => "Heads for each one",
        Unit::Share => "Shares",
        Unit::Dollars => "Dollars",
    }
}

/// The window of a rule's limits, when they share one, with its order on the chart.
fn window(rule: &Rule) -> (u32, String) {
    let mut windows = Vec::new();
    if let Rule::Computable { requires, .. } = rule {
        collect(requires, &mut windows);
    }
    windows.dedup();
    match windows.as_slice() {
        [Window::Day] => (0, "per day".into()),
        [Window::Week] => (1, "per week".into()),
        [Window::Cycle(days)] => (2 + days, format!("per {days} days")),
        [Window::Consecutive(days)] => (500 + days, format!("per any {days} consecutive days")),
        [Window::Month] => (400, "per month".into()),
        [Window::Term] => (401, "per term".into()),
        [Window::Year] => (402, "per school year".into()),
        _ => (403, "per window of the clause".into()),
    }
}

fn collect(requirement: &Requirement, windows: &mut Vec<Window>) {
    match requirement {
        Requirement::Limit(limit) => windows.push(limit.per),
        Requirement::All(parts) | Requirement::Any(parts) => parts.iter().for_each(|p| collect(p, windows)),
    }
}

fn group(picture: &mut Picture, scenario: &Scenario, heading: &str, verdicts: &[&Verdict], top: f64) -> f64 {
    picture.text((MARGIN, top), words(heading).size(13.0).strong().ink(GREY));
    let rule = MARGIN + words(heading).size(13.0).strong().width() + 10.0;
    picture.line(vec![(rule, top), (picture.width - MARGIN, top)], FAINT, 1.0);
    let amount = |v: &Verdict| v.slack.map_or(0.0, |s| s.as_f64());
    let most = verdicts.iter().map(|v| amount(v).abs()).fold(f64::EPSILON, f64::max);
    let (first, mut last) = (top + 14.0, top + 14.0);
    for verdict in verdicts {
        let height = name(picture, scenario, verdict.clause, last);
        let end = ZERO + HALF * amount(verdict) / most;
        bar(picture, verdict, end, last + height / 2.0);
        last += height;
    }
    picture.line(vec![(ZERO, first), (ZERO, last)], DARK, 1.2);
    last + 14.0
}

/// Writes a clause's title on one or two lines, with its section below; gives the height of the row.
fn name(picture: &mut Picture, scenario: &Scenario, clause: usize, top: f64) -> f64 {
    let Some(clause) = scenario.clauses.get(clause) else { return ROW };
    let mut lines = words(&clause.title).size(13.0).lines(ROOM);
    if lines.len() > 2 {
        let rest: Vec<String> = lines.drain(1..).map(|l| l.text).collect();
        lines.push(words(rest.join(" ")).size(13.0));
    }
    let mut y = top + 11.0;
    for line in lines {
        picture.text((MARGIN, y), line.fit(ROOM));
        y += LINE;
    }
    let kind = format!("{}, {}", kind_of_clause(clause.order), clause.section);
    picture.text((MARGIN, y), words(kind).size(11.0).ink(GREY).fit(ROOM));
    y + 11.0 - top
}

fn bar(picture: &mut Picture, verdict: &Verdict, end: f64, middle: f64) {
    let frame = Frame { left: end.min(ZERO), top: middle - 9.0, right: end.max(ZERO), bottom: middle + 9.0 };
    let fails = verdict.outcome == Answered::Fails;
    if fails {
        picture.fill(frame, RED.thin(0.25));
        picture.hatch(frame, Hatch::Rising, RED, 5.0, |_, _| true);
        picture.edge(frame, RED, 1.2);
    } else if frame.width() < 1.0 {
        let diamond = vec![(ZERO, middle - 7.0), (ZERO + 7.0, middle), (ZERO, middle + 7.0), (ZERO - 7.0, middle)];
        picture.area(diamond.clone(), WHITE);
        picture.line([diamond.clone(), vec![diamond[0]]].concat(), BLUE, 2.0);
    } else {
        picture.fill(frame, BLUE.thin(0.75));
    }
    let text = if fails { format!("FAILS: {}", slack_words(verdict)) } else { slack_words(verdict) };
    let label = words(text).size(12.0);
    let right = ZERO.max(end) + 12.0;
    picture.text((right, middle), if fails { label.strong().ink(RED) } else { label }.fit(picture.width - right - 4.0));
}

fn unmeasured(picture: &mut Picture, scenario: &Scenario, others: &[(usize, &str)], top: f64) -> f64 {
    if others.is_empty() {
        return top;
    }
    picture.text((MARGIN, top), words("Without a bar").size(13.0).strong().ink(GREY));
    let mut y = top + 14.0;
    for (clause, why) in others {
        let height = name(picture, scenario, *clause, y);
        picture.text((ZERO + 12.0, y + height / 2.0), words(*why).size(12.0).ink(GREY));
        y += height;
    }
    y
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::picture::Mark;
    use crate::report::sample::sample;

    #[test]
    fn a_failing_clause_is_told_in_words_and_drawn_to_the_left() {
        let (scenario, outcome) = sample();
        let picture = slack(&scenario, &outcome);
        let failing: Vec<&str> =
            picture.texts().map(|(_, w)| w.text.as_str()).filter(|t| t.starts_with("FAILS")).collect();
        assert_eq!(failing, ["FAILS: 15 min short", "FAILS: 15 min short"]);
        let left = |m: &&Mark| matches!(m, Mark::Area(points, _) if points.iter().any(|p| p.0 < ZERO - 10.0));
        assert_eq!(picture.marks.iter().filter(left).count(), 2);
    }

    #[test]
    fn the_longest_bar_of_a_group_fills_its_half() {
        let (scenario, outcome) = sample();
        let picture = slack(&scenario, &outcome);
        // by hand: 1,055 min a year is the only bar of its group, so it ends at 520 + 175
        let longest =
            |m: &&Mark| matches!(m, Mark::Area(points, _) if points.iter().any(|p| (p.0 - 695.0).abs() < 1e-9));
        assert!(picture.marks.iter().any(|m| longest(&m)));
    }
}
