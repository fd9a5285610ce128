//! Exceptions: which days below a daily limit count all the same, and by how much.
//!
//! Has the weighed days of a daily limit and its exceptions, gives the fate of every day. Uncapped exceptions
//! come first, in written order, then capped ones, whose uses go to the days that lack most. Knows no words.

use crate::bells::Kind;
use crate::calendar::DayKind;
use crate::clauses::Exception;
use crate::clauses::Limit;
use crate::clauses::MakeUpDays;
use crate::clauses::When;
use crate::clauses::exact::Exact;
use crate::clauses::exact::fraction;
use crate::clauses::make_up::MadeUp;
use crate::clauses::make_up::Surplus;
use crate::clauses::measure::after_pupils_leave;
use crate::clauses::regular::breaks;
use crate::clauses::regular::regular;
use crate::clauses::subject::Subject;
use crate::clauses::weigh::Weighed;
use crate::clauses::weigh::weigh;
use crate::clauses::windows::Stretch;
use crate::clauses::windows::stretches;
use crate::clauses::windows::stretches_of;
use crate::timetable::Timetable;
use crate::timetable::Whose;
use crate::units::Date;
use std::ops::Range;

/// What became of a day.
#[derive(Debug, Clone, PartialEq)]
pub enum Fate {
    /// It meets the limit.
    ByItself,
    /// An exception counts it.
    Excepted {
        /// The exception, by place.
        exception: usize,
        /// What decides it, with both sides of the comparison.
        margin: Margin,
    },
    /// No exception counts it; why not, for each of them.
    Failed(Vec<(usize, Miss)>),
    /// It is not met, and a waiver (by place) lets it go.
    Waived(usize),
}

/// What an excepted day's slack is measured by.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Margin {
    /// By the minutes made up on other days.
    MadeUp(MadeUp),
    /// By the lower limit that still holds: both sides, and the slack.
    Lower {
        /// What the day has.
        have: i64,
        /// The lower amount.
        need: i64,
        /// How far the lawful side is.
        slack: i64,
        /// How many of these parts make one of the unit.
        of: i64,
    },
    /// By the staff's minutes in the remainder of the day.
    Remainder {
        /// The staff's minutes.
        have: i64,
        /// What the day lacks.
        need: i64,
    },
    /// Nothing is asked of the day itself, so all that it has is to spare.
    Free,
}

/// Why an exception does not count a day.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Miss {
    /// The lower limit is missed.
    Lower {
        /// What the day has.
        have: i64,
        /// The lower amount.
        need: i64,
        /// How many of these parts make one of the unit.
        of: i64,
    },
    /// The lower limit is not in force on that day.
    LowerNotInForce,
    /// The day is of another kind.
    OtherKind,
    /// The remainder of the day is not used as asked.
    Remainder {
        /// The staff's minutes.
        have: i64,
        /// What the day lacks.
        need: i64,
    },
    /// Such days do not come at regular intervals.
    NotRegular {
        /// The first day with school that is left out of the series, or comes too early.
        breaks: Option<Date>,
    },
    /// The other days do not make up for it.
    NotMadeUp(MadeUp),
    /// All its uses are taken by other days.
    UsedUp {
        /// How many there are.
        cap: u32,
    },
    /// The day lies in none of the windows in which uses are counted.
    OutsideWindows,
}

/// The days of a daily limit, as exceptions see them.
pub struct Daily<'a> {
    /// Its days, weighed.
    pub days: &'a [Weighed],
    /// Whose days they are.
    pub subject: &'a Subject<'a>,
    /// The bells behind them.
    pub timetable: &'a Timetable,
}

/// Finds the fate of every weighed day.
///
/// # Errors
/// When the calendar lacks the windows in which uses are counted, in words.
pub fn settle(daily: &Daily, exceptions: &[Exception]) -> Result<Vec<Fate>, String> {
    let fate = |day: &Weighed| if day.slack >= 0 { Fate::ByItself } else { Fate::Failed(Vec::new()) };
    let mut fates: Vec<Fate> = daily.days.iter().map(fate).collect();
    let mut surplus = Surplus::of(daily.days);
    let uncapped = (0..exceptions.len()).filter(|n| exceptions[*n].at_most_days.is_none());
    let capped = (0..exceptions.len()).filter(|n| exceptions[*n].at_most_days.is_some());
    for place in uncapped.chain(capped) {
        let wanting: Vec<usize> = (0..fates.len()).filter(|n| matches!(fates[*n], Fate::Failed(_))).collect();
        if wanting.is_empty() {
            break;
        }
        let conditions = conditions(daily, &exceptions[place], &wanting)?;
        for (day, answer) in grant(daily, &exceptions[place], &conditions, &mut surplus)? {
            match (answer, &mut fates[day]) {
                (Ok(margin), fate) => *fate = Fate::Excepted { exception: place, margin },
                (Err(miss), Fate::Failed(misses)) => misses.push((place, miss)),
                (Err(_), Fate::ByItself | Fate::Excepted { .. } | Fate::Waived(_)) => {}
            }
        }
    }
    Ok(fates)
}

