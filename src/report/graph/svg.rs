//! The picture as SVG: one self-contained drawing, read from left to right.
//!
//! Has a picture, gives text. Knows no files. Areas are told apart by colour, by the pattern of the stripe and by
//! two letters; the critical path by weight; what never holds by dashes: no sign is colour alone.

use crate::readiness::Area;
use crate::report::graph::Arrow;
use crate::report::graph::Card;
use crate::report::graph::Picture;
use crate::report::graph::Status;
use crate::report::graph::area_letters;
use crate::report::graph::layout::CARD_WIDTH;
use crate::report::graph::layout::Layout;
use crate::report::graph::layout::Rect;
use crate::report::graph::layout::arrange;
use crate::report::graph::text::escaped;
use crate::report::graph::text::width;
use crate::report::graph::text::wrap;

const INK: &str = "#14171c";
const QUIET_INK: &str = "#3c4450";
const ARROW: &str = "#6b7686";
const PAPER: &str = "#ffffff";
const MARGIN: f64 = 24.0;
const NARROWEST: f64 = 720.0;
const TEXT_FROM: f64 = 22.0;
const LETTERS_ROOM: f64 = 24.0;
const TITLE_SIZE: f64 = 13.0;
const DETAIL_SIZE: f64 = 11.0;
const TITLE_STEP: f64 = 16.0;
const DETAIL_STEP: f64 = 14.5;
const CARD_PADDING: f64 = 9.0;

/// The colours of an area.
pub struct Colours {
    /// Behind text.
    pub fill: &'static str,
    /// Stripe and border.
    pub line: &'static str,
}

/// The colours of an area: told apart by people who see red and green alike, dark enough on paper.
pub fn colours(area: Area) -> Colours {
    match area {
        Area::LearningAndTeaching => Colours { fill: "#e2f3ee", line: "#00735c" },
        Area::RelationshipsAndRoles => Colours { fill: "#fdf0dc", line: "#9c5700" },
        Area::StructureAndPolicy => Colours { fill: "#e3eefa", line: "#0b5fa5" },
    }
}

/// The lines of a card.
struct Lines {
    title: Vec<String>,
    kind: Vec<String>,
    when: Vec<String>,
}

/// The picture as one SVG drawing.
pub fn svg(picture: &Picture) -> String {
    let lines: Vec<Lines> = picture.cards.iter().map(lines).collect();
    let heights: Vec<f64> = lines.iter().map(height).collect();
    let arrows: Vec<(usize, usize)> = picture.arrows.iter().map(|arrow| (arrow.from, arrow.to)).collect();
    let layout = arrange(&heights, &arrows);
    let inner = layout.width.max(NARROWEST);
    let (head, top) = head(picture, inner);
    let (foot, bottom) = foot(picture, top + layout.height, inner);
    let mut out = opening(picture, inner + 2.0 * MARGIN, bottom);
    out.push_str(&head);
    out.push_str(&format!("<g transform=\"translate({MARGIN} {top:.1})\">\n"));
    out.push_str(&draw_arrows(&picture.arrows, &layout));
    for ((card, lines), rect) in picture.cards.iter().zip(&lines).zip(&layout.cards) {
        out.push_str(&draw_card(card, lines, rect));
    }
    out.push_str("</g>\n");
    out.push_str(&foot);
    out.push_str("</svg>\n");
    out
}

fn lines(card: &Card) -> Lines {
    let widest = CARD_WIDTH - TEXT_FROM - 8.0;
    let mut when = wrap(&card.when, DETAIL_SIZE, widest);
    when.extend(card.spare.iter().flat_map(|spare| wrap(spare, DETAIL_SIZE, widest)));
    Lines {
        title: wrap(&card.title, TITLE_SIZE, widest - LETTERS_ROOM),
        kind: wrap(&card.kind, DETAIL_SIZE, widest),
        when,
    }
}

fn height(lines: &Lines) -> f64 {
    let details = lines.kind.len() + lines.when.len();
    2.0 * CARD_PADDING + TITLE_STEP * lines.title.len().max(1) as f64 + DETAIL_STEP * details as f64
}

