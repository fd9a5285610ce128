//! What an ensemble answers.

use crate::units::Date;
use crate::units::Grade;
use serde::Serialize;

/// A quantity over the weeks: the median of the replicates and the band that holds the middle 80 % of them.
#[derive(Debug, Clone, PartialEq, Serialize, Default)]
pub struct Band {
    /// 10 % of the replicates lie below this.
    pub low: Vec<f64>,
    /// Half of the replicates lie below this.
    pub median: Vec<f64>,
    /// 90 % of the replicates lie below this.
    pub high: Vec<f64>,
}

/// One practice in a group of educators.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct PracticeCurves {
    /// Place of the practice.
    pub practice: usize,
    /// Share using it (level 3 or higher).
    pub using: Band,
    /// Share at routine in it (level 4 or higher).
    pub routine: Band,
}

/// A group of educators over the weeks: the district or one school.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct GroupCurves {
    /// Name of the group.
    pub name: String,
    /// Educators in it who take up the practice.
    pub n_educators: u32,
    /// Share whose highest level over all practices is at least 1, 2, 3, 4, 5, in this order. The third is
    /// `using`, the fourth is `routine`.
    pub at_least: [Band; 5],
    /// Mean share held back by will, authority, expertise, resources, and by nothing, in this order.
    pub held_by: [Vec<f64>; 5],
    /// Each practice.
    pub practices: Vec<PracticeCurves>,
    /// Share of the pupils' time with educators at routine.
    pub students_experience: Band,
    /// Mean support of families.
    pub families_support: Vec<f64>,
    /// Mean load of an educator: hours the practice asks for over the hours there are.
    pub load: Vec<f64>,
}

impl GroupCurves {
    /// Share using at least one practice.
    pub fn using(&self) -> &Band {
        &self.at_least[2]
    }

    /// Share at routine in at least one practice.
    pub fn routine(&self) -> &Band {
        &self.at_least[3]
    }
}

/// The week in which something is reached, over the replicates. A replicate that never reaches it counts as
/// later than all others, so a quantile may be `never`.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Reached {
    /// Week number (from 0) by which 10 % of the replicates have reached it.
    pub low: Option<usize>,
    /// Week number by which half of them have.
    pub median: Option<usize>,
    /// Week number by which 90 % have.
    pub high: Option<usize>,
    /// Share of replicates that reach it at all.
    pub share_reaching: f64,
}

/// When a share of the educators is using the practice or is at routine.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Milestone {
    /// The share.
    pub share: f64,
    /// At least this level counts (3 using, 4 routine).
    pub level: u8,
    /// When.
    pub reached: Reached,
}

/// How far a model gets.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ModelReach {
    /// Place of the model.
    pub model: usize,
    /// By school year end: median and band of the number of schools that have reached it.
    pub schools_at_scale: Band,
    /// By school year end: median and band of the share of all educators who use all of its practices.
    pub using_all: Band,
    /// By school: when it reaches the model.
    pub schools: Vec<Reached>,
}

/// What pupils live through at the end of a school year.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct StudentOutcome {
    /// Place of the school.
    pub school: usize,
    /// The grade.
    pub grade: Grade,
    /// The school year.
    pub year: String,
    /// Pupils.
    pub n_pupils: u32,
    /// Share of their time with educators at routine: low, median, high.
    pub experience: [f64; 3],
    /// Student voice they live through, from 0 (teacher-led) to 1 (student-led): low, median, high.
    pub voice: [f64; 3],
}

/// When a condition holds, over replicates.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ConditionDates {
    /// Place of the condition.
    pub node: usize,
    /// Place of the school.
    pub school: usize,
    /// 10 %, 50 %, 90 % of the dates on which it first holds; nothing for `never within the scenario`.
    pub holds_from: [Option<Date>; 3],
    /// Share of replicates in which it is on the critical path.
    pub critical: f64,
}

/// What happened to people within one school year: means over the replicates.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct YearEnd {
    /// The school year.
    pub year: String,
    /// Week number of its end.
    pub week: usize,
    /// Share using at least one practice: low, median, high.
    pub using: [f64; 3],
    /// Share at routine in at least one practice: low, median, high.
    pub routine: [f64; 3],
    /// Educators who left.
    pub leavers: f64,
    /// Educators who moved to another school.
    pub movers: f64,
    /// Times that somebody who was using a practice stopped using it (not by leaving).
    pub stopped_using: f64,
}

/// All that an ensemble answers.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Results {
    /// The Monday of each week.
    pub weeks: Vec<Date>,
    /// Part of a full school week that each week is (attendance days / 5), averaged over schools.
    pub school_week: Vec<f64>,
    /// How many replicates.
    pub replicates: u32,
    /// The whole district.
    pub district: GroupCurves,
    /// Each school, in the district's order.
    pub schools: Vec<GroupCurves>,
    /// When half and four fifths are using it, and are at routine.
    pub milestones: Vec<Milestone>,
    /// Each model.
    pub models: Vec<ModelReach>,
    /// What pupils live through.
    pub students: Vec<StudentOutcome>,
    /// When conditions hold.
    pub conditions: Vec<ConditionDates>,
    /// The end of each school year.
    pub year_ends: Vec<YearEnd>,
}
