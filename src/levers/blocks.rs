//! Blocks moved and cut: what a lever does to one bell schedule.
//!
//! Has the blocks of one day, gives them with other bells. Knows no dates and no schools.

use crate::bells::BellSchedule;
use crate::bells::Block;
use crate::bells::Kind;
use crate::bells::PupilDay;
use crate::bells::StaffDay;
use crate::bells::elapsed;
use crate::units::ClockTime;
use crate::units::Minutes;

/// What staff do with pupils; without pupils it becomes development, so that nobody's workday changes.
pub const WITH_PUPILS: [Kind; 4] = [Kind::Instruction, Kind::Homeroom, Kind::Passing, Kind::Duty];

/// What is done to a bell schedule.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Change {
    /// Pupils leave so many minutes earlier.
    LeaveEarlier(Minutes),
    /// Pupils begin so many minutes later and end as before.
    BeginLater(Minutes),
    /// All bells ring so many minutes later.
    RingLater(Minutes),
}

/// A bell schedule with other bells.
///
/// A pupils' day is never cut below its last minute: without it they would not come at all. The range of later bells
/// ends before midnight.
pub fn changed(schedule: &BellSchedule, change: Change) -> BellSchedule {
    let Some((begins, leave)) = pupils_day(schedule) else { return schedule.clone() };
    let pupils = |day: &PupilDay| {
        let (first, last) = (first_bell(&day.blocks), last_bell(&day.blocks));
        let blocks = match change {
            Change::LeaveEarlier(by) => between(&day.blocks, first, (last - by.0).max(first + 1)),
            Change::BeginLater(by) => between(&day.blocks, (first + by.0).min(last - 1), last),
            Change::RingLater(by) => moved(&day.blocks, by.0),
        };
        PupilDay { grades: day.grades, blocks }
    };
    let staff = |day: &StaffDay| {
        let blocks = match change {
            Change::LeaveEarlier(by) => released(&day.blocks, leave, by.0.min(leave - begins - 1)),
            Change::BeginLater(by) => developing(&day.blocks, begins, (begins + by.0).min(leave - 1)),
            Change::RingLater(by) => moved(&day.blocks, by.0),
        };
        StaffDay { roles: day.roles.clone(), blocks }
    };
    BellSchedule {
        pupils: schedule.pupils.iter().map(pupils).collect(),
        staff: schedule.staff.iter().map(staff).collect(),
        ..schedule.clone()
    }
}

/// First and last bell of any pupils, in minutes after midnight; nothing where none come.
pub fn pupils_day(schedule: &BellSchedule) -> Option<(i64, i64)> {
    let days = || schedule.pupils.iter().filter(|d| !d.blocks.is_empty());
    let first = days().map(|d| first_bell(&d.blocks)).min()?;
    Some((first, days().map(|d| last_bell(&d.blocks)).max()?))
}

/// The last bell of anybody, in minutes after midnight.
pub fn last_of_all(schedule: &BellSchedule) -> Option<i64> {
    let pupils = schedule.pupils.iter().map(|d| &d.blocks);
    let all = pupils.chain(schedule.staff.iter().map(|d| &d.blocks));
    all.filter(|blocks| !blocks.is_empty()).map(|blocks| last_bell(blocks)).max()
}

/// The longest day of any pupils from first to last bell \[min\].
pub fn longest_day(schedule: &BellSchedule) -> Option<i64> {
    schedule.pupils.iter().map(|d| elapsed(&d.blocks).0).max()
}

/// The first bell of blocks that are not empty, in minutes after midnight.
fn first_bell(blocks: &[Block]) -> i64 {
    blocks.iter().map(begins).min().unwrap_or(0)
}

/// The last bell of blocks that are not empty, in minutes after midnight.
pub fn last_bell(blocks: &[Block]) -> i64 {
    blocks.iter().map(ends).max().unwrap_or(0)
}

fn begins(block: &Block) -> i64 {
    block.rings_in().after_midnight().0
}

fn ends(block: &Block) -> i64 {
    block.rings_out().after_midnight().0
}

/// A block between two times; nothing when no minute is left of it.
fn new_block(id: Option<String>, kind: Kind, from: i64, to: i64) -> Option<Block> {
    let at = |minutes: i64| ClockTime::from_minutes(Minutes(minutes)).expect("a lever moves no bell past midnight");
    (from < to).then(|| Block::new(id, kind, at(from), at(to)).ok()).flatten()
}

/// The same block with other bells.
fn with_bells(old: &Block, from: i64, to: i64) -> Option<Block> {
    new_block(old.id.clone(), old.kind, from, to)
}

/// The part of a block that lies between two times.
fn part(block: &Block, from: i64, to: i64) -> Option<Block> {
    with_bells(block, begins(block).max(from), ends(block).min(to))
}

/// What lies between two times.
fn between(blocks: &[Block], from: i64, to: i64) -> Vec<Block> {
    blocks.iter().filter_map(|b| part(b, from, to)).collect()
}

