//! Packs of clauses that stand alone, and the cases beside them.
//!
//! Has paths, gives checked clauses and cases. Knows no scenario.

use crate::findings::Finding;
use crate::findings::Findings;
use crate::findings::Place;
use crate::scenario::Cases;
use crate::scenario::InputFile;
use crate::scenario::Pack;
use crate::scenario::Unread;
use crate::scenario::check;
use crate::scenario::parse::parse;
use crate::scenario::raw;
use crate::scenario::read;
use std::fs;
use std::path::Path;
use std::path::PathBuf;
use std::sync::Arc;

/// No folder of clauses comes near this; one that does is not the one that was meant.
const MOST_FILES: usize = 5_000;

/// The packs in a folder.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct FoundPacks {
    /// Files with clauses, and files that cannot be read, in the order of their names.
    pub packs: Vec<PathBuf>,
    /// Files that can be read and hold no clauses.
    pub others: Vec<PathBuf>,
}

/// Reads a pack of clauses from its file.
///
/// # Errors
/// Everything that is wrong. What its clauses name and other files would define (schools, roles, conditions,
/// budget lines, facts) is taken to be there; sources and clauses must be.
pub fn read_pack(path: &Path) -> Result<Pack, Unread> {
    let reading = read::read_pack_files(path);
    if reading.findings.has_errors() {
        return Err(Unread { findings: reading.findings, files: reading.files });
    }
    check::pack(&reading.parts, reading.files)
}

/// Reads the cases beside a pack that was read from this path; nothing when there are none.
///
/// # Errors
/// Everything that is wrong.
pub fn read_cases(path: &Path, pack: &Pack) -> Result<Option<Cases>, Unread> {
    let mut files = pack.files.clone();
    let (file, text) = match text_beside(path) {
        Ok(Some(found)) => found,
        Ok(None) => return Ok(None),
        Err(finding) => return Err(Unread { findings: finding.into(), files }),
    };
    let parsed = parse(&file, &text).and_then(|written| only_cases(written, &file));
    files.insert(0, InputFile::new(file.to_string(), text));
    let mut out = Findings::new();
    let list = match &parsed {
        Ok(raw) => check::cases(raw, &file, pack, &mut out),
        Err(finding) => {
            out.push(finding.clone());
            None
        }
    };
    match list {
        Some(list) if !out.has_errors() => Ok(Some(Cases { list, files, warnings: out })),
        _ => Err(Unread { findings: out, files }),
    }
}

/// The name and text of the cases beside a pack.
fn text_beside(pack: &Path) -> Result<Option<(Arc<str>, String)>, Finding> {
    let pack = read::existing(pack)?;
    let (path, base) = (pack.with_extension("cases.ron"), read::base_of(&pack));
    let Ok(whole) = fs::canonicalize(&path) else { return Ok(None) };
    let name = read::name_in(&base, &path);
    let place = Place::at(&name, "");
    if !whole.starts_with(&base) {
        return Err(read::outside(&name, &place));
    }
    read::text_of(&path, &name, &place).map(|text| Some((name, text)))
}

fn only_cases(written: raw::File, name: &Arc<str>) -> Result<raw::Cases, Finding> {
    match written {
        raw::File::Cases(cases) => Ok(*cases),
        raw::File::Scenario(_) | raw::File::Part(_) | raw::File::Proposal(_) => {
            Err(Finding::error("cases::no_cases", format!("`{name}` does not hold cases"))
                .at(&Place::bytes(name, 0..0), "")
                .help("a file of cases begins with `Cases(`; give a scenario or a pack another name"))
        }
    }
}

