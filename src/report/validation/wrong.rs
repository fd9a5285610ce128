//! What the model gets wrong, in plain words, with the numbers of this book.

use crate::calibration::HoldOut;
use crate::report::words::list;
use crate::validate::Numbers;

/// Using and routine at the end of school years 1 to 5 in the prototype that model.md names, in per cent.
const PROTOTYPE: [(f64, f64); 5] = [(7.0, 0.0), (53.0, 12.0), (76.0, 34.0), (82.0, 47.0), (84.0, 55.0)];

/// The part.
pub fn wrong(numbers: &Numbers) -> String {
    let parts = [gain(numbers), losses(numbers), bands(numbers), choices(), prototype(numbers), untested()];
    parts.iter().filter(|part| !part.is_empty()).map(|part| format!("- {part}\n")).collect()
}

fn benchmark(numbers: &Numbers) -> &crate::calibration::benchmark::Benchmark {
    &numbers.published.as_ref().unwrap_or(&numbers.education).benchmark
}

fn gain(numbers: &Numbers) -> String {
    let of = |name: &str| {
        let found = benchmark(numbers).against.iter().find(|against| against.name == name);
        found.map_or(f64::NAN, |against| against.median_ratio)
    };
    let shifted = ["Bass, shifted", "logistic, shifted", "Gompertz, shifted", "last value"];
    let shifted: Vec<String> = shifted.iter().map(|name| format!("{:.2} for {name}", of(name))).collect();
    let mut words = format!(
        "**Most of what the built-in model gains out of sample it does not gain by what it simulates.** Against plain curves its median ratio of errors is \
         {:.2} (Bass) and {:.2} (logistic). But it knows that it has been off lately, and begins at the last observations; rivals that are given the same \
         advantage are not far behind or level: {}. Whoever wants one number for next year may as well shift a Gompertz curve.",
        of("Bass"),
        of("logistic"),
        list(&shifted)
    );
    let education = &numbers.education.benchmark;
    if let Some(against) = education.against.iter().find(|against| against.name == "Gompertz, shifted") {
        words += &format!(
            " On the {} curves of education, judged by themselves, a shifted Gompertz curve is the nearer one in {:.0} % (median ratio {:.2}).",
            education.series.len(),
            (1.0 - against.won) * 100.0,
            against.median_ratio
        );
    }
    words
}

fn losses(numbers: &Numbers) -> String {
    let worse = |held: &&HoldOut| {
        held.ratio_to("Bass").is_some_and(|ratio| ratio > 1.1) || held.ratio_to("logistic").is_some_and(|r| r > 1.1)
    };
    let ratio = |held: &HoldOut| {
        let of = |name: &str| held.ratio_to(name).unwrap_or(0.0);
        of("Bass").max(of("logistic"))
    };
    let mut lost: Vec<&HoldOut> = benchmark(numbers).series.iter().filter(worse).collect();
    lost.sort_by(|a, b| ratio(b).total_cmp(&ratio(a)));
    let named: Vec<String> =
        lost.iter().take(8).map(|held| format!("{} ({:.1} times)", held.series, ratio(held))).collect();
    if named.is_empty() {
        return String::new();
    }
    format!(
        "**It loses outright on {} of {} curves**, by more than a tenth to Bass or to logistic. The worst: {}.",
        lost.len(),
        benchmark(numbers).series.len(),
        list(&named)
    )
}

fn bands(numbers: &Numbers) -> String {
    let of = benchmark(numbers);
    let education = &numbers.education.benchmark;
    format!(
        "**Its bands are honest on average and not on each curve.** Bands of 80 and 90 % hold {:.0} and {:.0} % of what came; but points of one curve are \
         off together, so on single curves they hold all or few: {} of {} curves have less than half of their points in the band of 90 %. On the {} curves of education, with priors from so few, they hold {:.0} and {:.0} % only.",
        of.coverage_80 * 100.0,
        of.coverage_90 * 100.0,
        of.series.iter().filter(|held| held.models[0].coverage_90 < 0.5).count(),
        of.series.len(),
        education.series.len(),
        education.coverage_80 * 100.0,
        education.coverage_90 * 100.0
    )
}

fn choices() -> String {
    "**Its settings were chosen on these very curves** (form and memory of the error, priors), so the ratios flatter it; a fresh set of curves would be the \
     test. Several of the published technologies are near copies of one another (internet and computers, kinds of telephones), so the curves are fewer than \
     they look, and learning priors from the others is easier than it would be on a new field."
        .to_string()
}

fn prototype(numbers: &Numbers) -> String {
    let Some(twin) = numbers.twins.iter().find(|twin| twin.weeks.len() == PROTOTYPE.len()) else {
        return String::new();
    };
    let share = |x: f64| x / twin.educators.max(1) as f64 * 100.0;
    let years: Vec<String> = (twin.weeks.iter().zip(PROTOTYPE))
        .map(|(week, (using, routine))| {
            let [a, b, _] = week.levels;
            format!(
                "{}: using {:.0} (prototype {using:.0}), routine {:.0} ({routine:.0})",
                week.year,
                share(a.kernel),
                share(b.kernel)
            )
        })
        .collect();
    format!(
        "**No district has measured levels of use week by week, so the large model is not validated against a district.** What holds it is order of magnitude: \
         `{}` beside the prototype of the model's text, in per cent of educators: {}.",
        twin.scenario,
        years.join("; ")
    )
}

fn untested() -> String {
    "**What no curve here can show.** Curves of laws, schools and households are decisions of bodies and buyers; an educator's way through levels of use is \
     neither. They test that curves of the right shape come out and that the fit is honest; they do not test the gate, the ladder's medians or the worth of a \
     coach's hour. A single curve does not tell those apart: `earlybell calibrate --scenario` says so for each parameter."
        .to_string()
}
