//! The answer of a nation as JSON.

use crate::adoption::HELD_BY;
use crate::nation::atlas;
use crate::nation::plan::NationPlan;
use crate::pipeline::NationOutcome;
use crate::report::nation::held::shares as held_shares;
use crate::report::nation::quantiles::over_districts;
use crate::report::nation::view::View;
use crate::scenario::Scenario;
use serde_json::Value;
use serde_json::json;

/// Years, states and law.
pub fn json(scenario: &Scenario, plan: &NationPlan, outcome: &NationOutcome) -> Value {
    let view = View::new(scenario, plan, outcome);
    let apart = over_districts(&view);
    let year = |year: usize| {
        let share = |level: usize| view.sum_of_states(year, |s| s.at_least[level]).map(|n| n / view.n);
        let held: serde_json::Map<String, Value> = HELD_BY
            .iter()
            .zip(held_shares(&view, year))
            .map(|(name, share)| ((*name).to_string(), json!(share)))
            .collect();
        json!({
            "school_year": outcome.years[year].0,
            "using_share": share(2),
            "routine_share": share(3),
            "schools_at_scale": view.sum_of_states(year, |s| s.schools_at_scale),
            "districts_at_scale": view.sum_of_states(year, |s| s.districts_at_scale),
            "districts_begun": view.sum_of_states(year, |s| s.districts_begun),
            "held_back_share": held,
            "using_share_of_10th_25th_50th_75th_90th_district": apart[year],
        })
    };
    let states: Vec<Value> = (view.states().into_iter())
        .map(|state| {
            let last = view.n_years().saturating_sub(1);
            let failing: Vec<Vec<&str>> = view.law_of(state).map_or_else(Vec::new, |law| {
                law.failing.iter().map(|of| of.iter().map(|c| scenario.clauses[*c].id.as_str()).collect()).collect()
            });
            json!({
                "state": atlas::TILES[state].code,
                "educators": view.n_by_state[state],
                "using_share_end": view.share_of_state(state, last, |s| s.at_least[2]),
                "routine_share_end": view.share_of_state(state, last, |s| s.at_least[3]),
                "clauses": view.law_of(state).map_or(0, |law| law.clauses.len()),
                "clauses_not_met_by_school": failing,
            })
        })
        .collect();
    json!({
        "scenario": scenario.name,
        "seed": scenario.seed,
        "replicates": outcome.courses.len(),
        "educators": view.n,
        "schools": plan.territory.schools.len(),
        "districts": plan.territory.districts.len(),
        "low_median_high": "10 %, 50 % and 90 % of the replicates",
        "years": (0..view.n_years()).map(year).collect::<Vec<_>>(),
        "states": states,
    })
}
