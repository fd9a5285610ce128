//! The benchmark: does the calibrated aggregate simulator forecast better than plain curves?
//!
//! Priors are learnt from all other series and never from the one that is judged.

use crate::calibration::Effort;
use crate::calibration::HoldOut;
use crate::calibration::Split;
use crate::calibration::aggregate;
use crate::calibration::aggregate::Priors;
use crate::calibration::hold_out;
use crate::calibration::point_fit;
use crate::calibration::posterior;
use crate::series::Quantity;
use crate::series::Series;
use crate::series::null_models::Rival;
use rayon::prelude::*;
use serde::Serialize;

/// A typical distance of observations from the curve, in shares, for the point fits that priors learn from.
const DEVIATION: f64 = 0.02;

/// The simulator against one null model over all series.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Against {
    /// The null model.
    pub name: String,
    /// Series that both could forecast.
    pub series: usize,
    /// Median over series of the simulator's error over that of the null model.
    pub median_ratio: f64,
    /// Share of the series in which the simulator was better.
    pub won: f64,
    /// Coverage of the null model's band of 80 %, mean over series.
    pub coverage_80: f64,
    /// Coverage of the null model's band of 90 %, mean over series.
    pub coverage_90: f64,
}

/// The outcome over many series.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Benchmark {
    /// One line for each null model.
    pub against: Vec<Against>,
    /// Coverage of the simulator's band of 80 %, mean over series.
    pub coverage_80: f64,
    /// Coverage of the simulator's band of 90 %, mean over series.
    pub coverage_90: f64,
    /// Each series.
    pub series: Vec<HoldOut>,
}

/// Holds the last part of every series out, with priors that were learnt from the other series in full.
///
/// `default_counts` says how many series the default priors weigh. Series that cannot be calibrated are left out.
pub fn leave_one_out(
    all: &[Series],
    split: Split,
    rivals: &(impl Fn(&Series) -> Vec<Rival> + Sync),
    default_counts: f64,
    effort: &Effort,
) -> Benchmark {
    let fits: Vec<Option<Vec<f64>>> = all.par_iter().map(learn_from).collect();
    let judge = |(i, series): (usize, &Series)| {
        let others: Vec<Vec<f64>> =
            fits.iter().enumerate().filter(|(j, _)| *j != i).filter_map(|(_, fit)| fit.clone()).collect();
        let priors = Priors::default().learnt(&others, default_counts);
        let simulate = aggregate::simulator(&series.years);
        hold_out(series, split, &rivals(series), |seen| priors.for_series(seen), effort, &simulate).ok()
    };
    let series: Vec<HoldOut> = all.par_iter().enumerate().filter_map(judge).collect();
    summary(series)
}

/// The point fit of a whole series under the default priors; its ceiling is not told where it is no share.
fn learn_from(series: &Series) -> Option<Vec<f64>> {
    let simulate = aggregate::simulator(&series.years);
    let unit = if series.quantity == Quantity::Share { 1.0 } else { series.peak() };
    let parameters = Priors::default().parameters(series);
    let mut found = point_fit(series, &parameters, DEVIATION * unit, &[1], &simulate)?.parameters;
    if series.quantity == Quantity::Count {
        found[3] = f64::NAN;
    }
    Some(found)
}

fn summary(series: Vec<HoldOut>) -> Benchmark {
    let mut names: Vec<String> = Vec::new();
    for judged in series.iter().flat_map(|held| held.models.iter().skip(1)) {
        if !names.contains(&judged.name) {
            names.push(judged.name.clone());
        }
    }
    let own = |of: &dyn Fn(&HoldOut) -> f64| series.iter().map(of).sum::<f64>() / series.len().max(1) as f64;
    let coverage_80 = own(&|held| held.models[0].coverage_80);
    let coverage_90 = own(&|held| held.models[0].coverage_90);
    let against = names.iter().map(|name| against(name, &series)).collect();
    Benchmark { against, coverage_80, coverage_90, series }
}

