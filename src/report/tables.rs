//! Tables: tidy CSV files, one fact a row, units in the names of columns.
//!
//! Has a scenario and its outcome, gives files. What is missing is an empty cell, never a zero.

pub mod gains;
mod law;
mod minutes;
mod snow;

use crate::clauses::Quantity;
use crate::ensemble::Band;
use crate::ensemble::GroupCurves;
use crate::pipeline::Outcome;
use crate::report::OutputFile;
use crate::report::answer::CAPACITIES;
use crate::scenario::Scenario;
use crate::units::Date;

/// A table that grows row by row.
pub struct Table {
    name: &'static str,
    writer: csv::Writer<Vec<u8>>,
}

impl Table {
    /// A table with its columns.
    pub fn new(name: &'static str, columns: &[&str]) -> Table {
        let mut table = Table { name, writer: csv::Writer::from_writer(Vec::new()) };
        table.row(columns.iter().map(ToString::to_string).collect());
        table
    }

    /// Adds a row with a cell for each column.
    pub fn row(&mut self, cells: Vec<String>) {
        self.writer.write_record(cells).expect("every row of a table has its columns, and memory takes them");
    }

    /// The table as a file of its own folder's root, where it does not stand among those of a run.
    pub fn beside(self) -> OutputFile {
        let file = self.file();
        OutputFile { name: file.name.trim_start_matches("tables/").to_string(), ..file }
    }

    /// The file.
    pub fn file(self) -> OutputFile {
        let bytes = self.writer.into_inner().expect("writing into memory does not fail");
        OutputFile { name: format!("tables/{}.csv", self.name), bytes }
    }
}

/// A number with six decimals at most, the same on every machine; empty when it is not a number.
pub fn number(x: f64) -> String {
    if !x.is_finite() {
        return String::new();
    }
    let text = format!("{x:.6}");
    let text = text.trim_end_matches('0').trim_end_matches('.');
    if text == "-0" { "0".into() } else { text.to_string() }
}

fn date(date: Option<Date>) -> String {
    date.map(|d| d.to_string()).unwrap_or_default()
}

fn amount(quantity: Option<Quantity>) -> String {
    quantity.map(|q| number(q.as_f64())).unwrap_or_default()
}

fn school_id(scenario: &Scenario, school: usize) -> String {
    scenario.district.schools.get(school).map(|s| s.id.clone()).unwrap_or_default()
}

/// Every table of a run.
pub fn all(scenario: &Scenario, outcome: &Outcome) -> Vec<OutputFile> {
    let mut files = vec![
        adoption_weekly(scenario, outcome),
        held_back_weekly(scenario, outcome),
        milestones(outcome),
        year_ends(outcome),
        models(scenario, outcome),
        students(scenario, outcome),
        law::verdicts(scenario, outcome),
        law::failures(scenario, outcome),
        law::at_risk(scenario, outcome),
        law::notes(scenario, outcome),
        readiness(scenario, outcome),
        minutes::by_day(scenario, outcome),
        minutes::by_week(scenario, outcome),
        minutes::by_year(scenario, outcome),
        minutes::by_term(scenario, outcome),
        minutes::staff_hours(scenario, outcome),
        budget(scenario, outcome),
        assumptions(scenario),
    ];
    files.extend(snow::all(scenario, outcome));
    files.extend(gains::of_one(scenario, outcome));
    files
}

/// Groups with the word that tables use for each: `district`, then the schools' ids.
fn groups<'a>(scenario: &Scenario, outcome: &'a Outcome) -> Vec<(String, &'a GroupCurves)> {
    let schools = outcome.results.schools.iter().enumerate().map(|(n, g)| (school_id(scenario, n), g));
    std::iter::once(("district".to_string(), &outcome.results.district)).chain(schools).collect()
}

fn adoption_weekly(scenario: &Scenario, outcome: &Outcome) -> OutputFile {
    let mut table = Table::new(
        "adoption_weekly",
        &["week_start", "group", "practice", "measure", "share_low", "share_median", "share_high"],
    );
    for (group, curves) in groups(scenario, outcome) {
        let mut rows = |practice: &str, measure: &str, band: &Band| {
            for (week, start) in outcome.results.weeks.iter().enumerate() {
                let at = |list: &[f64]| list.get(week).map_or_else(String::new, |x| number(*x));
                let numbers = [at(&band.low), at(&band.median), at(&band.high)];
                let head = [start.to_string(), group.clone(), practice.to_string(), measure.to_string()];
                table.row(head.into_iter().chain(numbers).collect());
            }
        };
        for (level, band) in curves.at_least.iter().enumerate() {
            rows("any", &format!("level_{}_or_higher", level + 1), band);
        }
        rows("any", "students_experience", &curves.students_experience);
        for practice in &curves.practices {
            let id = scenario.resources.practices.get(practice.practice).map_or("", |p| p.id.as_str());
            rows(id, "level_3_or_higher", &practice.using);
            rows(id, "level_4_or_higher", &practice.routine);
        }
    }
    table.file()
}

