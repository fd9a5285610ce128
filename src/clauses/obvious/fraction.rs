//! Fractions of whole numbers, cancelled as at school.

use std::cmp::Ordering;
use std::ops::Add;
use std::ops::Div;
use std::ops::Mul;
use std::ops::Sub;

/// A fraction in lowest terms, its lower number above zero.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Fraction {
    over: i128,
    under: i128,
}

impl Fraction {
    pub const ZERO: Fraction = Fraction { over: 0, under: 1 };

    pub fn new(over: impl Into<i128>, under: impl Into<i128>) -> Fraction {
        let (over, under): (i128, i128) = (over.into(), under.into());
        assert!(under != 0, "nothing is divided by nothing");
        let (mut a, mut b) = (over.abs(), under.abs());
        while b != 0 {
            (a, b) = (b, a % b);
        }
        let sign = if under < 0 { -1 } else { 1 };
        Fraction { over: sign * over / a.max(1), under: sign * under / a.max(1) }
    }

    pub fn whole(n: impl Into<i128>) -> Fraction {
        Fraction::new(n, 1)
    }

    pub fn is_negative(self) -> bool {
        self.over < 0
    }

    /// The greatest whole number that is not above it.
    pub fn floor(self) -> i128 {
        self.over.div_euclid(self.under)
    }

    /// The smaller of two.
    pub fn least(self, other: Fraction) -> Fraction {
        if other < self { other } else { self }
    }
}

impl Add for Fraction {
    type Output = Fraction;
    fn add(self, other: Fraction) -> Fraction {
        Fraction::new(self.over * other.under + other.over * self.under, self.under * other.under)
    }
}

impl Sub for Fraction {
    type Output = Fraction;
    fn sub(self, other: Fraction) -> Fraction {
        Fraction::new(self.over * other.under - other.over * self.under, self.under * other.under)
    }
}

impl Mul for Fraction {
    type Output = Fraction;
    fn mul(self, other: Fraction) -> Fraction {
        Fraction::new(self.over * other.over, self.under * other.under)
    }
}

impl Div for Fraction {
    type Output = Fraction;
    fn div(self, other: Fraction) -> Fraction {
        Fraction::new(self.over * other.under, self.under * other.over)
    }
}

impl PartialOrd for Fraction {
    fn partial_cmp(&self, other: &Fraction) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Fraction {
    fn cmp(&self, other: &Fraction) -> Ordering {
        (self.over * other.under).cmp(&(other.over * self.under))
    }
}
