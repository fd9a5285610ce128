//! Who gains and who loses: minutes of a full week, lost to the left and gained to the right.

use crate::district::District;
use crate::ledger::Alike;
use crate::ledger::Gains;
use crate::ledger::Measure;
use crate::ledger::Per;
use crate::ledger::alike;
use crate::report::charts::WIDTH;
use crate::report::gain_words::amount;
use crate::report::gain_words::people;
use crate::report::gain_words::sentence;
use crate::report::gain_words::signed;
use crate::report::gain_words::who;
use crate::report::gain_words::who_in_words;
use crate::report::picture::DARK;
use crate::report::picture::FAINT;
use crate::report::picture::Frame;
use crate::report::picture::GREY;
use crate::report::picture::Hatch;
use crate::report::picture::Ink;
use crate::report::picture::MARGIN;
use crate::report::picture::Picture;
use crate::report::picture::SHADE;
use crate::report::picture::WHITE;
use crate::report::picture::Words;
use crate::report::picture::words;

/// Room for who it is \[px\].
const LABELS: f64 = 250.0;
const LEFT: f64 = MARGIN + LABELS + 16.0;
/// From the zero line to either end \[px\].
const HALF: f64 = (WIDTH - MARGIN - LEFT) / 2.0;
const ZERO: f64 = LEFT + HALF;
const BAR: f64 = 26.0;
const LINE: f64 = 16.0;
/// Rows of pupils, and of staff, that are drawn; the rest is in the table.
const MOST_ROWS: usize = 14;

/// How a part of a day looks: its words, its letter, its colour, its hatch.
struct Part {
    measure: Option<Measure>,
    words: &'static str,
    letter: &'static str,
    ink: Ink,
    hatch: Hatch,
}

const fn part(
    measure: Option<Measure>,
    words: &'static str,
    letter: &'static str,
    rgb: (u8, u8, u8),
    hatch: Hatch,
) -> Part {
    Part { measure, words, letter, ink: Ink::new(rgb.0, rgb.1, rgb.2), hatch }
}

const PARTS: [Part; 8] = [
    part(Some(Measure::Instruction), "Pupils’ instruction", "I", (196, 217, 242), Hatch::Plain),
    part(Some(Measure::Contact), "Contact with pupils", "C", (150, 190, 235), Hatch::Level),
    part(Some(Measure::Preparation), "Own preparation", "O", (224, 206, 240), Hatch::Rising),
    part(Some(Measure::DirectedPreparation), "Directed preparation", "D", (196, 170, 224), Hatch::Falling),
    part(Some(Measure::DutyFreeLunch), "Duty-free lunch", "L", (246, 226, 170), Hatch::Plain),
    part(Some(Measure::ProfessionalDevelopment), "Professional development", "P", (248, 178, 130), Hatch::Rising),
    part(Some(Measure::Meetings), "Meetings", "M", (240, 214, 200), Hatch::Upright),
    part(None, "Other time between first and last bell", "T", (225, 227, 232), Hatch::Upright),
];

/// The butterfly of a school year: one row for all groups that change alike, those who lose most first.
///
/// `names` are those of the baseline and of the other side, `district` is the baseline's.
pub fn butterfly(gains: &Gains, names: [&str; 2], district: &District, year: &str) -> Picture {
    let how = format!(
        "Minutes in a full week of {year}, for one person. Left of the zero line: minutes that a group has less than in \
         “{}”; right: minutes that it has more. Colours, letters and lines say what the minutes are for, not whether more \
         of them is good or bad.",
        names[0]
    );
    let title = format!("Who gains and who loses: “{}” against “{}”", names[1], names[0]);
    let (mut picture, top) = Picture::titled("gains", &title, &how, WIDTH);
    let rows = alike(gains, year, Per::Week);
    let most = rows.iter().flat_map(|r| ends(&r.parts())).map(f64::abs).fold(0.0, f64::max).max(1.0);
    let scale = HALF / (most * 1.06);
    let top = legend(&mut picture, &rows, top + 10.0) + 30.0;
    heading(&mut picture, names, top);
    let mut y = top + 40.0;
    let is_staff = |r: &&Alike| r.of(Measure::Workday).is_some();
    for (title, staff) in [("Pupils", false), ("Staff", true)] {
        let section: Vec<&Alike> = rows.iter().filter(|r| is_staff(r) == staff).collect();
        if !section.is_empty() {
            y = rows_of(&mut picture, gains, district, title, &section, scale, y);
        }
    }
    axis(&mut picture, most, scale, Frame { left: LEFT, top: top + 26.0, right: WIDTH - MARGIN, bottom: y });
    picture.height = y + 12.0;
    picture.description = describe(gains, district, year, names, &rows);
    picture
}

