//! Measuring: how much of something one day of a bell schedule gives to a grade or a role.
//!
//! Has blocks, gives whole numbers in the unit of the measure. Knows no dates and no limits.

use crate::bells::BellSchedule;
use crate::bells::Block;
use crate::bells::Kind;
use crate::bells::elapsed;
use crate::clauses::Cap;
use crate::clauses::CapPer;
use crate::clauses::Measure;
use crate::clauses::PartOfDay;
use crate::timetable::Whose;
use crate::units::ClockTime;
use crate::units::Grade;
use crate::units::Minutes;

/// The blocks that somebody has under a bell schedule.
pub fn blocks_of<'a>(schedule: &'a BellSchedule, whose: &Whose) -> &'a [Block] {
    match whose {
        Whose::Pupils(grade) => schedule.pupil_blocks(*grade),
        Whose::Staff(role) => schedule.staff_blocks(role),
    }
}

/// How much a day gives to somebody under a bell schedule, in the unit of the measure.
pub fn of_day(measure: &Measure, schedule: &BellSchedule, whose: &Whose) -> i64 {
    let blocks = blocks_of(schedule, whose);
    let edge = |time: Option<ClockTime>| time.map_or(0, |t| t.after_midnight().0);
    match measure {
        Measure::PupilMinutes { counts, caps, in_blocks_of, between } => {
            capped_minutes(blocks, counts, caps, *in_blocks_of, *between)
        }
        Measure::StaffMinutes { counts, in_blocks_of, between } => {
            long_enough(blocks, counts, *in_blocks_of).map(|b| clipped(b, *between)).sum()
        }
        Measure::PupilBlocks { counts, in_blocks_of } | Measure::StaffBlocks { counts, in_blocks_of } => {
            i64::try_from(long_enough(blocks, counts, *in_blocks_of).count()).unwrap_or(i64::MAX)
        }
        Measure::PupilRun { counts } | Measure::StaffRun { counts } => longest_run(blocks, counts),
        Measure::CommonMinutes { counts, with, in_blocks_of } => {
            let others = with.iter().map(|role| stretches_of(schedule.staff_blocks(role), counts));
            let all = others.fold(stretches_of(blocks, counts), |common, other| overlap(&common, &other));
            let least = in_blocks_of.map_or(0, |m| m.0);
            all.iter().map(|s| s.1 - s.0).filter(|length| *length >= least).sum()
        }
        Measure::Workday => elapsed(blocks).0,
        Measure::PupilsArrive | Measure::StaffArrive => edge(blocks.first().map(Block::rings_in)),
        Measure::PupilsLeave | Measure::StaffLeave => edge(blocks.iter().map(Block::rings_out).max()),
        Measure::PupilDays | Measure::StaffDays => i64::from(!blocks.is_empty()),
        Measure::Ratio { .. } | Measure::Stated(_) | Measure::Notice { .. } => 0,
    }
}

/// Staff minutes of some kinds while a grade is not at school.
pub fn while_pupils_are_away(schedule: &BellSchedule, grade: Grade, role: &str, kinds: &[Kind]) -> i64 {
    let pupils = schedule.pupil_blocks(grade);
    let there =
        pupils.first().zip(pupils.last()).map(|(first, last)| (minute(first.rings_in()), minute(last.rings_out())));
    let away = |block: &Block| {
        let (begins, ends) = (minute(block.rings_in()), minute(block.rings_out()));
        let together = there.map_or(0, |(from, to)| (ends.min(to) - begins.max(from)).max(0));
        ends - begins - together
    };
    schedule.staff_blocks(role).iter().filter(|b| kinds.contains(&b.kind)).map(away).sum()
}

fn minute(time: ClockTime) -> i64 {
    time.after_midnight().0
}

/// The minutes of a block that lie inside a part of the day.
fn clipped(block: &Block, between: Option<PartOfDay>) -> i64 {
    let Some(part) = between else { return block.length().0 };
    (minute(block.rings_out()).min(minute(part.to)) - minute(block.rings_in()).max(minute(part.from))).max(0)
}

/// Blocks of some kinds as stretches of time, those that touch joined.
fn stretches_of(blocks: &[Block], counts: &[Kind]) -> Vec<(i64, i64)> {
    let mut all: Vec<(i64, i64)> = Vec::new();
    for block in blocks.iter().filter(|b| counts.contains(&b.kind)) {
        let (begins, ends) = (minute(block.rings_in()), minute(block.rings_out()));
        match all.last_mut() {
            Some(last) if last.1 == begins => last.1 = ends,
            _ => all.push((begins, ends)),
        }
    }
    all
}

