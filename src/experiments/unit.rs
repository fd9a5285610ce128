//! Units of work: blocks of points times blocks of replicates, each computed alone and joined like sets.

use crate::experiments::measure::AtPoint;
use serde::Deserialize;
use serde::Serialize;
use std::collections::BTreeMap;
use std::fmt;
use std::ops::Range;

/// What is kept of one replicate: whole numbers, see `measure`.
pub type Record = Vec<u32>;

/// Replicates of a unit, about: enough that making a unit ready costs little beside them.
const RUNS_OF_A_UNIT: u32 = 400;

/// What stands at a point, and what each of its replicates counted, in order.
pub type PointRecords<'a> = (AtPoint, Vec<&'a [u32]>);

/// How an experiment is cut.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Cut {
    n_points: usize,
    replicates: u32,
    points_of_a_block: usize,
    replicates_of_a_block: u32,
}

impl Cut {
    /// Cuts so many points with so many replicates each.
    pub fn new(n_points: usize, replicates: u32) -> Cut {
        let replicates_of_a_block = replicates.clamp(1, RUNS_OF_A_UNIT);
        let points_of_a_block = (RUNS_OF_A_UNIT / replicates_of_a_block).max(1) as usize;
        Cut { n_points, replicates, points_of_a_block, replicates_of_a_block }
    }

    /// Cuts the replicates of a single point in blocks of so many.
    pub fn of_replicates(replicates: u32, of_a_block: u32) -> Cut {
        Cut { n_points: 1, replicates, points_of_a_block: 1, replicates_of_a_block: of_a_block.max(1) }
    }

    fn replicate_blocks(&self) -> usize {
        self.replicates.div_ceil(self.replicates_of_a_block) as usize
    }

    /// How many units there are.
    pub fn n_units(&self) -> usize {
        self.n_points.div_ceil(self.points_of_a_block) * self.replicate_blocks()
    }

    /// The points of a unit.
    pub fn points(&self, unit: usize) -> Range<usize> {
        let from = unit / self.replicate_blocks() * self.points_of_a_block;
        from..(from + self.points_of_a_block).min(self.n_points)
    }

    /// The unit of a replicate of a single point.
    pub fn unit_of(&self, replicate: usize) -> usize {
        replicate / self.replicates_of_a_block as usize
    }

    /// The replicates of a unit.
    pub fn replicates(&self, unit: usize) -> Range<u32> {
        let block = u32::try_from(unit % self.replicate_blocks()).unwrap_or(0);
        let from = block * self.replicates_of_a_block;
        from..(from + self.replicates_of_a_block).min(self.replicates)
    }
}

/// What one unit found.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Unit {
    /// The experiment it is a part of.
    pub experiment: String,
    /// Its number, from 0.
    pub unit: usize,
    /// How many units the experiment has.
    pub of: usize,
    /// Educators at each of its points.
    pub educators: Vec<u32>,
    /// Clauses that fail at each of its points.
    pub clauses_failing: Vec<u32>,
    /// For each of its points, for each of its replicates, what was counted.
    pub counts: Vec<Vec<Record>>,
}

/// Why units do not make a whole.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum UnitError {
    /// It belongs to another experiment: other files, values, seed or version.
    OfAnother {
        /// Its number.
        unit: usize,
        /// The experiment it names.
        has: String,
        /// The experiment asked for.
        needs: String,
    },
    /// It is not as long as the experiment says.
    Misshapen {
        /// Its number.
        unit: usize,
    },
    /// The same unit is there twice with different contents.
    TwoContents {
        /// Its number.
        unit: usize,
    },
    /// Units are missing.
    Missing {
        /// Their numbers.
        units: Vec<usize>,
        /// How many there are in all.
        of: usize,
    },
}

