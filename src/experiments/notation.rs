//! Notation: how a number takes the place of the number inside a value as it is written.
//!
//! `Minutes(90)` with 75 is `Minutes(75)`; `Weeks(Triangular(8, 12, 26))` with 12 is `Weeks(12)`; `"14:15"` with 885
//! minutes is `"14:45"`. Whatever has no such number is written whole.

use crate::units::ClockTime;

/// A value of an input.
#[derive(Debug, Clone, PartialEq)]
pub enum Value {
    /// A number; minutes after midnight for a time of day.
    Number(f64),
    /// A word, or whatever else is written whole.
    Text(String),
}

impl Value {
    /// The number, where it is one.
    pub fn number(&self) -> Option<f64> {
        match self {
            Value::Number(x) => Some(*x),
            Value::Text(_) => None,
        }
    }

    /// As JSON.
    pub fn json(&self) -> serde_json::Value {
        match self {
            Value::Number(x) => (*x).into(),
            Value::Text(text) => text.as_str().into(),
        }
    }
}

/// How a value is written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Notation {
    /// A number between two texts.
    Number {
        /// What stands before it.
        before: String,
        /// What stands behind it.
        after: String,
        /// The number or distribution that stands there.
        slot: String,
    },
    /// A time of day in quotes.
    Clock,
    /// A text in quotes.
    Quoted,
    /// Anything else, or nothing yet: written whole.
    Whole,
}

/// Distributions that may stand where a number could.
const SPREADS: [&str; 4] = ["Triangular", "Uniform", "Normal", "Choice"];

impl Notation {
    /// The notation of a value as it is written.
    pub fn of(written: &str) -> Notation {
        let written = written.trim();
        if let Some(inside) = written.strip_prefix('"').and_then(|rest| rest.strip_suffix('"')) {
            return if minutes_of(inside).is_some() { Notation::Clock } else { Notation::Quoted };
        }
        match slots(written).as_slice() {
            [(from, to)] => Notation::Number {
                before: written[..*from].to_string(),
                after: written[*to..].to_string(),
                slot: written[*from..*to].to_string(),
            },
            _ => Notation::Whole,
        }
    }

    /// The value that a text on the command line stands for.
    pub fn read(&self, text: &str) -> Value {
        let number = match self {
            Notation::Number { .. } => text.parse::<f64>().ok().filter(|x| x.is_finite()),
            Notation::Clock => minutes_of(text.trim_matches('"')),
            Notation::Quoted | Notation::Whole => None,
        };
        number.map_or_else(|| Value::Text(text.to_string()), Value::Number)
    }

    /// Whether a number can be written at all.
    pub fn takes_numbers(&self) -> bool {
        matches!(self, Notation::Number { .. } | Notation::Clock)
    }

    /// The text of a value as the scenario has it.
    pub fn write(&self, value: &Value) -> String {
        match (self, value) {
            (Notation::Number { before, after, .. }, Value::Number(x)) => format!("{before}{x}{after}"),
            (Notation::Clock, Value::Number(x)) => format!("\"{}\"", clock(*x)),
            (Notation::Clock | Notation::Quoted, Value::Text(text)) if !text.starts_with('"') => format!("\"{text}\""),
            (Notation::Quoted | Notation::Whole, Value::Number(x)) => x.to_string(),
            (_, Value::Text(text)) => text.clone(),
        }
    }

    /// What a value is called before a reader.
    pub fn told(&self, value: &Value) -> String {
        match (self, value) {
            (Notation::Clock, Value::Number(x)) => clock(*x),
            (_, value) => shown(value),
        }
    }

    /// The unit that is written around the number, in small letters.
    pub fn unit(&self) -> Option<String> {
        let Notation::Number { before, .. } = self else { return None };
        let word: String = before.strip_suffix('(')?.chars().rev().take_while(char::is_ascii_alphanumeric).collect();
        let word: String = word.chars().rev().collect();
        (!word.is_empty()).then(|| word.to_lowercase())
    }
}

/// A value as readers see it: numbers without digits that say nothing.
pub fn shown(value: &Value) -> String {
    match value {
        Value::Number(x) => {
            let text = format!("{x:.4}");
            let text = text.trim_end_matches('0').trim_end_matches('.');
            if text == "-0" { "0".into() } else { text.to_string() }
        }
        Value::Text(text) => text.trim_matches('"').to_string(),
    }
}

