//! Packs: clauses, waivers and facts without the scenario that will include them.

use crate::findings::Finding;
use crate::findings::Findings;
use crate::findings::Place;
use crate::scenario::InputFile;
use crate::scenario::Pack;
use crate::scenario::Unread;
use crate::scenario::check::clause;
use crate::scenario::check::facts;
use crate::scenario::check::header;
use crate::scenario::check::ids::Ids;
use crate::scenario::check::provenance;
use crate::scenario::check::sections::Sections;
use crate::scenario::check::waivers;
use crate::scenario::read::Part;

/// Checks a pack of clauses. What else stands in its files waits for the scenario that includes them.
pub fn pack(parts: &[Part], files: Vec<InputFile>) -> Result<Pack, Unread> {
    let mut out = Findings::new();
    match all(parts, &mut out) {
        Some(pack) if !out.has_errors() => Ok(Pack { files, warnings: out, ..pack }),
        _ => Err(Unread { findings: out, files }),
    }
}

fn all(parts: &[Part], out: &mut Findings) -> Option<Pack> {
    let root = parts.first()?;
    header::none(parts, out);
    let sections = Sections::from_parts(parts);
    if sections.clauses.is_empty() {
        out.push(
            Finding::error("packs::no_clauses", format!("`{}` is no pack of clauses: it has none", root.file))
                .at(&Place::bytes(&root.file, 0..0), "")
                .help("name a file that has `clauses: [Clause(…)]`; scenarios/clauses holds some"),
        );
        return None;
    }
    let ids = Ids::of_pack(&sections, out);
    let sources = provenance::check(&sections, &ids, out);
    let clauses = clause::check(&sections, &ids, out);
    let waivers = waivers::check(&sections, clauses.as_deref(), &ids, out);
    let facts = facts::check(&sections, &ids, out);
    Some(Pack {
        name: root.file.to_string(),
        sources,
        clauses: clauses?,
        waivers: waivers?,
        facts: facts?,
        files: Vec::new(),
        warnings: Findings::new(),
    })
}
