//! Files: the scenario's own file and everything it includes, read within limits.
//!
//! Has a path, gives texts with what is written in them, in the order of reading. Every file lies inside the
//! folder that holds the scenario's folder, and is named from there, so that messages are the same everywhere.

use crate::findings::Finding;
use crate::findings::Findings;
use crate::findings::Place;
use crate::findings::nearest;
use crate::scenario::InputFile;
use crate::scenario::parse::parse;
use crate::scenario::raw;
use std::collections::BTreeSet;
use std::fs;
use std::io::Read;
use std::path::Component;
use std::path::Path;
use std::path::PathBuf;
use std::sync::Arc;

/// No scenario file comes near this; a larger one is a mistake in its name.
const LARGEST_BYTES: u64 = 8 * 1024 * 1024;

/// No scenario has as many files as this; more of them are an accident.
const MOST_FILES: usize = 200;

/// What one file says.
#[derive(Debug, Clone)]
pub struct Part {
    /// The file as findings name it.
    pub file: Arc<str>,
    /// What is written in it.
    pub body: Arc<raw::Body>,
}

/// All files of a scenario; the scenario's own comes first.
#[derive(Debug, Default)]
pub struct Reading {
    /// The name of the scenario's folder, or of its file where it is not `scenario.ron`.
    pub name: String,
    /// What is written.
    pub parts: Vec<Part>,
    /// The texts.
    pub files: Vec<InputFile>,
    /// What could not be read.
    pub findings: Findings,
}

/// What a reading begins with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Root {
    /// A scenario.
    Scenario,
    /// A pack of clauses, which a scenario would include.
    Pack,
}

/// Where reading takes place.
struct Reader {
    root: Root,
    base: PathBuf,
    read: BTreeSet<PathBuf>,
    /// The files that led here, each including the next.
    chain: Vec<(PathBuf, Arc<str>)>,
    out: Reading,
}

/// Reads a scenario's folder, or its file, and all that it includes.
pub fn read_files(path: &Path) -> Reading {
    let mut out = Reading::default();
    let Some(root) = root_file(path, &mut out.findings) else { return out };
    let folder = root.parent().unwrap_or(Path::new("")).to_path_buf();
    let name_of = |p: &Path| p.file_stem().map(|n| n.to_string_lossy().into_owned()).unwrap_or_default();
    out.name = if root.ends_with("scenario.ron") {
        folder.file_name().map(|n| n.to_string_lossy().into_owned()).unwrap_or_default()
    } else {
        name_of(&root)
    };
    read_from(Root::Scenario, &root, out)
}

/// Reads a pack's file, and all that it includes.
pub fn read_pack_files(path: &Path) -> Reading {
    let mut out = Reading::default();
    match existing(path) {
        Ok(root) => read_from(Root::Pack, &root, out),
        Err(finding) => {
            out.findings.push(finding);
            out
        }
    }
}

fn read_from(what: Root, root: &Path, out: Reading) -> Reading {
    let mut reader = Reader { root: what, base: base_of(root), read: BTreeSet::new(), chain: Vec::new(), out };
    reader.load(root, None);
    reader.out
}

/// The folder that holds a file's folder: everything it includes lies there, and names begin there.
pub fn base_of(file: &Path) -> PathBuf {
    let folder = file.parent().unwrap_or(Path::new(""));
    folder.parent().unwrap_or(folder).to_path_buf()
}

/// The whole path of a file or folder that exists.
///
/// # Errors
/// When it does not; the finding offers a near name.
pub fn existing(path: &Path) -> Result<PathBuf, Finding> {
    fs::canonicalize(path).map_err(|_| {
        let shown: Arc<str> = Arc::from(path.to_string_lossy().replace('\\', "/"));
        let finding = Finding::error("files::missing", format!("there is no `{shown}`")).at(&Place::at(&shown, ""), "");
        let names =
            path.parent().map(|folder| names_in(if folder.as_os_str().is_empty() { Path::new(".") } else { folder }));
        let wrong = path.file_name().map(|n| n.to_string_lossy().into_owned()).unwrap_or_default();
        with_near_file(finding, &wrong, &names.unwrap_or_default())
    })
}

fn root_file(path: &Path, findings: &mut Findings) -> Option<PathBuf> {
    let shown: Arc<str> = Arc::from(path.to_string_lossy().replace('\\', "/"));
    let nowhere = Place::at(&shown, "");
    let whole = match existing(path) {
        Ok(whole) => whole,
        Err(finding) => {
            findings.push(finding);
            return None;
        }
    };
    if !whole.is_dir() {
        return Some(whole);
    }
    let file = whole.join("scenario.ron");
    if file.exists() {
        return fs::canonicalize(file).ok();
    }
    findings.push(
        Finding::error("files::no_scenario", format!("the folder `{shown}` holds no scenario.ron"))
            .at(&nowhere, "")
            .help("name a folder that does, or begin one with `earlybell new FOLDER`"),
    );
    None
}

