//! Adoption curves of all sides on the same axes, and their paired differences.

use crate::compare::Against;
use crate::compare::Comparison;
use crate::ensemble::Band;
use crate::ensemble::CurveDifference;
use crate::ensemble::GroupCurves;
use crate::report::charts::WIDTH;
use crate::report::charts::axes;
use crate::report::charts::axes::Labels;
use crate::report::compare::words::points;
use crate::report::picture::BLUE;
use crate::report::picture::DARK;
use crate::report::picture::FAINT;
use crate::report::picture::Frame;
use crate::report::picture::GREY;
use crate::report::picture::Ink;
use crate::report::picture::MARGIN;
use crate::report::picture::ORANGE;
use crate::report::picture::PURPLE;
use crate::report::picture::Picture;
use crate::report::picture::Stroke;
use crate::report::picture::Words;
use crate::report::picture::words;
use crate::report::words::percent;

/// One look for each side; the baseline is dark and without gaps. Beyond, looks repeat and names tell them apart.
const LOOKS: [(Ink, Stroke); 6] = [
    (DARK, Stroke::Solid),
    (BLUE, Stroke::Solid),
    (ORANGE, Stroke::Dashed),
    (PURPLE, Stroke::Dotted),
    (Ink::new(17, 105, 100), Stroke::Dashed),
    (Ink::new(150, 40, 100), Stroke::Solid),
];

/// Room for names at the end of curves \[px\].
const NAMES: f64 = 230.0;
const HEIGHT: f64 = 330.0;

/// How a side looks on every chart of a comparison.
pub fn look(side: usize) -> (Ink, Stroke) {
    LOOKS[side % LOOKS.len()]
}

/// Which curve of a group is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Level {
    /// Level 3 or higher.
    Using,
    /// Level 4 or higher.
    Routine,
}

impl Level {
    fn of(self, group: &GroupCurves) -> &Band {
        match self {
            Level::Using => group.using(),
            Level::Routine => group.routine(),
        }
    }

    fn words(self) -> &'static str {
        match self {
            Level::Using => "using at least one practice",
            Level::Routine => "at routine in at least one practice",
        }
    }

    fn id(self) -> &'static str {
        match self {
            Level::Using => "using",
            Level::Routine => "routine",
        }
    }
}

/// The median of every side on the same axes, with the band of the middle 80 % of the runs.
pub fn curves(comparison: &Comparison, level: Level) -> Picture {
    let results = &comparison.baseline().outcome.results;
    let how = format!(
        "Share of {} educators {}. Lines: median of {} runs under the same luck. Shaded: 8 of 10 runs. Grey: summers.",
        results.district.n_educators,
        level.words(),
        results.replicates
    );
    let title = format!("Educators {}, side by side", level.words());
    let (mut picture, top) = Picture::titled(&format!("compare-{}", level.id()), &title, &how, WIDTH);
    let frame = Frame { left: 60.0, top: top + 10.0, right: WIDTH - NAMES, bottom: top + 10.0 + HEIGHT };
    picture.height = frame.bottom + 54.0;
    let n = results.weeks.len();
    axes::time_axis(&mut picture, frame, results, Labels::Full);
    axes::share_axis(&mut picture, frame, 5, Labels::Full);
    for (place, side) in comparison.sides.iter().enumerate() {
        let (ink, stroke) = look(place);
        let band = level.of(&side.outcome.results.district);
        let mut outline = axes::points(frame, n, &band.high);
        outline.extend(axes::points(frame, n, &band.low).into_iter().rev());
        if outline.len() > 2 {
            picture.area(outline, ink.thin(0.10));
        }
        picture.stroke(axes::points(frame, n, &band.median), ink, 2.2, stroke);
    }
    label_ends(&mut picture, comparison, frame, level);
    picture.description = describe(comparison, level);
    picture
}

fn label_ends(picture: &mut Picture, comparison: &Comparison, frame: Frame, level: Level) {
    let end =
        |side: &crate::compare::Side| level.of(&side.outcome.results.district).median.last().copied().unwrap_or(0.0);
    let ends: Vec<f64> = comparison.sides.iter().map(end).collect();
    let heights: Vec<f64> = ends.iter().map(|share| frame.y(*share)).collect();
    let placed = axes::apart(&heights, 46.0, frame.top + 6.0, frame.bottom - 20.0);
    for (place, side) in comparison.sides.iter().enumerate() {
        let (ink, stroke) = look(place);
        let (y, left) = (placed[place], frame.right + 40.0);
        picture.line(vec![(frame.right + 2.0, heights[place]), (frame.right + 12.0, y)], ink.thin(0.6), 1.0);
        picture.stroke(vec![(frame.right + 12.0, y), (frame.right + 36.0, y)], ink, 2.2, stroke);
        picture.text((left, y), words(percent(ends[place])).size(13.0).strong().ink(ink));
        let room = picture.width - left - MARGIN / 2.0;
        for (line, text) in two_lines(&side.name, room).into_iter().enumerate() {
            picture.text((left, y + 14.0 + 12.0 * line as f64), text);
        }
    }
}

