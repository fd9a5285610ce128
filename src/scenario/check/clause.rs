//! Clauses: what they speak of, what they ask, and their exceptions.

use crate::clauses::Applies;
use crate::clauses::Clause;
use crate::clauses::Exception;
use crate::clauses::Requirement;
use crate::clauses::Rule;
use crate::clauses::When;
use crate::clauses::Window;
use crate::findings::Finding;
use crate::findings::Findings;
use crate::findings::Place;
use crate::scenario::check::ids::Ids;
use crate::scenario::check::ids::twice;
use crate::scenario::check::limits;
use crate::scenario::check::limits::Speaks;
use crate::scenario::check::sections::Sections;
use crate::scenario::check::sections::Written;
use crate::scenario::check::values;
use crate::scenario::raw;
use crate::units::Grades;

/// Fields that hold a clause's figures.
const FIGURES: [&str; 4] = ["*", "requires", "unless", "applies"];

/// Checks all clauses.
pub fn check(all: &Sections, ids: &Ids, out: &mut Findings) -> Option<Vec<Clause>> {
    let clauses: Vec<_> = all.clauses.iter().map(|c| clause(c, ids, out)).collect();
    clauses.into_iter().collect()
}

fn clause(item: &Written<raw::Clause>, ids: &Ids, out: &mut Findings) -> Option<Clause> {
    let (raw, at) = (item.raw, |field: &str| item.place.field(field));
    let checked_on = values::maybe(raw.checked_on.as_ref(), |t| values::date(t, &at("checked_on"), out));
    let applies = applies(raw, &at("applies"), ids, out);
    let rule = rule(item, ids, out);
    Some(Clause {
        id: item.id.to_string(),
        title: raw.title.clone(),
        source: raw.source.clone(),
        section: raw.section.clone(),
        text: raw.text.clone(),
        order: raw.order.into(),
        changed_by: raw.changed_by.into(),
        checked_on: checked_on?,
        applies: applies?,
        rule: rule?,
        assumed: raw.assumed.iter().any(|field| FIGURES.contains(&field.as_str())),
        written: item.place.clone(),
    })
}

fn applies(raw: &raw::Clause, place: &Place, ids: &Ids, out: &mut Findings) -> Option<Applies> {
    let written = &raw.applies;
    let at = place.field("states");
    let states: Vec<_> = written.states.iter().enumerate().map(|(n, s)| values::state(s, &at.item(n), out)).collect();
    ids.schools.find_all(&written.schools, &place.field("schools"), out);
    ids.roles.find_all(&written.roles, &place.field("roles"), out);
    let grades = values::maybe(written.grades.as_ref(), |t| values::grades(t, &place.field("grades"), out));
    Some(Applies {
        states: states.into_iter().collect::<Option<_>>()?,
        schools: written.schools.clone(),
        grades: grades?.unwrap_or(Grades::ALL),
        roles: written.roles.clone(),
        days: written.days.iter().map(|d| (*d).into()).collect(),
    })
}

fn rule(item: &Written<raw::Clause>, ids: &Ids, out: &mut Findings) -> Option<Rule> {
    let place = item.place.field("requires");
    if let raw::Requires::NotComputable(why) = &item.raw.requires {
        if !item.raw.unless.is_empty() {
            let finding =
                Finding::error("clauses::exception_to_words", "a clause that cannot be computed has no exceptions");
            out.push(
                finding.at(&item.place.field("unless"), "").help("remove `unless`, or write what the clause requires"),
            );
        }
        return Some(Rule::NotComputable(why.clone()));
    }
    let speaks = Speaks { roles: &item.raw.applies.roles, clause: &item.place };
    let requires = requirement(&item.raw.requires, &speaks, &place, ids, out);
    let unless = exceptions(item, &speaks, ids, out);
    let requires = requires?;
    if !item.raw.unless.is_empty() {
        out.extend(exceptions_fit(item, &requires));
    }
    Some(Rule::Computable { requires, unless: unless? })
}

/// Exceptions excuse single days from one limit; of several limits, nobody could say which.
fn exceptions_fit(item: &Written<raw::Clause>, requires: &Requirement) -> Findings {
    let unless = item.place.field("unless");
    match requires {
        Requirement::Limit(limit) if limit.per == Window::Day => Findings::new(),
        Requirement::Limit(limit) => Finding::error(
            "clauses::exception_not_daily",
            format!("`{}` has exceptions, but a limit that is not per day", item.id),
        )
        .at(&limit.written, "this limit is not `per: Day`")
        .at(&unless, "exceptions are about single days")
        .help("cut the clause in two: one per day with the exceptions, one for the rest")
        .into(),
        Requirement::All(_) | Requirement::Any(_) => Finding::error(
            "clauses::exception_to_several",
            format!("`{}` has exceptions to several limits at once", item.id),
        )
        .at(&unless, "exceptions to which of them?")
        .at(&item.place.field("requires"), "several limits")
        .help("cut the clause in two: the daily limit with its exceptions, and the rest")
        .into(),
    }
}

