//! Shapley values from orders drawn by lot, with their error.
//!
//! Orders come in pairs: one drawn by lot and the same backwards. An item that comes early in one comes late in
//! the other, so that much of what luck does cancels within the pair (Mitchell and others 2022). In every order
//! the gains add up to the effect of the package, and so do their means: nothing is lost by sampling.

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
use crate::ensemble::Moments;
use crate::luck::Decision;
use crate::luck::Key;
use crate::luck::Luck;
use std::collections::BTreeSet;

/// Two pairs are the fewest that have a spread.
const FEWEST_PAIRS: u32 = 2;

/// The effects of n items from so many orders, an even number of four at least; `value` gives the outcome
/// measures of a part, whose item i is bit i.
///
/// Parts that come up in several orders are asked for once.
///
/// # Errors
/// When there are more than [`MOST_ITEMS`] items, or a value is not known.
pub fn shapley_sampled<E: Send>(
    n: usize,
    permutations: u32,
    seed: u64,
    value: impl Fn(u32) -> Result<Vec<f64>, E> + Sync,
) -> Result<Effects, Unreckoned<E>> {
    if n > MOST_ITEMS {
        return Err(Unreckoned::TooManyItems { n, most: MOST_ITEMS });
    }
    let pairs = permutations.div_ceil(2).max(FEWEST_PAIRS);
    let orders: Vec<Vec<usize>> = (0..pairs).map(|number| order(n, &Luck::new(seed, number))).collect();
    let values = Values::ask(&parts(n, &orders), value)?;
    let items = (0..n).map(|item| effect(&values, n, item, &orders)).collect();
    Ok(Effects {
        nothing: values.of(0).to_vec(),
        everything: values.of(whole(n)).to_vec(),
        items,
        how: How::Sampled { permutations: 2 * pairs },
        n_parts: values.n_parts(),
    })
}

/// The items in an order drawn by lot.
fn order(n: usize, luck: &Luck) -> Vec<usize> {
    let items = Key::from_name("items of a package");
    let lot = |item: &usize| luck.draw(items.part(*item as u64), Decision::Turn, 0, 0);
    let mut order: Vec<usize> = (0..n).collect();
    order.sort_by(|a, b| lot(a).total_cmp(&lot(b)).then(a.cmp(b)));
    order
}

/// Every part that an order or its backwards twin goes through, and those for what items do alone and last.
fn parts(n: usize, orders: &[Vec<usize>]) -> BTreeSet<Part> {
    let mut parts: BTreeSet<Part> = (0..n).flat_map(|item| [only(item), whole(n) & !only(item)]).collect();
    parts.extend([0, whole(n)]);
    for order in orders {
        let mut before = 0;
        for item in order {
            before |= only(*item);
            // What has not come yet is what has come in the order backwards.
            parts.extend([before, whole(n) & !before]);
        }
    }
    parts
}

fn effect(values: &Values, n: usize, item: usize, orders: &[Vec<usize>]) -> ItemEffect {
    let of_pairs: Vec<Vec<f64>> = orders.iter().map(|order| gain_in_pair(values, n, item, order)).collect();
    let n_measures = values.of(0).len();
    let moments: Vec<Moments> = (0..n_measures)
        .map(|measure| Moments::of(&of_pairs.iter().map(|gains| gains[measure]).collect::<Vec<f64>>()))
        .collect();
    ItemEffect {
        shapley: moments.iter().map(|m| m.mean).collect(),
        alone: less(values.of(only(item)), values.of(0)),
        last: values.gain(whole(n) & !only(item), item),
        error: Some(moments.iter().map(Moments::error).collect()),
        interval: moments.iter().map(Moments::interval).collect(),
    }
}

