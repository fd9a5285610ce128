//! Bell schedules that differ at a school: what rings on one kind of day, current and proposed.

use crate::bells::Block;
use crate::compare::Side;
use crate::timetable::Whose;
use crate::units::Weekday;

/// What somebody has on a weekday, on both sides.
#[derive(Debug, Clone, PartialEq)]
pub struct DayPair {
    /// Whose day it is.
    pub whose: Whose,
    /// The weekdays on which it rings so.
    pub weekdays: Vec<Weekday>,
    /// How many days of the school year they are.
    pub days: usize,
    /// What rings, on each side.
    pub blocks: [Vec<Block>; 2],
}

/// Days of the first school year on which something else rings for somebody at a school: one entry for each pair of
/// days that differ, whoever it is.
pub fn changed_days(sides: [&Side; 2], school: usize) -> Vec<DayPair> {
    let district = &sides[0].scenario.district;
    let spec = &district.schools[school];
    let grades = spec.grades.iter().map(Whose::Pupils);
    let staff = spec.positions.iter().map(|(role, _)| Whose::Staff(district.roles[*role].id.clone()));
    let mut found: Vec<DayPair> = Vec::new();
    for whose in grades.chain(staff) {
        let [before, after] = sides.map(|s| &s.outcome.timetable);
        let Some(year) = before.schools[school].years.first() else { continue };
        for day in &year.days {
            let Some((_, other)) = after.day(school, day.date) else { continue };
            let blocks = [before.blocks(day, &whose).to_vec(), after.blocks(other, &whose).to_vec()];
            if blocks[0] == blocks[1] {
                continue;
            }
            let weekday = day.date.weekday();
            match found.iter_mut().find(|p| p.whose == whose && p.blocks == blocks) {
                Some(known) => {
                    known.days += 1;
                    if !known.weekdays.contains(&weekday) {
                        known.weekdays.push(weekday);
                    }
                }
                None => found.push(DayPair { whose: whose.clone(), weekdays: vec![weekday], days: 1, blocks }),
            }
        }
    }
    join_grades(found)
}

/// Grades whose days are the same are told once, by the first of them.
fn join_grades(found: Vec<DayPair>) -> Vec<DayPair> {
    let mut joined: Vec<DayPair> = Vec::new();
    for pair in found {
        let same = |known: &DayPair| {
            matches!((&known.whose, &pair.whose), (Whose::Pupils(_), Whose::Pupils(_))) && known.blocks == pair.blocks
        };
        if !joined.iter().any(same) {
            joined.push(pair);
        }
    }
    joined
}
