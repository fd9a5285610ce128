//! The chart of a fit: what was observed, the simulated curve with its bands, and plain curves beside it.

use crate::calibration::Band;
use crate::observed::Fitted;
use crate::report::calibrate::told;
use crate::report::charts::WIDTH;
use crate::report::charts::axes;
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
use crate::report::picture::SHADE;
use crate::report::picture::Stroke;
use crate::report::picture::WHITE;
use crate::report::picture::words;
use crate::report::words::capital;
use crate::series::Quantity;
use crate::units::thousands;

/// How plain curves look, in the order in which they are fitted.
const LOOKS: [(Ink, Stroke); 4] = [
    (ORANGE, Stroke::Dashed),
    (PURPLE, Stroke::Dotted),
    (Ink::new(17, 105, 100), Stroke::Dashed),
    (GREY, Stroke::Dotted),
];
const NAMES: f64 = 150.0;
const HEIGHT: f64 = 360.0;

/// Where times and values stand.
struct Scales {
    frame: Frame,
    first: f64,
    last: f64,
    most: f64,
}

impl Scales {
    fn at(&self, years: f64, value: f64) -> (f64, f64) {
        let part = (years - self.first) / (self.last - self.first).max(f64::MIN_POSITIVE);
        (self.frame.left + self.frame.width() * part, self.frame.y(value / self.most))
    }
}

/// The chart.
pub fn chart(fitted: &Fitted) -> Picture {
    let title = capital(&format!("{}: observed, simulated, and plain curves", told::name(fitted)));
    let held = !fitted.judged.is_empty();
    let how = format!(
        "Dots: observed{}. Blue: the {}, median with bands of 80 and 90 %; to the left of the dashed line where it was fitted, to the \
         right its forecast. Thin lines: plain curves fitted to the same points.",
        if held { ", hollow where it was not seen" } else { "" },
        told::model_name(fitted, "calibrated"),
    );
    let (mut picture, top) = Picture::titled("calibrate", &title, &how, WIDTH);
    let frame = Frame { left: 72.0, top: top + 14.0, right: WIDTH - NAMES, bottom: top + 14.0 + HEIGHT };
    picture.height = frame.bottom + 44.0;
    let scales = scales(fitted, frame);
    axes_of(&mut picture, fitted, &scales);
    for (beside, (ink, stroke)) in fitted.beside.iter().zip(LOOKS) {
        let line = beside_points(fitted, beside.fitted.iter().copied(), &beside.forecast, &scales);
        picture.stroke(line, ink.thin(0.8), 1.5, stroke);
    }
    simulated(&mut picture, fitted, &scales);
    observed(&mut picture, fitted, &scales);
    label_ends(&mut picture, fitted, &scales);
    picture.description = describe(fitted);
    picture
}

fn scales(fitted: &Fitted, frame: Frame) -> Scales {
    let ahead = fitted.calibration.forecast.iter().map(|band| band.years);
    let last = ahead.chain([fitted.series.span()]).fold(0.0, f64::max);
    let most = match fitted.series.quantity {
        Quantity::Share => 1.0,
        Quantity::Count => {
            let highs = fitted.calibration.forecast.iter().map(|band| band.high_80);
            round_up(highs.chain([fitted.series.peak()]).fold(0.0, f64::max) * 1.05)
        }
    };
    Scales { frame, first: 0.0, last, most }
}

/// The next number with one digit that counts, or a half of one.
fn round_up(x: f64) -> f64 {
    let unit = libm::pow(10.0, libm::floor(libm::log10(x.max(1e-9))));
    [1.0, 2.0, 2.5, 5.0, 10.0].into_iter().map(|n| n * unit).find(|step| *step >= x).unwrap_or(x)
}

fn axes_of(picture: &mut Picture, fitted: &Fitted, scales: &Scales) {
    let frame = scales.frame;
    let split = scales.at(fitted.series.years[fitted.fitted_points - 1], 0.0).0;
    picture.fill(Frame { left: split, ..frame }, SHADE);
    const STEPS: u32 = 5;
    for step in 0..=STEPS {
        let part = f64::from(step) / f64::from(STEPS);
        let y = frame.y(part);
        picture.line(vec![(frame.left, y), (frame.right, y)], FAINT, 1.0);
        let label = match fitted.series.quantity {
            Quantity::Share => format!("{:.0} %", part * 100.0),
            Quantity::Count => thousands(libm::round(part * scales.most) as i64),
        };
        picture.text((frame.left - 8.0, y), words(label).ink(GREY).right());
    }
    let step = tick(scales.last);
    let first = told::time(fitted, 0.0);
    let mut year = libm::ceil(first / step) * step;
    while year <= first + scales.last + 1e-9 {
        let x = scales.at(year - first, 0.0).0;
        picture.line(vec![(x, frame.bottom), (x, frame.bottom + 5.0)], GREY, 1.0);
        let label = if step < 1.0 { format!("{year:.1}") } else { format!("{year:.0}") };
        picture.text((x, frame.bottom + 16.0), words(label).size(11.0).ink(GREY).middle());
        year += step;
    }
    let calendar = first >= 1000.0;
    let unit = if calendar { "year" } else { "years since the start of the scenario" };
    picture.text((frame.middle(), frame.bottom + 34.0), words(unit).size(11.0).ink(DARK).middle());
    picture.line(vec![(frame.left, frame.bottom), (frame.right, frame.bottom)], GREY, 1.0);
    picture.stroke(vec![(split, frame.top), (split, frame.bottom)], GREY, 1.0, Stroke::Dashed);
    let what = match fitted.series.quantity {
        Quantity::Share => "share that has adopted",
        Quantity::Count => "adopters",
    };
    picture.text((MARGIN, frame.top - 14.0), words(what).size(11.0).ink(DARK));
}

