//! What was found as JSON.

use crate::candidates::Change;
use crate::candidates::Choice;
use crate::candidates::Count;
use crate::candidates::Found;
use crate::candidates::Near;
use crate::candidates::Objectives;
use crate::candidates::Set;
use crate::candidates::axes::EVERY;
use crate::candidates::axes::RELEASE;
use crate::propose::Offer;
use crate::propose::Proposed;
use crate::report::proposals::told;
use crate::scenario::Scenario;
use crate::units::Dollars;
use serde_json::Map;
use serde_json::Value;
use serde_json::json;

/// Everything that was found.
pub fn json(scenario: &Scenario, proposed: &Proposed, replicates: u32) -> Value {
    let found = &proposed.found;
    let changes = |all: &[Change]| all.iter().map(|c| change(scenario, c)).collect::<Vec<Value>>();
    let near = |near: &Option<Near>| near.as_ref().map(|n| nearest(scenario, found, n));
    let sets = |all: &[Set]| all.iter().map(|s| ids(scenario, s)).collect::<Vec<_>>();
    let concessions: Vec<Value> = (found.concessions.iter())
        .map(|c| {
            json!({
                "changes": changes(&c.way.changes), "candidates": c.way.n_candidates,
                "example": values(scenario, found, &c.example),
            })
        })
        .collect();
    json!({
        "scenario": scenario.name, "seed": scenario.seed, "replicates": replicates,
        "candidates": found.n_candidates, "looked_at": found.n_seen, "exhaustive": found.is_exhaustive(),
        "schools_judged": found.n_judged,
        "most_development_of_any_min_per_week": found.most_development as f64 / found.educator_weeks.max(1) as f64,
        "goals": scenario.search.as_ref().map(|s| s.keeps.words()).unwrap_or_default(),
        "candidates_that_keep_the_goals": found.n_keeping,
        "as_read": {
            "is_a_candidate": proposed.as_read_is_candidate, "fails": changes(&proposed.as_read_fails),
            "objectives": objectives(found, &found.as_read), "using_at_end": proposed.as_read_adoption,
        },
        "least_change_to_lawful": near(&found.nearest),
        "least_change_to_lawful_and_goals": near(&found.nearest_keeping),
        "lawful_region": region(scenario, found),
        "frontier": {
            "size": proposed.n_frontier, "simulated": proposed.n_simulated, "different_rollouts": proposed.n_distinct,
            "exceeded_once_adoption_counts": proposed.n_dominated,
            "candidates": proposed.offers.iter().map(|o| offer(scenario, found, o)).collect::<Vec<_>>(),
        },
        "concessions": concessions,
        "never_satisfied_together": sets(&found.conflicts_of_all),
        "never_satisfied_together_with_goals": sets(&found.conflicts),
    })
}

fn ids(scenario: &Scenario, set: &Set) -> Vec<String> {
    set.iter().map(|clause| scenario.clauses[clause].id.clone()).collect()
}

fn change(scenario: &Scenario, change: &Change) -> Value {
    json!({
        "clause": scenario.clauses[change.clause].id, "by": change.by, "now": change.now, "new": change.new,
        "words": told::change(scenario, change),
    })
}

fn values(scenario: &Scenario, found: &Found, choice: &Choice) -> Value {
    let all = told::every_value(scenario, found, choice).into_iter().map(|(axis, value)| (axis, value.into()));
    Value::Object(all.collect::<Map<String, Value>>())
}

fn nearest(scenario: &Scenario, found: &Found, near: &Near) -> Value {
    json!({
        "axes_moved": near.axes, "steps": near.steps, "as_near": near.n_as_near,
        "moves": told::moves(scenario, found, &near.choice), "choice": values(scenario, found, &near.choice),
    })
}

fn objectives(found: &Found, o: &Objectives) -> Value {
    json!({
        "development_min_per_week": found.development_per_week(o), "longest_day_min": o.longest,
        "cost_usd_per_year": Dollars::from_cents(o.cost).as_f64(),
        "staff_worst_change_min_per_week": o.staff as f64 / 1_000.0,
        "pupils_worst_change_min_per_week": o.pupils as f64 / 1_000.0,
    })
}

fn offer(scenario: &Scenario, found: &Found, offer: &Offer) -> Value {
    json!({
        "objectives": objectives(found, &offer.objectives), "using_at_end": offer.adoption,
        "shared_by": offer.shared_by, "choice": values(scenario, found, &offer.choice),
        "moves": told::moves(scenario, found, &offer.choice),
    })
}

fn count(count: &Count) -> Value {
    json!({ "all": count.all, "lawful": count.lawful, "lawful_and_keeping_goals": count.keeping })
}

fn region(scenario: &Scenario, found: &Found) -> Value {
    let Some(search) = &scenario.search else { return Value::Null };
    let space = &found.space;
    let by_axis: Vec<Value> = (space.axes.iter().zip(&found.region.by_axis))
        .map(|(axis, counts)| {
            let values: Vec<Value> = counts
                .iter()
                .enumerate()
                .map(|(n, c)| json!({ "value": axis.value(n), "candidates": count(c) }))
                .collect();
            json!({ "axis": axis.name(search, &scenario.district, &scenario.nodes), "values": values })
        })
        .collect();
    let pairs = found.region.by_release_and_every.iter().enumerate().flat_map(|(release, row)| {
        row.iter().enumerate().map(move |(every, c)| {
            json!({
                "release": space.axes[RELEASE].value(release), "frequency": space.axes[EVERY].value(every),
                "candidates": count(c),
            })
        })
    });
    let by_pair: Vec<Value> = pairs.collect();
    json!({ "total": count(&found.region.total), "by_axis": by_axis, "by_release_and_frequency": by_pair })
}
