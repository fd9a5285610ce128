//! Scenarios: RON files as written, read into checked values with all findings at once.
//!
//! Has a path, gives a [`Scenario`]. The only room that knows RON, spans and file texts.
//!
//! Files are read (`read`), each is turned into what is written (`parse`, `raw`), all together are checked
//! section by section (`check`), after proposals have changed them (`stack`, `overlay`), and what was found is pictured with the lines it is about (`picture`).

mod brackets;
mod check;
mod lex;
mod model;
mod overlay;
mod packs;
mod parse;
mod patch;
mod picture;
mod proposals;
mod raw;
mod read;
mod settings;
mod spans;
mod stack;

pub use check::uncertain;
pub use model::Cases;
pub use model::Goal;
pub use model::InputFile;
pub use model::Pack;
pub use model::Scenario;
pub use packs::FoundPacks;
pub use packs::find_packs;
pub use packs::read_cases;
pub use packs::read_pack;
pub use picture::line_of;
pub use picture::picture;
pub use picture::written_at;
pub use proposals::Change;
pub use proposals::Deed;
pub use proposals::Item;
pub use proposals::Proposal;
pub use settings::Settable;
pub use settings::Setting;
pub use stack::Stack;

use crate::findings::Findings;
use std::path::Path;

/// A scenario that could not be read: everything that is wrong, and the files to show it in.
#[derive(Debug, Clone)]
pub struct Unread {
    /// What is wrong; at least one error.
    pub findings: Findings,
    /// The files that were read.
    pub files: Vec<InputFile>,
}

/// Reads a scenario from its folder, which holds `scenario.ron`, or from a file; proposals that change it stand
/// behind it with a plus: `scenarios/ccsd93+sixty-minutes`.
///
/// # Errors
/// Everything that is wrong. Mistakes of writing end the reading of their file, so ids are only followed once
/// all files can be read.
pub fn read(path: &Path) -> Result<Scenario, Unread> {
    Stack::open(path)?.read(&|_| true)
}

/// A scenario with every key there is, commented, for `new`.
pub fn template() -> &'static str {
    include_str!("../../scenarios/template.ron")
}