fn names_in(folder: &Path) -> Vec<String> {
    let Ok(entries) = fs::read_dir(folder) else { return Vec::new() };
    let mut names: Vec<String> = entries.flatten().map(|e| e.file_name().to_string_lossy().into_owned()).collect();
    names.sort();
    names
}

fn with_near_file(finding: Finding, wrong: &str, names: &[String]) -> Finding {
    match nearest(wrong, names.iter().map(String::as_str)) {
        Some(near) => finding.help(format!("did you mean `{near}`?")),
        None => finding.help("check the name and the folder; names of files begin at the file that includes them"),
    }
}

impl Reader {
    /// Reads a file that exists, and then what it includes. `asked` is where it is included.
    fn load(&mut self, path: &Path, asked: Option<&Place>) {
        let name = self.name_of(path);
        let place = asked.cloned().unwrap_or(Place::at(&name, ""));
        if let Some(at) = self.chain.iter().position(|(p, _)| p == path) {
            self.out.findings.push(loop_finding(&self.chain[at..], &place));
            return;
        }
        if !self.read.insert(path.to_path_buf()) {
            return;
        }
        if self.read.len() > MOST_FILES {
            if self.read.len() == MOST_FILES + 1 {
                let finding = Finding::error("files::too_many", format!("more than {MOST_FILES} files are included"));
                self.out.findings.push(finding.at(&place, "this one is too many").help("join some of them"));
            }
            return;
        }
        let text = match text_of(path, &name, &place) {
            Ok(text) => text,
            Err(finding) => return self.out.findings.push(finding),
        };
        let parsed = parse(&name, &text);
        self.out.files.push(InputFile::new(name.to_string(), text));
        match parsed.and_then(|file| body_of(file, &name, asked, self.root)) {
            Ok(body) => self.take(path, name, body),
            Err(finding) => self.out.findings.push(finding),
        }
    }

    fn take(&mut self, path: &Path, file: Arc<str>, body: raw::Body) {
        self.chain.push((path.to_path_buf(), file.clone()));
        let include = body.include.clone();
        let table = body.nation.as_ref().and_then(|nation| nation.districts_from.clone());
        self.out.parts.push(Part { file: file.clone(), body: Arc::new(body) });
        for (n, asked) in include.iter().enumerate() {
            let place = Place::at(&file, format!("include[{n}]"));
            match self.find(path, asked, &place) {
                Ok(found) => self.load(&found, Some(&place)),
                Err(finding) => self.out.findings.push(finding),
            }
        }
        if let Some(table) = table {
            self.take_table(path, &table);
        }
        self.chain.pop();
    }

    /// Reads a table that a nation names; its check finds it by its name.
    fn take_table(&mut self, path: &Path, asked: &str) {
        let file = self.chain.last().map_or_else(|| self.name_of(path), |(_, name)| name.clone());
        let place = Place::at(&file, "nation.districts_from");
        let read = self.find(path, asked, &place).and_then(|found| {
            let name = self.name_of(&found);
            text_of(&found, &name, &place).map(|text| InputFile::new(name.to_string(), text))
        });
        match read {
            Ok(file) => self.out.files.push(file),
            Err(finding) => self.out.findings.push(finding),
        }
    }

    /// The file that an include means, if it exists and lies inside.
    fn find(&self, from: &Path, asked: &str, place: &Place) -> Result<PathBuf, Finding> {
        let outside = || outside(asked, place);
        if asked.contains('\\') || asked.contains(':') {
            return Err(Finding::error(
                "files::path",
                format!("`{asked}` is not the name of a file as scenarios write it"),
            )
            .at(place, "")
            .help("write it with forward slashes and relative to this file: \"../model.ron\""));
        }
        let joined = from.parent().unwrap_or(Path::new("")).join(asked);
        let plain = without_dots(&joined).filter(|p| p.starts_with(&self.base)).ok_or_else(outside)?;
        let Ok(whole) = fs::canonicalize(&plain) else {
            let missing = Finding::error("files::missing", format!("there is no file `{asked}`"))
                .at(place, format!("looked for as {}", self.name_of(&plain)));
            let names = plain.parent().map(names_in).unwrap_or_default();
            let wrong = plain.file_name().map(|n| n.to_string_lossy().into_owned()).unwrap_or_default();
            return Err(with_near_file(missing, &wrong, &names));
        };
        // A link inside the folder may still lead out of it.
        if whole.starts_with(&self.base) { Ok(whole) } else { Err(outside()) }
    }

    fn name_of(&self, path: &Path) -> Arc<str> {
        name_in(&self.base, path)
    }
}

/// A file's name as findings write it.
pub fn name_in(base: &Path, path: &Path) -> Arc<str> {
    let inside = path.strip_prefix(base).unwrap_or(path);
    let steps: Vec<_> = inside.components().map(|c| c.as_os_str().to_string_lossy()).collect();
    Arc::from(steps.join("/"))
}

