//! The weeks of a simulation.

use crate::calendar::days_between;
use crate::calendar::days_later;
use crate::calendar::monday_of;
use crate::units::Date;

/// The weeks of a simulation, Monday to Sunday, and the years they belong to.
#[derive(Debug, Clone, PartialEq)]
pub struct Horizon {
    /// The first day of the simulation.
    pub from: Date,
    /// The Monday of each week.
    pub mondays: Vec<Date>,
    /// How many years it lasts.
    pub n_years: usize,
    /// The year of each week, kept because it is asked for in every week of every replicate.
    years: Vec<usize>,
}

impl Horizon {
    /// The weeks of so many years from a day on.
    pub fn new(from: Date, n_years: usize) -> Horizon {
        let end = from.saturating_add(jiff::Span::new().years(n_years as i64));
        let first = monday_of(from);
        let n_weeks = (days_between(first, end) + 6) / 7;
        let mondays: Vec<Date> = (0..n_weeks).map(|w| days_later(first, 7 * w)).collect();
        let years = mondays.iter().map(|monday| year_of(from, n_years, *monday)).collect();
        Horizon { from, mondays, n_years, years }
    }

    /// How many weeks.
    pub fn n_weeks(&self) -> usize {
        self.mondays.len()
    }

    /// The week that a date lies in, if it is one of these.
    pub fn week_of(&self, date: Date) -> Option<usize> {
        let first = *self.mondays.first()?;
        let days = days_between(first, date);
        let week = usize::try_from(days / 7).ok()?;
        (days >= 0 && week < self.n_weeks()).then_some(week)
    }

    /// The year of the simulation that a week belongs to, from 0: the year that its Thursday lies in.
    pub fn year_of_week(&self, week: usize) -> usize {
        self.years[week]
    }

    /// The last day of the simulation.
    pub fn last_day(&self) -> Date {
        days_later(self.mondays[self.n_weeks() - 1], 6)
    }
}

fn year_of(from: Date, n_years: usize, monday: Date) -> usize {
    let thursday = days_later(monday, 3);
    let began = |year: usize| from.saturating_add(jiff::Span::new().years(year as i64)) <= thursday;
    (1..n_years).take_while(|year| began(*year)).count()
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn five_years_from_july_are_261_weeks() {
        let horizon = Horizon::new(date(2026, 7, 1), 5);
        // by hand: Wed 1 July 2026 lies in the week of Mon 29 June; to Tue 1 July 2031 are 1828 days, 262 weeks begun
        assert_eq!(horizon.mondays[0], date(2026, 6, 29));
        assert_eq!(horizon.n_weeks(), 262);
        assert_eq!(horizon.week_of(date(2026, 7, 6)), Some(1));
        assert_eq!(horizon.week_of(date(2026, 6, 28)), None);
    }

    #[test]
    fn every_week_belongs_to_the_year_it_lies_in() {
        let horizon = Horizon::new(date(2026, 7, 1), 5);
        assert_eq!(horizon.year_of_week(0), 0);
        assert_eq!(horizon.year_of_week(horizon.week_of(date(2027, 6, 20)).unwrap()), 0);
        assert_eq!(horizon.year_of_week(horizon.week_of(date(2027, 7, 5)).unwrap()), 1);
        assert_eq!(horizon.year_of_week(horizon.n_weeks() - 1), 4);
    }
}
