//! Settings: a scenario whose values are set by path, again and again, without a file for each.
//!
//! Has a stack and texts for paths, gives scenarios. It goes the way of proposals, so that whatever is wrong with a
//! value that was asked for is found by the same checks; findings point at the line that sets it.

use crate::findings::Finding;
use crate::findings::Findings;
use crate::findings::Place;
use crate::scenario::InputFile;
use crate::scenario::Scenario;
use crate::scenario::Stack;
use crate::scenario::Unread;
use crate::scenario::overlay;
use crate::scenario::overlay::Removed;
use crate::scenario::overlay::Target;
use crate::scenario::overlay::Written;
use crate::scenario::parse::parse;
use crate::scenario::proposals::Proposal;
use crate::scenario::proposals::on_one_line;
use crate::scenario::raw;
use std::sync::Arc;

/// The file that values asked for seem to stand in.
const SHOWN: &str = "values asked for";

/// A value as it is to be written, by its path.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Setting {
    /// The path, as proposals write it.
    pub path: String,
    /// The text that is to stand there.
    pub text: String,
}

/// A scenario that is open for values.
#[derive(Debug)]
pub struct Settable<'a> {
    stack: &'a Stack,
    targets: Vec<Target>,
    removed: Vec<Removed>,
    told: Vec<Proposal>,
}

impl<'a> Settable<'a> {
    /// A stack with all its proposals.
    ///
    /// # Errors
    /// What is wrong with a proposal.
    pub fn open(stack: &'a Stack) -> Result<Settable<'a>, Unread> {
        let mut findings = Findings::new();
        let mut targets = stack.all_targets();
        let (told, removed) = stack.applied(&|_| true, &mut targets, &mut findings);
        if findings.has_errors() {
            return Err(Unread { findings, files: stack.files() });
        }
        Ok(Settable { stack, targets, removed, told })
    }

    /// What is written at a path, on one line; nothing where the path leads to no value.
    pub fn written(&self, path: &str) -> Option<String> {
        let found = self.targets.iter().find_map(|target| overlay::written(target, path));
        found.map(|text| on_one_line(&text))
    }

    /// The scenario with these values.
    ///
    /// # Errors
    /// Everything that is wrong: paths that lead nowhere, values that cannot stand there, and what follows from them.
    pub fn read(&self, settings: &[Setting]) -> Result<Scenario, Unread> {
        let file: Arc<str> = Arc::from(SHOWN);
        let text = as_proposal(settings);
        let mut files = self.stack.files();
        files.push(InputFile::new(SHOWN.into(), text.clone()));
        let refused = |findings: Findings, files: Vec<InputFile>| Unread { findings, files };
        if let Some(finding) = settings.iter().find_map(|s| unreadable(s, &file)) {
            return Err(refused(finding.into(), files));
        }
        let raw = match parse(&file, &text) {
            Ok(raw::File::Proposal(raw)) => *raw,
            Ok(raw::File::Scenario(_) | raw::File::Part(_) | raw::File::Cases(_)) => {
                unreachable!("the text begins with Proposal")
            }
            Err(finding) => return Err(refused(finding.into(), files)),
        };
        let written = Written::new(file, SHOWN.into(), text, raw);
        let mut findings = Findings::new();
        let (mut targets, mut removed) = (self.targets.clone(), self.removed.clone());
        overlay::apply(&written, 0, &mut targets, &mut removed, &mut findings);
        if findings.has_errors() {
            return Err(refused(findings, files));
        }
        // That a value is what it was before is no news here.
        let mut scenario = self.stack.finish(targets, files, Findings::new(), self.told.clone())?;
        scenario.files.retain(|file| file.name != SHOWN);
        Ok(scenario)
    }
}

/// Settings as a proposal of one item, a line each.
fn as_proposal(settings: &[Setting]) -> String {
    let lines: String = settings.iter().map(|s| format!("    \"{}\": {},\n", s.path, s.text)).collect();
    format!(
        "Proposal(title: \"\", by: \"\", date: \"2000-01-01\", items: [Item(id: \"asked\", title: \"\", set: {{\n{lines}}})])\n"
    )
}

/// A path that would not stay inside its quotes.
fn unreadable(setting: &Setting, file: &Arc<str>) -> Option<Finding> {
    let breaks = setting.path.contains(['"', '\\', '\n', '\r']) || setting.text.contains(['\n', '\r']);
    breaks.then(|| {
        Finding::error("proposals::path", format!("`{}` is no path, or its value no value", setting.path))
            .at(&Place::bytes(file, 0..0), "")
            .help("a path is made of names and numbers such as `bells.monday.pupils[0].blocks[3].to`")
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scenario::picture;
    use std::path::Path;

    fn stack(name: &str) -> Stack {
        Stack::open(&Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios").join(name)).unwrap()
    }

    fn setting(path: &str, text: &str) -> Setting {
        Setting { path: path.into(), text: text.into() }
    }

    #[test]
    fn values_are_set_where_their_paths_lead_and_the_files_stay_those_of_the_scenario() {
        let stack = stack("ccsd93");
        let settable = Settable::open(&stack).unwrap();
        assert_eq!(settable.written("roles.coach.one_per").as_deref(), Some("Educators(30)"));
        assert_eq!(settable.written("conditions.agreement.takes").as_deref(), Some("Weeks(Triangular(8, 12, 26))"));
        assert_eq!(settable.written("roles.coach.nothing"), None);
        let settings = [setting("roles.coach.one_per", "Educators(45)"), setting("parameters.will.team.is", "0.4")];
        let scenario = settable.read(&settings).unwrap_or_else(|u| panic!("{}", u.findings));
        let coach = scenario.district.role("coach").unwrap();
        assert_eq!(scenario.district.roles[coach].one_per_educators, Some(45.0));
        assert_eq!(scenario.rules.parameters["will.team"].value, crate::luck::Uncertain::Fixed(0.4));
        assert!(scenario.files.iter().all(|f| f.name != SHOWN) && scenario.proposals.is_empty());
    }

    #[test]
    fn a_path_that_leads_nowhere_and_a_value_of_the_wrong_kind_are_shown_at_the_line_that_sets_them() {
        let stack = stack("ccsd93");
        let settable = Settable::open(&stack).unwrap();
        let shown = |settings: &[Setting]| match settable.read(settings) {
            Ok(_) => panic!("it was read"),
            Err(unread) => picture(&unread.findings, &unread.files),
        };
        let text = shown(&[setting("roles.coch.one_per", "30"), setting("nothing.at.all", "1")]);
        assert!(text.contains("`coch` is not found") && text.contains("a scenario has no `nothing`"), "{text}");
        assert!(text.contains("values asked for:2") && text.contains("values asked for:3"), "{text}");
        let text = shown(&[setting("roles.coach.one_per", "Minutes(30)")]);
        assert!(text.contains("values asked for:2"), "{text}");
        let text = shown(&[setting("parameters.will.team.is", "9")]);
        assert!(text.contains("must lie between 0 and 5"), "{text}");
        let text = shown(&[setting("roles.coach.one_per", "Educators(30")]);
        assert!(text.contains("error"), "{text}");
    }

    #[test]
    fn values_are_set_after_what_proposals_change() {
        let stack = stack("ccsd93+sixty-minutes");
        let settable = Settable::open(&stack).unwrap();
        let scenario = settable.read(&[setting("roles.coach.one_per", "Educators(45)")]).unwrap();
        assert_eq!(scenario.proposals.len(), 1);
    }
}
