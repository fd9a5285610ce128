//! Faults: limits whose parts do not fit one another, so that no timetable could answer them.
//!
//! Has a limit, gives the fields that are wrong with a sentence and what to do. Knows no schools and no files.

use crate::clauses::Amount;
use crate::clauses::CapPer;
use crate::clauses::Credited;
use crate::clauses::Figure;
use crate::clauses::Limit;
use crate::clauses::Measure;
use crate::clauses::Rounded;
use crate::clauses::Step;
use crate::clauses::Unit;
use crate::clauses::Window;
use crate::clauses::amount::unit_of;
use crate::clauses::amount::unit_of_limit;

/// More digits than this cannot be told apart in any unit that a law uses.
const MOST_DIGITS: u32 = 6;

/// A part of a limit that does not fit the others.
#[derive(Debug, Clone, PartialEq)]
pub struct Fault {
    /// The field, as files name it.
    pub field: &'static str,
    /// What is wrong.
    pub why: &'static str,
    /// What to do.
    pub help: &'static str,
}

/// Everything about a limit that does not fit; units of amounts and contradicting dates are looked at elsewhere.
pub fn faults(limit: &Limit) -> Vec<Fault> {
    let mut found = Vec::new();
    of_window(limit, &mut found);
    of_figure(limit, &mut found);
    of_average(limit, &mut found);
    of_credits(limit, &mut found);
    of_rounding(limit, &mut found);
    of_measure(limit, &mut found);
    found
}

/// What a measure says of a school year as a whole, not of a day.
pub fn is_of_the_year(measure: &Measure) -> bool {
    matches!(measure, Measure::Ratio { .. } | Measure::Stated(_) | Measure::Notice { .. })
}

/// What a measure says of one day, and no sum of days could mean.
fn is_of_a_day(measure: &Measure) -> bool {
    matches!(measure, Measure::PupilRun { .. } | Measure::StaffRun { .. }) || unit_of(measure) == Some(Unit::Clock)
}

fn fault(found: &mut Vec<Fault>, is: bool, field: &'static str, why: &'static str, help: &'static str) {
    if is {
        found.push(Fault { field, why, help });
    }
}

fn of_window(limit: &Limit, found: &mut Vec<Fault>) {
    let empty = matches!(limit.per, Window::Cycle(0) | Window::Consecutive(0));
    fault(found, empty, "per", "a run of no days never ends", "write how many days it has: Consecutive(10)");
    let not_daily = is_of_a_day(&limit.measure) && limit.per != Window::Day;
    fault(
        found,
        not_daily,
        "per",
        "a time of day, or a stretch without a break, belongs to one day",
        "write `per: Day`",
    );
    let not_yearly = is_of_the_year(&limit.measure) && limit.per != Window::Year;
    fault(found, not_yearly, "per", "a stated fact, a ratio or a notice belongs to a school year", "write `per: Year`");
}

fn of_figure(limit: &Limit, found: &mut Vec<Fault>) {
    let is_mean = limit.figure != Figure::Total;
    let of_year = is_of_the_year(&limit.measure);
    fault(found, is_mean && of_year, "figure", "it has no days to take the mean of", "leave `figure` out");
    let of_day = limit.per == Window::Day;
    fault(
        found,
        is_mean && of_day,
        "figure",
        "the mean of one day is the day",
        "leave `figure` out, or write a longer `per`",
    );
    let of_days = unit_of(&limit.measure) == Some(Unit::Days) && limit.figure == Figure::DailyMean;
    fault(found, of_days && !of_year, "figure", "the mean of days per day is always one", "leave `figure` out");
}

fn of_average(limit: &Limit, found: &mut Vec<Fault>) {
    if limit.averaged.is_none() {
        return;
    }
    let fits = matches!(limit.measure, Measure::PupilMinutes { .. } | Measure::PupilBlocks { .. } | Measure::PupilDays);
    let help = "measure PupilMinutes, PupilBlocks or PupilDays, or leave `averaged` out";
    fault(found, !fits, "averaged", "only pupils' time is averaged over the grades of a district", help);
    let long = matches!(limit.per, Window::Term | Window::Year);
    fault(
        found,
        !long,
        "per",
        "schools of a district share no such stretch of days",
        "write `per: Year` or `per: Term`",
    );
}

