//! The scene of a judgement: everything that is looked at, and who is judged.
//!
//! Has clauses, waivers and facts with the district and its timetable. Decides nothing.

use crate::clauses::Applies;
use crate::clauses::Clause;
use crate::clauses::Fact;
use crate::clauses::Waiver;
use crate::clauses::subject::Counted;
use crate::clauses::subject::Subject;
use crate::district::District;
use crate::timetable::Timetable;
use crate::timetable::Whose;
use crate::timetable::Year;
use crate::units::Date;

/// What is judged by: clauses, what waives them, and what a scenario states for them.
#[derive(Debug, Clone, Copy)]
pub struct Lawbook<'a> {
    /// The clauses.
    pub clauses: &'a [Clause],
    /// Waivers of them.
    pub waivers: &'a [Waiver],
    /// Stated facts.
    pub facts: &'a [Fact],
}

impl<'a> Lawbook<'a> {
    /// Clauses that nothing waives and that ask for no facts.
    pub fn of_clauses(clauses: &'a [Clause]) -> Lawbook<'a> {
        Lawbook { clauses, waivers: &[], facts: &[] }
    }
}

/// Whether an answer is told in words as well.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tell {
    /// Outcome, both sides, failures and reasons.
    Reasons,
    /// Outcome and both sides only: for nations, whose reasons nobody could read.
    Outcomes,
}

/// One clause, one school, one school year.
#[derive(Debug, Clone, Copy)]
pub struct Scene<'a> {
    /// Clauses, waivers and facts.
    pub book: Lawbook<'a>,
    /// The clause, by place.
    pub clause: usize,
    /// The district.
    pub district: &'a District,
    /// What everybody gets on each date.
    pub timetable: &'a Timetable,
    /// The school, by place.
    pub school: usize,
    /// The school year, by place among the school's.
    pub year: usize,
    /// Whether words are wanted.
    pub tell: Tell,
    /// Only windows that have a day in common with this time are judged; all of them when there is none.
    pub within: Option<(Date, Date)>,
}

impl<'a> Scene<'a> {
    /// What the clause speaks of.
    pub fn applies(&self) -> &'a Applies {
        &self.book.clauses[self.clause].applies
    }

    /// The school year.
    pub fn this_year(&self) -> &'a Year {
        &self.timetable.schools[self.school].years[self.year]
    }

    /// The school's id.
    pub fn school_id(&self) -> &'a str {
        &self.district.schools[self.school].id
    }
}

/// Who is judged.
#[derive(Debug, Clone, Copy)]
pub enum About<'a> {
    /// A grade or a role, with its counted days.
    Somebody(&'a Subject<'a>),
    /// The school as a whole.
    School,
    /// The whole district.
    District,
}

impl About<'_> {
    /// Whom it counts.
    pub fn counted(&self) -> Counted {
        match self {
            About::Somebody(subject) => match &subject.whose {
                Whose::Pupils(_) => Counted::Pupils,
                Whose::Staff(_) => Counted::Staff,
            },
            About::School => Counted::School,
            About::District => Counted::District,
        }
    }
}
