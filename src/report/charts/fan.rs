//! The adoption fan: how many educators have reached each level of use, week by week.

use crate::ensemble::Milestone;
use crate::ensemble::Results;
use crate::pipeline::Outcome;
use crate::report::answer::share_words;
use crate::report::charts::WIDTH;
use crate::report::charts::axes;
use crate::report::charts::axes::Labels;
use crate::report::picture::BLUE;
use crate::report::picture::DARK;
use crate::report::picture::Frame;
use crate::report::picture::GREY;
use crate::report::picture::Ink;
use crate::report::picture::MARGIN;
use crate::report::picture::ORANGE;
use crate::report::picture::PURPLE;
use crate::report::picture::Picture;
use crate::report::picture::Stroke;
use crate::report::picture::WHITE;
use crate::report::picture::words;
use crate::report::words::month;
use crate::report::words::percent;
use crate::report::words::short_month;
use crate::scenario::Scenario;
use crate::units::thousands;

/// Levels 1 to 5 as the chart names them, with their colours.
const LEVELS: [(&str, &str, Ink); 5] = [
    ("know of it", "level 1 or higher", GREY),
    ("prepare", "level 2 or higher", GREY),
    ("use it", "level 3 or higher", BLUE),
    ("routine", "level 4 or higher", ORANGE),
    ("integrated", "level 5, with colleagues", PURPLE),
];
const USING: usize = 2;
const ROUTINE: usize = 3;

/// At-least-level curves of the district with the band of the middle 80 % of the runs for using and routine.
pub fn fan(scenario: &Scenario, outcome: &Outcome) -> Picture {
    fan_of(scenario, &outcome.results)
}

/// The same of any results.
pub fn fan_of(scenario: &Scenario, results: &Results) -> Picture {
    let runs = match results.replicates {
        1 => "Lines: one run.".to_string(),
        n => format!("Lines: median of {n} runs. Shaded bands: 8 of 10 runs."),
    };
    let n_educators = thousands(i64::from(results.district.n_educators));
    // Where every week is a school week there is nothing grey to tell of.
    let grey = if axes::summers(results).is_empty() { "" } else { " Grey: summers, when leavers are replaced." };
    let how = format!("Share of {n_educators} educators who take up the practice. {runs}{grey}");
    let (mut picture, top) =
        Picture::titled("adoption", "Who is really using it: educators at each level of use or higher", &how, WIDTH);
    let frame = Frame { left: 60.0, top: top + 16.0, right: WIDTH - 158.0, bottom: top + 366.0 };
    picture.height = frame.bottom + 54.0;
    let n = results.weeks.len();
    axes::time_axis(&mut picture, frame, results, Labels::Full);
    axes::share_axis(&mut picture, frame, 5, Labels::Full);
    for (place, stroke) in [(0, Stroke::Dotted), (1, Stroke::Dashed), (4, Stroke::Dashed)] {
        let line = axes::points(frame, n, &results.district.at_least[place].median);
        picture.stroke(line, LEVELS[place].2, 1.5, stroke);
    }
    axes::band(&mut picture, frame, n, &results.district.at_least[USING], BLUE);
    axes::band(&mut picture, frame, n, &results.district.at_least[ROUTINE], ORANGE);
    let mut taken = Vec::new();
    for milestone in &results.milestones {
        mark(&mut picture, frame, results, milestone, &mut taken);
    }
    label_ends(&mut picture, frame, results);
    picture.description = describe(scenario, results);
    picture
}

/// Marks when a share is reached; its label goes below those that stand where it would.
fn mark(picture: &mut Picture, frame: Frame, results: &Results, milestone: &Milestone, taken: &mut Vec<Frame>) {
    let ink = if milestone.level == 4 { ORANGE } else { BLUE };
    let (y, n) = (frame.y(milestone.share), results.weeks.len());
    let reached = &milestone.reached;
    let Some((median, date)) = reached.median.and_then(|w| results.weeks.get(w).map(|d| (w, d))) else { return };
    let at = axes::x(frame, n, median);
    let low = reached.low.map_or(at, |w| axes::x(frame, n, w));
    let high = reached.high.map_or(frame.right, |w| axes::x(frame, n, w));
    picture.line(vec![(low, y), (at, y)], ink, 1.5);
    picture.line(vec![(low, y - 4.0), (low, y + 4.0)], ink, 1.5);
    match reached.high {
        Some(_) => {
            picture.line(vec![(at, y), (high, y)], ink, 1.5);
            picture.line(vec![(high, y - 4.0), (high, y + 4.0)], ink, 1.5);
        }
        None => picture.stroke(vec![(at, y), (high, y)], ink, 1.5, Stroke::Dashed),
    }
    picture.disc((at, y), 5.0, WHITE);
    picture.disc((at, y), 3.8, ink);
    let runs = match reached.high {
        Some(_) => String::new(),
        None => format!(" ({} of runs)", percent(reached.share_reaching)),
    };
    let text = format!("{}: {}{runs}", share_words(milestone.share), short_month(*date));
    let label = words(text).size(12.0).strong().ink(ink);
    let beside = if reached.high.is_some() { high } else { at };
    let left = (beside + 8.0).min(frame.right - label.width() - 4.0);
    let mut back = Frame { left: left - 3.0, top: y + 5.0, right: left + label.width() + 3.0, bottom: y + 21.0 };
    let meets = |a: &Frame, b: &Frame| a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;
    while let Some(other) = taken.iter().find(|other| meets(other, &back)) {
        (back.top, back.bottom) = (other.bottom, other.bottom + 16.0);
    }
    picture.fill(back, WHITE.thin(0.85));
    picture.text((left, back.top + 8.0), label);
    taken.push(back);
}

fn label_ends(picture: &mut Picture, frame: Frame, results: &Results) {
    let last: Vec<f64> = results.district.at_least.iter().map(|b| b.median.last().copied().unwrap_or(0.0)).collect();
    let heights: Vec<f64> = last.iter().map(|share| frame.y(*share)).collect();
    let placed = axes::apart(&heights, 33.0, frame.top, frame.bottom - 8.0);
    for (place, (name, level, ink)) in LEVELS.iter().enumerate() {
        let (y, left) = (placed[place], frame.right + 22.0);
        picture.line(vec![(frame.right + 2.0, heights[place]), (left - 5.0, y)], ink.thin(0.6), 1.0);
        let head = words(format!("{} {name}", percent(last[place]))).size(13.0).strong().ink(*ink);
        picture.text((left, y), head.fit(picture.width - left - 4.0));
        picture.text((left, y + 15.0), words(*level).size(11.0).ink(GREY));
    }
    picture.text((MARGIN, frame.top - 14.0), words("educators").size(11.0).ink(DARK));
}

fn describe(scenario: &Scenario, results: &Results) -> String {
    let ends: Vec<String> = results
        .year_ends
        .iter()
        .map(|y| format!("{}: using {}, routine {}", y.year, percent(y.using[1]), percent(y.routine[1])))
        .collect();
    let from = results.weeks.first().map_or_else(|| month(scenario.from), |d| month(*d));
    let to = results.weeks.last().map_or_else(|| month(scenario.from), |d| month(*d));
    format!(
        "Curves from {from} to {to} of the share of educators at each level of use or higher. Medians at the end of each school year: {}.",
        if ends.is_empty() { "none".to_string() } else { ends.join("; ") }
    )
}
