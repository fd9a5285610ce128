//! `earlybell sweep`, `sensitivity` and `merge` as users call them: units in any order and on any number of threads give
//! the same bytes, and whatever is wrong with a question is told.

#[path = "common/command.rs"]
mod common;

use common::Files;
use common::earlybell;
use common::files;
use common::project;
use common::text_of;
use serde_json::Value;
use std::path::Path;

/// Twelve points of a parameter and a role, two a unit.
const SWEEP: [&str; 7] = [
    "sweep",
    "scenarios/template.ron",
    "--lever",
    "will.team=0.1..0.4:4",
    "--lever",
    "roles.coach.one_per=25,30,45",
    "--replicates=200",
];

/// The same levers with few runs.
const QUICK: [&str; 6] = [SWEEP[0], SWEEP[1], SWEEP[2], SWEEP[3], SWEEP[4], SWEEP[5]];

fn run(arguments: &[&str], more: &[&str], output: &Path, threads: &str) -> (Option<i32>, String, String) {
    let mut command = earlybell(arguments);
    command.args(more).arg("--output").arg(output).env("RAYON_NUM_THREADS", threads);
    let output = command.output().unwrap();
    (output.status.code(), text_of(output.stdout), text_of(output.stderr))
}

fn merged(folders: &[&Path]) -> (Option<i32>, String, String) {
    let mut command = earlybell(&["merge"]);
    command.args(folders);
    let output = command.output().unwrap();
    (output.status.code(), text_of(output.stdout), text_of(output.stderr))
}

/// What was written but for the units.
fn results(folder: &Path) -> Files {
    files(folder).into_iter().filter(|(name, _)| !name.starts_with("units")).collect()
}

fn refused(arguments: &[&str]) -> String {
    let folder = tempfile::tempdir().unwrap();
    let (code, said, wrong) = run(arguments, &[], &folder.path().join("out"), "2");
    assert_eq!(code, Some(2), "{said}{wrong}");
    assert!(!folder.path().join("out").exists(), "nothing is written");
    wrong
}

#[test]
fn a_sweep_gives_the_same_bytes_on_any_number_of_threads() {
    let runs: Vec<Files> = ["1", "2", "7"]
        .map(|threads| {
            let folder = tempfile::tempdir().unwrap();
            let (code, _, wrong) = run(&SWEEP, &[], folder.path(), threads);
            assert_eq!(code, Some(0), "{wrong}");
            files(folder.path())
        })
        .into();
    assert!(runs[0] == runs[1] && runs[1] == runs[2]);
    for name in
        ["sweep.html", "sweep.json", "design.csv", "outcomes.csv", "charts/heat-using_at_end.png", "receipt.json"]
    {
        assert!(runs[0].contains_key(name), "{name} is missing");
    }
    assert_eq!(runs[0].keys().filter(|name| name.starts_with("units/unit-")).count(), 6); // by hand: 12 points, 2 a unit
}

