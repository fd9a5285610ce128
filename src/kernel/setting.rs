//! A setting: what schools of one kind have to work with, week by week.
//!
//! Schools that are alike share one. What does not depend on who uses what is summed up beforehand, so that the hours
//! that somebody has learned and the load she has borne between two weeks are two look-ups, and nothing need be added
//! to anybody's account in a week in which she takes no step.

use crate::kernel::Rules;
use std::sync::Arc;

/// Hours from supporting people.
#[derive(Debug, Clone, PartialEq)]
pub struct Support {
    /// Hours by week \[h\].
    pub hours: Vec<f32>,
    /// Practices it helps with, as a set of bits.
    pub knows: u8,
}

/// One learning time of one role.
#[derive(Debug, Clone, PartialEq)]
pub struct Learning {
    /// Hours of those who attend, by week \[h\].
    pub hours: Vec<f32>,
    /// Whether it is a community of practice, in which colleagues at routine help.
    pub community: bool,
    /// The bit of [`Weeks::n_voluntary`] that says who attends; nothing where everybody does.
    pub voluntary: Option<u8>,
}

/// What one role has.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct RoleWeeks {
    /// Hours at work without pupils, duty or lunch, by week \[h\].
    pub non_contact: Vec<f32>,
    /// Hours of duty in a full school week \[h/week\].
    pub duty: f32,
    /// Learning times.
    pub learning: Vec<Learning>,
}

/// What one practice is given.
#[derive(Debug, Clone, PartialEq)]
pub struct PracticeWeeks {
    /// Authority, by week.
    pub authority: Vec<f32>,
    /// The most that expertise can be, by week.
    pub expertise_cap: Vec<f32>,
    /// The most that resources can be, by week.
    pub resources_cap: Vec<f32>,
}

/// What schools of one kind have, as it is laid on weeks. All lists by week are of the same length; what several kinds
/// have just so may be one list.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Weeks {
    /// Part of a full school week that each week is, 0 to 1.
    pub part: Vec<f32>,
    /// Hours that a new schedule asks for in a full school week \[h/week\], by week.
    pub new_schedule: Vec<f32>,
    /// By practice.
    pub practices: Arc<[PracticeWeeks]>,
    /// By role.
    pub roles: Arc<[RoleWeeks]>,
    /// Supporting people.
    pub supports: Vec<Support>,
    /// Learning times that some attend and some do not.
    pub n_voluntary: u8,
}

/// A setting, with its sums.
#[derive(Debug, Clone)]
pub struct Setting {
    /// As it is laid on weeks.
    pub weeks: Weeks,
    /// What each practice is given, by week, then practice.
    given: Arc<[Given]>,
    /// Shared by schools that have the same hours.
    sums: Arc<Sums>,
    /// Part of the hours that is kept over so many weeks without any.
    kept_over: Arc<[f32]>,
}

/// What follows from the hours of a setting.
#[derive(Debug, Clone)]
struct Sums {
    /// By role and set of what is attended: `role * n_sets + set`; each one week longer.
    accounts: Vec<Vec<Sum>>,
    /// By role; each one week longer.
    loads: Vec<Vec<Load>>,
    /// By role: weeks in which the load may reach its most.
    crowded: Vec<Vec<u32>>,
    /// School weeks before each week.
    n_school_weeks: Vec<u16>,
    n_sets: usize,
}

/// What a practice is given in a week.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Given {
    /// Authority.
    pub authority: f32,
    /// The most that expertise can be.
    pub expertise_cap: f32,
    /// The most that resources can be.
    pub resources_cap: f32,
}

/// Hours of learning of one role that attends one set of learning times, before a week.
#[derive(Debug, Clone, Copy, Default)]
struct Sum {
    /// None forgotten \[h\].
    all: f32,
    /// Some forgotten in each week without any \[h\].
    fading: f32,
    /// Hours in communities of practice in the week itself \[h\].
    community: f32,
    /// Weeks without any hours.
    n_empty: u16,
}

/// Load of one role before a week: `asked hours * per_hour + alone`, but in crowded weeks.
#[derive(Debug, Clone, Copy, Default)]
struct Load {
    /// Sum of the load that an asked hour is \[1/h\].
    per_hour: f32,
    /// Sum of the load of duties and a new schedule.
    alone: f32,
    /// The two of the week itself; a crowded week gives more than the most and is cut.
    now_per_hour: f32,
    now_alone: f32,
}

