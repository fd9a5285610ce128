//! Units: minutes, times of the day, hours, dollars, shares and grades as types.
//!
//! Has plain numbers, gives quantities that cannot be mixed up. Knows nothing of schools.
//! No bare number leaves a later room: a limit of five hours and a day of 300 minutes meet as [`Minutes`].

use serde::Serialize;
use std::fmt;
use std::iter::Sum;
use std::ops::{Add, AddAssign, Neg, Sub};

pub use jiff::civil::{Date, Weekday};

/// A text that is not the quantity it should be; the sentence says which forms are understood.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct NotThatUnit(pub String);

/// A length of time or a difference of two, in whole minutes \[min\].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize)]
pub struct Minutes(pub i64);

impl Minutes {
    /// Nothing at all.
    pub const ZERO: Minutes = Minutes(0);

    /// The same time in hours \[h\], for model arithmetic; comparisons stay in minutes.
    pub fn as_hours(self) -> f64 {
        self.0 as f64 / 60.0
    }

    /// Minutes of a number of hours, if they are whole (5.5 h is 330 min; 0.007 h is refused).
    pub fn from_hours(hours: f64) -> Option<Minutes> {
        let minutes = hours * 60.0;
        let whole = minutes.round();
        let fits = minutes.is_finite() && (minutes - whole).abs() < 1e-6 && whole.abs() < 1e12;
        fits.then_some(Minutes(whole as i64))
    }
}

impl fmt::Display for Minutes {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} min", thousands(self.0))
    }
}

impl Add for Minutes {
    type Output = Minutes;
    fn add(self, other: Minutes) -> Minutes {
        Minutes(self.0 + other.0)
    }
}

impl Sub for Minutes {
    type Output = Minutes;
    fn sub(self, other: Minutes) -> Minutes {
        Minutes(self.0 - other.0)
    }
}

impl Neg for Minutes {
    type Output = Minutes;
    fn neg(self) -> Minutes {
        Minutes(-self.0)
    }
}

impl AddAssign for Minutes {
    fn add_assign(&mut self, other: Minutes) {
        self.0 += other.0;
    }
}

impl Sum for Minutes {
    fn sum<I: Iterator<Item = Minutes>>(all: I) -> Minutes {
        Minutes(all.map(|m| m.0).sum())
    }
}

/// A time of the day, in minutes after midnight \[min\], before 24:00.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
pub struct ClockTime(u16);

/// Minutes from one midnight to the next.
const MINUTES_A_DAY: u16 = 24 * 60;

impl ClockTime {
    /// The time that a person writes: `8:45`, `13:00`, `1:45 pm`, `8 am`.
    ///
    /// # Errors
    /// When the text is none of these, or no such time exists.
    pub fn from_text(text: &str) -> Result<ClockTime, NotThatUnit> {
        let plain = text.trim().to_ascii_lowercase();
        let (digits, afternoon) = match (plain.strip_suffix("pm"), plain.strip_suffix("am")) {
            (Some(rest), _) => (rest.trim(), Some(true)),
            (_, Some(rest)) => (rest.trim(), Some(false)),
            _ => (plain.as_str(), None),
        };
        let unknown = || {
            NotThatUnit(format!("`{text}` is not a time of the day; write it as \"8:45\", \"13:00\" or \"1:45 pm\""))
        };
        let (hour, minute) = match digits.split_once(':') {
            Some((h, m)) if m.len() == 2 => (h, m),
            None if afternoon.is_some() => (digits, "0"),
            _ => return Err(unknown()),
        };
        let only_digits = |s: &str| !s.is_empty() && s.len() <= 2 && s.bytes().all(|b| b.is_ascii_digit());
        if !only_digits(hour) || !only_digits(minute) {
            return Err(unknown());
        }
        let hour: u16 = hour.parse().map_err(|_| unknown())?;
        let minute: u16 = minute.parse().map_err(|_| unknown())?;
        let hour = match afternoon {
            None if hour < 24 => hour,
            Some(false) if (1..=12).contains(&hour) => hour % 12,
            Some(true) if (1..=12).contains(&hour) => hour % 12 + 12,
            _ => return Err(unknown()),
        };
        if minute > 59 {
            return Err(unknown());
        }
        Ok(ClockTime(hour * 60 + minute))
    }

    /// The time so many minutes after midnight, if it lies in the same day.
    pub fn from_minutes(after_midnight: Minutes) -> Option<ClockTime> {
        u16::try_from(after_midnight.0).ok().filter(|m| *m < MINUTES_A_DAY).map(ClockTime)
    }

    /// Minutes after midnight.
    pub fn after_midnight(self) -> Minutes {
        Minutes(i64::from(self.0))
    }
}

