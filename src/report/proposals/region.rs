//! The lawful region: how many candidates of each release and frequency fail no clause.

use crate::candidates::Count;
use crate::candidates::axes::EVERY;
use crate::candidates::axes::RELEASE;
use crate::propose::Proposed;
use crate::report::charts::WIDTH;
use crate::report::picture::DARK;
use crate::report::picture::Frame;
use crate::report::picture::GREY;
use crate::report::picture::Hatch;
use crate::report::picture::Ink;
use crate::report::picture::MARGIN;
use crate::report::picture::Picture;
use crate::report::picture::WHITE;
use crate::report::picture::words;
use crate::report::words::counted;
use crate::report::words::list;
use crate::units::thousands;

/// Shares of lawful candidates, the largest of each class, with its colour; classes are read by number as well.
const CLASSES: [(f64, &str, Ink); 5] = [
    (0.0, "none", WHITE),
    (0.25, "up to 25 %", Ink::new(222, 235, 247)),
    (0.5, "up to 50 %", Ink::new(170, 205, 232)),
    (0.75, "up to 75 %", Ink::new(104, 160, 208)),
    (1.0, "over 75 %", Ink::new(40, 104, 170)),
];

/// Width of the names of frequencies \[px\].
const NAMES: f64 = 118.0;
/// Height of a row \[px\].
const ROW: f64 = 46.0;
/// Columns that stand beside one another at most; more stand in further bands below.
const MOST_COLUMNS: usize = 13;

/// A cell for each release and frequency, its share of lawful candidates as colour and number.
pub fn region(proposed: &Proposed) -> Picture {
    let found = &proposed.found;
    let total = found.region.total;
    let seen = if found.is_exhaustive() { "all" } else { "a sample of" };
    let how = format!(
        "Of the candidates of each release and frequency, how many fail no clause: share, and number below it. {} of {seen} {} candidates do. The thick frame is the proposal as read.",
        number(total.lawful),
        number(total.all)
    );
    let (mut picture, top) =
        Picture::titled("lawful-region", "The lawful region by release and frequency", &how, WIDTH);
    let mut y = legend(&mut picture, top + 8.0) + 14.0;
    let axes = (&found.space.axes[RELEASE], &found.space.axes[EVERY]);
    let n_bands = axes.0.len().div_ceil(MOST_COLUMNS);
    let columns = axes.0.len().div_ceil(n_bands.max(1));
    let width = ((WIDTH - 2.0 * MARGIN - NAMES) / columns.max(1) as f64).min(90.0);
    let as_read = (found.space.as_read[RELEASE], found.space.as_read[EVERY]);
    for band in 0..n_bands {
        let releases: Vec<usize> = (band * columns..((band + 1) * columns).min(axes.0.len())).collect();
        for every in 0..axes.1.len() {
            let middle = y + ROW / 2.0;
            picture.text((MARGIN + NAMES - 10.0, middle), words(axes.1.value(every)).size(13.0).right());
            for (n, release) in releases.iter().enumerate() {
                let left = MARGIN + NAMES + width * n as f64;
                let frame = Frame { left, top: y, right: left + width, bottom: y + ROW };
                cell(&mut picture, frame, &found.region.by_release_and_every[*release][every]);
            }
            y += ROW;
        }
        for (n, release) in releases.iter().enumerate() {
            let x = MARGIN + NAMES + width * (n as f64 + 0.5);
            picture.text((x, y + 13.0), words(minutes(found.space.release(*release))).size(11.0).ink(GREY).middle());
        }
        if let Some(n) = releases.iter().position(|r| *r == as_read.0) {
            let left = MARGIN + NAMES + width * n as f64;
            let top = y - ROW * (axes.1.len() - as_read.1) as f64;
            picture.edge(Frame { left, top, right: left + width, bottom: top + ROW }, DARK, 3.0);
        }
        y += 40.0;
    }
    picture.text(
        (MARGIN + NAMES, y - 8.0),
        words("Minutes by which pupils leave earlier on days of release").size(13.0).ink(GREY),
    );
    picture.height = y + 12.0;
    picture.description = description(proposed);
    picture
}

