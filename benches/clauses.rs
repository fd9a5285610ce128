//! What judging clauses takes: a district's year, a nation's, and beside it a plain comparison in another engine.
//! `cargo bench --bench clauses` prints medians; figures with date and machine stand in docs/benchmarks.md.

use earlybell::bells::BellSchedule;
use earlybell::bells::Block;
use earlybell::bells::Kind;
use earlybell::bells::PupilDay;
use earlybell::bells::StaffDay;
use earlybell::calendar::DayKind;
use earlybell::calendar::days_later;
use earlybell::clauses;
use earlybell::clauses::Clause;
use earlybell::clauses::Lawbook;
use earlybell::clauses::Outcome;
use earlybell::clauses::Rule;
use earlybell::clauses::Tell;
use earlybell::district::Backfill;
use earlybell::district::District;
use earlybell::district::Level;
use earlybell::district::Role;
use earlybell::district::School;
use earlybell::findings::Place;
use earlybell::luck::Uncertain;
use earlybell::scenario;
use earlybell::timetable::Day;
use earlybell::timetable::SchoolTimetable;
use earlybell::timetable::Timetable;
use earlybell::timetable::Year;
use earlybell::units::ClockTime;
use earlybell::units::Date;
use earlybell::units::Dollars;
use earlybell::units::Grades;
use earlybell::units::Share;
use std::path::Path;

fn main() {
    divan::main();
}

const SCHOOL_DAYS: usize = 180;

/// Schools with bells and days of their own kind: elementary and middle, a short Monday in most of them.
struct Nation {
    district: District,
    timetable: Timetable,
}

fn block(kind: Kind, from: &str, to: &str) -> Block {
    let time = |text| ClockTime::from_text(text).expect("the bench writes times");
    Block::new(None, kind, time(from), time(to)).expect("the bench writes blocks in order")
}

fn schedule(id: &str, lunch: &str, back: &str, out: &str, staff_out: &str) -> BellSchedule {
    let pupils = vec![
        block(Kind::Homeroom, "8:40", "8:55"),
        block(Kind::Instruction, "8:55", "10:15"),
        block(Kind::Recess, "10:15", "10:30"),
        block(Kind::Instruction, "10:30", lunch),
        block(Kind::Lunch, lunch, back),
        block(Kind::Instruction, back, out),
    ];
    let staff = vec![
        block(Kind::Duty, "8:25", "8:40"),
        block(Kind::Instruction, "8:40", "10:15"),
        block(Kind::Preparation, "10:15", "11:00"),
        block(Kind::Instruction, "11:00", lunch),
        block(Kind::DutyFreeLunch, lunch, back),
        block(Kind::Instruction, back, out),
        block(Kind::ProfessionalDevelopment, out, staff_out),
    ];
    BellSchedule {
        id: id.into(),
        title: id.into(),
        pupils: vec![PupilDay { grades: Grades::ALL, blocks: pupils }],
        staff: vec![StaffDay { roles: vec!["teacher".into()], blocks: staff }],
        written: Place::nowhere(),
    }
}

fn role() -> Role {
    Role {
        id: "teacher".into(),
        title: "Teacher".into(),
        takes_up_practice: true,
        one_per_educators: None,
        hours_per_week: 0.0,
        travel: Share::new(0.0).expect("a share"),
        knows: vec![],
        grades: Grades::ALL,
        strengths: vec![],
        retooling_hours: Uncertain::Fixed(0.0),
        retooling_hours_per_week: 0.0,
        cost_per_year: Dollars::new(0.0),
        backfill: Backfill::Nobody,
        duty_hours_per_week: 0.0,
        needs: None,
        written: Place::nowhere(),
    }
}

