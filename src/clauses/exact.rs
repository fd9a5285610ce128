//! Exact numbers: fractions of whole numbers, rounded only where a text says so.
//!
//! Has fractions, gives fractions. Knows no units.

use crate::clauses::Direction;
use num_rational::Ratio;

/// A fraction of whole numbers.
pub type Exact = Ratio<i128>;

/// A whole number as a fraction.
pub fn whole(n: i64) -> Exact {
    Exact::from_integer(i128::from(n))
}

/// A fraction of two whole numbers, of which the second is above zero.
pub fn fraction(n: i64, of: i64) -> Exact {
    Exact::new(i128::from(n), i128::from(of.max(1)))
}

/// Rounded to whole multiples of a step above zero.
pub fn rounded(x: Exact, step: Exact, direction: Direction) -> Exact {
    let steps = x / step;
    let half = Exact::new(1, 2);
    let (below, above) = (steps.floor(), steps.ceil());
    let whole = match direction {
        Direction::Down => below,
        Direction::Up => above,
        Direction::HalfUp => steps.round(),
        Direction::HalfEven if steps - below == half => {
            if below.to_integer() % 2 == 0 {
                below
            } else {
                above
            }
        }
        Direction::HalfEven => steps.round(),
    };
    whole * step
}

/// One over ten to the power of so many digits.
pub fn digit(digits: u32) -> Exact {
    Exact::new(1, 10_i128.pow(digits.min(18)))
}

/// Numerator and denominator, where they are small enough to be compared quickly; nothing where they are not.
pub fn parts(x: Exact) -> Option<(i64, i64)> {
    Some((i64::try_from(*x.numer()).ok()?, i64::try_from(*x.denom()).ok()?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rounding_is_by_direction() {
        let hours = fraction(1_090, 175); // by hand: 6.228571...
        assert_eq!(rounded(hours, digit(2), Direction::HalfUp), fraction(623, 100));
        assert_eq!(rounded(hours, digit(2), Direction::Down), fraction(622, 100));
        assert_eq!(rounded(hours, digit(1), Direction::Up), fraction(63, 10));
        assert_eq!(rounded(fraction(5, 2), digit(0), Direction::HalfEven), whole(2));
        assert_eq!(rounded(fraction(7, 2), digit(0), Direction::HalfEven), whole(4));
        assert_eq!(rounded(fraction(5, 2), digit(0), Direction::HalfUp), whole(3));
        assert_eq!(rounded(whole(313), whole(5), Direction::Down), whole(310));
    }
}
