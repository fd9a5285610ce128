//! Settling: from when each condition holds, in each school.
//!
//! Has the graph, the stretches in which clauses do not fail and how long things take; gives the stretches
//! in which each condition holds. Knows neither why a clause fails nor what a condition is good for.
//!
//! A condition begins on the first day on which everything it needs holds at once. While it is being worked
//! on, what it needs may lapse without stopping the work; once it is ready, it holds only on days on which
//! everything it needs holds too. An agreement that ends takes with it what rests on it.

use crate::readiness::Graph;
use crate::readiness::Instead;
use crate::readiness::Node;
use crate::readiness::NodeKind;
use crate::readiness::Span;
use crate::readiness::Standing;
use crate::readiness::course::Course;
use crate::readiness::slack::mark_slack;
use crate::readiness::spans::days_after;
use crate::readiness::spans::first_from;
use crate::readiness::spans::meet;
use crate::readiness::spans::stretch_at;
use crate::readiness::spans::tidy;
use crate::readiness::spans::within;
use crate::units::Date;
use std::sync::Arc;

/// How every condition stands in every school.
#[derive(Debug, Clone)]
pub struct Readiness {
    /// By school, then by condition. Schools for which everything is the same share one list.
    pub schools: Vec<Arc<[Standing]>>,
}

/// Finds from when each condition holds in each school.
///
/// `clause_holds` says in which stretches of time a clause (by place) does not fail in a school (by place);
/// `takes_weeks` is the duration of a condition (by place) in this replicate \[weeks\], rounded to whole days.
/// A duration below nothing counts as nothing; one that is no number, or endless, is never over.
/// Dates after `end` are kept; only the critical path prefers practices and models that hold by then.
pub fn settle(
    graph: &Graph,
    n_schools: usize,
    start: Date,
    end: Date,
    clause_holds: &dyn Fn(usize, usize) -> Vec<Span>,
    takes_weeks: &dyn Fn(usize) -> f64,
) -> Readiness {
    let takes: Vec<Option<i64>> = (0..graph.nodes.len()).map(|place| whole_days(takes_weeks(place))).collect();
    let settle_one = |school: usize, clauses: &[Vec<Span>]| {
        let own = |place: usize, courses: &[Course]| {
            let node = &graph.nodes[place];
            let NodeKind::Clause(_) = node.kind else { return vec![Span { from: start, until: None }] };
            let mut spans = clauses[place].clone();
            spans.extend(node.instead.iter().flat_map(|instead| stands_in(instead, school, courses)));
            tidy(spans)
        };
        let mut courses = settle_school(graph, school, start, &own, &takes);
        mark_slack(graph, &mut courses, end);
        courses.into_iter().map(|course| course.standing).collect()
    };
    let mut schools: Vec<Arc<[Standing]>> = Vec::with_capacity(n_schools);
    let mut of_clauses: Vec<Vec<Vec<Span>>> = Vec::with_capacity(n_schools);
    for school in 0..n_schools {
        let spans = |node: &Node| match node.kind {
            NodeKind::Clause(clause) if is_about(node, school) => clause_holds(clause, school),
            _ => Vec::new(),
        };
        let clauses: Vec<Vec<Span>> = graph.nodes.iter().map(spans).collect();
        let twin = (0..school).find(|other| of_clauses[*other] == clauses && are_asked_alike(graph, school, *other));
        schools.push(twin.map_or_else(|| settle_one(school, &clauses), |twin| schools[twin].clone()));
        of_clauses.push(clauses);
    }
    Readiness { schools }
}

/// Whether the same conditions are about two schools, and the same changes of clauses.
fn are_asked_alike(graph: &Graph, one: usize, other: usize) -> bool {
    let alike = |of: &dyn Fn(usize) -> bool| of(one) == of(other);
    graph.nodes.iter().all(|node| {
        let changes = || node.instead.iter().all(|instead| alike(&|school| is_of(instead, school)));
        alike(&|school| is_about(node, school)) && changes()
    })
}

/// Whether a change of a clause is about a school.
fn is_of(instead: &Instead, school: usize) -> bool {
    instead.schools.is_empty() || instead.schools.contains(&school)
}

fn whole_days(weeks: f64) -> Option<i64> {
    weeks.is_finite().then(|| (weeks * 7.0).round().max(0.0) as i64)
}

fn settle_school(
    graph: &Graph,
    school: usize,
    start: Date,
    own: &dyn Fn(usize, &[Course]) -> Vec<Span>,
    takes: &[Option<i64>],
) -> Vec<Course> {
    let mut courses: Vec<Course> = graph.nodes.iter().map(|node| not_begun(is_about(node, school))).collect();
    for &place in &graph.order {
        if courses[place].standing.applies {
            let own = own(place, &courses);
            courses[place] = follow(&graph.nodes[place], start, &own, takes[place], &courses);
        }
    }
    courses
}

