//! Where each value of a file stands: paths such as `bells[2].pupils[0]` to bytes of the text.
//!
//! Built only when a finding is shown, so that checked types carry no bytes. Works on any text, also on text
//! that RON refuses; it then knows fewer paths.

use crate::scenario::lex::after_space;
use crate::scenario::lex::after_string;
use crate::scenario::lex::after_word;
use std::collections::BTreeMap;
use std::ops::Range;

/// RON refuses deeper nesting, and so does the scenario room before it.
const DEEPEST: usize = 128;

/// The places of one file.
#[derive(Debug, Clone, Default)]
pub struct Spans {
    values: BTreeMap<String, Range<usize>>,
    keys: BTreeMap<String, Range<usize>>,
}

impl Spans {
    /// Bytes of the value at a path, or of the nearest value around it.
    pub fn value(&self, path: &str) -> Option<Range<usize>> {
        around(path).find_map(|p| self.values.get(p)).cloned()
    }

    /// Bytes of the value at a path, if there is one.
    pub fn exact(&self, path: &str) -> Option<Range<usize>> {
        self.values.get(path).cloned()
    }

    /// Whether a path is that of a key.
    pub fn has_key(&self, path: &str) -> bool {
        self.keys.contains_key(path)
    }

    /// The keys of the value at a path, in the order of the alphabet.
    pub fn keys_of(&self, path: &str) -> Vec<String> {
        let begin = if path.is_empty() { String::new() } else { format!("{path}.") };
        // A key may have points in it, and then a shorter one leads to no key.
        let is_deeper = |key: &str| {
            let cuts = key.match_indices(['.', '[']).map(|(n, _)| n);
            cuts.into_iter().any(|n| self.keys.contains_key(&format!("{begin}{}", &key[..n])))
        };
        let keys = self.keys.range(begin.clone()..).map(|(key, _)| key).take_while(|key| key.starts_with(&begin));
        keys.map(|key| key[begin.len()..].to_string()).filter(|key| !is_deeper(key)).collect()
    }

    /// Bytes of the key at a path, or of the nearest value around it.
    pub fn key(&self, path: &str) -> Option<Range<usize>> {
        self.keys.get(path).cloned().or_else(|| self.value(path))
    }
}

/// The path, and the paths of the values it lies in, the nearest first.
fn around(path: &str) -> impl Iterator<Item = &str> {
    std::iter::successors(Some(path), |p| (!p.is_empty()).then(|| &p[..p.rfind(['.', '[']).unwrap_or(0)]))
}

/// Finds the place of every value.
pub fn find(text: &str) -> Spans {
    let mut spans = Spans::default();
    let mut at = after_space(text, 0);
    while text[at..].starts_with("#!") {
        at = after_space(text, text[at..].find(']').map_or(text.len(), |n| at + n + 1));
    }
    value(text, at, String::new(), 0, &mut spans);
    spans
}

/// Notes the value that begins here and everything in it; gives the byte after it.
fn value(text: &str, at: usize, path: String, depth: usize, spans: &mut Spans) -> usize {
    let start = after_space(text, at);
    let mut end = match after_string(text, start) {
        Some(end) => end,
        None => value_without_quotes(text, start, &path, depth, spans),
    };
    if end == start {
        // Something that begins no value: step over it, so that the reading always ends.
        end = start + text[start..].chars().next().map_or(0, char::len_utf8);
    }
    spans.values.insert(path, start..end);
    end
}

fn value_without_quotes(text: &str, start: usize, path: &str, depth: usize, spans: &mut Spans) -> usize {
    let word_end = after_word(text, start);
    let open = after_space(text, word_end);
    let close = match text.as_bytes().get(open) {
        Some(b'(') => b')',
        Some(b'[') if word_end == start => b']',
        Some(b'{') if word_end == start => b'}',
        _ => return word_end,
    };
    if depth >= DEEPEST {
        return text.len();
    }
    items(text, open + 1, close, path, depth + 1, spans)
}

/// Notes what stands between two brackets; gives the byte after the closing one.
fn items(text: &str, mut at: usize, close: u8, path: &str, depth: usize, spans: &mut Spans) -> usize {
    let mut n_items = 0;
    loop {
        at = after_space(text, at);
        match text.as_bytes().get(at) {
            None => return at,
            Some(b) if *b == close => return at + 1,
            Some(b',') => {
                at += 1;
                continue;
            }
            Some(_) => {}
        }
        let before = at;
        at = match key(text, at, close) {
            Some((name, span, after_colon)) => {
                let path = if path.is_empty() { name } else { format!("{path}.{name}") };
                spans.keys.insert(path.clone(), span);
                value(text, after_colon, path, depth, spans)
            }
            None => value(text, at, format!("{path}[{n_items}]"), depth, spans),
        };
        n_items += 1;
        if at == before {
            return at;
        }
    }
}

/// The key that begins here, its bytes, and the byte after its colon.
fn key(text: &str, at: usize, close: u8) -> Option<(String, Range<usize>, usize)> {
    let (name, end) = match after_string(text, at) {
        Some(end) if close == b'}' => (text[at..end].trim_matches('"'), end),
        Some(_) => return None,
        None if close == b']' => return None,
        None => {
            let end = after_word(text, at);
            (text[at..end].trim_start_matches("r#"), end)
        }
    };
    let colon = after_space(text, end);
    let is_key = end > at && text.as_bytes().get(colon) == Some(&b':');
    is_key.then(|| (name.to_string(), at..end, colon + 1))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const TEXT: &str = r#"Scenario( // a comment with ( unbalanced
        title: "one /* not a comment */",
        bells: [Schedule(id: "a", blocks: [Block(Lunch, "11:40", "12:10")]), (id: "b")],
        limits: { "will.team": (is: Weeks(Triangular(4, 6, 12))) },
    )"#;

    fn shown(path: &str) -> &'static str {
        &TEXT[find(TEXT).value(path).unwrap()]
    }

    #[test]
    fn values_are_found_by_their_path() {
        assert_eq!(shown("title"), "\"one /* not a comment */\"");
        assert_eq!(shown("bells[0].blocks[0][1]"), "\"11:40\"");
        assert_eq!(shown("bells[1].id"), "\"b\"");
        assert_eq!(shown("limits.will.team.is[0]"), "Triangular(4, 6, 12)");
        assert_eq!(&TEXT[find(TEXT).key("limits.will.team").unwrap()], "\"will.team\"");
    }

    #[test]
    fn a_path_that_does_not_exist_leads_to_what_it_lies_in() {
        assert_eq!(shown("bells[1].staff[3]"), "(id: \"b\")");
        assert_eq!(shown("nothing").len(), TEXT.len());
    }

    proptest! {
        #[test]
        fn any_text_has_spans_that_lie_in_it(text in "[(){}\\[\\]:,\"'r#/*a1é \n]{0,80}") {
            let spans = find(&text);
            for span in spans.values.values().chain(spans.keys.values()) {
                prop_assert!(text.get(span.clone()).is_some());
            }
        }
    }
}
