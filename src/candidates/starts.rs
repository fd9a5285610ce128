//! Start times of tiers together: which of them leave the buses time enough.

use crate::candidates::Search;
use crate::candidates::Space;
use crate::candidates::space::Choice;
use crate::candidates::space::STARTS;
use crate::candidates::space::choice_of;
use crate::candidates::space::number_of;
use crate::levers::pupils_day;
use crate::levers::usual;
use crate::timetable::Timetable;

/// More combinations of start times than this are not looked at.
pub const MOST_STARTS: u128 = 1_000_000;

/// All combinations of start times in which tiers that share buses are far enough apart, as numbers of choices.
///
/// Pupils' first bells and last bells of the usual day, as written and moved with their tier, are held apart.
pub fn allowed_starts(search: &Search, space: &Space, timetable: &Timetable) -> Vec<usize> {
    let days: Vec<Vec<(i64, i64)>> = (search.tiers.iter())
        .map(|tier| tier.schools.iter().filter_map(|s| usual_day(timetable, *s)).collect())
        .collect();
    let n: usize = space.tiers().iter().map(|a| a.len()).product();
    let fits = |number: &usize| {
        let choice = choice_of(space.tiers(), *number);
        let moved = |tier: usize| {
            let later = space.later(tier, choice[tier]);
            days[tier].iter().map(move |(first, last)| (first + later, last + later))
        };
        search.gaps.iter().all(|gap| {
            let pairs = gap.tiers.iter().enumerate().flat_map(|(n, a)| gap.tiers[n + 1..].iter().map(|b| (*a, *b)));
            let apart = |one: i64, other: i64| (one - other).abs() >= gap.at_least.0;
            pairs
                .into_iter()
                .all(|(a, b)| moved(a).all(|one| moved(b).all(|other| apart(one.0, other.0) && apart(one.1, other.1))))
        })
    };
    (0..n).filter(fits).collect()
}

/// The number of the start times of a choice.
pub fn number_of_starts(space: &Space, choice: &Choice) -> usize {
    number_of(space.tiers(), &choice[STARTS..STARTS + space.n_tiers])
}

/// First and last bell of the pupils of a school on its usual day.
fn usual_day(timetable: &Timetable, school: usize) -> Option<(i64, i64)> {
    let years = &timetable.schools[school].years;
    years.iter().find_map(usual).and_then(|schedule| pupils_day(&timetable.schedules[schedule]))
}
