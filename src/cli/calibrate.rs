//! `earlybell calibrate`: what an observed curve says of parameters, and how well they forecast it.

use crate::calibration::Effort;
use crate::cli::common::Ended;
use crate::cli::common::Failure;
use crate::cli::common::print;
use crate::cli::common::print_json;
use crate::cli::common::read;
use crate::cli::run::progress_bar;
use crate::observed::Asked;
use crate::observed::DistrictQuestion;
use crate::observed::Fitted;
use crate::observed::Measure;
use crate::observed::fit_built_in;
use crate::observed::fit_district;
use crate::report::OutputFile;
use crate::report::calibrate as told;
use crate::report::picture::plain;
use crate::scenario;
use crate::scenario::InputFile;
use crate::series::Direction;
use crate::series::Gaps;
use crate::series::Rules;
use crate::series::Series;
use crate::series::from_csv;
use crate::store;
use crate::store::Calibrated;
use crate::store::Receipt;
use clap::ValueEnum;
use std::path::Path;
use std::path::PathBuf;
use std::sync::Arc;

/// Particles for the built-in model, and for a scenario, of which every simulation takes some milliseconds.
const PARTICLES: u32 = 400;
const PARTICLES_OF_SCENARIO: u32 = 150;

#[derive(Debug, clap::Args)]
pub struct Options {
    /// The series as CSV: columns `time` and one of `count`, `share`, `percent`
    series_file: PathBuf,
    /// Which series, where the file has a column `series`
    #[arg(long, value_name = "NAME")]
    series: Option<String>,
    /// Do not fit the last part of the points, such as 0.33, and judge the forecast by it
    #[arg(long, value_name = "SHARE", value_parser = share)]
    hold_out: Option<String>,
    /// The series is known to have gaps
    #[arg(long)]
    allow_gaps: bool,
    /// The values are cumulative: a fall is a fault
    #[arg(long)]
    must_rise: bool,
    /// Fit parameters of this scenario instead of the built-in model
    #[arg(long, value_name = "SCENARIO")]
    scenario: Option<PathBuf>,
    /// A parameter to fit, such as will.team; may be given several times
    #[arg(long, value_name = "PARAMETER", requires = "scenario")]
    fit: Vec<String>,
    /// What the series counts
    #[arg(long, requires = "scenario", value_enum)]
    measure: Option<Counted>,
    /// Particles; bands from few are rough [default: 400, and 150 with a scenario]
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(20..=100_000))]
    particles: Option<u32>,
    /// Seed of all luck
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// Folder for the results [default: output/<series or scenario>/calibrate]
    #[arg(long, value_name = "DIR")]
    output: Option<PathBuf>,
    /// Print it as JSON
    #[arg(long)]
    json: bool,
}

/// Which educators a series counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Counted {
    /// Those who use a practice
    Using,
    /// Those to whom a practice is routine
    Routine,
}

fn share(text: &str) -> Result<String, String> {
    match text.parse::<f64>() {
        Ok(share) if share > 0.0 && share < 1.0 => Ok(text.to_string()),
        _ => Err("write a share between 0 and 1, such as 0.33".to_string()),
    }
}

/// Fits and writes everything.
pub fn run(options: &Options) -> Result<Ended, Failure> {
    let usual = if options.scenario.is_some() { PARTICLES_OF_SCENARIO } else { PARTICLES };
    let asked = Calibrated {
        file: options.series_file.to_string_lossy().replace('\\', "/"),
        series: options.series.clone(),
        hold_out: options.hold_out.clone(),
        allow_gaps: options.allow_gaps,
        must_rise: options.must_rise,
        particles: options.particles.unwrap_or(usual),
        fit: options.fit.clone(),
        measure: options.measure.map(|measure| name_of(measure).to_string()),
    };
    let (fitted, files, receipt) = make(&asked, options.scenario.as_deref(), Some(options.seed))?;
    let folder = options.output.clone().unwrap_or_else(|| folder_of(&asked, &fitted));
    let receipt = store::write_run(&folder, &files, receipt)?;
    if options.json {
        print_json(&told::as_json(&fitted, &receipt.id))?;
    } else {
        print(&told::text(&fitted))?;
        print(&format!("\nWritten to {}: open {}\n", folder.display(), folder.join("calibrate.html").display()))?;
    }
    Ok(Ended::Well)
}

fn name_of(measure: Counted) -> &'static str {
    match measure {
        Counted::Using => "using",
        Counted::Routine => "routine",
    }
}

