//! What holds educators back in the nation, at the end of each school year.

use crate::report::charts::PARTS_HELD;
use crate::report::charts::WIDTH;
use crate::report::charts::held_legend;
use crate::report::nation::view::View;
use crate::report::picture::DARK;
use crate::report::picture::Frame;
use crate::report::picture::MARGIN;
use crate::report::picture::Picture;
use crate::report::picture::words;
use crate::report::words::percent;

/// Shares of educators held back by each capacity in the last full week of each school year.
pub fn shares(view: &View, year: usize) -> [f64; 5] {
    let counts = [0, 1, 2, 3, 4].map(|what| view.sum_of_states(year, |s| s.held_by[what])[1]);
    let all: f64 = counts.iter().sum::<f64>().max(1.0);
    counts.map(|n| n / all)
}

/// Stacked bars, one a school year.
pub fn held(view: &View) -> Picture {
    let how =
        "Share of educators by the capacity that is scarcest for them, in the last full week of each school year.";
    let (mut picture, top) = Picture::titled("held_back", "What holds educators back, year by year", how, WIDTH);
    let top = held_legend(&mut picture, top + 4.0) + 8.0;
    let row = 30.0;
    let mut told = Vec::new();
    for year in 0..view.n_years() {
        let (y, id) = (top + year as f64 * row, &view.outcome.years[year].0);
        picture.text((MARGIN, y + row / 2.0 - 2.0), words(id.as_str()).size(12.5).strong());
        let (left, right) = (MARGIN + 70.0, WIDTH - MARGIN);
        let mut from = left;
        let shares = shares(view, year);
        for (share, (_, _, ink, hatch)) in shares.iter().zip(PARTS_HELD) {
            let to = from + share * (right - left);
            let bar = Frame { left: from, right: to, top: y + 2.0, bottom: y + row - 6.0 };
            picture.fill(bar, ink);
            picture.hatch(bar, hatch, DARK.thin(0.4), 6.0, |_, _| true);
            picture.edge(bar, DARK.thin(0.7), 0.6);
            if *share >= 0.05 {
                let label = words(percent(*share)).size(11.5).strong();
                let back = Frame {
                    left: bar.middle() - label.width() / 2.0 - 3.0,
                    right: bar.middle() + label.width() / 2.0 + 3.0,
                    top: bar.top + 3.0,
                    bottom: bar.bottom - 3.0,
                };
                picture.fill(back, crate::report::picture::WHITE.thin(0.8));
                picture.text((bar.middle(), bar.middle_y()), label.middle());
            }
            from = to;
        }
        let parts: Vec<String> =
            PARTS_HELD.iter().zip(shares).map(|((name, ..), s)| format!("{name} {}", percent(s))).collect();
        told.push(format!("{id}: {}", parts.join(", ")));
    }
    picture.height = top + view.n_years() as f64 * row + 10.0;
    picture.description = format!("Stacked bars, one a school year. {}.", told.join("; "));
    picture
}
