//! The parts of the page about conditions, time and money.

use crate::bells::Kind;
use crate::bells::minutes_by_kind;
use crate::ensemble::ConditionDates;
use crate::ledger::StaffYear;
use crate::ledger::minute_costs;
use crate::pipeline::Outcome;
use crate::report::page::Column;
use crate::report::page::Column::Numbers;
use crate::report::page::Column::Words;
use crate::report::page::Drawn;
use crate::report::page::figure;
use crate::report::page::figures;
use crate::report::page::gains_money::own_care;
use crate::report::page::gains_money::own_minute_costs;
use crate::report::page::part;
use crate::report::page::school_name;
use crate::report::page::table;
use crate::report::picture::plain;
use crate::report::side;
use crate::report::words::counted;
use crate::report::words::list;
use crate::report::words::month;
use crate::report::words::percent;
use crate::scenario::Scenario;
use crate::units::Date;
use maud::Markup;
use maud::PreEscaped;
use maud::html;

/// Conditions with their dates and the drawing of what needs what.
pub fn readiness(scenario: &Scenario, outcome: &Outcome, graph_svg: &str) -> Markup {
    let columns = [
        Words("Condition"),
        Words("Schools"),
        Words("Needs"),
        Words("Holds from (half of the runs)"),
        Words("Earliest and latest tenth"),
        Numbers("Critical in"),
    ];
    html! {
        (part("readiness"))
        p { "From when each condition holds. A condition is critical in a run when the last practice begins later if it is late." }
        @if !graph_svg.is_empty() {
            figure class="wide" {
                div class="graph scroll" tabindex="0" role="region" aria-label="What needs what first" { (PreEscaped(graph_svg)) }
                figcaption { "What needs what first. The same in words stands in the table below; the picture is also in " code { "graph.svg" } " and " code { "graph.png" } "." }
            }
        }
        (table("Conditions and the dates from which they hold", &columns, html! {
            @for (dates, schools) in same_dates(outcome) { (condition(scenario, outcome, &dates, &schools)) }
        }))
        @let alone = (0..outcome.graph.nodes.len()).filter(|n| stands_alone(outcome, *n)).count();
        @if alone > 0 { p class="small" { "Not in the table: " (counted(alone, "condition")) " that nothing needs and that need nothing, clauses for the most part; all are in " code { "tables/readiness.csv" } "." } }
    }
}

/// Whether nothing needs a condition and it needs nothing: its dates then say nothing about the rollout.
fn stands_alone(outcome: &Outcome, node: usize) -> bool {
    let nodes = &outcome.graph.nodes;
    let needed = nodes.iter().any(|n| n.comes_after().any(|(before, _)| before == node));
    !needed && nodes.get(node).is_none_or(|n| n.comes_after().next().is_none())
}

/// Conditions with the schools in which they have the same dates; of these, the one that is critical most often.
fn same_dates(outcome: &Outcome) -> Vec<(ConditionDates, Vec<usize>)> {
    let mut found: Vec<(ConditionDates, Vec<usize>)> = Vec::new();
    for dates in outcome.results.conditions.iter().filter(|d| !stands_alone(outcome, d.node)) {
        match found.iter_mut().find(|(d, _)| d.node == dates.node && d.holds_from == dates.holds_from) {
            Some((first, schools)) => {
                first.critical = first.critical.max(dates.critical);
                schools.push(dates.school);
            }
            None => found.push((dates.clone(), vec![dates.school])),
        }
    }
    found.sort_by_key(|(d, schools)| (d.node, schools.first().copied()));
    found
}

/// Schools in few words: all, all but a few, or their names.
fn schools_in_words(scenario: &Scenario, schools: &[usize]) -> String {
    let all = scenario.district.schools.len();
    let name = |s: &usize| school_name(scenario, *s).to_string();
    let missing: Vec<usize> = (0..all).filter(|s| !schools.contains(s)).collect();
    match (missing.len(), schools.len()) {
        (0, _) => "all".to_string(),
        (m, n) if m <= 2 && n > 2 => format!("all but {}", list(&missing.iter().map(name).collect::<Vec<_>>())),
        _ => list(&schools.iter().map(name).collect::<Vec<_>>()),
    }
}

