//! Targets: what a path of a proposal leads to in the text of a file.
//!
//! Has a path such as `bells.elementary-monday.pupils.K-5.blocks[3].to`, gives the place of the value that it
//! means. Items of a list are named by their id, their grades or one of their roles, or by number from 0.

use crate::scenario::spans::Spans;
use std::ops::Range;

/// One step of a path.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Step {
    Name(String),
    Number(usize),
}

/// The names of the places in `Block(kind, from, to, id)`.
const OF_BLOCK: [&str; 4] = ["kind", "from", "to", "id"];

/// What a value is written as.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// `[ .. ]`
    List,
    /// `{ .. }`
    Map,
    /// `Name( key: value )`
    Keys,
    /// `Name( value, value )`
    Values,
    /// A text, a number or a word.
    Plain,
}

/// What a path leads to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Found {
    /// The value, by its place in the file.
    Value(String),
    /// All but the last step: the place of what it would stand in, and the last step.
    AllButLast(String, String),
    /// Not even that: the place of the last that was found, the first step that was not, and how many were found.
    Lost(String, String, usize),
}

/// Why a path cannot be read.
pub fn why_unreadable(path: &str) -> Option<&'static str> {
    steps(path).is_none().then_some("a path is made of names and numbers such as `bells.monday.pupils[0].blocks[3].to`")
}

fn steps(path: &str) -> Option<Vec<Step>> {
    let mut all = Vec::new();
    for name in path.split('.') {
        let (name, numbers) = name.split_once('[').map_or((name, None), |(name, rest)| (name, Some(rest)));
        if !name.is_empty() {
            all.push(Step::Name(name.to_string()));
        } else if numbers.is_none() {
            return None;
        }
        for number in numbers.into_iter().flat_map(|n| n.split('[')) {
            all.push(Step::Number(number.strip_suffix(']')?.parse().ok()?));
        }
    }
    matches!(all.first(), Some(Step::Name(_))).then_some(all)
}

/// Follows a path as far as it goes in a text.
pub fn find(text: &str, spans: &Spans, path: &str) -> Found {
    let steps = steps(path).unwrap_or_default();
    let mut place = String::new();
    let mut at = 0;
    while at < steps.len() {
        match next(text, spans, &place, &steps[at..]) {
            Some((further, taken)) => {
                place = further;
                at += taken;
            }
            None => break,
        }
    }
    let word = |step: &Step| match step {
        Step::Name(name) => name.clone(),
        Step::Number(n) => format!("[{n}]"),
    };
    match &steps[at..] {
        [] => Found::Value(place),
        [last] => Found::AllButLast(place, word(last)),
        [first, ..] => Found::Lost(place, word(first), at),
    }
}

/// The place one step further, and how many steps of the path it takes: keys may have points in them.
fn next(text: &str, spans: &Spans, place: &str, steps: &[Step]) -> Option<(String, usize)> {
    let names: Vec<&str> = steps
        .iter()
        .map_while(|step| match step {
            Step::Name(name) => Some(name.as_str()),
            Step::Number(_) => None,
        })
        .collect();
    if let Step::Number(n) = &steps[0] {
        let further = format!("{place}[{n}]");
        return spans.exact(&further).is_some().then_some((further, 1));
    }
    (1..=names.len()).rev().find_map(|n| named(text, spans, place, &names[..n].join(".")).map(|found| (found, n)))
}

fn named(text: &str, spans: &Spans, place: &str, name: &str) -> Option<String> {
    let key = if place.is_empty() { name.to_string() } else { format!("{place}.{name}") };
    if spans.has_key(&key) {
        return Some(key);
    }
    if written(text, spans, place).is_some_and(|t| t.starts_with("Block")) {
        let n = OF_BLOCK.iter().position(|of| *of == name)?;
        let further = format!("{place}[{n}]");
        return spans.exact(&further).is_some().then_some(further);
    }
    let item = |n: &usize| format!("{place}[{n}]");
    let there = (0..).take_while(|n| spans.exact(&item(n)).is_some()).map(|n| item(&n));
    there.into_iter().find(|item| names_of(text, spans, item).iter().any(|known| known == name))
}

/// What an item of a list may be called by.
fn names_of(text: &str, spans: &Spans, item: &str) -> Vec<String> {
    let plain = |place: String| written(text, spans, &place).map(|t| t.trim_matches('"').to_string());
    let mut names: Vec<String> = ["id", "grades"].iter().filter_map(|key| plain(format!("{item}.{key}"))).collect();
    names.extend((0..).map_while(|n| plain(format!("{item}.roles[{n}]"))));
    names
}

