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

fn earlybell(arguments: &[&str]) -> (i32, String, String) {
    let mut command = assert_cmd::Command::cargo_bin("earlybell").unwrap();
    let output = command.current_dir(project()).args(arguments).output().unwrap();
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
    (output.status.code().unwrap(), text(output.stdout), text(output.stderr))
}

/// A copy of the made-up law and its cases, to be changed.
fn law() -> (tempfile::TempDir, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    for name in ["law.ron", "law.cases.ron"] {
        fs::copy(project().join("tests/cases/good_packs").join(name), folder.path().join(name)).unwrap();
    }
    let path = folder.path().join("law.ron");
    (folder, path)
}

fn change(path: &Path, from: &str, to: &str) {
    let text = fs::read_to_string(path).unwrap();
    assert!(text.contains(from), "{} does not hold {from}", path.display());
    fs::write(path, text.replace(from, to)).unwrap();
}

#[test]
fn cases_that_all_pass_end_with_exit_code_0() {
    let (code, said, _) = earlybell(&["clauses", "test", "tests/cases/good_packs"]);
    assert_eq!(code, 0, "{said}");
    assert!(said.contains("  ok      five-hours  Iowa is not Illinois.\n") && said.ends_with("\n7 cases, 0 failed.\n"));
}

#[test]
fn a_case_that_fails_shows_what_was_expected_what_came_and_why() {
    let (_folder, law) = law();
    let cases = law.with_extension("cases.ron");
    change(&cases, "Lasts(Instruction, Minutes(107))", "Lasts(Instruction, Minutes(97))");
    change(&cases, "at_risk: Dollars(180)", "at_risk: Dollars(181)");
    let (code, said, _) = earlybell(&["clauses", "test", law.to_str().unwrap()]);
    assert_eq!(code, 1);
    // by hand: 200 + 97 are 297, 3 short; the Mondays are still excused
    for line in [
        "  FAILED  five-hours  Two short days are excused, and closed days count for nothing.\n".to_string(),
        format!("          at {}:4\n", cases.display()),
        "          outcome: expected holds, got fails\n".to_string(),
        "          slack: expected 7 min, got -3 min\n".to_string(),
        "          reckoned: 200 + 107 - 300 = 7; two Mondays of 240 lack 60 and have 90 of training\n".to_string(),
        "          answered: fails, grade 3, slack -3 min, tightest on 2025-09-02\n".to_string(),
        "297 min instead of 300 min".to_string(),
        "          money at risk: expected $181, got $180\n".to_string(),
        "\n7 cases, 2 failed.\n".to_string(),
    ] {
        assert!(said.contains(&line), "{line} is not in\n{said}");
    }
}

#[test]
fn a_wrong_pack_is_exit_code_2_and_does_not_hide_the_others() {
    let (folder, law) = law();
    fs::copy(project().join("tests/cases/bad_packs/pack-syntax/pack.ron"), folder.path().join("broken.ron")).unwrap();
    let all = folder.path().to_str().unwrap();
    let (code, said, wrong) = earlybell(&["clauses", "test", all]);
    assert_eq!(code, 2);
    assert!(said.ends_with("7 cases, 0 failed.\n") && wrong.contains("did you mean `Statute`?"), "{said}{wrong}");
    let (code, said, wrong) = earlybell(&["clauses", "list", all]);
    assert!(code == 2 && wrong.ends_with("\n1 error\n"), "{wrong}");
    assert!(said.contains("4 clauses: 2 assumed, 3 never checked, 1 not computable.\n"), "{said}");
    change(&law.with_extension("cases.ron"), "clause: \"mean\"", "clause: \"median\"");
    fs::remove_file(folder.path().join("broken.ron")).unwrap();
    let (code, said, wrong) = earlybell(&["clauses", "test", all]);
    assert_eq!((code, said.as_str()), (2, ""));
    assert!(wrong.contains("there is no clause `median`"), "{wrong}");
}

