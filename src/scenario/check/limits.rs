//! Limits of clauses: units that fit what is measured, and amounts whose dates do not contradict one another.

use crate::clauses::Amount;
use crate::clauses::Cap;
use crate::clauses::DatedValue;
use crate::clauses::Limit;
use crate::clauses::Measure;
use crate::clauses::Side;
use crate::clauses::Window;
use crate::findings::Finding;
use crate::findings::Findings;
use crate::findings::Place;
use crate::scenario::check::ids::Ids;
use crate::scenario::check::values;
use crate::scenario::raw;
use crate::units::Date;
use crate::units::Minutes;

/// What the clause around a limit speaks of.
#[derive(Debug, Clone, Copy)]
pub struct Speaks<'a> {
    /// Roles it names.
    pub roles: &'a [String],
    /// Where the clause is written.
    pub clause: &'a Place,
}

/// A floor.
pub fn at_least(raw: &raw::Limit, speaks: &Speaks, place: &Place, ids: &Ids, out: &mut Findings) -> Option<Limit> {
    limit(raw, Side::AtLeast, speaks, place, ids, out)
}

/// A cap.
pub fn at_most(raw: &raw::Limit, speaks: &Speaks, place: &Place, ids: &Ids, out: &mut Findings) -> Option<Limit> {
    limit(raw, Side::AtMost, speaks, place, ids, out)
}

fn limit(raw: &raw::Limit, side: Side, speaks: &Speaks, place: &Place, ids: &Ids, out: &mut Findings) -> Option<Limit> {
    let measure = measure(&raw.of, &place.field("of"), out);
    let per = window(&raw.per, &place.field("per"), out);
    needs_a_role(raw, speaks, place, out);
    let days_by_day = matches!(raw.of, raw::Of::PupilDays | raw::Of::StaffDays) && matches!(raw.per, raw::Per::Day);
    if days_by_day {
        let finding = Finding::error("clauses::days_per_day", "days cannot be counted per day");
        out.push(finding.at(&place.field("per"), "").help("write `per: Week`, Month, Cycle(10), Term or Year"));
    }
    let values = dated_values(raw, &place.field("values"), ids, out);
    Some(Limit { measure: measure?, side, per: per?, values: values?, written: place.clone() })
}

/// A limit on staff must say whose time it is: the days of a coach and of a teacher differ.
fn needs_a_role(raw: &raw::Limit, speaks: &Speaks, place: &Place, out: &mut Findings) {
    let about_staff = match raw.of {
        raw::Of::StaffMinutes { .. } | raw::Of::StaffBlocks { .. } | raw::Of::Workday | raw::Of::StaffDays => true,
        raw::Of::PupilMinutes { .. } | raw::Of::PupilDays => false,
    };
    if about_staff && speaks.roles.is_empty() {
        out.push(
            Finding::error("clauses::no_role", "a limit on staff does not say for which roles")
                .at(&place.field("of"), "this is about staff")
                .at(&speaks.clause.field("applies"), "no roles are named here")
                .help("add `applies: Applies(roles: [\"teacher\"])` with the ids of the roles"),
        );
    }
}

/// The stretch of time of a limit or a cap on exceptions.
pub fn window(raw: &raw::Per, place: &Place, out: &mut Findings) -> Option<Window> {
    match raw {
        raw::Per::Day => Some(Window::Day),
        raw::Per::Week => Some(Window::Week),
        raw::Per::FullWeek => Some(Window::FullWeek),
        raw::Per::Month => Some(Window::Month),
        raw::Per::Cycle(days) => values::whole(days, 2..=100, "the length of a cycle", place, out).map(Window::Cycle),
        raw::Per::Term => Some(Window::Term),
        raw::Per::Year => Some(Window::Year),
    }
}

/// A list of kinds that names at least one, and none of them twice.
pub fn some_kinds(kinds: &[raw::Kind], place: &Place, out: &mut Findings) {
    if kinds.is_empty() {
        let finding = Finding::error("clauses::nothing_counts", "no kind of minutes counts");
        out.push(finding.at(place, "").help("name at least one: [Instruction]"));
    }
    for (n, kind) in kinds.iter().enumerate() {
        if let Some(first) = kinds[..n].iter().position(|k| k == kind) {
            let finding =
                Finding::error("clauses::kind_twice", format!("{kind:?} is named twice, and would count twice"));
            out.push(finding.at(&place.item(n), "here again").at(&place.item(first), "first here").help("remove one"));
        }
    }
}

