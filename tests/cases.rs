//! Broken scenarios, each with the whole text a user sees.
//!
//! Every folder of `tests/cases/bad` holds a scenario and `expected.txt`. `EARLYBELL_BLESS=1 cargo test --test cases`
//! rewrites the expected texts; read the difference before you commit it. Folders whose name begins with
//! `warning-` are read with warnings; all others are refused. `shared` holds what the cases include.

use earlybell::findings::Findings;
use earlybell::pipeline;
use earlybell::scenario;
use earlybell::scenario::InputFile;
use std::fs;
use std::path::Path;
use std::path::PathBuf;

fn bad() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/cases/bad")
}

fn blessing() -> bool {
    std::env::var_os("EARLYBELL_BLESS").is_some()
}

fn folders() -> Vec<PathBuf> {
    let entries = fs::read_dir(bad()).expect("tests/cases/bad exists");
    let mut folders: Vec<PathBuf> = entries.map(|e| e.unwrap().path()).filter(|p| p.is_dir()).collect();
    folders.retain(|p| !p.ends_with("shared"));
    folders.sort();
    folders
}

/// The scenario of a folder, with the proposals that its `stack.txt` names, such as `+sixty-minutes+later`.
fn asked(folder: &Path) -> PathBuf {
    let stack = fs::read_to_string(folder.join("stack.txt")).unwrap_or_default();
    PathBuf::from(format!("{}{}", folder.display(), stack.trim_end()))
}

fn look(path: &Path) -> (bool, Findings, Vec<InputFile>) {
    match scenario::read(&asked(path)) {
        Ok(read) => match pipeline::check(&read) {
            Ok(_) => (true, read.warnings, read.files),
            Err(findings) => (false, findings, read.files),
        },
        Err(unread) => (false, unread.findings, unread.files),
    }
}

#[test]
fn every_broken_scenario_says_what_to_do() {
    let mut wrong = Vec::new();
    for folder in folders() {
        let (is_read, findings, files) = look(&folder);
        let name = folder.file_name().unwrap().to_string_lossy().into_owned();
        let shown = scenario::picture(&findings, &files);
        if is_read != name.starts_with("warning-") || findings.is_empty() {
            wrong.push(format!("== {name}: read is {is_read}\n{shown}"));
        }
        let expected = folder.join("expected.txt");
        if blessing() {
            fs::write(&expected, &shown).unwrap();
        } else if fs::read_to_string(&expected).unwrap_or_default() != shown {
            wrong.push(format!("== {name} shows\n{shown}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn there_are_cases_for_every_kind_of_mistake() {
    assert!(folders().len() >= 45, "only {} cases", folders().len());
}

#[test]
fn every_error_shows_a_place_and_says_what_to_do_next() {
    for folder in folders() {
        let (_, findings, _) = look(&folder);
        for finding in findings.iter() {
            assert!(!finding.labels.is_empty(), "{}: no place for {}", folder.display(), finding.message);
            assert!(finding.help.is_some(), "{}: no help for {}", folder.display(), finding.message);
        }
    }
}

#[test]
fn the_cases_include_the_same_rules_as_users_do() {
    let copy = bad().join("shared/model.ron");
    let is_same = || fs::read_to_string(&copy).unwrap() == scenario::model_rules();
    // The other tests read this file at the same time: it is only touched where it has to change.
    if blessing() && !is_same() {
        fs::write(&copy, scenario::model_rules()).unwrap();
    }
    assert!(is_same(), "{} is not what scenarios/model.ron says", copy.display());
}

#[test]
fn a_file_of_a_hundred_megabytes_is_not_read() {
    let folder = tempfile::tempdir().unwrap();
    let one = folder.path().join("one");
    fs::create_dir(&one).unwrap();
    let file = fs::File::create(one.join("scenario.ron")).unwrap();
    file.set_len(100 * 1024 * 1024).unwrap(); // sparse: nothing is written to the disk
    let (is_read, findings, files) = look(&one);
    assert!(!is_read && files.is_empty());
    assert_eq!(
        scenario::picture(&findings, &files),
        "error[files::too_large]: `one/scenario.ron` has 100 MiB; a file may have 8
--> one/scenario.ron
 = help: check that it is the file you mean, or cut it in several and include them

1 error
"
    );
}

#[cfg(unix)]
#[test]
fn a_link_that_leads_out_of_the_folder_is_not_followed() {
    let folder = tempfile::tempdir().unwrap();
    let one = folder.path().join("all/one");
    fs::create_dir_all(&one).unwrap();
    fs::write(folder.path().join("secret.ron"), "Part(roles: [])").unwrap();
    std::os::unix::fs::symlink(folder.path().join("secret.ron"), one.join("link.ron")).unwrap();
    fs::write(one.join("scenario.ron"), "Scenario(include: [\"link.ron\"])").unwrap();
    let (_, findings, files) = look(&one);
    assert_eq!(findings.iter().map(|f| f.code).collect::<Vec<_>>(), ["files::outside"]);
    assert_eq!(files.len(), 1);
}

#[test]
fn a_hundred_thousand_brackets_are_refused_and_do_not_overflow() {
    let folder = tempfile::tempdir().unwrap();
    for (n, text) in ["(".repeat(100_000), format!("Scenario(goal: Share({}", "[".repeat(100_000))].iter().enumerate() {
        let path = folder.path().join(format!("deep-{n}.ron"));
        fs::write(&path, text).unwrap();
        let (is_read, findings, files) = look(&path);
        assert!(!is_read);
        assert_eq!(findings.iter().map(|f| f.code).collect::<Vec<_>>(), ["syntax::too_deep"]);
        assert!(scenario::picture(&findings, &files).ends_with("1 error\n"));
    }
}

#[test]
fn a_folder_that_is_not_there_is_named_with_the_near_one() {
    let (is_read, findings, _) = look(&bad().join("shred"));
    let finding = findings.iter().next().unwrap();
    assert!(!is_read);
    assert_eq!((finding.code, finding.help.as_deref()), ("files::missing", Some("did you mean `shared`?")));
}
