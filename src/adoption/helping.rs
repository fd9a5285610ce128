//! Who helps whom: partners, and supporting roles with their scarce hours.

use crate::adoption::PartnerState;
use crate::adoption::State;
use crate::adoption::World;
use crate::adoption::capacities::expertise;
use crate::adoption::support::Asking;
use crate::adoption::support::allocate;
use crate::adoption::workspace::At;
use crate::adoption::workspace::Workspace;
use crate::luck::Decision;
use crate::luck::Key;
use crate::luck::Luck;
use crate::plan::PartnerAdds;
use crate::plan::SchoolSupply;
use crate::plan::Supply;
use crate::units::Grades;
use std::ops::Range;

/// Partners fail, and are noticed and ended.
pub fn step_partners(world: &World, supply: &Supply, luck: &Luck, week: usize, state: &mut State) {
    for (place, partner) in world.resources.partners.iter().enumerate() {
        let at_work = supply.schools.iter().any(|s| s.partners[place][week] > 0.0);
        state.partners[place] = match state.partners[place] {
            PartnerState::Working if at_work => {
                let stays = libm::pow(1.0 - partner.fails_per_year.as_f64(), 1.0 / WEEKS_OF_A_YEAR);
                let key = Key::from_name(&partner.id);
                let fails = luck.draw(key, Decision::Partner, place as u8, week as u16) >= stays;
                if fails { PartnerState::Failed(week) } else { PartnerState::Working }
            }
            PartnerState::Failed(since) if week >= since + partner.noticed_after_weeks as usize => PartnerState::Ended,
            as_it_is => as_it_is,
        };
    }
}

const WEEKS_OF_A_YEAR: f64 = 52.0;

/// What partners do in a school this week.
pub struct PartnersEffect {
    /// Hours of support for the school \[h\].
    pub support: f64,
    /// Hours of learning for each educator \[h\].
    pub learning: f64,
    /// The most that expertise can be while a partner that supports has failed unnoticed.
    pub expertise_cap: f64,
    /// The most that resources can be while a partner that teaches has failed unnoticed.
    pub resources_cap: f64,
}

/// Partners that work add hours; those that failed hold educators down.
pub fn partners_effect(world: &World, supply: &SchoolSupply, week: usize, partners: &[PartnerState]) -> PartnersEffect {
    let mut effect = PartnersEffect { support: 0.0, learning: 0.0, expertise_cap: 1.0, resources_cap: 1.0 };
    for (place, partner) in world.resources.partners.iter().enumerate() {
        let there = supply.partners[place][week] * supply.school_week[week].min(1.0);
        let held = 1.0 - partner.harm.as_f64();
        match (partners[place], partner.adds) {
            (PartnerState::Working, PartnerAdds::SupportHours(h)) => effect.support += h * there,
            (PartnerState::Working, PartnerAdds::LearningHours(h)) => effect.learning += h * there,
            (PartnerState::Failed(_), PartnerAdds::SupportHours(_)) => {
                effect.expertise_cap = effect.expertise_cap.min(held);
            }
            (PartnerState::Failed(_), PartnerAdds::LearningHours(_)) => {
                effect.resources_cap = effect.resources_cap.min(held);
            }
            (PartnerState::Ended, _) => {}
        }
    }
    effect
}

/// Whether an educator can use help on a level: before and while she begins to use the practice.
fn asks_for_help(level: u8) -> bool {
    (2..=3).contains(&level)
}

/// Shares out the hours of every supporting role and partner in a school.
pub fn share_out_support(at: &At, people: Range<usize>, state: &State, work: &mut Workspace) {
    for practice in 0..at.world.n_practices() {
        let first = at.world.slot(practice, 0);
        work.support[first + people.start..first + people.end].fill(0.0);
    }
    for supply in &at.supply.support {
        let role = &at.world.district.roles[supply.role];
        let knows = |practice: usize| role.knows.contains(&practice);
        share_out(at, people.clone(), supply.hours[at.week], (&knows, role.grades), state, work);
    }
    share_out(at, people, at.partners.support, (&|_| true, Grades::ALL), state, work);
}

/// Shares out hours of somebody who helps with what she knows, in her grades.
fn share_out(
    at: &At,
    people: Range<usize>,
    hours: f64,
    (knows, grades): (&dyn Fn(usize) -> bool, Grades),
    state: &State,
    work: &mut Workspace,
) {
    if hours <= 0.0 {
        return;
    }
    let mut asking = std::mem::take(&mut work.asking);
    asking.clear();
    for practice in (0..at.world.n_practices()).filter(|p| knows(*p)) {
        let first = at.world.slot(practice, 0);
        let levels = &state.level[first + people.start..first + people.end];
        for (i, level) in people.clone().zip(levels) {
            if !asks_for_help(*level) || !grades.contains(at.world.roster.educators[i].grade) {
                continue;
            }
            let team = at.team_at_routine(practice, i, work);
            let has = expertise(work.support[first + i], work.community[i], team, at.parameters);
            let unmet = (1.0 - has) * at.parameters.expertise_need;
            if unmet > 0.0 {
                let disposition = state.disposition[i];
                asking.push(Asking { slot: first + i, educator: i, practice: practice as u8, unmet, disposition });
            }
        }
    }
    let lot = |one: &Asking| at.luck.draw(state.person[one.educator], Decision::Turn, one.practice, at.week as u16);
    let support = &mut work.support;
    allocate(at.world.rules.policy, hours, &mut asking, &lot, &mut |slot, h| support[slot] += h);
    work.asking = asking;
}
