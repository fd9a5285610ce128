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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::candidates::Budget;
    use crate::pipeline;
    use crate::propose;
    use crate::scenario;
    use std::path::Path;

    fn proposed(simulate: usize) -> (Scenario, Proposed) {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios/template.ron");
        let scenario = scenario::read(&path).unwrap_or_else(|unread| panic!("{}", unread.findings));
        let checked = pipeline::check(&scenario).unwrap();
        let options = propose::Options { simulate, replicates: 2, budget: Budget::USUAL };
        let proposed = propose::propose(&scenario, &checked, &options, &|_| ()).unwrap().unwrap();
        (scenario, proposed)
    }

    #[test]
    fn no_label_is_cut_and_every_chart_says_what_it_shows() {
        for simulate in [0, 5] {
            let (scenario, proposed) = proposed(simulate);
            for picture in pictures(&scenario, &proposed) {
                assert!(picture.description.len() > 40 && !picture.description.contains("NaN"), "{}", picture.name);
                assert_eq!(picture.cut_or_small(), Vec::<String>::new());
            }
        }
    }

    #[test]
    fn a_small_budget_takes_a_sample_and_says_so() {
        let (scenario, whole) = proposed(0);
        let checked = pipeline::check(&scenario).unwrap();
        let terrain = propose::terrain(&scenario, &checked.timetable).unwrap();
        let budget = Budget { judgements: 120, looks: 1_000_000 };
        let found = crate::candidates::find(&terrain, budget, 1);
        assert!(!found.is_exhaustive() && found.n_seen < found.n_candidates);
        assert_eq!(found.n_candidates, whole.found.n_candidates);
        // What a sample says of the most holds for the whole.
        let most = whole.found.frontier.iter().map(|p| p.objectives.development).max().unwrap();
        assert!(found.most_development >= most && whole.found.most_development >= most);
        assert!(found.region.total.lawful <= whole.found.region.total.lawful);
        let text = text(&scenario, &Proposed { found, ..whole }, 2);
        assert!(text.contains("a sample: ") && !text.contains("exhaustive"), "{text}");
    }
}
