//! From the text of a file to series, with all that is wrong with it.

use crate::findings::Finding;
use crate::findings::Findings;
use crate::findings::Place;
use crate::series::Quantity;
use crate::series::Rules;
use crate::series::Series;
use crate::series::checks;
use crate::series::columns;
use crate::series::columns::Columns;
use crate::series::columns::Written;
use crate::series::times;
use std::ops::Range;
use std::sync::Arc;

/// Series that could be read, with what is worth a second look.
#[derive(Debug, Clone, PartialEq)]
pub struct Read {
    /// The series in the order in which their names first stand in the file.
    pub series: Vec<Series>,
    /// Warnings; never errors.
    pub warnings: Findings,
}

/// A row as it was read; a number that could not be read is told and missing.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Row {
    pub(crate) line: usize,
    pub(crate) bytes: Range<usize>,
    pub(crate) name: String,
    pub(crate) time_text: String,
    pub(crate) time: Option<f64>,
    pub(crate) value: Option<f64>,
    pub(crate) denominator: Option<f64>,
    pub(crate) error: Option<f64>,
}

/// The series of a CSV text; `file` is its name as the user would say it.
///
/// The header names `time` and one of `count`, `share` and `percent`; `denominator`, `error` and `series` may
/// stand beside them, in any order. A count with a denominator becomes a share.
///
/// # Errors
/// All that is wrong, each with its line, if anything has to be mended before the series can be used.
pub fn from_csv(text: &str, file: &Arc<str>, rules: &Rules) -> Result<Read, Findings> {
    let text_start = text.len() - text.trim_start_matches('\u{feff}').len();
    let mut reader =
        csv::ReaderBuilder::new().flexible(true).trim(csv::Trim::All).from_reader(&text.as_bytes()[text_start..]);
    let header = match reader.headers() {
        Ok(header) if !header.is_empty() && header.iter().any(|name| !name.is_empty()) => header.clone(),
        Ok(_) => return Err(empty(file, "it has no text")),
        Err(error) => return Err(broken(file, &error)),
    };
    let names: Vec<&str> = header.iter().collect();
    let header_end = text_start + reader.position().byte() as usize;
    let columns = columns::from_header(&names, file, header_end)?;
    let mut findings = Findings::new();
    let mut rows = Vec::new();
    for record in reader.records() {
        match record {
            Ok(record) => rows.push(row(&record, &columns, names.len(), (text, text_start, file), &mut findings)),
            Err(error) => findings.extend(broken(file, &error)),
        }
    }
    if rows.is_empty() && findings.is_empty() {
        return Err(empty(file, "it has a header and no rows"));
    }
    let groups = by_name(rows);
    for group in &groups {
        checks::check(group, &columns, rules, file, &mut findings);
    }
    if findings.has_errors() {
        return Err(findings);
    }
    Ok(Read { series: groups.iter().map(|group| series(group, &columns)).collect(), warnings: findings })
}

fn empty(file: &Arc<str>, why: &str) -> Findings {
    let finding = Finding::error("series::empty", format!("`{file}` holds no series: {why}"));
    let help = "write a header such as `time,share` and one row for each observation";
    finding.at(&Place::at(file, ""), "this file").help(help).into()
}

fn broken(file: &Arc<str>, error: &csv::Error) -> Findings {
    let finding = Finding::error("series::not_csv", format!("`{file}` is not CSV text: {error}"));
    finding.at(&Place::at(file, ""), "this file").help("save it as plain CSV in UTF-8, with commas").into()
}

/// The text, where its first row begins after a mark of the byte order, and the name of the file.
type Text<'a> = (&'a str, usize, &'a Arc<str>);

