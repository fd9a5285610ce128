//! Penalties: formulas whose numbers make sense and that end in whole cents.

use crate::clauses::Formula;
use crate::clauses::Penalty;
use crate::findings::Finding;
use crate::findings::Findings;
use crate::findings::Place;
use crate::scenario::check::facts::stated;
use crate::scenario::check::ids::Ids;
use crate::scenario::check::values;
use crate::scenario::raw;

/// Numbers of formulas are kept in so many parts of one.
const PARTS: i64 = 1_000_000;

/// Checks a penalty.
pub fn penalty(raw: &raw::Penalty, place: &Place, ids: &Ids, out: &mut Findings) -> Option<Penalty> {
    let at = place.field("dollars");
    let cents = matches!(&raw.dollars, raw::Formula::Rounded(_, digits, _) if digits.0.trim().parse().is_ok_and(|n: u32| n <= 2));
    if !cents {
        out.push(
            Finding::error("penalties::no_rounding", "a penalty does not say how it becomes whole cents")
                .at(&at, "the outermost step")
                .help("write `dollars: Rounded(HalfUp, 2, …)` around the formula"),
        );
    }
    let dollars = formula(&raw.dollars, &at, ids, out);
    Some(Penalty { text: raw.text.clone(), once_for: raw.once_for.into(), dollars: dollars?, written: place.clone() })
}

fn formula(raw: &raw::Formula, place: &Place, ids: &Ids, out: &mut Findings) -> Option<Formula> {
    let boxed = |raw: &raw::Formula, out: &mut Findings| formula(raw, place, ids, out).map(Box::new);
    Some(match raw {
        raw::Formula::Number(number) => {
            let x = values::known(number, place, out)?;
            let parts = (x * PARTS as f64).round();
            if (parts / PARTS as f64 - x).abs() > 1e-9 * x.abs().max(1e-6) {
                let finding = Finding::error("unit::digits", format!("{x} has more digits than are kept"));
                out.push(finding.at(place, "").help("write it as a division: Over(Number(1), Number(3))"));
                return None;
            }
            Formula::Number(parts as i64, PARTS)
        }
        raw::Formula::Fact(id) => {
            stated(id, place, ids, out);
            Formula::Fact(id.clone())
        }
        raw::Formula::Have => Formula::Have,
        raw::Formula::Need => Formula::Need,
        raw::Formula::Short => Formula::Short,
        raw::Formula::ShortInAll => Formula::ShortInAll,
        raw::Formula::WindowsFailing => Formula::WindowsFailing,
        raw::Formula::Windows => Formula::Windows,
        raw::Formula::Pupils => Formula::Pupils,
        raw::Formula::Plus(list) => Formula::Plus(several(list, place, ids, out)?),
        raw::Formula::Times(list) => Formula::Times(several(list, place, ids, out)?),
        raw::Formula::Least(list) => Formula::Least(several(list, place, ids, out)?),
        raw::Formula::Most(list) => Formula::Most(several(list, place, ids, out)?),
        raw::Formula::Minus(a, b) => Formula::Minus(boxed(a, out)?, boxed(b, out)?),
        raw::Formula::Over(a, b) => Formula::Over(boxed(a, out)?, boxed(b, out)?),
        raw::Formula::Rounded(direction, digits, inner) => {
            let digits = values::whole(digits, 0..=9, "the number of digits", place, out);
            let inner = boxed(inner, out);
            Formula::Rounded((*direction).into(), digits?, inner?)
        }
    })
}

fn several(list: &[raw::Formula], place: &Place, ids: &Ids, out: &mut Findings) -> Option<Vec<Formula>> {
    if list.is_empty() {
        let finding = Finding::error("penalties::nothing", "nothing stands in this list");
        out.push(finding.at(place, "").help("write what is added, multiplied or compared"));
    }
    let all: Vec<_> = list.iter().map(|f| formula(f, place, ids, out)).collect();
    all.into_iter().collect()
}
