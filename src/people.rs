//! People: the roster of educators who take up the practice, synthesised from the district's counts.
//!
//! Has positions by school, gives one entry a person with school, team, grade and a key of her own that no
//! other person's coming or going changes. Knows nothing of what happens to them.

use crate::district::District;
use crate::district::Level;
use crate::district::School;
use crate::luck::Key;
use crate::units::Grade;
use std::ops::Range;

/// One position, filled by one person at a time.
#[derive(Debug, Clone, PartialEq)]
pub struct Educator {
    /// Key of the position; the person in it has a part of it for each time it was filled anew.
    pub key: Key,
    /// Place of the school.
    pub school: usize,
    /// Place of the team in the roster.
    pub team: usize,
    /// Place of the role among the roles of her school's supply.
    pub role_slot: usize,
    /// Place of the role in the district.
    pub role: usize,
    /// The grade she teaches; where teachers are shared among grades, the one she is counted with.
    pub grade: Grade,
}

/// Everybody who takes up the practice: schools one after the other, teams one after the other.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Roster {
    /// The educators.
    pub educators: Vec<Educator>,
    /// Which of them make a team.
    pub teams: Vec<Range<usize>>,
    /// Which of them make a school.
    pub schools: Vec<Range<usize>>,
}

/// Whether each class has its own teacher, so that pupils of a grade meet the educators of that grade.
pub fn grades_have_their_own_teachers(school: &School) -> bool {
    match school.level {
        Level::EarlyChildhood | Level::Elementary => true,
        Level::Middle | Level::High | Level::Other => false,
    }
}

/// Synthesises the roster from counts: grades get educators in proportion to their pupils, and neighbours
/// in that order make a team.
pub fn synthesise(district: &District) -> Roster {
    let mut roster = Roster::default();
    for (place, school) in district.schools.iter().enumerate() {
        let first = roster.educators.len();
        let taking_up = school.positions.iter().filter(|(role, _)| district.roles[*role].takes_up_practice);
        for (role_slot, (role, count)) in taking_up.enumerate() {
            let grades = grades_in_proportion(school, *count as usize);
            let of_role = Key::from_name(&format!("{}/{}", school.id, district.roles[*role].id));
            for (n, grade) in grades.into_iter().enumerate() {
                let key = of_role.part(n as u64);
                roster.educators.push(Educator { key, school: place, team: 0, role_slot, role: *role, grade });
            }
        }
        let all = first..roster.educators.len();
        roster.educators[all.clone()].sort_by_key(|e| e.grade);
        lay_teams(&mut roster, all.clone(), school.team_size.max(1) as usize);
        roster.schools.push(all);
    }
    roster
}

/// Teams as even as they can be, none larger than the size that is given.
fn lay_teams(roster: &mut Roster, school: Range<usize>, size: usize) {
    let n = school.len();
    let n_teams = n.div_ceil(size);
    for team in 0..n_teams {
        let members = school.start + n * team / n_teams..school.start + n * (team + 1) / n_teams;
        for educator in &mut roster.educators[members.clone()] {
            educator.team = roster.teams.len();
        }
        roster.teams.push(members);
    }
}

/// So many educators over the grades, in proportion to their pupils (largest remainders).
fn grades_in_proportion(school: &School, n: usize) -> Vec<Grade> {
    let pupils = f64::from(school.n_pupils().max(1));
    let ideal: Vec<f64> = school.pupils.iter().map(|(_, p)| n as f64 * f64::from(*p) / pupils).collect();
    let mut counts: Vec<usize> = ideal.iter().map(|x| x.floor() as usize).collect();
    let mut by_remainder: Vec<usize> = (0..ideal.len()).collect();
    by_remainder.sort_by(|a, b| (ideal[*b] - ideal[*b].floor()).total_cmp(&(ideal[*a] - ideal[*a].floor())));
    let missing = n.saturating_sub(counts.iter().sum());
    for place in by_remainder.into_iter().cycle().take(if ideal.is_empty() { 0 } else { missing }) {
        counts[place] += 1;
    }
    school.pupils.iter().zip(counts).flat_map(|((grade, _), count)| vec![*grade; count]).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::findings::Place;
    use crate::units::Grades;
    use crate::units::Share;
    use proptest::prelude::*;

    fn school(pupils: &[(&str, u32)]) -> School {
        School {
            id: "oak".into(),
            name: "Oak".into(),
            state: "IL".into(),
            level: Level::Elementary,
            grades: Grades::ALL,
            pupils: pupils.iter().map(|(g, n)| (Grade::from_text(g).unwrap(), *n)).collect(),
            positions: vec![],
            team_size: 4,
            calendar: 0,
            bells: Default::default(),
            leaders_support: Share::new(0.5).unwrap(),
            families_support: Share::new(0.5).unwrap(),
            written: Place::nowhere(),
        }
    }

    #[test]
    fn grades_get_educators_in_proportion_to_their_pupils() {
        let grades = grades_in_proportion(&school(&[("K", 50), ("1", 25), ("2", 25)]), 6);
        let count = |g: &str| grades.iter().filter(|x| x.to_string() == g).count();
        // by hand: 6 * 50/100 = 3; 6 * 25/100 = 1.5 each, so one of the two gets 2
        assert_eq!((count("K"), count("1"), count("2")), (3, 2, 1));
    }

    proptest! {
        #[test]
        fn nobody_is_lost_and_no_team_is_too_large(n in 0usize..60, k in 1u32..90, one in 1u32..90) {
            let school = school(&[("K", k), ("1", one)]);
            prop_assert_eq!(grades_in_proportion(&school, n).len(), n);
            let mut roster = Roster::default();
            for grade in grades_in_proportion(&school, n) {
                roster.educators.push(Educator { key: Key::from_name("x"), school: 0, team: 0, role_slot: 0, role: 0, grade });
            }
            lay_teams(&mut roster, 0..n, 4);
            prop_assert!(roster.teams.iter().all(|t| (1..=4).contains(&t.len())));
            prop_assert_eq!(roster.teams.iter().map(|t| t.len()).sum::<usize>(), n);
        }
    }
}
