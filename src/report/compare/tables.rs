//! Tables of a comparison: tidy CSV files, one fact a row; every row names the side it is about.

use crate::clauses::Quantity;
use crate::compare::Against;
use crate::compare::Comparison;
use crate::ensemble::CurveDifference;
use crate::ensemble::Difference;
use crate::report::OutputFile;
use crate::report::compare::snow::rows as snow_rows;
use crate::report::tables::Table;
use crate::report::tables::gains;
use crate::report::tables::number;

/// Every table.
pub fn all(comparison: &Comparison) -> Vec<OutputFile> {
    let mut files = vec![
        clauses(comparison),
        weekly(comparison),
        measures(comparison),
        schools(comparison),
        kinds(comparison),
        dates(comparison),
        snow(comparison),
        changes(comparison),
    ];
    let district = &comparison.baseline().scenario.district;
    for against in &comparison.against {
        let side = side(comparison, against);
        for mut file in gains::all(&against.gains, district) {
            file.name = file.name.replacen("tables/", &format!("tables/{side}/"), 1);
            files.push(file);
        }
    }
    files
}

/// The name of a side as it stands in tables: that of its scenario with its proposals, numbered where it is not alone.
fn side(comparison: &Comparison, against: &Against) -> String {
    let name = &comparison.sides[against.side].scenario.name;
    let alike = comparison.sides.iter().filter(|s| s.scenario.name == *name).count();
    if alike > 1 { format!("{name}-{}", against.side + 1) } else { name.clone() }
}

fn amount(quantity: Option<Quantity>) -> String {
    quantity.map(|q| number(q.as_f64())).unwrap_or_default()
}

fn clauses(comparison: &Comparison) -> OutputFile {
    let columns = [
        "side",
        "clause",
        "school",
        "outcome_baseline",
        "outcome",
        "unit",
        "have_baseline",
        "have",
        "need_baseline",
        "need",
        "slack_baseline",
        "slack",
        "slack_change",
    ];
    let mut table = Table::new("clauses", &columns);
    let schools = &comparison.baseline().scenario.district.schools;
    for against in &comparison.against {
        let name = side(comparison, against);
        let whole = std::iter::once(("district", &against.clauses));
        let each = against.by_school.iter().enumerate().map(|(n, rows)| (schools[n].id.as_str(), rows));
        for (school, rows) in whole.chain(each) {
            for row in rows {
                let [a, b] = [0, 1].map(|n| row.cells[n].as_ref());
                let outcome = |c: Option<&crate::compare::Cell>| c.map_or("", |c| c.outcome.name()).to_string();
                let unit = b.or(a).and_then(|c| c.slack).map_or("", |s| s.unit.name()).to_string();
                let of = |c: Option<&crate::compare::Cell>, pick: fn(&crate::compare::Cell) -> Option<Quantity>| {
                    amount(c.and_then(pick))
                };
                table.row(vec![
                    name.clone(),
                    row.id.clone(),
                    school.to_string(),
                    outcome(a),
                    outcome(b),
                    unit,
                    of(a, |c| c.have),
                    of(b, |c| c.have),
                    of(a, |c| c.need),
                    of(b, |c| c.need),
                    of(a, |c| c.slack),
                    of(b, |c| c.slack),
                    amount(row.change()),
                ]);
            }
        }
    }
    table.file()
}

fn weekly(comparison: &Comparison) -> OutputFile {
    let columns = [
        "side",
        "week_start",
        "measure",
        "share_baseline_mean",
        "share_mean",
        "difference_mean",
        "difference_low",
        "difference_median",
        "difference_high",
        "interval_90_low",
        "interval_90_high",
    ];
    let mut table = Table::new("paired_weekly", &columns);
    for against in &comparison.against {
        let name = side(comparison, against);
        for (measure, curve) in [("using", &against.paired.using), ("routine", &against.paired.routine)] {
            for (week, start) in against.paired.weeks.iter().enumerate() {
                let mut row = vec![name.clone(), start.to_string(), measure.to_string()];
                row.extend(of_week(curve, week));
                table.row(row);
            }
        }
    }
    table.file()
}

fn of_week(curve: &CurveDifference, week: usize) -> Vec<String> {
    let at = |list: &[f64]| list.get(week).map_or_else(String::new, |x| number(*x));
    let ends = curve.interval.as_ref().map_or([String::new(), String::new()], |[low, high]| [at(low), at(high)]);
    let q = &curve.quantiles;
    let mut row = vec![at(&curve.baseline), at(&curve.other), at(&curve.mean), at(&q.low), at(&q.median), at(&q.high)];
    row.extend(ends);
    row
}

const OF_DIFFERENCE: [&str; 14] = [
    "baseline_mean",
    "mean",
    "difference_mean",
    "difference_low",
    "difference_median",
    "difference_high",
    "paired_90_low",
    "paired_90_high",
    "unpaired_90_low",
    "unpaired_90_high",
    "times_narrower",
    "share_of_runs_ahead",
    "share_of_runs_level",
    "share_of_runs_behind",
];

