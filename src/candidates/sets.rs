//! Sets of clauses: the smallest of many, and the smallest that meet them all.
//!
//! Knows places of clauses and nothing of what they say.

/// Words of a set.
const WORDS: usize = 8;

/// More clauses than this cannot be told apart in a set.
pub const MOST_CLAUSES: usize = WORDS * 64;

/// A set of clauses by place.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub struct Set([u64; WORDS]);

impl Set {
    /// Adds one.
    pub fn add(&mut self, place: usize) {
        self.0[place / 64] |= 1 << (place % 64);
    }

    /// Whether it has one.
    pub fn has(&self, place: usize) -> bool {
        self.0[place / 64] >> (place % 64) & 1 == 1
    }

    /// Whether it has none.
    pub fn is_empty(&self) -> bool {
        self.0 == [0; WORDS]
    }

    /// How many it has.
    pub fn len(&self) -> usize {
        self.0.iter().map(|w| w.count_ones() as usize).sum()
    }

    /// Those of either.
    pub fn with(&self, other: &Set) -> Set {
        let mut all = *self;
        all.0.iter_mut().zip(other.0).for_each(|(mine, theirs)| *mine |= theirs);
        all
    }

    /// Whether all of these are in another.
    pub fn is_in(&self, other: &Set) -> bool {
        self.0.iter().zip(other.0).all(|(mine, theirs)| mine & !theirs == 0)
    }

    /// Whether any of these is in another.
    pub fn meets(&self, other: &Set) -> bool {
        self.0.iter().zip(other.0).any(|(mine, theirs)| mine & theirs != 0)
    }

    /// Places in rising order.
    pub fn iter(&self) -> impl Iterator<Item = usize> + '_ {
        (0..MOST_CLAUSES).filter(|place| self.has(*place))
    }
}

impl FromIterator<usize> for Set {
    fn from_iter<I: IntoIterator<Item = usize>>(places: I) -> Set {
        let mut set = Set::default();
        places.into_iter().for_each(|place| set.add(place));
        set
    }
}

/// Those of which no other is a part, the smaller first.
pub fn minimal(mut sets: Vec<Set>) -> Vec<Set> {
    sets.sort_by_key(|s| (s.len(), *s));
    sets.dedup();
    let mut kept: Vec<Set> = Vec::new();
    for set in sets {
        if !kept.iter().any(|k| k.is_in(&set)) {
            kept.push(set);
        }
    }
    kept
}

/// The smallest sets that have something of each of these (Berge 1989); none where one of these is empty.
///
/// Where each of these is what one candidate fails, they are the smallest sets of clauses that no candidate satisfies
/// together.
pub fn hitting(sets: &[Set]) -> Vec<Set> {
    let mut hitting = vec![Set::default()];
    if sets.is_empty() {
        return Vec::new();
    }
    for set in sets {
        let (hits, misses): (Vec<Set>, Vec<Set>) = hitting.into_iter().partition(|h| h.meets(set));
        let longer = misses.iter().flat_map(|m| set.iter().map(|place| m.with(&Set::from_iter([place]))));
        hitting = minimal(hits.iter().copied().chain(longer).collect());
    }
    hitting
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn set(places: &[usize]) -> Set {
        places.iter().copied().collect()
    }

    #[test]
    fn a_set_holds_what_was_added() {
        let one = set(&[3, 64, 511]);
        assert_eq!(one.iter().collect::<Vec<_>>(), [3, 64, 511]);
        assert!(one.has(64) && !one.has(65) && one.len() == 3);
        assert!(set(&[64]).is_in(&one) && !one.is_in(&set(&[64])));
    }

    #[test]
    fn two_ways_out_give_one_conflict_of_two() {
        // by hand: either clause 0 or clauses 1 and 2 fail: {0, 1} and {0, 2} are never satisfied together
        assert_eq!(hitting(&minimal(vec![set(&[0]), set(&[1, 2]), set(&[0, 2])])), [set(&[0, 1]), set(&[0, 2])]);
        assert!(hitting(&[Set::default()]).is_empty(), "a lawful candidate satisfies them all");
        assert!(hitting(&[]).is_empty());
    }

    /// The slow twin: every subset of the clauses is looked at.
    fn obvious(n: usize, is_one: impl Fn(&Set) -> bool) -> Vec<Set> {
        let all: Vec<Set> = (0u32..1 << n).map(|bits| (0..n).filter(|b| bits >> b & 1 == 1).collect()).collect();
        let ones: Vec<Set> = all.into_iter().filter(|s| is_one(s)).collect();
        let mut least: Vec<Set> =
            ones.iter().filter(|s| !ones.iter().any(|o| o != *s && o.is_in(s))).copied().collect();
        least.sort_by_key(|s| (s.len(), *s));
        least
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(10_000))]

        #[test]
        fn minimal_and_complete_as_the_twin_says(
            families in prop::collection::vec(prop::collection::vec(0usize..6, 0..5), 1..9),
        ) {
            let sets: Vec<Set> = families.iter().map(|f| f.iter().copied().collect()).collect();
            let least = minimal(sets.clone());
            prop_assert_eq!(&least, &obvious(6, |s| sets.contains(s)));
            let conflicts = obvious(6, |s| sets.iter().all(|f| f.meets(s)));
            prop_assert_eq!(hitting(&least), conflicts);
        }
    }
}
