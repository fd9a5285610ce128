//! A block: some districts with all that changes in them, each quantity in a list of its own.
//!
//! What one quantity is for educator after educator lies side by side, in the smallest type that holds it, so that a
//! week walks over few bytes. Schools stand one after the other, and so do districts; no school is in two blocks.

use crate::kernel::Hours;
use crate::kernel::Rules;
use crate::kernel::Setting;
use crate::kernel::Spread;
use crate::kernel::draws::reach_of;
use crate::luck::Decision;
use crate::luck::Key;
use crate::luck::Luck;
use std::ops::Range;

/// The levels from which an educator uses a practice, and is at routine in it.
pub const USING: u8 = 3;
/// From here on she is at routine.
pub const ROUTINE: u8 = 4;

/// What every block and week shares.
#[derive(Debug)]
pub struct Shared<'a> {
    /// The rules of the replicate.
    pub rules: &'a Rules,
    /// The settings.
    pub settings: &'a [Setting],
    /// The luck of the replicate.
    pub luck: Luck,
    /// Who attends a voluntary learning time: the chance by bit and year.
    pub attends: &'a [Vec<f32>],
    /// The chance of leaving a level in a full school week that nobody exceeds.
    pub(super) most_likely: [f32; 6],
    /// In how many 256ths of the draws somebody on a level may take a step, or leave as well, or leave only.
    reach: [u8; 6],
    reach_and_leaving: [u8; 6],
    reach_of_leaving: u8,
}

impl<'a> Shared<'a> {
    /// Joins them.
    pub fn new(rules: &'a Rules, settings: &'a [Setting], luck: Luck, attends: &'a [Vec<f32>]) -> Shared<'a> {
        let most_likely: [f32; 6] = std::array::from_fn(|level| rules.most_likely(level as u8));
        let leaves = rules.leaves_weekly;
        Shared {
            rules,
            settings,
            luck,
            attends,
            most_likely,
            reach: most_likely.map(reach_of),
            reach_and_leaving: most_likely.map(|chance| reach_of(chance + leaves)),
            reach_of_leaving: reach_of(leaves),
        }
    }
}

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
    joined: [i32; 8],
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

/// Somebody, as far as it is looked at only for the few who may take a step: one record, side by side in memory.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub(super) struct Person {
    pub level: [u8; 8],
    pub disposition: f32,
    /// Hours a week that her practices ask for \[h/week\].
    pub asks: f32,
    pub team: u32,
    /// Practices in her order of preference, in fours of bits.
    pub preference: u32,
    pub load_sum: f32,
    pub experience: f32,
    pub weight: f32,
    /// The week up to which hours and load are in the accounts.
    pub since: u16,
    pub load_since: u16,
    pub role: u8,
    pub suits: u8,
    pub helped_by: u8,
    pub attends: u8,
    /// Practices on levels 1 to 3, as a set of bits.
    pub in_progress: u8,
    /// Practices in which she may take a step, as a set of bits.
    pub agenda: u8,
}

