//! What was found as tables: one fact a row, units in the names of columns.

use crate::candidates::Count;
use crate::candidates::Set;
use crate::candidates::axes::EVERY;
use crate::candidates::axes::RELEASE;
use crate::propose::Proposed;
use crate::report::OutputFile;
use crate::report::proposals::told;
use crate::report::tables::Table;
use crate::report::tables::number;
use crate::scenario::Scenario;
use crate::units::Dollars;

/// Every table.
pub fn all(scenario: &Scenario, proposed: &Proposed) -> Vec<OutputFile> {
    let tables = [
        frontier(scenario, proposed),
        lawful_region(scenario, proposed),
        concessions(scenario, proposed),
        conflicts(scenario, proposed),
    ];
    tables.into_iter().map(Table::beside).collect()
}

fn frontier(scenario: &Scenario, proposed: &Proposed) -> Table {
    let found = &proposed.found;
    let names: Vec<String> = told::every_value(scenario, found, &found.space.as_read)
        .into_iter()
        .map(|(axis, _)| axis.replace(' ', "_"))
        .collect();
    let own = [
        "number",
        "development_min_per_week",
        "longest_day_min",
        "cost_usd_per_year",
        "staff_worst_change_min_per_week",
        "pupils_worst_change_min_per_week",
        "using_at_end_mean_share",
        "using_at_end_low_share",
        "using_at_end_high_share",
        "candidates_with_the_same",
    ];
    let columns: Vec<&str> = own.into_iter().chain(names.iter().map(String::as_str)).collect();
    let mut table = Table::new("frontier", &columns);
    for (n, offer) in proposed.offers.iter().enumerate() {
        let o = &offer.objectives;
        let share = |pick: fn(&crate::propose::Adoption) -> f64| {
            offer.adoption.as_ref().map(|a| number(pick(a))).unwrap_or_default()
        };
        let cells = [
            (n + 1).to_string(),
            number(found.development_per_week(o)),
            o.longest.to_string(),
            number(Dollars::from_cents(o.cost).as_f64()),
            number(o.staff as f64 / 1_000.0),
            number(o.pupils as f64 / 1_000.0),
            share(|a| a.mean),
            share(|a| a.low),
            share(|a| a.high),
            offer.shared_by.to_string(),
        ];
        let values = told::every_value(scenario, found, &offer.choice).into_iter().map(|(_, value)| value);
        table.row(cells.into_iter().chain(values).collect());
    }
    table
}

fn counts(count: &Count) -> [String; 3] {
    [count.all, count.lawful, count.keeping].map(|n| n.to_string())
}

fn lawful_region(scenario: &Scenario, proposed: &Proposed) -> Table {
    let columns = ["axis", "value", "other_axis", "other_value", "candidates", "lawful", "lawful_and_keeping_goals"];
    let mut table = Table::new("lawful_region", &columns);
    let found = &proposed.found;
    let Some(search) = &scenario.search else { return table };
    let space = &found.space;
    let name = |n: usize| space.axes[n].name(search, &scenario.district, &scenario.nodes);
    for (n, all) in found.region.by_axis.iter().enumerate() {
        for (at, count) in all.iter().enumerate() {
            let head = [name(n), space.axes[n].value(at), String::new(), String::new()];
            table.row(head.into_iter().chain(counts(count)).collect());
        }
    }
    for (release, row) in found.region.by_release_and_every.iter().enumerate() {
        for (every, count) in row.iter().enumerate() {
            let head = [name(RELEASE), space.axes[RELEASE].value(release), name(EVERY), space.axes[EVERY].value(every)];
            table.row(head.into_iter().chain(counts(count)).collect());
        }
    }
    table
}

fn concessions(scenario: &Scenario, proposed: &Proposed) -> Table {
    let columns = ["concession", "of", "clause", "now", "new", "by", "unit", "words", "candidates", "example"];
    let mut table = Table::new("concessions", &columns);
    let found = &proposed.found;
    let as_read = proposed
        .as_read_fails
        .iter()
        .map(|c| ("as read".to_string(), "the proposal as read", c, String::new(), String::new()));
    let ways = found.concessions.iter().enumerate().flat_map(|(n, concession)| {
        let example = told::values(scenario, found, &concession.example);
        concession.way.changes.iter().map(move |c| {
            ((n + 1).to_string(), "some candidate", c, concession.way.n_candidates.to_string(), example.clone())
        })
    });
    for (head, of, change, candidates, example) in as_read.chain(ways) {
        table.row(vec![
            head,
            of.to_string(),
            scenario.clauses[change.clause].id.clone(),
            number(change.now.as_f64()),
            number(change.new.as_f64()),
            number(change.by.as_f64()),
            change.by.unit.name().to_string(),
            told::change(scenario, change),
            candidates,
            example,
        ]);
    }
    table
}

fn conflicts(scenario: &Scenario, proposed: &Proposed) -> Table {
    let mut table = Table::new("conflicts", &["conflict", "among", "clause"]);
    let found = &proposed.found;
    let mut rows = |among: &str, sets: &[Set]| {
        for (n, set) in sets.iter().enumerate() {
            for clause in set.iter() {
                let id = scenario.clauses[clause].id.clone();
                table.row(vec![(n + 1).to_string(), among.to_string(), id]);
            }
        }
    };
    rows("all candidates", &found.conflicts_of_all);
    if scenario.search.as_ref().is_some_and(|s| !s.keeps.is_empty()) {
        rows("candidates that keep the goals", &found.conflicts);
    }
    table
}
