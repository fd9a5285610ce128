//! Penalties as data: the statute's own formula, with its own rounding.

use crate::clauses::Direction;
use crate::findings::Place;

/// The money that is lost where a clause is not met.
#[derive(Debug, Clone)]
pub struct Penalty {
    /// The text of the formula.
    pub text: String,
    /// For what it is reckoned once a school year; the worst answer inside speaks for it.
    pub once_for: OnceFor,
    /// The formula, in dollars.
    pub dollars: Formula,
    /// Where it is written.
    pub written: Place,
}

/// For what a penalty is reckoned once.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OnceFor {
    /// Each grade or role of each school.
    Each,
    /// Each school.
    School,
    /// The district.
    District,
}

/// A formula in exact numbers. Amounts are in the unit that the limit is written in.
#[derive(Debug, Clone, PartialEq)]
pub enum Formula {
    /// A number, as a fraction.
    Number(i64, i64),
    /// A stated fact, by id; dollars as dollars.
    Fact(String),
    /// What there is, in the worst window.
    Have,
    /// What is asked, in the worst window.
    Need,
    /// What is missing, in the worst window.
    Short,
    /// What is missing in all failing windows together.
    ShortInAll,
    /// How many windows fail.
    WindowsFailing,
    /// How many windows there are.
    Windows,
    /// Pupils of the grade, the school or the district.
    Pupils,
    /// The sum.
    Plus(Vec<Formula>),
    /// The product.
    Times(Vec<Formula>),
    /// The first less the second.
    Minus(Box<Formula>, Box<Formula>),
    /// The first divided by the second.
    Over(Box<Formula>, Box<Formula>),
    /// The least of them.
    Least(Vec<Formula>),
    /// The most of them.
    Most(Vec<Formula>),
    /// Rounded to so many digits after the point.
    Rounded(Direction, u32, Box<Formula>),
}
