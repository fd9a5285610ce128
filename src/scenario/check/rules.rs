//! The rules of the adoption model: parameters, ladder, gate, policy, response, turnover.

use crate::adoption::Ladder;
use crate::adoption::ParameterSpec;
use crate::adoption::Rules;
use crate::adoption::Step;
use crate::adoption::TurnoverBand;
use crate::adoption::Variants;
use crate::findings::Finding;
use crate::findings::Findings;
use crate::findings::Place;
use crate::scenario::check::ids::twice;
use crate::scenario::check::sections::Sections;
use crate::scenario::check::sections::Written;
use crate::scenario::check::values;
use crate::scenario::raw;
use crate::scenario::read::Part;
use crate::source::Mark;
use std::collections::BTreeMap;

/// The ladder has six levels of use, 0 to 5, and so five steps.
const N_STEPS: usize = 5;

/// Shares of staff are read from tables that round to whole percents.
const ROUNDING: f64 = 0.02;

/// Checks the rules; a rule in the scenario's own file takes the place of the same one in a part.
pub fn check(parts: &[Part], all: &Sections, out: &mut Findings) -> Option<Rules> {
    let parameters: Vec<_> = all.parameters.iter().map(|p| Some((p.id.to_string(), parameter(p, out)?))).collect();
    let root = Place::at(&parts.first()?.file, "");
    missing(parts, all, &root, out);
    let ladders = all.ladder.iter().map(|l| (l.raw, l.place.clone())).collect();
    let ladder = only(ladders, "ladder", out).and_then(|(raw, place)| ladder(raw, &place, out));
    let gate = only(words(parts, "gate", |b| b.gate), "gate", out);
    let policy = only(words(parts, "policy", |b| b.policy), "policy", out);
    let response = only(words(parts, "response", |b| b.response), "response", out);
    let turnover = turnover(&all.turnover, out);
    let variants = variants(parts, out);
    Some(Rules {
        parameters: parameters.into_iter().collect::<Option<BTreeMap<_, _>>>()?,
        ladder: ladder?,
        gate: gate?.0.into(),
        policy: policy?.0.into(),
        response: response?.0.into(),
        turnover: turnover?,
        variants: variants?,
    })
}

/// What the scenario takes otherwise; whatever it does not name is as `docs/model.md` tells.
fn variants(parts: &[Part], out: &mut Findings) -> Option<Variants> {
    let usual = Variants::default();
    let chance = maybe(words(parts, "chance", |b| b.chance), "chance", out);
    let dispositions = maybe(words(parts, "dispositions", |b| b.dispositions), "dispositions", out);
    let dose = maybe(words(parts, "dose", |b| b.dose), "dose", out);
    let leaves = maybe(words(parts, "leaves_weekly", |b| b.leaves_weekly.clone()), "leaves_weekly", out);
    let leaves_weekly = match leaves? {
        Some((share, place)) => values::share(&share, &place, out)?.as_f64(),
        None => usual.leaves_weekly,
    };
    Some(Variants {
        chance: chance?.map_or(usual.chance, |(word, _)| word.into()),
        dispositions: dispositions?.map_or(usual.dispositions, |(word, _)| word.into()),
        dose: dose?.map_or(usual.dose, |(word, _)| word.into()),
        leaves_weekly,
    })
}

/// The one that is given, if there is one; a finding where there is more than one.
fn maybe<T>(given: Vec<(T, Place)>, key: &'static str, out: &mut Findings) -> Option<Option<(T, Place)>> {
    if given.is_empty() { Some(None) } else { only(given, key, out).map(Some) }
}

fn words<T>(parts: &[Part], key: &str, pick: impl Fn(&raw::Body) -> Option<T>) -> Vec<(T, Place)> {
    let all = parts.iter().filter_map(|part| Some((pick(&part.body)?, Place::at(&part.file, key))));
    let mut all: Vec<(T, Place)> = all.collect();
    if parts.first().is_some_and(|root| pick(&root.body).is_some()) {
        all.truncate(1);
    }
    all
}

/// The one that is given; a finding where there is more than one.
fn only<T>(mut given: Vec<(T, Place)>, key: &'static str, out: &mut Findings) -> Option<(T, Place)> {
    if let [(_, first), (_, second), ..] = given.as_slice() {
        out.push(twice("rule", key, first, second).help("keep one of them, or write it in the scenario's own file"));
        return None;
    }
    given.pop()
}

fn missing(parts: &[Part], all: &Sections, root: &Place, out: &mut Findings) {
    let given = |pick: fn(&raw::Body) -> bool| parts.iter().any(|part| pick(&part.body));
    let keys = [
        ("ladder", !all.ladder.is_empty()),
        ("gate", given(|b| b.gate.is_some())),
        ("policy", given(|b| b.policy.is_some())),
        ("response", given(|b| b.response.is_some())),
        ("turnover", !all.turnover.is_empty()),
    ];
    let missing: Vec<String> = keys.iter().filter(|(_, given)| !given).map(|(key, _)| format!("`{key}`")).collect();
    if !missing.is_empty() {
        out.push(
            Finding::error("model::missing", format!("the rules of the model have no {}", missing.join(", ")))
                .at(root, "missing in this scenario")
                .help("add \"../model.ron\" to `include`, or write them yourself"),
        );
    }
}

