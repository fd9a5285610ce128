//! Axes that charts share: weeks along the bottom, shares up the side.

use crate::ensemble::Band;
use crate::ensemble::Results;
use crate::report::picture::FAINT;
use crate::report::picture::Frame;
use crate::report::picture::GREY;
use crate::report::picture::Ink;
use crate::report::picture::Picture;
use crate::report::picture::SHADE;
use crate::report::picture::words;
use crate::report::words::school_year;
use crate::report::words::short_month_name;
use crate::units::Date;
use std::ops::Range;

/// Weeks without school shorter than this are a break, not a summer \[weeks\].
const SUMMER_WEEKS: usize = 5;

/// The place of a week from left to right.
pub fn x(frame: Frame, n_weeks: usize, week: usize) -> f64 {
    let last = n_weeks.saturating_sub(1).max(1);
    frame.left + frame.width() * (week as f64 / last as f64).min(1.0)
}

/// The school years of the simulation with the weeks that lie in each.
pub fn years(weeks: &[Date]) -> Vec<(String, Range<usize>)> {
    let mut years: Vec<(String, Range<usize>)> = Vec::new();
    for (week, date) in weeks.iter().enumerate() {
        let id = school_year(*date);
        match years.last_mut() {
            Some((last, range)) if *last == id => range.end = week + 1,
            Some(_) | None => years.push((id, week..week + 1)),
        }
    }
    // The Monday on which a year begins may lie in June; one or two such weeks need no label of their own.
    years.retain(|(_, range)| range.len() > 2);
    years
}

/// Runs of weeks without school that are long enough to be a summer.
pub fn summers(results: &Results) -> Vec<Range<usize>> {
    let mut runs: Vec<Range<usize>> = Vec::new();
    for (week, part) in results.school_week.iter().enumerate() {
        if *part > 0.0 {
            continue;
        }
        match runs.last_mut() {
            Some(run) if run.end == week => run.end = week + 1,
            Some(_) | None => runs.push(week..week + 1),
        }
    }
    runs.retain(|run| run.len() >= SUMMER_WEEKS);
    runs
}

/// How much of the time axis is written.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Labels {
    /// School years with August and January.
    Full,
    /// The two digits of the year in which each school year ends.
    Short,
    /// None.
    Without,
}

/// Shades summers and draws the line between school years, with labels below.
pub fn time_axis(picture: &mut Picture, frame: Frame, results: &Results, labels: Labels) {
    let n = results.weeks.len();
    for run in summers(results) {
        let right = x(frame, n, run.end.min(n.saturating_sub(1)));
        picture.fill(Frame { left: x(frame, n, run.start), right, ..frame }, SHADE);
    }
    for (id, range) in years(&results.weeks) {
        let (from, to) = (x(frame, n, range.start), x(frame, n, range.end.min(n.saturating_sub(1))));
        if range.start > 2 {
            picture.line(vec![(from, frame.top), (from, frame.bottom + 6.0)], FAINT, 1.0);
        }
        let middle = ((from + to) / 2.0, frame.bottom);
        match labels {
            Labels::Full if to - from > 50.0 => {
                picture.text((middle.0, middle.1 + 34.0), words(id).size(13.0).strong().middle())
            }
            Labels::Short if to - from > 20.0 => {
                picture.text(
                    (middle.0, middle.1 + 12.0),
                    words(format!("’{}", &id[id.len() - 2..])).size(11.0).ink(GREY).middle(),
                );
            }
            Labels::Full | Labels::Short | Labels::Without => {}
        }
    }
    if labels == Labels::Full {
        months(picture, frame, &results.weeks);
    }
    picture.line(vec![(frame.left, frame.bottom), (frame.right, frame.bottom)], GREY, 1.0);
}