/// The pack that a path names, or the packs in the folder that it names and in those below.
///
/// # Errors
/// When there is nothing there, or cases stand beside no pack.
pub fn find_packs(path: &Path) -> Result<FoundPacks, Unread> {
    let unread = |findings: Findings| Unread { findings, files: Vec::new() };
    let whole = read::existing(path).map_err(|finding| unread(finding.into()))?;
    if !whole.is_dir() {
        return Ok(FoundPacks { packs: vec![pack_of(path)], others: Vec::new() });
    }
    let mut files = Vec::new();
    collect(path, &mut files).map_err(|finding| unread(finding.into()))?;
    files.sort();
    let mut findings = Findings::new();
    let mut found = FoundPacks::default();
    for file in &files {
        if !is_cases(file) {
            let list = if is_pack(file) { &mut found.packs } else { &mut found.others };
            list.push(file.clone());
        } else if !files.contains(&pack_of(file)) {
            findings.push(alone(file));
        }
    }
    if findings.is_empty() { Ok(found) } else { Err(unread(findings)) }
}

/// Adds the files of a folder that end in `.ron`, and those of the folders in it.
fn collect(folder: &Path, files: &mut Vec<PathBuf>) -> Result<(), Finding> {
    let place = || Place::at(&shown(folder), "");
    let entries = fs::read_dir(folder).map_err(|e| {
        let message = format!("`{}` cannot be read: {}", shown(folder), e.kind());
        Finding::error("files::unread", message).at(&place(), "").help("check its permissions")
    })?;
    for entry in entries.flatten() {
        let path = entry.path();
        // A link to a folder is not followed: it may lead back.
        if entry.file_type().is_ok_and(|t| t.is_dir()) {
            collect(&path, files)?;
        } else if path.extension().is_some_and(|e| e == "ron") {
            files.push(path);
        }
        if files.len() > MOST_FILES {
            let message = format!("`{}` holds more than {MOST_FILES} files", shown(folder));
            return Err(Finding::error("files::too_many", message)
                .at(&place(), "")
                .help("name the folder of the packs"));
        }
    }
    Ok(())
}

/// Whether a file holds clauses. One that cannot be read is taken for a pack: reading it as one tells why.
fn is_pack(path: &Path) -> bool {
    let name = shown(path);
    let text = read::text_of(path, &name, &Place::at(&name, ""));
    match text.and_then(|text| parse(&name, &text)) {
        Ok(raw::File::Part(body)) => !body.clauses.is_empty(),
        Ok(raw::File::Scenario(_) | raw::File::Cases(_) | raw::File::Proposal(_)) => false,
        Err(_) => true,
    }
}

fn shown(path: &Path) -> Arc<str> {
    Arc::from(path.to_string_lossy().replace('\\', "/"))
}

fn is_cases(path: &Path) -> bool {
    path.to_string_lossy().ends_with(".cases.ron")
}

/// The pack beside a file of cases; any other file is its own.
fn pack_of(path: &Path) -> PathBuf {
    let name = path.file_name().map(|n| n.to_string_lossy().into_owned());
    match name.as_deref().and_then(|n| n.strip_suffix(".cases.ron")) {
        Some(stem) => path.with_file_name(format!("{stem}.ron")),
        None => path.to_path_buf(),
    }
}

