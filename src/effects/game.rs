//! A package as a game: a value for each part of it, asked for once and in parallel.

use rayon::prelude::*;
use std::collections::BTreeMap;
use std::collections::BTreeSet;
use std::fmt;

/// A part of the package, as bits: item i is in it where bit i is set.
pub type Part = u32;

/// The most items that a package may have.
pub const MOST_ITEMS: usize = 30;

/// Why no effects were found.
#[derive(Debug, Clone, PartialEq)]
pub enum Unreckoned<E> {
    /// The package has more items than can be told apart.
    TooManyItems {
        /// Items it has.
        n: usize,
        /// Items it may have.
        most: usize,
    },
    /// The value of a part is not known.
    Value(E),
}

impl<E: fmt::Display> fmt::Display for Unreckoned<E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Unreckoned::TooManyItems { n, most } => {
                write!(f, "the package has {n} items; effects can be reckoned for at most {most}")
            }
            Unreckoned::Value(error) => error.fmt(f),
        }
    }
}

/// The part with every item.
pub fn whole(n: usize) -> Part {
    ((1u64 << n) - 1) as Part
}

/// The part with one item only.
pub fn only(item: usize) -> Part {
    1 << item
}

/// The values of parts, each asked for once.
pub struct Values {
    of_part: BTreeMap<Part, Vec<f64>>,
}

impl Values {
    /// Asks for the value of every part, in parallel. Of several errors that of the smallest part is told.
    pub fn ask<E: Send>(
        parts: &BTreeSet<Part>,
        value: impl Fn(Part) -> Result<Vec<f64>, E> + Sync,
    ) -> Result<Values, Unreckoned<E>> {
        let parts: Vec<Part> = parts.iter().copied().collect();
        let asked: Vec<Result<Vec<f64>, E>> = parts.par_iter().map(|part| value(*part)).collect();
        let values: Result<Vec<Vec<f64>>, E> = asked.into_iter().collect();
        Ok(Values { of_part: parts.into_iter().zip(values.map_err(Unreckoned::Value)?).collect() })
    }

    /// How many parts.
    pub fn n_parts(&self) -> usize {
        self.of_part.len()
    }

    /// The value of a part.
    pub fn of(&self, part: Part) -> &[f64] {
        self.of_part.get(&part).expect("every part is asked for before it is used")
    }

    /// What an item adds to a part that it is not in.
    pub fn gain(&self, part: Part, item: usize) -> Vec<f64> {
        less(self.of(part | only(item)), self.of(part))
    }
}

/// One list of numbers less another, number by number.
pub fn less(a: &[f64], b: &[f64]) -> Vec<f64> {
    a.iter().zip(b).map(|(a, b)| a - b).collect()
}