fn school(n: usize) -> School {
    let elementary = n % 3 != 2;
    let grades = Grades::from_text(if elementary { "K-5" } else { "6-8" }).expect("the bench writes grades");
    School {
        id: format!("school-{n}"),
        name: format!("School {n}"),
        state: "IL".into(),
        level: if elementary { Level::Elementary } else { Level::Middle },
        grades,
        pupils: grades.iter().map(|g| (g, 60)).collect(),
        positions: vec![(0, 32)],
        team_size: 4,
        calendar: 0,
        bells: Default::default(),
        leaders_support: Share::new(0.5).expect("a share"),
        families_support: Share::new(0.5).expect("a share"),
        written: Place::nowhere(),
    }
}

fn year(n: usize, n_days: usize) -> Year {
    let first: Date = "2025-08-18".parse().expect("the bench writes dates");
    let first = days_later(first, 7 * (n % 3) as i64);
    let mut days = Vec::new();
    let mut held = 0;
    for offset in 0.. {
        if held == n_days {
            break;
        }
        let date = days_later(first, offset);
        let weekday = offset % 7;
        let off = offset > 0 && (offset / 7 + n as i64) % 17 == 0 && weekday == 4;
        let (kind, schedule) = match weekday {
            5 | 6 => (DayKind::Weekend, None),
            _ if off => (DayKind::Holiday, None),
            0 => (DayKind::Attendance, Some(2 * (n % 4) + 1)),
            _ => (DayKind::Attendance, Some(2 * (n % 4))),
        };
        held += usize::from(kind == DayKind::Attendance);
        days.push(Day { date, kind, schedule });
    }
    Year { id: "2025-26".into(), days, terms: vec![] }
}

fn nation(n_schools: usize, n_days: usize) -> Nation {
    let outs = [("15:20", "15:50"), ("15:10", "15:45"), ("15:30", "16:00"), ("15:15", "15:50")];
    let mut schedules = Vec::new();
    for (n, (out, staff_out)) in outs.iter().enumerate() {
        schedules.push(schedule(&format!("full-{n}"), "11:50", "12:30", out, staff_out));
        schedules.push(schedule(&format!("short-{n}"), "11:50", "12:30", "14:00", "15:45"));
    }
    let district =
        District { name: "Nation".into(), roles: vec![role()], schools: (0..n_schools).map(school).collect() };
    let schools = (0..n_schools).map(|n| SchoolTimetable { years: vec![year(n, n_days)] }).collect();
    Nation { district, timetable: Timetable { schedules, schools } }
}

/// Clauses of every shape from the packs, so many of them, taken as if they bound every school.
///
/// Of each pack some: daily floors with exceptions, means of any ten days, credits, caps, alternatives, averages of the
/// district, blocks, runs, the clock, rounding.
fn lawbook(n: usize) -> Vec<Clause> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios/clauses");
    let pack = |name: &str| {
        let path = folder.join(name);
        let read = scenario::read_pack(&path).unwrap_or_else(|unread| panic!("{}", unread.findings));
        read.clauses.into_iter().map(|c| (name.to_string(), c)).collect::<Vec<_>>()
    };
    let packs = [
        "us/illinois.ron",
        "us/california.ron",
        "us/oregon.ron",
        "us/ohio.ron",
        "us/washington.ron",
        "us/new-york.ron",
    ];
    let mut lists: Vec<Vec<(String, Clause)>> = packs.iter().map(|name| pack(name)).collect();
    lists.push(pack("contract/typical.ron"));
    for list in &mut lists {
        list.retain(|(_, c)| matches!(c.rule, Rule::Computable { .. }));
        list.reverse();
    }
    let mut all = Vec::new();
    while all.len() < n {
        let before = all.len();
        all.extend(lists.iter_mut().filter_map(Vec::pop).map(|(_, c)| c));
        assert!(all.len() > before, "the packs have fewer clauses than {n}");
    }
    all.truncate(n);
    for clause in &mut all {
        clause.applies.states.clear();
    }
    all
}

