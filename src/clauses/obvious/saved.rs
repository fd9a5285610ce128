//! Days below a daily limit that exceptions save: one day, one condition and one minute at a time.

use crate::calendar::days_later;
use crate::clauses::Exception;
use crate::clauses::Limit;
use crate::clauses::MakeUpDays;
use crate::clauses::Side;
use crate::clauses::When;
use crate::clauses::obvious::day;
use crate::clauses::obvious::figure::Sides;
use crate::clauses::obvious::figure::compared;
use crate::clauses::obvious::fraction::Fraction;
use crate::clauses::obvious::person::NotComputable;
use crate::clauses::obvious::person::Person;
use crate::timetable::Whose;
use crate::units::Date;
use std::collections::BTreeMap;

/// What becomes of a day or another stretch.
#[derive(Debug, Clone, PartialEq)]
pub enum End {
    Holds,
    Saved {
        /// By which exception, by place.
        by: usize,
        have: Fraction,
        need: Fraction,
        slack: Fraction,
    },
    /// It fails; the most that days around it would have made up.
    Fails {
        adds: Fraction,
    },
    Waived,
}

/// What decides that a day is saved: what there is, what is asked, and what is to spare.
type Decides = (Fraction, Fraction, Fraction);

/// Days that meet every condition: what decides by a lower limit, if any does, and what decides without making up.
type Such = BTreeMap<usize, (Option<Decides>, Decides)>;

struct Search<'a> {
    person: &'a Person<'a>,
    limit: &'a Limit,
    /// The days of the limit that are judged.
    days: &'a [Sides],
    ends: Vec<End>,
    /// One entry for each minute above the floor that nobody has taken: the day it lies on.
    spare: Vec<usize>,
}

/// Tries every day that misses its limit against the exceptions: uncapped ones first, then capped ones.
pub fn ends(person: &Person, limit: &Limit, unless: &[Exception], days: &[Sides]) -> Result<Vec<End>, NotComputable> {
    let mut spare = Vec::new();
    let mut ends = Vec::new();
    for (n, day) in days.iter().enumerate() {
        for _minute in 0..day.slack.floor().max(0) {
            spare.push(n);
        }
        ends.push(if day.slack.is_negative() { End::Fails { adds: Fraction::ZERO } } else { End::Holds });
    }
    let mut search = Search { person, limit, days, ends, spare };
    for capped in [false, true] {
        for (place, exception) in unless.iter().enumerate() {
            if exception.at_most_days.is_some() == capped {
                search.try_exception(place, exception)?;
            }
        }
    }
    Ok(search.ends)
}

