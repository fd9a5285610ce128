//! The kernel and the nation: educator-weeks a second, how time grows with the number of educators, a district run again.

use divan::Bencher;
use earlybell::kernel;
use earlybell::kernel::Block;
use earlybell::kernel::Learning;
use earlybell::kernel::Position;
use earlybell::kernel::PracticeWeeks;
use earlybell::kernel::RoleWeeks;
use earlybell::kernel::Rules;
use earlybell::kernel::SchoolStart;
use earlybell::kernel::Scratch;
use earlybell::kernel::Setting;
use earlybell::kernel::Shared;
use earlybell::kernel::Support;
use earlybell::kernel::Weeks;
use earlybell::luck::Key;
use earlybell::luck::Luck;
use earlybell::pipeline;
use earlybell::scenario;
use earlybell::scenario::Scenario;
use earlybell::spread::FastJob;
use earlybell::spread::nation::Tiles;
use earlybell::spread::reference;
use earlybell::spread::rules_of;
use std::path::Path;
use std::sync::Arc;

fn main() {
    divan::main();
}

fn read(name: &str) -> Scenario {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios").join(name);
    scenario::read(&path).unwrap_or_else(|unread| panic!("{}", unread.findings))
}

/// 100 replicates of CCSD93 with everything that depends on the scenario made anew but its reading.
#[divan::bench(sample_count = 10)]
fn district_edited_and_run_again_100_times(bencher: Bencher) {
    let scenario = read("ccsd93");
    let mut checked = pipeline::check(&scenario).unwrap();
    checked.notes.clear();
    bencher.bench(|| {
        let job = pipeline::job(&scenario, &checked);
        FastJob::new(&job).replicates(100)
    });
}

/// The same with the clauses judged anew, as an edit of the bells asks.
#[divan::bench(sample_count = 10)]
fn district_with_other_bells_100_times(bencher: Bencher) {
    let scenario = read("ccsd93");
    bencher.bench(|| {
        let checked = pipeline::check_without_words(&scenario).unwrap();
        let job = pipeline::job(&scenario, &checked);
        FastJob::new(&job).replicates(100)
    });
}

/// The reference model on one core, for so many educators: everything from the settings on.
#[divan::bench(args = numbers(), sample_count = 3)]
fn reference_model(bencher: Bencher, n: usize) {
    let n = n / 40 * 40;
    bencher
        .counter(divan::counter::ItemsCount::new(n * reference::WEEKS))
        .bench_local(|| reference::curve(n, 1, reference::WEEKS));
}

/// Ten school years of a nation: settings, people, weeks and what is counted, without reading and writing.
#[divan::bench(args = nations(), sample_count = 3)]
fn nation_for_ten_years(bencher: Bencher, name: &str) {
    let scenario = read(name);
    let plan = scenario.nation.as_ref().unwrap();
    bencher
        .counter(divan::counter::ItemsCount::new(plan.territory.n_teachers() * 523))
        .bench(|| pipeline::nation(&scenario, plan, 1, Tiles::default(), &|| ()).unwrap());
}

/// Weeks of the model with four practices on one core, for so many educators in schools of 32: the step alone. Districts
/// do not hear of one another, so that each can be taken through a year at once.
#[divan::bench(args = numbers(), sample_count = 3)]
fn weeks_of_educators(bencher: Bencher, n: usize) {
    weeks_at_once(bencher, n, 52);
}

/// The same where districts hear of one another every four weeks, as in a nation.
#[divan::bench(args = numbers(), sample_count = 3)]
fn weeks_of_educators_who_hear_of_others(bencher: Bencher, n: usize) {
    weeks_at_once(bencher, n, 4);
}

