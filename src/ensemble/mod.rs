//! The ensemble: many replicates under different luck, and what they have in common.
//!
//! Has everything one run needs, gives medians, bands and milestones; the same bytes on any number of
//! threads. Knows no files and no pictures.

mod results;
mod statistics;
mod run;
mod summary;

pub use results::Band;
pub use results::ConditionDates;
pub use results::GroupCurves;
pub use results::Milestone;
pub use results::ModelReach;
pub use results::PracticeCurves;
pub use results::Reached;
pub use results::Results;
pub use results::StudentOutcome;
pub use results::YearEnd;
pub use run::Job;
pub use run::Replicate;
pub use statistics::low_median_high;
pub use summary::summarise;
