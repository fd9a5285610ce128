//! Scenario discovery: boxes in the space of inputs in which a plan fails.
//!
//! The patient rule induction method (Friedman and Fisher 1999) as Bryant and Lempert (2010) use it: a box around all
//! points is peeled, a thin slice at a time, until mostly failures are left; the box with the best balance is pasted
//! where a peel went too far, and edges that chance alone explains are dropped.

mod bounds;
mod chance;
mod paste;
mod peel;

pub use bounds::Edge;
pub use bounds::Restriction;
pub use bounds::ScenarioBox;

use crate::sensitivity::Unmeasured;
use crate::sensitivity::prim::bounds::Cases;
use crate::sensitivity::unmeasured::check_count;
use crate::sensitivity::unmeasured::check_points;
use serde::Serialize;

/// An edge whose quasi-p-value is above this is by chance (Bryant and Lempert 2010).
pub const MOST_BY_CHANCE: f64 = 0.05;

/// How patient the peeling is.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Peeling {
    /// Share of a box that one peel takes off, at least one point.
    pub peel_share: f64,
    /// Share of a box that one paste puts back, at least one point.
    pub paste_share: f64,
    /// Points a box must keep.
    pub fewest_in_box: usize,
    /// Points without which nothing is peeled.
    pub fewest_points: usize,
}

impl Default for Peeling {
    /// One peel takes a twentieth, as Friedman and Fisher advise; twenty points are the fewest that have one.
    fn default() -> Peeling {
        Peeling { peel_share: 0.05, paste_share: 0.01, fewest_in_box: 10, fewest_points: 20 }
    }
}

/// What was found out about failures.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub enum Discovery {
    /// No point fails: there is nothing to find.
    NothingFails {
        /// Points.
        n_points: usize,
    },
    /// Every point fails: no input makes a difference.
    EverythingFails {
        /// Points.
        n_points: usize,
    },
    /// Too few points to peel.
    TooFewPoints {
        /// Points there are.
        have: usize,
        /// Points it takes.
        fewest: usize,
    },
    /// Boxes.
    Found(Found),
}

/// The boxes of one peeling.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Found {
    /// Every box from the one around all points to the last peeled, so that a reader can trade coverage for density.
    pub trajectory: Vec<ScenarioBox>,
    /// The place in the trajectory of the box with the highest harmonic mean of coverage and density.
    pub chosen: usize,
    /// That box after pasting, without edges that chance explains. Where it has no restriction, none holds.
    pub best: ScenarioBox,
}

/// Looks for a box in which plans fail; points are in any units, point by input.
///
/// Ties go to the input with the lower number, then to the low side: the order of points plays no part.
///
/// # Errors
/// When points and failures do not match, a number is not finite, or a setting is no share.
pub fn discover(points: &[Vec<f64>], fails: &[bool], peeling: &Peeling) -> Result<Discovery, Unmeasured> {
    let cases = check(points, fails, peeling)?;
    let (n_points, n_fails) = (points.len(), cases.n_fails);
    if n_points < peeling.fewest_points.max(1) {
        return Ok(Discovery::TooFewPoints { have: n_points, fewest: peeling.fewest_points.max(1) });
    }
    if n_fails == 0 {
        return Ok(Discovery::NothingFails { n_points });
    }
    if n_fails == n_points {
        return Ok(Discovery::EverythingFails { n_points });
    }
    let boxes = peel::peel(&cases, peeling);
    let trajectory: Vec<ScenarioBox> = boxes.iter().map(|bounds| cases.describe(bounds)).collect();
    let chosen = most_balanced(&trajectory, n_fails);
    let best = cases.describe(&paste::prune(&cases, paste::paste(&cases, boxes[chosen].clone(), peeling)));
    Ok(Discovery::Found(Found { trajectory, chosen, best }))
}

/// A box, say another one of the trajectory, with its edges moved outward where that makes it no less dense.
///
/// # Errors
/// As for [`discover`], and when the box restricts an input that the points do not have.
pub fn paste(
    points: &[Vec<f64>],
    fails: &[bool],
    of: &ScenarioBox,
    peeling: &Peeling,
) -> Result<ScenarioBox, Unmeasured> {
    let cases = check(points, fails, peeling)?;
    let need = of.restrictions.iter().map(|r| r.input + 1).max().unwrap_or(0);
    if need > cases.n_inputs {
        return Err(Unmeasured::NotTheDesign { what: "inputs of a point", have: cases.n_inputs, need });
    }
    Ok(cases.describe(&paste::paste(&cases, of.bounds(cases.n_inputs), peeling)))
}

fn check<'a>(points: &'a [Vec<f64>], fails: &'a [bool], peeling: &Peeling) -> Result<Cases<'a>, Unmeasured> {
    let n_inputs = check_points(points)?;
    check_count("outcomes", fails.len(), points.len())?;
    for (what, value) in [("the share of a peel", peeling.peel_share), ("the share of a paste", peeling.paste_share)] {
        if !(0.0 < value && value < 1.0) {
            return Err(Unmeasured::NotAShare { what, value });
        }
    }
    Ok(Cases::new(points, fails, n_inputs))
}

/// The harmonic mean of coverage and density is 2 h / (n + H) for h of H failures in a box of n; the larger box wins
/// a tie.
fn most_balanced(trajectory: &[ScenarioBox], n_fails: usize) -> usize {
    let balance = |b: &ScenarioBox| b.n_fails as f64 / (b.n_points + n_fails) as f64;
    (0..trajectory.len())
        .rev()
        .max_by(|a, b| balance(&trajectory[*a]).total_cmp(&balance(&trajectory[*b])))
        .unwrap_or(0)
}

#[cfg(test)]
mod tests;
