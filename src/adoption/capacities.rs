//! The four capacities and the gate: pure functions of what an educator has and sees.

use crate::adoption::Capacity;
use crate::adoption::Gate;
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

/// Expertise: her own, plus hours of support, plus what a community of practice is worth with a team that
/// knows how.
pub fn expertise(support_hours: f64, community_hours: f64, team_at_routine: f64, parameters: &Parameters) -> f64 {
    let help = support_hours + parameters.expertise_community * community_hours * team_at_routine;
    (parameters.expertise_alone + help / parameters.expertise_need).clamp(0.0, 1.0)
}

/// Resources: the least of the dose of learning hours and what infrastructure and funding allow.
pub fn resources(hours: f64, hours_of_step: f64, cap: f64) -> f64 {
    let dose = if hours_of_step > 0.0 { (hours / hours_of_step).min(1.0) } else { 1.0 };
    dose.min(cap)
}

/// One number out of the capacities that a step needs; 1 when it needs none.
pub fn gate(kind: Gate, needed: &[f64]) -> f64 {
    match kind {
        Gate::Min => needed.iter().copied().fold(1.0, f64::min),
        Gate::Product => needed.iter().product(),
        Gate::GeometricMean if needed.is_empty() => 1.0,
        Gate::GeometricMean => libm::pow(needed.iter().product::<f64>(), 1.0 / needed.len() as f64),
    }
}

/// The smallest of the capacities; the first of equals; nothing when all are full.
pub fn binding(needed: &[(Capacity, f64)]) -> Option<Capacity> {
    let least = needed.iter().min_by(|a, b| a.1.total_cmp(&b.1))?;
    (least.1 < FULL).then_some(least.0)
}

/// Above this a capacity holds nobody back.
const FULL: f64 = 0.999;

/// Probability of a step up in a part of a school week, at a gate in [0, 1].
///
/// The median number of school weeks at full capacity is `median_weeks`; a step of 0 weeks is taken at once
/// wherever the gate is open at all.
pub fn chance_up(median_weeks: f64, gate: f64, part_of_week: f64) -> f64 {
    if gate <= 0.0 || part_of_week <= 0.0 {
        0.0
    } else if median_weeks <= 0.0 {
        1.0
    } else {
        1.0 - libm::exp(-std::f64::consts::LN_2 / median_weeks * gate * part_of_week)
    }
}

/// Weekly probability of falling from level 3 (mechanical) to 1: those without expertise give up.
pub fn chance_down_mechanical(expertise: f64, parameters: &Parameters) -> f64 {
    parameters.fall_mechanical * (1.0 - expertise)
}

/// Weekly probability of falling from level 4 (routine) to 1: those without will let it go.
pub fn chance_down_routine(will: f64, parameters: &Parameters) -> f64 {
    parameters.fall_routine * (0.5 - will).max(0.0) * 2.0
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn after_the_median_number_of_weeks_half_have_taken_the_step() {
        let stay = 1.0 - chance_up(6.0, 1.0, 1.0);
        assert!((stay.powi(6) - 0.5).abs() < 1e-12);
        let stay = 1.0 - chance_up(6.0, 0.5, 1.0);
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
        let held = binding(&[(Capacity::Will, 0.6), (Capacity::Resources, 0.2)]);
        assert_eq!(held, Some(Capacity::Resources));
        assert_eq!(binding(&[(Capacity::Will, 1.0)]), None);
        assert_eq!(binding(&[]), None);
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
            prop_assert!(chance_up(m, (g + more).min(1.0), 1.0) >= chance_up(m, g, 1.0));
        }
    }
}
