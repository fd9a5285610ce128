//! What no bell says: stated facts, ratios of heads, notices; weighed once a school year for a school.
//!
//! Has a limit and a scene, gives both sides of the comparison. Knows no days and no blocks.

use crate::calendar::DayKind;
use crate::calendar::days_between;
use crate::clauses::CountedIn;
use crate::clauses::Fact;
use crate::clauses::FactValue;
use crate::clauses::Heads;
use crate::clauses::Limit;
use crate::clauses::Measure;
use crate::clauses::Rounded;
use crate::clauses::Said;
use crate::clauses::amount::in_unit;
use crate::clauses::amount::unit_of_limit;
use crate::clauses::exact::Exact;
use crate::clauses::exact::fraction;
use crate::clauses::exact::parts;
use crate::clauses::exact::whole;
use crate::clauses::scene::Scene;
use crate::clauses::weigh::Scales;
use crate::clauses::weigh::round;
use crate::clauses::weigh::too_large;
use crate::clauses::windows::Stretch;
use crate::units::Date;

/// Weighs a limit on what is stated of a school in a school year.
///
/// # Errors
/// When something is not stated, in words.
pub fn weigh_stated(limit: &Limit, scene: &Scene) -> Result<Scales, String> {
    let year = scene.this_year();
    let (Some(first), Some(last)) = (year.days.first(), year.days.last()) else { return Ok(Scales::empty()) };
    let given = match &limit.measure {
        Measure::Ratio { of, to } => Some(ratio(of, to, scene)?),
        Measure::Stated(ids) => Some(sum_of_facts(ids, limit, scene)?),
        Measure::Notice { of, before, counted } => notice(of, before, *counted, scene)?,
        Measure::PupilMinutes { .. }
        | Measure::StaffMinutes { .. }
        | Measure::PupilBlocks { .. }
        | Measure::StaffBlocks { .. }
        | Measure::PupilRun { .. }
        | Measure::StaffRun { .. }
        | Measure::CommonMinutes { .. }
        | Measure::Workday
        | Measure::PupilsArrive
        | Measure::PupilsLeave
        | Measure::StaffArrive
        | Measure::StaffLeave
        | Measure::PupilDays
        | Measure::StaffDays => None,
    };
    let mut scales = Scales::empty();
    let Some(mut given) = given else { return Ok(scales) };
    if let Some(rounding) = limit.rounding.filter(|r| r.of == Rounded::Figure) {
        given = round(limit, rounding, given);
    }
    let stretch = Stretch { first: first.date, days: 0..0, cut_short: false };
    scales.add(limit, stretch, last.date, parts(given).ok_or_else(too_large)?)?;
    Ok(scales)
}

/// The fact with an id.
///
/// # Errors
/// When the scenario states no such fact, in words.
pub fn fact<'a>(id: &str, scene: &Scene<'a>) -> Result<&'a Fact, String> {
    scene.book.facts.iter().find(|f| f.id == id).ok_or_else(|| format!("Nobody has stated `{id}`."))
}

/// What a fact says of the scene's school in its school year; the value of the school before that of all.
///
/// # Errors
/// When nothing is stated for this school and year, in words.
pub fn value_of<'a>(id: &str, scene: &Scene<'a>) -> Result<&'a FactValue, String> {
    let year = scene.this_year();
    let fact = fact(id, scene)?;
    let (first, last) = match (year.days.first(), year.days.last()) {
        (Some(first), Some(last)) => (first.date, last.date),
        _ => (Date::MIN, Date::MAX),
    };
    let meets = |v: &&FactValue| v.from.is_none_or(|from| from <= last) && v.until.is_none_or(|until| first <= until);
    // The one that is in force on the first day of the year, or else the first after it, however they are written.
    let stated = fact.values.iter().filter(meets);
    own_first(stated, scene).ok_or_else(|| format!("Nobody has stated `{id}` for {}.", year.id))
}

