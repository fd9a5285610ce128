//! A fan over one lever: an outcome at each of its values, with the band of the middle eight of ten runs.

use crate::experiments::Input;
use crate::experiments::Measured;
use crate::experiments::Summary;
use crate::experiments::Value;
use crate::report::charts::WIDTH;
use crate::report::experiments::scale::Scale;
use crate::report::experiments::told;
use crate::report::picture::BLUE;
use crate::report::picture::DARK;
use crate::report::picture::FAINT;
use crate::report::picture::Frame;
use crate::report::picture::GREY;
use crate::report::picture::Picture;
use crate::report::picture::RED;
use crate::report::picture::Stroke;
use crate::report::picture::words;
use crate::report::words::capital;
use crate::report::words::counted;

/// Values under the axis; more would touch.
const MOST_LABELS: usize = 12;

/// The outcome over the values of the only lever.
pub fn fan_over(summary: &Summary, measure: usize) -> Picture {
    let levers = told::levers(summary);
    let lever = levers[0];
    let of = &summary.plan.measures.list[measure];
    let how = format!(
        "Line: median; band: 8 of 10 runs; {} for each value{}. A red cross: at least one clause is not met.",
        counted(summary.at(measure, 0).n * summary.plan.n_futures, "run"),
        if summary.plan.n_futures > 1 { ", over all futures" } else { "" },
    );
    let title = format!("{} for each value of “{}”", told::measure(summary, measure), lever.words);
    let (mut picture, top) = Picture::titled(&format!("over-{}", of.key), &title, &how, WIDTH);
    let frame = Frame { left: 66.0, top: top + 16.0, right: WIDTH - 40.0, bottom: top + 336.0 };
    picture.height = frame.bottom + 64.0;
    let points = points(summary, measure, lever);
    let scale = axis_of_shares(&mut picture, frame);
    let x = places(&points, frame);
    below(&mut picture, frame, lever, &points, &x);
    let y = |share: f64| frame.bottom - scale.part(share) * frame.height();
    let mut outline: Vec<(f64, f64)> = points.iter().zip(&x).map(|(p, x)| (*x, y(p.measured.high))).collect();
    outline.extend(points.iter().zip(&x).rev().map(|(p, x)| (*x, y(p.measured.low))));
    if outline.len() > 2 {
        picture.area(outline, BLUE.thin(0.18));
    }
    picture.line(points.iter().zip(&x).map(|(p, x)| (*x, y(p.measured.median))).collect(), BLUE, 2.0);
    let tight = points.len() > MOST_LABELS;
    for (point, x) in points.iter().zip(&x) {
        let at = (*x, y(point.measured.median));
        picture.line(vec![(*x, y(point.measured.low)), (*x, y(point.measured.high))], BLUE.thin(0.5), 1.0);
        picture.disc(at, 4.0, BLUE);
        if !tight {
            // Above the band, where neither band nor line is in the way.
            let above = y(point.measured.high) - 12.0;
            let height = if above < frame.top { y(point.measured.low) + 14.0 } else { above };
            picture.text((at.0, height), words(of.told(point.measured.median)).size(12.0).strong().ink(DARK).middle());
        }
        if point.breaks {
            cross(&mut picture, (at.0, frame.bottom - 8.0));
        }
    }
    as_written(&mut picture, frame, lever, &points, &x);
    picture.description = describe(summary, measure, lever, &points);
    picture
}

struct At {
    value: Value,
    measured: Measured,
    breaks: bool,
}

/// The values of the lever in rising order, or as listed where they are words.
fn points(summary: &Summary, measure: usize, lever: &Input) -> Vec<At> {
    let place = summary.plan.inputs.iter().position(|input| input == lever).unwrap_or(0);
    let n_futures = summary.plan.n_futures;
    let of = |n: usize| {
        let value = summary.plan.points[n * n_futures].values[place].clone().unwrap_or(Value::Text(String::new()));
        let breaks = (n * n_futures..(n + 1) * n_futures).any(|point| summary.breaks_a_clause(point));
        At { value, measured: summary.over_futures(measure, n), breaks }
    };
    let mut all: Vec<At> = (0..summary.n_lever_points()).map(of).collect();
    if lever.domain.is_of_numbers() {
        all.sort_by(|a, b| a.value.number().partial_cmp(&b.value.number()).unwrap_or(std::cmp::Ordering::Equal));
    }
    all
}

