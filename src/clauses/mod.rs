//! Clauses: rules of law, contract and policy as data, judged against the timetable.
//!
//! Has clauses and a timetable, gives verdicts: both sides of each comparison, the slack in the clause's own
//! unit, the date on which it is tightest, and the exception or alternative that saved it. Knows no state
//! and no contract: everything a clause says is data.

mod clause;
mod verdict;
mod amount;
mod words;
mod measure;
mod subject;
mod windows;
mod weigh;
mod regular;
mod make_up;
mod exceptions;
mod computable;
mod comparison;
mod answer;
mod reasons;
mod judge;
#[cfg(test)]
mod examples;
#[cfg(test)]
mod golden;
#[cfg(test)]
mod obvious;

pub use clause::Amount;
pub use clause::Applies;
pub use clause::Cap;
pub use clause::Clause;
pub use clause::DatedValue;
pub use clause::Exception;
pub use clause::Government;
pub use clause::Limit;
pub use clause::MakeUpDays;
pub use clause::Measure;
pub use clause::Order;
pub use clause::Requirement;
pub use clause::Rule;
pub use clause::Side;
pub use clause::When;
pub use clause::Window;
pub use judge::judge;
pub use verdict::ExceptionUse;
pub use verdict::Failure;
pub use verdict::Outcome;
pub use verdict::Quantity;
pub use verdict::Unit;
pub use verdict::Verdict;
pub use verdict::Verdicts;
pub use verdict::holding_spans;
pub use words::describe;
pub use words::describe_requirement;
