//! Plans: what is varied, at which points, how often, and under which name results are kept.

use crate::experiments::asked::Asked;
use crate::experiments::asked::Design;
use crate::experiments::asked::Method;
use crate::experiments::asked::Purpose;
use crate::experiments::fails::Fails;
use crate::experiments::input::Domain;
use crate::experiments::input::Input;
use crate::experiments::input::Kind;
use crate::experiments::input::input;
use crate::experiments::input::parameters_with_range;
use crate::experiments::lay;
use crate::experiments::measure::Measures;
use crate::experiments::unit::Cut;
use crate::findings::Finding;
use crate::findings::Findings;
use crate::findings::Place;
use crate::scenario::InputFile;
use crate::scenario::Scenario;
use crate::scenario::Settable;
use crate::scenario::Setting;
use crate::scenario::Unread;
use sha2::Digest;
use sha2::Sha256;
use std::ops::Range;
use std::sync::Arc;

pub use crate::experiments::lay::Point;

/// What findings about the question itself point at.
const SHOWN: &str = "command line";

/// Points that belong together.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Section {
    /// The way of asking that they serve; nothing for a sweep.
    pub method: Option<Method>,
    /// The points.
    pub points: Range<usize>,
}

/// Everything about an experiment but its results.
#[derive(Debug, Clone)]
pub struct Plan {
    /// What was asked.
    pub asked: Asked,
    /// What is varied: levers first.
    pub inputs: Vec<Input>,
    /// All points.
    pub points: Vec<Point>,
    /// Which of them serve what.
    pub sections: Vec<Section>,
    /// Futures that each point of the levers meets; 1 where nothing is uncertain.
    pub n_futures: usize,
    /// What is measured.
    pub measures: Measures,
    /// What counts as failure.
    pub fails: Fails,
    /// How it is cut in units.
    pub cut: Cut,
    /// Its name: a hash of the scenario's files, the seed, the version, the points and the replicates.
    pub id: String,
}

impl Plan {
    /// What a point sets in the scenario, parameters of the model left out.
    pub fn settings(&self, point: usize) -> Vec<Setting> {
        self.set(point, |input| input.parameter.is_none())
    }

    /// Everything that a point sets.
    pub fn all_settings(&self, point: usize) -> Vec<Setting> {
        self.set(point, |_| true)
    }

    fn set(&self, point: usize, keeps: impl Fn(&Input) -> bool) -> Vec<Setting> {
        let of_point = self.inputs.iter().zip(&self.points[point].values);
        of_point
            .filter(|(input, _)| keeps(input))
            .filter_map(|(input, value)| {
                let text = input.notation.write(value.as_ref()?);
                Some(Setting { path: input.path.clone(), text })
            })
            .collect()
    }

    /// The parameters of the model that a point sets.
    pub fn parameters(&self, point: usize) -> Vec<(&str, f64)> {
        let of_point = self.inputs.iter().zip(&self.points[point].values);
        of_point.filter_map(|(input, value)| Some((input.parameter.as_deref()?, value.as_ref()?.number()?))).collect()
    }
}

/// Plans what was asked.
///
/// `hash` names the scenario's files, seed and version.
///
/// # Errors
/// Everything that is wrong with the question.
pub fn plan(
    asked: &Asked,
    settable: &Settable,
    scenario: &Scenario,
    measures: Measures,
    hash: &str,
) -> Result<Plan, Unread> {
    let mut question = Question::new(asked);
    let (levers, uncertain) = inputs(asked, settable, scenario, &mut question);
    let fails = question.take(asked.fails.as_deref().unwrap_or_default(), Fails::of(asked, &measures, scenario));
    let laid = if question.findings.has_errors() {
        None
    } else {
        lay(asked, &levers, &uncertain, scenario.seed, &mut question)
    };
    let (Some((points, sections, n_futures)), Some(fails)) = (laid, fails) else { return Err(question.unread()) };
    let inputs: Vec<Input> = levers.into_iter().chain(uncertain).collect();
    let cut = Cut::new(points.len(), asked.replicates);
    let mut plan =
        Plan { asked: asked.clone(), inputs, points, sections, n_futures, measures, fails, cut, id: String::new() };
    plan.id = id_of(&plan, hash);
    Ok(plan)
}

/// The question as a text that findings can point at, a line for each argument.
struct Question {
    file: Arc<str>,
    text: String,
    findings: Findings,
}

impl Question {
    fn new(asked: &Asked) -> Question {
        let flag = |flag: &'static str| move |text: &String| format!("{flag} {text}\n");
        let mut text: String = asked.levers.iter().map(flag("--lever")).collect();
        let uncertain = if matches!(asked.purpose, Purpose::Sweep { .. }) { "--uncertain" } else { "--vary" };
        text.extend(asked.uncertain.iter().map(flag(uncertain)));
        text.extend(asked.fails.iter().map(flag("--fails")));
        if text.is_empty() {
            text = format!("earlybell {}\n", asked.name());
        }
        Question { file: Arc::from(SHOWN), text, findings: Findings::new() }
    }

