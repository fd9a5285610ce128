//! Somebody in a school year: the dates on which a clause counts them, and the stretches these fall into.

use crate::calendar::DayKind;
use crate::calendar::days_later;
use crate::clauses::Measure;
use crate::clauses::Window;
use crate::clauses::obvious::day;
use crate::timetable::Timetable;
use crate::timetable::Whose;
use crate::timetable::Year;
use crate::units::Date;
use crate::units::Weekday;

/// One grade or role of one school in one school year.
pub struct Person<'a> {
    pub timetable: &'a Timetable,
    pub year: &'a Year,
    pub whose: Whose,
    /// Counted dates in order, each with the place of what rings.
    pub days: Vec<(Date, usize)>,
}

/// A stretch of time over which something is asked.
#[derive(Debug, Clone)]
pub struct Stretch {
    /// Its first counted date; its first date where none counts.
    pub first: Date,
    /// Its last counted date; `first` where none counts.
    pub last: Date,
    /// All dates that it speaks of, both included.
    pub span: (Date, Date),
    /// Its counted days, by place.
    pub days: Vec<usize>,
    /// Whether a cycle has had all its days.
    pub is_whole: bool,
}

/// The calendar lacks what the stretches are made of.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct NotComputable;

impl<'a> Person<'a> {
    pub fn new(kinds: &[DayKind], timetable: &'a Timetable, year: &'a Year, whose: &Whose) -> Person<'a> {
        let mut days = Vec::new();
        for day in &year.days {
            let counts = match (kinds.is_empty(), whose) {
                (true, Whose::Pupils(_)) => day.kind == DayKind::Attendance,
                (true, Whose::Staff(_)) => true,
                (false, _) => kinds.contains(&day.kind),
            };
            if let (true, Some(schedule)) = (counts, day.schedule)
                && !day::blocks(&timetable.schedules[schedule], whose).is_empty()
            {
                days.push((day.date, schedule));
            }
        }
        Person { timetable, year, whose: whose.clone(), days }
    }

    /// Whether anything rings for somebody on any day of a year.
    pub fn ever_comes(timetable: &Timetable, year: &Year, whose: &Whose) -> bool {
        let rings = |schedule: usize| !day::blocks(&timetable.schedules[schedule], whose).is_empty();
        year.days.iter().filter_map(|d| d.schedule).any(rings)
    }

    /// What each counted day gives, by place. A bell schedule is measured once: it rings alike on all its days.
    pub fn given(&self, measure: &Measure) -> Vec<i64> {
        self.by_schedule(|schedule| day::of_day(measure, &self.timetable.schedules[schedule], &self.whose))
    }

    /// Something that depends on nothing but what rings, for each counted day.
    pub fn by_schedule(&self, of: impl Fn(usize) -> i64) -> Vec<i64> {
        let mut known: Vec<Option<i64>> = vec![None; self.timetable.schedules.len()];
        let mut all = Vec::with_capacity(self.days.len());
        for (_, schedule) in &self.days {
            all.push(*known[*schedule].get_or_insert_with(|| of(*schedule)));
        }
        all
    }

    /// The stretches of a school year, in order.
    pub fn stretches(&self, window: Window) -> Result<Vec<Stretch>, NotComputable> {
        let everywhere: Vec<usize> = (0..self.days.len()).collect();
        let whole_year = || (self.year.days.first().map(|d| d.date), self.year.days.last().map(|d| d.date));
        Ok(match window {
            Window::Day => everywhere.iter().map(|n| self.counted(vec![*n])).collect(),
            Window::Week => self.spans(monday, |monday| (monday, days_later(monday, 6))),
            Window::FullWeek => {
                let mut weeks = self.spans(monday, |monday| (monday, days_later(monday, 6)));
                weeks.retain(|week| week.days.len() >= 5);
                weeks
            }
            Window::Month => self.spans(first_of_month, |first| (first, first.last_of_month())),
            Window::Cycle(n) => {
                let cycle =
                    |days: &[usize]| Stretch { is_whole: days.len() == n as usize, ..self.counted(days.to_vec()) };
                everywhere.chunks(n as usize).map(cycle).collect()
            }
            Window::Consecutive(n) => everywhere.windows(n as usize).map(|days| self.counted(days.to_vec())).collect(),
            Window::Term if self.year.terms.is_empty() => return Err(NotComputable),
            Window::Term => self.year.terms.iter().map(|(_, first, last)| self.between(*first, *last)).collect(),
            Window::Year => match whole_year() {
                (Some(first), Some(last)) => vec![self.between(first, last)],
                _ => vec![],
            },
        })
    }

    fn counted(&self, days: Vec<usize>) -> Stretch {
        let (first, last) = (self.days[days[0]].0, self.days[days[days.len() - 1]].0);
        Stretch { first, last, span: (first, last), days, is_whole: true }
    }

    /// The counted days between two dates, however few they are.
    fn between(&self, first: Date, last: Date) -> Stretch {
        let mut days = Vec::new();
        for (n, (date, _)) in self.days.iter().enumerate() {
            if first <= *date && *date <= last {
                days.push(n);
            }
        }
        match days.is_empty() {
            true => Stretch { first, last: first, span: (first, last), days, is_whole: true },
            false => Stretch { span: (first, last), ..self.counted(days) },
        }
    }

    /// Weeks or months that have a counted day; each is known by its first date.
    fn spans(&self, begins: impl Fn(Date) -> Date, span: impl Fn(Date) -> (Date, Date)) -> Vec<Stretch> {
        let mut firsts: Vec<Date> = self.days.iter().map(|(date, _)| begins(*date)).collect();
        firsts.dedup();
        let one = |first: Date| {
            let (first, last) = span(first);
            self.between(first, last)
        };
        firsts.into_iter().map(one).collect()
    }
}

pub fn monday(date: Date) -> Date {
    let mut day = date;
    while day.weekday() != Weekday::Monday {
        day = days_later(day, -1);
    }
    day
}

fn first_of_month(date: Date) -> Date {
    let mut day = date;
    while day.day() != 1 {
        day = days_later(day, -1);
    }
    day
}
