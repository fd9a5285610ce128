//! The tile map: a square for each state, year by year.

use crate::nation::atlas;
use crate::report::charts::WIDTH;
use crate::report::nation::view::View;
use crate::report::picture::DARK;
use crate::report::picture::Frame;
use crate::report::picture::GREY;
use crate::report::picture::Ink;
use crate::report::picture::MARGIN;
use crate::report::picture::Picture;
use crate::report::picture::WHITE;
use crate::report::picture::words;
use crate::report::words::percent;

/// From which share on which colour: one hue, the more the darker, so that it is read without colours too.
const STEPS: [(f64, Ink); 6] = [
    (0.0, Ink::new(240, 243, 248)),
    (0.1, Ink::new(208, 222, 240)),
    (0.25, Ink::new(160, 190, 225)),
    (0.4, Ink::new(104, 150, 204)),
    (0.6, Ink::new(48, 105, 175)),
    (0.8, Ink::new(16, 56, 112)),
];

/// Most maps on a picture.
const MOST_MAPS: usize = 4;

/// Share of each state's educators who use at least one practice, at the end of some school years.
pub fn tiles(view: &View) -> Picture {
    let how =
        "Each square is a state with the share of its educators who use at least one practice. The darker, the more.";
    let (mut picture, top) = Picture::titled("tiles", "Where it is used: states, year by year", how, WIDTH);
    let top = legend(&mut picture, top + 6.0);
    let years = chosen(view.n_years());
    let size = 37.0;
    let (width, height) = (f64::from(atlas::N_COLUMNS) * size, f64::from(atlas::N_ROWS) * size);
    let gap = (WIDTH - 2.0 * MARGIN - 2.0 * width).max(10.0);
    let mut told = Vec::new();
    for (place, year) in years.iter().enumerate() {
        let left = MARGIN + (place % 2) as f64 * (width + gap);
        let top = top + (place / 2) as f64 * (height + 44.0);
        let title = format!("At the end of {}", view.outcome.years[*year].0);
        picture.text((left, top + 14.0), words(title).size(14.0).strong());
        map(&mut picture, view, *year, (left, top + 28.0), size);
        told.push(in_words(view, *year));
    }
    let rows = years.len().div_ceil(2) as f64;
    picture.height = top + rows * (height + 44.0) + 10.0;
    picture.description = format!("Maps of tiles. {}", told.join(" "));
    picture
}

/// The years that are shown: the first, the last and what lies evenly between.
fn chosen(n_years: usize) -> Vec<usize> {
    let n = n_years.min(MOST_MAPS);
    (0..n).map(|place| if n == 1 { 0 } else { place * (n_years - 1) / (n - 1) }).collect()
}

fn map(picture: &mut Picture, view: &View, year: usize, (left, top): (f64, f64), size: f64) {
    for state in view.states() {
        let tile = &atlas::TILES[state];
        let (x, y) = (left + f64::from(tile.column) * size, top + f64::from(tile.row) * size);
        let square = Frame { left: x, top: y, right: x + size - 2.0, bottom: y + size - 2.0 };
        let [_, share, _] = view.share_of_state(state, year, |s| s.at_least[2]);
        let step = STEPS.iter().rposition(|(from, _)| share >= *from).unwrap_or(0);
        picture.fill(square, STEPS[step].1);
        picture.edge(square, GREY.thin(0.5), 0.6);
        let ink = if step >= 4 { WHITE } else { DARK };
        picture
            .text((square.middle(), square.middle_y() - 7.0), words(tile.code).size(11.5).strong().ink(ink).middle());
        picture.text(
            (square.middle(), square.middle_y() + 8.0),
            words(percent(share).replace(' ', "")).size(11.0).ink(ink).middle(),
        );
    }
}

fn legend(picture: &mut Picture, top: f64) -> f64 {
    let mut left = MARGIN;
    for (place, (from, ink)) in STEPS.iter().enumerate() {
        let text = match STEPS.get(place + 1) {
            Some((to, _)) => format!("{} to {}", percent(*from), percent(*to)),
            None => format!("{} or more", percent(*from)),
        };
        let swatch = Frame { left, top, right: left + 16.0, bottom: top + 14.0 };
        picture.fill(swatch, *ink);
        picture.edge(swatch, GREY, 0.6);
        let label = words(text).size(12.0);
        left += 22.0 + label.width() + 18.0;
        picture.text((swatch.right + 6.0, top + 7.0), label);
    }
    top + 30.0
}

fn in_words(view: &View, year: usize) -> String {
    let mut shares: Vec<(f64, &str)> = (view.states().into_iter())
        .map(|state| (view.share_of_state(state, year, |s| s.at_least[2])[1], atlas::TILES[state].code))
        .collect();
    shares.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(b.1)));
    let some = |list: &[(f64, &str)]| {
        list.iter().map(|(share, code)| format!("{code} {}", percent(*share))).collect::<Vec<_>>().join(", ")
    };
    let n = shares.len();
    let (most, least) = (&shares[..n.min(5)], &shares[n.saturating_sub(5)..]);
    format!("End of {}: most {}; least {}.", view.outcome.years[year].0, some(most), some(least))
}
