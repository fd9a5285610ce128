//! The answer of a comparison in sentences: law, curves, who differs and why, dates, money.
//!
//! Has a comparison and one of its pairs, gives points. Says what is, not what anybody ought to do.

use crate::adoption::HELD_BY;
use crate::clauses::Outcome as Answered;
use crate::compare::Against;
use crate::compare::ClauseRow;
use crate::compare::Comparison;
use crate::compare::DateRow;
use crate::ensemble::HeldChange;
use crate::ensemble::KindDifference;
use crate::ensemble::MeasureDifference;
use crate::ensemble::SchoolDifference;
use crate::report::compare::words::change_of_slack;
use crate::report::compare::words::later;
use crate::report::compare::words::points;
use crate::report::compare::words::sentence;
use crate::report::compare::words::signed_thousands;
use crate::report::compare::words::stands;
use crate::report::compare::words::when;
use crate::report::point::Point;
use crate::report::point::Tone;
use crate::report::words::counted;
use crate::report::words::list;
use crate::units::thousands;

/// The most schools, kinds of educators or dates that are named.
const MOST_NAMED: usize = 3;

/// A smaller move of a capacity reads as nothing: half a tenth of a percentage point.
const SMALLEST_TOLD: f64 = 0.0005;

/// What one pair answers.
pub fn answer(comparison: &Comparison, against: &Against) -> Vec<Point> {
    let names = comparison.names(against);
    vec![law(against, names), using(against, names), who(against), dates(against), money(against)]
}

fn fails(row: &ClauseRow, side: usize) -> bool {
    row.cells[side].as_ref().is_some_and(|c| c.outcome == Answered::Fails)
}

fn law(against: &Against, names: [&str; 2]) -> Point {
    let failing = |side: usize| against.clauses.iter().filter(|r| fails(r, side)).count();
    let judged = |side: usize| {
        let measured = |r: &&ClauseRow| {
            r.cells[side]
                .as_ref()
                .is_some_and(|c| matches!(c.outcome, Answered::Holds | Answered::Fails | Answered::Waived))
        };
        against.clauses.iter().filter(measured).count()
    };
    let side = |n: usize| match failing(n) {
        0 => format!("With “{}” none of {} fails", names[n], counted(judged(n), "clause")),
        f => format!("with “{}” {f} of {} fail", names[n], counted(judged(n), "clause")),
    };
    let short = match (failing(0), failing(1)) {
        (0, 0) => {
            format!("No clause fails on either side: {} and {} are judged.", counted(judged(0), "clause"), judged(1))
        }
        _ => format!("{}; {}.", capital(&side(0)), lower(&side(1))),
    };
    let told = |r: &&ClauseRow| r.differs();
    let more = against.clauses.iter().filter(told).map(|r| clause_sentence(r, names)).collect();
    Point { about: "Law and contract", tone: if failing(1) > 0 { Tone::Fails } else { Tone::Holds }, short, more }
}

fn capital(text: &str) -> String {
    crate::report::words::capital(text)
}

fn lower(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_lowercase().chain(letters).collect())
}

fn clause_sentence(row: &ClauseRow, names: [&str; 2]) -> String {
    let side = |n: usize| row.cells[n].as_ref().map_or_else(|| "not there".to_string(), stands);
    format!("“{}”: {} ({}: {}); change {}.", row.title(), side(1), names[0], side(0), change_of_slack(row))
}

fn using(against: &Against, names: [&str; 2]) -> Point {
    let mut said = telling(against).into_iter().map(|m| sentence(m, names));
    let short = said.next().unwrap_or_else(|| "Nothing was simulated.".into());
    Point { about: "Really using it", tone: Tone::Fact, short, more: said.collect() }
}

/// The measures that are told in sentences: at the end of the last school year, before leavers are replaced.
pub fn telling(against: &Against) -> Vec<&MeasureDifference> {
    let last = against.gains.years.last().map_or("end", String::as_str);
    let ids = [format!("using-{last}"), format!("routine-{last}"), "using-mean".into(), "experience-end".into()];
    ids.iter().filter_map(|id| against.paired.measure(id)).collect()
}

fn held(change: &HeldChange) -> String {
    let place = change.moved_most.and_then(|name| HELD_BY.iter().position(|h| *h == name));
    match place.filter(|place| change.change[*place].abs() >= SMALLEST_TOLD) {
        None => "no capacity moves".into(),
        Some(place) => format!("held back by {}: {} points", HELD_BY[place], points(change.change[place])),
    }
}

