//! Morris's trajectories (Morris 1991): from a point of a grid, every input takes one step, one after another.

use crate::designs::Undesigned;
use crate::designs::lot_below;
use crate::designs::shuffled;
use crate::designs::undesigned::check_size;

/// The step of an input in the unit cube: p / (2 (p - 1)) for p levels.
pub fn morris_step(levels: usize) -> f64 {
    levels as f64 / (2.0 * (levels as f64 - 1.0))
}

/// `trajectories` times d + 1 points, trajectory after trajectory; neighbours of one trajectory differ in one input.
///
/// The levels are 0, 1/(p-1), ..., 1: unlike in other designs the upper end of the cube is met. An input in the lower
/// half steps up and one in the upper half steps down, so that every level is met equally often.
///
/// # Errors
/// When the number of levels is not even and at least two, or there are too many points.
pub fn morris_trajectories(
    trajectories: usize,
    d: usize,
    levels: usize,
    seed: u64,
) -> Result<Vec<Vec<f64>>, Undesigned> {
    if levels < 2 || !levels.is_multiple_of(2) {
        return Err(Undesigned::LevelsNotEven { levels });
    }
    check_size(d.checked_add(1).and_then(|of_one| of_one.checked_mul(trajectories)))?;
    Ok((0..trajectories as u64).flat_map(|number| trajectory(number, d, levels, seed)).collect())
}

fn trajectory(number: u64, d: usize, levels: usize, seed: u64) -> Vec<Vec<f64>> {
    // Even columns order the inputs and odd ones place the start, so that the two share no lots.
    let start = |input: usize| lot_below(seed, input as u64, 2 * number + 1, levels);
    let mut at: Vec<usize> = (0..d).map(start).collect();
    let mut points = vec![on_levels(&at, levels)];
    for input in shuffled(seed, 2 * number, d) {
        let half = levels / 2;
        at[input] = if at[input] < half { at[input] + half } else { at[input] - half };
        points.push(on_levels(&at, levels));
    }
    points
}

fn on_levels(at: &[usize], levels: usize) -> Vec<f64> {
    at.iter().map(|level| *level as f64 / (levels - 1) as f64).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn four_levels_step_by_two_thirds() {
        assert!((morris_step(4) - 2.0 / 3.0).abs() < 1e-15); // by hand: 4 / (2 * 3)
        let points = morris_trajectories(1, 1, 4, 0).unwrap();
        assert_eq!(points.len(), 2);
        assert!(((points[1][0] - points[0][0]).abs() - 2.0 / 3.0).abs() < 1e-15);
    }

    #[test]
    fn odd_levels_and_no_levels_are_refused() {
        for levels in [0, 1, 3, 5] {
            assert_eq!(morris_trajectories(4, 2, levels, 0), Err(Undesigned::LevelsNotEven { levels }));
        }
        assert!(matches!(morris_trajectories(usize::MAX, 2, 4, 0), Err(Undesigned::TooManyPoints { .. })));
    }

    #[test]
    fn every_level_is_met_about_as_often() {
        let points = morris_trajectories(2_000, 2, 4, 11).unwrap();
        for level in 0..4 {
            let here = |p: &&Vec<f64>| (p[0] * 3.0).round() as usize == level;
            let share = points.iter().filter(here).count() as f64 / points.len() as f64;
            assert!((share - 0.25).abs() < 0.04, "level {level}: {share}");
        }
    }

    proptest! {
        #[test]
        fn each_input_steps_once_a_trajectory_and_stays_in_the_cube(r in 0usize..6, d in 0usize..9, half in 1usize..5, seed: u64) {
            let levels = 2 * half;
            let points = morris_trajectories(r, d, levels, seed).unwrap();
            prop_assert_eq!(points.len(), r * (d + 1));
            prop_assert!(points.iter().flatten().all(|x| (0.0..=1.0).contains(x)));
            for one in points.chunks(d + 1) {
                let moved = |pair: &[Vec<f64>]| (0..d).filter(|i| pair[0][*i] != pair[1][*i]).collect::<Vec<usize>>();
                let mut inputs: Vec<usize> = one.windows(2).flat_map(moved).collect();
                inputs.sort_unstable();
                prop_assert_eq!(inputs, (0..d).collect::<Vec<usize>>());
                let size = |i: usize| (one[0][i] - one[d][i]).abs();
                prop_assert!((0..d).all(|i| (size(i) - morris_step(levels)).abs() < 1e-12));
            }
        }
    }
}
