//! Money at risk: what a clause's own formula takes where it is not met.
//!
//! Has verdicts and stated facts, gives dollars and the reckoning in words. Decides no verdict.

use crate::clauses::Direction;
use crate::clauses::Formula;
use crate::clauses::Lawbook;
use crate::clauses::OnceFor;
use crate::clauses::Outcome;
use crate::clauses::Penalty;
use crate::clauses::Quantity;
use crate::clauses::Said;
use crate::clauses::Tell;
use crate::clauses::Unit;
use crate::clauses::Verdict;
use crate::clauses::Verdicts;
use crate::clauses::amount::in_unit;
use crate::clauses::exact::Exact;
use crate::clauses::exact::digit;
use crate::clauses::exact::fraction;
use crate::clauses::exact::parts;
use crate::clauses::exact::rounded;
use crate::clauses::exact::whole;
use crate::clauses::scene::Scene;
use crate::clauses::stated::value_of;
use crate::clauses::subject::why_not_this_school;
use crate::district::District;
use crate::timetable::Timetable;
use crate::timetable::Whose;
use crate::units::Dollars;
use num_traits::CheckedAdd;
use num_traits::CheckedDiv;
use num_traits::CheckedMul;
use num_traits::CheckedSub;
use num_traits::Zero;

/// Money that is lost in one school year if a clause is not met as it stands.
#[derive(Debug, Clone, PartialEq)]
pub struct AtRisk {
    /// The clause, by place.
    pub clause: usize,
    /// The school year.
    pub year: String,
    /// The school (by place) it is reckoned for; nothing when it is for the whole district.
    pub school: Option<usize>,
    /// The grade or role it is reckoned for, if it is for one.
    pub whose: Option<Whose>,
    /// The money; where something is not stated, why it cannot be reckoned.
    pub dollars: Result<Dollars, String>,
    /// The reckoning, with its numbers.
    pub reckoning: String,
}

/// The money at risk of every clause with a penalty that fails, once a year for what its text says.
pub fn at_risk(book: &Lawbook, district: &District, timetable: &Timetable, verdicts: &Verdicts) -> Vec<AtRisk> {
    let mut found = Vec::new();
    for (clause, penalty) in book.clauses.iter().enumerate().filter_map(|(n, c)| Some((n, c.penalty.as_ref()?))) {
        let failing: Vec<&Verdict> = verdicts.of_clause(clause).filter(|v| v.outcome == Outcome::Fails).collect();
        let mut done: Vec<Key> = Vec::new();
        for verdict in &failing {
            let key = key(penalty, verdict);
            if done.contains(&key) {
                continue;
            }
            let alike = failing.iter().copied().filter(|v| self::key(penalty, v) == key);
            if let Some(worst) = Verdicts::worst(alike) {
                found.push(of_verdict(book, penalty, district, timetable, worst));
            }
            done.push(key);
        }
    }
    found
}

/// What one sum is reckoned for: a year, and a school and grade or role where it is not for more.
type Key<'a> = (&'a str, Option<usize>, Option<&'a Whose>);

fn key<'a>(penalty: &Penalty, verdict: &'a Verdict) -> Key<'a> {
    match penalty.once_for {
        _ if verdict.of_district => (&verdict.year, None, None),
        OnceFor::Each => (&verdict.year, Some(verdict.school), verdict.whose.as_ref()),
        OnceFor::School => (&verdict.year, Some(verdict.school), None),
        OnceFor::District => (&verdict.year, None, None),
    }
}

