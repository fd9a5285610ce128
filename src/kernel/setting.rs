//! A setting: what schools of one kind have to work with, week by week.
//!
//! Schools that are alike share one. What does not depend on who uses what is summed up beforehand, so that the hours
//! that somebody has learned and the load she has borne between two weeks are two look-ups, and nothing need be added
//! to anybody's account in a week in which she takes no step.

use crate::kernel::Rules;

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

/// What schools of one kind have, as it is laid on weeks. All lists by week are of the same length.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Weeks {
    /// Part of a full school week that each week is, 0 to 1.
    pub part: Vec<f32>,
    /// Hours that a new schedule asks for in a full school week \[h/week\], by week.
    pub new_schedule: Vec<f32>,
    /// By practice.
    pub practices: Vec<PracticeWeeks>,
    /// By role.
    pub roles: Vec<RoleWeeks>,
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
    /// By role and set of what is attended: `role * n_sets + set`.
    accounts: Vec<Account>,
    /// By role.
    loads: Vec<Load>,
    /// School weeks before each week.
    n_school_weeks: Vec<u16>,
    n_sets: usize,
    /// Part of the hours that is kept over so many weeks without any.
    kept_over: Vec<f32>,
}

/// Hours of learning of one role that attends one set of learning times; all lists by week, one longer.
#[derive(Debug, Clone, Default)]
struct Account {
    /// Hours before each week, none forgotten \[h\].
    all: Vec<f32>,
    /// Hours before each week, of which some are forgotten in each week without any \[h\].
    fading: Vec<f32>,
    /// Weeks without any hours before each week.
    n_empty: Vec<u16>,
    /// Hours in communities of practice in each week \[h\].
    community: Vec<f32>,
}

/// Load of one role: `asked hours * per_hour + alone`, but in crowded weeks.
#[derive(Debug, Clone, Default)]
struct Load {
    /// Sum over the weeks before each week of the load that an asked hour is \[1/h\].
    per_hour: Vec<f32>,
    /// Sum over the weeks before each week of the load of duties and a new schedule.
    alone: Vec<f32>,
    /// Weeks in which the load may reach its most.
    crowded: Vec<u32>,
}

/// Where the timetable leaves no hours at all, any work is this much too much.
const MOST_LOAD: f32 = 4.0;

impl Setting {
    /// Sums up what is laid on weeks.
    pub fn new(weeks: Weeks, rules: &Rules) -> Setting {
        let n = weeks.part.len();
        let n_sets = 1usize << weeks.n_voluntary;
        let accounts =
            weeks.roles.iter().flat_map(|role| (0..n_sets).map(|set| account(role, set as u8, n, rules.keeps)));
        let accounts = accounts.collect();
        let most_asked: f32 = rules.load_hours.iter().copied().fold(0.0, f32::max) * rules.n_practices() as f32;
        let loads = (0..weeks.roles.len()).map(|role| load(&weeks, role, most_asked)).collect();
        let mut n_school_weeks = vec![0];
        for part in &weeks.part {
            n_school_weeks.push(n_school_weeks.last().copied().unwrap_or(0) + u16::from(*part > 0.0));
        }
        let kept_over = (0..=n).map(|k| libm::powf(rules.keeps, k as f32)).collect();
        Setting { weeks, accounts, loads, n_school_weeks, n_sets, kept_over }
    }

    /// Weeks.
    pub fn n_weeks(&self) -> usize {
        self.weeks.part.len()
    }

    fn account(&self, role: u8, attends: u8) -> &Account {
        &self.accounts[usize::from(role) * self.n_sets + usize::from(attends)]
    }

