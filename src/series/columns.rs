//! The header: which column holds what.

use crate::findings::Finding;
use crate::findings::Findings;
use crate::findings::Place;
use std::sync::Arc;

/// The names a header may use.
const KNOWN: [&str; 7] = ["time", "count", "share", "percent", "denominator", "error", "series"];

/// How values are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Written {
    Count,
    Share,
    Percent,
}

impl Written {
    pub(crate) fn column(self) -> &'static str {
        match self {
            Written::Count => "count",
            Written::Share => "share",
            Written::Percent => "percent",
        }
    }
}

/// Where each column stands in a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Columns {
    pub(crate) time: usize,
    pub(crate) value: usize,
    pub(crate) written: Written,
    pub(crate) denominator: Option<usize>,
    pub(crate) error: Option<usize>,
    pub(crate) series: Option<usize>,
}

/// The columns of a header, or everything that is wrong with it.
pub(crate) fn from_header(header: &[&str], file: &Arc<str>, end: usize) -> Result<Columns, Findings> {
    let place = Place::bytes(file, 0..end);
    let mut findings = Findings::new();
    for (i, name) in header.iter().enumerate() {
        check_name(name, header[..i].contains(name), &place, &mut findings);
    }
    let at = |name: &str| header.iter().position(|known| *known == name);
    let values: Vec<(usize, Written)> = [Written::Count, Written::Share, Written::Percent]
        .into_iter()
        .filter_map(|written| at(written.column()).map(|i| (i, written)))
        .collect();
    check_values(&values, &place, &mut findings);
    if at("time").is_none() {
        findings.push(missing(
            "time",
            "a year (1958), a year with its part (1958.5), a month (1958-09) or a day",
            &place,
        ));
    }
    match (at("time"), values.as_slice()) {
        (Some(time), [(value, written)]) if findings.is_empty() => {
            let (denominator, error, series) = (at("denominator"), at("error"), at("series"));
            Ok(Columns { time, value: *value, written: *written, denominator, error, series })
        }
        _ => Err(findings),
    }
}

fn check_name(name: &str, again: bool, place: &Place, findings: &mut Findings) {
    if !KNOWN.contains(&name) {
        let finding =
            Finding::error("series::unknown_column", format!("line 1: there is no column `{name}` in a series"));
        findings.push(finding.at(place, "the header").near(name, KNOWN));
    } else if again {
        let finding = Finding::error("series::column_twice", format!("line 1: the column `{name}` stands twice"));
        findings.push(finding.at(place, "the header").help("keep one of them"));
    }
}

fn check_values(values: &[(usize, Written)], place: &Place, findings: &mut Findings) {
    match values {
        [_] => {}
        [] => findings.push(missing("count`, `share` or `percent", "the observed values", place)),
        [(_, a), (_, b), ..] => {
            let (a, b) = (a.column(), b.column());
            let text = format!("line 1: the values are given twice, as `{a}` and as `{b}`");
            let finding = Finding::error("series::two_values", text).at(place, "the header");
            findings.push(finding.help("keep one of the two columns"));
        }
    }
}

fn missing(name: &str, meaning: &str, place: &Place) -> Finding {
    let finding = Finding::error("series::missing_column", format!("line 1: the column `{name}` is missing"));
    finding.at(place, "the header").help(format!("add it: it holds {meaning}"))
}
