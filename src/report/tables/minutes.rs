//! Tables of minutes: by day, week and school year, for every grade and role of every school.

use crate::bells::Kind;
use crate::bells::MinutesByKind;
use crate::bells::minutes_by_kind;
use crate::calendar::monday_of;
use crate::pipeline::Outcome;
use crate::report::OutputFile;
use crate::report::tables::Table;
use crate::report::tables::number;
use crate::report::tables::school_id;
use crate::scenario::Scenario;
use crate::timetable::Whose;
use crate::units::Date;
use std::collections::BTreeMap;

/// Everybody whose minutes a table lists: the school's grades, then roles with a day of their own.
fn everybody(scenario: &Scenario, school: usize) -> Vec<Whose> {
    let Some(found) = scenario.district.schools.get(school) else { return Vec::new() };
    let pupils = found.grades.iter().map(Whose::Pupils);
    let staff = found.positions.iter().filter_map(|(role, n)| {
        let role = scenario.district.roles.get(*role)?;
        (*n > 0).then(|| Whose::Staff(role.id.clone()))
    });
    pupils.chain(staff).collect()
}

/// Minutes of each kind in one day of each bell schedule.
pub fn by_day(scenario: &Scenario, outcome: &Outcome) -> OutputFile {
    let mut table = Table::new("minutes_by_day_kind", &["school_id", "whose", "schedule", "kind", "minutes_min"]);
    for (place, school) in scenario.district.schools.iter().enumerate() {
        let mut schedules: Vec<usize> = school.bells.values().copied().collect();
        schedules.sort_unstable();
        schedules.dedup();
        for whose in everybody(scenario, place) {
            for schedule in schedules.iter().filter_map(|s| outcome.timetable.schedules.get(*s)) {
                let blocks = match &whose {
                    Whose::Pupils(grade) => schedule.pupil_blocks(*grade),
                    Whose::Staff(role) => schedule.staff_blocks(role),
                };
                let minutes = minutes_by_kind(blocks);
                for kind in Kind::ALL.into_iter().filter(|k| minutes.of(*k).0 > 0) {
                    let words = [school.id.clone(), whose.to_string(), schedule.id.clone(), kind.name().to_string()];
                    table.row(words.into_iter().chain([minutes.of(kind).0.to_string()]).collect());
                }
            }
        }
    }
    table.file()
}

/// Minutes of each kind in each week.
pub fn by_week(scenario: &Scenario, outcome: &Outcome) -> OutputFile {
    let mut table = Table::new("minutes_by_week_kind", &["week_start", "school_id", "whose", "kind", "minutes_min"]);
    for (place, school) in outcome.timetable.schools.iter().enumerate() {
        let id = school_id(scenario, place);
        for whose in everybody(scenario, place) {
            for year in &school.years {
                let mut weeks: BTreeMap<Date, MinutesByKind> = Default::default();
                for day in &year.days {
                    let minutes = outcome.timetable.minutes(day, &whose);
                    weeks.entry(monday_of(day.date)).or_default().add(&minutes);
                }
                for (monday, minutes) in weeks {
                    for kind in Kind::ALL.into_iter().filter(|k| minutes.of(*k).0 > 0) {
                        let words = [monday.to_string(), id.clone(), whose.to_string(), kind.name().to_string()];
                        table.row(words.into_iter().chain([minutes.of(kind).0.to_string()]).collect());
                    }
                }
            }
        }
    }
    table.file()
}

/// Minutes of each kind in each school year.
pub fn by_year(scenario: &Scenario, outcome: &Outcome) -> OutputFile {
    let mut table = Table::new("minutes_by_year_kind", &["school_year", "school_id", "whose", "kind", "minutes_min"]);
    for (place, school) in outcome.timetable.schools.iter().enumerate() {
        for whose in everybody(scenario, place) {
            for year in &school.years {
                let before = [year.id.clone(), school_id(scenario, place), whose.to_string()];
                kinds(&mut table, &before, &outcome.timetable.total(year, &whose, |_| true));
            }
        }
    }
    table.file()
}

/// Minutes of each kind in each term; only the heading where no calendar has terms.
pub fn by_term(scenario: &Scenario, outcome: &Outcome) -> OutputFile {
    let headings = ["school_year", "term", "school_id", "whose", "kind", "minutes_min"];
    let mut table = Table::new("minutes_by_term_kind", &headings);
    for (place, school) in outcome.timetable.schools.iter().enumerate() {
        for whose in everybody(scenario, place) {
            for year in &school.years {
                for (term, (id, _, _)) in year.terms.iter().enumerate() {
                    let before = [year.id.clone(), id.clone(), school_id(scenario, place), whose.to_string()];
                    kinds(&mut table, &before, &outcome.timetable.term_total(year, &whose, term));
                }
            }
        }
    }
    table.file()
}

/// A row for each kind of minutes there are any of.
fn kinds(table: &mut Table, before: &[String], minutes: &MinutesByKind) {
    for kind in Kind::ALL.into_iter().filter(|k| minutes.of(*k).0 > 0) {
        let last = [kind.name().to_string(), minutes.of(kind).0.to_string()];
        table.row(before.iter().cloned().chain(last).collect());
    }
}

/// Hours of each kind in a school year for one person of a role.
pub fn staff_hours(scenario: &Scenario, outcome: &Outcome) -> OutputFile {
    let mut table =
        Table::new("staff_hours", &["school_id", "role", "school_year", "days_at_work_days", "kind", "hours_h"]);
    for row in &outcome.ledger.staff {
        for (kind, hours) in Kind::ALL.iter().zip(&row.hours_by_kind).filter(|(_, h)| **h > 0.0) {
            table.row(vec![
                school_id(scenario, row.school),
                row.role.clone(),
                row.year.clone(),
                row.days.to_string(),
                kind.name().into(),
                number(*hours),
            ]);
        }
    }
    table.file()
}
