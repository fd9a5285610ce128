//! Boxes: what they restrict, and how many failures they hold.

use crate::sensitivity::prim::chance::at_least;
use serde::Serialize;

/// One end of a restriction.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Edge {
    /// The outermost value inside, in the unit of the input. It is one that occurs; the edge itself is inside.
    pub at: f64,
    /// How likely the box would be as dense if this edge alone were drawn by chance.
    pub quasi_p: f64,
}

/// What a box asks of one input. At least one end is there.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Restriction {
    /// Number of the input, from 0.
    pub input: usize,
    /// The least it may be.
    pub low: Option<Edge>,
    /// The most it may be.
    pub high: Option<Edge>,
    /// How likely the box would be as dense if this restriction were by chance: the one-sided binomial test of Bryant
    /// and Lempert (2010), of as many failures or more in the box at the density that it has without the restriction.
    /// It is no true p-value, for the restriction was chosen as the best of many.
    pub quasi_p: f64,
}

/// A box in the space of inputs.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ScenarioBox {
    /// Points inside.
    pub n_points: usize,
    /// Of these, points that fail.
    pub n_fails: usize,
    /// Share of all failures that lie inside.
    pub coverage: f64,
    /// Share of the points inside that fail.
    pub density: f64,
    /// Share of all points that lie inside.
    pub mass: f64,
    /// The restricted inputs, in order.
    pub restrictions: Vec<Restriction>,
}

impl ScenarioBox {
    /// Whether a point lies inside. A point without a restricted input does not.
    pub fn contains(&self, point: &[f64]) -> bool {
        let within = |r: &Restriction, x: f64| r.low.is_none_or(|e| e.at <= x) && r.high.is_none_or(|e| x <= e.at);
        self.restrictions.iter().all(|r| point.get(r.input).is_some_and(|x| within(r, *x)))
    }

    /// The bounds of every input.
    pub(crate) fn bounds(&self, n_inputs: usize) -> Bounds {
        let mut bounds = vec![[None, None]; n_inputs];
        for restriction in &self.restrictions {
            bounds[restriction.input] = [restriction.low.map(|e| e.at), restriction.high.map(|e| e.at)];
        }
        bounds
    }
}

/// For every input the least and the most it may be, where it is restricted.
pub(crate) type Bounds = Vec<[Option<f64>; 2]>;

/// The low and the high side of an input, as places in its bounds.
pub(crate) const SIDES: [usize; 2] = [0, 1];

/// All points, which of them fail, and their order along each input.
pub(crate) struct Cases<'a> {
    pub points: &'a [Vec<f64>],
    pub fails: &'a [bool],
    pub n_inputs: usize,
    pub n_fails: usize,
    orders: Vec<Vec<usize>>,
}

impl<'a> Cases<'a> {
    pub fn new(points: &'a [Vec<f64>], fails: &'a [bool], n_inputs: usize) -> Cases<'a> {
        let order = |input: usize| {
            let mut order: Vec<usize> = (0..points.len()).collect();
            order.sort_by(|a, b| points[*a][input].total_cmp(&points[*b][input]));
            order
        };
        let n_fails = fails.iter().filter(|fails| **fails).count();
        Cases { points, fails, n_inputs, n_fails, orders: (0..n_inputs).map(order).collect() }
    }

    /// The points for which something holds, from a side of an input inward.
    pub fn seen_from(&self, input: usize, side: usize, holds: impl Fn(usize) -> bool) -> Vec<usize> {
        let mut order: Vec<usize> = self.orders[input].iter().copied().filter(|point| holds(*point)).collect();
        if side == 1 {
            order.reverse();
        }
        order
    }

    /// How many points, and failures among them, lie within bounds.
    pub fn count(&self, bounds: &Bounds) -> (usize, usize) {
        let inside = self.points.iter().zip(self.fails).filter(|(point, _)| is_inside(point, bounds));
        inside.fold((0, 0), |(points, fails), (_, fail)| (points + 1, fails + usize::from(*fail)))
    }

    /// How likely the bounds would hold as many failures if they were as dense as the wider ones.
    pub fn quasi_p(&self, bounds: &Bounds, wider: &Bounds) -> f64 {
        let ((n, fails), (of_wider, fails_of_wider)) = (self.count(bounds), self.count(wider));
        if of_wider == 0 { 1.0 } else { at_least(fails, n, fails_of_wider as f64 / of_wider as f64) }
    }

    /// The box of these bounds.
    pub fn describe(&self, bounds: &Bounds) -> ScenarioBox {
        let (n_points, n_fails) = self.count(bounds);
        let share = |part: usize, whole: usize| if whole == 0 { 0.0 } else { part as f64 / whole as f64 };
        ScenarioBox {
            n_points,
            n_fails,
            coverage: share(n_fails, self.n_fails),
            density: share(n_fails, n_points),
            mass: share(n_points, self.points.len()),
            restrictions: (0..bounds.len()).filter_map(|input| self.restriction(bounds, input)).collect(),
        }
    }

    fn restriction(&self, bounds: &Bounds, input: usize) -> Option<Restriction> {
        let edge = |side: usize| {
            let quasi_p = || self.quasi_p(bounds, &without(bounds, input, side));
            bounds[input][side].map(|at| Edge { at, quasi_p: quasi_p() })
        };
        let [low, high] = SIDES.map(edge);
        let mut wider = bounds.clone();
        wider[input] = [None, None];
        low.or(high).map(|_| Restriction { input, low, high, quasi_p: self.quasi_p(bounds, &wider) })
    }
}

/// The bounds without one edge.
pub(crate) fn without(bounds: &Bounds, input: usize, side: usize) -> Bounds {
    let mut wider = bounds.clone();
    wider[input][side] = None;
    wider
}

/// Whether a point lies within bounds.
pub(crate) fn is_inside(point: &[f64], bounds: &Bounds) -> bool {
    let within = |(x, [low, high]): (&f64, &[Option<f64>; 2])| {
        low.is_none_or(|low| low <= *x) && high.is_none_or(|high| *x <= high)
    };
    point.iter().zip(bounds).all(within)
}
