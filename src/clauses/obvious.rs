//! The slow, obvious twin of the engine: plain loops over dates and single minutes, written from the meaning of
//! clauses rather than from the engine. Both must agree on random calendars and clauses.

use crate::bells::BellSchedule;
use crate::bells::Block;
use crate::bells::Kind;
use crate::calendar::DayKind;
use crate::calendar::days_later;
use crate::clauses::Amount;
use crate::clauses::Cap;
use crate::clauses::CapPer;
use crate::clauses::Clause;
use crate::clauses::DatedValue;
use crate::clauses::Exception;
use crate::clauses::Lawbook;
use crate::clauses::Limit;
use crate::clauses::MakeUpDays;
use crate::clauses::Measure;
use crate::clauses::Outcome;
use crate::clauses::Requirement;
use crate::clauses::Rule;
use crate::clauses::Side;
use crate::clauses::Unit;
use crate::clauses::Verdict;
use crate::clauses::When;
use crate::clauses::Window;
use crate::clauses::examples;
use crate::clauses::examples::minutes_block;
use crate::clauses::judge;
use crate::clauses::regular::regular;
use crate::findings::Place;
use crate::timetable::Day;
use crate::timetable::SchoolTimetable;
use crate::timetable::Timetable;
use crate::timetable::Whose;
use crate::timetable::Year;
use crate::units::Date;
use crate::units::Minutes;
use crate::units::Weekday;
use jiff::civil::date;
use proptest::prelude::*;
use std::collections::BTreeMap;

// ---- the twin ----------------------------------------------------------------------------------------------

/// Everything about one grade or role in one year, by date.
struct World<'a> {
    schedules: &'a [BellSchedule],
    year: &'a Year,
    whose: &'a Whose,
    /// Counted dates and the schedule that rings.
    days: BTreeMap<Date, usize>,
}

/// What the twin answers.
#[derive(Debug, Clone, PartialEq)]
struct Plain {
    outcome: Outcome,
    slack: Option<(i64, Unit)>,
    tightest: Option<Date>,
    /// Days and least slack of each exception that is used.
    uses: Vec<(String, u32, i64)>,
    failing: Vec<Date>,
}

fn clock(block: &Block) -> std::ops::Range<i64> {
    block.rings_in().after_midnight().0..block.rings_out().after_midnight().0
}

