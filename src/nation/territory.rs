//! The territory: states, districts and schools, each a few numbers, with who belongs to whom as ranges.
//!
//! Has no rules and no people; gives later rooms places to count in and neighbours to listen to.

use crate::district::Level;
use crate::nation::atlas;
use crate::source::Mark;
use serde::Serialize;
use std::ops::Range;

/// All levels in the order in which tables give them.
pub const LEVELS: [Level; 5] = [Level::EarlyChildhood, Level::Elementary, Level::Middle, Level::High, Level::Other];

/// A state.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct State {
    /// Its postal code.
    pub code: &'static str,
    /// Its name.
    pub name: &'static str,
    /// Column on the map of tiles.
    pub column: u8,
    /// Row on the map of tiles.
    pub row: u8,
    /// Its districts; empty where the territory has none of it.
    pub districts: Range<u32>,
    /// Its service regions.
    pub regions: Range<u32>,
}

/// A district. Its order within the state is its place on the ring that stands for geography.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct DistrictSite {
    /// Its id: seven digits where the federal government gave it, else made from the state.
    pub id: String,
    /// Its name.
    pub name: String,
    /// Place of its state.
    pub state: u16,
    /// Place of its service region, counted through the nation.
    pub region: u32,
    /// Its schools.
    pub schools: Range<u32>,
    /// Pupils of all its schools.
    pub n_pupils: u32,
    /// How well its number of teachers is known.
    pub teachers: Mark,
}

/// A school.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct SchoolSite {
    /// Its level.
    pub level: Level,
    /// Its teachers, at least one.
    pub n_teachers: u16,
    /// Its pupils.
    pub n_pupils: u32,
}

/// A nation or a part of it. Districts stand grouped by state and region, schools grouped by district.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct Territory {
    /// Every state in the order of the atlas, also those without districts here.
    pub states: Vec<State>,
    /// Districts of each service region.
    pub regions: Vec<Range<u32>>,
    /// The districts.
    pub districts: Vec<DistrictSite>,
    /// The schools.
    pub schools: Vec<SchoolSite>,
}

impl Territory {
    /// The schools of a district.
    pub fn schools_of(&self, district: usize) -> &[SchoolSite] {
        &self.schools[places(&self.districts[district].schools)]
    }

    /// Teachers of a district.
    pub fn n_teachers_of(&self, district: usize) -> u64 {
        self.schools_of(district).iter().map(|s| u64::from(s.n_teachers)).sum()
    }

    /// Teachers of all schools.
    pub fn n_teachers(&self) -> u64 {
        self.schools.iter().map(|s| u64::from(s.n_teachers)).sum()
    }

    /// Pupils of all schools.
    pub fn n_pupils(&self) -> u64 {
        self.schools.iter().map(|s| u64::from(s.n_pupils)).sum()
    }

    /// Schools by level, in the order of [`LEVELS`].
    pub fn n_schools_by_level(&self) -> [u64; 5] {
        LEVELS.map(|level| self.schools.iter().filter(|s| s.level == level).count() as u64)
    }

    /// Bytes that the territory holds, names and ids included.
    pub fn n_bytes(&self) -> usize {
        let texts: usize = self.districts.iter().map(|d| d.id.capacity() + d.name.capacity()).sum();
        texts
            + self.states.capacity() * size_of::<State>()
            + self.regions.capacity() * size_of::<Range<u32>>()
            + self.districts.capacity() * size_of::<DistrictSite>()
            + self.schools.capacity() * size_of::<SchoolSite>()
    }
}

/// A district before it has its place.
#[derive(Debug, Clone, PartialEq)]
pub struct DistrictDraft {
    /// Its id.
    pub id: String,
    /// Its name.
    pub name: String,
    /// Pupils of all its schools.
    pub n_pupils: u32,
    /// How well its number of teachers is known.
    pub teachers: Mark,
    /// Its schools.
    pub schools: Vec<SchoolSite>,
}

/// Lays out districts, given by state in the order of the atlas, in the order in which they come.
///
/// No file says which districts a service agency serves: regions are equal stretches of the order in the state.
pub fn lay(by_state: Vec<Vec<DistrictDraft>>, districts_per_region: u32) -> Territory {
    let mut territory = Territory::default();
    for (place, (tile, drafts)) in atlas::TILES.iter().zip(by_state).enumerate() {
        let first = territory.districts.len() as u32;
        let first_region = territory.regions.len() as u32;
        let n = drafts.len() as u32;
        let n_regions = (n / districts_per_region.max(1)).max(1).min(n);
        let bounds = |region: u32| first + (u64::from(n) * u64::from(region) / u64::from(n_regions.max(1))) as u32;
        territory.regions.extend((0..n_regions).map(|region| bounds(region)..bounds(region + 1)));
        let mut region = first_region;
        for draft in drafts {
            let district = territory.districts.len() as u32;
            if territory.regions[region as usize].end <= district {
                region += 1;
            }
            territory.districts.push(district_of(draft, place as u16, region, &mut territory.schools));
        }
        territory.states.push(State {
            code: tile.code,
            name: tile.name,
            column: tile.column,
            row: tile.row,
            districts: first..first + n,
            regions: first_region..territory.regions.len() as u32,
        });
    }
    territory
}

fn district_of(draft: DistrictDraft, state: u16, region: u32, schools: &mut Vec<SchoolSite>) -> DistrictSite {
    let first = schools.len() as u32;
    schools.extend(draft.schools);
    let DistrictDraft { id, name, n_pupils, teachers, .. } = draft;
    DistrictSite { id, name, state, region, schools: first..schools.len() as u32, n_pupils, teachers }
}

