//! What a clause says, as data.

use crate::bells::Kind;
use crate::calendar::DayKind;
use crate::findings::Place;
use crate::units::Date;
use crate::units::Grades;
use crate::units::Minutes;
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
    /// The day somebody last held it against its source.
    pub checked_on: Option<Date>,
    /// What it speaks of.
    pub applies: Applies,
    /// What it asks.
    pub rule: Rule,
    /// Whether its figures are assumed rather than found.
    pub assumed: bool,
    /// Where it is written.
    pub written: Place,
}

/// What a clause asks: something that can be computed, or words that cannot.
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

/// Which side of the amount is lawful.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub enum Side {
    /// At least the amount.
    AtLeast,
    /// At most the amount.
    AtMost,
}

/// A floor or a cap on a quantity in a window of time.
#[derive(Debug, Clone)]
pub struct Limit {
    /// What is measured.
    pub measure: Measure,
    /// Floor or cap.
    pub side: Side,
    /// Over which stretch of time.
    pub per: Window,
    /// The amounts by date; outside all of them the limit is not in force.
    pub values: Vec<DatedValue>,
    /// Where it is written.
    pub written: Place,
}

/// An amount with the dates between which it is in force.
#[derive(Debug, Clone, PartialEq)]
pub struct DatedValue {
    /// First day in force; always before, when there is none.
    pub from: Option<Date>,
    /// Last day in force; for good, when there is none.
    pub until: Option<Date>,
    /// The amount in the unit of the text.
    pub amount: Amount,
    /// Key of its own source, where it differs from the clause's.
    pub source: Option<String>,
}

/// An amount in the unit that the text uses.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub enum Amount {
    /// Minutes \[min\].
    Minutes(i64),
    /// Hours, kept as whole minutes but written as hours \[h\].
    Hours(Minutes),
    /// Days.
    Days(i64),
    /// Blocks of time: plan times, class periods, meetings.
    Blocks(i64),
}

/// What is measured.
#[derive(Debug, Clone)]
pub enum Measure {
    /// Pupils' minutes of the kinds that count, each kind up to its cap.
    PupilMinutes {
        /// Kinds that count.
        counts: Vec<Kind>,
        /// Kinds that count only so far.
        caps: Vec<Cap>,
    },
    /// Staff minutes of the kinds that count, in blocks long enough to count.
    StaffMinutes {
        /// Kinds that count.
        counts: Vec<Kind>,
        /// Shorter blocks do not count.
        in_blocks_of: Option<Minutes>,
    },
    /// How many blocks of the kinds that count, each long enough to count.
    StaffBlocks {
        /// Kinds that count.
        counts: Vec<Kind>,
        /// Shorter blocks do not count.
        in_blocks_of: Option<Minutes>,
    },
    /// From the staff's first bell in to their last bell out.
    Workday,
    /// Days on which pupils attend.
    PupilDays,
    /// Days on which staff of the role are at work, of the kinds that the clause speaks of.
    StaffDays,
}

/// A kind of minutes that counts only so far.
#[derive(Debug, Clone, PartialEq)]
pub struct Cap {
    /// The kind.
    pub kind: Kind,
    /// How much of it counts in a day.
    pub per_day: Minutes,
}

/// The stretch of time that a limit speaks of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub enum Window {
    /// Each day.
    Day,
    /// Each week, Monday to Sunday, that has a day the clause counts.
    Week,
    /// Each week that has five counted days or more: what contracts mean by a week.
    FullWeek,
    /// Each calendar month.
    Month,
    /// Each run of so many counted days, one after the other from the start of the year.
    Cycle(u32),
    /// Each term of the calendar.
    Term,
    /// Each school year.
    Year,
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
    /// At most so many days in a window may use it; no cap when there is none.
    pub at_most_days: Option<(u32, Window)>,
    /// The minutes that the day lacks must be made up on other days.
    pub makes_up: Option<MakeUpDays>,
    /// Where it is written.
    pub written: Place,
}

/// A condition of an exception, about one day.
#[derive(Debug, Clone)]
pub enum When {
    /// The day still meets this lower daily limit.
    Limit(Limit),
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
