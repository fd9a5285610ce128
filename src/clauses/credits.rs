//! Credits: hours and days without pupils that count towards a limit, up to a cap.
//!
//! Has a window and what its days gave, gives what counts in all. Knows no amounts that are asked.

use crate::calendar::DayKind;
use crate::calendar::days_later;
use crate::calendar::monday_of;
use crate::clauses::Amount;
use crate::clauses::Credit;
use crate::clauses::Credited;
use crate::clauses::Limit;
use crate::clauses::Measure;
use crate::clauses::Window;
use crate::clauses::amount::in_unit;
use crate::clauses::exact::Exact;
use crate::clauses::exact::fraction;
use crate::clauses::exact::whole;
use crate::clauses::measure::blocks_of;
use crate::clauses::measure::while_pupils_are_away;
use crate::clauses::subject::Subject;
use crate::clauses::windows::Stretch;
use crate::timetable::Day;
use crate::timetable::Timetable;
use crate::timetable::Whose;
use crate::units::Date;

/// What counts in a window (by place among those of the year) with its credits; `counted` is what its counted days
/// gave.
pub fn add(
    limit: &Limit,
    subject: &Subject,
    timetable: &Timetable,
    (place, stretch): (usize, &Stretch),
    counted: Exact,
) -> Exact {
    let span = span(limit.per, subject, place, stretch);
    let days: Vec<&Day> = subject.year.days.iter().filter(|d| span.0 <= d.date && d.date <= span.1).collect();
    let n_counted = i64::try_from(stretch.days.len()).unwrap_or(i64::MAX);
    // The average counted day: what one credited day stands for.
    let average = match limit.measure {
        Measure::PupilDays => whole(1),
        _ if n_counted == 0 => whole(0),
        _ => counted / whole(n_counted),
    };
    // A day that is credited as a day is not credited by its hours as well.
    let as_days: Vec<DayKind> = limit.credits.iter().flat_map(|c| &c.of).flat_map(kinds_of_days).collect();
    let by_hours: Vec<&Day> = days
        .iter()
        .copied()
        .filter(|day| !(as_days.contains(&day.kind) && stays_away(day, subject, timetable)))
        .collect();
    let credits = limit.credits.iter().map(|credit| of_credit(credit, subject, timetable, (&days, &by_hours), average));
    credits.fold(counted, |sum, credit| sum + credit)
}

/// What one credit gives, up to its cap.
fn of_credit(
    credit: &Credit,
    subject: &Subject,
    timetable: &Timetable,
    (days, by_hours): (&[&Day], &[&Day]),
    average: Exact,
) -> Exact {
    let each = credit.of.iter().map(|credited| match credited {
        Credited::StaffTime { counts, role } => {
            // Few bell schedules ring on many days: each is measured once.
            let mut known: Vec<(usize, i64)> = Vec::new();
            let minutes = by_hours.iter().filter_map(|day| day.schedule).map(|schedule| {
                if let Some((_, minutes)) = known.iter().find(|(s, _)| *s == schedule) {
                    return *minutes;
                }
                let minutes = match &subject.whose {
                    Whose::Pupils(grade) => while_pupils_are_away(&timetable.schedules[schedule], *grade, role, counts),
                    Whose::Staff(_) => 0,
                };
                known.push((schedule, minutes));
                minutes
            });
            whole(minutes.sum())
        }
        Credited::DaysOf(kinds) => {
            let away = |day: &&&Day| kinds.contains(&day.kind) && stays_away(day, subject, timetable);
            let n = days.iter().filter(away).count();
            whole(i64::try_from(n).unwrap_or(i64::MAX)) * average
        }
    });
    let given = each.fold(whole(0), |sum, one| sum + one);
    let cap = match credit.up_to {
        Amount::Days(days) => whole(days) * average,
        other => {
            let cap = in_unit(other);
            fraction(cap.n, cap.of)
        }
    };
    given.min(cap)
}

fn kinds_of_days(credited: &Credited) -> Vec<DayKind> {
    match credited {
        Credited::DaysOf(kinds) => kinds.clone(),
        Credited::StaffTime { .. } => Vec::new(),
    }
}

/// Whether nothing rings for the pupils in question on a day.
fn stays_away(day: &Day, subject: &Subject, timetable: &Timetable) -> bool {
    day.schedule.is_none_or(|schedule| blocks_of(&timetable.schedules[schedule], &subject.whose).is_empty())
}

