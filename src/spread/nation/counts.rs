//! What is counted in a nation.

use crate::adoption::World;
use crate::kernel::Happened;
use crate::nation::plan::NationPlan;
use crate::packed::Packer;
use crate::packed::Unpacker;
use serde::Serialize;

/// A state at the end of a school year.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct StateYear {
    /// Educators whose highest level is at least 1, 2, 3, 4, 5.
    pub at_least: [u32; 5],
    /// Educators using each practice, and at routine in it.
    pub practices: Vec<(u32, u32)>,
    /// Educators held back by each of [`crate::adoption::HELD_BY`] in the last full week.
    pub held_by: [u32; 5],
    /// Schools at scale.
    pub schools_at_scale: u32,
    /// Districts at scale.
    pub districts_at_scale: u32,
    /// Districts that have begun.
    pub districts_begun: u32,
}

/// A district at the end.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct DistrictEnd {
    /// The school year, from 1, in which it began.
    pub began_in_year: Option<u32>,
    /// The school year, from 1, at whose end it was first at scale.
    pub at_scale_in_year: Option<u32>,
    /// Educators using at least one practice at the end of each school year.
    pub using: Vec<u32>,
    /// Educators at routine in at least one, likewise.
    pub routine: Vec<u32>,
}

/// A school at the end.
#[derive(Debug, Clone, Copy, Default, PartialEq, Serialize)]
pub struct SchoolEnd {
    /// Educators whose highest level is at least 1, 2, 3, 4, 5.
    pub at_least: [u16; 5],
    /// The school year, from 1, at whose end it was first at scale; 0 for never.
    pub at_scale_in_year: u8,
}

/// One replicate of a nation.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct NationCourse {
    /// Educators whose highest level is at least 1, 2, 3, 4, 5, by week.
    pub at_least: Vec<[u32; 5]>,
    /// By school year, then state.
    pub years: Vec<Vec<StateYear>>,
    /// By district.
    pub districts: Vec<DistrictEnd>,
    /// By school.
    pub schools: Vec<SchoolEnd>,
    /// Leavers, movers and those who stopped using, over the whole time.
    #[serde(skip)]
    pub happened: Happened,
}

impl NationCourse {
    /// All of it as one list of whole numbers.
    pub fn pack(&self) -> Vec<u32> {
        let mut packer = Packer::default();
        packer.list(&self.at_least, |packer, week| {
            packer.add(*week);
        });
        packer.list(&self.years, |packer, states| {
            packer.list(states, |packer, state| {
                packer.add(state.at_least).add(state.held_by);
                packer.add([state.schools_at_scale, state.districts_at_scale, state.districts_begun]);
                packer.list(&state.practices, |packer, (using, routine)| {
                    packer.add([*using, *routine]);
                });
            });
        });
        packer.list(&self.districts, |packer, district| {
            packer.add([district.began_in_year, district.at_scale_in_year].map(|year| year.unwrap_or(NEVER)));
            for counts in [&district.using, &district.routine] {
                packer.list(counts, |packer, n| {
                    packer.add([*n]);
                });
            }
        });
        packer.list(&self.schools, |packer, school| {
            packer.add(school.at_least.map(u32::from)).add([u32::from(school.at_scale_in_year)]);
        });
        packer.add([self.happened.leavers, self.happened.movers, self.happened.stopped_using]);
        packer.done()
    }

    /// The course that was packed; nothing where the list is none.
    pub fn unpack(words: &[u32]) -> Option<NationCourse> {
        let mut unpacker = Unpacker::new(words);
        let count = |u: &mut Unpacker| u.take::<1>().map(|[n]| n);
        let year = |n: u32| (n != NEVER).then_some(n);
        let at_least = unpacker.list(Unpacker::take::<5>)?;
        let years = unpacker.list(|u| {
            u.list(|u| {
                let (at_least, held_by) = (u.take()?, u.take()?);
                let [schools_at_scale, districts_at_scale, districts_begun] = u.take()?;
                let practices = u.list(|u| u.take().map(|[using, routine]| (using, routine)))?;
                Some(StateYear { at_least, practices, held_by, schools_at_scale, districts_at_scale, districts_begun })
            })
        })?;
        let districts = unpacker.list(|u| {
            let [began_in_year, at_scale_in_year] = u.take()?.map(year);
            Some(DistrictEnd { began_in_year, at_scale_in_year, using: u.list(count)?, routine: u.list(count)? })
        })?;
        let schools = unpacker.list(|u| {
            let [a, b, c, d, e, scale] = u.take()?;
            let at_least = [a, b, c, d, e].map(u16::try_from);
            let [Ok(a), Ok(b), Ok(c), Ok(d), Ok(e)] = at_least else { return None };
            Some(SchoolEnd { at_least: [a, b, c, d, e], at_scale_in_year: u8::try_from(scale).ok()? })
        })?;
        let [leavers, movers, stopped_using] = unpacker.take()?;
        let happened = Happened { leavers, movers, stopped_using };
        unpacker.end(NationCourse { at_least, years, districts, schools, happened })
    }

    /// Whether it has the weeks, years, practices and places of a nation.
    pub fn is_of(&self, world: &World, plan: &NationPlan) -> bool {
        let territory = &plan.territory;
        let n_years = world.year_ends.len();
        let is_state = |state: &StateYear| state.practices.len() == world.n_practices();
        let is_year = |states: &Vec<StateYear>| states.len() == territory.states.len() && states.iter().all(is_state);
        let is_district = |district: &DistrictEnd| [district.using.len(), district.routine.len()] == [n_years; 2];
        self.at_least.len() == world.horizon.n_weeks()
            && self.years.len() == n_years
            && self.years.iter().all(is_year)
            && self.districts.len() == territory.districts.len()
            && self.districts.iter().all(is_district)
            && self.schools.len() == territory.schools.len()
    }
}

/// A year that never comes, in a packed course.
const NEVER: u32 = u32::MAX;