/// The rules of the adoption model that every scenario includes, for `new`.
pub fn model_rules() -> &'static str {
    include_str!("../../scenarios/model.ron")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::adoption::Parameters;
    use crate::calendar::DayKind;
    use proptest::prelude::*;
    use std::fs;
    use std::path::PathBuf;

    fn scenarios() -> PathBuf {
        PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("scenarios")
    }

    fn pictured(read: Result<Scenario, Unread>) -> String {
        match read {
            Ok(scenario) => picture(&scenario.warnings, &scenario.files),
            Err(unread) => picture(&unread.findings, &unread.files),
        }
    }

    /// Reads a scenario from texts, through a folder as users have one.
    fn read_texts(texts: &[(&str, &str)]) -> Result<Scenario, Unread> {
        let folder = tempfile::tempdir().unwrap();
        for (name, text) in texts {
            let path = folder.path().join("one").join(name);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, text).unwrap();
        }
        read(&folder.path().join("one"))
    }

    #[test]
    fn the_template_is_read_without_a_finding() {
        let shown = pictured(read(&scenarios().join("template.ron")));
        assert_eq!(shown, "no errors, no warnings\n", "{shown}");
    }

    #[test]
    fn the_template_says_what_it_looks_like() {
        let scenario = read(&scenarios().join("template.ron")).unwrap_or_else(|u| panic!("{}", u.findings));
        assert_eq!(scenario.name, "template");
        assert_eq!(scenario.district.schools[0].n_pupils(), 368); // by hand: 60 + 62 + 58 + 64 + 61 + 63
        assert_eq!(scenario.district.schools[0].n_staff(), 25); // by hand: 24 + 1
        assert_eq!(scenario.calendars[0].years[0].n_days(DayKind::Institute), 2);
        assert_eq!(scenario.files.len(), 2);
        assert_eq!(scenario.rules.parameters.len(), Parameters::KNOWN.len());
        let ids: Vec<&str> = scenario.nodes.iter().map(|n| n.id.as_str()).collect();
        assert_eq!(
            ids[4..],
            [
                "coaches-hired",
                "clause:il-clock-hours",
                "clause:yearly-hours",
                "clause:elementary-mean",
                "clause:meetings",
                "practice:goals",
                "practice:choice",
                "model:learner-driven"
            ]
        );
        assert_eq!(scenario.nodes[10].needs.iter().map(|n| n.node).collect::<Vec<_>>(), [2, 9]);
    }

    #[test]
    fn every_key_that_files_may_have_stands_in_the_template() {
        let shown = format!("{}{}", template(), model_rules());
        for (form, fields) in raw::all_fields() {
            for field in fields {
                assert!(shown.contains(&format!("{field}:")), "`{field}` of {form} is not in template.ron");
            }
        }
    }

    #[test]
    fn every_key_of_a_proposal_stands_in_the_document_and_its_example_reads() {
        let text = include_str!("../../docs/proposals.md");
        for (form, fields) in raw::fields_of_proposals() {
            for field in fields {
                assert!(text.contains(&format!("`{field}`")), "`{field}` of {form} is not in docs/proposals.md");
            }
        }
        let example = text.split("```ron\n").nth(1).and_then(|rest| rest.split("```").next()).unwrap();
        assert!(matches!(raw::options().from_str(example), Ok(raw::File::Proposal(_))));
    }

    /// Reads the template with proposals on it.
    fn with_proposals(proposals: &[(&str, &str)]) -> Result<Scenario, Unread> {
        let folder = tempfile::tempdir().unwrap();
        let one = folder.path().join("one");
        fs::create_dir_all(one.join("proposals")).unwrap();
        fs::write(one.join("scenario.ron"), template()).unwrap();
        fs::write(one.join("model.ron"), model_rules()).unwrap();
        let mut path = one.to_string_lossy().into_owned();
        for (name, items) in proposals {
            let text = format!("Proposal(title: \"{name}\", by: \"a test\", date: \"2026-11-26\", items: [{items}])");
            fs::write(one.join(format!("proposals/{name}.ron")), text).unwrap();
            path = format!("{path}+{name}");
        }
        read(Path::new(&path))
    }

    #[test]
    fn a_proposal_sets_adds_and_removes_in_lists_tables_and_items() {
        let items = r#"Item(id: "a", title: "A",
            set: { "budget.coaching.every_year": Dollars(1), "conditions.coaches-hired.not_before": "2026-09-01", "parameters.will.team.is": 0.25 },
            add: { "budget": [Line(id: "grant", every_year: Dollars(5), assumed: ["*"]), Line(id: "gift", every_year: Dollars(6), assumed: ["*"])] },
            remove: ["partners"])"#;
        let scenario =
            with_proposals(&[("change", items)]).unwrap_or_else(|u| panic!("{}", picture(&u.findings, &u.files)));
        let lines: Vec<(&str, f64)> =
            scenario.resources.budget.iter().map(|l| (l.id.as_str(), l.by_year[0].as_f64())).collect();
        assert!(
            lines.contains(&("coaching", 1.0)) && lines.contains(&("grant", 5.0)) && lines.contains(&("gift", 6.0))
        );
        assert_eq!(scenario.rules.parameters["will.team"].value, crate::luck::Uncertain::Fixed(0.25));
        assert!(scenario.resources.partners.is_empty());
        assert_eq!(scenario.name, "one+change");
        assert!(scenario.title.ends_with(", with “change”"), "{}", scenario.title);
        let changes = &scenario.proposals[0].items[0].changes;
        assert_eq!(changes[1].old, None, "a key that was not there has no old value");
        assert_eq!(changes.len(), 5);
    }

    #[test]
    fn the_order_of_proposals_that_do_not_meet_changes_nothing() {
        let a = ("a", r#"Item(id: "a", title: "A", set: { "seed": 7 })"#);
        let b = ("b", r#"Item(id: "b", title: "B", set: { "school_years": 2 })"#);
        let seen = |order: &[(&str, &str)]| {
            let s = with_proposals(order).unwrap_or_else(|u| panic!("{}", u.findings));
            (s.seed, s.school_years, format!("{:?}", s.resources), format!("{:?}", s.rules))
        };
        assert_eq!(seen(&[a, b]), seen(&[b, a]));
        assert_eq!(seen(&[a, b]).0, 7);
    }

    #[test]
    fn a_rule_in_the_own_file_takes_the_place_of_the_included_one() {
        let own = template().replace("parameters: {", "gate: Product,\n    parameters: {\n        \"will.team\": Parameter(is: Uniform(0.2, 0.4), unit: \"share\", source: \"statute\"),");
        let scenario = read_texts(&[("scenario.ron", &own), ("model.ron", model_rules())])
            .unwrap_or_else(|u| panic!("{}", u.findings));
        assert_eq!(scenario.name, "one");
        assert_eq!(scenario.rules.gate, crate::adoption::Gate::Product);
        let team = &scenario.rules.parameters["will.team"];
        assert_eq!(team.value, crate::luck::Uncertain::Uniform { low: 0.2, high: 0.4 });
        assert_eq!(team.mark, crate::source::Mark::Found);
        let assumed = &scenario.sources.assumptions;
        assert!(!assumed.iter().any(|a| a.item == "parameters will.team"));
        assert!(
            assumed
                .iter()
                .any(|a| a.item == "clauses il-clock-hours" && a.field == "unless" && a.file == "one/scenario.ron")
        );
    }

    #[test]
    fn what_is_optional_is_as_the_template_says() {
        let own = template()
            .replace("    goal: Share(0.8),\n", "")
            .replace("floor: Share(0.1),              // authority", "// authority")
            .replace("state: \"IL\",                    // optional", "// optional");
        assert!(own.len() < template().len() - 40, "all three are still in the template");
        let scenario = read_texts(&[("scenario.ron", &own), ("model.ron", model_rules())])
            .unwrap_or_else(|u| panic!("{}", u.findings));
        assert_eq!(scenario.goal.using.as_f64(), 0.8);
        assert_eq!(scenario.nodes[0].floor.as_f64(), 0.1);
        assert_eq!(scenario.district.schools[0].state, "IL");
    }

    #[test]
    fn a_file_that_two_files_include_is_read_once() {
        let own = template().replace("[\"model.ron\"]", "[\"a.ron\", \"./model.ron\", \"a.ron\"]");
        let files =
            [("scenario.ron", own.as_str()), ("model.ron", model_rules()), ("a.ron", "Part(include: [\"model.ron\"])")];
        let scenario = read_texts(&files).unwrap_or_else(|u| panic!("{}", u.findings));
        let names: Vec<&str> = scenario.files.iter().map(|f| f.name.as_str()).collect();
        assert_eq!(names, ["one/scenario.ron", "one/a.ron", "one/model.ron"]);
    }

    #[test]
    fn a_mark_at_the_begin_of_a_file_and_windows_line_ends_do_no_harm() {
        let own = format!("\u{feff}{}", template().replace('\n', "\r\n"));
        let read = read_texts(&[("scenario.ron", &own), ("model.ron", model_rules())]);
        assert_eq!(pictured(read), "no errors, no warnings\n");
    }

    /// One way in which a file may be damaged.
    #[derive(Debug, Clone)]
    enum Damage {
        Cut(usize, usize),
        Twice(usize, usize),
        Put(usize, char),
    }

    fn damage() -> impl Strategy<Value = Damage> {
        let signs = prop::sample::select("(){}[],:\"'r#/*-. 0aé\\\n".chars().collect::<Vec<_>>());
        prop_oneof![
            (any::<usize>(), 1..40usize).prop_map(|(at, n)| Damage::Cut(at, n)),
            (any::<usize>(), 1..200usize).prop_map(|(at, n)| Damage::Twice(at, n)),
            (any::<usize>(), signs).prop_map(|(at, sign)| Damage::Put(at, sign)),
        ]
    }

    fn damaged(text: &str, damages: &[Damage]) -> String {
        let mut chars: Vec<char> = text.chars().collect();
        for one in damages {
            let len = chars.len().max(1);
            let run = |at: usize, n: usize| (at % len).min(chars.len())..(at % len + n).min(chars.len());
            match one {
                Damage::Cut(at, n) => drop(chars.drain(run(*at, *n))),
                Damage::Twice(at, n) => {
                    let (end, part) = (run(*at, *n).end, chars[run(*at, *n)].to_vec());
                    chars.splice(end..end, part);
                }
                Damage::Put(at, sign) => chars.insert(at % len, *sign),
            }
        }
        chars.into_iter().collect()
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(200))]

        #[test]
        fn no_damage_to_a_proposal_makes_reading_panic(damages in prop::collection::vec(damage(), 1..5)) {
            let items = r#"Item(id: "a", title: "A", set: { "budget.coaching.every_year": Dollars(1), "bells[0].pupils[0].blocks[1].to": "12:00" },
                add: { "budget": [Line(id: "grant", every_year: Dollars(5), assumed: ["*"])] }, remove: ["partners"])"#;
            let read = with_proposals(&[("a", &damaged(items, &damages))]);
            let failed = read.is_err();
            let shown = pictured(read);
            prop_assert!(!failed || shown.contains("error"), "refused without a reason:\n{shown}");
        }

        #[test]
        fn no_damage_to_a_file_makes_reading_panic(damages in prop::collection::vec(damage(), 1..6)) {
            let own = damaged(template(), &damages);
            let read = read_texts(&[("scenario.ron", &own), ("model.ron", model_rules())]);
            let failed = read.is_err();
            let shown = pictured(read);
            prop_assert!(!failed || shown.contains("error"), "refused without a reason:\n{shown}");
        }
    }
}