impl World<'_> {
    fn blocks(&self, date: Date) -> &[Block] {
        let schedule = &self.schedules[self.days[&date]];
        match self.whose {
            Whose::Pupils(grade) => schedule.pupil_blocks(*grade),
            Whose::Staff(role) => schedule.staff_blocks(role),
        }
    }

    fn measure(&self, measure: &Measure, date: Date) -> i64 {
        let blocks = self.blocks(date);
        let long = |b: &&Block, least: &Option<Minutes>| least.is_none_or(|l| clock(b).count() as i64 >= l.0);
        match measure {
            Measure::PupilMinutes { counts, caps, .. } => {
                let mut sum = 0;
                for kind in Kind::ALL {
                    let mut minutes = 0;
                    for block in blocks.iter().filter(|b| b.kind == kind) {
                        for _minute in clock(block) {
                            minutes += 1;
                        }
                    }
                    let caps: Vec<i64> = caps.iter().filter(|c| c.kind == kind).map(|c| c.up_to.0).collect();
                    if !caps.is_empty() {
                        sum += caps.iter().fold(minutes, |m, c| m.min(*c));
                    } else if counts.contains(&kind) {
                        sum += minutes;
                    }
                }
                sum
            }
            Measure::StaffMinutes { counts, in_blocks_of, .. } => {
                let counted = blocks.iter().filter(|b| counts.contains(&b.kind) && long(b, in_blocks_of));
                counted.map(|b| clock(b).count() as i64).sum()
            }
            Measure::StaffBlocks { counts, in_blocks_of } => {
                blocks.iter().filter(|b| counts.contains(&b.kind) && long(b, in_blocks_of)).count() as i64
            }
            Measure::Workday => clock(&blocks[blocks.len() - 1]).end - clock(&blocks[0]).start,
            Measure::PupilDays | Measure::StaffDays => 1,
            _ => unreachable!("the random clauses measure nothing else"),
        }
    }

    fn staff_after_pupils(&self, date: Date, kinds: &[Kind], role: &str) -> i64 {
        let left = clock(&self.blocks(date)[self.blocks(date).len() - 1]).end;
        let mut minutes = 0;
        for block in self.schedules[self.days[&date]].staff_blocks(role) {
            minutes += clock(block).filter(|m| *m >= left && kinds.contains(&block.kind)).count() as i64;
        }
        minutes
    }

    /// The dates of each window, in order of windows.
    fn windows(&self, window: Window) -> Vec<Vec<Date>> {
        let dates: Vec<Date> = self.days.keys().copied().collect();
        let monday = |mut d: Date| {
            while d.weekday() != Weekday::Monday {
                d = days_later(d, -1);
            }
            d
        };
        let weeks = || {
            let mut mondays: Vec<Date> = dates.iter().map(|d| monday(*d)).collect();
            mondays.dedup();
            let week = |m: &Date| dates.iter().copied().filter(|d| monday(*d) == *m).collect::<Vec<_>>();
            mondays.iter().map(week).collect::<Vec<_>>()
        };
        match window {
            Window::Day => dates.iter().map(|d| vec![*d]).collect(),
            Window::Week => weeks(),
            Window::FullWeek => weeks().into_iter().filter(|w| w.len() >= 5).collect(),
            Window::Month => {
                let mut months: Vec<(i16, i8)> = dates.iter().map(|d| (d.year(), d.month())).collect();
                months.dedup();
                let month = |m: &(i16, i8)| dates.iter().copied().filter(|d| (d.year(), d.month()) == *m).collect();
                months.iter().map(month).collect()
            }
            Window::Cycle(n) => dates.chunks(n as usize).map(|c| c.to_vec()).collect(),
            Window::Consecutive(_) => unreachable!("the random clauses have no such window"),
            Window::Term => {
                let terms = self.year.terms.iter();
                terms.map(|(_, a, b)| dates.iter().copied().filter(|d| a <= d && d <= b).collect()).collect()
            }
            Window::Year => vec![dates],
        }
    }

    /// The first day of a window without counted days.
    fn begins(&self, window: Window, n: usize) -> Date {
        if window == Window::Term { self.year.terms[n].1 } else { self.year.days[0].date }
    }
}

fn amount_on(limit: &Limit, date: Date) -> Option<i64> {
    for value in &limit.values {
        let begun = value.from.is_none_or(|from| date >= from);
        let over = value.until.is_some_and(|until| date > until);
        if begun && !over {
            return Some(match value.amount {
                Amount::Minutes(n) | Amount::Days(n) | Amount::Blocks(n) => n,
                Amount::Hours(m) => m.0,
                _ => unreachable!("the random clauses ask nothing else"),
            });
        }
    }
    None
}

fn unit(measure: &Measure) -> Unit {
    match measure {
        Measure::PupilMinutes { .. } | Measure::StaffMinutes { .. } | Measure::Workday => Unit::Minutes,
        Measure::StaffBlocks { .. } => Unit::Blocks,
        Measure::PupilDays | Measure::StaffDays => Unit::Days,
        _ => unreachable!("the random clauses measure nothing else"),
    }
}

fn margin(side: Side, have: i64, need: i64) -> i64 {
    if side == Side::AtLeast { have - need } else { need - have }
}

/// A limit without exceptions: slack by first date of each window, or nothing when none is in force.
fn without_exceptions(world: &World, limit: &Limit) -> (Vec<(Date, i64)>, usize) {
    let (mut all, mut skipped) = (Vec::new(), 0);
    for (n, dates) in world.windows(limit.per).into_iter().enumerate() {
        if let (Window::Cycle(length), Side::AtLeast) = (limit.per, limit.side)
            && dates.len() < length as usize
        {
            continue;
        }
        let first = dates.first().copied().unwrap_or_else(|| world.begins(limit.per, n));
        match amount_on(limit, first) {
            None => skipped += 1,
            Some(need) => {
                let have = dates.iter().map(|d| world.measure(&limit.measure, *d)).sum();
                all.push((first, margin(limit.side, have, need)));
            }
        }
    }
    (all, skipped)
}

