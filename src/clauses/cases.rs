//! Cases: small made-up districts with the answer that a clause must give there, reckoned by hand.
//!
//! Has a case and the clauses it is about, lays out its days, judges them, and says where the answer differs
//! from what is expected. Knows no files.

use crate::bells::BellSchedule;
use crate::calendar::Calendar;
use crate::calendar::CalendarDay;
use crate::calendar::SchoolYear;
use crate::calendar::Term;
use crate::clauses::Clause;
use crate::clauses::Fact;
use crate::clauses::Lawbook;
use crate::clauses::Outcome;
use crate::clauses::Quantity;
use crate::clauses::Unit;
use crate::clauses::Verdict;
use crate::clauses::Verdicts;
use crate::clauses::Waiver;
use crate::clauses::at_risk::at_risk;
use crate::clauses::judge;
use crate::clauses::named::roles_named;
use crate::district::Backfill;
use crate::district::District;
use crate::district::Level;
use crate::district::Role;
use crate::district::School;
use crate::findings::Place;
use crate::luck::Uncertain;
use crate::timetable;
use crate::units::Date;
use crate::units::Dollars;
use crate::units::Grade;
use crate::units::Grades;
use crate::units::Share;
use std::cmp::Ordering;

/// A made-up district and the answer that a clause must give in its first school.
#[derive(Debug, Clone)]
pub struct Case {
    /// The clause, by place among those of its pack.
    pub clause: usize,
    /// What it tries, in words.
    pub says: String,
    /// The district.
    pub given: Given,
    /// The answer.
    pub expect: Expected,
    /// How the answer was reckoned.
    pub because: String,
    /// Where it is written.
    pub written: Place,
}

/// The district of a case, in one school year.
#[derive(Debug, Clone)]
pub struct Given {
    /// The state, as two letters.
    pub state: String,
    /// Its schools; the first one is judged.
    pub schools: Vec<CaseSchool>,
    /// What rings, under the names that days use.
    pub bells: Vec<BellSchedule>,
    /// Parts of the year, if it has any.
    pub terms: Vec<Term>,
    /// Stated facts; they take the place of the pack's.
    pub facts: Vec<Fact>,
    /// Waivers, beside those of the pack.
    pub waivers: Vec<Waiver>,
}

/// A school of a case.
#[derive(Debug, Clone)]
pub struct CaseSchool {
    /// Its id.
    pub id: String,
    /// The grades it teaches.
    pub grades: Grades,
    /// Pupils of grades; nobody is counted in the others.
    pub pupils: Vec<(Grade, u32)>,
    /// People in roles; a role that has bells and no number here has one.
    pub roles: Vec<(String, u32)>,
    /// Every day from the first to the last, in order.
    pub days: Vec<CalendarDay>,
}

/// The answer that is expected: the worst over the grades or roles of the first school.
#[derive(Debug, Clone)]
pub struct Expected {
    /// The outcome.
    pub outcome: Outcome,
    /// The least slack, exactly.
    pub slack: Option<Quantity>,
    /// The date on which it is tightest.
    pub on: Option<Date>,
    /// An exception that is used, by its id.
    pub by: Option<String>,
    /// The money at risk by the clause's own formula.
    pub at_risk: Option<Dollars>,
}

/// What came of a case.
#[derive(Debug, Clone)]
pub struct CaseResult {
    /// The worst answer in the first school; nothing when there was none.
    pub verdict: Option<Verdict>,
    /// Where it differs from what was expected; nowhere when the case passes.
    pub differences: Vec<Difference>,
}

impl CaseResult {
    /// Whether the answer is the expected one.
    pub fn passes(&self) -> bool {
        self.differences.is_empty()
    }
}

/// Something that is not as expected, in words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Difference {
    /// What it is: `outcome`, `slack`.
    pub what: &'static str,
    /// What it should be.
    pub expected: String,
    /// What it is.
    pub got: String,
}

