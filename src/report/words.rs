//! Numbers and dates as people write them.
//!
//! Has values, gives words. Knows no results.

use crate::units::Date;

const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

/// A share as a percentage in words; small but not nothing stays visible.
pub fn percent(share: f64) -> String {
    if !share.is_finite() {
        return "unknown".into();
    }
    if share > 0.0 && share < 0.005 {
        return "under 1 %".into();
    }
    if (0.995..1.0).contains(&share) {
        return "over 99 %".into();
    }
    format!("{:.0} %", share * 100.0)
}

/// Low and high of a band of shares: `12 to 30 %`.
pub fn percent_band(low: f64, high: f64) -> String {
    format!("{:.0} to {:.0} %", low * 100.0, high * 100.0)
}

/// Month and year: `October 2027`.
pub fn month(date: Date) -> String {
    format!("{} {}", month_name(date.month()), date.year())
}

/// Month and year, short: `Oct 2027`.
pub fn short_month(date: Date) -> String {
    format!("{} {}", short_month_name(date.month()), date.year())
}

/// The name of a month from 1 to 12.
pub fn month_name(month: i8) -> &'static str {
    MONTHS[(month - 1) as usize]
}

/// The first three letters of a month from 1 to 12.
pub fn short_month_name(month: i8) -> &'static str {
    &month_name(month)[..3]
}

/// A whole date: `August 31, 2026`.
pub fn day(date: Date) -> String {
    format!("{} {}, {}", month_name(date.month()), date.day(), date.year())
}

/// A count in words up to ten, as the sentence of a report has it.
pub fn count(n: usize) -> String {
    const WORDS: [&str; 11] = ["no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"];
    WORDS.get(n).map_or_else(|| n.to_string(), |w| (*w).to_string())
}

/// A count with its noun: `1 clause`, `12 clauses`.
pub fn counted(n: usize, one: &str) -> String {
    if n == 1 { format!("1 {one}") } else { format!("{} {one}s", crate::units::thousands(n as i64)) }
}

/// A school year that a date lies in, by its July: `2026-27`.
pub fn school_year(date: Date) -> String {
    let starts = i32::from(date.year()) - i32::from(date.month() < 7);
    format!("{starts}-{:02}", (starts + 1).rem_euclid(100))
}

/// The words in lines of at most so many characters; a longer word stands on a line of its own.
pub fn wrap(text: &str, width: usize) -> Vec<String> {
    wrap_with(text, |line| line.chars().count() <= width)
}

/// The words in lines that all fit; a word that does not fit stands on a line of its own.
pub fn wrap_with(text: &str, fits: impl Fn(&str) -> bool) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for word in text.split_whitespace() {
        match lines.last_mut() {
            Some(line) if fits(&format!("{line} {word}")) => {
                line.push(' ');
                line.push_str(word);
            }
            Some(_) | None => lines.push(word.to_string()),
        }
    }
    lines
}

/// The words in lines that all fit; a word that is too long for a line is broken.
pub fn wrap_within(text: &str, fits: impl Fn(&str) -> bool) -> Vec<String> {
    wrap_with(text, &fits).into_iter().flat_map(|line| pieces(line, &fits)).collect()
}

/// A line in pieces that fit, broken after a hyphen or colon where there is one. A piece has a letter at least.
fn pieces(line: String, fits: impl Fn(&str) -> bool) -> Vec<String> {
    if fits(&line) {
        return vec![line];
    }
    let mut pieces = vec![String::new()];
    for letter in line.chars() {
        let last = pieces.len() - 1;
        let mut longer = pieces[last].clone();
        longer.push(letter);
        if pieces[last].is_empty() || fits(&longer) {
            pieces[last] = longer;
            continue;
        }
        let after_mark = longer.rfind(['-', ':', '/']).map(|at| at + 1).filter(|&at| at < longer.len());
        let cut = after_mark.filter(|&at| fits(&longer[at..])).unwrap_or(pieces[last].len());
        let rest = longer.split_off(cut);
        pieces[last] = longer;
        pieces.push(rest);
    }
    pieces
}

/// A list in words: `a, b and c`.
pub fn list(items: &[String]) -> String {
    match items {
        [] => String::new(),
        [one] => one.clone(),
        [first @ .., last] => format!("{} and {last}", first.join(", ")),
    }
}

/// A sentence's first letter made large.
pub fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn small_shares_stay_visible_and_nothing_is_nothing() {
        assert_eq!(percent(0.0), "0 %");
        assert_eq!(percent(0.001), "under 1 %");
        assert_eq!(percent(0.234), "23 %");
        assert_eq!(percent(0.998), "over 99 %");
        assert_eq!(percent(1.0), "100 %");
    }

    #[test]
    fn a_school_year_turns_over_in_july() {
        assert_eq!(school_year("2026-06-30".parse().unwrap()), "2025-26");
        assert_eq!(school_year("2099-07-01".parse().unwrap()), "2099-00");
    }

    #[test]
    fn lines_break_at_spaces_and_long_words_at_hyphens() {
        let lines = wrap_within("clause:il-clock-hours-of-school is met", |line| line.len() <= 18);
        assert_eq!(lines, ["clause:il-clock-", "hours-of-school", "is met"]);
    }

    #[test]
    fn lists_read_as_people_say_them() {
        let items = ["a".to_string(), "b".into(), "c".into()];
        assert_eq!(list(&items), "a, b and c");
        assert_eq!(list(&items[..1]), "a");
    }

    proptest! {
        #[test]
        fn no_letter_is_lost_and_no_line_too_long(text in "[a-zA-Z :\\-é漢]{0,80}", width in 1usize..30) {
            let lines = wrap_within(&text, |line| line.chars().count() <= width);
            let letters = |text: &str| text.chars().filter(|letter| !letter.is_whitespace()).collect::<String>();
            prop_assert_eq!(letters(&lines.concat()), letters(&text));
            prop_assert!(lines.iter().all(|line| line.chars().count() <= width && !line.is_empty()));
        }

        #[test]
        fn wrapping_keeps_every_word_and_the_width(text in "[a-z ]{0,200}", width in 5usize..80) {
            let lines = wrap(&text, width);
            let words: Vec<&str> = text.split_whitespace().collect();
            prop_assert_eq!(lines.join(" "), words.join(" "));
            for line in lines {
                prop_assert!(line.len() <= width || !line.contains(' '));
            }
        }
    }
}
