//! What a year of one scenario takes and costs: staff hours by kind, dollars by line.

use crate::bells::Kind;
use crate::district::District;
use crate::plan::Resources;
use crate::plan::asked_of_line;
use crate::timetable::Timetable;
use crate::timetable::Whose;
use crate::units::Dollars;
use serde::Serialize;

/// Staff minutes of one role in one school in one school year.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct StaffYear {
    /// Place of the school.
    pub school: usize,
    /// The role's id.
    pub role: String,
    /// The school year.
    pub year: String,
    /// Hours of each kind of minutes, in the order of [`crate::bells::Kind::ALL`] \[h\].
    pub hours_by_kind: Vec<f64>,
    /// Days at work.
    pub days: u32,
}

/// A budget line in one school year of the scenario.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct LineYear {
    /// Place of the line.
    pub line: usize,
    /// School year of the scenario, from 0.
    pub year: usize,
    /// What there is.
    pub available: Dollars,
    /// What everything it pays for would cost.
    pub asked: Dollars,
}

/// The ledger.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct Ledger {
    /// Staff time.
    pub staff: Vec<StaffYear>,
    /// Money.
    pub lines: Vec<LineYear>,
}

/// Adds up staff time by school, role and school year, and money by line and year.
pub fn weigh(district: &District, timetable: &Timetable, resources: &Resources, n_years: usize) -> Ledger {
    let mut ledger = Ledger::default();
    for (school, spec) in district.schools.iter().enumerate() {
        for (role, _) in &spec.positions {
            ledger.staff.extend(staff_years(timetable, school, &district.roles[*role].id));
        }
    }
    for (line, spec) in resources.budget.iter().enumerate() {
        let asked = asked_of_line(district, resources, line);
        for year in 0..n_years {
            let available = spec.by_year.get(year).copied().unwrap_or(Dollars::new(0.0));
            ledger.lines.push(LineYear { line, year, available, asked });
        }
    }
    ledger
}

/// Years in which a role has any minutes at all; a role without a staff day has none to show.
fn staff_years(timetable: &Timetable, school: usize, role: &str) -> Vec<StaffYear> {
    let whose = Whose::Staff(role.to_string());
    let mut years = Vec::new();
    for year in &timetable.schools[school].years {
        let total = timetable.total(year, &whose, |_| true);
        let days = year.days.iter().filter(|d| !timetable.blocks(d, &whose).is_empty()).count();
        if days > 0 {
            years.push(StaffYear {
                school,
                role: role.to_string(),
                year: year.id.clone(),
                hours_by_kind: Kind::ALL.iter().map(|k| total.of(*k).as_hours()).collect(),
                days: days as u32,
            });
        }
    }
    years
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pipeline;
    use crate::scenario;
    use std::path::Path;

    #[test]
    fn staff_hours_and_money_stand_as_reckoned() {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios/ccsd93");
        let scenario = scenario::read(&path).unwrap_or_else(|unread| panic!("{}", unread.findings));
        let checked = pipeline::check(&scenario).unwrap();
        let ledger = weigh(&scenario.district, &checked.timetable, &scenario.resources, 5);
        let teachers = &ledger.staff[0];
        assert_eq!((teachers.role.as_str(), teachers.year.as_str(), teachers.days), ("teacher", "2025-26", 180));
        let hours = |kind: Kind| teachers.hours_by_kind[kind as usize];
        // by hand: 31 Mondays of 75 min and 4 institute days of 6 h: 38.75 + 24
        assert!(
            (hours(Kind::ProfessionalDevelopment) - 62.75).abs() < 1e-9,
            "{}",
            hours(Kind::ProfessionalDevelopment)
        );
        // by hand: 145 days of 330 min and 31 Mondays of 285: 47,850 + 8,835 min
        assert!((hours(Kind::Instruction) - 944.75).abs() < 1e-9, "{}", hours(Kind::Instruction));
        // by hand: 317 educators at one coach for 30, 92,000 each
        assert_eq!(ledger.lines[0].asked, Dollars::new(317.0 / 30.0 * 92_000.0));
        assert_eq!(ledger.lines.len(), 15, "three lines, five years");
    }
}
