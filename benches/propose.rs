//! What a search takes: more than a million schedule candidates of nine schools against 25 clauses, frontier included.
//! `cargo bench --bench propose` prints medians; figures with date and machine stand in docs/benchmarks.md.

use earlybell::candidates::Budget;
use earlybell::candidates::Found;
use earlybell::candidates::Keeps;
use earlybell::candidates::find;
use earlybell::clauses;
use earlybell::clauses::Applies;
use earlybell::clauses::Clause;
use earlybell::clauses::Lawbook;
use earlybell::clauses::Rule;
use earlybell::pipeline;
use earlybell::propose::terrain;
use earlybell::scenario;
use earlybell::scenario::Scenario;
use earlybell::units::ClockTime;
use earlybell::units::Minutes;
use std::path::Path;

/// Clauses against which every candidate is judged.
const N_CLAUSES: usize = 25;

fn main() {
    divan::main();
}

/// CCSD93 with clauses of the packs beside its own, one school year, and start times five minutes apart.
fn district() -> Scenario {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios");
    let mut scenario = scenario::read(&root.join("ccsd93")).unwrap_or_else(|unread| panic!("{}", unread.findings));
    let computable = |c: &Clause| matches!(c.rule, Rule::Computable { .. });
    let timetable = earlybell::timetable::build(&scenario.calendars, &scenario.schedules, &scenario.district);
    // A clause that the bells as read fail would leave nothing lawful, and no frontier to take.
    let holds = |c: &Clause| {
        let book = Lawbook::of_clauses(std::slice::from_ref(c));
        clauses::judge(&book, &scenario.district, &timetable).n_clauses_failing() == 0
    };
    let mut more: Vec<Clause> = Vec::new();
    for pack in ["us/illinois-more.ron", "contract/typical.ron", "contract/coaches.ron", "us/iowa.ron"] {
        let pack = scenario::read_pack(&root.join("clauses").join(pack)).unwrap_or_else(|u| panic!("{}", u.findings));
        let everywhere = |c: Clause| Clause { applies: Applies { states: vec![], ..c.applies.clone() }, ..c };
        more.extend(pack.clauses.into_iter().map(everywhere).filter(|c| computable(c) && holds(c)));
    }
    let own = scenario.clauses.iter().filter(|c| computable(c)).count();
    more.truncate(N_CLAUSES - own);
    scenario.clauses.extend(more);
    scenario.calendars.iter_mut().for_each(|c| c.years.truncate(1));
    let search = scenario.search.as_mut().expect("ccsd93 says what may move");
    search.added.truncate(3);
    search.one_per.clear();
    search.dates.clear();
    search.keeps = Keeps::default();
    for (tier, (first, last)) in search.tiers.iter_mut().zip([(480, 555), (450, 555), (510, 555)]) {
        let times = (first..=last).step_by(5).filter_map(|m| ClockTime::from_minutes(Minutes(m)));
        tier.starts = times.collect();
    }
    scenario
}

fn search(scenario: &Scenario) -> Found {
    let timetable = earlybell::timetable::build(&scenario.calendars, &scenario.schedules, &scenario.district);
    let terrain = terrain(scenario, &timetable).expect("it says what may move");
    find(&terrain, Budget::USUAL, 1)
}

/// All schedule candidates, judged, counted, and the frontier taken.
#[divan::bench(sample_count = 5, sample_size = 1)]
fn a_million_candidates(bencher: divan::Bencher) {
    let scenario = district();
    let found = search(&scenario);
    let clauses = scenario.clauses.iter().filter(|c| matches!(c.rule, Rule::Computable { .. })).count();
    println!(
        "{} candidates, {} of them lawful, {} on the frontier; {} judgements of a school; {clauses} computable clauses",
        found.n_candidates,
        found.region.total.lawful,
        found.frontier.len(),
        found.n_judged
    );
    assert!(found.n_candidates >= 1_000_000 && found.is_exhaustive() && !found.frontier.is_empty());
    bencher.bench(|| search(&scenario));
}

/// The whole search of the scenario as it is, five school years, without simulating.
#[divan::bench(sample_count = 3, sample_size = 1)]
fn ccsd93_as_it_is(bencher: divan::Bencher) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios/ccsd93");
    let scenario = scenario::read(&path).unwrap_or_else(|unread| panic!("{}", unread.findings));
    let checked = pipeline::check(&scenario).expect("no condition needs itself");
    let terrain = terrain(&scenario, &checked.timetable).expect("it says what may move");
    bencher.bench(|| find(&terrain, Budget::USUAL, 1));
}