    /// What becomes of hours on a practice in progress from before one week to before another, if hours are shared
    /// with `n - 1` other practices and scaled; `kept` says that none are forgotten.
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
        if kept {
            hours + (account.all[to] - account.all[from]) * part
        } else {
            let keeps = self.kept_over[usize::from(account.n_empty[to] - account.n_empty[from])];
            account.fading[to] * part + keeps * (hours - account.fading[from] * part)
        }
    }

    /// Hours in communities of practice in a week \[h\].
    #[inline]
    pub fn community(&self, role: u8, attends: u8, week: usize) -> f32 {
        self.account(role, attends).community[week]
    }

    /// Hours of learning in a week \[h\].
    pub fn learning(&self, role: u8, attends: u8, week: usize) -> f32 {
        let account = self.account(role, attends);
        account.all[week + 1] - account.all[week]
    }

    /// The load of somebody whose practices ask for so many hours, in a week.
    #[inline]
    pub fn load(&self, role: u8, asks: f32, week: usize) -> f32 {
        load_in(&self.weeks, usize::from(role), asks, week)
    }

    /// Sum of the load from one week until before another.
    #[inline]
    pub fn load_between(&self, role: u8, asks: f32, (from, to): (usize, usize)) -> f32 {
        let load = &self.loads[usize::from(role)];
        let mut sum = asks * (load.per_hour[to] - load.per_hour[from]) + (load.alone[to] - load.alone[from]);
        if !load.crowded.is_empty() {
            let within = |week: &&u32| (from..to).contains(&(**week as usize));
            sum += load.crowded.iter().filter(within).map(|week| self.load(role, asks, *week as usize)).sum::<f32>();
        }
        sum
    }

    /// School weeks from one week until before another.
    pub fn n_school_weeks_between(&self, from: usize, to: usize) -> u16 {
        self.n_school_weeks[to] - self.n_school_weeks[from]
    }
}

fn account(role: &RoleWeeks, attends: u8, n_weeks: usize, keeps: f32) -> Account {
    let mut account = Account { all: vec![0.0], fading: vec![0.0], n_empty: vec![0], community: Vec::new() };
    let attended = |time: &&Learning| time.voluntary.is_none_or(|bit| attends >> bit & 1 == 1);
    let (mut all, mut fading, mut n_empty) = (0.0f64, 0.0f64, 0u16);
    for week in 0..n_weeks {
        let hours: f32 = role.learning.iter().filter(attended).map(|time| time.hours[week]).sum();
        let together = role.learning.iter().filter(attended).filter(|time| time.community);
        account.community.push(together.map(|time| time.hours[week]).sum());
        if hours > 0.0 {
            all += f64::from(hours);
            fading += f64::from(hours);
        } else {
            fading *= f64::from(keeps);
            n_empty += 1;
        }
        account.all.push(all as f32);
        account.fading.push(fading as f32);
        account.n_empty.push(n_empty);
    }
    account
}

/// Load in a week: hours asked for over the hours there are; none in a week without school.
fn load_in(weeks: &Weeks, role: usize, asks: f32, week: usize) -> f32 {
    let part = weeks.part[week];
    if part <= 0.0 {
        return 0.0;
    }
    let asked = part * (asks + weeks.roles[role].duty + weeks.new_schedule[week]);
    (asked / weeks.roles[role].non_contact[week].max(f32::MIN_POSITIVE)).min(MOST_LOAD)
}

fn load(weeks: &Weeks, role: usize, most_asked: f32) -> Load {
    let mut load = Load { per_hour: vec![0.0], alone: vec![0.0], crowded: Vec::new() };
    let (mut per_hour, mut alone) = (0.0f64, 0.0f64);
    for week in 0..weeks.part.len() {
        let part = weeks.part[week];
        let there = weeks.roles[role].non_contact[week];
        if part > 0.0 && load_in(weeks, role, most_asked, week) >= MOST_LOAD {
            load.crowded.push(week as u32);
        } else if part > 0.0 {
            per_hour += f64::from(part / there);
            alone += f64::from(load_in(weeks, role, 0.0, week));
        }
        load.per_hour.push(per_hour as f32);
        load.alone.push(alone as f32);
    }
    load
}
