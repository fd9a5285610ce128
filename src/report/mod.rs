//! The report: results as charts, a page and tables, all of them values.
//!
//! Has a scenario and its outcome, gives files with their bytes and a summary for the terminal. Writes
//! nothing; the store does. Neutral: it says what is, not what anybody ought to do.

pub mod answer;
pub mod calibrate;
pub mod charts;
pub mod compare;
pub mod experiments;
pub mod gain_words;
pub mod graph;
pub mod json;
pub mod lawful;
pub mod lettering;
pub mod nation;
pub mod page;
pub mod paint;
pub mod picture;
pub mod point;
pub mod proposals;
mod ready;
pub mod snow_words;
mod summary;
pub mod tables;
pub mod validation;
pub mod words;

#[cfg(test)]
mod sample;

pub use charts::butterfly;
pub use charts::spread_strips;
pub use ready::graph_dot;
pub use ready::graph_picture;
pub use ready::last_school;
pub use summary::summary;

use crate::calendar::days_later;
use crate::ledger::Side;
use crate::pipeline::Outcome;
use crate::report::picture::Picture;
use crate::scenario::Scenario;
use rayon::prelude::*;

/// A file of the report, by its name inside the output folder.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OutputFile {
    /// Its name, with `/` between folders.
    pub name: String,
    /// What is in it.
    pub bytes: Vec<u8>,
}

impl OutputFile {
    /// A file with text in it.
    pub fn text(name: impl Into<String>, text: String) -> OutputFile {
        OutputFile { name: name.into(), bytes: text.into_bytes() }
    }
}

/// A scenario with its timetable as a side of the ledger.
pub fn side<'a>(scenario: &'a Scenario, outcome: &'a Outcome) -> Side<'a> {
    Side {
        district: &scenario.district,
        timetable: &outcome.timetable,
        resources: &scenario.resources,
        n_years: scenario.school_years as usize,
    }
}

/// Everything a run hands over: the page, charts, the graph, tables and results.
pub fn render(scenario: &Scenario, outcome: &Outcome, receipt_id: &str) -> Vec<OutputFile> {
    let Outcome { graph, readiness, .. } = outcome;
    let school = last_school(graph, readiness);
    let end = outcome.results.weeks.last().map_or(scenario.from, |monday| days_later(*monday, 6));
    let graph_picture = graph_picture(scenario, graph, readiness, school, end);
    let pictures = charts::all(scenario, outcome);
    let ((graph_svg, graph_png), painted) =
        rayon::join(|| both_ways(&graph_picture), || pictures.par_iter().map(both_ways).collect::<Vec<_>>());
    let drawn: Vec<page::Drawn> =
        pictures.iter().zip(&painted).map(|(picture, (svg, _))| page::Drawn { picture, svg }).collect();
    let html = page::page(scenario, outcome, receipt_id, &drawn, &graph_svg);
    let mut files = vec![OutputFile::text("report.html", html)];
    for (picture, (svg, png)) in pictures.iter().zip(&painted) {
        files.push(OutputFile::text(format!("charts/{}.svg", picture.name), svg.clone()));
        files.push(OutputFile { name: format!("charts/{}.png", picture.name), bytes: png.clone() });
    }
    files.push(OutputFile::text("graph.dot", graph_dot(scenario, graph, readiness, school, end)));
    files.push(OutputFile::text("graph.svg", graph_svg));
    files.push(OutputFile { name: "graph.png".into(), bytes: graph_png });
    files.extend(tables::all(scenario, outcome));
    files.push(OutputFile::text("results.json", json::results(scenario, outcome)));
    files
}

/// A picture as SVG and as PNG.
pub fn both_ways(picture: &Picture) -> (String, Vec<u8>) {
    (paint::svg(picture), paint::png(picture))
}
