//! Breakeven: how far each lever goes before a clause breaks, and which clause it is.
//!
//! Has the ground and a lever, gives every clause with the values at which it fails, and what was moved in words.

use crate::levers::Ground;
use crate::levers::Lever;
use crate::levers::Moved;
use crate::levers::Now;
use crate::levers::Tried;
use crate::levers::blocks::Change;
use crate::levers::change::release_days;
use crate::levers::change::with_bells;
use crate::levers::change::with_release_days;
use crate::levers::lost::Order;
use crate::levers::lost::Spare;
use crate::levers::lost::in_order;
use crate::levers::lost::lose;
use crate::levers::lost::spare_days;
use crate::levers::reach::Reach;
use crate::levers::reach::release_weekday;
use crate::levers::search::standing;
use crate::levers::search::try_all;
use crate::levers::told;
use crate::levers::usual::attended;
use crate::timetable::Timetable;
use crate::units::Date;
use crate::units::Minutes;
use crate::units::Weekday;

/// More lost days than a calendar can propose emergency days for are not asked about \[days\].
const MOST_LOST_DAYS: u32 = 60;

/// What became of the clauses when a lever was moved.
#[derive(Debug, Clone)]
pub struct Answered {
    /// The lever.
    pub lever: Lever,
    /// What it is now and what was moved, in sentences.
    pub now: Vec<String>,
    /// The ways in which it was moved; most levers have one.
    pub ways: Vec<Way>,
}

/// One way of moving a lever.
#[derive(Debug, Clone)]
pub struct Way {
    /// What sets it apart from the others of its lever; empty where there is one.
    pub name: &'static str,
    /// The first and the last value, all values between them tried.
    pub range: (u32, u32),
    /// Every clause, in the order of clauses.
    pub tried: Vec<Tried>,
    /// What else is to be known about it, in sentences.
    pub notes: Vec<String>,
}

impl Way {
    /// The furthest value up to which no clause breaks; nothing where the first value breaks one already.
    pub fn furthest(&self) -> Option<u32> {
        match self.breaks_at() {
            None => Some(self.range.1),
            Some(value) if value > self.range.0 => Some(value - 1),
            Some(_) => None,
        }
    }

    /// The first value at which some clause fails that does not fail now.
    pub fn breaks_at(&self) -> Option<u32> {
        self.tried.iter().filter_map(Tried::first).min()
    }

    /// The clauses that fail at that value.
    pub fn breaking(&self) -> impl Iterator<Item = &Tried> {
        let at = self.breaks_at();
        self.tried.iter().filter(move |t| t.first().is_some() && t.first() == at)
    }

    /// Places of the clauses that fail already.
    pub fn left_out(&self) -> impl Iterator<Item = usize> {
        self.tried.iter().filter(|t| matches!(t.now, Now::Fails)).map(|t| t.clause)
    }
}

/// Why a lever cannot be moved here, in a sentence.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unmoved(pub String);

/// Moves a lever over its whole range.
///
/// # Errors
/// When there is nothing to move, in words.
pub fn breakeven(ground: &Ground, lever: Lever, moved: &Moved) -> Result<Answered, Unmoved> {
    match lever {
        Lever::Release => release(ground, moved),
        Lever::ReleaseDays => days_of_release(ground, moved),
        Lever::SnowDays => snow_days(ground, moved),
        Lever::LaterStart => later_start(ground, moved),
        Lever::LaterBells => later_bells(ground, moved),
    }
}

fn release(ground: &Ground, moved: &Moved) -> Result<Answered, Unmoved> {
    let (reach, mut now) = Reach::of_release(ground, moved)?;
    now.push(told::LAST_MINUTE.into());
    one_way(ground, Lever::Release, &reach, now, reach.longest_day(ground) - 1, Change::LeaveEarlier)
}

fn later_start(ground: &Ground, moved: &Moved) -> Result<Answered, Unmoved> {
    let reach = Reach::of_attendance(ground, moved)?;
    let mut now = told::bells(ground, &reach, told::Edge::Begin);
    now.push(told::LAST_MINUTE.into());
    one_way(ground, Lever::LaterStart, &reach, now, reach.longest_day(ground) - 1, Change::BeginLater)
}

