//! The slow twin of the search: every candidate is written out as a scenario and judged from the beginning.

use crate::bells::Kind;
use crate::bells::elapsed;
use crate::bells::minutes_by_kind;
use crate::calendar::DayKind;
use crate::calendar::monday_of;
use crate::candidates::Added;
use crate::candidates::Budget;
use crate::candidates::Choice;
use crate::candidates::Earliest;
use crate::candidates::Gap;
use crate::candidates::Keeps;
use crate::candidates::Objectives;
use crate::candidates::OnePer;
use crate::candidates::Release;
use crate::candidates::Search;
use crate::candidates::Set;
use crate::candidates::Space;
use crate::candidates::Tier;
use crate::candidates::find;
use crate::candidates::look_up;
use crate::clauses::Amount;
use crate::clauses::Measure;
use crate::clauses::Outcome;
use crate::clauses::Side;
use crate::clauses::Window;
use crate::clauses::examples;
use crate::findings::Place;
use crate::levers::WEEKDAYS;
use crate::pipeline;
use crate::pipeline::Checked;
use crate::plan::asked_of_line;
use crate::propose::apply;
use crate::propose::terrain;
use crate::scenario;
use crate::scenario::Scenario;
use crate::timetable::Whose;
use crate::units::ClockTime;
use crate::units::Minutes;
use proptest::prelude::*;
use std::path::Path;

fn read(name: &str) -> Scenario {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(name);
    scenario::read(&path).unwrap_or_else(|unread| panic!("{}", unread.findings))
}

/// The clauses of packs beside those of the scenario, and one school year, so that the twin does not take all day.
fn with_packs(mut scenario: Scenario, packs: &[&str]) -> Scenario {
    for pack in packs {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios/clauses").join(pack);
        let pack = scenario::read_pack(&path).unwrap_or_else(|unread| panic!("{}", unread.findings));
        for clause in pack.clauses {
            if scenario.clauses.iter().all(|c| c.id != clause.id) {
                scenario.clauses.push(crate::clauses::Clause {
                    applies: crate::clauses::Applies { states: vec![], ..clause.applies.clone() },
                    ..clause
                });
            }
        }
    }
    scenario.calendars.iter_mut().for_each(|c| c.years.truncate(1));
    // Nodes name clauses by place, and the added ones have none; the twin asks for no conditions.
    scenario
        .nodes
        .retain(|n| !matches!(n.kind, crate::readiness::NodeKind::Practice(_) | crate::readiness::NodeKind::Model(_)));
    scenario.nodes.iter_mut().for_each(|n| n.needs.clear());
    scenario
}

/// What a candidate fails and gives, from its own scenario.
fn slowly(scenario: &Scenario, checked: &Checked, space: &Space, choice: &Choice) -> (Set, Objectives) {
    let other = apply(scenario, &checked.timetable, space, choice);
    let judged = pipeline::check(&other).unwrap();
    let fails = judged.verdicts.list.iter().filter(|v| v.outcome == Outcome::Fails).map(|v| v.clause).collect();
    let before = sums(scenario, checked);
    let after = sums(&other, &judged);
    let change = |of: &dyn Fn(&Sums) -> Option<i64>| {
        let each = before.iter().zip(&after).filter_map(|(b, a)| Some(((of(a)? - of(b)?) * 1_000).div_euclid(b.weeks)));
        each.min().unwrap_or(0)
    };
    let worked = |n: usize| (after[n].workday - before[n].workday).max(0);
    let staff = (before.iter().zip(&after).enumerate())
        .filter(|(_, (b, a))| b.is_staff && (b.workday > 0 || a.workday > 0))
        .map(|(n, (b, a))| ((a.own - b.own - worked(n)) * 1_000).div_euclid(b.weeks))
        .min();
    let cost = (0..other.resources.budget.len()).map(|l| asked_of_line(&other.district, &other.resources, l).cents());
    let objectives = Objectives {
        development: after.iter().map(|s| s.educators * s.development).sum(),
        longest: after.iter().map(|s| s.longest).max().unwrap_or(0),
        cost: cost.sum(),
        staff: staff.unwrap_or(0),
        pupils: change(&|s: &Sums| (!s.is_staff).then_some(s.instruction)),
    };
    (fails, objectives)
}

/// What a role or a grade of a school has on days of attendance.
struct Sums {
    is_staff: bool,
    educators: i64,
    weeks: i64,
    development: i64,
    own: i64,
    workday: i64,
    instruction: i64,
    longest: i64,
}

