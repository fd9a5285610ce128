//! Weighing: one limit against the days of one subject, window by window, exceptions aside.
//!
//! Has a limit and counted days, gives both sides of each comparison. Knows no exceptions.

use crate::bells::Kind;
use crate::calendar::monday_of;
use crate::clauses::CapPer;
use crate::clauses::Figure;
use crate::clauses::Limit;
use crate::clauses::Measure;
use crate::clauses::Rounded;
use crate::clauses::Rounding;
use crate::clauses::Side;
use crate::clauses::Step;
use crate::clauses::Window;
use crate::clauses::amount::InUnit;
use crate::clauses::amount::need_on;
use crate::clauses::amount::per_written_unit;
use crate::clauses::amount::slack;
use crate::clauses::credits;
use crate::clauses::exact::Exact;
use crate::clauses::exact::digit;
use crate::clauses::exact::fraction;
use crate::clauses::exact::parts;
use crate::clauses::exact::rounded;
use crate::clauses::exact::whole;
use crate::clauses::measure::blocks_of;
use crate::clauses::measure::of_day;
use crate::clauses::measure::of_kind;
use crate::clauses::subject::Subject;
use crate::clauses::windows::Stretch;
use crate::clauses::windows::stretches;
use crate::timetable::Timetable;
use crate::units::Date;
use std::ops::Range;

/// One window of a limit with both sides of the comparison, as whole numbers of the same part of a unit.
#[derive(Debug, Clone, PartialEq)]
pub struct Weighed {
    /// First counted day.
    pub first: Date,
    /// Last counted day.
    pub last: Date,
    /// The counted days in it, by place.
    pub days: Range<usize>,
    /// What there is.
    pub have: i64,
    /// What is asked.
    pub need: i64,
    /// How far the lawful side is; negative when it is missed.
    pub slack: i64,
    /// How many of these parts make one of the unit; 1 where whole units are compared.
    pub of: i64,
    /// Whether the window has fewer counted days than its name promises.
    pub cut_short: bool,
    /// Whether the amount in force changes inside the window.
    pub changes: bool,
}

/// All windows of a limit in a year.
#[derive(Debug, Clone, PartialEq)]
pub struct Scales {
    /// The windows that are judged, in order.
    pub windows: Vec<Weighed>,
    /// Windows on whose first date no amount is in force.
    pub n_not_in_force: usize,
}

impl Scales {
    /// No window yet.
    pub fn empty() -> Scales {
        Scales { windows: Vec::new(), n_not_in_force: 0 }
    }
}

/// The figure of each window, before it is held against an amount.
#[derive(Debug, Clone, PartialEq)]
pub struct Figured {
    /// The window.
    pub stretch: Stretch,
    /// The number above the line, in the unit of the measure.
    pub n: i64,
    /// The number below it.
    pub of: i64,
}

/// What each bell schedule of a subject gives, by place in [`Subject::schedules`].
pub fn gauge(measure: &Measure, subject: &Subject, timetable: &Timetable) -> Vec<i64> {
    subject.schedules.iter().map(|schedule| of_day(measure, &timetable.schedules[*schedule], &subject.whose)).collect()
}

/// Weighs a limit.
///
/// A cycle that the year's end cuts short is held to a cap, which it can already break, but not to a floor,
/// which it has not had the days to reach.
///
/// # Errors
/// When the calendar lacks what the windows are made of, in words.
pub fn weigh(limit: &Limit, subject: &Subject, timetable: &Timetable) -> Result<Scales, String> {
    let stretches = stretches(limit.per, subject)?;
    let sums = Sums::of(limit, subject, timetable)?;
    let mut scales = Scales { windows: Vec::with_capacity(stretches.len()), n_not_in_force: 0 };
    let is_cycle = matches!(limit.per, Window::Cycle(_));
    for (place, stretch) in stretches.into_iter().enumerate() {
        if is_cycle && stretch.cut_short && limit.side == Side::AtLeast {
            continue;
        }
        let (n, of) = figure(limit, subject, timetable, &sums, (place, &stretch))?;
        let last = subject.days[stretch.days.clone()].last().map_or(stretch.first, |d| d.date);
        scales.add(limit, stretch, last, (n, of))?;
    }
    Ok(scales)
}

impl Scales {
    /// Holds a figure against the amount that is in force on the first day of its window.
    ///
    /// # Errors
    /// When the numbers are too large to be compared, in words.
    pub fn add(&mut self, limit: &Limit, stretch: Stretch, last: Date, (n, of): (i64, i64)) -> Result<(), String> {
        let Some(need) = need_on(limit, stretch.first) else {
            self.n_not_in_force += 1;
            return Ok(());
        };
        let (have, need_n, of) = on_one_line((n, of), need).ok_or_else(too_large)?;
        let changes = limit.values.len() > 1 && need_on(limit, last) != Some(need);
        self.windows.push(Weighed {
            first: stretch.first,
            last,
            days: stretch.days,
            have,
            need: need_n,
            slack: slack(limit.side, have, need_n),
            of,
            cut_short: stretch.cut_short,
            changes,
        });
        Ok(())
    }
}

/// Why two numbers cannot be compared.
pub fn too_large() -> String {
    "Its numbers are too large to be compared.".into()
}

/// Both sides over one common denominator.
fn on_one_line((n, of): (i64, i64), need: InUnit) -> Option<(i64, i64, i64)> {
    if of == need.of {
        return Some((n, need.n, of));
    }
    Some((n.checked_mul(need.of)?, need.n.checked_mul(of)?, of.checked_mul(need.of)?))
}

