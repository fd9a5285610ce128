//! Quantiles that intervals are made of.

/// The number below which a standard normal draw falls with this chance (Acklam's rational approximation, with one
/// step of Halley's method on `erfc`).
pub fn normal_quantile(chance: f64) -> f64 {
    if chance <= 0.0 {
        return f64::NEG_INFINITY;
    }
    if chance >= 1.0 {
        return f64::INFINITY;
    }
    let x = rough_quantile(chance);
    let miss = 0.5 * libm::erfc(-x / std::f64::consts::SQRT_2) - chance;
    let step = miss * libm::sqrt(std::f64::consts::TAU) * libm::exp(x * x / 2.0);
    x - step / (1.0 + x * step / 2.0)
}

fn rough_quantile(chance: f64) -> f64 {
    const TAIL: f64 = 0.02425;
    if chance > 1.0 - TAIL {
        return -rough_quantile(1.0 - chance);
    }
    if chance < TAIL {
        let r = libm::sqrt(-2.0 * libm::log(chance));
        let above = [
            -7.784894002430293e-3,
            -0.3223964580411365,
            -2.400758277161838,
            -2.549732539343734,
            4.374664141464968,
            2.938163982698783,
        ];
        let below = [7.784695709041462e-3, 0.3224671290700398, 2.445134137142996, 3.754408661907416, 1.0];
        return horner(&above, r) / horner(&below, r);
    }
    let q = chance - 0.5;
    let r = q * q;
    let above = [
        -39.69683028665376,
        220.9460984245205,
        -275.9285104469687,
        138.357751867269,
        -30.66479806614716,
        2.506628277459239,
    ];
    let below = [-54.47609879822406, 161.5858368580409, -155.6989798598866, 66.80131188771972, -13.28068155288572, 1.0];
    horner(&above, r) * q / horner(&below, r)
}

fn horner(coefficients: &[f64], x: f64) -> f64 {
    coefficients.iter().fold(0.0, |sum, coefficient| sum * x + coefficient)
}

/// The same for Student's distribution, by the expansion of Abramowitz and Stegun 26.7.5.
pub(crate) fn student_quantile(chance: f64, freedom: f64) -> f64 {
    let z = normal_quantile(chance);
    let (z3, z5, z7) = (z.powi(3), z.powi(5), z.powi(7));
    let n = freedom.max(1.0);
    z + (z3 + z) / (4.0 * n)
        + (5.0 * z5 + 16.0 * z3 + 3.0 * z) / (96.0 * n * n)
        + (3.0 * z7 + 19.0 * z5 + 17.0 * z3 - 15.0 * z) / (384.0 * n * n * n)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn normal_quantiles_are_those_of_the_tables() {
        for (chance, x) in [(0.5, 0.0), (0.975, 1.959963985), (0.95, 1.644853627), (0.001, -3.090232306)] {
            assert!((normal_quantile(chance) - x).abs() < 1e-8, "{chance}");
        }
    }

    #[test]
    fn student_quantiles_are_those_of_the_tables() {
        for (freedom, x) in [(5.0, 2.015), (10.0, 1.812), (30.0, 1.697)] {
            assert!((student_quantile(0.95, freedom) - x).abs() < 5e-3, "{freedom}");
        }
    }
}
