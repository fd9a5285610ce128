//! Amounts: units of measures and of amounts, and which amount is in force on a date.
//!
//! Has the dated values of a limit, gives plain numbers of one unit. Knows no timetable.

use crate::clauses::Amount;
use crate::clauses::DatedValue;
use crate::clauses::Limit;
use crate::clauses::Measure;
use crate::clauses::Side;
use crate::clauses::Unit;
use crate::units::Date;

/// The unit in which a measure counts.
pub fn unit_of(measure: &Measure) -> Unit {
    match measure {
        Measure::PupilMinutes { .. } | Measure::StaffMinutes { .. } | Measure::Workday => Unit::Minutes,
        Measure::StaffBlocks { .. } => Unit::Blocks,
        Measure::PupilDays | Measure::StaffDays => Unit::Days,
    }
}

/// An amount as a number of its unit; hours are compared as minutes.
pub fn in_unit(amount: Amount) -> (i64, Unit) {
    match amount {
        Amount::Minutes(n) => (n, Unit::Minutes),
        Amount::Hours(minutes) => (minutes.0, Unit::Minutes),
        Amount::Days(n) => (n, Unit::Days),
        Amount::Blocks(n) => (n, Unit::Blocks),
    }
}

/// Whether a value is in force on a date; both of its dates are included.
pub fn is_in_force(value: &DatedValue, date: Date) -> bool {
    value.from.is_none_or(|from| from <= date) && value.until.is_none_or(|until| date <= until)
}

/// Whether there is a date on which both values are in force.
pub fn overlap(one: &DatedValue, other: &DatedValue) -> bool {
    let from = one.from.max(other.from);
    let until = match (one.until, other.until) {
        (Some(a), Some(b)) => Some(a.min(b)),
        (a, b) => a.or(b),
    };
    from.is_none_or(|from| until.is_none_or(|until| from <= until))
}

/// What a limit asks on a date; nothing when it is not in force.
///
/// A limit with two different amounts on one date has been refused before, so the first one is the only one.
pub fn need_on(limit: &Limit, date: Date) -> Option<i64> {
    limit.values.iter().find(|v| is_in_force(v, date)).map(|v| in_unit(v.amount).0)
}

/// How far the lawful side is from the amount; negative when it is missed.
pub fn slack(side: Side, have: i64, need: i64) -> i64 {
    match side {
        Side::AtLeast => have - need,
        Side::AtMost => need - have,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    fn value(from: Option<Date>, until: Option<Date>) -> DatedValue {
        DatedValue { from, until, amount: Amount::Days(1), source: None }
    }

    #[test]
    fn both_dates_of_a_value_are_included() {
        let august = value(Some(date(2017, 8, 1)), Some(date(2017, 8, 31)));
        assert!(is_in_force(&august, date(2017, 8, 1)) && is_in_force(&august, date(2017, 8, 31)));
        assert!(!is_in_force(&august, date(2017, 7, 31)) && !is_in_force(&august, date(2017, 9, 1)));
        assert!(is_in_force(&value(None, None), date(1950, 1, 1)));
    }

    #[test]
    fn values_that_share_one_day_overlap() {
        let until = value(None, Some(date(2017, 8, 31)));
        let from = value(Some(date(2019, 7, 1)), None);
        assert!(!overlap(&until, &from) && !overlap(&from, &until));
        assert!(overlap(&until, &value(Some(date(2017, 8, 31)), None)));
        assert!(overlap(&value(None, None), &from));
    }
}
