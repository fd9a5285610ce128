//! One replicate of a nation.

use crate::ensemble::Job;
use crate::kernel;
use crate::kernel::Block;
use crate::kernel::Scratch;
use crate::kernel::Shared;
use crate::luck::Luck;
use crate::nation::plan::NationPlan;
use crate::nation::territory::Neighbours;
use crate::nation::territory::Ring;
use crate::nation::territory::neighbours_of;
use crate::nation::territory::places;
use crate::readiness::Graph;
use crate::spread::nation::counts::DistrictEnd;
use crate::spread::nation::counts::NationCourse;
use crate::spread::nation::counts::SchoolEnd;
use crate::spread::nation::counts::StateYear;
use crate::spread::nation::law::StateLaw;
use crate::spread::nation::people::DistrictStart;
use crate::spread::nation::people::blocks;
use crate::spread::nation::settings::Settings;
use crate::spread::nation::settings::settings;
use crate::spread::nation::start::following;
use crate::spread::nation::start::in_waves;
use crate::spread::rules_of;
use rayon::prelude::*;
use std::ops::Range;

/// How the work of a nation is cut; it changes no result.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Tiles {
    /// A block has at least so many educators, where its state has them.
    pub educators_at_least: usize,
}

impl Default for Tiles {
    fn default() -> Tiles {
        // The lists that a week walks over are then as large as the nearest memory.
        Tiles { educators_at_least: 1000 }
    }
}

/// Districts hear of one another once in so many weeks.
const HEARS_EVERY_WEEKS: usize = 4;

/// Everything that the replicates of a nation share.
#[derive(Debug)]
pub struct NationJob<'a> {
    /// The scenario whose schools stand for all.
    pub job: &'a Job<'a>,
    /// The nation.
    pub plan: &'a NationPlan,
    /// The law of each state.
    pub laws: &'a [StateLaw],
    /// The conditions, schedules bound by law.
    pub graph: &'a Graph,
    /// How the work is cut.
    pub tiles: Tiles,
}

/// What changes in a replicate besides the blocks.
struct State {
    luck: Luck,
    begins: Vec<Option<u32>>,
    law_of_state: Vec<usize>,
    neighbours: Neighbours,
    course: NationCourse,
}

