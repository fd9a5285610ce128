//! Bell schedules: times that exist, blocks in order, grades and roles that have one day each.

use crate::bells;
use crate::bells::BellSchedule;
use crate::bells::Block;
use crate::bells::PupilDay;
use crate::bells::StaffDay;
use crate::findings::Finding;
use crate::findings::Findings;
use crate::findings::Place;
use crate::scenario::check::ids::Ids;
use crate::scenario::check::sections::Sections;
use crate::scenario::check::sections::Written;
use crate::scenario::check::values;
use crate::scenario::raw;
use crate::units::ClockTime;

/// Checks all bell schedules.
pub fn check(all: &Sections, ids: &Ids, out: &mut Findings) -> Option<Vec<BellSchedule>> {
    let schedules: Vec<_> = all.bells.iter().map(|s| schedule(s, ids, out)).collect();
    schedules.into_iter().collect()
}

fn schedule(item: &Written<raw::Schedule>, ids: &Ids, out: &mut Findings) -> Option<BellSchedule> {
    let pupils = pupil_days(item, out);
    let staff = staff_days(item, ids, out);
    if item.raw.pupils.is_empty() && item.raw.staff.is_empty() {
        let finding = Finding::error("bells::nothing_rings", format!("nothing rings in `{}`", item.id));
        out.push(finding.at(&item.place, "").help("add `pupils` or `staff` with their blocks, or remove the schedule"));
    }
    Some(BellSchedule {
        id: item.id.to_string(),
        title: item.raw.title.clone().unwrap_or_else(|| item.id.to_string()),
        pupils: pupils?,
        staff: staff?,
        written: item.place.clone(),
    })
}

fn pupil_days(item: &Written<raw::Schedule>, out: &mut Findings) -> Option<Vec<PupilDay>> {
    let mut days: Vec<Option<PupilDay>> = Vec::new();
    for (n, raw) in item.raw.pupils.iter().enumerate() {
        let place = item.place.field("pupils").item(n);
        let grades = values::grades(&raw.grades, &place.field("grades"), out);
        let blocks = blocks(&raw.blocks, &place.field("blocks"), out);
        let before = days.iter().flatten().position(|d| grades.is_some_and(|g| d.grades.meets(&g)));
        if let (Some(other), Some(grades)) = (before, grades) {
            out.push(
                Finding::error("bells::grade_twice", format!("`{}` has two days for a grade of {grades}", item.id))
                    .at(&place.field("grades"), "these grades")
                    .at(&item.place.field("pupils").item(other).field("grades"), "and these have one in common")
                    .help("each grade belongs to one `Pupils` of a schedule"),
            );
        }
        days.push(grades.zip(blocks).map(|(grades, blocks)| PupilDay { grades, blocks }));
    }
    days.into_iter().collect()
}

fn staff_days(item: &Written<raw::Schedule>, ids: &Ids, out: &mut Findings) -> Option<Vec<StaffDay>> {
    let mut days: Vec<Option<StaffDay>> = Vec::new();
    let mut seen: Vec<(&str, Place)> = Vec::new();
    for (n, raw) in item.raw.staff.iter().enumerate() {
        let place = item.place.field("staff").item(n);
        ids.roles.find_all(&raw.roles, &place.field("roles"), out);
        for (k, role) in raw.roles.iter().enumerate() {
            let here = place.field("roles").item(k);
            if let Some((_, first)) = seen.iter().find(|(r, _)| r == role) {
                out.push(
                    Finding::error("bells::role_twice", format!("`{}` has two days for the role `{role}`", item.id))
                        .at(&here, "here again")
                        .at(first, "first here")
                        .help("each role belongs to one `Staff` of a schedule"),
                );
            }
            seen.push((role, here));
        }
        let blocks = blocks(&raw.blocks, &place.field("blocks"), out);
        days.push(blocks.map(|blocks| StaffDay { roles: raw.roles.clone(), blocks }));
    }
    days.into_iter().collect()
}

fn blocks(raw: &[raw::Block], place: &Place, out: &mut Findings) -> Option<Vec<Block>> {
    if raw.is_empty() {
        let finding = Finding::error("bells::no_blocks", "a day without blocks");
        out.push(finding.at(place, "").help("write at least one `Block(…)`, or remove this day"));
    }
    let read: Vec<_> = raw.iter().enumerate().map(|(n, b)| block(b, &place.item(n), out)).collect();
    let read: Vec<Block> = read.into_iter().collect::<Option<_>>()?;
    let findings = bells::check_order(&read, |n| place.item(n));
    let in_order = findings.is_empty();
    out.extend(findings);
    in_order.then_some(read)
}

fn block(raw: &raw::Block, place: &Place, out: &mut Findings) -> Option<Block> {
    let raw::Block(kind, from, to, id) = raw;
    let rings_in = time(from, &place.item(1), out);
    let rings_out = time(to, &place.item(2), out);
    between(id.clone(), *kind, rings_in?, rings_out?, place, out)
}

/// A block between two bells.
pub fn between(
    id: Option<String>,
    kind: raw::Kind,
    rings_in: ClockTime,
    rings_out: ClockTime,
    place: &Place,
    out: &mut Findings,
) -> Option<Block> {
    match Block::new(id, kind.into(), rings_in, rings_out) {
        Ok(block) => Some(block),
        Err(finding) => {
            out.push(finding.at(place, "this block"));
            None
        }
    }
}

/// A time at which a bell rings.
pub fn time(text: &str, place: &Place, out: &mut Findings) -> Option<ClockTime> {
    match ClockTime::from_text(text) {
        Ok(time) => Some(time),
        Err(why) => {
            let said = why.to_string();
            let (what, help) = said.split_once("; ").unwrap_or((&said, "write it as \"8:45\" or \"1:45 pm\""));
            out.push(Finding::error("bells::time", what).at(place, "").help(help));
            None
        }
    }
}
