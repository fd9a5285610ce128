//! The space: every axis with its values, the value as read among them, and every choice by number.
//!
//! Has what may move and the timetable as read, gives axes and choices. Judges nothing.

use crate::candidates::Added;
use crate::candidates::Search;
use crate::candidates::days;
use crate::district::District;
use crate::levers::pupils_day;
use crate::levers::usual;
use crate::readiness::Node;
use crate::timetable::Timetable;
use crate::units::ClockTime;
use crate::units::Date;
use crate::units::Minutes;
use crate::units::Weekday;

/// One thing that may move.
#[derive(Debug, Clone, PartialEq)]
pub enum Axis {
    /// Minutes of release.
    Release(Vec<i64>),
    /// Its weekday.
    Weekday(Vec<Weekday>),
    /// Every so many weeks.
    Every(Vec<u32>),
    /// Where minutes are added.
    Added(Vec<Added>),
    /// When pupils of a tier (by place) begin, in minutes after midnight.
    Start(usize, Vec<i64>),
    /// Educators for one person of a role (by place).
    OnePer(usize, Vec<f64>),
    /// The earliest date of a condition (by place); nothing for none.
    Date(usize, Vec<Option<Date>>),
}

impl Axis {
    /// How many values it has.
    pub fn len(&self) -> usize {
        match self {
            Axis::Release(v) => v.len(),
            Axis::Weekday(v) => v.len(),
            Axis::Every(v) => v.len(),
            Axis::Added(v) => v.len(),
            Axis::Start(_, v) => v.len(),
            Axis::OnePer(_, v) => v.len(),
            Axis::Date(_, v) => v.len(),
        }
    }

    /// Whether it has no value; it always has the one as read.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Steps between two of its values; ways of adding minutes have no order, so that any two are one step apart.
    pub fn steps(&self, one: usize, other: usize) -> u32 {
        match self {
            Axis::Added(_) => u32::from(one != other),
            Axis::Release(_)
            | Axis::Weekday(_)
            | Axis::Every(_)
            | Axis::Start(..)
            | Axis::OnePer(..)
            | Axis::Date(..) => u32::try_from(one.abs_diff(other)).unwrap_or(u32::MAX),
        }
    }

    /// What it is called in tables.
    pub fn name(&self, search: &Search, district: &District, nodes: &[Node]) -> String {
        match self {
            Axis::Release(_) => "release".into(),
            Axis::Weekday(_) => "weekday".into(),
            Axis::Every(_) => "frequency".into(),
            Axis::Added(_) => "minutes added".into(),
            Axis::Start(tier, _) => format!("start {}", search.tiers[*tier].id),
            Axis::OnePer(role, _) => format!("educators per {}", district.roles[*role].id),
            Axis::Date(node, _) => format!("{} not before", nodes[*node].id),
        }
    }

    /// One of its values in words.
    pub fn value(&self, n: usize) -> String {
        match self {
            Axis::Release(v) if v[n] == 0 => "none".into(),
            Axis::Release(v) => Minutes(v[n]).to_string(),
            Axis::Weekday(v) => format!("{:?}", v[n]),
            Axis::Every(v) => match v[n] {
                1 => "every week".into(),
                2 => "every other week".into(),
                k => format!("every {k} weeks"),
            },
            Axis::Added(v) => v[n].words(),
            Axis::Start(_, v) => ClockTime::from_minutes(Minutes(v[n])).map_or_else(String::new, |t| t.to_string()),
            Axis::OnePer(_, v) => format!("{}", v[n]),
            Axis::Date(_, v) => v[n].map_or_else(|| "no date".into(), |d| d.to_string()),
        }
    }
}

/// A choice on each axis, by place of the value.
pub type Choice = Vec<usize>;

/// Places of the axes that every space has, before tiers, roles and dates.
pub const RELEASE: usize = 0;
/// The weekday.
pub const WEEKDAY: usize = 1;
/// How often.
pub const EVERY: usize = 2;
/// Minutes added.
pub const ADDED: usize = 3;
/// The first tier.
pub const STARTS: usize = 4;

/// Every axis with its values. The choice as read is one of its choices, although a gap between tiers may keep it from
/// being a candidate.
#[derive(Debug, Clone)]
pub struct Space {
    /// The axes: release, weekday, frequency, minutes added, tiers, roles, dates.
    pub axes: Vec<Axis>,
    /// The choice as read.
    pub as_read: Choice,
    /// How many tiers there are.
    pub n_tiers: usize,
    /// How many roles.
    pub n_roles: usize,
    /// Whether the release as read is one: without it, its weekday and frequency say nothing.
    pub releases_as_read: bool,
}

