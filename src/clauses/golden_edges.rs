//! Corners of the law, each reckoned by hand: terms that overlap, grades that share most of their bells, waivers with
//! a condition, limits in several units, facts by school.

use crate::bells::BellSchedule;
use crate::bells::Kind;
use crate::bells::PupilDay;
use crate::calendar::DayKind;
use crate::calendar::Term;
use crate::clauses::Amount;
use crate::clauses::Cap;
use crate::clauses::CapPer;
use crate::clauses::Clause;
use crate::clauses::CountedIn;
use crate::clauses::Credit;
use crate::clauses::Credited;
use crate::clauses::Direction;
use crate::clauses::DistrictMean;
use crate::clauses::Exception;
use crate::clauses::Fact;
use crate::clauses::FactValue;
use crate::clauses::Government;
use crate::clauses::Lawbook;
use crate::clauses::Limit;
use crate::clauses::Measure;
use crate::clauses::Order;
use crate::clauses::Outcome;
use crate::clauses::Quantity;
use crate::clauses::Requirement;
use crate::clauses::Rounded;
use crate::clauses::Rounding;
use crate::clauses::Said;
use crate::clauses::Side;
use crate::clauses::Step;
use crate::clauses::Unit;
use crate::clauses::Verdict;
use crate::clauses::Verdicts;
use crate::clauses::Waiver;
use crate::clauses::Weight;
use crate::clauses::When;
use crate::clauses::Window;
use crate::clauses::examples::clause;
use crate::clauses::examples::d1;
use crate::clauses::examples::district;
use crate::clauses::examples::four_weeks;
use crate::clauses::examples::grade;
use crate::clauses::examples::hours_a_day;
use crate::clauses::examples::instruction;
use crate::clauses::examples::limit;
use crate::clauses::examples::limit_clause;
use crate::clauses::examples::minutes_block;
use crate::clauses::examples::plain;
use crate::clauses::examples::pupil_minutes;
use crate::clauses::examples::schedule;
use crate::clauses::examples::special;
use crate::clauses::examples::timetable;
use crate::clauses::examples::verdicts;
use crate::clauses::judge;
use crate::district::District;
use crate::findings::Place;
use crate::units::Date;
use crate::units::Grades;
use crate::units::Minutes;
use jiff::civil::date;

fn minutes(amount: i64) -> Option<Quantity> {
    Some(Quantity::whole(amount, Unit::Minutes))
}

fn days(amount: i64) -> Option<Quantity> {
    Some(Quantity::whole(amount, Unit::Days))
}

fn term(id: &str, first: Date, last: Date) -> Term {
    Term { id: id.into(), first, last }
}

/// A quarter, and a semester that the quarter is the second half of: in this order, as a calendar may list them.
fn quarter_and_semester() -> Vec<Term> {
    let ends = date(2025, 9, 26);
    vec![term("quarter", date(2025, 9, 15), ends), term("semester", date(2025, 9, 1), ends)]
}

// ---- several limits ------------------------------------------------------------------------------------------

#[test]
fn what_is_missing_in_all_is_told_of_the_limit_that_speaks() {
    let bells = [plain("monday", 310, 0), plain("full", 310, 0)];
    let days_limit = limit(Measure::PupilDays, Side::AtLeast, Window::Year, Amount::Days(22));
    let minutes_limit = limit(instruction(), Side::AtLeast, Window::Year, Amount::Minutes(6_300));
    let both = vec![Requirement::Limit(days_limit), Requirement::Limit(minutes_limit)];
    let verdict = &verdicts(clause(Requirement::All(both), vec![]), &[four_weeks()], &bells, "3")[0];
    // by hand: 20 of 22 days lack 2, a tenth and more; 20 * 310 = 6,200 of 6,300 lack 100, a sixtieth: days speak
    assert_eq!((verdict.outcome, verdict.slack), (Outcome::Fails, days(-2)));
    assert_eq!(Some(verdict.short_in_all), days(2));
}

#[test]
fn the_worst_of_answers_in_several_units_lacks_the_most_of_what_is_asked() {
    let bells = [plain("monday", 310, 0), plain("full", 310, 0)];
    let pupils = limit(instruction(), Side::AtLeast, Window::Year, Amount::Minutes(6_300));
    let staff = limit(Measure::StaffDays, Side::AtLeast, Window::Year, Amount::Days(25));
    let both = vec![Requirement::Limit(pupils), Requirement::Limit(staff)];
    let all = verdicts(clause(Requirement::All(both), vec![]), &[four_weeks()], &bells, "3");
    // by hand: grade 3 lacks 100 of 6,300 minutes, 1.6 %; teachers lack 5 of 25 days, 20 %
    assert_eq!(all.iter().map(|v| v.slack).collect::<Vec<_>>(), [minutes(-100), days(-5)]);
    assert_eq!(Verdicts::worst(&all).unwrap().slack, days(-5));
}