#[test]
fn packs_without_cases_and_files_without_clauses_are_named() {
    let (folder, law) = law();
    fs::remove_file(law.with_extension("cases.ron")).unwrap();
    fs::write(folder.path().join("roles.ron"), "Part(roles: [])").unwrap();
    let all = folder.path().to_str().unwrap();
    let (code, said, _) = earlybell(&["clauses", "test", all]);
    assert_eq!((code, said), (0, format!("Without cases: {all}/law.ron\n0 cases, 0 failed.\n")));
    let (_, said, _) = earlybell(&["clauses", all]);
    assert!(said.ends_with(&format!("Without clauses: {all}/roles.ron\n")), "{said}");
    fs::remove_file(law).unwrap();
    let (code, _, wrong) = earlybell(&["clauses", all]);
    assert!(code == 2 && wrong.contains("holds clauses"), "{wrong}");
}

/// The ids of the clauses that are listed.
fn listed(arguments: &[&str]) -> Vec<String> {
    let all = [&["clauses", "list", "tests/cases/good_packs", "--json"], arguments].concat();
    let (code, said, wrong) = earlybell(&all);
    assert_eq!(code, 0, "{wrong}");
    let value: serde_json::Value = serde_json::from_str(&said).unwrap();
    let packs = value["packs"].as_array().unwrap().iter();
    packs.flat_map(|p| p["clauses"].as_array().unwrap()).map(|c| c["id"].as_str().unwrap().to_string()).collect()
}

#[test]
fn clauses_are_listed_by_state_age_and_assumption() {
    assert_eq!(listed(&[]), ["five-hours", "term", "mean", "bargained"]);
    assert_eq!(listed(&["--state", "WI"]), ["term", "bargained"], "these speak of all states");
    assert_eq!(listed(&["--assumed"]), ["term", "bargained"]);
    // checked on 2023-05-01, the others never
    assert_eq!(listed(&["--older-than", "2023-05-02"]).len(), 4);
    assert_eq!(listed(&["--older-than", "2023-05-01"]), ["term", "mean", "bargained"]);
    assert_eq!(listed(&["--older-than", "1y"]).len(), 4);
    assert_eq!(listed(&["--older-than", "900m"]), ["term", "mean", "bargained"]); // 75 years
}

#[test]
fn the_list_says_what_each_clause_asks_and_how_well_it_is_known() {
    let (_, said, _) = earlybell(&["clauses", "tests/cases/good_packs/law.ron"]);
    let expected = "\
clause      order       changed by  checked on  marks

tests/cases/good_packs/law.ron
five-hours  Statute     State       2023-05-01
    Five hours a day (1)
    at least 5 h of instruction a day, unless short
";
    assert!(said.starts_with(expected), "{said}");
    assert!(said.contains("bargained   Contract    Bargaining  never       assumed, not computable\n"), "{said}");
    assert!(said.ends_with("\n4 clauses: 2 assumed, 3 never checked, 1 not computable.\n"), "{said}");
}

#[test]
fn questions_that_cannot_be_meant_are_answered_with_how_to_ask() {
    for (arguments, help) in [
        (vec!["--older-than", "2w"], "2y, 6m, 2024-01-01"),
        (vec!["--older-than", "60000y"], "2y, 6m, 2024-01-01"),
        (vec!["--state", "il"], "two capital letters"),
        (vec!["nowhere.ron"], "there is no `nowhere.ron`"),
        (vec!["scenarios/ccsd93/scenario.ron"], "is a scenario, not a pack of clauses"),
    ] {
        let (code, _, wrong) = earlybell(&[&["clauses", "list"], arguments.as_slice()].concat());
        assert!(code == 2 && wrong.contains(help), "{arguments:?}: {wrong}");
    }
}

#[test]
fn cases_are_told_as_json_with_their_places() {
    let (code, said, _) = earlybell(&["clauses", "test", "tests/cases/good_packs", "--json"]);
    let value: serde_json::Value = serde_json::from_str(&said).unwrap();
    assert_eq!((code, value["cases"].as_u64(), value["failed"].as_u64()), (0, Some(7), Some(0)));
    let first = &value["packs"][0]["cases"][0];
    assert_eq!(first["at"], "tests/cases/good_packs/law.cases.ron:4");
    assert_eq!(first["answer"]["slack"]["amount"], 7);
}
