//! What a rollout has to work with: practices, models, learning time, partners, engagement, money.

use crate::findings::Finding;
use crate::findings::Findings;
use crate::findings::Place;
use crate::plan::BudgetLine;
use crate::plan::Delivered;
use crate::plan::Engagement;
use crate::plan::LearningTime;
use crate::plan::Partner;
use crate::plan::PartnerAdds;
use crate::plan::Practice;
use crate::plan::PracticeModel;
use crate::plan::Resources;
use crate::plan::Voice;
use crate::scenario::check::header::Header;
use crate::scenario::check::ids::Ids;
use crate::scenario::check::outside;
use crate::scenario::check::sections::Sections;
use crate::scenario::check::sections::Written;
use crate::scenario::check::values;
use crate::scenario::raw;
use crate::units::Date;
use crate::units::Dollars;
use crate::units::Grade;
use crate::units::Grades;
use crate::units::Share;

/// The simulation looks at no more practices, learning times or partners than this: its luck tells so many apart.
const MOST_OF_A_KIND: usize = 200;

/// Checks everything a rollout has to work with.
pub fn check(all: &Sections, ids: &Ids, header: Option<&Header>, out: &mut Findings) -> Option<Resources> {
    too_many("practices", &all.practices, out);
    too_many("learning times", &all.learning, out);
    too_many("partners", &all.partners, out);
    let practices: Vec<_> = all.practices.iter().map(|p| practice(p, ids, out)).collect();
    let models: Vec<_> = all.models.iter().map(|m| model(m, ids, out)).collect();
    let voice_limits = voice_limits(all, out);
    let learning: Vec<_> = all.learning.iter().map(|l| learning_time(l, all, ids, out)).collect();
    let partners: Vec<_> = all.partners.iter().map(|p| partner(p, ids, out)).collect();
    let engagement: Vec<_> = all.engagement.iter().map(|e| event(e, ids, out)).collect();
    let budget: Vec<_> = all.budget.iter().map(|l| line(l, ids, header, out)).collect();
    let resources = Resources {
        practices: practices.into_iter().collect::<Option<_>>()?,
        models: models.into_iter().collect::<Option<_>>()?,
        voice_limits: voice_limits?,
        learning: learning.into_iter().collect::<Option<_>>()?,
        partners: partners.into_iter().collect::<Option<_>>()?,
        engagement: engagement.into_iter().collect::<Option<_>>()?,
        budget: budget.into_iter().collect::<Option<_>>()?,
    };
    if let Some(header) = header {
        outside::check(&resources, header, out);
    }
    Some(resources)
}

fn too_many<T>(what: &str, written: &[Written<T>], out: &mut Findings) {
    if let Some(first_too_many) = written.get(MOST_OF_A_KIND) {
        let finding = Finding::error("rollout::too_many", format!("there are {} {what}", written.len()));
        let help = format!("a scenario has at most {MOST_OF_A_KIND}; join those that belong together");
        out.push(finding.at(&first_too_many.place, "this one is too many").help(help));
    }
}

fn practice(item: &Written<raw::Practice>, ids: &Ids, out: &mut Findings) -> Option<Practice> {
    let grades = values::maybe(item.raw.grades.as_ref(), |t| values::grades(t, &item.place.field("grades"), out));
    let after = ids.practices.find_all(&item.raw.after, &item.place.field("after"), out);
    Some(Practice {
        id: item.id.to_string(),
        title: item.raw.title.clone(),
        grades: grades?.unwrap_or(Grades::ALL),
        voice: item.raw.voice.into(),
        after: after?,
        written: item.place.clone(),
    })
}

fn model(item: &Written<raw::Model>, ids: &Ids, out: &mut Findings) -> Option<PracticeModel> {
    let of = ids.practices.find_all(&item.raw.of, &item.place.field("of"), out);
    if item.raw.of.is_empty() {
        let finding = Finding::error("models::empty", format!("the model `{}` has no practices", item.id));
        out.push(finding.at(&item.place.field("of"), "").help("name at least one practice"));
    }
    let at_scale = values::share(&item.raw.at_scale, &item.place.field("at_scale"), out);
    Some(PracticeModel {
        id: item.id.to_string(),
        title: item.raw.title.clone(),
        of: of?,
        at_scale: at_scale?,
        written: item.place.clone(),
    })
}

