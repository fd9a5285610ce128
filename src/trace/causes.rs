//! Causes: sentences about what stands behind a capacity, each with the place where it is written.

use crate::findings::Place;
use crate::readiness::Graph;
use crate::readiness::Standing;
use crate::readiness::WhyNotYet;
use crate::readiness::why_not_yet;
use crate::scenario::Scenario;
use crate::scenario::line_of;
use crate::trace::week::Looking;
use serde::Serialize;

/// Something that stands behind a capacity.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Cause {
    /// What it is, in a sentence.
    pub text: String,
    /// The item of the scenario (by id) that it speaks of.
    pub item: Option<String>,
    /// Where that is written, as `file:line`.
    pub written: Option<String>,
    /// What stands behind it.
    pub because: Vec<Cause>,
}

impl Cause {
    /// A sentence about an item of the scenario.
    pub fn about(scenario: &Scenario, item: &str, place: &Place, text: String) -> Cause {
        let written = line_of(place, &scenario.files).map(|line| format!("{}:{line}", place.file));
        Cause { text, item: Some(item.to_string()), written, because: Vec::new() }
    }

    /// A sentence that speaks of no item.
    pub fn plain(text: String) -> Cause {
        Cause { text, item: None, written: None, because: Vec::new() }
    }
}

/// Why a condition does not hold in some of the schools that are looked at, each reason with its schools; nothing
/// where it holds in all of them.
pub fn missing_condition(looking: &Looking, node: usize) -> Vec<Cause> {
    let (scenario, graph) = (looking.scenario, &looking.checked.graph);
    let mut told: Vec<(WhyNotYet, Vec<usize>)> = Vec::new();
    for school in &looking.schools {
        let standing = &looking.readiness.schools[*school][node];
        let why = why_not_yet(graph, looking.readiness, *school, node, looking.monday);
        let Some(why) = why.filter(|_| standing.applies) else { continue };
        match told.iter_mut().find(|(known, _)| *known == why) {
            Some((_, schools)) => schools.push(*school),
            None => told.push((why, vec![*school])),
        }
    }
    let n = looking.schools.len();
    let one = |(why, schools): (WhyNotYet, Vec<usize>)| {
        let mut cause = reason(scenario, graph, &why);
        if n > 1 {
            cause.text.push_str(&format!(" [{} of {n} schools]", schools.len()));
        }
        cause
    };
    told.into_iter().map(one).collect()
}

fn reason(scenario: &Scenario, graph: &Graph, why: &WhyNotYet) -> Cause {
    let node = &graph.nodes[why.node];
    let name = if node.title == node.id { node.id.clone() } else { format!("{} ({})", node.title, node.id) };
    let mut cause = Cause::about(scenario, &node.id, &node.written, format!("{name}: {}", why.reason));
    cause.because = why.because.iter().map(|why| reason(scenario, graph, why)).collect();
    cause
}

/// In how many of the replicates, and of the schools that are looked at, a condition does not hold yet.
pub fn share_missing(looking: &Looking, node: usize) -> f64 {
    let missing =
        |standing: &Standing| standing.applies && !standing.holds.iter().any(|span| span.contains(looking.monday));
    let pairs = looking.replicates.iter().flat_map(|r| looking.schools.iter().map(move |s| (r, s)));
    let n = pairs.clone().count().max(1) as f64;
    pairs.filter(|(r, s)| missing(&r.readiness.schools[**s][node])).count() as f64 / n
}
