//! Days lost in a school year: how often how many, and what becomes of the clauses.

use crate::levers::Fate;
use crate::levers::Snow;
use crate::report::charts::WIDTH;
use crate::report::picture::DARK;
use crate::report::picture::FAINT;
use crate::report::picture::Frame;
use crate::report::picture::GREY;
use crate::report::picture::Hatch;
use crate::report::picture::Ink;
use crate::report::picture::MARGIN;
use crate::report::picture::Picture;
use crate::report::picture::Stroke;
use crate::report::picture::words;
use crate::report::words::counted;
use crate::report::words::list;
use crate::report::words::percent;

/// What becomes of a school year, with what it means, its colour and its hatch, from the bottom of a bar up.
const PARTS: [(&str, &str, Ink, Hatch); 3] = [
    ("holds", "nothing made up, no clause breaks", Ink::new(104, 190, 158), Hatch::Plain),
    ("made up", "a clause breaks, the emergency days mend it", Ink::new(240, 205, 108), Hatch::Rising),
    ("broken", "a clause stays broken after all of them", Ink::new(214, 112, 118), Hatch::Upright),
];

/// No bar is wider \[px\].
const WIDEST: f64 = 64.0;
/// Height of the bars' frame \[px\].
const HEIGHT: f64 = 250.0;
/// Width of the labels of shares \[px\].
const LABELS: f64 = 44.0;

/// A bar for each number of days lost, over the replicates of all school years.
pub fn snow(snow: &Snow) -> Picture {
    let how = format!(
        "Share of school years that lose so many days ({} of each of {}). Colour and hatch: what becomes of the clauses.",
        counted(snow.replicates as usize, "replicate"),
        counted(snow.years.len(), "school year"),
    );
    let (mut picture, top) = Picture::titled("snow", "Days lost in a school year, and what they break", &how, WIDTH);
    let fates = together(snow);
    let all: u32 = fates.iter().map(n_years).sum();
    let share = |n: u32| f64::from(n) / f64::from(all.max(1));
    let top = legend(&mut picture, &fates, &share, top + 6.0);
    let frame = Frame { left: MARGIN + LABELS, top: top + 26.0, right: WIDTH - MARGIN, bottom: top + 26.0 + HEIGHT };
    let (most, step) = scale(fates.iter().map(|f| share(n_years(f))).fold(0.0, f64::max));
    axis(&mut picture, frame, most, step);
    let pitch = (frame.width() / fates.len().max(1) as f64).min(WIDEST * 1.3);
    for (place, fate) in fates.iter().enumerate() {
        let left = frame.left + pitch * place as f64 + pitch * 0.12;
        let of_bar = Frame { left, right: left + pitch * 0.76, ..frame };
        bar(&mut picture, of_bar, fate, share(n_years(fate)), &|n| share(n) / most);
    }
    picture.line(vec![(frame.left, frame.bottom), (frame.right, frame.bottom)], GREY, 1.0);
    picture.text((frame.left, frame.bottom + 38.0), words("Days lost in the school year").size(13.0).ink(GREY));
    proposed(&mut picture, snow, frame, pitch, fates.len());
    picture.height = frame.bottom + 56.0;
    picture.description = description(&fates, &share);
    picture
}

/// The fates of all school years together, by days lost.
fn together(snow: &Snow) -> Vec<Fate> {
    let mut all: Vec<Fate> = Vec::new();
    for fate in snow.years.iter().flat_map(|y| &y.fates) {
        while all.len() <= fate.days as usize {
            let days = u32::try_from(all.len()).unwrap_or(u32::MAX);
            all.push(Fate { days, holds: 0, made_up: 0, breached: 0 });
        }
        let sum = &mut all[fate.days as usize];
        sum.holds += fate.holds;
        sum.made_up += fate.made_up;
        sum.breached += fate.breached;
    }
    all
}

fn parts(fate: &Fate) -> [u32; 3] {
    [fate.holds, fate.made_up, fate.breached]
}

fn n_years(fate: &Fate) -> u32 {
    parts(fate).iter().sum()
}

fn legend(picture: &mut Picture, fates: &[Fate], share: &dyn Fn(u32) -> f64, top: f64) -> f64 {
    let mut y = top;
    for (part, (name, meaning, ink, hatch)) in PARTS.into_iter().enumerate() {
        let swatch = Frame { left: MARGIN, top: y - 6.0, right: MARGIN + 22.0, bottom: y + 6.0 };
        picture.fill(swatch, ink);
        picture.hatch(swatch, hatch, DARK.thin(0.55), 5.0, |_, _| true);
        picture.edge(swatch, DARK, 0.8);
        let sum = fates.iter().map(|f| parts(f)[part]).sum();
        let head = words(name).size(13.0).strong();
        let after = MARGIN + 30.0 + head.width() + 6.0;
        picture.text((MARGIN + 30.0, y), head);
        picture.text((after, y), words(format!("{meaning}: {} of school years", percent(share(sum)))).size(13.0));
        y += 20.0;
    }
    y
}

