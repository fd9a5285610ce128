use super::*;
use crate::designs::Scramble;
use crate::designs::latin_hypercube;
use crate::designs::lot_unit;
use crate::designs::sobol_sequence;
use proptest::prelude::*;

fn found(points: &[Vec<f64>], fails: &[bool]) -> Found {
    match discover(points, fails, &Peeling::default()).unwrap() {
        Discovery::Found(found) => found,
        other => panic!("{other:?}"),
    }
}

fn failing(points: &[Vec<f64>], fails: impl Fn(&[f64]) -> bool) -> Vec<bool> {
    points.iter().map(|point| fails(point)).collect()
}

fn in_planted_box(point: &[f64]) -> bool {
    point[0] > 0.6 && (0.2..0.7).contains(&point[2])
}

#[test]
fn a_planted_box_is_found_and_nothing_else_is_restricted() {
    let points = sobol_sequence(2048, 6, Scramble::Owen { seed: 3 }).unwrap();
    let best = found(&points, &failing(&points, in_planted_box)).best;
    assert!(best.coverage > 0.95 && best.density > 0.95, "{best:?}");
    let inputs: Vec<usize> = best.restrictions.iter().map(|r| r.input).collect();
    assert_eq!(inputs, [0, 2]);
    let (first, second) = (best.restrictions[0], best.restrictions[1]);
    assert!((first.low.unwrap().at - 0.6).abs() < 0.02 && first.high.is_none());
    assert!((second.low.unwrap().at - 0.2).abs() < 0.02 && (second.high.unwrap().at - 0.7).abs() < 0.02);
    assert!(best.restrictions.iter().all(|r| r.quasi_p < 1e-6));
}

#[test]
fn a_planted_box_is_found_under_noise() {
    let points = latin_hypercube(2_000, 5, 4);
    let noisy = |row: usize| lot_unit(1, row as u64, 0) < if in_planted_box(&points[row]) { 0.97 } else { 0.02 };
    let fails: Vec<bool> = (0..points.len()).map(noisy).collect();
    let best = found(&points, &fails).best;
    assert!(best.density > 0.9 && best.coverage > 0.85, "{best:?}");
    assert!(best.restrictions.iter().all(|r| r.input == 0 || r.input == 2), "{best:?}");
}

#[test]
fn an_irrelevant_restriction_has_a_large_quasi_p_and_a_needed_one_a_small() {
    let points = latin_hypercube(1_000, 3, 4);
    let fails = failing(&points, |p| p[0] > 0.7 && p[2] < 0.9);
    let cases = Cases::new(&points, &fails, 3);
    let described = cases.describe(&vec![[Some(0.7), None], [Some(0.3), None], [None, None]]);
    assert!(described.restrictions[0].quasi_p < 1e-9 && described.restrictions[1].quasi_p > 0.05, "{described:?}");
    assert_eq!(described.restrictions[0].low.unwrap().quasi_p, described.restrictions[0].quasi_p);
}

#[test]
fn failures_at_random_leave_no_restriction_that_means_much() {
    let points = latin_hypercube(400, 4, 9);
    let fails: Vec<bool> = (0..400).map(|row| lot_unit(2, row, 0) < 0.3).collect();
    let best = found(&points, &fails).best;
    assert!(best.density < 0.6 && best.coverage > 0.5, "{best:?}");
}

#[test]
fn counts_by_hand() {
    // Twenty points on a line; 15 to 19 fail. by hand: one point a peel, from the low side, until only 10 are left,
    // so the densest box has 5 of 10; the best harmonic mean is there too
    let points: Vec<Vec<f64>> = (0..20).map(|x| vec![f64::from(x)]).collect();
    let fails = failing(&points, |p| p[0] > 14.5);
    let found = found(&points, &fails);
    assert_eq!((found.trajectory.len(), found.chosen), (11, 10));
    let last = &found.trajectory[10];
    assert_eq!((last.n_points, last.n_fails, last.coverage, last.density, last.mass), (10, 5, 1.0, 0.5, 0.5));
    assert_eq!(last.restrictions[0].low.unwrap().at, 10.0);
    let patient = Peeling { fewest_in_box: 2, ..Peeling::default() };
    let Discovery::Found(found) = discover(&points, &fails, &patient).unwrap() else { panic!("nothing found") };
    assert_eq!((found.best.density, found.best.restrictions[0].low.unwrap().at), (1.0, 15.0));
    // by hand: at a density of 5/20 five of five have the chance 4^-5
    assert!((found.best.restrictions[0].quasi_p - 4f64.powi(-5)).abs() < 1e-12);
}

#[test]
fn pasting_gives_back_what_a_peel_took_too_much() {
    let points: Vec<Vec<f64>> = (0..100).map(|x| vec![f64::from(x), f64::from(x * 37 % 100)]).collect();
    let fails = failing(&points, |p| p[0] >= 60.0);
    let cases = Cases::new(&points, &fails, 2);
    let narrow = cases.describe(&vec![[Some(72.0), Some(97.0)], [None, None]]);
    let pasted = paste(&points, &fails, &narrow, &Peeling::default()).unwrap();
    assert_eq!((pasted.coverage, pasted.density), (1.0, 1.0));
    assert_eq!((pasted.restrictions[0].low.unwrap().at, pasted.restrictions[0].high), (60.0, None));
}

