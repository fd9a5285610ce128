//! Answers: one limit, or several joined by `and` or `or`, for one subject in one school year.
//!
//! Has weighed windows and the fates of days, gives an outcome with its tightest window. Knows no schools.

use crate::clauses::Exception;
use crate::clauses::ExceptionUse;
use crate::clauses::Failure;
use crate::clauses::Limit;
use crate::clauses::Outcome;
use crate::clauses::Quantity;
use crate::clauses::Requirement;
use crate::clauses::Side;
use crate::clauses::Unit;
use crate::clauses::Waiver;
use crate::clauses::Window;
use crate::clauses::across::weigh_across;
use crate::clauses::amount::pace;
use crate::clauses::amount::per_written_unit;
use crate::clauses::amount::unit_of_limit;
use crate::clauses::comparison::Answer;
use crate::clauses::comparison::Comparison;
use crate::clauses::comparison::by_slack;
use crate::clauses::comparison::is_alike;
use crate::clauses::comparison::least;
use crate::clauses::exact::fraction;
use crate::clauses::exact::parts;
use crate::clauses::exact::whole as whole_number;
use crate::clauses::exceptions::Daily;
use crate::clauses::exceptions::Fate;
use crate::clauses::exceptions::Margin;
use crate::clauses::exceptions::Miss;
use crate::clauses::exceptions::settle;
use crate::clauses::quick::quick;
use crate::clauses::reasons;
use crate::clauses::scene::About;
use crate::clauses::scene::Lawbook;
use crate::clauses::scene::Scene;
use crate::clauses::scene::Tell;
use crate::clauses::stated::weigh_stated;
use crate::clauses::subject::Subject;
use crate::clauses::subject::counted_by_limit;
use crate::clauses::weigh::Scales;
use crate::clauses::weigh::Weighed;
use crate::clauses::weigh::weigh;
use crate::clauses::words::describe_requirement;
use crate::units::Date;

/// Answers a requirement; nothing where no limit in it counts the one it is about.
pub fn answer(requirement: &Requirement, unless: &[Exception], about: About, scene: &Scene) -> Option<Answer> {
    let parts_of = |parts: &[Requirement]| -> Vec<(String, Answer)> {
        let words = |p: &Requirement| match scene.tell {
            Tell::Reasons => describe_requirement(p),
            Tell::Outcomes => String::new(),
        };
        let part = |p: &Requirement| Some((words(p), answer(p, unless, about, scene)?));
        parts.iter().filter_map(part).collect()
    };
    match requirement {
        Requirement::Limit(limit) if counted_by_limit(limit) != about.counted() => None,
        Requirement::Limit(limit) => {
            quick(limit, unless, about, scene).or_else(|| Some(of_limit(limit, unless, about, scene)))
        }
        Requirement::All(parts) => all(parts_of(parts)),
        Requirement::Any(parts) => any(parts_of(parts)),
    }
}

fn of_limit(limit: &Limit, unless: &[Exception], about: About, scene: &Scene) -> Answer {
    match scales_and_fates(limit, unless, about, scene) {
        Err(reason) => Answer::neither(Outcome::NotComputable, reason),
        Ok((scales, ..)) if scales.windows.is_empty() => no_windows(limit, &scales),
        Ok((scales, fates, waiver)) => {
            let mut whole = weighed(limit, unless, &scales, &fates, waiver, scene.tell);
            if scene.tell == Tell::Reasons {
                whole.reasons.extend(waiver.map(|w| reasons::waived_by(&scene.book.waivers[w])));
            }
            whole
        }
    }
}

