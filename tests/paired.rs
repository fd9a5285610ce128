//! Two ensembles under the same luck: what differs, how surely, and for whom.

use earlybell::adoption::Track;
use earlybell::district::Backfill;
use earlybell::ensemble::Paired;
use earlybell::ensemble::Side;
use earlybell::ensemble::Sorted;
use earlybell::ensemble::compare;
use earlybell::ensemble::why_not_comparable;
use earlybell::luck::Uncertain;
use earlybell::pipeline;
use earlybell::scenario;
use earlybell::scenario::Scenario;
use earlybell::units::Dollars;
use std::path::PathBuf;

fn project() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

fn ccsd93() -> Scenario {
    let path = project().join("scenarios/ccsd93");
    scenario::read(&path).unwrap_or_else(|unread| panic!("{}", scenario::picture(&unread.findings, &unread.files)))
}

/// The main scenario with one coach for so many educators.
fn with_coaches(one_per: f64) -> Scenario {
    let mut scenario = ccsd93();
    let coach = scenario.district.role("coach").unwrap();
    scenario.district.roles[coach].one_per_educators = Some(one_per);
    scenario
}

fn paired(baseline: &Scenario, other: &Scenario, n: u32) -> Result<Paired, Vec<String>> {
    let (a, b) = (pipeline::check(baseline).unwrap(), pipeline::check(other).unwrap());
    let (a, b) = (pipeline::job(baseline, &a), pipeline::job(other, &b));
    let (ra, rb) = (a.replicates(n, &|| ()), b.replicates(n, &|| ()));
    compare(&Side { job: &a, replicates: &ra }, &Side { job: &b, replicates: &rb })
}

fn reasons(baseline: &Scenario, other: &Scenario) -> Vec<String> {
    let (a, b) = (pipeline::check(baseline).unwrap(), pipeline::check(other).unwrap());
    why_not_comparable(&pipeline::job(baseline, &a), &pipeline::job(other, &b))
}

#[test]
fn identical_sides_differ_by_exactly_nothing() {
    let scenario = ccsd93();
    let same = paired(&scenario, &scenario.clone(), 4).unwrap();
    for measure in &same.measures {
        let d = &measure.difference;
        assert_eq!((d.mean, d.interval, d.level), (0.0, Some([0.0, 0.0]), 1.0), "{}", measure.id);
    }
    for curve in [&same.using, &same.routine] {
        assert!(curve.mean.iter().all(|x| *x == 0.0));
        assert!(curve.interval.iter().flatten().flatten().all(|x| *x == 0.0));
        assert!(curve.quantiles.low.iter().chain(&curve.quantiles.high).all(|x| *x == 0.0));
    }
    assert_eq!(same.held.over_all.moved_most, None);
    assert!(same.schools.iter().all(|s| s.using.mean == 0.0 && s.held.over_all.change == [0.0; 5]));
    let years = same.kinds.iter().flat_map(|k| &k.years);
    assert!(years.clone().all(|y| y.using.as_ref().is_none_or(|d| d.interval == Some([0.0, 0.0]))));
    assert!(years.clone().all(|y| y.people[0] == y.people[1]));
}

#[test]
fn the_paired_interval_is_clearly_narrower_than_the_unpaired_one() {
    let result = paired(&ccsd93(), &with_coaches(60.0), 40).unwrap();
    let mut told = String::new();
    for measure in &result.measures {
        let d = &measure.difference;
        told += &format!(
            "{}: {:+.4} paired {:?} unpaired {:?} times {:?}\n",
            measure.id, d.mean, d.interval, d.unpaired_interval, d.times_narrower
        );
    }
    println!("{told}");
    for id in ["using-end", "routine-end", "using-mean", "experience-end"] {
        let times = result.measure(id).unwrap().difference.times_narrower.unwrap_or(0.0);
        assert!(times > 1.5, "{id} is only {times} times narrower:\n{told}");
    }
}

#[test]
fn swapping_the_sides_negates_everything() {
    let (one, two) = (ccsd93(), with_coaches(15.0));
    let (there, back) = (paired(&one, &two, 5).unwrap(), paired(&two, &one, 5).unwrap());
    for (a, b) in there.measures.iter().zip(&back.measures) {
        assert_eq!(a.difference.mean, -b.difference.mean, "{}", a.id);
        assert_eq!(a.difference.ahead, b.difference.behind, "{}", a.id);
    }
    for (a, b) in there.schools.iter().zip(&back.schools) {
        assert_eq!(a.held.over_all.change, b.held.over_all.change.map(|x| -x), "{}", a.id);
        assert_eq!(a.held.over_all.moved_most, b.held.over_all.moved_most);
    }
    assert!(there.using.mean.iter().zip(&back.using.mean).all(|(a, b)| *a == -*b));
}