fn row(record: &csv::StringRecord, columns: &Columns, n: usize, text: Text<'_>, findings: &mut Findings) -> Row {
    let (whole, start, file) = text;
    let bytes = bytes_of(record, whole, start);
    // The reader counts an empty line before a row as part of it; people count lines in their editor.
    let line = 1 + whole[..bytes.start].bytes().filter(|byte| *byte == b'\n').count();
    let place = Place::bytes(file, bytes.clone());
    if record.len() != n {
        let told = format!("line {line}: the row has {} values, the header {n} columns", record.len());
        let finding = Finding::error("series::row_length", told).at(&place, "this row");
        findings.push(finding.help("write one value for each column; leave a cell empty where nothing is known"));
    }
    let cell = |i: usize| record.get(i).unwrap_or("");
    let time_text = cell(columns.time).to_string();
    let time = times::decimal_year(&time_text);
    if time.is_none() {
        let told = format!("line {line}: `{time_text}` is not a time");
        let help = "write a year (1958), a year with its part (1958.5), a month (1958-09) or a day (1958-09-01); \
                    a school year by the year it begins in";
        findings.push(Finding::error("series::unreadable_time", told).at(&place, "this row").help(help));
    }
    let mut number = |i: usize, name: &str, needed: Needed| number(cell(i), name, needed, line, &place, findings);
    let value = number(columns.value, columns.written.column(), Needed::Yes);
    let denominator = columns.denominator.and_then(|i| number(i, "denominator", Needed::No));
    let error = columns.error.and_then(|i| number(i, "error", Needed::No));
    let name = columns.series.map_or(String::new(), |i| cell(i).to_string());
    Row { line, bytes, name, time_text, time, value, denominator, error }
}

/// The line that a row stands in, without its end.
fn bytes_of(record: &csv::StringRecord, text: &str, start: usize) -> Range<usize> {
    let mut first = record.position().map_or(0, |p| p.byte() as usize) + start;
    let blank = |at: usize| text.as_bytes().get(at).is_some_and(|byte| matches!(byte, b'\n' | b'\r'));
    while blank(first) {
        first += 1;
    }
    let length = text[first..].find(['\n', '\r']).unwrap_or(text.len() - first);
    first..first + length
}

/// Whether a cell may be empty.
#[derive(Clone, Copy, PartialEq)]
enum Needed {
    Yes,
    No,
}

fn number(cell: &str, name: &str, needed: Needed, line: usize, place: &Place, findings: &mut Findings) -> Option<f64> {
    if cell.is_empty() && needed == Needed::No {
        return None;
    }
    match cell.parse::<f64>() {
        Ok(number) if number.is_finite() && number >= 0.0 => Some(number),
        Ok(number) if number.is_finite() => {
            let told = format!("line {line}: the {name} is {cell}; it cannot be negative");
            findings.push(Finding::error("series::negative", told).at(place, "this row").help("write 0 or more"));
            None
        }
        _ => {
            let told = match cell {
                "" => format!("line {line}: the {name} is empty"),
                _ => format!("line {line}: the {name} `{cell}` is not a number"),
            };
            let help = match cell {
                "" => "leave out the row where nothing was observed",
                _ => "write digits and a decimal point alone, without %, spaces or commas between thousands",
            };
            findings.push(Finding::error("series::unreadable_number", told).at(place, "this row").help(help));
            None
        }
    }
}

/// Rows of one name together, names in the order in which they first stand.
fn by_name(rows: Vec<Row>) -> Vec<Vec<Row>> {
    let mut groups: Vec<Vec<Row>> = Vec::new();
    for row in rows {
        match groups.iter_mut().find(|group| group[0].name == row.name) {
            Some(group) => group.push(row),
            None => groups.push(vec![row]),
        }
    }
    groups
}

/// The series of rows that were found to be without fault.
fn series(rows: &[Row], columns: &Columns) -> Series {
    let first_year = rows[0].time.unwrap_or(0.0);
    let whole = |row: &Row| match (columns.written, row.denominator) {
        (Written::Percent, _) => 100.0,
        (Written::Share, _) | (Written::Count, None) => 1.0,
        (Written::Count, Some(denominator)) => denominator,
    };
    let counts = columns.written == Written::Count && rows[0].denominator.is_none();
    let errors: Option<Vec<f64>> = rows.iter().map(|row| row.error.map(|error| error / whole(row))).collect();
    Series {
        name: rows[0].name.clone(),
        first_year,
        years: rows.iter().filter_map(|row| row.time).map(|time| time - first_year).collect(),
        values: rows.iter().filter_map(|row| row.value.map(|value| value / whole(row))).collect(),
        quantity: if counts { Quantity::Count } else { Quantity::Share },
        errors,
    }
}
