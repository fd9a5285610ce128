//! Winters: what one drawing of lost days does to every school year, and how many made-up days mend it.
//!
//! Has the ground and luck, gives a fate for each school year. Knows no shares.

use crate::clauses::Clause;
use crate::clauses::Lawbook;
use crate::clauses::Outcome;
use crate::clauses::Tell;
use crate::clauses::Verdict;
use crate::clauses::Waiver;
use crate::clauses::judge_each_school;
use crate::levers::Ground;
use crate::levers::closures::Closures;
use crate::levers::closures::SchoolDays;
use crate::levers::lost::Spare;
use crate::levers::lost::lose;
use crate::levers::lost::spare_days;
use crate::levers::usual::attended;
use crate::luck::Luck;
use crate::timetable::Timetable;
use crate::timetable::Year;
use crate::units::Date;
use std::collections::BTreeSet;

/// How a clause stands in a school year.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Standing {
    /// It neither holds nor fails.
    Neither,
    /// It holds.
    Holds,
    /// It fails somewhere.
    Fails,
}

/// What becomes of one school year in one replicate.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct YearFate {
    /// Days lost.
    pub lost: u32,
    /// Clauses that break when nothing is made up.
    pub without: Vec<usize>,
    /// Clauses that break after the proposed emergency days.
    pub after: Vec<usize>,
    /// The least number of made-up days with which none breaks; nothing where no number up to those lost does.
    pub needed: Option<u32>,
}

/// What all replicates share.
pub struct Winters<'a> {
    ground: Ground<'a>,
    dates: SchoolDays,
    /// Ids of the school years of all calendars, in order of time.
    pub years: Vec<String>,
    /// For each of them and each clause, how it stands now.
    pub now: Vec<Vec<Standing>>,
    /// For each school and year, the days that may make up lost ones, in order.
    spare: Vec<Vec<Vec<Spare>>>,
}

/// For each school and year, its own lost days.
pub type Lost = Vec<Vec<Vec<Date>>>;

/// How many of the days lost are made up.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MakeUp {
    /// At most so many in each school year.
    UpTo(u32),
    /// As many as its calendar proposes.
    Proposed,
}

