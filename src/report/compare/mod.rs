//! The report of a comparison: page, charts, tables and the paper for the table, all of them values.
//!
//! Has a comparison, gives files with their bytes and text for a terminal. Neutral: both sides' names come from
//! their files, and no colour means good or bad.

mod answer;
mod bells;
mod curves;
mod json;
mod page;
mod paper;
mod places;
mod proposals;
mod slack;
mod snow;
mod tables;
mod text;
pub mod words;

pub use json::comparison as as_json;
pub use paper::paper;
pub use proposals::changes_json;
pub use proposals::changes_text;
pub use text::text;

use crate::compare::Comparison;
use crate::report::OutputFile;
use crate::report::both_ways;
use crate::report::charts::butterfly;
use crate::report::charts::number_alike;
use crate::report::charts::spread_strips;
use crate::report::compare::curves::Level;
use crate::report::page::Drawn;
use crate::report::picture::Picture;
use rayon::prelude::*;

/// The name of the page for paper.
pub const PAPER: &str = "paper.html";

/// Everything a comparison hands over.
pub fn render(comparison: &Comparison, receipt_id: &str) -> Vec<OutputFile> {
    let pictures = pictures(comparison);
    let painted: Vec<(String, Vec<u8>)> = pictures.par_iter().map(both_ways).collect();
    let drawn: Vec<Drawn> = pictures.iter().zip(&painted).map(|(picture, (svg, _))| Drawn { picture, svg }).collect();
    let mut files = vec![OutputFile::text("compare.html", page::page(comparison, receipt_id, &drawn))];
    for (picture, (svg, png)) in pictures.iter().zip(&painted) {
        files.push(OutputFile::text(format!("charts/{}.svg", picture.name), svg.clone()));
        files.push(OutputFile { name: format!("charts/{}.png", picture.name), bytes: png.clone() });
    }
    files.extend(tables::all(comparison));
    let whole = json::comparison(comparison, receipt_id);
    files.push(OutputFile::text("compare.json", serde_json::to_string_pretty(&whole).unwrap_or_default() + "\n"));
    files
}

/// Every chart, in the order of the page.
fn pictures(comparison: &Comparison) -> Vec<Picture> {
    let mut all = vec![
        curves::curves(comparison, Level::Using),
        curves::curves(comparison, Level::Routine),
        slack::slack(comparison),
    ];
    for against in &comparison.against {
        let names = comparison.names(against);
        let district = &comparison.baseline().scenario.district;
        all.push(curves::difference(comparison, against));
        all.push(places::places(comparison, against));
        let of_pair = |mut picture: Picture| {
            picture.name = format!("{}-{}", picture.name, against.side);
            picture
        };
        if let Some(year) = against.gains.telling_year() {
            all.push(of_pair(butterfly(&against.gains, names, district, year)));
            all.push(of_pair(spread_strips(&against.gains, names, district, year)));
        }
    }
    number_alike(&mut all);
    all
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::compare::compare;
    use crate::scenario;
    use std::path::Path;

    #[test]
    fn no_label_of_a_comparison_is_cut_and_every_chart_says_what_it_shows() {
        let scenarios = Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios");
        let read = |name: &str| scenario::read(&scenarios.join(name)).unwrap_or_else(|u| panic!("{}", u.findings));
        let sides = ["ccsd93", "ccsd93+before-release", "ccsd93+counter-offer", "ccsd93+more-coaches"].map(read);
        let comparison = compare(sides.into(), 2, 10, &|| ()).unwrap_or_else(|refused| panic!("{refused:?}"));
        let pictures = pictures(&comparison);
        assert_eq!(pictures.len(), 3 + 3 * 4); // by hand: two curves and slack, four for each other side
        for picture in pictures {
            assert_eq!(picture.cut_or_small(), Vec::<String>::new());
            assert!(picture.description.len() > 40, "{}", picture.name);
        }
    }
}