#[test]
fn units_computed_apart_in_any_order_merge_to_the_bytes_of_one_run() {
    let (whole, first, second) =
        (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    assert_eq!(run(&SWEEP, &[], whole.path(), "2").0, Some(0));
    for (units, folder) in [("5..6", &second), ("1..3", &first), ("3..5", &second), ("2..4", &first)] {
        let (code, said, wrong) = run(&SWEEP, &["--units", units], folder.path(), "2");
        assert_eq!(code, Some(0), "{wrong}");
        assert!(said.contains("Missing: "), "{said}");
        assert!(!folder.path().join("sweep.html").exists());
    }
    let (code, _, wrong) = merged(&[first.path(), second.path()]);
    assert_eq!(code, Some(2));
    assert!(wrong.contains("1 of 6 units are missing: 0..1"), "{wrong}");
    let (_, said, _) = run(&SWEEP, &["--units", "0..1"], second.path(), "2");
    assert!(said.contains("4 of 6 units are kept"), "{said}");
    for order in [[first.path(), second.path()], [second.path(), first.path()]] {
        let (code, _, wrong) = merged(&order);
        assert_eq!(code, Some(0), "{wrong}");
        assert!(results(order[0]) == results(whole.path()));
    }
}

#[test]
fn a_sweep_goes_on_where_it_was_broken_off() {
    let folder = tempfile::tempdir().unwrap();
    run(&SWEEP, &[], folder.path(), "2");
    let before = files(folder.path());
    let unit = before.keys().find(|name| name.starts_with("units/unit-00002")).unwrap();
    let (gone, kept) = (folder.path().join(unit), folder.path().join(unit.replace("00002", "00003")));
    std::fs::remove_file(&gone).unwrap();
    std::fs::remove_file(folder.path().join("sweep.html")).unwrap();
    let written = std::fs::metadata(&kept).unwrap().modified().unwrap();
    let (code, _, wrong) = run(&SWEEP, &[], folder.path(), "1");
    assert_eq!(code, Some(0), "{wrong}");
    assert!(files(folder.path()) == before);
    assert_eq!(
        std::fs::metadata(&kept).unwrap().modified().unwrap(),
        written,
        "a unit that was there is not made again"
    );
}

#[test]
fn units_of_another_question_or_scenario_and_damaged_ones_are_clear_errors() {
    let folder = tempfile::tempdir().unwrap();
    run(&SWEEP, &["--units", "0..1"], folder.path(), "2");
    let (code, _, wrong) = run(&SWEEP, &["--seed", "4"], folder.path(), "2");
    assert_eq!(code, Some(2));
    assert!(wrong.contains("unit-00000-") && wrong.contains("belongs to experiment"), "{wrong}");
    assert!(wrong.contains("remove what the folder keeps"), "{wrong}");
    let (code, _, wrong) = run(&SWEEP, &["--units", "9..12"], folder.path(), "2");
    assert_eq!((code, wrong.contains("there is no unit 11: the 6 units are 0..6")), (Some(2), true), "{wrong}");
    let unit = files(folder.path()).into_keys().find(|name| name.contains("unit-00000")).unwrap();
    std::fs::write(folder.path().join(unit), "{").unwrap();
    let (code, _, wrong) = run(&SWEEP, &[], folder.path(), "2");
    assert_eq!((code, wrong.contains("not a unit of an experiment")), (Some(2), true), "{wrong}");
    let (code, _, wrong) = merged(&[&folder.path().join("nowhere")]);
    assert_eq!((code, wrong.contains("keeps units in") || wrong.contains("keep units in")), (Some(2), true), "{wrong}");
}

/// Whole, by some units in two folders, and back: bytes of the merged run are those of the whole one.
fn apart_and_together(what: &[&str], units: [&[&str]; 2]) {
    let (whole, first, second) =
        (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let (code, _, wrong) = run(what, &[], whole.path(), "2");
    assert!(matches!(code, Some(0 | 1)), "{wrong}");
    for (folder, units) in [(&first, units[0]), (&second, units[1])] {
        for (units, threads) in units.iter().zip(["1", "7"]) {
            let (code, said, wrong) = run(what, &["--units", units], folder.path(), threads);
            assert_eq!(code, Some(0), "{wrong}");
            assert!(said.contains("Missing: "), "{said}");
            assert!(!folder.path().join("report.html").exists());
        }
    }
    let (code, _, wrong) = merged(&[first.path()]);
    assert_eq!((code, wrong.contains("units are missing")), (Some(2), true), "{wrong}");
    for order in [[first.path(), second.path()], [second.path(), first.path()]] {
        let (code, said, wrong) = merged(&order);
        assert!(matches!(code, Some(0 | 1)), "{wrong}");
        assert!(said.contains("report.html"), "{said}");
        assert!(results(order[0]) == results(whole.path()));
    }
}

#[test]
fn replicates_of_a_run_that_are_computed_apart_merge_to_the_bytes_of_one_run() {
    // by hand: 45 replicates, ten a unit, are five units, and the last one is of five
    apart_and_together(&["run", "scenarios/template.ron", "--replicates=45"], [&["4..5", "0..2"], &["1..3", "2..4"]]);
}

#[test]
fn replicates_of_a_nation_that_are_computed_apart_merge_to_the_bytes_of_one_run() {
    apart_and_together(&["run", "scenarios/nation+forty", "--replicates=3"], [&["2..3", "0..1"], &["1..2"]]);
}

#[test]
fn units_of_another_run_and_damaged_ones_are_clear_errors() {
    let folder = tempfile::tempdir().unwrap();
    let what = ["run", "scenarios/template.ron", "--replicates=20"];
    let (code, _, wrong) = run(&what, &["--units", "1..3"], folder.path(), "2");
    let none = "there is no unit 2: the 2 units of 20 replicates are 0..2";
    assert_eq!((code, wrong.contains(none)), (Some(2), true), "{wrong}");
    assert!(files(folder.path()).is_empty(), "nothing is written");
    let (_, said, _) = run(&what, &["--units", "1..2", "--json"], folder.path(), "2");
    let said: serde_json::Value = serde_json::from_str(&said).unwrap();
    assert_eq!((&said["units"], &said["there"], &said["missing"]), (&2.into(), &1.into(), &vec![0].into()));
    run(&what, &["--units", "0..2"], folder.path(), "2");
    let (code, _, wrong) = run(&what, &["--units", "0..1", "--seed", "4"], folder.path(), "2");
    assert_eq!((code, wrong.contains("belongs to experiment")), (Some(2), true), "{wrong}");
    let name = files(folder.path()).into_keys().find(|name| name.contains("unit-00001")).unwrap();
    let path = folder.path().join(name);
    let text = std::fs::read_to_string(&path).unwrap();
    // The first number of the first record is how many weeks times schools follow.
    let (before, after) = text.split_once("[[[").unwrap();
    let (n, rest) = after.split_once(',').unwrap();
    std::fs::write(&path, format!("{before}[[[{},{rest}", n.parse::<u32>().unwrap() - 1)).unwrap();
    let (code, _, wrong) = merged(&[folder.path()]);
    assert_eq!((code, wrong.contains("unit 1 does not hold")), (Some(2), true), "{wrong}");
    assert!(!folder.path().join("report.html").exists());
    std::fs::write(folder.path().join("units/run.json"), "{").unwrap();
    let (code, _, wrong) = merged(&[folder.path()]);
    assert_eq!((code, wrong.contains("not the description of a run")), (Some(2), true), "{wrong}");
}

#[test]
fn a_sweep_and_a_sensitivity_are_verified_by_their_receipts() {
    let folder = tempfile::tempdir().unwrap();
    let quick =
        ["--replicates=3", "--rows=4", "--points=24", "--trajectories=2", "--vary=will.team", "--vary=will.load"];
    let sensitivity = ["sensitivity", "scenarios/template.ron"];
    for (name, (code, _, wrong)) in [
        (
            "sweep",
            run(&QUICK, &["--uncertain=will.load", "--futures=2", "--replicates=2"], &folder.path().join("sweep"), "2"),
        ),
        ("sensitivity", run(&sensitivity, &quick, &folder.path().join("sensitivity"), "2")),
    ] {
        assert_eq!(code, Some(0), "{name}: {wrong}");
        let out = folder.path().join(name);
        earlybell(&["verify", out.to_str().unwrap()]).assert().code(0);
        let table = out.join("outcomes.csv");
        std::fs::write(&table, text_of(std::fs::read(&table).unwrap()).replace('5', "6")).unwrap();
        let said = text_of(&earlybell(&["verify", out.to_str().unwrap()]).assert().code(2).get_output().stderr);
        assert!(said.contains("outcomes.csv"), "{said}");
    }
}

#[test]
fn paths_that_lead_nowhere_wrong_values_and_values_out_of_range_are_told_together() {
    let sweep = |levers: &[&str]| {
        let mut all = vec!["sweep", "scenarios/ccsd93", "--replicates", "1"];
        levers.iter().for_each(|lever| all.extend(["--lever", lever]));
        refused(&all)
    };
    let wrong = sweep(&["roles.coch.one_per=20,30", "nothing=3", "will.team=0.1..9:3"]);
    for told in
        ["`coch` is not found", "did you mean `coach`?", "a scenario has no `nothing`", "must lie between 0 and 5"]
    {
        assert!(wrong.contains(told), "{told}: {wrong}");
    }
    assert!(wrong.contains("values asked for:"), "{wrong}");
    assert!(sweep(&["roles.coach.one_per=Minutes(5)"]).contains("values asked for:2"));
    assert!(sweep(&["bells.elementary-full.pupils[0].blocks[3].to=03:00,04:00"]).contains("bells::"));
}

#[test]
fn questions_that_cannot_be_asked_say_why_and_what_to_write() {
    let sweep = |more: &[&str]| refused(&[&["sweep", "scenarios/template.ron"][..], more].concat());
    for (more, told) in [
        (&["--lever", "will.team=0.5..0.1:3"][..], "is empty"),
        (&["--lever", "will.team=0.1..0.5"][..], "how many values"),
        (&["--lever", "will.team=0.1..0.5:1"][..], "two values at least"),
        (&["--lever", "will.team=1,,2"][..], "nothing in it"),
        (&["--lever", "policy=0..1:3"][..], "not one number"),
        (&["--lever", "will.team=0.1,0.2", "--uncertain", "will.team"][..], "varied twice"),
        (&[][..], "nothing is varied"),
        (&["--lever", "a\"b=1"][..], "no path"),
    ] {
        let wrong = sweep(more);
        assert!(wrong.contains(told), "{told}: {wrong}");
        assert!(wrong.contains("help: "), "{wrong}");
    }
    let wrong = refused(&["sensitivity", "scenarios/template.ron", "--fails", "usin<0.5"]);
    assert!(wrong.contains("`usin` is not measured"), "{wrong}");
    let wrong = refused(&["sensitivity", "scenarios/template.ron", "--vary", "policy=Even,JustInTime"]);
    assert!(wrong.contains("takes words"), "{wrong}");
    let code = earlybell(&["sweep", "--design", "spiral"]).assert().code(2);
    assert!(text_of(&code.get_output().stderr).contains("grid, lhs, sobol"));
    earlybell(&["sweep", "--units", "4..4"]).assert().code(2);
}

#[test]
fn every_design_and_every_way_of_asking_gives_numbers_that_add_up() {
    let folder = tempfile::tempdir().unwrap();
    for design in ["lhs", "sobol"] {
        let lever = "--lever=conditions.agreement.takes=2..20";
        let more =
            ["--design", design, "--points=8", "--uncertain=will.team", "--futures=4", "--replicates=2", "--json"];
        let (code, said, wrong) = run(&["sweep", "scenarios/ccsd93", lever], &more, &folder.path().join(design), "2");
        assert_eq!(code, Some(0), "{wrong}");
        let json: Value = serde_json::from_str(&said).unwrap();
        assert_eq!((&json["n_points"], json["points"].as_array().unwrap().len()), (&Value::from(32), 8)); // by hand: 8 * 4
        let table = text_of(std::fs::read(folder.path().join(design).join("design.csv")).unwrap());
        assert!(
            table.starts_with(
                "point,part,lever_point,future,conditions.agreement.takes_weeks,will.team_per_share_using"
            )
        );
    }
    let quick = ["--replicates=3", "--rows=8", "--points=40", "--trajectories=3", "--json", "--fails=using<0.5"];
    let (code, said, wrong) = run(&["sensitivity", "scenarios/template.ron"], &quick, &folder.path().join("all"), "2");
    assert_eq!(code, Some(0), "{wrong}");
    let json: Value = serde_json::from_str(&said).unwrap();
    assert_eq!(json["inputs"].as_array().unwrap().len(), 26, "the template gives one no range");
    assert_eq!(json["n_points"], 53 + 3 * 27 + 8 * 28 + 40); // by hand: 2 * 26 + 1; 27 a trajectory; 8 rows of 26 + 2 blocks
    let using = &json["of_measures"]["using_at_end"];
    assert_eq!(using["tornado"]["bars"].as_array().unwrap().len(), 26);
    let share = using["luck"]["share"].as_f64().unwrap();
    assert!((0.0..=1.0).contains(&share), "{share}");
}

#[test]
fn pages_are_whole_neutral_and_fetch_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let quick = ["--replicates=2", "--rows=4", "--points=30", "--trajectories=2", "--fails=using<0.55"];
    run(&["sensitivity", "scenarios/template.ron"], &quick, &folder.path().join("a"), "2");
    run(&QUICK, &["--replicates=2"], &folder.path().join("b"), "2");
    for name in ["a/sensitivity.html", "b/sweep.html"] {
        let page = text_of(std::fs::read(folder.path().join(name)).unwrap());
        assert!(!page.contains("<script") && !page.contains("<link") && !page.contains("src=\""), "{name}");
        for word in [" should ", " recommend", " ought ", " must "] {
            assert!(!page.to_lowercase().contains(word), "{name} says{word}");
        }
        assert_eq!(page.matches("class=\"chart scroll\"").count(), page.matches("<desc ").count(), "{name}");
        assert!(page.matches("<figure").count() >= 2 && page.contains("What was varied"), "{name}");
    }
}

#[test]
fn every_command_of_the_page_on_uncertainty_does_what_it_says() {
    let page = std::fs::read_to_string(project().join("docs/uncertainty.md")).unwrap();
    let commands: Vec<&str> = page.lines().filter_map(|line| line.strip_prefix("    earlybell ")).collect();
    assert!(commands.len() >= 4);
    let folder = tempfile::tempdir().unwrap();
    for (n, command) in commands.iter().enumerate() {
        let arguments: Vec<&str> = command.split_whitespace().map(|word| word.trim_matches('"')).collect();
        let few: &[&str] = match arguments[0] {
            "sweep" => &["--replicates=1", "--futures=2"],
            _ => &["--replicates=1", "--rows=2", "--points=4", "--trajectories=2"],
        };
        let (code, _, wrong) = run(&arguments, few, &folder.path().join(n.to_string()), "2");
        assert_eq!(code, Some(0), "{command}: {wrong}");
    }
}
