//! The ensemble: many replicates under different luck, and what they have in common.
//!
//! Has everything one run needs, gives medians, bands and milestones; the same bytes on any number of
//! threads. Knows no files and no pictures.

mod results;
mod statistics;
mod run;
mod summary;
mod student;
mod difference;
mod held;
mod side;
mod comparable;
mod kinds;
mod paired;

pub use comparable::why_not_comparable;
pub use difference::Difference;
pub use difference::Moments;
pub use held::Held;
pub use held::HeldChange;
pub use kinds::KindDifference;
pub use kinds::KindYear;
pub use kinds::Sorted;
pub use paired::Counts;
pub use paired::CurveDifference;
pub use paired::HeldInSchools;
pub use paired::MeasureDifference;
pub use paired::Paired;
pub use paired::SchoolDifference;
pub use paired::compare;
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
pub use side::ROUTINE;
pub use side::Side;
pub use side::USING;
pub use statistics::low_median_high;
pub use student::CONFIDENCE;
pub use student::t_factor;
pub use summary::summarise;
