//! Synthesising: a territory from published counts, exact where they are published.
//!
//! Has counts, gives districts and schools. Needs no luck: sizes stand at even quantiles and places at multiples
//! of the golden ratio, so that the territory is the same under every seed.

use crate::district::Level;
use crate::findings::Finding;
use crate::findings::Findings;
use crate::nation::apportion;
use crate::nation::atlas;
use crate::nation::counts::Counts;
use crate::nation::counts::StateSchools;
use crate::nation::schools;
use crate::nation::settle;
use crate::nation::sizes;
use crate::nation::territory;
use crate::nation::territory::DistrictDraft;
use crate::nation::territory::SchoolSite;
use crate::nation::territory::Territory;
use crate::source::Mark;
use crate::units::thousands;

/// The territory that the counts describe.
///
/// Totals of the nation (districts, schools by level, pupils, teachers) and published totals of a state are met
/// exactly, and so are the classes of size wherever the pupils of the states allow it.
///
/// # Errors
/// When the counts contradict each other.
pub fn territory(counts: &Counts) -> Result<Territory, Findings> {
    let wrong = counts.check();
    if wrong.has_errors() {
        return Err(wrong);
    }
    let pupils = settle::in_states(counts, &sizes::of_districts(counts));
    let mut rows: Vec<Vec<Vec<SchoolSite>>> = vec![Vec::new(); counts.states.len()];
    let mut n_before = 0;
    for group in groups(counts, &pupils)? {
        let of_group: Vec<u32> = group.rows.iter().flat_map(|row| pupils[*row].iter().copied()).collect();
        let n_schools = schools_by_pupils(group.totals.iter().sum(), &of_group);
        let levels = schools::levels(&n_schools, group.totals);
        let mut made = with_pupils(&of_group, &n_schools, &levels, counts, n_before).into_iter();
        n_before += levels.len() as u64;
        for row in group.rows {
            rows[row] = made.by_ref().take(pupils[row].len()).collect();
        }
    }
    staff_states(counts, &mut rows)?;
    Ok(territory::lay(drafts(counts, &pupils, rows), counts.districts_per_region))
}

/// States whose schools are shared out together.
struct Group {
    rows: Vec<usize>,
    totals: [u64; 5],
}

/// Every state with published schools on its own, and all the others with the schools that are left.
fn groups(counts: &Counts, pupils: &[Vec<u32>]) -> Result<Vec<Group>, Findings> {
    let mut groups = Vec::new();
    let mut left = counts.schools_by_level.map(i64::from);
    let mut others = Vec::new();
    for (row, state) in counts.states.iter().enumerate().filter(|(row, _)| !pupils[*row].is_empty()) {
        let Some(published) = &state.schools else {
            others.push(row);
            continue;
        };
        let totals = by_level(published, &counts.schools_by_level);
        for (left, n) in left.iter_mut().zip(totals) {
            *left -= n as i64;
        }
        groups.push(Group { rows: vec![row], totals });
    }
    let n_districts: usize = others.iter().map(|row| pupils[*row].len()).sum();
    let n_left: i64 = left.iter().sum();
    if left.iter().any(|n| *n < 0) || n_left < n_districts as i64 || (others.is_empty() && n_left > 0) {
        let message = format!("the schools of single states leave {} schools for the others", thousands(n_left));
        let place = counts.written.field("states");
        let help = "check the schools by level of the nation and of those states, or leave the latter out";
        return Err(Finding::error("nation::state_schools", message).at(&place, "").help(help).into());
    }
    groups.push(Group { rows: others, totals: left.map(|n| n as u64) });
    Ok(groups)
}

