//! Comparisons as users ask for them: proposals, both sides under the same luck, receipts, refusals, words.

#[path = "common/command.rs"]
mod common;

use common::earlybell;
use common::files;
use common::project;
use common::text_of;
use earlybell::clauses::Outcome;
use earlybell::compare;
use earlybell::compare::Comparison;
use earlybell::ensemble::Difference;
use earlybell::ledger::Per;
use earlybell::pipeline;
use earlybell::report;
use earlybell::scenario;
use earlybell::scenario::Scenario;
use earlybell::scenario::Stack;
use serde_json::Value;
use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::LazyLock;

const PROPOSALS: [&str; 6] =
    ["before-release", "sixty-minutes", "every-other-monday", "more-coaches", "later-agreement", "counter-offer"];

fn named(name: &str) -> PathBuf {
    project().join("scenarios").join(name)
}

fn read(name: &str) -> Scenario {
    scenario::read(&named(name)).unwrap_or_else(|unread| panic!("{}", unread.findings))
}

fn compared(names: &[&str], replicates: u32) -> Comparison {
    let scenarios = names.iter().map(|n| read(n)).collect();
    compare::compare(scenarios, replicates, 10, &|| ()).unwrap_or_else(|refused| panic!("{refused:?}"))
}

static SIXTY: LazyLock<Comparison> = LazyLock::new(|| compared(&["ccsd93", "ccsd93+sixty-minutes"], 40));

#[test]
fn every_proposal_of_the_main_scenario_reads_is_lawful_and_changes_something() {
    for name in PROPOSALS {
        let path = named(&format!("ccsd93+{name}"));
        let stack = Stack::open(&path).unwrap_or_else(|u| panic!("{}", u.findings));
        let whole = stack.read(&|_| true).unwrap_or_else(|u| panic!("{name}: {}", u.findings));
        assert!(!whole.warnings.iter().any(|f| f.code.starts_with("proposals::")), "{name}: {}", whole.warnings);
        let checked = pipeline::check(&whole).unwrap();
        assert_eq!(checked.verdicts.n_clauses_failing(), 0, "{name}");
        assert!(stack.n_items() > 0 && compare::idle_items(&stack, &whole).is_empty(), "{name}");
    }
}

#[test]
fn without_its_items_a_proposal_leaves_every_verdict_as_it_is() {
    let stack = Stack::open(&named("ccsd93+counter-offer+more-coaches")).unwrap();
    let none = stack.read(&|_| false).unwrap_or_else(|u| panic!("{}", u.findings));
    let verdicts = |s: &Scenario| pipeline::check(s).unwrap().verdicts.list;
    assert_eq!(verdicts(&none), verdicts(&read("ccsd93")));
    assert_eq!(none.title, read("ccsd93").title);
}

#[test]
fn every_item_of_every_proposal_can_be_taken_alone() {
    for name in PROPOSALS {
        let stack = Stack::open(&named(&format!("ccsd93+{name}"))).unwrap();
        for item in 0..stack.n_items() {
            let alone = stack.read(&|n| n == item);
            assert!(alone.is_ok(), "{name}, item {item}: {}", alone.unwrap_err().findings);
        }
    }
}

#[test]
fn the_later_of_two_proposals_wins_and_both_are_shown() {
    let both = read("ccsd93+counter-offer+sixty-minutes");
    let conflicts: Vec<_> = both.warnings.iter().filter(|f| f.code == "proposals::conflict").collect();
    assert!(!conflicts.is_empty() && conflicts.iter().all(|f| f.labels.len() == 2));
    let ends = |s: &Scenario| {
        s.schedules.iter().find(|b| b.id == "elementary-monday").unwrap().pupils[0].blocks[3].rings_out()
    };
    assert_eq!(ends(&both).to_string(), "14:45"); // by hand: 15:45 less 60, and not the 14:30 of the counter-offer
    assert_eq!(ends(&read("ccsd93+sixty-minutes+counter-offer")).to_string(), "14:30");
}

#[test]
fn a_scenario_against_itself_differs_by_exactly_nothing() {
    let comparison = compared(&["ccsd93", "ccsd93"], 6);
    let against = &comparison.against[0];
    let nothing = |d: &Difference| d.mean == 0.0 && d.interval == Some([0.0, 0.0]) && d.level == 1.0;
    assert!(against.paired.measures.iter().all(|m| nothing(&m.difference)));
    assert!(against.paired.schools.iter().all(|s| nothing(&s.using) && nothing(&s.routine)));
    assert!(against.paired.using.mean.iter().all(|x| *x == 0.0));
    assert!(against.clauses.iter().all(|row| !row.differs()) && against.dates.iter().all(|d| !d.differs()));
    assert!(against.gains.groups.iter().flat_map(|g| &g.changes).all(|c| c.by(Per::Year) == 0.0));
    assert_ne!(comparison.sides[0].name, comparison.sides[1].name, "equal names are told apart");
}