/// An item's gain in an order and in the same order backwards, averaged.
fn gain_in_pair(values: &Values, n: usize, item: usize, order: &[usize]) -> Vec<f64> {
    let before = order.iter().take_while(|other| **other != item).fold(0, |part, other| part | only(*other));
    let after = whole(n) & !before & !only(item);
    let (there, back) = (values.gain(before, item), values.gain(after, item));
    there.iter().zip(&back).map(|(a, b)| 0.5 * (a + b)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::effects::shapley_exact;
    use proptest::prelude::*;

    type Never = std::convert::Infallible;

    /// A game in which items help and hinder one another.
    fn game(n: usize) -> impl Fn(u32) -> Result<Vec<f64>, Never> + Sync {
        move |part| {
            let draw = |k: u64| Luck::new(5, 0).draw(Key::from_name("a game").part(k), Decision::Start, 0, 0) - 0.4;
            let mut value = 0.0;
            for i in (0..n).filter(|i| part & only(*i) != 0) {
                value += draw(i as u64);
                for j in (0..i).filter(|j| part & only(*j) != 0) {
                    value += 0.3 * draw((100 + 50 * i + j) as u64);
                    value += (0..j).filter(|k| part & only(*k) != 0).count() as f64
                        * 0.05
                        * draw((9_000 + 50 * i + j) as u64);
                }
            }
            Ok(vec![value, value * value])
        }
    }

    #[test]
    fn sampled_values_lie_within_their_error_of_the_exact_ones() {
        let exact = shapley_exact(10, game(10)).unwrap();
        let sampled = shapley_sampled(10, 400, 7, game(10)).unwrap();
        assert_eq!(sampled.how, How::Sampled { permutations: 400 });
        for (place, (a, b)) in exact.items.iter().zip(&sampled.items).enumerate() {
            for measure in 0..2 {
                let error = b.error.as_ref().unwrap()[measure];
                let off = (a.shapley[measure] - b.shapley[measure]).abs();
                assert!(off <= 4.0 * error + 1e-12, "item {place}, measure {measure}: off by {off}, error {error}");
            }
            assert_eq!((&a.alone, &a.last), (&b.alone, &b.last));
        }
        let inside = |measure: usize| {
            let both = exact.items.iter().zip(&sampled.items);
            both.filter(|(a, b)| {
                let [low, high] = b.interval.as_ref().unwrap()[measure];
                low <= a.shapley[measure] && a.shapley[measure] <= high
            })
            .count()
        };
        assert!(inside(1) >= 6, "of ten 90 % intervals only {} hold the exact value", inside(1));
    }

    #[test]
    fn fewer_parts_are_asked_for_than_there_are() {
        let sampled = shapley_sampled(20, 20, 1, game(20)).unwrap();
        // by hand: ten pairs of orders go through 2 * 19 parts each at most; 40 more for alone and last, and 2
        assert!(sampled.n_parts <= 10 * 38 + 42, "{}", sampled.n_parts);
        let sum: f64 = sampled.items.iter().map(|i| i.shapley[0]).sum();
        assert!((sum - (sampled.everything[0] - sampled.nothing[0])).abs() < 1e-9);
    }

    #[test]
    fn backwards_twins_make_the_value_of_pairs_exact() {
        // by hand: where items act only two by two, each pair of orders gives an item its own gain and half of
        // every gain it shares, whatever the order: there is nothing left to be unsure of
        let two_by_two = |part: u32| Ok::<_, Never>(vec![f64::from(part.count_ones() * part.count_ones())]);
        let sampled = shapley_sampled(8, 4, 3, two_by_two).unwrap();
        assert!(sampled.items.iter().all(|i| (i.shapley[0] - 8.0).abs() < 1e-12)); // by hand: 64 / 8
        assert!(sampled.items.iter().all(|i| i.error.as_ref().unwrap()[0] < 1e-12));
    }

    proptest! {
        #[test]
        fn the_values_add_up_to_the_effect_of_the_package(values in prop::collection::vec(-1.0..1.0f64, 1 << 6), seed: u64, orders in 1u32..12) {
            let value = |part: u32| Ok::<_, Never>(vec![values[part as usize]]);
            let sampled = shapley_sampled(6, orders, seed, value).unwrap();
            let sum: f64 = sampled.items.iter().map(|i| i.shapley[0]).sum();
            prop_assert!((sum - (values[63] - values[0])).abs() < 1e-9);
        }

        #[test]
        fn an_item_that_does_nothing_gets_nothing(values in prop::collection::vec(-1.0..1.0f64, 1 << 5), seed: u64) {
            let value = |part: u32| Ok::<_, Never>(vec![values[(part & 31) as usize]]);
            let sampled = shapley_sampled(6, 8, seed, value).unwrap();
            prop_assert_eq!(sampled.items[5].shapley[0], 0.0);
            prop_assert_eq!(sampled.items[5].interval.as_ref().unwrap()[0], [0.0, 0.0]);
        }
    }
}
