//! What `propose` prints: readable in a hundred columns.

use crate::candidates::Concession;
use crate::candidates::Count;
use crate::candidates::Found;
use crate::candidates::Near;
use crate::candidates::Objectives;
use crate::candidates::Set;
use crate::candidates::axes::EVERY;
use crate::candidates::axes::RELEASE;
use crate::propose::Proposed;
use crate::report::proposals::told;
use crate::report::words::counted;
use crate::report::words::list;
use crate::report::words::wrap;
use crate::scenario::Scenario;
use crate::units::thousands;

/// Candidates of the frontier, and concessions, that are told in words; all of them stand in the tables.
const TOLD: usize = 12;

/// Characters of a line.
const WIDTH: usize = 98;

/// Everything that was found, in words.
pub fn text(scenario: &Scenario, proposed: &Proposed, replicates: u32) -> String {
    let parts = [
        space(scenario, &proposed.found),
        as_read(scenario, proposed),
        region(scenario, &proposed.found),
        frontier(scenario, proposed, replicates),
        concessions(scenario, &proposed.found),
        conflicts(scenario, &proposed.found),
    ];
    format!("{}\n{}", scenario.title, parts.concat())
}

fn number(n: u64) -> String {
    thousands(i64::try_from(n).unwrap_or(i64::MAX))
}

/// A paragraph with lines that are not too long, each with so many blanks before it.
fn paragraph(words: &str, indent: usize) -> String {
    let blanks = " ".repeat(indent);
    wrap(words, WIDTH - indent).iter().map(|line| format!("{blanks}{line}\n")).collect()
}

fn space(scenario: &Scenario, found: &Found) -> String {
    let Some(search) = &scenario.search else { return String::new() };
    let axes = found.space.axes.iter().filter(|a| a.len() > 1);
    let each: Vec<String> =
        axes.map(|a| format!("{} {}", a.name(search, &scenario.district, &scenario.nodes), a.len())).collect();
    let seen = if found.is_exhaustive() {
        format!("exhaustive: all {} candidates are judged against every clause.", number(found.n_candidates))
    } else {
        format!(
            "a sample: {} of {} candidates ({:.2} %) are judged against every clause. What is told holds for these; of \
             the others only this is known: no candidate has more than {:.1} min of development a week.",
            number(found.n_seen),
            number(found.n_candidates),
            found.n_seen as f64 / found.n_candidates as f64 * 100.0,
            found.most_development as f64 / found.educator_weeks.max(1) as f64,
        )
    };
    let text = paragraph(&format!("Values by axis, those as read included: {}.", each.join(", ")), 0);
    format!("{text}{}", paragraph(&format!("Search {seen}"), 0))
}

fn as_read(scenario: &Scenario, proposed: &Proposed) -> String {
    let found = &proposed.found;
    let mut text = String::from("\nThe proposal as read\n");
    if !proposed.as_read_is_candidate {
        text.push_str(&paragraph(
            "It is not itself a candidate: its days or start times are not those of any choice. What moves is counted from the choice nearest to it.",
            2,
        ));
    }
    if proposed.as_read_fails.is_empty() {
        text.push_str("  It fails no clause.\n");
        return text;
    }
    text.push_str(&paragraph(
        &format!("It fails {}. Unmoved, it would be lawful with:", counted(proposed.as_read_fails.len(), "clause")),
        2,
    ));
    for change in &proposed.as_read_fails {
        let id = &scenario.clauses[change.clause].id;
        text.push_str(&paragraph(&format!("{id}: {}", told::change(scenario, change)), 4));
    }
    text.push_str(&match &found.nearest {
        Some(near) => nearest(scenario, found, near, "The least change that makes it lawful"),
        None => paragraph("No candidate is lawful.", 2),
    });
    text
}

fn nearest(scenario: &Scenario, found: &Found, near: &Near, what: &str) -> String {
    let moves = told::moves(scenario, found, &near.choice);
    if moves.is_empty() {
        return paragraph(&format!("{what}: none."), 2);
    }
    let ties = match near.n_as_near {
        1 => "no other candidate is as near".to_string(),
        n => format!("{} candidates are as near, this is the first of them", number(n)),
    };
    let axes = if near.axes == 1 { "1 axis".to_string() } else { format!("{} axes", near.axes) };
    let size = format!("{axes} moved, {}", counted(near.steps as usize, "step"));
    paragraph(&format!("{what} ({size}; {ties}): {}.", moves.join("; ")), 2)
}

