//! Findings: what is wrong with an input, all of it, each with the place it is written at.
//!
//! Has messages and places, gives lists that rooms hand on. Knows no files: a place is a name and a path
//! inside the data (`bells[2].pupils[0]`), which the scenario room turns into a line and a picture.

use std::fmt;
use std::ops::Range;
use std::sync::Arc;

/// Where in a file something is written.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Spot {
    /// A path through the data, such as `bells[2].staff[0].blocks[1]`; empty for the whole file.
    Path(String),
    /// Bytes of the text, for text that could not be read as data.
    Bytes(usize, usize),
    /// The key of a field rather than its value, by the path of the field.
    Key(String),
}

/// A place in an input file.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place {
    /// The file as the user would name it.
    pub file: Arc<str>,
    /// Where in that file.
    pub spot: Spot,
}

impl Place {
    /// A path inside a file.
    pub fn at(file: &Arc<str>, path: impl Into<String>) -> Place {
        Place { file: file.clone(), spot: Spot::Path(path.into()) }
    }

    /// The same file, one step further in: a field of the value this place names.
    pub fn field(&self, name: &str) -> Place {
        self.deeper(name, ".")
    }

    /// The same file, one step further in: an item of the list this place names.
    pub fn item(&self, index: usize) -> Place {
        self.deeper(&format!("[{index}]"), "")
    }

    /// The key of the field that this place names, rather than its value.
    pub fn key(&self) -> Place {
        let spot = match &self.spot {
            Spot::Path(path) => Spot::Key(path.clone()),
            Spot::Bytes(..) | Spot::Key(_) => self.spot.clone(),
        };
        Place { file: self.file.clone(), spot }
    }

    fn deeper(&self, step: &str, separator: &str) -> Place {
        let spot = match &self.spot {
            Spot::Path(path) if path.is_empty() => Spot::Path(step.to_string()),
            Spot::Path(path) => Spot::Path(format!("{path}{separator}{step}")),
            other => other.clone(),
        };
        Place { file: self.file.clone(), spot }
    }

    /// Bytes of a file.
    pub fn bytes(file: &Arc<str>, range: Range<usize>) -> Place {
        Place { file: file.clone(), spot: Spot::Bytes(range.start, range.end) }
    }

    /// A place for values made in memory, in tests and examples.
    pub fn nowhere() -> Place {
        Place { file: Arc::from("(in memory)"), spot: Spot::Path(String::new()) }
    }
}

/// How much a finding weighs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// The scenario cannot be used as it is.
    Error,
    /// The scenario can be used, but perhaps does not say what its author means.
    Warning,
}

/// Words beside a place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Label {
    /// The place.
    pub place: Place,
    /// What to say about it; may be empty.
    pub text: String,
}

/// One thing that is wrong: what and which, where, and what to do next.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// A stable name for the kind of finding, such as `bells::overlap`.
    pub code: &'static str,
    /// Error or warning.
    pub severity: Severity,
    /// What is wrong, with the names and values it is about.
    pub message: String,
    /// The places it is about; the first is the main one.
    pub labels: Vec<Label>,
    /// What to do next.
    pub help: Option<String>,
}

impl Finding {
    /// Something that must be mended before the scenario can be used.
    pub fn error(code: &'static str, message: impl Into<String>) -> Finding {
        Finding { code, severity: Severity::Error, message: message.into(), labels: Vec::new(), help: None }
    }

    /// Something worth a second look.
    pub fn warning(code: &'static str, message: impl Into<String>) -> Finding {
        Finding { severity: Severity::Warning, ..Finding::error(code, message) }
    }

    /// Adds a place with a label; the first one added is the main one.
    pub fn at(mut self, place: &Place, label: impl Into<String>) -> Finding {
        self.labels.push(Label { place: place.clone(), text: label.into() });
        self
    }

    /// Adds what to do next.
    pub fn help(mut self, help: impl Into<String>) -> Finding {
        self.help = Some(help.into());
        self
    }

    /// The help that offers the nearest of the known names, if one is near.
    pub fn near<'a>(self, wrong: &str, known: impl IntoIterator<Item = &'a str>) -> Finding {
        let known: Vec<&str> = known.into_iter().collect();
        match nearest(wrong, known.iter().copied()) {
            Some(name) => self.help(format!("did you mean `{name}`?")),
            None if known.is_empty() => self.help("nothing of this kind is defined yet"),
            None => {
                let shown = known.iter().take(12).copied().collect::<Vec<_>>().join(", ");
                let more = if known.len() > 12 { ", …" } else { "" };
                self.help(format!("known names: {shown}{more}"))
            }
        }
    }
}

/// The known name that a misspelt one probably means.
pub fn nearest<'a>(wrong: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    known
        .into_iter()
        .map(|name| (strsim::damerau_levenshtein(wrong, name), name))
        .filter(|(distance, name)| *distance <= 1 + name.chars().count().min(wrong.chars().count()) / 4)
        .min()
        .map(|(_, name)| name)
}

/// Everything that was found, in the order it was found.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Findings {
    list: Vec<Finding>,
}

impl Findings {
    /// No findings yet.
    pub fn new() -> Findings {
        Findings::default()
    }

    /// Adds one.
    pub fn push(&mut self, finding: Finding) {
        self.list.push(finding);
    }

    /// Adds all of another list.
    pub fn extend(&mut self, other: Findings) {
        self.list.extend(other.list);
    }

    /// Whether any of them is an error.
    pub fn has_errors(&self) -> bool {
        self.list.iter().any(|f| f.severity == Severity::Error)
    }

    /// Whether there is none at all.
    pub fn is_empty(&self) -> bool {
        self.list.is_empty()
    }

    /// The findings in order.
    pub fn iter(&self) -> impl Iterator<Item = &Finding> {
        self.list.iter()
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.list.len()
    }
}

impl From<Finding> for Findings {
    fn from(finding: Finding) -> Findings {
        Findings { list: vec![finding] }
    }
}

impl fmt::Display for Findings {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let lines: Vec<String> = self.list.iter().map(|x| format!("{} [{}]", x.message, x.code)).collect();
        f.write_str(&lines.join("\n"))
    }
}

impl std::error::Error for Findings {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_near_name_is_offered_and_a_far_one_is_not() {
        assert_eq!(nearest("minuts", ["minutes", "months"]), Some("minutes"));
        assert_eq!(nearest("zebra", ["minutes", "months"]), None);
    }

    #[test]
    fn places_lead_into_lists_and_fields() {
        let file: Arc<str> = Arc::from("bells.ron");
        let place = Place::at(&file, "").field("bells").item(2).field("id");
        assert_eq!(place, Place::at(&file, "bells[2].id"));
    }
}