/// The levels of a state: the published ones, and the rest in proportion to the nation's.
fn by_level(published: &StateSchools, national: &[u32; 5]) -> [u64; 5] {
    let named: u64 = published.by_level.iter().flatten().map(|n| u64::from(*n)).sum();
    let open = |level: usize| if published.by_level[level].is_none() { f64::from(national[level]) } else { 0.0 };
    let weights: [f64; 5] = std::array::from_fn(open);
    let rest = apportion::in_proportion(u64::from(published.total) - named, &weights, 0);
    std::array::from_fn(|level| published.by_level[level].map_or(0, u64::from) + rest[level])
}

/// How many schools each district has: in proportion to its pupils, one at least.
fn schools_by_pupils(total: u64, pupils: &[u32]) -> Vec<u32> {
    let weights: Vec<f64> = pupils.iter().map(|n| f64::from(*n)).collect();
    apportion::in_proportion(total, &weights, 1).into_iter().map(|n| n as u32).collect()
}

fn with_pupils(
    pupils: &[u32],
    n_schools: &[u32],
    levels: &[Level],
    counts: &Counts,
    n_before: u64,
) -> Vec<Vec<SchoolSite>> {
    let mut at = 0;
    let district = |(pupils, n): (&u32, &u32)| {
        let first = at;
        at += *n as usize;
        schools::with_pupils(&levels[first..at], *pupils, &counts.relative_size, n_before + first as u64)
    };
    pupils.iter().zip(n_schools).map(district).collect()
}

/// Gives every state its teachers and every school its part of them.
fn staff_states(counts: &Counts, rows: &mut [Vec<Vec<SchoolSite>>]) -> Result<(), Findings> {
    let n_schools: Vec<u64> = rows.iter().map(|row| row.iter().map(|d| d.len() as u64).sum()).collect();
    let teachers = settle::teachers_by_state(counts, &n_schools);
    for ((row, n_teachers), state) in rows.iter_mut().zip(teachers).zip(&counts.states) {
        let mut all: Vec<&mut SchoolSite> = row.iter_mut().flatten().collect();
        if let Err(n) = schools::staff(&mut all, n_teachers) {
            let message = format!("a school in {} would have {} teachers", state.code, thousands(n as i64));
            let place = counts.written.field("teachers");
            let help = "check the teachers, the schools and their levels: a school has 65,535 teachers at most";
            return Err(Finding::error("nation::crowded_school", message).at(&place, "").help(help).into());
        }
    }
    Ok(())
}

