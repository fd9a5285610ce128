//! A whole file: the scenario itself, or a part that is included.

use crate::scenario::raw::bells::Schedule;
use crate::scenario::raw::calendar::Calendar;
use crate::scenario::raw::calendar::Closures;
use crate::scenario::raw::cases::Cases;
use crate::scenario::raw::clause::Clause;
use crate::scenario::raw::clause::Fact;
use crate::scenario::raw::clause::Waiver;
use crate::scenario::raw::nation::Nation;
use crate::scenario::raw::number::Number;
use crate::scenario::raw::number::Quantity;
use crate::scenario::raw::number::Table;
use crate::scenario::raw::people::Role;
use crate::scenario::raw::people::School;
use crate::scenario::raw::proposal::Proposal;
use crate::scenario::raw::rollout::Condition;
use crate::scenario::raw::rollout::Event;
use crate::scenario::raw::rollout::Learning;
use crate::scenario::raw::rollout::Line;
use crate::scenario::raw::rollout::Model;
use crate::scenario::raw::rollout::Partner;
use crate::scenario::raw::rollout::Practice;
use crate::scenario::raw::rollout::VoiceLimit;
use crate::scenario::raw::rules::Band;
use crate::scenario::raw::rules::Ladder;
use crate::scenario::raw::rules::Parameter;
use crate::scenario::raw::search::Search;
use crate::scenario::raw::words::Chance;
use crate::scenario::raw::words::Dispositions;
use crate::scenario::raw::words::Dose;
use crate::scenario::raw::words::Gate;
use crate::scenario::raw::words::Policy;
use crate::scenario::raw::words::Response;
use serde::Deserialize;

/// What a file begins with.
#[derive(Debug, Deserialize)]
pub enum File {
    /// The scenario's own file, with its header.
    Scenario(Box<Body>),
    /// An included file, without a header.
    Part(Box<Body>),
    /// Cases of the clauses of a pack, which stands beside them.
    Cases(Box<Cases>),
    /// A proposal that changes a scenario.
    Proposal(Box<Proposal>),
}

/// Header and sections. Both kinds of file are read with the same struct, so that all missing header keys
/// can be named at once, and a header in a part can be pointed at.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Body {
    pub title: Option<String>,
    pub question: Option<String>,
    pub from: Option<String>,
    pub school_years: Option<Number>,
    pub seed: Option<u64>,
    pub goal: Option<Quantity>,
    pub district: Option<String>,
    pub state: Option<String>,
    #[serde(default)]
    pub include: Vec<String>,
    #[serde(default)]
    pub sources: Table<Source>,
    #[serde(default)]
    pub schools: Vec<School>,
    #[serde(default)]
    pub bells: Vec<Schedule>,
    #[serde(default)]
    pub calendars: Vec<Calendar>,
    pub closures: Option<Closures>,
    #[serde(default)]
    pub roles: Vec<Role>,
    #[serde(default)]
    pub practices: Vec<Practice>,
    #[serde(default)]
    pub models: Vec<Model>,
    #[serde(default)]
    pub voice_limits: Vec<VoiceLimit>,
    #[serde(default)]
    pub learning: Vec<Learning>,
    #[serde(default)]
    pub partners: Vec<Partner>,
    #[serde(default)]
    pub engagement: Vec<Event>,
    #[serde(default)]
    pub clauses: Vec<Clause>,
    #[serde(default)]
    pub waivers: Vec<Waiver>,
    #[serde(default)]
    pub facts: Table<Fact>,
    #[serde(default)]
    pub conditions: Vec<Condition>,
    #[serde(default)]
    pub budget: Vec<Line>,
    #[serde(default)]
    pub parameters: Table<Parameter>,
    pub ladder: Option<Ladder>,
    pub gate: Option<Gate>,
    pub policy: Option<Policy>,
    pub response: Option<Response>,
    pub chance: Option<Chance>,
    pub dispositions: Option<Dispositions>,
    pub dose: Option<Dose>,
    pub leaves_weekly: Option<Quantity>,
    pub turnover: Option<Vec<Band>>,
    pub search: Option<Search>,
    pub nation: Option<Nation>,
}

impl Body {
    /// A part in which nothing is written.
    pub fn empty() -> Body {
        crate::scenario::raw::options().from_str("()").expect("every section may be left out")
    }
}

/// A document.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Source {
    pub title: String,
    pub publisher: Option<String>,
    pub link: Option<String>,
    pub read: Option<String>,
    pub note: Option<String>,
}
