//! The dependency graph: conditions and what each needs, checked to be without a cycle.
//!
//! Has conditions as written, gives them in an order in which they can be settled, or every loop among
//! them in words. Knows no dates.

use crate::findings::Finding;
use crate::findings::Findings;
use crate::readiness::Node;
use petgraph::algo::tarjan_scc;
use petgraph::graph::DiGraph;
use petgraph::graph::NodeIndex;
use std::collections::BTreeMap;
use std::collections::BTreeSet;
use std::collections::VecDeque;

/// Conditions in an order in which everything a condition needs stands before it.
#[derive(Debug, Clone)]
pub struct Graph {
    /// The conditions.
    pub nodes: Vec<Node>,
    /// Places of the conditions, needed ones first.
    pub order: Vec<usize>,
}

/// Builds the graph. Among conditions that could come next, the one written first does.
///
/// # Errors
/// One finding for each need that names no condition, for each condition that needs itself, and for each
/// group of conditions that wait for each other; the last shows the shortest loop in the group, with
/// every edge of it and where that edge is written.
pub fn build(nodes: &[Node]) -> Result<Graph, Findings> {
    let mut findings = unknown_needs(nodes);
    if findings.is_empty() {
        findings.extend(self_needs(nodes));
        findings.extend(loops(nodes));
    }
    if findings.is_empty() { Ok(Graph { nodes: nodes.to_vec(), order: needed_first(nodes) }) } else { Err(findings) }
}

/// The same graph in which the condition `from` no longer needs the condition `to`.
pub fn without_edge(graph: &Graph, from: usize, to: usize) -> Graph {
    let mut nodes = graph.nodes.clone();
    if let Some(node) = nodes.get_mut(from) {
        node.needs.retain(|need| need.node != to);
        node.instead.retain(|instead| instead.node != to);
    }
    let order = needed_first(&nodes);
    Graph { nodes, order }
}

/// For each condition, the places of those that need it, each once and in order.
pub fn dependants(nodes: &[Node]) -> Vec<Vec<usize>> {
    let mut users: Vec<BTreeSet<usize>> = vec![BTreeSet::new(); nodes.len()];
    for (place, node) in nodes.iter().enumerate() {
        for (before, _) in node.comes_after() {
            users[before].insert(place);
        }
    }
    users.into_iter().map(|set| set.into_iter().collect()).collect()
}

fn needed_first(nodes: &[Node]) -> Vec<usize> {
    let users = dependants(nodes);
    let distinct = |node: &Node| node.comes_after().map(|(before, _)| before).collect::<BTreeSet<_>>().len();
    let mut missing: Vec<usize> = nodes.iter().map(distinct).collect();
    let mut can_come: BTreeSet<usize> = (0..nodes.len()).filter(|&place| missing[place] == 0).collect();
    let mut order = Vec::with_capacity(nodes.len());
    while let Some(place) = can_come.pop_first() {
        order.push(place);
        for &user in &users[place] {
            missing[user] -= 1;
            if missing[user] == 0 {
                can_come.insert(user);
            }
        }
    }
    order
}

fn unknown_needs(nodes: &[Node]) -> Findings {
    let mut findings = Findings::new();
    for node in nodes {
        for (_, written) in node.comes_after().filter(|(before, _)| *before >= nodes.len()) {
            let message = format!("{} needs a condition that does not exist", node.id);
            let help = "remove the need, or add the condition";
            findings.push(Finding::error("readiness::unknown_need", message).at(written, "this").help(help));
        }
    }
    findings
}

fn self_needs(nodes: &[Node]) -> Findings {
    let mut findings = Findings::new();
    for (place, node) in nodes.iter().enumerate() {
        let Some((_, written)) = node.comes_after().find(|(before, _)| *before == place) else { continue };
        let message = format!("{0} needs {0}: it could never begin", node.id);
        let finding = Finding::error("readiness::cycle", message).at(written, format!("{} needs itself", node.id));
        findings.push(finding.help("remove this need"));
    }
    findings
}

fn loops(nodes: &[Node]) -> Findings {
    let mut drawn: DiGraph<(), ()> = DiGraph::with_capacity(nodes.len(), nodes.len());
    let ids: Vec<NodeIndex> = nodes.iter().map(|_| drawn.add_node(())).collect();
    for (place, node) in nodes.iter().enumerate() {
        for (before, _) in node.comes_after() {
            drawn.add_edge(ids[place], ids[before], ());
        }
    }
    let places = |group: Vec<NodeIndex>| group.into_iter().map(NodeIndex::index).collect::<BTreeSet<usize>>();
    let mut groups: Vec<BTreeSet<usize>> = tarjan_scc(&drawn).into_iter().map(places).collect();
    groups.retain(|group| group.len() > 1);
    groups.sort();
    let mut findings = Findings::new();
    for group in groups {
        if let Some(around) = shortest_loop(nodes, &group) {
            findings.push(tell_loop(nodes, &around));
        }
    }
    findings
}

/// The shortest loop of two or more conditions inside a group; of equals, the one that begins earliest.
fn shortest_loop(nodes: &[Node], group: &BTreeSet<usize>) -> Option<Vec<usize>> {
    let found = group.iter().filter_map(|&first| loop_through(nodes, group, first));
    found.min_by_key(|around| (around.len(), around.clone()))
}

