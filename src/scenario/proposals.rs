//! Proposals as they are told: who proposes what, item by item, with what stood there before.

use crate::findings::Place;
use crate::units::Date;
use serde::Serialize;

/// A proposal that is part of a scenario.
#[derive(Debug, Clone)]
pub struct Proposal {
    /// The name it is asked for by.
    pub name: String,
    /// Its title.
    pub title: String,
    /// Who proposes it.
    pub by: String,
    /// When.
    pub date: Date,
    /// What to keep in mind.
    pub note: Option<String>,
    /// What it leaves out.
    pub leaves_out: Vec<String>,
    /// What it changes.
    pub items: Vec<Item>,
}

/// One thing that is bargained about.
#[derive(Debug, Clone)]
pub struct Item {
    /// Its id.
    pub id: String,
    /// Its title.
    pub title: String,
    /// The article, section or clause that it is about.
    pub clause: Option<String>,
    /// The value it proposes, in words.
    pub value: Option<String>,
    /// The document its values come from.
    pub source: Option<String>,
    /// What it changes, in the order in which it is written.
    pub changes: Vec<Change>,
    /// Where it is written.
    pub written: Place,
}

/// What is done to a value.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Deed {
    /// It is given another value, or one where it had none.
    Set,
    /// Items are added.
    Add,
    /// It is taken away.
    Remove,
}

/// One change of a scenario.
#[derive(Debug, Clone)]
pub struct Change {
    /// What is done.
    pub deed: Deed,
    /// The path to what it is done to, as written.
    pub path: String,
    /// What stood there.
    pub old: Option<String>,
    /// The key of the source that what stood there names.
    pub old_source: Option<String>,
    /// What stands there now, or what is added.
    pub new: Option<String>,
    /// Where it is written in the proposal.
    pub written: Place,
}

impl Change {
    /// Whether the new text is the old one but for spaces.
    pub fn is_idle(&self) -> bool {
        self.deed == Deed::Set && self.old.is_some() && self.old == self.new
    }
}

/// A text on one line, without comments and with single spaces.
pub fn on_one_line(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for line in text.lines() {
        let line = without_comment(line).trim();
        let joins = out.is_empty() || out.ends_with(['(', '[', '{']) || line.starts_with([')', ']', '}']);
        if !joins && !line.is_empty() {
            out.push(' ');
        }
        out.push_str(line);
    }
    out.replace(",)", ")").replace(",]", "]").replace(",}", "}")
}

/// A line up to the `//` that stands outside quotes.
fn without_comment(line: &str) -> &str {
    let mut quoted = false;
    let mut before = ' ';
    for (at, c) in line.char_indices() {
        match c {
            '"' if before != '\\' => quoted = !quoted,
            '/' if !quoted && before == '/' => return &line[..at - 1],
            _ => {}
        }
        before = c;
    }
    line
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_value_over_several_lines_is_told_on_one() {
        let text = "Block( // the last\n    Instruction,\n    \"12:25\", \"14:15\", // http://x\n)";
        assert_eq!(on_one_line(text), "Block(Instruction, \"12:25\", \"14:15\")");
        assert_eq!(on_one_line("\"https://a.b\""), "\"https://a.b\"");
    }
}
