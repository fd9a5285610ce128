//! Holds the drawing in `src/lib.rs`: rooms in order, each looking only at rooms above it.

use std::collections::BTreeSet;
use std::path::Path;
use std::path::PathBuf;

/// The rooms in the order in which data flows. `main` and `lib` stand outside.
const ROOMS: [&str; 37] = [
    "units",
    "source",
    "findings",
    "packed",
    "luck",
    "calendar",
    "bells",
    "district",
    "timetable",
    "clauses",
    "levers",
    "readiness",
    "plan",
    "people",
    "nation",
    "adoption",
    "kernel",
    "ensemble",
    "spread",
    "ledger",
    "effects",
    "candidates",
    "designs",
    "sensitivity",
    "series",
    "calibration",
    "scenario",
    "pipeline",
    "compare",
    "propose",
    "experiments",
    "trace",
    "observed",
    "validate",
    "report",
    "store",
    "cli",
];

/// Rooms that compute: no files, no clock, no printing.
const DOMAIN_ROOMS: usize = 26;

fn sources() -> Vec<(PathBuf, String)> {
    let mut files = Vec::new();
    collect(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src"), &mut files);
    files.sort();
    files
}

fn collect(folder: &Path, files: &mut Vec<(PathBuf, String)>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            collect(&path, files);
        } else if path.extension().is_some_and(|e| e == "rs") {
            let text = std::fs::read_to_string(&path).unwrap();
            files.push((path, text));
        }
    }
}

fn room_of(path: &Path) -> Option<usize> {
    let inside = path.strip_prefix(Path::new(env!("CARGO_MANIFEST_DIR")).join("src")).unwrap();
    let first = inside.components().next().unwrap().as_os_str().to_str().unwrap();
    ROOMS.iter().position(|room| *room == first.trim_end_matches(".rs"))
}

/// The code of a file without its tests and comments.
fn code(text: &str) -> String {
    let before_tests = text.split("#[cfg(test)]\nmod tests").next().unwrap();
    before_tests.lines().filter(|line| !line.trim_start().starts_with("//")).collect::<Vec<_>>().join("\n")
}

fn rooms_named(text: &str) -> BTreeSet<&str> {
    let after = text.split("crate::").skip(1);
    after.map(|rest| rest.split(|c: char| !(c.is_alphanumeric() || c == '_')).next().unwrap()).collect()
}

#[test]
fn every_file_is_in_a_room() {
    for (path, _) in sources() {
        let outside = path.ends_with("src/lib.rs") || path.ends_with("src/main.rs");
        assert!(outside || room_of(&path).is_some(), "{} is in no room", path.display());
    }
}

#[test]
fn a_room_looks_only_at_rooms_above_it() {
    let mut wrong = Vec::new();
    for (path, text) in sources() {
        let Some(own) = room_of(&path) else { continue };
        for named in rooms_named(&code(&text)) {
            let place = ROOMS.iter().position(|room| *room == named);
            match place {
                Some(place) if place <= own => {}
                Some(_) => wrong.push(format!("{} looks down at {named}", path.display())),
                None => wrong.push(format!("{} names crate::{named}, which is no room", path.display())),
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn one_import_a_line_and_super_only_in_tests() {
    for (path, text) in sources() {
        let code = code(&text);
        assert!(!code.contains("use crate::{"), "{} imports several rooms at once", path.display());
        let test_only = path.file_name().is_some_and(|n| n == "tests.rs" || n == "made.rs" || n == "sample.rs");
        assert!(test_only || !code.contains("super::"), "{} uses super:: outside its tests", path.display());
    }
}

#[test]
fn domain_rooms_do_no_input_or_output_and_read_no_clock() {
    for (path, text) in sources() {
        if room_of(&path).is_none_or(|room| room >= DOMAIN_ROOMS) {
            continue;
        }
        let code = code(&text);
        for forbidden in ["std::fs", "std::io", "println!", "eprintln!", "SystemTime", "Instant", "std::env", "HashMap"]
        {
            assert!(!code.contains(forbidden), "{} uses {forbidden}", path.display());
        }
    }
}

#[test]
fn only_the_store_writes_files() {
    for (path, text) in sources() {
        let writes = ["fs::write", "File::create", "create_dir", "fs::rename", "remove_file"];
        let is_store = room_of(&path).is_some_and(|room| ROOMS[room] == "store");
        assert!(is_store || writes.iter().all(|w| !code(&text).contains(w)), "{} writes files", path.display());
    }
}

#[test]
fn the_drawing_lists_the_rooms_in_this_order() {
    let lib = std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("src/lib.rs")).unwrap();
    let listed: Vec<&str> =
        lib.lines().filter_map(|line| line.strip_prefix("pub mod ")).map(|rest| rest.trim_end_matches(';')).collect();
    assert_eq!(listed, ROOMS);
}

#[test]
fn files_stay_short_enough_to_read() {
    for (path, text) in sources() {
        let test_only = path.file_name().is_some_and(|n| n == "obvious.rs" || n == "made.rs" || n == "sample.rs");
        if test_only {
            continue;
        }
        let lines = text.split("#[cfg(test)]\nmod tests").next().unwrap().lines().count();
        assert!(lines <= 400, "{} has {lines} lines without its tests", path.display());
    }
}
