//! Pasting and pruning: edges that went too far move out again, and edges that chance explains go.

use crate::sensitivity::prim::MOST_BY_CHANCE;
use crate::sensitivity::prim::Peeling;
use crate::sensitivity::prim::bounds::Bounds;
use crate::sensitivity::prim::bounds::Cases;
use crate::sensitivity::prim::bounds::SIDES;
use crate::sensitivity::prim::bounds::is_inside;
use crate::sensitivity::prim::bounds::without;

/// What a wider edge lets in.
struct Strip {
    bounds: Bounds,
    n_points: usize,
    n_fails: usize,
}

/// The bounds, moved outward as long as that brings failures in and leaves the box no less dense.
pub(crate) fn paste(cases: &Cases, mut bounds: Bounds, peeling: &Peeling) -> Bounds {
    loop {
        let (n, fails) = cases.count(&bounds);
        let amount = ((peeling.paste_share * n as f64) as usize).max(1);
        // Whole numbers, so that a box as dense as before is told from one a rounding less dense.
        let keeps_density = |s: &Strip| s.n_fails > 0 && s.n_fails * n >= fails * s.n_points;
        let strips = edges(&bounds).into_iter().filter_map(|(input, side)| strip(cases, &bounds, input, side, amount));
        let density = |s: &Strip| (fails + s.n_fails) as f64 / (n + s.n_points) as f64;
        let compare = |a: &Strip, b: &Strip| density(a).total_cmp(&density(b)).then(a.n_fails.cmp(&b.n_fails));
        let better = |best: Strip, next: Strip| if compare(&next, &best).is_gt() { next } else { best };
        match strips.filter(keeps_density).reduce(better) {
            Some(strip) => bounds = strip.bounds,
            None => return bounds,
        }
    }
}

/// The strip just beyond an edge, with so many points or more where several are equal; nothing where none lie there.
fn strip(cases: &Cases, bounds: &Bounds, input: usize, side: usize, amount: usize) -> Option<Strip> {
    let wider = without(bounds, input, side);
    let is_beyond = |point: &[f64]| is_inside(point, &wider) && !is_inside(point, bounds);
    // Nearest first: seen from the other side, what is beyond the edge begins at the edge.
    let beyond = cases.seen_from(input, 1 - side, |point| is_beyond(&cases.points[point]));
    let value = |place: usize| cases.points[beyond[place]][input];
    let last = amount.min(beyond.len()).checked_sub(1)?;
    let n_points = (last..beyond.len()).find(|place| value(*place) != value(last)).unwrap_or(beyond.len());
    let n_fails = beyond[..n_points].iter().filter(|point| cases.fails[**point]).count();
    let mut moved = wider;
    // Where nothing is left beyond, nothing speaks for an edge.
    moved[input][side] = (n_points < beyond.len()).then(|| value(last));
    Some(Strip { bounds: moved, n_points, n_fails })
}

/// The bounds without the edges that chance explains; the likeliest goes first, and the others are judged again.
pub(crate) fn prune(cases: &Cases, mut bounds: Bounds) -> Bounds {
    loop {
        let judged = edges(&bounds).into_iter().map(|(input, side)| {
            let wider = without(&bounds, input, side);
            (cases.quasi_p(&bounds, &wider), wider)
        });
        let likelier = |best: (f64, Bounds), next: (f64, Bounds)| if next.0 > best.0 { next } else { best };
        match judged.reduce(likelier) {
            Some((quasi_p, wider)) if quasi_p > MOST_BY_CHANCE => bounds = wider,
            _ => return bounds,
        }
    }
}

/// The edges there are, in the order of inputs and sides.
fn edges(bounds: &Bounds) -> Vec<(usize, usize)> {
    let all = (0..bounds.len()).flat_map(|input| SIDES.map(|side| (input, side)));
    all.filter(|(input, side)| bounds[*input][*side].is_some()).collect()
}