fn voice_limits(all: &Sections, out: &mut Findings) -> Option<Vec<(Grade, Voice)>> {
    let mut limits: Vec<(Grade, Voice, &Place)> = Vec::new();
    let mut whole = true;
    for item in &all.voice_limits {
        let Some(grades) = values::grades(&item.raw.grades, &item.place.field("grades"), out) else {
            whole = false;
            continue;
        };
        if let Some((grade, _, first)) = limits.iter().find(|(g, _, _)| grades.contains(*g)) {
            out.push(
                Finding::error("voice::grade_twice", format!("grade {grade} has two limits of student voice"))
                    .at(&item.place, "here again")
                    .at(first, "first here")
                    .help("each grade belongs to one limit"),
            );
        }
        limits.extend(grades.iter().map(|g| (g, item.raw.voice.into(), &item.place)));
    }
    whole.then(|| limits.into_iter().map(|(grade, voice, _)| (grade, voice)).collect())
}

fn all_of_it() -> Share {
    Share::new(1.0).expect("all is a share")
}

fn learning_time(item: &Written<raw::Learning>, all: &Sections, ids: &Ids, out: &mut Findings) -> Option<LearningTime> {
    let (raw, at) = (item.raw, |field: &str| item.place.field(field));
    let delivered = delivered(&raw.hours, all, &at("hours"), out);
    let on_practice = values::maybe(raw.on_practice.as_ref(), |q| values::share(q, &at("on_practice"), out));
    let attends = values::maybe(raw.attends.as_ref(), |q| values::share(q, &at("attends"), out));
    let cost =
        values::maybe(raw.cost_per_participant.as_ref(), |q| values::dollars(q, &at("cost_per_participant"), out));
    let line = values::maybe(raw.line.as_ref(), |id| ids.lines.find(id, &at("line"), out));
    let needs = values::maybe(raw.needs.as_ref(), |id| ids.node(id, &at("needs"), out));
    Some(LearningTime {
        id: item.id.to_string(),
        title: raw.title.clone().unwrap_or_else(|| item.id.to_string()),
        kind: raw.kind.into(),
        delivered: delivered?,
        on_practice: on_practice?.unwrap_or_else(all_of_it),
        attends: attends?.unwrap_or_else(all_of_it),
        cost_per_participant: cost?.unwrap_or(Dollars::new(0.0)),
        line: line?,
        needs: needs?,
        written: item.place.clone(),
    })
}

fn delivered(raw: &raw::HoursFrom, all: &Sections, place: &Place, out: &mut Findings) -> Option<Delivered> {
    let inside = place.item(0);
    match raw {
        raw::HoursFrom::InBlocks(id) => {
            staff_blocks_with(id, all, &inside, out).then(|| Delivered::InBlocks(id.clone()))
        }
        raw::HoursFrom::OnDays(kind) => Some(Delivered::OnDays((*kind).into())),
        raw::HoursFrom::OfKind(kind) => Some(Delivered::OfKind((*kind).into())),
        raw::HoursFrom::OnDates(texts, each) => {
            let dates = dates(texts, &inside, out);
            let hours_each = values::hours(each, &place.item(1), out);
            Some(Delivered::OnDates { dates: dates?, hours_each: hours_each? })
        }
        raw::HoursFrom::Weekly(hours) => values::hours(hours, &inside, out).map(Delivered::Weekly),
    }
}

fn dates(texts: &[String], place: &Place, out: &mut Findings) -> Option<Vec<Date>> {
    if texts.is_empty() {
        out.push(
            Finding::error("calendar::no_date", "no date is given")
                .at(place, "")
                .help("write at least one: [\"2026-09-17\"]"),
        );
    }
    let mut dates: Vec<Option<Date>> = Vec::new();
    for (n, text) in texts.iter().enumerate() {
        if let Some(first) = texts[..n].iter().position(|t| t == text) {
            let finding = Finding::error("calendar::date_twice", format!("{text} is given twice"));
            out.push(
                finding
                    .at(&place.item(n), "here again")
                    .at(&place.item(first), "first here")
                    .help("remove one of them"),
            );
        }
        dates.push(values::date(text, &place.item(n), out));
    }
    dates.into_iter().collect()
}

/// Whether some staff have blocks with this id.
fn staff_blocks_with(id: &str, all: &Sections, place: &Place, out: &mut Findings) -> bool {
    let staff = all.bells.iter().flat_map(|s| &s.raw.staff).flat_map(|s| &s.blocks);
    let pupils = all.bells.iter().flat_map(|s| &s.raw.pupils).flat_map(|s| &s.blocks);
    let mut known: Vec<&str> = staff.filter_map(|b| b.3.as_deref()).collect();
    if known.contains(&id) {
        return true;
    }
    known.sort_unstable();
    known.dedup();
    let finding =
        Finding::error("learning::unknown_blocks", format!("no staff blocks have the id `{id}`")).at(place, "");
    out.push(if pupils.into_iter().any(|b| b.3.as_deref() == Some(id)) {
        finding.help("only pupils have blocks with this id; give it to the blocks in which staff learn")
    } else if known.is_empty() {
        finding.help("give the blocks an id as their fourth part: Block(ProfessionalDevelopment, \"14:30\", \"15:45\", \"community-of-practice\")")
    } else {
        finding.near(id, known)
    });
    false
}

