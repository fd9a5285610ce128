//! Limits of clauses: units that fit what is measured, and amounts whose dates do not contradict one another.

use crate::clauses::Amount;
use crate::clauses::DatedValue;
use crate::clauses::Figure;
use crate::clauses::Limit;
use crate::clauses::Side;
use crate::clauses::Window;
use crate::clauses::faults;
use crate::findings::Finding;
use crate::findings::Findings;
use crate::findings::Place;
use crate::scenario::check::figures;
use crate::scenario::check::ids::Ids;
use crate::scenario::check::measures;
use crate::scenario::check::values;
use crate::scenario::raw;
use crate::units::Date;

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

/// A time of day is early or late, and nothing else is.
pub fn of_the_clock(raw: &raw::Limit, written: &raw::Requires, place: &Place, out: &mut Findings) {
    let is_clock = match raw.of {
        raw::Of::PupilsArrive | raw::Of::PupilsLeave | raw::Of::StaffArrive | raw::Of::StaffLeave => true,
        raw::Of::PupilMinutes { .. }
        | raw::Of::StaffMinutes { .. }
        | raw::Of::PupilBlocks { .. }
        | raw::Of::StaffBlocks { .. }
        | raw::Of::PupilRun { .. }
        | raw::Of::StaffRun { .. }
        | raw::Of::CommonMinutes { .. }
        | raw::Of::Workday
        | raw::Of::PupilDays
        | raw::Of::StaffDays
        | raw::Of::Ratio { .. }
        | raw::Of::Fact(_)
        | raw::Of::Spending(_)
        | raw::Of::Notice { .. } => false,
    };
    let says_clock = matches!(written, raw::Requires::NoEarlierThan(_) | raw::Requires::NoLaterThan(_));
    if is_clock == says_clock {
        return;
    }
    let (message, help) = if is_clock {
        ("a time of day is no amount", "write NoEarlierThan(…) or NoLaterThan(…)")
    } else {
        ("only a time of day is early or late", "write AtLeast(…) or AtMost(…)")
    };
    out.push(Finding::error("clauses::clock", message).at(&place.field("of"), "").help(help));
}

fn limit(raw: &raw::Limit, side: Side, speaks: &Speaks, place: &Place, ids: &Ids, out: &mut Findings) -> Option<Limit> {
    let measure = measures::measure(&raw.of, &place.field("of"), ids, out);
    let per = window(&raw.per, &place.field("per"), out);
    needs_a_role(raw, speaks, place, out);
    let days_by_day = matches!(raw.of, raw::Of::PupilDays | raw::Of::StaffDays) && matches!(raw.per, raw::Per::Day);
    if days_by_day {
        let finding = Finding::error("clauses::days_per_day", "days cannot be counted per day");
        out.push(finding.at(&place.field("per"), "").help("write `per: Week`, Month, Cycle(10), Term or Year"));
    }
    let values = dated_values(raw, &place.field("values"), ids, out);
    let credits = figures::credits(&raw.credits, &place.field("credits"), ids, out);
    let averaged = figures::averaged(raw.averaged.as_ref(), &place.field("averaged"), out);
    let rounding = figures::rounding(raw.rounded.as_ref(), &place.field("rounded"), out);
    let limit = Limit {
        measure: measure?,
        credits: credits?,
        side,
        per: per?,
        figure: raw.figure.map_or(Figure::Total, Into::into),
        averaged: averaged?,
        rounding: rounding?,
        values: values?,
        written: place.clone(),
    };
    if !days_by_day {
        for fault in faults(&limit) {
            let finding = Finding::error("clauses::does_not_fit", fault.why);
            out.push(finding.at(&place.field(fault.field), "").help(fault.help));
        }
    }
    Some(limit)
}

/// A limit on staff must say whose time it is: the days of a coach and of a teacher differ.
fn needs_a_role(raw: &raw::Limit, speaks: &Speaks, place: &Place, out: &mut Findings) {
    let about_staff = match raw.of {
        raw::Of::StaffMinutes { .. }
        | raw::Of::StaffBlocks { .. }
        | raw::Of::StaffRun { .. }
        | raw::Of::CommonMinutes { .. }
        | raw::Of::Workday
        | raw::Of::StaffArrive
        | raw::Of::StaffLeave
        | raw::Of::StaffDays => true,
        raw::Of::PupilMinutes { .. }
        | raw::Of::PupilBlocks { .. }
        | raw::Of::PupilRun { .. }
        | raw::Of::PupilsArrive
        | raw::Of::PupilsLeave
        | raw::Of::PupilDays
        | raw::Of::Ratio { .. }
        | raw::Of::Fact(_)
        | raw::Of::Spending(_)
        | raw::Of::Notice { .. } => false,
    };
    if let raw::Of::CommonMinutes { with, .. } = &raw.of
        && let Some(own) = with.iter().find(|role| speaks.roles.contains(role))
    {
        let message = format!("the clause speaks of `{own}`, who always has its time in common with `{own}`");
        let finding = Finding::error("clauses::with_itself", message).at(&place.field("of").field("with"), "");
        out.push(finding.help("name the other roles only"));
    }
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
        raw::Per::Consecutive(days) => {
            values::whole(days, 2..=366, "the number of consecutive days", place, out).map(Window::Consecutive)
        }
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
    let (what, belongs): (&str, &[&str]) = match of {
        raw::Of::PupilMinutes { .. } | raw::Of::PupilRun { .. } => ("pupils' minutes", &["Minutes", "Hours"]),
        raw::Of::StaffMinutes { .. } | raw::Of::StaffRun { .. } | raw::Of::CommonMinutes { .. } => {
            ("staff minutes", &["Minutes", "Hours"])
        }
        raw::Of::Workday => ("a workday", &["Minutes", "Hours"]),
        raw::Of::PupilDays | raw::Of::StaffDays | raw::Of::Notice { .. } => ("days", &["Days"]),
        raw::Of::PupilBlocks { .. } => ("blocks of pupils' time", &["Blocks"]),
        raw::Of::StaffBlocks { .. } => ("blocks of staff time", &["Blocks"]),
        raw::Of::PupilsArrive | raw::Of::PupilsLeave | raw::Of::StaffArrive | raw::Of::StaffLeave => {
            ("a time of day", &["Clock"])
        }
        raw::Of::Ratio { .. } => ("a ratio of heads", &["PerOne"]),
        raw::Of::Spending(_) => ("money", &["Dollars"]),
        raw::Of::Fact(_) => ("a stated fact", &["Minutes", "Hours", "Days", "PerOne", "Share", "Dollars"]),
    };
    let unit = match amount {
        Amount::Minutes(_) => "Minutes",
        Amount::Hours(_) => "Hours",
        Amount::Days(_) => "Days",
        Amount::Blocks(_) => "Blocks",
        Amount::Clock(_) => "Clock",
        Amount::PerOne(_) => "PerOne",
        Amount::Share(_) => "Share",
        Amount::Dollars(_) => "Dollars",
    };
    if !belongs.contains(&unit) {
        let names: Vec<String> = belongs.iter().map(|b| format!("{b}(…)")).collect();
        out.push(
            Finding::error("clauses::unit", format!("{what} cannot be held against {unit}"))
                .at(place, "")
                .help(format!("write {}, or measure something else with `of`", names.join(" or "))),
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