/// Numbers stand at their distance, words evenly.
fn places(points: &[At], frame: Frame) -> Vec<f64> {
    let numbers: Option<Vec<f64>> = points.iter().map(|p| p.value.number()).collect();
    let inner = Frame { left: frame.left + 24.0, right: frame.right - 24.0, ..frame };
    let part = |n: usize| match &numbers {
        Some(all) if all[all.len() - 1] > all[0] => (all[n] - all[0]) / (all[all.len() - 1] - all[0]),
        _ => n as f64 / (points.len() - 1).max(1) as f64,
    };
    (0..points.len()).map(|n| inner.left + part(n) * inner.width()).collect()
}

fn axis_of_shares(picture: &mut Picture, frame: Frame) -> Scale {
    let scale = Scale::of([0.0, 1.0]);
    for line in scale.lines() {
        let y = frame.bottom - scale.part(line) * frame.height();
        picture.line(vec![(frame.left, y), (frame.right, y)], FAINT, 1.0);
        picture.text((frame.left - 8.0, y), words(format!("{:.0} %", line * 100.0)).size(12.0).ink(GREY).right());
    }
    picture.line(vec![(frame.left, frame.bottom), (frame.right, frame.bottom)], GREY, 1.0);
    scale
}

fn below(picture: &mut Picture, frame: Frame, lever: &Input, points: &[At], x: &[f64]) {
    let every = points.len().div_ceil(MOST_LABELS);
    let mut last = f64::NEG_INFINITY;
    for (n, (point, x)) in points.iter().zip(x).enumerate() {
        let label = words(lever.told(&point.value)).size(12.0).ink(GREY).middle();
        if n % every != 0 || x - label.width() / 2.0 < last + 6.0 {
            continue;
        }
        last = x + label.width() / 2.0;
        picture.line(vec![(*x, frame.bottom), (*x, frame.bottom + 5.0)], GREY, 1.0);
        picture.text((*x, frame.bottom + 16.0), label);
    }
    let unit = if lever.unit.is_empty() { String::new() } else { format!(" [{}]", lever.unit) };
    let title = words(format!("{}{unit}", capital(&lever.words))).size(13.0).middle().fit(frame.width());
    picture.text((frame.middle(), frame.bottom + 42.0), title);
}

/// A dotted line at the value that the scenario has.
fn as_written(picture: &mut Picture, frame: Frame, lever: &Input, points: &[At], x: &[f64]) {
    let Some(written) = &lever.as_written else { return };
    let Some(n) = points.iter().position(|p| p.value == *written) else { return };
    picture.stroke(vec![(x[n], frame.top), (x[n], frame.bottom)], GREY, 1.2, Stroke::Dotted);
    let label = words("as the scenario has it").size(11.0).ink(GREY);
    let right = x[n] + 6.0 + label.width() > frame.right;
    let at = (if right { x[n] - 6.0 } else { x[n] + 6.0 }, frame.bottom - 22.0);
    picture.text(at, if right { label.right() } else { label });
}

fn cross(picture: &mut Picture, (x, y): (f64, f64)) {
    picture.line(vec![(x - 5.0, y - 5.0), (x + 5.0, y + 5.0)], RED, 2.0);
    picture.line(vec![(x - 5.0, y + 5.0), (x + 5.0, y - 5.0)], RED, 2.0);
}

fn describe(summary: &Summary, measure: usize, lever: &Input, points: &[At]) -> String {
    let of = &summary.plan.measures.list[measure];
    let one = |p: &At| {
        let m = &p.measured;
        let breaks = if p.breaks { ", and a clause is not met" } else { "" };
        format!(
            "{}: {} ({} to {}){breaks}",
            lever.told_with_unit(&p.value),
            of.told(m.median),
            of.told(m.low),
            of.told(m.high)
        )
    };
    let all: Vec<String> = points.iter().map(one).collect();
    format!(
        "{} by “{}”: median, and in brackets 8 of 10 runs. {}.",
        told::measure(summary, measure),
        lever.words,
        all.join("; ")
    )
}
