//! What stands behind expertise: hours of support that are asked for and given, and who cannot help yet.

use crate::plan::PartnerAdds;
use crate::trace::Cause;
use crate::trace::causes::missing_condition;
use crate::trace::supplies::short_line;
use crate::trace::week::Looking;

/// What stands behind expertise in the week that is looked at.
pub fn behind_expertise(looking: &Looking) -> Vec<Cause> {
    let mut causes = vec![asked_for(looking)];
    for role in looking.scenario.district.support_roles() {
        causes.push(of_role(looking, role));
    }
    for place in 0..looking.scenario.resources.partners.len() {
        causes.extend(of_partner(looking, place));
    }
    causes
}

/// Hours that would give everybody on the two levels that ask for help full expertise.
fn asked_for(looking: &Looking) -> Cause {
    let parameters = looking.scenario.rules.typical();
    let n_schools = looking.scenario.district.schools.len();
    let on_these_levels = |r: &crate::ensemble::Replicate| -> f64 {
        let counts = looking.schools.iter().map(|s| r.track.weeks[looking.week * n_schools + s].at_least);
        counts.map(|at_least| f64::from(at_least[1] - at_least[3])).sum()
    };
    let n = looking.replicates.iter().map(on_these_levels).sum::<f64>() / looking.replicates.len().max(1) as f64;
    let each = (1.0 - parameters.expertise_alone) * parameters.expertise_need;
    let name = "expertise.need-hours";
    let text = format!(
        "{n:.0} educators are preparing or just beginning (levels 2 and 3). Each can use {each:.1} h of help a week \
         before colleagues help her: {:.0} h in all.",
        n * each
    );
    Cause::about(looking.scenario, name, &looking.scenario.rules.parameters[name].written, text)
}

fn of_role(looking: &Looking, role: usize) -> Cause {
    let (scenario, spec) = (looking.scenario, &looking.scenario.district.roles[role]);
    let of_school = |s: &usize| looking.supply.schools[*s].support.iter().find(|supply| supply.role == role);
    let supplies = || looking.schools.iter().filter_map(of_school);
    let given: f64 = supplies().map(|s| s.hours[looking.full_week]).sum();
    let people: f64 = looking.schools.iter().map(|s| scenario.district.fte(role, *s)).sum();
    let begun = |s: &&crate::plan::SupportSupply| s.hours[..=looking.full_week].iter().any(|h| *h > 0.0);
    let node = spec.needs.as_ref().and_then(|id| looking.checked.graph.nodes.iter().position(|n| n.id == *id));
    let missing = node.map_or(Vec::new(), |node| missing_condition(looking, node));
    let whose = if spec.title.is_empty() { &spec.id } else { &spec.title };
    let text = if supplies().any(|s| begun(&s)) {
        format!("{whose}: {people:.1} FTE, {given:.0} h of help in a full week.")
    } else if missing.is_empty() {
        let hours = spec.retooling_hours.typical();
        format!("{whose}: {people:.1} FTE, still in training ({hours:.0} h before anybody is helped); no help yet.")
    } else {
        format!("{whose}: {people:.1} FTE planned, none at work yet.")
    };
    let mut cause = Cause::about(scenario, &spec.id, &spec.written, text);
    cause.because = missing;
    let line = scenario.resources.budget.iter().position(|l| l.pays_roles.contains(&role));
    cause.because.extend(line.and_then(|line| short_line(looking, line)));
    cause
}

fn of_partner(looking: &Looking, place: usize) -> Option<Cause> {
    let partner = &looking.scenario.resources.partners[place];
    let PartnerAdds::SupportHours(each) = partner.adds else { return None };
    let given: f64 =
        looking.schools.iter().map(|s| each * looking.supply.schools[*s].partners[place][looking.week]).sum();
    let text = format!("{}: {given:.0} h of help in a full week.", partner.title);
    let mut cause = Cause::about(looking.scenario, &partner.id, &partner.written, text);
    cause.because = partner.needs.map_or(Vec::new(), |node| missing_condition(looking, node));
    Some(cause)
}
