//! Which groups stand on both sides, and what stands on one only.

use crate::ledger::On;
use crate::ledger::Side;
use crate::ledger::side::GroupYear;
use crate::timetable::Whose;
use serde::Serialize;
use std::collections::BTreeMap;

/// What the other side does not have.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub enum Missing {
    /// A whole school, by its id.
    School(String),
    /// A school year of a school that both have.
    Year {
        /// The school's id.
        school: String,
        /// The school year.
        year: String,
    },
    /// A grade or role of a school and year that both have: nobody is in it, or nothing rings for it.
    Group {
        /// The school's id.
        school: String,
        /// Who.
        whose: Whose,
        /// The school year.
        year: String,
    },
}

/// Something that stands on one side only and is therefore not compared.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct OneSided {
    /// The side that has it.
    pub only_on: On,
    /// What it is.
    pub what: Missing,
}

type Key = (String, String, Whose);

fn key(side: &Side, year: &GroupYear) -> Key {
    let school = &side.district.schools[year.group.school];
    (school.id.clone(), year.year.clone(), year.group.whose.clone())
}

/// Pairs of the same group and school year, in the order of the first side, and what has no partner.
///
/// Schools, roles and school years are the same when their ids are, wherever they stand in their lists.
pub fn matched(sides: [&Side; 2], all: [Vec<GroupYear>; 2]) -> (Vec<[GroupYear; 2]>, Vec<OneSided>) {
    let [before, after] = all;
    let mut others: BTreeMap<Key, GroupYear> = after.into_iter().map(|year| (key(sides[1], &year), year)).collect();
    let (mut pairs, mut alone) = (Vec::new(), Vec::new());
    for year in before {
        let key = key(sides[0], &year);
        match others.remove(&key) {
            Some(other) => pairs.push([year, other]),
            None => alone.push(one_sided(key, On::Before, sides[1])),
        }
    }
    alone.extend(others.into_keys().map(|key| one_sided(key, On::After, sides[0])));
    alone.sort();
    alone.dedup();
    (pairs, alone)
}

/// The largest thing that the other side lacks: a school before its years, a year before its groups.
fn one_sided((school, year, whose): Key, only_on: On, other: &Side) -> OneSided {
    let what = match other.district.school(&school) {
        None => Missing::School(school),
        Some(place) if other.timetable.schools[place].years.iter().all(|y| y.id != year) => {
            Missing::Year { school, year }
        }
        Some(_) => Missing::Group { school, whose, year },
    };
    OneSided { only_on, what }
}
