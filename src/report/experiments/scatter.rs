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

/// What panels stand for: levers and their points, or, where there is no lever, uncertain values and every point.
struct Shown {
    inputs: Vec<usize>,
    /// The first of the points that a mark stands for.
    points: Vec<usize>,
    means: Vec<f64>,
}

fn shown(summary: &Summary, measure: usize) -> Shown {
    let all = 0..summary.plan.inputs.len();
    let inputs: Vec<usize> = all.clone().filter(|n| summary.plan.inputs[*n].kind == Kind::Lever).collect();
    if inputs.is_empty() {
        let points: Vec<usize> = (0..summary.plan.points.len()).collect();
        return Shown { inputs: all.collect(), means: summary.means(measure, 0..points.len()), points };
    }
    let points = (0..summary.n_lever_points()).map(|n| n * summary.plan.n_futures).collect();
    let means = (0..summary.n_lever_points()).map(|n| summary.over_futures(measure, n).mean).collect();
    Shown { inputs, points, means }
}

/// A panel for each lever, or for each uncertain value where there is no lever.
pub fn scatter(summary: &Summary, measure: usize) -> Picture {
    let of = &summary.plan.measures.list[measure];
    let title = format!("{}, over each value alone", told::measure(summary, measure));
    let how = "Each mark is one point: its mean over all runs. Points differ in the other values too.";
    let (mut picture, top) = Picture::titled(&format!("each-{}", of.key), &title, how, WIDTH);
    let shown = shown(summary, measure);
    let up = Scale::of(shown.means.iter().copied());
    let width = (WIDTH - 2.0 * MARGIN) / COLUMNS as f64;
    for (n, input) in shown.inputs.iter().enumerate() {
        let (row, column) = (n / COLUMNS, n % COLUMNS);
        let (left, y) = (MARGIN + width * column as f64, top + 10.0 + HEIGHT * row as f64);
        let frame = Frame { left: left + 54.0, top: y + 46.0, right: left + width - 16.0, bottom: y + HEIGHT - 34.0 };
        panel(&mut picture, summary, (measure, *input), frame, (&up, &shown));
    }
    picture.height = top + 16.0 + HEIGHT * shown.inputs.len().div_ceil(COLUMNS).max(1) as f64;
    picture.description = describe(summary, measure, &shown);
    picture
}

fn panel(
    picture: &mut Picture,
    summary: &Summary,
    (measure, lever): (usize, usize),
    frame: Frame,
    (up, shown): (&Scale, &Shown),
) {
    let (of, input) = (&summary.plan.measures.list[measure], &summary.plan.inputs[lever]);
    for (n, line) in
        words(capital(&input.words)).size(12.0).strong().lines(frame.width() + 50.0).into_iter().take(2).enumerate()
    {
        picture.text((frame.left - 50.0, frame.top - 38.0 + 15.0 * n as f64), line);
    }
    for line in up.lines() {
        let y = frame.y(up.part(line));
        picture.line(vec![(frame.left, y), (frame.right, y)], FAINT, 1.0);
        picture.text((frame.left - 6.0, y), words(of.told_on_axis(line)).size(11.0).ink(GREY).right());
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
    for (point, mean) in shown.points.iter().zip(&shown.means) {
        let part = place(&summary.plan.points[*point].values[lever]).clamp(0.0, 1.0);
        picture.disc((frame.left + part * frame.width(), frame.y(up.part(*mean))), 3.0, BLUE.thin(0.7));
    }
    if !input.domain.is_of_numbers() {
        let room = frame.width() / listed.len() as f64;
        for (n, value) in listed.iter().enumerate() {
            let x = frame.left + room * (n as f64 + 0.5);
            picture
                .text((x, frame.bottom + 14.0), words(input.told(value)).size(10.0).ink(GREY).middle().fit(room - 2.0));
        }
        return;
    }
    let (low, high) = input.domain.ends();
    let half = frame.width() / 2.0;
    picture.text((frame.left, frame.bottom + 14.0), words(input.told(&low)).size(11.0).ink(GREY).fit(half));
    picture.text(
        (frame.right, frame.bottom + 14.0),
        words(input.told_with_unit(&high)).size(11.0).ink(GREY).right().fit(half),
    );
}

fn describe(summary: &Summary, measure: usize, shown: &Shown) -> String {
    let of = &summary.plan.measures.list[measure];
    let means = &shown.means;
    let most = (0..means.len()).max_by(|a, b| means[*a].total_cmp(&means[*b]));
    let least = (0..means.len()).min_by(|a, b| means[*a].total_cmp(&means[*b]));
    let values = |point: usize| {
        let value = |n: &usize| {
            let input = &summary.plan.inputs[*n];
            let value = summary.plan.points[point].values[*n].as_ref()?;
            Some(format!("{} {}", input.words, input.told_with_unit(value)))
        };
        shown.inputs.iter().filter_map(value).collect::<Vec<String>>().join(", ")
    };
    let told = |n: Option<usize>| {
        n.map_or_else(String::new, |n| format!("{} with {}", of.told(means[n]), values(shown.points[n])))
    };
    format!(
        "{} panels with {} marks each. {}: the least is {}; the most is {}.",
        shown.inputs.len(),
        means.len(),
        told::measure(summary, measure),
        told(least),
        told(most)
    )
}
