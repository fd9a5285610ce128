//! The kernel against the engine that weighs everybody every week, on whole scenarios.

use crate::findings::Findings;
use crate::pipeline;
use crate::scenario::Scenario;
use crate::spread::FastJob;
use crate::validate::mean_and_error;
use rayon::prelude::*;

/// Replicates of the slow engine begin here, so that its luck is not that of the kernel.
const OTHER_LUCK: u32 = 1000;

/// Both engines at one level, in educators.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct TwinLevel {
    /// Mean of the kernel.
    pub kernel: f64,
    /// Mean of the slow engine.
    pub slow: f64,
    /// The difference in standard errors.
    pub z: f64,
}

/// Both engines at the end of a school year.
#[derive(Debug, Clone, PartialEq)]
pub struct TwinWeek {
    /// The school year.
    pub year: String,
    /// Levels 3, 4 and 5 or higher.
    pub levels: [TwinLevel; 3],
}

/// Both engines on a scenario.
#[derive(Debug, Clone, PartialEq)]
pub struct Twin {
    /// The scenario.
    pub scenario: String,
    /// Educators in it.
    pub educators: usize,
    /// Seeds of each engine.
    pub seeds: u32,
    /// The end of each school year.
    pub weeks: Vec<TwinWeek>,
    /// Weeks of schools, over all seeds, in which the slow engine was asked how many people it has.
    pub counted: usize,
    /// Those in which the answer was not the number of people there are, or a level did not contain the next.
    pub miscounted: usize,
}

/// Runs both engines under so many seeds.
///
/// # Errors
/// When conditions need one another in a circle.
pub fn twins(scenario: &Scenario, seeds: u32) -> Result<Twin, Findings> {
    let checked = pipeline::check_without_words(scenario)?;
    let job = pipeline::job(scenario, &checked);
    let fast = FastJob::new(&job).replicates(seeds);
    let slow: Vec<_> = (0..seeds).into_par_iter().map(|n| job.replicate(OTHER_LUCK + n).track).collect();
    let n_schools = scenario.district.schools.len();
    let at_level = |week: usize, level: usize| {
        let of_fast: Vec<f64> = fast.iter().map(|course| f64::from(course.at_least[week][level])).collect();
        let of_track = |track: &crate::adoption::Track| -> u32 {
            track.weeks[week * n_schools..(week + 1) * n_schools].iter().map(|counts| counts.at_least[level]).sum()
        };
        let of_slow: Vec<f64> = slow.iter().map(|track| f64::from(of_track(track))).collect();
        let ((kernel, a), (slow, b)) = (mean_and_error(&of_fast), mean_and_error(&of_slow));
        // Where nobody is there, both have no spread: a twentieth of a person is nothing.
        TwinLevel { kernel, slow, z: (kernel - slow) / libm::hypot(a, b).max(0.05) }
    };
    let weeks = (job.world.year_ends.iter())
        .map(|(year, week)| TwinWeek { year: year.clone(), levels: [2, 3, 4].map(|level| at_level(*week, level)) })
        .collect();
    let people: Vec<u32> = checked.roster.schools.iter().map(|people| people.len() as u32).collect();
    let all = || slow.iter().flat_map(|track| track.weeks.iter().enumerate());
    let wrong = |(place, counts): &(usize, &crate::adoption::WeekCounts)| {
        let n: u32 = counts.held_by.iter().sum();
        n != people[place % n_schools] || !counts.at_least.is_sorted_by(|a, b| a >= b)
    };
    Ok(Twin {
        scenario: scenario.name.clone(),
        educators: checked.roster.educators.len(),
        seeds,
        weeks,
        counted: all().count(),
        miscounted: all().filter(wrong).count(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scenario;
    use std::path::Path;

    #[test]
    fn both_engines_agree_on_the_template_and_nobody_is_lost() {
        let read = scenario::read(&Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios/template.ron"));
        let twin = twins(&read.unwrap_or_else(|unread| panic!("{}", unread.findings)), 8).unwrap();
        assert_eq!(twin.miscounted, 0);
        assert!(twin.counted > 0 && !twin.weeks.is_empty());
        assert!(twin.weeks.iter().flat_map(|week| week.levels).all(|level| level.z.abs() < 4.5), "{twin:?}");
    }
}
