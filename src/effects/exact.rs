//! Shapley values from every part of a package.

use crate::effects::Effects;
use crate::effects::How;
use crate::effects::ItemEffect;
use crate::effects::MOST_ITEMS;
use crate::effects::Unreckoned;
use crate::effects::game::Part;
use crate::effects::game::Values;
use crate::effects::game::less;
use crate::effects::game::only;
use crate::effects::game::whole;

/// Up to so many items every part is tried: 4,096 of them.
pub const EXACT_UP_TO: usize = 12;

/// The effects of n items, exact; `value` gives the outcome measures of a part, whose item i is bit i.
///
/// Every one of the 2^n parts is asked for once, in parallel; sums run in a fixed order. It is meant for
/// packages of up to [`EXACT_UP_TO`] items.
///
/// # Errors
/// When there are more than [`MOST_ITEMS`] items, or a value is not known.
pub fn shapley_exact<E: Send>(
    n: usize,
    value: impl Fn(u32) -> Result<Vec<f64>, E> + Sync,
) -> Result<Effects, Unreckoned<E>> {
    if n > MOST_ITEMS {
        return Err(Unreckoned::TooManyItems { n, most: MOST_ITEMS });
    }
    let values = Values::ask(&(0..=whole(n)).collect(), value)?;
    let weights = weights(n);
    let items = (0..n).map(|item| effect(&values, n, item, &weights)).collect();
    Ok(Effects {
        nothing: values.of(0).to_vec(),
        everything: values.of(whole(n)).to_vec(),
        items,
        how: How::Exactly,
        n_parts: values.n_parts(),
    })
}

/// How often a part of so many items stands before an item, over all orders: s! (n - s - 1)! / n!, which is one
/// over n times the number of ways to choose s of the n - 1 others.
fn weights(n: usize) -> Vec<f64> {
    let mut choose = 1.0;
    let mut weights = Vec::with_capacity(n);
    for size in 0..n {
        weights.push(1.0 / (n as f64 * choose));
        choose = choose * (n - 1 - size) as f64 / (size + 1) as f64;
    }
    weights
}