impl Search<'_> {
    fn try_exception(&mut self, place: usize, exception: &Exception) -> Result<(), NotComputable> {
        let lacking: Vec<usize> = (0..self.days.len()).filter(|n| matches!(self.ends[*n], End::Fails { .. })).collect();
        if lacking.is_empty() {
            return Ok(());
        }
        let uses = match exception.at_most_days {
            Some((_, window)) => self.person.stretches(window)?,
            None => Vec::new(),
        };
        let mut used = vec![0; uses.len()];
        let such = self.such_days(exception, &lacking)?;
        for day in self.in_turn(exception, &such) {
            let counted_day = self.days[day].days[0];
            let windows: Vec<usize> = (0..uses.len()).filter(|w| uses[*w].days.contains(&counted_day)).collect();
            if let Some((cap, _)) = exception.at_most_days
                && (windows.is_empty() || windows.iter().any(|w| used[*w] >= cap))
            {
                continue;
            }
            let decides = match exception.makes_up {
                None => such[&day].1,
                Some(side) => match self.make_up(day, side, &such) {
                    Some(decides) => tighter(such[&day].0, decides),
                    None => continue,
                },
            };
            self.ends[day] = End::Saved { by: place, have: decides.0, need: decides.1, slack: decides.2 };
            windows.iter().for_each(|w| used[*w] += 1);
        }
        Ok(())
    }

    /// The lacking days that meet every condition, with what decides it: the least slack of lower limits, or
    /// else of remainders, or else all that the day has.
    fn such_days(&self, exception: &Exception, lacking: &[usize]) -> Result<Such, NotComputable> {
        let mut around: Vec<Vec<Sides>> = Vec::new();
        for when in &exception.when {
            around.push(match when {
                When::Limit(limit) => compared(limit, self.person)?.sides,
                When::RemainderIs { .. } | When::Regular | When::DayIs(_) => Vec::new(),
            });
        }
        let mut such = BTreeMap::new();
        'days: for &day in lacking {
            let (mut lower, mut rest): (Option<Decides>, Option<Decides>) = (None, None);
            for (when, around) in exception.when.iter().zip(&around) {
                match when {
                    When::Limit(_) => match self.best_around(around, day) {
                        Some(found) if !found.2.is_negative() => lower = Some(tighter(lower, found)),
                        _ => continue 'days,
                    },
                    When::RemainderIs { kinds, role } => {
                        let Whose::Pupils(grade) = self.person.whose else { unreachable!("refused before") };
                        let schedule = &self.person.timetable.schedules[self.schedule(day)];
                        let staff = Fraction::whole(day::staff_after(schedule, grade, role, kinds));
                        let Sides { have, need, slack, .. } = self.days[day];
                        if (staff + slack).is_negative() {
                            continue 'days;
                        }
                        rest = Some(tighter(rest, (have, need, staff + slack)));
                    }
                    When::Regular if !self.is_regular(day, lacking) => continue 'days,
                    When::Regular => {}
                    When::DayIs(kinds) => {
                        let date = self.days[day].first;
                        let is = |d: &&crate::timetable::Day| d.date == date && kinds.contains(&d.kind);
                        if !self.person.year.days.iter().any(|d| is(&d)) {
                            continue 'days;
                        }
                    }
                }
            }
            let have = self.days[day].have;
            let free = match self.limit.side {
                Side::AtLeast => (have, Fraction::ZERO, have),
                Side::AtMost => (have, have, Fraction::ZERO),
            };
            such.insert(day, (lower, lower.or(rest).unwrap_or(free)));
        }
        Ok(such)
    }

    /// The stretch with the day in it that meets its limit best, the first of them where several do.
    fn best_around(&self, around: &[Sides], day: usize) -> Option<Decides> {
        let counted_day = self.days[day].days[0];
        let mut best: Option<Decides> = None;
        for sides in around {
            let better = best.is_none_or(|best| sides.slack > best.2);
            if sides.days.contains(&counted_day) && better {
                best = Some((sides.have, sides.need, sides.slack));
            }
        }
        best
    }

    fn schedule(&self, day: usize) -> usize {
        self.person.days[self.days[day].days[0]].1
    }

    fn is_regular(&self, day: usize, lacking: &[usize]) -> bool {
        let lacking: Vec<Date> = lacking.iter().map(|n| self.days[*n].first).collect();
        let school: Vec<Date> = self.person.days.iter().map(|(date, _)| *date).collect();
        comes_regularly(self.days[day].first, &lacking, &school)
    }

    /// The order in which days come to an exception.
    ///
    /// By date; where uses are capped and nothing is made up, by what they lack. Days without a day of their own
    /// to make up on come last.
    fn in_turn(&self, exception: &Exception, such: &Such) -> Vec<usize> {
        let lonely = |day: &usize| exception.makes_up.is_some_and(|side| self.own(*day, side, such).is_empty());
        let mut first: Vec<usize> = such.keys().copied().filter(|day| !lonely(day)).collect();
        if exception.at_most_days.is_some() && exception.makes_up.is_none() {
            first.sort_by(|a, b| self.days[*a].slack.cmp(&self.days[*b].slack).then(a.cmp(b)));
        }
        first.extend(such.keys().copied().filter(lonely));
        first
    }

    /// The judged days strictly between a day and the next or previous such day.
    fn own(&self, day: usize, side: MakeUpDays, such: &Such) -> Vec<usize> {
        match side {
            MakeUpDays::UntilNext => {
                let next = such.keys().copied().find(|d| *d > day).unwrap_or(self.days.len());
                (day + 1..next).collect()
            }
            MakeUpDays::SincePrevious => {
                let previous = such.keys().copied().rfind(|d| *d < day);
                (previous.map_or(0, |d| d + 1)..day).collect()
            }
        }
    }

    /// Takes what a day lacks from the days around it; nothing where they do not have it.
    fn make_up(&mut self, day: usize, side: MakeUpDays, such: &Such) -> Option<Decides> {
        let other = match side {
            MakeUpDays::UntilNext => MakeUpDays::SincePrevious,
            MakeUpDays::SincePrevious => MakeUpDays::UntilNext,
        };
        let own = self.own(day, side, such);
        let interval = if own.is_empty() { self.own(day, other, such) } else { own };
        let offered: Vec<usize> = (0..self.spare.len()).filter(|n| interval.contains(&self.spare[*n])).collect();
        let Sides { have, need, slack, .. } = self.days[day];
        let adds = Fraction::whole(offered.len() as i64);
        if (adds + slack).is_negative() {
            if let End::Fails { adds: most } = &mut self.ends[day] {
                *most = (*most).max(adds);
            }
            return None;
        }
        let lacks = (Fraction::ZERO - slack).floor() as usize;
        for n in offered.iter().take(lacks).rev() {
            self.spare.remove(*n);
        }
        Some((have, need, adds + slack))
    }
}

/// The one with less slack, the first where both have the same.
fn tighter(so_far: Option<Decides>, next: Decides) -> Decides {
    match so_far {
        Some(so_far) if so_far.2 <= next.2 => so_far,
        Some(_) | None => next,
    }
}

/// Same weekday, three or more, and one number of weeks between each and the next, counted in school weeks or by
/// the calendar.
pub fn comes_regularly(date: Date, short: &[Date], school: &[Date]) -> bool {
    let same = |d: &&Date| d.weekday() == date.weekday();
    let series: Vec<Date> = short.iter().filter(same).copied().collect();
    let held: Vec<Date> = school.iter().filter(same).copied().collect();
    if series.len() < 3 {
        return false;
    }
    let (first, last) = (series[0], series[series.len() - 1]);
    let between: Vec<Date> = held.iter().copied().filter(|d| first <= *d && *d <= last).collect();
    for every in 1..=between.len() {
        let by_school: Vec<Date> = between.iter().copied().step_by(every).collect();
        if by_school == series {
            return true;
        }
    }
    for weeks in 1..60 {
        let mut by_calendar = Vec::new();
        let mut turn = first;
        while turn <= last {
            if held.contains(&turn) {
                by_calendar.push(turn);
            }
            turn = days_later(turn, 7 * weeks);
        }
        if by_calendar == series {
            return true;
        }
    }
    false
}
