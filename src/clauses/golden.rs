//! Cases with known answers, each reckoned by hand.

use crate::bells::Kind;
use crate::calendar::DayKind;
use crate::calendar::days_later;
use crate::clauses::Amount;
use crate::clauses::Cap;
use crate::clauses::CapPer;
use crate::clauses::Clause;
use crate::clauses::DatedValue;
use crate::clauses::Measure;
use crate::clauses::Outcome;
use crate::clauses::Quantity;
use crate::clauses::Requirement;
use crate::clauses::Rule;
use crate::clauses::Side;
use crate::clauses::Unit;
use crate::clauses::Verdict;
use crate::clauses::Window;
use crate::clauses::examples::clause;
use crate::clauses::examples::d1;
use crate::clauses::examples::d3;
use crate::clauses::examples::four_weeks;
use crate::clauses::examples::hours_a_day;
use crate::clauses::examples::illinois;
use crate::clauses::examples::instruction;
use crate::clauses::examples::limit;
use crate::clauses::examples::limit_clause;
use crate::clauses::examples::minutes_block;
use crate::clauses::examples::plain;
use crate::clauses::examples::pupil_minutes;
use crate::clauses::examples::schedule;
use crate::clauses::examples::special;
use crate::clauses::examples::verdicts;
use crate::clauses::examples::year;
use crate::timetable::Whose;
use crate::units::Minutes;
use jiff::civil::date;

fn minutes(amount: i64) -> Option<Quantity> {
    Some(Quantity::whole(amount, Unit::Minutes))
}

fn days(amount: i64) -> Option<Quantity> {
    Some(Quantity::whole(amount, Unit::Days))
}

#[test]
fn mondays_of_285_hold_because_the_days_between_them_make_up_for_it() {
    let bells = [plain("monday", 285, 75), plain("full", 310, 0)];
    let all = verdicts(illinois(), &[four_weeks()], &bells, "3");
    assert_eq!(all.len(), 1);
    let verdict = &all[0];
    assert_eq!(verdict.outcome, Outcome::Holds);
    // by hand: Monday lacks 300 - 285 = 15; Tuesday to Friday add 4 * 10 = 40; 40 - 15 = 25
    let used = &verdict.uses[0];
    assert_eq!((used.exception.as_str(), used.days, used.cap_days), ("d-3", 4, None));
    assert_eq!((Some(used.slack), used.tightest), (minutes(25), date(2025, 9, 1)));
    // by hand: a Tuesday of 310 has only 10 to spare, which is less than 25
    assert_eq!((verdict.slack, verdict.tightest), (minutes(10), Some(date(2025, 9, 2))));
    assert_eq!((verdict.have, verdict.need, verdict.n_windows), (minutes(310), minutes(300), 20));
    assert_eq!(
        verdict.reasons,
        [
            "16 of 20 days reach 300 min by themselves, the tightest by 10 min on 2025-09-02.",
            "Mondays have, where it is tightest (2025-09-01), 285 min, 15 min short of 300; 4 of the days until the \
             next such day add 40 min, 25 min more than needed (exception d-3, used on 4 days).",
        ]
    );
}

#[test]
fn mondays_of_285_fail_by_three_minutes_when_the_days_between_them_add_twelve() {
    let bells = [plain("monday", 285, 75), plain("full", 303, 0)];
    // without in-service days, which would save ten Mondays
    let law = clause(Requirement::Limit(hours_a_day(5)), vec![d3()]);
    let verdict = &verdicts(law, &[four_weeks()], &bells, "3")[0];
    assert_eq!(verdict.outcome, Outcome::Fails);
    // by hand: 4 * 3 = 12 of the 15 that are lacking
    assert_eq!((verdict.slack, verdict.have, verdict.need), (minutes(-3), minutes(285), minutes(300)));
    assert_eq!(verdict.failures.len(), 4);
    assert_eq!(
        verdict.failures[0].why,
        "exception d-3: 4 of the days until the next such day add 12 min, 3 min short of the 15 min it lacks"
    );
    assert!(verdict.uses.is_empty());
}

#[test]
fn mondays_of_300_hold_by_themselves_with_nothing_to_spare() {
    let bells = [plain("monday", 300, 75), plain("full", 310, 0)];
    let verdict = &verdicts(illinois(), &[four_weeks()], &bells, "3")[0];
    assert_eq!((verdict.outcome, verdict.slack, verdict.uses.len()), (Outcome::Holds, minutes(0), 0));
    assert_eq!(verdict.tightest, Some(date(2025, 9, 1)));
}