fn measure(raw: &raw::Of, place: &Place, out: &mut Findings) -> Option<Measure> {
    let kinds = |counts: &[raw::Kind]| counts.iter().map(|k| (*k).into()).collect();
    match raw {
        raw::Of::PupilMinutes { counts, caps } => {
            some_kinds(counts, &place.field("counts"), out);
            let at = place.field("caps");
            let caps: Vec<_> = caps
                .iter()
                .enumerate()
                .map(|(n, cap)| {
                    let per_day = values::minutes(&cap.1, &at.item(n).item(1), out)?;
                    Some(Cap { kind: cap.0.into(), per_day })
                })
                .collect();
            Some(Measure::PupilMinutes { counts: kinds(counts), caps: caps.into_iter().collect::<Option<_>>()? })
        }
        raw::Of::StaffMinutes { counts, in_blocks_of } => {
            some_kinds(counts, &place.field("counts"), out);
            let in_blocks_of = shortest(in_blocks_of, place, out)?;
            Some(Measure::StaffMinutes { counts: kinds(counts), in_blocks_of })
        }
        raw::Of::StaffBlocks { counts, in_blocks_of } => {
            some_kinds(counts, &place.field("counts"), out);
            let in_blocks_of = shortest(in_blocks_of, place, out)?;
            Some(Measure::StaffBlocks { counts: kinds(counts), in_blocks_of })
        }
        raw::Of::Workday => Some(Measure::Workday),
        raw::Of::PupilDays => Some(Measure::PupilDays),
        raw::Of::StaffDays => Some(Measure::StaffDays),
    }
}

fn shortest(raw: &Option<raw::Quantity>, place: &Place, out: &mut Findings) -> Option<Option<Minutes>> {
    values::maybe(raw.as_ref(), |q| values::minutes(q, &place.field("in_blocks_of"), out))
}

fn dated_values(raw: &raw::Limit, place: &Place, ids: &Ids, out: &mut Findings) -> Option<Vec<DatedValue>> {
    if raw.values.is_empty() {
        let finding = Finding::error("clauses::no_value", "this limit has no amount");
        out.push(finding.at(place, "").help("add `values: [Value(is: Hours(5))]`"));
    }
    let values: Vec<_> =
        raw.values.iter().enumerate().map(|(n, v)| dated_value(v, &raw.of, &place.item(n), ids, out)).collect();
    let values: Vec<DatedValue> = values.into_iter().collect::<Option<_>>()?;
    contradictions(&values, place, out);
    Some(values)
}

fn dated_value(raw: &raw::Value, of: &raw::Of, place: &Place, ids: &Ids, out: &mut Findings) -> Option<DatedValue> {
    let amount = values::amount(&raw.is, &place.field("is"), out);
    let from = values::maybe(raw.from.as_ref(), |t| values::date(t, &place.field("from"), out));
    let until = values::maybe(raw.until.as_ref(), |t| values::date(t, &place.field("until"), out));
    values::dates_in_order(from.flatten(), until.flatten(), "this value", place, "until", out);
    if let Some(source) = &raw.source {
        ids.sources.find(source, &place.field("source"), out);
    }
    if let Some(amount) = amount {
        unit_fits(amount, of, &place.field("is"), out);
    }
    Some(DatedValue { from: from?, until: until?, amount: amount?, source: raw.source.clone() })
}

fn unit_fits(amount: Amount, of: &raw::Of, place: &Place, out: &mut Findings) {
    let (what, belongs) = match of {
        raw::Of::PupilMinutes { .. } => ("pupils' minutes", "Minutes(…) or Hours(…)"),
        raw::Of::StaffMinutes { .. } => ("staff minutes", "Minutes(…) or Hours(…)"),
        raw::Of::Workday => ("a workday", "Minutes(…) or Hours(…)"),
        raw::Of::PupilDays | raw::Of::StaffDays => ("days", "Days(…)"),
        raw::Of::StaffBlocks { .. } => ("blocks of staff time", "Blocks(…)"),
    };
    let (unit, fits) = match amount {
        Amount::Minutes(_) => ("Minutes", belongs.contains("Minutes")),
        Amount::Hours(_) => ("Hours", belongs.contains("Hours")),
        Amount::Days(_) => ("Days", belongs.contains("Days")),
        Amount::Blocks(_) => ("Blocks", belongs.contains("Blocks")),
    };
    if !fits {
        out.push(
            Finding::error("clauses::unit", format!("{what} cannot be held against {unit}"))
                .at(place, "")
                .help(format!("write {belongs}, or measure something else with `of`")),
        );
    }
}

/// Two amounts of one limit that are in force on the same day.
fn contradictions(values: &[DatedValue], place: &Place, out: &mut Findings) {
    let first_day = |v: &DatedValue| v.from.unwrap_or(Date::MIN);
    let last_day = |v: &DatedValue| v.until.unwrap_or(Date::MAX);
    for (n, second) in values.iter().enumerate() {
        for (k, first) in values[..n].iter().enumerate() {
            let from = first_day(first).max(first_day(second));
            if from > last_day(first).min(last_day(second)) {
                continue;
            }
            let since = if from == Date::MIN { "always".to_string() } else { format!("from {from} on") };
            out.push(
                Finding::error("clauses::contradiction", format!("two amounts of one limit are in force {since}"))
                    .at(&place.item(n), "this one")
                    .at(&place.item(k), "and this one")
                    .help("end the earlier one with `until` on the day before the later one begins"),
            );
        }
    }
}
