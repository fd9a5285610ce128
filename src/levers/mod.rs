//! Levers: how far a schedule can be moved before a clause breaks, asked value by value.
//!
//! Has a timetable and the clauses that judge it, moves one thing (an earlier release, fewer release days, days
//! lost, later bells) and judges again: every value of a stated range, because exceptions may begin to count and
//! slack need not fall steadily. Knows no files and no readiness; draws luck only for days lost.

mod lever;
mod blocks;
mod usual;
mod change;
mod lost;
mod search;
mod told;
mod reach;
mod breakeven;
mod closures;
mod share;
mod winter;
mod snow;

#[cfg(test)]
mod made;

pub use blocks::Change;
pub use blocks::WITH_PUPILS;
pub use blocks::changed;
pub use blocks::last_of_all;
pub use blocks::pupils_day;
pub use breakeven::Answered;
pub use breakeven::Unmoved;
pub use breakeven::Way;
pub use breakeven::breakeven;
pub use closures::Closures;
pub use closures::LostDays;
pub use closures::MOST_DAYS_OF_A_MONTH;
pub use closures::SchoolDays;
pub use lever::Lever;
pub use lever::Moved;
pub use search::Now;
pub use search::Tried;
pub use share::Breach;
pub use share::Days;
pub use share::Estimate;
pub use share::Needed;
pub use snow::ClauseBreach;
pub use snow::Fate;
pub use snow::Snow;
pub use snow::SnowYear;
pub use snow::snow;
pub use usual::WEEKDAYS;
pub use usual::attended;
pub use usual::earlier_by;
pub use usual::short_on;
pub use usual::short_schedules;
pub use usual::usual;

use crate::calendar::Calendar;
use crate::clauses::Lawbook;
use crate::district::District;
use crate::timetable::Timetable;

/// What a question is asked about: the timetable as proposed, and what it is judged by.
#[derive(Debug, Clone, Copy)]
pub struct Ground<'a> {
    /// Clauses, waivers and facts.
    pub book: Lawbook<'a>,
    /// The district.
    pub district: &'a District,
    /// Its calendars, for the emergency days they propose.
    pub calendars: &'a [Calendar],
    /// What everybody gets on each date.
    pub timetable: &'a Timetable,
}

impl Ground<'_> {
    /// Emergency days that the calendar of a school proposes in a school year, by place.
    pub fn proposed(&self, school: usize, year: usize) -> u32 {
        self.calendars[self.district.schools[school].calendar].years[year].emergency_days
    }
}
