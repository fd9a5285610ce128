//! Random limits whose parts fit one another, with amounts near what some days give, so that both answers occur.

use crate::bells::Kind;
use crate::calendar::DayKind;
use crate::calendar::days_later;
use crate::clauses::Amount;
use crate::clauses::Applies;
use crate::clauses::Cap;
use crate::clauses::CapPer;
use crate::clauses::Credit;
use crate::clauses::Credited;
use crate::clauses::DatedValue;
use crate::clauses::Direction;
use crate::clauses::DistrictMean;
use crate::clauses::Fact;
use crate::clauses::Figure;
use crate::clauses::Limit;
use crate::clauses::Measure;
use crate::clauses::PartOfDay;
use crate::clauses::Requirement;
use crate::clauses::Rounded;
use crate::clauses::Rounding;
use crate::clauses::Side;
use crate::clauses::Step;
use crate::clauses::Unit;
use crate::clauses::Weight;
use crate::clauses::Window;
use crate::clauses::examples;
use crate::clauses::obvious::answer::Kin;
use crate::clauses::obvious::answer::kin_of;
use crate::clauses::obvious::answer::unit_of;
use crate::clauses::obvious::choices::Choices;
use crate::clauses::obvious::everybody::Bench;
use crate::clauses::obvious::everybody::Book;
use crate::clauses::obvious::everybody::World;
use crate::clauses::obvious::everybody::people;
use crate::clauses::obvious::figure::compared;
use crate::clauses::obvious::fraction::Fraction;
use crate::clauses::obvious::person::Person;
use crate::clauses::obvious::stated::compared_mean;
use crate::clauses::obvious::stated::compared_stated;
use crate::clauses::obvious::worlds::ROLES;
use crate::clauses::obvious::worlds::SCHOOLS;
use crate::findings::Place;
use crate::timetable::Whose;
use crate::units::ClockTime;
use crate::units::Date;
use crate::units::Dollars;
use crate::units::Grades;
use crate::units::Minutes;
use jiff::civil::date;

/// A random world that a limit is made for, whom its clause speaks of, and what is stated.
#[derive(Clone, Copy)]
pub struct For<'a> {
    pub world: &'a World,
    pub applies: &'a Applies,
    pub facts: &'a [Fact],
}

pub fn clock(after_eight: i64) -> ClockTime {
    ClockTime::from_text(&format!("{}:{:02}", 8 + after_eight / 60, after_eight % 60)).unwrap()
}

/// Whom a random clause speaks of: mostly everybody.
pub fn applies(choose: &mut Choices) -> Applies {
    let all = Applies { ..examples::applies() };
    let roles = choose.one_of(&[vec![ROLES[0]], vec![], vec![ROLES[1]], vec![ROLES[0], ROLES[2]]]);
    Applies {
        states: if choose.happens(15) { vec!["IL".into()] } else { all.states },
        schools: if choose.happens(15) { vec![choose.one_of(&SCHOOLS).into()] } else { all.schools },
        grades: Grades::from_text(choose.one_of(&["PK-12", "PK-12", "PK-12", "3-4", "2-3"])).unwrap(),
        roles: roles.into_iter().map(Into::into).collect(),
        days: choose.one_of(&[
            vec![],
            vec![],
            vec![],
            vec![],
            vec![DayKind::Attendance, DayKind::Conference],
            vec![DayKind::Attendance, DayKind::Institute],
            vec![DayKind::Institute],
        ]),
    }
}

fn shortest(choose: &mut Choices) -> Option<Minutes> {
    choose.happens(30).then(|| Minutes(choose.between(3, 20)))
}

fn part_of_day(choose: &mut Choices) -> Option<PartOfDay> {
    let part = PartOfDay { from: clock(choose.between(0, 30)), to: clock(choose.between(31, 90)) };
    choose.happens(30).then_some(part)
}

const PUPILS: [Kind; 4] = [Kind::Instruction, Kind::Recess, Kind::Passing, Kind::Homeroom];
const STAFF: [Kind; 4] = [Kind::Preparation, Kind::ProfessionalDevelopment, Kind::Instruction, Kind::Duty];