/// The windows of a limit, what became of each, and the first waiver that let any of them go.
///
/// # Errors
/// When something is missing that the windows are made of, in words.
pub fn scales_and_fates(
    limit: &Limit,
    unless: &[Exception],
    about: About,
    scene: &Scene,
) -> Result<(Scales, Vec<Fate>, Option<usize>), String> {
    let (scales, mut fates) = match (about, &limit.averaged) {
        (About::Somebody(subject), _) => {
            let scales = weigh(limit, subject, scene.timetable)?;
            let fates = fates(limit, unless, subject, &scales, scene)?;
            (scales, fates)
        }
        (About::District, Some(mean)) => with_plain_fates(weigh_across(limit, mean, scene)?),
        (About::School | About::District, _) => with_plain_fates(weigh_stated(limit, scene)?),
    };
    let waiver = apply_waivers(&scales, &mut fates, about, scene);
    let (scales, fates) = match scene.within {
        Some(time) => only_within(time, scales, fates),
        None => (scales, fates),
    };
    Ok((scales, fates, waiver))
}

/// The windows that have a day in common with a stretch of time.
fn only_within((from, until): (Date, Date), scales: Scales, fates: Vec<Fate>) -> (Scales, Vec<Fate>) {
    let Scales { windows, n_not_in_force } = scales;
    let meets = |w: &Weighed| w.first <= until && from <= w.last;
    let (windows, fates) = windows.into_iter().zip(fates).filter(|(w, _)| meets(w)).unzip();
    (Scales { windows, n_not_in_force }, fates)
}

fn fates(
    limit: &Limit,
    unless: &[Exception],
    subject: &Subject,
    scales: &Scales,
    scene: &Scene,
) -> Result<Vec<Fate>, String> {
    if unless.is_empty() || limit.per != Window::Day {
        return Ok(scales.windows.iter().map(plain_fate).collect());
    }
    let daily = Daily { days: &scales.windows, subject, timetable: scene.timetable };
    settle(&daily, unless)
}