impl Space {
    /// The axes of a search.
    pub fn new(search: &Search, district: &District, timetable: &Timetable, nodes: &[Node]) -> Space {
        let (mut axes, mut as_read) = (Vec::new(), Vec::new());
        let mut push = |axis: Axis, at: usize| {
            axes.push(axis);
            as_read.push(at);
        };
        let released = search.release.as_ref().map_or(&[][..], |r| &r.schools);
        let read = days::as_read(timetable, district, released);
        let minutes = search.release.iter().flat_map(|r| r.minutes.iter().map(|m| m.0)).collect();
        let (values, at) = with(minutes, read.map_or(0, |r| r.minutes));
        push(Axis::Release(values), at);
        let listed: Vec<Weekday> = search.release.iter().flat_map(|r| r.on.clone()).collect();
        let weekday = read.map(|r| r.weekday).or(listed.first().copied()).unwrap_or(Weekday::Monday);
        let (numbers, at) = with(listed.iter().map(day_number).collect(), day_number(&weekday));
        push(Axis::Weekday(numbers.into_iter().map(|n| crate::levers::WEEKDAYS[n]).collect()), at);
        let listed: Vec<u32> = search.release.iter().flat_map(|r| r.every_weeks.clone()).collect();
        let every = read.map(|r| r.every).or(listed.first().copied()).unwrap_or(1);
        let (values, at) = with(listed, every);
        push(Axis::Every(values), at);
        let (values, at) = with(search.added.clone(), Added::Nowhere);
        push(Axis::Added(values), at);
        for (n, tier) in search.tiers.iter().enumerate() {
            let starts = tier.starts.iter().map(|t| t.after_midnight().0).collect();
            let (values, at) = with(starts, begins(timetable, tier.schools.first().copied()).unwrap_or(0));
            push(Axis::Start(n, values), at);
        }
        for one in &search.one_per {
            // Thousandths are finer than anybody counts posts, and can be put in order.
            let thousandths = |x: f64| (x * 1_000.0).round() as i64;
            let as_read = district.roles[one.role].one_per_educators.map_or(0, thousandths);
            let (values, at) = with(one.educators.iter().map(|x| thousandths(*x)).collect(), as_read);
            push(Axis::OnePer(one.role, values.into_iter().map(|n| n as f64 / 1_000.0).collect()), at);
        }
        for one in &search.dates {
            let (values, at) = with(one.not_before.iter().copied().map(Some).collect(), nodes[one.node].not_before);
            push(Axis::Date(one.node, values), at);
        }
        let (n_tiers, n_roles) = (search.tiers.len(), search.one_per.len());
        Space { axes, as_read, n_tiers, n_roles, releases_as_read: read.is_some() }
    }

    /// How many choices there are, those included that a gap between tiers rules out.
    pub fn n_choices(&self) -> u128 {
        self.axes.iter().map(|a| a.len() as u128).fold(1, u128::saturating_mul)
    }

    /// How many combinations the axes that touch timetables but start times have: release, weekday, frequency, added.
    pub fn n_days(&self) -> usize {
        self.axes[..STARTS].iter().map(Axis::len).product()
    }

    /// Axes of roles.
    pub fn roles(&self) -> &[Axis] {
        &self.axes[STARTS + self.n_tiers..STARTS + self.n_tiers + self.n_roles]
    }

    /// Axes of dates.
    pub fn dates(&self) -> &[Axis] {
        &self.axes[STARTS + self.n_tiers + self.n_roles..]
    }

    /// Axes of tiers.
    pub fn tiers(&self) -> &[Axis] {
        &self.axes[STARTS..STARTS + self.n_tiers]
    }

    /// Minutes of release of a choice.
    pub fn release(&self, at: usize) -> i64 {
        let Axis::Release(values) = &self.axes[RELEASE] else { unreachable!("the first axis is the release") };
        values[at]
    }

    /// Its weekday.
    pub fn weekday(&self, at: usize) -> Weekday {
        let Axis::Weekday(values) = &self.axes[WEEKDAY] else { unreachable!("the second axis is the weekday") };
        values[at]
    }

    /// Every so many weeks.
    pub fn every(&self, at: usize) -> u32 {
        let Axis::Every(values) = &self.axes[EVERY] else { unreachable!("the third axis is the frequency") };
        values[at]
    }

    /// Where minutes are added.
    pub fn added(&self, at: usize) -> Added {
        let Axis::Added(values) = &self.axes[ADDED] else { unreachable!("the fourth axis is what is added") };
        values[at]
    }

    /// By how much a tier rings later than as read \[min\].
    pub fn later(&self, tier: usize, at: usize) -> i64 {
        let Axis::Start(_, values) = &self.axes[STARTS + tier] else { unreachable!("tiers stand after what is added") };
        values[at] - values[self.as_read[STARTS + tier]]
    }

    /// How far a choice on some axes, from one on, is from the choice as read: axes moved, and steps.
    pub fn distance(&self, from: usize, values: &[usize]) -> (u32, u32) {
        let each = values.iter().enumerate().map(|(n, at)| self.axes[from + n].steps(*at, self.as_read[from + n]));
        each.fold((0, 0), |(axes, steps), d| (axes + u32::from(d > 0), steps + d))
    }
}

/// The number of a choice on some axes, the last of them counted first.
pub fn number_of(axes: &[Axis], values: &[usize]) -> usize {
    axes.iter().zip(values).fold(0, |n, (axis, at)| n * axis.len() + at)
}

/// The choice with a number.
pub fn choice_of(axes: &[Axis], mut number: usize) -> Choice {
    let mut values: Vec<usize> = Vec::with_capacity(axes.len());
    for axis in axes.iter().rev() {
        values.push(number % axis.len());
        number /= axis.len();
    }
    values.reverse();
    values
}

/// The first bell of the pupils of a school on its usual day, in minutes after midnight.
pub fn begins(timetable: &Timetable, school: Option<usize>) -> Option<i64> {
    let year = timetable.schools[school?].years.iter().find(|y| usual(y).is_some())?;
    pupils_day(&timetable.schedules[usual(year)?]).map(|(first, _)| first)
}

fn day_number(day: &Weekday) -> usize {
    day.to_monday_zero_offset().unsigned_abs() as usize
}

/// Values in order, each once, with one more among them, and its place.
fn with<T: Ord + Copy>(mut values: Vec<T>, as_read: T) -> (Vec<T>, usize) {
    values.push(as_read);
    values.sort_unstable();
    values.dedup();
    let at = values.iter().position(|v| *v == as_read).unwrap_or(0);
    (values, at)
}
