//! What no bell says: stated facts, ratios of heads, notices; weighed once a school year for a school.
//!
//! Has a limit and a scene, gives both sides of the comparison. Knows no days and no blocks.

use crate::calendar::DayKind;
use crate::calendar::days_between;
use crate::clauses::CountedIn;
use crate::clauses::Fact;
use crate::clauses::FactValue;
use crate::clauses::Heads;
use crate::clauses::Limit;
use crate::clauses::Measure;
use crate::clauses::Rounded;
use crate::clauses::Said;
use crate::clauses::amount::in_unit;
use crate::clauses::amount::unit_of_limit;
use crate::clauses::exact::Exact;
use crate::clauses::exact::fraction;
use crate::clauses::exact::parts;
use crate::clauses::exact::whole;
use crate::clauses::scene::Scene;
use crate::clauses::weigh::Scales;
use crate::clauses::weigh::round;
use crate::clauses::weigh::too_large;
use crate::clauses::windows::Stretch;
use crate::units::Date;

/// Weighs a limit on what is stated of a school in a school year.
///
/// # Errors
/// When something is not stated, in words.
pub fn weigh_stated(limit: &Limit, scene: &Scene) -> Result<Scales, String> {
    let year = scene.this_year();
    let (Some(first), Some(last)) = (year.days.first(), year.days.last()) else { return Ok(Scales::empty()) };
    let given = match &limit.measure {
        Measure::Ratio { of, to } => Some(ratio(of, to, scene)?),
        Measure::Stated(ids) => Some(sum_of_facts(ids, limit, scene)?),
        Measure::Notice { of, before, counted } => notice(of, before, *counted, scene)?,
        Measure::PupilMinutes { .. }
        | Measure::StaffMinutes { .. }
        | Measure::PupilBlocks { .. }
        | Measure::StaffBlocks { .. }
        | Measure::PupilRun { .. }
        | Measure::StaffRun { .. }
        | Measure::CommonMinutes { .. }
        | Measure::Workday
        | Measure::PupilsArrive
        | Measure::PupilsLeave
        | Measure::StaffArrive
        | Measure::StaffLeave
        | Measure::PupilDays
        | Measure::StaffDays => None,
    };
    let mut scales = Scales::empty();
    let Some(mut given) = given else { return Ok(scales) };
    if let Some(rounding) = limit.rounding.filter(|r| r.of == Rounded::Figure) {
        given = round(limit, rounding, given);
    }
    let stretch = Stretch { first: first.date, days: 0..0, cut_short: false };
    scales.add(limit, stretch, last.date, parts(given).ok_or_else(too_large)?)?;
    Ok(scales)
}

/// The fact with an id.
///
/// # Errors
/// When the scenario states no such fact, in words.
pub fn fact<'a>(id: &str, scene: &Scene<'a>) -> Result<&'a Fact, String> {
    scene.book.facts.iter().find(|f| f.id == id).ok_or_else(|| format!("Nobody has stated `{id}`."))
}

/// What a fact says of the scene's school in its school year; the value of the school before that of all.
///
/// # Errors
/// When nothing is stated for this school and year, in words.
pub fn value_of<'a>(id: &str, scene: &Scene<'a>) -> Result<&'a FactValue, String> {
    let year = scene.this_year();
    let fact = fact(id, scene)?;
    let (first, last) = match (year.days.first(), year.days.last()) {
        (Some(first), Some(last)) => (first.date, last.date),
        _ => (Date::MIN, Date::MAX),
    };
    let meets = |v: &&FactValue| v.from.is_none_or(|from| from <= last) && v.until.is_none_or(|until| first <= until);
    // The one that is in force on the first day of the year, or else the first after it, however they are written.
    let stated = fact.values.iter().filter(meets);
    own_first(stated, scene).ok_or_else(|| format!("Nobody has stated `{id}` for {}.", year.id))
}

/// What is stated of the scene's school before what is stated of all schools; the earliest of several.
fn own_first<'a>(values: impl Iterator<Item = &'a FactValue> + Clone, scene: &Scene) -> Option<&'a FactValue> {
    let own = |v: &&FactValue| v.schools.iter().any(|s| s == scene.school_id());
    let of_school = values.clone().filter(own).min_by_key(|v| v.from);
    of_school.or_else(|| values.filter(|v| v.schools.is_empty()).min_by_key(|v| v.from))
}