#[test]
fn times_of_day_and_minutes_are_compared_by_their_minutes() {
    let bells = [plain("monday", 310, 0), plain("full", 310, 0)];
    let eight = crate::units::ClockTime::from_text("8:05").unwrap();
    let begins = limit(Measure::PupilsArrive, Side::AtLeast, Window::Day, Amount::Clock(eight));
    let both = vec![Requirement::Limit(begins), Requirement::Limit(hours_a_day(6))];
    let verdict = &verdicts(clause(Requirement::All(both), vec![]), &[four_weeks()], &bells, "3")[0];
    // by hand: 8:00 is 5 minutes before 8:05; 310 lacks 50 of 360
    assert_eq!(verdict.slack, minutes(-50));
}

// ---- grades and credits --------------------------------------------------------------------------------------

fn credit(of: Credited, up_to: Amount) -> Credit {
    Credit { of: vec![of], up_to, written: Place::nowhere() }
}

#[test]
fn grades_that_differ_only_on_days_without_classes_are_not_taken_for_one() {
    let mut conference = schedule("conference", vec![minutes_block(Kind::Homeroom, 0, 60)], vec![]);
    conference.pupils = vec![PupilDay { grades: Grades::from_text("4").unwrap(), ..conference.pupils.remove(0) }];
    let bells = [plain("monday", 310, 0), plain("full", 310, 0), conference];
    let mut calendar = four_weeks();
    calendar.special = vec![special(DayKind::Conference, &[date(2025, 9, 26)], Some("conference"))];
    let mut of_days = limit(Measure::PupilDays, Side::AtLeast, Window::Year, Amount::Days(20));
    of_days.credits = vec![credit(Credited::DaysOf(vec![DayKind::Conference]), Amount::Days(1))];
    let all = verdicts(limit_clause(of_days), &[calendar], &bells, "3-4");
    // by hand: 19 days of attendance; grade 3 stays away on the 26th and has it credited, grade 4 comes
    assert_eq!(all.iter().map(|v| v.have).collect::<Vec<_>>(), [days(20), days(19)]);
    assert_eq!(all.iter().map(|v| v.outcome).collect::<Vec<_>>(), [Outcome::Holds, Outcome::Fails]);
}

// ---- exceptions ----------------------------------------------------------------------------------------------

fn monday_with_recess() -> [BellSchedule; 2] {
    let monday = vec![minutes_block(Kind::Instruction, 0, 180), minutes_block(Kind::Recess, 180, 30)];
    [schedule("monday", monday, vec![]), plain("full", 310, 0)]
}

fn lower(limit: Limit) -> Exception {
    Exception { when: vec![When::Limit(limit)], at_most_days: None, ..d1() }
}

#[test]
fn a_cap_of_the_window_caps_a_day_of_a_lower_limit() {
    let caps = vec![Cap { kind: Kind::Recess, up_to: Minutes(10), per: CapPer::Window }];
    let asks = |n| {
        let measure = pupil_minutes(vec![Kind::Instruction], caps.clone());
        lower(limit(measure, Side::AtLeast, Window::Day, Amount::Minutes(n)))
    };
    let judged = |n| {
        let law = clause(Requirement::Limit(hours_a_day(5)), vec![asks(n)]);
        verdicts(law, &[four_weeks()], &monday_with_recess(), "3").remove(0)
    };
    // by hand: Monday has 180 + 10 of its 30 minutes of recess = 190
    assert_eq!((judged(185).outcome, Some(judged(185).uses[0].slack)), (Outcome::Holds, minutes(5)));
    assert_eq!(judged(200).outcome, Outcome::Fails);
}

