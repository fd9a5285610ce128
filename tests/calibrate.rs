//! `earlybell calibrate` as users call it: exit codes, findings, files, the same bytes on any number of threads.

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

/// States with a charter law, of 51, from 1991 on.
const CHARTER_LAWS: &str = "time,count,denominator\n1991,1,51\n1992,2,51\n1993,7,51\n1994,11,51\n1995,19,51\n1996,26,51\n1997,30,51\n\
                            1998,34,51\n1999,36,51\n2000,36,51\n2001,37,51\n2002,39,51\n2003,40,51\n";

/// Shares using within the two years of the template.
const OF_A_DISTRICT: &str = "time,percent\n0.5,0\n0.8,2\n1.1,9\n1.4,20\n1.6,33\n1.9,41\n";

/// The command in a folder that holds `series.csv`.
fn calibrate(folder: &Path, text: &str, more: &[&str]) -> Command {
    std::fs::write(folder.join("series.csv"), text).unwrap();
    let mut command = Command::cargo_bin("earlybell").unwrap();
    command.current_dir(folder).args(["calibrate", "series.csv", "--output", "out"]).args(more);
    command
}

/// What is said of a series that is refused with exit code 2.
fn refused(text: &str, more: &[&str]) -> String {
    let folder = tempfile::tempdir().unwrap();
    let output = calibrate(folder.path(), text, more).output().unwrap();
    assert_eq!(output.status.code(), Some(2), "{}", text_of(output.stdout));
    assert!(!folder.path().join("out").exists(), "nothing is written");
    text_of(output.stderr)
}

fn template() -> String {
    project().join("scenarios/template.ron").to_string_lossy().into_owned()
}

#[test]
fn the_same_fit_gives_the_same_bytes_on_any_number_of_threads() {
    let runs: Vec<(Files, Vec<u8>)> = ["1", "2", "7"]
        .map(|threads| {
            let folder = tempfile::tempdir().unwrap();
            let mut command =
                calibrate(folder.path(), CHARTER_LAWS, &["--hold-out", "0.33", "--particles", "60", "--json"]);
            let output = command.env("RAYON_NUM_THREADS", threads).output().unwrap();
            assert_eq!(output.status.code(), Some(0), "{}", text_of(output.stderr));
            (files(&folder.path().join("out")), output.stdout)
        })
        .into();
    assert!(runs[0] == runs[1] && runs[1] == runs[2]);
    let names: Vec<&str> = runs[0].0.keys().map(String::as_str).collect();
    let expected = [
        "calibrate.html",
        "calibrate.json",
        "charts/calibrate.png",
        "charts/calibrate.svg",
        "curve.csv",
        "judged.csv",
        "parameters.csv",
        "receipt.json",
    ];
    assert_eq!(names, expected);
}

#[test]
fn a_scenario_fitted_to_a_series_gives_the_same_bytes_on_any_number_of_threads() {
    let template = template();
    let more = ["--scenario", &template, "--fit", "will.team", "--fit", "will.disposition-mean", "--particles", "20"];
    let runs: Vec<Vec<u8>> = ["1", "2", "7"]
        .map(|threads| {
            let folder = tempfile::tempdir().unwrap();
            let mut command = calibrate(folder.path(), OF_A_DISTRICT, &more);
            let output = command.arg("--json").env("RAYON_NUM_THREADS", threads).output().unwrap();
            assert_eq!(output.status.code(), Some(0), "{}", text_of(output.stderr));
            output.stdout
        })
        .into();
    assert!(runs[0] == runs[1] && runs[1] == runs[2]);
    let json: Value = serde_json::from_slice(&runs[0]).unwrap();
    assert_eq!(json["simulated"]["measure"], "Using");
    assert_eq!(json["parameters"].as_array().unwrap().len(), 5, "two of the scenario, three of the errors");
    let ahead = json["forecast"].as_array().unwrap().last().unwrap()["years"].as_f64().unwrap();
    assert!(ahead > 0.0, "the forecast goes on to the end of the scenario");
}

#[test]
fn what_is_held_out_is_judged_against_eight_rivals() {
    let folder = tempfile::tempdir().unwrap();
    let more = ["--hold-out", "0.33", "--particles", "100", "--json"];
    let output = calibrate(folder.path(), CHARTER_LAWS, &more).output().unwrap();
    let json: Value = serde_json::from_slice(&output.stdout).unwrap();
    let judged: Vec<&str> = json["judged"].as_array().unwrap().iter().map(|j| j["model"].as_str().unwrap()).collect();
    let expected = [
        "built-in model",
        "Bass",
        "logistic",
        "Gompertz",
        "line",
        "Bass, shifted",
        "logistic, shifted",
        "Gompertz, shifted",
        "last value",
    ];
    assert_eq!(judged, expected);
    assert_eq!(json["fitted_points"], 9); // by hand: 0.33 of 13 is 4.29, which is 4
    let last = &json["judged"][8];
    // by hand: 36, 37, 39, 40 of 51 against 36: squares 0, 1, 9, 16, their mean 6.5, its root 2.55 of 51
    assert!((last["rmse"].as_f64().unwrap() - 6.5f64.sqrt() / 51.0).abs() < 1e-9);
    let table = std::fs::read_to_string(folder.path().join("out/judged.csv")).unwrap();
    assert_eq!(table.lines().count(), 10);
}