fn with_plain_fates(scales: Scales) -> (Scales, Vec<Fate>) {
    let fates = scales.windows.iter().map(plain_fate).collect();
    (scales, fates)
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

/// Lets failing windows go that lie wholly inside the time of a waiver whose own condition is met.
///
/// Gives the first waiver that is used.
fn apply_waivers(scales: &Scales, fates: &mut [Fate], about: About, scene: &Scene) -> Option<usize> {
    let fails = |fate: &Fate| matches!(fate, Fate::Failed(_));
    if scene.book.waivers.is_empty() || !fates.iter().any(fails) {
        return None;
    }
    let mut used = None;
    for (place, waiver) in scene.book.waivers.iter().enumerate() {
        let of_school = waiver.schools.is_empty() || waiver.schools.iter().any(|s| s == scene.school_id());
        if waiver.clause != scene.clause || !of_school {
            continue;
        }
        let inside = |w: &Weighed| waiver.from <= w.first && w.last <= waiver.until;
        let failing: Vec<usize> =
            (0..fates.len()).filter(|n| fails(&fates[*n]) && inside(&scales.windows[*n])).collect();
        if failing.is_empty() || !condition_holds(waiver, about, scene) {
            continue;
        }
        failing.into_iter().for_each(|n| fates[n] = Fate::Waived(place));
        used = used.or(Some(place));
    }
    used
}

/// Whether what a waiver asks in place of the clause holds in the waiver's own time; a waiver without such a
/// condition asks nothing.
fn condition_holds(waiver: &Waiver, about: About, scene: &Scene) -> bool {
    let within = Some((waiver.from, waiver.until));
    let alone = Scene { book: Lawbook { waivers: &[], ..scene.book }, tell: Tell::Outcomes, within, ..*scene };
    let holds = |r| answer(r, &[], about, &alone).is_some_and(|a| a.outcome == Outcome::Holds);
    waiver.only_if.as_ref().is_none_or(holds)
}

fn weighed(
    limit: &Limit,
    unless: &[Exception],
    scales: &Scales,
    fates: &[Fate],
    waiver: Option<usize>,
    tell: Tell,
) -> Answer {
    let compared: Vec<Comparison> =
        scales.windows.iter().zip(fates).map(|(window, fate)| compare(limit, window, fate)).collect();
    let is_failed = |f: &Fate| matches!(f, Fate::Failed(_));
    let is_waived = |f: &Fate| matches!(f, Fate::Waived(_));
    let n_failing = fates.iter().filter(|f| is_failed(f)).count();
    let outcome = match (n_failing, fates.iter().any(is_waived)) {
        (0, false) => Outcome::Holds,
        (0, true) => Outcome::Waived,
        _ => Outcome::Fails,
    };
    let those = |is: &dyn Fn(&Fate) -> bool| least(compared.iter().zip(fates).filter(|(_, f)| is(f)).map(|(c, _)| c));
    let tightest = match outcome {
        Outcome::Fails => those(&is_failed),
        Outcome::Waived => those(&is_waived),
        Outcome::Holds | Outcome::NotApplicable | Outcome::NotInForce | Outcome::NotComputable => {
            least(compared.iter())
        }
    };
    let mut whole = Answer {
        outcome,
        tightest,
        n_failing,
        waiver,
        short_in_all: short_in_all(&compared, fates),
        n_windows: compared.len(),
        ..Answer::neither(outcome, String::new())
    };
    whole.reasons.clear();
    if tell == Tell::Reasons {
        whole.uses = uses(unless, &compared, fates);
        whole.failures = failures(limit, unless, &compared, fates);
        whole.reasons = reasons::of_limit(limit, unless, scales, fates, &compared);
    }
    whole
}

fn failures(limit: &Limit, unless: &[Exception], compared: &[Comparison], fates: &[Fate]) -> Vec<Failure> {
    let failure = |(c, fate): (&Comparison, &Fate)| match fate {
        Fate::Failed(misses) => Some(Failure {
            date: c.date,
            have: c.quantity(c.have),
            need: c.quantity(c.need),
            slack: c.difference(),
            why: reasons::why_failed(limit, unless, c, misses),
        }),
        Fate::ByItself | Fate::Excepted { .. } | Fate::Waived(_) => None,
    };
    compared.iter().zip(fates).filter_map(failure).collect()
}

/// What is missing in all failing windows together; windows of one limit share their parts but in means.
fn short_in_all(compared: &[Comparison], fates: &[Fate]) -> Quantity {
    let failing = compared.iter().zip(fates).filter(|(_, f)| matches!(f, Fate::Failed(_))).map(|(c, _)| c);
    let (unit, of) = compared.first().map_or((Unit::Minutes, 1), |c| (c.unit.of_difference(), c.of));
    let (amount, of) = if compared.iter().all(|c| c.of == of) {
        (failing.map(|c| -c.slack).sum(), of)
    } else {
        let sum = failing.fold(whole_number(0), |sum, c| sum + fraction(-c.slack, c.of));
        parts(sum).unwrap_or((i64::MAX, 1))
    };
    Quantity { amount, of, unit }
}

/// Both sides of a window, and its slack with exceptions: what an exception leaves, or what it still lacks.
///
/// A day that an exception would count but for a few minutes to be made up is short by those minutes only.
fn compare(limit: &Limit, window: &Weighed, fate: &Fate) -> Comparison {
    let Weighed { have, need, of, .. } = *window;
    let (have, need, slack, of) = match fate {
        Fate::ByItself | Fate::Waived(_) => (have, need, window.slack, of),
        Fate::Excepted { margin, .. } => match *margin {
            Margin::MadeUp(made_up) => (have, need, made_up.slack(), of),
            Margin::Lower { have, need, slack, of } => (have, need, slack, of),
            Margin::Remainder { have: staff, need: lacks } => (have, need, staff - lacks, of),
            Margin::Free => free(limit.side, have, of),
        },
        Fate::Failed(misses) => {
            let adds = |(_, miss): &(usize, Miss)| match miss {
                Miss::NotMadeUp(made_up) => Some(made_up.adds),
                Miss::Lower { .. }
                | Miss::LowerNotInForce
                | Miss::Remainder { .. }
                | Miss::OtherKind
                | Miss::NotRegular { .. }
                | Miss::UsedUp { .. }
                | Miss::OutsideWindows => None,
            };
            let adds = misses.iter().filter_map(adds).max().unwrap_or(0);
            (have, need, window.slack + adds, of)
        }
    };
    let (unit, per_written) = (unit_of_limit(limit), per_written_unit(limit));
    Comparison { date: window.first, have, need, slack, of, unit, pace: pace(limit), per_written }
}

/// A day of which nothing is asked: a floor falls to nothing, a cap rises to what there is.
fn free(side: Side, have: i64, of: i64) -> (i64, i64, i64, i64) {
    match side {
        Side::AtLeast => (have, 0, have, of),
        Side::AtMost => (have, have, 0, of),
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
            slack: tightest.difference(),
            tightest: tightest.date,
        })
    };
    unless.iter().enumerate().filter_map(|(place, exception)| used(place, exception)).collect()
}

