//! Running units: a scenario at each point, many times, on the kernel.
//!
//! Points that move parameters of the model only share the scenario as it was checked; others are read, checked and
//! judged anew.

use crate::ensemble::Job;
use crate::experiments::measure::Measures;
use crate::experiments::plan::Plan;
use crate::experiments::unit::Record;
use crate::experiments::unit::Unit;
use crate::findings::Finding;
use crate::findings::Place;
use crate::kernel::Scratch;
use crate::luck::Uncertain;
use crate::pipeline;
use crate::pipeline::Checked;
use crate::scenario::Scenario;
use crate::scenario::Settable;
use crate::scenario::Setting;
use crate::scenario::Unread;
use crate::spread::FastJob;
use crate::spread::fits_the_kernel;
use rayon::prelude::*;
use std::collections::BTreeMap;
use std::sync::Arc;

/// A scenario that is ready for points.
#[derive(Debug)]
pub struct Runner<'a> {
    settable: &'a Settable<'a>,
    scenario: &'a Scenario,
    checked: Checked,
}

impl<'a> Runner<'a> {
    /// A scenario as it is written, open for values.
    ///
    /// # Errors
    /// When conditions need one another in a circle.
    pub fn new(settable: &'a Settable<'a>, scenario: &'a Scenario) -> Result<Runner<'a>, Unread> {
        let checked = check(scenario)?;
        Ok(Runner { settable, scenario, checked })
    }

    /// What is measured of it.
    pub fn measures(&self) -> Measures {
        let job = pipeline::job(self.scenario, &self.checked);
        Measures::of(&job.world.year_ends, &self.scenario.resources, &self.checked.horizon)
    }

    /// Reads the scenario at every point of some units, and at the ends of every parameter; nothing is simulated.
    ///
    /// # Errors
    /// What is wrong, once for each set of findings, in the order of points.
    pub fn check(&self, plan: &Plan, units: &[usize]) -> Result<(), Vec<Unread>> {
        let mut settings: Vec<Vec<Setting>> = ends_of_parameters(plan);
        let points = units.iter().flat_map(|unit| plan.cut.points(*unit));
        settings.extend(points.map(|point| plan.settings(point)));
        let mut seen: BTreeMap<String, ()> = BTreeMap::new();
        settings.retain(|s| !s.is_empty() && seen.insert(format!("{s:?}"), ()).is_none());
        let wrong: Vec<Unread> = settings.par_iter().filter_map(|s| self.settable.read(s).err()).collect();
        if wrong.is_empty() { Ok(()) } else { Err(wrong) }
    }

    /// Computes a unit. It is a pure function of the scenario, the plan and the number.
    ///
    /// # Errors
    /// When the scenario cannot be read at a point, or not be measured beside the others.
    pub fn unit(&self, plan: &Plan, number: usize, after_each: &(dyn Fn() + Sync)) -> Result<Unit, Unread> {
        let mut unit = Unit {
            experiment: plan.id.clone(),
            unit: number,
            of: plan.cut.n_units(),
            educators: Vec::new(),
            clauses_failing: Vec::new(),
            counts: Vec::new(),
        };
        let mut points = plan.cut.points(number).peekable();
        while let Some(first) = points.next() {
            let settings = plan.settings(first);
            let mut alike = vec![first];
            while let Some(next) = points.next_if(|next| plan.settings(*next) == settings) {
                alike.push(next);
            }
            if settings.is_empty() {
                self.points(plan, (self.scenario, &self.checked), &alike, &mut unit, after_each)?;
            } else {
                let scenario = self.settable.read(&settings).map(|s| Scenario { seed: self.scenario.seed, ..s })?;
                let checked = check(&scenario)?;
                self.points(plan, (&scenario, &checked), &alike, &mut unit, after_each)?;
            }
        }
        Ok(unit)
    }

    /// Points that differ in parameters of the model only.
    fn points(
        &self,
        plan: &Plan,
        (scenario, checked): (&Scenario, &Checked),
        points: &[usize],
        unit: &mut Unit,
        after_each: &(dyn Fn() + Sync),
    ) -> Result<(), Unread> {
        let base = pipeline::job(scenario, checked);
        if let Some(why) = plan.measures.differs(&base.world.year_ends, &scenario.resources, checked) {
            return Err(not_comparable(plan, points[0], &why));
        }
        fits_the_kernel(&base.world, &scenario.place())
            .map_err(|findings| Unread { findings, files: scenario.files.clone() })?;
        let educators = base.world.n_educators();
        for point in points {
            let rules = with_parameters(scenario, &plan.parameters(*point));
            let mut world = base.world.clone();
            world.rules = &rules;
            let (hours, clause_spans) = (base.hours.clone(), base.clause_spans.clone());
            let job = Job { world, hours, clause_spans, milestones: Vec::new(), ..base };
            let fast = FastJob::new(&job);
            let replicate = |scratch: &mut Scratch, number: u32| -> Record {
                let course = fast.replicate(number, scratch);
                plan.measures.record(&course, &job.world.year_ends, educators)
            };
            let replicates = plan.cut.replicates(unit.unit).into_par_iter();
            unit.counts.push(replicates.map_init(Scratch::default, replicate).collect());
            unit.educators.push(u32::try_from(educators).unwrap_or(u32::MAX));
            unit.clauses_failing.push(u32::try_from(checked.verdicts.n_clauses_failing()).unwrap_or(u32::MAX));
            after_each();
        }
        Ok(())
    }
}

fn check(scenario: &Scenario) -> Result<Checked, Unread> {
    pipeline::check_without_words(scenario).map_err(|findings| Unread { findings, files: scenario.files.clone() })
}

/// Every parameter at each of its values, or at its ends: all at their first, all at their second and so on.
fn ends_of_parameters(plan: &Plan) -> Vec<Vec<Setting>> {
    let of_parameters = plan.inputs.iter().filter(|input| input.parameter.is_some());
    let all: Vec<_> = of_parameters.map(|input| (input, input.domain.extremes())).collect();
    let most = all.iter().map(|(_, values)| values.len()).max().unwrap_or(0);
    let round = |n: usize| {
        let each = all.iter().map(|(input, values)| {
            let text = input.notation.write(&values[n.min(values.len() - 1)]);
            Setting { path: input.path.clone(), text }
        });
        each.collect()
    };
    (0..most).map(round).collect()
}

fn with_parameters(scenario: &Scenario, parameters: &[(&str, f64)]) -> crate::adoption::Rules {
    let mut rules = scenario.rules.clone();
    for (name, value) in parameters {
        if let Some(spec) = rules.parameters.get_mut(*name) {
            spec.value = Uncertain::Fixed(*value);
        }
    }
    rules
}

fn not_comparable(plan: &Plan, point: usize, why: &str) -> Unread {
    let settings: Vec<String> = plan.settings(point).iter().map(|s| format!("{}={}", s.path, s.text)).collect();
    let finding = Finding::error("experiments::not_comparable", why.to_string())
        .at(&Place::at(&Arc::from(settings.join(", ")), ""), "")
        .help("leave out values that change the school years, the first day or the models");
    Unread { findings: finding.into(), files: Vec::new() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::experiments::asked::Asked;
    use crate::experiments::asked::Design;
    use crate::experiments::asked::Purpose;
    use crate::experiments::plan::plan;
    use crate::scenario::Stack;
    use std::path::Path;

    fn asked(levers: &[&str]) -> Asked {
        Asked {
            purpose: Purpose::Sweep { design: Design::Grid, points: 1, futures: 1 },
            levers: levers.iter().map(ToString::to_string).collect(),
            uncertain: Vec::new(),
            fails: None,
            replicates: 4,
        }
    }

    fn counts(name: &str, levers: &[&str], long_way: bool) -> Vec<Vec<Record>> {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios").join(name);
        let stack = Stack::open(&path).unwrap();
        let scenario = stack.read(&|_| true).unwrap();
        let settable = Settable::open(&stack).unwrap();
        let runner = Runner::new(&settable, &scenario).unwrap();
        let mut plan = plan(&asked(levers), &settable, &scenario, runner.measures(), "x").unwrap();
        if long_way {
            plan.inputs.iter_mut().for_each(|input| input.parameter = None);
        }
        (0..plan.cut.n_units()).flat_map(|n| runner.unit(&plan, n, &|| ()).unwrap().counts).collect()
    }

    #[test]
    fn a_parameter_set_by_the_short_way_counts_what_the_whole_reading_and_checking_gives() {
        let levers = ["will.team=0.1,0.5", "focus=1,3", "turnover.principal=0.15,0.25"];
        assert_eq!(counts("template.ron", &levers, false), counts("template.ron", &levers, true));
    }

    #[test]
    fn values_as_written_count_what_the_scenario_does() {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios/template.ron");
        let scenario = crate::scenario::read(&path).unwrap();
        let checked = pipeline::check(&scenario).unwrap();
        let job = pipeline::job(&scenario, &checked);
        let measures = Measures::of(&job.world.year_ends, &scenario.resources, &checked.horizon);
        let courses = FastJob::new(&job).replicates(4);
        let educators = job.world.n_educators();
        let by_hand: Vec<Record> =
            courses.iter().map(|c| measures.record(c, &job.world.year_ends, educators)).collect();
        assert_eq!(counts("template.ron", &["will.team=0.3"], false), vec![by_hand.clone()]);
        assert_eq!(counts("template.ron", &["goal=Share(0.7)"], false), vec![by_hand]);
    }
}
