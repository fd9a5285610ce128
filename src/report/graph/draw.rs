//! The graph as a picture: title, legend, cards and arrows from left to right, notes.
//!
//! Has a scene, gives marks and a description in sentences. Knows no files.

use crate::readiness::Area;
use crate::report::graph::Scene;
use crate::report::graph::Status;
use crate::report::graph::area_letters;
use crate::report::graph::arrows;
use crate::report::graph::cards;
use crate::report::graph::cards::Lines;
use crate::report::graph::layout::Layout;
use crate::report::graph::layout::Rect;
use crate::report::graph::layout::arrange;
use crate::report::picture::DARK;
use crate::report::picture::Frame;
use crate::report::picture::GREY;
use crate::report::picture::MARGIN;
use crate::report::picture::Picture;
use crate::report::picture::WHITE;
use crate::report::picture::words;

const NARROWEST: f64 = 720.0;
const WORDS_SIZE: f64 = 14.0;
const WORDS_STEP: f64 = 20.0;
const LEGEND_STEP: f64 = 26.0;
const SIGN_WIDTH: f64 = 28.0;
const SIGN_HEIGHT: f64 = 18.0;

/// What a sign of the legend stands for.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Sign {
    Area(Area),
    Arrow,
    CriticalArrow,
    NeverHolds,
}

/// The scene as a picture.
pub fn draw(scene: &Scene) -> Picture {
    let lines: Vec<Lines> = scene.cards.iter().map(cards::lines).collect();
    let heights: Vec<f64> = lines.iter().map(Lines::height).collect();
    let pairs: Vec<(usize, usize)> = scene.arrows.iter().map(|arrow| (arrow.from, arrow.to)).collect();
    let layout = arrange(&heights, &pairs);
    let inner = layout.width.max(NARROWEST).ceil();
    let how = "An arrow leads from what must be in place to what needs it; read from left to right.";
    let (mut picture, top) = Picture::titled("graph", &scene.title, how, inner + 2.0 * MARGIN);
    picture.description = in_words(scene);
    let top = draw_legend(&mut picture, scene, top + 10.0);
    draw_arrows(&mut picture, scene, &layout, top);
    for ((card, lines), rect) in scene.cards.iter().zip(&lines).zip(&layout.cards) {
        cards::draw(&mut picture, card, lines, &Rect { x: rect.x + MARGIN, y: rect.y + top, ..*rect });
    }
    let bottom = draw_notes(&mut picture, scene, top + layout.height + MARGIN);
    picture.height = (bottom + MARGIN).ceil();
    picture
}

/// The scene as sentences, for those who hear it.
fn in_words(scene: &Scene) -> String {
    let mut words = vec!["What must hold before what, from left to right.".to_string()];
    for (place, card) in scene.cards.iter().enumerate() {
        let needs: Vec<&str> = scene
            .arrows
            .iter()
            .filter(|arrow| arrow.to == place)
            .map(|arrow| scene.cards[arrow.from].title.as_str())
            .collect();
        let needs = if needs.is_empty() { String::new() } else { format!("; needs {}", needs.join(", ")) };
        let critical = if card.critical { "; on the critical path" } else { "" };
        words.push(format!("{}: {}{critical}{needs}.", card.title, card.when));
    }
    words.extend(scene.notes.iter().cloned());
    words.join(" ")
}

/// Draws what each sign means and gives the height below \[px\].
fn draw_legend(picture: &mut Picture, scene: &Scene, top: f64) -> f64 {
    let (mut x, mut y) = (MARGIN, top + SIGN_HEIGHT / 2.0);
    for (sign, meaning) in legend(scene) {
        let meaning = words(meaning).size(WORDS_SIZE);
        let room = SIGN_WIDTH + 8.0 + meaning.width();
        if x > MARGIN && x + room > picture.width - MARGIN {
            (x, y) = (MARGIN, y + LEGEND_STEP);
        }
        draw_sign(picture, sign, (x, y));
        picture.text((x + SIGN_WIDTH + 8.0, y), meaning);
        x += room + 24.0;
    }
    y + SIGN_HEIGHT / 2.0 + 22.0
}

