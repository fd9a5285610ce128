//! Room: how many practices, models and helpers the kernel has bits for.

use crate::adoption::World;
use crate::findings::Finding;
use crate::findings::Findings;
use crate::findings::Place;

/// Sets of practices, models and helpers are eight bits each.
const MOST: usize = 8;

/// Learning times that some attend and some do not: each doubles the accounts that are kept.
const MOST_VOLUNTARY: usize = 6;

/// Finds whether the kernel has room for all that a scenario has.
///
/// # Errors
/// One finding for each thing of which there are too many.
pub fn fits_the_kernel(world: &World, written: &Place) -> Result<(), Findings> {
    let partners = usize::from(!world.resources.partners.is_empty());
    let voluntary = world.resources.learning.iter().filter(|time| time.attends.as_f64() < 1.0 || time.line.is_some());
    let counted = [
        ("practices", world.n_practices(), MOST),
        ("models", world.resources.models.len(), MOST),
        ("supporting roles and partners", world.district.support_roles().count() + partners, MOST),
        ("learning times that only some attend", voluntary.count(), MOST_VOLUNTARY),
    ];
    let mut findings = Findings::new();
    for (what, have, most) in counted.into_iter().filter(|(_, have, most)| have > most) {
        let message =
            format!("there are {have} {what}; runs of thousands of schools or scenarios have room for {most}");
        findings
            .push(Finding::error("spread::room", message).at(written, "").help("join some of them, or leave some out"));
    }
    if findings.has_errors() { Err(findings) } else { Ok(()) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pipeline;
    use crate::scenario;
    use std::path::Path;

    #[test]
    fn more_practices_than_there_are_bits_are_refused_and_eight_are_not() {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios/template.ron");
        let mut scenario = scenario::read(&path).unwrap_or_else(|unread| panic!("{}", unread.findings));
        let first = scenario.resources.practices[0].clone();
        for (n, fits) in [(8, true), (9, false)] {
            scenario.resources.practices.resize(n, first.clone());
            let checked = pipeline::check_without_words(&scenario).unwrap();
            let job = pipeline::job(&scenario, &checked);
            let found = fits_the_kernel(&job.world, &scenario.place());
            assert_eq!(found.is_ok(), fits, "{n} practices");
            assert!(fits || found.unwrap_err().to_string().contains("there are 9 practices"));
        }
    }
}
