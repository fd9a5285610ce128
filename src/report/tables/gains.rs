//! Tables of the ledger: gains between two sides, dollars, hours of care, and what a minute costs.
//!
//! `baseline` and `proposal` are the first and the second side. What stands on one side only has a row of its own in
//! `gains_one_sided`.

use crate::district::District;
use crate::ledger::CareRow;
use crate::ledger::Change;
use crate::ledger::Gains;
use crate::ledger::LineChange;
use crate::ledger::LineMoney;
use crate::ledger::MinuteCost;
use crate::ledger::Missing;
use crate::ledger::On;
use crate::ledger::Per;
use crate::ledger::care_of;
use crate::ledger::minute_costs;
use crate::ledger::spread;
use crate::pipeline::Outcome;
use crate::report::OutputFile;
use crate::report::side;
use crate::report::tables::Table;
use crate::report::tables::number;
use crate::scenario::Scenario;
use crate::units::Dollars;

/// What a minute costs and the hours of care of one scenario.
pub fn of_one(scenario: &Scenario, outcome: &Outcome) -> Vec<OutputFile> {
    let side = side(scenario, outcome);
    vec![one_care(side.district, &care_of(&side)), one_minute_costs(&minute_costs(&side))]
}

/// Every table of two sides; `district` is the baseline's.
pub fn all(gains: &Gains, district: &District) -> Vec<OutputFile> {
    vec![
        minutes(gains, district),
        people(gains),
        one_sided(gains, district),
        dollars(gains),
        roles(gains),
        care(gains, district),
        both_minute_costs(gains),
    ]
}

fn school(district: &District, place: usize) -> String {
    district.schools.get(place).map(|s| s.id.clone()).unwrap_or_default()
}

fn cents(dollars: Option<Dollars>) -> String {
    dollars.map(|d| format!("{:.2}", d.as_f64())).unwrap_or_default()
}

/// Minutes of one person, by school, grade or role, measure and stretch; people of shared roles are full-time equivalents.
fn minutes(gains: &Gains, district: &District) -> OutputFile {
    let columns = [
        "school_year",
        "school_id",
        "whose",
        "baseline_people_fte",
        "proposal_people_fte",
        "measure",
        "per",
        "baseline_min",
        "proposal_min",
        "change_min",
    ];
    let mut table = Table::new("gains", &columns);
    let mut rows = |head: [String; 3], people: [f64; 2], changes: &[Change]| {
        for change in changes {
            for per in Per::ALL {
                let per_words = if per == Per::Cycle { cycle(gains.cycle_days) } else { per.name().to_string() };
                let mut row: Vec<String> = head.to_vec();
                row.extend(people.map(number));
                row.extend([change.measure.name().to_string(), per_words]);
                row.extend([change.before.per(per), change.after.per(per), change.by(per)].map(number));
                table.row(row);
            }
        }
    };
    for all in &gains.district {
        rows([all.year.clone(), "district".into(), all.whose.to_string()], all.people, &all.changes);
    }
    for group in &gains.groups {
        let head = [group.year.clone(), school(district, group.school), group.whose.to_string()];
        rows(head, group.people, &group.changes);
    }
    table.file()
}

fn cycle(days: u32) -> String {
    format!("cycle of {days} days")
}

/// How the changes of a full week and of a year fall on people.
fn people(gains: &Gains) -> OutputFile {
    let mut table = Table::new("gains_people", &["school_year", "measure", "per", "change_min", "people_fte"]);
    for year in &gains.years {
        for per in [Per::Week, Per::Year] {
            for spread in spread(gains, year, per) {
                for (change, people) in &spread.steps {
                    let head = [year.clone(), spread.measure.name().into(), per.name().into()];
                    table.row(head.into_iter().chain([*change, *people].map(number)).collect());
                }
            }
        }
    }
    table.file()
}

fn one_sided(gains: &Gains, district: &District) -> OutputFile {
    let mut table = Table::new("gains_one_sided", &["only_on", "what", "school_id", "whose", "school_year"]);
    for one in &gains.one_sided {
        let on = match one.only_on {
            On::Before => "baseline",
            On::After => "proposal",
        };
        let [what, school, whose, year] = match &one.what {
            Missing::School(school) => ["school", school, "", ""].map(String::from),
            Missing::Year { school, year } => ["school year", school, "", year].map(String::from),
            Missing::Group { school, whose, year } => ["group", school, &whose.to_string(), year].map(String::from),
        };
        table.row(vec![on.into(), what, school, whose, year]);
    }
    for role in &gains.without_bells {
        let id = district.role(role).map_or(role, |place| &district.roles[place].id);
        table.row(["neither", "role without bells", "", id, ""].map(String::from).into());
    }
    table.file()
}

