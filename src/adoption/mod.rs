//! Adoption: one week of levels of use, as pure functions of state, hours, conditions and luck.
//!
//! Has a roster, a supply and the rules of the ladder, gives the state of the next week and what held each
//! educator back. Knows no files and no statistics.

mod variants;
mod rules;
mod state;
mod capacities;
mod support;
mod agenda;
mod tally;
mod ending;
mod helping;
mod lots;
mod workspace;
mod track;
mod week;
mod between;
mod run;

pub use ending::CATEGORIES;
pub use ending::Ending;
pub use helping::PartnersEffect;
pub use helping::partner_after;
pub use helping::partners_effect;
pub use lots::Lots;
pub use rules::Capacity;
pub use rules::Gate;
pub use rules::Ladder;
pub use rules::ParameterSpec;
pub use rules::Parameters;
pub use rules::Policy;
pub use rules::Response;
pub use rules::Rules;
pub use rules::Step;
pub use rules::TurnoverBand;
pub use run::run;
pub use run::using_at_the_end;
pub use state::PartnerState;
pub use state::State;
pub use state::World;
pub use track::HELD_BY;
pub use track::Track;
pub use track::WeekCounts;
pub use track::YearCounts;
pub use variants::Chance;
pub use variants::Dispositions;
pub use variants::Dose;
pub use variants::Variants;
pub use week::new_schedule_hours;
