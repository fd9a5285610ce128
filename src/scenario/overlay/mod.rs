//! Overlays: proposals that change a scenario's files before they are checked.
//!
//! Has the files of a scenario and those of proposals, gives the files as the proposals change them and a list of
//! what was changed. The new values stay where they were written, so that every finding points there. Knows no
//! domain: what a value must be is checked where all values are.

mod edit;
mod target;

use crate::findings::Finding;
use crate::findings::Findings;
use crate::findings::Place;
use crate::scenario::overlay::edit::Edit;
use crate::scenario::overlay::edit::Site;
use crate::scenario::patch::Patched;
use crate::scenario::patch::Piece;
use crate::scenario::proposals::Change;
use crate::scenario::proposals::Deed;
use crate::scenario::proposals::Item;
use crate::scenario::proposals::on_one_line;
use crate::scenario::raw;
use crate::scenario::spans;
use crate::scenario::spans::Spans;
use std::collections::BTreeSet;
use std::ops::Range;
use std::sync::Arc;

/// A proposal's file as it was read.
#[derive(Debug)]
pub struct Written {
    /// The file as findings name it.
    pub file: Arc<str>,
    /// The name it was asked for by.
    pub name: String,
    /// Its text.
    pub text: String,
    /// What is written.
    pub raw: raw::Proposal,
    spans: Spans,
}

impl Written {
    /// A proposal with its text.
    pub fn new(file: Arc<str>, name: String, text: String, raw: raw::Proposal) -> Written {
        let spans = spans::find(&text);
        Written { file, name, text, raw, spans }
    }

    fn piece(&self, path: &str) -> Option<Piece> {
        self.spans.exact(path).map(|range| Piece::of(&self.file, &self.text, range))
    }

    fn key(&self, path: &str) -> Range<usize> {
        self.spans.key(path).unwrap_or(0..0)
    }
}

/// A file of the scenario while proposals change it.
#[derive(Debug, Clone)]
pub struct Target {
    /// The file as findings name it.
    pub file: Arc<str>,
    /// Its text, changed so far.
    pub patched: Patched,
    /// Where its values stand.
    pub spans: Spans,
    /// Whether a proposal changed it.
    pub is_changed: bool,
}

impl Target {
    /// A file that nothing has changed.
    pub fn new(file: &Arc<str>, text: &str) -> Target {
        Target { file: file.clone(), patched: Patched::new(file, text), spans: spans::find(text), is_changed: false }
    }
}

/// The text of the value that a path leads to in a file, where it leads to one.
pub fn written(target: &Target, path: &str) -> Option<String> {
    if target::why_unreadable(path).is_some() {
        return None;
    }
    match target::find(target.patched.text(), &target.spans, path) {
        target::Found::Value(place) => target.spans.exact(&place).map(|range| target.patched.text()[range].to_string()),
        target::Found::AllButLast(..) | target::Found::Lost(..) => None,
    }
}

/// What was removed, by whom, so that a later proposal that misses it can be told.
#[derive(Debug, Clone)]
pub struct Removed {
    path: String,
    at: Place,
}

/// Checks what a proposal says of itself: ids, and that each item changes something.
pub fn check_form(proposal: &Written, out: &mut Findings) {
    let place = Place::at(&proposal.file, "items");
    let mut known: BTreeSet<&str> = BTreeSet::new();
    if proposal.raw.items.is_empty() {
        out.push(
            Finding::error("proposals::empty", format!("`{}` has no items", proposal.file))
                .at(&place, "nothing is proposed")
                .help("add an item: Item(id: \"release\", title: \"..\", set: { \"PATH\": VALUE })"),
        );
    }
    for (n, item) in proposal.raw.items.iter().enumerate() {
        let place = place.item(n);
        if !known.insert(&item.id) {
            out.push(
                Finding::error("proposals::item_twice", format!("the item `{}` is written twice", item.id))
                    .at(&place.field("id"), "here again")
                    .help("give one of them another id"),
            );
        }
        if item.set.0.is_empty() && item.add.0.is_empty() && item.remove.is_empty() {
            out.push(
                Finding::error("proposals::no_change", format!("the item `{}` changes nothing", item.id))
                    .at(&place, "neither `set` nor `add` nor `remove`")
                    .help("write what it changes: set: { \"bells.monday.pupils[0].blocks[3].to\": \"14:45\" }"),
            );
        }
    }
}