/// Years between ticks, so that some ten stand on the axis.
fn tick(span: f64) -> f64 {
    [0.2, 0.5, 1.0, 2.0, 5.0, 10.0, 20.0, 50.0].into_iter().find(|step| span / step <= 11.0).unwrap_or(100.0)
}

fn beside_points(
    fitted: &Fitted,
    values: impl Iterator<Item = f64>,
    forecast: &[Band],
    scales: &Scales,
) -> Vec<(f64, f64)> {
    let seen = fitted.series.years.iter().zip(values).map(|(years, value)| scales.at(*years, value));
    seen.chain(forecast.iter().map(|band| scales.at(band.years, band.median))).collect()
}

fn simulated(picture: &mut Picture, fitted: &Fitted, scales: &Scales) {
    bands(picture, &fitted.calibration.fitted, scales);
    let last = fitted.fitted_points - 1;
    let (years, value) = (fitted.series.years[last], fitted.series.values[last]);
    let from = Band { years, low_90: value, low_80: value, median: value, high_80: value, high_90: value };
    let forecast = [vec![from], fitted.calibration.forecast.clone()].concat();
    if forecast.len() > 1 {
        bands(picture, &forecast, scales);
    }
}

fn bands(picture: &mut Picture, all: &[Band], scales: &Scales) {
    let area = |low: &dyn Fn(&Band) -> f64, high: &dyn Fn(&Band) -> f64| -> Vec<(f64, f64)> {
        let up = all.iter().map(|band| scales.at(band.years, high(band)));
        up.chain(all.iter().rev().map(|band| scales.at(band.years, low(band)))).collect()
    };
    picture.area(area(&|band| band.low_90, &|band| band.high_90), BLUE.thin(0.12));
    picture.area(area(&|band| band.low_80, &|band| band.high_80), BLUE.thin(0.16));
    picture.line(all.iter().map(|band| scales.at(band.years, band.median)).collect(), BLUE, 2.2);
}

fn observed(picture: &mut Picture, fitted: &Fitted, scales: &Scales) {
    for (i, (years, value)) in fitted.series.years.iter().zip(&fitted.series.values).enumerate() {
        let at = scales.at(*years, *value);
        picture.disc(at, 4.6, WHITE);
        picture.disc(at, 3.8, DARK);
        if i >= fitted.fitted_points {
            picture.disc(at, 2.2, WHITE);
        }
    }
}

fn label_ends(picture: &mut Picture, fitted: &Fitted, scales: &Scales) {
    let own = fitted.calibration.forecast.last().or(fitted.calibration.fitted.last());
    let own = own.map(|band| (told::model_name(fitted, "calibrated"), band.median, BLUE, Stroke::Solid));
    let beside = fitted.beside.iter().zip(LOOKS).map(|(beside, (ink, stroke))| {
        let end = beside.forecast.last().map(|band| band.median).or(beside.fitted.last().copied());
        (beside.name.clone(), end.unwrap_or(0.0), ink, stroke)
    });
    let all: Vec<(String, f64, Ink, Stroke)> = own.into_iter().chain(beside).collect();
    let frame = scales.frame;
    let heights: Vec<f64> = all.iter().map(|(_, value, ..)| scales.at(0.0, *value).1).collect();
    let placed = axes::apart(&heights, 32.0, frame.top + 6.0, frame.bottom - 20.0);
    for (place, (name, value, ink, _)) in all.iter().enumerate() {
        let (y, left) = (placed[place], frame.right + 22.0);
        picture.line(vec![(frame.right + 2.0, heights[place]), (left - 5.0, y)], ink.thin(0.6), 1.0);
        let label = words(name.clone()).size(12.0).strong().ink(*ink);
        picture.text((left, y), label.fit(picture.width - left - 4.0));
        picture.text((left, y + 14.0), words(told::value(&fitted.series, *value)).size(11.0).ink(GREY));
    }
}

fn describe(fitted: &Fitted) -> String {
    let series = &fitted.series;
    let last = series.n_points() - 1;
    let mut words = format!(
        "Observed from {} ({}) to {} ({}). ",
        told::time_words(fitted, 0.0),
        told::value(series, series.values[0]),
        told::time_words(fitted, series.years[last]),
        told::value(series, series.values[last])
    );
    if let Some(end) = fitted.calibration.forecast.last() {
        words += &format!(
            "The {} forecasts {} for {}, 8 of 10 between {} and {}.",
            told::model_name(fitted, "calibrated"),
            told::value(series, end.median),
            told::time_words(fitted, end.years),
            told::value(series, end.low_80),
            told::value(series, end.high_80)
        );
    }
    words
}
