//! The command as users call it: exit codes, files, the same bytes on any number of threads.

#[path = "common/command.rs"]
mod common;

use common::Files;
use common::earlybell;
use common::files;
use common::project;
use common::text_of;
use serde_json::Value;
use std::path::Path;

/// A copy of `scenarios/`, to be changed.
fn copied_scenarios() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    for (name, bytes) in files(&project().join("scenarios")) {
        let path = folder.path().join(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, bytes).unwrap();
    }
    folder
}

fn change(path: &Path, from: &str, to: &str) {
    let text = std::fs::read_to_string(path).unwrap();
    assert!(text.contains(from), "{} does not hold {from}", path.display());
    std::fs::write(path, text.replace(from, to)).unwrap();
}

#[test]
fn the_same_scenario_gives_the_same_bytes_on_any_number_of_threads() {
    let runs: Vec<Files> = ["1", "2", "7"]
        .map(|threads| {
            let output = tempfile::tempdir().unwrap();
            let folder = output.path().join("run");
            earlybell(&["run", "--replicates", "24", "--output", folder.to_str().unwrap()])
                .env("RAYON_NUM_THREADS", threads)
                .assert()
                .code(0);
            files(&folder)
        })
        .into();
    for name in [
        "results.json",
        "tables/adoption_weekly.csv",
        "report.html",
        "charts/adoption.png",
        "charts/snow.png",
        "tables/snow.csv",
        "receipt.json",
    ] {
        assert!(runs[0].contains_key(name), "{name} is missing");
    }
    for other in &runs[1..] {
        let differing: Vec<&String> = runs[0].keys().filter(|name| runs[0].get(*name) != other.get(*name)).collect();
        assert!(differing.is_empty(), "these differ: {differing:?}");
        assert_eq!(runs[0].len(), other.len());
    }
}

#[test]
fn another_seed_gives_other_curves() {
    let folder = tempfile::tempdir().unwrap();
    let results = |seed: &str| {
        let output = folder.path().join(seed);
        let arguments =
            ["run", "scenarios/late-start", "--replicates", "5", "--seed", seed, "--output", output.to_str().unwrap()];
        earlybell(&arguments).assert().code(0);
        std::fs::read(output.join("tables/adoption_weekly.csv")).unwrap()
    };
    assert_ne!(results("1"), results("2"));
}

#[test]
fn a_receipt_verifies_until_something_changes() {
    let scenarios = copied_scenarios();
    let scenario = scenarios.path().join("late-start");
    let output = scenarios.path().join("out");
    let (scenario, out) = (scenario.to_str().unwrap(), output.to_str().unwrap());
    earlybell(&["run", scenario, "--replicates", "5", "--output", out]).assert().code(0);
    earlybell(&["verify", out]).assert().code(0);
    change(&output.join("results.json"), "late-start", "later-start");
    let said = text_of(earlybell(&["verify", out]).assert().code(2).get_output().stderr.clone());
    assert!(said.contains("results.json in the folder was changed after the run"), "{said}");
    earlybell(&["run", scenario, "--replicates", "5", "--output", out]).assert().code(0);
    change(&scenarios.path().join("model.ron"), "Parameter(is: 0.45,", "Parameter(is: 0.46,");
    let said = text_of(earlybell(&["verify", out]).assert().code(2).get_output().stderr.clone());
    assert!(said.contains("input model.ron is not the same"), "{said}");
}

#[test]
fn a_clause_that_is_not_met_is_exit_code_1_and_named_with_its_shortfall() {
    let scenarios = copied_scenarios();
    change(&scenarios.path().join("ccsd93/contract.ron"), "Value(is: Minutes(75)", "Value(is: Minutes(60)");
    let scenario = scenarios.path().join("ccsd93");
    let said = text_of(earlybell(&["check", scenario.to_str().unwrap()]).assert().code(1).get_output().stdout.clone());
    let line = said.lines().find(|l| l.starts_with("one-afternoon-a-week")).unwrap();
    assert!(line.contains("fails") && line.contains("-15 min"), "{line}"); // by hand: 60 less 75
    earlybell(&["explain", "clause", "one-afternoon-a-week", "--scenario", scenario.to_str().unwrap()])
        .assert()
        .code(1);
}

