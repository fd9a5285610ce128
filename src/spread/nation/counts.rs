//! What is counted in a nation.

use crate::kernel::Happened;
use serde::Serialize;

/// A state at the end of a school year.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct StateYear {
    /// Educators whose highest level is at least 1, 2, 3, 4, 5.
    pub at_least: [u32; 5],
    /// Educators using each practice, and at routine in it.
    pub practices: Vec<(u32, u32)>,
    /// Educators held back by each of [`crate::adoption::HELD_BY`] in the last full week.
    pub held_by: [u32; 5],
    /// Schools at scale.
    pub schools_at_scale: u32,
    /// Districts at scale.
    pub districts_at_scale: u32,
    /// Districts that have begun.
    pub districts_begun: u32,
}

/// A district at the end.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct DistrictEnd {
    /// The school year, from 1, in which it began.
    pub began_in_year: Option<u32>,
    /// The school year, from 1, at whose end it was first at scale.
    pub at_scale_in_year: Option<u32>,
    /// Educators using at least one practice at the end of each school year.
    pub using: Vec<u32>,
    /// Educators at routine in at least one, likewise.
    pub routine: Vec<u32>,
}

/// A school at the end.
#[derive(Debug, Clone, Copy, Default, PartialEq, Serialize)]
pub struct SchoolEnd {
    /// Educators whose highest level is at least 1, 2, 3, 4, 5.
    pub at_least: [u16; 5],
    /// The school year, from 1, at whose end it was first at scale; 0 for never.
    pub at_scale_in_year: u8,
}

/// One replicate of a nation.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct NationCourse {
    /// Educators whose highest level is at least 1, 2, 3, 4, 5, by week.
    pub at_least: Vec<[u32; 5]>,
    /// By school year, then state.
    pub years: Vec<Vec<StateYear>>,
    /// By district.
    pub districts: Vec<DistrictEnd>,
    /// By school.
    pub schools: Vec<SchoolEnd>,
    /// Leavers, movers and those who stopped using, over the whole time.
    #[serde(skip)]
    pub happened: Happened,
}
