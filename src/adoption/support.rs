//! Scarce support: who gets how many hours of help this week.

use crate::adoption::Policy;

/// Somebody who could use help with a practice this week.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Asking {
    /// Where the answer goes.
    pub slot: usize,
    /// Hours she still needs for full expertise \[h\].
    pub unmet: f64,
    /// Her disposition.
    pub disposition: f64,
    /// Breaks ties: another order every week, the same in every scenario.
    pub lot: f64,
}

/// Shares out hours among those who ask, by the policy; gives `(slot, hours)` for each of them.
///
/// Nobody gets more than she needs; hours that nobody needs are left.
pub fn allocate(policy: Policy, hours: f64, asking: &mut [Asking], give: &mut impl FnMut(usize, f64)) {
    match policy {
        Policy::Even => {
            let each = hours / asking.len().max(1) as f64;
            for one in asking.iter() {
                give(one.slot, each.min(one.unmet));
            }
        }
        Policy::JustInTime => {
            asking.sort_by(|a, b| b.unmet.total_cmp(&a.unmet).then(a.lot.total_cmp(&b.lot)).then(a.slot.cmp(&b.slot)));
            give_in_order(hours, asking, give);
        }
        Policy::EarlyAdoptersFirst => {
            asking.sort_by(|a, b| b.disposition.total_cmp(&a.disposition).then(a.slot.cmp(&b.slot)));
            give_in_order(hours, asking, give);
        }
        Policy::StragglersFirst => {
            asking.sort_by(|a, b| a.disposition.total_cmp(&b.disposition).then(a.slot.cmp(&b.slot)));
            give_in_order(hours, asking, give);
        }
    }
}

fn give_in_order(hours: f64, asking: &[Asking], give: &mut impl FnMut(usize, f64)) {
    let mut left = hours;
    for one in asking {
        let given = one.unmet.min(left).max(0.0);
        give(one.slot, given);
        left -= given;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn asking() -> Vec<Asking> {
        [(0, 0.9, 0.2, 0.5), (1, 0.4, 0.9, 0.1), (2, 0.9, 0.5, 0.2)]
            .map(|(slot, unmet, disposition, lot)| Asking { slot, unmet, disposition, lot })
            .to_vec()
    }

    fn shares(policy: Policy, hours: f64) -> Vec<f64> {
        let mut got = vec![0.0; 3];
        allocate(policy, hours, &mut asking(), &mut |slot, h| got[slot] += h);
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
            let policy = [Policy::Even, Policy::JustInTime, Policy::EarlyAdoptersFirst, Policy::StragglersFirst][which];
            let mut asking: Vec<Asking> = needs
                .iter()
                .enumerate()
                .map(|(slot, (unmet, disposition, lot))| Asking { slot, unmet: *unmet, disposition: *disposition, lot: *lot })
                .collect();
            let mut got = vec![0.0; needs.len()];
            allocate(policy, hours, &mut asking, &mut |slot, h| got[slot] += h);
            prop_assert!(got.iter().sum::<f64>() <= hours + 1e-9);
            prop_assert!(got.iter().zip(&needs).all(|(g, (unmet, _, _))| *g >= 0.0 && *g <= unmet + 1e-9));
        }
    }
}
