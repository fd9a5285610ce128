//! A nation: published counts or a table of districts, and who begins when.

use crate::district::Backfill;
use crate::district::District;
use crate::district::Level;
use crate::findings::Finding;
use crate::findings::Findings;
use crate::findings::Place;
use crate::luck::Uncertain;
use crate::nation::atlas;
use crate::nation::ccd;
use crate::nation::counts::Counts;
use crate::nation::counts::SizeClass;
use crate::nation::counts::StateCounts;
use crate::nation::counts::StateSchools;
use crate::nation::plan::Follows;
use crate::nation::plan::Hears;
use crate::nation::plan::NationPlan;
use crate::nation::plan::Varies;
use crate::nation::plan::Wave;
use crate::nation::synthesise;
use crate::nation::territory::LEVELS;
use crate::nation::territory::Territory;
use crate::plan::Resources;
use crate::scenario::InputFile;
use crate::scenario::check::ids::Ids;
use crate::scenario::check::sections::Sections;
use crate::scenario::check::sections::Written;
use crate::scenario::check::values;
use crate::scenario::raw;
use crate::units::Share;
use std::sync::Arc;

/// The names of levels in files, in the order of [`LEVELS`].
const NAMES: [&str; 5] = ["early_childhood", "elementary", "middle", "high", "other"];

/// No nation has more of anything that is counted here.
const MOST: u32 = 1_000_000_000;

/// Where nothing is said, this share of users makes a school or district at scale. `template.ron` tells it.
const USUAL_AT_SCALE: f64 = 0.8;

/// Finds what a district has and a nation does not simulate, so that nothing is left out without a word.
pub fn check_left_out(plan: &NationPlan, district: &District, resources: &Resources, out: &mut Findings) {
    let mut left_out = |what: &str, help: &str| {
        let finding = Finding::warning("nation::left_out", format!("a nation does not simulate {what}"));
        out.push(finding.at(&plan.written, "in this nation they change nothing").help(help));
    };
    if !resources.engagement.is_empty() {
        left_out(
            "events that engage families",
            "raise `families_support` of its schools instead, or leave the events out",
        );
    }
    if district.support_roles().any(|role| district.roles[role].backfill == Backfill::FromTeachers) {
        left_out(
            "newcomers in the classes of teachers who become coaches",
            "write `backfill: NewHire` or `Nobody` for its roles",
        );
    }
}

/// Checks the nation, of which a scenario has one or none.
pub fn check(all: &Sections, ids: &Ids, files: &[InputFile], out: &mut Findings) -> Option<Option<NationPlan>> {
    values::maybe(all.nation.first(), |item| one(item, ids, files, out))
}

fn one(item: &Written<raw::Nation>, ids: &Ids, files: &[InputFile], out: &mut Findings) -> Option<NationPlan> {
    let (raw, place) = (item.raw, &item.place);
    let counts = values::maybe(raw.counts.as_ref(), |c| counts(c, &place.field("counts"), out));
    let template = template(raw, place, ids, out);
    let waves = waves(raw, place, out);
    let follows = values::maybe(raw.follows.as_ref(), |f| follows(f, &place.field("follows"), out));
    let hears = values::maybe(raw.hears.as_ref(), |h| hears(h, &place.field("hears"), out));
    let varies = values::maybe(raw.varies.as_ref(), |v| varies(v, &place.field("varies"), out));
    let at_scale = values::maybe(raw.at_scale.as_ref(), |q| values::share(q, &place.field("at_scale"), out));
    let territory = territory(raw, place, counts?.as_ref(), files, out);
    let usual = Share::new(USUAL_AT_SCALE).expect("the usual share is a share");
    let (hears, each_side) = hears?.unwrap_or((Hears::default(), 1));
    Some(NationPlan {
        territory: territory?,
        neighbours_each_side: each_side,
        template: template?,
        waves: waves?,
        follows: follows?.unwrap_or_default(),
        hears,
        varies: varies?.unwrap_or(Varies { learning: Uncertain::Fixed(1.0), support: Uncertain::Fixed(1.0) }),
        at_scale: at_scale?.unwrap_or(usual),
        written: place.clone(),
    })
}

