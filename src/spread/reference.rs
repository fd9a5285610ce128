//! The reference model: a small model with the shape of the real one, whose curve is known from another
//! implementation to four digits. It is there to tell whether the kernel computes what it says, and how fast. The same model
//! written as a scenario, of a thousand educators, is `scenarios/reference`; this one takes any number of them.
//!
//! Schools of 40 educators in teams of five, stages 0 to 5 with the weekly rates .04, .06, .08, .10 and .10; a step
//! succeeds with its rate times the least of will, authority (a fifth in the first eight weeks), expertise (six coaches'
//! hours for those at stages 2 and 3) and resources (of 49 hours, up to an hour and a half a week by luck). Will is
//! uniform, and the shares of team and school that have adopted (stage 3 or higher) add .30 and .15 of themselves. In a year
//! 16 of a hundred leave, and newcomers begin at stage 0. Schools do not influence one another.

use crate::kernel;
use crate::kernel::Rules;
use crate::kernel::StepRule;
use crate::kernel::Weeks;
use crate::kernel::needs;
use crate::luck::Luck;
use crate::spread::plain;
use crate::spread::plain::Population;
use std::sync::Arc;

/// Weeks of the model.
pub const WEEKS: usize = 260;

/// One point of the known curve.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Golden {
    /// The end of this week, counted from 1.
    pub week: usize,
    /// Share of adopters, mean over 200 seeds of 200,000 educators of a plain implementation.
    pub mean: f64,
    /// Its standard error.
    pub standard_error: f64,
}

const fn golden(week: usize, mean: f64, standard_error: f64) -> Golden {
    Golden { week, mean, standard_error }
}

/// The known curve.
pub const GOLDEN: [Golden; 11] = [
    golden(8, 2.8e-6, 2.4e-7),
    golden(13, 5.65e-5, 1.25e-6),
    golden(26, 0.0026021, 8.78e-6),
    golden(39, 0.0191365, 2.368e-5),
    golden(52, 0.0630914, 4.307e-5),
    golden(78, 0.1984622, 5.544e-5),
    golden(104, 0.3278244, 6.364e-5),
    golden(130, 0.4352316, 7.206e-5),
    golden(156, 0.5190623, 8.797e-5),
    golden(208, 0.6248496, 8.049e-5),
    golden(260, 0.6765817, 7.378e-5),
];

/// Educators of all seeds of [`GOLDEN`] together.
pub const GOLDEN_EDUCATORS: f64 = 200.0 * 200_000.0;

/// The rules.
pub fn rules() -> Rules {
    let all = needs::WILL | needs::AUTHORITY | needs::EXPERTISE | needs::RESOURCES;
    Rules {
        steps: [0.04, 0.06, 0.08, 0.10, 0.10].map(|rate| StepRule { rate, needs: all, hours: 49.0 }),
        chance: kernel::Chance::Linear,
        sharing: kernel::Sharing::Crowd,
        spread: kernel::Spread::Uniform,
        hours: kernel::Hours::DrawnWeekly,
        // A uniform distribution from 0 to 1 has a variance of a twelfth.
        disposition_sd: libm::sqrtf(1.0 / 12.0),
        will_team: 0.30,
        will_school: 0.15,
        leaves_weekly: 0.16 / 52.0,
        ..plain::rules()
    }
}

/// What schools have to work with.
pub fn weeks(n_weeks: usize) -> Weeks {
    let mut weeks = plain::weeks(n_weeks, 1.5, 6.0);
    let practices = Arc::make_mut(&mut weeks.practices);
    practices[0].authority.iter_mut().take(8).for_each(|authority| *authority = 0.2);
    weeks
}

