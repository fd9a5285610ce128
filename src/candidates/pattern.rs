//! Patterns: every bell schedule that a class of schools may ring, and which of them rings on which day.
//!
//! Has a class and the space, gives for a choice the schedule of each day by place. Judges nothing.

use crate::bells::BellSchedule;
use crate::calendar::DayKind;
use crate::candidates::Space;
use crate::candidates::Terrain;
use crate::candidates::bells::released;
use crate::candidates::bells::shifted;
use crate::candidates::bells::with_added;
use crate::candidates::classes::Class;
use crate::candidates::days;
use crate::candidates::days::Pair;
use crate::candidates::space::ADDED;
use crate::candidates::space::EVERY;
use crate::candidates::space::RELEASE;
use crate::candidates::space::WEEKDAY;
use crate::timetable::SchoolTimetable;
use crate::units::Weekday;

/// What a day of a class rings.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Ring {
    /// Nothing.
    Nothing,
    /// A schedule that no axis touches.
    Still(usize),
    /// A schedule that rings earlier or later with the tier, by place among those.
    Other(usize),
    /// The usual or the short schedule of a pair, by place, on a weekday of a week of the year.
    Moves(usize, Weekday, i64),
}

/// The choice on the axes that touch days, by place of the value: release, weekday, frequency, minutes added.
pub type Days = [usize; 4];

/// What a class may ring.
#[derive(Debug, Clone)]
pub struct Pattern {
    /// Every schedule that it may ring.
    pub schedules: Vec<BellSchedule>,
    /// What each day rings, by year.
    pub rings: Vec<Vec<Ring>>,
    /// Start times of its tier: how many.
    pub n_starts: usize,
    /// Start time as read.
    pub start_as_read: usize,
    n_releases: usize,
    n_added: usize,
    others_at: usize,
    shorts_at: usize,
    usuals_at: usize,
}

impl Pattern {
    /// Everything that the schools of a class may ring.
    pub fn new(terrain: &Terrain, space: &Space, class: &Class) -> Pattern {
        let school = class.schools[0];
        let weekday = space.weekday(space.as_read[WEEKDAY]);
        let mut pairs: Vec<Pair> = Vec::new();
        let (mut still, mut others): (Vec<usize>, Vec<usize>) = (Vec::new(), Vec::new());
        let mut rings = Vec::new();
        for year in &terrain.timetable.schools[school].years {
            let pair = days::pair(terrain.timetable, terrain.district, school, year, weekday);
            let of_day = |day: &crate::timetable::Day| {
                let Some(schedule) = day.schedule else { return Ring::Nothing };
                match pair.filter(|p| class.releases && days::may_move(day, p, weekday)) {
                    Some(pair) => {
                        let week = days::week_of(year, &pair, weekday, day.date);
                        Ring::Moves(place(&mut pairs, pair), day.date.weekday(), week)
                    }
                    None if day.kind == DayKind::Attendance => Ring::Other(place(&mut others, schedule)),
                    None => Ring::Still(place(&mut still, schedule)),
                }
            };
            rings.push(year.days.iter().map(of_day).collect());
        }
        with_schedules(terrain, space, class, (pairs, still, others), rings)
    }

    /// What rings on a day, by place among the schedules.
    pub fn schedule(&self, space: &Space, ring: Ring, days: &Days, start: usize) -> Option<usize> {
        match ring {
            Ring::Nothing => None,
            Ring::Still(n) => Some(n),
            Ring::Other(n) => Some(self.others_at + n * self.n_starts + start),
            Ring::Moves(pair, weekday, week) if releases(space, days, weekday, week) => {
                Some(self.short(pair, days[RELEASE], start))
            }
            Ring::Moves(pair, ..) => Some(self.usual(pair, days[ADDED], start)),
        }
    }

    /// The place of the short schedule of a pair.
    pub fn short(&self, pair: usize, release: usize, start: usize) -> usize {
        self.shorts_at + (pair * self.n_releases + release) * self.n_starts + start
    }

    /// The place of the usual schedule of a pair, with minutes added.
    pub fn usual(&self, pair: usize, added: usize, start: usize) -> usize {
        self.usuals_at + (pair * self.n_added + added) * self.n_starts + start
    }

    /// The days of a school of the class under a choice, written over those of its timetable.
    pub fn ring(&self, space: &Space, days: &Days, start: usize, offset: usize, school: &mut SchoolTimetable) {
        for (year, rings) in school.years.iter_mut().zip(&self.rings) {
            for (day, ring) in year.days.iter_mut().zip(rings) {
                day.schedule = self.schedule(space, *ring, days, start).map(|s| s + offset);
            }
        }
    }
}

/// Whether a day that may move is a day of release.
pub fn releases(space: &Space, days: &Days, weekday: Weekday, week: i64) -> bool {
    space.release(days[RELEASE]) > 0
        && weekday == space.weekday(days[WEEKDAY])
        && week.rem_euclid(i64::from(space.every(days[EVERY]))) == 0
}

/// The place of something in a list, at the end where it is new.
fn place<T: PartialEq>(list: &mut Vec<T>, one: T) -> usize {
    list.iter().position(|known| *known == one).unwrap_or_else(|| {
        list.push(one);
        list.len() - 1
    })
}

fn with_schedules(
    terrain: &Terrain,
    space: &Space,
    class: &Class,
    (pairs, still, others): (Vec<Pair>, Vec<usize>, Vec<usize>),
    rings: Vec<Vec<Ring>>,
) -> Pattern {
    let as_written = &terrain.timetable.schedules;
    let (n_starts, start_as_read) = match class.tier {
        Some(tier) => (space.tiers()[tier].len(), space.as_read[crate::candidates::space::STARTS + tier]),
        None => (1, 0),
    };
    let later = |start: usize| class.tier.map_or(0, |tier| space.later(tier, start));
    let mut schedules: Vec<BellSchedule> = still.iter().map(|s| as_written[*s].clone()).collect();
    let with_starts = |all: &mut Vec<BellSchedule>, schedule: &BellSchedule| {
        all.extend((0..n_starts).map(|start| shifted(schedule, later(start))));
    };
    let others_at = schedules.len();
    others.iter().for_each(|s| with_starts(&mut schedules, &as_written[*s]));
    let shorts_at = schedules.len();
    let (n_releases, n_added) = (space.axes[RELEASE].len(), space.axes[ADDED].len());
    for pair in &pairs {
        (0..n_releases).for_each(|n| with_starts(&mut schedules, &short_day(terrain, space, pair, n)));
    }
    let usuals_at = schedules.len();
    for pair in &pairs {
        let usual = &as_written[pair.usual];
        (0..n_added).for_each(|n| with_starts(&mut schedules, &with_added(usual, space.added(n))));
    }
    Pattern { schedules, rings, n_starts, start_as_read, n_releases, n_added, others_at, shorts_at, usuals_at }
}

/// The short day of a pair under a value of the release; where a school has none as read, its usual day made shorter.
///
/// Schools whose own release is shorter or longer than that of most keep the difference.
pub fn short_day(terrain: &Terrain, space: &Space, pair: &Pair, release: usize) -> BellSchedule {
    let usual = &terrain.timetable.schedules[pair.usual];
    let id = terrain.learning_blocks();
    let minutes = space.release(release);
    match pair.short {
        Some(short) => {
            let by = minutes - space.release(space.as_read[RELEASE]);
            released(&terrain.timetable.schedules[short], usual, by, id)
        }
        None => released(usual, usual, minutes, id),
    }
}