fn folder_of(asked: &Calibrated, fitted: &Fitted) -> PathBuf {
    let stem = Path::new(&asked.file).file_stem().map(|stem| stem.to_string_lossy().into_owned());
    let name = match &fitted.simulated {
        crate::observed::Simulated::District { name, .. } => name.clone(),
        crate::observed::Simulated::BuiltIn if fitted.series.name.is_empty() => stem.unwrap_or_default(),
        crate::observed::Simulated::BuiltIn => fitted.series.name.to_lowercase(),
    };
    Path::new("output").join(plain(&name).trim_matches('-')).join("calibrate")
}

/// Fits, and gives everything that is to be written with a receipt that does not know it yet.
pub fn make(
    asked: &Calibrated,
    scenario: Option<&Path>,
    seed: Option<u64>,
) -> Result<(Fitted, Vec<OutputFile>, Receipt), Failure> {
    let (series, input, file) = read_series(asked)?;
    let seed = seed.unwrap_or(1);
    let hold_out = asked.hold_out.as_ref().and_then(|text| text.parse().ok());
    let effort = Effort { particles: asked.particles as usize, seed, ..Effort::default() };
    let mut inputs = vec![input];
    let fitted = match scenario {
        None => fit_built_in(&series, &file, &Asked { hold_out, effort }),
        Some(path) => {
            let scenario = read(path)?;
            inputs.extend(scenario.files.iter().cloned());
            // Two moves where a simulation is dear, and one more round of them than a series alone would need.
            let effort = Effort { moves: 2, ..effort };
            let measure = if asked.measure.as_deref() == Some("routine") { Measure::Routine } else { Measure::Using };
            let question = question(&scenario, &asked.fit, measure)?;
            let bar = progress_bar(asked.particles * 20);
            let fitted = fit_district(&question, &series, &file, &Asked { hold_out, effort }, &|| bar.inc(1));
            bar.finish_and_clear();
            fitted
        }
    };
    let fitted = fitted.map_err(|findings| Failure::from_findings(&findings, &inputs))?;
    let named = scenario.map_or(String::new(), |path| path.to_string_lossy().replace('\\', "/"));
    let receipt = store::receipt_of_calibration(&named, asked.clone(), seed, &inputs);
    let files = told::render(&fitted, &receipt.id);
    Ok((fitted, files, receipt))
}

fn question<'a>(
    scenario: &'a scenario::Scenario,
    names: &'a [String],
    measure: Measure,
) -> Result<DistrictQuestion<'a>, Failure> {
    if names.is_empty() {
        let with_range = scenario.rules.parameters.iter().filter(|(_, spec)| spec.range.is_some());
        let all: Vec<&str> = with_range.map(|(name, _)| name.as_str()).collect();
        let all = all.join(", ");
        return Err(Failure::Wrong(format!(
            "error: nothing is to be fitted\n  help: name parameters with --fit; these have a range: {all}\n"
        )));
    }
    Ok(DistrictQuestion { scenario, names, measure })
}

/// The series that is asked for, its file, and the name of that; warnings go to stderr.
fn read_series(asked: &Calibrated) -> Result<(Series, InputFile, Arc<str>), Failure> {
    let text = std::fs::read_to_string(&asked.file).map_err(|cause| {
        Failure::Wrong(format!(
            "error: {}: {cause}\n  help: name a CSV file with one row for each observation\n",
            asked.file
        ))
    })?;
    let input = InputFile::new(asked.file.clone(), text);
    let file: Arc<str> = Arc::from(asked.file.as_str());
    let rules = Rules {
        gaps: if asked.allow_gaps { Gaps::Allowed } else { Gaps::Warned },
        direction: if asked.must_rise { Direction::MustRise } else { Direction::Free },
    };
    let files = std::slice::from_ref(&input);
    let found = from_csv(&input.text, &file, &rules).map_err(|findings| Failure::from_findings(&findings, files))?;
    if !found.warnings.is_empty() {
        eprint!("{}", scenario::picture(&found.warnings, files));
    }
    let series = chosen(found.series, asked)?;
    Ok((series, input, file))
}

fn chosen(mut all: Vec<Series>, asked: &Calibrated) -> Result<Series, Failure> {
    let names: Vec<String> = all.iter().map(|series| series.name.clone()).collect();
    match &asked.series {
        Some(name) => match names.iter().position(|known| known == name) {
            Some(place) => Ok(all.swap_remove(place)),
            None => Err(Failure::unknown("series", name, names.iter().map(String::as_str))),
        },
        None if all.len() == 1 => Ok(all.swap_remove(0)),
        None => {
            let shown = names.iter().take(12).map(|name| format!("\"{name}\"")).collect::<Vec<String>>().join(", ");
            let more = if names.len() > 12 { ", …" } else { "" };
            let (file, n) = (&asked.file, names.len());
            Err(Failure::Wrong(format!(
                "error: `{file}` holds {n} series, and one is fitted\n  help: name one with --series: {shown}{more}\n"
            )))
        }
    }
}
