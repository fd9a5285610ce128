//! Concessions: the smallest sets of clauses whose change makes some candidate lawful, each with its new values.
//!
//! Of the candidates that keep the goals, those that fail a smallest set of clauses are looked at again, and the vectors
//! of changes that no other undercuts are kept. Exact over the candidates that were looked at.

use crate::candidates::change::Change;
use crate::candidates::change::change;
use crate::candidates::change::is_at_most;
use crate::candidates::change::larger;
use crate::candidates::judged::Alone;
use crate::candidates::judged::ring_all;
use crate::candidates::judged::whole_timetable;
use crate::candidates::objectives::with_roles;
use crate::candidates::pattern::Days;
use crate::candidates::region::Look;
use crate::candidates::sets::Set;
use crate::candidates::space::STARTS;
use crate::candidates::space::choice_of;
use crate::candidates::touches::Judged as Where;
use crate::candidates::touches::Part;
use crate::candidates::touches::Touches;
use crate::timetable::Timetable;
use rayon::prelude::*;
use std::collections::BTreeMap;

/// Choices of days that one thread looks at one after the other.
const CHUNK: usize = 64;

/// One way of making a candidate lawful by changing clauses.
#[derive(Debug, Clone, PartialEq)]
pub struct Way {
    /// The changes, by clause.
    pub changes: Vec<Change>,
    /// An example: choice of days, start times by place among the allowed, choice of roles, by number. Of several, the
    /// nearest to the proposal as read.
    pub example: (usize, usize, usize),
    /// How far it is from the proposal as read.
    pub distance: (u32, u32),
    /// How many candidates need no other changes, dates of conditions left as they are.
    pub n_candidates: u64,
}

/// All ways that no other undercuts, for each of the smallest sets of clauses.
pub fn ways(look: &Look, smallest: &[Set]) -> Vec<Way> {
    if smallest.iter().any(Set::is_empty) {
        return Vec::new();
    }
    let of_chunk = |chunk: &[(usize, usize)]| {
        let mut found: BTreeMap<Set, Vec<Way>> = BTreeMap::new();
        let mut asked = Asked::new(look);
        for (number, place) in chunk {
            for heads in (0..look.n_heads()).filter(|heads| (look.keeps)(*place, *heads)) {
                for (set, start, distance, n) in failing_one_of(look, smallest, (*number, *place), heads) {
                    let changes = set.iter().filter_map(|c| asked.change(c, *place, start, heads)).collect();
                    let way = Way { changes, example: (*number, start, heads), distance, n_candidates: n };
                    keep(found.entry(set).or_default(), way);
                }
            }
        }
        found
    };
    let chunks: Vec<BTreeMap<Set, Vec<Way>>> = look.days.par_chunks(CHUNK).map(of_chunk).collect();
    let mut all: BTreeMap<Set, Vec<Way>> = BTreeMap::new();
    for (set, ways) in chunks.into_iter().flatten() {
        ways.into_iter().for_each(|way| keep(all.entry(set).or_default(), way));
    }
    smallest.iter().filter_map(|set| all.remove(set)).flatten().collect()
}

/// Keeps a way unless another undercuts it, and drops those that it undercuts; equal ways are counted together.
pub fn keep(ways: &mut Vec<Way>, way: Way) {
    if let Some(equal) =
        ways.iter_mut().find(|w| is_at_most(&w.changes, &way.changes) && is_at_most(&way.changes, &w.changes))
    {
        equal.n_candidates += way.n_candidates;
        if way.distance < equal.distance {
            (equal.example, equal.distance, equal.changes) = (way.example, way.distance, way.changes);
        }
        return;
    }
    if ways.iter().any(|w| is_at_most(&w.changes, &way.changes)) {
        return;
    }
    ways.retain(|w| !is_at_most(&way.changes, &w.changes));
    ways.push(way);
}