fn condition(scenario: &Scenario, outcome: &Outcome, dates: &ConditionDates, schools: &[usize]) -> Markup {
    let Some(node) = outcome.graph.nodes.get(dates.node) else { return html! {} };
    let needs: Vec<String> =
        node.comes_after().filter_map(|(before, _)| outcome.graph.nodes.get(before)).map(|n| n.title.clone()).collect();
    let named = schools_in_words(scenario, schools);
    let when = |date: Option<Date>| date.map_or_else(|| "never".to_string(), month);
    html! {
        tr {
            th scope="row" { (node.title) br; span class="small" { (node.kind.name()) ", " (node.area.name()) } }
            td { (named) }
            td { @if needs.is_empty() { "nothing" } @else { (list(&needs)) } }
            td { (when(dates.holds_from[1])) }
            td { (when(dates.holds_from[0])) " to " (when(dates.holds_from[2])) }
            td class="n" { (percent(dates.critical)) }
        }
    }
}

/// Weeks, calendars and minutes.
pub fn time(scenario: &Scenario, outcome: &Outcome, drawn: &[Drawn]) -> Markup {
    html! {
        (part("time"))
        p { "Bells and calendars stand here as they are proposed, on every date of the scenario. From when the schedule is in force is told above, under what must be in place first; learning time that waits for it is given only from then on." }
        (figures(drawn, "week-"))
        (bells(scenario))
        h3 { "Calendars" }
        @for d in first_years(scenario, drawn) { (figure(d)) }
        p class="small" { "Every calendar and school year stands in " code { "charts/" } " as a picture of its own." }
        (staff(scenario, outcome))
        (own_care(&side(scenario, outcome)))
    }
}

/// The first school year of each calendar: the page would grow heavy with all of them.
fn first_years<'a>(scenario: &Scenario, drawn: &'a [Drawn<'a>]) -> Vec<&'a Drawn<'a>> {
    let of = |id: &str| drawn.iter().find(|d| d.picture.name.starts_with(&plain(&format!("calendar-{id}-"))));
    scenario.calendars.iter().filter_map(|c| of(&c.id)).collect()
}

/// Minutes of each kind under each bell schedule, for pupils and staff.
fn bells(scenario: &Scenario) -> Markup {
    let days = scenario
        .schedules
        .iter()
        .flat_map(|s| s.pupils.iter().map(|p| &p.blocks).chain(s.staff.iter().map(|p| &p.blocks)));
    let seen: Vec<Kind> = days.flatten().map(|b| b.kind).collect();
    let kinds: Vec<Kind> = Kind::ALL.into_iter().filter(|k| seen.contains(k)).collect();
    let numbers = kinds.iter().map(|k| Numbers(k.name()));
    let columns: Vec<Column> = [Words("Bell schedule"), Words("Who")].into_iter().chain(numbers).collect();
    let rows = scenario.schedules.iter().flat_map(|s| {
        let pupils = s.pupils.iter().map(|p| (s.title.as_str(), format!("pupils, grades {}", p.grades), &p.blocks));
        let staff = s.staff.iter().map(|p| (s.title.as_str(), p.roles.join(", "), &p.blocks));
        pupils.chain(staff).collect::<Vec<_>>()
    });
    html! {
        h3 { "Minutes of a day" }
        div class="wide" { (table("Minutes of each kind in one day [min]", &columns, html! {
            @for (title, who, blocks) in rows {
                @let minutes = minutes_by_kind(blocks);
                tr {
                    th scope="row" { (title) }
                    td { (who) }
                    @for kind in &kinds { td class="n" { @if minutes.of(*kind).0 > 0 { (minutes.of(*kind).0) } } }
                }
            }
        })) }
    }
}