#[test]
fn a_fit_is_verified_by_its_receipt_and_a_changed_figure_is_found() {
    let folder = tempfile::tempdir().unwrap();
    calibrate(folder.path(), CHARTER_LAWS, &["--particles", "40", "--seed", "7"]).assert().code(0);
    let verify = || {
        let mut command = Command::cargo_bin("earlybell").unwrap();
        command.current_dir(folder.path()).args(["verify", "out"]);
        command
    };
    verify().assert().code(0);
    let table = folder.path().join("out/curve.csv");
    let changed = text_of(std::fs::read(&table).unwrap()).replace('5', "6");
    std::fs::write(&table, changed).unwrap();
    let said = text_of(&verify().assert().code(2).get_output().stderr);
    assert!(said.contains("curve.csv"), "{said}");
    std::fs::write(folder.path().join("series.csv"), CHARTER_LAWS.replace("2003,40", "2003,41")).unwrap();
    let said = text_of(&verify().assert().code(2).get_output().stderr);
    assert!(said.contains("input series.csv is not the same"), "{said}");
}

#[test]
fn everything_that_is_wrong_with_a_series_is_told_at_once_with_its_line() {
    let bad = "time,share,weight\n1990,0.1,1\n1991,1.2,1\n";
    let expected = "error[series::unknown_column]: line 1: there is no column `weight` in a series
 --> series.csv:1:1
  |
1 | time,share,weight
  | ^^^^^^^^^^^^^^^^^ the header
  |
  = help: known names: time, count, share, percent, denominator, error, series

1 error
";
    assert_eq!(refused(bad, &[]), expected);
    let bad = "time,share\n1990,0.1\n1991,1.2\n1991,-0.3\n1989,lots\nspring,0.5\n";
    let said = refused(bad, &["--must-rise"]);
    for code in
        ["share_above_one", "negative", "unreadable_number", "unreadable_time", "time_repeats", "time_runs_back"]
    {
        assert!(said.contains(&format!("error[series::{code}]")), "{code}: {said}");
    }
    assert!(said.ends_with("errors\n"), "{said}");
}

#[test]
fn short_falling_and_empty_series_are_refused_and_gaps_are_a_warning() {
    assert!(
        refused("time,share\n1990,0.1\n1991,0.2\n", &[]).contains("the series has 2 points; a curve needs at least 4")
    );
    let falling = "time,share\n1990,0.1\n1991,0.3\n1992,0.2\n1993,0.4\n1994,0.5\n";
    assert!(refused(falling, &["--must-rise"]).contains("cumulative values cannot fall: 0.2 after 0.3"));
    assert!(refused("", &[]).contains("series::empty"));
    let gap = "time,share\n1990,0.1\n1991,0.3\n1992,0.4\n1994,0.5\n1995,0.55\n";
    let folder = tempfile::tempdir().unwrap();
    let of = |more: &[&str]| {
        let output = calibrate(folder.path(), gap, &[&["--particles", "20"], more].concat()).output().unwrap();
        assert_eq!(output.status.code(), Some(0));
        text_of(output.stderr)
    };
    assert!(of(&[]).contains("warning[series::gap]"));
    assert_eq!(of(&["--allow-gaps"]), "");
}

#[test]
fn a_hold_out_that_leaves_too_few_points_says_how_many_may_be_held_out() {
    let six = "time,share\n1958,0.03\n1959,0.13\n1960,0.39\n1961,0.71\n1962,0.92\n1963,1\n";
    let said = refused(six, &["--hold-out", "0.5"]);
    assert!(
        said.contains("holding 3 of 6 points out leaves 3 to fit; the shape of a curve needs at least 4"),
        "{said}"
    );
    assert!(said.contains("hold out 2 at most: --hold-out 0.33"), "{said}");
    assert!(refused(six, &["--hold-out", "1.5"]).contains("write a share between 0 and 1, such as 0.33"));
}

#[test]
fn a_series_among_several_is_named_and_a_misspelt_one_is_answered_with_the_near_one() {
    let two = "series,time,share\nfirst,1,0.1\nfirst,2,0.2\nfirst,3,0.3\nfirst,4,0.4\nsecond,1,0.1\nsecond,2,0.2\nsecond,3,0.3\nsecond,4,0.5\n";
    assert_eq!(
        refused(two, &[]),
        "error: `series.csv` holds 2 series, and one is fitted\n  help: name one with --series: \"first\", \"second\"\n"
    );
    assert_eq!(
        refused(two, &["--series", "secnd"]),
        "error: there is no series `secnd`\n  help: did you mean `second`?\n"
    );
}

#[test]
fn parameters_that_cannot_be_fitted_are_told_with_exit_code_2() {
    let template = template();
    let of = |text: &str, fit: &[&str]| {
        let mut more = vec!["--scenario", &template];
        more.extend(fit.iter().flat_map(|name| ["--fit", *name]));
        refused(text, &more)
    };
    let said = of(OF_A_DISTRICT, &["will.tem"]);
    assert!(said.contains("error[observed::unknown_parameter]: there is no parameter `will.tem`"), "{said}");
    assert!(said.contains("did you mean `will.team`?"), "{said}");
    let said = of(OF_A_DISTRICT, &[]);
    assert!(
        said.starts_with("error: nothing is to be fitted\n  help: name parameters with --fit; these have a range: "),
        "{said}"
    );
    let said = of(CHARTER_LAWS, &["will.team"]);
    assert!(said.contains("the series runs from 1991-01-01 to 2003-01-01, and the scenario from 20"), "{said}");
    assert!(said.contains("as years since its start (0.5, 1, 1.5)"), "{said}");
    let folder = tempfile::tempdir().unwrap();
    let output = calibrate(folder.path(), OF_A_DISTRICT, &["--fit", "will.team"]).output().unwrap();
    assert_eq!(output.status.code(), Some(2), "--fit asks for a scenario");
}

#[test]
fn a_file_that_is_not_there_is_told() {
    let output = earlybell(&["calibrate", "no-such-file.csv"]).output().unwrap();
    assert_eq!(output.status.code(), Some(2));
    assert!(text_of(output.stderr).contains("help: name a CSV file with one row for each observation"));
}
