//! What experiments found: a page, charts, tables, JSON, and words for the terminal.
//!
//! Has a summary, gives files. Neutral: it says what is, not what anybody ought to do.

mod bars;
mod discovered;
mod fan_over;
mod heat;
mod json;
mod page;
mod scale;
mod scatter;
mod sweep_tables;
mod tables;
mod text;
mod told;

use crate::experiments::Analysis;
use crate::experiments::OfMeasure;
use crate::experiments::Purpose;
use crate::experiments::Summary;
use crate::experiments::analyse;
use crate::report::OutputFile;
use crate::report::both_ways;
use crate::report::page::Drawn;
use crate::report::picture::Picture;
use crate::scenario::Scenario;
use crate::sensitivity::Unmeasured;
use rayon::prelude::*;

/// Everything that is told of an experiment.
#[derive(Debug, Clone)]
pub struct Told {
    /// Files to write.
    pub files: Vec<OutputFile>,
    /// What is printed.
    pub text: String,
    /// The same as JSON.
    pub json: serde_json::Value,
}

/// Tells of an experiment whose units are all there.
///
/// # Errors
/// When results are not those of the designs, which only a fault of this program could bring about.
pub fn tell(scenario: &Scenario, summary: &Summary, receipt_id: &str) -> Result<Told, Unmeasured> {
    match summary.plan.asked.purpose {
        Purpose::Sweep { .. } => Ok(sweep(scenario, summary, receipt_id)),
        Purpose::Sensitivity { .. } => {
            analyse(summary, scenario.seed).map(|found| sensitivity(scenario, summary, &found, receipt_id))
        }
    }
}

fn sweep(scenario: &Scenario, summary: &Summary, receipt_id: &str) -> Told {
    let pictures = pictures_of_sweep(summary);
    let (mut files, svgs) = painted(&pictures);
    let drawn = drawn(&pictures, &svgs);
    files.insert(0, OutputFile::text("sweep.html", page::sweep(scenario, summary, receipt_id, &drawn)));
    files.extend(sweep_tables::all(summary));
    let json = json::sweep(scenario, summary);
    files.push(json_file("sweep.json", &json));
    Told { files, text: text::sweep(scenario, summary), json }
}

/// A fan over one lever, a heat map of two, and what each lever does alone where points are no grid or levers are many.
fn pictures_of_sweep(summary: &Summary) -> Vec<Picture> {
    let levers = told::levers(summary);
    let mut pictures = Vec::new();
    let measures: Vec<usize> = told::charted(summary);
    for measure in &measures {
        if told::is_grid(summary) && levers.len() == 1 {
            pictures.push(fan_over::fan_over(summary, *measure));
        } else if told::is_grid(summary) && levers.len() >= 2 {
            pictures.push(heat::heat(summary, *measure));
        }
    }
    if !told::is_grid(summary) || levers.len() > 2 || levers.is_empty() {
        pictures.push(scatter::scatter(summary, measures[0]));
    }
    pictures
}

fn sensitivity(scenario: &Scenario, summary: &Summary, found: &Analysis, receipt_id: &str) -> Told {
    let shown = summary.plan.fails.measure;
    let of_measure = &found.measures[shown];
    let pictures = pictures_of_sensitivity(summary, of_measure, shown);
    let (mut files, svgs) = painted(&pictures);
    let drawn = drawn(&pictures, &svgs);
    files.insert(
        0,
        OutputFile::text("sensitivity.html", page::sensitivity(scenario, summary, found, receipt_id, &drawn)),
    );
    files.extend(tables::all(summary, found));
    let json = json::sensitivity(scenario, summary, found);
    files.push(json_file("sensitivity.json", &json));
    Told { files, text: text::sensitivity(scenario, summary, found), json }
}

/// A chart for each way of asking.
fn pictures_of_sensitivity(summary: &Summary, of_measure: &OfMeasure, shown: usize) -> Vec<Picture> {
    let all = [
        of_measure.tornado.as_ref().map(|t| bars::tornado(summary, shown, t)),
        of_measure.morris.as_ref().map(|m| bars::morris(summary, shown, m)),
        of_measure.sobol.as_ref().and_then(|s| bars::sobol(summary, shown, s)),
    ];
    all.into_iter().flatten().collect()
}

/// Charts as files, and their drawings for the page.
fn painted(pictures: &[Picture]) -> (Vec<OutputFile>, Vec<String>) {
    let painted: Vec<(String, Vec<u8>)> = pictures.par_iter().map(both_ways).collect();
    let mut files = Vec::new();
    for (picture, (svg, png)) in pictures.iter().zip(&painted) {
        files.push(OutputFile::text(format!("charts/{}.svg", picture.name), svg.clone()));
        files.push(OutputFile { name: format!("charts/{}.png", picture.name), bytes: png.clone() });
    }
    (files, painted.into_iter().map(|(svg, _)| svg).collect())
}

