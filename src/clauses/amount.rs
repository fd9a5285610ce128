//! Amounts: units of measures and of amounts, and which amount is in force on a date.
//!
//! Has the dated values of a limit, gives plain numbers of one unit. Knows no timetable.

use crate::clauses::Amount;
use crate::clauses::DatedValue;
use crate::clauses::Figure;
use crate::clauses::Limit;
use crate::clauses::Measure;
use crate::clauses::Side;
use crate::clauses::Unit;
use crate::clauses::Window;
use crate::units::Date;

/// In how many parts a number for each one is kept.
pub const PARTS_OF_ONE: f64 = 1_000.0;

/// In how many parts a share is kept.
pub const PARTS_OF_A_SHARE: f64 = 1_000_000.0;

/// The unit in which a measure counts; nothing for a stated fact, which has the unit it is stated in.
pub fn unit_of(measure: &Measure) -> Option<Unit> {
    Some(match measure {
        Measure::PupilMinutes { .. }
        | Measure::StaffMinutes { .. }
        | Measure::PupilRun { .. }
        | Measure::StaffRun { .. }
        | Measure::CommonMinutes { .. }
        | Measure::Workday => Unit::Minutes,
        Measure::PupilBlocks { .. } | Measure::StaffBlocks { .. } => Unit::Blocks,
        Measure::PupilsArrive | Measure::PupilsLeave | Measure::StaffArrive | Measure::StaffLeave => Unit::Clock,
        Measure::PupilDays | Measure::StaffDays | Measure::Notice { .. } => Unit::Days,
        Measure::Ratio { .. } => Unit::PerOne,
        Measure::Stated(_) => return None,
    })
}

/// The unit in which a limit is judged: that of its measure, or else of its amounts.
pub fn unit_of_limit(limit: &Limit) -> Unit {
    let of_amounts = || limit.values.first().map_or(Unit::Minutes, |v| in_unit(v.amount).unit);
    unit_of(&limit.measure).unwrap_or_else(of_amounts)
}

/// A number of a unit, as a fraction of whole numbers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct InUnit {
    /// The number above the line.
    pub n: i64,
    /// The number below it.
    pub of: i64,
    /// The unit.
    pub unit: Unit,
}

/// An amount as a number of its unit; hours are compared as minutes.
pub fn in_unit(amount: Amount) -> InUnit {
    let (n, of, unit) = match amount {
        Amount::Minutes(n) => (n, 1, Unit::Minutes),
        Amount::Hours(minutes) => (minutes.0, 1, Unit::Minutes),
        Amount::Days(n) => (n, 1, Unit::Days),
        Amount::Blocks(n) => (n, 1, Unit::Blocks),
        Amount::Clock(time) => (time.after_midnight().0, 1, Unit::Clock),
        Amount::PerOne(n) => (n, PARTS_OF_ONE as i64, Unit::PerOne),
        Amount::Share(n) => (n, PARTS_OF_A_SHARE as i64, Unit::Share),
        Amount::Dollars(dollars) => (dollars.cents(), 100, Unit::Dollars),
    };
    InUnit { n, of, unit }
}

/// The stretch of time that a figure is told by: a mean is so much a day or a week, a sum so much in its window.
///
/// Slack of one pace can be compared with slack of the same; five minutes a day are not five minutes a year.
pub fn pace(limit: &Limit) -> Window {
    match (limit.figure, limit.per) {
        (Figure::DailyMean, _) => Window::Day,
        (Figure::WeeklyMean, _) | (Figure::Total, Window::FullWeek) => Window::Week,
        (Figure::Total, per) => per,
    }
}

/// How many of a limit's own unit one unit of the text is: 60 for a text in hours.
pub fn per_written_unit(limit: &Limit) -> i64 {
    match limit.values.first().map(|v| v.amount) {
        Some(Amount::Hours(_)) => 60,
        Some(
            Amount::Minutes(_)
            | Amount::Days(_)
            | Amount::Blocks(_)
            | Amount::Clock(_)
            | Amount::PerOne(_)
            | Amount::Share(_)
            | Amount::Dollars(_),
        )
        | None => 1,
    }
}

/// Whether a value is in force on a date; both of its dates are included.
pub fn is_in_force(value: &DatedValue, date: Date) -> bool {
    value.from.is_none_or(|from| from <= date) && value.until.is_none_or(|until| date <= until)
}

/// Whether a limit is in force on any day from one date to another.
pub fn in_force_between(limit: &Limit, from: Date, until: Date) -> bool {
    let meets = |v: &DatedValue| v.from.is_none_or(|f| f <= until) && v.until.is_none_or(|u| from <= u);
    limit.values.iter().any(meets)
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
pub fn need_on(limit: &Limit, date: Date) -> Option<InUnit> {
    limit.values.iter().find(|v| is_in_force(v, date)).map(|v| in_unit(v.amount))
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
