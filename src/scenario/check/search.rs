//! What may move: ranges with values in them, schools in one tier each, names that lead somewhere.

use crate::candidates::Added;
use crate::candidates::Earliest;
use crate::candidates::Gap;
use crate::candidates::Keeps;
use crate::candidates::OnePer;
use crate::candidates::Release;
use crate::candidates::Search;
use crate::candidates::Tier;
use crate::findings::Finding;
use crate::findings::Findings;
use crate::findings::Place;
use crate::scenario::check::ids::Ids;
use crate::scenario::check::ids::Names;
use crate::scenario::check::ids::check_plain;
use crate::scenario::check::ids::twice;
use crate::scenario::check::sections::Sections;
use crate::scenario::check::sections::Written;
use crate::scenario::check::values;
use crate::scenario::raw;
use crate::units::ClockTime;
use crate::units::Minutes;

/// Minutes that may be released or added at most, so that a slip of the pen is found \[min\].
const MOST_MINUTES: i64 = 300;

/// A release less often than every so many weeks is none \[weeks\].
const MOST_WEEKS: u32 = 20;

/// Checks what may move, of which a scenario has one form or none.
pub fn check(all: &Sections, ids: &Ids, out: &mut Findings) -> Option<Option<Search>> {
    if let [first, second, ..] = all.search.as_slice() {
        let finding = twice("section", "search", &first.place, &second.place);
        out.push(finding.help("keep one of them, or write it in the scenario's own file, which takes their place"));
        return None;
    }
    values::maybe(all.search.first(), |item| one(item, all, ids, out))
}

fn one(item: &Written<raw::Search>, all: &Sections, ids: &Ids, out: &mut Findings) -> Option<Search> {
    let (raw, at) = (item.raw, |field: &str| item.place.field(field));
    let release = values::maybe(raw.release.as_ref(), |r| release(r, &at("release"), ids, out));
    let added = each(&raw.added, &at("added"), |a, place| added(a, place, out));
    let tiers = each(&raw.tiers, &at("tiers"), |t, place| tier(t, place, ids, out));
    tiers_apart(&raw.tiers, &at("tiers"), out);
    let names = Names::of_list("tier", "tiers", raw.tiers.iter().map(|t| t.id.clone()).collect());
    let gaps = each(&raw.gaps, &at("gaps"), |g, place| gap(g, place, &names, out));
    let one_per = each(&raw.one_per, &at("one_per"), |o, place| one_per(o, place, all, ids, out));
    once(&raw.one_per, &at("one_per"), "role", |o| &o.role, out);
    let dates = each(&raw.dates, &at("dates"), |d, place| earliest(d, place, ids, out));
    once(&raw.dates, &at("dates"), "condition", |d| &d.condition, out);
    let keeps = values::maybe(raw.keeps.as_ref(), |k| keeps(k, &at("keeps"), out));
    Some(Search {
        release: release?,
        added: added?,
        tiers: tiers?,
        gaps: gaps?,
        one_per: one_per?,
        dates: dates?,
        keeps: keeps?.unwrap_or_default(),
        written: item.place.clone(),
    })
}

/// Every item of a list, so that all that is wrong is found.
fn each<T, R>(list: &[T], place: &Place, mut read: impl FnMut(&T, &Place) -> Option<R>) -> Option<Vec<R>> {
    let all: Vec<Option<R>> = list.iter().enumerate().map(|(n, item)| read(item, &place.item(n))).collect();
    all.into_iter().collect()
}

/// Finds what is named twice in a list.
fn once<'a, T>(list: &'a [T], place: &Place, what: &str, name: impl Fn(&'a T) -> &'a String, out: &mut Findings) {
    for (n, item) in list.iter().enumerate() {
        if let Some(first) = list[..n].iter().position(|other| name(other) == name(item)) {
            let finding = Finding::error("search::twice", format!("the {what} `{}` moves twice", name(item)));
            let finding = finding.at(&place.item(n), "here again").at(&place.item(first), "first here");
            out.push(finding.help("write all its values in one of them"));
        }
    }
}

fn nothing(what: &str, place: &Place, help: &str, out: &mut Findings) {
    out.push(Finding::error("search::nothing", format!("{what} has no value")).at(place, "").help(help));
}

