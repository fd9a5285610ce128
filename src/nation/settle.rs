//! Settling: which district lies in which state, so that states have their districts and their pupils.
//!
//! Has the sizes of all districts and the counts by state, gives each state its districts with whole pupils.

use crate::nation::apportion;
use crate::nation::counts::Counts;
use crate::nation::sizes::Size;

/// Pupils of the districts of each row of the counts, in the order of the ring.
///
/// States differ in where their districts lie on the common scale of sizes, not in how wide they spread. The
/// place of a state on that scale is moved until its districts together have its pupils.
pub fn in_states(counts: &Counts, sizes: &[Size]) -> Vec<Vec<u32>> {
    let n_by_state = counts.districts_by_state();
    let pupils = pupils_by_state(counts, &n_by_state);
    let owners = owners_by_rank(sizes, &n_by_state, &pupils);
    let mut of_state: Vec<Vec<Size>> = vec![Vec::new(); n_by_state.len()];
    for (size, owner) in sizes.iter().zip(owners) {
        of_state[owner].push(*size);
    }
    let whole = |(sizes, pupils): (&Vec<Size>, &u64)| on_a_ring(&whole_pupils(counts, sizes, *pupils));
    of_state.iter().zip(&pupils).map(whole).collect()
}

/// Pupils of each row that has districts, one a district at least; at a small scale the pupils of the other
/// rows go to these.
pub fn pupils_by_state(counts: &Counts, n_by_state: &[u64]) -> Vec<u64> {
    by_state(counts.n_pupils, counts.states.iter().map(|s| s.n_pupils), n_by_state)
}

/// Teachers of each row that has schools, one a school at least.
pub fn teachers_by_state(counts: &Counts, n_schools: &[u64]) -> Vec<u64> {
    by_state(counts.n_teachers, counts.states.iter().map(|s| s.n_teachers), n_schools)
}

fn by_state(total: u32, weights: impl Iterator<Item = u32>, least: &[u64]) -> Vec<u64> {
    let weights: Vec<f64> = weights.map(|n| f64::from(n.max(1))).collect();
    let most: Vec<u64> = least.iter().map(|n| if *n > 0 { u64::from(u32::MAX) } else { 0 }).collect();
    apportion::within_bounds(u64::from(total), &weights, least, &most).expect("the counts have enough for everybody")
}

/// The state of each district, by the rank of its size.
fn owners_by_rank(sizes: &[Size], n_by_state: &[u64], pupils: &[u64]) -> Vec<usize> {
    let bells = bells(n_by_state, spread_of_logarithms(sizes));
    let mean = |row: usize| libm::log(pupils[row].max(1) as f64 / n_by_state[row].max(1) as f64);
    let mut levels: Vec<f64> = (0..n_by_state.len()).map(mean).collect();
    let mut best = (f64::INFINITY, Vec::new());
    for _ in 0..ROUNDS {
        let owners = ranked(&levels, &bells);
        let mut sums = vec![0.0; levels.len()];
        for (size, owner) in sizes.iter().zip(&owners) {
            sums[*owner] += size.n_pupils;
        }
        let mut miss = 0.0;
        for row in (0..levels.len()).filter(|row| n_by_state[*row] > 0) {
            let step = libm::log(pupils[row].max(1) as f64 / sums[row]);
            miss += step.abs();
            levels[row] += (step * DAMPING).clamp(-LARGEST_STEP, LARGEST_STEP);
        }
        if miss < best.0 {
            best = (miss, owners);
        }
    }
    best.1
}

/// After so many rounds the sums of states change no more.
const ROUNDS: usize = 16;
/// A part of the way at a time, because all states move at once.
const DAMPING: f64 = 0.6;
/// No state leaps over all others in one round.
const LARGEST_STEP: f64 = 0.5;

/// The districts of all states, each by how far it lies from the level of its state: even quantiles of one bell.
fn bells(n_by_state: &[u64], spread: f64) -> Vec<(f64, usize)> {
    let of_state = |(row, n): (usize, &u64)| {
        let n = *n;
        (0..n).rev().map(move |place| (spread * bell((place as f64 + 0.5) / n as f64), row))
    };
    n_by_state.iter().enumerate().flat_map(of_state).collect()
}

