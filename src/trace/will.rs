//! What stands behind will: dispositions, colleagues, leaders, families and load.

use crate::trace::Cause;
use crate::trace::week::Looking;

const DISPOSITION: &str = "will.disposition-mean";
const TEAM: &str = "will.team";

/// What stands behind will in the week that is looked at.
pub fn behind_will(looking: &Looking) -> Vec<Cause> {
    let mut causes = vec![dispositions(looking), Cause::plain(families_and_load(looking))];
    causes.extend(leaders(looking));
    causes.push(pulls(looking));
    causes
}

fn dispositions(looking: &Looking) -> Cause {
    let scenario = looking.scenario;
    let parameter = &scenario.rules.parameters[DISPOSITION];
    let mean = parameter.value.typical();
    let text = format!("The mean disposition towards new practice is {mean:.2} of 1.");
    Cause::about(scenario, DISPOSITION, &parameter.written, text)
}

fn families_and_load(looking: &Looking) -> String {
    let mean = |of: fn(&crate::adoption::WeekCounts) -> f32| {
        let n_schools = looking.scenario.district.schools.len();
        let mut sum = 0.0;
        let mut people = 0.0;
        for replicate in looking.replicates {
            for school in &looking.schools {
                let n = looking.checked.roster.schools[*school].len() as f64;
                sum += n * f64::from(of(&replicate.track.weeks[looking.week * n_schools + school]));
                people += n;
            }
        }
        sum / f64::max(people, 1.0)
    };
    let (families, load) = (mean(|w| w.families), mean(|w| w.load));
    let effect = if load > 1.0 { "more than there is, which lowers will" } else { "no more than there is" };
    format!(
        "Families support it by {families:.2} of 1; duties and practices ask for {load:.2} of the free hours, {effect}."
    )
}

/// The school whose leaders support it least, and the one whose leaders support it most, at the start.
fn leaders(looking: &Looking) -> Vec<Cause> {
    let schools = &looking.scenario.district.schools;
    let support = |s: &usize| schools[*s].leaders_support.as_f64();
    let by_support = |a: &&usize, b: &&usize| support(a).total_cmp(&support(b));
    let least = looking.schools.iter().min_by(by_support);
    let most = looking.schools.iter().max_by(by_support);
    let mut asked: Vec<usize> = least.into_iter().chain(most).copied().collect();
    asked.dedup();
    let one = |school: usize| {
        let spec = &schools[school];
        let text =
            format!("Leaders of {} support it by {} of 1 at the start.", spec.name, spec.leaders_support.as_f64());
        Cause::about(looking.scenario, &spec.id, &spec.written, text)
    };
    asked.into_iter().map(one).collect()
}

/// How far will answers to what is around an educator.
fn pulls(looking: &Looking) -> Cause {
    let parameters = &looking.scenario.rules.parameters;
    let of = |name: &str| parameters[name].value.typical();
    let text = format!(
        "It rises by {:.2} where the whole team uses the practice, {:.2} for the whole school, {:.2} for the whole \
         district; leaders move it by {:.2} up or down, families by {:.2}; each 1 of load above what there is takes {:.2}.",
        of(TEAM),
        of("will.school"),
        of("will.district"),
        of("will.leaders"),
        of("will.families"),
        of("will.load")
    );
    Cause::about(looking.scenario, TEAM, &parameters[TEAM].written, text)
}
