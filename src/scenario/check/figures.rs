//! What limits make of their days: credits, averages, rounding.

use crate::clauses::Credit;
use crate::clauses::Credited;
use crate::clauses::DistrictMean;
use crate::clauses::Rounding;
use crate::clauses::Step;
use crate::findings::Findings;
use crate::findings::Place;
use crate::scenario::check::ids::Ids;
use crate::scenario::check::limits::some_kinds;
use crate::scenario::check::values;
use crate::scenario::raw;
use crate::units::Minutes;

/// Checks what is credited towards a limit.
pub fn credits(raw: &[raw::Credit], place: &Place, ids: &Ids, out: &mut Findings) -> Option<Vec<Credit>> {
    let all: Vec<_> = raw.iter().enumerate().map(|(n, credit)| one(credit, &place.item(n), ids, out)).collect();
    all.into_iter().collect()
}

fn one(raw: &raw::Credit, place: &Place, ids: &Ids, out: &mut Findings) -> Option<Credit> {
    let at = place.field("of");
    let of: Vec<_> = raw.of.iter().enumerate().map(|(n, c)| credited(c, &at.item(n), ids, out)).collect();
    let up_to = values::amount(&raw.up_to, &place.field("up_to"), out);
    Some(Credit { of: of.into_iter().collect::<Option<_>>()?, up_to: up_to?, written: place.clone() })
}

fn credited(raw: &raw::Credited, place: &Place, ids: &Ids, out: &mut Findings) -> Option<Credited> {
    match raw {
        raw::Credited::StaffTime { counts, role } => {
            some_kinds(counts, &place.field("counts"), out);
            ids.roles.find(role, &place.field("role"), out)?;
            Some(Credited::StaffTime { counts: counts.iter().map(|k| (*k).into()).collect(), role: role.clone() })
        }
        raw::Credited::DaysOf(kinds) => Some(Credited::DaysOf(kinds.iter().map(|k| (*k).into()).collect())),
    }
}

/// Checks which grades of the district are averaged.
pub fn averaged(raw: Option<&raw::Averaged>, place: &Place, out: &mut Findings) -> Option<Option<DistrictMean>> {
    values::maybe(raw, |raw::Averaged::DistrictMean { grades, by }| {
        let grades = values::grades(grades, &place.field("grades"), out)?;
        Some(DistrictMean { grades, by: (*by).into() })
    })
}

/// Checks a rounding.
pub fn rounding(raw: Option<&raw::Rounded>, place: &Place, out: &mut Findings) -> Option<Option<Rounding>> {
    values::maybe(raw, |raw::Rounded::Round(direction, step, of)| {
        let at = place.item(1);
        let step = match step {
            raw::Step::Digits(n) => values::whole(n, 0..=6, "the number of digits", &at, out).map(Step::Digits),
            raw::Step::Minutes(n) => {
                let minutes = values::whole(n, 1..=1440, "the step of a rounding", &at, out);
                minutes.map(|m| Step::Minutes(Minutes(i64::from(m))))
            }
        };
        Some(Rounding { direction: (*direction).into(), step: step?, of: (*of).into() })
    })
}
