//! A usual week as a heat map: days across, the clock downwards, coloured by what the minutes are for.
//!
//! One picture for each pattern of schedules that some grade lives through in the first school year; pupils
//! and staff stand side by side.

use crate::bells::Block;
use crate::bells::Kind;
use crate::calendar::DayKind;
use crate::pipeline::Outcome;
use crate::report::charts::WIDTH;
use crate::report::picture::DARK;
use crate::report::picture::FAINT;
use crate::report::picture::Frame;
use crate::report::picture::GREY;
use crate::report::picture::Hatch;
use crate::report::picture::Ink;
use crate::report::picture::MARGIN;
use crate::report::picture::Picture;
use crate::report::picture::WHITE;
use crate::report::picture::words;
use crate::report::words::list;
use crate::scenario::Scenario;
use crate::units::Grade;
use crate::units::Minutes;
use std::collections::BTreeMap;

const DAYS: [&str; 5] = ["Mon", "Tue", "Wed", "Thu", "Fri"];
const PER_HOUR: f64 = 44.0;

/// A group of kinds: its words, its letter, its colour, its hatch.
struct Group {
    words: &'static str,
    letter: &'static str,
    ink: Ink,
    hatch: Hatch,
}

const GROUPS: [Group; 8] = [
    Group { words: "Class and homeroom", letter: "C", ink: Ink::new(196, 217, 242), hatch: Hatch::Plain },
    Group { words: "Passing", letter: "P", ink: Ink::new(120, 128, 142), hatch: Hatch::Plain },
    Group { words: "Lunch", letter: "L", ink: Ink::new(246, 226, 170), hatch: Hatch::Plain },
    Group { words: "Recess", letter: "R", ink: Ink::new(205, 232, 200), hatch: Hatch::Level },
    Group { words: "Own preparation", letter: "O", ink: Ink::new(224, 206, 240), hatch: Hatch::Rising },
    Group { words: "Directed preparation", letter: "D", ink: Ink::new(196, 170, 224), hatch: Hatch::Falling },
    Group { words: "Duty", letter: "S", ink: Ink::new(214, 217, 223), hatch: Hatch::Upright },
    Group { words: "Development and meetings", letter: "M", ink: Ink::new(248, 178, 130), hatch: Hatch::Rising },
];

fn group_of(kind: Kind) -> &'static Group {
    let place = match kind {
        Kind::Instruction | Kind::Homeroom => 0,
        Kind::Passing => 1,
        Kind::Lunch | Kind::DutyFreeLunch => 2,
        Kind::Recess => 3,
        Kind::Preparation => 4,
        Kind::DirectedPreparation => 5,
        Kind::Duty => 6,
        Kind::ProfessionalDevelopment | Kind::Meeting => 7,
    };
    &GROUPS[place]
}

/// What rings on one weekday in most weeks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Usual {
    schedule: usize,
    /// Which pupils' day of the schedule it is.
    pupils: usize,
    days: u32,
    of_days: u32,
}

type Week = [Option<Usual>; 5];

/// A usual week with the schools and grades that live through it.
struct Pattern {
    week: Week,
    who: BTreeMap<usize, Vec<Grade>>,
}

/// One picture a pattern.
pub fn weeks(scenario: &Scenario, outcome: &Outcome) -> Vec<Picture> {
    let patterns = patterns(scenario, outcome);
    patterns.iter().enumerate().map(|(n, pattern)| draw(scenario, outcome, pattern, n)).collect()
}

fn patterns(scenario: &Scenario, outcome: &Outcome) -> Vec<Pattern> {
    let mut found: Vec<Pattern> = Vec::new();
    for (place, school) in scenario.district.schools.iter().enumerate() {
        for grade in school.grades.iter() {
            let week = usual_week(outcome, place, grade);
            if week.iter().all(Option::is_none) {
                continue;
            }
            match found.iter_mut().find(|p| p.week == week) {
                Some(pattern) => pattern.who.entry(place).or_default().push(grade),
                None => found.push(Pattern { week, who: BTreeMap::from([(place, vec![grade])]) }),
            }
        }
    }
    found
}

