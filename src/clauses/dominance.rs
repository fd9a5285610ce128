//! Dominance: whether one limit says more than another, whatever the timetable.
//!
//! Has two clauses, gives where they contradict one another or where one falls behind the other. Knows no dates but
//! those of amounts.

use crate::bells::Kind;
use crate::calendar::DayKind;
use crate::clauses::Applies;
use crate::clauses::Cap;
use crate::clauses::Clause;
use crate::clauses::DatedValue;
use crate::clauses::Figure;
use crate::clauses::Limit;
use crate::clauses::Measure;
use crate::clauses::Requirement;
use crate::clauses::Rule;
use crate::clauses::Side;
use crate::clauses::Window;
use crate::clauses::amount::in_unit;
use crate::clauses::exact::Exact;
use crate::clauses::exact::fraction;
use crate::clauses::exact::whole;
use crate::clauses::subject::Counted;
use crate::clauses::subject::counted_by;
use crate::units::Date;
use crate::units::Minutes;

/// The first and the last day that matter: what was in force before or will be after contradicts nothing here.
pub type Time = (Date, Date);

/// Whether two clauses ask for what cannot both be: a floor above a cap on no more than the same.
pub fn cannot_both_hold(one: &Clause, other: &Clause, time: Time) -> bool {
    let contradict = |floor: &Clause, cap: &Clause| {
        meet(&floor.applies, &cap.applies)
            && pairs(floor, cap)
                .any(|(f, c)| is_floor_over_cap(f, c, time) && days_are_among(f, &floor.applies, &cap.applies))
    };
    has_no_exceptions(one) && has_no_exceptions(other) && (contradict(one, other) || contradict(other, one))
}

/// Whether the first clause asks less than the second of the same thing: the second binds all the same.
pub fn falls_behind(lower: &Clause, higher: &Clause, time: Time) -> bool {
    let weaker = |(low, high): (&Limit, &Limit)| {
        let same = low.side == high.side && low.per == high.per && low.figure == high.figure;
        let (as_much, less): (bool, fn(&DatedValue, &DatedValue) -> bool) = match low.side {
            Side::AtLeast => (at_most(&high.measure, &low.measure), |l, h| value(l) < value(h)),
            Side::AtMost => (at_most(&low.measure, &high.measure), |l, h| value(l) > value(h)),
        };
        same && as_much && in_force_together(low, high, time, less)
    };
    meet(&lower.applies, &higher.applies) && pairs(lower, higher).any(weaker)
}

/// Every pair of plain limits that must hold in both clauses.
fn pairs<'a>(one: &'a Clause, other: &'a Clause) -> impl Iterator<Item = (&'a Limit, &'a Limit)> {
    let others = limits(other);
    limits(one).into_iter().flat_map(move |a| others.clone().into_iter().map(move |b| (a, b)))
}

/// The limits that must hold whatever else does; alternatives are none of them.
fn limits(clause: &Clause) -> Vec<&Limit> {
    fn collect<'a>(requirement: &'a Requirement, found: &mut Vec<&'a Limit>) {
        match requirement {
            Requirement::Limit(limit) if is_plain(limit) => found.push(limit),
            Requirement::Limit(_) | Requirement::Any(_) => {}
            Requirement::All(parts) => parts.iter().for_each(|p| collect(p, found)),
        }
    }
    let mut found = Vec::new();
    if let Rule::Computable { requires, .. } = &clause.rule {
        collect(requires, &mut found);
    }
    found
}

fn is_plain(limit: &Limit) -> bool {
    limit.credits.is_empty() && limit.averaged.is_none() && limit.rounding.is_none()
}

fn has_no_exceptions(clause: &Clause) -> bool {
    matches!(&clause.rule, Rule::Computable { unless, .. } if unless.is_empty())
}

/// Whether there may be somebody of whom both speak.
fn meet(one: &Applies, other: &Applies) -> bool {
    let share = |a: &[String], b: &[String]| a.is_empty() || b.is_empty() || a.iter().any(|x| b.contains(x));
    share(&one.states, &other.states)
        && share(&one.schools, &other.schools)
        && share(&one.roles, &other.roles)
        && one.grades.meets(&other.grades)
}

/// Whether every day that the floor counts is one that the cap counts.
fn days_are_among(floor: &Limit, of_floor: &Applies, of_cap: &Applies) -> bool {
    let all = |applies: &Applies| applies.days.is_empty() && counted_by(&floor.measure) == Counted::Staff;
    let usual = [DayKind::Attendance];
    let floor_days = if of_floor.days.is_empty() { &usual[..] } else { &of_floor.days };
    let cap_days = if of_cap.days.is_empty() { &usual[..] } else { &of_cap.days };
    all(of_cap) || (!all(of_floor) && floor_days.iter().all(|d| cap_days.contains(d)))
}

