//! The plan: learning time, supporting hours and money laid on weeks.
//!
//! Has the timetable, the readiness dates and the budget, gives for each school and week what educators
//! have to work with: hours of learning time, hours of support, authority, infrastructure and funding.
//! Knows no people.

mod resources;

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
