//! A picture as marks: areas, lines and words at places in pixels.
//!
//! Charts are pure functions to a picture; painting it as SVG or PNG comes after. So a test can ask whether a
//! label is cut. Knows no results.

use crate::report::lettering::Weight;
use crate::report::lettering::text_width;
use crate::report::words::wrap_within;

/// A colour with its opacity.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Ink {
    /// Red, green, blue.
    pub rgb: (u8, u8, u8),
    /// From 0 (nothing) to 1 (full).
    pub opacity: f64,
}

impl Ink {
    /// A full colour.
    pub const fn new(red: u8, green: u8, blue: u8) -> Ink {
        Ink { rgb: (red, green, blue), opacity: 1.0 }
    }

    /// The same colour, seen through.
    pub const fn thin(self, opacity: f64) -> Ink {
        Ink { opacity, ..self }
    }
}

/// Words and most lines.
pub const DARK: Ink = Ink::new(31, 36, 48);
/// Lesser words; 5.9 to 1 on white.
pub const GREY: Ink = Ink::new(92, 99, 112);
/// Grid lines.
pub const FAINT: Ink = Ink::new(222, 226, 232);
/// Shading of summers and weekends.
pub const SHADE: Ink = Ink::new(243, 244, 247);
/// Using the practice.
pub const BLUE: Ink = Ink::new(31, 87, 163);
/// Routine in the practice.
pub const ORANGE: Ink = Ink::new(163, 71, 10);
/// The highest level of use.
pub const PURPLE: Ink = Ink::new(107, 63, 160);
/// Something fails.
pub const RED: Ink = Ink::new(176, 32, 42);
/// Nothing but paper.
pub const WHITE: Ink = Ink::new(255, 255, 255);

/// How a line runs.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Stroke {
    /// Without gaps.
    Solid,
    /// With gaps.
    Dashed,
    /// As dots.
    Dotted,
}

/// Which side of the words stands at their place.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Side {
    /// They begin there.
    Left,
    /// Their middle stands there.
    Middle,
    /// They end there.
    Right,
}

/// Which way a hatch leans.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Hatch {
    /// No hatch.
    Plain,
    /// Lines that rise to the right.
    Rising,
    /// Lines that fall to the right.
    Falling,
    /// Level lines.
    Level,
    /// Upright lines.
    Upright,
}

/// Words on a picture.
#[derive(Debug, Clone, PartialEq)]
pub struct Words {
    /// What they say.
    pub text: String,
    /// Height of the letters \[px\].
    pub size: f64,
    /// How heavy.
    pub weight: Weight,
    /// Which colour.
    pub ink: Ink,
    /// Which side stands at the place.
    pub side: Side,
}

/// Words of text size, dark, that begin at their place.
pub fn words(text: impl Into<String>) -> Words {
    Words { text: text.into(), size: 12.0, weight: Weight::Regular, ink: DARK, side: Side::Left }
}

impl Words {
    /// In another size \[px\].
    pub fn size(self, size: f64) -> Words {
        Words { size, ..self }
    }

    /// Heavy.
    pub fn strong(self) -> Words {
        Words { weight: Weight::Strong, ..self }
    }

    /// In another colour.
    pub fn ink(self, ink: Ink) -> Words {
        Words { ink, ..self }
    }

    /// With their middle at the place.
    pub fn middle(self) -> Words {
        Words { side: Side::Middle, ..self }
    }

    /// Ending at the place.
    pub fn right(self) -> Words {
        Words { side: Side::Right, ..self }
    }

    /// How wide they are \[px\].
    pub fn width(&self) -> f64 {
        text_width(&self.text, self.size, self.weight)
    }

    /// Cut with an ellipsis so that they are at most so wide \[px\].
    pub fn fit(mut self, width: f64) -> Words {
        if self.width() <= width {
            return self;
        }
        let mut letters: Vec<char> = self.text.chars().collect();
        while !letters.is_empty() && self.width() > width {
            letters.pop();
            self.text = letters.iter().collect::<String>().trim_end().to_string() + "…";
        }
        self
    }

    /// In lines that are at most so wide \[px\]; a word that is wider is broken.
    pub fn lines(&self, width: f64) -> Vec<Words> {
        let fits = |line: &str| text_width(line, self.size, self.weight) <= width;
        wrap_within(&self.text, fits).into_iter().map(|text| Words { text, ..self.clone() }).collect()
    }
}

/// One mark of a picture.
#[derive(Debug, Clone, PartialEq)]
pub enum Mark {
    /// A filled outline.
    Area(Vec<(f64, f64)>, Ink),
    /// A line through points, so wide \[px\].
    Line(Vec<(f64, f64)>, Ink, f64, Stroke),
    /// Words at a place; the place is at half their height.
    Text((f64, f64), Words),
}

