//! From the unit cube to values: the inverse distribution function of each input.

use crate::luck::Uncertain;

/// The value below which the share u, from 0 to 1, of a distribution lies.
///
/// No value lies outside [`Uncertain::range`]: a normal input is taken to four standard deviations, also where u is 0
/// or 1. A choice has at least one value; its values are met in the order they are written.
pub fn quantile(uncertain: &Uncertain, u: f64) -> f64 {
    let value = match uncertain {
        Uncertain::Fixed(x) => *x,
        Uncertain::Triangular { low, mode, high } => triangular(u, *low, *mode, *high),
        Uncertain::Uniform { low, high } => low + (high - low) * u,
        // Without spread there is no 0 times infinity either.
        Uncertain::Normal { mean, sd } if *sd == 0.0 => *mean,
        Uncertain::Normal { mean, sd } => mean + sd * inverse_normal(u),
        Uncertain::Choice(all) => all[((u * all.len() as f64) as usize).min(all.len() - 1)],
    };
    let (least, most) = uncertain.range();
    value.max(least).min(most)
}

/// The values that points of the unit cube stand for, point by input.
pub fn values_of(points: &[Vec<f64>], inputs: &[Uncertain]) -> Vec<Vec<f64>> {
    let of_point = |point: &Vec<f64>| inputs.iter().zip(point).map(|(input, u)| quantile(input, *u)).collect();
    points.iter().map(of_point).collect()
}

fn triangular(u: f64, low: f64, mode: f64, high: f64) -> f64 {
    let width = high - low;
    if width <= 0.0 {
        return low;
    }
    if u * width < mode - low {
        low + libm::sqrt(u * width * (mode - low))
    } else {
        high - libm::sqrt((1.0 - u) * width * (high - mode))
    }
}

/// The quantile of the standard normal distribution, infinite at 0 and 1 (Wichura 1988, Algorithm AS 241, PPND16).
pub fn inverse_normal(u: f64) -> f64 {
    let from_middle = u - 0.5;
    if from_middle.abs() <= 0.425 {
        let r = 0.180625 - from_middle * from_middle;
        return from_middle * polynomial(&MIDDLE_ABOVE, r) / polynomial(&MIDDLE_BELOW, r);
    }
    let tail = if from_middle < 0.0 { u } else { 1.0 - u };
    if tail <= 0.0 {
        return f64::INFINITY.copysign(from_middle);
    }
    let r = libm::sqrt(-libm::log(tail));
    let size = if r <= 5.0 {
        polynomial(&TAIL_ABOVE, r - 1.6) / polynomial(&TAIL_BELOW, r - 1.6)
    } else {
        polynomial(&FAR_ABOVE, r - 5.0) / polynomial(&FAR_BELOW, r - 5.0)
    };
    size.copysign(from_middle)
}

/// Horner's rule; coefficients from the constant up.
fn polynomial(coefficients: &[f64; 8], x: f64) -> f64 {
    coefficients.iter().rev().fold(0.0, |sum, coefficient| sum * x + coefficient)
}

