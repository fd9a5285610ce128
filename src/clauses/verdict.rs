//! What a check answers.

use crate::calendar::days_later;
use crate::timetable::Whose;
use crate::timetable::Year;
use crate::units::Date;
use crate::units::Dollars;
use crate::units::minutes_in_words;
use crate::units::thousands;
use serde::Serialize;
use serde::ser::SerializeStruct;
use std::cmp::Ordering;
use std::fmt;

/// The answer for one clause, one school, one school year, and one grade or role.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub enum Outcome {
    /// It holds.
    Holds,
    /// It does not hold.
    Fails,
    /// The clause does not speak of this school, grade, role or year.
    NotApplicable,
    /// No value of the clause is in force in this year. Not the same as zero, and not the same as holding.
    NotInForce,
    /// No timetable can answer it.
    NotComputable,
    /// It is not met, and a waiver lets it go.
    Waived,
}

impl Outcome {
    /// The words for it in tables and sentences.
    pub fn name(self) -> &'static str {
        match self {
            Outcome::Holds => "holds",
            Outcome::Fails => "fails",
            Outcome::NotApplicable => "not applicable",
            Outcome::NotInForce => "not in force",
            Outcome::NotComputable => "not computable",
            Outcome::Waived => "waived",
        }
    }
}

/// The unit of a quantity.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub enum Unit {
    /// Minutes.
    Minutes,
    /// Days.
    Days,
    /// Blocks of time.
    Blocks,
    /// A time of day, in minutes after midnight.
    Clock,
    /// So many for each one.
    PerOne,
    /// A share of a whole.
    Share,
    /// US dollars.
    Dollars,
}

impl Unit {
    /// The unit of a difference: between two times of day lie minutes.
    pub fn of_difference(self) -> Unit {
        match self {
            Unit::Clock => Unit::Minutes,
            Unit::Minutes | Unit::Days | Unit::Blocks | Unit::PerOne | Unit::Share | Unit::Dollars => self,
        }
    }

    /// The word for it in tables.
    pub fn name(self) -> &'static str {
        match self {
            Unit::Minutes => "minutes",
            Unit::Days => "days",
            Unit::Blocks => "blocks",
            Unit::Clock => "minutes after midnight",
            Unit::PerOne => "for each one",
            Unit::Share => "share",
            Unit::Dollars => "dollars",
        }
    }
}

/// A measured amount, or a difference of two: a fraction of whole numbers, so that nothing is lost in means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Quantity {
    /// The number above the line; the amount itself where `of` is 1.
    pub amount: i64,
    /// The number below it, above zero.
    pub of: i64,
    /// Of what.
    pub unit: Unit,
}

impl Quantity {
    /// A whole number of a unit.
    pub fn whole(amount: i64, unit: Unit) -> Quantity {
        Quantity { amount, of: 1, unit }
    }

    /// The amount as a plain number of its unit.
    pub fn as_f64(self) -> f64 {
        self.amount as f64 / self.of as f64
    }

    /// The amount without its sign.
    pub fn size(self) -> Quantity {
        Quantity { amount: self.amount.abs(), ..self }
    }

    /// Whether it is less than another of the same unit, exactly.
    pub fn is_less_than(self, other: Quantity) -> bool {
        self.order(other) == Ordering::Less
    }

    /// A difference as a part of what is asked; the difference itself where nothing is.
    fn part_of(self, need: Option<Quantity>) -> Quantity {
        let need = need.filter(|need| need.amount != 0);
        Quantity { of: need.map_or(self.of, |need| need.amount.abs()), ..self }
    }

    /// Less, the same or more than another of the same unit, exactly.
    pub fn order(self, other: Quantity) -> Ordering {
        let (a, b) = (i128::from(self.amount), i128::from(other.amount));
        (a * i128::from(other.of)).cmp(&(b * i128::from(self.of)))
    }
}

impl Serialize for Quantity {
    /// A whole amount is written whole, any other as a number with digits after the point.
    fn serialize<S: serde::Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
        let mut out = s.serialize_struct("Quantity", 2)?;
        if self.amount % self.of == 0 {
            out.serialize_field("amount", &(self.amount / self.of))?;
        } else {
            out.serialize_field("amount", &self.as_f64())?;
        }
        out.serialize_field("unit", &self.unit)?;
        out.end()
    }
}

/// Digits after the point where an amount is no whole number; more where it would read as nothing.
fn decimals(x: f64) -> String {
    let digits = (2..=6).find(|d| format!("{:.*}", *d, x.abs()).bytes().any(|b| (b'1'..=b'9').contains(&b)));
    let text = format!("{:.*}", digits.unwrap_or(2), x.abs());
    let (whole, rest) = text.split_once('.').unwrap_or((&text, ""));
    let rest = rest.trim_end_matches('0');
    let sign = if x < 0.0 { "-" } else { "" };
    let whole = thousands(whole.parse().unwrap_or(0));
    if rest.is_empty() { format!("{sign}{whole}") } else { format!("{sign}{whole}.{rest}") }
}