fn alone(cases: &Path) -> Finding {
    let name = shown(cases);
    let pack = shown(&pack_of(cases));
    Finding::error("cases::no_pack", format!("the cases `{name}` stand beside no pack"))
        .at(&Place::at(&name, ""), "")
        .help(format!("there is no `{pack}`; rename one of the two"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clauses::run_case;
    use crate::scenario::picture;
    use proptest::prelude::*;

    const DOCUMENT: &str = include_str!("../../docs/clauses.md");

    fn section() -> &'static str {
        DOCUMENT.split("## Cases beside the clauses").nth(1).unwrap()
    }

    /// The file of cases that the document shows.
    fn example() -> &'static str {
        section().split("```ron cases\n").nth(1).unwrap().split("```").next().unwrap()
    }

    /// Illinois with these cases beside it, in a folder as users have one.
    fn illinois(cases: &str) -> (tempfile::TempDir, PathBuf) {
        let folder = tempfile::tempdir().unwrap();
        let pack = folder.path().join("us/illinois.ron");
        fs::create_dir_all(pack.parent().unwrap()).unwrap();
        fs::write(&pack, include_str!("../../scenarios/clauses/us/illinois.ron")).unwrap();
        fs::write(pack.with_extension("cases.ron"), cases).unwrap();
        (folder, pack)
    }

    fn read(cases: &str) -> Result<(Pack, Cases), String> {
        let (_folder, path) = illinois(cases);
        let pack = read_pack(&path).map_err(|u| picture(&u.findings, &u.files))?;
        let cases = read_cases(&path, &pack).map_err(|u| picture(&u.findings, &u.files))?;
        Ok((pack, cases.unwrap()))
    }

    #[test]
    fn every_key_that_cases_may_have_is_told_in_the_document() {
        for (form, fields) in raw::fields_of_cases() {
            for field in fields {
                assert!(section().contains(&format!("`{field}`")), "`{field}` of {form} is not in docs/clauses.md");
            }
        }
    }

    #[test]
    fn the_example_of_the_document_is_read_and_passes() {
        let (pack, cases) = read(example()).unwrap_or_else(|shown| panic!("{shown}"));
        assert!(cases.warnings.is_empty() && cases.list.len() == 1);
        let result = run_case(&cases.list[0], &pack.lawbook());
        assert!(result.passes(), "{:#?}", result.differences);
        // by hand: four weeks from Monday 1 September with three weekends between them are 26 days
        assert_eq!(cases.list[0].given.schools[0].days.len(), 26);
    }

    #[test]
    fn a_folder_gives_its_packs_and_names_what_is_none() {
        let (folder, pack) = illinois(example());
        let bells = folder.path().join("us/bells.ron");
        fs::write(&bells, "Part(bells: [])").unwrap();
        let broken = folder.path().join("broken.ron");
        fs::write(&broken, "Part(").unwrap();
        fs::write(folder.path().join("notes.txt"), "no pack").unwrap();
        let found = find_packs(folder.path()).unwrap();
        assert_eq!(found, FoundPacks { packs: vec![broken, pack.clone()], others: vec![bells] });
        let beside = find_packs(&pack.with_extension("cases.ron")).unwrap();
        assert_eq!(beside.packs, vec![pack.clone()]);
        fs::remove_file(&pack).unwrap();
        let unread = find_packs(folder.path()).unwrap_err();
        assert_eq!(unread.findings.iter().map(|f| f.code).collect::<Vec<_>>(), ["cases::no_pack"]);
    }

    #[cfg(unix)]
    #[test]
    fn cases_that_are_a_link_out_of_the_folder_are_not_read() {
        let (folder, pack) = illinois(example());
        let cases = pack.with_extension("cases.ron");
        let outside = tempfile::tempdir().unwrap();
        let elsewhere = outside.path().join("secret.ron");
        fs::rename(&cases, &elsewhere).or_else(|_| fs::copy(&cases, &elsewhere).map(|_| ())).unwrap();
        let _ = fs::remove_file(&cases);
        std::os::unix::fs::symlink(&elsewhere, &cases).unwrap();
        let read = read_pack(&pack).unwrap();
        let unread = read_cases(&pack, &read).unwrap_err();
        assert_eq!(unread.findings.iter().map(|f| f.code).collect::<Vec<_>>(), ["files::outside"]);
        drop(folder);
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(200))]

        #[test]
        fn no_damage_to_cases_makes_reading_or_running_panic(at in any::<prop::sample::Index>(), n in 0usize..12, put in "[(){}\\[\\],:\"0-9a-z -]{0,3}") {
            let chars: Vec<char> = example().chars().collect();
            let at = at.index(chars.len());
            let end = (at + n).min(chars.len());
            let damaged: String = chars[..at].iter().copied().chain(put.chars()).chain(chars[end..].iter().copied()).collect();
            match read(&damaged) {
                Ok((pack, cases)) => cases.list.iter().for_each(|case| drop(run_case(case, &pack.lawbook()))),
                Err(shown) => prop_assert!(shown.contains("error"), "refused without a reason:\n{shown}"),
            }
        }
    }
}
