use super::*;
use crate::calibration::published::education;
use crate::pipeline;
use crate::scenario;
use crate::scenario::Scenario;
use crate::series::Quantity;
use crate::spread::FastJob;
use std::path::Path;

const SMALL: Effort = Effort { particles: 60, moves: 2, seed: 5 };

fn file() -> Arc<str> {
    Arc::from("series.csv")
}

fn template() -> Scenario {
    let read = scenario::read(&Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios/template.ron"));
    read.unwrap_or_else(|unread| panic!("{}", unread.findings))
}

/// Shares using at times in years since the start, as the scenario itself has them on average.
fn made(scenario: &Scenario, times: &[f64]) -> Series {
    let checked = pipeline::check(scenario).unwrap();
    let job = pipeline::job(scenario, &checked);
    let courses = FastJob::new(&job).replicates(8);
    let educators = checked.roster.educators.len() as f64;
    let at = |time: &f64| {
        let week = (time * 365.25 / 7.0) as usize;
        courses.iter().map(|course| f64::from(course.at_least[week][2])).sum::<f64>() / 8.0 / educators
    };
    let values: Vec<f64> = times.iter().map(at).collect();
    let mut series = Series::from_values("made", Quantity::Share, times, &values);
    series.first_year = times[0];
    series
}

fn question<'a>(scenario: &'a Scenario, names: &'a [String]) -> DistrictQuestion<'a> {
    DistrictQuestion { scenario, names, measure: Measure::Using }
}

fn refused(scenario: &Scenario, names: &[&str], series: &Series) -> String {
    let names: Vec<String> = names.iter().map(ToString::to_string).collect();
    let asked = Asked { hold_out: None, effort: SMALL };
    fit_district(&question(scenario, &names), series, &file(), &asked, &|| ()).unwrap_err().to_string()
}

#[test]
fn the_built_in_model_is_fitted_and_held_against_plain_curves() {
    let series = &education()[1];
    let fitted = fit_built_in(series, &file(), &Asked { hold_out: Some(0.33), effort: SMALL }).unwrap();
    assert_eq!((fitted.fitted_points, series.n_points()), (9, 13)); // by hand: 0.33 of 13 is 4.29, which is 4
    assert_eq!(fitted.judged.len(), 9);
    assert_eq!(fitted.judged[0].name, "calibrated");
    assert_eq!(fitted.judged[0].forecast.len(), 4);
    let names: Vec<&str> = fitted.beside.iter().map(|beside| beside.name.as_str()).collect();
    assert_eq!(names, ["Bass", "logistic", "Gompertz", "line"]);
    assert!(fitted.ratio_to("last value").unwrap() > 0.0);
    let names: Vec<&str> = fitted.parameters.iter().map(|told| told.after.name.as_str()).collect();
    let own = ["own_pull", "peers_pull", "spread", "ceiling", "start", "slowdown"];
    assert_eq!(names, [&own[..], &["noise", "discrepancy", "memory"]].concat());
    assert!(fitted.parameters.iter().all(|told| !told.meaning.is_empty() && told.before.0 < told.before.1));
}

#[test]
fn without_a_held_out_part_the_curve_goes_on_beyond_the_series() {
    let series = &education()[0];
    let fitted = fit_built_in(series, &file(), &Asked { hold_out: None, effort: SMALL }).unwrap();
    assert!(fitted.judged.is_empty());
    let years: Vec<f64> = fitted.calibration.forecast.iter().map(|band| band.years).collect();
    assert_eq!(years, [6.0, 7.0]); // by hand: a third of six points, a year apart, after 1963, which is year 5
    assert!(fitted.rmse() < 0.1);
}

#[test]
fn a_scenario_is_fitted_to_its_own_curve() {
    let scenario = template();
    let series = made(&scenario, &[0.5, 0.8, 1.1, 1.4, 1.7, 1.95]);
    let names = ["will.disposition-mean".to_string(), "down.routine".to_string()];
    let effort = Effort { particles: 40, moves: 2, seed: 5 };
    let asked = Asked { hold_out: None, effort };
    let fitted = fit_district(&question(&scenario, &names), &series, &file(), &asked, &|| ()).unwrap();
    let truth = scenario.rules.parameters["will.disposition-mean"].value.typical();
    let found = &fitted.parameters[0];
    assert!(found.after.low <= truth && truth <= found.after.high, "{found:?} {truth}");
    assert!(fitted.rmse() < 0.15, "{}", fitted.rmse());
    assert_eq!(fitted.parameters[0].unit, scenario.rules.parameters["will.disposition-mean"].unit);
}

#[test]
fn parameters_that_cannot_be_fitted_are_told() {
    let scenario = template();
    let series = Series::from_values("a", Quantity::Share, &[0.0, 0.5, 1.0, 1.5], &[0.0, 0.1, 0.2, 0.4]);
    assert_eq!(
        refused(&scenario, &["will.tem", "will.team", "will.team"], &series),
        "there is no parameter `will.tem` [observed::unknown_parameter]\n`will.team` is to be fitted twice [observed::parameter_twice]"
    );
    let mut fixed = scenario.clone();
    fixed.rules.parameters.get_mut("will.team").unwrap().range = None;
    fixed.rules.parameters.get_mut("will.school").unwrap().value = crate::luck::Uncertain::Choice(vec![0.1, 0.2]);
    let told = refused(&fixed, &["will.team", "will.school"], &series);
    assert!(told.contains("observed::no_range") && told.contains("observed::choice"), "{told}");
}

#[test]
fn a_series_outside_the_scenario_and_more_people_than_it_has_are_told() {
    let scenario = template();
    let mut old = Series::from_values("a", Quantity::Share, &[1958.0, 1959.0, 1960.0, 1961.0], &[0.0, 0.1, 0.2, 0.4]);
    assert!(refused(&scenario, &["will.team"], &old).starts_with("the series runs from 1958-01-01 to 1961-01-01, and"));
    old.quantity = Quantity::Count;
    old.values = vec![1.0, 2.0, 3.0, 1e6];
    assert!(refused(&scenario, &["will.team"], &old).contains("observed::more_than_all"));
}
