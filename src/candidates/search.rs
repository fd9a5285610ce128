//! What may move: the axes of a search with their bounds, and the goals that a candidate has to keep.
//!
//! Plain data, as a scenario says it after its check.

use crate::findings::Place;
use crate::units::ClockTime;
use crate::units::Date;
use crate::units::Dollars;
use crate::units::Minutes;
use crate::units::Weekday;

/// No space may have more candidates than this.
pub const MOST_CANDIDATES: u64 = 1_000_000_000;

/// What may move in a scenario.
#[derive(Debug, Clone)]
pub struct Search {
    /// The release of pupils, where it may move.
    pub release: Option<Release>,
    /// Where minutes may be added on days without a release; nowhere is always one of them.
    pub added: Vec<Added>,
    /// Groups of schools whose bells move together.
    pub tiers: Vec<Tier>,
    /// Least distances between tiers that share buses.
    pub gaps: Vec<Gap>,
    /// How many educators one person of a shared role may serve.
    pub one_per: Vec<OnePer>,
    /// Before which dates conditions may not begin.
    pub dates: Vec<Earliest>,
    /// What a candidate has to reach to count as the proposal.
    pub keeps: Keeps,
    /// Where it is written.
    pub written: Place,
}

/// A release: how much earlier pupils leave, on which weekday, how often.
#[derive(Debug, Clone)]
pub struct Release {
    /// Minutes by which pupils leave earlier than on the usual day \[min\]; 0 for no release.
    pub minutes: Vec<Minutes>,
    /// Weekdays.
    pub on: Vec<Weekday>,
    /// Every so many weeks, counted from the first week of each school year \[weeks\].
    pub every_weeks: Vec<u32>,
    /// Places of the schools that release.
    pub schools: Vec<usize>,
}

/// Where minutes are added on the days without a release.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Added {
    /// Nowhere.
    Nowhere,
    /// Pupils leave later; what staff do after it moves with it.
    AtEnd(Minutes),
    /// Pupils come earlier; what staff do before it moves with it.
    AtStart(Minutes),
    /// The longest recess ends earlier, and the class after it begins earlier.
    FromRecess(Minutes),
}

impl Added {
    /// How many \[min\].
    pub fn minutes(self) -> Minutes {
        match self {
            Added::Nowhere => Minutes::ZERO,
            Added::AtEnd(by) | Added::AtStart(by) | Added::FromRecess(by) => by,
        }
    }

    /// How it is told.
    pub fn words(self) -> String {
        match self {
            Added::Nowhere => "nowhere".into(),
            Added::AtEnd(by) => format!("{by} at the end"),
            Added::AtStart(by) => format!("{by} at the start"),
            Added::FromRecess(by) => format!("{by} from recess"),
        }
    }
}

/// Schools whose bells move together, because their buses do.
#[derive(Debug, Clone)]
pub struct Tier {
    /// Its id.
    pub id: String,
    /// Places of its schools.
    pub schools: Vec<usize>,
    /// Times at which pupils of its first school may begin on the usual day.
    pub starts: Vec<ClockTime>,
}

/// Tiers that share buses: pupils begin, and leave, at least so many minutes apart.
#[derive(Debug, Clone)]
pub struct Gap {
    /// Places of the tiers.
    pub tiers: Vec<usize>,
    /// The least distance \[min\].
    pub at_least: Minutes,
}

/// A shared role, and how many educators one person may serve.
#[derive(Debug, Clone)]
pub struct OnePer {
    /// Place of the role.
    pub role: usize,
    /// Educators for one person.
    pub educators: Vec<f64>,
}

/// A condition, and the dates before which it may not begin.
#[derive(Debug, Clone)]
pub struct Earliest {
    /// Place of the condition.
    pub node: usize,
    /// The dates.
    pub not_before: Vec<Date>,
}

/// What a candidate has to reach to count as the proposal; nothing where nothing is said.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Keeps {
    /// Professional development of an educator in a week with school, on average, at least \[min\].
    pub development_per_week: Option<Minutes>,
    /// Pupils leave at least so much earlier on days of release \[min\].
    pub release: Option<Minutes>,
    /// Dollars a year at most.
    pub cost_per_year: Option<Dollars>,
}

impl Keeps {
    /// Whether nothing has to be kept.
    pub fn is_empty(&self) -> bool {
        *self == Keeps::default()
    }

    /// Each goal in words.
    pub fn words(&self) -> Vec<String> {
        let development = self
            .development_per_week
            .map(|m| format!("at least {m} of professional development an educator in a week with school, on average"));
        let release = self.release.map(|m| format!("pupils leave at least {m} earlier on days of release"));
        let cost = self.cost_per_year.map(|d| format!("at most {d} a year"));
        [development, release, cost].into_iter().flatten().collect()
    }
}