fn n_failing(nation: &Nation, clauses: &[Clause]) -> usize {
    let book = Lawbook::of_clauses(clauses);
    let keep = |_: usize, list: Vec<clauses::Verdict>| list.iter().filter(|v| v.outcome == Outcome::Fails).count();
    clauses::judge_each_school(&book, &nation.district, &nation.timetable, Tell::Outcomes, keep).iter().sum()
}

/// Nine schools, 180 days, 25 clauses, with all reasons.
#[divan::bench]
fn district_year(bencher: divan::Bencher) {
    let (nation, clauses) = (nation(9, SCHOOL_DAYS), lawbook(25));
    let book = Lawbook::of_clauses(&clauses);
    bencher.bench(|| clauses::judge(&book, &nation.district, &nation.timetable));
}

/// Schools by number, 180 days, 20 clauses.
#[divan::bench(args = [1_100, 3_300, 9_900], sample_count = 5)]
fn schools(bencher: divan::Bencher, n: usize) {
    let (nation, clauses) = (nation(n, SCHOOL_DAYS), lawbook(20));
    bencher.bench(|| n_failing(&nation, &clauses));
}

/// Another engine's plain comparison, once for each of the same school-days, on as many threads as ours.
#[cfg(feature = "cel")]
#[divan::bench(args = [1_100, 3_300, 9_900], sample_count = 5)]
fn cel_comparison(bencher: divan::Bencher, n: usize) {
    use cel::Context;
    use cel::Env;
    use cel::Value;
    use rayon::prelude::*;
    use std::collections::HashMap;
    use std::sync::Arc;
    let nation = nation(n, SCHOOL_DAYS);
    let env = Arc::new(Env::stdlib());
    let program = env.compile("day.instruction >= 300").expect("the bench writes an expression");
    // Minutes of each schedule are reckoned beforehand: only the comparison is timed.
    let grade = Grades::ALL.iter().next().expect("a grade");
    let minutes: Vec<i64> = nation
        .timetable
        .schedules
        .iter()
        .map(|s| s.pupil_blocks(grade))
        .map(|blocks| blocks.iter().filter(|b| b.kind == Kind::Instruction).map(|b| b.length().0).sum())
        .collect();
    bencher.bench(|| {
        let of_school = |school: &SchoolTimetable| {
            let days = school.years[0].days.iter().filter_map(|d| d.schedule);
            let mut context = Context::with_env(env.clone());
            let mut fails = |schedule: usize| {
                let day = HashMap::from([("instruction".to_string(), minutes[schedule])]);
                context.add_variable("day", day).expect("a map is a value");
                program.execute(&context).expect("the expression fits") == Value::Bool(false)
            };
            days.filter(|schedule| fails(*schedule)).count()
        };
        nation.timetable.schools.par_iter().map(of_school).sum::<usize>()
    });
}

/// The whole country: 99,000 schools, 180 days, 20 clauses, once.
#[divan::bench(sample_count = 1, sample_size = 1, ignore = cfg!(debug_assertions))]
fn nation_once(bencher: divan::Bencher) {
    let (nation, clauses) = (nation(99_000, SCHOOL_DAYS), lawbook(20));
    bencher.bench(|| n_failing(&nation, &clauses));
}

/// Days of the year by number, in 3,300 schools with 20 clauses.
#[divan::bench(args = [60, 120, 180], sample_count = 5)]
fn days(bencher: divan::Bencher, n: usize) {
    let (nation, clauses) = (nation(3_300, n), lawbook(20));
    bencher.bench(|| n_failing(&nation, &clauses));
}

/// Clauses by number, in 3,300 schools of 180 days.
#[divan::bench(args = [5, 10, 20], sample_count = 5)]
fn clauses_by_number(bencher: divan::Bencher, n: usize) {
    let nation = nation(3_300, SCHOOL_DAYS);
    let one = lawbook(5);
    let clauses: Vec<Clause> = one.iter().cycle().take(n).cloned().collect();
    bencher.bench(|| n_failing(&nation, &clauses));
}
