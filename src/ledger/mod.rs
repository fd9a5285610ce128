//! The ledger: minutes and dollars, by role, grade, school and budget line, and who gains and who loses
//! between two sides.
//!
//! Has timetables, districts and budgets, gives what a year takes and costs, and what one scenario changes
//! against another: a side is any scenario, and the sides may stand either way round. Knows no adoption.

mod alike;
mod amounts;
mod care;
mod dollars;
mod extremes;
mod gains;
mod lived;
mod matching;
mod measure;
mod minute_cost;
mod side;
mod weigh;

#[cfg(test)]
mod made;

pub use alike::Alike;
pub use alike::alike;
pub use amounts::Amounts;
pub use amounts::Change;
pub use care::CareRow;
pub use care::care;
pub use care::care_of;
pub use dollars::LineChange;
pub use dollars::LineMoney;
pub use dollars::RoleCost;
pub use extremes::Extreme;
pub use extremes::Extremes;
pub use extremes::Spread;
pub use extremes::extremes;
pub use extremes::spread;
pub use gains::DistrictGain;
pub use gains::Gains;
pub use gains::GroupGain;
pub use gains::gains;
pub use lived::CYCLE_DAYS;
pub use matching::Missing;
pub use matching::OneSided;
pub use measure::Measure;
pub use measure::Per;
pub use minute_cost::MinuteCost;
pub use minute_cost::minute_costs;
pub use side::On;
pub use side::Side;
pub use weigh::Ledger;
pub use weigh::LineYear;
pub use weigh::StaffYear;
pub use weigh::weigh;
