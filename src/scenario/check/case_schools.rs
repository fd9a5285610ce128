//! Schools of cases: what rings in them, whom they teach, who works there.

use crate::bells;
use crate::bells::BellSchedule;
use crate::bells::Block;
use crate::bells::PupilDay;
use crate::bells::StaffDay;
use crate::findings::Finding;
use crate::findings::Findings;
use crate::findings::Place;
use crate::scenario::check::bells::between;
use crate::scenario::check::bells::time;
use crate::scenario::check::ids::check_plain;
use crate::scenario::check::values;
use crate::scenario::raw;
use crate::units::ClockTime;
use crate::units::Grade;
use crate::units::Grades;
use crate::units::Minutes;

/// When the first block of a day begins that says only how long it lasts.
const FIRST_BELL: Minutes = Minutes(8 * 60);

/// No school of a case has more people than this in one grade or role.
const MOST_PEOPLE: u32 = 1_000_000;

/// Checks what rings, for pupils of all grades and for each role.
pub fn bells(raw: &raw::Table<raw::Bells>, place: &Place, out: &mut Findings) -> Option<Vec<BellSchedule>> {
    let schedules: Vec<_> = raw.0.iter().map(|(id, bells)| schedule(id, bells, &place.field(id), out)).collect();
    schedules.into_iter().collect()
}

fn schedule(id: &str, raw: &raw::Bells, place: &Place, out: &mut Findings) -> Option<BellSchedule> {
    check_plain(id, "bell schedule", &place.key(), out);
    if raw.pupils.is_empty() && raw.staff.0.is_empty() {
        let finding = Finding::error("bells::nothing_rings", format!("nothing rings in `{id}`"));
        out.push(finding.at(place, "").help("add `pupils: […]` or `staff: {\"teacher\": […]}` with their blocks"));
    }
    let pupils = blocks(&raw.pupils, &place.field("pupils"), out);
    let at = place.field("staff");
    let staff: Vec<_> = raw.staff.0.iter().map(|(role, list)| staff_day(role, list, &at.field(role), out)).collect();
    let pupils = pupils.map(|blocks| PupilDay { grades: Grades::ALL, blocks });
    Some(BellSchedule {
        id: id.to_string(),
        title: id.to_string(),
        pupils: pupils.into_iter().filter(|day| !day.blocks.is_empty()).collect(),
        staff: staff.into_iter().collect::<Option<_>>()?,
        written: place.clone(),
    })
}

fn staff_day(role: &str, raw: &[raw::CaseBlock], place: &Place, out: &mut Findings) -> Option<StaffDay> {
    check_plain(role, "role", &place.key(), out);
    if raw.is_empty() {
        let finding = Finding::error("bells::no_blocks", format!("`{role}` has a day without blocks"));
        out.push(finding.at(place, "").help("write at least one `Lasts(…)` or `Block(…)`, or leave the role out"));
    }
    Some(StaffDay { roles: vec![role.to_string()], blocks: blocks(raw, place, out)? })
}

/// The blocks of one day. A block that says only how long it lasts begins where the one before ended.
fn blocks(raw: &[raw::CaseBlock], place: &Place, out: &mut Findings) -> Option<Vec<Block>> {
    let mut next = ClockTime::from_minutes(FIRST_BELL);
    let mut read: Vec<Option<(usize, Block)>> = Vec::new();
    for (n, one) in raw.iter().enumerate() {
        let here = place.item(n);
        let block = match one {
            raw::CaseBlock::Gap(minutes) => {
                next = later(next, minutes, &here, 0, out);
                if next.is_none() {
                    read.push(None);
                }
                continue;
            }
            raw::CaseBlock::Lasts(kind, minutes) => {
                let to = later(next, minutes, &here, 1, out);
                next.zip(to).and_then(|(from, to)| between(None, *kind, from, to, &here, out))
            }
            raw::CaseBlock::Block(kind, from, to) => {
                let (from, to) = (time(from, &here.item(1), out), time(to, &here.item(2), out));
                after_the_gap(raw, n, from, next, place, out);
                from.zip(to).and_then(|(from, to)| between(None, *kind, from, to, &here, out))
            }
        };
        next = block.as_ref().map(Block::rings_out);
        read.push(block.map(|block| (n, block)));
    }
    let read: Vec<(usize, Block)> = read.into_iter().collect::<Option<_>>()?;
    let (places, read): (Vec<usize>, Vec<Block>) = read.into_iter().unzip();
    let findings = bells::check_order(&read, |n| place.item(places[n]));
    let in_order = findings.is_empty();
    out.extend(findings);
    in_order.then_some(read)
}

