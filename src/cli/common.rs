//! What the subcommands share: reading a scenario, printing, and how they end.

use crate::clauses::Verdicts;
use crate::compare::idle_items;
use crate::findings::Finding;
use crate::findings::Findings;
use crate::scenario;
use crate::scenario::InputFile;
use crate::scenario::Scenario;
use crate::scenario::Stack;
use crate::store::StoreError;
use std::fmt;
use std::io::Write;
use std::path::Path;

/// How a subcommand ended that did what it was asked to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ended {
    /// Nothing to complain about.
    Well,
    /// Done, and a clause is not met.
    ClauseNotMet,
    /// Done, and a case of a clause has another answer than expected.
    CaseFailed,
}

impl Ended {
    /// How a subcommand ends that judged clauses.
    pub fn after(verdicts: &Verdicts) -> Ended {
        if verdicts.n_clauses_failing() == 0 { Ended::Well } else { Ended::ClauseNotMet }
    }
}

/// Why a subcommand did not do what it was asked to.
#[derive(Debug)]
pub enum Failure {
    /// The scenario or a name in the question is wrong; the text shows what and where.
    Wrong(String),
    /// The machine failed: a file could not be written.
    Machine(String),
}

impl Failure {
    /// The exit code that tells the two apart.
    pub fn exit_code(&self) -> u8 {
        match self {
            Failure::Wrong(_) => 2,
            Failure::Machine(_) => 3,
        }
    }

    /// Findings as a picture of the files they are about.
    pub fn from_findings(findings: &Findings, files: &[InputFile]) -> Failure {
        Failure::Wrong(scenario::picture(findings, files))
    }

    /// A name in the question that nothing has, with the names there are.
    pub fn unknown<'a>(what: &str, name: &str, known: impl IntoIterator<Item = &'a str>) -> Failure {
        let finding = crate::findings::Finding::error("question::unknown", format!("there is no {what} `{name}`"));
        let finding = finding.near(name, known);
        let help = finding.help.map(|h| format!("\n  help: {h}")).unwrap_or_default();
        Failure::Wrong(format!("error: {}{help}\n", finding.message))
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Failure::Wrong(text) => f.write_str(text),
            Failure::Machine(text) => writeln!(f, "error: {text}"),
        }
    }
}

impl From<StoreError> for Failure {
    fn from(error: StoreError) -> Failure {
        Failure::Machine(error.to_string())
    }
}

/// Reads a scenario with its proposals; warnings go to stderr.
pub fn read(path: &Path) -> Result<Scenario, Failure> {
    read_stack(path).map(|(_, scenario)| scenario)
}

/// The same, with the stack whose items can be left out.
pub fn read_stack(path: &Path) -> Result<(Stack, Scenario), Failure> {
    let read = Stack::open(path).and_then(|stack| stack.read(&|_| true).map(|scenario| (stack, scenario)));
    let (stack, scenario) = read.map_err(|unread| Failure::from_findings(&unread.findings, &unread.files))?;
    warn(&stack, &scenario);
    Ok((stack, scenario))
}

/// Warns on stderr of what was found in reading, and of items of proposals that change nothing that is reckoned with.
pub fn warn(stack: &Stack, scenario: &Scenario) {
    let idle = idle_items(stack, scenario);
    let mut findings = scenario.warnings.clone();
    for item in idle {
        findings.push(
            Finding::warning("proposals::idle", format!("“{}” changes no evaluated value", item.title))
                .at(&item.written, "without it everything is as with it")
                .help("every clause, minute, dollar, date and curve is the same; name what it is meant to change, or leave it out"),
        );
    }
    if !findings.is_empty() {
        eprint!("{}", scenario::picture(&findings, &scenario.files));
    }
}

/// Prints to stdout. A reader that closes the pipe early (`| head`) is no failure.
pub fn print(text: &str) -> Result<(), Failure> {
    let mut out = std::io::stdout().lock();
    match out.write_all(text.as_bytes()).and_then(|()| out.flush()) {
        Ok(()) => Ok(()),
        Err(e) if e.kind() == std::io::ErrorKind::BrokenPipe => Ok(()),
        Err(e) => Err(Failure::Machine(format!("standard output: {e}"))),
    }
}

/// Prints a value as JSON.
pub fn print_json(value: &serde_json::Value) -> Result<(), Failure> {
    let text = serde_json::to_string_pretty(value).map_err(|e| Failure::Machine(e.to_string()))?;
    print(&format!("{text}\n"))
}

/// The place of a school by its id, or all of them when none is named.
pub fn schools_asked(scenario: &Scenario, school: Option<&str>) -> Result<Vec<usize>, Failure> {
    match school {
        None => Ok((0..scenario.district.schools.len()).collect()),
        Some(id) => match scenario.district.school(id) {
            Some(place) => Ok(vec![place]),
            None => Err(Failure::unknown("school", id, scenario.district.schools.iter().map(|s| s.id.as_str()))),
        },
    }
}

/// Reads a date of the question.
pub fn date_asked(text: &str) -> Result<crate::units::Date, String> {
    text.parse().map_err(|e: jiff::Error| format!("{e}; write a date as 2026-08-19"))
}
