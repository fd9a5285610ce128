//! Snow: how often lost days break a clause, and how many days must be made up.
//!
//! Has the ground and a distribution of lost days, gives for every school year the share of replicates in which each
//! clause breaks, and the least number of made-up days with which everything holds again. Replicates are pure functions
//! of their number, so the answer is the same on any number of threads.

use crate::levers::Ground;
use crate::levers::closures::Closures;
use crate::levers::share::Breach;
use crate::levers::share::Days;
use crate::levers::share::Estimate;
use crate::levers::share::Needed;
use crate::levers::winter::Standing;
use crate::levers::winter::Winters;
use crate::levers::winter::YearFate;
use crate::luck::Luck;
use rayon::prelude::*;
use serde::Serialize;

/// What lost days do to the clauses, school year by school year.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Snow {
    /// How many times every school year was drawn.
    pub replicates: u32,
    /// Every school year, in order of time.
    pub years: Vec<SnowYear>,
}

/// One school year.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct SnowYear {
    /// Such as `2025-26`.
    pub year: String,
    /// Emergency days that calendars propose for it; the most that one of them does \[days\].
    pub proposed: u32,
    /// Days that are lost in it.
    pub lost: Days,
    /// What becomes of it, by the number of days lost, from none to the most.
    pub fates: Vec<Fate>,
    /// How often some clause breaks that holds now.
    pub any: Breach,
    /// How often each clause breaks that holds now.
    pub clauses: Vec<ClauseBreach>,
    /// Clauses that fail in it now, by place; they cannot break and are left out.
    pub left_out: Vec<usize>,
    /// The least number of days with which, made up, every clause that holds now holds again.
    pub needed: Needed,
}

/// Replicates in which so many days are lost.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Fate {
    /// Days lost.
    pub days: u32,
    /// No clause breaks, although nothing is made up.
    pub holds: u32,
    /// A clause breaks, and the proposed emergency days mend it.
    pub made_up: u32,
    /// A clause stays broken after all proposed emergency days.
    pub breached: u32,
}

/// How often one clause breaks.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct ClauseBreach {
    /// The clause, by place.
    pub clause: usize,
    /// How often.
    pub breach: Breach,
}

/// Draws every school year so many times.
pub fn snow(ground: &Ground, closures: &Closures, seed: u64, replicates: u32) -> Snow {
    let winters = Winters::new(ground);
    let one = |number: u32| winters.replicate(closures, &Luck::new(seed, number));
    let drawn: Vec<Vec<YearFate>> = (0..replicates).into_par_iter().map(one).collect();
    let years = (0..winters.years.len()).map(|year| {
        let fates: Vec<&YearFate> = drawn.iter().map(|replicate| &replicate[year]).collect();
        summarise(&winters, year, &fates)
    });
    Snow { replicates, years: years.collect() }
}

fn summarise(winters: &Winters, year: usize, fates: &[&YearFate]) -> SnowYear {
    let share = |hits: &dyn Fn(&YearFate) -> bool| Estimate::new(fates.iter().filter(|f| hits(f)).count(), fates.len());
    let now = &winters.now[year];
    let of_clause = |clause: usize| {
        let without = share(&|f| f.without.contains(&clause));
        let after = share(&|f| f.after.contains(&clause));
        let breaks = without.share > 0.0 || after.share > 0.0;
        let told = now[clause] == Standing::Holds || breaks;
        told.then_some(ClauseBreach { clause, breach: Breach { without, after } })
    };
    SnowYear {
        year: winters.years[year].clone(),
        proposed: winters.most_proposed(year),
        lost: Days::new(fates.iter().map(|f| f.lost).collect()),
        fates: fates_by_days(fates),
        any: Breach { without: share(&|f| !f.without.is_empty()), after: share(&|f| !f.after.is_empty()) },
        clauses: (0..now.len()).filter_map(of_clause).collect(),
        left_out: (0..now.len()).filter(|clause| now[*clause] == Standing::Fails).collect(),
        needed: Needed::new(fates.iter().map(|f| f.needed).collect()),
    }
}

