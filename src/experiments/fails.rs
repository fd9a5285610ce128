//! Failure: what a point must not fall below, or exceed.

use crate::experiments::asked::Asked;
use crate::experiments::measure::Measures;
use crate::findings::Finding;
use crate::findings::nearest;
use crate::scenario::Scenario;

/// On which side failure lies.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Side {
    /// Below the limit.
    Below,
    /// Above the limit.
    Above,
}

/// What counts as failure: the mean of a measure over the replicates of a point lies beyond a limit.
#[derive(Debug, Clone, PartialEq)]
pub struct Fails {
    /// The place of the measure.
    pub measure: usize,
    /// The side.
    pub side: Side,
    /// The limit, in the unit of the measure.
    pub limit: f64,
}

impl Fails {
    /// Whether a point with this mean fails.
    pub fn is(&self, mean: f64) -> bool {
        match self.side {
            Side::Below => mean < self.limit,
            Side::Above => mean > self.limit,
        }
    }

    /// What was asked for; the scenario's goal where nothing was.
    ///
    /// # Errors
    /// When it is no comparison, or compares what is not measured.
    pub fn of(asked: &Asked, measures: &Measures, scenario: &Scenario) -> Result<Fails, Box<Finding>> {
        let Some(text) = &asked.fails else {
            return Ok(Fails { measure: 0, side: Side::Below, limit: scenario.goal.using.as_f64() });
        };
        let refused = |message: String, help: String| Box::new(Finding::error("experiments::fails", message).help(help));
        let shape = || {
            refused(format!("`{text}` does not say what fails"), "write a measure, < or >, and a number: \"using<0.8\"".into())
        };
        let (name, side, limit) = match (text.split_once('<'), text.split_once('>')) {
            (Some((name, limit)), None) => (name.trim(), Side::Below, limit),
            (None, Some((name, limit))) => (name.trim(), Side::Above, limit),
            (None, None) | (Some(_), Some(_)) => return Err(shape()),
        };
        let limit = limit.trim().parse::<f64>().ok().filter(|x| x.is_finite()).ok_or_else(shape)?;
        let Some(measure) = measures.place_of(name) else {
            let known: Vec<&str> = measures.list.iter().map(|m| m.key.as_str()).collect();
            let near = nearest(name, known.iter().copied()).map(|near| format!("did you mean `{near}`?"));
            let help = near.unwrap_or_else(|| format!("what is measured: using, routine, weeks, {}", known.join(", ")));
            return Err(refused(format!("`{name}` is not measured"), help));
        };
        Ok(Fails { measure, side, limit })
    }
}
