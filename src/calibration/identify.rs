//! What the data can tell of the parameters, and what they cannot, in words.

use crate::calibration::Marginal;
use crate::calibration::Parameter;
use crate::calibration::error_model::N_ERROR_PARAMETERS;
use serde::Serialize;

/// A posterior at least this much narrower than its prior has learnt something.
const LEARNT: f64 = 0.15;
/// Two parameters with a correlation beyond this are known only together.
const TOGETHER: f64 = 0.95;

/// Two parameters of which the data tell a combination only.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Ridge {
    /// One of them.
    pub first: String,
    /// The other.
    pub second: String,
    /// Their correlation in the posterior, on their scales.
    pub correlation: f64,
}

/// What the data tell of the parameters of the simulator.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Identified {
    /// Parameters of which the data tell little that the prior did not say.
    pub not_told: Vec<String>,
    /// Pairs that are known only together.
    pub ridges: Vec<Ridge>,
    /// The same in sentences; one sentence that all is well where nothing is to be said.
    pub words: Vec<String>,
}

pub(crate) fn identify(parameters: &[Parameter], natural: &[Vec<f64>], marginals: &[Marginal]) -> Identified {
    let own = parameters.len() - N_ERROR_PARAMETERS;
    let free: Vec<usize> = (0..own).filter(|i| parameters[*i].is_free()).collect();
    let silent: Vec<&Marginal> =
        free.iter().map(|i| &marginals[*i]).filter(|marginal| marginal.contraction < LEARNT).collect();
    let mut ridges = Vec::new();
    for (position, i) in free.iter().enumerate() {
        for j in &free[position + 1..] {
            let correlation = correlation(&scaled(parameters, natural, *i), &scaled(parameters, natural, *j));
            if correlation.abs() > TOGETHER {
                let (first, second) = (parameters[*i].name.clone(), parameters[*j].name.clone());
                ridges.push(Ridge { first, second, correlation });
            }
        }
    }
    let mut words: Vec<String> = silent.iter().map(|marginal| silence(marginal)).collect();
    words.extend(ridges.iter().map(ridge));
    if words.is_empty() {
        words.push("The data tell something of every parameter.".to_string());
    }
    Identified { not_told: silent.iter().map(|marginal| marginal.name.clone()).collect(), ridges, words }
}

fn silence(marginal: &Marginal) -> String {
    format!(
        "The data do not tell `{}`: after them it is as uncertain as before ({:.3} to {:.3}); its value is that of \
         the prior, not of the data.",
        marginal.name, marginal.low, marginal.high
    )
}

fn ridge(ridge: &Ridge) -> String {
    let how = if ridge.correlation > 0.0 {
        "a higher one goes with a higher other"
    } else {
        "more of one replaces the other"
    };
    format!("The data cannot tell `{}` and `{}` apart: {how}.", ridge.first, ridge.second)
}

fn scaled(parameters: &[Parameter], natural: &[Vec<f64>], i: usize) -> Vec<f64> {
    natural.iter().map(|values| parameters[i].scale.to_scale(values[i])).collect()
}

fn correlation(a: &[f64], b: &[f64]) -> f64 {
    let mean = |x: &[f64]| x.iter().sum::<f64>() / x.len() as f64;
    let (mean_a, mean_b) = (mean(a), mean(b));
    let product = |f: &dyn Fn(usize) -> f64| (0..a.len()).map(f).sum::<f64>();
    let both = product(&|i| (a[i] - mean_a) * (b[i] - mean_b));
    let (of_a, of_b) =
        (product(&|i| (a[i] - mean_a) * (a[i] - mean_a)), product(&|i| (b[i] - mean_b) * (b[i] - mean_b)));
    if of_a > 0.0 && of_b > 0.0 { both / libm::sqrt(of_a * of_b) } else { 0.0 }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn correlation_is_that_of_a_line() {
        assert!((correlation(&[1.0, 2.0, 3.0], &[6.0, 4.0, 2.0]) + 1.0).abs() < 1e-12);
        assert_eq!(correlation(&[1.0, 1.0], &[1.0, 2.0]), 0.0);
    }
}
