//! Computability: clauses whose words contradict themselves, so that no timetable can answer them.
//!
//! Has a clause, gives the reason in words. Knows no schools and no dates.

use crate::clauses::Clause;
use crate::clauses::DatedValue;
use crate::clauses::Exception;
use crate::clauses::Limit;
use crate::clauses::Requirement;
use crate::clauses::Rule;
use crate::clauses::Side;
use crate::clauses::Unit;
use crate::clauses::When;
use crate::clauses::Window;
use crate::clauses::amount::in_unit;
use crate::clauses::amount::is_in_force;
use crate::clauses::amount::overlap;
use crate::clauses::amount::unit_of_limit;
use crate::clauses::faults::faults;
use crate::clauses::reasons::sentence_case;
use crate::clauses::subject::Counted;
use crate::clauses::subject::counted_by;
use crate::clauses::subject::speaks_of;
use crate::clauses::words::date_range;
use crate::clauses::words::describe;

/// Why no timetable can answer a clause; nothing when one can.
pub fn why_not(clause: &Clause) -> Option<String> {
    match &clause.rule {
        Rule::NotComputable(why) => Some(why.clone()),
        Rule::Computable { requires, unless } => of_requirement(requires).or_else(|| of_unless(requires, unless)),
    }
}

fn of_requirement(requirement: &Requirement) -> Option<String> {
    match requirement {
        Requirement::Limit(limit) => of_limit(limit),
        Requirement::All(parts) | Requirement::Any(parts) if parts.is_empty() => {
            Some("Its list of requirements is empty.".into())
        }
        Requirement::Any(_) if n_counted(requirement) > 1 => {
            Some("Its alternatives count pupils in one case and staff, the school or the district in another.".into())
        }
        Requirement::All(parts) | Requirement::Any(parts) => parts.iter().find_map(of_requirement),
    }
}

/// How many of pupils, staff, school and district a requirement counts.
fn n_counted(requirement: &Requirement) -> usize {
    let all = [Counted::Pupils, Counted::Staff, Counted::School, Counted::District];
    all.into_iter().filter(|counted| speaks_of(requirement, *counted)).count()
}

fn of_limit(limit: &Limit) -> Option<String> {
    if let Some(fault) = faults(limit).first() {
        return Some(format!("{}.", sentence_case(fault.why)));
    }
    let unit = unit_of_limit(limit);
    for (n, value) in limit.values.iter().enumerate() {
        let given = in_unit(value.amount).unit;
        if given != unit {
            let (measured, given) = (unit.name(), given.name());
            return Some(format!("It measures {measured}, and its amount is given in {given}."));
        }
        let other = |o: &&DatedValue| overlap(value, o) && in_unit(o.amount) != in_unit(value.amount);
        if let Some(other) = limit.values[..n].iter().find(other) {
            let both = [value.from, other.from]
                .into_iter()
                .flatten()
                .find(|d| is_in_force(value, *d) && is_in_force(other, *d));
            let when = both.map_or_else(|| date_range(value), |d| format!("on {d}"));
            return Some(format!("Two different amounts are in force {when}."));
        }
    }
    None
}

fn of_unless(requires: &Requirement, unless: &[Exception]) -> Option<String> {
    if unless.is_empty() {
        return None;
    }
    match requires {
        Requirement::Limit(limit) if limit.rounding.is_some() => {
            Some("Exceptions excuse whole minutes of a day, and its days are rounded.".into())
        }
        Requirement::Limit(limit) if limit.per == Window::Day => unless.iter().find_map(|e| of_exception(limit, e)),
        Requirement::Limit(_) | Requirement::All(_) | Requirement::Any(_) => {
            Some("Exceptions are counted day by day, and it does not ask one thing of each day.".into())
        }
    }
}

fn of_exception(limit: &Limit, exception: &Exception) -> Option<String> {
    let name = &exception.id;
    let floor_of_minutes = limit.side == Side::AtLeast && unit_of_limit(limit) == Unit::Minutes;
    if exception.makes_up.is_some() && !floor_of_minutes {
        return Some(format!("Exception {name} makes up minutes, and the limit is no floor of minutes."));
    }
    match exception.at_most_days {
        Some((_, Window::Cycle(0))) => return Some(format!("Exception {name} counts days in a cycle of no days.")),
        Some((_, Window::Consecutive(_))) => {
            return Some(format!("Exception {name} counts days in runs that overlap, so no day is in one of them."));
        }
        Some((_, Window::FullWeek)) => {
            return Some(format!("Exception {name} is capped in full weeks only; what holds in others is not said."));
        }
        Some(_) | None => {}
    }
    exception
        .when
        .iter()
        .find_map(|when| of_condition(limit, when, floor_of_minutes).map(|why| format!("Exception {name}: {why}")))
}

