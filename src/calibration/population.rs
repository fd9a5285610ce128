//! The population of particles, from the prior to the posterior.

use crate::calibration::ErrorModel;
use crate::calibration::Parameter;
use crate::calibration::error_model;
use crate::calibration::error_model::Errors;
use crate::calibration::error_model::Known;
use crate::calibration::error_model::N_ERROR_PARAMETERS;
use crate::calibration::numbers::Draw;
use crate::calibration::posterior::Calibration;
use crate::luck::Uncertain;
use crate::series::Series;
use rayon::prelude::*;
use serde::Serialize;

/// How much work a calibration may be, and its seed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Effort {
    /// Particles; bands from fewer than some two hundred are rough.
    pub particles: usize,
    /// Moves of each particle in each generation, and four times as many in the last; every one is a simulation.
    pub moves: usize,
    /// The seed of everything that is drawn.
    pub seed: u64,
}

impl Default for Effort {
    fn default() -> Effort {
        Effort { particles: 400, moves: 4, seed: 1 }
    }
}

/// The last generation is moved so many times as often as others: particles that share an ancestor must part, or the
/// tails come out too short. The test of recovery found that.
const LAST_ROUNDS: usize = 4;

/// Why there is no calibration.
#[derive(Debug, Clone, PartialEq, Serialize, thiserror::Error)]
pub enum Uncalibrated {
    /// Nothing may be changed.
    #[error("no parameter is free: give at least one a prior with a range")]
    NothingFree,
    /// A prior that a particle cannot move about in.
    #[error("the prior of `{0}` is a choice between values; calibration needs a range: try each value as Fixed")]
    Choice(String),
    /// A prior whose ends are not numbers, or whose scale cannot hold it.
    #[error("the prior of `{0}` is no range of numbers")]
    NoRange(String),
    /// There is nothing to agree with.
    #[error("the series has {0} points; a calibration needs at least 3")]
    TooFewPoints(usize),
    /// The simulator did not give a value for each time.
    #[error("the simulator gave {got} values for {wanted} times")]
    WrongLength {
        /// Values it gave.
        got: usize,
        /// Times it was to give values for.
        wanted: usize,
    },
    /// Too few particles to tell anything.
    #[error("{0} particles are too few; use at least 20")]
    TooFewParticles(usize),
    /// No simulation from the prior gives numbers.
    #[error("no simulation from the priors gave finite values: look at the ranges of the priors")]
    NothingFinite,
}

/// One step from the prior to the posterior.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Generation {
    /// The power of the likelihood that particles agree with by now; the last is 1.
    pub power: f64,
    /// Effective number of particles after weighing.
    pub effective_size: f64,
    /// Share of the moves that were accepted.
    pub acceptance: f64,
}

/// One set of parameters, with the luck it was simulated under.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Particle {
    /// Free parameters on their scales.
    pub(crate) scaled: Vec<f64>,
    pub(crate) seed: u64,
    pub(crate) simulated: Vec<f64>,
    pub(crate) known: Known,
    log_prior: f64,
}

/// What is calibrated, the parameters of the error model last.
pub(crate) struct Problem<'a, S> {
    pub(crate) series: &'a Series,
    pub(crate) parameters: Vec<Parameter>,
    pub(crate) later: &'a [f64],
    simulate: &'a S,
}

impl<S: Fn(&[f64], u64) -> Vec<f64> + Sync> Problem<'_, S> {
    /// Every parameter as the simulator and the error model want it.
    pub(crate) fn natural(&self, scaled: &[f64]) -> Vec<f64> {
        let mut free = scaled.iter();
        let value = |parameter: &Parameter| {
            let scaled = if parameter.is_free() { free.next().copied() } else { None };
            parameter.scale.from_scale(scaled.unwrap_or_else(|| parameter.prior.typical()))
        };
        self.parameters.iter().map(value).collect()
    }

    fn free(&self) -> impl Iterator<Item = &Parameter> {
        self.parameters.iter().filter(|parameter| parameter.is_free())
    }

    fn particle(&self, scaled: Vec<f64>, seed: u64) -> Particle {
        let log_prior = self.free().zip(&scaled).map(|(parameter, x)| parameter.log_prior(*x)).sum();
        let nothing = Known::impossible();
        if log_prior == f64::NEG_INFINITY {
            return Particle { scaled, seed, simulated: Vec::new(), known: nothing, log_prior };
        }
        let values = self.natural(&scaled);
        let simulated = (self.simulate)(&values[..values.len() - N_ERROR_PARAMETERS], seed);
        let whole = simulated.len() == self.series.n_points() + self.later.len();
        let errors = errors_of(&values);
        let known = if whole { error_model::follow(self.series, &simulated, &errors) } else { nothing };
        Particle { scaled, seed, simulated, known, log_prior }
    }
}

/// The values of the error model, which stand last.
pub(crate) fn errors_of(natural: &[f64]) -> Errors {
    let errors = &natural[natural.len() - N_ERROR_PARAMETERS..];
    Errors { noise: errors[0], discrepancy: errors[1], memory: errors[2] }
}

