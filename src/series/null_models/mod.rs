//! Null models: the plain curves that a simulator has to beat before anybody should trust it.
//!
//! Has a series, gives the Bass, logistic, Gompertz or straight line that comes nearest by least squares, with
//! forecasts and their intervals. The fit is the Levenberg-Marquardt method of `rmpfit`, from several starts
//! laid out by the span of the series: the same starts, and so the same fit, on every machine.

mod curves;
mod fit;
mod intervals;
mod least_squares;
mod rivals;

pub use fit::Estimate;
pub use fit::Fit;
pub use fit::Forecast;
pub use fit::NotFitted;
pub use fit::fit;
pub use intervals::normal_quantile;
pub use least_squares::Bounds;
pub use least_squares::Minimum;
pub use least_squares::Search;
pub use least_squares::minimise;
pub use rivals::Followed;
pub use rivals::Rival;

use serde::Serialize;

/// The shape of a curve.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub enum Shape {
    /// Bass 1969: a pull of one's own (p) and of those who have adopted (q).
    Bass,
    /// Symmetric about its middle.
    Logistic,
    /// Fast before its middle, slow after it.
    Gompertz,
    /// The same gain every year, cut off at nothing and at the ceiling.
    Line,
}

impl Shape {
    /// All shapes, in the order in which tables list them.
    pub const ALL: [Shape; 4] = [Shape::Bass, Shape::Logistic, Shape::Gompertz, Shape::Line];

    /// Its name in a table.
    pub fn name(self) -> &'static str {
        match self {
            Shape::Bass => "Bass",
            Shape::Logistic => "logistic",
            Shape::Gompertz => "Gompertz",
            Shape::Line => "line",
        }
    }
}

/// Where a curve ends.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub enum Ceiling {
    /// At this value.
    Fixed(f64),
    /// Wherever it fits best: up to 1 for shares, up to ten times the largest value for counts.
    Free,
}

/// When nobody had adopted yet; only a Bass curve has such a time.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub enum Origin {
    /// So many years after the first row; before it where negative.
    Fixed(f64),
    /// Wherever it fits best, at or before the first row.
    Free,
}

/// What to fit.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Model {
    /// The shape.
    pub shape: Shape,
    /// Its ceiling.
    pub ceiling: Ceiling,
    /// Its origin.
    pub origin: Origin,
}

impl Model {
    /// A shape of which all is fitted.
    pub fn free(shape: Shape) -> Model {
        Model { shape, ceiling: Ceiling::Free, origin: Origin::Free }
    }

    /// Its name in a table.
    pub fn name(&self) -> String {
        match (self.shape, self.origin) {
            (Shape::Bass, Origin::Fixed(_)) => format!("{} (origin fixed)", self.shape.name()),
            (Shape::Bass | Shape::Logistic | Shape::Gompertz | Shape::Line, _) => self.shape.name().to_string(),
        }
    }
}

#[cfg(test)]
mod tests;
