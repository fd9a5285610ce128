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
    use proptest::prelude::*;

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

    #[test]
    fn numbers_below_nothing_are_rounded_the_way_they_say() {
        let half = fraction(-5, 2);
        let to_whole = |direction| rounded(half, whole(1), direction);
        assert_eq!(to_whole(Direction::Down), whole(-3)); // never more than it is
        assert_eq!(to_whole(Direction::Up), whole(-2)); // never less than it is
        assert_eq!(to_whole(Direction::HalfUp), whole(-3)); // away from nothing
        assert_eq!(to_whole(Direction::HalfEven), whole(-2));
    }

    #[test]
    fn what_is_a_step_already_stays_and_a_third_goes_to_the_nearest() {
        for direction in [Direction::Down, Direction::Up, Direction::HalfUp, Direction::HalfEven] {
            assert_eq!(rounded(fraction(25, 4), digit(2), direction), fraction(625, 100));
        }
        assert_eq!(rounded(fraction(1, 3), digit(2), Direction::HalfEven), fraction(33, 100));
        assert_eq!(rounded(fraction(2, 3), digit(2), Direction::HalfEven), fraction(67, 100));
        // by hand: 7 min are nearer to 5 than to 10, 8 are not
        assert_eq!(rounded(whole(7), whole(5), Direction::HalfUp), whole(5));
        assert_eq!(rounded(whole(8), whole(5), Direction::HalfUp), whole(10));
    }

    #[test]
    fn numbers_too_large_for_quick_comparison_are_said_to_be() {
        assert_eq!(parts(fraction(6, 4)), Some((3, 2)));
        assert_eq!(parts(whole(i64::MAX) + whole(1)), None);
        assert_eq!(digit(3), fraction(1, 1_000));
    }

    proptest! {
        #[test]
        fn rounding_moves_by_less_than_a_step(n in -10_000i64..10_000, of in 1i64..50, step in 1i64..60) {
            let (x, step) = (fraction(n, of), whole(step));
            for direction in [Direction::Down, Direction::Up, Direction::HalfUp, Direction::HalfEven] {
                let to = rounded(x, step, direction);
                prop_assert!((to / step).is_integer());
                let moved = if to > x { to - x } else { x - to };
                prop_assert!(moved < step);
                let nearest = matches!(direction, Direction::HalfUp | Direction::HalfEven);
                prop_assert!(!nearest || moved * whole(2) <= step);
            }
        }
    }
}
