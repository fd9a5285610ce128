//! `earlybell sweep`: outcomes over the values of levers.

use crate::cli::ScenarioArgument;
use crate::cli::common::Ended;
use crate::cli::common::Failure;
use crate::cli::experiment;
use crate::cli::experiment::Compute;
use crate::cli::experiment::Keeping;
use crate::cli::experiment::units_asked;
use crate::experiments::Asked;
use crate::experiments::Design;
use crate::experiments::Purpose;
use std::ops::Range;
use std::path::Path;
use std::path::PathBuf;

#[derive(Debug, clap::Args)]
pub struct Options {
    #[command(flatten)]
    scenario: ScenarioArgument,
    /// A value somebody can choose: PATH=30,45,60 or PATH=0..90:7 (seven values); PATH as in proposals, or a parameter
    #[arg(long, value_name = "PATH=VALUES")]
    lever: Vec<String>,
    /// A value nobody knows: PATH=0.1..0.5, PATH=Triangular(8, 12, 20), or PATH alone where the scenario has a range
    #[arg(long, value_name = "PATH=RANGE")]
    uncertain: Vec<String>,
    /// How points of the levers are laid
    #[arg(long, value_enum, default_value_t = Design::Grid)]
    design: Design,
    /// How many points of the levers, where the design is no grid
    #[arg(long, value_name = "N", default_value_t = 64, value_parser = clap::value_parser!(u32).range(1..=1_000_000))]
    points: u32,
    /// How many points of the uncertain values each point of the levers meets
    #[arg(long, value_name = "N", default_value_t = 32, value_parser = clap::value_parser!(u32).range(1..=1_000_000))]
    futures: u32,
    /// How many times each point is simulated, all under the same luck
    #[arg(long, default_value_t = 50, value_parser = clap::value_parser!(u32).range(1..=1_000_000))]
    replicates: u32,
    /// Seed of all luck [default: the scenario's]
    #[arg(long)]
    seed: Option<u64>,
    /// Compute only these units of work, such as 0..10, and keep them; `earlybell merge` joins them
    #[arg(long, value_name = "I..J", value_parser = units_asked)]
    units: Option<Range<usize>>,
    /// Folder for the results [default: output/<scenario>/sweep]
    #[arg(long, value_name = "DIR")]
    output: Option<PathBuf>,
    /// Print it as JSON
    #[arg(long)]
    json: bool,
}

/// Sweeps.
pub fn run(options: &Options) -> Result<Ended, Failure> {
    let path = &options.scenario.scenario;
    let purpose = Purpose::Sweep { design: options.design, points: options.points, futures: options.futures };
    let asked = Asked {
        purpose,
        levers: options.lever.clone(),
        uncertain: options.uncertain.clone(),
        fails: None,
        replicates: options.replicates,
    };
    let folder = options.output.clone().unwrap_or_else(|| usual_folder(path, asked.name()));
    let compute = options.units.clone().map_or(Compute::All, Compute::Some);
    experiment::run(path, &asked, options.seed, &Keeping { folder, others: Vec::new(), compute }, options.json)
}

/// The folder beside the other results of a scenario.
pub fn usual_folder(path: &Path, name: &str) -> PathBuf {
    let text = path.to_string_lossy();
    let (base, proposals) = text.split_once('+').map_or((&*text, ""), |(base, rest)| (base, rest));
    let base = Path::new(base.trim_end_matches('/'));
    let base = if base.ends_with("scenario.ron") { base.parent().unwrap_or(base) } else { base };
    let mut scenario = base.file_stem().map(|n| n.to_string_lossy().into_owned()).unwrap_or_default();
    for proposal in proposals.split('+').filter(|p| !p.is_empty()) {
        let stem = Path::new(proposal).file_stem().map(|n| n.to_string_lossy().into_owned()).unwrap_or_default();
        scenario = format!("{scenario}+{stem}");
    }
    Path::new("output").join(scenario).join(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn results_lie_beside_those_of_a_run() {
        let of = |path: &str| usual_folder(Path::new(path), "sweep").to_string_lossy().into_owned();
        assert_eq!(of("scenarios/ccsd93"), "output/ccsd93/sweep");
        assert_eq!(of("scenarios/ccsd93/scenario.ron"), "output/ccsd93/sweep");
        assert_eq!(of("scenarios/template.ron"), "output/template/sweep");
        assert_eq!(of("scenarios/ccsd93+a+b/c.ron"), "output/ccsd93+a+c/sweep");
    }
}
