//! Calibration: which parameters of a simulator agree with what was observed, and what follows from that.
//!
//! Has a series, named parameters with priors and any simulator, gives a point fit, a posterior with bands, what
//! the data cannot tell, and how well it forecasts what it has not seen. Knows nothing of what is simulated.
//!
//! The posterior is found by tempered population Monte Carlo (Del Moral, Doucet, Jasra 2006): particles drawn from
//! the prior are weighed by an ever higher power of the likelihood, drawn anew by their weight and moved about.
//! The luck of a simulator belongs to the particle, so that the bands hold the luck that agrees with the data.

pub mod aggregate;
pub mod benchmark;
pub mod published;

mod error_model;
mod hold_out;
mod identify;
mod numbers;
mod parameter;
mod point;
mod population;
mod posterior;
mod recovery;

pub use error_model::ErrorModel;
pub use hold_out::HoldOut;
pub use hold_out::Judged;
pub use hold_out::Split;
pub use hold_out::bands;
pub use hold_out::hold_out;
pub use identify::Identified;
pub use identify::Ridge;
pub use parameter::Parameter;
pub use parameter::Scale;
pub use point::PointFit;
pub use point::point_fit;
pub use population::Effort;
pub use population::Generation;
pub use population::Uncalibrated;
pub use population::calibrate;
pub use posterior::Band;
pub use posterior::Calibration;
pub use posterior::Marginal;
pub use recovery::Recovery;
pub use recovery::recover;

#[cfg(test)]
mod tests;