#[test]
fn a_wrong_scenario_is_exit_code_2_and_leaves_no_output() {
    let scenarios = copied_scenarios();
    change(&scenarios.path().join("ccsd93/bells.ron"), "\"12:10\", \"12:30\"", "\"12:00\", \"12:30\"");
    let (scenario, output) = (scenarios.path().join("ccsd93"), scenarios.path().join("out"));
    let arguments = ["run", scenario.to_str().unwrap(), "--output", output.to_str().unwrap()];
    let said = text_of(earlybell(&arguments).assert().code(2).get_output().stderr.clone());
    assert!(said.contains("bells::overlap") && said.contains("ccsd93/bells.ron"), "{said}");
    assert!(!output.exists());
}

#[test]
fn a_folder_that_cannot_be_written_is_exit_code_3() {
    let folder = tempfile::tempdir().unwrap();
    let in_the_way = folder.path().join("file");
    std::fs::write(&in_the_way, "x").unwrap();
    let output = in_the_way.join("out");
    let arguments = ["run", "scenarios/late-start", "--replicates", "1", "--output", output.to_str().unwrap()];
    earlybell(&arguments).assert().code(3);
}

#[test]
fn new_copies_the_template_which_runs_and_is_never_overwritten() {
    let folder = tempfile::tempdir().unwrap();
    let mine = folder.path().join("mine");
    let mine = mine.to_str().unwrap();
    earlybell(&["new", mine]).assert().code(0);
    let output = folder.path().join("out");
    earlybell(&["run", mine, "--replicates", "3", "--output", output.to_str().unwrap()]).assert().code(0);
    let said = text_of(earlybell(&["new", mine]).assert().code(2).get_output().stderr.clone());
    assert!(said.contains("is there already"), "{said}");
}

#[test]
fn everything_that_prints_also_prints_json() {
    let output = tempfile::tempdir().unwrap();
    let out = output.path().join("run");
    let out = out.to_str().unwrap();
    let new = output.path().join("new");
    for arguments in [
        vec!["check", "--json"],
        vec!["breakeven", "scenarios/late-start", "--json"],
        vec!["snow", "--replicates", "5", "--json"],
        vec!["graph", "--json"],
        vec!["graph", "--why", "practice:inquiry", "--json"],
        vec!["explain", "clause", "il-clock-hours", "--json"],
        vec!["explain", "school", "stratford", "--json"],
        vec!["explain", "date", "2025-09-08", "--json"],
        vec!["explain", "condition", "agreement", "--json"],
        vec!["run", "scenarios/late-start", "--replicates", "2", "--output", out, "--json"],
        vec!["verify", out, "--json"],
        vec!["new", new.to_str().unwrap(), "--json"],
    ] {
        let printed = earlybell(&arguments).assert().code(0).get_output().stdout.clone();
        let value: Value = serde_json::from_slice(&printed).unwrap_or_else(|e| panic!("{arguments:?}: {e}"));
        assert!(value.is_object(), "{arguments:?}");
    }
}

#[test]
fn a_name_that_is_not_there_is_answered_with_the_near_one() {
    for (arguments, near) in [
        (vec!["explain", "clause", "il-clock-hour"], "il-clock-hours"),
        (vec!["explain", "school", "stradford"], "stratford"),
        (vec!["graph", "--why", "agrement"], "agreement"),
        (vec!["breakeven", "--school", "jay-streem"], "jay-stream"),
        (vec!["explain", "date", "2025-09-08", "--school", "jay-streem"], "jay-stream"),
    ] {
        let said = text_of(earlybell(&arguments).assert().code(2).get_output().stderr.clone());
        assert!(said.contains(&format!("did you mean `{near}`?")), "{said}");
    }
}

#[test]
fn the_graph_comes_as_text_svg_and_dot() {
    let text =
        |format: &str| text_of(earlybell(&["graph", "--format", format]).assert().code(0).get_output().stdout.clone());
    assert!(text("text").contains("* board-approval"));
    assert!(text("svg").starts_with("<svg") && text("svg").contains("The board approves the plan"));
    assert!(text("dot").starts_with("digraph"));
}