impl fmt::Display for ClockTime {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{:02}", self.0 / 60, self.0 % 60)
    }
}

/// An amount of money, in whole US cents.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default, Serialize)]
pub struct Dollars(i64);

impl Dollars {
    /// An amount given in dollars, rounded to the cent, halves away from zero.
    pub fn new(dollars: f64) -> Dollars {
        Dollars((dollars * 100.0).round() as i64)
    }

    /// An amount in whole cents.
    pub fn from_cents(cents: i64) -> Dollars {
        Dollars(cents)
    }

    /// The amount in cents.
    pub fn cents(self) -> i64 {
        self.0
    }

    /// The amount in dollars \[USD\].
    pub fn as_f64(self) -> f64 {
        self.0 as f64 / 100.0
    }
}

impl Add for Dollars {
    type Output = Dollars;
    fn add(self, other: Dollars) -> Dollars {
        Dollars(self.0 + other.0)
    }
}

impl Sub for Dollars {
    type Output = Dollars;
    fn sub(self, other: Dollars) -> Dollars {
        Dollars(self.0 - other.0)
    }
}

impl Sum for Dollars {
    fn sum<I: Iterator<Item = Dollars>>(all: I) -> Dollars {
        Dollars(all.map(|d| d.0).sum())
    }
}

impl fmt::Display for Dollars {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sign = if self.0 < 0 { "-" } else { "" };
        let cents = self.0.unsigned_abs();
        let whole = thousands((cents / 100) as i64);
        match cents % 100 {
            0 => write!(f, "{sign}${whole}"),
            rest => write!(f, "{sign}${whole}.{rest:02}"),
        }
    }
}

/// A whole number with a comma between groups of three digits, as users write it.
pub fn thousands(number: i64) -> String {
    let digits = number.unsigned_abs().to_string();
    let mut out = String::new();
    for (i, digit) in digits.chars().enumerate() {
        if i > 0 && (digits.len() - i).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    if number < 0 { format!("-{out}") } else { out }
}

/// Minutes as users write them: long stretches with their hours in brackets.
pub fn minutes_in_words(minutes: i64) -> String {
    if minutes.abs() < LONG_STRETCH_MINUTES {
        return format!("{} min", thousands(minutes));
    }
    let hundredths = (minutes as f64 * 100.0 / 60.0).round() as i64;
    let (whole, part) = (hundredths / 100, hundredths.abs() % 100);
    let decimals = if part == 0 { String::new() } else { format!(".{part:02}").trim_end_matches('0').to_string() };
    format!("{} min ({}{decimals} h)", thousands(minutes), thousands(whole))
}

/// From eight hours on, minutes alone are hard to picture.
const LONG_STRETCH_MINUTES: i64 = 480;

/// A part of a whole, from 0 to 1.
#[derive(Debug, Clone, Copy, PartialEq, PartialOrd, Serialize)]
pub struct Share(f64);

impl Share {
    /// A share, if the number lies between 0 and 1.
    pub fn new(part: f64) -> Option<Share> {
        (0.0..=1.0).contains(&part).then_some(Share(part))
    }

    /// The number between 0 and 1.
    pub fn as_f64(self) -> f64 {
        self.0
    }
}

impl fmt::Display for Share {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:.0} %", self.0 * 100.0)
    }
}

/// A school grade: prekindergarten, kindergarten, 1 to 12.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Grade(i8);

impl Grade {
    /// The last grade of high school.
    pub const LAST: Grade = Grade(12);

    /// The grade that a person writes: `PK`, `K` or a number from 1 to 12.
    ///
    /// # Errors
    /// When the text names no grade.
    pub fn from_text(text: &str) -> Result<Grade, NotThatUnit> {
        match text.trim() {
            "PK" => Ok(Grade(-1)),
            "K" => Ok(Grade(0)),
            other => match other.parse::<i8>() {
                Ok(n @ 1..=12) => Ok(Grade(n)),
                _ => Err(NotThatUnit(format!("`{text}` is not a grade; write PK, K or 1 to 12"))),
            },
        }
    }

    /// Its place on the ladder: PK is 0, K is 1, grade 12 is 13.
    pub fn index(self) -> usize {
        (self.0 + 1) as usize
    }
}

impl fmt::Display for Grade {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {
            -1 => f.write_str("PK"),
            0 => f.write_str("K"),
            n => write!(f, "{n}"),
        }
    }
}

impl Serialize for Grade {
    fn serialize<S: serde::Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
        s.collect_str(self)
    }
}

/// A run of grades, both ends included. Invariant: the first is not after the last.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Grades {
    first: Grade,
    last: Grade,
}

impl Grades {
    /// Every grade from prekindergarten to 12.
    pub const ALL: Grades = Grades { first: Grade(-1), last: Grade::LAST };