fn months(picture: &mut Picture, frame: Frame, weeks: &[Date]) {
    let mut last = f64::NEG_INFINITY;
    for (week, pair) in weeks.windows(2).enumerate() {
        let month = pair[1].month();
        if pair[0].month() == month || !(month == 8 || month == 1) {
            continue;
        }
        let at = x(frame, weeks.len(), week + 1);
        if at - last < 34.0 || at > frame.right - 10.0 {
            continue;
        }
        last = at;
        picture.line(vec![(at, frame.bottom), (at, frame.bottom + 5.0)], GREY, 1.0);
        picture.text((at, frame.bottom + 15.0), words(short_month_name(month)).size(11.0).ink(GREY).middle());
    }
}

/// Lines for 0 to 100 % with labels on the left, so many steps.
pub fn share_axis(picture: &mut Picture, frame: Frame, steps: u32, labels: Labels) {
    for step in 0..=steps {
        let share = f64::from(step) / f64::from(steps);
        let y = frame.y(share);
        picture.line(vec![(frame.left, y), (frame.right, y)], FAINT, 1.0);
        let label = words(format!("{:.0} %", share * 100.0)).ink(GREY).right();
        match labels {
            Labels::Full => picture.text((frame.left - 8.0, y), label.size(12.0)),
            Labels::Short => picture.text((frame.left - 5.0, y), label.size(11.0)),
            Labels::Without => {}
        }
    }
}

/// The points of a curve.
pub fn points(frame: Frame, n_weeks: usize, shares: &[f64]) -> Vec<(f64, f64)> {
    shares.iter().enumerate().take(n_weeks).map(|(week, share)| (x(frame, n_weeks, week), frame.y(*share))).collect()
}

/// A band with its median.
pub fn band(picture: &mut Picture, frame: Frame, n_weeks: usize, band: &Band, ink: Ink) {
    let mut outline = points(frame, n_weeks, &band.high);
    outline.extend(points(frame, n_weeks, &band.low).into_iter().rev());
    if outline.len() > 2 {
        picture.area(outline, ink.thin(0.18));
    }
    curve(picture, frame, n_weeks, &band.median, ink);
}

/// A curve.
pub fn curve(picture: &mut Picture, frame: Frame, n_weeks: usize, shares: &[f64], ink: Ink) {
    let line = points(frame, n_weeks, shares);
    if line.len() > 1 {
        picture.line(line, ink, 2.0);
    }
}

/// Heights pushed apart until each is so far from the next \[px\]; the order stays.
pub fn apart(heights: &[f64], gap: f64, top: f64, bottom: f64) -> Vec<f64> {
    let mut order: Vec<usize> = (0..heights.len()).collect();
    order.sort_by(|a, b| heights[*a].total_cmp(&heights[*b]).then(a.cmp(b)));
    let mut placed = heights.to_vec();
    let mut least = top;
    for place in &order {
        placed[*place] = placed[*place].max(least);
        least = placed[*place] + gap;
    }
    let mut most = bottom;
    for place in order.iter().rev() {
        placed[*place] = placed[*place].min(most);
        most = placed[*place] - gap;
    }
    placed
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::sample::sample;
    use proptest::prelude::*;

    #[test]
    fn summers_are_found_and_short_breaks_are_not() {
        let (_, outcome) = sample();
        let mut results = outcome.results;
        results.school_week = vec![1.0; 262];
        results.school_week[25] = 0.0;
        for week in 49..58 {
            results.school_week[week] = 0.0;
        }
        assert_eq!(summers(&results), vec![49..58]);
    }

    #[test]
    fn five_school_years_are_named_once_each() {
        let (_, outcome) = sample();
        let ids: Vec<String> = years(&outcome.results.weeks).into_iter().map(|(id, _)| id).collect();
        assert_eq!(ids, ["2026-27", "2027-28", "2028-29", "2029-30", "2030-31"]);
    }

    proptest! {
        #[test]
        fn labels_pushed_apart_keep_their_order_and_distance(mut heights in proptest::collection::vec(0.0f64..300.0, 1..8)) {
            heights.sort_by(f64::total_cmp);
            let placed = apart(&heights, 15.0, 0.0, 300.0);
            for pair in placed.windows(2) {
                prop_assert!(pair[1] - pair[0] >= 15.0 - 1e-9);
            }
        }
    }
}