/// A block does not begin in the time that the gap before it leaves free.
fn after_the_gap(
    raw: &[raw::CaseBlock],
    block: usize,
    from: Option<ClockTime>,
    gap_ends: Option<ClockTime>,
    place: &Place,
    out: &mut Findings,
) {
    let Some(gap) = block.checked_sub(1).filter(|n| matches!(raw[*n], raw::CaseBlock::Gap(_))) else { return };
    if let (Some(from), Some(ends)) = (from, gap_ends)
        && from < ends
    {
        let message = format!("this block rings in at {from}, and the time until {ends} is left free");
        let finding = Finding::error("bells::overlap", message).at(&place.item(block), "this block begins too early");
        out.push(finding.at(&place.item(gap), "in this gap").help("remove the gap: a block with bells needs none"));
    }
}

/// The time so many minutes later, which stand at this position of a block.
fn later(
    from: Option<ClockTime>,
    minutes: &raw::Quantity,
    place: &Place,
    position: usize,
    out: &mut Findings,
) -> Option<ClockTime> {
    let minutes = values::minutes_or_hours(minutes, &place.item(position), out)?;
    let from = from?;
    let time = ClockTime::from_minutes(from.after_midnight() + minutes);
    if time.is_none() {
        let message = format!("{minutes} from {from} on do not end on the same day");
        let finding = Finding::error("bells::past_midnight", message).at(&place.item(position), "");
        out.push(finding.help("shorten it, or begin the day earlier with Block(…, \"7:00\", …)"));
    }
    time
}

/// Pupils of each grade of a school.
pub fn pupils(
    raw: &raw::Table<raw::Number>,
    grades: Option<Grades>,
    place: &Place,
    out: &mut Findings,
) -> Option<Vec<(Grade, u32)>> {
    let mut read: Vec<Option<(Grade, u32)>> = Vec::new();
    for (key, number) in &raw.0 {
        let here = place.field(key);
        let count = values::whole(number, 0..=MOST_PEOPLE, "the number of pupils", &here, out);
        read.push(grade(key, grades, &here.key(), out).zip(count));
    }
    read.into_iter().collect()
}

fn grade(text: &str, grades: Option<Grades>, place: &Place, out: &mut Findings) -> Option<Grade> {
    let grade = match Grade::from_text(text) {
        Ok(grade) => grade,
        Err(why) => {
            let finding = Finding::error("grades::unknown", why.to_string()).at(place, "");
            out.push(finding.help("write one grade for each number: \"3\": 60"));
            return None;
        }
    };
    if let Some(grades) = grades.filter(|g| !g.contains(grade)) {
        let message = format!("there are pupils of grade {grade}, and `grades` says {grades}");
        let finding = Finding::error("cases::other_grade", message).at(place, "");
        out.push(finding.help("correct this grade, or `grades` of the school"));
        return None;
    }
    Some(grade)
}

/// People in each role.
pub fn roles(raw: &raw::Table<raw::Number>, place: &Place, out: &mut Findings) -> Option<Vec<(String, u32)>> {
    let mut read: Vec<Option<(String, u32)>> = Vec::new();
    for (role, number) in &raw.0 {
        let here = place.field(role);
        check_plain(role, "role", &here.key(), out);
        let count = values::whole(number, 0..=MOST_PEOPLE, "the number of people", &here, out);
        read.push(count.map(|n| (role.clone(), n)));
    }
    read.into_iter().collect()
}