fn dollars(gains: &Gains) -> OutputFile {
    let columns = [
        "line",
        "year_of_scenario",
        "baseline_available_usd",
        "proposal_available_usd",
        "change_available_usd",
        "baseline_asked_usd",
        "proposal_asked_usd",
        "change_asked_usd",
    ];
    let mut table = Table::new("gains_dollars", &columns);
    for change in &gains.lines {
        let LineChange { line, year, before, after, .. } = change;
        let of = |money: &Option<LineMoney>, of: fn(&LineMoney) -> Dollars| cents(money.as_ref().map(of));
        table.row(vec![
            line.clone(),
            (year + 1).to_string(),
            of(before, |m| m.available),
            of(after, |m| m.available),
            cents(Some(change.available())),
            of(before, |m| m.asked),
            of(after, |m| m.asked),
            cents(Some(change.asked())),
        ]);
    }
    table.file()
}

fn roles(gains: &Gains) -> OutputFile {
    let columns = [
        "role",
        "baseline_people_fte",
        "proposal_people_fte",
        "baseline_usd_a_year",
        "proposal_usd_a_year",
        "change_usd_a_year",
    ];
    let mut table = Table::new("gains_roles", &columns);
    for role in &gains.roles {
        let mut row = vec![role.role.clone()];
        row.extend(role.people.map(|people| people.map(number).unwrap_or_default()));
        row.extend(role.dollars.map(cents));
        row.push(cents(Some(role.change())));
        table.row(row);
    }
    table.file()
}

const CARE_HEAD: [&str; 4] = ["school_year", "school_id", "grade", "usual_day_min"];
/// What a side's columns of care are called after `baseline_` or `proposal_`.
const CARE: [&str; 8] = [
    "pupils",
    "shorter_days",
    "shorter_min",
    "missing_days",
    "missing_min",
    "per_pupil_a_year_h",
    "per_pupil_a_week_h",
    "all_a_year_h",
];

fn care_head(district: &District, row: &CareRow) -> Vec<String> {
    vec![row.year.clone(), school(district, row.school), row.grade.to_string(), row.usual.0.to_string()]
}

fn care_cells(row: &CareRow, on: On) -> Vec<String> {
    let side = on as usize;
    vec![
        row.pupils[side].to_string(),
        row.shorter_days[side].to_string(),
        row.shorter[side].0.to_string(),
        row.missing_days[side].to_string(),
        row.missing[side].0.to_string(),
        number(row.hours_each(on)),
        number(row.hours_each_week(on)),
        number(row.hours(on)),
    ]
}

/// Hours of care of both sides, one row a school, grade and year.
fn care(gains: &Gains, district: &District) -> OutputFile {
    let side = |side: &'static str| CARE.map(move |column| format!("{side}_{column}"));
    let mut columns: Vec<String> = CARE_HEAD.map(String::from).into();
    columns.extend(side("baseline").into_iter().chain(side("proposal")));
    columns.extend(["change_per_pupil_a_year_h", "change_all_a_year_h"].map(String::from));
    let mut table = Table::new("gains_care_hours", &columns.iter().map(String::as_str).collect::<Vec<_>>());
    for row in &gains.care {
        let mut cells = care_head(district, row);
        cells.extend([On::Before, On::After].into_iter().flat_map(|on| care_cells(row, on)));
        cells.push(number(row.hours_each(On::After) - row.hours_each(On::Before)));
        cells.push(number(row.hours(On::After) - row.hours(On::Before)));
        table.row(cells);
    }
    table.file()
}

/// Hours of care of one scenario against its own usual day.
fn one_care(district: &District, rows: &[CareRow]) -> OutputFile {
    let is_missing = |column: &str| column.starts_with("missing");
    let columns: Vec<&str> = CARE_HEAD.into_iter().chain(CARE.into_iter().filter(|c| !is_missing(c))).collect();
    let mut table = Table::new("care_hours", &columns);
    for row in rows {
        let cells = CARE.into_iter().zip(care_cells(row, On::Before)).filter(|(column, _)| !is_missing(column));
        table.row(care_head(district, row).into_iter().chain(cells.map(|(_, cell)| cell)).collect());
    }
    table.file()
}

