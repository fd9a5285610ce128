//! Variants: parts of the model that a scenario may take otherwise, so that other published models can be written as one.

use serde::Serialize;

/// How the rate of a step becomes its chance in a week.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub enum Chance {
    /// 1 - exp(-rate x gate): waits are exponential.
    Exponential,
    /// rate x gate, at most 1: waits are geometric.
    Linear,
}

/// How dispositions are spread among people, with the mean and standard deviation of the parameters, kept inside 0 and 1.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub enum Dispositions {
    /// Normal.
    Normal,
    /// Uniform.
    Uniform,
}

/// How hours of learning become an educator's dose.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub enum Dose {
    /// Those that she attends while she learns a practice, shared by what she learns; some are forgotten in weeks without.
    Attended,
    /// A part of those that she attends, drawn anew every week, uniformly between none and all; they serve every
    /// practice from the first week on, and none are forgotten.
    DrawnWeekly,
}

/// What a scenario may take otherwise; the default is the model of `docs/model.md`.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Variants {
    /// How a rate becomes a chance.
    pub chance: Chance,
    /// How dispositions are spread.
    pub dispositions: Dispositions,
    /// How hours become a dose.
    pub dose: Dose,
    /// Chance to leave at the end of any school week, besides turnover at the end of the year \[1/week\].
    pub leaves_weekly: f64,
}

impl Default for Variants {
    fn default() -> Variants {
        Variants {
            chance: Chance::Exponential,
            dispositions: Dispositions::Normal,
            dose: Dose::Attended,
            leaves_weekly: 0.0,
        }
    }
}