/// How far a row reaches to the left (below zero) and to the right of the zero line \[min\].
fn ends(parts: &[(Option<Measure>, f64)]) -> [f64; 2] {
    [parts.iter().map(|(_, by)| by.min(0.0)).sum(), parts.iter().map(|(_, by)| by.max(0.0)).sum()]
}

/// The parts that are on the chart; gives the height below them.
fn legend(picture: &mut Picture, rows: &[Alike], top: f64) -> f64 {
    let is_drawn = |part: &&Part| rows.iter().flat_map(Alike::parts).any(|(m, by)| m == part.measure && by != 0.0);
    let (mut left, mut y) = (MARGIN, top + 6.0);
    for part in PARTS.iter().filter(is_drawn) {
        let label = words(part.words).size(12.0);
        let width = 34.0 + label.width() + 16.0;
        if left + width > picture.width {
            (left, y) = (MARGIN, y + 22.0);
        }
        segment(picture, Frame { left, top: y - 9.0, right: left + 28.0, bottom: y + 9.0 }, part, part.letter);
        picture.text((left + 34.0, y), label);
        left += width;
    }
    y + 9.0
}

/// Which way is less and which is more, and what the zero line stands for.
fn heading(picture: &mut Picture, names: [&str; 2], y: f64) {
    picture.text((LEFT, y), words("← less time").size(13.0).strong());
    picture.text((WIDTH - MARGIN, y), words("more time →").size(13.0).strong().right());
    let room = 2.0 * HALF - 200.0;
    let zero = words(format!("0: as in “{}”", names[0])).size(13.0).strong().middle().fit(room);
    picture.text((ZERO, y), zero);
}

fn rows_of(
    picture: &mut Picture,
    gains: &Gains,
    district: &District,
    title: &str,
    rows: &[&Alike],
    scale: f64,
    top: f64,
) -> f64 {
    picture.text((MARGIN, top + 6.0), words(title).size(13.0).strong().ink(GREY));
    let rule = MARGIN + words(title).size(13.0).strong().width() + 10.0;
    picture.line(vec![(rule, top + 6.0), (LEFT - 16.0, top + 6.0)], FAINT, 1.0);
    let mut y = top + 22.0;
    for alike in rows.iter().take(MOST_ROWS) {
        let below = label(picture, gains, district, alike, y).max(bar(picture, alike, scale, y));
        y = below + 14.0;
    }
    if rows.len() > MOST_ROWS {
        let more = format!("{} more groups, which lose less, are in the table.", rows.len() - MOST_ROWS);
        picture.text((MARGIN, y), words(more).size(12.0).ink(GREY));
        y += LINE;
    }
    y
}

/// Writes who it is; gives the height below.
fn label(picture: &mut Picture, gains: &Gains, district: &District, alike: &Alike, top: f64) -> f64 {
    let mut y = top + 9.0;
    for (who, at) in who(district, gains, &alike.groups) {
        for line in words(who).size(13.0).strong().lines(LABELS) {
            picture.text((MARGIN, y), line);
            y += LINE;
        }
        for line in words(at).size(12.0).ink(GREY).lines(LABELS) {
            picture.text((MARGIN, y), line);
            y += LINE - 1.0;
        }
    }
    let measure = alike.changes.first().map_or(Measure::Contact, |(m, _)| *m);
    picture.text((MARGIN, y), words(people(alike.people, measure)).size(12.0).ink(GREY));
    y + 8.0
}

