//! The effect of each item of a package on what people look at, whatever the order in which items are told.

use crate::bells::Kind;
use crate::calendar::DayKind;
use crate::clauses::Outcome;
use crate::clauses::Verdicts;
use crate::effects::EXACT_UP_TO;
use crate::effects::Effects;
use crate::effects::Unreckoned;
use crate::effects::shapley_exact;
use crate::effects::shapley_sampled;
use crate::ensemble::Job;
use crate::ensemble::Replicate;
use crate::ensemble::Side as EnsembleSide;
use crate::findings::Findings;
use crate::pipeline;
use crate::pipeline::Checked;
use crate::plan::asked_of_line;
use crate::scenario::InputFile;
use crate::scenario::Scenario;
use crate::scenario::Stack;
use crate::timetable::Whose;
use std::fmt;

/// Levels of use that are counted.
const USING: u8 = 3;
const ROUTINE: u8 = 4;

/// Orders of the items that are drawn where there are too many for every part of the package.
const ORDERS: u32 = 200;

/// What a package is measured by.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Yardstick {
    /// Its id, with the unit at the end.
    pub id: &'static str,
    /// What it is, in words.
    pub name: &'static str,
    /// Its unit, in words.
    pub unit: &'static str,
}

/// Everything that is measured, in the order of [`measured`].
const YARDSTICKS: [Yardstick; 7] = [
    Yardstick { id: "using_end_percent", name: "Using at least one practice at the end", unit: "percentage points" },
    Yardstick { id: "routine_end_percent", name: "At routine at the end", unit: "percentage points" },
    Yardstick { id: "using_mean_percent", name: "Using, mean over all weeks", unit: "percentage points" },
    Yardstick { id: "development_hours_a_year", name: "Professional development of an educator a year", unit: "hours" },
    Yardstick { id: "instruction_hours_a_year", name: "Instruction of a pupil a year", unit: "hours" },
    Yardstick { id: "asked_of_budget_usd_a_year", name: "Asked of all budget lines a year", unit: "dollars" },
    Yardstick { id: "clauses_failing", name: "Clauses that fail", unit: "clauses" },
];

/// An item of a package.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PackageItem {
    /// The name of its proposal.
    pub proposal: String,
    /// Its id.
    pub id: String,
    /// Its title.
    pub title: String,
    /// The clause it is about.
    pub clause: Option<String>,
}

/// The effects of a package's items.
#[derive(Debug, Clone, PartialEq)]
pub struct PackageEffects {
    /// The items.
    pub items: Vec<PackageItem>,
    /// What is measured.
    pub yardsticks: &'static [Yardstick],
    /// The effects; each list has one number for each yardstick.
    pub effects: Effects,
    /// Replicates for each part of the package.
    pub replicates: u32,
}

/// A part of a package that cannot be reckoned.
#[derive(Debug, Clone)]
pub struct BadPart {
    /// The ids of the items that are left out.
    pub without: Vec<String>,
    /// What is wrong then.
    pub findings: Findings,
    /// The files to show it in.
    pub files: Vec<InputFile>,
}

impl fmt::Display for BadPart {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "without {}: {}", self.without.join(", "), self.findings)
    }
}

/// Reckons the effect of every item of a stack.
///
/// Every part of the package is read, judged and simulated under the same luck, up to twelve items; beyond, items
/// are added in orders drawn by lot.
///
/// # Errors
/// When a part of the package cannot be read, because an item stands on another, or there are too many items.
pub fn package_effects(
    stack: &Stack,
    whole: &Scenario,
    replicates: u32,
    after_each: &(dyn Fn() + Sync),
) -> Result<PackageEffects, Unreckoned<Box<BadPart>>> {
    let items = items_of(whole);
    let value = |part: u32| {
        let has = |item: usize| part & (1u32 << item) != 0;
        let bad = |findings: Findings, files: Vec<InputFile>| {
            let without = (0..items.len()).filter(|n| !has(*n)).map(|n| items[n].id.clone()).collect();
            Box::new(BadPart { without, findings, files })
        };
        let mut scenario = stack.read(&has).map_err(|unread| bad(unread.findings, unread.files))?;
        scenario.seed = whole.seed;
        let checked =
            pipeline::check_without_words(&scenario).map_err(|findings| bad(findings, scenario.files.clone()))?;
        let job = pipeline::job(&scenario, &checked);
        let runs = job.replicates(replicates, &|| ());
        let values = measured(&scenario, &checked, &job, &runs);
        after_each();
        Ok(values)
    };
    let effects = match items.len() {
        n if n <= EXACT_UP_TO => shapley_exact(n, value)?,
        n => shapley_sampled(n, ORDERS, whole.seed, value)?,
    };
    Ok(PackageEffects { items, yardsticks: &YARDSTICKS, effects, replicates })
}

