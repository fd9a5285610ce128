//! A district of a scenario against a series.

use crate::adoption::ParameterSpec;
use crate::adoption::Parameters;
use crate::calendar::days_later;
use crate::calibration::ErrorModel;
use crate::calibration::Parameter;
use crate::findings::Finding;
use crate::findings::Findings;
use crate::findings::Place;
use crate::kernel::Scratch;
use crate::luck::Luck;
use crate::luck::Uncertain;
use crate::observed::Asked;
use crate::observed::Fitted;
use crate::observed::Simulated;
use crate::observed::Simulator;
use crate::observed::fit;
use crate::pipeline;
use crate::plan::Horizon;
use crate::scenario::Scenario;
use crate::series::Quantity;
use crate::series::Series;
use crate::spread::FastJob;
use crate::spread::fits_the_kernel;
use crate::units::Date;
use serde::Serialize;
use std::sync::Arc;

/// Which educators are counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub enum Measure {
    /// Those who use at least one practice: level 3 or higher.
    Using,
    /// Those to whom at least one practice is routine: level 4 or higher.
    Routine,
}

impl Measure {
    /// Place of its level among those that are counted from 1 on.
    fn place(self) -> usize {
        match self {
            Measure::Using => 2,
            Measure::Routine => 3,
        }
    }

    /// What it counts, in words.
    pub fn words(self) -> &'static str {
        match self {
            Measure::Using => "educators using at least one practice",
            Measure::Routine => "educators to whom at least one practice is routine",
        }
    }
}

/// What is fitted of a scenario.
#[derive(Debug, Clone, Copy)]
pub struct DistrictQuestion<'a> {
    /// The scenario.
    pub scenario: &'a Scenario,
    /// Names of the parameters.
    pub names: &'a [String],
    /// What the series counts.
    pub measure: Measure,
}

/// Points to which bands are told beyond the series.
const AHEAD: usize = 8;

/// Fits parameters of a scenario to a series; `after_each` is told of every simulation that ends.
///
/// Each particle is one district with its own luck, so that the bands hold the luck that agrees with the data; values
/// that the scenario gives as distributions and that are not fitted are drawn for each as in a run.
///
/// # Errors
/// All that is wrong with the names or the series, or why it cannot be calibrated.
pub fn fit_district(
    question: &DistrictQuestion,
    series: &Series,
    file: &Arc<str>,
    asked: &Asked,
    after_each: &(dyn Fn() + Sync),
) -> Result<Fitted, Findings> {
    let DistrictQuestion { scenario, names, measure } = *question;
    let parameters = parameters(scenario, names)?;
    let checked = pipeline::check_without_words(scenario)?;
    let job = pipeline::job(scenario, &checked);
    fits_the_kernel(&job.world, &scenario.place())?;
    let educators = checked.roster.educators.len();
    let series = &as_shares(series, educators, file)?;
    let dates = dates_of(series, scenario.from);
    let mut weeks = weeks_of(&dates, &checked.horizon, file)?;
    let later = if asked.hold_out.is_some() { Vec::new() } else { ahead(series, &dates, &checked.horizon, &mut weeks) };
    let level = measure.place();
    let ranges: Vec<(f64, f64)> = names.iter().map(|name| sensible(name)).collect();
    let fast = FastJob::new(&job);
    let simulate = |values: &[f64], seed: u64| {
        let luck = Luck::new(seed, 0);
        let (mut drawn, readiness) = job.drawn_under(&luck);
        for ((name, value), (low, high)) in names.iter().zip(values).zip(&ranges) {
            drawn.set(name, value.clamp(*low, *high));
        }
        let supply = job.supply(&readiness, &luck);
        let course = fast.run(&drawn, &supply, luck, &mut Scratch::default());
        after_each();
        weeks.iter().map(|week| f64::from(course.at_least[*week][level]) / educators.max(1) as f64).collect()
    };
    let simulated = Simulated::District {
        name: scenario.name.clone(),
        title: scenario.title.clone(),
        measure,
        educators,
        from: scenario.from,
        until: checked.horizon.last_day(),
    };
    let describe = |name: &str| {
        let unit = scenario.rules.parameters.get(name).map_or(String::new(), |spec| spec.unit.clone());
        ("a parameter of the scenario".to_string(), unit)
    };
    let priors = |seen: &Series| (parameters.clone(), ErrorModel::usual(seen));
    fit(series, file, asked, &later, Simulator { simulated, priors, describe, simulate })
}

/// The least and the most that a parameter can sensibly be.
fn sensible(name: &str) -> (f64, f64) {
    let known = Parameters::KNOWN.iter().find(|(known, ..)| *known == name);
    known.map_or((f64::NEG_INFINITY, f64::INFINITY), |(_, low, high)| (*low, *high))
}

