//! How often each shape of clause and each answer occurs among the random cases, so that agreeing means something.

use crate::clauses::Amount;
use crate::clauses::CapPer;
use crate::clauses::Clause;
use crate::clauses::CountedIn;
use crate::clauses::Credited;
use crate::clauses::Exception;
use crate::clauses::Figure;
use crate::clauses::Formula;
use crate::clauses::Heads;
use crate::clauses::Limit;
use crate::clauses::MakeUpDays;
use crate::clauses::Measure;
use crate::clauses::Outcome;
use crate::clauses::Requirement;
use crate::clauses::Rule;
use crate::clauses::Step;
use crate::clauses::Waiver;
use crate::clauses::When;
use crate::clauses::obvious::agree::Case;
use crate::clauses::obvious::agree::cases;
use crate::clauses::obvious::answer::Plain;
use crate::clauses::obvious::books::THEMES;
use crate::clauses::obvious::everybody::everybody;
use crate::clauses::obvious::risk::sums;
use proptest::prelude::*;
use proptest::strategy::ValueTree;
use proptest::test_runner::RngAlgorithm;
use proptest::test_runner::TestRng;
use proptest::test_runner::TestRunner;
use std::collections::BTreeMap;

/// The name of a variant without what is in it.
fn variant(of: &impl std::fmt::Debug) -> String {
    format!("{of:?}").chars().take_while(|c| c.is_alphanumeric()).collect()
}

fn of_measure(measure: &Measure) -> Vec<String> {
    let name = variant(measure);
    let mut all = vec![name.clone()];
    let part = |is: bool, what: &str| is.then(|| format!("{name} {what}"));
    match measure {
        Measure::PupilMinutes { caps, in_blocks_of, between, .. } => {
            all.extend(part(in_blocks_of.is_some(), "in blocks"));
            all.extend(part(between.is_some(), "between"));
            all.extend(part(caps.iter().any(|c| c.per == CapPer::Block), "cap in a block"));
            all.extend(part(caps.iter().any(|c| c.per == CapPer::Day), "cap in a day"));
            all.extend(part(caps.iter().any(|c| c.per == CapPer::Window), "cap in a window"));
        }
        Measure::StaffMinutes { in_blocks_of, between, .. } => {
            all.extend(part(in_blocks_of.is_some(), "in blocks"));
            all.extend(part(between.is_some(), "between"));
        }
        Measure::PupilBlocks { in_blocks_of, .. }
        | Measure::StaffBlocks { in_blocks_of, .. }
        | Measure::CommonMinutes { in_blocks_of, .. } => all.extend(part(in_blocks_of.is_some(), "in blocks")),
        Measure::Notice { counted, .. } => {
            all.extend(part(*counted == CountedIn::SchoolDays, "in school days"));
            all.extend(part(*counted == CountedIn::CalendarDays, "in calendar days"));
        }
        Measure::Ratio { of, .. } => {
            all.extend(part(*of == Heads::Pupils, "of pupils"));
            all.extend(part(*of != Heads::Pupils, "of staff"));
        }
        Measure::Stated(ids) => all.extend(part(ids.len() > 1, "of several facts")),
        Measure::PupilRun { .. }
        | Measure::StaffRun { .. }
        | Measure::Workday
        | Measure::PupilsArrive
        | Measure::PupilsLeave
        | Measure::StaffArrive
        | Measure::StaffLeave
        | Measure::PupilDays
        | Measure::StaffDays => {}
    }
    all
}