fn of_verdict(
    book: &Lawbook,
    penalty: &Penalty,
    district: &District,
    timetable: &Timetable,
    worst: &Verdict,
) -> AtRisk {
    let (year, school, whose) = key(penalty, worst);
    let place = timetable.schools[worst.school].years.iter().position(|y| y.id == worst.year).unwrap_or(0);
    let scene = Scene {
        book: *book,
        clause: worst.clause,
        district,
        timetable,
        school: worst.school,
        year: place,
        tell: Tell::Reasons,
        within: None,
    };
    let reckoner = Reckoner { scene, verdict: worst, once_for: penalty.once_for };
    let dollars = reckoner.value(&penalty.dollars).and_then(in_cents);
    AtRisk {
        clause: worst.clause,
        year: year.to_string(),
        school,
        whose: whose.cloned(),
        dollars,
        reckoning: without_brackets(reckoner.words(&penalty.dollars)),
    }
}

/// The outermost brackets of `(a × b), rounded ...` say nothing.
fn without_brackets(words: String) -> String {
    match words.strip_prefix('(').and_then(|rest| rest.rsplit_once("), rounded ")) {
        Some((inner, rounding)) if is_balanced(inner) => format!("{inner}, rounded {rounding}"),
        Some(_) | None => words,
    }
}

/// Whether every bracket inside closes one that was opened inside.
fn is_balanced(text: &str) -> bool {
    let mut open = 0;
    text.chars().all(|c| {
        open += i32::from(c == '(') - i32::from(c == ')');
        open >= 0
    }) && open == 0
}

/// A sum that has been rounded to cents.
fn in_cents(dollars: Exact) -> Result<Dollars, String> {
    let cents = dollars * whole(100);
    let fits = cents.is_integer().then(|| i64::try_from(cents.to_integer()).ok()).flatten();
    fits.map(Dollars::from_cents).ok_or_else(|| "The sum is not in whole cents.".into())
}

struct Reckoner<'a> {
    scene: Scene<'a>,
    verdict: &'a Verdict,
    once_for: OnceFor,
}