fn release(raw: &raw::Release, place: &Place, ids: &Ids, out: &mut Findings) -> Option<Release> {
    let minutes = steps(&raw.minutes, In::Minutes, &place.field("minutes"), out);
    if raw.on.is_empty() {
        nothing("the weekday of release", &place.field("on"), "list at least one: on: [Mon]", out);
    }
    if raw.every_weeks.is_empty() {
        let help = "list at least one: every_weeks: [1] for every week, 2 for every other";
        nothing("the frequency of release", &place.field("every_weeks"), help, out);
    }
    let whole = |n: &raw::Number, place: &Place| {
        values::whole(n, 1..=MOST_WEEKS, "the number of weeks from release to release", place, out)
    };
    let every_weeks = each(&raw.every_weeks, &place.field("every_weeks"), whole);
    let schools = match &raw.schools {
        Some(list) => ids.schools.find_all(list, &place.field("schools"), out),
        None => Some((0..ids.schools.list().len()).collect()),
    };
    Some(Release {
        minutes: minutes?.into_iter().map(Minutes).collect(),
        on: raw.on.iter().map(|day| (*day).into()).collect(),
        every_weeks: every_weeks?,
        schools: schools?,
    })
}

/// What the values of a range are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum In {
    Minutes,
    Clock,
}

/// The values of a range, as minutes or as minutes after midnight.
fn steps(raw: &raw::Steps, unit: In, place: &Place, out: &mut Findings) -> Option<Vec<i64>> {
    let mut end = |value: &raw::Quantity, field: &str| match unit {
        In::Minutes => few_minutes(value, &place.field(field), out),
        In::Clock => clock(value, &place.field(field), out),
    };
    let (first, last) = (end(&raw.first, "first"), end(&raw.last, "last"));
    let step = values::minutes(&raw.step, &place.field("step"), out);
    let (first, last, step) = (first?, last?, step?.0);
    if step == 0 {
        let finding = Finding::error("search::step", "a step of 0 never gets from the first value to the last");
        out.push(finding.at(&place.field("step"), "").help("write at least Minutes(1)"));
        return None;
    }
    if last < first {
        let (written, told) = match unit {
            In::Minutes => ((Minutes(first).to_string(), Minutes(last).to_string()), "minutes"),
            In::Clock => ((time(first), time(last)), "times"),
        };
        let message = format!("the range from {} to {} is empty", written.0, written.1);
        let finding = Finding::error("search::empty_range", message).at(&place.field("last"), "before the first");
        out.push(finding.help(format!("swap the two {told}, or correct one of them")));
        return None;
    }
    Some((0..=(last - first) / step).map(|n| first + n * step).collect())
}

fn time(minutes: i64) -> String {
    ClockTime::from_minutes(Minutes(minutes)).map_or_else(String::new, |t| t.to_string())
}

fn clock(value: &raw::Quantity, place: &Place, out: &mut Findings) -> Option<i64> {
    match values::amount(value, place, out)? {
        crate::clauses::Amount::Clock(time) => Some(time.after_midnight().0),
        _ => {
            let finding = Finding::error("unit::wrong", "a time of day belongs here").at(place, "");
            out.push(finding.help("write Clock(\"8:45\")"));
            None
        }
    }
}

fn few_minutes(value: &raw::Quantity, place: &Place, out: &mut Findings) -> Option<i64> {
    let minutes = values::minutes(value, place, out)?;
    if minutes.0 > MOST_MINUTES {
        let finding =
            Finding::error("search::too_long", format!("{minutes} are more than a day can give")).at(place, "");
        out.push(finding.help(format!("write at most Minutes({MOST_MINUTES})")));
        return None;
    }
    Some(minutes.0)
}

fn added(raw: &raw::Added, place: &Place, out: &mut Findings) -> Option<Added> {
    let (value, made): (_, fn(Minutes) -> Added) = match raw {
        raw::Added::AtEnd(value) => (value, Added::AtEnd),
        raw::Added::AtStart(value) => (value, Added::AtStart),
        raw::Added::FromRecess(value) => (value, Added::FromRecess),
    };
    let minutes = few_minutes(value, place, out)?;
    if minutes == 0 {
        let finding = Finding::error("search::nothing_added", "no minutes are added").at(place, "");
        out.push(finding.help("write at least Minutes(1), or leave it out: nowhere is always one of the values"));
        return None;
    }
    Some(made(Minutes(minutes)))
}

