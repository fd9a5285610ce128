//! A side of a comparison, and the groups of people on it.

use crate::district::District;
use crate::ledger::lived::Lived;
use crate::ledger::lived::lived;
use crate::plan::Resources;
use crate::timetable::Timetable;
use crate::timetable::Whose;
use serde::Serialize;

/// One side of a comparison: a scenario without its luck.
#[derive(Debug, Clone, Copy)]
pub struct Side<'a> {
    /// Schools and roles.
    pub district: &'a District,
    /// What rings for whom on each date.
    pub timetable: &'a Timetable,
    /// Money.
    pub resources: &'a Resources,
    /// How many school years of money are told.
    pub n_years: usize,
}

/// Which side.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub enum On {
    /// The first side, the baseline.
    Before,
    /// The second side, the proposal.
    After,
}

/// People of one school who live through the same year: pupils of a grade or staff of a role.
#[derive(Debug, Clone)]
pub struct Group {
    /// Place of the school on its own side.
    pub school: usize,
    /// Who they are.
    pub whose: Whose,
    /// How many: pupils, positions, or full-time equivalents of a shared role \[people\].
    pub people: f64,
}

/// What a group lives through in one school year.
#[derive(Debug, Clone)]
pub struct GroupYear {
    /// Who.
    pub group: Group,
    /// The school year.
    pub year: String,
    /// Her minutes.
    pub lived: Lived,
}

/// Every group with anybody in it: of each school its grades, then its roles in the district's order.
pub fn groups(side: &Side) -> Vec<Group> {
    let mut groups = Vec::new();
    for (school, spec) in side.district.schools.iter().enumerate() {
        let mut add = |whose: Whose, people: f64| {
            if people > 0.0 {
                groups.push(Group { school, whose, people });
            }
        };
        for (grade, pupils) in &spec.pupils {
            add(Whose::Pupils(*grade), f64::from(*pupils));
        }
        for (role, about) in side.district.roles.iter().enumerate() {
            add(Whose::Staff(about.id.clone()), people_of_role(side.district, role, school));
        }
    }
    groups
}

/// People of a role at a school: its positions, and of a shared role its full-time equivalents.
pub fn people_of_role(district: &District, role: usize, school: usize) -> f64 {
    let positions = district.schools[school].positions.iter().filter(|(r, _)| *r == role).map(|(_, n)| n);
    f64::from(positions.sum::<u32>()) + district.fte(role, school)
}

/// Every group in every school year in which something rings for it.
pub fn group_years(side: &Side) -> Vec<GroupYear> {
    let mut all = Vec::new();
    for group in groups(side) {
        for year in &side.timetable.schools[group.school].years {
            if let Some(lived) = lived(side.timetable, year, &group.whose) {
                all.push(GroupYear { group: group.clone(), year: year.id.clone(), lived });
            }
        }
    }
    all
}
