//! The whole story in one short function: read it first.

use crate::adoption::World;
use crate::clauses::AtRisk;
use crate::clauses::Lawbook;
use crate::clauses::Note;
use crate::clauses::Tell;
use crate::clauses::Verdict;
use crate::clauses::Verdicts;
use crate::clauses::at_risk;
use crate::clauses::judge;
use crate::clauses::judge_each_school;
use crate::clauses::notes;
use crate::district::District;
use crate::ensemble::Job;
use crate::ensemble::Replicate;
use crate::ensemble::Results;
use crate::ensemble::summarise;
use crate::findings::Findings;
use crate::ledger::Ledger;
use crate::ledger::weigh;
use crate::levers::Ground;
use crate::levers::Snow;
use crate::levers::snow;
use crate::nation::plan::NationPlan;
use crate::people::Roster;
use crate::people::synthesise;
use crate::plan::Horizon;
use crate::plan::timetabled_hours;
use crate::readiness::Graph;
use crate::readiness::Readiness;
use crate::readiness::build as build_graph;
use crate::readiness::spans_of_clause;
use crate::scenario::Scenario;
use crate::spread::fits_the_kernel;
use crate::spread::nation::NationCourse;
use crate::spread::nation::NationJob;
use crate::spread::nation::StateLaw;
use crate::spread::nation::Tiles;
use crate::spread::nation::laws;
use crate::spread::nation::with_law;
use crate::timetable::Timetable;
use crate::timetable::build as build_timetable;
use crate::units::Date;

/// Everything a run answers.
#[derive(Debug, Clone)]
pub struct Outcome {
    /// What each school, grade and role gets on each date.
    pub timetable: Timetable,
    /// What the clauses say to it.
    pub verdicts: Verdicts,
    /// What is lost where they are not met.
    pub at_risk: Vec<AtRisk>,
    /// What no single verdict says.
    pub notes: Vec<Note>,
    /// What must hold before what.
    pub graph: Graph,
    /// From when each condition holds, with every duration at its typical value.
    pub readiness: Readiness,
    /// How far the practice spreads.
    pub results: Results,
    /// Minutes and dollars.
    pub ledger: Ledger,
    /// What lost days do to the clauses, where the scenario says how many are lost.
    pub snow: Option<Snow>,
}

/// What stands before any luck: the timetable, the verdicts and the graph.
#[derive(Debug, Clone)]
pub struct Checked {
    /// What each school, grade and role gets on each date.
    pub timetable: Timetable,
    /// What the clauses say to it.
    pub verdicts: Verdicts,
    /// What is lost where they are not met.
    pub at_risk: Vec<AtRisk>,
    /// What no single verdict says.
    pub notes: Vec<Note>,
    /// What must hold before what.
    pub graph: Graph,
    /// The weeks of the simulation.
    pub horizon: Horizon,
    /// Who there is.
    pub roster: Roster,
}

/// Runs a scenario: the chain from bells to curves.
///
/// `after_each` is told of every replicate that ends.
///
/// # Errors
/// When conditions need one another in a circle.
pub fn run(scenario: &Scenario, replicates: u32, after_each: &(dyn Fn() + Sync)) -> Result<Outcome, Findings> {
    let checked = check(scenario)?;
    let all = job(scenario, &checked).replicates(replicates, after_each);
    Ok(told(scenario, checked, &all))
}

/// What replicates of a checked scenario answer, from number 0 on.
pub fn told(scenario: &Scenario, checked: Checked, replicates: &[Replicate]) -> Outcome {
    let job = job(scenario, &checked);
    let (readiness, results) = (job.settle_typically(), summarise(&job, replicates));
    outcome(scenario, checked, readiness, results, replicates.len() as u32)
}

/// Joins what was checked and simulated with minutes, dollars and lost days.
pub fn outcome(
    scenario: &Scenario,
    checked: Checked,
    readiness: Readiness,
    results: Results,
    replicates: u32,
) -> Outcome {
    let ledger = weigh(&scenario.district, &checked.timetable, &scenario.resources, checked.horizon.n_years);
    let snow = snow_days(scenario, &checked.timetable, replicates);
    let Checked { timetable, verdicts, at_risk, notes, graph, .. } = checked;
    Outcome { timetable, verdicts, at_risk, notes, graph, readiness, results, ledger, snow }
}

/// Builds the timetable, judges the clauses and orders the conditions, without simulating anything.
///
/// # Errors
/// When conditions need one another in a circle.
pub fn check(scenario: &Scenario) -> Result<Checked, Findings> {
    let mut checked = check_with(scenario, judge)?;
    let book = scenario.lawbook();
    checked.at_risk = at_risk(&book, &scenario.district, &checked.timetable, &checked.verdicts);
    checked.notes = notes(&book, &checked.timetable, &checked.verdicts);
    Ok(checked)
}