fn later_bells(ground: &Ground, moved: &Moved) -> Result<Answered, Unmoved> {
    let reach = Reach::of_attendance(ground, moved)?;
    let now = told::bells(ground, &reach, told::Edge::Both);
    one_way(ground, Lever::LaterBells, &reach, now, reach.until_midnight(ground), Change::RingLater)
}

fn one_way(
    ground: &Ground,
    lever: Lever,
    reach: &Reach,
    now: Vec<String>,
    most: i64,
    change: fn(Minutes) -> Change,
) -> Result<Answered, Unmoved> {
    let most = u32::try_from(most).unwrap_or(0);
    let changed = |value: u32| {
        let change = change(Minutes(i64::from(value)));
        with_bells(ground.timetable, &reach.schools, change, &|school, year, day, schedule| {
            reach.moves(school, year, day, schedule)
        })
    };
    let standing = standing(ground, &reach.schools);
    let tried = try_all(ground, &reach.schools, &standing, 0..=most, &changed);
    Ok(Answered { lever, now, ways: vec![Way { name: "", range: (0, most), tried, notes: Vec::new() }] })
}

fn days_of_release(ground: &Ground, moved: &Moved) -> Result<Answered, Unmoved> {
    let Ground { timetable, district, .. } = *ground;
    let weekday = moved.weekday.or_else(|| release_weekday(ground, moved)).unwrap_or(Weekday::Monday);
    let counts_of = |school: &usize| {
        let years = timetable.schools[*school].years.iter();
        years.filter_map(|y| release_days(timetable, district, *school, y, weekday)).collect::<Vec<(u32, u32)>>()
    };
    let schools: Vec<usize> = moved.schools.iter().copied().filter(|s| !counts_of(s).is_empty()).collect();
    let counts: Vec<(u32, u32)> = schools.iter().flat_map(counts_of).collect();
    let Some(most) = counts.iter().map(|c| c.1).max() else {
        return Err(Unmoved(told::no_release_days(weekday)));
    };
    let changed = |value: u32| with_release_days(timetable, district, &schools, weekday, value);
    let standing = standing(ground, &schools);
    let tried = try_all(ground, &schools, &standing, 0..=most, &changed);
    let now = told::release_days(ground, moved, &schools, weekday, &counts);
    let way = Way { name: "", range: (0, most), tried, notes: Vec::new() };
    Ok(Answered { lever: Lever::ReleaseDays, now, ways: vec![way] })
}

/// For each school and year: the days in the order in which they are lost, and those that may make them up.
type Losses = Vec<Vec<(Vec<Date>, Vec<Spare>)>>;

fn snow_days(ground: &Ground, moved: &Moved) -> Result<Answered, Unmoved> {
    let reach = Reach::of_attendance(ground, moved)?;
    let years = || reach.schools.iter().flat_map(|s| &ground.timetable.schools[*s].years);
    let fewest = years().map(|y| attended(y).count()).min().unwrap_or(0);
    let most = u32::try_from(fewest).unwrap_or(u32::MAX).min(MOST_LOST_DAYS);
    let standing = standing(ground, &reach.schools);
    let way = |(name, order, makes_up): (&'static str, Order, MakesUp)| {
        let losses = losses(ground, &reach.schools, order, makes_up);
        let changed = |value: u32| with_days_lost(ground.timetable, &reach.schools, &losses, value as usize);
        let tried = try_all(ground, &reach.schools, &standing, 0..=most, &changed);
        let mut way = Way { name, range: (0, most), tried, notes: Vec::new() };
        if makes_up == MakesUp::Proposed {
            way.notes.extend(told::made_up(&way, |lost| told::range(made_up(&losses, lost))));
        }
        way
    };
    let ways = [
        ("the longest days first, nothing made up", Order::LongestFirst, MakesUp::Nothing),
        ("the longest days first, with the emergency days proposed", Order::LongestFirst, MakesUp::Proposed),
        ("in order of date from 1 December, nothing made up", Order::FromDecember, MakesUp::Nothing),
        ("in order of date from 1 December, with the emergency days proposed", Order::FromDecember, MakesUp::Proposed),
    ];
    let now = told::days_lost(ground, &reach);
    Ok(Answered { lever: Lever::SnowDays, now, ways: ways.into_iter().map(way).collect() })
}

/// Whether lost days are made up.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum MakesUp {
    /// They are not.
    Nothing,
    /// By as many as the calendar proposes.
    Proposed,
}

