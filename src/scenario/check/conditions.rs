//! Conditions, and the graph's nodes for clauses, practices and models.

use crate::findings::Finding;
use crate::findings::Findings;
use crate::findings::Place;
use crate::luck::Uncertain;
use crate::readiness::Area;
use crate::readiness::Instead;
use crate::readiness::Need;
use crate::readiness::Node;
use crate::readiness::NodeKind;
use crate::scenario::check::ids::Ids;
use crate::scenario::check::sections::Sections;
use crate::scenario::check::sections::Written;
use crate::scenario::check::values;
use crate::scenario::raw;
use crate::units::Share;

/// Authority that is left while a condition is missing, where it names no other. `template.ron` tells it.
const USUAL_FLOOR: f64 = 0.1;

/// Checks the conditions and adds a node for each clause, practice and model.
pub fn check(all: &Sections, ids: &Ids, out: &mut Findings) -> Option<Vec<Node>> {
    let mut nodes: Vec<Option<Node>> = all.conditions.iter().map(|c| condition(c, ids, out)).collect();
    nodes.extend(all.clauses.iter().enumerate().map(|(n, c)| {
        let kind = NodeKind::Clause(n);
        // A clause that cannot be computed holds nothing up, and says so wherever the graph shows it.
        let words_only = matches!(c.raw.requires, raw::Requires::NotComputable(_));
        let title = if words_only { format!("{} (not computable)", c.raw.title) } else { c.raw.title.clone() };
        let node = plain("clause", c.id, &title, Area::StructureAndPolicy, kind, Vec::new(), &c.place);
        Some(Node { instead: instead(n, all, ids), changed_by: Some(c.raw.changed_by.into()), ..node })
    }));
    nodes.extend(all.practices.iter().enumerate().map(|(n, p)| {
        let needs = practice_needs(p, ids, out)?;
        let kind = NodeKind::Practice(n);
        Some(plain("practice", p.id, &p.raw.title, Area::LearningAndTeaching, kind, needs, &p.place))
    }));
    nodes.extend(all.models.iter().enumerate().map(|(n, m)| {
        let practices: Vec<String> = m.raw.of.iter().map(|id| format!("practice:{id}")).collect();
        // An unknown practice is found where models are checked; here it only stands in the way.
        let needs = needs(&practices, &m.place.field("of"), ids, &mut Findings::new())?;
        let kind = NodeKind::Model(n);
        Some(plain("model", m.id, &m.raw.title, Area::LearningAndTeaching, kind, needs, &m.place))
    }));
    nodes.into_iter().collect()
}

/// The conditions that would change a clause, and those on which waivers of it rest.
fn instead(clause: usize, all: &Sections, ids: &Ids) -> Vec<Instead> {
    let changes = all.conditions.iter().enumerate().filter_map(|(node, c)| match &c.raw.kind {
        raw::ConditionKind::Change(id) if ids.clauses.get(id) == Some(clause) => {
            Some(Instead { node, from: None, until: None, schools: Vec::new(), written: c.place.field("kind") })
        }
        _ => None,
    });
    let waivers = all.waivers.iter().filter_map(|w| {
        let node = ids.conditions.get(w.raw.needs.as_ref()?)?;
        let waives = ids.clauses.get(&w.raw.waives) == Some(clause);
        let date = |text: &str| values::date(text, &w.place, &mut Findings::new());
        waives.then(|| Instead {
            node,
            from: date(&w.raw.from),
            until: date(&w.raw.until),
            schools: w.raw.schools.iter().filter_map(|s| ids.schools.get(s)).collect(),
            written: w.place.field("needs"),
        })
    });
    changes.chain(waivers).collect()
}

fn practice_needs(item: &Written<raw::Practice>, ids: &Ids, out: &mut Findings) -> Option<Vec<Need>> {
    let own = format!("practice:{}", item.id);
    self_need(&item.raw.needs, &own, &item.place.field("needs"), out);
    let conditions = needs(&item.raw.needs, &item.place.field("needs"), ids, out);
    let after: Vec<String> = item.raw.after.iter().map(|id| format!("practice:{id}")).collect();
    self_need(&after, &own, &item.place.field("after"), out);
    let practices = needs(&after, &item.place.field("after"), ids, &mut Findings::new());
    let mut all = conditions?;
    all.extend(practices?);
    Some(all)
}

