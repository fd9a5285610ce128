//! Edits: from one change that a proposal asks to the bytes of a file that it replaces.

use crate::findings::Finding;
use crate::findings::Place;
use crate::scenario::lex::after_space;
use crate::scenario::overlay::Removed;
use crate::scenario::overlay::Target;
use crate::scenario::overlay::Written;
use crate::scenario::overlay::target;
use crate::scenario::overlay::target::Form;
use crate::scenario::overlay::target::Found;
use crate::scenario::patch::Piece;
use crate::scenario::proposals::Deed;
use crate::scenario::raw;
use std::ops::Range;

/// A change with where it is written.
pub struct Site<'a> {
    /// The proposal.
    pub proposal: &'a Written,
    /// What is done.
    pub deed: Deed,
    /// The path to what it is done to.
    pub path: &'a str,
    /// Where the new value, or the path of what is removed, stands in the proposal.
    pub at: &'a str,
    /// The same as a place for findings.
    pub written: Place,
}

/// What is done to the text of a file.
#[derive(Debug)]
pub struct Edit {
    /// The file, by number.
    pub file: usize,
    /// The bytes that go.
    pub range: Range<usize>,
    /// What comes in their place.
    pub by: Vec<Piece>,
    /// The bytes of the value that is changed or removed, where there was one.
    pub old: Option<Range<usize>>,
    /// The source that it names.
    pub old_source: Option<String>,
    /// Where the change is written.
    pub written: Place,
}

type Refused = Box<Finding>;

/// The edit that a change asks for.
///
/// # Errors
/// When its path leads nowhere, or the value cannot stand there.
pub fn edit(site: &Site, files: &[Target], removed: &[Removed]) -> Result<Edit, Refused> {
    if let Some(why) = target::why_unreadable(site.path) {
        return Err(refused(site, "proposals::path", format!("`{}` is no path: {why}", site.path), "leads nowhere"));
    }
    if site.path == "include" || site.path.starts_with("include[") {
        return Err(Box::new(
            Finding::error("proposals::include", "a proposal does not change which files are read".to_string())
                .at(&site.written, "")
                .help("add, set or remove the items that are meant, by their ids"),
        ));
    }
    let found: Vec<Found> = files.iter().map(|f| target::find(f.patched.text(), &f.spans, site.path)).collect();
    let whole = found.iter().enumerate().find_map(|(n, f)| match f {
        Found::Value(place) => Some((n, place.clone())),
        Found::AllButLast(..) | Found::Lost(..) => None,
    });
    match (whole, site.deed) {
        (Some((file, place)), Deed::Set) => Ok(set(site, files, file, &place)),
        (Some((file, place)), Deed::Remove) => Ok(remove(site, files, file, &place)),
        (Some((file, place)), Deed::Add) => add(site, files, file, &place),
        (None, Deed::Remove) => Err(missing(site, files, &found, removed)),
        (None, Deed::Set | Deed::Add) => new_key(site, files, &found, removed),
    }
}

fn refused(site: &Site, code: &'static str, message: String, label: &str) -> Refused {
    Box::new(
        Finding::error(code, message)
            .at(&site.written, label)
            .help("`earlybell diff` shows what a proposal changes; docs/proposals.md tells how paths are written"),
    )
}

fn value_of(site: &Site) -> Vec<Piece> {
    site.proposal.piece(site.at).into_iter().collect()
}

fn set(site: &Site, files: &[Target], file: usize, place: &str) -> Edit {
    let range = files[file].spans.exact(place).unwrap_or(0..0);
    let old_source = source_of(&files[file], place);
    let (by, written) = (value_of(site), site.written.clone());
    Edit { file, range: range.clone(), by, old: Some(range), old_source, written }
}

fn remove(site: &Site, files: &[Target], file: usize, place: &str) -> Edit {
    let target = &files[file];
    let value = target.spans.exact(place).unwrap_or(0..0);
    let text = target.patched.text();
    let start = if target.spans.has_key(place) {
        target.spans.key(place).map_or(value.start, |k| k.start)
    } else {
        value.start
    };
    let comma = after_space(text, value.end);
    let end = if text[comma..].starts_with(',') { comma + 1 } else { value.end };
    let old_source = source_of(target, place);
    Edit { file, range: start..end, by: Vec::new(), old: Some(value), old_source, written: site.written.clone() }
}

/// The source that the nearest item around a value names.
fn source_of(target: &Target, place: &str) -> Option<String> {
    let around =
        std::iter::successors(Some(place), |p| (!p.is_empty()).then(|| &p[..p.rfind(['.', '[']).unwrap_or(0)]));
    let named = around.filter(|p| !p.is_empty()).find_map(|p| target.spans.exact(&format!("{p}.source")));
    named.map(|range| target.patched.text()[range].trim_matches('"').to_string())
}

