//! Choices drawn from a list of random numbers, of which nought is always the plainest.
//!
//! A list that is shortened or made smaller gives a plainer world, so that a world on which the two checkers
//! differ is cut down to what matters.

/// Random numbers, and how many of them are used up; noughts when none are left.
#[derive(Debug)]
pub struct Choices {
    numbers: Vec<u16>,
    used: usize,
}

impl Choices {
    pub fn new(numbers: Vec<u16>) -> Choices {
        Choices { numbers, used: 0 }
    }

    fn next(&mut self) -> u16 {
        self.used += 1;
        self.numbers.get(self.used - 1).copied().unwrap_or(0)
    }

    /// A whole number from nought on, below `n`.
    pub fn below(&mut self, n: usize) -> usize {
        usize::from(self.next()) % n.max(1)
    }

    /// A whole number between two, both included; the plainest is the first.
    pub fn between(&mut self, low: i64, high: i64) -> i64 {
        low + self.below((high - low + 1).max(1) as usize) as i64
    }

    /// Whether something that happens so often in a hundred times does happen now.
    pub fn happens(&mut self, percent: usize) -> bool {
        self.below(100) >= 100 - percent
    }

    /// One of several; the plainest stands first.
    pub fn one_of<T: Clone>(&mut self, all: &[T]) -> T {
        all[self.below(all.len())].clone()
    }

    /// Some of several, at least one.
    pub fn some_of<T: Clone>(&mut self, all: &[T]) -> Vec<T> {
        let first = self.below(all.len());
        let mut some = vec![all[first].clone()];
        for (n, other) in all.iter().enumerate() {
            if n != first && self.happens(45) {
                some.push(other.clone());
            }
        }
        some
    }
}
