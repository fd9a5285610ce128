//! What a minute costs.

use crate::ledger::Measure;
use crate::ledger::Side;
use crate::ledger::side::GroupYear;
use crate::ledger::side::group_years;
use crate::timetable::Whose;
use crate::units::Dollars;
use crate::units::Minutes;
use serde::Serialize;

/// What one minute a day of everybody in a role comes to in a school year, at one school or in the district.
///
/// A person's workday minutes of the year are her bells from first in to last out. One minute on every day she
/// comes is that part of her year, and of what she costs. The people of a shared role count as full-time equivalents.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct MinuteCost {
    /// The school's id; nothing for all schools together.
    pub school: Option<String>,
    /// The role's id.
    pub role: String,
    /// The school year.
    pub year: String,
    /// Positions or full-time equivalents \[FTE\].
    pub people: f64,
    /// Days on which they come; nothing for all schools together, which may differ.
    pub days: Option<u32>,
    /// Minutes of their workdays in the year; nothing for all schools together \[min\].
    pub workdays: Option<Minutes>,
    /// What one minute a day of all of them is as full-time equivalents \[FTE\].
    pub fte: f64,
    /// The same in dollars a year; nothing where the scenario says no cost for the role.
    pub dollars: Option<Dollars>,
}

/// What a minute costs: each role, year by year, first all schools together and then each school.
pub fn minute_costs(side: &Side) -> Vec<MinuteCost> {
    let all = group_years(side);
    let rows: Vec<MinuteCost> = all.iter().filter_map(|year| of_school(side, year)).collect();
    let mut years: Vec<&String> = rows.iter().map(|r| &r.year).collect();
    years.sort();
    years.dedup();
    let mut costs = Vec::new();
    for role in &side.district.roles {
        for year in &years {
            let schools: Vec<&MinuteCost> = rows.iter().filter(|r| r.role == role.id && r.year == **year).collect();
            if !schools.is_empty() {
                costs.push(together(&schools, role.cost_per_year));
                costs.extend(schools.into_iter().cloned());
            }
        }
    }
    costs
}

fn of_school(side: &Side, year: &GroupYear) -> Option<MinuteCost> {
    let Whose::Staff(role) = &year.group.whose else { return None };
    let cost = side.district.roles[side.district.role(role)?].cost_per_year;
    let place = Measure::STAFF.iter().position(|m| *m == Measure::Workday)?;
    let workdays = year.lived.year[place];
    let fte = year.group.people * f64::from(year.lived.days) / workdays.0 as f64;
    Some(MinuteCost {
        school: Some(side.district.schools[year.group.school].id.clone()),
        role: role.clone(),
        year: year.year.clone(),
        people: year.group.people,
        days: Some(year.lived.days),
        workdays: Some(workdays),
        fte,
        dollars: dollars(fte, cost),
    })
}

/// A role that costs nothing has no cost in the scenario.
fn dollars(fte: f64, cost: Dollars) -> Option<Dollars> {
    (cost.cents() > 0).then(|| Dollars::new(fte * cost.as_f64()))
}

fn together(schools: &[&MinuteCost], cost: Dollars) -> MinuteCost {
    let fte = schools.iter().map(|s| s.fte).sum();
    MinuteCost {
        school: None,
        people: schools.iter().map(|s| s.people).sum(),
        days: None,
        workdays: None,
        fte,
        dollars: dollars(fte, cost),
        ..schools[0].clone()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ledger::made::Made;
    use crate::ledger::made::Small;
    use crate::ledger::made::oak;

    #[test]
    fn a_minute_costs_its_part_of_the_year() {
        let made = oak(225, 300);
        let costs = minute_costs(&made.side());
        let [all, school] = &costs[..] else { panic!("{costs:?}") };
        // by hand: Mondays 225 + 75, so 20 days of 300 min are 6,000 min; a minute a day is 20 / 6,000 of a year; ten
        // teachers: 200 / 6,000 FTE; at 60,000 each 2,000 dollars
        assert_eq!((school.days, school.workdays), (Some(20), Some(Minutes(6000))));
        assert!((school.fte - 1.0 / 30.0).abs() < 1e-12);
        assert_eq!((school.dollars, all.dollars), (Some(Dollars::new(2000.0)), Some(Dollars::new(2000.0))));
        assert_eq!((&all.school, all.people, all.days), (&None, 10.0, None));
    }

    #[test]
    fn schools_add_up_and_a_role_without_a_cost_has_no_dollars() {
        let school = |id, full, teachers| Small { id, monday: 225, full, pupils: 10, teachers };
        let mut made = Made::new(
            &[school("oak", 300, 10), school("elm", 400, 3), school("nobody", 300, 0)],
            crate::clauses::examples::four_weeks(),
        );
        let costs = minute_costs(&made.side());
        assert_eq!(costs.len(), 3, "a school without teachers has no row");
        assert_eq!(costs[0].fte, costs[1].fte + costs[2].fte);
        made.district.roles[0].cost_per_year = Dollars::new(0.0);
        assert!(minute_costs(&made.side()).iter().all(|c| c.dollars.is_none() && c.fte > 0.0));
    }
}
