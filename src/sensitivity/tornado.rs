//! The tornado: how far each input alone moves the outcome, widest first.

use crate::sensitivity::Unmeasured;
use crate::sensitivity::unmeasured::check_count;
use crate::sensitivity::unmeasured::check_finite;
use serde::Serialize;

/// One input alone at its two ends. Outcomes are in the unit of the outcome measure.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Bar {
    /// Number of the input, from 0.
    pub input: usize,
    /// The outcome at its low end.
    pub at_low: f64,
    /// The outcome at its high end.
    pub at_high: f64,
    /// The most less the least of the outcomes at the low end, the baseline and the high end. The baseline counts, so
    /// that an input whose both ends do equal harm does not look idle.
    pub swing: f64,
}

/// Bars around a baseline.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Tornado {
    /// The outcome with every input at its baseline.
    pub baseline: f64,
    /// One bar an input, widest first; equal ones in the order of inputs.
    pub bars: Vec<Bar>,
}

/// The tornado of the outcomes of [`one_at_a_time`](crate::designs::one_at_a_time): the baseline, then low and high of
/// each input in turn.
///
/// # Errors
/// When the outcomes are not an odd number, or one is not finite.
pub fn tornado(outcomes: &[f64]) -> Result<Tornado, Unmeasured> {
    check_count("outcomes", outcomes.len(), outcomes.len() / 2 * 2 + 1)?;
    check_finite("outcome", outcomes)?;
    let baseline = outcomes[0];
    let (pairs, _) = outcomes[1..].as_chunks::<2>();
    let mut bars: Vec<Bar> = pairs.iter().enumerate().map(|(input, ends)| bar(input, *ends, baseline)).collect();
    bars.sort_by(|a, b| b.swing.total_cmp(&a.swing).then(a.input.cmp(&b.input)));
    Ok(Tornado { baseline, bars })
}

fn bar(input: usize, [at_low, at_high]: [f64; 2], baseline: f64) -> Bar {
    let (most, least) = (at_low.max(at_high).max(baseline), at_low.min(at_high).min(baseline));
    Bar { input, at_low, at_high, swing: most - least }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::designs::one_at_a_time;

    #[test]
    fn the_widest_bar_comes_first_and_equal_ones_in_order() {
        let found = tornado(&[10.0, 9.0, 11.0, 15.0, 5.0, 10.0, 10.0, 11.0, 9.0]).unwrap();
        let order: Vec<(usize, f64)> = found.bars.iter().map(|b| (b.input, b.swing)).collect();
        assert_eq!(order, [(1, 10.0), (0, 2.0), (3, 2.0), (2, 0.0)]);
        assert_eq!((found.bars[0].at_low, found.bars[0].at_high), (15.0, 5.0));
    }

    #[test]
    fn an_input_whose_both_ends_do_harm_has_a_swing() {
        assert_eq!(tornado(&[10.0, 4.0, 4.0]).unwrap().bars[0].swing, 6.0); // by hand: 10 - 4
    }

    #[test]
    fn a_straight_line_swings_by_slope_times_width() {
        let points = one_at_a_time(&[0.5; 3], &[0.1; 3], &[0.9; 3]).unwrap();
        let outcomes: Vec<f64> = points.iter().map(|p| 2.0 * p[0] - 5.0 * p[1] + p[2]).collect();
        let found = tornado(&outcomes).unwrap();
        let by_hand = [(1, 4.0), (0, 1.6), (2, 0.8)];
        assert!(found.bars.iter().zip(by_hand).all(|(b, (i, swing))| b.input == i && (b.swing - swing).abs() < 1e-12));
    }

    #[test]
    fn an_even_number_of_outcomes_or_an_infinite_one_is_refused() {
        assert!(matches!(tornado(&[]), Err(Unmeasured::NotTheDesign { have: 0, need: 1, .. })));
        assert!(matches!(tornado(&[1.0, 2.0]), Err(Unmeasured::NotTheDesign { have: 2, need: 3, .. })));
        assert_eq!(tornado(&[1.0, f64::NAN, 2.0]), Err(Unmeasured::NotFinite { what: "outcome", number: 1 }));
        assert!(tornado(&[1.0]).unwrap().bars.is_empty());
    }
}
