//! Why a sensitivity cannot be told.

use serde::Serialize;
use std::fmt;

/// Why nothing was measured.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub enum Unmeasured {
    /// Points and outcomes are not those of the design.
    NotTheDesign {
        /// What does not fit.
        what: &'static str,
        /// How many there are.
        have: usize,
        /// How many there should be.
        need: usize,
    },
    /// A number is infinite or not a number.
    NotFinite {
        /// What it belongs to.
        what: &'static str,
        /// Which of them, from 0.
        number: usize,
    },
    /// There are too few of something to say anything.
    TooFew {
        /// Too few of what.
        what: &'static str,
        /// How many there are.
        have: usize,
        /// How many it takes.
        fewest: usize,
    },
    /// Two neighbours in a trajectory do not differ in one input only, or an input steps twice.
    NotATrajectory {
        /// Number of the trajectory, from 0.
        trajectory: usize,
    },
    /// A share that must lie between 0 and 1, both excluded, does not.
    NotAShare {
        /// Which setting.
        what: &'static str,
        /// Its value.
        value: f64,
    },
}

impl fmt::Display for Unmeasured {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Unmeasured::NotTheDesign { what, have, need } => {
                write!(f, "not the outcomes of this design: {have} {what}, but {need} are needed")
            }
            Unmeasured::NotFinite { what, number } => write!(f, "{what} {number} is not a finite number"),
            Unmeasured::TooFew { what, have, fewest } => {
                write!(f, "too few {what}: {have}, and {fewest} is the fewest")
            }
            Unmeasured::NotATrajectory { trajectory } => {
                write!(f, "in trajectory {trajectory} not every input takes one step alone")
            }
            Unmeasured::NotAShare { what, value } => write!(f, "{what} must lie between 0 and 1; it is {value}"),
        }
    }
}

impl std::error::Error for Unmeasured {}

/// All numbers are finite, or which one is not.
pub(crate) fn check_finite(what: &'static str, numbers: &[f64]) -> Result<(), Unmeasured> {
    match numbers.iter().position(|x| !x.is_finite()) {
        None => Ok(()),
        Some(number) => Err(Unmeasured::NotFinite { what, number }),
    }
}

/// There are exactly as many as the design has.
pub(crate) fn check_count(what: &'static str, have: usize, need: usize) -> Result<(), Unmeasured> {
    if have == need { Ok(()) } else { Err(Unmeasured::NotTheDesign { what, have, need }) }
}

/// Points are finite and all have the same number of inputs, which is given back; 0 where there are no points.
pub(crate) fn check_points(points: &[Vec<f64>]) -> Result<usize, Unmeasured> {
    let d = points.first().map_or(0, Vec::len);
    for (number, point) in points.iter().enumerate() {
        check_count("inputs of a point", point.len(), d)?;
        if point.iter().any(|x| !x.is_finite()) {
            return Err(Unmeasured::NotFinite { what: "point", number });
        }
    }
    Ok(d)
}