/// Where the timetable leaves no hours at all, any work is this much too much.
const MOST_LOAD: f32 = 4.0;

impl Setting {
    /// Sums up what is laid on weeks, for each of some settings; all are of the same number of weeks.
    pub fn all(all: Vec<Weeks>, rules: &Rules) -> Vec<Setting> {
        let n = all.first().map_or(0, |weeks| weeks.part.len());
        let kept_over: Arc<[f32]> = (0..=n).map(|k| libm::powf(rules.keeps, k as f32)).collect();
        let mut settings: Vec<Setting> = Vec::with_capacity(all.len());
        for weeks in all {
            let known = settings.iter().find(|known| known.weeks.has_the_hours_of(&weeks));
            let sums = known.map_or_else(|| Arc::new(Sums::of(&weeks, rules)), |known| known.sums.clone());
            let known = settings.iter().find(|known| Arc::ptr_eq(&known.weeks.practices, &weeks.practices));
            let given = known.map_or_else(|| given(&weeks), |known| known.given.clone());
            settings.push(Setting { given, sums, kept_over: kept_over.clone(), weeks });
        }
        settings
    }

    /// What a practice is given in a week.
    #[inline]
    pub fn given(&self, practice: usize, week: usize) -> &Given {
        &self.given[week * self.weeks.practices.len() + practice]
    }

    /// The most authority for each practice in the year that begins with a week. Years are no longer than 53 weeks;
    /// looking further only reaches more than is needed.
    pub fn most_authority(&self, week: usize) -> [f32; 8] {
        let mut most = [0.0f32; 8];
        for (most, practice) in most.iter_mut().zip(self.weeks.practices.iter()) {
            let end = practice.authority.len().min(week + 54);
            for authority in &practice.authority[week.min(end)..end] {
                *most = most.max(*authority);
            }
        }
        most
    }

    /// Weeks.
    pub fn n_weeks(&self) -> usize {
        self.weeks.part.len()
    }

    fn account(&self, role: u8, attends: u8) -> &[Sum] {
        &self.sums.accounts[usize::from(role) * self.sums.n_sets + usize::from(attends)]
    }

    /// What becomes of hours on a practice in progress from before one week to before another, if each hour of the
    /// account counts as so much of one; `kept` says that none are forgotten.
    #[inline]
    pub fn hours_after(
        &self,
        (role, attends): (u8, u8),
        hours: f32,
        (from, to): (usize, usize),
        part: f32,
        kept: bool,
    ) -> f32 {
        let account = self.account(role, attends);
        let (from, to) = (&account[from], &account[to]);
        if kept {
            hours + (to.all - from.all) * part
        } else {
            let keeps = self.kept_over[usize::from(to.n_empty - from.n_empty)];
            to.fading * part + keeps * (hours - from.fading * part)
        }
    }

    /// Hours in communities of practice in a week \[h\].
    #[inline]
    pub fn community(&self, role: u8, attends: u8, week: usize) -> f32 {
        self.account(role, attends)[week].community
    }

    /// Hours of learning in a week \[h\].
    pub fn learning(&self, role: u8, attends: u8, week: usize) -> f32 {
        let account = self.account(role, attends);
        account[week + 1].all - account[week].all
    }

    /// The load of somebody whose practices ask for so many hours, in a week.
    #[inline]
    pub fn load(&self, role: u8, asks: f32, week: usize) -> f32 {
        let load = &self.sums.loads[usize::from(role)][week];
        (asks * load.now_per_hour + load.now_alone).min(MOST_LOAD)
    }

    /// Sum of the load from one week until before another.
    #[inline]
    pub fn load_between(&self, role: u8, asks: f32, (from, to): (usize, usize)) -> f32 {
        let loads = &self.sums.loads[usize::from(role)];
        let (before, after) = (&loads[from], &loads[to]);
        let mut sum = asks * (after.per_hour - before.per_hour) + (after.alone - before.alone);
        let crowded = &self.sums.crowded[usize::from(role)];
        if !crowded.is_empty() {
            let within = |week: &&u32| (from..to).contains(&(**week as usize));
            sum += crowded.iter().filter(within).map(|week| self.load(role, asks, *week as usize)).sum::<f32>();
        }
        sum
    }

    /// School weeks from one week until before another.
    #[inline]
    pub fn n_school_weeks_between(&self, from: usize, to: usize) -> u16 {
        self.sums.n_school_weeks[to] - self.sums.n_school_weeks[from]
    }
}

