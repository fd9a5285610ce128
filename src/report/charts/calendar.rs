//! The year calendar: every weekday of a school year with the kind of day it is, and monthly counts.

use crate::bells::elapsed;
use crate::calendar::DayKind;
use crate::pipeline::Outcome;
use crate::report::charts::WIDTH;
use crate::report::picture::DARK;
use crate::report::picture::Frame;
use crate::report::picture::GREY;
use crate::report::picture::Hatch;
use crate::report::picture::Ink;
use crate::report::picture::MARGIN;
use crate::report::picture::Picture;
use crate::report::picture::SHADE;
use crate::report::picture::words;
use crate::report::words::counted;
use crate::report::words::month_name;
use crate::report::words::short_month_name;
use crate::scenario::Scenario;
use crate::timetable::Day;
use crate::timetable::Whose;
use crate::timetable::Year;
use crate::units::Minutes;

const CELL: f64 = 22.0;
const ROW: f64 = 32.0;
const LEFT: f64 = 84.0;
/// Weekdays from Monday to Friday in at most six weeks.
const COLUMNS: usize = 30;
/// A pupils' day this much shorter than the year's longest is a short day \[min\].
const SHORT_BY: Minutes = Minutes(30);

/// What a cell shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Shown {
    Full,
    Short,
    Institute,
    Conference,
    Emergency,
    Holiday,
    Break,
}

const SHOWN: [(Shown, &str, &str, Ink, Hatch); 7] = [
    (Shown::Full, "A", "full day of attendance", Ink::new(196, 217, 242), Hatch::Plain),
    (Shown::Short, "S", "short day", Ink::new(246, 226, 170), Hatch::Rising),
    (Shown::Institute, "I", "institute, staff only", Ink::new(248, 178, 130), Hatch::Falling),
    (Shown::Conference, "C", "conferences", Ink::new(224, 206, 240), Hatch::Level),
    (Shown::Emergency, "E", "closed, emergency", Ink::new(240, 170, 175), Hatch::Upright),
    (Shown::Holiday, "H", "holiday", Ink::new(214, 217, 223), Hatch::Plain),
    (Shown::Break, "B", "break", Ink::new(232, 234, 238), Hatch::Level),
];

/// One picture for each calendar and school year.
pub fn calendars(scenario: &Scenario, outcome: &Outcome) -> Vec<Picture> {
    let mut pictures = Vec::new();
    for (place, calendar) in scenario.calendars.iter().enumerate() {
        let Some(school) = scenario.district.schools.iter().position(|s| s.calendar == place) else { continue };
        let Some(table) = outcome.timetable.schools.get(school) else { continue };
        for year in &table.years {
            pictures.push(draw(scenario, outcome, &calendar.id, school, year));
        }
    }
    pictures
}

fn draw(scenario: &Scenario, outcome: &Outcome, calendar: &str, school: usize, year: &Year) -> Picture {
    let school_name = &scenario.district.schools[school].name;
    let how = format!(
        "Calendar “{calendar}”, weekdays only. A short day is at least {} shorter for pupils than the year's longest, as at {school_name}.",
        SHORT_BY
    );
    let title = format!("School year {}: what each day is", year.id);
    let (mut picture, top) = Picture::titled(&format!("calendar-{calendar}-{}", year.id), &title, &how, WIDTH);
    let top = legend(&mut picture, top + 6.0) + 28.0;
    let longest = year.days.iter().map(|d| pupils_day(scenario, outcome, school, d)).max().unwrap_or(Minutes::ZERO);
    let shown: Vec<(&Day, Option<Shown>)> =
        year.days.iter().map(|d| (d, shown(d, longest - pupils_day(scenario, outcome, school, d)))).collect();
    headings(&mut picture, top);
    let mut months: Vec<(i16, i8)> = year.days.iter().map(|d| (d.date.year(), d.date.month())).collect();
    months.dedup();
    for (row, month) in months.iter().enumerate() {
        let days: Vec<&(&Day, Option<Shown>)> =
            shown.iter().filter(|(d, _)| (d.date.year(), d.date.month()) == *month).collect();
        month_row(&mut picture, top + 12.0 + ROW * row as f64, *month, &days);
    }
    let bottom = top + 12.0 + ROW * months.len() as f64;
    let totals = counts(shown.iter().map(|(_, s)| *s));
    picture.text(
        (LEFT + CELL * COLUMNS as f64 + 16.0, bottom + 12.0),
        words(format!("{} / {}", totals.0, totals.1)).size(13.0).strong(),
    );
    picture.text(
        (MARGIN, bottom + 12.0),
        words("Whole year: days with pupils / days with staff only").size(13.0).strong(),
    );
    picture.height = bottom + 34.0;
    let said: Vec<String> = SHOWN
        .iter()
        .map(|(kind, _, name, ..)| (shown.iter().filter(|(_, s)| *s == Some(*kind)).count(), name))
        .filter(|(n, _)| *n > 0)
        .map(|(n, name)| format!("{}: {name}", counted(n, "day")))
        .collect();
    picture.description = format!("Grid of months and weekdays of {}. {}.", year.id, said.join("; "));
    picture
}

/// From first to last bell of the longest pupils' day among the school's grades.
fn pupils_day(scenario: &Scenario, outcome: &Outcome, school: usize, day: &Day) -> Minutes {
    if day.kind != DayKind::Attendance {
        return Minutes::ZERO;
    }
    let grades = scenario.district.schools[school].grades;
    let lengths = grades.iter().map(|g| elapsed(outcome.timetable.blocks(day, &Whose::Pupils(g))));
    lengths.max().unwrap_or(Minutes::ZERO)
}