fn held_back_weekly(scenario: &Scenario, outcome: &Outcome) -> OutputFile {
    let mut table = Table::new("held_back_weekly", &["week_start", "group", "held_by", "share_mean"]);
    for (group, curves) in groups(scenario, outcome) {
        for (what, shares) in CAPACITIES.iter().chain(&["nothing"]).zip(&curves.held_by) {
            for (start, share) in outcome.results.weeks.iter().zip(shares) {
                table.row(vec![start.to_string(), group.clone(), (*what).to_string(), number(*share)]);
            }
        }
    }
    table.file()
}

fn milestones(outcome: &Outcome) -> OutputFile {
    let columns =
        ["level_at_least", "share", "week_start_low", "week_start_median", "week_start_high", "share_of_runs_reaching"];
    let mut table = Table::new("milestones", &columns);
    for milestone in &outcome.results.milestones {
        let at = |week: Option<usize>| date(week.and_then(|w| outcome.results.weeks.get(w).copied()));
        let reached = &milestone.reached;
        table.row(vec![
            milestone.level.to_string(),
            number(milestone.share),
            at(reached.low),
            at(reached.median),
            at(reached.high),
            number(reached.share_reaching),
        ]);
    }
    table.file()
}

fn year_ends(outcome: &Outcome) -> OutputFile {
    let mut table = Table::new(
        "year_ends",
        &[
            "school_year",
            "week_start",
            "using_share_low",
            "using_share_median",
            "using_share_high",
            "routine_share_low",
            "routine_share_median",
            "routine_share_high",
            "leavers_mean_educators",
            "movers_mean_educators",
            "stopped_using_mean_times",
        ],
    );
    for year in &outcome.results.year_ends {
        let mut row = vec![year.year.clone(), date(outcome.results.weeks.get(year.week).copied())];
        row.extend(year.using.iter().chain(&year.routine).map(|x| number(*x)));
        row.extend([year.leavers, year.movers, year.stopped_using].map(number));
        table.row(row);
    }
    table.file()
}

fn models(scenario: &Scenario, outcome: &Outcome) -> OutputFile {
    let columns =
        ["model", "school_id", "week_start_low", "week_start_median", "week_start_high", "share_of_runs_reaching"];
    let mut table = Table::new("models", &columns);
    for reach in &outcome.results.models {
        let model = scenario.resources.models.get(reach.model).map(|m| m.id.clone()).unwrap_or_default();
        for (school, reached) in reach.schools.iter().enumerate() {
            let at = |week: Option<usize>| date(week.and_then(|w| outcome.results.weeks.get(w).copied()));
            table.row(vec![
                model.clone(),
                school_id(scenario, school),
                at(reached.low),
                at(reached.median),
                at(reached.high),
                number(reached.share_reaching),
            ]);
        }
    }
    table.file()
}

fn students(scenario: &Scenario, outcome: &Outcome) -> OutputFile {
    let mut table = Table::new(
        "students",
        &[
            "school_id",
            "grade",
            "school_year",
            "n_pupils",
            "experience_share_low",
            "experience_share_median",
            "experience_share_high",
            "voice_0_to_1_low",
            "voice_0_to_1_median",
            "voice_0_to_1_high",
        ],
    );
    for s in &outcome.results.students {
        let mut row = vec![school_id(scenario, s.school), s.grade.to_string(), s.year.clone(), s.n_pupils.to_string()];
        row.extend(s.experience.iter().chain(&s.voice).map(|x| number(*x)));
        table.row(row);
    }
    table.file()
}

