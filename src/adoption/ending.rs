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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pipeline;
    use crate::scenario;
    use std::path::Path;

    #[test]
    fn a_disposition_is_cut_at_the_mean_and_one_and_two_spreads_from_it() {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios/template.ron");
        let scenario = scenario::read(&path).unwrap_or_else(|unread| panic!("{}", unread.findings));
        let parameters = Parameters { disposition_mean: 0.5, disposition_sd: 0.125, ..scenario.rules.typical() };
        let name = |disposition: f64| CATEGORIES[usize::from(category_of(disposition, &parameters))];
        // by hand: the cuts lie at 0.75, 0.625, 0.5 and 0.375
        assert_eq!([0.76, 0.75, 0.625].map(name), ["innovators", "early adopters", "early majority"]);
        assert_eq!(
            [0.5, 0.499, 0.375, 0.374].map(name),
            ["early majority", "late majority", "late majority", "laggards"]
        );
        let alike = Parameters { disposition_sd: 0.0, ..parameters };
        assert_eq!(category_of(0.5, &alike), 2, "where all are alike nobody is early or late");
    }

    #[test]
    fn what_held_her_most_weeks_is_told_and_the_first_of_equals() {
        assert_eq!(most_often(&[3, 0, 7, 7, 1]), 2);
        assert_eq!(most_often(&[0, 0, 0, 0, 0]), 4, "nobody was there to be held");
    }

    #[test]
    fn endings_count_the_same_levels_as_the_week_does() {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios/ccsd93");
        let scenario = scenario::read(&path).unwrap_or_else(|unread| panic!("{}", unread.findings));
        let checked = pipeline::check(&scenario).unwrap();
        let job = pipeline::job(&scenario, &checked);
        let track = job.replicate(3).track;
        let (roster, n_schools) = (job.world.roster, job.world.roster.schools.len());
        assert_eq!(track.endings.len(), track.years.len());
        for ((_, week), year) in job.world.year_ends.iter().zip(&track.endings) {
            assert_eq!(year.len(), job.world.n_educators());
            for (school, people) in roster.schools.iter().enumerate() {
                let counts = &track.weeks[week * n_schools + school];
                let at_least = |level: u8| year[people.clone()].iter().filter(|e| e.level >= level).count() as u32;
                assert_eq!(counts.at_least, [1, 2, 3, 4, 5].map(at_least));
            }
        }
    }

    #[test]
    fn an_ending_tells_the_band_that_turnover_knows() {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios/template.ron");
        let rules = scenario::read(&path).unwrap_or_else(|unread| panic!("{}", unread.findings)).rules;
        // by hand: bands begin at 0, 4, 10 and 15 years
        assert_eq!([0.0, 3.9, 4.0, 14.9, 40.0].map(|years| rules.band_of(years)), [0, 0, 1, 2, 3].map(Some));
    }
}