fn is_floor_over_cap(floor: &Limit, cap: &Limit, time: Time) -> bool {
    let sides = floor.side == Side::AtLeast && cap.side == Side::AtMost;
    let totals = floor.figure == Figure::Total && cap.figure == Figure::Total
        || floor.figure == cap.figure && floor.per == cap.per;
    let Some(times) = times_at_most(floor.per, cap.per) else { return false };
    let over = |f: &DatedValue, c: &DatedValue| value(f) > value(c) * whole(times);
    sides && totals && at_most(&floor.measure, &cap.measure) && in_force_together(floor, cap, time, over)
}

/// How many of the cap's windows one window of the floor can hold; one where it lies inside the cap's.
fn times_at_most(floor: Window, cap: Window) -> Option<i64> {
    match (floor, cap) {
        (a, b) if a == b => Some(1),
        (Window::Day, _) => Some(1),
        (Window::Week | Window::FullWeek, Window::Week | Window::Year) => Some(1),
        (Window::Month | Window::Term, Window::Year) => Some(1),
        (Window::Week | Window::FullWeek, Window::Day) => Some(7),
        (Window::Month, Window::Day) => Some(31),
        (Window::Cycle(n) | Window::Consecutive(n), Window::Day) => Some(i64::from(n)),
        (Window::Year, Window::Day) => Some(366),
        (Window::Year, Window::Week) => Some(54),
        (Window::Year, Window::Month) => Some(13),
        _ => None,
    }
}

fn value(dated: &DatedValue) -> Exact {
    let n = in_unit(dated.amount);
    fraction(n.n, n.of)
}

fn in_force_together(one: &Limit, other: &Limit, time: Time, is: impl Fn(&DatedValue, &DatedValue) -> bool) -> bool {
    let same_unit = |a: &DatedValue, b: &DatedValue| in_unit(a.amount).unit == in_unit(b.amount).unit;
    one.values.iter().any(|a| other.values.iter().any(|b| same_unit(a, b) && meet_in(a, b, time) && is(a, b)))
}

/// Whether there is a day of this time on which both amounts are in force.
fn meet_in(a: &DatedValue, b: &DatedValue, (first, last): Time) -> bool {
    let from = [a.from, b.from].into_iter().flatten().fold(first, Date::max);
    let until = [a.until, b.until].into_iter().flatten().fold(last, Date::min);
    from <= until
}

