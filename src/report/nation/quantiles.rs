//! How far apart districts are: the share of users in the district at the tenth, the middle and the ninetieth place of a
//! hundred, year by year.

use crate::report::charts::WIDTH;
use crate::report::nation::view::View;
use crate::report::picture::BLUE;
use crate::report::picture::DARK;
use crate::report::picture::FAINT;
use crate::report::picture::Frame;
use crate::report::picture::GREY;
use crate::report::picture::MARGIN;
use crate::report::picture::Picture;
use crate::report::picture::words;
use crate::report::words::percent;

/// Places among a hundred districts, in order of their shares.
const PLACES: [f64; 5] = [0.1, 0.25, 0.5, 0.75, 0.9];

/// Shares of users over the districts, each district counted once, by school year and [`PLACES`]; those of the first
/// replicate, in which each district is one district.
pub fn over_districts(view: &View) -> Vec<[f64; 5]> {
    let Some(course) = view.outcome.courses.first() else { return Vec::new() };
    let n: Vec<u64> = (0..course.districts.len()).map(|district| view.plan.territory.n_teachers_of(district)).collect();
    let of_year = |year: usize| {
        let share = |(district, n): (&crate::spread::nation::DistrictEnd, &u64)| {
            f64::from(district.using[year]) / (*n).max(1) as f64
        };
        let mut shares: Vec<f64> = course.districts.iter().zip(&n).map(share).collect();
        shares.sort_by(f64::total_cmp);
        PLACES.map(|q| shares.get((q * (shares.len().max(1) - 1) as f64).round() as usize).copied().unwrap_or(0.0))
    };
    (0..view.n_years()).map(of_year).collect()
}

/// Boxes from the 25th to the 75th of a hundred districts, lines from the 10th to the 90th, a mark at the middle one.
pub fn quantiles(view: &View) -> Picture {
    let how = "Districts in the order of the share of their educators who use at least one practice, each counted once. Line: from the 10th to the 90th of a hundred. Box: from the 25th to the 75th. Mark: the middle one.";
    let (mut picture, top) = Picture::titled("districts", "How far apart districts are", how, WIDTH);
    let frame = Frame { left: 60.0, top: top + 16.0, right: WIDTH - MARGIN, bottom: top + 300.0 };
    picture.height = frame.bottom + 40.0;
    for step in 0..=5 {
        let share = f64::from(step) / 5.0;
        picture.line(vec![(frame.left, frame.y(share)), (frame.right, frame.y(share))], FAINT, 1.0);
        picture.text((frame.left - 8.0, frame.y(share)), words(percent(share)).size(11.0).ink(GREY).right());
    }
    let all = over_districts(view);
    let width = frame.width() / all.len().max(1) as f64;
    let mut told = Vec::new();
    for (year, [p10, p25, p50, p75, p90]) in all.iter().enumerate() {
        let middle = frame.left + (year as f64 + 0.5) * width;
        picture.line(vec![(middle, frame.y(*p10)), (middle, frame.y(*p90))], BLUE, 1.5);
        let half = (width * 0.25).min(24.0);
        let area = Frame { left: middle - half, right: middle + half, top: frame.y(*p75), bottom: frame.y(*p25) };
        picture.fill(area, BLUE.thin(0.35));
        picture.edge(area, BLUE, 1.0);
        picture.line(vec![(middle - half, frame.y(*p50)), (middle + half, frame.y(*p50))], DARK, 2.5);
        picture.text((middle + half + 4.0, frame.y(*p50)), words(percent(*p50)).size(11.5).strong());
        let id = &view.outcome.years[year].0;
        picture.text((middle, frame.bottom + 18.0), words(id.as_str()).size(12.0).middle());
        told.push(format!("{id}: {} to {}, middle {}", percent(*p10), percent(*p90), percent(*p50)));
    }
    picture.description = format!("From the 10th to the 90th of a hundred districts. {}.", told.join("; "));
    picture
}
