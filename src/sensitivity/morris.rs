//! Elementary effects (Morris 1991; mu* of Campolongo, Cariboni, Saltelli 2007).

use crate::sensitivity::Unmeasured;
use crate::sensitivity::bootstrap::interval_90;
use crate::sensitivity::bootstrap::resampled;
use crate::sensitivity::bootstrap::weighted_sum;
use crate::sensitivity::unmeasured::check_count;
use crate::sensitivity::unmeasured::check_finite;
use crate::sensitivity::unmeasured::check_points;
use serde::Serialize;

/// What one input does, in units of the outcome for the whole width of the input's axis.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ElementaryEffects {
    /// Number of the input, from 0.
    pub input: usize,
    /// The mean effect; effects of opposite sign cancel.
    pub mu: f64,
    /// The mean size of the effect, whatever its sign: how much the input matters.
    pub mu_star: f64,
    /// Standard deviation of the effects over trajectories: curvature and interactions. Nothing from one trajectory.
    pub sigma: Option<f64>,
    /// 90 % bootstrap interval of `mu_star` over trajectories; nothing from one trajectory.
    pub mu_star_interval: Option<[f64; 2]>,
}

/// The effects of each input, in the order of inputs, from the points of
/// [`morris_trajectories`](crate::designs::morris_trajectories) in the unit cube and their outcomes.
///
/// # Errors
/// When points and outcomes are not those of whole trajectories, there are none, or a number is not finite.
pub fn elementary_effects(
    points: &[Vec<f64>],
    outcomes: &[f64],
    seed: u64,
) -> Result<Vec<ElementaryEffects>, Unmeasured> {
    let d = check_points(points)?;
    check_count("outcomes", outcomes.len(), points.len())?;
    check_finite("outcome", outcomes)?;
    if points.is_empty() {
        return Err(Unmeasured::TooFew { what: "trajectories", have: 0, fewest: 1 });
    }
    check_count("points", points.len(), points.len().div_ceil(d + 1) * (d + 1))?;
    let of_trajectories: Vec<Vec<f64>> = points
        .chunks(d + 1)
        .zip(outcomes.chunks(d + 1))
        .enumerate()
        .map(|(trajectory, (points, outcomes))| {
            effects_along(points, outcomes).ok_or(Unmeasured::NotATrajectory { trajectory })
        })
        .collect::<Result<_, _>>()?;
    let of_input = |input: usize| summary(input, of_trajectories.iter().map(|effects| effects[input]).collect(), seed);
    Ok((0..d).map(of_input).collect())
}

/// The effect of each input along one trajectory; nothing where it is none.
fn effects_along(points: &[Vec<f64>], outcomes: &[f64]) -> Option<Vec<f64>> {
    let mut effects = vec![None; points.len() - 1];
    for (pair, outcomes) in points.windows(2).zip(outcomes.windows(2)) {
        let input = only_change(&pair[0], &pair[1])?;
        let effect = (outcomes[1] - outcomes[0]) / (pair[1][input] - pair[0][input]);
        // d steps of d inputs: if none steps twice, all step once.
        if effects[input].replace(effect).is_some() {
            return None;
        }
    }
    effects.into_iter().collect()
}

fn only_change(from: &[f64], to: &[f64]) -> Option<usize> {
    let mut changed = (0..from.len()).filter(|input| from[*input] != to[*input]);
    changed.next().filter(|_| changed.next().is_none())
}

