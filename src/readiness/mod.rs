//! Readiness: what must hold before what, and from when it does.
//!
//! Has conditions with what each needs and how long each takes, and the verdicts of the clauses; gives for
//! each school the dates on which each condition holds, the critical path, the slack, and why not yet.
//! Its dates drive authority, expertise and resources in the simulation. Knows no people.

mod course;
mod graph;
mod lawful;
#[cfg(test)]
mod made;
mod node;
mod settle;
mod slack;
mod spans;
mod why;

pub use course::Standing;
pub use graph::Graph;
pub use graph::build;
pub use graph::dependants;
pub use graph::without_edge;
pub use lawful::spans_of_clause;
pub use node::Area;
pub use node::Instead;
pub use node::Need;
pub use node::Node;
pub use node::NodeKind;
pub use node::Touches;
pub use settle::Readiness;
pub use settle::settle;
pub use spans::Span;
pub use why::WhyNotYet;
pub use why::why_in_words;
pub use why::why_not_yet;
