//! A block: some districts with all that changes in them, each quantity in a list of its own.
//!
//! What one quantity is for educator after educator lies side by side, in the smallest type that holds it, so that a
//! week walks over few bytes. Schools stand one after the other, and so do districts; no school is in two blocks.

use crate::kernel::Hours;
use crate::kernel::Shared;
use crate::kernel::Spread;
use crate::kernel::draws::FOUR;
use crate::kernel::person::NEAR;
use crate::kernel::person::Person;
use crate::kernel::person::experience_at_start;
use crate::kernel::person::order;
use crate::luck::Decision;
use crate::luck::Key;
use std::ops::Range;

/// The levels from which an educator uses a practice, and is at routine in it.
pub const USING: u8 = 3;
/// From here on she is at routine.
pub const ROUTINE: u8 = 4;

/// One position that somebody fills.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Position {
    /// Its key.
    pub key: Key,
    /// Place of its role in the settings.
    pub role: u8,
    /// Practices that suit it, as a set of bits.
    pub suits: u8,
    /// Supports that help it, as a set of bits.
    pub helped_by: u8,
    /// Share of the pupils' time in the school that is spent with it.
    pub weight: f32,
}

/// A school.
#[derive(Debug, Clone, PartialEq)]
pub struct School {
    /// Its educators, by place in the block.
    pub people: Range<usize>,
    /// Place of its setting.
    pub setting: usize,
    /// Place of its district in the block.
    pub district: usize,
    /// Its key.
    pub key: Key,
    /// Leaders' support.
    pub leaders: f32,
    /// Families' support.
    pub families: f32,
    /// Families' support to which it falls back.
    pub families_rest: f32,
    /// Educators using each practice.
    pub using: [u32; 8],
    /// Educators at routine in each practice.
    pub routine: [u32; 8],
    /// Educators on a level of each practice on which they ask for help.
    pub(super) asking: [u32; 8],
    /// The most authority that there is for each practice in this year.
    open: [f32; 8],
    /// By practice and level: in how many 256ths of the draws somebody may take a step in this year, or leave. On
    /// level 5 there is no step and no fall.
    pub(super) reach: [[u8; 6]; 8],
    /// Educators whose highest level is at least 1, 2, 3, 4, 5.
    pub at_least: [u32; 5],
    /// Educators using all practices of each model that suit them.
    pub using_model: [u32; 8],
    /// Share of the pupils' time with educators at routine in any practice.
    pub experience: f64,
}

/// A district.
#[derive(Debug, Clone, PartialEq)]
pub struct District {
    /// Its schools, by place in the block.
    pub schools: Range<usize>,
    /// Its educators.
    pub people: Range<usize>,
    /// Educators using each practice at the end of the week before.
    pub using: [u32; 8],
    /// How many more use it since.
    pub(super) joined: [i32; 8],
    /// What the use elsewhere adds to will, by practice.
    pub outside: [f32; 8],
    /// Hours of learning for each hour of its setting.
    pub learning_scale: f32,
    /// Hours of support for each hour of its setting.
    pub support_scale: f32,
}

/// What happened in a block since it was last asked.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Happened {
    /// Educators who left their district.
    pub leavers: u32,
    /// Educators who moved to another school of it.
    pub movers: u32,
    /// Times that somebody who was using a practice stopped.
    pub stopped_using: u32,
}

/// Some districts.
///
/// What every week walks over is a list of its own: keys, reach, drawn hours. What is looked at only for the few who
/// may move is a record a person.
#[derive(Debug, Clone, Default)]
pub struct Block {
    pub(super) n_practices: usize,
    pub(super) key_low: Vec<u32>,
    pub(super) key_high: Vec<u32>,
    /// By fours of practices, then educator: in how many 256ths of the draws she may take a step.
    pub(super) reach: Vec<Vec<[u8; FOUR]>>,
    /// Practices in which she asks for help, as a set of bits.
    pub(super) asks: Vec<u8>,
    /// Hours that are drawn each week, where they are \[h\].
    pub(super) drawn_hours: Vec<f32>,
    pub(super) people: Vec<Person>,
    /// Hours of learning in her account in the practices for which there is no room in her record, by educator, then
    /// practice \[h\].
    pub(super) more_hours: Vec<f32>,
    pub(super) team_size: Vec<u16>,
    /// By team, then practice.
    pub(super) team_using: Vec<u16>,
    pub(super) team_routine: Vec<u16>,
    /// The schools.
    pub schools: Vec<School>,
    /// The districts.
    pub districts: Vec<District>,
    /// What happened.
    pub happened: Happened,
}