fn partner(item: &Written<raw::Partner>, ids: &Ids, out: &mut Findings) -> Option<Partner> {
    let (raw, at) = (item.raw, |field: &str| item.place.field(field));
    let inside = at("adds").item(0);
    let adds = match &raw.adds {
        raw::Adds::SupportHours(hours) => values::hours(hours, &inside, out).map(PartnerAdds::SupportHours),
        raw::Adds::LearningHours(hours) => values::hours(hours, &inside, out).map(PartnerAdds::LearningHours),
    };
    let fails = values::share(&raw.fails_per_year, &at("fails_per_year"), out);
    let harm = values::share(&raw.harm, &at("harm"), out);
    let noticed = values::weeks(&raw.noticed_after, &at("noticed_after"), out)
        .and_then(|x| values::whole_amount(x, "Weeks", &at("noticed_after"), out))
        .and_then(|weeks| u32::try_from(weeks).ok());
    let cost = values::dollars(&raw.cost, &at("cost"), out);
    let line = values::maybe(raw.line.as_ref(), |id| ids.lines.find(id, &at("line"), out));
    let needs = values::maybe(raw.needs.as_ref(), |id| ids.node(id, &at("needs"), out));
    Some(Partner {
        id: item.id.to_string(),
        title: raw.title.clone(),
        adds: adds?,
        fails_per_year: fails?,
        harm: harm?,
        noticed_after_weeks: noticed?,
        cost_per_year: cost?,
        line: line?,
        needs: needs?,
        written: item.place.clone(),
    })
}

fn event(item: &Written<raw::Event>, ids: &Ids, out: &mut Findings) -> Option<Engagement> {
    let (raw, at) = (item.raw, |field: &str| item.place.field(field));
    let dates = dates(&raw.on, &at("on"), out);
    let schools = values::maybe(raw.schools.as_ref(), |list| {
        if list.is_empty() {
            let finding = Finding::error("engagement::no_schools", format!("`{}` names no school", item.id));
            out.push(finding.at(&at("schools"), "").help("name some, or leave `schools` out for all of them"));
        }
        ids.schools.find_all(list, &at("schools"), out)
    });
    let raises = values::share(&raw.raises, &at("raises"), out);
    Some(Engagement {
        id: item.id.to_string(),
        title: raw.title.clone(),
        dates: dates?,
        schools: schools?.unwrap_or_default(),
        raises: raises?,
        written: item.place.clone(),
    })
}

fn line(item: &Written<raw::Line>, ids: &Ids, header: Option<&Header>, out: &mut Findings) -> Option<BudgetLine> {
    let pays_roles = ids.roles.find_all(&item.raw.pays, &item.place.field("pays"), out);
    let n_years = header.map(|h| h.school_years as usize);
    let by_year = by_year(item, n_years, out);
    Some(BudgetLine {
        id: item.id.to_string(),
        title: item.raw.title.clone().unwrap_or_else(|| item.id.to_string()),
        by_year: by_year?,
        pays_roles: pays_roles?,
        written: item.place.clone(),
    })
}

fn by_year(item: &Written<raw::Line>, n_years: Option<usize>, out: &mut Findings) -> Option<Vec<Dollars>> {
    let place = item.place.field("by_year");
    let amounts = match (&item.raw.every_year, &item.raw.by_year) {
        (Some(each), None) => {
            let each = values::dollars(each, &item.place.field("every_year"), out)?;
            return n_years.map(|n| vec![each; n]);
        }
        (None, Some(amounts)) => amounts,
        _ => {
            out.push(
                Finding::error(
                    "budget::how_much",
                    format!("the budget line `{}` needs one of `every_year` and `by_year`", item.id),
                )
                .at(&item.place, "")
                .help("write `every_year: Dollars(…)`, or `by_year: […]` with an amount for each school year"),
            );
            return None;
        }
    };
    let read: Vec<_> = amounts.iter().enumerate().map(|(n, q)| values::dollars(q, &place.item(n), out)).collect();
    let (have, need) = (amounts.len(), n_years?);
    if have != need {
        let message = format!("the budget line `{}` has {have} years, and the scenario lasts {need}", item.id);
        let help = "write one amount for each school year of the scenario";
        out.push(if have < need {
            Finding::error("budget::years", message).at(&place, "too few").help(help)
        } else {
            Finding::warning("budget::years", message).at(&place, "the last of these are not used").help(help)
        });
    }
    let read: Vec<Dollars> = read.into_iter().collect::<Option<_>>()?;
    Some(read.into_iter().take(need).collect())
}