/// A box inside a picture.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Frame {
    /// Left edge \[px\].
    pub left: f64,
    /// Upper edge \[px\].
    pub top: f64,
    /// Right edge \[px\].
    pub right: f64,
    /// Lower edge \[px\].
    pub bottom: f64,
}

impl Frame {
    /// How wide \[px\].
    pub fn width(&self) -> f64 {
        self.right - self.left
    }

    /// How high \[px\].
    pub fn height(&self) -> f64 {
        self.bottom - self.top
    }

    /// Its middle from left to right \[px\].
    pub fn middle(&self) -> f64 {
        (self.left + self.right) / 2.0
    }

    /// Its middle from top to bottom \[px\].
    pub fn middle_y(&self) -> f64 {
        (self.top + self.bottom) / 2.0
    }

    /// The height of a share from 0 (bottom) to 1 (top).
    pub fn y(&self, share: f64) -> f64 {
        self.bottom - share.clamp(0.0, 1.0) * self.height()
    }

    fn corners(&self) -> Vec<(f64, f64)> {
        vec![(self.left, self.top), (self.right, self.top), (self.right, self.bottom), (self.left, self.bottom)]
    }
}

/// A chart, not yet painted.
#[derive(Debug, Clone, PartialEq)]
pub struct Picture {
    /// Name of its file, without ending.
    pub name: String,
    /// What it shows.
    pub title: String,
    /// The same in sentences, for whoever cannot see it.
    pub description: String,
    /// Width \[px\].
    pub width: f64,
    /// Height \[px\].
    pub height: f64,
    /// What is on it, from the back to the front.
    pub marks: Vec<Mark>,
}

/// Room between a picture's edge and what is on it \[px\].
pub const MARGIN: f64 = 16.0;

impl Picture {
    /// A picture with its title and a line about how to read it; gives the height below them \[px\].
    pub fn titled(name: &str, title: &str, how_to_read: &str, width: f64) -> (Picture, f64) {
        let mut picture = Picture {
            name: plain(name),
            title: title.into(),
            description: String::new(),
            width,
            height: 0.0,
            marks: Vec::new(),
        };
        let mut top = 24.0;
        for line in words(title).size(18.0).strong().lines(width - 2.0 * MARGIN) {
            picture.text((MARGIN, top), line);
            top += 23.0;
        }
        for line in words(how_to_read).size(13.0).ink(GREY).lines(width - 2.0 * MARGIN) {
            picture.text((MARGIN, top), line);
            top += 18.0;
        }
        (picture, top)
    }

    /// Fills an outline.
    pub fn area(&mut self, points: Vec<(f64, f64)>, ink: Ink) {
        self.marks.push(Mark::Area(points, ink));
    }

    /// Fills a box.
    pub fn fill(&mut self, frame: Frame, ink: Ink) {
        self.area(frame.corners(), ink);
    }

    /// Draws the edges of a box.
    pub fn edge(&mut self, frame: Frame, ink: Ink, width: f64) {
        let mut points = frame.corners();
        points.push(points[0]);
        self.line(points, ink, width);
    }

    /// Draws a line.
    pub fn line(&mut self, points: Vec<(f64, f64)>, ink: Ink, width: f64) {
        self.marks.push(Mark::Line(points, ink, width, Stroke::Solid));
    }

    /// Draws a line with gaps.
    pub fn stroke(&mut self, points: Vec<(f64, f64)>, ink: Ink, width: f64, stroke: Stroke) {
        self.marks.push(Mark::Line(points, ink, width, stroke));
    }

    /// Writes words.
    pub fn text(&mut self, at: (f64, f64), words: Words) {
        self.marks.push(Mark::Text(at, words));
    }

    /// A filled disc, as an outline of straight pieces.
    pub fn disc(&mut self, at: (f64, f64), radius: f64, ink: Ink) {
        let points = (0..24).map(|n| {
            let angle = f64::from(n) * std::f64::consts::PI / 12.0;
            (at.0 + radius * libm::cos(angle), at.1 + radius * libm::sin(angle))
        });
        self.area(points.collect(), ink);
    }