/// The owners of ranks, largest district first.
fn ranked(levels: &[f64], bells: &[(f64, usize)]) -> Vec<usize> {
    let mut scores: Vec<(f64, usize)> = bells.iter().map(|(apart, row)| (levels[*row] + apart, *row)).collect();
    // Each state is in order already, which this sort makes use of.
    scores.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
    scores.into_iter().map(|(_, row)| row).collect()
}

/// The quantile of a logistic bell with standard deviation 1.
pub fn bell(part: f64) -> f64 {
    libm::log(part / (1.0 - part)) * libm::sqrt(3.0) / std::f64::consts::PI
}

fn spread_of_logarithms(sizes: &[Size]) -> f64 {
    let n = sizes.len().max(1) as f64;
    let logarithms: Vec<f64> = sizes.iter().map(|s| libm::log(s.n_pupils)).collect();
    let mean = logarithms.iter().sum::<f64>() / n;
    libm::sqrt(logarithms.iter().map(|x| (x - mean) * (x - mean)).sum::<f64>() / n).max(LEAST_SPREAD)
}

/// Districts all of one size still need an order.
const LEAST_SPREAD: f64 = 0.01;

/// Whole pupils that add up to those of the state. Districts stay inside their classes if that can be, else
/// the sizes bend: the pupils of a state are published, the class of one district is not.
fn whole_pupils(counts: &Counts, sizes: &[Size], total: u64) -> Vec<u32> {
    let weights: Vec<f64> = sizes.iter().map(|s| s.n_pupils).collect();
    let low: Vec<u64> = sizes.iter().map(|s| u64::from(counts.classes[s.class].from)).collect();
    let end = |s: &Size| counts.classes[s.class].to.map_or(u64::from(u32::MAX), u64::from);
    let high: Vec<u64> = sizes.iter().map(end).collect();
    let whole = apportion::within_bounds(total, &weights, &low, &high);
    let whole = whole.unwrap_or_else(|| apportion::in_proportion(total, &weights, 1));
    whole.into_iter().map(|n| n as u32).collect()
}

/// Sizes in an order that puts large districts far from each other, by steps of the golden ratio.
fn on_a_ring(largest_first: &[u32]) -> Vec<u32> {
    let mut places: Vec<(f64, u32)> =
        largest_first.iter().enumerate().map(|(rank, n)| (golden(rank as u64), *n)).collect();
    places.sort_by(|a, b| a.0.total_cmp(&b.0));
    places.into_iter().map(|(_, n)| n).collect()
}

/// The fractional part of multiples of the golden ratio: evenly spread numbers between 0 and 1 for any count.
pub fn golden(place: u64) -> f64 {
    let turns = (place as f64 + 0.5) * 0.618_033_988_749_894_9;
    turns - turns.floor()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::nation::counts::SizeClass;
    use crate::nation::sample;
    use crate::nation::sizes;

    #[test]
    fn every_state_has_its_pupils_and_no_district_leaves_its_class() {
        let counts = sample::counts();
        let settled = in_states(&counts, &sizes::of_districts(&counts));
        let pupils = pupils_by_state(&counts, &counts.districts_by_state());
        for (row, districts) in settled.iter().enumerate() {
            let sum: u64 = districts.iter().map(|n| u64::from(*n)).sum();
            assert_eq!(sum, pupils[row], "{}", counts.states[row].code);
        }
        let n_in = |class: &SizeClass| {
            let inside = |n: &&u32| **n >= class.from && class.to.is_none_or(|to| **n <= to);
            settled.iter().flatten().filter(inside).count() as u64
        };
        assert_eq!(counts.classes.iter().map(n_in).collect::<Vec<_>>(), counts.districts_by_class());
    }

    #[test]
    fn the_largest_districts_of_a_state_are_not_next_to_each_other() {
        // by hand: 0.309, 0.927, 0.545, 0.163 are the places of the ranks
        assert_eq!(on_a_ring(&[9, 8, 2, 1]), [1, 9, 2, 8]);
    }

    #[test]
    fn the_bell_is_even_on_both_sides() {
        assert!(bell(0.5).abs() < 1e-12 && (bell(0.9) + bell(0.1)).abs() < 1e-12);
    }
}