/// The same for many scenarios that are simulated and not told of: verdicts without words, no money, no notes.
///
/// # Errors
/// When conditions need one another in a circle.
pub fn check_without_words(scenario: &Scenario) -> Result<Checked, Findings> {
    check_with(scenario, |book, district, timetable| {
        let of_schools = judge_each_school(book, district, timetable, Tell::Outcomes, |_, verdicts| verdicts);
        let mut list: Vec<Verdict> = of_schools.into_iter().flatten().collect();
        list.sort_by_key(|v| v.clause);
        Verdicts { list }
    })
}

fn check_with(
    scenario: &Scenario,
    judge: impl Fn(&Lawbook, &District, &Timetable) -> Verdicts,
) -> Result<Checked, Findings> {
    let graph = build_graph(&scenario.nodes)?;
    let timetable = build_timetable(&scenario.calendars, &scenario.schedules, &scenario.district);
    let verdicts = judge(&scenario.lawbook(), &scenario.district, &timetable);
    let horizon = Horizon::new(scenario.from, scenario.school_years as usize);
    let roster = synthesise(&scenario.district);
    Ok(Checked { timetable, verdicts, at_risk: Vec::new(), notes: Vec::new(), graph, horizon, roster })
}

/// What a nation answers.
#[derive(Debug, Clone)]
pub struct NationOutcome {
    /// What the law of each state says to the scenario's schools.
    pub laws: Vec<StateLaw>,
    /// The Monday of each week.
    pub weeks: Vec<Date>,
    /// Part of a full school week that each week is.
    pub school_week: Vec<f64>,
    /// The school years that end within the simulation, each with its last week.
    pub years: Vec<(String, usize)>,
    /// The replicates.
    pub courses: Vec<NationCourse>,
}

/// Runs a nation whose schools are those of the scenario; `after_each_year` is told of every school year that ends.
///
/// # Errors
/// When conditions need one another in a circle, or there are more things than the kernel has room for.
pub fn nation(
    scenario: &Scenario,
    plan: &NationPlan,
    replicates: u32,
    tiles: Tiles,
    after_each_year: &(dyn Fn() + Sync),
) -> Result<NationOutcome, Findings> {
    let all = |nation: &NationJob| (0..replicates).map(|number| nation.replicate(number, after_each_year)).collect();
    nation_with(scenario, plan, tiles, all)
}

/// The same of courses that are run, or were.
///
/// # Errors
/// When conditions need one another in a circle, or there are more things than the kernel has room for.
pub fn nation_with(
    scenario: &Scenario,
    plan: &NationPlan,
    tiles: Tiles,
    courses: impl FnOnce(&NationJob) -> Vec<NationCourse>,
) -> Result<NationOutcome, Findings> {
    let mut checked = check_without_words(scenario)?;
    checked.graph = build_graph(&with_law(&scenario.nodes, &scenario.clauses))?;
    let laws = laws(&scenario.lawbook(), &scenario.district, &checked.timetable);
    let job = job(scenario, &checked);
    fits_the_kernel(&job.world, &plan.written)?;
    let nation = NationJob { job: &job, plan, laws: &laws, graph: &checked.graph, tiles };
    let courses = courses(&nation);
    let weeks = checked.horizon.mondays.clone();
    let mean = |week: usize| {
        let schools = &job.hours.schools;
        schools.iter().map(|s| s.school_week[week].min(1.0)).sum::<f64>() / schools.len().max(1) as f64
    };
    let school_week = (0..weeks.len()).map(mean).collect();
    let years = job.world.year_ends.clone();
    Ok(NationOutcome { laws, weeks, school_week, years, courses })
}

/// What questions about levers are asked about.
pub fn ground<'a>(scenario: &'a Scenario, timetable: &'a Timetable) -> Ground<'a> {
    Ground { book: scenario.lawbook(), district: &scenario.district, calendars: &scenario.calendars, timetable }
}

/// Draws lost days and judges what is left; nothing where the scenario does not say how many are lost.
pub fn snow_days(scenario: &Scenario, timetable: &Timetable, replicates: u32) -> Option<Snow> {
    let closures = scenario.closures.as_ref()?;
    Some(snow(&ground(scenario, timetable), closures, scenario.seed, replicates))
}

/// Everything that replicates of a checked scenario share.
pub fn job<'a>(scenario: &'a Scenario, checked: &'a Checked) -> Job<'a> {
    let Scenario { district, resources, rules, .. } = scenario;
    let hours = timetabled_hours(district, &checked.timetable, &resources.learning, &checked.horizon);
    let world = World::new(district, &checked.roster, resources, rules, &checked.horizon, &hours);
    let spans = |clause: usize| {
        let of_school = |school| spans_of_clause(&checked.verdicts, &checked.timetable, clause, school);
        (0..district.schools.len()).map(of_school).collect()
    };
    let clause_spans = (0..scenario.clauses.len()).map(spans).collect();
    let milestones = milestones(scenario.goal.using.as_f64());
    Job { world, hours, graph: &checked.graph, clause_spans, seed: scenario.seed, milestones }
}

/// Half, four fifths, and what the scenario calls success.
fn milestones(goal: f64) -> Vec<f64> {
    let mut shares = vec![0.5, 0.8, goal];
    shares.sort_by(f64::total_cmp);
    shares.dedup();
    shares
}
