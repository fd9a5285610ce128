//! Dollars by budget line and by role, on both sides.

use crate::district::District;
use crate::ledger::On;
use crate::ledger::Side;
use crate::ledger::side::people_of_role;
use crate::plan::asked_of_line;
use crate::units::Dollars;
use serde::Serialize;

/// What a line has and is asked for in a year.
#[derive(Debug, Clone, Copy, Default, PartialEq, Serialize)]
pub struct LineMoney {
    /// What there is.
    pub available: Dollars,
    /// What everything it pays for costs.
    pub asked: Dollars,
}

/// A budget line in one school year of the scenario, on both sides.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct LineChange {
    /// Its id.
    pub line: String,
    /// Its title.
    pub title: String,
    /// School year of the scenario, from 0.
    pub year: usize,
    /// On the first side; nothing where the line or the year is not there.
    pub before: Option<LineMoney>,
    /// On the second side; nothing where the line or the year is not there.
    pub after: Option<LineMoney>,
}

impl LineChange {
    /// How much more there is; a line that a side does not have counts as no money there.
    pub fn available(&self) -> Dollars {
        self.after.unwrap_or_default().available - self.before.unwrap_or_default().available
    }

    /// How much more is asked; a line that a side does not have counts as nothing asked there.
    pub fn asked(&self) -> Dollars {
        self.after.unwrap_or_default().asked - self.before.unwrap_or_default().asked
    }
}

/// What the people of a role cost in a year, whoever pays, on both sides.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct RoleCost {
    /// Its id.
    pub role: String,
    /// Its title.
    pub title: String,
    /// Positions and full-time equivalents on each side; nothing where the role is not there \[FTE\].
    pub people: [Option<f64>; 2],
    /// What all of them cost in a year on each side.
    pub dollars: [Option<Dollars>; 2],
}

impl RoleCost {
    /// How much more it costs; a role that a side does not have costs nothing there.
    pub fn change(&self) -> Dollars {
        let [before, after] = self.dollars.map(Option::unwrap_or_default);
        after - before
    }
}

/// Ids of both sides: the first side's in order, then those that only the second has.
fn ids<'a>(before: impl Iterator<Item = &'a String>, after: impl Iterator<Item = &'a String>) -> Vec<&'a String> {
    let mut ids: Vec<&String> = before.collect();
    for id in after {
        if !ids.contains(&id) {
            ids.push(id);
        }
    }
    ids
}

/// Each line of either side in each year of either side.
pub fn line_changes(before: &Side, after: &Side) -> Vec<LineChange> {
    let lines = |side: &Side| side.resources.budget.iter().map(|line| (line.id.clone(), line.title.clone())).collect();
    let [first, second]: [Vec<(String, String)>; 2] = [lines(before), lines(after)];
    let mut changes = Vec::new();
    for line in ids(first.iter().map(|l| &l.0), second.iter().map(|l| &l.0)) {
        let title = first.iter().chain(&second).find(|(id, _)| id == line).map_or("", |(_, title)| title);
        for year in 0..before.n_years.max(after.n_years) {
            let (before, after) = (money(before, line, year), money(after, line, year));
            changes.push(LineChange { line: line.clone(), title: title.into(), year, before, after });
        }
    }
    changes
}

/// A line's money in a year; nothing said of a year that the side has is no money in it.
fn money(side: &Side, id: &str, year: usize) -> Option<LineMoney> {
    let line = side.resources.budget.iter().position(|line| line.id == id)?;
    let available = side.resources.budget[line].by_year.get(year).copied().unwrap_or_default();
    (year < side.n_years).then(|| LineMoney { available, asked: asked_of_line(side.district, side.resources, line) })
}

/// Each role of either side that anybody is in.
pub fn role_costs(before: &Side, after: &Side) -> Vec<RoleCost> {
    let roles = |side: &Side| side.district.roles.iter().map(|role| role.id.clone()).collect();
    let [first, second]: [Vec<String>; 2] = [roles(before), roles(after)];
    let both = [before.district, after.district];
    let cost = |id: &String| {
        let found = both.map(|district| role_people(district, id));
        let dollars = |(place, people): (usize, f64), district: &District| {
            Dollars::new(people * district.roles[place].cost_per_year.as_f64())
        };
        let titled = found.iter().zip(both).find_map(|(f, district)| Some(&district.roles[f.as_ref()?.0].title));
        RoleCost {
            role: id.clone(),
            title: titled.cloned().unwrap_or_default(),
            people: found.map(|f| f.map(|(_, people)| people)),
            dollars: [On::Before, On::After].map(|on| found[on as usize].map(|f| dollars(f, both[on as usize]))),
        }
    };
    let anybody = |role: &RoleCost| role.people.iter().flatten().any(|people| *people > 0.0);
    ids(first.iter(), second.iter()).into_iter().map(cost).filter(anybody).collect()
}

/// The place of a role and its people in all schools.
fn role_people(district: &District, id: &str) -> Option<(usize, f64)> {
    let role = district.role(id)?;
    Some((role, (0..district.schools.len()).map(|school| people_of_role(district, role, school)).sum()))
}
