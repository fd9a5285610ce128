//! Bells of candidates: a longer or shorter release, minutes added on other days, all bells earlier or later.
//!
//! Has bell schedules, gives bell schedules. Knows no dates and no schools.

use crate::bells::BellSchedule;
use crate::bells::Block;
use crate::bells::Kind;
use crate::bells::PupilDay;
use crate::bells::StaffDay;
use crate::candidates::Added;
use crate::levers::Change;
use crate::levers::changed;
use crate::levers::pupils_day;
use crate::units::ClockTime;
use crate::units::Minutes;

/// The short day when pupils leave so many minutes earlier (or later, below zero) than it is written.
///
/// Pupils never leave later than on the usual day. Development that is new has the id.
pub fn released(short: &BellSchedule, usual: &BellSchedule, by: i64, id: Option<&str>) -> BellSchedule {
    match by {
        0 => short.clone(),
        1.. => named(changed(short, Change::LeaveEarlier(Minutes(by))), short, id),
        _ => leaving_later(short, usual, -by),
    }
}

/// The usual day with minutes added to the pupils' day.
pub fn with_added(usual: &BellSchedule, added: Added) -> BellSchedule {
    match added {
        Added::Nowhere => usual.clone(),
        Added::AtEnd(by) => ending_later(usual, by.0),
        Added::AtStart(by) => beginning_earlier(usual, by.0),
        Added::FromRecess(by) => less_recess(usual, by.0),
    }
}

/// All bells so many minutes later, or earlier below zero.
pub fn shifted(schedule: &BellSchedule, by: i64) -> BellSchedule {
    if by == 0 { schedule.clone() } else { changed(schedule, Change::RingLater(Minutes(by))) }
}

/// First and last bell of anybody, in minutes after midnight; nothing where nothing rings.
pub fn first_and_last(schedule: &BellSchedule) -> Option<(i64, i64)> {
    let days = schedule.pupils.iter().map(|d| &d.blocks).chain(schedule.staff.iter().map(|d| &d.blocks));
    let all = || days.clone().flatten();
    Some((all().map(begins).min()?, all().map(ends).max()?))
}

/// New development has the id of the development that educators learn in.
fn named(mut new: BellSchedule, old: &BellSchedule, id: Option<&str>) -> BellSchedule {
    let Some(id) = id else { return new };
    for (day, before) in new.staff.iter_mut().zip(&old.staff) {
        for block in &mut day.blocks {
            let is_new = block.id.is_none() && !before.blocks.contains(block);
            if block.kind == Kind::ProfessionalDevelopment && is_new {
                block.id = Some(id.to_string());
            }
        }
    }
    new
}

fn begins(block: &Block) -> i64 {
    block.rings_in().after_midnight().0
}

fn ends(block: &Block) -> i64 {
    block.rings_out().after_midnight().0
}

/// The same block between other bells; nothing when no minute is left of it.
fn between(block: &Block, from: i64, to: i64) -> Option<Block> {
    let at = |minutes: i64| ClockTime::from_minutes(Minutes(minutes));
    Block::new(block.id.clone(), block.kind, at(from)?, at(to)?).ok()
}

/// A schedule whose pupils' and staff days are made anew from their blocks.
fn rebuilt(
    schedule: &BellSchedule,
    pupils: impl Fn(&PupilDay) -> Vec<Block>,
    staff: impl Fn(&[Block]) -> Vec<Block>,
) -> BellSchedule {
    let pupils = schedule.pupils.iter().map(|d| PupilDay { grades: d.grades, blocks: pupils(d) }).collect();
    let staff = schedule.staff.iter().map(|d| StaffDay { roles: d.roles.clone(), blocks: staff(&d.blocks) }).collect();
    BellSchedule { pupils, staff, ..schedule.clone() }
}

/// Blocks that run through a time are lengthened, and those after it move; what comes before it stays.
fn stretched(blocks: &[Block], at: i64, by: i64) -> Vec<Block> {
    let one = |block: &Block| match (begins(block) >= at, ends(block) >= at) {
        (true, _) => between(block, begins(block) + by, ends(block) + by),
        (false, true) => between(block, begins(block), ends(block) + by),
        (false, false) => Some(block.clone()),
    };
    blocks.iter().filter_map(one).collect()
}

/// The short day when pupils stay longer: development begins later and ends as written, and what lies between
/// pupils' last bell and development moves; what no longer fits before the end of development is gone.
fn leaving_later(short: &BellSchedule, usual: &BellSchedule, by: i64) -> BellSchedule {
    let Some((_, leave)) = pupils_day(short) else { return short.clone() };
    let pupils = |day: &PupilDay| {
        let Some(last) = day.blocks.last().map(ends) else { return Vec::new() };
        let grade = day.grades.iter().next();
        let usual = grade.and_then(|g| usual.pupil_blocks(g).last()).map_or(last, ends);
        stretched(&day.blocks, last, by.min((usual - last).max(0)))
    };
    let staff = |blocks: &[Block]| {
        let development = |b: &&Block| b.kind == Kind::ProfessionalDevelopment && begins(b) >= leave;
        let Some((from, to)) = blocks.iter().find(development).map(|b| (begins(b), ends(b))) else {
            return blocks.to_vec();
        };
        let later = |time: i64| (time + by).min(to);
        let one = |block: &Block| {
            if begins(block) > from {
                return Some(block.clone());
            }
            if begins(block) == from {
                return between(block, later(from), to);
            }
            let begin = if begins(block) >= leave { later(begins(block)) } else { begins(block) };
            let end = if ends(block) >= leave { later(ends(block)) } else { ends(block) };
            between(block, begin, end)
        };
        blocks.iter().filter_map(one).collect()
    };
    rebuilt(short, pupils, staff)
}