/// Share of adopters after each week, for so many educators (a multiple of 40) under a seed.
pub fn curve(educators: usize, seed: u64, n_weeks: usize) -> Vec<f64> {
    let population = Population { schools: educators / 40, of_school: 40, of_team: 5, of_district: 200 };
    let counts = plain::run(&population, &rules(), weeks(n_weeks), Luck::new(seed, 0));
    counts.iter().map(|counts| f64::from(counts[2]) / population.n() as f64).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ensemble::Job;
    use crate::pipeline;
    use crate::scenario;
    use crate::spread::FastJob;
    use crate::spread::rules_of;
    use crate::spread::settings::Attendance;
    use crate::spread::settings::settings_of;
    use rayon::prelude::*;
    use std::path::Path;

    /// The same model written as a scenario.
    fn with_scenario(check: impl Fn(&Job)) {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios/reference");
        let scenario = scenario::read(&path).unwrap_or_else(|unread| panic!("{}", unread.findings));
        let checked = pipeline::check(&scenario).unwrap_or_else(|findings| panic!("{findings}"));
        check(&pipeline::job(&scenario, &checked));
    }

    /// Holds a mean over replicates of 1,000 educators against the known curve.
    fn is_known(who: &str, curves: &[Vec<f64>]) {
        for golden in GOLDEN {
            let n = curves.len() as f64;
            let mean = curves.iter().map(|curve| curve[golden.week - 1]).sum::<f64>() / n;
            let one = golden.standard_error * libm::sqrt(GOLDEN_EDUCATORS);
            let error = libm::hypot(one / libm::sqrt(1000.0 * n), golden.standard_error);
            let (known, counted) = (1000.0 * n * golden.mean, 1000.0 * n * mean);
            let z = if known < 10.0 {
                // So few are no normal distribution; their square roots are near one (Anscombe 1948).
                2.0 * (libm::sqrt(counted + 0.375) - libm::sqrt(known + 0.375))
            } else {
                (mean - golden.mean) / error
            };
            println!("{who}, week {}: {mean:.6} for {:.6}, z {z:.2}", golden.week, golden.mean);
            assert!(z.abs() < 3.5, "{who}, week {}: {mean} for {golden:?}, z {z}", golden.week);
        }
    }

    #[test]
    fn the_scenario_is_the_built_in_model_to_the_last_number() {
        with_scenario(|job| {
            let (_, parameters, readiness) = job.drawn(0);
            let rules = rules_of(job.world.rules, &parameters, job.world.resources);
            let built_in = super::rules();
            for (mine, known) in rules.steps.iter().zip(&built_in.steps) {
                assert!((mine.rate - known.rate).abs() < 1e-8, "{mine:?} {known:?}");
            }
            // Nothing is forgotten of drawn hours, whatever the half-life.
            let alike = Rules { steps: built_in.steps, keeps: built_in.keeps, turnover: Vec::new(), ..rules };
            assert_eq!(alike, built_in);
            let supply = job.supply(&readiness, &Luck::new(1, 0));
            let attendance = Attendance::new(&job.world, &supply);
            let weeks = super::weeks(WEEKS);
            for setting in settings_of(&job.world, &supply, &parameters, &attendance, &[]) {
                assert_eq!(setting.part[..WEEKS], weeks.part);
                assert_eq!(setting.supports[0].hours[..WEEKS], weeks.supports[0].hours);
                assert_eq!(setting.practices[0].authority[..WEEKS], weeks.practices[0].authority);
                assert_eq!(setting.practices[0].expertise_cap[..WEEKS], weeks.practices[0].expertise_cap);
                assert_eq!(setting.practices[0].resources_cap[..WEEKS], weeks.practices[0].resources_cap);
                assert_eq!(setting.roles[0].learning[0].hours[..WEEKS], weeks.roles[0].learning[0].hours);
                assert_eq!((setting.supports.len(), setting.roles.len(), setting.n_voluntary), (1, 1, 0));
            }
            let sizes = |ranges: &[std::ops::Range<usize>]| ranges.iter().map(|r| r.len()).collect::<Vec<_>>();
            assert_eq!(sizes(&job.world.roster.teams), vec![5; 200]);
            assert_eq!(sizes(&job.world.roster.schools), vec![40; 25]);
        });
    }

    #[test]
    fn the_scenario_gives_the_known_curve_on_the_kernel() {
        with_scenario(|job| {
            let share = |course: crate::spread::Course| {
                course.at_least.iter().map(|counts| f64::from(counts[2]) / 1000.0).collect::<Vec<f64>>()
            };
            let curves: Vec<_> = FastJob::new(job).replicates(200).into_iter().map(share).collect();
            is_known("kernel", &curves);
        });
    }

    #[test]
    fn the_scenario_gives_the_known_curve_on_the_slow_twin() {
        with_scenario(|job| {
            let curve = |number: u32| {
                let track = job.replicate(number).track;
                let weeks = track.weeks.chunks(25);
                weeks.map(|w| w.iter().map(|s| f64::from(s.at_least[2])).sum::<f64>() / 1000.0).collect::<Vec<f64>>()
            };
            let curves: Vec<_> = (0..40).into_par_iter().map(curve).collect();
            is_known("slow twin", &curves);
        });
    }

    #[test]
    fn the_kernel_gives_the_known_curve() {
        let n = 8_000;
        let seeds = 4;
        let curves: Vec<Vec<f64>> = (0..seeds).map(|seed| curve(n, seed, 130)).collect();
        for golden in GOLDEN.iter().filter(|golden| (26..=130).contains(&golden.week)) {
            let mean = curves.iter().map(|curve| curve[golden.week - 1]).sum::<f64>() / seeds as f64;
            let error = golden.standard_error * libm::sqrt(GOLDEN_EDUCATORS / (n as f64 * seeds as f64));
            assert!((mean - golden.mean).abs() < 4.0 * error, "week {}: {mean}, {golden:?}", golden.week);
        }
    }
}
