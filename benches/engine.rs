//! What the parts of a run take. `cargo bench` prints medians; figures with date and machine stand in docs/benchmarks.md.

use earlybell::clauses;
use earlybell::ensemble::summarise;
use earlybell::pipeline;
use earlybell::report;
use earlybell::scenario;
use earlybell::scenario::Scenario;
use std::path::Path;

fn main() {
    divan::main();
}

fn ccsd93() -> Scenario {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios/ccsd93");
    scenario::read(&path).unwrap_or_else(|unread| panic!("{}", unread.findings))
}

/// Files to a checked scenario.
#[divan::bench]
fn read() -> Scenario {
    ccsd93()
}

/// Nine schools, five school years, eleven clauses.
#[divan::bench]
fn judge(bencher: divan::Bencher) {
    let scenario = ccsd93();
    let checked = pipeline::check(&scenario).unwrap();
    bencher.bench(|| clauses::judge(&scenario.lawbook(), &scenario.district, &checked.timetable));
}

/// The graph of one replicate, in nine schools.
#[divan::bench]
fn settle(bencher: divan::Bencher) {
    let scenario = ccsd93();
    let checked = pipeline::check(&scenario).unwrap();
    let job = pipeline::job(&scenario, &checked);
    bencher.bench(|| job.settle_typically());
}

/// One replicate: 317 educators, four practices, 261 weeks.
#[divan::bench]
fn replicate(bencher: divan::Bencher) {
    let scenario = ccsd93();
    let checked = pipeline::check(&scenario).unwrap();
    let job = pipeline::job(&scenario, &checked);
    bencher.bench(|| job.replicate(divan::black_box(7)));
}

/// Twenty replicates one after the other, as whoever tries many candidates runs them.
#[divan::bench(sample_count = 20)]
fn twenty_replicates(bencher: divan::Bencher) {
    let scenario = ccsd93();
    let checked = pipeline::check(&scenario).unwrap();
    let job = pipeline::job(&scenario, &checked);
    let twenty = || (0..20).map(|number| job.replicate(number).track.years.len()).sum::<usize>();
    bencher.counter(divan::counter::ItemsCount::new(20usize)).bench(twenty);
}

/// What replicates share: people, weeks and the hours of the timetable, once for each candidate.
#[divan::bench]
fn job(bencher: divan::Bencher) {
    let scenario = ccsd93();
    let checked = pipeline::check(&scenario).unwrap();
    bencher.bench(|| pipeline::job(&scenario, &checked));
}

/// Medians and bands of 200 replicates.
#[divan::bench(sample_count = 10)]
fn summary(bencher: divan::Bencher) {
    let scenario = ccsd93();
    let checked = pipeline::check(&scenario).unwrap();
    let job = pipeline::job(&scenario, &checked);
    let replicates = job.replicates(200, &|| ());
    bencher.bench(|| summarise(&job, &replicates));
}

/// Charts, page and tables.
#[divan::bench(sample_count = 5)]
fn render(bencher: divan::Bencher) {
    let scenario = ccsd93();
    let outcome = pipeline::run(&scenario, 20, &|| ()).unwrap();
    bencher.bench(|| report::render(&scenario, &outcome, "bench"));
}
