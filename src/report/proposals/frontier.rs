//! The frontier: what a candidate gives against what it takes, those that are told in words with their numbers.

use crate::propose::Offer;
use crate::propose::Proposed;
use crate::report::charts::WIDTH;
use crate::report::picture::DARK;
use crate::report::picture::FAINT;
use crate::report::picture::Frame;
use crate::report::picture::GREY;
use crate::report::picture::Ink;
use crate::report::picture::MARGIN;
use crate::report::picture::Picture;
use crate::report::picture::WHITE;
use crate::report::picture::words;
use crate::report::proposals::told;
use crate::scenario::Scenario;
use crate::units::Dollars;

/// Colours of costs, from the least to the most; a legend says which is which.
const COSTS: [Ink; 5] = [
    Ink::new(68, 119, 170),
    Ink::new(34, 136, 51),
    Ink::new(170, 119, 34),
    Ink::new(170, 51, 119),
    Ink::new(60, 60, 60),
];

/// Candidates with numbers.
const TOLD: usize = 12;
/// Height of a panel \[px\].
const HEIGHT: f64 = 230.0;
/// Room for the labels of an axis \[px\].
const LABELS: f64 = 52.0;
/// Lines of an axis, about.
const LINES: f64 = 6.0;

/// One panel: what its upright axis shows.
struct Panel {
    title: &'static str,
    value: fn(&Offer) -> Option<f64>,
    as_read: Option<f64>,
    /// What stands behind the numbers of the axis.
    unit: &'static str,
}

/// A panel each for pupils, staff and adoption, over minutes of development a week.
pub fn frontier(scenario: &Scenario, proposed: &Proposed) -> Picture {
    let found = &proposed.found;
    let simulated = proposed.offers.iter().any(|o| o.adoption.is_some());
    let how = "Each mark is a lawful candidate that no other equals in all and exceeds in one. Numbers are those of the printed table. \
               The ring is the proposal as read. Colour: what it costs a year.";
    let (mut picture, top) = Picture::titled("frontier", "The frontier: what candidates give and take", how, WIDTH);
    let costs = cost_classes(proposed);
    let mut y = legend(&mut picture, &costs, top + 8.0) + 16.0;
    let mut panels = vec![
        Panel {
            title: "Pupils: least change of instruction over schools and grades [min a week]",
            value: |o| Some(o.objectives.pupils as f64 / 1_000.0),
            as_read: Some(found.as_read.pupils as f64 / 1_000.0),
            unit: "",
        },
        Panel {
            title: "Staff: least change of own minutes over schools and roles [min a week]",
            value: |o| Some(o.objectives.staff as f64 / 1_000.0),
            as_read: Some(found.as_read.staff as f64 / 1_000.0),
            unit: "",
        },
    ];
    if simulated {
        panels.push(Panel {
            title: "Educators using the practice at the end [%]",
            value: |o| o.adoption.map(|a| a.mean * 100.0),
            as_read: proposed.as_read_adoption.map(|a| a.mean * 100.0),
            unit: " %",
        });
    }
    let developments: Vec<f64> = proposed
        .offers
        .iter()
        .map(|o| found.development_per_week(&o.objectives))
        .chain([found.development_per_week(&found.as_read)])
        .collect();
    let across = Scale::of(&developments);
    let numbered = told::chosen(found, &proposed.offers, TOLD);
    for panel in &panels {
        y = draw(&mut picture, panel, proposed, (&across, &costs, &numbered), y);
    }
    picture.text(
        (WIDTH / 2.0, y + 4.0),
        words("Professional development of an educator in a week with school, on average [min]")
            .size(13.0)
            .ink(GREY)
            .middle(),
    );
    picture.height = y + 24.0;
    picture.description = description(scenario, proposed, &numbered);
    picture
}

/// A scale with round numbers at its ends.
struct Scale {
    least: f64,
    most: f64,
    step: f64,
}

impl Scale {
    fn of(values: &[f64]) -> Scale {
        let least = values.iter().copied().fold(f64::INFINITY, f64::min);
        let most = values.iter().copied().fold(f64::NEG_INFINITY, f64::max);
        if !(least.is_finite() && most.is_finite()) {
            return Scale { least: 0.0, most: 1.0, step: 1.0 };
        }
        let range = (most - least).max(1.0);
        let steps = [0.5, 1.0, 2.0, 5.0, 10.0, 20.0, 50.0, 100.0, 200.0, 500.0];
        let step = steps.into_iter().find(|s| range / s <= LINES).unwrap_or(1_000.0);
        let (least, most) = ((least / step).floor() * step, (most / step).ceil() * step);
        Scale { least, most: most.max(least + step), step }
    }

    fn part(&self, value: f64) -> f64 {
        (value - self.least) / (self.most - self.least)
    }

    fn lines(&self) -> impl Iterator<Item = f64> + '_ {
        let n = ((self.most - self.least) / self.step).round() as u32;
        (0..=n).map(|n| self.least + f64::from(n) * self.step)
    }
}

fn told_number(value: f64, step: f64) -> String {
    if step < 1.0 { format!("{value:.1}") } else { format!("{value:.0}") }
}

/// Costs in order, cut in as many classes as there are colours.
fn cost_classes(proposed: &Proposed) -> Vec<(i64, i64)> {
    let mut all: Vec<i64> =
        proposed.offers.iter().map(|o| o.objectives.cost).chain([proposed.found.as_read.cost]).collect();
    all.sort_unstable();
    all.dedup();
    let size = all.len().div_ceil(COSTS.len()).max(1);
    all.chunks(size).map(|chunk| (chunk[0], chunk[chunk.len() - 1])).collect()
}

