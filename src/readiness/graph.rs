//! The dependency graph: conditions and what each needs, checked to be without a cycle.

use crate::findings::Findings;
use crate::readiness::Node;

/// Conditions in an order in which everything a condition needs stands before it.
#[derive(Debug, Clone)]
pub struct Graph {
    /// The conditions.
    pub nodes: Vec<Node>,
    /// Places of the conditions, needed ones first.
    pub order: Vec<usize>,
}

/// Builds the graph.
///
/// # Errors
/// One finding for each cycle, with every edge of it and where that edge is written.
pub fn build(_nodes: &[Node]) -> Result<Graph, Findings> {
    todo!()
}
