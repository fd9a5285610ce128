//! Proposals: what `propose` answers, as text, tables, JSON and charts.
//!
//! Has a scenario and what was found, gives files and words. Neutral: it lists what is, in the order of its numbers.

mod frontier;
mod json;
mod region;
mod tables;
mod text;
mod told;

pub use json::json;
pub use text::text;

use crate::propose::Proposed;
use crate::report::OutputFile;
use crate::report::paint;
use crate::report::picture::Picture;
use crate::scenario::Scenario;

/// Everything that `propose` writes.
pub fn files(scenario: &Scenario, proposed: &Proposed, replicates: u32) -> Vec<OutputFile> {
    let mut files = tables::all(scenario, proposed);
    let text = serde_json::to_string_pretty(&json(scenario, proposed, replicates));
    files.push(OutputFile::text("propose.json", text.expect("these values have a form in JSON") + "\n"));
    for picture in pictures(scenario, proposed) {
        files.push(OutputFile::text(format!("charts/{}.svg", picture.name), paint::svg(&picture)));
        files.push(OutputFile { name: format!("charts/{}.png", picture.name), bytes: paint::png(&picture) });
    }
    files
}

/// The charts.
pub fn pictures(scenario: &Scenario, proposed: &Proposed) -> Vec<Picture> {
    vec![region::region(proposed), frontier::frontier(scenario, proposed)]
}
