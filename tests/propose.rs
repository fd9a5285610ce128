//! `earlybell propose` as users call it: exit codes, files, the same bytes on any number of threads.

#[path = "common/command.rs"]
mod common;

use assert_cmd::Command;
use common::Files;
use common::earlybell;
use common::files;
use common::project;
use common::text_of;
use serde_json::Value;
use std::path::Path;
use std::path::PathBuf;

fn propose(scenario: &Path, output: &Path, more: &[&str]) -> Command {
    let mut command = earlybell(&["propose"]);
    command.arg(scenario).arg("--output").arg(output).args(more);
    command
}

/// The template with some of its text changed.
fn changed(folder: &Path, changes: &[(&str, &str)]) -> PathBuf {
    let scenarios = project().join("scenarios");
    let mut text = std::fs::read_to_string(scenarios.join("template.ron")).unwrap();
    for (from, to) in changes {
        assert!(text.contains(from), "the template does not hold {from}");
        text = text.replace(from, to);
    }
    std::fs::copy(scenarios.join("model.ron"), folder.join("model.ron")).unwrap();
    let path = folder.join("scenario.ron");
    std::fs::write(&path, text).unwrap();
    path
}

#[test]
fn the_same_search_gives_the_same_bytes_on_any_number_of_threads() {
    let template = project().join("scenarios/template.ron");
    let runs: Vec<(Files, Vec<u8>)> = ["1", "2", "5"]
        .map(|threads| {
            let folder = tempfile::tempdir().unwrap();
            let mut command = propose(&template, folder.path(), &["--simulate", "4", "--replicates", "6", "--json"]);
            let output = command.env("RAYON_NUM_THREADS", threads).output().unwrap();
            assert_eq!(output.status.code(), Some(0), "{}", text_of(output.stderr));
            (files(folder.path()), output.stdout)
        })
        .into();
    assert!(runs[0] == runs[1] && runs[1] == runs[2]);
    let names: Vec<&str> = runs[0].0.keys().map(String::as_str).collect();
    let expected = [
        "charts/frontier.png",
        "charts/frontier.svg",
        "charts/lawful-region.png",
        "charts/lawful-region.svg",
        "concessions.csv",
        "conflicts.csv",
        "frontier.csv",
        "lawful_region.csv",
        "propose.json",
        "receipt.json",
    ];
    assert_eq!(names, expected);
}

#[test]
fn a_search_is_verified_by_its_receipt_and_a_changed_figure_is_found() {
    let folder = tempfile::tempdir().unwrap();
    let template = project().join("scenarios/template.ron");
    propose(&template, folder.path(), &["--simulate", "2", "--replicates", "2", "--seed", "7"]).assert().code(0);
    let out = folder.path().to_str().unwrap();
    earlybell(&["verify", out]).assert().code(0);
    let table = folder.path().join("frontier.csv");
    let changed = text_of(std::fs::read(&table).unwrap()).replace('5', "6");
    std::fs::write(&table, changed).unwrap();
    let said = text_of(&earlybell(&["verify", out]).assert().code(2).get_output().stderr);
    assert!(said.contains("frontier.csv"), "{said}");
}

#[test]
fn the_json_adds_up() {
    let folder = tempfile::tempdir().unwrap();
    let template = project().join("scenarios/template.ron");
    let output =
        propose(&template, folder.path(), &["--simulate", "3", "--replicates", "2", "--json"]).output().unwrap();
    let json: Value = serde_json::from_slice(&output.stdout).unwrap();
    // by hand: 9 releases, the 90 minutes as read among them, 2 weekdays, 3 frequencies, 4 ways to add, 3 starts, the one
    // as read among them, 3 ratios with the one as read, 3 dates with none: 9 * 2 * 3 * 4 * 3 * 3 * 3
    assert_eq!(json["candidates"], 5_832);
    assert_eq!(json["as_read"]["is_a_candidate"], true, "every other Monday, counted from the first release");
    assert_eq!((&json["looked_at"], &json["exhaustive"]), (&json["candidates"], &Value::Bool(true)));
    let total = json["lawful_region"]["total"]["lawful"].as_u64().unwrap();
    for axis in json["lawful_region"]["by_axis"].as_array().unwrap() {
        let of = |v: &Value| v["candidates"]["lawful"].as_u64().unwrap();
        assert_eq!(axis["values"].as_array().unwrap().iter().map(of).sum::<u64>(), total, "{}", axis["axis"]);
    }
    let frontier = json["frontier"]["candidates"].as_array().unwrap();
    assert!(!frontier.is_empty() && frontier.iter().all(|o| o["using_at_end"]["mean"].as_f64().is_some()));
}

#[test]
fn the_text_keeps_to_a_hundred_columns_and_says_nothing_of_what_ought_to_be() {
    let folder = tempfile::tempdir().unwrap();
    let output = propose(&project().join("scenarios/ccsd93"), folder.path(), &["--simulate", "0"]).output().unwrap();
    assert_eq!(output.status.code(), Some(0), "{}", text_of(output.stderr));
    let text = text_of(output.stdout);
    for line in text.lines() {
        assert!(line.chars().count() <= 100 || line.starts_with("Written to"), "{line}");
    }
    for word in ["should", "recommend", "ought", "must"] {
        assert!(!text.to_lowercase().contains(word), "{word}: {text}");
    }
    assert!(text.contains("exhaustive: all "), "{text}");
    // by hand: not every week has a Tuesday with school, so that 75 min on each are 72.6 a week; 80 are 77.4, above 75
    assert!(text.contains("at most 80 min a week instead of 75 min (one-afternoon-a-week)"), "{text}");
}

#[test]
fn no_lawful_candidate_is_exit_code_1_and_names_what_stands_against_one_another() {
    let folder = tempfile::tempdir().unwrap();
    let scenario = changed(folder.path(), &[("values: [Value(is: Hours(900))]", "values: [Value(is: Hours(9000))]")]);
    let output = propose(&scenario, &folder.path().join("out"), &["--simulate", "0"]).output().unwrap();
    let text = text_of(output.stdout);
    assert_eq!(output.status.code(), Some(1), "{text}{}", text_of(output.stderr));
    assert!(text.contains("Among all candidates: yearly-hours; or elementary-mean."), "{text}");
    assert!(text.contains("There is none: no candidate is lawful."), "{text}");
}

#[test]
fn a_scenario_that_does_not_say_what_may_move_is_exit_code_2() {
    let folder = tempfile::tempdir().unwrap();
    let output = propose(&project().join("scenarios/late-start"), folder.path(), &[]).output().unwrap();
    assert_eq!(output.status.code(), Some(2));
    assert!(text_of(output.stderr).contains("the scenario does not say what may move"));
    assert!(std::fs::read_dir(folder.path()).unwrap().next().is_none(), "nothing is written");
}