fn moved(blocks: &[Block], by: i64) -> Vec<Block> {
    blocks.iter().filter_map(|b| with_bells(b, begins(b) + by, ends(b) + by)).collect()
}

/// The day of staff whose pupils leave so many minutes earlier.
///
/// Development after pupils leave begins as much earlier. What stands between the two (seeing pupils to their
/// buses) moves with them, and what came before ends where pupils now leave. A role without development after pupils
/// leave develops in the time it had with them.
fn released(blocks: &[Block], left: i64, by: i64) -> Vec<Block> {
    let development = blocks.iter().find(|b| b.kind == Kind::ProfessionalDevelopment && begins(b) >= left);
    let Some(until) = development.map(begins) else { return developing(blocks, left - by, left) };
    let one = |block: &Block| {
        if begins(block) >= until {
            let earlier = if begins(block) == until { by } else { 0 };
            return with_bells(block, begins(block) - earlier, ends(block));
        }
        // Time is folded: what lay between the new and the old bell is gone, and what came after stands before it.
        let folded = |time: i64| if time >= left { time - by } else { time.min(left - by) };
        with_bells(block, folded(begins(block)), folded(ends(block)))
    };
    blocks.iter().filter_map(one).collect()
}

/// The day of staff who develop between two times instead of being with pupils; what touches becomes one block.
fn developing(blocks: &[Block], from: i64, to: i64) -> Vec<Block> {
    let mut all: Vec<Block> = Vec::new();
    let mut made: Option<usize> = None;
    for block in blocks {
        if !WITH_PUPILS.contains(&block.kind) {
            all.push(block.clone());
            continue;
        }
        all.extend(part(block, 0, from));
        let (mut begin, end) = (begins(block).max(from), ends(block).min(to));
        let touches = |n: &usize| *n + 1 == all.len() && ends(&all[*n]) == begin && begin < end;
        if let Some(last) = made.filter(touches).and_then(|_| all.pop()) {
            begin = begins(&last);
        }
        if let Some(development) = new_block(None, Kind::ProfessionalDevelopment, begin, end) {
            made = Some(all.len());
            all.push(development);
        }
        all.extend(part(block, to, i64::MAX));
    }
    all
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::bells::minutes_by_kind;
    use crate::clauses::examples::block;
    use crate::clauses::examples::minutes_block;
    use crate::clauses::examples::schedule;
    use proptest::prelude::*;

    fn told(blocks: &[Block]) -> Vec<String> {
        blocks.iter().map(|b| format!("{} {} to {}", b.kind.name(), b.rings_in(), b.rings_out())).collect()
    }

    /// An elementary Monday: pupils leave at 14:15, teachers see them to their buses and learn from 14:30 on.
    fn monday() -> BellSchedule {
        schedule(
            "monday",
            vec![block(Kind::Instruction, "8:45", "11:40"), block(Kind::Instruction, "12:25", "14:15")],
            vec![
                block(Kind::Instruction, "8:45", "11:40"),
                block(Kind::DutyFreeLunch, "11:40", "12:10"),
                block(Kind::Duty, "12:10", "12:25"),
                block(Kind::Instruction, "12:25", "14:15"),
                block(Kind::Duty, "14:15", "14:30"),
                block(Kind::ProfessionalDevelopment, "14:30", "15:45"),
                block(Kind::Duty, "15:45", "15:55"),
            ],
        )
    }

    #[test]
    fn half_an_hour_of_earlier_release_becomes_half_an_hour_of_development() {
        let earlier = changed(&monday(), Change::LeaveEarlier(Minutes(30)));
        assert_eq!(told(&earlier.pupils[0].blocks)[1], "instruction 12:25 to 13:45"); // by hand: 14:15 less 30
        assert_eq!(
            told(&earlier.staff[0].blocks)[3..],
            [
                "instruction 12:25 to 13:45",
                "duty 13:45 to 14:00",
                "professional development 14:00 to 15:45",
                "duty 15:45 to 15:55"
            ]
        );
    }

    #[test]
    fn a_block_that_runs_on_until_development_begins_stays_one_block() {
        let mut day = monday();
        day.staff[0].blocks = vec![
            block(Kind::DirectedPreparation, "12:10", "14:30"),
            block(Kind::ProfessionalDevelopment, "14:30", "15:45"),
        ];
        let earlier = changed(&day, Change::LeaveEarlier(Minutes(30)));
        let staff = ["preparation (directed) 12:10 to 14:00", "professional development 14:00 to 15:45"];
        assert_eq!(told(&earlier.staff[0].blocks), staff);
    }

    #[test]
    fn a_role_without_development_after_school_develops_in_the_time_it_had_with_pupils() {
        let mut day = monday();
        day.staff[0].blocks = vec![
            block(Kind::Instruction, "8:45", "13:50"),
            block(Kind::Passing, "13:50", "14:00"),
            block(Kind::Preparation, "14:00", "14:10"),
            block(Kind::Duty, "14:10", "14:25"),
        ];
        let earlier = changed(&day, Change::LeaveEarlier(Minutes(30)));
        let staff = [
            "instruction 8:45 to 13:45",
            "professional development 13:45 to 14:00", // 5 min of class and 10 of passing, as one block
            "preparation (self-directed) 14:00 to 14:10",
            "professional development 14:10 to 14:15",
            "duty 14:15 to 14:25",
        ];
        assert_eq!(told(&earlier.staff[0].blocks), staff);
    }

    #[test]
    fn a_later_start_leaves_staff_where_they_are() {
        let later = changed(&monday(), Change::BeginLater(Minutes(60)));
        assert_eq!(told(&later.pupils[0].blocks)[0], "instruction 9:45 to 11:40"); // by hand: 8:45 and 60
        let staff = told(&later.staff[0].blocks);
        assert_eq!(staff[..2], ["professional development 8:45 to 9:45", "instruction 9:45 to 11:40"]);
        assert_eq!(elapsed(&later.staff[0].blocks), elapsed(&monday().staff[0].blocks));
    }

    #[test]
    fn the_last_minute_of_a_pupils_day_is_never_cut() {
        for change in [Change::LeaveEarlier(Minutes(900)), Change::BeginLater(Minutes(900))] {
            let cut = changed(&monday(), change);
            assert_eq!(minutes_by_kind(&cut.pupils[0].blocks).total(), Minutes(1), "{change:?}");
            assert_eq!(longest_day(&cut), Some(1));
        }
    }

    /// A pupils' day of some blocks, and a staff day of others that may end with development.
    fn any_day() -> impl Strategy<Value = BellSchedule> {
        let kinds = prop::sample::select(Kind::ALL.to_vec());
        let blocks = |n: usize| prop::collection::vec((kinds.clone(), 1i64..60, 0i64..20), 1..n);
        let laid = |all: &[(Kind, i64, i64)]| {
            let mut at = 0;
            let mut next = |(kind, minutes, gap): &(Kind, i64, i64)| {
                let block = minutes_block(*kind, at, *minutes);
                at += minutes + gap;
                block
            };
            all.iter().map(&mut next).collect::<Vec<Block>>()
        };
        (blocks(8), blocks(10)).prop_map(move |(pupils, staff)| schedule("any", laid(&pupils), laid(&staff)))
    }

    fn minutes_of(blocks: &[Block], kind: Kind) -> i64 {
        minutes_by_kind(blocks).of(kind).0
    }

    proptest! {
        #[test]
        fn a_longer_release_never_lengthens_anybodys_instruction(day in any_day(), by in 0i64..300, more in 0i64..60) {
            let (less, longer) = (Change::LeaveEarlier(Minutes(by)), Change::LeaveEarlier(Minutes(by + more)));
            let (less, longer) = (changed(&day, less), changed(&day, longer));
            let pupils = |s: &BellSchedule| minutes_of(&s.pupils[0].blocks, Kind::Instruction);
            let staff = |s: &BellSchedule| minutes_of(&s.staff[0].blocks, Kind::Instruction);
            prop_assert!(pupils(&longer) <= pupils(&less) && staff(&longer) <= staff(&less));
            prop_assert!(pupils(&less) <= pupils(&day) && staff(&less) <= staff(&day));
        }

        #[test]
        fn a_later_start_keeps_every_workday(day in any_day(), by in 0i64..600) {
            let later = changed(&day, Change::BeginLater(Minutes(by)));
            let (old, new) = (&day.staff[0].blocks, &later.staff[0].blocks);
            prop_assert_eq!(elapsed(old), elapsed(new));
            prop_assert_eq!(minutes_by_kind(old).total(), minutes_by_kind(new).total());
        }

        #[test]
        fn later_bells_keep_the_minutes_of_every_kind(day in any_day(), by in 0i64..300) {
            let later = changed(&day, Change::RingLater(Minutes(by)));
            for (old, new) in [(&day.pupils[0].blocks, &later.pupils[0].blocks), (&day.staff[0].blocks, &later.staff[0].blocks)] {
                prop_assert_eq!(minutes_by_kind(old), minutes_by_kind(new));
                prop_assert_eq!(first_bell(new) - first_bell(old), by);
            }
        }

        #[test]
        fn no_change_makes_blocks_overlap(day in any_day(), by in 0i64..600, which in 0usize..3) {
            let by = Minutes(if which == 2 { by / 2 } else { by });
            let change = [Change::LeaveEarlier(by), Change::BeginLater(by), Change::RingLater(by)][which];
            let other = changed(&day, change);
            for blocks in [&other.pupils[0].blocks, &other.staff[0].blocks] {
                prop_assert!(blocks.windows(2).all(|pair| ends(&pair[0]) <= begins(&pair[1])), "{:?}", told(blocks));
            }
        }
    }
}
