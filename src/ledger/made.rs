//! Small sides for the tests of this room.

use crate::calendar::YearRules;
use crate::clauses::examples;
use crate::district::District;
use crate::district::School;
use crate::ledger::Side;
use crate::plan::Resources;
use crate::timetable::Timetable;
use crate::units::Dollars;

/// A school: its id, minutes of a Monday and of another day, pupils of grade 3, and teachers.
#[derive(Debug, Clone)]
pub struct Small {
    pub id: &'static str,
    pub monday: i64,
    pub full: i64,
    pub pupils: u32,
    pub teachers: u32,
}

/// A scenario without luck.
pub struct Made {
    pub district: District,
    pub timetable: Timetable,
    pub resources: Resources,
}

impl Made {
    /// Schools that keep the same dates; Mondays have 75 minutes of development after pupils leave.
    pub fn new(schools: &[Small], rules: YearRules) -> Made {
        let bells = |s: &Small| [examples::plain("monday", s.monday, 75), examples::plain("full", s.full, 0)];
        let schedules: Vec<_> = schools.iter().flat_map(bells).collect();
        let mut district = examples::district("3", &schedules);
        district.roles[0].cost_per_year = Dollars::new(60_000.0);
        let school = |(n, s): (usize, &Small)| School {
            id: s.id.into(),
            name: s.id.into(),
            pupils: vec![(examples::grade("3"), s.pupils)],
            positions: vec![(0, s.teachers)],
            bells: [("monday".to_string(), 2 * n), ("full".to_string(), 2 * n + 1)].into(),
            ..district.schools[0].clone()
        };
        district.schools = schools.iter().enumerate().map(school).collect();
        let timetable = examples::timetable(&[rules], &schedules, &district);
        Made { district, timetable, resources: no_resources() }
    }

    pub fn side(&self) -> Side<'_> {
        Side { district: &self.district, timetable: &self.timetable, resources: &self.resources, n_years: 1 }
    }
}

/// One school `oak` with 50 pupils and 10 teachers in four weeks of September.
pub fn oak(monday: i64, full: i64) -> Made {
    Made::new(&[Small { id: "oak", monday, full, pupils: 50, teachers: 10 }], examples::four_weeks())
}

pub fn no_resources() -> Resources {
    Resources {
        practices: vec![],
        models: vec![],
        voice_limits: vec![],
        learning: vec![],
        partners: vec![],
        engagement: vec![],
        budget: vec![],
    }
}
