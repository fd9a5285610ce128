//! What a clause says, as data.

use crate::bells::Kind;
use crate::calendar::DayKind;
use crate::clauses::Limit;
use crate::clauses::Penalty;
use crate::clauses::Window;
use crate::findings::Place;
use crate::units::Date;
use crate::units::Grades;
use serde::Serialize;

/// Where a clause stands among its like: an earlier one binds a later one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub enum Order {
    /// A law.
    Statute,
    /// An agency's rule under a law.
    Regulation,
    /// A collective-bargaining agreement.
    Contract,
    /// A memorandum of understanding beside an agreement.
    Memorandum,
    /// A board's policy.
    Policy,
}

/// Who must act for a clause to change.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub enum Government {
    /// The United States.
    Federal,
    /// The state's legislature or board of education.
    State,
    /// The county or region.
    Region,
    /// The district's board.
    District,
    /// Board and union together, at the table.
    Bargaining,
    /// The school.
    School,
}

impl Government {
    /// The words for it in sentences.
    pub fn name(self) -> &'static str {
        match self {
            Government::Federal => "the United States",
            Government::State => "the state",
            Government::Region => "the region",
            Government::District => "the district's board",
            Government::Bargaining => "board and union together",
            Government::School => "the school",
        }
    }
}

/// What a clause speaks of. Empty lists mean all.
#[derive(Debug, Clone)]
pub struct Applies {
    /// States, as two letters.
    pub states: Vec<String>,
    /// Schools, by id.
    pub schools: Vec<String>,
    /// Grades, for clauses about pupils.
    pub grades: Grades,
    /// Roles, by id, for clauses about staff.
    pub roles: Vec<String>,
    /// Kinds of days that count.
    pub days: Vec<DayKind>,
}

/// A clause: a sentence somebody agreed to, its number, and a limit.
#[derive(Debug, Clone)]
pub struct Clause {
    /// Its id.
    pub id: String,
    /// A short title.
    pub title: String,
    /// Key of the source it was read in.
    pub source: Option<String>,
    /// Statute section or contract article.
    pub section: String,
    /// The text, verbatim or closely paraphrased.
    pub text: String,
    /// Where it stands among its like.
    pub order: Order,
    /// Who must act for it to change.
    pub changed_by: Government,
    /// Who may waive it; empty when the text does not say.
    pub waivable_by: Vec<Government>,
    /// The day somebody last held it against its source.
    pub checked_on: Option<Date>,
    /// What it speaks of.
    pub applies: Applies,
    /// What it asks.
    pub rule: Rule,
    /// The money that is lost where it is not met, by its own formula.
    pub penalty: Option<Penalty>,
    /// Whether its figures are assumed rather than found.
    pub assumed: bool,
    /// Where it is written.
    pub written: Place,
}

/// What a clause asks: something that can be computed, or words that cannot.
#[expect(clippy::large_enum_variant, reason = "clauses are few, and nearly all of them are computable")]
#[derive(Debug, Clone)]
pub enum Rule {
    /// A requirement, with exceptions to it.
    Computable {
        /// What must hold.
        requires: Requirement,
        /// What counts all the same where it does not.
        unless: Vec<Exception>,
    },
    /// Nothing that a timetable could answer, and why.
    NotComputable(String),
}

/// What must hold.
#[derive(Debug, Clone)]
pub enum Requirement {
    /// One limit.
    Limit(Limit),
    /// Every one of these.
    All(Vec<Requirement>),
    /// Any one of these (`180 days or 990 hours`).
    Any(Vec<Requirement>),
}

/// What counts all the same on a day that does not meet a daily limit.
#[derive(Debug, Clone)]
pub struct Exception {
    /// Its id within the clause.
    pub id: String,
    /// Its text.
    pub text: String,
    /// All of these must hold on the day.
    pub when: Vec<When>,
    /// At most so many days in a window may use it; nothing where the text sets no cap.
    pub at_most_days: Option<(u32, Window)>,
    /// The minutes that the day lacks must be made up on other days.
    pub makes_up: Option<MakeUpDays>,
    /// Where it is written.
    pub written: Place,
}

/// A condition of an exception, about one day.
#[derive(Debug, Clone)]
pub enum When {
    /// The day still meets this lower limit; where the limit is not daily, a window with the day in it does.
    Limit(Limit),
    /// The day is of one of these kinds.
    DayIs(Vec<DayKind>),
    /// After pupils leave, staff of the role have at least as many minutes of these kinds as the day lacks.
    RemainderIs {
        /// Kinds of staff minutes.
        kinds: Vec<Kind>,
        /// The role's id.
        role: String,
    },
    /// Such days come at regular intervals: the same weekday, every so many weeks.
    Regular,
}

/// On which days the minutes that a short day lacks are made up.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub enum MakeUpDays {
    /// On the school days after it, until the next such day or the year's end.
    UntilNext,
    /// On the school days before it, since the one before or the year's start.
    SincePrevious,
}
