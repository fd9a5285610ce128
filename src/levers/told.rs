//! What a lever moves, in sentences: what it is now, in which schools, and what is left as it is.

use crate::levers::Ground;
use crate::levers::Moved;
use crate::levers::Way;
use crate::levers::blocks::pupils_day;
use crate::levers::reach::Reach;
use crate::levers::usual::earlier_by;
use crate::levers::usual::usual;
use crate::units::ClockTime;
use crate::units::Minutes;
use crate::units::Weekday;

/// Where cutting ends.
pub const LAST_MINUTE: &str = "A day that has one minute left is cut no further.";

/// So many schools are named; more are counted.
const NAMED: usize = 3;

/// Which bells of a day are told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Edge {
    /// The first.
    Begin,
    /// The first and the last.
    Both,
}

/// The short schedules: when pupils leave, and how much earlier than usual that is.
pub fn release(ground: &Ground, moved: &Moved, reach: &Reach) -> Vec<String> {
    let mut said = vec!["What rings on release days is what lets pupils leave earlier than usual.".to_string()];
    for (schedule, schools) in reach.by_schedule() {
        let earlier = schools.iter().find_map(|school| {
            let grades = &ground.district.schools[*school].grades;
            let of_year = |year| {
                let usual = usual(year)?;
                Some((usual, earlier_by(ground.timetable, grades, schedule, usual)?))
            };
            ground.timetable.schools[*school].years.iter().find_map(of_year)
        });
        let than = earlier.map(|(usual, by)| format!(", {by} earlier than under `{}`", id(ground, usual)));
        let (name, at) = (id(ground, schedule), leave(ground, schedule));
        said.push(format!("`{name}` ({}): pupils leave at {at}{}.", named(ground, &schools), than.unwrap_or_default()));
    }
    said.extend(left_as_they_are(ground, moved, &reach.schools));
    said
}

/// The weekday whose usual schedule is cut because no schedule is short.
pub fn release_without_short_days(ground: &Ground, reach: &Reach, weekday: Weekday) -> Vec<String> {
    let mut said = vec![format!(
        "On {weekday:?}s no schedule lets pupils leave earlier than usual, so what usually rings on them is cut."
    )];
    for (schedule, schools) in reach.by_schedule() {
        let (name, at) = (id(ground, schedule), leave(ground, schedule));
        said.push(format!("`{name}` ({}): pupils leave at {at}.", named(ground, &schools)));
    }
    said
}

/// How many days of a weekday ring the short schedule now.
pub fn release_days(
    ground: &Ground,
    moved: &Moved,
    schools: &[usize],
    weekday: Weekday,
    counts: &[(u32, u32)],
) -> Vec<String> {
    let now = range(counts.iter().map(|c| c.0));
    let most = range(counts.iter().map(|c| c.1));
    let mut said = vec![
        format!("{now} {weekday:?}s of a school year ring the short schedule now, of {most} with school."),
        format!("The first {weekday:?}s of each school year are taken; the others ring what usually rings."),
    ];
    said.extend(left_as_they_are(ground, moved, schools));
    said
}

/// Which days are lost, and which make them up.
pub fn days_lost(ground: &Ground, reach: &Reach) -> Vec<String> {
    let years = |school: &usize| 0..ground.timetable.schools[*school].years.len();
    let proposed =
        reach.schools.iter().flat_map(|s| years(s).map(move |y| (*s, y))).map(|(s, y)| ground.proposed(s, y));
    vec![
        format!(
            "Now no day is lost but those the calendar closes; it proposes {} after the last day of a school year.",
            emergency_days(&range(proposed))
        ),
        "On a lost day nothing rings. A proposed day is held on the next weekday after the last day and rings what usually \
         rings on its weekday; as many are held as days were lost, until all are used."
            .to_string(),
        "The longest days first are those that cost most minutes; of days of one length the latest is lost first.".to_string(),
    ]
}

/// How many of the proposed days are used at the furthest value, and where a clause breaks.
pub fn made_up(way: &Way, used: impl Fn(u32) -> String) -> Option<String> {
    let values = [way.furthest(), way.breaks_at()].into_iter().flatten().filter(|value| *value > 0);
    let said: Vec<String> = values.map(|lost| format!("{} of {} lost", used(lost), days(&lost.to_string()))).collect();
    (!said.is_empty()).then(|| format!("The emergency days proposed make up {}.", said.join(", and ")))
}

/// The first or all bells of pupils under each schedule.
pub fn bells(ground: &Ground, reach: &Reach, edge: Edge) -> Vec<String> {
    let one = |(schedule, schools): (usize, Vec<usize>)| {
        let name = id(ground, schedule);
        let (first, last) = pupils_day(&ground.timetable.schedules[schedule])?;
        let (first, last) = (ClockTime::from_minutes(Minutes(first))?, ClockTime::from_minutes(Minutes(last))?);
        let words = match edge {
            Edge::Begin => format!("begin at {first}"),
            Edge::Both => format!("are there from {first} to {last}"),
        };
        Some(format!("`{name}` ({}): pupils {words}.", named(ground, &schools)))
    };
    reach.by_schedule().into_iter().filter_map(one).collect()
}

/// Why the days of release cannot be counted.
pub fn no_release_days(weekday: Weekday) -> String {
    format!(
        "On {weekday:?}s nothing rings that lets pupils leave earlier than usual, so there are no release days to count."
    )
}

/// Why nothing can be cut on a weekday.
pub fn nothing_rings(weekday: Weekday) -> String {
    format!("No schedule lets pupils leave earlier than usual, and on {weekday:?}s there is no school to cut.")
}

fn left_as_they_are(ground: &Ground, moved: &Moved, reached: &[usize]) -> Option<String> {
    let left: Vec<usize> = moved.schools.iter().copied().filter(|s| !reached.contains(s)).collect();
    (!left.is_empty())
        .then(|| format!("Left as they are, because nothing short rings there: {}.", named(ground, &left)))
}

fn id<'a>(ground: &Ground<'a>, schedule: usize) -> &'a str {
    &ground.timetable.schedules[schedule].id
}

fn leave(ground: &Ground, schedule: usize) -> String {
    let last =
        pupils_day(&ground.timetable.schedules[schedule]).and_then(|day| ClockTime::from_minutes(Minutes(day.1)));
    last.map(|t| t.to_string()).unwrap_or_default()
}

/// A few schools by name, many by their number.
fn named(ground: &Ground, schools: &[usize]) -> String {
    if schools.len() > NAMED {
        return format!("{} schools", schools.len());
    }
    let names: Vec<&str> = schools.iter().map(|s| ground.district.schools[*s].name.as_str()).collect();
    names.join(", ")
}

/// `5`, or `4 to 6`.
pub fn range(all: impl Iterator<Item = u32>) -> String {
    let all: Vec<u32> = all.collect();
    match (all.iter().min(), all.iter().max()) {
        (Some(least), Some(most)) if least != most => format!("{least} to {most}"),
        (Some(one), _) => one.to_string(),
        (None, _) => "no".into(),
    }
}

fn days(count: &str) -> String {
    if count == "1" { "1 day".into() } else { format!("{count} days") }
}

fn emergency_days(count: &str) -> String {
    if count == "1" { "1 emergency day".into() } else { format!("{count} emergency days") }
}
