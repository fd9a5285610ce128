//! The reference model: a small model with the shape of the real one, whose curve is known from another
//! implementation to four digits. It is there to tell whether the kernel computes what it says, and how fast.
//!
//! Schools of 40 educators in teams of five, stages 0 to 5 with the weekly rates .04, .06, .08, .10 and .10; a step
//! succeeds with its rate times the least of will, authority (a fifth in the first eight weeks), expertise (six coaches'
//! hours for those at stages 2 and 3) and resources (of 49 hours, up to an hour and a half a week by luck). Will is
//! uniform, and the shares of team and school that have adopted (stage 3 or higher) add .30 and .15 of themselves. In a year
//! 16 of a hundred leave, and newcomers begin at stage 0. Schools do not influence one another.

use crate::kernel;
use crate::kernel::Rules;
use crate::kernel::StepRule;
use crate::kernel::needs;
use crate::luck::Luck;
use crate::spread::plain;
use crate::spread::plain::Population;

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

/// Share of adopters after each week, for so many educators (a multiple of 40) under a seed.
pub fn curve(educators: usize, seed: u64, n_weeks: usize) -> Vec<f64> {
    let population = Population { schools: educators / 40, of_school: 40, of_team: 5, of_district: 200 };
    let mut weeks = plain::weeks(n_weeks, 1.5, 6.0);
    weeks.practices[0].authority.iter_mut().take(8).for_each(|authority| *authority = 0.2);
    let counts = plain::run(&population, &rules(), weeks, Luck::new(seed, 0));
    counts.iter().map(|counts| f64::from(counts[2]) / population.n() as f64).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

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