fn sum_of_facts(ids: &[String], limit: &Limit, scene: &Scene) -> Result<Exact, String> {
    let mut sum = whole(0);
    for id in ids {
        let Said::Amount(amount) = value_of(id, scene)?.is else {
            return Err(format!("`{id}` is stated as a date, and the clause asks for an amount."));
        };
        let stated = in_unit(amount);
        if stated.unit != unit_of_limit(limit) {
            let (stated, asked) = (stated.unit.name(), unit_of_limit(limit).name());
            return Err(format!("`{id}` is stated in {stated}, and the clause asks in {asked}."));
        }
        sum += fraction(stated.n, stated.of);
    }
    Ok(sum)
}

fn ratio(of: &Heads, to: &Heads, scene: &Scene) -> Result<Exact, String> {
    let (of, to) = (heads(of, scene)?, heads(to, scene)?);
    if to == whole(0) {
        return Err(format!("There is nobody in {} to divide by.", scene.district.schools[scene.school].name));
    }
    Ok(of / to)
}

fn heads(heads: &Heads, scene: &Scene) -> Result<Exact, String> {
    let school = &scene.district.schools[scene.school];
    match heads {
        Heads::Pupils => {
            let counted = school.pupils.iter().filter(|(grade, _)| scene.applies().grades.contains(*grade));
            Ok(whole(counted.map(|(_, n)| i64::from(*n)).sum()))
        }
        Heads::Staff(id) => {
            let role = scene.district.role(id).ok_or_else(|| format!("There is no role `{id}`."))?;
            let positions = school.positions.iter().filter(|(r, _)| *r == role).map(|(_, n)| i64::from(*n)).sum();
            match scene.district.roles[role].one_per_educators {
                None => Ok(whole(positions)),
                // Thousandths of a post are finer than anybody shares one.
                Some(_) => Ok(fraction((scene.district.fte(role, scene.school) * 1_000.0).round() as i64, 1_000)),
            }
        }
    }
}

