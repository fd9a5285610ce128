//! Stacks: a scenario with the proposals that change it, each item of which can be left out.
//!
//! Has a path such as `scenarios/ccsd93+sixty-minutes+later-agreement`, gives scenarios. Files are read once; the
//! items are applied in the order in which they are named, and the later wins.

use crate::findings::Finding;
use crate::findings::Findings;
use crate::findings::Place;
use crate::findings::nearest;
use crate::scenario::InputFile;
use crate::scenario::Item;
use crate::scenario::Proposal;
use crate::scenario::Scenario;
use crate::scenario::Unread;
use crate::scenario::check;
use crate::scenario::check::date_of_proposal;
use crate::scenario::overlay;
use crate::scenario::overlay::Removed;
use crate::scenario::overlay::Target;
use crate::scenario::overlay::Written;
use crate::scenario::parse::parse;
use crate::scenario::raw;
use crate::scenario::read;
use crate::scenario::read::Part;
use crate::scenario::read::Reading;
use crate::units::Date;
use std::path::Path;
use std::path::PathBuf;
use std::sync::Arc;

/// The folder beside a scenario in which its proposals are looked for.
const FOLDER: &str = "proposals";

/// More items than this cannot be told apart by anybody.
const MOST_ITEMS: usize = 500;

/// A scenario with the proposals that change it.
#[derive(Debug)]
pub struct Stack {
    reading: Reading,
    targets: Vec<Target>,
    proposals: Vec<(Written, Date)>,
}

/// The path of the scenario, and the names of the proposals behind it.
fn split(path: &Path) -> (PathBuf, Vec<String>) {
    let text = path.to_string_lossy();
    if path.exists() || !text.contains('+') {
        return (path.to_path_buf(), Vec::new());
    }
    let mut names = text.split('+');
    let base = names.next().unwrap_or_default();
    (PathBuf::from(base), names.map(str::to_string).collect())
}

impl Stack {
    /// Reads the files of a scenario and of its proposals.
    ///
    /// # Errors
    /// What cannot be read.
    pub fn open(path: &Path) -> Result<Stack, Unread> {
        let (base, names) = split(path);
        let mut reading = read::read_files(&base);
        let mut proposals = Vec::new();
        for name in names {
            match proposal(&base, &name, &mut reading.files) {
                Ok(written) if proposals.iter().any(|(p, _): &(Written, Date)| p.file == written.file) => {
                    reading.findings.push(twice(&name, &written));
                }
                Ok(written) => {
                    overlay::check_form(&written, &mut reading.findings);
                    let date = date_of_proposal(&written.raw, &written.file, &mut reading.findings);
                    reading.name = format!("{}+{}", reading.name, written.name);
                    proposals.extend(date.map(|date| (written, date)));
                }
                Err(finding) => reading.findings.push(finding),
            }
        }
        if reading.findings.has_errors() {
            return Err(Unread { findings: reading.findings, files: reading.files });
        }
        let target = |part: &Part| target_of(&reading, part);
        let targets = if proposals.is_empty() { Vec::new() } else { reading.parts.iter().map(target).collect() };
        Ok(Stack { reading, targets, proposals })
    }

    /// How many items its proposals have.
    pub fn n_items(&self) -> usize {
        self.proposals.iter().map(|(p, _)| p.raw.items.len()).sum()
    }

    /// The scenario with those items, by number over all proposals, that are kept.
    ///
    /// # Errors
    /// Everything that is wrong.
    pub fn read(&self, keeps: &dyn Fn(usize) -> bool) -> Result<Scenario, Unread> {
        let mut findings = Findings::new();
        let mut targets = self.targets.clone();
        let (told, _) = self.applied(keeps, &mut targets, &mut findings);
        self.finish(targets, self.files(), findings, told)
    }

    /// The files that were read.
    pub(in crate::scenario) fn files(&self) -> Vec<InputFile> {
        self.reading.files.clone()
    }