fn ending_later(usual: &BellSchedule, by: i64) -> BellSchedule {
    let Some((_, leave)) = pupils_day(usual) else { return usual.clone() };
    let pupils = |day: &PupilDay| day.blocks.last().map_or(Vec::new(), |last| stretched(&day.blocks, ends(last), by));
    rebuilt(usual, pupils, |blocks| stretched(blocks, leave, by))
}

fn beginning_earlier(usual: &BellSchedule, by: i64) -> BellSchedule {
    let Some((begin, _)) = pupils_day(usual) else { return usual.clone() };
    let earlier = |blocks: &[Block], at: i64| {
        let one = |block: &Block| match (ends(block) <= at, begins(block) <= at) {
            (true, _) => between(block, begins(block) - by, ends(block) - by),
            (false, true) => between(block, begins(block) - by, ends(block)),
            (false, false) => Some(block.clone()),
        };
        blocks.iter().filter_map(one).collect::<Vec<Block>>()
    };
    let pupils = |day: &PupilDay| day.blocks.first().map_or(Vec::new(), |first| earlier(&day.blocks, begins(first)));
    rebuilt(usual, pupils, |blocks| earlier(blocks, begin))
}

/// The longest recess of some pupils that is longer than so many minutes and runs on into a class.
fn recess(blocks: &[Block], by: i64) -> Option<usize> {
    let fits = |n: &usize| {
        let (block, next) = (&blocks[*n], &blocks[*n + 1]);
        block.kind == Kind::Recess
            && block.length().0 > by
            && next.kind == Kind::Instruction
            && begins(next) == ends(block)
    };
    (0..blocks.len().saturating_sub(1)).filter(fits).max_by_key(|n| (blocks[*n].length(), std::cmp::Reverse(*n)))
}

/// The longest recess ends earlier; staff on duty at its end have class instead.
fn less_recess(usual: &BellSchedule, by: i64) -> BellSchedule {
    let end_of_recess = usual.pupils.iter().find_map(|d| recess(&d.blocks, by).map(|n| ends(&d.blocks[n])));
    let pupils = |day: &PupilDay| {
        let Some(n) = recess(&day.blocks, by) else { return day.blocks.clone() };
        moved_bell(&day.blocks, n, by)
    };
    let staff = |blocks: &[Block]| {
        let on_duty = |n: &usize| {
            let (duty, next) = (&blocks[*n], &blocks[*n + 1]);
            duty.kind == Kind::Duty
                && Some(ends(duty)) == end_of_recess
                && duty.length().0 >= by
                && next.kind == Kind::Instruction
                && begins(next) == ends(duty)
        };
        match (0..blocks.len().saturating_sub(1)).find(on_duty) {
            Some(n) => moved_bell(blocks, n, by),
            None => blocks.to_vec(),
        }
    };
    rebuilt(usual, pupils, staff)
}

