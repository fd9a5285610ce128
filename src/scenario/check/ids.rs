//! Ids: every one of them once, and every one that is named is there.

use crate::findings::Finding;
use crate::findings::Findings;
use crate::findings::Place;
use crate::findings::nearest;
use crate::scenario::Pack;
use crate::scenario::check::sections::Sections;
use crate::scenario::check::sections::Written;
use std::collections::BTreeMap;

/// The ids of one section, by place in its list.
#[derive(Debug)]
pub struct Names {
    /// What an id of the section names, such as `role`.
    what: &'static str,
    /// The section's key in files.
    section: &'static str,
    list: Vec<String>,
    by_id: BTreeMap<String, usize>,
    /// Whether other files, which are not read here, may have more of them.
    open: bool,
}

impl Names {
    /// The place of an id; a finding when there is none. Where other files may have it, it has the place after
    /// the last.
    pub fn find(&self, id: &str, place: &Place, out: &mut Findings) -> Option<usize> {
        let elsewhere = self.open.then_some(self.list.len());
        let found = self.by_id.get(id).copied().or(elsewhere);
        if found.is_none() {
            let (what, section) = (self.what, self.section);
            let finding = Finding::error("ids::unknown", format!("there is no {what} `{id}`"))
                .at(place, format!("no {what} has this id"));
            out.push(if self.list.is_empty() {
                finding.help(format!("`{section}` is empty; write the {what} there, or leave this out"))
            } else {
                finding.near(id, self.list.iter().map(String::as_str))
            });
        }
        found
    }

    /// The places of several ids.
    pub fn find_all(&self, ids: &[String], place: &Place, out: &mut Findings) -> Option<Vec<usize>> {
        let found: Vec<_> = ids.iter().enumerate().map(|(n, id)| self.find(id, &place.item(n), out)).collect();
        found.into_iter().collect()
    }

    /// The place of an id, if there is one.
    pub fn get(&self, id: &str) -> Option<usize> {
        self.by_id.get(id).copied()
    }

    /// The ids in the order they are written.
    pub fn list(&self) -> &[String] {
        &self.list
    }

    fn from_items<T>(what: &'static str, section: &'static str, items: &[Written<T>], out: &mut Findings) -> Names {
        let mut by_id: BTreeMap<String, usize> = BTreeMap::new();
        for (n, item) in items.iter().enumerate() {
            check_plain(item.id, what, &item.place.field("id"), out);
            match by_id.get(item.id) {
                Some(first) => out.push(match section {
                    "parameters" => twice(what, item.id, &items[*first].place, &item.place)
                        .help("keep one of them, or write it in the scenario's own file, which takes their place"),
                    _ => twice(what, item.id, &items[*first].place, &item.place),
                }),
                None => {
                    by_id.insert(item.id.to_string(), n);
                }
            }
        }
        let list = items.iter().map(|i| i.id.to_string()).collect();
        Names { what, section, list, by_id, open: false }
    }

    /// Ids that are known otherwise than from items.
    pub fn of_list(what: &'static str, section: &'static str, list: Vec<String>) -> Names {
        let by_id = list.iter().enumerate().map(|(n, id)| (id.clone(), n)).collect();
        Names { what, section, list, by_id, open: false }
    }

    fn opened(self) -> Names {
        Names { open: true, ..self }
    }
}

/// An id that is given twice.
pub fn twice(what: &str, id: &str, first: &Place, second: &Place) -> Finding {
    Finding::error("ids::twice", format!("the {what} `{id}` is defined twice"))
        .at(second, "here again")
        .at(first, "first here")
        .help("give one of them another id, or remove it")
}

/// Ids become parts of other names and of file names, so they are kept plain.
pub fn check_plain(id: &str, what: &str, place: &Place, out: &mut Findings) {
    let plain = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_' | '.');
    if id.is_empty() || !id.chars().all(plain) || id.starts_with('.') {
        out.push(
            Finding::error("ids::not_plain", format!("\"{id}\" cannot be the id of a {what}"))
                .at(place, "")
                .help("an id is made of letters, digits, `-`, `_` and `.`; a title may say more"),
        );
    }
}

/// The ids of all sections.
#[derive(Debug)]
pub struct Ids {
    /// Whether the files are a pack of clauses alone, whose schools, roles and facts stand in other files.
    open: bool,
    pub sources: Names,
    pub schools: Names,
    pub schedules: Names,
    pub calendars: Names,
    pub roles: Names,
    pub practices: Names,
    pub models: Names,
    pub learning: Names,
    pub partners: Names,
    pub clauses: Names,
    pub facts: Names,
    pub conditions: Names,
    pub lines: Names,
}

