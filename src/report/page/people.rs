//! The parts of the page about people: how far the practice spreads, and what pupils live through.

use crate::ensemble::ModelReach;
use crate::ensemble::StudentOutcome;
use crate::pipeline::Outcome;
use crate::plan::Practice;
use crate::plan::PracticeModel;
use crate::report::answer::level_words;
use crate::report::answer::reached_words;
use crate::report::answer::share_words;
use crate::report::page::Column::Numbers;
use crate::report::page::Column::Words;
use crate::report::page::Drawn;
use crate::report::page::figures;
use crate::report::page::part;
use crate::report::page::school_name;
use crate::report::page::table;
use crate::report::words::capital;
use crate::report::words::list;
use crate::report::words::percent;
use crate::report::words::percent_band;
use crate::report::words::short_month;
use crate::scenario::Scenario;
use crate::units::Grade;
use crate::units::thousands;
use maud::Markup;
use maud::html;
use std::collections::BTreeMap;

/// Charts and tables of adoption.
pub fn adoption(scenario: &Scenario, outcome: &Outcome, drawn: &[Drawn]) -> Markup {
    html! {
        (part("adoption"))
        p {
            "Levels of use run from 0 (does not use it) over 1 (knows of it), 2 (prepares), 3 (uses it, step by step) and 4 (routine) "
            "to 5 (with colleagues). " em { "Using" } " means level 3 or higher, " em { "routine" } " level 4 or higher: having been trained is neither."
        }
        (figures(drawn, "adoption"))
        (milestones(scenario, outcome))
        (figures(drawn, "held_back"))
        (year_ends(outcome))
        h3 { "School by school" }
        (figures(drawn, "schools"))
        (schools(scenario, outcome))
        h3 { "Practice by practice" }
        (figures(drawn, "practices"))
        (models(scenario, outcome))
    }
}

fn milestones(scenario: &Scenario, outcome: &Outcome) -> Markup {
    let weeks = &outcome.results.weeks;
    table(
        "When so many educators have reached it",
        &[Words("Share of educators"), Words("Who"), Words("When")],
        html! {
            @for m in &outcome.results.milestones {
                tr {
                    th scope="row" { (capital(&share_words(m.share))) }
                    td { (level_words(m.level)) }
                    td { (reached_words(scenario, weeks, m)) }
                }
            }
        },
    )
}

fn triple(values: &[f64; 3]) -> Markup {
    html! { td class="n" { (percent(values[1])) " " span class="small" { "(" (percent_band(values[0], values[2])) ")" } } }
}

fn year_ends(outcome: &Outcome) -> Markup {
    let columns = [
        Words("End of school year"),
        Numbers("Using (8 of 10 runs)"),
        Numbers("Routine (8 of 10 runs)"),
        Numbers("Leave"),
        Numbers("Move to another school"),
        Numbers("Stop using it"),
    ];
    table(
        "The end of each school year: medians of shares, means of people",
        &columns,
        html! {
            @for year in &outcome.results.year_ends {
                tr {
                    th scope="row" { (year.year) }
                    (triple(&year.using)) (triple(&year.routine))
                    td class="n" { (format!("{:.1}", year.leavers)) }
                    td class="n" { (format!("{:.1}", year.movers)) }
                    td class="n" { (format!("{:.1}", year.stopped_using)) }
                }
            }
        },
    )
}

fn schools(scenario: &Scenario, outcome: &Outcome) -> Markup {
    let results = &outcome.results;
    let last = results.year_ends.last().map_or(results.weeks.len().saturating_sub(1), |y| y.week);
    let at = |b: &crate::ensemble::Band| {
        let of = |list: &[f64]| list.get(last).copied().unwrap_or(f64::NAN);
        [of(&b.low), of(&b.median), of(&b.high)]
    };
    let end =
        results.year_ends.last().map_or_else(|| "the last week".to_string(), |y| format!("the end of {}", y.year));
    let columns = [
        Words("School"),
        Numbers("Educators"),
        Numbers("Pupils"),
        Numbers("Using (8 of 10 runs)"),
        Numbers("Routine (8 of 10 runs)"),
        Numbers("Pupils' time with routine users"),
    ];
    table(
        &format!("Schools at {end}"),
        &columns,
        html! {
            @for (place, group) in results.schools.iter().enumerate() {
                tr {
                    th scope="row" { (group.name) }
                    td class="n" { (group.n_educators) }
                    td class="n" { (scenario.district.schools.get(place).map(|s| thousands(i64::from(s.n_pupils()))).unwrap_or_default()) }
                    (triple(&at(group.using()))) (triple(&at(group.routine()))) (triple(&at(&group.students_experience)))
                }
            }
        },
    )
}

