//! Clauses: rules of law, contract and policy as data, judged against the timetable.
//!
//! Has clauses and a timetable, gives verdicts: both sides of each comparison, the slack in the clause's own
//! unit, the date on which it is tightest, and the exception or alternative that saved it. Knows no state
//! and no contract: everything a clause says is data.

mod clause;
mod limit;
mod quantity;
mod fact;
mod penalty;
mod waiver;
mod verdict;
mod exact;
mod amount;
mod words;
mod measure;
mod subject;
mod windows;
mod scene;
mod credits;
mod weigh;
mod stated;
mod across;
mod regular;
mod make_up;
mod exceptions;
mod faults;
mod computable;
mod comparison;
mod answer;
mod quick;
mod reasons;
mod exception_words;
mod judge;
mod change;
mod trace;
mod at_risk;
mod dominance;
mod notes;
#[cfg(test)]
mod examples;
#[cfg(test)]
mod golden;
#[cfg(test)]
mod obvious;

pub use amount::PARTS_OF_A_SHARE;
pub use amount::PARTS_OF_ONE;
pub use amount::in_force_between;
pub use at_risk::AtRisk;
pub use at_risk::at_risk;
pub use clause::Applies;
pub use clause::Clause;
pub use clause::Exception;
pub use clause::Government;
pub use clause::MakeUpDays;
pub use clause::Order;
pub use clause::Requirement;
pub use clause::Rule;
pub use clause::When;
pub use fact::Fact;
pub use fact::FactValue;
pub use fact::Said;
pub use faults::faults;
pub use judge::judge;
pub use judge::judge_each_school;
pub use limit::Amount;
pub use limit::Credit;
pub use limit::Credited;
pub use limit::DatedValue;
pub use limit::Direction;
pub use limit::DistrictMean;
pub use limit::Figure;
pub use limit::Limit;
pub use limit::Rounded;
pub use limit::Rounding;
pub use limit::Side;
pub use limit::Step;
pub use limit::Weight;
pub use limit::Window;
pub use notes::Note;
pub use notes::notes;
pub use penalty::Formula;
pub use penalty::OnceFor;
pub use penalty::Penalty;
pub use quantity::Cap;
pub use quantity::CapPer;
pub use quantity::CountedIn;
pub use quantity::Heads;
pub use quantity::Measure;
pub use quantity::PartOfDay;
pub use scene::Lawbook;
pub use scene::Tell;
pub use trace::Traced;
pub use trace::trace;
pub use verdict::ExceptionUse;
pub use verdict::Failure;
pub use verdict::Outcome;
pub use verdict::Quantity;
pub use verdict::Unit;
pub use verdict::Verdict;
pub use verdict::Verdicts;
pub use verdict::holding_spans;
pub use waiver::Waiver;
pub use words::describe;
pub use words::describe_requirement;
