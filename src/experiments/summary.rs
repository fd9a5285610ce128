//! Summaries: what the replicates of a point make of each measure.

use crate::ensemble::low_median_high;
use crate::experiments::plan::Plan;
use crate::experiments::unit::Joined;
use crate::experiments::unit::PointRecords;
use crate::experiments::unit::UnitError;

/// One measure over the replicates of some points.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Measured {
    /// How many replicates.
    pub n: usize,
    /// Mean.
    pub mean: f64,
    /// Standard deviation; nothing from one replicate.
    pub sd: Option<f64>,
    /// A tenth of the replicates lies below.
    pub low: f64,
    /// Half of them.
    pub median: f64,
    /// A tenth lies above.
    pub high: f64,
}

impl Measured {
    fn of(values: Vec<f64>) -> Measured {
        let n = values.len();
        let mean = values.iter().sum::<f64>() / n.max(1) as f64;
        let squares: f64 = values.iter().map(|x| (x - mean) * (x - mean)).sum();
        let sd = (n > 1).then(|| (squares / (n - 1) as f64).sqrt());
        let [low, median, high] = low_median_high(values);
        Measured { n, mean, sd, low, median, high }
    }
}

/// All results of an experiment, by point and replicate.
#[derive(Debug)]
pub struct Summary<'a> {
    /// The plan.
    pub plan: &'a Plan,
    points: Vec<PointRecords<'a>>,
    /// By measure and point.
    of_points: Vec<Vec<Measured>>,
}

impl<'a> Summary<'a> {
    /// The results of units that are all there.
    ///
    /// # Errors
    /// When some are missing.
    pub fn of(plan: &'a Plan, joined: &'a Joined) -> Result<Summary<'a>, UnitError> {
        let points = joined.whole(&plan.cut)?;
        let mut summary = Summary { plan, points, of_points: Vec::new() };
        let of_measure =
            |measure| (0..plan.points.len()).map(|point| Measured::of(summary.replicates(measure, point))).collect();
        summary.of_points = (0..plan.measures.list.len()).map(of_measure).collect();
        Ok(summary)
    }

    /// A measure in each replicate of a point.
    pub fn replicates(&self, measure: usize, point: usize) -> Vec<f64> {
        let (at, records) = &self.points[point];
        let measure = &self.plan.measures.list[measure];
        records.iter().map(|record| self.plan.measures.value(measure, record, *at)).collect()
    }

    /// A measure at a point.
    pub fn at(&self, measure: usize, point: usize) -> &Measured {
        &self.of_points[measure][point]
    }

    /// The means of a measure at some points.
    pub fn means(&self, measure: usize, points: std::ops::Range<usize>) -> Vec<f64> {
        points.map(|point| self.at(measure, point).mean).collect()
    }

    /// How many points the levers have: each stands for as many points as there are futures.
    pub fn n_lever_points(&self) -> usize {
        self.plan.points.len() / self.plan.n_futures.max(1)
    }

    /// A measure at a point of the levers, over all futures and replicates.
    pub fn over_futures(&self, measure: usize, lever_point: usize) -> Measured {
        let n = self.plan.n_futures;
        Measured::of(
            (lever_point * n..(lever_point + 1) * n).flat_map(|point| self.replicates(measure, point)).collect(),
        )
    }

    /// Whether a clause fails at a point.
    pub fn breaks_a_clause(&self, point: usize) -> bool {
        self.points[point].0.clauses_failing > 0
    }
}
