//! Traces: the chain from a clause to the curve, and from a point on the curve back to what held it.
//!
//! Has a scenario and a question about one clause or one week, gives each link of the chain with the place in
//! the files where it is written. The same luck on both sides. Prints nothing.

mod amounts;
mod flip;
mod hours;
mod links;
mod clause;
mod causes;
mod will;
mod expertise;
mod supplies;
mod week;

pub use amounts::Change;
pub use amounts::changed;
pub use amounts::unit_of_text;
pub use causes::Cause;
pub use clause::ClauseAsked;
pub use clause::ClauseTrace;
pub use clause::Step;
pub use clause::Why;
pub use clause::trace_clause;
pub use flip::FirstFlip;
pub use hours::HoursOfYear;
pub use links::ConditionMoved;
pub use links::Downstream;
pub use links::Judged;
pub use week::Behind;
pub use week::WeekAsked;
pub use week::WeekTrace;
pub use week::trace_week;