/// States, districts and schools: from a table of districts where one is named, else from the counts.
fn territory(
    raw: &raw::Nation,
    place: &Place,
    counts: Option<&Counts>,
    files: &[InputFile],
    out: &mut Findings,
) -> Option<Territory> {
    let Some(counts) = counts else {
        if raw.counts.is_none() {
            let help = "add `counts: Counts(…)`: how many schools, pupils and teachers there are; a table of districts needs them too, to say how schools are made";
            out.push(Finding::error("nation::no_counts", "the nation has no counts").at(place, "").help(help));
        }
        return None;
    };
    let Some(name) = &raw.districts_from else {
        return synthesise::territory(counts).map_err(|findings| out.extend(findings)).ok();
    };
    let plain = name.rsplit('/').next().unwrap_or(name);
    let Some(file) = files.iter().find(|f| f.name.rsplit('/').next() == Some(plain)) else {
        let finding = Finding::error("nation::table", format!("the table `{name}` was not read"));
        let finding = finding.at(&place.field("districts_from"), "a proposal cannot name another table");
        out.push(finding.help("name the table in the scenario's own files"));
        return None;
    };
    let table = ccd::TableText { file: Arc::from(file.name.as_str()), text: &file.text };
    match ccd::read(&table, None, &ccd::CcdOptions::from_counts(counts)) {
        Ok(reading) => {
            out.extend(reading.warnings);
            Some(reading.territory)
        }
        Err(findings) => {
            out.extend(findings);
            None
        }
    }
}

fn template(raw: &raw::Nation, place: &Place, ids: &Ids, out: &mut Findings) -> Option<[usize; 5]> {
    let place = place.field("template");
    let mut by_level = [None; 5];
    for (level, school) in &raw.template.0 {
        let at = place.field(level);
        let found = ids.schools.find(school, &at, out);
        match level_named(level, &at, out) {
            Some(level) => by_level[level as usize] = found,
            None => continue,
        }
    }
    let missing: Vec<&str> = (NAMES.iter().enumerate())
        .filter(|(n, name)| by_level[*n].is_none() && !raw.template.0.iter().any(|(level, _)| level == *name))
        .map(|(_, name)| *name)
        .collect();
    if !missing.is_empty() {
        let finding = Finding::error("nation::template", format!("no school stands for: {}", missing.join(", ")));
        out.push(
            finding.at(&place, "").help("name a school of this scenario for each level; one may stand for several"),
        );
    }
    let all: Vec<usize> = by_level.into_iter().collect::<Option<_>>()?;
    all.try_into().ok()
}

fn level_named(name: &str, place: &Place, out: &mut Findings) -> Option<Level> {
    let found = NAMES.iter().position(|n| *n == name).map(|n| LEVELS[n]);
    if found.is_none() {
        let finding = Finding::error("nation::level", format!("there is no level `{name}`")).at(place, "");
        out.push(finding.near(name, NAMES.iter().copied()));
    }
    found
}

fn by_level(table: &raw::Table<raw::Number>, place: &Place, out: &mut Findings) -> [Option<f64>; 5] {
    let mut all = [None; 5];
    for (name, number) in &table.0 {
        let at = place.field(name);
        let value = values::known(number, &at, out);
        if let (Some(level), Some(value)) = (level_named(name, &at, out), value) {
            if value < 0.0 {
                let finding = Finding::error("unit::negative", format!("`{name}` cannot be {value}"));
                out.push(finding.at(&at, "").help("write 0 or more"));
            }
            all[level as usize] = Some(value);
        }
    }
    all
}

fn every_level(table: &raw::Table<raw::Number>, place: &Place, out: &mut Findings) -> Option<[f64; 5]> {
    let all = by_level(table, place, out);
    let missing: Vec<&str> = NAMES.iter().enumerate().filter(|(n, _)| all[*n].is_none()).map(|(_, n)| *n).collect();
    if !missing.is_empty() {
        let finding = Finding::error("nation::levels", format!("nothing is said of: {}", missing.join(", ")));
        out.push(finding.at(place, "").help("write a number for each level, 0 where there are none"));
    }
    let all: Vec<f64> = all.into_iter().collect::<Option<_>>()?;
    all.try_into().ok()
}