#[test]
fn a_holiday_monday_lengthens_the_interval_and_a_holiday_tuesday_shortens_it() {
    let bells = [plain("monday", 285, 75), plain("full", 310, 0)];
    let mut calendar = four_weeks();
    calendar.special = vec![special(DayKind::Holiday, &[date(2025, 9, 8), date(2025, 9, 16)], None)];
    let verdict = &verdicts(illinois(), &[calendar], &bells, "3")[0];
    let used = &verdict.uses[0];
    // by hand: Mondays 1, 15 and 22 September; after the 15th come Wed, Thu, Fri: 3 * 10 - 15 = 15
    assert_eq!((used.days, Some(used.slack), used.tightest), (3, minutes(15), date(2025, 9, 15)));
}

#[test]
fn a_short_monday_on_the_last_day_of_the_year_lives_on_what_the_monday_before_leaves() {
    let bells = [plain("monday", 285, 75), plain("full", 310, 0)];
    let calendar = year("2025-26", date(2025, 9, 1), date(2025, 9, 15));
    let verdict = &verdicts(illinois(), &[calendar], &bells, "3")[0];
    // by hand: four days add 40; the second Monday takes 15 and leaves 25, of which the last one takes 15
    let used = &verdict.uses[0];
    assert_eq!((verdict.outcome, used.days, Some(used.slack)), (Outcome::Holds, 3, minutes(10)));
    assert_eq!(used.tightest, date(2025, 9, 15));
}

#[test]
fn a_short_friday_before_a_break_is_an_in_service_day_and_leaves_the_mondays_regular() {
    let bells = [plain("monday", 285, 75), plain("full", 310, 0)];
    let mut calendar = four_weeks();
    calendar.special = vec![special(DayKind::Attendance, &[date(2025, 9, 19)], Some("monday"))];
    let verdict = &verdicts(illinois(), &[calendar], &bells, "3")[0];
    let uses: Vec<(&str, u32)> = verdict.uses.iter().map(|u| (u.exception.as_str(), u.days)).collect();
    assert_eq!(uses, [("d-1", 1), ("d-3", 4)]);
    // by hand: the week of 15 September has three days of 310: 3 * 10 - 15 = 15
    assert_eq!(Some(verdict.uses[1].slack), minutes(15));
}

fn five_hours_until_2017_and_from_2019() -> Clause {
    let value = |from, until| DatedValue { from, until, amount: Amount::Hours(Minutes(300)), source: None };
    let mut limit = hours_a_day(5);
    limit.values = vec![value(None, Some(date(2017, 8, 31))), value(Some(date(2019, 7, 1)), None)];
    limit_clause(limit)
}

#[test]
fn a_year_between_two_values_is_not_in_force_and_neither_holds_nor_fails() {
    let years = [
        year("2017-18", date(2017, 8, 21), date(2018, 5, 25)),
        year("2018-19", date(2018, 8, 20), date(2019, 5, 24)),
        year("2019-20", date(2019, 8, 19), date(2020, 5, 22)),
    ];
    let bells = [plain("monday", 200, 0), plain("full", 310, 0)];
    let all = verdicts(five_hours_until_2017_and_from_2019(), &years, &bells, "3");
    let outcomes: Vec<Outcome> = all.iter().map(|v| v.outcome).collect();
    assert_eq!(outcomes, [Outcome::Fails, Outcome::NotInForce, Outcome::Fails]);
    // by hand: in August 2017 school is held on the 21st to the 25th and the 28th to the 31st
    assert_eq!((all[0].n_windows, all[0].failures.len()), (9, 2));
    assert_eq!((all[1].slack, all[1].n_windows), (None, 0));
}

#[test]
fn ccsd93_mondays_are_ninety_minutes_shorter_at_both_levels() {
    // bells as published: 8:45 to 15:45 and 14:15 in elementary, 8:00 to 15:15 and 13:45 in middle schools
    let level = |begins: i64, monday: i64, full: i64| {
        let day = |id, length| schedule(id, vec![minutes_block(Kind::Instruction, begins, length)], vec![]);
        [day("monday", monday), day("full", full)]
    };
    for (grade, bells, full, monday) in [("3", level(45, 330, 420), 420, 330), ("7", level(0, 345, 435), 435, 345)] {
        let at_least = |n| limit_clause(limit(instruction(), Side::AtLeast, Window::Day, Amount::Minutes(n)));
        let verdict = &verdicts(at_least(full), &[four_weeks()], &bells, grade)[0];
        assert_eq!((verdict.have, verdict.slack), (minutes(monday), minutes(-90)));
        assert_eq!(verdict.failures.len(), 4, "the Mondays and only they are shorter");
        let own = &verdicts(at_least(300), &[four_weeks()], &bells, grade)[0];
        // by hand: 330 - 300 and 345 - 300 are what lunch and recess may take before the five hours are missed
        assert_eq!(own.slack, minutes(monday - 300));
    }
}

