//! Days lost to snow and the like, by luck: how many of each month, and which.
//!
//! Has a distribution for each month, gives dates. Every draw is keyed by month and date, so that another
//! school, year or month changes no other draw.

use crate::findings::Place;
use crate::levers::usual::attended;
use crate::luck::Decision;
use crate::luck::Key;
use crate::luck::Luck;
use crate::timetable::Timetable;
use crate::units::Date;
use std::collections::BTreeMap;
use std::collections::BTreeSet;

/// No month has more days.
pub const MOST_DAYS_OF_A_MONTH: u32 = 31;

/// How many days of attendance of a month are lost.
#[derive(Debug, Clone, PartialEq)]
pub enum LostDays {
    /// A Poisson distribution.
    Poisson {
        /// Mean \[days\].
        mean: f64,
    },
    /// A negative binomial distribution: a Poisson whose mean itself varies from year to year (winters differ).
    NegativeBinomial {
        /// Mean \[days\].
        mean: f64,
        /// The smaller, the more winters differ: the variance is mean + mean² / dispersion.
        dispersion: f64,
    },
    /// What was observed, one year as likely as another \[days\].
    Observed(Vec<u32>),
}

/// The days lost in a school year, by month.
#[derive(Debug, Clone, PartialEq)]
pub struct Closures {
    /// Months from 1 to 12 with how many of their days are lost; no day is lost in other months.
    pub by_month: Vec<(i8, LostDays)>,
    /// Where it is written.
    pub written: Place,
}

impl LostDays {
    /// The number of days for a share of luck between 0 and 1: the least number that is at least as likely not to be
    /// exceeded.
    pub fn at(&self, luck: f64) -> u32 {
        match self {
            LostDays::Observed(all) => {
                let place = (luck * all.len() as f64) as usize;
                all.get(place).or(all.last()).copied().unwrap_or(0)
            }
            LostDays::Poisson { mean } => inverse(libm::exp(-mean), luck, |n| mean / (n + 1.0)),
            LostDays::NegativeBinomial { mean, dispersion } => {
                let more = mean / (mean + dispersion);
                let none = libm::pow(dispersion / (mean + dispersion), *dispersion);
                inverse(none, luck, |n| more * (n + dispersion) / (n + 1.0))
            }
        }
    }

    /// Its mean \[days\].
    pub fn mean(&self) -> f64 {
        match self {
            LostDays::Poisson { mean } | LostDays::NegativeBinomial { mean, .. } => *mean,
            LostDays::Observed(all) => all.iter().map(|n| f64::from(*n)).sum::<f64>() / all.len().max(1) as f64,
        }
    }
}

/// The least number whose cumulative chance reaches the luck; `step` leads from the chance of a number to the next's.
fn inverse(none: f64, luck: f64, step: impl Fn(f64) -> f64) -> u32 {
    let (mut chance, mut up_to) = (none, none);
    let mut number = 0;
    while up_to < luck && number < MOST_DAYS_OF_A_MONTH {
        chance *= step(f64::from(number));
        up_to += chance;
        number += 1;
    }
    number
}

/// The dates on which some school of the district has pupils, by calendar month.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SchoolDays {
    by_month: BTreeMap<(i16, i8), Vec<Date>>,
}

impl SchoolDays {
    /// All dates of a timetable with pupils.
    pub fn of(timetable: &Timetable) -> SchoolDays {
        let years = timetable.schools.iter().flat_map(|s| &s.years);
        let dates: BTreeSet<Date> = years.flat_map(|y| attended(y).map(|(day, _)| day.date)).collect();
        let mut by_month: BTreeMap<(i16, i8), Vec<Date>> = BTreeMap::new();
        for date in dates {
            by_month.entry((date.year(), date.month())).or_default().push(date);
        }
        SchoolDays { by_month }
    }