/// Judges the clause of a case in its district and compares the answer.
///
/// `pack` holds the clauses that the case's place is about, with their own facts and waivers.
pub fn run_case(case: &Case, pack: &Lawbook) -> CaseResult {
    let clause = &pack.clauses[case.clause];
    let given = &case.given;
    let mine = |w: &&Waiver| w.clause == case.clause;
    let waivers: Vec<Waiver> = pack.waivers.iter().chain(&given.waivers).filter(mine).map(of_first_clause).collect();
    let facts: Vec<Fact> = given.facts.iter().chain(pack.facts).cloned().collect();
    let book = Lawbook { clauses: std::slice::from_ref(clause), waivers: &waivers, facts: &facts };
    let district = district(given, clause);
    let timetable = timetable::build(&calendars(given), &given.bells, &district);
    let verdicts = judge(&book, &district, &timetable);
    let verdict = Verdicts::worst(verdicts.about(0, 0)).cloned();
    let money = || money(&book, &district, &timetable, &verdicts);
    let differences = differences(&case.expect, verdict.as_ref(), money);
    CaseResult { verdict, differences }
}

/// The waiver in a book that holds its clause alone.
fn of_first_clause(waiver: &Waiver) -> Waiver {
    Waiver { clause: 0, ..waiver.clone() }
}

/// The money that the first school loses, or the district for it.
fn money(
    book: &Lawbook,
    district: &District,
    timetable: &timetable::Timetable,
    verdicts: &Verdicts,
) -> Result<Dollars, String> {
    let all = at_risk(book, district, timetable, verdicts);
    all.into_iter().filter(|one| one.school.is_none_or(|school| school == 0)).map(|one| one.dollars).sum()
}

fn differences(
    expect: &Expected,
    got: Option<&Verdict>,
    money: impl FnOnce() -> Result<Dollars, String>,
) -> Vec<Difference> {
    let Some(got) = got else {
        return vec![Difference {
            what: "outcome",
            expected: expect.outcome.name().into(),
            got: "no answer at all".into(),
        }];
    };
    let mut found = Vec::new();
    let mut differs = |what, expected: String, got: String| found.push(Difference { what, expected, got });
    if got.outcome != expect.outcome {
        differs("outcome", expect.outcome.name().into(), got.outcome.name().into());
    }
    if let Some(slack) = expect.slack
        && !got.slack.is_some_and(|s| s.unit == slack.unit && s.order(slack) == Ordering::Equal)
    {
        differs("slack", exactly(slack), got.slack.map_or_else(|| "none".into(), exactly));
    }
    if let Some(on) = expect.on
        && got.tightest != Some(on)
    {
        differs("tightest on", on.to_string(), got.tightest.map_or_else(|| "no date".into(), |d| d.to_string()));
    }
    if let Some(by) = &expect.by
        && !got.uses.iter().any(|u| u.exception == *by)
    {
        let used: Vec<&str> = got.uses.iter().map(|u| u.exception.as_str()).collect();
        differs("exception", by.clone(), if used.is_empty() { "none".into() } else { used.join(", ") });
    }
    if let Some(at_risk) = expect.at_risk {
        match money() {
            Ok(dollars) if dollars == at_risk => {}
            Ok(dollars) => differs("money at risk", at_risk.to_string(), dollars.to_string()),
            Err(why) => differs("money at risk", at_risk.to_string(), why),
        }
    }
    found
}

/// A quantity, with its fraction where digits after the point do not tell it exactly.
fn exactly(quantity: Quantity) -> String {
    let shown_in_parts = match quantity.unit {
        Unit::Share => 10_000, // a percentage with two digits after the point
        Unit::Minutes | Unit::Days | Unit::Blocks | Unit::Clock | Unit::PerOne | Unit::Dollars => 100,
    };
    match i128::from(quantity.amount) * shown_in_parts % i128::from(quantity.of) {
        0 => quantity.to_string(),
        _ => format!("{quantity}, exactly {}/{}", quantity.amount, quantity.of),
    }
}

fn district(given: &Given, clause: &Clause) -> District {
    let mut ids: Vec<String> = Vec::new();
    let written = given.schools.iter().flat_map(|s| s.roles.iter().map(|(role, _)| role.clone()));
    let ringing = given.bells.iter().flat_map(|b| b.staff.iter().flat_map(|s| s.roles.iter().cloned()));
    for id in written.chain(ringing).chain(roles_named(clause)) {
        if !ids.contains(&id) {
            ids.push(id);
        }
    }
    let schools = given.schools.iter().enumerate().map(|(n, s)| school(s, n, given, &ids)).collect();
    District { name: "The district of the case".into(), roles: ids.iter().map(|id| role(id)).collect(), schools }
}