/// Does to the files what one item asks, and tells it. All paths of an item speak of the files before it.
pub fn apply(
    proposal: &Written,
    number: usize,
    files: &mut [Target],
    removed: &mut Vec<Removed>,
    out: &mut Findings,
) -> Item {
    let raw = &proposal.raw.items[number];
    let place = Place::at(&proposal.file, format!("items[{number}]"));
    let mut edits: Vec<Edit> = Vec::new();
    let mut changes = Vec::new();
    for (deed, path, at) in deeds(raw, number) {
        let site = Site { proposal, deed, path, at: &at, written: place_of(&place, deed, path, &at) };
        match edit::edit(&site, files, removed) {
            Ok(edit) => {
                changes.push(told(&site, &edit, files));
                edits.push(edit);
            }
            Err(finding) => out.push(*finding),
        }
    }
    overlaps(&edits, out);
    conflicts(proposal, &edits, files, out);
    changes.iter().filter(|c| c.is_idle()).for_each(|c| out.push(idle(c)));
    for (change, edit) in changes.iter().zip(&edits) {
        if change.deed == Deed::Remove {
            removed.push(Removed { path: change.path.clone(), at: edit.written.clone() });
        }
    }
    carry_out(edits, files);
    let (id, title, clause) = (raw.id.clone(), raw.title.clone(), raw.clause.clone());
    Item { id, title, clause, value: raw.value.clone(), source: raw.source.clone(), changes, written: place }
}

/// What an item asks, with the place of each in its file.
fn deeds(item: &raw::Item, number: usize) -> Vec<(Deed, &str, String)> {
    let mut all = Vec::new();
    for (deed, key, entries) in [(Deed::Set, "set", &item.set.0), (Deed::Add, "add", &item.add.0)] {
        all.extend(entries.iter().map(|(path, _)| (deed, path.as_str(), format!("items[{number}].{key}.{path}"))));
    }
    let remove = item.remove.iter().enumerate();
    all.extend(remove.map(|(n, path)| (Deed::Remove, path.as_str(), format!("items[{number}].remove[{n}]"))));
    all
}

fn place_of(place: &Place, deed: Deed, path: &str, at: &str) -> Place {
    match deed {
        Deed::Set => place.field("set").field(path).key(),
        Deed::Add => place.field("add").field(path).key(),
        Deed::Remove => Place::at(&place.file, at),
    }
}

fn told(site: &Site, edit: &Edit, files: &[Target]) -> Change {
    let target = &files[edit.file];
    let old = |range: &Range<usize>| on_one_line(&target.patched.text()[range.clone()]);
    Change {
        deed: site.deed,
        path: site.path.to_string(),
        old: edit.old.as_ref().map(old),
        old_source: edit.old_source.clone(),
        new: site.proposal.piece(site.at).filter(|_| site.deed != Deed::Remove).map(|piece| on_one_line(&piece.text)),
        written: site.written.clone(),
    }
}

/// Two changes of one item that meet: what comes out would depend on their order.
fn overlaps(edits: &[Edit], out: &mut Findings) {
    for (n, one) in edits.iter().enumerate() {
        for other in &edits[n + 1..] {
            let meet = one.file == other.file && meet(&one.range, &other.range);
            if meet {
                out.push(
                    Finding::error("proposals::overlap", "two changes of one item touch the same text".to_string())
                        .at(&other.written, "this one")
                        .at(&one.written, "and this one")
                        .help("keep one of them, or write the whole value once"),
                );
            }
        }
    }
}

fn meet(a: &Range<usize>, b: &Range<usize>) -> bool {
    match (a.is_empty(), b.is_empty()) {
        (true, true) => false,
        (true, false) => b.start < a.start && a.start < b.end,
        (false, true) => a.start < b.start && b.start < a.end,
        (false, false) => a.start < b.end && b.start < a.end,
    }
}

/// Changes of what an earlier proposal wrote: the later wins, and both are shown.
fn conflicts(proposal: &Written, edits: &[Edit], files: &[Target], out: &mut Findings) {
    for edit in edits.iter().filter(|e| !e.range.is_empty()) {
        let of_others = files[edit.file].patched.touched(&edit.range);
        let earlier = of_others.filter(|piece| files.iter().all(|f| f.file != piece.file) && piece.verbatim);
        let Some(earlier) = earlier.last() else { continue };
        let before = Place::bytes(&earlier.file, earlier.from..earlier.from + earlier.text.len());
        if earlier.file == proposal.file {
            out.push(
                Finding::error("proposals::twice", "two items of one proposal change the same text".to_string())
                    .at(&edit.written, "this item")
                    .at(&before, "changes what this one wrote")
                    .help("write the value once, in one item"),
            );
        } else {
            out.push(
                Finding::warning(
                    "proposals::conflict",
                    "two proposals change the same value; the later wins".to_string(),
                )
                .at(&edit.written, "this one is later and wins")
                .at(&before, "this one is earlier")
                .help(
                    "name the proposals in the other order, or leave one of them out, where the other value is meant",
                ),
            );
        }
    }
}

fn idle(change: &Change) -> Finding {
    Finding::warning("proposals::same", format!("`{}` is set to what it is already", change.path))
        .at(&change.written, "changes nothing")
        .help("leave it out, or write the value that is meant")
}

/// Carries out the edits of one item, the last in each file first, so that none moves another.
fn carry_out(mut edits: Vec<Edit>, files: &mut [Target]) {
    edits.sort_by_key(|edit| (edit.file, edit.range.start, edit.range.end));
    for edit in edits.into_iter().rev() {
        files[edit.file].patched.replace(edit.range, edit.by);
        files[edit.file].is_changed = true;
    }
    for target in files.iter_mut().filter(|t| t.is_changed) {
        target.spans = spans::find(target.patched.text());
    }
}
