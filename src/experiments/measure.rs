//! Measures: what is counted in one replicate, as whole numbers, and what each is called.

use crate::experiments::unit::Record;
use crate::pipeline::Checked;
use crate::plan::Horizon;
use crate::plan::Resources;
use crate::spread::Course;

/// Places of levels of use in a course: level 3 or higher, level 4 or higher.
const USING: usize = 2;
const ROUTINE: usize = 3;

/// One thing that is measured.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Measure {
    /// Its name in tables.
    pub key: String,
    /// Its name in sentences.
    pub words: String,
    /// Its unit in tables.
    pub unit: &'static str,
    /// How it is found in a record.
    of: Of,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Of {
    /// A count of educators at this place, as a share of all.
    Share(usize),
    /// A number at this place.
    Count(usize),
    /// Weeks at this place, the whole simulation where it is 0.
    Weeks(usize),
    /// Whether the weeks at this place are not 0.
    Reached(usize),
    /// Clauses that fail at the point, whatever the luck.
    Clauses,
}

/// Everything that is measured of a scenario.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Measures {
    /// All measures; the first is the one that charts show.
    pub list: Vec<Measure>,
    /// Weeks of the simulation.
    pub n_weeks: u32,
    years: Vec<String>,
    models: Vec<String>,
}

/// What stands once at each point, whatever the luck.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct AtPoint {
    /// Educators who take up the practice.
    pub educators: u32,
    /// Clauses that fail.
    pub clauses_failing: u32,
}

impl Measures {
    /// The measures of a scenario, by its school years and models.
    pub fn of(year_ends: &[(String, usize)], resources: &Resources, horizon: &Horizon) -> Measures {
        let years: Vec<String> = year_ends.iter().map(|(year, _)| year.clone()).collect();
        let n = years.len();
        let share = |key: String, words: String, at: usize| Measure { key, words, unit: "share", of: Of::Share(at) };
        let (using, routine, weeks) = (2 * n, 2 * n + 1, 2 * n + 2);
        let mut list = vec![
            share("using_at_end".into(), "educators using the practice at the end".into(), using),
            share("routine_at_end".into(), "educators at routine at the end".into(), routine),
        ];
        for (place, year) in years.iter().enumerate() {
            list.push(share(
                format!("using_{year}"),
                format!("educators using the practice at the end of {year}"),
                2 * place,
            ));
            list.push(share(
                format!("routine_{year}"),
                format!("educators at routine at the end of {year}"),
                2 * place + 1,
            ));
        }
        let one = |key: &str, words: &str, unit, of| Measure { key: key.into(), words: words.into(), unit, of };
        list.push(one("weeks_until_half_use", "weeks until half of the educators use it", "weeks", Of::Weeks(weeks)));
        list.push(one(
            "half_use_within",
            "runs in which half of the educators come to use it",
            "share of runs",
            Of::Reached(weeks),
        ));
        for (place, model) in resources.models.iter().enumerate() {
            list.push(Measure {
                key: format!("schools_at_scale_{}", model.id),
                words: format!("schools in which “{}” is at scale at the end", model.title),
                unit: "schools",
                of: Of::Count(weeks + 1 + place),
            });
        }
        let leavers = weeks + 1 + resources.models.len();
        list.push(one("leavers", "educators who left the district", "educators", Of::Count(leavers)));
        list.push(one("clauses_failing", "clauses that are not met", "clauses", Of::Clauses));
        let models = resources.models.iter().map(|m| m.id.clone()).collect();
        Measures { list, n_weeks: u32::try_from(horizon.n_weeks()).unwrap_or(u32::MAX), years, models }
    }

    /// Whole numbers in a record.
    pub fn n_fields(&self) -> usize {
        2 * self.years.len() + 4 + self.models.len()
    }

    /// What is kept of a replicate.
    pub fn record(&self, course: &Course, year_ends: &[(String, usize)], educators: usize) -> Record {
        let at = |week: usize, level: usize| course.at_least.get(week).map_or(0, |levels| levels[level]);
        let last = course.at_least.len().saturating_sub(1);
        let mut record: Record = Vec::with_capacity(self.n_fields());
        for (_, week) in year_ends {
            record.extend([at(*week, USING), at(*week, ROUTINE)]);
        }
        record.extend([at(last, USING), at(last, ROUTINE)]);
        let half = |levels: &[u32; 5]| educators > 0 && 2 * levels[USING] as usize >= educators;
        let weeks = course.at_least.iter().position(half).map_or(0, |week| week + 1);
        record.push(u32::try_from(weeks).unwrap_or(u32::MAX));
        record.extend(&course.schools_at_scale);
        record.push(course.happened.leavers);
        record
    }

    /// The value of a measure in a record.
    pub fn value(&self, measure: &Measure, record: &[u32], point: AtPoint) -> f64 {
        let at = |place: usize| f64::from(record.get(place).copied().unwrap_or(0));
        match measure.of {
            Of::Share(place) => at(place) / f64::from(point.educators.max(1)),
            Of::Count(place) => at(place),
            Of::Weeks(place) if at(place) == 0.0 => f64::from(self.n_weeks),
            Of::Weeks(place) => at(place),
            Of::Reached(place) => f64::from(u8::from(at(place) > 0.0)),
            Of::Clauses => f64::from(point.clauses_failing),
        }
    }

    /// Why a point cannot be measured beside the others.
    pub fn differs(&self, year_ends: &[(String, usize)], resources: &Resources, checked: &Checked) -> Option<String> {
        let same_years = year_ends.iter().map(|(year, _)| year).eq(&self.years);
        let same_models = resources.models.iter().map(|m| &m.id).eq(&self.models);
        if !same_years || checked.horizon.n_weeks() != self.n_weeks as usize {
            return Some("the school years that are simulated are not the same at every point".into());
        }
        (!same_models).then(|| "the models are not the same at every point".into())
    }

    /// The place of a measure that a short or whole name means.
    pub fn place_of(&self, name: &str) -> Option<usize> {
        let whole = match name {
            "using" => "using_at_end",
            "routine" => "routine_at_end",
            "weeks" => "weeks_until_half_use",
            other => other,
        };
        let of_schools = || {
            let mut all = (0..self.list.len()).filter(|n| self.list[*n].key.starts_with("schools_at_scale_"));
            all.next().filter(|_| name == "schools" && all.next().is_none())
        };
        self.list.iter().position(|m| m.key == whole).or_else(of_schools)
    }
}

impl Measure {
    /// Whether it is a share of people.
    pub fn is_share(&self) -> bool {
        matches!(self.of, Of::Share(_) | Of::Reached(_))
    }

    /// Whether luck plays a part in it.
    pub fn has_luck(&self) -> bool {
        !matches!(self.of, Of::Clauses)
    }

    /// A value as a reader sees it.
    pub fn told(&self, value: f64) -> String {
        if self.is_share() { format!("{:.1} %", value * 100.0) } else { format!("{value:.1}") }
    }

    /// A round value as it stands on an axis: without decimals where it has none.
    pub fn told_on_axis(&self, value: f64) -> String {
        let (number, unit) = if self.is_share() { (value * 100.0, " %") } else { (value, "") };
        let rounded = (number * 10.0).round() / 10.0;
        format!("{rounded}{unit}")
    }
}
