//! An aggregate simulator: diffusion among many people who differ in disposition, as one equation.
//!
//! Everybody who will ever adopt does so with the yearly hazard `(p + q * x) * w`, where `x` is the share of them
//! that has adopted, and `w` a person's disposition: gamma distributed with mean 1 and variance `spread`. The
//! eager go first, so those who are left are ever slower, and the population follows
//! `dx/dt = (p + q x) (1 - x)^(1 + spread)` (a frailty model: Vaupel, Manton, Stallard 1979). With a spread of 0
//! and no gates this is Bass 1969. Authority and resources gate the hazard: before `authority_year` it is cut to a
//! part, and it fades by `slowdown` a year.

use crate::calibration::ErrorModel;
use crate::calibration::Parameter;
use crate::calibration::Scale;
use crate::calibration::numbers::Draw;
use crate::luck::Uncertain;
use crate::series::Quantity;
use crate::series::Series;
use serde::Serialize;

/// What is left of the hazard before authority is given: a pilot is still possible.
const PILOT: f64 = 0.1;

/// Parameters of the aggregate simulator.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Aggregate {
    /// Pull of one's own, a year.
    pub own_pull: f64,
    /// Pull of peers, a year.
    pub peers_pull: f64,
    /// Variance of the disposition.
    pub spread: f64,
    /// The most that is ever reached, in the unit of the series.
    pub ceiling: f64,
    /// What is reached at the first row, in the unit of the series.
    pub start: f64,
    /// Part of the hazard that is lost a year, as a rate.
    pub slowdown: f64,
    /// Years after the first row when authority is given; 0 or less where it always was.
    pub authority_year: f64,
}

/// Names of the parameters, in the order in which the simulator takes them.
pub const NAMES: [&str; 7] = ["own_pull", "peers_pull", "spread", "ceiling", "start", "slowdown", "authority_year"];

impl Aggregate {
    /// From values in the order of [`NAMES`]; nothing where their number is another.
    pub fn from_values(values: &[f64]) -> Option<Aggregate> {
        let [own_pull, peers_pull, spread, ceiling, start, slowdown, authority_year] = *values else { return None };
        Some(Aggregate { own_pull, peers_pull, spread, ceiling, start, slowdown, authority_year })
    }

    /// The yearly gain of the share, of those who will ever adopt.
    fn gain(&self, share: f64, years: f64) -> f64 {
        let left = (1.0 - share).max(0.0);
        if left == 0.0 {
            return 0.0;
        }
        let gate = if years < self.authority_year { PILOT } else { 1.0 };
        let fading = if self.slowdown == 0.0 { 1.0 } else { libm::exp(-self.slowdown * years) };
        let eager = if self.spread == 0.0 { left } else { libm::exp((1.0 + self.spread) * libm::log(left)) };
        (self.own_pull + self.peers_pull * share) * eager * gate * fading
    }

    /// The longest step that the fastest gain permits.
    fn longest_step(&self) -> f64 {
        0.15 / (self.own_pull + self.peers_pull).max(1e-9)
    }

    /// The curve at rising times in years since the first row, for very many people.
    pub fn expected(&self, years: &[f64]) -> Vec<f64> {
        let mut share = (self.start / self.ceiling).clamp(0.0, 1.0);
        let mut now = 0.0;
        let mut curve = Vec::with_capacity(years.len());
        for goal in years {
            for (from, to) in pieces(now, *goal, self.authority_year) {
                share = self.walk(share, from, to);
            }
            now = now.max(*goal);
            curve.push(share * self.ceiling);
        }
        curve
    }

    /// The share after a stretch of time (Runge and Kutta, fourth order).
    fn walk(&self, mut share: f64, from: f64, to: f64) -> f64 {
        const MOST_STEPS: f64 = 400.0;
        let steps = libm::ceil((to - from) / self.longest_step()).clamp(1.0, MOST_STEPS);
        let h = (to - from) / steps;
        for i in 0..steps as usize {
            let t = from + h * i as f64;
            // The date of authority is an end of the stretch: the middle is on its right side.
            let middle = t + h / 2.0;
            let a = self.gain(share, if i == 0 { t + h * 1e-9 } else { t });
            let b = self.gain(share + h / 2.0 * a, middle);
            let c = self.gain(share + h / 2.0 * b, middle);
            let d = self.gain(share + h * c, t + h * (1.0 - 1e-9));
            share = (share + h / 6.0 * (a + 2.0 * b + 2.0 * c + d)).clamp(0.0, 1.0);
        }
        share
    }

    /// The curve of a population of so many, with its luck.
    pub fn with_luck(&self, years: &[f64], people: u32, seed: u64) -> Vec<f64> {
        let adopters = f64::from(people) * if self.ceiling <= 1.0 { self.ceiling } else { 1.0 };
        let mut share = (self.start / self.ceiling).clamp(0.0, 1.0);
        let (mut now, mut number) = (0.0, 0);
        let draw = Draw { seed, generation: 0, particle: 0 };
        let mut curve = Vec::with_capacity(years.len());
        for goal in years {
            let before = share;
            for (from, to) in pieces(now, *goal, self.authority_year) {
                let after = self.walk(share, from, to);
                // The number of new adopters is binomial; for many people its normal neighbour will do.
                let chance = if share < 1.0 { (after - share) / (1.0 - share) } else { 0.0 };
                let deviation = libm::sqrt((1.0 - share) * chance * (1.0 - chance).max(0.0) / adopters.max(1.0));
                share = (after + deviation * draw.normal(number)).clamp(before, 1.0);
                number += 1;
            }
            now = now.max(*goal);
            curve.push(share * self.ceiling);
        }
        curve
    }
}

