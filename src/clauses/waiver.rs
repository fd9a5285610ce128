//! Waivers as data: who let go of which clause, from when until when, and on what condition.

use crate::clauses::Government;
use crate::clauses::Order;
use crate::clauses::Requirement;
use crate::findings::Place;
use crate::units::Date;

/// A waiver of one clause.
#[derive(Debug, Clone)]
pub struct Waiver {
    /// Its id.
    pub id: String,
    /// A short title.
    pub title: String,
    /// Key of the source it was read in.
    pub source: Option<String>,
    /// Where it stands: a section, a resolution, a letter.
    pub section: String,
    /// The text, verbatim or closely paraphrased.
    pub text: String,
    /// Where it stands among its like.
    pub order: Order,
    /// The clause that it waives, by place.
    pub clause: usize,
    /// Who has granted it.
    pub granted_by: Government,
    /// First day.
    pub from: Date,
    /// Last day.
    pub until: Date,
    /// Schools, by id; all when empty.
    pub schools: Vec<String>,
    /// What must hold in its time for the waiver to count, of the same people as the clause.
    pub only_if: Option<Requirement>,
    /// The condition of the scenario (by place) that must be in place for the waiver to count.
    pub needs: Option<usize>,
    /// Where it is written.
    pub written: Place,
}
