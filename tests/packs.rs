//! Packs of clauses and the cases beside them: those that are shipped, and broken ones with the whole text a user sees.
//!
//! Every folder of `tests/cases/bad_packs` holds a `pack.ron`, perhaps its `pack.cases.ron`, and `expected.txt`.
//! `EARLYBELL_BLESS=1 cargo test --test packs` rewrites the expected texts; read the difference before you commit
//! it. Folders whose name begins with `warning-` are read with warnings; all others are refused. `shared` holds
//! what the packs include.

use earlybell::clauses::run_case;
use earlybell::findings::Findings;
use earlybell::scenario;
use earlybell::scenario::InputFile;
use std::fs;
use std::path::Path;
use std::path::PathBuf;

fn project() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

fn broken() -> Vec<PathBuf> {
    let entries = fs::read_dir(project().join("tests/cases/bad_packs")).expect("tests/cases/bad_packs exists");
    let mut folders: Vec<PathBuf> = entries.map(|e| e.unwrap().path()).filter(|p| p.is_dir()).collect();
    folders.retain(|p| !p.ends_with("shared"));
    folders.sort();
    folders
}

/// Reads a pack and its cases.
fn look(pack: &Path) -> (bool, Findings, Vec<InputFile>) {
    let read = match scenario::read_pack(pack) {
        Ok(read) => read,
        Err(unread) => return (false, unread.findings, unread.files),
    };
    let mut warnings = read.warnings.clone();
    match scenario::read_cases(pack, &read) {
        Ok(Some(cases)) => {
            warnings.extend(cases.warnings);
            (true, warnings, cases.files)
        }
        Ok(None) => (true, warnings, read.files),
        Err(unread) => (false, unread.findings, unread.files),
    }
}

#[test]
fn every_broken_pack_says_what_to_do() {
    let mut wrong = Vec::new();
    for folder in broken() {
        let (is_read, findings, files) = look(&folder.join("pack.ron"));
        let name = folder.file_name().unwrap().to_string_lossy().into_owned();
        let shown = scenario::picture(&findings, &files);
        if is_read != name.starts_with("warning-") || findings.is_empty() {
            wrong.push(format!("== {name}: read is {is_read}\n{shown}"));
        }
        let expected = folder.join("expected.txt");
        if std::env::var_os("EARLYBELL_BLESS").is_some() {
            fs::write(&expected, &shown).unwrap();
        } else if fs::read_to_string(&expected).unwrap_or_default() != shown {
            wrong.push(format!("== {name} shows\n{shown}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_error_shows_a_place_and_says_what_to_do_next() {
    assert!(broken().len() >= 45, "only {} broken packs", broken().len());
    for folder in broken() {
        let (_, findings, _) = look(&folder.join("pack.ron"));
        for finding in findings.iter() {
            assert!(!finding.labels.is_empty(), "{}: no place for {}", folder.display(), finding.message);
            assert!(finding.help.is_some(), "{}: no help for {}", folder.display(), finding.message);
        }
    }
}

#[test]
fn every_shipped_pack_is_read_without_a_finding_and_its_cases_pass() {
    let found = scenario::find_packs(&project().join("scenarios/clauses")).unwrap_or_else(|u| panic!("{}", u.findings));
    assert!(found.packs.len() >= 3 && found.others.is_empty(), "{found:?}");
    for path in found.packs {
        let (is_read, findings, files) = look(&path);
        assert!(is_read && findings.is_empty(), "{}", scenario::picture(&findings, &files));
        let pack = scenario::read_pack(&path).unwrap();
        for case in scenario::read_cases(&path, &pack).unwrap().into_iter().flat_map(|cases| cases.list) {
            let result = run_case(&case, &pack.lawbook());
            assert!(result.passes(), "{}: {}: {:#?}", path.display(), case.says, result.differences);
        }
    }
}
