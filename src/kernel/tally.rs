//! Counting: an educator takes a step, and what follows from levels alone follows.

use crate::kernel::Block;
use crate::kernel::Rules;
use crate::kernel::Shared;
use crate::kernel::block::ROUTINE;
use crate::kernel::block::USING;
use crate::kernel::draws::FOUR;
use crate::kernel::person::asks_for_help;
use crate::kernel::person::is_open;
use crate::kernel::person::models_of;
use crate::kernel::person::order;

impl Block {
    /// Puts an educator on a level and counts her there.
    pub(super) fn set_level(&mut self, rules: &Rules, school: usize, i: usize, practice: usize, level: u8) {
        let person = &mut self.people[i];
        let was = person.level[practice];
        if was == level {
            return;
        }
        let highest_before = person.highest();
        let using = i32::from(level >= USING) - i32::from(was >= USING);
        let models_before = if using != 0 { models_of(rules, person) } else { 0 };
        person.level[practice] = level;
        let (highest, weight) = (person.highest(), person.weight);
        let models = if using != 0 { models_of(rules, person) } else { 0 };
        let team = person.team as usize * self.n_practices + practice;
        let of = &mut self.schools[school];
        let routine = i32::from(level >= ROUTINE) - i32::from(was >= ROUTINE);
        self.team_using[team] = self.team_using[team].wrapping_add_signed(using as i16);
        self.team_routine[team] = self.team_routine[team].wrapping_add_signed(routine as i16);
        of.using[practice] = of.using[practice].wrapping_add_signed(using);
        of.routine[practice] = of.routine[practice].wrapping_add_signed(routine);
        let asking = i32::from(asks_for_help(level)) - i32::from(asks_for_help(was));
        self.asks[i] = self.asks[i] & !(1 << practice) | u8::from(asks_for_help(level)) << practice;
        of.asking[practice] = of.asking[practice].wrapping_add_signed(asking);
        self.districts[of.district].joined[practice] += using;
        if highest != highest_before {
            for (place, count) in of.at_least.iter_mut().enumerate() {
                let reached = place as u8 + 1;
                *count =
                    count.wrapping_add_signed(i32::from(highest >= reached) - i32::from(highest_before >= reached));
            }
            let now = f64::from(u8::from(highest >= ROUTINE)) - f64::from(u8::from(highest_before >= ROUTINE));
            of.experience += now * f64::from(weight);
        }
        if models != models_before {
            for (model, count) in of.using_model.iter_mut().enumerate().take(rules.models.len()) {
                let step = i32::from(models >> model & 1) - i32::from(models_before >> model & 1);
                *count = count.wrapping_add_signed(step);
            }
        }
    }

    /// Finds anew what an educator works on, and in how many of the draws she may take a step.
    pub(super) fn renew(&mut self, shared: &Shared, school: usize, i: usize) {
        let rules = shared.rules;
        let k = self.n_practices;
        let person = self.people[i];
        let (mut in_progress, mut asks) = (0u8, 0.0);
        for (practice, level) in person.level.iter().enumerate().take(k) {
            if (1..=3).contains(level) {
                in_progress |= 1 << practice;
                asks += rules.load_hours[usize::from(*level) - 1];
            }
        }
        let reaches = &self.schools[school].reach;
        let mut room = rules.focus.saturating_sub(in_progress.count_ones());
        let mut agenda = 0u8;
        for practice in order(person.preference, k) {
            let level = person.level[practice];
            let taken = match level {
                0 if room > 0 && is_open(rules, &person, practice) => {
                    room -= 1;
                    true
                }
                level => (1..=4).contains(&level),
            };
            agenda |= u8::from(taken) << practice;
            self.reach[practice / FOUR][i][practice % FOUR] =
                reaches[practice][usize::from(if taken { level } else { 5 })];
        }
        let person = &mut self.people[i];
        (person.in_progress, person.agenda, person.asks) = (in_progress, agenda, asks);
    }
}
