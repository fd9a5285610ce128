//! Spread: districts and nations on the kernel.
//!
//! Has what a scenario supplies, gives settings, blocks and what is counted in them. Knows no files.

mod rules;
mod settings;
mod district;
mod room;
pub mod nation;
pub mod plain;
pub mod reference;

pub use district::Course;
pub use district::FastJob;
pub use room::fits_the_kernel;
pub use rules::rules_of;
pub use settings::Attendance;
