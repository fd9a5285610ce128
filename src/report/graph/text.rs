//! Text on paper without a font at hand: how wide it may get, where to break it, how to write it in XML.
//!
//! Has strings, gives generous widths and lines. Knows no colours and no places.

/// How wide a text may get at a size \[px\]. Generous, so that no usual sans-serif font overruns it.
pub fn width(text: &str, size: f64) -> f64 {
    let em = |letter: char| match letter {
        'i' | 'j' | 'l' | '.' | ',' | ':' | ';' | '\'' | '|' | '!' | ' ' | '(' | ')' => 0.36,
        'm' | 'w' | 'M' | 'W' | '@' | '%' => 0.94,
        'A'..='Z' | '0'..='9' => 0.68,
        letter if letter.is_ascii() => 0.58,
        letter if letter <= '\u{24f}' => 0.7,
        _ => 1.1,
    };
    text.chars().map(em).sum::<f64>() * size
}

/// The text in lines no wider than given; a word that is wider than a line is broken.
pub fn wrap(text: &str, size: f64, widest: f64) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for word in text.split_whitespace() {
        let fits = lines.last().is_some_and(|line| width(&format!("{line} {word}"), size) <= widest);
        match lines.last_mut() {
            Some(line) if fits => {
                line.push(' ');
                line.push_str(word);
            }
            _ => lines.extend(pieces(word, size, widest)),
        }
    }
    lines
}

/// A word in pieces that fit, broken after a hyphen or colon where there is one.
fn pieces(word: &str, size: f64, widest: f64) -> Vec<String> {
    let mut pieces = vec![String::new()];
    for letter in word.chars() {
        let last = pieces.len() - 1;
        let mut longer = pieces[last].clone();
        longer.push(letter);
        if pieces[last].is_empty() || width(&longer, size) <= widest {
            pieces[last] = longer;
            continue;
        }
        let after_mark = longer.rfind(['-', ':', '/']).map(|at| at + 1).filter(|&at| at < longer.len());
        let cut = after_mark.filter(|&at| width(&longer[at..], size) <= widest).unwrap_or(pieces[last].len());
        let rest = longer.split_off(cut);
        pieces[last] = longer;
        pieces.push(rest);
    }
    pieces
}

/// The text as XML content or attribute; what XML forbids becomes a replacement mark.
pub fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\t' | '\n' => out.push(' '),
            '\u{0}'..='\u{1f}' | '\u{fffe}' | '\u{ffff}' => out.push('\u{fffd}'),
            letter => out.push(letter),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn lines_break_at_spaces_and_long_words_at_hyphens() {
        let lines = wrap("clause:il-clock-hours-of-school is met", 10.0, 100.0);
        assert_eq!(lines, ["clause:il-clock-", "hours-of-school is", "met"]);
    }

    #[test]
    fn markup_in_a_title_stays_text() {
        assert_eq!(escaped("R&D <b>\u{1}"), "R&amp;D &lt;b&gt;\u{fffd}");
    }

    proptest! {
        #[test]
        fn no_letter_is_lost_and_no_line_too_wide(text in "[a-zA-Z :\\-é漢]{0,80}") {
            let lines = wrap(&text, 12.0, 90.0);
            let letters = |text: &str| text.chars().filter(|letter| !letter.is_whitespace()).collect::<String>();
            prop_assert_eq!(letters(&lines.concat()), letters(&text));
            prop_assert!(lines.iter().all(|line| width(line, 12.0) <= 90.0 && !line.is_empty()));
        }
    }
}
