//! Where the plan fails, in words.

use crate::experiments::Analysis;
use crate::experiments::Summary;
use crate::experiments::Value;
use crate::report::experiments::told;
use crate::report::words::capital;
use crate::report::words::counted;
use crate::report::words::percent;
use crate::sensitivity::Discovery;
use crate::sensitivity::Restriction;
use crate::sensitivity::ScenarioBox;

/// What was found about failures: sentences, and the restrictions of the box.
pub struct Discovered {
    /// Sentences.
    pub sentences: Vec<String>,
    /// Each restriction: the input in words, its condition, and how likely it is by chance.
    pub rows: Vec<[String; 3]>,
}

/// What was found about failures, where it was asked.
pub fn discovered(summary: &Summary, found: &Analysis) -> Option<Discovered> {
    let discovery = found.discovery.as_ref()?;
    let what = told::failure(summary);
    let mut sentences = vec![format!("Failure: {what}.")];
    if let Some((points, fails)) = found.n_fails {
        let share = fails as f64 / points.max(1) as f64;
        let fail = if fails == 1 { "fails" } else { "fail" };
        sentences.push(format!("{fails} of {} {fail} ({}).", counted(points, "point"), percent(share)));
    }
    let mut rows = Vec::new();
    match discovery {
        Discovery::NothingFails { .. } => {
            sentences.push("So there is nothing to look for: within these ranges the plan does not fail.".into());
        }
        Discovery::EverythingFails { .. } => {
            sentences.push("So no value within these ranges makes the difference between failing and not.".into());
        }
        Discovery::TooFewPoints { fewest, .. } => {
            sentences.push(format!("They are too few to look for a pattern; it takes {fewest}."));
        }
        Discovery::Found(found) if found.best.restrictions.is_empty() => {
            sentences.push("No range of any value tells failures from the rest beyond what chance would.".into());
        }
        Discovery::Found(found) => {
            sentences.push(in_words(&found.best));
            rows = found.best.restrictions.iter().map(|r| row(summary, r)).collect();
        }
    }
    Some(Discovered { sentences, rows })
}

fn in_words(of: &ScenarioBox) -> String {
    format!(
        "Where all of the conditions below hold, {} of {} fail ({}, density); these are {} of all failures (coverage).",
        of.n_fails,
        counted(of.n_points, "point"),
        percent(of.density),
        percent(of.coverage)
    )
}

fn row(summary: &Summary, restriction: &Restriction) -> [String; 3] {
    let input = &summary.plan.inputs[restriction.input];
    let plain = |x: f64| input.told(&Value::Number(x));
    let with_unit = |x: f64| input.told_with_unit(&Value::Number(x));
    let (least, most) = input.domain.ends();
    let (least, most) = (least.number(), most.number());
    let condition = match (restriction.low, restriction.high) {
        (Some(low), Some(high)) => format!("from {} to {}", plain(low.at), with_unit(high.at)),
        (Some(low), None) if most == Some(low.at) => format!("{} only", plain(low.at)),
        (Some(low), None) => format!("{} or more", with_unit(low.at)),
        (None, Some(high)) if least == Some(high.at) => format!("{} only", plain(high.at)),
        (None, Some(high)) => format!("{} or less", with_unit(high.at)),
        (None, None) => String::new(),
    };
    let chance = if restriction.quasi_p < 0.001 {
        "under 0.1 %".into()
    } else {
        format!("{:.1} %", restriction.quasi_p * 100.0)
    };
    [capital(&input.words), format!("{condition} (of {})", input.told_range()), chance]
}
