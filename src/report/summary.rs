//! The summary for a terminal: the answer on one screen of 24 lines and 80 columns.
//!
//! Has a scenario and its outcome, gives text without colours. Knows no terminal.

use crate::pipeline::Outcome;
use crate::report::answer::answer;
use crate::report::point::Point;
use crate::report::words::wrap;
use crate::scenario::Scenario;

const COLUMNS: usize = 80;
const LINES: usize = 24;
const LINES_EACH: usize = 4;
const INDENT: usize = 20;

/// The answer in at most 24 lines of 80 columns, its most important part first.
pub fn summary(scenario: &Scenario, outcome: &Outcome) -> String {
    let mut lines = cut(wrap(&scenario.title, COLUMNS), 1);
    lines.extend(cut(wrap(&scenario.question, COLUMNS), 2));
    lines.push(String::new());
    for point in answer(scenario, outcome) {
        lines.extend(paragraph(&point));
    }
    lines.truncate(LINES - 1);
    lines.push(format!("{} runs, seed {}.", outcome.results.replicates, scenario.seed));
    lines.join("\n") + "\n"
}

fn paragraph(point: &Point) -> Vec<String> {
    let said = cut(wrap(&point.short, COLUMNS - INDENT), LINES_EACH);
    let heads = std::iter::once(point.about).chain(std::iter::repeat(""));
    said.iter().zip(heads).map(|(line, head)| format!("{head:<INDENT$}{line}")).collect()
}

/// The first lines; the last ends in an ellipsis when some are left out.
fn cut(mut lines: Vec<String>, most: usize) -> Vec<String> {
    if lines.len() > most {
        lines.truncate(most);
        if let Some(last) = lines.last_mut() {
            // A word that does not fit beside the ellipsis goes with the rest.
            while last.chars().count() > COLUMNS - INDENT - 2 {
                let end = last.rfind(' ').unwrap_or(0);
                last.truncate(end);
            }
            *last = format!("{} …", last.trim_end());
        }
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::sample::sample;

    #[test]
    fn the_summary_fits_one_screen() {
        let (mut scenario, outcome) = sample();
        scenario.title = "long ".repeat(60);
        scenario.question = "why ".repeat(200);
        let text = summary(&scenario, &outcome);
        assert!(text.lines().count() <= LINES, "{text}");
        assert!(text.lines().all(|l| l.chars().count() <= COLUMNS), "{text}");
    }

    #[test]
    fn the_answer_about_law_comes_before_the_rest() {
        let (scenario, outcome) = sample();
        let text = summary(&scenario, &outcome);
        assert!(text.find("Law and contract").unwrap() < text.find("Really using it").unwrap());
    }
}
