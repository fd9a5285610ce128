//! Applying: a scenario with the choices of a candidate, as if it had been written so.
//!
//! Has a scenario and a choice, gives a scenario whose schedules, calendars, roles and conditions are those of the
//! candidate, so that everything else works on it.

use crate::bells::BellSchedule;
use crate::calendar::Calendar;
use crate::calendar::CalendarDay;
use crate::calendar::DayKind;
use crate::candidates::Axis;
use crate::candidates::Choice;
use crate::candidates::Pair;
use crate::candidates::Space;
use crate::candidates::Terrain;
use crate::candidates::axes::ADDED;
use crate::candidates::axes::EVERY;
use crate::candidates::axes::RELEASE;
use crate::candidates::axes::STARTS;
use crate::candidates::axes::WEEKDAY;
use crate::candidates::may_move;
use crate::candidates::pair;
use crate::candidates::shifted;
use crate::candidates::short_day;
use crate::candidates::week_of;
use crate::candidates::with_added;
use crate::scenario::Scenario;
use crate::timetable::Day;
use crate::timetable::Timetable;
use crate::timetable::Year;
use std::collections::BTreeMap;

/// How a day's bells are made from a schedule as read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Form {
    /// As they are.
    AsRead,
    /// The usual day with minutes added.
    Usual,
    /// The day of release of a pair whose usual schedule stands at a place.
    Short(usize),
}

/// A schedule of the candidate: the place of the one it is made from, how, and by how much later it rings.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Made {
    from: usize,
    form: Form,
    later: i64,
}

/// What a day rings: a name as the school calls it, and the schedule.
type Rung = Option<(String, Made)>;

/// The scenario of a candidate.
pub fn apply(scenario: &Scenario, timetable: &Timetable, space: &Space, choice: &Choice) -> Scenario {
    let mut other = scenario.clone();
    let Some(search) = &scenario.search else { return other };
    let Scenario { district, resources, nodes, .. } = scenario;
    let terrain = Terrain { search, book: scenario.lawbook(), district, timetable, resources, nodes };
    let rung: Vec<Vec<Vec<Rung>>> =
        (0..district.schools.len()).map(|school| rung(&terrain, space, choice, school)).collect();
    let places = schedules(&terrain, space, choice, &rung, &mut other.schedules);
    let mut calendars: Vec<(usize, Calendar)> = Vec::new();
    for (school, years) in rung.iter().enumerate() {
        let (names, days) = named(scenario, school, years, &places);
        let original = district.schools[school].calendar;
        let calendar = with_days(&scenario.calendars[original], &days);
        other.district.schools[school].bells.extend(names);
        other.district.schools[school].calendar = place_of(&mut calendars, scenario, original, calendar);
    }
    write_calendars(&mut other, calendars);
    for (axis, at) in space.axes.iter().zip(choice) {
        match axis {
            Axis::OnePer(role, values) => other.district.roles[*role].one_per_educators = Some(values[*at]),
            Axis::Date(node, values) => other.nodes[*node].not_before = values[*at],
            Axis::Release(_) | Axis::Weekday(_) | Axis::Every(_) | Axis::Added(_) | Axis::Start(..) => {}
        }
    }
    other
}

/// What each day of a school rings.
fn rung(terrain: &Terrain, space: &Space, choice: &Choice, school: usize) -> Vec<Vec<Rung>> {
    let tier = terrain.search.tiers.iter().position(|t| t.schools.contains(&school));
    let later = tier.map_or(0, |tier| space.later(tier, choice[STARTS + tier]));
    let releases = terrain.search.release.as_ref().is_some_and(|r| r.schools.contains(&school));
    let as_read = space.weekday(space.as_read[WEEKDAY]);
    let bells = &terrain.district.schools[school].bells;
    let name = |schedule: usize| bells.iter().find(|(_, s)| **s == schedule).map(|(name, _)| name.clone());
    let of_year = |year: &Year| {
        let pair = pair(terrain.timetable, terrain.district, school, year, as_read);
        let of_day = |day: &Day| -> Rung {
            let schedule = day.schedule?;
            let moves = pair.filter(|p| releases && may_move(day, p, as_read));
            match moves {
                Some(pair) if is_released(space, choice, (year, &pair), day) => {
                    let from = pair.short.unwrap_or(pair.usual);
                    let called = pair.short.and_then(name).unwrap_or_else(|| "release".into());
                    Some((called, Made { from, form: Form::Short(pair.usual), later }))
                }
                Some(pair) => Some((name(pair.usual)?, Made { from: pair.usual, form: Form::Usual, later })),
                None => {
                    let later = if day.kind == DayKind::Attendance { later } else { 0 };
                    Some((name(schedule)?, Made { from: schedule, form: Form::AsRead, later }))
                }
            }
        };
        year.days.iter().map(of_day).collect()
    };
    terrain.timetable.schools[school].years.iter().map(of_year).collect()
}

fn is_released(space: &Space, choice: &Choice, (year, pair): (&Year, &Pair), day: &Day) -> bool {
    let as_read = space.weekday(space.as_read[WEEKDAY]);
    space.release(choice[RELEASE]) > 0
        && day.date.weekday() == space.weekday(choice[WEEKDAY])
        && week_of(year, pair, as_read, day.date).rem_euclid(i64::from(space.every(choice[EVERY]))) == 0
}

