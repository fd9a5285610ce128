//! Parts on the engines: theory, the reference model, kernel against slow twin.

use crate::report::validation::Unit;
use crate::report::validation::checks;
use crate::validate::Numbers;
use crate::validate::TwinWeek;

/// Bass's table.
pub fn bass(numbers: &Numbers) -> String {
    let mut text = format!(
        "One step, open to will alone, nobody comes or goes: the hazard of a week is that of `p + q * share` a year, and the kernel follows \
         `F(t) = (1 - exp(-(p+q)t)) / (1 + (q/p) exp(-(p+q)t))`. The eleven products of Bass (1969, table 1), {} replicates of 5,000 \
         educators, 52 weeks for a year, each year compared up to the fifteenth. A weekly step and a finite population lag behind the closed form by \
         a few tenths of a point; `tests/model.rs` does the same with the slow engine.\n\n\
         | product | p | q | year 5: closed form | kernel | year 10: closed form | kernel | farthest | largest z |\n|---|---|---|---|---|---|---|---|---|\n",
        numbers.effort.replicates
    );
    for row in &numbers.bass {
        let [(a, b), (c, d)] = row.years.map(|(expected, found)| (expected * 100.0, found * 100.0));
        text += &format!(
            "| {} | {} | {} | {a:.1} % | {b:.1} % | {c:.1} % | {d:.1} % | {:.2} points | {:.1} |\n",
            row.product.name,
            row.product.p,
            row.product.q,
            row.farthest * 100.0,
            row.worst_z
        );
    }
    text
}

/// Logistic growth.
pub fn logistic(numbers: &Numbers) -> String {
    "Nobody adopts of herself; 5 % are at routine at the start, and the share draws the others along with 0.02 a week. In weekly steps that is \
     `x' = x + (1 - x)(1 - exp(-0.02 x))`, which lags behind the smooth logistic curve by up to six tenths of a point. 10,000 educators.\n\n"
        .to_string()
        + &checks(&numbers.logistic, "share", Unit::Percent(2))
}

/// Thresholds.
pub fn threshold(numbers: &Numbers) -> String {
    "With `response: Threshold` and a step that takes no time, each adopts in the week after her disposition (normal, .45 and .18) and .3 of the \
     share in her school come to one half: `x' = P(disposition >= 0.5 - 0.3 x)`. 20,000 educators of one school.\n\n"
        .to_string()
        + &checks(&numbers.threshold, "share", Unit::Percent(2))
}

/// Waits.
pub fn waits(numbers: &Numbers) -> String {
    let (medians, means): (Vec<_>, Vec<_>) =
        numbers.waits.iter().cloned().partition(|check| check.about.starts_with("step"));
    let mut text = "With all capacities full the ladder is a chain of geometric waits with the table's medians. 20,000 educators.\n\n".to_string();
    text += &checks(&medians, "share", Unit::Percent(2));
    text += "\n";
    text + &checks(&means, "wait", Unit::Weeks)
}

/// The reference model.
pub fn reference(numbers: &Numbers) -> String {
    format!(
        "A small model with the shape of the real one (stages, four capacities, teams and schools, turnover), whose curve is known from another \
         implementation: 200 seeds of 200,000 educators. The kernel with the rules of `spread::reference`, {} seeds of 200,000.\n\n",
        numbers.effort.reference_seeds
    ) + &checks(&numbers.reference, "adopters", Unit::Percent(4))
}

/// Kernel against slow twin.
pub fn twins(numbers: &Numbers) -> String {
    let mut text = "The engine that a run uses weighs everybody every week and tells why; the kernel does the same model in single precision and weighs capacities only \
                    where a draw leaves a step open. They share no luck here. Educators at a level or higher at the end of each school year: mean of the \
                    kernel / mean of the slow engine (z).\n"
        .to_string();
    for twin in &numbers.twins {
        text += &format!(
            "\n`{}`, {} educators, {} seeds of each\n\n| school year | using (3) | routine (4) | integrated (5) |\n|---|---|---|---|\n",
            twin.scenario, twin.educators, twin.seeds
        );
        for TwinWeek { year, levels } in &twin.weeks {
            let cells = levels.map(|level| format!("{:.1} / {:.1} ({:+.1})", level.kernel, level.slow, level.z));
            text += &format!("| {year} | {} |\n", cells.join(" | "));
        }
    }
    let (counted, wrong) = numbers.twins.iter().fold((0, 0), |(a, b), twin| (a + twin.counted, b + twin.miscounted));
    text + &format!(
        "\nConservation: in {wrong} of {counted} weeks of schools the slow engine had lost or made somebody, or a level did not contain the next.\n"
    )
}
