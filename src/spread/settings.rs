//! Settings: what the plan supplies to a school, as the kernel takes it.

use crate::adoption::Parameters;
use crate::adoption::PartnerState;
use crate::adoption::PartnersEffect;
use crate::adoption::World;
use crate::adoption::new_schedule_hours;
use crate::adoption::partner_after;
use crate::adoption::partners_effect;
use crate::kernel::Learning;
use crate::kernel::PracticeWeeks;
use crate::kernel::RoleWeeks;
use crate::kernel::Support;
use crate::kernel::Weeks;
use crate::luck::Luck;
use crate::plan::LearningKind;
use crate::plan::SchoolSupply;
use crate::plan::Supply;
use crate::spread::rules::set_of;
use std::rc::Rc;
use std::sync::Arc;

/// Who attends learning times that are not for all.
#[derive(Debug, Clone, PartialEq)]
pub struct Attendance {
    /// For each learning time the bit that tells who attends; nothing where everybody does.
    pub bits: Vec<Option<u8>>,
    /// The chance to attend, by bit and year.
    pub chances: Vec<Vec<f32>>,
}

impl Attendance {
    /// Finds the learning times that some attend and some do not.
    pub fn new(world: &World, supply: &Supply) -> Attendance {
        let mut attendance = Attendance { bits: Vec::new(), chances: Vec::new() };
        for (place, time) in world.resources.learning.iter().enumerate() {
            let chance = |paid: &f64| (time.attends.as_f64() * paid) as f32;
            let chances: Vec<f32> = supply.attendance_paid[place].iter().map(chance).collect();
            let everybody = chances.iter().all(|chance| *chance >= 1.0);
            attendance.bits.push((!everybody).then_some(attendance.chances.len() as u8));
            if !everybody {
                attendance.chances.push(chances);
            }
        }
        attendance
    }
}

/// How each partner stands in each week, by partner: nothing that educators do changes it.
pub fn courses_of_partners(world: &World, supply: &Supply, luck: &Luck) -> Vec<Vec<PartnerState>> {
    let mut stand = vec![PartnerState::Working; world.resources.partners.len()];
    let n_weeks = world.horizon.n_weeks();
    let mut courses: Vec<Vec<PartnerState>> = stand.iter().map(|_| Vec::with_capacity(n_weeks)).collect();
    for week in 0..n_weeks {
        for (place, (stands, course)) in stand.iter_mut().zip(&mut courses).enumerate() {
            *stands = partner_after(world, supply, luck, week, place, *stands);
            course.push(*stands);
        }
    }
    courses
}

/// What the supply of each school is to the kernel.
///
/// Most schools of a district share bells, calendar and dates: what is the same as in a school before is shared.
pub fn settings_of(
    world: &World,
    supply: &Supply,
    parameters: &Parameters,
    attendance: &Attendance,
    partners: &[Vec<PartnerState>],
) -> Vec<Weeks> {
    let mut all: Vec<(Weeks, Rc<[PartnersEffect]>)> = Vec::with_capacity(supply.schools.len());
    for (place, school) in supply.schools.iter().enumerate() {
        let before = || supply.schools[..place].iter().zip(&all);
        let at_work = |other: &SchoolSupply| {
            same(&other.school_week, &school.school_week) && same(&other.partners, &school.partners)
        };
        let practices = before().find(|(other, _)| at_work(other) && same(&other.practices, &school.practices));
        let roles = before().find(|(other, _)| {
            at_work(other)
                && other.roles == school.roles
                && same(&other.learning, &school.learning)
                && same(&other.non_contact, &school.non_contact)
        });
        let known = Known {
            effects: before().find(|(other, _)| at_work(other)).map(|(_, (_, effects))| effects),
            practices: practices.map(|(_, (weeks, _))| &weeks.practices),
            roles: roles.map(|(_, (weeks, _))| &weeks.roles),
        };
        let laid = lay(world, school, parameters, attendance, partners, &known);
        all.push(laid);
    }
    all.into_iter().map(|(weeks, _)| weeks).collect()
}

fn same<T: PartialEq + ?Sized>(one: &Arc<T>, other: &Arc<T>) -> bool {
    Arc::ptr_eq(one, other) || one == other
}

/// What another school has just so.
struct Known<'a> {
    effects: Option<&'a Rc<[PartnersEffect]>>,
    practices: Option<&'a Arc<[PracticeWeeks]>>,
    roles: Option<&'a Arc<[RoleWeeks]>>,
}

