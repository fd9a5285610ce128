//! What a limit may measure, as data.

use crate::bells::Kind;
use crate::units::ClockTime;
use crate::units::Minutes;

/// What is measured.
#[derive(Debug, Clone, PartialEq)]
pub enum Measure {
    /// Pupils' minutes of the kinds that count, each kind up to its caps.
    PupilMinutes {
        /// Kinds that count.
        counts: Vec<Kind>,
        /// Kinds that count only so far.
        caps: Vec<Cap>,
        /// Shorter blocks do not count.
        in_blocks_of: Option<Minutes>,
        /// Minutes outside this part of the day do not count.
        between: Option<PartOfDay>,
    },
    /// Staff minutes of the kinds that count, in blocks long enough to count.
    StaffMinutes {
        /// Kinds that count.
        counts: Vec<Kind>,
        /// Shorter blocks do not count.
        in_blocks_of: Option<Minutes>,
        /// Minutes outside this part of the day do not count.
        between: Option<PartOfDay>,
    },
    /// How many blocks of pupils of the kinds that count, each long enough to count.
    PupilBlocks {
        /// Kinds that count.
        counts: Vec<Kind>,
        /// Shorter blocks do not count.
        in_blocks_of: Option<Minutes>,
    },
    /// How many blocks of staff of the kinds that count, each long enough to count.
    StaffBlocks {
        /// Kinds that count.
        counts: Vec<Kind>,
        /// Shorter blocks do not count.
        in_blocks_of: Option<Minutes>,
    },
    /// The longest stretch of pupils' minutes of these kinds without a break \[min\].
    PupilRun {
        /// Kinds that belong to the stretch.
        counts: Vec<Kind>,
    },
    /// The longest stretch of staff minutes of these kinds without a break \[min\].
    StaffRun {
        /// Kinds that belong to the stretch.
        counts: Vec<Kind>,
    },
    /// Minutes in which the role and all of `with` have one of these kinds at the same time.
    CommonMinutes {
        /// Kinds that count.
        counts: Vec<Kind>,
        /// The other roles, by id.
        with: Vec<String>,
        /// Shorter common stretches do not count.
        in_blocks_of: Option<Minutes>,
    },
    /// From the staff's first bell in to their last bell out.
    Workday,
    /// The pupils' first bell in, as a time of day.
    PupilsArrive,
    /// The pupils' last bell out, as a time of day.
    PupilsLeave,
    /// The staff's first bell in, as a time of day.
    StaffArrive,
    /// The staff's last bell out, as a time of day.
    StaffLeave,
    /// Days on which pupils attend.
    PupilDays,
    /// Days on which staff of the role are at work, of the kinds that the clause speaks of.
    StaffDays,
    /// How many there are of something for each one of something else, in a school.
    Ratio {
        /// Of these ...
        of: Heads,
        /// ... for each of those.
        to: Heads,
    },
    /// What the scenario states: the sum of these facts (by id).
    Stated(Vec<String>),
    /// Days from one stated date until another.
    Notice {
        /// The fact that says when it was announced.
        of: String,
        /// The fact that says when it begins.
        before: String,
        /// Which days are counted.
        counted: CountedIn,
    },
}

/// A part of the day, from one time to another.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PartOfDay {
    /// Its first minute.
    pub from: ClockTime,
    /// The minute after its last.
    pub to: ClockTime,
}

/// A kind of minutes that counts only so far.
#[derive(Debug, Clone, PartialEq)]
pub struct Cap {
    /// The kind.
    pub kind: Kind,
    /// How much of it counts.
    pub up_to: Minutes,
    /// In which stretch of time.
    pub per: CapPer,
}

/// The stretch of time in which a kind of minutes is capped.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CapPer {
    /// In each block from bell to bell.
    Block,
    /// In each day.
    Day,
    /// In each window of the limit.
    Window,
}

/// Heads that are counted in a school.
#[derive(Debug, Clone, PartialEq)]
pub enum Heads {
    /// Pupils of the grades that the clause speaks of.
    Pupils,
    /// Positions of a role, by id; of a role that schools share, its full-time equivalents.
    Staff(String),
}

/// Which days a notice is counted in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CountedIn {
    /// All days of the calendar.
    CalendarDays,
    /// Days on which pupils attend.
    SchoolDays,
}
