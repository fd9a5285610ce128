//! Scarce support: who gets how many hours of help this week.

use crate::adoption::Policy;

/// Somebody who could use help with a practice this week.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Asking {
    /// Where the answer goes.
    pub slot: usize,
    /// Place of the educator.
    pub educator: usize,
    /// Place of the practice.
    pub practice: u8,
    /// Hours she still needs for full expertise \[h\].
    pub unmet: f64,
    /// Her disposition.
    pub disposition: f64,
}

/// Shares out hours among those who ask, by the policy; gives `(slot, hours)` for those who get any.
///
/// Nobody gets more than she needs; hours that nobody needs are left. `lot` breaks ties among equal needs: it
/// gives another order every week, the same in every scenario. It is asked only where it decides something.
pub fn allocate(
    policy: Policy,
    hours: f64,
    asking: &mut [Asking],
    lot: &impl Fn(&Asking) -> f64,
    give: &mut impl FnMut(usize, f64),
) {
    match policy {
        Policy::Even | Policy::Crowd => {
            let each = hours / asking.len().max(1) as f64;
            asking.iter().for_each(|one| give(one.slot, each.min(one.unmet)));
        }
        _ if is_plenty(hours, asking) => asking.iter().for_each(|one| give(one.slot, one.unmet)),
        Policy::JustInTime => give_to_the_neediest(hours, asking, lot, give),
        Policy::EarlyAdoptersFirst => {
            asking.sort_unstable_by(|a, b| b.disposition.total_cmp(&a.disposition).then(a.slot.cmp(&b.slot)));
            give_in_order(hours, asking, give);
        }
        Policy::StragglersFirst => {
            asking.sort_unstable_by(|a, b| a.disposition.total_cmp(&b.disposition).then(a.slot.cmp(&b.slot)));
            give_in_order(hours, asking, give);
        }
    }
}

/// Whether there is enough for all in whatever order, with something to spare for rounding.
fn is_plenty(hours: f64, asking: &[Asking]) -> bool {
    asking.iter().map(|one| one.unmet).sum::<f64>() <= hours * (1.0 - ROUNDING)
}

const ROUNDING: f64 = 1e-9;

/// The largest need first; the lot is drawn only among those equals for all of whom there is not enough.
fn give_to_the_neediest(
    hours: f64,
    asking: &mut [Asking],
    lot: &impl Fn(&Asking) -> f64,
    give: &mut impl FnMut(usize, f64),
) {
    asking.sort_unstable_by(|a, b| b.unmet.total_cmp(&a.unmet).then(a.slot.cmp(&b.slot)));
    let mut left = hours;
    for equals in asking.chunk_by_mut(|a, b| a.unmet == b.unmet) {
        if left <= 0.0 {
            return;
        }
        if !is_plenty(left, equals) {
            // Lots are not negative, so that their bits stand in the same order as they do.
            equals.sort_by_cached_key(|one| (lot(one).to_bits(), one.slot));
        }
        left = give_in_order(left, equals, give);
    }
}

