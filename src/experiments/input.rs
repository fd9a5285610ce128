//! Inputs: what is varied, found in the scenario by its path, with the values it takes.

use crate::adoption::Parameters;
use crate::designs::quantile;
use crate::experiments::axis;
use crate::experiments::axis::Written;
use crate::experiments::notation::Notation;
use crate::experiments::notation::Value;
use crate::experiments::parameter_words;
use crate::findings::Finding;
use crate::luck::Uncertain;
use crate::scenario::Scenario;
use crate::scenario::Settable;
use crate::scenario::uncertain;

/// The most values of one axis.
const MOST_STEPS: usize = 10_000;

/// Digits that a step of a range keeps: enough for any value, few enough to drop what rounding adds.
const DIGITS: i32 = 10;

/// What may be done about an input.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Somebody can choose it.
    Lever,
    /// Nobody knows it.
    Uncertain,
}

/// The values of an input.
#[derive(Debug, Clone, PartialEq)]
pub enum Domain {
    /// These, one after the other.
    Listed(Vec<Value>),
    /// Any of a distribution.
    Spread(Uncertain),
}

impl Domain {
    /// The value at a place from 0 to 1.
    pub fn at(&self, u: f64) -> Value {
        match self {
            Domain::Listed(all) => all[((u * all.len() as f64) as usize).min(all.len() - 1)].clone(),
            Domain::Spread(spread) => Value::Number(quantile(spread, u)),
        }
    }

    /// Its two ends: of a list the first and the last.
    pub fn ends(&self) -> (Value, Value) {
        match self {
            Domain::Listed(all) => (all[0].clone(), all[all.len() - 1].clone()),
            Domain::Spread(spread) => {
                let (low, high) = spread.range();
                (Value::Number(low), Value::Number(high))
            }
        }
    }

    /// Every value of a list, the two ends of anything else.
    pub fn extremes(&self) -> Vec<Value> {
        match self {
            Domain::Listed(all) => all.clone(),
            Domain::Spread(_) => <[Value; 2]>::from(self.ends()).to_vec(),
        }
    }

    /// Whether every value is a number.
    pub fn is_of_numbers(&self) -> bool {
        match self {
            Domain::Listed(all) => all.iter().all(|v| v.number().is_some()),
            Domain::Spread(_) => true,
        }
    }
}

/// One value of the scenario that is varied.
#[derive(Debug, Clone, PartialEq)]
pub struct Input {
    /// The path as it was asked for.
    pub name: String,
    /// The whole path.
    pub path: String,
    /// The parameter of the model that it is, where it is one: no schedule hangs on those.
    pub parameter: Option<String>,
    /// What may be done about it.
    pub kind: Kind,
    /// How it is written.
    pub(crate) notation: Notation,
    /// The values it takes.
    pub domain: Domain,
    /// What the scenario says, at its likeliest; nothing where it says nothing.
    pub as_written: Option<Value>,
    /// Its unit; empty where there is none.
    pub unit: String,
    /// What it is, in words.
    pub words: String,
}

impl Input {
    /// A value as readers see it, without its unit.
    pub fn told(&self, value: &Value) -> String {
        self.notation.told(value)
    }

    /// A value with its unit.
    pub fn told_with_unit(&self, value: &Value) -> String {
        let told = self.told(value);
        if self.unit.is_empty() || value.number().is_none() { told } else { format!("{told} {}", self.unit) }
    }

    /// Its ends, as in `0.1 to 0.5 per share using`; a short list whole.
    pub fn told_range(&self) -> String {
        let (low, high) = self.domain.ends();
        match &self.domain {
            Domain::Listed(all) if !self.domain.is_of_numbers() => {
                all.iter().map(|v| self.told(v)).collect::<Vec<String>>().join(", ")
            }
            Domain::Listed(_) | Domain::Spread(_) => format!("{} to {}", self.told(&low), self.told_with_unit(&high)),
        }
    }
}

type Refused = Box<Finding>;