fn longest_run(blocks: &[Block], counts: &[Kind]) -> i64 {
    stretches_of(blocks, counts).iter().map(|s| s.1 - s.0).max().unwrap_or(0)
}

/// What two lists of stretches have in common; each list is in order and without overlaps.
fn overlap(one: &[(i64, i64)], other: &[(i64, i64)]) -> Vec<(i64, i64)> {
    let pairs = one.iter().flat_map(|a| other.iter().map(move |b| (a.0.max(b.0), a.1.min(b.1))));
    pairs.filter(|(from, to)| from < to).collect()
}

/// Staff minutes of some kinds after the last bell of a grade's day; all of them when the grade has no day.
pub fn after_pupils_leave(schedule: &BellSchedule, grade: Grade, role: &str, kinds: &[Kind]) -> Minutes {
    let pupils_leave = schedule.pupil_blocks(grade).last().map(|b| b.rings_out().after_midnight());
    let after = |block: &Block| {
        let (begins, ends) = (block.rings_in().after_midnight(), block.rings_out().after_midnight());
        (ends - pupils_leave.map_or(begins, |left| left.max(begins))).max(Minutes::ZERO)
    };
    schedule.staff_blocks(role).iter().filter(|b| kinds.contains(&b.kind)).map(after).sum()
}

/// A capped kind counts up to its caps, whether or not it is also listed among those that count.
///
/// Caps of a whole window are applied where windows are weighed.
fn capped_minutes(
    blocks: &[Block],
    counts: &[Kind],
    caps: &[Cap],
    in_blocks_of: Option<Minutes>,
    between: Option<PartOfDay>,
) -> i64 {
    Kind::ALL.into_iter().map(|kind| of_kind(blocks, kind, counts, caps, in_blocks_of, between)).sum()
}

/// What one kind of pupils' minutes gives in a day, under the caps of blocks and days.
pub fn of_kind(
    blocks: &[Block],
    kind: Kind,
    counts: &[Kind],
    caps: &[Cap],
    in_blocks_of: Option<Minutes>,
    between: Option<PartOfDay>,
) -> i64 {
    let least = |per: CapPer| caps.iter().filter(|c| c.kind == kind && c.per == per).map(|c| c.up_to.0).min();
    if !counts.contains(&kind) && !caps.iter().any(|c| c.kind == kind) {
        return 0;
    }
    let of_block = least(CapPer::Block).unwrap_or(i64::MAX);
    let counted = long_enough(blocks, &[kind], in_blocks_of).map(|b| clipped(b, between).min(of_block)).sum::<i64>();
    counted.min(least(CapPer::Day).unwrap_or(i64::MAX))
}

