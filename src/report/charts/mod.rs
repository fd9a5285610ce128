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
    fn no_label_is_cut_by_an_edge() {
        let (scenario, outcome) = sample();
        for picture in all(&scenario, &outcome) {
            for ((x, y), words) in picture.texts() {
                let (left, right) = match words.side {
                    crate::report::picture::Side::Left => (*x, x + words.width()),
                    crate::report::picture::Side::Middle => (x - words.width() / 2.0, x + words.width() / 2.0),
                    crate::report::picture::Side::Right => (x - words.width(), *x),
                };
                let half = words.size / 2.0;
                let inside = left >= 0.0 && right <= picture.width && *y >= half && y + half <= picture.height;
                assert!(inside, "`{}` leaves `{}`: {left:.0} to {right:.0} at {y:.0}", words.text, picture.name);
            }
        }
    }

    #[test]
    fn every_chart_has_a_title_a_description_and_letters_large_enough_to_read() {
        let (scenario, outcome) = sample();
        let pictures = all(&scenario, &outcome);
        assert!(pictures.len() >= 8);
        for picture in pictures {
            assert!(!picture.title.is_empty() && picture.description.len() > 40, "{}", picture.name);
            assert!(picture.texts().all(|(_, w)| w.size >= 9.0), "{}", picture.name);
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