/// What a school is like at the start.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct SchoolStart {
    /// Its key.
    pub key: Key,
    /// Place of its setting.
    pub setting: usize,
    /// Leaders' support.
    pub leaders: f32,
    /// Families' support.
    pub families: f32,
}

impl Block {
    /// An empty block.
    pub fn new(n_practices: usize) -> Block {
        Block { n_practices, reach: vec![Vec::new(); n_practices.div_ceil(FOUR)], ..Block::default() }
    }

    /// Educators in it.
    pub fn n(&self) -> usize {
        self.key_low.len()
    }

    /// Adds a district, which later schools belong to.
    pub fn add_district(&mut self, learning_scale: f32, support_scale: f32) {
        let (school, person) = (self.schools.len(), self.n());
        self.districts.push(District {
            schools: school..school,
            people: person..person,
            using: [0; 8],
            joined: [0; 8],
            outside: [0.0; 8],
            learning_scale,
            support_scale,
        });
    }

    /// Adds a school to the last district; its positions come team after team.
    ///
    /// # Panics
    /// When there is no district yet.
    pub fn add_school(
        &mut self,
        start: SchoolStart,
        teams: impl Iterator<Item = usize>,
        positions: impl Iterator<Item = Position>,
    ) {
        let first = self.n();
        for position in positions {
            let (low, high) = position.key.halves();
            self.key_low.push(low);
            self.key_high.push(high);
            let Position { role, suits, helped_by, weight, .. } = position;
            self.asks.push(0);
            self.people.push(Person { role, suits, helped_by, weight, ..Person::default() });
        }
        let mut next = first;
        for size in teams {
            let team = self.team_size.len() as u32;
            let members = self.people.get_mut(next..next + size).expect("teams hold no more than the school");
            members.iter_mut().for_each(|person| person.team = team);
            next += size;
            self.team_size.push(size as u16);
        }
        assert_eq!(next, self.n(), "everybody is in a team");
        let n_teams = self.team_size.len();
        self.team_using.resize(n_teams * self.n_practices, 0);
        self.team_routine.resize(n_teams * self.n_practices, 0);
        let district = self.districts.len() - 1;
        self.districts[district].schools.end += 1;
        self.districts[district].people.end = self.n();
        self.schools.push(School {
            people: first..self.n(),
            setting: start.setting,
            district,
            key: start.key,
            leaders: start.leaders,
            families: start.families,
            families_rest: start.families,
            using: [0; 8],
            routine: [0; 8],
            asking: [0; 8],
            open: [1.0; 8],
            reach: [[0; 6]; 8],
            at_least: [0; 5],
            using_model: [0; 8],
            experience: 0.0,
        });
    }

    /// Fills every position before the first week.
    pub fn begin(&mut self, shared: &Shared) {
        let n = self.n();
        let rules = shared.rules;
        self.reach.iter_mut().for_each(|list| list.resize(n, [0; FOUR]));
        self.more_hours.resize(n * self.n_practices.saturating_sub(NEAR), 0.0);
        if rules.hours == Hours::DrawnWeekly {
            self.drawn_hours.resize(n, 0.0);
        }
        for school in 0..self.schools.len() {
            self.open_up(shared, school, [1.0; 8]);
            for i in self.schools[school].people.clone() {
                let person = self.key(i);
                self.draw_person(shared, i, person);
                self.people[i].experience = experience_at_start(rules, &shared.luck, person);
                let starts = rules.start_share > 0.0
                    && (shared.luck.draw(person, Decision::Start, 0, 0) as f32) < rules.start_share;
                let Person { preference, suits, .. } = self.people[i];
                let first = order(preference, self.n_practices).find(|p| suits >> p & 1 == 1);
                for practice in 0..self.n_practices {
                    let level = if starts && first == Some(practice) { ROUTINE } else { rules.starts_at };
                    self.set_level(rules, school, i, practice, level);
                }
                self.renew(shared, school, i);
            }
        }
        self.end_of_week();
    }

    /// The key of a position.
    #[inline]
    pub(super) fn key(&self, i: usize) -> Key {
        Key::from_halves(self.key_low[i], self.key_high[i])
    }

