//! From a clause to the curve: change it by one unit of its own text, and look at every link.

use crate::clauses::Rule;
use crate::clauses::describe_requirement;
use crate::ensemble::Job;
use crate::ensemble::Replicate;
use crate::ensemble::Side;
use crate::ensemble::compare;
use crate::findings::Findings;
use crate::pipeline;
use crate::pipeline::Checked;
use crate::readiness::Readiness;
use crate::readiness::Span;
use crate::scenario::Scenario;
use crate::trace::Change;
use crate::trace::ConditionMoved;
use crate::trace::Downstream;
use crate::trace::FirstFlip;
use crate::trace::Judged;
use crate::trace::changed;
use crate::trace::flip::Judging;
use crate::trace::hours::hours_by_year;
use crate::trace::links::conditions_moved;
use crate::trace::links::needing;
use crate::trace::links::node_of_clause;
use crate::trace::unit_of_text;
use serde::Serialize;

/// What is asked about a clause.
#[derive(Debug, Clone, Copy)]
pub struct ClauseAsked {
    /// The clause, by place.
    pub clause: usize,
    /// By how many units of its own text it is moved.
    pub by: u32,
    /// Replicates on each side.
    pub replicates: u32,
}

/// Why a step was taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub enum Why {
    /// It was asked for.
    Asked,
    /// It is the smallest change in its direction that turns an answer in some school.
    FirstThatTurns,
    /// Leaving the clause out bounds what any loosening of it could do.
    Bound,
}

/// One change of the clause, and each link of the chain after it.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Step {
    /// Why it was taken.
    pub why: Why,
    /// The change.
    pub change: Change,
    /// How the clause then stands; nothing where it cannot be changed so far.
    pub judged: Option<Judged>,
    /// Conditions that hold from another date.
    pub conditions: Vec<ConditionMoved>,
    /// Hours, capacities, levels and curve; nothing where every date stays, and with the dates everything else.
    pub downstream: Option<Downstream>,
}

/// The chain from a clause to the curve.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ClauseTrace {
    /// The clause's id.
    pub clause: String,
    /// Its title.
    pub title: String,
    /// What it measures, as it is computed; nothing where it is not.
    pub measures: Option<String>,
    /// The units that were asked for, in words; nothing where the clause has no amount.
    pub unit: Option<String>,
    /// How it stands as it is written.
    pub now: Option<Judged>,
    /// Conditions (by id) that need it, straight or through others.
    pub needed_by: Vec<String>,
    /// The smallest tightening that turns an answer in some school.
    pub first_tighter: Option<FirstFlip>,
    /// The smallest loosening that does.
    pub first_looser: Option<FirstFlip>,
    /// The changes that were tried.
    pub steps: Vec<Step>,
    /// Replicates on each side.
    pub replicates: u32,
}

/// Follows a clause to the curve.
///
/// # Errors
/// When conditions need one another in a circle.
pub fn trace_clause(
    scenario: &Scenario,
    asked: &ClauseAsked,
    after_each: &(dyn Fn() + Sync),
) -> Result<ClauseTrace, Findings> {
    let checked = pipeline::check(scenario)?;
    let clause = &scenario.clauses[asked.clause];
    let judging = Judging::new(scenario, &checked.timetable, asked.clause);
    let (first_tighter, first_looser) = (judging.first(Change::Tighter), judging.first(Change::Looser));
    let needed_by = node_of_clause(&checked.graph, asked.clause).map_or(Vec::new(), |n| needing(&checked.graph, n));
    let mut now = Now::new(scenario, &checked, asked, after_each);
    let mut steps = Vec::new();
    for (why, change) in changes(asked.by, first_tighter, first_looser) {
        steps.push(now.step(why, change)?);
    }
    Ok(ClauseTrace {
        clause: clause.id.clone(),
        title: clause.title.clone(),
        measures: match &clause.rule {
            Rule::Computable { requires, .. } => Some(describe_requirement(requires)),
            Rule::NotComputable(_) => None,
        },
        unit: unit_of_text(clause, asked.by),
        now: Judged::of(scenario, &checked.verdicts, asked.clause),
        needed_by: needed_by.into_iter().map(|n| checked.graph.nodes[n].id.clone()).collect(),
        first_tighter,
        first_looser,
        steps,
        replicates: asked.replicates,
    })
}

