//! One district on the kernel: the same model and inputs as `crate::ensemble::Job::replicate`, in a hundredth of the
//! time, for what asks for thousands of runs. It counts levels and does not tell what held anybody back.

use crate::adoption::Parameters;
use crate::adoption::World;
use crate::ensemble::Job;
use crate::kernel;
use crate::kernel::Block;
use crate::kernel::Position;
use crate::kernel::SchoolStart;
use crate::kernel::Scratch;
use crate::kernel::Setting;
use crate::kernel::Shared;
use crate::luck::Decision;
use crate::luck::Key;
use crate::luck::Luck;
use crate::people::grades_have_their_own_teachers;
use crate::plan::SchoolSupply;
use crate::plan::Supply;
use crate::spread::rules_of;
use crate::spread::settings::Attendance;
use crate::spread::settings::courses_of_partners;
use crate::spread::settings::settings_of;
use crate::units::Date;
use rayon::prelude::*;

/// What is counted in one replicate.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Course {
    /// Educators whose highest level is at least 1, 2, 3, 4, 5, by week.
    pub at_least: Vec<[u32; 5]>,
    /// Educators using, and at routine in, each practice in the last week.
    pub practices: Vec<(u32, u32)>,
    /// The same as `at_least` by school, in the last week.
    pub schools: Vec<[u32; 5]>,
    /// Schools that have reached each model in the last week.
    pub schools_at_scale: Vec<u32>,
    /// Educators who left, moved, and stopped using.
    pub happened: kernel::Happened,
}

/// A job that runs on the kernel.
#[derive(Debug, Clone)]
pub struct FastJob<'a> {
    job: &'a Job<'a>,
    /// The positions of the district, filled by nobody yet.
    positions: Block,
    /// Weeks in which families are engaged, each with the place of the event.
    engagement: Vec<(usize, usize)>,
}