fn weeks_at_once(bencher: Bencher, n: usize, at_once: usize) {
    let rules = four_practices();
    let settings = Setting::all(vec![weeks(N_WEEKS)], &rules);
    let attends = vec![vec![0.2f32; 20]];
    let shared = Shared::new(&rules, &settings, Luck::new(1, 0), &attends);
    bencher
        .counter(divan::counter::ItemsCount::new(n / 32 * 32 * N_WEEKS))
        .with_inputs(|| blocks(n, &shared))
        .bench_local_values(|mut blocks| {
            let mut scratch = Scratch::default();
            for first in (0..N_WEEKS).step_by(at_once) {
                for block in &mut blocks {
                    scratch.forget();
                    for week in first..first + at_once {
                        if week % 52 == 0 {
                            block.begin_learning_year(&shared, week / 52, week);
                        }
                        kernel::week(block, &shared, week, &mut scratch);
                        if week % 52 == 48 {
                            kernel::end_year(block, &shared, week);
                        }
                    }
                }
            }
            blocks
        });
}

/// Whether times are measured; otherwise it is only seen whether everything still runs.
fn is_measured() -> bool {
    std::env::args().any(|argument| argument == "--bench")
}

fn nations() -> &'static [&'static str] {
    if is_measured() { &["nation+forty", "nation+tenth", "nation"] } else { &["nation+forty"] }
}

fn numbers() -> &'static [usize] {
    if is_measured() { &[10_000, 100_000, 1_000_000, 3_200_000] } else { &[3_200] }
}

/// Five years.
const N_WEEKS: usize = 260;

fn blocks(n: usize, shared: &Shared) -> Vec<Block> {
    let schools: Vec<u64> = (0..n as u64 / 32).collect();
    let of_block = |schools: &[u64]| {
        let mut block = Block::new(4);
        for district in schools.chunks(8) {
            block.add_district(1.0, 1.0);
            for school in district {
                let key = Key::from_name("school").part(*school);
                let start = SchoolStart { key, setting: 0, leaders: 0.5, families: 0.5 };
                let position =
                    |i| Position { key: key.part(i), role: 0, suits: 15, helped_by: 255, weight: 1.0 / 32.0 };
                block.add_school(start, [5, 5, 5, 5, 6, 6].into_iter(), (0..32).map(position));
            }
        }
        block.begin(shared);
        block
    };
    schools.chunks(32).map(of_block).collect()
}

fn four_practices() -> Rules {
    let scenario = read("ccsd93");
    let resources = scenario.resources.clone();
    Rules { starts_at: 0, models: vec![15], ..rules_of(&scenario.rules, &scenario.rules.typical(), &resources) }
}

/// 39 school weeks of 52, an hour and a quarter of community of practice in each from the fortieth week on, a coach from
/// the sixtieth.
fn weeks(n: usize) -> Weeks {
    let part: Vec<f32> = (0..n)
        .map(|week| match week % 52 {
            0..=6 | 48..=51 | 25 | 26 => 0.0,
            10 | 20 | 30 => 0.8,
            _ => 1.0,
        })
        .collect();
    let by_week = |of: &dyn Fn(usize) -> f32| (0..n).map(of).collect::<Vec<f32>>();
    let practice = || PracticeWeeks {
        authority: by_week(&|week| if week < 30 { 0.1 } else { 1.0 }),
        expertise_cap: vec![1.0; n],
        resources_cap: vec![1.0; n],
    };
    let together = by_week(&|week| if week > 40 && part[week] == 1.0 { 1.25 } else { 0.0 });
    let academy = by_week(&|week| if week % 52 == 50 { 30.0 } else { 0.0 });
    Weeks {
        new_schedule: vec![0.0; n],
        practices: (0..4).map(|_| practice()).collect(),
        roles: Arc::new([RoleWeeks {
            non_contact: by_week(&|week| 7.0 * part[week]),
            duty: 0.0,
            learning: vec![
                Learning { hours: together, community: true, voluntary: None },
                Learning { hours: academy, community: false, voluntary: Some(0) },
            ],
        }]),
        supports: vec![Support { hours: by_week(&|week| if week > 60 { 20.0 * part[week] } else { 0.0 }), knows: 15 }],
        n_voluntary: 1,
        part,
    }
}