fn summary(input: usize, effects: Vec<f64>, seed: u64) -> ElementaryEffects {
    let n = effects.len() as f64;
    let mu = effects.iter().sum::<f64>() / n;
    let sizes: Vec<f64> = effects.iter().map(|e| e.abs()).collect();
    let squares: f64 = effects.iter().map(|e| (e - mu) * (e - mu)).sum();
    let several = effects.len() > 1;
    ElementaryEffects {
        input,
        mu,
        mu_star: sizes.iter().sum::<f64>() / n,
        sigma: several.then(|| libm::sqrt(squares / (n - 1.0))),
        // All inputs share the resamples: the same trajectories are drawn again for each.
        mu_star_interval: several
            .then(|| resampled(sizes.len(), seed, |times| weighted_sum(times, &sizes) / n))
            .and_then(interval_90),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::designs::morris_trajectories;
    use proptest::prelude::*;

    fn effects_of(d: usize, r: usize, f: impl Fn(&[f64]) -> f64) -> Vec<ElementaryEffects> {
        let points = morris_trajectories(r, d, 4, 8).unwrap();
        let outcomes: Vec<f64> = points.iter().map(|p| f(p)).collect();
        elementary_effects(&points, &outcomes, 1).unwrap()
    }

    #[test]
    fn an_interaction_shows_as_spread_and_a_valley_as_cancelling_effects() {
        // by hand: x y has effect y on x, which is 0, 1/3, 2/3 or 1: mean 1/2, standard deviation sqrt(5)/6 = .373
        let found = effects_of(3, 3_000, |p| p[0] * p[1] + (p[2] - 0.5) * (p[2] - 0.5));
        assert!((found[0].mu - 0.5).abs() < 0.03 && (found[0].sigma.unwrap() - 0.373).abs() < 0.02);
        // by hand: a step of 2/3 from 0 ends at 2/3: (1/36 - 1/4) / (2/3) = -1/3, and from 1/3 to 1 it is 1/3
        assert!(found[2].mu.abs() < 0.03 && (found[2].mu_star - 1.0 / 3.0).abs() < 1e-12);
    }

    #[test]
    fn the_interval_holds_the_mean_size() {
        let found = effects_of(2, 60, |p| p[0] * p[1]);
        let [low, high] = found[0].mu_star_interval.unwrap();
        assert!(low < found[0].mu_star && found[0].mu_star < high && low < 0.5 && 0.5 < high);
    }

    #[test]
    fn one_trajectory_has_effects_but_no_spread() {
        let found = effects_of(2, 1, |p| p[0]);
        assert_eq!((found[1].mu_star, found[1].sigma, found[1].mu_star_interval), (0.0, None, None));
    }

    #[test]
    fn what_is_no_trajectory_is_refused() {
        let zero = || vec![0.0, 0.0];
        let both = [zero(), vec![1.0, 1.0], zero()];
        let twice = [zero(), vec![1.0, 0.0], zero()];
        let still = [zero(), zero(), vec![0.0, 1.0]];
        for points in [both, twice, still] {
            let found = elementary_effects(&points, &[0.0; 3], 0);
            assert_eq!(found, Err(Unmeasured::NotATrajectory { trajectory: 0 }));
        }
        assert!(matches!(elementary_effects(&[], &[], 0), Err(Unmeasured::TooFew { .. })));
        assert!(matches!(elementary_effects(&[zero()], &[0.0], 0), Err(Unmeasured::NotTheDesign { .. })));
        assert!(matches!(elementary_effects(&[zero()], &[], 0), Err(Unmeasured::NotTheDesign { .. })));
        let infinite = elementary_effects(&[vec![0.0], vec![1.0]], &[0.0, f64::INFINITY], 0);
        assert_eq!(infinite, Err(Unmeasured::NotFinite { what: "outcome", number: 1 }));
    }

    proptest! {
        #[test]
        fn on_a_straight_line_the_effect_is_the_coefficient_without_spread(slopes in prop::collection::vec(-9.0..9.0f64, 1..7)) {
            let found = effects_of(slopes.len(), 5, |p| p.iter().zip(&slopes).map(|(x, slope)| x * slope).sum());
            for (effect, slope) in found.iter().zip(&slopes) {
                prop_assert!((effect.mu - slope).abs() < 1e-9 && (effect.mu_star - slope.abs()).abs() < 1e-9);
                prop_assert!(effect.sigma.unwrap() < 1e-9);
                let [low, high] = effect.mu_star_interval.unwrap();
                prop_assert!((low - slope.abs()).abs() < 1e-9 && (high - slope.abs()).abs() < 1e-9);
            }
        }
    }
}
