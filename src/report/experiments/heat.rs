//! A heat map of two levers: the mean outcome in each cell, as a number and as a shade.

use crate::experiments::Input;
use crate::experiments::Kind;
use crate::experiments::Summary;
use crate::experiments::Value;
use crate::report::charts::WIDTH;
use crate::report::experiments::told;
use crate::report::picture::DARK;
use crate::report::picture::Frame;
use crate::report::picture::GREY;
use crate::report::picture::Hatch;
use crate::report::picture::Ink;
use crate::report::picture::MARGIN;
use crate::report::picture::Picture;
use crate::report::picture::WHITE;
use crate::report::picture::words;
use crate::report::words::capital;

/// Lightest and darkest shade.
const LIGHT: (f64, f64, f64) = (238.0, 244.0, 252.0);
const DEEP: (f64, f64, f64) = (16.0, 58.0, 120.0);
/// From this part of the scale on, numbers are white.
const WHITE_FROM: f64 = 0.62;
/// Steps of the legend.
const STEPS: u32 = 5;
/// Largest height of a row \[px\].
const TALLEST: f64 = 54.0;

/// One cell: the mean over everything that has these two values.
struct Cell {
    mean: f64,
    breaks: bool,
}

/// The outcome over the first two levers; over further ones it is a mean.
pub fn heat(summary: &Summary, measure: usize) -> Picture {
    let levers: Vec<usize> =
        (0..summary.plan.inputs.len()).filter(|n| summary.plan.inputs[*n].kind == Kind::Lever).collect();
    let (across, down) = (&summary.plan.inputs[levers[0]], &summary.plan.inputs[levers[1]]);
    let (columns, mut rows) = (across.domain.extremes(), down.domain.extremes());
    // The largest stands on top, as on any upright axis.
    if down.domain.is_of_numbers() {
        rows.reverse();
    }
    let cell = |row: &Value, column: &Value| cell(summary, measure, [(levers[0], column), (levers[1], row)]);
    let cells: Vec<Vec<Cell>> = rows.iter().map(|row| columns.iter().map(|c| cell(row, c)).collect()).collect();
    let (mut picture, top) = begin(summary, measure, levers.len());
    let labels = rows.iter().map(|v| words(down.told(v)).size(12.0).width()).fold(40.0, f64::max).min(160.0);
    let height = (420.0 / rows.len() as f64).clamp(18.0, TALLEST);
    let title = words(axis_title(down)).size(13.0);
    let title_lines = title.lines(WIDTH - 2.0 * MARGIN);
    let mut y = top + 10.0;
    for line in title_lines {
        picture.text((MARGIN, y), line);
        y += 18.0;
    }
    let frame =
        Frame { left: MARGIN + labels + 12.0, top: y, right: WIDTH - MARGIN, bottom: y + height * rows.len() as f64 };
    let means: Vec<f64> = cells.iter().flatten().map(|c| c.mean).collect();
    let scale = (means.iter().copied().fold(f64::INFINITY, f64::min), means.iter().copied().fold(0.0, f64::max));
    draw(&mut picture, summary, measure, (frame, scale), &cells);
    label(&mut picture, frame, (across, &columns), (down, &rows));
    mark_as_written(&mut picture, frame, (across, &columns), (down, &rows));
    legend(&mut picture, summary, measure, scale, frame.bottom + 66.0);
    picture.height = frame.bottom + 90.0;
    picture.description = describe(summary, measure, (across, &columns), (down, &rows), &cells);
    picture
}

fn begin(summary: &Summary, measure: usize, n_levers: usize) -> (Picture, f64) {
    let further = if n_levers > 2 { " Further levers: the mean over their values." } else { "" };
    let futures = if summary.plan.n_futures > 1 { " and futures" } else { "" };
    let how = format!(
        "Number: mean over all runs{futures}; the darker, the more. Hatched: at least one clause is not met. Framed: as the scenario has it.{further}"
    );
    let key = &summary.plan.measures.list[measure].key;
    let title = format!("{}, by two levers", told::measure(summary, measure));
    Picture::titled(&format!("heat-{key}"), &title, &how, WIDTH)
}

fn cell(summary: &Summary, measure: usize, at: [(usize, &Value); 2]) -> Cell {
    let is_here = |point: &usize| {
        at.iter().all(|(input, value)| summary.plan.points[*point].values[*input].as_ref() == Some(*value))
    };
    let here: Vec<usize> = (0..summary.plan.points.len()).filter(is_here).collect();
    let sum: f64 = here.iter().map(|point| summary.at(measure, *point).mean).sum();
    Cell { mean: sum / here.len().max(1) as f64, breaks: here.iter().any(|point| summary.breaks_a_clause(*point)) }
}

fn part_of(value: f64, (least, most): (f64, f64)) -> f64 {
    if most > least { (value - least) / (most - least) } else { 0.5 }
}

fn shade(part: f64) -> Ink {
    let mix = |a: f64, b: f64| (a + (b - a) * part).round() as u8;
    Ink::new(mix(LIGHT.0, DEEP.0), mix(LIGHT.1, DEEP.1), mix(LIGHT.2, DEEP.2))
}