/// Adds items to a list or entries to a map that is there.
fn add(site: &Site, files: &[Target], file: usize, place: &str) -> Result<Edit, Refused> {
    let target = &files[file];
    let form = target::form(target.patched.text(), &target.spans, place);
    let (brackets, open) = match form {
        Some((Form::List, open)) => (('[', ']'), open),
        Some((Form::Map, open)) => (('{', '}'), open),
        Some(_) | None => {
            let message = format!("nothing can be added to `{}`, which is neither a list nor a table", site.path);
            return Err(refused(site, "proposals::no_list", message, "not a list"));
        }
    };
    let Some(inner) = inner_of(site, brackets) else {
        let (open, close) = brackets;
        return Err(Box::new(
            Finding::error(
                "proposals::brackets",
                format!("what is added to `{}` stands in `{open}` and `{close}`", site.path),
            )
            .at(&site.written, "the value has other brackets")
            .help(format!("write `{open}` before it and `{close}` behind it, even around one thing")),
        ));
    };
    let range = target::end_of_items(&target.spans, place, open);
    let shown = site.proposal.key(site.at);
    let joint = |text: &str| Piece::joint(text, &site.proposal.file, shown.clone());
    let by = if range.start == open { vec![inner, joint(", ")] } else { vec![joint(", "), inner] };
    Ok(Edit { file, range, by, old: None, old_source: None, written: site.written.clone() })
}

/// What stands between the brackets of a value in the proposal, without a comma at its end.
fn inner_of(site: &Site, (open, close): (char, char)) -> Option<Piece> {
    let whole = site.proposal.piece(site.at)?;
    let inner = whole.text.strip_prefix(open)?.strip_suffix(close)?;
    let inner = inner.trim_end().trim_end_matches(',');
    let range = whole.from + 1..whole.from + 1 + inner.len();
    Some(Piece::of(&site.proposal.file, &site.proposal.text, range))
}

/// A key that is not there yet, in an item or table that is.
fn new_key(site: &Site, files: &[Target], found: &[Found], removed: &[Removed]) -> Result<Edit, Refused> {
    let inside = found.iter().enumerate().find_map(|(n, f)| match f {
        Found::AllButLast(place, key) if can_take_a_key(&files[n], place, key) => Some((n, place, key)),
        Found::AllButLast(..) | Found::Value(_) | Found::Lost(..) => None,
    });
    let Some((file, place, key)) = inside else { return Err(missing(site, files, found, removed)) };
    let target = &files[file];
    let Some((form, open)) = target::form(target.patched.text(), &target.spans, place) else {
        return Err(missing(site, files, found, removed));
    };
    let shown = site.proposal.key(site.at);
    let key = if form == Form::Map { format!("\"{key}\": ") } else { format!("{key}: ") };
    let joint = |text: &str| Piece::joint(text, &site.proposal.file, shown.clone());
    let mut by = vec![joint(&key)];
    by.extend(value_of(site));
    by.push(joint(", "));
    let old_source = source_of(target, place);
    Ok(Edit { file, range: open..open, by, old: None, old_source, written: site.written.clone() })
}

/// A section goes into the scenario's own file; other keys into the item or table that the path leads to.
fn can_take_a_key(target: &Target, place: &str, key: &str) -> bool {
    if place.is_empty() {
        return raw::fields_of::<raw::Body>().contains(&key);
    }
    let form = target::form(target.patched.text(), &target.spans, place);
    !key.starts_with('[') && matches!(form, Some((Form::Keys | Form::Map, _)))
}

fn missing(site: &Site, files: &[Target], found: &[Found], removed: &[Removed]) -> Refused {
    let gone = removed.iter().find(|r| site.path == r.path || site.path.starts_with(&format!("{}.", r.path)));
    if let Some(gone) = gone {
        return Box::new(
            Finding::error("proposals::contradict", format!("`{}` was removed before it is changed", gone.path))
                .at(&site.written, "changed here")
                .at(&gone.at, "removed here")
                .help("leave one of the two out: what is removed cannot be changed any more"),
        );
    }
    let depth = |f: &Found| match f {
        Found::Value(_) => usize::MAX,
        Found::AllButLast(..) => usize::MAX - 1,
        Found::Lost(_, _, n) => *n,
    };
    let best = found.iter().enumerate().max_by(|a, b| depth(a.1).cmp(&depth(b.1)).then(b.0.cmp(&a.0)));
    let Some((file, Found::AllButLast(place, step) | Found::Lost(place, step, _))) = best else {
        return refused(site, "proposals::missing", format!("`{}` leads nowhere", site.path), "not found");
    };
    let known: Vec<String> = if place.is_empty() {
        raw::fields_of::<raw::Body>().iter().map(|f| (*f).to_string()).collect()
    } else {
        let known_in = |f: &Target| target::known_after(f.patched.text(), &f.spans, place);
        let mut known: Vec<String> = known_in(&files[file]);
        // A section may stand in several files.
        if !place.contains(['.', '[']) {
            known = files.iter().flat_map(known_in).collect();
        }
        known
    };
    if place.is_empty() && known.contains(step) {
        return Box::new(
            Finding::error("proposals::missing", format!("the scenario has no `{step}`"))
                .at(&site.written, format!("nothing stands in `{step}`"))
                .help(format!("leave it out, or add what is meant: add: {{ \"{step}\": [..] }}")),
        );
    }
    let message = match place.is_empty() {
        true => format!("a scenario has no `{step}`"),
        false => format!("there is no `{step}` at `{}`", upto(site.path, step)),
    };
    Box::new(
        Finding::error("proposals::missing", message)
            .at(&site.written, format!("`{step}` is not found"))
            .near(step, known.iter().map(String::as_str)),
    )
}

/// The part of a path before one of its steps.
fn upto<'a>(path: &'a str, step: &str) -> &'a str {
    let before = path.find(step).map_or(path, |n| &path[..n]);
    let before = before.trim_end_matches('.');
    if before.is_empty() { path } else { before }
}