impl<'a> FastJob<'a> {
    /// A job, ready for replicates.
    pub fn new(job: &'a Job<'a>) -> FastJob<'a> {
        let events = job.world.resources.engagement.iter().enumerate();
        let week_of = |date: &Date| job.world.horizon.week_of(*date);
        let engagement = events
            .flat_map(|(place, event)| event.dates.iter().filter_map(week_of).map(move |week| (week, place)))
            .collect();
        FastJob { job, positions: positions(job), engagement }
    }

    /// Runs replicates 0 to n over all cores, in order of their numbers.
    pub fn replicates(&self, n: u32) -> Vec<Course> {
        (0..n).into_par_iter().map_init(Scratch::default, |scratch, number| self.replicate(number, scratch)).collect()
    }

    /// Runs one replicate.
    pub fn replicate(&self, number: u32, scratch: &mut Scratch) -> Course {
        let (luck, parameters, readiness) = self.job.drawn(number);
        let supply = self.job.supply(&readiness, &luck);
        self.run(&parameters, &supply, luck, scratch)
    }

    /// Runs one replicate with parameters and a supply.
    pub fn run(&self, parameters: &Parameters, supply: &Supply, luck: Luck, scratch: &mut Scratch) -> Course {
        let world = &self.job.world;
        let rules = rules_of(world.rules, parameters, world.resources);
        let attendance = Attendance::new(world, supply);
        let partners = courses_of_partners(world, supply, &luck);
        let settings = Setting::all(settings_of(world, supply, parameters, &attendance, &partners), &rules);
        let shared = Shared::new(&rules, &settings, luck, &attendance.chances);
        let mut block = self.positions.clone();
        scratch.forget();
        block.begin(&shared);
        let at_least = Vec::with_capacity(world.horizon.n_weeks());
        let mut course = Course { at_least, ..Course::default() };
        let mut learning_year = None;
        for week in 0..world.horizon.n_weeks() {
            self.backfill(supply, &shared, week, &mut block);
            let year = world.year_of_week[week];
            if learning_year != Some(year) {
                block.begin_learning_year(&shared, year, week);
                learning_year = Some(year);
            }
            kernel::week(&mut block, &shared, week, scratch);
            self.engage(week, &mut block);
            course.at_least.push(std::array::from_fn(|level| block.schools.iter().map(|s| s.at_least[level]).sum()));
            if week + 1 == world.horizon.n_weeks() {
                self.count_end(&block, &mut course);
            }
            if world.year_ends.iter().any(|(_, end)| *end == week) {
                kernel::end_year(&mut block, &shared, week);
            }
        }
        course.happened = block.happened;
        course
    }

    fn count_end(&self, block: &Block, course: &mut Course) {
        let world = &self.job.world;
        let sum = |of: &dyn Fn(&kernel::School) -> u32| block.schools.iter().map(of).sum::<u32>();
        course.practices = (0..world.n_practices()).map(|p| (sum(&|s| s.using[p]), sum(&|s| s.routine[p]))).collect();
        course.schools = block.schools.iter().map(|s| s.at_least).collect();
        course.schools_at_scale = (world.resources.models.iter().enumerate())
            .map(|(model, of)| {
                let n = |s: &kernel::School| f64::from(s.using_model[model]) / s.people.len().max(1) as f64;
                sum(&|s| u32::from(!s.people.is_empty() && n(s) >= of.at_scale.as_f64()))
            })
            .collect();
    }

    /// Teachers who move into a supporting role leave their classes to newcomers.
    fn backfill(&self, supply: &Supply, shared: &Shared, week: usize, block: &mut Block) {
        let n_roles = supply.schools.first().map_or(0, |s| s.support.len());
        for role in 0..n_roles {
            let starting = |s: &SchoolSupply| s.support[role].taken_from_teachers.filter(|(at, _)| *at == week);
            let people: f64 = supply.schools.iter().filter_map(|s| starting(s).map(|(_, fte)| fte)).sum();
            if people <= 0.0 {
                continue;
            }
            let roster = self.job.world.roster;
            let mut candidates: Vec<usize> = (0..roster.educators.len())
                .filter(|i| starting(&supply.schools[roster.educators[*i].school]).is_some())
                .collect();
            let lot = |i: &usize| shared.luck.draw(roster.educators[*i].key, Decision::Move, role as u8, week as u16);
            candidates.sort_by_cached_key(|i| (lot(i).to_bits(), *i));
            for i in candidates.into_iter().take(people.round() as usize) {
                block.fill_anew(shared, roster.educators[i].school, i, week);
            }
        }
    }

    /// Events that engage families.
    fn engage(&self, week: usize, block: &mut Block) {
        for (_, event) in self.engagement.iter().filter(|(at, _)| *at == week) {
            let event = &self.job.world.resources.engagement[*event];
            for (place, school) in block.schools.iter_mut().enumerate() {
                if event.schools.is_empty() || event.schools.contains(&place) {
                    let raises = event.raises.as_f64() as f32;
                    school.families += raises * (1.0 - school.families);
                    school.families_rest += raises * (1.0 - school.families_rest);
                }
            }
        }
    }
}

/// The positions of the district, filled by nobody yet.
fn positions(job: &Job) -> Block {
    let world = &job.world;
    let mut block = Block::new(world.n_practices());
    block.add_district(1.0, 1.0);
    for (place, school) in world.district.schools.iter().enumerate() {
        let people = world.roster.schools[place].clone();
        let start = SchoolStart {
            key: Key::from_name(&school.id),
            setting: place,
            leaders: school.leaders_support.as_f64() as f32,
            families: school.families_support.as_f64() as f32,
        };
        let of_school = |team: &&std::ops::Range<usize>| people.contains(&team.start);
        let teams = world.roster.teams.iter().filter(of_school).map(|team| team.len());
        block.add_school(start, teams, people.clone().map(|i| position(world, i)));
    }
    block
}

fn position(world: &World, i: usize) -> Position {
    let educator = &world.roster.educators[i];
    let helps = |role: usize| world.district.roles[role].grades.contains(educator.grade);
    let roles = world.district.support_roles().enumerate();
    let n_roles = world.district.support_roles().count();
    // Whatever a partner adds comes after the roles and helps everybody.
    let helped_by = roles.fold(u8::MAX << n_roles, |all, (bit, role)| all | u8::from(helps(role)) << bit);
    Position {
        key: educator.key,
        role: educator.role_slot as u8,
        suits: (0..world.n_practices()).fold(0, |all, p| all | u8::from(world.suits(p, i)) << p),
        helped_by,
        weight: weight(world, i) as f32,
    }
}

