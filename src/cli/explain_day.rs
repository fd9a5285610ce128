//! `earlybell explain date` and `earlybell explain school`: what rings, and the minutes it makes.

use crate::bells::Kind;
use crate::bells::MinutesByKind;
use crate::bells::elapsed;
use crate::calendar::DayKind;
use crate::clauses::Verdict;
use crate::clauses::Verdicts;
use crate::cli::check::place_of;
use crate::cli::check::verdict_json;
use crate::cli::common::Ended;
use crate::cli::common::Failure;
use crate::cli::common::print;
use crate::cli::common::print_json;
use crate::cli::common::schools_asked;
use crate::pipeline::Checked;
use crate::scenario::Scenario;
use crate::timetable::Day;
use crate::timetable::Whose;
use crate::timetable::Year;
use crate::units::Date;
use serde_json::Value;
use serde_json::json;

/// Everybody who has a day of their own in a school: its grades, then its roles.
fn everybody(scenario: &Scenario, school: usize) -> Vec<Whose> {
    let spec = &scenario.district.schools[school];
    let grades = spec.pupils.iter().map(|(grade, _)| Whose::Pupils(*grade));
    let roles = scenario.district.roles.iter().map(|r| Whose::Staff(r.id.clone()));
    grades.chain(roles).collect()
}

fn minutes_json(minutes: &MinutesByKind) -> Value {
    let of_kind = |kind: &Kind| (kind.name().to_string(), json!(minutes.of(*kind).0));
    Value::Object(Kind::ALL.iter().filter(|k| minutes.of(**k).0 > 0).map(of_kind).collect())
}

fn minutes_text(minutes: &MinutesByKind) -> String {
    let parts =
        Kind::ALL.iter().filter(|k| minutes.of(**k).0 > 0).map(|k| format!("{} {}", k.name(), minutes.of(*k).0));
    parts.collect::<Vec<_>>().join(", ")
}

/// Explains a date: in each school the kind of day, the bells, and everybody's minutes.
pub fn explain_date(
    scenario: &Scenario,
    checked: &Checked,
    date: Date,
    school: Option<&str>,
    json: bool,
) -> Result<Ended, Failure> {
    let schools = schools_asked(scenario, school)?;
    let mut text = format!("{date}, a {:?}\n", date.weekday());
    let mut values = Vec::new();
    for school in schools {
        let name = &scenario.district.schools[school].name;
        let Some((year, day)) = checked.timetable.day(school, date) else {
            text.push_str(&format!("\n{name}: outside every school year of its calendar.\n"));
            values.push(json!({ "school": scenario.district.schools[school].id, "day": null }));
            continue;
        };
        let (lines, value) = one_day(scenario, checked, school, year, day);
        text.push_str(&format!("\n{name}: {lines}"));
        values.push(value);
    }
    if json {
        print_json(&json!({ "date": date, "schools": values }))?
    } else {
        print(&text)?
    }
    Ok(Ended::Well)
}

fn one_day(scenario: &Scenario, checked: &Checked, school: usize, year: &Year, day: &Day) -> (String, Value) {
    let schedule = day.schedule.map(|s| &checked.timetable.schedules[s]);
    let bells = schedule.map(|s| format!(", {}", s.title)).unwrap_or_default();
    let mut lines = format!("{} day of {}{bells}\n", day.kind.name(), year.id);
    let mut people = Vec::new();
    let mut grouped: Vec<(String, MinutesByKind, MinutesByKind, String)> = Vec::new();
    for whose in everybody(scenario, school) {
        let blocks = checked.timetable.blocks(day, &whose);
        let (Some(first), Some(last)) = (blocks.first(), blocks.last()) else { continue };
        let minutes = checked.timetable.minutes(day, &whose);
        let week = checked.timetable.week_total(year, &whose, day.date);
        let from_to = format!("{} to {}, {}", first.rings_in(), last.rings_out(), elapsed(blocks));
        people.push(json!({ "whose": whose.to_string(), "rings_in": first.rings_in().to_string(), "rings_out": last.rings_out().to_string(),
            "elapsed_min": elapsed(blocks).0, "minutes": minutes_json(&minutes), "minutes_of_week": minutes_json(&week) }));
        match grouped.iter_mut().find(|(_, m, w, f)| *m == minutes && *w == week && *f == from_to) {
            Some((names, _, _, _)) => names.push_str(&format!(", {whose}")),
            None => grouped.push((whose.to_string(), minutes, week, from_to)),
        }
    }
    for (names, minutes, week, from_to) in grouped {
        let (day, week) = (minutes_text(&minutes), minutes_text(&week));
        lines.push_str(&format!("  {names}: {from_to}\n    {day}\n    in its week: {week}\n"));
    }
    let value = json!({ "school": scenario.district.schools[school].id, "school_year": year.id, "day": day.kind.name(),
        "bells": schedule.map(|s| s.id.clone()), "people": people });
    (lines, value)
}