/// Which schools and kinds of educators differ most, and the capacity that moved for them.
fn who(against: &Against) -> Point {
    let paired = &against.paired;
    let mut schools: Vec<&SchoolDifference> = paired.schools.iter().filter(|s| s.using.mean != 0.0).collect();
    schools.sort_by(|a, b| b.using.mean.abs().total_cmp(&a.using.mean.abs()).then(a.school.cmp(&b.school)));
    let school =
        |s: &&SchoolDifference| format!("{} ({} points; {})", s.name, points(s.using.mean), held(&s.held.over_all));
    let mut more: Vec<String> = Vec::new();
    if !schools.is_empty() {
        let named: Vec<String> = schools.iter().take(MOST_NAMED).map(school).collect();
        more.push(format!("Schools that differ most at the end: {}.", list(&named)));
    }
    let mut kinds: Vec<(&KindDifference, f64)> = (paired.kinds.iter())
        .filter_map(|k| Some((k, k.years.last()?.using.as_ref()?.mean)))
        .filter(|(_, mean)| *mean != 0.0)
        .collect();
    kinds.sort_by(|a, b| b.1.abs().total_cmp(&a.1.abs()));
    let kind = |(k, mean): &(&KindDifference, f64)| format!("{} ({} points; {})", k.name, points(*mean), held(&k.held));
    if !kinds.is_empty() {
        let named: Vec<String> = kinds.iter().take(MOST_NAMED).map(kind).collect();
        more.push(format!("Kinds of educators that differ most: {}.", list(&named)));
    }
    let most = paired.held.over_all.change.iter().fold(0.0, |most: f64, c| most.max(c.abs()));
    let short = match most < SMALLEST_TOLD {
        true => "What holds educators back moves by less than a tenth of a point over all weeks.".to_string(),
        false => format!("What moves most over all weeks: {}.", held(&paired.held.over_all)),
    };
    Point { about: "Who and why", tone: Tone::Fact, short, more }
}

fn dates(against: &Against) -> Point {
    let mut moved: Vec<&DateRow> = against.dates.iter().filter(|d| d.differs()).collect();
    let size = |d: &DateRow| d.days_later().map_or(i32::MAX, i32::abs);
    moved.sort_by(|a, b| size(b).cmp(&size(a)).then(a.id.cmp(&b.id)));
    let said = |d: &&DateRow| match (d.is_there, d.days_later()) {
        ([false, _], _) => format!("“{}” is new ({})", d.title, when(d.holds_from[1][1])),
        ([_, false], _) => format!("“{}” is left out", d.title),
        (_, Some(days)) => format!("“{}” {}", d.title, later(days)),
        (_, None) => format!("“{}” from {} instead of {}", d.title, when(d.holds_from[1][1]), when(d.holds_from[0][1])),
    };
    let short = match moved.len() {
        0 => "Every condition holds from the same day on both sides.".to_string(),
        n => {
            let named: Vec<String> = moved.iter().take(MOST_NAMED).map(said).collect();
            format!("{} hold from another day, most of all {}.", counted(n, "condition"), list(&named))
        }
    };
    Point { about: "What comes first", tone: Tone::Fact, short, more: Vec::new() }
}

fn money(against: &Against) -> Point {
    let first: Vec<_> = against.gains.lines.iter().filter(|l| l.year == 0).collect();
    let changed = |l: &&&crate::ledger::LineChange| l.asked().as_f64() != 0.0 || l.available().as_f64() != 0.0;
    let dollars = |x: f64| format!("{}${}", if x < 0.0 { "−" } else { "+" }, thousands(x.abs().round() as i64));
    let said: Vec<String> = (first.iter().filter(changed))
        .map(|l| {
            format!(
                "“{}”: asked {}, available {}",
                l.title,
                dollars(l.asked().as_f64()),
                dollars(l.available().as_f64())
            )
        })
        .collect();
    let care: [f64; 2] = [crate::ledger::On::Before, crate::ledger::On::After].map(|on| {
        against.gains.care.iter().map(|row| row.hours(on)).sum::<f64>() / against.gains.years.len().max(1) as f64
    });
    let hours = format!(
        "Hours of care that families find, all pupils, a year: {} and {} ({}).",
        thousands(care[0].round() as i64),
        thousands(care[1].round() as i64),
        signed_thousands(care[1] - care[0]),
    );
    let short = match said.is_empty() {
        true => "Every budget line has and is asked for the same in the first year.".to_string(),
        false => format!("In the first year: {}.", list(&said)),
    };
    Point { about: "Money and care", tone: Tone::Fact, short, more: vec![hours] }
}
