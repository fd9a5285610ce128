//! A scale with round numbers at its ends.

/// Lines of an axis, about.
const LINES: f64 = 6.0;

/// From the least to the most, in equal steps.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Scale {
    /// The least, a multiple of the step.
    pub least: f64,
    /// The most, a multiple of the step.
    pub most: f64,
    step: f64,
}

impl Scale {
    /// A scale that holds all values.
    pub fn of(values: impl IntoIterator<Item = f64>) -> Scale {
        let none = (f64::INFINITY, f64::NEG_INFINITY);
        let (least, most) = values.into_iter().fold(none, |(low, high), x| (low.min(x), high.max(x)));
        if !(least.is_finite() && most.is_finite()) {
            return Scale { least: 0.0, most: 1.0, step: 0.5 };
        }
        let range = (most - least).max(most.abs() * 1e-6).max(1e-9);
        let power = libm::pow(10.0, (range / LINES).log10().floor());
        let step = [1.0, 2.0, 5.0, 10.0].map(|s| s * power).into_iter().find(|s| range / s <= LINES);
        let step = step.unwrap_or(10.0 * power);
        let (first, last) = ((least / step + 1e-9).floor() * step, (most / step - 1e-9).ceil() * step);
        Scale { least: first, most: last.max(first + step), step }
    }

    /// A place from 0 to 1.
    pub fn part(&self, value: f64) -> f64 {
        ((value - self.least) / (self.most - self.least)).clamp(0.0, 1.0)
    }

    /// The values at which lines stand.
    pub fn lines(&self) -> Vec<f64> {
        let n = ((self.most - self.least) / self.step).round() as u32;
        (0..=n).map(|n| self.least + f64::from(n) * self.step).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ends_are_round_and_hold_all_values() {
        let scale = Scale::of([0.13, 0.87]);
        assert_eq!(scale.lines().len(), 6); // by hand: 0, 0.2, 0.4, 0.6, 0.8 and 1
        assert!(scale.least <= 0.13 && scale.most >= 0.87);
    }
}
