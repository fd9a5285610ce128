//! What must hold between the rows of one series.

use crate::findings::Finding;
use crate::findings::Findings;
use crate::findings::Place;
use crate::series::Direction;
use crate::series::Gaps;
use crate::series::Rules;
use crate::series::columns::Columns;
use crate::series::columns::Written;
use crate::series::read::Row;
use std::sync::Arc;

/// Fewer points than this say nothing about the shape of a curve with three unknowns.
pub(crate) const LEAST_POINTS: usize = 4;

/// Finds everything that is wrong with the rows of one series.
pub(crate) fn check(rows: &[Row], columns: &Columns, rules: &Rules, file: &Arc<str>, findings: &mut Findings) {
    for row in rows {
        check_share(row, columns, file, findings);
    }
    check_denominators(rows, columns, file, findings);
    check_errors(rows, columns, file, findings);
    check_order(rows, file, findings);
    if rules.direction == Direction::MustRise {
        check_rise(rows, columns, file, findings);
    }
    if rules.gaps == Gaps::Warned {
        check_gaps(rows, file, findings);
    }
    if rows.len() < LEAST_POINTS {
        let points = if rows.len() == 1 { "1 point".to_string() } else { format!("{} points", rows.len()) };
        let told = format!("{} has {points}; a curve needs at least {LEAST_POINTS}", series_of(&rows[0]));
        let finding = Finding::error("series::too_short", told).at(&place(&rows[0], file), "its first row");
        findings.push(finding.help("add earlier or later observations, or leave the series out"));
    }
}

fn place(row: &Row, file: &Arc<str>) -> Place {
    Place::bytes(file, row.bytes.clone())
}

fn series_of(row: &Row) -> String {
    match row.name.as_str() {
        "" => "the series".to_string(),
        name => format!("series `{name}`"),
    }
}

fn error(code: &'static str, row: &Row, told: String, file: &Arc<str>) -> Finding {
    Finding::error(code, format!("line {}: {told}", row.line)).at(&place(row, file), "this row")
}

fn check_share(row: &Row, columns: &Columns, file: &Arc<str>, findings: &mut Findings) {
    let Some(value) = row.value else { return };
    match (columns.written, row.denominator) {
        (Written::Share, _) if value > 1.0 => {
            let help = "name the column `percent` if the values run to 100";
            findings
                .push(error("series::share_above_one", row, format!("a share of {value} is above 1"), file).help(help));
        }
        (Written::Percent, _) if value > 100.0 => {
            let help = "mend the number, or name the column `count` if it counts adopters";
            findings
                .push(error("series::share_above_one", row, format!("{value} percent is above 100"), file).help(help));
        }
        (Written::Count, Some(whole)) if whole > 0.0 && value > whole => {
            let told = format!("{value} of {whole} is a share above 1");
            let help = "mend the count, or let the denominator be everybody who could adopt";
            findings.push(error("series::share_above_one", row, told, file).help(help));
        }
        (Written::Share | Written::Percent | Written::Count, _) => {}
    }
}

fn check_denominators(rows: &[Row], columns: &Columns, file: &Arc<str>, findings: &mut Findings) {
    if columns.denominator.is_none() {
        return;
    }
    let some_have = rows.iter().any(|row| row.denominator.is_some());
    for row in rows {
        match row.denominator {
            Some(whole) if whole <= 0.0 => {
                let finding = error("series::zero_denominator", row, "the denominator is 0".to_string(), file);
                findings.push(finding.help("write how many could adopt at that time, or leave out the row"));
            }
            None if some_have => {
                let told = "the denominator is missing, and other rows have one".to_string();
                let help = "give one in every row, or in none to have the ceiling fitted";
                findings.push(error("series::missing_denominator", row, told, file).help(help));
            }
            Some(_) | None => {}
        }
    }
}

fn check_errors(rows: &[Row], columns: &Columns, file: &Arc<str>, findings: &mut Findings) {
    if columns.error.is_none() || rows.iter().all(|row| row.error.is_none()) {
        return;
    }
    for row in rows.iter().filter(|row| row.error.is_none_or(|error| error <= 0.0)) {
        let told = match row.error {
            None => "the error is missing or unreadable, and other rows have one".to_string(),
            Some(_) => "an error of 0 would outweigh every other row".to_string(),
        };
        let finding = error("series::bad_error", row, told, file);
        findings.push(finding.help("write a standard error above 0 in every row, or leave out the column"));
    }
}

fn check_order(rows: &[Row], file: &Arc<str>, findings: &mut Findings) {
    for pair in rows.windows(2) {
        let (Some(before), Some(now)) = (pair[0].time, pair[1].time) else { continue };
        if now > before {
            continue;
        }
        let (code, told) = if now == before {
            ("series::time_repeats", format!("the time {} stands in line {} as well", pair[1].time_text, pair[0].line))
        } else {
            ("series::time_runs_back", format!("{} comes after {}", pair[1].time_text, pair[0].time_text))
        };
        let help = "sort the rows by time and keep one row for each; tell several series apart by a column `series`";
        let finding = error(code, &pair[1], told, file).at(&place(&pair[0], file), "the row before it");
        findings.push(finding.help(help));
    }
}

fn check_rise(rows: &[Row], columns: &Columns, file: &Arc<str>, findings: &mut Findings) {
    // A count beside a denominator is judged as a share: it may fall with the number of those who could adopt.
    let level = |row: &Row| match (columns.written, row.denominator) {
        (Written::Count, Some(whole)) if whole > 0.0 => row.value.map(|value| value / whole),
        (Written::Share | Written::Percent | Written::Count, _) => row.value,
    };
    for pair in rows.windows(2) {
        let (Some(before), Some(now)) = (level(&pair[0]), level(&pair[1])) else { continue };
        if now < before {
            let shown = |row: &Row| row.value.map_or(String::new(), |value| value.to_string());
            let told = format!("cumulative values cannot fall: {} after {}", shown(&pair[1]), shown(&pair[0]));
            let finding = error("series::falls", &pair[1], told, file).at(&place(&pair[0], file), "the row before it");
            findings.push(finding.help("mend the number, or do not ask for values that must rise"));
        }
    }
}

fn check_gaps(rows: &[Row], file: &Arc<str>, findings: &mut Findings) {
    let times: Option<Vec<f64>> = rows.iter().map(|row| row.time).collect();
    let Some(times) = times else { return };
    let steps: Vec<f64> = times.windows(2).map(|pair| pair[1] - pair[0]).collect();
    let yearly = steps.iter().filter(|step| **step == 1.0).count() * 2 > steps.len();
    if !yearly || times.iter().any(|time| time.fract() != 0.0) {
        return;
    }
    for (i, _) in steps.iter().enumerate().filter(|(_, step)| **step > 1.0) {
        let (before, now) = (times[i] as i64, times[i + 1] as i64);
        let missing = match now - before {
            2 => format!("{} is missing", before + 1),
            _ => format!("{} to {} are missing", before + 1, now - 1),
        };
        let told =
            format!("line {}: {missing} in {}, which is otherwise yearly", rows[i + 1].line, series_of(&rows[0]));
        let finding = Finding::warning("series::gap", told).at(&place(&rows[i + 1], file), "the row after the gap");
        findings.push(finding.help("add the year if it was observed, or declare that gaps are allowed"));
    }
}
