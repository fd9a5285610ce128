//! The end of a school year: who leaves is replaced by a newcomer, who moves takes along what she knows.

use crate::kernel::Block;
use crate::kernel::Shared;
use crate::luck::Decision;

enum Fate {
    Stays,
    Leaves,
    MovesAway,
    MovesWithin,
}

/// Ends the school year of a block in its last week.
pub fn end_year(block: &mut Block, shared: &Shared, week: usize) {
    for district in 0..block.districts.len() {
        let mut moving: Vec<(usize, usize)> = Vec::new();
        for school in block.districts[district].schools.clone() {
            for i in block.schools[school].people.clone() {
                block.settle(shared, school, i, week + 1);
                let person = &mut block.people[i];
                person.experience += 1.0;
                let (sum, weeks) = (std::mem::take(&mut person.load_sum), std::mem::take(&mut person.load_since));
                match fate(block, shared, i, week, sum / f32::from(weeks.max(1))) {
                    Fate::Stays => {}
                    Fate::Leaves => {
                        block.replace(shared, school, i, week);
                        block.happened.leavers += 1;
                    }
                    Fate::MovesAway => {
                        block.replace(shared, school, i, week);
                        block.happened.movers += 1;
                    }
                    Fate::MovesWithin => moving.push((school, i)),
                }
            }
        }
        block.happened.movers += swap_places(block, shared, week, moving);
    }
    change_principals(block, shared, week);
    block.end_of_week();
}

fn fate(block: &Block, shared: &Shared, i: usize, week: usize, load: f32) -> Fate {
    let rules = shared.rules;
    let Some(band) = rules.band_of(block.people[i].experience) else { return Fate::Stays };
    let odds = band.leaves / (1.0 - band.leaves).max(f32::MIN_POSITIVE);
    let odds = if load > 1.0 { odds * libm::powf(rules.leaving_load, load - 1.0) } else { odds };
    let leaves = odds / (1.0 + odds);
    let (u, v) = shared.luck.draw_two(block.key(i), Decision::Turnover, 0, week as u16);
    let (u, v) = (u as f32, v as f32);
    if u < leaves {
        Fate::Leaves
    } else if u >= 1.0 - band.moves {
        // Movers stand at the other end of the draw, so that more leavers do not make other people move.
        if v < rules.moves_within { Fate::MovesWithin } else { Fate::MovesAway }
    } else {
        Fate::Stays
    }
}

/// Movers of a role take each other's positions, in an order drawn by lot; one alone finds none and stays.
fn swap_places(block: &mut Block, shared: &Shared, week: usize, mut moving: Vec<(usize, usize)>) -> u32 {
    if moving.len() < 2 {
        return 0;
    }
    let lot = |i: usize| shared.luck.draw(block.key(i), Decision::Move, 0, week as u16).to_bits();
    moving.sort_by_cached_key(|(_, i)| (block.people[*i].role, lot(*i), *i));
    let mut moved = 0;
    let mut first = 0;
    while first < moving.len() {
        let role = block.people[moving[first].1].role;
        let end = (first..moving.len()).find(|n| block.people[moving[*n].1].role != role).unwrap_or(moving.len());
        if end - first >= 2 {
            moved += (end - first) as u32;
            for n in first..end - 1 {
                exchange(block, shared, moving[n], moving[n + 1]);
            }
        }
        first = end;
    }
    moved
}

/// Two people change positions with all that is theirs; the luck of a position stays with it.
fn exchange(block: &mut Block, shared: &Shared, a: (usize, usize), b: (usize, usize)) {
    let (i, j) = (a.1, b.1);
    let (mine, hers) = (block.people[i], block.people[j]);
    for practice in 0..block.n_practices {
        block.set_level(shared.rules, a.0, i, practice, hers.level[practice]);
        block.set_level(shared.rules, b.0, j, practice, mine.level[practice]);
        let (my_hours, her_hours) = (block.hours_of(i, practice), block.hours_of(j, practice));
        *block.hours_mut(i, practice) = her_hours;
        *block.hours_mut(j, practice) = my_hours;
    }
    if !block.drawn_hours.is_empty() {
        block.drawn_hours.swap(i, j);
    }
    for (place, other) in [(i, hers), (j, mine)] {
        let person = &mut block.people[place];
        (person.disposition, person.experience) = (other.disposition, other.experience);
        (person.preference, person.attends) = (other.preference, other.attends);
    }
    block.renew(shared, a.0, i);
    block.renew(shared, b.0, j);
}

fn change_principals(block: &mut Block, shared: &Shared, week: usize) {
    let rules = shared.rules;
    for school in &mut block.schools {
        if (shared.luck.draw(school.key, Decision::Leadership, 0, week as u16) as f32) < rules.principal_changes {
            let normal = shared.luck.draw_normal(school.key, Decision::Leadership, 1, week as u16) as f32;
            school.leaders = (rules.principal_mean + rules.principal_sd * normal).clamp(0.0, 1.0);
        }
    }
}