impl fmt::Display for UnitError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            UnitError::OfAnother { unit, has, needs } => write!(
                f,
                "unit {unit} belongs to experiment {has}, not to {needs}: files, values, seed or version differ"
            ),
            UnitError::Misshapen { unit } => {
                write!(f, "unit {unit} does not hold the points and replicates that it covers")
            }
            UnitError::TwoContents { unit } => write!(f, "unit {unit} is there twice with different contents"),
            UnitError::Missing { units, of } => {
                write!(f, "{} of {of} units are missing: {}", units.len(), ranges(units))
            }
        }
    }
}

/// Numbers as ranges that `--units` takes: `3..5, 9..10`.
pub fn ranges(numbers: &[usize]) -> String {
    let mut all: Vec<Range<usize>> = Vec::new();
    for n in numbers {
        match all.last_mut() {
            Some(last) if last.end == *n => last.end = n + 1,
            Some(_) | None => all.push(*n..n + 1),
        }
    }
    all.iter().map(|r| format!("{}..{}", r.start, r.end)).collect::<Vec<_>>().join(", ")
}

/// Units that were joined: a set, so that neither order nor grouping plays a part.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Joined {
    units: BTreeMap<usize, Unit>,
}

impl Joined {
    /// One unit.
    ///
    /// # Errors
    /// When it is not of this experiment, or not as it is cut.
    pub fn one(unit: Unit, experiment: &str, cut: &Cut, n_fields: usize) -> Result<Joined, UnitError> {
        let number = unit.unit;
        if unit.experiment != experiment {
            let (has, needs) = (unit.experiment, experiment.to_string());
            return Err(UnitError::OfAnother { unit: number, has, needs });
        }
        let fits = number < cut.n_units() && unit.of == cut.n_units() && {
            let (points, replicates) = (cut.points(number).len(), cut.replicates(number).len());
            let is_whole = |of_point: &Vec<Record>| {
                of_point.len() == replicates && of_point.iter().all(|record| record.len() == n_fields)
            };
            [unit.educators.len(), unit.clauses_failing.len(), unit.counts.len()] == [points; 3]
                && unit.counts.iter().all(is_whole)
        };
        if !fits {
            return Err(UnitError::Misshapen { unit: number });
        }
        Ok(Joined { units: BTreeMap::from([(number, unit)]) })
    }

    /// Joins two sets of units; a unit that is in both is there once.
    ///
    /// # Errors
    /// When a unit is in both with different contents.
    pub fn join(mut self, other: Joined) -> Result<Joined, UnitError> {
        for (number, unit) in other.units {
            match self.units.get(&number) {
                Some(known) if *known != unit => return Err(UnitError::TwoContents { unit: number }),
                Some(_) => {}
                None => {
                    self.units.insert(number, unit);
                }
            }
        }
        Ok(self)
    }

    /// Whether a unit is there.
    pub fn has(&self, unit: usize) -> bool {
        self.units.contains_key(&unit)
    }

    /// Units that are not there.
    pub fn missing(&self, cut: &Cut) -> Vec<usize> {
        (0..cut.n_units()).filter(|n| !self.units.contains_key(n)).collect()
    }

    /// Everything by point: what stands there, and what each replicate counted, in order.
    ///
    /// # Errors
    /// When units are missing.
    pub fn whole(&self, cut: &Cut) -> Result<Vec<PointRecords<'_>>, UnitError> {
        let missing = self.missing(cut);
        if !missing.is_empty() {
            return Err(UnitError::Missing { units: missing, of: cut.n_units() });
        }
        let mut points: Vec<PointRecords> =
            vec![(AtPoint { educators: 0, clauses_failing: 0 }, Vec::new()); cut.n_points];
        // By number, so that blocks of replicates of a point come in their order.
        for (number, unit) in &self.units {
            for (n, point) in cut.points(*number).enumerate() {
                let (educators, clauses_failing) = (unit.educators[n], unit.clauses_failing[n]);
                points[point].0 = AtPoint { educators, clauses_failing };
                points[point].1.extend(unit.counts[n].iter().map(Vec::as_slice));
            }
        }
        Ok(points)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn unit(cut: &Cut, number: usize) -> Unit {
        let count = |point: usize, replicate: u32| vec![point as u32, replicate];
        Unit {
            experiment: "e".into(),
            unit: number,
            of: cut.n_units(),
            educators: cut.points(number).map(|p| p as u32 + 10).collect(),
            clauses_failing: cut.points(number).map(|_| 0).collect(),
            counts: cut.points(number).map(|p| cut.replicates(number).map(|r| count(p, r)).collect()).collect(),
        }
    }

