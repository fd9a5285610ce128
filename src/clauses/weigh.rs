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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::bells::BellSchedule;
    use crate::calendar::DayKind;
    use crate::calendar::YearRules;
    use crate::clauses::Amount;
    use crate::clauses::Cap;
    use crate::clauses::DatedValue;
    use crate::clauses::Direction;
    use crate::clauses::examples::applies;
    use crate::clauses::examples::district;
    use crate::clauses::examples::four_weeks;
    use crate::clauses::examples::grade;
    use crate::clauses::examples::instruction;
    use crate::clauses::examples::limit;
    use crate::clauses::examples::minutes_block;
    use crate::clauses::examples::plain;
    use crate::clauses::examples::pupil_minutes;
    use crate::clauses::examples::schedule;
    use crate::clauses::examples::special;
    use crate::clauses::examples::timetable;
    use crate::clauses::examples::year;
    use crate::clauses::subject::counted;
    use crate::timetable::Whose;
    use crate::units::Minutes;
    use jiff::civil::date;

    /// First day, what there is, what is asked, the slack, and in how many parts, of each window of grade 5.
    fn windows(limit: &Limit, calendar: YearRules, bells: &[BellSchedule]) -> Vec<(Date, i64, i64, i64, i64)> {
        let timetable = timetable(&[calendar], bells, &district("5", bells));
        let year = &timetable.schools[0].years[0];
        let subject = counted(&applies(), &timetable, year, &Whose::Pupils(grade("5")));
        let all = weigh(limit, &subject, &timetable).unwrap().windows;
        all.into_iter().map(|w| (w.first, w.have, w.need, w.slack, w.of)).collect()
    }

    fn at_least(per: Window, amount: Amount) -> Limit {
        limit(instruction(), Side::AtLeast, per, amount)
    }

    fn of_digits(digits: u32) -> Option<Rounding> {
        Some(Rounding { direction: Direction::HalfUp, step: Step::Digits(digits), of: Rounded::Figure })
    }

    fn ten_days() -> YearRules {
        let mut calendar = year("2025-26", date(2025, 9, 1), date(2025, 9, 12));
        calendar.special = vec![special(DayKind::Attendance, &[date(2025, 9, 5)], Some("short"))];
        calendar
    }

    #[test]
    fn california_mean_of_any_ten_days_holds_while_the_daily_floor_fails() {
        let bells = [plain("monday", 260, 0), plain("full", 260, 0), plain("short", 170, 0)];
        let mean = Limit { figure: Figure::DailyMean, ..at_least(Window::Consecutive(10), Amount::Minutes(240)) };
        // by hand: (9 * 260 + 170) / 10 = 2,510 / 10 = 251, in tenths 110 more than 240
        assert_eq!(windows(&mean, ten_days(), &bells), [(date(2025, 9, 1), 2_510, 2_400, 110, 10)]);
        let floor = windows(&at_least(Window::Day, Amount::Minutes(180)), ten_days(), &bells);
        // by hand: 170 - 180 = -10, on the one short day of ten
        assert_eq!(floor.iter().filter(|w| w.3 < 0).collect::<Vec<_>>(), [&(date(2025, 9, 5), 170, 180, -10, 1)]);
    }

    #[test]
    fn iowa_counts_a_short_day_while_any_five_days_in_a_row_have_thirty_hours() {
        let bells = [plain("monday", 240, 0), plain("full", 390, 0)];
        let thirty = at_least(Window::Consecutive(5), Amount::Hours(Minutes(1_800)));
        let all = windows(&thirty, four_weeks(), &bells);
        // by hand: any five of 20 days are 16 runs with one Monday each: 240 + 4 * 390 = 1,800, nothing to spare
        assert_eq!((all.len(), all.iter().all(|w| w.3 == 0)), (16, true));
        let mut holiday = four_weeks();
        holiday.special = vec![special(DayKind::Holiday, &[date(2025, 9, 9)], None)];
        let short: Vec<_> = windows(&thirty, holiday, &bells).into_iter().filter(|w| w.3 < 0).collect();
        // by hand: without Tuesday the 9th, Monday to Monday is 240 + 3 * 390 + 240 = 1,650
        assert_eq!(short, [(date(2025, 9, 8), 1_650, 1_800, -150, 1)]);
    }

    #[test]
    fn ohio_shares_its_hours_out_over_its_days_and_rounds_them() {
        // 1,090 h in 175 days are 43 h 36 min in 7: by hand 2 Mondays of 373 and 5 days of 374 = 2,616 min
        let bells = [plain("monday", 373, 0), plain("full", 374, 0)];
        let seven = year("2025-26", date(2025, 9, 1), date(2025, 9, 9));
        let mean = Limit { figure: Figure::DailyMean, ..at_least(Window::Year, Amount::Hours(Minutes(360))) };
        assert_eq!(windows(&mean, seven.clone(), &bells)[0].1, 2_616);
        let rounded = Limit { rounding: of_digits(2), ..mean };
        let (_, have, _, slack, of) = windows(&rounded, seven, &bells)[0];
        // by hand: 2,616 / 7 / 60 = 6.2285... h, rounded 6.23 h = 373.8 min, in fifths 1,869; 13.8 more than 6 h
        assert_eq!((have, slack, of), (1_869, 69, 5));
    }

    #[test]
    fn days_are_rounded_before_they_are_added_up_or_after() {
        let bells = [plain("monday", 313, 0), plain("full", 313, 0)];
        let down = |of| Some(Rounding { direction: Direction::Down, step: Step::Minutes(Minutes(5)), of });
        let of = |rounding| {
            let week = Limit { rounding, ..at_least(Window::Week, Amount::Minutes(1_500)) };
            windows(&week, four_weeks(), &bells)[0].1
        };
        // by hand: 5 * 313 = 1,565; each day falls to 310, five of them to 1,550; the sum is a step already
        assert_eq!((of(None), of(down(Rounded::EachDay)), of(down(Rounded::Figure))), (1_565, 1_550, 1_565));
        let hours = Limit {
            rounding: Some(Rounding { direction: Direction::Up, step: Step::Digits(1), of: Rounded::EachDay }),
            ..at_least(Window::Week, Amount::Hours(Minutes(1_500)))
        };
        // by hand: 313 min are 5.216... h, up to 5.3 h = 318 min; five days have 1,590
        assert_eq!(windows(&hours, four_weeks(), &bells)[0].1, 1_590);
    }

    #[test]
    fn recess_counts_up_to_a_cap_in_the_whole_window() {
        let blocks = || vec![minutes_block(Kind::Instruction, 0, 270), minutes_block(Kind::Recess, 270, 30)];
        let bells = [schedule("monday", blocks(), vec![]), schedule("full", blocks(), vec![])];
        let cap = |up_to| vec![Cap { kind: Kind::Recess, up_to: Minutes(up_to), per: CapPer::Window }];
        let of = |per, up_to| {
            let measure = pupil_minutes(vec![Kind::Instruction], cap(up_to));
            windows(&limit(measure, Side::AtLeast, per, Amount::Minutes(0)), four_weeks(), &bells)[0].1
        };
        // by hand: 20 * 270 = 5,400; 20 * 30 = 600 of recess, of which 7 h = 420 count, or all of it
        assert_eq!((of(Window::Year, 420), of(Window::Year, 1_000)), (5_820, 6_000));
        // by hand: a week has 5 * 270 = 1,350 and 150 of recess, of which 60 count
        assert_eq!(of(Window::Week, 60), 1_410);
    }

    #[test]
    fn a_weekly_mean_is_over_the_weeks_that_have_a_day() {
        let bells = [plain("monday", 300, 0), plain("full", 300, 0)];
        let mut calendar = four_weeks();
        let whole_week = (8..=12).map(|day| date(2025, 9, day)).collect::<Vec<_>>();
        calendar.special = vec![special(DayKind::Break, &whole_week, None)];
        let mean = Limit { figure: Figure::WeeklyMean, ..at_least(Window::Year, Amount::Minutes(1_490)) };
        // by hand: 15 * 300 = 4,500 in three weeks = 1,500; in thirds 30 more than 1,490
        assert_eq!(windows(&mean, calendar, &bells), [(date(2025, 9, 1), 4_500, 4_470, 30, 3)]);
    }

    #[test]
    fn a_cycle_that_the_year_cuts_short_is_held_to_a_cap_only() {
        let bells = [plain("monday", 300, 0), plain("full", 300, 0)];
        let of = |side| {
            let cycle = limit(instruction(), side, Window::Cycle(8), Amount::Minutes(2_400));
            windows(&cycle, four_weeks(), &bells).iter().map(|w| w.3).collect::<Vec<_>>()
        };
        // by hand: 8 * 300 = 2,400 twice; the last 4 of 20 days have 1,200
        assert_eq!((of(Side::AtLeast), of(Side::AtMost)), (vec![0, 0], vec![0, 0, 1_200]));
    }

    #[test]
    fn windows_on_whose_first_day_nothing_is_in_force_are_counted_and_not_judged() {
        let bells = [plain("monday", 300, 0), plain("full", 300, 0)];
        let mut week = at_least(Window::Week, Amount::Minutes(1_500));
        week.values = vec![DatedValue {
            from: Some(date(2025, 9, 9)),
            until: None,
            amount: Amount::Minutes(1_500),
            source: None,
        }];
        let timetable = timetable(&[four_weeks()], &bells, &district("5", &bells));
        let year = &timetable.schools[0].years[0];
        let subject = counted(&applies(), &timetable, year, &Whose::Pupils(grade("5")));
        let scales = weigh(&week, &subject, &timetable).unwrap();
        // by hand: the weeks of the 1st and the 8th begin before the 9th
        assert_eq!((scales.n_not_in_force, scales.windows.len()), (2, 2));
    }
}
