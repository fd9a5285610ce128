//! A checked scenario.

use crate::adoption::Rules;
use crate::bells::BellSchedule;
use crate::calendar::Calendar;
use crate::candidates::Search;
use crate::clauses::Case;
use crate::clauses::Clause;
use crate::clauses::Fact;
use crate::clauses::Lawbook;
use crate::clauses::Waiver;
use crate::district::District;
use crate::findings::Findings;
use crate::findings::Place;
use crate::levers::Closures;
use crate::nation::plan::NationPlan;
use crate::plan::Resources;
use crate::readiness::Node;
use crate::scenario::patch::Patched;
use crate::scenario::proposals::Proposal;
use crate::source::Sources;
use crate::units::Date;
use crate::units::Share;
use std::sync::Arc;

/// A file that was read, with its text, so that a receipt can hash it and a finding can show it.
#[derive(Debug, Clone)]
pub struct InputFile {
    /// The file as findings name it.
    pub name: String,
    /// Its text.
    pub text: String,
    /// Its text as proposals change it, where they do.
    pub(crate) patched: Option<Patched>,
}

impl InputFile {
    /// A file that nothing has changed.
    pub fn new(name: String, text: String) -> InputFile {
        InputFile { name, text, patched: None }
    }

    /// The text that was read: as proposals change it, where they do.
    pub fn as_read(&self) -> &str {
        self.patched.as_ref().map_or(&self.text, Patched::text)
    }
}

/// What the district hopes for, to be named in the answer.
#[derive(Debug, Clone)]
pub struct Goal {
    /// The share of educators really using the practice that counts as success.
    pub using: Share,
}

/// Everything a scenario says, checked.
#[derive(Debug, Clone)]
pub struct Scenario {
    /// The name of its folder, such as `ccsd93`.
    pub name: String,
    /// Its title.
    pub title: String,
    /// The question it asks.
    pub question: String,
    /// The first day of the simulation.
    pub from: Date,
    /// How many school years are simulated \[years of 52 weeks, from `from`\].
    pub school_years: u32,
    /// The seed of all luck.
    pub seed: u64,
    /// What counts as success.
    pub goal: Goal,
    /// Where values come from.
    pub sources: Sources,
    /// Schools and roles.
    pub district: District,
    /// Calendars.
    pub calendars: Vec<Calendar>,
    /// How many days are lost in each month, where it says so.
    pub closures: Option<Closures>,
    /// Bell schedules.
    pub schedules: Vec<BellSchedule>,
    /// Clauses.
    pub clauses: Vec<Clause>,
    /// Waivers of clauses.
    pub waivers: Vec<Waiver>,
    /// Stated facts, those of the budget at the end.
    pub facts: Vec<Fact>,
    /// Conditions, in the order they are written, followed by the nodes of clauses, practices and models.
    pub nodes: Vec<Node>,
    /// What the rollout has to work with.
    pub resources: Resources,
    /// Rules of the adoption model.
    pub rules: Rules,
    /// What may move in a search, where it says so.
    pub search: Option<Search>,
    /// The nation whose schools are like those of the scenario, where it says so.
    pub nation: Option<NationPlan>,
    /// Proposals that changed it, in the order in which they were named.
    pub proposals: Vec<Proposal>,
    /// Files that were read, the scenario's own first.
    pub files: Vec<InputFile>,
    /// Warnings; errors never get this far.
    pub warnings: Findings,
}

impl Scenario {
    /// What its days are judged by.
    pub fn lawbook(&self) -> Lawbook<'_> {
        Lawbook { clauses: &self.clauses, waivers: &self.waivers, facts: &self.facts }
    }

    /// Its own file, for findings about the whole of it.
    pub fn place(&self) -> Place {
        Place::at(&Arc::from(self.files.first().map_or("", |file| file.name.as_str())), "")
    }
}

/// Clauses that stand alone, without a scenario: what a state, an agreement or a policy says.
#[derive(Debug, Clone)]
pub struct Pack {
    /// Its file, as findings name it.
    pub name: String,
    /// Where values come from.
    pub sources: Sources,
    /// Its clauses, those of included files at the end.
    pub clauses: Vec<Clause>,
    /// Waivers of them.
    pub waivers: Vec<Waiver>,
    /// Stated facts.
    pub facts: Vec<Fact>,
    /// Files that were read, the pack's own first.
    pub files: Vec<InputFile>,
    /// Warnings; errors never get this far.
    pub warnings: Findings,
}

impl Pack {
    /// What cases of it are judged by.
    pub fn lawbook(&self) -> Lawbook<'_> {
        Lawbook { clauses: &self.clauses, waivers: &self.waivers, facts: &self.facts }
    }
}

/// The cases beside a pack.
#[derive(Debug, Clone)]
pub struct Cases {
    /// The cases, in the order they are written.
    pub list: Vec<Case>,
    /// Their file, and those of the pack.
    pub files: Vec<InputFile>,
    /// Warnings; errors never get this far.
    pub warnings: Findings,
}