impl fmt::Display for Quantity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let is_whole = self.amount % self.of == 0;
        let whole = self.amount / self.of;
        let number = if is_whole { thousands(whole) } else { decimals(self.as_f64()) };
        let one = is_whole && whole.abs() == 1;
        let unit = match (self.unit, one) {
            (Unit::Minutes, _) if is_whole => return f.write_str(&minutes_in_words(whole)),
            (Unit::Minutes, _) => "min",
            (Unit::Days, true) => "day",
            (Unit::Days, false) => "days",
            (Unit::Blocks, true) => "block",
            (Unit::Blocks, false) => "blocks",
            (Unit::Clock, _) => return write!(f, "{}:{:02}", whole.div_euclid(60), whole.rem_euclid(60)),
            (Unit::PerOne, _) => "to 1",
            (Unit::Share, _) => return write!(f, "{} %", decimals(self.as_f64() * 100.0)),
            (Unit::Dollars, _) => {
                let cents = (i128::from(self.amount) * 100).div_euclid(i128::from(self.of));
                return write!(f, "{}", Dollars::from_cents(i64::try_from(cents).unwrap_or(i64::MAX)));
            }
        };
        write!(f, "{number} {unit}")
    }
}

/// A window in which the requirement was not met and no exception saved it.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Failure {
    /// First date of the window.
    pub date: Date,
    /// What there is.
    pub have: Quantity,
    /// What there must be.
    pub need: Quantity,
    /// By how much it is missed (negative).
    pub slack: Quantity,
    /// Why no exception saved it, in words.
    pub why: String,
}

/// How an exception was used.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ExceptionUse {
    /// Its id within the clause.
    pub exception: String,
    /// On how many days.
    pub days: u32,
    /// How many days it may be used on, if there is a cap.
    pub cap_days: Option<u32>,
    /// The least slack on any of those days: of the made-up minutes, or else of the lower limit.
    pub slack: Quantity,
    /// The day on which that is.
    pub tightest: Date,
}

/// The answer, with its reasons.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Verdict {
    /// Place of the clause.
    pub clause: usize,
    /// Place of the school.
    pub school: usize,
    /// The grade or role it is about; nothing for the school or the district as a whole.
    #[serde(serialize_with = "as_text")]
    pub whose: Option<Whose>,
    /// Whether it is about the whole district: each of its schools then has the same answer.
    pub of_district: bool,
    /// The school year.
    pub year: String,
    /// The answer.
    pub outcome: Outcome,
    /// What there is, where it is tightest.
    pub have: Option<Quantity>,
    /// What there must be, where it is tightest.
    pub need: Option<Quantity>,
    /// The least slack over all windows, exceptions included; negative when it fails.
    pub slack: Option<Quantity>,
    /// First date of the tightest window.
    pub tightest: Option<Date>,
    /// The alternative that held, for a requirement with several (`180 days` of `180 days or 990 hours`).
    pub alternative: Option<String>,
    /// Exceptions that were used.
    pub uses: Vec<ExceptionUse>,
    /// The waiver (by place) that lets it go.
    pub waiver: Option<usize>,
    /// Whether that waiver rests on a condition of the scenario, which holds at some times and not at others.
    pub on_condition: bool,
    /// Windows that failed, in order.
    pub failures: Vec<Failure>,
    /// How many windows failed.
    pub n_failing: u32,
    /// What is missing in all failing windows together.
    pub short_in_all: Quantity,
    /// How many of its units make one of the unit that its text is written in: 60 for a text in hours.
    pub per_written_unit: i64,
    /// How many windows were checked.
    pub n_windows: u32,
    /// What would turn the answer round, and by how much.
    pub would_change: Vec<String>,
    /// Why, in sentences: the facts used, the limit that binds, what saved it.
    pub reasons: Vec<String>,
}

fn as_text<S: serde::Serializer>(whose: &Option<Whose>, s: S) -> Result<S::Ok, S::Error> {
    match whose {
        Some(whose) => s.collect_str(whose),
        None => s.serialize_none(),
    }
}

/// All answers, in the order of clauses, schools, grades or roles, and years.
#[derive(Debug, Clone, Default)]
pub struct Verdicts {
    /// The answers.
    pub list: Vec<Verdict>,
}

impl Verdicts {
    /// Answers about one clause.
    pub fn of_clause(&self, clause: usize) -> impl Iterator<Item = &Verdict> {
        self.list.iter().filter(move |v| v.clause == clause)
    }

