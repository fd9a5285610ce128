//! How gains and losses fall on people: a strip for each measure, with the worst-off and the best-off group.

use crate::district::District;
use crate::ledger::Extreme;
use crate::ledger::Gains;
use crate::ledger::Per;
use crate::ledger::Spread;
use crate::ledger::extremes;
use crate::ledger::spread;
use crate::report::charts::WIDTH;
use crate::report::gain_words::people;
use crate::report::gain_words::signed;
use crate::report::gain_words::who_in_words;
use crate::report::picture::BLUE;
use crate::report::picture::DARK;
use crate::report::picture::FAINT;
use crate::report::picture::Frame;
use crate::report::picture::GREY;
use crate::report::picture::Hatch;
use crate::report::picture::Ink;
use crate::report::picture::MARGIN;
use crate::report::picture::ORANGE;
use crate::report::picture::Picture;
use crate::report::picture::WHITE;
use crate::report::picture::words;
use crate::report::words::capital;

const STRIP: f64 = 24.0;
const LINE: f64 = 16.0;
const ROOM: f64 = WIDTH - 2.0 * MARGIN;

/// How a strip shows less, the same and more time.
const LOOKS: [(&str, Ink, Hatch); 3] = [
    ("Less time", ORANGE.thin(0.28), Hatch::Falling),
    ("As much time", FAINT, Hatch::Plain),
    ("More time", BLUE.thin(0.28), Hatch::Rising),
];

fn look(change: f64) -> (Ink, Hatch) {
    let (_, ink, hatch) = LOOKS[if change < 0.0 { 0 } else { 1 + usize::from(change > 0.0) }];
    (ink, hatch)
}

/// One strip a measure, all people of it from left to right, those who lose most first.
///
/// `names` are those of the baseline and of the other side, `district` is the baseline's.
pub fn spread_strips(gains: &Gains, names: [&str; 2], district: &District, year: &str) -> Picture {
    let title = format!("How the change falls on people: “{}” against “{}”", names[1], names[0]);
    let how = format!(
        "Each strip is everybody whose minutes are counted, cut where the change of a full week of {year} differs. Colours \
         and lines say less or more time, not good or bad."
    );
    let (mut picture, top) = Picture::titled("gains-spread", &title, &how, WIDTH);
    let mut y = legend(&mut picture, top + 12.0) + 22.0;
    let mut said = Vec::new();
    let told = spread(gains, year, Per::Week).into_iter().zip(extremes(gains, year, Per::Week));
    for (spread, extremes) in told.filter(|(spread, _)| !spread.steps.is_empty()) {
        let name = capital(spread.measure.name());
        let who = |extreme: &Extreme, what: &str| {
            let who = who_in_words(district, gains, &extreme.groups);
            format!("{what} {} min a week: {who} ({}).", signed(extreme.change), people(extreme.people, spread.measure))
        };
        let mut lines: Vec<String> = extremes.loss.iter().map(|e| who(e, "Largest loss")).collect();
        lines.extend(extremes.gain.iter().map(|e| who(e, "Largest gain")));
        picture.text((MARGIN, y), words(&name).size(13.0).strong());
        picture.text((WIDTH - MARGIN, y), words(counts(&spread)).size(12.0).ink(GREY).right());
        y = strip(&mut picture, &spread, y + 12.0) + 13.0;
        for line in lines.iter().flat_map(|line| words(line).size(12.0).lines(ROOM)) {
            picture.text((MARGIN, y), line);
            y += LINE;
        }
        y += 14.0;
        said.push(format!("{name}: {}. {}", counts(&spread), lines.join(" ")));
    }
    picture.height = y;
    picture.description =
        format!("How many people have less, as much and more time in a full week of {year}. {}", said.join(" "));
    picture
}

/// How many lose, stay and gain.
fn counts(spread: &Spread) -> String {
    let said = [(spread.losing(), "less"), (spread.staying(), "as much"), (spread.gaining(), "more")];
    let said: Vec<String> = said.map(|(n, what)| format!("{what}: {}", people(n, spread.measure))).into();
    said.join(", ")
}

fn legend(picture: &mut Picture, y: f64) -> f64 {
    let mut left = MARGIN;
    for (label, ink, hatch) in LOOKS {
        let frame = Frame { left, top: y - 8.0, right: left + 26.0, bottom: y + 8.0 };
        box_of(picture, frame, ink, hatch);
        let label = words(label).size(12.0);
        let width = label.width();
        picture.text((left + 32.0, y), label);
        left += 32.0 + width + 18.0;
    }
    y + 8.0
}

fn box_of(picture: &mut Picture, frame: Frame, ink: Ink, hatch: Hatch) {
    picture.fill(frame, ink);
    picture.hatch(frame, hatch, DARK.thin(0.2), 6.0, |_, _| true);
    picture.edge(frame, DARK.thin(0.5), 0.8);
}

/// Draws a strip with the minutes of each piece that has room for them; gives the height below.
fn strip(picture: &mut Picture, spread: &Spread, top: f64) -> f64 {
    let all: f64 = spread.steps.iter().map(|(_, people)| people).sum();
    let mut left = MARGIN;
    for (change, people) in &spread.steps {
        let right = left + ROOM * people / all.max(f64::EPSILON);
        let frame = Frame { left, top, right, bottom: top + STRIP };
        let (ink, hatch) = look(*change);
        box_of(picture, frame, ink, hatch);
        let label = words(signed(*change)).size(12.0).strong().middle();
        if label.width() + 8.0 <= frame.width() {
            let (half, middle) = (label.width() / 2.0 + 3.0, top + STRIP / 2.0);
            let back = Frame {
                left: frame.middle() - half,
                right: frame.middle() + half,
                top: middle - 8.0,
                bottom: middle + 8.0,
            };
            picture.fill(back, WHITE);
            picture.text((frame.middle(), middle), label);
        }
        left = right;
    }
    top + STRIP
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ledger::Measure;

    #[test]
    fn less_and_more_differ_in_lines_and_not_in_colour_alone() {
        let hatches = [-1.0, 0.0, 1.0].map(|change| look(change).1);
        assert_eq!(hatches, [Hatch::Falling, Hatch::Plain, Hatch::Rising]);
    }

    #[test]
    fn those_who_lose_stay_and_gain_are_counted() {
        let spread = Spread { measure: Measure::SchoolDay, steps: vec![(-90.0, 3146.0), (0.0, 37.0), (5.0, 100.0)] };
        assert_eq!(counts(&spread), "less: 3,146 pupils, as much: 37 pupils, more: 100 pupils");
    }
}
