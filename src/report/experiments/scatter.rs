//! Panels of the levers: the mean outcome of every point over each lever alone.

use crate::experiments::Kind;
use crate::experiments::Summary;
use crate::experiments::Value;
use crate::report::charts::WIDTH;
use crate::report::experiments::scale::Scale;
use crate::report::experiments::told;
use crate::report::picture::BLUE;
use crate::report::picture::FAINT;
use crate::report::picture::Frame;
use crate::report::picture::GREY;
use crate::report::picture::MARGIN;
use crate::report::picture::Picture;
use crate::report::picture::words;
use crate::report::words::capital;

/// Panels beside each other.
const COLUMNS: usize = 3;
/// Height of a panel with its words \[px\].
const HEIGHT: f64 = 250.0;

/// A panel for each input that is varied.
pub fn scatter(summary: &Summary, measure: usize) -> Picture {
    let of = &summary.plan.measures.list[measure];
    let title = format!("{}, over each lever", told::measure(summary, measure));
    let how = "Each mark is one point of the levers: its mean over all runs. Points differ in the other levers too.";
    let (mut picture, top) = Picture::titled(&format!("each-{}", of.key), &title, how, WIDTH);
    let levers: Vec<usize> =
        (0..summary.plan.inputs.len()).filter(|n| summary.plan.inputs[*n].kind == Kind::Lever).collect();
    let means: Vec<f64> = (0..summary.n_lever_points()).map(|n| summary.over_futures(measure, n).mean).collect();
    let up = Scale::of(means.iter().copied());
    let width = (WIDTH - 2.0 * MARGIN) / COLUMNS as f64;
    for (n, lever) in levers.iter().enumerate() {
        let (row, column) = (n / COLUMNS, n % COLUMNS);
        let (left, y) = (MARGIN + width * column as f64, top + 10.0 + HEIGHT * row as f64);
        let frame = Frame { left: left + 54.0, top: y + 46.0, right: left + width - 16.0, bottom: y + HEIGHT - 34.0 };
        panel(&mut picture, summary, (measure, *lever), frame, (&up, &means));
    }
    picture.height = top + 16.0 + HEIGHT * levers.len().div_ceil(COLUMNS).max(1) as f64;
    picture.description = describe(summary, measure, &levers, &means);
    picture
}

fn panel(
    picture: &mut Picture,
    summary: &Summary,
    (measure, lever): (usize, usize),
    frame: Frame,
    (up, means): (&Scale, &[f64]),
) {
    let (of, input) = (&summary.plan.measures.list[measure], &summary.plan.inputs[lever]);
    for (n, line) in words(capital(&input.words)).size(12.0).strong().lines(frame.width() + 50.0).into_iter().take(2).enumerate() {
        picture.text((frame.left - 50.0, frame.top - 38.0 + 15.0 * n as f64), line);
    }
    for line in up.lines() {
        let y = frame.y(up.part(line));
        picture.line(vec![(frame.left, y), (frame.right, y)], FAINT, 1.0);
        picture.text((frame.left - 6.0, y), words(of.told(line)).size(11.0).ink(GREY).right());
    }
    picture.line(vec![(frame.left, frame.bottom), (frame.right, frame.bottom)], GREY, 1.0);
    let listed = input.domain.extremes();
    let place = |value: &Option<Value>| -> f64 {
        let (low, high) = input.domain.ends();
        match (value.as_ref().and_then(Value::number), low.number(), high.number()) {
            (Some(x), Some(low), Some(high)) if high != low => (x - low) / (high - low),
            _ => {
                let n = listed.iter().position(|v| Some(v) == value.as_ref()).unwrap_or(0);
                (n as f64 + 0.5) / listed.len() as f64
            }
        }
    };
    for (n, mean) in means.iter().enumerate() {
        let part = place(&summary.plan.points[n * summary.plan.n_futures].values[lever]).clamp(0.0, 1.0);
        picture.disc((frame.left + part * frame.width(), frame.y(up.part(*mean))), 3.0, BLUE.thin(0.7));
    }
    let (low, high) = input.domain.ends();
    let half = frame.width() / 2.0;
    picture.text((frame.left, frame.bottom + 14.0), words(input.told(&low)).size(11.0).ink(GREY).fit(half));
    picture.text((frame.right, frame.bottom + 14.0), words(input.told_with_unit(&high)).size(11.0).ink(GREY).right().fit(half));
}

fn describe(summary: &Summary, measure: usize, levers: &[usize], means: &[f64]) -> String {
    let of = &summary.plan.measures.list[measure];
    let most = (0..means.len()).max_by(|a, b| means[*a].total_cmp(&means[*b]));
    let least = (0..means.len()).min_by(|a, b| means[*a].total_cmp(&means[*b]));
    let told = |n: Option<usize>| n.map_or_else(String::new, |n| format!("{} with {}", of.told(means[n]), told::lever_point(summary, n)));
    format!(
        "{} panels with {} marks each. {}: the least is {}; the most is {}.",
        levers.len(),
        means.len(),
        told::measure(summary, measure),
        told(least),
        told(most)
    )
}
