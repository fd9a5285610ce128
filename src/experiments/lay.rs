//! Laying points: designs in the unit cube turned into values of inputs.

use crate::designs::Scramble;
use crate::designs::Undesigned;
use crate::designs::full_grid;
use crate::designs::latin_hypercube;
use crate::designs::lot;
use crate::designs::morris_trajectories;
use crate::designs::one_at_a_time;
use crate::designs::saltelli_design;
use crate::designs::sobol_sequence;
use crate::experiments::asked::Design;
use crate::experiments::asked::Method;
use crate::experiments::input::Domain;
use crate::experiments::input::Input;
use crate::experiments::notation::Value;

/// Levels of Morris's grid; four are usual.
const LEVELS: usize = 4;

/// A point: its place in the unit cube, and the value of each input.
#[derive(Debug, Clone, PartialEq)]
pub struct Point {
    /// The place, by input.
    pub place: Vec<f64>,
    /// The values, by input; nothing for one that is left as the scenario has it.
    pub values: Vec<Option<Value>>,
}

/// Seeds of designs, apart from one another and from the luck of people.
#[derive(Debug, Clone, Copy)]
enum Stream {
    Levers = 1,
    Futures = 2,
    Morris = 3,
    Sobol = 4,
    Discovery = 5,
}

fn seed_of(seed: u64, stream: Stream) -> u64 {
    lot(seed, stream as u64, 0)
}

fn at(inputs: &[Input], place: Vec<f64>) -> Point {
    let values = inputs.iter().zip(&place).map(|(input, u)| Some(input.domain.at(*u))).collect();
    Point { place, values }
}

/// Points of a sweep: every point of the levers with every future, futures turning fastest. Inputs are levers first.
///
/// # Errors
/// When there would be too many points or inputs.
pub fn sweep(
    levers: &[Input],
    uncertain: &[Input],
    (design, points, futures): (Design, usize, usize),
    seed: u64,
) -> Result<(Vec<Point>, usize), Undesigned> {
    let of_levers = match design {
        Design::Grid => full_grid(&levers.iter().map(n_values).collect::<Vec<_>>())?,
        Design::Lhs => latin_hypercube(points, levers.len(), seed_of(seed, Stream::Levers)),
        Design::Sobol => sobol_sequence(points, levers.len(), Scramble::Owen { seed: seed_of(seed, Stream::Levers) })?,
    };
    let futures = if uncertain.is_empty() { 1 } else { futures };
    let stream = seed_of(seed, Stream::Futures);
    let of_futures = match design {
        Design::Grid | Design::Lhs => latin_hypercube(futures, uncertain.len(), stream),
        Design::Sobol => sobol_sequence(futures, uncertain.len(), Scramble::Owen { seed: stream })?,
    };
    let too_many = Undesigned::TooManyPoints { most: crate::designs::MOST_POINTS };
    let n = of_levers.len().checked_mul(futures).filter(|n| *n <= crate::designs::MOST_POINTS).ok_or(too_many)?;
    let all: Vec<Input> = levers.iter().chain(uncertain).cloned().collect();
    let mut laid = Vec::with_capacity(n);
    for lever in &of_levers {
        laid.extend(of_futures.iter().map(|future| at(&all, lever.iter().chain(future).copied().collect())));
    }
    Ok((laid, futures))
}

fn n_values(input: &Input) -> usize {
    match &input.domain {
        Domain::Listed(all) => all.len(),
        // A range without steps is refused before a grid is laid; a single value it is.
        Domain::Spread(_) => 1,
    }
}

/// Points of one way of asking what matters.
///
/// # Errors
/// When there would be too many points or inputs.
pub fn sensitivity(
    inputs: &[Input],
    method: Method,
    (trajectories, rows, points): (usize, usize, usize),
    seed: u64,
) -> Result<Vec<Point>, Undesigned> {
    let d = inputs.len();
    let places = match method {
        Method::Tornado | Method::All => return tornado(inputs),
        Method::Morris => morris_trajectories(trajectories, d, LEVELS, seed_of(seed, Stream::Morris))?,
        Method::Sobol => saltelli_design(rows, d, Scramble::Owen { seed: seed_of(seed, Stream::Sobol) })?,
        Method::Discovery => sobol_sequence(points, d, Scramble::Owen { seed: seed_of(seed, Stream::Discovery) })?,
    };
    Ok(places.into_iter().map(|place| at(inputs, place)).collect())
}