/// Draws what a group loses and gains, with the same in words below; gives the height below.
fn bar(picture: &mut Picture, alike: &Alike, scale: f64, top: f64) -> f64 {
    let (mut left, mut right) = (ZERO, ZERO);
    for (measure, by) in alike.parts() {
        let Some(part) = PARTS.iter().find(|p| p.measure == measure) else { continue };
        let width = by.abs() * scale;
        if width < 0.3 {
            continue;
        }
        let from = if by < 0.0 { left - width } else { right };
        let frame = Frame { left: from, top, right: from + width, bottom: top + BAR };
        segment(picture, frame, part, &format!("{} {}", part.letter, signed(by)));
        (left, right) = if by < 0.0 { (from, right) } else { (left, from + width) };
    }
    let mut y = top + BAR + 12.0;
    if left == right {
        picture.disc((ZERO, top + BAR / 2.0), 5.0, DARK);
    }
    for line in words(sentence(alike)).size(12.0).lines(2.0 * HALF - 8.0) {
        let half = line.width() / 2.0 + 3.0;
        picture.fill(Frame { left: ZERO - half, right: ZERO + half, top: y - 8.0, bottom: y + 8.0 }, WHITE);
        picture.text((ZERO, y), line.middle());
        y += LINE;
    }
    y - 4.0
}

/// A piece of a bar with its letter and minutes, where there is room for them.
fn segment(picture: &mut Picture, frame: Frame, part: &Part, label: &str) {
    picture.fill(frame, part.ink);
    picture.hatch(frame, part.hatch, DARK.thin(0.22), 6.0, |_, _| true);
    picture.edge(frame, DARK.thin(0.55), 0.8);
    let whole = words(label).size(12.0).strong().middle();
    let letter = words(part.letter).size(12.0).strong().middle();
    let fits = |w: &Words| w.width() + 6.0 <= frame.width();
    let Some(label) = [whole, letter].into_iter().find(fits) else { return };
    let middle = (frame.middle(), (frame.top + frame.bottom) / 2.0);
    let half = label.width() / 2.0 + 2.0;
    let back = Frame { left: middle.0 - half, right: middle.0 + half, top: middle.1 - 8.0, bottom: middle.1 + 8.0 };
    picture.fill(back, part.ink);
    picture.text(middle, label);
}

/// Lines for minutes behind everything, and the zero line.
fn axis(picture: &mut Picture, most: f64, scale: f64, frame: Frame) {
    let step = [1.0, 2.0, 5.0, 10.0, 15.0, 30.0, 60.0, 120.0, 300.0, 600.0].into_iter().find(|s| most / s <= 4.0);
    let step = step.unwrap_or(1200.0);
    let n = (most / step).floor() as i32;
    let back = picture.marks.len();
    picture.fill(Frame { left: frame.left, top: frame.top, right: frame.right, bottom: frame.top + 18.0 }, SHADE);
    for tick in -n..=n {
        let minutes = f64::from(tick) * step;
        let x = ZERO + minutes * scale;
        let (ink, width) = if tick == 0 { (DARK, 1.6) } else { (FAINT, 1.0) };
        picture.line(vec![(x, frame.top + 18.0), (x, frame.bottom)], ink, width);
        let label = if tick == 0 { "0 min a week".to_string() } else { signed(minutes) };
        picture.text((x, frame.top + 9.0), words(label).size(12.0).ink(GREY).middle());
    }
    let lines = picture.marks.split_off(back);
    picture.marks.splice(0..0, lines);
}

