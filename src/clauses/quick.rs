//! The short way to an answer without words: a daily limit is judged once for each bell schedule, not once a day.
//!
//! Has a daily limit and counted days, gives the same answer as the long way, or nothing where that is needed.

use crate::clauses::CapPer;
use crate::clauses::Exception;
use crate::clauses::Figure;
use crate::clauses::Limit;
use crate::clauses::Measure;
use crate::clauses::Outcome;
use crate::clauses::Quantity;
use crate::clauses::Window;
use crate::clauses::amount::in_unit;
use crate::clauses::amount::is_in_force;
use crate::clauses::amount::per_written_unit;
use crate::clauses::amount::slack;
use crate::clauses::amount::unit_of_limit;
use crate::clauses::comparison::Answer;
use crate::clauses::comparison::Comparison;
use crate::clauses::scene::About;
use crate::clauses::scene::Scene;
use crate::clauses::scene::Tell;
use crate::clauses::subject::CountedDay;
use crate::clauses::subject::Subject;
use crate::clauses::weigh::gauge;

/// The answer to a daily limit that needs neither words nor exceptions nor waivers; nothing for any other.
pub fn quick(limit: &Limit, unless: &[Exception], about: About, scene: &Scene) -> Option<Answer> {
    let About::Somebody(subject) = about else { return None };
    let is_plain = limit.per == Window::Day
        && limit.figure == Figure::Total
        && limit.credits.is_empty()
        && limit.rounding.is_none()
        && !has_window_caps(&limit.measure);
    let waived = || scene.book.waivers.iter().any(|w| w.clause == scene.clause);
    if scene.tell != Tell::Outcomes || scene.within.is_some() || !is_plain || waived() {
        return None;
    }
    let (first, last) = (subject.days.first()?, subject.days.last()?);
    let [value] = limit.values.as_slice() else { return None };
    let need = in_unit(value.amount);
    if !is_in_force(value, first.date) || !is_in_force(value, last.date) || need.of != 1 {
        return None;
    }
    let given = gauge(&limit.measure, subject, scene.timetable);
    let slacks: Vec<i64> = given.iter().map(|have| slack(limit.side, *have, need.n)).collect();
    let least = *slacks.iter().min()?;
    if least < 0 && !unless.is_empty() {
        return None;
    }
    Some(of_rings(limit, subject, &given, &slacks, (least, need.n)))
}

fn has_window_caps(measure: &Measure) -> bool {
    matches!(measure, Measure::PupilMinutes { caps, .. } if caps.iter().any(|c| c.per == CapPer::Window))
}

fn of_rings(limit: &Limit, subject: &Subject, given: &[i64], slacks: &[i64], (least, need): (i64, i64)) -> Answer {
    let unit = unit_of_limit(limit);
    let tightest = subject.days.iter().find(|d| slacks[d.ring] == least).map(|d| Comparison {
        date: d.date,
        have: given[d.ring],
        need,
        slack: least,
        of: 1,
        unit,
        pace: Window::Day,
        per_written: per_written_unit(limit),
    });
    let failing = |d: &&CountedDay| slacks[d.ring] < 0;
    let (n_failing, short) = match least {
        0.. => (0, 0),
        _ => subject.days.iter().filter(failing).fold((0, 0), |(n, short), d| (n + 1, short - slacks[d.ring])),
    };
    Answer {
        tightest,
        n_failing,
        short_in_all: Quantity::whole(short, unit.of_difference()),
        n_windows: subject.days.len(),
        reasons: Vec::new(),
        ..Answer::neither(if least < 0 { Outcome::Fails } else { Outcome::Holds }, String::new())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clauses::Lawbook;
    use crate::clauses::Side;
    use crate::clauses::Verdict;
    use crate::clauses::examples::district;
    use crate::clauses::examples::four_weeks;
    use crate::clauses::examples::hours_a_day;
    use crate::clauses::examples::illinois;
    use crate::clauses::examples::limit_clause;
    use crate::clauses::examples::plain;
    use crate::clauses::examples::timetable;
    use crate::clauses::judge;
    use crate::clauses::judge_each_school;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn the_short_way_gives_what_the_long_way_gives(
            monday in 270i64..320, full in 290i64..320, rest in 0i64..90, cap in any::<bool>(), law in any::<bool>(),
        ) {
            let bells = [plain("monday", monday, rest), plain("full", full, 0)];
            let side = if cap { Side::AtMost } else { Side::AtLeast };
            let clauses = [if law { illinois() } else { limit_clause(Limit { side, ..hours_a_day(5) }) }];
            let district = district("3-5", &bells);
            let timetable = timetable(&[four_weeks()], &bells, &district);
            let book = Lawbook::of_clauses(&clauses);
            let long = judge(&book, &district, &timetable).list;
            let short = judge_each_school(&book, &district, &timetable, Tell::Outcomes, |_, list| list).remove(0);
            let bare = |v: &Verdict| {
                (v.outcome, v.whose.clone(), v.have, v.need, v.slack, v.tightest, v.n_windows, v.n_failing, v.short_in_all)
            };
            prop_assert_eq!(long.iter().map(bare).collect::<Vec<_>>(), short.iter().map(bare).collect::<Vec<_>>());
        }
    }
}