pub fn pupil_minutes(choose: &mut Choices, per: Window) -> Measure {
    let counts = choose.some_of(&PUPILS);
    let mut caps = Vec::new();
    for _ in 0..choose.one_of(&[0, 0, 1, 1, 2]) {
        let (kind, per_what) = (choose.one_of(&PUPILS), choose.one_of(&[CapPer::Day, CapPer::Block, CapPer::Window]));
        let runs_overlap = matches!(per, Window::Consecutive(_));
        let per_what = if runs_overlap && per_what == CapPer::Window { CapPer::Day } else { per_what };
        let most = match (per_what, per) {
            (CapPer::Window, Window::Day) | (CapPer::Day | CapPer::Block, _) => 20,
            (CapPer::Window, _) => 150,
        };
        caps.push(Cap { kind, up_to: Minutes(choose.between(0, most)), per: per_what });
    }
    Measure::PupilMinutes { counts, caps, in_blocks_of: shortest(choose), between: part_of_day(choose) }
}

pub fn staff_minutes(choose: &mut Choices) -> Measure {
    let (counts, in_blocks_of) = (choose.some_of(&STAFF), shortest(choose));
    Measure::StaffMinutes { counts, in_blocks_of, between: part_of_day(choose) }
}

/// Something that days add up to.
pub fn sum(choose: &mut Choices, per: Window) -> Measure {
    match choose.below(9) {
        0..=2 => pupil_minutes(choose, per),
        3 => staff_minutes(choose),
        4 => Measure::PupilBlocks { counts: choose.some_of(&PUPILS), in_blocks_of: shortest(choose) },
        5 => Measure::StaffBlocks { counts: choose.some_of(&STAFF), in_blocks_of: shortest(choose) },
        6 => Measure::PupilDays,
        7 => Measure::StaffDays,
        _ => common_minutes(choose),
    }
}

fn common_minutes(choose: &mut Choices) -> Measure {
    let with = choose.one_of(&[vec![ROLES[1]], vec![ROLES[0]], vec![ROLES[1], ROLES[2]]]);
    Measure::CommonMinutes {
        counts: choose.some_of(&STAFF),
        with: with.into_iter().map(Into::into).collect(),
        in_blocks_of: shortest(choose),
    }
}

/// Something that only a single day has.
pub fn of_a_day(choose: &mut Choices) -> Measure {
    match choose.below(8) {
        0 => Measure::PupilRun { counts: choose.some_of(&PUPILS) },
        1 => Measure::StaffRun { counts: choose.some_of(&STAFF) },
        2 => Measure::PupilsArrive,
        3 => Measure::PupilsLeave,
        4 => Measure::StaffArrive,
        5 => Measure::StaffLeave,
        6 => Measure::Workday,
        _ => common_minutes(choose),
    }
}

pub fn window(choose: &mut Choices) -> Window {
    match choose.below(9) {
        0 => Window::Day,
        1 => Window::Week,
        2 => Window::FullWeek,
        3 => Window::Month,
        4 => Window::Cycle(choose.between(1, 11) as u32),
        5 | 6 => Window::Consecutive(choose.between(1, 11) as u32),
        7 => Window::Term,
        _ => Window::Year,
    }
}

pub fn long_window(choose: &mut Choices) -> Window {
    choose.one_of(&[Window::Year, Window::Week, Window::Month, Window::Term])
}

fn side(choose: &mut Choices) -> Side {
    choose.one_of(&[Side::AtLeast, Side::AtLeast, Side::AtMost])
}

/// A limit without an amount.
pub fn without_amount(choose: &mut Choices, measure: Measure, per: Window) -> Limit {
    let limit = Limit { values: vec![], ..examples::limit(measure, side(choose), per, Amount::Days(0)) };
    // Hours are told from minutes before amounts are found, because digits are those of the text's unit.
    let in_hours = unit_of(&limit) == Unit::Minutes && choose.happens(50);
    Limit { values: vec![open(if in_hours { Amount::Hours(Minutes(0)) } else { plain(unit_of(&limit), 0) })], ..limit }
}

/// A mean in place of the total, where one makes sense.
pub fn with_figure(choose: &mut Choices, limit: Limit) -> Limit {
    let of_days = unit_of(&limit) == Unit::Days;
    let figure = match limit.per {
        Window::Day => Figure::Total,
        _ if of_days => choose.one_of(&[Figure::Total, Figure::WeeklyMean]),
        _ => choose.one_of(&[Figure::Total, Figure::DailyMean, Figure::WeeklyMean]),
    };
    Limit { figure, ..limit }
}

