//! Arrows on paper: the curves between points, and their heads.
//!
//! Has the points that an arrow runs through, gives marks. Knows neither cards nor text.

use crate::report::graph::colours::ARROW;
use crate::report::picture::DARK;
use crate::report::picture::Ink;
use crate::report::picture::Picture;

/// Straight pieces of one curve; so many that nobody sees corners.
const PIECES: u32 = 24;

/// How an arrow looks.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Look {
    /// Its colour.
    pub ink: Ink,
    /// How wide its line is \[px\].
    pub weight: f64,
}

/// Arrows of the critical path.
pub const CRITICAL: Look = Look { ink: DARK, weight: 3.0 };
/// All others.
pub const PLAIN: Look = Look { ink: ARROW, weight: 1.4 };

/// Draws an arrow through points between which curves and straight lines take turns.
pub fn draw(picture: &mut Picture, points: &[(f64, f64)], look: Look) {
    let Some(&tip) = points.last() else { return };
    let length = head_length(look);
    let mut path = curves(points);
    // The line would stick out of the tip of its own head.
    path.retain(|point| point.0 < tip.0 - length);
    path.push((tip.0 - length / 2.0, tip.1));
    picture.line(path, look.ink, look.weight);
    let (back, half) = (tip.0 - length, half_head(look));
    picture.area(vec![tip, (back, tip.1 - half), (back, tip.1 + half)], look.ink);
}

fn half_head(look: Look) -> f64 {
    3.4 + look.weight * 0.6
}

fn head_length(look: Look) -> f64 {
    2.2 * half_head(look)
}

/// The points with every second step from left to right, from the first on, bent into a curve that leaves and
/// arrives level.
pub fn curves(points: &[(f64, f64)]) -> Vec<(f64, f64)> {
    let mut path: Vec<(f64, f64)> = points.first().copied().into_iter().collect();
    for (place, pair) in points.windows(2).enumerate() {
        match place % 2 {
            0 if pair[0].1 != pair[1].1 => path.extend((1..=PIECES).map(|n| bent(pair[0], pair[1], n))),
            _ => path.push(pair[1]),
        }
    }
    path
}

/// The point of a Bézier curve after so many of its pieces; its handles lie level, halfway across.
fn bent(from: (f64, f64), to: (f64, f64), piece: u32) -> (f64, f64) {
    if piece == PIECES {
        return to;
    }
    let share = f64::from(piece) / f64::from(PIECES);
    let rest = 1.0 - share;
    let middle = (from.0 + to.0) / 2.0;
    let (first, inner, last) = (rest * rest * rest, 3.0 * rest * share, share * share * share);
    let x = first * from.0 + inner * middle + last * to.0;
    let y = (first + inner * rest) * from.1 + (inner * share + last) * to.1;
    (x, y)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_curve_passes_the_middle_between_its_ends() {
        let path = curves(&[(0.0, 0.0), (60.0, 100.0), (80.0, 100.0)]);
        let middle = path[PIECES as usize / 2];
        assert!((middle.0 - 30.0).abs() < 1e-9 && (middle.1 - 50.0).abs() < 1e-9); // by hand: half of 60 and of 100
        assert_eq!(path[path.len() - 2..], [(60.0, 100.0), (80.0, 100.0)]);
    }

    #[test]
    fn the_line_of_an_arrow_ends_inside_its_head() {
        let (mut picture, _) = Picture::titled("x", "", "", 100.0);
        draw(&mut picture, &[(0.0, 10.0), (60.0, 40.0)], CRITICAL);
        let crate::report::picture::Mark::Line(path, ..) = &picture.marks[0] else { panic!("a line comes first") };
        assert!(path.windows(2).all(|pair| pair[0].0 < pair[1].0));
        // by hand: half a head is 3.4 + 3 * 0.6 = 5.2, its length 11.44, the line ends half of it before the tip
        assert!((path[path.len() - 1].0 - 54.28).abs() < 1e-9);
    }

    proptest! {
        #[test]
        fn a_curve_stays_between_its_ends(x in 0.0f64..500.0, across in 1.0f64..90.0, a in 0.0f64..900.0, b in 0.0f64..900.0) {
            let path = curves(&[(x, a), (x + across, b)]);
            for pair in path.windows(2) {
                prop_assert!(pair[0].0 < pair[1].0);
            }
            let (low, high) = (a.min(b) - 1e-9, a.max(b) + 1e-9);
            prop_assert!(path.iter().all(|p| (x..=x + across).contains(&p.0) && (low..=high).contains(&p.1)));
        }
    }
}
