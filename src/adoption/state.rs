//! Who is where: levels of use, hours, and what each person and school is like, at the start of a week.

use crate::adoption::Dispositions;
use crate::adoption::Parameters;
use crate::adoption::Rules;
use crate::district::District;
use crate::luck::Decision;
use crate::luck::Key;
use crate::luck::Luck;
use crate::people::Roster;
use crate::plan::Horizon;
use crate::plan::Resources;
use crate::plan::TimetabledHours;

/// Everything that is the same in every replicate and week.
#[derive(Debug, Clone)]
pub struct World<'a> {
    /// Schools and roles.
    pub district: &'a District,
    /// Who there is.
    pub roster: &'a Roster,
    /// Practices, learning time, partners, engagement.
    pub resources: &'a Resources,
    /// The rules of the model.
    pub rules: &'a Rules,
    /// The weeks.
    pub horizon: &'a Horizon,
    /// The year of the simulation of each week.
    pub year_of_week: Vec<usize>,
    /// The week in which each school year ends for the last school, with the year's id.
    pub year_ends: Vec<(String, usize)>,
}

impl<'a> World<'a> {
    /// Joins what every replicate shares.
    pub fn new(
        district: &'a District,
        roster: &'a Roster,
        resources: &'a Resources,
        rules: &'a Rules,
        horizon: &'a Horizon,
        hours: &TimetabledHours,
    ) -> World<'a> {
        let mut year_ends: Vec<(String, usize)> = Vec::new();
        for (id, week) in hours.schools.iter().flat_map(|s| &s.year_ends) {
            match year_ends.iter_mut().find(|(known, _)| known == id) {
                Some((_, known)) => *known = (*known).max(*week),
                None => year_ends.push((id.clone(), *week)),
            }
        }
        year_ends.sort_by_key(|(_, week)| *week);
        let year_of_week = (0..horizon.n_weeks()).map(|w| horizon.year_of_week(w)).collect();
        World { district, roster, resources, rules, horizon, year_of_week, year_ends }
    }

    /// Educators.
    pub fn n_educators(&self) -> usize {
        self.roster.educators.len()
    }

    /// Practices.
    pub fn n_practices(&self) -> usize {
        self.resources.practices.len()
    }

    /// Where a practice of an educator stands in the lists of the state.
    pub fn slot(&self, practice: usize, educator: usize) -> usize {
        practice * self.n_educators() + educator
    }

    /// Whether a practice is meant for the grade an educator teaches.
    pub fn suits(&self, practice: usize, educator: usize) -> bool {
        self.resources.practices[practice].grades.contains(self.roster.educators[educator].grade)
    }
}

/// How an outside partner stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PartnerState {
    /// It adds what it promised.
    Working,
    /// It failed in this week, and nobody has noticed.
    Failed(usize),
    /// It was noticed and ended.
    Ended,
}

/// The state of one replicate at the start of a week.
#[derive(Debug, Clone, PartialEq)]
pub struct State {
    /// Level of use, 0 to 5, by practice and educator.
    pub level: Vec<u8>,
    /// Hours of learning on the practice that are not forgotten \[h\], by practice and educator.
    pub hours: Vec<f64>,
    /// Key of the person who fills each position.
    pub person: Vec<Key>,
    /// Positions that somebody else fills since they were last followed.
    pub refilled: Vec<usize>,
    /// Disposition towards new practice.
    pub disposition: Vec<f64>,
    /// Practices in each person's order of preference, by educator.
    pub preference: Vec<u8>,
    /// Years of experience \[years\].
    pub experience: Vec<f64>,
    /// Sum of the load over the school weeks of this year, and their number.
    pub load_so_far: Vec<(f64, u32)>,
    /// Full school weeks of this year in which each of [`crate::adoption::HELD_BY`] held the person back.
    pub held_so_far: Vec<[u16; 5]>,
    /// Leaders' support, by school.
    pub leaders: Vec<f64>,
    /// Families' support, by school.
    pub families: Vec<f64>,
    /// Families' support at the start or after the last engagement, to which it falls back, by school.
    pub families_rest: Vec<f64>,
    /// How each partner stands.
    pub partners: Vec<PartnerState>,
}