#[test]
fn thirty_minutes_of_a_monday_are_found_in_slack_and_minutes() {
    let against = &SIXTY.against[0];
    let row = against.clauses.iter().find(|r| r.id == "one-afternoon-a-week").unwrap();
    assert_eq!(row.change().unwrap().to_string(), "30 min"); // by hand: 75 - 75 = 0 before, 75 - 45 = 30 after
    assert_eq!(row.cells[1].as_ref().unwrap().outcome, Outcome::Holds);
    let grade = against.gains.groups.iter().find(|g| g.year == "2025-26" && g.whose.to_string() == "grade 3").unwrap();
    let instruction = grade.changes.iter().find(|c| c.measure == earlybell::ledger::Measure::Instruction).unwrap();
    assert_eq!(instruction.by(Per::Year), 930.0); // by hand: 31 Mondays of 30 minutes
    assert_eq!(against.gains.telling_year(), Some("2025-26"));
}

#[test]
fn the_paired_interval_is_clearly_narrower_than_the_unpaired_one() {
    let told: Vec<(String, f64)> = (SIXTY.against[0].paired.measures.iter())
        .filter(|m| m.id.starts_with("using-") || m.id.starts_with("routine-20"))
        .filter_map(|m| Some((m.id.clone(), m.difference.times_narrower?)))
        .filter(|(id, _)| id != "routine-2025-26")
        .collect();
    assert!(told.len() >= 9 && told.iter().all(|(_, times)| *times > 1.5), "{told:?}");
}

#[test]
fn swapping_the_sides_turns_every_sign() {
    let back = compared(&["ccsd93+sixty-minutes", "ccsd93"], 40);
    for (one, other) in SIXTY.against[0].paired.measures.iter().zip(&back.against[0].paired.measures) {
        assert_eq!(one.id, other.id);
        assert!((one.difference.mean + other.difference.mean).abs() < 1e-12, "{}", one.id);
        assert_eq!(one.difference.ahead, other.difference.behind);
    }
}

#[test]
fn page_paper_and_tables_name_both_sides_and_say_what_is() {
    let files = report::compare::render(&SIXTY, "receipt-4711");
    let of = |name: &str| text_of(&files.iter().find(|f| f.name == name).unwrap_or_else(|| panic!("{name}")).bytes);
    let page = of("compare.html");
    let paper = report::compare::paper(&SIXTY, "receipt-4711");
    for text in [&page, &paper] {
        for word in [" should ", " recommend", " ought ", "must not"] {
            assert!(!text.replace("anybody ought to do", "").to_lowercase().contains(word), "{word}");
        }
        assert!(
            text.contains("Sixty minutes instead of ninety")
                && text.contains("As it is")
                && text.contains("receipt-4711")
        );
        assert!(!text.contains("<script") && !text.contains("src=\"http"));
    }
    // one sheet for the district and one for each of nine schools, each with its receipt
    assert_eq!(paper.matches("class=\"sheet\"").count(), 10);
    assert_eq!(paper.matches("receipt-4711").count(), 10);
    assert!(
        paper.contains("<del>12:25–14:15 instruction (110 min)</del>")
            && paper.contains("<ins>12:25–14:45 instruction (140 min)</ins>")
    );
    let clauses = of("tables/clauses.csv");
    let row = clauses.lines().find(|l| l.starts_with("ccsd93+sixty-minutes,one-afternoon-a-week,district")).unwrap();
    assert!(row.ends_with(",minutes,75,45,75,75,0,30,30"), "{row}");
    let headings: Vec<u8> = page
        .split("<h")
        .skip(1)
        .filter_map(|r| r.bytes().next().filter(u8::is_ascii_digit).map(|b| b - b'0'))
        .collect();
    assert!(headings.windows(2).all(|pair| pair[1] <= pair[0] + 1), "{headings:?}");
}

#[test]
fn a_comparison_gives_the_same_bytes_on_any_number_of_threads_and_verifies() {
    let folder = tempfile::tempdir().unwrap();
    let runs: Vec<BTreeMap<String, Vec<u8>>> = ["1", "2", "7"]
        .map(|threads| {
            let output = folder.path().join(threads);
            let arguments = [
                "compare",
                "scenarios/ccsd93",
                "+later-agreement",
                "--replicates",
                "8",
                "--paper",
                "--output",
                output.to_str().unwrap(),
            ];
            earlybell(&arguments).env("RAYON_NUM_THREADS", threads).assert().code(0);
            files(&output)
        })
        .into();
    for other in &runs[1..] {
        let differing: Vec<&String> = runs[0].keys().filter(|name| runs[0].get(*name) != other.get(*name)).collect();
        assert!(differing.is_empty() && runs[0].len() == other.len(), "these differ: {differing:?}");
    }
    for name in [
        "compare.html",
        "paper.html",
        "compare.json",
        "receipt.json",
        "tables/paired_weekly.csv",
        "charts/compare-using.png",
    ] {
        assert!(runs[0].contains_key(name), "{name} is missing");
    }
    earlybell(&["verify", folder.path().join("1").to_str().unwrap()]).assert().code(0);
}