/// The shapes that a limit has, in words.
fn of_limit(limit: &Limit) -> Vec<String> {
    let mut all = of_measure(&limit.measure);
    all.push(format!("per {}", variant(&limit.per)));
    all.push(variant(&limit.side));
    if limit.figure != Figure::Total {
        all.push(format!("{} per {}", variant(&limit.figure), variant(&limit.per)));
    }
    if matches!(limit.values.first().map(|v| v.amount), Some(Amount::Hours(_))) {
        all.push("written in hours".into());
    }
    if limit.values.len() > 1 {
        all.push("amounts that change".into());
    }
    if let Some(rounding) = limit.rounding {
        all.push(format!("{} to {}", variant(&rounding.direction), variant(&rounding.step)));
        all.push(format!("{} to {}", variant(&rounding.of), variant(&rounding.step)));
        let hours = matches!(limit.values.first().map(|v| v.amount), Some(Amount::Hours(_)));
        if hours && matches!(rounding.step, Step::Digits(_)) {
            all.push("digits of hours".into());
        }
    }
    if let Some(mean) = limit.averaged {
        all.push(format!("district mean by {} per {}", variant(&mean.by), variant(&limit.per)));
        all.extend((!limit.credits.is_empty()).then(|| "district mean with credits".into()));
    }
    for credit in &limit.credits {
        let of_days = if limit.measure == Measure::PupilDays { " for days" } else { "" };
        all.push(format!("credit up to {}{of_days}", variant(&credit.up_to)));
        all.push(format!("credit per {}", variant(&limit.per)));
        for credited in &credit.of {
            all.push(match credited {
                Credited::StaffTime { .. } => "credit of staff time".into(),
                Credited::DaysOf(_) => "credit of days".into(),
            });
        }
    }
    all
}

fn of_requirement(asks: &Requirement) -> Vec<String> {
    let inner = |parts: &[Requirement], name: &str| {
        let nested = parts.iter().any(|p| !matches!(p, Requirement::Limit(_)));
        [vec![name.to_string()], nested.then(|| format!("{name} around another")).into_iter().collect()].concat()
    };
    match asks {
        Requirement::Limit(limit) => of_limit(limit),
        Requirement::All(parts) => inner(parts, "All"),
        Requirement::Any(parts) => inner(parts, "Any"),
    }
}

fn of_exception(exception: &Exception) -> Vec<String> {
    let mut all = vec!["exception".to_string()];
    for when in &exception.when {
        match when {
            When::Limit(limit) => {
                all.extend(limit.rounding.map(|_| "exception: a rounded limit".to_string()));
                all.push(format!("exception: a limit per {}", variant(&limit.per)));
            }
            When::DayIs(_) | When::RemainderIs { .. } | When::Regular => {
                all.push(format!("exception: {}", variant(when)));
            }
        }
    }
    if let Some((_, window)) = exception.at_most_days {
        let made_up = if exception.makes_up.is_some() { ", made up" } else { "" };
        all.push(format!("exception: capped in a {}", variant(&window)));
        all.push(format!("exception: capped{made_up}"));
    }
    all.extend(exception.makes_up.map(|side: MakeUpDays| format!("exception: made up {}", variant(&side))));
    all
}

/// How often something went one way, the other way, or neither.
#[derive(Debug, Clone, Copy, Default)]
struct Count {
    passing: usize,
    failing: usize,
    neither: usize,
}

/// The shapes of one answer, and which way it went in each.
fn ways(clause: &Clause, waivers: &[&Waiver], plain: &Plain) -> Vec<(String, Count)> {
    let way = |passing: bool, failing: bool| Count {
        passing: usize::from(passing),
        failing: usize::from(failing && !passing),
        neither: usize::from(!passing && !failing),
    };
    let Rule::Computable { requires, unless } = &clause.rule else { return vec![] };
    let fails = plain.outcome == Outcome::Fails;
    let mut all: Vec<(String, Count)> = Vec::new();
    for shape in of_requirement(requires) {
        all.push((shape, way(plain.outcome == Outcome::Holds, fails)));
    }
    for exception in unless {
        let used = plain.uses.iter().any(|(id, ..)| *id == exception.id);
        for shape in of_exception(exception) {
            all.push((shape, way(used, fails)));
        }
    }
    for waiver in waivers {
        let waived = plain.outcome == Outcome::Waived;
        all.push(("waiver".into(), way(waived, fails)));
        for (name, is) in [("of schools", !waiver.schools.is_empty()), ("on a condition", waiver.only_if.is_some())] {
            all.extend(is.then(|| (format!("waiver {name}"), way(waived, fails))));
        }
    }
    all.sort_by(|a, b| a.0.cmp(&b.0));
    all.dedup_by(|a, b| a.0 == b.0);
    all
}