impl Person {
    /// Her highest level over all practices.
    #[inline]
    pub fn highest(&self) -> u8 {
        self.level.iter().copied().fold(0, u8::max)
    }
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
    /// By practice, then educator: in how many 256ths of the draws she may take a step.
    pub(super) reach: Vec<Vec<u8>>,
    /// Hours that are drawn each week, where they are \[h\].
    pub(super) drawn_hours: Vec<f32>,
    pub(super) people: Vec<Person>,
    /// Hours of learning in her account, by educator, then practice \[h\].
    pub(super) hours: Vec<f32>,
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
        Block { n_practices, reach: vec![Vec::new(); n_practices], ..Block::default() }
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
            at_least: [0; 5],
            using_model: [0; 8],
            experience: 0.0,
        });
    }

    /// Fills every position before the first week.
    pub fn begin(&mut self, shared: &Shared) {
        let n = self.n();
        let rules = shared.rules;
        self.reach.iter_mut().for_each(|list| list.resize(n, 0));
        self.hours.resize(n * self.n_practices, 0.0);
        if rules.hours == Hours::DrawnWeekly {
            self.drawn_hours.resize(n, 0.0);
        }
        for school in 0..self.schools.len() {
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
                self.renew(shared, i);
            }
        }
        self.end_of_week();
    }

    /// The key of a position.
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
            self.hours[i * self.n_practices + practice] = 0.0;
        }
        if let Some(hours) = self.drawn_hours.get_mut(i) {
            *hours = 0.0;
        }
        self.renew(shared, i);
    }

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
        for practice in bits(person.in_progress) {
            let kept = person.level[practice] >= USING;
            let hours = &mut self.hours[i * self.n_practices + practice];
            *hours = setting.hours_after((person.role, person.attends), *hours, (from, week), part, kept);
        }
    }

    /// Hours that an educator has learned on a practice before a week; her account stays as it is. Where the account
    /// is further on already, those in it.
    #[inline]
    pub(super) fn hours_before(&self, setting: &Setting, scale: f32, i: usize, practice: usize, week: usize) -> f32 {
        let hours = self.hours[i * self.n_practices + practice];
        let person = &self.people[i];
        if person.in_progress >> practice & 1 == 0 {
            return hours;
        }
        let part = scale / person.in_progress.count_ones() as f32;
        let kept = person.level[practice] >= USING;
        let from = usize::from(person.since);
        setting.hours_after((person.role, person.attends), hours, (from, week.max(from)), part, kept)
    }

    /// An educator's highest level over all practices.
    pub fn highest(&self, i: usize) -> u8 {
        self.people[i].highest()
    }

    /// An educator's level in a practice.
    pub fn level_of(&self, practice: usize, i: usize) -> u8 {
        self.people[i].level[practice]
    }

    /// Puts an educator on a level and counts her there.
    pub(super) fn set_level(&mut self, rules: &Rules, school: usize, i: usize, practice: usize, level: u8) {
        let person = &mut self.people[i];
        let was = person.level[practice];
        if was == level {
            return;
        }
        let highest_before = person.highest();
        let models_before = models_of(rules, person);
        person.level[practice] = level;
        let (highest, models, weight) = (person.highest(), models_of(rules, person), person.weight);
        let team = person.team as usize * self.n_practices + practice;
        let of = &mut self.schools[school];
        let using = i32::from(level >= USING) - i32::from(was >= USING);
        let routine = i32::from(level >= ROUTINE) - i32::from(was >= ROUTINE);
        self.team_using[team] = self.team_using[team].wrapping_add_signed(using as i16);
        self.team_routine[team] = self.team_routine[team].wrapping_add_signed(routine as i16);
        of.using[practice] = of.using[practice].wrapping_add_signed(using);
        of.routine[practice] = of.routine[practice].wrapping_add_signed(routine);
        let asking = i32::from(asks_for_help(level)) - i32::from(asks_for_help(was));
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
        for (model, count) in of.using_model.iter_mut().enumerate().take(rules.models.len()) {
            let step = i32::from(models >> model & 1) - i32::from(models_before >> model & 1);
            *count = count.wrapping_add_signed(step);
        }
    }

    /// Finds anew what an educator works on, and in how many of the draws she may take a step.
    pub(super) fn renew(&mut self, shared: &Shared, i: usize) {
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
            // Whoever may leave in any week is asked in the draws of her first practice.
            self.reach[practice][i] = match (taken, practice) {
                (true, 0) => shared.reach_and_leaving[usize::from(level)],
                (true, _) => shared.reach[usize::from(level)],
                (false, 0) => shared.reach_of_leaving,
                (false, _) => 0,
            };
        }
        let person = &mut self.people[i];
        (person.in_progress, person.agenda, person.asks) = (in_progress, agenda, asks);
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
            for i in self.schools[school].people.clone() {
                self.settle(shared, school, i, week);
                self.people[i].attends = self.drawn_attendance(shared, i, year);
            }
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
    }
}

/// Models of which somebody uses all practices that suit her, as a set of bits.
fn models_of(rules: &Rules, person: &Person) -> u8 {
    let mut all = 0;
    for (model, of) in rules.models.iter().enumerate() {
        let suited = of & person.suits;
        let uses = suited != 0 && bits(suited).all(|practice| person.level[practice] >= USING);
        all |= u8::from(uses) << model;
    }
    all
}

/// Whether somebody may take up a practice that she has not begun.
fn is_open(rules: &Rules, person: &Person, practice: usize) -> bool {
    let after = rules.practices[practice].after;
    person.suits >> practice & 1 == 1 && bits(after).all(|before| person.level[before] >= USING)
}

/// Whether an educator can use help on a level: before and while she begins to use the practice.
pub(super) fn asks_for_help(level: u8) -> bool {
    level == 2 || level == 3
}

/// The width of a uniform distribution whose standard deviation is 1: the square root of 12.
const UNIFORM_WIDTH: f32 = 3.464_101_6;

/// The places of the bits that are set.
#[inline]
pub(super) fn bits(mut set: u8) -> impl Iterator<Item = usize> {
    std::iter::from_fn(move || {
        (set != 0).then(|| {
            let place = set.trailing_zeros() as usize;
            set &= set - 1;
            place
        })
    })
}

/// Practices in an order of preference that is packed in fours of bits.
#[inline]
pub(super) fn order(packed: u32, n_practices: usize) -> impl Iterator<Item = usize> {
    (0..n_practices).map(move |place| (packed >> (4 * place) & 15) as usize)
}

/// Years of experience of somebody who is there at the start: a band by its share, then a year inside it.
fn experience_at_start(rules: &Rules, luck: &Luck, person: Key) -> f32 {
    let (which, inside) = luck.draw_two(person, Decision::Experience, 0, 0);
    let (which, inside) = (which as f32, inside as f32);
    let total: f32 = rules.turnover.iter().map(|band| band.share_of_staff).sum();
    let mut below = 0.0;
    for (place, band) in rules.turnover.iter().enumerate() {
        below += band.share_of_staff;
        if which * total <= below || place + 1 == rules.turnover.len() {
            let to = rules.turnover.get(place + 1).map_or(band.from_years + LAST_BAND_YEARS, |next| next.from_years);
            return band.from_years + (to - band.from_years) * inside;
        }
    }
    0.0
}

/// The last band has no end; only its beginning matters to turnover.
const LAST_BAND_YEARS: f32 = 20.0;