impl Reckoner<'_> {
    fn value(&self, formula: &Formula) -> Result<Exact, String> {
        let all = |list: &[Formula]| list.iter().map(|f| self.value(f)).collect::<Result<Vec<Exact>, String>>();
        let too_large = || "Its numbers are too large.".to_string();
        let joined = |list: &[Formula], join: fn(&Exact, &Exact) -> Option<Exact>, start: i64| {
            all(list)?.iter().try_fold(whole(start), |sum, x| join(&sum, x)).ok_or_else(too_large)
        };
        match formula {
            Formula::Number(n, of) => Ok(fraction(*n, *of)),
            Formula::Fact(id) => self.fact(id),
            Formula::Have => self.side(self.verdict.have),
            Formula::Need => self.side(self.verdict.need),
            Formula::Short => self.side(self.verdict.slack.map(|s| Quantity { amount: -s.amount, ..s })),
            Formula::ShortInAll => self.side(Some(self.verdict.short_in_all)),
            Formula::WindowsFailing => Ok(whole(i64::from(self.verdict.n_failing))),
            Formula::Windows => Ok(whole(i64::from(self.verdict.n_windows))),
            Formula::Pupils => Ok(whole(self.pupils())),
            Formula::Plus(list) => joined(list, Exact::checked_add, 0),
            Formula::Times(list) => joined(list, Exact::checked_mul, 1),
            Formula::Minus(a, b) => self.value(a)?.checked_sub(&self.value(b)?).ok_or_else(too_large),
            Formula::Over(a, b) => {
                let by = self.value(b)?;
                if by.is_zero() {
                    return Err("Its formula divides by nothing.".into());
                }
                self.value(a)?.checked_div(&by).ok_or_else(too_large)
            }
            Formula::Least(list) => all(list)?.into_iter().min().ok_or_else(|| "Its list is empty.".into()),
            Formula::Most(list) => all(list)?.into_iter().max().ok_or_else(|| "Its list is empty.".into()),
            Formula::Rounded(direction, digits, inner) => Ok(rounded(self.value(inner)?, digit(*digits), *direction)),
        }
    }

    /// A side of the comparison in the unit that the limit is written in.
    fn side(&self, quantity: Option<Quantity>) -> Result<Exact, String> {
        let quantity = quantity.ok_or("Nothing was compared.")?;
        Ok(fraction(quantity.amount, quantity.of) / whole(self.verdict.per_written_unit.max(1)))
    }

    /// What is stated; time in the unit that the limit is written in, as all of the formula's time is.
    fn fact(&self, id: &str) -> Result<Exact, String> {
        match value_of(id, &self.scene)?.is {
            Said::On(_) => Err(format!("`{id}` is stated as a date.")),
            Said::Amount(amount) => {
                let stated = in_unit(amount);
                let stated_in = match stated.unit {
                    Unit::Minutes => self.verdict.per_written_unit.max(1),
                    Unit::Days | Unit::Blocks | Unit::Clock | Unit::PerOne | Unit::Share | Unit::Dollars => 1,
                };
                Ok(fraction(stated.n, stated.of) / whole(stated_in))
            }
        }
    }

    fn pupils(&self) -> i64 {
        let grades = self.scene.applies().grades;
        let own = |grade| match (self.once_for, &self.verdict.whose) {
            (OnceFor::Each, Some(Whose::Pupils(only))) => grade == *only,
            (OnceFor::Each | OnceFor::School | OnceFor::District, _) => grades.contains(grade),
        };
        let whole_district = self.once_for == OnceFor::District || self.verdict.of_district;
        let schools = self.scene.district.schools.iter().enumerate();
        let spoken_of = |school| why_not_this_school(self.scene.applies(), school).is_none();
        let counted = schools.filter(|(n, s)| *n == self.scene.school || (whole_district && spoken_of(s)));
        counted.flat_map(|(_, s)| &s.pupils).filter(|(grade, _)| own(*grade)).map(|(_, n)| i64::from(*n)).sum()
    }

    /// The formula with its numbers in place.
    fn words(&self, formula: &Formula) -> String {
        let number = |x: Result<Exact, String>, unit: Unit| match x.ok().and_then(parts) {
            Some((amount, of)) => plain(Quantity { amount, of, unit }),
            None => "?".into(),
        };
        let list = |all: &[Formula], sign: &str| {
            format!("({})", all.iter().map(|f| self.words(f)).collect::<Vec<_>>().join(sign))
        };
        match formula {
            Formula::Fact(id) => {
                let unit = match value_of(id, &self.scene).map(|v| v.is) {
                    Ok(Said::Amount(amount)) => in_unit(amount).unit,
                    Ok(Said::On(_)) | Err(_) => Unit::PerOne,
                };
                format!("{id} {}", number(self.fact(id), unit))
            }
            Formula::Number(..)
            | Formula::Have
            | Formula::Need
            | Formula::Short
            | Formula::ShortInAll
            | Formula::WindowsFailing
            | Formula::Windows
            | Formula::Pupils => format!("{}{}", name(formula), number(self.value(formula), Unit::PerOne)),
            Formula::Plus(all) => list(all, " + "),
            Formula::Times(all) => list(all, " × "),
            Formula::Least(all) => format!("the least of {}", list(all, ", ")),
            Formula::Most(all) => format!("the most of {}", list(all, ", ")),
            Formula::Minus(a, b) => format!("({} - {})", self.words(a), self.words(b)),
            Formula::Over(a, b) => format!("({} ÷ {})", self.words(a), self.words(b)),
            Formula::Rounded(direction, digits, inner) => {
                let way = match direction {
                    Direction::Down => "down",
                    Direction::Up => "up",
                    Direction::HalfUp => "half up",
                    Direction::HalfEven => "half to even",
                };
                format!("{}, rounded {way} to {digits} digits", self.words(inner))
            }
        }
    }
}