/// The parameters to fit with their priors, or everything that is wrong with their names.
fn parameters(scenario: &Scenario, names: &[String]) -> Result<Vec<Parameter>, Findings> {
    let mut findings = Findings::new();
    let mut found = Vec::new();
    for (place, name) in names.iter().enumerate() {
        match scenario.rules.parameters.get(name) {
            None => {
                let finding = Finding::error("observed::unknown_parameter", format!("there is no parameter `{name}`"));
                findings.push(finding.near(name, scenario.rules.parameters.keys().map(String::as_str)));
            }
            Some(_) if names[..place].contains(name) => {
                let finding = Finding::error("observed::parameter_twice", format!("`{name}` is to be fitted twice"));
                findings.push(finding.help("name it once"));
            }
            Some(spec) => match prior(name, spec) {
                Ok(prior) => found.push(Parameter::plain(name, prior)),
                Err(finding) => findings.push(finding),
            },
        }
    }
    if findings.is_empty() { Ok(found) } else { Err(findings) }
}

/// The range in which a parameter may be varied, all of it equally likely, or its distribution where it has one.
fn prior(name: &str, spec: &ParameterSpec) -> Result<Uncertain, Finding> {
    match (&spec.value, spec.range) {
        (Uncertain::Choice(_), _) => Err(Finding::error(
            "observed::choice",
            format!("`{name}` is a choice between values, and between them nothing can be fitted"),
        )
        .at(&spec.written, "this parameter")
        .help("give it a range, or try each value in a proposal of its own")),
        (Uncertain::Fixed(_), Some((low, high))) if low < high => Ok(Uncertain::Uniform { low, high }),
        (Uncertain::Fixed(_), _) => Err(Finding::error(
            "observed::no_range",
            format!("`{name}` has one value and no range in which it could be fitted"),
        )
        .at(&spec.written, "this parameter")
        .help("add `range: (least, most)` to it, or give a distribution such as Uniform(0.1, 0.5)")),
        (Uncertain::Triangular { .. } | Uncertain::Uniform { .. } | Uncertain::Normal { .. }, _) => {
            Ok(spec.value.clone())
        }
    }
}

/// Counts as shares of the district's educators.
fn as_shares(series: &Series, educators: usize, file: &Arc<str>) -> Result<Series, Findings> {
    if series.quantity == Quantity::Share {
        return Ok(series.clone());
    }
    let whole = educators.max(1) as f64;
    if series.peak() > whole {
        let told = format!("the series counts up to {}, and the scenario has {educators} educators", series.peak());
        let finding = Finding::error("observed::more_than_all", told).at(&Place::at(file, ""), "the series");
        return Err(finding.help("count educators who take up a practice, or add a column `denominator`").into());
    }
    let part = |values: &[f64]| values.iter().map(|value| value / whole).collect();
    Ok(Series {
        values: part(&series.values),
        errors: series.errors.as_deref().map(part),
        quantity: Quantity::Share,
        ..series.clone()
    })
}

/// Times before this are years since the start of the scenario; later ones are years of the calendar.
const FIRST_CALENDAR_YEAR: f64 = 1000.0;

fn dates_of(series: &Series, from: Date) -> Vec<Date> {
    let date = |years: &f64| {
        let time = series.first_year + years;
        if series.first_year < FIRST_CALENDAR_YEAR {
            return days_later(from, libm::round(time * 365.25) as i64);
        }
        let year = libm::floor(time);
        let first = jiff::civil::date((year as i16).clamp(1, 9998), 1, 1);
        days_later(first, libm::round((time - year) * f64::from(first.days_in_year())) as i64)
    };
    series.years.iter().map(date).collect()
}

fn weeks_of(dates: &[Date], horizon: &Horizon, file: &Arc<str>) -> Result<Vec<usize>, Findings> {
    let weeks: Option<Vec<usize>> = dates.iter().map(|date| horizon.week_of(*date)).collect();
    weeks.ok_or_else(|| {
        let (first, last) = (dates[0], dates[dates.len() - 1]);
        let (from, until) = (horizon.from, horizon.last_day());
        let told =
            format!("the series runs from {first} to {last}, and the scenario from {from} to {until}: it lies outside");
        let help = "write times as dates within the scenario, or as years since its start (0.5, 1, 1.5)";
        Finding::error("observed::outside", told).at(&Place::at(file, ""), "the series").help(help).into()
    })
}

/// Times from the last row to the end of the scenario, with their weeks behind those of the series.
fn ahead(series: &Series, dates: &[Date], horizon: &Horizon, weeks: &mut Vec<usize>) -> Vec<f64> {
    let last_week = weeks.last().copied().unwrap_or(0);
    let left = horizon.n_weeks() - 1 - last_week;
    let Some(last) = dates.last() else { return Vec::new() };
    let n = AHEAD.min(left);
    let mut later = Vec::new();
    for i in 1..=n {
        let week = last_week + left * i / n;
        weeks.push(week);
        let days = crate::calendar::days_between(*last, days_later(horizon.mondays[week], 6));
        later.push(series.span() + days.max(1) as f64 / 365.25);
    }
    later
}
