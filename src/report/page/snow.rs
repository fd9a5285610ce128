//! The part of the page about days lost to snow: how many, what they break, and what makes them up.

use crate::levers::ClauseBreach;
use crate::levers::Closures;
use crate::levers::LostDays;
use crate::levers::Snow;
use crate::levers::SnowYear;
use crate::pipeline::Outcome;
use crate::report::page::Column::Numbers;
use crate::report::page::Column::Words;
use crate::report::page::Drawn;
use crate::report::page::figures;
use crate::report::page::part;
use crate::report::page::table;
use crate::report::snow_words;
use crate::report::words::list;
use crate::report::words::month_name;
use crate::scenario::Scenario;
use maud::Markup;
use maud::html;

/// A school year begins in August; its months are told in this order.
const FIRST_MONTH: i8 = 8;

/// Lost days by school year and by clause, or one sentence where nothing is known of them.
pub fn snow(scenario: &Scenario, outcome: &Outcome, drawn: &[Drawn]) -> Markup {
    html! {
        (part("snow"))
        @match (&outcome.snow, &scenario.closures) {
            (Some(snow), Some(closures)) => {
                (how(snow, closures))
                (figures(drawn, "snow"))
                (by_year(snow))
                (by_clause(scenario, snow))
                (made_up(snow))
            }
            (_, _) => p { "The scenario does not say how many days are lost to snow and other closures, so nothing is told about them." }
        }
    }
}

fn how(snow: &Snow, closures: &Closures) -> Markup {
    let mut by_month: Vec<&(i8, LostDays)> = closures.by_month.iter().collect();
    by_month.sort_by_key(|(month, _)| (month + 12 - FIRST_MONTH) % 12);
    let months: Vec<String> =
        by_month.into_iter().map(|(month, days)| format!("{}: {}", month_name(*month), distribution(days))).collect();
    html! {
        p {
            "Every school year was drawn " (snow.replicates) " times. Days lost in each month: " (list(&months)) ". "
            "The lost days are any of the month's school days, one as likely as another, in the whole district; nothing rings on them. "
            "Emergency days that the calendar proposes are held after the last day, as many as were lost while there are any. "
            "Figures by replicate and clause are in " code { "tables/snow.csv" } ", " code { "tables/snow_days.csv" } " and "
            code { "tables/snow_by_days_lost.csv" } "."
        }
    }
}

/// A distribution in words.
fn distribution(days: &LostDays) -> String {
    match days {
        LostDays::Poisson { mean } => format!("{mean} on average (Poisson)"),
        LostDays::NegativeBinomial { mean, dispersion } => {
            format!("{mean} on average (negative binomial, dispersion {dispersion})")
        }
        LostDays::Observed(all) => {
            let all: Vec<String> = all.iter().map(ToString::to_string).collect();
            format!("as observed, {}", list(&all))
        }
    }
}

fn by_year(snow: &Snow) -> Markup {
    let columns = [
        Words("School year"),
        Numbers("Days lost, mean"),
        Numbers("8 of 10 years"),
        Numbers("Most"),
        Numbers("Emergency days proposed"),
        Numbers("Some clause breaks, nothing made up"),
        Numbers("The same after the emergency days"),
    ];
    html! {
        h3 { "How many days are lost, and what they break" }
        (table("Days lost, and how often some clause breaks that holds now, with the 90 % interval", &columns, html! {
            @for year in &snow.years {
                tr {
                    th scope="row" { (year.year) }
                    td class="n" { (snow_words::mean(year.lost.mean)) }
                    td class="n" { (year.lost.low) " to " (year.lost.high) }
                    td class="n" { (year.lost.most) }
                    td class="n" { (year.proposed) }
                    td class="n" { (snow_words::share(&year.any.without)) }
                    td class="n" { (snow_words::share(&year.any.after)) }
                }
            }
        }))
    }
}

