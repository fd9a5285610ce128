//! From the text of one file to what is written in it, or to a finding that says where it cannot be read.
//!
//! RON's own messages are exact about names and vague about punctuation; this file turns both into sentences.

use crate::findings::Finding;
use crate::findings::Place;
use crate::findings::nearest;
use crate::scenario::brackets;
use crate::scenario::lex::after_space;
use crate::scenario::lex::after_string;
use crate::scenario::lex::after_word;
use crate::scenario::lex::floor_char;
use crate::scenario::raw;
use ron::error::Error;
use ron::error::Position;
use ron::error::SpannedError;
use std::ops::Range;
use std::sync::Arc;

/// Reads one file.
///
/// # Errors
/// The first mistake of its writing; RON cannot read on after one.
pub fn parse(file: &Arc<str>, text: &str) -> Result<raw::File, Finding> {
    if after_space(text, 0) == text.len() {
        return Err(Finding::error("files::empty", format!("`{file}` is empty"))
            .at(&Place::bytes(file, 0..0), "")
            .help("a scenario begins with `Scenario(`, an included file with `Part(`, cases of clauses with `Cases(`; `earlybell new` writes a scenario"));
    }
    if let Some(finding) = brackets::check(file, text) {
        return Err(finding);
    }
    raw::options().from_str(text).map_err(|error| explain(file, text, &error))
}

/// A sentence for a mistake that RON found.
fn explain(file: &Arc<str>, text: &str, error: &SpannedError) -> Finding {
    let span = span_of(text, error);
    let place = |s: &Range<usize>| Place::bytes(file, s.clone());
    match &error.code {
        Error::NoSuchStructField { expected, found, outer } => {
            let owner = outer.as_deref().map_or("this file".to_string(), owner_name);
            Finding::error("syntax::unknown_key", format!("{owner} has no key `{found}`"))
                .at(&place(&span), "unknown key")
                .near(found, expected.iter().copied())
        }
        Error::NoSuchEnumVariant { expected, found, outer } => {
            unknown_word(expected, found, outer.as_deref()).at(&place(&span), "unknown word")
        }
        Error::MissingStructField { field, outer } => {
            let owner = outer.as_deref().map_or("this item".to_string(), owner_name);
            Finding::error("syntax::missing_key", format!("{owner} has no `{field}`"))
                .at(&place(&span), format!("`{field}` is missing before this bracket"))
                .help(format!("add `{field}: …`; {} shows how it is written", where_told(file, outer.as_deref())))
        }
        Error::DuplicateStructField { field, .. } => {
            Finding::error("syntax::key_twice", format!("the key `{field}` is written twice in one item"))
                .at(&place(&span), "written again")
                .help("keep the one that is meant")
        }
        Error::Message(message) if message.ends_with("is written twice") => {
            Finding::error("syntax::key_twice", message.clone())
                .at(&place(&key_of(message, text, span)), "written again")
                .help("keep the one that is meant")
        }
        Error::ExpectedComma => missing_comma(file, text, span),
        Error::ExpectedIdentifier | Error::SuggestRawIdentifier(_) if text[span.start..].starts_with(is_number) => {
            Finding::error("syntax::no_unit", "a number stands here without its unit").at(&place(&span), "").help(
                match is_of_cases(file) {
                    true => "write the unit in front of it: Minutes(-15), Days(0), Dollars(3750)",
                    false => "write the unit in front of it: Weeks(20), Hours(5), Share(0.6), Dollars(92000)",
                },
            )
        }
        other => Finding::error("syntax::unreadable", sentence(other)).at(&place(&span), "").help(advice(other, file)),
    }
}

fn is_of_cases(file: &str) -> bool {
    file.ends_with(".cases.ron")
}

/// Where the keys of a file are told.
fn where_told(file: &str, outer: Option<&str>) -> &'static str {
    match outer {
        Some("Proposal" | "Item") => "docs/proposals.md",
        _ if is_of_cases(file) => "docs/clauses.md",
        _ => "template.ron",
    }
}

fn owner_name(outer: &str) -> String {
    match outer {
        "Body" => "the file".to_string(),
        "SpecialDays" => "this item".to_string(),
        other => format!("`{other}`"),
    }
}

fn unknown_word(expected: &[&str], found: &str, outer: Option<&str>) -> Finding {
    let what = match outer {
        Some("Quantity") => format!("`{found}` is not a unit"),
        Some("File") => format!("a file cannot begin with `{found}`"),
        _ => format!("`{found}` is not one of the words that may stand here"),
    };
    let finding = Finding::error("syntax::unknown_word", what);
    match nearest(found, expected.iter().copied()) {
        Some(near) => finding.help(format!("did you mean `{near}`?")),
        None if outer == Some("Quantity") => finding.help(format!("the units are {}", expected.join(", "))),
        None => finding.help(format!("write one of: {}", expected.join(", "))),
    }
}

fn is_number(first: char) -> bool {
    first.is_ascii_digit() || matches!(first, '-' | '+' | '.')
}

/// RON points at what follows; the comma belongs behind what stands before.
fn missing_comma(file: &Arc<str>, text: &str, span: Range<usize>) -> Finding {
    let before = text[..span.start].trim_end();
    let number = &text[span.clone()];
    // RON stops reading a whole number at the point, and then misses a comma.
    if number.contains('.') && number.trim_start_matches(['+', '-']).starts_with(|c: char| c.is_ascii_digit()) {
        return Finding::error("syntax::unreadable", format!("`{number}` is not a whole number"))
            .at(&Place::bytes(file, span), "")
            .help("write it without a point");
    }
    let last = floor_char(text, before.len().saturating_sub(1));
    Finding::error("syntax::comma", "a `,` is missing")
        .at(&Place::bytes(file, last..before.len()), "after this")
        .at(&Place::bytes(file, span), "before this")
        .help("items of a list and keys of an item are separated by `,`")
}

