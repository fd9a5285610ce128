//! The levers there are, and what they are called.

use crate::clauses::Quantity;
use crate::clauses::Unit;
use crate::units::Weekday;
use serde::Serialize;

/// Something about a schedule that can be moved by whole minutes or days.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub enum Lever {
    /// Pupils leave earlier on the days of release.
    Release,
    /// More or fewer days of the release weekday ring the short schedule.
    ReleaseDays,
    /// Days of attendance are lost.
    SnowDays,
    /// Pupils begin later and end as now; staff are there as now.
    LaterStart,
    /// All bells of pupils and staff ring later.
    LaterBells,
}

impl Lever {
    /// All levers, in the order in which they are told.
    pub const ALL: [Lever; 5] =
        [Lever::Release, Lever::ReleaseDays, Lever::SnowDays, Lever::LaterStart, Lever::LaterBells];

    /// The word for it in questions.
    pub fn name(self) -> &'static str {
        match self {
            Lever::Release => "release",
            Lever::ReleaseDays => "release-days",
            Lever::SnowDays => "snow-days",
            Lever::LaterStart => "later-start",
            Lever::LaterBells => "later-bells",
        }
    }

    /// What moving it means, as a heading.
    pub fn title(self) -> &'static str {
        match self {
            Lever::Release => "Release: pupils leave earlier on release days",
            Lever::ReleaseDays => "Release days: so many days of a school year ring the short schedule",
            Lever::SnowDays => "Snow days: so many days of attendance of each school year are lost",
            Lever::LaterStart => "Later start: pupils begin later and end as now",
            Lever::LaterBells => "Later bells: all bells of pupils and staff ring later",
        }
    }

    /// One of its values in words.
    pub fn words(self, value: u32) -> String {
        let quantity = self.quantity(value);
        match self {
            Lever::Release => format!("{quantity} earlier"),
            Lever::ReleaseDays => quantity.to_string(),
            Lever::SnowDays => format!("{quantity} lost"),
            Lever::LaterStart | Lever::LaterBells => format!("{quantity} later"),
        }
    }

    /// One of its values with its unit.
    pub fn quantity(self, value: u32) -> Quantity {
        let unit = match self {
            Lever::Release | Lever::LaterStart | Lever::LaterBells => Unit::Minutes,
            Lever::ReleaseDays | Lever::SnowDays => Unit::Days,
        };
        Quantity::whole(i64::from(value), unit)
    }
}

/// In which schools, and on which weekday, a lever is moved.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Moved {
    /// Places of the schools.
    pub schools: Vec<usize>,
    /// The weekday of release; the one on which short days fall when none is asked for.
    pub weekday: Option<Weekday>,
}
