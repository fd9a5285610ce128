//! Validation: what the engines reduce to, whether they agree, and how they fare against curves that were observed.
//!
//! Has the scenarios and published series that are there, gives numbers for the book. Knows no files and no words.

mod real;
mod reductions;
mod twins;

pub use real::Nearest;
pub use real::PlainFit;
pub use real::Real;
pub use real::nearest_curves;
pub use real::plain_fits;
pub use reductions::BassRow;
pub use reductions::Check;
pub use reductions::PRODUCTS;
pub use reductions::bass;
pub use reductions::logistic;
pub use reductions::reference;
pub use reductions::threshold;
pub use reductions::waits;
pub use twins::Twin;
pub use twins::TwinWeek;
pub use twins::twins;

use crate::calibration::Recovery;
use crate::findings::Findings;
use crate::scenario::Scenario;
use crate::series::Series;

/// How much work the book may be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Effort {
    /// Replicates of a plain population.
    pub replicates: u32,
    /// Seeds of the reference model, of 200,000 educators each.
    pub reference_seeds: u64,
    /// Seeds under which kernel and slow engine are compared.
    pub seeds: u32,
    /// Trials of the recovery.
    pub trials: usize,
    /// Particles of a calibration.
    pub particles: usize,
}

impl Effort {
    /// What the book takes.
    pub const USUAL: Effort = Effort { replicates: 40, reference_seeds: 8, seeds: 30, trials: 100, particles: 300 };
}

/// All numbers of the book.
#[derive(Debug, Clone, PartialEq)]
pub struct Numbers {
    /// The work that was done.
    pub effort: Effort,
    /// Bass's products.
    pub bass: Vec<BassRow>,
    /// Logistic growth from a seeded share.
    pub logistic: Vec<Check>,
    /// Thresholds.
    pub threshold: Vec<Check>,
    /// Waits on the ladder.
    pub waits: Vec<Check>,
    /// The reference model.
    pub reference: Vec<Check>,
    /// Kernel against slow engine.
    pub twins: Vec<Twin>,
    /// How often known parameters are found again.
    pub recovery: Vec<(String, Vec<Recovery>)>,
    /// Curves of education.
    pub education: Real,
    /// Those and published ones, where they are there.
    pub published: Option<Real>,
}

/// Does all of it; `told` says what has been done.
///
/// # Errors
/// When a scenario's conditions need one another in a circle.
pub fn numbers(
    scenarios: &[Scenario],
    published: &[Series],
    effort: Effort,
    told: &dyn Fn(&str),
) -> Result<Numbers, Findings> {
    let done = |name: &str| told(name);
    let bass = bass(effort.replicates);
    done("Bass diffusion of eleven products");
    let (logistic, threshold, waits) = (logistic(effort.replicates), threshold(effort.replicates), waits());
    done("logistic growth, thresholds, waits");
    let reference = reference(effort.reference_seeds);
    done("the reference model");
    let twins = scenarios.iter().map(|scenario| twins(scenario, effort.seeds)).collect::<Result<_, _>>()?;
    done("the kernel and its slow twin");
    let recovery = real::recovery(effort);
    done("recovery of known parameters");
    let education = real::education(effort);
    done("curves of education");
    let published = (!published.is_empty()).then(|| real::with_published(published, effort));
    done("published curves");
    Ok(Numbers { effort, bass, logistic, threshold, waits, reference, twins, recovery, education, published })
}

/// Mean of replicates and its standard error.
fn mean_and_error(values: &[f64]) -> (f64, f64) {
    let n = values.len() as f64;
    let mean = values.iter().sum::<f64>() / n;
    let variance = values.iter().map(|x| (x - mean) * (x - mean)).sum::<f64>() / (n - 1.0).max(1.0);
    (mean, libm::sqrt(variance / n))
}

impl Numbers {
    /// The largest distance from what was expected, in standard errors, over all checks that have one.
    pub fn worst_z(&self) -> f64 {
        let checks = [&self.logistic, &self.threshold, &self.waits, &self.reference];
        let checks = checks.into_iter().flatten().map(|check| check.z.abs());
        let twins =
            self.twins.iter().flat_map(|twin| &twin.weeks).flat_map(|week| week.levels.map(|level| level.z.abs()));
        checks.chain(self.bass.iter().map(|row| row.worst_z)).chain(twins).fold(0.0, f64::max)
    }

    /// How many distances are told in standard errors.
    pub fn n_checks(&self) -> usize {
        let checks = [&self.logistic, &self.threshold, &self.waits, &self.reference];
        let checks: usize = checks.into_iter().map(Vec::len).sum();
        let of_bass: usize = self.bass.iter().map(|row| row.n_times).sum();
        checks + of_bass + self.twins.iter().map(|twin| 3 * twin.weeks.len()).sum::<usize>()
    }
}