/// The bell between a block and the next rings so many minutes earlier.
fn moved_bell(blocks: &[Block], n: usize, by: i64) -> Vec<Block> {
    let bell = ends(&blocks[n]) - by;
    let one = |(place, block): (usize, &Block)| match place {
        _ if place == n => between(block, begins(block), bell),
        _ if place == n + 1 => between(block, bell, ends(block)),
        _ => Some(block.clone()),
    };
    blocks.iter().enumerate().filter_map(one).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::bells::elapsed;
    use crate::bells::minutes_by_kind;
    use crate::clauses::examples::block;
    use crate::clauses::examples::schedule;
    use proptest::prelude::*;

    fn told(blocks: &[Block]) -> Vec<String> {
        blocks.iter().map(|b| format!("{} {} to {}", b.kind.name(), b.rings_in(), b.rings_out())).collect()
    }

    fn usual() -> BellSchedule {
        schedule(
            "full",
            vec![
                block(Kind::Instruction, "8:45", "12:10"),
                block(Kind::Recess, "12:10", "12:30"),
                block(Kind::Instruction, "12:30", "15:45"),
            ],
            vec![
                block(Kind::Preparation, "8:25", "8:45"),
                block(Kind::Instruction, "8:45", "11:40"),
                block(Kind::DutyFreeLunch, "11:40", "12:10"),
                block(Kind::Duty, "12:10", "12:30"),
                block(Kind::Instruction, "12:30", "15:45"),
                block(Kind::Duty, "15:45", "15:55"),
            ],
        )
    }

    /// Pupils leave at 14:15, a quarter of an hour of buses, then 75 minutes of development.
    fn short() -> BellSchedule {
        schedule(
            "monday",
            vec![block(Kind::Instruction, "8:45", "14:15")],
            vec![
                block(Kind::Instruction, "8:45", "14:15"),
                block(Kind::Duty, "14:15", "14:30"),
                block(Kind::ProfessionalDevelopment, "14:30", "15:45"),
                block(Kind::Duty, "15:45", "15:55"),
            ],
        )
    }

    #[test]
    fn a_shorter_release_takes_its_minutes_from_development() {
        let later = released(&short(), &usual(), -30, None);
        assert_eq!(told(&later.pupils[0].blocks), ["instruction 8:45 to 14:45"]); // by hand: 14:15 and 30
        assert_eq!(
            told(&later.staff[0].blocks),
            [
                "instruction 8:45 to 14:45",
                "duty 14:45 to 15:00",
                "professional development 15:00 to 15:45", // by hand: 75 less 30
                "duty 15:45 to 15:55"
            ]
        );
        let barely = released(&short(), &usual(), -80, None);
        // by hand: 75 of the 80 min are development, 5 are duty; pupils leave at 15:35
        assert_eq!(
            told(&barely.staff[0].blocks),
            ["instruction 8:45 to 15:35", "duty 15:35 to 15:45", "duty 15:45 to 15:55"]
        );
    }

    #[test]
    fn pupils_never_leave_later_than_on_the_usual_day() {
        let later = released(&short(), &usual(), -200, None);
        assert_eq!(told(&later.pupils[0].blocks), ["instruction 8:45 to 15:45"]);
    }

    #[test]
    fn new_development_has_the_id_that_educators_learn_in() {
        let new = released(&usual(), &usual(), 60, Some("communities"));
        let made = new.staff[0].blocks.iter().find(|b| b.kind == Kind::ProfessionalDevelopment).unwrap();
        // by hand: 15:45 less 60, until pupils used to leave
        assert_eq!(
            (made.id.as_deref(), told(std::slice::from_ref(made))[0].as_str()),
            (Some("communities"), "professional development 14:45 to 15:45")
        );
    }

    #[test]
    fn minutes_at_the_end_and_at_the_start_lengthen_the_workday() {
        let end = with_added(&usual(), Added::AtEnd(Minutes(10)));
        assert_eq!(told(&end.pupils[0].blocks)[2], "instruction 12:30 to 15:55");
        assert_eq!(told(&end.staff[0].blocks)[4..], ["instruction 12:30 to 15:55", "duty 15:55 to 16:05"]);
        let start = with_added(&usual(), Added::AtStart(Minutes(10)));
        assert_eq!(told(&start.pupils[0].blocks)[0], "instruction 8:35 to 12:10");
        assert_eq!(
            told(&start.staff[0].blocks)[..2],
            ["preparation (self-directed) 8:15 to 8:35", "instruction 8:35 to 11:40"]
        );
    }

    #[test]
    fn minutes_from_recess_turn_duty_into_class() {
        let less = with_added(&usual(), Added::FromRecess(Minutes(5)));
        assert_eq!(told(&less.pupils[0].blocks)[1..], ["recess 12:10 to 12:25", "instruction 12:25 to 15:45"]);
        assert_eq!(told(&less.staff[0].blocks)[3..5], ["duty 12:10 to 12:25", "instruction 12:25 to 15:45"]);
        let all = with_added(&usual(), Added::FromRecess(Minutes(20)));
        assert_eq!(told(&all.pupils[0].blocks), told(&usual().pupils[0].blocks), "a recess is never taken whole");
    }

    proptest! {
        #[test]
        fn longer_and_then_shorter_by_as_much_is_as_written(by in 0i64..120) {
            let there = released(&short(), &usual(), by, None);
            let back = released(&there, &usual(), -by, None);
            prop_assert_eq!(told(&back.staff[0].blocks), told(&short().staff[0].blocks));
            prop_assert_eq!(told(&back.pupils[0].blocks), told(&short().pupils[0].blocks));
        }

        #[test]
        fn nothing_overlaps_and_added_minutes_are_added(by in -120i64..120, m in 0i64..19, kind in 0usize..3) {
            let added = [Added::AtEnd(Minutes(m)), Added::AtStart(Minutes(m)), Added::FromRecess(Minutes(m))][kind];
            let (day, before) = (with_added(&usual(), added), usual());
            let of = |s: &BellSchedule| minutes_by_kind(&s.pupils[0].blocks).of(Kind::Instruction).0;
            prop_assert_eq!(of(&day) - of(&before), m);
            let longer = if kind == 2 { 0 } else { m };
            prop_assert_eq!(elapsed(&day.staff[0].blocks).0 - elapsed(&before.staff[0].blocks).0, longer);
            for s in [day, released(&short(), &before, by, None)] {
                for blocks in [&s.pupils[0].blocks, &s.staff[0].blocks] {
                    prop_assert!(blocks.windows(2).all(|pair| ends(&pair[0]) <= begins(&pair[1])));
                }
            }
        }
    }
}