fn drawn<'a>(pictures: &'a [Picture], svgs: &'a [String]) -> Vec<Drawn<'a>> {
    pictures.iter().zip(svgs).map(|(picture, svg)| Drawn { picture, svg }).collect()
}

fn json_file(name: &str, value: &serde_json::Value) -> OutputFile {
    OutputFile::text(name, format!("{value:#}\n"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::experiments::Asked;
    use crate::experiments::Design;
    use crate::experiments::Joined;
    use crate::experiments::Method;
    use crate::experiments::Runner;
    use crate::experiments::plan;
    use crate::scenario::Settable;
    use crate::scenario::Stack;
    use std::path::Path;

    fn with_summary<T>(
        levers: &[&str],
        uncertain: &[&str],
        purpose: Purpose,
        look: impl Fn(&Scenario, &Summary) -> T,
    ) -> T {
        let stack = Stack::open(&Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios/template.ron")).unwrap();
        let scenario = stack.read(&|_| true).unwrap();
        let settable = Settable::open(&stack).unwrap();
        let runner = Runner::new(&settable, &scenario).unwrap();
        let texts = |all: &[&str]| all.iter().map(ToString::to_string).collect();
        let fails = Some("using<0.55".to_string());
        let asked = Asked { purpose, levers: texts(levers), uncertain: texts(uncertain), fails, replicates: 3 };
        let plan =
            plan(&asked, &settable, &scenario, runner.measures(), "x").unwrap_or_else(|u| panic!("{}", u.findings));
        let unit = |n: usize| runner.unit(&plan, n, &|| ()).unwrap();
        let one = |n: usize| Joined::one(unit(n), &plan.id, &plan.cut, plan.measures.n_fields()).unwrap();
        let joined = (0..plan.cut.n_units()).fold(Joined::default(), |all, n| all.join(one(n)).unwrap());
        look(&scenario, &Summary::of(&plan, &joined).unwrap())
    }

    fn sweep_of(levers: &[&str], design: Design) -> Vec<Picture> {
        let purpose = Purpose::Sweep { design, points: 9, futures: 2 };
        with_summary(levers, &["will.load"], purpose, |_, summary| pictures_of_sweep(summary))
    }

    fn check(pictures: &[Picture]) {
        for picture in pictures {
            assert_eq!(picture.cut_or_small(), Vec::<String>::new());
            assert!(picture.description.len() > 40, "{}", picture.name);
        }
    }

    #[test]
    fn no_label_of_a_sweep_is_cut_or_too_small_to_read() {
        let many = "roles.coach.one_per=20..90:15";
        for (levers, design, names) in [
            (&["will.team=0.1..0.5:5"][..], Design::Grid, vec!["over-using_at_end", "over-routine_at_end"]),
            (&["policy=Even,JustInTime"][..], Design::Grid, vec!["over-using_at_end", "over-routine_at_end"]),
            (&[many, "will.team=0.1..0.5:12"][..], Design::Grid, vec!["heat-using_at_end", "heat-routine_at_end"]),
            (
                &["focus=1..4", "policy=Even,JustInTime,StragglersFirst", "will.team"][..],
                Design::Lhs,
                vec!["each-using_at_end"],
            ),
            (&[][..], Design::Sobol, vec!["each-using_at_end"]),
        ] {
            let pictures = sweep_of(levers, design);
            assert_eq!(pictures.iter().map(|p| p.name.as_str()).collect::<Vec<_>>(), names);
            check(&pictures);
        }
    }

    #[test]
    fn no_label_of_a_sensitivity_is_cut_and_every_part_is_told() {
        let purpose = Purpose::Sensitivity { method: Method::All, trajectories: 2, rows: 4, points: 40 };
        with_summary(&[], &[], purpose, |scenario, summary| {
            let found = analyse(summary, scenario.seed).unwrap();
            let pictures = pictures_of_sensitivity(summary, &found.measures[0], 0);
            assert_eq!(pictures.len(), 3);
            check(&pictures);
            let told = tell(scenario, summary, "receipt-4711").unwrap();
            let names: Vec<&str> = told.files.iter().map(|f| f.name.as_str()).collect();
            for name in ["tornado.csv", "morris.csv", "sobol.csv", "luck.csv", "discovery.csv", "sensitivity.html"] {
                assert!(names.contains(&name), "{name}");
            }
            assert!(told.text.contains("Where it fails") && told.text.lines().all(|line| line.chars().count() <= 100));
        });
    }
}