    /// Draws what the person in a position is like: her disposition and her order of preference.
    fn draw_person(&mut self, shared: &Shared, i: usize, person: Key) {
        let rules = shared.rules;
        let off = match rules.spread {
            Spread::Normal => shared.luck.draw_normal(person, Decision::Disposition, 0, 0) as f32,
            Spread::Uniform => (shared.luck.draw(person, Decision::Disposition, 0, 0) as f32 - 0.5) * UNIFORM_WIDTH,
        };
        self.people[i].disposition = (rules.disposition_mean + rules.disposition_sd * off).clamp(0.0, 1.0);
        let k = self.n_practices;
        if k > 1 {
            let mut order: [(u64, u8); 8] = [(u64::MAX, 0); 8];
            for (practice, liking) in order[..k].iter_mut().enumerate() {
                let practice = practice as u8;
                *liking = (shared.luck.draw(person, Decision::Preference, practice, 0).to_bits(), practice);
            }
            order[..k].sort_unstable();
            self.people[i].preference =
                order[..k].iter().rev().fold(0, |all, (_, practice)| all << 4 | u32::from(*practice));
        }
    }

    /// Somebody new fills a position in a week: nothing of the new practice is known to her.
    pub(super) fn replace(&mut self, shared: &Shared, school: usize, i: usize, week: usize) {
        self.settle(shared, school, i, week + 1);
        self.newcomer(shared, school, i, week);
    }

    /// Somebody new fills a position before a week begins: who was there has gone elsewhere.
    pub fn fill_anew(&mut self, shared: &Shared, school: usize, i: usize, week: usize) {
        self.settle(shared, school, i, week);
        self.newcomer(shared, school, i, week);
        self.end_of_week();
    }

    fn newcomer(&mut self, shared: &Shared, school: usize, i: usize, week: usize) {
        let person = self.key(i).part(1 + week as u64);
        self.draw_person(shared, i, person);
        self.people[i].experience = 0.0;
        for practice in 0..self.n_practices {
            self.set_level(shared.rules, school, i, practice, shared.rules.starts_at);
            *self.hours_mut(i, practice) = 0.0;
        }
        if let Some(hours) = self.drawn_hours.get_mut(i) {
            *hours = 0.0;
        }
        self.renew(shared, school, i);
    }

    /// An educator's highest level over all practices.
    pub fn highest(&self, i: usize) -> u8 {
        self.people[i].highest()
    }

    /// An educator's level in a practice.
    pub fn level_of(&self, practice: usize, i: usize) -> u8 {
        self.people[i].level[practice]
    }

    /// What the week brought is seen from here on.
    pub(super) fn end_of_week(&mut self) {
        for district in &mut self.districts {
            for (using, joined) in district.using.iter_mut().zip(&mut district.joined) {
                *using = using.wrapping_add_signed(std::mem::take(joined));
            }
        }
    }

    /// A new school year of learning begins: accounts are brought up, and who attends what is drawn.
    pub fn begin_learning_year(&mut self, shared: &Shared, year: usize, week: usize) {
        for school in 0..self.schools.len() {
            let open = shared.settings[self.schools[school].setting].most_authority(week);
            let is_other = self.schools[school].open != open;
            if is_other {
                self.open_up(shared, school, open);
            }
            for i in self.schools[school].people.clone() {
                self.settle(shared, school, i, week);
                self.people[i].attends = self.drawn_attendance(shared, i, year);
                if is_other {
                    self.renew(shared, school, i);
                }
            }
        }
    }

    /// So much authority is there for each practice at most, from here on.
    fn open_up(&mut self, shared: &Shared, school: usize, open: [f32; 8]) {
        let of = &mut self.schools[school];
        of.open = open;
        for (practice, (reach, open)) in of.reach.iter_mut().zip(open).enumerate() {
            // Whoever may leave in any week is asked in the draws of her first practice.
            let leaves = if practice == 0 { shared.rules.leaves_weekly } else { 0.0 };
            *reach = std::array::from_fn(|level| shared.reach(level as u8, open, leaves));
        }
    }

    fn drawn_attendance(&self, shared: &Shared, i: usize, year: usize) -> u8 {
        let person = self.key(i);
        let mut attends = 0;
        for (bit, chance) in shared.attends.iter().enumerate() {
            let chance = f64::from(chance[year.min(chance.len() - 1)]);
            let drawn = || shared.luck.draw(person, Decision::Attendance, bit as u8, year as u16);
            attends |= u8::from(chance > 0.0 && (chance >= 1.0 || drawn() < chance)) << bit;
        }
        attends
    }

    /// Gives a school another setting from a week on.
    pub fn change_setting(&mut self, shared: &Shared, school: usize, setting: usize, week: usize) {
        for i in self.schools[school].people.clone() {
            self.settle(shared, school, i, week);
        }
        self.schools[school].setting = setting;
        self.open_up(shared, school, [1.0; 8]);
        for i in self.schools[school].people.clone() {
            self.renew(shared, school, i);
        }
    }
}

/// The width of a uniform distribution whose standard deviation is 1: the square root of 12.
const UNIFORM_WIDTH: f32 = 3.464_101_6;
