//! Charts: one file each, every one a pure function from the outcome to a picture.

pub mod axes;
mod butterfly;
mod calendar;
mod fan;
mod held_back;
mod panels;
mod slack;
mod snow;
mod spread;
mod week;

pub use butterfly::butterfly;
pub use fan::fan_of;
pub use held_back::PARTS as PARTS_HELD;
pub use held_back::legend as held_legend;
pub use spread::spread_strips;

use crate::pipeline::Outcome;
use crate::report::picture::Picture;
use crate::scenario::Scenario;

/// Width of every chart \[px\].
pub const WIDTH: f64 = 900.0;

/// Every chart of a run, in the order of the page.
pub fn all(scenario: &Scenario, outcome: &Outcome) -> Vec<Picture> {
    let mut pictures = vec![
        fan::fan(scenario, outcome),
        held_back::held_back(scenario, outcome),
        slack::slack(scenario, outcome),
        panels::schools(scenario, outcome),
        panels::practices(scenario, outcome),
    ];
    pictures.extend(outcome.snow.as_ref().map(snow::snow));
    pictures.extend(week::weeks(scenario, outcome));
    pictures.extend(calendar::calendars(scenario, outcome));
    number_alike(&mut pictures);
    pictures
}

/// Adds a number to names that stood before, so that no file takes the place of another.
pub fn number_alike(pictures: &mut [Picture]) {
    for place in 1..pictures.len() {
        let (before, rest) = pictures.split_at_mut(place);
        let name = rest[0].name.clone();
        let mut number = 2;
        while before.iter().any(|p| p.name == rest[0].name) {
            rest[0].name = format!("{name}-{number}");
            number += 1;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::sample::sample;

    #[test]
    fn no_label_is_cut_by_an_edge_or_too_small_to_read() {
        let (scenario, outcome) = sample();
        for picture in all(&scenario, &outcome) {
            assert_eq!(picture.cut_or_small(), Vec::<String>::new());
        }
    }

    #[test]
    fn every_chart_has_a_title_and_a_description() {
        let (scenario, outcome) = sample();
        let pictures = all(&scenario, &outcome);
        assert!(pictures.len() >= 8);
        for picture in pictures {
            assert!(!picture.title.is_empty() && picture.description.len() > 40, "{}", picture.name);
        }
    }

    #[test]
    fn names_of_charts_differ() {
        let (mut scenario, outcome) = sample();
        scenario.calendars[0].id = "../a \"b".into();
        scenario.calendars.push(scenario.calendars[0].clone());
        scenario.district.schools[1].calendar = 1;
        let mut names: Vec<String> = all(&scenario, &outcome).into_iter().map(|p| p.name).collect();
        let n = names.len();
        assert!(names.iter().all(|n| n.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-' || b == b'_')));
        names.sort();
        names.dedup();
        assert_eq!(names.len(), n);
    }

    #[test]
    fn an_outcome_without_weeks_or_verdicts_is_drawn_without_harm() {
        let (mut scenario, mut outcome) = sample();
        outcome.results.weeks.clear();
        outcome.results.school_week.clear();
        outcome.results.schools.clear();
        outcome.results.milestones.clear();
        outcome.results.year_ends.clear();
        outcome.verdicts.list.clear();
        scenario.clauses.clear();
        outcome.timetable.schools.iter_mut().for_each(|s| s.years.clear());
        assert!(!all(&scenario, &outcome).is_empty());
    }
}
