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
        Step::Minutes(m) => (false, !in_minutes || m.0 <= 0),
    };
    fault(found, digits, "rounded", "nothing is rounded to so many digits", "write Digits(0) to Digits(6)");
    fault(found, minutes, "rounded", "this cannot be rounded to minutes", "write Digits(…), or minutes above 0");
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