/// The input that an axis of the command line means.
///
/// # Errors
/// When its values are none, or the scenario has none of its own to take their place.
pub fn input(text: &str, kind: Kind, settable: &Settable, scenario: &Scenario) -> Result<Input, Refused> {
    let (name, written) = axis::split(text);
    let (path, parameter) = whole_path(name);
    let stands = settable.written(&path);
    let notation = stands.as_deref().map_or(Notation::Whole, Notation::of);
    let spec = parameter.as_ref().and_then(|p| scenario.rules.parameters.get(p));
    let unit = spec.map(|s| s.unit.clone()).or_else(|| notation.unit()).unwrap_or_default();
    let words = parameter.as_deref().and_then(parameter_words::of).map_or_else(|| words_of(name), str::to_string);
    let slot = match &notation {
        Notation::Number { slot, .. } => uncertain(slot).ok(),
        Notation::Clock | Notation::Quoted | Notation::Whole => None,
    };
    let domain = match written {
        Written::AsTheScenario => {
            as_the_scenario(name, slot.as_ref(), spec.and_then(|s| s.range), parameter.as_deref())?
        }
        Written::Listed(all) => listed(name, &all, &notation)?,
        Written::Range { from, to, steps } => {
            range(name, [&from, &to], steps.as_deref(), &notation, stands.is_some(), parameter.as_deref())?
        }
        Written::Spread(text) => Domain::Spread(uncertain(&text).map_err(Box::new)?),
    };
    let as_written = match slot {
        Some(spread) => Some(Value::Number(spread.typical())),
        None => stands.map(|text| notation.read(&text)),
    };
    // What is not a number goes the long way, where the checks of the scenario read it.
    let parameter = parameter.filter(|_| domain.is_of_numbers());
    let name = name.to_string();
    Ok(Input { name, path, parameter, kind, notation, domain, as_written, unit, words })
}

/// Every parameter of the model that the scenario gives a range for.
pub fn parameters_with_range(scenario: &Scenario) -> Vec<String> {
    let with_range = scenario.rules.parameters.iter().filter(|(_, spec)| spec.range.is_some());
    with_range.map(|(name, _)| name.clone()).collect()
}

/// The path of a value, and the parameter that it is; a parameter may be named by its name alone.
fn whole_path(name: &str) -> (String, Option<String>) {
    let bare = name.strip_prefix("parameters.").unwrap_or(name);
    let bare = bare.strip_suffix(".is").unwrap_or(bare);
    match Parameters::KNOWN.iter().any(|(known, _, _)| *known == bare) {
        true => (format!("parameters.{bare}.is"), Some(bare.to_string())),
        false => (name.to_string(), None),
    }
}

fn refused(code: &'static str, message: String, help: &str) -> Refused {
    Box::new(Finding::error(code, message).help(help))
}

fn as_the_scenario(
    name: &str,
    slot: Option<&Uncertain>,
    range: Option<(f64, f64)>,
    parameter: Option<&str>,
) -> Result<Domain, Refused> {
    match (slot, range) {
        (Some(spread), _) if !matches!(spread, Uncertain::Fixed(_)) => Ok(Domain::Spread(spread.clone())),
        (_, Some((low, high))) => Ok(between(low, high, parameter)),
        (_, None) => Err(refused(
            "experiments::no_range",
            format!("the scenario gives `{name}` neither a distribution nor a range"),
            "say which values it takes: PATH=0.1..0.5, PATH=30,45,60 or PATH=Triangular(8, 12, 20)",
        )),
    }
}

/// Anything between two ends; what the model counts in whole numbers is one of those.
fn between(low: f64, high: f64, parameter: Option<&str>) -> Domain {
    if parameter.is_some_and(|p| Parameters::WHOLE.contains(&p)) {
        let (first, last) = (low.ceil() as i64, high.floor() as i64);
        if first <= last && last - first < MOST_STEPS as i64 {
            return Domain::Listed((first..=last).map(|n| Value::Number(n as f64)).collect());
        }
    }
    Domain::Spread(Uncertain::Uniform { low, high })
}

fn listed(name: &str, all: &[String], notation: &Notation) -> Result<Domain, Refused> {
    if all.iter().any(String::is_empty) {
        return Err(refused(
            "experiments::empty",
            format!("`{name}` has a value with nothing in it"),
            "write the values with commas between them: PATH=30,45,60",
        ));
    }
    Ok(Domain::Listed(all.iter().map(|text| notation.read(text)).collect()))
}

fn range(
    name: &str,
    ends: [&str; 2],
    steps: Option<&str>,
    notation: &Notation,
    stands: bool,
    parameter: Option<&str>,
) -> Result<Domain, Refused> {
    // Where nothing stands, the checks of the scenario tell what is wrong with the path or the unit.
    let read = |text: &str| match stands {
        true => notation.read(text).number(),
        false => text.parse::<f64>().ok().filter(|x| x.is_finite()),
    };
    if stands && !notation.takes_numbers() {
        return Err(refused(
            "experiments::no_number",
            format!("what stands at `{name}` has not one number that a range could move"),
            "list the values whole: PATH=Minutes(60),Minutes(75)",
        ));
    }
    let (Some(low), Some(high)) = (read(ends[0]), read(ends[1])) else {
        return Err(refused(
            "experiments::range",
            format!("the range {}..{} of `{name}` has an end that is no number", ends[0], ends[1]),
            "write PATH=0..90:7 for seven values from 0 to 90, or PATH=0..90 for anything between",
        ));
    };
    if low >= high {
        return Err(refused(
            "experiments::empty_range",
            format!("the range {}..{} of `{name}` is empty", ends[0], ends[1]),
            "write the least first, and a larger most: PATH=0..90",
        ));
    }
    match steps.map(str::parse::<usize>) {
        None => Ok(between(low, high, parameter)),
        Some(Ok(n)) if (2..=MOST_STEPS).contains(&n) => Ok(Domain::Listed(stepped(low, high, n))),
        Some(_) => Err(refused(
            "experiments::steps",
            format!("`{name}` needs two values at least and {MOST_STEPS} at most"),
            "the number behind the colon says how many values there are: PATH=0..90:7",
        )),
    }
}