/// The stretches in which a condition stands in for a clause's own verdict in a school.
fn stands_in(instead: &Instead, school: usize, courses: &[Course]) -> Vec<Span> {
    let standing = &courses[instead.node].standing;
    if !standing.applies || !is_of(instead, school) {
        return Vec::new();
    }
    within(&standing.holds, instead.from.unwrap_or(Date::MIN), instead.until)
}

fn is_about(node: &Node, school: usize) -> bool {
    node.schools.as_ref().is_none_or(|schools| schools.contains(&school))
}

fn not_begun(applies: bool) -> Course {
    let standing = Standing {
        applies,
        begins: None,
        holds_from: None,
        holds: Vec::new(),
        waits_for: None,
        slack_days: None,
        critical: false,
    };
    Course { standing, could_begin: Vec::new(), ready: None }
}

fn follow(node: &Node, start: Date, own: &[Span], takes: Option<i64>, courses: &[Course]) -> Course {
    let needs: Vec<usize> =
        node.needs.iter().map(|need| need.node).filter(|&need| courses[need].standing.applies).collect();
    let earliest = node.not_before.map_or(start, |date| date.max(start));
    let mut could_begin = within(own, earliest, None);
    for &need in &needs {
        could_begin = meet(&could_begin, &courses[need].standing.holds);
    }
    let begins = first_from(&could_begin, start);
    let ready = begins.zip(takes).and_then(|(date, days)| days_after(date, days));
    let holds = ready.map_or_else(Vec::new, |date| within(&could_begin, date, node.until));
    let holds_from = holds.first().map(|span| span.from);
    let waits_for = match begins {
        Some(begins) => {
            let moment = holds_from.filter(|&first| ready.is_some_and(|ready| first > ready)).unwrap_or(begins);
            held_up_by(&needs, courses, start, moment)
        }
        None => held_up_for_good(&needs, courses),
    };
    let standing = Standing { begins, holds_from, holds, waits_for, ..not_begun(true).standing };
    Course { standing, could_begin, ready }
}

/// The need that came to hold on the very day on which the condition moved on; the one written first, if several.
fn held_up_by(needs: &[usize], courses: &[Course], start: Date, moment: Date) -> Option<usize> {
    let arrives = |need: usize| stretch_at(&courses[need].standing.holds, moment).map(|span| span.from);
    needs.iter().copied().filter(|&need| moment > start && arrives(need) == Some(moment)).min()
}

