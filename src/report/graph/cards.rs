//! Cards on paper: the lines of text on a card, how high it gets, and how it is drawn.
//!
//! Has a card and its place, gives marks. Areas are told apart by colour, by letters and by the pattern of the
//! stripe; the critical path by weight; what never holds by dashes: no sign is colour alone.

use crate::readiness::Area;
use crate::report::graph::Card;
use crate::report::graph::Status;
use crate::report::graph::area_letters;
use crate::report::graph::colours::Colours;
use crate::report::graph::colours::colours;
use crate::report::graph::layout::CARD_WIDTH;
use crate::report::graph::layout::Rect;
use crate::report::picture::DARK;
use crate::report::picture::Frame;
use crate::report::picture::GREY;
use crate::report::picture::Ink;
use crate::report::picture::Picture;
use crate::report::picture::Stroke;
use crate::report::picture::Words;
use crate::report::picture::words;

const TITLE_SIZE: f64 = 15.0;
const DETAIL_SIZE: f64 = 13.0;
const LETTERS_SIZE: f64 = 11.0;
const TITLE_STEP: f64 = 18.0;
const DETAIL_STEP: f64 = 16.5;
const PADDING: f64 = 9.0;
const TEXT_FROM: f64 = 32.0;
const STRIPE_AT: f64 = 17.0;
const STRIPE_WIDTH: f64 = 6.0;
const RADIUS: f64 = 6.0;
/// A drawing that is shown in another font than ours gets up to so much wider.
const OTHER_FONTS: f64 = 1.05;

/// The lines of a card, in order.
pub struct Lines(Vec<(Words, f64)>);

impl Lines {
    /// How high a card with these lines is \[px\].
    pub fn height(&self) -> f64 {
        2.0 * PADDING + self.0.iter().map(|(_, step)| step).sum::<f64>().max(TITLE_STEP)
    }
}

/// Breaks what stands on a card into lines.
pub fn lines(card: &Card) -> Lines {
    let widest = (CARD_WIDTH - TEXT_FROM - PADDING) / OTHER_FONTS;
    let title = words(&card.title).size(TITLE_SIZE).strong();
    let kind = words(&card.kind).size(DETAIL_SIZE).ink(GREY);
    let when = std::iter::once(&card.when).chain(&card.spare);
    let mut lines: Vec<(Words, f64)> = title.lines(widest).into_iter().map(|line| (line, TITLE_STEP)).collect();
    let details = std::iter::once(kind).chain(when.map(|text| words(text).size(DETAIL_SIZE)));
    lines.extend(details.flat_map(|detail| detail.lines(widest)).map(|line| (line, DETAIL_STEP)));
    Lines(lines)
}

/// Draws a card at its place.
pub fn draw(picture: &mut Picture, card: &Card, lines: &Lines, rect: &Rect) {
    let Rect { x, y, height } = *rect;
    let Colours { fill, line } = colours(card.area);
    let frame = Frame { left: x, top: y, right: x + CARD_WIDTH, bottom: y + height };
    let (border, weight) = if card.critical { (DARK, 3.0) } else { (line, 1.2) };
    draw_frame(picture, frame, fill, (border, weight), card.status);
    let letters_at = y + PADDING + TITLE_STEP / 2.0;
    let letters = words(area_letters(card.area)).size(LETTERS_SIZE).strong().middle();
    picture.text((x + STRIPE_AT, letters_at), letters.ink(line));
    draw_stripe(picture, card.area, x + STRIPE_AT, (letters_at + 10.0, frame.bottom - PADDING));
    let mut at = y + PADDING;
    for (line, step) in &lines.0 {
        picture.text((x + TEXT_FROM, at + step / 2.0), line.clone());
        at += step;
    }
}

/// A small card without words, for the legend.
pub fn draw_sign(picture: &mut Picture, area: Area, frame: Frame) {
    let Colours { fill, line } = colours(area);
    draw_frame(picture, frame, fill, (line, 1.2), Status::Holds);
    draw_stripe(picture, area, frame.left + 8.0, (frame.top + 2.0, frame.bottom - 2.0));
}

