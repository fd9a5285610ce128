//! One part of the answer, as data.

/// How an answer turned out, for marks beside it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tone {
    /// A clause fails.
    Fails,
    /// Every clause holds.
    Holds,
    /// Something to know.
    Fact,
}

/// One part of the answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Point {
    /// What it is about, in a word or two.
    pub about: &'static str,
    /// How it turned out.
    pub tone: Tone,
    /// The shortest form, for one line or two.
    pub short: String,
    /// Further sentences.
    pub more: Vec<String>,
}