/// The parts of a formula, and whether it gives a sum.
fn of_formula(formula: &Formula, all: &mut Vec<String>) {
    all.push(format!("formula: {}", variant(formula)));
    match formula {
        Formula::Plus(list) | Formula::Times(list) | Formula::Least(list) | Formula::Most(list) => {
            list.iter().for_each(|inner| of_formula(inner, all));
        }
        Formula::Minus(a, b) | Formula::Over(a, b) => [a, b].into_iter().for_each(|inner| of_formula(inner, all)),
        Formula::Rounded(_, _, inner) => of_formula(inner, all),
        Formula::Number(..)
        | Formula::Fact(_)
        | Formula::Have
        | Formula::Need
        | Formula::Short
        | Formula::ShortInAll
        | Formula::WindowsFailing
        | Formula::Windows
        | Formula::Pupils => {}
    }
}

/// Cases of each theme that are counted.
const CASES_OF_A_THEME: usize = 700;
/// So many answers in a hundred must go either way.
const LEAST_PERCENT: usize = 3;

#[derive(Default)]
struct Counted {
    shapes: BTreeMap<String, Count>,
    outcomes: BTreeMap<Outcome, usize>,
    /// Sums of money that could be reckoned, and that could not, by parts of formulas.
    money: BTreeMap<String, Count>,
}

fn add(to: &mut BTreeMap<String, Count>, shape: String, way: Count) {
    let count = to.entry(shape).or_default();
    count.passing += way.passing;
    count.failing += way.failing;
    count.neither += way.neither;
}

fn counted() -> Counted {
    let mut all = Counted::default();
    let seed = TestRng::from_seed(RngAlgorithm::ChaCha, &[93; 32]);
    let mut runner = TestRunner::new_with_rng(ProptestConfig::default(), seed);
    for theme in THEMES {
        let strategy = cases(theme);
        for _ in 0..CASES_OF_A_THEME {
            let Case { world, book } = strategy.new_tree(&mut runner).unwrap().current();
            let told = everybody(&world, &book);
            for told in &told {
                let waivers: Vec<&Waiver> = book.waivers.iter().filter(|w| w.clause == told.clause).collect();
                *all.outcomes.entry(told.plain.outcome).or_insert(0) += 1;
                for (shape, way) in ways(&book.clauses[told.clause], &waivers, &told.plain) {
                    add(&mut all.shapes, shape, way);
                }
            }
            for sum in sums(&world, &book, &told) {
                let penalty = book.clauses[sum.clause].penalty.as_ref().unwrap();
                let mut parts = vec![format!("once for {}", variant(&penalty.once_for))];
                of_formula(&penalty.dollars, &mut parts);
                let way = Count {
                    passing: usize::from(sum.cents.is_some()),
                    failing: usize::from(sum.cents.is_none()),
                    neither: 0,
                };
                parts.into_iter().for_each(|part| add(&mut all.money, part, way));
            }
        }
    }
    all
}

/// Every name that must be among the shapes.
fn expected() -> Vec<String> {
    let windows = ["Day", "Week", "FullWeek", "Month", "Cycle", "Consecutive", "Term", "Year"];
    let mut all: Vec<String> = EXPECTED.iter().map(|name| name.to_string()).collect();
    for window in windows {
        all.push(format!("per {window}"));
        all.push(format!("exception: a limit per {window}"));
        for figure in ["DailyMean", "WeeklyMean"].into_iter().filter(|_| window != "Day") {
            all.push(format!("{figure} per {window}"));
        }
        let counts_uses = !["FullWeek", "Consecutive"].contains(&window);
        all.extend(counts_uses.then(|| format!("exception: capped in a {window}")));
        let credits = ["Week", "Month", "Term", "Year"].contains(&window);
        all.extend(credits.then(|| format!("credit per {window}")));
        for by in ["Pupils", "Grades"].into_iter().filter(|_| ["Term", "Year"].contains(&window)) {
            all.push(format!("district mean by {by} per {window}"));
        }
    }
    for step in ["Digits", "Minutes"] {
        for rounds in ["Down", "Up", "HalfUp", "HalfEven", "EachDay", "Figure"] {
            all.push(format!("{rounds} to {step}"));
        }
    }
    all
}

