//! Sources and assumptions: every item says where its values come from, and every source it names is there.

use crate::findings::Finding;
use crate::findings::Findings;
use crate::findings::Place;
use crate::scenario::check::ids::Ids;
use crate::scenario::check::sections::Sections;
use crate::scenario::check::sections::Written;
use crate::scenario::check::values;
use crate::scenario::raw;
use crate::scenario::raw::Provenance;
use crate::scenario::raw::fields_of;
use crate::source::Assumption;
use crate::source::Source;
use crate::source::Sources;

/// Checks the provenance of all items, and lists documents and assumptions.
pub fn check(all: &Sections, ids: &Ids, out: &mut Findings) -> Sources {
    let mut sources = Sources::default();
    for item in &all.sources {
        let read = item.raw.read.as_ref().and_then(|text| values::date(text, &item.place.field("read"), out));
        sources.documents.insert(item.id.to_string(), document(item.raw, read));
    }
    let assumed = &mut sources.assumptions;
    items("schools", &all.schools, ids, assumed, out);
    items("bells", &all.bells, ids, assumed, out);
    items("calendars", &school_years(all), ids, assumed, out);
    items("closures", &all.closures, ids, assumed, out);
    items("roles", &all.roles, ids, assumed, out);
    items("practices", &all.practices, ids, assumed, out);
    items("models", &all.models, ids, assumed, out);
    items("voice_limits", &all.voice_limits, ids, assumed, out);
    items("learning", &all.learning, ids, assumed, out);
    items("partners", &all.partners, ids, assumed, out);
    items("engagement", &all.engagement, ids, assumed, out);
    items("clauses", &all.clauses, ids, assumed, out);
    items("waivers", &all.waivers, ids, assumed, out);
    items("facts", &all.facts, ids, assumed, out);
    items("conditions", &all.conditions, ids, assumed, out);
    items("budget", &all.budget, ids, assumed, out);
    items("parameters", &all.parameters, ids, assumed, out);
    items("ladder", &all.ladder, ids, assumed, out);
    items("turnover", &all.turnover, ids, assumed, out);
    items("search", &all.search, ids, assumed, out);
    for nation in &all.nation {
        let of = |field: &str| nation.place.field(field);
        items("nation counts", &part(&nation.raw.counts, "nation counts", of("counts")), ids, assumed, out);
        items("nation follows", &part(&nation.raw.follows, "nation follows", of("follows")), ids, assumed, out);
        items("nation hears", &part(&nation.raw.hears, "nation hears", of("hears")), ids, assumed, out);
        items("nation varies", &part(&nation.raw.varies, "nation varies", of("varies")), ids, assumed, out);
        let wave = |(n, raw)| Written { id: "nation waves", place: of("waves").item(n), raw };
        let waves: Vec<_> = nation.raw.waves.iter().enumerate().map(wave).collect();
        items("nation waves", &waves, ids, assumed, out);
    }
    sources
}

fn document(raw: &raw::Source, read: Option<crate::units::Date>) -> Source {
    Source {
        title: raw.title.clone(),
        publisher: raw.publisher.clone(),
        link: raw.link.clone(),
        read,
        note: raw.note.clone(),
    }
}

/// Something that a nation says once, or not at all.
fn part<'a, T>(raw: &'a Option<T>, name: &'static str, place: Place) -> Vec<Written<'a, T>> {
    raw.iter().map(|raw| Written { id: name, place: place.clone(), raw }).collect()
}

fn school_years<'a>(all: &Sections<'a>) -> Vec<Written<'a, raw::SchoolYear>> {
    let years_of = |calendar: &Written<'a, raw::Calendar>| {
        let place = calendar.place.field("years");
        let year = |(n, raw): (usize, &'a raw::SchoolYear)| Written { id: raw.id.as_str(), place: place.item(n), raw };
        calendar.raw.years.iter().enumerate().map(year).collect::<Vec<_>>()
    };
    all.calendars.iter().flat_map(years_of).collect()
}

fn items<T: Provenance>(
    section: &str,
    items: &[Written<T>],
    ids: &Ids,
    assumed: &mut Vec<Assumption>,
    out: &mut Findings,
) {
    for item in items {
        let name = if item.id == section { section.to_string() } else { format!("{section} {}", item.id) };
        names_what_there_is(&name, item, ids, out);
        if item.raw.source().is_none() && item.raw.assumed().is_empty() {
            out.push(
                Finding::error("source::missing", format!("`{name}` does not say where its values come from"))
                    .at(&item.place, "neither `source` nor `assumed`")
                    .help(
                        "add `source: \"KEY\"` with a key of `sources`, or `assumed: [\"*\"]` when nobody published it",
                    ),
            );
        }
        for field in item.raw.assumed() {
            let file = item.place.file.to_string();
            assumed.push(Assumption { item: name.clone(), field: field.clone(), file });
        }
    }
}

/// Checks that an item's source is one, and that what it assumes are fields of it.
pub fn names_what_there_is<T: Provenance>(name: &str, item: &Written<T>, ids: &Ids, out: &mut Findings) {
    if let Some(source) = item.raw.source() {
        ids.sources.find(source, &item.place.field("source"), out);
    }
    let fields = fields_of::<T>();
    for (n, field) in item.raw.assumed().iter().enumerate() {
        if field != "*" && !fields.contains(&field.as_str()) {
            out.push(
                Finding::error(
                    "source::unknown_field",
                    format!("`{name}` has no field `{field}` that could be assumed"),
                )
                .at(&item.place.field("assumed").item(n), "")
                .near(field, fields.iter().copied().filter(|f| !["id", "source", "assumed"].contains(f))),
            );
        }
    }
}