type Answer = Result<Margin, Miss>;

/// Which of the wanting days meet the conditions of an exception, before uses and made-up minutes are counted.
fn conditions(daily: &Daily, exception: &Exception, wanting: &[usize]) -> Result<Vec<(usize, Answer)>, String> {
    let mut answers: Vec<(usize, Answer)> = wanting.iter().map(|day| (*day, Ok(Margin::Free))).collect();
    for when in &exception.when {
        let checked = match when {
            When::Limit(lower) => lower_limits(daily, lower, wanting)?,
            When::RemainderIs { kinds, role } => {
                let given: Vec<i64> =
                    daily.subject.schedules.iter().map(|s| remainder(daily, *s, kinds, role)).collect();
                wanting.iter().map(|day| remainder_is(daily, *day, &given)).collect()
            }
            When::Regular => regular_days(daily, wanting),
            When::DayIs(kinds) => wanting.iter().map(|day| day_is(daily, *day, kinds)).collect(),
        };
        for ((_, answer), now) in answers.iter_mut().zip(checked) {
            *answer = answer.and_then(|so_far| now.map(|margin| tighter(so_far, margin)));
        }
    }
    Ok(answers)
}

/// The one with less to spare, the first of them where both have the same; the remainder of the day speaks only
/// where nothing else does, because it grows as the pupils' day shrinks.
fn tighter(one: Margin, other: Margin) -> Margin {
    match (one.slack(), other.slack()) {
        (Some(_), Some(_)) if matches!(one, Margin::Remainder { .. }) != matches!(other, Margin::Remainder { .. }) => {
            if matches!(one, Margin::Remainder { .. }) {
                other
            } else {
                one
            }
        }
        (None, _) => other,
        (Some(_), None) => one,
        (Some(a), Some(b)) => {
            if b < a {
                other
            } else {
                one
            }
        }
    }
}

impl Margin {
    /// What is to spare before the exception no longer counts the day; nothing where nothing is asked.
    fn slack(&self) -> Option<Exact> {
        match *self {
            Margin::MadeUp(made_up) => Some(fraction(made_up.slack(), 1)),
            Margin::Lower { slack, of, .. } => Some(fraction(slack, of)),
            Margin::Remainder { have, need } => Some(fraction(have - need, 1)),
            Margin::Free => None,
        }
    }
}

fn lower_limits(daily: &Daily, lower: &Limit, wanting: &[usize]) -> Result<Vec<Answer>, String> {
    let windows = weigh(lower, daily.subject, daily.timetable)?.windows;
    // Days are many and stand in order; terms may overlap, but they are few.
    let in_order = windows.is_sorted_by(|a, b| a.days.start <= b.days.start && a.days.end <= b.days.end);
    let check = |day: &usize| {
        let counted = daily.days[*day].days.start;
        let near = if in_order { windows.partition_point(|w| w.days.end <= counted) } else { 0 };
        let near = windows[near..].iter().take_while(|w| !in_order || w.days.start <= counted);
        let holding = near.filter(|w| w.days.contains(&counted));
        let best = holding.max_by(|a, b| over(a.slack, a.of).cmp(&over(b.slack, b.of)).then(b.first.cmp(&a.first)));
        let Weighed { have, need, slack, of, .. } = *best.ok_or(Miss::LowerNotInForce)?;
        if slack < 0 { Err(Miss::Lower { have, need, of }) } else { Ok(Margin::Lower { have, need, slack, of }) }
    };
    Ok(wanting.iter().map(check).collect())
}

fn over(n: i64, of: i64) -> Exact {
    fraction(n, of)
}

fn day_is(daily: &Daily, day: usize, kinds: &[DayKind]) -> Answer {
    let date = daily.days[day].first;
    let days = &daily.subject.year.days;
    let kind = days.binary_search_by_key(&date, |d| d.date).ok().map(|n| days[n].kind);
    if kind.is_some_and(|kind| kinds.contains(&kind)) { Ok(Margin::Free) } else { Err(Miss::OtherKind) }
}

fn remainder(daily: &Daily, schedule: usize, kinds: &[Kind], role: &str) -> i64 {
    match &daily.subject.whose {
        Whose::Pupils(grade) => after_pupils_leave(&daily.timetable.schedules[schedule], *grade, role, kinds).0,
        Whose::Staff(_) => 0,
    }
}

fn remainder_is(daily: &Daily, day: usize, given: &[i64]) -> Answer {
    let (have, need) = (given[ring_of(daily, day)], -daily.days[day].slack);
    if have >= need { Ok(Margin::Remainder { have, need }) } else { Err(Miss::Remainder { have, need }) }
}

