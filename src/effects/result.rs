//! What is answered about a package.

use serde::Serialize;

/// How the values were found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub enum How {
    /// From every part of the package.
    Exactly,
    /// From so many orders drawn by lot, half of them the other half backwards.
    Sampled {
        /// Orders.
        permutations: u32,
    },
}

/// What one item contributes. Each list has one entry an outcome measure.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ItemEffect {
    /// Its Shapley value.
    pub shapley: Vec<f64>,
    /// What it does alone: the package of it only, less nothing.
    pub alone: Vec<f64>,
    /// What it does as the last one: the package, less the package without it.
    pub last: Vec<f64>,
    /// Standard error of the Shapley value; nothing where it is exact.
    pub error: Option<Vec<f64>>,
    /// The 90 % interval of the Shapley value by Student's t over pairs of orders; nothing where it is exact.
    pub interval: Option<Vec<[f64; 2]>>,
}

/// The effects of all items of a package.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Effects {
    /// The outcome measures with no item.
    pub nothing: Vec<f64>,
    /// The outcome measures with all items.
    pub everything: Vec<f64>,
    /// Each item.
    pub items: Vec<ItemEffect>,
    /// How they were found.
    pub how: How,
    /// Parts of the package whose value was asked for.
    pub n_parts: usize,
}