/// Signs and what they mean.
fn legend(scene: &Scene) -> Vec<(Sign, String)> {
    let area = |area: Area| (Sign::Area(area), format!("{} {}", area_letters(area), area.name()));
    let mut legend: Vec<(Sign, String)> = Area::ALL.into_iter().map(area).collect();
    legend.push((Sign::Arrow, "is needed by".to_string()));
    let critical = "critical path: a day more here delays the last practice or model";
    legend.push((Sign::CriticalArrow, critical.to_string()));
    if scene.cards.iter().any(|card| card.status == Status::Never) {
        legend.push((Sign::NeverHolds, "never holds within the scenario".to_string()));
    }
    legend
}

fn draw_sign(picture: &mut Picture, sign: Sign, (x, y): (f64, f64)) {
    let half = SIGN_HEIGHT / 2.0;
    let frame = Frame { left: x, top: y - half, right: x + SIGN_WIDTH, bottom: y + half };
    let line = [(x, y), (x + SIGN_WIDTH, y)];
    match sign {
        Sign::Area(area) => cards::draw_sign(picture, area, frame),
        Sign::Arrow => arrows::draw(picture, &line, arrows::PLAIN),
        Sign::CriticalArrow => arrows::draw(picture, &line, arrows::CRITICAL),
        Sign::NeverHolds => cards::draw_frame(picture, frame, WHITE, (DARK, 1.2), Status::Never),
    }
}

fn draw_arrows(picture: &mut Picture, scene: &Scene, layout: &Layout, top: f64) {
    let mut drawn: Vec<(bool, &Vec<(f64, f64)>)> =
        scene.arrows.iter().map(|arrow| arrow.critical).zip(&layout.arrows).collect();
    // The heavy ones last, so that they lie on top where arrows cross.
    drawn.sort_by_key(|(critical, _)| *critical);
    for (critical, points) in drawn {
        let points: Vec<(f64, f64)> = points.iter().map(|(x, y)| (x + MARGIN, y + top)).collect();
        let look = if critical { arrows::CRITICAL } else { arrows::PLAIN };
        arrows::draw(picture, &points, look);
    }
}

