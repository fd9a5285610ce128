//! Cases beside a pack: that each is about a clause there is, in a district that makes sense.

use crate::clauses::Case;
use crate::clauses::CaseSchool;
use crate::clauses::Clause;
use crate::clauses::Fact;
use crate::clauses::Given;
use crate::clauses::Waiver;
use crate::clauses::counts_pupils;
use crate::findings::Finding;
use crate::findings::Findings;
use crate::findings::Place;
use crate::scenario::Pack;
use crate::scenario::check::case_days;
use crate::scenario::check::case_schools;
use crate::scenario::check::expected::expected;
use crate::scenario::check::facts;
use crate::scenario::check::ids::Ids;
use crate::scenario::check::ids::check_plain;
use crate::scenario::check::ids::twice;
use crate::scenario::check::provenance;
use crate::scenario::check::sections::Written;
use crate::scenario::check::values;
use crate::scenario::check::waivers;
use crate::scenario::raw;
use crate::units::Date;
use std::sync::Arc;

/// The id of a case's first school where it gives no other.
const FIRST_SCHOOL: &str = "a";

/// Checks the cases of a pack.
pub fn cases(raw: &raw::Cases, file: &Arc<str>, pack: &Pack, out: &mut Findings) -> Option<Vec<Case>> {
    let whole = Place::at(file, "");
    beside(raw, &whole, pack, out);
    let place = whole.field("cases");
    if raw.cases.is_empty() {
        let finding = Finding::error("cases::none", "no case stands in this file").at(&place, "");
        out.push(finding.help("write at least one `Case(…)`, or remove the file"));
    }
    let all: Vec<_> = raw.cases.iter().enumerate().map(|(n, case)| one(case, &place.item(n), pack, out)).collect();
    all.into_iter().collect()
}

/// Cases say which pack they belong to, so that a file that is copied or renamed is not taken for another's.
fn beside(raw: &raw::Cases, place: &Place, pack: &Pack, out: &mut Findings) {
    let stands = pack.name.rsplit('/').next().unwrap_or(&pack.name);
    if raw.pack != stands {
        let message = format!("these cases say that they belong to `{}`, and stand beside `{stands}`", raw.pack);
        let finding = Finding::error("cases::other_pack", message).at(&place.field("pack"), "");
        out.push(finding.help(format!("write `pack: \"{stands}\"`, or rename the file")));
    }
}

fn one(raw: &raw::Case, place: &Place, pack: &Pack, out: &mut Findings) -> Option<Case> {
    let at = |field: &str| place.field(field);
    said(&raw.says, "what it tries", &at("says"), out);
    said(&raw.because, "how its answer was reckoned", &at("because"), out);
    let schools = std::iter::once(school_id(&raw.given)).chain(raw.given.others.iter().map(|s| s.id.as_str()));
    let bells = raw.given.bells.0.iter().map(|(id, _)| id.clone()).collect();
    let ids = Ids::of_case(pack, schools.map(str::to_string).collect(), bells);
    let clause = ids.clauses.find(&raw.clause, &at("clause"), out);
    let about = clause.map(|n| &pack.clauses[n]);
    let checked = given(&raw.given, about, &at("given"), pack, &ids, out);
    let days = checked.as_ref().and_then(|g| g.schools.first()).map(|s| s.days.as_slice());
    let expect = about.and_then(|clause| expected(&raw.expect, clause, days, &at("expect"), out));
    Some(Case {
        clause: clause?,
        says: raw.says.clone(),
        given: checked?,
        expect: expect?,
        because: raw.because.clone(),
        written: place.clone(),
    })
}

fn said(text: &str, what: &str, place: &Place, out: &mut Findings) {
    if text.trim().is_empty() {
        let finding = Finding::error("cases::says_nothing", format!("this case does not say {what}"));
        out.push(finding.at(place, "").help("write a sentence that a reader can check by hand"));
    }
}

fn school_id(raw: &raw::Given) -> &str {
    raw.school.as_deref().unwrap_or(FIRST_SCHOOL)
}

fn given(
    raw: &raw::Given,
    clause: Option<&Clause>,
    place: &Place,
    pack: &Pack,
    ids: &Ids,
    out: &mut Findings,
) -> Option<Given> {
    let at = |field: &str| place.field(field);
    let state = values::state(&raw.state, &at("state"), out);
    let from = case_days::first_day(&raw.from, &at("from"), out);
    let bells = case_schools::bells(&raw.bells, &at("bells"), out);
    let terms = case_days::terms(&raw.terms, &at("terms"), out);
    let schools = schools(raw, clause, from, place, ids, out);
    let facts = stated(raw, &at("facts"), ids, out);
    let waivers = waived(raw, &at("waivers"), pack, ids, out);
    Some(Given { state: state?, schools: schools?, bells: bells?, terms: terms?, facts: facts?, waivers: waivers? })
}