const MIDDLE_ABOVE: [f64; 8] = [
    3.387_132_872_796_366_5,
    133.141_667_891_784_38,
    1_971.590_950_306_551_3,
    13_731.693_765_509_46,
    45_921.953_931_549_87,
    67_265.770_927_008_7,
    33_430.575_583_588_13,
    2_509.080_928_730_122_7,
];
const MIDDLE_BELOW: [f64; 8] = [
    1.0,
    42.313_330_701_600_91,
    687.187_007_492_057_9,
    5_394.196_021_424_751,
    21_213.794_301_586_597,
    39_307.895_800_092_71,
    28_729.085_735_721_943,
    5_226.495_278_852_854,
];
const TAIL_ABOVE: [f64; 8] = [
    1.423_437_110_749_683_5,
    4.630_337_846_156_546,
    5.769_497_221_460_691,
    3.647_848_324_763_204_5,
    1.270_458_252_452_368_4,
    0.241_780_725_177_450_6,
    0.022_723_844_989_269_184,
    7.745_450_142_783_414e-4,
];
const TAIL_BELOW: [f64; 8] = [
    1.0,
    2.053_191_626_637_759,
    1.676_384_830_183_803_8,
    0.689_767_334_985_1,
    0.148_103_976_427_480_08,
    0.015_198_666_563_616_457,
    5.475_938_084_995_345e-4,
    1.050_750_071_644_416_9e-9,
];
const FAR_ABOVE: [f64; 8] = [
    6.657_904_643_501_103,
    5.463_784_911_164_114,
    1.784_826_539_917_291_3,
    0.296_560_571_828_504_87,
    0.026_532_189_526_576_124,
    1.242_660_947_388_078_4e-3,
    2.711_555_568_743_487_6e-5,
    2.010_334_399_292_288_1e-7,
];
const FAR_BELOW: [f64; 8] = [
    1.0,
    0.599_832_206_555_888,
    0.136_929_880_922_735_8,
    0.014_875_361_290_850_615,
    7.868_691_311_456_133e-4,
    1.846_318_317_510_054_8e-5,
    1.421_511_758_316_446e-7,
    2.044_263_103_389_939_8e-15,
];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::luck::Decision;
    use crate::luck::Key;
    use crate::luck::Luck;
    use proptest::prelude::*;

    fn normal_below(x: f64) -> f64 {
        0.5 * libm::erfc(-x / std::f64::consts::SQRT_2)
    }

    #[test]
    fn the_inverse_normal_undoes_the_distribution_function() {
        for step in -800..=800 {
            let x = f64::from(step) / 100.0;
            // Above the middle the share itself is rounded to 1; there the mirror image is asked.
            let found = if x <= 0.0 { inverse_normal(normal_below(x)) } else { -inverse_normal(normal_below(-x)) };
            assert!((found - x).abs() < 1e-9, "{x} {found}");
            if x.abs() < 4.0 {
                let there_and_back =
                    0.5 * (1.0 + libm::erf(inverse_normal(normal_below(x)) / std::f64::consts::SQRT_2));
                assert!((there_and_back - normal_below(x)).abs() < 1e-12);
            }
        }
    }

    #[test]
    fn the_inverse_normal_has_its_tabled_values() {
        assert!((inverse_normal(0.975) - 1.959_963_984_540_054).abs() < 1e-14);
        assert!((inverse_normal(1e-20) + 9.262_340_089_798_409).abs() < 1e-12);
        assert_eq!(inverse_normal(0.5), 0.0);
        assert_eq!([inverse_normal(0.0), inverse_normal(1.0)], [f64::NEG_INFINITY, f64::INFINITY]);
    }

    #[test]
    fn quantiles_by_hand() {
        let triangle = Uncertain::Triangular { low: 0.0, mode: 1.0, high: 4.0 };
        // by hand: the share below x is x^2 / 4 up to the mode, and 1 - (4 - x)^2 / 12 beyond it
        assert!((quantile(&triangle, 0.25) - 1.0).abs() < 1e-12);
        assert!((quantile(&triangle, 0.0625) - 0.5).abs() < 1e-12);
        assert!((quantile(&triangle, 2.0 / 3.0) - 2.0).abs() < 1e-12);
        assert_eq!(quantile(&Uncertain::Fixed(3.0), 0.9), 3.0);
        assert_eq!(quantile(&Uncertain::Uniform { low: 2.0, high: 6.0 }, 0.25), 3.0);
        let choice = Uncertain::Choice(vec![5.0, 1.0, 3.0]);
        assert_eq!([0.0, 0.34, 0.67, 1.0].map(|u| quantile(&choice, u)), [5.0, 1.0, 3.0, 3.0]);
        let normal = Uncertain::Normal { mean: 10.0, sd: 2.0 };
        assert_eq!([0.0, 0.5, 1.0].map(|u| quantile(&normal, u)), [2.0, 10.0, 18.0]); // by hand: 10 - 4 * 2, 10 + 4 * 2
        assert_eq!(quantile(&Uncertain::Normal { mean: 1.0, sd: 0.0 }, 0.0), 1.0);
    }

    proptest! {
        #[test]
        fn a_draw_is_the_quantile_of_its_luck(seed: u64, low in -5.0..5.0f64, a in 0.0..3.0f64, b in 0.1..3.0f64) {
            let luck = Luck::new(seed, 0);
            let u = luck.draw(Key::from_name("x"), Decision::Parameter, 0, 0);
            let triangle = Uncertain::Triangular { low, mode: low + a, high: low + a + b };
            for known in [triangle, Uncertain::Uniform { low, high: low + b }, Uncertain::Choice(vec![low, a, b])] {
                prop_assert!((known.draw(&luck, "x") - quantile(&known, u)).abs() < 1e-9);
            }
        }

        #[test]
        fn quantiles_rise_with_the_share_and_stay_in_range(u in 0.0..=1.0f64, v in 0.0..=1.0f64, low in -5.0..5.0f64, a in 0.0..3.0f64, b in 0.0..3.0f64) {
            let triangle = Uncertain::Triangular { low, mode: low + a, high: low + a + b };
            for known in [triangle, Uncertain::Uniform { low, high: low + b }, Uncertain::Normal { mean: low, sd: b }] {
                let (x, y) = (quantile(&known, u.min(v)), quantile(&known, u.max(v)));
                let (least, most) = known.range();
                prop_assert!(least <= x && x <= y + 1e-12 && y <= most);
            }
        }
    }
}
