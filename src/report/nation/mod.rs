//! A nation: what `run` answers where the scenario has one, as a page, charts, tables, JSON and words.
//!
//! Has a scenario, its nation and the outcome, gives files. Writes nothing; neutral.

mod held;
mod json;
pub mod levers;
mod page;
mod quantiles;
mod tables;
mod text;
mod tiles;
mod view;

pub use json::json;
pub use text::text;

use crate::nation::plan::NationPlan;
use crate::pipeline::NationOutcome;
use crate::report::OutputFile;
use crate::report::both_ways;
use crate::report::charts::fan_of;
use crate::report::page::Drawn;
use crate::report::picture::Picture;
use crate::scenario::Scenario;
use rayon::prelude::*;
use view::View;

/// Everything that a run of a nation hands over.
pub fn render(scenario: &Scenario, plan: &NationPlan, outcome: &NationOutcome, receipt_id: &str) -> Vec<OutputFile> {
    let view = View::new(scenario, plan, outcome);
    let pictures = pictures(&view);
    let painted: Vec<(String, Vec<u8>)> = pictures.par_iter().map(both_ways).collect();
    let drawn: Vec<Drawn> = pictures.iter().zip(&painted).map(|(picture, (svg, _))| Drawn { picture, svg }).collect();
    let mut files = vec![OutputFile::text("report.html", page::page(&view, receipt_id, &drawn))];
    for (picture, (svg, png)) in pictures.iter().zip(&painted) {
        files.push(OutputFile::text(format!("charts/{}.svg", picture.name), svg.clone()));
        files.push(OutputFile { name: format!("charts/{}.png", picture.name), bytes: png.clone() });
    }
    files.extend(tables::all(&view));
    let text = serde_json::to_string_pretty(&json(scenario, plan, outcome)).expect("these values have a form in JSON");
    files.push(OutputFile::text("results.json", text + "\n"));
    files
}

fn pictures(view: &View) -> Vec<Picture> {
    vec![fan_of(view.scenario, &view.results()), tiles::tiles(view), quantiles::quantiles(view), held::held(view)]
}