/// The dates that a window speaks of, days without pupils among them.
fn span(per: Window, subject: &Subject, place: usize, stretch: &Stretch) -> (Date, Date) {
    let first = stretch.first;
    let last = subject.days[stretch.days.clone()].last().map_or(first, |d| d.date);
    match per {
        Window::Year => {
            let days = &subject.year.days;
            (days.first().map_or(first, |d| d.date), days.last().map_or(last, |d| d.date))
        }
        Window::Term => {
            // Semesters and quarters of one calendar overlap, so dates alone do not tell which term is meant.
            let term = subject.year.terms.get(place).map(|(_, first, last)| (*first, *last));
            term.unwrap_or((first, last))
        }
        Window::Month => (first.first_of_month(), first.last_of_month()),
        Window::Week | Window::FullWeek => (monday_of(first), days_later(monday_of(first), 6)),
        Window::Day | Window::Cycle(_) | Window::Consecutive(_) => (first, last),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::bells::BellSchedule;
    use crate::bells::Kind;
    use crate::calendar::DayKind;
    use crate::clauses::Outcome;
    use crate::clauses::Quantity;
    use crate::clauses::Side;
    use crate::clauses::Unit;
    use crate::clauses::Verdict;
    use crate::clauses::examples::four_weeks;
    use crate::clauses::examples::instruction;
    use crate::clauses::examples::limit;
    use crate::clauses::examples::limit_clause;
    use crate::clauses::examples::minutes_block;
    use crate::clauses::examples::plain;
    use crate::clauses::examples::schedule;
    use crate::clauses::examples::special;
    use crate::clauses::examples::verdicts;
    use crate::findings::Place;
    use crate::units::Minutes;
    use jiff::civil::date;

    fn credit(of: Vec<Credited>, up_to: Amount) -> Credit {
        Credit { of, up_to, written: Place::nowhere() }
    }

    fn staff_time(kind: Kind) -> Vec<Credited> {
        vec![Credited::StaffTime { counts: vec![kind], role: "teacher".into() }]
    }

    /// 75 minutes of development after Mondays of 240; other days have 300; conferences of six hours.
    fn bells() -> [BellSchedule; 3] {
        let conference = schedule("conference", vec![], vec![minutes_block(Kind::Meeting, 0, 360)]);
        [plain("monday", 240, 75), plain("full", 300, 0), conference]
    }

    /// Four weeks whose last days are for conferences.
    fn judged(limit: Limit, conferences: &[Date]) -> Verdict {
        let mut calendar = four_weeks();
        calendar.special = vec![special(DayKind::Conference, conferences, Some("conference"))];
        verdicts(limit_clause(limit), &[calendar], &bells(), "3").remove(0)
    }

    fn minutes_a_year(credits: Vec<Credit>) -> Limit {
        Limit { credits, ..limit(instruction(), Side::AtLeast, Window::Year, Amount::Minutes(5_700)) }
    }

    fn have(verdict: &Verdict) -> (i64, i64) {
        verdict.have.map(|Quantity { amount, of, .. }| (amount, of)).unwrap()
    }

    #[test]
    fn oregon_credits_development_and_conferences_each_up_to_its_own_hours() {
        let last = [date(2025, 9, 26)];
        let both = |development, conferences| {
            let first = credit(staff_time(Kind::ProfessionalDevelopment), Amount::Hours(Minutes(development)));
            let second = credit(staff_time(Kind::Meeting), Amount::Hours(Minutes(conferences)));
            judged(minutes_a_year(vec![first, second]), &last)
        };
        // by hand: 4 * 240 + 15 * 300 = 5,460 in class; 4 * 75 = 300 of development, 360 of conferences
        assert_eq!(have(&both(600, 600)), (5_460 + 300 + 360, 1));
        assert_eq!(have(&both(240, 120)), (5_460 + 240 + 120, 1));
        assert_eq!(both(240, 0).outcome, Outcome::Holds); // by hand: 5,700 of 5,700
        assert_eq!(both(239, 0).outcome, Outcome::Fails);
    }

    #[test]
    fn a_cap_stands_over_everything_in_one_credit() {
        let together = [staff_time(Kind::ProfessionalDevelopment), staff_time(Kind::Meeting)].concat();
        let verdict = judged(minutes_a_year(vec![credit(together, Amount::Minutes(400))]), &[date(2025, 9, 26)]);
        assert_eq!(have(&verdict), (5_860, 1)); // by hand: 5,460 + the least of 300 + 360 and 400
    }

    #[test]
    fn ohio_credits_two_equivalent_days_and_no_third() {
        let of_days = |up_to| vec![credit(vec![Credited::DaysOf(vec![DayKind::Conference])], up_to)];
        let days = [24, 25, 26].map(|day| date(2025, 9, day));
        let (have, of) = have(&judged(minutes_a_year(of_days(Amount::Days(2))), &days));
        // by hand: 4 * 240 + 13 * 300 = 4,860 in 17 days; two average days more: 4,860 * 19 / 17
        assert_eq!(have * 17, 4_860 * 19 * of);
        let (have, of) = self::have(&judged(minutes_a_year(of_days(Amount::Minutes(500))), &days));
        assert_eq!(have, 5_360 * of); // by hand: three average days are 857.6, of which 500 count
    }

    #[test]
    fn days_are_credited_as_days() {
        let mut days = limit(Measure::PupilDays, Side::AtLeast, Window::Year, Amount::Days(20));
        days.credits = vec![credit(vec![Credited::DaysOf(vec![DayKind::Conference])], Amount::Days(2))];
        let verdict = judged(days, &[24, 25, 26].map(|day| date(2025, 9, day)));
        // by hand: 17 days of attendance and two of the three conferences = 19 of 20
        assert_eq!((verdict.have, verdict.outcome), (Some(Quantity::whole(19, Unit::Days)), Outcome::Fails));
    }

    #[test]
    fn staff_time_beside_pupils_is_no_credit_and_a_week_has_only_its_own() {
        let per_week = |from: i64| {
            let monday = schedule(
                "monday",
                vec![minutes_block(Kind::Instruction, 60, 240)],
                vec![minutes_block(Kind::ProfessionalDevelopment, from, 75)],
            );
            let bells = [monday, plain("full", 300, 30)];
            let credits = vec![credit(staff_time(Kind::ProfessionalDevelopment), Amount::Hours(Minutes(600)))];
            let week = limit(instruction(), Side::AtLeast, Window::Week, Amount::Minutes(0));
            have(&verdicts(limit_clause(Limit { credits, ..week }), &[four_weeks()], &bells, "3").remove(0)).0
        };
        // by hand: a week has 240 + 4 * 300 = 1,440 and 4 * 30 = 120 after school, and of the Monday's 75 those before
        // pupils come at 60 or after they leave at 300
        assert_eq!((per_week(0), per_week(100), per_week(270)), (1_560 + 60, 1_560, 1_560 + 45));
    }
}