/// A stretch of time, cut where authority is given.
fn pieces(from: f64, to: f64, cut: f64) -> impl Iterator<Item = (f64, f64)> {
    let middle = cut.clamp(from, to.max(from));
    [(from, middle), (middle, to)].into_iter().filter(|(a, b)| a < b)
}

/// Middle and deviation of a parameter on its scale.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Typical {
    /// Mean.
    pub mean: f64,
    /// Standard deviation.
    pub sd: f64,
}

/// What is thought of the aggregate simulator before a series speaks.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Priors {
    /// Logarithm of the pull of one's own.
    pub own_pull: Typical,
    /// Logarithm of the pull of peers.
    pub peers_pull: Typical,
    /// Logarithm of the variance of the disposition.
    pub spread: Typical,
    /// Logarithm of the odds of the ceiling, for shares.
    pub ceiling: Typical,
    /// Logarithm of the slowdown a year.
    pub slowdown: Typical,
}

impl Default for Priors {
    /// The middle of published Bass coefficients (p .03, q .38), and wide.
    fn default() -> Priors {
        Priors {
            own_pull: Typical { mean: libm::log(0.03), sd: 1.2 },
            peers_pull: Typical { mean: libm::log(0.38), sd: 0.9 },
            spread: Typical { mean: libm::log(0.3), sd: 1.0 },
            ceiling: Typical { mean: libm::log(9.0), sd: 1.3 },
            slowdown: Typical { mean: libm::log(0.003), sd: 1.0 },
        }
    }
}

impl Priors {
    /// The parameters of the simulator for a series; authority is taken as always given.
    pub fn parameters(&self, seen: &Series) -> Vec<Parameter> {
        let normal = |typical: Typical| Uncertain::Normal { mean: typical.mean, sd: typical.sd };
        let log = |name: &str, typical| Parameter { name: name.to_string(), scale: Scale::Log, prior: normal(typical) };
        let ceiling = match seen.quantity {
            Quantity::Share => {
                Parameter { name: NAMES[3].to_string(), scale: Scale::Logit, prior: normal(self.ceiling) }
            }
            Quantity::Count => Parameter::positive(NAMES[3], 2.0 * seen.peak(), 0.7),
        };
        // A first value of 0 has no logarithm: half a hundredth of the peak stands for it.
        let first = seen.values[0].max(0.005 * seen.peak());
        vec![
            log(NAMES[0], self.own_pull),
            log(NAMES[1], self.peers_pull),
            log(NAMES[2], self.spread),
            ceiling,
            Parameter::positive(NAMES[4], first, 0.3),
            log(NAMES[5], self.slowdown),
            Parameter::plain(NAMES[6], Uncertain::Fixed(0.0)),
        ]
    }

    /// Parameters and error model for a series, as a hold-out wants them.
    pub fn for_series(&self, seen: &Series) -> (Vec<Parameter>, ErrorModel) {
        (self.parameters(seen), ErrorModel::usual(seen))
    }

    /// Priors that have learnt from point fits of other series, in the order of [`NAMES`]. The default counts as
    /// so many series.
    pub fn learnt(&self, fits: &[Vec<f64>], default_counts: f64) -> Priors {
        let learn = |prior: Typical, i: usize, scale: Scale| {
            let values: Vec<f64> =
                fits.iter().map(|fit| scale.to_scale(fit[i])).filter(|value| value.is_finite()).collect();
            blended(prior, &values, default_counts)
        };
        Priors {
            own_pull: learn(self.own_pull, 0, Scale::Log),
            peers_pull: learn(self.peers_pull, 1, Scale::Log),
            spread: learn(self.spread, 2, Scale::Log),
            ceiling: learn(self.ceiling, 3, Scale::Logit),
            slowdown: learn(self.slowdown, 5, Scale::Log),
        }
    }
}

/// Middle and deviation of a prior that counts as some values, together with values.
fn blended(prior: Typical, values: &[f64], weight: f64) -> Typical {
    let total = weight + values.len() as f64;
    let mean = (weight * prior.mean + values.iter().sum::<f64>()) / total;
    let square = |x: f64| (x - mean) * (x - mean);
    let spread = weight * (prior.sd * prior.sd + square(prior.mean)) + values.iter().map(|x| square(*x)).sum::<f64>();
    Typical { mean, sd: libm::sqrt(spread / total) }
}

/// The simulator as a calibration wants it: expected values at these times, without luck.
pub fn simulator(years: &[f64]) -> impl Fn(&[f64], u64) -> Vec<f64> + Sync {
    |values, _| Aggregate::from_values(values).map_or(Vec::new(), |aggregate| aggregate.expected(years))
}

/// The same with the luck of a population of so many.
pub fn lucky_simulator(years: &[f64], people: u32) -> impl Fn(&[f64], u64) -> Vec<f64> + Sync {
    move |values, seed| {
        Aggregate::from_values(values).map_or(Vec::new(), |aggregate| aggregate.with_luck(years, people, seed))
    }
}