fn counts(raw: &raw::Counts, place: &Place, out: &mut Findings) -> Option<Counts> {
    let mut whole = |n: &raw::Number, what: &str, field: &str| {
        values::whole(n, 1..=MOST, &format!("the number of {what}"), &place.field(field), out)
    };
    let n_districts = whole(&raw.districts, "districts", "districts");
    let n_pupils = whole(&raw.pupils, "pupils", "pupils");
    let n_teachers = whole(&raw.teachers, "teachers", "teachers");
    let per_region = whole(&raw.districts_per_region, "districts of a region", "districts_per_region");
    let scaled = values::maybe(raw.scaled_to_districts.as_ref(), |n| whole(n, "districts", "scaled_to_districts"));
    let schools = every_level(&raw.schools, &place.field("schools"), out);
    let relative_size = every_level(&raw.relative_size, &place.field("relative_size"), out);
    let classes: Vec<Option<SizeClass>> = (raw.classes.iter().enumerate())
        .map(|(n, class)| size_class(class, &place.field("classes").item(n), out))
        .collect();
    let states: Vec<Option<StateCounts>> = (raw.states.iter().enumerate())
        .map(|(n, state)| state_counts(state, &place.field("states").item(n), out))
        .collect();
    let counts = Counts {
        n_districts: n_districts?,
        n_pupils: n_pupils?,
        n_teachers: n_teachers?,
        schools_by_level: schools?.map(|n| n as u32),
        relative_size: relative_size?,
        classes: classes.into_iter().collect::<Option<_>>()?,
        districts_per_region: per_region?,
        states: states.into_iter().collect::<Option<_>>()?,
        written: place.clone(),
    };
    let found = counts.check();
    let usable = !found.has_errors();
    out.extend(found);
    let scaled = scaled?;
    usable.then(|| scaled.map_or_else(|| counts.clone(), |n| counts.scaled(n)))
}

fn size_class(raw: &raw::SizeClass, place: &Place, out: &mut Findings) -> Option<SizeClass> {
    let mut whole = |n: &raw::Number, field: &str| values::whole(n, 0..=MOST, "this number", &place.field(field), out);
    let (from, n_districts) = (whole(&raw.from, "from"), whole(&raw.districts, "districts"));
    let to = values::maybe(raw.to.as_ref(), |n| whole(n, "to"));
    let pupils = values::maybe(raw.pupils.as_ref(), |q| values::share(q, &place.field("pupils"), out));
    Some(SizeClass { from: from?, to: to?, n_districts: n_districts?, pupils: pupils? })
}

fn state_counts(raw: &raw::StateCounts, place: &Place, out: &mut Findings) -> Option<StateCounts> {
    let mut whole = |n: &raw::Number, field: &str| values::whole(n, 0..=MOST, "this number", &place.field(field), out);
    let n_districts = whole(&raw.districts, "districts");
    let (n_pupils, n_teachers) = (whole(&raw.pupils, "pupils"), whole(&raw.teachers, "teachers"));
    let total = values::maybe(raw.schools.as_ref(), |n| whole(n, "schools"));
    let levels = by_level(&raw.by_level, &place.field("by_level"), out).map(|n| n.map(|n| n as u32));
    let schools = total?.map(|total| StateSchools { total, by_level: levels });
    let code = raw.code.clone();
    Some(StateCounts { code, n_districts: n_districts?, n_pupils: n_pupils?, n_teachers: n_teachers?, schools })
}

