//! Times as people write them: a year, a year with its part, a month, a day.

use crate::units::Date;

/// The year with its part that a text stands for, if it is a time.
pub(crate) fn decimal_year(text: &str) -> Option<f64> {
    let parts: Vec<&str> = text.split('-').collect();
    match parts.as_slice() {
        [year] => year.parse::<f64>().ok().filter(|year| year.is_finite() && year.abs() < 1e5),
        [year, month] => month_of(year, month),
        [year, month, day] => day_of(year, month, day),
        _ => None,
    }
}

/// The beginning of a month; months count as equally long, so that monthly rows are equally far apart.
fn month_of(year: &str, month: &str) -> Option<f64> {
    let (year, month) = (digits(year, 4)?, digits(month, 2)?);
    (1..=12).contains(&month).then(|| f64::from(year) + (f64::from(month) - 1.0) / 12.0)
}

fn day_of(year: &str, month: &str, day: &str) -> Option<f64> {
    let (year, month, day) = (digits(year, 4)?, digits(month, 2)?, digits(day, 2)?);
    let date = Date::new(year, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()?;
    Some(f64::from(year) + (f64::from(date.day_of_year()) - 1.0) / f64::from(date.days_in_year()))
}

fn digits(text: &str, length: usize) -> Option<i16> {
    let plain = text.len() == length && text.bytes().all(|byte| byte.is_ascii_digit());
    plain.then(|| text.parse().ok()).flatten()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn years_months_and_days_are_times() {
        assert_eq!(decimal_year("1958"), Some(1958.0));
        assert_eq!(decimal_year("1958.25"), Some(1958.25));
        assert_eq!(decimal_year("2010-07"), Some(2010.5)); // by hand: 6 / 12
        assert_eq!(decimal_year("2010-07-01"), Some(2010.0 + 181.0 / 365.0)); // by hand: 31+28+31+30+31+30
    }

    #[test]
    fn what_is_no_time_is_refused() {
        for text in ["", "spring", "2010-13", "1987-88", "2010-02-30", "10-02", "2010-2", "NaN", "2010-07-01-02"] {
            assert_eq!(decimal_year(text), None, "{text}");
        }
    }
}