fn losses(ground: &Ground, schools: &[usize], order: Order, makes_up: MakesUp) -> Losses {
    let of_year = |school: usize, place: usize| {
        let years = &ground.timetable.schools[school].years;
        let lost = in_order(ground.timetable, ground.district, school, &years[place], order);
        let spare = match makes_up {
            MakesUp::Nothing => Vec::new(),
            MakesUp::Proposed => spare_days(years, place, ground.proposed(school, place)),
        };
        (lost, spare)
    };
    let n_years = |school: usize| ground.timetable.schools[school].years.len();
    schools.iter().map(|s| (0..n_years(*s)).map(|place| of_year(*s, place)).collect()).collect()
}

fn with_days_lost(timetable: &Timetable, schools: &[usize], losses: &Losses, n: usize) -> Timetable {
    let mut other = timetable.clone();
    for (school, losses) in schools.iter().zip(losses) {
        for (year, (lost, spare)) in other.schools[*school].years.iter_mut().zip(losses) {
            lose(year, &lost[..n.min(lost.len())], &spare[..n.min(spare.len())]);
        }
    }
    other
}

/// Days that are made up in each school year when so many are lost.
fn made_up(losses: &Losses, n: u32) -> impl Iterator<Item = u32> {
    losses.iter().flatten().map(move |(_, spare)| n.min(u32::try_from(spare.len()).unwrap_or(u32::MAX)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::bells::Kind;
    use crate::clauses::Amount;
    use crate::clauses::Clause;
    use crate::clauses::Measure;
    use crate::clauses::Outcome;
    use crate::clauses::Quantity;
    use crate::clauses::Requirement;
    use crate::clauses::Side;
    use crate::clauses::Window;
    use crate::clauses::examples;
    use crate::clauses::judge;
    use crate::levers::made::Made;
    use crate::levers::made::days_a_year;
    use crate::levers::made::four_weeks;
    use jiff::civil::date;

    fn way(made: &Made, lever: Lever) -> Way {
        breakeven(&made.ground(), lever, &made.everywhere()).unwrap().ways.remove(0)
    }

    fn by_accumulation() -> Clause {
        examples::clause(Requirement::Limit(examples::hours_a_day(5)), vec![examples::d3()])
    }

    fn development(side: Side, minutes: i64) -> Requirement {
        let counts = vec![Kind::ProfessionalDevelopment];
        let measure = Measure::StaffMinutes { counts, in_blocks_of: None, between: None };
        Requirement::Limit(examples::limit(measure, side, Window::Week, Amount::Minutes(minutes)))
    }

    #[test]
    fn a_release_goes_as_far_as_the_other_days_make_up() {
        let made =
            four_weeks(285, 310, vec![by_accumulation(), examples::clause(development(Side::AtMost, 150), vec![])]);
        let way = way(&made, Lever::Release);
        // by hand: four days of 310 add 40 to 300; Monday lacks 15, so it can give 25 more
        assert_eq!((way.furthest(), way.breaks_at(), way.range), (Some(25), Some(26), (0, 284)));
        let worst = way.tried[0].worst.as_ref().unwrap();
        assert_eq!((worst.tightest, worst.outcome), (Some(date(2025, 9, 1)), Outcome::Fails));
        assert_eq!(worst.slack, Some(Quantity::whole(-1, crate::clauses::Unit::Minutes)));
        assert_eq!(way.tried[1].first(), Some(76)); // by hand: 75 and 76 are more than 150
        assert_eq!(way.breaking().count(), 1);
    }

    #[test]
    fn a_clause_that_holds_again_further_on_is_told_in_runs() {
        let either = Requirement::Any(vec![development(Side::AtMost, 80), development(Side::AtLeast, 100)]);
        let made = four_weeks(285, 310, vec![examples::clause(either, vec![])]);
        // by hand: 75 and 6 are more than 80; 75 and 25 are 100
        assert_eq!(way(&made, Lever::Release).tried[0].fails, [(6, 24)]);
    }

    #[test]
    fn every_value_stands_as_if_it_were_judged_by_itself() {
        let either = Requirement::Any(vec![development(Side::AtMost, 80), development(Side::AtLeast, 100)]);
        let made = four_weeks(285, 310, vec![by_accumulation(), examples::clause(either, vec![]), days_a_year(21)]);
        let ground = made.ground();
        let tried = way(&made, Lever::Release).tried;
        for value in 0..=284 {
            let mut timetable = made.timetable.clone();
            let change = Change::LeaveEarlier(Minutes(value.into()));
            timetable.schedules[0] = crate::levers::blocks::changed(&timetable.schedules[0], change);
            let verdicts = judge(&ground.book, ground.district, &timetable);
            for tried in &tried[..2] {
                let fails = verdicts.of_clause(tried.clause).any(|v| v.outcome == Outcome::Fails);
                let told = tried.fails.iter().any(|(from, to)| (*from..=*to).contains(&value));
                assert_eq!(fails, told, "clause {} at {value}", tried.clause);
            }
        }
        assert_eq!((tried[2].now, tried[2].fails.len()), (Now::Fails, 0), "what fails already is left out");
    }

    #[test]
    fn release_days_are_tried_from_none_to_all() {
        let cap = examples::limit(examples::instruction(), Side::AtMost, Window::Year, Amount::Minutes(6_150));
        let made = four_weeks(285, 310, vec![examples::limit_clause(cap), by_accumulation()]);
        let answered = breakeven(&made.ground(), Lever::ReleaseDays, &made.everywhere()).unwrap();
        let way = &answered.ways[0];
        // by hand: 20 days of 310 are 6,200; each Monday takes 25, so two of them reach 6,150
        assert_eq!(way.tried[0].fails, [(0, 1)]);
        assert_eq!((way.furthest(), way.range), (None, (0, 4)));
        // one or two Mondays are not regular: by hand, three days make a series
        assert_eq!(way.tried[1].fails, [(1, 2)]);
        assert!(answered.now[0].starts_with("4 Mondays of a school year"), "{}", answered.now[0]);
    }

    #[test]
    fn lost_days_are_made_up_by_as_many_as_are_proposed() {
        let made = four_weeks(285, 310, vec![days_a_year(18)]);
        let answered = breakeven(&made.ground(), Lever::SnowDays, &made.everywhere()).unwrap();
        // by hand: 20 days less 18 leave 2 to lose; 2 proposed days leave 4
        let furthest: Vec<Option<u32>> = answered.ways.iter().map(Way::furthest).collect();
        assert_eq!(furthest, [Some(2), Some(4), Some(2), Some(4)]);
        assert_eq!(
            answered.ways[1].notes,
            ["The emergency days proposed make up 2 of 4 days lost, and 2 of 5 days lost."]
        );
        assert_eq!(answered.ways[0].range, (0, 20));
    }

    #[test]
    fn a_later_start_takes_pupils_minutes_and_later_bells_take_none() {
        let arrive = examples::limit(
            Measure::PupilsArrive,
            Side::AtMost,
            Window::Day,
            Amount::Clock(crate::units::ClockTime::from_text("8:50").unwrap()),
        );
        let made = four_weeks(
            302,
            310,
            vec![examples::limit_clause(examples::hours_a_day(5)), examples::limit_clause(arrive)],
        );
        let start = way(&made, Lever::LaterStart);
        assert_eq!((start.tried[0].first(), start.tried[1].first()), (Some(3), Some(51))); // by hand: 302 less 3; 8:00 and 51
        let bells = way(&made, Lever::LaterBells);
        assert_eq!((bells.tried[0].first(), bells.tried[1].first()), (None, Some(51)));
        // by hand: Mondays end 302 + 75 minutes after 8:00, at 14:17; until 23:59 these are 582
        assert_eq!(bells.range, (0, 582));
    }

    #[test]
    fn without_short_days_what_rings_on_the_weekday_is_cut() {
        let made = four_weeks(310, 310, vec![examples::limit_clause(examples::hours_a_day(5))]);
        let moved = Moved { weekday: Some(Weekday::Tuesday), ..made.everywhere() };
        let answered = breakeven(&made.ground(), Lever::Release, &moved).unwrap();
        assert!(answered.now[0].starts_with("On Tuesdays no schedule"), "{}", answered.now[0]);
        let worst = answered.ways[0].tried[0].worst.as_ref().unwrap();
        assert_eq!(worst.tightest.map(|d| d.weekday()), Some(Weekday::Tuesday));
        assert_eq!(answered.ways[0].furthest(), Some(10)); // by hand: 310 less 300
        assert!(breakeven(&made.ground(), Lever::ReleaseDays, &moved).is_err());
    }
}
