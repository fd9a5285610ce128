//! Why a design cannot be made.

use serde::Serialize;
use std::fmt;

/// The most points that a design may have.
pub const MOST_POINTS: usize = 1 << 24;

/// Why there is no design.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub enum Undesigned {
    /// It would have more points than can be held.
    TooManyPoints {
        /// Points it may have.
        most: usize,
    },
    /// It needs more dimensions than there are direction numbers for.
    TooManyDimensions {
        /// Dimensions it needs.
        need: usize,
        /// Dimensions there are.
        most: usize,
    },
    /// Trajectories need an even number of levels, so that a step from every level stays on a level.
    LevelsNotEven {
        /// Levels asked for.
        levels: usize,
    },
    /// The baseline, the low and the high ends do not speak of the same inputs.
    InputsDiffer,
}

impl fmt::Display for Undesigned {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Undesigned::TooManyPoints { most } => write!(f, "the design would have more than {most} points"),
            Undesigned::TooManyDimensions { need, most } => {
                write!(f, "the design needs {need} dimensions; there are direction numbers for {most}")
            }
            Undesigned::LevelsNotEven { levels } => {
                write!(f, "trajectories need an even number of levels, two at least; {levels} were asked for")
            }
            Undesigned::InputsDiffer => write!(f, "baseline, low and high ends do not have the same number of inputs"),
        }
    }
}

impl std::error::Error for Undesigned {}

/// So many points, unless they are too many; nothing stands for a number that does not even fit the machine.
pub(crate) fn check_size(n_points: Option<usize>) -> Result<usize, Undesigned> {
    n_points.filter(|n| *n <= MOST_POINTS).ok_or(Undesigned::TooManyPoints { most: MOST_POINTS })
}
