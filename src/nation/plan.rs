//! The plan of a nation: which districts begin when, what they hear of one another, and how they differ.
//!
//! Has what a scenario says, gives it checked. The schools of its scenario stand for all schools of their level.

use crate::findings::Place;
use crate::luck::Uncertain;
use crate::nation::territory::Territory;
use crate::units::Share;

/// Districts that begin together.
#[derive(Debug, Clone, PartialEq)]
pub struct Wave {
    /// Part of the districts of its states.
    pub share: Share,
    /// The school year in which they begin, from 1.
    pub in_year: u32,
    /// States by place in the territory; nothing means all.
    pub states: Option<Vec<usize>>,
}

/// Hazards by which a district that is in no wave begins at the start of a school year \[1/year\].
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Follows {
    /// By itself.
    pub alone: f64,
    /// When all its neighbours have begun.
    pub neighbours: f64,
    /// When all of its service region has.
    pub region: f64,
    /// When all of its state has.
    pub state: f64,
}

/// What the use of a practice elsewhere adds to will, where everybody there uses it.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Hears {
    /// In the neighbouring districts.
    pub neighbours: f64,
    /// In the service region.
    pub region: f64,
    /// In the state.
    pub state: f64,
}

/// How districts differ from the template: factors, drawn for each district.
#[derive(Debug, Clone, PartialEq)]
pub struct Varies {
    /// On hours of learning.
    pub learning: Uncertain,
    /// On hours of support.
    pub support: Uncertain,
}

/// A nation.
#[derive(Debug, Clone, PartialEq)]
pub struct NationPlan {
    /// States, districts and schools.
    pub territory: Territory,
    /// Districts next to a district on each side of it that it hears of.
    pub neighbours_each_side: u32,
    /// The school of the scenario that stands for each level, by place; in the order of levels.
    pub template: [usize; 5],
    /// Waves.
    pub waves: Vec<Wave>,
    /// How the others begin.
    pub follows: Follows,
    /// What districts hear of one another.
    pub hears: Hears,
    /// How they differ.
    pub varies: Varies,
    /// A school or district is at scale when this share of its educators use at least one practice.
    pub at_scale: Share,
    /// Where it is written.
    pub written: Place,
}