#[test]
fn the_graph_as_pixels_needs_a_file() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("graph.png");
    earlybell(&["graph", "--format", "png", "--output", file.to_str().unwrap()]).assert().code(0);
    assert!(std::fs::read(&file).unwrap().starts_with(b"\x89PNG"));
    let refused = earlybell(&["graph", "--format", "png"]).assert().code(2).get_output().clone();
    assert!(refused.stdout.is_empty() && text_of(refused.stderr).contains("--format png --output graph.png"));
}

#[test]
fn without_a_need_the_graph_is_ready_earlier() {
    let from = |more: &[&str]| {
        let arguments = [&["graph", "--json", "--school", "carol-stream"], more].concat();
        let printed = earlybell(&arguments).assert().code(0).get_output().stdout.clone();
        let graph: Value = serde_json::from_slice(&printed).unwrap();
        let inquiry = graph["conditions"].as_array().unwrap().iter().find(|n| n["id"] == "practice:inquiry").unwrap();
        inquiry["holds_from"].as_str().unwrap().to_string()
    };
    // by hand: devices hold from 23 March 2026; without them the Monday release of 9 February is the last
    assert_eq!(from(&[]), "2026-03-23");
    assert_eq!(from(&["--without", "practice:inquiry", "device-access"]), "2026-02-09");
    earlybell(&["graph", "--without", "practice:inquiry", "buses-moved"]).assert().code(2);
}

#[test]
fn a_lever_goes_as_far_as_its_clauses_let_it() {
    let printed = |arguments: &[&str]| {
        text_of(earlybell(&[&["breakeven"], arguments].concat()).assert().code(0).get_output().stdout.clone())
    };
    let release = printed(&["--lever", "release"]);
    let row = |id: &str| release.lines().find(|l| l.trim_start().starts_with(id)).unwrap();
    // by hand: the contract's 75 minutes are all used, so one more breaks them
    assert!(release.contains("Furthest: 0 min earlier"), "{release}");
    assert!(row("one-afternoon-a-week").contains("1 min over (76 min, limit 75 min)"), "{release}");
    // by hand: elementary Mondays have 285 minutes, and short days need 180; 285 less 105 are 180
    assert!(row("il-clock-hours").contains("from 106 min on"), "{release}");
    assert!(release.contains("Every value from 0 to 344 min was tried."), "{release}"); // by hand: 345 less the last
    let snow = printed(&["--lever", "snow-days", "--school", "stratford"]);
    // by hand: 176 days laid out and 176 asked; five proposed days make five lost ones up
    assert!(snow.contains("With 1 day lost,") && snow.contains("With 6 days lost,"), "{snow}");
    assert!(snow.contains("make up 5 of 5 days lost, and 5 of 6 days lost"), "{snow}");
    let days = printed(&["scenarios/late-start", "--lever", "release-days"]);
    assert!(days.contains("there are no release days to count"), "{days}");
    // by hand: 33 Mondays of 15 minutes are 495, all there is to spare; one minute more is 33 short
    let mondays = printed(&["scenarios/late-start", "--lever", "release"]);
    assert!(mondays.contains("Furthest: 15 min earlier") && mondays.contains("33 min short"), "{mondays}");
    let tuesdays = printed(&["scenarios/late-start", "--lever", "release", "--weekday", "tuesday"]);
    assert!(tuesdays.contains("On Tuesdays no schedule lets pupils leave earlier"), "{tuesdays}");
}

