//! Clauses: what they speak of, what they ask, and their exceptions.

use crate::clauses::Applies;
use crate::clauses::Clause;
use crate::clauses::Exception;
use crate::clauses::Requirement;
use crate::clauses::Rule;
use crate::clauses::When;
use crate::clauses::Window;
use crate::clauses::why_not;
use crate::findings::Finding;
use crate::findings::Findings;
use crate::findings::Place;
use crate::scenario::check::ids::Ids;
use crate::scenario::check::ids::twice;
use crate::scenario::check::limits;
use crate::scenario::check::limits::Speaks;
use crate::scenario::check::penalties;
use crate::scenario::check::sections::Sections;
use crate::scenario::check::sections::Written;
use crate::scenario::check::values;
use crate::scenario::raw;
use crate::units::Grades;

/// Fields that hold a clause's figures.
const FIGURES: [&str; 5] = ["*", "requires", "unless", "applies", "penalty"];

/// Checks all clauses.
pub fn check(all: &Sections, ids: &Ids, out: &mut Findings) -> Option<Vec<Clause>> {
    let clauses: Vec<_> = all.clauses.iter().map(|c| whole_clause(c, ids, out)).collect();
    clauses.into_iter().collect()
}

/// A clause whose parts make sense one by one, and together.
fn whole_clause(item: &Written<raw::Clause>, ids: &Ids, out: &mut Findings) -> Option<Clause> {
    let mut found = Findings::new();
    let clause = clause(item, ids, &mut found);
    let answerable = |c: &Clause| if matches!(c.rule, Rule::Computable { .. }) { why_not(c) } else { None };
    if let Some(why) = clause.as_ref().filter(|_| !found.has_errors()).and_then(answerable) {
        let message = format!("no timetable could answer `{}`: {}", item.id, why.trim_end_matches('.'));
        found.push(
            Finding::error("clauses::no_answer", message)
                .at(&item.place.field("requires"), "")
                .help("cut the clause in several, each about one thing, or write NotComputable(\"why\")"),
        );
    }
    out.extend(found);
    clause
}