fn ink_of(costs: &[(i64, i64)], cost: i64) -> Ink {
    let class = costs.iter().position(|(_, most)| cost <= *most).unwrap_or(0);
    COSTS[class.min(COSTS.len() - 1)]
}

fn legend(picture: &mut Picture, costs: &[(i64, i64)], mut y: f64) -> f64 {
    let mut x = MARGIN;
    for (n, (least, most)) in costs.iter().enumerate() {
        let dollars = |cents: i64| Dollars::from_cents(cents).to_string();
        let told = if least == most { dollars(*least) } else { format!("{} to {}", dollars(*least), dollars(*most)) };
        let label = words(told).size(13.0);
        let width = 18.0 + label.width() + 22.0;
        if x + width > WIDTH - MARGIN {
            (x, y) = (MARGIN, y + 20.0);
        }
        picture.disc((x + 6.0, y), 5.5, COSTS[n.min(COSTS.len() - 1)]);
        picture.text((x + 18.0, y), label);
        x += width;
    }
    y + 10.0
}

fn draw(
    picture: &mut Picture,
    panel: &Panel,
    proposed: &Proposed,
    (across, costs, numbered): (&Scale, &[(i64, i64)], &[usize]),
    y: f64,
) -> f64 {
    let found = &proposed.found;
    let values: Vec<f64> = proposed.offers.iter().filter_map(panel.value).chain(panel.as_read).collect();
    let up = Scale::of(&values);
    picture.text((MARGIN, y + 6.0), words(panel.title).size(13.0).strong());
    let frame = Frame { left: MARGIN + LABELS, top: y + 24.0, right: WIDTH - MARGIN - 12.0, bottom: y + 24.0 + HEIGHT };
    for line in up.lines() {
        let at = frame.y(up.part(line));
        picture.line(vec![(frame.left, at), (frame.right, at)], FAINT, 1.0);
        picture.text(
            (frame.left - 8.0, at),
            words(format!("{}{}", told_number(line, up.step), panel.unit)).size(12.0).ink(GREY).right(),
        );
    }
    let x = |value: f64| frame.left + across.part(value) * frame.width();
    for line in across.lines() {
        picture.line(vec![(x(line), frame.bottom), (x(line), frame.bottom + 5.0)], GREY, 1.0);
        picture
            .text((x(line), frame.bottom + 14.0), words(told_number(line, across.step)).size(12.0).ink(GREY).middle());
    }
    picture.line(vec![(frame.left, frame.bottom), (frame.right, frame.bottom)], GREY, 1.0);
    let place = |offer: &Offer| {
        Some((x(found.development_per_week(&offer.objectives)), frame.y(up.part((panel.value)(offer)?))))
    };
    for offer in &proposed.offers {
        if let Some(at) = place(offer) {
            picture.disc(at, 4.5, ink_of(costs, offer.objectives.cost));
        }
    }
    if let Some(value) = panel.as_read {
        let at = (x(found.development_per_week(&found.as_read)), frame.y(up.part(value)));
        picture.disc(at, 9.0, DARK);
        picture.disc(at, 7.0, WHITE);
        picture.disc(at, 4.5, ink_of(costs, found.as_read.cost));
    }
    let placed: Vec<(usize, (f64, f64))> =
        numbered.iter().filter_map(|n| Some((*n, place(&proposed.offers[*n])?))).collect();
    let marks: Vec<(f64, f64)> = proposed.offers.iter().filter_map(place).collect();
    number_marks(picture, &placed, &marks, frame);
    frame.bottom + 40.0
}

/// Numbers beside marks, each where no other number stands; those without room are left out here, not in the table.
fn number_marks(picture: &mut Picture, placed: &[(usize, (f64, f64))], marks: &[(f64, f64)], frame: Frame) {
    let mut taken: Vec<(f64, f64)> = Vec::new();
    for (n, (x, y)) in placed {
        let sides = [(11.0, -9.0), (-11.0, -9.0), (11.0, 10.0), (-11.0, 10.0), (0.0, -15.0), (0.0, 16.0)];
        let free = |at: &(f64, f64)| {
            let inside = at.0 > frame.left + 6.0
                && at.0 < frame.right + 6.0
                && at.1 > frame.top - 12.0
                && at.1 < frame.bottom - 6.0;
            let on_a_mark = marks.iter().any(|m| (m.0 - at.0).abs() < 12.0 && (m.1 - at.1).abs() < 9.0);
            inside && !on_a_mark && taken.iter().all(|t| (t.0 - at.0).abs() > 17.0 || (t.1 - at.1).abs() > 13.0)
        };
        let Some(at) = sides.map(|(dx, dy)| (x + dx, y + dy)).into_iter().find(|at| free(at)) else { continue };
        picture.text(at, words((n + 1).to_string()).size(12.0).strong().middle());
        taken.push(at);
    }
}

fn description(scenario: &Scenario, proposed: &Proposed, numbered: &[usize]) -> String {
    let found = &proposed.found;
    let one = |n: &usize| {
        let offer = &proposed.offers[*n];
        format!(
            "{}: {:.1} min of development a week, staff {}, pupils {}, {} a year{}; {}",
            n + 1,
            found.development_per_week(&offer.objectives),
            told::a_week(offer.objectives.staff),
            told::a_week(offer.objectives.pupils),
            told::dollars(&offer.objectives),
            offer.adoption.map_or_else(String::new, |a| format!(", {:.1} % using at the end", a.mean * 100.0)),
            told::values(scenario, found, &offer.choice),
        )
    };
    let all: Vec<String> = numbered.iter().map(one).collect();
    match proposed.offers.len() {
        0 => "No candidate is lawful, so that there is no frontier to show.".into(),
        n => format!("{n} candidates of the frontier, of which {} are told here. {}.", all.len(), all.join(". ")),
    }
}
