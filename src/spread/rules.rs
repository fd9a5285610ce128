//! The rules of a scenario as the kernel takes them.

use crate::adoption::Capacity;
use crate::adoption::Chance;
use crate::adoption::Dispositions;
use crate::adoption::Dose;
use crate::adoption::Gate;
use crate::adoption::Parameters;
use crate::adoption::Policy;
use crate::adoption::Response;
use crate::adoption::Rules;
use crate::adoption::Step;
use crate::kernel;
use crate::kernel::needs;
use crate::plan::Resources;

/// The rules of one replicate, with the parameters it drew.
pub fn rules_of(rules: &Rules, parameters: &Parameters, resources: &Resources) -> kernel::Rules {
    let single = |x: f64| x as f32;
    kernel::Rules {
        steps: std::array::from_fn(|level| step_of(&rules.ladder.steps[level])),
        chance: match rules.variants.chance {
            Chance::Exponential => kernel::Chance::Exponential,
            Chance::Linear => kernel::Chance::Linear,
        },
        gate: match rules.gate {
            Gate::Min => kernel::GateRule::Min,
            Gate::Product => kernel::GateRule::Product,
            Gate::GeometricMean => kernel::GateRule::GeometricMean,
        },
        sharing: match rules.policy {
            Policy::Even => kernel::Sharing::Even,
            Policy::JustInTime => kernel::Sharing::JustInTime,
            Policy::EarlyAdoptersFirst => kernel::Sharing::EarlyAdoptersFirst,
            Policy::StragglersFirst => kernel::Sharing::StragglersFirst,
            Policy::Crowd => kernel::Sharing::Crowd,
        },
        answer: match rules.response {
            Response::Linear => kernel::Answer::Linear,
            Response::Threshold => kernel::Answer::Threshold,
        },
        spread: match rules.variants.dispositions {
            Dispositions::Normal => kernel::Spread::Normal,
            Dispositions::Uniform => kernel::Spread::Uniform,
        },
        hours: match rules.variants.dose {
            Dose::Attended => kernel::Hours::Attended,
            Dose::DrawnWeekly => kernel::Hours::DrawnWeekly,
        },
        practices: (resources.practices.iter()).map(|p| kernel::PracticeRule { after: set_of(&p.after) }).collect(),
        models: resources.models.iter().map(|model| set_of(&model.of)).collect(),
        starts_at: rules.ladder.starts_at,
        disposition_mean: single(parameters.disposition_mean),
        disposition_sd: single(parameters.disposition_sd),
        will_team: single(parameters.will_team),
        will_school: single(parameters.will_school),
        will_district: single(parameters.will_district),
        will_leaders: single(parameters.will_leaders),
        will_families: single(parameters.will_families),
        will_load: single(parameters.will_load),
        expertise_alone: single(parameters.expertise_alone),
        expertise_community: single(parameters.expertise_community),
        expertise_need: single(parameters.expertise_need),
        keeps: single(libm::exp2(-1.0 / parameters.hours_half_life)),
        focus: parameters.focus as u32,
        fall_mechanical: single(parameters.fall_mechanical),
        fall_routine: single(parameters.fall_routine),
        load_hours: [parameters.load_orientation, parameters.load_preparation, parameters.load_mechanical].map(single),
        leaving_load: single(parameters.leaving_load),
        moves_within: single(parameters.moves_within),
        principal_changes: single(parameters.principal_changes),
        principal_mean: single(parameters.principal_mean),
        principal_sd: single(parameters.principal_sd),
        families_rate: single(parameters.families_rate),
        start_share: single(parameters.start_share),
        leaves_weekly: single(rules.variants.leaves_weekly),
        turnover: (rules.turnover.iter())
            .map(|band| kernel::Band {
                from_years: band.from_years as f32,
                share_of_staff: single(band.share_of_staff),
                moves: single(band.moves),
                leaves: single(band.leaves),
            })
            .collect(),
    }
}

fn step_of(step: &Step) -> kernel::StepRule {
    let bit = |capacity: &Capacity| match capacity {
        Capacity::Will => needs::WILL,
        Capacity::Authority => needs::AUTHORITY,
        Capacity::Expertise => needs::EXPERTISE,
        Capacity::Resources => needs::RESOURCES,
        Capacity::Team => needs::TEAM,
    };
    let rate = if step.median_weeks > 0.0 { std::f64::consts::LN_2 / step.median_weeks } else { f64::INFINITY };
    kernel::StepRule {
        rate: rate as f32,
        needs: step.needs.iter().fold(0, |all, capacity| all | bit(capacity)),
        hours: step.hours as f32,
    }
}

/// Some places as a set of bits.
pub fn set_of(places: &[usize]) -> u8 {
    places.iter().fold(0, |all, place| all | 1 << place)
}