/// Where a clause depends on pupils, every grade must say how many it has.
pub fn all_counted(
    clause: &str,
    pupils: &[(Grade, u32)],
    grades: Grades,
    place: &Place,
    out: &mut Findings,
) -> Option<()> {
    let missing: Vec<String> =
        grades.iter().filter(|g| !pupils.iter().any(|(grade, _)| grade == g)).map(|g| g.to_string()).collect();
    if missing.is_empty() {
        return Some(());
    }
    let message = format!("`{clause}` counts pupils, and nobody says how many are in grade {}", missing.join(", "));
    let finding = Finding::error("cases::no_pupils", message).at(place, "pupils are not counted here");
    out.push(finding.help(format!("add `pupils: {{\"{}\": 60}}`", missing[0])));
    None
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::bells::Kind;
    use crate::bells::minutes_by_kind;
    use proptest::prelude::*;
    use std::sync::Arc;

    fn minutes(n: i64) -> raw::Quantity {
        raw::Quantity::Minutes(raw::Number(n.to_string()))
    }

    fn lasts(n: i64) -> raw::CaseBlock {
        raw::CaseBlock::Lasts(raw::Kind::Instruction, minutes(n))
    }

    fn read(raw: &[raw::CaseBlock]) -> (Option<Vec<Block>>, Findings) {
        let mut out = Findings::new();
        let place = Place::at(&Arc::from("x.cases.ron"), "cases[0].given.bells.full.pupils");
        let blocks = blocks(raw, &place, &mut out);
        (blocks, out)
    }

    #[test]
    fn blocks_follow_one_another_from_eight_and_gaps_leave_time_free() {
        let lunch = raw::CaseBlock::Block(raw::Kind::Lunch, "11:00".into(), "11:30".into());
        let (blocks, findings) = read(&[lasts(50), raw::CaseBlock::Gap(minutes(5)), lasts(45), lunch, lasts(20)]);
        assert!(findings.is_empty());
        let bells: Vec<String> =
            blocks.unwrap().iter().map(|b| format!("{}-{}", b.rings_in(), b.rings_out())).collect();
        // by hand: 8:00 + 50, 5 free, 45 more, and 20 after lunch
        assert_eq!(bells, ["8:00-8:50", "8:55-9:40", "11:00-11:30", "11:30-11:50"]);
    }

    #[test]
    fn an_overlap_behind_a_gap_points_at_its_own_block() {
        let early = raw::CaseBlock::Block(raw::Kind::Lunch, "8:30".into(), "9:00".into());
        let (blocks, findings) = read(&[raw::CaseBlock::Gap(minutes(5)), lasts(50), early]);
        assert!(blocks.is_none());
        let finding = findings.iter().next().unwrap();
        let place = Place::at(&Arc::from("x.cases.ron"), "cases[0].given.bells.full.pupils[2]");
        assert_eq!((finding.code, &finding.labels[0].place), ("bells::overlap", &place));
    }

    #[test]
    fn a_day_ends_before_midnight() {
        let codes = |n: i64| read(&[lasts(n)]).1.iter().map(|f| f.code).collect::<Vec<_>>();
        assert_eq!(codes(959), [""; 0]); // by hand: 8:00 to 23:59
        assert_eq!(codes(960), ["bells::past_midnight"]);
        assert_eq!(codes(0), ["bells::backwards"]);
    }

    #[test]
    fn grades_that_are_not_counted_are_named() {
        let mut out = Findings::new();
        let counted = [(Grade::from_text("4").unwrap(), 30)];
        let grades = Grades::from_text("3-5").unwrap();
        assert_eq!(all_counted("wa-hours", &counted, grades, &Place::nowhere(), &mut out), None);
        assert_eq!(
            out.iter().next().unwrap().message,
            "`wa-hours` counts pupils, and nobody says how many are in grade 3, 5"
        );
    }

    proptest! {
        #[test]
        fn minutes_are_kept_whatever_stands_between_them(parts in prop::collection::vec((1i64..60, 0i64..15), 1..8)) {
            let mut raw = Vec::new();
            for (n, gap) in &parts {
                raw.push(lasts(*n));
                raw.push(raw::CaseBlock::Gap(minutes(*gap)));
            }
            let blocks = read(&raw).0.unwrap();
            let sum: i64 = parts.iter().map(|(n, _)| n).sum();
            prop_assert_eq!(minutes_by_kind(&blocks).of(Kind::Instruction), Minutes(sum));
        }
    }
}
