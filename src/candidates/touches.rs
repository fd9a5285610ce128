//! Touches: which axes may change the answers of a clause.
//!
//! Has clauses and waivers, gives for each clause what it looks at. Looks at nothing itself.

use crate::clauses::Clause;
use crate::clauses::Lawbook;
use crate::clauses::Limit;
use crate::clauses::Measure;
use crate::clauses::Requirement;
use crate::clauses::Rule;
use crate::clauses::Waiver;
use crate::clauses::When;
use crate::clauses::why_not;

/// What a clause looks at.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Touches {
    /// Bells and days of a school.
    pub days: bool,
    /// Times of day: it may answer otherwise when all bells ring later.
    pub clock: bool,
    /// People counted against one another.
    pub heads: bool,
    /// The schools of the district together.
    pub district: bool,
}

/// Where a clause is judged.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Judged {
    /// Nowhere: it cannot fail.
    Never,
    /// Once for each combination of the axes of roles.
    ByHeads,
    /// Once for each class of schools and choice of days.
    ByDays,
    /// Once for each class, choice of days and start time.
    ByStarts,
    /// For the whole district at once.
    Together,
}

impl Touches {
    /// Everything that a clause and its waivers look at.
    pub fn of(book: &Lawbook, place: usize) -> Touches {
        let mut touches = Touches::default();
        let Rule::Computable { requires, unless } = &book.clauses[place].rule else { return touches };
        touches.requirement(requires);
        for when in unless.iter().flat_map(|e| &e.when) {
            match when {
                When::Limit(limit) => touches.limit(limit),
                When::DayIs(_) | When::RemainderIs { .. } | When::Regular => touches.days = true,
            }
        }
        for waiver in book.waivers.iter().filter(|w| w.clause == place) {
            if let Some(only_if) = &waiver.only_if {
                touches.requirement(only_if);
            }
        }
        touches
    }

    fn requirement(&mut self, requirement: &Requirement) {
        match requirement {
            Requirement::Limit(limit) => self.limit(limit),
            Requirement::All(parts) | Requirement::Any(parts) => parts.iter().for_each(|p| self.requirement(p)),
        }
    }

    fn limit(&mut self, limit: &Limit) {
        self.district |= limit.averaged.is_some();
        match &limit.measure {
            Measure::PupilMinutes { between, .. } | Measure::StaffMinutes { between, .. } => {
                self.days = true;
                self.clock |= between.is_some();
            }
            Measure::PupilsArrive | Measure::PupilsLeave | Measure::StaffArrive | Measure::StaffLeave => {
                self.days = true;
                self.clock = true;
            }
            Measure::PupilBlocks { .. }
            | Measure::StaffBlocks { .. }
            | Measure::PupilRun { .. }
            | Measure::StaffRun { .. }
            | Measure::CommonMinutes { .. }
            | Measure::Workday
            | Measure::PupilDays
            | Measure::StaffDays => self.days = true,
            Measure::Ratio { .. } => self.heads = true,
            // Stated facts and notices are the same in every candidate: no axis moves a date of the calendar.
            Measure::Stated(_) | Measure::Notice { .. } => {}
        }
    }

    /// Where a clause that touches these is judged.
    pub fn judged(self) -> Judged {
        match self {
            Touches { district: true, .. } | Touches { days: true, heads: true, .. } => Judged::Together,
            Touches { days: true, clock: true, .. } => Judged::ByStarts,
            Touches { days: true, .. } => Judged::ByDays,
            Touches { days: false, .. } => Judged::ByHeads,
        }
    }
}

/// Some clauses of a lawbook with their waivers, and the places they have in it.
#[derive(Debug, Clone, Default)]
pub struct Part {
    /// The clauses.
    pub clauses: Vec<Clause>,
    /// Their waivers.
    pub waivers: Vec<Waiver>,
    /// The place of each in the whole book.
    pub places: Vec<usize>,
}

impl Part {
    /// The clauses at some places.
    pub fn new(book: &Lawbook, places: Vec<usize>) -> Part {
        let clauses = places.iter().map(|p| book.clauses[*p].clone()).collect();
        let of_these = |w: &&Waiver| places.contains(&w.clause);
        let moved = |w: &Waiver| {
            let clause = places.iter().position(|p| *p == w.clause).expect("a waiver of one of these");
            Waiver { clause, ..w.clone() }
        };
        Part { clauses, waivers: book.waivers.iter().filter(of_these).map(moved).collect(), places }
    }

    /// The clauses of a book that are judged somewhere.
    pub fn judged(book: &Lawbook, judged: Judged) -> Part {
        let is_there = |place: &usize| {
            let clause = &book.clauses[*place];
            let never = why_not(clause).is_some() || matches!(clause.rule, Rule::NotComputable(_));
            let where_judged = if never { Judged::Never } else { Touches::of(book, *place).judged() };
            where_judged == judged
        };
        Part::new(book, (0..book.clauses.len()).filter(is_there).collect())
    }

    /// As a lawbook, with the facts of the whole.
    pub fn book<'a>(&'a self, whole: &Lawbook<'a>) -> Lawbook<'a> {
        Lawbook { clauses: &self.clauses, waivers: &self.waivers, facts: whole.facts }
    }
}
