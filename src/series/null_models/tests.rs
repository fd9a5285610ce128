//! Tests of the null models against published parameters and against themselves.

use super::*;
use crate::series::Quantity;
use crate::series::Series;

/// Bass 1969, table 1: product, first and last year, p, q.
const PRODUCTS: [(&str, u32, f64, f64); 11] = [
    ("electric refrigerators", 21, 0.0026167, 0.21566),
    ("home freezers", 16, 0.018119, 0.17110),
    ("black and white television", 16, 0.027877, 0.25105),
    ("water softeners", 13, 0.017703, 0.29695),
    ("room air conditioners", 16, 0.010399, 0.41861),
    ("clothes dryers", 14, 0.017206, 0.35688),
    ("power lawnmowers", 14, 0.0091837, 0.33790),
    ("electric bed coverings", 13, 0.005876, 0.24387),
    ("automatic coffee makers", 14, 0.017135, 0.30145),
    ("steam irons", 12, 0.028632, 0.32791),
    ("record players", 10, 0.024796, 0.65410),
];

/// Values of a curve at the ends of years 1 to n, as counts of so many.
fn curve(shape: Shape, n: u32, m: f64, rest: &[f64]) -> Series {
    let times: Vec<f64> = (1..=n).map(f64::from).collect();
    let parameters = [&[m], rest].concat();
    let values: Vec<f64> = times.iter().map(|t| curves::value(shape, &parameters, *t)).collect();
    Series::from_values("made", Quantity::Count, &times, &values)
}

/// The origin one year before the first row: t is 1 there.
fn from_year_one(ceiling: Ceiling) -> Model {
    Model { shape: Shape::Bass, ceiling, origin: Origin::Fixed(-1.0) }
}

fn near(found: Option<f64>, wanted: f64, within: f64) -> bool {
    found.is_some_and(|found| (found - wanted).abs() <= within)
}

#[test]
fn the_eleven_products_of_bass_are_found_again() {
    for (product, years, p, q) in PRODUCTS {
        let fit = fit(&curve(Shape::Bass, years, 20_000.0, &[p, q, 0.0]), &from_year_one(Ceiling::Free)).unwrap();
        assert!(near(fit.parameter("p"), p, 1e-3) && near(fit.parameter("q"), q, 1e-3), "{product}: {fit:?}");
        assert!(near(fit.parameter("m"), 20_000.0, 20.0), "{product}: {fit:?}");
    }
}

#[test]
fn modern_mathematics_in_allegheny_county_is_fitted_as_others_fitted_it() {
    let times: Vec<f64> = (1958..=1963).map(f64::from).collect();
    let series = Series::from_values("Carlson", Quantity::Count, &times, &[1.0, 5.0, 15.0, 27.0, 35.0, 38.0]);
    let fit = fit(&series, &from_year_one(Ceiling::Fixed(38.0))).unwrap();
    // By another program (scipy, Nelder-Mead): p .0135, q 1.388, error 1.1 % of 38.
    assert!(near(fit.parameter("p"), 0.0135, 0.0005) && near(fit.parameter("q"), 1.388, 0.005), "{fit:?}");
    assert!((fit.rmse / 38.0 - 0.011).abs() < 0.001);
    assert_eq!(fit.parameters[0].standard_error, None);
}

#[test]
fn charter_laws_are_fitted_as_others_fitted_them() {
    let times: Vec<f64> = (1991..=2003).map(f64::from).collect();
    let values = [1.0, 2.0, 7.0, 11.0, 19.0, 26.0, 30.0, 34.0, 36.0, 36.0, 37.0, 39.0, 40.0];
    let series = Series::from_values("laws", Quantity::Count, &times, &values);
    let fit = fit(&series, &from_year_one(Ceiling::Free)).unwrap();
    // By another program: m 38.5, p .020, q .680.
    assert!(near(fit.parameter("m"), 38.5, 0.1) && near(fit.parameter("q"), 0.680, 0.005), "{fit:?}");
    assert!(near(fit.parameter("p"), 0.020, 0.0005));
}

#[test]
fn a_late_first_row_needs_an_origin_before_it() {
    let series = curve(Shape::Bass, 20, 1.0, &[0.01, 0.4, -6.0]);
    let fit = fit(&series, &Model::free(Shape::Bass)).unwrap();
    // The first row is year 1: seven years after the origin.
    assert!(fit.rmse < 1e-6 && near(fit.parameter("origin"), -7.0, 1e-2), "{fit:?}");
}

