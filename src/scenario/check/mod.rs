//! Checking: from what is written to a scenario whose every value makes sense, one file for each section.
//!
//! Each function adds what it finds and goes on. Where a value is wrong it gives nothing, and whatever is built
//! with it is nothing too; since each of these stands for an error among the findings, nothing incomplete
//! leaves this room.

mod bells;
mod calendar;
mod case_days;
mod case_schools;
mod cases;
mod clause;
mod closures;
mod conditions;
mod expected;
mod facts;
mod figures;
mod header;
mod ids;
mod limits;
mod measures;
mod nation;
mod outside;
mod pack;
mod penalties;
mod people;
mod provenance;
mod reach;
mod rings;
mod rollout;
mod rules;
mod search;
mod sections;
mod space;
mod values;
mod waivers;

pub use cases::cases;
pub use pack::pack;
pub use values::uncertain;

use crate::findings::Findings;
use crate::findings::Place;
use crate::plan::Resources;
use crate::scenario::InputFile;
use crate::scenario::Scenario;
use crate::scenario::Unread;
use crate::scenario::raw;
use crate::scenario::read::Part;
use crate::units::Date;
use ids::Ids;
use sections::Sections;
use space::Ground;
use std::sync::Arc;

/// The date of a proposal.
pub fn date_of_proposal(raw: &raw::Proposal, file: &Arc<str>, out: &mut Findings) -> Option<Date> {
    values::date(&raw.date, &Place::at(file, "date"), out)
}

/// Checks all parts of a scenario together.
pub fn check(name: String, parts: &[Part], files: Vec<InputFile>) -> Result<Scenario, Unread> {
    let mut out = Findings::new();
    match all(name, parts, &files, &mut out) {
        Some(scenario) if !out.has_errors() => Ok(Scenario { files, warnings: out, ..scenario }),
        _ => Err(Unread { findings: out, files }),
    }
}

fn all(name: String, parts: &[Part], files: &[InputFile], out: &mut Findings) -> Option<Scenario> {
    let root = parts.first()?;
    let header = header::check(parts, out);
    let sections = Sections::from_parts(parts);
    let ids = Ids::from_sections(&sections, out);
    let sources = provenance::check(&sections, &ids, out);
    let schedules = bells::check(&sections, &ids, out);
    let calendars = calendar::check(&sections, out);
    let closures = closures::check(&sections, out);
    let district = people::check(&sections, &ids, header.as_ref(), out);
    let clauses = clause::check(&sections, &ids, out);
    let waivers = waivers::check(&sections, clauses.as_deref(), &ids, out);
    let facts = facts::check(&sections, &ids, out);
    let nodes = conditions::check(&sections, &ids, out);
    let resources = rollout::check(&sections, &ids, header.as_ref(), out);
    let rules = rules::check(parts, &sections, out);
    let search = search::check(&sections, &ids, out);
    let nation = nation::check(&sections, &ids, files, out);
    if let Some(rules) = &rules {
        out.extend(rules.check(&Place::at(&root.file, "")));
    }
    if let (Some(clauses), Some(calendars)) = (&clauses, &calendars) {
        reach::check(clauses, calendars, out);
    }
    let (header, schedules, calendars, district) = (header?, schedules?, calendars?, district?);
    let closures = closures?;
    if let Some(closures) = &closures {
        closures::check_months(closures, &calendars, out);
    }
    rings::check(&header, &calendars, &schedules, &district, out);
    let resources: Resources = resources?;
    let nation = nation?;
    if let Some(plan) = &nation {
        nation::check_left_out(plan, &district, &resources, out);
    }
    let (search, nodes, clauses) = (search?, nodes?, clauses?);
    if let Some(search) = &search {
        space::check(
            search,
            &Ground { district: &district, calendars: &calendars, schedules: &schedules, nodes: &nodes },
            &clauses,
            out,
        );
    }
    let mut facts = facts?;
    facts.extend(facts::of_budget(&resources.budget, header.from));
    Some(Scenario {
        name,
        title: header.title,
        question: header.question,
        from: header.from,
        school_years: header.school_years,
        seed: header.seed,
        goal: header.goal,
        sources,
        district,
        calendars,
        closures,
        schedules,
        clauses,
        waivers: waivers?,
        facts,
        nodes,
        resources,
        rules: rules?,
        search,
        nation,
        proposals: Vec::new(),
        files: Vec::new(),
        warnings: Findings::new(),
    })
}
