//! What the files of a nation look at together: sums and shares that several of them tell.

use crate::ensemble::Band;
use crate::ensemble::GroupCurves;
use crate::ensemble::Results;
use crate::ensemble::YearEnd;
use crate::ensemble::low_median_high;
use crate::nation::plan::NationPlan;
use crate::pipeline::NationOutcome;
use crate::scenario::Scenario;
use crate::spread::nation::NationCourse;
use crate::spread::nation::StateLaw;
use crate::spread::nation::StateYear;

/// A scenario with its nation and what came of it.
pub struct View<'a> {
    pub scenario: &'a Scenario,
    pub plan: &'a NationPlan,
    pub outcome: &'a NationOutcome,
    /// Educators of the nation.
    pub n: f64,
    /// Educators by state.
    pub n_by_state: Vec<u64>,
}

impl<'a> View<'a> {
    pub fn new(scenario: &'a Scenario, plan: &'a NationPlan, outcome: &'a NationOutcome) -> View<'a> {
        let mut n_by_state = vec![0; plan.territory.states.len()];
        for (place, site) in plan.territory.districts.iter().enumerate() {
            n_by_state[usize::from(site.state)] += plan.territory.n_teachers_of(place);
        }
        let n = n_by_state.iter().sum::<u64>().max(1) as f64;
        View { scenario, plan, outcome, n, n_by_state }
    }

    /// States that have any educators, by place.
    pub fn states(&self) -> Vec<usize> {
        (0..self.n_by_state.len()).filter(|state| self.n_by_state[*state] > 0).collect()
    }

    /// The law of a state.
    pub fn law_of(&self, state: usize) -> Option<&StateLaw> {
        self.outcome.laws.iter().find(|law| law.states.contains(&state))
    }

    /// A number that every replicate has: low, median and high.
    pub fn over_replicates(&self, of: impl Fn(&NationCourse) -> f64) -> [f64; 3] {
        low_median_high(self.outcome.courses.iter().map(of).collect())
    }

    /// A share of the educators of a state at the end of a school year: low, median, high.
    pub fn share_of_state(&self, state: usize, year: usize, of: impl Fn(&StateYear) -> u32) -> [f64; 3] {
        let n = self.n_by_state[state].max(1) as f64;
        self.over_replicates(|course| f64::from(of(&course.years[year][state])) / n)
    }

    /// A sum over the states at the end of a school year: low, median, high.
    pub fn sum_of_states(&self, year: usize, of: impl Fn(&StateYear) -> u32) -> [f64; 3] {
        self.over_replicates(|course| course.years[year].iter().map(|s| f64::from(of(s))).sum())
    }

    /// School years that have ended.
    pub fn n_years(&self) -> usize {
        self.outcome.courses.first().map_or(0, |course| course.years.len())
    }

    /// The nation's curves in the form in which charts draw a district's.
    pub fn results(&self) -> Results {
        let courses = &self.outcome.courses;
        let band = |level: usize| {
            let mut band = Band::default();
            for week in 0..self.outcome.weeks.len() {
                let shares = courses.iter().map(|c| f64::from(c.at_least[week][level]) / self.n).collect();
                let [low, median, high] = low_median_high(shares);
                band.low.push(low);
                band.median.push(median);
                band.high.push(high);
            }
            band
        };
        let none = || vec![0.0; self.outcome.weeks.len()];
        let year_end = |(year, (id, week)): (usize, &(String, usize))| YearEnd {
            year: id.clone(),
            week: *week,
            using: self.sum_of_states(year, |s| s.at_least[2]).map(|x| x / self.n),
            routine: self.sum_of_states(year, |s| s.at_least[3]).map(|x| x / self.n),
            leavers: 0.0,
            movers: 0.0,
            stopped_using: 0.0,
        };
        Results {
            weeks: self.outcome.weeks.clone(),
            school_week: self.outcome.school_week.clone(),
            replicates: courses.len() as u32,
            district: GroupCurves {
                name: "the nation".into(),
                n_educators: self.n as u32,
                at_least: [0, 1, 2, 3, 4].map(band),
                held_by: [none(), none(), none(), none(), none()],
                practices: Vec::new(),
                students_experience: Band::default(),
                families_support: Vec::new(),
                load: Vec::new(),
            },
            schools: Vec::new(),
            milestones: Vec::new(),
            models: Vec::new(),
            students: Vec::new(),
            conditions: Vec::new(),
            year_ends: self.outcome.years.iter().enumerate().take(self.n_years()).map(year_end).collect(),
        }
    }
}
