//! Whether two runs can be compared person by person: the same people, weeks, practices and luck.
//!
//! What a proposal may change (hours, coaches, money, dates, clauses, bells) is not looked at.

use crate::adoption::World;
use crate::district::School;
use crate::ensemble::Job;
use crate::people::Educator;
use std::collections::BTreeMap;

/// Why two runs cannot be compared, in words; nothing when they can.
///
/// The people who take up the practice must be the same in every school and role. Other roles may differ:
/// a proposal that adds coaches changes what is done with the same people.
pub fn why_not_comparable(baseline: &Job, other: &Job) -> Vec<String> {
    let (a, b) = (&baseline.world, &other.world);
    let mut reasons = Vec::new();
    if baseline.seed != other.seed {
        reasons.push(format!("they are run under different luck: seed {} and seed {}", baseline.seed, other.seed));
    }
    reasons.extend(different_weeks(a, b));
    reasons.extend(different_ids("practices", ids_of_practices(a), ids_of_practices(b)));
    reasons.extend(different_ids("models", ids_of_models(a), ids_of_models(b)));
    if bands(a) != bands(b) {
        reasons.push(format!("their bands of experience begin at {:?} and at {:?} years", bands(a), bands(b)));
    }
    let schools = different_ids("schools", ids_of_schools(a), ids_of_schools(b));
    if schools.is_empty() {
        let both = a.district.schools.iter().zip(&b.district.schools).enumerate();
        reasons.extend(both.flat_map(|(place, (one, two))| different_people(a, b, place, one, two)));
    }
    reasons.extend(schools);
    reasons
}

fn different_weeks(a: &World, b: &World) -> Vec<String> {
    let mut reasons = Vec::new();
    if a.horizon.from != b.horizon.from {
        reasons.push(format!("their first days differ: {} and {}", a.horizon.from, b.horizon.from));
    }
    if a.horizon.n_years != b.horizon.n_years {
        reasons.push(format!("they last {} and {} years", a.horizon.n_years, b.horizon.n_years));
    }
    let years = |w: &World| w.year_ends.iter().map(|(id, _)| id.clone()).collect();
    reasons.extend(different_ids("school years", years(a), years(b)));
    reasons
}

fn ids_of_practices(world: &World) -> Vec<String> {
    world.resources.practices.iter().map(|p| p.id.clone()).collect()
}

fn ids_of_models(world: &World) -> Vec<String> {
    world.resources.models.iter().map(|m| m.id.clone()).collect()
}

fn ids_of_schools(world: &World) -> Vec<String> {
    world.district.schools.iter().map(|s| s.id.clone()).collect()
}

fn bands(world: &World) -> Vec<u32> {
    world.rules.turnover.iter().map(|b| b.from_years).collect()
}

fn different_ids(what: &str, one: Vec<String>, two: Vec<String>) -> Vec<String> {
    let only = |a: &[String], b: &[String]| -> Vec<String> { a.iter().filter(|id| !b.contains(id)).cloned().collect() };
    let (first, second) = (only(&one, &two), only(&two, &one));
    let side = |name: &str, ids: &[String]| match ids {
        [] => None,
        some => Some(format!("only {name} has the {what} {}", some.join(", "))),
    };
    let mut reasons: Vec<String> =
        [side("the baseline", &first), side("the other side", &second)].into_iter().flatten().collect();
    if reasons.is_empty() && one != two {
        reasons.push(format!("their {what} stand in different orders: {} and {}", one.join(", "), two.join(", ")));
    }
    reasons
}

fn different_people(a: &World, b: &World, place: usize, one: &School, two: &School) -> Vec<String> {
    let (first, second) = (takers(a, one), takers(b, two));
    let roles: Vec<&str> = first.keys().chain(second.keys().filter(|r| !first.contains_key(*r))).copied().collect();
    let count = |counts: &BTreeMap<&str, u32>, role: &str| counts.get(role).copied().unwrap_or(0);
    let mut reasons: Vec<String> = (roles.into_iter())
        .filter(|role| count(&first, role) != count(&second, role))
        .map(|role| {
            let (n, m) = (count(&first, role), count(&second, role));
            format!("{}: {n} positions of the role {role} in the baseline, {m} in the other side", one.name)
        })
        .collect();
    if one.pupils != two.pupils {
        reasons.push(format!("{}: {} and {} pupils, or other grades", one.name, one.n_pupils(), two.n_pupils()));
    }
    if one.level != two.level {
        reasons.push(format!("{}: level {:?} and level {:?}", one.name, one.level, two.level));
    }
    // The same counts may still make other people: roles written in another order, say.
    let who = |w: &World| -> Vec<Educator> {
        let people = &w.roster.educators[w.roster.schools[place].clone()];
        people.iter().map(|e| Educator { team: 0, role: 0, role_slot: 0, ..e.clone() }).collect()
    };
    if reasons.is_empty() && who(a) != who(b) {
        reasons.push(format!("{}: its educators stand in different orders or teach different grades", one.name));
    }
    reasons
}

/// Positions of a school that take up the practice, by role.
fn takers<'a>(world: &World<'a>, school: &School) -> BTreeMap<&'a str, u32> {
    let roles = &world.district.roles;
    let taking = school.positions.iter().filter(|(role, _)| roles[*role].takes_up_practice);
    taking.map(|(role, n)| (roles[*role].id.as_str(), *n)).collect()
}