/// A year of exactly so many days of attendance, every one of them with the same minutes.
fn days_of(n: i64, minutes: i64, clause: Clause, grade: &str) -> Verdict {
    // by hand: n school days from a Monday on end after n / 5 weeks and n % 5 further days
    let first = date(2013, 9, 2);
    let last = days_later(first, 7 * ((n - 1) / 5) + (n - 1) % 5);
    let bells = [plain("monday", minutes, 0), plain("full", minutes, 0)];
    verdicts(clause, &[year("2013-14", first, last)], &bells, grade).remove(0)
}

#[test]
fn fairfax_holds_by_its_days_and_the_missing_hours_are_shown() {
    let days_limit = limit(Measure::PupilDays, Side::AtLeast, Window::Year, Amount::Days(180));
    let hours_limit = limit(instruction(), Side::AtLeast, Window::Year, Amount::Hours(Minutes(990 * 60)));
    let either = Requirement::Any(vec![Requirement::Limit(hours_limit), Requirement::Limit(days_limit)]);
    let verdict = days_of(180, 325, clause(either, vec![]), "3");
    assert_eq!((verdict.outcome, verdict.slack), (Outcome::Holds, days(0)));
    assert_eq!(verdict.alternative.as_deref(), Some("at least 180 days of attendance a year"));
    // by hand: 180 * 325 = 58,500 of 990 * 60 = 59,400
    assert_eq!(
        verdict.reasons[2],
        "The alternative `at least 990 h of instruction, homeroom and passing a year` fails: 58,500 min \
         (975 h) against 59,400 min (990 h), 900 min (15 h) short on 2013-09-02."
    );
    assert!(verdict.failures.is_empty());
}

#[test]
fn texas_minutes_are_met_exactly_by_180_days_of_420() {
    let counts = vec![Kind::Instruction, Kind::Passing, Kind::Recess, Kind::Lunch];
    let limit = limit(pupil_minutes(counts, vec![]), Side::AtLeast, Window::Year, Amount::Minutes(75_600));
    let verdict = days_of(180, 420, limit_clause(limit), "9");
    // by hand: 180 * 420 = 75,600
    assert_eq!((verdict.outcome, verdict.have, verdict.slack), (Outcome::Holds, minutes(75_600), minutes(0)));
    assert_eq!(
        verdict.reasons,
        ["The year has 75,600 min (1,260 h); 75,600 min (1,260 h) are asked, so 0 min are to spare."]
    );
}

#[test]
fn wisconsin_counts_half_an_hour_of_recess_a_day_and_no_lunch() {
    let day = |id| {
        let blocks = vec![
            minutes_block(Kind::Instruction, 0, 150),
            minutes_block(Kind::Recess, 150, 45),
            minutes_block(Kind::Lunch, 195, 30),
            minutes_block(Kind::Passing, 225, 5),
            minutes_block(Kind::Instruction, 230, 170),
        ];
        schedule(id, blocks, vec![])
    };
    let caps = vec![Cap { kind: Kind::Recess, up_to: Minutes(30), per: CapPer::Day }];
    let measure = pupil_minutes(vec![Kind::Instruction, Kind::Homeroom, Kind::Passing], caps);
    let clause = limit_clause(limit(measure, Side::AtLeast, Window::Year, Amount::Hours(Minutes(1050 * 60))));
    let verdict = &verdicts(clause, &[four_weeks()], &[day("monday"), day("full")], "3")[0];
    // by hand: a day has 150 + 30 + 5 + 170 = 355; 20 * 355 = 7,100 of 63,000
    assert_eq!((verdict.have, verdict.slack), (minutes(7_100), minutes(-55_900)));
}

#[test]
fn the_eleventh_in_service_day_of_a_year_fails() {
    let bells = [plain("monday", 240, 60), plain("full", 310, 0)];
    // by hand: eleven Mondays from 1 September to 10 November 2025
    let calendar = year("2025-26", date(2025, 9, 1), date(2025, 11, 14));
    let law = clause(Requirement::Limit(hours_a_day(5)), vec![d1()]);
    let verdict = &verdicts(law, &[calendar], &bells, "3")[0];
    assert_eq!((verdict.uses[0].days, verdict.uses[0].cap_days), (10, Some(10)));
    // by hand: 240 - 180 = 60 above the three hours
    assert_eq!(Some(verdict.uses[0].slack), minutes(60));
    assert_eq!(verdict.failures.len(), 1);
    assert_eq!(verdict.failures[0].date, date(2025, 11, 10));
    assert_eq!(verdict.failures[0].why, "exception d-1: other days have taken its 10 days");
    assert_eq!((verdict.outcome, verdict.slack), (Outcome::Fails, minutes(-60)));
}