fn of_credits(limit: &Limit, found: &mut Vec<Fault>) {
    if limit.credits.is_empty() {
        return;
    }
    let help = "measure PupilMinutes or PupilDays";
    let counts = matches!(limit.measure, Measure::PupilMinutes { .. } | Measure::PupilDays);
    fault(found, !counts, "credits", "only towards pupils' minutes or days something is credited", help);
    let long = matches!(limit.per, Window::Week | Window::Month | Window::Term | Window::Year);
    fault(
        found,
        !long,
        "credits",
        "a credit counts towards a week, month, term or year",
        "write one of these for `per`",
    );
    let mean = limit.figure != Figure::Total;
    fault(found, mean, "credits", "a credit counts towards a total, not a mean", "leave `figure` out");
    for credit in &limit.credits {
        fault(found, credit.of.is_empty(), "credits", "a credit of nothing", "name StaffTime(…) or DaysOf([…])");
        let hours = credit.of.iter().any(|c| matches!(c, Credited::StaffTime { .. }));
        let days = limit.measure == Measure::PupilDays;
        let why = "hours of staff are not days of attendance";
        fault(found, days && hours, "credits", why, "credit DaysOf([…]), or measure PupilMinutes");
        let fits = match credit.up_to {
            Amount::Minutes(_) | Amount::Hours(_) => !days,
            Amount::Days(_) => !hours,
            Amount::Blocks(_) | Amount::Clock(_) | Amount::PerOne(_) | Amount::Share(_) | Amount::Dollars(_) => false,
        };
        let help = "write Minutes(…) or Hours(…); Days(…) where days alone are credited";
        fault(found, !fits, "credits", "the cap of a credit is in a unit that does not fit it", help);
    }
}

fn of_rounding(limit: &Limit, found: &mut Vec<Fault>) {
    let Some(rounding) = limit.rounding else { return };
    let in_minutes = unit_of(&limit.measure) == Some(Unit::Minutes);
    let days = rounding.of == Rounded::EachDay && !in_minutes;
    fault(found, days, "rounded", "only minutes are rounded day by day", "write `Figure` for `EachDay`");
    let (digits, minutes) = match rounding.step {
        Step::Digits(n) => (n > MOST_DIGITS, false),
        Step::Minutes(m) => (false, unit_of_limit(limit) != Unit::Minutes || m.0 <= 0),
    };
    fault(found, digits, "rounded", "nothing is rounded to so many digits", "write Digits(0) to Digits(6)");
    fault(found, minutes, "rounded", "this cannot be rounded to minutes", "write Digits(…), or minutes above 0");
    let hours = limit.values.iter().filter(|v| matches!(v.amount, Amount::Hours(_))).count();
    let mixed = matches!(rounding.step, Step::Digits(_)) && hours > 0 && hours < limit.values.len();
    let why = "digits of hours or of minutes? its amounts are written in both";
    fault(found, mixed, "rounded", why, "write all amounts in one unit, or a step of Minutes(…)");
    let clock = unit_of(&limit.measure) == Some(Unit::Clock);
    fault(found, clock, "rounded", "a time of day is not rounded", "leave `rounded` out");
}

