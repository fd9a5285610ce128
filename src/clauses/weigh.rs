//! Weighing: one limit against the days of one subject, window by window, exceptions aside.
//!
//! Has a limit and counted days, gives both sides of each comparison. Knows no exceptions.

use crate::clauses::Limit;
use crate::clauses::Measure;
use crate::clauses::Side;
use crate::clauses::Window;
use crate::clauses::amount::need_on;
use crate::clauses::amount::slack;
use crate::clauses::measure::blocks_of;
use crate::clauses::measure::of_day;
use crate::clauses::subject::Subject;
use crate::clauses::windows::stretches;
use crate::timetable::Timetable;
use crate::units::Date;
use std::ops::Range;

/// One window of a limit with both sides of the comparison, in the unit of the measure.
#[derive(Debug, Clone, PartialEq)]
pub struct Weighed {
    /// First counted day.
    pub first: Date,
    /// The counted days in it, by place.
    pub days: Range<usize>,
    /// What there is.
    pub have: i64,
    /// What is asked.
    pub need: i64,
    /// How far the lawful side is; negative when it is missed.
    pub slack: i64,
    /// Whether the window has fewer counted days than its name promises.
    pub cut_short: bool,
}

/// All windows of a limit in a year.
#[derive(Debug, Clone, PartialEq)]
pub struct Scales {
    /// The windows that are judged, in order.
    pub windows: Vec<Weighed>,
    /// Windows on whose first date no amount is in force.
    pub n_not_in_force: usize,
}

/// What each bell schedule of a subject gives, by place in [`Subject::schedules`].
pub fn gauge(measure: &Measure, subject: &Subject, timetable: &Timetable) -> Vec<i64> {
    let day = |schedule: &usize| of_day(measure, blocks_of(&timetable.schedules[*schedule], subject.whose));
    subject.schedules.iter().map(day).collect()
}

/// Weighs a limit.
///
/// A cycle that the year's end cuts short is held to a cap, which it can already break, but not to a floor,
/// which it has not had the days to reach.
///
/// # Errors
/// When the calendar lacks what the windows are made of, in words.
pub fn weigh(limit: &Limit, subject: &Subject, timetable: &Timetable) -> Result<Scales, String> {
    let given = gauge(&limit.measure, subject, timetable);
    let is_cycle = matches!(limit.per, Window::Cycle(_));
    let mut scales = Scales { windows: Vec::new(), n_not_in_force: 0 };
    for stretch in stretches(limit.per, subject)? {
        if is_cycle && stretch.cut_short && limit.side == Side::AtLeast {
            continue;
        }
        let Some(need) = need_on(limit, stretch.first) else {
            scales.n_not_in_force += 1;
            continue;
        };
        let have = subject.days[stretch.days.clone()].iter().map(|d| given[d.ring]).sum();
        scales.windows.push(Weighed {
            first: stretch.first,
            days: stretch.days,
            have,
            need,
            slack: slack(limit.side, have, need),
            cut_short: stretch.cut_short,
        });
    }
    Ok(scales)
}