fn sums(scenario: &Scenario, checked: &Checked) -> Vec<Sums> {
    let mut all = Vec::new();
    for (place, school) in scenario.district.schools.iter().enumerate() {
        let years = &checked.timetable.schools[place].years;
        let days: Vec<_> = years.iter().flat_map(|y| &y.days).filter(|d| d.kind == DayKind::Attendance).collect();
        let mut mondays: Vec<_> = days.iter().map(|d| monday_of(d.date)).collect();
        mondays.dedup();
        let staff = school.positions.iter().filter(|(_, n)| *n > 0).map(|(role, n)| {
            let role = &scenario.district.roles[*role];
            (Whose::Staff(role.id.clone()), if role.takes_up_practice { i64::from(*n) } else { 0 })
        });
        for (whose, educators) in staff.chain(school.grades.iter().map(|g| (Whose::Pupils(g), 0))) {
            let is_staff = matches!(whose, Whose::Staff(_));
            let mut sum = Sums {
                is_staff,
                educators,
                weeks: mondays.len() as i64,
                development: 0,
                own: 0,
                workday: 0,
                instruction: 0,
                longest: 0,
            };
            for day in &days {
                let blocks = checked.timetable.blocks(day, &whose);
                let minutes = minutes_by_kind(blocks);
                sum.development += minutes.of(Kind::ProfessionalDevelopment).0;
                sum.own += minutes.of(Kind::Preparation).0 + minutes.of(Kind::DutyFreeLunch).0;
                sum.workday += elapsed(blocks).0;
                sum.instruction += minutes.of(Kind::Instruction).0 + minutes.of(Kind::Homeroom).0;
                sum.longest = sum.longest.max(elapsed(blocks).0);
            }
            all.push(sum);
        }
    }
    all
}

fn any_added() -> impl Strategy<Value = Vec<Added>> {
    let one = (0usize..3, 1i64..16).prop_map(|(kind, m)| match kind {
        0 => Added::AtEnd(Minutes(m)),
        1 => Added::AtStart(Minutes(m)),
        _ => Added::FromRecess(Minutes(m)),
    });
    prop::collection::vec(one, 0..3)
}

/// A search in a scenario: schools cut in two tiers or none, some of them without a release.
fn any_search(n_schools: usize, role: usize, node: usize) -> impl Strategy<Value = Search> {
    let release = (
        prop::collection::vec(0i64..150, 1..4),
        prop::sample::subsequence(WEEKDAYS[..5].to_vec(), 1..4),
        prop::collection::vec(1u32..5, 1..3),
        prop::collection::vec(any::<bool>(), n_schools),
    );
    let tiers =
        (0usize..3, prop::collection::vec(0usize..3, n_schools), prop::collection::vec(450i64..600, 1..3), 0i64..45);
    let release = release.prop_map(|(minutes, on, every_weeks, which)| Release {
        minutes: minutes.into_iter().map(Minutes).collect(),
        on,
        every_weeks,
        schools: which.iter().enumerate().filter(|(_, w)| **w).map(|(n, _)| n).collect(),
    });
    let tiers = tiers.prop_map(|(n, which, starts, gap)| {
        let tier = |t: usize| Tier {
            id: format!("tier-{t}"),
            schools: which.iter().enumerate().filter(|(_, w)| **w == t).map(|(n, _)| n).collect(),
            starts: starts.iter().map(|m| ClockTime::from_minutes(Minutes(*m)).unwrap()).collect(),
        };
        let tiers: Vec<Tier> = (0..n).map(tier).filter(|t| !t.schools.is_empty()).collect();
        let gaps = if tiers.len() == 2 { vec![Gap { tiers: vec![0, 1], at_least: Minutes(gap) }] } else { vec![] };
        (tiers, gaps)
    });
    (prop::option::of(release), any_added(), tiers, prop::collection::vec(5.0f64..60.0, 0..3)).prop_map(
        move |(release, added, (tiers, gaps), educators)| Search {
            release,
            added,
            tiers,
            gaps,
            one_per: if educators.is_empty() { vec![] } else { vec![OnePer { role, educators }] },
            dates: vec![Earliest { node, not_before: vec!["2027-01-01".parse().unwrap()] }],
            keeps: Keeps::default(),
            written: Place::nowhere(),
        },
    )
}