const EXPECTED: [&str; 64] = [
    "PupilMinutes",
    "PupilMinutes in blocks",
    "PupilMinutes between",
    "PupilMinutes cap in a block",
    "PupilMinutes cap in a day",
    "PupilMinutes cap in a window",
    "StaffMinutes",
    "StaffMinutes in blocks",
    "StaffMinutes between",
    "PupilBlocks",
    "PupilBlocks in blocks",
    "StaffBlocks",
    "StaffBlocks in blocks",
    "PupilRun",
    "StaffRun",
    "CommonMinutes",
    "CommonMinutes in blocks",
    "Workday",
    "PupilsArrive",
    "PupilsLeave",
    "StaffArrive",
    "StaffLeave",
    "PupilDays",
    "StaffDays",
    "Ratio of pupils",
    "Ratio of staff",
    "Stated",
    "Stated of several facts",
    "Notice in calendar days",
    "Notice in school days",
    "AtLeast",
    "AtMost",
    "written in hours",
    "digits of hours",
    "amounts that change",
    "credit of days",
    "credit of staff time",
    "credit up to Minutes",
    "credit up to Hours",
    "credit up to Days",
    "credit up to Days for days",
    "district mean with credits",
    "All",
    "All around another",
    "Any",
    "Any around another",
    "exception",
    "exception: Regular",
    "exception: RemainderIs",
    "exception: DayIs",
    "exception: a rounded limit",
    "exception: capped",
    "exception: capped, made up",
    "exception: made up UntilNext",
    "exception: made up SincePrevious",
    "waiver",
    "waiver of schools",
    "waiver on a condition",
    "once for Each",
    "once for School",
    "once for District",
    "formula: Fact",
    "formula: Over",
    "formula: Pupils",
];

/// Those of which there are not enough.
fn seldom(all: &BTreeMap<String, Count>, enough: impl Fn(&Count, usize) -> bool) -> Vec<String> {
    let mut seldom = Vec::new();
    for (shape, count) in all {
        let Count { passing, failing, neither } = count;
        if !enough(count, LEAST_PERCENT * (passing + failing + neither)) {
            seldom.push(format!("{shape}: {passing} pass, {failing} fail, {neither} neither"));
        }
    }
    seldom
}

#[test]
fn every_shape_passes_and_fails_often_among_the_random_cases() {
    let Counted { shapes, outcomes, money } = counted();
    let missing: Vec<String> =
        expected().into_iter().filter(|name| !shapes.contains_key(name) && !money.contains_key(name)).collect();
    assert!(missing.is_empty(), "never: {}", missing.join(", "));
    let both_ways =
        |c: &Count, least: usize| c.passing * 100 >= least && c.failing * 100 >= least && c.passing + c.failing >= 40;
    let sums = |c: &Count, least: usize| c.passing * 100 >= least && c.passing >= 20;
    let seldom = [seldom(&shapes, both_ways), seldom(&money, sums)].concat();
    assert!(seldom.is_empty(), "seldom one way or the other:\n{}", seldom.join("\n"));
    let all: usize = outcomes.values().sum();
    for (outcome, n) in &outcomes {
        assert!(n * 100 >= LEAST_PERCENT * all, "only {n} of {all} answers: {}", outcome.name());
    }
    assert_eq!(outcomes.len(), 6, "all six answers occur");
}
