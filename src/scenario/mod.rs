//! Scenarios: RON files as written, read into checked values with all findings at once.
//!
//! Has a path, gives a [`Scenario`]. The only room that knows RON, spans and file texts.

mod model;

pub use model::Goal;
pub use model::InputFile;
pub use model::Scenario;