fn of_condition(limit: &Limit, when: &When, floor_of_minutes: bool) -> Option<String> {
    match when {
        When::Limit(lower) if counted_by(&lower.measure) != counted_by(&limit.measure) => {
            Some("it counts staff where the clause counts pupils, or the other way round.".into())
        }
        When::Limit(lower) if lower.averaged.is_some() => Some("a day is not averaged over a district.".into()),
        When::Limit(lower) if unit_of_limit(lower) != unit_of_limit(limit) => {
            Some(format!("`{}` is in another unit than the limit itself.", describe(lower)))
        }
        When::Limit(lower) => of_limit(lower),
        When::RemainderIs { .. } if !floor_of_minutes || counted_by(&limit.measure) != Counted::Pupils => {
            Some("only pupils' minutes below a floor leave a remainder of the day.".into())
        }
        When::RemainderIs { .. } | When::Regular | When::DayIs(_) => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clauses::Amount;
    use crate::clauses::DatedValue;
    use crate::clauses::MakeUpDays;
    use crate::clauses::Measure;
    use crate::clauses::examples::clause;
    use crate::clauses::examples::d1;
    use crate::clauses::examples::d3;
    use crate::clauses::examples::hours_a_day;
    use crate::clauses::examples::illinois;
    use crate::clauses::examples::limit;
    use crate::clauses::examples::limit_clause;
    use jiff::civil::date;

    fn days(per: Window) -> Limit {
        limit(Measure::PupilDays, Side::AtLeast, per, Amount::Days(176))
    }

    #[test]
    fn clauses_that_make_sense_are_computable() {
        assert_eq!(why_not(&illinois()), None);
        assert_eq!(why_not(&limit_clause(days(Window::Year))), None);
    }

    #[test]
    fn an_amount_in_another_unit_is_never_converted() {
        let mut year = days(Window::Year);
        year.values[0].amount = Amount::Minutes(75_600);
        let why = why_not(&limit_clause(year)).unwrap();
        assert_eq!(why, "It measures days, and its amount is given in minutes.");
    }

    #[test]
    fn two_amounts_on_one_date_are_not_chosen_between() {
        let mut year = days(Window::Year);
        let later = DatedValue { from: Some(date(2019, 7, 1)), until: None, amount: Amount::Days(180), source: None };
        year.values.push(later);
        let why = why_not(&limit_clause(year.clone())).unwrap();
        assert_eq!(why, "Two different amounts are in force on 2019-07-01.");
        year.values[1].amount = Amount::Days(176);
        assert_eq!(why_not(&limit_clause(year)), None, "the same amount twice is no contradiction");
    }

    #[test]
    fn exceptions_to_what_is_not_asked_of_each_day_are_refused() {
        assert!(why_not(&clause(Requirement::Limit(days(Window::Year)), vec![d1()])).is_some());
        assert!(why_not(&clause(Requirement::All(vec![Requirement::Limit(hours_a_day(5))]), vec![d1()])).is_some());
        let cap = Limit { side: Side::AtMost, ..hours_a_day(5) };
        assert!(why_not(&clause(Requirement::Limit(cap), vec![d3()])).is_some());
        let in_any_ten = Exception { at_most_days: Some((2, Window::Consecutive(10))), ..d1() };
        assert!(why_not(&clause(Requirement::Limit(hours_a_day(5)), vec![in_any_ten])).is_some());
        let made_up = Exception { makes_up: Some(MakeUpDays::UntilNext), ..d1() };
        assert!(why_not(&clause(Requirement::Limit(days(Window::Day)), vec![made_up])).is_some());
    }

    #[test]
    fn alternatives_of_pupils_and_staff_have_no_day_in_common() {
        let staff = limit(Measure::StaffDays, Side::AtLeast, Window::Year, Amount::Days(180));
        let both = vec![Requirement::Limit(days(Window::Year)), Requirement::Limit(staff)];
        assert!(why_not(&clause(Requirement::Any(both.clone()), vec![])).is_some());
        assert_eq!(why_not(&clause(Requirement::All(both), vec![])), None);
        assert!(why_not(&clause(Requirement::Any(vec![]), vec![])).is_some());
    }
}