/// The names that may stand after a place: keys, or what the items of a list are called by.
pub fn known_after(text: &str, spans: &Spans, place: &str) -> Vec<String> {
    let mut known: Vec<String> = spans.keys_of(place);
    if written(text, spans, place).is_some_and(|t| t.starts_with("Block")) {
        known.extend(OF_BLOCK.map(str::to_string));
    }
    let items = (0..).map(|n| format!("{place}[{n}]")).take_while(|item| spans.exact(item).is_some());
    known.extend(items.flat_map(|item| names_of(text, spans, &item)));
    known
}

fn written<'a>(text: &'a str, spans: &Spans, place: &str) -> Option<&'a str> {
    spans.exact(place).map(|range| &text[range])
}

/// What a value is written as, and the byte after its opening bracket.
pub fn form(text: &str, spans: &Spans, place: &str) -> Option<(Form, usize)> {
    let range = spans.exact(place)?;
    let value = &text[range.clone()];
    let open = range.start + value.find(['[', '{', '('])?;
    Some((form_of(value, !spans.keys_of(place).is_empty(), spans.exact(&format!("{place}[0]")).is_some())?, open + 1))
}

fn form_of(value: &str, has_keys: bool, has_items: bool) -> Option<Form> {
    match value.chars().find(|c| matches!(c, '[' | '{' | '(' | '"'))? {
        '[' => Some(Form::List),
        '{' => Some(Form::Map),
        '(' if has_items && !has_keys => Some(Form::Values),
        '(' => Some(Form::Keys),
        _ => Some(Form::Plain),
    }
}

/// The bytes after the last item or entry of a list or map; those after its opening bracket when it is empty.
pub fn end_of_items(spans: &Spans, place: &str, after_open: usize) -> Range<usize> {
    let items = (0..).map_while(|n| spans.exact(&format!("{place}[{n}]")));
    let entries = spans.keys_of(place).into_iter().filter_map(|key| spans.exact(&format!("{place}.{key}")));
    let end = items.chain(entries).map(|range| range.end).max().unwrap_or(after_open);
    end..end
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scenario::spans;

    const TEXT: &str = r#"Part(
        bells: [
            Schedule(id: "full", pupils: []),
            Schedule(id: "monday", pupils: [Pupils(grades: "K-5", blocks: [Block(Lunch, "11:40", "12:10"), Block(Instruction, "12:10", "14:15")])],
                staff: [Staff(roles: ["teacher", "coach"], blocks: [])]),
        ],
        parameters: { "will.team": Parameter(is: 0.3), "will.load": Parameter(is: 0.1) },
    )"#;

    fn value(path: &str) -> String {
        let spans = spans::find(TEXT);
        match find(TEXT, &spans, path) {
            Found::Value(place) => TEXT[spans.exact(&place).unwrap()].to_string(),
            other => format!("{other:?}"),
        }
    }

    #[test]
    fn items_are_found_by_id_by_grades_by_role_and_by_number() {
        assert_eq!(value("bells.monday.pupils.K-5.blocks[1].to"), "\"14:15\"");
        assert_eq!(value("bells.monday.staff.coach.blocks"), "[]");
        assert_eq!(value("bells[1].pupils[0].blocks[0].kind"), "Lunch");
    }

    #[test]
    fn a_key_with_a_point_in_it_is_one_step() {
        assert_eq!(value("parameters.will.team.is"), "0.3");
    }

    #[test]
    fn what_is_not_there_is_told_as_far_as_the_path_goes() {
        let found = |path: &str| find(TEXT, &spans::find(TEXT), path);
        assert_eq!(found("bells.monday.title"), Found::AllButLast("bells[1]".into(), "title".into()));
        assert_eq!(found("bells.tuesday.pupils[0]"), Found::Lost("bells".into(), "tuesday".into(), 1));
        assert_eq!(known_after(TEXT, &spans::find(TEXT), "bells"), ["full", "monday"]);
        assert_eq!(known_after(TEXT, &spans::find(TEXT), "parameters"), ["will.load", "will.team"]);
    }

    #[test]
    fn paths_that_are_none_are_refused() {
        for path in ["", ".", "bells..x", "[0]", "bells[x]", "bells[1"] {
            assert!(why_unreadable(path).is_some(), "{path}");
        }
        assert!(why_unreadable("bells[1].pupils[0].blocks[3].to").is_none());
    }
}
