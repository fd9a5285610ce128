//! Answers: one limit, or several joined by `and` or `or`, for one subject in one school year.
//!
//! Has weighed windows and the fates of days, gives an outcome with its tightest window. Knows no schools.

use crate::clauses::Exception;
use crate::clauses::ExceptionUse;
use crate::clauses::Failure;
use crate::clauses::Limit;
use crate::clauses::Outcome;
use crate::clauses::Requirement;
use crate::clauses::Side;
use crate::clauses::amount::unit_of;
use crate::clauses::comparison::Answer;
use crate::clauses::comparison::Comparison;
use crate::clauses::comparison::least;
use crate::clauses::exceptions::Daily;
use crate::clauses::exceptions::Fate;
use crate::clauses::exceptions::Margin;
use crate::clauses::exceptions::Miss;
use crate::clauses::exceptions::settle;
use crate::clauses::reasons;
use crate::clauses::subject::Counted;
use crate::clauses::subject::Subject;
use crate::clauses::subject::counted_by;
use crate::clauses::weigh::Scales;
use crate::clauses::weigh::Weighed;
use crate::clauses::weigh::weigh;
use crate::clauses::words::describe_requirement;
use crate::timetable::Timetable;
use crate::timetable::Whose;

/// Answers a requirement; nothing where no limit in it counts this subject.
pub fn answer(
    requirement: &Requirement,
    unless: &[Exception],
    subject: &Subject,
    timetable: &Timetable,
) -> Option<Answer> {
    let counted = match subject.whose {
        Whose::Pupils(_) => Counted::Pupils,
        Whose::Staff(_) => Counted::Staff,
    };
    let parts_of = |parts: &[Requirement]| -> Vec<(String, Answer)> {
        let part = |p: &Requirement| Some((describe_requirement(p), answer(p, unless, subject, timetable)?));
        parts.iter().filter_map(part).collect()
    };
    match requirement {
        Requirement::Limit(limit) if counted_by(&limit.measure) != counted => None,
        Requirement::Limit(limit) => Some(of_limit(limit, unless, subject, timetable)),
        Requirement::All(parts) => all(parts_of(parts)),
        Requirement::Any(parts) => any(parts_of(parts)),
    }
}

fn of_limit(limit: &Limit, unless: &[Exception], subject: &Subject, timetable: &Timetable) -> Answer {
    let judged = weigh(limit, subject, timetable).and_then(|scales| {
        let daily = Daily { days: &scales.windows, subject, timetable };
        let fates = match unless {
            [] => scales.windows.iter().map(plain_fate).collect(),
            some => settle(&daily, some)?,
        };
        Ok((scales, fates))
    });
    match judged {
        Err(reason) => Answer::neither(Outcome::NotComputable, reason),
        Ok((scales, _)) if scales.windows.is_empty() => no_windows(limit, &scales),
        Ok((scales, fates)) => weighed(limit, unless, &scales, &fates),
    }
}

fn plain_fate(window: &Weighed) -> Fate {
    if window.slack >= 0 { Fate::ByItself } else { Fate::Failed(Vec::new()) }
}

fn no_windows(limit: &Limit, scales: &Scales) -> Answer {
    match scales.n_not_in_force {
        0 => Answer::neither(Outcome::NotApplicable, reasons::nothing_counts(limit)),
        _ => Answer::neither(Outcome::NotInForce, reasons::not_in_force(limit)),
    }
}

fn weighed(limit: &Limit, unless: &[Exception], scales: &Scales, fates: &[Fate]) -> Answer {
    let compared: Vec<Comparison> =
        scales.windows.iter().zip(fates).map(|(window, fate)| compare(limit, window, fate)).collect();
    let failures: Vec<Failure> = compared
        .iter()
        .zip(fates)
        .filter_map(|(c, fate)| match fate {
            Fate::Failed(misses) => Some(Failure {
                date: c.date,
                have: c.quantity(c.have),
                need: c.quantity(c.need),
                slack: c.quantity(c.slack),
                why: reasons::why_failed(limit, unless, c, misses),
            }),
            Fate::ByItself | Fate::Excepted { .. } => None,
        })
        .collect();
    let outcome = if failures.is_empty() { Outcome::Holds } else { Outcome::Fails };
    let of_failures = compared.iter().zip(fates).filter(|(_, f)| matches!(f, Fate::Failed(_))).map(|(c, _)| c);
    let tightest = match outcome {
        Outcome::Fails => least(of_failures),
        _ => least(compared.iter()),
    };
    Answer {
        outcome,
        tightest,
        alternative: None,
        uses: uses(unless, &compared, fates),
        failures,
        n_windows: compared.len(),
        reasons: reasons::of_limit(limit, unless, scales, fates, &compared),
    }
}

