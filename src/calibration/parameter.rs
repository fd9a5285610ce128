//! Parameters: what may be fitted, on which scale, and what is thought of it before the data speak.

use crate::luck::Uncertain;
use crate::series::null_models::normal_quantile;
use serde::Serialize;

/// The scale on which a parameter is moved about and its prior is stated.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub enum Scale {
    /// As it is.
    Plain,
    /// By its natural logarithm, for rates.
    Log,
    /// By the logarithm of its odds, for shares.
    Logit,
}

impl Scale {
    /// From the parameter to the scale.
    pub fn to_scale(self, value: f64) -> f64 {
        match self {
            Scale::Plain => value,
            Scale::Log => libm::log(value),
            Scale::Logit => libm::log(value / (1.0 - value)),
        }
    }

    /// From the scale to the parameter.
    pub fn from_scale(self, scaled: f64) -> f64 {
        match self {
            Scale::Plain => scaled,
            Scale::Log => libm::exp(scaled),
            Scale::Logit => 1.0 / (1.0 + libm::exp(-scaled)),
        }
    }
}

/// A parameter of a simulator with its prior.
#[derive(Debug, Clone, PartialEq)]
pub struct Parameter {
    /// Its name.
    pub name: String,
    /// Its scale.
    pub scale: Scale,
    /// What is thought of it beforehand, on its scale. A normal is cut off at four standard deviations.
    pub prior: Uncertain,
}

impl Parameter {
    /// A parameter that is told as it is.
    pub fn plain(name: &str, prior: Uncertain) -> Parameter {
        Parameter { name: name.to_string(), scale: Scale::Plain, prior }
    }

    /// A positive parameter: its median, and how many e-folds one standard deviation is.
    pub fn positive(name: &str, median: f64, sd: f64) -> Parameter {
        let prior = Uncertain::Normal { mean: libm::log(median), sd };
        Parameter { name: name.to_string(), scale: Scale::Log, prior }
    }

    /// A share: its median, and the standard deviation of the logarithm of its odds.
    pub fn share(name: &str, median: f64, sd: f64) -> Parameter {
        let prior = Uncertain::Normal { mean: Scale::Logit.to_scale(median), sd };
        Parameter { name: name.to_string(), scale: Scale::Logit, prior }
    }

    /// Whether there is anything to fit.
    pub fn is_free(&self) -> bool {
        let (low, high) = self.prior.range();
        low < high
    }

    /// The least and the most it can be, on its scale.
    pub(crate) fn range(&self) -> (f64, f64) {
        self.prior.range()
    }

    /// The logarithm of the prior density on the scale, but for a constant.
    pub(crate) fn log_prior(&self, scaled: f64) -> f64 {
        let (low, high) = self.prior.range();
        if scaled < low || scaled > high {
            return f64::NEG_INFINITY;
        }
        match &self.prior {
            Uncertain::Normal { mean, sd } => -0.5 * ((scaled - mean) / sd) * ((scaled - mean) / sd),
            Uncertain::Triangular { low, mode, high } => {
                let part = if scaled < *mode { (scaled - low) / (mode - low) } else { (high - scaled) / (high - mode) };
                if low < mode || scaled > *mode { libm::log(part) } else { 0.0 }
            }
            Uncertain::Fixed(_) | Uncertain::Uniform { .. } | Uncertain::Choice(_) => 0.0,
        }
    }

    /// The value on the scale below which the prior lies with this chance.
    pub(crate) fn quantile(&self, chance: f64) -> f64 {
        let (lowest, highest) = self.prior.range();
        let value = match &self.prior {
            Uncertain::Fixed(value) => *value,
            Uncertain::Uniform { low, high } => low + (high - low) * chance,
            Uncertain::Normal { mean, sd } => mean + sd * normal_quantile(chance),
            Uncertain::Triangular { low, mode, high } => {
                let (width, turn) = (high - low, (mode - low) / (high - low));
                if chance < turn {
                    low + libm::sqrt(chance * width * (mode - low))
                } else {
                    high - libm::sqrt((1.0 - chance) * width * (high - mode))
                }
            }
            Uncertain::Choice(all) => all[((chance * all.len() as f64) as usize).min(all.len() - 1)],
        };
        value.clamp(lowest, highest)
    }

    /// The standard deviation of the prior on the scale.
    pub(crate) fn prior_deviation(&self) -> f64 {
        const GRID: usize = 400;
        let at: Vec<f64> = (0..GRID).map(|i| self.quantile((i as f64 + 0.5) / GRID as f64)).collect();
        let mean = at.iter().sum::<f64>() / GRID as f64;
        libm::sqrt(at.iter().map(|x| (x - mean) * (x - mean)).sum::<f64>() / GRID as f64)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn scales_lead_there_and_back() {
        for scale in [Scale::Plain, Scale::Log, Scale::Logit] {
            assert!((scale.from_scale(scale.to_scale(0.3)) - 0.3).abs() < 1e-12);
        }
    }

    #[test]
    fn quantiles_of_each_prior_have_its_middle() {
        let triangle = Parameter::plain("a", Uncertain::Triangular { low: 0.0, mode: 1.0, high: 2.0 });
        let even = Parameter::plain("a", Uncertain::Uniform { low: 2.0, high: 4.0 });
        assert!((triangle.quantile(0.5) - 1.0).abs() < 1e-12);
        assert!((even.quantile(0.5) - 3.0).abs() < 1e-12);
        assert!((even.prior_deviation() - 2.0 / 12f64.sqrt()).abs() < 1e-3); // by hand: width over root of 12
    }

    #[test]
    fn a_triangle_is_likeliest_at_its_mode_and_nothing_outside() {
        let triangle = Parameter::plain("a", Uncertain::Triangular { low: 0.0, mode: 0.0, high: 2.0 });
        assert_eq!(triangle.log_prior(0.0), 0.0);
        assert!((triangle.log_prior(1.0) - 0.5f64.ln()).abs() < 1e-12);
        assert_eq!(triangle.log_prior(-0.1), f64::NEG_INFINITY);
    }

    #[test]
    fn a_fixed_parameter_is_not_free() {
        assert!(!Parameter::plain("a", Uncertain::Fixed(1.0)).is_free());
    }
}