/// The shortest way from a condition along what it needs back to itself, itself first.
fn loop_through(nodes: &[Node], group: &BTreeSet<usize>, first: usize) -> Option<Vec<usize>> {
    let mut came_from: BTreeMap<usize, usize> = BTreeMap::new();
    let mut waiting = VecDeque::from([first]);
    while let Some(place) = waiting.pop_front() {
        for next in nodes[place].comes_after().map(|(before, _)| before).filter(|&next| next != place) {
            if next == first {
                let mut around = vec![place];
                while let Some(&before) = came_from.get(around.last()?) {
                    around.push(before);
                }
                around.reverse();
                return Some(around);
            }
            if group.contains(&next) && !came_from.contains_key(&next) {
                came_from.insert(next, place);
                waiting.push_back(next);
            }
        }
    }
    None
}

fn tell_loop(nodes: &[Node], around: &[usize]) -> Finding {
    let steps: Vec<(usize, usize)> =
        around.iter().enumerate().map(|(i, &place)| (place, around[(i + 1) % around.len()])).collect();
    let words: Vec<String> = steps.iter().map(|&(_, needed)| format!("needs {}", nodes[needed].id)).collect();
    let first = around.first().map_or("", |&place| nodes[place].id.as_str());
    let message = format!("{first} {}: none of them could ever begin", words.join(", which "));
    let mut finding = Finding::error("readiness::cycle", message);
    for (place, needed) in steps {
        if let Some((_, written)) = nodes[place].comes_after().find(|(before, _)| *before == needed) {
            finding = finding.at(written, format!("{} needs this", nodes[place].id));
        }
    }
    finding.help("remove one of these needs, or turn it the other way round")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::findings::Place;
    use crate::readiness::made;
    use proptest::prelude::*;

    #[test]
    fn what_is_needed_stands_first_and_ties_go_to_the_one_written_first() {
        // by hand: 1 and 3 need nothing; 1 is written first; then 0 (needs 1) comes before 3; 2 needs 3 and 0
        let nodes = made::nodes(&[&[1], &[], &[3, 0], &[]]);
        assert_eq!(build(&nodes).unwrap().order, [1, 0, 3, 2]);
    }

    #[test]
    fn a_loop_is_told_in_words_with_every_edge() {
        let mut nodes = made::nodes(&[&[1], &[0], &[0]]);
        nodes[0].id = "agreement".into();
        nodes[1].id = "budget".into();
        let findings = build(&nodes).unwrap_err();
        assert_eq!(findings.len(), 1);
        let finding = findings.iter().next().unwrap();
        assert_eq!(finding.message, "agreement needs budget, which needs agreement: none of them could ever begin");
        assert_eq!(finding.code, "readiness::cycle");
        let labels: Vec<&str> = finding.labels.iter().map(|label| label.text.as_str()).collect();
        assert_eq!(labels, ["agreement needs this", "budget needs this"]);
        assert_ne!(finding.labels[0].place, Place::nowhere());
    }

    #[test]
    fn each_group_is_told_once_by_its_shortest_loop() {
        // 0 > 1 > 2 > 0 with the short cut 1 > 0, and apart from it 3 > 4 > 5 > 3
        let findings = build(&made::nodes(&[&[1], &[2, 0], &[0], &[4], &[5], &[3]])).unwrap_err();
        let lengths: Vec<usize> = findings.iter().map(|finding| finding.labels.len()).collect();
        assert_eq!(lengths, [2, 3]);
    }

    #[test]
    fn a_condition_that_needs_itself_is_told_apart_from_longer_loops() {
        let findings = build(&made::nodes(&[&[0, 1], &[0]])).unwrap_err();
        let messages: Vec<&str> = findings.iter().map(|finding| finding.message.as_str()).collect();
        assert!(messages[0].starts_with("c0 needs c0:"), "{messages:?}");
        assert!(messages[1].starts_with("c0 needs c1, which needs c0:"), "{messages:?}");
    }

    #[test]
    fn a_need_that_names_nothing_is_a_finding() {
        let findings = build(&made::nodes(&[&[7]])).unwrap_err();
        assert_eq!(findings.iter().next().unwrap().code, "readiness::unknown_need");
    }

    #[test]
    fn an_edge_can_be_taken_away() {
        let graph = build(&made::nodes(&[&[1], &[]])).unwrap();
        let freed = without_edge(&graph, 0, 1);
        assert!(freed.nodes[0].needs.is_empty());
        assert_eq!((graph.order, freed.order), (vec![1, 0], vec![0, 1]));
    }

    proptest! {
        #[test]
        fn any_needs_give_an_order_or_a_loop(needs in prop::collection::vec(prop::collection::vec(0usize..9, 0..4), 9)) {
            let lists: Vec<&[usize]> = needs.iter().map(Vec::as_slice).collect();
            match build(&made::nodes(&lists)) {
                Ok(graph) => {
                    let at = |node: usize| graph.order.iter().position(|&place| place == node).unwrap();
                    for (node, needed) in needs.iter().enumerate() {
                        prop_assert!(needed.iter().all(|&n| at(n) < at(node)));
                    }
                }
                Err(findings) => {
                    for finding in findings.iter() {
                        prop_assert!(!finding.labels.is_empty() && finding.help.is_some());
                    }
                }
            }
        }

        #[test]
        fn needs_that_point_back_only_are_never_a_loop(needs in made::any_needs(12)) {
            let lists: Vec<&[usize]> = needs.iter().map(Vec::as_slice).collect();
            prop_assert_eq!(build(&made::nodes(&lists)).unwrap().order.len(), 12);
        }
    }
}