/// Days from one stated date until another; nothing in school years in which the second does not lie.
fn notice(of: &str, before: &str, counted: CountedIn, scene: &Scene) -> Result<Option<Exact>, String> {
    let date = |id: &str| match own_first(fact(id, scene)?.values.iter(), scene).map(|v| v.is) {
        Some(Said::On(date)) => Ok(date),
        Some(Said::Amount(_)) | None => Err(format!("`{id}` is not stated as a date.")),
    };
    let (announced, begins) = (date(of)?, date(before)?);
    let years = &scene.timetable.schools[scene.school].years;
    let next = years.get(scene.year + 1).and_then(|y| y.days.first()).map(|d| d.date);
    let own = scene.this_year().days.first().map(|d| d.date);
    // The summer before the first year belongs to it, any other summer to the year before.
    let after_start = scene.year == 0 || own.is_some_and(|own| own <= begins);
    let before_next = next.is_none_or(|next| begins < next);
    let last = scene.this_year().days.last().map(|d| d.date);
    let not_over = next.is_some() || last.is_some_and(|last| begins <= last);
    if !(after_start && before_next && not_over) {
        return Ok(None);
    }
    let days = match counted {
        CountedIn::CalendarDays => days_between(announced, begins),
        CountedIn::SchoolDays => {
            let known = years.iter().find_map(|y| y.days.first()).map(|d| d.date);
            if known.is_none_or(|known| announced < known) {
                return Err(format!("No calendar says which days before {begins} had school from {announced} on."));
            }
            let held =
                |d: &&crate::timetable::Day| d.kind == DayKind::Attendance && announced <= d.date && d.date < begins;
            let n: usize = years.iter().map(|y| y.days.iter().filter(held).count()).sum();
            i64::try_from(n).unwrap_or(i64::MAX)
        }
    };
    Ok(Some(whole(days)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::calendar::YearRules;
    use crate::clauses::Amount;
    use crate::clauses::Direction;
    use crate::clauses::Lawbook;
    use crate::clauses::Outcome;
    use crate::clauses::Quantity;
    use crate::clauses::Rounding;
    use crate::clauses::Side;
    use crate::clauses::Step;
    use crate::clauses::Unit;
    use crate::clauses::Verdict;
    use crate::clauses::Window;
    use crate::clauses::examples::district;
    use crate::clauses::examples::grade;
    use crate::clauses::examples::limit;
    use crate::clauses::examples::limit_clause;
    use crate::clauses::examples::plain;
    use crate::clauses::examples::role;
    use crate::clauses::examples::timetable;
    use crate::clauses::examples::year;
    use crate::clauses::judge;
    use crate::district::District;
    use crate::findings::Place;
    use crate::units::Dollars;
    use crate::units::Grades;
    use jiff::civil::date;

    fn two_years() -> [YearRules; 2] {
        [year("2025-26", date(2025, 9, 1), date(2026, 5, 29)), year("2026-27", date(2026, 8, 31), date(2027, 5, 28))]
    }

    fn fact(id: &str, values: Vec<FactValue>) -> Fact {
        Fact { id: id.into(), title: String::new(), values, written: Place::nowhere() }
    }

    fn always(is: Said) -> Vec<FactValue> {
        vec![FactValue { is, from: None, until: None, schools: vec![] }]
    }

    fn dollars(n: i64) -> Said {
        Said::Amount(Amount::Dollars(Dollars::from_cents(n * 100)))
    }

    /// Sixty pupils in grades 3 and 4, ten teachers, and coaches that schools share at one for every 25 educators.
    fn oak() -> District {
        let bells = [plain("monday", 300, 0), plain("full", 300, 0)];
        let mut district = district("3-4", &bells);
        district.schools[0].pupils = vec![(grade("3"), 25), (grade("4"), 35)];
        district.roles.push(role("coach"));
        district.roles[2].takes_up_practice = false;
        district.roles[2].one_per_educators = Some(25.0);
        district.roles[1].takes_up_practice = false;
        district
    }

    fn judged(limit: Limit, facts: &[Fact]) -> Vec<Verdict> {
        judged_in(&oak(), limit_clause(limit), facts)
    }

    fn judged_in(district: &District, clause: crate::clauses::Clause, facts: &[Fact]) -> Vec<Verdict> {
        let bells = [plain("monday", 300, 0), plain("full", 300, 0)];
        let clauses = [clause];
        let book = Lawbook { facts, ..Lawbook::of_clauses(&clauses) };
        judge(&book, district, &timetable(&two_years(), &bells, district)).list
    }

    fn at_most(measure: Measure, amount: Amount) -> Limit {
        limit(measure, Side::AtMost, Window::Year, amount)
    }

    fn sides(verdict: &Verdict) -> (f64, f64) {
        (verdict.have.unwrap().as_f64(), verdict.slack.unwrap().as_f64())
    }

    #[test]
    fn pupils_for_each_teacher_are_those_of_the_grades_spoken_of() {
        let ratio = Measure::Ratio { of: Heads::Pupils, to: Heads::Staff("teacher".into()) };
        let mut clause = limit_clause(at_most(ratio, Amount::PerOne(5_000)));
        // by hand: 60 pupils for 10 teachers are 6 for each, one above 5
        assert_eq!(sides(&judged_in(&oak(), clause.clone(), &[])[0]), (6.0, -1.0));
        clause.applies.grades = Grades::from_text("4").unwrap();
        // by hand: 35 for 10 are 3.5
        assert_eq!(sides(&judged_in(&oak(), clause, &[])[0]), (3.5, 1.5));
    }

    #[test]
    fn a_role_that_schools_share_counts_by_its_full_time_equivalents() {
        let ratio = |of: &str, to: &str| Measure::Ratio { of: Heads::Staff(of.into()), to: Heads::Staff(to.into()) };
        let verdict = &judged(at_most(ratio("teacher", "coach"), Amount::PerOne(20_000)), &[])[0];
        // by hand: 10 / 25 = 0.4 of a coach; 10 teachers for 0.4 are 25 for each, five above 20
        assert_eq!(sides(verdict), (25.0, -5.0));
        let nobody = &judged(at_most(ratio("teacher", "principal"), Amount::PerOne(20_000)), &[])[0];
        assert_eq!(nobody.outcome, Outcome::NotComputable, "nobody is divided by");
    }

    #[test]
    fn spending_is_the_sum_of_its_lines_in_exact_cents() {
        let facts = [fact("budget:a", always(dollars(30_000))), fact("budget:b", always(dollars(12_500)))];
        let lines = Measure::Stated(vec!["budget:a".into(), "budget:b".into()]);
        let limit = at_most(lines, Amount::Dollars(Dollars::from_cents(4_000_050)));
        // by hand: 30,000 + 12,500 = 42,500; 40,000.50 - 42,500 = -2,499.50
        assert_eq!(sides(&judged(limit.clone(), &facts)[0]), (42_500.0, -2_499.5));
        let missing = &judged(limit, &facts[..1])[0];
        assert_eq!(missing.outcome, Outcome::NotComputable);
        assert_eq!(missing.reasons, ["Nobody has stated `budget:b`."]);
    }

    #[test]
    fn amounts_of_another_unit_and_dates_are_never_compared() {
        let of = |is| {
            let limit = at_most(Measure::Stated(vec!["x".into()]), Amount::Share(500_000));
            judged(limit, &[fact("x", always(is))]).remove(0)
        };
        assert_eq!(of(dollars(1)).outcome, Outcome::NotComputable);
        assert_eq!(of(Said::On(date(2026, 1, 1))).outcome, Outcome::NotComputable);
        // by hand: 0.25 against a half
        assert_eq!(sides(&of(Said::Amount(Amount::Share(250_000)))), (0.25, 0.25));
    }

    #[test]
    fn each_year_and_school_is_held_to_its_own_value() {
        let value = |n, from, until, schools: &[&str]| FactValue {
            is: dollars(n),
            from,
            until,
            schools: schools.iter().map(|s| s.to_string()).collect(),
        };
        let summer = date(2026, 7, 1);
        let values = vec![
            value(500, None, Some(date(2026, 6, 30)), &[]),
            value(700, Some(summer), None, &[]),
            value(900, Some(summer), None, &["oak"]),
        ];
        let limit = at_most(Measure::Stated(vec!["x".into()]), Amount::Dollars(Dollars::from_cents(100_000)));
        let all = judged(limit, &[fact("x", values)]);
        // by hand: $1,000 less $500 in the first year; in the second the school's own $900 stands before the $700
        assert_eq!(all.iter().map(|v| sides(v).1).collect::<Vec<_>>(), [500.0, 100.0]);
    }

    #[test]
    fn a_ratio_is_rounded_before_it_is_compared() {
        let ratio = Measure::Ratio { of: Heads::Staff("teacher".into()), to: Heads::Pupils };
        let to = |direction| Limit {
            rounding: Some(Rounding { direction, step: Step::Digits(2), of: Rounded::Figure }),
            ..at_most(ratio.clone(), Amount::PerOne(170))
        };
        // by hand: 10 teachers for 60 pupils are 0.1666...; up it is 0.17, down 0.16
        assert_eq!(sides(&judged(to(Direction::Up), &[])[0]), (0.17, 0.0));
        assert_eq!(sides(&judged(to(Direction::Down), &[])[0]), (0.16, 0.01));
    }

    #[test]
    fn a_notice_belongs_to_the_year_in_which_the_thing_begins() {
        let days = |announced, begins, counted| {
            let facts = [fact("announced", always(Said::On(announced))), fact("begins", always(Said::On(begins)))];
            let measure = Measure::Notice { of: "announced".into(), before: "begins".into(), counted };
            let all = judged(limit(measure, Side::AtLeast, Window::Year, Amount::Days(60)), &facts);
            all.into_iter().map(|v| v.slack).collect::<Vec<_>>()
        };
        let slack = |n| Some(Quantity::whole(n, Unit::Days));
        // by hand: May has 31 days, so 1 May to 30 June 2026 are 60; the summer belongs to the year before it
        let calendar = CountedIn::CalendarDays;
        assert_eq!(days(date(2026, 5, 1), date(2026, 6, 30), calendar), [slack(0), None]);
        // by hand: 4 to 25 September 2026 are 21 days, in the second year
        assert_eq!(days(date(2026, 9, 4), date(2026, 9, 25), calendar), [None, slack(-39)]);
        // by hand: 15 school days, the 4th, two weeks, and the 21st to the 24th: 1 + 5 + 5 + 4
        assert_eq!(days(date(2026, 9, 4), date(2026, 9, 25), CountedIn::SchoolDays), [None, slack(-45)]);
        // what begins after all school years is judged in none, and what begins before them in the first
        assert_eq!(days(date(2027, 1, 4), date(2027, 8, 1), calendar), [None, None]);
        assert_eq!(days(date(2025, 5, 1), date(2025, 8, 1), calendar), [slack(32), None]); // by hand: 31 + 30 + 31 = 92
    }
}
