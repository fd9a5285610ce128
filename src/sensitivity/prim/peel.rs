//! Peeling: thin slices come off a box, each time the one whose loss leaves it densest for what it takes.

use crate::sensitivity::prim::Peeling;
use crate::sensitivity::prim::bounds::Bounds;
use crate::sensitivity::prim::bounds::Cases;
use crate::sensitivity::prim::bounds::SIDES;
use std::cmp::Ordering;

/// One slice: the points beyond a new edge.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Slice {
    pub input: usize,
    pub side: usize,
    /// The new edge: the outermost value that stays.
    pub at: f64,
    pub n_points: usize,
    pub n_fails: usize,
}

/// The bounds of every box, from all points to the last that can be peeled.
pub(crate) fn peel(cases: &Cases, peeling: &Peeling) -> Vec<Bounds> {
    let mut bounds: Bounds = vec![[None, None]; cases.n_inputs];
    let mut inside = vec![true; cases.points.len()];
    let (mut n, mut fails) = (cases.points.len(), cases.n_fails);
    let mut boxes = vec![bounds.clone()];
    // A box of failures only cannot become denser.
    while fails < n {
        let Some(slice) = best_slice(cases, &inside, n, fails, peeling) else { break };
        bounds[slice.input][slice.side] = Some(slice.at);
        let beyond = |x: f64| if slice.side == 0 { x < slice.at } else { x > slice.at };
        inside.iter_mut().zip(cases.points).for_each(|(inside, point)| *inside &= !beyond(point[slice.input]));
        (n, fails) = (n - slice.n_points, fails - slice.n_fails);
        boxes.push(bounds.clone());
    }
    boxes
}

/// The best slice that leaves a failure and enough points; of equal ones the first by input and side.
fn best_slice(cases: &Cases, inside: &[bool], n: usize, fails: usize, peeling: &Peeling) -> Option<Slice> {
    let leaves_enough = |s: &Slice| n - s.n_points >= peeling.fewest_in_box.max(1) && s.n_fails < fails;
    let sides = (0..cases.n_inputs).flat_map(|input| SIDES.map(|side| (input, side)));
    let slices = sides.filter_map(|(input, side)| slice(cases, inside, input, side, peeling.peel_share));
    let better = |best: Slice, next: Slice| if compare(&next, &best, n, fails).is_gt() { next } else { best };
    slices.filter(leaves_enough).reduce(better)
}

/// The slice at a side of an input: the share of points to take off, or all equal ones where more are equal.
pub(crate) fn slice(cases: &Cases, inside: &[bool], input: usize, side: usize, share: f64) -> Option<Slice> {
    let order = cases.seen_from(input, side, |point| inside[point]);
    let value = |place: usize| cases.points[order[place]][input];
    let patient = ((share * order.len() as f64) as usize).max(1);
    let stays = (patient..order.len()).find(|place| value(*place) != value(0))?;
    // Points equal to the outermost that stays are inside too.
    let n_points = (0..stays).find(|place| value(*place) == value(stays)).unwrap_or(stays);
    let n_fails = order[..n_points].iter().filter(|point| cases.fails[**point]).count();
    Some(Slice { input, side, at: value(stays), n_points, n_fails })
}

/// By how much denser the box gets for each point it loses, so that a coarse input, which can only give up many points
/// at once, is measured with the same measure as a fine one. Where every slice makes it less dense, by the density.
fn compare(a: &Slice, b: &Slice, n: usize, fails: usize) -> Ordering {
    let merit = |s: &Slice| {
        let gain = (fails - s.n_fails) as f64 / (n - s.n_points) as f64 - fails as f64 / n as f64;
        if gain > 0.0 { gain / s.n_points as f64 } else { gain }
    };
    merit(a).total_cmp(&merit(b)).then(b.n_points.cmp(&a.n_points))
}