/// The end of the axis of shares and the step between its lines.
fn scale(most: f64) -> (f64, f64) {
    let step = if most > 0.5 {
        0.2
    } else if most > 0.2 {
        0.1
    } else {
        0.05
    };
    (((most / step).ceil() * step).max(step), step)
}

fn axis(picture: &mut Picture, frame: Frame, most: f64, step: f64) {
    let lines = (most / step).round() as u32;
    for line in 0..=lines {
        let share = f64::from(line) * step;
        let y = frame.y(share / most);
        picture.line(vec![(frame.left, y), (frame.right, y)], FAINT, 1.0);
        picture.text((frame.left - 8.0, y), words(format!("{:.0} %", share * 100.0)).size(12.0).ink(GREY).right());
    }
}

/// One bar, its parts stacked, with its number of days below and its share above.
fn bar(picture: &mut Picture, frame: Frame, fate: &Fate, share: f64, part_of_axis: &dyn Fn(u32) -> f64) {
    let mut below = 0;
    for (n, (_, _, ink, hatch)) in parts(fate).into_iter().zip(PARTS) {
        if n == 0 {
            continue;
        }
        let part = Frame { top: frame.y(part_of_axis(below + n)), bottom: frame.y(part_of_axis(below)), ..frame };
        picture.fill(part, ink);
        picture.hatch(part, hatch, DARK.thin(0.4), 7.0, |_, _| true);
        picture.edge(part, DARK, 0.8);
        below += n;
    }
    let label = words(percent(share)).size(12.0).middle();
    if below > 0 && label.width() <= frame.width() * 1.25 {
        picture.text((frame.middle(), frame.y(part_of_axis(below)) - 9.0), label);
    }
    let size = if frame.width() > 20.0 { 13.0 } else { 10.0 };
    picture.text((frame.middle(), frame.bottom + 14.0), words(fate.days.to_string()).size(size).middle());
}

/// A dashed line after the last number of days that the proposed emergency days make up, where all years propose as many.
fn proposed(picture: &mut Picture, snow: &Snow, frame: Frame, pitch: f64, n_bars: usize) {
    let Some(days) = snow.years.first().map(|y| y.proposed) else { return };
    let alike = snow.years.iter().all(|y| y.proposed == days);
    if !alike || days as usize + 1 >= n_bars {
        return;
    }
    let x = frame.left + pitch * f64::from(days + 1);
    picture.stroke(vec![(x, frame.top - 18.0), (x, frame.bottom)], DARK, 1.2, Stroke::Dashed);
    let label = words(format!("{} proposed", counted(days as usize, "emergency day"))).size(12.0);
    let after = x + 6.0 + label.width() <= frame.right;
    let at = if after { x + 6.0 } else { x - 6.0 };
    picture.text((at, frame.top - 12.0), if after { label } else { label.right() });
}

fn description(fates: &[Fate], share: &dyn Fn(u32) -> f64) -> String {
    let sums: Vec<String> = (PARTS.iter().enumerate())
        .map(|(part, (name, meaning, ..))| {
            let sum = fates.iter().map(|f| parts(f)[part]).sum();
            format!("{name} ({meaning}) {}", percent(share(sum)))
        })
        .collect();
    let by_days: Vec<String> =
        fates.iter().map(|f| format!("{} {}", counted(f.days as usize, "day"), percent(share(n_years(f))))).collect();
    format!("Of the simulated school years: {}. By days lost: {}.", list(&sums), list(&by_days))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::sample::sample;

    #[test]
    fn years_are_put_together_by_days_lost() {
        let (_, outcome) = sample();
        let fates = together(outcome.snow.as_ref().unwrap());
        // by hand: five years, each with 60 replicates without a lost day and 3 of seven days
        assert_eq!((fates[0].holds, fates[7].breached, fates.len()), (300, 15, 8));
        assert_eq!(fates.iter().map(n_years).sum::<u32>(), 1_000); // by hand: 5 years of 200
    }

    #[test]
    fn the_picture_says_in_words_what_it_shows() {
        let (_, outcome) = sample();
        let picture = snow(outcome.snow.as_ref().unwrap());
        // by hand: 60 of 200 lose no day; 3 of 200 stay broken
        assert!(picture.description.contains("0 days 30 %"), "{}", picture.description);
        assert!(picture.description.contains("stays broken after all of them) 2 %"), "{}", picture.description);
        assert!(picture.texts().any(|(_, w)| w.text == "5 emergency days proposed"));
    }

    #[test]
    fn the_axis_ends_above_the_highest_bar() {
        assert_eq!(scale(0.32), (0.4, 0.1));
        assert_eq!(scale(0.0), (0.05, 0.05));
        assert_eq!(scale(1.0), (1.0, 0.2));
    }

    #[test]
    fn nothing_drawn_is_drawn_without_harm() {
        let picture = snow(&Snow { replicates: 0, years: Vec::new() });
        assert!(picture.height > 100.0 && !picture.description.contains("NaN"));
    }
}
