//! Series: adoption as it was observed, point by point, and the plain curves it can be held against.
//!
//! Has the text of a CSV file, gives times in years since the first row, shares or counts, and their errors.
//! Knows no simulator and no files: the text comes in, and every fault is told with its line.

pub mod null_models;

mod checks;
mod columns;
mod read;
mod times;

pub use read::Read;
pub use read::from_csv;

use serde::Serialize;

/// What the values of a series are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub enum Quantity {
    /// Parts of a whole, from 0 to 1.
    Share,
    /// Counts of which nobody said how many there could be at most; a fit has to find the ceiling.
    Count,
}

/// What to think of a year that a yearly series leaves out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub enum Gaps {
    /// A gap is worth a warning.
    Warned,
    /// The series is known to have gaps.
    Allowed,
}

/// Whether values may fall.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub enum Direction {
    /// People may give up what they adopted.
    Free,
    /// The values are cumulative: a fall is a fault of the data.
    MustRise,
}

/// What a reader may expect of a series.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Rules {
    /// Whether a missing year is told.
    pub gaps: Gaps,
    /// Whether a fall is told.
    pub direction: Direction,
}

impl Default for Rules {
    fn default() -> Rules {
        Rules { gaps: Gaps::Warned, direction: Direction::Free }
    }
}

/// One observed curve. Invariant: all lists are equally long, and the times rise from 0.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Series {
    /// Its name; empty where the file holds only one.
    pub name: String,
    /// The first row, as a year with its part.
    pub first_year: f64,
    /// Years since the first row.
    pub years: Vec<f64>,
    /// Shares or counts.
    pub values: Vec<f64>,
    /// What the values are.
    pub quantity: Quantity,
    /// Standard errors in the unit of the values, where they were given.
    pub errors: Option<Vec<f64>>,
}

impl Series {
    /// A series made in memory, its times in years counted from the first.
    pub fn from_values(name: &str, quantity: Quantity, times: &[f64], values: &[f64]) -> Series {
        let first_year = times.first().copied().unwrap_or(0.0);
        let years = times.iter().map(|time| time - first_year).collect();
        Series { name: name.to_string(), first_year, years, values: values.to_vec(), quantity, errors: None }
    }

    /// How many points.
    pub fn n_points(&self) -> usize {
        self.values.len()
    }

    /// The first points alone, as somebody saw the series then; all of it where it has no more.
    pub fn first_points(&self, n: usize) -> Series {
        let n = n.min(self.n_points());
        Series {
            name: self.name.clone(),
            first_year: self.first_year,
            years: self.years[..n].to_vec(),
            values: self.values[..n].to_vec(),
            quantity: self.quantity,
            errors: self.errors.as_ref().map(|errors| errors[..n].to_vec()),
        }
    }

    /// Years from the first row to the last.
    pub fn span(&self) -> f64 {
        self.years.last().copied().unwrap_or(0.0)
    }

    /// The largest value.
    pub fn peak(&self) -> f64 {
        self.values.iter().copied().fold(0.0, f64::max)
    }
}

#[cfg(test)]
mod tests;