    fn one(cut: &Cut, number: usize) -> Joined {
        Joined::one(unit(cut, number), "e", cut, 2).unwrap()
    }

    #[test]
    fn nine_points_with_a_thousand_replicates_are_27_units() {
        let cut = Cut::new(9, 1_000);
        assert_eq!(cut.n_units(), 27); // by hand: 400, 400 and 200 replicates of each point
        assert_eq!((cut.points(5), cut.replicates(5)), (1..2, 800..1_000));
        let cut = Cut::new(9, 100);
        assert_eq!((cut.n_units(), cut.points(2), cut.replicates(2)), (3, 8..9, 0..100)); // by hand: four points a unit
    }

    #[test]
    fn a_unit_of_another_experiment_or_of_another_shape_is_refused() {
        let cut = Cut::new(3, 10);
        let other = Unit { experiment: "x".into(), ..unit(&cut, 0) };
        assert!(matches!(Joined::one(other, "e", &cut, 2), Err(UnitError::OfAnother { .. })));
        assert_eq!(Joined::one(unit(&cut, 0), "e", &cut, 3), Err(UnitError::Misshapen { unit: 0 }));
        let short = Unit { educators: vec![], ..unit(&cut, 0) };
        assert_eq!(Joined::one(short, "e", &cut, 2), Err(UnitError::Misshapen { unit: 0 }));
        let beyond = Unit { unit: 7, ..unit(&cut, 0) };
        assert_eq!(Joined::one(beyond, "e", &cut, 2), Err(UnitError::Misshapen { unit: 7 }));
    }

    #[test]
    fn what_is_missing_is_told_as_ranges_that_can_be_asked_for() {
        let cut = Cut::new(4, 400);
        let two = one(&cut, 1).join(one(&cut, 1)).unwrap();
        assert_eq!(two.whole(&cut).unwrap_err().to_string(), "3 of 4 units are missing: 0..1, 2..4");
        let mut other = unit(&cut, 1);
        other.educators[0] = 99;
        let other = Joined::one(other, "e", &cut, 2).unwrap();
        assert_eq!(two.join(other), Err(UnitError::TwoContents { unit: 1 }));
    }

    proptest! {
        #[test]
        fn units_join_to_the_same_whole_in_any_order_and_grouping(
            n_points in 1usize..9, replicates in 1u32..900, order in Just(()).prop_perturb(|(), mut rng| rng.next_u64()), cut_at in 0usize..40,
        ) {
            let cut = Cut::new(n_points, replicates);
            let mut numbers = crate::designs::shuffled(order, 0, cut.n_units());
            let join = |numbers: &[usize]| numbers.iter().fold(Joined::default(), |all, n| all.join(one(&cut, *n)).unwrap());
            let (left, right) = numbers.split_at(cut_at.min(numbers.len()));
            let grouped = join(right).join(join(left)).unwrap();
            numbers.sort_unstable();
            let in_order = join(&numbers);
            prop_assert_eq!(&grouped, &in_order);
            let whole = in_order.whole(&cut).unwrap();
            for (point, (at, records)) in whole.iter().enumerate() {
                prop_assert_eq!(at.educators as usize, point + 10);
                let by_hand: Vec<Vec<u32>> = (0..replicates).map(|r| vec![point as u32, r]).collect();
                prop_assert!(records.iter().copied().eq(by_hand.iter().map(Vec::as_slice)));
            }
        }
    }
}
