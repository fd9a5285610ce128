//! The educators of a nation, in blocks of districts.

use crate::ensemble::Job;
use crate::kernel::Block;
use crate::kernel::Position;
use crate::kernel::SchoolStart;
use crate::luck::Key;
use crate::nation::plan::NationPlan;
use crate::nation::territory::places;
use std::ops::Range;

/// The roles that take up the practice in a school of the scenario, with their parts of the staff, and what suits them.
#[derive(Debug, Clone)]
struct Staff {
    /// Parts of the staff, by place of the role in the school's supply.
    parts: Vec<f64>,
    team_size: usize,
    /// Practices that suit, as a set of bits.
    suits: u8,
    /// Supports that help, as a set of bits.
    helped_by: u8,
    leaders: f32,
    families: f32,
}

/// What a district begins with.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct DistrictStart {
    /// Hours of learning for each hour of the template.
    pub learning: f32,
    /// Hours of support for each hour of the template.
    pub support: f32,
}

/// Makes the blocks, each with the districts that it holds: consecutive, of one state, and of at least so many people
/// where the state has them.
pub fn blocks(
    job: &Job,
    plan: &NationPlan,
    at_least: usize,
    start: &(dyn Fn(usize) -> DistrictStart + Sync),
    setting: &(dyn Fn(usize, usize) -> usize + Sync),
) -> Vec<(Range<usize>, Block)> {
    use rayon::prelude::*;
    let staff: Vec<Staff> = (0..job.world.district.schools.len()).map(|school| staff(job, school)).collect();
    let ranges = ranges(plan, at_least);
    let make = |districts: &Range<usize>| {
        let mut block = Block::new(job.world.n_practices());
        for district in districts.clone() {
            let DistrictStart { learning, support } = start(district);
            block.add_district(learning, support);
            let site = &plan.territory.districts[district];
            let key = Key::from_name(&site.id);
            for (number, school) in plan.territory.schools_of(district).iter().enumerate() {
                let template = plan.template[school.level as usize];
                add_school(
                    &mut block,
                    &staff[template],
                    key.part(number as u64),
                    school.n_teachers,
                    setting(district, template),
                );
            }
        }
        (districts.clone(), block)
    };
    ranges.par_iter().map(make).collect()
}

/// Consecutive districts of one state.
fn ranges(plan: &NationPlan, at_least: usize) -> Vec<Range<usize>> {
    let mut ranges = Vec::new();
    for state in &plan.territory.states {
        let (mut first, mut people) = (state.districts.start as usize, 0);
        for district in places(&state.districts) {
            people += plan.territory.n_teachers_of(district) as usize;
            if people >= at_least {
                ranges.push(first..district + 1);
                (first, people) = (district + 1, 0);
            }
        }
        if first < state.districts.end as usize {
            ranges.push(first..state.districts.end as usize);
        }
    }
    ranges
}

fn staff(job: &Job, school: usize) -> Staff {
    let world = &job.world;
    let spec = &world.district.schools[school];
    let taking_up: Vec<f64> = (spec.positions.iter())
        .filter(|(role, _)| world.district.roles[*role].takes_up_practice)
        .map(|(_, n)| f64::from(*n))
        .collect();
    let all: f64 = taking_up.iter().sum::<f64>().max(1.0);
    // A practice or a helper for some grades of the school is one for the school: its classes are not told apart here.
    let meets = |grades: &crate::units::Grades| spec.pupils.iter().any(|(grade, _)| grades.contains(*grade));
    let suits =
        (world.resources.practices.iter().enumerate()).fold(0, |set, (p, of)| set | u8::from(meets(&of.grades)) << p);
    let n_roles = world.district.support_roles().count();
    let roles = world.district.support_roles().enumerate();
    let helped_by = roles
        .fold(u8::MAX << n_roles, |set, (bit, role)| set | u8::from(meets(&world.district.roles[role].grades)) << bit);
    Staff {
        parts: taking_up.iter().map(|n| n / all).collect(),
        team_size: spec.team_size.max(1) as usize,
        suits,
        helped_by,
        leaders: spec.leaders_support.as_f64() as f32,
        families: spec.families_support.as_f64() as f32,
    }
}

fn add_school(block: &mut Block, staff: &Staff, key: Key, n: u16, setting: usize) {
    let n = usize::from(n);
    let n_teams = n.div_ceil(staff.team_size);
    let teams = (0..n_teams).map(|team| n * (team + 1) / n_teams - n * team / n_teams);
    let role = |i: usize| {
        let place = (i as f64 + 0.5) / n as f64;
        let mut below = 0.0;
        (staff
            .parts
            .iter()
            .position(|part| {
                below += part;
                place < below
            })
            .unwrap_or(0)) as u8
    };
    let positions = (0..n).map(|i| Position {
        key: key.part(i as u64),
        role: role(i),
        suits: staff.suits,
        helped_by: staff.helped_by,
        weight: 1.0 / n as f32,
    });
    let start = SchoolStart { key, setting, leaders: staff.leaders, families: staff.families };
    block.add_school(start, teams, positions);
}