/// Every part must hold; the tightest of them speaks for all.
fn all(parts: Vec<(String, Answer)>) -> Option<Answer> {
    let outcome = [
        Outcome::Fails,
        Outcome::NotComputable,
        Outcome::Waived,
        Outcome::Holds,
        Outcome::NotInForce,
        Outcome::NotApplicable,
    ]
    .into_iter()
    .find(|o| parts.iter().any(|(_, a)| a.outcome == *o))?;
    let deciding = parts.iter().filter(|(_, a)| a.outcome == outcome);
    let tightest = tightest_of(deciding.filter_map(|(_, a)| a.tightest));
    let alternative = parts.iter().find_map(|(_, a)| a.alternative.clone());
    let mut whole = Answer { tightest, alternative, ..Answer::neither(outcome, String::new()) };
    whole.reasons.clear();
    let mut speaks = None;
    for (words, part) in parts {
        whole.uses.extend(part.uses);
        whole.failures.extend(part.failures);
        whole.n_failing += part.n_failing;
        whole.waiver = whole.waiver.or(part.waiver);
        if speaks.is_none() && part.outcome == outcome && part.tightest == tightest {
            speaks = Some(part.short_in_all);
        }
        whole.n_windows += part.n_windows;
        whole.reasons.push(format!("{}: {}.", reasons::sentence_case(&words), part.outcome.name()));
        whole.reasons.extend(part.reasons);
    }
    whole.short_in_all = speaks.unwrap_or(whole.short_in_all);
    Some(whole)
}

/// One part must hold; where none does, the one that is nearest to holding speaks for all.
fn any(parts: Vec<(String, Answer)>) -> Option<Answer> {
    let outcome = [
        Outcome::Holds,
        Outcome::Waived,
        Outcome::NotComputable,
        Outcome::Fails,
        Outcome::NotInForce,
        Outcome::NotApplicable,
    ]
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

/// The part with the most slack, the first where several have it; the first of all where units or stretches of time differ.
fn loosest(parts: &[(String, Answer)], deciding: &[usize]) -> Option<usize> {
    let first = *deciding.first()?;
    let tightest = |n: usize| parts[n].1.tightest.as_ref();
    let alike = |n: &usize| match (tightest(*n), tightest(first)) {
        (Some(a), Some(b)) => is_alike(a, b),
        (a, b) => a.is_none() && b.is_none(),
    };
    if !deciding.iter().all(alike) {
        return Some(first);
    }
    let order = |a: &usize, b: &usize| match (&parts[*a].1.tightest, &parts[*b].1.tightest) {
        (Some(a), Some(b)) => by_slack(a, b),
        (a, b) => a.is_some().cmp(&b.is_some()),
    };
    deciding.iter().copied().rev().max_by(order)
}

/// The least slack; where units or stretches of time differ, the least as a part of what is asked.
fn tightest_of(all: impl Iterator<Item = Comparison>) -> Option<Comparison> {
    let all: Vec<Comparison> = all.collect();
    let first = *all.first()?;
    if all.iter().all(|c| is_alike(c, &first)) {
        return least(all.iter());
    }
    let part = |c: &Comparison| (i128::from(c.slack), i128::from(c.need.abs().max(1)));
    all.into_iter().reduce(|best, next| {
        let ((a, b), (c, d)) = (part(&best), part(&next));
        if c * b < a * d { next } else { best }
    })
}
