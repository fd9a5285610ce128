//! What a search looks at.

use crate::candidates::Search;
use crate::clauses::Lawbook;
use crate::district::District;
use crate::plan::Delivered;
use crate::plan::Resources;
use crate::readiness::Node;
use crate::timetable::Timetable;

/// A district with its clauses, and what may move in it.
#[derive(Debug, Clone, Copy)]
pub struct Terrain<'a> {
    /// What may move.
    pub search: &'a Search,
    /// Clauses, waivers and facts.
    pub book: Lawbook<'a>,
    /// The district.
    pub district: &'a District,
    /// The timetable as read.
    pub timetable: &'a Timetable,
    /// Learning times and budget lines.
    pub resources: &'a Resources,
    /// Conditions.
    pub nodes: &'a [Node],
}

impl<'a> Terrain<'a> {
    /// The id of the staff blocks in which educators learn, where a learning time names one.
    pub fn learning_blocks(&self) -> Option<&'a str> {
        self.resources.learning.iter().find_map(|l| match &l.delivered {
            Delivered::InBlocks(id) => Some(id.as_str()),
            Delivered::OnDays(_) | Delivered::OfKind(_) | Delivered::OnDates { .. } | Delivered::Weekly(_) => None,
        })
    }
}
