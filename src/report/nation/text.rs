//! The answer of a nation in the terminal.

use crate::adoption::HELD_BY;
use crate::nation::atlas;
use crate::nation::plan::NationPlan;
use crate::pipeline::NationOutcome;
use crate::report::nation::held::shares as held_shares;
use crate::report::nation::quantiles::over_districts;
use crate::report::nation::view::View;
use crate::report::words::list;
use crate::report::words::percent;
use crate::scenario::Scenario;
use crate::units::thousands;

/// What a reader asks first.
pub fn text(scenario: &Scenario, plan: &NationPlan, outcome: &NationOutcome) -> String {
    let view = View::new(scenario, plan, outcome);
    let territory = &plan.territory;
    let mut out = String::new();
    let mut line = |text: String| {
        out.push_str(&text);
        out.push('\n');
    };
    line(scenario.title.clone());
    line(format!(
        "{} educators in {} schools of {} districts; {}",
        thousands(view.n as i64),
        thousands(territory.schools.len() as i64),
        thousands(territory.districts.len() as i64),
        runs(outcome)
    ));
    line(String::new());
    line(
        "School year   using  routine  schools at scale  districts at scale  districts begun  held back most by".into(),
    );
    for year in 0..view.n_years() {
        let share = |level: usize| percent(view.sum_of_states(year, |s| s.at_least[level])[1] / view.n);
        let n = |of: fn(&crate::spread::nation::StateYear) -> u32| thousands(view.sum_of_states(year, of)[1] as i64);
        let held = held_shares(&view, year);
        let most = (0..4).max_by(|a, b| held[*a].total_cmp(&held[*b])).unwrap_or(0);
        line(format!(
            "{:<12} {:>6} {:>8} {:>17} {:>19} {:>16}  {} ({})",
            outcome.years[year].0,
            share(2),
            share(3),
            n(|s| s.schools_at_scale),
            n(|s| s.districts_at_scale),
            n(|s| s.districts_begun),
            HELD_BY[most],
            percent(held[most])
        ));
    }
    if let Some([p10, _, p50, _, p90]) = over_districts(&view).last() {
        let (a, b, c) = (percent(*p10), percent(*p50), percent(*p90));
        line(String::new());
        line(format!(
            "At the end, of a hundred districts in order of their users the 10th has {a}, the 50th {b}, the 90th {c}."
        ));
    }
    line(law(&view));
    out
}

/// How many replicates, and what that means.
pub fn runs(outcome: &NationOutcome) -> String {
    match outcome.courses.len() {
        1 => "one run: no bands (more with --replicates)".into(),
        n => format!("{n} runs: medians"),
    }
}

/// Where the law stands against the schedules.
pub fn law(view: &View) -> String {
    let with_law = view.states().into_iter().filter(|s| view.law_of(*s).is_some_and(|law| !law.clauses.is_empty()));
    let n_with_law = with_law.count();
    let against: Vec<String> = (view.states().into_iter())
        .filter(|s| view.law_of(*s).is_some_and(|law| law.failing.iter().any(|of| !of.is_empty())))
        .map(|s| atlas::TILES[s].code.to_string())
        .collect();
    let stands = if against.is_empty() {
        "in none of them does it stand".into()
    } else {
        format!("in {} it stands", list(&against))
    };
    format!(
        "The law of {n_with_law} states is written down in packs; {stands} against a schedule here. What other states ask is not known to this scenario and stands against nothing."
    )
}
