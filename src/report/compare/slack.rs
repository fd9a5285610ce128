//! Clauses side by side: how close each is to its limit on every side.

use crate::clauses::Outcome as Answered;
use crate::compare::Cell;
use crate::compare::ClauseRow;
use crate::compare::Comparison;
use crate::report::charts::WIDTH;
use crate::report::compare::curves::look;
use crate::report::compare::words::stands;
use crate::report::picture::DARK;
use crate::report::picture::FAINT;
use crate::report::picture::GREY;
use crate::report::picture::MARGIN;
use crate::report::picture::Picture;
use crate::report::picture::WHITE;
use crate::report::picture::words;

const LABELS: f64 = 300.0;
const LINE: f64 = 19.0;
/// A slack of more than this part of the limit is drawn at the end of the scale.
const MOST: f64 = 0.5;

/// For every clause one line a side: its slack as a part of what is asked, with the words beside it.
pub fn slack(comparison: &Comparison) -> Picture {
    let how = "Slack as a part of what the clause asks, where it is tightest. Right of the line it holds with that much to spare, \
               left of it it is missed. A ring: the baseline; a disc: another side. Arrows at the end: more than half of the limit.";
    let (mut picture, top) =
        Picture::titled("compare-clauses", "How close each clause is to its limit, side by side", how, WIDTH);
    let (left, right) = (MARGIN + LABELS, WIDTH - MARGIN - 250.0);
    let zero = left + (right - left) * 0.4;
    let mut y = legend(&mut picture, comparison, top + 10.0);
    let first = y;
    let rows = rows(comparison);
    for (title, cells) in &rows {
        let height = LINE * cells.len() as f64 + 10.0;
        for (n, line) in words(title).size(12.0).lines(LABELS - 14.0).into_iter().take(cells.len().max(2)).enumerate() {
            picture.text((MARGIN, y + 12.0 + 14.0 * n as f64), line.fit(LABELS - 14.0));
        }
        for (n, (side, cell)) in cells.iter().enumerate() {
            mark(&mut picture, *side, cell, y + 12.0 + LINE * n as f64, (left, zero, right));
        }
        y += height.max(34.0);
        picture.line(vec![(MARGIN, y - 3.0), (WIDTH - MARGIN, y - 3.0)], FAINT, 1.0);
    }
    picture.line(vec![(zero, first), (zero, y - 3.0)], DARK, 1.2);
    picture.height = y + 12.0;
    let said: Vec<String> = rows.iter().map(|(title, cells)| described(comparison, title, cells)).collect();
    picture.description = format!("Clauses where each is tightest. {}", said.join(" "));
    picture
}

/// A clause's title, and how it stands on each side that has it.
type Row = (String, Vec<(usize, Cell)>);

fn rows(comparison: &Comparison) -> Vec<Row> {
    let Some(first) = comparison.against.first() else { return Vec::new() };
    let mut rows: Vec<Row> = Vec::new();
    let mut ids: Vec<String> = Vec::new();
    for against in &comparison.against {
        for row in &against.clauses {
            if !ids.contains(&row.id) {
                ids.push(row.id.clone());
            }
        }
    }
    for id in ids {
        let of = |against: &crate::compare::Against| against.clauses.iter().find(|r| r.id == id).cloned();
        let mut cells: Vec<(usize, Cell)> = Vec::new();
        cells.extend(of(first).and_then(|r| r.cells[0].clone()).map(|cell| (0, cell)));
        let all: Vec<(usize, ClauseRow)> = comparison.against.iter().filter_map(|a| Some((a.side, of(a)?))).collect();
        cells.extend(all.iter().filter_map(|(side, r)| Some((*side, r.cells[1].clone()?))));
        cells.retain(|(_, c)| {
            matches!(c.outcome, Answered::Holds | Answered::Fails | Answered::Waived) && c.slack.is_some()
        });
        let title = all.first().map_or(id.clone(), |(_, r)| r.title().to_string());
        if !cells.is_empty() {
            rows.push((title, cells));
        }
    }
    rows
}

fn legend(picture: &mut Picture, comparison: &Comparison, y: f64) -> f64 {
    let mut at = y;
    for (n, side) in comparison.sides.iter().enumerate() {
        dot(picture, n, (MARGIN + 6.0, at));
        let name = if n == 0 { format!("{} (baseline)", side.name) } else { side.name.clone() };
        picture.text((MARGIN + 18.0, at), words(name).size(12.0).fit(WIDTH - 2.0 * MARGIN - 20.0));
        at += 17.0;
    }
    at + 6.0
}

fn dot(picture: &mut Picture, side: usize, at: (f64, f64)) {
    picture.disc(at, 5.5, look(side).0);
    if side == 0 {
        picture.disc(at, 3.2, WHITE);
    }
}

fn mark(picture: &mut Picture, side: usize, cell: &Cell, y: f64, (left, zero, right): (f64, f64, f64)) {
    let ink = look(side).0;
    let slack = cell.slack.map_or(0.0, |s| s.as_f64());
    let need = cell.need.map_or(1.0, |n| n.as_f64().abs().max(f64::MIN_POSITIVE));
    let part = (slack / need).clamp(-MOST, MOST);
    let room = if part < 0.0 { zero - left } else { right - zero };
    let x = zero + part / MOST * (room - 14.0);
    picture.line(vec![(zero, y), (x, y)], ink.thin(0.5), 2.0);
    if (slack / need).abs() > MOST {
        let way = part.signum();
        picture.area(vec![(x, y - 5.0), (x, y + 5.0), (x + 9.0 * way, y)], ink);
    } else {
        dot(picture, side, (x, y));
    }
    picture.text((right + 8.0, y), words(stands(cell)).size(12.0).ink(if side == 0 { GREY } else { ink }).fit(242.0));
}

fn described(comparison: &Comparison, title: &str, cells: &[(usize, Cell)]) -> String {
    let said: Vec<String> =
        cells.iter().map(|(side, cell)| format!("“{}” {}", comparison.sides[*side].name, stands(cell))).collect();
    format!("{title}: {}.", said.join("; "))
}