    /// Hatches what lies inside an outline within a box.
    pub fn hatch(&mut self, frame: Frame, hatch: Hatch, ink: Ink, gap: f64, inside: impl Fn(f64, f64) -> bool) {
        let (dx, dy) = match hatch {
            Hatch::Plain => return,
            Hatch::Rising => (1.0, -1.0),
            Hatch::Falling => (1.0, 1.0),
            Hatch::Level => (1.0, 0.0),
            Hatch::Upright => (0.0, 1.0),
        };
        for start in hatch_starts(frame, hatch, gap) {
            let (mut at, mut begun): ((f64, f64), Option<(f64, f64)>) = (start, None);
            let steps = frame.width().max(frame.height()) as usize + 2;
            for _ in 0..=steps {
                let here = (frame.left..=frame.right).contains(&at.0)
                    && (frame.top..=frame.bottom).contains(&at.1)
                    && inside(at.0, at.1);
                match (here, begun) {
                    (true, None) => begun = Some(at),
                    (false, Some(from)) => {
                        self.line(vec![from, (at.0 - dx, at.1 - dy)], ink, 0.8);
                        begun = None;
                    }
                    (true, Some(_)) | (false, None) => {}
                }
                at = (at.0 + dx, at.1 + dy);
            }
            if let Some(from) = begun {
                self.line(vec![from, (at.0 - dx, at.1 - dy)], ink, 0.8);
            }
        }
    }

    /// Words that an edge cuts, and those too small to read, each with where it stands.
    #[cfg(test)]
    pub fn cut_or_small(&self) -> Vec<String> {
        let is_wrong = |((x, y), words): &(&(f64, f64), &Words)| {
            let left = match words.side {
                Side::Left => *x,
                Side::Middle => x - words.width() / 2.0,
                Side::Right => x - words.width(),
            };
            let half = words.size / 2.0;
            let inside = left >= 0.0 && left + words.width() <= self.width && *y >= half && y + half <= self.height;
            !inside || words.size < 9.0
        };
        let told = |((x, y), words): (&(f64, f64), &Words)| {
            format!("`{}` in `{}` at {x:.0}, {y:.0}, size {}", words.text, self.name, words.size)
        };
        self.texts().filter(is_wrong).map(told).collect()
    }

    /// Words that a reader sees, in order.
    pub fn texts(&self) -> impl Iterator<Item = (&(f64, f64), &Words)> {
        self.marks.iter().filter_map(|m| match m {
            Mark::Text(at, words) => Some((at, words)),
            Mark::Area(..) | Mark::Line(..) => None,
        })
    }
}

/// A name that can stand in a file name and in an id.
pub fn plain(name: &str) -> String {
    name.chars().map(|c| if c.is_ascii_alphanumeric() || c == '-' || c == '_' { c } else { '-' }).collect()
}

fn hatch_starts(frame: Frame, hatch: Hatch, gap: f64) -> Vec<(f64, f64)> {
    let count = |length: f64| (length / gap) as usize + 1;
    let step = |n: usize| n as f64 * gap;
    match hatch {
        Hatch::Plain => Vec::new(),
        Hatch::Level => (0..count(frame.height())).map(|n| (frame.left, frame.top + step(n) + gap / 2.0)).collect(),
        Hatch::Upright => (0..count(frame.width())).map(|n| (frame.left + step(n) + gap / 2.0, frame.top)).collect(),
        Hatch::Falling => (0..count(frame.width() + frame.height()))
            .map(|n| step(n) - frame.height())
            .map(|x| if x < 0.0 { (frame.left, frame.top - x) } else { (frame.left + x, frame.top) })
            .collect(),
        Hatch::Rising => (0..count(frame.width() + frame.height()))
            .map(|n| step(n) - frame.height())
            .map(|x| if x < 0.0 { (frame.left, frame.bottom + x) } else { (frame.left + x, frame.bottom) })
            .collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_that_do_not_fit_end_in_an_ellipsis() {
        let fitted = words("Instructional minutes in a school year").fit(80.0);
        assert!(fitted.text.ends_with('…') && fitted.width() <= 80.0);
        assert_eq!(words("PD").fit(80.0).text, "PD");
    }

    #[test]
    fn a_hatch_stays_inside_its_box() {
        let frame = Frame { left: 10.0, top: 10.0, right: 60.0, bottom: 30.0 };
        for hatch in [Hatch::Rising, Hatch::Falling, Hatch::Level, Hatch::Upright] {
            let (mut picture, _) = Picture::titled("x", "", "", 100.0);
            picture.hatch(frame, hatch, DARK, 5.0, |_, _| true);
            assert!(picture.marks.len() > 3);
            for mark in &picture.marks {
                let Mark::Line(points, ..) = mark else { continue };
                for (x, y) in points {
                    assert!((9.0..=61.0).contains(x) && (9.0..=31.0).contains(y), "{hatch:?} leaves at {x}, {y}");
                }
            }
        }
    }

    #[test]
    fn shares_stand_between_the_bottom_and_the_top() {
        let frame = Frame { left: 0.0, top: 100.0, right: 10.0, bottom: 300.0 };
        assert_eq!(frame.y(0.25), 250.0); // by hand: 300 - 0.25 * 200
        assert_eq!(frame.y(7.0), 100.0);
    }
}
