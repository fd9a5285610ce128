//! The dependency graph of a scenario, as a picture and for Graphviz.
//!
//! Dates differ by school; where none is named, the school that is ready last is shown, because a district has
//! begun when its last school has.

use crate::readiness::Graph;
use crate::readiness::NodeKind;
use crate::readiness::Readiness;
use crate::report::graph;
use crate::report::graph::Scene;
use crate::report::picture::Picture;
use crate::scenario::Scenario;
use crate::units::Date;

/// The school in which the last practice or model begins latest; the first of equals.
pub fn last_school(graph: &Graph, readiness: &Readiness) -> usize {
    let is_target = |place: &usize| matches!(graph.nodes[*place].kind, NodeKind::Practice(_) | NodeKind::Model(_));
    let targets: Vec<usize> = (0..graph.nodes.len()).filter(is_target).collect();
    // `None` for a practice that never begins is later than any date.
    let ready = |school: usize| {
        let standings = &readiness.schools[school];
        let dates = targets.iter().filter(|t| standings[**t].applies).map(|t| standings[*t].holds_from);
        dates.map(|d| (d.is_none(), d)).max()
    };
    (0..readiness.schools.len()).rev().max_by_key(|school| ready(*school)).unwrap_or(0)
}

/// The graph as a picture, to be painted like any chart.
pub fn graph_picture(scenario: &Scenario, graph: &Graph, readiness: &Readiness, school: usize, end: Date) -> Picture {
    graph::draw(&scene(scenario, graph, readiness, school, end))
}

/// The graph in the Graphviz language.
pub fn graph_dot(scenario: &Scenario, graph: &Graph, readiness: &Readiness, school: usize, end: Date) -> String {
    graph::dot(&scene(scenario, graph, readiness, school, end))
}

fn scene(scenario: &Scenario, graph: &Graph, readiness: &Readiness, school: usize, end: Date) -> Scene {
    let title = format!("What must be in place before what: {}", scenario.district.schools[school].name);
    graph::scene(graph, readiness, school, end, &title)
}