/// What is stated of the scene's school before what is stated of all schools; the earliest of several.
fn own_first<'a>(values: impl Iterator<Item = &'a FactValue> + Clone, scene: &Scene) -> Option<&'a FactValue> {
    let own = |v: &&FactValue| v.schools.iter().any(|s| s == scene.school_id());
    let of_school = values.clone().filter(own).min_by_key(|v| v.from);
    of_school.or_else(|| values.filter(|v| v.schools.is_empty()).min_by_key(|v| v.from))
}

fn sum_of_facts(ids: &[String], limit: &Limit, scene: &Scene) -> Result<Exact, String> {
    let mut sum = whole(0);
    for id in ids {
        let Said::Amount(amount) = value_of(id, scene)?.is else {
            return Err(format!("`{id}` is stated as a date, and the clause asks for an amount."));
        };
        let stated = in_unit(amount);
        if stated.unit != unit_of_limit(limit) {
            let (stated, asked) = (stated.unit.name(), unit_of_limit(limit).name());
            return Err(format!("`{id}` is stated in {stated}, and the clause asks in {asked}."));
        }
        sum += fraction(stated.n, stated.of);
    }
    Ok(sum)
}

fn ratio(of: &Heads, to: &Heads, scene: &Scene) -> Result<Exact, String> {
    let (of, to) = (heads(of, scene)?, heads(to, scene)?);
    if to == whole(0) {
        return Err(format!("There is nobody in {} to divide by.", scene.district.schools[scene.school].name));
    }
    Ok(of / to)
}

fn heads(heads: &Heads, scene: &Scene) -> Result<Exact, String> {
    let school = &scene.district.schools[scene.school];
    match heads {
        Heads::Pupils => {
            let counted = school.pupils.iter().filter(|(grade, _)| scene.applies().grades.contains(*grade));
            Ok(whole(counted.map(|(_, n)| i64::from(*n)).sum()))
        }
        Heads::Staff(id) => {
            let role = scene.district.role(id).ok_or_else(|| format!("There is no role `{id}`."))?;
            let positions = school.positions.iter().filter(|(r, _)| *r == role).map(|(_, n)| i64::from(*n)).sum();
            match scene.district.roles[role].one_per_educators {
                None => Ok(whole(positions)),
                // Thousandths of a post are finer than anybody shares one.
                Some(_) => Ok(fraction((scene.district.fte(role, scene.school) * 1_000.0).round() as i64, 1_000)),
            }
        }
    }
}

/// Days from one stated date until another; nothing in school years in which the second does not lie.
fn notice(of: &str, before: &str, counted: CountedIn, scene: &Scene) -> Result<Option<Exact>, String> {
    let date = |id: &str| match own_first(fact(id, scene)?.values.iter(), scene).map(|v| v.is) {
        Some(Said::On(date)) => Ok(date),
        Some(Said::Amount(_)) | None => Err(format!("`{id}` is not stated as a date.")),
    };
    let (announced, begins) = (date(of)?, date(before)?);
    let years = &scene.timetable.schools[scene.school].years;
    let next = years.get(scene.year + 1).and_then(|y| y.days.first()).map(|d| d.date);
    let own = scene.this_year().days.first().map(|d| d.date);
    // The summer before the first year belongs to it, any other summer to the year before.
    let after_start = scene.year == 0 || own.is_some_and(|own| own <= begins);
    let before_next = next.is_none_or(|next| begins < next);
    let last = scene.this_year().days.last().map(|d| d.date);
    let not_over = next.is_some() || last.is_some_and(|last| begins <= last);
    if !(after_start && before_next && not_over) {
        return Ok(None);
    }
    let days = match counted {
        CountedIn::CalendarDays => days_between(announced, begins),
        CountedIn::SchoolDays => {
            let held =
                |d: &&crate::timetable::Day| d.kind == DayKind::Attendance && announced <= d.date && d.date < begins;
            let n: usize = years.iter().map(|y| y.days.iter().filter(held).count()).sum();
            i64::try_from(n).unwrap_or(i64::MAX)
        }
    };
    Ok(Some(whole(days)))
}