#[test]
fn a_lower_limit_is_rounded_as_it_says() {
    let down = Rounding { direction: Direction::Down, step: Step::Minutes(Minutes(15)), of: Rounded::Figure };
    let measure = pupil_minutes(vec![Kind::Instruction, Kind::Recess], vec![]);
    let three_hours = limit(measure, Side::AtLeast, Window::Day, Amount::Minutes(200));
    let law =
        |rounding| clause(Requirement::Limit(hours_a_day(5)), vec![lower(Limit { rounding, ..three_hours.clone() })]);
    let judged = |rounding| verdicts(law(rounding), &[four_weeks()], &monday_with_recess(), "3").remove(0);
    // by hand: Monday has 180 + 30 = 210, a whole number of quarters; 10 more than 200 either way
    assert_eq!(Some(judged(None).uses[0].slack), minutes(10));
    assert_eq!(Some(judged(Some(down)).uses[0].slack), minutes(10));
    // by hand: in steps of 45 minutes, 210 falls to 180, 20 short of 200
    let steps = Rounding { step: Step::Minutes(Minutes(45)), ..down };
    assert_eq!(judged(Some(steps)).outcome, Outcome::Fails);
}

#[test]
fn a_day_in_two_terms_takes_a_use_in_both() {
    let bells = [plain("monday", 240, 60), plain("full", 310, 0)];
    let mut calendar = four_weeks();
    calendar.terms = quarter_and_semester();
    let twice = Exception { at_most_days: Some((2, Window::Term)), ..d1() };
    let law = clause(Requirement::Limit(hours_a_day(5)), vec![twice]);
    let verdict = &verdicts(law, &[calendar], &bells, "3")[0];
    // by hand: all four Mondays lie in the semester, which has two uses: the 1st and the 8th take them
    assert_eq!((verdict.outcome, verdict.uses[0].days), (Outcome::Fails, 2));
    let failing: Vec<Date> = verdict.failures.iter().map(|f| f.date).collect();
    assert_eq!(failing, [date(2025, 9, 15), date(2025, 9, 22)]);
}

#[test]
fn a_quarter_is_credited_with_its_own_days_and_not_with_those_of_the_semester() {
    let institute = schedule("institute", vec![], vec![minutes_block(Kind::ProfessionalDevelopment, 0, 60)]);
    let bells = [plain("monday", 310, 0), plain("full", 310, 0), institute];
    let mut calendar = four_weeks();
    calendar.terms = vec![quarter_and_semester().remove(1), quarter_and_semester().remove(0)];
    calendar.special = vec![special(DayKind::Institute, &[date(2025, 9, 5)], Some("institute"))];
    let mut of_term = limit(instruction(), Side::AtLeast, Window::Term, Amount::Minutes(3_150));
    let development = vec![Kind::ProfessionalDevelopment];
    let staff_time = Credited::StaffTime { counts: development, role: "teacher".into() };
    of_term.credits = vec![credit(staff_time, Amount::Hours(Minutes(600)))];
    let verdict = &verdicts(limit_clause(of_term), &[calendar], &bells, "3")[0];
    // by hand: the quarter has ten days of 310 = 3,100 of 3,150; the hour of 5 September lies before it
    assert_eq!((verdict.have, verdict.slack), (minutes(3_100), minutes(-50)));
}

// ---- waivers -------------------------------------------------------------------------------------------------

fn waiver(from: Date, until: Date, only_if: Option<Requirement>) -> Waiver {
    Waiver {
        id: "waiver".into(),
        title: String::new(),
        source: None,
        section: String::new(),
        text: String::new(),
        order: Order::Regulation,
        clause: 0,
        granted_by: Government::State,
        from,
        until,
        schools: vec![],
        only_if,
        needs: None,
        written: Place::nowhere(),
    }
}

fn waived(waivers: &[Waiver]) -> Verdict {
    let bells = [plain("monday", 250, 0), plain("full", 310, 0), plain("short", 200, 0)];
    let mut calendar = four_weeks();
    calendar.special = vec![special(DayKind::Attendance, &[date(2025, 9, 26)], Some("short"))];
    let clauses = [limit_clause(hours_a_day(5))];
    let district = district("3", &bells);
    let book = Lawbook { waivers, ..Lawbook::of_clauses(&clauses) };
    judge(&book, &district, &timetable(&[calendar], &bells, &district)).list.remove(0)
}

#[test]
fn what_a_waiver_asks_is_asked_of_its_own_time() {
    let four_hours = || Some(Requirement::Limit(hours_a_day(4)));
    let failing = |v: Verdict| v.failures.iter().map(|f| f.date).collect::<Vec<_>>();
    let two_weeks = waiver(date(2025, 9, 1), date(2025, 9, 12), four_hours());
    // by hand: the Mondays of 250 minutes in the first two weeks are waived; the Friday of 200 comes two weeks later
    assert_eq!(failing(waived(&[two_weeks])), [date(2025, 9, 15), date(2025, 9, 22), date(2025, 9, 26)]);
    let four_weeks = waiver(date(2025, 9, 1), date(2025, 9, 26), four_hours());
    assert_eq!(failing(waived(&[four_weeks])).len(), 5, "the Friday of 200 minutes is in its time");
    let without = waived(&[waiver(date(2025, 9, 1), date(2025, 9, 26), None)]);
    assert_eq!((without.outcome, without.slack), (Outcome::Waived, minutes(-100))); // by hand: 200 - 300
}

