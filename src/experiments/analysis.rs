//! Analysis: what the outcome hangs on, for every measure, and where the plan fails.

use crate::designs::lot;
use crate::experiments::asked::Method;
use crate::experiments::plan::Section;
use crate::experiments::summary::Summary;
use crate::sensitivity::Discovery;
use crate::sensitivity::ElementaryEffects;
use crate::sensitivity::LuckShare;
use crate::sensitivity::Numbers;
use crate::sensitivity::Peeling;
use crate::sensitivity::SobolIndices;
use crate::sensitivity::Tornado;
use crate::sensitivity::Unmeasured;
use crate::sensitivity::discover;
use crate::sensitivity::elementary_effects;
use crate::sensitivity::luck_share;
use crate::sensitivity::sobol_indices;
use crate::sensitivity::tornado;

/// What one measure hangs on.
#[derive(Debug, Clone, PartialEq)]
pub struct OfMeasure {
    /// The place of the measure.
    pub measure: usize,
    /// Each input alone at its two ends.
    pub tornado: Option<Tornado>,
    /// Steps of each input from many points.
    pub morris: Option<Vec<ElementaryEffects>>,
    /// Shares of the variance.
    pub sobol: Option<SobolIndices>,
    /// How much of the variance is luck; nothing from a single replicate, or where points are no sample.
    pub luck: Option<LuckShare>,
}

/// Everything that was found out.
#[derive(Debug, Clone, PartialEq)]
pub struct Analysis {
    /// By measure.
    pub measures: Vec<OfMeasure>,
    /// Where the plan fails; nothing where it was not asked.
    pub discovery: Option<Discovery>,
    /// Points among which failures were looked for, and how many of them fail.
    pub n_fails: Option<(usize, usize)>,
}

/// Seeds of resamples, apart from those of designs.
const RESAMPLES: u64 = 100;

/// Analyses the results.
///
/// # Errors
/// When results are not those of the designs, which only a fault of this program could bring about.
pub fn analyse(summary: &Summary, seed: u64) -> Result<Analysis, Unmeasured> {
    let n = summary.plan.measures.list.len();
    let measures = (0..n).map(|measure| of_measure(summary, measure, seed)).collect::<Result<Vec<_>, _>>()?;
    let section = section(summary, Method::Discovery);
    let failing = section.map(|s| failing(summary, s));
    let found = failing.as_ref().map(|(points, fails)| discover(points, fails, &Peeling::default())).transpose()?;
    let n_fails = failing.map(|(points, fails)| (points.len(), fails.iter().filter(|f| **f).count()));
    Ok(Analysis { measures, discovery: found, n_fails })
}

fn section<'a>(summary: &'a Summary, method: Method) -> Option<&'a Section> {
    summary.plan.sections.iter().find(|s| s.method == Some(method))
}

fn of_measure(summary: &Summary, measure: usize, seed: u64) -> Result<OfMeasure, Unmeasured> {
    let d = summary.plan.inputs.len();
    let means = |method| section(summary, method).map(|s| (s, summary.means(measure, s.points.clone())));
    let seed = lot(seed, RESAMPLES, measure as u64);
    let bars = means(Method::Tornado).map(|(_, means)| tornado(&means)).transpose()?;
    let morris = means(Method::Morris)
        .map(|(s, means)| {
            let places: Vec<Vec<f64>> = summary.plan.points[s.points.clone()].iter().map(|p| p.place.clone()).collect();
            elementary_effects(&places, &means, seed)
        })
        .transpose()?;
    let sobol = means(Method::Sobol).map(|(_, means)| sobol_indices(&means, d, seed)).transpose()?;
    Ok(OfMeasure { measure, tornado: bars, morris, sobol, luck: luck(summary, measure)? })
}

/// Luck, from points that are a sample of the ranges: those of discovery, or the first two blocks of Saltelli's design.
fn luck(summary: &Summary, measure: usize) -> Result<Option<LuckShare>, Unmeasured> {
    let d = summary.plan.inputs.len();
    let of_discovery = section(summary, Method::Discovery).map(|s| s.points.clone());
    let of_sobol = section(summary, Method::Sobol).map(|s| {
        let rows = s.points.len() / (d + 2);
        s.points.start..s.points.start + 2 * rows
    });
    let points = of_discovery.or(of_sobol);
    let points = points.filter(|p| p.len() > 1 && summary.plan.asked.replicates > 1);
    if !summary.plan.measures.list[measure].has_luck() {
        return Ok(None);
    }
    let outcomes = |points: std::ops::Range<usize>| points.map(|p| summary.replicates(measure, p)).collect::<Vec<_>>();
    points.map(|p| luck_share(&outcomes(p), Numbers::Common)).transpose()
}

/// Values of the inputs at the points of a section, and whether each fails.
fn failing(summary: &Summary, section: &Section) -> (Vec<Vec<f64>>, Vec<bool>) {
    let number = |value: &Option<crate::experiments::Value>| value.as_ref().and_then(crate::experiments::Value::number);
    let points = &summary.plan.points[section.points.clone()];
    let values = points.iter().map(|p| p.values.iter().map(|v| number(v).unwrap_or(0.0)).collect()).collect();
    let fails = &summary.plan.fails;
    let means = summary.means(fails.measure, section.points.clone());
    (values, means.into_iter().map(|mean| fails.is(mean)).collect())
}
