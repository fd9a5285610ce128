//! The chain from a clause to the curve, in words of at most 100 columns.

use crate::adoption::HELD_BY;
use crate::clauses::Outcome;
use crate::ensemble::Difference;
use crate::ensemble::Paired;
use crate::report::words::capital;
use crate::report::words::counted;
use crate::report::words::list;
use crate::report::words::wrap;
use crate::scenario::Scenario;
use crate::scenario::line_of;
use crate::trace::Change;
use crate::trace::ClauseTrace;
use crate::trace::ConditionMoved;
use crate::trace::Downstream;
use crate::trace::FirstFlip;
use crate::trace::HoursOfYear;
use crate::trace::Judged;
use crate::trace::Step;
use crate::trace::Why;
use crate::trace::unit_of_text;
use crate::units::Date;
use crate::units::thousands;

/// The width of a page on a terminal.
const COLUMNS: usize = 100;
/// Where what is said of a link begins.
const INDENT: usize = 14;
/// Reasons and conditions that are shown before the rest are only counted.
const SHOWN: usize = 4;

/// The whole trace.
pub fn clause_in_words(scenario: &Scenario, clause: usize, trace: &ClauseTrace) -> String {
    let spec = &scenario.clauses[clause];
    let line = line_of(&spec.written, &scenario.files).map(|n| format!(", {}:{n}", spec.written.file));
    let mut text = format!("{} ({}{})\n\nAs it is\n", trace.title, trace.clause, line.unwrap_or_default());
    match &trace.now {
        Some(now) => text.push_str(&as_it_is(scenario, trace, now)),
        None => text.push_str(&link("clause", "It was never judged.")),
    }
    text.push_str(&link("readiness", &needed_by(trace)));
    for step in &trace.steps {
        text.push_str(&format!("\n{}\n", heading(scenario, clause, step)));
        text.push_str(&in_words(scenario, trace, step));
    }
    text.push_str(&format!("\n{}", first_flips(scenario, clause, trace)));
    if trace.steps.iter().any(|s| s.downstream.is_some()) {
        text.push_str(&closing(trace));
    }
    text
}

/// One link: its name, then what is said of it, with all lines below each other.
fn link(name: &str, said: &str) -> String {
    let mut text = String::new();
    for (n, line) in wrap(said, COLUMNS - INDENT).into_iter().enumerate() {
        let name = if n == 0 { name } else { "" };
        text.push_str(format!("  {name:<w$}{line}", w = INDENT - 2).trim_end());
        text.push('\n');
    }
    text
}

fn as_it_is(scenario: &Scenario, trace: &ClauseTrace, now: &Judged) -> String {
    let mut text = link("clause", &capital(&judged(scenario, now)));
    for reason in now.reasons.iter().take(SHOWN) {
        text.push_str(&link("", &format!("- {reason}")));
    }
    let measures = trace.measures.as_ref().map(|m| format!("It measures {m}. ")).unwrap_or_default();
    let bells = "No clause moves a bell: the minutes stay, and what is asked of them changes.";
    text.push_str(&link("schedule", &format!("{measures}{bells}")));
    text
}

/// `holds, slack 15 min (315 min against 300 min), 2025-08-25, Oak, grade K`.
fn judged(scenario: &Scenario, judged: &Judged) -> String {
    let slack = judged.slack.map(|s| format!(", slack {s}")).unwrap_or_default();
    let sides = match (judged.have, judged.need) {
        (Some(have), Some(need)) => format!(" ({have} against {need})"),
        _ => String::new(),
    };
    let date = judged.date.map(|d| format!(", {d}")).unwrap_or_default();
    let whose = judged.whose.as_ref().map(|w| format!(", {w}")).unwrap_or_default();
    let school = scenario.district.school(&judged.school).map(|s| scenario.district.schools[s].name.as_str());
    let place = match judged.outcome {
        Outcome::Holds | Outcome::Fails | Outcome::Waived => {
            format!("{date}, {}{whose}", school.unwrap_or(&judged.school))
        }
        Outcome::NotApplicable | Outcome::NotInForce | Outcome::NotComputable => String::new(),
    };
    let n = judged.fails_in.len();
    let fails = if n == 0 { String::new() } else { format!("; it fails in {}", counted(n, "school")) };
    format!("{}{slack}{sides}{place}{fails}.", judged.outcome.name())
}

