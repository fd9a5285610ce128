//! Random penalties: formulas of every kind, rounded to cents at the end.

use crate::clauses::Direction;
use crate::clauses::Fact;
use crate::clauses::Formula;
use crate::clauses::OnceFor;
use crate::clauses::Penalty;
use crate::clauses::Unit;
use crate::clauses::obvious::choices::Choices;
use crate::clauses::obvious::facts::amount_fact;
use crate::findings::Place;

/// A random penalty.
pub fn penalty(choose: &mut Choices, facts: &mut Vec<Fact>) -> Penalty {
    let once_for = choose.one_of(&[OnceFor::Each, OnceFor::School, OnceFor::District]);
    let inner = formula(choose, 3, facts);
    let digits = choose.one_of(&[2, 2, 2, 0, 1]);
    let dollars = Formula::Rounded(direction(choose), digits, Box::new(inner));
    Penalty { text: String::new(), once_for, dollars, written: Place::nowhere() }
}

fn direction(choose: &mut Choices) -> Direction {
    choose.one_of(&[Direction::HalfUp, Direction::Down, Direction::Up, Direction::HalfEven])
}

fn formula(choose: &mut Choices, depth: usize, facts: &mut Vec<Fact>) -> Formula {
    let n_leaves = 9;
    match choose.below(if depth == 0 { n_leaves } else { n_leaves + 10 }) {
        0 => Formula::Short,
        1 => Formula::Need,
        2 => Formula::Have,
        3 => Formula::ShortInAll,
        4 => Formula::WindowsFailing,
        5 => Formula::Windows,
        6 => Formula::Pupils,
        7 => Formula::Number(choose.between(-3, 200), choose.between(1, 8)),
        8 => {
            let unit = choose.one_of(&[Unit::Dollars, Unit::Dollars, Unit::Share, Unit::Minutes, Unit::Days]);
            Formula::Fact(amount_fact(choose, unit, facts))
        }
        9 | 10 => Formula::Times(several(choose, depth, facts)),
        11 => Formula::Plus(several(choose, depth, facts)),
        12 | 13 => Formula::Over(inside(choose, depth, facts), inside(choose, depth, facts)),
        14 => Formula::Minus(inside(choose, depth, facts), inside(choose, depth, facts)),
        15 => Formula::Least(several(choose, depth, facts)),
        16 => Formula::Most(several(choose, depth, facts)),
        _ => Formula::Rounded(direction(choose), choose.between(0, 4) as u32, inside(choose, depth, facts)),
    }
}

fn inside(choose: &mut Choices, depth: usize, facts: &mut Vec<Fact>) -> Box<Formula> {
    Box::new(formula(choose, depth - 1, facts))
}

fn several(choose: &mut Choices, depth: usize, facts: &mut Vec<Fact>) -> Vec<Formula> {
    (0..choose.between(1, 3)).map(|_| formula(choose, depth - 1, facts)).collect()
}