/// A range of places as an index into a slice.
pub fn places(range: &Range<u32>) -> Range<usize> {
    range.start as usize..range.end as usize
}

/// Which districts form a ring of neighbours.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub enum Ring {
    /// Those of one service region.
    Region,
    /// Those of one state.
    State,
}

/// Who is next to whom: the lists of all districts one after the other.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Neighbours {
    /// Where the list of each district begins; one more entry ends the last.
    pub starts: Vec<u32>,
    /// Places of districts, nearest first.
    pub list: Vec<u32>,
}

impl Neighbours {
    /// The neighbours of a district, nearest first.
    pub fn of(&self, district: usize) -> &[u32] {
        &self.list[self.starts[district] as usize..self.starts[district + 1] as usize]
    }
}

/// The districts next to each district: so many on each side of it on its ring, fewer on a small ring.
///
/// A stand-in for geography: no file says which districts border on each other, so districts of a ring stand in
/// a circle in the order of the territory. Neighbours are always mutual, and nobody is listed twice.
pub fn neighbours_of(territory: &Territory, ring: Ring, each_side: u32) -> Neighbours {
    let mut neighbours = Neighbours { starts: vec![0], list: Vec::new() };
    let by_state: Vec<Range<u32>> = territory.states.iter().map(|s| s.districts.clone()).collect();
    let rings = match ring {
        Ring::Region => &territory.regions,
        Ring::State => &by_state,
    };
    for members in rings {
        let n = members.end - members.start;
        for place in 0..n {
            for step in (1..=each_side).take_while(|step| 2 * step <= n) {
                let (before, after) = ((place + n - step) % n, (place + step) % n);
                neighbours.list.push(members.start + before);
                if after != before {
                    neighbours.list.push(members.start + after);
                }
            }
            neighbours.starts.push(neighbours.list.len() as u32);
        }
    }
    neighbours
}

/// Whether states, regions, districts and schools follow on each other without gap or overlap, for tests.
#[cfg(test)]
pub fn check_ranges(territory: &Territory) -> Result<(), String> {
    let follow = |what: &str, ranges: Vec<&Range<u32>>, end: usize| {
        let mut next = 0;
        for range in ranges {
            if range.start != next || range.end < range.start {
                return Err(format!("{what}: {range:?} does not begin at {next}"));
            }
            next = range.end;
        }
        if next as usize == end { Ok(()) } else { Err(format!("{what}: they end at {next}, not at {end}")) }
    };
    let Territory { states, regions, districts, schools } = territory;
    follow("districts of states", states.iter().map(|s| &s.districts).collect(), districts.len())?;
    follow("regions of states", states.iter().map(|s| &s.regions).collect(), regions.len())?;
    follow("districts of regions", regions.iter().collect(), districts.len())?;
    follow("schools of districts", districts.iter().map(|d| &d.schools).collect(), schools.len())?;
    for (place, district) in districts.iter().enumerate() {
        let place = place as u32;
        let state = &states[usize::from(district.state)];
        let inside = state.districts.contains(&place) && regions[district.region as usize].contains(&place);
        let pupils: u64 = territory.schools_of(place as usize).iter().map(|s| u64::from(s.n_pupils)).sum();
        if !inside || !state.regions.contains(&district.region) || pupils != u64::from(district.n_pupils) {
            return Err(format!("district {place} is not where it says, or not of its size"));
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::nation::sample;
    use proptest::prelude::*;

    #[test]
    fn on_a_ring_of_five_everybody_has_one_neighbour_on_each_side() {
        let territory = Territory { regions: vec![0..5, 5..6], ..Territory::default() };
        let neighbours = neighbours_of(&territory, Ring::Region, 1);
        assert_eq!(neighbours.of(0), [4, 1]);
        assert_eq!(neighbours.of(3), [2, 4]);
        assert!(neighbours.of(5).is_empty());
    }

    #[test]
    fn on_a_small_ring_all_the_others_are_neighbours_once() {
        let territory = Territory { regions: vec![0..4, 4..4], ..Territory::default() };
        let neighbours = neighbours_of(&territory, Ring::Region, 9);
        assert_eq!(neighbours.of(1), [0, 2, 3]); // by hand: one step to 0 and 2, two steps to 3 either way
    }

    #[test]
    fn the_whole_nation_is_small_in_memory() {
        assert!(sample::nation().n_bytes() < 20_000_000, "{}", sample::nation().n_bytes());
        assert_eq!(size_of::<SchoolSite>(), 8);
    }

    proptest! {
        #[test]
        fn neighbours_are_mutual_and_never_oneself(
            sizes in prop::collection::vec(1u32..9, 1..6), each_side in 0u32..5,
        ) {
            let mut at = 0;
            let next = |n: &u32| { at += n; at - n..at };
            let territory = Territory { regions: sizes.iter().map(next).collect(), ..Territory::default() };
            let neighbours = neighbours_of(&territory, Ring::Region, each_side);
            for district in 0..neighbours.starts.len() - 1 {
                let mut list = neighbours.of(district).to_vec();
                prop_assert!(list.iter().all(|n| neighbours.of(*n as usize).contains(&(district as u32))));
                prop_assert!(!list.contains(&(district as u32)));
                list.sort_unstable();
                list.dedup();
                prop_assert_eq!(list.len(), neighbours.of(district).len());
            }
        }
    }
}
