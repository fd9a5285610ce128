//! `earlybell effects`: what each item of a package contributes, whatever the order.

use crate::cli::common::Ended;
use crate::cli::common::Failure;
use crate::cli::common::print;
use crate::cli::common::print_json;
use crate::cli::common::read_stack;
use crate::cli::run::progress_bar;
use crate::compare::PackageEffects;
use crate::compare::package_effects;
use crate::effects::How;
use crate::effects::Unreckoned;
use crate::report::compare::words::signed;
use crate::report::words::wrap;
use crate::scenario;
use serde_json::Value;
use serde_json::json;
use std::path::PathBuf;

/// Replicates for each part of a package when nobody says how many: there may be thousands of parts.
const REPLICATES: u32 = 20;

const COLUMNS: usize = 100;

#[derive(Debug, clap::Args)]
pub struct Options {
    /// A scenario with proposals behind a plus: scenarios/ccsd93+sixty-minutes+more-coaches
    scenario: PathBuf,
    /// Seed of all luck [default: the scenario's]
    #[arg(long)]
    seed: Option<u64>,
    /// How many times each part of the package is simulated
    #[arg(long, default_value_t = REPLICATES, value_parser = clap::value_parser!(u32).range(1..=10_000))]
    replicates: u32,
    /// Print the effects as JSON
    #[arg(long)]
    json: bool,
}

/// Reckons the effect of every item.
pub fn run(options: &Options) -> Result<Ended, Failure> {
    let (stack, mut whole) = read_stack(&options.scenario)?;
    whole.seed = options.seed.unwrap_or(whole.seed);
    if stack.n_items() == 0 {
        return Err(Failure::Wrong(
            "error: no proposal is named, so there is nothing whose effect could be told\n  help: name one behind a plus: earlybell effects scenarios/ccsd93+sixty-minutes+more-coaches\n".into(),
        ));
    }
    let parts = 1u32 << stack.n_items().min(12);
    let bar = progress_bar(parts).with_message("Parts of the package");
    let effects = package_effects(&stack, &whole, options.replicates, &|| bar.inc(1));
    bar.finish_and_clear();
    let effects = effects.map_err(|unreckoned| match unreckoned {
        Unreckoned::TooManyItems { n, most } => Failure::Wrong(format!(
            "error: the package has {n} items; effects can be told for at most {most}\n  help: name fewer proposals, or join items\n"
        )),
        Unreckoned::Value(part) => Failure::Wrong(format!(
            "The items cannot be taken apart: without {} the rest does not read. Join items that stand on one another.\n{}",
            part.without.join(", "),
            scenario::picture(&part.findings, &part.files)
        )),
    })?;
    if options.json {
        print_json(&as_json(&effects))?;
    } else {
        print(&as_text(&effects))?;
    }
    Ok(Ended::Well)
}

fn how(package: &PackageEffects) -> String {
    match package.effects.how {
        How::Exactly => format!(
            "Exact: all {} parts of the package were judged and simulated, each {} times under the same luck.",
            package.effects.n_parts, package.replicates
        ),
        How::Sampled { permutations } => format!(
            "Sampled: items added in {permutations} orders drawn by lot ({} parts, each simulated {} times); the 90 % interval stands behind each value.",
            package.effects.n_parts, package.replicates
        ),
    }
}

fn as_text(package: &PackageEffects) -> String {
    let mut lines = vec![
        "What each item contributes: its effect averaged over all orders in which items can be added (Shapley)."
            .to_string(),
    ];
    lines.extend(wrap(&how(package), COLUMNS));
    for (n, yardstick) in package.yardsticks.iter().enumerate() {
        let (from, to) = (package.effects.nothing[n], package.effects.everything[n]);
        lines.push(String::new());
        // Dollars need no cents here, and shares need more than whole points.
        let digits = if from.abs().max(to.abs()) >= 10_000.0 { 0 } else { 2 };
        let head = format!(
            "{} [{}]: {from:.digits$} without, {to:.digits$} with all items: {}",
            yardstick.name,
            yardstick.unit,
            signed(to - from, digits)
        );
        lines.extend(wrap(&head, COLUMNS));
        if from == to && package.effects.items.iter().all(|i| i.shapley[n] == 0.0) {
            continue;
        }
        lines.push(format!("  {:<50}{:>11}{:>11}{:>11}", "item", "share", "alone", "last"));
        for (item, effect) in package.items.iter().zip(&package.effects.items) {
            let name: String = format!("{}: {}", item.id, item.title).chars().take(49).collect();
            let of = |list: &[f64]| signed(list[n], digits);
            let interval = effect
                .interval
                .as_ref()
                .map(|i| format!("  {} to {}", signed(i[n][0], digits), signed(i[n][1], digits)));
            let numbers = format!("{:>11}{:>11}{:>11}", of(&effect.shapley), of(&effect.alone), of(&effect.last));
            lines.push(format!("  {name:<50}{numbers}{}", interval.unwrap_or_default()));
        }
    }
    lines.push(String::new());
    lines.extend(wrap("The shares of all items add up to the effect of the package. Alone: what an item does without the others; last: what it does added to all others. Where the two differ, items work with or against one another.", COLUMNS));
    lines.join("\n") + "\n"
}

fn as_json(package: &PackageEffects) -> Value {
    let items: Vec<Value> = (package.items.iter().zip(&package.effects.items))
        .map(|(item, effect)| json!({ "proposal": item.proposal, "id": item.id, "title": item.title, "clause": item.clause, "effect": effect }))
        .collect();
    let yardsticks: Vec<Value> =
        package.yardsticks.iter().map(|y| json!({ "id": y.id, "name": y.name, "unit": y.unit })).collect();
    json!({
        "yardsticks": yardsticks, "nothing": package.effects.nothing, "everything": package.effects.everything, "items": items,
        "how": package.effects.how, "parts": package.effects.n_parts, "replicates": package.replicates,
    })
}