pub fn with_rounding(choose: &mut Choices, limit: Limit) -> Limit {
    let in_minutes = unit_of(&limit) == Unit::Minutes;
    let window_caps = match &limit.measure {
        Measure::PupilMinutes { caps, .. } => caps.iter().any(|c| c.per == CapPer::Window),
        _ => false,
    };
    let direction = choose.one_of(&[Direction::Down, Direction::Up, Direction::HalfUp, Direction::HalfEven]);
    let step = match choose.happens(50) && in_minutes {
        true => Step::Minutes(Minutes(choose.one_of(&[2, 5, 10, 15]))),
        false => Step::Digits(choose.one_of(&[0, 1, 2, 3])),
    };
    let by_day = in_minutes && !window_caps && !matches!(limit.measure, Measure::Stated(_));
    let of = match choose.happens(50) && by_day {
        true => Rounded::EachDay,
        false => Rounded::Figure,
    };
    let fits = unit_of(&limit) != Unit::Clock;
    Limit { rounding: fits.then_some(Rounding { direction, step, of }), ..limit }
}

/// One or two credits; the measure is pupils' minutes or days.
pub fn with_credits(choose: &mut Choices, limit: Limit) -> Limit {
    let days = limit.measure == Measure::PupilDays;
    let mut credits = Vec::new();
    for _ in 0..choose.between(1, 2) {
        let kinds = choose.some_of(&[DayKind::Conference, DayKind::Institute, DayKind::Emergency]);
        let of_days = Credited::DaysOf(kinds);
        let role = choose.one_of(&ROLES).to_string();
        let staff_time = Credited::StaffTime { counts: choose.some_of(&[STAFF[1], STAFF[0], Kind::Meeting]), role };
        let in_minutes = Amount::Minutes(choose.between(0, 150));
        let (of, up_to) = match choose.below(4) {
            _ if days => (vec![of_days], Amount::Days(choose.between(0, 3))),
            0 => (vec![staff_time], in_minutes),
            1 => (vec![of_days], Amount::Days(choose.between(0, 3))),
            2 => (vec![of_days], Amount::Hours(Minutes(choose.between(0, 150)))),
            _ => (vec![staff_time, of_days], in_minutes),
        };
        credits.push(Credit { of, up_to, written: Place::nowhere() });
    }
    Limit { credits, ..limit }
}

/// A limit on the mean over the grades of the district.
pub fn averaged(choose: &mut Choices) -> Limit {
    let per = choose.one_of(&[Window::Year, Window::Year, Window::Term]);
    let measure = match choose.below(5) {
        0..=2 => pupil_minutes(choose, per),
        3 => Measure::PupilBlocks { counts: choose.some_of(&PUPILS), in_blocks_of: shortest(choose) },
        _ => Measure::PupilDays,
    };
    let mut limit = without_amount(choose, measure, per);
    let credited = !matches!(limit.measure, Measure::PupilBlocks { .. }) && choose.happens(30);
    limit = if credited { with_credits(choose, limit) } else { with_figure(choose, limit) };
    limit = if choose.happens(40) { with_rounding(choose, limit) } else { limit };
    let grades = Grades::from_text(choose.one_of(&["2-5", "3-4", "3", "4-8"])).unwrap();
    Limit { averaged: Some(DistrictMean { grades, by: choose.one_of(&[Weight::Pupils, Weight::Grades]) }), ..limit }
}

fn open(amount: Amount) -> DatedValue {
    DatedValue { from: None, until: None, amount, source: None }
}

/// An amount in the smallest parts in which its unit is written.
pub fn plain(unit: Unit, n: i64) -> Amount {
    match unit {
        Unit::Minutes => Amount::Minutes(n),
        Unit::Days => Amount::Days(n),
        Unit::Blocks => Amount::Blocks(n),
        Unit::Clock => Amount::Clock(clock(n.clamp(480, 20 * 60) - 480)),
        Unit::PerOne => Amount::PerOne(n),
        Unit::Share => Amount::Share(n),
        Unit::Dollars => Amount::Dollars(Dollars::from_cents(n)),
    }
}