/// Same weekday, and one number of weeks between each and the next, counted in school weeks or by the calendar.
fn comes_regularly(date: Date, short: &[Date], school: &[Date]) -> bool {
    let same = |d: &&Date| d.weekday() == date.weekday();
    let series: Vec<Date> = short.iter().filter(same).copied().collect();
    let held: Vec<Date> = school.iter().filter(same).copied().collect();
    if series.len() < 3 {
        return false;
    }
    let (first, last) = (series[0], series[series.len() - 1]);
    let between: Vec<Date> = held.iter().copied().filter(|d| first <= *d && *d <= last).collect();
    for every in 1..=between.len() {
        let by_school: Vec<Date> = between.iter().copied().step_by(every).collect();
        if by_school == series {
            return true;
        }
    }
    for weeks in 1..60 {
        let mut by_calendar = Vec::new();
        let mut turn = first;
        while turn <= last {
            if held.contains(&turn) {
                by_calendar.push(turn);
            }
            turn = days_later(turn, 7 * weeks);
        }
        if by_calendar == series {
            return true;
        }
    }
    false
}

struct Tried {
    slack: BTreeMap<Date, i64>,
    saved: BTreeMap<Date, (usize, i64)>,
    /// The most that made-up minutes reach on days that they do not save.
    nearly: BTreeMap<Date, i64>,
    /// One entry for each minute above the floor that nobody has taken.
    spare: Vec<Date>,
}

fn try_exception(world: &World, limit: &Limit, place: usize, exception: &Exception, tried: &mut Tried) {
    let judged: Vec<Date> = tried.slack.keys().copied().collect();
    let short: Vec<Date> =
        judged.iter().copied().filter(|d| tried.slack[d] < 0 && !tried.saved.contains_key(d)).collect();
    let school: Vec<Date> = world.days.keys().copied().collect();
    let mut such: BTreeMap<Date, i64> = BTreeMap::new();
    'days: for &day in &short {
        let lacks = -tried.slack[&day];
        let (mut lower, mut rest) = (None::<i64>, None::<i64>);
        for when in &exception.when {
            match when {
                When::Limit(l) => {
                    let Some(need) = amount_on(l, day) else { continue 'days };
                    let slack = margin(l.side, world.measure(&l.measure, day), need);
                    if slack < 0 {
                        continue 'days;
                    }
                    lower = Some(lower.map_or(slack, |s| s.min(slack)));
                }
                When::RemainderIs { kinds, role } => {
                    let staff = world.staff_after_pupils(day, kinds, role);
                    if staff < lacks {
                        continue 'days;
                    }
                    rest = Some(rest.map_or(staff - lacks, |s| s.min(staff - lacks)));
                }
                When::Regular if !comes_regularly(day, &short, &school) => continue 'days,
                When::Regular => {}
                When::DayIs(_) => unreachable!("the random clauses ask nothing of kinds of days"),
            }
        }
        let free = if limit.side == Side::AtLeast { world.measure(&limit.measure, day) } else { 0 };
        such.insert(day, lower.or(rest).unwrap_or(free));
    }
    let after = |day: Date| {
        let next = such.keys().copied().find(|d| *d > day);
        judged.iter().copied().filter(|d| *d > day && next.is_none_or(|n| *d < n)).collect::<Vec<_>>()
    };
    let before = |day: Date| {
        let previous = such.keys().copied().filter(|d| *d < day).max();
        judged.iter().copied().filter(|d| *d < day && previous.is_none_or(|p| *d > p)).collect::<Vec<_>>()
    };
    let own = |day: Date, side: MakeUpDays| if side == MakeUpDays::UntilNext { after(day) } else { before(day) };
    let other = |day: Date, side: MakeUpDays| if side == MakeUpDays::UntilNext { before(day) } else { after(day) };
    let lonely = |day: Date| exception.makes_up.is_some_and(|side| own(day, side).is_empty());
    let first: Vec<Date> = such.keys().copied().filter(|d| !lonely(*d)).collect();
    let then: Vec<Date> = such.keys().copied().filter(|d| lonely(*d)).collect();
    let mut used: BTreeMap<usize, u32> = BTreeMap::new();
    let lacks_most = |days: Vec<Date>| {
        let mut days = days;
        if exception.at_most_days.is_some() && exception.makes_up.is_none() {
            days.sort_by_key(|d| tried.slack[d]);
        }
        days
    };
    for day in lacks_most(first).into_iter().chain(lacks_most(then)) {
        let window = exception.at_most_days.map(|(_, w)| world.windows(w).iter().position(|d| d.contains(&day)));
        if let (Some((cap, _)), Some(window)) = (exception.at_most_days, window) {
            match window {
                Some(w) if used.get(&w).copied().unwrap_or(0) < cap => {}
                _ => continue,
            }
        }
        let mut slack = such[&day];
        if let Some(side) = exception.makes_up {
            let interval = if lonely(day) { other(day, side) } else { own(day, side) };
            let lacks = -tried.slack[&day];
            let offered: Vec<usize> = (0..tried.spare.len()).filter(|n| interval.contains(&tried.spare[*n])).collect();
            slack = offered.len() as i64 - lacks;
            if slack < 0 {
                let near = tried.nearly.entry(day).or_insert(slack);
                *near = slack.max(*near);
                continue;
            }
            for n in offered.iter().take(lacks as usize).rev() {
                tried.spare.remove(*n);
            }
        }
        tried.saved.insert(day, (place, slack));
        if let Some(Some(w)) = window {
            *used.entry(w).or_insert(0) += 1;
        }
    }
}