impl State {
    /// The state before the first week.
    pub fn new(world: &World, parameters: &Parameters, luck: &Luck) -> State {
        let (n, k) = (world.n_educators(), world.n_practices());
        let support =
            |of: fn(&crate::district::School) -> f64| world.district.schools.iter().map(of).collect::<Vec<f64>>();
        let families = support(|s| s.families_support.as_f64());
        let mut state = State {
            level: vec![world.rules.ladder.starts_at; n * k],
            hours: vec![0.0; n * k],
            person: world.roster.educators.iter().map(|e| e.key).collect(),
            refilled: Vec::new(),
            disposition: vec![0.0; n],
            preference: vec![0; n * k],
            experience: vec![0.0; n],
            load_so_far: vec![(0.0, 0); n],
            held_so_far: vec![[0; 5]; n],
            leaders: support(|s| s.leaders_support.as_f64()),
            families: families.clone(),
            families_rest: families,
            partners: vec![PartnerState::Working; world.resources.partners.len()],
        };
        for i in 0..n {
            state.draw_person(world, parameters, luck, i);
            state.experience[i] = experience_at_start(world.rules, luck, state.person[i]);
            if luck.draw(state.person[i], Decision::Start, 0, 0) < parameters.start_share {
                let first =
                    state.preference[i * k..(i + 1) * k].iter().copied().find(|p| world.suits(usize::from(*p), i));
                if let Some(practice) = first {
                    state.level[world.slot(usize::from(practice), i)] = 4;
                }
            }
        }
        state
    }

    /// Draws what the person in a position is like: her disposition and her order of preference.
    fn draw_person(&mut self, world: &World, parameters: &Parameters, luck: &Luck, i: usize) {
        let person = self.person[i];
        let off = match world.rules.variants.dispositions {
            Dispositions::Normal => luck.draw_normal(person, Decision::Disposition, 0, 0),
            Dispositions::Uniform => (luck.draw(person, Decision::Disposition, 0, 0) - 0.5) * UNIFORM_WIDTH,
        };
        self.disposition[i] = (parameters.disposition_mean + parameters.disposition_sd * off).clamp(0.0, 1.0);
        let k = world.n_practices();
        let order = &mut self.preference[i * k..(i + 1) * k];
        for (place, practice) in order.iter_mut().enumerate() {
            *practice = place as u8;
        }
        let liking = |p: u8| luck.draw(person, Decision::Preference, p, 0);
        // Draws are not negative, so that their bits stand in the same order as they do.
        order.sort_by_cached_key(|p| (liking(*p).to_bits(), *p));
    }

    /// Somebody new fills a position: nothing of the new practice is known to her.
    pub fn replace(&mut self, world: &World, parameters: &Parameters, luck: &Luck, i: usize, week: usize) {
        self.person[i] = world.roster.educators[i].key.part(1 + week as u64);
        self.refilled.push(i);
        self.draw_person(world, parameters, luck, i);
        self.experience[i] = 0.0;
        self.held_so_far[i] = [0; 5];
        for practice in 0..world.n_practices() {
            let slot = world.slot(practice, i);
            self.level[slot] = world.rules.ladder.starts_at;
            self.hours[slot] = 0.0;
        }
    }

    /// An educator's highest level over all practices.
    pub fn highest_level(&self, world: &World, i: usize) -> u8 {
        (0..world.n_practices()).map(|p| self.level[world.slot(p, i)]).max().unwrap_or(0)
    }
}

/// Years of experience of somebody who is there at the start: a band by its share, then a year inside it.
fn experience_at_start(rules: &Rules, luck: &Luck, person: Key) -> f64 {
    let (which, inside) = luck.draw_two(person, Decision::Experience, 0, 0);
    let total: f64 = rules.turnover.iter().map(|b| b.share_of_staff).sum();
    let mut below = 0.0;
    for (place, band) in rules.turnover.iter().enumerate() {
        below += band.share_of_staff;
        if which * total <= below || place + 1 == rules.turnover.len() {
            let from = f64::from(band.from_years);
            let to = rules.turnover.get(place + 1).map_or(from + LAST_BAND_YEARS, |next| f64::from(next.from_years));
            return from + (to - from) * inside;
        }
    }
    0.0
}

/// The width of a uniform distribution whose standard deviation is 1: the square root of 12.
const UNIFORM_WIDTH: f64 = 3.464_101_615_137_754_6;

/// The last band has no end; only its beginning matters to turnover.
const LAST_BAND_YEARS: f64 = 20.0;
