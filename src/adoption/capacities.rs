//! The four capacities and the gate: pure functions of what an educator has and sees.

use crate::adoption::Capacity;
use crate::adoption::Chance;
use crate::adoption::Gate;
use crate::adoption::Ladder;
use crate::adoption::Parameters;
use crate::adoption::Response;

/// What an educator sees around her, each in [0, 1] but for the load.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Around {
    /// Share of her team that uses the practice.
    pub team: f64,
    /// Share of her school that uses it.
    pub school: f64,
    /// Share of her district that uses it.
    pub district: f64,
    /// Her leaders' support.
    pub leaders: f64,
    /// Her families' support.
    pub families: f64,
    /// Hours her practices ask for over the hours she has.
    pub load: f64,
}

/// Will: disposition, moved by colleagues, leaders, families and load.
#[inline]
pub fn will(disposition: f64, around: &Around, parameters: &Parameters, response: Response) -> f64 {
    let raw = disposition
        + parameters.will_team * around.team
        + parameters.will_school * around.school
        + parameters.will_district * around.district
        + parameters.will_leaders * (2.0 * around.leaders - 1.0)
        + parameters.will_families * (2.0 * around.families - 1.0)
        - parameters.will_load * (around.load - 1.0).max(0.0);
    match response {
        Response::Linear => raw.clamp(0.0, 1.0),
        Response::Threshold if raw >= 0.5 => 1.0,
        Response::Threshold => 0.0,
    }
}

/// Expertise: her own, plus hours of support, plus what a community of practice is worth to her.
#[inline]
pub fn expertise(support_hours: f64, community_worth: f64, parameters: &Parameters) -> f64 {
    let help = support_hours + community_worth;
    (parameters.expertise_alone + help / parameters.expertise_need).clamp(0.0, 1.0)
}

/// The hours of support that hours in a community of practice are worth with a team that knows how \[h\].
#[inline]
pub fn community_worth(community_hours: f64, team_at_routine: f64, parameters: &Parameters) -> f64 {
    parameters.expertise_community * community_hours * team_at_routine
}

/// Resources: the least of the dose of learning hours and what infrastructure and funding allow.
#[inline]
pub fn resources(hours: f64, hours_of_step: f64, cap: f64) -> f64 {
    let dose = if hours_of_step > 0.0 { (hours / hours_of_step).min(1.0) } else { 1.0 };
    dose.min(cap)
}

/// One number out of the capacities that a step needs; 1 when it needs none.
#[inline]
pub fn gate(kind: Gate, needed: &[f64]) -> f64 {
    match kind {
        Gate::Min => needed.iter().copied().fold(1.0, f64::min),
        Gate::Product => needed.iter().product(),
        Gate::GeometricMean if needed.is_empty() => 1.0,
        Gate::GeometricMean => libm::pow(needed.iter().product::<f64>(), 1.0 / needed.len() as f64),
    }
}

/// The smallest of the capacities that a step needs; the first of equals; nothing when all are full.
#[inline]
pub fn binding(needs: &[Capacity], values: &[f64]) -> Option<Capacity> {
    let (capacity, least) = needs.iter().zip(values).min_by(|a, b| a.1.total_cmp(b.1))?;
    (*least < FULL).then_some(*capacity)
}

/// Above this a capacity holds nobody back.
const FULL: f64 = 0.999;

/// Probability of a step up in a part of a school week, at a gate in [0, 1].
///
/// The median number of school weeks at full capacity is `median_weeks`; a step of 0 weeks is taken at once
/// wherever the gate is open at all.
#[inline]
pub fn chance_up(chance: Chance, median_weeks: f64, gate: f64, part_of_week: f64) -> f64 {
    if gate <= 0.0 || part_of_week <= 0.0 {
        0.0
    } else if median_weeks <= 0.0 {
        1.0
    } else {
        let rate = std::f64::consts::LN_2 / median_weeks * gate * part_of_week;
        match chance {
            Chance::Exponential => 1.0 - libm::exp(-rate),
            Chance::Linear => rate.min(1.0),
        }
    }
}

/// What the probability of a step up does not exceed, but for rounding, at a gate times a part of a school week.
///
/// It spares the exponential: 1 - exp(-x) is at most x.
#[inline]
pub fn chance_up_at_most(median_weeks: f64, gate_and_part: f64) -> f64 {
    if median_weeks <= 0.0 { 1.0 } else { std::f64::consts::LN_2 / median_weeks * gate_and_part }
}

/// Weekly probability of falling from level 3 (mechanical) to 1: those without expertise give up.
#[inline]
pub fn chance_down_mechanical(expertise: f64, parameters: &Parameters) -> f64 {
    parameters.fall_mechanical * (1.0 - expertise)
}

/// Weekly probability of falling from level 4 (routine) to 1: those without will let it go.
#[inline]
pub fn chance_down_routine(will: f64, parameters: &Parameters) -> f64 {
    parameters.fall_routine * (0.5 - will).max(0.0) * 2.0
}

/// Chances of a step from one level that nobody exceeds in a part of a school week, whatever her capacities.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct MostLikely {
    /// One level up.
    pub up: f64,
    /// Back to level 1.
    pub down: f64,
}

