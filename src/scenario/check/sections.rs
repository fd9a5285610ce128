//! Sections: the items of all files together, each with the place it is written at.

use crate::findings::Place;
use crate::scenario::raw;
use crate::scenario::read::Part;
use std::sync::Arc;

/// An item with its id and place.
#[derive(Debug)]
pub struct Written<'a, T> {
    /// Its id, or what stands for one.
    pub id: &'a str,
    /// Where it is written.
    pub place: Place,
    /// What is written.
    pub raw: &'a T,
}

/// All items of a scenario, in the order of its files.
#[derive(Debug)]
pub struct Sections<'a> {
    pub sources: Vec<Written<'a, raw::Source>>,
    pub schools: Vec<Written<'a, raw::School>>,
    pub bells: Vec<Written<'a, raw::Schedule>>,
    pub calendars: Vec<Written<'a, raw::Calendar>>,
    /// Closures in the scenario's own file have taken the place of those in a part.
    pub closures: Vec<Written<'a, raw::Closures>>,
    pub roles: Vec<Written<'a, raw::Role>>,
    pub practices: Vec<Written<'a, raw::Practice>>,
    pub models: Vec<Written<'a, raw::Model>>,
    pub voice_limits: Vec<Written<'a, raw::VoiceLimit>>,
    pub learning: Vec<Written<'a, raw::Learning>>,
    pub partners: Vec<Written<'a, raw::Partner>>,
    pub engagement: Vec<Written<'a, raw::Event>>,
    pub clauses: Vec<Written<'a, raw::Clause>>,
    pub waivers: Vec<Written<'a, raw::Waiver>>,
    /// A fact in the scenario's own file has taken the place of the one in a part.
    pub facts: Vec<Written<'a, raw::Fact>>,
    pub conditions: Vec<Written<'a, raw::Condition>>,
    pub budget: Vec<Written<'a, raw::Line>>,
    /// A parameter in the scenario's own file has taken the place of the one in a part.
    pub parameters: Vec<Written<'a, raw::Parameter>>,
    /// The same for the ladder, of which there is one.
    pub ladder: Vec<Written<'a, raw::Ladder>>,
    /// And for the bands of turnover, which belong together.
    pub turnover: Vec<Written<'a, raw::Band>>,
    /// What may move in the scenario's own file has taken the place of that in a part.
    pub search: Vec<Written<'a, raw::Search>>,
    /// And a nation.
    pub nation: Vec<Written<'a, raw::Nation>>,
}

impl<'a> Sections<'a> {
    /// Joins the sections of all files.
    pub fn from_parts(parts: &'a [Part]) -> Sections<'a> {
        Sections {
            sources: table(parts, "sources", |b| &b.sources.0),
            schools: list(parts, "schools", |b| &b.schools, |x| &x.id),
            bells: list(parts, "bells", |b| &b.bells, |x| &x.id),
            calendars: list(parts, "calendars", |b| &b.calendars, |x| &x.id),
            closures: one_each(parts, |b| b.closures.as_ref(), "closures"),
            roles: list(parts, "roles", |b| &b.roles, |x| &x.id),
            practices: list(parts, "practices", |b| &b.practices, |x| &x.id),
            models: list(parts, "models", |b| &b.models, |x| &x.id),
            voice_limits: list(parts, "voice_limits", |b| &b.voice_limits, |x| &x.grades),
            learning: list(parts, "learning", |b| &b.learning, |x| &x.id),
            partners: list(parts, "partners", |b| &b.partners, |x| &x.id),
            engagement: list(parts, "engagement", |b| &b.engagement, |x| &x.id),
            clauses: list(parts, "clauses", |b| &b.clauses, |x| &x.id),
            waivers: list(parts, "waivers", |b| &b.waivers, |x| &x.id),
            facts: own_first(parts, table(parts, "facts", |b| &b.facts.0)),
            conditions: list(parts, "conditions", |b| &b.conditions, |x| &x.id),
            budget: list(parts, "budget", |b| &b.budget, |x| &x.id),
            parameters: own_first(parts, table(parts, "parameters", |b| &b.parameters.0)),
            ladder: one_each(parts, |b| b.ladder.as_ref(), "ladder"),
            turnover: turnover(parts),
            search: one_each(parts, |b| b.search.as_ref(), "search"),
            nation: one_each(parts, |b| b.nation.as_ref(), "nation"),
        }
    }
}

fn list<'a, T>(
    parts: &'a [Part],
    section: &str,
    items: impl Fn(&'a raw::Body) -> &'a Vec<T>,
    id: impl Fn(&'a T) -> &'a str,
) -> Vec<Written<'a, T>> {
    let of_part = |part: &'a Part| {
        let place = |n: usize| Place::at(&part.file, format!("{section}[{n}]"));
        items(&part.body)
            .iter()
            .enumerate()
            .map(|(n, raw)| Written { id: id(raw), place: place(n), raw })
            .collect::<Vec<_>>()
    };
    parts.iter().flat_map(of_part).collect()
}

fn table<'a, T>(
    parts: &'a [Part],
    section: &str,
    entries: impl Fn(&'a raw::Body) -> &'a Vec<(String, T)>,
) -> Vec<Written<'a, T>> {
    let of_part = |part: &'a Part| {
        let place = |key: &str| Place::at(&part.file, format!("{section}.{key}"));
        entries(&part.body).iter().map(|(key, raw)| Written { id: key, place: place(key), raw }).collect::<Vec<_>>()
    };
    parts.iter().flat_map(of_part).collect()
}

/// Leaves out what the scenario's own file gives as well.
fn own_first<'a, T>(parts: &[Part], all: Vec<Written<'a, T>>) -> Vec<Written<'a, T>> {
    let Some(root) = parts.first() else { return all };
    let is_own = |w: &Written<'a, T>| Arc::ptr_eq(&w.place.file, &root.file);
    let own: Vec<&str> = all.iter().filter(|w| is_own(w)).map(|w| w.id).collect();
    all.into_iter().filter(|w| is_own(w) || !own.contains(&w.id)).collect()
}

/// Something that a file gives once: the scenario's own, or else that of every part.
fn one_each<'a, T>(
    parts: &'a [Part],
    pick: impl Fn(&'a raw::Body) -> Option<&'a T>,
    section: &'static str,
) -> Vec<Written<'a, T>> {
    let all = parts.iter().filter_map(|part| {
        Some(Written { id: section, place: Place::at(&part.file, section), raw: pick(&part.body)? })
    });
    own_first(parts, all.collect())
}

fn turnover(parts: &[Part]) -> Vec<Written<'_, raw::Band>> {
    let mut bands = Vec::new();
    for whole in one_each(parts, |b| b.turnover.as_ref(), "turnover") {
        for (n, raw) in whole.raw.iter().enumerate() {
            bands.push(Written { id: raw.from_years.0.trim(), place: whole.place.item(n), raw });
        }
    }
    bands
}