fn plain(prefix: &str, id: &str, title: &str, area: Area, kind: NodeKind, needs: Vec<Need>, written: &Place) -> Node {
    Node {
        id: format!("{prefix}:{id}"),
        title: title.to_string(),
        area,
        kind,
        needs,
        instead: Vec::new(),
        changed_by: None,
        takes_weeks: Uncertain::Fixed(0.0),
        not_before: None,
        until: None,
        schools: None,
        floor: usual_floor(),
        written: written.clone(),
    }
}

fn usual_floor() -> Share {
    Share::new(USUAL_FLOOR).expect("the usual floor is a share")
}

fn needs(ids_needed: &[String], place: &Place, ids: &Ids, out: &mut Findings) -> Option<Vec<Need>> {
    let each = ids_needed.iter().enumerate().map(|(n, id)| {
        let written = place.item(n);
        Some(Need { node: ids.node(id, &written, out)?, written })
    });
    each.collect::<Vec<_>>().into_iter().collect()
}

fn self_need(needed: &[String], own: &str, place: &Place, out: &mut Findings) {
    for (n, _) in needed.iter().enumerate().filter(|(_, id)| *id == own) {
        out.push(
            Finding::error("conditions::needs_itself", format!("`{own}` needs itself, so it could never begin"))
                .at(&place.item(n), "")
                .help("remove this need, or write the one that is meant"),
        );
    }
}

fn condition(item: &Written<raw::Condition>, ids: &Ids, out: &mut Findings) -> Option<Node> {
    let (raw, at) = (item.raw, |field: &str| item.place.field(field));
    let kind = kind(&raw.kind, &at("kind"), ids, out);
    self_need(&raw.needs, item.id, &at("needs"), out);
    let needs = needs(&raw.needs, &at("needs"), ids, out);
    let takes = values::uncertain_in(&raw.takes, "Weeks", &at("takes"), out);
    let not_before = values::maybe(raw.not_before.as_ref(), |t| values::date(t, &at("not_before"), out));
    let until = values::maybe(raw.until.as_ref(), |t| values::date(t, &at("until"), out));
    let what = format!("the condition `{}`", item.id);
    values::dates_in_order(not_before.flatten(), until.flatten(), &what, &item.place, "until", out);
    let schools = values::maybe(raw.schools.as_ref(), |list| ids.schools.find_all(list, &at("schools"), out));
    let floor = values::maybe(raw.floor.as_ref(), |q| values::share(q, &at("floor"), out));
    Some(Node {
        id: item.id.to_string(),
        title: raw.title.clone().unwrap_or_else(|| item.id.to_string()),
        area: raw.area.into(),
        kind: kind?,
        needs: needs?,
        instead: Vec::new(),
        changed_by: None,
        takes_weeks: takes?,
        not_before: not_before?,
        until: until?,
        schools: schools?,
        floor: floor?.unwrap_or_else(usual_floor),
        written: item.place.clone(),
    })
}

fn kind(raw: &raw::ConditionKind, place: &Place, ids: &Ids, out: &mut Findings) -> Option<NodeKind> {
    let inside = place.item(0);
    match raw {
        raw::ConditionKind::Approval => Some(NodeKind::Approval),
        raw::ConditionKind::Agreement { with } => Some(NodeKind::Agreement { with: with.clone() }),
        raw::ConditionKind::ScheduleInForce(id) => ids.schedules.find(id, &inside, out).map(NodeKind::ScheduleInForce),
        raw::ConditionKind::RoleFilled(id) => ids.roles.find(id, &inside, out).map(NodeKind::RoleFilled),
        raw::ConditionKind::RoleReady(id) => ids.roles.find(id, &inside, out).map(NodeKind::RoleReady),
        raw::ConditionKind::LearningTime(id) => ids.learning.find(id, &inside, out).map(NodeKind::LearningTime),
        raw::ConditionKind::Infrastructure => Some(NodeKind::Infrastructure),
        raw::ConditionKind::Funding(id) => ids.lines.find(id, &inside, out).map(NodeKind::Funding),
        raw::ConditionKind::Partner(id) => ids.partners.find(id, &inside, out).map(NodeKind::Partner),
        raw::ConditionKind::Engagement => Some(NodeKind::Engagement),
        raw::ConditionKind::Change(id) => ids.clauses.find(id, &inside, out).map(NodeKind::Change),
    }
}
