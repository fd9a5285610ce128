//! Schools of districts: how many, of which level, with how many pupils and teachers.
//!
//! Has pupils and teachers of districts, gives schools whose totals are exact. One rule serves districts that
//! were synthesised and districts that were read.

use crate::district::Level;
use crate::nation::apportion;
use crate::nation::settle::bell;
use crate::nation::settle::golden;
use crate::nation::territory::LEVELS;
use crate::nation::territory::SchoolSite;

/// How schools are made from pupils.
#[derive(Debug, Clone, PartialEq)]
pub struct SchoolRule {
    /// Pupils of a school of mean size.
    pub pupils_per_school: f64,
    /// Which part of all schools has each level, in the order of [`LEVELS`].
    pub shares: [f64; 5],
    /// How many pupils a school of each level has, compared with the mean; same order.
    pub relative_size: [f64; 5],
}

/// No school has more teachers than this where the number of schools is free.
const MOST_TEACHERS_A_SCHOOL: u64 = 400;

impl SchoolRule {
    /// How many schools a district of its own has: by its pupils, more where its teachers would not fit.
    pub fn n_schools(&self, n_pupils: u32, n_teachers: u64) -> u32 {
        let by_pupils = (f64::from(n_pupils) / self.pupils_per_school.max(1.0)).round() as u64;
        by_pupils.max(n_teachers.div_ceil(MOST_TEACHERS_A_SCHOOL)).clamp(1, u64::from(u32::MAX)) as u32
    }

    /// So many schools by level, in the order of [`LEVELS`].
    pub fn by_level(&self, n_schools: u64) -> [u64; 5] {
        let parts = apportion::in_proportion(n_schools, &self.shares, 0);
        std::array::from_fn(|level| parts[level])
    }
}

/// Levels of the schools of all districts, one district after the other, lowest level first in each.
///
/// Every school takes the level that its district and all districts so far lack most, as long as there are
/// schools of that level left, so that the totals come out exactly and a district of three has one of each.
pub fn levels(n_by_district: &[u32], totals: [u64; 5]) -> Vec<Level> {
    let total: u64 = totals.iter().sum();
    let shares = totals.map(|n| n as f64 / total.max(1) as f64);
    let mut left = totals;
    let mut levels = Vec::with_capacity(total as usize);
    for n in n_by_district {
        let first = levels.len();
        let mut in_district = [0.0; 5];
        for _ in 0..*n {
            let placed = levels.len() as f64 + 1.0;
            let lack = |level: usize| {
                let of_all = shares[level] * placed - (totals[level] - left[level]) as f64;
                let of_district = shares[level] * f64::from(*n) - in_district[level];
                of_all + of_district * OWN_LEVELS_FIRST
            };
            let open = (0..LEVELS.len()).filter(|level| left[*level] > 0);
            let most = open.max_by(|a, b| lack(*a).total_cmp(&lack(*b)).then(b.cmp(a)));
            let level = most.expect("there are as many levels as schools");
            left[level] -= 1;
            in_district[level] += 1.0;
            levels.push(LEVELS[level]);
        }
        levels[first..].sort_unstable();
    }
    levels
}

/// How much more the levels of the district count than those of all: enough that few districts of one school
/// have a middle school, and little enough that the larger ones make up for it.
const OWN_LEVELS_FIRST: f64 = 4.0;

/// Schools of one district from the levels they have; teachers are still missing.
///
/// `first` counts the schools before these: it turns the wheel that makes schools of one level differ in size.
pub fn with_pupils(levels: &[Level], n_pupils: u32, relative_size: &[f64; 5], first: u64) -> Vec<SchoolSite> {
    let weight = |(place, level): (usize, &Level)| {
        let apart = bell(golden(first + place as u64)).clamp(-FARTHEST_SCHOOL, FARTHEST_SCHOOL);
        let spread = libm::exp(apart * SPREAD_OF_SCHOOLS);
        relative_size[*level as usize] * spread
    };
    let weights: Vec<f64> = levels.iter().enumerate().map(weight).collect();
    let pupils = apportion::in_proportion(u64::from(n_pupils), &weights, 1);
    let site = |(level, n): (&Level, u64)| SchoolSite { level: *level, n_teachers: 0, n_pupils: n as u32 };
    levels.iter().zip(pupils).map(site).collect()
}

