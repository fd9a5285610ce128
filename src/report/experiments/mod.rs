//! What experiments found: a page, charts, tables, JSON, and words for the terminal.
//!
//! Has a summary, gives files. Neutral: it says what is, not what anybody ought to do.

mod bars;
mod discovered;
mod fan_over;
mod heat;
mod json;
mod page;
mod scale;
mod scatter;
mod sweep_tables;
mod tables;
mod text;
mod told;

use crate::experiments::Analysis;
use crate::experiments::Purpose;
use crate::experiments::Summary;
use crate::experiments::analyse;
use crate::report::OutputFile;
use crate::report::both_ways;
use crate::report::page::Drawn;
use crate::report::picture::Picture;
use crate::scenario::Scenario;
use crate::sensitivity::Unmeasured;
use rayon::prelude::*;

/// Everything that is told of an experiment.
#[derive(Debug, Clone)]
pub struct Told {
    /// Files to write.
    pub files: Vec<OutputFile>,
    /// What is printed.
    pub text: String,
    /// The same as JSON.
    pub json: serde_json::Value,
}

/// Tells of an experiment whose units are all there.
///
/// # Errors
/// When results are not those of the designs, which only a fault of this program could bring about.
pub fn tell(scenario: &Scenario, summary: &Summary, receipt_id: &str) -> Result<Told, Unmeasured> {
    match summary.plan.asked.purpose {
        Purpose::Sweep { .. } => Ok(sweep(scenario, summary, receipt_id)),
        Purpose::Sensitivity { .. } => {
            analyse(summary, scenario.seed).map(|found| sensitivity(scenario, summary, &found, receipt_id))
        }
    }
}

fn sweep(scenario: &Scenario, summary: &Summary, receipt_id: &str) -> Told {
    let pictures = pictures_of_sweep(summary);
    let (mut files, svgs) = painted(&pictures);
    let drawn = drawn(&pictures, &svgs);
    files.insert(0, OutputFile::text("sweep.html", page::sweep(scenario, summary, receipt_id, &drawn)));
    files.extend(sweep_tables::all(summary));
    let json = json::sweep(scenario, summary);
    files.push(json_file("sweep.json", &json));
    Told { files, text: text::sweep(scenario, summary), json }
}

/// A fan over one lever, a heat map of two, and what each lever does alone where points are no grid or levers are many.
fn pictures_of_sweep(summary: &Summary) -> Vec<Picture> {
    let levers = told::levers(summary);
    let mut pictures = Vec::new();
    let measures: Vec<usize> = told::charted(summary);
    for measure in &measures {
        if told::is_grid(summary) && levers.len() == 1 {
            pictures.push(fan_over::fan_over(summary, *measure));
        } else if told::is_grid(summary) && levers.len() >= 2 {
            pictures.push(heat::heat(summary, *measure));
        }
    }
    if !told::is_grid(summary) || levers.len() > 2 {
        pictures.push(scatter::scatter(summary, measures[0]));
    }
    pictures
}

fn sensitivity(scenario: &Scenario, summary: &Summary, found: &Analysis, receipt_id: &str) -> Told {
    let shown = summary.plan.fails.measure;
    let of_measure = &found.measures[shown];
    let pictures: Vec<Picture> = [
        of_measure.tornado.as_ref().map(|t| bars::tornado(summary, shown, t)),
        of_measure.morris.as_ref().map(|m| bars::morris(summary, shown, m)),
        of_measure.sobol.as_ref().and_then(|s| bars::sobol(summary, shown, s)),
    ]
    .into_iter()
    .flatten()
    .collect();
    let (mut files, svgs) = painted(&pictures);
    let drawn = drawn(&pictures, &svgs);
    files.insert(0, OutputFile::text("sensitivity.html", page::sensitivity(scenario, summary, found, receipt_id, &drawn)));
    files.extend(tables::all(summary, found));
    let json = json::sensitivity(scenario, summary, found);
    files.push(json_file("sensitivity.json", &json));
    Told { files, text: text::sensitivity(scenario, summary, found), json }
}

/// Charts as files, and their drawings for the page.
fn painted(pictures: &[Picture]) -> (Vec<OutputFile>, Vec<String>) {
    let painted: Vec<(String, Vec<u8>)> = pictures.par_iter().map(both_ways).collect();
    let mut files = Vec::new();
    for (picture, (svg, png)) in pictures.iter().zip(&painted) {
        files.push(OutputFile::text(format!("charts/{}.svg", picture.name), svg.clone()));
        files.push(OutputFile { name: format!("charts/{}.png", picture.name), bytes: png.clone() });
    }
    (files, painted.into_iter().map(|(svg, _)| svg).collect())
}

fn drawn<'a>(pictures: &'a [Picture], svgs: &'a [String]) -> Vec<Drawn<'a>> {
    pictures.iter().zip(svgs).map(|(picture, svg)| Drawn { picture, svg }).collect()
}

fn json_file(name: &str, value: &serde_json::Value) -> OutputFile {
    OutputFile::text(name, format!("{value:#}\n"))
}