fn fates_by_days(fates: &[&YearFate]) -> Vec<Fate> {
    let most = fates.iter().map(|f| f.lost).max().unwrap_or(0);
    let mut all: Vec<Fate> = (0..=most).map(|days| Fate { days, holds: 0, made_up: 0, breached: 0 }).collect();
    for fate in fates {
        let of_days = &mut all[fate.lost as usize];
        match (fate.without.is_empty(), fate.after.is_empty()) {
            (true, _) => of_days.holds += 1,
            (false, true) => of_days.made_up += 1,
            (false, false) => of_days.breached += 1,
        }
    }
    all
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::findings::Place;
    use crate::levers::closures::LostDays;
    use crate::levers::made::days_a_year;
    use crate::levers::made::four_weeks;

    fn poisson(mean: f64) -> Closures {
        Closures { by_month: vec![(9, LostDays::Poisson { mean })], written: Place::nowhere() }
    }

    /// The chance that a Poisson number is greater.
    fn tail(mean: f64, than: u32) -> f64 {
        let mut chance = (-mean).exp();
        let mut up_to = chance;
        for n in 1..=than {
            chance *= mean / f64::from(n);
            up_to += chance;
        }
        1.0 - up_to
    }

    #[test]
    fn the_share_of_breaches_is_the_tail_of_the_distribution() {
        let replicates = 4_000;
        for (mean, spare) in [(0.5, 0), (1.5, 1), (3.0, 2), (3.0, 4)] {
            // by hand: 20 days are held, so a floor of 20 less `spare` breaks when more than `spare` are lost
            let made = four_weeks(285, 310, vec![days_a_year(20 - i64::from(spare))]);
            let answer = snow(&made.ground(), &poisson(mean), 93, replicates);
            let year = &answer.years[0];
            // two days are proposed, so two more may be lost
            for (found, than) in [(year.any.without.share, spare), (year.any.after.share, spare + 2)] {
                let expected = tail(mean, than);
                let error = (expected * (1.0 - expected) / f64::from(replicates)).sqrt();
                assert!((found - expected).abs() < 4.0 * error, "{mean}, {than}: {found} instead of {expected}");
            }
            assert_eq!(year.any.without, year.clauses[0].breach.without);
            assert!((year.lost.mean - mean).abs() < 4.0 * (mean / f64::from(replicates)).sqrt());
        }
    }

    #[test]
    fn fates_add_up_to_the_replicates_and_stand_by_the_days_lost() {
        let made = four_weeks(285, 310, vec![days_a_year(19)]);
        let answer = snow(&made.ground(), &poisson(1.5), 5, 500);
        let year = &answer.years[0];
        let sum = |of: fn(&Fate) -> u32| year.fates.iter().map(of).sum::<u32>();
        assert_eq!(sum(|f| f.holds) + sum(|f| f.made_up) + sum(|f| f.breached), 500);
        for fate in &year.fates {
            // by hand: one day may be lost, two more are made up
            let expected = match fate.days {
                0 | 1 => fate.holds,
                2 | 3 => fate.made_up,
                _ => fate.breached,
            };
            assert_eq!(expected, fate.holds + fate.made_up + fate.breached, "{fate:?}");
        }
        assert_eq!(year.needed.most, Some(year.lost.most - 1));
    }

    #[test]
    fn a_clause_that_fails_already_is_left_out() {
        let made = four_weeks(285, 310, vec![days_a_year(21), days_a_year(20)]);
        let answer = snow(&made.ground(), &poisson(1.5), 5, 50);
        assert_eq!(answer.years[0].left_out, [0]);
        assert_eq!(answer.years[0].clauses.iter().map(|c| c.clause).collect::<Vec<_>>(), [1]);
    }

    #[test]
    fn any_number_of_threads_gives_the_same_answer() {
        let made = four_weeks(285, 310, vec![days_a_year(19)]);
        let with = |threads: usize| {
            let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
            pool.install(|| snow(&made.ground(), &poisson(2.0), 5, 100))
        };
        assert_eq!(with(1), with(5));
    }
}
