//! What a clause names: roles, units, whether it counts heads of pupils.
//!
//! Has a clause, gives lists. Knows no schools and decides nothing.

use crate::clauses::Clause;
use crate::clauses::Credited;
use crate::clauses::Exception;
use crate::clauses::Formula;
use crate::clauses::Heads;
use crate::clauses::Limit;
use crate::clauses::Measure;
use crate::clauses::Requirement;
use crate::clauses::Rule;
use crate::clauses::Unit;
use crate::clauses::Weight;
use crate::clauses::When;
use crate::clauses::amount::unit_of_limit;

/// The limits of a requirement, in the order they are written.
pub fn limits_of(requirement: &Requirement) -> Vec<&Limit> {
    match requirement {
        Requirement::Limit(limit) => vec![limit],
        Requirement::All(parts) | Requirement::Any(parts) => parts.iter().flat_map(limits_of).collect(),
    }
}

/// The exceptions of a clause.
pub fn exceptions_of(clause: &Clause) -> &[Exception] {
    match &clause.rule {
        Rule::Computable { unless, .. } => unless,
        Rule::NotComputable(_) => &[],
    }
}

/// The units in which the slack of a clause may be told, each once; none where it cannot be computed.
pub fn units_of_slack(clause: &Clause) -> Vec<Unit> {
    let Rule::Computable { requires, .. } = &clause.rule else { return Vec::new() };
    let mut units: Vec<Unit> = limits_of(requires).into_iter().map(|l| unit_of_limit(l).of_difference()).collect();
    units.sort_unstable();
    units.dedup();
    units
}

/// The roles that a clause names anywhere, by id, each once.
pub fn roles_named(clause: &Clause) -> Vec<String> {
    let mut roles = clause.applies.roles.clone();
    if let Rule::Computable { requires, unless } = &clause.rule {
        limits_of(requires).into_iter().for_each(|limit| add_roles(limit, &mut roles));
        for when in unless.iter().flat_map(|e| &e.when) {
            match when {
                When::Limit(limit) => add_roles(limit, &mut roles),
                When::RemainderIs { role, .. } => roles.push(role.clone()),
                When::DayIs(_) | When::Regular => {}
            }
        }
    }
    let mut once: Vec<String> = Vec::new();
    for role in roles {
        if !once.contains(&role) {
            once.push(role);
        }
    }
    once
}

fn add_roles(limit: &Limit, roles: &mut Vec<String>) {
    match &limit.measure {
        Measure::CommonMinutes { with, .. } => roles.extend(with.iter().cloned()),
        Measure::Ratio { of, to } => {
            for heads in [of, to] {
                match heads {
                    Heads::Staff(role) => roles.push(role.clone()),
                    Heads::Pupils => {}
                }
            }
        }
        Measure::PupilMinutes { .. }
        | Measure::StaffMinutes { .. }
        | Measure::PupilBlocks { .. }
        | Measure::StaffBlocks { .. }
        | Measure::PupilRun { .. }
        | Measure::StaffRun { .. }
        | Measure::Workday
        | Measure::PupilsArrive
        | Measure::PupilsLeave
        | Measure::StaffArrive
        | Measure::StaffLeave
        | Measure::PupilDays
        | Measure::StaffDays
        | Measure::Stated(_)
        | Measure::Notice { .. } => {}
    }
    for credited in limit.credits.iter().flat_map(|c| &c.of) {
        match credited {
            Credited::StaffTime { role, .. } => roles.push(role.clone()),
            Credited::DaysOf(_) => {}
        }
    }
}

/// Whether the answer or the penalty of a clause depends on how many pupils there are.
pub fn counts_pupils(clause: &Clause) -> bool {
    let weighs = |limit: &&Limit| limit.averaged.is_some_and(|mean| mean.by == Weight::Pupils);
    let divides = |limit: &&Limit| matches!(&limit.measure, Measure::Ratio { of, to } if *of == Heads::Pupils || *to == Heads::Pupils);
    let of_rule = match &clause.rule {
        Rule::Computable { requires, .. } => limits_of(requires).iter().any(|l| weighs(l) || divides(l)),
        Rule::NotComputable(_) => false,
    };
    of_rule || clause.penalty.as_ref().is_some_and(|p| asks_for_pupils(&p.dollars))
}

fn asks_for_pupils(formula: &Formula) -> bool {
    match formula {
        Formula::Pupils => true,
        Formula::Plus(list) | Formula::Times(list) | Formula::Least(list) | Formula::Most(list) => {
            list.iter().any(asks_for_pupils)
        }
        Formula::Minus(a, b) | Formula::Over(a, b) => asks_for_pupils(a) || asks_for_pupils(b),
        Formula::Rounded(_, _, inner) => asks_for_pupils(inner),
        Formula::Number(..)
        | Formula::Fact(_)
        | Formula::Have
        | Formula::Need
        | Formula::Short
        | Formula::ShortInAll
        | Formula::WindowsFailing
        | Formula::Windows => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clauses::Amount;
    use crate::clauses::DistrictMean;
    use crate::clauses::Side;
    use crate::clauses::Window;
    use crate::clauses::examples::clause;
    use crate::clauses::examples::hours_a_day;
    use crate::clauses::examples::illinois;
    use crate::clauses::examples::limit;
    use crate::clauses::examples::limit_clause;
    use crate::units::Grades;

    #[test]
    fn days_or_hours_have_two_units_of_slack_and_a_time_of_day_has_minutes() {
        let days = Requirement::Limit(limit(Measure::PupilDays, Side::AtLeast, Window::Year, Amount::Days(180)));
        let either = clause(Requirement::Any(vec![days, Requirement::Limit(hours_a_day(5))]), vec![]);
        assert_eq!(units_of_slack(&either), [Unit::Minutes, Unit::Days]);
        let eight = crate::units::ClockTime::from_text("8:00").unwrap();
        let bell = limit(Measure::PupilsArrive, Side::AtLeast, Window::Day, Amount::Clock(eight));
        assert_eq!(units_of_slack(&limit_clause(bell)), [Unit::Minutes]);
    }

    #[test]
    fn roles_of_limits_and_exceptions_are_named_once() {
        assert_eq!(roles_named(&illinois()), ["teacher"]); // both exceptions name it
        let of = Heads::Staff("teacher".into());
        let ratio = Measure::Ratio { of, to: Heads::Staff("coach".into()) };
        let ratio = limit_clause(limit(ratio, Side::AtMost, Window::Year, Amount::PerOne(25_000)));
        assert_eq!(roles_named(&ratio), ["teacher", "coach"]);
        assert!(!counts_pupils(&ratio));
    }

    #[test]
    fn means_by_pupils_count_them_and_means_by_grades_do_not() {
        let mean = |by| {
            let averaged = Some(DistrictMean { grades: Grades::ALL, by });
            limit_clause(Limit { averaged, per: Window::Year, ..hours_a_day(5) })
        };
        assert!(counts_pupils(&mean(Weight::Pupils)) && !counts_pupils(&mean(Weight::Grades)));
    }
}
