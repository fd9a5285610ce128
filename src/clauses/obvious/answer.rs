//! What the twin answers: one limit with its waivers, or several joined by `and` or `or`.

use crate::clauses::Exception;
use crate::clauses::Figure;
use crate::clauses::Limit;
use crate::clauses::Measure;
use crate::clauses::Outcome;
use crate::clauses::Requirement;
use crate::clauses::Unit;
use crate::clauses::Waiver;
use crate::clauses::Window;
use crate::clauses::obvious::everybody::Bench;
use crate::clauses::obvious::figure::Compared;
use crate::clauses::obvious::figure::Sides;
use crate::clauses::obvious::figure::compared;
use crate::clauses::obvious::figure::units_in_written;
use crate::clauses::obvious::fraction::Fraction;
use crate::clauses::obvious::person::NotComputable;
use crate::clauses::obvious::person::Person;
use crate::clauses::obvious::saved::End;
use crate::clauses::obvious::saved::ends;
use crate::clauses::obvious::stated::compared_mean;
use crate::clauses::obvious::stated::compared_stated;
use crate::clauses::obvious::stated::unit_asked;
use crate::units::Date;

/// Whom an answer is about.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Kin {
    Pupils,
    Staff,
    School,
    District,
}

/// Both sides where it is tightest.
#[derive(Debug, Clone, PartialEq)]
pub struct Tightest {
    pub date: Date,
    pub have: Fraction,
    pub need: Fraction,
    pub slack: Fraction,
    pub unit: Unit,
    /// So much in which stretch of time; the engine's answers do not tell it.
    pub pace: Option<Window>,
    /// Units in one unit of the text.
    pub in_written: i64,
}

/// An exception that was used: its id, on how many days, its least slack, and the date of that.
pub type Used = (String, usize, Fraction, Date);

/// What the twin answers, and what is compared with the engine.
#[derive(Debug, Clone, PartialEq)]
pub struct Plain {
    pub outcome: Outcome,
    pub tightest: Option<Tightest>,
    pub uses: Vec<Used>,
    pub failing: Vec<Date>,
    /// What is missing in all failing windows together.
    pub short_in_all: Fraction,
    pub n_windows: usize,
    pub waiver: Option<usize>,
    /// The alternative that held: its place, and the places inside it.
    pub alternative: Option<Vec<usize>>,
}

impl Plain {
    pub fn neither(outcome: Outcome) -> Plain {
        Plain {
            outcome,
            tightest: None,
            uses: vec![],
            failing: vec![],
            short_in_all: Fraction::ZERO,
            n_windows: 0,
            waiver: None,
            alternative: None,
        }
    }
}

pub fn kin_of_measure(measure: &Measure) -> Kin {
    match measure {
        Measure::PupilMinutes { .. }
        | Measure::PupilBlocks { .. }
        | Measure::PupilRun { .. }
        | Measure::PupilsArrive
        | Measure::PupilsLeave
        | Measure::PupilDays => Kin::Pupils,
        Measure::StaffMinutes { .. }
        | Measure::StaffBlocks { .. }
        | Measure::StaffRun { .. }
        | Measure::CommonMinutes { .. }
        | Measure::Workday
        | Measure::StaffArrive
        | Measure::StaffLeave
        | Measure::StaffDays => Kin::Staff,
        Measure::Ratio { .. } | Measure::Stated(_) | Measure::Notice { .. } => Kin::School,
    }
}

pub fn kin_of(limit: &Limit) -> Kin {
    if limit.averaged.is_some() { Kin::District } else { kin_of_measure(&limit.measure) }
}

pub fn unit_of(limit: &Limit) -> Unit {
    match &limit.measure {
        Measure::PupilMinutes { .. }
        | Measure::StaffMinutes { .. }
        | Measure::PupilRun { .. }
        | Measure::StaffRun { .. }
        | Measure::CommonMinutes { .. }
        | Measure::Workday => Unit::Minutes,
        Measure::PupilBlocks { .. } | Measure::StaffBlocks { .. } => Unit::Blocks,
        Measure::PupilsArrive | Measure::PupilsLeave | Measure::StaffArrive | Measure::StaffLeave => Unit::Clock,
        Measure::PupilDays | Measure::StaffDays | Measure::Notice { .. } => Unit::Days,
        Measure::Ratio { .. } => Unit::PerOne,
        Measure::Stated(_) => unit_asked(limit),
    }
}

/// A question: of whom, of which time only, and what waives what it asks.
#[derive(Clone, Copy)]
pub struct Question<'a> {
    pub bench: &'a Bench<'a>,
    pub kin: Kin,
    /// The grade or role, where it is about one.
    pub person: Option<&'a Person<'a>>,
    /// Only stretches that have a day in common with this time.
    pub within: Option<(Date, Date)>,
    pub waivers: &'a [Waiver],
}

