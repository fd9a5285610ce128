//! The upper tail of the binomial distribution.

/// How likely at least k of n independent trials succeed, each with this chance.
pub(crate) fn at_least(k: usize, n: usize, chance: f64) -> f64 {
    if k == 0 || chance >= 1.0 {
        return 1.0;
    }
    if chance <= 0.0 || k > n {
        return 0.0;
    }
    // Logarithms, because the factorials of a few hundred trials are beyond any float.
    let factorial = |x: usize| libm::lgamma(x as f64 + 1.0);
    let term = |k: usize| {
        let ways = factorial(n) - factorial(k) - factorial(n - k);
        libm::exp(ways + k as f64 * libm::log(chance) + (n - k) as f64 * libm::log1p(-chance))
    };
    (k..=n).map(term).sum::<f64>().min(1.0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// The slow twin: the distribution after one trial more, n times over.
    fn trial_by_trial(k: usize, n: usize, chance: f64) -> f64 {
        let mut of_successes = vec![1.0];
        for _ in 0..n {
            let mut next = vec![0.0; of_successes.len() + 1];
            for (successes, p) in of_successes.iter().enumerate() {
                next[successes] += p * (1.0 - chance);
                next[successes + 1] += p * chance;
            }
            of_successes = next;
        }
        of_successes.iter().skip(k).sum()
    }

    #[test]
    fn two_or_more_heads_of_three_are_one_half() {
        assert!((at_least(2, 3, 0.5) - 0.5).abs() < 1e-12); // by hand: (3 + 1) / 8
        assert!((at_least(10, 10, 0.1) / 1e-10 - 1.0).abs() < 1e-9);
        assert_eq!(
            [at_least(0, 5, 0.0), at_least(1, 5, 0.0), at_least(5, 5, 1.0), at_least(6, 5, 0.5)],
            [1.0, 0.0, 1.0, 0.0]
        );
    }

    proptest! {
        #[test]
        fn it_agrees_with_the_slow_twin_trial_by_trial(n in 0usize..60, k in 0usize..62, chance in 0.0..=1.0f64) {
            prop_assert!((at_least(k, n, chance) - trial_by_trial(k, n, chance)).abs() < 1e-9);
        }
    }
}