/// Files that others wrote never lead to what lies elsewhere on the machine.
pub fn outside(asked: &str, place: &Place) -> Finding {
    Finding::error("files::outside", format!("`{asked}` lies outside the folder of the scenarios"))
        .at(place, "not read")
        .help("include only files beside the scenario's folder or below it; copy the file there")
}

/// The path with `..` and `.` worked out on paper; nothing when it climbs above the root.
fn without_dots(path: &Path) -> Option<PathBuf> {
    let mut plain = PathBuf::new();
    for step in path.components() {
        match step {
            Component::CurDir => {}
            Component::ParentDir => {
                if !plain.pop() {
                    return None;
                }
            }
            Component::Normal(_) | Component::RootDir | Component::Prefix(_) => plain.push(step),
        }
    }
    Some(plain)
}

fn loop_finding(chain: &[(PathBuf, Arc<str>)], place: &Place) -> Finding {
    let mut names: Vec<&str> = chain.iter().map(|(_, name)| &**name).collect();
    names.push(names[0]);
    Finding::error("files::loop", format!("files include one another in a circle: {}", names.join(" -> ")))
        .at(place, "this closes the circle")
        .help("remove one of these includes; a file needs to be included only once in a scenario")
}

fn body_of(file: raw::File, name: &Arc<str>, asked: Option<&Place>, root: Root) -> Result<raw::Body, Finding> {
    let first_word = Place::bytes(name, 0..0);
    match (file, asked, root) {
        (raw::File::Scenario(body), None, Root::Scenario) => Ok(*body),
        (raw::File::Part(body), Some(_), _) | (raw::File::Part(body), None, Root::Pack) => Ok(*body),
        (raw::File::Part(_), None, Root::Scenario) => {
            Err(Finding::error("files::part", format!("`{name}` is a part of a scenario, not a scenario"))
                .at(&first_word, "")
                .help("name the file that begins with `Scenario(`, or give this one a header"))
        }
        (raw::File::Scenario(_), None, Root::Pack) => {
            Err(Finding::error("packs::scenario", format!("`{name}` is a scenario, not a pack of clauses"))
                .at(&first_word, "")
                .help("name a file that begins with `Part(` and has `clauses`; `earlybell check` judges a scenario"))
        }
        (raw::File::Scenario(_), Some(place), _) => Err(Finding::error(
            "files::scenario_inside",
            format!("`{name}` is a scenario of its own and cannot be included"),
        )
        .at(place, "included here")
        .help("an included file begins with `Part(` and has no header")),
        (raw::File::Proposal(_), asked, _) => {
            Err(Finding::error("files::proposal", format!("`{name}` is a proposal and changes a scenario"))
                .at(asked.unwrap_or(&first_word), "")
                .help("name the scenario first and the proposal after a plus: scenarios/ccsd93+sixty-minutes"))
        }
        (raw::File::Cases(_), asked, _) => {
            Err(Finding::error("files::cases", format!("`{name}` holds cases of clauses and is read beside its pack"))
                .at(asked.unwrap_or(&first_word), "")
                .help("`earlybell clauses test` runs them; include or name the pack itself"))
        }
    }
}

/// The text of a file within the limits.
///
/// # Errors
/// When it is no text, or too large.
pub fn text_of(path: &Path, name: &str, place: &Place) -> Result<String, Finding> {
    let unread = |why: String| {
        Finding::error("files::unread", format!("`{name}` cannot be read: {why}"))
            .at(place, "")
            .help("check its permissions")
    };
    let about = fs::metadata(path).map_err(|e| unread(e.kind().to_string()))?;
    if about.is_dir() {
        return Err(Finding::error("files::folder", format!("`{name}` is a folder, not a file"))
            .at(place, "")
            .help("name a file in it, such as \"bells.ron\""));
    }
    if !about.is_file() {
        return Err(Finding::error("files::not_a_file", format!("`{name}` is not an ordinary file")).at(place, ""));
    }
    if about.len() > LARGEST_BYTES {
        let (have, most) = (about.len() / (1024 * 1024), LARGEST_BYTES / (1024 * 1024));
        return Err(Finding::error("files::too_large", format!("`{name}` has {have} MiB; a file may have {most}"))
            .at(place, "not read")
            .help("check that it is the file you mean, or cut it in several and include them"));
    }
    let mut bytes = Vec::new();
    let file = fs::File::open(path).map_err(|e| unread(e.kind().to_string()))?;
    file.take(LARGEST_BYTES).read_to_end(&mut bytes).map_err(|e| unread(e.kind().to_string()))?;
    let text = String::from_utf8(bytes).ok().filter(|t| !t.contains('\0'));
    let text = text.ok_or_else(|| {
        Finding::error("files::not_text", format!("`{name}` is not a text in UTF-8"))
            .at(place, "")
            .help("save it as plain text with the encoding UTF-8; workbooks and PDF files cannot be read")
    })?;
    // Some editors begin a file with an invisible mark that RON does not know.
    Ok(text.strip_prefix('\u{feff}').map(str::to_string).unwrap_or(text))
}
