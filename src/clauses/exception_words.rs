//! Exceptions in words: what one asks of a day, how the day meets it, why it does not.
//!
//! Has fates of days, gives parts of sentences. Decides nothing.

use crate::clauses::Exception;
use crate::clauses::Limit;
use crate::clauses::MakeUpDays;
use crate::clauses::Window;
use crate::clauses::exceptions::Fate;
use crate::clauses::exceptions::Margin;
use crate::clauses::exceptions::Miss;
use crate::clauses::make_up::MadeUp;
use crate::clauses::reasons::gap_of;
use crate::clauses::reasons::missed_by;
use crate::clauses::reasons::of;
use crate::clauses::reasons::side_of;
use crate::clauses::weigh::Weighed;
use crate::clauses::words::n_windows;

/// What becomes of a window that is met without an exception.
pub const MET: &str = "met";

/// What became of a window, in words.
pub fn fate_words(limit: &Limit, unless: &[Exception], window: &Weighed, fate: &Fate) -> String {
    match fate {
        Fate::ByItself => MET.into(),
        Fate::Excepted { exception, margin } => {
            let exception = &unless[*exception];
            format!("exception {}: {}", exception.id, margin_words(limit, exception.makes_up, *margin))
        }
        Fate::Waived(_) => "waived".into(),
        Fate::Failed(misses) if misses.is_empty() => {
            format!("{} {}", gap_of(limit, -window.slack, window.of), missed_by(limit).trim_end_matches(" of"))
        }
        Fate::Failed(misses) => format!("fails; {}", misses_in_words(limit, unless, misses)),
    }
}

/// Why no exception counts a day, exception by exception.
pub fn misses_in_words(limit: &Limit, unless: &[Exception], misses: &[(usize, Miss)]) -> String {
    let why = |(place, miss): &(usize, Miss)| {
        format!("exception {}: {}", unless[*place].id, miss_words(limit, unless[*place].makes_up, *miss))
    };
    misses.iter().map(why).collect::<Vec<_>>().join("; ")
}

/// What an exception asks of a day and how the day meets it.
pub fn margin_words(limit: &Limit, side: Option<MakeUpDays>, margin: Margin) -> String {
    match margin {
        Margin::MadeUp(made_up) => {
            format!("{}, {} more than needed", made_up_words(limit, side, made_up), of(limit, made_up.slack()))
        }
        Margin::Lower { need, slack, of, .. } => {
            let (need, slack) = (side_of(limit, need, of), gap_of(limit, slack, of));
            format!("the exception asks {need}, which leaves {slack}")
        }
        Margin::Remainder { have, need } => {
            format!(
                "the rest of the day has {} for staff, {} more than needed",
                of(limit, have),
                of(limit, have - need)
            )
        }
        Margin::Free => "the exception asks nothing more of the day".into(),
    }
}

fn miss_words(limit: &Limit, side: Option<MakeUpDays>, miss: Miss) -> String {
    match miss {
        Miss::Lower { have, need, of } => {
            format!("{} where it asks {}", side_of(limit, have, of), side_of(limit, need, of))
        }
        Miss::OtherKind => "the day is of another kind".into(),
        Miss::LowerNotInForce => "its own limit is not in force on this day".into(),
        Miss::Remainder { have, need } => {
            format!("the rest of the day has {} for staff, and the day lacks {}", of(limit, have), of(limit, need))
        }
        Miss::NotRegular { breaks } => {
            let by = breaks.map(|day| format!(" ({day} breaks the series)")).unwrap_or_default();
            format!("such days do not come on this weekday at regular intervals{by}")
        }
        Miss::NotMadeUp(made_up) => {
            let short = of(limit, -made_up.slack());
            format!(
                "{}, {short} short of the {} it lacks",
                made_up_words(limit, side, made_up),
                of(limit, made_up.lacks)
            )
        }
        Miss::UsedUp { cap } => format!("other days have taken its {}", n_windows(Window::Day, cap as usize)),
        Miss::OutsideWindows => "the day lies outside the terms in which its days are counted".into(),
    }
}

fn made_up_words(limit: &Limit, side: Option<MakeUpDays>, made_up: MadeUp) -> String {
    let where_from = match side {
        Some(MakeUpDays::UntilNext) => "the days until the next such day",
        Some(MakeUpDays::SincePrevious) => "the days since the one before",
        None => "other days",
    };
    let (n, adds) = (made_up.n_days, of(limit, made_up.adds));
    match n {
        0 => format!("{where_from} add nothing"),
        1 => format!("1 of {where_from} adds {adds}"),
        _ => format!("{n} of {where_from} add {adds}"),
    }
}
