//! What holds educators back, week by week: shares stacked by capacity.

use crate::pipeline::Outcome;
use crate::report::answer::held_by_year;
use crate::report::charts::WIDTH;
use crate::report::charts::axes;
use crate::report::charts::axes::Labels;
use crate::report::picture::DARK;
use crate::report::picture::Frame;
use crate::report::picture::Hatch;
use crate::report::picture::Ink;
use crate::report::picture::MARGIN;
use crate::report::picture::Picture;
use crate::report::picture::WHITE;
use crate::report::picture::words;
use crate::report::words::percent;
use crate::scenario::Scenario;

/// What holds an educator back, with the question behind it, its colour and its hatch.
pub const PARTS: [(&str, &str, Ink, Hatch); 5] = [
    ("will", "not yet willing", Ink::new(240, 205, 108), Hatch::Plain),
    ("authority", "may not yet", Ink::new(220, 150, 185), Hatch::Rising),
    ("expertise", "no help at hand", Ink::new(130, 187, 230), Hatch::Falling),
    ("resources", "no time, things or money", Ink::new(104, 190, 158), Hatch::Level),
    ("nothing", "free to move on", Ink::new(238, 240, 244), Hatch::Plain),
];

/// Shares of educators held back by each capacity, stacked, over the weeks.
pub fn held_back(_scenario: &Scenario, outcome: &Outcome) -> Picture {
    let results = &outcome.results;
    let how = "Share of educators by the capacity that is scarcest for them in that week (mean of the runs). Grey strip below: summers.";
    let (mut picture, top) = Picture::titled("held_back", "What holds educators back, and when", how, WIDTH);
    let top = legend(&mut picture, top + 4.0);
    let frame = Frame { left: 60.0, top: top + 14.0, right: WIDTH - MARGIN - 8.0, bottom: top + 324.0 };
    picture.height = frame.bottom + 54.0;
    axes::time_axis(&mut picture, frame, results, Labels::Full);
    axes::share_axis(&mut picture, frame, 5, Labels::Full);
    let n = results.weeks.len();
    let mut below = vec![0.0; n];
    for (place, part) in results.district.held_by.iter().enumerate() {
        let above: Vec<f64> = below.iter().enumerate().map(|(w, b)| b + part.get(w).copied().unwrap_or(0.0)).collect();
        layer(&mut picture, frame, &below, &above, place);
        below = above;
    }
    for run in axes::summers(results) {
        let strip = Frame {
            left: axes::x(frame, n, run.start),
            right: axes::x(frame, n, run.end.min(n.saturating_sub(1))),
            top: frame.bottom + 1.0,
            bottom: frame.bottom + 5.0,
        };
        picture.fill(strip, Ink::new(150, 156, 168));
    }
    let years: Vec<String> = held_by_year(results)
        .iter()
        .map(|(year, held)| {
            let parts: Vec<String> =
                PARTS.iter().zip(held).map(|((name, ..), share)| format!("{name} {}", percent(*share))).collect();
            format!("{year}: {}", parts.join(", "))
        })
        .collect();
    picture.description = format!("Stacked shares by week. Means over the weeks with school: {}.", years.join("; "));
    picture
}

/// Writes what the colours mean; gives where what comes below begins.
pub fn legend(picture: &mut Picture, top: f64) -> f64 {
    let (mut left, mut y) = (MARGIN, top + 8.0);
    for (name, question, ink, hatch) in PARTS {
        let (head, tail) = (words(name).size(12.0).strong(), words(question).size(12.0));
        let width = 22.0 + head.width() + 6.0 + tail.width() + 18.0;
        if left + width > picture.width {
            (left, y) = (MARGIN, y + 20.0);
        }
        let swatch = Frame { left, top: y - 6.0, right: left + 16.0, bottom: y + 6.0 };
        picture.fill(swatch, ink);
        picture.hatch(swatch, hatch, DARK.thin(0.55), 5.0, |_, _| true);
        picture.edge(swatch, DARK, 0.8);
        let after = left + 22.0 + head.width() + 6.0;
        picture.text((left + 22.0, y), head);
        picture.text((after, y), tail);
        left += width;
    }
    y + 10.0
}

fn layer(picture: &mut Picture, frame: Frame, below: &[f64], above: &[f64], place: usize) {
    let n = below.len();
    if n < 2 {
        return;
    }
    let (name, _, ink, hatch) = PARTS[place];
    let mut outline = axes::points(frame, n, above);
    let edge = outline.clone();
    outline.extend(axes::points(frame, n, below).into_iter().rev());
    picture.area(outline, ink);
    let inside = |x: f64, y: f64| {
        let week = ((x - frame.left) / frame.width() * (n - 1) as f64).round() as usize;
        let week = week.min(n - 1);
        y >= frame.y(above[week]) + 0.5 && y <= frame.y(below[week]) - 0.5
    };
    picture.hatch(frame, hatch, DARK.thin(0.28), 8.0, inside);
    picture.line(edge, WHITE, 1.2);
    let label = words(name).size(13.0).strong().middle();
    let half = (label.width() / 2.0 / frame.width() * n as f64) as usize + 6;
    let thin = |w: usize| (w - half..=w + half).map(|v| above[v] - below[v]).fold(f64::INFINITY, f64::min);
    let widest = (half..n.saturating_sub(half)).max_by(|a, b| thin(*a).total_cmp(&thin(*b)).then(b.cmp(a)));
    let Some(week) = widest.filter(|w| thin(*w) * frame.height() > 22.0) else { return };
    let at = (axes::x(frame, n, week), (frame.y(above[week]) + frame.y(below[week])) / 2.0);
    let back = Frame {
        left: at.0 - label.width() / 2.0 - 5.0,
        top: at.1 - 10.0,
        right: at.0 + label.width() / 2.0 + 5.0,
        bottom: at.1 + 10.0,
    };
    picture.fill(back, ink);
    picture.text(at, label);
}