/// The changes that are tried: those asked for, the first that turn an answer where that is another, and none at all.
fn changes(by: u32, tighter: Option<FirstFlip>, looser: Option<FirstFlip>) -> Vec<(Why, Change)> {
    let mut changes = vec![(Why::Asked, Change::Tighter(by))];
    changes.extend(tighter.filter(|f| f.units != by).map(|f| (Why::FirstThatTurns, Change::Tighter(f.units))));
    changes.push((Why::Asked, Change::Looser(by)));
    changes.extend(looser.filter(|f| f.units != by).map(|f| (Why::FirstThatTurns, Change::Looser(f.units))));
    changes.push((Why::Bound, Change::LeftOut));
    changes
}

/// When each clause does not fail, by clause and school: all that the rest of the chain sees of the clauses.
type Spans = Vec<Vec<Vec<Span>>>;

/// The scenario as it is, with what is reckoned of it once and only when it is needed.
struct Now<'a> {
    scenario: &'a Scenario,
    checked: &'a Checked,
    asked: &'a ClauseAsked,
    after_each: &'a (dyn Fn() + Sync),
    job: Job<'a>,
    readiness: Readiness,
    replicates: Option<Vec<Replicate>>,
    known: Vec<(Spans, Downstream)>,
}

impl<'a> Now<'a> {
    fn new(
        scenario: &'a Scenario,
        checked: &'a Checked,
        asked: &'a ClauseAsked,
        after_each: &'a (dyn Fn() + Sync),
    ) -> Now<'a> {
        let job = pipeline::job(scenario, checked);
        let readiness = job.settle_typically();
        Now { scenario, checked, asked, after_each, job, readiness, replicates: None, known: Vec::new() }
    }

    fn step(&mut self, why: Why, change: Change) -> Result<Step, Findings> {
        let unchanged = Step { why, change, judged: None, conditions: Vec::new(), downstream: None };
        let Some(clause) = changed(&self.scenario.clauses[self.asked.clause], change) else { return Ok(unchanged) };
        let mut other = self.scenario.clone();
        other.clauses[self.asked.clause] = clause;
        let checked = pipeline::check(&other)?;
        let job = pipeline::job(&other, &checked);
        let judged = Judged::of(&other, &checked.verdicts, self.asked.clause);
        let node = node_of_clause(&self.checked.graph, self.asked.clause);
        let nobody_needs_it = node.is_none_or(|n| needing(&self.checked.graph, n).is_empty());
        if nobody_needs_it || job.clause_spans == self.job.clause_spans {
            return Ok(Step { judged, ..unchanged });
        }
        let conditions = conditions_moved(self.scenario, self.checked, &self.readiness, &job.settle_typically());
        Ok(Step { why, change, judged, conditions, downstream: Some(self.downstream(&job)) })
    }

    /// What follows, simulated once for all changes that leave clauses failing at the same times.
    fn downstream(&mut self, job: &Job) -> Downstream {
        if let Some((_, known)) = self.known.iter().find(|(spans, _)| *spans == job.clause_spans) {
            return known.clone();
        }
        let n = self.asked.replicates;
        let now = self.replicates.get_or_insert_with(|| self.job.replicates(n, self.after_each));
        let then = job.replicates(n, self.after_each);
        let (baseline, other) = (Side { job: &self.job, replicates: now }, Side { job, replicates: &then });
        let downstream = Downstream {
            hours_now: hours_by_year(&self.job, now),
            hours_then: hours_by_year(job, &then),
            paired: compare(&baseline, &other).expect("only a clause differs, and a clause makes no people"),
        };
        self.known.push((job.clause_spans.clone(), downstream.clone()));
        downstream
    }
}