/// A block runs from bell to bell: two blocks back to back are two, as the contract that lists them means.
fn long_enough<'a>(blocks: &'a [Block], counts: &[Kind], least: Option<Minutes>) -> impl Iterator<Item = &'a Block> {
    blocks.iter().filter(move |b| counts.contains(&b.kind) && least.is_none_or(|least| b.length() >= least))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clauses::examples::block;
    use crate::clauses::examples::grade;
    use crate::clauses::examples::pupil_minutes;
    use crate::clauses::examples::schedule;
    use proptest::prelude::*;

    fn pupils() -> Whose {
        Whose::Pupils(grade("3"))
    }

    #[test]
    fn two_recesses_of_twenty_count_fifteen_each() {
        let day = schedule(
            "any",
            vec![
                block(Kind::Recess, "9:00", "9:20"),
                block(Kind::Instruction, "9:20", "12:00"),
                block(Kind::Recess, "12:00", "12:20"),
            ],
            vec![],
        );
        let caps = vec![Cap { kind: Kind::Recess, up_to: Minutes(15), per: CapPer::Block }];
        assert_eq!(of_day(&pupil_minutes(vec![], caps), &day, &pupils()), 30); // by hand: 15 + 15
    }

    #[test]
    fn blocks_back_to_back_are_one_stretch_without_a_break() {
        let day = schedule(
            "any",
            vec![],
            vec![
                block(Kind::Instruction, "8:00", "9:00"),
                block(Kind::Duty, "9:00", "9:30"),
                block(Kind::Preparation, "9:30", "10:00"),
                block(Kind::Instruction, "10:00", "11:15"),
            ],
        );
        let counts = vec![Kind::Instruction, Kind::Duty];
        let run = of_day(&Measure::StaffRun { counts }, &day, &Whose::Staff("teacher".into()));
        assert_eq!(run, 90); // by hand: 8:00 to 9:30; the second stretch has 75
    }

    #[test]
    fn common_time_is_when_both_roles_have_it() {
        let mut day = schedule("any", vec![], vec![block(Kind::Preparation, "8:00", "9:00")]);
        day.staff.push(crate::bells::StaffDay {
            roles: vec!["coach".into()],
            blocks: vec![block(Kind::Preparation, "8:40", "10:00")],
        });
        let common = |least| Measure::CommonMinutes {
            counts: vec![Kind::Preparation],
            with: vec!["coach".into()],
            in_blocks_of: Some(Minutes(least)),
        };
        let of = |least| of_day(&common(least), &day, &Whose::Staff("teacher".into()));
        assert_eq!((of(20), of(21)), (20, 0)); // by hand: 8:40 to 9:00
    }

    #[test]
    fn recess_counts_up_to_its_cap_and_lunch_not_at_all() {
        let day = [
            block(Kind::Instruction, "8:00", "11:00"),
            block(Kind::Recess, "11:00", "11:45"),
            block(Kind::Lunch, "11:45", "12:15"),
            block(Kind::Instruction, "12:15", "14:00"),
        ];
        let day = schedule("any", day.to_vec(), vec![]);
        let cap = |minutes| vec![Cap { kind: Kind::Recess, up_to: Minutes(minutes), per: CapPer::Day }];
        let of = |caps| of_day(&pupil_minutes(vec![Kind::Instruction], caps), &day, &pupils());
        assert_eq!(of(vec![]), 285); // by hand: 180 + 105
        assert_eq!(of(cap(30)), 315); // by hand: 285 + 30 of the 45 min of recess
        assert_eq!(of(cap(60)), 330); // by hand: 285 + all 45
    }

    #[test]
    fn short_blocks_do_not_count_as_preparation() {
        let day = [
            block(Kind::Preparation, "8:00", "8:20"),
            block(Kind::Instruction, "8:20", "10:00"),
            block(Kind::Preparation, "10:00", "10:40"),
        ];
        let (counts, least) = (vec![Kind::Preparation], Some(Minutes(25)));
        let day = schedule("any", vec![], day.to_vec());
        let of = |measure: Measure| of_day(&measure, &day, &Whose::Staff("teacher".into()));
        let minutes = |in_blocks_of| Measure::StaffMinutes { counts: counts.clone(), in_blocks_of, between: None };
        assert_eq!((of(minutes(None)), of(minutes(least))), (60, 40));
        assert_eq!(of(Measure::StaffBlocks { counts: counts.clone(), in_blocks_of: least }), 1);
        assert_eq!(of(Measure::Workday), 160); // by hand: 8:00 to 10:40
        assert_eq!((of(Measure::StaffArrive), of(Measure::StaffLeave)), (480, 640)); // by hand: 8:00 and 10:40
        let morning =
            PartOfDay { from: ClockTime::from_text("8:10").unwrap(), to: ClockTime::from_text("10:15").unwrap() };
        let part = Measure::StaffMinutes { counts, in_blocks_of: None, between: Some(morning) };
        assert_eq!(of(part), 25); // by hand: 8:10 to 8:20 and 10:00 to 10:15
    }

    #[test]
    fn only_staff_minutes_after_the_last_bell_are_a_remainder() {
        let day = schedule(
            "monday",
            vec![block(Kind::Instruction, "8:00", "14:00")],
            vec![
                block(Kind::ProfessionalDevelopment, "7:00", "7:30"),
                block(Kind::ProfessionalDevelopment, "13:45", "15:00"),
            ],
        );
        let kinds = [Kind::ProfessionalDevelopment];
        // by hand: 14:00 to 15:00; the quarter before the bell and the half hour before school are no remainder
        assert_eq!(after_pupils_leave(&day, grade("3"), "teacher", &kinds), Minutes(60));
        assert_eq!(after_pupils_leave(&day, grade("3"), "coach", &kinds), Minutes::ZERO);
    }

    proptest! {
        #[test]
        fn a_higher_cap_never_counts_less(recess in 1i64..200, low in 0i64..100, more in 0i64..100) {
            let at = |m: i64| format!("{}:{:02}", 8 + m / 60, m % 60);
            let day = [block(Kind::Recess, &at(0), &at(recess))];
            let day = schedule("any", day.to_vec(), vec![]);
            let caps = |cap| vec![Cap { kind: Kind::Recess, up_to: Minutes(cap), per: CapPer::Day }];
            let of = |cap| of_day(&pupil_minutes(vec![], caps(cap)), &day, &pupils());
            prop_assert!(of(low) <= of(low + more));
            prop_assert_eq!(of(low), recess.min(low));
        }
    }
}
