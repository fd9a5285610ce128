//! Experiments: a scenario under many values, and what the outcome hangs on.
//!
//! Has a scenario that is open for values and what was asked, gives inputs, points, units of work and, once all units
//! are there, what was measured. A unit is a pure function of the scenario, the points and the replicates it covers;
//! units are joined like sets, in any order, and everything that is told is computed from the whole. Reads and writes no
//! files.

mod analysis;
mod asked;
mod axis;
mod lay;
mod fails;
mod input;
mod measure;
mod notation;
mod parameter_words;
mod plan;
mod run;
mod summary;
mod unit;

pub use analysis::Analysis;
pub use analysis::OfMeasure;
pub use analysis::analyse;
pub use asked::Asked;
pub use asked::Design;
pub use asked::Method;
pub use asked::Purpose;
pub use fails::Fails;
pub use fails::Side;
pub use input::Domain;
pub use input::Input;
pub use input::Kind;
pub use measure::Measure;
pub use measure::Measures;
pub use notation::Value;
pub use notation::shown;
pub use plan::Plan;
pub use plan::Point;
pub use plan::Section;
pub use plan::plan;
pub use run::Runner;
pub use summary::Measured;
pub use summary::Summary;
pub use unit::Cut;
pub use unit::Joined;
pub use unit::Record;
pub use unit::Unit;
pub use unit::UnitError;
pub use unit::ranges as unit_ranges;