/// Combinations of start times that fail one of the smallest sets: one for each set where the clock does not matter.
fn failing_one_of(
    look: &Look,
    smallest: &[Set],
    (number, place): (usize, usize),
    heads: usize,
) -> Vec<(Set, usize, (u32, u32), u64)> {
    let space = look.parts.space;
    let (days, roles) = (choice_of(&space.axes[..STARTS], number), choice_of(space.roles(), heads));
    let (of_days, of_roles) = (space.distance(0, &days), space.distance(STARTS + space.n_tiers, &roles));
    let by_clock: Set = {
        let touches = |c: &usize| Touches::of(&look.parts.terrain.book, *c).clock;
        (0..look.parts.terrain.book.clauses.len()).filter(touches).collect()
    };
    let mut all: Vec<(Set, usize, (u32, u32), u64)> = Vec::new();
    look.each_start(place, heads, |start, fails| {
        if !smallest.contains(fails) {
            return;
        }
        let of_starts = space.distance(STARTS, &look.starts[start]);
        let distance = (of_days.0 + of_roles.0 + of_starts.0, of_days.1 + of_roles.1 + of_starts.1);
        match all.iter_mut().find(|(set, ..)| set == fails && !set.meets(&by_clock)) {
            Some((_, nearest, least, n)) => {
                *n += 1;
                if distance < *least {
                    (*nearest, *least) = (start, distance);
                }
            }
            None => all.push((*fails, start, distance, 1)),
        }
    });
    all
}

/// Changes that were asked for before.
struct Asked<'a, 'b> {
    look: &'a Look<'b>,
    alone: Vec<(Alone<'b>, Timetable)>,
    whole: Option<(Timetable, Vec<usize>)>,
    known: BTreeMap<(usize, usize, usize, usize, usize), Option<Change>>,
}

impl<'a, 'b> Asked<'a, 'b> {
    fn new(look: &'a Look<'b>) -> Asked<'a, 'b> {
        let alone = (0..look.parts.classes.len()).map(|class| {
            let alone = Alone::new(look.parts, class);
            let timetable = alone.timetable();
            (alone, timetable)
        });
        Asked { look, alone: alone.collect(), whole: None, known: BTreeMap::new() }
    }

    /// How far a clause would have to move for a candidate.
    fn change(&mut self, clause: usize, place: usize, start: usize, heads: usize) -> Option<Change> {
        let parts = self.look.parts;
        let part = Part::new(&parts.terrain.book, vec![clause]);
        match Touches::of(&parts.terrain.book, clause).judged() {
            Where::Never => None,
            Where::ByHeads => self.once((clause, 0, 0, 0, heads), |asked| {
                let district = with_roles(parts.terrain.district, parts.space.roles(), &asked.roles(heads));
                change(&part, &parts.terrain.book, &district, parts.terrain.timetable)
            }),
            Where::ByDays | Where::ByStarts => {
                let of_class = |class: usize| {
                    let tier = parts.classes[class].tier;
                    let start = tier.map_or(0, |tier| self.look.starts[start][tier]);
                    self.once((clause, class + 1, place, start, 0), |asked| {
                        let days: Days = parts.days[place];
                        let (alone, timetable) = &mut asked.alone[class];
                        alone.change(parts, &part, &days, start, timetable)
                    })
                };
                (0..parts.classes.len()).map(of_class).fold(None, larger)
            }
            Where::Together => self.once((clause, 0, place, start, heads), |asked| {
                let district = with_roles(parts.terrain.district, parts.space.roles(), &asked.roles(heads));
                let (timetable, offsets) = asked.whole.get_or_insert_with(|| whole_timetable(parts));
                ring_all(parts, &parts.days[place], Some(start), offsets, timetable);
                change(&part, &parts.terrain.book, &district, timetable)
            }),
        }
    }

    fn roles(&self, heads: usize) -> Vec<usize> {
        choice_of(self.look.parts.space.roles(), heads)
    }