    /// The run that a person writes: `K-5`, `6-8`, or one grade.
    ///
    /// # Errors
    /// When an end is no grade, or the first comes after the last.
    pub fn from_text(text: &str) -> Result<Grades, NotThatUnit> {
        let (first, last) = text.split_once('-').unwrap_or((text, text));
        let (first, last) = (Grade::from_text(first)?, Grade::from_text(last)?);
        if first > last {
            return Err(NotThatUnit(format!("`{text}` begins after it ends; write the lower grade first")));
        }
        Ok(Grades { first, last })
    }

    /// Whether a grade lies in the run.
    pub fn contains(&self, grade: Grade) -> bool {
        self.first <= grade && grade <= self.last
    }

    /// Whether the two runs have a grade in common.
    pub fn meets(&self, other: &Grades) -> bool {
        self.first <= other.last && other.first <= self.last
    }

    /// The grades of the run, lowest first.
    pub fn iter(&self) -> impl Iterator<Item = Grade> + use<> {
        (self.first.0..=self.last.0).map(Grade)
    }
}

impl fmt::Display for Grades {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.first == self.last { write!(f, "{}", self.first) } else { write!(f, "{}-{}", self.first, self.last) }
    }
}

impl Serialize for Grades {
    fn serialize<S: serde::Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
        s.collect_str(self)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn times_are_read_in_both_clocks() {
        assert_eq!(ClockTime::from_text("8:45").unwrap().after_midnight(), Minutes(525)); // by hand: 8 * 60 + 45
        assert_eq!(ClockTime::from_text("1:45 pm").unwrap(), ClockTime::from_text("13:45").unwrap());
        assert_eq!(ClockTime::from_text("12:05 am").unwrap().after_midnight(), Minutes(5));
        assert_eq!(ClockTime::from_text("12 pm").unwrap().after_midnight(), Minutes(720));
    }

    #[test]
    fn minutes_after_midnight_are_times_of_the_same_day_only() {
        assert_eq!(ClockTime::from_minutes(Minutes(785)).unwrap().to_string(), "13:05"); // by hand: 13 * 60 + 5
        assert_eq!(ClockTime::from_minutes(Minutes(1440)), None);
        assert_eq!(ClockTime::from_minutes(Minutes(-1)), None);
    }

    #[test]
    fn times_that_do_not_exist_are_refused() {
        for text in ["", "24:00", "8:75", "8", "8:5", "13:00 pm", "0:30 am", "+8:45", "noon", "8:45:00"] {
            assert!(ClockTime::from_text(text).is_err(), "{text} was accepted");
        }
        assert_eq!((ClockTime::from_minutes(Minutes(-1)), ClockTime::from_minutes(Minutes(1440))), (None, None)); // by hand: 24 * 60
    }

    #[test]
    fn hours_become_minutes_only_when_they_are_whole() {
        assert_eq!(Minutes::from_hours(5.5), Some(Minutes(330)));
        assert_eq!(Minutes::from_hours(962.5), Some(Minutes(57_750)));
        assert_eq!(Minutes::from_hours(0.007), None);
        assert_eq!(Minutes::from_hours(f64::NAN), None);
    }

    #[test]
    fn grades_run_from_prekindergarten_to_twelve() {
        let middle = Grades::from_text("6-8").unwrap();
        assert_eq!(middle.iter().map(|g| g.to_string()).collect::<Vec<_>>(), ["6", "7", "8"]);
        assert!(Grades::from_text("K-5").unwrap().contains(Grade::from_text("K").unwrap()));
        assert!(Grades::from_text("5-K").is_err() && Grades::from_text("13").is_err());
    }

    #[test]
    fn long_stretches_show_their_hours() {
        assert_eq!(minutes_in_words(285), "285 min");
        assert_eq!(minutes_in_words(495), "495 min (8.25 h)"); // by hand: 495 / 60
        assert_eq!(minutes_in_words(-68_220), "-68,220 min (-1,137 h)"); // by hand: 1,137 * 60
        assert_eq!(minutes_in_words(63_745), "63,745 min (1,062.42 h)"); // by hand: 1,062.416...
    }

    #[test]
    fn money_is_printed_as_users_write_it() {
        assert_eq!(Dollars::new(135_828.14).to_string(), "$135,828.14");
        assert_eq!(Dollars::new(-92_000.0).to_string(), "-$92,000");
    }

    proptest! {
        #[test]
        fn every_time_that_is_printed_is_read_back(after in 0u16..1440) {
            let time = ClockTime(after);
            prop_assert_eq!(ClockTime::from_text(&time.to_string()).unwrap(), time);
            prop_assert_eq!(ClockTime::from_minutes(time.after_midnight()), Some(time));
        }
    }
}