// ---- what is stated ------------------------------------------------------------------------------------------

fn stated(id: &str, values: Vec<FactValue>) -> Fact {
    Fact { id: id.into(), title: String::new(), values, written: Place::nowhere() }
}

fn said(is: Said, from: Option<Date>, schools: &[&str]) -> FactValue {
    FactValue { is, from, until: None, schools: schools.iter().map(|s| s.to_string()).collect() }
}

/// The answers in two schools, `elm` and `oak`, of which each has one.
fn in_two_schools(clause: Clause, facts: &[Fact]) -> Vec<Verdict> {
    let bells = [plain("monday", 310, 0), plain("full", 310, 0)];
    let mut two: District = district("3", &bells);
    let mut elm = two.schools[0].clone();
    elm.id = "elm".into();
    two.schools.insert(0, elm);
    let clauses = [clause];
    let book = Lawbook { facts, ..Lawbook::of_clauses(&clauses) };
    judge(&book, &two, &timetable(&[four_weeks()], &bells, &two)).list
}

#[test]
fn each_school_is_held_to_the_date_that_it_announced() {
    let facts = [
        stated(
            "announced",
            vec![said(Said::On(date(2025, 9, 10)), None, &["elm"]), said(Said::On(date(2025, 9, 3)), None, &[])],
        ),
        stated("begins", vec![said(Said::On(date(2025, 9, 22)), None, &[])]),
    ];
    let of = |counted| {
        let measure = Measure::Notice { of: "announced".into(), before: "begins".into(), counted };
        let clause = limit_clause(limit(measure, Side::AtLeast, Window::Year, Amount::Days(14)));
        in_two_schools(clause, &facts).iter().map(|v| v.slack).collect::<Vec<_>>()
    };
    // by hand: 22 - 10 = 12 days in elm, 22 - 3 = 19 in oak, of 14
    assert_eq!(of(CountedIn::CalendarDays), [days(-2), days(5)]);
    // by hand: the 10th to the 12th and the week of the 15th, 3 + 5 = 8; the 3rd to the 5th and two weeks, 3 + 10 = 13
    assert_eq!(of(CountedIn::SchoolDays), [days(-6), days(-1)]);
}

#[test]
fn a_fact_that_changes_in_the_year_counts_as_it_is_on_the_first_day() {
    let share = |n: i64| Said::Amount(Amount::Share(n * 10_000));
    let before = FactValue { until: Some(date(2025, 9, 14)), ..said(share(90), None, &[]) };
    let after = said(share(95), Some(date(2025, 9, 15)), &[]);
    for values in [vec![before.clone(), after.clone()], vec![after, before]] {
        let measure = Measure::Stated(vec!["scheduled".into()]);
        let clause = limit_clause(limit(measure, Side::AtLeast, Window::Year, Amount::Share(920_000)));
        let slack = in_two_schools(clause, &[stated("scheduled", values)])[0].slack.unwrap();
        // by hand: 90 % on the first day of school, 2 % less than 92 %
        assert_eq!(slack.as_f64(), -0.02);
    }
}

#[test]
fn a_mean_over_pupils_whom_nobody_has_counted_is_not_computable() {
    let mut mean = limit(instruction(), Side::AtLeast, Window::Year, Amount::Hours(Minutes(900 * 60)));
    let of = |grades: &str, by| DistrictMean { grades: Grades::from_text(grades).unwrap(), by };
    let judged = |mean: &Limit| in_two_schools(limit_clause(mean.clone()), &[]).remove(0);
    mean.averaged = Some(of("1-8", Weight::Pupils));
    assert_eq!(judged(&mean).outcome, Outcome::NotComputable);
    mean.averaged = Some(of("1-8", Weight::Grades));
    assert_eq!(judged(&mean).have, minutes(6_200)); // by hand: 20 * 310 in both schools
    mean.averaged = Some(of("9-12", Weight::Pupils));
    assert_eq!(judged(&mean).outcome, Outcome::NotApplicable, "no school teaches grade {}", grade("9"));
}