fn opening(picture: &Picture, width: f64, height: f64) -> String {
    format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" role=\"img\" width=\"{width:.0}\" height=\"{height:.0}\" \
         viewBox=\"0 0 {width:.0} {height:.0}\" font-family=\"Inter, system-ui, sans-serif\">\n\
         <title>{}</title>\n<desc>{}</desc>\n\
         <rect width=\"100%\" height=\"100%\" fill=\"{PAPER}\"/>\n",
        escaped(&picture.title),
        escaped(&in_words(picture)),
    )
}

/// The picture as sentences, for those who hear it.
fn in_words(picture: &Picture) -> String {
    let mut words = vec!["What must hold before what, from left to right.".to_string()];
    for (place, card) in picture.cards.iter().enumerate() {
        let needs: Vec<&str> = picture
            .arrows
            .iter()
            .filter(|arrow| arrow.to == place)
            .map(|arrow| picture.cards[arrow.from].title.as_str())
            .collect();
        let needs = if needs.is_empty() { String::new() } else { format!("; needs {}", needs.join(", ")) };
        let critical = if card.critical { "; on the critical path" } else { "" };
        words.push(format!("{}: {}{critical}{needs}.", card.title, card.when));
    }
    words.extend(picture.notes.iter().cloned());
    words.join(" ")
}

fn text(x: f64, y: f64, size: f64, weight: u32, ink: &str, words: &str) -> String {
    let words = escaped(words);
    format!(
        "<text x=\"{x:.1}\" y=\"{y:.1}\" font-size=\"{size}\" font-weight=\"{weight}\" fill=\"{ink}\">{words}</text>\n"
    )
}

/// Title and legend, and where the picture itself begins.
fn head(picture: &Picture, inner: f64) -> (String, f64) {
    let mut out = String::new();
    let mut y = MARGIN;
    for line in wrap(&picture.title, 20.0, inner) {
        y += 22.0;
        out.push_str(&text(MARGIN, y, 20.0, 700, INK, &line));
    }
    y += 30.0;
    let mut x = MARGIN;
    for (sign, words) in legend(picture) {
        let room = 34.0 + width(&words, 12.0) + 20.0;
        if x > MARGIN && x + room > MARGIN + inner {
            (x, y) = (MARGIN, y + 24.0);
        }
        out.push_str(&format!("<g transform=\"translate({x:.1} {y:.1})\">{sign}</g>\n"));
        out.push_str(&text(x + 34.0, y, 12.0, 400, INK, &words));
        x += room;
    }
    (out, y + 28.0)
}

/// Signs, drawn left of and above a text's beginning, and what they mean.
fn legend(picture: &Picture) -> Vec<(String, String)> {
    let mut legend: Vec<(String, String)> = Area::ALL
        .iter()
        .map(|&area| {
            let Colours { fill, line } = colours(area);
            let frame = format!(
                "<rect x=\"0\" y=\"-13\" width=\"28\" height=\"18\" rx=\"3\" fill=\"{fill}\" stroke=\"{line}\"/>"
            );
            (format!("{frame}{}", stripe(area, 6.0, -11.5, 15.0)), format!("{} {}", area_letters(area), area.name()))
        })
        .collect();
    legend.push((sign_arrow(ARROW, 1.4), "is needed by".to_string()));
    let critical = "critical path: a day more here delays the last practice or model";
    legend.push((sign_arrow(INK, 3.0), critical.to_string()));
    if picture.cards.iter().any(|card| card.status == Status::Never) {
        let dashes = format!(
            "<rect x=\"1\" y=\"-12\" width=\"26\" height=\"16\" rx=\"3\" fill=\"none\" stroke=\"{INK}\" stroke-dasharray=\"4 3\"/>"
        );
        legend.push((dashes, "never holds within the scenario".to_string()));
    }
    legend
}

fn sign_arrow(ink: &str, weight: f64) -> String {
    format!(
        "<path d=\"M0 -4H22\" stroke=\"{ink}\" stroke-width=\"{weight}\"/>{}",
        head_of_arrow(28.0, -4.0, ink, weight)
    )
}

fn head_of_arrow(x: f64, y: f64, ink: &str, weight: f64) -> String {
    let half = 3.0 + weight * 0.6;
    format!("<path d=\"M{x:.1} {y:.1}L{0:.1} {1:.1}V{2:.1}Z\" fill=\"{ink}\"/>", x - 2.2 * half, y - half, y + half)
}