/// What a school has, and what its partners do by week.
fn lay(
    world: &World,
    supply: &SchoolSupply,
    parameters: &Parameters,
    attendance: &Attendance,
    partners: &[Vec<PartnerState>],
    known: &Known,
) -> (Weeks, Rc<[PartnersEffect]>) {
    let n_weeks = world.horizon.n_weeks();
    let effects = known.effects.cloned().unwrap_or_else(|| effects(world, supply, partners));
    let by_week = |at: &dyn Fn(usize) -> f64| (0..n_weeks).map(|week| at(week) as f32).collect::<Vec<f32>>();
    let practice = |of: &crate::plan::PracticeSupply| PracticeWeeks {
        authority: by_week(&|week| of.authority[week]),
        expertise_cap: by_week(&|week| of.expertise_cap[week].min(effects[week].expertise_cap)),
        resources_cap: by_week(&|week| of.resources_cap[week].min(effects[week].resources_cap)),
    };
    let role = |slot: usize| {
        let mut learning: Vec<Learning> = (world.resources.learning.iter().enumerate())
            .map(|(place, time)| Learning {
                hours: by_week(&|week| supply.learning.of(week, place)[slot]),
                community: time.kind == LearningKind::CommunityOfPractice,
                voluntary: attendance.bits[place],
            })
            .collect();
        if effects.iter().any(|effect| effect.learning > 0.0) {
            learning.push(Learning {
                hours: by_week(&|week| effects[week].learning),
                community: false,
                voluntary: None,
            });
        }
        RoleWeeks {
            non_contact: by_week(&|week| supply.non_contact.of(week, 0)[slot]),
            duty: world.district.roles[supply.roles[slot]].duty_hours_per_week as f32,
            learning,
        }
    };
    let mut supports: Vec<Support> = (supply.support.iter())
        .map(|of| Support {
            hours: of.hours.iter().map(|hours| *hours as f32).collect(),
            knows: set_of(&world.district.roles[of.role].knows),
        })
        .collect();
    if effects.iter().any(|effect| effect.support > 0.0) {
        supports.push(Support { hours: by_week(&|week| effects[week].support), knows: u8::MAX });
    }
    let weeks = Weeks {
        part: supply.school_week.iter().map(|part| part.min(1.0) as f32).collect(),
        new_schedule: by_week(&|week| new_schedule_hours(supply, parameters, week)),
        practices: match known.practices {
            Some(known) => known.clone(),
            None => supply.practices.iter().map(practice).collect(),
        },
        roles: match known.roles {
            Some(known) => known.clone(),
            None => (0..supply.roles.len()).map(role).collect(),
        },
        supports,
        n_voluntary: attendance.chances.len() as u8,
    };
    (weeks, effects)
}

/// What partners do in a school by week.
fn effects(world: &World, supply: &SchoolSupply, partners: &[Vec<PartnerState>]) -> Rc<[PartnersEffect]> {
    let mut stand = vec![PartnerState::Working; partners.len()];
    let of_week = |week: usize| {
        stand.iter_mut().zip(partners).for_each(|(stands, course)| *stands = course[week]);
        partners_effect(world, supply, week, &stand)
    };
    (0..world.horizon.n_weeks()).map(of_week).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pipeline;
    use crate::scenario;
    use std::path::Path;

    #[test]
    fn what_is_copied_from_another_school_is_what_would_be_laid() {
        for name in ["ccsd93", "reference", "template.ron"] {
            let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios").join(name);
            let scenario = scenario::read(&path).unwrap_or_else(|unread| panic!("{}", unread.findings));
            let checked = pipeline::check(&scenario).unwrap();
            let job = pipeline::job(&scenario, &checked);
            let (luck, parameters, readiness) = job.drawn(3);
            let supply = job.supply(&readiness, &luck);
            let attendance = Attendance::new(&job.world, &supply);
            let partners = courses_of_partners(&job.world, &supply, &luck);
            let all = settings_of(&job.world, &supply, &parameters, &attendance, &partners);
            let known = Known { effects: None, practices: None, roles: None };
            for (school, weeks) in supply.schools.iter().zip(all) {
                let (alone, _) = lay(&job.world, school, &parameters, &attendance, &partners, &known);
                assert_eq!(weeks, alone, "{name}");
            }
        }
    }
}
