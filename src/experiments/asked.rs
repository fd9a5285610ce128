//! What was asked of an experiment: enough to make it again, as a receipt keeps it.

use serde::Deserialize;
use serde::Serialize;

/// How points are laid.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, clap::ValueEnum)]
#[serde(rename_all = "lowercase")]
pub enum Design {
    /// Every value of each lever with every value of all others
    Grid,
    /// A Latin hypercube: every stratum of every range is met once
    Lhs,
    /// A scrambled Sobol' sequence; a power of two is best balanced
    Sobol,
}

/// A way of asking what matters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, clap::ValueEnum)]
#[serde(rename_all = "lowercase")]
pub enum Method {
    /// Each input alone at the low and the high end of its range
    Tornado,
    /// Steps of one input after another from many starting points (Morris)
    Morris,
    /// Shares of the variance, alone and with interactions (Sobol', Saltelli's design)
    Sobol,
    /// The ranges in which the plan fails (PRIM), and the share of luck
    Discovery,
    /// All of these
    All,
}

impl Method {
    /// The methods that are meant.
    pub fn each(self) -> Vec<Method> {
        match self {
            Method::All => vec![Method::Tornado, Method::Morris, Method::Sobol, Method::Discovery],
            Method::Tornado | Method::Morris | Method::Sobol | Method::Discovery => vec![self],
        }
    }
}

/// What the points are for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Purpose {
    /// Outcomes over values of levers.
    Sweep {
        /// How points of the levers are laid.
        design: Design,
        /// How many, where they are no grid.
        points: u32,
        /// How many points of the uncertain values each of them meets.
        futures: u32,
    },
    /// What the outcome hangs on.
    Sensitivity {
        /// How it is asked.
        method: Method,
        /// Trajectories of Morris.
        trajectories: u32,
        /// Rows of Saltelli's design.
        rows: u32,
        /// Points among which failures are looked for.
        points: u32,
    },
}

/// Everything that was asked.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Asked {
    /// What for.
    pub purpose: Purpose,
    /// Levers as they were written: `PATH=30,45,60`.
    pub levers: Vec<String>,
    /// Uncertain values as they were written: `PATH=0.1..0.5`.
    pub uncertain: Vec<String>,
    /// What counts as failure, as it was written.
    pub fails: Option<String>,
    /// Replicates of each point.
    pub replicates: u32,
}

impl Asked {
    /// The word for it in names of files and folders.
    pub fn name(&self) -> &'static str {
        match self.purpose {
            Purpose::Sweep { .. } => "sweep",
            Purpose::Sensitivity { .. } => "sensitivity",
        }
    }
}