#[test]
fn what_is_not_comparable_is_refused_with_the_reasons() {
    let output =
        earlybell(&["compare", "scenarios/ccsd93", "scenarios/late-start", "--replicates", "2"]).assert().code(2);
    let said = text_of(&output.get_output().stderr);
    for part in ["compare::not_comparable", "first days differ", "schools", "help:"] {
        assert!(said.contains(part), "{part} is missing in\n{said}");
    }
}

#[test]
fn any_side_may_be_the_baseline_and_an_unknown_one_is_named() {
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().to_str().unwrap();
    let ask = |baseline: &str| {
        let arguments = [
            "compare",
            "scenarios/ccsd93",
            "+later-agreement",
            "--baseline",
            baseline,
            "--replicates",
            "2",
            "--json",
            "--output",
            out,
        ];
        earlybell(&arguments).assert()
    };
    let told: Value = serde_json::from_slice(&ask("+later-agreement").code(0).get_output().stdout).unwrap();
    assert_eq!(told["sides"][0]["name"], "Agreement a year later");
    let said = text_of(&ask("+later-agreemnt").code(2).get_output().stderr);
    assert!(said.contains("did you mean `+later-agreement`?"), "{said}");
    let alone = text_of(&earlybell(&["compare", "scenarios/ccsd93"]).assert().code(2).get_output().stderr);
    assert!(alone.contains("two sides at least"), "{alone}");
}

#[test]
fn a_side_that_does_not_read_is_exit_code_2_and_every_side_is_told() {
    let said = earlybell(&["compare", "scenarios/ccsd93+sixty-minute", "+later"]).assert().code(2);
    let said = text_of(&said.get_output().stderr);
    for part in [
        "`scenarios/ccsd93+sixty-minute` does not read",
        "did you mean `sixty-minutes`?",
        "`scenarios/ccsd93+later` does not read",
    ] {
        assert!(said.contains(part), "{part} is missing in\n{said}");
    }
}

#[test]
fn diff_shows_old_and_new_with_sources() {
    let said = text_of(&earlybell(&["diff", "scenarios/ccsd93+sixty-minutes"]).assert().code(0).get_output().stdout);
    for part in [
        "“Sixty minutes instead of ninety” by for discussion, 2026-11-26",
        "was \"14:15\" (source bell-times: School hours)",
        "now \"14:45\" (proposed by for discussion)",
        "Leaves out: bus times on Mondays",
    ] {
        assert!(said.contains(part), "{part} is missing in\n{said}");
    }
    assert!(said.lines().all(|l| l.chars().count() <= 104), "{said}");
    let told: Value = serde_json::from_slice(
        &earlybell(&["diff", "scenarios/ccsd93+more-coaches", "--json"]).assert().code(0).get_output().stdout,
    )
    .unwrap();
    assert_eq!(told[0]["items"][0]["changes"][0]["does"], "add");
}

#[test]
fn an_item_that_only_renames_something_is_warned_about() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("renamed.ron");
    let text = r#"Proposal(title: "Another name", by: "for discussion", date: "2026-11-26", items: [
        Item(id: "name", title: "Another title", set: { "conditions.agreement.title": "The agreement, renamed", "bells.middle-full.title": "Middle" }),
    ])"#;
    std::fs::write(&file, text).unwrap();
    let name = format!("scenarios/ccsd93+{}", file.display());
    let said = text_of(&earlybell(&["check", &name]).assert().code(0).get_output().stderr);
    assert!(said.contains("proposals::idle") && said.contains("“Another title” changes no evaluated value"), "{said}");
}

#[test]
fn the_effects_of_all_items_add_up_to_that_of_the_package() {
    let arguments = ["effects", "scenarios/ccsd93+sixty-minutes+later-agreement", "--replicates", "3", "--json"];
    let told: Value = serde_json::from_slice(&earlybell(&arguments).assert().code(0).get_output().stdout).unwrap();
    assert_eq!(told["parts"], 16); // by hand: three items and one, two to the power of four
    for n in 0..told["yardsticks"].as_array().unwrap().len() {
        let number = |v: &Value| v[n].as_f64().unwrap();
        let sum: f64 = told["items"].as_array().unwrap().iter().map(|i| number(&i["effect"]["shapley"])).sum();
        let whole = number(&told["everything"]) - number(&told["nothing"]);
        assert!((sum - whole).abs() < 1e-9, "{n}: {sum} and {whole}");
    }
    // by hand: 31 Mondays of the first year and those of four others, 30 minutes of development less on each
    let development: f64 = told["everything"][3].as_f64().unwrap() - told["nothing"][3].as_f64().unwrap();
    assert!((-16.5..-15.0).contains(&development), "{development}");
}