/// For a condition that never begins: the first need that never holds, or else the one that holds last.
fn held_up_for_good(needs: &[usize], courses: &[Course]) -> Option<usize> {
    let first_day = |need: usize| courses[need].standing.holds_from;
    let never = needs.iter().copied().filter(|&need| first_day(need).is_none()).min();
    never.or_else(|| needs.iter().copied().max_by_key(|&need| (first_day(need), std::cmp::Reverse(need))))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::calendar::days_later;
    use crate::findings::Place;
    use crate::readiness::build;
    use crate::readiness::made;
    use crate::readiness::made::Rollout;
    use crate::readiness::made::date;
    use proptest::prelude::*;

    fn always(_: usize, _: usize) -> Vec<Span> {
        vec![Span { from: date("2020-01-01"), until: None }]
    }

    fn standings(nodes: &[Node], clauses: &dyn Fn(usize, usize) -> Vec<Span>, weeks: &[f64]) -> Vec<Standing> {
        let graph = build(nodes).unwrap();
        settle(&graph, 1, date("2026-07-01"), date("2028-06-30"), clauses, &|place| weeks[place]).schools[0].to_vec()
    }

    #[test]
    fn what_is_needed_is_waited_for_and_then_takes_its_time() {
        let mut nodes = made::nodes(&[&[], &[], &[0, 1]]);
        nodes[1].not_before = Some(date("2026-08-01"));
        let school = standings(&nodes, &always, &[2.0, 1.0, 3.0]);
        assert_eq!(school[0].holds_from, Some(date("2026-07-15"))); // by hand: 1 July + 14 days
        assert_eq!(school[1].holds_from, Some(date("2026-08-08"))); // by hand: 1 August + 7 days
        assert_eq!(school[2].begins, Some(date("2026-08-08"))); // by hand: the later of the two
        assert_eq!(school[2].holds_from, Some(date("2026-08-29"))); // by hand: 8 August + 21 days
        assert_eq!((school[2].waits_for, school[1].waits_for), (Some(1), None));
    }

    #[test]
    fn a_condition_begins_only_when_its_needs_hold_at_once() {
        // by hand: the agreement ends on 30 September, the money comes on 1 October: never together
        let mut nodes = made::nodes(&[&[], &[], &[0, 1]]);
        nodes[0].until = Some(date("2026-09-30"));
        nodes[1].not_before = Some(date("2026-10-01"));
        let school = standings(&nodes, &always, &[0.0, 0.0, 0.0]);
        assert_eq!((school[2].begins, school[2].holds_from), (None, None));
        assert_eq!(school[2].waits_for, Some(1));
    }

    #[test]
    fn what_rests_on_a_lapsed_clause_lapses_and_comes_back() {
        let mut nodes = made::nodes(&[&[], &[0], &[1]]);
        nodes[0].kind = NodeKind::Clause(4);
        let years = |clause: usize, _: usize| {
            assert_eq!(clause, 4);
            vec![
                Span { from: date("2025-07-01"), until: Some(date("2026-08-31")) },
                Span { from: date("2027-07-01"), until: Some(date("2028-06-30")) },
            ]
        };
        let school = standings(&nodes, &years, &[0.0, 2.0, 10.0]);
        assert_eq!(school[0].holds_from, Some(date("2026-07-01"))); // not before the scenario begins
        let first = Span { from: date("2026-07-15"), until: Some(date("2026-08-31")) };
        let second = Span { from: date("2027-07-01"), until: Some(date("2028-06-30")) };
        assert_eq!(school[1].holds, [first, second]);
        // by hand: ready on 15 July + 70 days = 23 September, while the clause fails; so it holds with the clause
        assert_eq!(school[2].begins, Some(date("2026-07-15")));
        assert_eq!((school[2].holds_from, school[2].waits_for), (Some(date("2027-07-01")), Some(1)));
    }

    #[test]
    fn a_condition_about_other_schools_is_not_waited_for() {
        let mut nodes = made::nodes(&[&[], &[0]]);
        nodes[0].schools = Some(vec![1]);
        let graph = build(&nodes).unwrap();
        let readiness = settle(&graph, 2, date("2026-07-01"), date("2027-06-30"), &always, &|_| 4.0);
        assert!(!readiness.schools[0][0].applies);
        assert_eq!(readiness.schools[0][1].begins, Some(date("2026-07-01")));
        assert_eq!(readiness.schools[1][1].begins, Some(date("2026-07-29"))); // by hand: 1 July + 28 days
    }

    #[test]
    fn a_duration_without_end_is_never_over_and_one_below_nothing_is_nothing() {
        for weeks in [f64::NAN, f64::INFINITY, 1e300] {
            assert_eq!(standings(&made::nodes(&[&[]]), &always, &[weeks])[0].holds_from, None, "{weeks}");
        }
        let school = standings(&made::nodes(&[&[]]), &always, &[-3.0]);
        assert_eq!(school[0].holds_from, Some(date("2026-07-01")));
    }

    proptest! {
        #[test]
        fn schools_that_share_a_list_stand_as_each_would_alone(
            rollout in made::any_rollout(8),
            about in prop::collection::vec(prop::option::of(0usize..3), 8),
            lapses in prop::collection::vec(0usize..2, 3),
        ) {
            // Three schools, some conditions about one of them only; clauses never fail, or as they do in the rollout.
            let weeks = |place: usize| rollout.days[place] as f64 / 7.0;
            let settled = |first: usize| {
                let moved = |school: usize| if school == first { 0 } else if school == 0 { first } else { school };
                let mut nodes = rollout.nodes.clone();
                for (node, about) in nodes.iter_mut().zip(&about) {
                    node.schools = about.map(|school| vec![moved(school)]);
                }
                let clauses = |clause: usize, school: usize| match lapses[moved(school)] {
                    0 => vec![Span { from: made::START, until: None }],
                    _ => rollout.clauses[clause].clone(),
                };
                settle(&build(&nodes).unwrap(), 3, made::START, made::END, &clauses, &weeks)
            };
            let together = settled(0);
            for school in 0..3 {
                // The first school has nobody before it whose list it could share.
                prop_assert_eq!(&together.schools[school], &settled(school).schools[0]);
            }
        }
    }

    /// The obvious way: live through every day and ask what holds on it.
    fn day_by_day(rollout: &Rollout, n_days: i64) -> Vec<Vec<bool>> {
        let n = rollout.nodes.len();
        let all_year = vec![Span { from: made::START, until: None }];
        let mut held = vec![Vec::new(); n];
        let mut done_on: Vec<Option<i64>> = vec![None; n];
        for day in 0..n_days {
            let date = days_after(made::START, day).unwrap();
            for place in 0..n {
                let node = &rollout.nodes[place];
                let about = |place: usize| rollout.nodes[place].schools.is_none();
                let clause =
                    if let NodeKind::Clause(clause) = node.kind { &rollout.clauses[clause] } else { &all_year };
                let clause = clause.iter().any(|span| span.contains(date));
                let needs = node.needs.iter().all(|need| !about(need.node) || *held[need.node].last().unwrap());
                let may_begin = clause && needs && node.not_before.is_none_or(|first| first <= date);
                if done_on[place].is_none() && may_begin {
                    done_on[place] = Some(day + rollout.days[place]);
                }
                let done = done_on[place].is_some_and(|done| done <= day);
                held[place].push(about(place) && done && clause && needs && node.until.is_none_or(|last| date <= last));
            }
        }
        held
    }

    #[test]
    fn a_change_of_a_clause_stands_in_for_its_verdict_from_the_day_it_holds() {
        // 0 the state changes the clause, 1 the clause, which fails throughout, 2 a practice that needs it
        let mut nodes = made::nodes(&[&[], &[], &[1]]);
        nodes[0].kind = NodeKind::Change(0);
        nodes[1].kind = NodeKind::Clause(0);
        nodes[1].instead =
            vec![Instead { node: 0, from: None, until: None, schools: vec![], written: Place::nowhere() }];
        nodes[2].kind = NodeKind::Practice(0);
        let weeks = [10.0, 0.0, 0.0];
        let settled = |nodes: &[Node]| {
            let graph = build(nodes).unwrap();
            settle(&graph, 1, made::START, date("2028-06-30"), &|_, _| vec![], &|place| weeks[place]).schools[0]
                .to_vec()
        };
        let standings = settled(&nodes);
        let day = days_later(made::START, 70); // by hand: 10 weeks
        assert_eq!((standings[1].holds_from, standings[2].holds_from), (Some(day), Some(day)));
        assert!(standings[0].critical, "the practice waits for the change");
        let until = days_later(made::START, 100);
        nodes[1].instead[0].until = Some(until);
        assert_eq!(settled(&nodes)[2].holds, [Span { from: day, until: Some(until) }]);
        nodes[1].instead[0].schools = vec![3];
        assert_eq!(settled(&nodes)[2].holds_from, None, "it is waived for another school");
    }

    proptest! {
        #[test]
        fn settling_agrees_with_living_through_every_day(rollout in made::any_rollout(8)) {
            let school = rollout.settle();
            let held = day_by_day(&rollout, 400);
            for (place, standing) in school.iter().enumerate() {
                for day in 0..400 {
                    let date = days_after(made::START, day).unwrap();
                    let holds = stretch_at(&standing.holds, date).is_some();
                    prop_assert_eq!(holds, held[place][day as usize], "c{} on {}", place, date);
                }
                let first = held[place].iter().position(|&h| h).map(|day| days_after(made::START, day as i64).unwrap());
                let far = days_after(made::START, 400).unwrap();
                prop_assert_eq!(standing.holds_from.filter(|&day| day < far), first);
            }
        }

        #[test]
        fn one_more_need_makes_nothing_earlier(rollout in made::any_rollout(8), user in 1usize..8, pick in 0usize..8) {
            let before = rollout.settle();
            let mut more = rollout.clone();
            let need = crate::readiness::Need { node: pick % user, written: more.nodes[0].written.clone() };
            more.nodes[user].needs.push(need);
            prop_assert!(no_day_is_gained(&before, &more.settle()));
        }

        #[test]
        fn a_longer_duration_makes_nothing_earlier(rollout in made::any_rollout(8), late in 0usize..8, by in 1i64..90) {
            let before = rollout.settle();
            let mut longer = rollout.clone();
            longer.days[late] += by;
            prop_assert!(no_day_is_gained(&before, &longer.settle()));
        }

        #[test]
        fn what_is_waited_for_comes_to_hold_on_the_day_it_decides(rollout in made::any_rollout(8)) {
            let school = rollout.settle();
            for standing in school.iter().filter(|standing| standing.begins.is_some()) {
                let Some(need) = standing.waits_for else { continue };
                let arrives = |day: Option<Date>| day.is_some_and(|day| school[need].holds.iter().any(|s| s.from == day));
                prop_assert!(arrives(standing.begins) || arrives(standing.holds_from));
            }
        }
    }

    fn no_day_is_gained(before: &[Standing], after: &[Standing]) -> bool {
        before.iter().zip(after).all(|(before, after)| meet(&before.holds, &after.holds) == after.holds)
    }
}
