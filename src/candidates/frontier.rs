//! The frontier: candidates of which no other is as good in all objectives and better in one.
//!
//! Has vectors of which more is always on the one side, gives places. Knows no clauses.

/// Whether one vector is at least another everywhere and more somewhere.
pub fn dominates<T: PartialOrd>(one: &[T], other: &[T]) -> bool {
    let mut more = false;
    for (a, b) in one.iter().zip(other) {
        if a < b {
            return false;
        }
        more |= a > b;
    }
    more
}

/// Places of the vectors that no other dominates, in rising order; equal vectors are all kept.
pub fn frontier<T: PartialOrd>(vectors: &[Vec<T>]) -> Vec<usize> {
    let order = |a: &usize, b: &usize| {
        vectors[*b].partial_cmp(&vectors[*a]).unwrap_or(std::cmp::Ordering::Equal).then(a.cmp(b))
    };
    let mut places: Vec<usize> = (0..vectors.len()).collect();
    places.sort_by(order);
    // A vector is never dominated by one that stands after it in this order, so that looking back is enough.
    let mut kept: Vec<usize> = Vec::new();
    for place in places {
        if !kept.iter().any(|k| dominates(&vectors[*k], &vectors[place])) {
            kept.push(place);
        }
    }
    kept.sort_unstable();
    kept
}

/// At most so many places of vectors, far apart from one another: the best of each objective first, then again and
/// again the one that is farthest from all chosen, every objective measured by its own range.
pub fn spread(vectors: &[Vec<i64>], first: &[usize], n: usize) -> Vec<usize> {
    if vectors.len() <= n {
        return (0..vectors.len()).collect();
    }
    let n_objectives = vectors.first().map_or(0, Vec::len);
    let range = |o: usize| {
        let values = || vectors.iter().map(|v| v[o]);
        (values().min().unwrap_or(0), values().max().unwrap_or(0))
    };
    let ranges: Vec<(i64, i64)> = (0..n_objectives).map(range).collect();
    let part = |v: &[i64], o: usize| {
        let (least, most) = ranges[o];
        (v[o] - least) as f64 / (most - least).max(1) as f64
    };
    let distance = |a: usize, b: usize| -> f64 {
        (0..n_objectives).map(|o| (part(&vectors[a], o) - part(&vectors[b], o)).powi(2)).sum()
    };
    let best = |o: usize| (0..vectors.len()).rev().max_by_key(|p| vectors[*p][o]);
    let mut chosen: Vec<usize> = Vec::new();
    for place in first.iter().copied().chain((0..n_objectives).filter_map(best)) {
        if chosen.len() < n && !chosen.contains(&place) {
            chosen.push(place);
        }
    }
    let mut apart = vec![f64::INFINITY; vectors.len()];
    let mut seen = 0;
    while chosen.len() < n {
        for (place, apart) in apart.iter_mut().enumerate() {
            *apart = chosen[seen..].iter().map(|c| distance(place, *c)).fold(*apart, f64::min);
        }
        seen = chosen.len();
        let next =
            (0..vectors.len()).rev().filter(|p| !chosen.contains(p)).max_by(|a, b| apart[*a].total_cmp(&apart[*b]));
        let Some(next) = next else { break };
        chosen.push(next);
    }
    chosen.sort_unstable();
    chosen
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn the_frontier_keeps_what_nothing_dominates() {
        // by hand: (1, 1) is dominated by (2, 1); the two equal ones stay
        let vectors = [vec![2, 1], vec![1, 1], vec![0, 3], vec![2, 1]];
        assert_eq!(frontier(&vectors), [0, 2, 3]);
    }

    #[test]
    fn the_ends_are_chosen_before_the_middle() {
        let vectors: Vec<Vec<i64>> = (0..11).map(|n| vec![n, 10 - n]).collect();
        assert_eq!(spread(&vectors, &[], 3), [0, 5, 10]); // by hand: the ends, and the middle is farthest from both
        assert_eq!(spread(&vectors, &[4], 2), [4, 10]);
        assert_eq!(spread(&vectors, &[], 20).len(), 11);
    }

    proptest! {
        #[test]
        fn as_the_slow_twin_says(vectors in prop::collection::vec(prop::collection::vec(0i64..5, 3), 0..40)) {
            let slow: Vec<usize> =
                (0..vectors.len()).filter(|p| !vectors.iter().any(|v| dominates(v, &vectors[*p]))).collect();
            prop_assert_eq!(frontier(&vectors), slow);
        }
    }
}
