//! The page of a nation.

use crate::adoption::HELD_BY;
use crate::nation::atlas;
use crate::report::nation::held::shares as held_shares;
use crate::report::nation::text::law;
use crate::report::nation::text::runs;
use crate::report::nation::view::View;
use crate::report::page::Column::Numbers;
use crate::report::page::Column::Words;
use crate::report::page::Drawn;
use crate::report::page::figures;
use crate::report::page::head;
use crate::report::page::table;
use crate::report::words::percent;
use crate::units::thousands;
use maud::DOCTYPE;
use maud::Markup;
use maud::html;

const PARTS: [(&str, &str); 5] = [
    ("spread", "How far it spreads"),
    ("where", "Where"),
    ("held", "What holds it back"),
    ("law", "The law of the states"),
    ("notes", "What to keep in mind"),
];

/// The page.
pub fn page(view: &View, receipt_id: &str, drawn: &[Drawn]) -> String {
    let scenario = view.scenario;
    let markup = html! {
        (DOCTYPE)
        html lang="en" {
            (head(&format!("{} – Earlybell", scenario.title), ""))
            body {
                a class="skip" href="#main" { "Skip to the answer" }
                header {
                    h1 { (scenario.title) }
                    p class="question" { (scenario.question) }
                }
                main id="main" {
                    (answer(view))
                    nav aria-label="Contents" { ul { @for (id, title) in PARTS { li { a href={ "#" (id) } { (title) } } } } }
                    (part("spread"))
                    (figures(drawn, "adoption"))
                    (years(view))
                    (part("where"))
                    (figures(drawn, "tiles"))
                    (figures(drawn, "districts"))
                    (states(view))
                    (part("held"))
                    (figures(drawn, "held_back"))
                    (part("law"))
                    (laws(view))
                    (part("notes"))
                    (notes(view))
                }
                footer {
                    p { "Scenario " (scenario.name) ", seed " (scenario.seed) ", " (runs(view.outcome)) ". Made with Earlybell " (env!("CARGO_PKG_VERSION")) "." }
                    p { "Receipt: " (receipt_id) ". The same files, seed and version give the same bytes; " code { "earlybell verify" } " runs them again." }
                }
            }
        }
    };
    markup.into_string().replace(" %", "\u{a0}%")
}

fn part(id: &str) -> Markup {
    let title = PARTS.iter().find(|(part, _)| *part == id).map_or("", |(_, title)| *title);
    html! { h2 id=(id) { (title) } }
}

fn answer(view: &View) -> Markup {
    let Some(last) = view.n_years().checked_sub(1) else { return html! {} };
    let share = |level: usize| percent(view.sum_of_states(last, |s| s.at_least[level])[1] / view.n);
    let territory = &view.plan.territory;
    let n = |of: fn(&crate::spread::nation::StateYear) -> u32| thousands(view.sum_of_states(last, of)[1] as i64);
    let held = held_shares(view, last);
    let most = (0..4).max_by(|a, b| held[*a].total_cmp(&held[*b])).unwrap_or(0);
    html! {
        section class="answer" aria-label="The answer" {
            dl {
                dt { "How far, by the end of " (view.outcome.years[last].0) }
                dd class="short" { (share(2)) " of " (thousands(view.n as i64)) " educators use at least one practice; " (share(3)) " by routine" }
                dd class="more" { (n(|s| s.schools_at_scale)) " of " (thousands(territory.schools.len() as i64)) " schools and " (n(|s| s.districts_at_scale)) " of " (thousands(territory.districts.len() as i64)) " districts are at scale: " (percent(view.plan.at_scale.as_f64())) " of their educators use at least one practice." }
                dd class="more" { (n(|s| s.districts_begun)) " districts have begun." }
                dd class="more" { "Counted before those who leave at the end of the year are replaced by newcomers: the curve falls after it." }
                dt { "What holds it back most" }
                dd class="short" { (HELD_BY[most]) ", " (percent(held[most])) " of educators in the last year" }
                dt { "Where the law stands" }
                dd class="more" { (law(view)) }
            }
        }
    }
}