/// A school as it is written, the first one or another.
struct WrittenSchool<'a> {
    id: &'a str,
    id_at: Place,
    grades: &'a str,
    pupils: &'a raw::Table<raw::Number>,
    roles: &'a raw::Table<raw::Number>,
    days: &'a [raw::DayRun],
    place: Place,
}

fn schools(
    raw: &raw::Given,
    clause: Option<&Clause>,
    from: Option<Date>,
    place: &Place,
    ids: &Ids,
    out: &mut Findings,
) -> Option<Vec<CaseSchool>> {
    let first = WrittenSchool {
        id: school_id(raw),
        id_at: place.field("school"),
        grades: &raw.grades,
        pupils: &raw.pupils,
        roles: &raw.roles,
        days: &raw.days,
        place: place.clone(),
    };
    let others = raw.others.iter().enumerate().map(|(n, school)| {
        let place = place.field("others").item(n);
        let id_at = place.field("id");
        let raw::OtherSchool { id, grades, pupils, roles, days } = school;
        WrittenSchool { id, id_at, grades, pupils, roles, days, place }
    });
    let all: Vec<WrittenSchool> = std::iter::once(first).chain(others).collect();
    for (n, school) in all.iter().enumerate() {
        check_plain(school.id, "school", &school.id_at, out);
        if let Some(other) = all[..n].iter().find(|other| other.id == school.id) {
            out.push(twice("school", school.id, &other.id_at, &school.id_at));
        }
    }
    let checked: Vec<_> = all.iter().map(|school| one_school(school, clause, from, ids, out)).collect();
    checked.into_iter().collect()
}

fn one_school(
    raw: &WrittenSchool,
    clause: Option<&Clause>,
    from: Option<Date>,
    ids: &Ids,
    out: &mut Findings,
) -> Option<CaseSchool> {
    let at = |field: &str| raw.place.field(field);
    let grades = values::grades(raw.grades, &at("grades"), out);
    let pupils = case_schools::pupils(raw.pupils, grades, &at("pupils"), out);
    let roles = case_schools::roles(raw.roles, &at("roles"), out);
    let days = case_days::lay(raw.days, from, &at("days"), ids, out);
    if let (Some(clause), Some(grades), Some(pupils)) = (clause.filter(|c| counts_pupils(c)), grades, &pupils) {
        case_schools::all_counted(&clause.id, pupils, grades, &at("grades"), out);
    }
    Some(CaseSchool { id: raw.id.to_string(), grades: grades?, pupils: pupils?, roles: roles?, days: days? })
}

/// Facts of a case are chosen to try its clause, so they need no source.
fn stated(raw: &raw::Given, place: &Place, ids: &Ids, out: &mut Findings) -> Option<Vec<Fact>> {
    let mut all: Vec<Option<Fact>> = Vec::new();
    for (id, raw) in &raw.facts.0 {
        let item = Written { id, place: place.field(id), raw };
        provenance::names_what_there_is(&format!("facts {id}"), &item, ids, out);
        all.push(facts::fact(&item, ids, out));
    }
    all.into_iter().collect()
}

fn waived(raw: &raw::Given, place: &Place, pack: &Pack, ids: &Ids, out: &mut Findings) -> Option<Vec<Waiver>> {
    let mut all: Vec<Option<Waiver>> = Vec::new();
    for (n, one) in raw.waivers.iter().enumerate() {
        let item = Written { id: &one.id, place: place.item(n), raw: one };
        check_plain(&one.id, "waiver", &item.place.field("id"), out);
        if let Some(first) = raw.waivers[..n].iter().position(|w| w.id == one.id) {
            out.push(twice("waiver", &one.id, &place.item(first), &item.place));
        }
        provenance::names_what_there_is(&format!("waivers {}", one.id), &item, ids, out);
        let roles = ids.clauses.get(&one.waives).map_or(&[][..], |c| pack.clauses[c].applies.roles.as_slice());
        all.push(waivers::waiver(&item, roles, Some(&pack.clauses), ids, out));
    }
    all.into_iter().collect()
}