/// Both sides of a window, exceptions included: minutes made up elsewhere stand beside the day's own.
///
/// A day that an exception would count but for a few minutes to be made up is short by those minutes only.
fn compare(limit: &Limit, window: &Weighed, fate: &Fate) -> Comparison {
    let Weighed { have, need, .. } = *window;
    let (have, need, slack) = match fate {
        Fate::ByItself => (have, need, window.slack),
        Fate::Excepted { margin, .. } => match *margin {
            Margin::MadeUp(made_up) => (have + made_up.adds, need, made_up.slack()),
            Margin::Lower { have, need, slack } => (have, need, slack),
            Margin::Remainder { have: staff, .. } => (have + staff, need, have + staff - need),
            Margin::Free => free(limit.side, have),
        },
        Fate::Failed(misses) => {
            let adds = |(_, miss): &(usize, Miss)| match miss {
                Miss::NotMadeUp(made_up) => Some(made_up.adds),
                Miss::Lower { .. }
                | Miss::LowerNotInForce
                | Miss::Remainder { .. }
                | Miss::NotRegular
                | Miss::UsedUp { .. }
                | Miss::OutsideWindows => None,
            };
            let adds = misses.iter().filter_map(adds).max().unwrap_or(0);
            (have + adds, need, window.slack + adds)
        }
    };
    Comparison { date: window.first, have, need, slack, unit: unit_of(&limit.measure) }
}

/// A day of which nothing is asked: a floor falls to nothing, a cap rises to what there is.
fn free(side: Side, have: i64) -> (i64, i64, i64) {
    match side {
        Side::AtLeast => (have, 0, have),
        Side::AtMost => (have, have, 0),
    }
}

fn uses(unless: &[Exception], compared: &[Comparison], fates: &[Fate]) -> Vec<ExceptionUse> {
    let used = |place: usize, exception: &Exception| {
        let by_it = |f: &Fate| matches!(f, Fate::Excepted { exception, .. } if *exception == place);
        let days: Vec<&Comparison> = compared.iter().zip(fates).filter(|(_, f)| by_it(f)).map(|(c, _)| c).collect();
        let tightest = least(days.iter().copied())?;
        Some(ExceptionUse {
            exception: exception.id.clone(),
            days: u32::try_from(days.len()).unwrap_or(u32::MAX),
            cap_days: exception.at_most_days.map(|(cap, _)| cap),
            slack: tightest.quantity(tightest.slack),
            tightest: tightest.date,
        })
    };
    unless.iter().enumerate().filter_map(|(place, exception)| used(place, exception)).collect()
}

/// Every part must hold; the tightest of them speaks for all.
fn all(parts: Vec<(String, Answer)>) -> Option<Answer> {
    let outcome = [Outcome::Fails, Outcome::NotComputable, Outcome::Holds, Outcome::NotInForce, Outcome::NotApplicable]
        .into_iter()
        .find(|o| parts.iter().any(|(_, a)| a.outcome == *o))?;
    let deciding = parts.iter().filter(|(_, a)| a.outcome == outcome);
    let tightest = tightest_of(deciding.filter_map(|(_, a)| a.tightest));
    let alternative = parts.iter().find_map(|(_, a)| a.alternative.clone());
    let mut whole = Answer { tightest, alternative, ..Answer::neither(outcome, String::new()) };
    whole.reasons.clear();
    for (words, part) in parts {
        whole.uses.extend(part.uses);
        whole.failures.extend(part.failures);
        whole.n_windows += part.n_windows;
        whole.reasons.push(format!("{}: {}.", reasons::sentence_case(&words), part.outcome.name()));
        whole.reasons.extend(part.reasons);
    }
    Some(whole)
}

/// One part must hold; where none does, the one that is nearest to holding speaks for all.
fn any(parts: Vec<(String, Answer)>) -> Option<Answer> {
    let outcome = [Outcome::Holds, Outcome::NotComputable, Outcome::Fails, Outcome::NotInForce, Outcome::NotApplicable]
        .into_iter()
        .find(|o| parts.iter().any(|(_, a)| a.outcome == *o))?;
    let deciding: Vec<usize> = (0..parts.len()).filter(|n| parts[*n].1.outcome == outcome).collect();
    let chosen = loosest(&parts, &deciding)?;
    let (words, mut whole) = parts[chosen].clone();
    if outcome == Outcome::Holds {
        whole.alternative = Some(whole.alternative.take().map_or(words.clone(), |inner| format!("{words}: {inner}")));
        whole.reasons.insert(0, format!("It holds by one of its alternatives: {words}."));
    }
    for (_, (words, part)) in parts.into_iter().enumerate().filter(|(n, _)| *n != chosen) {
        whole.reasons.push(reasons::other_alternative(&words, &part));
    }
    Some(whole)
}

/// The part with the most slack, the first where several have it; the first of all where units differ.
fn loosest(parts: &[(String, Answer)], deciding: &[usize]) -> Option<usize> {
    let first = *deciding.first()?;
    let slack = |n: usize| parts[n].1.tightest.map(|t| t.slack);
    let unit = |n: usize| parts[n].1.tightest.map(|t| t.unit);
    if deciding.iter().any(|n| unit(*n) != unit(first)) {
        return Some(first);
    }
    deciding.iter().copied().rev().max_by_key(|n| slack(*n))
}

/// The least slack; where units differ, the least as a part of what is asked.
fn tightest_of(all: impl Iterator<Item = Comparison>) -> Option<Comparison> {
    let all: Vec<Comparison> = all.collect();
    let first = *all.first()?;
    if all.iter().all(|c| c.unit == first.unit) {
        return least(all.iter());
    }
    let part = |c: &Comparison| (i128::from(c.slack), i128::from(c.need.abs().max(1)));
    all.into_iter().reduce(|best, next| {
        let ((a, b), (c, d)) = (part(&best), part(&next));
        if c * b < a * d { next } else { best }
    })
}