    /// The dates that are lost under some luck, in the whole district: distinct days of each month, any as likely as
    /// another; all of them where more are drawn than there are.
    pub fn lost(&self, closures: &Closures, luck: &Luck) -> BTreeSet<Date> {
        let mut lost = BTreeSet::new();
        for ((year, month), dates) in &self.by_month {
            let Some((_, days)) = closures.by_month.iter().find(|(m, _)| m == month) else { continue };
            let key = Key::from_name("closures").part(u64::from(year.unsigned_abs()));
            let draw = |day: u16| luck.draw(key, Decision::Closure, month.unsigned_abs(), day);
            let mut lots: Vec<(f64, Date)> =
                dates.iter().map(|d| (draw(u16::from(d.day().unsigned_abs())), *d)).collect();
            lots.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)));
            // The number is drawn under day 0, which no date has.
            lost.extend(lots.into_iter().take(days.at(draw(0)) as usize).map(|(_, date)| date));
        }
        lost
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::levers::made::four_weeks;
    use proptest::prelude::*;

    fn closures(by_month: Vec<(i8, LostDays)>) -> Closures {
        Closures { by_month, written: Place::nowhere() }
    }

    fn september() -> SchoolDays {
        SchoolDays::of(&four_weeks(285, 310, vec![]).timetable)
    }

    #[test]
    fn numbers_of_days_follow_their_distributions() {
        let geometric = LostDays::NegativeBinomial { mean: 1.0, dispersion: 1.0 };
        // by hand: a dispersion of 1 is geometric, with chances of 1/2, 1/4, 1/8 for 0, 1, 2 days
        assert_eq!([0.49, 0.51, 0.74, 0.76, 0.87, 0.88].map(|u| geometric.at(u)), [0, 1, 1, 2, 2, 3]);
        // by hand: e to the minus 0.4 is 0.670, and 0.4 times that 0.268 more
        assert_eq!([0.66, 0.68, 0.93, 0.94].map(|u| LostDays::Poisson { mean: 0.4 }.at(u)), [0, 1, 1, 2]);
        let observed = LostDays::Observed(vec![0, 2, 1, 0, 3]);
        assert_eq!([0.1, 0.3, 0.5, 0.7, 0.9].map(|u| observed.at(u)), [0, 2, 1, 0, 3]);
        assert_eq!(observed.mean(), 1.2); // by hand: 6 of 5
        assert_eq!(LostDays::Poisson { mean: 0.0 }.at(0.999_999), 0);
    }

    #[test]
    fn draws_have_the_mean_and_variance_of_their_distribution() {
        let (mean, dispersion) = (1.2, 0.8);
        let days = LostDays::NegativeBinomial { mean, dispersion };
        let n = 200_000;
        let draws: Vec<f64> = (0..n).map(|i| f64::from(days.at((f64::from(i) + 0.5) / f64::from(n)))).collect();
        let found = draws.iter().sum::<f64>() / f64::from(n);
        let variance = draws.iter().map(|x| (x - found) * (x - found)).sum::<f64>() / f64::from(n);
        // by hand: 1.2 + 1.44 / 0.8 = 3; what is missing lies beyond the last day of a month
        assert!((found - mean).abs() < 0.001 && (variance - 3.0).abs() < 0.01, "{found} {variance}");
    }

    #[test]
    fn more_days_than_a_month_has_are_all_of_them() {
        let lost = september().lost(&closures(vec![(9, LostDays::Observed(vec![31]))]), &Luck::new(1, 0));
        assert_eq!(lost.len(), 20);
        assert!(september().lost(&closures(vec![(10, LostDays::Observed(vec![31]))]), &Luck::new(1, 0)).is_empty());
    }

    #[test]
    fn every_day_of_a_month_is_as_likely_as_another() {
        let (days, two) = (september(), closures(vec![(9, LostDays::Observed(vec![2]))]));
        let mut counts: BTreeMap<Date, u32> = BTreeMap::new();
        for number in 0..10_000 {
            for date in days.lost(&two, &Luck::new(7, number)) {
                *counts.entry(date).or_default() += 1;
            }
        }
        assert_eq!(counts.len(), 20);
        // by hand: 20,000 over 20 days are 1,000 each; five standard deviations of sqrt(10,000 * 0.1 * 0.9) are 150
        assert!(counts.values().all(|n| n.abs_diff(1_000) < 150), "{counts:?}");
    }

    proptest! {
        #[test]
        fn another_month_changes_no_other_draw(seed: u64, number in 0u32..50, n in 0u32..8) {
            let days = SchoolDays { by_month: [9, 10].map(|m| {
                let dates = (1..=28).map(|d| jiff::civil::date(2025, m, d)).collect();
                ((2025, m), dates)
            }).into() };
            let luck = Luck::new(seed, number);
            let alone = days.lost(&closures(vec![(9, LostDays::Observed(vec![n]))]), &luck);
            let both = closures(vec![(9, LostDays::Observed(vec![n])), (10, LostDays::Poisson { mean: 2.0 })]);
            let september: BTreeSet<Date> = days.lost(&both, &luck).into_iter().filter(|d| d.month() == 9).collect();
            prop_assert_eq!(alone.len(), n as usize);
            prop_assert_eq!(alone, september);
        }

        #[test]
        fn more_luck_never_loses_fewer_days(a in 0.0f64..1.0, b in 0.0f64..1.0, mean in 0.0f64..20.0, k in 0.05f64..20.0) {
            for days in [LostDays::Poisson { mean }, LostDays::NegativeBinomial { mean, dispersion: k }] {
                prop_assert!(days.at(a.min(b)) <= days.at(a.max(b)));
            }
        }
    }
}