fn of_limit(world: &World, limit: &Limit, unless: &[Exception]) -> Plain {
    let (windows, skipped) = without_exceptions(world, limit);
    let neither = |outcome| Plain { outcome, slack: None, tightest: None, uses: vec![], failing: vec![] };
    if windows.is_empty() {
        return neither(if skipped > 0 { Outcome::NotInForce } else { Outcome::NotApplicable });
    }
    let mut spare = Vec::new();
    for (date, slack) in &windows {
        for _minute in 0..(*slack).max(0) {
            spare.push(*date);
        }
    }
    let slack: BTreeMap<Date, i64> = windows.iter().copied().collect();
    let mut tried = Tried { slack, saved: BTreeMap::new(), nearly: BTreeMap::new(), spare };
    for capped in [false, true] {
        for (place, exception) in unless.iter().enumerate() {
            if exception.at_most_days.is_some() == capped {
                try_exception(world, limit, place, exception, &mut tried);
            }
        }
    }
    let mut ends: Vec<(Date, i64, bool)> = Vec::new();
    for (date, own) in windows {
        let saved = tried.saved.get(&date).map(|s| s.1);
        let fails = own < 0 && saved.is_none();
        let near = tried.nearly.get(&date).copied().unwrap_or(own);
        ends.push((date, if own >= 0 { own } else { saved.unwrap_or(near) }, fails));
    }
    let failing: Vec<Date> = ends.iter().filter(|e| e.2).map(|e| e.0).collect();
    let deciding: Vec<_> = ends.iter().filter(|e| failing.is_empty() || e.2).collect();
    let least = deciding.iter().map(|e| e.1).min().unwrap();
    let mut uses = Vec::new();
    for (place, exception) in unless.iter().enumerate() {
        let slacks: Vec<i64> = tried.saved.values().filter(|s| s.0 == place).map(|s| s.1).collect();
        if let Some(least) = slacks.iter().min() {
            uses.push((exception.id.clone(), slacks.len() as u32, *least));
        }
    }
    Plain {
        outcome: if failing.is_empty() { Outcome::Holds } else { Outcome::Fails },
        slack: Some((least, unit(&limit.measure))),
        tightest: deciding.iter().find(|e| e.1 == least).map(|e| e.0),
        uses,
        failing,
    }
}

/// The outcome of several limits joined, by the tables that people expect of `and` and `or`.
fn joined(parts: &[Outcome], any: bool) -> Outcome {
    let some = |o: Outcome| parts.contains(&o);
    let (first, second) = if any { (Outcome::Holds, Outcome::Fails) } else { (Outcome::Fails, Outcome::Holds) };
    if some(first) {
        first
    } else if some(second) {
        second
    } else if some(Outcome::NotInForce) {
        Outcome::NotInForce
    } else {
        Outcome::NotApplicable
    }
}

fn world<'a>(clause: &Clause, timetable: &'a Timetable, whose: &'a Whose) -> World<'a> {
    let year = &timetable.schools[0].years[0];
    let mut days = BTreeMap::new();
    for day in &year.days {
        let kinds = &clause.applies.days;
        let counts = match whose {
            Whose::Pupils(_) if kinds.is_empty() => day.kind == DayKind::Attendance,
            Whose::Staff(_) if kinds.is_empty() => true,
            _ => kinds.contains(&day.kind),
        };
        if counts && !timetable.blocks(day, whose).is_empty() {
            days.insert(day.date, day.schedule.unwrap());
        }
    }
    World { schedules: &timetable.schedules, year, whose, days }
}

