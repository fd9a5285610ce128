//! What the adoption engine reduces to, and laws that it keeps: tests of the engine itself, by configuration.

mod common;

use common::Plain;
use common::mean_and_error;
use common::replicates;
use common::shares;
use earlybell::ensemble::Replicate;
use earlybell::pipeline;
use earlybell::scenario::Scenario;

/// One step, from 2 to 3, open to will alone; a median of ln 2 weeks makes the hazard equal to will.
const ONE_STEP: &str = "Ladder(starts_at: 2, steps: [
    Step(median: Weeks(1), needs: [Will]), Step(median: Weeks(1), needs: [Will]),
    Step(median: Weeks(0.6931471805599453), needs: [Will]),
    Step(median: Weeks(100000), needs: []), Step(median: Weeks(100000), needs: []),
], assumed: [\"*\"])";

/// Weeks that stand for one of Bass's years: fine enough that a weekly step is nearly continuous.
const WEEKS_PER_BASS_YEAR: f64 = 26.0;

/// Bass 1969, closed form: share that has adopted after t years.
fn bass(p: f64, q: f64, t: f64) -> f64 {
    let decay = (-(p + q) * t).exp();
    (1.0 - decay) / (1.0 + q / p * decay)
}

fn bass_scenario(p: f64, q: f64, years: usize) -> Scenario {
    Plain::new(1500, years, ONE_STEP)
        .with("will.disposition-mean", p / WEEKS_PER_BASS_YEAR)
        .with("will.disposition-sd", 0.0)
        .with("will.district", q / WEEKS_PER_BASS_YEAR)
        .scenario()
}

#[test]
fn with_one_step_and_will_alone_it_is_bass_diffusion_for_every_product_of_his_table() {
    // Bass 1969, table 1: refrigerators, freezers, black and white television, water softeners, air conditioners,
    // clothes dryers, lawnmowers, electric bed coverings, coffee makers, steam irons, record players.
    let products = [
        (0.0026167, 0.21566),
        (0.018119, 0.17110),
        (0.027877, 0.25105),
        (0.017703, 0.29695),
        (0.010399, 0.41861),
        (0.017206, 0.35688),
        (0.0091837, 0.33790),
        (0.005876, 0.24387),
        (0.017135, 0.30145),
        (0.028632, 0.32791),
        (0.024796, 0.65410),
    ];
    for (p, q) in products {
        let scenario = bass_scenario(p, q, 6);
        let curve = mean_and_error(&shares(&scenario, &replicates(&scenario, 8), 3));
        for week in (12..300).step_by(24) {
            let (mean, error) = curve[week];
            let expected = bass(p, q, (week + 1) as f64 / WEEKS_PER_BASS_YEAR);
            // The mean of finite populations lags a little behind the closed form; so does a weekly step.
            let allowed = 4.0 * error + 0.02;
            assert!(
                (mean - expected).abs() < allowed,
                "p {p} q {q} week {week}: {mean} instead of {expected} +- {allowed}"
            );
        }
    }
}

#[test]
fn from_a_seeded_share_without_innovators_it_is_logistic_growth() {
    let (start, rate) = (0.05, 0.02);
    let scenario = Plain::new(3000, 6, ONE_STEP)
        .with("will.disposition-mean", 0.0)
        .with("will.disposition-sd", 0.0)
        .with("will.district", rate)
        .with("start.share-at-routine", start)
        .scenario();
    let curve = mean_and_error(&shares(&scenario, &replicates(&scenario, 8), 3));
    for week in (0..300).step_by(30) {
        let grown = start * (rate * (week + 1) as f64).exp();
        let expected = grown / (1.0 - start + grown);
        let (mean, error) = curve[week];
        assert!((mean - expected).abs() < 4.0 * error + 0.015, "week {week}: {mean} instead of {expected}");
    }
}

/// Share of a normal distribution above a point.
fn above(x: f64, mean: f64, sd: f64) -> f64 {
    0.5 * libm::erfc((x - mean) / (sd * std::f64::consts::SQRT_2))
}

#[test]
fn with_a_threshold_response_it_is_threshold_adoption() {
    let at_once = "Ladder(starts_at: 2, steps: [
        Step(median: Weeks(1), needs: [Will]), Step(median: Weeks(1), needs: [Will]), Step(median: Weeks(0), needs: [Will]),
        Step(median: Weeks(100000), needs: []), Step(median: Weeks(100000), needs: []),
    ], assumed: [\"*\"])";
    let mut plain = Plain::new(3000, 1, at_once).with("will.school", 0.3);
    plain.response = "Threshold";
    let scenario = plain.scenario();
    let curve = mean_and_error(&shares(&scenario, &replicates(&scenario, 8), 3));
    let mut expected = 0.0;
    for (week, (mean, error)) in curve.iter().enumerate().take(15) {
        expected = above(0.5 - 0.3 * expected, 0.45, 0.18);
        assert!((mean - expected).abs() < 4.0 * error + 0.01, "week {week}: {mean} instead of {expected}");
    }
}

#[test]
fn with_all_capacities_full_the_ladder_takes_the_sum_of_its_waits() {
    let open = "Ladder(starts_at: 0, steps: [
        Step(median: Weeks(6), needs: []), Step(median: Weeks(6), needs: []), Step(median: Weeks(8), needs: []),
        Step(median: Weeks(30), needs: []), Step(median: Weeks(50), needs: []),
    ], assumed: [\"*\"])";
    let scenario = Plain::new(3000, 15, open).scenario();
    let runs = replicates(&scenario, 4);
    let wait = |median: f64| 1.0 / (1.0 - 0.5f64.powf(1.0 / median));
    let mut expected = 0.0;
    for (level, median) in [6.0, 6.0, 8.0, 30.0, 50.0].into_iter().enumerate() {
        expected += wait(median);
        let reached = mean_and_error(&shares(&scenario, &runs, level + 1));
        // The mean waiting time is the area above the curve.
        let mean: f64 = reached.iter().map(|(share, _)| 1.0 - share).sum::<f64>() + 1.0;
        assert!((mean / expected - 1.0).abs() < 0.03, "level {}: {mean} instead of {expected}", level + 1);
    }
}

const MODEL_LADDER: &str = "Ladder(starts_at: 0, steps: [
    Step(median: Weeks(6), needs: [Will]), Step(median: Weeks(6), needs: [Will, Authority]),
    Step(median: Weeks(8), needs: [Will, Authority, Resources], hours: Hours(14)),
    Step(median: Weeks(30), needs: [Will, Authority, Expertise, Resources], hours: Hours(49)),
    Step(median: Weeks(50), needs: [Will, Authority, Expertise, Team], hours: Hours(100)),
], assumed: [\"*\"])";

#[test]
fn without_learning_hours_of_any_kind_nobody_passes_level_two() {
    let scenario = Plain::new(400, 4, MODEL_LADDER).scenario();
    let runs = replicates(&scenario, 4);
    assert!(shares(&scenario, &runs, 2).iter().all(|r| *r.last().unwrap() > 0.9), "they do get as far as preparation");
    assert!(shares(&scenario, &runs, 3).iter().flatten().all(|share| *share == 0.0));
}

#[test]
fn people_are_neither_lost_nor_made() {
    let mut plain = Plain::new(200, 4, MODEL_LADDER);
    plain.turnover = (0.15, 0.2);
    plain.sections = LEARNING;
    let scenario = plain.scenario();
    for run in replicates(&scenario, 6) {
        for week in &run.track.weeks {
            assert_eq!(week.held_by.iter().sum::<u32>(), 200);
            assert!(week.at_least.is_sorted_by(|a, b| a >= b), "a level contains the next");
        }
        assert!(run.track.years.iter().all(|y| y.leavers + y.movers < 200 && y.leavers > 0 && y.movers > 0));
    }
}

const LEARNING: &str = "learning: [Learning(id: \"l\", title: \"L\", kind: CommunityOfPractice, hours: InBlocks(\"learning\"), on_practice: Share(0.3), assumed: [\"*\"])],";

fn final_mean(scenario: &Scenario, runs: &[Replicate], level: usize) -> (f64, f64) {
    let all = shares(scenario, runs, level);
    // The mean over the whole curve moves earlier and more surely than its end.
    let area: Vec<Vec<f64>> = all.iter().map(|r| vec![r.iter().sum::<f64>() / r.len() as f64]).collect();
    mean_and_error(&area)[0]
}

fn ccsd93() -> Scenario {
    common::read(&common::project().join("scenarios/ccsd93"))
}

/// Mean share using, over all weeks, before and after a change under the same luck.
fn before_and_after(change: impl Fn(&mut Scenario)) -> (f64, f64, f64) {
    let before = ccsd93();
    let mut after = before.clone();
    change(&mut after);
    let n = 12;
    let (a, error) = final_mean(&before, &replicates(&before, n), 4);
    let (b, _) = final_mean(&after, &replicates(&after, n), 4);
    (a, b, error)
}

#[test]
fn more_coach_hours_do_not_lower_adoption() {
    let (before, after, error) = before_and_after(|s| {
        let coach = s.district.role("coach").unwrap();
        s.district.roles[coach].hours_per_week *= 2.0;
    });
    assert!(after >= before - 2.0 * error, "{before} to {after}, error {error}");
    let (full, without, error) = before_and_after(|s| s.district.roles.iter_mut().for_each(|r| r.hours_per_week = 0.0));
    assert!(without < full - 2.0 * error, "no coaches at all lower it: {full} to {without}");
}

#[test]
fn more_learning_time_does_not_lower_adoption_and_less_does() {
    let (before, after, error) = before_and_after(|s| {
        for time in &mut s.resources.learning {
            time.attends = earlybell::units::Share::new(1.0).unwrap();
            time.cost_per_participant = earlybell::units::Dollars::new(0.0);
        }
    });
    assert!(after >= before - 2.0 * error, "{before} to {after}, error {error}");
    let (full, without, error) = before_and_after(|s| s.resources.learning.retain(|l| l.id != "monday-communities"));
    assert!(without < full - 2.0 * error, "no Monday time lowers it: {full} to {without}");
}

#[test]
fn a_later_agreement_lowers_adoption() {
    let (on_time, late, error) = before_and_after(|s| {
        let agreement = s.nodes.iter_mut().find(|n| n.id == "agreement").unwrap();
        agreement.takes_weeks = earlybell::luck::Uncertain::Fixed(130.0);
    });
    assert!(late < on_time - 2.0 * error, "{on_time} to {late}, error {error}");
}

#[test]
fn removing_an_edge_of_the_graph_changes_the_curve() {
    let scenario = ccsd93();
    let checked = pipeline::check(&scenario).unwrap();
    let place = |id: &str| checked.graph.nodes.iter().position(|n| n.id == id).unwrap();
    let mut freed = checked.clone();
    freed.graph = earlybell::readiness::without_edge(&checked.graph, place("agreement"), place("board-approval"));
    let with = pipeline::job(&scenario, &checked).replicate(0);
    let without = pipeline::job(&scenario, &freed).replicate(0);
    let standing = |r: &Replicate| r.readiness.schools[0][place("agreement")].holds_from.unwrap();
    assert!(standing(&without) < standing(&with), "the agreement no longer waits for the board");
    assert_ne!(with.track.weeks, without.track.weeks);
}

#[test]
fn a_clause_that_fails_holds_the_release_and_its_hours_back() {
    let scenario = ccsd93();
    let mut broken = scenario.clone();
    // The five hours become seven: no Monday and no Tuesday reaches them.
    let clause = broken.clauses.iter_mut().find(|c| c.id == "il-clock-hours").unwrap();
    let earlybell::clauses::Rule::Computable { requires: earlybell::clauses::Requirement::Limit(limit), .. } =
        &mut clause.rule
    else {
        panic!("the clause is a limit")
    };
    for value in &mut limit.values {
        value.amount = earlybell::clauses::Amount::Hours(earlybell::units::Minutes(420));
    }
    let checked = pipeline::check(&broken).unwrap();
    let readiness = pipeline::job(&broken, &checked).settle_typically();
    let release = checked.graph.nodes.iter().position(|n| n.id == "elementary-release").unwrap();
    assert_eq!(readiness.schools[0][release].holds_from, None);
    let (good, _) = final_mean(&scenario, &replicates(&scenario, 6), 4);
    let (bad, _) = final_mean(&broken, &replicates(&broken, 6), 4);
    assert!(bad < good, "{good} to {bad}");
}

#[test]
fn adoption_in_the_main_scenario_is_of_the_order_that_the_model_names() {
    // docs/model.md: using 7, 53, 76, 82, 84 %, routine 0, 12, 34, 47, 55 % at the end of school years 1 to 5.
    let scenario = ccsd93();
    let checked = pipeline::check(&scenario).unwrap();
    let job = pipeline::job(&scenario, &checked);
    let ends: Vec<usize> = job.world.year_ends.iter().map(|(_, week)| *week).collect();
    let runs = job.replicates(16, &|| ());
    let using = mean_and_error(&shares(&scenario, &runs, 3));
    let routine = mean_and_error(&shares(&scenario, &runs, 4));
    for (year, (expected_using, expected_routine)) in
        [(0.07, 0.0), (0.53, 0.12), (0.76, 0.34), (0.82, 0.47), (0.84, 0.55)].into_iter().enumerate()
    {
        let (u, r) = (using[ends[year]].0, routine[ends[year]].0);
        assert!((u - expected_using).abs() < 0.1, "using at the end of year {}: {u}", year + 1);
        assert!((r - expected_routine).abs() < 0.1, "routine at the end of year {}: {r}", year + 1);
    }
}

#[test]
fn a_new_teacher_changes_nobody_elses_luck() {
    let scenario = ccsd93();
    let mut larger = scenario.clone();
    larger.district.schools[0].positions[0].1 += 1;
    let (a, b) = (earlybell::people::synthesise(&scenario.district), earlybell::people::synthesise(&larger.district));
    let keys: std::collections::BTreeSet<_> = b.educators.iter().map(|e| e.key).collect();
    assert!(a.educators.iter().all(|e| keys.contains(&e.key)));
    assert_eq!(b.educators.len(), a.educators.len() + 1);
}

/// The main scenario with everything cut that ties schools together: the district's pull, shared money, movers and
/// coaches taken from teachers.
fn uncoupled() -> Scenario {
    let mut scenario = ccsd93();
    let fixed = |s: &mut Scenario, name: &str, value: f64| {
        s.rules.parameters.get_mut(name).unwrap().value = earlybell::luck::Uncertain::Fixed(value);
    };
    fixed(&mut scenario, "will.district", 0.0);
    fixed(&mut scenario, "turnover.moves-within-district", 0.0);
    for line in &mut scenario.resources.budget {
        line.by_year.fill(earlybell::units::Dollars::new(1e9));
    }
    for role in &mut scenario.district.roles {
        role.backfill = earlybell::district::Backfill::NewHire;
    }
    scenario
}

/// The weeks of one school.
fn weeks_of(run: &Replicate, n_schools: usize, school: usize) -> Vec<earlybell::adoption::WeekCounts> {
    run.track.weeks.iter().skip(school).step_by(n_schools).cloned().collect()
}

#[test]
fn without_one_educator_only_those_whom_she_influences_change() {
    let with = uncoupled();
    let mut without = with.clone();
    without.district.schools[2].positions[0].1 -= 1;
    let (a, b) = (&replicates(&with, 1)[0], &replicates(&without, 1)[0]);
    for school in 0..9 {
        let same = weeks_of(a, 9, school) == weeks_of(b, 9, school);
        assert_eq!(same, school != 2, "school {school}");
    }
}

#[test]
fn a_school_more_changes_no_other_school() {
    let with = uncoupled();
    let mut without = with.clone();
    without.district.schools.pop();
    for node in &mut without.nodes {
        if let Some(schools) = &mut node.schools {
            schools.retain(|s| *s < 8);
        }
    }
    let (a, b) = (&replicates(&with, 1)[0], &replicates(&without, 1)[0]);
    for school in 0..8 {
        assert_eq!(weeks_of(a, 9, school), weeks_of(b, 8, school), "school {school}");
    }
}

#[test]
fn removing_a_need_never_lowers_authority_or_resources() {
    let scenario = ccsd93();
    let checked = pipeline::check(&scenario).unwrap();
    let job = pipeline::job(&scenario, &checked);
    let luck = earlybell::luck::Luck::new(93, 0);
    let before = job.supply(&job.settle_typically(), &luck);
    for (place, node) in scenario.nodes.iter().enumerate() {
        for need in &node.needs {
            let mut freed = checked.clone();
            freed.graph = earlybell::readiness::without_edge(&checked.graph, place, need.node);
            let job = pipeline::job(&scenario, &freed);
            let after = job.supply(&job.settle_typically(), &luck);
            for (old, new) in before.schools.iter().zip(&after.schools) {
                for (old, new) in old.practices.iter().zip(new.practices.iter()) {
                    let not_lower = |a: &[f64], b: &[f64]| a.iter().zip(b).all(|(a, b)| b >= a);
                    assert!(not_lower(&old.authority, &new.authority), "{} without {}", node.id, need.node);
                    assert!(not_lower(&old.resources_cap, &new.resources_cap), "{} without {}", node.id, need.node);
                }
            }
        }
    }
}

#[test]
fn a_partner_that_fails_holds_back_until_it_is_noticed() {
    let mut lasting = ccsd93();
    lasting.resources.partners[0].fails_per_year = earlybell::units::Share::new(0.0).unwrap();
    let mut failing = lasting.clone();
    failing.resources.partners[0].fails_per_year = earlybell::units::Share::new(1.0).unwrap();
    failing.resources.partners[0].harm = earlybell::units::Share::new(1.0).unwrap();
    failing.resources.partners[0].noticed_after_weeks = 200;
    let (good, error) = final_mean(&lasting, &replicates(&lasting, 8), 4);
    let (bad, _) = final_mean(&failing, &replicates(&failing, 8), 4);
    assert!(bad < good - 2.0 * error, "{good} to {bad}");
}

#[test]
fn families_that_are_engaged_support_more() {
    let scenario = ccsd93();
    let mut silent = scenario.clone();
    silent.resources.engagement.clear();
    let support = |s: &Scenario| replicates(s, 1)[0].track.weeks.iter().map(|w| w.families).sum::<f32>();
    assert!(support(&scenario) > support(&silent));
}

#[test]
fn each_policy_serves_others_first_and_all_of_them_help() {
    use earlybell::adoption::Policy;
    let mut curves = Vec::new();
    for policy in [Policy::Even, Policy::JustInTime, Policy::EarlyAdoptersFirst, Policy::StragglersFirst] {
        let mut scenario = ccsd93();
        scenario.rules.policy = policy;
        // Scarce help: where there is enough for all, it does not matter who is first.
        scenario.district.roles.iter_mut().for_each(|r| r.hours_per_week /= 8.0);
        let runs = replicates(&scenario, 2);
        curves.push(shares(&scenario, &runs, 4));
    }
    for (place, one) in curves.iter().enumerate() {
        assert!(curves[place + 1..].iter().all(|other| other != one), "two policies do the same");
        assert!(one.iter().all(|run| *run.last().unwrap() > 0.1));
    }
}