    fn once(
        &mut self,
        key: (usize, usize, usize, usize, usize),
        ask: impl FnOnce(&mut Self) -> Option<Change>,
    ) -> Option<Change> {
        if let Some(known) = self.known.get(&key) {
            return *known;
        }
        let answer = ask(self);
        self.known.insert(key, answer);
        answer
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::candidates::sets::hitting;
    use crate::candidates::sets::minimal;
    use crate::clauses::Quantity;
    use crate::clauses::Unit;
    use proptest::prelude::*;

    fn way(set: &Set, by: &[i64], n: usize) -> Way {
        let one = |(clause, by): (usize, i64)| {
            let quantity = |amount| Quantity::whole(amount, Unit::Minutes);
            Change { clause, by: quantity(by), now: quantity(75), new: quantity(75 + by) }
        };
        let changes = set.iter().map(|c| one((c, by[c]))).collect();
        Way { changes, example: (n, 0, 0), distance: (1, u32::try_from(n).unwrap()), n_candidates: 1 }
    }

    fn values(way: &Way) -> (Vec<usize>, Vec<i64>) {
        way.changes.iter().map(|c| (c.clause, c.by.amount)).unzip()
    }

    #[test]
    fn two_vectors_of_which_neither_undercuts_the_other_are_both_kept() {
        let set = Set::from_iter([0, 1]);
        let mut ways = Vec::new();
        for (n, by) in [[10, 5], [5, 10], [10, 10], [5, 10]].iter().enumerate() {
            keep(&mut ways, way(&set, by, n));
        }
        // by hand: (10, 10) is undercut by both; (5, 10) is there twice, the first of them nearer
        assert_eq!(
            ways.iter().map(|w| (values(w).1, w.n_candidates, w.example.0)).collect::<Vec<_>>(),
            [(vec![10, 5], 1, 0), (vec![5, 10], 2, 1)]
        );
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(10_000))]

        /// Candidates of five clauses, each failing some by some minutes. The twin asks of every vector of new values of
        /// every set of clauses whether it makes a candidate lawful, and whether a smaller set or vector does.
        #[test]
        fn minimal_and_complete_as_the_twin_says(
            candidates in prop::collection::vec(prop::collection::vec(0i64..4, 4), 1..7),
        ) {
            let failed = |by: &Vec<i64>| -> Set { (0..4).filter(|c| by[*c] > 0).collect() };
            let smallest = minimal(candidates.iter().map(failed).collect());
            let mut found = Vec::new();
            for set in &smallest {
                let mut ways = Vec::new();
                for (n, by) in candidates.iter().enumerate().filter(|(_, by)| failed(by) == *set) {
                    keep(&mut ways, way(set, by, n));
                }
                found.extend(ways.iter().map(values));
            }
            found.sort();
            prop_assert_eq!(&found, &obvious(&candidates));
            let conflicts = hitting(&smallest);
            for conflict in &conflicts {
                prop_assert!(candidates.iter().all(|by| failed(by).meets(conflict)), "no candidate satisfies it");
                for place in conflict.iter() {
                    let less: Set = conflict.iter().filter(|p| *p != place).collect();
                    prop_assert!(candidates.iter().any(|by| !failed(by).meets(&less)), "and without one, one does");
                }
            }
        }
    }

    /// Every vector of new values from 0 to 3 of the four clauses.
    fn obvious(candidates: &[Vec<i64>]) -> Vec<(Vec<usize>, Vec<i64>)> {
        let vectors = (0..256).map(|n: i64| (0..4).map(|c| n / 4i64.pow(c) % 4).collect::<Vec<i64>>());
        let lawful = |v: &Vec<i64>| candidates.iter().any(|by| by.iter().zip(v).all(|(by, new)| by <= new));
        let good: Vec<Vec<i64>> = vectors.filter(lawful).collect();
        let places = |v: &Vec<i64>| -> Vec<usize> { (0..4).filter(|c| v[*c] > 0).collect() };
        let is_part = |a: &[usize], b: &[usize]| a.len() < b.len() && a.iter().all(|x| b.contains(x));
        let smallest_set = |v: &Vec<i64>| !good.iter().any(|o| is_part(&places(o), &places(v)));
        let undercut = |v: &Vec<i64>| good.iter().any(|o| o != v && o.iter().zip(v).all(|(a, b)| a <= b));
        let kept = good.iter().filter(|v| smallest_set(v) && !undercut(v));
        let mut told: Vec<_> = kept.map(|v| (places(v), places(v).iter().map(|c| v[*c]).collect())).collect();
        told.sort();
        told
    }
}