/// Writes the notes below a height and gives the height below them \[px\].
fn draw_notes(picture: &mut Picture, scene: &Scene, below: f64) -> f64 {
    let mut y = below;
    let nothing = scene.cards.is_empty().then(|| "Nothing here needs anything else.".to_string());
    for note in nothing.iter().chain(&scene.notes) {
        for line in words(note).size(WORDS_SIZE).ink(GREY).lines(picture.width - 2.0 * MARGIN) {
            picture.text((MARGIN, y + WORDS_STEP / 2.0), line);
            y += WORDS_STEP;
        }
    }
    y
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::graph::Arrow;
    use crate::report::graph::layout::CARD_WIDTH;
    use crate::report::graph::made;
    use crate::report::paint;
    use crate::report::picture::Mark;
    use crate::report::picture::Side;

    fn says(picture: &Picture, text: &str) -> bool {
        picture.texts().any(|(_, words)| words.text == text)
    }

    #[test]
    fn the_drawing_names_itself_and_tells_everything_in_words() {
        let picture = draw(&made::rollout());
        assert_eq!(picture.title, "What must hold before what: Oak Elementary School");
        assert!(
            picture.description.contains("Bus routes on Mondays: from 2026-11-21; needs The board approves the plan.")
        );
        for area in Area::ALL {
            assert!(says(&picture, &format!("{} {}", area_letters(area), area.name())));
        }
        let svg = paint::svg(&picture);
        assert!(svg.starts_with("<svg ") && svg.contains("role=\"img\""));
        assert!(svg.contains("drivers &amp; aides"));
        assert_eq!(svg, paint::svg(&draw(&made::rollout())));
    }

    #[test]
    fn signs_that_are_not_used_are_not_explained() {
        let mut scene = made::rollout();
        assert!(says(&draw(&scene), "never holds within the scenario"));
        scene.cards.iter_mut().for_each(|card| card.status = Status::Holds);
        assert!(!says(&draw(&scene), "never holds within the scenario"));
    }

    #[test]
    fn a_picture_of_nothing_says_so() {
        let nothing = Scene { title: String::new(), cards: vec![], arrows: vec![], notes: vec![] };
        assert!(says(&draw(&nothing), "Nothing here needs anything else."));
    }

    #[test]
    fn a_single_pair_still_has_room_for_the_legend() {
        let mut scene = made::rollout();
        scene.cards.truncate(2);
        scene.arrows = vec![Arrow { from: 0, to: 1, critical: false }];
        assert_eq!(draw(&scene).width, 752.0); // by hand: 720 and two margins of 16
    }

    #[test]
    fn no_text_leaves_the_picture() {
        let mut scene = made::rollout();
        scene.title = "What must hold before what: Oak".repeat(20);
        scene.notes.push("x".repeat(900));
        let picture = draw(&scene);
        for ((x, y), words) in picture.texts() {
            let left = match words.side {
                Side::Left => *x,
                Side::Middle => x - words.width() / 2.0,
                Side::Right => x - words.width(),
            };
            assert!(left >= 0.0 && left + words.width() <= picture.width, "{}", words.text);
            assert!(*y >= words.size / 2.0 && y + words.size / 2.0 <= picture.height, "{}", words.text);
            assert!(words.size >= 11.0, "{}", words.text);
        }
    }

    #[test]
    fn cards_do_not_overlap_and_no_arrow_runs_under_one() {
        let scene = made::rollout();
        let heights: Vec<f64> = scene.cards.iter().map(|card| cards::lines(card).height()).collect();
        let pairs: Vec<(usize, usize)> = scene.arrows.iter().map(|arrow| (arrow.from, arrow.to)).collect();
        let layout = arrange(&heights, &pairs);
        for (i, a) in layout.cards.iter().enumerate() {
            assert!(layout.cards[i + 1..].iter().all(|b| a.x != b.x || a.y + a.height < b.y || b.y + b.height < a.y));
        }
        let (mut picture, _) = Picture::titled("x", "", "", 100.0);
        picture.marks.clear();
        draw_arrows(&mut picture, &scene, &layout, 0.0);
        assert_eq!(picture.marks.len(), 2 * scene.arrows.len()); // a line and a head each
        for mark in &picture.marks {
            let points = match mark {
                Mark::Line(points, ..) | Mark::Area(points, _) => points,
                Mark::Text(..) => panic!("arrows have no words"),
            };
            for (x, y) in points.iter().map(|(x, y)| (x - MARGIN, *y)) {
                let inside = |r: &Rect| r.x + 0.1 < x && x < r.x + CARD_WIDTH - 0.1 && r.y < y && y < r.y + r.height;
                assert!(!layout.cards.iter().any(inside), "an arrow runs under a card at {x:.0}, {y:.0}");
            }
        }
    }

    #[test]
    fn the_critical_path_lies_on_top_and_is_heavier() {
        let scene = made::rollout();
        let (mut picture, _) = Picture::titled("x", "", "", 100.0);
        let pairs: Vec<(usize, usize)> = scene.arrows.iter().map(|arrow| (arrow.from, arrow.to)).collect();
        draw_arrows(&mut picture, &scene, &arrange(&vec![60.0; scene.cards.len()], &pairs), 0.0);
        let weights: Vec<f64> = picture
            .marks
            .iter()
            .filter_map(|mark| match mark {
                Mark::Line(_, _, weight, _) => Some(*weight),
                Mark::Area(..) | Mark::Text(..) => None,
            })
            .collect();
        assert!(weights.is_sorted() && weights[0] < weights[weights.len() - 1]);
    }
}