impl NationJob<'_> {
    /// Runs one replicate; `after_each_year` is told of every school year that ends.
    pub fn replicate(&self, number: u32, after_each_year: &(dyn Fn() + Sync)) -> NationCourse {
        let luck = Luck::new(self.job.seed, number);
        let world = &self.job.world;
        let parameters = world.rules.draw(&luck);
        let rules = rules_of(world.rules, &parameters, world.resources);
        let settings = settings(self.job, self.laws, self.graph, &parameters, &rules, &luck);
        let shared = Shared::new(&rules, &settings.list, luck, &settings.attendance.chances);
        let mut state = self.begin(luck);
        let setting = |district: usize, school: usize| self.setting(&settings, &state, 0, district, school);
        let start = |district: usize| self.district_start(&luck, district);
        let mut all = blocks(self.job, self.plan, self.tiles.educators_at_least, &start, &setting);
        all.par_iter_mut().for_each(|(_, block)| block.begin(&shared));
        let mut week = 0;
        while week < world.horizon.n_weeks() {
            if week == 0 || world.year_of_week[week] != world.year_of_week[week - 1] {
                self.begin_year(&settings, &shared, week, &mut state, &mut all);
            }
            self.hear(&mut all, &state.neighbours);
            let until = self.tile_end(week);
            self.run_tile(&shared, week..until, &mut all, &mut state.course);
            if let Some(year) = world.year_ends.iter().position(|(_, end)| *end + 1 == until) {
                self.end_year(&shared, year, until - 1, &mut all, &mut state);
                after_each_year();
            }
            week = until;
        }
        self.finish(&all, &mut state);
        state.course
    }

    fn begin(&self, luck: Luck) -> State {
        let territory = &self.plan.territory;
        let mut law_of_state = vec![0; territory.states.len()];
        for (place, law) in self.laws.iter().enumerate() {
            law.states.iter().for_each(|state| law_of_state[*state] = place);
        }
        let course = NationCourse {
            districts: vec![DistrictEnd::default(); territory.districts.len()],
            schools: vec![SchoolEnd::default(); territory.schools.len()],
            ..NationCourse::default()
        };
        let neighbours = neighbours_of(territory, Ring::State, self.plan.neighbours_each_side);
        State { luck, begins: in_waves(self.plan, &luck), law_of_state, neighbours, course }
    }

    /// The setting of a school in a school year: before its district begins, that of one that never does.
    fn setting(&self, settings: &Settings, state: &State, year: u32, district: usize, school: usize) -> usize {
        let law = state.law_of_state[usize::from(self.plan.territory.districts[district].state)];
        settings.place(law, state.begins[district].filter(|begins| *begins <= year), school)
    }

    /// How a district differs from the template.
    fn district_start(&self, luck: &Luck, district: usize) -> DistrictStart {
        let id = &self.plan.territory.districts[district].id;
        let drawn = |of: &crate::luck::Uncertain, what: &str| of.draw(luck, &format!("{what}:{id}")).max(0.0) as f32;
        DistrictStart {
            learning: drawn(&self.plan.varies.learning, "learning"),
            support: drawn(&self.plan.varies.support, "support"),
        }
    }

    /// Districts begin or follow, and who attends what is drawn.
    fn begin_year(
        &self,
        settings: &Settings,
        shared: &Shared,
        week: usize,
        state: &mut State,
        all: &mut [(Range<usize>, Block)],
    ) {
        let year = self.job.world.year_of_week[week] as u32;
        for district in following(self.plan, &state.neighbours, &state.luck, year, &state.begins) {
            state.begins[district] = Some(year);
        }
        let state = &*state;
        all.par_iter_mut().for_each(|(districts, block)| {
            for (place, district) in districts.clone().enumerate() {
                if state.begins[district] != Some(year) {
                    continue;
                }
                let schools = block.districts[place].schools.clone();
                for (school, site) in schools.zip(self.plan.territory.schools_of(district)) {
                    let template = self.plan.template[site.level as usize];
                    let setting = self.setting(settings, state, year, district, template);
                    block.change_setting(shared, school, setting, week);
                }
            }
            block.begin_learning_year(shared, year as usize, week);
        });
    }

    /// Districts hear how far the practice has come elsewhere.
    fn hear(&self, all: &mut [(Range<usize>, Block)], neighbours: &Neighbours) {
        let hears = &self.plan.hears;
        let n_practices = self.job.world.n_practices();
        if hears.neighbours + hears.region + hears.state == 0.0 {
            return;
        }
        let mut users: Vec<([u32; 8], u32)> = Vec::with_capacity(self.plan.territory.districts.len());
        for (_, block) in all.iter() {
            users.extend(block.districts.iter().map(|d| (d.using, d.people.len() as u32)));
        }
        let share_in = |districts: &mut dyn Iterator<Item = usize>| -> [f64; 8] {
            let (mut using, mut all) = ([0u64; 8], 0u64);
            for district in districts {
                let (of, n) = &users[district];
                using.iter_mut().zip(of).for_each(|(sum, n)| *sum += u64::from(*n));
                all += u64::from(*n);
            }
            using.map(|n| n as f64 / all.max(1) as f64)
        };
        let territory = &self.plan.territory;
        let regions: Vec<[f64; 8]> = territory.regions.iter().map(|region| share_in(&mut places(region))).collect();
        let states: Vec<[f64; 8]> = territory.states.iter().map(|s| share_in(&mut places(&s.districts))).collect();
        all.par_iter_mut().for_each(|(districts, block)| {
            for (place, district) in districts.clone().enumerate() {
                let site = &territory.districts[district];
                let near = share_in(&mut neighbours.of(district).iter().map(|n| *n as usize));
                for practice in 0..n_practices {
                    let pull = hears.neighbours * near[practice]
                        + hears.region * regions[site.region as usize][practice]
                        + hears.state * states[usize::from(site.state)][practice];
                    block.districts[place].outside[practice] = pull as f32;
                }
            }
        });
    }

    /// The week before which districts hear of one another again, or a school year begins or has ended.
    fn tile_end(&self, week: usize) -> usize {
        let world = &self.job.world;
        let hears = week - week % HEARS_EVERY_WEEKS + HEARS_EVERY_WEEKS;
        let stops = |end: &usize| {
            *end == world.horizon.n_weeks()
                || world.year_of_week[*end] != world.year_of_week[end - 1]
                || world.year_ends.iter().any(|(_, last)| last + 1 == *end)
        };
        (week + 1..hears).find(stops).unwrap_or(hears.min(world.horizon.n_weeks()))
    }

    /// Some weeks of every block.
    fn run_tile(
        &self,
        shared: &Shared,
        weeks: Range<usize>,
        all: &mut [(Range<usize>, Block)],
        course: &mut NationCourse,
    ) {
        let counted: Vec<Vec<[u32; 5]>> = all
            .par_iter_mut()
            .map_init(Scratch::default, |scratch, (_, block)| {
                scratch.forget();
                let count = |block: &Block| {
                    let mut sum = [0; 5];
                    for school in &block.schools {
                        sum.iter_mut().zip(&school.at_least).for_each(|(sum, n)| *sum += n);
                    }
                    sum
                };
                weeks
                    .clone()
                    .map(|week| {
                        kernel::week(block, shared, week, scratch);
                        count(block)
                    })
                    .collect()
            })
            .collect();
        for week in 0..weeks.len() {
            course.at_least.push(std::array::from_fn(|level| counted.iter().map(|of| of[week][level]).sum()));
        }
    }

    /// Counts a school year at its end, and ends it.
    fn end_year(
        &self,
        shared: &Shared,
        year: usize,
        week: usize,
        all: &mut [(Range<usize>, Block)],
        state: &mut State,
    ) {
        let full = self.last_full_week(shared, week);
        let held: Vec<Vec<[u32; 5]>> = all
            .par_iter()
            .map_init(Scratch::default, |scratch, (_, block)| {
                (0..block.schools.len()).map(|s| kernel::held_by(block, shared, s, full, scratch)).collect()
            })
            .collect();
        let territory = &self.plan.territory;
        let n_practices = self.job.world.n_practices();
        let empty = StateYear { practices: vec![(0, 0); n_practices], ..StateYear::default() };
        let mut states = vec![empty; territory.states.len()];
        for ((districts, block), held) in all.iter().zip(&held) {
            for (place, district) in districts.clone().enumerate() {
                let counts = &mut states[usize::from(territory.districts[district].state)];
                counts.districts_begun +=
                    u32::from(state.begins[district].is_some_and(|begins| begins as usize <= year));
                self.count_district(block, place, district, year, held, counts, &mut state.course);
            }
        }
        state.course.years.push(states);
        all.par_iter_mut().for_each(|(_, block)| kernel::end_year(block, shared, week));
    }

    #[expect(clippy::too_many_arguments, reason = "what is counted, where it stands, and where it goes")]
    fn count_district(
        &self,
        block: &Block,
        place: usize,
        district: usize,
        year: usize,
        held: &[[u32; 5]],
        counts: &mut StateYear,
        course: &mut NationCourse,
    ) {
        let at_scale = |using: u32, n: usize| n > 0 && f64::from(using) >= self.plan.at_scale.as_f64() * n as f64;
        let first = self.plan.territory.districts[district].schools.start as usize;
        let (mut using, mut routine) = (0, 0);
        let of = &block.districts[place];
        for (number, school) in of.schools.clone().enumerate() {
            let counted = &block.schools[school];
            counts.at_least.iter_mut().zip(&counted.at_least).for_each(|(sum, n)| *sum += n);
            counts.held_by.iter_mut().zip(&held[school]).for_each(|(sum, n)| *sum += n);
            for (practice, sum) in counts.practices.iter_mut().enumerate() {
                sum.0 += counted.using[practice];
                sum.1 += counted.routine[practice];
            }
            using += counted.at_least[2];
            routine += counted.at_least[3];
            let end = &mut course.schools[first + number];
            if at_scale(counted.at_least[2], counted.people.len()) {
                counts.schools_at_scale += 1;
                if end.at_scale_in_year == 0 {
                    end.at_scale_in_year = year as u8 + 1;
                }
            }
        }
        let end = &mut course.districts[district];
        end.using.push(using);
        end.routine.push(routine);
        if at_scale(using, of.people.len()) {
            counts.districts_at_scale += 1;
            end.at_scale_in_year = end.at_scale_in_year.or(Some(year as u32 + 1));
        }
    }

    /// The last full school week until a week: what holds people back is told in it.
    fn last_full_week(&self, shared: &Shared, week: usize) -> usize {
        let full = |w: &usize| shared.settings.iter().all(|setting| setting.weeks.part[*w] >= 1.0);
        let any = |w: &usize| shared.settings.iter().any(|setting| setting.weeks.part[*w] > 0.0);
        (0..=week).rev().find(full).or((0..=week).rev().find(any)).unwrap_or(week)
    }

    fn finish(&self, all: &[(Range<usize>, Block)], state: &mut State) {
        let territory = &self.plan.territory;
        for (districts, block) in all {
            for (place, district) in districts.clone().enumerate() {
                let first = territory.districts[district].schools.start as usize;
                for (number, school) in block.districts[place].schools.clone().enumerate() {
                    state.course.schools[first + number].at_least = block.schools[school].at_least.map(|n| n as u16);
                }
                state.course.districts[district].began_in_year = state.begins[district].map(|year| year + 1);
            }
            let happened = &mut state.course.happened;
            happened.leavers += block.happened.leavers;
            happened.movers += block.happened.movers;
            happened.stopped_using += block.happened.stopped_using;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pipeline;
    use crate::pipeline::NationOutcome;
    use crate::scenario;
    use crate::scenario::Scenario;
    use std::path::Path;

    /// A nation with few districts.
    fn small() -> Scenario {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios/nation+forty");
        scenario::read(&path).unwrap_or_else(|unread| panic!("{}", unread.findings))
    }

    fn run(scenario: &Scenario, educators_at_least: usize, threads: usize) -> NationOutcome {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
        let plan = scenario.nation.as_ref().unwrap();
        pool.install(|| pipeline::nation(scenario, plan, 1, Tiles { educators_at_least }, &|| ()).unwrap())
    }

    #[test]
    fn blocks_of_any_size_on_any_number_of_threads_come_to_the_same() {
        let scenario = small();
        let one = run(&scenario, 1000, 1);
        assert!(one.courses[0].at_least.last().unwrap()[2] > 1000, "{:?}", one.courses[0].at_least.last());
        for (educators_at_least, threads) in [(1, 2), (300, 7), (1_000_000, 2)] {
            assert!(
                one.courses == run(&scenario, educators_at_least, threads).courses,
                "{educators_at_least}, {threads}"
            );
        }
    }

    #[test]
    fn what_is_counted_by_school_district_and_state_adds_up() {
        let scenario = small();
        let outcome = run(&scenario, 1000, 2);
        let (course, plan) = (&outcome.courses[0], scenario.nation.as_ref().unwrap());
        let last = course.years.last().unwrap();
        let of_states: u32 = last.iter().map(|state| state.at_least[2]).sum();
        let of_districts: u32 = course.districts.iter().map(|d| *d.using.last().unwrap()).sum();
        let week = outcome.years.last().unwrap().1;
        assert_eq!((of_states, of_districts), (course.at_least[week][2], course.at_least[week][2]));
        let held: u32 = last.iter().flat_map(|state| state.held_by).sum();
        assert_eq!(u64::from(held), plan.territory.n_teachers(), "everybody is held by something or nothing");
        let begun = course.districts.iter().filter(|d| d.began_in_year.is_some()).count() as u32;
        assert_eq!(begun, last.iter().map(|state| state.districts_begun).sum::<u32>());
        let at_scale = course.schools.iter().filter(|s| s.at_scale_in_year > 0).count() as u32;
        assert!(at_scale >= last.iter().map(|state| state.schools_at_scale).sum::<u32>());
    }

    #[test]
    fn where_no_district_begins_only_pilots_use_it() {
        let mut scenario = small();
        let plan = scenario.nation.as_mut().unwrap();
        plan.waves.clear();
        plan.follows = crate::nation::plan::Follows::default();
        let outcome = run(&scenario, 1000, 2);
        assert!(outcome.courses[0].districts.iter().all(|d| d.began_in_year.is_none()));
        let routine = |outcome: &NationOutcome| outcome.courses[0].at_least.last().unwrap()[3];
        let (pilots, all) = (routine(&outcome), routine(&run(&small(), 1000, 2)));
        assert!(pilots * 2 < all, "{pilots} at routine in pilots alone, {all} where districts begin");
    }

    #[test]
    fn every_state_has_one_law_and_those_without_clauses_share_one() {
        let scenario = small();
        let outcome = run(&scenario, 1000, 2);
        let mut states: Vec<usize> = outcome.laws.iter().flat_map(|law| law.states.clone()).collect();
        states.sort_unstable();
        assert_eq!(states, (0..51).collect::<Vec<_>>());
        assert_eq!(outcome.laws.iter().filter(|law| law.clauses.is_empty()).count(), 1);
        let texas =
            outcome.laws.iter().find(|law| law.states.contains(&crate::nation::atlas::place_of_code("TX").unwrap()));
        assert!(texas.is_some_and(|law| !law.clauses.is_empty()));
    }
}