/// The figure of each window of a limit for one subject, credits and rounding included.
///
/// # Errors
/// When the calendar lacks what the windows are made of, or a number is too large, in words.
pub fn figures(limit: &Limit, subject: &Subject, timetable: &Timetable) -> Result<Vec<Figured>, String> {
    let stretches = stretches(limit.per, subject)?;
    let sums = Sums::of(limit, subject, timetable)?;
    let figured = |(place, stretch): (usize, Stretch)| {
        let (n, of) = figure(limit, subject, timetable, &sums, (place, &stretch))?;
        Ok(Figured { stretch, n, of })
    };
    stretches.into_iter().enumerate().map(figured).collect()
}

/// The figure of one window (by place among those of the year), as a fraction of whole numbers.
fn figure(
    limit: &Limit,
    subject: &Subject,
    timetable: &Timetable,
    sums: &Sums,
    (place, stretch): (usize, &Stretch),
) -> Result<(i64, i64), String> {
    let (mut n, mut of) = sums.of_window(subject, &stretch.days);
    if !limit.credits.is_empty() {
        let credited = credits::add(limit, subject, timetable, (place, stretch), fraction(n, of));
        (n, of) = parts(credited).ok_or_else(too_large)?;
    }
    if limit.figure != Figure::Total {
        of = of.checked_mul(mean_over(limit.figure, subject, stretch)).ok_or_else(too_large)?;
    }
    if let Some(rounding) = limit.rounding.filter(|r| r.of == Rounded::Figure) {
        (n, of) = parts(round(limit, rounding, fraction(n, of))).ok_or_else(too_large)?;
    }
    Ok((n, of))
}

fn mean_over(figure: Figure, subject: &Subject, stretch: &Stretch) -> i64 {
    let days = &subject.days[stretch.days.clone()];
    let n = match figure {
        Figure::Total => 1,
        Figure::DailyMean => days.len(),
        Figure::WeeklyMean => {
            let new = |n: &usize| *n == 0 || monday_of(days[*n].date) != monday_of(days[n - 1].date);
            (0..days.len()).filter(new).count()
        }
    };
    i64::try_from(n.max(1)).unwrap_or(i64::MAX)
}

/// A figure rounded as a limit says: in the unit its amounts are written in, or to whole minutes.
pub fn round(limit: &Limit, rounding: Rounding, x: Exact) -> Exact {
    let step = match rounding.step {
        Step::Digits(digits) => digit(digits) * whole(per_written_unit(limit)),
        Step::Minutes(minutes) => whole(minutes.0),
    };
    rounded(x, step, rounding.direction)
}

/// What days give, by what rings, ready to be added up.
struct Sums {
    /// What each ring gives, without kinds that are capped in the whole window.
    given: Vec<i64>,
    /// How many parts of a unit these are.
    of: i64,
    /// Kinds that are capped in the whole window: what each ring gives, and the cap.
    capped: Vec<(Vec<i64>, i64)>,
}

impl Sums {
    fn of(limit: &Limit, subject: &Subject, timetable: &Timetable) -> Result<Sums, String> {
        let mut given = gauge(&limit.measure, subject, timetable);
        let capped = capped_kinds(&limit.measure, subject, timetable);
        for (minutes, _) in &capped {
            given.iter_mut().zip(minutes).for_each(|(all, of_kind)| *all -= of_kind);
        }
        match limit.rounding.filter(|r| r.of == Rounded::EachDay) {
            None => Ok(Sums { given, of: 1, capped }),
            Some(rounding) => {
                let rounded: Vec<Exact> = given.iter().map(|n| round(limit, rounding, whole(*n))).collect();
                let of = rounded.iter().fold(1, |of, x| num_lcm(of, *x.denom()));
                let scaled = rounded.iter().map(|x| i64::try_from((x * Exact::from_integer(of)).to_integer()).ok());
                let given = scaled.collect::<Option<_>>().ok_or_else(too_large)?;
                Ok(Sums { given, of: i64::try_from(of).map_err(|_| too_large())?, capped })
            }
        }
    }

    fn of_window(&self, subject: &Subject, days: &Range<usize>) -> (i64, i64) {
        let all = *days == (0..subject.days.len());
        let sum = |given: &[i64]| match all {
            true => given.iter().zip(&subject.n_by_ring).map(|(each, n)| each * n).sum::<i64>(),
            false => subject.days[days.clone()].iter().map(|d| given[d.ring]).sum::<i64>(),
        };
        let capped = self.capped.iter().map(|(given, cap)| sum(given).min(*cap)).sum::<i64>();
        (sum(&self.given) + capped, self.of)
    }
}

/// The least number that both divide.
fn num_lcm(a: i128, b: i128) -> i128 {
    let gcd = |mut a: i128, mut b: i128| {
        while b != 0 {
            (a, b) = (b, a % b);
        }
        a.max(1)
    };
    a / gcd(a, b) * b
}

fn capped_kinds(measure: &Measure, subject: &Subject, timetable: &Timetable) -> Vec<(Vec<i64>, i64)> {
    let Measure::PupilMinutes { counts, caps, in_blocks_of, between } = measure else { return Vec::new() };
    let of_window = |kind: Kind| {
        let of_kind_caps = caps.iter().filter(|c| c.kind == kind && c.per == CapPer::Window);
        let cap = of_kind_caps.map(|c| c.up_to.0).min()?;
        let given = |schedule: &usize| {
            let blocks = blocks_of(&timetable.schedules[*schedule], &subject.whose);
            of_kind(blocks, kind, counts, caps, *in_blocks_of, *between)
        };
        Some((subject.schedules.iter().map(given).collect(), cap))
    };
    Kind::ALL.into_iter().filter_map(of_window).collect()
}