#[test]
fn nothing_or_everything_failing_and_too_few_points_each_say_so() {
    let points = latin_hypercube(50, 2, 1);
    let discover = |n: usize, fails: bool| discover(&points[..n], &vec![fails; n], &Peeling::default()).unwrap();
    assert_eq!(discover(50, false), Discovery::NothingFails { n_points: 50 });
    assert_eq!(discover(50, true), Discovery::EverythingFails { n_points: 50 });
    assert_eq!(discover(19, true), Discovery::TooFewPoints { have: 19, fewest: 20 });
    assert_eq!(discover(0, true), Discovery::TooFewPoints { have: 0, fewest: 20 });
}

#[test]
fn inputs_that_do_not_vary_or_are_not_there_leave_the_whole_box() {
    let fails: Vec<bool> = (0..40).map(|row| row % 3 == 0).collect();
    for points in [vec![vec![2.0, 7.0]; 40], vec![vec![]; 40]] {
        let found = found(&points, &fails);
        assert_eq!((found.trajectory.len(), found.best.restrictions.len(), found.best.coverage), (1, 0, 1.0));
    }
}

#[test]
fn what_does_not_match_is_refused() {
    let points = latin_hypercube(30, 2, 1);
    let patient = Peeling::default();
    assert!(matches!(discover(&points, &[true; 29], &patient), Err(Unmeasured::NotTheDesign { .. })));
    for peel_share in [0.0, 1.0, f64::NAN] {
        let wrong = Peeling { peel_share, ..patient };
        assert!(matches!(discover(&points, &[true; 30], &wrong), Err(Unmeasured::NotAShare { .. })));
    }
    let mut infinite = points.clone();
    infinite[3][1] = f64::NAN;
    let found = discover(&infinite, &[true; 30], &patient);
    assert_eq!(found, Err(Unmeasured::NotFinite { what: "point", number: 3 }));
    let whole = Cases::new(&points, &[true; 30], 2).describe(&vec![[None, None], [Some(0.5), None]]);
    let narrower: Vec<Vec<f64>> = points.iter().map(|p| p[..1].to_vec()).collect();
    assert!(matches!(paste(&narrower, &[true; 30], &whole, &patient), Err(Unmeasured::NotTheDesign { need: 2, .. })));
}

/// The slow twin of a slice: every value as an edge in turn, until enough is taken off.
fn slice_by_trying(points: &[Vec<f64>], input: usize, side: usize, share: f64) -> Option<(f64, usize)> {
    let patient = ((share * points.len() as f64) as usize).max(1);
    let beyond = |at: f64| points.iter().filter(|p| if side == 0 { p[input] < at } else { p[input] > at }).count();
    let tried: Vec<(f64, usize)> = points.iter().map(|p| (p[input], beyond(p[input]))).filter(|t| t.1 > 0).collect();
    let most = tried.iter().filter(|t| t.1 <= patient).map(|t| t.1).max();
    let removed = most.or_else(|| tried.iter().map(|t| t.1).min())?;
    tried.into_iter().find(|t| t.1 == removed)
}

/// Inputs with many equal values, and whether each point fails.
fn coarse() -> impl Strategy<Value = (Vec<Vec<f64>>, Vec<bool>)> {
    let point = prop::collection::vec((0..7i32).prop_map(f64::from), 3);
    prop::collection::vec((point, any::<bool>()), 20..80).prop_map(|cases| cases.into_iter().unzip())
}

proptest! {
    #[test]
    fn a_slice_agrees_with_the_slow_twin_that_tries_every_value((points, fails) in coarse(), side in 0usize..2, share in 0.01..0.4f64) {
        let cases = Cases::new(&points, &fails, 3);
        let fast = peel::slice(&cases, &vec![true; points.len()], 1, side, share).map(|s| (s.at, s.n_points));
        prop_assert_eq!(fast, slice_by_trying(&points, 1, side, share));
    }

    #[test]
    fn boxes_hold_what_they_say_and_shrink((points, fails) in coarse()) {
        if let Discovery::Found(found) = discover(&points, &fails, &Peeling::default()).unwrap() {
            for b in found.trajectory.iter().chain([&found.best]) {
                let inside = points.iter().zip(&fails).filter(|(p, _)| b.contains(p));
                prop_assert_eq!(inside.clone().count(), b.n_points);
                prop_assert_eq!(inside.filter(|(_, fails)| **fails).count(), b.n_fails);
                let numbers = [b.coverage, b.density, b.mass].into_iter().chain(b.restrictions.iter().map(|r| r.quasi_p));
                prop_assert!(numbers.into_iter().all(|x| (0.0..=1.0).contains(&x)));
            }
            prop_assert!(found.trajectory.windows(2).all(|pair| pair[1].n_points < pair[0].n_points));
        }
    }

    #[test]
    fn the_order_of_points_changes_nothing((points, fails) in coarse(), turn in 0usize..80) {
        let turned = |n: usize| (turn % points.len() + n) % points.len();
        let other: Vec<Vec<f64>> = (0..points.len()).map(|n| points[turned(n)].clone()).collect();
        let other_fails: Vec<bool> = (0..fails.len()).map(|n| fails[turned(n)]).collect();
        let of = |points: &[Vec<f64>], fails: &[bool]| discover(points, fails, &Peeling::default()).unwrap();
        prop_assert_eq!(of(&points, &fails), of(&other, &other_fails));
    }
}
