//! What a scenario means to the program: everything that is reckoned with, and nothing that is only told.
//!
//! Has a scenario that was checked, gives a text; two scenarios with the same text answer the same. Titles, names,
//! texts, sources and places are left out, and bell schedules that never ring.

use crate::pipeline::Checked;
use crate::scenario::Scenario;
use crate::timetable::Timetable;
use std::fmt::Debug;
use std::fmt::Write;

/// Fields that only tell something.
const TOLD: [&str; 8] = ["written", "title", "name", "text", "note", "source", "strengths", "section"];

/// Everything that is reckoned with.
pub fn meaning(scenario: &Scenario, checked: &Checked) -> String {
    let mut text = String::new();
    let Scenario { from, school_years, seed, goal, closures, resources, rules, district, calendars, .. } = scenario;
    add(&mut text, &(from, school_years, seed, goal));
    add(&mut text, closures);
    add(&mut text, resources);
    add(&mut text, rules);
    add(&mut text, &checked.graph.nodes);
    add(&mut text, &district.roles);
    for school in &district.schools {
        add(&mut text, &(&school.id, &school.state, school.level, &school.grades, &school.pupils, &school.positions));
        add(&mut text, &(school.team_size, school.leaders_support, school.families_support));
    }
    for calendar in calendars {
        add(&mut text, &calendar.years.iter().map(|y| y.emergency_days).collect::<Vec<_>>());
    }
    add_timetable(&mut text, &checked.timetable);
    add_verdicts(&mut text, scenario, checked);
    text
}

fn add(text: &mut String, value: &impl Debug) {
    text.push_str(&without_told(&format!("{value:?}")));
    text.push('\n');
}

/// What rings on each day, whatever the schedule is called.
fn add_timetable(text: &mut String, timetable: &Timetable) {
    let rings: Vec<String> =
        timetable.schedules.iter().map(|s| without_told(&format!("{:?} {:?}", s.pupils, s.staff))).collect();
    // Schedules are numbered by what they ring, in the order in which they first do.
    let mut known: Vec<&str> = Vec::new();
    for year in timetable.schools.iter().flat_map(|s| &s.years) {
        let _ = write!(text, "{} {:?}", year.id, year.terms);
        for day in &year.days {
            let number = day.schedule.map(|s| {
                let ring = rings[s].as_str();
                known.iter().position(|k| *k == ring).unwrap_or_else(|| {
                    known.push(ring);
                    known.len() - 1
                })
            });
            let _ = write!(text, " {}{:?}{number:?}", day.date, day.kind);
        }
        text.push('\n');
    }
    text.push_str(&known.join("\n"));
}

fn add_verdicts(text: &mut String, scenario: &Scenario, checked: &Checked) {
    for verdict in &checked.verdicts.list {
        let clause = &scenario.clauses[verdict.clause].id;
        let _ = writeln!(
            text,
            "{clause} {} {:?} {} {:?} {:?} {:?} {:?}",
            verdict.school, verdict.whose, verdict.year, verdict.outcome, verdict.have, verdict.need, verdict.slack
        );
    }
    for risk in &checked.at_risk {
        let _ = writeln!(text, "{} {} {:?} {:?}", risk.clause, risk.year, risk.school, risk.dollars);
    }
}

/// A value as the compiler's debug form has it, without the fields that only tell something.
fn without_told(debug: &str) -> String {
    let mut out = String::with_capacity(debug.len());
    let mut rest = debug;
    while let Some((at, length)) = next_told(rest) {
        out.push_str(&rest[..at]);
        let value = &rest[at + length..];
        rest = &value[end_of_value(value)..];
    }
    out.push_str(rest);
    out
}

/// Where the next such field begins, and how long its name is with the colon.
fn next_told(text: &str) -> Option<(usize, usize)> {
    let begins = |field: &str| {
        let mark = format!("{field}: ");
        let found = text.match_indices(&mark).map(|(at, _)| at).find(|at| text[..*at].ends_with([' ', '{']));
        found.map(|at| (at, mark.len()))
    };
    TOLD.iter().filter_map(|field| begins(field)).min()
}

/// The byte after a value: the comma or bracket that ends it.
fn end_of_value(text: &str) -> usize {
    let (mut depth, mut quoted, mut escaped) = (0usize, false, false);
    for (at, c) in text.char_indices() {
        if quoted {
            quoted = c != '"' || escaped;
            escaped = c == '\\' && !escaped;
            continue;
        }
        match c {
            '"' => quoted = true,
            '(' | '[' | '{' => depth += 1,
            ')' | ']' | '}' | ',' if depth == 0 => return at,
            ')' | ']' | '}' => depth -= 1,
            _ => {}
        }
    }
    text.len()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::findings::Place;

    #[derive(Debug)]
    #[expect(dead_code, reason = "only its debug form is read")]
    struct Line {
        id: &'static str,
        title: &'static str,
        dollars: Vec<u32>,
        written: Place,
        years: u32,
    }

    #[test]
    fn titles_and_places_are_left_out_and_nothing_else() {
        let line =
            |title, dollars| Line { id: "a", title, dollars: vec![dollars], written: Place::nowhere(), years: 3 };
        let of = |title, dollars| without_told(&format!("{:?}", line(title, dollars)));
        assert_eq!(of("Grant, \"renewed\" {", 5), of("Another", 5));
        assert_ne!(of("Grant", 5), of("Grant", 6));
        assert_eq!(of("x", 5), "Line { id: \"a\", , dollars: [5], , years: 3 }");
    }
}
