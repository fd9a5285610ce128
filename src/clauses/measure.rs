//! Measuring: how much of something one day of a bell schedule gives to a grade or a role.
//!
//! Has blocks, gives whole numbers in the unit of the measure. Knows no dates and no limits.

use crate::bells::BellSchedule;
use crate::bells::Block;
use crate::bells::Kind;
use crate::bells::elapsed;
use crate::bells::minutes_by_kind;
use crate::clauses::Cap;
use crate::clauses::Measure;
use crate::timetable::Whose;
use crate::units::Grade;
use crate::units::Minutes;

/// The blocks that somebody has under a bell schedule.
pub fn blocks_of<'a>(schedule: &'a BellSchedule, whose: &Whose) -> &'a [Block] {
    match whose {
        Whose::Pupils(grade) => schedule.pupil_blocks(*grade),
        Whose::Staff(role) => schedule.staff_blocks(role),
    }
}

/// How much a day with these blocks gives, in the unit of the measure.
pub fn of_day(measure: &Measure, blocks: &[Block]) -> i64 {
    match measure {
        Measure::PupilMinutes { counts, caps } => capped_minutes(blocks, counts, caps),
        Measure::StaffMinutes { counts, in_blocks_of } => {
            long_enough(blocks, counts, *in_blocks_of).map(|b| b.length().0).sum()
        }
        Measure::StaffBlocks { counts, in_blocks_of } => {
            i64::try_from(long_enough(blocks, counts, *in_blocks_of).count()).unwrap_or(i64::MAX)
        }
        Measure::Workday => elapsed(blocks).0,
        Measure::PupilDays | Measure::StaffDays => i64::from(!blocks.is_empty()),
    }
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

/// A capped kind counts up to its cap, whether or not it is also listed among those that count.
fn capped_minutes(blocks: &[Block], counts: &[Kind], caps: &[Cap]) -> i64 {
    let minutes = minutes_by_kind(blocks);
    let of_kind = |kind: Kind| {
        let all = minutes.of(kind);
        match caps.iter().filter(|c| c.kind == kind).map(|c| c.per_day).min() {
            Some(cap) => all.min(cap),
            None if counts.contains(&kind) => all,
            None => Minutes::ZERO,
        }
    };
    Kind::ALL.into_iter().map(of_kind).map(|m| m.0).sum()
}

/// A block runs from bell to bell: two blocks back to back are two, as the contract that lists them means.
fn long_enough<'a>(
    blocks: &'a [Block],
    counts: &'a [Kind],
    least: Option<Minutes>,
) -> impl Iterator<Item = &'a Block> + use<'a> {
    blocks.iter().filter(move |b| counts.contains(&b.kind) && least.is_none_or(|least| b.length() >= least))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clauses::examples::block;
    use crate::clauses::examples::grade;
    use crate::clauses::examples::schedule;
    use proptest::prelude::*;

    #[test]
    fn recess_counts_up_to_its_cap_and_lunch_not_at_all() {
        let day = [
            block(Kind::Instruction, "8:00", "11:00"),
            block(Kind::Recess, "11:00", "11:45"),
            block(Kind::Lunch, "11:45", "12:15"),
            block(Kind::Instruction, "12:15", "14:00"),
        ];
        let cap = |minutes| vec![Cap { kind: Kind::Recess, per_day: Minutes(minutes) }];
        let of = |caps| of_day(&Measure::PupilMinutes { counts: vec![Kind::Instruction], caps }, &day);
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
        let counts = vec![Kind::Preparation];
        let least = Some(Minutes(25));
        assert_eq!(of_day(&Measure::StaffMinutes { counts: counts.clone(), in_blocks_of: None }, &day), 60);
        assert_eq!(of_day(&Measure::StaffMinutes { counts: counts.clone(), in_blocks_of: least }, &day), 40);
        assert_eq!(of_day(&Measure::StaffBlocks { counts, in_blocks_of: least }, &day), 1);
        assert_eq!(of_day(&Measure::Workday, &day), 160); // by hand: 8:00 to 10:40
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
            let of = |cap| of_day(
                &Measure::PupilMinutes { counts: vec![], caps: vec![Cap { kind: Kind::Recess, per_day: Minutes(cap) }] },
                &day,
            );
            prop_assert!(of(low) <= of(low + more));
            prop_assert_eq!(of(low), recess.min(low));
        }
    }
}