fn of_difference(d: &Difference) -> Vec<String> {
    let end = |interval: Option<[f64; 2]>, n: usize| interval.map(|i| number(i[n])).unwrap_or_default();
    let mut row: Vec<String> = [d.baseline, d.other, d.mean].iter().chain(&d.quantiles).map(|x| number(*x)).collect();
    row.extend([end(d.interval, 0), end(d.interval, 1), end(d.unpaired_interval, 0), end(d.unpaired_interval, 1)]);
    row.push(d.times_narrower.map(number).unwrap_or_default());
    row.extend([d.ahead, d.level, d.behind].map(number));
    row
}

fn measures(comparison: &Comparison) -> OutputFile {
    let columns: Vec<&str> = ["side", "measure", "name"].into_iter().chain(OF_DIFFERENCE).collect();
    let mut table = Table::new("measures", &columns);
    for against in &comparison.against {
        for m in &against.paired.measures {
            let mut row = vec![side(comparison, against), m.id.clone(), m.name.clone()];
            row.extend(of_difference(&m.difference));
            table.row(row);
        }
    }
    table.file()
}

const HELD: [&str; 6] =
    ["moved_most", "will_change", "authority_change", "expertise_change", "resources_change", "nothing_change"];

fn of_held(change: &crate::ensemble::HeldChange) -> Vec<String> {
    let mut row = vec![change.moved_most.unwrap_or_default().to_string()];
    row.extend(change.change.map(number));
    row
}

fn schools(comparison: &Comparison) -> OutputFile {
    let columns: Vec<&str> = ["side", "school", "measure"].into_iter().chain(OF_DIFFERENCE).chain(HELD).collect();
    let mut table = Table::new("schools", &columns);
    for against in &comparison.against {
        for s in &against.paired.schools {
            for (measure, d) in [("using", &s.using), ("routine", &s.routine)] {
                let mut row = vec![side(comparison, against), s.id.clone(), measure.to_string()];
                row.extend(of_difference(d));
                row.extend(of_held(&s.held.over_all));
                table.row(row);
            }
        }
    }
    table.file()
}

fn kinds(comparison: &Comparison) -> OutputFile {
    let begin = ["side", "sorted_by", "kind", "school_year", "measure", "people_baseline", "people"];
    let columns: Vec<&str> = begin.into_iter().chain(OF_DIFFERENCE).chain(HELD).collect();
    let mut table = Table::new("kinds", &columns);
    for against in &comparison.against {
        for kind in &against.paired.kinds {
            for year in &kind.years {
                for (measure, d) in [("using", &year.using), ("routine", &year.routine)] {
                    let Some(d) = d else { continue };
                    let mut row = vec![
                        side(comparison, against),
                        kind.sorted.name().to_string(),
                        kind.name.clone(),
                        year.year.clone(),
                        measure.to_string(),
                        number(year.people[0]),
                        number(year.people[1]),
                    ];
                    row.extend(of_difference(d));
                    row.extend(of_held(&year.held));
                    table.row(row);
                }
            }
        }
    }
    table.file()
}

fn dates(comparison: &Comparison) -> OutputFile {
    let columns = [
        "side",
        "condition",
        "title",
        "holds_from_baseline_low",
        "holds_from_baseline_median",
        "holds_from_baseline_high",
        "holds_from_low",
        "holds_from_median",
        "holds_from_high",
        "days_later",
    ];
    let mut table = Table::new("dates", &columns);
    for against in &comparison.against {
        for d in &against.dates {
            let mut row = vec![side(comparison, against), d.id.clone(), d.title.clone()];
            let all = d.holds_from.iter().flatten();
            row.extend(all.map(|date| date.map(|d| d.to_string()).unwrap_or_default()));
            row.push(d.days_later().map(|n| n.to_string()).unwrap_or_default());
            table.row(row);
        }
    }
    table.file()
}

fn snow(comparison: &Comparison) -> OutputFile {
    let columns = ["side", "clause", "school_year", "stays_broken_share_baseline", "stays_broken_share"];
    let mut table = Table::new("snow", &columns);
    for against in &comparison.against {
        for row in snow_rows(comparison, against) {
            let share = |n: usize| row.breaks[n].map(number).unwrap_or_default();
            table.row(vec![side(comparison, against), row.id.clone(), row.year.clone(), share(0), share(1)]);
        }
    }
    table.file()
}

fn changes(comparison: &Comparison) -> OutputFile {
    let columns = ["scenario", "proposal", "item", "clause", "value", "does", "path", "old", "old_source", "new"];
    let mut table = Table::new("changes", &columns);
    for side in &comparison.sides {
        for proposal in &side.scenario.proposals {
            for item in &proposal.items {
                for change in &item.changes {
                    let does = format!("{:?}", change.deed).to_lowercase();
                    let text = |t: &Option<String>| t.clone().unwrap_or_default();
                    table.row(vec![
                        side.scenario.name.clone(),
                        proposal.name.clone(),
                        item.id.clone(),
                        text(&item.clause),
                        text(&item.value),
                        does,
                        change.path.clone(),
                        text(&change.old),
                        text(&change.old_source),
                        text(&change.new),
                    ]);
                }
            }
        }
    }
    table.file()
}