fn usual_week(outcome: &Outcome, school: usize, grade: Grade) -> Week {
    let mut seen: [BTreeMap<(usize, usize), u32>; 5] = Default::default();
    let year = outcome.timetable.schools.get(school).and_then(|s| s.years.first());
    for day in year.iter().flat_map(|y| &y.days).filter(|d| d.kind == DayKind::Attendance) {
        let weekday = day.date.weekday().to_monday_zero_offset() as usize;
        let (Some(schedule), Some(seen)) = (day.schedule, seen.get_mut(weekday)) else { continue };
        let pupils = outcome.timetable.schedules[schedule].pupils.iter().position(|p| p.grades.contains(grade));
        if let Some(pupils) = pupils {
            *seen.entry((schedule, pupils)).or_insert(0) += 1;
        }
    }
    seen.map(|counts| {
        let of_days = counts.values().sum();
        let most = counts.into_iter().max_by(|a, b| a.1.cmp(&b.1).then(b.0.cmp(&a.0)));
        most.map(|((schedule, pupils), days)| Usual { schedule, pupils, days, of_days })
    })
}

fn draw(scenario: &Scenario, outcome: &Outcome, pattern: &Pattern, n: usize) -> Picture {
    let role = scenario.district.roles.iter().find(|r| r.takes_up_practice);
    let staff_title = role.map_or_else(|| "Staff".to_string(), |r| format!("Staff ({})", r.title.to_lowercase()));
    let how = format!(
        "{}. What rings on most days of the first school year; below each weekday: on how many of its school days.",
        who_words(scenario, pattern)
    );
    let title = format!("A usual week, by what the minutes are for: {}", levels_words(scenario, pattern));
    let (mut picture, top) = Picture::titled(&format!("week-{}", n + 1), &title, &how, WIDTH);
    let top = legend(&mut picture, top + 6.0) + 70.0;
    let role = role.map_or("", |r| r.id.as_str());
    let pupils: Vec<&[Block]> = columns(pattern, |u| &outcome.timetable.schedules[u.schedule].pupils[u.pupils].blocks);
    let staff: Vec<&[Block]> = columns(pattern, |u| outcome.timetable.schedules[u.schedule].staff_blocks(role));
    let (first, last) = hours(pupils.iter().chain(&staff));
    let bottom = top + (last - first) as f64 * PER_HOUR;
    picture.height = bottom + 30.0;
    let half = (WIDTH - 2.0 * MARGIN - 44.0 - 30.0) / 2.0;
    let left = Frame { left: MARGIN + 44.0, top, right: MARGIN + 44.0 + half, bottom };
    let right = Frame { left: left.right + 30.0, right: left.right + 30.0 + half, ..left };
    clock(&mut picture, left, right, first, last);
    side(&mut picture, left, "Pupils", pattern, &pupils, first);
    side(&mut picture, right, &staff_title, pattern, &staff, first);
    picture.description = describe(&picture.title, &pupils, &staff);
    picture
}

fn columns<'a>(pattern: &Pattern, blocks: impl Fn(&Usual) -> &'a [Block]) -> Vec<&'a [Block]> {
    pattern.week.iter().map(|usual| usual.as_ref().map_or(&[] as &[Block], &blocks)).collect()
}

fn who_words(scenario: &Scenario, pattern: &Pattern) -> String {
    let names: Vec<String> = pattern
        .who
        .iter()
        .map(|(place, grades)| {
            let school = &scenario.district.schools[*place];
            match grades.as_slice() {
                all if all.len() == school.grades.iter().count() => school.name.clone(),
                [one] => format!("{} (grade {one})", school.name),
                [first, .., last] => format!("{} (grades {first} to {last})", school.name),
                [] => school.name.clone(),
            }
        })
        .collect();
    list(&names)
}

fn levels_words(scenario: &Scenario, pattern: &Pattern) -> String {
    let mut grades: Vec<Grade> = pattern.who.values().flatten().copied().collect();
    grades.sort();
    let schools = pattern.who.len();
    let named = match pattern.who.keys().next() {
        Some(place) if schools == 1 => scenario.district.schools[*place].name.clone(),
        Some(_) | None => format!("{schools} schools"),
    };
    match (grades.first(), grades.last()) {
        (Some(first), Some(last)) if first != last => format!("{named}, grades {first} to {last}"),
        (Some(only), _) => format!("{named}, grade {only}"),
        _ => named,
    }
}

fn hours<'a>(days: impl Iterator<Item = &'a &'a [Block]>) -> (i64, i64) {
    let blocks: Vec<&Block> = days.flat_map(|d| d.iter()).collect();
    let first = blocks.iter().map(|b| b.rings_in().after_midnight().0 / 60).min();
    let last = blocks.iter().map(|b| (b.rings_out().after_midnight().0 + 59) / 60).max();
    (first.unwrap_or(8), last.unwrap_or(16))
}