fn number(n: u64) -> String {
    thousands(i64::try_from(n).unwrap_or(i64::MAX))
}

/// Minutes as a number: the axis names their unit once.
fn minutes(release: i64) -> String {
    if release == 0 { "none".into() } else { release.to_string() }
}

fn class(count: &Count) -> usize {
    if count.lawful == 0 {
        return 0;
    }
    let share = count.lawful as f64 / count.all as f64;
    CLASSES.iter().position(|(most, ..)| share <= *most).unwrap_or(CLASSES.len() - 1)
}

fn legend(picture: &mut Picture, y: f64) -> f64 {
    let head = words("Lawful:").size(13.0);
    let mut x = MARGIN + head.width() + 12.0;
    picture.text((MARGIN, y), head);
    for (n, (_, meaning, ink)) in CLASSES.into_iter().enumerate() {
        let swatch = Frame { left: x, top: y - 7.0, right: x + 22.0, bottom: y + 7.0 };
        shade(picture, swatch, n, ink);
        let label = words(meaning).size(13.0);
        let width = label.width();
        picture.text((x + 28.0, y), label);
        x += 28.0 + width + 20.0;
    }
    y + 10.0
}

fn shade(picture: &mut Picture, frame: Frame, class: usize, ink: Ink) {
    picture.fill(frame, ink);
    if class == 0 {
        picture.hatch(frame, Hatch::Rising, GREY.thin(0.35), 6.0, |_, _| true);
    }
    picture.edge(frame, GREY, 0.8);
}

fn cell(picture: &mut Picture, frame: Frame, count: &Count) {
    let class = class(count);
    shade(picture, frame, class, CLASSES[class].2);
    let ink = if class == CLASSES.len() - 1 { WHITE } else { DARK };
    let middle = (frame.top + frame.bottom) / 2.0;
    if count.lawful > 0 {
        let share = count.lawful as f64 / count.all as f64 * 100.0;
        let told = if share < 1.0 { "< 1 %".into() } else { format!("{share:.0} %") };
        picture.text((frame.middle(), middle - 8.0), words(told).size(13.0).strong().ink(ink).middle());
        picture.text((frame.middle(), middle + 9.0), words(few_letters(count.lawful)).size(11.0).ink(ink).middle());
    }
}

/// `38,412` as `38 k`, so that it fits.
fn few_letters(n: u64) -> String {
    match n {
        0..10_000 => number(n),
        10_000..10_000_000 => format!("{} k", number(n / 1_000)),
        _ => format!("{} M", number(n / 1_000_000)),
    }
}

fn description(proposed: &Proposed) -> String {
    let found = &proposed.found;
    let (releases, every) = (&found.space.axes[RELEASE], &found.space.axes[EVERY]);
    let row = |e: usize| {
        let lawful = |r: &usize| found.region.by_release_and_every[*r][e].lawful > 0;
        let values: Vec<String> = (0..releases.len()).filter(lawful).map(|r| releases.value(r)).collect();
        let told = if values.is_empty() { "no release".to_string() } else { list(&values) };
        format!("{}: lawful candidates with {told}", every.value(e))
    };
    let rows: Vec<String> = (0..every.len()).map(row).collect();
    let total = found.region.total;
    format!("{} lawful of {}. {}.", number(total.lawful), counted(total.all as usize, "candidate"), rows.join("; "))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_are_cut_where_they_would_not_fit() {
        assert_eq!([9_999, 38_412, 12_345_678].map(few_letters), ["9,999", "38 k", "12 M"]);
    }

    #[test]
    fn a_share_has_its_class() {
        let of = |lawful| class(&Count { all: 100, lawful, keeping: 0 });
        assert_eq!([0, 1, 25, 26, 75, 76, 100].map(of), [0, 1, 1, 2, 3, 4, 4]);
    }
}
