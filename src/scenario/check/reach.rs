//! Windows that no school year can fill: a run of days longer than the year would never be judged.

use crate::calendar::Calendar;
use crate::clauses::Clause;
use crate::clauses::Limit;
use crate::clauses::Requirement;
use crate::clauses::Rule;
use crate::clauses::When;
use crate::clauses::Window;
use crate::findings::Finding;
use crate::findings::Findings;

/// Finds runs of days that are longer than every school year.
pub fn check(clauses: &[Clause], calendars: &[Calendar], out: &mut Findings) {
    let rings = |year: &crate::calendar::SchoolYear| year.days.iter().filter(|d| d.rings.is_some()).count();
    let longest = calendars.iter().flat_map(|c| &c.years).map(rings).max();
    let Some(longest) = longest else { return };
    for clause in clauses {
        let Rule::Computable { requires, unless } = &clause.rule else { continue };
        of_requirement(requires, longest, out);
        for when in unless.iter().flat_map(|e| &e.when) {
            if let When::Limit(limit) = when {
                of_limit(limit, longest, out);
            }
        }
    }
}

fn of_requirement(requires: &Requirement, longest: usize, out: &mut Findings) {
    match requires {
        Requirement::Limit(limit) => of_limit(limit, longest, out),
        Requirement::All(parts) | Requirement::Any(parts) => parts.iter().for_each(|p| of_requirement(p, longest, out)),
    }
}

fn of_limit(limit: &Limit, longest: usize, out: &mut Findings) {
    let (Window::Cycle(days) | Window::Consecutive(days)) = limit.per else { return };
    if days as usize > longest {
        let message =
            format!("a run of {days} days is longer than any school year, which has at most {longest} days with bells");
        out.push(
            Finding::error("clauses::longer_than_the_year", message)
                .at(&limit.written.field("per"), "never full")
                .help("write a shorter run, or `per: Year`"),
        );
    }
}
