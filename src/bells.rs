//! Bell schedules: when each block of a school day rings in and out, for pupils and for staff apart.
//!
//! Has checked blocks, gives minutes by kind. Knows no dates and no schools.

use crate::findings::Finding;
use crate::findings::Findings;
use crate::findings::Place;
use crate::units::ClockTime;
use crate::units::Grade;
use crate::units::Grades;
use crate::units::Minutes;
use serde::Serialize;

/// What the minutes between two bells are for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
pub enum Kind {
    /// Classes; on the staff's side, contact time with pupils.
    Instruction,
    /// Homeroom or advisory.
    Homeroom,
    /// Moving between classes.
    Passing,
    /// Pupils' lunch.
    Lunch,
    /// Recess.
    Recess,
    /// Preparation that the teacher directs.
    Preparation,
    /// Preparation or team time that the school directs.
    DirectedPreparation,
    /// The staff's lunch without duty.
    DutyFreeLunch,
    /// Supervision: bus, door, lunchroom, playground.
    Duty,
    /// Professional development.
    ProfessionalDevelopment,
    /// Faculty, committee and other meetings.
    Meeting,
}

impl Kind {
    /// All kinds, in the order of charts and tables.
    pub const ALL: [Kind; 11] = [
        Kind::Instruction,
        Kind::Homeroom,
        Kind::Passing,
        Kind::Lunch,
        Kind::Recess,
        Kind::Preparation,
        Kind::DirectedPreparation,
        Kind::DutyFreeLunch,
        Kind::Duty,
        Kind::ProfessionalDevelopment,
        Kind::Meeting,
    ];

    /// The words for it on charts and in tables.
    pub fn name(self) -> &'static str {
        match self {
            Kind::Instruction => "instruction",
            Kind::Homeroom => "homeroom",
            Kind::Passing => "passing",
            Kind::Lunch => "lunch",
            Kind::Recess => "recess",
            Kind::Preparation => "preparation (self-directed)",
            Kind::DirectedPreparation => "preparation (directed)",
            Kind::DutyFreeLunch => "duty-free lunch",
            Kind::Duty => "duty",
            Kind::ProfessionalDevelopment => "professional development",
            Kind::Meeting => "meeting",
        }
    }
}

/// One stretch of the day between two bells. Invariant: it ends after it begins.
#[derive(Debug, Clone, PartialEq)]
pub struct Block {
    /// A name to refer to it by, such as `community-of-practice`.
    pub id: Option<String>,
    /// What it is for.
    pub kind: Kind,
    rings_in: ClockTime,
    rings_out: ClockTime,
}

impl Block {
    /// A block between two bells.
    ///
    /// # Errors
    /// When it rings out at or before the time it rings in; the finding has no place yet.
    pub fn new(id: Option<String>, kind: Kind, rings_in: ClockTime, rings_out: ClockTime) -> Result<Block, Finding> {
        if rings_out > rings_in {
            return Ok(Block { id, kind, rings_in, rings_out });
        }
        let what = if rings_out == rings_in { "at the minute it rings in" } else { "before it rings in" };
        let name = id.unwrap_or_else(|| kind.name().to_string());
        Err(Finding::error("bells::backwards", format!("`{name}` rings out at {rings_out}, {what} ({rings_in})"))
            .help("swap the two times, or use a 24-hour clock: 1 pm is \"13:00\""))
    }

    /// When it begins.
    pub fn rings_in(&self) -> ClockTime {
        self.rings_in
    }

    /// When it ends.
    pub fn rings_out(&self) -> ClockTime {
        self.rings_out
    }

    /// How long it lasts \[min\].
    pub fn length(&self) -> Minutes {
        self.rings_out.after_midnight() - self.rings_in.after_midnight()
    }
}

/// The day of some pupils: blocks in order of time, none overlapping another.
#[derive(Debug, Clone)]
pub struct PupilDay {
    /// The grades it is for.
    pub grades: Grades,
    /// What rings.
    pub blocks: Vec<Block>,
}

/// The day of some staff: blocks in order of time, none overlapping another.
#[derive(Debug, Clone)]
pub struct StaffDay {
    /// Ids of the roles it is for.
    pub roles: Vec<String>,
    /// What rings.
    pub blocks: Vec<Block>,
}

/// A bell schedule: what rings on one kind of day.
#[derive(Debug, Clone)]
pub struct BellSchedule {
    /// Its id.
    pub id: String,
    /// What people call it.
    pub title: String,
    /// Pupils' days, by grade.
    pub pupils: Vec<PupilDay>,
    /// Staff days, by role.
    pub staff: Vec<StaffDay>,
    /// Where it is written.
    pub written: Place,
}

impl BellSchedule {
    /// The blocks of a grade; none when the grade does not come on such a day.
    pub fn pupil_blocks(&self, grade: Grade) -> &[Block] {
        self.pupils.iter().find(|d| d.grades.contains(grade)).map_or(&[], |d| &d.blocks)
    }

    /// Whether another rings the same for the same pupils and staff, whatever it is called.
    pub fn same_blocks(&self, other: &BellSchedule) -> bool {
        let pupils = |(a, b): (&PupilDay, &PupilDay)| a.grades == b.grades && a.blocks == b.blocks;
        let staff = |(a, b): (&StaffDay, &StaffDay)| a.roles == b.roles && a.blocks == b.blocks;
        self.pupils.len() == other.pupils.len()
            && self.staff.len() == other.staff.len()
            && self.pupils.iter().zip(&other.pupils).all(pupils)
            && self.staff.iter().zip(&other.staff).all(staff)
    }