fn needed_by(trace: &ClauseTrace) -> String {
    match trace.needed_by.as_slice() {
        [] => "No condition needs this clause: whatever its answer, no date moves, and with the dates hours, \
               capacities and the curve stay."
            .to_string(),
        some => format!("Needed by {}, straight or through others: {}.", counted(some.len(), "condition"), list(some)),
    }
}

fn heading(scenario: &Scenario, clause: usize, step: &Step) -> String {
    let words = |units: u32| unit_of_text(&scenario.clauses[clause], units).unwrap_or(format!("{units} units"));
    let first = match step.why {
        Why::FirstThatTurns => ": the smallest change in this direction that turns an answer",
        Why::Asked | Why::Bound => "",
    };
    match step.change {
        Change::Tighter(units) => format!("Tighter by {}{first}", words(units)),
        Change::Looser(units) => format!("Looser by {}{first}", words(units)),
        Change::LeftOut => "Left out altogether: no loosening of it does more".to_string(),
    }
}

fn in_words(scenario: &Scenario, trace: &ClauseTrace, step: &Step) -> String {
    let Some(then) = &step.judged else { return link("clause", &cannot_be_changed(trace)) };
    let mut text = match step.change {
        Change::LeftOut => link("clause", "Nothing is asked."),
        Change::Tighter(_) | Change::Looser(_) => link("clause", &capital(&judged(scenario, then))),
    };
    let Some(downstream) = &step.downstream else {
        text.push_str(&link("downstream", "No date moves; hours, capacities and the curve stay exactly as they are."));
        return text;
    };
    text.push_str(&conditions(scenario, &step.conditions));
    text.push_str(&hours(downstream));
    text.push_str(&held(&downstream.paired));
    text.push_str(&curve(&downstream.paired, "levels", "using"));
    text.push_str(&curve(&downstream.paired, "", "routine"));
    text
}

fn cannot_be_changed(trace: &ClauseTrace) -> String {
    match trace.unit {
        Some(_) => "An amount would leave its range; the clause cannot be changed so far.".to_string(),
        None => "It has no amount that could be changed.".to_string(),
    }
}

fn conditions(scenario: &Scenario, moved: &[ConditionMoved]) -> String {
    if moved.is_empty() {
        return link(
            "readiness",
            "With every duration at its typical value no date moves; in some replicates one does.",
        );
    }
    let mut groups: Vec<&Vec<String>> = Vec::new();
    for one in moved {
        if !groups.contains(&&one.schools) {
            groups.push(&one.schools);
        }
    }
    let mut text = String::new();
    for (n, schools) in groups.into_iter().enumerate() {
        let name = if n == 0 { "readiness" } else { "" };
        let all = schools.len() == scenario.district.schools.len();
        let where_ = if all { "all schools".to_string() } else { list(schools) };
        text.push_str(&link(name, &format!("In {where_}:")));
        let here: Vec<&ConditionMoved> = moved.iter().filter(|m| m.schools == *schools).collect();
        for line in conditions_here(&here) {
            text.push_str(&link("", &format!("- {line}")));
        }
    }
    text
}

/// Dates that move, one a line, then what is on the critical path now and what no longer.
fn conditions_here(moved: &[&ConditionMoved]) -> Vec<String> {
    let date = |date: Option<Date>| date.map_or("never".to_string(), |d| d.to_string());
    let dates = moved.iter().filter(|m| m.now != m.then);
    let mut lines: Vec<String> =
        dates.map(|m| format!("{}: {} -> {}", m.condition, date(m.now), date(m.then))).collect();
    let named = |keep: fn(&ConditionMoved) -> bool| -> Vec<String> {
        moved.iter().filter(|m| keep(m)).map(|m| m.condition.clone()).collect()
    };
    let (joined, left) = (named(|m| !m.critical_now && m.critical_then), named(|m| m.critical_now && !m.critical_then));
    if !joined.is_empty() {
        lines.push(format!("now on the critical path: {}", list(&joined)));
    }
    if !left.is_empty() {
        lines.push(format!("no longer on it: {}", list(&left)));
    }
    lines
}