pub fn parts(unit: Unit) -> i64 {
    match unit {
        Unit::Minutes | Unit::Days | Unit::Blocks | Unit::Clock => 1,
        Unit::PerOne => 1_000,
        Unit::Share => 1_000_000,
        Unit::Dollars => 100,
    }
}

/// How near to what there is an amount is aimed.
#[derive(Clone, Copy)]
pub enum Aim {
    /// Mostly just met or just missed by the worst window.
    Worst,
    /// Missed by some windows and met by others.
    Middle,
    /// Met with something to spare.
    Easy,
}

/// Gives a limit its amounts, near what somebody has in the world.
pub fn aimed(choose: &mut Choices, limit: Limit, aim: Aim, at: For) -> Limit {
    let mut there = figures_of(choose, &limit, at);
    there.sort();
    if limit.side == Side::AtMost {
        there.reverse();
    }
    let place = match aim {
        Aim::Worst if choose.happens(60) => 0,
        Aim::Worst => choose.below(there.len()),
        Aim::Middle => there.len() / 5 + choose.below(there.len() / 2 + 1),
        Aim::Easy => 0,
    };
    let unit = unit_of(&limit);
    let smallest = Fraction::whole(parts(unit));
    let near = there.get(place.min(there.len().saturating_sub(1))).copied().unwrap_or(Fraction::whole(3));
    let harder = match aim {
        Aim::Worst | Aim::Middle => choose.one_of(&[0, 0, -1, 1, -3, 2, 5, -7]),
        Aim::Easy => choose.one_of(&[0, -1, -5, -20, 1]),
    };
    let harder = if limit.side == Side::AtMost { -harder } else { harder };
    let n = i64::try_from((near * smallest).floor()).unwrap() + harder * (parts(unit) / 50).max(1);
    Limit { values: values(choose, &limit, n.max(1)), ..limit }
}

/// One amount for good, or amounts that change, lapse, come late or contradict one another.
fn values(choose: &mut Choices, limit: &Limit, n: i64) -> Vec<DatedValue> {
    let in_hours = matches!(limit.values[0].amount, Amount::Hours(_));
    let amount = |n: i64| if in_hours { Amount::Hours(Minutes(n)) } else { plain(unit_of(limit), n) };
    let value = |from: Option<Date>, until: Option<Date>, n: i64| DatedValue { from, until, ..open(amount(n)) };
    let changes = days_later(date(2025, 9, 3), choose.between(0, 40));
    let before = Some(days_later(changes, -1));
    match choose.below(22) {
        0..=15 => vec![value(None, None, n)],
        16 | 17 => vec![value(None, before, n), value(Some(changes), None, (n + choose.between(-2, 2)).max(1))],
        18 => vec![value(None, before, n), value(Some(days_later(changes, 10)), None, n / 2 + 1)],
        19 => vec![choose.one_of(&[value(Some(changes), None, n), value(None, before, n)])],
        20 => vec![value(Some(date(2031, 7, 1)), None, n)],
        _ => vec![value(None, Some(changes), n), value(before, None, n + choose.between(0, 1))],
    }
}

/// What somebody has, window by window, by the twin's own count.
fn figures_of(choose: &mut Choices, limit: &Limit, at: For) -> Vec<Fraction> {
    let asks = Requirement::Limit(limit.clone());
    let mut clause = examples::limit_clause(limit.clone());
    clause.applies = at.applies.clone();
    let book = Book { clauses: vec![clause], waivers: vec![], facts: at.facts.to_vec() };
    let school = choose.below(at.world.district.schools.len());
    let year = choose.below(at.world.timetable.schools[school].years.len());
    let bench = Bench { world: at.world, book: &book, clause: 0, school, year };
    let all = match kin_of(limit) {
        Kin::Pupils | Kin::Staff => {
            let all: Vec<Whose> = people(at.applies, &asks, at.world, school);
            let Some(whose) = all.get(choose.below(all.len())) else { return vec![] };
            compared(limit, &Person::new(&at.applies.days, &at.world.timetable, bench.this_year(), whose))
        }
        Kin::School => compared_stated(limit, &bench),
        Kin::District => limit.averaged.as_ref().map_or(Ok(Default::default()), |m| compared_mean(limit, m, &bench)),
    };
    all.map_or(vec![], |all| all.sides.into_iter().map(|s| s.have).collect())
}