fn requirement(
    raw: &raw::Requires,
    speaks: &Speaks,
    place: &Place,
    ids: &Ids,
    out: &mut Findings,
) -> Option<Requirement> {
    match raw {
        raw::Requires::AtLeast(l) => limits::at_least(l, speaks, place, ids, out).map(Requirement::Limit),
        raw::Requires::AtMost(l) => limits::at_most(l, speaks, place, ids, out).map(Requirement::Limit),
        raw::Requires::All(list) => several(list, speaks, place, ids, out).map(Requirement::All),
        raw::Requires::Any(list) => several(list, speaks, place, ids, out).map(Requirement::Any),
        raw::Requires::NotComputable(_) => {
            out.push(
                Finding::error("clauses::words_among_limits", "NotComputable stands alone, not among limits")
                    .at(place, "")
                    .help("cut the clause in two: one with the limits, one that is NotComputable"),
            );
            None
        }
    }
}

fn several(
    list: &[raw::Requires],
    speaks: &Speaks,
    place: &Place,
    ids: &Ids,
    out: &mut Findings,
) -> Option<Vec<Requirement>> {
    let inside = place.item(0);
    if list.is_empty() {
        let finding = Finding::error("clauses::no_limits", "no limit stands in this list");
        out.push(finding.at(place, "").help("write at least one `AtLeast(…)` or `AtMost(…)`"));
    }
    let all: Vec<_> = list.iter().enumerate().map(|(n, r)| requirement(r, speaks, &inside.item(n), ids, out)).collect();
    all.into_iter().collect()
}

fn exceptions(item: &Written<raw::Clause>, speaks: &Speaks, ids: &Ids, out: &mut Findings) -> Option<Vec<Exception>> {
    let place = item.place.field("unless");
    let mut all: Vec<Option<Exception>> = Vec::new();
    for (n, raw) in item.raw.unless.iter().enumerate() {
        let here = place.item(n);
        if let Some(first) = item.raw.unless[..n].iter().position(|e| e.id == raw.id) {
            out.push(twice("exception", &raw.id, &place.item(first), &here));
        }
        all.push(exception(raw, speaks, &here, ids, out));
    }
    all.into_iter().collect()
}

fn exception(raw: &raw::Exception, speaks: &Speaks, place: &Place, ids: &Ids, out: &mut Findings) -> Option<Exception> {
    let at = place.field("when");
    if raw.when.is_empty() {
        let finding =
            Finding::error("clauses::exception_always", format!("the exception `{}` would hold on every day", raw.id));
        out.push(
            finding.at(&at, "no condition").help("write when it holds: `RemainderIs(…)`, `AtLeast(…)` or `Regular`"),
        );
    }
    let when: Vec<_> = raw.when.iter().enumerate().map(|(n, w)| one_when(w, speaks, &at.item(n), ids, out)).collect();
    let at_most = values::maybe(raw.at_most.as_ref(), |days| allowance(days, &place.field("at_most"), out));
    Some(Exception {
        id: raw.id.clone(),
        text: raw.text.clone(),
        when: when.into_iter().collect::<Option<_>>()?,
        at_most_days: at_most?,
        makes_up: raw.makes_up.map(Into::into),
        written: place.clone(),
    })
}

fn allowance(raw: &raw::Days, place: &Place, out: &mut Findings) -> Option<(u32, Window)> {
    let days = values::whole(&raw.0, 0..=366, "the number of days", &place.item(0), out);
    let window = limits::window(&raw.1, &place.item(1), out);
    Some((days?, window?))
}

fn one_when(raw: &raw::When, speaks: &Speaks, place: &Place, ids: &Ids, out: &mut Findings) -> Option<When> {
    let daily = |limit: crate::clauses::Limit, out: &mut Findings| {
        if limit.per != Window::Day {
            let finding =
                Finding::error("clauses::exception_not_daily", "the lower limit of an exception is about one day");
            out.push(finding.at(&place.field("per"), "").help("write `per: Day`"));
        }
        When::Limit(limit)
    };
    match raw {
        raw::When::AtLeast(l) => limits::at_least(l, speaks, place, ids, out).map(|l| daily(l, out)),
        raw::When::AtMost(l) => limits::at_most(l, speaks, place, ids, out).map(|l| daily(l, out)),
        raw::When::RemainderIs { kinds, role } => {
            limits::some_kinds(kinds, &place.field("kinds"), out);
            ids.roles.find(role, &place.field("role"), out)?;
            Some(When::RemainderIs { kinds: kinds.iter().map(|k| (*k).into()).collect(), role: role.clone() })
        }
        raw::When::Regular => Some(When::Regular),
    }
}
