//! One at a time: the baseline, then each input alone at its low and its high end.

use crate::designs::Undesigned;

/// 2 d + 1 points: the baseline, then for each input in turn its low end and its high end, all others at the baseline.
///
/// The ends may be places in the unit cube or values; the points are in the same units.
///
/// # Errors
/// When the three lists are not equally long.
pub fn one_at_a_time(baseline: &[f64], low: &[f64], high: &[f64]) -> Result<Vec<Vec<f64>>, Undesigned> {
    if baseline.len() != low.len() || baseline.len() != high.len() {
        return Err(Undesigned::InputsDiffer);
    }
    let with = |input: usize, end: f64| {
        let mut point = baseline.to_vec();
        point[input] = end;
        point
    };
    let ends = (0..baseline.len()).flat_map(|input| [with(input, low[input]), with(input, high[input])]);
    Ok(std::iter::once(baseline.to_vec()).chain(ends).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_inputs_are_five_points() {
        let points = one_at_a_time(&[1.0, 10.0], &[0.0, 5.0], &[2.0, 20.0]).unwrap();
        let by_hand = [[1.0, 10.0], [0.0, 10.0], [2.0, 10.0], [1.0, 5.0], [1.0, 20.0]];
        assert!(points.len() == 5 && points.iter().zip(by_hand).all(|(a, b)| a[..] == b));
    }

    #[test]
    fn lists_of_different_inputs_are_refused() {
        assert_eq!(one_at_a_time(&[1.0], &[0.0, 0.0], &[2.0]), Err(Undesigned::InputsDiffer));
        assert_eq!(one_at_a_time(&[1.0], &[0.0], &[]), Err(Undesigned::InputsDiffer));
    }
}
