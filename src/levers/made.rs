//! Small districts for the tests of this room.

use crate::bells::BellSchedule;
use crate::calendar::Calendar;
use crate::calendar::YearRules;
use crate::calendar::lay_days;
use crate::clauses::Amount;
use crate::clauses::Clause;
use crate::clauses::Lawbook;
use crate::clauses::Measure;
use crate::clauses::Side;
use crate::clauses::Window;
use crate::clauses::examples;
use crate::district::District;
use crate::findings::Place;
use crate::levers::Ground;
use crate::levers::Moved;
use crate::timetable;
use crate::timetable::Timetable;
use crate::units::Grades;

/// A district of one school with its calendar and clauses.
pub struct Made {
    pub clauses: Vec<Clause>,
    pub district: District,
    pub calendars: Vec<Calendar>,
    pub timetable: Timetable,
}

impl Made {
    pub fn new(years: &[YearRules], schedules: &[BellSchedule], clauses: Vec<Clause>) -> Made {
        let district = examples::district("3", schedules);
        let years = years.iter().map(|y| lay_days(y).unwrap()).collect();
        let calendars = vec![Calendar { id: "district".into(), years, written: Place::nowhere() }];
        let timetable = timetable::build(&calendars, schedules, &district);
        Made { clauses, district, calendars, timetable }
    }

    pub fn ground(&self) -> Ground<'_> {
        Ground {
            book: Lawbook::of_clauses(&self.clauses),
            district: &self.district,
            calendars: &self.calendars,
            timetable: &self.timetable,
        }
    }

    /// A lever moved in all schools.
    pub fn everywhere(&self) -> Moved {
        Moved { schools: (0..self.district.schools.len()).collect(), weekday: None }
    }
}

/// The grades of the school.
pub fn grades() -> Grades {
    Grades::from_text("3").unwrap()
}

/// Four weeks in September with two emergency days proposed: Mondays of so many minutes and 75 of development
/// afterwards, other days of so many.
pub fn four_weeks(monday: i64, full: i64, clauses: Vec<Clause>) -> Made {
    let rules = YearRules { emergency_days: 2, ..examples::four_weeks() };
    Made::new(&[rules], &[examples::plain("monday", monday, 75), examples::plain("full", full, 0)], clauses)
}

/// At least so many days with pupils in a school year.
pub fn days_a_year(days: i64) -> Clause {
    examples::limit_clause(examples::limit(Measure::PupilDays, Side::AtLeast, Window::Year, Amount::Days(days)))
}