fn regular_days(daily: &Daily, wanting: &[usize]) -> Vec<Answer> {
    let wanted: Vec<_> = wanting.iter().map(|day| daily.days[*day].first).collect();
    let school: Vec<_> = daily.subject.days.iter().map(|d| d.date).collect();
    let found = regular(&wanted, &school);
    let answer = |(n, is): (usize, &bool)| {
        if *is { Ok(Margin::Free) } else { Err(Miss::NotRegular { breaks: breaks(wanted[n], &wanted, &school) }) }
    };
    found.iter().enumerate().map(answer).collect()
}

fn ring_of(daily: &Daily, day: usize) -> usize {
    daily.subject.days[daily.days[day].days.start].ring
}

/// Gives out the uses of an exception and the minutes that make up for them.
///
/// Where uses are capped and nothing is made up, those days come first that lack most, so that what is left
/// over is the least; otherwise days go in order of date. Days with no school day in their own interval come
/// last, because they live on what the others leave.
fn grant(
    daily: &Daily,
    exception: &Exception,
    conditions: &[(usize, Answer)],
    surplus: &mut Surplus,
) -> Result<Vec<(usize, Answer)>, String> {
    let mut uses = Uses::of(exception, daily.subject)?;
    let such: Vec<usize> = conditions.iter().filter(|(_, a)| a.is_ok()).map(|(day, _)| *day).collect();
    let needs_other_side =
        |day: usize| exception.makes_up.is_some_and(|side| own_interval(daily, &such, day, side).is_empty());
    let mut order: Vec<usize> = (0..conditions.len()).collect();
    let lacks_most_first = exception.at_most_days.is_some() && exception.makes_up.is_none();
    let slack_first = |day: usize| if lacks_most_first { daily.days[day].slack } else { 0 };
    order.sort_by_key(|n| (needs_other_side(conditions[*n].0), slack_first(conditions[*n].0), *n));
    let mut answers = conditions.to_vec();
    for n in order {
        let (day, answer) = conditions[n];
        let Ok(margin) = answer else { continue };
        let counted_day = daily.days[day].days.start;
        let granted = uses.check(counted_day).and_then(|()| match exception.makes_up {
            Some(side) => make_up(daily, &such, day, side, surplus).map(|made_up| tighter(margin, made_up)),
            None => Ok(margin),
        });
        if granted.is_ok() {
            uses.take(counted_day);
        }
        answers[n].1 = granted;
    }
    Ok(answers)
}

fn make_up(daily: &Daily, such: &[usize], day: usize, side: MakeUpDays, surplus: &mut Surplus) -> Answer {
    let own = own_interval(daily, such, day, side);
    let interval = if own.is_empty() { own_interval(daily, such, day, other_side(side)) } else { own };
    let made_up = surplus.offer(interval.clone(), -daily.days[day].slack);
    if made_up.slack() < 0 {
        return Err(Miss::NotMadeUp(made_up));
    }
    surplus.take(interval, made_up.lacks);
    Ok(Margin::MadeUp(made_up))
}

fn other_side(side: MakeUpDays) -> MakeUpDays {
    match side {
        MakeUpDays::UntilNext => MakeUpDays::SincePrevious,
        MakeUpDays::SincePrevious => MakeUpDays::UntilNext,
    }
}

/// The days strictly between this day and the next or previous such day, or the year's end or start.
fn own_interval(daily: &Daily, such: &[usize], day: usize, side: MakeUpDays) -> Range<usize> {
    let place = such.partition_point(|d| *d < day);
    match side {
        MakeUpDays::UntilNext => day + 1..such.get(place + 1).copied().unwrap_or(daily.days.len()),
        MakeUpDays::SincePrevious => place.checked_sub(1).map_or(0, |p| such[p] + 1)..day,
    }
}

/// How often an exception has been used in each of its windows.
struct Uses {
    cap: Option<u32>,
    windows: Vec<Stretch>,
    taken: Vec<u32>,
}

impl Uses {
    fn of(exception: &Exception, subject: &Subject) -> Result<Uses, String> {
        let (cap, windows) = match exception.at_most_days {
            Some((cap, window)) => (Some(cap), stretches(window, subject)?),
            None => (None, Vec::new()),
        };
        let taken = vec![0; windows.len()];
        Ok(Uses { cap, windows, taken })
    }

    fn check(&self, counted_day: usize) -> Result<(), Miss> {
        let Some(cap) = self.cap else { return Ok(()) };
        let mut around = stretches_of(&self.windows, counted_day).peekable();
        if around.peek().is_none() {
            return Err(Miss::OutsideWindows);
        }
        if around.all(|window| self.taken[window] < cap) { Ok(()) } else { Err(Miss::UsedUp { cap }) }
    }

    fn take(&mut self, counted_day: usize) {
        stretches_of(&self.windows, counted_day).for_each(|window| self.taken[window] += 1);
    }
}
