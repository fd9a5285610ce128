//! A view: a school as everybody in it sees it in a week.

use crate::kernel::Block;
use crate::kernel::Rules;
use crate::kernel::Setting;
use crate::kernel::Shared;
use crate::kernel::Sharing;
use crate::luck::Luck;

/// A school in a week.
pub(super) struct At<'a> {
    pub(super) rules: &'a Rules,
    pub(super) luck: &'a Luck,
    /// The chance of leaving each level in a full school week that nobody exceeds.
    pub(super) most_likely: &'a [f32; 6],
    pub(super) setting: &'a Setting,
    pub(super) school: usize,
    pub(super) week: usize,
    pub(super) part: f32,
    /// What everybody's will is moved by, by practice.
    pub(super) pull: [f32; 8],
    pub(super) learning_scale: f32,
    pub(super) support_scale: f32,
    /// Expertise that everybody finds by practice, where support is shared by the crowd.
    pub(super) crowd: [f32; 8],
}

/// A school as everybody in it sees it in a week.
pub(super) fn look<'a>(block: &Block, shared: &'a Shared, (school, week): (usize, usize)) -> At<'a> {
    let of = &block.schools[school];
    let district = &block.districts[of.district];
    let rules = shared.rules;
    let setting = &shared.settings[of.setting];
    let (n, n_district) = (of.people.len().max(1) as f32, district.people.len().max(1) as f32);
    let support = rules.will_leaders * (2.0 * of.leaders - 1.0) + rules.will_families * (2.0 * of.families - 1.0);
    let mut at = At {
        rules,
        luck: &shared.luck,
        most_likely: &shared.most_likely,
        setting,
        school,
        week,
        part: setting.weeks.part[week],
        pull: [0.0; 8],
        learning_scale: district.learning_scale,
        support_scale: district.support_scale,
        crowd: [0.0; 8],
    };
    for practice in 0..rules.n_practices() {
        at.pull[practice] = rules.will_school * (of.using[practice] as f32 / n)
            + rules.will_district * (district.using[practice] as f32 / n_district)
            + district.outside[practice]
            + support;
    }
    if rules.sharing == Sharing::Crowd {
        at.crowd = crowd(block, &at);
    }
    at
}

/// Expertise by practice where hours are divided by the number of those who ask for them.
fn crowd(block: &Block, at: &At) -> [f32; 8] {
    let mut expertise = [0.0; 8];
    for (practice, expertise) in expertise.iter_mut().enumerate().take(at.rules.n_practices()) {
        let asking = block.schools[at.school].asking[practice];
        let knows = at.setting.weeks.supports.iter().filter(|support| support.knows >> practice & 1 == 1);
        let hours: f32 = knows.map(|support| support.hours[at.week]).sum::<f32>() * at.support_scale;
        *expertise = at.rules.expertise_alone + hours / at.part / at.rules.expertise_need / asking.max(1) as f32;
    }
    expertise
}