    /// The files as nothing has changed them yet.
    pub(in crate::scenario) fn all_targets(&self) -> Vec<Target> {
        self.reading.parts.iter().map(|part| target_of(&self.reading, part)).collect()
    }

    /// Checks the files as they were changed.
    pub(in crate::scenario) fn finish(
        &self,
        targets: Vec<Target>,
        mut files: Vec<InputFile>,
        mut findings: Findings,
        told: Vec<Proposal>,
    ) -> Result<Scenario, Unread> {
        let mut parts = self.reading.parts.clone();
        for target in targets.into_iter().filter(|t| t.is_changed) {
            take(target, &mut parts, &mut files, &mut findings);
        }
        for (proposal, _) in &self.proposals {
            parts.push(sources_of(&proposal.file, &proposal.text));
        }
        if findings.has_errors() {
            return Err(Unread { findings, files });
        }
        let mut scenario = check::check(self.reading.name.clone(), &parts, files).map_err(|unread| {
            let mut all = findings.clone();
            all.extend(unread.findings);
            Unread { findings: all, files: unread.files }
        })?;
        findings.extend(std::mem::take(&mut scenario.warnings));
        scenario.warnings = findings;
        scenario.title = title(&scenario.title, &told);
        scenario.proposals = told;
        Ok(scenario)
    }

    /// Changes the files as the items that are kept ask; tells what was done, and what is gone.
    pub(in crate::scenario) fn applied(
        &self,
        keeps: &dyn Fn(usize) -> bool,
        targets: &mut [Target],
        findings: &mut Findings,
    ) -> (Vec<Proposal>, Vec<Removed>) {
        let (mut removed, mut number) = (Vec::new(), 0);
        let mut all = Vec::new();
        for (written, date) in &self.proposals {
            let mut items: Vec<Item> = Vec::new();
            for place in 0..written.raw.items.len() {
                if keeps(number) {
                    items.push(overlay::apply(written, place, targets, &mut removed, findings));
                }
                number += 1;
            }
            let raw = &written.raw;
            all.push(Proposal {
                name: written.name.clone(),
                title: raw.title.clone(),
                by: raw.by.clone(),
                date: *date,
                note: raw.note.clone(),
                leaves_out: raw.leaves_out.clone(),
                items,
            });
        }
        (all, removed)
    }
}

fn target_of(reading: &Reading, part: &Part) -> Target {
    let file = reading.files.iter().find(|f| f.name == *part.file);
    Target::new(&part.file, file.map_or("", |f| &f.text))
}

/// The title of a scenario with proposals that change something.
fn title(base: &str, proposals: &[Proposal]) -> String {
    let titles = proposals.iter().filter(|p| !p.items.is_empty()).map(|p| format!("“{}”", p.title));
    let titles: Vec<String> = titles.collect();
    if titles.is_empty() { base.to_string() } else { format!("{base}, with {}", titles.join(" and ")) }
}

/// Reads a changed file again.
fn take(target: Target, parts: &mut [Part], files: &mut [InputFile], findings: &mut Findings) {
    let parsed = parse(&target.file, target.patched.text());
    if let Some(file) = files.iter_mut().find(|f| f.name == *target.file) {
        file.patched = Some(target.patched);
    }
    match parsed {
        Ok(raw::File::Scenario(body) | raw::File::Part(body)) => {
            if let Some(part) = parts.iter_mut().find(|p| p.file == target.file) {
                part.body = Arc::from(body);
            }
        }
        Ok(raw::File::Cases(_) | raw::File::Proposal(_)) => {}
        Err(finding) => findings.push(finding),
    }
}

/// The documents that a proposal names, as a part of the scenario.
fn sources_of(file: &Arc<str>, text: &str) -> Part {
    let mut body: raw::Body = raw::Body::empty();
    if let Ok(raw::File::Proposal(proposal)) = parse(file, text) {
        body.sources = proposal.sources;
    }
    Part { file: file.clone(), body: Arc::new(body) }
}

