//! The full grid: every level of each input with every level of all others.

use crate::designs::Undesigned;
use crate::designs::undesigned::check_size;

/// All points of a grid in [0, 1)^d; `levels` has the number of levels of each input, and the last input turns fastest.
///
/// Level k of L stands at (k + 1/2) / L, the middle of its stratum: so every level stands for an equal share of the
/// input's distribution, and as many levels as a choice has values meet each value once.
///
/// # Errors
/// When the grid has more points than [`MOST_POINTS`](crate::designs::MOST_POINTS).
pub fn full_grid(levels: &[usize]) -> Result<Vec<Vec<f64>>, Undesigned> {
    // An input without levels leaves no points, however many levels the others have.
    if levels.contains(&0) {
        return Ok(Vec::new());
    }
    let n = check_size(levels.iter().try_fold(1usize, |product, of_input| product.checked_mul(*of_input)))?;
    Ok((0..n).map(|number| point(number, levels)).collect())
}

/// The point with this number: its levels are the digits of the number.
fn point(mut number: usize, levels: &[usize]) -> Vec<f64> {
    let mut point = vec![0.0; levels.len()];
    for (input, of_input) in levels.iter().enumerate().rev() {
        point[input] = ((number % of_input) as f64 + 0.5) / *of_input as f64;
        number /= of_input;
    }
    point
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn two_levels_by_three_are_six_points_in_order() {
        let sixth = |k: f64| k / 6.0;
        let by_hand = [[0.25, 1.0], [0.25, 3.0], [0.25, 5.0], [0.75, 1.0], [0.75, 3.0], [0.75, 5.0]];
        let by_hand: Vec<Vec<f64>> = by_hand.iter().map(|[a, b]| vec![*a, sixth(*b)]).collect();
        assert_eq!(full_grid(&[2, 3]).unwrap(), by_hand);
    }

    #[test]
    fn no_inputs_are_one_point_and_no_levels_are_none() {
        assert_eq!(full_grid(&[]).unwrap(), vec![Vec::<f64>::new()]);
        assert!(full_grid(&[3, 0, 2]).unwrap().is_empty());
        assert!(full_grid(&[usize::MAX, 0, usize::MAX]).unwrap().is_empty());
    }

    #[test]
    fn a_grid_too_large_is_refused() {
        assert!(matches!(full_grid(&[10; 30]), Err(Undesigned::TooManyPoints { .. })));
        assert!(matches!(full_grid(&[10; 9]), Err(Undesigned::TooManyPoints { .. })));
    }

    proptest! {
        #[test]
        fn it_has_as_many_different_points_as_the_product_of_levels(levels in prop::collection::vec(1usize..5, 0..5)) {
            let mut points = full_grid(&levels).unwrap();
            prop_assert!(points.iter().flatten().all(|x| (0.0..1.0).contains(x)));
            points.sort_by(|a, b| a.iter().zip(b).map(|(x, y)| x.total_cmp(y)).find(|o| o.is_ne()).unwrap_or(std::cmp::Ordering::Equal));
            points.dedup();
            prop_assert_eq!(points.len(), levels.iter().product::<usize>());
        }
    }
}
