//! The kernel: weeks of levels of use for millions of educators.
//!
//! Has positions in teams, schools and districts, settings by week and the rules of a replicate, gives who is where
//! after each week. The model is that of `crate::adoption`, which weighs everybody every week and tells why; here each
//! quantity is a list of its own, capacities are weighed only where a draw does not rule out a step, and hours and
//! load are looked up rather than added week by week.

mod shared;
mod person;
mod block;
mod account;
mod tally;
mod capacities;
mod help;
mod hold;
mod draws;
mod dose;
mod rules;
mod setting;
mod step;
mod view;
mod weigh;
mod year;

pub use block::Block;
pub use block::District;
pub use block::Happened;
pub use block::Position;
pub use block::School;
pub use block::SchoolStart;
pub use hold::held_by;
pub use rules::Answer;
pub use rules::Band;
pub use rules::Chance;
pub use rules::GateRule;
pub use rules::Hours;
pub use rules::PracticeRule;
pub use rules::Rules;
pub use rules::Sharing;
pub use rules::Spread;
pub use rules::StepRule;
pub use rules::needs;
pub use setting::Learning;
pub use setting::PracticeWeeks;
pub use setting::RoleWeeks;
pub use setting::Setting;
pub use setting::Support;
pub use setting::Weeks;
pub use shared::Shared;
pub use step::Scratch;
pub use step::week;
pub use year::end_year;
