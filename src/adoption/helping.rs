//! Who helps whom: partners, and supporting roles with their scarce hours.

use crate::adoption::PartnerState;
use crate::adoption::State;
use crate::adoption::World;
use crate::adoption::capacities::community_worth;
use crate::adoption::capacities::expertise;
use crate::adoption::lots::all_on;
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
use std::ops::Range;

/// Partners fail, and are noticed and ended.
pub fn step_partners(world: &World, supply: &Supply, luck: &Luck, week: usize, state: &mut State) {
    for (place, partner) in state.partners.iter_mut().enumerate() {
        *partner = partner_after(world, supply, luck, week, place, *partner);
    }
}

/// How a partner stands in a week, by how it stood in the one before; nothing that educators do changes it.
pub fn partner_after(
    world: &World,
    supply: &Supply,
    luck: &Luck,
    week: usize,
    place: usize,
    stands: PartnerState,
) -> PartnerState {
    let partner = &world.resources.partners[place];
    let at_work = supply.schools.iter().any(|s| s.partners[place][week] > 0.0);
    match stands {
        PartnerState::Working if at_work => {
            let stays = libm::pow(1.0 - partner.fails_per_year.as_f64(), 1.0 / WEEKS_OF_A_YEAR);
            let key = Key::from_name(&partner.id);
            let fails = luck.draw(key, Decision::Partner, place as u8, week as u16) >= stays;
            if fails { PartnerState::Failed(week) } else { PartnerState::Working }
        }
        PartnerState::Failed(since) if week >= since + partner.noticed_after_weeks as usize => PartnerState::Ended,
        as_it_is => as_it_is,
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

/// The levels on which an educator can use help: before and while she begins to use the practice. Both are in
/// progress, so that who asks stands on an agenda.
const ASKS_FOR_HELP: [u8; 2] = [2, 3];

/// The hours of support that everybody in a school finds with each practice, where they are divided by the number of
/// those who ask.
pub fn find_crowds(at: &At, people: Range<usize>, state: &State, work: &mut Workspace) {
    work.crowd.clear();
    for practice in 0..at.world.n_practices() {
        let asks = |i: &usize| ASKS_FOR_HELP.contains(&state.level[at.world.slot(practice, *i)]);
        let n_asking = people.clone().filter(asks).count();
        let knows = |role: usize| at.world.district.roles[role].knows.contains(&practice);
        let of_roles = at.supply.support.iter().filter(|of| knows(of.role)).map(|of| of.hours[at.week]);
        let hours = of_roles.sum::<f64>() + at.partners.support;
        work.crowd.push(hours / n_asking.max(1) as f64);
    }
}

/// Shares out the hours of every supporting role and partner in a school.
pub fn share_out_support(at: &At, people: Range<usize>, state: &State, work: &mut Workspace) {
    for practice in 0..at.world.n_practices() {
        let first = at.world.slot(practice, 0);
        work.support[first + people.start..first + people.end].fill(0.0);
    }
    find_candidates(at, people, state, work);
    for (place, supply) in at.supply.support.iter().enumerate() {
        share_out(at, supply.hours[at.week], Some(place), state, work);
    }
    share_out(at, at.partners.support, None, state, work);
}

/// Somebody who can use help with a practice.
#[derive(Debug, Clone, Copy)]
pub struct Candidate {
    /// Place of the educator.
    pub educator: usize,
    /// Place of the practice.
    pub practice: usize,
    /// Hours of support that her community of practice is worth in it \[h\].
    pub community_worth: f64,
}

fn find_candidates(at: &At, people: Range<usize>, state: &State, work: &mut Workspace) {
    let mut candidates = std::mem::take(&mut work.candidates);
    candidates.clear();
    let ask_for_help = ASKS_FOR_HELP.iter().fold(0, |all, level| all | all_on(*level));
    for educator in people {
        if work.agendas.stands[educator] & ask_for_help == 0 {
            continue;
        }
        for place in 0..work.agendas.n_of(educator) {
            let practice = work.agendas.at(educator, place);
            if ASKS_FOR_HELP.contains(&state.level[at.world.slot(practice, educator)]) {
                let team = at.team_at_routine(practice, educator, work);
                let community_worth = community_worth(work.community[educator], team, at.parameters);
                candidates.push(Candidate { educator, practice, community_worth });
            }
        }
    }
    work.candidates = candidates;
}

/// Whom each supporting role can help with what, by role, practice and educator: with practices that it knows, in
/// grades that it works with.
pub fn helped(world: &World) -> Vec<bool> {
    let educators = &world.roster.educators;
    let of_practice = |role: usize, practice: usize| {
        let role = &world.district.roles[role];
        let knows = role.knows.contains(&practice);
        educators.iter().map(move |educator| knows && role.grades.contains(educator.grade))
    };
    let of_role = |role: usize| (0..world.n_practices()).flat_map(move |practice| of_practice(role, practice));
    world.district.support_roles().flat_map(of_role).collect()
}

/// Shares out hours among those whom a supporting role helps; partners help everybody.
fn share_out(at: &At, hours: f64, role: Option<usize>, state: &State, work: &mut Workspace) {
    if hours <= 0.0 {
        return;
    }
    work.asking.clear();
    let helped = role.map(|place| &work.helped[place * work.support.len()..(place + 1) * work.support.len()]);
    for one in &work.candidates {
        let Candidate { educator, practice, community_worth } = *one;
        let slot = at.world.slot(practice, educator);
        if !helped.is_none_or(|helped| helped[slot]) {
            continue;
        }
        let has = expertise(work.support[slot], community_worth, at.parameters);
        let unmet = (1.0 - has) * at.parameters.expertise_need;
        if unmet > 0.0 {
            let disposition = state.disposition[educator];
            work.asking.push(Asking { slot, educator, practice: practice as u8, unmet, disposition });
        }
    }
    let lot = |one: &Asking| at.luck.draw(state.person[one.educator], Decision::Turn, one.practice, at.week as u16);
    let support = &mut work.support;
    allocate(at.world.rules.policy, hours, &mut work.asking, &lot, &mut |slot, h| support[slot] += h);
}
