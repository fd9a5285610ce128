//! Subjects: whom a clause speaks of in a school, and on which days of a school year it counts them.
//!
//! Has a clause, a school and its timetable, gives grades or roles with their counted days. Knows no amounts.

use crate::calendar::DayKind;
use crate::clauses::Applies;
use crate::clauses::Limit;
use crate::clauses::Measure;
use crate::clauses::Requirement;
use crate::clauses::measure::blocks_of;
use crate::district::District;
use crate::district::School;
use crate::timetable::Timetable;
use crate::timetable::Whose;
use crate::timetable::Year;
use crate::units::Date;

/// Whom a measure counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Counted {
    /// Pupils, by grade.
    Pupils,
    /// Staff, by role.
    Staff,
    /// A school as a whole.
    School,
    /// The whole district.
    District,
}

/// A day that a clause counts for somebody.
#[derive(Debug, Clone, PartialEq)]
pub struct CountedDay {
    /// The date.
    pub date: Date,
    /// Place of what rings in [`Subject::schedules`].
    pub ring: usize,
}

/// Somebody a clause speaks of, with the days of one school year on which it counts them.
///
/// What a day gives depends on its bell schedule only, so it is measured once for each of `schedules`
/// rather than once a day.
#[derive(Debug)]
pub struct Subject<'a> {
    /// The grade or role.
    pub whose: Whose,
    /// The school year.
    pub year: &'a Year,
    /// Places of the bell schedules that ring on counted days, each once.
    pub schedules: Vec<usize>,
    /// The counted days, in order.
    pub days: Vec<CountedDay>,
    /// How many counted days each of `schedules` has.
    pub n_by_ring: Vec<i64>,
}

/// Whom a measure counts.
pub fn counted_by(measure: &Measure) -> Counted {
    match measure {
        Measure::PupilMinutes { .. }
        | Measure::PupilBlocks { .. }
        | Measure::PupilRun { .. }
        | Measure::PupilsArrive
        | Measure::PupilsLeave
        | Measure::PupilDays => Counted::Pupils,
        Measure::StaffMinutes { .. }
        | Measure::StaffBlocks { .. }
        | Measure::StaffRun { .. }
        | Measure::CommonMinutes { .. }
        | Measure::Workday
        | Measure::StaffArrive
        | Measure::StaffLeave
        | Measure::StaffDays => Counted::Staff,
        Measure::Ratio { .. } | Measure::Stated(_) | Measure::Notice { .. } => Counted::School,
    }
}

/// Whom a limit counts: the whole district where its grades are averaged.
pub fn counted_by_limit(limit: &Limit) -> Counted {
    if limit.averaged.is_some() { Counted::District } else { counted_by(&limit.measure) }
}

/// Whether a requirement has a limit that counts these.
pub fn speaks_of(requirement: &Requirement, counted: Counted) -> bool {
    match requirement {
        Requirement::Limit(limit) => counted_by_limit(limit) == counted,
        Requirement::All(parts) | Requirement::Any(parts) => parts.iter().any(|p| speaks_of(p, counted)),
    }
}

/// Why a clause does not speak of a school at all; nothing when it does.
pub fn why_not_this_school(applies: &Applies, school: &School) -> Option<String> {
    if !applies.states.is_empty() && !applies.states.contains(&school.state) {
        return Some(format!("It speaks of {}; {} is in {}.", applies.states.join(", "), school.name, school.state));
    }
    if !applies.schools.is_empty() && !applies.schools.contains(&school.id) {
        return Some(format!("It speaks of {} only.", applies.schools.join(", ")));
    }
    if !applies.grades.meets(&school.grades) {
        return Some(format!("It speaks of grades {}; {} has {}.", applies.grades, school.name, school.grades));
    }
    None
}

/// The grades and roles of a school that a requirement speaks of: grades from the lowest, then roles as written.
///
/// A role that nobody holds in the school and no bell schedule names is left out, unless the clause names it.
pub fn subjects(
    applies: &Applies,
    requires: &Requirement,
    district: &District,
    place: usize,
    timetable: &Timetable,
) -> Vec<Whose> {
    let school = &district.schools[place];
    let mut all = Vec::new();
    if speaks_of(requires, Counted::Pupils) {
        all.extend(school.grades.iter().filter(|g| applies.grades.contains(*g)).map(Whose::Pupils));
    }
    if speaks_of(requires, Counted::Staff) {
        let named = applies.roles.iter().enumerate().filter(|(n, r)| !applies.roles[..*n].contains(r));
        let present = |(n, _): &(usize, &String)| {
            let whose = Whose::Staff(district.roles[*n].id.clone());
            school.positions.iter().any(|(role, people)| role == n && *people > 0)
                || timetable.schools[place].years.iter().any(|year| comes(timetable, year, &whose))
        };
        let every = district.roles.iter().map(|r| &r.id).enumerate();
        match applies.roles.is_empty() {
            true => all.extend(every.filter(present).map(|(_, role)| Whose::Staff(role.clone()))),
            false => all.extend(named.map(|(_, role)| Whose::Staff(role.clone()))),
        }
    }
    all
}

/// Whether anything rings for somebody on any day of a year.
pub fn comes(timetable: &Timetable, year: &Year, whose: &Whose) -> bool {
    let mut seen: Vec<usize> = Vec::new();
    year.days.iter().filter_map(|d| d.schedule).any(|schedule| {
        let new = !seen.contains(&schedule);
        if new {
            seen.push(schedule);
        }
        new && !blocks_of(&timetable.schedules[schedule], whose).is_empty()
    })
}

/// Whether days can be counted for somebody: something rings for them, or there is no day of attendance at all.
pub fn must_come(timetable: &Timetable, year: &Year, whose: &Whose) -> bool {
    let no_school = || !year.days.iter().any(|d| d.kind == DayKind::Attendance);
    comes(timetable, year, whose) || (matches!(whose, Whose::Pupils(_)) && no_school())
}

/// The counted days of somebody in a year: those of the clause's kinds on which something rings for them.
///
/// Without kinds, pupils are counted on days of attendance and staff on every day that they are at work.
pub fn counted<'a>(applies: &Applies, timetable: &Timetable, year: &'a Year, whose: &Whose) -> Subject<'a> {
    let of_kind = |kind: DayKind| match (applies.days.is_empty(), whose) {
        (false, _) => applies.days.contains(&kind),
        (true, Whose::Pupils(_)) => kind == DayKind::Attendance,
        (true, Whose::Staff(_)) => true,
    };
    let mut schedules: Vec<usize> = Vec::new();
    let mut absent: Vec<usize> = Vec::new();
    let mut days = Vec::new();
    for day in year.days.iter().filter(|d| of_kind(d.kind)) {
        let Some(schedule) = day.schedule else { continue };
        if let Some(ring) = schedules.iter().position(|s| *s == schedule) {
            days.push(CountedDay { date: day.date, ring });
        } else if !absent.contains(&schedule) {
            if blocks_of(&timetable.schedules[schedule], whose).is_empty() {
                absent.push(schedule);
            } else {
                days.push(CountedDay { date: day.date, ring: schedules.len() });
                schedules.push(schedule);
            }
        }
    }
    let mut n_by_ring = vec![0; schedules.len()];
    days.iter().for_each(|d| n_by_ring[d.ring] += 1);
    Subject { whose: whose.clone(), year, schedules, days, n_by_ring }
}