fn shown(day: &Day, missing: Minutes) -> Option<Shown> {
    match day.kind {
        DayKind::Attendance if missing >= SHORT_BY => Some(Shown::Short),
        DayKind::Attendance => Some(Shown::Full),
        DayKind::Institute => Some(Shown::Institute),
        DayKind::Conference => Some(Shown::Conference),
        DayKind::Emergency => Some(Shown::Emergency),
        DayKind::Holiday => Some(Shown::Holiday),
        DayKind::Break => Some(Shown::Break),
        DayKind::Weekend => None,
    }
}

/// Days with pupils, and days with staff only.
fn counts(days: impl Iterator<Item = Option<Shown>>) -> (usize, usize) {
    days.fold((0, 0), |(pupils, staff), shown| match shown {
        Some(Shown::Full | Shown::Short) => (pupils + 1, staff),
        Some(Shown::Institute | Shown::Conference) => (pupils, staff + 1),
        Some(Shown::Emergency | Shown::Holiday | Shown::Break) | None => (pupils, staff),
    })
}

fn legend(picture: &mut Picture, top: f64) -> f64 {
    let (mut left, mut y) = (MARGIN, top + 8.0);
    for (kind, _, name, ..) in SHOWN {
        let label = words(name).size(12.0);
        let width = 26.0 + label.width() + 16.0;
        if left + width > picture.width {
            (left, y) = (MARGIN, y + 22.0);
        }
        cell(picture, Frame { left, top: y - 9.0, right: left + 20.0, bottom: y + 9.0 }, kind);
        picture.text((left + 26.0, y), label);
        left += width;
    }
    y + 10.0
}

fn cell(picture: &mut Picture, frame: Frame, kind: Shown) {
    let Some((_, letter, _, ink, hatch)) = SHOWN.iter().find(|(k, ..)| *k == kind) else { return };
    picture.fill(frame, *ink);
    picture.hatch(frame, *hatch, DARK.thin(0.2), 6.0, |_, _| true);
    let at = (frame.middle(), frame.bottom - 8.5);
    let label = words(*letter).size(12.0).strong().middle();
    let half = label.width() / 2.0 + 1.5;
    picture.fill(Frame { left: at.0 - half, right: at.0 + half, top: at.1 - 6.5, bottom: at.1 + 6.5 }, *ink);
    picture.text(at, label);
}

fn headings(picture: &mut Picture, top: f64) {
    for column in 0..COLUMNS {
        let name = ["M", "T", "W", "T", "F"][column % 5];
        picture.text((LEFT + CELL * (column as f64 + 0.5), top), words(name).size(11.0).ink(GREY).middle());
    }
    let left = LEFT + CELL * COLUMNS as f64 + 16.0;
    picture.text((left, top - 7.0), words("days with pupils /").size(11.0).ink(GREY));
    picture.text((left, top + 7.0), words("with staff only").size(11.0).ink(GREY));
}

fn month_row(picture: &mut Picture, top: f64, (year, month): (i16, i8), days: &[&(&Day, Option<Shown>)]) {
    let middle = top + ROW / 2.0;
    let name = if days.len() > 9 { month_name(month) } else { short_month_name(month) };
    picture.text((MARGIN, middle - 6.0), words(name).size(12.0).strong());
    picture.text((MARGIN, middle + 8.0), words(year.to_string()).size(10.0).ink(GREY));
    for (day, shown) in days {
        let first = day.date.first_of_month().weekday().to_monday_zero_offset() as usize;
        let place = first + day.date.day() as usize - 1;
        // A month that begins on a Saturday or Sunday leaves its first row of weekdays empty.
        let (week, weekday) = (place / 7, place % 7);
        if weekday > 4 {
            continue;
        }
        let left = LEFT + CELL * (week * 5 + weekday) as f64;
        let frame = Frame { left: left + 1.0, top: top + 1.0, right: left + CELL - 1.0, bottom: top + ROW - 1.0 };
        match shown {
            Some(kind) => cell(picture, frame, *kind),
            None => picture.fill(frame, SHADE),
        }
        picture.text((frame.middle(), frame.top + 7.0), words(day.date.day().to_string()).size(9.0).middle());
    }
    let (pupils, staff) = counts(days.iter().map(|(_, s)| *s));
    picture.text((LEFT + CELL * COLUMNS as f64 + 16.0, middle), words(format!("{pupils} / {staff}")).size(12.0));
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::sample::sample;

    #[test]
    fn every_weekday_of_a_year_with_something_on_it_has_its_letter() {
        let (scenario, outcome) = sample();
        let picture = &calendars(&scenario, &outcome)[0];
        let letters = |letter: &str| picture.texts().filter(|(_, w)| w.text == letter && w.size == 12.0).count();
        // by hand: two before the first day and one in October, and one swatch in the legend
        assert_eq!(letters("I"), 3 + 1);
        assert_eq!(letters("C"), 2 + 1);
        assert_eq!(letters("E"), 1 + 1);
    }

    #[test]
    fn every_monday_of_the_sample_is_a_short_day() {
        let (scenario, outcome) = sample();
        let year = &outcome.timetable.schools[0].years[0];
        let mondays = year
            .days
            .iter()
            .filter(|d| d.kind == DayKind::Attendance && d.date.weekday() == jiff::civil::Weekday::Monday);
        let short = mondays.clone().filter(|d| pupils_day(&scenario, &outcome, 0, d) == Minutes(330)); // by hand: 8:45 to 14:15
        assert_eq!(short.count(), mondays.count());
    }
}
