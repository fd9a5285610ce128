//! The report of a fit to an observed curve: page, chart, tables, JSON and text for a terminal, all of them values.

mod chart;
mod json;
mod page;
mod tables;
mod text;
mod told;

pub use json::as_json;
pub use text::text;

use crate::observed::Fitted;
use crate::report::OutputFile;
use crate::report::both_ways;
use crate::report::page::Drawn;

/// Everything that a fit hands over.
pub fn render(fitted: &Fitted, receipt_id: &str) -> Vec<OutputFile> {
    let picture = chart::chart(fitted);
    let (svg, png) = both_ways(&picture);
    let drawn = Drawn { picture: &picture, svg: &svg };
    let json = serde_json::to_string_pretty(&as_json(fitted, receipt_id)).unwrap_or_default() + "\n";
    let mut files = vec![
        OutputFile::text("calibrate.html", page::page(fitted, receipt_id, &drawn)),
        OutputFile::text(format!("charts/{}.svg", picture.name), svg.clone()),
        OutputFile { name: format!("charts/{}.png", picture.name), bytes: png },
        OutputFile::text("calibrate.json", json),
    ];
    files.extend(tables::all(fitted));
    files
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::calibration::Effort;
    use crate::calibration::published::education;
    use crate::observed::Asked;
    use crate::observed::fit_built_in;
    use std::sync::Arc;
    use std::sync::LazyLock;

    const SMALL: Effort = Effort { particles: 40, moves: 1, seed: 1 };

    static HELD: LazyLock<Fitted> = LazyLock::new(|| fitted(1, Some(0.33)));

    fn fitted(series: usize, hold_out: Option<f64>) -> Fitted {
        let mut series = education().swap_remove(series);
        series.name = format!("{} <b>&", series.name);
        fit_built_in(&series, &Arc::from("series.csv"), &Asked { hold_out, effort: SMALL }).unwrap()
    }

    fn file(name: &str) -> String {
        let files = render(&HELD, "receipt-4711");
        String::from_utf8(files.into_iter().find(|f| f.name == name).unwrap().bytes).unwrap()
    }

    #[test]
    fn no_label_of_the_chart_is_cut_for_shares_and_for_counts() {
        for fitted in [&*HELD, &fitted(5, None)] {
            let picture = chart::chart(fitted);
            assert_eq!(picture.cut_or_small(), Vec::<String>::new());
            assert!(picture.description.len() > 40);
        }
    }

    #[test]
    fn the_page_fetches_nothing_escapes_names_and_carries_its_receipt() {
        let page = file("calibrate.html");
        assert!(page.contains("Charter laws &lt;b&gt;&amp;") && !page.contains("<b>"));
        assert!(!page.contains("<script") && !page.contains("<link") && !page.contains("src=\""));
        assert!(page.contains("receipt-4711") && page.contains("<desc "));
        assert_eq!(page.matches("<table").count(), page.matches("<caption").count());
        for word in [" should ", " recommend", " ought "] {
            assert!(!page.to_lowercase().contains(word), "{word}");
        }
    }

    #[test]
    fn every_table_has_one_fact_a_row_and_all_its_cells() {
        for (name, rows) in [("parameters.csv", 9), ("judged.csv", 9), ("curve.csv", 13 * 5)] {
            let text = file(name);
            let mut reader = csv::Reader::from_reader(text.as_bytes());
            assert_eq!(reader.records().filter(|r| r.is_ok()).count(), rows, "{name}"); // by hand: 13 points, 5 curves
        }
        assert!(fitted(1, None).judged.is_empty());
    }

    #[test]
    fn the_text_tells_the_verdict_out_of_sample() {
        let text = text(&HELD);
        assert!(text.contains("Bass, shifted") && text.contains("last value"), "{text}");
        assert!(text.lines().all(|line| line.chars().count() <= 100), "{text}");
    }
}
