//! What must hold: a condition, what it needs, how long it takes.

use crate::clauses::Government;
use crate::findings::Place;
use crate::luck::Uncertain;
use crate::units::Date;
use crate::units::Share;
use serde::Serialize;

/// The three areas that change runs through, from the classroom outwards.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub enum Area {
    /// What pupils and teachers do.
    LearningAndTeaching,
    /// Who works with whom, and as what.
    RelationshipsAndRoles,
    /// Time, money, rules and agreements.
    StructureAndPolicy,
}

impl Area {
    /// All areas, in the order in which change runs through them.
    pub const ALL: [Area; 3] = [Area::LearningAndTeaching, Area::RelationshipsAndRoles, Area::StructureAndPolicy];

    /// The words for it on charts.
    pub fn name(self) -> &'static str {
        match self {
            Area::LearningAndTeaching => "learning and teaching",
            Area::RelationshipsAndRoles => "relationships and roles",
            Area::StructureAndPolicy => "structure and policy",
        }
    }
}

/// What kind of condition it is; a number is the place of the thing in its own room's list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub enum NodeKind {
    /// A clause does not fail in the school; holds in the school years in which its verdict says so.
    Clause(usize),
    /// Somebody has approved.
    Approval,
    /// An agreement with somebody is in force.
    Agreement {
        /// With whom.
        with: String,
    },
    /// A bell schedule (by place) is in force.
    ScheduleInForce(usize),
    /// People of a role (by place) have been found.
    RoleFilled(usize),
    /// People of a role (by place) are trained and help others.
    RoleReady(usize),
    /// A learning time (by place) is set up.
    LearningTime(usize),
    /// Devices, rooms, networks.
    Infrastructure,
    /// Money from a budget line (by place).
    Funding(usize),
    /// A partner (by place) is at work.
    Partner(usize),
    /// Families have been asked and informed.
    Engagement,
    /// A clause (by place) has been changed by those who may, so that it no longer stands in the way.
    Change(usize),
    /// A practice (by place) may begin.
    Practice(usize),
    /// A model (by place): every practice in it may begin.
    Model(usize),
}

/// Which capacity of an educator a missing condition holds down.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub enum Touches {
    /// She may not.
    Authority,
    /// Nobody can help her.
    Expertise,
    /// She has not the time, things or money.
    Resources,
    /// Nothing directly: it only holds up what needs it.
    Nothing,
}

impl NodeKind {
    /// Which capacity it holds down while it is missing.
    pub fn touches(&self) -> Touches {
        match self {
            NodeKind::Clause(_)
            | NodeKind::Approval
            | NodeKind::Agreement { .. }
            | NodeKind::ScheduleInForce(_)
            | NodeKind::Change(_)
            | NodeKind::Engagement => Touches::Authority,
            NodeKind::RoleFilled(_) | NodeKind::RoleReady(_) | NodeKind::Partner(_) => Touches::Expertise,
            NodeKind::LearningTime(_) | NodeKind::Infrastructure | NodeKind::Funding(_) => Touches::Resources,
            NodeKind::Practice(_) | NodeKind::Model(_) => Touches::Nothing,
        }
    }

    /// The words for it on charts.
    pub fn name(&self) -> &'static str {
        match self {
            NodeKind::Clause(_) => "clause",
            NodeKind::Approval => "approval",
            NodeKind::Agreement { .. } => "agreement",
            NodeKind::ScheduleInForce(_) => "schedule in force",
            NodeKind::RoleFilled(_) => "role filled",
            NodeKind::RoleReady(_) => "role ready",
            NodeKind::LearningTime(_) => "learning time",
            NodeKind::Infrastructure => "infrastructure",
            NodeKind::Funding(_) => "funding",
            NodeKind::Partner(_) => "partner",
            NodeKind::Engagement => "engagement",
            NodeKind::Change(_) => "change of a clause",
            NodeKind::Practice(_) => "practice",
            NodeKind::Model(_) => "model",
        }
    }
}

/// One edge: this condition needs that one.
#[derive(Debug, Clone)]
pub struct Need {
    /// Place of the condition that is needed.
    pub node: usize,
    /// Where the need is written.
    pub written: Place,
}

/// A condition that, while it holds, lets a clause be held or let go, whatever the clause's own verdict.
#[derive(Debug, Clone)]
pub struct Instead {
    /// Place of that condition.
    pub node: usize,
    /// First day on which it can stand in; any day, when there is none.
    pub from: Option<Date>,
    /// Last day on which it can stand in; any day, when there is none.
    pub until: Option<Date>,
    /// Schools for which it can, by place; all when empty.
    pub schools: Vec<usize>,
    /// Where it is written.
    pub written: Place,
}

/// A condition.
#[derive(Debug, Clone)]
pub struct Node {
    /// Its id; clauses, practices and models stand as `clause:ID`, `practice:ID` and `model:ID`.
    pub id: String,
    /// What people call it.
    pub title: String,
    /// The area it belongs to.
    pub area: Area,
    /// What kind of condition it is.
    pub kind: NodeKind,
    /// What it needs first.
    pub needs: Vec<Need>,
    /// What may stand in for a clause's own verdict: a change of the clause, or the condition of a waiver.
    pub instead: Vec<Instead>,
    /// For a clause, who must act for it to change.
    pub changed_by: Option<Government>,
    /// How long it takes once everything it needs holds \[weeks\].
    pub takes_weeks: Uncertain,
    /// It does not begin before this date.
    pub not_before: Option<Date>,
    /// It holds up to and including this date.
    pub until: Option<Date>,
    /// Schools it is about, by place; nothing means all.
    pub schools: Option<Vec<usize>>,
    /// Authority that is left while it is missing.
    pub floor: Share,
    /// Where it is written.
    pub written: Place,
}

impl Node {
    /// Everything that comes before it in the graph: what it needs, and what may stand in for it.
    pub fn comes_after(&self) -> impl Iterator<Item = (usize, &Place)> {
        let needed = self.needs.iter().map(|need| (need.node, &need.written));
        needed.chain(self.instead.iter().map(|instead| (instead.node, &instead.written)))
    }
}