// ---- random worlds -----------------------------------------------------------------------------------------

fn schedules() -> impl Strategy<Value = Vec<BellSchedule>> {
    let lengths = (1i64..30, 0i64..12, 1i64..20, 0i64..12, 0i64..25, 0i64..12, 0u8..12);
    let one = lengths.prop_map(|(class, recess, second, prep, development, wait, absent)| {
        let line = |parts: &[(Kind, i64)]| {
            let mut at = 0;
            let mut blocks = Vec::new();
            for (kind, length) in parts {
                if *length > 0 {
                    blocks.push(minutes_block(*kind, at, *length));
                }
                at += length;
            }
            blocks
        };
        let pupils = line(&[(Kind::Instruction, class), (Kind::Recess, recess), (Kind::Passing, second)]);
        let mut staff = line(&[(Kind::Preparation, prep), (Kind::Instruction, class), (Kind::Preparation, recess)]);
        if development > 0 {
            let at = staff.iter().map(|b| clock(b).end).max().unwrap_or(480) - 480 + wait;
            staff.push(minutes_block(Kind::ProfessionalDevelopment, at, development));
        }
        let pupils = if absent == 0 { vec![] } else { pupils };
        examples::schedule("any", pupils, if absent == 1 { vec![] } else { staff })
    });
    prop::collection::vec(one, 4)
}

fn days() -> impl Strategy<Value = Vec<Day>> {
    let week = prop::collection::vec(prop::option::weighted(0.95, 0usize..4), 5);
    let changes = prop::collection::vec((0usize..90, 0u8..6, 0usize..4), 0..8);
    (week, changes, 10usize..90, 0i64..7).prop_map(|(week, changes, n, start)| {
        let first = days_later(date(2025, 9, 1), start);
        let usual = |date: Date| week.get(date.weekday().to_monday_zero_offset() as usize).copied().flatten();
        let day = |n: usize| {
            let date = days_later(first, n as i64);
            match (usual(date), changes.iter().find(|c| c.0 == n)) {
                (Some(_), Some((_, 0..=2, _))) => Day { date, kind: DayKind::Holiday, schedule: None },
                (_, Some((_, 3, ring))) => Day { date, kind: DayKind::Institute, schedule: Some(*ring) },
                (_, Some((_, 4, ring))) => Day { date, kind: DayKind::Attendance, schedule: Some(*ring) },
                (Some(ring), _) => Day { date, kind: DayKind::Attendance, schedule: Some(ring) },
                (None, _) => Day { date, kind: DayKind::Weekend, schedule: None },
            }
        };
        (0..n).map(day).collect()
    })
}

fn windows() -> impl Strategy<Value = Window> {
    prop_oneof![
        4 => Just(Window::Day),
        2 => Just(Window::Week),
        1 => Just(Window::FullWeek),
        1 => Just(Window::Month),
        1 => (1u32..12).prop_map(Window::Cycle),
        1 => Just(Window::Term),
        1 => Just(Window::Year),
    ]
}

fn pupil_minutes() -> impl Strategy<Value = Measure> {
    (prop::sample::subsequence(vec![Kind::Instruction, Kind::Recess, Kind::Passing], 1..4), prop::option::of(0i64..8))
        .prop_map(|(counts, cap)| {
            let caps =
                cap.map(|c| Cap { kind: Kind::Recess, up_to: Minutes(c), per: CapPer::Day }).into_iter().collect();
            examples::pupil_minutes(counts, caps)
        })
}

fn measures() -> impl Strategy<Value = Measure> {
    let counts = || vec![Kind::Preparation, Kind::ProfessionalDevelopment];
    let blocks = || prop::option::of((1i64..15).prop_map(Minutes));
    prop_oneof![
        4 => pupil_minutes(),
        1 => Just(Measure::PupilDays),
        1 => Just(Measure::StaffDays),
        1 => Just(Measure::Workday),
        2 => blocks().prop_map(move |in_blocks_of| Measure::StaffMinutes { counts: counts(), in_blocks_of, between: None }),
        1 => blocks().prop_map(move |in_blocks_of| Measure::StaffBlocks { counts: counts(), in_blocks_of }),
    ]
}

