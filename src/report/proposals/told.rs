//! How parts of a proposal are told: choices, changes of clauses, objectives.

use crate::candidates::Change;
use crate::candidates::Choice;
use crate::candidates::Found;
use crate::candidates::Objectives;
use crate::clauses::Requirement;
use crate::clauses::Rule;
use crate::clauses::Side;
use crate::clauses::Window;
use crate::propose::Offer;
use crate::propose::differences;
use crate::scenario::Scenario;
use crate::units::Dollars;

/// What moves from the proposal as read, `old -> new`; nothing moves where it is the proposal itself.
pub fn moves(scenario: &Scenario, found: &Found, choice: &Choice) -> Vec<String> {
    differences(scenario, found, choice).into_iter().map(|(axis, old, new)| format!("{axis}: {old} -> {new}")).collect()
}

/// The same with the new values only, in one line.
pub fn values(scenario: &Scenario, found: &Found, choice: &Choice) -> String {
    let all: Vec<String> =
        differences(scenario, found, choice).into_iter().map(|(axis, _, new)| format!("{axis} {new}")).collect();
    if all.is_empty() { "as read".into() } else { all.join(", ") }
}

/// Every axis with its value.
pub fn every_value(scenario: &Scenario, found: &Found, choice: &Choice) -> Vec<(String, String)> {
    let Some(search) = &scenario.search else { return Vec::new() };
    let name = |n: usize| found.space.axes[n].name(search, &scenario.district, &scenario.nodes);
    (0..choice.len()).map(|n| (name(n), found.space.axes[n].value(choice[n]))).collect()
}

/// A change of a clause in its own words and unit: `at most 1 h 30 min a week instead of 1 h 15 min`.
pub fn change(scenario: &Scenario, change: &Change) -> String {
    let (side, window) = match &scenario.clauses[change.clause].rule {
        Rule::Computable { requires: Requirement::Limit(limit), .. } => {
            let side = if limit.side == Side::AtLeast { "at least " } else { "at most " };
            (side, format!(" {}", per(limit.per)))
        }
        Rule::Computable { requires: Requirement::All(_) | Requirement::Any(_), .. } | Rule::NotComputable(_) => {
            ("", String::new())
        }
    };
    format!("{side}{}{window} instead of {}", change.new, change.now)
}

fn per(window: Window) -> String {
    match window {
        Window::Day => "a day".into(),
        Window::Week => "a week".into(),
        Window::FullWeek => "a full week".into(),
        Window::Month => "a month".into(),
        Window::Cycle(n) => format!("in {n} days"),
        Window::Consecutive(n) => format!("in any {n} days"),
        Window::Term => "a term".into(),
        Window::Year => "a school year".into(),
    }
}

/// Thousandths of a minute a week, with a sign.
pub fn a_week(thousandths: i64) -> String {
    format!("{:+.1}", thousandths as f64 / 1_000.0)
}

/// An objective's dollars.
pub fn dollars(objectives: &Objectives) -> String {
    Dollars::from_cents(objectives.cost).to_string()
}

/// The share of educators using the practice at the end, in percent; empty where it was not simulated.
pub fn adoption(offer: &Offer) -> String {
    offer.adoption.map_or_else(String::new, |a| format!("{:.1} %", a.mean * 100.0))
}

/// Offers that are told in words: at most so many, far apart, the proposal as read among them where it is one.
pub fn chosen(found: &Found, offers: &[Offer], n: usize) -> Vec<usize> {
    let vectors: Vec<Vec<i64>> = offers.iter().map(|o| o.objectives.as_more().to_vec()).collect();
    let first: Vec<usize> = offers.iter().position(|o| o.choice == found.space.as_read).into_iter().collect();
    crate::candidates::spread(&vectors, &first, n)
}