fn box_of(frame: Frame, (n_rows, n_columns): (usize, usize), row: usize, column: usize) -> Frame {
    let (width, height) = (frame.width() / n_columns as f64, frame.height() / n_rows as f64);
    let (left, top) = (frame.left + width * column as f64, frame.top + height * row as f64);
    Frame { left, top, right: left + width, bottom: top + height }
}

fn draw(
    picture: &mut Picture,
    summary: &Summary,
    measure: usize,
    (frame, scale): (Frame, (f64, f64)),
    cells: &[Vec<Cell>],
) {
    let of = &summary.plan.measures.list[measure];
    for (row, of_row) in cells.iter().enumerate() {
        for (column, cell) in of_row.iter().enumerate() {
            let at = box_of(frame, (cells.len(), of_row.len()), row, column);
            let part = part_of(cell.mean, scale);
            picture.fill(at, shade(part));
            let ink = if part >= WHITE_FROM { WHITE } else { DARK };
            if cell.breaks {
                picture.hatch(at, Hatch::Rising, ink.thin(0.45), 9.0, |_, _| true);
            }
            picture.edge(at, WHITE, 1.0);
            let told = words(of.told(cell.mean)).size(13.0).strong().ink(ink).middle();
            let told = if told.width() > at.width() - 4.0 { told.size(9.5) } else { told };
            if told.width() > at.width() {
                continue;
            }
            if cell.breaks {
                let half = told.width() / 2.0 + 3.0;
                let back = Frame {
                    left: at.middle() - half,
                    right: at.middle() + half,
                    top: at.middle_y() - 9.0,
                    bottom: at.middle_y() + 9.0,
                };
                picture.fill(back, shade(part));
            }
            picture.text((at.middle(), at.middle_y()), told);
        }
    }
}

fn label(picture: &mut Picture, frame: Frame, (across, columns): (&Input, &[Value]), (down, rows): (&Input, &[Value])) {
    let size = (rows.len(), columns.len());
    for (n, value) in rows.iter().enumerate() {
        let at = box_of(frame, size, n, 0);
        let room = frame.left - MARGIN - 8.0;
        picture.text((frame.left - 8.0, at.middle_y()), words(down.told(value)).size(12.0).ink(GREY).right().fit(room));
    }
    for (n, value) in columns.iter().enumerate() {
        let at = box_of(frame, size, 0, n);
        let told = words(across.told(value)).size(12.0).ink(GREY).middle().fit(at.width() - 2.0);
        picture.text((at.middle(), frame.bottom + 14.0), told);
    }
    let title = words(axis_title(across)).size(13.0).middle().fit(frame.width());
    picture.text((frame.middle(), frame.bottom + 38.0), title);
}

fn axis_title(input: &Input) -> String {
    let words = capital(&input.words);
    if input.unit.is_empty() { words } else { format!("{words} [{}]", input.unit) }
}

fn mark_as_written(
    picture: &mut Picture,
    frame: Frame,
    (across, columns): (&Input, &[Value]),
    (down, rows): (&Input, &[Value]),
) {
    let place = |input: &Input, all: &[Value]| input.as_written.as_ref().and_then(|w| all.iter().position(|v| v == w));
    if let (Some(column), Some(row)) = (place(across, columns), place(down, rows)) {
        let at = box_of(frame, (rows.len(), columns.len()), row, column);
        let inside = Frame { left: at.left + 2.0, top: at.top + 2.0, right: at.right - 2.0, bottom: at.bottom - 2.0 };
        picture.edge(at, DARK, 3.0);
        picture.edge(inside, WHITE, 1.0);
    }
}

fn legend(picture: &mut Picture, summary: &Summary, measure: usize, (least, most): (f64, f64), y: f64) {
    let of = &summary.plan.measures.list[measure];
    let mut x = MARGIN;
    for step in 0..STEPS {
        let part = f64::from(step) / f64::from(STEPS - 1);
        picture.fill(Frame { left: x, top: y - 8.0, right: x + 22.0, bottom: y + 8.0 }, shade(part));
        let told = words(of.told(least + part * (most - least))).size(12.0);
        let width = told.width();
        picture.text((x + 28.0, y), told);
        x += 28.0 + width + 22.0;
    }
    let hatched = Frame { left: x, top: y - 8.0, right: x + 22.0, bottom: y + 8.0 };
    picture.fill(hatched, shade(0.0));
    picture.hatch(hatched, Hatch::Rising, DARK.thin(0.45), 9.0, |_, _| true);
    picture.text((x + 28.0, y), words("a clause is not met").size(12.0));
}

fn describe(
    summary: &Summary,
    measure: usize,
    (across, columns): (&Input, &[Value]),
    (down, rows): (&Input, &[Value]),
    cells: &[Vec<Cell>],
) -> String {
    let of = &summary.plan.measures.list[measure];
    let row = |(value, cells): (&Value, &Vec<Cell>)| {
        let each: Vec<String> = (columns.iter().zip(cells))
            .map(|(column, cell)| {
                let breaks = if cell.breaks { " (a clause is not met)" } else { "" };
                format!("{} {}{breaks}", across.told(column), of.told(cell.mean))
            })
            .collect();
        format!("{} {}: {}", down.words, down.told_with_unit(value), each.join(", "))
    };
    let all: Vec<String> = rows.iter().zip(cells).map(row).collect();
    format!("{}, mean, by “{}” in each row. {}.", told::measure(summary, measure), across.words, all.join("; "))
}
