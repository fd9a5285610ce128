//! Student's t distribution: how wide an interval of a mean must be when its spread is only estimated.
//!
//! Has a confidence and degrees of freedom, gives the factor on the standard error. Knows no replicates.
//! `libm` does the arithmetic, so that the factor is the same on every machine.

/// How sure the intervals are that are given beside means.
pub const CONFIDENCE: f64 = 0.9;

/// The factor on the standard error for an interval of [`CONFIDENCE`] around a mean: the 95 % quantile of
/// Student's t distribution with so many degrees of freedom, which need not be whole.
pub fn t_factor(degrees: f64) -> f64 {
    quantile_above_half(0.5 + 0.5 * CONFIDENCE, degrees)
}

/// Halves the range until nothing is left of it; the distribution rises, so there is one answer.
fn quantile_above_half(p: f64, degrees: f64) -> f64 {
    let (mut low, mut high) = (0.0, 1.0);
    while below(high, degrees) < p {
        high *= 2.0;
    }
    for _ in 0..HALVINGS {
        let middle = 0.5 * (low + high);
        if below(middle, degrees) < p { low = middle } else { high = middle }
    }
    0.5 * (low + high)
}

/// More than enough for the last digit of an `f64`.
const HALVINGS: u32 = 60;

/// Part of the distribution below a point that is not negative.
fn below(t: f64, degrees: f64) -> f64 {
    1.0 - 0.5 * incomplete_beta(degrees / (degrees + t * t), 0.5 * degrees, 0.5)
}

/// The regularised incomplete beta function (Abramowitz and Stegun 26.5), by its continued fraction.
fn incomplete_beta(x: f64, a: f64, b: f64) -> f64 {
    if x <= 0.0 || x >= 1.0 {
        return x.clamp(0.0, 1.0);
    }
    let log_beta = libm::lgamma(a) + libm::lgamma(b) - libm::lgamma(a + b);
    let front = libm::exp(a * libm::log(x) + b * libm::log1p(-x) - log_beta);
    // The fraction converges fast on one side only; the other is its mirror image.
    if x < (a + 1.0) / (a + b + 2.0) {
        front * fraction(x, a, b) / a
    } else {
        1.0 - front * fraction(1.0 - x, b, a) / b
    }
}

/// The continued fraction of the incomplete beta function, by the method of Lentz.
fn fraction(x: f64, a: f64, b: f64) -> f64 {
    let not_nothing = |v: f64| if v.abs() < f64::MIN_POSITIVE { f64::MIN_POSITIVE } else { v };
    let mut c = 1.0;
    let mut d = 1.0 / not_nothing(1.0 - (a + b) * x / (a + 1.0));
    let mut value = d;
    for n in 1..=MOST_TERMS {
        let m = f64::from(n);
        let even = m * (b - m) * x / ((a + 2.0 * m - 1.0) * (a + 2.0 * m));
        let odd = -(a + m) * (a + b + m) * x / ((a + 2.0 * m) * (a + 2.0 * m + 1.0));
        let before = value;
        for term in [even, odd] {
            d = 1.0 / not_nothing(1.0 + term * d);
            c = not_nothing(1.0 + term / c);
            value *= c * d;
        }
        if value == before {
            break;
        }
    }
    value
}

/// The fraction stands still long before, but for degrees of freedom in the millions.
const MOST_TERMS: u32 = 500;

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn the_factors_are_those_of_printed_tables() {
        // Any table of Student's t, column 0.95.
        let table = [(1.0, 6.314), (2.0, 2.920), (4.0, 2.132), (9.0, 1.833), (30.0, 1.697), (199.0, 1.653)];
        for (degrees, expected) in table {
            assert!((t_factor(degrees) - expected).abs() < 5e-4, "{degrees}: {}", t_factor(degrees));
        }
        assert!((t_factor(1e7) - 1.644_853_6).abs() < 1e-6, "it ends in the normal distribution");
    }

    #[test]
    fn one_degree_of_freedom_is_the_cauchy_distribution() {
        // by hand: the quantile is tan(pi (0.95 - 0.5)) = tan 81 degrees
        assert!((t_factor(1.0) - (std::f64::consts::PI * 0.45).tan()).abs() < 1e-9);
        // by hand: with two degrees it is (2 p - 1) sqrt(2 / (4 p (1 - p))) = 0.9 * sqrt(2 / 0.19)
        assert!((t_factor(2.0) - 0.9 * (2.0f64 / 0.19).sqrt()).abs() < 1e-9);
    }

    proptest! {
        #[test]
        fn more_degrees_of_freedom_never_widen_an_interval(degrees in 1.0..400.0f64, more in 0.0..50.0f64) {
            prop_assert!(t_factor(degrees + more) <= t_factor(degrees) + 1e-12);
        }
    }
}