    /// The value, or its finding at the argument it is about.
    fn take<T>(&mut self, argument: &str, read: Result<T, Box<Finding>>) -> Option<T> {
        match read {
            Ok(value) => Some(value),
            Err(finding) => {
                let found = self.text.find(argument);
                // What nobody wrote, such as a parameter that is varied by itself, is shown at the whole question.
                let length =
                    found.filter(|_| !argument.is_empty()).map_or(self.text.trim_end().len(), |_| argument.len());
                let from = found.unwrap_or(0);
                self.findings.push(finding.at(&Place::bytes(&self.file, from..from + length), ""));
                None
            }
        }
    }

    fn unread(self) -> Unread {
        Unread { findings: self.findings, files: vec![InputFile::new(SHOWN.into(), self.text)] }
    }
}

fn inputs(
    asked: &Asked,
    settable: &Settable,
    scenario: &Scenario,
    question: &mut Question,
) -> (Vec<Input>, Vec<Input>) {
    let is_sweep = matches!(asked.purpose, Purpose::Sweep { .. });
    let usual = if is_sweep || !asked.uncertain.is_empty() { Vec::new() } else { parameters_with_range(scenario) };
    let mut read = |all: &[String], kind: Kind| -> Vec<Input> {
        all.iter().filter_map(|text| question.take(text, input(text, kind, settable, scenario))).collect()
    };
    let levers = read(&asked.levers, Kind::Lever);
    let uncertain = read(if usual.is_empty() { &asked.uncertain } else { &usual }, Kind::Uncertain);
    for (n, one) in levers.iter().chain(&uncertain).enumerate() {
        let twice = levers.iter().chain(&uncertain).take(n).any(|other| other.path == one.path);
        let refused =
            |code, message: String, help: &str| Err::<(), _>(Box::new(Finding::error(code, message).help(help)));
        if twice {
            let message = format!("`{}` is varied twice", one.name);
            question.take(
                &one.name,
                refused("experiments::twice", message, "name each value once, as a lever or as uncertain"),
            );
        }
        if !is_sweep && !one.domain.is_of_numbers() {
            let message = format!("`{}` takes words, which no sensitivity can be reckoned with", one.name);
            question
                .take(&one.name, refused("experiments::words", message, "`earlybell sweep --lever` compares words"));
        }
        let no_steps = one.kind == Kind::Lever && matches!(one.domain, Domain::Spread(_));
        if no_steps && matches!(asked.purpose, Purpose::Sweep { design: Design::Grid, .. }) {
            let message = format!("a grid needs to know how many values `{}` takes", one.name);
            let help = "write PATH=0..90:7 for seven values, list them, or take --design lhs or sobol";
            question.take(&one.name, refused("experiments::no_steps", message, help));
        }
    }
    if levers.is_empty() && uncertain.is_empty() && !question.findings.has_errors() {
        let (message, help) = match is_sweep {
            true => ("nothing is varied", "name a lever: --lever roles.coach.one_per=30,45,60"),
            false => ("the scenario gives no parameter a range", "say what to vary: --vary will.team=0.1..0.5"),
        };
        question.take::<()>("", Err(Box::new(Finding::error("experiments::nothing", message.to_string()).help(help))));
    }
    (levers, uncertain)
}

type Laid = (Vec<Point>, Vec<Section>, usize);

fn lay(asked: &Asked, levers: &[Input], uncertain: &[Input], seed: u64, question: &mut Question) -> Option<Laid> {
    let laid = match &asked.purpose {
        Purpose::Sweep { design, points, futures } => {
            let (points, futures) = (*points as usize, *futures as usize);
            lay::sweep(levers, uncertain, (*design, points, futures), seed).map(|(points, n_futures)| {
                let all = Section { method: None, points: 0..points.len() };
                (points, vec![all], n_futures)
            })
        }
        Purpose::Sensitivity { method, trajectories, rows, points } => {
            let sizes = (*trajectories as usize, *rows as usize, *points as usize);
            let mut all = Vec::new();
            let mut sections = Vec::new();
            let mut wrong = None;
            for method in method.each() {
                match lay::sensitivity(uncertain, method, sizes, seed) {
                    Ok(points) => {
                        sections.push(Section { method: Some(method), points: all.len()..all.len() + points.len() });
                        all.extend(points);
                    }
                    Err(undesigned) => wrong = Some(undesigned),
                }
            }
            wrong.map_or(Ok((all, sections, 1)), Err)
        }
    };
    let help = "vary fewer values, or take fewer points";
    let finding = |undesigned| Box::new(Finding::error("experiments::design", format!("{undesigned}")).help(help));
    question.take("", laid.map_err(finding))
}

fn id_of(plan: &Plan, hash: &str) -> String {
    let mut text = format!("{hash}\n{}\n", plan.asked.replicates);
    for point in 0..plan.points.len() {
        for setting in plan.all_settings(point) {
            text.push_str(&format!("{}={};", setting.path, setting.text));
        }
        text.push('\n');
    }
    let digest = Sha256::digest(text.as_bytes());
    digest.iter().take(8).map(|byte| format!("{byte:02x}")).collect()
}
