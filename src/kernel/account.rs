//! Accounts: hours of learning and load, brought up only when something changes for somebody.

use crate::kernel::Block;
use crate::kernel::Hours;
use crate::kernel::Setting;
use crate::kernel::Shared;
use crate::kernel::block::USING;
use crate::kernel::person::NEAR;
use crate::kernel::person::bits;

impl Block {
    /// Brings the hours and the load of an educator up to before a week; from here her practices may change.
    pub(super) fn settle(&mut self, shared: &Shared, school: usize, i: usize, week: usize) {
        let person = &mut self.people[i];
        let from = usize::from(person.since);
        if from == week {
            return;
        }
        person.since = week as u16;
        let setting = &shared.settings[self.schools[school].setting];
        person.load_sum += setting.load_between(person.role, person.asks, (from, week));
        person.load_since += setting.n_school_weeks_between(from, week);
        if person.in_progress == 0 || shared.rules.hours == Hours::DrawnWeekly {
            return;
        }
        let scale = self.districts[self.schools[school].district].learning_scale;
        let part = scale / person.in_progress.count_ones() as f32;
        let of = (person.role, person.attends);
        for practice in bits(person.in_progress) {
            let kept = self.people[i].level[practice] >= USING;
            let hours = self.hours_mut(i, practice);
            *hours = setting.hours_after(of, *hours, (from, week), part, kept);
        }
    }

    /// Hours in the account of an educator for a practice \[h\].
    #[inline]
    pub(super) fn hours_of(&self, i: usize, practice: usize) -> f32 {
        let more = || self.more_hours[i * (self.n_practices - NEAR) + practice - NEAR];
        self.people[i].hours.get(practice).copied().unwrap_or_else(more)
    }

    #[inline]
    pub(super) fn hours_mut(&mut self, i: usize, practice: usize) -> &mut f32 {
        match practice < NEAR {
            true => &mut self.people[i].hours[practice],
            false => &mut self.more_hours[i * (self.n_practices - NEAR) + practice - NEAR],
        }
    }

    /// Hours that an educator has learned on a practice before a week; her account stays as it is. Where the account
    /// is further on already, those in it.
    #[inline]
    pub(super) fn hours_before(&self, setting: &Setting, scale: f32, i: usize, practice: usize, week: usize) -> f32 {
        let hours = self.hours_of(i, practice);
        let person = &self.people[i];
        if person.in_progress >> practice & 1 == 0 {
            return hours;
        }
        let part = scale / person.in_progress.count_ones() as f32;
        let kept = person.level[practice] >= USING;
        let from = usize::from(person.since);
        setting.hours_after((person.role, person.attends), hours, (from, week.max(from)), part, kept)
    }
}