    /// The worst of several answers: a failure before anything else, then the least slack; where their units differ,
    /// the least as a part of what is asked.
    pub fn worst<'a>(verdicts: impl IntoIterator<Item = &'a Verdict>) -> Option<&'a Verdict> {
        let all: Vec<&Verdict> = verdicts.into_iter().collect();
        let rank = |v: &Verdict| match v.outcome {
            Outcome::Fails => 0,
            Outcome::Waived => 1,
            Outcome::Holds => 2,
            Outcome::NotComputable => 3,
            Outcome::NotInForce => 4,
            Outcome::NotApplicable => 5,
        };
        let least_rank = all.iter().map(|v| rank(v)).min()?;
        let worst: Vec<&Verdict> = all.into_iter().filter(|v| rank(v) == least_rank).collect();
        let mut units = worst.iter().filter_map(|v| v.slack.map(|s| s.unit));
        let first = units.next();
        let one_unit = units.all(|unit| Some(unit) == first);
        let by_slack = |a: &&Verdict, b: &&Verdict| match (a.slack, b.slack) {
            (Some(x), Some(y)) if one_unit => x.order(y),
            (Some(x), Some(y)) => x.part_of(a.need).order(y.part_of(b.need)),
            (Some(_), None) => Ordering::Less,
            (None, Some(_)) => Ordering::Greater,
            (None, None) => Ordering::Equal,
        };
        worst.into_iter().min_by(by_slack)
    }

    /// Answers about one clause in one school, of all grades or roles and years.
    ///
    /// Found by halving, because a nation has millions of answers; the list keeps its order.
    pub fn about(&self, clause: usize, school: usize) -> &[Verdict] {
        let begins = self.list.partition_point(|v| (v.clause, v.school) < (clause, school));
        let ends = self.list.partition_point(|v| (v.clause, v.school) <= (clause, school));
        &self.list[begins..ends]
    }

    /// Whether a clause holds, does not bind or is waived without a condition, in a school in a school year.
    pub fn does_not_fail(&self, clause: usize, school: usize, year: &str) -> bool {
        self.about(clause, school)
            .iter()
            .filter(|v| v.year == year)
            .all(|v| v.outcome != Outcome::Fails && !v.on_condition)
    }

    /// How many clauses fail somewhere.
    pub fn n_clauses_failing(&self) -> usize {
        let mut failing: Vec<usize> =
            self.list.iter().filter(|v| v.outcome == Outcome::Fails).map(|v| v.clause).collect();
        failing.sort_unstable();
        failing.dedup();
        failing.len()
    }
}

/// The stretches of time in which a clause holds, or does not bind, in a school; both days are included.
///
/// A school year stands for the time from its first day to the day before the next year's first, so that a
/// clause that holds in both does not lapse in the summer between them.
pub fn holding_spans(verdicts: &Verdicts, clause: usize, school: usize, years: &[Year]) -> Vec<(Date, Date)> {
    let mut spans: Vec<(Date, Date)> = Vec::new();
    for (n, year) in years.iter().enumerate() {
        let (Some(first), Some(last)) = (year.days.first(), year.days.last()) else { continue };
        let next = years[n + 1..].iter().find_map(|y| y.days.first());
        let until = next.map_or(last.date, |next| days_later(next.date, -1));
        if verdicts.does_not_fail(clause, school, &year.id) {
            match spans.last_mut() {
                Some(span) if days_later(span.1, 1) == first.date => span.1 = until,
                _ => spans.push((first.date, until)),
            }
        }
    }
    spans
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clauses::Applies;
    use crate::clauses::Clause;
    use crate::clauses::Lawbook;
    use crate::clauses::Requirement;
    use crate::clauses::Rule;
    use crate::clauses::examples::applies;
    use crate::clauses::examples::district;
    use crate::clauses::examples::hours_a_day;
    use crate::clauses::examples::limit_clause;
    use crate::clauses::examples::plain;
    use crate::clauses::examples::timetable;
    use crate::clauses::examples::year;
    use crate::clauses::judge;
    use jiff::civil::date;

    #[test]
    fn a_clause_holds_over_the_summer_between_two_years_and_lapses_in_a_year_that_fails() {
        let years = [
            year("2025-26", date(2025, 9, 1), date(2026, 5, 29)),
            year("2026-27", date(2026, 8, 31), date(2027, 5, 28)),
            year("2027-28", date(2027, 8, 30), date(2028, 5, 26)),
        ];
        let bells = [plain("monday", 290, 0), plain("full", 310, 0)];
        let district = district("3", &bells);
        let timetable = timetable(&years, &bells, &district);
        let mut clause = limit_clause(hours_a_day(5));
        let spans = |clause: &Clause| {
            let verdicts = judge(&Lawbook::of_clauses(std::slice::from_ref(clause)), &district, &timetable);
            let held: Vec<bool> = years.iter().map(|y| verdicts.does_not_fail(0, 0, &y.id)).collect();
            (held, holding_spans(&verdicts, 0, 0, &timetable.schools[0].years))
        };
        assert_eq!(spans(&clause), (vec![false, false, false], vec![]));
        let Rule::Computable { requires: Requirement::Limit(limit), .. } = &mut clause.rule else {
            unreachable!("the clause was made of one limit");
        };
        limit.values[0].from = Some(date(2027, 7, 1));
        // not in force binds nobody: the last school day before the third year is the day before its first
        assert_eq!(spans(&clause), (vec![true, true, false], vec![(date(2025, 9, 1), date(2027, 8, 29))]));
        clause.applies = Applies { states: vec!["WI".into()], ..applies() };
        assert_eq!(spans(&clause).1, [(date(2025, 9, 1), date(2028, 5, 26))]);
    }
}
