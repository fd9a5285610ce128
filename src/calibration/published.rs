//! Published series: those of education that the project brings along, and files of others in the form in which
//! they are published.
//!
//! Has the texts of the files, gives series. Knows no folders: who calls it reads the files.

use crate::findings::Findings;
use crate::series::Gaps;
use crate::series::Quantity;
use crate::series::Rules;
use crate::series::Series;
use crate::series::from_csv;
use crate::series::null_models::Ceiling;
use crate::series::null_models::Model;
use crate::series::null_models::Origin;
use crate::series::null_models::Rival;
use crate::series::null_models::Shape;
use std::sync::Arc;

/// Series of education that have shares, and after an empty line those that have counts.
const EDUCATION: &str = include_str!("education_series.csv");

/// Where each of them comes from.
const EDUCATION_SOURCES: &str = include_str!("education_sources.csv");

/// Adoption in households of the United States, by technology (Our World in Data, after Comin and Hobijn).
pub const TECHNOLOGIES: &str = "owid_us_technology_adoption.csv";
/// Genetically engineered crops in the United States (Department of Agriculture).
pub const CROPS: &str = "usda_gmoadoption.csv";
/// Subscribers of cable television (Martino).
pub const CABLE: &str = "martino_catv_1952_1989.csv";
/// The month in which each state adopted the Common Core.
pub const COMMON_CORE: &str = "ccss_adoption_month_by_state.csv";

/// The files that [`series_of`] knows.
pub const FILES: [&str; 4] = [TECHNOLOGIES, CROPS, CABLE, COMMON_CORE];

/// What is known of a series that the project brings along.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Provenance {
    /// Name of the series.
    pub series: String,
    /// What is counted.
    pub what: String,
    /// Where it was found.
    pub source: String,
    /// What to keep in mind.
    pub caution: String,
}

/// The series of education that the project brings along.
///
/// # Panics
/// When the file in the source is not as its test has found it.
pub fn education() -> Vec<Series> {
    let (shares, counts) = EDUCATION.split_once("\n\n").expect("the file has two parts");
    [shares, counts].iter().flat_map(|text| read(text).expect("the file has no fault")).collect()
}

/// Where they come from.
///
/// # Panics
/// When the file in the source is not as its test has found it.
pub fn provenance() -> Vec<Provenance> {
    let mut reader = csv::Reader::from_reader(EDUCATION_SOURCES.as_bytes());
    let of = |record: csv::StringRecord| {
        let cell = |i: usize| record.get(i).unwrap_or_default().to_string();
        Provenance { series: cell(0), what: cell(1), source: cell(2), caution: cell(3) }
    };
    reader.records().map(|record| of(record.expect("the file is CSV text"))).collect()
}

/// The series of a published file, by its name among [`FILES`]; nothing of a file that is not as it was published.
pub fn series_of(file: &str, text: &str) -> Vec<Series> {
    match file {
        TECHNOLOGIES => long_enough(&rows(text, &[0, 1, 2])),
        CROPS => long_enough(&rows(text, &[2, 1, 3])),
        CABLE => {
            let rows: String =
                rows(text, &[0, 1]).into_iter().map(|row| format!("Cable (Martino),{}\n", row.join(","))).collect();
            read(&format!("series,time,count\n{rows}")).unwrap_or_default()
        }
        COMMON_CORE => common_core(text),
        _ => Vec::new(),
    }
}

/// Series that say something of a forecast: a dozen points or more, and a rise by at least a fifth of everybody
/// where they are shares.
pub fn diffuses(series: &Series) -> bool {
    let least = series.values.iter().copied().fold(f64::INFINITY, f64::min);
    series.n_points() >= 12 && (series.quantity == Quantity::Count || series.peak() - least >= 0.2)
}

/// What a forecast of a series is held against: the usual rivals, and Bass with an origin one step before the first
/// row.
pub fn rivals(series: &Series) -> Vec<Rival> {
    let step = series.span() / (series.n_points() - 1) as f64;
    let fixed = Model { shape: Shape::Bass, ceiling: Ceiling::Free, origin: Origin::Fixed(-step) };
    let mut all = Rival::usual();
    all.insert(1, Rival::Curve(fixed));
    all
}

fn read(text: &str) -> Result<Vec<Series>, Findings> {
    let rules = Rules { gaps: Gaps::Allowed, ..Rules::default() };
    from_csv(text, &Arc::from("series.csv"), &rules).map(|read| read.series)
}

/// Some columns of each row; rows that are no CSV text are left out.
fn rows(text: &str, columns: &[usize]) -> Vec<Vec<String>> {
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    let pick = |record: csv::StringRecord| {
        columns.iter().map(|i| record.get(*i).unwrap_or_default().replace(['"', ','], " ")).collect()
    };
    reader.records().flatten().map(pick).collect()
}

/// Name, time and per cent of each row; the series that the reader does not find too short.
fn long_enough(rows: &[Vec<String>]) -> Vec<Series> {
    let mut names: Vec<&str> = rows.iter().map(|row| row[0].as_str()).collect();
    names.sort_unstable();
    names.dedup();
    let of = |name: &&str| {
        let own: Vec<String> = rows.iter().filter(|row| row[0] == *name).map(|row| row.join(",")).collect();
        read(&format!("series,time,percent\n{}\n", own.join("\n"))).ok()
    };
    names.iter().filter_map(of).flatten().collect()
}

/// States that had adopted the Common Core by each month, of 51.
fn common_core(text: &str) -> Vec<Series> {
    let mut months: Vec<String> = rows(text, &[1]).into_iter().flatten().filter(|month| !month.is_empty()).collect();
    months.sort();
    let mut all: Vec<String> = (2..=12).map(|m| format!("2010-{m:02}")).collect();
    all.extend((1..=11).map(|m| format!("2011-{m:02}")));
    let by = |month: &String| months.iter().filter(|m| *m <= month).count();
    let rows: String = all.iter().map(|month| format!("Common Core,{month},{},51\n", by(month))).collect();
    read(&format!("series,time,count,denominator\n{rows}")).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_series_that_comes_along_says_where_it_comes_from() {
        let names: Vec<String> = education().into_iter().map(|series| series.name).collect();
        let told: Vec<String> = provenance().into_iter().map(|of| of.series).collect();
        assert_eq!(names, told);
        assert!(provenance().iter().all(|of| !of.source.is_empty() && !of.what.is_empty() && !of.caution.is_empty()));
    }

    #[test]
    fn a_published_file_becomes_series_and_a_changed_one_nothing() {
        let text = "Entity,Year,Share\nRadio,1925,10\nRadio,1926,16\nRadio,1927,20\nRadio,1928,27.5\nFew,1990,1\n";
        let all = series_of(TECHNOLOGIES, text);
        assert_eq!(all.len(), 1);
        assert_eq!(all[0].values, [0.1, 0.16, 0.2, 0.275]);
        assert!(series_of(CROPS, "something,else\n1,2\n").is_empty());
        assert!(series_of("unknown.csv", text).is_empty());
    }

    #[test]
    fn states_are_counted_by_the_month_in_which_they_adopted() {
        let text = "state,adopted,revoked,note\nA,2010-06,,\nB,2010-02,,\nC,,,did not adopt\n";
        let all = series_of(COMMON_CORE, text);
        assert_eq!(all[0].values[0], 1.0 / 51.0);
        assert_eq!(all[0].values[4], 2.0 / 51.0); // by hand: February to June are five months
    }
}