/// Districts by state in the order of the atlas.
fn drafts(counts: &Counts, pupils: &[Vec<u32>], rows: Vec<Vec<Vec<SchoolSite>>>) -> Vec<Vec<DistrictDraft>> {
    let mut drafts: Vec<Vec<DistrictDraft>> = vec![Vec::new(); atlas::TILES.len()];
    for ((state, pupils), schools) in counts.states.iter().zip(pupils).zip(rows) {
        let place = atlas::place_of_code(&state.code).expect("codes were checked");
        let tile = &atlas::TILES[place];
        let draft = |(n, (n_pupils, schools)): (usize, (&u32, Vec<SchoolSite>))| DistrictDraft {
            id: format!("{}-{:04}", tile.code, n + 1),
            name: format!("{}, district {}", tile.name, n + 1),
            n_pupils: *n_pupils,
            teachers: Mark::Computed,
            schools,
        };
        drafts[place] = pupils.iter().zip(schools).enumerate().map(draft).collect();
    }
    drafts
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::nation::counts::StateCounts;
    use crate::nation::sample;
    use crate::nation::territory::places;
    use proptest::prelude::*;
    use std::time::Instant;

    fn pupils_of_largest(territory: &Territory, n: usize) -> f64 {
        let mut sizes: Vec<u32> = territory.districts.iter().map(|d| d.n_pupils).collect();
        sizes.sort_unstable_by(|a, b| b.cmp(a));
        sizes.iter().take(n).map(|n| f64::from(*n)).sum()
    }

    #[test]
    fn the_totals_of_the_nation_are_exact() {
        let nation = sample::nation();
        assert_eq!(nation.districts.len(), 13_318);
        assert_eq!(nation.schools.len(), 99_239); // by hand: 1,535 + 52,450 + 16,300 + 23,742 + 5,212
        assert_eq!(nation.n_schools_by_level(), [1535, 52_450, 16_300, 23_742, 5212]);
        assert_eq!(nation.n_teachers(), 3_139_258);
        assert_eq!(nation.n_pupils(), 49_090_000);
        assert!(nation.schools.iter().all(|s| s.n_teachers >= 1));
    }

    #[test]
    fn states_have_their_teachers_and_illinois_its_schools() {
        let (nation, counts) = (sample::nation(), sample::counts());
        for row in &counts.states {
            let state = &nation.states[atlas::place_of_code(&row.code).unwrap()];
            let n: u64 = places(&state.districts).map(|d| nation.n_teachers_of(d)).sum();
            assert_eq!(n, u64::from(row.n_teachers), "{}", row.code);
        }
        let illinois = &nation.states[atlas::place_of_code("IL").unwrap()];
        let schools: Vec<&SchoolSite> = places(&illinois.districts).flat_map(|d| nation.schools_of(d)).collect();
        let n = |level| schools.iter().filter(|s| s.level == level).count();
        assert_eq!(schools.len(), 4386);
        assert_eq!((n(Level::Elementary), n(Level::Middle), n(Level::High)), (2343, 717, 967));
    }

    #[test]
    fn the_hundred_largest_districts_have_about_a_fifth_of_the_pupils() {
        let nation = sample::nation();
        let part = |n| pupils_of_largest(&nation, n) / nation.n_pupils() as f64;
        // Published for 2007-08: 22.4 % and 43.1 %.
        assert!((0.20..0.25).contains(&part(100)), "{}", part(100));
        assert!((0.40..0.46).contains(&part(500)), "{}", part(500));
    }

    #[test]
    fn classes_have_their_districts_and_their_pupils() {
        let (nation, counts) = (sample::nation(), sample::counts());
        for (class, wanted) in counts.classes.iter().zip(counts.districts_by_class()) {
            let inside = |n: &u32| *n >= class.from && class.to.is_none_or(|to| *n <= to);
            let sizes: Vec<u32> = nation.districts.iter().map(|d| d.n_pupils).filter(inside).collect();
            assert_eq!(sizes.len() as u64, wanted, "from {}", class.from);
            let part = sizes.iter().map(|n| f64::from(*n)).sum::<f64>() / nation.n_pupils() as f64;
            if let Some(share) = class.pupils {
                assert!((part / share.as_f64() - 1.0).abs() < 0.04, "from {}: {part}", class.from);
            }
        }
    }

    #[test]
    fn the_median_district_has_two_or_three_schools_and_schools_are_not_all_alike() {
        let nation = sample::nation();
        let mut n_schools: Vec<usize> = nation.districts.iter().map(|d| d.schools.len()).collect();
        n_schools.sort_unstable();
        assert!((2..=3).contains(&n_schools[n_schools.len() / 2]), "{}", n_schools[n_schools.len() / 2]);
        let mut sizes: Vec<u16> = nation.schools.iter().map(|s| s.n_teachers).collect();
        sizes.sort_unstable();
        let (tenth, ninth) = (sizes[sizes.len() / 10], sizes[sizes.len() * 9 / 10]);
        assert!(
            (8..20).contains(&tenth) && (45..70).contains(&ninth) && sizes[sizes.len() - 1] < 600,
            "{tenth} {ninth} {}",
            sizes[sizes.len() - 1]
        );
    }

    #[test]
    fn the_same_counts_make_the_same_bytes_in_a_blink() {
        let began = Instant::now();
        let text = |t: &Territory| serde_json::to_string(t).unwrap();
        let first = sample::nation();
        println!("synthesis of the nation: {:?}", began.elapsed());
        assert_eq!(text(&first), text(&sample::nation()));
    }

    #[test]
    fn schools_of_single_states_that_leave_too_few_are_refused() {
        let mut counts = sample::counts();
        counts.states[0].schools = Some(StateSchools { total: 92_000, by_level: [None; 5] });
        let wrong = territory(&counts).unwrap_err();
        assert_eq!(
            wrong.to_string(),
            "the schools of single states leave 2,853 schools for the others [nation::state_schools]"
        );
        assert!(territory(&Counts { n_teachers: 7, ..sample::counts() }).is_err());
    }

    #[test]
    fn a_school_with_more_teachers_than_it_can_hold_is_refused() {
        let mut counts = sample::counts().scaled(1);
        counts.n_teachers = 9_000_000;
        assert_eq!(
            territory(&counts).unwrap_err().to_string(),
            "a school in CA would have 749,593 teachers [nation::crowded_school]"
        );
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(24))]
        #[test]
        fn totals_are_exact_and_ranges_partition_at_every_scale(n_districts in prop_oneof![1u32..200, 200u32..3000]) {
            let counts = sample::counts().scaled(n_districts);
            let nation = territory(&counts).unwrap();
            prop_assert_eq!(nation.districts.len(), n_districts as usize);
            prop_assert_eq!(nation.n_schools_by_level(), counts.schools_by_level.map(u64::from));
            prop_assert_eq!(nation.n_teachers(), u64::from(counts.n_teachers));
            prop_assert_eq!(nation.n_pupils(), u64::from(counts.n_pupils));
            prop_assert!(nation.schools.iter().all(|s| s.n_teachers >= 1));
            prop_assert_eq!(territory::check_ranges(&nation), Ok(()));
        }

        #[test]
        fn counts_that_pass_the_check_are_met_whatever_they_are(
            states in prop::collection::vec((1u32..60, 1u32..900_000, 1u32..90_000), 1..51),
            (n_districts, per_district, per_school, per_teacher) in (1u32..600, 1u32..40, 1u32..60, 1u32..30),
            shares in prop::collection::vec(prop::option::of(0.0..0.12f64), 8),
        ) {
            let mut counts = sample::counts().scaled(n_districts);
            let n_schools = n_districts * per_district;
            let by_level = crate::nation::apportion::in_proportion(u64::from(n_schools), &[1.0, 9.0, 3.0, 4.0, 1.0], 0);
            counts.schools_by_level = std::array::from_fn(|level| by_level[level] as u32);
            counts.n_teachers = n_schools * per_school;
            counts.n_pupils = counts.n_teachers * per_teacher;
            counts.states.truncate(states.len());
            for (row, (n_districts, n_pupils, n_teachers)) in counts.states.iter_mut().zip(states) {
                *row = StateCounts { n_districts, n_pupils, n_teachers, schools: None, code: row.code.clone() };
            }
            for (class, share) in counts.classes.iter_mut().zip(shares) {
                class.pupils = share.and_then(crate::units::Share::new);
            }
            prop_assert!(counts.check().is_empty(), "{}", counts.check());
            let nation = territory(&counts).unwrap();
            prop_assert_eq!(nation.districts.len(), n_districts as usize);
            prop_assert_eq!(nation.n_schools_by_level(), counts.schools_by_level.map(u64::from));
            prop_assert_eq!(nation.n_teachers(), u64::from(counts.n_teachers));
            prop_assert_eq!(nation.n_pupils(), u64::from(counts.n_pupils));
            prop_assert!(nation.districts.iter().all(|d| d.n_pupils > 0));
            prop_assert_eq!(territory::check_ranges(&nation), Ok(()));
        }

        #[test]
        fn at_a_tenth_and_above_the_shape_stays(n_districts in 1300u32..16_000) {
            let counts = sample::counts().scaled(n_districts);
            let nation = territory(&counts).unwrap();
            let largest = pupils_of_largest(&nation, n_districts as usize * 100 / 13_318);
            let part = largest / nation.n_pupils() as f64;
            prop_assert!((0.19..0.26).contains(&part), "{}", part);
        }
    }
}
