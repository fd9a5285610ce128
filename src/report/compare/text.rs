//! A comparison for a terminal: the answer of each pair, and the measures with both intervals.

use crate::compare::Against;
use crate::compare::Comparison;
use crate::report::compare::answer::answer;
use crate::report::compare::words::change;
use crate::report::compare::words::interval;
use crate::report::compare::words::value;
use crate::report::words::wrap;

const COLUMNS: usize = 100;
const INDENT: usize = 18;
const NAME: usize = 36;

/// The answer in lines of at most 100 columns.
pub fn text(comparison: &Comparison) -> String {
    let mut lines: Vec<String> = Vec::new();
    for against in &comparison.against {
        let [before, after] = comparison.names(against);
        lines.extend(wrap(&format!("“{after}” against “{before}”"), COLUMNS));
        lines.push(String::new());
        for point in answer(comparison, against) {
            let said = std::iter::once(&point.short).chain(&point.more);
            let wrapped: Vec<String> = said.flat_map(|s| wrap(s, COLUMNS - INDENT)).collect();
            let heads = std::iter::once(point.about).chain(std::iter::repeat(""));
            lines.extend(wrapped.iter().zip(heads).map(|(line, head)| format!("{head:<INDENT$}{line}")));
        }
        lines.push(String::new());
        lines.extend(measures(against));
        lines.push(String::new());
    }
    let side = comparison.baseline();
    lines.push(format!("{} runs of each side, seed {}.", side.outcome.results.replicates, side.scenario.seed));
    lines.join("\n") + "\n"
}

fn measures(against: &Against) -> Vec<String> {
    let row = |cells: [&str; 6]| {
        let [name, before, after, by, paired, unpaired] = cells;
        format!("{name:<NAME$}{before:>9}{after:>9}{by:>8}{paired:>19}{unpaired:>19}")
    };
    let mut lines = vec![row(["mean over the runs", "baseline", "other", "change", "paired 90 %", "unpaired 90 %"])];
    for m in &against.paired.measures {
        let d = &m.difference;
        let name = short(&m.name);
        lines.push(row([
            &name,
            &value(m.counts, d.baseline),
            &value(m.counts, d.other),
            &change(m.counts, d.mean),
            &interval(m.counts, d.interval),
            &interval(m.counts, d.unpaired_interval),
        ]));
    }
    lines
}

/// A measure's name in few words; what is still too long is cut.
fn short(name: &str) -> String {
    let plain = name
        .replace("share using the practice", "using")
        .replace("share at routine", "at routine")
        .replace("share of pupils' time with educators at routine", "pupils’ time with routine")
        .replace("share using all of ", "all of ")
        .replace("schools that have reached ", "schools at ")
        .replace("at the end of ", "end of ")
        .replace(", mean over all weeks", ", mean of weeks");
    let most = NAME - 1;
    if plain.chars().count() <= most { plain } else { plain.chars().take(most - 1).collect::<String>() + "…" }
}