/// A box with round corners and its border, which has gaps where something never holds.
pub fn draw_frame(picture: &mut Picture, frame: Frame, fill: Ink, border: (Ink, f64), status: Status) {
    let mut outline = rounded(frame);
    picture.area(outline.clone(), fill);
    outline.push(outline[0]);
    let stroke = match status {
        Status::Holds => Stroke::Solid,
        Status::Never => Stroke::Dashed,
    };
    picture.stroke(outline, border.0, border.1, stroke);
}

/// The outline of a box with round corners. It begins amid the upper edge, where its ends meet unseen.
fn rounded(frame: Frame) -> Vec<(f64, f64)> {
    let Frame { left, top, right, bottom } = frame;
    let corners =
        [(right, top, -1.0, 1.0), (right, bottom, -1.0, -1.0), (left, bottom, 1.0, -1.0), (left, top, 1.0, 1.0)];
    let mut outline = vec![(frame.middle(), top)];
    for (turn, (x, y, inwards, downwards)) in corners.into_iter().enumerate() {
        let middle = (x + inwards * RADIUS, y + downwards * RADIUS);
        outline.extend((0..=6u32).map(|n| {
            let angle = (turn as f64 - 1.0 + f64::from(n) / 6.0) * std::f64::consts::FRAC_PI_2;
            (middle.0 + RADIUS * libm::cos(angle), middle.1 + RADIUS * libm::sin(angle))
        }));
    }
    outline
}

/// The stripe of an area around a line from top to bottom: solid, dotted or barred.
fn draw_stripe(picture: &mut Picture, area: Area, x: f64, (top, bottom): (f64, f64)) {
    let ink = colours(area).line;
    let half = STRIPE_WIDTH / 2.0;
    let bar = |top: f64, bottom: f64| Frame { left: x - half, top, right: x + half, bottom };
    let each = |step: f64, size: f64| {
        let count = ((bottom - top - size) / step).max(0.0) as usize + 1;
        (0..count).map(move |n| top + n as f64 * step)
    };
    match area {
        Area::LearningAndTeaching => picture.fill(bar(top, bottom), ink),
        Area::RelationshipsAndRoles => {
            each(8.0, STRIPE_WIDTH).for_each(|y| picture.disc((x, y + half), half, ink));
        }
        Area::StructureAndPolicy => each(half * 2.0, half).for_each(|y| picture.fill(bar(y, y + half), ink)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::graph::made;
    use proptest::prelude::*;

    #[test]
    fn a_card_is_as_high_as_its_lines() {
        let mut card = made::rollout().cards.remove(0);
        (card.title, card.kind, card.when, card.spare) =
            ("Goals".into(), "practice".into(), "from 2026-01-26".into(), None);
        assert_eq!(lines(&card).height(), 69.0); // by hand: 18 + 2 * 16.5 and twice 9
    }

    #[test]
    fn the_outline_of_a_card_touches_its_box_and_does_not_leave_it() {
        let frame = Frame { left: 10.0, top: 20.0, right: 110.0, bottom: 80.0 };
        let outline = rounded(frame);
        let near = |a: f64, b: f64| (a - b).abs() < 1e-9;
        assert!(outline.iter().any(|p| near(p.0, 110.0)) && outline.iter().any(|p| near(p.1, 80.0)));
        assert!(outline.iter().any(|p| near(p.0, 10.0)));
        let inside = |p: &(f64, f64)| p.0 > 9.999 && p.0 < 110.001 && p.1 > 19.999 && p.1 < 80.001;
        assert!(outline.iter().all(inside));
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(40))]
        #[test]
        fn no_line_is_wider_than_its_card(title in "\\PC{0,120}", kind in "[a-zA-Z' ]{0,60}") {
            let mut card = made::rollout().cards.remove(0);
            (card.title, card.kind) = (title, kind);
            let room = CARD_WIDTH - TEXT_FROM - PADDING;
            prop_assert!(lines(&card).0.iter().all(|(line, _)| line.width() * OTHER_FONTS <= room + 1e-9));
        }
    }
}
