//! Tables of lost days: clauses, days and numbers of days, each by school year.

use crate::levers::Estimate;
use crate::levers::Snow;
use crate::pipeline::Outcome;
use crate::report::OutputFile;
use crate::report::tables::Table;
use crate::report::tables::number;
use crate::scenario::Scenario;

/// The three tables; none where the scenario does not say how many days are lost.
pub fn all(scenario: &Scenario, outcome: &Outcome) -> Vec<OutputFile> {
    match &outcome.snow {
        Some(snow) => vec![clauses(scenario, snow), days(snow), by_days_lost(snow)],
        None => Vec::new(),
    }
}

fn share(estimate: &Estimate) -> [String; 3] {
    [estimate.share, estimate.low, estimate.high].map(number)
}

/// How often each clause breaks in each school year; intervals of 90 %.
fn clauses(scenario: &Scenario, snow: &Snow) -> OutputFile {
    let columns = [
        "school_year",
        "clause_id",
        "n_replicates",
        "breaks_share",
        "breaks_share_low",
        "breaks_share_high",
        "breaks_after_emergency_days_share",
        "breaks_after_emergency_days_share_low",
        "breaks_after_emergency_days_share_high",
    ];
    let mut table = Table::new("snow", &columns);
    for year in &snow.years {
        let any = std::iter::once(("any".to_string(), &year.any));
        let clauses = year.clauses.iter().map(|c| (scenario.clauses[c.clause].id.clone(), &c.breach));
        for (id, breach) in any.chain(clauses) {
            let head = [year.year.clone(), id, snow.replicates.to_string()];
            table.row(head.into_iter().chain(share(&breach.without)).chain(share(&breach.after)).collect());
        }
    }
    table.file()
}

/// Days lost and days to make up in each school year.
fn days(snow: &Snow) -> OutputFile {
    let columns = [
        "school_year",
        "emergency_days_proposed",
        "days_lost_mean",
        "days_lost_low",
        "days_lost_median",
        "days_lost_high",
        "days_lost_most",
        "days_to_make_up_mean",
        "days_to_make_up_median",
        "days_to_make_up_high",
        "days_to_make_up_most",
        "cannot_be_made_up_share",
        "cannot_be_made_up_share_low",
        "cannot_be_made_up_share_high",
    ];
    let mut table = Table::new("snow_days", &columns);
    let days = |n: Option<u32>| n.map(|n| n.to_string()).unwrap_or_default();
    for year in &snow.years {
        let (lost, needed) = (&year.lost, &year.needed);
        let mut row = vec![year.year.clone(), year.proposed.to_string(), number(lost.mean)];
        row.extend([lost.low, lost.median, lost.high, lost.most].map(|n| n.to_string()));
        row.push(needed.mean.map(number).unwrap_or_default());
        row.extend([needed.median, needed.high, needed.most].map(days));
        row.extend(share(&needed.never));
        table.row(row);
    }
    table.file()
}

/// What becomes of each school year, by the number of days lost: the figures behind the chart.
fn by_days_lost(snow: &Snow) -> OutputFile {
    let columns = [
        "school_year",
        "days_lost",
        "n_replicates_no_clause_breaks",
        "n_replicates_made_up_by_emergency_days",
        "n_replicates_a_clause_stays_broken",
    ];
    let mut table = Table::new("snow_by_days_lost", &columns);
    for year in &snow.years {
        for fate in &year.fates {
            let counts = [fate.days, fate.holds, fate.made_up, fate.breached].map(|n| n.to_string());
            table.row(std::iter::once(year.year.clone()).chain(counts).collect());
        }
    }
    table.file()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::sample::sample;

    fn text(files: &[OutputFile], name: &str) -> String {
        let file = files.iter().find(|f| f.name == format!("tables/{name}.csv")).unwrap();
        String::from_utf8(file.bytes.clone()).unwrap()
    }

    #[test]
    fn every_clause_that_holds_now_has_a_row_for_each_school_year() {
        let (scenario, outcome) = sample();
        let files = all(&scenario, &outcome);
        let rows = text(&files, "snow");
        assert_eq!(rows.lines().count(), 16); // by hand: a heading, and 5 years of `any` and two clauses
        assert!(rows.contains("2026-27,il-days,200,0.65,"), "{rows}"); // by hand: 130 of 200
        // by hand: 10 of 200 need more days than were lost, and half of the rest none
        assert!(
            text(&files, "snow_days").contains("2026-27,5,1.5,0,1,4,7,1.1,1,3,,0.05,"),
            "{}",
            text(&files, "snow_days")
        );
        assert!(text(&files, "snow_by_days_lost").contains("2026-27,0,60,0,0"));
    }

    #[test]
    fn a_scenario_without_closures_has_no_such_tables() {
        let (scenario, mut outcome) = sample();
        outcome.snow = None;
        assert!(all(&scenario, &outcome).is_empty());
    }
}