/// The items of all proposals, in order.
fn items_of(whole: &Scenario) -> Vec<PackageItem> {
    let of = |proposal: &crate::scenario::Proposal| {
        let item = |item: &crate::scenario::Item| PackageItem {
            proposal: proposal.name.clone(),
            id: item.id.clone(),
            title: item.title.clone(),
            clause: item.clause.clone(),
        };
        proposal.items.iter().map(item).collect::<Vec<_>>()
    };
    whole.proposals.iter().flat_map(of).collect()
}

/// What the yardsticks say, in their order.
fn measured(scenario: &Scenario, checked: &Checked, job: &Job, runs: &[Replicate]) -> Vec<f64> {
    let side = EnsembleSide { job, replicates: runs };
    let all: Vec<usize> = (0..scenario.district.schools.len()).collect();
    let last = side.n_weeks().saturating_sub(1);
    let mean = |values: Vec<f64>| values.iter().sum::<f64>() / values.len().max(1) as f64;
    let share = |week: usize, level: u8| 100.0 * mean(side.shares(week, &all, level));
    let over_weeks = (0..side.n_weeks()).map(|week| share(week, USING)).sum::<f64>() / side.n_weeks().max(1) as f64;
    let n_years = checked.horizon.n_years.max(1) as f64;
    let lines = 0..scenario.resources.budget.len();
    let asked: f64 = lines.map(|line| asked_of_line(&scenario.district, &scenario.resources, line).as_f64()).sum();
    vec![
        share(last, USING),
        share(last, ROUTINE),
        over_weeks,
        development_hours(scenario, checked) / n_years,
        instruction_hours(scenario, checked) / n_years,
        asked,
        clauses_failing(scenario, &checked.verdicts),
    ]
}

fn clauses_failing(scenario: &Scenario, verdicts: &Verdicts) -> f64 {
    let fails = |clause: &usize| verdicts.of_clause(*clause).any(|v| v.outcome == Outcome::Fails);
    (0..scenario.clauses.len()).filter(fails).count() as f64
}

/// Hours of development of an educator who takes up the practice, over all years, the mean over educators \[h\].
fn development_hours(scenario: &Scenario, checked: &Checked) -> f64 {
    let (mut hours, mut people) = (0.0, 0.0);
    for (school, spec) in scenario.district.schools.iter().enumerate() {
        for (role, n) in spec.positions.iter().filter(|(role, _)| scenario.district.roles[*role].takes_up_practice) {
            let whose = Whose::Staff(scenario.district.roles[*role].id.clone());
            let years = &checked.timetable.schools[school].years;
            let of_year = |year| checked.timetable.total(year, &whose, |_| true).of(Kind::ProfessionalDevelopment);
            let each: f64 = years.iter().map(|year| of_year(year).as_hours()).sum();
            hours += each * f64::from(*n);
            people += f64::from(*n);
        }
    }
    if people > 0.0 { hours / people } else { 0.0 }
}

/// Hours of instruction of a pupil, over all years, the mean over pupils \[h\].
fn instruction_hours(scenario: &Scenario, checked: &Checked) -> f64 {
    let (mut hours, mut pupils) = (0.0, 0.0);
    for (school, spec) in scenario.district.schools.iter().enumerate() {
        for (grade, n) in &spec.pupils {
            let years = &checked.timetable.schools[school].years;
            let attends = |day: &crate::timetable::Day| day.kind == DayKind::Attendance;
            let of_year = |year| checked.timetable.total(year, &Whose::Pupils(*grade), attends).of(Kind::Instruction);
            let each: f64 = years.iter().map(|year| of_year(year).as_hours()).sum();
            hours += each * f64::from(*n);
            pupils += f64::from(*n);
        }
    }
    if pupils > 0.0 { hours / pupils } else { 0.0 }
}