#[test]
fn a_short_day_whose_remainder_is_no_staff_development_fails() {
    let bells = [plain("monday", 285, 10), plain("full", 310, 0)];
    let verdict = &verdicts(illinois(), &[four_weeks()], &bells, "3")[0];
    assert_eq!((verdict.outcome, verdict.slack), (Outcome::Fails, minutes(-15)));
    assert_eq!(
        verdict.failures[0].why,
        "exception d-3: the rest of the day has 10 min for staff, and the day lacks 15 min; \
         exception d-1: the rest of the day has 10 min for staff, and the day lacks 15 min"
    );
}

#[test]
fn prep_in_full_weeks_is_not_asked_of_a_holiday_week() {
    let staff = |id| {
        let blocks = vec![minutes_block(Kind::Preparation, 0, 45), minutes_block(Kind::Instruction, 45, 300)];
        schedule(id, vec![minutes_block(Kind::Instruction, 0, 300)], blocks)
    };
    let bells = [staff("monday"), staff("full")];
    let mut calendar = four_weeks();
    calendar.special = vec![special(DayKind::Holiday, &[date(2025, 9, 1)], None)];
    let prep = |per| {
        let measure =
            Measure::StaffMinutes { counts: vec![Kind::Preparation], in_blocks_of: Some(Minutes(25)), between: None };
        let mut clause = limit_clause(limit(measure, Side::AtLeast, per, Amount::Minutes(225)));
        clause.applies.roles = vec!["teacher".into()];
        verdicts(clause, std::slice::from_ref(&calendar), &bells, "3").remove(0)
    };
    // by hand: 5 * 45 = 225 in a full week, 4 * 45 = 180 in the week of Labor Day
    let full = prep(Window::FullWeek);
    assert_eq!((full.outcome, full.slack, full.n_windows), (Outcome::Holds, minutes(0), 3));
    assert_eq!(full.whose, Some(Whose::Staff("teacher".into())));
    let every = prep(Window::Week);
    assert_eq!((every.outcome, every.slack, every.n_windows), (Outcome::Fails, minutes(-45), 4));
    assert_eq!(
        every.reasons[2],
        "1 week has fewer than five counted days and is judged as written, without a share for holidays; one of \
         them fails."
    );
}

#[test]
fn a_clause_about_others_does_not_apply_and_words_are_not_computed() {
    let bells = [plain("monday", 300, 0), plain("full", 310, 0)];
    let outcome = |change: fn(&mut Clause)| {
        let mut clause = illinois();
        change(&mut clause);
        let all = verdicts(clause, &[four_weeks()], &bells, "K-1");
        (all.len(), all[0].outcome, all[0].whose.is_some())
    };
    assert_eq!(outcome(|_| ()), (2, Outcome::Holds, true));
    assert_eq!(outcome(|c| c.applies.states = vec!["WI".into()]), (1, Outcome::NotApplicable, false));
    assert_eq!(outcome(|c| c.applies.schools = vec!["elm".into()]), (1, Outcome::NotApplicable, false));
    assert_eq!(outcome(|c| c.applies.days = vec![DayKind::Conference]), (2, Outcome::NotApplicable, true));
    assert_eq!(outcome(|c| c.rule = Rule::NotComputable("good faith".into())), (1, Outcome::NotComputable, false));
}

#[test]
fn a_role_without_bells_is_not_judged_and_a_grade_without_bells_is_not_forgotten() {
    let bells = [plain("monday", 300, 0), plain("full", 310, 0)];
    let mut clause = limit_clause(limit(Measure::Workday, Side::AtMost, Window::Day, Amount::Hours(Minutes(480))));
    clause.applies.roles = vec!["principal".into(), "teacher".into()];
    let outcomes: Vec<Outcome> = verdicts(clause, &[four_weeks()], &bells, "3").iter().map(|v| v.outcome).collect();
    assert_eq!(outcomes, [Outcome::NotApplicable, Outcome::Holds]);
    let no_pupils = [schedule("monday", vec![], vec![]), schedule("full", vec![], vec![])];
    let verdict = &verdicts(illinois(), &[four_weeks()], &no_pupils, "3")[0];
    assert_eq!(verdict.outcome, Outcome::NotComputable);
}
