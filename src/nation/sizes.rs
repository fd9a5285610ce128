//! Sizes of districts: so many in each class, and together the pupils that are published.
//!
//! Has classes, gives one size a district. Inside a closed class sizes follow a power law close to the
//! log-uniform, in the open class a Pareto law; the exponents are found so that the pupils of the class come
//! out. Sizes stand at even quantiles, so that no luck is needed.

use crate::nation::counts::Counts;
use crate::nation::counts::SizeClass;

/// The size of one district and the class that holds it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Size {
    /// Pupils, not yet whole.
    pub n_pupils: f64,
    /// Place of its class.
    pub class: usize,
}

/// Sizes of all districts, largest first.
pub fn of_districts(counts: &Counts) -> Vec<Size> {
    let n_by_class = counts.districts_by_class();
    let total = f64::from(counts.n_pupils);
    let exponents = exponents(&counts.classes, &n_by_class, total);
    let mut sizes = Vec::with_capacity(counts.n_districts as usize);
    for (place, class) in counts.classes.iter().enumerate() {
        let law = |n_pupils| Size { n_pupils, class: place };
        sizes.extend(quantiles(class, n_by_class[place], exponents[place]).map(law));
    }
    sizes.sort_by(|a, b| b.n_pupils.total_cmp(&a.n_pupils));
    sizes
}

/// The exponent of each class: its own where its pupils are published, else one tilt for all the others.
fn exponents(classes: &[SizeClass], n_by_class: &[u64], total: f64) -> Vec<f64> {
    let mut exponents: Vec<f64> = classes.iter().map(usual_exponent).collect();
    let mut rest = total;
    for (place, class) in classes.iter().enumerate().filter(|(place, _)| n_by_class[*place] > 0) {
        if let Some(share) = class.pupils {
            let target = share.as_f64() * total;
            rest -= target;
            exponents[place] += tilt(target, |tilt| sum(class, n_by_class[place], usual_exponent(class) + tilt));
        }
    }
    let open: Vec<usize> = (0..classes.len()).filter(|place| classes[*place].pupils.is_none()).collect();
    let sum_of = |tilt| open.iter().map(|p| sum(&classes[*p], n_by_class[*p], exponents[*p] + tilt)).sum();
    let common = tilt(rest, sum_of);
    for place in &open {
        exponents[*place] += common;
    }
    exponents
}

/// Log-uniform is exponent 1. From one pupil on it would make half of all small districts tiny, so the first
/// class begins even; the open class begins near Zipf's law.
fn usual_exponent(class: &SizeClass) -> f64 {
    match class.to {
        None => 2.5,
        Some(_) if class.from <= 1 => 0.0,
        Some(_) => 1.0,
    }
}

/// The tilt at which a falling sum meets its target, or the end of the scale nearest to it.
fn tilt(target: f64, sum: impl Fn(f64) -> f64) -> f64 {
    let (mut low, mut high) = (-STEEPEST_TILT, STEEPEST_TILT);
    for _ in 0..STEPS_OF_BISECTION {
        let middle = (low + high) / 2.0;
        if sum(middle) > target {
            low = middle;
        } else {
            high = middle;
        }
    }
    (low + high) / 2.0
}

/// Beyond this a class is all at one end.
const STEEPEST_TILT: f64 = 6.0;

/// Enough for a billionth of the scale.
const STEPS_OF_BISECTION: usize = 34;

/// Pupils of a class, near enough to choose an exponent: a hundred even parts of a closed class tell its mean.
fn sum(class: &SizeClass, n: u64, exponent: f64) -> f64 {
    let n_parts = if class.to.is_some() { n.min(100) } else { n };
    quantiles(class, n_parts, exponent).sum::<f64>() * n as f64 / n_parts.max(1) as f64
}

/// Sizes at the middles of equal parts of a class whose density falls with a power of the size.
fn quantiles(class: &SizeClass, n: u64, exponent: f64) -> impl Iterator<Item = f64> + use<> {
    let from = f64::from(class.from);
    let power = 1.0 - exponent;
    let upper = class.to.map(|to| f64::from(to) / from);
    let height = upper.map_or(0.0, |upper| libm::pow(upper, power) - 1.0);
    // An open class needs a density that falls fast enough to end.
    let open_power = power.min(LEAST_FALL);
    (0..n).map(move |place| {
        let part = (place as f64 + 0.5) / n as f64;
        match upper {
            None => from * libm::pow(1.0 - part, 1.0 / open_power),
            Some(upper) if power.abs() < 1e-9 => from * libm::pow(upper, part),
            Some(_) => from * libm::pow(1.0 + part * height, 1.0 / power),
        }
    })
}

/// The slowest fall of an open class: slower ones would put all pupils into one district.
const LEAST_FALL: f64 = -0.2;

#[cfg(test)]
mod tests {
    use super::*;
    use crate::nation::sample;

    #[test]
    fn a_class_at_exponent_one_is_log_uniform_and_at_zero_even() {
        let class = SizeClass { from: 100, to: Some(10_000), n_districts: 2, pupils: None };
        let sizes: Vec<f64> = quantiles(&class, 2, 1.0).collect();
        // by hand: quarters of the way from 100 to 10,000 in logarithms are 10^2.5 and 10^3.5
        assert!((sizes[0] - 316.23).abs() < 0.01 && (sizes[1] - 3162.28).abs() < 0.01, "{sizes:?}");
        let sizes: Vec<f64> = quantiles(&class, 2, 0.0).collect();
        assert!((sizes[0] - 2575.0).abs() < 1e-6 && (sizes[1] - 7525.0).abs() < 1e-6, "{sizes:?}"); // by hand: 100 + 9,900 / 4
    }

    #[test]
    fn the_pupils_of_the_nation_and_of_its_large_districts_come_out() {
        let counts = sample::counts();
        let sizes = of_districts(&counts);
        let sum: f64 = sizes.iter().map(|s| s.n_pupils).sum();
        assert!((sum / f64::from(counts.n_pupils) - 1.0).abs() < 1e-4, "{sum}");
        let large: f64 = sizes.iter().filter(|s| s.class == 7).map(|s| s.n_pupils).sum();
        assert!((large / sum - 0.334).abs() < 1e-4, "{}", large / sum);
    }

    #[test]
    fn sizes_stay_inside_their_classes() {
        let counts = sample::counts();
        for size in of_districts(&counts) {
            let class = &counts.classes[size.class];
            assert!(size.n_pupils >= f64::from(class.from) && class.to.is_none_or(|to| size.n_pupils <= f64::from(to)));
        }
    }
}
