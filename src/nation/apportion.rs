//! Apportioning: whole numbers that add up to a total exactly and lie near what each should have.
//!
//! Has a total and weights, gives counts by the method of largest remainders (Hamilton). Ties go to the
//! earlier place, so that the same weights always give the same counts.

/// Shares `total` in proportion to `weights`, nobody getting less than `minimum`.
///
/// Where all weights are zero, all count alike. A total too small for the minimum is shared without one.
pub fn in_proportion(total: u64, weights: &[f64], minimum: u64) -> Vec<u64> {
    // Most districts have few schools, many one: these need no reckoning.
    if weights.len() < 2 {
        return weights.iter().map(|_| total).collect();
    }
    let minimum = if total < minimum * weights.len() as u64 { 0 } else { minimum };
    let even = weights.iter().all(|w| *w <= 0.0);
    let wish = |w: &f64| if even { 1.0 } else { w.max(0.0) };
    let mut quotas: Vec<f64> = weights.iter().map(wish).collect();
    raise_to_minimum(&mut quotas, total, minimum);
    round_to_total(total, &quotas, |_| minimum, |_| u64::MAX)
}

/// Turns weights into quotas that add up to the total, those below the minimum standing at it.
fn raise_to_minimum(quotas: &mut [f64], total: u64, minimum: u64) {
    let mut raised = vec![false; quotas.len()];
    loop {
        let n_raised = raised.iter().filter(|r| **r).count();
        let rest = (total - minimum * n_raised as u64) as f64;
        let weight: f64 = quotas.iter().zip(&raised).filter(|(_, r)| !**r).map(|(w, _)| w).sum();
        let factor = if weight > 0.0 { rest / weight } else { 0.0 };
        let mut changed = false;
        for (quota, raised) in quotas.iter().zip(&mut raised) {
            if !*raised && quota * factor < minimum as f64 {
                *raised = true;
                changed = true;
            }
        }
        if !changed {
            for (quota, raised) in quotas.iter_mut().zip(&raised) {
                *quota = if *raised { minimum as f64 } else { *quota * factor };
            }
            return;
        }
    }
}

/// Shares `total` in proportion to `weights`, each between its two bounds, or nothing where that cannot be.
pub fn within_bounds(total: u64, weights: &[f64], low: &[u64], high: &[u64]) -> Option<Vec<u64>> {
    let sum = |all: &[u64]| all.iter().fold(0u64, |sum, n| sum.saturating_add(*n));
    if total < sum(low) || total > sum(high) {
        return None;
    }
    let held = |factor: f64| -> Vec<f64> {
        let bounds = low.iter().zip(high);
        weights.iter().zip(bounds).map(|(w, (l, h))| (w * factor).clamp(*l as f64, *h as f64)).collect()
    };
    let (mut few, mut many) = (0.0, 1.0);
    while held(many).iter().sum::<f64>() < total as f64 && many < 1e12 {
        many *= 2.0;
    }
    for _ in 0..STEPS_OF_BISECTION {
        let middle = (few + many) / 2.0;
        if held(middle).iter().sum::<f64>() < total as f64 {
            few = middle;
        } else {
            many = middle;
        }
    }
    Some(round_to_total(total, &held(many), |i| low[i], |i| high[i]))
}

/// Enough to halve a factor down to the last digit that matters.
const STEPS_OF_BISECTION: usize = 60;

/// Rounds quotas down, then hands what is left, one each, to the largest remainders that have room.
fn round_to_total(total: u64, quotas: &[f64], low: impl Fn(usize) -> u64, high: impl Fn(usize) -> u64) -> Vec<u64> {
    let mut counts: Vec<u64> =
        quotas.iter().enumerate().map(|(i, q)| (q.floor() as u64).clamp(low(i), high(i))).collect();
    let mut order: Vec<usize> = (0..quotas.len()).collect();
    let rest = |i: &usize| quotas[*i] - quotas[*i].floor();
    order.sort_unstable_by(|a, b| rest(b).total_cmp(&rest(a)).then(a.cmp(b)));
    let mut sum: u64 = counts.iter().sum();
    while sum < total {
        let before = sum;
        for place in &order {
            if sum < total && counts[*place] < high(*place) {
                counts[*place] += 1;
                sum += 1;
            }
        }
        assert!(sum > before, "bounds have room for the total");
    }
    // The last digit of a quota can lift it over a whole number; the smallest remainder gives it back.
    while sum > total {
        let before = sum;
        for place in order.iter().rev() {
            if sum > total && counts[*place] > low(*place) {
                counts[*place] -= 1;
                sum -= 1;
            }
        }
        assert!(sum < before, "bounds leave room for the total");
    }
    counts
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn the_largest_remainders_get_what_is_left() {
        // by hand: quotas 10 * 0.52, 0.33, 0.15 are 5.2, 3.3, 1.5; floors 5, 3, 1; one left, for 0.5
        assert_eq!(in_proportion(10, &[52.0, 33.0, 15.0], 0), [5, 3, 2]);
    }

    #[test]
    fn nobody_gets_less_than_the_minimum() {
        // by hand: 9 and 1 share 3 at one each: the second stands at 1, the first takes the other 2
        assert_eq!(in_proportion(3, &[9.0, 1.0], 1), [2, 1]);
        assert_eq!(in_proportion(1, &[9.0, 1.0], 1), [1, 0]);
        assert_eq!(in_proportion(4, &[0.0, 0.0], 0), [2, 2]);
    }

    #[test]
    fn bounds_are_kept_or_nothing_is_given() {
        assert_eq!(within_bounds(12, &[1.0, 1.0], &[1, 1], &[4, 20]), Some(vec![4, 8]));
        assert_eq!(within_bounds(25, &[1.0, 1.0], &[1, 1], &[4, 20]), None);
        assert_eq!(within_bounds(1, &[1.0, 1.0], &[1, 1], &[4, 20]), None);
    }

    proptest! {
        #[test]
        fn the_total_is_met_and_larger_weights_never_get_less(
            total in 0u64..5_000_000, weights in prop::collection::vec(0.0..1e6f64, 1..60), minimum in 0u64..3,
        ) {
            let counts = in_proportion(total, &weights, minimum);
            prop_assert_eq!(counts.iter().sum::<u64>(), total);
            for (a, wa) in counts.iter().zip(&weights) {
                for (b, wb) in counts.iter().zip(&weights) {
                    prop_assert!(wa <= wb || a >= b);
                }
            }
        }

        #[test]
        fn inside_bounds_the_total_is_met_whenever_it_can_be(
            rows in prop::collection::vec((0.0..1e4f64, 0u64..100, 0u64..1000), 1..40), part in 0.0..=1.0f64,
        ) {
            let weights: Vec<f64> = rows.iter().map(|r| r.0).collect();
            let low: Vec<u64> = rows.iter().map(|r| r.1).collect();
            let high: Vec<u64> = rows.iter().map(|r| r.1 + r.2).collect();
            let (least, most) = (low.iter().sum::<u64>(), high.iter().sum::<u64>());
            let total = least + ((most - least) as f64 * part) as u64;
            let counts = within_bounds(total, &weights, &low, &high).unwrap();
            prop_assert_eq!(counts.iter().sum::<u64>(), total);
            prop_assert!(counts.iter().zip(low.iter().zip(&high)).all(|(n, (l, h))| l <= n && n <= h));
        }
    }
}
