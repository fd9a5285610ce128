//! Brackets that do not match, nesting too deep, quotes that are not closed: what RON reports far from its cause.
//!
//! Has a text, gives one finding at the place that must be mended. Knows no keys.

use crate::findings::Finding;
use crate::findings::Place;
use crate::scenario::lex::after_space;
use crate::scenario::lex::after_string;
use crate::scenario::lex::floor_char;
use std::ops::Range;
use std::sync::Arc;

/// Scenario files nest about twelve deep. RON itself gives up at 128.
const DEEPEST: usize = 60;

/// Finds the first bracket or quote that stands alone, or that nests too deep.
pub fn check(file: &Arc<str>, text: &str) -> Option<Finding> {
    let mut open: Vec<(usize, char)> = Vec::new();
    let mut at = 0;
    loop {
        at = after_space(text, at);
        let Some(sign) = text[at..].chars().next() else { break };
        if let Some(end) = after_string(text, at) {
            if let Some(finding) = quote_finding(file, text, at..end) {
                return Some(finding);
            }
            at = end;
            continue;
        }
        match sign {
            '(' | '[' | '{' if open.len() >= DEEPEST => return Some(too_deep(file, at)),
            '(' | '[' | '{' => open.push((at, sign)),
            ')' | ']' | '}' => match open.pop() {
                Some((_, opened)) if closing(opened) == sign => {}
                other => return Some(mismatch(file, at, sign, other)),
            },
            _ => {
                // A whole word at once: the `r` in the midst of one does not begin a raw string.
                at = word_end(text, at);
                continue;
            }
        }
        at += sign.len_utf8();
    }
    open.pop().map(|(at, sign)| never_closed(file, at, sign))
}

fn word_end(text: &str, at: usize) -> usize {
    let rest = &text[at..];
    let n = rest.find(|c: char| !(c.is_alphanumeric() || c == '_')).unwrap_or(rest.len());
    at + n.max(rest.chars().next().map_or(0, char::len_utf8))
}

fn closing(open: char) -> char {
    match open {
        '(' => ')',
        '[' => ']',
        _ => '}',
    }
}

/// A string over several lines, right behind which stands a word, has lost its closing quote.
fn quote_finding(file: &Arc<str>, text: &str, span: Range<usize>) -> Option<Finding> {
    let body = &text[span.clone()];
    let first_line = floor_char(text, span.start + body.find('\n')?);
    let next = text[after_space(text, span.end)..].chars().next();
    let ends_the_text = span.end == text.len();
    if !ends_the_text && matches!(next, Some(',' | ')' | ']' | '}' | ':')) {
        return None;
    }
    Some(
        Finding::error("syntax::quote", "a text begins here and its closing `\"` is missing")
            .at(&Place::bytes(file, span.start..first_line), "the text begins here")
            .help("write a `\"` where the text ends; a `\"` inside a text is written `\\\"`"),
    )
}

fn too_deep(file: &Arc<str>, at: usize) -> Finding {
    Finding::error("syntax::too_deep", format!("brackets stand more than {DEEPEST} deep"))
        .at(&Place::bytes(file, at..at + 1), "this bracket is one too many")
        .help("no scenario needs this; look for a bracket that is opened again and again")
}

fn mismatch(file: &Arc<str>, at: usize, sign: char, opened: Option<(usize, char)>) -> Finding {
    let here = Place::bytes(file, at..at + 1);
    match opened {
        Some((from, open)) => Finding::error(
            "syntax::bracket",
            format!("`{open}` is closed by `{sign}`; a `{}` is missing before it", closing(open)),
        )
        .at(&here, format!("`{}` was expected here", closing(open)))
        .at(&Place::bytes(file, from..from + 1), "to close this")
        .help(format!("write the missing `{}` where the list or item ends", closing(open))),
        None => Finding::error("syntax::bracket", format!("`{sign}` closes nothing"))
            .at(&here, "nothing is open here")
            .help("remove it, or write the bracket that it should close"),
    }
}

fn never_closed(file: &Arc<str>, at: usize, sign: char) -> Finding {
    Finding::error("syntax::bracket", format!("`{sign}` is never closed"))
        .at(&Place::bytes(file, at..at + 1), "opened here")
        .help(format!("write the missing `{}` where the list or item ends", closing(sign)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn message(text: &str) -> Option<String> {
        check(&Arc::from("x.ron"), text).map(|f| f.message)
    }

    #[test]
    fn brackets_that_match_are_let_through() {
        assert_eq!(message("Scenario(a: [1, (2)], b: { \"x)\": 'y' }) // ("), None);
        assert_eq!(message("text: \"two\nlines\", next: 1"), None);
    }

    #[test]
    fn a_missing_bracket_is_named_where_it_is_missed() {
        assert_eq!(message("(a: [1, 2)").unwrap(), "`[` is closed by `)`; a `]` is missing before it");
        assert_eq!(message("(a: [1, 2]").unwrap(), "`(` is never closed");
        assert_eq!(message("(a: 1))").unwrap(), "`)` closes nothing");
    }

    #[test]
    fn a_missing_quote_is_found_at_the_text_that_it_should_close() {
        let finding = check(&Arc::from("x.ron"), "(title: \"one,\n name: \"two\")").unwrap();
        assert_eq!(finding.code, "syntax::quote");
        assert_eq!(finding.labels[0].place, Place::bytes(&Arc::from("x.ron"), 8..13)); // by hand: `"one,` begins at byte 8
    }

    #[test]
    fn a_hundred_thousand_open_brackets_are_one_finding() {
        assert_eq!(message(&"(".repeat(100_000)).unwrap(), "brackets stand more than 60 deep");
    }

    proptest! {
        #[test]
        fn any_text_is_scanned_to_its_end(text in "[(){}\\[\\]:,\"'r#/*a1é\\\\ \n]{0,80}") {
            let _ = check(&Arc::from("x.ron"), &text);
        }
    }
}
