//! Limits as data: a floor or a cap on a quantity in a window of time.

use crate::bells::Kind;
use crate::calendar::DayKind;
use crate::clauses::Measure;
use crate::findings::Place;
use crate::units::ClockTime;
use crate::units::Date;
use crate::units::Dollars;
use crate::units::Grades;
use crate::units::Minutes;
use serde::Serialize;

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
    /// What counts towards it besides, each up to a cap.
    pub credits: Vec<Credit>,
    /// Floor or cap.
    pub side: Side,
    /// Over which stretch of time.
    pub per: Window,
    /// What is made of the days of that stretch.
    pub figure: Figure,
    /// Whether the grades of the whole district are averaged.
    pub averaged: Option<DistrictMean>,
    /// How figures are rounded before they are compared; not at all when there is none.
    pub rounding: Option<Rounding>,
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
    /// A time of day.
    Clock(ClockTime),
    /// So many for each one (`25 educators for each coach`), in thousandths.
    PerOne(i64),
    /// A share, in millionths.
    Share(i64),
    /// Money.
    Dollars(Dollars),
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
    /// Every run of so many counted days, wherever it begins.
    Consecutive(u32),
    /// Each term of the calendar.
    Term,
    /// Each school year.
    Year,
}

/// What is made of the counted days of a window.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub enum Figure {
    /// Their sum.
    Total,
    /// Their mean: the sum over the number of counted days.
    DailyMean,
    /// The sum over the number of weeks that have a counted day.
    WeeklyMean,
}

/// The figure is the mean over grades of all schools, not that of one grade.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct DistrictMean {
    /// The grades that are averaged.
    pub grades: Grades,
    /// What each grade of a school weighs.
    pub by: Weight,
}

/// What a grade of a school weighs in a district's mean.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub enum Weight {
    /// As many as it has pupils.
    Pupils,
    /// Each the same.
    Grades,
}

/// Rounding as a rule of the text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Rounding {
    /// Which way.
    pub direction: Direction,
    /// To which step.
    pub step: Step,
    /// What is rounded.
    pub of: Rounded,
}

/// Which way a figure is rounded.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub enum Direction {
    /// Never more than it is.
    Down,
    /// Never less than it is.
    Up,
    /// To the nearest step, halves away from zero.
    HalfUp,
    /// To the nearest step, halves to the even one.
    HalfEven,
}

/// The step that a figure is rounded to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub enum Step {
    /// So many digits after the point, in the unit that the amounts are written in.
    Digits(u32),
    /// Whole multiples of so many minutes.
    Minutes(Minutes),
}

/// What is rounded.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub enum Rounded {
    /// What each day gives, before days are added up.
    EachDay,
    /// The figure of the window, before it is compared.
    Figure,
}

/// Time that counts towards a limit although pupils are not in class, up to a cap in each window.
#[derive(Debug, Clone)]
pub struct Credit {
    /// What is credited, together up to the cap.
    pub of: Vec<Credited>,
    /// The most that counts in a window; days are counted as average days of the window.
    pub up_to: Amount,
    /// Where it is written.
    pub written: Place,
}

/// What may be credited.
#[derive(Debug, Clone, PartialEq)]
pub enum Credited {
    /// Minutes of staff while the pupils in question are not at school.
    StaffTime {
        /// Kinds of staff minutes.
        counts: Vec<Kind>,
        /// The role's id.
        role: String,
    },
    /// Days of these kinds on which the pupils in question do not come, each as the average counted day of the window.
    DaysOf(Vec<DayKind>),
}
