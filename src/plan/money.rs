//! Money: what everything that a budget line pays for would cost, and how far the line goes.

use crate::district::District;
use crate::plan::Resources;
use crate::units::Dollars;

/// What everything that a line pays for would cost in a full year.
pub fn asked_of_line(district: &District, resources: &Resources, line: usize) -> Dollars {
    let schools = 0..district.schools.len();
    let roles = resources.budget[line].pays_roles.iter().map(|role| {
        let people: f64 = schools.clone().map(|s| district.fte(*role, s)).sum();
        let by_school = |s: usize| district.schools[s].positions.iter().filter(|(r, _)| r == role).map(|(_, n)| *n);
        let counted: u32 = schools.clone().flat_map(by_school).sum();
        (people + f64::from(counted)) * district.roles[*role].cost_per_year.as_f64()
    });
    let takers: u32 = schools.clone().map(|s| district.n_taking_up(s)).sum();
    let learning = resources.learning.iter().filter(|l| l.line == Some(line));
    let learning = learning.map(|l| f64::from(takers) * l.attends.as_f64() * l.cost_per_participant.as_f64());
    let partners = resources.partners.iter().filter(|p| p.line == Some(line)).map(|p| p.cost_per_year.as_f64());
    Dollars::new(roles.sum::<f64>() + learning.sum::<f64>() + partners.sum::<f64>())
}

/// How far each line goes in each year: 1 when it covers all that it pays for, else the part that it covers.
///
/// When money is short, everything the line pays for shrinks alike.
pub fn money_shares(district: &District, resources: &Resources, n_years: usize) -> Vec<Vec<f64>> {
    let share = |available: Dollars, asked: Dollars| match asked.as_f64() {
        nothing if nothing <= 0.0 => 1.0,
        asked => (available.as_f64() / asked).clamp(0.0, 1.0),
    };
    let of_line = |line: usize| {
        let asked = asked_of_line(district, resources, line);
        let by_year = &resources.budget[line].by_year;
        (0..n_years).map(|y| share(by_year.get(y).copied().unwrap_or(Dollars::new(0.0)), asked)).collect()
    };
    (0..resources.budget.len()).map(of_line).collect()
}
