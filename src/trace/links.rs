//! Links of the chain: what a change of a clause does to its answer, to dates, hours and the curve.

use crate::clauses::Outcome;
use crate::clauses::Quantity;
use crate::clauses::Verdict;
use crate::clauses::Verdicts;
use crate::ensemble::Paired;
use crate::pipeline::Checked;
use crate::readiness::Graph;
use crate::readiness::NodeKind;
use crate::readiness::Readiness;
use crate::readiness::dependants;
use crate::scenario::Scenario;
use crate::trace::HoursOfYear;
use crate::units::Date;
use serde::Serialize;
use std::collections::BTreeSet;

/// How a clause stands, where it is tightest.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Judged {
    /// The answer.
    pub outcome: Outcome,
    /// What there is.
    pub have: Option<Quantity>,
    /// What there must be.
    pub need: Option<Quantity>,
    /// How far the lawful side is; negative when it is missed.
    pub slack: Option<Quantity>,
    /// The date on which it is tightest.
    pub date: Option<Date>,
    /// The school (by id) in which it is.
    pub school: String,
    /// The grade or role.
    pub whose: Option<String>,
    /// What binds, in sentences.
    pub reasons: Vec<String>,
    /// Schools (by id) in which it fails in some year.
    pub fails_in: Vec<String>,
}

impl Judged {
    /// The worst answer about a clause; nothing where it was never judged.
    pub fn of(scenario: &Scenario, verdicts: &Verdicts, clause: usize) -> Option<Judged> {
        let worst = Verdicts::worst(verdicts.of_clause(clause))?;
        let id = |school: usize| scenario.district.schools[school].id.clone();
        let failing = |v: &&Verdict| v.outcome == Outcome::Fails;
        let schools: BTreeSet<usize> = verdicts.of_clause(clause).filter(failing).map(|v| v.school).collect();
        Some(Judged {
            outcome: worst.outcome,
            have: worst.have,
            need: worst.need,
            slack: worst.slack,
            date: worst.tightest,
            school: id(worst.school),
            whose: worst.whose.as_ref().map(ToString::to_string),
            reasons: worst.reasons.clone(),
            fails_in: schools.into_iter().map(id).collect(),
        })
    }
}

/// A condition that holds from another date, every duration at its typical value.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ConditionMoved {
    /// Its id.
    pub condition: String,
    /// What people call it.
    pub title: String,
    /// Schools (by id) in which it moves so.
    pub schools: Vec<String>,
    /// From when it holds now; nothing for never within the scenario.
    pub now: Option<Date>,
    /// From when it would hold.
    pub then: Option<Date>,
    /// Whether it is on the critical path now.
    pub critical_now: bool,
    /// Whether it would be.
    pub critical_then: bool,
}

/// What follows from a change when dates move.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Downstream {
    /// Hours by year as they are.
    pub hours_now: Vec<HoursOfYear>,
    /// Hours by year as they would be.
    pub hours_then: Vec<HoursOfYear>,
    /// Capacities, levels of use and the curve, under the same luck.
    pub paired: Paired,
}

/// The condition of a clause in the graph.
pub fn node_of_clause(graph: &Graph, clause: usize) -> Option<usize> {
    graph.nodes.iter().position(|n| n.kind == NodeKind::Clause(clause))
}

/// The conditions that need a condition, straight or through others, in the order of the graph.
pub fn needing(graph: &Graph, node: usize) -> Vec<usize> {
    let users = dependants(&graph.nodes);
    let mut found = BTreeSet::new();
    let mut open = vec![node];
    while let Some(next) = open.pop() {
        open.extend(users[next].iter().copied().filter(|user| found.insert(*user)));
    }
    graph.order.iter().copied().filter(|place| found.contains(place)).collect()
}

/// Conditions whose date or place on the critical path differs, with schools in which they do so alike together.
pub fn conditions_moved(
    scenario: &Scenario,
    checked: &Checked,
    now: &Readiness,
    then: &Readiness,
) -> Vec<ConditionMoved> {
    let last = checked.horizon.last_day();
    let within = |date: Option<Date>| date.filter(|date| *date <= last);
    let mut moved: Vec<ConditionMoved> = Vec::new();
    for &place in &checked.graph.order {
        for (school, spec) in scenario.district.schools.iter().enumerate() {
            let (a, b) = (&now.schools[school][place], &then.schools[school][place]);
            let (from, to) = (within(a.holds_from), within(b.holds_from));
            if from == to && a.critical == b.critical {
                continue;
            }
            let node = &checked.graph.nodes[place];
            let alike = |m: &&mut ConditionMoved| {
                m.condition == node.id
                    && (m.now, m.then, m.critical_now, m.critical_then) == (from, to, a.critical, b.critical)
            };
            match moved.iter_mut().find(alike) {
                Some(known) => known.schools.push(spec.id.clone()),
                None => moved.push(ConditionMoved {
                    condition: node.id.clone(),
                    title: node.title.clone(),
                    schools: vec![spec.id.clone()],
                    now: from,
                    then: to,
                    critical_now: a.critical,
                    critical_then: b.critical,
                }),
            }
        }
    }
    moved
}
