//! Waivers: that they waive something, granted by somebody who may.

use crate::clauses::Clause;
use crate::clauses::Requirement;
use crate::clauses::Rule;
use crate::clauses::Waiver;
use crate::clauses::in_force_between;
use crate::findings::Finding;
use crate::findings::Findings;
use crate::findings::Place;
use crate::scenario::check::clause::requirement;
use crate::scenario::check::ids::Ids;
use crate::scenario::check::limits::Speaks;
use crate::scenario::check::sections::Sections;
use crate::scenario::check::sections::Written;
use crate::scenario::check::values;
use crate::scenario::raw;

/// Checks all waivers against the clauses they waive.
pub fn check(all: &Sections, clauses: Option<&[Clause]>, ids: &Ids, out: &mut Findings) -> Option<Vec<Waiver>> {
    let roles_of = |clause: usize| all.clauses.get(clause).map_or(&[][..], |c| c.raw.applies.roles.as_slice());
    let one = |w: &Written<raw::Waiver>| {
        let roles = ids.clauses.get(&w.raw.waives).map_or(&[][..], roles_of);
        waiver(w, roles, clauses, ids, out)
    };
    let waivers: Vec<_> = all.waivers.iter().map(one).collect();
    waivers.into_iter().collect()
}

/// Checks one waiver; `roles` are those that the clause it waives speaks of.
pub fn waiver(
    item: &Written<raw::Waiver>,
    roles: &[String],
    clauses: Option<&[Clause]>,
    ids: &Ids,
    out: &mut Findings,
) -> Option<Waiver> {
    let (raw, at) = (item.raw, |field: &str| item.place.field(field));
    let clause = ids.clauses.find(&raw.waives, &at("waives"), out);
    let from = values::date(&raw.from, &at("from"), out);
    let until = values::date(&raw.until, &at("until"), out);
    values::dates_in_order(from, until, "this waiver", &item.place, "until", out);
    ids.schools.find_all(&raw.schools, &at("schools"), out);
    let speaks = Speaks { roles, clause: &item.place };
    let only_if = values::maybe(raw.only_if.as_ref(), |r| requirement(r, &speaks, &at("only_if"), ids, out));
    let needs = values::maybe(raw.needs.as_ref(), |id| ids.conditions.find(id, &at("needs"), out));
    let waiver = Waiver {
        id: item.id.to_string(),
        title: raw.title.clone(),
        source: raw.source.clone(),
        section: raw.section.clone(),
        text: raw.text.clone(),
        order: raw.order.into(),
        clause: clause?,
        granted_by: raw.granted_by.into(),
        from: from?,
        until: until?,
        schools: raw.schools.clone(),
        only_if: only_if?,
        needs: needs?,
        written: item.place.clone(),
    };
    if let Some(clause) = clauses.and_then(|all| all.get(waiver.clause)) {
        fits(&waiver, clause, out);
    }
    Some(waiver)
}

/// Whether a waiver lets go of something that binds, and was granted by somebody who may.
fn fits(waiver: &Waiver, clause: &Clause, out: &mut Findings) {
    let at = |field: &str| waiver.written.field(field);
    let nothing = |why: String, place: Place| {
        Finding::error("waivers::of_nothing", format!("the waiver `{}` waives nothing: {why}", waiver.id))
            .at(&place, "")
            .at(&clause.written, "the clause")
            .help("correct the dates, the schools or the clause, or remove the waiver")
    };
    match &clause.rule {
        Rule::NotComputable(_) => {
            let why = format!("`{}` is not computed", clause.id);
            out.push(nothing(why, at("waives")));
        }
        Rule::Computable { requires, .. } if !in_force(requires, waiver) => {
            let why = format!("`{}` is not in force between {} and {}", clause.id, waiver.from, waiver.until);
            out.push(nothing(why, at("from")));
        }
        Rule::Computable { .. } => {}
    }
    let schools = &clause.applies.schools;
    if !waiver.schools.is_empty() && !schools.is_empty() && !waiver.schools.iter().any(|s| schools.contains(s)) {
        out.push(nothing(format!("`{}` does not speak of these schools", clause.id), at("schools")));
    }
    if clause.waivable_by.is_empty() {
        let message = format!("`{}` does not say who may waive it", clause.id);
        let finding = Finding::warning("waivers::by_whom", message).at(&at("granted_by"), "granted here");
        out.push(
            finding
                .at(&clause.written, "the clause")
                .help("add `waivable_by: [State]` to the clause, as its text has it"),
        );
    } else if !clause.waivable_by.contains(&waiver.granted_by) {
        let may: Vec<String> = clause.waivable_by.iter().map(|g| format!("{g:?}")).collect();
        let message = format!("`{}` may be waived by {} only", clause.id, may.join(", "));
        out.push(
            Finding::error("waivers::may_not", message)
                .at(&at("granted_by"), "who may not")
                .at(&clause.written, "the clause")
                .help("correct who has granted the waiver, or `waivable_by` of the clause"),
        );
    }
}

fn in_force(requires: &Requirement, waiver: &Waiver) -> bool {
    match requires {
        Requirement::Limit(limit) => in_force_between(limit, waiver.from, waiver.until),
        Requirement::All(parts) | Requirement::Any(parts) => parts.iter().any(|p| in_force(p, waiver)),
    }
}
