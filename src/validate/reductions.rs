//! What the kernel reduces to: theories with a closed form, and the reference model.

use crate::kernel::Answer;
use crate::kernel::Rules;
use crate::kernel::StepRule;
use crate::kernel::needs;
use crate::luck::Luck;
use crate::spread::plain;
use crate::spread::plain::Population;
use crate::spread::reference as model;
use crate::validate::mean_and_error;
use rayon::prelude::*;

/// One number beside what was expected.
#[derive(Debug, Clone, PartialEq)]
pub struct Check {
    /// What it is about.
    pub about: String,
    /// What theory or another implementation says.
    pub expected: f64,
    /// What the kernel gives.
    pub found: f64,
    /// Standard error of the difference.
    pub error: f64,
    /// The difference in standard errors.
    pub z: f64,
}

fn check(about: String, expected: f64, found: f64, error: f64) -> Check {
    Check { about, expected, found, error, z: (found - expected) / error.max(1e-12) }
}

/// A product of Bass's table.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Product {
    /// Its name.
    pub name: &'static str,
    /// The pull of one's own, a year.
    pub p: f64,
    /// The pull of others, a year.
    pub q: f64,
}

const fn product(name: &'static str, p: f64, q: f64) -> Product {
    Product { name, p, q }
}

/// Bass 1969, table 1.
pub const PRODUCTS: [Product; 11] = [
    product("Electric refrigerators", 0.0026167, 0.21566),
    product("Home freezers", 0.018119, 0.17110),
    product("Black and white television", 0.027877, 0.25105),
    product("Water softeners", 0.017703, 0.29695),
    product("Room air conditioners", 0.010399, 0.41861),
    product("Clothes dryers", 0.017206, 0.35688),
    product("Power lawnmowers", 0.0091837, 0.33790),
    product("Electric bed coverings", 0.005876, 0.24387),
    product("Automatic coffee makers", 0.017135, 0.30145),
    product("Steam irons", 0.028632, 0.32791),
    product("Record players", 0.024796, 0.65410),
];

/// A product against the closed form.
#[derive(Debug, Clone, PartialEq)]
pub struct BassRow {
    /// The product.
    pub product: Product,
    /// Share in the fifth and the tenth year, by the closed form and by the kernel.
    pub years: [(f64, f64); 2],
    /// How many times were compared, a year apart.
    pub n_times: usize,
    /// The largest distance from the closed form.
    pub farthest: f64,
    /// The largest distance in standard errors.
    pub worst_z: f64,
}

/// Weeks that stand for one of Bass's years.
const WEEKS_PER_YEAR: usize = 52;
const BASS_YEARS: usize = 15;

/// The share that has adopted after so many years.
fn bass_share(p: f64, q: f64, years: f64) -> f64 {
    let decay = libm::exp(-(p + q) * years);
    (1.0 - decay) / (1.0 + q / p * decay)
}

/// The step from 2 to 3, open to will alone, with a hazard equal to it.
fn one_step() -> Rules {
    let mut rules = plain::rules();
    rules.starts_at = 2;
    rules.steps[2] = StepRule { rate: 1.0, needs: needs::WILL, hours: 0.0 };
    rules
}

/// Shares at level 3 or higher, by replicate and week.
fn shares(population: &Population, rules: &Rules, n_weeks: usize, replicates: u32) -> Vec<Vec<f64>> {
    let n = population.n() as f64;
    let one = |replicate: u32| {
        let counts = plain::run(population, rules, plain::weeks(n_weeks, 0.0, 0.0), Luck::new(1969, replicate));
        counts.iter().map(|counts| f64::from(counts[2]) / n).collect()
    };
    (0..replicates).into_par_iter().map(one).collect()
}

fn at(shares: &[Vec<f64>], week: usize) -> (f64, f64) {
    mean_and_error(&shares.iter().map(|curve| curve[week]).collect::<Vec<f64>>())
}

/// Bass diffusion: a hazard of p + q times the share of the district, for every product of the table.
pub fn bass(replicates: u32) -> Vec<BassRow> {
    PRODUCTS.iter().map(|product| bass_row(product, replicates)).collect()
}

fn bass_row(product: &Product, replicates: u32) -> BassRow {
    let population = Population { schools: 10, of_school: 500, of_team: 50, of_district: 10 };
    let mut rules = one_step();
    rules.disposition_mean = (product.p / WEEKS_PER_YEAR as f64) as f32;
    rules.will_district = (product.q / WEEKS_PER_YEAR as f64) as f32;
    let curves = shares(&population, &rules, BASS_YEARS * WEEKS_PER_YEAR, replicates);
    let after = |year: usize| {
        let expected = bass_share(product.p, product.q, year as f64);
        let (found, error) = at(&curves, year * WEEKS_PER_YEAR - 1);
        check(String::new(), expected, found, error)
    };
    let all: Vec<Check> = (1..=BASS_YEARS).map(after).collect();
    let of_year = |year: usize| (all[year - 1].expected, all[year - 1].found);
    BassRow {
        product: *product,
        years: [of_year(5), of_year(10)],
        n_times: all.len(),
        farthest: all.iter().map(|c| (c.found - c.expected).abs()).fold(0.0, f64::max),
        worst_z: all.iter().map(|c| c.z.abs()).fold(0.0, f64::max),
    }
}