/// The posterior of a simulator's parameters, given a series.
///
/// `simulate` takes parameters in the order of the list and a seed, and gives values at the times of the series
/// and then at the times `later` (years since the first row, after the last one), for which bands are wanted. It
/// may have luck, in its seed alone. The answer depends on the seed of the effort, never on threads.
///
/// # Errors
/// When the priors, the series or the simulator do not permit it.
pub fn calibrate<S: Fn(&[f64], u64) -> Vec<f64> + Sync>(
    series: &Series,
    later: &[f64],
    parameters: &[Parameter],
    error_model: &ErrorModel,
    effort: &Effort,
    simulate: &S,
) -> Result<Calibration, Uncalibrated> {
    let all = [parameters, &error_model.parameters()].concat();
    check(series, &all, parameters, effort)?;
    let problem = Problem { series, parameters: all, later, simulate };
    let mut particles = from_prior(&problem, effort)?;
    let mut generations = Vec::new();
    let mut power = 0.0;
    let mut step = 1.0;
    while power < 1.0 {
        let (next, weights, effective_size) = weigh(&particles, power);
        power = next;
        let round = generations.len() as u64 + 1;
        particles = drawn_anew(&particles, &weights, Draw { seed: effort.seed, generation: round, particle: u64::MAX });
        let acceptance = move_about(&problem, &mut particles, power, round, effort, &mut step);
        generations.push(Generation { power, effective_size, acceptance });
    }
    let simulations = effort.particles * (1 + effort.moves * (generations.len() - 1 + LAST_ROUNDS));
    Ok(Calibration::from_particles(&problem, &particles, generations, simulations))
}

fn check(series: &Series, all: &[Parameter], own: &[Parameter], effort: &Effort) -> Result<(), Uncalibrated> {
    if !own.iter().any(Parameter::is_free) {
        return Err(Uncalibrated::NothingFree);
    }
    for parameter in all {
        let (low, high) = parameter.prior.range();
        if matches!(parameter.prior, Uncertain::Choice(_)) {
            return Err(Uncalibrated::Choice(parameter.name.clone()));
        }
        if !low.is_finite() || !high.is_finite() || low > high {
            return Err(Uncalibrated::NoRange(parameter.name.clone()));
        }
    }
    if series.n_points() < 3 {
        return Err(Uncalibrated::TooFewPoints(series.n_points()));
    }
    if effort.particles < 20 {
        return Err(Uncalibrated::TooFewParticles(effort.particles));
    }
    Ok(())
}

fn from_prior<S: Fn(&[f64], u64) -> Vec<f64> + Sync>(
    problem: &Problem<'_, S>,
    effort: &Effort,
) -> Result<Vec<Particle>, Uncalibrated> {
    let n = effort.particles;
    let start = |i: usize| {
        let draw = Draw { seed: effort.seed, generation: 0, particle: i as u64 };
        // Each parameter is laid out in layers, one particle in each, in an order of its own: a Latin hypercube
        // leaves no part of a prior unseen.
        let layer = |j: usize| (order(effort.seed, j as u64, i, n) as f64 + draw.uniform(j as u64)) / n as f64;
        let scaled = problem.free().enumerate().map(|(j, parameter)| parameter.quantile(layer(j))).collect();
        problem.particle(scaled, draw.word(u64::MAX))
    };
    let particles: Vec<Particle> = (0..n).into_par_iter().map(start).collect();
    let wanted = problem.series.n_points() + problem.later.len();
    if let Some(wrong) = particles.iter().find(|particle| particle.simulated.len() != wanted) {
        return Err(Uncalibrated::WrongLength { got: wrong.simulated.len(), wanted });
    }
    if particles.iter().all(|particle| particle.known.log_likelihood == f64::NEG_INFINITY) {
        return Err(Uncalibrated::NothingFinite);
    }
    Ok(particles)
}

/// A permutation of 0..n as a function: steps through the layers by a stride that has no factor in common with n.
fn order(seed: u64, parameter: u64, i: usize, n: usize) -> usize {
    let draw = Draw { seed, generation: u64::MAX, particle: parameter };
    let mut stride = 1 + (draw.uniform(0) * (n - 1) as f64) as usize;
    while common_factor(stride, n) != 1 {
        stride = stride % n + 1;
    }
    (i * stride + (draw.uniform(1) * n as f64) as usize) % n
}

fn common_factor(a: usize, b: usize) -> usize {
    if b == 0 { a } else { common_factor(b, a % b) }
}

/// The next power of the likelihood, the weights it gives, and how many particles these amount to: as large a step
/// as leaves half of the particles.
fn weigh(particles: &[Particle], power: f64) -> (f64, Vec<f64>, f64) {
    let enough = particles.len() as f64 / 2.0;
    let whole = weights(particles, 1.0 - power);
    if effective(&whole) >= enough {
        let size = effective(&whole);
        return (1.0, whole, size);
    }
    let (mut low, mut high) = (0.0, 1.0 - power);
    for _ in 0..60 {
        let middle = 0.5 * (low + high);
        if effective(&weights(particles, middle)) >= enough { low = middle } else { high = middle }
    }
    // Where particles without any likelihood are more than half, no step leaves enough: take a small one.
    let step = low.max(1e-6);
    let chosen = weights(particles, step);
    let size = effective(&chosen);
    ((power + step).min(1.0), chosen, size)
}

