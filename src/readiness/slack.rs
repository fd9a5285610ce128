//! Slack: how late a condition may be before the last practice or model begins later.
//!
//! Has the course of every condition in one school, gives its slack and the critical path.
//!
//! A late condition loses the front of the stretches in which it holds, and so does, later, whatever needs
//! it; nothing else about them changes. So one pass from the last practice back to the first condition finds
//! for each the latest day on which its work may be done, exact even where clauses lapse and come back.

use crate::calendar::days_between;
use crate::readiness::Graph;
use crate::readiness::NodeKind;
use crate::readiness::course::Course;
use crate::readiness::spans::days_after;
use crate::readiness::spans::last_to;
use crate::units::Date;

/// Writes slack and critical path into the standings of one school.
///
/// The finish is the first day of the last practice or model that holds by `end`; where none does, of the
/// last that holds at all. A condition is critical when a single day more would move the finish.
pub fn mark_slack(graph: &Graph, courses: &mut [Course], end: Date) {
    let Some(finish) = finish(graph, courses, end) else { return };
    let mut latest: Vec<Option<Date>> = vec![None; courses.len()];
    for &place in graph.order.iter().rev() {
        if is_target(&graph.nodes[place].kind) && courses[place].standing.holds_from.is_some_and(|day| day <= finish) {
            let last_chance = last_to(&courses[place].standing.holds, finish);
            latest[place] = earlier(latest[place], last_chance);
        }
        let Some((done, allowed)) = courses[place].ready.zip(latest[place]) else { continue };
        let slack = days_between(done, allowed);
        courses[place].standing.slack_days = Some(slack);
        courses[place].standing.critical = slack == 0;
        let begin_by = latest_begin(&courses[place], done, allowed);
        let begins = courses[place].standing.begins;
        for instead in &graph.nodes[place].instead {
            // It is what the clause waited for only if the clause came to hold on its very day.
            if begins.is_some() && courses[instead.node].standing.holds_from == begins {
                latest[instead.node] = earlier(latest[instead.node], begin_by);
            }
        }
        for need in graph.nodes[place].needs.iter().filter(|need| courses[need.node].standing.applies) {
            latest[need.node] = earlier(latest[need.node], begin_by);
        }
    }
}

/// Whether the rollout is there for the sake of such a condition.
pub fn is_target(kind: &NodeKind) -> bool {
    matches!(kind, NodeKind::Practice(_) | NodeKind::Model(_))
}

fn finish(graph: &Graph, courses: &[Course], end: Date) -> Option<Date> {
    let targets = graph.nodes.iter().zip(courses).filter(|(node, _)| is_target(&node.kind));
    let days: Vec<Date> = targets.filter_map(|(_, course)| course.standing.holds_from).collect();
    days.iter().copied().filter(|&day| day <= end).max().or(days.into_iter().max())
}

/// The last day on which the work could begin and still be done by the day allowed.
fn latest_begin(course: &Course, done: Date, allowed: Date) -> Option<Date> {
    let begins = course.standing.begins?;
    let takes = days_between(begins, done);
    last_to(&course.could_begin, days_after(allowed, -takes)?)
}

fn earlier(one: Option<Date>, other: Option<Date>) -> Option<Date> {
    match (one, other) {
        (Some(a), Some(b)) => Some(a.min(b)),
        (one, other) => one.or(other),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::readiness::Standing;
    use crate::readiness::build;
    use crate::readiness::made;
    use crate::readiness::made::Rollout;
    use crate::readiness::made::date;
    use crate::readiness::settle;
    use proptest::prelude::*;

    #[test]
    fn the_shorter_of_two_ways_has_the_difference_as_slack() {
        // 0 board (2 weeks) > 1 agreement (12) > 3 practice (0); 0 > 2 hiring (5) > 3; 4 is needed by nobody
        let mut nodes = made::nodes(&[&[], &[0], &[0], &[1, 2], &[0]]);
        nodes[3].kind = NodeKind::Practice(0);
        let weeks = [2.0, 12.0, 5.0, 0.0, 1.0];
        let graph = build(&nodes).unwrap();
        let always = |_: usize, _: usize| Vec::new();
        let school = settle(&graph, 1, made::START, date("2028-06-30"), &always, &|p| weeks[p]).schools[0].to_vec();
        let slack: Vec<Option<i64>> = school.iter().map(|standing| standing.slack_days).collect();
        assert_eq!(slack, [Some(0), Some(0), Some(49), Some(0), None]); // by hand: (12 - 5) weeks * 7 days
        let critical: Vec<bool> = school.iter().map(|standing| standing.critical).collect();
        assert_eq!(critical, [true, true, false, true, false]);
    }

    #[test]
    fn a_practice_within_the_scenario_sets_the_finish_before_one_beyond_it() {
        let mut nodes = made::nodes(&[&[], &[0], &[0]]);
        nodes[1].kind = NodeKind::Practice(0);
        nodes[2].kind = NodeKind::Practice(1);
        let weeks = [1.0, 4.0, 500.0];
        let graph = build(&nodes).unwrap();
        let settled = settle(&graph, 1, made::START, date("2028-06-30"), &|_, _| Vec::new(), &|p| weeks[p]);
        let slack: Vec<Option<i64>> = settled.schools[0].iter().map(|standing| standing.slack_days).collect();
        assert_eq!(slack, [Some(0), Some(0), None]);
    }

    /// The last of the practices that set the finish, after one condition became late; nothing when one of them
    /// no longer holds at all.
    fn finish_when_late(rollout: &Rollout, before: &[Standing], late: usize, days: i64) -> Option<Date> {
        let mut slower = rollout.clone();
        slower.days[late] += days;
        let after = slower.settle();
        let counts = |place: &usize| {
            is_target(&rollout.nodes[*place].kind) && before[*place].holds_from.is_some_and(|day| day <= made::END)
        };
        let days: Option<Vec<Date>> = (0..before.len()).filter(counts).map(|place| after[place].holds_from).collect();
        days.and_then(|days| days.into_iter().max())
    }

    proptest! {
        #[test]
        fn a_condition_may_be_late_by_its_slack_and_not_by_a_day_more(rollout in made::any_rollout(8)) {
            let school = rollout.settle();
            for (place, standing) in school.iter().enumerate() {
                let Some(slack) = standing.slack_days else { continue };
                prop_assert!(slack >= 0);
                prop_assert_eq!(standing.critical, slack == 0);
                let in_time = finish_when_late(&rollout, &school, place, 0);
                if in_time.is_none() {
                    continue; // no practice holds by the end: the finish lies beyond the scenario
                }
                prop_assert_eq!(finish_when_late(&rollout, &school, place, slack), in_time, "c{} by {}", place, slack);
                prop_assert_ne!(finish_when_late(&rollout, &school, place, slack + 1), in_time, "c{} by {}", place, slack);
            }
        }

        #[test]
        fn where_a_practice_holds_in_time_something_sets_the_finish(rollout in made::any_rollout(8)) {
            let school = rollout.settle();
            let targets = school.iter().zip(&rollout.nodes).filter(|(_, node)| is_target(&node.kind));
            if targets.clone().any(|(standing, _)| standing.holds_from.is_some()) {
                prop_assert!(targets.clone().any(|(standing, _)| standing.slack_days.is_some()));
            }
        }
    }
}