/// Gives each what she needs until nothing is left; gives what is left.
fn give_in_order(hours: f64, asking: &[Asking], give: &mut impl FnMut(usize, f64)) -> f64 {
    let mut left = hours;
    for one in asking {
        if left <= 0.0 {
            break;
        }
        let given = one.unmet.min(left);
        give(one.slot, given);
        left -= given;
    }
    left
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const POLICIES: [Policy; 4] =
        [Policy::Even, Policy::JustInTime, Policy::EarlyAdoptersFirst, Policy::StragglersFirst];

    fn asking() -> Vec<Asking> {
        [(0, 0.9, 0.2), (1, 0.4, 0.9), (2, 0.9, 0.5)]
            .map(|(slot, unmet, disposition)| Asking { slot, educator: slot, practice: 0, unmet, disposition })
            .to_vec()
    }

    fn shares(policy: Policy, hours: f64) -> Vec<f64> {
        let mut got = vec![0.0; 3];
        let lots = [0.5, 0.1, 0.2];
        allocate(policy, hours, &mut asking(), &|one| lots[one.slot], &mut |slot, h| got[slot] += h);
        got
    }

    /// The slow twin: everybody in one order with all lots drawn, each what she needs until nothing is left.
    fn one_after_the_other(policy: Policy, hours: f64, asking: &[Asking], lots: &[f64]) -> Vec<f64> {
        let mut order = asking.to_vec();
        order.sort_by(|a, b| match policy {
            Policy::Even | Policy::Crowd => a.slot.cmp(&b.slot),
            Policy::JustInTime => b.unmet.total_cmp(&a.unmet).then(lots[a.slot].total_cmp(&lots[b.slot])),
            Policy::EarlyAdoptersFirst => b.disposition.total_cmp(&a.disposition),
            Policy::StragglersFirst => a.disposition.total_cmp(&b.disposition),
        });
        let mut got = vec![0.0; asking.len()];
        let mut left = hours;
        for one in order {
            got[one.slot] = match policy {
                Policy::Even | Policy::Crowd => one.unmet.min(hours / asking.len() as f64),
                _ => one.unmet.min(left).max(0.0),
            };
            left -= got[one.slot];
        }
        got
    }

    #[test]
    fn each_policy_has_its_own_order() {
        assert_eq!(shares(Policy::Even, 0.9), [0.3, 0.3, 0.3]);
        assert_eq!(shares(Policy::JustInTime, 0.9), [0.0, 0.0, 0.9], "the lot decides between equal needs");
        assert_eq!(shares(Policy::EarlyAdoptersFirst, 0.9), [0.0, 0.4, 0.5]);
        assert_eq!(shares(Policy::StragglersFirst, 0.9), [0.9, 0.0, 0.0]);
    }

    proptest! {
        #[test]
        fn no_more_is_given_than_there_is_or_than_is_needed(
            needs in prop::collection::vec((0.0..2.0f64, 0.0..1.0f64, 0.0..1.0f64), 0..20),
            hours in 0.0..10.0f64,
            which in 0usize..4,
        ) {
            let asking = asking_of(&needs);
            let got = given(POLICIES[which], hours, &asking, &needs);
            prop_assert!(got.iter().sum::<f64>() <= hours + 1e-9);
            prop_assert!(got.iter().zip(&needs).all(|(g, (unmet, _, _))| *g >= 0.0 && *g <= unmet + 1e-9));
        }

        #[test]
        fn drawing_fewer_lots_gives_everybody_the_same_to_the_last_bit(
            needs in prop::collection::vec((1u8..4, 0u8..4, 0.0..1.0f64), 0..30),
            hours in 0.0..30.0f64,
            which in 0usize..4,
        ) {
            // Few different needs and dispositions, so that there are ties.
            let needs: Vec<(f64, f64, f64)> =
                needs.iter().map(|(n, d, lot)| (f64::from(*n) * 0.3, f64::from(*d) * 0.25, *lot)).collect();
            let asking = asking_of(&needs);
            let lots: Vec<f64> = needs.iter().map(|(_, _, lot)| *lot).collect();
            let twin = one_after_the_other(POLICIES[which], hours, &asking, &lots);
            prop_assert_eq!(given(POLICIES[which], hours, &asking, &needs), twin);
        }
    }

    fn asking_of(needs: &[(f64, f64, f64)]) -> Vec<Asking> {
        let one = |(slot, (unmet, disposition, _)): (usize, &(f64, f64, f64))| Asking {
            slot,
            educator: slot,
            practice: 0,
            unmet: *unmet,
            disposition: *disposition,
        };
        needs.iter().enumerate().map(one).collect()
    }

    fn given(policy: Policy, hours: f64, asking: &[Asking], needs: &[(f64, f64, f64)]) -> Vec<f64> {
        let mut got = vec![0.0; asking.len()];
        allocate(policy, hours, &mut asking.to_vec(), &|one| needs[one.slot].2, &mut |slot, h| got[slot] += h);
        got
    }
}