fn staff(scenario: &Scenario, outcome: &Outcome) -> Markup {
    let rows = &outcome.ledger.staff;
    let Some(first) = rows.first().map(|r| r.year.clone()) else { return html! {} };
    let some = |place: &usize| rows.iter().any(|r| r.hours_by_kind.get(*place).is_some_and(|h| *h > 0.0));
    let kinds: Vec<usize> = (0..Kind::ALL.len()).filter(some).collect();
    let numbers = kinds.iter().map(|k| Numbers(Kind::ALL[*k].name()));
    let columns: Vec<Column> = [Words("Role"), Words("School"), Numbers("Days")].into_iter().chain(numbers).collect();
    let role = |row: &StaffYear| {
        scenario.district.role(&row.role).map_or(row.role.clone(), |r| scenario.district.roles[r].title.clone())
    };
    let schools = |row: &StaffYear| -> Vec<String> {
        let same = rows.iter().filter(|r| {
            r.year == first && r.role == row.role && r.hours_by_kind == row.hours_by_kind && r.days == row.days
        });
        same.map(|r| school_name(scenario, r.school).to_string()).collect()
    };
    let mut shown: Vec<(&StaffYear, Vec<String>)> = Vec::new();
    for row in rows.iter().filter(|r| r.year == first) {
        let named = schools(row);
        if !shown.iter().any(|(r, n)| r.role == row.role && *n == named) {
            shown.push((row, named));
        }
    }
    html! {
        h3 { "Staff time in " (first) }
        (table("Hours of each kind in the school year for one person [h]", &columns, html! {
            @for (row, named) in shown {
                tr {
                    th scope="row" { (role(row)) }
                    td { (list(&named)) }
                    td class="n" { (row.days) }
                    @for kind in &kinds { td class="n" { (row.hours_by_kind.get(*kind).map(|h| format!("{h:.0}")).unwrap_or_default()) } }
                }
            }
        }))
    }
}

/// Each budget line by year.
pub fn money(scenario: &Scenario, outcome: &Outcome) -> Markup {
    html! {
        (part("money"))
        @if outcome.ledger.lines.is_empty() { p { "The scenario has no budget lines." } }
        @else {
            (table("Money by line and year of the scenario", &[Words("Line"), Numbers("Year"), Numbers("There is"), Numbers("Everything it pays for costs"), Numbers("Left")], html! {
                @for row in &outcome.ledger.lines {
                    @let left = row.available - row.asked;
                    tr {
                        th scope="row" { (scenario.resources.budget.get(row.line).map_or("", |l| l.title.as_str())) }
                        td class="n" { (row.year + 1) }
                        td class="n" { (row.available) }
                        td class="n" { (row.asked) }
                        td class="n" { (left) @if left.as_f64() < 0.0 { " " span class="tag fails" { "short" } } }
                    }
                }
            }))
        }
        (prices(scenario))
        @let costs = minute_costs(&side(scenario, outcome));
        @if let Some(first) = costs.first() { (own_minute_costs(&costs, &first.year, &scenario.district)) }
    }
}

fn prices(scenario: &Scenario) -> Markup {
    let shared = scenario.district.roles.iter().filter(|r| r.one_per_educators.is_some());
    let rows: Vec<_> = shared.collect();
    if rows.is_empty() {
        return html! {};
    }
    table(
        "Supporting roles",
        &[
            Words("Role"),
            Numbers("One for so many educators"),
            Numbers("Hours a week"),
            Numbers("A person costs a year"),
        ],
        html! {
            @for role in rows {
                tr {
                    th scope="row" { (role.title) }
                    td class="n" { (role.one_per_educators.map(|n| format!("{n:.0}")).unwrap_or_default()) }
                    td class="n" { (role.hours_per_week) }
                    td class="n" { (role.cost_per_year) }
                }
            }
        },
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::sample::sample;

    #[test]
    fn schools_with_the_same_dates_share_a_row() {
        let (_, mut outcome) = sample();
        let rows = same_dates(&outcome).len();
        let shown = outcome.results.conditions.iter().position(|d| !stands_alone(&outcome, d.node)).unwrap();
        outcome.results.conditions[shown].critical = 0.5;
        assert_eq!(same_dates(&outcome).len(), rows, "how often it is critical does not part schools");
        outcome.results.conditions[shown].holds_from[1] = None;
        assert_eq!(same_dates(&outcome).len(), rows + 1);
    }
}