fn describe(gains: &Gains, district: &District, year: &str, names: [&str; 2], rows: &[Alike]) -> String {
    let said: Vec<String> = rows
        .iter()
        .map(|r| {
            let measure = r.changes.first().map_or(Measure::Contact, |(m, _)| *m);
            format!("{} ({}): {}", who_in_words(district, gains, &r.groups), people(r.people, measure), sentence(r))
        })
        .collect();
    let most = rows.iter().flat_map(|r| ends(&r.parts())).map(f64::abs).fold(0.0, f64::max);
    format!(
        "Minutes that one person of each group has more or less in a full week of {year} with “{}” than with “{}”. The \
         longest bar is {} minutes. {}",
        names[1],
        names[0],
        amount(most),
        said.join(" ")
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ledger::CYCLE_DAYS;
    use crate::ledger::Side;
    use crate::ledger::gains;
    use crate::report::charts::spread_strips;
    use crate::report::paint;
    use crate::report::picture::Side as Where;
    use crate::scenario;
    use crate::timetable::build;
    use std::path::Path;

    /// The Monday release of the district against Mondays that ring as every other day does.
    fn pictures(names: [&str; 2]) -> Vec<Picture> {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios/ccsd93");
        let scenario = scenario::read(&path).unwrap_or_else(|unread| panic!("{}", unread.findings));
        let mut full = scenario.district.clone();
        for school in &mut full.schools {
            let rings = school.bells["full"];
            school.bells.insert("monday".into(), rings);
        }
        let rung = [&full, &scenario.district].map(|d| build(&scenario.calendars, &scenario.schedules, d));
        let side = |district, timetable| Side { district, timetable, resources: &scenario.resources, n_years: 5 };
        let sides = [side(&full, &rung[0]), side(&scenario.district, &rung[1])];
        let changed = gains(&sides[0], &sides[1], CYCLE_DAYS);
        let same = gains(&sides[1], &sides[1], CYCLE_DAYS);
        vec![
            butterfly(&changed, names, &full, "2025-26"),
            spread_strips(&changed, names, &full, "2025-26"),
            butterfly(&same, names, &full, "2025-26"),
            spread_strips(&same, names, &full, "2025-26"),
        ]
    }

    #[test]
    fn the_butterfly_names_its_sides_and_its_zero_line_and_cuts_no_label() {
        let long = "Mondays that ring the full schedule, as in the years before the release was agreed upon";
        for picture in pictures([long, "Monday release"]) {
            assert!(picture.title.contains(long) && picture.title.contains("Monday release"));
            assert!(picture.description.len() > 100);
            for ((x, y), words) in picture.texts() {
                let (left, right) = match words.side {
                    Where::Left => (*x, x + words.width()),
                    Where::Middle => (x - words.width() / 2.0, x + words.width() / 2.0),
                    Where::Right => (x - words.width(), *x),
                };
                assert!(left >= 0.0 && right <= picture.width, "`{}` leaves {}", words.text, picture.name);
                assert!(*y >= 6.0 && y + words.size / 2.0 <= picture.height, "`{}` at {y}", words.text);
                assert!(words.size >= 11.0);
            }
        }
    }

    #[test]
    fn rows_say_in_words_what_they_draw() {
        let pictures = pictures(["Full Mondays", "Monday release"]);
        let lines: String = pictures[0].texts().map(|(_, w)| format!("{} ", w.text)).collect();
        // by hand: of 90 min, 85 are instruction and 5 recess
        assert!(
            lines.contains("Loses 85 min instruction and 5 min other time between first and last bell."),
            "{lines}"
        );
        assert!(lines.contains("Grades K to 5") && lines.contains("all 6 elementary schools"), "{lines}");
        assert!(!lines.contains(" 0 min other"), "no part of nothing is told: {lines}");
        assert!(lines.contains("0: as in “Full Mondays”"));
        assert!(pictures[2].texts().any(|(_, w)| w.text.contains("Neither loses nor gains.")));
    }

    #[test]
    #[ignore = "writes pictures to look at: EARLYBELL_LOOK=folder cargo test --lib butterfly -- --ignored"]
    fn a_butterfly_to_look_at() {
        let folder = std::path::PathBuf::from(std::env::var("EARLYBELL_LOOK").unwrap());
        for (n, picture) in
            pictures(["Mondays ring the full schedule", "Monday release of 90 minutes"]).iter().enumerate()
        {
            std::fs::write(folder.join(format!("{n}-{}.png", picture.name)), paint::png(picture)).unwrap();
        }
    }
}