fn legend(picture: &mut Picture, top: f64) -> f64 {
    let (mut left, mut y) = (MARGIN, top + 6.0);
    for group in &GROUPS {
        let label = words(group.words).size(12.0);
        let width = 26.0 + label.width() + 16.0;
        if left + width > picture.width {
            (left, y) = (MARGIN, y + 22.0);
        }
        let swatch = Frame { left, top: y - 8.0, right: left + 20.0, bottom: y + 8.0 };
        block(picture, swatch, group);
        picture.text((left + 26.0, y), label);
        left += width;
    }
    y + 8.0
}

fn block(picture: &mut Picture, frame: Frame, group: &Group) {
    picture.fill(frame, group.ink);
    picture.hatch(frame, group.hatch, DARK.thin(0.22), 6.0, |_, _| true);
    picture.edge(frame, WHITE, 1.0);
    if frame.height() < 11.0 {
        return;
    }
    let ink = if group.letter == "P" { WHITE } else { DARK };
    let middle = ((frame.left + frame.right) / 2.0, (frame.top + frame.bottom) / 2.0);
    let label = words(group.letter).size(if frame.height() < 15.0 { 9.5 } else { 12.0 }).strong().ink(ink).middle();
    let half = label.width() / 2.0 + 2.0;
    let back =
        Frame { left: middle.0 - half, right: middle.0 + half, top: frame.top + 1.0, bottom: frame.bottom - 1.0 };
    let back = Frame { top: back.top.max(middle.1 - 8.0), bottom: back.bottom.min(middle.1 + 8.0), ..back };
    picture.fill(back, group.ink);
    picture.text(middle, label);
}

fn clock(picture: &mut Picture, left: Frame, right: Frame, first: i64, last: i64) {
    for hour in first..=last {
        let y = left.top + (hour - first) as f64 * PER_HOUR;
        for frame in [left, right] {
            picture.line(vec![(frame.left, y), (frame.right, y)], FAINT, 1.0);
        }
        picture.text((left.left - 8.0, y), words(format!("{hour}:00")).size(12.0).ink(GREY).right());
    }
}

fn side(picture: &mut Picture, frame: Frame, title: &str, pattern: &Pattern, days: &[&[Block]], first: i64) {
    picture.text((frame.left, frame.top - 48.0), words(title).size(14.0).strong());
    let width = frame.width() / 5.0;
    for (n, blocks) in days.iter().enumerate() {
        let left = frame.left + width * n as f64;
        let middle = left + width / 2.0;
        picture.text((middle, frame.top - 28.0), words(DAYS[n]).size(13.0).strong().middle());
        let count =
            pattern.week[n].map_or_else(|| "no school".to_string(), |u| format!("{} of {} days", u.days, u.of_days));
        picture.text((middle, frame.top - 13.0), words(count).size(10.0).ink(GREY).middle());
        let y = |after: Minutes| frame.top + (after.0 - first * 60) as f64 * PER_HOUR / 60.0;
        for b in *blocks {
            let (top, bottom) = (y(b.rings_in().after_midnight()), y(b.rings_out().after_midnight()));
            block(picture, Frame { left: left + 2.0, right: left + width - 2.0, top, bottom }, group_of(b.kind));
        }
        let total: Minutes = blocks.iter().map(Block::length).sum();
        picture.text((middle, frame.bottom + 14.0), words(total.to_string()).size(11.0).ink(GREY).middle());
    }
}

fn describe(title: &str, pupils: &[&[Block]], staff: &[&[Block]]) -> String {
    let day = |blocks: &[Block]| match (blocks.first(), blocks.last()) {
        (Some(first), Some(last)) => format!("{} to {}", first.rings_in(), last.rings_out()),
        _ => "nothing".to_string(),
    };
    let said: Vec<String> =
        (0..5).map(|n| format!("{}: pupils {}, staff {}", DAYS[n], day(pupils[n]), day(staff[n]))).collect();
    format!("{title}. {}.", said.join("; "))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::sample::sample;

    #[test]
    fn each_pattern_of_schedules_is_drawn_once() {
        let (scenario, outcome) = sample();
        let found = patterns(&scenario, &outcome);
        assert_eq!(found.len(), 2);
        assert_eq!(found[0].who.len(), 7);
        assert_eq!(found[1].who.len(), 2);
    }

    #[test]
    fn a_usual_monday_says_on_how_many_mondays_it_rings() {
        let (scenario, outcome) = sample();
        let monday = patterns(&scenario, &outcome)[0].week[0].unwrap();
        assert_eq!(outcome.timetable.schedules[monday.schedule].id, "elementary-monday");
        assert_eq!(monday.days, monday.of_days);
    }
}