fn against(name: &str, series: &[HoldOut]) -> Against {
    let mut ratios: Vec<f64> = series.iter().filter_map(|held| held.ratio_to(name)).collect();
    ratios.sort_by(f64::total_cmp);
    let judged: Vec<_> = series.iter().filter_map(|held| held.models.iter().skip(1).find(|m| m.name == name)).collect();
    let n = judged.len() as f64;
    Against {
        name: name.to_string(),
        series: ratios.len(),
        median_ratio: posterior::quantile(&ratios, 0.5),
        won: ratios.iter().filter(|ratio| **ratio < 1.0).count() as f64 / n,
        coverage_80: judged.iter().map(|m| m.coverage_80).sum::<f64>() / n,
        coverage_90: judged.iter().map(|m| m.coverage_90).sum::<f64>() / n,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::calibration::published;
    use crate::calibration::published::education;
    use crate::calibration::published::rivals;
    use std::path::PathBuf;

    /// The published series, where their folder is there.
    fn published_series() -> Option<Vec<Series>> {
        let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../shared/data/diffusion");
        if !folder.exists() {
            println!("skipped: the folder of published series is not here");
            return None;
        }
        let of = |file: &str| published::series_of(file, &std::fs::read_to_string(folder.join(file)).unwrap());
        Some(published::FILES.iter().flat_map(|file| of(file)).filter(published::diffuses).collect())
    }

    fn print(benchmark: &Benchmark) {
        for held in &benchmark.series {
            let ratios: Vec<String> =
                held.models.iter().skip(1).map(|m| format!("{:.2}", held.models[0].rmse / m.rmse)).collect();
            let own = &held.models[0];
            println!(
                "{:35} {:3} {:3} rmse {:9.4} ratios {:?} cover {:.2} {:.2} distinct {} gens {}",
                held.series,
                held.fitted_points,
                held.judged_points,
                own.rmse,
                ratios,
                own.coverage_80,
                own.coverage_90,
                held.calibration.distinct,
                held.calibration.generations.len()
            );
        }
        println!(
            "series {} own coverage {:.3} {:.3}",
            benchmark.series.len(),
            benchmark.coverage_80,
            benchmark.coverage_90
        );
        for a in &benchmark.against {
            println!(
                "against {:22} n {:2} median ratio {:.3} won {:.2} null coverage {:.2} {:.2}",
                a.name, a.series, a.median_ratio, a.won, a.coverage_80, a.coverage_90
            );
        }
    }

    #[test]
    #[ignore = "takes a minute; it prints the table of the out-of-sample errors"]
    fn the_calibrated_simulator_forecasts_better_than_bass_and_logistic() {
        let Some(mut all) = published_series() else { return };
        all.extend(education());
        let benchmark = leave_one_out(&all, Split::Share(2.0 / 3.0), &rivals, 5.0, &Effort::default());
        print(&benchmark);
        for name in ["Bass", "Bass (origin fixed)", "logistic"] {
            let against = benchmark.against.iter().find(|a| a.name == name).unwrap();
            assert!(against.median_ratio < 0.9, "{against:?}");
        }
    }

    #[test]
    fn a_small_sample_goes_the_same_way_as_the_published_series() {
        let effort = Effort { particles: 60, moves: 2, seed: 1 };
        let benchmark = leave_one_out(&education(), Split::Share(2.0 / 3.0), &rivals, 5.0, &effort);
        assert_eq!(benchmark.series.len(), 6);
        let names: Vec<&str> = benchmark.against.iter().map(|against| against.name.as_str()).collect();
        // Four points of modern mathematics are too few for a Bass curve with an origin of its own.
        assert_eq!(names[..4], ["Bass (origin fixed)", "logistic", "Gompertz", "line"]);
        assert_eq!(names.len(), 9);
        assert!(benchmark.against.iter().all(|against| against.median_ratio < 2.0), "{:?}", benchmark.against);
        assert_eq!(benchmark, leave_one_out(&education(), Split::Share(2.0 / 3.0), &rivals, 5.0, &effort));
    }
}