fn parameter(item: &Written<raw::Parameter>, out: &mut Findings) -> Option<ParameterSpec> {
    let value = values::number(&item.raw.is, &item.place.field("is"), out);
    let range = values::maybe(item.raw.range.as_ref(), |(low, high)| {
        let at = item.place.field("range");
        let (low, high) = (values::known(low, &at.item(0), out), values::known(high, &at.item(1), out));
        let range = (low?, high?);
        if range.0 > range.1 {
            let finding = Finding::error("model::range", format!("the range of `{}` ends before it begins", item.id));
            out.push(finding.at(&at, "").help("write the least first: (0.1, 0.5)"));
        }
        Some(range)
    });
    let assumed = item.raw.assumed.iter().any(|field| field == "*" || field == "is");
    Some(ParameterSpec {
        value: value?,
        mark: if assumed { Mark::Assumed } else { Mark::Found },
        unit: item.raw.unit.clone(),
        range: range?,
        written: item.place.clone(),
    })
}

fn ladder(raw: &raw::Ladder, place: &Place, out: &mut Findings) -> Option<Ladder> {
    let starts_at =
        values::whole(&raw.starts_at, 0..=5, "the level on which all begin", &place.field("starts_at"), out);
    let at = place.field("steps");
    let steps: Vec<_> = raw
        .steps
        .iter()
        .enumerate()
        .map(|(n, step)| {
            let place = at.item(n);
            let median = values::weeks(&step.median, &place.field("median"), out);
            let hours = values::maybe(step.hours.as_ref(), |q| values::hours(q, &place.field("hours"), out));
            let needs = step.needs.iter().map(|c| (*c).into()).collect();
            Some(Step { median_weeks: median?, needs, hours: hours?.unwrap_or(0.0) })
        })
        .collect();
    if steps.len() != N_STEPS {
        let finding = Finding::error(
            "model::steps",
            format!("the ladder needs {N_STEPS} steps, and here they number {}", steps.len()),
        );
        out.push(finding.at(&at, "").help("write a step from each level to the next: 0 to 1, 1 to 2, up to 4 to 5"));
    }
    let steps: Vec<Step> = steps.into_iter().collect::<Option<_>>()?;
    Some(Ladder { steps: steps.try_into().ok()?, starts_at: u8::try_from(starts_at?).ok()? })
}

fn turnover(bands: &[Written<raw::Band>], out: &mut Findings) -> Option<Vec<TurnoverBand>> {
    let first = bands.first()?;
    let read: Vec<_> = bands.iter().map(|b| band(b, out)).collect();
    let read: Vec<TurnoverBand> = read.into_iter().collect::<Option<_>>()?;
    if read[0].from_years != 0 {
        let finding = Finding::error("model::turnover", "the first band of turnover does not begin at 0 years");
        out.push(finding.at(&first.place.field("from_years"), "").help("write `from_years: 0`"));
    }
    for (pair, written) in read.windows(2).zip(&bands[1..]) {
        if pair[1].from_years <= pair[0].from_years {
            let message =
                format!("a band from {} years stands after one from {}", pair[1].from_years, pair[0].from_years);
            let finding = Finding::error("model::turnover", message);
            out.push(
                finding
                    .at(&written.place.field("from_years"), "")
                    .help("bands stand in order of years, each given once; two files may not both give them"),
            );
        }
    }
    let total: f64 = read.iter().map(|b| b.share_of_staff).sum();
    if (total - 1.0).abs() > ROUNDING {
        let finding =
            Finding::error("model::turnover", format!("the shares of all bands of turnover make {total:.2}, not 1"));
        out.push(
            finding.at(&first.place.field("share"), "and those that follow").help("the bands hold all of the staff"),
        );
    }
    Some(read)
}

fn band(item: &Written<raw::Band>, out: &mut Findings) -> Option<TurnoverBand> {
    let at = |field: &str| item.place.field(field);
    let from_years = values::whole(&item.raw.from_years, 0..=60, "the years of experience", &at("from_years"), out);
    let share = values::share(&item.raw.share, &at("share"), out);
    let moves = values::share(&item.raw.moves, &at("moves"), out);
    let leaves = values::share(&item.raw.leaves, &at("leaves"), out);
    let (moves, leaves) = (moves?.as_f64(), leaves?.as_f64());
    if moves + leaves > 1.0 {
        let finding =
            Finding::error("model::turnover", format!("moves and leaves make {}, more than all", moves + leaves));
        out.push(finding.at(&item.place, "in this band").help("they are shares of the same people"));
    }
    Some(TurnoverBand { from_years: from_years?, share_of_staff: share?.as_f64(), moves, leaves })
}
