//! Parts on curves that were observed, and on parameters that are known.

use crate::calibration::HoldOut;
use crate::calibration::benchmark::Benchmark;
use crate::calibration::published::provenance;
use crate::validate::Numbers;
use crate::validate::nearest_curves;
use crate::validate::plain_fits as fits;

/// Where the curves of education come from, and how near plain curves come to them.
pub fn sources() -> String {
    let mut text = "| curve | what is counted | source | caution |\n|---|---|---|---|\n".to_string();
    for of in provenance() {
        text += &format!("| {} | {} | {} | {} |\n", of.series, of.what, of.source, of.caution);
    }
    text += "\nHow near the plain curves come to each as a whole (root of the mean squared deviation, in per cent of the largest value):\n\n\
             | curve | Bass | logistic | Gompertz | line |\n|---|---|---|---|---|\n";
    for nearest in nearest_curves() {
        let cells =
            nearest.off_by.map(|off| off.map_or("too few points".to_string(), |off| format!("{:.1}", off * 100.0)));
        text += &format!("| {} | {} |\n", nearest.series, cells.join(" | "));
    }
    text
}

/// Our least squares beside another program's.
pub fn plain_fits() -> String {
    let mut text = "Bass curves fitted to cumulative values, the first row being year 1, by `series::null_models` and by scipy's simplex:\n\n\
                    | curve | ceiling: theirs | ours | p: theirs | ours | q: theirs | ours | off by, % of the ceiling |\n|---|---|---|---|---|---|---|---|\n"
        .to_string();
    for fit in fits() {
        let ([m, p, q], [ours_m, ours_p, ours_q]) = (fit.theirs, fit.ours);
        text += &format!(
            "| {} | {m} | {ours_m:.1} | {p} | {ours_p:.4} | {q} | {ours_q:.3} | {:.1} |\n",
            fit.series,
            fit.off_by * 100.0
        );
    }
    text
}

/// How often known parameters are found again.
pub fn recovery(numbers: &Numbers) -> String {
    let mut text = format!(
        "Parameters are drawn from their priors, a curve of 16 years is simulated from them and observed with error, and the curve is fitted: {} trials. \
         If all is as it has to be, an interval of 90 % holds what was drawn nine times in ten, whatever the model; by luck alone a row is off by 3 points.\n\n\
         | model | parameter | within its interval of 90 % |\n|---|---|---|\n",
        numbers.effort.trials
    );
    for (model, all) in &numbers.recovery {
        for one in all {
            text += &format!("| {model} | {} | {:.0} % |\n", one.name, one.coverage_90 * 100.0);
        }
    }
    text
}

/// Curves of education.
pub fn education(numbers: &Numbers) -> String {
    "The first two thirds of each curve are fitted, the rest is forecast. Priors of the built-in model are learnt from the other curves and never from \
     the one that is judged.\n\n"
        .to_string()
        + &benchmark(&numbers.education.benchmark)
}

/// Published curves.
pub fn published(numbers: &Numbers) -> String {
    let Some(real) = &numbers.published else {
        return "The published curves were not there when this book was written (`--data` names their folder), so they are left out: adoption of \
                technologies in households of the United States (Our World in Data), genetically engineered crops (Department of Agriculture), cable \
                television (Martino) and the Common Core by month."
            .to_string();
    };
    format!(
        "The same for {} curves: those above, and published ones that rise by at least a fifth of everybody and have twelve points or more (technologies in \
         households of the United States, Our World in Data; genetically engineered crops, Department of Agriculture; cable television, Martino; the Common \
         Core by month). The files are not part of the project.\n\n{}",
        real.n_series,
        benchmark(&real.benchmark)
    )
}

/// The rivals whose ratio is told for each curve.
const TOLD: [&str; 5] = ["Bass", "logistic", "Gompertz", "Gompertz, shifted", "last value"];

fn benchmark(benchmark: &Benchmark) -> String {
    let mut text = "| rival | curves | median ratio | built-in nearer in | its band of 80 % holds | of 90 % |\n|---|---|---|---|---|---|\n".to_string();
    for against in &benchmark.against {
        text += &format!(
            "| {} | {} | {:.2} | {:.0} % | {:.0} % | {:.0} % |\n",
            against.name,
            against.series,
            against.median_ratio,
            against.won * 100.0,
            against.coverage_80 * 100.0,
            against.coverage_90 * 100.0
        );
    }
    text += &format!(
        "| *built-in model* | {} | | | {:.0} % | {:.0} % |\n",
        benchmark.series.len(),
        benchmark.coverage_80 * 100.0,
        benchmark.coverage_90 * 100.0
    );
    text += "\nratio: the built-in model's error (root mean square) over the rival's, below 1 the built-in model was nearer.\n\n";
    text += &format!(
        "| curve | fitted, judged | error | {} | in 90 % |\n|---|---|---|{}---|\n",
        TOLD.join(" | "),
        "---|".repeat(TOLD.len())
    );
    for held in &benchmark.series {
        text += &row(held);
    }
    text
}

fn row(held: &HoldOut) -> String {
    let own = &held.models[0];
    let ratios = TOLD.map(|name| held.ratio_to(name).map_or("–".to_string(), ratio_words));
    let error = if own.rmse < 1.5 { format!("{:.1} points", own.rmse * 100.0) } else { format!("{:.0}", own.rmse) };
    format!(
        "| {} | {}, {} | {error} | {} | {:.0} % |\n",
        held.series,
        held.fitted_points,
        held.judged_points,
        ratios.join(" | "),
        own.coverage_90 * 100.0
    )
}

fn ratio_words(ratio: f64) -> String {
    if ratio > 100.0 { "over 100".to_string() } else { format!("{ratio:.2}") }
}
