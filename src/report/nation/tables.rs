//! Tables of a nation: tidy CSV files, one fact a row.

use crate::adoption::HELD_BY;
use crate::nation::atlas;
use crate::nation::territory::places;
use crate::report::OutputFile;
use crate::report::nation::quantiles::over_districts;
use crate::report::nation::view::View;
use crate::report::tables::Table;
use crate::report::tables::number;

/// Every table.
pub fn all(view: &View) -> Vec<OutputFile> {
    vec![
        weekly(view),
        states(view),
        held(view),
        spread(view),
        districts(view),
        schools(view),
        educators(view),
        law(view),
    ]
}

fn weekly(view: &View) -> OutputFile {
    let mut table =
        Table::new("nation_weekly", &["week_of", "level_at_least", "share_low", "share_median", "share_high"]);
    let results = view.results();
    for (week, date) in results.weeks.iter().enumerate() {
        for (level, band) in results.district.at_least.iter().enumerate() {
            let shares = [&band.low, &band.median, &band.high].map(|list| number(list[week]));
            let [low, median, high] = shares;
            table.row(vec![date.to_string(), (level + 1).to_string(), low, median, high]);
        }
    }
    table.file()
}

fn states(view: &View) -> OutputFile {
    let columns = [
        "state",
        "school_year",
        "educators",
        "using_share_low",
        "using_share_median",
        "using_share_high",
        "routine_share_low",
        "routine_share_median",
        "routine_share_high",
        "schools",
        "schools_at_scale",
        "districts",
        "districts_at_scale",
        "districts_begun",
    ];
    let mut table = Table::new("states", &columns);
    for year in 0..view.n_years() {
        for state in view.states() {
            let site = &view.plan.territory.states[state];
            let n_schools: usize = places(&site.districts).map(|d| view.plan.territory.schools_of(d).len()).sum();
            let mut row =
                vec![site.code.to_string(), view.outcome.years[year].0.clone(), view.n_by_state[state].to_string()];
            row.extend(view.share_of_state(state, year, |s| s.at_least[2]).map(number));
            row.extend(view.share_of_state(state, year, |s| s.at_least[3]).map(number));
            let middle = |of: fn(&crate::spread::nation::StateYear) -> u32| {
                number(view.over_replicates(|course| f64::from(of(&course.years[year][state])))[1])
            };
            row.extend([n_schools.to_string(), middle(|s| s.schools_at_scale)]);
            row.extend([
                site.districts.len().to_string(),
                middle(|s| s.districts_at_scale),
                middle(|s| s.districts_begun),
            ]);
            table.row(row);
        }
    }
    table.file()
}

fn held(view: &View) -> OutputFile {
    let mut table = Table::new("held_back", &["state", "school_year", "held_by", "educators_median"]);
    for year in 0..view.n_years() {
        for state in view.states() {
            for (place, what) in HELD_BY.iter().enumerate() {
                let n = view.over_replicates(|course| f64::from(course.years[year][state].held_by[place]))[1];
                let code = atlas::TILES[state].code.to_string();
                table.row(vec![code, view.outcome.years[year].0.clone(), (*what).to_string(), number(n)]);
            }
        }
    }
    table.file()
}

fn spread(view: &View) -> OutputFile {
    let mut table = Table::new("districts_apart", &["school_year", "place_among_100_districts", "using_share"]);
    for (year, shares) in over_districts(view).iter().enumerate() {
        for (place, share) in [10, 25, 50, 75, 90].into_iter().zip(shares) {
            table.row(vec![view.outcome.years[year].0.clone(), place.to_string(), number(*share)]);
        }
    }
    table.file()
}

/// One row a district, as it ends in the first replicate.
fn districts(view: &View) -> OutputFile {
    let columns = [
        "district",
        "name",
        "state",
        "schools",
        "pupils",
        "educators",
        "began_in_year",
        "at_scale_in_year",
        "using_share_end",
        "routine_share_end",
    ];
    let mut table = Table::new("districts", &columns);
    let territory = &view.plan.territory;
    let Some(course) = view.outcome.courses.first() else { return table.file() };
    let year = |year: Option<u32>| year.map(|y| y.to_string()).unwrap_or_default();
    for (place, (site, end)) in territory.districts.iter().zip(&course.districts).enumerate() {
        let n = territory.n_teachers_of(place);
        let share = |list: &[u32]| number(list.last().map_or(0.0, |there| f64::from(*there)) / n.max(1) as f64);
        table.row(vec![
            site.id.clone(),
            site.name.clone(),
            atlas::TILES[usize::from(site.state)].code.to_string(),
            site.schools.len().to_string(),
            site.n_pupils.to_string(),
            n.to_string(),
            year(end.began_in_year),
            year(end.at_scale_in_year),
            share(&end.using),
            share(&end.routine),
        ]);
    }
    table.file()
}

/// One row a school, as it ends in the first replicate.
fn schools(view: &View) -> OutputFile {
    let columns = ["district", "school", "level", "pupils", "educators", "using", "routine", "at_scale_in_year"];
    let mut table = Table::new("schools", &columns);
    let territory = &view.plan.territory;
    let Some(course) = view.outcome.courses.first() else { return table.file() };
    for site in &territory.districts {
        for (number, place) in places(&site.schools).enumerate() {
            let (school, end) = (&territory.schools[place], &course.schools[place]);
            let year = if end.at_scale_in_year == 0 { String::new() } else { end.at_scale_in_year.to_string() };
            table.row(vec![
                site.id.clone(),
                (number + 1).to_string(),
                format!("{:?}", school.level),
                school.n_pupils.to_string(),
                school.n_teachers.to_string(),
                end.at_least[2].to_string(),
                end.at_least[3].to_string(),
                year,
            ]);
        }
    }
    table.file()
}

/// Educators by their highest level of use, at the end of each school year.
fn educators(view: &View) -> OutputFile {
    let mut table = Table::new("educators", &["state", "school_year", "highest_level", "educators_median"]);
    for year in 0..view.n_years() {
        for state in view.states() {
            for level in 0..=5usize {
                let n = view.over_replicates(|course| {
                    let counts = &course.years[year][state].at_least;
                    let reached = if level == 0 { view.n_by_state[state] as f64 } else { f64::from(counts[level - 1]) };
                    reached - counts.get(level).map_or(0.0, |above| f64::from(*above))
                })[1];
                let code = atlas::TILES[state].code.to_string();
                table.row(vec![code, view.outcome.years[year].0.clone(), level.to_string(), number(n)]);
            }
        }
    }
    table.file()
}

/// Which clauses of a state the schedules do not meet.
fn law(view: &View) -> OutputFile {
    let mut table = Table::new("law", &["state", "clauses", "school", "clause_not_met"]);
    for state in view.states() {
        let Some(law) = view.law_of(state) else { continue };
        let (code, n) = (atlas::TILES[state].code.to_string(), law.clauses.len().to_string());
        for (school, failing) in view.scenario.district.schools.iter().zip(&law.failing) {
            if failing.is_empty() {
                table.row(vec![code.clone(), n.clone(), school.id.clone(), String::new()]);
            }
            for clause in failing {
                table.row(vec![code.clone(), n.clone(), school.id.clone(), view.scenario.clauses[*clause].id.clone()]);
            }
        }
    }
    table.file()
}