impl<'a> Winters<'a> {
    /// Looks at the timetable as it is, before anything is lost.
    pub fn new(ground: &Ground<'a>) -> Winters<'a> {
        let timetable = ground.timetable;
        let spare = |years: &[Year]| (0..years.len()).map(|place| spare_days(years, place, u32::MAX)).collect();
        let years = ids_in_order(timetable);
        let clauses = ground.book.clauses.len();
        let now = standings(&ground.book, ground, timetable, &years, &(0..clauses).collect::<Vec<_>>());
        Winters {
            ground: *ground,
            dates: SchoolDays::of(timetable),
            years,
            now,
            spare: timetable.schools.iter().map(|s| spare(&s.years)).collect(),
        }
    }

    /// Emergency days that calendars propose for a school year; the most that one of them does.
    pub fn most_proposed(&self, year: usize) -> u32 {
        let schools = self.ground.timetable.schools.iter().enumerate();
        let proposed = schools.filter_map(|(school, of_school)| {
            let place = of_school.years.iter().position(|y| y.id == self.years[year])?;
            Some(self.ground.proposed(school, place))
        });
        proposed.max().unwrap_or(0)
    }

    /// What becomes of every school year under some luck.
    pub fn replicate(&self, closures: &Closures, luck: &Luck) -> Vec<YearFate> {
        let lost = self.own_days(&self.dates.lost(closures, luck));
        let n_lost = self.n_lost(&lost);
        if n_lost.iter().all(|n| *n == 0) {
            let untouched = YearFate { lost: 0, without: Vec::new(), after: Vec::new(), needed: Some(0) };
            return vec![untouched; self.years.len()];
        }
        let without = self.broken(&lost, MakeUp::UpTo(0));
        let after = self.broken(&lost, MakeUp::Proposed);
        let needed = self.least_made_up(&lost, &n_lost, &without, &after);
        let years = n_lost.into_iter().zip(without).zip(after).zip(needed);
        years.map(|(((lost, without), after), needed)| YearFate { lost, without, after, needed }).collect()
    }

    /// For each school and year, its own days among those that are lost.
    pub fn own_days(&self, dates: &BTreeSet<Date>) -> Lost {
        let own = |year| attended(year).map(|(day, _)| day.date).filter(|d| dates.contains(d)).collect();
        self.ground.timetable.schools.iter().map(|s| s.years.iter().map(own).collect()).collect()
    }

    /// How many different dates each school year loses, over its schools.
    fn n_lost(&self, lost: &Lost) -> Vec<u32> {
        let of_year = |id: &String| {
            let mut dates: BTreeSet<Date> = BTreeSet::new();
            for (school, lost) in self.ground.timetable.schools.iter().zip(lost) {
                let years = school.years.iter().zip(lost).filter(|(year, _)| year.id == *id);
                dates.extend(years.flat_map(|(_, lost)| lost));
            }
            u32::try_from(dates.len()).unwrap_or(u32::MAX)
        };
        self.years.iter().map(of_year).collect()
    }

    /// The timetable with days lost and others held instead.
    fn timetable(&self, lost: &Lost, make_up: MakeUp) -> Timetable {
        let mut other = self.ground.timetable.clone();
        for (school, of_school) in other.schools.iter_mut().enumerate() {
            for (place, year) in of_school.years.iter_mut().enumerate() {
                let (lost, spare) = (&lost[school][place], &self.spare[school][place]);
                let most = match make_up {
                    MakeUp::UpTo(n) => n,
                    MakeUp::Proposed => self.ground.proposed(school, place),
                };
                lose(year, lost, &spare[..(most as usize).min(lost.len()).min(spare.len())]);
            }
        }
        other
    }

    /// The clauses that fail in each school year and do not fail now.
    pub fn broken(&self, lost: &Lost, make_up: MakeUp) -> Vec<Vec<usize>> {
        let all: Vec<usize> = (0..self.ground.book.clauses.len()).collect();
        self.broken_among(&self.ground.book, &all, &self.timetable(lost, make_up))
    }

    /// The same for some clauses only, which the book holds at these places.
    fn broken_among(&self, book: &Lawbook, places: &[usize], timetable: &Timetable) -> Vec<Vec<usize>> {
        let standings = standings(book, &self.ground, timetable, &self.years, places);
        let broken = |(now, then): (&Vec<Standing>, &Vec<Standing>)| -> Vec<usize> {
            let breaks = |clause: &usize| now[*clause] != Standing::Fails && then[*clause] == Standing::Fails;
            (0..now.len()).filter(breaks).collect()
        };
        self.now.iter().zip(&standings).map(broken).collect()
    }

    /// Whether so many made-up days of a school year are the same days as the proposed ones, in all schools.
    fn is_as_proposed(&self, lost: &Lost, n: u32, year: usize) -> bool {
        self.ground.timetable.schools.iter().enumerate().all(|(school, of_school)| {
            let places = of_school.years.iter().enumerate().filter(|(_, y)| y.id == self.years[year]);
            places.into_iter().all(|(place, _)| {
                let lost = lost[school][place].len();
                (n as usize).min(lost) == (self.ground.proposed(school, place) as usize).min(lost)
            })
        })
    }

    /// For each school year the least number of made-up days with which nothing is broken.
    ///
    /// Numbers are tried from one on, in all school years at once. Only the clauses that are broken are judged at each,
    /// for they must hold first; where they do, all are judged before the number is taken. Where a number makes up the
    /// same days as the proposed ones do, what these break is known.
    fn least_made_up(
        &self,
        lost: &Lost,
        n_lost: &[u32],
        without: &[Vec<usize>],
        after: &[Vec<usize>],
    ) -> Vec<Option<u32>> {
        let mut needed: Vec<Option<u32>> = without.iter().map(|broken| broken.is_empty().then_some(0)).collect();
        let mut places: Vec<usize> = without.iter().flatten().copied().collect();
        places.sort_unstable();
        places.dedup();
        let (clauses, waivers) = part_of(&self.ground.book, &places);
        let book = Lawbook { clauses: &clauses, waivers: &waivers, facts: self.ground.book.facts };
        for n in 1..=n_lost.iter().max().copied().unwrap_or(0) {
            let timetable = self.timetable(lost, MakeUp::UpTo(n));
            let is_open = |year: &usize| needed[*year].is_none() && n <= n_lost[*year];
            let (known, mut open): (Vec<usize>, Vec<usize>) =
                (0..needed.len()).filter(is_open).partition(|year| self.is_as_proposed(lost, n, *year));
            if !open.is_empty() {
                let first = self.broken_among(&book, &places, &timetable);
                open.retain(|year| first[*year].is_empty());
            }
            if !open.is_empty() {
                let all = self.broken(lost, MakeUp::UpTo(n));
                open.retain(|year| all[*year].is_empty());
            }
            open.extend(known.into_iter().filter(|year| after[*year].is_empty()));
            open.into_iter().for_each(|year| needed[year] = Some(n));
        }
        needed
    }
}

/// The ids of the school years of all schools, in order of their first days.
fn ids_in_order(timetable: &Timetable) -> Vec<String> {
    let mut all: Vec<(Date, String)> = Vec::new();
    for year in timetable.schools.iter().flat_map(|s| &s.years) {
        let Some(first) = year.days.first().map(|d| d.date) else { continue };
        match all.iter_mut().find(|(_, id)| *id == year.id) {
            Some(known) => known.0 = known.0.min(first),
            None => all.push((first, year.id.clone())),
        }
    }
    all.sort();
    all.into_iter().map(|(_, id)| id).collect()
}

/// How every clause stands in every school year of a timetable; the book holds the clauses at these places.
fn standings(
    book: &Lawbook,
    ground: &Ground,
    timetable: &Timetable,
    years: &[String],
    places: &[usize],
) -> Vec<Vec<Standing>> {
    let standing = |v: &Verdict| match v.outcome {
        Outcome::Fails => Standing::Fails,
        Outcome::Holds | Outcome::Waived => Standing::Holds,
        Outcome::NotApplicable | Outcome::NotInForce | Outcome::NotComputable => Standing::Neither,
    };
    let year_of = |v: &Verdict| years.iter().position(|id| *id == v.year);
    let of_school = |_: usize, verdicts: Vec<Verdict>| -> Vec<(usize, usize, Standing)> {
        verdicts.iter().filter_map(|v| Some((year_of(v)?, places[v.clause], standing(v)))).collect()
    };
    let mut all = vec![vec![Standing::Neither; ground.book.clauses.len()]; years.len()];
    let judged = judge_each_school(book, ground.district, timetable, Tell::Outcomes, of_school);
    for (year, clause, standing) in judged.into_iter().flatten() {
        all[year][clause] = all[year][clause].max(standing);
    }
    all
}

/// Some clauses of a book, with the waivers of them, which name them by their new places.
fn part_of(book: &Lawbook, places: &[usize]) -> (Vec<Clause>, Vec<Waiver>) {
    let waiver = |waiver: &Waiver| {
        let clause = places.iter().position(|place| *place == waiver.clause)?;
        Some(Waiver { clause, ..waiver.clone() })
    };
    let clauses = places.iter().map(|place| book.clauses[*place].clone()).collect();
    (clauses, book.waivers.iter().filter_map(waiver).collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::calendar::DayKind;
    use crate::calendar::YearRules;
    use crate::calendar::days_later;
    use crate::clauses::Amount;
    use crate::clauses::Clause;
    use crate::clauses::Side;
    use crate::clauses::Window;
    use crate::clauses::examples;
    use crate::clauses::judge;
    use crate::findings::Place;
    use crate::levers::closures::LostDays;
    use crate::levers::made::Made;
    use crate::levers::made::days_a_year;
    use crate::timetable::Day;
    use jiff::civil::date;
    use proptest::prelude::*;

    /// Two school years of four weeks, with clauses of days, weeks and minutes made up between short Mondays.
    fn two_years(days: i64, week: i64) -> Made {
        let years = [(2025, 1, 26), (2026, 7, 2)].map(|(y, first, last)| YearRules {
            emergency_days: 2,
            ..examples::year(&y.to_string(), date(y, 9, first), date(y, if last == 2 { 10 } else { 9 }, last))
        });
        let weekly = examples::limit(examples::instruction(), Side::AtLeast, Window::Week, Amount::Minutes(week));
        let by_accumulation =
            examples::clause(crate::clauses::Requirement::Limit(examples::hours_a_day(5)), vec![examples::d3()]);
        let clauses: Vec<Clause> = vec![days_a_year(days), examples::limit_clause(weekly), by_accumulation];
        Made::new(&years, &[examples::plain("monday", 285, 75), examples::plain("full", 310, 0)], clauses)
    }

    fn closures(days: u32) -> Closures {
        let by_month = vec![(9, LostDays::Observed((0..=days).collect())), (10, LostDays::Poisson { mean: 0.5 })];
        Closures { by_month, written: Place::nowhere() }
    }

    // ---- the twin: one school year at a time, every number of days, from the meaning of the words ----

    fn clauses_failing(made: &Made, timetable: &Timetable, year: &str) -> Vec<usize> {
        let verdicts = judge(&made.ground().book, &made.district, timetable);
        let fails = |c: &usize| verdicts.of_clause(*c).any(|v| v.year == year && v.outcome == Outcome::Fails);
        (0..made.clauses.len()).filter(fails).collect()
    }

    /// Closes the lost days of one year and opens so many weekdays after its last.
    fn obvious(made: &Made, place: usize, lost: &BTreeSet<Date>, n: usize) -> Timetable {
        let mut timetable = made.timetable.clone();
        let year = &mut timetable.schools[0].years[place];
        let mut date = year.days[year.days.len() - 1].date;
        for day in year.days.iter_mut() {
            if day.kind == DayKind::Attendance && lost.contains(&day.date) {
                day.kind = DayKind::Emergency;
                day.schedule = None;
            }
        }
        for _ in 0..n {
            date = days_later(date, 1);
            while matches!(date.weekday(), crate::units::Weekday::Saturday | crate::units::Weekday::Sunday) {
                date = days_later(date, 1);
            }
            let schedule = if date.weekday() == crate::units::Weekday::Monday { 0 } else { 1 };
            year.days.push(Day { date, kind: DayKind::Attendance, schedule: Some(schedule) });
        }
        timetable
    }

    fn obvious_fate(made: &Made, place: usize, dates: &BTreeSet<Date>) -> YearFate {
        let year = &made.timetable.schools[0].years[place];
        let attends = |d: &Day| d.kind == DayKind::Attendance && dates.contains(&d.date);
        let lost = year.days.iter().filter(|d| attends(d)).count();
        let now = clauses_failing(made, &made.timetable, &year.id);
        let broken = |n: usize| -> Vec<usize> {
            let mut fails = clauses_failing(made, &obvious(made, place, dates, n), &year.id);
            fails.retain(|clause| !now.contains(clause));
            fails
        };
        let mut needed = None;
        for n in (0..=lost).rev() {
            if broken(n).is_empty() {
                needed = Some(n as u32);
            }
        }
        YearFate { lost: lost as u32, without: broken(0), after: broken(lost.min(2)), needed }
    }

    #[test]
    fn a_year_that_lost_two_days_too_many_needs_two() {
        let made = crate::levers::made::four_weeks(285, 310, vec![days_a_year(18)]);
        let winters = Winters::new(&made.ground());
        let four = Closures { by_month: vec![(9, LostDays::Observed(vec![4]))], written: Place::nowhere() };
        let fates = winters.replicate(&four, &Luck::new(1, 0));
        // by hand: 20 days less 4 are 16, 2 short of 18; two proposed days bring them back
        assert_eq!(fates, [YearFate { lost: 4, without: vec![0], after: vec![], needed: Some(2) }]);
    }

    #[test]
    fn waivers_follow_their_clauses_into_a_part_of_a_book() {
        let made = two_years(18, 0);
        let waiver = Waiver {
            id: "w".into(),
            title: "w".into(),
            source: None,
            section: String::new(),
            text: String::new(),
            order: crate::clauses::Order::Policy,
            clause: 2,
            granted_by: crate::clauses::Government::State,
            from: date(2025, 1, 1),
            until: date(2025, 12, 31),
            schools: Vec::new(),
            only_if: None,
            needs: None,
            written: Place::nowhere(),
        };
        let waivers = [waiver];
        let book = Lawbook { waivers: &waivers, ..made.ground().book };
        let (clauses, of_part) = part_of(&book, &[0, 2]);
        assert_eq!((clauses.len(), of_part[0].clause), (2, 1));
        assert!(part_of(&book, &[0]).1.is_empty());
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(60))]

        #[test]
        fn the_search_agrees_with_its_obvious_twin(
            days in 14i64..21, week in 900i64..1_500, most in 0u32..9, seed: u64,
        ) {
            let made = two_years(days, week);
            let winters = Winters::new(&made.ground());
            let (closures, luck) = (closures(most), Luck::new(seed, 0));
            let dates = winters.dates.lost(&closures, &luck);
            let expected: Vec<YearFate> = (0..2).map(|place| obvious_fate(&made, place, &dates)).collect();
            prop_assert_eq!(winters.replicate(&closures, &luck), expected);
        }
    }
}