/// The scenario as it is, then each input alone at its low and its high end.
fn tornado(inputs: &[Input]) -> Result<Vec<Point>, Undesigned> {
    let d = inputs.len();
    // A half stands for the value as it is written, whatever that is.
    let places = one_at_a_time(&vec![0.5; d], &vec![0.0; d], &vec![1.0; d])?;
    let value = |input: &Input, u: f64| match u {
        0.0 => Some(input.domain.ends().0),
        1.0 => Some(input.domain.ends().1),
        _ => input.as_written.clone(),
    };
    let of_place = |place: Vec<f64>| {
        let values = inputs.iter().zip(&place).map(|(input, u)| value(input, *u)).collect();
        Point { place, values }
    };
    Ok(places.into_iter().map(of_place).collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::experiments::input::Kind;
    use crate::experiments::notation::Notation;
    use crate::luck::Uncertain;

    fn input(name: &str, domain: Domain) -> Input {
        Input {
            name: name.into(),
            path: name.into(),
            parameter: None,
            kind: Kind::Lever,
            notation: Notation::of("1"),
            domain,
            as_written: Some(Value::Number(7.0)),
            unit: String::new(),
            words: name.into(),
        }
    }

    fn listed(values: &[f64]) -> Domain {
        Domain::Listed(values.iter().map(|x| Value::Number(*x)).collect())
    }

    fn numbers(points: &[Point]) -> Vec<Vec<f64>> {
        points.iter().map(|p| p.values.iter().map(|v| v.as_ref().unwrap().number().unwrap()).collect()).collect()
    }

    #[test]
    fn a_grid_has_every_value_of_each_lever_with_every_value_of_the_others() {
        let levers = [input("a", listed(&[1.0, 2.0])), input("b", listed(&[10.0, 20.0, 30.0]))];
        let (points, futures) = sweep(&levers, &[], (Design::Grid, 0, 9), 1).unwrap();
        let by_hand = [[1.0, 10.0], [1.0, 20.0], [1.0, 30.0], [2.0, 10.0], [2.0, 20.0], [2.0, 30.0]];
        assert_eq!((numbers(&points), futures), (by_hand.map(|p| p.to_vec()).to_vec(), 1));
    }

    #[test]
    fn every_point_of_the_levers_meets_the_same_futures() {
        let spread = Domain::Spread(Uncertain::Uniform { low: 0.0, high: 1.0 });
        let levers = [input("a", listed(&[1.0, 2.0]))];
        for design in [Design::Grid, Design::Lhs, Design::Sobol] {
            let (points, futures) = sweep(&levers, &[input("u", spread.clone())], (design, 4, 5), 1).unwrap();
            let all = numbers(&points);
            assert_eq!(futures, 5);
            let of = |n: usize| all[n * 5..(n + 1) * 5].iter().map(|p| p[1]).collect::<Vec<f64>>();
            assert!((1..all.len() / 5).all(|n| of(n) == of(0)), "{design:?}");
            assert!(all.chunks(5).all(|chunk| chunk.iter().all(|p| p[0] == chunk[0][0])));
        }
    }

    #[test]
    fn a_tornado_moves_one_value_to_its_ends_and_leaves_the_others_as_written() {
        let inputs = [input("a", listed(&[1.0, 2.0])), input("b", listed(&[10.0, 20.0]))];
        let points = sensitivity(&inputs, Method::Tornado, (0, 0, 0), 1).unwrap();
        let by_hand = [[7.0, 7.0], [1.0, 7.0], [2.0, 7.0], [7.0, 10.0], [7.0, 20.0]];
        assert_eq!(numbers(&points), by_hand.map(|p| p.to_vec()).to_vec());
    }

    #[test]
    fn designs_of_one_seed_do_not_share_their_points() {
        let spread = || Domain::Spread(Uncertain::Uniform { low: 0.0, high: 1.0 });
        let inputs = [input("a", spread()), input("b", spread())];
        let of = |method| numbers(&sensitivity(&inputs, method, (2, 4, 4), 1).unwrap());
        assert_eq!((of(Method::Morris).len(), of(Method::Sobol).len(), of(Method::Discovery).len()), (6, 16, 4));
        assert_ne!(of(Method::Sobol)[..4], of(Method::Discovery)[..4]);
    }
}