fn years(view: &View) -> Markup {
    let columns = [
        Words("School year"),
        Numbers("Using"),
        Numbers("Routine"),
        Numbers("Schools at scale"),
        Numbers("Districts at scale"),
        Numbers("Districts begun"),
    ];
    table(
        "The nation at the end of each school year",
        &columns,
        html! {
            @for year in 0..view.n_years() { tr {
                th scope="row" { (view.outcome.years[year].0) }
                td class="n" { (percent(view.sum_of_states(year, |s| s.at_least[2])[1] / view.n)) }
                td class="n" { (percent(view.sum_of_states(year, |s| s.at_least[3])[1] / view.n)) }
                td class="n" { (thousands(view.sum_of_states(year, |s| s.schools_at_scale)[1] as i64)) }
                td class="n" { (thousands(view.sum_of_states(year, |s| s.districts_at_scale)[1] as i64)) }
                td class="n" { (thousands(view.sum_of_states(year, |s| s.districts_begun)[1] as i64)) }
            } }
        },
    )
}

fn states(view: &View) -> Markup {
    let Some(last) = view.n_years().checked_sub(1) else { return html! {} };
    let columns = [
        Words("State"),
        Numbers("Educators"),
        Numbers("Using"),
        Numbers("Routine"),
        Numbers("Districts"),
        Numbers("begun"),
        Numbers("at scale"),
    ];
    table(
        &format!("States at the end of {}", view.outcome.years[last].0),
        &columns,
        html! {
            @for state in view.states() { tr {
                th scope="row" { (atlas::TILES[state].name) }
                td class="n" { (thousands(view.n_by_state[state] as i64)) }
                td class="n" { (percent(view.share_of_state(state, last, |s| s.at_least[2])[1])) }
                td class="n" { (percent(view.share_of_state(state, last, |s| s.at_least[3])[1])) }
                td class="n" { (thousands(view.plan.territory.states[state].districts.len() as i64)) }
                td class="n" { (thousands(view.over_replicates(|c| f64::from(c.years[last][state].districts_begun))[1] as i64)) }
                td class="n" { (thousands(view.over_replicates(|c| f64::from(c.years[last][state].districts_at_scale))[1] as i64)) }
            } }
        },
    )
}

fn laws(view: &View) -> Markup {
    let schools = &view.scenario.district.schools;
    html! {
        p { "The clauses of each state are judged on the bell schedules of the scenario's schools as if they stood there. A schedule comes into force only where and while no statute or regulation stands against it; what rests on it waits." }
        (table("Clauses that a schedule here does not meet", &[Words("State"), Words("School"), Words("Clause"), Words("Section")], html! {
            @for state in view.states() {
                @if let Some(law) = view.law_of(state) {
                    @for (school, failing) in schools.iter().zip(&law.failing) {
                        @for clause in failing { tr {
                            th scope="row" { (atlas::TILES[state].name) }
                            td { (school.name) }
                            td { (view.scenario.clauses[*clause].title) }
                            td { (view.scenario.clauses[*clause].section) }
                        } }
                    }
                }
            }
        }))
    }
}

fn notes(view: &View) -> Markup {
    let scenario = view.scenario;
    html! {
        ul {
            li { "Schools and districts are made from published counts unless a table of districts is named: totals are those published, single names are not." }
            li { "One calendar and one bell schedule a level stand for all; where districts lie is a ring within their state, not a map." }
            li { "Districts hear of one another once in four weeks. Not legal advice." }
            @if view.outcome.courses.len() == 1 { li { "One run: it shows one course of luck. Millions of educators even out the luck of people, not that of durations and parameters." } }
            li { (scenario.sources.assumptions.len()) " entries are assumed: nobody published them." }
        }
        details { summary { "What is assumed" } ul { @for a in &scenario.sources.assumptions { li { (a.item) ": " (a.field) " (" (a.file) ")" } } } }
    }
}
