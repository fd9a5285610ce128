//! Words of the domain as files write them: one enum for each list of words, and how it becomes the domain's own.

use serde::Deserialize;

macro_rules! words {
    ($($name:ident for $real:ty { $($word:ident)* })*) => { $(
        #[doc = concat!("The words for `", stringify!($real), "`.")]
        #[derive(Debug, Clone, Copy, PartialEq, Deserialize)]
        pub enum $name { $($word,)* }

        impl From<$name> for $real {
            fn from(word: $name) -> $real {
                match word { $($name::$word => <$real>::$word,)* }
            }
        }
    )* };
}

words! {
    Kind for crate::bells::Kind {
        Instruction Homeroom Passing Lunch Recess Preparation DirectedPreparation DutyFreeLunch Duty
        ProfessionalDevelopment Meeting
    }
    DayKind for crate::calendar::DayKind { Attendance Institute Conference Emergency Holiday Break }
    Level for crate::district::Level { EarlyChildhood Elementary Middle High Other }
    Backfill for crate::district::Backfill { NewHire FromTeachers Nobody }
    Voice for crate::plan::Voice { TeacherLed Consulted Shared StudentLed }
    LearningKind for crate::plan::LearningKind {
        CommunityOfPractice InstituteDay SummerAcademy IndependentStudy TeamTime
    }
    Order for crate::clauses::Order { Statute Regulation Contract Memorandum Policy }
    Government for crate::clauses::Government { Federal State Region District Bargaining School }
    MakeUpDays for crate::clauses::MakeUpDays { UntilNext SincePrevious }
    CapPer for crate::clauses::CapPer { Block Day Window }
    CountedIn for crate::clauses::CountedIn { CalendarDays SchoolDays }
    Direction for crate::clauses::Direction { Down Up HalfUp HalfEven }
    Figure for crate::clauses::Figure { Total DailyMean WeeklyMean }
    RoundedFigure for crate::clauses::Rounded { EachDay Figure }
    Weight for crate::clauses::Weight { Pupils Grades }
    OnceFor for crate::clauses::OnceFor { Each School District }
    Outcome for crate::clauses::Outcome { Holds Fails Waived NotApplicable NotInForce NotComputable }
    Area for crate::readiness::Area { LearningAndTeaching RelationshipsAndRoles StructureAndPolicy }
    Capacity for crate::adoption::Capacity { Will Authority Expertise Resources Team }
    Gate for crate::adoption::Gate { Min Product GeometricMean }
    Policy for crate::adoption::Policy { Even JustInTime EarlyAdoptersFirst StragglersFirst Crowd }
    Response for crate::adoption::Response { Linear Threshold }
    Chance for crate::adoption::Chance { Exponential Linear }
    Dispositions for crate::adoption::Dispositions { Normal Uniform }
    Dose for crate::adoption::Dose { Attended DrawnWeekly }
}

/// Days of the week, as calendars write them.
#[derive(Debug, Clone, Copy, PartialEq, Deserialize)]
pub enum Weekday {
    Mon,
    Tue,
    Wed,
    Thu,
    Fri,
    Sat,
    Sun,
}

impl From<Weekday> for crate::units::Weekday {
    fn from(word: Weekday) -> crate::units::Weekday {
        match word {
            Weekday::Mon => crate::units::Weekday::Monday,
            Weekday::Tue => crate::units::Weekday::Tuesday,
            Weekday::Wed => crate::units::Weekday::Wednesday,
            Weekday::Thu => crate::units::Weekday::Thursday,
            Weekday::Fri => crate::units::Weekday::Friday,
            Weekday::Sat => crate::units::Weekday::Saturday,
            Weekday::Sun => crate::units::Weekday::Sunday,
        }
    }
}