/// A name on at most two lines; what does not fit ends in an ellipsis.
fn two_lines(name: &str, room: f64) -> Vec<Words> {
    let mut lines = words(name).size(11.0).ink(GREY).lines(room);
    if lines.len() > 2 {
        let rest: Vec<String> = lines.drain(1..).map(|line| line.text).collect();
        lines.push(words(rest.join(" ")).size(11.0).ink(GREY).fit(room));
    }
    lines
}

fn describe(comparison: &Comparison, level: Level) -> String {
    let years = |side: &crate::compare::Side| {
        let of = |y: &crate::ensemble::YearEnd| match level {
            Level::Using => y.using[1],
            Level::Routine => y.routine[1],
        };
        let ends: Vec<String> =
            side.outcome.results.year_ends.iter().map(|y| format!("{} {}", y.year, percent(of(y)))).collect();
        format!("“{}”: {}", side.name, ends.join(", "))
    };
    let all: Vec<String> = comparison.sides.iter().map(years).collect();
    format!("Share of educators {} at the end of each school year, median. {}.", level.words(), all.join("; "))
}

/// The paired difference of a side to the baseline, week by week.
pub fn difference(comparison: &Comparison, against: &Against) -> Picture {
    let [before, after] = comparison.names(against);
    let how = format!(
        "Percentage points, “{after}” less “{before}”, run by run under the same luck. Line: mean. Dark band: 90 % interval of \
         the mean. Light band: 8 of 10 runs. Above the zero line more educators than with “{before}”, below fewer."
    );
    let title = format!("The difference that “{after}” makes");
    let name = format!("difference-{}", comparison.sides[against.side].scenario.name);
    let (mut picture, top) = Picture::titled(&name, &title, &how, WIDTH);
    let results = &comparison.baseline().outcome.results;
    let curves = [(&against.paired.using, BLUE, "using"), (&against.paired.routine, ORANGE, "at routine")];
    let most = curves.iter().map(|(c, ..)| largest(c)).fold(0.01, f64::max);
    let mut y = top + 8.0;
    for (curve, ink, what) in curves {
        let frame = Frame { left: 70.0, top: y + 20.0, right: WIDTH - 120.0, bottom: y + 200.0 };
        picture.text((MARGIN, y + 6.0), words(what).size(13.0).strong().ink(ink));
        panel(&mut picture, frame, results, curve, ink, most);
        y = frame.bottom + 16.0;
    }
    let last = Frame { left: 70.0, top: y, right: WIDTH - 120.0, bottom: y };
    axes::time_axis(&mut picture, last, results, Labels::Full);
    picture.height = y + 54.0;
    let end = |c: &CurveDifference| c.mean.last().map_or_else(String::new, |x| points(*x));
    picture.description = format!(
        "Difference at the end: using {} points, at routine {} points.",
        end(&against.paired.using),
        end(&against.paired.routine)
    );
    picture
}

/// The largest size of a difference, bands included.
fn largest(curve: &CurveDifference) -> f64 {
    let bands = curve.quantiles.low.iter().chain(&curve.quantiles.high).chain(&curve.mean);
    bands.map(|x| x.abs()).fold(0.0, f64::max)
}

fn panel(
    picture: &mut Picture,
    frame: Frame,
    results: &crate::ensemble::Results,
    curve: &CurveDifference,
    ink: Ink,
    most: f64,
) {
    // The scale goes as far both ways, so that gains and losses of the same size look the same.
    let y = |x: f64| frame.middle_y() - x / most * (frame.height() / 2.0 - 4.0);
    let n = results.weeks.len();
    let line = |values: &[f64]| {
        values.iter().enumerate().take(n).map(|(w, v)| (axes::x(frame, n, w), y(*v))).collect::<Vec<_>>()
    };
    axes::time_axis(picture, frame, results, Labels::Without);
    for part in [-1.0, -0.5, 0.5, 1.0] {
        let at = y(part * most);
        picture.line(vec![(frame.left, at), (frame.right, at)], FAINT, 1.0);
        picture.text((frame.left - 6.0, at), words(points(part * most)).size(11.0).ink(GREY).right());
    }
    let mut area = |low: &[f64], high: &[f64], ink: Ink| {
        let mut outline = line(high);
        outline.extend(line(low).into_iter().rev());
        if outline.len() > 2 {
            picture.area(outline, ink);
        }
    };
    area(&curve.quantiles.low, &curve.quantiles.high, ink.thin(0.14));
    if let Some([low, high]) = &curve.interval {
        area(low, high, ink.thin(0.45));
    }
    picture.line(vec![(frame.left, y(0.0)), (frame.right, y(0.0))], DARK, 1.2);
    picture.text((frame.left - 6.0, y(0.0)), words("0").size(11.0).right());
    picture.line(line(&curve.mean), ink, 1.8);
    if let Some(end) = curve.mean.last() {
        let label = words(format!("{} points", points(*end))).size(13.0).strong().ink(ink);
        picture.text((frame.right + 8.0, y(*end)), label);
    }
}