fn school(of: &CaseSchool, place: usize, given: &Given, roles: &[String]) -> School {
    let rings = |bells: &BellSchedule| of.days.iter().any(|d| d.rings.as_ref() == Some(&bells.id));
    let has_bells = |role: &String| given.bells.iter().any(|b| rings(b) && !b.staff_blocks(role).is_empty());
    let people = |role: &String| match of.roles.iter().find(|(id, _)| id == role) {
        Some((_, n)) => *n,
        None => u32::from(has_bells(role)),
    };
    let half = Share::new(0.5).expect("a half is a share");
    School {
        id: of.id.clone(),
        name: format!("School {}", of.id),
        state: given.state.clone(),
        level: Level::Other,
        grades: of.grades,
        pupils: of.pupils.clone(),
        positions: roles.iter().map(people).enumerate().filter(|(_, n)| *n > 0).collect(),
        team_size: 1,
        calendar: place,
        bells: given.bells.iter().enumerate().map(|(n, b)| (b.id.clone(), n)).collect(),
        leaders_support: half,
        families_support: half,
        written: Place::nowhere(),
    }
}

/// A role of which clauses know no more than its id.
fn role(id: &str) -> Role {
    Role {
        id: id.into(),
        title: id.into(),
        takes_up_practice: true,
        one_per_educators: None,
        hours_per_week: 0.0,
        travel: Share::new(0.0).expect("nothing is a share"),
        knows: vec![],
        grades: Grades::ALL,
        strengths: vec![],
        retooling_hours: Uncertain::Fixed(0.0),
        retooling_hours_per_week: 0.0,
        cost_per_year: Dollars::default(),
        backfill: Backfill::Nobody,
        duty_hours_per_week: 0.0,
        needs: None,
        written: Place::nowhere(),
    }
}

/// One calendar a school, all of the same school year.
fn calendars(given: &Given) -> Vec<Calendar> {
    let first = given.schools.iter().filter_map(|s| s.days.first()).map(|d| d.date).min();
    let id = first.map(school_year_of).unwrap_or_default();
    let calendar = |school: &CaseSchool| {
        let year = |first: &CalendarDay, last: &CalendarDay| SchoolYear {
            id: id.clone(),
            first: first.date,
            last: last.date,
            terms: given.terms.clone(),
            days: school.days.clone(),
            emergency_days: 0,
            written: Place::nowhere(),
        };
        let years = school.days.first().zip(school.days.last()).map(|(first, last)| year(first, last));
        Calendar { id: school.id.clone(), years: years.into_iter().collect(), written: Place::nowhere() }
    };
    given.schools.iter().map(calendar).collect()
}

