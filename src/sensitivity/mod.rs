//! Sensitivity: which inputs an outcome hangs on, where it fails, and how much of it is luck.
//!
//! Has the points of a design and an outcome for each, gives tornado bars, elementary effects, Sobol' indices, boxes in
//! which a plan fails, and the share of luck. Knows no scenarios and runs nothing. Whatever cannot be told is an error
//! or a `None`, never a number that is not one. Resampling is a pure function of a seed.

mod bootstrap;
mod indices;
mod luck_share;
mod morris;
mod prim;
mod tornado;
mod unmeasured;

pub use bootstrap::BOOTSTRAP_ROUNDS;
pub use indices::Estimate;
pub use indices::InputIndices;
pub use indices::SobolIndices;
pub use indices::sobol_indices;
pub use luck_share::LuckShare;
pub use luck_share::Numbers;
pub use luck_share::luck_share;
pub use morris::ElementaryEffects;
pub use morris::elementary_effects;
pub use prim::Discovery;
pub use prim::Edge;
pub use prim::Found;
pub use prim::MOST_BY_CHANCE;
pub use prim::Peeling;
pub use prim::Restriction;
pub use prim::ScenarioBox;
pub use prim::discover;
pub use prim::paste;
pub use tornado::Bar;
pub use tornado::Tornado;
pub use tornado::tornado;
pub use unmeasured::Unmeasured;