/// Writes the schedules that are rung: the first made from one takes its place, so that conditions go on naming it,
/// unless it is still rung as it is; the others stand at the end.
fn schedules(
    terrain: &Terrain,
    space: &Space,
    choice: &Choice,
    rung: &[Vec<Vec<Rung>>],
    schedules: &mut Vec<BellSchedule>,
) -> BTreeMap<Made, usize> {
    let mut used: Vec<Made> = Vec::new();
    for (_, made) in rung.iter().flatten().flatten().flatten() {
        if !used.contains(made) {
            used.push(*made);
        }
    }
    let is_plain = |m: &Made| m.form == Form::AsRead && m.later == 0;
    used.sort_by_key(|m| (!is_plain(m), m.form == Form::AsRead));
    let mut places: BTreeMap<Made, usize> = BTreeMap::new();
    let mut taken: Vec<usize> = Vec::new();
    for made in used {
        let written = &terrain.timetable.schedules[made.from];
        let own = matches!(made.form, Form::Short(usual) if usual == made.from);
        let mut schedule = of(terrain, space, choice, &made);
        let place = if taken.contains(&made.from) || own {
            schedule.id = free_id(&written.id, made.form, schedules);
            schedules.push(schedule);
            schedules.len() - 1
        } else {
            taken.push(made.from);
            schedules[made.from] = schedule;
            made.from
        };
        places.insert(made, place);
    }
    places
}

fn of(terrain: &Terrain, space: &Space, choice: &Choice, made: &Made) -> BellSchedule {
    let written = &terrain.timetable.schedules[made.from];
    let bells = match made.form {
        Form::AsRead => written.clone(),
        Form::Usual => with_added(written, space.added(choice[ADDED])),
        Form::Short(usual) => {
            let short = (made.from != usual).then_some(made.from);
            short_day(terrain, space, &Pair { usual, short, earlier: 0 }, choice[RELEASE])
        }
    };
    shifted(&bells, made.later)
}

/// An id that no schedule has.
fn free_id(id: &str, form: Form, schedules: &[BellSchedule]) -> String {
    let id =
        if matches!(form, Form::Short(_)) && !id.contains("release") { format!("{id}-release") } else { id.into() };
    let free = |id: &String| schedules.iter().all(|s| s.id != *id);
    if free(&id) {
        return id;
    }
    (2..).map(|n| format!("{id}-{n}")).find(free).expect("there are more numbers than schedules")
}

/// Names of a school's bells, each for one schedule, and what each day rings by name.
fn named(
    scenario: &Scenario,
    school: usize,
    years: &[Vec<Rung>],
    places: &BTreeMap<Made, usize>,
) -> (BTreeMap<String, usize>, Vec<Vec<Option<String>>>) {
    let mut names: BTreeMap<String, usize> = BTreeMap::new();
    let written = &scenario.district.schools[school].bells;
    let mut name_of = |called: &String, place: usize| {
        if names.get(called).is_none_or(|known| *known == place) {
            names.insert(called.clone(), place);
            return called.clone();
        }
        let free = |name: &String| match names.get(name) {
            Some(known) => *known == place,
            None => !written.contains_key(name),
        };
        let name = (2..).map(|n| format!("{called}-{n}")).find(free).expect("there are more numbers than names");
        names.insert(name.clone(), place);
        name
    };
    let mut of_day = |rung: &Rung| rung.as_ref().map(|(called, made)| name_of(called, places[made]));
    let days = years.iter().map(|days| days.iter().map(&mut of_day).collect()).collect();
    (names, days)
}

/// A calendar whose days ring other names.
fn with_days(calendar: &Calendar, days: &[Vec<Option<String>>]) -> Calendar {
    let mut other = calendar.clone();
    for (year, names) in other.years.iter_mut().zip(days) {
        for (day, name) in year.days.iter_mut().zip(names) {
            // A name that the school maps to nothing stays: other schools of the calendar may ring it.
            if name.is_some() {
                *day = CalendarDay { rings: name.clone(), ..day.clone() };
            }
        }
    }
    other
}

/// The place of a calendar among the new ones: schools with the same days share it.
fn place_of(calendars: &mut Vec<(usize, Calendar)>, scenario: &Scenario, original: usize, calendar: Calendar) -> usize {
    let same = |(from, known): &(usize, Calendar)| {
        *from == original && known.years.iter().zip(&calendar.years).all(|(a, b)| a.days == b.days)
    };
    let found = calendars.iter().position(same).unwrap_or_else(|| {
        calendars.push((original, calendar));
        calendars.len() - 1
    });
    // The first of each takes the place of the one it is made from; the others stand behind all.
    let is_first = |n: usize| !calendars[..n].iter().any(|(from, _)| *from == calendars[n].0);
    if is_first(found) {
        return original;
    }
    scenario.calendars.len() + (0..found).filter(|n| !is_first(*n)).count()
}

fn write_calendars(scenario: &mut Scenario, calendars: Vec<(usize, Calendar)>) {
    let mut written: Vec<usize> = Vec::new();
    for (original, mut calendar) in calendars {
        if written.contains(&original) {
            let n = written.iter().filter(|w| **w == original).count() + 1;
            calendar.id = format!("{}-{n}", calendar.id);
            scenario.calendars.push(calendar);
        } else {
            scenario.calendars[original] = calendar;
        }
        written.push(original);
    }
}