impl Ids {
    /// Collects the ids of all sections and finds those that are given twice.
    pub fn from_sections(all: &Sections, out: &mut Findings) -> Ids {
        Names::from_items("event", "engagement", &all.engagement, out);
        Names::from_items("waiver", "waivers", &all.waivers, out);
        Names::from_items("parameter", "parameters", &all.parameters, out);
        Ids {
            open: false,
            sources: Names::from_items("source", "sources", &all.sources, out),
            schools: Names::from_items("school", "schools", &all.schools, out),
            schedules: Names::from_items("bell schedule", "bells", &all.bells, out),
            calendars: Names::from_items("calendar", "calendars", &all.calendars, out),
            roles: Names::from_items("role", "roles", &all.roles, out),
            practices: Names::from_items("practice", "practices", &all.practices, out),
            models: Names::from_items("model", "models", &all.models, out),
            learning: Names::from_items("learning time", "learning", &all.learning, out),
            partners: Names::from_items("partner", "partners", &all.partners, out),
            clauses: Names::from_items("clause", "clauses", &all.clauses, out),
            facts: Names::from_items("fact", "facts", &all.facts, out),
            conditions: Names::from_items("condition", "conditions", &all.conditions, out),
            lines: Names::from_items("budget line", "budget", &all.budget, out),
        }
    }

    /// The same for a pack of clauses alone: what schools, roles and conditions there are, its scenario says.
    pub fn of_pack(all: &Sections, out: &mut Findings) -> Ids {
        let ids = Ids::from_sections(all, out);
        Ids {
            open: true,
            schools: ids.schools.opened(),
            roles: ids.roles.opened(),
            conditions: ids.conditions.opened(),
            lines: ids.lines.opened(),
            ..ids
        }
    }

    /// The ids that a case may use: sources and clauses of its pack, its own schools and bells, and any role.
    pub fn of_case(pack: &Pack, schools: Vec<String>, bells: Vec<String>) -> Ids {
        let clauses = pack.clauses.iter().map(|c| c.id.clone()).collect();
        Ids {
            sources: Names::of_list("source", "sources", pack.sources.documents.keys().cloned().collect()),
            schools: Names::of_list("school", "others", schools),
            clauses: Names::of_list("clause", "clauses", clauses),
            ..Ids::with_schedules(Names::of_list("bell schedule", "bells", bells))
        }
    }

    /// Bell schedules alone, with roles, conditions and budget lines that other files have.
    pub fn with_schedules(schedules: Names) -> Ids {
        let none = |what, section| Names::of_list(what, section, Vec::new());
        Ids {
            open: true,
            sources: none("source", "sources"),
            schools: none("school", "schools"),
            schedules,
            calendars: none("calendar", "calendars"),
            roles: none("role", "roles").opened(),
            practices: none("practice", "practices"),
            models: none("model", "models"),
            learning: none("learning time", "learning"),
            partners: none("partner", "partners"),
            clauses: none("clause", "clauses"),
            facts: none("fact", "facts"),
            conditions: none("condition", "conditions").opened(),
            lines: none("budget line", "budget").opened(),
        }
    }

    /// Whether names of other files cannot be known here.
    pub fn is_open(&self) -> bool {
        self.open
    }

    /// The place of a condition in the graph: written ones first, then clauses, practices and models.
    pub fn node(&self, id: &str, place: &Place, out: &mut Findings) -> Option<usize> {
        let found = self.node_of(id);
        if found.is_none() {
            let near = nearest(id, self.all_nodes().iter().map(String::as_str)).map(|n| format!("did you mean `{n}`?"));
            let known = "a need is the id of a condition, or `clause:ID`, `practice:ID`, `model:ID`";
            out.push(
                Finding::error("ids::unknown", format!("there is no condition `{id}`"))
                    .at(place, "nothing has this id")
                    .help(near.unwrap_or_else(|| known.to_string())),
            );
        }
        found
    }

    fn node_of(&self, id: &str) -> Option<usize> {
        let (n_conditions, n_clauses) = (self.conditions.list.len(), self.clauses.list.len());
        match id.split_once(':') {
            None => self.conditions.get(id),
            Some(("clause", id)) => self.clauses.get(id).map(|n| n_conditions + n),
            Some(("practice", id)) => self.practices.get(id).map(|n| n_conditions + n_clauses + n),
            Some(("model", id)) => {
                self.models.get(id).map(|n| n_conditions + n_clauses + self.practices.list.len() + n)
            }
            Some(_) => None,
        }
    }

    fn all_nodes(&self) -> Vec<String> {
        let prefixed = |prefix: &str, names: &Names| -> Vec<String> {
            names.list.iter().map(|id| format!("{prefix}:{id}")).collect()
        };
        let mut all = self.conditions.list.clone();
        all.extend(prefixed("clause", &self.clauses));
        all.extend(prefixed("practice", &self.practices));
        all.extend(prefixed("model", &self.models));
        all
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_of_another_file_has_the_place_after_the_last() {
        let mut out = Findings::new();
        let names = |open| {
            let list = Names::of_list("role", "roles", vec!["teacher".into(), "coach".into()]);
            if open { list.opened() } else { list }
        };
        assert_eq!(names(true).find("coach", &Place::nowhere(), &mut out), Some(1));
        assert_eq!(names(true).find("librarian", &Place::nowhere(), &mut out), Some(2));
        assert!(out.is_empty());
        assert_eq!(names(false).find("librarian", &Place::nowhere(), &mut out), None);
        assert_eq!(out.len(), 1);
    }
}
