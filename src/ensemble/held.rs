//! Which capacity holds educators back less, or more, on the other side.

use crate::adoption::HELD_BY;
use serde::Serialize;

/// Shares of educators held back by will, authority, expertise, resources, and by nothing, in this order.
pub type Held = [f64; 5];

/// Shares held back on both sides, and what moved.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct HeldChange {
    /// Shares of the baseline.
    pub baseline: Held,
    /// Shares of the other side.
    pub other: Held,
    /// The other less the baseline.
    pub change: Held,
    /// The capacity whose share moved most, up or down; nothing where none moved.
    pub moved_most: Option<&'static str>,
}

/// The last of [`HELD_BY`] is no capacity.
const N_CAPACITIES: usize = 4;

impl HeldChange {
    /// Of the means of both sides.
    pub fn of(baseline: Held, other: Held) -> HeldChange {
        let mut change = [0.0; 5];
        for (place, moved) in change.iter_mut().enumerate() {
            *moved = other[place] - baseline[place];
        }
        let mut most: Option<usize> = None;
        for place in 0..N_CAPACITIES {
            if change[place].abs() > most.map_or(0.0, |m| change[m].abs()) {
                most = Some(place);
            }
        }
        HeldChange { baseline, other, change, moved_most: most.map(|place| HELD_BY[place]) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_capacity_that_moved_most_is_named_and_nothing_is_no_capacity() {
        let moved = HeldChange::of([0.2, 0.3, 0.1, 0.1, 0.3], [0.25, 0.1, 0.1, 0.1, 0.45]);
        assert_eq!(moved.moved_most, Some("authority")); // by hand: 0.1 - 0.3 = -0.2 against 0.25 - 0.2 = 0.05
        let still = HeldChange::of([0.2; 5], [0.2; 5]);
        assert_eq!((still.moved_most, still.change), (None, [0.0; 5]));
    }
}