/// Whether one measure never gives more than another, for anybody on any day.
fn at_most(less: &Measure, more: &Measure) -> bool {
    if less == more {
        return true;
    }
    let among = |a: &[Kind], b: &[Kind]| a.iter().all(|k| b.contains(k));
    let stricter = |a: &Option<Minutes>, b: &Option<Minutes>| b.is_none() || a >= b;
    match (less, more) {
        (
            Measure::PupilMinutes { counts: a, caps: c, in_blocks_of: e, between: g },
            Measure::PupilMinutes { counts: b, caps: d, in_blocks_of: f, between: h },
        ) => {
            let counted: Vec<Kind> = b.iter().copied().chain(d.iter().map(|cap| cap.kind)).collect();
            let kinds: Vec<Kind> = a.iter().copied().chain(c.iter().map(|cap| cap.kind)).collect();
            let capped = |cap: &Cap| {
                !kinds.contains(&cap.kind)
                    || c.iter().any(|own| own.kind == cap.kind && own.per == cap.per && own.up_to <= cap.up_to)
            };
            among(&kinds, &counted) && d.iter().all(capped) && stricter(e, f) && (h.is_none() || g == h)
        }
        (
            Measure::StaffMinutes { counts: a, in_blocks_of: c, between: e },
            Measure::StaffMinutes { counts: b, in_blocks_of: d, between: f },
        ) => among(a, b) && stricter(c, d) && (f.is_none() || e == f),
        (Measure::PupilBlocks { counts: a, in_blocks_of: c }, Measure::PupilBlocks { counts: b, in_blocks_of: d })
        | (Measure::StaffBlocks { counts: a, in_blocks_of: c }, Measure::StaffBlocks { counts: b, in_blocks_of: d }) => {
            among(a, b) && stricter(c, d)
        }
        (Measure::PupilRun { counts: a }, Measure::PupilRun { counts: b })
        | (Measure::StaffRun { counts: a }, Measure::StaffRun { counts: b }) => among(a, b),
        (
            Measure::StaffRun { counts: a } | Measure::CommonMinutes { counts: a, .. },
            Measure::StaffMinutes { counts: b, in_blocks_of: None, between: None },
        ) => among(a, b),
        (Measure::StaffMinutes { .. } | Measure::StaffRun { .. } | Measure::CommonMinutes { .. }, Measure::Workday) => {
            true
        }
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clauses::Amount;
    use crate::clauses::examples::hours_a_day;
    use crate::clauses::examples::limit;
    use crate::clauses::examples::limit_clause;
    use jiff::civil::date;

    const TIME: Time = (date(2015, 7, 1), date(2026, 6, 30));

    fn staff(counts: &[Kind], side: Side, per: Window, minutes: i64) -> Clause {
        let measure = Measure::StaffMinutes { counts: counts.to_vec(), in_blocks_of: None, between: None };
        let mut clause = limit_clause(limit(measure, side, per, Amount::Minutes(minutes)));
        clause.applies.roles = vec!["teacher".into()];
        clause
    }

    fn workday(hours: i64) -> Clause {
        let mut clause =
            limit_clause(limit(Measure::Workday, Side::AtMost, Window::Day, Amount::Hours(Minutes(60 * hours))));
        clause.applies.roles = vec!["teacher".into()];
        clause
    }

    #[test]
    fn a_floor_above_a_cap_on_the_same_time_cannot_hold() {
        let teaching = |minutes| staff(&[Kind::Instruction], Side::AtLeast, Window::Day, minutes);
        assert!(cannot_both_hold(&teaching(481), &workday(8), TIME)); // by hand: 481 of instruction do not fit into 480
        assert!(!cannot_both_hold(&teaching(480), &workday(8), TIME));
        let week = staff(&[Kind::Instruction], Side::AtMost, Window::Week, 300);
        assert!(cannot_both_hold(&teaching(301), &week, TIME), "one day alone is more than the week allows");
        let lunch = staff(&[Kind::DutyFreeLunch], Side::AtMost, Window::Day, 30);
        assert!(!cannot_both_hold(&teaching(400), &lunch, TIME), "they count different time");
    }

    #[test]
    fn a_week_holds_at_most_seven_days() {
        let week = |minutes| staff(&[Kind::Preparation], Side::AtLeast, Window::Week, minutes);
        let day = staff(&[Kind::Preparation], Side::AtMost, Window::Day, 40);
        assert!(cannot_both_hold(&week(281), &day, TIME)); // by hand: 7 * 40 = 280
        assert!(!cannot_both_hold(&week(280), &day, TIME));
    }

    #[test]
    fn amounts_of_different_years_do_not_contradict() {
        let mut floor = hours_a_day(6);
        floor.values[0].until = Some(date(2019, 6, 30));
        let mut cap = Limit { side: Side::AtMost, ..hours_a_day(5) };
        assert!(cannot_both_hold(&limit_clause(floor.clone()), &limit_clause(cap.clone()), TIME));
        let later = (date(2019, 7, 1), date(2026, 6, 30));
        let both = (limit_clause(floor.clone()), limit_clause(cap.clone()));
        assert!(!cannot_both_hold(&both.0, &both.1, later), "the floor was over before the first day that matters");
        cap.values[0].from = Some(date(2019, 7, 1));
        assert!(!cannot_both_hold(&limit_clause(floor), &limit_clause(cap), TIME));
    }

    #[test]
    fn a_contract_falls_behind_a_law_that_asks_more_of_no_more() {
        let lunch = |minutes| staff(&[Kind::DutyFreeLunch], Side::AtLeast, Window::Day, minutes);
        assert!(falls_behind(&lunch(25), &lunch(30), TIME));
        assert!(!falls_behind(&lunch(30), &lunch(30), TIME));
        let wider = staff(&[Kind::DutyFreeLunch, Kind::Preparation], Side::AtLeast, Window::Day, 25);
        assert!(falls_behind(&wider, &lunch(30), TIME), "it counts more and still asks less");
        assert!(
            !falls_behind(&lunch(25), &wider, TIME) && !falls_behind(&lunch(20), &wider, TIME),
            "it counts less: nobody can say"
        );
        let cap = |minutes| staff(&[Kind::Meeting], Side::AtMost, Window::Month, minutes);
        assert!(falls_behind(&cap(120), &cap(90), TIME) && !falls_behind(&cap(90), &cap(120), TIME));
    }
}
