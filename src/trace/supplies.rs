//! What stands behind authority and resources: conditions that are missing, hours got so far, and money.

use crate::adoption::Capacity;
use crate::plan::money_shares;
use crate::readiness::NodeKind;
use crate::readiness::Touches;
use crate::trace::Cause;
use crate::trace::causes::missing_condition;
use crate::trace::causes::share_missing;
use crate::trace::hours::learning_for_each;
use crate::trace::week::Looking;

/// What stands behind authority: the conditions of practices that are missing.
pub fn behind_authority(looking: &Looking) -> Vec<Cause> {
    let causes = missing_needs(looking, Touches::Authority);
    if causes.is_empty() {
        return vec![Cause::plain("Every condition that gives authority holds in this week.".into())];
    }
    causes
}

/// What stands behind resources: hours of learning, and what practices need of things and money.
pub fn behind_resources(looking: &Looking) -> Vec<Cause> {
    let mut causes = vec![hours_asked(looking)];
    causes.extend(hours_got(looking));
    causes.extend(missing_needs(looking, Touches::Resources));
    causes.extend(short_lines(looking));
    causes
}

/// Needs of the practices that touch a capacity and do not hold, each once.
fn missing_needs(looking: &Looking, touches: Touches) -> Vec<Cause> {
    let nodes = &looking.checked.graph.nodes;
    let practice = |kind: &NodeKind| matches!(kind, NodeKind::Practice(p) if looking.practices.contains(p));
    let mut needs: Vec<usize> = Vec::new();
    for node in nodes.iter().filter(|n| practice(&n.kind)) {
        let of_kind = node.needs.iter().map(|n| n.node).filter(|n| nodes[*n].kind.touches() == touches);
        needs.extend(of_kind.filter(|n| !needs.contains(n)).collect::<Vec<_>>());
    }
    needs.into_iter().flat_map(|need| missing_need(looking, need)).collect()
}

fn missing_need(looking: &Looking, need: usize) -> Vec<Cause> {
    let node = &looking.checked.graph.nodes[need];
    let (mut causes, share) = (missing_condition(looking, need), share_missing(looking, need));
    let floor = node.floor.as_f64();
    for cause in &mut causes {
        cause.text.push_str(&format!("; while it is missing at most {floor} of 1 is there"));
    }
    if causes.is_empty() && share > 0.0 {
        let text = format!(
            "{} ({}): missing in {:.0} % of the replicates, where things take longer than they typically do.",
            node.title,
            node.id,
            100.0 * share
        );
        causes.push(Cause::about(looking.scenario, &node.id, &node.written, text));
    }
    causes
}

/// Hours that the steps of the ladder ask for.
fn hours_asked(looking: &Looking) -> Cause {
    let steps = looking.scenario.rules.ladder.steps.iter().enumerate();
    let asking = steps.filter(|(_, step)| step.hours > 0.0 && step.needs.contains(&Capacity::Resources));
    let words: Vec<String> =
        asking.map(|(level, step)| format!("{:.0} h for the step to level {}", step.hours, level + 1)).collect();
    Cause::plain(format!("Full resources for one practice are: {}.", words.join(", ")))
}

/// Hours each educator has got so far, by learning time, and what the missing ones wait for.
fn hours_got(looking: &Looking) -> Vec<Cause> {
    let weeks: Vec<usize> = (0..=looking.week).collect();
    let got = learning_for_each(looking.job, looking.supply, &looking.schools, &weeks);
    let mut causes = vec![Cause::plain(format!(
        "Hours of learning got so far, for each educator on average: {:.0} h, shared among the practices in progress.",
        got.iter().sum::<f64>()
    ))];
    for (time, hours) in looking.scenario.resources.learning.iter().zip(got) {
        let text = format!("{}: {hours:.1} h so far.", time.title);
        let mut cause = Cause::about(looking.scenario, &time.id, &time.written, text);
        cause.because = time.needs.map_or(Vec::new(), |node| missing_condition(looking, node));
        causes.push(cause);
    }
    causes
}

/// Budget lines that learning or a practice draws on and that do not cover what they pay for.
fn short_lines(looking: &Looking) -> Vec<Cause> {
    let resources = &looking.scenario.resources;
    let nodes = &looking.checked.graph.nodes;
    let funds = |line: usize| {
        let practices =
            nodes.iter().filter(|n| matches!(n.kind, NodeKind::Practice(p) if looking.practices.contains(&p)));
        let needs = practices.flat_map(|n| &n.needs);
        needs.into_iter().any(|need| nodes[need.node].kind == NodeKind::Funding(line))
            || resources.learning.iter().any(|time| time.line == Some(line))
    };
    (0..resources.budget.len()).filter(|line| funds(*line)).filter_map(|line| short_line(looking, line)).collect()
}

/// How far a budget line goes in the year of the week, where it does not cover what it pays for.
pub fn short_line(looking: &Looking, line: usize) -> Option<Cause> {
    let (scenario, horizon) = (looking.scenario, &looking.checked.horizon);
    let shares = money_shares(&scenario.district, &scenario.resources, horizon.n_years);
    let covers = shares[line][horizon.year_of_week(looking.week)];
    let spec = &scenario.resources.budget[line];
    let text = format!("Budget line {} covers {:.0} % of what it pays for in this year.", spec.title, 100.0 * covers);
    (covers < 1.0).then(|| Cause::about(scenario, &spec.id, &spec.written, text))
}
