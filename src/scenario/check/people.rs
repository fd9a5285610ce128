//! Schools and roles: counts that make sense, and names that lead somewhere.

use crate::district::Backfill;
use crate::district::District;
use crate::district::Role;
use crate::district::School;
use crate::findings::Finding;
use crate::findings::Findings;
use crate::findings::Place;
use crate::luck::Uncertain;
use crate::scenario::check::header::Header;
use crate::scenario::check::ids::Ids;
use crate::scenario::check::sections::Sections;
use crate::scenario::check::sections::Written;
use crate::scenario::check::values;
use crate::scenario::raw;
use crate::units::Grade;
use crate::units::Grades;
use crate::units::Share;
use std::collections::BTreeMap;

/// More people or pupils than this in one place is a slip of the pen.
const MOST_PEOPLE: u32 = 100_000;

/// Checks roles and schools.
pub fn check(all: &Sections, ids: &Ids, header: Option<&Header>, out: &mut Findings) -> Option<District> {
    let roles: Vec<_> = all.roles.iter().map(|r| role(r, ids, out)).collect();
    let state = header.map(|h| h.state.as_str());
    let schools: Vec<_> = all.schools.iter().map(|s| school(s, all, ids, state, out)).collect();
    if let Some(header) = header {
        something_there(all, header, out);
    }
    let (roles, schools) = (roles.into_iter().collect::<Option<_>>(), schools.into_iter().collect::<Option<_>>());
    Some(District { name: header?.district.clone(), roles: roles?, schools: schools? })
}

/// A scenario without schools, or without anybody who takes the practice up, asks nothing.
fn something_there(all: &Sections, header: &Header, out: &mut Findings) {
    if all.schools.is_empty() {
        let finding = Finding::error("people::no_schools", "the scenario has no schools").at(&header.place, "");
        out.push(finding.help("add `schools: […]`, or include the file that holds them"));
        return;
    }
    let known = |role: &str| all.roles.iter().any(|r| r.id == role);
    if all.schools.iter().flat_map(|s| &s.raw.staff.0).any(|(role, _)| !known(role)) {
        // A misspelt role is found at its own place, and may be the very one that takes it up.
        return;
    }
    let counted =
        |r: &Written<raw::Role>| all.schools.iter().any(|s| s.raw.staff.0.iter().any(|(role, _)| role == r.id));
    if !all.roles.iter().any(|r| r.raw.takes_up_practice && counted(r)) {
        out.push(
            Finding::error("people::nobody_takes_up", "nobody in any school takes up the practice")
                .at(&header.place, "")
                .help("give a role `takes_up_practice: true` and count it in the `staff` of a school"),
        );
    }
}

fn role(item: &Written<raw::Role>, ids: &Ids, out: &mut Findings) -> Option<Role> {
    let (raw, at) = (item.raw, |field: &str| item.place.field(field));
    let one_per = values::maybe(raw.one_per.as_ref(), |q| values::educators(q, &at("one_per"), out));
    let hours = values::maybe(raw.hours_per_week.as_ref(), |q| values::hours(q, &at("hours_per_week"), out));
    let travel = values::maybe(raw.travel.as_ref(), |q| values::share(q, &at("travel"), out));
    let knows = match &raw.knows {
        None => Some((0..ids.practices.list().len()).collect()),
        Some(knows) => ids.practices.find_all(knows, &at("knows"), out),
    };
    let grades = values::maybe(raw.grades.as_ref(), |t| values::grades(t, &at("grades"), out));
    let retooling = values::maybe(raw.retooling.as_ref(), |q| values::uncertain_in(q, "Hours", &at("retooling"), out));
    let retooling_weekly =
        values::maybe(raw.retooling_per_week.as_ref(), |q| values::hours(q, &at("retooling_per_week"), out));
    let cost = values::dollars(&raw.cost, &at("cost"), out);
    let duty = values::maybe(raw.duty.as_ref(), |q| values::hours(q, &at("duty"), out));
    if let Some(needs) = &raw.needs {
        ids.node(needs, &at("needs"), out);
    }
    supporting_role_is_whole(item, out);
    if let (Some(Some(retooling)), Some(Some(0.0))) = (&retooling, retooling_weekly)
        && retooling.range().1 > 0.0
    {
        out.push(
            Finding::error(
                "people::never_retooled",
                format!("the role `{}` would never finish its retooling", item.id),
            )
            .at(&at("retooling_per_week"), "no hours in any week")
            .at(&at("retooling"), "for these")
            .help("give it hours each week, or set retooling to Hours(0)"),
        );
    }
    Some(Role {
        id: item.id.to_string(),
        title: raw.title.clone().unwrap_or_else(|| item.id.to_string()),
        takes_up_practice: raw.takes_up_practice,
        one_per_educators: one_per?,
        // A role that supports nobody has no hours of support and nothing to be retooled for.
        hours_per_week: hours?.unwrap_or(0.0),
        travel: travel?.unwrap_or(Share::new(0.0).expect("nothing is a share")),
        knows: knows?,
        grades: grades?.unwrap_or(Grades::ALL),
        strengths: raw.strengths.clone(),
        retooling_hours: retooling?.unwrap_or(Uncertain::Fixed(0.0)),
        retooling_hours_per_week: retooling_weekly?.unwrap_or(0.0),
        cost_per_year: cost?,
        backfill: raw.backfill.map_or(Backfill::NewHire, Backfill::from),
        duty_hours_per_week: duty?.unwrap_or(0.0),
        needs: raw.needs.clone(),
        written: item.place.clone(),
    })
}