/// How many days are made up at least until every clause holds again.
fn made_up(snow: &Snow) -> Markup {
    let columns = [
        Words("School year"),
        Numbers("Mean"),
        Numbers("Half of the years need at most"),
        Numbers("Nine tenths need at most"),
        Numbers("Most"),
        Numbers("No number up to the days lost is enough"),
    ];
    let days = |n: Option<u32>| n.map_or("cannot be made up".to_string(), |n| n.to_string());
    html! {
        h3 { "Days to make up until every clause holds again" }
        (table("The least number of days, held after the last day, with which every clause that holds now holds again", &columns, html! {
            @for SnowYear { year, needed, .. } in &snow.years {
                tr {
                    th scope="row" { (year) }
                    td class="n" { (needed.mean.map(snow_words::mean).unwrap_or_default()) }
                    td class="n" { (days(needed.median)) }
                    td class="n" { (days(needed.high)) }
                    td class="n" { (days(needed.most)) }
                    td class="n" { (snow_words::share(&needed.never)) }
                }
            }
        }))
    }
}

/// A clause with the school years in which it breaks in some replicate.
type Breaking<'a> = (usize, Vec<(&'a SnowYear, &'a ClauseBreach)>);

/// Clauses that break in some replicate, with their school years; and those that never do.
fn sorted(snow: &Snow) -> (Vec<Breaking<'_>>, Vec<usize>) {
    let (mut breaking, mut never): (Vec<Breaking>, Vec<usize>) = (Vec::new(), Vec::new());
    let all = || snow.years.iter().flat_map(|year| year.clauses.iter().map(move |one| (year, one)));
    let mut clauses: Vec<usize> = all().map(|(_, one)| one.clause).collect();
    clauses.sort_unstable();
    clauses.dedup();
    for clause in clauses {
        let breaks = |one: &ClauseBreach| one.breach.without.share > 0.0 || one.breach.after.share > 0.0;
        let years: Vec<_> = all().filter(|(_, one)| one.clause == clause && breaks(one)).collect();
        if years.is_empty() { never.push(clause) } else { breaking.push((clause, years)) }
    }
    (breaking, never)
}

fn by_clause(scenario: &Scenario, snow: &Snow) -> Markup {
    let (breaking, never) = sorted(snow);
    let title = |clause: usize| scenario.clauses.get(clause).map_or("", |c| c.title.as_str());
    let titles = |all: &[usize]| list(&all.iter().map(|c| format!("“{}”", title(*c))).collect::<Vec<_>>());
    let mut left_out: Vec<usize> = snow.years.iter().flat_map(|y| &y.left_out).copied().collect();
    left_out.sort_unstable();
    left_out.dedup();
    let columns = [
        Words("Clause"),
        Words("School year"),
        Numbers("Breaks, nothing made up"),
        Numbers("After the emergency days"),
    ];
    html! {
        @if !breaking.is_empty() {
            (table("Clauses that lost days break, with the 90 % interval of their chance", &columns, html! {
                @for (clause, years) in &breaking {
                    @for (year, one) in years {
                        tr {
                            th scope="row" { (title(*clause)) }
                            td { (year.year) }
                            td class="n" { (snow_words::share(&one.breach.without)) }
                            td class="n" { (snow_words::share(&one.breach.after)) }
                        }
                    }
                }
            }))
        }
        @if !never.is_empty() { p { "Broken in no replicate: " (titles(&never)) "." } }
        @if !left_out.is_empty() { p { "Left out in school years in which they fail already: " (titles(&left_out)) "." } }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::sample::sample;

    #[test]
    fn clauses_that_never_break_are_named_and_not_listed() {
        let (_, outcome) = sample();
        let (breaking, never) = sorted(outcome.snow.as_ref().unwrap());
        assert_eq!((breaking.len(), breaking[0].0, breaking[0].1.len()), (1, 1, 5)); // by hand: 5 school years
        assert_eq!(never, [9]);
    }

    #[test]
    fn without_closures_there_is_one_sentence() {
        let (scenario, mut outcome) = sample();
        outcome.snow = None;
        let text = snow(&scenario, &outcome, &[]).into_string();
        assert!(text.contains("does not say how many days are lost") && !text.contains("<table"), "{text}");
    }
}
