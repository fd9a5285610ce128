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
        let refused =
            |message: String, help: String| Box::new(Finding::error("experiments::fails", message).help(help));
        let shape = || {
            refused(
                format!("`{text}` does not say what fails"),
                "write a measure, < or >, and a number: \"using<0.8\"".into(),
            )
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::experiments::asked::Method;
    use crate::experiments::asked::Purpose;
    use crate::pipeline;
    use std::path::Path;

    fn of(text: Option<&str>) -> Result<(String, Side, f64), String> {
        let scenario = crate::scenario::read(&Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios/ccsd93")).unwrap();
        let checked = pipeline::check_without_words(&scenario).unwrap();
        let job = pipeline::job(&scenario, &checked);
        let measures = Measures::of(&job.world.year_ends, &scenario.resources, &checked.horizon);
        let purpose = Purpose::Sensitivity { method: Method::All, trajectories: 1, rows: 1, points: 1 };
        let fails = text.map(str::to_string);
        let asked = Asked { purpose, levers: vec![], uncertain: vec![], fails, replicates: 1 };
        let fails = Fails::of(&asked, &measures, &scenario).map_err(|f| format!("{} {:?}", f.message, f.help))?;
        Ok((measures.list[fails.measure].key.clone(), fails.side, fails.limit))
    }

    #[test]
    fn without_a_test_failure_is_what_stays_below_the_goal() {
        assert_eq!(of(None).unwrap(), ("using_at_end".into(), Side::Below, 0.8));
    }

    #[test]
    fn short_and_whole_names_of_measures_are_known_on_either_side() {
        assert_eq!(of(Some("routine < 0.3")).unwrap(), ("routine_at_end".into(), Side::Below, 0.3));
        assert_eq!(of(Some("weeks>120")).unwrap(), ("weeks_until_half_use".into(), Side::Above, 120.0));
        assert_eq!(of(Some("using_2027-28<0.5")).unwrap().0, "using_2027-28");
    }

    #[test]
    fn what_is_no_test_or_not_measured_is_refused_with_what_there_is() {
        for (text, why) in
            [("using", "does not say"), ("using<x", "does not say"), ("a<b>c", "does not say"), ("usin<1", "using")]
        {
            let said = of(Some(text)).unwrap_err();
            assert!(said.contains(why), "{text}: {said}");
        }
        // Two models: `schools` alone does not say which.
        assert!(of(Some("schools<3")).unwrap_err().contains("schools_at_scale_"));
    }
}