fn amount(measure: &Measure, n: i64) -> Amount {
    match unit(measure) {
        Unit::Minutes => Amount::Minutes(n),
        Unit::Days => Amount::Days(n),
        Unit::Blocks => Amount::Blocks(n),
        _ => unreachable!("the random clauses measure nothing else"),
    }
}

/// A limit whose amount is near what some days give, so that both answers occur.
fn limits(
    measure: impl Strategy<Value = Measure>,
    window: impl Strategy<Value = Window>,
) -> impl Strategy<Value = Limit> {
    let side = prop_oneof![3 => Just(Side::AtLeast), 1 => Just(Side::AtMost)];
    (measure, window, side, 0i64..100, 0u8..4, 0i64..80).prop_map(|(measure, per, side, n, change, when)| {
        let days = match per {
            Window::Day => 1,
            Window::Week | Window::FullWeek => 5,
            Window::Cycle(n) | Window::Consecutive(n) => i64::from(n),
            Window::Month | Window::Term => 20,
            Window::Year => 40,
        };
        let a_day = if unit(&measure) == Unit::Minutes { 45 } else { 2 };
        let n = n * a_day * days / 100;
        let changes = days_later(date(2025, 9, 1), when);
        let value = |from, until, n| DatedValue { from, until, amount: amount(&measure, n), source: None };
        let values = match change {
            0 => vec![value(Some(changes), None, n)],
            1 => vec![value(None, Some(changes), n), value(Some(days_later(changes, 10)), None, n / 2)],
            _ => vec![value(None, None, n)],
        };
        Limit { side, values, ..examples::limit(measure, Side::AtLeast, per, Amount::Days(0)) }
    })
}

fn exceptions() -> impl Strategy<Value = Vec<Exception>> {
    let when = prop_oneof![
        2 => (pupil_minutes(), 0i64..30).prop_map(|(measure, n)| When::Limit(
            examples::limit(measure, Side::AtLeast, Window::Day, Amount::Minutes(n)))),
        2 => Just(examples::development()),
        3 => Just(When::Regular),
    ];
    let cap_window = windows().prop_filter("a cap needs every day", |w| *w != Window::FullWeek);
    let makes_up =
        prop::option::weighted(0.6, prop_oneof![Just(MakeUpDays::UntilNext), Just(MakeUpDays::SincePrevious)]);
    let one = (prop::collection::vec(when, 0..3), prop::option::weighted(0.4, (0u32..4, cap_window)), makes_up);
    prop::collection::vec(one, 0..4).prop_map(|all| {
        let exception = |(n, (when, at_most_days, makes_up))| {
            let id = format!("exception-{n}");
            Exception { id, text: String::new(), when, at_most_days, makes_up, written: Place::nowhere() }
        };
        all.into_iter().enumerate().map(exception).collect()
    })
}

fn kinds_of_days() -> impl Strategy<Value = Vec<DayKind>> {
    prop_oneof![
        3 => Just(vec![]),
        1 => Just(vec![DayKind::Institute]),
        1 => Just(vec![DayKind::Attendance, DayKind::Institute]),
    ]
}

fn timetable(schedules: Vec<BellSchedule>, days: Vec<Day>) -> Timetable {
    let day = |n: usize| days[n.min(days.len() - 1)].date;
    let terms = vec![
        ("first".to_string(), day(0), day(days.len() / 3)),
        ("second".to_string(), day(days.len() / 2), day(days.len())),
    ];
    let year = Year { id: "2025-26".into(), days, terms };
    Timetable { schedules, schools: vec![SchoolTimetable { years: vec![year] }] }
}

fn judged(clause: &Clause, timetable: &Timetable) -> Vec<Verdict> {
    judge(&Lawbook::of_clauses(std::slice::from_ref(clause)), &examples::district("3", &[]), timetable).list
}

fn plain(verdict: &Verdict) -> Plain {
    Plain {
        outcome: verdict.outcome,
        slack: verdict.slack.map(|s| (s.amount, s.unit)),
        tightest: verdict.tightest,
        uses: verdict.uses.iter().map(|u| (u.exception.clone(), u.days, u.slack.amount)).collect(),
        failing: verdict.failures.iter().map(|f| f.date).collect(),
    }
}