fn stepped(low: f64, high: f64, n: usize) -> Vec<Value> {
    let scale = libm::pow(10.0, f64::from(DIGITS));
    let at = |k: usize| low + (high - low) * k as f64 / (n - 1) as f64;
    (0..n).map(|k| Value::Number((at(k) * scale).round() / scale)).collect()
}

/// A path in words: the last step, and what it belongs to.
fn words_of(path: &str) -> String {
    let steps: Vec<String> = path.split('.').map(|step| step.replace(['_', '-'], " ")).collect();
    match steps.as_slice() {
        [.., of, last] => format!("{of}: {last}"),
        _ => steps.concat(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scenario::Stack;
    use std::path::Path;

    fn of(text: &str) -> Result<Input, String> {
        let stack = Stack::open(&Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios/ccsd93")).unwrap();
        let settable = Settable::open(&stack).unwrap();
        let scenario = stack.read(&|_| true).unwrap();
        input(text, Kind::Lever, &settable, &scenario).map_err(|f| f.message)
    }

    #[test]
    fn a_parameter_may_be_named_shortly_and_takes_the_scenario_s_range() {
        let input = of("will.team").unwrap();
        assert_eq!((input.path.as_str(), input.parameter.as_deref()), ("parameters.will.team.is", Some("will.team")));
        assert_eq!(input.domain, Domain::Spread(Uncertain::Uniform { low: 0.1, high: 0.5 }));
        assert_eq!(input.as_written, Some(Value::Number(0.3)));
        assert_eq!(of("parameters.will.team.is").unwrap().path, input.path);
    }

    #[test]
    fn what_the_model_counts_in_whole_numbers_takes_only_those() {
        let four = (1..=4).map(|n| Value::Number(f64::from(n))).collect();
        assert_eq!(of("focus").unwrap().domain, Domain::Listed(four));
    }

    #[test]
    fn seven_values_from_0_to_90_are_15_apart() {
        let input = of("roles.coach.one_per=0..90:7").unwrap();
        let by_hand = [0.0, 15.0, 30.0, 45.0, 60.0, 75.0, 90.0].map(Value::Number).to_vec();
        assert_eq!(input.domain, Domain::Listed(by_hand));
        assert_eq!((input.unit.as_str(), input.words.as_str()), ("educators", "coach: one per"));
        assert_eq!(input.told_range(), "0 to 90 educators");
        assert_eq!(
            of("will.team=0.1..0.4:4").unwrap().domain,
            Domain::Listed([0.1, 0.2, 0.3, 0.4].map(Value::Number).to_vec())
        );
    }

    #[test]
    fn a_distribution_of_the_scenario_is_taken_as_it_is_written() {
        let input = of("conditions.agreement.takes").unwrap();
        assert_eq!(input.domain, Domain::Spread(Uncertain::Triangular { low: 8.0, mode: 12.0, high: 26.0 }));
        assert_eq!(input.as_written, Some(Value::Number(12.0)));
    }

    #[test]
    fn empty_ranges_and_values_that_are_none_are_refused_with_what_to_do() {
        for (text, why) in [
            ("will.team=0.5..0.1", "is empty"),
            ("will.team=0.5..0.5", "is empty"),
            ("will.team=a..b", "no number"),
            ("will.team=0..1:1", "two values at least"),
            ("will.team=0..1:x", "two values at least"),
            ("will.team=", "nothing in it"),
            ("will.team=1,,2", "nothing in it"),
            ("policy=0..1", "not one number"),
            ("roles.coach.one_per", "neither a distribution nor a range"),
        ] {
            let said = of(text).unwrap_err();
            assert!(said.contains(why), "{text}: {said}");
        }
    }

    #[test]
    fn a_list_is_cut_in_equal_parts_and_a_spread_by_its_quantiles() {
        let list = Domain::Listed(vec![Value::Number(1.0), Value::Text("b".into())]);
        assert_eq!(
            [list.at(0.0), list.at(0.5), list.at(1.0)],
            [Value::Number(1.0), Value::Text("b".into()), Value::Text("b".into())]
        );
        assert!(!list.is_of_numbers());
        let spread = Domain::Spread(Uncertain::Uniform { low: 2.0, high: 4.0 });
        assert_eq!(spread.at(0.5), Value::Number(3.0));
    }
}
