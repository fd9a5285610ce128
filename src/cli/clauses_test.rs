//! `earlybell clauses test`: runs the cases beside each pack.

use crate::clauses::Case;
use crate::clauses::CaseResult;
use crate::clauses::Verdict;
use crate::clauses::run_case;
use crate::cli::clauses::PacksArgument;
use crate::cli::clauses::end;
use crate::cli::clauses::read_packs;
use crate::cli::common::Ended;
use crate::cli::common::Failure;
use crate::cli::common::print;
use crate::cli::common::print_json;
use crate::scenario;
use crate::scenario::Cases;
use crate::scenario::Pack;
use serde_json::Value;
use serde_json::json;
use std::path::Path;
use std::path::PathBuf;

/// Failing windows that are told of a case before the rest is only counted.
const FAILURES_SHOWN: usize = 3;

#[derive(Debug, clap::Args)]
pub struct TestOptions {
    #[command(flatten)]
    packs: PacksArgument,
    /// Print every case with its answer as JSON
    #[arg(long)]
    json: bool,
}

/// A pack with its cases, run.
struct Run {
    path: PathBuf,
    pack: Pack,
    /// Nothing when no cases stand beside it.
    cases: Option<(Cases, Vec<CaseResult>)>,
}

impl Run {
    fn all(&self) -> impl Iterator<Item = (&Case, &CaseResult)> {
        self.cases.iter().flat_map(|(cases, results)| cases.list.iter().zip(results))
    }
}

/// Runs the cases of a pack, or of all packs in a folder.
pub fn run(options: &TestOptions) -> Result<Ended, Failure> {
    let read = read_packs(&options.packs.packs)?;
    let mut wrong = read.wrong;
    let mut runs = Vec::new();
    for (path, pack) in read.packs {
        match scenario::read_cases(&path, &pack) {
            Ok(cases) => runs.push(run_pack(path, pack, cases)),
            Err(unread) => wrong.push_str(&scenario::picture(&unread.findings, &unread.files)),
        }
    }
    if runs.is_empty() {
        return end(wrong, Ended::Well);
    }
    let failed = runs.iter().flat_map(Run::all).filter(|(_, result)| !result.passes()).count();
    if options.json {
        print_json(&as_json(&runs, failed))?;
    } else {
        print(&as_text(&runs, failed))?;
    }
    end(wrong, if failed == 0 { Ended::Well } else { Ended::CaseFailed })
}

fn run_pack(path: PathBuf, pack: Pack, cases: Option<Cases>) -> Run {
    let cases = cases.map(|cases| {
        if !cases.warnings.is_empty() {
            eprint!("{}", scenario::picture(&cases.warnings, &cases.files));
        }
        let results = cases.list.iter().map(|case| run_case(case, &pack.lawbook())).collect();
        (cases, results)
    });
    Run { path, pack, cases }
}

fn as_text(runs: &[Run], failed: usize) -> String {
    let mut text = String::new();
    for run in runs {
        let Some((cases, _)) = &run.cases else { continue };
        let width = run.all().map(|(case, _)| id(run, case).len()).max().unwrap_or(0);
        text.push_str(&format!("{}\n", shown(&run.path)));
        for (case, result) in run.all() {
            let ended = if result.passes() { "ok" } else { "FAILED" };
            text.push_str(&format!("  {ended:<6}  {:<width$}  {}\n", id(run, case), case.says));
            if !result.passes() {
                text.push_str(&told(&run.path, cases, case, result));
            }
        }
        text.push('\n');
    }
    let without: Vec<String> = runs.iter().filter(|r| r.cases.is_none()).map(|r| shown(&r.path)).collect();
    if !without.is_empty() {
        text.push_str(&format!("Without cases: {}\n", without.join(", ")));
    }
    let n = runs.iter().map(|r| r.all().count()).sum();
    text.push_str(&format!("{}, {failed} failed.\n", counted(n, "case")));
    text
}

fn id<'a>(run: &'a Run, case: &Case) -> &'a str {
    &run.pack.clauses[case.clause].id
}

fn shown(path: &Path) -> String {
    path.to_string_lossy().replace('\\', "/")
}

fn counted(n: usize, word: &str) -> String {
    format!("{n} {word}{}", if n == 1 { "" } else { "s" })
}

/// What differs, how it was reckoned, and the engine's own reasons.
fn told(path: &Path, cases: &Cases, case: &Case, result: &CaseResult) -> String {
    let mut lines = vec![format!("at {}", place(path, cases, case))];
    for differs in &result.differences {
        lines.push(format!("{}: expected {}, got {}", differs.what, differs.expected, differs.got));
    }
    lines.push(format!("reckoned: {}", case.because));
    if let Some(verdict) = &result.verdict {
        lines.push(format!("answered: {}", in_short(verdict)));
        lines.extend(verdict.reasons.iter().map(|reason| format!("- {reason}")));
        let windows = verdict.failures.iter().take(FAILURES_SHOWN);
        lines.extend(windows.map(|f| format!("- {}: {} instead of {}. {}", f.date, f.have, f.need, f.why)));
        if verdict.failures.len() > FAILURES_SHOWN {
            lines.push(format!("- and {} more like these", verdict.failures.len() - FAILURES_SHOWN));
        }
    }
    lines.iter().map(|line| format!("          {}\n", line.trim_end())).collect()
}

/// The file and line of a case.
fn place(path: &Path, cases: &Cases, case: &Case) -> String {
    let file = shown(&path.with_extension("cases.ron"));
    match scenario::line_of(&case.written, &cases.files) {
        Some(line) => format!("{file}:{line}"),
        None => file,
    }
}

fn in_short(verdict: &Verdict) -> String {
    let whose = verdict.whose.as_ref().map(|w| format!(", {w}")).unwrap_or_default();
    let slack = verdict.slack.map(|s| format!(", slack {s}")).unwrap_or_default();
    let tightest = verdict.tightest.map(|d| format!(", tightest on {d}")).unwrap_or_default();
    format!("{}{whose}{slack}{tightest}", verdict.outcome.name())
}

fn as_json(runs: &[Run], failed: usize) -> Value {
    let of_case = |run: &Run, cases: &Cases, case: &Case, result: &CaseResult| {
        let differences: Vec<Value> = result
            .differences
            .iter()
            .map(|d| json!({ "what": d.what, "expected": d.expected, "got": d.got }))
            .collect();
        json!({
            "clause": id(run, case),
            "says": case.says,
            "because": case.because,
            "at": place(&run.path, cases, case),
            "passes": result.passes(),
            "differences": differences,
            "answer": result.verdict.as_ref().map(|v| json!({
                "outcome": v.outcome.name(),
                "whose": v.whose.as_ref().map(ToString::to_string),
                "slack": v.slack,
                "tightest": v.tightest,
                "exceptions": v.uses,
                "failures": v.failures,
                "reasons": v.reasons,
            })),
        })
    };
    let of_pack = |run: &Run| {
        let cases = run.cases.as_ref().map(|(cases, _)| {
            run.all().map(|(case, result)| of_case(run, cases, case, result)).collect::<Vec<Value>>()
        });
        json!({ "pack": shown(&run.path), "cases": cases })
    };
    let n: usize = runs.iter().map(|r| r.all().count()).sum();
    json!({ "cases": n, "failed": failed, "packs": runs.iter().map(of_pack).collect::<Vec<Value>>() })
}