/// Standard deviation of the logarithm of the pupils of schools of one level in one district; nobody published it.
const SPREAD_OF_SCHOOLS: f64 = 0.65;
/// No school lies farther from the others of its level than so many standard deviations.
const FARTHEST_SCHOOL: f64 = 2.5;

/// Gives so many teachers to schools in proportion to their pupils, at least one to each.
///
/// Gives back the number of teachers of the first school that would have more than it can hold.
pub fn staff(schools: &mut [&mut SchoolSite], n_teachers: u64) -> Result<(), u64> {
    let weights: Vec<f64> = schools.iter().map(|s| f64::from(s.n_pupils)).collect();
    let teachers = apportion::in_proportion(n_teachers.max(schools.len() as u64), &weights, 1);
    for (school, n) in schools.iter_mut().zip(teachers) {
        school.n_teachers = u16::try_from(n).map_err(|_| n)?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const SHARES: [f64; 5] = [0.016, 0.528, 0.164, 0.239, 0.053];

    fn rule() -> SchoolRule {
        SchoolRule { pupils_per_school: 495.0, shares: SHARES, relative_size: [0.35, 0.814, 1.309, 1.199, 0.6] }
    }

    #[test]
    fn a_district_has_a_school_for_every_mean_number_of_pupils_and_one_at_least() {
        let n = |pupils, teachers| rule().n_schools(pupils, teachers);
        assert_eq!((n(0, 3), n(742, 50), n(743, 50)), (1, 1, 2)); // by hand: 742.5 is one school and a half
        assert_eq!(n(0, 5157), 13); // by hand: 5,157 / 400 = 12.9
    }

    #[test]
    fn districts_of_three_have_one_school_of_each_level_mostly() {
        let all = levels(&[3; 100], [0, 120, 80, 100, 0]);
        let one_of_each = all.chunks(3).filter(|d| **d == [Level::Elementary, Level::Middle, Level::High]).count();
        assert!(one_of_each >= 60, "{one_of_each}");
    }

    #[test]
    fn a_large_district_has_levels_in_proportion() {
        let all = levels(&[200, 1, 1, 7, 400], rule().by_level(609));
        let n_elementary = all[..200].iter().filter(|l| **l == Level::Elementary).count();
        assert!((103..=108).contains(&n_elementary), "{n_elementary}"); // by hand: 200 * 0.528 = 105.6
    }

    proptest! {
        #[test]
        fn levels_come_out_exactly(n_by_district in prop::collection::vec(1u32..30, 1..80)) {
            let total: u32 = n_by_district.iter().sum();
            let wanted = rule().by_level(u64::from(total));
            let all = levels(&n_by_district, wanted);
            prop_assert_eq!(LEVELS.map(|l| all.iter().filter(|x| **x == l).count() as u64), wanted);
        }

        #[test]
        fn pupils_and_teachers_of_a_district_are_all_in_its_schools(
            n_pupils in 0u32..500_000, n_teachers in 0u64..40_000, first: u32,
        ) {
            let n = rule().n_schools(n_pupils, n_teachers);
            let levels = levels(&[n], rule().by_level(u64::from(n)));
            let mut schools = with_pupils(&levels, n_pupils, &rule().relative_size, u64::from(first));
            prop_assert_eq!(schools.iter().map(|s| u64::from(s.n_pupils)).sum::<u64>(), u64::from(n_pupils));
            let mut places: Vec<&mut SchoolSite> = schools.iter_mut().collect();
            prop_assert_eq!(staff(&mut places, n_teachers), Ok(()));
            prop_assert!(schools.iter().all(|s| s.n_teachers >= 1));
            let sum: u64 = schools.iter().map(|s| u64::from(s.n_teachers)).sum();
            prop_assert_eq!(sum, n_teachers.max(u64::from(n)));
        }
    }
}
