//! The dose where a drawn part of each week's learning reaches an educator.

use crate::kernel::Block;
use crate::kernel::Shared;
use crate::kernel::draws::FOUR;
use crate::kernel::draws::add_drawn;
use crate::kernel::draws::unit;
use pulp::Arch;

/// Everybody learns a drawn part of the hours of the week, on the practice as a whole.
pub(super) fn learn_by_luck(arch: Arch, block: &mut Block, shared: &Shared, week: usize, words: &[[u8; FOUR]]) {
    for school in &block.schools {
        let setting = &shared.settings[school.setting];
        let people = school.people.clone();
        let scale = block.districts[school.district].learning_scale;
        if setting.weeks.roles.len() == 1 && setting.weeks.n_voluntary == 0 {
            let most = setting.learning(0, 0, week) * scale;
            add_drawn(arch, &words[people.clone()], most, &mut block.drawn_hours[people]);
        } else {
            for i in people {
                let person = &block.people[i];
                let most = setting.learning(person.role, person.attends, week) * scale;
                block.drawn_hours[i] += unit(words[i]) * most;
            }
        }
    }
}
