//! What is counted of somebody's time, and over which stretch.

use crate::bells::Block;
use crate::bells::Kind;
use crate::bells::elapsed;
use crate::bells::minutes_by_kind;
use crate::levers::WITH_PUPILS;
use crate::timetable::Whose;
use crate::units::Minutes;
use serde::Serialize;

/// Minutes that the ledger counts; the first two are the pupils', the others the staff's.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub enum Measure {
    /// Pupils' classes.
    Instruction,
    /// Pupils' day from the first bell in to the last bell out.
    SchoolDay,
    /// Staff with pupils: instruction, homeroom, passing and duty, as in [`WITH_PUPILS`].
    Contact,
    /// Preparation that the teacher directs.
    Preparation,
    /// Preparation or team time that the school directs.
    DirectedPreparation,
    /// The staff's lunch without duty.
    DutyFreeLunch,
    /// Professional development.
    ProfessionalDevelopment,
    /// Faculty, committee and other meetings.
    Meetings,
    /// Staff's day from the first bell in to the last bell out.
    Workday,
}

impl Measure {
    /// What is counted for pupils.
    pub const PUPILS: [Measure; 2] = [Measure::Instruction, Measure::SchoolDay];

    /// What is counted for staff.
    pub const STAFF: [Measure; 7] = [
        Measure::Contact,
        Measure::Preparation,
        Measure::DirectedPreparation,
        Measure::DutyFreeLunch,
        Measure::ProfessionalDevelopment,
        Measure::Meetings,
        Measure::Workday,
    ];

    /// All measures, the pupils' first.
    pub fn all() -> impl Iterator<Item = Measure> {
        Measure::PUPILS.into_iter().chain(Measure::STAFF)
    }

    /// What is counted for somebody.
    pub fn of(whose: &Whose) -> &'static [Measure] {
        match whose {
            Whose::Pupils(_) => &Measure::PUPILS,
            Whose::Staff(_) => &Measure::STAFF,
        }
    }

    /// The words for it on charts and in tables.
    pub fn name(self) -> &'static str {
        match self {
            Measure::Instruction => "instruction",
            Measure::SchoolDay => "day from first to last bell",
            Measure::Contact => "contact with pupils",
            Measure::Preparation => "preparation (self-directed)",
            Measure::DirectedPreparation => "preparation (directed)",
            Measure::DutyFreeLunch => "duty-free lunch",
            Measure::ProfessionalDevelopment => "professional development",
            Measure::Meetings => "meetings",
            Measure::Workday => "workday from first to last bell",
        }
    }

    /// Minutes of it in one day \[min\].
    pub fn minutes(self, blocks: &[Block]) -> Minutes {
        let of = |kind| minutes_by_kind(blocks).of(kind);
        match self {
            Measure::Instruction => of(Kind::Instruction),
            Measure::SchoolDay | Measure::Workday => elapsed(blocks),
            Measure::Contact => WITH_PUPILS.into_iter().map(of).sum(),
            Measure::Preparation => of(Kind::Preparation),
            Measure::DirectedPreparation => of(Kind::DirectedPreparation),
            Measure::DutyFreeLunch => of(Kind::DutyFreeLunch),
            Measure::ProfessionalDevelopment => of(Kind::ProfessionalDevelopment),
            Measure::Meetings => of(Kind::Meeting),
        }
    }
}

/// The stretch of time over which minutes are told.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub enum Per {
    /// A day on which they come, on average.
    Day,
    /// A full week, on average.
    Week,
    /// A cycle of school days: the average day so many times.
    Cycle,
    /// A school year.
    Year,
}

impl Per {
    /// All stretches, the shortest first.
    pub const ALL: [Per; 4] = [Per::Day, Per::Week, Per::Cycle, Per::Year];

    /// The word for it in tables.
    pub fn name(self) -> &'static str {
        match self {
            Per::Day => "day",
            Per::Week => "full week",
            Per::Cycle => "cycle",
            Per::Year => "school year",
        }
    }
}
