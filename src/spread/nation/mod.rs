//! A nation on the kernel: every state, district and school, week by week.
//!
//! The schools of the scenario stand for all of their level. What they are given in a state depends on the law of the
//! state, and from when on, on the school year in which their district begins. Districts hear of one another, once
//! in a few weeks.

mod law;
mod settings;
mod people;
mod start;
mod counts;
mod run;

pub use counts::DistrictEnd;
pub use counts::NationCourse;
pub use counts::SchoolEnd;
pub use counts::StateYear;
pub use law::StateLaw;
pub use law::laws;
pub use law::with_law;
pub use run::NationJob;
pub use run::Tiles;