fn weights(particles: &[Particle], step: f64) -> Vec<f64> {
    let best = particles.iter().map(|p| p.known.log_likelihood).fold(f64::NEG_INFINITY, f64::max);
    let raw: Vec<f64> = particles.iter().map(|p| libm::exp(step * (p.known.log_likelihood - best))).collect();
    let sum: f64 = raw.iter().sum();
    raw.iter().map(|weight| weight / sum).collect()
}

fn effective(weights: &[f64]) -> f64 {
    1.0 / weights.iter().map(|weight| weight * weight).sum::<f64>()
}

/// Particles drawn by their weights, at even steps from one random start (Kitagawa 1996).
fn drawn_anew(particles: &[Particle], weights: &[f64], draw: Draw) -> Vec<Particle> {
    let n = particles.len();
    let start = draw.uniform(0);
    let (mut at, mut sum) = (0, weights[0]);
    (0..n)
        .map(|i| {
            let goal = (i as f64 + start) / n as f64;
            while sum < goal && at + 1 < n {
                at += 1;
                sum += weights[at];
            }
            particles[at].clone()
        })
        .collect()
}

/// Moves every particle some times by the rule of Metropolis; steps follow the spread of the population.
fn move_about<S: Fn(&[f64], u64) -> Vec<f64> + Sync>(
    problem: &Problem<'_, S>,
    particles: &mut Vec<Particle>,
    power: f64,
    round: u64,
    effort: &Effort,
    step: &mut f64,
) -> f64 {
    let root = root_of_covariance(particles);
    let size = 2.38 / libm::sqrt(root.len() as f64);
    let mut accepted = 0;
    let turns = effort.moves * if power < 1.0 { 1 } else { LAST_ROUNDS };
    for turn in 0..turns {
        let moved: Vec<(Particle, bool)> = particles
            .par_iter()
            .enumerate()
            .map(|(i, particle)| {
                let generation = round * 1_000_003 + turn as u64;
                let draw = Draw { seed: effort.seed, generation, particle: i as u64 };
                moved(problem, particle, power, draw, &root, size * *step, turn)
            })
            .collect();
        let now = moved.iter().filter(|(_, moved)| *moved).count();
        *particles = moved.into_iter().map(|(particle, _)| particle).collect();
        accepted += now;
        let share = now as f64 / effort.particles as f64;
        // Between a fifth and a third is best; the step is never 0, whatever the shares.
        *step = (*step * libm::exp(share - 0.25)).clamp(0.02, 3.0);
    }
    accepted as f64 / (effort.particles * turns).max(1) as f64
}

fn moved<S: Fn(&[f64], u64) -> Vec<f64> + Sync>(
    problem: &Problem<'_, S>,
    from: &Particle,
    power: f64,
    draw: Draw,
    root: &[Vec<f64>],
    size: f64,
    turn: usize,
) -> (Particle, bool) {
    let normals: Vec<f64> = (0..root.len()).map(|j| draw.normal(j as u64)).collect();
    let step = |i: usize| size * root[i].iter().zip(&normals).map(|(a, b)| a * b).sum::<f64>();
    let scaled = from.scaled.iter().enumerate().map(|(i, x)| x + step(i)).collect();
    // Every other move keeps its luck: with new luck alone few moves would be accepted.
    let seed = if turn.is_multiple_of(2) { from.seed } else { draw.word(u64::MAX) };
    let to = problem.particle(scaled, seed);
    let gain = power * (to.known.log_likelihood - from.known.log_likelihood) + to.log_prior - from.log_prior;
    // A particle without any likelihood moves to whatever has some: infinities have no difference.
    let goes = to.known.log_likelihood > f64::NEG_INFINITY
        && (from.known.log_likelihood == f64::NEG_INFINITY || libm::log(draw.uniform(u64::MAX - 1)) < gain);
    if goes { (to, true) } else { (from.clone(), false) }
}

/// The lower triangle whose square is the covariance of the population (Cholesky), with a trace on its diagonal so
/// that a population drawn from few ancestors can still move.
fn root_of_covariance(particles: &[Particle]) -> Vec<Vec<f64>> {
    let (n, d) = (particles.len() as f64, particles[0].scaled.len());
    let mean = |j: usize| particles.iter().map(|p| p.scaled[j]).sum::<f64>() / n;
    let means: Vec<f64> = (0..d).map(mean).collect();
    let covariance = |i: usize, j: usize| {
        particles.iter().map(|p| (p.scaled[i] - means[i]) * (p.scaled[j] - means[j])).sum::<f64>() / n
    };
    let mut root = vec![vec![0.0; d]; d];
    for i in 0..d {
        for j in 0..=i {
            let done: f64 = (0..j).map(|k| root[i][k] * root[j][k]).sum();
            let rest = covariance(i, j) - done;
            root[i][j] = if i == j { libm::sqrt(rest.max(1e-12) + 1e-6 * covariance(i, i)) } else { rest / root[j][j] };
        }
    }
    root
}