fn models(scenario: &Scenario, outcome: &Outcome) -> Markup {
    let results = &outcome.results;
    html! {
        @for reach in &results.models {
            @if let Some(model) = scenario.resources.models.get(reach.model) {
                h3 { "Model: " (model.title) }
                p { "A school has reached it when " (model.at_scale) " of its educators use all of its practices." }
                (reaches(scenario, model))
                (using_all(outcome, reach))
                @if reach.schools.iter().all(|r| r.share_reaching <= 0.0) {
                    p { "No school reaches it within the years of the scenario, in any run." }
                } @else {
                    (table(&format!("When schools reach {}", model.title), &[Words("School"), Words("Earliest tenth of runs"), Words("Half of the runs"), Numbers("Runs that reach it")], html! {
                        @for (school, reached) in reach.schools.iter().enumerate() {
                            @let when = |week: Option<usize>| week.and_then(|w| results.weeks.get(w)).map_or_else(|| "not reached".to_string(), |d| short_month(*d));
                            tr {
                                th scope="row" { (school_name(scenario, school)) }
                                td { (when(reached.low)) }
                                td { (when(reached.median)) }
                                td class="n" { (percent(reached.share_reaching)) }
                            }
                        }
                    }))
                }
            }
        }
    }
}

/// The grades a model is meant for and the step of student voice it reaches: those of its practices.
fn reaches(scenario: &Scenario, model: &PracticeModel) -> Markup {
    let practices: Vec<&Practice> = model.of.iter().filter_map(|p| scenario.resources.practices.get(*p)).collect();
    let (Some(voice), false) = (practices.iter().map(|p| p.voice).max(), practices.is_empty()) else { return html! {} };
    let grades: Vec<String> = practices.iter().map(|p| format!("{} in {}", p.title, p.grades)).collect();
    html! { p { "Grades: " (list(&grades)) ". Where the grade allows it, pupils' voice reaches “" (voice.name()) "”." } }
}

/// How far the district as a whole has come with a model at the end of the last school year.
fn using_all(outcome: &Outcome, reach: &ModelReach) -> Markup {
    let ends = (reach.using_all.low.last(), reach.using_all.median.last(), reach.using_all.high.last());
    let (Some(low), Some(median), Some(high), Some(year)) = (ends.0, ends.1, ends.2, outcome.results.year_ends.last())
    else {
        return html! {};
    };
    html! {
        p { "At the end of " (year.year) ", " (percent(*median)) " of all educators use all of its practices (8 of 10 runs: " (percent_band(*low, *high)) ")." }
    }
}

/// What pupils of each grade live through at the end of the last school year.
pub fn pupils(_scenario: &Scenario, outcome: &Outcome) -> Markup {
    let Some(last) = outcome.results.students.last().map(|s| s.year.clone()) else {
        return html! { (part("pupils")) p { "Nothing was counted for pupils." } };
    };
    let mut grades: BTreeMap<Grade, Vec<&StudentOutcome>> = BTreeMap::new();
    for s in outcome.results.students.iter().filter(|s| s.year == last) {
        grades.entry(s.grade).or_default().push(s);
    }
    let columns = [
        Words("Grade"),
        Numbers("Pupils"),
        Numbers("Time with educators at routine"),
        Numbers("Student voice, 0 to 1"),
    ];
    html! {
        (part("pupils"))
        p {
            "Experience is the share of pupils' time with educators at routine. Voice runs from 0 (teacher-led) to 1 (student-led). "
            "Schools are averaged by their pupils; each school and year is in " code { "tables/students.csv" } "."
        }
        (table(&format!("Pupils at the end of {last}: median (8 of 10 runs), averaged over schools"), &columns, html! {
            @for (grade, rows) in &grades {
                @let (experience, voice) = (mean(rows, |s| s.experience), mean(rows, |s| s.voice));
                tr {
                    th scope="row" { (grade) }
                    td class="n" { (thousands(rows.iter().map(|s| i64::from(s.n_pupils)).sum())) }
                    (triple(&experience))
                    td class="n" { (format!("{:.2}", voice[1])) " " span class="small" { (format!("({:.2} to {:.2})", voice[0], voice[2])) } }
                }
            }
        }))
    }
}

/// The mean over schools, each weighing as much as it has pupils; unknown without pupils.
fn mean(rows: &[&StudentOutcome], of: impl Fn(&StudentOutcome) -> [f64; 3]) -> [f64; 3] {
    let total: f64 = rows.iter().map(|s| f64::from(s.n_pupils)).sum();
    [0, 1, 2].map(|n| rows.iter().map(|s| f64::from(s.n_pupils) * of(s)[n]).sum::<f64>() / total)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn schools_weigh_as_much_as_they_have_pupils() {
        let row = |n_pupils: u32, x: f64| StudentOutcome {
            school: 0,
            grade: Grade::LAST,
            year: "2026-27".into(),
            n_pupils,
            experience: [x; 3],
            voice: [0.0; 3],
        };
        let (small, large) = (row(100, 0.8), row(300, 0.4));
        let [_, median, _] = mean(&[&small, &large], |s| s.experience);
        assert!((median - 0.5).abs() < 1e-12); // by hand: (100 * 0.8 + 300 * 0.4) / 400
    }
}
