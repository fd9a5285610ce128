//! The capacities of somebody in a week.

use crate::kernel::Answer;
use crate::kernel::Block;
use crate::kernel::Hours;
use crate::kernel::Sharing;
use crate::kernel::person::Person;
use crate::kernel::view::At;

#[inline]
pub(super) fn will(block: &Block, at: &At, i: usize, practice: usize) -> f32 {
    let rules = at.rules;
    let person = &block.people[i];
    let team = person.team as usize;
    let using = f32::from(block.team_using[team * block.n_practices + practice]);
    let share = using / f32::from(block.team_size[team].max(1));
    let mut raw = person.disposition + rules.will_team * share + at.pull[practice];
    if rules.will_load > 0.0 {
        raw -= rules.will_load * (at.setting.load(person.role, person.asks, at.week) - 1.0).max(0.0);
    }
    match rules.answer {
        Answer::Linear => raw.clamp(0.0, 1.0),
        Answer::Threshold => f32::from(u8::from(raw >= 0.5)),
    }
}

/// The part of somebody's team that is at routine in a practice.
#[inline]
pub(super) fn team_routine(block: &Block, person: &Person, practice: usize) -> f32 {
    let team = person.team as usize;
    f32::from(block.team_routine[team * block.n_practices + practice]) / f32::from(block.team_size[team].max(1))
}

/// Expertise with hours of support.
#[inline]
pub(super) fn expertise(block: &Block, at: &At, i: usize, practice: usize, support: f32) -> f32 {
    let raw = if at.rules.sharing == Sharing::Crowd {
        at.crowd[practice]
    } else {
        let community = community_worth(block, at, i, practice) / at.part;
        at.rules.expertise_alone + (support / at.part + community) / at.rules.expertise_need
    };
    raw.clamp(0.0, 1.0).min(at.setting.given(practice, at.week).expertise_cap)
}

/// The hours of support that a community of practice is worth to somebody this week \[h\].
#[inline]
pub(super) fn community_worth(block: &Block, at: &At, i: usize, practice: usize) -> f32 {
    let person = &block.people[i];
    let worth = community_of(person, at);
    if worth > 0.0 { worth * team_routine(block, person, practice) } else { 0.0 }
}

/// The hours of support that it is worth where her whole team is at routine \[h\].
#[inline]
pub(super) fn community_of(person: &Person, at: &At) -> f32 {
    let hours = at.setting.community(person.role, person.attends, at.week) * at.learning_scale;
    at.rules.expertise_community * hours
}

#[inline]
pub(super) fn resources(block: &Block, at: &At, i: usize, practice: usize, hours_of_step: f32) -> f32 {
    let cap = at.setting.given(practice, at.week).resources_cap;
    if hours_of_step <= 0.0 {
        return cap.min(1.0);
    }
    let hours = match at.rules.hours {
        Hours::Attended => block.hours_before(at.setting, at.learning_scale, i, practice, at.week + 1),
        Hours::DrawnWeekly => block.drawn_hours[i],
    };
    (hours / hours_of_step).min(1.0).min(cap)
}