/// Logistic growth: nobody of herself, and a seeded share that draws the others along.
pub fn logistic(replicates: u32) -> Vec<Check> {
    const START: f64 = 0.05;
    const RATE: f64 = 0.02;
    let population = Population { schools: 10, of_school: 1000, of_team: 50, of_district: 10 };
    let mut rules = one_step();
    rules.disposition_mean = 0.0;
    rules.will_district = RATE as f32;
    rules.start_share = START as f32;
    let curves = shares(&population, &rules, 300, replicates);
    let mut expected = vec![START];
    for week in 0..300 {
        let share: f64 = expected[week];
        // Weekly steps lag behind the smooth curve; with them the kernel has to agree, not with the smooth one.
        expected.push(share + (1.0 - share) * (1.0 - libm::exp(-RATE * share)));
    }
    let of_week = |week: usize| {
        let (found, error) = at(&curves, week - 1);
        check(format!("week {week}"), expected[week], found, error)
    };
    (1..=6).map(|n| of_week(50 * n)).collect()
}

/// Thresholds: each adopts in the week after the share in her school has reached what she asks for.
pub fn threshold(replicates: u32) -> Vec<Check> {
    const PULL: f64 = 0.3;
    let (mean, sd) = (0.45, 0.18);
    let population = Population { schools: 1, of_school: 20_000, of_team: 50, of_district: 1 };
    let mut rules = one_step();
    rules.steps[2].rate = f32::INFINITY;
    rules.answer = Answer::Threshold;
    (rules.disposition_mean, rules.disposition_sd) = (mean as f32, sd as f32);
    rules.will_school = PULL as f32;
    let curves = shares(&population, &rules, 12, replicates);
    let mut expected = 0.0;
    (0..12)
        .map(|week| {
            // Those whose disposition and the pull of the share come to one half.
            let asks = (0.5 - PULL * expected - mean) / sd;
            expected = 0.5 * libm::erfc(asks / std::f64::consts::SQRT_2);
            let (found, error) = at(&curves, week);
            check(format!("week {}", week + 1), expected, found, error)
        })
        .collect()
}

/// Median school weeks of the five steps.
const MEDIANS: [f64; 5] = [6.0, 6.0, 8.0, 30.0, 50.0];

/// Waits: with all capacities full half the people have taken a step by its median, and the waits add up.
pub fn waits() -> Vec<Check> {
    const WEEKS: usize = 1200;
    let population = Population { schools: 40, of_school: 500, of_team: 50, of_district: 40 };
    let n = population.n() as f64;
    let mut rules = plain::rules();
    for (step, median) in rules.steps.iter_mut().zip(MEDIANS) {
        step.rate = (std::f64::consts::LN_2 / median) as f32;
    }
    let mut checks = Vec::new();
    for (level, median) in MEDIANS.iter().enumerate() {
        let alone = Rules { starts_at: level as u8, ..rules.clone() };
        let weeks = plain::weeks(*median as usize, 0.0, 0.0);
        let counts = plain::run(&population, &alone, weeks, Luck::new(2, level as u32));
        let passed = f64::from(counts[*median as usize - 1][level]) / n;
        let about = format!("step {level} to {}: share that has taken it by week {median}", level + 1);
        checks.push(check(about, 0.5, passed, libm::sqrt(0.25 / n)));
    }
    let counts = plain::run(&population, &rules, plain::weeks(WEEKS, 0.0, 0.0), Luck::new(3, 0));
    let (mut mean, mut variance) = (0.0, 0.0);
    for (level, median) in MEDIANS.iter().enumerate() {
        let chance = 1.0 - libm::exp2(-1.0 / median);
        mean += 1.0 / chance;
        variance += (1.0 - chance) / (chance * chance);
        // The mean wait is the area above the curve; nobody waits for as long as it is followed.
        let above: f64 = counts.iter().map(|counts| 1.0 - f64::from(counts[level]) / n).sum();
        let about = format!("mean weeks to level {}", level + 1);
        checks.push(check(about, mean, above + 1.0, libm::sqrt(variance / n)));
    }
    checks
}

/// The reference model against its known curve.
pub fn reference(seeds: u64) -> Vec<Check> {
    const EDUCATORS: usize = 200_000;
    let curves: Vec<Vec<f64>> =
        (0..seeds).into_par_iter().map(|seed| model::curve(EDUCATORS, 1 + seed, model::WEEKS)).collect();
    let of_week = |golden: &model::Golden| {
        let found = curves.iter().map(|curve| curve[golden.week - 1]).sum::<f64>() / seeds as f64;
        let own = golden.standard_error * libm::sqrt(model::GOLDEN_EDUCATORS / (EDUCATORS as f64 * seeds as f64));
        let error = libm::hypot(own, golden.standard_error);
        check(format!("week {}", golden.week), golden.mean, found, error)
    };
    model::GOLDEN.iter().map(of_week).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn thresholds_waits_and_logistic_growth_are_within_luck() {
        let all = [threshold(4), waits(), logistic(4)].concat();
        for check in all {
            assert!(check.z.abs() < 4.5, "{check:?}");
        }
    }

    #[test]
    fn a_product_follows_the_closed_form() {
        let row = bass_row(&PRODUCTS[10], 4);
        assert!(row.farthest < 0.02, "{row:?}");
    }

    #[test]
    fn the_closed_form_ends_at_everybody() {
        assert_eq!(bass_share(0.03, 0.38, 0.0), 0.0);
        assert!((bass_share(0.03, 0.38, 100.0) - 1.0).abs() < 1e-9);
    }
}
