//! Saltelli's design for Sobol' indices (Saltelli and others 2010).

use crate::designs::Scramble;
use crate::designs::Undesigned;
use crate::designs::sobol_sequence;
use crate::designs::undesigned::check_size;

/// n (d + 2) points in [0, 1)^d in d + 2 blocks of n: A, B, then for each input i the block A with column i from B.
///
/// A and B are the two halves of the columns of one Sobol' sequence of 2 d dimensions. Take a power of two for n, and
/// a scrambled sequence: in the plain one the first rows of A and B are the same corner.
///
/// # Errors
/// When 2 d is more than [`MOST_DIMENSIONS`](crate::designs::MOST_DIMENSIONS), or there are too many points.
pub fn saltelli_design(n: usize, d: usize, scramble: Scramble) -> Result<Vec<Vec<f64>>, Undesigned> {
    check_size(d.checked_add(2).and_then(|blocks| blocks.checked_mul(n)))?;
    let both = sobol_sequence(n, d.saturating_mul(2), scramble)?;
    let a = both.iter().map(|row| row[..d].to_vec());
    let b = both.iter().map(|row| row[d..].to_vec());
    let crossed = (0..d).flat_map(|input| both.iter().map(move |row| a_with_one_of_b(row, d, input)));
    Ok(a.chain(b).chain(crossed).collect())
}

fn a_with_one_of_b(row: &[f64], d: usize, input: usize) -> Vec<f64> {
    let mut point = row[..d].to_vec();
    point[input] = row[d + input];
    point
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_second_rows_of_all_blocks_are_those_by_hand() {
        // by hand: the third point of the plain sequence is .75, .25, .25, .25, so A = (.75, .25) and B = (.25, .25)
        let points = saltelli_design(4, 2, Scramble::Plain).unwrap();
        assert_eq!(points.len(), 16); // by hand: 4 * (2 + 2)
        let third = |block: usize| points[4 * block + 2].clone();
        assert_eq!([third(0), third(1)], [vec![0.75, 0.25], vec![0.25, 0.25]]);
        assert_eq!([third(2), third(3)], [vec![0.25, 0.25], vec![0.75, 0.25]]);
    }

    #[test]
    fn each_crossed_block_differs_from_a_in_its_own_column_only() {
        let (n, d) = (32, 5);
        let points = saltelli_design(n, d, Scramble::Owen { seed: 2 }).unwrap();
        for input in 0..d {
            for row in 0..n {
                let (a, b, crossed) = (&points[row], &points[n + row], &points[(2 + input) * n + row]);
                assert!((0..d).all(|i| crossed[i] == if i == input { b[i] } else { a[i] }));
                assert_ne!(a[input], b[input]);
            }
        }
    }

    #[test]
    fn sixty_four_inputs_are_the_most() {
        assert_eq!(saltelli_design(1, 64, Scramble::Plain).unwrap().len(), 66);
        assert!(matches!(saltelli_design(1, 65, Scramble::Plain), Err(Undesigned::TooManyDimensions { .. })));
        assert!(matches!(saltelli_design(usize::MAX, 2, Scramble::Plain), Err(Undesigned::TooManyPoints { .. })));
    }
}