/// Share of the pupils' time in her school that is spent with an educator.
fn weight(world: &World, i: usize) -> f64 {
    let educator = &world.roster.educators[i];
    let school = &world.district.schools[educator.school];
    let people = world.roster.schools[educator.school].clone();
    let all = f64::from(school.n_pupils());
    if all <= 0.0 {
        return 0.0;
    }
    if !grades_have_their_own_teachers(school) {
        return 1.0 / people.len() as f64;
    }
    let pupils: u32 = school.pupils.iter().filter(|(grade, _)| *grade == educator.grade).map(|(_, n)| n).sum();
    let colleagues = people.filter(|other| world.roster.educators[*other].grade == educator.grade).count();
    f64::from(pupils) / all / colleagues as f64
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pipeline;
    use crate::scenario;
    use std::path::Path;

    /// Mean and standard error.
    fn mean(values: &[f64]) -> (f64, f64) {
        let n = values.len() as f64;
        let mean = values.iter().sum::<f64>() / n;
        let variance = values.iter().map(|x| (x - mean) * (x - mean)).sum::<f64>() / (n - 1.0);
        (mean, (variance / n).sqrt())
    }

    #[test]
    fn a_step_that_is_settled_before_help_is_shared_out_is_the_same_after() {
        for name in ["ccsd93", "late-start", "template.ron", "ccsd93+counter-offer"] {
            let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios").join(name);
            let scenario = scenario::read(&path).unwrap_or_else(|unread| panic!("{}", unread.findings));
            let checked = pipeline::check_without_words(&scenario).unwrap();
            let job = pipeline::job(&scenario, &checked);
            let fast = FastJob::new(&job);
            let mut asked = Scratch::default();
            asked.nothing_is_settled = true;
            for number in 0..5 {
                let course = fast.replicate(number, &mut Scratch::default());
                assert!(course == fast.replicate(number, &mut asked), "{name}, replicate {number}");
            }
        }
    }

    #[test]
    fn the_kernel_and_its_slow_twin_agree_over_thirty_seeds() {
        for name in ["scenarios/ccsd93", "scenarios/late-start", "scenarios/template.ron"] {
            let scenario = scenario::read(&Path::new(env!("CARGO_MANIFEST_DIR")).join(name));
            let scenario = scenario.unwrap_or_else(|unread| panic!("{}", unread.findings));
            let checked = pipeline::check(&scenario).unwrap();
            let job = pipeline::job(&scenario, &checked);
            let fast = FastJob::new(&job).replicates(30);
            // Other replicates, so that the luck is independent.
            let slow: Vec<_> = (0..30).into_par_iter().map(|n| job.replicate(1000 + n).track).collect();
            let n_schools = scenario.district.schools.len();
            for (_, week) in &job.world.year_ends {
                for level in [2, 3, 4] {
                    let of_fast: Vec<f64> = fast.iter().map(|c| f64::from(c.at_least[*week][level])).collect();
                    let there = |t: &crate::adoption::Track| -> u32 {
                        t.weeks[week * n_schools..(week + 1) * n_schools].iter().map(|c| c.at_least[level]).sum()
                    };
                    let of_slow: Vec<f64> = slow.iter().map(|t| f64::from(there(t))).collect();
                    let ((a, a_error), (b, b_error)) = (mean(&of_fast), mean(&of_slow));
                    let error = (a_error * a_error + b_error * b_error).sqrt();
                    let z = (a - b) / error.max(0.05);
                    println!("{name} week {week} level {}: {a:.1} against {b:.1}, z {z:.2}", level + 1);
                    assert!(z.abs() < 3.5, "{name}, week {week}, level {}: {a} against {b}, z {z}", level + 1);
                }
            }
        }
    }
}