fn sides_agree(verdict: &Verdict, side: Side) -> bool {
    match (verdict.have, verdict.need, verdict.slack) {
        (Some(have), Some(need), Some(slack)) => margin(side, have.amount, need.amount) == slack.amount,
        (have, need, slack) => have.is_none() && need.is_none() && slack.is_none(),
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(4_000))]

    #[test]
    fn both_find_the_same_days_regular(
        weeks in prop::collection::btree_set(0i64..30, 1..30), every in 1i64..5, by_calendar in any::<bool>(),
        flipped in prop::option::weighted(0.3, 0i64..30),
    ) {
        let monday = |week: &i64| days_later(date(2025, 9, 1), 7 * week);
        let school: Vec<Date> = weeks.iter().map(monday).collect();
        let in_turn = |(n, week): (usize, &i64)| (if by_calendar { *week } else { n as i64 }) % every == 0;
        let short: Vec<Date> = weeks.iter().enumerate()
            .filter(|(n, week)| in_turn((*n, week)) != (flipped == Some(**week)))
            .map(|(_, week)| monday(week)).collect();
        let found = regular(&short, &school);
        let expected: Vec<bool> = short.iter().map(|d| comes_regularly(*d, &short, &school)).collect();
        prop_assert_eq!(found, expected);
    }

    #[test]
    fn both_judge_daily_limits_with_exceptions_alike(
        schedules in schedules(), days in days(), limit in limits(pupil_minutes(), Just(Window::Day)),
        unless in exceptions(),
    ) {
        let clause = examples::clause(Requirement::Limit(Limit { side: Side::AtLeast, ..limit.clone() }), unless);
        let timetable = timetable(schedules, days);
        for verdict in judged(&clause, &timetable).iter().filter(|v| v.outcome != Outcome::NotComputable) {
            let Rule::Computable { requires: Requirement::Limit(limit), unless } = &clause.rule else { unreachable!() };
            let world = world(&clause, &timetable, verdict.whose.as_ref().unwrap());
            prop_assert_eq!(plain(verdict), of_limit(&world, limit, unless));
            prop_assert!(sides_agree(verdict, Side::AtLeast), "{:?}", verdict);
            prop_assert!(!verdict.reasons.is_empty());
        }
    }

    #[test]
    fn both_judge_limits_over_any_window_alike(
        schedules in schedules(), days in days(), limit in limits(measures(), windows()), kinds in kinds_of_days(),
    ) {
        let mut clause = examples::limit_clause(limit.clone());
        clause.applies.days = kinds;
        let timetable = timetable(schedules, days);
        for verdict in judged(&clause, &timetable) {
            let Some(whose) = &verdict.whose else { continue };
            let year = &timetable.schools[0].years[0];
            let comes = year.days.iter().any(|d| !timetable.blocks(d, whose).is_empty());
            if comes {
                prop_assert_eq!(plain(&verdict), of_limit(&world(&clause, &timetable, whose), &limit, &[]));
                prop_assert!(sides_agree(&verdict, limit.side), "{:?}", verdict);
            } else {
                prop_assert!(matches!(verdict.outcome, Outcome::NotApplicable | Outcome::NotComputable));
            }
        }
    }

    #[test]
    fn both_join_limits_alike(
        schedules in schedules(), days in days(),
        limits in prop::collection::vec(limits(pupil_minutes(), windows()), 1..4), any in any::<bool>(),
    ) {
        let parts: Vec<Requirement> = limits.iter().cloned().map(Requirement::Limit).collect();
        let requires = if any { Requirement::Any(parts) } else { Requirement::All(parts) };
        let clause = examples::clause(requires, vec![]);
        let timetable = timetable(schedules, days);
        for verdict in judged(&clause, &timetable).iter().filter(|v| v.outcome != Outcome::NotComputable) {
            let world = world(&clause, &timetable, verdict.whose.as_ref().unwrap());
            let parts: Vec<Plain> = limits.iter().map(|l| of_limit(&world, l, &[])).collect();
            let outcome = joined(&parts.iter().map(|p| p.outcome).collect::<Vec<_>>(), any);
            prop_assert_eq!(verdict.outcome, outcome);
            // all of these are in minutes: the worst speaks for `and`, the best for `or`
            let slacks = parts.iter().filter(|p| p.outcome == outcome).filter_map(|p| p.slack);
            let slack = if any { slacks.map(|s| s.0).max() } else { slacks.map(|s| s.0).min() };
            prop_assert_eq!(verdict.slack.map(|s| s.amount), slack);
            prop_assert_eq!(verdict.alternative.is_some(), any && outcome == Outcome::Holds);
        }
    }
}
