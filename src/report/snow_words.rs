//! Lost days in sentences, for the terminal, the page and whoever has a chart read aloud.
//!
//! Has what lost days do in a school year, gives sentences. Knows no markup.

use crate::levers::Estimate;
use crate::levers::SnowYear;
use crate::report::words::counted;
use crate::report::words::percent;

/// A share with its interval: `78 % (73 to 83 %)`.
pub fn share(estimate: &Estimate) -> String {
    let Estimate { share, low, high } = *estimate;
    format!("{} ({:.0} to {:.0} %)", percent(share), low * 100.0, high * 100.0)
}

/// A mean with one digit: `1.5`.
pub fn mean(days: f64) -> String {
    format!("{days:.1}")
}

/// How many days the year loses.
pub fn lost(year: &SnowYear) -> String {
    let lost = &year.lost;
    format!(
        "{} days lost on average (8 of 10 years {} to {}, at most {}); {} proposed.",
        mean(lost.mean),
        lost.low,
        lost.high,
        lost.most,
        proposed(year)
    )
}

fn proposed(year: &SnowYear) -> String {
    let verb = if year.proposed == 1 { "is" } else { "are" };
    format!("{} {verb}", counted(year.proposed as usize, "emergency day"))
}

/// How often some clause breaks.
pub fn any(year: &SnowYear) -> String {
    format!(
        "Some clause breaks in {} when nothing is made up, in {} after the emergency days.",
        share(&year.any.without),
        share(&year.any.after)
    )
}

/// How many days must be made up.
pub fn needed(year: &SnowYear) -> String {
    let needed = &year.needed;
    if needed.most == Some(0) {
        return "No day has to be made up for every clause to hold.".into();
    }
    let Some(of_those) = needed.mean else {
        return "Days to make up: no number of days up to those lost makes every clause hold again.".into();
    };
    let parts = [("half of the years need", needed.median), ("nine tenths", needed.high), ("all", needed.most)];
    let told = parts.iter().filter_map(|(who, days)| days.map(|days| format!(", {who} at most {days}")));
    let never = match needed.never.share {
        0.0 => String::new(),
        _ => format!(" In {} no number up to the days lost is enough.", share(&needed.never)),
    };
    let mean = mean(of_those);
    format!("Days to make up until every clause holds again: {mean} on average{}.{never}", told.collect::<String>())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::sample::sample;

    #[test]
    fn a_year_is_told_in_three_sentences() {
        let (_, outcome) = sample();
        let mut year = outcome.snow.unwrap().years.remove(0);
        // by hand: the sample loses 1.5 days on average, and five are proposed
        assert_eq!(
            lost(&year),
            "1.5 days lost on average (8 of 10 years 0 to 4, at most 7); 5 emergency days are proposed."
        );
        // by hand: 130 and 3 of 200
        assert!(
            any(&year).starts_with("Some clause breaks in 65 % (59 to 70 %) when nothing is made up, in 2 % ("),
            "{}",
            any(&year)
        );
        assert!(needed(&year).contains("nine tenths at most 3. In 5 % (3 to 8 %) no number"), "{}", needed(&year));
        year.needed.most = Some(0);
        assert_eq!(needed(&year), "No day has to be made up for every clause to hold.");
    }
}