    /// The blocks of a role; none when the role does not come on such a day.
    pub fn staff_blocks(&self, role: &str) -> &[Block] {
        self.staff.iter().find(|d| d.roles.iter().any(|r| r == role)).map_or(&[], |d| &d.blocks)
    }
}

/// Minutes of each kind \[min\].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
pub struct MinutesByKind([i64; Kind::ALL.len()]);

impl MinutesByKind {
    /// Minutes of one kind.
    pub fn of(&self, kind: Kind) -> Minutes {
        Minutes(self.0[kind as usize])
    }

    /// All minutes together.
    pub fn total(&self) -> Minutes {
        Minutes(self.0.iter().sum())
    }

    /// Adds the minutes of another day or block.
    pub fn add(&mut self, other: &MinutesByKind) {
        for (mine, theirs) in self.0.iter_mut().zip(other.0) {
            *mine += theirs;
        }
    }
}

/// Minutes of each kind in some blocks.
pub fn minutes_by_kind(blocks: &[Block]) -> MinutesByKind {
    let mut minutes = MinutesByKind::default();
    for block in blocks {
        minutes.0[block.kind as usize] += block.length().0;
    }
    minutes
}

/// From the first bell in to the last bell out \[min\]; nothing for a day without blocks.
pub fn elapsed(blocks: &[Block]) -> Minutes {
    match (blocks.first(), blocks.last()) {
        (Some(first), Some(last)) => last.rings_out.after_midnight() - first.rings_in.after_midnight(),
        _ => Minutes::ZERO,
    }
}

/// Finds blocks that overlap the one before or stand out of order of time.
///
/// `place_of` gives the place of each block, so that each finding points at its own.
pub fn check_order(blocks: &[Block], place_of: impl Fn(usize) -> Place) -> Findings {
    let mut findings = Findings::new();
    for (n, pair) in blocks.windows(2).enumerate() {
        if pair[1].rings_in < pair[0].rings_out {
            let name = |b: &Block| b.id.clone().unwrap_or_else(|| b.kind.name().to_string());
            let (first, second) = (name(&pair[0]), name(&pair[1]));
            findings.push(
                Finding::error(
                    "bells::overlap",
                    format!(
                        "`{second}` rings in at {}, before `{first}` rings out at {}",
                        pair[1].rings_in, pair[0].rings_out
                    ),
                )
                .at(&place_of(n + 1), "this block begins too early")
                .at(&place_of(n), "while this one still runs")
                .help("blocks stand in order of time and do not overlap; move one of the two bells"),
            );
        }
    }
    findings
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn block(kind: Kind, from: &str, to: &str) -> Block {
        Block::new(None, kind, ClockTime::from_text(from).unwrap(), ClockTime::from_text(to).unwrap()).unwrap()
    }

    #[test]
    fn lunch_and_recess_do_not_count_as_instruction() {
        let day = [
            block(Kind::Instruction, "8:45", "11:40"),
            block(Kind::Lunch, "11:40", "12:10"),
            block(Kind::Recess, "12:10", "12:25"),
            block(Kind::Instruction, "12:25", "14:15"),
        ];
        let minutes = minutes_by_kind(&day);
        assert_eq!(minutes.of(Kind::Instruction), Minutes(285)); // by hand: 175 + 110
        assert_eq!(minutes.total(), Minutes(330)); // by hand: 8:45 to 14:15
        assert_eq!(elapsed(&day), Minutes(330));
    }

    #[test]
    fn a_block_that_rings_out_before_it_rings_in_is_refused() {
        let time = |t| ClockTime::from_text(t).unwrap();
        let finding = Block::new(None, Kind::Lunch, time("13:00"), time("1:00")).unwrap_err();
        assert_eq!(finding.message, "`lunch` rings out at 1:00, before it rings in (13:00)");
    }

    #[test]
    fn overlapping_blocks_are_found_and_touching_ones_are_not() {
        let touching = [block(Kind::Lunch, "11:40", "12:10"), block(Kind::Recess, "12:10", "12:25")];
        assert!(check_order(&touching, |_| Place::nowhere()).is_empty());
        let overlapping = [block(Kind::Lunch, "11:40", "12:10"), block(Kind::Recess, "12:05", "12:25")];
        assert_eq!(check_order(&overlapping, |n| Place::nowhere().item(n)).len(), 1);
    }

    proptest! {
        #[test]
        fn cutting_a_class_in_two_keeps_the_minutes(start in 0u16..1200, first in 1u16..100, second in 1u16..100) {
            let at = |m: u16| ClockTime::from_text(&format!("{}:{:02}", m / 60, m % 60)).unwrap();
            let whole = Block::new(None, Kind::Instruction, at(start), at(start + first + second)).unwrap();
            let parts = [
                Block::new(None, Kind::Instruction, at(start), at(start + first)).unwrap(),
                Block::new(None, Kind::Instruction, at(start + first), at(start + first + second)).unwrap(),
            ];
            prop_assert_eq!(minutes_by_kind(&[whole]), minutes_by_kind(&parts));
        }
    }
}