/// Finds and reads a proposal.
fn proposal(base: &Path, name: &str, files: &mut Vec<InputFile>) -> Result<Written, Finding> {
    let folder = if base.is_dir() { base.to_path_buf() } else { base.parent().unwrap_or(Path::new("")).to_path_buf() };
    let path = found(&folder, name)?;
    let shown = shown_name(&folder, &path);
    let text = read::text_of(&path, &shown, &Place::at(&shown, ""))?;
    let parsed = parse(&shown, &text);
    if !files.iter().any(|f| f.name == *shown) {
        files.push(InputFile::new(shown.to_string(), text.clone()));
    }
    let stem = path.file_stem().map(|s| s.to_string_lossy().into_owned()).unwrap_or_default();
    match parsed? {
        raw::File::Proposal(raw) if raw.items.len() > MOST_ITEMS => {
            Err(Finding::error("proposals::too_many", format!("{} items are more than {MOST_ITEMS}", raw.items.len()))
                .at(&Place::at(&shown, "items"), "")
                .help("join what belongs together"))
        }
        raw::File::Proposal(raw) => Ok(Written::new(shown, stem, text, *raw)),
        raw::File::Scenario(_) | raw::File::Part(_) | raw::File::Cases(_) => {
            Err(Finding::error("proposals::no_proposal", format!("`{shown}` is no proposal"))
                .at(&Place::bytes(&shown, 0..0), "")
                .help("behind the plus stands the name of a file that begins with `Proposal(`"))
        }
    }
}

/// The file of a proposal: beside the scenario, in its folder of proposals, or at the path as it stands.
fn found(folder: &Path, name: &str) -> Result<PathBuf, Finding> {
    let beside = |begin: PathBuf| [begin.with_extension_added("ron"), begin];
    let places = [folder.join(FOLDER).join(name), folder.join(name), PathBuf::from(name)];
    let there = places.into_iter().flat_map(beside).find(|path| path.is_file());
    let place = Place::at(&Arc::from(name), "");
    there.ok_or_else(|| {
        let known = names_in(&folder.join(FOLDER));
        let finding = Finding::error("proposals::unknown", format!("there is no proposal `{name}`"));
        let near = nearest(name, known.iter().map(String::as_str)).map(|near| format!("did you mean `{near}`?"));
        let help = near.unwrap_or_else(|| match known.is_empty() {
            true => "a proposal is a file in the folder `proposals` beside scenario.ron; docs/proposals.md tells how it is written".into(),
            false => format!("known proposals: {}", known.join(", ")),
        });
        finding.at(&place, "").help(help)
    })
}

/// A path with something behind its name, which may have points in it.
trait Added {
    fn with_extension_added(&self, extension: &str) -> PathBuf;
}

impl Added for PathBuf {
    fn with_extension_added(&self, extension: &str) -> PathBuf {
        let mut name = self.as_os_str().to_os_string();
        name.push(".");
        name.push(extension);
        PathBuf::from(name)
    }
}

fn names_in(folder: &Path) -> Vec<String> {
    let Ok(entries) = std::fs::read_dir(folder) else { return Vec::new() };
    let names = entries.flatten().map(|e| e.file_name().to_string_lossy().into_owned());
    let mut names: Vec<String> = names.filter_map(|n| n.strip_suffix(".ron").map(str::to_string)).collect();
    names.sort();
    names
}

/// The name of a proposal's file: begun at the folder above the scenario's, as those of other files are.
fn shown_name(folder: &Path, path: &Path) -> Arc<str> {
    let whole = |p: &Path| std::fs::canonicalize(p).unwrap_or_else(|_| p.to_path_buf());
    let (folder, path) = (whole(folder), whole(path));
    let base = folder.parent().unwrap_or(&folder);
    if path.starts_with(base) {
        return read::name_in(base, &path);
    }
    Arc::from(path.file_name().map(|n| n.to_string_lossy().into_owned()).unwrap_or_default())
}

fn twice(name: &str, written: &Written) -> Finding {
    Finding::error("proposals::named_twice", format!("the proposal `{name}` is named twice"))
        .at(&Place::at(&written.file, ""), "")
        .help("name each proposal once")
}
