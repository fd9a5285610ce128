//! What one day gives to somebody, counted block by block and minute by minute.

use crate::bells::BellSchedule;
use crate::bells::Block;
use crate::bells::Kind;
use crate::clauses::Cap;
use crate::clauses::CapPer;
use crate::clauses::Measure;
use crate::clauses::PartOfDay;
use crate::timetable::Whose;
use crate::units::Grade;
use crate::units::Minutes;
use std::ops::Range;

pub fn blocks<'a>(schedule: &'a BellSchedule, whose: &Whose) -> &'a [Block] {
    match whose {
        Whose::Pupils(grade) => schedule.pupil_blocks(*grade),
        Whose::Staff(role) => schedule.staff_blocks(role),
    }
}

/// The minutes of a block, counted from midnight.
pub fn minutes_of(block: &Block) -> Range<i64> {
    block.rings_in().after_midnight().0..block.rings_out().after_midnight().0
}

/// From the first bell in to the last bell out.
fn day_of(blocks: &[Block]) -> Range<i64> {
    let begins = blocks.iter().map(|b| minutes_of(b).start).min().unwrap_or(0);
    let ends = blocks.iter().map(|b| minutes_of(b).end).max().unwrap_or(0);
    begins..ends
}

/// Whether a minute lies in a block of one of the kinds.
fn is_in(blocks: &[Block], minute: i64, counts: &[Kind]) -> bool {
    blocks.iter().any(|b| counts.contains(&b.kind) && minutes_of(b).contains(&minute))
}

fn is_long(block: &Block, least: Option<Minutes>) -> bool {
    least.is_none_or(|least| minutes_of(block).count() as i64 >= least.0)
}

fn inside(block: &Block, between: Option<PartOfDay>) -> i64 {
    let from = between.map_or(0, |part| part.from.after_midnight().0);
    let to = between.map_or(24 * 60, |part| part.to.after_midnight().0);
    let mut n = 0;
    for minute in minutes_of(block) {
        if from <= minute && minute < to {
            n += 1;
        }
    }
    n
}

/// What one kind of pupils' minutes gives on a day, before caps of a whole window.
pub fn pupils_kind(measure: &Measure, kind: Kind, blocks: &[Block]) -> i64 {
    let Measure::PupilMinutes { counts, caps, in_blocks_of, between } = measure else { return 0 };
    let own: Vec<&Cap> = caps.iter().filter(|c| c.kind == kind).collect();
    if own.is_empty() && !counts.contains(&kind) {
        return 0;
    }
    let mut of_day = 0;
    for block in blocks {
        if block.kind == kind && is_long(block, *in_blocks_of) {
            let mut of_block = inside(block, *between);
            for cap in own.iter().filter(|c| c.per == CapPer::Block) {
                of_block = of_block.min(cap.up_to.0);
            }
            of_day += of_block;
        }
    }
    for cap in own.iter().filter(|c| c.per == CapPer::Day) {
        of_day = of_day.min(cap.up_to.0);
    }
    of_day
}

/// What a day gives in the unit of the measure.
pub fn of_day(measure: &Measure, schedule: &BellSchedule, whose: &Whose) -> i64 {
    let blocks = blocks(schedule, whose);
    match measure {
        Measure::PupilMinutes { .. } => Kind::ALL.into_iter().map(|kind| pupils_kind(measure, kind, blocks)).sum(),
        Measure::StaffMinutes { counts, in_blocks_of, between } => {
            let counted = blocks.iter().filter(|b| counts.contains(&b.kind) && is_long(b, *in_blocks_of));
            counted.map(|b| inside(b, *between)).sum()
        }
        Measure::PupilBlocks { counts, in_blocks_of } | Measure::StaffBlocks { counts, in_blocks_of } => {
            blocks.iter().filter(|b| counts.contains(&b.kind) && is_long(b, *in_blocks_of)).count() as i64
        }
        Measure::PupilRun { counts } | Measure::StaffRun { counts } => {
            runs(day_of(blocks), |minute| is_in(blocks, minute, counts)).into_iter().max().unwrap_or(0)
        }
        Measure::CommonMinutes { counts, with, in_blocks_of } => {
            let others: Vec<&[Block]> = with.iter().map(|role| schedule.staff_blocks(role)).collect();
            let common =
                |minute| is_in(blocks, minute, counts) && others.iter().all(|other| is_in(other, minute, counts));
            let long = |run: &i64| in_blocks_of.is_none_or(|least| *run >= least.0);
            runs(day_of(blocks), common).into_iter().filter(long).sum()
        }
        Measure::Workday => day_of(blocks).count() as i64,
        Measure::PupilsArrive | Measure::StaffArrive => day_of(blocks).start,
        Measure::PupilsLeave | Measure::StaffLeave => day_of(blocks).end,
        Measure::PupilDays | Measure::StaffDays => 1,
        Measure::Ratio { .. } | Measure::Stated(_) | Measure::Notice { .. } => {
            unreachable!("no day says what a school year is stated to be")
        }
    }
}

/// The lengths of all stretches of minutes that belong together, without a break.
fn runs(day: Range<i64>, belongs: impl Fn(i64) -> bool) -> Vec<i64> {
    let mut all = vec![0];
    for minute in day {
        if belongs(minute) {
            *all.last_mut().unwrap() += 1;
        } else {
            all.push(0);
        }
    }
    all.retain(|run| *run > 0);
    all
}

/// Staff minutes of some kinds outside the time from the grade's first bell in to its last bell out.
pub fn staff_while_away(schedule: &BellSchedule, grade: Grade, role: &str, counts: &[Kind]) -> i64 {
    let at_school = day_of(schedule.pupil_blocks(grade));
    staff_minutes(schedule, role, counts, |minute| !at_school.contains(&minute))
}

/// Staff minutes of some kinds after the grade's last bell out.
pub fn staff_after(schedule: &BellSchedule, grade: Grade, role: &str, counts: &[Kind]) -> i64 {
    let left = day_of(schedule.pupil_blocks(grade)).end;
    staff_minutes(schedule, role, counts, |minute| minute >= left)
}

fn staff_minutes(schedule: &BellSchedule, role: &str, counts: &[Kind], when: impl Fn(i64) -> bool) -> i64 {
    let mut n = 0;
    for block in schedule.staff_blocks(role) {
        for minute in minutes_of(block) {
            if counts.contains(&block.kind) && when(minute) {
                n += 1;
            }
        }
    }
    n
}