fn clause(item: &Written<raw::Clause>, ids: &Ids, out: &mut Findings) -> Option<Clause> {
    let (raw, at) = (item.raw, |field: &str| item.place.field(field));
    let checked_on = values::maybe(raw.checked_on.as_ref(), |t| values::date(t, &at("checked_on"), out));
    let applies = applies(raw, &at("applies"), ids, out);
    let rule = rule(item, ids, out);
    let penalty = values::maybe(raw.penalty.as_ref(), |p| penalties::penalty(p, &at("penalty"), ids, out));
    Some(Clause {
        id: item.id.to_string(),
        title: raw.title.clone(),
        source: raw.source.clone(),
        section: raw.section.clone(),
        text: raw.text.clone(),
        order: raw.order.into(),
        changed_by: raw.changed_by.into(),
        waivable_by: raw.waivable_by.iter().map(|g| (*g).into()).collect(),
        checked_on: checked_on?,
        applies: applies?,
        rule: rule?,
        penalty: penalty?,
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

/// Checks what must hold.
pub fn requirement(
    raw: &raw::Requires,
    speaks: &Speaks,
    place: &Place,
    ids: &Ids,
    out: &mut Findings,
) -> Option<Requirement> {
    match raw {
        raw::Requires::AtLeast(l) => {
            limits::of_the_clock(l, raw, place, out);
            limits::at_least(l, speaks, place, ids, out).map(Requirement::Limit)
        }
        raw::Requires::AtMost(l) => {
            limits::of_the_clock(l, raw, place, out);
            limits::at_most(l, speaks, place, ids, out).map(Requirement::Limit)
        }
        raw::Requires::NoEarlierThan(l) => {
            limits::of_the_clock(l, raw, place, out);
            limits::at_least(l, speaks, place, ids, out).map(Requirement::Limit)
        }
        raw::Requires::NoLaterThan(l) => {
            limits::of_the_clock(l, raw, place, out);
            limits::at_most(l, speaks, place, ids, out).map(Requirement::Limit)
        }
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
    let at_most = allowance(raw, place, out);
    Some(Exception {
        id: raw.id.clone(),
        text: raw.text.clone(),
        when: when.into_iter().collect::<Option<_>>()?,
        at_most_days: at_most?,
        makes_up: raw.makes_up.map(Into::into),
        written: place.clone(),
    })
}

/// On how many days an exception may be used: a text that caps it says so, and one that does not is said not to.
fn allowance(raw: &raw::Exception, place: &Place, out: &mut Findings) -> Option<Option<(u32, Window)>> {
    let at = place.field("at_most");
    match &raw.at_most {
        Some(raw::Allowance::Days(days, per)) => {
            let days = values::whole(days, 0..=366, "the number of days", &at.item(0), out);
            let window = limits::window(per, &at.item(1), out);
            if matches!(window, Some(Window::Consecutive(_))) {
                let finding = Finding::error(
                    "clauses::overlapping_uses",
                    "runs of consecutive days overlap, so uses cannot be counted in them",
                );
                out.push(finding.at(&at.item(1), "").help("count them in a Week, Month, Cycle(10), Term or Year"));
            }
            Some(Some((days?, window?)))
        }
        Some(raw::Allowance::Unlimited) => {
            if let Some(words) = words_of_a_cap(&raw.text) {
                let message = format!("`{}` is said to have no cap, and its text says \"{words}\"", raw.id);
                out.push(
                    Finding::warning("clauses::cap_in_the_text", message)
                        .at(&at, "no cap here")
                        .at(&place.field("text"), "a cap here?")
                        .help("write `at_most: Days(10, Year)` with the number of the text"),
                );
            }
            Some(None)
        }
        None => {
            let message = format!("the exception `{}` does not say on how many days it may be used", raw.id);
            out.push(
                Finding::error("clauses::no_allowance", message)
                    .at(place, "no `at_most`")
                    .help("write `at_most: Days(10, Year)`, or `at_most: Unlimited` where the text sets no cap"),
            );
            None
        }
    }
}

/// Words of a text that sound like a cap on days: `up to 10 days`, `not more than 4 days`.
fn words_of_a_cap(text: &str) -> Option<String> {
    let words: Vec<&str> = text.split_whitespace().collect();
    let plain = |word: &str| word.trim_matches(|c: char| !c.is_alphanumeric()).to_ascii_lowercase();
    let is_number = |word: &str| plain(word).parse::<u32>().is_ok() || NUMBERS.contains(&plain(word).as_str());
    let leads = |n: usize| match plain(words[n]).as_str() {
        "to" => n > 0 && plain(words[n - 1]) == "up",
        "than" => n > 1 && plain(words[n - 1]) == "more" && ["not", "no"].contains(&plain(words[n - 2]).as_str()),
        _ => false,
    };
    let found = (0..words.len().saturating_sub(2))
        .find(|n| leads(*n) && is_number(words[n + 1]) && plain(words[n + 2]).starts_with("day"))?;
    Some(words[found - 1..=found + 2].join(" "))
}

const NUMBERS: [&str; 10] = ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"];

fn one_when(raw: &raw::When, speaks: &Speaks, place: &Place, ids: &Ids, out: &mut Findings) -> Option<When> {
    match raw {
        raw::When::AtLeast(l) => limits::at_least(l, speaks, place, ids, out).map(When::Limit),
        raw::When::AtMost(l) => limits::at_most(l, speaks, place, ids, out).map(When::Limit),
        raw::When::RemainderIs { kinds, role } => {
            limits::some_kinds(kinds, &place.field("kinds"), out);
            ids.roles.find(role, &place.field("role"), out)?;
            Some(When::RemainderIs { kinds: kinds.iter().map(|k| (*k).into()).collect(), role: role.clone() })
        }
        raw::When::Regular => Some(When::Regular),
        raw::When::DayIs(kinds) => Some(When::DayIs(kinds.iter().map(|k| (*k).into()).collect())),
    }
}
