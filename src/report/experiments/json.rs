//! What experiments found as JSON.

use crate::experiments::Analysis;
use crate::experiments::Input;
use crate::experiments::Measured;
use crate::experiments::Summary;
use crate::scenario::Scenario;
use crate::sensitivity::Discovery;
use crate::sensitivity::ScenarioBox;
use serde_json::Map;
use serde_json::Value;
use serde_json::json;

/// A sweep.
pub fn sweep(scenario: &Scenario, summary: &Summary) -> Value {
    let points = (0..summary.n_lever_points()).map(|n| {
        let point = &summary.plan.points[n * summary.plan.n_futures];
        let levers = summary.plan.inputs.iter().zip(&point.values).take(n_levers(summary));
        let levers: Map<String, Value> = levers
            .map(|(input, value)| (input.name.clone(), value.as_ref().map_or(Value::Null, |v| v.json())))
            .collect();
        json!({ "levers": levers, "outcomes": outcomes(summary, n) })
    });
    let points: Vec<Value> = points.collect();
    let mut json = of_both(scenario, summary);
    json.insert("futures_of_each_point".into(), summary.plan.n_futures.into());
    json.insert("points".into(), points.into());
    Value::Object(json)
}

fn n_levers(summary: &Summary) -> usize {
    crate::report::experiments::told::levers(summary).len()
}

fn outcomes(summary: &Summary, lever_point: usize) -> Map<String, Value> {
    let one = |measure: usize| {
        let m = summary.over_futures(measure, lever_point);
        (summary.plan.measures.list[measure].key.clone(), measured(&m))
    };
    (0..summary.plan.measures.list.len()).map(one).collect()
}

fn measured(m: &Measured) -> Value {
    json!({ "mean": m.mean, "low": m.low, "median": m.median, "high": m.high, "standard_deviation": m.sd })
}

fn input(input: &Input) -> Value {
    let values: Vec<Value> = input.domain.extremes().iter().map(|v| v.json()).collect();
    json!({
        "path": input.path,
        "name": input.name,
        "words": input.words,
        "unit": input.unit,
        "kind": format!("{:?}", input.kind).to_lowercase(),
        "values": values,
        "as_written": input.as_written.as_ref().map(|v| v.json()),
    })
}

fn of_both(scenario: &Scenario, summary: &Summary) -> Map<String, Value> {
    let plan = summary.plan;
    let measures: Vec<Value> =
        plan.measures.list.iter().map(|m| json!({ "key": m.key, "words": m.words, "unit": m.unit })).collect();
    let inputs: Vec<Value> = plan.inputs.iter().map(input).collect();
    let all = json!({
        "scenario": scenario.name,
        "title": scenario.title,
        "seed": scenario.seed,
        "experiment": plan.id,
        "asked": plan.asked,
        "replicates": plan.asked.replicates,
        "n_points": plan.points.len(),
        "inputs": inputs,
        "measures": measures,
    });
    match all {
        Value::Object(map) => map,
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) | Value::Array(_) => Map::new(),
    }
}

/// A sensitivity.
pub fn sensitivity(scenario: &Scenario, summary: &Summary, found: &Analysis) -> Value {
    let mut json = of_both(scenario, summary);
    let names = |n: usize| summary.plan.inputs[n].name.clone();
    let measures: Map<String, Value> = (found.measures.iter())
        .map(|of| {
            let key = summary.plan.measures.list[of.measure].key.clone();
            let tornado = of.tornado.as_ref().map(|t| {
                let bars: Vec<Value> = (t.bars.iter())
                    .map(|b| json!({ "input": names(b.input), "at_low": b.at_low, "at_high": b.at_high, "swing": b.swing }))
                    .collect();
                json!({ "baseline": t.baseline, "bars": bars })
            });
            let morris = of.morris.as_ref().map(|all| {
                let one = |e: &crate::sensitivity::ElementaryEffects| {
                    json!({ "input": names(e.input), "mu": e.mu, "mu_star": e.mu_star, "mu_star_90": e.mu_star_interval, "sigma": e.sigma })
                };
                all.iter().map(one).collect::<Vec<Value>>()
            });
            let sobol = of.sobol.as_ref().map(|s| {
                let one = |i: &crate::sensitivity::InputIndices| {
                    json!({ "input": names(i.input), "first": i.first.value, "first_90": i.first.interval, "total": i.total.value, "total_90": i.total.interval })
                };
                let inputs = s.inputs.as_ref().map(|all| all.iter().map(one).collect::<Vec<Value>>());
                json!({ "mean": s.mean, "variance": s.variance, "inputs": inputs })
            });
            (key, json!({ "tornado": tornado, "morris": morris, "sobol": sobol, "luck": of.luck }))
        })
        .collect();
    json.insert("of_measures".into(), measures.into());
    let fails = &summary.plan.fails;
    let failure = json!({
        "measure": summary.plan.measures.list[fails.measure].key,
        "side": format!("{:?}", fails.side).to_lowercase(),
        "limit": fails.limit,
        "points": found.n_fails.map(|(points, _)| points),
        "points_that_fail": found.n_fails.map(|(_, fails)| fails),
    });
    json.insert("failure".into(), failure);
    json.insert("discovery".into(), found.discovery.as_ref().map_or(Value::Null, |d| discovery(summary, d)));
    Value::Object(json)
}

fn discovery(summary: &Summary, discovery: &Discovery) -> Value {
    match discovery {
        Discovery::NothingFails { n_points } => json!({ "found": "nothing fails", "points": n_points }),
        Discovery::EverythingFails { n_points } => json!({ "found": "everything fails", "points": n_points }),
        Discovery::TooFewPoints { have, fewest } => {
            json!({ "found": "too few points", "points": have, "fewest": fewest })
        }
        Discovery::Found(found) => json!({ "found": "a box", "box": of_box(summary, &found.best) }),
    }
}

fn of_box(summary: &Summary, of: &ScenarioBox) -> Value {
    let restrictions: Vec<Value> = (of.restrictions.iter())
        .map(|r| {
            let input = &summary.plan.inputs[r.input];
            json!({ "input": input.name, "unit": input.unit, "at_least": r.low.map(|e| e.at), "at_most": r.high.map(|e| e.at), "chance": r.quasi_p })
        })
        .collect();
    json!({ "points": of.n_points, "of_them_fail": of.n_fails, "coverage": of.coverage, "density": of.density, "mass": of.mass, "restrictions": restrictions })
}