/// Answers a requirement; nothing where it asks nothing of these.
pub fn answer(asks: &Requirement, unless: &[Exception], question: Question) -> Option<Plain> {
    let parts = |parts: &[Requirement]| {
        let mut all = Vec::new();
        for (n, part) in parts.iter().enumerate() {
            all.extend(answer(part, unless, question).map(|plain| (n, plain)));
        }
        all
    };
    match asks {
        Requirement::Limit(limit) if kin_of(limit) != question.kin => None,
        Requirement::Limit(limit) => {
            Some(of_limit(limit, unless, question).unwrap_or(Plain::neither(Outcome::NotComputable)))
        }
        Requirement::All(list) => all(parts(list)),
        Requirement::Any(list) => any(parts(list)),
    }
}

fn of_limit(limit: &Limit, unless: &[Exception], question: Question) -> Result<Plain, NotComputable> {
    let Compared { mut sides, n_not_in_force } = match (question.person, &limit.averaged) {
        (Some(person), _) => compared(limit, person)?,
        (None, Some(mean)) => compared_mean(limit, mean, question.bench)?,
        (None, None) => compared_stated(limit, question.bench)?,
    };
    let mut ends = match question.person {
        Some(person) if !unless.is_empty() => ends(person, limit, unless, &sides)?,
        _ => {
            let end = |s: &Sides| if s.slack.is_negative() { End::Fails { adds: Fraction::ZERO } } else { End::Holds };
            sides.iter().map(end).collect()
        }
    };
    if let Some((from, until)) = question.within {
        let inside: Vec<bool> = sides.iter().map(|s| s.first <= until && from <= s.last).collect();
        let (mut of_sides, mut of_ends) = (inside.iter(), inside.iter());
        sides.retain(|_| *of_sides.next().unwrap());
        ends.retain(|_| *of_ends.next().unwrap());
    }
    if sides.is_empty() {
        let nothing = if n_not_in_force > 0 { Outcome::NotInForce } else { Outcome::NotApplicable };
        return Ok(Plain::neither(nothing));
    }
    let waiver = waive(&sides, &mut ends, question);
    Ok(told(limit, unless, &sides, &ends, waiver))
}

/// Lets failing stretches go that lie in the time of a waiver whose own condition holds in that time.
fn waive(sides: &[Sides], ends: &mut [End], question: Question) -> Option<usize> {
    let mut first = None;
    let school = &question.bench.world.district.schools[question.bench.school].id;
    for (place, waiver) in question.waivers.iter().enumerate() {
        let speaks = waiver.schools.is_empty() || waiver.schools.contains(school);
        if waiver.clause != question.bench.clause || !speaks {
            continue;
        }
        let lets_go = |n: &usize| {
            let lies_inside = waiver.from <= sides[*n].first && sides[*n].last <= waiver.until;
            matches!(ends[*n], End::Fails { .. }) && lies_inside
        };
        let going: Vec<usize> = (0..ends.len()).filter(lets_go).collect();
        let alone = Question { within: Some((waiver.from, waiver.until)), waivers: &[], ..question };
        let holds = |asks| answer(asks, &[], alone).is_some_and(|a| a.outcome == Outcome::Holds);
        if !going.is_empty() && waiver.only_if.as_ref().is_none_or(holds) {
            going.into_iter().for_each(|n| ends[n] = End::Waived);
            first = first.or(Some(place));
        }
    }
    first
}

fn told(limit: &Limit, unless: &[Exception], sides: &[Sides], ends: &[End], waiver: Option<usize>) -> Plain {
    let mut all: Vec<Tightest> = Vec::new();
    for (s, end) in sides.iter().zip(ends) {
        let (have, need, slack) = match end {
            End::Holds | End::Waived => (s.have, s.need, s.slack),
            End::Saved { have, need, slack, .. } => (*have, *need, *slack),
            End::Fails { adds } => (s.have, s.need, s.slack + *adds),
        };
        let (unit, in_written) = (unit_of(limit), units_in_written(limit));
        let pace = Some(pace_of(limit));
        all.push(Tightest { date: s.first, have, need, slack, unit, pace, in_written });
    }
    let fails: Vec<&Tightest> = those(&all, ends, |end| matches!(end, End::Fails { .. }));
    let waived: Vec<&Tightest> = those(&all, ends, |end| *end == End::Waived);
    let (outcome, deciding) = match (fails.is_empty(), waived.is_empty()) {
        (false, _) => (Outcome::Fails, fails.clone()),
        (true, false) => (Outcome::Waived, waived),
        (true, true) => (Outcome::Holds, all.iter().collect()),
    };
    let mut uses = Vec::new();
    for (place, exception) in unless.iter().enumerate() {
        let saved = those(&all, ends, |end| matches!(end, End::Saved { by, .. } if *by == place));
        if let Some(least) = least(&saved) {
            uses.push((exception.id.clone(), saved.len(), least.slack, least.date));
        }
    }
    Plain {
        outcome,
        tightest: least(&deciding).cloned(),
        uses,
        failing: fails.iter().map(|f| f.date).collect(),
        short_in_all: fails.iter().fold(Fraction::ZERO, |sum, f| sum - f.slack),
        n_windows: all.len(),
        waiver,
        alternative: None,
    }
}