const MINUTE_COSTS: [&str; 8] = [
    "school_year",
    "school_id",
    "role",
    "people_fte",
    "days_at_work_days",
    "workdays_min",
    "one_minute_a_day_fte",
    "one_minute_a_day_usd_a_year",
];

fn minute_cost(cost: &MinuteCost) -> Vec<String> {
    vec![
        cost.year.clone(),
        cost.school.clone().unwrap_or_else(|| "district".into()),
        cost.role.clone(),
        number(cost.people),
        cost.days.map(|d| d.to_string()).unwrap_or_default(),
        cost.workdays.map(|m| m.0.to_string()).unwrap_or_default(),
        number(cost.fte),
        cents(cost.dollars),
    ]
}

fn one_minute_costs(costs: &[MinuteCost]) -> OutputFile {
    let mut table = Table::new("minute_costs", &MINUTE_COSTS);
    costs.iter().for_each(|cost| table.row(minute_cost(cost)));
    table.file()
}

fn both_minute_costs(gains: &Gains) -> OutputFile {
    let columns: Vec<&str> = std::iter::once("side").chain(MINUTE_COSTS).collect();
    let mut table = Table::new("gains_minute_costs", &columns);
    for (side, costs) in ["baseline", "proposal"].iter().zip(&gains.minute_costs) {
        for cost in costs {
            table.row(std::iter::once((*side).to_string()).chain(minute_cost(cost)).collect());
        }
    }
    table.file()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ledger::CYCLE_DAYS;
    use crate::ledger::Side;
    use crate::ledger::gains;
    use crate::report::sample::sample;
    use crate::timetable::build;

    fn text(files: &[OutputFile], name: &str) -> String {
        let file = files.iter().find(|f| f.name == format!("tables/{name}.csv")).unwrap();
        String::from_utf8(file.bytes.clone()).unwrap()
    }

    /// The sample against itself with Mondays that ring as every other day does.
    fn files() -> Vec<OutputFile> {
        let (scenario, outcome) = sample();
        let mut full = scenario.district.clone();
        for school in &mut full.schools {
            let rings = school.bells["full"];
            school.bells.insert("monday".into(), rings);
        }
        let rung = build(&scenario.calendars, &scenario.schedules, &full);
        let before = Side { district: &full, timetable: &rung, ..side(&scenario, &outcome) };
        all(&gains(&before, &side(&scenario, &outcome), CYCLE_DAYS), &full)
    }

    #[test]
    fn a_full_week_has_its_row_with_both_sides_and_the_change() {
        let text = text(&files(), "gains");
        let row = text
            .lines()
            .find(|l| l.starts_with("2026-27,oak,grade 3,") && l.contains("day from first to last bell,full week"));
        let row: Vec<&str> = row.unwrap().split(',').collect();
        let numbers: Vec<f64> = row[7..].iter().map(|n| n.parse().unwrap()).collect();
        assert_eq!(numbers[2], numbers[1] - numbers[0]);
        assert!(numbers[2] < 0.0, "Mondays end earlier: {row:?}");
        assert!(text.contains(",cycle of 10 days,"));
    }

    #[test]
    fn every_number_with_a_point_stands_in_a_column_with_its_unit() {
        let (scenario, outcome) = sample();
        for file in files().into_iter().chain(of_one(&scenario, &outcome)) {
            let mut reader = csv::Reader::from_reader(file.bytes.as_slice());
            let columns = reader.headers().unwrap().clone();
            for row in reader.records().map(|r| r.unwrap()) {
                for (column, cell) in columns.iter().zip(&row) {
                    let numeric = cell.contains('.') && cell.parse::<f64>().is_ok();
                    let has_unit = ["_usd", "_h", "_min", "_fte"].iter().any(|unit| column.contains(unit));
                    assert!(!numeric || has_unit, "{}: {column}", file.name);
                }
            }
        }
    }

    #[test]
    fn one_scenario_has_its_care_hours_and_minute_costs() {
        let (scenario, outcome) = sample();
        let files = of_one(&scenario, &outcome);
        assert!(text(&files, "care_hours").lines().count() > 9);
        assert!(text(&files, "minute_costs").contains("2026-27,district,teacher,270,"), "nine schools of 30");
    }
}
