//! Columns: finds the cells that are wanted, under any of their names and in any order.

use crate::findings::Finding;
use crate::findings::Findings;
use crate::findings::Place;
use crate::findings::nearest;
use crate::nation::ccd::TableText;
use crate::nation::ccd::faults::Fault;
use crate::nation::ccd::faults::Faults;
use csv::StringRecord;

/// A column that is wanted, by the names it goes under; the first is the usual one.
pub type Names = &'static [&'static str];

/// Reads all rows of a table: hands on the wanted cells of each, with the byte it begins at.
///
/// Gives back how many rows there are; says what is missing and reads nothing where a column is.
pub fn read<const N: usize>(
    table: &TableText,
    wanted: [Names; N],
    faults: &mut Faults,
    out: &mut Findings,
    mut row: impl FnMut(&mut Faults, usize, [&str; N]),
) -> usize {
    // Spreadsheets put a mark of byte order before the heading.
    let text = table.text.strip_prefix('\u{feff}').unwrap_or(table.text);
    let shift = table.text.len() - text.len();
    let mut reader = csv::ReaderBuilder::new().has_headers(false).flexible(true).from_reader(text.as_bytes());
    let mut record = StringRecord::new();
    let whole = Place::bytes(&table.file, 0..0);
    if !next(&mut reader, &mut record) {
        let message = "the file is empty";
        let help = format!("begin with a heading: {}", wanted.map(|names| names[0]).join(","));
        out.push(Finding::error("ccd::empty", message).at(&whole, "").help(help));
        return 0;
    }
    let Some(places) = find_columns(&record, wanted, &whole, out) else { return 0 };
    let n_columns = record.len();
    let mut n_rows = 0;
    while next(&mut reader, &mut record) {
        n_rows += 1;
        let at = shift + beginning(text, record.position().map_or(0, |p| p.byte() as usize));
        if record.len() == n_columns {
            row(faults, at, places.map(|place| record[place].trim()));
        } else {
            let n = record.len();
            faults.add(Fault::Cells, at, || format!("the row has {n} cells, the heading has {n_columns}"));
        }
    }
    if n_rows == 0 {
        let message = "the file has a heading and no rows";
        out.push(Finding::error("ccd::empty", message).at(&whole, "").help("give one row a line under the heading"));
    }
    n_rows
}

fn next(reader: &mut csv::Reader<&[u8]>, record: &mut StringRecord) -> bool {
    // The text is in memory and valid, and rows may be of any length: nothing is left that could fail.
    reader.read_record(record).expect("text in memory can be read")
}

/// A row is said to begin where the one before ended; line ends and empty lines between them are not part of it.
fn beginning(text: &str, at: usize) -> usize {
    at + text.as_bytes()[at..].iter().take_while(|b| matches!(**b, b'\r' | b'\n')).count()
}

fn find_columns<const N: usize>(
    heading: &StringRecord,
    wanted: [Names; N],
    whole: &Place,
    out: &mut Findings,
) -> Option<[usize; N]> {
    let headings: Vec<String> = heading.iter().map(|h| h.trim().to_ascii_lowercase()).collect();
    let place = |names: Names| headings.iter().position(|h| names.contains(&h.as_str()));
    let mut complete = true;
    for names in wanted.into_iter().filter(|names| place(names).is_none()) {
        complete = false;
        let message = format!("the file has no column `{}` (or {})", names[0], names[1..].join(", "));
        let near = names.iter().find_map(|name| nearest(name, headings.iter().map(String::as_str)));
        let help = match near {
            Some(near) => format!("did you mean the column `{near}`? rename it to `{}`", names[0]),
            None => format!("columns of the file: {}", headings.join(", ")),
        };
        out.push(Finding::error("ccd::no_column", message).at(whole, "").help(help));
    }
    complete.then(|| wanted.map(|names| place(names).expect("every column was found")))
}

/// What a cell says about a number.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Number {
    /// That it is not known.
    Unknown,
    /// The number.
    Known(f64),
    /// Nothing that can be read; a fault was added.
    Wrong,
}

impl Number {
    /// The number, if it is known.
    pub fn known(self) -> Option<f64> {
        match self {
            Number::Known(number) => Some(number),
            Number::Unknown | Number::Wrong => None,
        }
    }
}

/// Signs that federal tables put where a number is not known.
const UNKNOWN: [&str; 8] = ["", "NA", "N/A", "M", "N", "†", "‡", "–"];

/// More than any row can have; a larger number is a slip of the columns.
const MOST: f64 = 10_000_000.0;

/// Reads a number that cannot be below zero.
pub fn number(cell: &str, what: &str, at: usize, faults: &mut Faults) -> Number {
    if UNKNOWN.contains(&cell) {
        return Number::Unknown;
    }
    match cell.parse::<f64>() {
        Ok(number) if (0.0..=MOST).contains(&number) => Number::Known(number),
        Ok(number) if number < 0.0 => {
            faults.add(Fault::Negative, at, || format!("`{cell}` {what} are fewer than none"));
            Number::Wrong
        }
        Ok(_) | Err(_) => {
            faults.add(Fault::Number, at, || format!("`{cell}` is not a number of {what}"));
            Number::Wrong
        }
    }
}

/// Reads an id of so many digits at most; leading zeros may be lost.
pub fn id(cell: &str, n_digits: usize, at: usize, faults: &mut Faults) -> Option<u64> {
    let digits = !cell.is_empty() && cell.len() <= n_digits && cell.bytes().all(|b| b.is_ascii_digit());
    let id = if digits { cell.parse().ok() } else { None };
    if id.is_none() {
        faults.add(Fault::Id, at, || format!("`{cell}` is not an id of {n_digits} digits"));
    }
    id
}

/// Says which rows repeat the id of an earlier one. Rows must stand in the order of ids, equal ones in the order
/// of the file.
pub fn check_repeated<T>(rows: &[T], key: impl Fn(&T) -> (u64, usize), n_digits: usize, faults: &mut Faults) {
    let mut first = 0;
    for place in 1..rows.len() {
        let ((id, at), (earlier, earlier_at)) = (key(&rows[place]), key(&rows[first]));
        if id == earlier {
            let line = faults.line(earlier_at);
            faults.add(Fault::Repeated, at, || format!("id {id:0n_digits$} stands in line {line} too"));
        } else {
            first = place;
        }
    }
}