fn waves(raw: &raw::Nation, place: &Place, out: &mut Findings) -> Option<Vec<Wave>> {
    let all: Vec<Option<Wave>> = (raw.waves.iter().enumerate())
        .map(|(n, wave)| {
            let place = place.field("waves").item(n);
            let share = values::share(&wave.share, &place.field("share"), out);
            let year = values::whole(&wave.in_year, 1..=20, "the school year", &place.field("in_year"), out);
            let states = values::maybe(wave.states.as_ref(), |list| {
                let found: Vec<Option<usize>> = (list.iter().enumerate())
                    .map(|(n, code)| state(code, &place.field("states").item(n), out))
                    .collect();
                found.into_iter().collect::<Option<Vec<usize>>>()
            });
            Some(Wave { share: share?, in_year: year?, states: states? })
        })
        .collect();
    let waves: Vec<Wave> = all.into_iter().collect::<Option<_>>()?;
    for state in 0..atlas::TILES.len() {
        let here = waves.iter().filter(|w| w.states.as_ref().is_none_or(|states| states.contains(&state)));
        let sum: f64 = here.map(|wave| wave.share.as_f64()).sum();
        if sum > 1.0 + 1e-9 {
            let code = atlas::TILES[state].code;
            let message = format!("the waves of {code} take {:.0} % of its districts", sum * 100.0);
            let finding = Finding::error("nation::waves", message).at(&place.field("waves"), "");
            out.push(finding.help("lower their shares to 1 together; districts in no wave follow the others"));
            return None;
        }
    }
    Some(waves)
}

fn state(code: &str, place: &Place, out: &mut Findings) -> Option<usize> {
    let found = atlas::place_of_code(code);
    if found.is_none() {
        let finding = Finding::error("nation::state", format!("there is no state `{code}`")).at(place, "");
        out.push(finding.near(code, atlas::TILES.iter().map(|t| t.code)));
    }
    found
}

/// A number from 0 to a bound.
fn up_to(number: &raw::Number, most: f64, place: &Place, out: &mut Findings) -> Option<f64> {
    let value = values::known(number, place, out)?;
    if !(0.0..=most).contains(&value) {
        let finding = Finding::error("nation::range", format!("{value} does not lie between 0 and {most}"));
        out.push(finding.at(place, "").help("correct the value"));
        return None;
    }
    Some(value)
}

fn follows(raw: &raw::Follows, place: &Place, out: &mut Findings) -> Option<Follows> {
    let mut hazard = |n: &raw::Number, field: &str| up_to(n, 20.0, &place.field(field), out);
    let (alone, neighbours) = (hazard(&raw.alone, "alone"), hazard(&raw.neighbours, "neighbours"));
    let (region, state) = (hazard(&raw.region, "region"), hazard(&raw.state, "state"));
    Some(Follows { alone: alone?, neighbours: neighbours?, region: region?, state: state? })
}

fn hears(raw: &raw::Hears, place: &Place, out: &mut Findings) -> Option<(Hears, u32)> {
    let mut pull = |n: &raw::Number, field: &str| up_to(n, 5.0, &place.field(field), out);
    let (neighbours, region) = (pull(&raw.neighbours, "neighbours"), pull(&raw.region, "region"));
    let state = pull(&raw.state, "state");
    let each_side = values::maybe(raw.each_side.as_ref(), |n| {
        values::whole(n, 1..=50, "the number of neighbours on each side", &place.field("each_side"), out)
    });
    Some((Hears { neighbours: neighbours?, region: region?, state: state? }, each_side?.unwrap_or(1)))
}

fn varies(raw: &raw::Varies, place: &Place, out: &mut Findings) -> Option<Varies> {
    let mut factor = |number: &raw::Number, field: &str| {
        let at = place.field(field);
        let value = values::number(number, &at, out)?;
        let (least, most) = value.range();
        let is_normal = matches!(value, Uncertain::Normal { .. });
        if !is_normal && (least < 0.0 || most > 100.0) {
            let finding = Finding::error("nation::range", "a factor lies between 0 and 100").at(&at, "");
            out.push(finding.help("1 leaves hours as the template has them"));
            return None;
        }
        Some(value)
    };
    let (learning, support) = (factor(&raw.learning, "learning"), factor(&raw.support, "support"));
    Some(Varies { learning: learning?, support: support? })
}