fn tier(raw: &raw::Tier, place: &Place, ids: &Ids, out: &mut Findings) -> Option<Tier> {
    check_plain(&raw.id, "tier", &place.field("id"), out);
    if raw.schools.is_empty() {
        let help = "list its schools, or remove it";
        nothing(&format!("the list of schools of the tier `{}`", raw.id), &place.field("schools"), help, out);
    }
    let schools = ids.schools.find_all(&raw.schools, &place.field("schools"), out);
    let starts = steps(&raw.starts, In::Clock, &place.field("starts"), out)?;
    let starts = starts.into_iter().filter_map(|m| ClockTime::from_minutes(Minutes(m))).collect();
    Some(Tier { id: raw.id.clone(), schools: schools?, starts })
}

/// No two tiers have one id, and no school stands in two of them.
fn tiers_apart(tiers: &[raw::Tier], place: &Place, out: &mut Findings) {
    for (n, tier) in tiers.iter().enumerate() {
        if let Some(first) = tiers[..n].iter().position(|t| t.id == tier.id) {
            out.push(twice("tier", &tier.id, &place.item(first), &place.item(n)));
        }
        for (m, school) in tier.schools.iter().enumerate() {
            let here = place.item(n).field("schools").item(m);
            let before = |t: usize| tiers[t].schools.iter().position(|s| s == school).map(|m| (t, m));
            let in_this = tier.schools[..m].iter().position(|s| s == school).map(|m| (n, m));
            let Some((t, m)) = in_this.or_else(|| (0..n).find_map(before)) else { continue };
            let message = format!("the school `{school}` stands in two tiers, and its bells can move with one only");
            let finding = Finding::error("search::two_tiers", message).at(&here, format!("in `{}`", tier.id));
            let finding = finding.at(&place.item(t).field("schools").item(m), format!("and in `{}`", tiers[t].id));
            out.push(finding.help("remove it from one of them"));
        }
    }
}

fn gap(raw: &raw::Gap, place: &Place, names: &Names, out: &mut Findings) -> Option<Gap> {
    let tiers = names.find_all(&raw.between, &place.field("between"), out);
    if raw.between.len() < 2 {
        let finding = Finding::error("search::gap", "a gap lies between two tiers or more");
        out.push(finding.at(&place.field("between"), "").help("name the tiers that share buses"));
    }
    let at_least = values::minutes(&raw.at_least, &place.field("at_least"), out);
    Some(Gap { tiers: tiers?, at_least: at_least? })
}

fn one_per(raw: &raw::OnePer, place: &Place, all: &Sections, ids: &Ids, out: &mut Findings) -> Option<OnePer> {
    let role = ids.roles.find(&raw.role, &place.field("role"), out);
    let shared = |r: usize| all.roles.get(r).is_some_and(|r| r.raw.one_per.is_some());
    if role.is_some_and(|r| !shared(r)) {
        let finding =
            Finding::error("search::not_shared", format!("people of the role `{}` are counted by school", raw.role));
        let help = "only a role with `one_per` can move; give the role one, or name another";
        out.push(finding.at(&place.field("role"), "").help(help));
    }
    if raw.one_per.is_empty() {
        nothing("the number of educators", &place.field("one_per"), "list at least one: [Educators(25)]", out);
    }
    let educators = each(&raw.one_per, &place.field("one_per"), |q, place| values::educators(q, place, out));
    Some(OnePer { role: role?, educators: educators? })
}

fn earliest(raw: &raw::Earliest, place: &Place, ids: &Ids, out: &mut Findings) -> Option<Earliest> {
    let node = ids.conditions.find(&raw.condition, &place.field("condition"), out);
    if raw.not_before.is_empty() {
        nothing("the earliest date", &place.field("not_before"), "list at least one: [\"2026-08-01\"]", out);
    }
    let not_before = each(&raw.not_before, &place.field("not_before"), |t, place| values::date(t, place, out));
    Some(Earliest { node: node?, not_before: not_before? })
}

fn keeps(raw: &raw::Keeps, place: &Place, out: &mut Findings) -> Option<Keeps> {
    let at = |field: &str| place.field(field);
    let development =
        values::maybe(raw.development_per_week.as_ref(), |q| values::minutes(q, &at("development_per_week"), out));
    let release = values::maybe(raw.release_at_least.as_ref(), |q| values::minutes(q, &at("release_at_least"), out));
    let cost =
        values::maybe(raw.cost_per_year_at_most.as_ref(), |q| values::dollars(q, &at("cost_per_year_at_most"), out));
    Some(Keeps { development_per_week: development?, release: release?, cost_per_year: cost? })
}