fn draw_arrows(arrows: &[Arrow], layout: &Layout) -> String {
    let draw = |critical: bool| {
        let (ink, weight) = if critical { (INK, 3.0) } else { (ARROW, 1.4) };
        let drawn = arrows.iter().zip(&layout.arrows).filter(move |(arrow, _)| arrow.critical == critical);
        drawn.map(move |(_, points)| draw_arrow(points, ink, weight)).collect::<String>()
    };
    // The heavy ones last, so that they lie on top where arrows cross.
    draw(false) + &draw(true)
}

fn draw_arrow(points: &[(f64, f64)], ink: &str, weight: f64) -> String {
    let (x, y) = points[points.len() - 1];
    let mut path = format!("M{:.1} {:.1}", points[0].0, points[0].1);
    for (i, pair) in points.windows(2).enumerate() {
        let ((x0, y0), (x1, y1)) = (pair[0], pair[1]);
        let end = if i + 2 == points.len() { x1 - 6.0 } else { x1 };
        let middle = (x0 + x1) / 2.0;
        match i % 2 {
            0 => path.push_str(&format!("C{middle:.1} {y0:.1} {middle:.1} {y1:.1} {end:.1} {y1:.1}")),
            _ => path.push_str(&format!("H{x1:.1}")),
        }
    }
    format!(
        "<path d=\"{path}\" fill=\"none\" stroke=\"{ink}\" stroke-width=\"{weight}\"/>{}\n",
        head_of_arrow(x, y, ink, weight)
    )
}

fn draw_card(card: &Card, lines: &Lines, rect: &Rect) -> String {
    let Colours { fill, line } = colours(card.area);
    let (border, weight) = if card.critical { (INK, 3.0) } else { (line, 1.2) };
    let dashes = match card.status {
        Status::Holds => "",
        Status::Never => " stroke-dasharray=\"6 4\"",
    };
    let Rect { x, y, height } = *rect;
    let mut out = format!(
        "<g><title>{}</title>\n<rect x=\"{x:.1}\" y=\"{y:.1}\" width=\"{CARD_WIDTH}\" height=\"{height:.1}\" rx=\"6\" \
         fill=\"{fill}\" stroke=\"{border}\" stroke-width=\"{weight}\"{dashes}/>\n{}\n",
        escaped(&format!("{} ({})", card.title, card.id)),
        stripe(card.area, x + 10.0, y + 7.0, height - 14.0),
    );
    let letters = area_letters(card.area);
    out.push_str(&text(x + CARD_WIDTH - 8.0 - width(letters, 10.0), y + 16.0, 10.0, 700, QUIET_INK, letters));
    let mut at = y + CARD_PADDING - 4.0;
    for title in &lines.title {
        at += TITLE_STEP;
        out.push_str(&text(x + TEXT_FROM, at, TITLE_SIZE, 600, INK, title));
    }
    let quiet = lines.kind.iter().map(|line| (line, 400, QUIET_INK));
    for (line, weight, ink) in quiet.chain(lines.when.iter().map(|line| (line, 500, INK))) {
        at += DETAIL_STEP;
        out.push_str(&text(x + TEXT_FROM, at, DETAIL_SIZE, weight, ink, line));
    }
    out.push_str("</g>\n");
    out
}

/// The stripe of an area: solid, dotted or barred.
fn stripe(area: Area, x: f64, y: f64, length: f64) -> String {
    let ink = colours(area).line;
    let (y, length, pattern) = match area {
        Area::LearningAndTeaching => (y, length, ""),
        // Dots reach out of the line by their radius at both ends.
        Area::RelationshipsAndRoles => (y + 3.0, length - 6.0, " stroke-linecap=\"round\" stroke-dasharray=\"0 8\""),
        Area::StructureAndPolicy => (y, length, " stroke-dasharray=\"3 3\""),
    };
    format!("<path d=\"M{x:.1} {y:.1}v{length:.1}\" fill=\"none\" stroke=\"{ink}\" stroke-width=\"6\"{pattern}/>")
}

