//! Every example of docs/clauses.md reads as it stands.

use earlybell::clauses::Lawbook;
use earlybell::scenario;
use std::path::Path;

/// The examples of a document: what each is a part of (the second word after the fence), its line, and its text.
fn examples(text: &str) -> Vec<(String, usize, String)> {
    let mut found = Vec::new();
    let mut open: Option<(String, usize, String)> = None;
    for (n, line) in text.lines().enumerate() {
        match (&mut open, line.strip_prefix("```")) {
            (None, Some(rest)) if rest == "ron" || rest.starts_with("ron ") => {
                open = Some((rest.trim_start_matches("ron").trim().to_string(), n + 1, String::new()));
            }
            (Some(_), Some(_)) => found.extend(open.take()),
            (Some((_, _, example)), None) => {
                example.push_str(line);
                example.push('\n');
            }
            (None, _) => {}
        }
    }
    found
}

/// A pack around an example.
fn pack(part: &str, example: &str) -> String {
    let days = "AtLeast(of: PupilDays, per: Year, values: [Value(is: Days(180))])";
    let clause = |rest: &str| {
        format!(
            "Clause(id: \"days\", title: \"Days\", source: \"state-board\", section: \"1\", order: Statute, changed_by: State, \
             waivable_by: [State], text: \"180 days.\", applies: Applies(roles: [\"teacher\"]), {rest})"
        )
    };
    let (clause, more) = match part {
        "" => (clause(&format!("requires: {example}")), String::new()),
        "clause" => (clause(example), String::new()),
        "penalty" => (clause(&format!("requires: {days}, penalty: {example}")), String::new()),
        "part" => (clause(&format!("requires: {days}")), example.to_string()),
        "waiver" => (clause(&format!("requires: {days}")), format!("waivers: [{example}],")),
        other => panic!("no example is a `{other}`"),
    };
    format!("Part(\nsources: {{\"state-board\": Source(title: \"State board\")}},\nclauses: [{clause}],\n{more})\n")
}

#[test]
fn every_example_of_the_page_on_clauses_reads_as_it_stands() {
    let page = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/clauses.md");
    let text = std::fs::read_to_string(page).unwrap();
    let all = examples(&text);
    let known = ["", "clause", "part", "penalty", "waiver"];
    let folder = tempfile::tempdir().unwrap();
    let mut n_limits = 0;
    for (part, line, example) in all.iter().filter(|(part, ..)| known.contains(&part.as_str())) {
        let path = folder.path().join("example.ron");
        std::fs::write(&path, pack(part, example)).unwrap();
        let read = scenario::read_pack(&path).unwrap_or_else(|unread| {
            panic!("the example of line {line}:\n{}", scenario::picture(&unread.findings, &unread.files))
        });
        let book = Lawbook::of_clauses(&read.clauses);
        assert_eq!(book.clauses.len(), 1, "the example of line {line}");
        n_limits += usize::from(part.is_empty());
    }
    assert!(n_limits >= 14, "only {n_limits} examples of what a clause may require were found");
}

#[test]
fn every_shape_has_an_example() {
    let page = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/clauses.md");
    let text = std::fs::read_to_string(page).unwrap();
    for shape in 1..=10 {
        let head = format!("\n### {shape}. ");
        let (_, rest) = text.split_once(&head).unwrap_or_else(|| panic!("shape {shape} is missing"));
        let section = rest.split("\n##").next().unwrap();
        assert!(section.contains("```ron"), "shape {shape} has no example");
    }
}
