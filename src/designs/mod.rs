//! Designs of experiments: which points of the space of inputs are tried.
//!
//! Has a number of inputs, gives points in the unit cube, point by input, and the values that they stand for under
//! the distribution of each input. Knows no scenarios and runs nothing. Everything drawn by lot is a pure function
//! of a seed, see [`lot`](lot()).

mod directions;
mod grid;
mod latin;
mod lot;
mod morris;
mod one_at_a_time;
mod quantile;
mod saltelli;
mod sobol;
mod undesigned;

pub use grid::full_grid;
pub use latin::latin_hypercube;
pub use lot::lot;
pub use lot::lot_below;
pub use lot::lot_unit;
pub use lot::shuffled;
pub use morris::morris_step;
pub use morris::morris_trajectories;
pub use one_at_a_time::one_at_a_time;
pub use quantile::inverse_normal;
pub use quantile::quantile;
pub use quantile::values_of;
pub use saltelli::saltelli_design;
pub use sobol::MOST_DIMENSIONS;
pub use sobol::Scramble;
pub use sobol::sobol_sequence;
pub use undesigned::MOST_POINTS;
pub use undesigned::Undesigned;