/// Notes below the picture, and where everything ends.
fn foot(picture: &Picture, below: f64, inner: f64) -> (String, f64) {
    let mut out = String::new();
    let mut y = below + 12.0;
    let nothing = picture.cards.is_empty().then(|| "Nothing here needs anything else.".to_string());
    for note in nothing.iter().chain(&picture.notes) {
        for line in wrap(note, 12.0, inner) {
            y += 18.0;
            out.push_str(&text(MARGIN, y, 12.0, 400, QUIET_INK, &line));
        }
    }
    (out, y + MARGIN)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::graph::made;
    use proptest::prelude::*;

    fn channel(hex: &str) -> f64 {
        let part = f64::from(u8::from_str_radix(hex, 16).unwrap()) / 255.0;
        if part <= 0.04045 { part / 12.92 } else { ((part + 0.055) / 1.055).powf(2.4) }
    }

    /// Contrast of two colours as WCAG 2.1 reckons it.
    fn contrast(one: &str, other: &str) -> f64 {
        let light = |hex: &str| {
            0.2126 * channel(&hex[1..3]) + 0.7152 * channel(&hex[3..5]) + 0.0722 * channel(&hex[5..7]) + 0.05
        };
        let (a, b) = (light(one), light(other));
        a.max(b) / a.min(b)
    }

    #[test]
    fn text_and_signs_stand_out_enough() {
        assert!((contrast("#000000", "#ffffff") - 21.0).abs() < 1e-9); // by hand: 1.05 / 0.05
        for area in Area::ALL {
            let Colours { fill, line } = colours(area);
            assert!(contrast(INK, fill) >= 4.5 && contrast(QUIET_INK, fill) >= 4.5, "{area:?}");
            assert!(contrast(line, fill) >= 3.0 && contrast(line, PAPER) >= 3.0, "{area:?}");
        }
        assert!(contrast(QUIET_INK, PAPER) >= 4.5 && contrast(ARROW, PAPER) >= 3.0);
    }

    #[test]
    fn the_drawing_names_itself_and_tells_everything_in_words() {
        let drawn = svg(&made::rollout());
        assert!(drawn.starts_with("<svg ") && drawn.contains("role=\"img\""));
        assert!(drawn.contains("<title>What must hold before what: Oak Elementary School</title>"));
        assert!(drawn.contains("Bus routes on Mondays: from 2026-11-21; needs The board approves the plan."));
        assert!(drawn.contains("agreement with bus drivers &amp;"));
        for area in Area::ALL {
            assert!(drawn.contains(&format!("{} {}", area_letters(area), area.name())));
        }
        assert_eq!(drawn, svg(&made::rollout()));
    }

    #[test]
    fn signs_that_are_not_used_are_not_explained() {
        let mut picture = made::rollout();
        assert!(svg(&picture).contains(">never holds within the scenario<"));
        picture.cards.iter_mut().for_each(|card| card.status = Status::Holds);
        assert!(!svg(&picture).contains(">never holds within the scenario<"));
    }

    #[test]
    fn a_picture_of_nothing_says_so() {
        let nothing = Picture { title: String::new(), cards: vec![], arrows: vec![], notes: vec![] };
        assert!(svg(&nothing).contains("Nothing here needs anything else."));
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(40))]
        #[test]
        fn no_line_is_wider_than_its_card(title in "\\PC{0,120}", kind in "[a-zA-Z' ]{0,60}") {
            let mut card = made::rollout().cards.remove(0);
            (card.title, card.kind) = (title, kind);
            let lines = lines(&card);
            let room = CARD_WIDTH - TEXT_FROM;
            prop_assert!(lines.title.iter().all(|line| width(line, TITLE_SIZE) <= room - LETTERS_ROOM));
            prop_assert!(lines.kind.iter().chain(&lines.when).all(|line| width(line, DETAIL_SIZE) <= room));
        }
    }

    #[test]
    fn a_single_pair_still_has_room_for_the_legend() {
        let mut picture = made::rollout();
        picture.cards.truncate(2);
        picture.arrows = vec![Arrow { from: 0, to: 1, critical: false }];
        assert!(svg(&picture).contains("width=\"768\"")); // by hand: 720 and two margins of 24
    }
}