#[test]
fn lost_days_break_the_days_of_attendance_as_often_as_reckoned() {
    let printed = |arguments: &[&str]| {
        text_of(earlybell(&[&["snow"], arguments].concat()).assert().code(0).get_output().stdout.clone())
    };
    let answer: Value = serde_json::from_str(&printed(&["--replicates", "400", "--json"])).unwrap();
    let years = answer["school_years"].as_array().unwrap();
    let share = |key: &str| {
        let sum: f64 = years.iter().map(|y| y["some_clause_breaks"][key]["share"].as_f64().unwrap()).sum();
        sum / years.len() as f64
    };
    // by hand: 176 days are asked and 176 laid out, so a year breaks unless no day is lost; none is lost with
    // e^-0.2 * (0.9 / 1.6)^0.9 * (0.9 / 1.4)^0.9 * e^-0.1 = 0.819 * 0.596 * 0.672 * 0.905 = 0.297; four standard
    // errors of 2,000 years are 0.041
    assert!((share("nothing_made_up") - 0.703).abs() < 0.041, "{}", share("nothing_made_up"));
    assert!(share("after_emergency_days") < 0.05);
    let text = printed(&["--replicates", "20", "--seed", "4"]);
    assert!(text.contains("5 emergency days are proposed") && text.contains("il-attendance-days"), "{text}");
    assert_ne!(text, printed(&["--replicates", "20", "--seed", "5"]).replace("seed 5", "seed 4"));
    let refused = earlybell(&["snow", "scenarios/late-start"]).assert().code(2).get_output().clone();
    assert!(text_of(refused.stderr).contains("closures: Closures(by_month:"));
}

#[test]
fn completions_are_printed_for_every_shell() {
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        let printed = text_of(earlybell(&["completions", shell]).assert().code(0).get_output().stdout.clone());
        assert!(printed.contains("earlybell"), "{shell}");
    }
}

/// `EARLYBELL_BLESS=1 cargo test --test command` rewrites the golden files; read the difference before you commit it.
fn golden(name: &str, arguments: &[&str]) -> String {
    let printed = text_of(earlybell(arguments).assert().code(0).get_output().stdout.clone());
    let path = project().join("tests/golden").join(name);
    if std::env::var_os("EARLYBELL_BLESS").is_some() {
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(&path, &printed).unwrap();
    }
    let expected = std::fs::read_to_string(&path).unwrap();
    assert_eq!(printed, expected, "tests/golden/{name} is not what the command prints");
    printed
}

#[test]
fn the_clauses_of_the_main_scenario_stand_as_reckoned() {
    let printed = golden("ccsd93-check.txt", &["check", "scenarios/ccsd93"]);
    let slack = |id: &str| {
        let line = printed.lines().find(|l| l.starts_with(id)).unwrap();
        line["clause                       verdict".len()..]
            .split("  ")
            .find(|s| s.contains("min") || s.contains("day"))
            .unwrap()
            .trim()
            .to_string()
    };
    // by hand: middle Mondays 8:00 to 13:45 are 345 min; less 30 of lunch 315; less the 300 asked, 15
    assert_eq!(slack("il-clock-hours"), "15 min");
    // by hand: an elementary teacher's classes on a Tuesday are 90 + 45 + 195 = 330 min; 360 less 330 is 30
    assert_eq!(slack("contact-time"), "30 min");
    assert_eq!(slack("il-attendance-days"), "0 days"); // by hand: 176 days laid out, 176 asked
}

#[test]
fn the_monday_release_is_explained_with_its_exception() {
    let printed =
        golden("ccsd93-clock-hours.txt", &["explain", "clause", "il-clock-hours", "--scenario", "scenarios/ccsd93"]);
    // by hand: elementary Mondays 175 + 110 = 285, 15 short; in the week of Thanksgiving only Tuesday lies between two
    // Mondays, with 370 - 300 = 70 over; 70 - 15 = 55
    assert!(printed.contains("slack 55 min, tightest on 2025-11-24"), "{printed}");
    assert!(printed.contains("285 min, 15 min short of 300"), "{printed}");
}

#[test]
fn a_monday_is_explained_with_the_minutes_of_everybody() {
    let printed = golden("ccsd93-monday.txt", &["explain", "date", "2025-09-08", "--school", "carol-stream"]);
    assert!(printed.contains("8:45 to 14:15, 330 min"), "{printed}"); // published: Mon 8:45-2:15; 90 less than 420
    assert!(printed.contains("professional development 75"), "{printed}"); // published: 75 minutes one day a week
}
