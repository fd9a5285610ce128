//! Earlybell: what a school schedule or policy change would do before anybody signs it.
//!
//! ```text
//!  scenarios/*.ron
//!        |
//!        v
//!   scenario --------------------------------------------------------------.
//!    | calendars, bells     | clauses      | conditions    | roles, rules  |
//!    v                      v              v               v               |
//!   timetable ----------> clauses ------> readiness -----> plan            |
//!    what each school,     verdicts        what holds       hours, help,   |
//!    grade, role gets      with slack      from when        money by week  |
//!    on each date           |                                |             |
//!                           v                                v             |
//!                          levers         people ---------> adoption       |
//!                           how far until a roster           one week of   |
//!                           one breaks                       levels of use |
//!                          candidates                        |             |
//!                           what else could be               |             |
//!                                                            v             |
//!                          ledger <----------------------- ensemble        |
//!                          minutes, dollars                 many replicates|
//!                             |                              |   |         |
//!                             |           effects <----------'   |         |
//!                             |           shares of a package    |         |
//!                             |               trace <------------'---------|
//!                             |               the chain both ways          |
//!                             '--------------> report <--------------------'
//!                  designs, sensitivity        charts, page, tables
//!                   experiments: many values    |
//!                                                |
//!                                              store -> output/<scenario>/
//! ```
//!
//! Rooms stand below in the order in which data flows; a room looks only at rooms above it, and
//! `tests/architecture.rs` holds that. Start with [`pipeline`].
//!
//! The library is usable without the command:
//!
//! ```
//! use earlybell::pipeline;
//! use earlybell::scenario;
//! use std::path::Path;
//!
//! let scenario = scenario::read(Path::new("scenarios/late-start")).expect("the example reads");
//! let outcome = pipeline::run(&scenario, 5, &|| ()).expect("no condition needs itself");
//! assert_eq!(outcome.verdicts.n_clauses_failing(), 0);
//! assert_eq!(outcome.results.weeks.len(), 157);
//! ```

#![deny(missing_docs)]
#![forbid(unsafe_code)]

pub mod units;
pub mod source;
pub mod findings;
pub mod packed;
pub mod luck;
pub mod calendar;
pub mod bells;
pub mod district;
pub mod timetable;
pub mod clauses;
pub mod levers;
pub mod readiness;
pub mod plan;
pub mod people;
pub mod nation;
pub mod adoption;
pub mod kernel;
pub mod ensemble;
pub mod spread;
pub mod ledger;
pub mod effects;
pub mod candidates;
pub mod designs;
pub mod sensitivity;
pub mod series;
pub mod calibration;
pub mod scenario;
pub mod pipeline;
pub mod compare;
pub mod propose;
pub mod experiments;
pub mod trace;
pub mod observed;
pub mod validate;
pub mod report;
pub mod store;
pub mod cli;
