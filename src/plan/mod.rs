//! The plan: learning time, supporting hours and money laid on weeks.
//!
//! Has the timetable, the readiness dates and the budget, gives for each school and week what educators
//! have to work with: hours of learning time, hours of support, authority, infrastructure and funding.
//! Knows no people.

mod horizon;
mod hours;
mod money;
mod resources;
mod supply;
mod weekly;

pub use horizon::Horizon;
pub use hours::DAYS_OF_A_WEEK;
pub use hours::SchoolHours;
pub use hours::TimetabledHours;
pub use hours::timetabled_hours;
pub use money::asked_of_line;
pub use money::money_shares;
pub use resources::BudgetLine;
pub use resources::Delivered;
pub use resources::Engagement;
pub use resources::LearningKind;
pub use resources::LearningTime;
pub use resources::Partner;
pub use resources::PartnerAdds;
pub use resources::Practice;
pub use resources::PracticeModel;
pub use resources::Resources;
pub use resources::Voice;
pub use supply::PracticeSupply;
pub use supply::SchoolSupply;
pub use supply::Supply;
pub use supply::SupportSupply;
pub use supply::lay;
pub use weekly::WeeklyHours;