fn effect(values: &Values, n: usize, item: usize, weights: &[f64]) -> ItemEffect {
    let mut shapley = vec![0.0; values.of(0).len()];
    let without = |part: &Part| part & only(item) == 0;
    for part in (0..=whole(n)).filter(without) {
        let weight = weights[part.count_ones() as usize];
        shapley.iter_mut().zip(values.gain(part, item)).for_each(|(sum, gain)| *sum += weight * gain);
    }
    let alone = less(values.of(only(item)), values.of(0));
    let last = values.gain(whole(n) & !only(item), item);
    ItemEffect { shapley, alone, last, error: None, interval: None }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    type Never = std::convert::Infallible;

    fn exact(n: usize, value: impl Fn(u32) -> f64 + Sync) -> Vec<f64> {
        let effects = shapley_exact::<Never>(n, |part| Ok(vec![value(part)])).unwrap();
        effects.items.iter().map(|i| i.shapley[0]).collect()
    }

    /// All orders of n items, slowly.
    fn orders(n: usize) -> Vec<Vec<usize>> {
        if n == 0 {
            return vec![vec![]];
        }
        let longer = |order: Vec<usize>| {
            (0..n).map(move |at| {
                let mut order = order.clone();
                order.insert(at, n - 1);
                order
            })
        };
        orders(n - 1).into_iter().flat_map(longer).collect()
    }

    /// The slow twin: the gain of each item in every order, averaged.
    fn over_all_orders(n: usize, value: &dyn Fn(u32) -> f64) -> Vec<f64> {
        let all = orders(n);
        let mut sums = vec![0.0; n];
        for order in &all {
            let mut part = 0;
            for item in order {
                sums[*item] += value(part | 1 << item) - value(part);
                part |= 1 << item;
            }
        }
        sums.iter().map(|s| s / all.len() as f64).collect()
    }

    #[test]
    fn in_the_glove_game_the_scarce_left_glove_has_two_thirds() {
        // Items 0 and 1 are right gloves, item 2 the only left one; a pair is worth 1.
        let pair = |part: u32| f64::from(u8::from(part & 4 != 0 && part & 3 != 0));
        let effects = shapley_exact::<Never>(3, |part| Ok(vec![pair(part)])).unwrap();
        // by hand: of the six orders, a right glove makes the pair only when it comes right after the left one and
        // before the other right one: 1/6 each; the left glove has the other four
        for (item, expected) in [1.0 / 6.0, 1.0 / 6.0, 4.0 / 6.0].into_iter().enumerate() {
            assert!((effects.items[item].shapley[0] - expected).abs() < 1e-12, "{item}");
        }
        assert!(effects.items.iter().all(|i| i.alone == [0.0]), "one glove is worth nothing");
        let last: Vec<f64> = effects.items.iter().map(|i| i.last[0]).collect();
        assert_eq!(last, [0.0, 0.0, 1.0], "without one right glove there is another");
        assert_eq!((effects.n_parts, effects.how), (8, How::Exactly));
    }

    #[test]
    fn several_measures_are_reckoned_from_the_same_parts() {
        let effects = shapley_exact::<Never>(2, |part| {
            let n = f64::from(part.count_ones());
            Ok(vec![n, n * n])
        })
        .unwrap();
        assert_eq!(effects.items[0].shapley, [1.0, 2.0]); // by hand: (1 + (4 - 1)) / 2 = 2
        assert_eq!((effects.items[0].alone[1], effects.items[0].last[1]), (1.0, 3.0));
        assert_eq!((effects.nothing, effects.everything), (vec![0.0, 0.0], vec![2.0, 4.0]));
    }

    #[test]
    fn no_items_have_no_effects_and_the_first_error_is_told() {
        assert_eq!(shapley_exact::<Never>(0, |_| Ok(vec![7.0])).unwrap().items, []);
        let failed = shapley_exact(4, |part| if part >= 5 { Err(part) } else { Ok(vec![0.0]) });
        assert_eq!(failed, Err(Unreckoned::Value(5)));
        let many = shapley_exact::<Never>(31, |_| Ok(vec![]));
        assert_eq!(many, Err(Unreckoned::TooManyItems { n: 31, most: 30 }));
    }

    #[test]
    fn twelve_items_are_exact() {
        // by hand: the square of a sum of weights gives item i its weight times the sum of all
        let weight = |i: u32| f64::from(i + 1);
        let sum = |part: u32| (0..12).filter(|i| part & 1 << i != 0).map(weight).sum::<f64>();
        for (item, found) in exact(12, |part| sum(part) * sum(part)).into_iter().enumerate() {
            let expected = weight(item as u32) * 78.0;
            assert!((found - expected).abs() < 1e-8, "{item}: {found} instead of {expected}");
        }
    }

    fn any_game(n: usize) -> impl Strategy<Value = Vec<f64>> {
        prop::collection::vec(-1.0..1.0f64, 1 << n)
    }

    proptest! {
        #[test]
        fn the_values_add_up_to_the_effect_of_the_package(game in any_game(7)) {
            let found = exact(7, |part| game[part as usize]);
            prop_assert!((found.iter().sum::<f64>() - (game[127] - game[0])).abs() < 1e-9);
        }

        #[test]
        fn they_agree_with_the_slow_twin_over_all_orders((n, game) in (0usize..=6).prop_flat_map(|n| (Just(n), any_game(n)))) {
            let value = |part: u32| game[part as usize];
            for (fast, slow) in exact(n, value).iter().zip(over_all_orders(n, &value)) {
                prop_assert!((fast - slow).abs() < 1e-9);
            }
        }

        #[test]
        fn items_that_do_the_same_get_the_same_and_one_that_does_nothing_gets_nothing(game in any_game(3)) {
            // Item 3 is told apart from item 2 by nothing, item 4 changes nothing.
            let value = |part: u32| {
                let twins = u32::from(part & 4 != 0) + u32::from(part & 8 != 0);
                game[(part & 3) as usize] + game[(4 | part & 3) as usize] * f64::from(twins * twins)
            };
            let found = exact(5, value);
            prop_assert!((found[2] - found[3]).abs() < 1e-12);
            prop_assert!(found[4].abs() < 1e-12);
        }

        #[test]
        fn where_nothing_interacts_each_item_has_its_own_gain(gains in prop::collection::vec(-5.0..5.0f64, 1..9)) {
            let value = |part: u32| (0..gains.len()).filter(|i| part & 1 << i != 0).map(|i| gains[i]).sum();
            for (found, gain) in exact(gains.len(), value).iter().zip(&gains) {
                prop_assert!((found - gain).abs() < 1e-9);
            }
        }
    }
}