impl Weeks {
    /// Whether the sums of another are the same: hours, load and school weeks, whatever is given to practices.
    fn has_the_hours_of(&self, other: &Weeks) -> bool {
        self.n_voluntary == other.n_voluntary
            && self.part == other.part
            && self.new_schedule == other.new_schedule
            && (Arc::ptr_eq(&self.roles, &other.roles) || self.roles == other.roles)
    }
}

/// What each practice is given, by week, then practice.
fn given(weeks: &Weeks) -> Arc<[Given]> {
    let mut given = Vec::with_capacity(weeks.part.len() * weeks.practices.len());
    for week in 0..weeks.part.len() {
        given.extend(weeks.practices.iter().map(|of| Given {
            authority: of.authority[week],
            expertise_cap: of.expertise_cap[week],
            resources_cap: of.resources_cap[week],
        }));
    }
    given.into()
}

impl Sums {
    fn of(weeks: &Weeks, rules: &Rules) -> Sums {
        let n_sets = 1usize << weeks.n_voluntary;
        let sets = |role| (0..n_sets).map(move |set| account(role, set as u8, weeks.part.len(), rules.keeps));
        let accounts = weeks.roles.iter().flat_map(sets).collect();
        let most_asked: f32 = rules.load_hours.iter().copied().fold(0.0, f32::max) * rules.n_practices() as f32;
        let (loads, crowded) = (0..weeks.roles.len()).map(|role| loads(weeks, role, most_asked)).unzip();
        let mut n_school_weeks = Vec::with_capacity(weeks.part.len() + 1);
        n_school_weeks.push(0);
        for part in &weeks.part {
            n_school_weeks.push(n_school_weeks.last().copied().unwrap_or(0) + u16::from(*part > 0.0));
        }
        Sums { accounts, loads, crowded, n_school_weeks, n_sets }
    }
}

fn account(role: &RoleWeeks, attends: u8, n_weeks: usize, keeps: f32) -> Vec<Sum> {
    let attended = |time: &&Learning| time.voluntary.is_none_or(|bit| attends >> bit & 1 == 1);
    let attended: Vec<&Learning> = role.learning.iter().filter(attended).collect();
    let (mut all, mut fading, mut n_empty) = (0.0f64, 0.0f64, 0u16);
    let mut account = Vec::with_capacity(n_weeks + 1);
    for week in 0..n_weeks {
        let hours: f32 = attended.iter().map(|time| time.hours[week]).sum();
        let together = attended.iter().filter(|time| time.community);
        let community = together.map(|time| time.hours[week]).sum();
        account.push(Sum { all: all as f32, fading: fading as f32, community, n_empty });
        if hours > 0.0 {
            all += f64::from(hours);
            fading += f64::from(hours);
        } else {
            fading *= f64::from(keeps);
            n_empty += 1;
        }
    }
    account.push(Sum { all: all as f32, fading: fading as f32, community: 0.0, n_empty });
    account
}

/// The load of one role, and the weeks in which it may reach its most; none in a week without school.
fn loads(weeks: &Weeks, role: usize, most_asked: f32) -> (Vec<Load>, Vec<u32>) {
    let (mut per_hour, mut alone) = (0.0f64, 0.0f64);
    let (mut loads, mut crowded) = (Vec::with_capacity(weeks.part.len() + 1), Vec::new());
    for week in 0..weeks.part.len() {
        let part = weeks.part[week];
        let there = weeks.roles[role].non_contact[week].max(f32::MIN_POSITIVE);
        let in_school = f32::from(u8::from(part > 0.0));
        let now_per_hour = in_school * (part / there).min(MOST_PER_HOUR);
        let now_alone = (now_per_hour * (weeks.roles[role].duty + weeks.new_schedule[week])).min(MOST_PER_HOUR);
        loads.push(Load { per_hour: per_hour as f32, alone: alone as f32, now_per_hour, now_alone });
        if now_per_hour * most_asked + now_alone >= MOST_LOAD {
            crowded.push(week as u32);
        } else {
            per_hour += f64::from(now_per_hour);
            alone += f64::from(now_alone);
        }
    }
    loads.push(Load { per_hour: per_hour as f32, alone: alone as f32, now_per_hour: 0.0, now_alone: 0.0 });
    (loads, crowded)
}

/// Far more than any load, so that sums stay numbers where the timetable leaves no hours at all \[1/h\].
const MOST_PER_HOUR: f32 = 1e9;
