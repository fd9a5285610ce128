//! Days lost to snow, side by side: how often each clause stays broken after the emergency days.

use crate::compare::Against;
use crate::compare::Comparison;
use crate::compare::Side;

/// A clause in one school year, on both sides.
#[derive(Debug, Clone, PartialEq)]
pub struct SnowRow {
    /// Id of the clause.
    pub id: String,
    /// Title of the clause.
    pub title: String,
    /// The school year.
    pub year: String,
    /// Share of the runs in which it stays broken, in the baseline and on the other side; nothing where a side does not
    /// tell of lost days, or the clause fails there without any.
    pub breaks: [Option<f64>; 2],
}

/// Clauses that stay broken in some run on some side, by school year.
pub fn rows(comparison: &Comparison, against: &Against) -> Vec<SnowRow> {
    let sides = [comparison.baseline(), &comparison.sides[against.side]];
    let years = sides.iter().filter_map(|s| s.outcome.snow.as_ref()).map(|s| &s.years).max_by_key(|y| y.len());
    let years = years.into_iter().flatten().map(|y| y.year.as_str());
    let of_year = |year: &str| {
        let row = |clause: &crate::compare::ClauseRow| SnowRow {
            id: clause.id.clone(),
            title: clause.title().to_string(),
            year: year.to_string(),
            breaks: sides.map(|side| breaks(side, &clause.id, year)),
        };
        against.clauses.iter().map(row).collect::<Vec<_>>()
    };
    years.flat_map(of_year).filter(|row| row.breaks.iter().flatten().any(|share| *share > 0.0)).collect()
}

fn breaks(side: &Side, clause: &str, year: &str) -> Option<f64> {
    let year = side.outcome.snow.as_ref()?.years.iter().find(|y| y.year == year)?;
    let place = side.scenario.clauses.iter().position(|c| c.id == clause)?;
    year.clauses.iter().find(|c| c.clause == place).map(|c| c.breach.after.share)
}
