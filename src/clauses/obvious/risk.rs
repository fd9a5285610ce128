//! Money at risk: each formula followed term by term.

use crate::clauses::Formula;
use crate::clauses::OnceFor;
use crate::clauses::Outcome;
use crate::clauses::Penalty;
use crate::clauses::Said;
use crate::clauses::Unit;
use crate::clauses::obvious::everybody::Bench;
use crate::clauses::obvious::everybody::Book;
use crate::clauses::obvious::everybody::Told;
use crate::clauses::obvious::everybody::World;
use crate::clauses::obvious::everybody::speaks_of_school;
use crate::clauses::obvious::figure::number;
use crate::clauses::obvious::figure::to_steps;
use crate::clauses::obvious::fraction::Fraction;
use crate::clauses::obvious::person::NotComputable;
use crate::clauses::obvious::stated::stated_in_year;
use crate::timetable::Whose;

/// What one sum of money is for, and how much it is.
#[derive(Debug, Clone, PartialEq)]
pub struct Sum {
    pub clause: usize,
    pub year: String,
    pub school: Option<usize>,
    pub whose: Option<Whose>,
    /// In cents; nothing where it cannot be reckoned.
    pub cents: Option<i128>,
}

/// The money of every clause that has a penalty and fails, in the order of the answers.
pub fn sums(world: &World, book: &Book, all: &[Told]) -> Vec<Sum> {
    let mut sums: Vec<Sum> = Vec::new();
    for told in all.iter().filter(|told| told.plain.outcome == Outcome::Fails) {
        let Some(penalty) = &book.clauses[told.clause].penalty else { continue };
        let of = paid_for(penalty, told);
        if sums.iter().any(|s| (s.clause, s.year.clone(), s.school, s.whose.clone()) == of) {
            continue;
        }
        let alike = |t: &&Told| t.plain.outcome == Outcome::Fails && paid_for(penalty, t) == of;
        let worst = worst(&all.iter().filter(alike).collect::<Vec<_>>());
        let (clause, year, school, whose) = of;
        let cents = money(world, book, penalty, worst).ok();
        sums.push(Sum { clause, year, school, whose, cents });
    }
    sums
}

fn paid_for(penalty: &Penalty, told: &Told) -> (usize, String, Option<usize>, Option<Whose>) {
    let (clause, year) = (told.clause, told.year.clone());
    match penalty.once_for {
        _ if told.of_district => (clause, year, None, None),
        OnceFor::Each => (clause, year, Some(told.school), told.whose.clone()),
        OnceFor::School => (clause, year, Some(told.school), None),
        OnceFor::District => (clause, year, None, None),
    }
}

/// The least slack, the first where several have it; as a part of what is asked where units differ.
fn worst<'a>(all: &[&'a Told]) -> &'a Told {
    let sides = |told: &'a Told| told.plain.tightest.as_ref().expect("what fails has been compared");
    let one_unit = all.iter().all(|told| sides(told).unit.of_difference() == sides(all[0]).unit.of_difference());
    let size = |x: Fraction| if x.is_negative() { Fraction::ZERO - x } else { x };
    let part = |told: &'a Told| match one_unit {
        true => sides(told).slack,
        false => sides(told).slack / size(sides(told).need),
    };
    let mut worst = all[0];
    for told in all {
        if part(told) < part(worst) {
            worst = told;
        }
    }
    worst
}

fn money(world: &World, book: &Book, penalty: &Penalty, worst: &Told) -> Result<i128, NotComputable> {
    let years = &world.timetable.schools[worst.school].years;
    let year = years.iter().position(|y| y.id == worst.year).expect("an answer is about a year of its school");
    let bench = Bench { world, book, clause: worst.clause, school: worst.school, year };
    let cents = value(&penalty.dollars, penalty, worst, &bench)? * Fraction::whole(100);
    // More than all the money there is cannot be written down.
    let is_money = cents == Fraction::whole(cents.floor()) && i64::try_from(cents.floor()).is_ok();
    if is_money { Ok(cents.floor()) } else { Err(NotComputable) }
}

fn value(formula: &Formula, penalty: &Penalty, worst: &Told, bench: &Bench) -> Result<Fraction, NotComputable> {
    let of = |formula: &Formula| value(formula, penalty, worst, bench);
    let all = |list: &[Formula]| list.iter().map(of).collect::<Result<Vec<Fraction>, NotComputable>>();
    let plain = &worst.plain;
    let sides = plain.tightest.as_ref().ok_or(NotComputable)?;
    let written = |x: Fraction| x / Fraction::whole(sides.in_written);
    Ok(match formula {
        Formula::Number(n, of) => Fraction::new(*n, *of),
        Formula::Fact(id) => match stated_in_year(id, bench)?.is {
            Said::On(_) => return Err(NotComputable),
            Said::Amount(amount) => match number(amount) {
                (minutes, Unit::Minutes) => written(minutes),
                (x, Unit::Days | Unit::Blocks | Unit::Clock | Unit::PerOne | Unit::Share | Unit::Dollars) => x,
            },
        },
        Formula::Have => written(sides.have),
        Formula::Need => written(sides.need),
        Formula::Short => written(Fraction::ZERO - sides.slack),
        Formula::ShortInAll => written(plain.short_in_all),
        Formula::WindowsFailing => Fraction::whole(plain.failing.len() as i64),
        Formula::Windows => Fraction::whole(plain.n_windows as i64),
        Formula::Pupils => Fraction::whole(pupils(penalty, worst, bench)),
        Formula::Plus(list) => all(list)?.into_iter().fold(Fraction::ZERO, |sum, x| sum + x),
        Formula::Times(list) => all(list)?.into_iter().fold(Fraction::whole(1), |product, x| product * x),
        Formula::Minus(a, b) => of(a)? - of(b)?,
        Formula::Over(_, b) if of(b)? == Fraction::ZERO => return Err(NotComputable),
        Formula::Over(a, b) => of(a)? / of(b)?,
        Formula::Least(list) => all(list)?.into_iter().min().ok_or(NotComputable)?,
        Formula::Most(list) => all(list)?.into_iter().max().ok_or(NotComputable)?,
        Formula::Rounded(direction, digits, inner) => {
            to_steps(of(inner)?, Fraction::new(1, 10_i128.pow(*digits)), *direction)
        }
    })
}

/// Pupils of the grade, the school or the district that the sum is for, as far as the clause speaks of them.
fn pupils(penalty: &Penalty, worst: &Told, bench: &Bench) -> i64 {
    let applies = &bench.clause().applies;
    let mut n = 0;
    for (place, school) in bench.world.district.schools.iter().enumerate() {
        let own = place == worst.school;
        let counted = match penalty.once_for {
            _ if worst.of_district => speaks_of_school(applies, school),
            OnceFor::Each | OnceFor::School => own,
            OnceFor::District => speaks_of_school(applies, school),
        };
        for (grade, pupils) in &school.pupils {
            let of_grade = match (&worst.whose, penalty.once_for) {
                (Some(Whose::Pupils(only)), OnceFor::Each) => only == grade,
                (_, OnceFor::Each | OnceFor::School | OnceFor::District) => applies.grades.contains(*grade),
            };
            if counted && of_grade {
                n += i64::from(*pupils);
            }
        }
    }
    n
}