#[test]
fn coaches_move_expertise_and_every_kind_of_educator_is_there() {
    // One coach for 30 educators already gives most of what is asked; one for 300 does not.
    let result = paired(&ccsd93(), &with_coaches(300.0), 10).unwrap();
    assert_eq!(result.held.over_all.moved_most, Some("expertise"), "{:?}", result.held.over_all);
    assert!(result.measure("routine-end").unwrap().difference.mean < 0.0);
    for sorted in [Sorted::Category, Sorted::Experience, Sorted::Level, Sorted::Grade] {
        let of_sort = || result.kinds.iter().filter(|k| k.sorted == sorted);
        for year in 0..5 {
            let people: f64 = of_sort().map(|k| k.years[year].people[0]).sum();
            assert!((people - 317.0).abs() < 1e-9, "{sorted:?}: each of the 317 teachers is of one kind, not {people}");
        }
    }
    // Shares of kinds, each by its people, are the share of the district.
    let mean = |year: usize| {
        let levels = result.kinds.iter().filter(|k| k.sorted == Sorted::Grade).map(|k| &k.years[year]);
        levels.map(|y| y.people[0] * y.using.as_ref().map_or(0.0, |d| d.baseline)).sum::<f64>() / 317.0
    };
    let of_district = result.measures[2].difference.baseline;
    assert!((mean(2) - of_district).abs() < 1e-9, "{} and {of_district}", mean(2));
}

#[test]
fn different_people_weeks_and_luck_are_not_compared_and_more_coaches_are() {
    let baseline = ccsd93();
    let changed = |change: &dyn Fn(&mut Scenario)| {
        let mut other = baseline.clone();
        change(&mut other);
        reasons(&baseline, &other)
    };
    assert!(reasons(&baseline, &with_coaches(10.0)).is_empty());
    assert!(
        changed(&|s| s.district.schools[0].positions[1].1 += 3).is_empty(),
        "principals do not take up the practice"
    );
    assert_eq!(
        changed(&|s| s.district.schools[2].positions[0].1 += 2),
        ["Elsie Johnson Elementary School: 31 positions of the role teacher in the baseline, 33 in the other side"]
    );
    assert_eq!(changed(&|s| s.seed += 1), ["they are run under different luck: seed 93 and seed 94"]);
    let years = changed(&|s| s.school_years = 3);
    assert!(years[0] == "they last 5 and 3 years", "{years:?}");
    assert!(changed(&|s| s.from = "2025-07-07".parse().unwrap())[0].starts_with("their first days differ: "));
    let practices = changed(&|s| s.resources.practices[0].id = "another".into());
    assert!(practices[0].starts_with("only the baseline has the practices "), "{practices:?}");
    assert_eq!(practices[1], "only the other side has the practices another");
    let pupils = changed(&|s| s.district.schools[0].pupils[0].1 += 10);
    assert!(pupils[0].starts_with("Carol Stream Elementary School: 396 and 406 pupils"), "{pupils:?}");
    assert!(
        paired(
            &baseline,
            &{
                let mut other = baseline.clone();
                other.seed = 1;
                other
            },
            2
        )
        .is_err()
    );
}

/// The main scenario with everything cut that ties schools together: the district's pull, shared money, movers and
/// coaches taken from teachers.
fn uncoupled() -> Scenario {
    let mut scenario = ccsd93();
    for name in ["will.district", "turnover.moves-within-district"] {
        scenario.rules.parameters.get_mut(name).unwrap().value = Uncertain::Fixed(0.0);
    }
    for line in &mut scenario.resources.budget {
        line.by_year.fill(Dollars::new(1e9));
    }
    for role in &mut scenario.district.roles {
        role.backfill = Backfill::NewHire;
    }
    scenario
}

fn tracks(scenario: &Scenario, n: u32) -> (Vec<Track>, Vec<std::ops::Range<usize>>) {
    let checked = pipeline::check(scenario).unwrap();
    let tracks = pipeline::job(scenario, &checked).replicates(n, &|| ()).into_iter().map(|r| r.track).collect();
    (tracks, checked.roster.schools)
}

/// How each educator of a school ends every school year.
fn endings_of(track: &Track, people: &std::ops::Range<usize>) -> Vec<Vec<earlybell::adoption::Ending>> {
    track.endings.iter().map(|year| year[people.clone()].to_vec()).collect()
}

#[test]
fn banning_one_educator_changes_nobody_whom_she_does_not_influence() {
    let with = uncoupled();
    let mut without = with.clone();
    without.district.schools[4].positions[0].1 -= 1;
    let ((a, schools_a), (b, schools_b)) = (tracks(&with, 3), tracks(&without, 3));
    for (a, b) in a.iter().zip(&b) {
        for school in (0..9).filter(|s| *s != 4) {
            assert_eq!(endings_of(a, &schools_a[school]), endings_of(b, &schools_b[school]), "school {school}");
        }
        assert_ne!(endings_of(a, &schools_a[4]), endings_of(b, &schools_b[4]));
    }
}

#[test]
fn a_school_more_changes_no_educator_of_the_others() {
    let with = uncoupled();
    let mut without = with.clone();
    without.district.schools.pop();
    for node in &mut without.nodes {
        if let Some(schools) = &mut node.schools {
            schools.retain(|s| *s < 8);
        }
    }
    let ((a, schools_a), (b, schools_b)) = (tracks(&with, 2), tracks(&without, 2));
    for (a, b) in a.iter().zip(&b) {
        for school in 0..8 {
            assert_eq!(endings_of(a, &schools_a[school]), endings_of(b, &schools_b[school]), "school {school}");
        }
    }
}