fn share(count: Count) -> String {
    match (count.lawful, count.all) {
        (_, 0) => "-".into(),
        (0, _) => "none".into(),
        (lawful, all) if lawful == all => "all".into(),
        (lawful, all) => {
            let percent = lawful as f64 / all as f64 * 100.0;
            if percent < 1.0 { "< 1 %".into() } else { format!("{percent:.0} %") }
        }
    }
}

fn region(scenario: &Scenario, found: &Found) -> String {
    let total = found.region.total;
    let of_all = |n: u64| format!("{} of {}", number(n), number(total.all));
    let mut text = format!("\nThe lawful region: {} candidates fail no clause\n", of_all(total.lawful));
    let Some(search) = &scenario.search else { return text };
    if !search.keeps.is_empty() {
        let words = format!(
            "The goals to keep: {}. {} candidates keep them, {} of those are lawful.",
            list(&search.keeps.words()),
            number(found.n_keeping),
            number(total.keeping)
        );
        text.push_str(&paragraph(&words, 2));
    }
    let every = &found.space.axes[EVERY];
    let heads: Vec<String> = (0..every.len()).map(|n| format!("{:>18}", every.value(n))).collect();
    text.push_str(&format!("  {:<14}{}\n", "lawful share", heads.concat()));
    for (n, counts) in found.region.by_release_and_every.iter().enumerate() {
        let cells: Vec<String> = counts.iter().map(|c| format!("{:>18}", share(*c))).collect();
        text.push_str(&format!(
            "  {:<14}{}\n",
            format!("release {}", found.space.axes[RELEASE].value(n)),
            cells.concat()
        ));
    }
    for (axis, counts) in found.space.axes.iter().zip(&found.region.by_axis).skip(1).filter(|(a, _)| a.len() > 1) {
        let each: Vec<String> =
            counts.iter().enumerate().map(|(n, c)| format!("{} {}", axis.value(n), share(*c))).collect();
        let name = axis.name(search, &scenario.district, &scenario.nodes);
        text.push_str(&paragraph(&format!("{name}: {}.", each.join(", ")), 2));
    }
    text
}

fn frontier(scenario: &Scenario, proposed: &Proposed, replicates: u32) -> String {
    let Proposed { found, offers, .. } = proposed;
    let mut text = String::from("\nThe frontier: lawful candidates that no other equals in all and exceeds in one\n");
    if offers.is_empty() {
        text.push_str("  There is none: no candidate is lawful.\n");
        return text;
    }
    let exact = if found.is_exhaustive() {
        "exact over all lawful candidates"
    } else {
        "over the lawful candidates of the sample"
    };
    let mut words = format!(
        "{} that no other with the same roles and dates exceeds in what is reckoned ({exact}).",
        counted(proposed.n_frontier, "candidate")
    );
    let exceeded = number(proposed.n_dominated as u64);
    if proposed.n_simulated > 0 {
        let spread = if proposed.n_simulated < proposed.n_frontier { ", far apart from one another," } else { "" };
        words.push_str(&format!(
            " {}{spread} were simulated in {}, {} each under the same luck; once adoption counts, {exceeded} of them are exceeded by another and left out.",
            number(proposed.n_simulated as u64),
            counted(proposed.n_distinct, "different rollout"),
            counted(replicates as usize, "replicate"),
        ));
    } else {
        words.push_str(&format!(" Without adoption {exceeded} of them are exceeded by another and left out."));
    }
    text.push_str(&paragraph(&words, 2));
    text.push_str(&offers_told(scenario, proposed));
    text
}

