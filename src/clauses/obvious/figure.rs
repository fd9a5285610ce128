//! What a limit makes of the days of a stretch, and what it asks: both sides, exactly.

use crate::bells::Kind;
use crate::clauses::Amount;
use crate::clauses::CapPer;
use crate::clauses::Credit;
use crate::clauses::Credited;
use crate::clauses::Direction;
use crate::clauses::Figure;
use crate::clauses::Limit;
use crate::clauses::Measure;
use crate::clauses::Rounded;
use crate::clauses::Rounding;
use crate::clauses::Side;
use crate::clauses::Step;
use crate::clauses::Unit;
use crate::clauses::obvious::day;
use crate::clauses::obvious::fraction::Fraction;
use crate::clauses::obvious::person::NotComputable;
use crate::clauses::obvious::person::Person;
use crate::clauses::obvious::person::Stretch;
use crate::clauses::obvious::person::monday;
use crate::timetable::Whose;
use crate::units::Date;

/// Both sides of one comparison.
#[derive(Debug, Clone, PartialEq)]
pub struct Sides {
    pub first: Date,
    pub last: Date,
    /// The counted days, by place.
    pub days: Vec<usize>,
    pub have: Fraction,
    pub need: Fraction,
    pub slack: Fraction,
}

/// All comparisons of a limit, and how many stretches it is not in force on.
#[derive(Debug, Clone, Default)]
pub struct Compared {
    pub sides: Vec<Sides>,
    pub n_not_in_force: usize,
}

/// A number in its unit: hours are compared as minutes.
pub fn number(amount: Amount) -> (Fraction, Unit) {
    match amount {
        Amount::Minutes(n) => (Fraction::whole(n), Unit::Minutes),
        Amount::Hours(minutes) => (Fraction::whole(minutes.0), Unit::Minutes),
        Amount::Days(n) => (Fraction::whole(n), Unit::Days),
        Amount::Blocks(n) => (Fraction::whole(n), Unit::Blocks),
        Amount::Clock(time) => (Fraction::whole(time.after_midnight().0), Unit::Clock),
        Amount::PerOne(n) => (Fraction::new(n, 1_000), Unit::PerOne),
        Amount::Share(n) => (Fraction::new(n, 1_000_000), Unit::Share),
        Amount::Dollars(dollars) => (Fraction::new(dollars.cents(), 100), Unit::Dollars),
    }
}

/// How many units one unit of the text has: hours have sixty minutes.
pub fn units_in_written(limit: &Limit) -> i64 {
    if matches!(limit.values.first().map(|v| v.amount), Some(Amount::Hours(_))) { 60 } else { 1 }
}

/// What is asked on a date.
pub fn asked_on(limit: &Limit, date: Date) -> Option<Fraction> {
    for value in &limit.values {
        let begun = value.from.is_none_or(|from| from <= date);
        let over = value.until.is_some_and(|until| until < date);
        if begun && !over {
            return Some(number(value.amount).0);
        }
    }
    None
}

pub fn slack(side: Side, have: Fraction, need: Fraction) -> Fraction {
    match side {
        Side::AtLeast => have - need,
        Side::AtMost => need - have,
    }
}

impl Compared {
    /// Holds what there is against what is asked on the first date.
    pub fn hold(&mut self, limit: &Limit, (first, last): (Date, Date), days: Vec<usize>, have: Fraction) {
        match asked_on(limit, first) {
            None => self.n_not_in_force += 1,
            Some(need) => {
                let slack = slack(limit.side, have, need);
                self.sides.push(Sides { first, last, days, have, need, slack });
            }
        }
    }
}

/// A limit for somebody, stretch by stretch.
///
/// A cycle that the year cuts short has not had the days to reach a floor.
pub fn compared(limit: &Limit, person: &Person) -> Result<Compared, NotComputable> {
    let mut all = Compared::default();
    for (stretch, have) in figures(limit, person)? {
        if stretch.is_whole || limit.side == Side::AtMost {
            all.hold(limit, (stretch.first, stretch.last), stretch.days, have);
        }
    }
    Ok(all)
}

/// What there is in each stretch: the days added up, credits, mean and rounding.
pub fn figures(limit: &Limit, person: &Person) -> Result<Vec<(Stretch, Fraction)>, NotComputable> {
    let given: Vec<Fraction> = person.given(&limit.measure).into_iter().map(Fraction::whole).collect();
    let each_day = limit.rounding.filter(|r| r.of == Rounded::EachDay);
    let given: Vec<Fraction> = given.into_iter().map(|x| each_day.map_or(x, |r| round(limit, r, x))).collect();
    let too_much = above_window_caps(limit, person);
    let mut all = Vec::new();
    for stretch in person.stretches(limit.per)? {
        let mut have = Fraction::ZERO;
        for n in &stretch.days {
            have = have + given[*n];
        }
        have = have - too_much(&stretch);
        let credited = limit.credits.iter().map(|c| credit(c, limit, person, &stretch, have));
        have = credited.fold(have, |sum, one| sum + one);
        have = have / Fraction::whole(n_of_mean(limit.figure, person, &stretch));
        if let Some(rounding) = limit.rounding.filter(|r| r.of == Rounded::Figure) {
            have = round(limit, rounding, have);
        }
        all.push((stretch, have));
    }
    Ok(all)
}

