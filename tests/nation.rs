//! `earlybell run` and `earlybell levers` on a nation of forty districts.

#[path = "common/command.rs"]
mod common;

use common::earlybell;
use common::files;
use common::text_of;

#[test]
fn a_nation_is_run_written_and_verified_to_the_same_bytes_on_any_number_of_threads() {
    let folder = tempfile::tempdir().unwrap();
    let mut written = Vec::new();
    for threads in ["1", "2", "7"] {
        let output = folder.path().join(threads);
        let run = ["run", "scenarios/nation+forty", "--output", output.to_str().unwrap()];
        let printed = earlybell(&run).env("RAYON_NUM_THREADS", threads).assert().success();
        let text = text_of(&printed.get_output().stdout);
        assert!(text.contains("educators in") && text.contains("40 districts"), "{text}");
        written.push(files(&output));
    }
    let names: Vec<&str> = written[0].keys().map(String::as_str).collect();
    for name in [
        "report.html",
        "charts/tiles.svg",
        "tables/schools.csv",
        "tables/districts.csv",
        "tables/law.csv",
        "receipt.json",
    ] {
        assert!(names.contains(&name), "{name} is not among {names:?}");
    }
    assert!(written[0] == written[1] && written[1] == written[2]);
    let schools = text_of(&written[0]["tables/schools.csv"]);
    assert!(schools.lines().count() > 250, "one row a school");
    let page = text_of(&written[0]["report.html"]);
    assert!(page.contains("What holds it back") && !page.contains("NaN"), "the page tells and draws numbers");
    earlybell(&["verify", folder.path().join("1").to_str().unwrap()]).assert().success();
}

#[test]
fn levers_are_ranked_by_what_they_do_under_the_same_luck() {
    let folder = tempfile::tempdir().unwrap();
    let output = folder.path().to_str().unwrap();
    let asked = ["levers", "scenarios/nation+forty", "early-wave", "spaces", "--json", "--output", output];
    let printed = earlybell(&asked).assert().success();
    let found: serde_json::Value = serde_json::from_slice(&printed.get_output().stdout).unwrap();
    let list = found["levers"].as_array().unwrap();
    assert_eq!(list.len(), 2);
    let broader = |n: usize| list[n]["broader"][1].as_f64().unwrap();
    assert!(broader(0) >= broader(1));
    let wave = list.iter().find(|lever| lever["name"] == "early-wave").unwrap();
    assert!(wave["broader"][1].as_f64().unwrap() > 0.0, "three times as many districts begin at once: {wave}");
    assert!(folder.path().join("charts/levers.png").exists() && folder.path().join("tables/levers.csv").exists());
    earlybell(&["verify", output]).assert().success();
}

#[test]
fn levers_of_a_district_and_of_nothing_are_refused_with_advice() {
    let district = earlybell(&["levers", "scenarios/ccsd93", "sixty-minutes"]).assert().code(2);
    assert!(text_of(&district.get_output().stderr).contains("the scenario has no nation"));
    let unknown = earlybell(&["levers", "scenarios/nation+forty", "no-such-lever"]).assert().code(2);
    assert!(text_of(&unknown.get_output().stderr).contains("no-such-lever"));
}
