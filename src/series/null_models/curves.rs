//! The closed forms, and where a search for them starts.

use crate::series::null_models::Shape;

/// The value of a curve. Parameters are ceiling, then p, q and origin for Bass; rate and middle for the two
/// other S-shaped curves; gain a year and value at the first row for a line.
pub(crate) fn value(shape: Shape, parameters: &[f64], years: f64) -> f64 {
    let (ceiling, a, b) = (parameters[0], parameters[1], parameters[2]);
    match shape {
        Shape::Bass => ceiling * bass(a, b, years - parameters[3]),
        Shape::Logistic => ceiling / (1.0 + libm::exp(-a * (years - b))),
        Shape::Gompertz => ceiling * libm::exp(-libm::exp(-a * (years - b))),
        Shape::Line => (a * years + b).clamp(0.0, ceiling.max(0.0)),
    }
}

/// The share of those who will ever adopt that has adopted after so many years (Bass 1969).
pub(crate) fn bass(p: f64, q: f64, years: f64) -> f64 {
    let left = libm::exp(-(p + q) * years.max(0.0));
    (1.0 - left) / (1.0 + q / p * left)
}

/// The names of the parameters of a shape.
pub(crate) fn names(shape: Shape) -> &'static [&'static str] {
    match shape {
        Shape::Bass => &["m", "p", "q", "origin"],
        Shape::Logistic | Shape::Gompertz => &["m", "rate", "middle"],
        Shape::Line => &["m", "gain", "start"],
    }
}

/// The range of each parameter but the ceiling, for values scaled to a peak of 1.
pub(crate) fn ranges(shape: Shape, span: f64) -> Vec<(f64, f64)> {
    let fastest = 400.0 / span;
    match shape {
        Shape::Bass => vec![(1e-9 / span, fastest), (0.0, fastest), (-10.0 * span, 0.0)],
        Shape::Logistic | Shape::Gompertz => vec![(0.0, fastest), (-10.0 * span, 10.0 * span)],
        Shape::Line => vec![(-fastest, fastest), (-100.0, 100.0)],
    }
}

/// Starts of the search for all parameters but the ceiling.
pub(crate) fn starts(shape: Shape, span: f64) -> Vec<Vec<f64>> {
    let rates = [2.0, 5.0, 12.0, 30.0].map(|rate| rate / span);
    match shape {
        Shape::Bass => rates
            .iter()
            .flat_map(|q| [0.3, 0.03, 0.001].map(|part| vec![q * part, *q]))
            .flat_map(|pulls| [-0.01, -0.3].map(|origin| vec![pulls[0], pulls[1], origin * span]))
            .collect(),
        Shape::Logistic | Shape::Gompertz => {
            rates.iter().flat_map(|rate| [0.2, 0.5, 0.9].map(|middle| vec![*rate, middle * span])).collect()
        }
        Shape::Line => [0.2, 1.0, 3.0].iter().map(|gain| vec![gain / span, 0.0]).collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bass_starts_at_nothing_and_ends_at_everybody() {
        assert_eq!(bass(0.03, 0.38, 0.0), 0.0);
        assert!((bass(0.03, 0.38, 200.0) - 1.0).abs() < 1e-12);
        assert_eq!(bass(0.03, 0.38, -5.0), 0.0);
    }

    #[test]
    fn bass_without_peers_is_an_exponential() {
        assert!((bass(0.1, 0.0, 3.0) - (1.0 - (-0.3f64).exp())).abs() < 1e-12);
    }

    #[test]
    fn gompertz_passes_its_middle_at_one_in_e() {
        let value = value(Shape::Gompertz, &[1.0, 0.7, 4.0], 4.0);
        assert!((value - 1.0 / std::f64::consts::E).abs() < 1e-12); // by hand: exp(-exp(0)) = 1 / e
    }
}