/// A number as people read it; only money says its unit.
fn plain(quantity: Quantity) -> String {
    match quantity.unit {
        Unit::Dollars => quantity.to_string(),
        Unit::Minutes | Unit::Days | Unit::Blocks | Unit::Clock | Unit::PerOne | Unit::Share => {
            let text = Quantity { unit: Unit::PerOne, ..quantity }.to_string();
            text.trim_end_matches(" to 1").to_string()
        }
    }
}

fn name(formula: &Formula) -> &'static str {
    match formula {
        Formula::Have => "there are ",
        Formula::Need => "needed ",
        Formula::Short => "short ",
        Formula::ShortInAll => "short in all ",
        Formula::WindowsFailing => "failing ",
        Formula::Windows => "judged ",
        Formula::Pupils => "pupils ",
        Formula::Number(..)
        | Formula::Fact(_)
        | Formula::Plus(_)
        | Formula::Times(_)
        | Formula::Minus(..)
        | Formula::Over(..)
        | Formula::Least(_)
        | Formula::Most(_)
        | Formula::Rounded(..) => "",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clauses::Amount;
    use crate::clauses::DistrictMean;
    use crate::clauses::Fact;
    use crate::clauses::FactValue;
    use crate::clauses::Limit;
    use crate::clauses::Side;
    use crate::clauses::Weight;
    use crate::clauses::Window;
    use crate::clauses::examples::district;
    use crate::clauses::examples::four_weeks;
    use crate::clauses::examples::grade;
    use crate::clauses::examples::instruction;
    use crate::clauses::examples::limit;
    use crate::clauses::examples::limit_clause;
    use crate::clauses::examples::plain as plain_bells;
    use crate::clauses::examples::timetable;
    use crate::clauses::judge;
    use crate::findings::Place;
    use crate::units::Grades;
    use crate::units::Minutes;

    /// The reduction of California's longer day: the apportionment times the share of minutes that is short.
    fn longer_day(once_for: OnceFor) -> Penalty {
        let share = Formula::Over(Box::new(Formula::Short), Box::new(Formula::Need));
        let lost = Formula::Times(vec![Formula::Fact("apportionment".into()), share]);
        Penalty {
            text: String::new(),
            once_for,
            dollars: Formula::Rounded(Direction::HalfUp, 2, Box::new(lost)),
            written: Place::nowhere(),
        }
    }

    fn reckoned(minutes: i64, need: i64, grades: &str, once_for: OnceFor, facts: &[Fact]) -> Vec<AtRisk> {
        let bells = [plain_bells("monday", minutes, 0), plain_bells("full", minutes, 0)];
        let mut clause = limit_clause(limit(instruction(), Side::AtLeast, Window::Year, Amount::Minutes(need)));
        clause.penalty = Some(longer_day(once_for));
        let clauses = [clause];
        let book = Lawbook { facts, ..Lawbook::of_clauses(&clauses) };
        let district = district(grades, &bells);
        let timetable = timetable(&[four_weeks()], &bells, &district);
        at_risk(&book, &district, &timetable, &judge(&book, &district, &timetable))
    }

    fn apportionment(cents: i64) -> Fact {
        let is = Said::Amount(Amount::Dollars(Dollars::from_cents(cents)));
        let values = vec![FactValue { is, from: None, until: None, schools: vec![] }];
        Fact { id: "apportionment".into(), title: String::new(), values, written: Place::nowhere() }
    }

    #[test]
    fn the_share_that_is_short_is_not_rounded_before_the_money() {
        // 20 days of 200 are 4,000 of 4,200: by hand 100,000.00 * 200 / 4,200 = 4,761.904...
        let found = reckoned(200, 4_200, "9", OnceFor::Each, &[apportionment(10_000_000)]);
        assert_eq!(found[0].dollars, Ok(Dollars::from_cents(476_190)));
        assert_eq!(
            found[0].reckoning,
            "apportionment $100,000 × (short 200 ÷ needed 4,200), rounded half up to 2 digits"
        );
    }

    #[test]
    fn a_school_pays_once_for_all_its_grades_and_a_clause_that_holds_costs_nothing() {
        let facts = [apportionment(10_000_000)];
        assert_eq!(reckoned(200, 4_200, "9-12", OnceFor::Each, &facts).len(), 4);
        assert_eq!(reckoned(200, 4_200, "9-12", OnceFor::School, &facts).len(), 1);
        assert_eq!(reckoned(210, 4_200, "9-12", OnceFor::School, &facts), []);
    }

    #[test]
    fn a_fact_of_time_is_in_the_unit_that_the_limit_is_written_in() {
        let bells = [plain_bells("monday", 300, 0), plain_bells("full", 300, 0)];
        let hours = Amount::Hours(Minutes(110 * 60));
        let mut clause = limit_clause(limit(instruction(), Side::AtLeast, Window::Year, hours));
        let is = Said::Amount(Amount::Hours(Minutes(40 * 60)));
        let values = vec![FactValue { is, from: None, until: None, schools: vec![] }];
        let facts = [Fact { id: "offered".into(), title: String::new(), values, written: Place::nowhere() }];
        let lost = Formula::Over(Box::new(Formula::Fact("offered".into())), Box::new(Formula::Short));
        let dollars = Formula::Rounded(Direction::HalfUp, 2, Box::new(lost));
        clause.penalty = Some(Penalty { dollars, ..longer_day(OnceFor::Each) });
        let clauses = [clause];
        let book = Lawbook { facts: &facts, ..Lawbook::of_clauses(&clauses) };
        let district = district("9", &bells);
        let timetable = timetable(&[four_weeks()], &bells, &district);
        let found = at_risk(&book, &district, &timetable, &judge(&book, &district, &timetable));
        // by hand: 20 days of 5 h are 100 of 110 h, 10 h short; 40 h / 10 h = 4
        assert_eq!(found[0].dollars, Ok(Dollars::from_cents(400)));
    }

    #[test]
    fn a_mean_of_the_district_costs_by_all_the_pupils_it_speaks_of() {
        let bells = [plain_bells("monday", 300, 0), plain_bells("full", 300, 0)];
        let mut three = district("9", &bells);
        for (place, (id, state)) in [("oak", "IL"), ("elm", "IL"), ("ash", "WI")].into_iter().enumerate() {
            if place > 0 {
                three.schools.push(three.schools[0].clone());
            }
            (three.schools[place].id, three.schools[place].state) = (id.into(), state.into());
            three.schools[place].pupils = vec![(grade("9"), 100 * (place as u32 + 1))];
        }
        let mean = DistrictMean { grades: Grades::ALL, by: Weight::Pupils };
        let hours = Amount::Hours(Minutes(110 * 60));
        let limit = Limit { averaged: Some(mean), ..limit(instruction(), Side::AtLeast, Window::Year, hours) };
        let mut clause = limit_clause(limit);
        clause.applies.states = vec!["IL".into()];
        let dollars = Formula::Rounded(Direction::HalfUp, 2, Box::new(Formula::Pupils));
        clause.penalty = Some(Penalty { dollars, ..longer_day(OnceFor::School) });
        let clauses = [clause];
        let book = Lawbook::of_clauses(&clauses);
        let timetable = timetable(&[four_weeks()], &bells, &three);
        let found = at_risk(&book, &three, &timetable, &judge(&book, &three, &timetable));
        // by hand: 100 pupils in oak and 200 in elm; the 300 in ash are in another state
        assert_eq!(
            found.iter().map(|r| (r.school, r.dollars.clone())).collect::<Vec<_>>(),
            [(None, Ok(Dollars::new(300.0)))]
        );
    }

    #[test]
    fn what_nobody_has_stated_is_not_taken_for_nothing() {
        let found = reckoned(200, 4_200, "9", OnceFor::District, &[]);
        assert_eq!(found[0].dollars, Err("Nobody has stated `apportionment`.".into()));
    }
}