/// The school year that a date lies in, such as `2025-26`; it begins with July.
fn school_year_of(date: Date) -> String {
    let begins = if date.month() >= 7 { date.year() } else { date.year() - 1 };
    format!("{begins}-{:02}", (begins + 1) % 100)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::calendar::DayKind;
    use crate::calendar::lay_days;
    use crate::clauses::Amount;
    use crate::clauses::Direction;
    use crate::clauses::FactValue;
    use crate::clauses::Formula;
    use crate::clauses::Government;
    use crate::clauses::Heads;
    use crate::clauses::Measure;
    use crate::clauses::OnceFor;
    use crate::clauses::Order;
    use crate::clauses::Penalty;
    use crate::clauses::Requirement;
    use crate::clauses::Said;
    use crate::clauses::Side;
    use crate::clauses::Window;
    use crate::clauses::examples::four_weeks;
    use crate::clauses::examples::hours_a_day;
    use crate::clauses::examples::illinois;
    use crate::clauses::examples::limit;
    use crate::clauses::examples::limit_clause;
    use crate::clauses::examples::plain;
    use jiff::civil::date;

    /// Mondays of 285 with development after them, other days of 310; four full weeks of grade 3.
    fn case(expect: Expected) -> Case {
        let days = lay_days(&four_weeks()).unwrap().days;
        let grades = Grades::from_text("3").unwrap();
        let school = CaseSchool { id: "a".into(), grades, pupils: vec![], roles: vec![], days };
        Case {
            clause: 0,
            says: "Mondays are made up.".into(),
            given: Given {
                state: "IL".into(),
                schools: vec![school],
                bells: vec![plain("monday", 285, 75), plain("full", 310, 0)],
                terms: vec![],
                facts: vec![],
                waivers: vec![],
            },
            expect,
            because: "310 - 300 = 10".into(),
            written: Place::nowhere(),
        }
    }

    fn expect(outcome: Outcome, slack: Option<i64>) -> Expected {
        let slack = slack.map(|minutes| Quantity::whole(minutes, Unit::Minutes));
        Expected { outcome, slack, on: None, by: None, at_risk: None }
    }

    fn differing(case: &Case, clauses: &[Clause]) -> Vec<(&'static str, String)> {
        let result = run_case(case, &Lawbook::of_clauses(clauses));
        result.differences.into_iter().map(|d| (d.what, d.got)).collect()
    }

    #[test]
    fn a_case_with_the_right_answer_passes() {
        // by hand: Monday lacks 15 and four days add 40, 25 over; the tightest is a Tuesday, 310 - 300
        let right = Expected { on: Some(date(2025, 9, 2)), by: Some("d-3".into()), ..expect(Outcome::Holds, Some(10)) };
        assert!(run_case(&case(right), &Lawbook::of_clauses(&[illinois()])).passes());
    }

    #[test]
    fn every_wrong_expectation_is_a_difference_of_its_own() {
        let wrong = Expected {
            on: Some(date(2025, 9, 3)),
            by: Some("d-1".into()),
            at_risk: Some(Dollars::from_cents(100)),
            ..expect(Outcome::Fails, Some(-15))
        };
        let found = differing(&case(wrong), &[illinois()]);
        let got = |what: &str| found.iter().find(|(w, _)| *w == what).map(|(_, got)| got.as_str());
        assert_eq!(got("outcome"), Some("holds"));
        assert_eq!(got("slack"), Some("10 min"));
        assert_eq!(got("tightest on"), Some("2025-09-02"));
        assert_eq!(got("exception"), Some("d-3"));
        assert_eq!(got("money at risk"), Some("$0"));
        assert_eq!(found.len(), 5);
    }

    #[test]
    fn slack_is_compared_in_whole_fractions_and_in_its_unit() {
        let holds = |amount, of, unit| {
            let slack = Some(Quantity { amount, of, unit });
            differing(&case(Expected { slack, ..expect(Outcome::Holds, None) }), &[illinois()])
        };
        assert_eq!(holds(1_000, 100, Unit::Minutes), []);
        assert_eq!(holds(1_001, 100, Unit::Minutes), [("slack", "10 min".to_string())]);
        assert_eq!(holds(10, 1, Unit::Days), [("slack", "10 min".to_string())]);
        let third = Quantity { amount: 10, of: 3, unit: Unit::Minutes };
        assert_eq!(exactly(third), "3.33 min, exactly 10/3");
        assert_eq!(exactly(Quantity { amount: 5, of: 100, unit: Unit::Share }), "5 %");
    }

    #[test]
    fn waivers_of_the_case_count_for_their_own_clause_only() {
        let mut short = case(expect(Outcome::Waived, None));
        short.given.bells[1] = plain("full", 290, 0);
        let waiver = |clause| Waiver {
            id: "w".into(),
            title: String::new(),
            source: None,
            section: String::new(),
            text: String::new(),
            order: Order::Statute,
            clause,
            granted_by: Government::State,
            from: date(2025, 7, 1),
            until: date(2026, 6, 30),
            schools: vec![],
            only_if: None,
            needs: None,
            written: Place::nowhere(),
        };
        let clauses = [limit_clause(hours_a_day(6)), illinois()];
        short.clause = 1;
        short.given.waivers = vec![waiver(1)];
        assert_eq!(differing(&short, &clauses), []);
        short.given.waivers = vec![waiver(0)];
        assert_eq!(differing(&short, &clauses), [("outcome", "fails".to_string())]);
    }

    #[test]
    fn the_money_at_risk_is_that_of_all_grades_of_the_first_school() {
        let mut clause = illinois();
        let lost = Formula::Times(vec![Formula::Fact("fine".into()), Formula::WindowsFailing]);
        let dollars = Formula::Rounded(Direction::HalfUp, 2, Box::new(lost));
        let once_for = OnceFor::Each;
        clause.penalty = Some(Penalty { text: String::new(), once_for, dollars, written: Place::nowhere() });
        let fine = |cents| Fact {
            id: "fine".into(),
            title: String::new(),
            values: vec![FactValue {
                is: Said::Amount(Amount::Dollars(Dollars::from_cents(cents))),
                from: None,
                until: None,
                schools: vec![],
            }],
            written: Place::nowhere(),
        };
        let mut fined =
            case(Expected { at_risk: Some(Dollars::from_cents(16_000)), ..expect(Outcome::Fails, Some(-10)) });
        fined.given.bells = vec![plain("monday", 310, 0), plain("full", 290, 0)];
        fined.given.schools[0].grades = Grades::from_text("3-4").unwrap();
        fined.given.facts = vec![fine(500)];
        // by hand: 2 grades x 16 days from Tuesday to Friday x $5 = $160; the fact of the case comes before the pack's
        let facts = [fine(9_900)];
        let clauses = [clause];
        let pack = Lawbook { facts: &facts, ..Lawbook::of_clauses(&clauses) };
        assert!(run_case(&fined, &pack).passes());
        fined.given.facts.clear();
        let unstated = differing(&fined, &clauses);
        assert_eq!(unstated, [("money at risk", "Nobody has stated `fine`.".to_string())]);
    }

    #[test]
    fn a_role_with_bells_and_no_number_has_one_person_and_one_without_has_nobody() {
        let of = Heads::Staff("teacher".into());
        let ratio = |to: &str| {
            let measure = Measure::Ratio { of: of.clone(), to: Heads::Staff(to.into()) };
            let limit = limit(measure, Side::AtMost, Window::Year, Amount::PerOne(25_000));
            vec![limit_clause(limit)]
        };
        let each = |amount| Some(Quantity::whole(amount, Unit::PerOne));
        let mut counted = case(Expected { slack: each(24), ..expect(Outcome::Holds, None) });
        assert_eq!(differing(&counted, &ratio("teacher")), []); // by hand: 25 - 1 / 1
        counted.given.schools[0].roles = vec![("teacher".into(), 60), ("coach".into(), 2)];
        counted.expect = Expected { slack: each(-5), ..expect(Outcome::Fails, None) };
        assert_eq!(differing(&counted, &ratio("coach")), []); // by hand: 25 - 60 / 2
        counted.expect = expect(Outcome::NotComputable, None);
        assert_eq!(differing(&counted, &ratio("librarian")), []);
    }

    #[test]
    fn the_district_is_averaged_over_the_other_schools_as_well() {
        let mean = crate::clauses::DistrictMean { grades: Grades::ALL, by: crate::clauses::Weight::Pupils };
        let mut year =
            limit(crate::clauses::examples::instruction(), Side::AtLeast, Window::Year, Amount::Minutes(6_000));
        year.averaged = Some(mean);
        let mut two = case(expect(Outcome::Holds, Some(0)));
        let three = Grade::from_text("3").unwrap();
        two.given.schools[0].pupils = vec![(three, 100)];
        let mut other = two.given.schools[0].clone();
        other.id = "b".into();
        other.days.iter_mut().filter(|d| d.kind == DayKind::Attendance).for_each(|d| d.rings = Some("low".into()));
        two.given.schools.push(other);
        two.given.bells.push(plain("low", 295, 0));
        // by hand: 4 x 285 + 16 x 310 = 6,100 and 20 x 295 = 5,900; their mean is 6,000
        assert_eq!(differing(&two, &[crate::clauses::examples::clause(Requirement::Limit(year), vec![])]), []);
    }

    #[test]
    fn school_years_begin_with_july() {
        assert_eq!(school_year_of(date(2025, 9, 1)), "2025-26");
        assert_eq!(school_year_of(date(2026, 6, 30)), "2025-26");
        assert_eq!(school_year_of(date(1999, 7, 1)), "1999-00");
    }
}
