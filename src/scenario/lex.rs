//! The smallest pieces of RON text: white space with comments, strings, words.
//!
//! Has a text and a byte, gives the byte at which the piece that begins there ends. Knows no values.

/// The first byte after white space and comments.
pub fn after_space(text: &str, mut at: usize) -> usize {
    loop {
        let rest = &text[at..];
        if rest.starts_with("//") {
            at += rest.find('\n').unwrap_or(rest.len());
        } else if rest.starts_with("/*") {
            at += comment_length(rest);
        } else if let Some(space) = rest.chars().next().filter(|c| c.is_whitespace()) {
            at += space.len_utf8();
        } else {
            return at;
        }
    }
}

/// Block comments may stand inside one another.
fn comment_length(rest: &str) -> usize {
    let bytes = rest.as_bytes();
    let (mut depth, mut at) = (0usize, 0usize);
    while at < bytes.len() {
        if bytes[at..].starts_with(b"/*") {
            depth += 1;
            at += 2;
        } else if bytes[at..].starts_with(b"*/") {
            depth -= 1;
            at += 2;
            if depth == 0 {
                return at;
            }
        } else {
            at += 1;
        }
    }
    rest.len()
}

/// The first byte after a string or character that begins here; nothing when none does.
///
/// One that is never closed ends with the text.
pub fn after_string(text: &str, at: usize) -> Option<usize> {
    let bytes = text.as_bytes();
    let start = if bytes.get(at) == Some(&b'b') && matches!(bytes.get(at + 1), Some(b'"' | b'r' | b'\'')) {
        at + 1
    } else {
        at
    };
    match bytes.get(start) {
        Some(b'r') => after_raw_string(text, start + 1),
        Some(quote @ (b'"' | b'\'')) => Some(after_quote(text, start + 1, *quote)),
        _ => None,
    }
}

fn after_raw_string(text: &str, at: usize) -> Option<usize> {
    let hashes = text.as_bytes()[at..].iter().take_while(|b| **b == b'#').count();
    let opened = at + hashes;
    if text.as_bytes().get(opened) != Some(&b'"') {
        return None;
    }
    let close = format!("\"{}", "#".repeat(hashes));
    let found = text[opened + 1..].find(&close);
    Some(found.map_or(text.len(), |n| opened + 1 + n + close.len()))
}

fn after_quote(text: &str, mut at: usize, quote: u8) -> usize {
    let bytes = text.as_bytes();
    while at < bytes.len() {
        match bytes[at] {
            b'\\' => at += 2,
            b if b == quote => return at + 1,
            _ => at += 1,
        }
    }
    text.len()
}

/// The first byte after a word or number that begins here; the same byte when none does.
pub fn after_word(text: &str, at: usize) -> usize {
    let part_of_word = |c: char| c.is_alphanumeric() || matches!(c, '_' | '#' | '.' | '+' | '-');
    let rest = &text[at..];
    at + rest.find(|c| !part_of_word(c)).unwrap_or(rest.len())
}

/// The nearest byte at or before this one at which a character begins.
pub fn floor_char(text: &str, at: usize) -> usize {
    let mut at = at.min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn comments_are_space_and_may_stand_inside_one_another() {
        let text = " // one (\n /* two /* three */ */ x";
        assert_eq!(&text[after_space(text, 0)..], "x");
    }

    #[test]
    fn strings_end_at_their_own_quote() {
        for text in ["\"a \\\" b\"", "r#\"a \" b\"#", "'x'", "b\"y\""] {
            assert_eq!(after_string(text, 0), Some(text.len()), "{text}");
        }
        assert_eq!(after_string("rings", 0), None);
        assert_eq!(after_string("\"open", 0), Some(5));
    }
}