fn readiness(scenario: &Scenario, outcome: &Outcome) -> OutputFile {
    let mut table = Table::new(
        "readiness",
        &[
            "condition_id",
            "school_id",
            "area",
            "kind",
            "holds_from_low",
            "holds_from_median",
            "holds_from_high",
            "share_of_runs_critical",
            "typical_begins",
            "typical_holds_from",
            "typical_slack_days",
        ],
    );
    for dates in &outcome.results.conditions {
        let Some(node) = outcome.graph.nodes.get(dates.node) else { continue };
        let standing = outcome.readiness.schools.get(dates.school).and_then(|s| s.get(dates.node));
        let mut row =
            vec![node.id.clone(), school_id(scenario, dates.school), node.area.name().into(), node.kind.name().into()];
        row.extend(dates.holds_from.map(date));
        row.push(number(dates.critical));
        row.push(date(standing.and_then(|s| s.begins)));
        row.push(date(standing.and_then(|s| s.holds_from)));
        row.push(standing.and_then(|s| s.slack_days).map(|d| d.to_string()).unwrap_or_default());
        table.row(row);
    }
    table.file()
}

fn budget(scenario: &Scenario, outcome: &Outcome) -> OutputFile {
    let mut table = Table::new("budget", &["line", "year_of_scenario", "available_usd", "asked_usd", "left_usd"]);
    for row in &outcome.ledger.lines {
        let line = scenario.resources.budget.get(row.line).map(|l| l.id.clone()).unwrap_or_default();
        let left = row.available - row.asked;
        let dollars = [row.available, row.asked, left].map(|d| format!("{:.2}", d.as_f64()));
        table.row([line, (row.year + 1).to_string()].into_iter().chain(dollars).collect());
    }
    table.file()
}

fn assumptions(scenario: &Scenario) -> OutputFile {
    let mut table = Table::new("assumptions", &["item", "field", "file"]);
    for a in &scenario.sources.assumptions {
        table.row(vec![a.item.clone(), a.field.clone(), a.file.clone()]);
    }
    table.file()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::sample::sample;

    fn table(name: &str) -> String {
        let (scenario, outcome) = sample();
        let file = all(&scenario, &outcome).into_iter().find(|f| f.name == format!("tables/{name}.csv")).unwrap();
        String::from_utf8(file.bytes).unwrap()
    }

    #[test]
    fn the_minutes_of_an_elementary_monday_are_those_of_its_bells() {
        let text = table("minutes_by_day_kind");
        let monday: Vec<&str> = text.lines().filter(|l| l.starts_with("oak,grade 3,elementary-monday,")).collect();
        // by hand: instruction 8:45 to 11:40 (175) and 12:25 to 14:15 (110); lunch 30; recess 15
        assert_eq!(
            monday,
            [
                "oak,grade 3,elementary-monday,instruction,285",
                "oak,grade 3,elementary-monday,lunch,30",
                "oak,grade 3,elementary-monday,recess,15"
            ]
        );
    }

    #[test]
    fn money_left_is_what_there_is_less_what_is_asked() {
        let text = table("budget");
        assert!(text.contains("coaching,1,800000.00,828000.00,-28000.00")); // by hand: 800,000 - 828,000
        assert!(text.contains("development,1,30000.00,21500.50,8499.50"));
    }

    #[test]
    fn columns_with_numbers_name_their_unit() {
        let (scenario, outcome) = sample();
        for file in all(&scenario, &outcome) {
            let mut reader = csv::Reader::from_reader(file.bytes.as_slice());
            let columns = reader.headers().unwrap().clone();
            let rows: Vec<csv::StringRecord> = reader.records().map(|r| r.unwrap()).collect();
            for (place, column) in columns.iter().enumerate() {
                let numeric = rows.iter().any(|r| r[place].contains('.') && r[place].parse::<f64>().is_ok());
                let units = ["share", "usd", "_h", "_min", "_fte", "mean", "0_to_1"];
                assert!(!numeric || units.iter().any(|u| column.contains(u)), "{}: {column}", file.name);
            }
        }
    }

    #[test]
    fn weeks_add_up_to_the_year() {
        let sum = |text: &str, mark: &str| -> i64 {
            text.lines()
                .filter(|l| l.contains(mark))
                .map(|l| l.rsplit(',').next().unwrap().parse::<i64>().unwrap())
                .sum()
        };
        let (weeks, years) = (table("minutes_by_week_kind"), table("minutes_by_year_kind"));
        assert_eq!(sum(&weeks, ",oak,grade 3,instruction,"), sum(&years, ",oak,grade 3,instruction,"));
    }

    #[test]
    fn numbers_are_rounded_and_never_minus_zero() {
        assert_eq!(number(0.123_456_789), "0.123457");
        assert_eq!(number(-0.000_000_01), "0");
        assert_eq!(number(12.5), "12.5");
        assert_eq!(number(f64::NAN), "");
    }
}