#[test]
fn logistic_and_gompertz_curves_are_found_again() {
    for shape in [Shape::Logistic, Shape::Gompertz] {
        let fit = fit(&curve(shape, 15, 0.8, &[0.5, 7.0]), &Model::free(shape)).unwrap();
        assert!(near(fit.parameter("m"), 0.8, 1e-5) && near(fit.parameter("rate"), 0.5, 1e-5), "{fit:?}");
        assert!(near(fit.parameter("middle"), 6.0, 1e-5)); // by hand: year 7 is six years after the first row
    }
}

#[test]
fn a_line_is_found_again_and_ends_at_everybody() {
    let years: Vec<f64> = (0..6).map(f64::from).collect();
    let values: Vec<f64> = years.iter().map(|t| 0.1 + 0.15 * t).collect();
    let fit = fit(&Series::from_values("line", Quantity::Share, &years, &values), &Model::free(Shape::Line)).unwrap();
    assert!(near(fit.parameter("gain"), 0.15, 1e-6) && near(fit.parameter("start"), 0.1, 1e-6), "{fit:?}");
    assert_eq!(fit.value_at(20.0), 1.0);
}

#[test]
fn shares_have_no_ceiling_above_everybody() {
    let years: Vec<f64> = (0..8).map(f64::from).collect();
    let values: Vec<f64> = years.iter().map(|t| 0.02 * 1.6f64.powf(*t)).collect();
    let series = Series::from_values("early", Quantity::Share, &years, &values);
    for shape in Shape::ALL {
        let fit = fit(&series, &Model::free(shape)).unwrap();
        assert!(fit.parameter("m").unwrap() <= 1.0 + 1e-12, "{fit:?}");
        assert!(fit.forecasts(&[50.0], 0.9)[0].high <= 1.0);
    }
}

#[test]
fn intervals_hold_the_value_and_widen_ahead() {
    let times: Vec<f64> = (0..12).map(f64::from).collect();
    let wobble = |t: f64| 0.9 / (1.0 + (-0.5 * (t - 6.0)).exp()) + 0.01 * (3.0 * t).sin();
    let series =
        Series::from_values("wobble", Quantity::Count, &times, &times.iter().map(|t| wobble(*t)).collect::<Vec<_>>());
    let ahead = fit(&series, &Model::free(Shape::Logistic)).unwrap().forecasts(&[5.0, 20.0], 0.9);
    assert!(ahead.iter().all(|f| f.low < f.value && f.value < f.high));
    assert!(ahead[1].high - ahead[1].low > ahead[0].high - ahead[0].low);
}

#[test]
fn errors_weigh_the_points_they_stand_beside() {
    let years: Vec<f64> = (0..6).map(f64::from).collect();
    let mut series = Series::from_values("a", Quantity::Share, &years, &[0.1, 0.2, 0.3, 0.4, 0.5, 0.9]);
    let even = fit(&series, &Model::free(Shape::Line)).unwrap();
    series.errors = Some(vec![0.01, 0.01, 0.01, 0.01, 0.01, 10.0]);
    let weighted = fit(&series, &Model::free(Shape::Line)).unwrap();
    assert!(near(weighted.parameter("gain"), 0.1, 1e-3) && even.parameter("gain").unwrap() > 0.12);
}

#[test]
fn the_true_shape_has_the_least_criterion() {
    let times: Vec<f64> = (0..20).map(f64::from).collect();
    let value = |t: f64| curves::value(Shape::Gompertz, &[0.9, 0.4, 6.0], t) + 0.002 * (7.0 * t).sin();
    let series =
        Series::from_values("g", Quantity::Share, &times, &times.iter().map(|t| value(*t)).collect::<Vec<_>>());
    let criterion = |shape| fit(&series, &Model::free(shape)).unwrap().aicc.unwrap();
    assert!(criterion(Shape::Gompertz) < criterion(Shape::Logistic));
    assert!(criterion(Shape::Gompertz) < criterion(Shape::Line));
}

#[test]
fn a_series_that_permits_no_fit_is_told() {
    let short = Series::from_values("short", Quantity::Share, &[0.0, 1.0, 2.0], &[0.1, 0.2, 0.3]);
    let flat = Series::from_values("flat", Quantity::Share, &[0.0, 1.0, 2.0], &[0.0, 0.0, 0.0]);
    let told = |series: &Series| fit(series, &Model::free(Shape::Bass)).unwrap_err().to_string();
    assert_eq!(told(&short), "the Bass curve has 4 free parameters and needs more points than that; the series has 3");
    assert_eq!(told(&flat), "the series never leaves 0, or has no length: no curve can be fitted to it");
}
