//! Classes: schools that share their answers, because bells, days, grades, roles and clauses are the same.
//!
//! Counts of people may differ within a class: clauses that ask for them are judged apart.

use crate::candidates::Terrain;
use crate::clauses::Clause;
use crate::clauses::Waiver;
use crate::district::School;
use crate::timetable::Year;

/// Schools with the same answers.
#[derive(Debug, Clone, PartialEq)]
pub struct Class {
    /// Places of the schools, at least one.
    pub schools: Vec<usize>,
    /// Their tier, by place.
    pub tier: Option<usize>,
    /// Whether they release.
    pub releases: bool,
}

/// Schools by class, in the order of their first schools.
pub fn classes(terrain: &Terrain) -> Vec<Class> {
    let mut all: Vec<Class> = Vec::new();
    for school in 0..terrain.district.schools.len() {
        let tier = terrain.search.tiers.iter().position(|t| t.schools.contains(&school));
        let releases = terrain.search.release.as_ref().is_some_and(|r| r.schools.contains(&school));
        let same = |c: &&mut Class| c.tier == tier && c.releases == releases && alike(terrain, c.schools[0], school);
        match all.iter_mut().find(same) {
            Some(class) => class.schools.push(school),
            None => all.push(Class { schools: vec![school], tier, releases }),
        }
    }
    all
}

fn alike(terrain: &Terrain, one: usize, other: usize) -> bool {
    let (a, b) = (&terrain.district.schools[one], &terrain.district.schools[other]);
    let years = |n: usize| &terrain.timetable.schools[n].years;
    let same_days = |(x, y): (&Year, &Year)| x.id == y.id && x.days == y.days && x.terms == y.terms;
    let clause = |c: &Clause| c.applies.schools.contains(&a.id) == c.applies.schools.contains(&b.id);
    let waiver = |w: &Waiver| w.schools.contains(&a.id) == w.schools.contains(&b.id);
    a.grades == b.grades
        && a.state == b.state
        && held(a) == held(b)
        && terrain.book.clauses.iter().all(clause)
        && terrain.book.waivers.iter().all(waiver)
        && years(one).len() == years(other).len()
        && years(one).iter().zip(years(other)).all(same_days)
}

/// Roles that somebody holds in a school, by place.
pub fn held(school: &School) -> Vec<usize> {
    let mut roles: Vec<usize> = school.positions.iter().filter(|(_, n)| *n > 0).map(|(role, _)| *role).collect();
    roles.sort_unstable();
    roles
}