impl MostLikely {
    /// Whether two draws leave everybody where she is, so that her capacities need not be known.
    pub fn rules_out(&self, (u, v): (f64, f64)) -> bool {
        u >= self.up && v >= self.down
    }
}

/// The chances by level that nobody exceeds: those of a full gate going up, and of none at all going down.
pub fn most_likely(ladder: &Ladder, parameters: &Parameters, part_of_week: f64) -> [MostLikely; 5] {
    let down = |level: usize| match level {
        3 => parameters.fall_mechanical * part_of_week,
        4 => parameters.fall_routine * part_of_week,
        _ => 0.0,
    };
    std::array::from_fn(|level| MostLikely {
        up: above(chance_up_at_most(ladder.steps[level].median_weeks, part_of_week)),
        down: above(down(level)),
    })
}

/// A little more than a chance, so that rounding cannot make a chance larger than what nobody exceeds.
#[inline]
pub fn above(chance: f64) -> f64 {
    if chance > 0.0 { chance * (1.0 + 1e-9) + 1e-12 } else { 0.0 }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scenario;
    use crate::scenario::Scenario;
    use proptest::prelude::*;
    use std::path::Path;

    fn template() -> Scenario {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios/template.ron");
        scenario::read(&path).unwrap_or_else(|unread| panic!("{}", unread.findings))
    }

    #[test]
    fn after_the_median_number_of_weeks_half_have_taken_the_step() {
        let stay = 1.0 - chance_up(Chance::Exponential, 6.0, 1.0, 1.0);
        assert!((stay.powi(6) - 0.5).abs() < 1e-12);
        let stay = 1.0 - chance_up(Chance::Exponential, 6.0, 0.5, 1.0);
        assert!((stay.powi(12) - 0.5).abs() < 1e-12, "at half capacity it takes twice as long");
    }

    #[test]
    fn the_gate_of_nothing_is_open() {
        for kind in [Gate::Min, Gate::Product, Gate::GeometricMean] {
            assert_eq!(gate(kind, &[]), 1.0);
        }
    }

    #[test]
    fn the_gates_agree_with_their_arithmetic() {
        let needed = [0.5, 0.8];
        assert_eq!(gate(Gate::Min, &needed), 0.5);
        assert_eq!(gate(Gate::Product, &needed), 0.4);
        assert!((gate(Gate::GeometricMean, &needed) - 0.632_455_532).abs() < 1e-9); // by hand: sqrt(0.4)
    }

    #[test]
    fn the_smallest_capacity_binds_and_full_ones_do_not() {
        let needs = [Capacity::Will, Capacity::Resources];
        assert_eq!(binding(&needs, &[0.6, 0.2]), Some(Capacity::Resources));
        assert_eq!(binding(&needs, &[0.2, 0.2]), Some(Capacity::Will));
        assert_eq!(binding(&needs, &[1.0, 1.0]), None);
        assert_eq!(binding(&[], &[]), None);
    }

    #[test]
    fn no_hours_give_no_dose_where_a_dose_is_asked() {
        assert_eq!(resources(0.0, 14.0, 1.0), 0.0);
        assert_eq!(resources(7.0, 14.0, 1.0), 0.5);
        assert_eq!(resources(0.0, 0.0, 0.4), 0.4);
    }

    proptest! {
        #[test]
        fn a_gate_never_lies_outside_its_capacities(a in 0.0..=1.0f64, b in 0.0..=1.0f64, c in 0.0..=1.0f64) {
            let all = [a, b, c];
            let least = a.min(b).min(c);
            prop_assert_eq!(gate(Gate::Min, &all), least);
            prop_assert!(gate(Gate::Product, &all) <= least);
            let mean = gate(Gate::GeometricMean, &all);
            prop_assert!(mean >= least - 1e-12 && mean <= a.max(b).max(c) + 1e-12);
        }

        #[test]
        fn more_of_anything_never_makes_a_step_less_likely(m in 0.1..60.0f64, g in 0.0..=1.0f64, more in 0.0..=1.0f64) {
            for chance in [Chance::Exponential, Chance::Linear] {
                prop_assert!(chance_up(chance, m, (g + more).min(1.0), 1.0) >= chance_up(chance, m, g, 1.0));
            }
        }

        #[test]
        fn nobody_exceeds_the_most_likely_step(
            exponent in -1.0..12.0f64,
            needed in prop::collection::vec(0.0..=1.0f64, 0..5),
            (kind, part, full) in (0usize..3, 0.01..=1.0f64, prop::bool::ANY),
        ) {
            let mut rules = template().rules;
            let median_weeks = libm::exp10(exponent);
            rules.ladder.steps[4].median_weeks = median_weeks;
            let parameters = rules.typical();
            let most = most_likely(&rules.ladder, &parameters, part)[4];
            let needed: Vec<f64> = if full { vec![1.0; needed.len()] } else { needed };
            let kind = [Gate::Min, Gate::Product, Gate::GeometricMean][kind];
            for chance in [Chance::Exponential, Chance::Linear] {
                prop_assert!(chance_up(chance, median_weeks, gate(kind, &needed), part) < most.up);
            }
            let will = needed.first().copied().unwrap_or(0.0);
            prop_assert!(part * chance_down_routine(will, &parameters) < most.down);
        }
    }
}
