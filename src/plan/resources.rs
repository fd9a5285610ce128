//! What a rollout has to work with: practices, learning time, partners, engagement and money.

use crate::bells::Kind;
use crate::calendar::DayKind;
use crate::findings::Place;
use crate::units::Date;
use crate::units::Dollars;
use crate::units::Grade;
use crate::units::Grades;
use crate::units::Share;
use serde::Serialize;

/// How much of the say is the pupils', from teacher-led to student-led.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub enum Voice {
    /// The teacher decides.
    TeacherLed,
    /// Pupils are asked.
    Consulted,
    /// Pupils and teacher decide together.
    Shared,
    /// Pupils decide, with guidance.
    StudentLed,
}

impl Voice {
    /// All steps, from teacher-led to student-led.
    pub const ALL: [Voice; 4] = [Voice::TeacherLed, Voice::Consulted, Voice::Shared, Voice::StudentLed];

    /// Its place on the continuum: 0 for teacher-led, 1 for student-led.
    pub fn part(self) -> f64 {
        self as usize as f64 / 3.0
    }

    /// The words for it on charts.
    pub fn name(self) -> &'static str {
        match self {
            Voice::TeacherLed => "teacher-led",
            Voice::Consulted => "consulted",
            Voice::Shared => "shared",
            Voice::StudentLed => "student-led",
        }
    }
}

/// A practice: an entry point that educators may choose.
#[derive(Debug, Clone)]
pub struct Practice {
    /// Its id.
    pub id: String,
    /// Its title.
    pub title: String,
    /// Grades it is meant for.
    pub grades: Grades,
    /// The step of student voice it reaches, where the grade allows it.
    pub voice: Voice,
    /// Practices (by place) that an educator must be using before she takes this one up.
    pub after: Vec<usize>,
    /// Where it is written.
    pub written: Place,
}

/// A named set of practices.
#[derive(Debug, Clone)]
pub struct PracticeModel {
    /// Its id.
    pub id: String,
    /// Its title.
    pub title: String,
    /// Practices in it, by place.
    pub of: Vec<usize>,
    /// A school has reached it when this share of its educators use all of them.
    pub at_scale: Share,
    /// Where it is written.
    pub written: Place,
}

/// What kind of learning time it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub enum LearningKind {
    /// Colleagues learn with and from one another; those at routine carry the others.
    CommunityOfPractice,
    /// A day without pupils.
    InstituteDay,
    /// A week or so in summer.
    SummerAcademy,
    /// On one's own, by proposal.
    IndependentStudy,
    /// A team's common time.
    TeamTime,
}

/// Where its hours come from.
#[derive(Debug, Clone)]
pub enum Delivered {
    /// From the timetable: staff blocks with this id.
    InBlocks(String),
    /// From the timetable: professional development on days of this kind.
    OnDays(DayKind),
    /// From the timetable: staff minutes of this kind.
    OfKind(Kind),
    /// On these dates, so many hours each \[h\].
    OnDates {
        /// The dates.
        dates: Vec<Date>,
        /// Hours on each of them \[h\].
        hours_each: f64,
    },
    /// So many hours in each full school week \[h/week\].
    Weekly(f64),
}

/// Time in which educators learn the new practice.
#[derive(Debug, Clone)]
pub struct LearningTime {
    /// Its id.
    pub id: String,
    /// Its title.
    pub title: String,
    /// What kind it is.
    pub kind: LearningKind,
    /// Where its hours come from.
    pub delivered: Delivered,
    /// Part of those hours that is spent on the new practice.
    pub on_practice: Share,
    /// Part of the educators that take part, drawn anew each school year when it is less than all.
    pub attends: Share,
    /// What a participant costs a year.
    pub cost_per_participant: Dollars,
    /// Budget line (by place) that pays for it.
    pub line: Option<usize>,
    /// Condition (by place in the graph) from which on it is given.
    pub needs: Option<usize>,
    /// Where it is written.
    pub written: Place,
}

/// What a partner adds while it works.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub enum PartnerAdds {
    /// Hours of support a week for each school \[h/week\].
    SupportHours(f64),
    /// Hours of learning time a week for each educator \[h/week\].
    LearningHours(f64),
}

/// An outside partner. It may fail, and then it harms until somebody notices.
#[derive(Debug, Clone)]
pub struct Partner {
    /// Its id.
    pub id: String,
    /// Its title.
    pub title: String,
    /// What it adds.
    pub adds: PartnerAdds,
    /// Chance that it fails within a year.
    pub fails_per_year: Share,
    /// How far it holds expertise or resources down between failing and being noticed.
    pub harm: Share,
    /// How long it takes to notice \[weeks\].
    pub noticed_after_weeks: u32,
    /// What it costs a year.
    pub cost_per_year: Dollars,
    /// Budget line (by place) that pays for it.
    pub line: Option<usize>,
    /// Condition (by place in the graph) from which on it works.
    pub needs: Option<usize>,
    /// Where it is written.
    pub written: Place,
}

/// An event or a habit by which a school engages its families.
#[derive(Debug, Clone)]
pub struct Engagement {
    /// Its id.
    pub id: String,
    /// Its title.
    pub title: String,
    /// The dates on which it happens.
    pub dates: Vec<Date>,
    /// Schools (by place); empty means all.
    pub schools: Vec<usize>,
    /// How far it moves families' support towards full support.
    pub raises: Share,
    /// Where it is written.
    pub written: Place,
}

/// Money for one purpose.
#[derive(Debug, Clone)]
pub struct BudgetLine {
    /// Its id.
    pub id: String,
    /// Its title.
    pub title: String,
    /// What there is in each school year of the scenario, in order.
    pub by_year: Vec<Dollars>,
    /// Roles (by place) it pays for.
    pub pays_roles: Vec<usize>,
    /// Where it is written.
    pub written: Place,
}

/// Everything a rollout has to work with.
#[derive(Debug, Clone)]
pub struct Resources {
    /// Practices that educators may choose.
    pub practices: Vec<Practice>,
    /// Models made of them.
    pub models: Vec<PracticeModel>,
    /// The furthest step of student voice at each grade.
    pub voice_limits: Vec<(Grade, Voice)>,
    /// Learning times.
    pub learning: Vec<LearningTime>,
    /// Partners.
    pub partners: Vec<Partner>,
    /// Engagement of families.
    pub engagement: Vec<Engagement>,
    /// Money.
    pub budget: Vec<BudgetLine>,
}