fn minutes_of(text: &str) -> Option<f64> {
    let plain = text.len() <= 5 && text.contains(':') && text.chars().all(|c| c.is_ascii_digit() || c == ':');
    let time: ClockTime = plain.then(|| ClockTime::from_text(text).ok()).flatten()?;
    Some(time.after_midnight().0 as f64)
}

fn clock(minutes: f64) -> String {
    let minutes = minutes.round().max(0.0) as u32;
    format!("{}:{:02}", minutes / 60, minutes % 60)
}

/// Where numbers and distributions stand in a text, outside quotes; those inside a distribution are part of it.
fn slots(text: &str) -> Vec<(usize, usize)> {
    let bytes = text.as_bytes();
    let mut found = Vec::new();
    let mut at = 0;
    while at < bytes.len() {
        let begin = at;
        match bytes[at] {
            b'"' => at = text[at + 1..].find('"').map_or(bytes.len(), |n| at + n + 2),
            c if c.is_ascii_alphabetic() || c == b'_' => {
                at = run(bytes, at, |c| c.is_ascii_alphanumeric() || c == b'_');
                if SPREADS.contains(&&text[begin..at]) && bytes.get(at) == Some(&b'(') {
                    at = text[at..].find(')').map_or(bytes.len(), |n| at + n + 1);
                    found.push((begin, at));
                }
            }
            c if c.is_ascii_digit() || (c == b'-' && bytes.get(at + 1).is_some_and(u8::is_ascii_digit)) => {
                at = run(bytes, at + 1, |c| c.is_ascii_alphanumeric() || matches!(c, b'.' | b'_'));
                found.push((begin, at));
            }
            _ => at += 1,
        }
    }
    found
}

fn run(bytes: &[u8], from: usize, belongs: impl Fn(u8) -> bool) -> usize {
    (from..bytes.len()).find(|at| !belongs(bytes[*at])).unwrap_or(bytes.len())
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn with(written: &str, text: &str) -> String {
        let notation = Notation::of(written);
        notation.write(&notation.read(text))
    }

    #[test]
    fn a_number_takes_the_place_of_the_number_inside_the_written_value() {
        assert_eq!(with("Minutes(90)", "75"), "Minutes(75)");
        assert_eq!(with("0.30", "0.1"), "0.1");
        assert_eq!(with("Weekly(Hours(0.5))", "2"), "Weekly(Hours(2))");
        assert_eq!(with("Weeks(Triangular(8, 12, 26))", "12"), "Weeks(12)");
        assert_eq!(with("Choice([1, 2])", "1.5"), "1.5");
        assert_eq!(with("-3", "-4"), "-4");
    }

    #[test]
    fn times_texts_and_words_keep_their_quotes_or_do_without() {
        assert_eq!(with("\"14:15\"", "14:45"), "\"14:45\"");
        assert_eq!(with("\"14:15\"", "2:45 pm"), "\"2:45 pm\"");
        assert_eq!(with("\"2025-08-25\"", "2026-01-01"), "\"2026-01-01\"");
        assert_eq!(with("JustInTime", "Even"), "Even");
        assert_eq!(with("Minutes(90)", "Hours(2)"), "Hours(2)");
        assert_eq!(with("OnDates([\"2026-06-15\"], Hours(6))", "4"), "OnDates([\"2026-06-15\"], Hours(4))");
    }

    #[test]
    fn where_two_numbers_stand_nothing_is_guessed() {
        assert_eq!(Notation::of("Days(10, per: 3)"), Notation::Whole);
        assert_eq!(with("Days(10, per: 3)", "5"), "5");
    }

    #[test]
    fn units_are_those_around_the_number() {
        assert_eq!(Notation::of("Weekly(Hours(0.5))").unit().as_deref(), Some("hours"));
        assert_eq!(Notation::of("0.5").unit(), None);
    }

    proptest! {
        #[test]
        fn any_text_has_a_notation_and_numbers_come_back(text in "[A-Za-z0-9()\\[\\]\",.: é-]{0,40}", x in -1e6..1e6f64) {
            let notation = Notation::of(&text);
            let again = notation.write(&Value::Number(x));
            if let Notation::Number { before, after, .. } = &notation {
                let inside = &again[before.len()..again.len() - after.len()];
                prop_assert_eq!(inside.parse::<f64>().unwrap(), x);
            }
        }
    }
}