/// A role that supports others says how much, after how much learning, and who takes its people's classes.
fn supporting_role_is_whole(item: &Written<raw::Role>, out: &mut Findings) {
    let raw = item.raw;
    let because = match (&raw.one_per, &raw.hours_per_week) {
        (Some(_), _) => "one_per",
        (None, Some(_)) => "hours_per_week",
        (None, None) => return,
    };
    let keys = [
        ("hours_per_week", raw.hours_per_week.is_some()),
        ("retooling", raw.retooling.is_some()),
        ("retooling_per_week", raw.retooling_per_week.is_some()),
        ("backfill", raw.backfill.is_some()),
    ];
    for (key, _) in keys.iter().filter(|(_, written)| !written) {
        out.push(
            Finding::error("people::half_a_role", format!("the supporting role `{}` has no `{key}`", item.id))
                .at(&item.place, format!("`{key}` is missing"))
                .at(&item.place.field(because), "needed because of this")
                .help(format!("add `{key}: …`; template.ron shows how it is written")),
        );
    }
}

fn school(
    item: &Written<raw::School>,
    all: &Sections,
    ids: &Ids,
    state: Option<&str>,
    out: &mut Findings,
) -> Option<School> {
    let (raw, at) = (item.raw, |field: &str| item.place.field(field));
    let own_state = values::maybe(raw.state.as_ref(), |t| values::state(t, &at("state"), out));
    let grades = values::grades(&raw.grades, &at("grades"), out);
    let pupils = pupils(item, grades, out);
    let positions = positions(item, all, ids, out);
    let team_size = values::whole(&raw.team_size, 1..=1000, "the size of a team", &at("team_size"), out);
    let calendar = ids.calendars.find(&raw.calendar, &at("calendar"), out);
    let bells: Vec<_> = raw
        .bells
        .0
        .iter()
        .map(|(name, id)| Some((name.clone(), ids.schedules.find(id, &at("bells").field(name), out)?)))
        .collect();
    let bells: Option<BTreeMap<String, usize>> = bells.into_iter().collect();
    let leaders = values::share(&raw.leaders_support, &at("leaders_support"), out);
    let families = values::share(&raw.families_support, &at("families_support"), out);
    Some(School {
        id: item.id.to_string(),
        name: raw.name.clone(),
        state: own_state?.or(state.map(str::to_string))?,
        level: raw.level.into(),
        grades: grades?,
        pupils: pupils?,
        positions: positions?,
        team_size: team_size?,
        calendar: calendar?,
        bells: bells?,
        leaders_support: leaders?,
        families_support: families?,
        written: item.place.clone(),
    })
}

/// Pupils of every grade of the school, and of no other.
fn pupils(item: &Written<raw::School>, grades: Option<Grades>, out: &mut Findings) -> Option<Vec<(Grade, u32)>> {
    let place = item.place.field("pupils");
    let mut counts: BTreeMap<Grade, Option<u32>> = BTreeMap::new();
    for (text, n) in &item.raw.pupils.0 {
        let here = place.field(text);
        let n = values::whole(n, 0..=MOST_PEOPLE, "the number of pupils", &here, out);
        match Grade::from_text(text) {
            Err(why) => out.push(Finding::error("grades::unknown", why.to_string()).at(&here, "")),
            Ok(grade) if grades.is_some_and(|g| !g.contains(grade)) => out.push(
                Finding::error(
                    "people::other_grade",
                    format!("`{}` has pupils of grade {grade}, which it does not teach", item.id),
                )
                .at(&here, "these pupils")
                .at(&item.place.field("grades"), "the grades it teaches")
                .help("correct the grades, or move the pupils to the school that teaches them"),
            ),
            Ok(grade) => {
                counts.insert(grade, n);
            }
        }
    }
    let missing: Vec<String> = grades?.iter().filter(|g| !counts.contains_key(g)).map(|g| g.to_string()).collect();
    if !missing.is_empty() {
        let missing = missing.join(", ");
        out.push(
            Finding::error(
                "people::no_pupils",
                format!("`{}` teaches grade {missing}, but gives it no pupils", item.id),
            )
            .at(&place, "not in here")
            .at(&item.place.field("grades"), "the grades it teaches")
            .help("add the number, also when it is 0, or correct the grades"),
        );
        return None;
    }
    counts.into_iter().map(|(grade, n)| Some((grade, n?))).collect()
}

/// People by role; a shared role is counted by `one_per` and not here.
fn positions(item: &Written<raw::School>, all: &Sections, ids: &Ids, out: &mut Findings) -> Option<Vec<(usize, u32)>> {
    let place = item.place.field("staff");
    let mut positions: Vec<Option<(usize, u32)>> = Vec::new();
    for (role, n) in &item.raw.staff.0 {
        let here = place.field(role);
        let n = values::whole(n, 1..=MOST_PEOPLE, "the number of people", &here, out);
        let role = ids.roles.find(role, &here, out);
        if let Some(shared) = role.map(|r| &all.roles[r]).filter(|r| r.raw.one_per.is_some()) {
            out.push(counted_twice(shared, &here));
        }
        positions.push(role.zip(n));
    }
    positions.into_iter().collect()
}

fn counted_twice(role: &Written<raw::Role>, here: &Place) -> Finding {
    Finding::error("people::counted_twice", format!("the role `{}` is shared and cannot be counted by school", role.id))
        .at(here, "counted here")
        .at(&role.place.field("one_per"), "and here by the educators it serves")
        .help("leave it out of `staff`, or remove its `one_per`")
}