fn sentence(error: &Error) -> String {
    match error {
        Error::ExpectedString => "a text in quotes is expected here".into(),
        Error::ExpectedInteger => "a whole number is expected here".into(),
        Error::ExpectedFloat => "a number is expected here".into(),
        Error::ExpectedBoolean => "`true` or `false` is expected here".into(),
        Error::ExpectedArray => "a list in `[` and `]` is expected here".into(),
        Error::ExpectedMap => "entries in `{` and `}` are expected here".into(),
        Error::ExpectedMapColon => "a `:` is missing between a key and its value".into(),
        Error::ExpectedIdentifier | Error::SuggestRawIdentifier(_) | Error::InvalidIdentifier(_) => {
            "a word without quotes is expected here".into()
        }
        Error::ExpectedNamedStructLike(name) if !name.is_empty() && *name != "Body" => {
            format!("an item `{name}(…)` is expected here")
        }
        Error::ExpectedNamedStructLike(_) | Error::ExpectedStructLike => {
            "an item in `(` and `)` is expected here".into()
        }
        Error::ExpectedStructLikeEnd => "more stands in these brackets than belongs there".into(),
        Error::ExpectedDifferentStructName { expected, found } => {
            format!("an item `{expected}(…)` is expected here, not `{found}`")
        }
        Error::ExpectedDifferentLength { found, .. } => {
            format!("{found} parts stand in these brackets, which is not as many as belong there")
        }
        Error::IntegerOutOfBounds => "a whole number from 0 up is expected here".into(),
        Error::TrailingCharacters => "something stands after the end of the file's last bracket".into(),
        Error::ExceededRecursionLimit => "brackets stand too deep".into(),
        Error::UnclosedBlockComment => "a comment begins with `/*` and never ends".into(),
        other => other.to_string(),
    }
}

fn advice(error: &Error, file: &str) -> &'static str {
    let of_cases = is_of_cases(file);
    match error {
        Error::ExpectedString if of_cases => {
            "write it in quotes: \"…\"; a term is `Term(\"first\", \"2025-09-01\", \"2025-12-19\")`"
        }
        Error::ExpectedString => "write it in quotes: \"…\"",
        Error::ExpectedIdentifier | Error::SuggestRawIdentifier(_) | Error::InvalidIdentifier(_) => {
            "keys stand without quotes (`id: \"oak\"`), and numbers stand behind their unit (`Weeks(20)`)"
        }
        Error::ExpectedArray => "write `[…]`, also for a single one",
        Error::ExpectedMap => "write `{ \"key\": value }`",
        Error::ExpectedBoolean => "write `true` or `false`, without quotes",
        Error::IntegerOutOfBounds | Error::ExpectedInteger => {
            "write a whole number such as 93, without quotes and without a sign"
        }
        Error::UnclosedBlockComment => "write `*/` where the comment ends",
        Error::ExpectedDifferentLength { .. } | Error::ExpectedStructLikeEnd if of_cases => {
            "days are `Days(5, \"full\")`, a block is `Lasts(Lunch, Minutes(30))` or `Block(Lunch, \"11:40\", \"12:10\")`"
        }
        Error::ExpectedDifferentLength { .. } | Error::ExpectedStructLikeEnd => {
            "a block is `Block(Lunch, \"11:40\", \"12:10\")`, perhaps with an id as a fourth part; a cap is `Cap(Recess, Minutes(30))`"
        }
        Error::TrailingCharacters => {
            "a file holds one `Scenario(…)`, one `Part(…)`, one `Cases(…)` or one `Proposal(…)` and nothing behind it"
        }
        _ if of_cases => "docs/clauses.md shows how every key is written",
        _ => "template.ron shows how every key is written",
    }
}

/// The text that RON's position means, in bytes: the whole word or text in quotes.
fn span_of(text: &str, error: &SpannedError) -> Range<usize> {
    let (start, end) = (byte_of(text, &error.span.start), byte_of(text, &error.span.end));
    let start_of_word = |at: usize| {
        let before = text[..at].rfind(|c: char| !(c.is_alphanumeric() || matches!(c, '_' | '.' | '-' | '+')));
        before.map_or(0, |n| n + text[n..].chars().next().map_or(0, char::len_utf8))
    };
    // Where nothing but space and an opening bracket has been read, what follows is meant.
    let nothing_yet = |c: char| c.is_whitespace() || matches!(c, '(' | '[' | '{' | ',' | ':');
    if end > start && !text[start..end].chars().all(nothing_yet) {
        return start_of_word(start).min(start)..end;
    }
    let start = after_space(text, end.max(start));
    if let Some(end) = after_string(text, start) {
        return start..end;
    }
    let end = after_word(text, start);
    if end > start {
        return start_of_word(start)..end;
    }
    start..start + text[start..].chars().next().map_or(0, char::len_utf8)
}

/// RON counts lines and columns from 1, columns in characters.
fn byte_of(text: &str, position: &Position) -> usize {
    let line: usize = text.split_inclusive('\n').take(position.line.saturating_sub(1)).map(str::len).sum();
    let rest = text.get(line..).unwrap_or("");
    line + rest.chars().take(position.col.saturating_sub(1)).map(char::len_utf8).sum::<usize>()
}

/// The key that a message names, where it stands the second time.
fn key_of(message: &str, text: &str, span: Range<usize>) -> Range<usize> {
    let key = message.trim_start_matches("the key ").trim_end_matches(" is written twice");
    let from = floor_char(text, span.start.saturating_sub(key.len() + 1));
    text[from..].find(key).map_or(span, |n| from + n..from + n + key.len())
}