/// Minutes of a stretch that lie above the caps which its limit sets in a whole window.
fn above_window_caps<'a>(limit: &'a Limit, person: &'a Person) -> impl Fn(&Stretch) -> Fraction + 'a {
    let mut capped: Vec<(Vec<i64>, i64)> = Vec::new();
    if let Measure::PupilMinutes { caps, .. } = &limit.measure {
        for kind in Kind::ALL {
            let own = caps.iter().filter(|c| c.kind == kind && c.per == CapPer::Window);
            if let Some(cap) = own.map(|c| c.up_to.0).min() {
                let blocks = |schedule: usize| day::blocks(&person.timetable.schedules[schedule], &person.whose);
                capped.push((person.by_schedule(|s| day::pupils_kind(&limit.measure, kind, blocks(s))), cap));
            }
        }
    }
    move |stretch| {
        let above = |(given, cap): &(Vec<i64>, i64)| {
            let sum: i64 = stretch.days.iter().map(|n| given[*n]).sum();
            if sum > *cap { sum - cap } else { 0 }
        };
        Fraction::whole(capped.iter().map(above).sum::<i64>())
    }
}

/// Among how many days or weeks the sum is shared out.
fn n_of_mean(figure: Figure, person: &Person, stretch: &Stretch) -> i64 {
    let n = match figure {
        Figure::Total => 1,
        Figure::DailyMean => stretch.days.len(),
        Figure::WeeklyMean => {
            let mut mondays: Vec<Date> = stretch.days.iter().map(|n| monday(person.days[*n].0)).collect();
            mondays.dedup();
            mondays.len()
        }
    };
    if n == 0 { 1 } else { n as i64 }
}

/// What one credit adds to a stretch whose counted days gave `counted`.
fn credit(credit: &Credit, limit: &Limit, person: &Person, stretch: &Stretch, counted: Fraction) -> Fraction {
    let average = match limit.measure {
        Measure::PupilDays => Fraction::whole(1),
        _ if stretch.days.is_empty() => Fraction::ZERO,
        _ => counted / Fraction::whole(stretch.days.len() as i64),
    };
    let mut given = Fraction::ZERO;
    for day in person.year.days.iter().filter(|d| stretch.span.0 <= d.date && d.date <= stretch.span.1) {
        let schedule = day.schedule.map(|s| &person.timetable.schedules[s]);
        let away = schedule.is_none_or(|s| day::blocks(s, &person.whose).is_empty());
        let of_kind = |c: &Credited| matches!(c, Credited::DaysOf(kinds) if kinds.contains(&day.kind));
        let as_a_day = away && limit.credits.iter().any(|c| c.of.iter().any(of_kind));
        for credited in &credit.of {
            match (credited, &person.whose) {
                (Credited::StaffTime { .. }, _) if as_a_day => {}
                (Credited::StaffTime { counts, role }, Whose::Pupils(grade)) => {
                    let minutes = schedule.map_or(0, |s| day::staff_while_away(s, *grade, role, counts));
                    given = given + Fraction::whole(minutes);
                }
                (Credited::StaffTime { .. }, Whose::Staff(_)) => {}
                (Credited::DaysOf(kinds), whose) => {
                    let comes = schedule.is_some_and(|s| !day::blocks(s, whose).is_empty());
                    if kinds.contains(&day.kind) && !comes {
                        given = given + average;
                    }
                }
            }
        }
    }
    let cap = match credit.up_to {
        Amount::Days(n) => average * Fraction::whole(n),
        Amount::Minutes(_)
        | Amount::Hours(_)
        | Amount::Blocks(_)
        | Amount::Clock(_)
        | Amount::PerOne(_)
        | Amount::Share(_)
        | Amount::Dollars(_) => number(credit.up_to).0,
    };
    given.least(cap)
}

/// Rounded as a limit says: to so many digits in the unit of its text, or to so many minutes.
pub fn round(limit: &Limit, rounding: Rounding, x: Fraction) -> Fraction {
    let step = match rounding.step {
        Step::Digits(digits) => Fraction::new(units_in_written(limit), 10_i128.pow(digits)),
        Step::Minutes(minutes) => Fraction::whole(minutes.0),
    };
    to_steps(x, step, rounding.direction)
}

/// Rounded to whole steps; halves go away from zero, or to the even step.
pub fn to_steps(x: Fraction, step: Fraction, direction: Direction) -> Fraction {
    let below = (x / step).floor();
    let rest = x / step - Fraction::whole(below);
    let half = Fraction::new(1, 2);
    let goes_up = rest != Fraction::ZERO
        && match direction {
            Direction::Down => false,
            Direction::Up => true,
            Direction::HalfUp if rest == half => below >= 0,
            Direction::HalfEven if rest == half => below % 2 != 0,
            Direction::HalfUp | Direction::HalfEven => rest > half,
        };
    Fraction::whole(if goes_up { below + 1 } else { below }) * step
}
