//! How everybody ends a school year, and what kind of adopter she is.

use crate::adoption::Parameters;
use crate::adoption::State;
use crate::adoption::World;

/// Kinds of adopters, as places in [`Ending::category`].
///
/// Rogers cuts them from the mean and the standard deviation of innovativeness; here that is the disposition,
/// with the mean and spread that the replicate draws people from. Dispositions are kept inside 0 and 1, so
/// that where two spreads reach beyond 1 there are no innovators.
pub const CATEGORIES: [&str; 5] = ["innovators", "early adopters", "early majority", "late majority", "laggards"];

/// How somebody ends a school year: before she leaves or moves, if she does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Ending {
    /// Her highest level of use over all practices.
    pub level: u8,
    /// What held her back in most of the year's full school weeks, as a place in [`crate::adoption::HELD_BY`];
    /// the first of equals, and the last place where she was there in none of them.
    pub held: u8,
    /// Her place in [`CATEGORIES`].
    pub category: u8,
    /// Place of her band of experience among the bands of turnover; 0 where there are none.
    pub experience_band: u8,
}

/// How everybody ends a school year, in the order of the roster.
pub fn endings(world: &World, parameters: &Parameters, state: &State) -> Vec<Ending> {
    let ending = |i: usize| Ending {
        level: state.highest_level(world, i),
        held: most_often(&state.held_so_far[i]),
        category: category_of(state.disposition[i], parameters),
        experience_band: world.rules.band_of(state.experience[i]).unwrap_or(0) as u8,
    };
    (0..world.n_educators()).map(ending).collect()
}

/// The place that is counted most; the first of equals, the last where nothing is counted.
fn most_often(weeks: &[u16; 5]) -> u8 {
    let most = weeks.iter().copied().max().filter(|most| *most > 0);
    most.and_then(|most| weeks.iter().position(|n| *n == most)).unwrap_or(weeks.len() - 1) as u8
}

fn category_of(disposition: f64, parameters: &Parameters) -> u8 {
    let (mean, sd) = (parameters.disposition_mean, parameters.disposition_sd);
    match disposition {
        d if d > mean + 2.0 * sd => 0,
        d if d > mean + sd => 1,
        d if d >= mean => 2,
        d if d >= mean - sd => 3,
        _ => 4,
    }
}