/// Every looked-up answer of some choices against the slow one.
fn agree(scenario: &mut Scenario, search: Search, picks: &[usize]) -> Result<(), TestCaseError> {
    scenario.search = Some(search);
    let checked = pipeline::check(scenario).unwrap();
    let terrain = terrain(scenario, &checked.timetable).unwrap();
    let space = Space::new(terrain.search, terrain.district, terrain.timetable, terrain.nodes);
    let pick = |seed: &usize| -> Choice {
        space.axes.iter().enumerate().map(|(n, axis)| (seed / (n * 7 + 1)).wrapping_add(*seed) % axis.len()).collect()
    };
    let choices: Vec<Choice> = picks.iter().map(pick).collect();
    for (choice, quick) in choices.iter().zip(look_up(&terrain, &space, &choices)) {
        let Some(quick) = quick else { continue };
        prop_assert_eq!(quick, slowly(scenario, &checked, &space, choice), "{:?} of {:?}", choice, space.axes);
    }
    Ok(())
}

fn role(scenario: &Scenario) -> usize {
    scenario.district.role("coach").unwrap()
}

fn node(scenario: &Scenario) -> usize {
    scenario.nodes.iter().position(|n| n.id == "agreement").unwrap()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, max_shrink_iters: 24, ..ProptestConfig::default() })]

    #[test]
    fn a_district_of_nine_schools_is_answered_as_if_each_candidate_were_written(
        search in any_search(9, 2, 4), picks in prop::collection::vec(any::<usize>(), 6),
    ) {
        let mut scenario = with_packs(read("scenarios/ccsd93"), &["us/illinois-more.ron", "us/washington.ron", "contract/typical.ron", "contract/coaches.ron"]);
        prop_assert_eq!((role(&scenario), node(&scenario)), (2, 4));
        agree(&mut scenario, search, &picks)?;
    }

    #[test]
    fn so_is_a_district_without_a_release_as_read(
        search in any_search(1, 0, 0), picks in prop::collection::vec(any::<usize>(), 6),
    ) {
        let mut scenario = with_packs(read("scenarios/late-start"), &["us/iowa.ron", "contract/typical.ron"]);
        agree(&mut scenario, Search { one_per: vec![], dates: vec![], ..search }, &picks)?;
    }
}

#[test]
fn a_small_space_is_counted_as_if_every_candidate_were_written() {
    let mut scenario = read("scenarios/template.ron");
    let counts = vec![Kind::ProfessionalDevelopment];
    let measure = Measure::StaffMinutes { counts, in_blocks_of: None, between: None };
    let cap = examples::limit(measure, Side::AtMost, Window::Week, Amount::Minutes(100));
    let mut clause = examples::limit_clause(cap);
    clause.applies.days = vec![DayKind::Attendance];
    scenario.clauses.push(clause);
    let checked = pipeline::check(&scenario).unwrap();
    scenario.search.as_mut().unwrap().release.as_mut().unwrap().minutes.retain(|m| m.0 % 60 == 0);
    let terrain = terrain(&scenario, &checked.timetable).unwrap();
    let found = find(&terrain, Budget::USUAL, 1);
    let n_dates: usize = found.space.dates().iter().map(|a| a.len()).product();
    let axes = &found.space.axes[..found.space.axes.len() - found.space.dates().len()];
    let n: usize = axes.iter().map(|a| a.len()).product();
    let mut lawful: Vec<Objectives> = Vec::new();
    for mut number in 0..n {
        let mut choice: Choice = Vec::new();
        for axis in axes {
            choice.push(number % axis.len());
            number /= axis.len();
        }
        choice.extend(&found.space.as_read[axes.len()..]);
        let (fails, objectives) = slowly(&scenario, &checked, &found.space, &choice);
        if fails.is_empty() {
            lawful.push(objectives);
        }
    }
    assert_eq!(found.n_candidates, (n * n_dates) as u64);
    assert_eq!(found.region.total.lawful, (lawful.len() * n_dates) as u64);
    assert!(!lawful.is_empty() && lawful.len() < n, "{} of {n}", lawful.len());
    // One role has three ratios, each with its own cost: the frontier of each is taken by itself.
    let same_cost = |o: &Objectives| lawful.iter().filter(|l| l.cost == o.cost).copied().collect::<Vec<_>>();
    let best = |o: &Objectives| !same_cost(o).iter().any(|l| crate::candidates::dominates(&l.as_more(), &o.as_more()));
    let mut frontier: Vec<Objectives> = lawful.iter().filter(|o| best(o)).copied().collect();
    frontier.sort();
    frontier.dedup();
    let mut quick: Vec<Objectives> = found.frontier.iter().map(|p| p.objectives).collect();
    quick.sort();
    assert_eq!(quick, frontier);
    let shared: u64 = found.frontier.iter().map(|p| p.shared_by).sum();
    assert_eq!(shared as usize, lawful.iter().filter(|o| best(o)).count());
}
