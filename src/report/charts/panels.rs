//! Small multiples: using and routine by school and by practice, all on the same axes.

use crate::ensemble::Band;
use crate::pipeline::Outcome;
use crate::report::charts::WIDTH;
use crate::report::charts::axes;
use crate::report::charts::axes::Labels;
use crate::report::picture::BLUE;
use crate::report::picture::Frame;
use crate::report::picture::GREY;
use crate::report::picture::MARGIN;
use crate::report::picture::ORANGE;
use crate::report::picture::Picture;
use crate::report::picture::words;
use crate::report::words::percent;
use crate::scenario::Scenario;

const COLUMNS: usize = 3;
const GAP: f64 = 26.0;
const LEFT: f64 = 54.0;

struct Panel<'a> {
    title: String,
    note: String,
    using: &'a Band,
    routine: &'a Band,
}

/// One panel a school.
pub fn schools(_scenario: &Scenario, outcome: &Outcome) -> Picture {
    let panels: Vec<Panel> = outcome
        .results
        .schools
        .iter()
        .map(|s| Panel {
            title: s.name.clone(),
            note: format!("{} educators", s.n_educators),
            using: s.using(),
            routine: s.routine(),
        })
        .collect();
    draw("schools", "School by school: using it, and routine", outcome, &panels)
}

/// One panel a practice, over the whole district.
pub fn practices(scenario: &Scenario, outcome: &Outcome) -> Picture {
    let title = |place: usize| scenario.resources.practices.get(place).map_or_else(String::new, |p| p.title.clone());
    let panels: Vec<Panel> = outcome
        .results
        .district
        .practices
        .iter()
        .map(|p| Panel {
            title: title(p.practice),
            note: "whole district".into(),
            using: &p.using,
            routine: &p.routine,
        })
        .collect();
    draw("practices", "Practice by practice: using it, and routine", outcome, &panels)
}

fn draw(name: &str, title: &str, outcome: &Outcome, panels: &[Panel]) -> Picture {
    let how = "Share of educators. Blue: using (level 3 or higher). Orange: routine (level 4 or higher). Bands: 8 of 10 runs. \
               Years on the axis are those in which a school year ends.";
    let (mut picture, top) = Picture::titled(name, title, how, WIDTH);
    let width = (WIDTH - LEFT - MARGIN - GAP * (COLUMNS - 1) as f64) / COLUMNS as f64;
    let (head, height, foot) = (40.0, 120.0, 26.0);
    for (n, panel) in panels.iter().enumerate() {
        let (column, row) = (n % COLUMNS, n / COLUMNS);
        let left = LEFT + (width + GAP) * column as f64;
        let upper = top + 4.0 + (head + height + foot) * row as f64;
        let frame = Frame { left, top: upper + head, right: left + width, bottom: upper + head + height };
        one(&mut picture, frame, outcome, panel, if column == 0 { Labels::Short } else { Labels::Without });
    }
    let rows = panels.len().div_ceil(COLUMNS);
    picture.height = top + 8.0 + (head + height + foot) * rows as f64;
    let last = |b: &Band| b.median.last().map_or_else(|| "unknown".to_string(), |x| percent(*x));
    let said: Vec<String> =
        panels.iter().map(|p| format!("{}: using {}, routine {}", p.title, last(p.using), last(p.routine))).collect();
    picture.description = format!("Small panels with common axes. Medians in the last week: {}.", said.join("; "));
    picture
}

fn one(picture: &mut Picture, frame: Frame, outcome: &Outcome, panel: &Panel, labels: Labels) {
    let results = &outcome.results;
    let n = results.weeks.len();
    picture.text((frame.left, frame.top - 27.0), words(&panel.title).size(13.0).strong().fit(frame.width()));
    picture.text((frame.left, frame.top - 11.0), words(&panel.note).size(11.0).ink(GREY));
    let end = |b: &Band| b.median.last().copied();
    let mut right = frame.right;
    for (word, band, ink) in [("routine", panel.routine, ORANGE), ("using", panel.using, BLUE)] {
        if let Some(share) = end(band) {
            let label = words(format!("{word} {}", percent(share))).size(11.0).strong().ink(ink).right();
            let width = label.width();
            picture.text((right, frame.top - 11.0), label);
            right -= width + 10.0;
        }
    }
    axes::time_axis(picture, frame, results, Labels::Short);
    axes::share_axis(picture, frame, 2, labels);
    axes::band(picture, frame, n, panel.using, BLUE);
    axes::band(picture, frame, n, panel.routine, ORANGE);
}