/// Explains a school: days of each kind, minutes of a year, and its clauses.
pub fn explain_school(scenario: &Scenario, checked: &Checked, id: &str, json: bool) -> Result<Ended, Failure> {
    let school = schools_asked(scenario, Some(id))?[0];
    let spec = &scenario.district.schools[school];
    let mut text = format!(
        "{}: grades {}, {} pupils, {} staff of its own\n",
        spec.name,
        spec.grades,
        spec.n_pupils(),
        spec.n_staff()
    );
    let mut years = Vec::new();
    for year in &checked.timetable.schools[school].years {
        let (lines, value) = one_year(scenario, checked, school, year);
        text.push_str(&lines);
        years.push(value);
    }
    let mut clauses = Vec::new();
    text.push_str("\nClauses, where each is tightest here:\n");
    for (place, clause) in scenario.clauses.iter().enumerate() {
        let here = |v: &&Verdict| v.school == school;
        let Some(worst) = Verdicts::worst(checked.verdicts.of_clause(place).filter(here)) else { continue };
        let slack = worst.slack.map(|s| format!(", slack {s}")).unwrap_or_default();
        let line = format!("  {}: {}{slack}  {}", clause.title, worst.outcome.name(), place_of(scenario, worst));
        text.push_str(line.trim_end());
        text.push('\n');
        clauses.push(verdict_json(scenario, worst));
    }
    if json {
        print_json(
            &json!({ "school": spec.id, "name": spec.name, "pupils": spec.n_pupils(), "school_years": years, "clauses": clauses }),
        )?;
    } else {
        print(&text)?;
    }
    Ok(Ended::Well)
}

fn one_year(scenario: &Scenario, checked: &Checked, school: usize, year: &Year) -> (String, Value) {
    let count = |kind: DayKind| year.days.iter().filter(|d| d.kind == kind).count();
    let kinds = [
        DayKind::Attendance,
        DayKind::Institute,
        DayKind::Conference,
        DayKind::Emergency,
        DayKind::Holiday,
        DayKind::Break,
    ];
    let counted: Vec<(DayKind, usize)> = kinds.into_iter().map(|k| (k, count(k))).filter(|(_, n)| *n > 0).collect();
    let days = counted.iter().map(|(k, n)| format!("{n} {}", k.name())).collect::<Vec<_>>().join(", ");
    let mut lines = format!("\n{}: days: {days}\n", year.id);
    let mut people = Vec::new();
    for whose in everybody(scenario, school) {
        let total = checked.timetable.total(year, &whose, |_| true);
        if total.total().0 > 0 {
            lines.push_str(&format!("  {whose}, minutes of the year: {}\n", minutes_text(&total)));
            people.push(json!({ "whose": whose.to_string(), "minutes": minutes_json(&total) }));
        }
    }
    let days: serde_json::Map<String, Value> = counted.iter().map(|(k, n)| (k.name().to_string(), json!(n))).collect();
    (lines, json!({ "school_year": year.id, "days": days, "people": people }))
}
