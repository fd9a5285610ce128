//! What holds people back.

use crate::kernel::Block;
use crate::kernel::Scratch;
use crate::kernel::Shared;
use crate::kernel::capacities::expertise;
use crate::kernel::capacities::resources;
use crate::kernel::capacities::team_routine;
use crate::kernel::capacities::will;
use crate::kernel::help::Lots;
use crate::kernel::help::share_out_support;
use crate::kernel::needs;
use crate::kernel::person::order;
use crate::kernel::view::At;
use crate::kernel::view::look;

/// What holds the educators of a school back in a week, in what they prefer of what they have not come to do by
/// routine: how many are held by will, authority, expertise, resources, and by nothing.
pub fn held_by(block: &Block, shared: &Shared, school: usize, week: usize, scratch: &mut Scratch) -> [u32; 5] {
    let mut held = [0; 5];
    let people = block.schools[school].people.clone();
    let part = shared.settings[block.schools[school].setting].weeks.part[week];
    if part <= 0.0 {
        return held;
    }
    let at = look(block, shared, (school, week));
    // No draws have been made for this week: equals come in the order of their places.
    scratch.words.clear();
    let Scratch { words, asking, support, .. } = scratch;
    share_out_support(block, &at, &Lots { words, week }, asking, support);
    for i in people.clone() {
        let person = &block.people[i];
        let looked_at = order(person.preference, block.n_practices)
            .find(|practice| person.agenda >> practice & 1 == 1 && person.level[*practice] <= 3);
        let place = looked_at.map_or(4, |practice| {
            let hours = scratch.support[practice * people.len() + i - people.start];
            binding(block, &at, (i, practice), hours)
        });
        held[place] += 1;
    }
    held
}

/// The smallest of the capacities that a step needs, the first of equals; the last place when all are full.
fn binding(block: &Block, at: &At, (i, practice): (usize, usize), support: f32) -> usize {
    let step = &at.rules.steps[usize::from(block.people[i].level[practice])];
    let mut least = (FULL, 4);
    let mut take = |needed: u8, place: usize, value: &dyn Fn() -> f32| {
        if step.needs & needed != 0 {
            let value = value();
            if value < least.0 {
                least = (value, place);
            }
        }
    };
    take(needs::WILL, 0, &|| will(block, at, i, practice));
    take(needs::AUTHORITY, 1, &|| at.setting.given(practice, at.week).authority);
    take(needs::EXPERTISE, 2, &|| expertise(block, at, i, practice, support));
    take(needs::RESOURCES, 3, &|| resources(block, at, i, practice, step.hours));
    take(needs::TEAM, 2, &|| team_routine(block, &block.people[i], practice));
    least.1
}

/// Above this a capacity holds nobody back.
const FULL: f32 = 0.999;
