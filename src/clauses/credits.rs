//! Credits: hours and days without pupils that count towards a limit, up to a cap.
//!
//! Has a window and what its days gave, gives what counts in all. Knows no amounts that are asked.

use crate::calendar::days_later;
use crate::calendar::monday_of;
use crate::clauses::Amount;
use crate::clauses::Credit;
use crate::clauses::Credited;
use crate::clauses::Limit;
use crate::clauses::Measure;
use crate::clauses::Window;
use crate::clauses::amount::in_unit;
use crate::clauses::exact::Exact;
use crate::clauses::exact::fraction;
use crate::clauses::exact::whole;
use crate::clauses::measure::blocks_of;
use crate::clauses::measure::while_pupils_are_away;
use crate::clauses::subject::Subject;
use crate::clauses::windows::Stretch;
use crate::timetable::Day;
use crate::timetable::Timetable;
use crate::timetable::Whose;
use crate::units::Date;

/// What counts in a window (by place among those of the year) with its credits; `counted` is what its counted days
/// gave.
pub fn add(
    limit: &Limit,
    subject: &Subject,
    timetable: &Timetable,
    (place, stretch): (usize, &Stretch),
    counted: Exact,
) -> Exact {
    let span = span(limit.per, subject, place, stretch);
    let days: Vec<&Day> = subject.year.days.iter().filter(|d| span.0 <= d.date && d.date <= span.1).collect();
    let n_counted = i64::try_from(stretch.days.len()).unwrap_or(i64::MAX);
    // The average counted day: what one credited day stands for.
    let average = match limit.measure {
        Measure::PupilDays => whole(1),
        _ if n_counted == 0 => whole(0),
        _ => counted / whole(n_counted),
    };
    let credits = limit.credits.iter().map(|credit| of_credit(credit, subject, timetable, &days, average));
    credits.fold(counted, |sum, credit| sum + credit)
}

/// What one credit gives, up to its cap.
fn of_credit(credit: &Credit, subject: &Subject, timetable: &Timetable, days: &[&Day], average: Exact) -> Exact {
    let each = credit.of.iter().map(|credited| match credited {
        Credited::StaffTime { counts, role } => {
            // Few bell schedules ring on many days: each is measured once.
            let mut known: Vec<(usize, i64)> = Vec::new();
            let minutes = days.iter().filter_map(|day| day.schedule).map(|schedule| {
                if let Some((_, minutes)) = known.iter().find(|(s, _)| *s == schedule) {
                    return *minutes;
                }
                let minutes = match &subject.whose {
                    Whose::Pupils(grade) => while_pupils_are_away(&timetable.schedules[schedule], *grade, role, counts),
                    Whose::Staff(_) => 0,
                };
                known.push((schedule, minutes));
                minutes
            });
            whole(minutes.sum())
        }
        Credited::DaysOf(kinds) => {
            let stays_away = |day: &Day| match day.schedule {
                Some(schedule) => blocks_of(&timetable.schedules[schedule], &subject.whose).is_empty(),
                None => true,
            };
            let n = days.iter().filter(|day| kinds.contains(&day.kind) && stays_away(day)).count();
            whole(i64::try_from(n).unwrap_or(i64::MAX)) * average
        }
    });
    let given = each.fold(whole(0), |sum, one| sum + one);
    let cap = match credit.up_to {
        Amount::Days(days) => whole(days) * average,
        other => {
            let cap = in_unit(other);
            fraction(cap.n, cap.of)
        }
    };
    given.min(cap)
}

/// The dates that a window speaks of, days without pupils among them.
fn span(per: Window, subject: &Subject, place: usize, stretch: &Stretch) -> (Date, Date) {
    let first = stretch.first;
    let last = subject.days[stretch.days.clone()].last().map_or(first, |d| d.date);
    match per {
        Window::Year => {
            let days = &subject.year.days;
            (days.first().map_or(first, |d| d.date), days.last().map_or(last, |d| d.date))
        }
        Window::Term => {
            // Semesters and quarters of one calendar overlap, so dates alone do not tell which term is meant.
            let term = subject.year.terms.get(place).map(|(_, first, last)| (*first, *last));
            term.unwrap_or((first, last))
        }
        Window::Month => (first.first_of_month(), first.last_of_month()),
        Window::Week | Window::FullWeek => (monday_of(first), days_later(monday_of(first), 6)),
        Window::Day | Window::Cycle(_) | Window::Consecutive(_) => (first, last),
    }
}