/// So much a day, a week, a year: a full week is a week, and a mean is so much in what it is the mean of.
fn pace_of(limit: &Limit) -> Window {
    let per = if limit.per == Window::FullWeek { Window::Week } else { limit.per };
    match limit.figure {
        Figure::Total => per,
        Figure::DailyMean => Window::Day,
        Figure::WeeklyMean => Window::Week,
    }
}

/// Times of day are apart by minutes, and those are compared with other minutes of the same stretch of time.
fn kind_of_slack(t: &Tightest) -> (Unit, Option<Window>) {
    (t.unit.of_difference(), t.pace)
}

fn those<'a>(all: &'a [Tightest], ends: &[End], is: impl Fn(&End) -> bool) -> Vec<&'a Tightest> {
    all.iter().zip(ends).filter(|(_, end)| is(end)).map(|(t, _)| t).collect()
}

/// The least slack, the first where several have it.
fn least<'a>(all: &[&'a Tightest]) -> Option<&'a Tightest> {
    let mut least: Option<&Tightest> = None;
    for one in all {
        if least.is_none_or(|so_far| one.slack < so_far.slack) {
            least = Some(one);
        }
    }
    least
}

/// The first of the outcomes, in this order, that some part has.
fn first_of(order: [Outcome; 6], parts: &[(usize, Plain)]) -> Option<Outcome> {
    order.into_iter().find(|outcome| parts.iter().any(|(_, plain)| plain.outcome == *outcome))
}

/// Every part must hold: one that fails is enough, and one that nobody can compute leaves it open.
fn all(parts: Vec<(usize, Plain)>) -> Option<Plain> {
    use Outcome::*;
    let outcome = first_of([Fails, NotComputable, Waived, Holds, NotInForce, NotApplicable], &parts)?;
    let mut whole = Plain::neither(outcome);
    let deciding: Vec<&Plain> = parts.iter().map(|(_, p)| p).filter(|p| p.outcome == outcome).collect();
    let sides: Vec<&Tightest> = deciding.iter().filter_map(|p| p.tightest.as_ref()).collect();
    let one_unit = sides.iter().all(|t| kind_of_slack(t) == kind_of_slack(sides[0]));
    // Where units or stretches of time differ, the least as a part of what is asked.
    let size = |x: Fraction| if x.is_negative() { Fraction::ZERO - x } else { x };
    let part = |t: &Tightest| if one_unit { t.slack } else { t.slack / size(t.need) };
    for one in &deciding {
        let Some(t) = &one.tightest else { continue };
        if whole.tightest.as_ref().is_none_or(|so_far| part(t) < part(so_far)) {
            whole.tightest = Some(t.clone());
            whole.short_in_all = one.short_in_all;
        }
    }
    for (n, part) in &parts {
        whole.uses.extend(part.uses.clone());
        whole.failing.extend(&part.failing);
        whole.n_windows += part.n_windows;
        whole.waiver = whole.waiver.or(part.waiver);
        let inside = part.alternative.as_ref().map(|inside| [vec![*n], inside.clone()].concat());
        whole.alternative = whole.alternative.or(inside);
    }
    Some(whole)
}

/// One part must hold; the loosest of those that decide speaks for all, or the first where units or stretches differ.
fn any(parts: Vec<(usize, Plain)>) -> Option<Plain> {
    use Outcome::*;
    let outcome = first_of([Holds, Waived, NotComputable, Fails, NotInForce, NotApplicable], &parts)?;
    let deciding: Vec<&(usize, Plain)> = parts.iter().filter(|(_, p)| p.outcome == outcome).collect();
    let unit = |p: &Plain| p.tightest.as_ref().map(kind_of_slack);
    let one_unit = deciding.iter().all(|(_, p)| unit(p) == unit(&deciding[0].1));
    let mut chosen = deciding[0];
    for next in &deciding {
        if let (true, Some(a), Some(b)) = (one_unit, &next.1.tightest, &chosen.1.tightest)
            && a.slack > b.slack
        {
            chosen = next;
        }
    }
    let mut whole = chosen.1.clone();
    if outcome == Outcome::Holds {
        whole.alternative = Some([vec![chosen.0], whole.alternative.unwrap_or_default()].concat());
    }
    Some(whole)
}