fn of_measure(limit: &Limit, found: &mut Vec<Fault>) {
    match &limit.measure {
        Measure::PupilMinutes { between: Some(part), .. } | Measure::StaffMinutes { between: Some(part), .. } => {
            let help = "write the earlier time first: (\"8:00\", \"15:00\")";
            fault(found, part.from >= part.to, "of", "this part of the day ends before it begins", help);
        }
        Measure::CommonMinutes { with, .. } => {
            fault(found, with.is_empty(), "of", "nobody else is named", "name the other roles: with: [\"coach\"]");
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
        | Measure::Ratio { .. }
        | Measure::Stated(_)
        | Measure::Notice { .. } => {}
    }
    if let Measure::PupilMinutes { caps, .. } = &limit.measure {
        let of_window = caps.iter().any(|c| c.per == CapPer::Window);
        let runs = matches!(limit.per, Window::Consecutive(_)) && of_window;
        fault(found, runs, "of", "a cap in every run of days that overlap has no one meaning", "cap it in each day");
        let each_day = limit.rounding.is_some_and(|r| r.of == Rounded::EachDay);
        let why = "days are rounded before they are added up, and a cap of the whole window comes after";
        fault(found, of_window && each_day, "rounded", why, "write `Figure` for `EachDay`");
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::bells::Kind;
    use crate::calendar::DayKind;
    use crate::clauses::Cap;
    use crate::clauses::Credit;
    use crate::clauses::DatedValue;
    use crate::clauses::Direction;
    use crate::clauses::DistrictMean;
    use crate::clauses::PartOfDay;
    use crate::clauses::Rounding;
    use crate::clauses::Side;
    use crate::clauses::Weight;
    use crate::clauses::examples::hours_a_day;
    use crate::clauses::examples::instruction;
    use crate::clauses::examples::limit;
    use crate::clauses::examples::pupil_minutes;
    use crate::findings::Place;
    use crate::units::ClockTime;
    use crate::units::Grades;
    use crate::units::Minutes;

    fn of(measure: Measure, per: Window) -> Limit {
        limit(measure, Side::AtLeast, per, Amount::Minutes(300))
    }

    fn fields(limit: &Limit) -> Vec<&'static str> {
        faults(limit).into_iter().map(|fault| fault.field).collect()
    }

    fn time(text: &str) -> ClockTime {
        ClockTime::from_text(text).unwrap()
    }

    fn rounding(step: Step, of: Rounded) -> Option<Rounding> {
        Some(Rounding { direction: Direction::Down, step, of })
    }

    fn credited(of: Vec<Credited>, up_to: Amount, measure: Measure, per: Window) -> Limit {
        let credits = vec![Credit { of, up_to, written: Place::nowhere() }];
        Limit { credits, ..self::of(measure, per) }
    }

    fn hours_of_staff() -> Vec<Credited> {
        vec![Credited::StaffTime { counts: vec![Kind::Meeting], role: "teacher".into() }]
    }

    fn conferences() -> Vec<Credited> {
        vec![Credited::DaysOf(vec![DayKind::Conference])]
    }

    #[test]
    fn limits_whose_parts_fit_have_no_fault() {
        assert_eq!(faults(&hours_a_day(5)), []);
        let yearly = || of(instruction(), Window::Year);
        assert_eq!(faults(&Limit { figure: Figure::WeeklyMean, ..yearly() }), []);
        let steps = rounding(Step::Minutes(Minutes(5)), Rounded::EachDay);
        assert_eq!(faults(&Limit { rounding: steps, ..yearly() }), []);
        assert_eq!(faults(&credited(conferences(), Amount::Days(2), instruction(), Window::Year)), []);
        assert_eq!(faults(&credited(hours_of_staff(), Amount::Hours(Minutes(1_800)), instruction(), Window::Term)), []);
    }

    #[test]
    fn what_one_day_has_is_not_asked_of_a_week_and_what_a_year_has_not_of_a_day() {
        let run = || Measure::StaffRun { counts: vec![Kind::Instruction] };
        assert_eq!((fields(&of(run(), Window::Week)), fields(&of(run(), Window::Day))), (vec!["per"], vec![]));
        assert_eq!(fields(&of(Measure::PupilsArrive, Window::Year)), ["per"]);
        assert_eq!(fields(&of(Measure::Stated(vec!["x".into()]), Window::Day)), ["per"]);
        assert_eq!(fields(&of(instruction(), Window::Consecutive(0))), ["per"]);
        assert_eq!(fields(&of(instruction(), Window::Cycle(0))), ["per"]);
    }

    #[test]
    fn a_mean_that_says_nothing_is_refused() {
        let daily_mean = |measure, per| fields(&Limit { figure: Figure::DailyMean, ..of(measure, per) });
        assert_eq!(daily_mean(instruction(), Window::Day), ["figure"]);
        assert_eq!(daily_mean(Measure::PupilDays, Window::Year), ["figure"]);
        assert_eq!(daily_mean(Measure::Stated(vec!["x".into()]), Window::Year), ["figure"]);
        assert_eq!(daily_mean(instruction(), Window::Consecutive(10)), Vec::<&str>::new());
    }

    #[test]
    fn only_time_of_pupils_in_a_term_or_year_is_averaged_over_a_district() {
        let mean = Some(DistrictMean { grades: Grades::ALL, by: Weight::Grades });
        let averaged = |measure, per| fields(&Limit { averaged: mean, ..of(measure, per) });
        assert_eq!(averaged(instruction(), Window::Year), Vec::<&str>::new());
        assert_eq!(averaged(instruction(), Window::Week), ["per"]);
        assert_eq!(averaged(Measure::StaffDays, Window::Year), ["averaged"]);
    }

    #[test]
    fn a_credit_fits_what_it_counts_towards() {
        let minutes = || Amount::Minutes(60);
        let wrong = [
            credited(hours_of_staff(), minutes(), Measure::StaffDays, Window::Year),
            credited(hours_of_staff(), minutes(), instruction(), Window::Day),
            credited(vec![], minutes(), instruction(), Window::Year),
            credited(hours_of_staff(), Amount::Days(1), instruction(), Window::Year),
            credited(conferences(), minutes(), Measure::PupilDays, Window::Year),
            credited(conferences(), Amount::Share(10), instruction(), Window::Year),
        ];
        for limit in &wrong {
            assert!(fields(limit).contains(&"credits"), "{limit:?}");
        }
        let of_mean = credited(conferences(), Amount::Days(1), instruction(), Window::Year);
        assert_eq!(fields(&Limit { figure: Figure::DailyMean, ..of_mean }), ["credits"]);
    }

    #[test]
    fn a_step_of_rounding_fits_the_unit() {
        let rounded =
            |step, of_what, measure| fields(&Limit { rounding: rounding(step, of_what), ..of(measure, Window::Year) });
        let five = || Step::Minutes(Minutes(5));
        assert_eq!(rounded(five(), Rounded::Figure, Measure::PupilDays), ["rounded"]);
        assert_eq!(rounded(Step::Digits(1), Rounded::EachDay, Measure::PupilDays), ["rounded"]);
        assert_eq!(rounded(Step::Minutes(Minutes(0)), Rounded::Figure, instruction()), ["rounded"]);
        assert_eq!(rounded(Step::Digits(7), Rounded::Figure, instruction()), ["rounded"]);
        assert_eq!(rounded(Step::Digits(6), Rounded::Figure, instruction()), Vec::<&str>::new());
        let stated = Measure::Stated(vec!["minutes".into()]);
        assert_eq!(rounded(five(), Rounded::Figure, stated), Vec::<&str>::new(), "a stated fact may be minutes");
    }

    #[test]
    fn digits_of_hours_and_of_minutes_are_not_mixed() {
        let value = |amount| DatedValue { from: None, until: None, amount, source: None };
        let mixed = |step| Limit {
            rounding: rounding(step, Rounded::Figure),
            values: vec![value(Amount::Hours(Minutes(300))), value(Amount::Minutes(300))],
            ..of(instruction(), Window::Year)
        };
        assert_eq!(fields(&mixed(Step::Digits(1))), ["rounded"]);
        assert_eq!(fields(&mixed(Step::Minutes(Minutes(5)))), Vec::<&str>::new());
    }

    #[test]
    fn caps_of_a_whole_window_need_windows_and_sums_of_their_own() {
        let cap = || vec![Cap { kind: Kind::Recess, up_to: Minutes(60), per: CapPer::Window }];
        let capped = |per| of(pupil_minutes(vec![Kind::Instruction], cap()), per);
        assert_eq!(fields(&capped(Window::Week)), Vec::<&str>::new());
        assert_eq!(fields(&capped(Window::Consecutive(5))), ["of"]);
        let each_day = rounding(Step::Minutes(Minutes(5)), Rounded::EachDay);
        assert_eq!(fields(&Limit { rounding: each_day, ..capped(Window::Week) }), ["rounded"]);
    }

    #[test]
    fn a_part_of_the_day_runs_forwards_and_common_time_is_with_somebody() {
        let counts = vec![Kind::Preparation];
        let between = Some(PartOfDay { from: time("15:00"), to: time("8:00") });
        let measure = Measure::StaffMinutes { counts: counts.clone(), in_blocks_of: None, between };
        assert_eq!(fields(&of(measure, Window::Day)), ["of"]);
        let alone = Measure::CommonMinutes { counts, with: vec![], in_blocks_of: None };
        assert_eq!(fields(&of(alone, Window::Day)), ["of"]);
    }
}