/// A row for each of the candidates that are told, and what moves in each.
fn offers_told(scenario: &Scenario, proposed: &Proposed) -> String {
    let Proposed { found, offers, .. } = proposed;
    let chosen = told::chosen(found, offers, TOLD);
    let mut text = String::new();
    if chosen.len() < offers.len() {
        let words = format!("{} of {}, far apart; frontier.csv has all:", chosen.len(), offers.len());
        text.push_str(&paragraph(&words, 2));
    }
    text.push_str("      development  longest day  cost a year  staff, worst  pupils, worst  using at end\n");
    text.push_str("       min a week          min      dollars    min a week     min a week\n");
    let row = |head: String, o: &Objectives, adoption: String| {
        format!(
            "{head:>5}{:>12.1}{:>13}{:>13}{:>14}{:>15}{adoption:>14}\n",
            found.development_per_week(o),
            o.longest,
            told::dollars(o).trim_start_matches('$'),
            told::a_week(o.staff),
            told::a_week(o.pupils)
        )
    };
    let read = proposed.as_read_adoption.map_or_else(String::new, |a| format!("{:.1} %", a.mean * 100.0));
    text.push_str(&row("read".into(), &found.as_read, read));
    for place in &chosen {
        text.push_str(&row((place + 1).to_string(), &offers[*place].objectives, told::adoption(&offers[*place])));
    }
    text.push_str("  What moves in each:\n");
    for place in &chosen {
        let values = told::values(scenario, found, &offers[*place].choice);
        text.push_str(&paragraph(&format!("{}: {values}", place + 1), 4));
    }
    let read_as = "Staff and pupils: the least change, over schools and roles or grades, of own minutes (preparation and \
                   duty-free lunch, less a longer workday) and of instruction, against the proposal as read.";
    text.push_str(&paragraph(read_as, 2));
    text
}

fn concessions(scenario: &Scenario, found: &Found) -> String {
    let Some(search) = &scenario.search else { return String::new() };
    let goals = if search.keeps.is_empty() { "some candidate" } else { "some candidate that keeps the goals" };
    let mut text = format!("\nThe smallest concessions that make {goals} lawful\n");
    if found.n_keeping == 0 {
        text.push_str("  No candidate keeps the goals, whatever the clauses say.\n");
    } else if found.concessions.is_empty() {
        text.push_str("  None is needed.\n");
        if let Some(near) = found.nearest_keeping.as_ref() {
            text.push_str(&nearest(scenario, found, near, "The nearest lawful candidate that keeps the goals"));
        }
    }
    for concession in found.concessions.iter().take(TOLD) {
        text.push_str(&one_concession(scenario, found, concession));
    }
    if found.concessions.len() > TOLD {
        text.push_str(&paragraph(&format!("{} of {}; concessions.csv has all.", TOLD, found.concessions.len()), 2));
    }
    text
}

fn one_concession(scenario: &Scenario, found: &Found, concession: &Concession) -> String {
    let told = concession
        .way
        .changes
        .iter()
        .map(|c| format!("{} ({})", told::change(scenario, c), scenario.clauses[c.clause].id));
    let changes: Vec<String> = told.collect();
    let n = concession.way.n_candidates;
    let example = told::values(scenario, found, &concession.example);
    let mut text = paragraph(&format!("- {}", changes.join("; ")), 2);
    text.push_str(&paragraph(&format!("for {} of the candidates, such as: {example}", number(n)), 4));
    text
}

fn conflicts(scenario: &Scenario, found: &Found) -> String {
    let mut text = String::from("\nClauses that no candidate satisfies together\n");
    let ids = |set: &Set| -> String { list(&set.iter().map(|c| scenario.clauses[c].id.clone()).collect::<Vec<_>>()) };
    let mut told = |what: &str, sets: &[Set]| {
        if sets.is_empty() {
            text.push_str(&paragraph(&format!("{what}: none."), 2));
            return;
        }
        let each: Vec<String> = sets.iter().take(TOLD).map(ids).collect();
        text.push_str(&paragraph(&format!("{what}: {}.", each.join("; or ")), 2));
    };
    told("Among all candidates", &found.conflicts_of_all);
    if scenario.search.as_ref().is_some_and(|s| !s.keeps.is_empty()) && found.n_keeping > 0 {
        told("Among candidates that keep the goals", &found.conflicts);
    }
    text
}