fn hours(downstream: &Downstream) -> String {
    let row = |what: &str, of: &dyn Fn(&HoursOfYear) -> f64| {
        let both = || downstream.hours_now.iter().zip(&downstream.hours_then);
        if both().all(|(a, b)| of(a) == of(b)) {
            return format!("{what}: as it is in every year.");
        }
        let whole = |hours: f64| thousands(hours.round() as i64);
        let years: Vec<String> =
            both().map(|(a, b)| format!("year {} {} -> {} h", a.year + 1, whole(of(a)), whole(of(b)))).collect();
        format!("{what}: {}", years.join(", "))
    };
    let mut text = link("hours", &row("learning for each educator", &HoursOfYear::learning));
    text.push_str(&link("", &row("help from coaches and other roles", &HoursOfYear::support_of_all)));
    text
}

fn held(paired: &Paired) -> String {
    let change = &paired.held.over_all;
    let each = HELD_BY.iter().enumerate().map(|(place, what)| {
        format!("{what} {:.1} -> {:.1} %", 100.0 * change.baseline[place], 100.0 * change.other[place])
    });
    let most = change.moved_most.map(|what| format!("; {what} moves most")).unwrap_or_default();
    link("capacities", &format!("Educators held back by {}{most}.", each.collect::<Vec<_>>().join(", ")))
}

fn curve(paired: &Paired, name: &str, level: &str) -> String {
    let mut text = String::new();
    let of_level = paired.measures.iter().filter(|m| m.id.starts_with(&format!("{level}-")) && m.id != "using-mean");
    for (n, measure) in of_level.enumerate() {
        let when = measure.id.trim_start_matches(level).trim_start_matches('-');
        let name = if n == 0 { name } else { "" };
        text.push_str(&link(name, &format!("{level} {when:<8} {}", in_points(&measure.difference))));
    }
    text
}

/// `53.1 -> 48.0 %: -5.1 (-5.9 to -4.3; unpaired -8.2 to -2.0), less in 98 %`.
fn in_points(d: &Difference) -> String {
    let interval = |[low, high]: [f64; 2]| format!("{:+.1} to {:+.1}", 100.0 * low, 100.0 * high);
    let sure = match (d.interval, d.unpaired_interval) {
        (Some(paired), Some(unpaired)) => format!(" ({}; unpaired {})", interval(paired), interval(unpaired)),
        _ => String::new(),
    };
    let (word, share) = if d.ahead > d.behind { ("more", d.ahead) } else { ("less", d.behind) };
    let (now, then) = (100.0 * d.baseline, 100.0 * d.other);
    format!("{now:.1} -> {then:.1} %: {:+.1}{sure}, {word} in {:.0} %", 100.0 * d.mean, 100.0 * share)
}

fn first_flips(scenario: &Scenario, clause: usize, trace: &ClauseTrace) -> String {
    if trace.unit.is_none() {
        return String::new();
    }
    let said = |direction: &str, flip: Option<FirstFlip>| match flip {
        None => format!("No {direction} within its range turns an answer in any school."),
        Some(flip) => {
            let unit = unit_of_text(&scenario.clauses[clause], flip.units).unwrap_or_default();
            let tried = if flip.every_value_tried { "every smaller change was tried" } else { "found by halving" };
            format!("The smallest {direction} that turns an answer in some school is {unit} ({tried}).")
        }
    };
    let both = [said("tightening", trace.first_tighter), said("loosening", trace.first_looser)];
    both.iter().flat_map(|said| wrap(said, COLUMNS)).map(|line| format!("{line}\n")).collect()
}

fn closing(trace: &ClauseTrace) -> String {
    let n = trace.replicates;
    let sentence = format!(
        "Dates are those with every duration at its typical value. Hours, capacities and levels are means of \
         {n} replicates, the same luck on both sides. Behind the colon stands the mean difference in percentage \
         points; brackets hold its 90 % interval, paired by Student's t, and unpaired by Welch's; the last figure is the share of replicates that have less or \
         more. `end` is the last week, after the last turnover."
    );
    wrap(&sentence, COLUMNS).into_iter().map(|line| format!("{line}\n")).collect()
}
